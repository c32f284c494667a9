/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The wire (hw-sync-codec.h). An answer is used whole or not at all, so everything is decoded into
 * structures before anyone sees the first of them.
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "sync/hw-sync-codec.h"

#include <string.h>

#include "base/hw-json-guard.h"
#include "schema/hw-json-tree.h"

#define PARENT_UNKNOWN "parent-unknown"
#define CURSOR_MAX_BYTES 4096
#define TOKEN_MAX_BYTES 4096

static const char *const status_nicks[]
  = { "applied", "merged", "conflict", "refused", "quarantined", "duplicate" };

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL,
               "The server's answer is not what the contract says: %s", what);
  return FALSE;
}

static JsonNode *
parse (GBytes *body, gsize max_bytes, GError **error)
{
  gsize length;
  const char *bytes = g_bytes_get_data (body, &length);
  const char *why = NULL;
  JsonNode *node = hw_json_tree_parse (bytes, length, max_bytes, &why);

  if (node == NULL)
    fail (error, why);
  return node;
}

static JsonNode *
parse_object (GBytes *body, gsize max_bytes, JsonObject **object, GError **error)
{
  g_autoptr (JsonNode) node = parse (body, max_bytes, error);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      fail (error, "it is no object");
      return NULL;
    }
  *object = json_node_get_object (node);
  return g_steal_pointer (&node);
}

