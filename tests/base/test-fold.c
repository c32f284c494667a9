/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One name, many spellings: folded text and folded queries meet.
 */
#include <string.h>

#include "base/hw-base.h"

typedef struct
{
  const char *text;
  const char *wanted; /* (nullable) */
} Sample;

static void
check (const Sample *samples, guint count, char *(*fold) (const char *))
{
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *got = fold (samples[i].text);

      if (g_strcmp0 (got, samples[i].wanted) != 0)
        g_error ("\"%s\" became [%s], not [%s]", samples[i].text, got, samples[i].wanted);
    }
}

static void
test_latin (void)
{
  static const Sample samples[] = {
    { "Aline NIYONZIMA", "aline niyonzima" },
    { "Niyonzíma", "niyonzima" },
    { "Niyonzi\xcc\x81ma", "niyonzima" },
    { "Straße", "strasse" },
    { "STRASSE", "strasse" },
    { "Çelik Ünal", "celik unal" },
    { "ﬁn", "fin" },
    { "ＡＢＣ", "abc" },
    { "Нгози", "нгози" },
    { "İstanbul", "istanbul" },
    { "x²", "x2" },
  };

  check (samples, G_N_ELEMENTS (samples), hw_fold);
}

static void
test_arabic (void)
{
  static const Sample samples[] = {
    { "أحمد", "احمد" },
    { "إحمد", "احمد" },
    { "آحمد", "احمد" },
    { "ٱحمد", "احمد" },
    { "مُحَمَّدٌ", "محمد" },
    { "محـــمد", "محمد" },
    { "فاطمة", "فاطمه" },
    { "يحيى", "يحيي" },
    { "مؤمن", "مومن" },
    { "عائشة", "عايشه" },
    { "رحمٰن", "رحمن" },
    { "٠١٢٣٤٥٦٧٨٩", "0123456789" },
    { "۰۱۲۳۴۵۶۷۸۹", "0123456789" },
    { "علی", "علي" },
    { "کریم", "كريم" },
    { "ﻻ", "لا" },
    { "زينب، مريم؟", "زينب مريم" },
  };

  check (samples, G_N_ELEMENTS (samples), hw_fold);
}

static void
test_punctuation (void)
{
  static const Sample samples[] = {
    { "N'Diaye", "ndiaye" },
    { "N’Diaye", "ndiaye" },
    { "NʼDiaye", "ndiaye" },
    { "N‘Diaye d’été", "ndiaye dete" },
    { "HW-BI-26-0001", "hw bi 26 0001" },
    { "  a --  b\t\n", "a b" },
    { "a\xc2\xa0"
      "b",
      "a b" },
    { "a\xe2\x80\x8e"
      "b",
      "ab" },
    { "«a»", "a" },
    { "...", "" },
    { "é—è", "e e" },
    { "", "" },
    { NULL, "" },
  };

  check (samples, G_N_ELEMENTS (samples), hw_fold);
}

static void
test_invalid_utf8 (void)
{
  g_autofree char *folded = hw_fold ("ab\xff\xfe"
                                     "cd");
  g_autofree char *cut = hw_fold ("ab\xe2\x82");

  g_assert_cmpstr (folded, ==, "ab cd");
  g_assert_cmpstr (cut, ==, "ab");
}

static void
assert_folded (const char *folded)
{
  g_autofree char *again = hw_fold (folded);

  g_assert_cmpstr (again, ==, folded);
  g_assert_true (g_utf8_validate (folded, -1, NULL));
  g_assert_null (strstr (folded, "  "));
  g_assert_false (g_str_has_prefix (folded, " ") || g_str_has_suffix (folded, " "));
}

/* Every character there is, alone and between letters. */
static void
test_idempotent (void)
{
  for (gunichar c = 1; c < 0x110000; c++)
    {
      char character[7] = { 0 };
      g_autofree char *text = NULL;
      g_autofree char *folded = NULL;

      if (!g_unichar_validate (c) || !g_unichar_isdefined (c)
          || g_unichar_type (c) == G_UNICODE_PRIVATE_USE)
        continue;
      /* The two great blocks have one rule each: a sample of them is enough. */
      if (((c >= 0x3400 && c <= 0xD7A3) || c >= 0x17000) && c % 16 != 0)
        continue;
      g_unichar_to_utf8 (c, character);
      text = g_strconcat ("É", character, "b ", character, NULL);
      folded = hw_fold (text);
      assert_folded (folded);
    }
}

