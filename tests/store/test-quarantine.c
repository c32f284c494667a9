/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was sent for a case that its author no longer has: kept whole, let in as the author's and by no right but theirs,
 * or discarded; and nothing slips into its place meanwhile.
 */
#include "server-fixture.h"

#include <string.h>

#define SOMEBODY "00000000-0000-4000-8000-0000000000ff"

static HwActor *
device (Fixture *fixture, HwRole role)
{
  return hw_actor_new (
    fixture_user (fixture, role), "Somebody", role, fixture->office, NULL, "a");
}

static HwOperation *
operation_on (HwAction action, HwTypeId type, const char *record, const char *case_id)
{
  g_autofree char *id = hw_uuid_v7 (FIXTURE_NOW);

  return hw_operation_new (id, action, type, record, case_id);
}

static HwOperation *
rename_case (const char *case_id, const char *pseudonym, guint64 base)
{
  HwOperation *operation = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_CASE, case_id, case_id);

  hw_operation_set_text (operation, HW_FIELD_CASE_PSEUDONYM, pseudonym, base);
  return operation;
}

static HwOperation *
write_note (const char *id, const char *case_id, const char *text)
{
  HwOperation *operation = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_NOTE, id, case_id);

  hw_operation_set_text (operation, HW_FIELD_NOTE_TEXT, text, 0);
  return operation;
}

static GPtrArray *
push_all (Fixture *fixture, HwActor *actor, HwOperation *first, HwOperation *second)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_PUSH, actor);
  g_autoptr (GError) error = NULL;
  GPtrArray *results;

  hw_change_set_add (set, hw_operation_ref (first));
  if (second != NULL)
    hw_change_set_add (set, hw_operation_ref (second));
  results = hw_store_commit (fixture->store, set, &error);
  g_assert_no_error (error);
  return results;
}

static void
expect (Fixture *fixture, HwActor *actor, HwOperation *operation, HwResultStatus status)
{
  g_autoptr (GPtrArray) results = push_all (fixture, actor, operation, NULL);

  g_assert_cmpint (((HwResult *)g_ptr_array_index (results, 0))->status, ==, status);
}

static void
give_away (Fixture *fixture, const char *case_id)
{
  fixture_update (
    fixture, HW_TYPE_ID_CASE, case_id, case_id, HW_FIELD_CASE_OWNER, SOMEBODY, HW_FIELD_NONE);
}

static GPtrArray *
list (Fixture *fixture, HwActor *supervisor)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = hw_store_quarantine (fixture->store, supervisor, 0, 100, &error);

  g_assert_no_error (error);
  return entries;
}

static HwQuarantined *
only_entry (Fixture *fixture, HwActor *supervisor)
{
  g_autoptr (GPtrArray) entries = list (fixture, supervisor);

  g_assert_cmpuint (entries->len, ==, 1);
  return g_ptr_array_steal_index (entries, 0);
}

static void
expect_let_in (Fixture *fixture, HwActor *supervisor, HwResultStatus status, HwReason reason)
{
  g_autoptr (HwQuarantined) entry = only_entry (fixture, supervisor);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = hw_store_let_in (fixture->store, supervisor, entry, NULL, &error);
  HwResult *result;

  g_assert_no_error (error);
  result = g_ptr_array_index (results, 0);
  if (result->verdict != NULL)
    g_test_message ("%s", hw_verdict_message (result->verdict));
  g_assert_cmpint (result->status, ==, status);
  if (reason != HW_REASON_NONE)
    g_assert_cmpint (hw_verdict_reason (result->verdict), ==, reason);
}

static void
assert_pseudonym (Fixture *fixture, const char *case_id, const char *expected)
{
  g_autoptr (HwRecord) record
    = hw_store_get_record (fixture->store, HW_TYPE_ID_CASE, case_id, NULL);

  g_assert_cmpstr (hw_record_get_text (record, HW_FIELD_CASE_PSEUDONYM), ==, expected);
}

