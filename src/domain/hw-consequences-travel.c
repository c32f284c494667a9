/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What follows on the way home. Whoever misses a connection keeps the old itinerary in her file, as
 * missed, and gets the new one beside it; whoever waits for her at the airport is asked again as
 * soon as the time of arrival is another one, since an acknowledgement is of a time. A journey is
 * one person's: what becomes of it never touches the journeys of those who travel with her.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-rules-private.h"

#include "base/hw-base.h"
#include "domain/hw-travel.h"

#include <glib/gi18n-lib.h>

#define TASK_REBOOK N_ ("She did not travel as planned: rebook her")
#define TASK_NEW_TIME                                                                              \
  N_ ("The time of arrival has changed: the receiving office must acknowledge it")
#define TASK_HOLD_ENDED N_ ("The hold has ended: ask the carrier for the seats again")

static const char *const own_titles[] = { TASK_REBOOK, TASK_HOLD_ENDED, NULL };

typedef struct
{
  HwCaseFile *file;
  HwRecord *before; /* (nullable) */
  HwRecord *after;
  const char *seed; /* every id is derived from it */
  gint64 now_us;
  GPtrArray *found; /* (element-type HwOperation) */
} Travel;

static HwOperation *
operation_on (Travel *travel, HwAction action, HwTypeId type, const char *record)
{
  g_autofree char *name = g_strdup_printf ("operation:%s", record);
  g_autofree char *id = hw_uuid_v5 (travel->seed, name);
  HwOperation *operation
    = hw_operation_new (id, action, type, record, hw_case_file_id (travel->file));

  operation->at = hw_instant_format (travel->now_us);
  g_ptr_array_add (travel->found, operation);
  return operation;
}

/* text (nullable): empties the field. */
static void
set_text (Travel *travel, HwRecord *record, HwFieldId field, const char *text)
{
  HwOperation *operation;
  g_autoptr (HwValue) value = text != NULL ? hw_value_new_text (text) : NULL;

  if (hw_value_equal (hw_record_get (record, field), value))
    return;
  operation
    = operation_on (travel, HW_ACTION_UPDATE, hw_record_type (record), hw_record_id (record));
  hw_operation_set (operation, field, value, hw_record_field_rev (record, field));
}

static void
add_task (Travel *travel, const char *title, HwRecord *about)
{
  HwRecord *header = hw_case_file_case (travel->file);
  const char *owner = header != NULL ? hw_record_get_text (header, HW_FIELD_CASE_OWNER) : NULL;
  g_autofree char *name = g_strdup_printf ("travel:%s", title);
  g_autofree char *id = hw_uuid_v5 (travel->seed, name);
  g_autofree char *today = hw_date_of_instant (travel->now_us, hw_facts_zone (travel->file));
  HwOperation *operation;

  if (hw_case_file_lookup (travel->file, id) != NULL)
    return;
  operation = operation_on (travel, HW_ACTION_CREATE, HW_TYPE_ID_TASK, id);
  hw_operation_set_text (operation, HW_FIELD_TASK_TITLE, title, 0);
  hw_operation_set_text (operation, HW_FIELD_TASK_DUE_ON, today, 0);
  if (owner != NULL)
    hw_operation_set_text (operation, HW_FIELD_TASK_ASSIGNEE, owner, 0);
  hw_operation_set_text (operation, HW_FIELD_TASK_ABOUT, hw_record_id (about), 0);
}

static gboolean
reached (Travel *travel, const char *const *statuses)
{
  const char *from = travel->before != NULL ? hw_record_status (travel->before) : NULL;

  return hw_facts_status_in (travel->after, statuses)
         && g_strcmp0 (hw_record_status (travel->after), from) != 0;
}

static gboolean
is_ahead (HwRecord *leg, HwFieldId field, gint64 now_us)
{
  gint64 us;

  return !hw_travel_leg_moment (leg, field, &us) || us > now_us;
}

