/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One write path: whatever the route, operations are committed by the store, and what is told of
 * the result passes the projection with the relations as they are after the commit.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-push.h"

#include "domain/hw-rules.h"
#include "server/hw-problem.h"

static const char *const status_nicks[] = {
  [HW_RESULT_APPLIED] = "applied",         [HW_RESULT_MERGED] = "merged",
  [HW_RESULT_CONFLICT] = "conflict",       [HW_RESULT_REFUSED] = "refused",
  [HW_RESULT_QUARANTINED] = "quarantined", [HW_RESULT_DUPLICATE] = "duplicate",
};

/* The first member of the part that names a field this role may never see. (transfer none)
 * (nullable) */
static const char *
hidden_field (HwServerCall *call, const HwTypeDef *def, JsonObject *object, const char *part)
{
  JsonNode *node = json_object_get_member (object, part);
  JsonObjectIter iter;
  const char *name;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      const HwFieldDef *field = hw_schema_field_by_name (def->id, name);

      if (field != NULL && !hw_access_may_read (call->actor->role, ~0u, field))
        return name;
    }
  return NULL;
}

/* Asked before anything is read, because an error's words would already tell of what is hidden. */
static gboolean
names_hidden (HwServerCall *call, JsonObject *object, char **pointer, GError **error)
{
  static const char *const parts[] = { "set", "add", "remove", "base" };
  const char *name = json_object_get_string_member_with_default (object, "type", NULL);
  const HwTypeDef *def = name != NULL ? hw_schema_type_by_name (name) : NULL;

  if (def == NULL || call->actor->role != HW_ROLE_EMBASSY_LIAISON)
    return FALSE;
  if (!hw_access_may_see_type (call->actor->role, def->id))
    {
      *pointer = g_strdup ("/type");
      g_set_error_literal (error, HW_SCHEMA_ERROR, HW_SCHEMA_ERROR_UNKNOWN, "Unknown record type");
      return TRUE;
    }
  /* Where its request belongs is nobody's guess: an answer would tell whether it was a good one. */
  if (json_object_has_member (object, "case"))
    {
      *pointer = g_strdup ("/case");
      g_set_error_literal (error, HW_SCHEMA_ERROR, HW_SCHEMA_ERROR_UNKNOWN, "Unknown member");
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *field = hidden_field (call, def, object, parts[i]);

      if (field == NULL)
        continue;
      *pointer = g_strdup_printf ("/%s/%s", parts[i], field);
      g_set_error_literal (error, HW_SCHEMA_ERROR, HW_SCHEMA_ERROR_UNKNOWN, "Unknown field");
      return TRUE;
    }
  return FALSE;
}

HwOperation *
hw_push_read (HwServerCall *call, JsonNode *node, char **pointer, GError **error)
{
  if (JSON_NODE_HOLDS_OBJECT (node)
      && names_hidden (call, json_node_get_object (node), pointer, error))
    return NULL;
  return hw_operation_from_json (node, pointer, error);
}

GPtrArray *
hw_push_commit (HwServerCall *call, GPtrArray *operations, GError **error)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_PUSH, call->actor);
  GPtrArray *results;

  for (guint i = 0; i < operations->len; i++)
    hw_change_set_add (set, hw_operation_ref (g_ptr_array_index (operations, i)));
  call->judged = TRUE;
  results = hw_store_commit (call->store, set, error);
  if (results != NULL && results->len != operations->len)
    {
      g_ptr_array_unref (results);
      g_set_error_literal (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED, "An answer is missing");
      return NULL;
    }
  return results;
}

/* The relations after the commit; 0 when they cannot be read: then nothing is told. */
static guint
relations_after (HwProjection *projection, HwResult *result)
{
  g_autoptr (GError) error = NULL;
  guint relations;

  if (result->state == NULL)
    return 0;
  relations = hw_projection_relations (projection, result->state, &error);
  return error == NULL ? relations : 0;
}

static void
append_conflicts (GString *out, GPtrArray *conflicts)
{
  g_string_append (out, ",\"conflicts\":[");
  for (guint i = 0; i < conflicts->len; i++)
    g_string_append_printf (
      out, "%s\"%s\"", i > 0 ? "," : "", (const char *) g_ptr_array_index (conflicts, i));
  g_string_append_c (out, ']');
}

