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
#include <stdlib.h>

#define REVIEW_DAYS 3 /* 72 hours */
#define FOLLOW_UP_WINDOW_DAYS 14

/* Withdrawal. The mission reads one line that gives no reason, and only if it ever saw the request.
 */
static void
tell_mission (HwEffects *effects, HwRecord *request, guint n)
{
  HwOperation *operation;
  g_autofree char *now = hw_instant_format (effects->context->now_us);

  if (!hw_facts_request_shared (request))
    return;
  operation = hw_effect_create_once (effects, HW_TYPE_ID_EMBASSY_MESSAGE, "withdrawn", n);
  if (operation == NULL)
    return;
  hw_operation_set_text (operation, HW_FIELD_EMBASSY_MESSAGE_REQUEST, hw_record_id (request), 0);
  hw_operation_set_text (operation, HW_FIELD_EMBASSY_MESSAGE_FROM, "caseworker", 0);
  hw_operation_set_text (operation,
                         HW_FIELD_EMBASSY_MESSAGE_TEXT,
                         N_ ("This request has been withdrawn by the office."),
                         0);
  hw_operation_set_text (operation, HW_FIELD_EMBASSY_MESSAGE_AT, now, 0);
}

/* mission (nullable): all. spared (nullable): statuses that end otherwise. */
static void
withdraw_requests (HwEffects *effects, const char *mission, const char *const *spared)
{
  GPtrArray *requests = hw_case_file_of_type (effects->file, HW_TYPE_ID_EMBASSY_REQUEST);

  for (guint i = 0; i < requests->len; i++)
    {
      HwRecord *request = g_ptr_array_index (requests, i);

      if (!hw_facts_request_open (request) || hw_record_status (request) == NULL
          || (mission != NULL
              && !hw_record_is (request, HW_FIELD_EMBASSY_REQUEST_MISSION, mission))
          || (spared != NULL && hw_facts_status_in (request, spared)))
        continue;
      tell_mission (effects, request, i);
      hw_effect_set_text (effects, request, HW_FIELD_EMBASSY_REQUEST_STATUS, "withdrawn");
    }
}

/* What was bought cannot be taken back by a rule: somebody must call the carrier. */
static void
release_holds (HwEffects *effects)
{
  static const char *const held[] = { "requested", "held", "confirmed", NULL };
  static const char *const bought[] = { "ticketed", "checked_in", "rebooked", NULL };
  GPtrArray *movements = hw_case_file_of_type (effects->file, HW_TYPE_ID_MOVEMENT);

  for (guint i = 0; i < movements->len; i++)
    {
      HwRecord *movement = g_ptr_array_index (movements, i);

      if (hw_facts_status_in (movement, held))
        hw_effect_set_text (effects, movement, HW_FIELD_MOVEMENT_STATUS, "cancelled");
      else if (hw_facts_status_in (movement, bought))
        hw_effect_add_task (effects,
                            "ticket",
                            i,
                            N_ ("She does not travel: give the ticket back"),
                            hw_effect_owner (effects),
                            movement,
                            0);
    }
}

static gboolean
is_about_travel (HwEffects *effects, HwRecord *task)
{
  HwRecord *about
    = hw_case_file_lookup (effects->file, hw_record_get_text (task, HW_FIELD_TASK_ABOUT));

  if (about == NULL)
    return FALSE;
  switch (hw_record_type (about))
    {
      case HW_TYPE_ID_MOVEMENT:
      case HW_TYPE_ID_SEGMENT:
      case HW_TYPE_ID_TICKET:
        return TRUE;
      default:
        return FALSE;
    }
}

/* A task that a rule made (a review, a ticket to give back) is not a plan to travel. */
static gboolean
is_own_task (HwEffects *effects, HwRecord *task)
{
  const char *author = hw_record_created_by (task);

  if (author != NULL && g_str_has_prefix (author, "system:"))
    return TRUE;
  for (guint i = 0; i < hw_case_file_of_type (effects->file, HW_TYPE_ID_MOVEMENT)->len; i++)
    {
      g_autofree char *id = hw_effect_id (effects, "ticket", i);

      if (g_str_equal (id, hw_record_id (task)))
        return TRUE;
    }
  return FALSE;
}

static void
cancel_travel_tasks (HwEffects *effects)
{
  GPtrArray *tasks = hw_case_file_of_type (effects->file, HW_TYPE_ID_TASK);

  for (guint i = 0; i < tasks->len; i++)
    {
      HwRecord *task = g_ptr_array_index (tasks, i);

      if (is_about_travel (effects, task) && !is_own_task (effects, task))
        hw_effect_finish_task (effects, task);
    }
}

/* A consent given again after the withdrawal, known here before it, stands. */
static gboolean
is_granted_again (HwEffects *effects, HwRecord *consent)
{
  HwRecord *person
    = hw_case_file_lookup (effects->file, hw_record_get_text (consent, HW_FIELD_CONSENT_PERSON));
  g_autofree char *today = hw_date_of_instant (effects->context->now_us, effects->zone);
  HwConsentQuestion asked
    = { .purpose = hw_record_get_text (consent, HW_FIELD_CONSENT_PURPOSE),
        .recipient = hw_record_get_text (consent, HW_FIELD_CONSENT_RECIPIENT),
        .person = person != NULL ? person : hw_case_file_survivor (effects->file),
        .at_us = effects->context->now_us,
        .day = today };

  return hw_facts_consent (effects->file, &asked, NULL) != NULL;
}