static guint
count_audit (Fixture *fixture, const char *user, const char *action, const char *detail)
{
  HwAuditQuestion question = { .by = user, .limit = 500 };
  g_autoptr (GPtrArray) entries = hw_store_audit_read (fixture->store, &question, NULL);
  guint found = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      HwAuditEntry *entry = g_ptr_array_index (entries, i);

      found += g_str_equal (entry->action, action)
               && (detail == NULL || (entry->detail != NULL && strstr (entry->detail, detail) != NULL));
    }
  return found;
}

/* ---- Letting in ---- */

static void
test_is_let_in_as_its_authors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) author = device (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwActor) chief = device (fixture, HW_ROLE_SUPERVISOR);
  const char *case_id = fixture_case (fixture, author->user);
  g_autoptr (HwOperation) edit = rename_case (case_id, "Hers", 1);
  g_autoptr (HwRecord) record = NULL;
  g_autoptr (GPtrArray) history = NULL;
  HwHistoryEntry *latest;
  gint64 broken;

  give_away (fixture, case_id);
  expect (fixture, author, edit, HW_RESULT_QUARANTINED);
  expect_let_in (fixture, chief, HW_RESULT_APPLIED, HW_REASON_NONE);
  assert_pseudonym (fixture, case_id, "Hers");
  record = hw_store_get_record (fixture->store, HW_TYPE_ID_CASE, case_id, NULL);
  g_assert_cmpstr (hw_record_updated_by (record), ==, author->user);
  history = hw_store_history (fixture->store, HW_TYPE_ID_CASE, case_id, NULL);
  latest = g_ptr_array_index (history, 0);
  g_assert_cmpint (latest->field, ==, HW_FIELD_CASE_PSEUDONYM);
  g_assert_cmpstr (latest->by, ==, author->user);
  g_assert_cmpstr (latest->let_in_by, ==, chief->user);
  /* Who sits at the office did it: the chain has no line of hers for today. */
  g_assert_cmpuint (count_audit (fixture, chief->user, "update", edit->id), ==, 1);
  g_assert_cmpuint (count_audit (fixture, chief->user, "release", "applied"), ==, 1);
  g_assert_cmpuint (count_audit (fixture, author->user, "update", NULL), ==, 0);
  g_assert_true (hw_store_audit_verify (fixture->store, &broken, NULL));
  /* She is told what she was told. */
  expect (fixture, author, edit, HW_RESULT_DUPLICATE);
  g_assert_cmpuint (count_audit (fixture, author->user, "refuse", NULL), ==, 0);
}

static void
test_a_new_record_says_who_let_it_in (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) author = device (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwActor) chief = device (fixture, HW_ROLE_SUPERVISOR);
  const char *case_id = fixture_case (fixture, author->user);
  g_autofree char *note_id = hw_uuid_v7 (FIXTURE_NOW);
  g_autoptr (HwOperation) note = write_note (note_id, case_id, "First words");
  g_autoptr (GPtrArray) history = NULL;
  HwHistoryEntry *entry;

  give_away (fixture, case_id);
  expect (fixture, author, note, HW_RESULT_QUARANTINED);
  expect_let_in (fixture, chief, HW_RESULT_APPLIED, HW_REASON_NONE);
  history = hw_store_history (fixture->store, HW_TYPE_ID_NOTE, note_id, NULL);
  g_assert_cmpuint (history->len, >, 0);
  entry = g_ptr_array_index (history, 0);
  g_assert_cmpstr (entry->by, ==, author->user);
  g_assert_cmpstr (entry->let_in_by, ==, chief->user);
}

/* Somebody else wrote there meanwhile: nothing is overwritten, both are asked about. */
static void
test_meets_what_changed_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) author = device (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwActor) chief = device (fixture, HW_ROLE_SUPERVISOR);
  const char *case_id = fixture_case (fixture, author->user);
  g_autoptr (HwOperation) edit = rename_case (case_id, "Hers", 1);
  g_autoptr (GPtrArray) conflicts = NULL;

  give_away (fixture, case_id);
  fixture_update (
    fixture, HW_TYPE_ID_CASE, case_id, case_id, HW_FIELD_CASE_PSEUDONYM, "Theirs", HW_FIELD_NONE);
  expect (fixture, author, edit, HW_RESULT_QUARANTINED);
  expect_let_in (fixture, chief, HW_RESULT_CONFLICT, HW_REASON_NONE);
  assert_pseudonym (fixture, case_id, "Theirs");
  conflicts = hw_store_conflicts (fixture->store, TRUE, NULL);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpstr (((HwConflict *)g_ptr_array_index (conflicts, 0))->by, ==, author->user);
}

