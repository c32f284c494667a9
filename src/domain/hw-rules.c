/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Judging one operation: first whether this role may touch these fields at all, then whether the
 * record may look like this, then the status table, and last the gates. Everything is refused
 * unless a line of the schema allows it. A mission is told nothing but that it may not.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-rules-private.h"

#include "base/hw-base.h"
#include "domain/hw-references.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  HwCaseFile *file;
  HwRecord *before; /* (nullable) */
  HwRecord *after;
  HwOperation *operation;
  const HwActor *actor;
  guint relations;
  const HwRulesContext *context;
  HwVerdict **breach;
} Case;

typedef HwVerdict *(*Check) (Case *judged);

static HwVerdict *
refuse (HwReason reason, HwFieldId field, const char *message)
{
  return hw_verdict_new_refused (reason, field, message);
}

static gboolean
is_create (Case *judged)
{
  return judged->operation->action == HW_ACTION_CREATE;
}

static const HwTypeDef *
type_of (Case *judged)
{
  return hw_record_def (judged->after != NULL ? judged->after : judged->before);
}

/* Whoever makes a record is its author, and whoever opens a case is answerable for it until it has
 * an owner; both are known before the record exists. */
static guint
relations_at_creation (Case *judged)
{
  guint case_relations = judged->relations & ~(guint)(HW_RELATION_ANY | HW_RELATION_AUTHOR);

  if (type_of (judged)->id == HW_TYPE_ID_CASE)
    {
      if (judged->actor->role == HW_ROLE_HELPLINE)
        return judged->relations | HW_RELATION_INTAKE;
      if (judged->actor->role == HW_ROLE_CASEWORKER)
        return judged->relations | HW_RELATION_OWNER;
    }
  return case_relations != 0 ? judged->relations | HW_RELATION_AUTHOR : judged->relations;
}

static gboolean
reads_any_field (Case *judged, guint relations)
{
  const HwTypeDef *def = type_of (judged);

  for (guint i = 0; i < def->n_fields; i++)
    if (hw_access_may_read (judged->actor->role, relations, &def->fields[i]))
      return TRUE;
  return FALSE;
}

/* To who may see nothing of a record, it does not exist. What the role may never see under any
 * relation is refused as such instead: that tells nothing about the record. */
static HwVerdict *
check_visible (Case *judged)
{
  guint relations = is_create (judged) ? relations_at_creation (judged) : judged->relations;

  if (reads_any_field (judged, relations) || !reads_any_field (judged, G_MAXUINT)
      || (is_create (judged)
          && !hw_access_may_create (judged->actor->role, G_MAXUINT, type_of (judged)->id)))
    return NULL;
  return refuse (HW_REASON_NOT_FOUND, HW_FIELD_NONE, _ ("There is no such record."));
}

static HwVerdict *
check_action (Case *judged)
{
  const HwTypeDef *def = type_of (judged);

  if ((def->flags & HW_TYPE_SERVER_ONLY) != 0)
    return refuse (
      HW_REASON_IMMUTABLE, HW_FIELD_NONE, _ ("Only the system writes this kind of record."));
  if (judged->operation->action != HW_ACTION_DELETE)
    return NULL;
  if ((def->flags & (HW_TYPE_NEVER_DELETED | HW_TYPE_APPEND_ONLY)) != 0
      || def->id == HW_TYPE_ID_CASE)
    return refuse (HW_REASON_IMMUTABLE,
                   HW_FIELD_NONE,
                   _ ("This is kept for the record; it can be corrected, not deleted."));
  return NULL;
}

