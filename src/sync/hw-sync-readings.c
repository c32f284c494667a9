/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sending what was read here behind a mask: whenever all else is sent, a batch at a time. A reading leaves this desktop
 * when the server has entered it, and not before; sent twice, it is entered once.
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "base/hw-json-guard.h"
#include "store/hw-readings.h"
#include "sync/hw-sync-engine-private.h"

#define BATCH 200
#define PAUSE_S 60

struct _HwSyncTelling
{
  HwSyncEngine *engine; /* (owned) */
  GCancellable *run;    /* (owned) */
  GPtrArray *readings;  /* (owned) (nullable) */
  gboolean told;        /* the server has them, and they are gone from here */
};

static void
telling_free (HwSyncTelling *telling)
{
  g_clear_object (&telling->engine);
  g_clear_object (&telling->run);
  g_clear_pointer (&telling->readings, g_ptr_array_unref);
  g_free (telling);
}

static gboolean
pause_over_cb (gpointer data)
{
  HwSyncEngine *engine = data;

  engine->telling_pause = 0;
  hw_sync_readings_look (engine);
  return G_SOURCE_REMOVE;
}

static void
end (HwSyncTelling *telling)
{
  g_autoptr (HwSyncEngine) engine = g_object_ref (telling->engine);
  gboolean current = engine->telling == telling;
  gboolean told = telling->told;
  gboolean none = telling->readings != NULL && telling->readings->len == 0;

  telling_free (telling);
  if (!current)
    return;
  engine->telling = NULL;
  if (engine->run == NULL)
    return;
  if (told)
    hw_sync_readings_look (engine);
  else if (none && !engine->readings_added)
    engine->readings_wait = FALSE;
  else if (none)
    hw_sync_readings_look (engine);
  else if (engine->telling_pause == 0)
    engine->telling_pause = g_timeout_add_seconds (PAUSE_S, pause_over_cb, engine);
}

static void
on_worker (HwSyncTelling *telling, GTaskThreadFunc work, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, telling);

  g_task_set_task_data (task, telling, NULL);
  hw_worker_run (hw_store_worker (telling->engine->store), task, work);
}

/* ---- Told ---- */

static void
forget_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  HwSyncTelling *telling = data;
  g_autoptr (GError) error = NULL;

  telling->told = hw_store_readings_sent (telling->engine->store, telling->readings, &error);
  if (!telling->told)
    g_warning ("what was told of readings could not be kept: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  end (data);
}

static void
replied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HwSyncTelling *telling = data;
  g_autoptr (HwTransportReply) reply = hw_transport_send_finish (HW_TRANSPORT (source), result, NULL);

  if (reply != NULL && reply->status == 204 && !g_cancellable_is_cancelled (telling->run))
    on_worker (telling, forget_thread, forgotten_cb);
  else
    end (telling);
}

/* ---- Telling ---- */

/* Ids, names of fields and moments: nothing in them needs escaping. */
static GBytes *
body_of (GPtrArray *readings)
{
  GString *json = g_string_new ("{\"readings\":[");

  for (guint i = 0; i < readings->len; i++)
    {
      HwReading *reading = g_ptr_array_index (readings, i);

      g_string_append_printf (json, "%s{\"id\":\"%s\",\"record\":\"%s\",\"field\":\"%s\",\"at\":\"%s\"}",
                              i > 0 ? "," : "", reading->id, reading->record, reading->field, reading->at);
    }
  g_string_append (json, "]}");
  return g_string_free_to_bytes (json);
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HwSyncTelling *telling = data;
  HwTransportRequest *request;

  if (telling->readings == NULL || telling->readings->len == 0 || telling->engine->token == NULL
      || g_cancellable_is_cancelled (telling->run))
    {
      end (telling);
      return;
    }
  request = hw_transport_request_new ("POST", "/v1/readings");
  request->token = g_strdup (telling->engine->token);
  request->body = body_of (telling->readings);
  request->content_type = g_strdup ("application/json");
  hw_transport_send_async (telling->engine->transport, request, telling->run, replied_cb, telling);
}

static void
take_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  HwSyncTelling *telling = data;

  telling->readings = hw_store_readings_to_send (telling->engine->store, BATCH, NULL);
  g_task_return_boolean (task, TRUE);
}

void
hw_sync_readings_look (HwSyncEngine *engine)
{
  HwSyncTelling *telling;

  if (engine->run == NULL || engine->token == NULL || engine->telling != NULL || engine->telling_pause != 0
      || !engine->readings_wait || engine->state != HW_SYNC_STATE_SYNCED)
    return;
  telling = g_new0 (HwSyncTelling, 1);
  telling->engine = g_object_ref (engine);
  telling->run = g_object_ref (engine->run);
  engine->telling = telling;
  engine->readings_added = FALSE;
  on_worker (telling, take_thread, taken_cb);
}

void
hw_sync_readings_stop (HwSyncEngine *engine)
{
  g_clear_handle_id (&engine->telling_pause, g_source_remove);
  engine->telling = NULL;
}

void
hw_sync_engine_tell_readings (HwSyncEngine *self)
{
  g_return_if_fail (HW_IS_SYNC_ENGINE (self));

  self->readings_wait = self->readings_added = TRUE;
  hw_sync_readings_look (self);
}
