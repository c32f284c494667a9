/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server's word: merged by field, judged, numbered, answered once and for all.
 */
#include "server-fixture.h"

#include <string.h>

static HwActor *
device (Fixture *fixture, HwRole role, const char *name)
{
  return hw_actor_new (fixture_user (fixture, role),
                       "Somebody",
                       role,
                       fixture->office,
                       role == HW_ROLE_EMBASSY_LIAISON ? fixture->mission : NULL,
                       name);
}

static HwOperation *
operation_on (HwAction action, HwTypeId type, const char *record, const char *case_id)
{
  g_autofree char *id = hw_uuid_v7 (FIXTURE_NOW);

  return hw_operation_new (id, action, type, record, case_id);
}

static HwResult *
push (Fixture *fixture, HwActor *actor, HwOperation *operation)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_PUSH, actor);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  hw_change_set_add (set, hw_operation_ref (operation));
  results = hw_store_commit (fixture->store, set, &error);
  g_assert_no_error (error);
  return g_ptr_array_steal_index (results, 0);
}

static void
expect (Fixture *fixture, HwActor *actor, HwOperation *operation, HwResultStatus status)
{
  HwResult *result = push (fixture, actor, operation);

  if (result->verdict != NULL)
    g_test_message ("%s", hw_verdict_message (result->verdict));
  g_assert_cmpint (result->status, ==, status);
  hw_result_free (result);
}

static HwOperation *
update (const char *case_id, HwFieldId field, const char *text, guint64 base)
{
  HwOperation *operation = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_CASE, case_id, case_id);

  hw_operation_set_text (operation, field, text, base);
  return operation;
}

static guint64
rev_of (Fixture *fixture, const char *case_id, HwFieldId field)
{
  g_autoptr (HwRecord) record
    = hw_store_get_record (fixture->store, HW_TYPE_ID_CASE, case_id, NULL);

  return hw_record_field_rev (record, field);
}

static char *
text_of (Fixture *fixture, HwTypeId type, const char *id, HwFieldId field)
{
  g_autoptr (HwRecord) record = hw_store_get_record (fixture->store, type, id, NULL);

  return g_strdup (record != NULL ? hw_record_get_text (record, field) : NULL);
}

#define assert_text(fixture, type, id, field, expected)                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *assert_text_found = text_of (fixture, type, id, field);                       \
    g_assert_cmpstr (assert_text_found, ==, expected);                                             \
  }                                                                                                \
  G_STMT_END

static void
test_create_gets_its_code (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = device (fixture, HW_ROLE_CASEWORKER, "a");
  const char *codes[] = { "HW-BI-26-0001", "HW-BI-26-0002" };

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = hw_uuid_v7 (FIXTURE_NOW);
      g_autoptr (HwOperation) create = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_CASE, id, id);
      HwResult *result;

      hw_operation_set_text (create, HW_FIELD_CASE_PSEUDONYM, "Aline N.", 0);
      hw_operation_set_text (create, HW_FIELD_CASE_OFFICE, fixture->office, 0);
      result = push (fixture, actor, create);
      g_assert_cmpint (result->status, ==, HW_RESULT_APPLIED);
      g_assert_cmpuint (result->rev, ==, 1);
      g_assert_cmpstr (hw_record_get_text (result->state, HW_FIELD_CASE_CODE), ==, codes[i]);
      g_assert_null (hw_record_get_text (result->state, HW_FIELD_CASE_OWNER));
      hw_result_free (result);
    }
}

static void
test_request_gets_its_reference (Fixture *fixture, gconstpointer data)
{
  const char *case_id = fixture_case (fixture, NULL);
  const char *request = fixture_create (fixture,
                                        HW_TYPE_ID_EMBASSY_REQUEST,
                                        case_id,
                                        HW_FIELD_EMBASSY_REQUEST_MISSION,
                                        fixture->mission,
                                        HW_FIELD_EMBASSY_REQUEST_KIND,
                                        "document",
                                        HW_FIELD_NONE);
  g_autofree char *reference
    = text_of (fixture, HW_TYPE_ID_EMBASSY_REQUEST, request, HW_FIELD_EMBASSY_REQUEST_REFERENCE);

  g_assert_true (g_regex_match_simple ("^LP-[3467-9ACDEFGHJKMNPQRTWXY]{5}$", reference, 0, 0));
}

