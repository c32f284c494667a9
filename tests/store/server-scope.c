/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who sees which case, and what happens to a reader when that changes.
 */
#include "server-fixture.h"

#include <string.h>

static guint
relations (Fixture *fixture, HwRole role, const char *root)
{
  g_autoptr (HwActor) actor = fixture_actor (fixture, role);
  g_autoptr (GError) error = NULL;
  guint found = hw_store_relations (fixture->store, actor, root, &error);

  g_assert_no_error (error);
  return found;
}

static void
make_everybody (Fixture *fixture)
{
  for (guint role = 0; role < HW_N_ROLES; role++)
    fixture_user (fixture, (HwRole) role);
}

static void
test_relations_by_role (Fixture *fixture, gconstpointer data)
{
  const char *case_id;

  make_everybody (fixture);
  case_id = fixture_case (fixture, fixture_user (fixture, HW_ROLE_CASEWORKER));

  g_assert_cmpuint (relations (fixture, HW_ROLE_CASEWORKER, case_id) & HW_RELATION_OWNER, !=, 0);
  g_assert_cmpuint (relations (fixture, HW_ROLE_SUPERVISOR, case_id) & HW_RELATION_OFFICE, !=, 0);
  g_assert_cmpuint (relations (fixture, HW_ROLE_AUDITOR, case_id), ==, HW_RELATION_ANY);
  g_assert_cmpuint (relations (fixture, HW_ROLE_HELPLINE, case_id), ==, 0);
  g_assert_cmpuint (relations (fixture, HW_ROLE_MOVEMENT, case_id), ==, 0);
  g_assert_cmpuint (relations (fixture, HW_ROLE_FOCAL_POINT, case_id), ==, 0);
  g_assert_cmpuint (relations (fixture, HW_ROLE_RECEPTION, case_id), ==, 0);
  g_assert_cmpuint (relations (fixture, HW_ROLE_MEDICAL, case_id), ==, 0);
  g_assert_cmpuint (relations (fixture, HW_ROLE_EMBASSY_LIAISON, case_id), ==, 0);
  g_assert_cmpuint (relations (fixture, HW_ROLE_ANALYST, case_id), ==, 0);
  g_assert_cmpuint (relations (fixture, HW_ROLE_ADMINISTRATOR, case_id), ==, 0);
}

static void
test_relations_follow_records (Fixture *fixture, gconstpointer data)
{
  const char *case_id, *task;

  make_everybody (fixture);
  case_id = fixture_case (fixture, fixture_user (fixture, HW_ROLE_CASEWORKER));
  fixture_create (fixture, HW_TYPE_ID_MOVEMENT, case_id, HW_FIELD_MOVEMENT_STATUS, "draft", HW_FIELD_NONE);
  g_assert_cmpuint (relations (fixture, HW_ROLE_MOVEMENT, case_id) & HW_RELATION_MOVEMENT, !=, 0);

  task = fixture_create (fixture, HW_TYPE_ID_TASK, case_id, HW_FIELD_TASK_TITLE, "Visit", HW_FIELD_TASK_ASSIGNEE,
                         fixture_user (fixture, HW_ROLE_FOCAL_POINT), HW_FIELD_NONE);
  g_assert_cmpuint (relations (fixture, HW_ROLE_FOCAL_POINT, case_id) & HW_RELATION_TASK, !=, 0);
  fixture_update (fixture, HW_TYPE_ID_TASK, task, case_id, HW_FIELD_TASK_DONE_AT, "2026-11-24T11:00:00Z",
                  HW_FIELD_NONE);
  g_assert_cmpuint (relations (fixture, HW_ROLE_FOCAL_POINT, case_id), ==, 0);

  fixture_create (fixture, HW_TYPE_ID_CASE_ACCESS, case_id, HW_FIELD_CASE_ACCESS_USER,
                  fixture_user (fixture, HW_ROLE_MEDICAL), HW_FIELD_CASE_ACCESS_PURPOSE, "medical", HW_FIELD_NONE);
  g_assert_cmpuint (relations (fixture, HW_ROLE_MEDICAL, case_id) & HW_RELATION_MEDICAL, !=, 0);
}