/* A mission may still read a request that is over, but everything on it stands still. */
static HwVerdict *
check_request_open (Case *judged)
{
  HwRecord *request = NULL;
  HwFieldId link = HW_FIELD_NONE;

  if (judged->actor->role != HW_ROLE_EMBASSY_LIAISON)
    return NULL;
  if (type_of (judged)->id == HW_TYPE_ID_EMBASSY_REQUEST)
    request = judged->before;
  else if (type_of (judged)->id == HW_TYPE_ID_EMBASSY_MESSAGE)
    link = HW_FIELD_EMBASSY_MESSAGE_REQUEST;
  else if (type_of (judged)->id == HW_TYPE_ID_TRAVEL_DOCUMENT)
    link = HW_FIELD_TRAVEL_DOCUMENT_REQUEST;
  if (link != HW_FIELD_NONE && judged->after != NULL)
    request = hw_case_file_lookup (judged->file, hw_record_get_text (judged->after, link));
  if (request == NULL || hw_record_type (request) != HW_TYPE_ID_EMBASSY_REQUEST
      || hw_facts_request_open (request))
    return NULL;
  return refuse (HW_REASON_REQUEST_CLOSED, HW_FIELD_NONE, _ ("This request is closed."));
}

static HwVerdict *
check_type_rights (Case *judged)
{
  const HwTypeDef *def = type_of (judged);

  if (is_create (judged)
      && !hw_access_may_create (judged->actor->role, relations_at_creation (judged), def->id))
    return refuse (
      HW_REASON_ROLE, HW_FIELD_NONE, _ ("Your role may not add this kind of record here."));
  if (judged->operation->action == HW_ACTION_DELETE
      && !hw_access_may_create (judged->actor->role, judged->relations, def->id))
    return refuse (HW_REASON_ROLE, HW_FIELD_NONE, _ ("Your role may not delete this record."));
  return NULL;
}

static HwVerdict *
check_field_right (Case *judged, const HwFieldDef *field, guint relations)
{
  if ((field->flags & HW_FIELD_SERVER_SET) != 0)
    return refuse (HW_REASON_IMMUTABLE, field->id, _ ("The office’s server sets this field."));
  if (!hw_access_may_write (judged->actor->role, relations, field))
    return refuse (HW_REASON_ROLE, field->id, _ ("Your role may not change this field."));
  if (is_create (judged) || judged->before == NULL)
    return NULL;
  /* What an append-only record leaves empty may still be filled in by who wrote it. */
  if ((type_of (judged)->flags & HW_TYPE_APPEND_ONLY) != 0
      && (hw_record_get (judged->before, field->id) != NULL
          || g_strcmp0 (hw_record_created_by (judged->before), judged->actor->user) != 0))
    return refuse (
      HW_REASON_IMMUTABLE, field->id, _ ("This is kept as it was written; add a new one instead."));
  if (field->merge == HW_MERGE_APPEND && hw_record_get (judged->before, field->id) != NULL)
    return refuse (
      HW_REASON_IMMUTABLE, field->id, _ ("This is kept as it was written; add a new one instead."));
  return NULL;
}

static gboolean
changes_value (Case *judged, HwFieldId field)
{
  HwValue *old = judged->before != NULL ? hw_record_get (judged->before, field) : NULL;

  return judged->after == NULL || !hw_value_equal (old, hw_record_get (judged->after, field));
}

/* A right is asked for every field the operation names, changed or not: an answer that depended on
 * the present value would tell what it is. */
static HwVerdict *
check_field_rights (Case *judged)
{
  guint relations = is_create (judged) ? relations_at_creation (judged) : judged->relations;

  for (guint i = 0; i < judged->operation->changes->len; i++)
    {
      HwFieldChange *change = g_ptr_array_index (judged->operation->changes, i);
      const HwFieldDef *field = hw_schema_field (change->field);
      HwVerdict *verdict;

      if (field->type != type_of (judged)->id)
        return refuse (HW_REASON_INVALID, change->field, _ ("This field is of another record."));
      if (!changes_value (judged, field->id)
          && hw_access_may_write (judged->actor->role, relations, field))
        continue;
      verdict = check_field_right (judged, field, relations);
      if (verdict != NULL)
        return verdict;
    }
  return NULL;
}

