/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /v1/quarantine: what was sent for cases their senders no longer have. A supervisor of the office reads it, as far as
 * a supervisor may read such records at all, lets it in as its author's, or discards it with a reason. Whoever else
 * asks is refused, and on record.
 */
#define G_LOG_DOMAIN "homeward-server"

#include <string.h>

#include "base/hw-base.h"
#include "server/hw-problem.h"
#include "server/hw-push.h"

#define STANDARD_LIMIT 50
#define MAX_LIMIT 200
#define MAX_REASON 2000

static const char *const why_nicks[] = {
  [HW_QUARANTINE_REASSIGNED] = "reassigned",
  [HW_QUARANTINE_ACCESS_ENDED] = "access-ended",
  [HW_QUARANTINE_ROLE_CHANGED] = "role-changed",
  [HW_QUARANTINE_ACCOUNT_ENDED] = "account-ended",
};

/* Nothing is told when it could not be written down. */
static HwServerResponse *
refuse (HwServerCall *call, HwProblem problem)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *detail = g_strconcat (call->id != NULL ? call->id : "-", " quarantine", NULL);

  call->judged = TRUE;
  if (!hw_server_call_audit (call, "refuse", NULL, NULL, detail, &error))
    return hw_problem_new_failed (error);
  return hw_problem_new (problem, NULL, NULL);
}

/* ---- The list ---- */

/* What cannot be read is only said to be there: it can be let in unread. */
static void
append_operations (HwProjection *projection, const HwQuarantined *entry, GString *json)
{
  gboolean whole = TRUE;

  g_string_append (json, ",\"operations\":[");
  for (guint i = 0; i < entry->operations->len; i++)
    {
      g_autoptr (HwOperation) told = hw_projection_operation (
        projection, g_ptr_array_index (entry->operations, i), entry->case_id, entry->by, &whole);
      g_autoptr (JsonNode) node = told != NULL ? hw_operation_to_json (told) : NULL;
      g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : NULL;

      if (text == NULL)
        continue;
      if (json->str[json->len - 1] == '}')
        g_string_append_c (json, ',');
      g_string_append (json, text);
    }
  g_string_append_printf (json, "],\"withheld\":%s", whole ? "false" : "true");
}

static void
append_entry (HwProjection *projection, const HwQuarantined *entry, GString *json)
{
  if (json->str[json->len - 1] == '}')
    g_string_append_c (json, ',');
  g_string_append_c (json, '{');
  hw_problem_append_member (json, "id", entry->id);
  g_string_append_c (json, ',');
  hw_problem_append_member (json, "case", entry->case_id);
  g_string_append_c (json, ',');
  hw_problem_append_member (json, "by", entry->by);
  g_string_append_c (json, ',');
  hw_problem_append_member (json, "at", entry->at);
  g_string_append_c (json, ',');
  hw_problem_append_member (json, "why", why_nicks[entry->why]);
  append_operations (projection, entry, json);
  g_string_append_c (json, '}');
}

static gboolean
audit_page (HwServerCall *call, GPtrArray *entries, GError **error)
{
  g_autoptr (GString) detail = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const HwQuarantined *entry = g_ptr_array_index (entries, i);

      if (entry->case_id != NULL && strstr (detail->str, entry->case_id) == NULL)
        g_string_append_printf (detail, "%s%s", detail->len > 0 ? " " : "", entry->case_id);
    }
  return hw_server_call_audit (call, "read-quarantine", NULL, NULL, detail->str, error);
}

/* How many wait is no reading of them. */
static HwServerResponse *
give_count (HwServerCall *call)
{
  g_autoptr (GError) error = NULL;
  guint waiting;
  GString *json;

  if (!hw_store_count_quarantine (call->store, call->actor, &waiting, &error))
    return hw_problem_new_failed (error);
  json = g_string_new (NULL);
  g_string_append_printf (json,
                          "{\"items\":[],\"more\":%s,\"waiting\":%u}",
                          waiting > 0 ? "true" : "false",
                          waiting);
  return hw_server_response_new_json (200, json);
}

