/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two people where the rules want two, and what stays shut while a question is open: approvals,
 * overrides, office settings, closing and opening again, conflicts nobody has decided, people who
 * are named, answers heard by phone.
 */
#include "fixture.h"

#define OPERATION "018f0000-0000-7000-8000-00000000000a"
#define FIELD_USER "018f0000-0000-7000-8000-00000000000"

typedef struct
{
  HwRole role;
  const char *user;
} Who;

static const Who worker = { HW_ROLE_CASEWORKER, "worker" };
static const Who chief = { HW_ROLE_SUPERVISOR, "chief" };
static const Who second_chief = { HW_ROLE_SUPERVISOR, "second" };

/* Judges the record with these fields set (ended by HW_FIELD_NONE), each to its text; NULL clears. */
static HwVerdict *
judge_with (Fixture *f, HwRecord *record, Who who, HwFieldId field, const char *text, HwFieldId also,
            const char *also_text, guint relations)
{
  g_autoptr (HwActor) actor = hw_actor_new (who.user, who.user, who.role, OFFICE, NULL, "device");
  g_autoptr (HwRecord) after = hw_record_copy (record);
  g_autoptr (HwOperation) operation = hw_operation_new (
    OPERATION, HW_ACTION_UPDATE, hw_record_type (record), hw_record_id (record), CASE);

  hw_operation_set_text (operation, field, text, 0);
  if (also != HW_FIELD_NONE)
    hw_operation_set_text (operation, also, also_text, 0);
  hw_operation_apply (operation, after);
  return hw_rules_check (
    f->file, record, after, operation, actor, relations, &f->context, NULL);
}

static HwVerdict *
judge (Fixture *f, HwRecord *record, Who who, HwFieldId field, const char *text, HwFieldId also,
       const char *also_text)
{
  return judge_with (f, record, who, field, text, also, also_text, G_MAXUINT);
}

static void
assert_set (Fixture *f, HwRecord *record, Who who, HwFieldId field, const char *text, HwReason reason)
{
  g_autoptr (HwVerdict) verdict = judge (f, record, who, field, text, HW_FIELD_NONE, NULL);

  g_test_message ("%s: %s", hw_schema_field (field)->name, hw_verdict_message (verdict));
  g_assert_cmpint (hw_verdict_reason (verdict), ==, reason);
}

/* As somebody of the office who is the owner, or a supervisor, is related to this very record. */
static void
assert_own_set (Fixture *f, HwRecord *record, Who who, HwFieldId field, const char *text, HwReason reason)
{
  g_autoptr (HwActor) actor = hw_actor_new (who.user, who.user, who.role, OFFICE, NULL, "device");
  guint relations = HW_RELATION_ANY | HW_RELATION_OFFICE
                    | (who.role == HW_ROLE_CASEWORKER ? HW_RELATION_OWNER : 0)
                    | (hw_access_is_own (record, actor) ? HW_RELATION_AUTHOR : 0);
  g_autoptr (HwVerdict) verdict
    = judge_with (f, record, who, field, text, HW_FIELD_NONE, NULL, relations);

  g_test_message ("%s by %s: %s", hw_schema_field (field)->name, who.user, hw_verdict_message (verdict));
  g_assert_cmpint (hw_verdict_reason (verdict), ==, reason);
}

static void
assert_delete (Fixture *f, HwRecord *record, HwReason reason)
{
  g_autoptr (HwActor) actor
    = hw_actor_new ("worker", "worker", HW_ROLE_CASEWORKER, OFFICE, NULL, "device");
  g_autoptr (HwOperation) operation = hw_operation_new (
    OPERATION, HW_ACTION_DELETE, hw_record_type (record), hw_record_id (record), CASE);
  g_autoptr (HwRecord) after = hw_record_copy (record);
  g_autoptr (HwVerdict) verdict = NULL;

  hw_record_set_deleted (after, TRUE);
  verdict = hw_rules_check (
    f->file, record, after, operation, actor, G_MAXUINT, &f->context, NULL);
  g_assert_cmpint (hw_verdict_reason (verdict), ==, reason);
}

/* What an offline desktop said and lost to another value: nobody has decided. */
static void
offer (Fixture *f, HwRecord *record, HwFieldId field, const char *text, const char *unit)
{
  g_autoptr (HwValue) value
    = unit != NULL ? hw_value_new_pair (text, unit) : hw_value_new_text (text);

  hw_case_file_note_offered (f->file, field, hw_record_id (record), value);
}

