/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The JSON guard over its corpus: good/ is accepted, bad/ refused, and no mutation of either makes
 * it crash, read too far, or answer differently twice. Built with -DHOMEWARD_LIBFUZZER and
 * -fsanitize=fuzzer the same file is a fuzzer; what that finds is added to the corpus.
 */
#include "base/hw-base.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* In a buffer of exactly its size, so that a sanitizer sees any byte read beyond. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *copy = g_memdup2 (data, size);
  const char *why = NULL;
  gboolean good = hw_json_guard (copy, size, HW_JSON_MAX_BYTES, HW_JSON_MAX_DEPTH, &why);

  g_assert_true (good == (why == NULL));
  g_assert_true (good == hw_json_guard (copy, size, size, HW_JSON_MAX_DEPTH, NULL));
  /* What is accepted is still accepted with white space around it, and refused with a second value.
   */
  if (good && size < 10000)
    {
      g_autofree char *spaced = g_strdup_printf (" %.*s\n", (int)size, copy);
      g_autofree char *doubled = g_strdup_printf ("%.*s []", (int)size, copy);

      g_assert_true (hw_json_guard (spaced, size + 2, HW_JSON_MAX_BYTES, HW_JSON_MAX_DEPTH, NULL));
      g_assert_false (
        hw_json_guard (doubled, size + 3, HW_JSON_MAX_BYTES, HW_JSON_MAX_DEPTH, NULL));
    }
  return 0;
}

#ifndef HOMEWARD_LIBFUZZER

#include "support/hw-test-corpus.h"

static void
visit_good (const char *name, const char *bytes, gsize length, gconstpointer data)
{
  const char *why = NULL;

  if (!hw_json_guard (bytes, length, HW_JSON_MAX_BYTES, HW_JSON_MAX_DEPTH, &why))
    g_error ("good/%s was refused: %s", name, why);
}

static void
visit_bad (const char *name, const char *bytes, gsize length, gconstpointer data)
{
  if (hw_json_guard (bytes, length, HW_JSON_MAX_BYTES, HW_JSON_MAX_DEPTH, NULL))
    g_error ("bad/%s was accepted", name);
}

static void
test_good (void)
{
  hw_test_corpus_visit ("json", "good", visit_good, NULL);
}

static void
test_bad (void)
{
  hw_test_corpus_visit ("json", "bad", visit_bad, NULL);
}

static void
test_mutated (void)
{
  hw_test_corpus_mutate ("json", "\"\\{}[],:u0deE+-/ \n\x80\xed", LLVMFuzzerTestOneInput);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-guard/corpus/good-is-accepted", test_good);
  g_test_add_func ("/json-guard/corpus/bad-is-refused", test_bad);
  g_test_add_func ("/json-guard/corpus/mutations-do-no-harm", test_mutated);
  return g_test_run ();
}

#endif
