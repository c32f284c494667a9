/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * POST /v1/operations (sync.md, Push). A fault of the envelope refuses the whole request;
 * everything else is told per operation, so that one bad operation never holds up another record's.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-problem.h"
#include "server/hw-push.h"

#define MAX_OPERATIONS 500

/* One operation of the request: either it could be read, or it is refused as it stands. */
typedef struct
{
  HwOperation *operation; /* (owned) (nullable) */
  char *id;               /* (owned) */
  char *group;            /* (owned) (nullable) */
  char *pointer;          /* (owned) (nullable) where it could not be read */
  char *complaint;        /* (owned) (nullable) */
  HwProblem problem;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->operation, hw_operation_unref);
  g_free (entry->id);
  g_free (entry->group);
  g_free (entry->pointer);
  g_free (entry->complaint);
  g_free (entry);
}

/* NULL when the element is no operation at all: a fault of the envelope. */
static Entry *
read_entry (HwServerCall *call, JsonNode *node)
{
  g_autoptr (GError) error = NULL;
  const char *id;
  Entry *entry;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  id = json_object_get_string_member_with_default (json_node_get_object (node), "id", NULL);
  if (id == NULL || !hw_uuid_valid (id))
    return NULL;
  entry = g_new0 (Entry, 1);
  entry->id = g_strdup (id);
  entry->group = g_strdup (
    json_object_get_string_member_with_default (json_node_get_object (node), "group", NULL));
  entry->problem = HW_PROBLEM_INVALID;
  entry->operation = hw_push_read (call, node, &entry->pointer, &error);
  if (entry->operation == NULL)
    entry->complaint = g_strdup (error->message);
  return entry;
}

/* (transfer full) (element-type Entry); NULL and a response when the envelope is at fault. */
static GPtrArray *
read_entries (HwServerCall *call, JsonObject *object, HwServerResponse **refusal)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  JsonNode *node = json_object_get_member (object, "operations");
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node) || json_object_get_size (object) != 1)
    {
      *refusal = hw_problem_new (
        HW_PROBLEM_INVALID, "A list of operations is expected, and nothing else", "/operations");
      return NULL;
    }
  array = json_node_get_array (node);
  if (json_array_get_length (array) < 1 || json_array_get_length (array) > MAX_OPERATIONS)
    {
      *refusal = hw_problem_new (json_array_get_length (array) < 1 ? HW_PROBLEM_INVALID
                                                                   : HW_PROBLEM_TOO_LARGE,
                                 "Between 1 and 500 operations are taken at once",
                                 "/operations");
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      Entry *entry = read_entry (call, json_array_get_element (array, i));

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
      if (entry == NULL || !g_hash_table_add (ids, entry->id))
        {
          g_autofree char *pointer = g_strdup_printf ("/operations/%u/id", i);

          *refusal = hw_problem_new (
            HW_PROBLEM_INVALID, "Each operation has an identifier of its own", pointer);
          return NULL;
        }
    }
  return g_steal_pointer (&entries);
}

/* A group stands or falls together: one that could not be read takes the others with it. */
static void
refuse_broken_groups (GPtrArray *entries)
{
  g_autoptr (GHashTable) broken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);

      if (entry->operation == NULL && entry->group != NULL)
        g_hash_table_add (broken, entry->group);
    }
  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);

      if (entry->operation == NULL || entry->group == NULL
          || !g_hash_table_contains (broken, entry->group))
        continue;
      g_clear_pointer (&entry->operation, hw_operation_unref);
      entry->problem = HW_PROBLEM_GROUP_REFUSED;
    }
}

static void
append_unread (Entry *entry, GString *json)
{
  g_string_append_printf (json, "{\"id\":\"%s\",\"status\":\"refused\",\"problem\":", entry->id);
  hw_problem_append (json, entry->problem, entry->complaint, entry->pointer);
  g_string_append_c (json, '}');
}

/* Who sent it, when, and its number: not a word of what it said. */
static gboolean
audit_unread (HwServerCall *call, GPtrArray *entries, GError **error)
{
  g_autoptr (GPtrArray) details = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);

      if (entry->operation == NULL)
        g_ptr_array_add (
          details,
          g_strconcat (entry->id,
                       entry->problem == HW_PROBLEM_GROUP_REFUSED ? " group" : " unreadable",
                       NULL));
    }
  return hw_store_audit_unread (call->store, call->actor, details, error);
}

static HwServerResponse *
commit_entries (HwServerCall *call, GPtrArray *entries)
{
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);
  g_autoptr (GPtrArray) operations = g_ptr_array_new ();
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  guint n_result = 0;
  GString *json;

  for (guint i = 0; i < entries->len; i++)
    if (((Entry *) g_ptr_array_index (entries, i))->operation != NULL)
      g_ptr_array_add (operations, ((Entry *) g_ptr_array_index (entries, i))->operation);
  if (!audit_unread (call, entries, &error))
    return hw_problem_new_failed (error);
  if (operations->len > 0)
    {
      results = hw_push_commit (call, operations, &error);
      if (results == NULL)
        return hw_problem_new_failed (error);
    }
  json = g_string_sized_new (256 + entries->len * 512);
  g_string_append (json, "{\"results\":[");
  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (entries, i);

      if (i > 0)
        g_string_append_c (json, ',');
      if (entry->operation == NULL)
        append_unread (entry, json);
      else
        hw_push_append_result (
          call, projection, entry->operation, g_ptr_array_index (results, n_result++), json);
    }
  g_string_append (json, "]}");
  return hw_server_response_new_json (200, json);
}

static gboolean
schema_supported (const char *text)
{
  guint64 version;

  return text == NULL
         || g_ascii_string_to_unsigned (
           text, 10, HW_SCHEMA_VERSION_MIN, hw_schema_version, &version, NULL);
}

HwServerResponse *
hw_server_post_operations (HwServerCall *call)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (JsonNode) body = NULL;
  HwServerResponse *refusal = NULL;

  if (!schema_supported (call->request->schema))
    return hw_problem_new (HW_PROBLEM_SCHEMA, NULL, NULL);
  body = hw_server_call_body (call, &refusal);
  if (body == NULL)
    return refusal;
  entries = read_entries (call, json_node_get_object (body), &refusal);
  if (entries == NULL)
    return refusal;
  refuse_broken_groups (entries);
  call->judged = TRUE;
  return commit_entries (call, entries);
}
