/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A verdict is the rules' answer: accepted, refused with a reason, or a gate with the conditions
 * that would open it. What a role may not read it is not told; hw_verdict_project is the only way
 * from a full verdict to one that may leave the rules.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-rules-private.h"

#include <glib/gi18n-lib.h>

struct _HwVerdict
{
  gatomicrefcount refs;
  gboolean refused;
  gboolean provisional;
  HwReason reason;
  HwGateId gate;
  guint gates; /* with gate, the others that are closed */
  HwFieldId field;
  char *message;         /* (owned) (nullable) */
  GPtrArray *conditions; /* (owned) */
};

G_DEFINE_BOXED_TYPE (HwVerdict, hw_verdict, hw_verdict_ref, hw_verdict_unref)

static void
condition_free (gpointer data)
{
  HwCondition *condition = data;

  g_free (condition->record);
  g_free (condition->title);
  g_free (condition->detail);
  g_free (condition);
}

static HwVerdict *
verdict_new (void)
{
  HwVerdict *verdict = g_new0 (HwVerdict, 1);

  g_atomic_ref_count_init (&verdict->refs);
  verdict->conditions = g_ptr_array_new_with_free_func (condition_free);
  return verdict;
}

HwVerdict *
hw_verdict_new_accepted (void)
{
  return verdict_new ();
}

HwVerdict *
hw_verdict_new_refused (HwReason reason, HwFieldId field, const char *message)
{
  HwVerdict *verdict = verdict_new ();

  verdict->refused = TRUE;
  verdict->reason = reason;
  verdict->field = field;
  verdict->message = g_strdup (message);
  return verdict;
}

HwVerdict *
hw_verdict_new_gate (HwGateId gate)
{
  HwVerdict *verdict = verdict_new ();

  verdict->gate = gate;
  hw_verdict_name_gate (verdict, gate);
  return verdict;
}

void
hw_verdict_add_condition (HwVerdict *verdict,
                          const char *code,
                          HwCategory category,
                          HwTypeId type,
                          HwFieldId field,
                          const char *record,
                          const char *title,
                          const char *detail)
{
  HwCondition *condition = g_new0 (HwCondition, 1);

  condition->code = g_intern_string (code);
  condition->category = category;
  condition->type = type;
  condition->field = field;
  condition->record = g_strdup (record);
  condition->title = g_strdup (title);
  condition->detail = g_strdup (detail);
  g_ptr_array_add (verdict->conditions, condition);
  if (!verdict->refused)
    {
      verdict->refused = TRUE;
      verdict->reason = HW_REASON_GATE;
      verdict->field = field;
    }
}

void
hw_verdict_set_provisional (HwVerdict *verdict)
{
  verdict->provisional = TRUE;
}

HwVerdict *
hw_verdict_ref (HwVerdict *verdict)
{
  g_atomic_ref_count_inc (&verdict->refs);
  return verdict;
}

void
hw_verdict_unref (HwVerdict *verdict)
{
  if (verdict == NULL || !g_atomic_ref_count_dec (&verdict->refs))
    return;
  g_ptr_array_unref (verdict->conditions);
  g_free (verdict->message);
  g_free (verdict);
}

HwOutcome
hw_verdict_outcome (HwVerdict *verdict)
{
  if (verdict->refused)
    return HW_OUTCOME_REFUSED;
  return verdict->provisional ? HW_OUTCOME_PROVISIONAL : HW_OUTCOME_ACCEPTED;
}

gboolean
hw_verdict_open (HwVerdict *verdict)
{
  return hw_verdict_outcome (verdict) == HW_OUTCOME_ACCEPTED;
}

HwReason
hw_verdict_reason (HwVerdict *verdict)
{
  return verdict->reason;
}

HwGateId
hw_verdict_gate (HwVerdict *verdict)
{
  return verdict->gate;
}

guint
hw_verdict_gates (HwVerdict *verdict)
{
  return verdict->gates;
}

void
hw_verdict_name_gate (HwVerdict *verdict, HwGateId gate)
{
  if (gate != HW_GATE_NONE)
    verdict->gates |= 1u << gate;
}

HwFieldId
hw_verdict_field (HwVerdict *verdict)
{
  return verdict->field;
}

const char *
hw_verdict_message (HwVerdict *verdict)
{
  if (verdict->message != NULL)
    return verdict->message;
  if (verdict->conditions->len > 0)
    return ((HwCondition *)g_ptr_array_index (verdict->conditions, 0))->title;
  if (verdict->provisional)
    return _ ("Waiting for the office: do not buy, do not send yet.");
  return "";
}

GPtrArray *
hw_verdict_conditions (HwVerdict *verdict)
{
  return verdict->conditions;
}

