/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What an ordinary edit may not undo: what a mission was told, a withdrawal, a question that was
 * asked, a deletion, the bounds of one's own work.
 */
#include "fixture.h"

#define OPERATION "018f0000-0000-7000-8000-00000000000a"
#define NEW "00000000-0000-4000-8000-00000000beef"

static HwVerdict *
judge (Fixture *f, HwRecord *before, HwRecord *after, HwFieldId field, HwRole role, const char *user)
{
  g_autoptr (HwActor) actor = hw_actor_new (user, user, role, OFFICE, NULL, "device");
  HwAction action = before != NULL ? HW_ACTION_UPDATE : HW_ACTION_CREATE;
  g_autoptr (HwOperation) operation
    = hw_operation_new (OPERATION, action, hw_record_type (after), hw_record_id (after), CASE);
  guint relations
    = hw_access_relations (f->file, before != NULL ? before : after, actor, f->context.now_us);
  const HwTypeDef *def = hw_record_def (after);

  for (guint i = 0; i < def->n_fields; i++)
    if (field == def->fields[i].id
        || (before == NULL && hw_record_get (after, def->fields[i].id) != NULL))
      hw_operation_set (operation, def->fields[i].id, hw_record_get (after, def->fields[i].id), 0);
  return hw_rules_check (f->file, before, after, operation, actor, relations, &f->context, NULL);
}

static void
assert_set (Fixture *f, HwRecord *record, HwFieldId field, const char *text, HwReason expected)
{
  g_autoptr (HwRecord) after = hw_record_copy (record);
  g_autoptr (HwVerdict) verdict = NULL;

  if (text != NULL)
    put (after, field, text);
  else
    clear (after, field);
  verdict = judge (f, record, after, field, HW_ROLE_CASEWORKER, "worker");
  g_test_message ("%s: %s", hw_schema_field (field)->name, hw_verdict_message (verdict));
  g_assert_cmpint (hw_verdict_reason (verdict), ==, expected);
}

static void
assert_create (Fixture *f, HwRecord *record, HwRole role, const char *user, HwReason expected)
{
  g_autoptr (HwVerdict) verdict = judge (f, NULL, record, HW_FIELD_NONE, role, user);

  g_test_message ("%s", hw_verdict_message (verdict));
  g_assert_cmpint (hw_verdict_reason (verdict), ==, expected);
}

/* The day of sending shows a request to its mission: written alone it would be sent past the gate. */
static void
test_day_of_sending (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  const HwFieldId sent_on = HW_FIELD_EMBASSY_REQUEST_SENT_ON;
  static const char *const unsent[] = { "draft", "ready_to_send", "withdrawn" };

  for (guint i = 0; i < G_N_ELEMENTS (unsent); i++)
    {
      put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, unsent[i]);
      clear (f->request, sent_on);
      assert_set (f, f->request, sent_on, TODAY, HW_REASON_IMMUTABLE);
    }
  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  assert_set (f, f->request, sent_on, TODAY, HW_REASON_NONE);
  put (f->request, sent_on, TODAY);
  assert_set (f, f->request, sent_on, "2026-11-23", HW_REASON_NONE);
  assert_set (f, f->request, sent_on, NULL, HW_REASON_IMMUTABLE);
}

static void
test_mission_of_a_request (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  const HwFieldId mission = HW_FIELD_EMBASSY_REQUEST_MISSION;

  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "draft");
  clear (f->request, HW_FIELD_EMBASSY_REQUEST_SENT_ON);
  assert_set (f, f->request, mission, OTHER_MISSION, HW_REASON_NONE);
  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  assert_set (f, f->request, mission, OTHER_MISSION, HW_REASON_IMMUTABLE);
}