static HwServerResponse *
give_page (HwServerCall *call, GPtrArray *entries, guint limit)
{
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);
  gboolean more = entries->len == limit;
  GString *json = g_string_sized_new (4096);

  g_string_append (json, "{\"items\":[");
  for (guint i = 0; i < entries->len; i++)
    append_entry (projection, g_ptr_array_index (entries, i), json);
  g_string_append_printf (json, "],\"more\":%s", more ? "true" : "false");
  if (more)
    {
      const HwQuarantined *last = g_ptr_array_index (entries, entries->len - 1);
      HwCursor cursor = { .position = { .seq = (guint64) last->n } };
      g_autofree char *next = hw_cursor_seal (hw_server_core_cursor_key (call->core),
                                              &cursor,
                                              HW_CURSOR_QUARANTINE,
                                              call->store,
                                              call->actor);

      g_string_append_printf (json, ",\"cursor\":\"%s\"", next);
    }
  g_string_append_c (json, '}');
  return hw_server_response_new_json (200, json);
}

HwServerResponse *
hw_server_get_quarantine (HwServerCall *call)
{
  const char *text = hw_server_request_argument (call->request, "cursor");
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  HwCursor cursor = { 0 };
  guint limit;

  if (call->actor->role != HW_ROLE_SUPERVISOR)
    return refuse (call, HW_PROBLEM_FORBIDDEN);
  if (g_strcmp0 (hw_server_request_argument (call->request, "limit"), "0") == 0)
    return give_count (call);
  if (!hw_server_call_limit (call, STANDARD_LIMIT, MAX_LIMIT, &limit))
    return hw_problem_new (HW_PROBLEM_INVALID, "The limit is a number from 0 to 200", "/limit");
  if (text != NULL
      && hw_cursor_open (hw_server_core_cursor_key (call->core),
                         text,
                         HW_CURSOR_QUARANTINE,
                         call->store,
                         call->actor,
                         &cursor)
           != HW_CURSOR_GOOD)
    return hw_problem_new (HW_PROBLEM_CURSOR_GONE, NULL, NULL);
  entries = hw_store_quarantine (
    call->store, call->actor, (gint64) cursor.position.seq, limit, &error);
  if (entries == NULL || !audit_page (call, entries, &error))
    return hw_problem_new_failed (error);
  return give_page (call, entries, limit);
}

/* ---- Deciding ---- */

static const char *
text_of (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
             && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

/* NULL: well asked. */
static HwServerResponse *
check_decision (JsonObject *given, gboolean *apply, const char **reason)
{
  const char *decision = text_of (given, "decision");
  const char *words = text_of (given, "reason");
  gboolean said = words != NULL && strspn (words, " \t\r\n") < strlen (words);

  if (json_object_get_size (given)
      > 1u + (json_object_has_member (given, "reason") ? 1u : 0u))
    return hw_problem_new (
      HW_PROBLEM_INVALID, "A decision has decision and reason, and nothing else", "");
  if (g_strcmp0 (decision, "apply") != 0 && g_strcmp0 (decision, "discard") != 0)
    return hw_problem_new (HW_PROBLEM_INVALID, "decision is apply or discard", "/decision");
  *apply = g_str_equal (decision, "apply");
  if (json_object_has_member (given, "reason") && words == NULL
      && !json_object_get_null_member (given, "reason"))
    return hw_problem_new (HW_PROBLEM_INVALID, "The reason is a text", "/reason");
  if (!*apply && !said)
    return hw_problem_new (HW_PROBLEM_INVALID, "Say why it is discarded", "/reason");
  if (words != NULL && g_utf8_strlen (words, -1) > MAX_REASON)
    return hw_problem_new (HW_PROBLEM_INVALID, "The reason is too long", "/reason");
  *reason = said ? words : NULL;
  return NULL;
}

static GString *
begin_answer (const char *id, const char *state)
{
  GString *json = g_string_new ("{");

  hw_problem_append_member (json, "id", id);
  g_string_append_c (json, ',');
  hw_problem_append_member (json, "state", state);
  return json;
}

/* Who decides again what was decided so is told the same; otherwise, that somebody else was first. */
static HwServerResponse *
tell_decided (const HwQuarantined *entry, gboolean apply)
{
  GString *json;

  if (g_str_equal (entry->state, "applied") != apply)
    return hw_problem_new (HW_PROBLEM_DECIDED, NULL, NULL);
  json = begin_answer (entry->id, entry->state);
  g_string_append_c (json, '}');
  return hw_server_response_new_json (200, json);
}

static HwServerResponse *
tell_refusal (HwServerCall *call, const HwQuarantined *entry, HwResult *result)
{
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);
  guint relations = hw_store_relations (call->store, call->actor, entry->case_id, NULL);
  g_autoptr (HwVerdict) told = NULL;
  HwServerResponse *response;
  GString *json = g_string_new (NULL);

  told = hw_projection_verdict (projection, result->verdict, relations);
  hw_problem_append_verdict (json, told, NULL);
  response = hw_server_response_new_json (hw_problem_verdict_status (told), json);
  response->content_type = "application/problem+json";
  return response;
}

