/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Server-sent events, as much of them as hints need: counts the events named "hint" in a stream that
 * comes in pieces of any size. Bounded: a line longer than any line of ours is a broken stream.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HwEventParser HwEventParser;

HwEventParser *hw_event_parser_new (void);
void           hw_event_parser_free (HwEventParser *parser);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwEventParser, hw_event_parser_free)
/* Feeds bytes; *hints counts the events completed by them. FALSE: this is no event stream. */
gboolean       hw_event_parser_feed (HwEventParser *parser, const char *bytes, gsize length, guint *hints);

G_END_DECLS
