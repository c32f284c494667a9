/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asking a gate (domain.md section 4): when the move happened, who travels, what the gate says,
 * and whether an emergency override answers in its place. The embassy gate and the child gate have
 * no override: there is no path here that consults one for them.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-gates-private.h"

#include "base/hw-base.h"

#include <glib/gi18n-lib.h>

void
hw_gate_unmet (HwGateQuestion *question,
               const char *code,
               HwFieldId field,
               HwRecord *record,
               const char *title,
               const char *detail)
{
  const HwFieldDef *def = hw_schema_field (field);

  hw_verdict_add_condition (question->verdict,
                            code,
                            def->category,
                            def->type,
                            field,
                            record != NULL ? hw_record_id (record) : NULL,
                            title,
                            detail);
}

gboolean
hw_gate_changes (HwGateQuestion *question, HwFieldId field)
{
  return question->before != NULL
         && !hw_value_equal (hw_record_get (question->before, field),
                             hw_record_get (question->subject, field));
}

void
hw_gate_unmet_about (HwGateQuestion *question,
                     HwCategory category,
                     const char *code,
                     HwFieldId field,
                     const char *title,
                     const char *detail)
{
  hw_verdict_add_condition (
    question->verdict, code, category, hw_schema_field (field)->type, field, NULL, title, detail);
}

HwRecord *
hw_gate_safe_assessment (HwGateQuestion *question)
{
  HwRecord *assessment = hw_facts_latest_risk (question->file);

  if (assessment == NULL)
    {
      hw_gate_unmet (question,
                     HW_CODE_RISK_MISSING,
                     HW_FIELD_RISK_ASSESSMENT_CONCLUSION,
                     NULL,
                     _ ("Her risks must be assessed"),
                     _ ("No risk assessment has been written in this case"));
      return NULL;
    }
  if (!hw_facts_risk_is_safe (question->file, assessment))
    hw_gate_unmet (question,
                   HW_CODE_RISK_NOT_SAFE,
                   HW_FIELD_RISK_ASSESSMENT_CONCLUSION,
                   assessment,
                   _ ("The risk assessment does not call this safe"),
                   _ ("It must conclude “safe” or “safe with a plan”"));
  return assessment;
}

char *
hw_gate_whose (HwGateQuestion *question, HwRecord *person)
{
  if (hw_facts_is_survivor (person))
    return NULL;
  return g_strdup (_ ("For somebody who travels with her"));
}

char *
hw_gate_lapsed_detail (HwRecord *lapsed, const char *otherwise)
{
  if (lapsed == NULL)
    return g_strdup (otherwise);
  if (hw_record_get (lapsed, HW_FIELD_CONSENT_WITHDRAWN_AT) != NULL)
    return g_strdup (_ ("She withdrew it"));
  if (hw_record_get (lapsed, HW_FIELD_CONSENT_GRANTED_AT) == NULL)
    return g_strdup (_ ("It is begun, but the moment she gave it is not written down"));
  if (hw_record_get (lapsed, HW_FIELD_CONSENT_EXPIRES_ON) != NULL)
    return g_strdup (_ ("It has expired, or does not hold yet"));
  return g_strdup (_ ("It does not hold at this moment"));
}

static HwFieldId
event_field (HwRecord *subject, const char *target)
{
  static const struct
  {
    const char *status;
    HwFieldId field;
  } events[] = {
    { "ticketed", HW_FIELD_MOVEMENT_TICKETED_AT },
    { "checked_in", HW_FIELD_MOVEMENT_CHECKED_IN_AT },
    { "departed", HW_FIELD_MOVEMENT_DEPARTED_AT },
    { "in_transit", HW_FIELD_MOVEMENT_DEPARTED_AT },
    { "arrived", HW_FIELD_MOVEMENT_ARRIVED_AT },
  };

  if (subject == NULL || hw_record_type (subject) != HW_TYPE_ID_MOVEMENT)
    return HW_FIELD_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    if (g_strcmp0 (target, events[i].status) == 0)
      return events[i].field;
  return HW_FIELD_NONE;
}

gboolean
hw_gate_event_has_come (HwRecord *subject,
                        const char *target_status,
                        const HwRulesContext *context,
                        HwFieldId *field)
{
  HwFieldId event = event_field (subject, target_status);
  gint64 at_us;

  if (field != NULL)
    *field = event;
  return event == HW_FIELD_NONE || !hw_facts_instant (subject, event, &at_us)
         || at_us <= context->now_us + HW_FACTS_CLOCK_SLACK_US;
}

gboolean
hw_gate_event_is_late (HwRecord *subject, const char *target_status, const HwRulesContext *context)
{
  HwFieldId event = event_field (subject, target_status);
  gint64 at_us;

  return event != HW_FIELD_NONE && hw_facts_instant (subject, event, &at_us)
         && at_us < context->now_us - G_TIME_SPAN_DAY;
}

/* An arrival is judged by when she left, if that is known: the gates stood before the journey. */
static gint64
event_time (HwRecord *subject, const char *target, const HwRulesContext *context)
{
  HwFieldId event = event_field (subject, target);
  gint64 at_us;

  if (event == HW_FIELD_MOVEMENT_ARRIVED_AT
      && hw_facts_instant (subject, HW_FIELD_MOVEMENT_DEPARTED_AT, &at_us))
    return at_us;
  if (event != HW_FIELD_NONE && hw_facts_instant (subject, event, &at_us))
    return at_us;
  return context->now_us;
}

