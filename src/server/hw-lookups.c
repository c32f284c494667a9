/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * POST /v1/lookups and /v1/lookups/append: the second call at night. The helpline has given her case to
 * a caseworker and sees it no more; a number tells it that there is an open case, and a sealed handle
 * lets it add to that case blind: a call, a way to reach her, a consent she takes back. It is never told
 * the code, the name or the owner, nor whether what it withdrew was ever given.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "base/hw-base.h"
#include "domain/hw-rules.h"
#include "server/hw-problem.h"
#include "server/hw-rate.h"
#include "server/hw-server-private.h"
#include "store/hw-lookup.h"

#define HANDLE_VALID_US (G_GINT64_CONSTANT (30) * 60 * G_USEC_PER_SEC)

static HwServerResponse *
only_the_helpline (HwServerCall *call)
{
  return call->actor->role == HW_ROLE_HELPLINE ? NULL
                                               : hw_problem_new (HW_PROBLEM_FORBIDDEN, NULL, NULL);
}

static gint64
now_of (HwServerCall *call)
{
  return hw_clock_now (hw_server_core_clock (call->core));
}

/* ---- Asking ---- */

/* A number nobody has gets a handle too, of the same length, which opens nothing. */
static HwServerResponse *
answer_lookup (HwServerCall *call, const char *case_id)
{
  HwCursor cursor = { .upper = (guint64) (now_of (call) + HANDLE_VALID_US) };
  g_autofree char *nobody = hw_uuid_v4 ();
  g_autofree char *handle = NULL;
  g_autofree char *expires_at = hw_instant_format ((gint64) cursor.upper);
  GString *json = g_string_new (NULL);

  g_strlcpy (cursor.position.record,
             case_id != NULL ? case_id : nobody,
             sizeof cursor.position.record);
  handle = hw_cursor_seal (hw_server_core_cursor_key (call->core),
                           &cursor,
                           HW_CURSOR_LOOKUP,
                           call->store,
                           call->actor);
  g_string_printf (json,
                   "{\"known\":%s,\"handle\":\"%s\",\"expires_at\":\"%s\"}",
                   case_id != NULL ? "true" : "false",
                   handle,
                   expires_at);
  return hw_server_response_new_json (200, json);
}

HwServerResponse *
hw_server_post_lookup (HwServerCall *call)
{
  HwServerResponse *refusal = only_the_helpline (call);
  g_autoptr (JsonNode) body = NULL;
  g_autofree char *phone = NULL;
  g_autofree char *case_id = NULL;
  g_autoptr (GError) error = NULL;
  const char *given;
  guint wait_s;

  if (refusal == NULL)
    body = hw_server_call_body (call, &refusal);
  if (body == NULL)
    return refusal;
  wait_s = hw_rate_take (
    hw_server_core_lookup_rate (call->core), call->actor->user, now_of (call));
  if (wait_s > 0)
    {
      refusal = hw_problem_new (HW_PROBLEM_THROTTLED, NULL, NULL);
      refusal->retry_after = wait_s;
      return refusal;
    }
  given = json_object_get_string_member_with_default (json_node_get_object (body), "phone", NULL);
  phone = given != NULL ? hw_phone_normalise (given) : NULL;
  if (phone == NULL)
    return hw_problem_new (
      HW_PROBLEM_INVALID, "A telephone number with its country is expected", "/phone");
  case_id = hw_store_case_of_phone (call->store, phone, &error);
  if (error != NULL
      || !hw_server_call_audit (
        call, "lookup", case_id, NULL, case_id != NULL ? "known" : "unknown", &error))
    return hw_problem_new_failed (error);
  return answer_lookup (call, case_id);
}

/* ---- Adding ---- */

typedef struct
{
  HwServerCall *call;
  const char *case_id;
  const char *append; /* id of this addition, the caller's: sent twice, it is done once */
  char *at;           /* (owned) */
  GPtrArray *operations; /* (owned) */
  HwServerResponse *refusal; /* (owned by who takes it) (nullable) */
} Addition;