static void
test_unassigned_waits_for_any_caseworker (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) other = NULL;
  const char *case_id, *other_id = "018f0000-0000-7000-8000-00000000cafe";

  make_everybody (fixture);
  fixture_add_account (fixture, other_id, HW_ROLE_CASEWORKER, fixture->office, NULL);
  other = hw_actor_new (other_id, "Other", HW_ROLE_CASEWORKER, fixture->office, NULL, NULL);
  case_id = fixture_case (fixture, NULL);
  g_assert_cmpuint (hw_store_relations (fixture->store, other, case_id, NULL), ==, HW_RELATION_QUEUE);

  fixture_update (fixture, HW_TYPE_ID_CASE, case_id, case_id, HW_FIELD_CASE_OWNER,
                  fixture_user (fixture, HW_ROLE_CASEWORKER), HW_FIELD_NONE);
  g_assert_cmpuint (hw_store_relations (fixture->store, other, case_id, NULL), ==, 0);
  g_assert_cmpuint (relations (fixture, HW_ROLE_CASEWORKER, case_id) & HW_RELATION_OWNER, !=, 0);
}

/* A caseworker loses the case to another and gets it back: purge, then everything again. */
static void
test_enter_leave_and_enter_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) reader = fixture_actor (fixture, HW_ROLE_CASEWORKER);
  HwFeedPosition position = { 0 };
  const char *case_id = fixture_case (fixture, reader->user);
  g_autofree char *first = NULL, *nothing = NULL, *left = NULL, *again = NULL;

  fixture_create (fixture, HW_TYPE_ID_PERSON, case_id, HW_FIELD_PERSON_GIVEN_NAMES, "Aline", HW_FIELD_NONE);
  first = fixture_read (fixture, reader, &position, 100);
  g_assert_cmpstr (first, ==, "put:office put:organisation put:organisation put:case put:person");
  nothing = fixture_read (fixture, reader, &position, 100);
  g_assert_cmpstr (nothing, ==, "");

  fixture_update (fixture, HW_TYPE_ID_CASE, case_id, case_id, HW_FIELD_CASE_OWNER,
                  "018f0000-0000-7000-8000-00000000cafe", HW_FIELD_NONE);
  left = fixture_read (fixture, reader, &position, 100);
  g_assert_cmpstr (left, ==, "purge");

  fixture_update (fixture, HW_TYPE_ID_CASE, case_id, case_id, HW_FIELD_CASE_OWNER, reader->user, HW_FIELD_NONE);
  again = fixture_read (fixture, reader, &position, 100);
  g_assert_cmpstr (again, ==, "put:case put:person");
}

/* What the wider relation showed is taken back record by record; what stays is sent whole. */
static void
test_narrower_relation_deletes_what_it_hides (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) reader = fixture_actor (fixture, HW_ROLE_FOCAL_POINT);
  HwFeedPosition position = { 0 };
  const char *case_id = fixture_case (fixture, NULL), *task;
  g_autofree char *first = NULL, *narrowed = NULL;

  fixture_create (fixture, HW_TYPE_ID_CASE_ACCESS, case_id, HW_FIELD_CASE_ACCESS_USER, reader->user,
                  HW_FIELD_CASE_ACCESS_PURPOSE, "cover", HW_FIELD_NONE);
  task = fixture_create (fixture, HW_TYPE_ID_TASK, case_id, HW_FIELD_TASK_TITLE, "Visit", HW_FIELD_TASK_ASSIGNEE,
                         reader->user, HW_FIELD_NONE);
  fixture_create (fixture, HW_TYPE_ID_FAMILY_MEMBER, case_id, HW_FIELD_FAMILY_MEMBER_PLACE, "Ngozi", HW_FIELD_NONE);
  first = fixture_read (fixture, reader, &position, 100);
  g_assert_nonnull (strstr (first, "put:family_member"));

  fixture_update (fixture, HW_TYPE_ID_TASK, task, case_id, HW_FIELD_TASK_DONE_AT, "2026-11-24T11:00:00Z",
                  HW_FIELD_NONE);
  narrowed = fixture_read (fixture, reader, &position, 100);
  g_assert_nonnull (strstr (narrowed, "put:case"));
  g_assert_nonnull (strstr (narrowed, "delete:family_member"));
  g_assert_null (strstr (narrowed, "purge"));
}