static HwServerResponse *
tell_applied (HwServerCall *call, const HwQuarantined *entry, GPtrArray *results)
{
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);
  GString *json = begin_answer (entry->id, "applied");

  g_string_append (json, ",\"results\":[");
  for (guint i = 0; i < results->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      hw_push_append_result (call,
                             projection,
                             g_ptr_array_index (entry->operations, i),
                             g_ptr_array_index (results, i),
                             json);
    }
  g_string_append (json, "]}");
  return hw_server_response_new_json (200, json);
}

/* As it stands now: who was first decided. */
static HwServerResponse *
look_again (HwServerCall *call, gboolean apply)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwQuarantined) entry
    = hw_store_quarantined (call->store, call->actor, call->id, &error);

  return entry != NULL ? tell_decided (entry, apply) : hw_problem_new_failed (error);
}

static HwServerResponse *
let_in (HwServerCall *call, const HwQuarantined *entry, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results
    = hw_store_let_in (call->store, call->actor, entry, reason, &error);

  call->judged = TRUE;
  if (results == NULL)
    return hw_problem_new_failed (error);
  for (guint i = 0; i < results->len; i++)
    {
      HwResult *result = g_ptr_array_index (results, i);

      if (result->status == HW_RESULT_DUPLICATE)
        return look_again (call, TRUE);
      if (result->status == HW_RESULT_REFUSED)
        return tell_refusal (call, entry, result);
    }
  return tell_applied (call, entry, results);
}

static HwServerResponse *
discard (HwServerCall *call, const HwQuarantined *entry, const char *reason)
{
  g_autoptr (GError) error = NULL;

  if (!hw_store_discard_quarantined (call->store, call->actor, entry, reason, &error))
    return hw_problem_new_failed (error);
  return look_again (call, FALSE);
}

HwServerResponse *
hw_server_post_quarantine (HwServerCall *call)
{
  HwServerResponse *refusal = NULL;
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (HwQuarantined) entry = NULL;
  g_autoptr (GError) error = NULL;
  const char *reason = NULL;
  gboolean apply = FALSE;

  if (call->actor->role != HW_ROLE_SUPERVISOR)
    return refuse (call, HW_PROBLEM_FORBIDDEN);
  body = hw_server_call_body (call, &refusal);
  if (body == NULL)
    return refusal;
  refusal = check_decision (json_node_get_object (body), &apply, &reason);
  if (refusal != NULL)
    return refusal;
  entry = hw_store_quarantined (call->store, call->actor, call->id, &error);
  if (error != NULL)
    return hw_problem_new_failed (error);
  if (entry == NULL)
    return refuse (call, HW_PROBLEM_NOT_FOUND);
  if (!g_str_equal (entry->state, "waiting"))
    return tell_decided (entry, apply);
  return apply ? let_in (call, entry, reason) : discard (call, entry, reason);
}