static void
test_what_was_sent_as_one_is_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) author = device (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwActor) chief = device (fixture, HW_ROLE_SUPERVISOR);
  const char *case_id = fixture_case (fixture, author->user);
  g_autofree char *note_id = hw_uuid_v7 (FIXTURE_NOW);
  g_autoptr (HwOperation) edit = rename_case (case_id, "Hers", 1);
  g_autoptr (HwOperation) note = write_note (note_id, case_id, "With it");
  g_autoptr (HwRecord) record = NULL;

  edit->group = g_strdup ("one");
  note->group = g_strdup ("one");
  give_away (fixture, case_id);
  g_ptr_array_unref (push_all (fixture, author, edit, note));
  expect_let_in (fixture, chief, HW_RESULT_APPLIED, HW_REASON_NONE);
  assert_pseudonym (fixture, case_id, "Hers");
  record = hw_store_get_record (fixture->store, HW_TYPE_ID_NOTE, note_id, NULL);
  g_assert_nonnull (record);
  g_assert_cmpuint (count_audit (fixture, chief->user, "release", NULL), ==, 2);
}

/* She wrote a note in a case she had lost, and then went on with it: the second is not sent again for ever. */
static void
test_what_follows_it_is_kept_too (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) author = device (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwActor) chief = device (fixture, HW_ROLE_SUPERVISOR);
  const char *case_id = fixture_case (fixture, author->user);
  g_autofree char *task_id = hw_uuid_v7 (FIXTURE_NOW);
  g_autoptr (HwOperation) create
    = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_TASK, task_id, case_id);
  g_autoptr (HwOperation) again
    = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_TASK, task_id, case_id);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (HwRecord) record = NULL;

  hw_operation_set_text (create, HW_FIELD_TASK_TITLE, "Call", 0);
  hw_operation_set_text (again, HW_FIELD_TASK_TITLE, "Call her", 0);
  give_away (fixture, case_id);
  expect (fixture, author, create, HW_RESULT_QUARANTINED);
  expect (fixture, author, again, HW_RESULT_QUARANTINED);
  entries = list (fixture, chief);
  g_assert_cmpuint (entries->len, ==, 2);
  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr (GPtrArray) results
        = hw_store_let_in (fixture->store, chief, g_ptr_array_index (entries, i), NULL, NULL);
      HwResult *result = g_ptr_array_index (results, 0);

      if (result->verdict != NULL)
        g_test_message ("%s", hw_verdict_message (result->verdict));
      g_assert_cmpint (result->status, ==, HW_RESULT_APPLIED);
    }
  record = hw_store_get_record (fixture->store, HW_TYPE_ID_TASK, task_id, NULL);
  g_assert_cmpstr (hw_record_get_text (record, HW_FIELD_TASK_TITLE), ==, "Call her");
}

/* ---- No right but the author's ---- */

static void
test_gives_no_right_its_author_had_not (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) author = device (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwActor) chief = device (fixture, HW_ROLE_SUPERVISOR);
  const char *case_id = fixture_case (fixture, author->user);
  const char *approval = fixture_create (
    fixture, HW_TYPE_ID_APPROVAL, case_id, HW_FIELD_APPROVAL_KIND, "closure", HW_FIELD_NONE);
  g_autoptr (HwOperation) approve
    = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_APPROVAL, approval, case_id);

  hw_operation_set_text (approve, HW_FIELD_APPROVAL_VERDICT, "approved", 0);
  give_away (fixture, case_id);
  expect (fixture, author, approve, HW_RESULT_QUARANTINED);
  expect_let_in (fixture, chief, HW_RESULT_REFUSED, HW_REASON_ROLE);
  /* It waits on, and that it was tried is on record. */
  hw_quarantined_free (only_entry (fixture, chief));
  g_assert_cmpuint (count_audit (fixture, chief->user, "refuse", NULL), ==, 1);
  g_assert_cmpuint (count_audit (fixture, chief->user, "release", NULL), ==, 0);
}

