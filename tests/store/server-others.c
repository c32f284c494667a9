/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * homeward-admin beside a server that runs: two programs on one database, each with a memory of its own. What the one
 * did, the other knows before it judges or answers anything more.
 */
#include "server-fixture.h"

#include "domain/hw-rules.h"

#include <string.h>

/* The other program: the fixture's helpers write through it until it ends. */
typedef struct
{
  HwStore *server; /* (owned) by the fixture again afterwards */
  Fixture *fixture;
} Beside;

static void
begin_beside (Beside *beside, Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  *beside = (Beside) { .server = fixture->store, .fixture = fixture };
  fixture->store = hw_store_open (fixture->path, HW_STORE_SERVER, fixture->clock, &error);
  g_assert_no_error (error);
}

static void
end_beside (Beside *beside)
{
  hw_store_close (beside->fixture->store);
  g_object_unref (beside->fixture->store);
  beside->fixture->store = beside->server;
}

static void
revoke_beside (Fixture *fixture, const char *user)
{
  Beside beside;
  guint n = 0;

  begin_beside (&beside, fixture);
  g_assert_true (hw_store_revoke_account (fixture->store, user, &n, NULL));
  end_beside (&beside);
}

static void
notice (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  hw_store_notice_others (fixture->store, &error);
  g_assert_no_error (error);
}

/* As a supervisor would, over the rules. */
static HwReason
give_case_to (Fixture *fixture, const char *case_id, const char *owner)
{
  g_autoptr (HwActor) actor = fixture_actor (fixture, HW_ROLE_SUPERVISOR);
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_PUSH, actor);
  g_autofree char *id = hw_uuid_v7 (FIXTURE_NOW);
  HwOperation *operation = hw_operation_new (id, HW_ACTION_UPDATE, HW_TYPE_ID_CASE, case_id, case_id);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  const HwResult *result;

  operation->at = hw_instant_format (FIXTURE_NOW);
  hw_operation_set_text (operation, HW_FIELD_CASE_OWNER, owner, 0);
  hw_change_set_add (set, operation);
  results = hw_store_commit (fixture->store, set, &error);
  g_assert_no_error (error);
  result = g_ptr_array_index (results, 0);
  return result->verdict != NULL ? hw_verdict_reason (result->verdict) : HW_REASON_NONE;
}

static void
test_revoked_beside (Fixture *fixture, gconstpointer data)
{
  const char *worker = fixture_user (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwAccount) account = hw_store_account (fixture->store, worker, NULL);
  g_autofree char *token
    = hw_store_create_session (fixture->store, account, "device-1", "Laptop", NULL, NULL);
  HwSession *session = hw_store_lookup_session (fixture->store, token);
  const char *case_id;

  g_assert_nonnull (session);
  hw_session_unref (session);
  fixture_user (fixture, HW_ROLE_SUPERVISOR);
  case_id = fixture_case (fixture, NULL);
  revoke_beside (fixture, worker);
  /* Nothing was asked in between: the commit itself looks. */
  g_assert_cmpint (give_case_to (fixture, case_id, worker), ==, HW_REASON_INVALID);
  g_assert_null (hw_store_lookup_session (fixture->store, token));
  g_assert_true (hw_store_token_revoked (fixture->store, token));
  fixture_update (fixture, HW_TYPE_ID_CASE, case_id, case_id, HW_FIELD_CASE_URGENCY, "high", HW_FIELD_NONE);
  {
    g_autoptr (HwActor) actor = fixture_actor (fixture, HW_ROLE_CASEWORKER);

    g_assert_cmpuint (hw_store_relations (fixture->store, actor, case_id, NULL), ==, 0);
  }
}

static void
test_session_of_a_changed_account (Fixture *fixture, gconstpointer data)
{
  const char *worker = fixture_user (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwAccount) account = hw_store_account (fixture->store, worker, NULL);
  g_autofree char *token
    = hw_store_create_session (fixture->store, account, "device-1", "Laptop", NULL, NULL);
  Beside beside;

  hw_session_unref (hw_store_lookup_session (fixture->store, token));
  begin_beside (&beside, fixture);
  account->role = HW_ROLE_ANALYST;
  g_assert_true (hw_store_put_account (fixture->store, account, NULL));
  end_beside (&beside);
  notice (fixture);
  g_assert_null (hw_store_lookup_session (fixture->store, token));
}

