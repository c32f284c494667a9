/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Days, instants and wall clocks. A day is "2026-11-24"; an instant is RFC 3339; a wall clock is
 * "2026-11-27T01:15" with an IANA zone. Functions take and give text, and answer FALSE/NULL/-1 for text that is none.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean   hw_date_valid (const char *day);
gint       hw_date_days_between (const char *from, const char *to); /* to − from; G_MININT when either is invalid */
char      *hw_date_add_days (const char *day, gint days);
char      *hw_date_add_months (const char *day, gint months); /* clamped: 31 March + 1 is 30 April */
gint       hw_date_years_between (const char *birth, const char *day); /* completed years; -1 when invalid */
char      *hw_date_of_instant (gint64 us, const char *zone); /* the day there; zone NULL is UTC */

gboolean   hw_instant_parse (const char *rfc3339, gint64 *us); /* offset required */
char      *hw_instant_format (gint64 us);                      /* UTC with Z, seconds (or µs when not whole seconds) */
gboolean   hw_wall_clock_to_instant (const char *at, const char *zone, gint64 *us); /* a gap moves forward, an overlap takes the first */
char      *hw_wall_clock_of_instant (gint64 us, const char *zone); /* "2026-11-27T01:15" */
gboolean   hw_wall_clock_valid (const char *at);
gboolean   hw_time_of_day_valid (const char *text); /* "23:00" */
gboolean   hw_zone_valid (const char *zone);        /* cached; any thread */

/* What people type: "12/3", "12.3.2027", "tomorrow", "in 3 days", "fri", "2026-11-24"; and "14:30", "2pm", "1430".
 * Day before month. (transfer full) (nullable) */
char      *hw_date_parse_typed (const char *text, const char *today);
char      *hw_time_parse_typed (const char *text);
/* "12/3 14:30", "tomorrow 9:00" → wall clock */
char      *hw_wall_clock_parse_typed (const char *text, const char *today);

G_END_DECLS
