/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The SQLite driver. One connection, its statements cached by their text, its errors told in words
 * a person can act on. A commit returns only after the data is on the disk; a change that could not
 * be written leaves the file as it was.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-store-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sqlite3.h>

#define BUSY_TIMEOUT_MS 5000
#define MAX_PARAMETERS 200
#define N_SHORTCUTS 256

struct _HwStatement
{
  HwDb *db;           /* (unowned) */
  const char *text;   /* (unowned) the key it is cached by */
  sqlite3_stmt *stmt; /* (nullable) when it did not compile */
  int prepared;       /* what sqlite3_prepare answered */
  int bound;          /* first failure of a bind */
  guint n_indexes;
  int indexes[MAX_PARAMETERS]; /* "$n" → SQLite's index, which need not be n */
};

struct _HwDb
{
  sqlite3 *handle;        /* (owned) */
  GHashTable *statements; /* (owned) text → HwStatement */
  HwStatement
    *shortcuts[N_SHORTCUTS]; /* by the address of the text, which for nearly all is a constant */
  char *location;            /* (owned) */
  HwVault *vault;            /* (owned) (nullable) plain */
  gboolean writable;
  gboolean in_transaction;
  gboolean damaged; /* something of it could not be read: it does not match what was written */
};

G_DEFINE_QUARK (hw - store - error - quark, hw_store_error)

static gboolean
means_full (int system_error)
{
  return system_error == ENOSPC || system_error == EFBIG || system_error == EDQUOT;
}

static int
last_error_of (sqlite3 *handle, int which)
{
  sqlite3_file *file = NULL;
  int system_error = 0;

  if (sqlite3_file_control (handle, "main", which, &file) == SQLITE_OK && file != NULL
      && file->pMethods != NULL)
    file->pMethods->xFileControl (file, SQLITE_FCNTL_LAST_ERRNO, &system_error);
  return system_error;
}

/* A quota or a limit comes as a plain failure to write: the file that failed knows why. */
static gboolean
disk_is_full (sqlite3 *handle, int code)
{
  if ((code & 0xff) == SQLITE_FULL)
    return TRUE;
  return (code & 0xff) == SQLITE_IOERR
         && (means_full (sqlite3_system_errno (handle))
             || means_full (last_error_of (handle, SQLITE_FCNTL_JOURNAL_POINTER))
             || means_full (last_error_of (handle, SQLITE_FCNTL_FILE_POINTER)));
}

static HwStoreError
error_code (sqlite3 *handle, int code)
{
  if (disk_is_full (handle, code))
    return HW_STORE_ERROR_FULL;
  /* A page that does not open. */
  if (code == SQLITE_IOERR_DATA)
    return HW_STORE_ERROR_DAMAGED;
  switch (code & 0xff)
    {
      case SQLITE_BUSY:
      case SQLITE_LOCKED:
        return HW_STORE_ERROR_LOCKED;
      case SQLITE_READONLY:
        return HW_STORE_ERROR_READ_ONLY;
      case SQLITE_CORRUPT:
        return HW_STORE_ERROR_DAMAGED;
      case SQLITE_NOTADB:
      case SQLITE_CANTOPEN:
      case SQLITE_PERM:
      case SQLITE_AUTH:
        return HW_STORE_ERROR_OPEN;
      default:
        return HW_STORE_ERROR_FAILED;
    }
}

static const char *
error_words (HwStoreError code)
{
  switch (code)
    {
      case HW_STORE_ERROR_FULL:
        return _ ("The disk is full. This change was not saved; all earlier ones are. Free some "
                  "space and save again.");
      case HW_STORE_ERROR_LOCKED:
        return _ ("Another Homeward holds this data. Close it, then try again.");
      case HW_STORE_ERROR_READ_ONLY:
        return _ ("The data can be read but not written. Nothing was changed. Check the "
                  "permissions of its folder.");
      case HW_STORE_ERROR_DAMAGED:
        return _ ("The data file is damaged. Nothing was changed. Restore a backup, or sign in "
                  "anew to fetch the data again.");
      case HW_STORE_ERROR_OPEN:
        return _ ("The data file cannot be opened. Nothing was changed. Check that it exists and "
                  "is readable.");
      case HW_STORE_ERROR_NEWER:
      case HW_STORE_ERROR_ALTERED:
      case HW_STORE_ERROR_FAILED:
      default:
        return _ ("The data could not be read or written. Nothing was changed. Try again.");
    }
}

