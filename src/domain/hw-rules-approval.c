/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who asks and who answers. Nobody approves what they asked for, nor answers in another's name, only
 * a supervisor answers at all, and what was decided stays decided. People are compared, not roles.
 * The same holds for the settings of an office that gates are judged by: one supervisor asks, another
 * agrees, and nobody writes them directly. And nobody reviews a step of their own.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-rules-private.h"

#include <glib/gi18n-lib.h>

/* Its review is due by then. */
#define LONGEST_OVERRIDE_US (72 * G_TIME_SPAN_HOUR)

/* The fields of a record that is asked and answered. */
typedef struct
{
  HwTypeId type;
  HwFieldId asked_by;
  HwFieldId decided_by;
  HwFieldId verdict;
} Form;

static const Form forms[] = {
  { HW_TYPE_ID_APPROVAL,
    HW_FIELD_APPROVAL_ASKED_BY,
    HW_FIELD_APPROVAL_DECIDED_BY,
    HW_FIELD_APPROVAL_VERDICT },
  { HW_TYPE_ID_OFFICE_CHANGE,
    HW_FIELD_OFFICE_CHANGE_ASKED_BY,
    HW_FIELD_OFFICE_CHANGE_DECIDED_BY,
    HW_FIELD_OFFICE_CHANGE_VERDICT },
};

static HwVerdict *
refuse (HwReason reason, HwFieldId field, const char *message)
{
  return hw_verdict_new_refused (reason, field, message);
}

static const Form *
form_of (HwRecord *record)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (forms[i].type == hw_record_type (record))
      return &forms[i];
  return NULL;
}

static gboolean
changes (const HwRulesQuestion *question, HwFieldId field)
{
  HwValue *old = question->before != NULL ? hw_record_get (question->before, field) : NULL;

  return !hw_value_equal (old, hw_record_get (question->after, field));
}

static HwVerdict *
check_answer (const HwRulesQuestion *question, const Form *form)
{
  HwRecord *before = question->before, *after = question->after;
  const char *asked = hw_record_get_text (after, form->asked_by);
  const char *decided = hw_record_get_text (after, form->decided_by);
  const char *user = question->actor->user;
  gboolean pending = hw_record_get (after, form->verdict) == NULL
                     || hw_record_is (after, form->verdict, "pending");

  if (changes (question, form->asked_by) && asked != NULL && !g_str_equal (asked, user))
    return refuse (
      HW_REASON_INVALID, form->asked_by, _ ("An approval is asked for in one’s own name."));
  if (before != NULL && hw_record_get (before, form->decided_by) != NULL
      && question->operation->changes->len > 0)
    return refuse (HW_REASON_IMMUTABLE,
                   form->verdict,
                   _ ("This has been decided; ask again instead."));
  if (pending && decided == NULL)
    return NULL;
  if (question->actor->role != HW_ROLE_SUPERVISOR)
    return refuse (HW_REASON_ROLE, form->verdict, _ ("A supervisor decides this."));
  if (pending || decided == NULL || !g_str_equal (decided, user))
    return refuse (HW_REASON_INVALID,
                   form->decided_by,
                   _ ("A decision carries the name of who makes it."));
  if (before == NULL || g_strcmp0 (asked, user) == 0
      || g_strcmp0 (hw_record_created_by (before), user) == 0)
    return refuse (HW_REASON_SELF_APPROVAL,
                   form->decided_by,
                   _ ("Somebody else must decide what you ask for."));
  return NULL;
}

HwGateId
hw_rules_gate_of (HwRecord *approval)
{
  const char *nick = hw_record_get_text (approval, HW_FIELD_APPROVAL_GATE);

  for (guint gate = HW_GATE_NONE + 1; nick != NULL && gate < HW_N_GATES; gate++)
    if (g_str_equal (hw_gate_nick ((HwGateId)gate)->nick, nick))
      return (HwGateId)gate;
  return HW_GATE_NONE;
}

/* What nobody can open by an override is not even asked for. */
static HwVerdict *
check_override (HwRecord *approval, const HwRulesContext *context)
{
  HwGateId gate = hw_rules_gate_of (approval);
  gint64 ends;

  if (gate != HW_GATE_NONE && !hw_gate_can_be_overridden (gate))
    return refuse (
      HW_REASON_INVALID, HW_FIELD_APPROVAL_GATE, _ ("Nobody can override this gate."));
  if (!hw_record_is (approval, HW_FIELD_APPROVAL_VERDICT, "approved"))
    return NULL;
  if (gate == HW_GATE_NONE || !hw_record_is (approval, HW_FIELD_APPROVAL_BASIS, "vital_interest"))
    return refuse (HW_REASON_INVALID,
                   HW_FIELD_APPROVAL_BASIS,
                   _ ("An override names its gate, and is given only to save life."));
  if (hw_record_get (approval, HW_FIELD_APPROVAL_REASON) == NULL)
    return refuse (
      HW_REASON_INVALID, HW_FIELD_APPROVAL_REASON, _ ("An override needs a written reason."));
  if (hw_record_get (approval, HW_FIELD_APPROVAL_EXPIRES_AT) == NULL)
    return refuse (HW_REASON_INVALID,
                   HW_FIELD_APPROVAL_EXPIRES_AT,
                   _ ("Say until when the override is valid."));
  if (hw_facts_instant (approval, HW_FIELD_APPROVAL_EXPIRES_AT, &ends)
      && ends > context->now_us + LONGEST_OVERRIDE_US + HW_FACTS_CLOCK_SLACK_US)
    return refuse (HW_REASON_INVALID,
                   HW_FIELD_APPROVAL_EXPIRES_AT,
                   _ ("An override ends within 72 hours."));
  return NULL;
}