/* NULL, and no more said, when the handle is expired, somebody else's, or opens nothing. */
static char *
open_handle (HwServerCall *call, const char *handle)
{
  HwCursor cursor;
  g_autoptr (HwRecord) header = NULL;

  if (handle == NULL
      || hw_cursor_open (hw_server_core_cursor_key (call->core),
                         handle,
                         HW_CURSOR_LOOKUP,
                         call->store,
                         call->actor,
                         &cursor)
           != HW_CURSOR_GOOD
      || (gint64) cursor.upper < now_of (call))
    return NULL;
  header = hw_store_get_record (call->store, HW_TYPE_ID_CASE, cursor.position.record, NULL);
  if (header == NULL || hw_record_deleted (header))
    return NULL;
  return g_strdup (cursor.position.record);
}

static char *
derived_id (Addition *addition, const char *what, const char *which)
{
  /* Of this case: the same addition for another number is another one. */
  g_autofree char *name = g_strconcat (what, ":", which, ":", addition->case_id, NULL);

  return hw_uuid_v5 (addition->append, name);
}

/* The fields as the caller's own intake could have them, no others. */
static gboolean
may_write_all (HwOperation *operation, HwFieldId *field)
{
  for (guint i = 0; i < operation->changes->len; i++)
    {
      HwFieldChange *change = g_ptr_array_index (operation->changes, i);

      *field = change->field;
      if (!hw_access_may_write (
            HW_ROLE_HELPLINE, HW_RELATION_INTAKE, hw_schema_field (change->field)))
        return FALSE;
    }
  return TRUE;
}

static void
refuse_part (Addition *addition, const char *part, const char *detail)
{
  g_autofree char *pointer = g_strconcat ("/", part, NULL);

  addition->refusal = hw_problem_new (HW_PROBLEM_INVALID, detail, pointer);
}

static JsonNode *
operation_node (Addition *addition, const HwTypeDef *def, JsonNode *set)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *id = derived_id (addition, "operation", def->name);
  g_autofree char *record = derived_id (addition, "record", def->name);
  const struct
  {
    const char *name, *value;
  } members[] = { { "id", id },         { "type", def->name }, { "record", record },
                  { "case", addition->case_id }, { "action", "create" }, { "at", addition->at } };

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      json_builder_set_member_name (builder, members[i].name);
      json_builder_add_string_value (builder, members[i].value);
    }
  json_builder_set_member_name (builder, "set");
  json_builder_add_value (builder, json_node_copy (set));
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
add_record (Addition *addition, JsonObject *object, HwTypeId type)
{
  const HwTypeDef *def = hw_schema_type (type);
  JsonNode *set = json_object_get_member (object, def->name);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (HwOperation) operation = NULL;
  g_autofree char *pointer = NULL;
  HwFieldId field = HW_FIELD_NONE;

  if (set == NULL || addition->refusal != NULL)
    return;
  if (!JSON_NODE_HOLDS_OBJECT (set))
    {
      refuse_part (addition, def->name, "The fields of the record are expected");
      return;
    }
  node = operation_node (addition, def, set);
  operation = hw_operation_from_json (node, &pointer, NULL);
  if (operation == NULL || operation->changes->len == 0 || !may_write_all (operation, &field))
    {
      refuse_part (addition, def->name, "These are not fields that can be added here");
      return;
    }
  if (type == HW_TYPE_ID_CONTACT_LOG
      && hw_operation_find (operation, HW_FIELD_CONTACT_LOG_AT) == NULL)
    hw_operation_set_text (operation, HW_FIELD_CONTACT_LOG_AT, addition->at, 0);
  g_ptr_array_add (addition->operations, g_steal_pointer (&operation));
}