static void
test_undecided_child (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  const char *missing
    = "guardian-missing best-interests-missing proxy-consent-missing child-assent-missing";

  assert_gate (f, HW_GATE_CHILD, f->request, "sent", "");
  offer (f, f->screening, HW_FIELD_SCREENING_IS_MINOR, "no", NULL);
  assert_gate (f, HW_GATE_CHILD, f->request, "sent", "");
  offer (f, f->screening, HW_FIELD_SCREENING_IS_MINOR, "yes", NULL);
  assert_gate (f, HW_GATE_CHILD, f->request, "sent", missing);
  /* Deciding it for "no" takes a second person, as writing it would. */
  assert_set (f, f->screening, worker, HW_FIELD_SCREENING_IS_MINOR, "no", HW_REASON_GATE);
  assert_set (f, f->screening, worker, HW_FIELD_SCREENING_IS_MINOR, "yes", HW_REASON_NONE);
  fixture_approval (f, "age_review", f->screening);
  assert_set (f, f->screening, worker, HW_FIELD_SCREENING_IS_MINOR, "no", HW_REASON_NONE);
}

static void
test_undecided_birth (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  offer (f, f->survivor, HW_FIELD_PERSON_BIRTH_DATE, "1999-05-01", "day");
  assert_gate (f, HW_GATE_CHILD, f->request, "sent", "");
  offer (f, f->survivor, HW_FIELD_PERSON_BIRTH_DATE, "2010-05-01", "day");
  assert_gate (f,
               HW_GATE_CHILD,
               f->request,
               "sent",
               "guardian-missing best-interests-missing proxy-consent-missing "
               "child-assent-missing");
}

/* A second person marked as the survivor is not made an adult by the answer about the first. */
static void
test_second_survivor (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *person = fixture_dependant (f);

  put (person, HW_FIELD_PERSON_ROLE, "survivor");
  assert_gate (f,
               HW_GATE_CHILD,
               f->request,
               "sent",
               "guardian-missing best-interests-missing proxy-consent-missing "
               "child-assent-missing");
}

static void
test_undecided_risk (void)
{
  static const struct
  {
    HwFieldId field;
    const char *offered;
    const char *expected;
  } cases[] = {
    { HW_FIELD_RISK_ASSESSMENT_ASYLUM, "wishes", "asylum-open" },
    { HW_FIELD_RISK_ASSESSMENT_ASYLUM, "none", "" },
    { HW_FIELD_RISK_ASSESSMENT_CONCLUSION, "not_safe", "risk-not-safe" },
    { HW_FIELD_RISK_ASSESSMENT_CONCLUSION, "safe", "" },
    { HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "yes", "official-involved" },
    { HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "no", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();

      offer (f, f->risk, cases[i].field, cases[i].offered, NULL);
      assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", cases[i].expected);
    }
}

static void
test_risk_by_its_own_writer (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  put (f->risk, HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "yes");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "official-involved");
  fixture_approval (f, "risk", f->risk);
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "");
  hw_case_file_note_writer (f->file, hw_record_id (f->risk), "chief");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "official-involved");
}

/* A seat tells each mission that has a request of hers in work. */
static void
test_seat_of_two_missions (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *other = fixture_add (f, HW_TYPE_ID_EMBASSY_REQUEST);
  HwRecord *consent;

  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "requested");
  put (other, HW_FIELD_EMBASSY_REQUEST_MISSION, OTHER_MISSION);
  put (other, HW_FIELD_EMBASSY_REQUEST_STATUS, "withdrawn");
  assert_gate (f, HW_GATE_EMBASSY, f->movement, "held", "");
  put (other, HW_FIELD_EMBASSY_REQUEST_STATUS, "draft");
  assert_gate (f, HW_GATE_EMBASSY, f->movement, "held", "consent-missing");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "");
  consent = fixture_add (f, HW_TYPE_ID_CONSENT);
  put (consent, HW_FIELD_CONSENT_PURPOSE, "embassy_contact");
  put (consent, HW_FIELD_CONSENT_RECIPIENT, OTHER_MISSION);
  put (consent, HW_FIELD_CONSENT_FORM, "explicit_oral");
  put (consent, HW_FIELD_CONSENT_GRANTED_AT, "2026-11-10T10:00:00Z");
  assert_gate (f, HW_GATE_EMBASSY, f->movement, "held", "");
  put (f->consent, HW_FIELD_CONSENT_WITHDRAWN_AT, NOW);
  assert_gate (f, HW_GATE_EMBASSY, f->movement, "held", "consent-missing");
}