static HwVerdict *
check_values (Case *judged)
{
  const HwTypeDef *def = type_of (judged);

  if (judged->operation->action == HW_ACTION_DELETE)
    return NULL;
  for (guint i = 0; i < judged->operation->changes->len; i++)
    {
      HwFieldChange *change = g_ptr_array_index (judged->operation->changes, i);
      HwValue *value = hw_record_get (judged->after, change->field);
      g_autoptr (GError) error = NULL;

      if (value != NULL && !hw_value_check (hw_schema_field (change->field), value, &error))
        return refuse (HW_REASON_INVALID, change->field, error->message);
    }
  for (guint i = 0; i < def->n_fields; i++)
    if ((def->fields[i].flags & HW_FIELD_REQUIRED) != 0
        && hw_record_get (judged->after, def->fields[i].id) == NULL)
      {
        g_autofree char *message
          = g_strdup_printf (_ ("“%s” is needed here."), _ (def->fields[i].label));

        return refuse (HW_REASON_INVALID, def->fields[i].id, message);
      }
  return NULL;
}

/* Attachments travel apart from the records that name them, and the directory may be newer on the
 * server: both are looked for only where the whole of them is at hand. */
static HwVerdict *
check_reference (Case *judged, const HwFieldDef *field, const char *id)
{
  HwRecord *target = hw_case_file_lookup (judged->file, id);

  if (target == NULL && g_str_equal (id, hw_record_id (judged->after)))
    target = judged->after;
  if (target == NULL)
    {
      if (!judged->context->on_server && !hw_case_file_complete (judged->file))
        return NULL;
      if (field->target == HW_TYPE_ID_ATTACHMENT)
        return NULL;
      if (field->target != HW_TYPE_ID_NONE && hw_schema_type (field->target)->root == HW_ROOT_NONE
          && hw_case_file_directory (judged->file) == NULL)
        return NULL;
      return refuse (
        HW_REASON_PARENT_UNKNOWN, field->id, _ ("The record this belongs to has not arrived yet."));
    }
  if (field->target != HW_TYPE_ID_NONE && hw_record_type (target) != field->target)
    return refuse (HW_REASON_INVALID, field->id, _ ("This points to another kind of record."));
  return NULL;
}

static HwVerdict *
check_references (Case *judged)
{
  for (guint i = 0; judged->after != NULL && i < judged->operation->changes->len; i++)
    {
      HwFieldChange *change = g_ptr_array_index (judged->operation->changes, i);
      const HwFieldDef *field = hw_schema_field (change->field);
      HwValue *value = hw_record_get (judged->after, field->id);
      const char *const *ids = hw_value_set (value);
      HwVerdict *verdict = NULL;

      if (value == NULL)
        continue;
      if (field->kind == HW_KIND_REFERENCE)
        verdict = check_reference (judged, field, hw_value_text (value));
      for (guint n = 0; verdict == NULL && field->kind == HW_KIND_REFERENCE_SET && ids[n] != NULL;
           n++)
        verdict = check_reference (judged, field, ids[n]);
      if (verdict != NULL)
        return verdict;
    }
  return NULL;
}

static HwVerdict *
check_observed_breach (Case *judged, HwVerdict *gates)
{
  if (judged->breach != NULL)
    *judged->breach = hw_verdict_ref (gates);
  return NULL;
}

/* Whoever was ticketed has passed the ticket gate; asking it again would judge windows twice. */
gboolean
hw_gate_is_behind (const HwMoveDef *move, HwGateId gate)
{
  return gate == HW_GATE_TICKET && g_strcmp0 (move->from, "ticketed") == 0
         && g_strcmp0 (move->to, "ticketed") != 0;
}

