/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every gate from a case where all are open: take one thing away, and exactly that is missing.
 */
#include "fixture.h"

typedef enum
{
  RISK,
  CONSENT,
  TRAVEL_CONSENT,
  DECISION,
  DEPARTURE_DECISION,
  DOCUMENT,
  EXIT,
  FITNESS,
  MOVEMENT,
  RECEPTION,
  MEMBER,
  REUNION,
  HEADER,
  CLOSURE,
  REQUEST,
  RULE,
} Part;

static HwRecord *
part_of (Fixture *f, Part part)
{
  HwRecord *parts[] = { [RISK] = f->risk,
                        [CONSENT] = f->consent,
                        [TRAVEL_CONSENT] = f->travel_consent,
                        [DECISION] = f->decision,
                        [DEPARTURE_DECISION] = f->departure_decision,
                        [DOCUMENT] = f->document,
                        [EXIT] = f->exit_item,
                        [FITNESS] = f->fitness,
                        [MOVEMENT] = f->movement,
                        [RECEPTION] = f->reception,
                        [MEMBER] = f->member,
                        [REUNION] = f->reunion,
                        [HEADER] = f->header,
                        [CLOSURE] = f->closure,
                        [REQUEST] = f->request,
                        [RULE] = f->rule };

  return parts[part];
}

/* value NULL: the field is unset; field NONE: the record is gone. */
typedef struct
{
  HwGateId gate;
  Part subject;
  const char *target;
  Part part;
  HwFieldId field;
  const char *value;
  const char *expected;
} Row;

#define G1 HW_GATE_EMBASSY, REQUEST, "sent"
#define G1H HW_GATE_EMBASSY, MOVEMENT, "held"
#define G3 HW_GATE_TICKET, MOVEMENT, "ticketed"
#define G4 HW_GATE_DEPARTURE, MOVEMENT, "checked_in"
#define G5 HW_GATE_REUNIFICATION, REUNION, "approved"
#define G6 HW_GATE_CLOSURE, HEADER, "closed"

/* Of an invented laissez-passer, valid until 25 November 2026, all digits right. */
#define LINES                                                                                      \
  "P<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<<<<<<<<<\nLP00123455BDI0009151F2611251<<<<<<<<<<<<<<04"