static void
test_two_devices_meet_as_a_conflict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "a");
  g_autoptr (HwActor) b = device (fixture, HW_ROLE_CASEWORKER, "b");
  const char *case_id = fixture_case (fixture, a->user);
  guint64 seen = rev_of (fixture, case_id, HW_FIELD_CASE_PSEUDONYM);
  g_autoptr (HwOperation) first = update (case_id, HW_FIELD_CASE_PSEUDONYM, "From A", seen);
  g_autoptr (HwOperation) second = update (case_id, HW_FIELD_CASE_PSEUDONYM, "From B", seen);
  g_autoptr (GPtrArray) conflicts = NULL;
  HwConflict *conflict;

  hw_operation_set_text (
    second, HW_FIELD_CASE_URGENCY, "high", rev_of (fixture, case_id, HW_FIELD_CASE_URGENCY));
  expect (fixture, a, first, HW_RESULT_APPLIED);
  expect (fixture, b, second, HW_RESULT_CONFLICT);
  assert_text (fixture, HW_TYPE_ID_CASE, case_id, HW_FIELD_CASE_PSEUDONYM, "From A");
  assert_text (fixture, HW_TYPE_ID_CASE, case_id, HW_FIELD_CASE_URGENCY, "high");
  conflicts = hw_store_conflicts (fixture->store, TRUE, NULL);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpstr (hw_value_text (conflict->current), ==, "From A");
  g_assert_cmpstr (hw_value_text (conflict->offered), ==, "From B");
}

static void
test_own_queue_is_applied_in_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "a");
  const char *case_id = fixture_case (fixture, a->user);
  guint64 seen = rev_of (fixture, case_id, HW_FIELD_CASE_PSEUDONYM);
  g_autoptr (HwOperation) first = update (case_id, HW_FIELD_CASE_PSEUDONYM, "One", seen);
  g_autoptr (HwOperation) second = update (case_id, HW_FIELD_CASE_PSEUDONYM, "Two", seen);

  expect (fixture, a, first, HW_RESULT_APPLIED);
  expect (fixture, a, second, HW_RESULT_APPLIED);
  assert_text (fixture, HW_TYPE_ID_CASE, case_id, HW_FIELD_CASE_PSEUDONYM, "Two");
}

static void
test_replay_gets_the_first_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "a");
  const char *case_id = fixture_case (fixture, a->user);
  g_autoptr (HwOperation) once = update (case_id, HW_FIELD_CASE_PSEUDONYM, "Once", 1);
  g_autoptr (HwOperation) bad = update (case_id, HW_FIELD_CASE_CODE, "HW-1", 1);
  g_autoptr (HwOperation) other
    = hw_operation_new (once->id, HW_ACTION_UPDATE, HW_TYPE_ID_CASE, case_id, case_id);
  HwResult *again;
  guint64 rev;

  expect (fixture, a, once, HW_RESULT_APPLIED);
  rev = rev_of (fixture, case_id, HW_FIELD_CASE_PSEUDONYM);
  expect (fixture, a, bad, HW_RESULT_REFUSED);
  fixture_reopen (fixture);
  again = push (fixture, a, once);
  g_assert_cmpint (again->status, ==, HW_RESULT_DUPLICATE);
  g_assert_cmpint (again->first, ==, HW_RESULT_APPLIED);
  g_assert_cmpuint (again->rev, ==, rev);
  hw_result_free (again);
  again = push (fixture, a, bad);
  g_assert_cmpint (again->first, ==, HW_RESULT_REFUSED);
  g_assert_cmpint (hw_verdict_reason (again->verdict), ==, HW_REASON_IMMUTABLE);
  g_assert_cmpint (hw_verdict_field (again->verdict), ==, HW_FIELD_CASE_CODE);
  hw_result_free (again);
  hw_operation_set_text (other, HW_FIELD_CASE_PSEUDONYM, "Twice", 1);
  again = push (fixture, a, other);
  g_assert_cmpint (again->status, ==, HW_RESULT_REFUSED);
  g_assert_cmpint (hw_verdict_reason (again->verdict), ==, HW_REASON_INVALID);
  hw_result_free (again);
  assert_text (fixture, HW_TYPE_ID_CASE, case_id, HW_FIELD_CASE_PSEUDONYM, "Once");
}

