/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ways around a gate: an old moment, a record taken out and written anew, an agreement to something
 * else, a word said after the gate was passed. Each was open once.
 */
#include "fixture.h"

#define OPERATION "018f0000-0000-7000-8000-00000000000a"

static HwVerdict *
judge (Fixture *f, HwRecord *record, HwOperation *operation, HwVerdict **breach)
{
  g_autoptr (HwActor) actor
    = hw_actor_new ("worker", "worker", HW_ROLE_CASEWORKER, OFFICE, NULL, "device");
  g_autoptr (HwRecord) after = hw_record_copy (record);

  hw_operation_apply (operation, after);
  return hw_rules_check (
    f->file, record, after, operation, actor, G_MAXUINT, &f->context, breach);
}

static HwOperation *
operation_on (HwRecord *record, HwAction action)
{
  return hw_operation_new (OPERATION, action, hw_record_type (record), hw_record_id (record), CASE);
}

static void
assert_delete (Fixture *f, HwRecord *record, const char *expected)
{
  g_autoptr (HwOperation) operation = operation_on (record, HW_ACTION_DELETE);
  g_autoptr (HwVerdict) verdict = judge (f, record, operation, NULL);
  g_autofree char *found = codes (verdict);

  g_assert_cmpstr (found, ==, expected);
  g_assert_true (hw_verdict_open (verdict) == (*expected == '\0'));
}

/* The move, with one other field written in the same step. */
static void
assert_move (Fixture *f,
             HwRecord *record,
             const char *status,
             HwFieldId also,
             const char *text,
             const char *expected)
{
  g_autoptr (HwOperation) operation = operation_on (record, HW_ACTION_UPDATE);
  g_autoptr (HwVerdict) verdict = NULL;
  g_autofree char *found = NULL;

  hw_operation_set_text (operation, hw_record_def (record)->status_field, status, 0);
  if (also != HW_FIELD_NONE)
    hw_operation_set_text (operation, also, text, 0);
  verdict = judge (f, record, operation, NULL);
  found = codes (verdict);
  g_assert_cmpstr (found, ==, expected);
  g_assert_true (hw_verdict_open (verdict) == (*expected == '\0'));
}

/* What follows from a change of one field; the record is then as changed. */
static GPtrArray *
follow (Fixture *f, HwRecord *record, HwFieldId field, const char *text)
{
  g_autoptr (HwRecord) before = hw_record_copy (record);
  g_autoptr (HwOperation) operation = operation_on (record, HW_ACTION_UPDATE);

  hw_operation_set_text (operation, field, text, 0);
  hw_operation_apply (operation, record);
  return hw_consequences (f->file, before, record, operation, &f->context);
}

static const HwOperation *
found_on (GPtrArray *found, HwRecord *record)
{
  for (guint i = 0; i < found->len; i++)
    if (g_str_equal (((HwOperation *)g_ptr_array_index (found, i))->record, hw_record_id (record)))
      return g_ptr_array_index (found, i);
  return NULL;
}

static void
test_old_moments (void)
{
  static const struct
  {
    const char *from, *to;
    gboolean ticketed, checked_in; /* are forgotten */
  } rows[] = {
    { "missed", "rebooked", TRUE, TRUE },     { "cancelled", "draft", TRUE, TRUE },
    { "confirmed", "requested", TRUE, TRUE }, { "rebooked", "held", TRUE, TRUE },
    { "checked_in", "ticketed", FALSE, TRUE }, { "held", "ticketed", FALSE, FALSE },
    { "ticketed", "checked_in", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      g_autoptr (GPtrArray) found = NULL;
      const HwOperation *operation;

      put (f->movement, HW_FIELD_MOVEMENT_STATUS, rows[i].from);
      put (f->movement, HW_FIELD_MOVEMENT_TICKETED_AT, "2026-10-01T10:00:00Z");
      if (rows[i].checked_in)
        put (f->movement, HW_FIELD_MOVEMENT_CHECKED_IN_AT, "2026-10-02T10:00:00Z");
      found = follow (f, f->movement, HW_FIELD_MOVEMENT_STATUS, rows[i].to);
      operation = found_on (found, f->movement);
      g_test_message ("%s to %s", rows[i].from, rows[i].to);
      g_assert_true (
        (operation != NULL
         && hw_operation_find ((HwOperation *)operation, HW_FIELD_MOVEMENT_TICKETED_AT) != NULL)
        == rows[i].ticketed);
      g_assert_true (
        (operation != NULL
         && hw_operation_find ((HwOperation *)operation, HW_FIELD_MOVEMENT_CHECKED_IN_AT) != NULL)
        == rows[i].checked_in);
    }
}

static void
test_child_taken_out (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *grown = fixture_dependant (f), *child = fixture_dependant (f), *review;

  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "draft");
  put_pair (grown, HW_FIELD_PERSON_BIRTH_DATE, "1990-01-01", "day");
  put_pair (child, HW_FIELD_PERSON_BIRTH_DATE, "2020-01-01", "day");
  assert_delete (f, grown, "");
  assert_delete (f, child, "age-review-missing");
  review = fixture_approval (f, "age_review", child);
  assert_delete (f, child, "");
  put (review, HW_FIELD_APPROVAL_DECIDED_BY, "worker");
  assert_delete (f, child, "age-review-missing");
  put (review, HW_FIELD_APPROVAL_DECIDED_BY, "chief");
  hw_record_set_stamps (child, NOW, "worker", NOW, "worker");
  assert_delete (f, child, "age-review-missing");
}