static HwRecord *
ask (Fixture *f, const char *kind, const char *gate)
{
  HwRecord *approval = fixture_add (f, HW_TYPE_ID_APPROVAL);

  put (approval, HW_FIELD_APPROVAL_KIND, kind);
  put (approval, HW_FIELD_APPROVAL_SUBJECT, hw_record_id (f->movement));
  put (approval, HW_FIELD_APPROVAL_ASKED_BY, "worker");
  put (approval, HW_FIELD_APPROVAL_GATE, gate);
  put (approval, HW_FIELD_APPROVAL_TARGET_STATUS, "ticketed");
  return approval;
}

static void
assert_approve (Fixture *f, HwRecord *approval, Who who, HwReason reason)
{
  g_autoptr (HwVerdict) verdict = judge (f,
                                         approval,
                                         who,
                                         HW_FIELD_APPROVAL_VERDICT,
                                         "approved",
                                         HW_FIELD_APPROVAL_DECIDED_BY,
                                         who.user);

  g_assert_cmpint (hw_verdict_reason (verdict), ==, reason);
}

/* Nobody overrides asylum or a child, and nobody can even ask; the others take basis, reason and an
 * end. */
static void
test_override_is_asked (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *override = ask (f, "override", "ticket");

  assert_approve (f, override, chief, HW_REASON_INVALID);
  put (override, HW_FIELD_APPROVAL_BASIS, "vital_interest");
  assert_approve (f, override, chief, HW_REASON_INVALID);
  put (override, HW_FIELD_APPROVAL_REASON, "Her life is in danger here");
  assert_approve (f, override, chief, HW_REASON_INVALID);
  put (override, HW_FIELD_APPROVAL_EXPIRES_AT, "2026-11-25T09:00:00Z");
  assert_approve (f, override, chief, HW_REASON_NONE);
  assert_approve (f, override, worker, HW_REASON_ROLE);
  for (guint gate = HW_GATE_NONE + 1; gate < HW_N_GATES; gate++)
    {
      gboolean can = gate == HW_GATE_TICKET || gate == HW_GATE_DEPARTURE || gate == HW_GATE_CLOSURE;

      put (override, HW_FIELD_APPROVAL_GATE, hw_gate_nick ((HwGateId)gate)->nick);
      assert_approve (f, override, chief, can ? HW_REASON_NONE : HW_REASON_INVALID);
      g_assert_true (hw_gate_can_be_overridden ((HwGateId)gate) == can);
    }
}

static void
follow (Fixture *f, HwRecord *before, HwRecord *after)
{
  g_autoptr (HwOperation) operation = hw_operation_new (
    OPERATION, HW_ACTION_UPDATE, hw_record_type (after), hw_record_id (after), CASE);
  g_autoptr (GPtrArray) found
    = hw_consequences (f->file, before, after, operation, &f->context);

  for (guint i = 0; i < found->len; i++)
    {
      HwOperation *effect = g_ptr_array_index (found, i);
      HwRecord *held = hw_case_file_lookup (f->file, effect->record);
      g_autoptr (HwRecord) record
        = held != NULL ? g_object_ref (held) : hw_record_new (effect->type, effect->record);

      hw_operation_apply (effect, record);
      if (hw_schema_type (effect->type)->root != HW_ROOT_NONE)
        hw_case_file_add (f->file, record);
    }
}