static void
test_another_role_since_then_lets_nothing_in (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) author = device (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwActor) chief = device (fixture, HW_ROLE_SUPERVISOR);
  const char *case_id = fixture_case (fixture, author->user);
  g_autoptr (HwOperation) edit = rename_case (case_id, "Hers", 1);
  g_autoptr (HwAccount) account = hw_store_account (fixture->store, author->user, NULL);
  g_autoptr (HwQuarantined) entry = NULL;

  give_away (fixture, case_id);
  expect (fixture, author, edit, HW_RESULT_QUARANTINED);
  entry = only_entry (fixture, chief);
  g_assert_cmpint (entry->why, ==, HW_QUARANTINE_REASSIGNED);
  account->role = HW_ROLE_FOCAL_POINT;
  g_assert_true (hw_store_put_account (fixture->store, account, NULL));
  expect_let_in (fixture, chief, HW_RESULT_REFUSED, HW_REASON_ROLE);
  hw_quarantined_free (g_steal_pointer (&entry));
  entry = only_entry (fixture, chief);
  g_assert_cmpint (entry->why, ==, HW_QUARANTINE_ROLE_CHANGED);
  assert_pseudonym (fixture, case_id, "Aline N.");
}

/* Another office, and an account that has ended, take nothing from what she had the right to write. */
static void
test_another_office_or_an_end_takes_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) author = device (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwActor) chief = device (fixture, HW_ROLE_SUPERVISOR);
  const char *case_id = fixture_case (fixture, author->user);
  g_autoptr (HwOperation) edit = rename_case (case_id, "Hers", 1);
  g_autoptr (HwAccount) account = hw_store_account (fixture->store, author->user, NULL);
  g_autoptr (HwQuarantined) entry = NULL;
  guint n;

  give_away (fixture, case_id);
  expect (fixture, author, edit, HW_RESULT_QUARANTINED);
  g_free (account->office);
  account->office = g_strdup (SOMEBODY);
  g_assert_true (hw_store_put_account (fixture->store, account, NULL));
  g_assert_true (hw_store_revoke_account (fixture->store, author->user, &n, NULL));
  entry = only_entry (fixture, chief);
  g_assert_cmpint (entry->why, ==, HW_QUARANTINE_ACCOUNT_ENDED);
  expect_let_in (fixture, chief, HW_RESULT_APPLIED, HW_REASON_NONE);
  assert_pseudonym (fixture, case_id, "Hers");
}

static void
test_nobody_lets_their_own_in (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) author = device (fixture, HW_ROLE_SUPERVISOR);
  g_autoptr (HwAccount) account = hw_store_account (fixture->store, author->user, NULL);
  g_autofree char *office = g_strdup (account->office);
  const char *case_id = fixture_case (fixture, SOMEBODY);
  g_autofree char *note_id = hw_uuid_v7 (FIXTURE_NOW);
  g_autoptr (HwOperation) note = write_note (note_id, case_id, "Mine");

  g_free (account->office);
  account->office = g_strdup (SOMEBODY);
  g_assert_true (hw_store_put_account (fixture->store, account, NULL));
  g_free (author->office);
  author->office = g_strdup (SOMEBODY);
  expect (fixture, author, note, HW_RESULT_QUARANTINED);
  g_free (account->office);
  account->office = g_steal_pointer (&office);
  g_assert_true (hw_store_put_account (fixture->store, account, NULL));
  expect_let_in (fixture, author, HW_RESULT_REFUSED, HW_REASON_SELF_APPROVAL);
}

