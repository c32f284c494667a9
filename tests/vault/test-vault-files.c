/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Databases in a vault: they hold what a plain twin holds, show nothing of it to whoever reads the files, and
 * refuse what was changed, cut, exchanged or is another vault's. The same searches find everything in the plain twin.
 */
#include "tests/vault/vault-fixture.h"

#include <glib/gstdio.h>

#define SCHEMA \
  "CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT, n INTEGER, b BLOB); CREATE INDEX tk ON t (k);" \
  "CREATE VIRTUAL TABLE f USING fts5 (body, tokenize = 'unicode61 remove_diacritics 2');"
#define SUM "SELECT count(*) || '/' || total(n) || '/' || total(length(b)) || '/' || total(unicode(k) * id) FROM t"

static sqlite3 *
open_in (VaultFixture *fixture, const char *name)
{
  g_autofree char *path = vault_fixture_path (fixture, name);

  return open_database (fixture->vault, path);
}

static void
assert_answer (sqlite3 *database, const char *sql, const char *expected)
{
  g_autofree char *answer = ask (database, sql);

  g_assert_cmpstr (answer, ==, expected);
}

/* ---- A plain twin ---- */

static char *
random_statement (void)
{
  static const char *const words[] = { "alpha", "Niyonzima", "Gitega", "camp", "محمد", "Espérance", "shelter", "Kigoma" };
  guint id = (guint) g_test_rand_int_range (0, 600), other = (guint) g_test_rand_int_range (0, 1000);
  const char *word = words[other % G_N_ELEMENTS (words)], *next = words[id % G_N_ELEMENTS (words)];

  switch (g_test_rand_int_range (0, 8))
    {
      case 0:
      case 1:
      case 2:
        return g_strdup_printf ("INSERT OR REPLACE INTO t VALUES (%u, '%s', %u, zeroblob(%u));"
                                "INSERT OR REPLACE INTO f (rowid, body) VALUES (%u, '%s %s')",
                                id, word, other, other % 10 == 0 ? other * 30 : other / 4, id, word, next);
      case 3:
        return g_strdup_printf ("UPDATE t SET n = n + 1, k = k || 'x' WHERE id BETWEEN %u AND %u", id, id + 20);
      case 4:
        return g_strdup_printf ("DELETE FROM t WHERE id BETWEEN %u AND %u", id, id + 10);
      case 5:
        return g_strdup_printf ("DELETE FROM f WHERE rowid = %u", id);
      case 6:
        return g_strdup_printf ("SAVEPOINT s; UPDATE t SET n = n * 2 WHERE n %% 7 = %u; DELETE FROM t WHERE id < %u;"
                                "ROLLBACK TO s; RELEASE s",
                                other % 7, id / 10);
      default:
        return g_strdup_printf ("UPDATE t SET b = zeroblob(%u) WHERE id = %u", other * 9, id);
    }
}

static void
run_both (sqlite3 *sealed, sqlite3 *plain, const char *sql)
{
  run (sealed, sql);
  run (plain, sql);
}

static void
one_transaction (sqlite3 *sealed, sqlite3 *plain)
{
  run_both (sealed, plain, "BEGIN");
  for (gint i = g_test_rand_int_range (1, 8); i > 0; i--)
    {
      g_autofree char *sql = random_statement ();

      run_both (sealed, plain, sql);
    }
  run_both (sealed, plain, g_test_rand_int_range (0, 6) == 0 ? "ROLLBACK" : "COMMIT");
}

static void
compare (sqlite3 *sealed, sqlite3 *plain)
{
  g_autofree char *expected = ask (plain, SUM);
  g_autofree char *found = ask (plain, "SELECT group_concat(rowid) FROM (SELECT rowid FROM f WHERE f MATCH 'niyo*' ORDER BY 1)");

  assert_answer (sealed, SUM, expected);
  assert_answer (sealed, "SELECT group_concat(rowid) FROM (SELECT rowid FROM f WHERE f MATCH 'niyo*' ORDER BY 1)", found);
  assert_answer (sealed, "PRAGMA integrity_check", "ok");
  run (sealed, "INSERT INTO f (f) VALUES ('integrity-check')");
}

