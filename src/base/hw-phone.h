/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "+965 5000 0000", "00965…" → "+96550000000"; NULL if it cannot be E.164 (8 to 15 digits after +). (transfer full) */
char    *hw_phone_normalise (const char *text);
gboolean hw_phone_valid (const char *text);
char    *hw_phone_display (const char *e164); /* grouped for reading */

G_END_DECLS
