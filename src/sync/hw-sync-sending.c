/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sending contents: one at a time, oldest first, by tus 1.0. Each begins by asking how far it came, so nothing about an
 * upload is kept here but that it waits. What the line or the server fails at is tried again by itself, later each time;
 * what the server will not take is said to the person, and kept.
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "sync/hw-sync-engine-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/hw-kept.h"

/* Small enough to get through in a minute where a line gives five kilobytes a second. */
#define PART_BYTES (256 * 1024)
#define FIRST_PAUSE_S 2
#define LONGEST_PAUSE_S 300
#define TUS_VERSION "1.0.0"

struct _HwSyncSending
{
  HwSyncEngine *engine; /* (owned) */
  GCancellable *run;    /* (owned) */
  char *record;         /* (owned) (nullable) */
  GBytes *bytes;        /* (owned) (nullable) */
  char *path;           /* (owned) (nullable) of the upload */
  gsize offset;
  gboolean handing; /* its record is not here any more */
  gboolean sent;   /* the server has it */
  gboolean failed; /* to be tried again */
  char *problem;   /* (owned) (nullable) the server will not take it, in its words */
  GError *error;   /* (owned) (nullable) it cannot be read here */
};

static void
sending_free (HwSyncSending *sending)
{
  g_clear_object (&sending->engine);
  g_clear_object (&sending->run);
  g_free (sending->record);
  g_clear_pointer (&sending->bytes, g_bytes_unref);
  g_free (sending->path);
  g_free (sending->problem);
  g_clear_error (&sending->error);
  g_free (sending);
}

/* ---- Ending ---- */

static gboolean
pause_over_cb (gpointer data)
{
  HwSyncEngine *engine = data;

  engine->sending_pause = 0;
  hw_sync_sending_look (engine);
  return G_SOURCE_REMOVE;
}

static void
wait_a_while (HwSyncEngine *engine)
{
  guint seconds = MIN (FIRST_PAUSE_S << MIN (engine->sending_failures, 8), LONGEST_PAUSE_S);

  engine->sending_failures++;
  g_clear_handle_id (&engine->sending_pause, g_source_remove);
  engine->sending_pause
    = g_timeout_add ((guint) g_random_int_range (500, 1000) * seconds, pause_over_cb, engine);
}

static void
end (HwSyncSending *sending)
{
  g_autoptr (HwSyncEngine) engine = g_object_ref (sending->engine);
  gboolean current = engine->sending == sending;
  gboolean failed = sending->failed, found = sending->record != NULL;

  if (current)
    engine->sending = NULL;
  sending_free (sending);
  if (!current || engine->run == NULL)
    return;
  if (failed)
    wait_a_while (engine);
  else if (found)
    {
      engine->sending_failures = 0;
      hw_sync_sending_look (engine);
    }
}

static void
settle (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  HwSyncSending *sending = data;
  HwStore *store = sending->engine->store;
  g_autoptr (GError) error = NULL;
  gboolean done = TRUE;

  if (sending->sent)
    done = hw_store_content_sent (store, sending->record, &error);
  else if (sending->problem != NULL)
    done = hw_store_content_refused (store, sending->record, sending->problem, &error);
  if (!done)
    {
      sending->failed = TRUE;
      g_warning ("what became of a file could not be kept: %s", error->message);
    }
  g_task_return_boolean (task, done);
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  end (data);
}

static void
on_worker (HwSyncSending *sending, GTaskThreadFunc work, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, sending);

  g_task_set_task_data (task, sending, NULL);
  hw_worker_run (hw_store_worker (sending->engine->store), task, work);
}

static void
finish (HwSyncSending *sending)
{
  if (g_cancellable_is_cancelled (sending->run) || (!sending->sent && sending->problem == NULL))
    end (sending);
  else
    on_worker (sending, settle, settled_cb);
}

static void
try_later (HwSyncSending *sending)
{
  sending->failed = TRUE;
  finish (sending);
}

/* Refused for good, or only for now. */
static void
finish_with_reply (HwSyncSending *sending, HwTransportReply *reply)
{
  g_autofree char *type = hw_sync_problem_type (reply->body);

  if (reply->status == 409 && g_strcmp0 (type, "urn:homeward:problem:content-there") == 0)
    sending->sent = TRUE;
  else if (reply->status == 403 || reply->status == 413 || reply->status == 415 || reply->status == 422)
    {
      sending->problem = hw_sync_problem_words (reply->body);
      if (sending->problem == NULL)
        sending->problem = g_strdup (_ ("The server did not say why."));
    }
  else if (reply->status == 404 && sending->handing)
    sending->problem = g_strdup (_ ("Its record was removed, or its case is not yours any more: the office does not wait for it."));
  else
    sending->failed = TRUE;
  finish (sending);
}

/* ---- Over the wire ---- */

static void
request_over (HwSyncSending *sending, HwTransportRequest *request, GAsyncReadyCallback callback)
{
  request->token = g_strdup (sending->engine->token);
  hw_transport_request_add_header (request, "Tus-Resumable", TUS_VERSION);
  hw_transport_send_async (sending->engine->transport, request, sending->run, callback, sending);
}

static void send_part (HwSyncSending *sending);