/* A desktop that holds a part of the case cannot judge by what it lacks: of the rest the server will say. */
static HwVerdict *
ask_gate (Case *judged, const HwMoveDef *move, HwGateId gate)
{
  HwVerdict *verdict = hw_gate_evaluate_for (gate,
                                             judged->file,
                                             judged->before,
                                             judged->after,
                                             move->to,
                                             judged->actor->user,
                                             judged->context,
                                             NULL);
  HwVerdict *told;
  gboolean hidden;

  if (judged->context->on_server || hw_case_file_complete (judged->file)
      || hw_verdict_reason (verdict) != HW_REASON_GATE)
    return verdict;
  told = hw_verdict_readable (verdict, judged->actor->role, judged->relations, &hidden);
  if (hw_verdict_open (told))
    hw_verdict_set_provisional (told);
  hw_verdict_unref (verdict);
  return told;
}

/* The first closed gate gives the verdict its name; the conditions of all are told at once. */
static HwVerdict *
check_gates (Case *judged, const HwMoveDef *move)
{
  g_autoptr (HwVerdict) refused = NULL;
  g_autoptr (HwVerdict) provisional = NULL;

  for (guint gate = HW_GATE_NONE + 1; gate < HW_N_GATES; gate++)
    {
      g_autoptr (HwVerdict) verdict = NULL;

      if ((move->gates & (1u << gate)) == 0 || hw_gate_is_behind (move, (HwGateId)gate))
        continue;
      verdict = ask_gate (judged, move, (HwGateId)gate);
      if (hw_verdict_reason (verdict) == HW_REASON_INVALID)
        return g_steal_pointer (&verdict);
      if (hw_verdict_outcome (verdict) == HW_OUTCOME_PROVISIONAL && provisional == NULL)
        provisional = g_steal_pointer (&verdict);
      else if (hw_verdict_outcome (verdict) == HW_OUTCOME_REFUSED && refused == NULL)
        refused = g_steal_pointer (&verdict);
      else if (hw_verdict_outcome (verdict) == HW_OUTCOME_REFUSED)
        hw_verdict_take_conditions (refused, verdict);
    }
  if (refused == NULL)
    return g_steal_pointer (&provisional);
  if (move->observation)
    return check_observed_breach (judged, refused);
  return g_steal_pointer (&refused);
}

/* Whoever would take this step has no account: who heard of it writes it down. Where accounts are
 * not known the server judges. */
static gboolean
is_told (Case *judged, const HwMoveDef *move)
{
  const HwRulesContext *context = judged->context;
  const char *mission
    = type_of (judged)->id == HW_TYPE_ID_EMBASSY_REQUEST
        ? hw_record_get_text (judged->after, HW_FIELD_EMBASSY_REQUEST_MISSION)
        : NULL;

  if ((move->told & (1u << judged->actor->role)) == 0 || mission == NULL)
    return FALSE;
  if (context->mission_signs_in == NULL)
    return !context->on_server;
  return !context->mission_signs_in (mission, context->people);
}

static HwVerdict *
check_move (Case *judged)
{
  const HwTypeDef *def = type_of (judged);
  const char *from, *to;
  const HwMoveDef *move;
  HwFieldId field;

  if (judged->after == NULL || def->status_field == HW_FIELD_NONE
      || judged->operation->action == HW_ACTION_DELETE)
    return NULL;
  from = judged->before != NULL ? hw_record_status (judged->before) : NULL;
  to = hw_record_status (judged->after);
  if (g_strcmp0 (from, to) == 0)
    return hw_gate_event_has_come (judged->after, to, judged->context, &field)
             ? NULL
             : refuse (HW_REASON_INVALID,
                       field,
                       _ ("This moment has not come yet. Check the date and time."));
  move = to != NULL ? hw_schema_move (def->id, from, to) : NULL;
  if (move == NULL)
    return refuse (HW_REASON_MOVE_NOT_ALLOWED,
                   def->status_field,
                   _ ("This step is not possible from where things stand."));
  if ((move->roles & (1u << judged->actor->role)) == 0 && !is_told (judged, move))
    return refuse (
      HW_REASON_MOVE_NOT_ALLOWED, def->status_field, _ ("Somebody else takes this step."));
  if (!hw_gate_event_has_come (judged->after, to, judged->context, &field))
    return refuse (
      HW_REASON_INVALID, field, _ ("This moment has not come yet. Check the date and time."));
  return check_gates (judged, move);
}

