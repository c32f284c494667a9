/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Consequences of what an office does with a case and with itself: an answer it heard by phone, a
 * case that ends or begins again, settings that two supervisors agreed on.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-effects-private.h"

/* Where a mission has no account the office writes down what it heard, and says that it did. */
void
hw_effects_of_phone (HwEffects *effects)
{
  HwRecord *request = effects->after;
  const HwRulesContext *context = effects->context;
  const char *from = effects->before != NULL ? hw_record_status (effects->before) : NULL;
  const char *to = hw_record_status (request);
  const HwMoveDef *move = to != NULL && g_strcmp0 (from, to) != 0
                            ? hw_schema_move (HW_TYPE_ID_EMBASSY_REQUEST, from, to)
                            : NULL;
  g_autoptr (HwValue) told = NULL;
  gboolean by_phone;
  const char *by = hw_record_updated_by (request);
  HwRole role;

  if (move == NULL || move->told == 0 || by == NULL || context->find_user == NULL
      || !context->find_user (by, &role, context->people))
    return;
  by_phone = (move->roles & (1u << role)) == 0;
  if (hw_record_get_boolean (request, HW_FIELD_EMBASSY_REQUEST_TOLD_BY_PHONE) == by_phone)
    return;
  told = hw_value_new_boolean (by_phone);
  hw_operation_set (
    hw_effect_on (effects, HW_ACTION_UPDATE, HW_TYPE_ID_EMBASSY_REQUEST, hw_record_id (request)),
    HW_FIELD_EMBASSY_REQUEST_TOLD_BY_PHONE,
    told,
    hw_record_field_rev (request, HW_FIELD_EMBASSY_REQUEST_TOLD_BY_PHONE));
}

/* What was said at the last closing or opening is over: the history keeps it, and the next one is
 * said anew. */
static void
turn_page (HwEffects *effects, const HwFieldId *over, const char *closed_on)
{
  HwRecord *header = effects->after;
  gboolean dated
    = closed_on == NULL || hw_record_get (header, HW_FIELD_CASE_CLOSED_ON) != NULL;
  HwOperation *operation = NULL;

  for (guint i = 0; over[i] != HW_FIELD_NONE; i++)
    {
      if (hw_record_get (header, over[i]) == NULL)
        continue;
      if (operation == NULL)
        operation
          = hw_effect_on (effects, HW_ACTION_UPDATE, HW_TYPE_ID_CASE, hw_record_id (header));
      hw_operation_set (operation, over[i], NULL, hw_record_field_rev (header, over[i]));
    }
  if (dated)
    return;
  if (operation == NULL)
    operation = hw_effect_on (effects, HW_ACTION_UPDATE, HW_TYPE_ID_CASE, hw_record_id (header));
  hw_operation_set_text (operation,
                         HW_FIELD_CASE_CLOSED_ON,
                         closed_on,
                         hw_record_field_rev (header, HW_FIELD_CASE_CLOSED_ON));
}

void
hw_effects_of_closing (HwEffects *effects, const char *today)
{
  static const HwFieldId over[] = { HW_FIELD_CASE_REOPENING_REASON, HW_FIELD_NONE };

  turn_page (effects, over, today);
}

void
hw_effects_of_reopening (HwEffects *effects)
{
  static const HwFieldId over[]
    = { HW_FIELD_CASE_CLOSURE_REASON, HW_FIELD_CASE_CLOSED_ON, HW_FIELD_NONE };

  turn_page (effects, over, NULL);
}

/* Two have agreed: the settings are written by the system, with the gates that are judged by them. */
void
hw_effects_of_office_change (HwEffects *effects)
{
  static const HwFieldId asked[][2] = {
    { HW_FIELD_OFFICE_CHANGE_DECISION_DAYS, HW_FIELD_OFFICE_DECISION_DAYS },
    { HW_FIELD_OFFICE_CHANGE_RISK_DAYS, HW_FIELD_OFFICE_RISK_DAYS },
    { HW_FIELD_OFFICE_CHANGE_FOLLOWUP_MONTHS, HW_FIELD_OFFICE_FOLLOWUP_MONTHS },
    { HW_FIELD_OFFICE_CHANGE_LOCK_MINUTES, HW_FIELD_OFFICE_LOCK_MINUTES },
  };
  HwRecord *office = hw_case_file_lookup (
    effects->file, hw_record_get_text (effects->after, HW_FIELD_OFFICE_CHANGE_OFFICE));
  HwOperation *operation = NULL;

  if (!hw_record_is (effects->after, HW_FIELD_OFFICE_CHANGE_VERDICT, "approved")
      || (effects->before != NULL
          && hw_record_is (effects->before, HW_FIELD_OFFICE_CHANGE_VERDICT, "approved"))
      || office == NULL || hw_record_type (office) != HW_TYPE_ID_OFFICE)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      HwValue *value = hw_record_get (effects->after, asked[i][0]);

      if (value == NULL || hw_value_equal (value, hw_record_get (office, asked[i][1])))
        continue;
      if (operation == NULL)
        operation = hw_effect_on (effects, HW_ACTION_UPDATE, HW_TYPE_ID_OFFICE, hw_record_id (office));
      hw_operation_set (
        operation, asked[i][1], value, hw_record_field_rev (office, asked[i][1]));
    }
}