/* SQLite's own message holds names of tables and columns, never values. */
static gboolean
fail (HwDb *db, int code, GError **error)
{
  HwStoreError store_error = error_code (db->handle, code);

  db->damaged |= store_error == HW_STORE_ERROR_DAMAGED;
  g_set_error (error,
               HW_STORE_ERROR,
               store_error,
               "%s (%s)",
               error_words (store_error),
               sqlite3_errmsg (db->handle));
  return FALSE;
}

static void
statement_free (gpointer data)
{
  HwStatement *statement = data;

  sqlite3_finalize (statement->stmt);
  g_free (statement);
}

static const char *
file_of (const char *location)
{
  return g_str_has_prefix (location, "sqlite:") ? location + strlen ("sqlite:") : location;
}

static gboolean
configure (HwDb *db, GError **error)
{
  static const char reader[]
    = "PRAGMA foreign_keys=OFF; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;"
      "PRAGMA trusted_schema=OFF; PRAGMA cache_size=-8192;";
  static const char writer[]
    = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_spill=OFF;"
      "PRAGMA secure_delete=ON;";

  sqlite3_busy_timeout (db->handle, BUSY_TIMEOUT_MS);
  sqlite3_extended_result_codes (db->handle, 1);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  if (!hw_db_exec (db, reader, error))
    return FALSE;
  if (!db->writable)
    return TRUE;
  if (sqlite3_db_readonly (db->handle, "main") == 1)
    return fail (db, SQLITE_READONLY, error);
  return hw_db_exec (db, writer, error);
}

static HwDb *
open_database (HwVault *vault, const char *location, HwDbFlags flags, GError **error)
{
  g_autoptr (HwDb) db = NULL;
  const char *file_system = vault != NULL ? hw_vault_file_system (vault) : NULL;
  int sqlite_flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  int code;

  db = g_new0 (HwDb, 1);
  db->location = g_strdup (file_of (location));
  db->vault = vault != NULL ? g_object_ref (vault) : NULL;
  db->writable = (flags & HW_DB_READ_ONLY) == 0;
  db->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, statement_free);
  sqlite_flags |= db->writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  if ((flags & HW_DB_CREATE) != 0)
    sqlite_flags |= SQLITE_OPEN_CREATE;
  code = sqlite3_open_v2 (db->location, &db->handle, sqlite_flags, file_system);
  if (code == SQLITE_OK && vault != NULL && !hw_vault_prepare_connection (vault, db->handle, "main"))
    code = SQLITE_CANTOPEN;
  if (code != SQLITE_OK)
    {
      fail (db, code, error);
      return NULL;
    }
  return configure (db, error) ? g_steal_pointer (&db) : NULL;
}

HwDb *
hw_db_open (const char *location, HwDbFlags flags, GError **error)
{
  g_return_val_if_fail (location != NULL, NULL);

  return open_database (NULL, location, flags, error);
}

HwDb *
hw_db_open_in_vault (HwVault *vault, const char *location, HwDbFlags flags, GError **error)
{
  g_return_val_if_fail (HW_IS_VAULT (vault) && location != NULL, NULL);

  return open_database (vault, location, flags, error);
}

void
hw_db_close (HwDb *db)
{
  if (db == NULL)
    return;
  g_hash_table_unref (db->statements);
  if (db->in_transaction)
    sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
  sqlite3_close_v2 (db->handle);
  g_clear_object (&db->vault);
  g_free (db->location);
  g_free (db);
}

const char *
hw_db_location (HwDb *db)
{
  return db->location;
}

gboolean
hw_db_exec (HwDb *db, const char *sql, GError **error)
{
  int code = sqlite3_exec (db->handle, sql, NULL, NULL, NULL);

  return code == SQLITE_OK || fail (db, code, error);
}

static gboolean
run_text (HwDb *db, const char *sql, GError **error)
{
  return hw_statement_run (hw_db_prepare (db, sql), error);
}

