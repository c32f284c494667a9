/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /v1/records/{id} and /v1/conflicts/{id}: any record as a resource. Writing is putting together
 * the one operation a desktop would have pushed; judging and merging it is the store's.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-problem.h"
#include "server/hw-push.h"

#include <string.h>

#define IDEMPOTENCY_KEY_MAX 200

HwRecord *
hw_server_find_visible (HwServerCall *call,
                        HwProjection *projection,
                        const char *id,
                        guint *relations,
                        HwServerResponse **refusal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwRecord) record = hw_store_find_record (call->store, id, &error);

  *relations = 0;
  if (record != NULL && error == NULL && !hw_record_deleted (record))
    *relations = hw_projection_relations (projection, record, &error);
  if (error != NULL)
    *refusal = hw_problem_new_failed (error);
  else if (record == NULL || hw_record_deleted (record)
           || !hw_projection_reads_record (projection, record, *relations))
    *refusal = hw_problem_new (HW_PROBLEM_NOT_FOUND, NULL, NULL);
  else
    return g_steal_pointer (&record);
  return NULL;
}

static char *
entity_tag (HwRecord *record)
{
  return g_strdup_printf ("\"%" G_GUINT64_FORMAT "\"", hw_record_rev (record));
}

HwServerResponse *
hw_server_get_record (HwServerCall *call)
{
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);
  HwServerResponse *response = NULL;
  guint relations;
  g_autoptr (HwRecord) record = hw_server_find_visible (call, projection, call->id, &relations, &response);
  g_autoptr (HwItem) item = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *tag = NULL;
  GString *json;

  if (record == NULL)
    return response;
  tag = entity_tag (record);
  if (g_strcmp0 (call->request->if_none_match, tag) == 0)
    {
      response = hw_server_response_new (304);
      response->etag = g_steal_pointer (&tag);
      return response;
    }
  if (!hw_server_call_audit (
        call, "read", hw_record_case (record), hw_record_id (record), NULL, &error))
    return hw_problem_new_failed (error);
  item = hw_projection_put (projection, record, relations);
  json = g_string_sized_new (1024);
  hw_item_append_json (item, json);
  response = hw_server_response_new_json (200, json);
  response->etag = g_steal_pointer (&tag);
  return response;
}

HwServerResponse *
hw_server_get_history (HwServerCall *call)
{
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);
  HwServerResponse *refusal = NULL;
  guint relations;
  g_autoptr (HwRecord) record = hw_server_find_visible (call, projection, call->id, &relations, &refusal);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  guint64 since;
  gsize before;
  GString *json;

  if (record == NULL)
    return refusal;
  entries = hw_store_history (call->store, hw_record_type (record), hw_record_id (record), &error);
  if (entries == NULL
      || !hw_server_call_audit (
        call, "read-history", hw_record_case (record), hw_record_id (record), NULL, &error))
    return hw_problem_new_failed (error);
  since = hw_projection_history_since (projection, record);
  json = g_string_sized_new (1024);
  g_string_append (json, "{\"entries\":[");
  for (guint i = 0; i < entries->len; i++)
    {
      HwHistoryEntry *entry = g_ptr_array_index (entries, i);

      if (entry->rev < since)
        continue;
      before = json->len;
      if (json->str[before - 1] == '}')
        g_string_append_c (json, ',');
      if (!hw_projection_append_history (projection, record, relations, entry, json))
        g_string_truncate (json, before);
    }
  g_string_append (json, "]}");
  return hw_server_response_new_json (200, json);
}

/* ---- Writing ---- */

/* With a key of the caller's, the same request twice is the same operation twice, and takes effect
 * once. */
static char *
operation_id (HwServerCall *call)
{
  const char *key = call->request->idempotency_key;

  if (key != NULL)
    return hw_uuid_v5 (call->actor->user, key);
  return hw_uuid_v7 (hw_clock_now (hw_server_core_clock (call->core)));
}

static HwServerResponse *
unreadable (const GError *error, const char *pointer)
{
  return hw_problem_new (HW_PROBLEM_INVALID, error->message, pointer);
}

/* 428 without If-Match, 412 when it names another revision; NULL: go on. */
static HwServerResponse *
check_precondition (HwServerCall *call, HwRecord *record, gboolean required)
{
  g_autofree char *tag = entity_tag (record);
  const char *given = call->request->if_match;

  if (given == NULL)
    return required ? hw_problem_new (HW_PROBLEM_PRECONDITION_REQUIRED, NULL, NULL) : NULL;
  return g_str_equal (given, tag) ? NULL : hw_problem_new (HW_PROBLEM_STALE, NULL, NULL);
}

static JsonObject *
operation_object (const char *id, const char *action, const char *record)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "action", action);
  json_object_set_string_member (object, "record", record);
  return object;
}

/* Takes the object. */
static HwOperation *
read_operation (HwServerCall *call, JsonObject *object, HwServerResponse **refusal)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autoptr (GError) error = NULL;
  g_autofree char *pointer = NULL;
  HwOperation *operation = hw_push_read (call, node, &pointer, &error);

  json_object_unref (object);
  if (operation == NULL)
    *refusal = unreadable (error, pointer);
  return operation;
}