static void
append_problem (HwProjection *projection,
                HwOperation *operation,
                HwVerdict *verdict,
                guint relations,
                GString *out)
{
  g_autoptr (HwVerdict) told = hw_projection_verdict (projection, verdict, relations);

  g_string_append (out, ",\"problem\":");
  hw_problem_append_verdict (out, told, operation);
}

void
hw_push_append_result (HwServerCall *call,
                       HwProjection *projection,
                       HwOperation *operation,
                       HwResult *result,
                       GString *out)
{
  guint relations = relations_after (projection, result);
  gboolean quarantined
    = result->status == HW_RESULT_QUARANTINED
      || (result->status == HW_RESULT_DUPLICATE && result->first == HW_RESULT_QUARANTINED);
  g_autoptr (HwItem) item = NULL;

  g_string_append_printf (
    out, "{\"id\":\"%s\",\"status\":\"%s\"", operation->id, status_nicks[result->status]);
  if (result->status == HW_RESULT_DUPLICATE)
    g_string_append_printf (out, ",\"first\":\"%s\"", status_nicks[result->first]);
  if (result->state != NULL && !quarantined && !hw_record_deleted (result->state))
    item = hw_projection_put (projection, result->state, relations);
  if (item != NULL)
    {
      g_string_append_printf (out, ",\"rev\":%" G_GUINT64_FORMAT ",\"item\":", item->rev);
      hw_item_append_json (item, out);
      if (result->conflicts != NULL)
        append_conflicts (out, result->conflicts);
    }
  else if (!quarantined && operation->action == HW_ACTION_DELETE && result->rev != 0)
    g_string_append_printf (out, ",\"rev\":%" G_GUINT64_FORMAT, result->rev);
  if (result->verdict != NULL && !quarantined
      && hw_verdict_outcome (result->verdict) == HW_OUTCOME_REFUSED)
    append_problem (projection, operation, result->verdict, relations, out);
  else if (result->status == HW_RESULT_REFUSED)
    {
      g_string_append (out, ",\"problem\":");
      hw_problem_append (out, HW_PROBLEM_NOT_FOUND, NULL, NULL);
    }
  g_string_append_c (out, '}');
}

static HwServerResponse *
refused (HwProjection *projection, HwOperation *operation, HwResult *result)
{
  g_autoptr (HwVerdict) told = NULL;
  HwServerResponse *response;
  GString *json;

  if (result->verdict == NULL)
    return hw_problem_new (HW_PROBLEM_NOT_FOUND, NULL, NULL);
  told = hw_projection_verdict (projection, result->verdict, relations_after (projection, result));
  json = g_string_new (NULL);
  hw_problem_append_verdict (json, told, operation);
  response = hw_server_response_new_json (hw_problem_verdict_status (told), json);
  response->content_type = "application/problem+json";
  return response;
}

static HwServerResponse *
accepted (HwProjection *projection, HwResult *result, guint good_status)
{
  g_autoptr (HwItem) item = NULL;
  HwServerResponse *response;
  GString *json;

  if (result->state == NULL || hw_record_deleted (result->state))
    return hw_server_response_new (204);
  item = hw_projection_put (projection, result->state, relations_after (projection, result));
  if (item == NULL)
    return hw_server_response_new (204);
  json = g_string_sized_new (1024);
  hw_item_append_json (item, json);
  response = hw_server_response_new_json (good_status, json);
  response->etag = g_strdup_printf ("\"%" G_GUINT64_FORMAT "\"", item->rev);
  if (good_status == 201)
    response->location = g_strconcat ("/v1/records/", item->id, NULL);
  return response;
}

HwServerResponse *
hw_push_respond (HwServerCall *call, HwOperation *operation, guint good_status)
{
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);
  g_autoptr (GPtrArray) operations = g_ptr_array_new ();
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  HwResult *result;
  HwResultStatus status;

  g_ptr_array_add (operations, operation);
  results = hw_push_commit (call, operations, &error);
  if (results == NULL)
    return hw_problem_new_failed (error);
  result = g_ptr_array_index (results, 0);
  status = result->status == HW_RESULT_DUPLICATE ? result->first : result->status;
  if (status == HW_RESULT_REFUSED || status == HW_RESULT_QUARANTINED)
    return refused (projection, operation, result);
  return accepted (projection, result, good_status);
}