static void
test_ascii_shortcut_agrees (void)
{
  for (guint round = 0; round < 5000; round++)
    {
      char text[24] = { 0 };
      g_autofree char *plain = NULL;
      g_autofree char *mixed_text = NULL;
      g_autofree char *mixed = NULL;

      for (guint i = 0; i < sizeof text - 1; i++)
        text[i] = (char)g_test_rand_int_range (1, 128);
      plain = hw_fold (text);
      /* A combining mark vanishes, but takes the long way. */
      mixed_text = g_strconcat (text, "\xcc\x81", NULL);
      mixed = hw_fold (mixed_text);
      g_assert_cmpstr (plain, ==, mixed);
    }
}

static void
test_queries (void)
{
  static const Sample samples[] = {
    { "alin niyo", "\"alin\"* \"niyo\"*" },
    { "  Alíne  ", "\"aline\"*" },
    { "N'Dia", "\"ndia\"*" },
    { "HW-BI-26-0001", "\"hw\"* \"bi\"* \"26\"* \"0001\"*" },
    { "فاطمة", "\"فاطمه\"*" },
    { "+965-5000-0000", "\"96550000000\"*" },
    { "+965 5000 0000", "\"96550000000\"*" },
    { "00965 5000 0000", "\"96550000000\"*" },
    { "aline +965 5000 ngozi", "\"aline\"* \"9655000\"* \"ngozi\"*" },
    { "+965 5000 +257 79", "\"9655000\"* \"25779\"*" },
    { "+٩٦٥٥٠٠٠", "\"9655000\"*" },
    { "5000-0000", "\"50000000\"*" },
    { "50000000", "\"50000000\"*" },
    { "26", "\"26\"*" },
    { "+965", "\"965\"*" },
    { "0012", "\"0012\"*" },
    { "2026-11-24", "\"2026\"* \"11\"* \"24\"*" },
    { "a\"b OR c*", "\"a\"* \"b\"* \"or\"* \"c\"*" },
    { "NEAR(a b)", "\"near\"* \"a\"* \"b\"*" },
    { "", NULL },
    { " \t ", NULL },
    { "\"*'-+()", NULL },
    { NULL, NULL },
  };

  check (samples, G_N_ELEMENTS (samples), hw_fold_query);
}

static void
test_query_is_bounded (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *spaced = NULL;
  g_autofree char *dashed = NULL;
  g_auto (GStrv) words = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append (text, "w ");
  spaced = hw_fold_query (text->str);
  words = g_strsplit (spaced, " ", -1);
  g_assert_cmpuint (g_strv_length (words), ==, 64);
  g_strdelimit (text->str, " ", '-');
  dashed = hw_fold_query (text->str);
  g_assert_cmpstr (dashed, ==, spaced);
}

/* Nothing typed can leave the quotes. */
static void
test_query_stays_quoted (void)
{
  for (guint round = 0; round < 5000; round++)
    {
      char text[16] = { 0 };
      g_autofree char *query = NULL;

      for (guint i = 0; i < sizeof text - 1; i++)
        text[i] = (char)g_test_rand_int_range (1, 256);
      query = hw_fold_query (text);
      g_assert_true (
        !query || g_regex_match_simple ("^\"[^\"*\\s]+\"\\*( \"[^\"*\\s]+\"\\*)*$", query, 0, 0));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fold/latin", test_latin);
  g_test_add_func ("/fold/arabic", test_arabic);
  g_test_add_func ("/fold/punctuation-and-apostrophes", test_punctuation);
  g_test_add_func ("/fold/invalid-text-does-no-harm", test_invalid_utf8);
  g_test_add_func ("/fold/idempotent-for-every-character", test_idempotent);
  g_test_add_func ("/fold/plain-text-takes-no-other-way", test_ascii_shortcut_agrees);
  g_test_add_func ("/fold/query/prefixes-and-phones", test_queries);
  g_test_add_func ("/fold/query/at-most-64-words", test_query_is_bounded);
  g_test_add_func ("/fold/query/never-leaves-its-quotes", test_query_stays_quoted);
  return g_test_run ();
}
