/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One number, one spelling.
 */
#include "base/hw-base.h"

typedef struct
{
  const char *text;
  const char *wanted; /* (nullable) */
} Sample;

static void
check (const Sample *samples, guint count, char *(*change) (const char *))
{
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *got = change (samples[i].text);

      if (g_strcmp0 (got, samples[i].wanted) != 0)
        g_error ("\"%s\" became %s, not %s", samples[i].text, got, samples[i].wanted);
    }
}

static void
test_normalise (void)
{
  static const Sample samples[] = {
    { "+965 5000 0000", "+96550000000" },
    { "0096550000000", "+96550000000" },
    { "00 965 5000-0000", "+96550000000" },
    { "+257 (79) 12.34/56",
      "+2577912"
      "3456" },
    { "+44 (0)20 7946 0000", "+442079460000" },
    { "＋٩٦٥٥٠٠٠٠٠٠٠", "+96550000000" },
    { "\xe2\x80\xaa+965 5000\xc2\xa0"
      "0000\xe2\x80\xac",
      "+96550000000" },
    { "+965\xe2\x80\x91"
      "5000\xe2\x80\x93"
      "0000",
      "+96550000000" },
    { "+12345678", "+12345678" },
    { "+123456789012345", "+123456789012345" },
    { "+1234567", NULL },
    { "+1234567890123456", NULL },
    { "50000000", NULL },
    { "050000000", NULL },
    { "+096550000000", NULL },
    { "0000965500000", NULL },
    { "++96550000000", NULL },
    { "965+50000000", NULL },
    { "+965 5000 CALL", NULL },
    { "+965 5000 0000 x12", NULL },
    { "", NULL },
    { "+", NULL },
    { "\xff", NULL },
    { NULL, NULL },
  };

  check (samples, G_N_ELEMENTS (samples), hw_phone_normalise);
}

static void
test_valid (void)
{
  g_assert_true (hw_phone_valid ("+96550000000"));
  g_assert_true (hw_phone_valid ("+12345678"));
  g_assert_false (hw_phone_valid ("+1234567"));
  g_assert_false (hw_phone_valid ("+1234567890123456"));
  g_assert_false (hw_phone_valid ("+965 5000 0000"));
  g_assert_false (hw_phone_valid ("96550000000"));
  g_assert_false (hw_phone_valid ("+06550000000"));
  g_assert_false (hw_phone_valid ("+"));
  g_assert_false (hw_phone_valid (""));
  g_assert_false (hw_phone_valid (NULL));
}

static void
test_display (void)
{
  static const Sample samples[] = {
    { "+96550000000", "+965 5000 0000" },    { "+25779123456", "+257 7912 3456" },
    { "+12125550123", "+1 212 555 0123" },   { "+442079460000", "+44 207 946 0000" },
    { "+971501234567", "+971 501 234 567" }, { "+12345678", "+1 234 5678" },
    { "not a number", "not a number" },      { NULL, "" },
  };

  check (samples, G_N_ELEMENTS (samples), hw_phone_display);
}

/* What is shown can be typed in again; no digit stands alone. */
static void
test_display_round_trip (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) number = g_string_new ("+");
      g_autofree char *shown = NULL;
      g_autofree char *back = NULL;

      g_string_append_c (number, (char)g_test_rand_int_range ('1', '9' + 1));
      for (gint left = g_test_rand_int_range (7, 15); left > 0; left--)
        g_string_append_c (number, (char)g_test_rand_int_range ('0', '9' + 1));
      shown = hw_phone_display (number->str);
      back = hw_phone_normalise (shown);
      g_assert_cmpstr (back, ==, number->str);
      g_assert_false (g_regex_match_simple (" [0-9]( |$)", shown, 0, 0));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone/normalise/one-spelling-or-none", test_normalise);
  g_test_add_func ("/phone/valid/only-what-is-stored", test_valid);
  g_test_add_func ("/phone/display/grouped", test_display);
  g_test_add_func ("/phone/display/can-be-typed-again", test_display_round_trip);
  return g_test_run ();
}
