/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The audit chain finds every kind of tampering with its rows.
 */
#include "server-fixture.h"

#define ROWS 8

static gint64
broken_at (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;
  gboolean whole = hw_store_audit_verify (fixture->store, &n, &error);

  g_assert_no_error (error);
  g_assert_true (whole == (n == 0));
  return n;
}

static void
write_rows (Fixture *fixture)
{
  g_autoptr (HwActor) actor = fixture_actor (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < ROWS; i++)
    {
      g_autofree char *detail = g_strdup_printf ("code-%u", i);

      hw_store_audit (fixture->store, actor, "read", "case-1", NULL, detail, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (broken_at (fixture), ==, 0);
}

/* Somebody with the file and a tool for it. */
static void
tamper (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  HwDb *db;

  hw_store_close (fixture->store);
  g_clear_object (&fixture->store);
  db = hw_db_open (fixture->path, HW_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  hw_db_exec (db, sql, &error);
  g_assert_no_error (error);
  hw_db_close (db);
  fixture->store = hw_store_open (fixture->path, HW_STORE_SERVER, fixture->clock, &error);
  g_assert_no_error (error);
}

typedef struct
{
  const char *path, *sql;
} Tampering;

static const Tampering tamperings[] = {
  { "/audit/finds-flipped-row", "UPDATE audit SET detail = 'code-x' WHERE n = (SELECT max(n) - 3 FROM audit)" },
  { "/audit/finds-flipped-action", "UPDATE audit SET action = 'export' WHERE n = (SELECT max(n) - 3 FROM audit)" },
  { "/audit/finds-emptied-field", "UPDATE audit SET case_id = NULL WHERE n = (SELECT max(n) - 3 FROM audit)" },
  { "/audit/finds-flipped-hash", "UPDATE audit SET hash = '00' WHERE n = (SELECT max(n) - 3 FROM audit)" },
  { "/audit/finds-dropped-row", "DELETE FROM audit WHERE n = (SELECT max(n) - 3 FROM audit)" },
  { "/audit/finds-dropped-and-renumbered-row",
    "DELETE FROM audit WHERE n = (SELECT max(n) - 3 FROM audit);"
    "UPDATE audit SET n = n - 1 WHERE n > (SELECT max(n) - 3 FROM audit)" },
  { "/audit/finds-swapped-rows",
    "UPDATE audit SET n = -1 WHERE n = (SELECT max(n) - 3 FROM audit);"
    "UPDATE audit SET n = n - 1 WHERE n = (SELECT max(n) - 2 FROM audit);"
    "UPDATE audit SET n = (SELECT max(n) - 2 FROM audit) WHERE n = -1" },
};

static void
test_tampering (Fixture *fixture, gconstpointer data)
{
  const Tampering *tampering = data;
  HwDb *db;
  gint64 last;
  HwStatement *statement;

  write_rows (fixture);
  db = hw_store_acquire_reader (fixture->store);
  statement = hw_db_prepare (db, "SELECT max(n) FROM audit");
  g_assert_true (hw_statement_step (statement, NULL));
  last = hw_statement_integer (statement, 0);
  hw_statement_reset (statement);
  hw_store_release_reader (fixture->store, db);

  tamper (fixture, tampering->sql);
  g_assert_cmpint (broken_at (fixture), ==, last - 3);
}

static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  write_rows (fixture);
  tamper (fixture, "DELETE FROM audit WHERE n > (SELECT max(n) - 2 FROM audit)");
  g_assert_cmpint (broken_at (fixture), >, 0);
}

static void
test_emptied (Fixture *fixture, gconstpointer data)
{
  write_rows (fixture);
  tamper (fixture, "DELETE FROM audit");
  g_assert_cmpint (broken_at (fixture), ==, 1);
}

static void
test_added (Fixture *fixture, gconstpointer data)
{
  write_rows (fixture);
  tamper (fixture, "INSERT INTO audit (n, at, action, hash) SELECT max(n) + 1, 'now', 'read', '00' FROM audit");
  g_assert_cmpint (broken_at (fixture), >, 0);
}

/* Every committed record leaves exactly one entry, and none for what failed. */
static void
test_commits_are_linked (Fixture *fixture, gconstpointer data)
{
  fixture_case (fixture, NULL);
  g_assert_cmpint (broken_at (fixture), ==, 0);
  fixture_reopen (fixture);
  fixture_case (fixture, NULL);
  g_assert_cmpint (broken_at (fixture), ==, 0);
}

#define TEST(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tamperings); i++)
    g_test_add (tamperings[i].path, Fixture, &tamperings[i], fixture_set_up, test_tampering, fixture_tear_down);
  TEST ("/audit/finds-truncated-end", test_truncated);
  TEST ("/audit/finds-emptied-table", test_emptied);
  TEST ("/audit/finds-added-row", test_added);
  TEST ("/audit/commits-are-linked", test_commits_are_linked);
  return g_test_run ();
}