static void
test_another_office_has_none_of_it (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) author = device (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwActor) chief = device (fixture, HW_ROLE_SUPERVISOR);
  g_autoptr (HwActor) other = hw_actor_new (
    "00000000-0000-4000-8000-0000000000fe", "Other", HW_ROLE_SUPERVISOR, SOMEBODY, NULL, "b");
  const char *case_id = fixture_case (fixture, author->user);
  g_autoptr (HwOperation) edit = rename_case (case_id, "Hers", 1);
  g_autoptr (GPtrArray) theirs = NULL;
  g_autoptr (HwQuarantined) entry = NULL, none = NULL;

  fixture_add_account (fixture, other->user, HW_ROLE_SUPERVISOR, SOMEBODY, NULL);
  give_away (fixture, case_id);
  expect (fixture, author, edit, HW_RESULT_QUARANTINED);
  entry = only_entry (fixture, chief);
  g_assert_cmpstr (entry->case_id, ==, case_id);
  theirs = list (fixture, other);
  g_assert_cmpuint (theirs->len, ==, 0);
  none = hw_store_quarantined (fixture->store, other, entry->id, NULL);
  g_assert_null (none);
}

/* ---- Discarding, and deciding twice ---- */

static void
test_discarded_stays_discarded (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) author = device (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwActor) chief = device (fixture, HW_ROLE_SUPERVISOR);
  const char *case_id = fixture_case (fixture, author->user);
  g_autoptr (HwOperation) edit = rename_case (case_id, "Hers", 1);
  g_autoptr (HwQuarantined) entry = NULL, after = NULL;
  g_autoptr (GPtrArray) entries = NULL, results = NULL;

  give_away (fixture, case_id);
  expect (fixture, author, edit, HW_RESULT_QUARANTINED);
  entry = only_entry (fixture, chief);
  for (guint i = 0; i < 2; i++)
    g_assert_true (
      hw_store_discard_quarantined (fixture->store, chief, entry, "Written before", NULL));
  g_assert_cmpuint (count_audit (fixture, chief->user, "release", "discarded"), ==, 1);
  entries = list (fixture, chief);
  g_assert_cmpuint (entries->len, ==, 0);
  results = hw_store_let_in (fixture->store, chief, entry, NULL, NULL);
  g_assert_cmpint (((HwResult *)g_ptr_array_index (results, 0))->status, ==, HW_RESULT_DUPLICATE);
  after = hw_store_quarantined (fixture->store, chief, entry->id, NULL);
  g_assert_cmpstr (after->state, ==, "discarded");
  /* What was decided is kept for a year and a month, and not for ever. */
  hw_clock_set (fixture->clock, FIXTURE_NOW + 390 * G_TIME_SPAN_DAY);
  fixture_reopen (fixture);
  hw_quarantined_free (g_steal_pointer (&after));
  after = hw_store_quarantined (fixture->store, chief, entry->id, NULL);
  g_assert_nonnull (after);
  hw_clock_set (fixture->clock, FIXTURE_NOW + 410 * G_TIME_SPAN_DAY);
  fixture_reopen (fixture);
  hw_quarantined_free (g_steal_pointer (&after));
  after = hw_store_quarantined (fixture->store, chief, entry->id, NULL);
  g_assert_null (after);
  assert_pseudonym (fixture, case_id, "Aline N.");
}

/* ---- Other words under an id that was used ---- */

static void
expect_other_words_refused (Fixture *fixture, HwActor *actor, HwOperation *first)
{
  g_autoptr (HwOperation) other
    = hw_operation_new (first->id, first->action, first->type, first->record, first->case_id);
  guint before = count_audit (fixture, actor->user, "refuse", "other-content");

  hw_operation_set_text (other,
                         first->type == HW_TYPE_ID_CASE ? HW_FIELD_CASE_PSEUDONYM : HW_FIELD_NOTE_TEXT,
                         "Other words",
                         1);
  expect (fixture, actor, other, HW_RESULT_REFUSED);
  g_assert_cmpuint (count_audit (fixture, actor->user, "refuse", "other-content"), ==, before + 1);
}

