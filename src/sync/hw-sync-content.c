/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Fetching a content because somebody wants to see it. What came is compared with the checksum of its record before
 * anybody sees it; a mission, whose record names none, gets what the server cleaned for it.
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "sync/hw-sync-content.h"

#include <glib/gi18n-lib.h>

#include "domain/hw-content.h"
#include "sync/hw-sync-engine-private.h"

typedef struct
{
  char *record; /* (owned) */
  char *sha256; /* (owned) (nullable) */
  GBytes *bytes; /* (owned) (nullable) */
  gboolean bad;  /* not what was attached */
} Fetching;

static void
fetching_free (gpointer data)
{
  Fetching *fetching = data;

  g_free (fetching->record);
  g_free (fetching->sha256);
  g_clear_pointer (&fetching->bytes, g_bytes_unref);
  g_free (fetching);
}

static void
return_bytes (GTask *task)
{
  Fetching *fetching = g_task_get_task_data (task);

  g_task_return_pointer (
    task, g_bytes_ref (fetching->bytes), (GDestroyNotify) g_bytes_unref);
}

static GError *
error_of_reply (HwTransportReply *reply)
{
  g_autofree char *type = hw_sync_problem_type (reply->body);

  if (g_strcmp0 (type, "urn:homeward:problem:content-missing") == 0)
    return g_error_new_literal (
      HW_SYNC_ERROR,
      HW_SYNC_ERROR_PROTOCOL,
      _ ("Whoever attached this file has not sent it yet. It comes by itself once their laptop is online."));
  if (g_strcmp0 (type, "urn:homeward:problem:content-hidden") == 0)
    return g_error_new_literal (
      HW_SYNC_ERROR,
      HW_SYNC_ERROR_PROTOCOL,
      _ ("This kind of file does not leave the office. Ask for a picture of it."));
  if (reply->status == 401)
    return g_error_new_literal (HW_SYNC_ERROR,
                                HW_SYNC_ERROR_CREDENTIALS,
                                _ ("Your session has ended. Sign in again to see the file."));
  if (reply->status == 404)
    return g_error_new_literal (
      HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL, _ ("The server does not have this file for you any more."));
  return g_error_new_literal (
    HW_SYNC_ERROR, HW_SYNC_ERROR_SERVER, _ ("The server cannot give this file now. Try again in a moment."));
}

/* ---- Keeping ---- */

static void
keep (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Fetching *fetching = data;
  HwSyncEngine *engine = source;
  g_autofree char *digest = hw_content_digest (fetching->bytes);
  g_autoptr (GError) error = NULL;
  const char *media_type;

  fetching->bad = (fetching->sha256 != NULL && !g_str_equal (digest, fetching->sha256))
                  || hw_content_check (fetching->bytes, &media_type) != HW_CONTENT_GOOD;
  /* It can be shown all the same, and fetched again. */
  if (!fetching->bad
      && !hw_store_keep_fetched (engine->store, fetching->record, fetching->bytes, &error))
    g_message ("a fetched file was not kept: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Fetching *fetching = g_task_get_task_data (task);

  if (!fetching->bad)
    return_bytes (task);
  else
    g_task_return_new_error (
      task,
      HW_SYNC_ERROR,
      HW_SYNC_ERROR_PROTOCOL,
      "%s",
      _ ("What came is not the file that was attached, so it is not shown. Nothing was changed."));
}

static void
check_and_keep (GTask *task)
{
  Fetching *fetching = g_task_get_task_data (task);
  HwSyncEngine *engine = g_task_get_source_object (task);
  g_autoptr (GTask) keeping = g_task_new (engine, NULL, kept_cb, g_object_ref (task));

  g_task_set_task_data (keeping, fetching, NULL);
  hw_worker_run (hw_store_worker (engine->store), keeping, keep);
}

/* ---- Fetching ---- */

static void
replied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Fetching *fetching = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (HwTransportReply) reply
    = hw_transport_send_finish (HW_TRANSPORT (source), result, &error);

  if (reply == NULL)
    g_task_return_error (task, error);
  else if (reply->status != 200)
    g_task_return_error (task, error_of_reply (reply));
  else
    {
      fetching->bytes = g_bytes_ref (reply->body);
      check_and_keep (task);
    }
}

static void
fetch (GTask *task)
{
  Fetching *fetching = g_task_get_task_data (task);
  HwSyncEngine *engine = g_task_get_source_object (task);
  g_autofree char *path = g_strdup_printf ("/v1/attachments/%s/content", fetching->record);
  HwTransportRequest *request;

  if (engine->token == NULL)
    {
      g_task_return_new_error (task,
                               HW_SYNC_ERROR,
                               HW_SYNC_ERROR_CREDENTIALS,
                               "%s",
                               _ ("Sign in to see this file: it is not kept on this laptop."));
      return;
    }
  request = hw_transport_request_new ("GET", path);
  request->token = g_strdup (engine->token);
  hw_transport_send_async (engine->transport,
                           request,
                           g_task_get_cancellable (task),
                           replied_cb,
                           g_object_ref (task));
}

static void
look_here (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Fetching *fetching = data;
  HwStore *store = ((HwSyncEngine *) source)->store;
  g_autoptr (HwRecord) record
    = hw_store_get_record (store, HW_TYPE_ID_ATTACHMENT, fetching->record, NULL);

  if (record != NULL)
    fetching->sha256 = g_strdup (hw_record_get_text (record, HW_FIELD_ATTACHMENT_SHA256));
  if (hw_store_kept (store, fetching->record, NULL) != HW_KEPT_NOT)
    fetching->bytes = hw_store_kept_bytes (store, fetching->record, NULL);
  g_task_return_boolean (task, fetching->bytes != NULL);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  if (g_task_propagate_boolean (G_TASK (result), NULL))
    return_bytes (task);
  else
    fetch (task);
}

void
hw_sync_engine_content_async (HwSyncEngine *engine,
                              const char *record,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  GTask *task = g_task_new (engine, cancellable, callback, data);
  g_autoptr (GTask) looking = g_task_new (engine, NULL, looked_cb, task);
  Fetching *fetching = g_new0 (Fetching, 1);

  fetching->record = g_strdup (record);
  g_task_set_task_data (task, fetching, fetching_free);
  g_task_set_task_data (looking, fetching, NULL);
  hw_worker_run (hw_store_worker (engine->store), looking, look_here);
}

GBytes *
hw_sync_engine_content_finish (HwSyncEngine *engine, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, engine), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
