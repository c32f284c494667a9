/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables built from the schema, never typed: one STRICT table per record type, and a column added
 * wherever the schema has a field that the file does not know yet. A copy of the file is kept
 * before an older one is changed; a newer one is left alone.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-likeness-rows-private.h"

#include <glib/gi18n-lib.h>

#define META_SCHEMA "schema_version"
#define LEDGER_DAYS 400
#define ACKNOWLEDGED_DAYS 30

static const char common_tables[]
  = "CREATE TABLE IF NOT EXISTS record_ids (id TEXT PRIMARY KEY, type TEXT NOT NULL, case_id TEXT) "
    "STRICT, WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS record_ids_case ON record_ids (case_id, type);"
    "CREATE TABLE IF NOT EXISTS field_history (n INTEGER PRIMARY KEY, record TEXT NOT NULL, field "
    "TEXT NOT NULL,"
    " rev INTEGER NOT NULL, value TEXT, by TEXT, at TEXT, device TEXT, operation TEXT, pending "
    "INTEGER NOT NULL, let_in_by TEXT) STRICT;"
    "CREATE INDEX IF NOT EXISTS field_history_record ON field_history (record, field, n);"
    "CREATE INDEX IF NOT EXISTS field_history_pending ON field_history (operation) WHERE pending = "
    "1;"
    "CREATE TABLE IF NOT EXISTS conflict (id TEXT PRIMARY KEY, record TEXT NOT NULL, case_id TEXT, "
    "type TEXT NOT NULL,"
    " field TEXT NOT NULL, base TEXT, current TEXT, offered TEXT, by TEXT, at TEXT, rev INTEGER "
    "NOT NULL,"
    " open INTEGER NOT NULL, settling TEXT) STRICT;"
    "CREATE INDEX IF NOT EXISTS conflict_record ON conflict (record);"
    "CREATE INDEX IF NOT EXISTS conflict_case ON conflict (case_id);"
    "CREATE INDEX IF NOT EXISTS conflict_open ON conflict (at) WHERE open = 1;"
    "CREATE TABLE IF NOT EXISTS setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, "
    "WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS likeness (key TEXT NOT NULL, case_id TEXT NOT NULL, PRIMARY KEY "
    "(key, case_id)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS likeness_case ON likeness (case_id);"
    "CREATE TABLE IF NOT EXISTS draft (key TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT "
    "ROWID;";

static const char server_tables[]
  = "CREATE TABLE IF NOT EXISTS ledger (operation TEXT PRIMARY KEY, device TEXT, hash TEXT NOT "
    "NULL, status INTEGER NOT NULL,"
    " type TEXT NOT NULL, record TEXT NOT NULL, rev INTEGER NOT NULL, verdict TEXT, conflicts "
    "TEXT, at TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS ledger_at ON ledger (at);"
    "CREATE TABLE IF NOT EXISTS quarantine (operation TEXT PRIMARY KEY, json TEXT NOT NULL, "
    "case_id TEXT, record TEXT NOT NULL,"
    " by TEXT, device TEXT, at TEXT NOT NULL, state TEXT NOT NULL, unit TEXT, settled_by TEXT, settled_at TEXT,"
    " reason TEXT) STRICT;"
    "CREATE TABLE IF NOT EXISTS reading_entered (id TEXT PRIMARY KEY, user TEXT NOT NULL, at TEXT NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS reading_entered_at ON reading_entered (at);"
    "CREATE TABLE IF NOT EXISTS code_counter (prefix TEXT PRIMARY KEY, last INTEGER NOT NULL) "
    "STRICT, WITHOUT ROWID;";