/* She is a child by the screening's word alone, which is the survivor's: as a dependant she would
 * be judged by the date in false papers. */
static void
test_survivor_no_more (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwOperation) operation = operation_on (f->survivor, HW_ACTION_UPDATE);
  g_autoptr (HwVerdict) grown = NULL, child = NULL;
  g_autofree char *found = NULL;

  hw_operation_set_text (operation, HW_FIELD_PERSON_ROLE, "dependant", 0);
  grown = judge (f, f->survivor, operation, NULL);
  g_assert_true (hw_verdict_open (grown));
  put (f->screening, HW_FIELD_SCREENING_IS_MINOR, "yes");
  child = judge (f, f->survivor, operation, NULL);
  found = codes (child);
  g_assert_cmpstr (found, ==, "age-review-missing");
}

static void
test_relative_taken_out (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *uncle = fixture_add (f, HW_TYPE_ID_FAMILY_MEMBER);
  g_autoptr (HwOperation) operation = operation_on (uncle, HW_ACTION_DELETE);
  g_autoptr (HwVerdict) kept = NULL;

  put (uncle, HW_FIELD_FAMILY_MEMBER_IMPLICATED, "suspected");
  kept = judge (f, uncle, operation, NULL);
  g_assert_cmpint (hw_verdict_reason (kept), ==, HW_REASON_IMMUTABLE);
  put (uncle, HW_FIELD_FAMILY_MEMBER_IMPLICATED, "no");
  assert_delete (f, uncle, "");
}

static void
test_agreed_to_another_closing (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) found = NULL;
  const HwOperation *operation;

  assert_move (f, f->header, "closed", HW_FIELD_NONE, NULL, "");
  assert_move (f,
               f->header,
               "closed",
               HW_FIELD_CASE_CLOSURE_REASON,
               "unsafe_to_continue",
               "closure-approval-missing");
  found = follow (f, f->header, HW_FIELD_CASE_CLOSURE_REASON, "unsafe_to_continue");
  operation = found_on (found, f->closure);
  g_assert_nonnull (operation);
  hw_operation_apply ((HwOperation *)operation, f->closure);
  assert_move (f, f->header, "closed", HW_FIELD_NONE, NULL, "closure-approval-missing");
}

static void
test_agreed_to_another_relative (void)
{
  static const HwFieldId agreed[]
    = { HW_FIELD_REUNIFICATION_MEMBER, HW_FIELD_REUNIFICATION_SURVIVOR_CHOICE };
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *uncle = fixture_add (f, HW_TYPE_ID_FAMILY_MEMBER), *approval;

  put (f->screening, HW_FIELD_SCREENING_IS_MINOR, "yes");
  put (uncle, HW_FIELD_FAMILY_MEMBER_IMPLICATED, "no");
  approval = fixture_approval (f, "risk", f->reunion);
  assert_move (f, f->reunion, "approved", HW_FIELD_NONE, NULL, "");
  assert_move (f,
               f->reunion,
               "approved",
               HW_FIELD_REUNIFICATION_ASSESSMENT,
               "suitable_with_support",
               "child-approval-missing");
  for (guint i = 0; i < G_N_ELEMENTS (agreed); i++)
    {
      g_autoptr (GPtrArray) found = follow (f, f->reunion, agreed[i], hw_record_id (uncle));

      g_assert_nonnull (found_on (found, approval));
      put (f->reunion, agreed[i], hw_record_id (f->member));
    }
}