static void
test_equals_twin (VaultFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strconcat (fixture->directory, ".plain", NULL);
  sqlite3 *sealed = open_in (fixture, "homeward.db"), *plain = open_database (NULL, path);
  guint n = rounds (400, 10000);

  run_both (sealed, plain, "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-200;" SCHEMA);
  for (guint i = 1; i <= n; i++)
    {
      one_transaction (sealed, plain);
      if (i % 40 == 0)
        run (sealed, i % 80 == 0 ? "PRAGMA wal_checkpoint(TRUNCATE)" : "PRAGMA wal_checkpoint(PASSIVE)");
      if (i % 150 == 0)
        run_both (sealed, plain, "VACUUM");
      if (i % 100 == 0)
        {
          run (sealed, "PRAGMA journal_mode=DELETE");
          one_transaction (sealed, plain);
          run (sealed, "PRAGMA journal_mode=WAL");
        }
      if (i % 90 == 0)
        {
          sqlite3_close (sealed);
          vault_fixture_reopen (fixture);
          sealed = open_in (fixture, "homeward.db");
          run (sealed, "PRAGMA synchronous=OFF");
        }
      if (i % 100 == 0)
        compare (sealed, plain);
    }
  compare (sealed, plain);
  sqlite3_close (sealed);
  sqlite3_close (plain);
}

/* The ways in which SQLite makes another file. */
static void
test_copies (VaultFixture *fixture, gconstpointer data)
{
  sqlite3 *database = open_in (fixture, "homeward.db"), *copy;
  g_autofree char *second = vault_fixture_path (fixture, "second.db"), *third = vault_fixture_path (fixture, "third.db");
  g_autofree char *into = g_strdup_printf ("VACUUM INTO '%s'", second), *attach = g_strdup_printf ("ATTACH '%s' AS x", third);
  sqlite3_backup *backup;

  run (database, SCHEMA "INSERT INTO t (k, b) VALUES ('canary-row', zeroblob(9000))");
  run (database, into);
  copy = open_database (fixture->vault, second);
  assert_answer (copy, "SELECT k FROM t", "canary-row");
  sqlite3_close (copy);
  run (database, attach);
  g_assert_true (hw_vault_prepare_connection (fixture->vault, database, "x"));
  run (database, "CREATE TABLE x.y AS SELECT * FROM t; DETACH x");
  copy = open_database (fixture->vault, third);
  assert_answer (copy, "SELECT k FROM y", "canary-row");
  sqlite3_close (copy);
  copy = open_in (fixture, "fourth.db");
  backup = sqlite3_backup_init (copy, "main", database, "main");
  sqlite3_backup_step (backup, -1);
  g_assert_cmpint (sqlite3_backup_finish (backup), ==, SQLITE_OK);
  assert_answer (copy, "SELECT k FROM t", "canary-row");
  sqlite3_close (copy);
  sqlite3_close (database);
  g_assert_false (tree_holds (fixture->directory, "canary", NULL));
}

/* Without the reserved bytes nothing is written, rather than something that is cut. */
static void
test_fails_closed (VaultFixture *fixture, gconstpointer data)
{
  g_autofree char *path = vault_fixture_path (fixture, "bare.db");
  sqlite3 *database = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                    hw_vault_file_system (fixture->vault)),
                   ==, SQLITE_OK);
  g_assert_cmpint (try_run (database, "CREATE TABLE t (x)"), !=, SQLITE_OK);
  sqlite3_close (database);
  bytes = file_bytes (path);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 0);
}

static void
test_no_temporary_file (VaultFixture *fixture, gconstpointer data)
{
  sqlite3 *database = open_in (fixture, "homeward.db");

  run (database, SCHEMA);
  run (database, "PRAGMA mmap_size=1000000");
  assert_answer (database, "PRAGMA mmap_size", "0");
  assert_answer (database, "PRAGMA temp_store", "2");
  assert_answer (database, "PRAGMA cache_spill", "0");
  run (database, "PRAGMA temp_store=FILE; PRAGMA cache_size=2");
  g_assert_cmpint (try_run (database, "CREATE TEMP TABLE x (y); WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1"
                                      " FROM c WHERE i < 9000) INSERT INTO x SELECT hex(randomblob(200)) FROM c"),
                   !=, SQLITE_OK);
  sqlite3_close (database);
}

/* ---- Canaries ---- */

#define CANARY "canary-4711"

/* During use, in each kind of file: database, log, journal. */
static void
plant (sqlite3 *database)
{
  run (database, SCHEMA "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0;"
                        "INSERT INTO t VALUES (1, '" CANARY "', 1, '" CANARY "');"
                        "INSERT INTO f VALUES ('" CANARY " of the search')");
}