static const char desktop_tables[]
  = "CREATE TABLE IF NOT EXISTS outbox (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL "
    "UNIQUE, record TEXT NOT NULL,"
    " type TEXT NOT NULL, case_id TEXT, grp TEXT, json TEXT NOT NULL, state TEXT NOT NULL, parent "
    "TEXT, problem TEXT, at TEXT NOT NULL) STRICT;"
    "CREATE INDEX IF NOT EXISTS outbox_record ON outbox (record, n);"
    "CREATE INDEX IF NOT EXISTS outbox_state ON outbox (state, n);"
    "CREATE INDEX IF NOT EXISTS outbox_parent ON outbox (parent) WHERE parent IS NOT NULL;"
    "CREATE TABLE IF NOT EXISTS shadow (id TEXT PRIMARY KEY, case_id TEXT, json TEXT) STRICT, "
    "WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS shadow_case ON shadow (case_id);"
    "CREATE TABLE IF NOT EXISTS reading (id TEXT PRIMARY KEY, record TEXT NOT NULL, field TEXT NOT NULL, at TEXT"
    " NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS kept_content (record TEXT PRIMARY KEY, file TEXT NOT NULL, state TEXT NOT NULL,"
    " problem TEXT, at TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS case_summary (n INTEGER PRIMARY KEY, case_id TEXT NOT NULL UNIQUE, "
    "closed INTEGER NOT NULL,"
    " code TEXT, pseudonym TEXT, urgency TEXT, stage INTEGER NOT NULL, country TEXT, place TEXT, "
    "zone TEXT, next_due TEXT,"
    " next_due_what TEXT, blocked_by TEXT, owner TEXT, mission TEXT, updated_at TEXT,"
    " key_code TEXT NOT NULL, key_pseudonym TEXT NOT NULL, key_country TEXT NOT NULL, key_due TEXT "
    "NOT NULL,"
    " key_blocked TEXT NOT NULL, key_owner TEXT NOT NULL, key_updated TEXT NOT NULL) STRICT;"
    "CREATE INDEX IF NOT EXISTS summary_closed ON case_summary (closed, country);"
    "CREATE INDEX IF NOT EXISTS summary_code ON case_summary (key_code, closed);"
    "CREATE INDEX IF NOT EXISTS summary_pseudonym ON case_summary (key_pseudonym, closed);"
    "CREATE INDEX IF NOT EXISTS summary_stage ON case_summary (stage, closed);"
    "CREATE INDEX IF NOT EXISTS summary_country ON case_summary (key_country, closed);"
    "CREATE INDEX IF NOT EXISTS summary_due ON case_summary (key_due, closed);"
    "CREATE INDEX IF NOT EXISTS summary_blocked ON case_summary (key_blocked, closed);"
    "CREATE INDEX IF NOT EXISTS summary_owner ON case_summary (key_owner, closed);"
    "CREATE INDEX IF NOT EXISTS summary_updated ON case_summary (key_updated, closed);"
    "CREATE TABLE IF NOT EXISTS search_text (n INTEGER PRIMARY KEY, name TEXT NOT NULL, code TEXT "
    "NOT NULL, phone TEXT NOT NULL,"
    " place TEXT NOT NULL, note TEXT NOT NULL) STRICT;";

/* The first letter typed matches most cases: without a list of its own it would be gathered, at each
 * key, from those of all words that begin with it. */
static const char search_index[]
  = "CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5 (name, code, phone, place, note, "
    "content='search_text', content_rowid='n',"
    " tokenize='unicode61 remove_diacritics 2', prefix='1 2 3');";

gboolean
hw_ddl_wanted (HwStore *store, const HwActor *actor, HwTypeId type)
{
  if (store->mode == HW_STORE_SERVER || actor == NULL || actor->role != HW_ROLE_EMBASSY_LIAISON)
    return TRUE;
  return hw_access_may_see_type (actor->role, type);
}

static const char *
column_type (const HwFieldDef *field)
{
  return field->kind == HW_KIND_INTEGER || field->kind == HW_KIND_BOOLEAN ? "INTEGER" : "TEXT";
}

static char *
create_table (const HwTypeDef *def)
{
  GString *sql = g_string_new (NULL);

  g_string_printf (
    sql,
    "CREATE TABLE IF NOT EXISTS r_%s (id TEXT PRIMARY KEY, case_id TEXT, rev INTEGER NOT NULL,"
    " created_at TEXT, created_by TEXT, updated_at TEXT, updated_by TEXT,"
    " deleted INTEGER NOT NULL, field_revs TEXT NOT NULL",
    def->name);
  for (guint i = 0; i < def->n_fields; i++)
    g_string_append_printf (sql, ", f_%s %s", def->fields[i].name, column_type (&def->fields[i]));
  g_string_append (sql, ") STRICT");
  return g_string_free (sql, FALSE);
}

static GHashTable *
columns_of (HwDb *db, const HwTypeDef *def, GError **error)
{
  g_autoptr (GHashTable) columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info('r_%s')", def->name);
  HwStatement *statement = hw_db_prepare (db, sql);
  g_autoptr (GError) local = NULL;

  while (hw_statement_step (statement, &local))
    g_hash_table_add (columns, g_strdup (hw_statement_text (statement, 0)));
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&columns);
}

