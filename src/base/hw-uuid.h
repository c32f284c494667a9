/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *hw_uuid_v7 (gint64 now_us);  /* time-ordered, monotonic within a process; (transfer full), lower case */
char    *hw_uuid_v4 (void);           /* random: tells nothing */
char    *hw_uuid_v5 (const char *namespace_uuid, const char *name);
gboolean hw_uuid_valid (const char *text); /* canonical lower-case form only */

G_END_DECLS
