/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The JSON guard over its corpus: good/ is accepted, bad/ refused, and no mutation of either makes
 * it crash, read too far, or answer differently twice. Built with -DHOMEWARD_LIBFUZZER and
 * -fsanitize=fuzzer the same file is a fuzzer; what that finds is added to the corpus.
 */
#include <string.h>

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

typedef void (*Visit) (const char *name, const char *bytes, gsize length);

static void
for_each_file (const char *folder, Visit visit)
{
  g_autofree char *path
    = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "json", folder, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &error);
  const char *name;
  guint count = 0;

  g_assert_no_error (error);
  for (; (name = g_dir_read_name (dir)); count++)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_file_get_contents (file, &bytes, &length, &error);
      g_assert_no_error (error);
      visit (name, bytes, length);
    }
  g_assert_cmpuint (count, >=, 10);
}

static void
visit_good (const char *name, const char *bytes, gsize length)
{
  const char *why = NULL;

  if (!hw_json_guard (bytes, length, HW_JSON_MAX_BYTES, HW_JSON_MAX_DEPTH, &why))
    g_error ("good/%s was refused: %s", name, why);
}

static void
visit_bad (const char *name, const char *bytes, gsize length)
{
  if (hw_json_guard (bytes, length, HW_JSON_MAX_BYTES, HW_JSON_MAX_DEPTH, NULL))
    g_error ("bad/%s was accepted", name);
}

static void
mutate (guint8 *bytes, gsize *length)
{
  static const char favourites[] = "\"\\{}[],:u0deE+-/ \n\x80\xed";
  gsize at;

  if (*length == 0)
    return;
  at = (gsize)g_test_rand_int_range (0, (gint32)*length);
  switch (g_test_rand_int_range (0, 4))
    {
      case 0:
        bytes[at] = (guint8)favourites[g_test_rand_int_range (0, sizeof favourites - 1)];
        break;
      case 1:
        bytes[at] ^= (guint8)(1 << g_test_rand_int_range (0, 8));
        break;
      case 2:
        *length = at;
        break;
      default:
        memmove (bytes + at, bytes + at + 1, *length - at - 1);
        (*length)--;
        break;
    }
}

static void
visit_mutated (const char *name, const char *bytes, gsize length)
{
  for (guint round = 0; round < 200; round++)
    {
      g_autofree guint8 *changed = g_memdup2 (bytes, length);
      gsize left = length;

      for (gint times = g_test_rand_int_range (0, 5); times > 0; times--)
        mutate (changed, &left);
      LLVMFuzzerTestOneInput (changed, left);
    }
}

static void
test_good (void)
{
  for_each_file ("good", visit_good);
}

static void
test_bad (void)
{
  for_each_file ("bad", visit_bad);
}

static void
test_mutated (void)
{
  for_each_file ("good", visit_mutated);
  for_each_file ("bad", visit_mutated);
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
