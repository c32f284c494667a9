/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Codes of the conditions a gate may name (HwCondition.code). They are stable: clients, problem
 * documents and tests know them by these words.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HW_CODE_SAFETY_CONDITION "safety-condition"

/* In what a reader of a part of the case is told: of the rest nothing is said, not even how much it is. */
#define HW_CODE_ASK_CASEWORKER "ask-caseworker"

/* Embassy */
#define HW_CODE_MISSION_MISSING "mission-missing"
#define HW_CODE_CONSENT_MISSING "consent-missing"
#define HW_CODE_RISK_MISSING "risk-assessment-missing"
#define HW_CODE_RISK_NOT_SAFE "risk-not-safe"
#define HW_CODE_ASYLUM_OPEN "asylum-open"
#define HW_CODE_ASYLUM_REVIEW_MISSING "asylum-review-missing"
#define HW_CODE_DUPLICATE_UNDECIDED "duplicate-undecided"
#define HW_CODE_OFFICIAL_NOT_REVIEWED "official-not-reviewed"
#define HW_CODE_OFFICIAL_INVOLVED "official-involved"

/* Child */
#define HW_CODE_GUARDIAN_MISSING "guardian-missing"
#define HW_CODE_BEST_INTERESTS_MISSING "best-interests-missing"
#define HW_CODE_PROXY_CONSENT_MISSING "proxy-consent-missing"
#define HW_CODE_CHILD_ASSENT_MISSING "child-assent-missing"
#define HW_CODE_CHILD_ESCORT_MISSING "child-escort-missing"
#define HW_CODE_AGE_REVIEW_MISSING "age-review-missing"

/* Ticket */
#define HW_CODE_ITINERARY_MISSING "itinerary-missing"
#define HW_CODE_DOCUMENT_MISSING "document-missing"
#define HW_CODE_DOCUMENT_UNVERIFIED "document-unverified"
#define HW_CODE_DOCUMENT_LINES "document-lines-unverified"
#define HW_CODE_DOCUMENT_EXPIRED "document-expired"
#define HW_CODE_DOCUMENT_NOT_ACCEPTED "document-not-accepted"
#define HW_CODE_TRANSIT_UNKNOWN "transit-unknown"
#define HW_CODE_EXIT_UNCHECKED "exit-unchecked"
#define HW_CODE_EXIT_OPEN "exit-open"
#define HW_CODE_FITNESS_MISSING "fitness-missing"
#define HW_CODE_FITNESS_UNFIT "fitness-unfit"
#define HW_CODE_FITNESS_ESCORT "fitness-escort"
#define HW_CODE_FITNESS_OLD "fitness-old"
#define HW_CODE_RISK_OLD "risk-assessment-old"
#define HW_CODE_DECISION_MISSING "decision-missing"
#define HW_CODE_DECISION_NOT_RETURN "decision-not-return"
#define HW_CODE_DECISION_OLD "decision-old"
#define HW_CODE_TRAVEL_CONSENT_MISSING "travel-consent-missing"

/* Departure */
#define HW_CODE_DEPARTURE_DECISION_MISSING "departure-decision-missing"
#define HW_CODE_RECEPTION_MISSING "reception-missing"
#define HW_CODE_RECEPTION_UNACKNOWLEDGED "reception-unacknowledged"
#define HW_CODE_RECEPTION_UNCONFIRMED "reception-unconfirmed"
#define HW_CODE_EMERGENCY_NUMBER_MISSING "emergency-number-missing"

/* Reunification */
#define HW_CODE_MEMBER_MISSING "member-missing"
#define HW_CODE_KINSHIP_UNVERIFIED "kinship-unverified"
#define HW_CODE_HOME_NOT_SUITABLE "home-not-suitable"
#define HW_CODE_MEMBER_IMPLICATED "member-implicated"
#define HW_CODE_CONTACT_UNWANTED "contact-unwanted"
#define HW_CODE_NOT_CHOSEN "not-chosen"
#define HW_CODE_CHILD_APPROVAL_MISSING "child-approval-missing"

/* Closure */
#define HW_CODE_CLOSURE_REASON_MISSING "closure-reason-missing"
#define HW_CODE_CLOSURE_APPROVAL_MISSING "closure-approval-missing"
#define HW_CODE_TASK_OPEN "task-open"
#define HW_CODE_REVIEW_DATE_MISSING "review-date-missing"

/* Two words for a list, translated: "Fitness certificate". Never NULL. */
const char *hw_condition_words (const char *code);

G_END_DECLS
