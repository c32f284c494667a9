/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a consequence is written down: with ids derived from its cause, once, and only where it
 * changes something.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-effects-private.h"

#include "base/hw-base.h"

#include <string.h>

#define SYSTEM_FOR "system:"

char *
hw_effect_id (HwEffects *effects, const char *rule, guint n)
{
  g_autofree char *name = g_strdup_printf ("%s:%u", rule, n);

  return hw_uuid_v5 (effects->seed, name);
}

HwOperation *
hw_effect_on (HwEffects *effects, HwAction action, HwTypeId type, const char *record)
{
  g_autofree char *name = g_strdup_printf ("operation:%s", record);
  g_autofree char *id = hw_uuid_v5 (effects->seed, name);
  HwOperation *operation;

  for (guint i = 0; i < effects->found->len; i++)
    if (g_str_equal (((HwOperation *)g_ptr_array_index (effects->found, i))->record, record))
      return g_ptr_array_index (effects->found, i);
  operation = hw_operation_new (id, action, type, record, hw_case_file_id (effects->file));
  operation->at = hw_instant_format (effects->context->now_us);
  g_ptr_array_add (effects->found, operation);
  return operation;
}

HwOperation *
hw_effect_create_once (HwEffects *effects, HwTypeId type, const char *rule, guint n)
{
  g_autofree char *id = hw_effect_id (effects, rule, n);

  if (hw_case_file_lookup (effects->file, id) != NULL)
    return NULL;
  return hw_effect_on (effects, HW_ACTION_CREATE, type, id);
}

void
hw_effect_set_text (HwEffects *effects, HwRecord *record, HwFieldId field, const char *text)
{
  g_autoptr (HwValue) value = text != NULL ? hw_value_new_text (text) : NULL;

  if (hw_value_equal (hw_record_get (record, field), value))
    return;
  hw_operation_set (
    hw_effect_on (effects, HW_ACTION_UPDATE, hw_record_type (record), hw_record_id (record)),
    field,
    value,
    hw_record_field_rev (record, field));
}

HwOperation *
hw_effect_add_task (HwEffects *effects,
                    const char *rule,
                    guint n,
                    const char *title,
                    const char *assignee,
                    HwRecord *about,
                    gint in_days)
{
  HwOperation *operation = hw_effect_create_once (effects, HW_TYPE_ID_TASK, rule, n);
  g_autofree char *today = hw_date_of_instant (effects->context->now_us, effects->zone);
  g_autofree char *due = hw_date_add_days (today, in_days);

  if (operation == NULL)
    return NULL;
  hw_operation_set_text (operation, HW_FIELD_TASK_TITLE, title, 0);
  hw_operation_set_text (operation, HW_FIELD_TASK_DUE_ON, due, 0);
  if (assignee != NULL)
    hw_operation_set_text (operation, HW_FIELD_TASK_ASSIGNEE, assignee, 0);
  hw_operation_set_text (operation, HW_FIELD_TASK_ABOUT, hw_record_id (about), 0);
  return operation;
}

/* Who is answerable for what a rule did is whose operation it followed from. */
static const char *
who_made_the_step (HwEffects *effects)
{
  const char *by = hw_record_updated_by (effects->after);

  return by != NULL && g_str_has_prefix (by, SYSTEM_FOR) ? by + strlen (SYSTEM_FOR) : by;
}

void
hw_effect_add_review (HwEffects *effects,
                      const char *rule,
                      guint n,
                      const char *title,
                      const char *assignee)
{
  const char *mover = who_made_the_step (effects);
  HwOperation *operation
    = hw_effect_add_task (effects,
                          rule,
                          n,
                          title,
                          g_strcmp0 (assignee, mover) != 0 ? assignee : NULL,
                          effects->after,
                          REVIEW_DAYS);

  if (operation != NULL && mover != NULL)
    hw_operation_set_text (operation, HW_FIELD_TASK_REVIEW_OF, mover, 0);
}

void
hw_effect_finish_task (HwEffects *effects, HwRecord *task)
{
  g_autofree char *now = hw_instant_format (effects->context->now_us);

  if (hw_record_get (task, HW_FIELD_TASK_DONE_AT) == NULL)
    hw_effect_set_text (effects, task, HW_FIELD_TASK_DONE_AT, now);
}

const char *
hw_effect_owner (HwEffects *effects)
{
  HwRecord *header = hw_case_file_case (effects->file);

  return header != NULL ? hw_record_get_text (header, HW_FIELD_CASE_OWNER) : NULL;
}

gboolean
hw_effect_still_returns (HwEffects *effects)
{
  HwRecord *decision
    = hw_facts_decision (effects->file, hw_case_file_survivor (effects->file), 0);

  return decision == NULL || hw_record_get (decision, HW_FIELD_DECISION_CHOICE) == NULL
         || hw_record_is (decision, HW_FIELD_DECISION_CHOICE, HW_DECISION_CHOICE_RETURN);
}

gboolean
hw_effect_reached (HwEffects *effects, const char *status)
{
  const char *const one[] = { status, NULL };

  return hw_effect_reached_any (effects, one);
}

gboolean
hw_effect_reached_any (HwEffects *effects, const char *const *statuses)
{
  const char *from = effects->before != NULL ? hw_record_status (effects->before) : NULL;

  return hw_facts_status_in (effects->after, statuses)
         && g_strcmp0 (hw_record_status (effects->after), from) != 0;
}