/* A table of ours that an earlier version made without this column. begin (nullable): run once the column is there. */
gboolean
hw_ddl_add_column (
  HwDb *db, const char *table, const char *column, const char *type, const char *begin, GError **error)
{
  g_autofree char *ask = g_strdup_printf (
    "SELECT count(*) FROM pragma_table_info('%s') WHERE name = '%s'", table, column);
  g_autofree char *add = g_strdup_printf ("ALTER TABLE %s ADD COLUMN %s %s", table, column, type);
  gint64 there;

  if (!hw_db_integer (db, ask, &there, error))
    return FALSE;
  return there != 0
         || (hw_db_exec (db, add, error) && (begin == NULL || hw_db_exec (db, begin, error)));
}

static gboolean
add_column (HwDb *db, const HwTypeDef *def, const HwFieldDef *field, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
    "ALTER TABLE r_%s ADD COLUMN f_%s %s", def->name, field->name, column_type (field));

  return hw_db_exec (db, sql, error);
}

static gboolean
create_index (HwDb *db, const HwTypeDef *def, const char *column, GError **error)
{
  g_autofree char *sql
    = g_strdup_printf ("CREATE INDEX IF NOT EXISTS r_%s_%s ON r_%s (%s) WHERE %s IS NOT NULL",
                       def->name,
                       column,
                       def->name,
                       column,
                       column);

  return hw_db_exec (db, sql, error);
}

static gboolean
index_type (HwDb *db, const HwTypeDef *def, GError **error)
{
  if (def->id != HW_TYPE_ID_CASE && def->root != HW_ROOT_NONE
      && !create_index (db, def, "case_id", error))
    return FALSE;
  for (guint i = 0; i < def->n_fields; i++)
    {
      const HwFieldDef *field = &def->fields[i];
      g_autofree char *column = g_strconcat ("f_", field->name, NULL);

      if ((field->kind == HW_KIND_REFERENCE || (field->flags & HW_FIELD_INDEXED) != 0)
          && !create_index (db, def, column, error))
        return FALSE;
    }
  return TRUE;
}

/* The migration of one type: the table where it is missing, the columns that later versions added.
 */
static gboolean
ensure_type (HwDb *db, const HwTypeDef *def, GError **error)
{
  g_autofree char *create = create_table (def);
  g_autoptr (GHashTable) columns = NULL;

  if (!hw_db_exec (db, create, error))
    return FALSE;
  columns = columns_of (db, def, error);
  if (columns == NULL)
    return FALSE;
  for (guint i = 0; i < def->n_fields; i++)
    {
      g_autofree char *column = g_strconcat ("f_", def->fields[i].name, NULL);

      if (!g_hash_table_contains (columns, column) && !add_column (db, def, &def->fields[i], error))
        return FALSE;
    }
  return index_type (db, def, error);
}

static gboolean
stored_version (HwDb *db, gint64 *version, GError **error)
{
  return hw_db_exec (db,
                     "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)"
                     " STRICT, WITHOUT ROWID",
                     error)
         && hw_db_integer (db,
                           "SELECT CAST(value AS INTEGER) FROM meta WHERE key = '" META_SCHEMA "'",
                           version,
                           error);
}

/* VACUUM INTO writes one consistent file and refuses to overwrite: an earlier copy is the better
 * one. */
static gboolean
keep_copy (HwStore *store, gint64 version, GError **error)
{
  g_autofree char *copy
    = g_strdup_printf ("%s.before-v%u", hw_db_location (store->writer), hw_schema_version);
  HwStatement *statement;

  if (version == 0 || store->in_memory || g_file_test (copy, G_FILE_TEST_EXISTS))
    return TRUE;
  statement = hw_db_prepare (store->writer, "VACUUM INTO $1");
  hw_statement_bind_text (statement, 1, copy);
  return hw_statement_run (statement, error);
}

/* Acknowledged operations are kept for a server that is restored from a backup, answers for
 * desktops that ask again. */