/* Whoever is given a task reads that one and no other; given to somebody else, it is taken back. */
static void
test_a_given_task_is_ones_own (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) reader = fixture_actor (fixture, HW_ROLE_FOCAL_POINT);
  HwFeedPosition position = { 0 };
  const char *case_id = fixture_case (fixture, NULL), *first, *second;
  g_autofree char *given = NULL, *others = NULL, *taken = NULL;

  first = fixture_create (fixture, HW_TYPE_ID_TASK, case_id, HW_FIELD_TASK_TITLE, "Visit", HW_FIELD_TASK_ASSIGNEE,
                          reader->user, HW_FIELD_NONE);
  second = fixture_create (fixture, HW_TYPE_ID_TASK, case_id, HW_FIELD_TASK_TITLE, "Paper", HW_FIELD_TASK_ASSIGNEE,
                           reader->user, HW_FIELD_NONE);
  given = fixture_read (fixture, reader, &position, 100);
  g_assert_nonnull (strstr (given, "put:task put:task"));

  fixture_create (fixture, HW_TYPE_ID_TASK, case_id, HW_FIELD_TASK_TITLE, "Buy the ticket", HW_FIELD_NONE);
  others = fixture_read (fixture, reader, &position, 100);
  g_assert_cmpstr (others, ==, "");

  fixture_update (fixture, HW_TYPE_ID_TASK, second, case_id, HW_FIELD_TASK_ASSIGNEE,
                  "018f0000-0000-7000-8000-00000000cafe", HW_FIELD_NONE);
  taken = fixture_read (fixture, reader, &position, 100);
  g_assert_nonnull (strstr (taken, "delete:task"));
  g_assert_null (strstr (taken, "purge"));
  g_assert_nonnull (first);
}

/* A referral ends: the case is purged, and of it the last status comes back with the code. Then nothing more, whatever
 * happens to the case, until the referral itself is open again, or gone. */
static void
test_ended_referral_leaves_its_status (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) reader = fixture_actor (fixture, HW_ROLE_FOCAL_POINT);
  HwFeedPosition position = { 0 };
  const char *case_id = fixture_case (fixture, NULL), *referral, *other;
  g_autofree char *given = NULL, *ended = NULL, *later = NULL, *again = NULL, *done = NULL, *gone = NULL;
  guint64 head;

  make_everybody (fixture);
  fixture_create (fixture, HW_TYPE_ID_PERSON, case_id, HW_FIELD_PERSON_GIVEN_NAMES, "Aline", HW_FIELD_NONE);
  referral = fixture_create_by (fixture, HW_ROLE_FOCAL_POINT, HW_TYPE_ID_REFERRAL, case_id,
                                HW_FIELD_REFERRAL_STATUS, "sent", HW_FIELD_NONE);
  given = fixture_read (fixture, reader, &position, 100);
  g_assert_nonnull (strstr (given, "put:person"));

  fixture_update (fixture, HW_TYPE_ID_REFERRAL, referral, case_id, HW_FIELD_REFERRAL_STATUS, "rejected", HW_FIELD_NONE);
  g_assert_cmpuint (relations (fixture, HW_ROLE_FOCAL_POINT, case_id), ==, 0);
  ended = fixture_read (fixture, reader, &position, 100);
  g_assert_cmpstr (ended, ==, "purge put:case put:referral");

  head = hw_store_head_for (fixture->store, reader);
  fixture_create (fixture, HW_TYPE_ID_PERSON, case_id, HW_FIELD_PERSON_GIVEN_NAMES, "Child", HW_FIELD_NONE);
  fixture_update (fixture, HW_TYPE_ID_CASE, case_id, case_id, HW_FIELD_CASE_URGENCY, "high", HW_FIELD_NONE);
  other = fixture_create_by (fixture, HW_ROLE_CASEWORKER, HW_TYPE_ID_REFERRAL, case_id, HW_FIELD_REFERRAL_STATUS,
                             "sent", HW_FIELD_NONE);
  fixture_update (fixture, HW_TYPE_ID_REFERRAL, other, case_id, HW_FIELD_REFERRAL_STATUS, "revoked", HW_FIELD_NONE);
  g_assert_cmpuint (hw_store_head_for (fixture->store, reader), ==, head);
  later = fixture_read (fixture, reader, &position, 100);
  g_assert_cmpstr (later, ==, "");

  fixture_update (fixture, HW_TYPE_ID_REFERRAL, referral, case_id, HW_FIELD_REFERRAL_STATUS, "sent", HW_FIELD_NONE);
  again = fixture_read (fixture, reader, &position, 100);
  g_assert_nonnull (strstr (again, "put:person"));
  fixture_update (fixture, HW_TYPE_ID_REFERRAL, referral, case_id, HW_FIELD_REFERRAL_STATUS, "done", HW_FIELD_NONE);
  done = fixture_read (fixture, reader, &position, 100);
  g_assert_cmpstr (done, ==, "purge put:case put:referral");
  fixture_delete (fixture, HW_TYPE_ID_REFERRAL, referral, case_id);
  gone = fixture_read (fixture, reader, &position, 100);
  g_assert_cmpstr (gone, ==, "purge");
}