static const Row rows[] = {
  { G1, CONSENT, HW_FIELD_NONE, NULL, "consent-missing" },
  { G1, CONSENT, HW_FIELD_CONSENT_GRANTED_AT, NULL, "consent-missing" },
  { G1, CONSENT, HW_FIELD_CONSENT_GRANTED_AT, "2026-11-24T09:06:00Z", "consent-missing" },
  { G1, CONSENT, HW_FIELD_CONSENT_GRANTED_AT, "2026-11-24T09:04:00Z", "" },
  { G1, CONSENT, HW_FIELD_CONSENT_WITHDRAWN_AT, "2026-11-20T09:00:00Z", "consent-missing" },
  { G1, CONSENT, HW_FIELD_CONSENT_EXPIRES_ON, "2026-11-23", "consent-missing" },
  { G1, CONSENT, HW_FIELD_CONSENT_EXPIRES_ON, "2026-11-24", "" },
  { G1, CONSENT, HW_FIELD_CONSENT_RECIPIENT, OTHER_MISSION, "consent-missing" },
  { G1, CONSENT, HW_FIELD_CONSENT_RECIPIENT, NULL, "consent-missing" },
  { G1, CONSENT, HW_FIELD_CONSENT_PURPOSE, "assistance", "consent-missing" },
  { G1, CONSENT, HW_FIELD_CONSENT_PURPOSE, NULL, "consent-missing" },
  { G1, REQUEST, HW_FIELD_EMBASSY_REQUEST_MISSION, NULL, "mission-missing" },
  { G1, RISK, HW_FIELD_NONE, NULL, "risk-assessment-missing" },
  { G1, RISK, HW_FIELD_RISK_ASSESSMENT_CONCLUSION, NULL, "risk-not-safe" },
  { G1, RISK, HW_FIELD_RISK_ASSESSMENT_CONCLUSION, "not_safe", "risk-not-safe" },
  { G1, RISK, HW_FIELD_RISK_ASSESSMENT_CONCLUSION, "safe", "" },
  { G1, RISK, HW_FIELD_RISK_ASSESSMENT_ASYLUM, NULL, "asylum-open" },
  { G1, RISK, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "wishes", "asylum-open" },
  { G1, RISK, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "pending", "asylum-open" },
  { G1, RISK, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "recognised", "asylum-open" },
  { G1, RISK, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "unknown", "asylum-open" },
  { G1, RISK, HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, NULL, "official-not-reviewed" },
  { G1, RISK, HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "not_reviewed", "official-not-reviewed" },
  { G1, RISK, HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "suspected", "official-involved" },
  { G1, RISK, HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "yes", "official-involved" },
  { G1H, CONSENT, HW_FIELD_NONE, NULL, "consent-missing" },
  { G1H, RISK, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "wishes", "asylum-open" },
  { G1H, REQUEST, HW_FIELD_NONE, NULL, "" },

  { G3, DOCUMENT, HW_FIELD_NONE, NULL, "document-missing" },
  { G3, DOCUMENT, HW_FIELD_TRAVEL_DOCUMENT_KIND, NULL, "document-missing" },
  { G3, DOCUMENT, HW_FIELD_TRAVEL_DOCUMENT_KIND, "birth_certificate", "document-missing" },
  { G3, DOCUMENT, HW_FIELD_TRAVEL_DOCUMENT_KIND, "emergency_passport", "document-not-accepted" },
  { G3, DOCUMENT, HW_FIELD_TRAVEL_DOCUMENT_KIND, "passport", "" },
  { G3, DOCUMENT, HW_FIELD_TRAVEL_DOCUMENT_STATUS, NULL, "document-unverified" },
  { G3, DOCUMENT, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "in_production", "document-unverified" },
  { G3, DOCUMENT, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "issued", "document-unverified" },
  { G3, DOCUMENT, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "received", "document-unverified" },
  { G3, DOCUMENT, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "handed_over", "" },
  { G3, DOCUMENT, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "lost", "document-missing" },
  { G3, DOCUMENT, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "used", "document-missing" },
  { G3, DOCUMENT, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON, NULL, "document-expired" },
  { G3, DOCUMENT, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON, "2026-11-24", "document-expired" },
  { G3, DOCUMENT, HW_FIELD_TRAVEL_DOCUMENT_MRZ, "LP0012345", "document-lines-unverified" },
  { G3, RULE, HW_FIELD_COUNTRY_RULE_ACCEPTED_DOCUMENTS, NULL, "transit-unknown" },
  { G3, RULE, HW_FIELD_COUNTRY_RULE_VALID_FROM, "2026-11-25", "transit-unknown" },
  { G3, RULE, HW_FIELD_COUNTRY_RULE_VALID_FROM, "2026-11-24", "" },
  { G3, EXIT, HW_FIELD_NONE, NULL, "exit-unchecked" },
  { G3, EXIT, HW_FIELD_EXIT_CLEARANCE_STATUS, NULL, "exit-open" },
  { G3, EXIT, HW_FIELD_EXIT_CLEARANCE_STATUS, "not_checked", "exit-open" },
  { G3, EXIT, HW_FIELD_EXIT_CLEARANCE_STATUS, "pending", "exit-open" },
  { G3, EXIT, HW_FIELD_EXIT_CLEARANCE_STATUS, "payment_due", "exit-open" },
  { G3, EXIT, HW_FIELD_EXIT_CLEARANCE_STATUS, "refused", "exit-open" },
  { G3, EXIT, HW_FIELD_EXIT_CLEARANCE_STATUS, "cleared", "" },
  { G3, EXIT, HW_FIELD_EXIT_CLEARANCE_STATUS, "waived", "" },
  { G3, EXIT, HW_FIELD_EXIT_CLEARANCE_STATUS, "not_needed", "" },
  { G3, FITNESS, HW_FIELD_NONE, NULL, "fitness-missing" },
  { G3, FITNESS, HW_FIELD_FITNESS_OUTCOME, NULL, "fitness-unfit" },
  { G3, FITNESS, HW_FIELD_FITNESS_OUTCOME, "temporarily_unfit", "fitness-unfit" },
  { G3, FITNESS, HW_FIELD_FITNESS_OUTCOME, "unfit", "fitness-unfit" },
  { G3, FITNESS, HW_FIELD_FITNESS_OUTCOME, "fit_with_escort", "fitness-escort" },
  { G3, FITNESS, HW_FIELD_FITNESS_CERTIFIED_ON, NULL, "fitness-old" },
  { G3, FITNESS, HW_FIELD_FITNESS_CERTIFIED_ON, "2026-11-17", "" },
  { G3, FITNESS, HW_FIELD_FITNESS_CERTIFIED_ON, "2026-11-16", "fitness-old" },
  { G3, FITNESS, HW_FIELD_FITNESS_CERTIFIED_ON, "2026-11-27", "fitness-old" },
  { G3, FITNESS, HW_FIELD_FITNESS_MAX_AGE_DAYS, NULL, "fitness-old" },
  { G3, FITNESS, HW_FIELD_FITNESS_VALID_UNTIL, "2026-11-23", "fitness-old" },
  { G3, FITNESS, HW_FIELD_FITNESS_VALID_UNTIL, "2026-11-24", "" },
  { G3, RISK, HW_FIELD_NONE, NULL, "risk-assessment-missing" },
  { G3, RISK, HW_FIELD_RISK_ASSESSMENT_CONCLUSION, "not_safe", "risk-not-safe" },
  { G3, RISK, HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON, NULL, "risk-assessment-old" },
  { G3, RISK, HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON, "2026-10-25", "" },
  { G3, RISK, HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON, "2026-10-24", "risk-assessment-old" },
  { G3, RISK, HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON, "2026-11-26", "risk-assessment-old" },
  { G3, DEPARTURE_DECISION, HW_FIELD_DECISION_CHOICE, "stay", "decision-not-return" },
  { G3, DEPARTURE_DECISION, HW_FIELD_DECISION_CHOICE, "third_country", "decision-not-return" },
  { G3, DEPARTURE_DECISION, HW_FIELD_DECISION_CHOICE, "undecided", "decision-not-return" },
  { G3, DEPARTURE_DECISION, HW_FIELD_DECISION_CHOICE, NULL, "decision-not-return" },
  { G3, TRAVEL_CONSENT, HW_FIELD_NONE, NULL, "travel-consent-missing" },
  { G3, TRAVEL_CONSENT, HW_FIELD_CONSENT_GRANTED_AT, NULL, "travel-consent-missing" },
  { G3, TRAVEL_CONSENT, HW_FIELD_CONSENT_WITHDRAWN_AT, NOW, "travel-consent-missing" },

  { G4, DEPARTURE_DECISION, HW_FIELD_NONE, NULL, "departure-decision-missing" },
  { G4, DEPARTURE_DECISION, HW_FIELD_DECISION_MOMENT, "ticketing", "departure-decision-missing" },
  { G4, DEPARTURE_DECISION, HW_FIELD_DECISION_MOMENT, NULL, "departure-decision-missing" },
  { G4,
    DEPARTURE_DECISION,
    HW_FIELD_DECISION_CONFIRMED_AT,
    "2026-11-23T20:59:00Z",
    "departure-decision-missing" },
  { G4, DEPARTURE_DECISION, HW_FIELD_DECISION_CONFIRMED_AT, "2026-11-23T21:01:00Z", "" },
  { G4,
    DEPARTURE_DECISION,
    HW_FIELD_DECISION_CONFIRMED_AT,
    "2026-11-24T09:06:00Z",
    "departure-decision-missing" },
  { G4, DEPARTURE_DECISION, HW_FIELD_DECISION_CHOICE, "stay", "decision-not-return" },
  { G4, RECEPTION, HW_FIELD_NONE, NULL, "reception-missing" },
  { G4, RECEPTION, HW_FIELD_RECEPTION_ACKNOWLEDGED_AT, NULL, "reception-unacknowledged" },
  { G4, RECEPTION, HW_FIELD_RECEPTION_CONFIRMED_AT, NULL, "reception-unconfirmed" },
  { G4,
    RECEPTION,
    HW_FIELD_RECEPTION_CONFIRMED_AT,
    "2026-11-25T09:00:00Z",
    "reception-unconfirmed" },
  { G4, MOVEMENT, HW_FIELD_MOVEMENT_EMERGENCY_NUMBER_GIVEN, NULL, "emergency-number-missing" },

  { G5, MEMBER, HW_FIELD_NONE, NULL, "member-missing" },
  { G5, MEMBER, HW_FIELD_FAMILY_MEMBER_KINSHIP_VERIFIED, NULL, "kinship-unverified" },
  { G5, MEMBER, HW_FIELD_FAMILY_MEMBER_IMPLICATED, NULL, "member-implicated" },
  { G5, MEMBER, HW_FIELD_FAMILY_MEMBER_IMPLICATED, "suspected", "member-implicated" },
  { G5, MEMBER, HW_FIELD_FAMILY_MEMBER_IMPLICATED, "yes", "member-implicated" },
  { G5, MEMBER, HW_FIELD_FAMILY_MEMBER_SURVIVOR_WANTS_CONTACT, NULL, "contact-unwanted" },
  { G5, MEMBER, HW_FIELD_FAMILY_MEMBER_SURVIVOR_WANTS_CONTACT, "no", "contact-unwanted" },
  { G5, MEMBER, HW_FIELD_FAMILY_MEMBER_SURVIVOR_WANTS_CONTACT, "later", "contact-unwanted" },
  { G5, REUNION, HW_FIELD_REUNIFICATION_MEMBER, NULL, "member-missing" },
  { G5, REUNION, HW_FIELD_REUNIFICATION_SURVIVOR_CHOICE, NULL, "not-chosen" },
  { G5, REUNION, HW_FIELD_REUNIFICATION_SURVIVOR_CHOICE, MISSION, "not-chosen" },
  { G5, REUNION, HW_FIELD_REUNIFICATION_ASSESSMENT, NULL, "home-not-suitable" },
  { G5, REUNION, HW_FIELD_REUNIFICATION_ASSESSMENT, "not_suitable", "home-not-suitable" },
  { G5, REUNION, HW_FIELD_REUNIFICATION_ASSESSMENT, "suitable_with_support", "" },

  { G6, HEADER, HW_FIELD_CASE_CLOSURE_REASON, NULL, "closure-reason-missing" },
  { G6, HEADER, HW_FIELD_CASE_REVIEW_ON, NULL, "review-date-missing" },
  { G6, HEADER, HW_FIELD_CASE_OWNER, "chief", "closure-approval-missing" },
  { G6, CLOSURE, HW_FIELD_NONE, NULL, "closure-approval-missing" },
  { G6, CLOSURE, HW_FIELD_APPROVAL_VERDICT, "pending", "closure-approval-missing" },
  { G6, CLOSURE, HW_FIELD_APPROVAL_VERDICT, "declined", "closure-approval-missing" },
  { G6, CLOSURE, HW_FIELD_APPROVAL_DECIDED_BY, NULL, "closure-approval-missing" },
  { G6, CLOSURE, HW_FIELD_APPROVAL_DECIDED_BY, "worker", "closure-approval-missing" },
  { G6, CLOSURE, HW_FIELD_APPROVAL_SUBJECT, MISSION, "closure-approval-missing" },
  { G6, CLOSURE, HW_FIELD_APPROVAL_EXPIRES_AT, "2026-11-24T08:59:00Z", "closure-approval-missing" },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) record = g_object_ref (part_of (f, row->part));

  if (row->field == HW_FIELD_NONE)
    hw_case_file_remove (f->file, hw_record_id (record));
  else if (row->value == NULL)
    clear (record, row->field);
  else
    put (record, row->field, row->value);
  assert_gate (f, row->gate, part_of (f, row->subject), row->target, row->expected);
}