static void
test_other_words_in_its_place_are_on_record (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) author = device (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwActor) chief = device (fixture, HW_ROLE_SUPERVISOR);
  const char *case_id = fixture_case (fixture, author->user);
  g_autofree char *note_id = hw_uuid_v7 (FIXTURE_NOW), *later = hw_uuid_v7 (FIXTURE_NOW);
  g_autoptr (HwOperation) answered = rename_case (case_id, "First", 1);
  g_autoptr (HwOperation) waiting = write_note (note_id, later, "Its case is not here yet");
  g_autoptr (HwOperation) kept = rename_case (case_id, "Hers", 2);
  g_autoptr (HwQuarantined) entry = NULL;
  HwFieldChange *change;

  expect (fixture, author, answered, HW_RESULT_APPLIED);
  expect_other_words_refused (fixture, author, answered);
  expect (fixture, author, waiting, HW_RESULT_REFUSED);
  expect_other_words_refused (fixture, author, waiting);
  give_away (fixture, case_id);
  expect (fixture, author, kept, HW_RESULT_QUARANTINED);
  expect_other_words_refused (fixture, author, kept);
  /* The same words from somebody else are other words. */
  expect (fixture, chief, kept, HW_RESULT_REFUSED);
  g_assert_cmpuint (count_audit (fixture, chief->user, "refuse", "other-content"), ==, 1);
  entry = only_entry (fixture, chief);
  change = hw_operation_find (g_ptr_array_index (entry->operations, 0), HW_FIELD_CASE_PSEUDONYM);
  g_assert_cmpstr (hw_value_text (change->value), ==, "Hers");
}

/* ---- A file of before ---- */

static void
test_a_file_of_before_is_taken_over (Fixture *fixture, gconstpointer data)
{
  static const char *const lost[]
    = { "DROP INDEX quarantine_unit", "DROP INDEX quarantine_waiting", "ALTER TABLE quarantine DROP COLUMN unit",
        "ALTER TABLE quarantine DROP COLUMN reason", "ALTER TABLE visible DROP COLUMN held",
        "ALTER TABLE field_history DROP COLUMN let_in_by" };
  g_autoptr (HwActor) author = device (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwActor) chief = device (fixture, HW_ROLE_SUPERVISOR);
  const char *case_id = fixture_case (fixture, author->user);
  g_autoptr (HwOperation) edit = rename_case (case_id, "Hers", 1);
  g_autoptr (GError) error = NULL;
  HwDb *db;

  give_away (fixture, case_id);
  expect (fixture, author, edit, HW_RESULT_QUARANTINED);
  hw_store_close (fixture->store);
  db = hw_db_open (fixture->path, HW_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (lost); i++)
    {
      hw_db_exec (db, lost[i], &error);
      g_assert_no_error (error);
    }
  hw_db_close (db);
  fixture_reopen (fixture);
  expect_let_in (fixture, chief, HW_RESULT_APPLIED, HW_REASON_NONE);
  assert_pseudonym (fixture, case_id, "Hers");
}

#define TEST(path, function)                                                                       \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/quarantine/is-let-in-as-its-authors", test_is_let_in_as_its_authors);
  TEST ("/quarantine/a-new-record-says-who-let-it-in", test_a_new_record_says_who_let_it_in);
  TEST ("/quarantine/meets-what-changed-meanwhile", test_meets_what_changed_meanwhile);
  TEST ("/quarantine/what-was-sent-as-one-is-one", test_what_was_sent_as_one_is_one);
  TEST ("/quarantine/what-follows-it-is-kept-too", test_what_follows_it_is_kept_too);
  TEST ("/quarantine/gives-no-right-its-author-had-not", test_gives_no_right_its_author_had_not);
  TEST ("/quarantine/another-role-lets-nothing-in", test_another_role_since_then_lets_nothing_in);
  TEST ("/quarantine/another-office-takes-nothing", test_another_office_or_an_end_takes_nothing);
  TEST ("/quarantine/nobody-lets-their-own-in", test_nobody_lets_their_own_in);
  TEST ("/quarantine/another-office-has-none-of-it", test_another_office_has_none_of_it);
  TEST ("/quarantine/discarded-stays-discarded", test_discarded_stays_discarded);
  TEST ("/quarantine/other-words-are-on-record", test_other_words_in_its_place_are_on_record);
  TEST ("/quarantine/a-file-of-before-is-taken-over", test_a_file_of_before_is_taken_over);
  return g_test_run ();
}
