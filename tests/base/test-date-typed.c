/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What people type. Today is Tuesday, 24 November 2026.
 */
#include "base/hw-base.h"

#define TODAY "2026-11-24"

typedef struct
{
  const char *typed;
  const char *wanted; /* (nullable) */
} Sample;

static void
check (const Sample *samples, guint count, char *(*parse) (const char *, const char *))
{
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *got = parse (samples[i].typed, TODAY);

      if (g_strcmp0 (got, samples[i].wanted) != 0)
        g_error ("\"%s\" became %s, not %s", samples[i].typed, got, samples[i].wanted);
    }
}

static char *
parse_time (const char *text, const char *today)
{
  return hw_time_parse_typed (text);
}

static void
test_dates (void)
{
  static const Sample samples[] = {
    { "2026-11-24", "2026-11-24" },
    { " 2026-11-24 ", "2026-11-24" },
    { "12.3.2027", "2027-03-12" },
    { "12/3/2027", "2027-03-12" },
    { "12-3-2027", "2027-03-12" },
    { "01/02/2027", "2027-02-01" },
    { "12/3/27", "2027-03-12" },
    { "12.3.85", "1985-03-12" },
    { "1/1/46", "2046-01-01" },
    { "1/1/47", "1947-01-01" },
    { "29/2/2028", "2028-02-29" },
    { "29/2/2027", NULL },
    { "31/4/2027", NULL },
    { "3/13/2027", NULL },
    { "12 mar 2027", "2027-03-12" },
    { "12 March 2027", "2027-03-12" },
    { "12 SEPT 2027", "2027-09-12" },
    { "mar 12", "2027-03-12" },
    { "March 12, 2027", "2027-03-12" },
    { "12 ma 2027", NULL },
    { "12 marche 2027", NULL },
    { "٢٤/١١/٢٠٢٦", "2026-11-24" },
    { "1/1/1899", NULL },
    { "1/1/2200", NULL },
    { "12/3-2027", NULL },
    { "12//2027", NULL },
    { "12/3/", NULL },
    { "12/3/2027/1", NULL },
    { "", NULL },
    { "   ", NULL },
    { "12", NULL },
    { "/", NULL },
    { "-1/3/2027", NULL },
    { "123/3/2027", NULL },
    { "12/3/202", NULL },
    { "ring her", NULL },
  };

  check (samples, G_N_ELEMENTS (samples), hw_date_parse_typed);
}

/* Six months before 24 November is 24 May. */
static void
test_without_year (void)
{
  static const Sample samples[] = {
    { "24/11", "2026-11-24" }, { "25/12", "2026-12-25" },  { "23/11", "2026-11-23" },
    { "24/5", "2026-05-24" },  { "23/5", "2027-05-23" },   { "12/3", "2027-03-12" },
    { "12.3.", "2027-03-12" }, { "12 mar", "2027-03-12" }, { "1 dec", "2026-12-01" },
    { "29/2", NULL },          { "31/11", NULL },
  };
  g_autofree char *leap = hw_date_parse_typed ("29/2", "2028-01-10");
  g_autofree char *before_leap = hw_date_parse_typed ("29/2", "2027-11-24");

  check (samples, G_N_ELEMENTS (samples), hw_date_parse_typed);
  g_assert_cmpstr (leap, ==, "2028-02-29");
  g_assert_cmpstr (before_leap, ==, "2028-02-29");
}

static void
test_relative (void)
{
  static const Sample samples[] = {
    { "today", "2026-11-24" },
    { "Tomorrow", "2026-11-25" },
    { "yesterday", "2026-11-23" },
    { "in 3 days", "2026-11-27" },
    { "in 1 day", "2026-11-25" },
    { "in  2  weeks", "2026-12-08" },
    { "in a week", "2026-12-01" },
    { "in 3 months", "2027-02-24" },
    { "in 1 year", "2027-11-24" },
    { "3 days ago", "2026-11-21" },
    { "2 weeks ago", "2026-11-10" },
    { "in 3", NULL },
    { "in 3 days ago", NULL },
    { "in x days", NULL },
    { "3 days", NULL },
    { "in 99999 days", NULL },
    { "in -3 days", NULL },
    { "in 9999 years", NULL },
  };

  check (samples, G_N_ELEMENTS (samples), hw_date_parse_typed);
}

static void
test_weekdays (void)
{
  static const Sample samples[] = {
    { "wed", "2026-11-25" },
    { "thu", "2026-11-26" },
    { "thurs", "2026-11-26" },
    { "fri", "2026-11-27" },
    { "Friday", "2026-11-27" },
    { "sat", "2026-11-28" },
    { "sun", "2026-11-29" },
    { "mon", "2026-11-30" },
    { "tue", "2026-12-01" },
    { "tuesday", "2026-12-01" },
    { "fr", NULL },
    { "fridays", NULL },
  };
  g_autofree char *before_the_anchor = hw_date_parse_typed ("mon", "2023-12-31");
  g_autofree char *long_before = hw_date_parse_typed ("sat", "1999-12-31");

  check (samples, G_N_ELEMENTS (samples), hw_date_parse_typed);
  g_assert_cmpstr (before_the_anchor, ==, "2024-01-01");
  g_assert_cmpstr (long_before, ==, "2000-01-01");
}

