/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Days, instants, wall clocks and zones.
 */
#include "base/hw-base.h"

static void
assert_text (char *got, /* (transfer full) */
             const char *wanted)
{
  g_assert_cmpstr (got, ==, wanted);
  g_free (got);
}

static void
assert_instant (const char *text, const char *wanted) /* NULL: must be refused */
{
  gint64 us = 0;
  gboolean parsed = hw_instant_parse (text, &us);

  if (parsed != (wanted != NULL))
    g_error ("instant \"%s\" was %s", text, parsed ? "accepted" : "refused");
  if (parsed)
    assert_text (hw_instant_format (us), wanted);
}

static void
assert_wall_clock (const char *at, const char *zone, const char *wanted)
{
  gint64 us = 0;

  g_assert_true (hw_wall_clock_to_instant (at, zone, &us));
  assert_text (hw_instant_format (us), wanted);
}

static void
test_valid_days (void)
{
  const char *good[] = { "2026-11-24", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31" };
  const char *bad[]
    = { "",           "2026-11-31", "2026-02-29",       "1900-02-29", "2026-13-01",  "2026-00-10",
        "2026-01-00", "0000-01-01", "2026-1-1",         "26-01-01",   "2026-11-24 ", " 2026-11-24",
        "2026/11/24", "20261124",   "2026-11-24T00:00", "+026-11-24", "2026-11-2x" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (hw_date_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (hw_date_valid (bad[i]));
  g_assert_false (hw_date_valid (NULL));
}

static void
test_days_between (void)
{
  g_assert_cmpint (hw_date_days_between ("2026-11-24", "2026-11-27"), ==, 3);
  g_assert_cmpint (hw_date_days_between ("2026-11-27", "2026-11-24"), ==, -3);
  g_assert_cmpint (hw_date_days_between ("2024-02-28", "2024-03-01"), ==, 2);
  g_assert_cmpint (hw_date_days_between ("2025-02-28", "2025-03-01"), ==, 1);
  g_assert_cmpint (hw_date_days_between ("0001-01-01", "9999-12-31"), ==, 3652058);
  g_assert_cmpint (hw_date_days_between ("2025-02-30", "2025-03-01"), ==, G_MININT);
  g_assert_cmpint (hw_date_days_between ("2025-02-20", NULL), ==, G_MININT);
}

static void
test_add_days (void)
{
  assert_text (hw_date_add_days ("2026-12-30", 3), "2027-01-02");
  assert_text (hw_date_add_days ("2024-03-01", -1), "2024-02-29");
  assert_text (hw_date_add_days ("2026-11-24", 0), "2026-11-24");
  assert_text (hw_date_add_days ("9999-12-31", 1), NULL);
  assert_text (hw_date_add_days ("0001-01-01", -1), NULL);
  assert_text (hw_date_add_days ("2026-11-24", G_MAXINT), NULL);
  assert_text (hw_date_add_days ("2026-11-24", G_MININT), NULL);
  assert_text (hw_date_add_days ("soon", 1), NULL);
}

static void
test_add_months (void)
{
  assert_text (hw_date_add_months ("2026-03-31", 1), "2026-04-30");
  assert_text (hw_date_add_months ("2026-01-31", 1), "2026-02-28");
  assert_text (hw_date_add_months ("2024-01-31", 1), "2024-02-29");
  assert_text (hw_date_add_months ("2024-02-29", 12), "2025-02-28");
  assert_text (hw_date_add_months ("2026-03-31", -1), "2026-02-28");
  assert_text (hw_date_add_months ("2026-01-15", -1), "2025-12-15");
  assert_text (hw_date_add_months ("2026-11-30", 14), "2028-01-30");
  assert_text (hw_date_add_months ("0001-01-01", -1), NULL);
  assert_text (hw_date_add_months ("9999-12-01", 1), NULL);
  assert_text (hw_date_add_months ("2026-11-24", G_MAXINT), NULL);
  assert_text (hw_date_add_months ("2026-11-24", G_MININT), NULL);
  assert_text (hw_date_add_months ("", 1), NULL);
}

static void
test_years_between (void)
{
  g_assert_cmpint (hw_date_years_between ("2008-11-25", "2026-11-24"), ==, 17);
  g_assert_cmpint (hw_date_years_between ("2008-11-24", "2026-11-24"), ==, 18);
  g_assert_cmpint (hw_date_years_between ("2008-02-29", "2026-02-28"), ==, 17);
  g_assert_cmpint (hw_date_years_between ("2008-02-29", "2026-03-01"), ==, 18);
  g_assert_cmpint (hw_date_years_between ("2026-11-24", "2026-11-24"), ==, 0);
  g_assert_cmpint (hw_date_years_between ("2026-11-25", "2026-11-24"), ==, -1);
  g_assert_cmpint (hw_date_years_between ("2026-11-31", "2027-11-24"), ==, -1);
}

static void
test_instants (void)
{
  assert_instant ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z");
  assert_instant ("2026-11-24T08:00:00+03:00", "2026-11-24T05:00:00Z");
  assert_instant ("2026-11-24T00:30:00-05:30", "2026-11-24T06:00:00Z");
  assert_instant ("2026-11-24t08:00:00z", "2026-11-24T08:00:00Z");
  assert_instant ("2026-11-24T08:00:00.5Z", "2026-11-24T08:00:00.500000Z");
  assert_instant ("2026-11-24T08:00:00.000001Z", "2026-11-24T08:00:00.000001Z");
  assert_instant ("2026-11-24T08:00:00.999999999Z", "2026-11-24T08:00:00.999999Z");
  assert_instant ("2026-11-24T08:00:00.000Z", "2026-11-24T08:00:00Z");
  assert_instant ("1969-12-31T23:59:59.25Z", "1969-12-31T23:59:59.250000Z");
  assert_instant ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z");
  assert_instant ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z");
  assert_instant ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z");
}

static void
test_no_instants (void)
{
  const char *bad[] = { "",
                        "2026-11-24",
                        "2026-11-24T08:00:00",
                        "2026-11-24T08:00Z",
                        "2026-11-24 08:00:00Z",
                        "2026-11-24T08:00:00.Z",
                        "2026-11-24T24:00:00Z",
                        "2026-11-24T08:60:00Z",
                        "2026-11-24T08:00:61Z",
                        "2026-11-24T08:00:00+0300",
                        "2026-11-24T08:00:00+03",
                        "2026-11-24T08:00:00+24:00",
                        "2026-11-24T08:00:00+03:60",
                        "2026-11-24T08:00:00ZZ",
                        "2026-11-24T08:00:00Z ",
                        "2026-02-29T08:00:00Z",
                        "2026-11-24T08:00:00,5Z",
                        "0001-01-01T00:00:00+01:00",
                        "9999-12-31T23:59:59-01:00",
                        "9999-12-31T23:59:60Z" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_instant (bad[i], NULL);
  assert_instant (NULL, NULL);
  assert_text (hw_instant_format (G_MAXINT64), NULL);
  assert_text (hw_instant_format (G_MININT64), NULL);
}

static void
test_day_of_instant (void)
{
  gint64 us = 0;

  g_assert_true (hw_instant_parse ("2026-11-24T22:30:00Z", &us));
  assert_text (hw_date_of_instant (us, NULL), "2026-11-24");
  assert_text (hw_date_of_instant (us, "Asia/Kuwait"), "2026-11-25");
  assert_text (hw_date_of_instant (us, "America/New_York"), "2026-11-24");
  assert_text (hw_date_of_instant (-1, "UTC"), "1969-12-31");
  assert_text (hw_date_of_instant (us, "Mars/Olympus"), NULL);
  assert_text (hw_date_of_instant (G_MAXINT64, NULL), NULL);
}

static void
test_ordinary_wall_clock (void)
{
  assert_wall_clock ("2026-11-27T01:15", "Asia/Kuwait", "2026-11-26T22:15:00Z");
  assert_wall_clock ("2026-11-27T01:15", "UTC", "2026-11-27T01:15:00Z");
  assert_wall_clock ("2026-11-27T01:15", NULL, "2026-11-27T01:15:00Z");
  assert_wall_clock ("2026-07-01T12:00", "Asia/Kathmandu", "2026-07-01T06:15:00Z");
  assert_wall_clock ("2026-07-01T12:00", "Africa/Bujumbura", "2026-07-01T10:00:00Z");
  assert_wall_clock ("2026-07-01T12:00", "Europe/Brussels", "2026-07-01T10:00:00Z");
  assert_wall_clock ("2026-12-01T12:00", "Europe/Brussels", "2026-12-01T11:00:00Z");
  assert_text (hw_wall_clock_of_instant (0, "Asia/Kuwait"), "1970-01-01T03:00");
  assert_text (hw_wall_clock_of_instant (-1, NULL), "1969-12-31T23:59");
  assert_text (hw_wall_clock_of_instant (0, "Nowhere/Land"), NULL);
}

/* Brussels, 29 March 2026: 02:00 becomes 03:00. Beirut, the same night, skips midnight. */
static void
test_gap_moves_forward (void)
{
  assert_wall_clock ("2026-03-29T01:59", "Europe/Brussels", "2026-03-29T00:59:00Z");
  assert_wall_clock ("2026-03-29T02:00", "Europe/Brussels", "2026-03-29T01:00:00Z");
  assert_wall_clock ("2026-03-29T02:30", "Europe/Brussels", "2026-03-29T01:30:00Z");
  assert_wall_clock ("2026-03-29T03:00", "Europe/Brussels", "2026-03-29T01:00:00Z");
  assert_wall_clock ("2026-03-29T00:30", "Asia/Beirut", "2026-03-28T22:30:00Z");
  assert_wall_clock ("2026-03-08T02:30", "America/New_York", "2026-03-08T07:30:00Z");
  /* Samoa had no 30 December 2011 at all. */
  assert_wall_clock ("2011-12-30T12:00", "Pacific/Apia", "2011-12-30T22:00:00Z");
}

/* Brussels, 25 October 2026: 03:00 becomes 02:00. */
static void
test_overlap_takes_the_first (void)
{
  assert_wall_clock ("2026-10-25T01:59", "Europe/Brussels", "2026-10-24T23:59:00Z");
  assert_wall_clock ("2026-10-25T02:00", "Europe/Brussels", "2026-10-25T00:00:00Z");
  assert_wall_clock ("2026-10-25T02:30", "Europe/Brussels", "2026-10-25T00:30:00Z");
  assert_wall_clock ("2026-10-25T03:00", "Europe/Brussels", "2026-10-25T02:00:00Z");
  assert_wall_clock ("2026-11-01T01:30", "America/New_York", "2026-11-01T05:30:00Z");
}

/* Every quarter of an hour for two years, in zones of every habit. */
static void
test_round_trip (void)
{
  const char *zones[]
    = { "Europe/Brussels", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
        "Asia/Kuwait",     "Asia/Tehran",      "America/St_Johns",    "Pacific/Chatham" };
  const gint64 quarter = 15 * 60 * (gint64)G_USEC_PER_SEC;
  gint64 start = 0;

  g_assert_true (hw_instant_parse ("2026-01-01T00:00:00Z", &start));
  for (guint z = 0; z < G_N_ELEMENTS (zones); z++)
    {
      gint64 last = G_MININT64;

      for (gint64 us = start; us < start + 2 * 365 * 96 * quarter; us += quarter)
        {
          g_autofree char *at = hw_wall_clock_of_instant (us, zones[z]);
          g_autofree char *again = NULL;
          gint64 back = 0;

          g_assert_true (hw_wall_clock_to_instant (at, zones[z], &back));
          again = hw_wall_clock_of_instant (back, zones[z]);
          g_assert_cmpstr (again, ==, at);
          g_assert_cmpint (back, <=, us);
          g_assert_cmpint (us - back, <=, 4 * quarter);
          last = MAX (last, back);
        }
      g_assert_cmpint (last, ==, start + (2 * 365 * 96 - 1) * quarter);
    }
}

static void
test_wall_clock_text (void)
{
  const char *bad[] = { "",
                        "2026-11-27",
                        "2026-11-27T1:15",
                        "2026-11-27T24:00",
                        "2026-11-27T01:60",
                        "2026-11-27 01:15",
                        "2026-11-27T01:15:00",
                        "2026-11-31T01:15",
                        "2026-11-27T01:15Z" };
  gint64 us = 7;

  g_assert_true (hw_wall_clock_valid ("2026-11-27T01:15"));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_false (hw_wall_clock_valid (bad[i]));
      g_assert_false (hw_wall_clock_to_instant (bad[i], "UTC", &us));
    }
  g_assert_false (hw_wall_clock_valid (NULL));
  g_assert_false (hw_wall_clock_to_instant ("2026-11-27T01:15", "Atlantis", &us));
  g_assert_false (hw_wall_clock_to_instant ("0001-01-01T00:15", "Asia/Kuwait", &us));
  g_assert_cmpint (us, ==, 7);
}

static void
test_time_of_day (void)
{
  const char *bad[]
    = { "", "24:00", "23:60", "9:00", "23:00:00", "2300", " 23:00", "23:0", "-1:00" };

  g_assert_true (hw_time_of_day_valid ("23:00"));
  g_assert_true (hw_time_of_day_valid ("00:00"));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (hw_time_of_day_valid (bad[i]));
  g_assert_false (hw_time_of_day_valid (NULL));
}

static void
test_zones (void)
{
  const char *good[] = { "UTC",
                         "Asia/Kuwait",
                         "Africa/Bujumbura",
                         "America/Argentina/Buenos_Aires",
                         "America/Port-au-Prince",
                         "Etc/GMT+5" };
  const char *bad[] = { "",
                        "Z",
                        "+03:00",
                        "utc",
                        "Asia/Nowhere",
                        "Asia",
                        "Asia/",
                        "../../etc/passwd",
                        "Asia/../Asia/Kuwait",
                        "/usr/share/zoneinfo/Asia/Kuwait",
                        "ABC5",
                        "UTC+3",
                        "EST5EDT,M3.2.0,M11.1.0",
                        "leapseconds",
                        "zone.tab",
                        ":Asia/Kuwait",
                        "Asia/Kuwait " };

  for (guint round = 0; round < 2; round++) /* the second answer is a cached one */
    {
      for (guint i = 0; i < G_N_ELEMENTS (good); i++)
        g_assert_true (hw_zone_valid (good[i]));
      for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
        g_assert_false (hw_zone_valid (bad[i]));
    }
  g_assert_false (hw_zone_valid (NULL));
}

static gpointer
ask_zones (gpointer data)
{
  for (guint i = 0; i < 500; i++)
    {
      g_assert_true (hw_zone_valid (i % 2 ? "Asia/Kuwait" : "Europe/Brussels"));
      g_assert_false (hw_zone_valid ("Asia/Nowhere"));
      assert_wall_clock ("2026-10-25T02:30", "Europe/Brussels", "2026-10-25T00:30:00Z");
    }
  return NULL;
}

static void
test_zones_from_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("zones", ask_zones, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date/day/only-real-days", test_valid_days);
  g_test_add_func ("/date/day/between", test_days_between);
  g_test_add_func ("/date/day/add-days", test_add_days);
  g_test_add_func ("/date/day/months-are-clamped", test_add_months);
  g_test_add_func ("/date/day/completed-years", test_years_between);
  g_test_add_func ("/date/instant/rfc-3339", test_instants);
  g_test_add_func ("/date/instant/refuses-the-rest", test_no_instants);
  g_test_add_func ("/date/instant/day-depends-on-zone", test_day_of_instant);
  g_test_add_func ("/date/wall-clock/ordinary", test_ordinary_wall_clock);
  g_test_add_func ("/date/wall-clock/gap-moves-forward", test_gap_moves_forward);
  g_test_add_func ("/date/wall-clock/overlap-takes-the-first", test_overlap_takes_the_first);
  g_test_add_func ("/date/wall-clock/round-trip", test_round_trip);
  g_test_add_func ("/date/wall-clock/only-its-own-form", test_wall_clock_text);
  g_test_add_func ("/date/time-of-day/only-its-own-form", test_time_of_day);
  g_test_add_func ("/date/zone/only-names", test_zones);
  g_test_add_func ("/date/zone/any-thread", test_zones_from_threads);
  return g_test_run ();
}
