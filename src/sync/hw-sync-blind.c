/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asked and added over the wire at once, never queued: a handle lives half an hour, and what waits longer
 * is better kept as the draft it is.
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "sync/hw-sync-blind.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "schema/hw-json-tree.h"
#include "sync/hw-sync-engine-private.h"

void
hw_lookup_free (HwLookup *lookup)
{
  if (lookup == NULL)
    return;
  g_free (lookup->handle);
  g_free (lookup);
}

static GError *
error_of_reply (HwTransportReply *reply)
{
  if (reply->status == 401)
    return g_error_new_literal (HW_SYNC_ERROR,
                                HW_SYNC_ERROR_CREDENTIALS,
                                _ ("Your session has ended. Sign in again; the call is kept here"));
  if (reply->status == 429)
    return g_error_new_literal (HW_SYNC_ERROR,
                                HW_SYNC_ERROR_THROTTLED,
                                _ ("Too many numbers were asked for. Wait a little"));
  if (reply->status == 404)
    return g_error_new_literal (
      HW_SYNC_ERROR,
      HW_SYNC_ERROR_PROTOCOL,
      _ ("The way to her case has closed. Write her number again to open it; the call is kept here"));
  if (reply->status >= 500)
    return g_error_new_literal (
      HW_SYNC_ERROR,
      HW_SYNC_ERROR_SERVER,
      _ ("The server cannot answer now. The call is kept here; try again in a moment"));
  return g_error_new_literal (HW_SYNC_ERROR,
                              HW_SYNC_ERROR_PROTOCOL,
                              _ ("The server did not take this. The call is kept here"));
}

static JsonNode *
reply_object (HwTransportReply *reply)
{
  gsize size;
  const char *bytes = g_bytes_get_data (reply->body, &size);
  const char *why = NULL;
  g_autoptr (JsonNode) node = hw_json_tree_parse (bytes, size, HW_SYNC_PAGE_MAX_BYTES, &why);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

/* NULL and the task ended when the answer is none. */
static JsonNode *
take_reply (GObject *source, GAsyncResult *result, GTask *task)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwTransportReply) reply
    = hw_transport_send_finish (HW_TRANSPORT (source), result, &error);
  JsonNode *node = NULL;

  if (reply == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (reply->status != 200 || (node = reply_object (reply)) == NULL)
    g_task_return_error (task, error_of_reply (reply));
  return node;
}

static void
send (HwSyncEngine *self,
      const char *path,
      JsonBuilder *builder,
      GCancellable *cancellable,
      GAsyncReadyCallback replied,
      GTask *task)
{
  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  char *text = json_to_string (node, FALSE);
  HwTransportRequest *request = hw_transport_request_new ("POST", path);

  request->body = g_bytes_new_take (text, strlen (text));
  request->token = g_strdup (self->token);
  hw_transport_send_async (
    self->transport, request, cancellable, replied, g_object_ref (task));
}

static gboolean
is_signed_in (HwSyncEngine *self, GTask *task)
{
  if (self->token != NULL)
    return TRUE;
  g_task_return_new_error (task,
                           HW_SYNC_ERROR,
                           HW_SYNC_ERROR_CREDENTIALS,
                           "%s",
                           _ ("Sign in to reach the office; the call is kept here"));
  return FALSE;
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (JsonNode) node = take_reply (source, result, task);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  HwLookup *lookup;

  if (object == NULL)
    return;
  lookup = g_new0 (HwLookup, 1);
  lookup->known = json_object_get_boolean_member_with_default (object, "known", FALSE);
  lookup->handle
    = g_strdup (json_object_get_string_member_with_default (object, "handle", NULL));
  if (lookup->handle == NULL)
    lookup->known = FALSE;
  g_task_return_pointer (task, lookup, (GDestroyNotify)hw_lookup_free);
}

void
hw_sync_engine_lookup_async (HwSyncEngine *self,
                             const char *phone,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!is_signed_in (self, task))
    return;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "phone");
  json_builder_add_string_value (builder, phone);
  json_builder_end_object (builder);
  send (self, "/v1/lookups", builder, cancellable, looked_up_cb, task);
}

HwLookup *
hw_sync_engine_lookup_finish (HwSyncEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (JsonNode) node = take_reply (source, result, task);

  if (node != NULL)
    g_task_return_boolean (task, TRUE);
}

static void
add_fields (JsonBuilder *builder, HwRecord *record)
{
  const HwTypeDef *def = record != NULL ? hw_record_def (record) : NULL;

  if (def == NULL)
    return;
  json_builder_set_member_name (builder, def->name);
  json_builder_begin_object (builder);
  for (guint i = 0; i < def->n_fields; i++)
    {
      HwValue *value = hw_record_get (record, def->fields[i].id);

      if (value == NULL)
        continue;
      json_builder_set_member_name (builder, def->fields[i].name);
      if (def->fields[i].kind == HW_KIND_BOOLEAN)
        json_builder_add_boolean_value (builder, hw_value_integer (value) != 0);
      else
        json_builder_add_value (builder, hw_value_to_json (value));
    }
  json_builder_end_object (builder);
}

void
hw_sync_engine_add_blind_async (HwSyncEngine *self,
                                const char *id,
                                const char *handle,
                                HwRecord *call,
                                HwRecord *contact,
                                const char *const *withdraw,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!is_signed_in (self, task))
    return;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, id);
  json_builder_set_member_name (builder, "handle");
  json_builder_add_string_value (builder, handle);
  add_fields (builder, call);
  add_fields (builder, contact);
  if (withdraw != NULL && withdraw[0] != NULL)
    {
      json_builder_set_member_name (builder, "withdraw");
      json_builder_begin_array (builder);
      for (guint i = 0; withdraw[i] != NULL; i++)
        json_builder_add_string_value (builder, withdraw[i]);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  send (self, "/v1/lookups/append", builder, cancellable, added_cb, task);
}

gboolean
hw_sync_engine_add_blind_finish (HwSyncEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
