/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a careful officer would see to on a journey, before a gate has to refuse it or the night
 * before departure shows it.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-travel.h"

#include "base/hw-base.h"
#include "domain/hw-facts-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  HwCaseFile *file;
  HwRecord *movement;
  HwJourney *journey;
  gint64 now_us;
  GPtrArray *found; /* (element-type HwTravelNotice) */
} Review;

static void
notice_free (gpointer data)
{
  HwTravelNotice *notice = data;

  g_free (notice->title);
  g_free (notice->detail);
  g_free (notice);
}

static void
note (Review *review, gboolean urgent, HwFieldId field, const char *title, const char *detail)
{
  HwTravelNotice *notice = g_new0 (HwTravelNotice, 1);

  notice->urgent = urgent;
  notice->field = field;
  notice->title = g_strdup (title);
  notice->detail = g_strdup (detail);
  g_ptr_array_add (review->found, notice);
}

const char *
hw_travel_escort_needed (HwCaseFile *file, const char *day)
{
  g_autoptr (GPtrArray) travellers = hw_facts_travellers (file);
  GPtrArray *certificates = hw_case_file_of_type (file, HW_TYPE_ID_FITNESS);
  const char *needed = NULL;

  for (guint i = 0; i < travellers->len; i++)
    {
      HwRecord *person = g_ptr_array_index (travellers, i);
      HwRecord *newest = NULL;

      for (guint n = 0; n < certificates->len; n++)
        if (hw_facts_concerns (
              g_ptr_array_index (certificates, n), HW_FIELD_FITNESS_PERSON, person))
          newest = g_ptr_array_index (certificates, n);
      if (newest != NULL && hw_record_is (newest, HW_FIELD_FITNESS_OUTCOME, "fit_with_escort"))
        return "medical";
      if (person != NULL && hw_facts_born_child (person, day))
        needed = "chaperone";
    }
  return needed;
}

static void
note_hold (Review *review)
{
  gint64 left_us = 0;
  HwHoldState state = hw_travel_hold (review->movement, review->now_us, &left_us);
  g_autofree char *left = hw_travel_duration (ABS (left_us) / G_TIME_SPAN_MINUTE);
  g_autofree char *words = NULL;

  if (state == HW_HOLD_ENDED)
    {
      words = g_strdup_printf (_ ("The hold ended %s ago"), left);
      note (review,
            TRUE,
            HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT,
            words,
            _ ("Ask the carrier again before anything is ticketed."));
    }
  else if (state == HW_HOLD_ENDS_SOON)
    {
      words = g_strdup_printf (_ ("The hold ends in %s"), left);
      note (review,
            TRUE,
            HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT,
            words,
            _ ("Ticket it, or ask the carrier for more time."));
    }
}

static void
note_escort (Review *review, guint escorts)
{
  const char *day = review->journey->departs_day;
  g_autofree char *today = hw_date_of_instant (review->now_us, hw_facts_zone (review->file));
  const char *needed = hw_travel_escort_needed (review->file, day != NULL ? day : today);
  const char *escort = hw_record_get_text (review->movement, HW_FIELD_MOVEMENT_ESCORT);
  gboolean alone = escort == NULL || g_str_equal (escort, "none");

  if (g_strcmp0 (needed, "medical") == 0 && g_strcmp0 (escort, "medical") != 0)
    note (review,
          TRUE,
          HW_FIELD_MOVEMENT_ESCORT,
          _ ("She needs a medical escort"),
          _ ("Her fitness to travel says: fit with an escort."));
  else if (g_strcmp0 (needed, "chaperone") == 0 && alone)
    note (review,
          TRUE,
          HW_FIELD_MOVEMENT_ESCORT,
          _ ("A child does not travel alone"),
          _ ("Choose who accompanies the child."));
  else if (!alone && escorts == 0
           && !hw_record_get_boolean (review->movement, HW_FIELD_MOVEMENT_ESCORT_BOOKED))
    note (review,
          FALSE,
          HW_FIELD_MOVEMENT_ESCORT_BOOKED,
          _ ("The escort has no seat yet"),
          _ ("Book the escort’s place on the same flights, here or with one of the group."));
}

static void
note_help (Review *review)
{
  static const char *const bought[] = { "ticketed", "checked_in", NULL };
  HwRecord *movement = review->movement;

  if (review->journey->legs->len > 1
      && !hw_record_get_boolean (movement, HW_FIELD_MOVEMENT_TRANSIT_ASSISTANCE))
    note (review,
          FALSE,
          HW_FIELD_MOVEMENT_TRANSIT_ASSISTANCE,
          _ ("Nobody meets her where she changes"),
          _ ("Ask the carrier or a partner for help in transit."));
  if (!hw_facts_status_in (movement, bought))
    return;
  if (hw_record_get (movement, HW_FIELD_MOVEMENT_ADVANCE_NOTICE_SENT_AT) == NULL)
    note (review,
          FALSE,
          HW_FIELD_MOVEMENT_ADVANCE_NOTICE_SENT_AT,
          _ ("No notice was sent ahead"),
          _ ("Carrier and airports expect her before she stands there."));
  if (!hw_record_get_boolean (movement, HW_FIELD_MOVEMENT_EMERGENCY_NUMBER_GIVEN))
    note (review,
          TRUE,
          HW_FIELD_MOVEMENT_EMERGENCY_NUMBER_GIVEN,
          _ ("She has no emergency number yet"),
          _ ("Without it she cannot be checked in."));
}

GPtrArray *
hw_travel_notices (HwCaseFile *file,
                   HwRecord *movement,
                   guint escorts,
                   const HwRulesContext *context)
{
  static const char *const over[] = { "departed", "in_transit", "arrived", "cancelled", NULL };
  g_autoptr (HwJourney) journey = hw_journey_new (file, movement);
  Review review = { .file = file,
                    .movement = movement,
                    .journey = journey,
                    .now_us = context->now_us,
                    .found = g_ptr_array_new_with_free_func (notice_free) };

  if (hw_facts_status_in (movement, over))
    return review.found;
  note_hold (&review);
  note_escort (&review, escorts);
  note_help (&review);
  return review.found;
}
