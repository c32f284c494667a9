/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Child gate: nobody who is, or may be, under 18 is sent anywhere without a guardian in force, a
 * finding that return is in her best interests, her guardian's consent and her own assent; and she
 * never travels alone. No override reaches this gate.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-gates-private.h"

#include "base/hw-base.h"

#include <glib/gi18n-lib.h>

static gboolean
guardian_in_force (HwRecord *guardianship, const char *day)
{
  const char *since = hw_record_get_text (guardianship, HW_FIELD_GUARDIANSHIP_SINCE);
  const char *until = hw_record_get_text (guardianship, HW_FIELD_GUARDIANSHIP_UNTIL);

  return hw_record_get (guardianship, HW_FIELD_GUARDIANSHIP_KIND) != NULL && since != NULL
         && hw_date_days_between (since, day) >= 0
         && (until == NULL || hw_date_days_between (day, until) >= 0);
}

static void
check_guardian (HwGateQuestion *question, HwRecord *child, const char *whose)
{
  GPtrArray *records = hw_case_file_of_type (question->file, HW_TYPE_ID_GUARDIANSHIP);

  for (guint i = 0; i < records->len; i++)
    {
      HwRecord *record = g_ptr_array_index (records, i);

      if (hw_facts_concerns (record, HW_FIELD_GUARDIANSHIP_PERSON, child)
          && guardian_in_force (record, question->day))
        return;
    }
  hw_gate_unmet (question,
                 HW_CODE_GUARDIAN_MISSING,
                 HW_FIELD_GUARDIANSHIP_KIND,
                 NULL,
                 _ ("A child needs a guardian first"),
                 whose);
}

static gboolean
return_in_best_interests (HwRecord *record, const char *day)
{
  const char *decided = hw_record_get_text (record, HW_FIELD_BEST_INTERESTS_DECIDED_ON);
  const char *review = hw_record_get_text (record, HW_FIELD_BEST_INTERESTS_REVIEW_ON);

  return hw_record_is (record, HW_FIELD_BEST_INTERESTS_CONCLUSION, "return") && decided != NULL
         && hw_date_days_between (decided, day) >= 0 && review != NULL
         && hw_date_days_between (day, review) >= 0;
}

/* The newest finding counts, whatever an older one said. */
static void
check_best_interests (HwGateQuestion *question, HwRecord *child, const char *whose)
{
  GPtrArray *records = hw_case_file_of_type (question->file, HW_TYPE_ID_BEST_INTERESTS);
  HwRecord *newest = NULL;

  for (guint i = 0; i < records->len; i++)
    if (hw_facts_concerns (g_ptr_array_index (records, i), HW_FIELD_BEST_INTERESTS_PERSON, child))
      newest = g_ptr_array_index (records, i);
  if (newest != NULL && return_in_best_interests (newest, question->day))
    return;
  hw_gate_unmet (question,
                 HW_CODE_BEST_INTERESTS_MISSING,
                 HW_FIELD_BEST_INTERESTS_CONCLUSION,
                 newest,
                 _ ("Return must be found to be in the child’s best interests"),
                 newest != NULL ? _ ("The finding does not say return, or its review is overdue")
                                : whose);
}

/* Consent to assistance as a whole covers each step; otherwise it must be for this one, and for a
 * request it names the request's mission. */
static gboolean
has_consent (HwGateQuestion *question, HwRecord *child, const char *form)
{
  const char *purposes[] = { "assistance", "travel_booking" };
  HwConsentQuestion asked
    = { .form = form, .person = child, .at_us = question->at_us, .day = question->day };

  if (hw_record_type (question->subject) == HW_TYPE_ID_EMBASSY_REQUEST)
    purposes[1] = "embassy_contact";
  else if (hw_record_type (question->subject) == HW_TYPE_ID_REUNIFICATION)
    purposes[1] = "family_contact";
  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++)
    {
      asked.purpose = purposes[i];
      asked.recipient = g_str_equal (purposes[i], "embassy_contact")
                          ? hw_record_get_text (question->subject, HW_FIELD_EMBASSY_REQUEST_MISSION)
                          : NULL;
      if (g_str_equal (purposes[i], "embassy_contact") && asked.recipient == NULL)
        continue;
      if (hw_facts_consent (question->file, &asked, NULL) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
needs_escort (HwGateQuestion *question)
{
  return hw_record_type (question->subject) == HW_TYPE_ID_MOVEMENT
         && g_strcmp0 (question->target, "held") != 0
         && g_strcmp0 (question->target, "confirmed") != 0;
}

static void
check_child (HwGateQuestion *question, HwRecord *child)
{
  g_autofree char *whose = hw_gate_whose (question, child);

  check_guardian (question, child, whose);
  check_best_interests (question, child, whose);
  if (!has_consent (question, child, "proxy"))
    hw_gate_unmet (question,
                   HW_CODE_PROXY_CONSENT_MISSING,
                   HW_FIELD_CONSENT_FORM,
                   NULL,
                   _ ("The child’s guardian must consent"),
                   whose);
  if (!has_consent (question, child, "child_assent"))
    hw_gate_unmet (question,
                   HW_CODE_CHILD_ASSENT_MISSING,
                   HW_FIELD_CONSENT_FORM,
                   NULL,
                   _ ("The child must agree as well"),
                   whose);
}

void
hw_gate_child (HwGateQuestion *question)
{
  gboolean any = FALSE;

  for (guint i = 0; i < question->travellers->len; i++)
    {
      HwRecord *person = g_ptr_array_index (question->travellers, i);

      if (!hw_facts_is_child (question->file, person, question->day))
        continue;
      any = TRUE;
      check_child (question, person);
    }
  if (any && needs_escort (question)
      && (hw_record_get (question->subject, HW_FIELD_MOVEMENT_ESCORT) == NULL
          || hw_record_is (question->subject, HW_FIELD_MOVEMENT_ESCORT, "none")))
    hw_gate_unmet (question,
                   HW_CODE_CHILD_ESCORT_MISSING,
                   HW_FIELD_MOVEMENT_ESCORT,
                   question->subject,
                   _ ("A child does not travel alone"),
                   _ ("Choose who escorts her"));
}
