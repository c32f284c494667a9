/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What may not be undone or gone around by an ordinary edit: what a mission was told stays with that
 * mission, a withdrawal stands, what was asked of a supervisor is what she answers, a record that
 * comes back passes the gates again, and nobody lets themselves or others into a case.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-rules-private.h"

#include <glib/gi18n-lib.h>

static HwVerdict *
refuse (HwReason reason, HwFieldId field, const char *message)
{
  return hw_verdict_new_refused (reason, field, message);
}

static gboolean
changes (HwRecord *before, HwRecord *after, HwFieldId field)
{
  return !hw_value_equal (before != NULL ? hw_record_get (before, field) : NULL,
                          hw_record_get (after, field));
}

static HwFieldId
first_change (HwRecord *before, HwRecord *after, const HwFieldId *fields)
{
  for (guint i = 0; fields[i] != HW_FIELD_NONE; i++)
    if (changes (before, after, fields[i]))
      return fields[i];
  return HW_FIELD_NONE;
}

/* NULL when both gates of a request are open; otherwise what is missing. */
static HwVerdict *
ask_request_gates (const HwRulesQuestion *question, HwRecord *request)
{
  static const HwGateId gates[] = { HW_GATE_EMBASSY, HW_GATE_CHILD };

  for (guint i = 0; i < G_N_ELEMENTS (gates); i++)
    {
      g_autoptr (HwVerdict) verdict = hw_gate_evaluate_for (gates[i],
                                                            question->file,
                                                            NULL,
                                                            request,
                                                            HW_EMBASSY_REQUEST_STATUS_SENT,
                                                            question->actor->user,
                                                            question->context,
                                                            NULL);

      if (hw_verdict_outcome (verdict) != HW_OUTCOME_ACCEPTED)
        return g_steal_pointer (&verdict);
    }
  return NULL;
}

static HwVerdict *
request_is_over (void)
{
  return refuse (HW_REASON_REQUEST_CLOSED, HW_FIELD_NONE, _ ("This request is closed."));
}

/* The day of sending opens a request to its mission, so it is never written without the sending. */
static HwVerdict *
check_sent_on (HwRecord *before, HwRecord *after)
{
  const HwFieldId field = HW_FIELD_EMBASSY_REQUEST_SENT_ON;

  if (!changes (before, after, field))
    return NULL;
  if (before != NULL && hw_facts_request_shared (before) && hw_record_get (after, field) != NULL)
    return NULL;
  if (g_strcmp0 (hw_record_status (after), HW_EMBASSY_REQUEST_STATUS_SENT) == 0
      && hw_record_get (after, field) != NULL)
    return NULL;
  return refuse (HW_REASON_IMMUTABLE, field, _ ("This day is written when the request is sent."));
}

/* Taking something back is always possible; adding to what the mission reads is a new disclosure. */
static gboolean
tells_more (HwRecord *before, HwRecord *after)
{
  for (guint i = 0; hw_facts_told_fields[i] != HW_FIELD_NONE; i++)
    if (changes (before, after, hw_facts_told_fields[i])
        && hw_record_get (after, hw_facts_told_fields[i]) != NULL)
      return TRUE;
  return changes (before, after, HW_FIELD_EMBASSY_REQUEST_DECISION_NOTE)
         && hw_record_get (after, HW_FIELD_EMBASSY_REQUEST_DECISION_NOTE) != NULL;
}

static HwVerdict *
check_request (const HwRulesQuestion *question)
{
  HwRecord *before = question->before, *after = question->after;
  HwVerdict *verdict = check_sent_on (before, after);

  if (verdict != NULL || before == NULL || !hw_facts_request_shared (before))
    return verdict;
  if (changes (before, after, HW_FIELD_EMBASSY_REQUEST_MISSION))
    return refuse (HW_REASON_IMMUTABLE,
                   HW_FIELD_EMBASSY_REQUEST_MISSION,
                   _ ("This request is with its mission already; make a new one for another."));
  if (!tells_more (before, after))
    return NULL;
  return hw_facts_request_open (after) ? ask_request_gates (question, after) : request_is_over ();
}

/* A message, a file or a document put on a request is told to its mission. */
static HwVerdict *
check_link (const HwRulesQuestion *question, HwFieldId link)
{
  HwRecord *request
    = hw_case_file_lookup (question->file, hw_record_get_text (question->after, link));

  if (request == NULL || hw_record_type (request) != HW_TYPE_ID_EMBASSY_REQUEST
      || !changes (question->before, question->after, link))
    return NULL;
  if (!hw_facts_request_open (request))
    return request_is_over ();
  return hw_facts_request_shared (request) ? ask_request_gates (question, request) : NULL;
}