static void
test_closing_uses_its_approval (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) before = NULL;

  assert_gate (f, HW_GATE_CLOSURE, f->header, "closed", "");
  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  before = hw_record_copy (f->header);
  put (f->header, HW_FIELD_CASE_STATUS, "closed");
  follow (f, before, f->header);
  g_assert_cmpstr (
    hw_record_get_text (f->closure, HW_FIELD_APPROVAL_USED_BY), ==, OPERATION);
  g_assert_cmpstr (hw_record_get_text (f->header, HW_FIELD_CASE_CLOSED_ON), ==, TODAY);
  g_assert_cmpstr (hw_record_status (f->request), ==, "withdrawn");
  g_assert_cmpstr (hw_record_status (f->movement), ==, "cancelled");

  assert_set (f, f->header, chief, HW_FIELD_CASE_STATUS, "active", HW_REASON_INVALID);
  put (f->header, HW_FIELD_CASE_REOPENING_REASON, "She called again");
  assert_set (f, f->header, chief, HW_FIELD_CASE_STATUS, "active", HW_REASON_NONE);
  assert_set (f, f->header, worker, HW_FIELD_CASE_STATUS, "active", HW_REASON_MOVE_NOT_ALLOWED);
  g_clear_object (&before);
  before = hw_record_copy (f->header);
  put (f->header, HW_FIELD_CASE_STATUS, "active");
  follow (f, before, f->header);
  g_assert_null (hw_record_get (f->header, HW_FIELD_CASE_CLOSURE_REASON));
  put (f->header, HW_FIELD_CASE_CLOSURE_REASON, "completed");
  assert_gate (f, HW_GATE_CLOSURE, f->header, "closed", "closure-approval-missing");
}

static void
test_office_settings_take_two (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) asked = hw_record_new (
    HW_TYPE_ID_OFFICE_CHANGE, "00000000-0000-4000-8000-00000000c0de");
  g_autoptr (HwRecord) before = NULL;
  g_autoptr (HwVerdict) own = NULL, other = NULL;
  const HwFieldId verdict = HW_FIELD_OFFICE_CHANGE_VERDICT;
  const HwFieldId by = HW_FIELD_OFFICE_CHANGE_DECIDED_BY;

  assert_set (f, f->office, chief, HW_FIELD_OFFICE_NAME, "Bujumbura I", HW_REASON_NONE);
  assert_set (f, f->office, chief, HW_FIELD_OFFICE_FOLLOWUP_MONTHS, NULL, HW_REASON_NONE);
  put_integer (f->office, HW_FIELD_OFFICE_DECISION_DAYS, 7);
  assert_set (f, f->office, chief, HW_FIELD_OFFICE_DECISION_DAYS, NULL, HW_REASON_SELF_APPROVAL);
  hw_record_stamp (asked, NOW, "chief");
  put (asked, HW_FIELD_OFFICE_CHANGE_OFFICE, OFFICE);
  put (asked, HW_FIELD_OFFICE_CHANGE_ASKED_BY, "chief");
  put (asked, HW_FIELD_OFFICE_CHANGE_REASON, "Flights are weekly");
  put_integer (asked, HW_FIELD_OFFICE_CHANGE_DECISION_DAYS, 10);
  own = judge (f, asked, chief, verdict, "approved", by, "chief");
  g_assert_cmpint (hw_verdict_reason (own), ==, HW_REASON_SELF_APPROVAL);
  other = judge (f, asked, second_chief, verdict, "approved", by, "second");
  g_assert_cmpint (hw_verdict_reason (other), ==, HW_REASON_NONE);
  assert_set (f, asked, chief, HW_FIELD_OFFICE_CHANGE_OFFICE, OTHER_OFFICE, HW_REASON_IMMUTABLE);
  before = hw_record_copy (asked);
  put (asked, verdict, "approved");
  put (asked, by, "second");
  follow (f, before, asked);
  g_assert_cmpint (hw_record_get_integer (f->office, HW_FIELD_OFFICE_DECISION_DAYS), ==, 10);
}

static void
test_travellers_are_kept (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *child = fixture_dependant (f);
  HwRecord *ticket = fixture_add (f, HW_TYPE_ID_TICKET);
  HwRecord *task = fixture_add_by (f, HW_TYPE_ID_TASK, "system:worker");
  HwRecord *own = fixture_add (f, HW_TYPE_ID_TASK);

  assert_delete (f, child, HW_REASON_INVALID);
  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "requested");
  assert_delete (f, child, HW_REASON_GATE);
  put_pair (child, HW_FIELD_PERSON_BIRTH_DATE, "1990-01-01", "day");
  assert_delete (f, child, HW_REASON_NONE);
  put (ticket, HW_FIELD_TICKET_PERSON, hw_record_id (child));
  assert_delete (f, child, HW_REASON_INVALID);
  put (task, HW_FIELD_TASK_TITLE, "Review within 72 hours");
  put (own, HW_FIELD_TASK_TITLE, "Call");
  assert_delete (f, task, HW_REASON_IMMUTABLE);
  assert_delete (f, own, HW_REASON_NONE);
}