static void
test_all_open (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "");
  assert_gate (f, HW_GATE_EMBASSY, f->movement, "held", "");
  assert_gate (f, HW_GATE_CHILD, f->request, "sent", "");
  assert_gate (f, HW_GATE_CHILD, f->movement, "ticketed", "");
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "");
  assert_gate (f, HW_GATE_DEPARTURE, f->movement, "checked_in", "");
  assert_gate (f, HW_GATE_REUNIFICATION, f->reunion, "approved", "");
  assert_gate (f, HW_GATE_CLOSURE, f->header, "closed", "");
}

static void
test_empty_case_is_closed (void)
{
  g_autoptr (HwCaseFile) file = hw_case_file_new (CASE, NULL);
  g_autoptr (HwRecord) movement
    = hw_record_new (HW_TYPE_ID_MOVEMENT, "00000000-0000-4000-8000-000000000009");
  HwRulesContext context = { .now_us = instant (NOW) };

  for (guint gate = HW_GATE_NONE + 1; gate < HW_N_GATES; gate++)
    {
      g_autoptr (HwVerdict) verdict = NULL;

      if (gate == HW_GATE_REUNIFICATION || gate == HW_GATE_CLOSURE)
        continue;
      verdict = hw_gate_evaluate (gate, file, movement, "ticketed", &context);
      g_assert_cmpint (hw_verdict_outcome (verdict), ==, HW_OUTCOME_REFUSED);
    }
}

