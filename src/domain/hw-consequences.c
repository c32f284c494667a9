/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What follows from an accepted operation (domain.md section 4, end). The desktop computes it for
 * its own view and the server for good, so every id comes from the operation's: an edit made
 * offline to a follow-up lands on the server's follow-up. Computing again over the result gives
 * nothing new. Texts are stored untranslated, so that both sides write the same; screens translate
 * them.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-effects-private.h"

#include "base/hw-base.h"
#include "schema/hw-place.h"

#include <glib/gi18n-lib.h>

static void
after_request (HwEffects *effects)
{
  HwRecord *request = effects->after;
  g_autofree char *today = hw_date_of_instant (effects->context->now_us, effects->zone);

  if (hw_effect_reached (effects, "sent")
      && hw_record_get (request, HW_FIELD_EMBASSY_REQUEST_SENT_ON) == NULL)
    hw_effect_set_text (effects, request, HW_FIELD_EMBASSY_REQUEST_SENT_ON, today);
  hw_effects_of_phone (effects);
  if (hw_effect_reached (effects, "refused") || hw_effect_reached (effects, "nationality_not_confirmed"))
    hw_effect_add_task (effects,
                        "refusal",
                        0,
                        N_ ("Read the mission’s answer and decide what follows"),
                        hw_effect_owner (effects),
                        request,
                        REVIEW_DAYS);
}

/* Closing and opening again */

/* Whatever a mission still holds of a closed case ends: what was answered is closed, what was not is
 * withdrawn with the one neutral line. */
static void
end_requests (HwEffects *effects)
{
  static const char *const answered[]
    = { "approved", "refused", "nationality_not_confirmed", "escalated", NULL };
  GPtrArray *requests = hw_case_file_of_type (effects->file, HW_TYPE_ID_EMBASSY_REQUEST);

  for (guint i = 0; i < requests->len; i++)
    if (hw_facts_status_in (g_ptr_array_index (requests, i), answered))
      hw_effect_set_text (
        effects, g_ptr_array_index (requests, i), HW_FIELD_EMBASSY_REQUEST_STATUS, "closed");
  hw_effects_withdraw_requests (effects, NULL, answered);
}

static void
after_case (HwEffects *effects)
{
  g_autofree char *today = hw_date_of_instant (effects->context->now_us, effects->zone);

  if (hw_facts_case_closed (effects->after) && !hw_facts_case_closed (effects->before))
    {
      end_requests (effects);
      hw_effects_release_holds (effects);
      hw_effects_give_tickets_back (effects);
      hw_effects_of_closing (effects, today);
    }
  else if (!hw_facts_case_closed (effects->after) && hw_facts_case_closed (effects->before))
    hw_effects_of_reopening (effects);
}

/* Gates that were passed over or overridden */

static void
review_override (HwEffects *effects, HwRecord *override, guint gate)
{
  hw_effect_set_text (effects, override, HW_FIELD_APPROVAL_USED_BY, effects->seed);
  hw_effect_add_review (effects,
                        "override",
                        gate,
                        N_ ("Review the emergency override within 72 hours"),
                        hw_record_get_text (override, HW_FIELD_APPROVAL_DECIDED_BY));
}

/* The approval served; whoever closes the case again after a reopening asks again. */
static void
use_closure_approval (HwEffects *effects)
{
  HwRecord *approval
    = hw_gate_closure_approval (effects->file, effects->after, effects->context->now_us);

  if (approval != NULL)
    hw_effect_set_text (effects, approval, HW_FIELD_APPROVAL_USED_BY, effects->seed);
}

static void
after_move (HwEffects *effects)
{
  const HwTypeDef *def = hw_record_def (effects->after);
  const char *from = effects->before != NULL ? hw_record_status (effects->before) : NULL;
  const char *to = hw_record_status (effects->after);
  const HwMoveDef *move
    = to != NULL && g_strcmp0 (from, to) != 0 ? hw_schema_move (def->id, from, to) : NULL;
  gboolean breach = FALSE;

  if (move != NULL && (move->gates & (1u << HW_GATE_CLOSURE)) != 0)
    use_closure_approval (effects);
  for (guint gate = HW_GATE_NONE + 1; move != NULL && gate < HW_N_GATES; gate++)
    {
      g_autoptr (HwVerdict) verdict = NULL;
      HwRecord *override = NULL;

      if ((move->gates & (1u << gate)) == 0 || hw_gate_is_behind (move, (HwGateId)gate))
        continue;
      verdict = hw_gate_evaluate_for ((HwGateId)gate,
                                      effects->file,
                                      effects->before,
                                      effects->after,
                                      to,
                                      hw_record_updated_by (effects->after),
                                      effects->context,
                                      &override);
      if (override != NULL)
        review_override (effects, override, gate);
      breach |= move->observation && hw_verdict_outcome (verdict) == HW_OUTCOME_REFUSED;
    }
  if (move != NULL && move->gates != 0
      && hw_gate_event_is_late (effects->after, to, effects->context))
    hw_effect_add_task (effects,
                        "late",
                        0,
                        N_ ("Review: this was written down more than a day after it happened"),
                        hw_effect_owner (effects),
                        effects->after,
                        REVIEW_DAYS);
  if (breach)
    hw_effect_add_review (
      effects,
      "breach",
      0,
      N_ ("Review within 72 hours: this happened before everything was in place"),
      hw_effect_owner (effects));
}