static void
plant_in_journal (sqlite3 *database)
{
  run (database, "PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF; BEGIN; UPDATE t SET k = 'changed', b = NULL;"
                 "UPDATE f SET body = 'nothing'");
  /* Spills what was changed, so that the journal holds what it was. */
  run (database, "PRAGMA cache_spill=ON");
  sqlite3_db_cacheflush (database);
}

static gboolean
seen_in_use (sqlite3 *database, const char *directory)
{
  gboolean log, file, journal;
  g_autofree char *where = NULL;

  plant (database);
  log = tree_holds (directory, CANARY, NULL);
  run (database, "PRAGMA wal_checkpoint(TRUNCATE)");
  file = tree_holds (directory, CANARY, NULL);
  plant_in_journal (database);
  journal = tree_holds (directory, CANARY, &where) && g_str_has_suffix (where, "-journal");
  run (database, "ROLLBACK; PRAGMA journal_mode=WAL");
  if (log || file || journal)
    g_assert_true (log && file);
  return log || file || journal;
}

static void
test_canaries (VaultFixture *fixture, gconstpointer data)
{
  g_autofree char *plain_folder = g_strconcat (fixture->directory, "-plain", NULL);
  g_autofree char *plain_path = g_build_filename (plain_folder, "homeward.db", NULL);
  sqlite3 *sealed = open_in (fixture, "homeward.db"), *plain;

  g_assert_false (seen_in_use (sealed, fixture->directory));
  g_assert_false (tree_holds (fixture->directory, "SQLite format", NULL));
  g_assert_false (tree_holds (fixture->directory, "CREATE TABLE", NULL));
  assert_answer (sealed, "SELECT k FROM t WHERE b = '" CANARY "'", CANARY);
  sqlite3_close (sealed);

  g_mkdir (plain_folder, 0700);
  plain = open_database (NULL, plain_path);
  g_assert_true (seen_in_use (plain, plain_folder));
  sqlite3_close (plain);
  g_assert_true (tree_holds (plain_folder, "SQLite format", NULL));
}

/* Sums of a page's plain bytes stand beside it in the log and the journal: neither is left readable. A page of
 * zeros has the sum that the file's own salts alone give. */
static void
test_journal_sums (VaultFixture *fixture, gconstpointer data)
{
  sqlite3 *database = open_in (fixture, "homeward.db");
  sqlite3_file *journal = NULL;
  guint8 page[HW_VAULT_PAGE] = { 0 }, sum[4] = { 1, 2, 3, 4 }, back[4];
  g_autofree char *path = vault_fixture_path (fixture, "homeward.db-journal");
  g_autoptr (GBytes) stored = NULL;

  run (database, SCHEMA "BEGIN; INSERT INTO t VALUES (1, 'a', 1, 'b'); INSERT INTO t VALUES (2, 'a', 1, 'b')");
  g_assert_cmpint (sqlite3_file_control (database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal), ==, SQLITE_OK);
  g_assert_cmpint (journal->pMethods->xWrite (journal, page, sizeof page, 90000), ==, SQLITE_OK);
  g_assert_cmpint (journal->pMethods->xWrite (journal, sum, 4, 90000 + 4096), ==, SQLITE_OK);
  stored = file_bytes (path);
  g_assert_cmpint (memcmp ((const guint8 *) g_bytes_get_data (stored, NULL) + 94096, sum, 4), !=, 0);
  g_assert_cmpint (journal->pMethods->xRead (journal, page, sizeof page, 90000), ==, SQLITE_OK);
  g_assert_cmpint (journal->pMethods->xRead (journal, back, 4, 90000 + 4096), ==, SQLITE_OK);
  g_assert_cmpmem (back, 4, sum, 4);
  run (database, "ROLLBACK");
  sqlite3_close (database);
}

/* ---- Split writes ---- straight at the file, in pieces that straddle pages and frames */

static void
write_in_pieces (sqlite3_file *file, gint64 from, gint64 size)
{
  g_autofree guint8 *expected = g_malloc ((gsize) size), *back = g_malloc ((gsize) size);

  g_assert_cmpint (file->pMethods->xRead (file, expected, (int) size, from), ==, SQLITE_OK);
  for (guint i = 0; i < 200; i++)
    {
      int at = g_test_rand_int_range (0, (int) size), length = g_test_rand_int_range (1, (int) size - at + 1);
      g_autofree guint8 *piece = g_malloc ((gsize) length);

      length = MIN (length, 9000);
      randombytes_buf (piece, (gsize) length);
      memcpy (expected + at, piece, (gsize) length);
      g_assert_cmpint (file->pMethods->xWrite (file, piece, length, from + at), ==, SQLITE_OK);
    }
  for (gint64 at = 0; at < size; at += 1000)
    g_assert_cmpint (file->pMethods->xRead (file, back + at, (int) MIN (1000, size - at), from + at), ==, SQLITE_OK);
  g_assert_cmpmem (back, (gsize) size, expected, (gsize) size);
}

