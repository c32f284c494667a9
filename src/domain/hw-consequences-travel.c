/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What follows on the way home. Whoever misses a connection keeps the old itinerary in her file, as
 * missed, and gets the new one beside it; whoever waits for her at the airport is asked again as
 * soon as the time of arrival is another one, since an acknowledgement is of a time. A journey is
 * one person's: what becomes of it never touches the journeys of those who travel with her.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-effects-private.h"

#include "base/hw-base.h"
#include "domain/hw-travel.h"

#include <glib/gi18n-lib.h>

#define TASK_REBOOK N_ ("She did not travel as planned: rebook her")
#define TASK_NEW_TIME                                                                              \
  N_ ("The time of arrival has changed: the receiving office must acknowledge it")
#define TASK_HOLD_ENDED N_ ("The hold has ended: ask the carrier for the seats again")

static const char *const own_titles[] = { TASK_REBOOK, TASK_HOLD_ENDED, NULL };

/* The title says what is to be done, once for one cause. */
static void
add_task (HwEffects *effects, const char *title, HwRecord *about)
{
  hw_effect_add_task (effects, title, 0, title, hw_effect_owner (effects), about, 0);
}

static gboolean
is_ahead (HwRecord *leg, HwFieldId field, gint64 now_us)
{
  gint64 us;

  return !hw_travel_leg_moment (leg, field, &us) || us > now_us;
}

/* The old itinerary stays, marked as what it is. */
static void
miss_leg (HwEffects *effects, HwRecord *leg)
{
  static const char *const open[] = { "planned", "confirmed", NULL };

  if (hw_record_status (leg) == NULL || hw_facts_status_in (leg, open))
    hw_effect_set_text (effects, leg, HW_FIELD_SEGMENT_STATUS, "missed");
}

static gboolean
has_missed_leg (GPtrArray *dropped)
{
  for (guint i = 0; i < dropped->len; i++)
    if (hw_record_is (g_ptr_array_index (dropped, i), HW_FIELD_SEGMENT_STATUS, "missed"))
      return TRUE;
  return FALSE;
}

/* Who stays, or took back that a journey be booked, is not asked to be booked again. */
static gboolean
wants_to_travel (HwEffects *effects)
{
  g_autofree char *today = hw_date_of_instant (effects->context->now_us, effects->zone);
  const HwConsentQuestion booking = { .purpose = HW_CONSENT_PURPOSE_TRAVEL_BOOKING,
                                      .person = hw_case_file_survivor (effects->file),
                                      .at_us = effects->context->now_us,
                                      .day = today };

  return hw_effect_still_returns (effects) && !hw_facts_is_withdrawn (effects->file, &booking);
}

/* Written on the journey as a whole: everything she has not yet arrived by. Where a leg was marked
 * first, that leg has said which. */
static void
left_behind (HwEffects *effects)
{
  g_autoptr (GPtrArray) dropped = NULL;
  g_autoptr (GPtrArray) legs
    = hw_travel_legs (hw_case_file_of_type (effects->file, HW_TYPE_ID_SEGMENT),
                      hw_record_id (effects->after),
                      &dropped);
  static const char *const under_way[] = { "departed", "in_transit", NULL };
  gboolean began = effects->before != NULL && hw_facts_status_in (effects->before, under_way);

  for (guint i = 0; i < legs->len && !has_missed_leg (dropped); i++)
    if (!began
        || is_ahead (g_ptr_array_index (legs, i),
                     HW_FIELD_SEGMENT_ARRIVES_AT,
                     effects->context->now_us))
      miss_leg (effects, g_ptr_array_index (legs, i));
  if (wants_to_travel (effects))
    add_task (effects, TASK_REBOOK, effects->after);
}

static void
finish_tasks (HwEffects *effects)
{
  GPtrArray *tasks = hw_case_file_of_type (effects->file, HW_TYPE_ID_TASK);

  for (guint i = 0; i < tasks->len; i++)
    {
      HwRecord *task = g_ptr_array_index (tasks, i);
      const char *title = hw_record_get_text (task, HW_FIELD_TASK_TITLE);

      if (hw_record_is (task, HW_FIELD_TASK_ABOUT, hw_record_id (effects->after)) && title != NULL
          && g_strv_contains (own_titles, title))
        hw_effect_finish_task (effects, task);
    }
}

/* Gates judge a step by its own moment. What is planned anew has not happened yet: the moments of
 * the plan before would let an old word of hers, and an old assessment, open what is asked today. */
static void
forget_moments (HwEffects *effects)
{
  static const HwFieldId moments[]
    = { HW_FIELD_MOVEMENT_TICKETED_AT, HW_FIELD_MOVEMENT_CHECKED_IN_AT,
        HW_FIELD_MOVEMENT_DEPARTED_AT, HW_FIELD_MOVEMENT_ARRIVED_AT };
  static const char *const anew[] = { "draft", "requested", "held", "rebooked", NULL };
  gboolean all = hw_effect_reached_any (effects, anew);
  gboolean back = hw_effect_reached (effects, "ticketed") && effects->before != NULL
                  && hw_record_get (effects->before, HW_FIELD_MOVEMENT_CHECKED_IN_AT) != NULL;

  for (guint i = 0; (all || back) && i < G_N_ELEMENTS (moments); i++)
    if ((all || moments[i] != HW_FIELD_MOVEMENT_TICKETED_AT)
        && hw_record_get (effects->after, moments[i]) != NULL)
      hw_effect_set_text (effects, effects->after, moments[i], NULL);
}

static void
after_movement (HwEffects *effects)
{
  static const char *const left[] = { "missed", "no_show", "denied_boarding", NULL };
  static const char *const over[] = { "cancelled", "arrived", NULL };

  forget_moments (effects);
  if (hw_effect_reached_any (effects, left))
    left_behind (effects);
  else if (hw_effect_reached_any (effects, over))
    finish_tasks (effects);
}

