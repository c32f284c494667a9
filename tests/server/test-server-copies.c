/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An older folder of a laptop that was put back is noticed. A copy tells a count that it has told before, or was followed by
 * another: the server says so, writes it down as a matter of security, and counts on. A desktop then begins from nothing
 * and loses nothing that waited to be sent.
 */
#include "tests/server/hw-test-server.h"

#include "store/hw-outbox.h"
#include "store/hw-profile.h"
#include "support/hw-test-folder.h"
#include "sync/hw-sync-engine.h"

#include <glib/gstdio.h>
#include <string.h>

#define CASE "018f2222-0000-7000-8000-000000000001"
#define FIRST "018f2222-0000-4000-8000-00000000c001"
#define SECOND "018f2222-0000-4000-8000-00000000c002"
#define PATIENCE_S 30

typedef struct
{
  HwTestServer *server;
  char         *token; /* (owned) of the caseworker, at her laptop */
} Fixture;

static HwOperation *
operation_on (HwAction action)
{
  g_autofree char *operation = hw_uuid_v4 ();

  return hw_operation_new (operation, action, HW_TYPE_ID_CASE, CASE, CASE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwStore) store = NULL;
  g_autofree char *owner = hw_test_user (HW_ROLE_CASEWORKER);
  HwOperation *record = operation_on (HW_ACTION_CREATE);

  fixture->server = hw_test_server_new ();
  store = hw_test_server_open_store (fixture->server);
  hw_operation_set_text (record, HW_FIELD_CASE_OWNER, owner, 0);
  hw_operation_set_text (record, HW_FIELD_CASE_OFFICE, HW_TEST_OFFICE, 0);
  hw_operation_set_text (record, HW_FIELD_CASE_STATUS, "active", 0);
  hw_test_commit (store, record, NULL);
  hw_store_close (store);
  hw_test_server_start (fixture->server, NULL);
  fixture->token = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hw_test_server_stop (fixture->server);
  hw_test_server_free (fixture->server);
  g_free (fixture->token);
}

/* ---- Told ---- */

static HwTestReply *
tell_as (Fixture *fixture, const char *token, const char *body)
{
  return hw_test_call (fixture->server, "POST", "/v1/sessions/current/copy", token, NULL, body);
}

static gint64
tell (Fixture *fixture, const char *token, const char *copy, guint count, gboolean older)
{
  g_autofree char *body = g_strdup_printf ("{\"id\":\"%s\",\"count\":%u}", copy, count);
  g_autoptr (HwTestReply) reply = tell_as (fixture, token, body);
  g_autoptr (JsonObject) json = NULL;

  g_assert_cmpuint (reply->status, ==, 200);
  json = hw_test_json (reply);
  g_assert_cmpint (json_object_get_boolean_member (json, "older"), ==, older);
  return json_object_get_int_member (json, "count");
}

/* How often the chain tells of it, as an auditor reads it. */
static guint
on_record (Fixture *fixture)
{
  g_autofree char *auditor = hw_test_sign_in (fixture->server, HW_ROLE_AUDITOR);
  g_autoptr (HwTestReply) reply = hw_test_call (fixture->server, "GET", "/v1/audit?limit=200", auditor, NULL, NULL);
  guint n = 0;

  g_assert_cmpuint (reply->status, ==, 200);
  for (const char *at = reply->body; (at = strstr (at, "\"older-copy\"")) != NULL; at++)
    n++;
  return n;
}

static void
test_told_twice (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (tell (fixture, fixture->token, FIRST, 1, FALSE), ==, 1);
  g_assert_cmpint (tell (fixture, fixture->token, FIRST, 2, FALSE), ==, 2);
  /* Lost on the way or never sent: a gap is nothing. */
  g_assert_cmpint (tell (fixture, fixture->token, FIRST, 7, FALSE), ==, 7);
  g_assert_cmpuint (on_record (fixture), ==, 0);
  g_assert_cmpint (tell (fixture, fixture->token, FIRST, 7, TRUE), ==, 8);
  g_assert_cmpint (tell (fixture, fixture->token, FIRST, 3, TRUE), ==, 9);
  g_assert_cmpuint (on_record (fixture), ==, 2);
  /* Stopped before it began anew, it counts on by itself and is still told. */
  g_assert_cmpint (tell (fixture, fixture->token, FIRST, 9, TRUE), ==, 10);
  g_assert_cmpint (tell (fixture, fixture->token, FIRST, 11, FALSE), ==, 11);
}