HwServerResponse *
hw_server_patch_record (HwServerCall *call)
{
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);
  HwServerResponse *response = NULL;
  guint relations;
  g_autoptr (HwRecord) record = hw_server_find_visible (call, projection, call->id, &relations, &response);
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (HwOperation) operation = NULL;
  g_autofree char *id = NULL;
  JsonObject *object;

  if (record == NULL || (response = check_precondition (call, record, TRUE)) != NULL)
    return response;
  body = hw_server_call_body (call, &response);
  if (body == NULL)
    return response;
  id = operation_id (call);
  object = operation_object (id, "update", hw_record_id (record));
  json_object_set_string_member (object, "type", hw_record_def (record)->name);
  json_object_set_object_member (object, "set", json_object_ref (json_node_get_object (body)));
  operation = read_operation (call, object, &response);
  if (operation == NULL)
    return response;
  /* The caller saw this revision: whoever writes in between is met as a conflict, not overwritten.
   */
  for (guint i = 0; i < operation->changes->len; i++)
    {
      HwFieldChange *change = g_ptr_array_index (operation->changes, i);

      change->base = hw_record_field_rev (record, change->field);
    }
  g_free (operation->case_id);
  operation->case_id = g_strdup (hw_record_case (record));
  return hw_push_respond (call, operation, 200);
}

HwServerResponse *
hw_server_delete_record (HwServerCall *call)
{
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);
  HwServerResponse *response = NULL;
  guint relations;
  g_autoptr (HwRecord) record = hw_server_find_visible (call, projection, call->id, &relations, &response);
  g_autoptr (HwOperation) operation = NULL;
  g_autofree char *id = NULL;

  if (record == NULL || (response = check_precondition (call, record, FALSE)) != NULL)
    return response;
  id = operation_id (call);
  operation = hw_operation_new (
    id, HW_ACTION_DELETE, hw_record_type (record), hw_record_id (record), hw_record_case (record));
  return hw_push_respond (call, operation, 204);
}

static gboolean
is_text (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_STRING;
}

/* The id of a record that is made without one: from the operation where that may come twice. */
static char *
record_id (HwServerCall *call, const char *operation, JsonObject *given)
{
  const HwTypeDef *def = is_text (given, "type")
                           ? hw_schema_type_by_name (json_object_get_string_member (given, "type"))
                           : NULL;

  if (is_text (given, "id"))
    return g_strdup (json_object_get_string_member (given, "id"));
  if (call->request->idempotency_key != NULL)
    return hw_uuid_v5 (operation, "record");
  if (def != NULL && (def->flags & HW_TYPE_RANDOM_IDS) != 0)
    return hw_uuid_v4 ();
  return hw_uuid_v7 (hw_clock_now (hw_server_core_clock (call->core)));
}

/* Where the caller named something that is not part of a record. (static) (nullable) */
static gboolean
only_members (JsonObject *object, const char *const *known)
{
  JsonObjectIter iter;
  const char *member;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &member, NULL))
    if (!g_strv_contains (known, member))
      return FALSE;
  return TRUE;
}

static gboolean
key_is_good (HwServerCall *call)
{
  const char *key = call->request->idempotency_key;

  return key == NULL
         || (*key != '\0' && strlen (key) <= IDEMPOTENCY_KEY_MAX
             && g_utf8_validate (key, -1, NULL));
}

HwServerResponse *
hw_server_post_record (HwServerCall *call)
{
  static const char *const members[] = { "id", "type", "case", "fields", NULL };
  HwServerResponse *refusal = NULL;
  g_autoptr (JsonNode) body = hw_server_call_body (call, &refusal);
  g_autoptr (HwOperation) operation = NULL;
  g_autofree char *id = NULL, *record = NULL;
  JsonObject *given, *object;

  if (body == NULL)
    return refusal;
  given = json_node_get_object (body);
  if (!key_is_good (call))
    return hw_problem_new (HW_PROBLEM_INVALID, "The idempotency key is empty or too long", NULL);
  if (!only_members (given, members))
    return hw_problem_new (
      HW_PROBLEM_INVALID, "A record has id, type, case and fields, and nothing else", "");
  id = operation_id (call);
  record = record_id (call, id, given);
  object = operation_object (id, "create", record);
  if (json_object_has_member (given, "type"))
    json_object_set_member (object, "type", json_object_dup_member (given, "type"));
  if (json_object_has_member (given, "case"))
    json_object_set_member (object, "case", json_object_dup_member (given, "case"));
  if (json_object_has_member (given, "fields"))
    json_object_set_member (object, "set", json_object_dup_member (given, "fields"));
  operation = read_operation (call, object, &refusal);
  return operation != NULL ? hw_push_respond (call, operation, 201) : refusal;
}

HwServerResponse *
hw_server_post_resolution (HwServerCall *call)
{
  static const char *const members[] = { "choice", "value", "seen", NULL };
  HwServerResponse *refusal = NULL;
  g_autoptr (JsonNode) body = hw_server_call_body (call, &refusal);
  g_autoptr (HwOperation) operation = NULL;
  g_autofree char *id = NULL;
  JsonObject *given, *object;

  if (body == NULL)
    return refusal;
  given = json_node_get_object (body);
  if (!only_members (given, members))
    return hw_problem_new (
      HW_PROBLEM_INVALID, "A resolution has choice, value and seen, and nothing else", "");
  id = operation_id (call);
  object = operation_object (id, "resolve", call->id);
  for (guint i = 0; members[i] != NULL; i++)
    if (json_object_has_member (given, members[i]))
      json_object_set_member (object, members[i], json_object_dup_member (given, members[i]));
  operation = read_operation (call, object, &refusal);
  return operation != NULL ? hw_push_respond (call, operation, 200) : refusal;
}
