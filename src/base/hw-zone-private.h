/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The zone of an IANA name; NULL is UTC; NULL is also the answer for a name that is none. (transfer full) */
GTimeZone *hw_zone_lookup (const char *zone);
/* Seconds east of UTC at that moment. */
gint64     hw_zone_offset_at (GTimeZone *zone, gint64 unix_seconds);

G_END_DECLS
