/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Machine-readable lines over their corpus: good/ comes out right, bad/ does not, and no mutation of
 * either makes the parser crash, read too far, or call right what it then reads differently. Built
 * with -DHOMEWARD_LIBFUZZER and -fsanitize=fuzzer the same file is a fuzzer; what that finds is
 * added to the corpus.
 */
#include "domain/hw-mrz.h"

#define TODAY "2026-11-24"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* Whatever was read is kept as lines that read the same again. */
static void
check_again (const HwMrz *mrz)
{
  g_autoptr (HwMrz) again = hw_mrz_parse (mrz->lines, TODAY, NULL);

  g_assert_nonnull (again);
  g_assert_cmpstr (again->lines, ==, mrz->lines);
  g_assert_cmpstr (again->number, ==, mrz->number);
  g_assert_cmpstr (again->expires_on, ==, mrz->expires_on);
  g_assert_cmpmem (again->right, sizeof again->right, mrz->right, sizeof mrz->right);
}

/* In a buffer of exactly its size, so that a sanitizer sees any byte read beyond. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (HwMrz) mrz = hw_mrz_parse (text, TODAY, &error);

  g_assert_true ((mrz == NULL) == (error != NULL));
  if (mrz != NULL)
    {
      g_autoptr (HwRecord) document = hw_record_new (HW_TYPE_ID_TRAVEL_DOCUMENT, "d");
      g_autoptr (GPtrArray) readings = hw_mrz_readings (mrz, document, NULL);

      g_assert_cmpuint (readings->len, ==, 6);
      check_again (mrz);
    }
  return 0;
}

#ifndef HOMEWARD_LIBFUZZER

#include "support/hw-test-corpus.h"

static gboolean
is_right (const char *text)
{
  g_autoptr (HwMrz) mrz = hw_mrz_parse (text, TODAY, NULL);

  return mrz != NULL && hw_mrz_is_right (mrz);
}

static void
visit_good (const char *name, const char *bytes, gsize length, gconstpointer data)
{
  if (!is_right (bytes))
    g_error ("good/%s did not come out right", name);
}

static void
visit_bad (const char *name, const char *bytes, gsize length, gconstpointer data)
{
  if (is_right (bytes))
    g_error ("bad/%s came out right", name);
}

static void
test_good (void)
{
  hw_test_corpus_visit ("mrz", "good", visit_good, NULL);
}

static void
test_bad (void)
{
  hw_test_corpus_visit ("mrz", "bad", visit_bad, NULL);
}

static void
test_mutated (void)
{
  hw_test_corpus_mutate ("mrz", "<0O1I9AZ\n\r \x80\xc3", LLVMFuzzerTestOneInput);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mrz/corpus/good-comes-out-right", test_good);
  g_test_add_func ("/mrz/corpus/bad-does-not", test_bad);
  g_test_add_func ("/mrz/corpus/mutations-do-no-harm", test_mutated);
  return g_test_run ();
}

#endif