/* The old itinerary stays, marked as what it is. */
static void
miss_leg (Travel *travel, HwRecord *leg)
{
  static const char *const open[] = { "planned", "confirmed", NULL };

  if (hw_record_status (leg) == NULL || hw_facts_status_in (leg, open))
    set_text (travel, leg, HW_FIELD_SEGMENT_STATUS, "missed");
}

static gboolean
has_missed_leg (GPtrArray *dropped)
{
  for (guint i = 0; i < dropped->len; i++)
    if (hw_record_is (g_ptr_array_index (dropped, i), HW_FIELD_SEGMENT_STATUS, "missed"))
      return TRUE;
  return FALSE;
}

/* Written on the journey as a whole: everything she has not yet arrived by. Where a leg was marked
 * first, that leg has said which. */
static void
left_behind (Travel *travel)
{
  g_autoptr (GPtrArray) dropped = NULL;
  g_autoptr (GPtrArray) legs
    = hw_travel_legs (hw_case_file_of_type (travel->file, HW_TYPE_ID_SEGMENT),
                      hw_record_id (travel->after),
                      &dropped);
  static const char *const under_way[] = { "departed", "in_transit", NULL };
  gboolean began = travel->before != NULL && hw_facts_status_in (travel->before, under_way);

  for (guint i = 0; i < legs->len && !has_missed_leg (dropped); i++)
    if (!began
        || is_ahead (g_ptr_array_index (legs, i), HW_FIELD_SEGMENT_ARRIVES_AT, travel->now_us))
      miss_leg (travel, g_ptr_array_index (legs, i));
  add_task (travel, TASK_REBOOK, travel->after);
}

static void
finish_tasks (Travel *travel)
{
  GPtrArray *tasks = hw_case_file_of_type (travel->file, HW_TYPE_ID_TASK);
  g_autofree char *now = hw_instant_format (travel->now_us);

  for (guint i = 0; i < tasks->len; i++)
    {
      HwRecord *task = g_ptr_array_index (tasks, i);
      const char *title = hw_record_get_text (task, HW_FIELD_TASK_TITLE);

      if (hw_record_is (task, HW_FIELD_TASK_ABOUT, hw_record_id (travel->after)) && title != NULL
          && g_strv_contains (own_titles, title)
          && hw_record_get (task, HW_FIELD_TASK_DONE_AT) == NULL)
        set_text (travel, task, HW_FIELD_TASK_DONE_AT, now);
    }
}

static void
after_movement (Travel *travel)
{
  static const char *const left[] = { "missed", "no_show", "denied_boarding", NULL };
  static const char *const over[] = { "cancelled", "arrived", NULL };

  if (reached (travel, left))
    left_behind (travel);
  else if (reached (travel, over))
    finish_tasks (travel);
}

/* Legs */

static void
miss_connection (Travel *travel, HwRecord *movement)
{
  static const char *const bought[] = { "ticketed", "checked_in", "departed", "in_transit", NULL };
  g_autoptr (GPtrArray) legs = hw_travel_legs (
    hw_case_file_of_type (travel->file, HW_TYPE_ID_SEGMENT), hw_record_id (movement), NULL);

  for (guint i = 0; i < legs->len; i++)
    if (hw_travel_compare_legs (&travel->after, &g_ptr_array_index (legs, i)) < 0)
      miss_leg (travel, g_ptr_array_index (legs, i));
  if (hw_facts_status_in (movement, bought))
    set_text (travel, movement, HW_FIELD_MOVEMENT_STATUS, "missed");
}

/* "2026-11-27T10:35 Africa/Bujumbura"; (nullable) (transfer full) */
static char *
arrival_of (Travel *travel, HwRecord *movement)
{
  g_autoptr (HwJourney) journey = hw_journey_new (travel->file, movement);
  HwRecord *last
    = journey->legs->len > 0 ? g_ptr_array_index (journey->legs, journey->legs->len - 1) : NULL;
  const char *at = last != NULL ? hw_record_get_text (last, HW_FIELD_SEGMENT_ARRIVES_AT) : NULL;

  return at != NULL
           ? g_strdup_printf ("%s %s", at, hw_record_get_unit (last, HW_FIELD_SEGMENT_ARRIVES_AT))
           : NULL;
}

