/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A reader is told what blocks a departure only of fields that her role reads: on a desktop that
 * does not hold the rest, its absence would look like a condition that is not met.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-travel-facts.h"

#include "domain/hw-facts-private.h"
#include "domain/hw-summary.h"

#include <glib/gi18n-lib.h>

gboolean
hw_travel_is_ahead (HwCaseFile *file, HwRecord *movement)
{
  static const char *const over[] = { "cancelled", "arrived", NULL };
  HwRecord *header = hw_case_file_case (file);

  return !hw_facts_status_in (movement, over) && header != NULL
         && !hw_facts_case_closed (header);
}

static void
take_name (HwTravelFacts *facts, HwCaseFile *file)
{
  HwRecord *header = hw_case_file_case (file);
  const char *pseudonym
    = header != NULL ? hw_record_get_text (header, HW_FIELD_CASE_PSEUDONYM) : NULL;

  facts->code = g_strdup (header != NULL ? hw_record_get_text (header, HW_FIELD_CASE_CODE) : NULL);
  facts->name = g_strdup (pseudonym != NULL     ? pseudonym
                          : facts->code != NULL ? facts->code
                                                : _ ("New case"));
}

static void
append (GString *text, const char *separator, const char *words)
{
  if (words == NULL)
    return;
  if (text->len > 0)
    g_string_append (text, separator);
  g_string_append (text, words);
}

static void
take_route (HwTravelFacts *facts, GPtrArray *legs)
{
  GString *route = g_string_new (NULL);
  GString *numbers = g_string_new (NULL);
  const char *last = NULL;

  for (guint i = 0; i < legs->len; i++)
    {
      HwRecord *leg = g_ptr_array_index (legs, i);
      const char *from = hw_record_get_text (leg, HW_FIELD_SEGMENT_FROM);

      if (g_strcmp0 (from, last) != 0)
        append (route, " → ", from);
      last = hw_record_get_text (leg, HW_FIELD_SEGMENT_TO);
      append (route, " → ", last);
      append (numbers, ", ", hw_record_get_text (leg, HW_FIELD_SEGMENT_NUMBER));
    }
  facts->route = g_string_free (route, FALSE);
  facts->numbers = g_string_free (numbers, FALSE);
}

static void
take_legs (HwTravelFacts *facts, HwCaseFile *file)
{
  g_autoptr (GPtrArray) legs
    = hw_travel_legs (hw_case_file_of_type (file, HW_TYPE_ID_SEGMENT), facts->movement, NULL);
  g_autoptr (GPtrArray) connections = hw_travel_connections (legs);
  HwRecord *first = legs->len > 0 ? g_ptr_array_index (legs, 0) : NULL;
  HwRecord *last = legs->len > 0 ? g_ptr_array_index (legs, legs->len - 1) : NULL;

  take_route (facts, legs);
  for (guint i = 0; i < connections->len; i++)
    facts->warnings += hw_connection_warns (g_ptr_array_index (connections, i));
  if (first == NULL)
    return;
  if (hw_travel_leg_moment (first, HW_FIELD_SEGMENT_DEPARTS_AT, &facts->departs_us))
    facts->departs_zone = g_strdup (hw_record_get_unit (first, HW_FIELD_SEGMENT_DEPARTS_AT));
  if (hw_travel_leg_moment (last, HW_FIELD_SEGMENT_ARRIVES_AT, &facts->arrives_us))
    facts->arrives_zone = g_strdup (hw_record_get_unit (last, HW_FIELD_SEGMENT_ARRIVES_AT));
}

static void
take_blocked (HwTravelFacts *facts,
              HwCaseFile *file,
              HwRecord *movement,
              HwRole role,
              guint relations,
              const HwRulesContext *context)
{
  g_autoptr (HwSummary) summary = NULL;

  if (hw_facts_active_movement (file) != movement)
    return;
  summary = hw_summary_new (file, context);
  for (guint i = 0; i < summary->blocking->len; i++)
    {
      const HwCondition *condition = g_ptr_array_index (summary->blocking, i);

      if (hw_access_may_read (role, relations, hw_schema_field (condition->field)))
        g_ptr_array_add (facts->blocked, g_strdup (condition->title));
    }
}

static void
take_reception (HwTravelFacts *facts, HwCaseFile *file, HwRole role, guint relations)
{
  HwRecord *reception = hw_case_file_latest (file, HW_TYPE_ID_RECEPTION);

  facts->handshake_known
    = hw_access_may_read (role, relations, hw_schema_field (HW_FIELD_RECEPTION_ACKNOWLEDGED_AT));
  facts->handshake = hw_travel_handshake (reception);
  if (reception == NULL)
    return;
  facts->reception = g_strdup (hw_record_id (reception));
  facts->contact = g_strdup (hw_record_get_text (reception, HW_FIELD_RECEPTION_CONTACT));
  facts->alternate = g_strdup (hw_record_get_text (reception, HW_FIELD_RECEPTION_ALTERNATE));
  facts->place = g_strdup (hw_record_get_text (reception, HW_FIELD_RECEPTION_PLACE));
}

HwTravelFacts *
hw_travel_facts_new (
  HwCaseFile *file, HwRecord *movement, HwRole role, guint relations, const HwRulesContext *context)
{
  HwTravelFacts *facts = g_new0 (HwTravelFacts, 1);
  gint64 left_us = 0;

  facts->movement = g_strdup (hw_record_id (movement));
  facts->case_id = g_strdup (hw_case_file_id (file));
  facts->status = g_strdup (hw_record_status (movement));
  facts->group = g_strdup (hw_record_get_text (movement, HW_FIELD_MOVEMENT_GROUP));
  facts->blocked = g_ptr_array_new_with_free_func (g_free);
  facts->hold = hw_travel_hold (movement, context->now_us, &left_us);
  facts->hold_ends_us = context->now_us + left_us;
  take_name (facts, file);
  take_legs (facts, file);
  take_blocked (facts, file, movement, role, relations, context);
  take_reception (facts, file, role, relations);
  return facts;
}

void
hw_travel_facts_free (HwTravelFacts *facts)
{
  if (facts == NULL)
    return;
  g_free (facts->movement);
  g_free (facts->case_id);
  g_free (facts->reception);
  g_free (facts->name);
  g_free (facts->code);
  g_free (facts->status);
  g_free (facts->group);
  g_free (facts->route);
  g_free (facts->numbers);
  g_free (facts->departs_zone);
  g_free (facts->arrives_zone);
  g_ptr_array_unref (facts->blocked);
  g_free (facts->contact);
  g_free (facts->alternate);
  g_free (facts->place);
  g_free (facts);
}