/* The text under a member, NULL when it is absent or anything else. */
static const char *
text_of (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static JsonArray *
array_of (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
object_of (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* ---- Pages ---- */

void
hw_sync_page_free (HwSyncPage *page)
{
  if (page == NULL)
    return;
  g_free (page->cursor);
  g_clear_pointer (&page->items, g_ptr_array_unref);
  g_free (page);
}

/* Opens a reader on what the guard let pass. */
static gboolean
open_reader (HwJsonReader *reader, GBytes *body, GError **error)
{
  gsize length;
  const char *bytes = g_bytes_get_data (body, &length);
  const char *why = NULL;

  if (bytes == NULL)
    return fail (error, "it is empty");
  if (!hw_json_guard (bytes, length, HW_SYNC_PAGE_MAX_BYTES, HW_JSON_MAX_DEPTH, &why))
    return fail (error, why);
  hw_json_reader_init (reader, bytes, length);
  return TRUE;
}

/* The text that begins at a place; NULL when it is absent or anything else. Valid until the next one. */
static const char *
text_at (HwJsonReader *reader, const char *place)
{
  if (place == NULL)
    return NULL;
  reader->at = place;
  return hw_json_reader_string (reader);
}

static gboolean
read_items (HwSyncPage *page, HwJsonReader *reader, GError **error)
{
  page->items = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_item_free);
  while (!hw_json_reader_take (reader, ']'))
    {
      HwItem *item;

      hw_json_reader_take (reader, ',');
      item = hw_item_read (reader, NULL);
      if (item == NULL)
        return fail (error, "an item is malformed");
      g_ptr_array_add (page->items, item);
    }
  return TRUE;
}

static gboolean
read_page (HwSyncPage *page, HwJsonReader *reader, GError **error)
{
  static const char *const names[] = { "cursor", "more", "items" };
  const char *places[G_N_ELEMENTS (names)];
  const char *cursor;
  char more;

  if (!hw_json_reader_find (reader, names, G_N_ELEMENTS (names), places))
    return fail (error, "it is no object");
  cursor = text_at (reader, places[0]);
  if (cursor == NULL || *cursor == '\0' || strlen (cursor) > CURSOR_MAX_BYTES || places[1] == NULL
      || places[2] == NULL)
    return fail (error, "a page lacks its cursor, items or end");
  page->cursor = g_strdup (cursor);
  reader->at = places[1];
  more = hw_json_reader_peek (reader);
  page->more = more == 't';
  reader->at = places[2];
  if ((more != 't' && more != 'f') || !hw_json_reader_take (reader, '['))
    return fail (error, "a page lacks its cursor, items or end");
  return read_items (page, reader, error);
}

HwSyncPage *
hw_sync_page_decode (GBytes *body, GError **error)
{
  g_autoptr (HwSyncPage) page = g_new0 (HwSyncPage, 1);
  HwJsonReader reader;
  gboolean good;

  if (!open_reader (&reader, body, error))
    return NULL;
  good = read_page (page, &reader, error);
  hw_json_reader_clear (&reader);
  return good ? g_steal_pointer (&page) : NULL;
}

/* ---- Operations and results ---- */

char *
hw_sync_operation_encode (HwOperation *operation)
{
  g_autoptr (JsonNode) node = hw_operation_to_json (operation);

  return json_to_string (node, FALSE);
}

GBytes *
hw_sync_operations_encode (GPtrArray *texts)
{
  GString *body = g_string_new ("{\"operations\":[");

  for (guint i = 0; i < texts->len; i++)
    {
      if (i > 0)
        g_string_append_c (body, ',');
      g_string_append (body, g_ptr_array_index (texts, i));
    }
  g_string_append (body, "]}");
  return g_string_free_to_bytes (body);
}

static gboolean
read_status (HwJsonReader *reader, const char *place, HwResultStatus *status)
{
  const char *nick = text_at (reader, place);

  for (guint i = 0; nick != NULL && i < G_N_ELEMENTS (status_nicks); i++)
    if (g_str_equal (nick, status_nicks[i]))
      {
        *status = (HwResultStatus) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
waits_for_parent (JsonObject *problem)
{
  const char *type = text_of (problem, "type");
  JsonArray *errors = array_of (problem, "errors");

  if (type != NULL && g_str_has_suffix (type, ":" PARENT_UNKNOWN))
    return TRUE;
  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    {
      JsonNode *node = json_array_get_element (errors, i);

      if (JSON_NODE_HOLDS_OBJECT (node)
          && g_strcmp0 (text_of (json_node_get_object (node), "code"), PARENT_UNKNOWN) == 0)
        return TRUE;
    }
  return FALSE;
}

typedef enum
{
  RESULT_ID,
  RESULT_STATUS,
  RESULT_FIRST,
  RESULT_PROBLEM,
  RESULT_ITEM,
  N_RESULT_MEMBERS
} ResultMember;

static const char *const result_names[N_RESULT_MEMBERS] = { "id", "status", "first", "problem", "item" };

/* duplicate: the first answer gave the reason; this one need not. */
static gboolean
read_problem (
  HwPushResult *result, HwJsonReader *reader, const char *place, gboolean duplicate, GError **error)
{
  g_autoptr (JsonNode) problem = NULL;

  if (place != NULL)
    {
      reader->at = place;
      problem = hw_json_reader_node (reader);
    }
  if (problem == NULL || !JSON_NODE_HOLDS_OBJECT (problem))
    return result->status != HW_RESULT_REFUSED || duplicate
           || fail (error, "a refusal gives no reason");
  result->retry
    = result->status == HW_RESULT_REFUSED && waits_for_parent (json_node_get_object (problem));
  result->problem = json_to_string (problem, FALSE);
  return TRUE;
}

static gboolean
read_item_of_result (HwPushResult *result, HwJsonReader *reader, const char *place, GError **error)
{
  if (place == NULL)
    return TRUE;
  reader->at = place;
  if (hw_json_reader_peek (reader) == 'n')
    return TRUE;
  result->item = hw_item_read (reader, NULL);
  return result->item != NULL || fail (error, "a result's record is malformed");
}

/* Reads one result and leaves the reader behind it. */
static HwPushResult *
read_result (HwJsonReader *reader, HwOperation *operation, GError **error)
{
  g_autoptr (HwPushResult) result = g_new0 (HwPushResult, 1);
  const char *places[N_RESULT_MEMBERS], *end;
  gboolean object = hw_json_reader_find (reader, result_names, N_RESULT_MEMBERS, places);
  gboolean duplicate;

  end = reader->at;
  result->operation = g_strdup (operation->id);
  if (!object || g_strcmp0 (text_at (reader, places[RESULT_ID]), operation->id) != 0)
    {
      fail (error, "a result is of another operation");
      return NULL;
    }
  duplicate = read_status (reader, places[RESULT_STATUS], &result->status)
              && result->status == HW_RESULT_DUPLICATE;
  if (duplicate ? !read_status (reader, places[RESULT_FIRST], &result->status)
                    || result->status == HW_RESULT_DUPLICATE
                : !read_status (reader, places[RESULT_STATUS], &result->status))
    {
      fail (error, "a result's status is unknown");
      return NULL;
    }
  if (!read_problem (result, reader, places[RESULT_PROBLEM], duplicate, error)
      || !read_item_of_result (result, reader, places[RESULT_ITEM], error))
    return NULL;
  reader->at = end;
  return g_steal_pointer (&result);
}

static gboolean
read_results (HwJsonReader *reader, GPtrArray *operations, GPtrArray *results, GError **error)
{
  static const char *const names[] = { "results" };
  const char *place = NULL;

  if (!hw_json_reader_find (reader, names, G_N_ELEMENTS (names), &place))
    return fail (error, "it is no object");
  reader->at = place != NULL ? place : reader->end;
  if (!hw_json_reader_take (reader, '['))
    return fail (error, "not every operation was answered");
  while (!hw_json_reader_take (reader, ']'))
    {
      HwPushResult *result;

      hw_json_reader_take (reader, ',');
      if (results->len >= operations->len)
        return fail (error, "not every operation was answered");
      result = read_result (reader, g_ptr_array_index (operations, results->len), error);
      if (result == NULL)
        return FALSE;
      g_ptr_array_add (results, result);
    }
  return results->len == operations->len || fail (error, "not every operation was answered");
}

GPtrArray *
hw_sync_results_decode (GBytes *body, GPtrArray *operations, GError **error)
{
  g_autoptr (GPtrArray) results
    = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_push_result_free);
  HwJsonReader reader;
  gboolean good;

  if (!open_reader (&reader, body, error))
    return NULL;
  good = read_results (&reader, operations, results, error);
  hw_json_reader_clear (&reader);
  return good ? g_steal_pointer (&results) : NULL;
}

char *
hw_sync_problem_type (GBytes *body)
{
  JsonObject *object;
  g_autoptr (JsonNode) root = parse_object (body, HW_JSON_MAX_BYTES, &object, NULL);

  return root != NULL ? g_strdup (text_of (object, "type")) : NULL;
}

char *
hw_sync_problem_words (GBytes *body)
{
  JsonObject *object;
  g_autoptr (JsonNode) root = parse_object (body, HW_JSON_MAX_BYTES, &object, NULL);
  const char *words = root != NULL ? text_of (object, "detail") : NULL;

  if (root != NULL && words == NULL)
    words = text_of (object, "title");
  return g_strdup (words);
}

/* ---- Which copy ---- */

gboolean
hw_sync_copy_decode (GBytes *body, guint64 *count, gboolean *older)
{
  JsonObject *object;
  g_autoptr (JsonNode) root = parse_object (body, HW_JSON_MAX_BYTES, &object, NULL);
  JsonNode *number = root != NULL ? json_object_get_member (object, "count") : NULL;
  JsonNode *is_older = root != NULL ? json_object_get_member (object, "older") : NULL;

  if (number == NULL || is_older == NULL || !JSON_NODE_HOLDS_VALUE (number) || !JSON_NODE_HOLDS_VALUE (is_older)
      || json_node_get_value_type (number) != G_TYPE_INT64 || json_node_get_value_type (is_older) != G_TYPE_BOOLEAN
      || json_node_get_int (number) <= 0)
    return FALSE;
  *count = (guint64) json_node_get_int (number);
  *older = json_node_get_boolean (is_older);
  return TRUE;
}

/* ---- Names and history ---- */

GHashTable *
hw_sync_names_decode (GBytes *body, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (JsonNode) root = parse (body, HW_JSON_MAX_BYTES, error);
  JsonArray *array;

  if (root == NULL)
    return NULL;
  array = JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *user = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *id = user != NULL ? text_of (user, "id") : NULL;
      const char *name = user != NULL ? text_of (user, "name") : NULL;

      if (id == NULL || name == NULL)
        array = NULL;
      else
        g_hash_table_insert (names, g_strdup (id), g_strdup (name));
    }
  if (array != NULL)
    return g_steal_pointer (&names);
  fail (error, "the list of names is malformed");
  return NULL;
}

static void
history_entry_free (gpointer data)
{
  HwHistoryEntry *entry = data;

  g_clear_pointer (&entry->value, hw_value_unref);
  g_free (entry->by);
  g_free (entry->at);
  g_free (entry->let_in_by);
  g_free (entry);
}

/* TRUE with *entry NULL: a field this program does not know. */
static gboolean
read_history_entry (JsonNode *node, HwTypeId type, HwHistoryEntry **entry)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *name = object != NULL ? text_of (object, "field") : NULL;
  JsonNode *rev = object != NULL ? json_object_get_member (object, "rev") : NULL;
  JsonNode *value = object != NULL ? json_object_get_member (object, "value") : NULL;
  const HwFieldDef *field;
  HwValue *decoded = NULL;

  *entry = NULL;
  if (name == NULL || rev == NULL || !JSON_NODE_HOLDS_VALUE (rev)
      || json_node_get_value_type (rev) != G_TYPE_INT64 || json_node_get_int (rev) < 0)
    return FALSE;
  field = hw_schema_field_by_name (type, name);
  if (field == NULL)
    return TRUE;
  if (value != NULL && !hw_value_from_json (field, value, &decoded, NULL))
    return FALSE;
  *entry = g_new0 (HwHistoryEntry, 1);
  (*entry)->field = field->id;
  (*entry)->value = decoded;
  (*entry)->rev = (guint64) json_node_get_int (rev);
  (*entry)->by = g_strdup (text_of (object, "by"));
  (*entry)->at = g_strdup (text_of (object, "at"));
  (*entry)->let_in_by = g_strdup (text_of (object, "let_in_by"));
  return TRUE;
}

GPtrArray *
hw_sync_history_decode (GBytes *body, HwTypeId type, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (history_entry_free);
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;
  JsonArray *array;

  root = parse_object (body, HW_SYNC_PAGE_MAX_BYTES, &object, error);
  if (root == NULL)
    return NULL;
  array = array_of (object, "entries");
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      HwHistoryEntry *entry;

      if (!read_history_entry (json_array_get_element (array, i), type, &entry))
        array = NULL;
      else if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
  if (array != NULL)
    return g_steal_pointer (&entries);
  fail (error, "the history is malformed");
  return NULL;
}

/* ---- Signing in ---- */

GBytes *
hw_sync_sign_in_encode (const char *username,
                        const char *password,
                        const char *code,
                        const char *device_id,
                        const char *device_name)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonObject *device = json_object_new ();
  char *text;

  json_object_set_string_member (object, "username", username);
  json_object_set_string_member (object, "password", password);
  if (code != NULL && *code != '\0')
    json_object_set_string_member (object, "code", code);
  json_object_set_string_member (device, "id", device_id);
  json_object_set_string_member (device, "name", device_name);
  json_object_set_object_member (object, "device", device);
  json_node_take_object (node, object);
  text = json_to_string (node, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static HwActor *
read_actor (JsonObject *user, const char *device_id)
{
  const char *id = user != NULL ? text_of (user, "id") : NULL;
  const char *name = user != NULL ? text_of (user, "name") : NULL;
  const char *nick = user != NULL ? text_of (user, "role") : NULL;
  HwRole role = nick != NULL ? hw_role_by_nick (nick) : HW_N_ROLES;

  if (id == NULL || name == NULL || role == HW_N_ROLES)
    return NULL;
  return hw_actor_new (id, name, role, text_of (user, "office"), text_of (user, "mission"),
                       device_id);
}

/* A token goes into a header: nothing but visible ASCII. */
static gboolean
token_is_good (const char *token)
{
  gsize length = token != NULL ? strlen (token) : 0;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (token[i]))
      return FALSE;
  return length > 0 && length <= TOKEN_MAX_BYTES;
}

HwSignIn *
hw_sync_sign_in_decode (GBytes *body, const char *device_id, GError **error)
{
  g_autoptr (HwSignIn) sign_in = g_new0 (HwSignIn, 1);
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;
  const char *token;

  root = parse_object (body, HW_JSON_MAX_BYTES, &object, error);
  if (root == NULL)
    return NULL;
  token = text_of (object, "token");
  sign_in->actor = read_actor (object_of (object, "user"), device_id);
  sign_in->expires_at = g_strdup (text_of (object, "expires_at"));
  if (!token_is_good (token) || sign_in->actor == NULL)
    {
      fail (error, "the session is malformed");
      return NULL;
    }
  sign_in->token = g_strdup (token);
  return g_steal_pointer (&sign_in);
}