static void
ask (HwGateId gate, HwGateQuestion *question)
{
  switch (gate)
    {
      case HW_GATE_EMBASSY:
        hw_gate_embassy (question);
        break;
      case HW_GATE_CHILD:
        hw_gate_child (question);
        break;
      case HW_GATE_TICKET:
        hw_gate_ticket (question);
        break;
      case HW_GATE_DEPARTURE:
        hw_gate_departure (question);
        break;
      case HW_GATE_REUNIFICATION:
        hw_gate_reunification (question);
        break;
      case HW_GATE_CLOSURE:
        hw_gate_closure (question);
        break;
      case HW_GATE_NONE:
      case HW_N_GATES:
      default:
        break;
    }
}

gboolean
hw_gate_can_be_overridden (HwGateId gate)
{
  return gate == HW_GATE_TICKET || gate == HW_GATE_DEPARTURE || gate == HW_GATE_CLOSURE;
}

static gboolean
override_fits (HwRecord *approval,
               HwGateId gate,
               HwRecord *subject,
               const char *target,
               const char *user,
               gint64 now_us)
{
  return hw_record_is (approval, HW_FIELD_APPROVAL_KIND, "override")
         && hw_record_is (approval, HW_FIELD_APPROVAL_GATE, hw_gate_nick (gate)->nick)
         && hw_record_is (approval, HW_FIELD_APPROVAL_SUBJECT, hw_record_id (subject))
         && hw_record_is (approval, HW_FIELD_APPROVAL_TARGET_STATUS, target)
         && hw_record_is (approval, HW_FIELD_APPROVAL_BASIS, "vital_interest")
         && hw_record_get (approval, HW_FIELD_APPROVAL_REASON) != NULL
         && hw_record_get (approval, HW_FIELD_APPROVAL_ASKED_BY) != NULL
         && hw_record_get (approval, HW_FIELD_APPROVAL_EXPIRES_AT) != NULL
         && hw_record_get (approval, HW_FIELD_APPROVAL_USED_BY) == NULL
         && (user == NULL || hw_record_is (approval, HW_FIELD_APPROVAL_ASKED_BY, user))
         && hw_facts_approval_holds (approval, now_us);
}

static HwRecord *
find_override (HwGateId gate,
               HwCaseFile *file,
               HwRecord *subject,
               const char *target,
               const char *user,
               gint64 now_us)
{
  GPtrArray *approvals = hw_case_file_of_type (file, HW_TYPE_ID_APPROVAL);

  for (guint i = 0; hw_gate_can_be_overridden (gate) && i < approvals->len; i++)
    if (override_fits (g_ptr_array_index (approvals, i), gate, subject, target, user, now_us))
      return g_ptr_array_index (approvals, i);
  return NULL;
}

static HwVerdict *
answer (HwGateId gate,
        HwCaseFile *file,
        HwRecord *before,
        HwRecord *subject,
        const char *target,
        const HwRulesContext *context)
{
  HwGateQuestion question = { .verdict = hw_verdict_new_gate (gate),
                              .file = file,
                              .before = before,
                              .subject = subject,
                              .target = target,
                              .now_us = context->now_us,
                              .at_us = event_time (subject, target, context) };
  gboolean travels = hw_record_type (subject) == HW_TYPE_ID_MOVEMENT;

  question.day = hw_date_of_instant (question.at_us, hw_facts_zone (file));
  question.travellers = hw_facts_travellers (file);
  question.journey = hw_journey_new (file, travels ? subject : NULL);
  ask (gate, &question);
  hw_journey_free (question.journey);
  g_ptr_array_unref (question.travellers);
  g_free (question.day);
  return question.verdict;
}

HwVerdict *
hw_gate_evaluate_for (HwGateId gate,
                      HwCaseFile *file,
                      HwRecord *before,
                      HwRecord *subject,
                      const char *target_status,
                      const char *user,
                      const HwRulesContext *context,
                      HwRecord **used)
{
  g_autoptr (HwVerdict) verdict = NULL;
  HwRecord *override;
  HwFieldId field;

  if (used != NULL)
    *used = NULL;
  if (!hw_gate_event_has_come (subject, target_status, context, &field))
    return hw_verdict_new_refused (
      HW_REASON_INVALID, field, _ ("This moment has not come yet. Check the date and time."));
  verdict = answer (gate, file, before, subject, target_status, context);
  if (!hw_verdict_open (verdict))
    {
      override = find_override (gate, file, subject, target_status, user, context->now_us);
      if (override != NULL)
        {
          hw_verdict_unref (verdict);
          verdict = hw_verdict_new_gate (gate);
          if (used != NULL)
            *used = override;
        }
    }
  if (hw_verdict_open (verdict) && !context->on_server && !hw_case_file_complete (file))
    hw_verdict_set_provisional (verdict);
  return g_steal_pointer (&verdict);
}

HwVerdict *
hw_gate_evaluate (HwGateId gate,
                  HwCaseFile *file,
                  HwRecord *subject,
                  const char *target_status,
                  const HwRulesContext *context)
{
  g_return_val_if_fail (HW_IS_CASE_FILE (file), NULL);
  g_return_val_if_fail (HW_IS_RECORD (subject), NULL);

  return hw_gate_evaluate_for (gate, file, NULL, subject, target_status, NULL, context, NULL);
}