static void
test_telling_more (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  const HwFieldId place = HW_FIELD_EMBASSY_REQUEST_BIRTH_PLACE;

  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  put (f->request, place, "Ngozi");
  assert_set (f, f->request, place, "Kirundo", HW_REASON_NONE);
  put (f->consent, HW_FIELD_CONSENT_WITHDRAWN_AT, NOW);
  assert_set (f, f->request, place, "Kirundo", HW_REASON_GATE);
  assert_set (f, f->request, HW_FIELD_EMBASSY_REQUEST_DECISION_NOTE, "x", HW_REASON_GATE);
  assert_set (f, f->request, place, NULL, HW_REASON_NONE);
  assert_set (f, f->request, HW_FIELD_EMBASSY_REQUEST_DUE_ON, TODAY, HW_REASON_NONE);
  put (f->request, HW_FIELD_EMBASSY_REQUEST_SENT_ON, TODAY);
  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "withdrawn");
  assert_set (f, f->request, place, "Kirundo", HW_REASON_REQUEST_CLOSED);
}

static void
test_messages_and_files (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) message = hw_record_new (HW_TYPE_ID_EMBASSY_MESSAGE, NEW);
  g_autoptr (HwRecord) file = hw_record_new (HW_TYPE_ID_ATTACHMENT, NEW);

  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  put (message, HW_FIELD_EMBASSY_MESSAGE_REQUEST, hw_record_id (f->request));
  put (message, HW_FIELD_EMBASSY_MESSAGE_TEXT, "x");
  put (file, HW_FIELD_ATTACHMENT_NAME, "x");
  put (file, HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST, hw_record_id (f->request));
  assert_create (f, message, HW_ROLE_CASEWORKER, "worker", HW_REASON_NONE);
  assert_create (f, file, HW_ROLE_CASEWORKER, "worker", HW_REASON_NONE);
  put (f->risk, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "wishes");
  assert_create (f, file, HW_ROLE_CASEWORKER, "worker", HW_REASON_GATE);
  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "withdrawn");
  assert_create (f, message, HW_ROLE_CASEWORKER, "worker", HW_REASON_REQUEST_CLOSED);
  assert_create (f, file, HW_ROLE_CASEWORKER, "worker", HW_REASON_REQUEST_CLOSED);
}

static void
test_withdrawal (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  put (f->consent, HW_FIELD_CONSENT_WITHDRAWN_AT, NOW);
  assert_set (f, f->consent, HW_FIELD_CONSENT_WITHDRAWN_AT, NULL, HW_REASON_IMMUTABLE);
  assert_set (f, f->consent, HW_FIELD_CONSENT_PURPOSE, "interview", HW_REASON_IMMUTABLE);
  assert_set (f, f->consent, HW_FIELD_CONSENT_RECIPIENT, OTHER_MISSION, HW_REASON_IMMUTABLE);
  assert_set (f, f->consent, HW_FIELD_CONSENT_INTERPRETER, "Claudine", HW_REASON_NONE);
  assert_set (f, f->travel_consent, HW_FIELD_CONSENT_WITHDRAWN_AT, NOW, HW_REASON_NONE);
}

static void
test_question_asked (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *asked = fixture_add (f, HW_TYPE_ID_APPROVAL);

  put (asked, HW_FIELD_APPROVAL_KIND, "risk");
  put (asked, HW_FIELD_APPROVAL_SUBJECT, hw_record_id (f->risk));
  assert_set (f, asked, HW_FIELD_APPROVAL_KIND, "override", HW_REASON_IMMUTABLE);
  assert_set (f, asked, HW_FIELD_APPROVAL_SUBJECT, CASE, HW_REASON_IMMUTABLE);
  assert_set (f, asked, HW_FIELD_APPROVAL_GATE, "ticket", HW_REASON_NONE);
  assert_set (f, asked, HW_FIELD_APPROVAL_REASON, "x", HW_REASON_NONE);
}