static void
withdraw_purpose (Addition *addition, const char *purpose)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = hw_store_standing_consents (
    addition->call->store, addition->case_id, purpose, &error);

  if (ids == NULL)
    {
      addition->refusal = hw_problem_new_failed (error);
      return;
    }
  for (guint i = 0; i < ids->len; i++)
    {
      const char *consent = g_ptr_array_index (ids, i);
      g_autofree char *id = derived_id (addition, "withdrawal", consent);
      HwOperation *operation = hw_operation_new (
        id, HW_ACTION_UPDATE, HW_TYPE_ID_CONSENT, consent, addition->case_id);

      operation->at = g_strdup (addition->at);
      hw_operation_set_text (operation, HW_FIELD_CONSENT_WITHDRAWN_AT, addition->at, 0);
      g_ptr_array_add (addition->operations, operation);
    }
}

static gboolean
is_purpose (const char *text)
{
  g_autoptr (HwValue) value = text != NULL ? hw_value_new_text (text) : NULL;

  return value != NULL
         && hw_value_check (hw_schema_field (HW_FIELD_CONSENT_PURPOSE), value, NULL);
}

static void
withdraw (Addition *addition, JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "withdraw");
  JsonArray *purposes;

  if (node == NULL || addition->refusal != NULL)
    return;
  purposes = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  for (guint i = 0; purposes != NULL && i < json_array_get_length (purposes); i++)
    {
      JsonNode *element = json_array_get_element (purposes, i);
      const char *purpose
        = JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING
            ? json_node_get_string (element)
            : NULL;

      if (!is_purpose (purpose))
        purposes = NULL;
      else if (addition->refusal == NULL)
        withdraw_purpose (addition, purpose);
    }
  if (purposes == NULL && addition->refusal == NULL)
    refuse_part (addition, "withdraw", "Purposes of consents are expected");
}

static HwServerResponse *
commit_addition (Addition *addition)
{
  HwServerCall *call = addition->call;
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_BLIND, call->actor);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < addition->operations->len; i++)
    {
      HwOperation *operation = g_ptr_array_index (addition->operations, i);

      g_clear_pointer (&operation->group, g_free);
      operation->group = g_strdup (addition->append);
      hw_change_set_add (set, hw_operation_ref (operation));
    }
  if (!hw_server_call_audit (call, "blind", addition->case_id, NULL, addition->append, &error))
    return hw_problem_new_failed (error);
  call->judged = TRUE;
  results = hw_store_commit (call->store, set, &error);
  if (results == NULL)
    return hw_problem_new_failed (error);
  for (guint i = 0; i < results->len; i++)
    if (((HwResult *) g_ptr_array_index (results, i))->status == HW_RESULT_REFUSED)
      return hw_problem_new (HW_PROBLEM_INVALID, NULL, NULL);
  return hw_server_response_new_json (200, g_string_new ("{\"kept\":true}"));
}

HwServerResponse *
hw_server_post_lookup_append (HwServerCall *call)
{
  HwServerResponse *refusal = only_the_helpline (call);
  g_autoptr (JsonNode) body = NULL;
  g_autofree char *case_id = NULL;
  g_autofree char *at = hw_instant_format (now_of (call));
  g_autoptr (GPtrArray) operations
    = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_operation_unref);
  Addition addition = { .call = call, .at = at, .operations = operations };
  JsonObject *object;

  if (refusal == NULL)
    body = hw_server_call_body (call, &refusal);
  if (body == NULL)
    return refusal;
  object = json_node_get_object (body);
  addition.append = json_object_get_string_member_with_default (object, "id", NULL);
  if (addition.append == NULL || !hw_uuid_valid (addition.append))
    return hw_problem_new (HW_PROBLEM_INVALID, "An identifier of its own is expected", "/id");
  addition.case_id = case_id = open_handle (
    call, json_object_get_string_member_with_default (object, "handle", NULL));
  if (case_id == NULL)
    return hw_problem_new (HW_PROBLEM_NOT_FOUND, NULL, NULL);
  add_record (&addition, object, HW_TYPE_ID_CONTACT_LOG);
  add_record (&addition, object, HW_TYPE_ID_SAFE_CONTACT);
  withdraw (&addition, object);
  return addition.refusal != NULL ? addition.refusal : commit_addition (&addition);
}
