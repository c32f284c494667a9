/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GET /v1/changes (sync.md, Pull). Nothing new is answered from memory alone. A run of pages is
 * pinned to one upper bound, and a page is sent only after its audit entry is durable.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-problem.h"
#include "server/hw-server-private.h"

#define STANDARD_LIMIT 500
#define MAX_LIMIT 2000

static HwServerResponse *
cursor_refused (HwCursorCheck check)
{
  return hw_problem_new (
    check == HW_CURSOR_OLD_EPOCH ? HW_PROBLEM_EPOCH_CHANGED : HW_PROBLEM_CURSOR_GONE, NULL, NULL);
}

/* The caller has all there is: 304 when it says so itself, otherwise an empty page with its own
 * cursor. */
static HwServerResponse *
nothing_new (HwServerCall *call, const char *cursor, guint64 head)
{
  g_autofree char *tag
    = hw_cursor_tag (hw_server_core_cursor_key (call->core), call->store, call->actor, head);
  HwServerResponse *response;

  if (g_strcmp0 (call->request->if_none_match, tag) == 0)
    response = hw_server_response_new (304);
  else
    {
      GString *json = g_string_new ("{");

      hw_problem_append_member (json, "cursor", cursor);
      g_string_append (json, ",\"more\":false,\"items\":[]}");
      response = hw_server_response_new_json (200, json);
    }
  response->etag = g_steal_pointer (&tag);
  return response;
}

/* Ids only: which cases or requests this page told of. */
static void
note_root (GHashTable *roots, HwFeedEntry *entry)
{
  if (entry->op != HW_ITEM_PURGE && entry->root != NULL)
    g_hash_table_add (roots, entry->root);
}

static gboolean
audit_page (HwServerCall *call, GHashTable *roots, GError **error)
{
  g_autoptr (GString) detail = NULL;
  GHashTableIter iter;
  gpointer root;

  if (g_hash_table_size (roots) == 0)
    return TRUE;
  detail = g_string_new (NULL);
  g_hash_table_iter_init (&iter, roots);
  while (g_hash_table_iter_next (&iter, &root, NULL))
    g_string_append_printf (detail, "%s%s", detail->len > 0 ? " " : "", (const char *) root);
  return hw_server_call_audit (call, "read", NULL, NULL, detail->str, error);
}

static void
append_items (HwServerCall *call, GPtrArray *entries, GString *json, GHashTable *roots)
{
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);
  gboolean first = TRUE;

  g_string_append (json, "\"items\":[");
  for (guint i = 0; i < entries->len; i++)
    {
      HwFeedEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (HwItem) item = hw_projection_entry (projection, entry);

      if (item == NULL)
        continue;
      if (!first)
        g_string_append_c (json, ',');
      hw_item_append_json (item, json);
      note_root (roots, entry);
      first = FALSE;
    }
  g_string_append (json, "]}");
}

static HwServerResponse *
give_page (HwServerCall *call, HwCursor *cursor, guint limit)
{
  const HwCursorKey *key = hw_server_core_cursor_key (call->core);
  g_autoptr (GHashTable) roots = g_hash_table_new (g_str_hash, g_str_equal);
  guint64 head_for = hw_store_head_for (call->store, call->actor);
  guint64 upper = cursor->upper != 0 ? cursor->upper : hw_store_head (call->store);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  HwServerResponse *response;
  gboolean more = FALSE;
  GString *json;

  entries
    = hw_store_read_feed (call->store, call->actor, &cursor->position, upper, limit, &more, &error);
  if (entries == NULL)
    return hw_problem_new_failed (error);
  if (!more)
    cursor->position = (HwFeedPosition){ .seq = upper };
  cursor->upper = more ? upper : 0;
  text = hw_cursor_seal (key, cursor, HW_CURSOR_CHANGES, call->store, call->actor);
  json = g_string_sized_new (256 + entries->len * 1024);
  g_string_append_printf (json, "{\"cursor\":\"%s\",\"more\":%s,", text, more ? "true" : "false");
  append_items (call, entries, json, roots);
  if (!audit_page (call, roots, &error))
    {
      g_string_free (json, TRUE);
      return hw_problem_new_failed (error);
    }
  response = hw_server_response_new_json (200, json);
  if (!more)
    response->etag = hw_cursor_tag (key, call->store, call->actor, head_for);
  return response;
}

HwServerResponse *
hw_server_get_changes (HwServerCall *call)
{
  const char *text = hw_server_request_argument (call->request, "cursor");
  HwCursor cursor = { 0 };
  guint limit;

  if (text != NULL && *text != '\0')
    {
      guint64 head = hw_store_head_for (call->store, call->actor);
      HwCursorCheck check = hw_cursor_open (hw_server_core_cursor_key (call->core),
                                            text,
                                            HW_CURSOR_CHANGES,
                                            call->store,
                                            call->actor,
                                            &cursor);

      if (check != HW_CURSOR_GOOD)
        return cursor_refused (check);
      if (cursor.upper == 0 && cursor.position.seq >= head)
        return nothing_new (call, text, head);
    }
  if (!hw_server_call_limit (call, STANDARD_LIMIT, MAX_LIMIT, &limit))
    return hw_problem_new (HW_PROBLEM_INVALID, "The limit is a number from 1 to 2000", "/limit");
  return give_page (call, &cursor, limit);
}