static void
assert_parent_unknown (Fixture *fixture, HwActor *actor, HwOperation *operation)
{
  HwResult *result = push (fixture, actor, operation);

  g_assert_cmpint (result->status, ==, HW_RESULT_REFUSED);
  g_assert_cmpint (hw_verdict_reason (result->verdict), ==, HW_REASON_PARENT_UNKNOWN);
  g_assert_null (result->state);
  hw_result_free (result);
}

static gint64
count_refusals (Fixture *fixture, const char *record)
{
  HwDb *db = hw_store_acquire_reader (fixture->store);
  HwStatement *statement = hw_db_prepare (
    db, "SELECT count(*) FROM audit WHERE action = 'refuse' AND record = $1");
  gint64 count;

  hw_statement_bind_text (statement, 1, record);
  g_assert_true (hw_statement_step (statement, NULL));
  count = hw_statement_integer (statement, 0);
  hw_statement_reset (statement);
  hw_store_release_reader (fixture->store, db);
  return count;
}

static void
test_unknown_parent_may_come_later (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "a");
  g_autofree char *case_id = hw_uuid_v7 (FIXTURE_NOW);
  g_autofree char *note_id = hw_uuid_v7 (FIXTURE_NOW);
  g_autoptr (HwOperation) note = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_NOTE, note_id, case_id);
  g_autoptr (HwOperation) create
    = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_CASE, case_id, case_id);

  hw_operation_set_text (note, HW_FIELD_NOTE_TEXT, "First words", 0);
  hw_operation_set_text (create, HW_FIELD_CASE_PSEUDONYM, "Late", 0);
  hw_operation_set_text (create, HW_FIELD_CASE_OFFICE, fixture->office, 0);
  hw_operation_set_text (create, HW_FIELD_CASE_OWNER, a->user, 0);
  /* A desktop tries again with every sync: one refusal on record, not one for each. */
  for (guint i = 0; i < 3; i++)
    assert_parent_unknown (fixture, a, note);
  g_assert_cmpint (count_refusals (fixture, note_id), ==, 1);
  expect (fixture, a, create, HW_RESULT_APPLIED);
  expect (fixture, a, note, HW_RESULT_APPLIED);
  expect (fixture, a, note, HW_RESULT_DUPLICATE);
  g_assert_cmpint (count_refusals (fixture, note_id), ==, 1);
}

static void
test_out_of_sight_is_kept_for_a_supervisor (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "a");
  const char *case_id = fixture_case (fixture, a->user);
  g_autoptr (HwOperation) edit = update (case_id, HW_FIELD_CASE_PSEUDONYM, "Mine?", 1);
  HwResult *result;
  HwDb *db;
  gint64 kept = 0;

  fixture_update (fixture,
                  HW_TYPE_ID_CASE,
                  case_id,
                  case_id,
                  HW_FIELD_CASE_OWNER,
                  "00000000-0000-4000-8000-0000000000ff",
                  HW_FIELD_NONE);
  result = push (fixture, a, edit);
  g_assert_cmpint (result->status, ==, HW_RESULT_QUARANTINED);
  g_assert_null (result->state);
  g_assert_null (result->verdict);
  hw_result_free (result);
  db = hw_store_acquire_reader (fixture->store);
  {
    HwStatement *statement
      = hw_db_prepare (db, "SELECT count(*) FROM quarantine WHERE state = 'waiting'");

    g_assert_true (hw_statement_step (statement, NULL));
    kept = hw_statement_integer (statement, 0);
    hw_statement_reset (statement);
  }
  hw_store_release_reader (fixture->store, db);
  g_assert_cmpint (kept, ==, 1);
}