static gboolean
drop_outdated (HwStore *store, GError **error)
{
  gboolean server = store->mode == HW_STORE_SERVER;
  g_autofree char *limit = hw_instant_format (
    hw_clock_now (store->clock) - (server ? LEDGER_DAYS : ACKNOWLEDGED_DAYS) * G_TIME_SPAN_DAY);
  HwStatement *statement
    = hw_db_prepare (store->writer,
                     server ? "DELETE FROM ledger WHERE at < $1"
                            : "DELETE FROM outbox WHERE state = 'acknowledged' AND at < $1");

  hw_statement_bind_text (statement, 1, limit);
  if (!hw_statement_run (statement, error))
    return FALSE;
  if (!server)
    return TRUE;
  statement = hw_db_prepare (store->writer, "DELETE FROM reading_entered WHERE at < $1");
  hw_statement_bind_text (statement, 1, limit);
  return hw_statement_run (statement, error);
}

/* An index that was made for other prefixes is made anew, from the texts kept beside it. */
static gboolean
ensure_search (HwDb *db, GError **error)
{
  gint64 outdated;

  if (!hw_db_integer (db,
                      "SELECT count(*) FROM sqlite_master WHERE name = 'search'"
                      " AND instr(sql, '1 2 3') = 0",
                      &outdated,
                      error))
    return FALSE;
  if (outdated == 0)
    return hw_db_exec (db, search_index, error);
  return hw_db_exec (db, "DROP TABLE search", error) && hw_db_exec (db, search_index, error)
         && hw_db_exec (db, "INSERT INTO search (search) VALUES ('rebuild')", error);
}

/* In a file that is being made, every table is; in an older one a missing table is a later
 * version's. */
static gboolean
ensure_tables (HwStore *store, const HwActor *actor, GError **error)
{
  HwDb *db = store->writer;
  HwStatement *statement;
  g_autofree char *version = g_strdup_printf ("%u", hw_schema_version);

  if (!hw_db_exec (db, common_tables, error)
      || !hw_db_exec (db, store->mode == HW_STORE_SERVER ? server_tables : desktop_tables, error)
      || (store->mode != HW_STORE_SERVER && !ensure_search (db, error)))
    return FALSE;
  if (!hw_ddl_add_column (db, "field_history", "let_in_by", "TEXT", NULL, error))
    return FALSE;
  for (guint type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type++)
    if (hw_ddl_wanted (store, actor, (HwTypeId)type)
        && !ensure_type (db, hw_schema_type ((HwTypeId)type), error))
      return FALSE;
  statement = hw_db_prepare (db,
                             "INSERT INTO meta (key, value) VALUES ('" META_SCHEMA "', $1)"
                             " ON CONFLICT (key) DO UPDATE SET value = excluded.value");
  hw_statement_bind_text (statement, 1, version);
  return hw_statement_run (statement, error) && drop_outdated (store, error)
         && (store->mode != HW_STORE_SERVER || hw_server_prepare (store, error));
}

static void
make_rows (HwStore *store, const HwActor *actor)
{
  for (guint type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type++)
    if (store->rows[type] == NULL && hw_ddl_wanted (store, actor, (HwTypeId)type))
      store->rows[type] = hw_row_maker_new ((HwTypeId)type);
}

static gboolean
check_version (HwStore *store, gint64 *version, GError **error)
{
  if (!stored_version (store->writer, version, error))
    return FALSE;
  if (*version <= (gint64)hw_schema_version)
    return TRUE;
  g_set_error_literal (error,
                       HW_STORE_ERROR,
                       HW_STORE_ERROR_NEWER,
                       _ ("This data was made by a newer Homeward. Nothing was changed. Install "
                          "the newer version to open it."));
  return FALSE;
}

gboolean
hw_ddl_check_version (HwStore *store, GError **error)
{
  gint64 version;

  return check_version (store, &version, error);
}

gboolean
hw_ddl_ensure (HwStore *store, GError **error)
{
  g_autoptr (HwActor) actor = NULL;
  gint64 version;

  g_mutex_lock (&store->state_lock);
  actor = store->actor != NULL ? hw_actor_copy (store->actor) : NULL;
  store->actor_changed = FALSE;
  g_mutex_unlock (&store->state_lock);

  if (!check_version (store, &version, error))
    return FALSE;
  if (version != 0 && version < (gint64)hw_schema_version && !keep_copy (store, version, error))
    return FALSE;
  if (!hw_db_begin (store->writer, error))
    return FALSE;
  if (!ensure_tables (store, actor, error))
    {
      hw_db_rollback (store->writer);
      return FALSE;
    }
  if (!hw_db_commit (store->writer, error))
    return FALSE;
  make_rows (store, actor);
  return hw_likeness_prepare (store, error);
}