static void
test_agreed_to_another_mission (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  Child child;
  HwRecord *consents[2];

  put (f->screening, HW_FIELD_SCREENING_IS_MINOR, "yes");
  child = fixture_child (f, f->survivor);
  consents[0] = child.proxy;
  consents[1] = child.assent;
  for (guint i = 0; i < G_N_ELEMENTS (consents); i++)
    {
      put (consents[i], HW_FIELD_CONSENT_PURPOSE, "embassy_contact");
      put (consents[i], HW_FIELD_CONSENT_RECIPIENT, MISSION);
    }
  assert_gate (f, HW_GATE_CHILD, f->request, "sent", "");
  put (child.proxy, HW_FIELD_CONSENT_RECIPIENT, OTHER_MISSION);
  clear (child.assent, HW_FIELD_CONSENT_RECIPIENT);
  assert_gate (
    f, HW_GATE_CHILD, f->request, "sent", "proxy-consent-missing child-assent-missing");
}

static void
test_nobody_consents_for_an_adult (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  put (f->consent, HW_FIELD_CONSENT_FORM, "proxy");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "consent-missing");
  clear (f->consent, HW_FIELD_CONSENT_FORM);
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "consent-missing");
  put (f->consent, HW_FIELD_CONSENT_FORM, "explicit_written");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "");
}

/* Whoever was checked in may say no until the door closes; that she went all the same is a breach. */
static void
test_said_after_check_in (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwOperation) departed = operation_on (f->movement, HW_ACTION_UPDATE);
  g_autoptr (HwVerdict) willing = NULL, unwilling = NULL, with_child = NULL;
  g_autoptr (HwVerdict) none = NULL, stays = NULL, child = NULL;
  HwRecord *decision;
  g_autofree char *found = NULL, *of_child = NULL;

  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "checked_in");
  put (f->movement, HW_FIELD_MOVEMENT_CHECKED_IN_AT, "2026-11-23T22:30:00Z");
  put (f->departure_decision, HW_FIELD_DECISION_CONFIRMED_AT, "2026-11-23T20:30:00Z");
  clear (f->reception, HW_FIELD_RECEPTION_ACKNOWLEDGED_AT); /* a delay asks it again */
  hw_operation_set_text (departed, HW_FIELD_MOVEMENT_STATUS, "departed", 0);
  willing = judge (f, f->movement, departed, &none);
  g_assert_true (hw_verdict_open (willing));
  g_assert_null (none);

  decision = fixture_add (f, HW_TYPE_ID_DECISION);
  put (decision, HW_FIELD_DECISION_CHOICE, "stay");
  put (decision, HW_FIELD_DECISION_CONFIRMED_AT, "2026-11-24T07:00:00Z");
  unwilling = judge (f, f->movement, departed, &stays);
  g_assert_true (hw_verdict_open (unwilling)); /* she flew: the record says so */
  found = codes (stays);
  g_assert_cmpstr (found, ==, "decision-not-return");

  put (decision, HW_FIELD_DECISION_CHOICE, "return");
  put_pair (fixture_dependant (f), HW_FIELD_PERSON_BIRTH_DATE, "2024-01-01", "day");
  with_child = judge (f, f->movement, departed, &child);
  g_assert_true (hw_verdict_open (with_child));
  of_child = codes (child);
  g_assert_nonnull (strstr (of_child, "guardian-missing"));
}

static void
test_every_adult_is_asked (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *sister = fixture_dependant (f);
  HwRecord *decision;

  put_pair (sister, HW_FIELD_PERSON_BIRTH_DATE, "1990-01-01", "day");
  assert_gate (f, HW_GATE_DEPARTURE, f->movement, "checked_in", "departure-decision-missing");
  decision = fixture_add (f, HW_TYPE_ID_DECISION);
  put (decision, HW_FIELD_DECISION_PERSON, hw_record_id (sister));
  put (decision, HW_FIELD_DECISION_CHOICE, "return");
  put (decision, HW_FIELD_DECISION_CONFIRMED_AT, "2026-11-24T06:00:00Z");
  put (decision, HW_FIELD_DECISION_MOMENT, "departure");
  assert_gate (f, HW_GATE_DEPARTURE, f->movement, "checked_in", "");
  /* A child is not asked for herself here: the child gate has spoken. */
  put_pair (sister, HW_FIELD_PERSON_BIRTH_DATE, "2022-01-01", "day");
  clear (decision, HW_FIELD_DECISION_CONFIRMED_AT);
  assert_gate (f, HW_GATE_DEPARTURE, f->movement, "checked_in", "");
}

static void
test_somebody_stands_there (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  clear (f->reception, HW_FIELD_RECEPTION_CONTACT);
  assert_gate (f, HW_GATE_DEPARTURE, f->movement, "checked_in", "reception-missing");
  put (f->reception, HW_FIELD_RECEPTION_MET_BY, "Jeanine");
  assert_gate (f, HW_GATE_DEPARTURE, f->movement, "checked_in", "");
}