/* Whoever guesses an id learns nothing, whatever stands behind it. */
static void
test_never_seen_is_as_if_absent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "a");
  const char *case_id = fixture_create (fixture,
                                        HW_TYPE_ID_CASE,
                                        NULL,
                                        HW_FIELD_CASE_OFFICE,
                                        fixture->office,
                                        HW_FIELD_CASE_OWNER,
                                        "00000000-0000-4000-8000-0000000000ff",
                                        HW_FIELD_NONE);
  g_autofree char *none = hw_uuid_v7 (FIXTURE_NOW);
  g_autofree char *note_id = hw_uuid_v7 (FIXTURE_NOW);
  g_autoptr (HwOperation) edit = update (case_id, HW_FIELD_CASE_PSEUDONYM, "Mine?", 1);
  g_autoptr (HwOperation) absent = update (none, HW_FIELD_CASE_PSEUDONYM, "Mine?", 1);
  g_autoptr (HwOperation) mistaken
    = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_NOTE, case_id, NULL);
  g_autoptr (HwOperation) note = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_NOTE, note_id, case_id);

  hw_operation_set_text (mistaken, HW_FIELD_NOTE_TEXT, "x", 0);
  hw_operation_set_text (note, HW_FIELD_NOTE_TEXT, "x", 0);
  assert_parent_unknown (fixture, a, edit);
  assert_parent_unknown (fixture, a, absent);
  assert_parent_unknown (fixture, a, mistaken);
  assert_parent_unknown (fixture, a, note);
}

/* The name of a device is its owner's word: it makes nobody's edit another's own. */
static void
test_a_device_of_two_accounts_is_two_queues (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "shared");
  g_autoptr (HwActor) chief = device (fixture, HW_ROLE_SUPERVISOR, "shared");
  const char *case_id = fixture_case (fixture, a->user);
  g_autoptr (HwValue) yes = hw_value_new_boolean (TRUE), no = hw_value_new_boolean (FALSE);
  g_autoptr (HwOperation) hold = operation_on (
    HW_ACTION_UPDATE, HW_TYPE_ID_CASE, case_id, case_id);
  g_autoptr (HwOperation) stale = operation_on (
    HW_ACTION_UPDATE, HW_TYPE_ID_CASE, case_id, case_id);

  hw_operation_set (hold, HW_FIELD_CASE_LEGAL_HOLD, yes, 0);
  hw_operation_set (stale, HW_FIELD_CASE_LEGAL_HOLD, no, 99);
  expect (fixture, a, hold, HW_RESULT_APPLIED);
  expect (fixture, chief, stale, HW_RESULT_CONFLICT);
}

static void
test_replay_by_another_gets_no_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "a");
  g_autoptr (HwActor) chief = device (fixture, HW_ROLE_SUPERVISOR, "b");
  const char *case_id = fixture_case (fixture, a->user);
  g_autoptr (HwOperation) edit = update (case_id, HW_FIELD_CASE_PSEUDONYM, "Amina", 1);

  expect (fixture, a, edit, HW_RESULT_APPLIED);
  expect (fixture, a, edit, HW_RESULT_DUPLICATE);
  expect (fixture, chief, edit, HW_RESULT_REFUSED);
}

static void
test_group_is_all_or_none (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "a");
  const char *case_id = fixture_case (fixture, a->user);
  HwOperation *good = update (case_id, HW_FIELD_CASE_PSEUDONYM, "Half", 1);
  HwOperation *bad = update (case_id, HW_FIELD_CASE_CODE, "HW-1", 1);
  HwOperation *alone = update (case_id, HW_FIELD_CASE_URGENCY, "high", 0);
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_PUSH, a);
  g_autoptr (GPtrArray) results = NULL;
  const HwResultStatus expected[] = { HW_RESULT_REFUSED, HW_RESULT_REFUSED, HW_RESULT_APPLIED };
  g_autofree char *before = text_of (fixture, HW_TYPE_ID_CASE, case_id, HW_FIELD_CASE_PSEUDONYM);

  good->group = g_strdup ("g");
  bad->group = g_strdup ("g");
  hw_change_set_add (set, good);
  hw_change_set_add (set, bad);
  hw_change_set_add (set, alone);
  results = hw_store_commit (fixture->store, set, NULL);
  for (guint i = 0; i < results->len; i++)
    g_assert_cmpint (((HwResult *)g_ptr_array_index (results, i))->status, ==, expected[i]);
  assert_text (fixture, HW_TYPE_ID_CASE, case_id, HW_FIELD_CASE_PSEUDONYM, before);
  assert_text (fixture, HW_TYPE_ID_CASE, case_id, HW_FIELD_CASE_URGENCY, "high");
}