/* Deleted, the consent withdrawn, and edited again: the request would be back with its mission. */
static void
test_coming_back (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *records[] = { f->request, f->movement };
  const HwFieldId fields[]
    = { HW_FIELD_EMBASSY_REQUEST_DUE_ON, HW_FIELD_MOVEMENT_RECORD_LOCATOR };
  const char *const texts[] = { TODAY, "ABC123" };

  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "held");
  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_autoptr (HwRecord) gone = hw_record_copy (records[i]);
      g_autoptr (HwRecord) after = hw_record_copy (records[i]);
      g_autoptr (HwVerdict) open = NULL, shut = NULL;

      hw_record_set_deleted (gone, TRUE);
      put (after, fields[i], texts[i]);
      open = judge (f, gone, after, fields[i], HW_ROLE_CASEWORKER, "worker");
      g_assert_cmpint (hw_verdict_reason (open), ==, HW_REASON_NONE);
      put (f->risk, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "wishes");
      shut = judge (f, gone, after, fields[i], HW_ROLE_CASEWORKER, "worker");
      g_assert_cmpint (hw_verdict_reason (shut), ==, HW_REASON_GATE);
      put (f->risk, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "none");
    }
}

static void
test_own_way_in (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *given = fixture_add (f, HW_TYPE_ID_TASK);
  HwRecord *own = fixture_add_by (f, HW_TYPE_ID_TASK, "focal");
  g_autoptr (HwRecord) task = hw_record_new (HW_TYPE_ID_TASK, NEW);
  g_autoptr (HwRecord) referral = hw_record_new (HW_TYPE_ID_REFERRAL, NEW);
  g_autoptr (HwActor) actor
    = hw_actor_new ("focal", "focal", HW_ROLE_FOCAL_POINT, OFFICE, NULL, NULL);
  const gint64 now = f->context.now_us;

  put (own, HW_FIELD_TASK_ASSIGNEE, "focal");
  g_assert_cmpint (
    hw_access_relations (f->file, NULL, actor, now) & HW_RELATION_TASK, ==, 0);
  put (given, HW_FIELD_TASK_ASSIGNEE, "focal");
  g_assert_cmpint (
    hw_access_relations (f->file, NULL, actor, now) & HW_RELATION_TASK, ==, HW_RELATION_TASK);
  put (task, HW_FIELD_TASK_TITLE, "x");
  put (task, HW_FIELD_TASK_ASSIGNEE, "other");
  assert_create (f, task, HW_ROLE_FOCAL_POINT, "focal", HW_REASON_ROLE);
  put (task, HW_FIELD_TASK_ASSIGNEE, "focal");
  assert_create (f, task, HW_ROLE_FOCAL_POINT, "focal", HW_REASON_NONE);
  put (referral, HW_FIELD_REFERRAL_STATUS, "sent");
  put (referral, HW_FIELD_REFERRAL_DIRECTION, "in");
  assert_create (f, referral, HW_ROLE_FOCAL_POINT, "focal", HW_REASON_ROLE);
  clear (referral, HW_FIELD_REFERRAL_DIRECTION);
  assert_create (f, referral, HW_ROLE_FOCAL_POINT, "focal", HW_REASON_ROLE);
}

static void
test_birth_date (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *person = fixture_dependant (f);
  g_autoptr (HwRecord) after = hw_record_copy (person);
  g_autoptr (HwVerdict) refused = NULL, cleared = NULL, slip = NULL, reviewed = NULL;
  const HwFieldId born = HW_FIELD_PERSON_BIRTH_DATE;

  put_pair (person, born, "2010-05-01", "day");
  put_pair (after, born, "2000-05-01", "day");
  refused = judge (f, person, after, born, HW_ROLE_CASEWORKER, "worker");
  g_assert_true (hw_verdict_has (refused, HW_CODE_AGE_REVIEW_MISSING));
  clear (after, born);
  cleared = judge (f, person, after, born, HW_ROLE_CASEWORKER, "worker");
  g_assert_true (hw_verdict_has (cleared, HW_CODE_AGE_REVIEW_MISSING));
  put_pair (after, born, "2000-05-01", "day");
  hw_record_set_stamps (person, NOW, "worker", NOW, "worker");
  slip = judge (f, person, after, born, HW_ROLE_CASEWORKER, "worker");
  g_assert_true (hw_verdict_open (slip));
  hw_record_set_stamps (
    person, "2026-11-01T08:00:00Z", "worker", "2026-11-01T08:00:00Z", "worker");
  fixture_approval (f, "age_review", person);
  reviewed = judge (f, person, after, born, HW_ROLE_CASEWORKER, "worker");
  g_assert_true (hw_verdict_open (reviewed));
}

