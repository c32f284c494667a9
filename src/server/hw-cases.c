/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /v1/cases: the case as a resource, with its records and its gates. Not there for a mission.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "domain/hw-rules.h"
#include "domain/hw-summary.h"
#include "server/hw-problem.h"
#include "server/hw-server-private.h"

#define STANDARD_LIMIT 100
#define MAX_LIMIT 500

/* Appends the case's record when the caller may read any of it. */
static gboolean
append_record (HwProjection *projection, HwRecord *record, guint root_relations, GString *json)
{
  guint relations = hw_projection_relations_within (projection, record, root_relations);
  g_autoptr (HwItem) item = hw_projection_put (projection, record, relations);

  if (item == NULL)
    return FALSE;
  if (json->str[json->len - 1] == '}')
    g_string_append_c (json, ',');
  hw_item_append_json (item, json);
  return TRUE;
}

static gboolean
append_cases (HwServerCall *call, GPtrArray *ids, GString *json, GError **error)
{
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      g_autoptr (GError) local = NULL;
      g_autoptr (HwRecord) record = hw_store_get_record (call->store, HW_TYPE_ID_CASE, id, &local);
      guint relations = 0;

      if (record != NULL && local == NULL)
        relations = hw_store_relations (call->store, call->actor, id, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (record != NULL && !hw_record_deleted (record))
        append_record (projection, record, relations, json);
    }
  return TRUE;
}

static gboolean
audit_list (HwServerCall *call, GPtrArray *ids, GError **error)
{
  g_autoptr (GString) detail = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (
      detail, "%s%s", i > 0 ? " " : "", (const char *) g_ptr_array_index (ids, i));
  return ids->len == 0 || hw_server_call_audit (call, "read", NULL, NULL, detail->str, error);
}

HwServerResponse *
hw_server_get_cases (HwServerCall *call)
{
  const HwCursorKey *key = hw_server_core_cursor_key (call->core);
  const char *text = hw_server_request_argument (call->request, "cursor");
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  HwCursor cursor = { 0 };
  GString *json;
  guint limit;

  if (!hw_server_call_limit (call, STANDARD_LIMIT, MAX_LIMIT, &limit))
    return hw_problem_new (HW_PROBLEM_INVALID, "The limit is a number from 1 to 500", "/limit");
  if (text != NULL
      && hw_cursor_open (key, text, HW_CURSOR_CASES, call->store, call->actor, &cursor)
           != HW_CURSOR_GOOD)
    return hw_problem_new (HW_PROBLEM_CURSOR_GONE, NULL, NULL);
  ids = hw_store_visible_cases (call->store,
                                call->actor,
                                cursor.position.record[0] != '\0' ? cursor.position.record : NULL,
                                limit,
                                &error);
  if (ids == NULL)
    return hw_problem_new_failed (error);
  json = g_string_sized_new (4096);
  g_string_append (json, "{\"items\":[");
  if (!append_cases (call, ids, json, &error) || !audit_list (call, ids, &error))
    {
      g_string_free (json, TRUE);
      return hw_problem_new_failed (error);
    }
  g_string_append_printf (json, "],\"more\":%s", ids->len == limit ? "true" : "false");
  if (ids->len == limit)
    {
      g_autofree char *next = NULL;

      g_strlcpy (cursor.position.record,
                 g_ptr_array_index (ids, ids->len - 1),
                 sizeof cursor.position.record);
      next = hw_cursor_seal (key, &cursor, HW_CURSOR_CASES, call->store, call->actor);
      g_string_append_printf (json, ",\"cursor\":\"%s\"", next);
    }
  g_string_append_c (json, '}');
  return hw_server_response_new_json (200, json);
}

/* The case file and the caller's relations to it; NULL and a response when it is not there for
 * them. */
