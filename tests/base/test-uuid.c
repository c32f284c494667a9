/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ids: order, form, uniqueness.
 */
#include <string.h>

#include "base/hw-base.h"

#define PER_THREAD 2000
#define THREADS 4

static void
assert_form (const char *id, char version)
{
  g_assert_true (hw_uuid_valid (id));
  g_assert_cmpint (id[14], ==, version);
  g_assert_nonnull (strchr ("89ab", id[19]));
}

/* First, since it needs that nothing later has been issued yet. */
static void
test_v7_holds_the_time (void)
{
  /* The example of RFC 9562: 2022-02-22 19:22:22 UTC is 0x017F22E279B0 ms. */
  g_autofree char *id = hw_uuid_v7 (G_GINT64_CONSTANT (1645557742000000));

  assert_form (id, '7');
  g_assert_true (g_str_has_prefix (id, "017f22e2-79b0-7"));
}

static void
test_v7_grows (void)
{
  gint64 now = G_GINT64_CONSTANT (1795500000000000);
  g_autofree char *last = hw_uuid_v7 (now);

  /* The clock stands still for longer than a counter lasts, then goes back an hour, then on. */
  for (guint i = 0; i < 20000; i++)
    {
      gint64 at = i < 10000 ? now : i < 15000 ? now - G_TIME_SPAN_HOUR : now + (gint64)i * 100;
      char *next = hw_uuid_v7 (at);

      assert_form (next, '7');
      g_assert_cmpstr (last, <, next);
      g_free (last);
      last = next;
    }
}

static void
test_v7_before_1970 (void)
{
  g_autofree char *id = hw_uuid_v7 (-5);

  assert_form (id, '7');
}

static gpointer
make_ids (gpointer data)
{
  char **ids = data;

  for (guint i = 0; i < PER_THREAD; i++)
    ids[i] = hw_uuid_v7 (G_GINT64_CONSTANT (1795500000000000));
  return NULL;
}

static void
test_v7_from_threads (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char **ids = g_new0 (char *, THREADS *PER_THREAD);
  GThread *threads[THREADS];

  for (guint i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("ids", make_ids, ids + i * PER_THREAD);
  for (guint i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < THREADS * PER_THREAD; i++)
    g_assert_true (g_hash_table_add (seen, ids[i]));
}

static void
test_v4 (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 1000; i++)
    {
      char *id = hw_uuid_v4 ();

      assert_form (id, '4');
      g_assert_true (g_hash_table_add (seen, id));
    }
}

static void
test_v5 (void)
{
  /* The DNS name space, and the example of RFC 9562. */
  g_autofree char *example = hw_uuid_v5 ("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com");
  g_autofree char *python = hw_uuid_v5 ("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "python.org");

  g_assert_cmpstr (example, ==, "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  g_assert_cmpstr (python, ==, "886313e1-3b8a-5372-9b90-0c9aee199e5d");
  g_assert_null (hw_uuid_v5 ("not-a-uuid", "x"));
  g_assert_null (hw_uuid_v5 (NULL, "x"));
}

static void
test_valid (void)
{
  const char *bad[] = { "",
                        "017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
                        "017f22e279b07cc398c4dc0c0c07398f",
                        "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
                        "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
                        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
                        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
                        "017f22e2-79b0-7cc3-98c4 dc0c0c07398f",
                        "017f22e-279b0-7cc3-98c4-dc0c0c07398f",
                        " 017f22e2-79b0-7cc3-98c4-dc0c0c07398f" };

  g_assert_true (hw_uuid_valid ("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (hw_uuid_valid (bad[i]));
  g_assert_false (hw_uuid_valid (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/uuid/v7/holds-the-time", test_v7_holds_the_time);
  g_test_add_func ("/uuid/v7/grows-even-when-the-clock-does-not", test_v7_grows);
  g_test_add_func ("/uuid/v7/before-1970", test_v7_before_1970);
  g_test_add_func ("/uuid/v7/unique-between-threads", test_v7_from_threads);
  g_test_add_func ("/uuid/v4/form-and-uniqueness", test_v4);
  g_test_add_func ("/uuid/v5/same-everywhere", test_v5);
  g_test_add_func ("/uuid/valid/only-the-canonical-form", test_valid);
  return g_test_run ();
}
