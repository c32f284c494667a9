/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Mutations come from the seed of the test run, which TAP prints: a failure can be had again.
 */
#include "support/hw-test-corpus.h"

#include <string.h>

void
hw_test_corpus_visit (const char *kind, const char *folder, HwTestVisit visit, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", kind, folder, NULL);
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
      visit (name, bytes, length, data);
    }
  g_assert_cmpuint (count, >=, 10);
}

static void
mutate (guint8 *bytes, gsize *length, const char *favourites)
{
  gsize at;

  if (*length == 0)
    return;
  at = (gsize) g_test_rand_int_range (0, (gint32) *length);
  switch (g_test_rand_int_range (0, 4))
    {
      case 0:
        bytes[at] = (guint8) favourites[g_test_rand_int_range (0, (gint32) strlen (favourites))];
        break;
      case 1:
        bytes[at] ^= (guint8) (1 << g_test_rand_int_range (0, 8));
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

typedef struct
{
  const char *favourites;
  HwTestInput input;
} Mutations;

static void
visit_mutated (const char *name, const char *bytes, gsize length, gconstpointer data)
{
  const Mutations *mutations = data;

  for (guint round = 0; round < 200; round++)
    {
      g_autofree guint8 *changed = g_memdup2 (bytes, length);
      gsize left = length;

      for (gint times = g_test_rand_int_range (0, 5); times > 0; times--)
        mutate (changed, &left, mutations->favourites);
      mutations->input (changed, left);
    }
}

void
hw_test_corpus_mutate (const char *kind, const char *favourites, HwTestInput input)
{
  const Mutations mutations = { favourites, input };

  hw_test_corpus_visit (kind, "good", visit_mutated, &mutations);
  hw_test_corpus_visit (kind, "bad", visit_mutated, &mutations);
}