static void
test_consent_withdrawn_on_another_sheet (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *other = fixture_add (f, HW_TYPE_ID_CONSENT);

  put (other, HW_FIELD_CONSENT_PURPOSE, "embassy_contact");
  put (other, HW_FIELD_CONSENT_RECIPIENT, MISSION);
  put (other, HW_FIELD_CONSENT_GRANTED_AT, "2026-11-05T10:00:00Z");
  put (other, HW_FIELD_CONSENT_WITHDRAWN_AT, "2026-11-11T10:00:00Z");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "consent-missing");
  put (f->consent, HW_FIELD_CONSENT_GRANTED_AT, "2026-11-12T10:00:00Z");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "");
}

static void
test_asylum_history (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwValue) wishes = hw_value_new_text ("wishes");
  HwRecord *review, *newer;

  hw_case_file_note_past (f->file, HW_FIELD_RISK_ASSESSMENT_ASYLUM, hw_record_id (f->risk), wishes);
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "asylum-review-missing");
  assert_gate (f, HW_GATE_EMBASSY, f->movement, "held", "asylum-review-missing");
  review = fixture_approval (f, "asylum_review", f->risk);
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "");

  /* Not by who wrote the assessment or the request. */
  put (review, HW_FIELD_APPROVAL_DECIDED_BY, "worker");
  clear (review, HW_FIELD_APPROVAL_ASKED_BY);
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "asylum-review-missing");
  put (review, HW_FIELD_APPROVAL_DECIDED_BY, "chief");
  hw_record_set_stamps (f->request, NOW, "chief", NOW, "chief");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "asylum-review-missing");
  hw_record_set_stamps (f->request, NOW, "worker", NOW, "worker");

  /* Not of an older assessment. */
  newer = fixture_add (f, HW_TYPE_ID_RISK_ASSESSMENT);
  put (newer, HW_FIELD_RISK_ASSESSMENT_CONCLUSION, "safe");
  put (newer, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "none");
  put (newer, HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "no");
  put (newer, HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON, "2026-11-20");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "asylum-review-missing");
  put (review, HW_FIELD_APPROVAL_SUBJECT, hw_record_id (newer));
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "asylum-review-missing");
  hw_record_set_stamps (review, NOW, "worker", NOW, "chief");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "");

  /* Nor by who wrote in it between others. */
  hw_case_file_note_writer (f->file, hw_record_id (newer), "chief");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "asylum-review-missing");
}

/* A review speaks of what was known then: the asylum question answered again asks for another. */
static void
test_review_ends_with_a_new_word (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwValue) wishes = hw_value_new_text ("wishes");
  HwRecord *review = fixture_approval (f, "asylum_review", f->risk), *backdated;

  hw_case_file_note_past (f->file, HW_FIELD_RISK_ASSESSMENT_ASYLUM, hw_record_id (f->risk), wishes);
  hw_record_set_stamps (review, "2026-11-10T08:00:00Z", "worker", "2026-11-10T09:00:00Z", "chief");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "");
  hw_record_set_stamps (f->risk, "2026-11-01T08:00:00Z", "worker", "2026-11-11T08:00:00Z", "worker");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "asylum-review-missing");
  hw_record_set_stamps (f->risk, "2026-11-01T08:00:00Z", "worker", "2026-11-01T08:00:00Z", "worker");
  backdated = fixture_add (f, HW_TYPE_ID_RISK_ASSESSMENT);
  put (backdated, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "wishes");
  put (backdated, HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON, "2026-01-01");
  hw_record_set_stamps (backdated, NOW, "worker", NOW, "worker");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "asylum-review-missing");
}

static void
test_risk_approval_ends_with_a_new_word (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  fixture_approval (f, "risk", f->risk);
  put (f->risk, HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "yes");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "");
  hw_record_set_stamps (f->risk, "2026-11-01T08:00:00Z", "worker", NOW, "worker");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "official-involved");
}

static void
test_assessment_dated_ahead (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  put (f->risk, HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON, "2099-01-01");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", HW_CODE_RISK_OLD);
  put (f->risk, HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON, "2026-11-25");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "");
}

static void
test_official_with_approval (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *approval = fixture_approval (f, "risk", f->risk);

  put (f->risk, HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "yes");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "");
  put (approval, HW_FIELD_APPROVAL_VERDICT, "pending");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "official-involved");
  put (approval, HW_FIELD_APPROVAL_VERDICT, "approved");
  put (approval, HW_FIELD_APPROVAL_ASKED_BY, "chief");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "official-involved");
}

