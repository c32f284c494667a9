/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file beneath: opened by one, migrated with a copy kept, and never made worse by a crash, a
 * full disk or a damaged page.
 */
#include "desktop-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void
run_sql (const char *path, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwDb) db = hw_db_open (path, HW_DB_READ_WRITE, &error);

  g_assert_no_error (error);
  hw_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static char *
one_text (const char *path, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwDb) db = hw_db_open (path, HW_DB_READ_WRITE, &error);
  HwStatement *statement;

  g_assert_no_error (error);
  statement = hw_db_prepare (db, sql);
  g_assert_true (hw_statement_step (statement, &error));
  return g_strdup (hw_statement_text (statement, 0));
}

static void
test_second_one_is_locked_out (Desktop *desktop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwStore) second
    = hw_store_open (desktop->path, HW_STORE_DESKTOP, desktop->clock, &error);
  g_autofree char *other = g_build_filename (desktop->folder, "other.db", NULL);
  g_autoptr (HwStore) third = NULL;

  g_assert_null (second);
  g_assert_error (error, HW_STORE_ERROR, HW_STORE_ERROR_LOCKED);
  third = hw_store_open (other, HW_STORE_DESKTOP, desktop->clock, NULL);
  g_assert_nonnull (third);
}

static void
test_missing_column_is_added (Desktop *desktop, gconstpointer data)
{
  const char *id = desktop_new_case (desktop, "Aline", NULL);
  g_autofree char *copy = g_strdup_printf ("%s.before-v%u", desktop->path, hw_schema_version);
  g_autofree char *text = NULL;

  hw_store_close (desktop->store);
  run_sql (desktop->path, "ALTER TABLE r_case DROP COLUMN f_closure_reason;");
  desktop_reopen (desktop);
  text = desktop_text (desktop, HW_TYPE_ID_CASE, id, HW_FIELD_CASE_PSEUDONYM);
  g_assert_cmpstr (text, ==, "Aline");
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
}

static void
test_index_of_words_is_renewed (Desktop *desktop, gconstpointer data)
{
  static const char found[] = "SELECT count(*) FROM search WHERE search MATCH '\"a\"*'";
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *text = NULL;
  g_autofree char *place = NULL;
  const char *id = desktop_new_case (desktop, "Aline", NULL);

  hw_store_close (desktop->store);
  run_sql (desktop->path,
           "DROP TABLE search; CREATE VIRTUAL TABLE search USING fts5 (name, code, phone, place, note,"
           " content='search_text', content_rowid='n', prefix='2 3')");
  before = one_text (desktop->path, found);
  g_assert_cmpstr (before, ==, "0");
  desktop_reopen (desktop);
  place = desktop_text (desktop, HW_TYPE_ID_CASE, id, HW_FIELD_CASE_LOCATION_PLACE);
  after = one_text (desktop->path, found);
  g_assert_cmpstr (after, ==, "1");
  text = one_text (desktop->path, "SELECT sql FROM sqlite_master WHERE name = 'search'");
  g_assert_nonnull (strstr (text, "prefix='1 2 3'"));
}

static void
test_newer_is_left_alone (Desktop *desktop, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwStore) store = NULL;

  hw_store_close (desktop->store);
  run_sql (desktop->path, "UPDATE meta SET value = '999' WHERE key = 'schema_version'");
  store = hw_store_open (desktop->path, HW_STORE_DESKTOP, desktop->clock, &error);
  g_assert_null (store);
  g_assert_error (error, HW_STORE_ERROR, HW_STORE_ERROR_NEWER);
}

