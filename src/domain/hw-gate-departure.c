/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Departure gate: she said yes again today, somebody at home has promised to stand there, and she
 * carries a number that is answered at night.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-gates-private.h"

#include "base/hw-base.h"

#include <glib/gi18n-lib.h>

/* Today is the day at the place she leaves from; with no leg written down, at the office. */
static gboolean
confirmed_today (HwGateQuestion *question, HwRecord *decision)
{
  const char *zone = question->journey->departs_zone != NULL ? question->journey->departs_zone
                                                             : hw_facts_zone (question->file);
  g_autofree char *today = hw_date_of_instant (question->at_us, zone);
  g_autofree char *day = NULL;
  gint64 us;

  if (!hw_facts_instant (decision, HW_FIELD_DECISION_CONFIRMED_AT, &us)
      || us > question->at_us + HW_FACTS_CLOCK_SLACK_US)
    return FALSE;
  day = hw_date_of_instant (us, zone);
  return g_strcmp0 (day, today) == 0;
}

static gboolean
confirmed_at_departure (HwGateQuestion *question, HwRecord *person)
{
  GPtrArray *decisions = hw_case_file_of_type (question->file, HW_TYPE_ID_DECISION);

  for (guint i = 0; i < decisions->len; i++)
    {
      HwRecord *decision = g_ptr_array_index (decisions, i);

      if (hw_facts_concerns (decision, HW_FIELD_DECISION_PERSON, person)
          && hw_record_is (decision, HW_FIELD_DECISION_CHOICE, "return")
          && hw_record_is (decision, HW_FIELD_DECISION_MOMENT, "departure")
          && confirmed_today (question, decision))
        return TRUE;
    }
  return FALSE;
}

/* FALSE after adding that somebody on this journey does not want to travel. */
static gboolean
all_choose_return (HwGateQuestion *question)
{
  for (guint i = 0; i < question->travellers->len; i++)
    {
      HwRecord *person = g_ptr_array_index (question->travellers, i);
      HwRecord *newest = hw_facts_decision (question->file, person, 0);
      g_autofree char *whose = hw_gate_whose (question, person);

      if (newest != NULL && !hw_record_is (newest, HW_FIELD_DECISION_CHOICE, "return"))
        {
          hw_gate_unmet (question,
                         HW_CODE_DECISION_NOT_RETURN,
                         HW_FIELD_DECISION_CHOICE,
                         newest,
                         _ ("She has not chosen to return"),
                         whose);
          return FALSE;
        }
    }
  return TRUE;
}

/* Every adult is asked for herself. For a child who travels with her the child gate has spoken. */
static void
check_decisions (HwGateQuestion *question)
{
  for (guint i = 0; i < question->travellers->len; i++)
    {
      HwRecord *person = g_ptr_array_index (question->travellers, i);
      g_autofree char *whose = hw_gate_whose (question, person);

      if ((i > 0 && hw_facts_is_child (question->file, person, question->day))
          || confirmed_at_departure (question, person))
        continue;
      hw_gate_unmet (question,
                     HW_CODE_DEPARTURE_DECISION_MISSING,
                     HW_FIELD_DECISION_CONFIRMED_AT,
                     NULL,
                     _ ("Ask her once more today whether she wants to travel"),
                     whose != NULL ? whose
                                   : _ ("Her decision is confirmed on the day she leaves, at the "
                                        "place she leaves"));
    }
}

/* Whoever was checked in was asked this day, and met; what she says afterwards still counts. */
static gboolean
was_checked_in (HwGateQuestion *question)
{
  return question->before != NULL && hw_record_type (question->before) == HW_TYPE_ID_MOVEMENT
         && hw_record_is (question->before, HW_FIELD_MOVEMENT_STATUS, "checked_in");
}

static void
check_reception (HwGateQuestion *question)
{
  HwRecord *reception = hw_case_file_latest (question->file, HW_TYPE_ID_RECEPTION);

  if (reception == NULL)
    {
      hw_gate_unmet (question,
                     HW_CODE_RECEPTION_MISSING,
                     HW_FIELD_RECEPTION_CONTACT,
                     NULL,
                     _ ("Nobody is named to meet her"),
                     _ ("Make a reception for her arrival"));
      return;
    }
  if (hw_record_get (reception, HW_FIELD_RECEPTION_CONTACT) == NULL
      && hw_record_get (reception, HW_FIELD_RECEPTION_MET_BY) == NULL)
    hw_gate_unmet (question,
                   HW_CODE_RECEPTION_MISSING,
                   HW_FIELD_RECEPTION_CONTACT,
                   reception,
                   _ ("Nobody is named to meet her"),
                   _ ("Write down who stands there when she arrives"));
  if (!hw_facts_happened (reception, HW_FIELD_RECEPTION_ACKNOWLEDGED_AT, question->now_us))
    hw_gate_unmet (question,
                   HW_CODE_RECEPTION_UNACKNOWLEDGED,
                   HW_FIELD_RECEPTION_ACKNOWLEDGED_AT,
                   reception,
                   _ ("The receiving office has not answered yet"),
                   NULL);
  if (!hw_facts_happened (reception, HW_FIELD_RECEPTION_CONFIRMED_AT, question->now_us))
    hw_gate_unmet (question,
                   HW_CODE_RECEPTION_UNCONFIRMED,
                   HW_FIELD_RECEPTION_CONFIRMED_AT,
                   reception,
                   _ ("The reception is not confirmed"),
                   _ ("Who meets her, and where, must be certain before she boards"));
}

void
hw_gate_departure (HwGateQuestion *question)
{
  gboolean willing = all_choose_return (question);

  if (was_checked_in (question))
    return;
  if (willing)
    check_decisions (question);
  check_reception (question);
  if (hw_record_type (question->subject) == HW_TYPE_ID_MOVEMENT
      && !hw_record_get_boolean (question->subject, HW_FIELD_MOVEMENT_EMERGENCY_NUMBER_GIVEN))
    hw_gate_unmet (question,
                   HW_CODE_EMERGENCY_NUMBER_MISSING,
                   HW_FIELD_MOVEMENT_EMERGENCY_NUMBER_GIVEN,
                   question->subject,
                   _ ("She has no emergency number yet"),
                   _ ("Give her the number that is answered at any hour"));
}