static void
test_decision_window (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  hw_case_file_remove (f->file, hw_record_id (f->departure_decision));
  put (f->decision, HW_FIELD_DECISION_CONFIRMED_AT, "2026-11-17T00:01:00+02:00");
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "");
  put (f->decision, HW_FIELD_DECISION_CONFIRMED_AT, "2026-11-16T23:59:00+02:00");
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "decision-old");
  /* The day is the office's: 22:30 UTC is already the 17th in Bujumbura. */
  put (f->decision, HW_FIELD_DECISION_CONFIRMED_AT, "2026-11-16T22:30:00Z");
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "");
  put_integer (f->office, HW_FIELD_OFFICE_DECISION_DAYS, 3);
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "decision-old");
  clear (f->decision, HW_FIELD_DECISION_CONFIRMED_AT);
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "decision-missing");
  hw_case_file_remove (f->file, hw_record_id (f->decision));
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "decision-missing");
}

static void
test_decision_words (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwVerdict) verdict = NULL;
  HwCondition *condition;

  hw_case_file_remove (f->file, hw_record_id (f->departure_decision));
  put (f->decision, HW_FIELD_DECISION_CONFIRMED_AT, "2026-11-15T10:00:00Z");
  verdict = hw_gate_evaluate (HW_GATE_TICKET, f->file, f->movement, "ticketed", &f->context);
  condition = g_ptr_array_index (hw_verdict_conditions (verdict), 0);
  g_assert_cmpstr (condition->title, ==, "Her decision must be confirmed again");
  g_assert_cmpstr (
    condition->detail, ==, "Last confirmed 9 days ago; seven are allowed before ticketing");
  g_assert_cmpstr (hw_verdict_message (verdict), ==, condition->title);
}

static void
test_event_time (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwVerdict) verdict = NULL;

  hw_case_file_remove (f->file, hw_record_id (f->departure_decision));
  put (f->decision, HW_FIELD_DECISION_CONFIRMED_AT, "2026-11-15T10:00:00Z");
  put (f->movement, HW_FIELD_MOVEMENT_TICKETED_AT, "2026-11-22T10:00:00Z");
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "");
  put (f->movement, HW_FIELD_MOVEMENT_TICKETED_AT, "2026-11-24T09:05:00Z");
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "decision-old");
  put (f->movement, HW_FIELD_MOVEMENT_TICKETED_AT, "2026-11-24T09:05:01Z");
  verdict = hw_gate_evaluate (HW_GATE_TICKET, f->file, f->movement, "ticketed", &f->context);
  g_assert_cmpint (hw_verdict_reason (verdict), ==, HW_REASON_INVALID);
}

static void
test_risk_days_of_office (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  put_integer (f->office, HW_FIELD_OFFICE_RISK_DAYS, 14);
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "");
  put_integer (f->office, HW_FIELD_OFFICE_RISK_DAYS, 13);
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "risk-assessment-old");
}

/* Where she passes through, when she leaves and when she arrives is what papers are judged by. */
static void
test_whole_way_is_known (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  put (f->first_leg, HW_FIELD_SEGMENT_TO, "Kigoma");
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "itinerary-missing");
  put (f->first_leg, HW_FIELD_SEGMENT_TO, "QQQ");
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "itinerary-missing");
  put (f->first_leg, HW_FIELD_SEGMENT_TO, "ADD");
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "");
  clear (f->first_leg, HW_FIELD_SEGMENT_DEPARTS_AT);
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "itinerary-missing");
  put (f->movement, HW_FIELD_MOVEMENT_MODE, "road");
  assert_gate (f, HW_GATE_TICKET, f->movement, "checked_in", "itinerary-missing");
  hw_case_file_remove (f->file, hw_record_id (f->first_leg));
  hw_case_file_remove (f->file, hw_record_id (f->second_leg));
  assert_gate (f, HW_GATE_TICKET, f->movement, "checked_in", "itinerary-missing");
}

/* The flag alone opens nothing, and neither do the lines alone. */
static void
test_lines_of_the_document (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  static const char right[] = LINES;
  g_autofree char *misread = g_strdup (right);

  put (f->document, HW_FIELD_TRAVEL_DOCUMENT_MRZ, right);
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "document-lines-unverified");
  put_integer (f->document, HW_FIELD_TRAVEL_DOCUMENT_MRZ_VERIFIED, TRUE);
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "");
  put (f->document, HW_FIELD_TRAVEL_DOCUMENT_NUMBER, "LP0012354");
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "document-lines-unverified");
  put (f->document, HW_FIELD_TRAVEL_DOCUMENT_NUMBER, "LP0012345");
  misread[strcspn (misread, "\n") + 5] = '9';
  put (f->document, HW_FIELD_TRAVEL_DOCUMENT_MRZ, misread);
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "document-lines-unverified");
  clear (f->document, HW_FIELD_TRAVEL_DOCUMENT_MRZ);
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "");
  put_integer (f->document, HW_FIELD_TRAVEL_DOCUMENT_MRZ_VERIFIED, FALSE);
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "document-lines-unverified");
}

static void
test_each_transit_country (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *rule = hw_record_new (HW_TYPE_ID_COUNTRY_RULE, "00000000-0000-4000-8000-000000000302");

  put (rule, HW_FIELD_COUNTRY_RULE_COUNTRY, "KE");
  put_set (rule, HW_FIELD_COUNTRY_RULE_ACCEPTED_DOCUMENTS, "passport", NULL);
  hw_case_file_add (f->directory, rule);
  g_object_unref (rule);
  put (f->second_leg, HW_FIELD_SEGMENT_FROM, "NBO");
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "document-not-accepted");
  put (f->document, HW_FIELD_TRAVEL_DOCUMENT_KIND, "id_card");
  assert_gate (
    f, HW_GATE_TICKET, f->movement, "ticketed", "document-not-accepted document-not-accepted");
}