/* Nobody reviews their own work: the owner's closing, the writer's assessment. */
static HwVerdict *
check_subject (const HwRulesQuestion *question)
{
  HwRecord *after = question->after, *header = hw_case_file_case (question->file), *subject;
  const char *decided = hw_record_get_text (after, HW_FIELD_APPROVAL_DECIDED_BY);

  if (decided == NULL || !changes (question, HW_FIELD_APPROVAL_DECIDED_BY))
    return NULL;
  if (hw_record_is (after, HW_FIELD_APPROVAL_KIND, "closure") && header != NULL
      && hw_record_is (header, HW_FIELD_CASE_OWNER, decided))
    return refuse (HW_REASON_SELF_APPROVAL,
                   HW_FIELD_APPROVAL_DECIDED_BY,
                   _ ("The owner of a case does not approve its closing."));
  subject
    = hw_case_file_lookup (question->file, hw_record_get_text (after, HW_FIELD_APPROVAL_SUBJECT));
  if (subject != NULL && hw_record_type (subject) == HW_TYPE_ID_RISK_ASSESSMENT
      && (g_strcmp0 (hw_record_created_by (subject), decided) == 0
          || hw_case_file_wrote (question->file, hw_record_id (subject), decided)))
    return refuse (HW_REASON_SELF_APPROVAL,
                   HW_FIELD_APPROVAL_DECIDED_BY,
                   _ ("Somebody who did not write it must review it."));
  return NULL;
}

/* The windows of the gates. A name or a time zone is put right like any other entry. */
static HwVerdict *
check_office (const HwRulesQuestion *question)
{
  static const HwFieldId agreed[]
    = { HW_FIELD_OFFICE_DECISION_DAYS, HW_FIELD_OFFICE_RISK_DAYS,
        HW_FIELD_OFFICE_FOLLOWUP_MONTHS, HW_FIELD_OFFICE_LOCK_MINUTES };

  for (guint i = 0; question->before != NULL && i < G_N_ELEMENTS (agreed); i++)
    if (changes (question, agreed[i]))
      return refuse (HW_REASON_SELF_APPROVAL,
                     agreed[i],
                     _ ("Two supervisors change this together: ask for the change, and another "
                        "agrees."));
  return NULL;
}

/* A review of a step that no gate had let pass, or that an override did: looked at by somebody who did not make it. */
static HwVerdict *
check_review (const HwRulesQuestion *question)
{
  HwRecord *after = question->after;
  const char *assignee = hw_record_get_text (after, HW_FIELD_TASK_ASSIGNEE);
  const char *mover = hw_record_get_text (after, HW_FIELD_TASK_REVIEW_OF);

  if (mover == NULL)
    return NULL;
  if (changes (question, HW_FIELD_TASK_DONE_AT) && hw_access_is_self_review (after, question->actor))
    return refuse (HW_REASON_SELF_APPROVAL,
                   HW_FIELD_TASK_DONE_AT,
                   _ ("Somebody who did not take this step must review it."));
  if (changes (question, HW_FIELD_TASK_ASSIGNEE) && g_strcmp0 (assignee, mover) == 0)
    return refuse (HW_REASON_SELF_APPROVAL,
                   HW_FIELD_TASK_ASSIGNEE,
                   _ ("Give the review to somebody who did not take this step."));
  return NULL;
}

HwVerdict *
hw_rules_check_approval (const HwRulesQuestion *question)
{
  HwVerdict *verdict;
  const Form *form;

  if (question->after == NULL || hw_record_deleted (question->after))
    return NULL;
  if (hw_record_type (question->after) == HW_TYPE_ID_OFFICE)
    return check_office (question);
  if (hw_record_type (question->after) == HW_TYPE_ID_TASK)
    return check_review (question);
  form = form_of (question->after);
  if (form == NULL)
    return NULL;
  verdict = check_answer (question, form);
  if (verdict != NULL || form->type != HW_TYPE_ID_APPROVAL)
    return verdict;
  if (hw_record_is (question->after, HW_FIELD_APPROVAL_KIND, "override"))
    verdict = check_override (question->after, question->context);
  return verdict != NULL ? verdict : check_subject (question);
}