/* A review is ticked by a supervisor, whoever it was given to, and never by who made the step; of other tasks a
 * supervisor ticks her own. */
static void
test_nobody_reviews_their_own_step (void)
{
  static const Who mover = { HW_ROLE_CASEWORKER, "worker" };
  static const Who moving_chief = { HW_ROLE_SUPERVISOR, "worker" };
  static const Who colleague = { HW_ROLE_CASEWORKER, "colleague" };
  const HwFieldId done = HW_FIELD_TASK_DONE_AT, assignee = HW_FIELD_TASK_ASSIGNEE;
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *review = fixture_add_by (f, HW_TYPE_ID_TASK, "system:worker");
  HwRecord *other = fixture_add_by (f, HW_TYPE_ID_TASK, "system:worker");

  put (review, HW_FIELD_TASK_TITLE, "Review");
  put (review, HW_FIELD_TASK_REVIEW_OF, "worker");
  put (other, HW_FIELD_TASK_TITLE, "Call");
  assert_own_set (f, review, mover, done, NOW, HW_REASON_SELF_APPROVAL);
  assert_own_set (f, review, moving_chief, done, NOW, HW_REASON_ROLE);
  assert_own_set (f, review, chief, done, NOW, HW_REASON_NONE);
  assert_own_set (f, review, chief, HW_FIELD_TASK_DUE_ON, "2027-11-24", HW_REASON_ROLE);
  assert_own_set (f, review, mover, HW_FIELD_TASK_REVIEW_OF, NULL, HW_REASON_IMMUTABLE);
  put (review, assignee, "worker");
  assert_own_set (f, review, mover, done, NOW, HW_REASON_SELF_APPROVAL);

  assert_own_set (f, other, chief, done, NOW, HW_REASON_ROLE);
  assert_own_set (f, other, mover, done, NOW, HW_REASON_NONE);
  put (other, assignee, "chief");
  assert_own_set (f, other, chief, done, NOW, HW_REASON_NONE);

  put (review, HW_FIELD_TASK_REVIEW_OF, FIELD_USER "1");
  clear (review, assignee);
  assert_own_set (f, review, chief, assignee, FIELD_USER "2", HW_REASON_NONE);
  assert_own_set (f, review, chief, assignee, FIELD_USER "1", HW_REASON_SELF_APPROVAL);
  assert_own_set (f, review, colleague, assignee, FIELD_USER "1", HW_REASON_SELF_APPROVAL);
}

/* After she withdrew, nothing more reaches the mission by any of its three ways. */
static void
test_nothing_more_is_told (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *message = fixture_add (f, HW_TYPE_ID_EMBASSY_MESSAGE);
  const HwFieldId number = HW_FIELD_TRAVEL_DOCUMENT_NUMBER;
  const HwFieldId request = HW_FIELD_EMBASSY_MESSAGE_REQUEST;

  put (f->request, HW_FIELD_EMBASSY_REQUEST_SENT_ON, TODAY);
  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  put (message, HW_FIELD_EMBASSY_MESSAGE_TEXT, "x");
  assert_set (f, f->document, worker, number, "LP1", HW_REASON_NONE);
  assert_set (f, message, worker, request, hw_record_id (f->request), HW_REASON_NONE);
  put (f->consent, HW_FIELD_CONSENT_WITHDRAWN_AT, NOW);
  assert_set (f, f->document, worker, number, "LP1", HW_REASON_GATE);
  assert_set (f, message, worker, request, hw_record_id (f->request), HW_REASON_GATE);
  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "withdrawn");
  assert_set (f, f->document, worker, number, "LP1", HW_REASON_REQUEST_CLOSED);
  assert_set (f, message, worker, request, hw_record_id (f->request), HW_REASON_REQUEST_CLOSED);
  clear (f->document, HW_FIELD_TRAVEL_DOCUMENT_REQUEST);
  assert_set (f, f->document, worker, number, "LP1", HW_REASON_NONE);
}

