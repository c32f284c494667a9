/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asked for only while somebody looks at it, and decided only with the office: a decision is not queued, since what it
 * is about is not here. A page is taken whole or not at all.
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "sync/hw-sync-quarantine.h"

#include "base/hw-json-guard.h"
#include "schema/hw-json-tree.h"
#include "sync/hw-sync-engine-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

static const char *const why_nicks[] = {
  [HW_SET_ASIDE_ACCESS_ENDED] = "access-ended",
  [HW_SET_ASIDE_REASSIGNED] = "reassigned",
  [HW_SET_ASIDE_ROLE_CHANGED] = "role-changed",
  [HW_SET_ASIDE_ACCOUNT_ENDED] = "account-ended",
};

HwSetAside *
hw_set_aside_copy (const HwSetAside *entry)
{
  HwSetAside *copy = g_memdup2 (entry, sizeof *entry);

  copy->id = g_strdup (entry->id);
  copy->case_id = g_strdup (entry->case_id);
  copy->by = g_strdup (entry->by);
  copy->at = g_strdup (entry->at);
  copy->operations = g_ptr_array_ref (entry->operations);
  return copy;
}

void
hw_set_aside_free (HwSetAside *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->id);
  g_free (entry->case_id);
  g_free (entry->by);
  g_free (entry->at);
  g_clear_pointer (&entry->operations, g_ptr_array_unref);
  g_free (entry);
}

void
hw_set_aside_page_free (HwSetAsidePage *page)
{
  if (page == NULL)
    return;
  g_clear_pointer (&page->entries, g_ptr_array_unref);
  g_free (page->cursor);
  g_free (page);
}

/* ---- Decoding ---- */

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL,
                       _("The server answered in an unexpected way"));
  return FALSE;
}

/* (transfer none) (nullable) */
static JsonNode *
member_of (JsonObject *object, const char *member, GType type)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type
           ? node
           : NULL;
}

static char *
text_of (JsonObject *object, const char *member)
{
  JsonNode *node = member_of (object, member, G_TYPE_STRING);

  return node != NULL ? g_strdup (json_node_get_string (node)) : NULL;
}

static JsonArray *
array_of (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* What a newer server knows and this program does not is there, and cannot be shown. */
static void
read_operations (JsonArray *array, HwSetAside *entry)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      HwOperation *operation
        = hw_operation_from_json (json_array_get_element (array, i), NULL, NULL);

      if (operation != NULL)
        g_ptr_array_add (entry->operations, operation);
      else
        entry->withheld = TRUE;
    }
}

static gboolean
read_entry (JsonNode *node, GPtrArray *entries)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *withheld = object != NULL ? member_of (object, "withheld", G_TYPE_BOOLEAN) : NULL;
  JsonArray *operations = object != NULL ? array_of (object, "operations") : NULL;
  g_autofree char *why = NULL;
  HwSetAside *entry;

  if (withheld == NULL || operations == NULL)
    return FALSE;
  entry = g_new0 (HwSetAside, 1);
  g_ptr_array_add (entries, entry);
  entry->operations = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_operation_unref);
  entry->id = text_of (object, "id");
  entry->case_id = text_of (object, "case");
  entry->by = text_of (object, "by");
  entry->at = text_of (object, "at");
  entry->withheld = json_node_get_boolean (withheld);
  why = text_of (object, "why");
  for (guint i = 0; i < G_N_ELEMENTS (why_nicks); i++)
    if (g_strcmp0 (why, why_nicks[i]) == 0)
      entry->why = (HwSetAsideReason) i;
  read_operations (operations, entry);
  return entry->id != NULL && hw_uuid_valid (entry->id) && entry->by != NULL && entry->at != NULL;
}

HwSetAsidePage *
hw_set_aside_page_decode (GBytes *body, GError **error)
{
  g_autoptr (HwSetAsidePage) page = g_new0 (HwSetAsidePage, 1);
  const char *why = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) root = hw_json_tree_parse (bytes, length, HW_SYNC_PAGE_MAX_BYTES, &why);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonArray *items = object != NULL ? array_of (object, "items") : NULL;
  JsonNode *waiting;

  page->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_set_aside_free);
  if (items == NULL || member_of (object, "more", G_TYPE_BOOLEAN) == NULL)
    return fail (error), NULL;
  for (guint i = 0; i < json_array_get_length (items); i++)
    if (!read_entry (json_array_get_element (items, i), page->entries))
      return fail (error), NULL;
  page->cursor = text_of (object, "cursor");
  waiting = member_of (object, "waiting", G_TYPE_INT64);
  if (waiting != NULL)
    page->waiting = (guint) CLAMP (json_node_get_int (waiting), 0, G_MAXINT);
  return g_steal_pointer (&page);
}

/* ---- Asking ---- */