/* What stands of the consent, and whether it may be begun again. */
static void
test_begun_again (void)
{
  static const struct
  {
    const char *withdrawn, *of, *anew, *anew_for;
    gboolean referral, search;
  } rows[] = {
    { NULL, NULL, NULL, NULL, TRUE, TRUE },
    { "reintegration_referral", NULL, NULL, NULL, FALSE, TRUE },
    { "reintegration_referral", MISSION, NULL, NULL, FALSE, TRUE },
    { "reintegration_referral", OTHER_MISSION, NULL, NULL, TRUE, TRUE },
    { "reintegration_referral", NULL, "reintegration_referral", NULL, TRUE, TRUE },
    { "reintegration_referral", NULL, "reintegration_referral", MISSION, TRUE, TRUE },
    { "reintegration_referral", NULL, "reintegration_referral", OTHER_MISSION, FALSE, TRUE },
    { "family_contact", NULL, NULL, NULL, TRUE, FALSE },
    { "family_contact", NULL, "family_contact", NULL, TRUE, TRUE },
    { "assistance", NULL, NULL, NULL, FALSE, FALSE },
    { "assistance", NULL, "reintegration_referral", NULL, TRUE, FALSE },
    { "assistance", NULL, "assistance", NULL, FALSE, FALSE },
    { "travel_booking", NULL, NULL, NULL, TRUE, TRUE },
  };
  static const char *const going_out[] = { "sent", "acknowledged" };
  static const char *const searching[] = { "open", "in_progress" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      HwRecord *withdrawn = fixture_add (f, HW_TYPE_ID_CONSENT);
      HwRecord *anew = fixture_add (f, HW_TYPE_ID_CONSENT);
      const HwReason referral = rows[i].referral ? HW_REASON_NONE : HW_REASON_INVALID;
      const HwReason search = rows[i].search ? HW_REASON_NONE : HW_REASON_INVALID;

      put (withdrawn, HW_FIELD_CONSENT_PURPOSE, rows[i].withdrawn != NULL ? rows[i].withdrawn : "interview");
      put (withdrawn, HW_FIELD_CONSENT_FORM, "explicit_oral");
      put (withdrawn, HW_FIELD_CONSENT_GRANTED_AT, "2026-11-10T10:00:00Z");
      if (rows[i].withdrawn != NULL)
        put (withdrawn, HW_FIELD_CONSENT_WITHDRAWN_AT, "2026-11-20T10:00:00Z");
      if (rows[i].of != NULL)
        put (withdrawn, HW_FIELD_CONSENT_RECIPIENT, rows[i].of);
      put (anew, HW_FIELD_CONSENT_PURPOSE, rows[i].anew != NULL ? rows[i].anew : "interview");
      put (anew, HW_FIELD_CONSENT_FORM, "explicit_oral");
      put (anew, HW_FIELD_CONSENT_GRANTED_AT, "2026-11-21T10:00:00Z");
      if (rows[i].anew_for != NULL)
        put (anew, HW_FIELD_CONSENT_RECIPIENT, rows[i].anew_for);
      for (guint n = 0; n < G_N_ELEMENTS (going_out); n++)
        {
          g_autoptr (HwRecord) new_referral = hw_record_new (HW_TYPE_ID_REFERRAL, NEW);
          g_autoptr (HwRecord) new_search = hw_record_new (HW_TYPE_ID_TRACING_REQUEST, NEW);

          g_test_message ("row %u", i);
          hw_record_set_case (new_referral, CASE);
          hw_record_set_case (new_search, CASE);
          put (new_referral, HW_FIELD_REFERRAL_ORGANISATION, MISSION);
          put (new_referral, HW_FIELD_REFERRAL_DIRECTION, "out");
          put (new_referral, HW_FIELD_REFERRAL_STATUS, going_out[n]);
          put (new_search, HW_FIELD_TRACING_REQUEST_STATUS, searching[n]);
          assert_create (f, new_referral, HW_ROLE_CASEWORKER, "worker", referral);
          assert_create (f, new_search, HW_ROLE_CASEWORKER, "worker", search);
          clear (new_referral, HW_FIELD_REFERRAL_DIRECTION);
          assert_create (f, new_referral, HW_ROLE_CASEWORKER, "worker", referral);
          put (new_referral, HW_FIELD_REFERRAL_DIRECTION, "in");
          assert_create (f, new_referral, HW_ROLE_CASEWORKER, "worker", HW_REASON_NONE);
        }
    }
}