static HwOperation *
resolve (const char *conflict, const char *choice, guint64 seen)
{
  HwOperation *operation = operation_on (HW_ACTION_RESOLVE, HW_TYPE_ID_CASE, conflict, NULL);

  operation->choice = g_strdup (choice);
  operation->seen = g_array_new (FALSE, FALSE, sizeof seen);
  g_array_append_val (operation->seen, seen);
  return operation;
}

static void
test_two_resolvers_find_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "a");
  g_autoptr (HwActor) b = device (fixture, HW_ROLE_CASEWORKER, "b");
  const char *case_id = fixture_case (fixture, a->user);
  guint64 seen = rev_of (fixture, case_id, HW_FIELD_CASE_PSEUDONYM);
  g_autoptr (HwOperation) first = update (case_id, HW_FIELD_CASE_PSEUDONYM, "From A", seen);
  g_autoptr (HwOperation) second = update (case_id, HW_FIELD_CASE_PSEUDONYM, "From B", seen);
  g_autoptr (HwOperation) offered = NULL;
  g_autoptr (HwOperation) value = NULL;
  g_autoptr (GPtrArray) open = NULL;
  HwResult *result;

  expect (fixture, a, first, HW_RESULT_APPLIED);
  result = push (fixture, b, second);
  offered = resolve (g_ptr_array_index (result->conflicts, 0), "offered", seen + 1);
  value = resolve (g_ptr_array_index (result->conflicts, 0), "value", seen + 1);
  value->resolution = hw_value_new_text ("A third");
  hw_result_free (result);
  expect (fixture, a, offered, HW_RESULT_APPLIED);
  assert_text (fixture, HW_TYPE_ID_CASE, case_id, HW_FIELD_CASE_PSEUDONYM, "From B");
  expect (fixture, b, value, HW_RESULT_CONFLICT);
  assert_text (fixture, HW_TYPE_ID_CASE, case_id, HW_FIELD_CASE_PSEUDONYM, "From B");
  open = hw_store_conflicts (fixture->store, TRUE, NULL);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_cmpstr (
    hw_value_text (((HwConflict *)g_ptr_array_index (open, 0))->offered), ==, "A third");
}

static void
test_withdrawal_stops_requests (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "a");
  const char *case_id = fixture_case (fixture, a->user);
  const char *consent = fixture_create (fixture,
                                        HW_TYPE_ID_CONSENT,
                                        case_id,
                                        HW_FIELD_CONSENT_PURPOSE,
                                        "embassy_contact",
                                        HW_FIELD_CONSENT_RECIPIENT,
                                        fixture->mission,
                                        HW_FIELD_NONE);
  const char *request = fixture_create (fixture,
                                        HW_TYPE_ID_EMBASSY_REQUEST,
                                        case_id,
                                        HW_FIELD_EMBASSY_REQUEST_MISSION,
                                        fixture->mission,
                                        HW_FIELD_EMBASSY_REQUEST_STATUS,
                                        "sent",
                                        HW_FIELD_NONE);
  g_autoptr (HwOperation) withdraw
    = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_CONSENT, consent, case_id);
  g_autoptr (HwRecord) after = NULL;

  hw_operation_set_text (withdraw, HW_FIELD_CONSENT_WITHDRAWN_AT, "2026-11-24T11:00:00Z", 0);
  expect (fixture, a, withdraw, HW_RESULT_APPLIED);
  after = hw_store_get_record (fixture->store, HW_TYPE_ID_EMBASSY_REQUEST, request, NULL);
  g_assert_cmpstr (hw_record_status (after), ==, "withdrawn");
  g_assert_true (g_str_has_prefix (hw_record_updated_by (after), "system:"));
}