/* A laptop that was erased keeps another copy: the one before it is older, whatever it counts. */
static void
test_followed (Fixture *fixture, gconstpointer data)
{
  tell (fixture, fixture->token, FIRST, 5, FALSE);
  tell (fixture, fixture->token, SECOND, 1, FALSE);
  g_assert_cmpint (tell (fixture, fixture->token, FIRST, 900, TRUE), ==, 901);
  g_assert_cmpuint (on_record (fixture), ==, 1);
  /* From then on it is the newest, and the other is not. */
  tell (fixture, fixture->token, FIRST, 902, FALSE);
  tell (fixture, fixture->token, SECOND, 2, TRUE);
}

static void
test_apart (Fixture *fixture, gconstpointer data)
{
  g_autofree char *supervisor = hw_test_sign_in (fixture->server, HW_ROLE_SUPERVISOR);
  g_autofree char *liaison = hw_test_sign_in (fixture->server, HW_ROLE_EMBASSY_LIAISON);

  tell (fixture, fixture->token, FIRST, 50, FALSE);
  tell (fixture, supervisor, FIRST, 1, FALSE);
  tell (fixture, liaison, FIRST, 1, FALSE);
  g_assert_cmpuint (on_record (fixture), ==, 0);
}

static void
test_survives_the_server (Fixture *fixture, gconstpointer data)
{
  tell (fixture, fixture->token, FIRST, 5, FALSE);
  hw_test_server_stop (fixture->server);
  hw_test_server_start (fixture->server, NULL);
  tell (fixture, fixture->token, FIRST, 5, TRUE);
}

static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  static const char *const bodies[] = {
    "{}",
    "{\"id\":\"" FIRST "\"}",
    "{\"id\":\"x\",\"count\":1}",
    "{\"id\":\"" FIRST "\",\"count\":0}",
    "{\"id\":\"" FIRST "\",\"count\":-1}",
    "{\"id\":\"" FIRST "\",\"count\":1.5}",
    "{\"id\":\"" FIRST "\",\"count\":\"1\"}",
    "{\"id\":\"" FIRST "\",\"count\":9007199254740993}",
    "{\"id\":\"" FIRST "\",\"count\":1,\"more\":1}",
  };
  g_autoptr (HwTestReply) nobody = tell_as (fixture, NULL, "{\"id\":\"" FIRST "\",\"count\":1}");

  g_assert_cmpuint (nobody->status, ==, 401);
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (HwTestReply) reply = tell_as (fixture, fixture->token, bodies[i]);

      g_test_message ("%s", bodies[i]);
      g_assert_cmpuint (reply->status, ==, 422);
    }
  tell (fixture, fixture->token, FIRST, 1, FALSE);
}

/* ---- A desktop, and its folder put back ---- */

typedef struct
{
  char         *folder; /* (owned) of the vault */
  HwVault      *vault;  /* (owned) */
  HwStore      *store;  /* (owned) */
  HwActor      *actor;  /* (owned) */
  HwSyncEngine *engine; /* (owned) (nullable) */
  guint         n_older;
} Desk;

static void
older_cb (HwSyncEngine *engine, Desk *desk)
{
  desk->n_older++;
}

static void
desk_open (Desk *desk, const char *folder)
{
  g_autoptr (HwClock) clock = hw_clock_new_system ();
  g_autoptr (GError) error = NULL;
  g_autofree char *database = NULL;

  desk->folder = g_strdup (folder);
  desk->vault = hw_vault_exists (folder) ? hw_vault_open (folder, HW_TEST_PASSWORD, &error)
                                         : hw_vault_create (folder, HW_TEST_PASSWORD, &error);
  g_assert_no_error (error);
  database = hw_profile_database (desk->vault);
  desk->store = hw_store_open_in_vault (desk->vault, database, clock, &error);
  g_assert_no_error (error);
  desk->actor = hw_test_actor (HW_ROLE_CASEWORKER);
  hw_store_set_actor (desk->store, desk->actor);
  g_assert_true (hw_store_prove_newest (desk->store, &error));
}

static void
desk_connect (Desk *desk, Fixture *fixture)
{
  g_autoptr (HwClock) clock = hw_clock_new_system ();
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", fixture->server->port);
  g_autoptr (GError) error = NULL;
  g_autoptr (HwTransport) transport = hw_soup_transport_new (url, &error);

  g_assert_no_error (error);
  desk->engine = hw_sync_engine_new (desk->store, transport, clock);
  g_signal_connect (desk->engine, "older-copy", G_CALLBACK (older_cb), desk);
  hw_sync_engine_set_token (desk->engine, fixture->token);
  hw_sync_engine_start (desk->engine);
}

static void
desk_disconnect (Desk *desk)
{
  hw_sync_engine_stop (desk->engine);
  hw_worker_drain (hw_store_worker (desk->store));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_clear_object (&desk->engine);
}