gboolean
hw_verdict_has (HwVerdict *verdict, const char *code)
{
  for (guint i = 0; i < verdict->conditions->len; i++)
    if (g_str_equal (((HwCondition *)g_ptr_array_index (verdict->conditions, i))->code, code))
      return TRUE;
  return FALSE;
}

/* A mission learns nothing but that the move may not be made, or that the request is closed: the
 * reason itself would tell what the office knows. */
static HwVerdict *
project_for_mission (HwVerdict *verdict)
{
  if (verdict->reason == HW_REASON_NOT_FOUND)
    return hw_verdict_ref (verdict);
  if (verdict->reason == HW_REASON_REQUEST_CLOSED)
    return hw_verdict_new_refused (
      HW_REASON_REQUEST_CLOSED, HW_FIELD_NONE, _ ("This request is closed."));
  return hw_verdict_new_refused (
    HW_REASON_MOVE_NOT_ALLOWED, HW_FIELD_NONE, _ ("This step is not possible here."));
}

static gboolean
holds_condition (HwVerdict *verdict, const HwCondition *condition)
{
  for (guint i = 0; i < verdict->conditions->len; i++)
    {
      HwCondition *held = g_ptr_array_index (verdict->conditions, i);

      if (held->code == condition->code && g_strcmp0 (held->record, condition->record) == 0
          && g_strcmp0 (held->detail, condition->detail) == 0)
        return TRUE;
    }
  return FALSE;
}

void
hw_verdict_take_condition (HwVerdict *verdict, const HwCondition *condition, const char *record)
{
  hw_verdict_add_condition (verdict,
                            condition->code,
                            condition->category,
                            condition->type,
                            condition->field,
                            record,
                            condition->title,
                            condition->detail);
}

void
hw_verdict_take_conditions (HwVerdict *verdict, HwVerdict *from)
{
  verdict->gates |= from->gates;
  for (guint i = 0; i < from->conditions->len; i++)
    {
      HwCondition *condition = g_ptr_array_index (from->conditions, i);

      if (!holds_condition (verdict, condition))
        hw_verdict_take_condition (verdict, condition, condition->record);
    }
}

HwVerdict *
hw_verdict_readable (HwVerdict *verdict, HwRole role, guint relations, gboolean *hidden)
{
  HwVerdict *told = hw_verdict_new_gate (verdict->gate);

  *hidden = FALSE;
  for (guint i = 0; i < verdict->conditions->len; i++)
    {
      HwCondition *condition = g_ptr_array_index (verdict->conditions, i);

      if (hw_access_reads_category (role, relations, condition->category, condition->field))
        hw_verdict_take_condition (told, condition, condition->record);
      else
        *hidden = TRUE;
    }
  return told;
}

static HwVerdict *
project_conditions (HwVerdict *verdict, HwRole role, guint relations)
{
  gboolean hidden;
  HwVerdict *told = hw_verdict_readable (verdict, role, relations, &hidden);

  if (hidden)
    hw_verdict_add_condition (told,
                              HW_CODE_SAFETY_CONDITION,
                              HW_CATEGORY_VERDICT,
                              HW_TYPE_ID_NONE,
                              HW_FIELD_NONE,
                              NULL,
                              _ ("A safety condition is open: ask the caseworker"),
                              NULL);
  return told;
}

static HwVerdict *
project_refusal (HwVerdict *verdict, HwRole role, guint relations)
{
  if (role == HW_ROLE_EMBASSY_LIAISON)
    return project_for_mission (verdict);
  if (verdict->conditions->len > 0)
    return project_conditions (verdict, role, relations);
  return hw_verdict_ref (verdict);
}

HwVerdict *
hw_verdict_project (HwVerdict *verdict, HwRole role, guint relations)
{
  HwVerdict *told;

  if (!verdict->refused)
    return hw_verdict_ref (verdict);
  told = project_refusal (verdict, role, relations);
  told->gates |= verdict->gates;
  return told;
}

const char *
hw_reason_nick (HwReason reason)
{
  static const char *const nicks[] = {
    [HW_REASON_NONE] = "none",
    [HW_REASON_GATE] = "gate",
    [HW_REASON_MOVE_NOT_ALLOWED] = "move-not-allowed",
    [HW_REASON_ROLE] = "role",
    [HW_REASON_NOT_FOUND] = "not-found",
    [HW_REASON_INVALID] = "invalid",
    [HW_REASON_IMMUTABLE] = "immutable",
    [HW_REASON_PARENT_UNKNOWN] = "parent-unknown",
    [HW_REASON_REQUEST_CLOSED] = "request-closed",
    [HW_REASON_SELF_APPROVAL] = "self-approval",
  };

  return (guint)reason < G_N_ELEMENTS (nicks) && nicks[reason] != NULL ? nicks[reason] : "refused";
}