gboolean
hw_db_begin (HwDb *db, GError **error)
{
  g_return_val_if_fail (!db->in_transaction, FALSE);

  db->in_transaction = run_text (db, db->writable ? "BEGIN IMMEDIATE" : "BEGIN", error);
  return db->in_transaction;
}

/* A commit that failed is rolled back, so that the caller never holds half a transaction. */
gboolean
hw_db_commit (HwDb *db, GError **error)
{
  g_return_val_if_fail (db->in_transaction, FALSE);

  if (!run_text (db, "COMMIT", error))
    {
      hw_db_rollback (db);
      return FALSE;
    }
  db->in_transaction = FALSE;
  return TRUE;
}

static void
reset_one (gpointer key, gpointer value, gpointer data)
{
  HwStatement *statement = value;

  if (statement->stmt != NULL && sqlite3_stmt_busy (statement->stmt))
    sqlite3_reset (statement->stmt);
}

void
hw_db_rollback (HwDb *db)
{
  g_hash_table_foreach (db->statements, reset_one, NULL);
  if (!sqlite3_get_autocommit (db->handle))
    sqlite3_exec (db->handle, "ROLLBACK", NULL, NULL, NULL);
  db->in_transaction = FALSE;
}

gboolean
hw_db_in_transaction (HwDb *db)
{
  return db->in_transaction;
}

gboolean
hw_db_savepoint (HwDb *db, const char *name, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SAVEPOINT %s", name);

  return run_text (db, sql, error);
}

gboolean
hw_db_release (HwDb *db, const char *name, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("RELEASE %s", name);

  return run_text (db, sql, error);
}

void
hw_db_rollback_to (HwDb *db, const char *name)
{
  g_autofree char *back = g_strdup_printf ("ROLLBACK TO %s", name);
  g_autofree char *release = g_strdup_printf ("RELEASE %s", name);

  g_hash_table_foreach (db->statements, reset_one, NULL);
  run_text (db, back, NULL);
  run_text (db, release, NULL);
}

gint64
hw_db_changes (HwDb *db)
{
  return sqlite3_changes64 (db->handle);
}

gboolean
hw_db_is_damaged (HwDb *db)
{
  return db->damaged;
}

/* "$2" is a name to SQLite, not a number: the index is looked up once. */
static void
find_indexes (HwStatement *statement)
{
  int count = sqlite3_bind_parameter_count (statement->stmt);

  for (int i = 1; i <= count; i++)
    {
      const char *name = sqlite3_bind_parameter_name (statement->stmt, i);
      guint64 n = 0;

      if (name != NULL && name[0] == '$'
          && g_ascii_string_to_unsigned (name + 1, 10, 1, MAX_PARAMETERS - 1, &n, NULL))
        {
          statement->indexes[n] = i;
          statement->n_indexes = MAX (statement->n_indexes, (guint)n + 1);
        }
    }
}

static HwStatement *
prepare_new (HwDb *db, const char *sql)
{
  HwStatement *statement = g_new0 (HwStatement, 1);
  char *text = g_strdup (sql);

  for (guint i = 0; i < N_SHORTCUTS; i++)
    if (db->shortcuts[i] != NULL && g_str_equal (db->shortcuts[i]->text, sql))
      db->shortcuts[i] = NULL;
  statement->db = db;
  statement->text = text;
  statement->prepared
    = sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement->stmt, NULL);
  if (statement->stmt != NULL)
    find_indexes (statement);
  g_hash_table_replace (db->statements, text, statement);
  return statement;
}

/* An address says where to look, never what is found: the text itself is compared. */
HwStatement *
hw_db_prepare (HwDb *db, const char *sql)
{
  guint shortcut = (guint)((GPOINTER_TO_SIZE (sql) >> 4) % N_SHORTCUTS);
  HwStatement *statement = db->shortcuts[shortcut];

  if (statement == NULL || !g_str_equal (statement->text, sql))
    statement = g_hash_table_lookup (db->statements, sql);
  /* One that did not compile is tried again: its table may be there by now. */
  if (statement == NULL || statement->stmt == NULL)
    statement = prepare_new (db, sql);
  else
    {
      hw_statement_reset (statement);
      sqlite3_clear_bindings (statement->stmt);
    }
  db->shortcuts[shortcut] = statement;
  return statement;
}

