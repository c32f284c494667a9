/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/vault/vault-fixture.h"
#include "support/hw-test-folder.h"


void
vault_fixture_set_up (VaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *parent = g_dir_make_tmp ("homeward-vault-XXXXXX", NULL);

  fixture->directory = g_build_filename (parent, "account", NULL);
  fixture->vault = hw_vault_create_with_cost (fixture->directory, PASSPHRASE, 1, HW_ARGON_MEMORY_MIN, &error);
  g_assert_no_error (error);
}

void
vault_fixture_tear_down (VaultFixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (fixture->directory);

  g_clear_object (&fixture->vault);
  hw_test_folder_remove (parent);
  g_free (fixture->directory);
}

char *
vault_fixture_path (VaultFixture *fixture, const char *name)
{
  return g_build_filename (fixture->directory, name, NULL);
}

HwVault *
vault_fixture_reopen (VaultFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  hw_vault_lock (fixture->vault);
  g_clear_object (&fixture->vault);
  fixture->vault = hw_vault_open (fixture->directory, PASSPHRASE, &error);
  g_assert_no_error (error);
  return fixture->vault;
}

sqlite3 *
open_database (HwVault *vault, const char *path)
{
  sqlite3 *database = NULL;
  const char *file_system = vault != NULL ? hw_vault_file_system (vault) : NULL;
  int code = sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, file_system);

  g_assert_cmpint (code, ==, SQLITE_OK);
  sqlite3_extended_result_codes (database, 1);
  if (vault != NULL)
    g_assert_true (hw_vault_prepare_connection (vault, database, "main"));
  else
    run (database, "PRAGMA temp_store=MEMORY; PRAGMA cache_spill=OFF");
  return database;
}

int
try_run (sqlite3 *database, const char *sql)
{
  int code = sqlite3_exec (database, sql, NULL, NULL, NULL);

  return code != SQLITE_OK ? sqlite3_extended_errcode (database) : SQLITE_OK;
}

void
run (sqlite3 *database, const char *sql)
{
  int code = try_run (database, sql);

  if (code != SQLITE_OK)
    g_error ("%s: %d %s", sql, code, sqlite3_errmsg (database));
}

char *
ask (sqlite3 *database, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  char *answer = NULL;

  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step (statement) == SQLITE_ROW)
    answer = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return answer;
}

GBytes *
file_bytes (const char *path)
{
  char *data = NULL;
  gsize size = 0;

  g_file_get_contents (path, &data, &size, NULL);
  return g_bytes_new_take (data, size);
}

void
file_put (const char *path, const guint8 *data, gsize size)
{
  FILE *file = fopen (path, "w");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (data, 1, size, file), ==, size);
  fclose (file);
}

gboolean
bytes_hold (GBytes *bytes, const char *needle)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  return data != NULL && memmem (data, size, needle, strlen (needle)) != NULL;
}

gboolean
tree_holds (const char *directory, const char *needle, char **where)
{
  g_autoptr (GDir) folder = g_dir_open (directory, 0, NULL);
  gboolean found = FALSE;
  const char *name;

  while (!found && folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (directory, name, NULL);
      g_autoptr (GBytes) bytes = NULL;

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          found = tree_holds (child, needle, where);
          continue;
        }
      bytes = file_bytes (child);
      found = strstr (name, needle) != NULL || bytes_hold (bytes, needle);
      if (found && where != NULL)
        *where = g_strdup (child);
    }
  return found;
}

guint
rounds (guint ordinary, guint many)
{
  return g_getenv ("HW_VAULT_TEST_LONG") != NULL ? many : ordinary;
}