/* Of two ended referrals one is deleted: the other is all that stays. And whoever is no longer a focal point keeps none. */
static void
test_ended_referral_goes_with_record_or_role (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) reader = fixture_actor (fixture, HW_ROLE_FOCAL_POINT), analyst = NULL;
  g_autoptr (HwAccount) account = NULL;
  HwFeedPosition position = { 0 };
  const char *case_id = fixture_case (fixture, NULL), *first;
  g_autofree char *both = NULL, *one = NULL, *none = NULL;

  first = fixture_create_by (fixture, HW_ROLE_FOCAL_POINT, HW_TYPE_ID_REFERRAL, case_id, HW_FIELD_REFERRAL_STATUS,
                             "rejected", HW_FIELD_NONE);
  fixture_create_by (fixture, HW_ROLE_FOCAL_POINT, HW_TYPE_ID_REFERRAL, case_id, HW_FIELD_REFERRAL_STATUS, "done",
                     HW_FIELD_NONE);
  both = fixture_read (fixture, reader, &position, 100);
  g_assert_nonnull (strstr (both, "purge put:case put:referral put:referral"));
  fixture_delete (fixture, HW_TYPE_ID_REFERRAL, first, case_id);
  one = fixture_read (fixture, reader, &position, 100);
  g_assert_cmpstr (one, ==, "purge put:case put:referral");

  account = hw_store_account (fixture->store, reader->user, NULL);
  account->role = HW_ROLE_ANALYST;
  g_assert_true (hw_store_put_account (fixture->store, account, NULL));
  analyst = hw_actor_new (reader->user, "Analyst", HW_ROLE_ANALYST, fixture->office, NULL, NULL);
  none = fixture_read (fixture, analyst, &position, 100);
  g_assert_nonnull (strstr (none, "purge"));
  g_assert_null (strstr (none, "put:case"));
  g_assert_null (strstr (none, "put:referral"));
}