static void
test_escort_for_fitness (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  put (f->fitness, HW_FIELD_FITNESS_OUTCOME, "fit_with_escort");
  put (f->movement, HW_FIELD_MOVEMENT_ESCORT, "medical");
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "");
  clear (f->movement, HW_FIELD_MOVEMENT_ESCORT);
  assert_gate (f, HW_GATE_TICKET, f->movement, "ticketed", "fitness-escort");
}

static void
test_every_traveller (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *person = fixture_dependant (f);

  put_pair (person, HW_FIELD_PERSON_BIRTH_DATE, "1990-01-01", "day");
  assert_gate (f,
               HW_GATE_TICKET,
               f->movement,
               "ticketed",
               "document-missing fitness-missing decision-missing travel-consent-missing");
}

static void
test_open_task_stops_closure (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *task = fixture_add (f, HW_TYPE_ID_TASK);

  put (task, HW_FIELD_TASK_TITLE, "Call");
  assert_gate (f, HW_GATE_CLOSURE, f->header, "closed", "task-open");
  put (task, HW_FIELD_TASK_DONE_AT, NOW);
  assert_gate (f, HW_GATE_CLOSURE, f->header, "closed", "");
}

/* Child gate */

static void
test_child_conditions (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Child child;

  put (f->screening, HW_FIELD_SCREENING_IS_MINOR, "yes");
  assert_gate (f,
               HW_GATE_CHILD,
               f->request,
               "sent",
               "guardian-missing best-interests-missing proxy-consent-missing "
               "child-assent-missing");
  child = fixture_child (f, f->survivor);
  assert_gate (f, HW_GATE_CHILD, f->request, "sent", "");
  assert_gate (f, HW_GATE_CHILD, f->movement, "held", "");
  assert_gate (f, HW_GATE_CHILD, f->movement, "ticketed", "child-escort-missing");
  clear (f->movement, HW_FIELD_MOVEMENT_ESCORT);
  assert_gate (f, HW_GATE_CHILD, f->movement, "checked_in", "child-escort-missing");
  put (f->movement, HW_FIELD_MOVEMENT_ESCORT, "chaperone");
  assert_gate (f, HW_GATE_CHILD, f->movement, "ticketed", "");

  put (child.guardianship, HW_FIELD_GUARDIANSHIP_UNTIL, "2026-11-23");
  assert_gate (f, HW_GATE_CHILD, f->movement, "ticketed", "guardian-missing");
  put (child.guardianship, HW_FIELD_GUARDIANSHIP_UNTIL, TODAY);
  clear (child.guardianship, HW_FIELD_GUARDIANSHIP_SINCE);
  assert_gate (f, HW_GATE_CHILD, f->movement, "ticketed", "guardian-missing");
  put (child.guardianship, HW_FIELD_GUARDIANSHIP_SINCE, TODAY);
  put (child.best_interests, HW_FIELD_BEST_INTERESTS_REVIEW_ON, "2026-11-23");
  assert_gate (f, HW_GATE_CHILD, f->movement, "ticketed", "best-interests-missing");
  clear (child.best_interests, HW_FIELD_BEST_INTERESTS_REVIEW_ON);
  assert_gate (f, HW_GATE_CHILD, f->movement, "ticketed", "best-interests-missing");
  put (child.best_interests, HW_FIELD_BEST_INTERESTS_REVIEW_ON, TODAY);
  put (child.best_interests, HW_FIELD_BEST_INTERESTS_CONCLUSION, "stay");
  assert_gate (f, HW_GATE_CHILD, f->movement, "ticketed", "best-interests-missing");
  put (child.best_interests, HW_FIELD_BEST_INTERESTS_CONCLUSION, "return");
  put (child.proxy, HW_FIELD_CONSENT_WITHDRAWN_AT, NOW);
  assert_gate (f, HW_GATE_CHILD, f->movement, "ticketed", "proxy-consent-missing");
  clear (child.proxy, HW_FIELD_CONSENT_WITHDRAWN_AT);
  clear (child.assent, HW_FIELD_CONSENT_GRANTED_AT);
  assert_gate (f, HW_GATE_CHILD, f->movement, "ticketed", "child-assent-missing");
}

