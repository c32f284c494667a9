/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words for days, moments and money.
 */
#include <glib.h>

#include "app/widgets/hw-text.h"

#define assert_words(expression, expected)                                                         \
  do                                                                                               \
    {                                                                                              \
      g_autofree char *words = (expression);                                                       \
      g_assert_cmpstr (words, ==, expected);                                                       \
    }                                                                                              \
  while (0)

static void
test_days (void)
{
  assert_words (hw_text_day ("2026-11-27", "2026-11-24"), "Fri 27 Nov");
  assert_words (hw_text_day ("2027-01-04", "2026-11-24"), "Mon 4 Jan 2027");
  assert_words (hw_text_day ("2026-11-27", NULL), "Fri 27 Nov 2026");
  assert_words (hw_text_day ("27 November", NULL), "27 November");
  assert_words (hw_text_day (NULL, NULL), "");
}

static void
test_due (void)
{
  assert_words (hw_text_due ("2026-11-24", "2026-11-24"), "today");
  assert_words (hw_text_due ("2026-11-25", "2026-11-24"), "tomorrow");
  assert_words (hw_text_due ("2026-11-27", "2026-11-24"), "in 3 days");
  assert_words (hw_text_due ("2026-12-07", "2026-11-24"), "Mon 7 Dec");
  assert_words (hw_text_due ("2026-11-23", "2026-11-24"), "overdue 1 day");
  assert_words (hw_text_due ("2026-11-20", "2026-11-24"), "overdue 4 days");
  assert_words (hw_text_due_short ("2026-11-27", "2026-11-24"), "Fri 27 Nov, in 3 days");
  assert_words (hw_text_due_short ("2026-12-07", "2026-11-24"), "Mon 7 Dec");
}

static void
test_ago (void)
{
  const gint64 now = G_GINT64_CONSTANT (1795551120) * G_USEC_PER_SEC;

  assert_words (hw_text_ago (now - 20 * G_TIME_SPAN_SECOND, now), "just now");
  assert_words (hw_text_ago (now + 20 * G_TIME_SPAN_SECOND, now), "just now");
  assert_words (hw_text_ago (now - 2 * G_TIME_SPAN_MINUTE, now), "2 min ago");
  assert_words (hw_text_ago (now - 3 * G_TIME_SPAN_HOUR, now), "3 h ago");
  assert_words (hw_text_ago (now - 30 * G_TIME_SPAN_HOUR, now), "yesterday");
  assert_words (hw_text_ago (now - 5 * G_TIME_SPAN_DAY, now), "5 days ago");
}

static void
test_places (void)
{
  assert_words (hw_text_zone ("Africa/Dar_es_Salaam"), "Dar es Salaam");
  assert_words (hw_text_zone (NULL), "");
  assert_words (hw_text_wall_clock ("2026-11-27T01:15", "Asia/Kuwait", "2026-11-24"),
                "Fri 27 Nov, 01:15 Kuwait");
  assert_words (hw_text_wall_clock ("2026-11-27T01:15", NULL, "2026-11-24"), "Fri 27 Nov, 01:15");
  assert_words (hw_text_moment (G_GINT64_CONSTANT (1795551120) * G_USEC_PER_SEC,
                                "Africa/Bujumbura",
                                "2026-11-24"),
                "Tue 24 Nov, 22:12 Bujumbura");
}

static void
test_history (void)
{
  assert_words (hw_text_history_date ("1998-11-27", "day"), "27 Nov 1998");
  assert_words (hw_text_history_date ("1998-11-01", "month"), "Nov 1998");
  assert_words (hw_text_history_date ("1998-01-01", "year"), "1998");
  assert_words (hw_text_history_date ("1998-01-01", "estimated"), "about 1998");
}

static void
test_money (void)
{
  assert_words (hw_text_money (280000, "KWD"), "KD\u00a0280.000");
  assert_words (hw_text_money (1500000, "BIF"), "BIF\u00a01\u202f500\u202f000");
  assert_words (hw_text_money (-12345, "USD"), "USD\u00a0-123.45");
  assert_words (hw_text_amount (5, "KWD"), "0.005");
  assert_words (hw_text_amount (G_MININT64, "BIF"), "-9223372036854775808");
}

static void
test_amounts (void)
{
  gint64 minor = -1;

  g_assert_true (hw_text_parse_amount ("280", "KWD", &minor));
  g_assert_cmpint (minor, ==, 280000);
  g_assert_true (hw_text_parse_amount ("1 500,5", "USD", &minor));
  g_assert_cmpint (minor, ==, 150050);
  g_assert_true (hw_text_parse_amount ("2.", "USD", &minor));
  g_assert_cmpint (minor, ==, 200);
  g_assert_false (hw_text_parse_amount ("2.5", "BIF", &minor));
  g_assert_false (hw_text_parse_amount ("2.505", "USD", &minor));
  g_assert_false (hw_text_parse_amount ("two", "USD", &minor));
  g_assert_false (hw_text_parse_amount ("", "USD", &minor));
  g_assert_false (hw_text_parse_amount ("-5", "USD", &minor));
  g_assert_false (hw_text_parse_amount ("99999999999999999999", "USD", &minor));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/text/day-has-its-weekday", test_days);
  g_test_add_func ("/app/text/due-says-how-far", test_due);
  g_test_add_func ("/app/text/ago", test_ago);
  g_test_add_func ("/app/text/time-names-its-place", test_places);
  g_test_add_func ("/app/text/history-date-says-no-more-than-is-known", test_history);
  g_test_add_func ("/app/text/money-has-its-currency's-decimals", test_money);
  g_test_add_func ("/app/text/amount-is-read-or-refused", test_amounts);
  return g_test_run ();
}
