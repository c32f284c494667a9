/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Days, instants and wall clocks as text, by the Gregorian calendar from year 1 to 9999, without
 * the C library's locale or local time. A wall clock that a zone skips moves forward by what was
 * skipped; one that a zone repeats means its first occurrence: a call at 01:30 is made early rather
 * than missed.
 */
#include "base/hw-date.h"

#include <string.h>

#include "base/hw-zone-private.h"

#define SECONDS_PER_DAY ((gint64)86400)
#define EPOCH_JULIAN ((gint64)719163) /* GDate's number for 1 January 1970 */
#define LAST_JULIAN ((gint64)3652059) /* 31 December 9999 */

static gboolean
take_number (const char **at, guint digits, guint *value)
{
  const char *p = *at;

  *value = 0;
  for (guint i = 0; i < digits; i++, p++)
    {
      if (!g_ascii_isdigit (*p))
        return FALSE;
      *value = *value * 10 + (guint)(*p - '0');
    }
  *at = p;
  return TRUE;
}

static gboolean
take_char (const char **at, char wanted)
{
  if (g_ascii_toupper (**at) != wanted)
    return FALSE;
  (*at)++;
  return TRUE;
}

static gboolean
take_day (const char **at, GDate *date)
{
  guint year, month, day;

  if (!take_number (at, 4, &year) || !take_char (at, '-') || !take_number (at, 2, &month)
      || !take_char (at, '-') || !take_number (at, 2, &day))
    return FALSE;
  if (!g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return FALSE;
  g_date_set_dmy (date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  return TRUE;
}

static gboolean
take_time_of_day (const char **at, gint64 *seconds)
{
  guint hour, minute;

  if (!take_number (at, 2, &hour) || !take_char (at, ':') || !take_number (at, 2, &minute))
    return FALSE;
  *seconds = hour * 3600 + minute * 60;
  return hour < 24 && minute < 60;
}

static gboolean
parse_day (const char *text, GDate *date)
{
  g_date_clear (date, 1);
  return text && take_day (&text, date) && *text == '\0';
}

static char *
format_day (const GDate *date)
{
  return g_strdup_printf ("%04u-%02u-%02u",
                          (guint)g_date_get_year (date),
                          (guint)g_date_get_month (date),
                          (guint)g_date_get_day (date));
}

static char *
format_julian (gint64 julian)
{
  GDate date;

  if (julian < 1 || julian > LAST_JULIAN)
    return NULL;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32)julian);
  return format_day (&date);
}

static gint64
floor_divide (gint64 value, gint64 by)
{
  gint64 quotient = value / by;

  return value % by < 0 ? quotient - 1 : quotient;
}

static gint64
unix_seconds_of (const GDate *date, gint64 second_of_day)
{
  return ((gint64)g_date_get_julian (date) - EPOCH_JULIAN) * SECONDS_PER_DAY + second_of_day;
}

/* Splits seconds since 1970 into a day's text and the second in it; FALSE outside the calendar. */
static gboolean
split_seconds (gint64 seconds, char **day, gint64 *second_of_day)
{
  gint64 days = floor_divide (seconds, SECONDS_PER_DAY);

  *second_of_day = seconds - days * SECONDS_PER_DAY;
  *day = format_julian (days + EPOCH_JULIAN);
  return *day != NULL;
}

static gboolean
in_calendar (gint64 unix_seconds)
{
  gint64 julian = floor_divide (unix_seconds, SECONDS_PER_DAY) + EPOCH_JULIAN;

  return julian >= 1 && julian <= LAST_JULIAN;
}

gboolean
hw_date_valid (const char *day)
{
  GDate date;

  return parse_day (day, &date);
}

gint
hw_date_days_between (const char *from, const char *to)
{
  GDate first, second;

  if (!parse_day (from, &first) || !parse_day (to, &second))
    return G_MININT;
  return g_date_days_between (&first, &second);
}

char *
hw_date_add_days (const char *day, gint days)
{
  GDate date;

  if (!parse_day (day, &date))
    return NULL;
  return format_julian ((gint64)g_date_get_julian (&date) + days);
}

char *
hw_date_add_months (const char *day, gint months)
{
  GDate date;
  gint64 total;
  GDateYear year;
  GDateMonth month;
  GDateDay last;

  if (!parse_day (day, &date))
    return NULL;
  total = (gint64)g_date_get_year (&date) * 12 + g_date_get_month (&date) - 1 + months;
  if (total < 12 || total >= 10000 * 12)
    return NULL;
  year = (GDateYear)(total / 12);
  month = (GDateMonth)(total % 12 + 1);
  last = g_date_get_days_in_month (month, year);
  g_date_set_dmy (&date, MIN (g_date_get_day (&date), last), month, year);
  return format_day (&date);
}

gint
hw_date_years_between (const char *birth, const char *day)
{
  GDate born, then;
  gint years;

  if (!parse_day (birth, &born) || !parse_day (day, &then) || g_date_compare (&born, &then) > 0)
    return -1;
  years = (gint)g_date_get_year (&then) - (gint)g_date_get_year (&born);
  /* "MM-DD" compares as text; someone born on 29 February is a year older on 1 March. */
  return strcmp (day + 5, birth + 5) < 0 ? years - 1 : years;
}

char *
hw_date_of_instant (gint64 us, const char *zone)
{
  g_autofree char *at = hw_wall_clock_of_instant (us, zone);

  return at ? g_strndup (at, 10) : NULL;
}