static void
test_times (void)
{
  static const Sample samples[] = {
    { "14:30", "14:30" },    { "14h30", "14:30" },   { "14H", "14:00" },
    { "14.30", "14:30" },    { "1430", "14:30" },    { "930", "09:30" },
    { "0930", "09:30" },     { "9", "09:00" },       { "9:05", "09:05" },
    { "00:00", "00:00" },    { "0", "00:00" },       { "2pm", "14:00" },
    { "2 PM", "14:00" },     { "2:15 pm", "14:15" }, { "12am", "00:00" },
    { "12 pm", "12:00" },    { "12:30am", "00:30" }, { "noon", "12:00" },
    { "midnight", "00:00" }, { "١٤:٣٠", "14:30" },   { "24:00", NULL },
    { "23:60", NULL },       { "14:3", NULL },       { "13pm", NULL },
    { "0am", NULL },         { "pm", NULL },         { "", NULL },
    { "14:30:00", NULL },    { "12345", NULL },      { "14::30", NULL },
    { "-3", NULL },          { "2460", NULL },       { "x", NULL },
    { "14h3", NULL },        { "9 30", NULL },
  };

  check (samples, G_N_ELEMENTS (samples), parse_time);
}

static void
test_wall_clocks (void)
{
  static const Sample samples[] = {
    { "12/3 14:30", "2027-03-12T14:30" },
    { "tomorrow 9:00", "2026-11-25T09:00" },
    { "tomorrow 9", "2026-11-25T09:00" },
    { "tomorrow at 9", "2026-11-25T09:00" },
    { "fri 2:15 pm", "2026-11-27T14:15" },
    { "12 mar 2027 9", "2027-03-12T09:00" },
    { "12 mar 2027 2 pm", "2027-03-12T14:00" },
    { "12 mar 1430", "2027-03-12T14:30" },
    { "in 3 days 23h", "2026-11-27T23:00" },
    { "in 3 days at 2 pm", "2026-11-27T14:00" },
    { "2026-11-27T01:15", "2026-11-27T01:15" },
    { "2026-11-27 01:15", "2026-11-27T01:15" },
    { "12 mar 2027", NULL },
    { "tomorrow", NULL },
    { "14:30", NULL },
    { "", NULL },
    { "at 9", NULL },
    { "tomorrow 25:00", NULL },
    { "31/11 14:30", NULL },
  };

  check (samples, G_N_ELEMENTS (samples), hw_wall_clock_parse_typed);
}

static void
test_nonsense (void)
{
  g_autofree char *endless = g_strnfill (100000, '1');

  g_assert_null (hw_date_parse_typed (NULL, TODAY));
  g_assert_null (hw_time_parse_typed (NULL));
  g_assert_null (hw_wall_clock_parse_typed (NULL, TODAY));
  g_assert_null (hw_date_parse_typed ("tomorrow", "not a day"));
  g_assert_null (hw_date_parse_typed ("tomorrow", NULL));
  g_assert_null (hw_wall_clock_parse_typed ("tomorrow 9", NULL));
  g_assert_null (hw_date_parse_typed ("\xff\xfe", TODAY));
  g_assert_null (hw_date_parse_typed (endless, TODAY));
  g_assert_null (hw_time_parse_typed (endless));
}

/* Whatever is typed, what comes back is a real day, time or wall clock, or nothing. */
static void
test_never_invents (void)
{
  static const char *pieces[]
    = { "12",   "3",   "/", ".",        "-",  " ", "mar", "2027", "in",  "a", "day", "pm",
        "1430", "ago", ":", "tomorrow", "at", "h", "99",  "00",   "fri", "T", "٣",   "é" };

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *day = NULL;
      g_autofree char *time = NULL;
      g_autofree char *at = NULL;

      for (gint left = g_test_rand_int_range (1, 8); left > 0; left--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      day = hw_date_parse_typed (text->str, TODAY);
      time = hw_time_parse_typed (text->str);
      at = hw_wall_clock_parse_typed (text->str, TODAY);
      g_assert_true (!day || hw_date_valid (day));
      g_assert_true (!time || hw_time_of_day_valid (time));
      g_assert_true (!at || hw_wall_clock_valid (at));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date-typed/dates", test_dates);
  g_test_add_func ("/date-typed/without-a-year-is-the-nearer-one", test_without_year);
  g_test_add_func ("/date-typed/relative", test_relative);
  g_test_add_func ("/date-typed/weekday-is-the-next-one", test_weekdays);
  g_test_add_func ("/date-typed/times", test_times);
  g_test_add_func ("/date-typed/wall-clocks", test_wall_clocks);
  g_test_add_func ("/date-typed/nonsense-is-nothing", test_nonsense);
  g_test_add_func ("/date-typed/never-invents-a-day", test_never_invents);
  return g_test_run ();
}