static void
part_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HwSyncSending *sending = data;
  g_autoptr (HwTransportReply) reply
    = hw_transport_send_finish (HW_TRANSPORT (source), result, NULL);

  if (reply == NULL)
    try_later (sending);
  else if (reply->status != 204)
    finish_with_reply (sending, reply);
  else if (reply->upload_offset <= (gint64) sending->offset
           && sending->offset < g_bytes_get_size (sending->bytes))
    try_later (sending);
  else
    {
      sending->offset = (gsize) MAX (reply->upload_offset, 0);
      sending->sent = sending->offset == g_bytes_get_size (sending->bytes);
      if (sending->sent)
        finish (sending);
      else
        send_part (sending);
    }
}

/* At the end an empty part: the answer to the last one may have been lost. */
static void
send_part (HwSyncSending *sending)
{
  gsize whole = g_bytes_get_size (sending->bytes);
  g_autoptr (GBytes) part = NULL;
  g_autofree char *offset = g_strdup_printf ("%" G_GSIZE_FORMAT, sending->offset);
  g_autofree char *digest = NULL, *checksum = NULL;
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  HwTransportRequest *request;
  guint8 raw[32];
  gsize raw_size = sizeof raw;

  if (sending->offset > whole)
    {
      try_later (sending);
      return;
    }
  part = g_bytes_new_from_bytes (
    sending->bytes, sending->offset, MIN (PART_BYTES, whole - sending->offset));
  g_checksum_update (sum, g_bytes_get_data (part, NULL), (gssize) g_bytes_get_size (part));
  g_checksum_get_digest (sum, raw, &raw_size);
  digest = g_base64_encode (raw, raw_size);
  checksum = g_strconcat ("sha256 ", digest, NULL);
  request = hw_transport_request_new ("PATCH", sending->path);
  request->body = g_steal_pointer (&part);
  request->content_type = g_strdup ("application/offset+octet-stream");
  hw_transport_request_add_header (request, "Upload-Offset", offset);
  hw_transport_request_add_header (request, "Upload-Checksum", checksum);
  request_over (sending, request, part_sent_cb);
}

/* The path is ours to check: what a server says is where we send what is hers. */
static gboolean
is_upload_path (const char *location)
{
  static const char before[] = "/v1/uploads/";

  return location != NULL && g_str_has_prefix (location, before)
         && hw_uuid_valid (location + strlen (before));
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HwSyncSending *sending = data;
  g_autoptr (HwTransportReply) reply
    = hw_transport_send_finish (HW_TRANSPORT (source), result, NULL);

  if (reply == NULL)
    try_later (sending);
  else if (reply->status != 201)
    finish_with_reply (sending, reply);
  else if (!is_upload_path (reply->location) || reply->upload_offset < 0)
    try_later (sending);
  else
    {
      sending->path = g_strdup (reply->location);
      sending->offset = (gsize) reply->upload_offset;
      send_part (sending);
    }
}

static void
begin (HwSyncSending *sending)
{
  HwTransportRequest *request = hw_transport_request_new ("POST", "/v1/uploads");
  g_autofree char *length
    = g_strdup_printf ("%" G_GSIZE_FORMAT, g_bytes_get_size (sending->bytes));
  g_autofree char *id
    = g_base64_encode ((const guchar *) sending->record, strlen (sending->record));
  g_autofree char *metadata = g_strconcat ("attachment ", id, NULL);

  hw_transport_request_add_header (request, "Upload-Length", length);
  hw_transport_request_add_header (request, "Upload-Metadata", metadata);
  request_over (sending, request, begun_cb);
}

/* ---- Beginning ---- */

static void
take (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  HwSyncSending *sending = data;
  HwStore *store = sending->engine->store;
  g_autoptr (GPtrArray) records = hw_store_contents_to_send (store, &sending->error);

  if (records != NULL && records->len > 0)
    {
      sending->record = g_strdup (g_ptr_array_index (records, 0));
      sending->handing = hw_store_kept (store, sending->record, NULL) == HW_KEPT_HANDING;
      sending->bytes = hw_store_kept_bytes (store, sending->record, &sending->error);
    }
  g_task_return_boolean (task, sending->bytes != NULL);
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HwSyncSending *sending = data;

  if (sending->bytes != NULL && !g_cancellable_is_cancelled (sending->run))
    begin (sending);
  else if (sending->bytes == NULL && sending->record != NULL && sending->error != NULL)
    {
      sending->problem = g_strdup (sending->error->message);
      finish (sending);
    }
  else
    {
      sending->failed = sending->error != NULL;
      end (sending);
    }
}

void
hw_sync_sending_look (HwSyncEngine *engine)
{
  HwSyncSending *sending;

  if (engine->run == NULL || engine->token == NULL || engine->sending != NULL
      || engine->sending_pause != 0 || engine->state != HW_SYNC_STATE_SYNCED
      || hw_outbox_counts (engine->store).files == 0)
    return;
  sending = g_new0 (HwSyncSending, 1);
  sending->engine = g_object_ref (engine);
  sending->run = g_object_ref (engine->run);
  engine->sending = sending;
  on_worker (sending, take, taken_cb);
}

void
hw_sync_sending_hurry (HwSyncEngine *engine)
{
  engine->sending_failures = 0;
  g_clear_handle_id (&engine->sending_pause, g_source_remove);
}

void
hw_sync_sending_stop (HwSyncEngine *engine)
{
  hw_sync_sending_hurry (engine);
  engine->sending = NULL;
}