/* The reserved bytes of a page are the vault's: pieces leave them out. */
static void
test_split_database (VaultFixture *fixture, gconstpointer data)
{
  sqlite3 *database = open_in (fixture, "homeward.db");
  sqlite3_file *file = NULL;
  guint8 page[HW_VAULT_PAGE], part[3000];

  run (database, SCHEMA "INSERT INTO t (b) VALUES (randomblob(60000))");
  g_assert_cmpint (sqlite3_file_control (database, "main", SQLITE_FCNTL_FILE_POINTER, &file), ==, SQLITE_OK);
  for (guint i = 4; i < 8; i++)
    {
      write_in_pieces (file, i * 4096, 4056);
      g_assert_cmpint (file->pMethods->xRead (file, page, sizeof page, i * 4096), ==, SQLITE_OK);
    }
  g_assert_cmpint (file->pMethods->xRead (file, page, 2000, 5 * 4096), ==, SQLITE_OK);
  memset (part, 7, sizeof part);
  g_assert_cmpint (file->pMethods->xWrite (file, part, sizeof part, 6 * 4096 - 1500), ==, SQLITE_OK);
  g_assert_cmpint (file->pMethods->xRead (file, page, sizeof page, 5 * 4096), ==, SQLITE_OK);
  g_assert_cmpint (page[4096 - 1500], ==, 7);
  g_assert_cmpint (file->pMethods->xRead (file, page, sizeof page, 6 * 4096), ==, SQLITE_OK);
  g_assert_cmpint (page[1499], ==, 7);
  sqlite3_close (database);
}

static void
test_split_log (VaultFixture *fixture, gconstpointer data)
{
  sqlite3 *database = open_in (fixture, "homeward.db");
  sqlite3_file *log = NULL;

  run (database, "PRAGMA journal_mode=WAL;" SCHEMA "INSERT INTO t (b) VALUES (randomblob(60000))");
  g_assert_cmpint (sqlite3_file_control (database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log), ==, SQLITE_OK);
  for (guint i = 2; i < 6; i++)
    write_in_pieces (log, 32 + i * 4120 + 24, 4056);
  sqlite3_close (database);
}

/* ---- What was changed from outside ---- */

typedef enum
{
  REFUSED,
  WHOLE,
  SHORTER, /* a log that ends earlier */
} Outcome;

/* Opens what stands on the disk and reads all of it, as somebody does who works with it. */
static Outcome
look (VaultFixture *fixture, const char *expected)
{
  sqlite3 *database = open_in (fixture, "homeward.db");
  g_autofree char *check = ask (database, "PRAGMA integrity_check");
  g_autofree char *found = ask (database, SUM);
  g_autofree char *search = ask (database, "SELECT group_concat(body) FROM f");
  Outcome outcome = g_strcmp0 (check, "ok") != 0 || found == NULL || search == NULL ? REFUSED
                    : g_str_equal (found, expected)                                  ? WHOLE
                                                                                     : SHORTER;

  sqlite3_close (database);
  return outcome;
}

static void
make_database (VaultFixture *fixture)
{
  sqlite3 *database = open_in (fixture, "homeward.db");

  run (database, "PRAGMA journal_mode=WAL;" SCHEMA);
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO t VALUES (%u, 'word%u', %u, randomblob(700));"
                                              "INSERT INTO f VALUES ('some words %u')",
                                              i, i, i * i, i);
      run (database, sql);
    }
  sqlite3_close (database);
}

/* Copies the files of a database in use, as a thief or a crash finds them. */
static void
freeze (VaultFixture *fixture, GBytes **file, GBytes **log)
{
  g_autofree char *path = vault_fixture_path (fixture, "homeward.db"), *log_path = vault_fixture_path (fixture, "homeward.db-wal");

  *file = file_bytes (path);
  if (log != NULL)
    *log = file_bytes (log_path);
}