static HwCaseFile *
load_visible (HwServerCall *call,
              HwProjection *projection,
              guint *relations,
              HwServerResponse **refusal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwCaseFile) file = NULL;
  HwRecord *record;

  *relations = hw_store_relations (call->store, call->actor, call->id, &error);
  if (error == NULL)
    file = hw_store_load_case (call->store, call->id, &error);
  if (error != NULL)
    {
      *refusal = hw_problem_new_failed (error);
      return NULL;
    }
  record = file != NULL ? hw_case_file_case (file) : NULL;
  if (record != NULL
      && hw_projection_reads_record (
        projection, record, hw_projection_relations_within (projection, record, *relations)))
    return g_steal_pointer (&file);
  *refusal = hw_problem_new (HW_PROBLEM_NOT_FOUND, NULL, NULL);
  return NULL;
}

HwServerResponse *
hw_server_get_case (HwServerCall *call)
{
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);
  HwServerResponse *refusal = NULL;
  guint relations;
  g_autoptr (HwCaseFile) file = load_visible (call, projection, &relations, &refusal);
  g_autoptr (GError) error = NULL;
  GPtrArray *records;
  GString *json;

  if (file == NULL)
    return refusal;
  if (!hw_server_call_audit (call, "read", call->id, NULL, NULL, &error))
    return hw_problem_new_failed (error);
  records = hw_case_file_records (file);
  json = g_string_sized_new (records->len * 512 + 256);
  g_string_append (json, "{\"records\":[");
  for (guint i = 0; i < records->len; i++)
    append_record (projection, g_ptr_array_index (records, i), relations, json);
  g_string_append (json, "]}");
  return hw_server_response_new_json (200, json);
}

/* The ledger, and the consents it rests on: a withdrawal is read there. */
HwServerResponse *
hw_server_get_disclosures (HwServerCall *call)
{
  static const HwTypeId types[] = { HW_TYPE_ID_DISCLOSURE, HW_TYPE_ID_CONSENT };
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);
  HwServerResponse *refusal = NULL;
  guint relations;
  g_autoptr (HwCaseFile) file = load_visible (call, projection, &relations, &refusal);
  g_autoptr (GError) error = NULL;
  GString *json;

  if (file == NULL)
    return refusal;
  if (!hw_projection_reads_ledger (projection, relations))
    return hw_problem_new (HW_PROBLEM_FORBIDDEN, NULL, NULL);
  if (!hw_server_call_audit (call, "read-disclosures", call->id, NULL, NULL, &error))
    return hw_problem_new_failed (error);
  json = g_string_new ("{\"items\":[");
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GPtrArray *records = hw_case_file_of_type (file, types[i]);

      for (guint n = 0; n < records->len; n++)
        append_record (projection, g_ptr_array_index (records, n), relations, json);
    }
  g_string_append (json, "]}");
  return hw_server_response_new_json (200, json);
}

/* ---- Gates ---- */

/* Which gate stands before which status of which record; asked for each such record of the case. */
static const struct
{
  HwGateId gate;
  HwTypeId type;
  const char *target_status;
} gates[] = {
  { HW_GATE_EMBASSY, HW_TYPE_ID_EMBASSY_REQUEST, HW_EMBASSY_REQUEST_STATUS_SENT },
  { HW_GATE_CHILD, HW_TYPE_ID_EMBASSY_REQUEST, HW_EMBASSY_REQUEST_STATUS_SENT },
  { HW_GATE_EMBASSY, HW_TYPE_ID_MOVEMENT, HW_MOVEMENT_STATUS_HELD },
  { HW_GATE_CHILD, HW_TYPE_ID_MOVEMENT, HW_MOVEMENT_STATUS_TICKETED },
  { HW_GATE_TICKET, HW_TYPE_ID_MOVEMENT, HW_MOVEMENT_STATUS_TICKETED },
  { HW_GATE_DEPARTURE, HW_TYPE_ID_MOVEMENT, HW_MOVEMENT_STATUS_CHECKED_IN },
  { HW_GATE_REUNIFICATION, HW_TYPE_ID_REUNIFICATION, HW_REUNIFICATION_STATUS_DONE },
  { HW_GATE_CLOSURE, HW_TYPE_ID_CASE, HW_CASE_STATUS_CLOSED },
};