/* Neither by the back door of one that was over, nor by another name on one that is out; and what is done of
 * one that goes on is written down. */
static void
test_begun_again_by_a_move (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *withdrawn = fixture_add (f, HW_TYPE_ID_CONSENT);
  HwRecord *referral = fixture_add (f, HW_TYPE_ID_REFERRAL);
  HwRecord *search = fixture_add (f, HW_TYPE_ID_TRACING_REQUEST);
  static const char *const over[] = { "not_found", "deceased", "closed" };

  put (withdrawn, HW_FIELD_CONSENT_PURPOSE, "assistance");
  put (withdrawn, HW_FIELD_CONSENT_WITHDRAWN_AT, "2026-11-20T10:00:00Z");
  put (referral, HW_FIELD_REFERRAL_DIRECTION, "out");
  put (referral, HW_FIELD_REFERRAL_ORGANISATION, MISSION);
  put (referral, HW_FIELD_REFERRAL_STATUS, "rejected");
  assert_set (f, referral, HW_FIELD_REFERRAL_STATUS, "sent", HW_REASON_INVALID);
  put (referral, HW_FIELD_REFERRAL_STATUS, "accepted");
  assert_set (f, referral, HW_FIELD_REFERRAL_ORGANISATION, OTHER_MISSION, HW_REASON_INVALID);
  assert_set (f, referral, HW_FIELD_REFERRAL_STATUS, "done", HW_REASON_NONE);
  assert_set (f, referral, HW_FIELD_REFERRAL_STATUS, "revoked", HW_REASON_NONE);
  put (referral, HW_FIELD_REFERRAL_DIRECTION, "in");
  assert_set (f, referral, HW_FIELD_REFERRAL_DIRECTION, "out", HW_REASON_INVALID);
  for (guint i = 0; i < G_N_ELEMENTS (over); i++)
    {
      put (search, HW_FIELD_TRACING_REQUEST_STATUS, over[i]);
      assert_set (f, search, HW_FIELD_TRACING_REQUEST_STATUS, "in_progress", HW_REASON_INVALID);
    }
  put (search, HW_FIELD_TRACING_REQUEST_STATUS, "in_progress");
  assert_set (f, search, HW_FIELD_TRACING_REQUEST_STATUS, "located", HW_REASON_NONE);
  assert_set (f, search, HW_FIELD_TRACING_REQUEST_STATUS, "closed", HW_REASON_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lasting/the-day-of-sending-is-not-written-alone", test_day_of_sending);
  g_test_add_func ("/lasting/a-sent-request-stays-with-its-mission", test_mission_of_a_request);
  g_test_add_func ("/lasting/telling-more-asks-the-gates-again", test_telling_more);
  g_test_add_func ("/lasting/nothing-is-put-on-a-request-that-is-over", test_messages_and_files);
  g_test_add_func ("/lasting/a-withdrawal-stands", test_withdrawal);
  g_test_add_func ("/lasting/what-she-took-back-is-not-begun-again", test_begun_again);
  g_test_add_func ("/lasting/nor-by-a-move", test_begun_again_by_a_move);
  g_test_add_func ("/lasting/a-question-stays-as-asked", test_question_asked);
  g_test_add_func ("/lasting/what-comes-back-passes-the-gates", test_coming_back);
  g_test_add_func ("/lasting/nobody-lets-themselves-in", test_own_way_in);
  g_test_add_func ("/lasting/a-childs-birth-date-needs-two", test_birth_date);
  return g_test_run ();
}