static void
thaw (VaultFixture *fixture, const guint8 *file, gsize size, const guint8 *log, gsize log_size)
{
  static const char *const names[] = { "homeward.db-wal", "homeward.db-shm", "homeward.db-journal" };
  g_autofree char *path = vault_fixture_path (fixture, "homeward.db"), *log_path = vault_fixture_path (fixture, names[0]);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *stale = vault_fixture_path (fixture, names[i]);

      g_unlink (stale);
    }
  file_put (path, file, size);
  if (log_size > 0)
    file_put (log_path, log, log_size);
}

/* One bit somewhere in each stretch of 48 bytes, every byte in the long run; and all of the first 200. */
static void
test_every_byte (VaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) good = NULL;
  g_autofree char *expected = NULL;
  gsize size, step = rounds (48, 1);
  sqlite3 *database;

  make_database (fixture);
  database = open_in (fixture, "homeward.db");
  expected = ask (database, SUM);
  sqlite3_close (database);
  freeze (fixture, &good, NULL);
  size = g_bytes_get_size (good);
  g_assert_cmpint (look (fixture, expected), ==, WHOLE);
  for (gsize at = 0; at < size; at += at < 200 ? 1 : (gsize) g_test_rand_int_range (1, (gint) (2 * step)))
    {
      g_autofree guint8 *bad = g_memdup2 (g_bytes_get_data (good, NULL), size);

      bad[at] ^= (guint8) (1u << at % 8);
      thaw (fixture, bad, size, NULL, 0);
      g_assert_cmpint (look (fixture, expected), ==, REFUSED);
    }
  thaw (fixture, g_bytes_get_data (good, NULL), size, NULL, 0);
  g_assert_cmpint (look (fixture, expected), ==, WHOLE);
}

/* A changed log is one that ends there, as after a crash: what was committed before stands, never anything else. */
static void
test_every_byte_of_the_log (VaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) file = NULL, log = NULL;
  g_autofree char *expected = NULL;
  sqlite3 *database;
  gsize size, step = rounds (150, 3);
  guint shorter = 0;

  make_database (fixture);
  database = open_in (fixture, "homeward.db");
  run (database, "PRAGMA wal_autocheckpoint=0; UPDATE t SET n = n + 1; UPDATE t SET n = n + 1000");
  expected = ask (database, SUM);
  freeze (fixture, &file, &log);
  sqlite3_close (database);
  size = g_bytes_get_size (log);
  for (gsize at = 0; at < size; at += (gsize) g_test_rand_int_range (1, (gint) (2 * step)))
    {
      g_autofree guint8 *bad = g_memdup2 (g_bytes_get_data (log, NULL), size);
      Outcome outcome;

      bad[at] ^= (guint8) (1u << at % 8);
      thaw (fixture, g_bytes_get_data (file, NULL), g_bytes_get_size (file), bad, size);
      outcome = look (fixture, expected);
      g_assert_cmpint (outcome, !=, WHOLE);
      shorter += outcome == SHORTER;
    }
  g_assert_cmpuint (shorter, >, 0);
}

static void
test_cut_and_exchanged (VaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) good = NULL;
  const guint8 *bytes;
  gsize size;
  sqlite3 *database;
  g_autofree char *expected = NULL;
  g_autofree guint8 *bad = NULL;

  make_database (fixture);
  database = open_in (fixture, "homeward.db");
  expected = ask (database, SUM);
  sqlite3_close (database);
  freeze (fixture, &good, NULL);
  bytes = g_bytes_get_data (good, &size);
  for (gsize length = size - 1; length > 0; length = length > 3000 ? length - 1500 : length / 2)
    {
      thaw (fixture, bytes, length, NULL, 0);
      g_assert_cmpint (look (fixture, expected), ==, REFUSED);
    }
  /* Two pages exchanged, a page put back from before, a page of zeros. */
  bad = g_memdup2 (bytes, size);
  memcpy (bad + 4096, bytes + 2 * 4096, 4096);
  memcpy (bad + 2 * 4096, bytes + 4096, 4096);
  thaw (fixture, bad, size, NULL, 0);
  g_assert_cmpint (look (fixture, expected), ==, REFUSED);
  for (gsize page = 0; page < size / 4096; page++)
    {
      memcpy (bad, bytes, size);
      memset (bad + page * 4096, 0, 4096);
      thaw (fixture, bad, size, NULL, 0);
      g_assert_cmpint (look (fixture, expected), ==, REFUSED);
    }
}

