/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Clocks: a fixed one never moves by itself, a file's goes on from the file's last good time.
 */
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <fcntl.h>

#include "base/hw-base.h"

#define TEN_SECONDS_US (10 * (gint64)G_USEC_PER_SEC)

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("homeward-clock-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "now", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* Writes the file as if that had happened at that real time. */
static void
write_at (Fixture *fixture, const char *text, gint64 written_us)
{
  g_autoptr (GError) error = NULL;
  struct timespec when = { written_us / G_USEC_PER_SEC, written_us % G_USEC_PER_SEC * 1000 };
  struct timespec times[2] = { when, when };

  g_file_set_contents (fixture->path, text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (utimensat (AT_FDCWD, fixture->path, times, 0), ==, 0);
}

static gint64
instant (const char *text)
{
  gint64 us = 0;

  g_assert_true (hw_instant_parse (text, &us));
  return us;
}

/* The clock must say base_us plus what has passed since written_us, whatever time the test itself
 * takes. */
static void
assert_follows (HwClock *clock, gint64 base_us, gint64 written_us)
{
  gint64 before = g_get_real_time ();
  gint64 now = hw_clock_now (clock);
  gint64 after = g_get_real_time ();

  g_assert_cmpint (now, >=, base_us + before - written_us);
  g_assert_cmpint (now, <=, base_us + after - written_us);
}

static void
test_fixed_stands_still (void)
{
  g_autoptr (HwClock) clock = hw_clock_new_fixed (1000);

  g_assert_cmpint (hw_clock_now (clock), ==, 1000);
  g_assert_cmpint (hw_clock_now (clock), ==, 1000);
  hw_clock_advance (clock, 500);
  g_assert_cmpint (hw_clock_now (clock), ==, 1500);
  hw_clock_advance (clock, -2000);
  g_assert_cmpint (hw_clock_now (clock), ==, -500);
  hw_clock_set (clock, 42);
  g_assert_cmpint (hw_clock_now (clock), ==, 42);
}

static void
test_system_is_the_machine (void)
{
  g_autoptr (HwClock) clock = hw_clock_new_system ();

  assert_follows (clock, 0, 0);
}

static void
test_system_cannot_be_set (void)
{
  g_autoptr (HwClock) clock = hw_clock_new_system ();

  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*HW_CLOCK_FIXED*");
  hw_clock_set (clock, 1);
  g_test_assert_expected_messages ();
}

static void
test_file_goes_on (Fixture *fixture, gconstpointer data)
{
  gint64 written = g_get_real_time () - TEN_SECONDS_US;
  g_autoptr (HwClock) clock = NULL;

  write_at (fixture, "2026-11-24T08:00:00+03:00\n", written);
  clock = hw_clock_new_file (fixture->path);
  assert_follows (clock, instant ("2026-11-24T05:00:00Z"), written);
}

static void
test_file_change_is_seen (Fixture *fixture, gconstpointer data)
{
  gint64 written = g_get_real_time () - TEN_SECONDS_US;
  g_autoptr (HwClock) clock = hw_clock_new_file (fixture->path);

  write_at (fixture, "2026-11-24T05:00:00Z", written);
  assert_follows (clock, instant ("2026-11-24T05:00:00Z"), written);
  write_at (fixture, "2031-01-01T00:00:00Z", written + 5 * G_USEC_PER_SEC);
  assert_follows (clock, instant ("2031-01-01T00:00:00Z"), written + 5 * G_USEC_PER_SEC);
}

static void
test_file_is_not_read_again (Fixture *fixture, gconstpointer data)
{
  gint64 written = g_get_real_time () - TEN_SECONDS_US;
  g_autoptr (HwClock) clock = hw_clock_new_file (fixture->path);

  write_at (fixture, "2026-11-24T05:00:00Z", written);
  assert_follows (clock, instant ("2026-11-24T05:00:00Z"), written);
  write_at (fixture, "2031-01-01T00:00:00Z", written);
  assert_follows (clock, instant ("2026-11-24T05:00:00Z"), written);
}

static void
test_file_vanishes (Fixture *fixture, gconstpointer data)
{
  gint64 written = g_get_real_time () - TEN_SECONDS_US;
  g_autoptr (HwClock) clock = hw_clock_new_file (fixture->path);

  write_at (fixture, "2026-11-24T05:00:00Z", written);
  assert_follows (clock, instant ("2026-11-24T05:00:00Z"), written);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  assert_follows (clock, instant ("2026-11-24T05:00:00Z"), written);
}

static void
test_half_written_file (Fixture *fixture, gconstpointer data)
{
  gint64 written = g_get_real_time () - TEN_SECONDS_US;
  g_autoptr (HwClock) clock = hw_clock_new_file (fixture->path);

  write_at (fixture, "2026-11-24T05:00:00Z", written);
  assert_follows (clock, instant ("2026-11-24T05:00:00Z"), written);
  write_at (fixture, "2031-01-0", written + G_USEC_PER_SEC);
  assert_follows (clock, instant ("2026-11-24T05:00:00Z"), written);
  write_at (fixture, "2031-01-01T00:00:00Z", written + G_USEC_PER_SEC);
  assert_follows (clock, instant ("2031-01-01T00:00:00Z"), written + G_USEC_PER_SEC);
}

static void
test_no_file_yet (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwClock) clock = hw_clock_new_file (fixture->path);

  assert_follows (clock, 0, 0);
}

static void
test_file_from_the_future (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwClock) clock = hw_clock_new_file (fixture->path);

  write_at (fixture, "2026-11-24T05:00:00Z", g_get_real_time () + 3600 * (gint64)G_USEC_PER_SEC);
  g_assert_cmpint (hw_clock_now (clock), ==, instant ("2026-11-24T05:00:00Z"));
}

#define ADD_WITH_FILE(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/fixed/stands-still-until-told", test_fixed_stands_still);
  g_test_add_func ("/clock/system/is-the-machines-time", test_system_is_the_machine);
  g_test_add_func ("/clock/system/cannot-be-set", test_system_cannot_be_set);
  ADD_WITH_FILE ("/clock/file/goes-on-from-its-time", test_file_goes_on);
  ADD_WITH_FILE ("/clock/file/change-is-seen", test_file_change_is_seen);
  ADD_WITH_FILE ("/clock/file/unchanged-is-not-read-again", test_file_is_not_read_again);
  ADD_WITH_FILE ("/clock/file/keeps-the-last-good-time-when-gone", test_file_vanishes);
  ADD_WITH_FILE ("/clock/file/half-written-is-read-again-later", test_half_written_file);
  ADD_WITH_FILE ("/clock/file/none-yet-is-the-machines-time", test_no_file_yet);
  ADD_WITH_FILE ("/clock/file/never-before-its-own-time", test_file_from_the_future);
  return g_test_run ();
}