/* Legs */

static void
miss_connection (HwEffects *effects, HwRecord *movement)
{
  static const char *const bought[] = { "ticketed", "checked_in", "departed", "in_transit", NULL };
  g_autoptr (GPtrArray) legs = hw_travel_legs (
    hw_case_file_of_type (effects->file, HW_TYPE_ID_SEGMENT), hw_record_id (movement), NULL);

  for (guint i = 0; i < legs->len; i++)
    if (hw_travel_compare_legs (&effects->after, &g_ptr_array_index (legs, i)) < 0)
      miss_leg (effects, g_ptr_array_index (legs, i));
  if (hw_facts_status_in (movement, bought))
    hw_effect_set_text (effects, movement, HW_FIELD_MOVEMENT_STATUS, "missed");
}

/* "2026-11-27T10:35 Africa/Bujumbura"; (nullable) (transfer full) */
static char *
arrival_of (HwEffects *effects, HwRecord *movement)
{
  g_autoptr (HwJourney) journey = hw_journey_new (effects->file, movement);
  HwRecord *last
    = journey->legs->len > 0 ? g_ptr_array_index (journey->legs, journey->legs->len - 1) : NULL;
  const char *at = last != NULL ? hw_record_get_text (last, HW_FIELD_SEGMENT_ARRIVES_AT) : NULL;

  return at != NULL
           ? g_strdup_printf ("%s %s", at, hw_record_get_unit (last, HW_FIELD_SEGMENT_ARRIVES_AT))
           : NULL;
}

static char *
arrival_before (HwEffects *effects, HwRecord *movement)
{
  char *arrival;

  if (effects->before != NULL)
    hw_case_file_add (effects->file, effects->before);
  else
    hw_case_file_remove (effects->file, hw_record_id (effects->after));
  arrival = arrival_of (effects, movement);
  hw_case_file_add (effects->file, effects->after);
  return arrival;
}

/* An acknowledgement is of a time: another time asks for another one. */
static void
ask_reception_again (HwEffects *effects)
{
  HwRecord *reception = hw_case_file_latest (effects->file, HW_TYPE_ID_RECEPTION);
  HwOperation *operation;

  if (reception == NULL
      || (hw_record_get (reception, HW_FIELD_RECEPTION_ACKNOWLEDGED_AT) == NULL
          && hw_record_get (reception, HW_FIELD_RECEPTION_CONFIRMED_AT) == NULL))
    return;
  operation
    = hw_effect_on (effects, HW_ACTION_UPDATE, HW_TYPE_ID_RECEPTION, hw_record_id (reception));
  hw_operation_set (operation,
                    HW_FIELD_RECEPTION_ACKNOWLEDGED_AT,
                    NULL,
                    hw_record_field_rev (reception, HW_FIELD_RECEPTION_ACKNOWLEDGED_AT));
  hw_operation_set (operation,
                    HW_FIELD_RECEPTION_CONFIRMED_AT,
                    NULL,
                    hw_record_field_rev (reception, HW_FIELD_RECEPTION_CONFIRMED_AT));
  add_task (effects, TASK_NEW_TIME, reception);
}

static void
after_leg (HwEffects *effects)
{
  /* Before a ticket times change daily, and the receiving office is not yet told of them. */
  static const char *const told[]
    = { "ticketed", "checked_in", "departed",        "in_transit", "missed",
        "rebooked", "no_show",    "denied_boarding", NULL };
  HwRecord *movement = hw_case_file_lookup (
    effects->file, hw_record_get_text (effects->after, HW_FIELD_SEGMENT_MOVEMENT));
  g_autofree char *arrival = NULL;
  g_autofree char *earlier = NULL;

  if (movement == NULL || hw_record_type (movement) != HW_TYPE_ID_MOVEMENT)
    return;
  if (hw_effect_reached (effects, "missed"))
    miss_connection (effects, movement);
  arrival = arrival_of (effects, movement);
  earlier = arrival_before (effects, movement);
  if (hw_facts_status_in (movement, told) && g_strcmp0 (arrival, earlier) != 0)
    ask_reception_again (effects);
}

void
hw_effects_of_travel (HwEffects *effects)
{
  if (hw_record_type (effects->after) == HW_TYPE_ID_MOVEMENT)
    after_movement (effects);
  else if (hw_record_type (effects->after) == HW_TYPE_ID_SEGMENT)
    after_leg (effects);
}

/* Nobody writes anything when a hold runs out: time itself is the cause, and this hold's end gives
 * the ids, so that looking twice finds one end. */
GPtrArray *
hw_travel_end_hold (HwCaseFile *file, HwRecord *movement, gint64 now_us)
{
  static const char *const held[] = { "held", "confirmed", NULL };
  const char *ends = hw_record_get_text (movement, HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT);
  g_autofree char *name = g_strdup_printf ("hold-ended:%s", ends != NULL ? ends : "");
  g_autofree char *seed = hw_uuid_v5 (hw_record_id (movement), name);
  const HwRulesContext context = { .now_us = now_us };
  HwEffects effects
    = { .file = file,
        .after = movement,
        .seed = seed,
        .context = &context,
        .zone = hw_facts_zone (file),
        .found = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref) };

  if (hw_facts_status_in (movement, held)
      && hw_travel_hold (movement, now_us, NULL) == HW_HOLD_ENDED)
    {
      hw_effect_set_text (&effects, movement, HW_FIELD_MOVEMENT_STATUS, "requested");
      add_task (&effects, TASK_HOLD_ENDED, movement);
    }
  return effects.found;
}