/* NULL when a second person has reviewed her age since this record said what it says. */
static HwVerdict *
ask_age_review (Case *judged, HwRecord *person, HwRecord *said)
{
  const char *subjects[] = { hw_record_id (judged->after),
                             hw_case_file_id (judged->file),
                             person != NULL ? hw_record_id (person) : NULL };
  g_autoptr (HwVerdict) verdict = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      HwRecord *approval
        = subjects[i] != NULL
            ? hw_facts_approval (judged->file, "age_review", subjects[i], judged->context->now_us)
            : NULL;

      if (approval != NULL
          && !hw_record_is (approval, HW_FIELD_APPROVAL_DECIDED_BY, judged->actor->user)
          && hw_facts_approval_is_newer (approval, said))
        return NULL;
    }
  verdict = hw_verdict_new_gate (HW_GATE_CHILD);
  hw_verdict_add_condition (verdict,
                            HW_CODE_AGE_REVIEW_MISSING,
                            HW_CATEGORY_APPROVAL,
                            HW_TYPE_ID_APPROVAL,
                            HW_FIELD_APPROVAL_VERDICT,
                            NULL,
                            _ ("A second person must review her age first"),
                            _ ("She was said to be under 18"));
  return g_steal_pointer (&verdict);
}

/* From "a child" there is one way back, and a second person stands on it. */
static HwVerdict *
check_age (Case *judged)
{
  static const char *const adult[] = { "no", "unknown", NULL };
  HwRecord *after = judged->after;

  if (after == NULL || type_of (judged)->id != HW_TYPE_ID_SCREENING
      || hw_operation_find (judged->operation, HW_FIELD_SCREENING_IS_MINOR) == NULL
      || hw_record_is (after, HW_FIELD_SCREENING_IS_MINOR, "yes"))
    return NULL;
  /* Deciding an open conflict for "no" is the same step as writing it. */
  if (hw_facts_undisputed (judged->file, after, HW_FIELD_SCREENING_IS_MINOR, adult)
      && (!changes_value (judged, HW_FIELD_SCREENING_IS_MINOR)
          || g_strcmp0 (hw_facts_is_minor (judged->file), "yes") != 0))
    return NULL;
  return ask_age_review (judged,
                         hw_case_file_survivor (judged->file),
                         hw_facts_age_answer (judged->file));
}

/* The date alone may say that she is a child. A slip of the pen is corrected on the day it was made
 * by who made it; later a second person stands on it as well. */
static HwVerdict *
check_birth (Case *judged)
{
  HwRecord *before = judged->before;
  const char *zone = hw_facts_zone (judged->file);
  const char *made = before != NULL ? hw_record_created_at (before) : NULL;
  g_autofree char *today = hw_date_of_instant (judged->context->now_us, zone);
  g_autofree char *made_on = NULL;
  gint64 made_us;

  if (before == NULL || judged->after == NULL || type_of (judged)->id != HW_TYPE_ID_PERSON
      || !changes_value (judged, HW_FIELD_PERSON_BIRTH_DATE) || !hw_facts_born_child (before, today)
      || hw_facts_born_child (judged->after, today))
    return NULL;
  if (made != NULL && hw_instant_parse (made, &made_us))
    made_on = hw_date_of_instant (made_us, zone);
  if (g_strcmp0 (made_on, today) == 0
      && g_strcmp0 (hw_record_created_by (before), judged->actor->user) == 0)
    return NULL;
  return ask_age_review (judged, before, before);
}