static int
index_of (HwStatement *statement, guint n)
{
  return n < statement->n_indexes ? statement->indexes[n] : 0;
}

static void
note_bound (HwStatement *statement, int code)
{
  if (statement->bound == SQLITE_OK)
    statement->bound = code;
}

void
hw_statement_bind_text (HwStatement *statement, guint n, const char *text)
{
  if (statement->stmt == NULL)
    return;
  note_bound (
    statement,
    sqlite3_bind_text (statement->stmt, index_of (statement, n), text, -1, SQLITE_TRANSIENT));
}

void
hw_statement_bind_integer (HwStatement *statement, guint n, gint64 value)
{
  if (statement->stmt == NULL)
    return;
  note_bound (statement, sqlite3_bind_int64 (statement->stmt, index_of (statement, n), value));
}

void
hw_statement_bind_blob (HwStatement *statement, guint n, gconstpointer data, gsize size)
{
  if (statement->stmt == NULL)
    return;
  note_bound (
    statement,
    sqlite3_bind_blob64 (statement->stmt, index_of (statement, n), data, size, SQLITE_TRANSIENT));
}

void
hw_statement_bind_null (HwStatement *statement, guint n)
{
  if (statement->stmt == NULL)
    return;
  note_bound (statement, sqlite3_bind_null (statement->stmt, index_of (statement, n)));
}

gboolean
hw_statement_step (HwStatement *statement, GError **error)
{
  int code = statement->stmt == NULL ? statement->prepared : statement->bound;

  if (code == SQLITE_OK && statement->stmt == NULL)
    return FALSE;
  if (code == SQLITE_OK)
    code = sqlite3_step (statement->stmt);
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    fail (statement->db, code, error);
  if (statement->stmt != NULL)
    hw_statement_reset (statement);
  return FALSE;
}

gboolean
hw_statement_run (HwStatement *statement, GError **error)
{
  g_autoptr (GError) local = NULL;

  while (hw_statement_step (statement, &local))
    ;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

void
hw_statement_reset (HwStatement *statement)
{
  statement->bound = SQLITE_OK;
  if (statement->stmt != NULL)
    sqlite3_reset (statement->stmt);
}

const char *
hw_statement_text (HwStatement *statement, guint column)
{
  return (const char *)sqlite3_column_text (statement->stmt, (int)column);
}

gint64
hw_statement_integer (HwStatement *statement, guint column)
{
  return sqlite3_column_int64 (statement->stmt, (int)column);
}

gconstpointer
hw_statement_blob (HwStatement *statement, guint column, gsize *size)
{
  gconstpointer data = sqlite3_column_blob (statement->stmt, (int)column);

  *size = (gsize)sqlite3_column_bytes (statement->stmt, (int)column);
  return data;
}

gboolean
hw_statement_is_null (HwStatement *statement, guint column)
{
  return sqlite3_column_type (statement->stmt, (int)column) == SQLITE_NULL;
}

gboolean
hw_db_integer (HwDb *db, const char *sql, gint64 *value, GError **error)
{
  HwStatement *statement = hw_db_prepare (db, sql);
  g_autoptr (GError) local = NULL;

  if (hw_statement_step (statement, &local))
    {
      *value = hw_statement_integer (statement, 0);
      hw_statement_reset (statement);
      return TRUE;
    }
  if (local == NULL)
    {
      *value = 0;
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* ---- The usual questions ---- */

gboolean
hw_db_run (HwDb *db, const char *sql, const char *first, const char *second, GError **error)
{
  HwStatement *statement = hw_db_prepare (db, sql);

  if (first != NULL)
    hw_statement_bind_text (statement, 1, first);
  if (second != NULL)
    hw_statement_bind_text (statement, 2, second);
  return hw_statement_run (statement, error);
}

GPtrArray *
hw_db_texts (HwDb *db, const char *sql, const char *first, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  HwStatement *statement = hw_db_prepare (db, sql);
  g_autoptr (GError) local = NULL;

  if (first != NULL)
    hw_statement_bind_text (statement, 1, first);
  while (hw_statement_step (statement, &local))
    g_ptr_array_add (texts, g_strdup (hw_statement_text (statement, 0)));
  hw_statement_reset (statement);
  if (local == NULL)
    return g_steal_pointer (&texts);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