/* A caseworker who was added, an office and a mission's first liaison: all of them count at once. */
static void
test_added_beside (Fixture *fixture, gconstpointer data)
{
  const char *added = "018f0000-0000-7000-8000-00000000cafe", *case_id, *office;
  g_autoptr (HwActor) reader = fixture_actor (fixture, HW_ROLE_SUPERVISOR);
  g_autofree char *before = NULL, *after = NULL;
  HwFeedPosition position = { 0 };
  guint64 head;
  Beside beside;

  case_id = fixture_case (fixture, NULL);
  before = fixture_read (fixture, reader, &position, 100);
  head = hw_store_head_for (fixture->store, reader);
  g_assert_cmpint (give_case_to (fixture, case_id, added), ==, HW_REASON_INVALID);

  begin_beside (&beside, fixture);
  fixture_add_account (fixture, added, HW_ROLE_CASEWORKER, fixture->office, NULL);
  office = fixture_create (fixture, HW_TYPE_ID_OFFICE, NULL, HW_FIELD_OFFICE_NAME, "Gitega", HW_FIELD_OFFICE_COUNTRY,
                           "BI", HW_FIELD_OFFICE_ZONE, "Africa/Bujumbura", HW_FIELD_NONE);
  end_beside (&beside);
  notice (fixture);

  g_assert_cmpuint (hw_store_head_for (fixture->store, reader), >, head);
  after = fixture_read (fixture, reader, &position, 100);
  g_assert_cmpstr (after, ==, "put:office");
  {
    g_autoptr (HwCaseFile) directory = hw_store_directory (fixture->store);

    g_assert_nonnull (hw_case_file_lookup (directory, office));
  }
  g_assert_cmpint (give_case_to (fixture, case_id, added), ==, HW_REASON_NONE);
}

static gint64
count_numbers_used_twice (Fixture *fixture)
{
  HwDb *db = hw_store_acquire_reader (fixture->store);
  HwStatement *statement
    = hw_db_prepare (db, "SELECT count(*) FROM (SELECT seq FROM feed GROUP BY seq HAVING count(*) > 1)");
  gint64 found;

  g_assert_true (hw_statement_step (statement, NULL));
  found = hw_statement_integer (statement, 0);
  hw_statement_reset (statement);
  hw_store_release_reader (fixture->store, db);
  return found;
}

static void
add_organisation (Fixture *fixture)
{
  fixture_create (fixture, HW_TYPE_ID_ORGANISATION, NULL, HW_FIELD_ORGANISATION_NAME, "Shelter", HW_FIELD_NONE);
}

/* Both write by turns while both are open: no number is given twice, and a reader misses nothing. */
static void
test_numbers_of_two_programs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) reader = fixture_actor (fixture, HW_ROLE_SUPERVISOR);
  HwFeedPosition position = { 0 };
  HwStore *other;
  g_autoptr (GError) error = NULL;

  g_free (fixture_read (fixture, reader, &position, 100));
  other = hw_store_open (fixture->path, HW_STORE_SERVER, fixture->clock, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *heard = NULL;
      HwStore *server = fixture->store;

      fixture->store = i % 2 == 0 ? other : server;
      add_organisation (fixture);
      fixture->store = server;
      notice (fixture);
      heard = fixture_read (fixture, reader, &position, 100);
      g_assert_cmpstr (heard, ==, "put:organisation");
    }
  g_assert_cmpint (count_numbers_used_twice (fixture), ==, 0);
  hw_store_close (other);
  g_object_unref (other);
}

/* What is done beside the server is no more told to a mission than what is done by it. */
static void
test_mission_hears_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) liaison = fixture_actor (fixture, HW_ROLE_EMBASSY_LIAISON);
  guint64 head = hw_store_head_for (fixture->store, liaison);
  Beside beside;

  begin_beside (&beside, fixture);
  fixture_add_account (fixture, "018f0000-0000-7000-8000-00000000cafe", HW_ROLE_CASEWORKER, fixture->office, NULL);
  add_organisation (fixture);
  end_beside (&beside);
  notice (fixture);
  g_assert_cmpuint (hw_store_head_for (fixture->store, liaison), ==, head);
}

#define TEST(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/beside/revoked-is-known-before-the-next-commit", test_revoked_beside);
  TEST ("/beside/changed-must-sign-in-again", test_session_of_a_changed_account);
  TEST ("/beside/added-counts-at-once", test_added_beside);
  TEST ("/beside/no-number-is-given-twice", test_numbers_of_two_programs);
  TEST ("/beside/a-mission-hears-nothing", test_mission_hears_nothing);
  return g_test_run ();
}