static void
test_damage_is_told (Desktop *desktop, gconstpointer data)
{
  g_autofree char *broken = g_build_filename (desktop->folder, "broken.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HwStore) store = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  desktop_new_case (desktop, "Aline", NULL);
  hw_store_close (desktop->store);
  g_assert_true (g_file_get_contents (desktop->path, &bytes, &length, NULL));
  memset (bytes + 100, 0xa5, length - 100);
  g_assert_true (g_file_set_contents (broken, bytes, (gssize)length, NULL));
  store = hw_store_open (broken, HW_STORE_DESKTOP, desktop->clock, &error);
  g_assert_null (store);
  g_assert_error (error, HW_STORE_ERROR, HW_STORE_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (
    broken,
    "This is no database, but a letter of a hundred signs or so, which is opened by mistake.",
    -1,
    NULL));
  store = hw_store_open (broken, HW_STORE_DESKTOP, desktop->clock, &error);
  g_assert_error (error, HW_STORE_ERROR, HW_STORE_ERROR_OPEN);
}

/* ---- In a child, which may lose its rights, its disk or its life ---- */

typedef void (*ChildWork) (Desktop *desktop, int pipe);

static pid_t
start_child (Desktop *desktop, ChildWork work, int *from_child)
{
  int ends[2];
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      close (ends[0]);
      work (desktop, ends[1]);
      _exit (0);
    }
  close (ends[1]);
  *from_child = ends[0];
  return child;
}

static void
write_forever (Desktop *desktop, int out)
{
  HwStore *store = hw_store_open (desktop->path, HW_STORE_DESKTOP, desktop->clock, NULL);

  hw_store_set_actor (store, desktop->actor);
  desktop->store = store;
  for (;;)
    {
      const char *id = desktop_new_case (desktop, "Written", NULL);

      if (write (out, id, 36) != 36)
        _exit (1);
    }
}

static void
test_kill_in_mid_write (Desktop *desktop, gconstpointer data)
{
  int from_child, status;
  char acknowledged[20][37] = { { 0 } };
  pid_t child;
  g_autofree char *check = NULL;

  hw_store_close (desktop->store);
  child = start_child (desktop, write_forever, &from_child);
  for (guint i = 0; i < G_N_ELEMENTS (acknowledged); i++)
    g_assert_cmpint (read (from_child, acknowledged[i], 36), ==, 36);
  kill (child, SIGKILL);
  waitpid (child, &status, 0);
  close (from_child);
  g_assert_true (WIFSIGNALED (status));
  check = one_text (desktop->path, "PRAGMA integrity_check");
  g_assert_cmpstr (check, ==, "ok");
  desktop_reopen (desktop);
  for (guint i = 0; i < G_N_ELEMENTS (acknowledged); i++)
    {
      g_autofree char *text
        = desktop_text (desktop, HW_TYPE_ID_CASE, acknowledged[i], HW_FIELD_CASE_PSEUDONYM);

      g_assert_cmpstr (text, ==, "Written");
    }
}

static void
fill_the_disk (Desktop *desktop, int out)
{
  HwStore *store = hw_store_open (desktop->path, HW_STORE_DESKTOP, desktop->clock, NULL);
  struct rlimit limit = { 512 * 1024, 512 * 1024 };
  g_autoptr (GError) error = NULL;
  guint saved = 0;
  char answer[2];

  signal (SIGXFSZ, SIG_IGN);
  hw_store_set_actor (store, desktop->actor);
  hw_store_set_setting (store, "ready", "yes", NULL);
  setrlimit (RLIMIT_FSIZE, &limit);
  while (error == NULL && saved < 10000)
    {
      g_autofree char *key = g_strdup_printf ("key-%u", saved);
      g_autofree char *value = g_strnfill (16 * 1024, 'x');

      if (hw_store_set_setting (store, key, value, &error))
        saved++;
    }
  answer[0] = g_error_matches (error, HW_STORE_ERROR, HW_STORE_ERROR_FULL) ? 'f' : 'o';
  answer[1] = (char)MIN (saved, 100);
  if (write (out, answer, 2) != 2)
    _exit (1);
}