static void
test_mission_sees_sent_requests_of_its_own (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) liaison = fixture_actor (fixture, HW_ROLE_EMBASSY_LIAISON);
  HwFeedPosition position = { 0 };
  const char *case_id = fixture_case (fixture, NULL), *request, *other, *document;
  g_autofree char *before = NULL, *sent = NULL, *taken = NULL, *moved = NULL;

  fixture_create (fixture, HW_TYPE_ID_PERSON, case_id, HW_FIELD_PERSON_GIVEN_NAMES, "Aline", HW_FIELD_NONE);
  request = fixture_create (fixture, HW_TYPE_ID_EMBASSY_REQUEST, case_id, HW_FIELD_EMBASSY_REQUEST_MISSION,
                            fixture->mission, HW_FIELD_EMBASSY_REQUEST_STATUS, "draft", HW_FIELD_NONE);
  other = fixture_create (fixture, HW_TYPE_ID_EMBASSY_REQUEST, case_id, HW_FIELD_EMBASSY_REQUEST_MISSION,
                          fixture->other_mission, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent", HW_FIELD_NONE);
  document = fixture_create (fixture, HW_TYPE_ID_TRAVEL_DOCUMENT, case_id, HW_FIELD_TRAVEL_DOCUMENT_REQUEST, request,
                             HW_FIELD_TRAVEL_DOCUMENT_KIND, "laissez_passer", HW_FIELD_NONE);
  before = fixture_read (fixture, liaison, &position, 100);
  g_assert_cmpstr (before, ==, "put:organisation");
  g_assert_cmpuint (relations (fixture, HW_ROLE_EMBASSY_LIAISON, request), ==, 0);

  fixture_update (fixture, HW_TYPE_ID_EMBASSY_REQUEST, request, case_id, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent",
                  HW_FIELD_EMBASSY_REQUEST_SENT_ON, "2026-11-24", HW_FIELD_NONE);
  sent = fixture_read (fixture, liaison, &position, 100);
  g_assert_cmpstr (sent, ==, "put:embassy_request put:travel_document");
  g_assert_cmpuint (relations (fixture, HW_ROLE_EMBASSY_LIAISON, request), ==, HW_RELATION_MISSION);
  g_assert_cmpuint (relations (fixture, HW_ROLE_EMBASSY_LIAISON, other), ==, 0);

  fixture_update (fixture, HW_TYPE_ID_TRAVEL_DOCUMENT, document, case_id, HW_FIELD_TRAVEL_DOCUMENT_REQUEST, other,
                  HW_FIELD_NONE);
  taken = fixture_read (fixture, liaison, &position, 100);
  g_assert_cmpstr (taken, ==, "delete:travel_document");

  fixture_update (fixture, HW_TYPE_ID_EMBASSY_REQUEST, request, case_id, HW_FIELD_EMBASSY_REQUEST_MISSION,
                  fixture->other_mission, HW_FIELD_NONE);
  moved = fixture_read (fixture, liaison, &position, 100);
  g_assert_cmpstr (moved, ==, "purge");
}

static void
test_mission_head_tells_nothing_of_other_work (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) liaison = fixture_actor (fixture, HW_ROLE_EMBASSY_LIAISON);
  guint64 head = hw_store_head_for (fixture->store, liaison);
  const char *case_id = fixture_case (fixture, NULL), *request;

  fixture_create (fixture, HW_TYPE_ID_PERSON, case_id, HW_FIELD_PERSON_GIVEN_NAMES, "Aline", HW_FIELD_NONE);
  fixture_create (fixture, HW_TYPE_ID_ORGANISATION, NULL, HW_FIELD_ORGANISATION_NAME, "Shelter", HW_FIELD_NONE);
  g_assert_cmpuint (hw_store_head_for (fixture->store, liaison), ==, head);
  fixture_reopen (fixture);
  g_assert_cmpuint (hw_store_head_for (fixture->store, liaison), <=, head);

  request = fixture_create (fixture, HW_TYPE_ID_EMBASSY_REQUEST, case_id, HW_FIELD_EMBASSY_REQUEST_MISSION,
                            fixture->mission, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent", HW_FIELD_NONE);
  g_assert_cmpuint (hw_store_head_for (fixture->store, liaison), >, head);
  head = hw_store_head_for (fixture->store, liaison);
  fixture_create (fixture, HW_TYPE_ID_EMBASSY_MESSAGE, case_id, HW_FIELD_EMBASSY_MESSAGE_REQUEST, request,
                  HW_FIELD_EMBASSY_MESSAGE_TEXT, "Received", HW_FIELD_NONE);
  g_assert_cmpuint (hw_store_head_for (fixture->store, liaison), >, head);
}