/* A document on a request is read by its mission: what the office writes there is told to it. */
static HwFieldId
first_told (HwRecord *before, HwRecord *after)
{
  const HwTypeDef *def = hw_record_def (after);

  for (guint i = 0; i < def->n_fields; i++)
    if (hw_facts_mission_is_told (&def->fields[i]) && changes (before, after, def->fields[i].id)
        && hw_record_get (after, def->fields[i].id) != NULL)
      return def->fields[i].id;
  return HW_FIELD_NONE;
}

static HwVerdict *
check_document (const HwRulesQuestion *question)
{
  HwRecord *request = hw_case_file_lookup (
    question->file, hw_record_get_text (question->after, HW_FIELD_TRAVEL_DOCUMENT_REQUEST));
  HwFieldId told = first_told (question->before, question->after);

  if (request == NULL || hw_record_type (request) != HW_TYPE_ID_EMBASSY_REQUEST
      || told == HW_FIELD_NONE || !hw_facts_request_shared (request))
    return NULL;
  if (g_strcmp0 (hw_record_status (request), HW_EMBASSY_REQUEST_STATUS_WITHDRAWN) == 0)
    return refuse (HW_REASON_REQUEST_CLOSED,
                   told,
                   _ ("Its mission would still read this. Take the document off the "
                      "withdrawn request first."));
  return ask_request_gates (question, request);
}

/* Why it was closed was agreed by two; why it is open again is written down by who opens it. */
static HwVerdict *
check_reopening (const HwRulesQuestion *question)
{
  if (hw_record_type (question->after) != HW_TYPE_ID_CASE
      || !hw_facts_case_closed (question->before) || hw_facts_case_closed (question->after)
      || hw_record_get (question->after, HW_FIELD_CASE_REOPENING_REASON) != NULL)
    return NULL;
  return refuse (HW_REASON_INVALID,
                 HW_FIELD_CASE_REOPENING_REASON,
                 _ ("Say why this case is opened again."));
}

static HwVerdict *
check_told (const HwRulesQuestion *question)
{
  if (question->actor->role == HW_ROLE_EMBASSY_LIAISON)
    return NULL;
  switch (hw_record_type (question->after))
    {
      case HW_TYPE_ID_EMBASSY_REQUEST:
        return check_request (question);
      case HW_TYPE_ID_EMBASSY_MESSAGE:
        return check_link (question, HW_FIELD_EMBASSY_MESSAGE_REQUEST);
      case HW_TYPE_ID_ATTACHMENT:
        return check_link (question, HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST);
      case HW_TYPE_ID_TRAVEL_DOCUMENT:
        return check_document (question);
      default:
        return NULL;
    }
}

/* She withdrew it; whoever wants it again asks her again. */
static HwVerdict *
check_withdrawal (const HwRulesQuestion *question)
{
  static const HwFieldId fixed[]
    = { HW_FIELD_CONSENT_WITHDRAWN_AT, HW_FIELD_CONSENT_PURPOSE,    HW_FIELD_CONSENT_RECIPIENT,
        HW_FIELD_CONSENT_PERSON,       HW_FIELD_CONSENT_GRANTED_AT, HW_FIELD_CONSENT_FORM,
        HW_FIELD_CONSENT_EXPIRES_ON,   HW_FIELD_NONE };
  HwFieldId field;

  if (hw_record_type (question->after) != HW_TYPE_ID_CONSENT || question->before == NULL
      || hw_record_get (question->before, HW_FIELD_CONSENT_WITHDRAWN_AT) == NULL)
    return NULL;
  field = first_change (question->before, question->after, fixed);
  if (field == HW_FIELD_NONE)
    return NULL;
  return refuse (HW_REASON_IMMUTABLE,
                 field,
                 _ ("She withdrew this consent. If she consents again, write a new one."));
}

/* Otherwise an answer given to one question would be read under another. */
static HwVerdict *
check_question (const HwRulesQuestion *question)
{
  static const HwFieldId asked[]
    = { HW_FIELD_APPROVAL_SUBJECT,       HW_FIELD_APPROVAL_KIND,     HW_FIELD_APPROVAL_GATE,
        HW_FIELD_APPROVAL_TARGET_STATUS, HW_FIELD_APPROVAL_ASKED_BY, HW_FIELD_NONE };
  static const HwFieldId office[]
    = { HW_FIELD_OFFICE_CHANGE_OFFICE,          HW_FIELD_OFFICE_CHANGE_DECISION_DAYS,
        HW_FIELD_OFFICE_CHANGE_RISK_DAYS,       HW_FIELD_OFFICE_CHANGE_FOLLOWUP_MONTHS,
        HW_FIELD_OFFICE_CHANGE_LOCK_MINUTES,    HW_FIELD_OFFICE_CHANGE_ASKED_BY,
        HW_FIELD_NONE };
  HwFieldId moved;

  if (hw_record_type (question->after) == HW_TYPE_ID_OFFICE_CHANGE && question->before != NULL)
    {
      moved = first_change (question->before, question->after, office);
      return moved == HW_FIELD_NONE
               ? NULL
               : refuse (HW_REASON_IMMUTABLE,
                         moved,
                         _ ("What was asked stays as it was asked; ask again instead."));
    }
  if (hw_record_type (question->after) != HW_TYPE_ID_APPROVAL || question->before == NULL)
    return NULL;
  for (guint i = 0; asked[i] != HW_FIELD_NONE; i++)
    if (hw_record_get (question->before, asked[i]) != NULL
        && changes (question->before, question->after, asked[i]))
      return refuse (HW_REASON_IMMUTABLE,
                     asked[i],
                     _ ("What was asked stays as it was asked; ask again instead."));
  return NULL;
}