/* She withdrew while another wrote something else: however that is settled, it stops the request. */
static void
test_resolution_has_its_consequences (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "a");
  const char *case_id = fixture_case (fixture, a->user);
  const char *consent = fixture_create (fixture, HW_TYPE_ID_CONSENT, case_id,
                                        HW_FIELD_CONSENT_PURPOSE, "interview",
                                        HW_FIELD_CONSENT_RECIPIENT, fixture->mission,
                                        HW_FIELD_NONE);
  const char *request = fixture_create (fixture, HW_TYPE_ID_EMBASSY_REQUEST, case_id,
                                        HW_FIELD_EMBASSY_REQUEST_MISSION, fixture->mission,
                                        HW_FIELD_EMBASSY_REQUEST_STATUS, "sent", HW_FIELD_NONE);
  g_autoptr (HwOperation) settle = NULL;
  g_autoptr (HwOperation) met
    = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_CONSENT, consent, case_id);
  g_autoptr (HwRecord) after = NULL;
  HwResult *result;

  fixture_update (fixture, HW_TYPE_ID_CONSENT, consent, case_id, HW_FIELD_CONSENT_WITHDRAWN_AT,
                  "2026-11-24T10:00:00Z", HW_FIELD_NONE);
  fixture_update (fixture, HW_TYPE_ID_CONSENT, consent, case_id, HW_FIELD_CONSENT_WITHDRAWN_AT,
                  NULL, HW_FIELD_CONSENT_PURPOSE, "embassy_contact", HW_FIELD_NONE);
  hw_operation_set_text (met, HW_FIELD_CONSENT_WITHDRAWN_AT, "2026-11-24T11:00:00Z", 1);
  result = push (fixture, a, met);
  g_assert_cmpint (result->status, ==, HW_RESULT_CONFLICT);
  settle = operation_on (
    HW_ACTION_RESOLVE, HW_TYPE_ID_CONSENT, g_ptr_array_index (result->conflicts, 0), case_id);
  hw_result_free (result);
  settle->choice = g_strdup ("offered");
  expect (fixture, a, settle, HW_RESULT_APPLIED);
  after = hw_store_get_record (fixture->store, HW_TYPE_ID_EMBASSY_REQUEST, request, NULL);
  g_assert_cmpstr (hw_record_status (after), ==, "withdrawn");
}

/* Somebody wrote that she wishes asylum, and lost the merge: it was said all the same. */
static void
test_offered_asylum_keeps_the_lock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "a");
  const char *case_id = fixture_case (fixture, a->user);
  const char *risk
    = fixture_create (fixture, HW_TYPE_ID_RISK_ASSESSMENT, case_id,
                      HW_FIELD_RISK_ASSESSMENT_CONCLUSION, "safe", HW_FIELD_NONE);
  g_autoptr (HwOperation) met
    = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_RISK_ASSESSMENT, risk, case_id);
  g_autoptr (HwCaseFile) file = NULL;
  g_autoptr (GPtrArray) past = NULL;
  gboolean wished = FALSE;

  fixture_update (fixture, HW_TYPE_ID_RISK_ASSESSMENT, risk, case_id,
                  HW_FIELD_RISK_ASSESSMENT_ASYLUM, "none", HW_FIELD_NONE);
  hw_operation_set_text (met, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "wishes", 1);
  expect (fixture, a, met, HW_RESULT_CONFLICT);
  assert_text (
    fixture, HW_TYPE_ID_RISK_ASSESSMENT, risk, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "none");
  fixture_reopen (fixture);
  file = hw_store_load_case (fixture->store, case_id, NULL);
  past = hw_case_file_past (file, HW_FIELD_RISK_ASSESSMENT_ASYLUM);
  for (guint i = 0; i < past->len; i++)
    wished |= g_strcmp0 (hw_value_text (g_ptr_array_index (past, i)), "wishes") == 0;
  g_assert_true (wished);
}

static void
test_deletion_meets_a_newer_edit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "a");
  const char *case_id = fixture_case (fixture, a->user);
  const char *task = fixture_create (
    fixture, HW_TYPE_ID_TASK, case_id, HW_FIELD_TASK_TITLE, "Call", HW_FIELD_NONE);
  g_autoptr (HwOperation) delete = operation_on (HW_ACTION_DELETE, HW_TYPE_ID_TASK, task, case_id);
  guint64 seen = 1;

  fixture_update (
    fixture, HW_TYPE_ID_TASK, task, case_id, HW_FIELD_TASK_TITLE, "Call at night", HW_FIELD_NONE);
  delete->seen = g_array_new (FALSE, FALSE, sizeof seen);
  g_array_append_val (delete->seen, seen);
  expect (fixture, a, delete, HW_RESULT_CONFLICT);
  assert_text (fixture, HW_TYPE_ID_TASK, task, HW_FIELD_TASK_TITLE, "Call at night");
}