static void
test_new_and_disabled_accounts (Fixture *fixture, gconstpointer data)
{
  const char *case_id = fixture_case (fixture, NULL);
  g_autoptr (HwActor) supervisor = fixture_actor (fixture, HW_ROLE_SUPERVISOR);
  g_autoptr (HwAccount) account = NULL;
  g_autoptr (GPtrArray) visible = NULL;
  g_autoptr (GError) error = NULL;

  visible = hw_store_visible_cases (fixture->store, supervisor, NULL, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (visible->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (visible, 0), ==, case_id);

  account = hw_store_account (fixture->store, supervisor->user, &error);
  account->disabled = TRUE;
  g_assert_true (hw_store_put_account (fixture->store, account, &error));
  g_assert_cmpuint (hw_store_relations (fixture->store, supervisor, case_id, NULL), ==, 0);
}

static void
test_office_never_becomes_mission (Fixture *fixture, gconstpointer data)
{
  const char *user = fixture_user (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwAccount) account = hw_store_account (fixture->store, user, NULL);
  g_autoptr (GError) error = NULL;

  account->role = HW_ROLE_EMBASSY_LIAISON;
  account->mission = g_strdup (fixture->mission);
  g_assert_false (hw_store_put_account (fixture->store, account, &error));
  g_assert_error (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED);
}

/* The day before travel comes without any record changing: the nightly job opens the safe contact. */
static void
test_calendar_opens_safe_contact (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) reader = fixture_actor (fixture, HW_ROLE_MOVEMENT);
  const char *case_id = fixture_case (fixture, NULL), *movement;
  g_autoptr (HwChangeSet) set = NULL;
  g_autoptr (GPtrArray) results = NULL;
  HwOperation *operation;
  HwFeedPosition position = { 0 };
  g_autoptr (HwValue) departs = hw_value_new_pair ("2026-11-27T01:15", "Asia/Kuwait");
  g_autofree char *before = NULL, *after = NULL, *id = hw_uuid_v7 (FIXTURE_NOW), *segment = hw_uuid_v7 (FIXTURE_NOW);

  movement = fixture_create (fixture, HW_TYPE_ID_MOVEMENT, case_id, HW_FIELD_MOVEMENT_STATUS, "held", HW_FIELD_NONE);
  operation = hw_operation_new (id, HW_ACTION_CREATE, HW_TYPE_ID_SEGMENT, segment, case_id);
  hw_operation_set_text (operation, HW_FIELD_SEGMENT_MOVEMENT, movement, 0);
  hw_operation_set (operation, HW_FIELD_SEGMENT_DEPARTS_AT, departs, 0);
  set = hw_change_set_new (HW_ORIGIN_SYSTEM, reader);
  hw_change_set_add (set, operation);
  results = hw_store_commit (fixture->store, set, NULL);
  g_assert_nonnull (results);
  fixture_create (fixture, HW_TYPE_ID_SAFE_CONTACT, case_id, HW_FIELD_SAFE_CONTACT_VALUE, "+96550000001", HW_FIELD_NONE);
  before = fixture_read (fixture, reader, &position, 100);
  g_assert_null (strstr (before, "safe_contact"));

  hw_clock_advance (fixture->clock, 2 * G_TIME_SPAN_DAY);
  g_assert_true (hw_store_rejudge_scope (fixture->store, NULL));
  after = fixture_read (fixture, reader, &position, 100);
  g_assert_nonnull (strstr (after, "put:safe_contact"));
}

#define TEST(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/scope/ended-referral-leaves-its-status", test_ended_referral_leaves_its_status);
  TEST ("/scope/ended-referral-goes-with-record-or-role", test_ended_referral_goes_with_record_or_role);
  TEST ("/scope/each-role-has-its-relation", test_relations_by_role);
  TEST ("/scope/relations-follow-the-records", test_relations_follow_records);
  TEST ("/scope/unassigned-waits-for-any-caseworker", test_unassigned_waits_for_any_caseworker);
  TEST ("/scope/enter-leave-enter-again", test_enter_leave_and_enter_again);
  TEST ("/scope/narrower-relation-deletes-what-it-hides", test_narrower_relation_deletes_what_it_hides);
  TEST ("/scope/a-given-task-is-ones-own", test_a_given_task_is_ones_own);
  TEST ("/scope/mission-sees-sent-requests-of-its-own", test_mission_sees_sent_requests_of_its_own);
  TEST ("/scope/mission-head-tells-nothing-of-other-work", test_mission_head_tells_nothing_of_other_work);
  TEST ("/scope/new-and-disabled-accounts", test_new_and_disabled_accounts);
  TEST ("/scope/office-never-becomes-mission", test_office_never_becomes_mission);
  TEST ("/scope/calendar-opens-safe-contact", test_calendar_opens_safe_contact);
  return g_test_run ();
}