/* The fraction of a second in µs; finer digits are cut, not rounded, so no instant moves forward.
 */
static gboolean
take_fraction (const char **at, gint64 *us)
{
  gint64 unit = 100000;

  *us = 0;
  if (**at != '.')
    return TRUE;
  (*at)++;
  if (!g_ascii_isdigit (**at))
    return FALSE;
  for (; g_ascii_isdigit (**at); (*at)++, unit /= 10)
    *us += (**at - '0') * unit;
  return TRUE;
}

static gboolean
take_offset (const char **at, gint64 *seconds)
{
  gint64 sign = **at == '-' ? -1 : 1;

  *seconds = 0;
  if (take_char (at, 'Z'))
    return TRUE;
  if (!take_char (at, '+') && !take_char (at, '-'))
    return FALSE;
  if (!take_time_of_day (at, seconds))
    return FALSE;
  *seconds *= sign;
  return TRUE;
}

gboolean
hw_instant_parse (const char *rfc3339, gint64 *us)
{
  const char *at = rfc3339;
  GDate date;
  gint64 second_of_day, fraction_us, offset, seconds;
  guint second;

  g_return_val_if_fail (us != NULL, FALSE);

  g_date_clear (&date, 1);
  if (!at || !take_day (&at, &date) || !take_char (&at, 'T')
      || !take_time_of_day (&at, &second_of_day) || !take_char (&at, ':')
      || !take_number (&at, 2, &second) || !take_fraction (&at, &fraction_us)
      || !take_offset (&at, &offset) || *at != '\0')
    return FALSE;
  /* A leap second, as RFC 3339 writes it, is taken for the second after it. */
  if (second > 60)
    return FALSE;
  seconds = unix_seconds_of (&date, second_of_day + second) - offset;
  if (!in_calendar (seconds))
    return FALSE;
  *us = seconds * G_USEC_PER_SEC + fraction_us;
  return TRUE;
}

char *
hw_instant_format (gint64 us)
{
  g_autofree char *day = NULL;
  gint64 seconds = floor_divide (us, G_USEC_PER_SEC);
  gint64 second_of_day;
  guint hour, minute, second, fraction;

  if (!split_seconds (seconds, &day, &second_of_day))
    return NULL;
  hour = (guint)(second_of_day / 3600);
  minute = (guint)(second_of_day / 60 % 60);
  second = (guint)(second_of_day % 60);
  fraction = (guint)(us - seconds * G_USEC_PER_SEC);
  if (fraction == 0)
    return g_strdup_printf ("%sT%02u:%02u:%02uZ", day, hour, minute, second);
  return g_strdup_printf ("%sT%02u:%02u:%02u.%06uZ", day, hour, minute, second, fraction);
}

static gboolean
parse_wall_clock (const char *at, gint64 *local_seconds)
{
  GDate date;
  gint64 second_of_day;

  g_date_clear (&date, 1);
  if (!at || !take_day (&at, &date) || !take_char (&at, 'T')
      || !take_time_of_day (&at, &second_of_day) || *at != '\0')
    return FALSE;
  *local_seconds = unix_seconds_of (&date, second_of_day);
  return TRUE;
}

/* The offsets a day before and a day after are the only two that can apply: zones change offset far
 * less often than that. The earlier fitting one is the first of a repeated hour; when neither fits
 * the wall clock was skipped, and the old offset carries it forward over the gap. */
static gint64
local_to_unix (GTimeZone *zone, gint64 local_seconds)
{
  gint64 before = hw_zone_offset_at (zone, local_seconds - SECONDS_PER_DAY);
  gint64 after = hw_zone_offset_at (zone, local_seconds + SECONDS_PER_DAY);
  gint64 first = local_seconds - MAX (before, after);
  gint64 second = local_seconds - MIN (before, after);

  if (hw_zone_offset_at (zone, first) == local_seconds - first)
    return first;
  if (hw_zone_offset_at (zone, second) == local_seconds - second)
    return second;
  return local_seconds - before;
}

gboolean
hw_wall_clock_to_instant (const char *at, const char *zone, gint64 *us)
{
  g_autoptr (GTimeZone) found = NULL;
  gint64 local_seconds, seconds;

  g_return_val_if_fail (us != NULL, FALSE);

  if (!parse_wall_clock (at, &local_seconds))
    return FALSE;
  found = hw_zone_lookup (zone);
  if (!found)
    return FALSE;
  seconds = local_to_unix (found, local_seconds);
  if (!in_calendar (seconds))
    return FALSE;
  *us = seconds * G_USEC_PER_SEC;
  return TRUE;
}

char *
hw_wall_clock_of_instant (gint64 us, const char *zone)
{
  g_autoptr (GTimeZone) found = hw_zone_lookup (zone);
  g_autofree char *day = NULL;
  gint64 seconds = floor_divide (us, G_USEC_PER_SEC);
  gint64 second_of_day;

  if (!found || !split_seconds (seconds + hw_zone_offset_at (found, seconds), &day, &second_of_day))
    return NULL;
  return g_strdup_printf (
    "%sT%02u:%02u", day, (guint)(second_of_day / 3600), (guint)(second_of_day / 60 % 60));
}

gboolean
hw_wall_clock_valid (const char *at)
{
  gint64 local_seconds;

  return parse_wall_clock (at, &local_seconds);
}

gboolean
hw_time_of_day_valid (const char *text)
{
  gint64 seconds;

  return text && take_time_of_day (&text, &seconds) && *text == '\0';
}
