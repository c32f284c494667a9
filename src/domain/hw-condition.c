/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The short words a list shows for a condition.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-condition.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *code;
  const char *words;
} short_words[] = {
  { HW_CODE_SAFETY_CONDITION, N_ ("Safety") },
  { HW_CODE_ASK_CASEWORKER, N_ ("Ask the caseworker") },
  { HW_CODE_MISSION_MISSING, N_ ("Mission") },
  { HW_CODE_CONSENT_MISSING, N_ ("Consent") },
  { HW_CODE_RISK_MISSING, N_ ("Risk assessment") },
  { HW_CODE_RISK_NOT_SAFE, N_ ("Not safe") },
  { HW_CODE_ASYLUM_OPEN, N_ ("Asylum") },
  { HW_CODE_ASYLUM_REVIEW_MISSING, N_ ("Asylum review") },
  { HW_CODE_DUPLICATE_UNDECIDED, N_ ("Known already?") },
  { HW_CODE_OFFICIAL_NOT_REVIEWED, N_ ("Officials") },
  { HW_CODE_OFFICIAL_INVOLVED, N_ ("Officials") },
  { HW_CODE_GUARDIAN_MISSING, N_ ("Guardian") },
  { HW_CODE_BEST_INTERESTS_MISSING, N_ ("Best interests") },
  { HW_CODE_PROXY_CONSENT_MISSING, N_ ("Guardian’s consent") },
  { HW_CODE_CHILD_ASSENT_MISSING, N_ ("Child’s assent") },
  { HW_CODE_CHILD_ESCORT_MISSING, N_ ("Escort") },
  { HW_CODE_AGE_REVIEW_MISSING, N_ ("Age review") },
  { HW_CODE_ITINERARY_MISSING, N_ ("Itinerary") },
  { HW_CODE_DOCUMENT_MISSING, N_ ("Travel document") },
  { HW_CODE_DOCUMENT_UNVERIFIED, N_ ("Travel document") },
  { HW_CODE_DOCUMENT_LINES, N_ ("Travel document") },
  { HW_CODE_DOCUMENT_EXPIRED, N_ ("Travel document") },
  { HW_CODE_DOCUMENT_NOT_ACCEPTED, N_ ("Transit") },
  { HW_CODE_TRANSIT_UNKNOWN, N_ ("Transit") },
  { HW_CODE_EXIT_UNCHECKED, N_ ("Exit check") },
  { HW_CODE_EXIT_OPEN, N_ ("Exit clearance") },
  { HW_CODE_FITNESS_MISSING, N_ ("Fitness certificate") },
  { HW_CODE_FITNESS_UNFIT, N_ ("Not fit to travel") },
  { HW_CODE_FITNESS_ESCORT, N_ ("Escort") },
  { HW_CODE_FITNESS_OLD, N_ ("Fitness certificate") },
  { HW_CODE_RISK_OLD, N_ ("Risk assessment") },
  { HW_CODE_DECISION_MISSING, N_ ("Decision") },
  { HW_CODE_DECISION_NOT_RETURN, N_ ("Decision") },
  { HW_CODE_DECISION_OLD, N_ ("Decision") },
  { HW_CODE_TRAVEL_CONSENT_MISSING, N_ ("Travel consent") },
  { HW_CODE_DEPARTURE_DECISION_MISSING, N_ ("Decision") },
  { HW_CODE_RECEPTION_MISSING, N_ ("Reception") },
  { HW_CODE_RECEPTION_UNACKNOWLEDGED, N_ ("Reception") },
  { HW_CODE_RECEPTION_UNCONFIRMED, N_ ("Reception") },
  { HW_CODE_EMERGENCY_NUMBER_MISSING, N_ ("Emergency number") },
  { HW_CODE_MEMBER_MISSING, N_ ("Family member") },
  { HW_CODE_KINSHIP_UNVERIFIED, N_ ("Kinship") },
  { HW_CODE_HOME_NOT_SUITABLE, N_ ("Home assessment") },
  { HW_CODE_MEMBER_IMPLICATED, N_ ("Implicated") },
  { HW_CODE_CONTACT_UNWANTED, N_ ("Her wish") },
  { HW_CODE_NOT_CHOSEN, N_ ("Her choice") },
  { HW_CODE_CHILD_APPROVAL_MISSING, N_ ("Approval") },
  { HW_CODE_CLOSURE_REASON_MISSING, N_ ("Reason") },
  { HW_CODE_CLOSURE_APPROVAL_MISSING, N_ ("Approval") },
  { HW_CODE_TASK_OPEN, N_ ("Open task") },
  { HW_CODE_REVIEW_DATE_MISSING, N_ ("Review date") },
};

const char *
hw_condition_words (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (short_words); i++)
    if (g_strcmp0 (code, short_words[i].code) == 0)
      return _ (short_words[i].words);
  return _ ("A condition");
}