static void
test_edit_brings_the_deleted_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "a");
  const char *case_id = fixture_case (fixture, a->user);
  const char *task = fixture_create (
    fixture, HW_TYPE_ID_TASK, case_id, HW_FIELD_TASK_TITLE, "Call", HW_FIELD_NONE);
  g_autoptr (HwOperation) edit = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_TASK, task, case_id);

  fixture_delete (fixture, HW_TYPE_ID_TASK, task, case_id);
  assert_text (fixture, HW_TYPE_ID_TASK, task, HW_FIELD_TASK_TITLE, NULL);
  hw_operation_set_text (edit, HW_FIELD_TASK_TITLE, "Call at night", 1);
  expect (fixture, a, edit, HW_RESULT_CONFLICT);
  assert_text (fixture, HW_TYPE_ID_TASK, task, HW_FIELD_TASK_TITLE, "Call at night");
}

static void
test_never_deleted_is_never_deleted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "a");
  const char *case_id = fixture_case (fixture, a->user);
  const char *consent = fixture_create (
    fixture, HW_TYPE_ID_CONSENT, case_id, HW_FIELD_CONSENT_PURPOSE, "assistance", HW_FIELD_NONE);
  g_autoptr (HwOperation) delete
    = operation_on (HW_ACTION_DELETE, HW_TYPE_ID_CONSENT, consent, case_id);

  expect (fixture, a, delete, HW_RESULT_REFUSED);
}

static void
test_malformed_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "a");
  const char *case_id = fixture_case (fixture, a->user);
  g_autoptr (HwOperation) choice = update (case_id, HW_FIELD_CASE_URGENCY, "terrible", 0);
  g_autoptr (HwOperation) foreign
    = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_CASE, case_id, case_id);
  g_autoptr (HwOperation) disguised
    = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_TASK, case_id, case_id);

  hw_operation_set_text (foreign, HW_FIELD_TASK_TITLE, "Not of a case", 0);
  hw_operation_set_text (disguised, HW_FIELD_TASK_TITLE, "Not a task", 0);
  expect (fixture, a, choice, HW_RESULT_REFUSED);
  expect (fixture, a, foreign, HW_RESULT_REFUSED);
  expect (fixture, a, disguised, HW_RESULT_REFUSED);
}

static void
test_mission_writes_on_its_own_request (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) liaison = device (fixture, HW_ROLE_EMBASSY_LIAISON, "m");
  const char *case_id = fixture_case (fixture, NULL);
  const char *own = fixture_create (fixture,
                                    HW_TYPE_ID_EMBASSY_REQUEST,
                                    case_id,
                                    HW_FIELD_EMBASSY_REQUEST_MISSION,
                                    fixture->mission,
                                    HW_FIELD_EMBASSY_REQUEST_STATUS,
                                    "sent",
                                    HW_FIELD_NONE);
  const char *other = fixture_create (fixture,
                                      HW_TYPE_ID_EMBASSY_REQUEST,
                                      case_id,
                                      HW_FIELD_EMBASSY_REQUEST_MISSION,
                                      fixture->other_mission,
                                      HW_FIELD_EMBASSY_REQUEST_STATUS,
                                      "sent",
                                      HW_FIELD_NONE);
  g_autofree char *first = hw_uuid_v4 ();
  g_autofree char *second = hw_uuid_v4 ();
  g_autoptr (HwOperation) message
    = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_EMBASSY_MESSAGE, first, NULL);
  g_autoptr (HwOperation) foreign
    = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_EMBASSY_MESSAGE, second, NULL);
  g_autoptr (HwOperation) move
    = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_EMBASSY_REQUEST, own, NULL);
  g_autoptr (HwOperation) pry = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_CASE, case_id, NULL);

  hw_operation_set_text (message, HW_FIELD_EMBASSY_MESSAGE_REQUEST, own, 0);
  hw_operation_set_text (message, HW_FIELD_EMBASSY_MESSAGE_FROM, "embassy", 0);
  hw_operation_set_text (message, HW_FIELD_EMBASSY_MESSAGE_TEXT, "Please send a photo", 0);
  hw_operation_set_text (foreign, HW_FIELD_EMBASSY_MESSAGE_REQUEST, other, 0);
  hw_operation_set_text (foreign, HW_FIELD_EMBASSY_MESSAGE_FROM, "embassy", 0);
  hw_operation_set_text (foreign, HW_FIELD_EMBASSY_MESSAGE_TEXT, "Who is it?", 0);
  hw_operation_set_text (move, HW_FIELD_EMBASSY_REQUEST_STATUS, "acknowledged", 1);
  hw_operation_set_text (pry, HW_FIELD_CASE_PSEUDONYM, "X", 1);
  expect (fixture, liaison, message, HW_RESULT_APPLIED);
  expect (fixture, liaison, move, HW_RESULT_APPLIED);
  assert_parent_unknown (fixture, liaison, foreign);
  expect (fixture, liaison, pry, HW_RESULT_REFUSED);
}

