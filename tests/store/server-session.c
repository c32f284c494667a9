/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sessions end when they must, and no copy of the database opens one.
 */
#include "server-fixture.h"

#define HOUR G_TIME_SPAN_HOUR

static char *
sign_in (Fixture *fixture, HwRole role)
{
  g_autoptr (HwAccount) account = hw_store_account (fixture->store, fixture_user (fixture, role), NULL);
  g_autoptr (GError) error = NULL;
  gint64 expires = 0;
  char *token = hw_store_create_session (fixture->store, account, "device-1", "Laptop", &expires, &error);

  g_assert_no_error (error);
  g_assert_cmpint (expires, ==, hw_clock_now (fixture->clock) + 30 * 24 * HOUR);
  return token;
}

static gboolean
is_alive (Fixture *fixture, const char *token)
{
  HwSession *session = hw_store_lookup_session (fixture->store, token);
  gboolean alive = session != NULL;

  hw_session_unref (session);
  return alive;
}

static void
test_token_opens_its_account (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = sign_in (fixture, HW_ROLE_EMBASSY_LIAISON);
  HwSession *session = hw_store_lookup_session (fixture->store, token);

  g_assert_cmpuint (strlen (token), ==, 43);
  g_assert_nonnull (session);
  g_assert_cmpstr (session->actor->user, ==, fixture_user (fixture, HW_ROLE_EMBASSY_LIAISON));
  g_assert_cmpint (session->actor->role, ==, HW_ROLE_EMBASSY_LIAISON);
  g_assert_cmpstr (session->actor->mission, ==, fixture->mission);
  g_assert_cmpstr (session->actor->device, ==, "device-1");
  hw_session_unref (session);
  g_assert_false (is_alive (fixture, "something-else"));
  g_assert_false (is_alive (fixture, ""));
}

static void
test_database_holds_no_token (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = sign_in (fixture, HW_ROLE_CASEWORKER);
  HwDb *db = hw_store_acquire_reader (fixture->store);
  HwStatement *statement = hw_db_prepare (db, "SELECT hash FROM session");

  g_assert_true (hw_statement_step (statement, NULL));
  g_assert_cmpstr (hw_statement_text (statement, 0), !=, token);
  hw_statement_reset (statement);
  hw_store_release_reader (fixture->store, db);
}

static void
test_idle_session_ends (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = sign_in (fixture, HW_ROLE_CASEWORKER);

  hw_clock_advance (fixture->clock, 11 * HOUR);
  g_assert_true (is_alive (fixture, token));
  hw_clock_advance (fixture->clock, 11 * HOUR);
  g_assert_true (is_alive (fixture, token));
  fixture_reopen (fixture);
  hw_clock_advance (fixture->clock, 11 * HOUR);
  g_assert_true (is_alive (fixture, token));
  hw_clock_advance (fixture->clock, 12 * HOUR);
  g_assert_false (is_alive (fixture, token));
}

static void
test_no_session_outlives_thirty_days (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = sign_in (fixture, HW_ROLE_CASEWORKER);

  for (guint i = 0; i < 71; i++)
    {
      hw_clock_advance (fixture->clock, 10 * HOUR);
      g_assert_true (is_alive (fixture, token));
    }
  hw_clock_advance (fixture->clock, 10 * HOUR);
  g_assert_false (is_alive (fixture, token));
}

static void
test_revoked_is_gone_at_once (Fixture *fixture, gconstpointer data)
{
  g_autofree char *one = sign_in (fixture, HW_ROLE_CASEWORKER);
  g_autofree char *two = sign_in (fixture, HW_ROLE_CASEWORKER);
  g_autofree char *other = sign_in (fixture, HW_ROLE_SUPERVISOR);
  HwSession *held = hw_store_lookup_session (fixture->store, one);

  g_assert_true (is_alive (fixture, two));
  g_assert_true (hw_store_end_session (fixture->store, one, NULL));
  g_assert_false (is_alive (fixture, one));
  g_assert_true (is_alive (fixture, two));
  /* Whoever still holds it reads memory that is there. */
  g_assert_cmpint (held->actor->role, ==, HW_ROLE_CASEWORKER);
  hw_session_unref (held);

  g_assert_true (hw_store_end_sessions_of (fixture->store, fixture_user (fixture, HW_ROLE_CASEWORKER), NULL));
  g_assert_false (is_alive (fixture, two));
  g_assert_true (is_alive (fixture, other));
}

static void
test_changed_account_must_sign_in_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = sign_in (fixture, HW_ROLE_CASEWORKER);
  g_autoptr (HwAccount) account
    = hw_store_account (fixture->store, fixture_user (fixture, HW_ROLE_CASEWORKER), NULL);

  g_assert_true (is_alive (fixture, token));
  account->role = HW_ROLE_SUPERVISOR;
  g_assert_true (hw_store_put_account (fixture->store, account, NULL));
  g_assert_false (is_alive (fixture, token));
}

/* Only a token that was revoked is told so: one that is unknown, or signed out, is not. */
static void
test_revoked_device (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lost = sign_in (fixture, HW_ROLE_CASEWORKER);
  g_autofree char *signed_out = sign_in (fixture, HW_ROLE_CASEWORKER);
  g_autofree char *later = NULL;
  guint n = 0;

  g_assert_true (hw_store_end_session (fixture->store, signed_out, NULL));
  g_assert_false (hw_store_token_revoked (fixture->store, lost));
  g_assert_true (hw_store_revoke_device (fixture->store, "device-1", &n, NULL));
  g_assert_cmpuint (n, ==, 1);
  g_assert_false (is_alive (fixture, lost));
  g_assert_true (hw_store_token_revoked (fixture->store, lost));
  g_assert_false (hw_store_token_revoked (fixture->store, signed_out));
  g_assert_false (hw_store_token_revoked (fixture->store, "something-else"));
  later = sign_in (fixture, HW_ROLE_CASEWORKER);
  g_assert_true (is_alive (fixture, later));
  g_assert_false (hw_store_token_revoked (fixture->store, later));
}

/* However long it lay in a drawer. */
static void
test_revoked_account (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = sign_in (fixture, HW_ROLE_CASEWORKER);
  g_autofree char *other = NULL;
  g_autoptr (HwAccount) account = NULL;
  guint n = 0;

  hw_clock_advance (fixture->clock, 60 * 24 * HOUR);
  other = sign_in (fixture, HW_ROLE_SUPERVISOR);
  g_assert_false (is_alive (fixture, token));
  g_assert_true (hw_store_revoke_account (fixture->store, fixture_user (fixture, HW_ROLE_CASEWORKER), &n, NULL));
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (hw_store_token_revoked (fixture->store, token));
  g_assert_true (is_alive (fixture, other));
  g_assert_false (hw_store_token_revoked (fixture->store, other));
  account = hw_store_account (fixture->store, fixture_user (fixture, HW_ROLE_CASEWORKER), NULL);
  g_assert_true (account->disabled);
}

#define TEST(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/session/token-opens-its-account", test_token_opens_its_account);
  TEST ("/session/database-holds-no-token", test_database_holds_no_token);
  TEST ("/session/idle-session-ends", test_idle_session_ends);
  TEST ("/session/none-outlives-thirty-days", test_no_session_outlives_thirty_days);
  TEST ("/session/revoked-is-gone-at-once", test_revoked_is_gone_at_once);
  TEST ("/session/changed-account-must-sign-in-again", test_changed_account_must_sign_in_again);
  TEST ("/session/revoked-laptop-is-told", test_revoked_device);
  TEST ("/session/revoked-account-is-told-however-late", test_revoked_account);
  return g_test_run ();
}