static gboolean
find_user (const char *user, HwRole *role, gpointer people)
{
  *role = g_str_equal (user, "worker")   ? HW_ROLE_CASEWORKER
          : g_str_equal (user, "analyst") ? HW_ROLE_ANALYST
                                          : HW_ROLE_SUPERVISOR;
  return !g_str_equal (user, "nobody");
}

static gboolean
signs_in (const char *mission, gpointer people)
{
  return g_strcmp0 (mission, people) == 0;
}

#define USER_FIELD(user) "018f0000-0000-7000-8000-0000000000" user

static gboolean
find_by_id (const char *user, HwRole *role, gpointer people)
{
  *role = g_str_has_suffix (user, "cc") ? HW_ROLE_CASEWORKER : HW_ROLE_ANALYST;
  return !g_str_has_suffix (user, "dd");
}

static void
test_people_who_are_named (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *task = fixture_add (f, HW_TYPE_ID_TASK);

  put (task, HW_FIELD_TASK_TITLE, "Call");
  f->context.find_user = find_by_id;
  assert_set (f, task, worker, HW_FIELD_TASK_ASSIGNEE, USER_FIELD ("cc"), HW_REASON_NONE);
  assert_set (f, task, worker, HW_FIELD_TASK_ASSIGNEE, USER_FIELD ("aa"), HW_REASON_INVALID);
  assert_set (f, task, worker, HW_FIELD_TASK_ASSIGNEE, USER_FIELD ("dd"), HW_REASON_INVALID);
  assert_set (f, f->header, worker, HW_FIELD_CASE_OWNER, USER_FIELD ("aa"), HW_REASON_INVALID);
  assert_set (f, f->header, worker, HW_FIELD_CASE_OWNER, USER_FIELD ("cc"), HW_REASON_NONE);
}

/* The office writes down what a mission without an account said, and says that it did; as soon as
 * somebody there can sign in, only they move it. */
static void
test_answer_by_phone (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) before = NULL;
  const HwFieldId status = HW_FIELD_EMBASSY_REQUEST_STATUS;

  put (f->request, status, "sent");
  assert_set (f, f->request, worker, status, "approved", HW_REASON_MOVE_NOT_ALLOWED);
  f->context.find_user = find_user;
  f->context.mission_signs_in = signs_in;
  f->context.people = (gpointer)MISSION;
  assert_set (f, f->request, worker, status, "approved", HW_REASON_MOVE_NOT_ALLOWED);
  f->context.people = (gpointer)OTHER_MISSION;
  assert_set (f, f->request, worker, status, "approved", HW_REASON_NONE);
  assert_set (f, f->request, chief, status, "approved", HW_REASON_ROLE);
  before = hw_record_copy (f->request);
  put (f->request, status, "approved");
  hw_record_stamp (f->request, NOW, "worker");
  follow (f, before, f->request);
  g_assert_true (hw_record_get_boolean (f->request, HW_FIELD_EMBASSY_REQUEST_TOLD_BY_PHONE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/undecided/a-child-stays-a-child", test_undecided_child);
  g_test_add_func ("/undecided/a-birth-date-too", test_undecided_birth);
  g_test_add_func ("/undecided/a-second-survivor-is-not-grown-up", test_second_survivor);
  g_test_add_func ("/undecided/a-risk-is-not-safe", test_undecided_risk);
  g_test_add_func ("/approval/not-of-ones-own-assessment", test_risk_by_its_own_writer);
  g_test_add_func ("/gate/embassy/a-seat-asks-every-mission", test_seat_of_two_missions);
  g_test_add_func ("/override/basis-reason-end-and-never-asylum", test_override_is_asked);
  g_test_add_func ("/closure/an-approval-closes-once", test_closing_uses_its_approval);
  g_test_add_func ("/office/settings-take-two", test_office_settings_take_two);
  g_test_add_func ("/kept/travellers-and-duties", test_travellers_are_kept);
  g_test_add_func ("/review/never-of-ones-own-step", test_nobody_reviews_their_own_step);
  g_test_add_func ("/told/nothing-after-withdrawal", test_nothing_more_is_told);
  g_test_add_func ("/people/of-a-role-that-can-hold-it", test_people_who_are_named);
  g_test_add_func ("/mission/answers-by-phone", test_answer_by_phone);

  return g_test_run ();
}