static void
desk_close (Desk *desk)
{
  if (desk->engine != NULL)
    desk_disconnect (desk);
  hw_store_close (desk->store);
  g_clear_object (&desk->store);
  g_clear_object (&desk->vault);
  g_clear_pointer (&desk->actor, hw_actor_free);
  g_clear_pointer (&desk->folder, g_free);
}

static void
write_text (Desk *desk, HwFieldId field, const char *text)
{
  g_autoptr (HwRecord) record = hw_store_find_record (desk->store, CASE, NULL);
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_LOCAL, desk->actor);
  HwOperation *operation = operation_on (HW_ACTION_UPDATE);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (record);
  hw_operation_set_text (operation, field, text, hw_record_field_rev (record, field));
  hw_change_set_add (set, operation);
  results = hw_store_commit (desk->store, set, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((HwResult *) g_ptr_array_index (results, 0))->status, ==, HW_RESULT_APPLIED);
}

static gboolean
shows (Desk *desk, HwFieldId field, const char *text)
{
  g_autoptr (HwRecord) record = hw_store_find_record (desk->store, CASE, NULL);

  return record != NULL && g_strcmp0 (hw_record_get_text (record, field), text) == 0;
}

/* Nothing waits, all is fetched, and how often it was in contact was told. */
static void
wait_at_rest (Desk *desk)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;
  gboolean rests = FALSE;

  while (!rests && g_get_monotonic_time () < end)
    {
      g_autofree char *told = hw_store_get_setting (desk->store, "users.names");

      rests = hw_sync_engine_waiting (desk->engine) == 0 && told != NULL
              && hw_sync_engine_state (desk->engine) == HW_SYNC_STATE_SYNCED;
      if (!rests && !g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
  g_assert_true (rests);
}

/* A session of the desktop from its opening to rest, with something written first. */
static void
use (Desk *desk, Fixture *fixture, const char *folder, HwFieldId field, const char *text)
{
  desk_open (desk, folder);
  /* What ends a contact is told to the end. */
  g_assert_true (hw_store_set_setting (desk->store, "users.names", NULL, NULL));
  if (text != NULL)
    write_text (desk, field, text);
  desk_connect (desk, fixture);
  wait_at_rest (desk);
}

static void
copy_folder (const char *from, const char *to)
{
  const char *command[] = { "cp", "-a", from, to, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static void
test_folder_put_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *top = g_dir_make_tmp ("homeward-copies-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (top, "vault", NULL), *copy = g_build_filename (top, "copy", NULL);
  g_autoptr (HwStore) store = NULL;
  g_autoptr (HwRecord) record = NULL;
  Desk desk = { 0 };

  use (&desk, fixture, folder, 0, NULL);
  desk_close (&desk);
  copy_folder (folder, copy);
  use (&desk, fixture, folder, HW_FIELD_CASE_LOCATION_PLACE, "Salmiya");
  g_assert_cmpuint (desk.n_older, ==, 0);
  desk_close (&desk);

  /* The older folder, used without a network first: what is written then must reach the office. */
  hw_test_folder_remove (folder);
  g_assert_cmpint (g_rename (copy, folder), ==, 0);
  use (&desk, fixture, folder, HW_FIELD_CASE_PSEUDONYM, "Aline");
  for (gint64 end = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;
       desk.n_older == 0 && g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (desk.n_older, ==, 1);
  g_assert_true (hw_store_was_older (desk.store));
  wait_at_rest (&desk);
  g_assert_true (shows (&desk, HW_FIELD_CASE_LOCATION_PLACE, "Salmiya"));
  g_assert_true (shows (&desk, HW_FIELD_CASE_PSEUDONYM, "Aline"));
  desk_close (&desk);
  g_assert_cmpuint (on_record (fixture), ==, 1);

  /* It is the newest again. */
  use (&desk, fixture, folder, 0, NULL);
  g_assert_cmpuint (desk.n_older, ==, 1);
  g_assert_true (hw_store_forget_was_older (desk.store, NULL));
  desk_close (&desk);
  g_assert_cmpuint (on_record (fixture), ==, 1);
  store = hw_test_server_open_store (fixture->server);
  record = hw_store_find_record (store, CASE, NULL);
  g_assert_cmpstr (hw_record_get_text (record, HW_FIELD_CASE_PSEUDONYM), ==, "Aline");
  hw_store_close (store);
  hw_test_folder_remove (top);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/server/copies/told-twice-is-older-and-on-record", test_told_twice);
  ADD ("/server/copies/followed-by-another-is-older", test_followed);
  ADD ("/server/copies/accounts-and-laptops-are-apart", test_apart);
  ADD ("/server/copies/known-after-a-restart", test_survives_the_server);
  ADD ("/server/copies/garbage-is-refused", test_garbage);
  ADD ("/server/copies/a-folder-put-back-begins-anew-and-loses-nothing", test_folder_put_back);
  return g_test_run ();
}