static const char *
text_before (HwEffects *effects, HwFieldId field)
{
  return effects->before != NULL ? hw_record_get_text (effects->before, field) : NULL;
}

/* What stood there was nobody's word, or followed from what is now changed. */
static gboolean
may_follow (HwEffects *effects, HwFieldId field, const char *derived_before)
{
  const char *now = hw_record_get_text (effects->after, field);

  return now == NULL
         || (derived_before != NULL && g_strcmp0 (now, derived_before) == 0
             && g_strcmp0 (now, text_before (effects, field)) == 0);
}

/* The provinces of before and since 2025 are both kept, so that either finds her: one follows from the
 * other or from the commune, where it does, and whoever knows better writes over it. */
static void
after_person (HwEffects *effects)
{
  const HwFieldId old_field = HW_FIELD_PERSON_ORIGIN_PROVINCE;
  const HwFieldId new_field = HW_FIELD_PERSON_ORIGIN_NEW_PROVINCE;
  const char *old_before = text_before (effects, old_field);
  const char *commune_before = text_before (effects, HW_FIELD_PERSON_ORIGIN_COMMUNE);
  const char *old_now = hw_record_get_text (effects->after, old_field);
  const char *commune = hw_record_get_text (effects->after, HW_FIELD_PERSON_ORIGIN_COMMUNE);
  g_autofree char *new_before = hw_place_new_province (old_before, NULL, commune_before);
  g_autofree char *new_now = hw_place_new_province (old_now, NULL, commune);
  g_autofree char *derived_old = hw_place_old_province (NULL, commune);
  HwOperation *operation;

  if (g_strcmp0 (old_before, old_now) == 0 && g_strcmp0 (commune_before, commune) == 0)
    return;
  if (old_now != NULL)
    g_clear_pointer (&derived_old, g_free);
  if (!may_follow (effects, new_field, new_before)
      || (new_now != NULL && hw_record_is (effects->after, new_field, new_now)))
    g_clear_pointer (&new_now, g_free);
  if (new_now == NULL && derived_old == NULL)
    return;
  operation = hw_effect_on (
    effects, HW_ACTION_UPDATE, HW_TYPE_ID_PERSON, hw_record_id (effects->after));
  if (new_now != NULL)
    hw_operation_set_text (
      operation, new_field, new_now, hw_record_field_rev (effects->after, new_field));
  if (derived_old != NULL)
    hw_operation_set_text (
      operation, old_field, derived_old, hw_record_field_rev (effects->after, old_field));
}

static void
after_record (HwEffects *effects)
{
  hw_effects_of_sharing (effects);
  switch (hw_record_type (effects->after))
    {
      case HW_TYPE_ID_CONSENT:
        hw_effects_of_consent (effects);
        break;
      case HW_TYPE_ID_PERSON:
        after_person (effects);
        break;
      case HW_TYPE_ID_DECISION:
        hw_effects_of_decision (effects);
        break;
      case HW_TYPE_ID_EMBASSY_REQUEST:
        after_request (effects);
        break;
      case HW_TYPE_ID_CASE:
        after_case (effects);
        break;
      case HW_TYPE_ID_TRAVEL_DOCUMENT:
        hw_effects_of_document (effects);
        break;
      case HW_TYPE_ID_MOVEMENT:
        hw_effects_of_arrival (effects);
        break;
      case HW_TYPE_ID_RISK_ASSESSMENT:
        hw_effects_of_assessment (effects);
        break;
      default:
        break;
    }
  hw_effects_of_what_was_agreed (effects);
  hw_effects_of_travel (effects);
  after_move (effects);
}

GPtrArray *
hw_consequences (HwCaseFile *file,
                 HwRecord *before,
                 HwRecord *after,
                 HwOperation *operation,
                 const HwRulesContext *context)
{
  HwEffects effects
    = { .file = file, .before = before, .after = after, .seed = operation->id, .context = context };
  g_autoptr (HwRecord) held = NULL;

  g_return_val_if_fail (HW_IS_CASE_FILE (file), NULL);

  effects.found = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);
  if (after == NULL || hw_record_deleted (after) || operation->action == HW_ACTION_DELETE
      || (hw_record_def (after)->root == HW_ROOT_NONE
          && hw_record_type (after) != HW_TYPE_ID_OFFICE_CHANGE))
    return effects.found;
  if (hw_record_type (after) == HW_TYPE_ID_OFFICE_CHANGE)
    {
      hw_effects_of_office_change (&effects);
      return effects.found;
    }

  /* The rules look at the case as it is after the operation; the file is given back as it came. */
  effects.zone = hw_facts_zone (file);
  held = hw_case_file_lookup (file, hw_record_id (after));
  if (held != NULL)
    g_object_ref (held);
  if (held != after)
    hw_case_file_add (file, after);
  after_record (&effects);
  if (held != after)
    {
      hw_case_file_remove (file, hw_record_id (after));
      if (held != NULL)
        hw_case_file_add (file, held);
    }
  return effects.found;
}