/* An edit that met a deletion brings the record back; where it stood, the gates stood before it. */
static HwVerdict *
check_return (const HwRulesQuestion *question)
{
  HwRecord *after = question->after;
  const HwTypeDef *def = hw_record_def (after);
  const char *status = hw_record_status (after);
  guint gates = 0;

  if (question->before == NULL || !hw_record_deleted (question->before)
      || hw_record_deleted (after))
    return NULL;
  if (def->id == HW_TYPE_ID_EMBASSY_REQUEST)
    {
      if (question->actor->role == HW_ROLE_EMBASSY_LIAISON)
        return refuse (HW_REASON_NOT_FOUND, HW_FIELD_NONE, _ ("There is no such record."));
      return hw_facts_request_shared (after) && hw_facts_request_open (after)
               ? ask_request_gates (question, after)
               : NULL;
    }
  for (guint i = 0; status != NULL && i < def->n_moves; i++)
    if (g_str_equal (def->moves[i].to, status) && !def->moves[i].observation)
      gates |= def->moves[i].gates;
  for (guint gate = HW_GATE_NONE + 1; gate < HW_N_GATES; gate++)
    {
      g_autoptr (HwVerdict) verdict = NULL;

      if ((gates & (1u << gate)) == 0)
        continue;
      verdict = hw_gate_evaluate_for ((HwGateId)gate,
                                      question->file,
                                      NULL,
                                      after,
                                      status,
                                      question->actor->user,
                                      question->context,
                                      NULL);
      if (hw_verdict_outcome (verdict) != HW_OUTCOME_ACCEPTED)
        return g_steal_pointer (&verdict);
    }
  return NULL;
}

/* Whose tasks are only their own gives none to others: a task opens the case to who does it. */
static HwVerdict *
check_assignee (const HwRulesQuestion *question)
{
  const guint own_tasks_only = 1u << HW_ROLE_HELPLINE | 1u << HW_ROLE_MOVEMENT
                               | 1u << HW_ROLE_FOCAL_POINT | 1u << HW_ROLE_MEDICAL;
  const char *assignee;

  if (hw_record_type (question->after) != HW_TYPE_ID_TASK
      || (own_tasks_only & (1u << question->actor->role)) == 0
      || !changes (question->before, question->after, HW_FIELD_TASK_ASSIGNEE))
    return NULL;
  assignee = hw_record_get_text (question->after, HW_FIELD_TASK_ASSIGNEE);
  if (assignee == NULL || g_str_equal (assignee, question->actor->user))
    return NULL;
  return refuse (
    HW_REASON_ROLE, HW_FIELD_TASK_ASSIGNEE, _ ("Your role gives tasks only to itself."));
}

/* A referral to the office makes the case the focal point's own: it cannot be made afterwards. */
static HwVerdict *
check_referral (const HwRulesQuestion *question)
{
  if (hw_record_type (question->after) != HW_TYPE_ID_REFERRAL
      || question->actor->role != HW_ROLE_FOCAL_POINT
      || (question->relations & (HW_RELATION_REFERRAL | HW_RELATION_ACCESS)) != 0
      || hw_record_is (question->after, HW_FIELD_REFERRAL_DIRECTION, "out")
      || (question->before != NULL
          && !changes (question->before, question->after, HW_FIELD_REFERRAL_DIRECTION)))
    return NULL;
  return refuse (HW_REASON_ROLE,
                 HW_FIELD_REFERRAL_DIRECTION,
                 _ ("Only the office writes down that this case was referred to it."));
}

HwVerdict *
hw_rules_check_lasting (const HwRulesQuestion *question)
{
  static HwVerdict *(*const checks[]) (const HwRulesQuestion *)
    = { check_told,   check_withdrawal, check_question,
        check_return, check_reopening,  check_assignee, check_referral,
        hw_rules_check_sharing };

  if (question->after == NULL || hw_record_deleted (question->after))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      HwVerdict *verdict = checks[i](question);

      if (verdict != NULL)
        return verdict;
    }
  return NULL;
}