/* The screening's answer is the survivor's. Whoever stops being the survivor would leave it behind. */
static HwVerdict *
check_role (Case *judged)
{
  if (judged->before == NULL || judged->after == NULL || type_of (judged)->id != HW_TYPE_ID_PERSON
      || !hw_record_is (judged->before, HW_FIELD_PERSON_ROLE, "survivor")
      || !changes_value (judged, HW_FIELD_PERSON_ROLE)
      || g_strcmp0 (hw_facts_is_minor (judged->file), "yes") != 0)
    return NULL;
  return ask_age_review (judged, judged->before, hw_facts_age_answer (judged->file));
}

/* A mission writes as the embassy and nobody else does. */
static HwVerdict *
check_message (Case *judged)
{
  gboolean embassy = judged->actor->role == HW_ROLE_EMBASSY_LIAISON;
  const char *from;

  if (judged->after == NULL || type_of (judged)->id != HW_TYPE_ID_EMBASSY_MESSAGE)
    return NULL;
  from = hw_record_get_text (judged->after, HW_FIELD_EMBASSY_MESSAGE_FROM);
  if (from == NULL || g_str_equal (from, "embassy") == embassy)
    return NULL;
  return refuse (HW_REASON_INVALID,
                 HW_FIELD_EMBASSY_MESSAGE_FROM,
                 _ ("A message carries the side that writes it."));
}

static HwVerdict *
check_lasting (Case *judged)
{
  const HwRulesQuestion question = { .file = judged->file,
                                     .before = judged->before,
                                     .after = judged->after,
                                     .actor = judged->actor,
                                     .operation = judged->operation,
                                     .relations = judged->relations,
                                     .context = judged->context };
  HwVerdict *verdict;

  if (judged->operation->action == HW_ACTION_DELETE)
    return hw_rules_check_kept (&question);
  verdict = hw_rules_check_people (&question);
  if (verdict == NULL)
    verdict = hw_rules_check_approval (&question);
  return verdict != NULL ? verdict : hw_rules_check_lasting (&question);
}

/* Who tried to have a gate opened is on record with that gate, whatever it was refused for. */
static HwVerdict *
with_gate_asked_for (Case *judged, HwVerdict *refused)
{
  HwRecord *record = judged->after != NULL ? judged->after : judged->before;

  if (hw_record_type (record) == HW_TYPE_ID_APPROVAL)
    hw_verdict_name_gate (refused, hw_rules_gate_of (record));
  return refused;
}

static HwVerdict *
judge (Case *judged)
{
  static const Check checks[]
    = { check_visible,      check_action,           check_request_open, check_type_rights,
        check_field_rights, check_values,           check_references,   check_message,
        check_age,          check_birth,            check_role,         check_lasting,
        check_move };

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      HwVerdict *verdict = checks[i](judged);

      if (verdict != NULL)
        return with_gate_asked_for (judged, verdict);
    }
  return hw_verdict_new_accepted ();
}

HwVerdict *
hw_rules_check_references (HwCaseFile *file,
                           HwRecord *after,
                           HwOperation *operation,
                           const HwRulesContext *context)
{
  Case judged = { .file = file, .after = after, .operation = operation, .context = context };

  return check_references (&judged);
}

HwVerdict *
hw_rules_check (HwCaseFile *file,
                HwRecord *before,
                HwRecord *after,
                HwOperation *operation,
                const HwActor *actor,
                guint relations,
                const HwRulesContext *context,
                HwVerdict **breach)
{
  Case judged = { file, before, after, operation, actor, relations, context, breach };
  g_autoptr (HwVerdict) verdict = NULL;

  g_return_val_if_fail (HW_IS_CASE_FILE (file), NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  if (breach != NULL)
    *breach = NULL;
  if (operation->action == HW_ACTION_RESOLVE)
    return hw_verdict_new_accepted ();
  if (after == NULL && before == NULL)
    return refuse (HW_REASON_NOT_FOUND, HW_FIELD_NONE, _ ("There is no such record."));
  verdict = judge (&judged);
  return hw_verdict_project (verdict, actor->role, relations);
}