static void
after_consent (HwEffects *effects)
{
  HwRecord *consent = effects->after;

  if (hw_record_get (consent, HW_FIELD_CONSENT_WITHDRAWN_AT) == NULL
      || (effects->before != NULL
          && hw_record_get (effects->before, HW_FIELD_CONSENT_WITHDRAWN_AT) != NULL)
      || is_granted_again (effects, consent))
    return;
  if (hw_record_is (consent, HW_FIELD_CONSENT_PURPOSE, "embassy_contact"))
    withdraw_requests (
      effects, hw_record_get_text (consent, HW_FIELD_CONSENT_RECIPIENT), NULL);
  if (hw_record_is (consent, HW_FIELD_CONSENT_PURPOSE, "travel_booking"))
    {
      release_holds (effects);
      cancel_travel_tasks (effects);
    }
}

/* "Undecided" stops the booking; only a choice to stay or to go elsewhere ends the requests. */
static void
after_decision (HwEffects *effects)
{
  HwRecord *decision = effects->after;
  const char *choice = hw_record_get_text (decision, HW_FIELD_DECISION_CHOICE);
  HwRecord *person
    = hw_case_file_lookup (effects->file, hw_record_get_text (decision, HW_FIELD_DECISION_PERSON));

  if (choice == NULL || g_str_equal (choice, "return"))
    return;
  if (person == NULL)
    person = hw_case_file_survivor (effects->file);
  if (hw_facts_decision (effects->file, person, 0) != decision)
    return;
  if (hw_facts_is_survivor (person) && !g_str_equal (choice, "undecided"))
    withdraw_requests (effects, NULL, NULL);
  release_holds (effects);
  cancel_travel_tasks (effects);
}

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

/* Arrival */

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

/* A set is sorted as text ("1", "12", "3"); the months are numbers. */
static GArray *
follow_up_months (HwCaseFile *file)
{
  static const int usual[] = { 1, 3, 6, 12 };
  HwRecord *office = hw_case_file_office (file);
  GArray *months = g_array_new (FALSE, FALSE, sizeof (int));
  const char *const *set = hw_value_set (
    office != NULL ? hw_record_get (office, HW_FIELD_OFFICE_FOLLOWUP_MONTHS) : NULL);

  for (guint i = 0; set[i] != NULL; i++)
    {
      int month = (int)g_ascii_strtoll (set[i], NULL, 10);

      if (month > 0 && month <= 120)
        g_array_append_val (months, month);
    }
  if (months->len == 0)
    g_array_append_vals (months, usual, G_N_ELEMENTS (usual));
  g_array_sort (months, compare_numbers);
  return months;
}

static gboolean
is_planned (HwCaseFile *file, const char *day)
{
  GPtrArray *visits = hw_case_file_of_type (file, HW_TYPE_ID_FOLLOW_UP);

  for (guint i = 0; i < visits->len; i++)
    if (hw_record_is (g_ptr_array_index (visits, i), HW_FIELD_FOLLOW_UP_DUE_ON, day))
      return TRUE;
  return FALSE;
}

static void
plan_follow_ups (HwEffects *effects)
{
  g_autoptr (GArray) months = follow_up_months (effects->file);
  g_autoptr (HwValue) window = hw_value_new_integer (FOLLOW_UP_WINDOW_DAYS);
  g_autofree char *arrived = NULL;
  gint64 us = effects->context->now_us;

  hw_facts_instant (effects->after, HW_FIELD_MOVEMENT_ARRIVED_AT, &us);
  arrived = hw_date_of_instant (us, effects->zone);
  for (guint i = 0; i < months->len; i++)
    {
      int month = g_array_index (months, int, i);
      g_autofree char *due = hw_date_add_months (arrived, month);
      HwOperation *operation;

      if (is_planned (effects->file, due))
        continue;
      operation = hw_effect_create_once (effects, HW_TYPE_ID_FOLLOW_UP, "follow-up", (guint)month);
      if (operation == NULL)
        continue;
      hw_operation_set_text (operation, HW_FIELD_FOLLOW_UP_DUE_ON, due, 0);
      hw_operation_set (operation, HW_FIELD_FOLLOW_UP_WINDOW_DAYS, window, 0);
      hw_operation_set_text (operation, HW_FIELD_FOLLOW_UP_STATUS, "due", 0);
    }
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
  withdraw_requests (effects, NULL, answered);
}

static void
after_case (HwEffects *effects)
{
  g_autofree char *today = hw_date_of_instant (effects->context->now_us, effects->zone);

  if (hw_facts_case_closed (effects->after) && !hw_facts_case_closed (effects->before))
    {
      end_requests (effects);
      release_holds (effects);
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
  hw_effect_add_task (effects,
                      "override",
                      gate,
                      N_ ("Review the emergency override within 72 hours"),
                      hw_record_get_text (override, HW_FIELD_APPROVAL_DECIDED_BY),
                      effects->after,
                      REVIEW_DAYS);
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
    hw_effect_add_task (effects,
                        "breach",
                        0,
                        N_ ("Review within 72 hours: this happened before everything was in place"),
                        hw_effect_owner (effects),
                        effects->after,
                        REVIEW_DAYS);
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
        after_consent (effects);
        break;
      case HW_TYPE_ID_PERSON:
        after_person (effects);
        break;
      case HW_TYPE_ID_DECISION:
        after_decision (effects);
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
        if (hw_effect_reached (effects, "arrived"))
          plan_follow_ups (effects);
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