static GError *
error_of_status (guint status)
{
  if (status == 401)
    return g_error_new_literal (HW_SYNC_ERROR, HW_SYNC_ERROR_CREDENTIALS,
                                _("Your session has ended. Sign in again to see this"));
  if (status >= 500 || status == 429)
    return g_error_new_literal (HW_SYNC_ERROR, HW_SYNC_ERROR_SERVER,
                                _("The server cannot answer now. Try again in a moment"));
  return g_error_new_literal (HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL,
                              _("The server answered in an unexpected way"));
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HwTransportReply) reply = hw_transport_send_finish (HW_TRANSPORT (source), result, &error);
  HwSetAsidePage *page = NULL;

  if (reply != NULL && reply->status != 200)
    error = error_of_status (reply->status);
  else if (reply != NULL)
    page = hw_set_aside_page_decode (reply->body, &error);
  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify) hw_set_aside_page_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
ask (HwSyncEngine *self, GTask *task, HwTransportRequest *request, GAsyncReadyCallback callback)
{
  if (self->token == NULL)
    {
      hw_transport_request_free (request);
      g_task_return_error (task, error_of_status (401));
      g_object_unref (task);
      return;
    }
  request->token = g_strdup (self->token);
  hw_transport_send_async (self->transport, request, g_task_get_cancellable (task), callback, task);
}

void
hw_sync_engine_set_aside_async (HwSyncEngine *self,
                                const char *cursor,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autofree char *escaped = cursor != NULL ? g_uri_escape_string (cursor, NULL, FALSE) : NULL;
  g_autofree char *path
    = g_strconcat ("/v1/quarantine", escaped != NULL ? "?cursor=" : "", escaped, NULL);

  ask (self, g_task_new (self, cancellable, callback, data),
       hw_transport_request_new ("GET", path), listed_cb);
}

void
hw_sync_engine_count_set_aside_async (HwSyncEngine *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer data)
{
  ask (self, g_task_new (self, cancellable, callback, data),
       hw_transport_request_new ("GET", "/v1/quarantine?limit=0"), listed_cb);
}

HwSetAsidePage *
hw_sync_engine_set_aside_finish (HwSyncEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- Deciding ---- */

/* Why, and each condition that is open. */
static char *
refusal_words (GBytes *body)
{
  const char *why = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) root = hw_json_tree_parse (bytes, length, HW_SYNC_PAGE_MAX_BYTES, &why);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonArray *errors = object != NULL ? array_of (object, "errors") : NULL;
  g_autofree char *words = hw_sync_problem_words (body);
  g_autoptr (GString) all = g_string_new (words != NULL ? words : _("The server did not say why."));

  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    {
      JsonNode *node = json_array_get_element (errors, i);
      g_autofree char *title
        = JSON_NODE_HOLDS_OBJECT (node) ? text_of (json_node_get_object (node), "title") : NULL;

      if (title != NULL)
        g_string_append_printf (all, "\n• %s", title);
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* Nothing that was let in is overwritten, and nothing overwrites: what differs is asked about. */
static gboolean
met_another (GBytes *body)
{
  const char *why = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) root = hw_json_tree_parse (bytes, length, HW_SYNC_PAGE_MAX_BYTES, &why);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonArray *results = object != NULL ? array_of (object, "results") : NULL;

  for (guint i = 0; results != NULL && i < json_array_get_length (results); i++)
    {
      JsonNode *node = json_array_get_element (results, i);
      g_autofree char *status
        = JSON_NODE_HOLDS_OBJECT (node) ? text_of (json_node_get_object (node), "status") : NULL;

      if (g_strcmp0 (status, "conflict") == 0)
        return TRUE;
    }
  return FALSE;
}

/* What is refused is no fault of the line: its words are the answer. */
static void
decided_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HwTransportReply) reply = hw_transport_send_finish (HW_TRANSPORT (source), result, &error);

  if (reply == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (reply->status == 200)
    {
      g_task_set_task_data (task, GINT_TO_POINTER (met_another (reply->body)), NULL);
      g_task_return_pointer (task, NULL, NULL);
    }
  else if (reply->status == 403 || reply->status == 404 || reply->status == 409 || reply->status == 422)
    g_task_return_pointer (task, refusal_words (reply->body), g_free);
  else
    g_task_return_error (task, error_of_status (reply->status));
}

void
hw_sync_engine_decide_async (HwSyncEngine *self,
                             const char *id,
                             gboolean let_in,
                             const char *reason,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  g_autofree char *path = g_strconcat ("/v1/quarantine/", id, NULL);
  HwTransportRequest *request = hw_transport_request_new ("POST", path);
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  char *text;

  json_object_set_string_member (object, "decision", let_in ? "apply" : "discard");
  if (reason != NULL)
    json_object_set_string_member (object, "reason", reason);
  json_node_take_object (root, object);
  text = json_to_string (root, FALSE);
  request->body = g_bytes_new_take (text, strlen (text));
  request->content_type = g_strdup ("application/json");
  ask (self, g_task_new (self, NULL, callback, data), request, decided_cb);
}

gboolean
hw_sync_engine_decide_finish (
  HwSyncEngine *self, GAsyncResult *result, gboolean *met, char **refusal, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  *met = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));
  *refusal = g_task_propagate_pointer (G_TASK (result), &local);
  if (local == NULL)
    return *refusal == NULL;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
