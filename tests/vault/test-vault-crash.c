/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Crashes. The power is cut after every single write of some transactions, and at random moments with unsynced
 * writes lost or torn by sectors; the process is killed. Each time the database opens, is whole, holds every
 * transaction that was answered for, and shows nothing of what it holds to whoever reads the files.
 */
#include "tests/vault/recorder.h"
#include "tests/vault/vault-fixture.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define CANARY "canary-in-every-row"

/* Every transaction raises seq by one and leaves as many rows in t as it says: half of one would be seen. */
static void
begin (sqlite3 *database, const char *mode)
{
  g_autofree char *sql
    = g_strdup_printf ("PRAGMA journal_mode=%s; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=40;"
                       "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, k TEXT, b BLOB);"
                       "CREATE INDEX IF NOT EXISTS tk ON t (k);"
                       "CREATE TABLE IF NOT EXISTS seq (v INTEGER, n INTEGER);"
                       "INSERT INTO seq SELECT 0, 0 WHERE NOT EXISTS (SELECT 1 FROM seq)",
                       mode);

  run (database, sql);
}

static void
transaction (sqlite3 *database, gint64 n)
{
  g_autofree char *sql = g_strdup_printf (
    "BEGIN IMMEDIATE; INSERT INTO t (k, b) VALUES ('" CANARY " %" G_GINT64_FORMAT "', randomblob(%u));"
    "UPDATE t SET k = k || '.' WHERE id %% 5 = %u; DELETE FROM t WHERE id %% 11 = %u;"
    "SAVEPOINT s; DELETE FROM t; ROLLBACK TO s; RELEASE s;"
    "UPDATE seq SET v = %" G_GINT64_FORMAT ", n = (SELECT count(*) FROM t); COMMIT",
    n, (guint) (n * 977 % 9000), (guint) (n % 5), (guint) (n % 11), n);

  run (database, sql);
}

static void
assert_whole (HwVault *vault, const char *path, gint64 at_least)
{
  sqlite3 *database = open_database (vault, path);
  g_autofree char *check = ask (database, "PRAGMA integrity_check");
  g_autofree char *n = ask (database, "SELECT n - (SELECT count(*) FROM t) FROM seq");
  g_autofree char *v = ask (database, "SELECT v FROM seq");

  if (at_least > 0)
    {
      g_assert_cmpstr (check, ==, "ok");
      g_assert_cmpstr (n, ==, "0");
      g_assert_cmpint (g_ascii_strtoll (v, NULL, 10), >=, at_least);
    }
  sqlite3_close (database);
}

static void
record (VaultFixture *fixture, Recorder *recorder, const char *mode, gint64 n)
{
  g_autofree char *path = vault_fixture_path (fixture, "homeward.db");
  sqlite3 *database;

  hw_vault_stand_on (fixture->vault, recorder_name (recorder));
  database = open_database (fixture->vault, path);
  begin (database, mode);
  for (gint64 i = 1; i <= n; i++)
    {
      transaction (database, i);
      recorder_acknowledge (recorder, i);
    }
  sqlite3_close (database);
}

static void
cut_the_power (VaultFixture *fixture, gconstpointer data)
{
  const char *mode = data;
  Recorder *recorder = recorder_new ();
  g_autoptr (HwVault) vault = hw_vault_open (fixture->directory, PASSPHRASE, NULL);
  g_autofree char *folder = g_strconcat (fixture->directory, "-after", NULL);
  g_autofree char *path = g_build_filename (folder, "homeward.db", NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (g_test_rand_int ());
  guint last, every = rounds (3, 1), cuts = rounds (120, 1500);

  record (fixture, recorder, mode, 24);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  last = recorder_length (recorder);
  /* After every write of the last transactions; of the others after every third. */
  for (guint upto = 1; upto <= last; upto += upto + 150 > last ? 1 : every)
    {
      gint64 acknowledged = recorder_replay (recorder, upto, TRUE, random, path);

      g_assert_false (tree_holds (folder, "canary", NULL));
      assert_whole (vault, path, acknowledged);
      g_assert_false (tree_holds (folder, "canary", NULL));
    }
  for (guint i = 0; i < cuts; i++)
    {
      guint upto = (guint) g_rand_int_range (random, 1, (gint) last + 1);

      assert_whole (vault, path, recorder_replay (recorder, upto, FALSE, random, path));
    }
  g_clear_object (&fixture->vault);
  recorder_free (recorder);
}

/* ---- kill -9 ---- */

static void
work_until_killed (VaultFixture *fixture, const char *path, int to_parent)
{
  sqlite3 *database = open_database (fixture->vault, path);
  g_autofree char *v = NULL;
  gint64 n;

  begin (database, "WAL");
  run (database, "PRAGMA synchronous=NORMAL");
  v = ask (database, "SELECT v FROM seq");
  for (n = g_ascii_strtoll (v, NULL, 10) + 1;; n++)
    {
      transaction (database, n);
      if (write (to_parent, &n, sizeof n) != sizeof n)
        _exit (1);
    }
}

static void
test_kill (VaultFixture *fixture, gconstpointer data)
{
  g_autofree char *path = vault_fixture_path (fixture, "homeward.db");
  guint n = rounds (25, 300);

  for (guint i = 0; i < n; i++)
    {
      gint64 last = 0;
      int channel[2];
      pid_t child;

      g_assert_cmpint (pipe (channel), ==, 0);
      child = fork ();
      if (child == 0)
        work_until_killed (fixture, path, channel[1]);
      close (channel[1]);
      /* So many answers, then a moment that depends on nothing. */
      for (gint left = g_test_rand_int_range (1, 12); left > 0; left--)
        g_assert_cmpint (read (channel[0], &last, sizeof last), ==, sizeof last);
      g_usleep ((gulong) g_test_rand_int_range (0, 3000));
      kill (child, SIGKILL);
      while (read (channel[0], &last, sizeof last) == sizeof last)
        ;
      waitpid (child, NULL, 0);
      close (channel[0]);
      g_assert_false (tree_holds (fixture->directory, "canary", NULL));
      assert_whole (fixture->vault, path, last);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/vault/crash/power-cut-with-a-log", VaultFixture, "WAL", vault_fixture_set_up, cut_the_power,
              vault_fixture_tear_down);
  g_test_add ("/vault/crash/power-cut-with-a-journal", VaultFixture, "DELETE", vault_fixture_set_up, cut_the_power,
              vault_fixture_tear_down);
  g_test_add ("/vault/crash/kill", VaultFixture, NULL, vault_fixture_set_up, test_kill, vault_fixture_tear_down);
  return g_test_run ();
}