/* Prints its figure; the goal is in the benchmarks. What is asserted is that all of it took effect.
 */
static void
test_a_thousand_edits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) a = device (fixture, HW_ROLE_CASEWORKER, "a");
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_PUSH, a);
  g_autoptr (GPtrArray) results = NULL;
  const char *cases[50];
  gint64 started;

  for (guint i = 0; i < 50; i++)
    cases[i] = fixture_case (fixture, a->user);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *text = g_strdup_printf ("Name %u", i);

      hw_change_set_add (set, update (cases[i % 50], HW_FIELD_CASE_PSEUDONYM, text, 1));
    }
  started = g_get_monotonic_time ();
  results = hw_store_commit (fixture->store, set, NULL);
  g_test_message ("1,000 edits in %.1f ms", (double)(g_get_monotonic_time () - started) / 1000);
  for (guint i = 0; i < results->len; i++)
    g_assert_cmpint (((HwResult *)g_ptr_array_index (results, i))->status, ==, HW_RESULT_APPLIED);
  assert_text (fixture, HW_TYPE_ID_CASE, cases[49], HW_FIELD_CASE_PSEUDONYM, "Name 999");
}

#define TEST(path, function)                                                                       \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/push/create/gets-its-code", test_create_gets_its_code);
  TEST ("/push/create/request-gets-its-reference", test_request_gets_its_reference);
  TEST ("/push/merge/two-devices-meet-as-a-conflict", test_two_devices_meet_as_a_conflict);
  TEST ("/push/merge/own-queue-is-applied-in-order", test_own_queue_is_applied_in_order);
  TEST ("/push/replay/gets-the-first-answer", test_replay_gets_the_first_answer);
  TEST ("/push/parent/may-come-later", test_unknown_parent_may_come_later);
  TEST ("/push/quarantine/out-of-sight-is-kept", test_out_of_sight_is_kept_for_a_supervisor);
  TEST ("/push/quarantine/never-seen-is-as-if-absent", test_never_seen_is_as_if_absent);
  TEST ("/push/merge/a-device-of-two-accounts-is-two-queues",
        test_a_device_of_two_accounts_is_two_queues);
  TEST ("/push/replay/by-another-gets-no-answer", test_replay_by_another_gets_no_answer);
  TEST ("/push/resolve/what-follows-follows", test_resolution_has_its_consequences);
  TEST ("/push/conflict/an-offered-asylum-keeps-the-lock", test_offered_asylum_keeps_the_lock);
  TEST ("/push/group/all-or-none", test_group_is_all_or_none);
  TEST ("/push/resolve/two-resolvers-find-out", test_two_resolvers_find_out);
  TEST ("/push/consequences/withdrawal-stops-requests", test_withdrawal_stops_requests);
  TEST ("/push/delete/meets-a-newer-edit", test_deletion_meets_a_newer_edit);
  TEST ("/push/delete/edit-brings-the-deleted-back", test_edit_brings_the_deleted_back);
  TEST ("/push/delete/never-deleted", test_never_deleted_is_never_deleted);
  TEST ("/push/malformed/is-refused", test_malformed_is_refused);
  TEST ("/push/mission/writes-on-its-own-request", test_mission_writes_on_its_own_request);
  TEST ("/push/speed/a-thousand-edits", test_a_thousand_edits);
  return g_test_run ();
}