/* Who counts as a child: is_minor, birth date, precision. */
static void
test_who_is_a_child (void)
{
  static const struct
  {
    const char *is_minor, *date, *precision;
    gboolean child;
  } ages[] = {
    { "yes", "1990-01-01", "day", TRUE },
    { "no", NULL, NULL, FALSE },
    { "no", "2010-01-01", "day", TRUE },
    { "unknown", NULL, NULL, TRUE },
    { NULL, NULL, NULL, TRUE },
    { NULL, "2000-01-01", "estimated", TRUE },
    { "unknown", "1999-01-01", "estimated", TRUE },
    { "no", "2009-06-01", "estimated", TRUE },
    { "unknown", "2008-11-24", "day", FALSE },
    { "unknown", "2008-11-25", "day", TRUE },
    { NULL, "2008-11-01", "month", TRUE },
    { NULL, "2008-10-01", "month", FALSE },
    { NULL, "2008-01-01", "year", TRUE },
    { NULL, "2007-01-01", "year", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      g_autoptr (HwVerdict) verdict = NULL;

      clear (f->screening, HW_FIELD_SCREENING_IS_MINOR);
      clear (f->survivor, HW_FIELD_PERSON_BIRTH_DATE);
      if (ages[i].is_minor != NULL)
        put (f->screening, HW_FIELD_SCREENING_IS_MINOR, ages[i].is_minor);
      if (ages[i].date != NULL)
        put_pair (f->survivor, HW_FIELD_PERSON_BIRTH_DATE, ages[i].date, ages[i].precision);
      verdict = hw_gate_evaluate (HW_GATE_CHILD, f->file, f->request, "sent", &f->context);
      g_test_message ("row %u", i);
      g_assert_true (hw_verdict_open (verdict) == !ages[i].child);
    }
}

static void
test_child_dependant (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *person = fixture_dependant (f);

  assert_gate (f,
               HW_GATE_CHILD,
               f->request,
               "sent",
               "guardian-missing best-interests-missing proxy-consent-missing "
               "child-assent-missing");
  fixture_child (f, person);
  assert_gate (f, HW_GATE_CHILD, f->request, "sent", "");
}

static void
test_child_reunion_needs_approval (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  put (f->screening, HW_FIELD_SCREENING_IS_MINOR, "yes");
  assert_gate (f, HW_GATE_REUNIFICATION, f->reunion, "approved", "child-approval-missing");
  fixture_approval (f, "risk", f->reunion);
  assert_gate (f, HW_GATE_REUNIFICATION, f->reunion, "approved", "");
}

/* Overrides */

static HwRecord *
add_override (Fixture *f, const char *gate, HwRecord *subject, const char *target)
{
  HwRecord *approval = fixture_approval (f, "override", subject);

  put (approval, HW_FIELD_APPROVAL_GATE, gate);
  put (approval, HW_FIELD_APPROVAL_TARGET_STATUS, target);
  put (approval, HW_FIELD_APPROVAL_BASIS, "vital_interest");
  put (approval, HW_FIELD_APPROVAL_REASON, "Her life is in danger where she is");
  put (approval, HW_FIELD_APPROVAL_EXPIRES_AT, "2026-11-25T09:00:00Z");
  return approval;
}

static void
test_override_opens_once (void)
{
  static const struct
  {
    HwFieldId field;
    const char *value;
  } spoilers[] = {
    { HW_FIELD_APPROVAL_VERDICT, "pending" },
    { HW_FIELD_APPROVAL_VERDICT, "declined" },
    { HW_FIELD_APPROVAL_DECIDED_BY, NULL },
    { HW_FIELD_APPROVAL_DECIDED_BY, "worker" },
    { HW_FIELD_APPROVAL_ASKED_BY, NULL },
    { HW_FIELD_APPROVAL_BASIS, NULL },
    { HW_FIELD_APPROVAL_REASON, NULL },
    { HW_FIELD_APPROVAL_EXPIRES_AT, NULL },
    { HW_FIELD_APPROVAL_EXPIRES_AT, "2026-11-24T09:00:00Z" },
    { HW_FIELD_APPROVAL_TARGET_STATUS, "checked_in" },
    { HW_FIELD_APPROVAL_TARGET_STATUS, NULL },
    { HW_FIELD_APPROVAL_GATE, "departure" },
    { HW_FIELD_APPROVAL_SUBJECT, MISSION },
    { HW_FIELD_APPROVAL_KIND, "risk" },
    { HW_FIELD_APPROVAL_USED_BY, "00000000-0000-4000-8000-000000000077" },
  };

  for (guint i = 0; i <= G_N_ELEMENTS (spoilers); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      HwRecord *approval = add_override (f, "ticket", f->movement, "ticketed");

      hw_case_file_remove (f->file, hw_record_id (f->fitness));
      if (i < G_N_ELEMENTS (spoilers) && spoilers[i].value == NULL)
        clear (approval, spoilers[i].field);
      else if (i < G_N_ELEMENTS (spoilers))
        put (approval, spoilers[i].field, spoilers[i].value);
      assert_gate (f,
                   HW_GATE_TICKET,
                   f->movement,
                   "ticketed",
                   i < G_N_ELEMENTS (spoilers) ? "fitness-missing" : "");
    }
}

static void
test_override_never_opens (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  put (f->risk, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "wishes");
  put (f->screening, HW_FIELD_SCREENING_IS_MINOR, "yes");
  fixture_child (f, f->survivor);
  clear (f->reunion, HW_FIELD_REUNIFICATION_ASSESSMENT);
  fixture_approval (f, "risk", f->reunion);
  add_override (f, "embassy", f->request, "sent");
  add_override (f, "embassy", f->movement, "held");
  add_override (f, "child", f->movement, "ticketed");
  add_override (f, "reunification", f->reunion, "approved");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "asylum-open");
  assert_gate (f, HW_GATE_EMBASSY, f->movement, "held", "asylum-open");
  assert_gate (f, HW_GATE_CHILD, f->movement, "ticketed", "child-escort-missing");
  assert_gate (f, HW_GATE_REUNIFICATION, f->reunion, "approved", "home-not-suitable");
}

static void
test_override_of_departure_and_closure (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  hw_case_file_remove (f->file, hw_record_id (f->reception));
  clear (f->header, HW_FIELD_CASE_REVIEW_ON);
  add_override (f, "departure", f->movement, "checked_in");
  add_override (f, "closure", f->header, "closed");
  assert_gate (f, HW_GATE_DEPARTURE, f->movement, "checked_in", "");
  assert_gate (f, HW_GATE_CLOSURE, f->header, "closed", "");
  assert_gate (f, HW_GATE_CLOSURE, f->header, "closed_referred", "review-date-missing");
}