/* A database under another's name, in the same vault and in another one. */
static void
test_apart (VaultFixture *fixture, gconstpointer data)
{
  VaultFixture other = { 0 };
  g_autofree char *second = vault_fixture_path (fixture, "second.db"), *theirs = NULL;
  g_autoptr (GBytes) good = NULL, keys = NULL;
  sqlite3 *database;
  g_autoptr (GError) error G_GNUC_UNUSED = NULL;
  g_autofree char *their_keys = NULL, *our_keys = hw_key_file_path (fixture->directory);

  make_database (fixture);
  freeze (fixture, &good, NULL);
  file_put (second, g_bytes_get_data (good, NULL), g_bytes_get_size (good));
  database = open_in (fixture, "second.db");
  g_assert_cmpint (try_run (database, "SELECT * FROM t"), ==, SQLITE_IOERR_DATA);
  sqlite3_close (database);

  vault_fixture_set_up (&other, NULL);
  theirs = vault_fixture_path (&other, "homeward.db");
  file_put (theirs, g_bytes_get_data (good, NULL), g_bytes_get_size (good));
  database = open_database (other.vault, theirs);
  g_assert_cmpint (try_run (database, "SELECT * FROM t"), ==, SQLITE_IOERR_DATA);
  sqlite3_close (database);
  /* The same passphrase, the other's key file: its keys are not ours. */
  their_keys = hw_key_file_path (other.directory);
  keys = file_bytes (their_keys);
  file_put (our_keys, g_bytes_get_data (keys, NULL), g_bytes_get_size (keys));
  vault_fixture_reopen (fixture);
  database = open_in (fixture, "homeward.db");
  g_assert_cmpint (try_run (database, "SELECT * FROM t"), ==, SQLITE_IOERR_DATA);
  sqlite3_close (database);
  vault_fixture_tear_down (&other, NULL);
}

/* Whatever is still open when the vault locks. */
static void
test_lock (VaultFixture *fixture, gconstpointer data)
{
  sqlite3 *database;
  sqlite3 *late = NULL;
  g_autofree char *path = vault_fixture_path (fixture, "homeward.db"), *name = NULL;

  make_database (fixture);
  name = g_strdup (hw_vault_file_system (fixture->vault));
  database = open_in (fixture, "homeward.db");
  run (database, "PRAGMA cache_size=1; SELECT * FROM t; INSERT INTO t (n) VALUES (1)");
  hw_vault_lock (fixture->vault);
  g_assert_cmpint (try_run (database, "SELECT sum(length(b)) FROM t"), !=, SQLITE_OK);
  g_assert_cmpint (try_run (database, "INSERT INTO t (b) VALUES (randomblob(9000))"), !=, SQLITE_OK);
  g_assert_cmpint (sqlite3_open_v2 (path, &late, SQLITE_OPEN_READWRITE, name), !=, SQLITE_OK);
  sqlite3_close (late);
  g_clear_object (&fixture->vault);
  sqlite3_close (database);
  fixture->vault = hw_vault_open (fixture->directory, PASSPHRASE, NULL);
  database = open_in (fixture, "homeward.db");
  assert_answer (database, "PRAGMA integrity_check", "ok");
  assert_answer (database, "SELECT count(*) FROM t", "31");
  sqlite3_close (database);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) \
  g_test_add (path, VaultFixture, NULL, vault_fixture_set_up, test, vault_fixture_tear_down)
  ADD ("/vault/database/equals-a-plain-twin", test_equals_twin);
  ADD ("/vault/database/copies-stay-inside", test_copies);
  ADD ("/vault/database/fails-closed-without-reserved-bytes", test_fails_closed);
  ADD ("/vault/database/no-temporary-file", test_no_temporary_file);
  ADD ("/vault/database/canaries-are-nowhere", test_canaries);
  ADD ("/vault/database/journal-sums-are-hidden", test_journal_sums);
  ADD ("/vault/database/split-writes", test_split_database);
  ADD ("/vault/database/split-writes-in-the-log", test_split_log);
  ADD ("/vault/database/every-byte-counts", test_every_byte);
  ADD ("/vault/database/every-byte-of-the-log-counts", test_every_byte_of_the_log);
  ADD ("/vault/database/cut-and-exchanged-are-refused", test_cut_and_exchanged);
  ADD ("/vault/database/files-and-accounts-are-apart", test_apart);
  ADD ("/vault/lock/open-connections-fail", test_lock);
  return g_test_run ();
}