static char *
arrival_before (Travel *travel, HwRecord *movement)
{
  char *arrival;

  if (travel->before != NULL)
    hw_case_file_add (travel->file, travel->before);
  else
    hw_case_file_remove (travel->file, hw_record_id (travel->after));
  arrival = arrival_of (travel, movement);
  hw_case_file_add (travel->file, travel->after);
  return arrival;
}

/* An acknowledgement is of a time: another time asks for another one. */
static void
ask_reception_again (Travel *travel)
{
  HwRecord *reception = hw_case_file_latest (travel->file, HW_TYPE_ID_RECEPTION);
  HwOperation *operation;

  if (reception == NULL
      || (hw_record_get (reception, HW_FIELD_RECEPTION_ACKNOWLEDGED_AT) == NULL
          && hw_record_get (reception, HW_FIELD_RECEPTION_CONFIRMED_AT) == NULL))
    return;
  operation
    = operation_on (travel, HW_ACTION_UPDATE, HW_TYPE_ID_RECEPTION, hw_record_id (reception));
  hw_operation_set (operation,
                    HW_FIELD_RECEPTION_ACKNOWLEDGED_AT,
                    NULL,
                    hw_record_field_rev (reception, HW_FIELD_RECEPTION_ACKNOWLEDGED_AT));
  hw_operation_set (operation,
                    HW_FIELD_RECEPTION_CONFIRMED_AT,
                    NULL,
                    hw_record_field_rev (reception, HW_FIELD_RECEPTION_CONFIRMED_AT));
  add_task (travel, TASK_NEW_TIME, reception);
}

static void
after_leg (Travel *travel)
{
  static const char *const missed[] = { "missed", NULL };
  /* Before a ticket times change daily, and the receiving office is not yet told of them. */
  static const char *const told[]
    = { "ticketed", "checked_in", "departed",        "in_transit", "missed",
        "rebooked", "no_show",    "denied_boarding", NULL };
  HwRecord *movement = hw_case_file_lookup (
    travel->file, hw_record_get_text (travel->after, HW_FIELD_SEGMENT_MOVEMENT));
  g_autofree char *arrival = NULL;
  g_autofree char *earlier = NULL;

  if (movement == NULL || hw_record_type (movement) != HW_TYPE_ID_MOVEMENT)
    return;
  if (reached (travel, missed))
    miss_connection (travel, movement);
  arrival = arrival_of (travel, movement);
  earlier = arrival_before (travel, movement);
  if (hw_facts_status_in (movement, told) && g_strcmp0 (arrival, earlier) != 0)
    ask_reception_again (travel);
}

void
hw_consequences_travel (HwCaseFile *file,
                        HwRecord *before,
                        HwRecord *after,
                        HwOperation *cause,
                        const HwRulesContext *context,
                        GPtrArray *found)
{
  Travel travel = { .file = file,
                    .before = before,
                    .after = after,
                    .seed = cause->id,
                    .now_us = context->now_us,
                    .found = found };

  if (hw_record_type (after) == HW_TYPE_ID_MOVEMENT)
    after_movement (&travel);
  else if (hw_record_type (after) == HW_TYPE_ID_SEGMENT)
    after_leg (&travel);
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
  Travel travel = { .file = file,
                    .after = movement,
                    .seed = seed,
                    .now_us = now_us,
                    .found = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref) };

  if (!hw_facts_status_in (movement, held)
      || hw_travel_hold (movement, now_us, NULL) != HW_HOLD_ENDED)
    return travel.found;
  set_text (&travel, movement, HW_FIELD_MOVEMENT_STATUS, "requested");
  add_task (&travel, TASK_HOLD_ENDED, movement);
  return travel.found;
}