static void
append_gate (HwServerCall *call,
             HwProjection *projection,
             HwCaseFile *file,
             HwRecord *subject,
             guint relations,
             guint n_gate,
             GString *json)
{
  const HwRulesContext context
    = { .now_us = hw_clock_now (hw_server_core_clock (call->core)), .on_server = TRUE };
  g_autoptr (HwVerdict) verdict
    = hw_gate_evaluate (gates[n_gate].gate, file, subject, gates[n_gate].target_status, &context);
  g_autoptr (HwVerdict) told = hw_projection_verdict (projection, verdict, relations);
  g_autofree char *as_of = hw_instant_format (context.now_us);

  if (json->str[json->len - 1] == '}')
    g_string_append_c (json, ',');
  g_string_append_printf (
    json,
    "{\"gate\":\"%s\",\"subject\":\"%s\",\"target_status\":\"%s\",\"open\":%s,\"as_of\":\"%s\","
    "\"conditions\":",
    hw_gate_nick (gates[n_gate].gate)->nick,
    hw_record_id (subject),
    gates[n_gate].target_status,
    hw_verdict_open (verdict) ? "true" : "false",
    as_of);
  hw_problem_append_conditions (json, told, HW_FIELD_NONE);
  g_string_append_c (json, '}');
}

/* What blocks departure, most urgent first, whether or not there is a request or a journey yet to ask a
 * gate about. The stage is told to who reads the whole of the case's head. */
static void
append_departure (
  HwServerCall *call, HwProjection *projection, HwCaseFile *file, guint relations, GString *json)
{
  const HwRulesContext context
    = { .now_us = hw_clock_now (hw_server_core_clock (call->core)), .on_server = TRUE };
  g_autoptr (HwSummary) summary = hw_summary_new (file, &context);
  g_autoptr (HwVerdict) ordered = hw_verdict_new_gate (HW_GATE_DEPARTURE);
  g_autoptr (HwVerdict) told = NULL;

  for (guint i = 0; i < summary->blocking->len; i++)
    {
      const HwCondition *condition = g_ptr_array_index (summary->blocking, i);

      hw_verdict_take_condition (ordered, condition, condition->record);
    }
  told = hw_projection_verdict (projection, ordered, relations);
  g_string_append (json, ",\"departure\":{");
  if (hw_projection_reads_field (
        projection, hw_case_file_case (file), relations, HW_FIELD_CASE_OPENED_ON))
    g_string_append_printf (json, "\"stage\":\"%s\",", hw_stage_nick (summary->stage));
  g_string_append (json, "\"conditions\":");
  hw_problem_append_conditions (json, told, HW_FIELD_NONE);
  g_string_append_c (json, '}');
}

HwServerResponse *
hw_server_get_gates (HwServerCall *call)
{
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);
  HwServerResponse *refusal = NULL;
  guint relations;
  g_autoptr (HwCaseFile) file = load_visible (call, projection, &relations, &refusal);
  g_autoptr (GError) error = NULL;
  GString *json;

  if (file == NULL)
    return refusal;
  if (!hw_projection_reads_verdicts (projection, relations))
    return hw_problem_new (HW_PROBLEM_FORBIDDEN, NULL, NULL);
  if (!hw_server_call_audit (call, "read-gates", call->id, NULL, NULL, &error))
    return hw_problem_new_failed (error);
  json = g_string_new ("{\"gates\":[");
  for (guint i = 0; i < G_N_ELEMENTS (gates); i++)
    {
      GPtrArray *subjects = hw_case_file_of_type (file, gates[i].type);

      for (guint j = 0; j < subjects->len; j++)
        append_gate (call, projection, file, g_ptr_array_index (subjects, j), relations, i, json);
    }
  g_string_append_c (json, ']');
  append_departure (call, projection, file, relations, json);
  g_string_append_c (json, '}');
  return hw_server_response_new_json (200, json);
}
