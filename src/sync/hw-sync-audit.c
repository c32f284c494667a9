/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asked for only while somebody looks at it. A page is taken whole or not at all.
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "sync/hw-sync-audit.h"

#include "base/hw-json-guard.h"
#include "schema/hw-json-tree.h"
#include "sync/hw-sync-engine-private.h"

#include <glib/gi18n-lib.h>

static void
audit_line_free (gpointer data)
{
  HwAuditLine *line = data;

  g_free (line->at);
  g_free (line->user);
  g_free (line->action);
  g_free (line->case_id);
  g_free (line->record);
  g_free (line->detail);
  g_free (line);
}

void
hw_audit_page_free (HwAuditPage *page)
{
  if (page == NULL)
    return;
  g_ptr_array_unref (page->lines);
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

static gboolean
read_integer (JsonObject *object, const char *member, gint64 *number)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *number = json_node_get_int (node);
  return TRUE;
}

/* FALSE: there is something, and it is no text. */
static gboolean
read_text (JsonObject *object, const char *member, char **text)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  *text = g_strdup (json_node_get_string (node));
  return TRUE;
}

static gboolean
read_line (JsonNode *node, GPtrArray *lines)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  HwAuditLine *line;

  if (object == NULL)
    return FALSE;
  line = g_new0 (HwAuditLine, 1);
  g_ptr_array_add (lines, line);
  return read_integer (object, "n", &line->n) && read_text (object, "at", &line->at)
         && line->at != NULL && read_text (object, "user", &line->user)
         && read_text (object, "action", &line->action) && read_text (object, "case", &line->case_id)
         && read_text (object, "record", &line->record) && read_text (object, "detail", &line->detail);
}

HwAuditPage *
hw_audit_page_decode (GBytes *body, GError **error)
{
  g_autoptr (HwAuditPage) page = g_new0 (HwAuditPage, 1);
  const char *why = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data (body, &length);
  g_autoptr (JsonNode) root = hw_json_tree_parse (bytes, length, HW_SYNC_PAGE_MAX_BYTES, &why);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *items = object != NULL ? json_object_get_member (object, "items") : NULL;
  JsonNode *more = object != NULL ? json_object_get_member (object, "more") : NULL;
  JsonArray *array = items != NULL && JSON_NODE_HOLDS_ARRAY (items) ? json_node_get_array (items) : NULL;

  page->lines = g_ptr_array_new_with_free_func (audit_line_free);
  if (array == NULL || more == NULL || !JSON_NODE_HOLDS_VALUE (more)
      || json_node_get_value_type (more) != G_TYPE_BOOLEAN)
    return fail (error), NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_line (json_array_get_element (array, i), page->lines))
      return fail (error), NULL;
  if (json_node_get_boolean (more) && !read_integer (object, "before", &page->before))
    return fail (error), NULL;
  return g_steal_pointer (&page);
}

/* ---- Asking ---- */

static char *
path_for (const char *case_id, const char *user, gint64 before)
{
  GString *path = g_string_new ("/v1/audit?order=newest&limit=50");

  if (case_id != NULL)
    {
      g_autofree char *escaped = g_uri_escape_string (case_id, NULL, FALSE);

      g_string_append_printf (path, "&case=%s", escaped);
    }
  if (user != NULL)
    {
      g_autofree char *escaped = g_uri_escape_string (user, NULL, FALSE);

      g_string_append_printf (path, "&user=%s", escaped);
    }
  if (before > 0)
    g_string_append_printf (path, "&before=%" G_GINT64_FORMAT, before);
  return g_string_free (path, FALSE);
}

static GError *
error_of_status (guint status)
{
  if (status == 401)
    return g_error_new_literal (HW_SYNC_ERROR, HW_SYNC_ERROR_CREDENTIALS,
                                _("Your session has ended. Sign in again to see this"));
  if (status == 404)
    return g_error_new_literal (HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL,
                                _("This case is not yours to look into"));
  if (status >= 500 || status == 429)
    return g_error_new_literal (HW_SYNC_ERROR, HW_SYNC_ERROR_SERVER,
                                _("The server cannot answer now. Try again in a moment"));
  return g_error_new_literal (HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL,
                              _("The server answered in an unexpected way"));
}

static void
replied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HwTransportReply) reply = hw_transport_send_finish (HW_TRANSPORT (source), result, &error);
  HwAuditPage *page = NULL;

  if (reply != NULL && reply->status != 200)
    error = error_of_status (reply->status);
  else if (reply != NULL)
    page = hw_audit_page_decode (reply->body, &error);
  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify) hw_audit_page_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
hw_sync_engine_audit_async (HwSyncEngine *self,
                            const char *case_id,
                            const char *user,
                            gint64 before,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autofree char *path = path_for (case_id, user, before);
  HwTransportRequest *request;

  if (self->token == NULL)
    {
      g_task_return_new_error (task, HW_SYNC_ERROR, HW_SYNC_ERROR_CREDENTIALS, "%s",
                               _("Your session has ended. Sign in again to see this"));
      return;
    }
  request = hw_transport_request_new ("GET", path);
  request->token = g_strdup (self->token);
  hw_transport_send_async (self->transport, request, cancellable, replied_cb, g_steal_pointer (&task));
}

HwAuditPage *
hw_sync_engine_audit_finish (HwSyncEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
