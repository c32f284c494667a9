/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On the desktop a table of what was read and not told yet; on the server a table of those that were told, so that an
 * answer lost on the way does not make one reading two.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-readings.h"

#include "store/hw-server-private.h"

void
hw_reading_free (HwReading *reading)
{
  g_free (reading->id);
  g_free (reading->record);
  g_free (reading->field);
  g_free (reading->at);
  g_free (reading);
}

GPtrArray *
hw_readings_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)hw_reading_free);
}

void
hw_readings_add (GPtrArray *readings, const char *record, HwFieldId field)
{
  const HwFieldDef *def = hw_schema_field (field);
  HwReading *reading = g_new0 (HwReading, 1);

  reading->record = g_strdup (record);
  reading->field = g_strconcat (hw_schema_type (def->type)->name, ".", def->name, NULL);
  g_ptr_array_add (readings, reading);
}

/* ---- Here ---- */

typedef gboolean (*RowWork) (HwDb *db, HwReading *reading, GError **error);

/* All of them or none. */
static gboolean
for_all (HwStore *store, GPtrArray *readings, RowWork work, GError **error)
{
  HwDb *db;
  gboolean done;

  if (!hw_store_ready (store, error))
    return FALSE;
  db = hw_store_lock_writer (store);
  done = hw_db_begin (db, error);
  for (guint i = 0; done && i < readings->len; i++)
    done = work (db, g_ptr_array_index (readings, i), error);
  if (done)
    done = hw_db_commit (db, error);
  if (!done)
    hw_db_rollback (db);
  hw_store_unlock_writer (store);
  return done;
}

static gboolean
insert (HwDb *db, HwReading *reading, GError **error)
{
  HwStatement *statement
    = hw_db_prepare (db, "INSERT INTO reading (id, record, field, at) VALUES ($1, $2, $3, $4)");

  hw_statement_bind_text (statement, 1, reading->id);
  hw_statement_bind_text (statement, 2, reading->record);
  hw_statement_bind_text (statement, 3, reading->field);
  hw_statement_bind_text (statement, 4, reading->at);
  return hw_statement_run (statement, error);
}

static gboolean
delete (HwDb *db, HwReading *reading, GError **error)
{
  HwStatement *statement = hw_db_prepare (db, "DELETE FROM reading WHERE id = $1");

  hw_statement_bind_text (statement, 1, reading->id);
  return hw_statement_run (statement, error);
}

static void
note_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (for_all (source, data, insert, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
hw_store_note_readings_async (HwStore *store, GPtrArray *readings, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (store, NULL, callback, data);
  gint64 now_us = hw_clock_now (store->clock);

  for (guint i = 0; i < readings->len; i++)
    {
      HwReading *reading = g_ptr_array_index (readings, i);

      reading->id = hw_uuid_v7 (now_us);
      reading->at = hw_instant_format (now_us);
    }
  g_task_set_source_tag (task, hw_store_note_readings_async);
  g_task_set_task_data (task, readings, (GDestroyNotify)g_ptr_array_unref);
  hw_worker_run (store->worker, task, note_thread);
}

gboolean
hw_store_note_readings_finish (HwStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

GPtrArray *
hw_store_readings_to_send (HwStore *store, guint max, GError **error)
{
  g_autoptr (GPtrArray) readings = hw_readings_new ();
  HwDb *db = hw_store_begin_read (store, error);
  g_autoptr (GError) local = NULL;
  HwStatement *statement;

  if (db == NULL)
    return NULL;
  statement = hw_db_prepare (db, "SELECT id, record, field, at FROM reading ORDER BY id LIMIT $1");
  hw_statement_bind_integer (statement, 1, max);
  while (hw_statement_step (statement, &local))
    {
      HwReading *reading = g_new0 (HwReading, 1);

      reading->id = g_strdup (hw_statement_text (statement, 0));
      reading->record = g_strdup (hw_statement_text (statement, 1));
      reading->field = g_strdup (hw_statement_text (statement, 2));
      reading->at = g_strdup (hw_statement_text (statement, 3));
      g_ptr_array_add (readings, reading);
    }
  hw_statement_reset (statement);
  hw_store_end_read (store, db);
  if (local == NULL)
    return g_steal_pointer (&readings);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

gboolean
hw_store_readings_sent (HwStore *store, GPtrArray *readings, GError **error)
{
  return for_all (store, readings, delete, error);
}

/* ---- At the server ---- */

typedef struct
{
  const HwActor *actor;
  GPtrArray *readings;
} Entering;

/* FALSE with *fresh unset only on failure. */
static gboolean
remember (HwStore *store, const HwActor *actor, HwReading *reading, gboolean *fresh, GError **error)
{
  HwDb *db = store->writer;
  g_autofree char *now = hw_instant_format (hw_clock_now (store->clock));
  HwStatement *statement
    = hw_db_prepare (db, "INSERT INTO reading_entered (id, user, at) VALUES ($1, $2, $3)"
                         " ON CONFLICT (id) DO NOTHING RETURNING 1");
  g_autoptr (GError) local = NULL;

  hw_statement_bind_text (statement, 1, reading->id);
  hw_statement_bind_text (statement, 2, actor->user);
  hw_statement_bind_text (statement, 3, now);
  *fresh = hw_statement_step (statement, &local);
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A record may have gone since, or never have come: it was read all the same. */
static char *
case_of (HwDb *db, const char *record, GError **error)
{
  HwStatement *statement = hw_db_prepare (db, "SELECT case_id FROM record_ids WHERE id = $1");
  char *case_id = NULL;

  hw_statement_bind_text (statement, 1, record);
  if (hw_statement_step (statement, error))
    case_id = g_strdup (hw_statement_text (statement, 0));
  hw_statement_reset (statement);
  return case_id;
}

static gboolean
enter_one (HwStore *store, const HwActor *actor, HwReading *reading, GError **error)
{
  g_autofree char *detail = g_strdup_printf ("%s %s", reading->field, reading->at);
  g_autofree char *case_id = NULL;
  g_autoptr (GError) local = NULL;
  gboolean fresh;

  if (!remember (store, actor, reading, &fresh, error))
    return FALSE;
  if (!fresh)
    return TRUE;
  case_id = case_of (store->writer, reading->record, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return hw_audit_link (store, actor, "reveal", case_id, reading->record, detail, error);
}

static gboolean
enter_work (HwStore *store, gpointer data, GError **error)
{
  Entering *entering = data;

  for (guint i = 0; i < entering->readings->len; i++)
    if (!enter_one (store, entering->actor, g_ptr_array_index (entering->readings, i), error))
      return FALSE;
  return TRUE;
}

gboolean
hw_store_enter_readings (HwStore *store, const HwActor *actor, GPtrArray *readings, GError **error)
{
  Entering entering = { actor, readings };

  return hw_server_transaction (store, enter_work, &entering, error);
}
