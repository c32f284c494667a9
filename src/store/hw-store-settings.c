/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Settings and drafts: small things kept beside the records and never sent anywhere.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-store-private.h"

static gboolean
put (HwDb *db, const char *sql, const char *key, const char *value, GError **error)
{
  HwStatement *statement = hw_db_prepare (db, sql);

  hw_statement_bind_text (statement, 1, key);
  if (value != NULL)
    hw_statement_bind_text (statement, 2, value);
  return hw_statement_run (statement, error);
}

char *
hw_store_get_setting (HwStore *store, const char *key)
{
  HwDb *db = hw_store_begin_read (store, NULL);
  HwStatement *statement;
  char *value = NULL;

  if (db == NULL)
    return NULL;
  statement = hw_db_prepare (db, "SELECT value FROM setting WHERE key = $1");
  hw_statement_bind_text (statement, 1, key);
  if (hw_statement_step (statement, NULL))
    value = g_strdup (hw_statement_text (statement, 0));
  hw_statement_reset (statement);
  hw_store_end_read (store, db);
  return value;
}

gboolean
hw_store_set_setting (HwStore *store, const char *key, const char *value, GError **error)
{
  HwDb *db;
  gboolean done;

  if (!hw_store_ready (store, error))
    return FALSE;
  db = hw_store_lock_writer (store);
  if (value == NULL)
    done = put (db, "DELETE FROM setting WHERE key = $1", key, NULL, error);
  else
    done = put (db,
                "INSERT INTO setting (key, value) VALUES ($1, $2)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                key,
                value,
                error);
  hw_store_unlock_writer (store);
  return done;
}

typedef struct
{
  char *key;
  char *json; /* (nullable) */
} Draft;

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  g_free (draft->key);
  g_free (draft->json);
  g_free (draft);
}

static gboolean
save_draft (HwStore *store, const Draft *draft, GError **error)
{
  HwDb *db;
  gboolean done;

  if (!hw_store_ready (store, error))
    return FALSE;
  db = hw_store_lock_writer (store);
  if (draft->json == NULL)
    done = put (db, "DELETE FROM draft WHERE key = $1", draft->key, NULL, error);
  else
    done = put (db,
                "INSERT INTO draft (key, json) VALUES ($1, $2)"
                " ON CONFLICT (key) DO UPDATE SET json = excluded.json",
                draft->key,
                draft->json,
                error);
  hw_store_unlock_writer (store);
  return done;
}

static void
save_draft_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (save_draft (source, data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
hw_store_save_draft_async (
  HwStore *store, const char *key, const char *json, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (store, NULL, callback, data);
  Draft *draft = g_new0 (Draft, 1);

  draft->key = g_strdup (key);
  draft->json = g_strdup (json);
  g_task_set_source_tag (task, hw_store_save_draft_async);
  g_task_set_task_data (task, draft, draft_free);
  hw_worker_run (store->worker, task, save_draft_thread);
}

gboolean
hw_store_save_draft_finish (HwStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

GPtrArray *
hw_store_drafts (HwStore *store, const char *prefix, GError **error)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (g_free);
  HwDb *db = hw_store_begin_read (store, error);
  HwStatement *statement;
  g_autoptr (GError) local = NULL;

  if (db == NULL)
    return NULL;
  statement = hw_db_prepare (
    db, "SELECT key, json FROM draft WHERE substr(key, 1, length($1)) = $1 ORDER BY key");
  hw_statement_bind_text (statement, 1, prefix != NULL ? prefix : "");
  while (hw_statement_step (statement, &local))
    {
      g_ptr_array_add (pairs, g_strdup (hw_statement_text (statement, 0)));
      g_ptr_array_add (pairs, g_strdup (hw_statement_text (statement, 1)));
    }
  hw_statement_reset (statement);
  hw_store_end_read (store, db);
  if (local == NULL)
    return g_steal_pointer (&pairs);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