static void
test_one_paper_for_two (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *sister = fixture_dependant (f), *copy;

  put_pair (sister, HW_FIELD_PERSON_BIRTH_DATE, "1990-01-01", "day");
  put (f->document, HW_FIELD_TRAVEL_DOCUMENT_NUMBER, "LP0012345");
  copy = fixture_add (f, HW_TYPE_ID_TRAVEL_DOCUMENT);
  put (copy, HW_FIELD_TRAVEL_DOCUMENT_KIND, "laissez_passer");
  put (copy, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "verified");
  put (copy, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON, "2026-11-25");
  put (copy, HW_FIELD_TRAVEL_DOCUMENT_NUMBER, "LP0012345");
  assert_gate (f,
               HW_GATE_TICKET,
               f->movement,
               "ticketed",
               "document-missing fitness-missing decision-missing travel-consent-missing");
  put (copy, HW_FIELD_TRAVEL_DOCUMENT_NUMBER, "LP0012346");
  assert_gate (f,
               HW_GATE_TICKET,
               f->movement,
               "ticketed",
               "fitness-missing decision-missing travel-consent-missing");
}

static void
test_override_ends (void)
{
  static const struct
  {
    const char *ends;
    HwReason reason;
  } rows[] = { { "2026-11-27T09:00:00Z", HW_REASON_NONE },
               { "2026-11-27T09:06:00Z", HW_REASON_INVALID },
               { "2046-01-01T00:00:00Z", HW_REASON_INVALID } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      g_autoptr (HwActor) chief
        = hw_actor_new ("chief", "chief", HW_ROLE_SUPERVISOR, OFFICE, NULL, "device");
      HwRecord *approval = fixture_add (f, HW_TYPE_ID_APPROVAL);
      g_autoptr (HwOperation) operation = operation_on (approval, HW_ACTION_UPDATE);
      g_autoptr (HwRecord) after = NULL;
      g_autoptr (HwVerdict) verdict = NULL;

      put (approval, HW_FIELD_APPROVAL_KIND, "override");
      put (approval, HW_FIELD_APPROVAL_SUBJECT, hw_record_id (f->movement));
      put (approval, HW_FIELD_APPROVAL_GATE, "ticket");
      put (approval, HW_FIELD_APPROVAL_TARGET_STATUS, "ticketed");
      put (approval, HW_FIELD_APPROVAL_BASIS, "vital_interest");
      put (approval, HW_FIELD_APPROVAL_REASON, "Her life is in danger where she is");
      put (approval, HW_FIELD_APPROVAL_ASKED_BY, "worker");
      hw_operation_set_text (operation, HW_FIELD_APPROVAL_VERDICT, "approved", 0);
      hw_operation_set_text (operation, HW_FIELD_APPROVAL_DECIDED_BY, "chief", 0);
      hw_operation_set_text (operation, HW_FIELD_APPROVAL_EXPIRES_AT, rows[i].ends, 0);
      after = hw_record_copy (approval);
      hw_operation_apply (operation, after);
      verdict = hw_rules_check (
        f->file, approval, after, operation, chief, G_MAXUINT, &f->context, NULL);
      g_test_message ("%s: %s", rows[i].ends, hw_verdict_message (verdict));
      g_assert_cmpint (hw_verdict_reason (verdict), ==, rows[i].reason);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/safeguards/what-is-planned-anew-has-not-happened", test_old_moments);
  g_test_add_func ("/safeguards/a-child-is-not-taken-out-alone", test_child_taken_out);
  g_test_add_func ("/safeguards/a-child-stays-the-survivor", test_survivor_no_more);
  g_test_add_func ("/safeguards/an-implicated-relative-stays", test_relative_taken_out);
  g_test_add_func ("/safeguards/agreed-to-another-closing", test_agreed_to_another_closing);
  g_test_add_func ("/safeguards/agreed-to-another-relative", test_agreed_to_another_relative);
  g_test_add_func ("/safeguards/agreed-to-another-mission", test_agreed_to_another_mission);
  g_test_add_func ("/safeguards/nobody-consents-for-an-adult", test_nobody_consents_for_an_adult);
  g_test_add_func ("/safeguards/said-after-check-in", test_said_after_check_in);
  g_test_add_func ("/safeguards/every-adult-is-asked", test_every_adult_is_asked);
  g_test_add_func ("/safeguards/somebody-stands-there", test_somebody_stands_there);
  g_test_add_func ("/safeguards/one-paper-for-two", test_one_paper_for_two);
  g_test_add_func ("/safeguards/an-override-ends", test_override_ends);
  return g_test_run ();
}
