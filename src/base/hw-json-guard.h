/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * json-glib 1.6 crashes on 100,000 '[' and accepts duplicate members and comments. Every byte of JSON
 * from outside passes here first.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HW_JSON_MAX_DEPTH 16
#define HW_JSON_MAX_BYTES (1024 * 1024)

/* TRUE if bytes are one strict JSON value (RFC 8259, UTF-8), no deeper than max_depth, no larger than
 * max_bytes, without duplicate members in any object. On failure *why is a short static reason. */
gboolean hw_json_guard (const char *bytes, gsize length, gsize max_bytes, guint max_depth, const char **why);

G_END_DECLS