static void
test_full_disk_is_told_and_hurts_nothing (Desktop *desktop, gconstpointer data)
{
  int from_child, status;
  char answer[2] = { 0 };
  pid_t child;
  g_autofree char *check = NULL;

  hw_store_close (desktop->store);
  child = start_child (desktop, fill_the_disk, &from_child);
  g_assert_cmpint (read (from_child, answer, 2), ==, 2);
  waitpid (child, &status, 0);
  close (from_child);
  g_assert_cmpint (answer[0], ==, 'f');
  g_assert_cmpint (answer[1], >, 0);
  check = one_text (desktop->path, "PRAGMA integrity_check");
  g_assert_cmpstr (check, ==, "ok");
  desktop_reopen (desktop);
  for (guint i = 0; i < (guint)answer[1]; i++)
    {
      g_autofree char *key = g_strdup_printf ("key-%u", i);
      g_autofree char *value = hw_store_get_setting (desktop->store, key);

      g_assert_nonnull (value);
    }
}

static void
open_read_only (Desktop *desktop, int out)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwDb) db = NULL;
  char answer;

  if (geteuid () == 0 && (setgid (65534) != 0 || setuid (65534) != 0))
    _exit (1);
  db = hw_db_open (desktop->path, HW_DB_READ_WRITE, &error);
  answer = g_error_matches (error, HW_STORE_ERROR, HW_STORE_ERROR_READ_ONLY) ? 'r' : 'o';
  if (db != NULL)
    answer = 'w';
  if (write (out, &answer, 1) != 1)
    _exit (1);
}

static void
test_read_only_is_told (Desktop *desktop, gconstpointer data)
{
  int from_child, status;
  char answer = 0;
  pid_t child;

  hw_store_close (desktop->store);
  run_sql (desktop->path, "PRAGMA journal_mode = DELETE");
  g_chmod (desktop->path, 0444);
  g_chmod (desktop->folder, 0555);
  child = start_child (desktop, open_read_only, &from_child);
  g_assert_cmpint (read (from_child, &answer, 1), ==, 1);
  waitpid (child, &status, 0);
  close (from_child);
  g_chmod (desktop->folder, 0700);
  g_assert_cmpint (answer, ==, 'r');
}

static void
test_parameters_are_found_by_name (Desktop *desktop, gconstpointer data)
{
  g_autoptr (HwDb) db = hw_db_open (":memory:", HW_DB_CREATE, NULL);
  HwStatement *statement = hw_db_prepare (db, "SELECT $2, $1, $2");
  g_autoptr (GError) error = NULL;

  hw_statement_bind_text (statement, 1, "one");
  hw_statement_bind_text (statement, 2, "two");
  g_assert_true (hw_statement_step (statement, &error));
  g_assert_cmpstr (hw_statement_text (statement, 0), ==, "two");
  g_assert_cmpstr (hw_statement_text (statement, 1), ==, "one");
  g_assert_cmpstr (hw_statement_text (statement, 2), ==, "two");
  /* A mistake is told by the step. */
  statement = hw_db_prepare (db, "SELECT nothing FROM nowhere");
  hw_statement_bind_text (statement, 1, "x");
  g_assert_false (hw_statement_step (statement, &error));
  g_assert_error (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED);
}

#define TEST(path, function)                                                                       \
  g_test_add (path, Desktop, NULL, desktop_set_up, function, desktop_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/files/second-one-is-locked-out", test_second_one_is_locked_out);
  TEST ("/files/missing-column-is-added", test_missing_column_is_added);
  TEST ("/files/index-of-words-is-renewed", test_index_of_words_is_renewed);
  TEST ("/files/newer-is-left-alone", test_newer_is_left_alone);
  TEST ("/files/damage-is-told", test_damage_is_told);
  TEST ("/files/kill-in-mid-write", test_kill_in_mid_write);
  TEST ("/files/full-disk-is-told-and-hurts-nothing", test_full_disk_is_told_and_hurts_nothing);
  TEST ("/files/read-only-is-told", test_read_only_is_told);
  TEST ("/files/parameters-are-found-by-name", test_parameters_are_found_by_name);
  return g_test_run ();
}
