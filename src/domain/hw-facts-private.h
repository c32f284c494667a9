/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Questions about a case file that more than one rule asks. Each says what an unset value means:
 * never yes.
 */
#pragma once

#include "domain/hw-case-file.h"

G_BEGIN_DECLS

/* Clocks of two machines may differ by this much without anybody noticing. */
#define HW_FACTS_CLOCK_SLACK_US (5 * G_TIME_SPAN_MINUTE)

/* Zone of the case's office, (nullable): UTC. */
const char *hw_facts_zone (HwCaseFile *file);
/* A number of days set by the office (decision_days, risk_days), or the fallback. */
gint hw_facts_office_days (HwCaseFile *file, HwFieldId field, gint fallback);

/* FALSE if an open conflict offers a value for this field other than these: what nobody has decided
 * is not decided for the better. good is ended by NULL; only NULL: any offer counts. */
gboolean hw_facts_undisputed (HwCaseFile *file,
                              HwRecord *record,
                              HwFieldId field,
                              const char *const *good);

HwRecord *hw_facts_latest_risk (HwCaseFile *file); /* by assessed_on, then creation; (nullable) */
gboolean hw_facts_risk_is_safe (HwCaseFile *file, HwRecord *assessment);

/* Who travels: the survivor first, then everybody else of the case. The survivor stands in it as
 * NULL when she has no record yet: a call begins before a name is known. (transfer container) */
GPtrArray *hw_facts_travellers (HwCaseFile *file);
gboolean hw_facts_is_survivor (HwRecord *person);
/* TRUE if the record's person field names this traveller; unset means the survivor. */
gboolean hw_facts_concerns (HwRecord *record, HwFieldId person_field, HwRecord *person);
/* domain.md section 4, G2: under 18, said to be a minor, or not credibly an adult. */
gboolean hw_facts_is_child (HwCaseFile *file, HwRecord *person, const char *day);
const char *hw_facts_is_minor (HwCaseFile *file); /* the newest answer; (nullable) */
HwRecord *hw_facts_age_answer (HwCaseFile *file); /* the screening that gives it; (nullable) */
/* TRUE if the date of birth alone says that this person may be under 18 on the day. */
gboolean hw_facts_born_child (HwRecord *person, const char *day);

typedef struct
{
  const char *purpose;   /* "embassy_contact" */
  const char *recipient; /* (nullable) any */
  const char *form;      /* (nullable) any */
  HwRecord *person;      /* (nullable) the survivor */
  gint64 at_us;
  const char *day;
} HwConsentQuestion;

/* The consent in force; (nullable). *lapsed: one that is no longer or not yet, to be explained. */
HwRecord *hw_facts_consent (HwCaseFile *file, const HwConsentQuestion *question, HwRecord **lapsed);

/* TRUE if she took back this, or being assisted at all, and has not agreed to it again. One that names no
 * recipient is of all; a question without one (recipient NULL) asks whether any is taken back. */
gboolean hw_facts_is_withdrawn (HwCaseFile *file, const HwConsentQuestion *question);
/* TRUE if this consent to being assisted was taken back, and what is asked about rested on it. */
gboolean hw_facts_withdraws_all (HwRecord *consent, const HwConsentQuestion *question);

/* Newest decision of a person, (nullable); confirmed at or before at_us when at_us is not 0. */
HwRecord *hw_facts_decision (HwCaseFile *file, HwRecord *person, gint64 at_us);

/* An approval of this kind about the subject, approved by another than who asked, not expired. */
HwRecord *
hw_facts_approval (HwCaseFile *file, const char *kind, const char *subject, gint64 now_us);
gboolean hw_facts_approval_holds (HwRecord *approval, gint64 now_us);

/* TRUE when the field holds an instant that has come. */
gboolean hw_facts_happened (HwRecord *record, HwFieldId field, gint64 now_us);
gboolean hw_facts_instant (HwRecord *record, HwFieldId field, gint64 *us);

/* TRUE if the approval was given after the last word was written in this record. */
gboolean hw_facts_approval_is_newer (HwRecord *approval, HwRecord *subject);

/* The minimal record that a request tells its mission; ended by HW_FIELD_NONE. */
extern const HwFieldId hw_facts_told_fields[];

/* TRUE if a mission reads this field of what lies on its request. A status it reads by a rule of its own: as far
 * as it can itself move it. */
gboolean hw_facts_mission_is_told (const HwFieldDef *field);

/* Requests: what the mission has been given, and what is still in its hands. */
gboolean hw_facts_request_shared (HwRecord *request);
gboolean hw_facts_request_open (HwRecord *request);

gboolean hw_facts_case_closed (HwRecord *header); /* header (nullable): no */
gboolean hw_facts_status_in (HwRecord *record, const char *const *statuses);

/* The legs of a journey that are neither cancelled nor missed, in order. */
typedef struct
{
  GPtrArray *legs;          /* (owned) (element-type HwRecord) */
  char *departs_day;        /* (owned) (nullable) */
  char *arrives_day;        /* (owned) (nullable) */
  const char *departs_zone; /* (nullable) of the leg's record */
} HwJourney;

HwJourney *hw_journey_new (HwCaseFile *file, HwRecord *movement);
void hw_journey_free (HwJourney *journey);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwJourney, hw_journey_free)
/* TRUE if every place on the way says which country it is in. */
gboolean hw_journey_is_known (HwJourney *journey);
/* Countries between the first and the last place, as alpha-2; (transfer full). */
char **hw_journey_transit_countries (HwJourney *journey);

/* The movement that the case is about now: not cancelled, the newest; (nullable). */
HwRecord *hw_facts_active_movement (HwCaseFile *file);

/* "seven": small numbers as words, translated; larger ones as digits. (transfer full) */
char *hw_facts_number (gint number);

G_END_DECLS
