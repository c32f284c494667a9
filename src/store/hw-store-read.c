/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading: records, case files, the directory, the past of a record. Each call sees one state of
 * the database. The asynchronous ones run on the store's worker.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"

#include <glib/gi18n-lib.h>

HwRecord *
hw_store_get_record (HwStore *store, HwTypeId type, const char *id, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  HwRecord *record;

  if (db == NULL)
    return NULL;
  record = hw_row_read (store, db, type, id, error);
  hw_store_end_read (store, db);
  if (record != NULL && hw_record_deleted (record))
    g_clear_object (&record);
  return record;
}

HwRecord *
hw_store_find_record (HwStore *store, const char *id, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  HwRecord *record;

  if (db == NULL)
    return NULL;
  record = hw_row_find (store, db, id, error);
  hw_store_end_read (store, db);
  if (record != NULL && hw_record_deleted (record))
    g_clear_object (&record);
  return record;
}

HwCaseFile *
hw_store_load_case (HwStore *store, const char *case_id, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  HwCaseFile *file;

  if (db == NULL)
    return NULL;
  file = hw_case_file_read (store, db, case_id, error);
  hw_store_end_read (store, db);
  return file;
}

static void
load_case_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  HwCaseFile *file;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  file = hw_store_load_case (source, data, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, file, g_object_unref);
}

void
hw_store_load_case_async (HwStore *store,
                          const char *case_id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);

  g_task_set_source_tag (task, hw_store_load_case_async);
  g_task_set_task_data (task, g_strdup (case_id), g_free);
  hw_worker_run (store->worker, task, load_case_thread);
}

HwCaseFile *
hw_store_load_case_finish (HwStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Inside a commit that changed it, as that commit left it; otherwise the one that all share. */
static HwCaseFile *
own_directory (HwStore *store)
{
  if (store->own_directory == NULL)
    store->own_directory = hw_directory_read (store, store->writer, NULL);
  return store->own_directory != NULL ? g_object_ref (store->own_directory)
                                      : hw_case_file_new (NULL, NULL);
}

HwCaseFile *
hw_store_directory (HwStore *store)
{
  g_autoptr (HwCaseFile) file = NULL;
  guint64 version;
  HwDb *db;

  if (g_atomic_pointer_get (&store->committing) == g_thread_self () && store->directory_dirty)
    return own_directory (store);
  g_mutex_lock (&store->state_lock);
  file = store->directory != NULL ? g_object_ref (store->directory) : NULL;
  version = store->directory_version;
  g_mutex_unlock (&store->state_lock);
  if (file != NULL)
    return g_steal_pointer (&file);

  db = hw_store_begin_read (store, NULL);
  if (db == NULL)
    return hw_case_file_new (NULL, NULL);
  file = hw_directory_read (store, db, NULL);
  hw_store_end_read (store, db);
  if (file == NULL)
    return hw_case_file_new (NULL, NULL);
  g_mutex_lock (&store->state_lock);
  if (version == store->directory_version)
    g_set_object (&store->directory, file);
  g_mutex_unlock (&store->state_lock);
  return g_steal_pointer (&file);
}

GPtrArray *
hw_store_list (
  HwStore *store, HwTypeId type, HwFieldId where, const char *equals, guint limit, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  GPtrArray *records;

  if (db == NULL)
    return NULL;
  records = hw_row_read_where (store, db, type, where, equals, limit, error);
  hw_store_end_read (store, db);
  return records;
}

guint
hw_store_count (HwStore *store, HwFieldId id, const char *const *values)
{
  const HwFieldDef *field = hw_schema_field (id);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  HwDb *db = hw_store_begin_read (store, NULL);
  HwStatement *statement;
  guint count = 0;

  if (db == NULL)
    return 0;
  g_string_printf (sql, "SELECT count(*) FROM r_%s WHERE deleted = 0 AND f_%s IN (",
                   hw_schema_type (field->type)->name, field->name);
  for (guint i = 0; values[i] != NULL; i++)
    g_string_append_printf (sql, i > 0 ? ", $%u" : "$%u", i + 1);
  g_string_append_c (sql, ')');
  statement = hw_db_prepare (db, sql->str);
  for (guint i = 0; values[i] != NULL; i++)
    hw_statement_bind_text (statement, i + 1, values[i]);
  if (hw_statement_step (statement, &error))
    count = (guint) hw_statement_integer (statement, 0);
  else if (error != NULL)
    g_message ("Records of type %s were not counted: %s", hw_schema_type (field->type)->name, error->message);
  hw_statement_reset (statement);
  hw_store_end_read (store, db);
  return count;
}

GPtrArray *
hw_store_history (HwStore *store, HwTypeId type, const char *record, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  GPtrArray *entries;

  if (db == NULL)
    return NULL;
  entries = hw_history_read (store, db, type, record, error);
  hw_store_end_read (store, db);
  return entries;
}

HwConflict *
hw_store_find_conflict (HwStore *store, const char *id, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  HwConflict *conflict;

  if (db == NULL)
    return NULL;
  conflict = hw_conflict_read (store, db, id, error);
  hw_store_end_read (store, db);
  return conflict;
}

GPtrArray *
hw_store_conflicts (HwStore *store, gboolean open_only, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  GPtrArray *conflicts;

  if (db == NULL)
    return NULL;
  conflicts = hw_conflict_read_all (store, db, open_only, error);
  hw_store_end_read (store, db);
  return conflicts;
}