static void
test_scoped_desktop_is_provisional (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwVerdict) open = NULL, refused = NULL;

  f->context.on_server = FALSE;
  hw_case_file_set_complete (f->file, FALSE);
  open = hw_gate_evaluate (HW_GATE_TICKET, f->file, f->movement, "ticketed", &f->context);
  g_assert_cmpint (hw_verdict_outcome (open), ==, HW_OUTCOME_PROVISIONAL);
  g_assert_false (hw_verdict_open (open));
  hw_case_file_remove (f->file, hw_record_id (f->fitness));
  refused = hw_gate_evaluate (HW_GATE_TICKET, f->file, f->movement, "ticketed", &f->context);
  g_assert_cmpint (hw_verdict_outcome (refused), ==, HW_OUTCOME_REFUSED);
}

static void
test_projection_hides_what_may_not_be_read (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwVerdict) verdict = NULL, officer = NULL, worker = NULL, mission = NULL;
  g_autofree char *told_officer = NULL, *told_worker = NULL;

  put (f->risk, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "wishes");
  hw_case_file_remove (f->file, hw_record_id (f->consent));
  verdict = hw_gate_evaluate (HW_GATE_EMBASSY, f->file, f->movement, "held", &f->context);
  officer = hw_verdict_project (verdict, HW_ROLE_MOVEMENT, HW_RELATION_MOVEMENT);
  worker = hw_verdict_project (verdict, HW_ROLE_CASEWORKER, HW_RELATION_OWNER);
  mission = hw_verdict_project (verdict, HW_ROLE_EMBASSY_LIAISON, HW_RELATION_MISSION);
  told_officer = codes (officer);
  told_worker = codes (worker);
  g_assert_cmpstr (told_officer, ==, "consent-missing safety-condition");
  g_assert_cmpstr (told_worker, ==, "consent-missing asylum-open");
  g_assert_cmpint (hw_verdict_reason (mission), ==, HW_REASON_MOVE_NOT_ALLOWED);
  g_assert_cmpuint (hw_verdict_conditions (mission)->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *field
        = rows[i].field != HW_FIELD_NONE ? hw_schema_field (rows[i].field)->name : "record";
      g_autofree char *path = g_strdup_printf ("/gate/%s/%s/%u-%s-is-%s",
                                               hw_gate_nick (rows[i].gate)->nick,
                                               rows[i].target,
                                               i,
                                               field,
                                               rows[i].value != NULL ? rows[i].value : "missing");

      for (char *at = path + 1; *at != '\0'; at++)
        if (*at == ':')
          *at = '.';
      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/gate/all-are-open-in-the-fixture", test_all_open);
  g_test_add_func ("/gate/an-empty-case-opens-nothing", test_empty_case_is_closed);
  g_test_add_func ("/gate/embassy/withdrawal-ends-what-was-granted-before",
                   test_consent_withdrawn_on_another_sheet);
  g_test_add_func ("/gate/embassy/asylum-history-stays", test_asylum_history);
  g_test_add_func ("/gate/embassy/a-review-ends-with-a-new-word", test_review_ends_with_a_new_word);
  g_test_add_func ("/gate/embassy/a-risk-approval-ends-with-a-new-word",
                   test_risk_approval_ends_with_a_new_word);
  g_test_add_func ("/gate/embassy/an-assessment-dated-ahead", test_assessment_dated_ahead);
  g_test_add_func ("/gate/embassy/officials-need-an-approval", test_official_with_approval);
  g_test_add_func ("/gate/ticket/decision-window", test_decision_window);
  g_test_add_func ("/gate/ticket/says-how-old-the-decision-is", test_decision_words);
  g_test_add_func ("/gate/ticket/judged-at-its-own-time", test_event_time);
  g_test_add_func ("/gate/ticket/risk-days-are-the-offices", test_risk_days_of_office);
  g_test_add_func ("/gate/ticket/the-whole-way-is-known", test_whole_way_is_known);
  g_test_add_func ("/gate/ticket/lines-right-and-checked", test_lines_of_the_document);
  g_test_add_func ("/gate/ticket/a-sentence-for-each-transit-country", test_each_transit_country);
  g_test_add_func ("/gate/ticket/escort-where-fitness-asks", test_escort_for_fitness);
  g_test_add_func ("/gate/ticket/every-traveller", test_every_traveller);
  g_test_add_func ("/gate/closure/no-open-task", test_open_task_stops_closure);
  g_test_add_func ("/gate/child/each-condition", test_child_conditions);
  g_test_add_func ("/gate/child/who-is-a-child", test_who_is_a_child);
  g_test_add_func ("/gate/child/who-travels-with-her", test_child_dependant);
  g_test_add_func ("/gate/reunification/child-needs-approval", test_child_reunion_needs_approval);
  g_test_add_func ("/gate/override/opens-one-move-once", test_override_opens_once);
  g_test_add_func ("/gate/override/never-asylum-nor-child", test_override_never_opens);
  g_test_add_func ("/gate/override/departure-and-closure", test_override_of_departure_and_closure);
  g_test_add_func ("/gate/provisional-on-a-scoped-desktop", test_scoped_desktop_is_provisional);
  g_test_add_func ("/gate/projection-hides-what-may-not-be-read",
                   test_projection_hides_what_may_not_be_read);
  return g_test_run ();
}
