/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two desktops with their vaults, a server as a process, and the network between them: what one attaches without a
 * network the other sees, once it is there; and it is gone from the other's folder when its access ends.
 */
#include "tests/server/hw-test-server.h"

#include "domain/hw-content.h"
#include "store/hw-profile.h"
#include "support/hw-test-folder.h"
#include "support/hw-test-picture.h"
#include "sync/hw-sync-content.h"

#include <string.h>

#define CASE "018f2222-0000-7000-8000-000000000001"
#define FILE_ID "3b1f8a52-0000-4000-8000-000000000002"
#define ACCESS "018f2222-0000-7000-8000-000000000009"
#define PATIENCE_S 30

typedef struct
{
  char *folder; /* (owned) */
  HwVault *vault;
  HwStore *store;
  HwActor *actor;
  HwSyncEngine *engine; /* (nullable) until connected */
} Desk;

static void
desk_open (Desk *desk, HwRole role)
{
  g_autoptr (HwClock) clock = hw_clock_new_system ();
  g_autoptr (GError) error = NULL;
  g_autofree char *vault = NULL, *database = NULL;

  desk->folder = g_dir_make_tmp ("homeward-files-XXXXXX", &error);
  vault = g_build_filename (desk->folder, "vault", NULL);
  desk->vault = hw_vault_create (vault, HW_TEST_PASSWORD, &error);
  g_assert_no_error (error);
  database = hw_profile_database (desk->vault);
  desk->store = hw_store_open_in_vault (desk->vault, database, clock, &error);
  g_assert_no_error (error);
  desk->actor = hw_test_actor (role);
  hw_store_set_actor (desk->store, desk->actor);
}

static void
desk_connect (Desk *desk, HwTestServer *server)
{
  g_autoptr (HwClock) clock = hw_clock_new_system ();
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", server->port);
  g_autofree char *token = hw_test_sign_in (server, desk->actor->role);
  g_autoptr (GError) error = NULL;
  g_autoptr (HwTransport) transport = hw_soup_transport_new (url, &error);

  g_assert_no_error (error);
  desk->engine = hw_sync_engine_new (desk->store, transport, clock);
  hw_sync_engine_set_token (desk->engine, token);
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
  g_object_unref (desk->store);
  g_object_unref (desk->vault);
  hw_actor_free (desk->actor);
  hw_test_folder_remove (desk->folder);
  g_free (desk->folder);
}

typedef gboolean (*Condition) (Desk *desk);

static void
wait_for (Desk *desk, Condition condition)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;

  while (!condition (desk) && g_get_monotonic_time () < end)
    {
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
  g_assert_true (condition (desk));
}

static gboolean
has_sent (Desk *desk)
{
  return hw_store_kept (desk->store, FILE_ID, NULL) == HW_KEPT_SENT;
}

static gboolean
shows_nothing_to_send (Desk *desk)
{
  return hw_sync_engine_files (desk->engine) == 0;
}

static gboolean
has_record (Desk *desk)
{
  g_autoptr (HwRecord) record = hw_store_find_record (desk->store, FILE_ID, NULL);

  return record != NULL;
}

static gboolean
lost_record (Desk *desk)
{
  return !has_record (desk);
}

static guint
n_files (Desk *desk)
{
  g_autofree char *path = g_build_filename (desk->folder, "vault", "attachments", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

/* ---- The case ---- */

static HwOperation *
operation_on (HwAction action, HwTypeId type, const char *id)
{
  g_autofree char *operation = hw_uuid_v4 ();

  return hw_operation_new (operation, action, type, id, CASE);
}

static void
fill (HwTestServer *server)
{
  g_autoptr (HwStore) store = hw_test_server_open_store (server);
  g_autofree char *owner = hw_test_user (HW_ROLE_CASEWORKER);
  g_autofree char *driver = hw_test_user (HW_ROLE_MOVEMENT);
  HwOperation *record = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_CASE, CASE);
  HwOperation *access = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_CASE_ACCESS, ACCESS);

  hw_operation_set_text (record, HW_FIELD_CASE_OWNER, owner, 0);
  hw_operation_set_text (record, HW_FIELD_CASE_OFFICE, HW_TEST_OFFICE, 0);
  hw_operation_set_text (record, HW_FIELD_CASE_STATUS, "active", 0);
  hw_operation_set_text (access, HW_FIELD_CASE_ACCESS_USER, driver, 0);
  hw_operation_set_text (access, HW_FIELD_CASE_ACCESS_PURPOSE, "movement", 0);
  hw_test_commit (store, record, access, NULL);
  hw_store_close (store);
}

static void
attach (Desk *desk, GBytes *bytes)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_LOCAL, desk->actor);
  g_autofree char *digest = hw_content_digest (bytes);
  g_autoptr (HwValue) size = hw_value_new_integer ((gint64) g_bytes_get_size (bytes));
  HwOperation *operation = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_ATTACHMENT, FILE_ID);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_NAME, "passport.png", 0);
  hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_MEDIA_TYPE, HW_CONTENT_PNG, 0);
  hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_SHA256, digest, 0);
  hw_operation_set (operation, HW_FIELD_ATTACHMENT_SIZE, size, 0);
  hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_CATEGORY, "movement", 0);
  hw_change_set_add (set, operation);
  results = hw_store_attach (desk->store, set, FILE_ID, bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((HwResult *) g_ptr_array_index (results, 0))->status, ==, HW_RESULT_APPLIED);
}

typedef struct
{
  GBytes *bytes;
  GError *error;
  gboolean done;
} Fetched;

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fetched *fetched = data;

  fetched->bytes = hw_sync_engine_content_finish (HW_SYNC_ENGINE (source), result, &fetched->error);
  fetched->done = TRUE;
}

static GBytes *
fetch (Desk *desk)
{
  Fetched fetched = { 0 };

  hw_sync_engine_content_async (desk->engine, FILE_ID, NULL, fetched_cb, &fetched);
  while (!fetched.done)
    g_main_context_iteration (NULL, TRUE);
  g_clear_error (&fetched.error);
  return fetched.bytes;
}

/* ---- The tests ---- */

typedef struct
{
  HwTestServer *server;
  Desk owner, driver;
  GBytes *picture;
} World;

static void
set_up (World *world, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (700 * 1000, 'd');

  world->server = hw_test_server_new ();
  world->picture = hw_test_png (640, 480, long_text, "hidden");
  fill (world->server);
  hw_test_server_start (world->server, NULL);
  desk_open (&world->owner, HW_ROLE_CASEWORKER);
  desk_open (&world->driver, HW_ROLE_MOVEMENT);
}

static void
tear_down (World *world, gconstpointer data)
{
  desk_close (&world->owner);
  desk_close (&world->driver);
  g_bytes_unref (world->picture);
  hw_test_server_free (world->server);
}

static gboolean
has_case (Desk *desk)
{
  g_autoptr (HwRecord) record = hw_store_find_record (desk->store, CASE, NULL);

  return record != NULL;
}

static void
connect_owner_and_leave (World *world)
{
  desk_connect (&world->owner, world->server);
  wait_for (&world->owner, has_case);
  desk_disconnect (&world->owner);
}

static void
take_access (World *world)
{
  g_autofree char *token = hw_test_sign_in (world->server, HW_ROLE_SUPERVISOR);
  g_autofree char *id = hw_uuid_v4 ();
  g_autofree char *body = g_strdup_printf (
    "{\"operations\":[{\"id\":\"%s\",\"action\":\"delete\",\"type\":\"case_access\",\"record\":\"" ACCESS
    "\",\"case\":\"" CASE "\"}]}",
    id);
  g_autoptr (HwTestReply) reply
    = hw_test_call (world->server, "POST", "/v1/operations", token, NULL, body);

  if (strstr (reply->body, "\"applied\"") == NULL)
    g_error ("%s", reply->body);
}

static void
test_two_desktops (World *world, gconstpointer data)
{
  g_autoptr (GBytes) seen = NULL, again = NULL;

  connect_owner_and_leave (world);
  attach (&world->owner, world->picture);
  desk_connect (&world->owner, world->server);
  wait_for (&world->owner, has_sent);
  wait_for (&world->owner, shows_nothing_to_send);

  desk_connect (&world->driver, world->server);
  wait_for (&world->driver, has_record);
  g_assert_cmpuint (n_files (&world->driver), ==, 0);
  seen = fetch (&world->driver);
  g_assert_true (g_bytes_equal (seen, world->picture));
  g_assert_cmpuint (n_files (&world->driver), ==, 1);
  g_assert_cmpint (hw_store_kept (world->driver.store, FILE_ID, NULL), ==, HW_KEPT_FETCHED);

  take_access (world);
  hw_sync_engine_sync_now (world->driver.engine);
  wait_for (&world->driver, lost_record);
  g_assert_cmpuint (n_files (&world->driver), ==, 0);
  again = fetch (&world->driver);
  g_assert_null (again);
  g_assert_cmpuint (n_files (&world->owner), ==, 1);
}

/* Kept, it opens without a network. */
static void
test_kept_opens_offline (World *world, gconstpointer data)
{
  g_autoptr (GBytes) first = NULL, offline = NULL;

  connect_owner_and_leave (world);
  attach (&world->owner, world->picture);
  desk_connect (&world->owner, world->server);
  wait_for (&world->owner, has_sent);
  desk_connect (&world->driver, world->server);
  wait_for (&world->driver, has_record);
  first = fetch (&world->driver);
  hw_test_server_stop (world->server);
  offline = fetch (&world->driver);
  g_assert_true (g_bytes_equal (offline, world->picture));
}

static void
begin_by_hand (World *world, GBytes *part)
{
  g_autofree char *token = hw_test_sign_in (world->server, HW_ROLE_CASEWORKER);
  g_autofree char *name = g_base64_encode ((const guchar *) FILE_ID, strlen (FILE_ID));
  g_autofree char *headers
    = g_strdup_printf ("Tus-Resumable: 1.0.0\r\nUpload-Length: %zu\r\nUpload-Metadata: attachment %s\r\n"
                       "Content-Length: 0\r\n",
                       g_bytes_get_size (world->picture),
                       name);
  g_autoptr (HwTestReply) begun
    = hw_test_call (world->server, "POST", "/v1/uploads", token, headers, NULL);
  g_autofree char *path = hw_test_header (begun, "Location");
  g_autoptr (HwTestReply) sent = hw_test_call_bytes (
    world->server,
    "PATCH",
    path,
    token,
    "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\n",
    part);

  g_assert_cmpuint (sent->status, ==, 204);
}

static gint64
integer_of (World *world, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwDb) db = hw_db_open (world->server->database, HW_DB_READ_ONLY, &error);
  HwStatement *statement;
  gint64 number;

  g_assert_no_error (error);
  statement = hw_db_prepare (db, sql);
  g_assert_true (hw_statement_step (statement, &error));
  number = hw_statement_integer (statement, 0);
  hw_statement_reset (statement);
  return number;
}

static gboolean
has_pushed (Desk *desk)
{
  return hw_outbox_counts (desk->store).waiting == 0;
}

/* The first third had arrived when the line broke: the rest is sent, and that third is not. */
static void
test_goes_on (World *world, gconstpointer data)
{
  g_autoptr (GBytes) third = g_bytes_new_from_bytes (world->picture, 0, 233333);
  g_autoptr (GBytes) seen = NULL;

  connect_owner_and_leave (world);
  {
    /* Its record goes first; then the desktop is closed before its content does. */
    g_autoptr (HwStore) store = NULL;

    attach (&world->owner, world->picture);
    hw_test_server_stop (world->server);
    store = hw_test_server_open_store (world->server);
    {
      g_autoptr (GPtrArray) waiting = hw_outbox_next (world->owner.store, 10, NULL);
      g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_PUSH, world->owner.actor);
      g_autoptr (GPtrArray) results = NULL;

      for (guint i = 0; i < waiting->len; i++)
        hw_change_set_add (set, hw_operation_ref (g_ptr_array_index (waiting, i)));
      results = hw_store_commit (store, set, NULL);
      g_assert_cmpint (((HwResult *) g_ptr_array_index (results, 0))->status, ==, HW_RESULT_APPLIED);
    }
    hw_store_close (store);
    hw_test_server_start (world->server, NULL);
  }
  begin_by_hand (world, third);
  desk_connect (&world->owner, world->server);
  wait_for (&world->owner, has_pushed);
  wait_for (&world->owner, has_sent);
  g_assert_cmpint (integer_of (world, "SELECT count(*) FROM upload_part WHERE position = 0"), ==, 1);
  g_assert_cmpint (integer_of (world, "SELECT min(position) FROM upload_part WHERE position > 0"), ==, 233333);
  g_assert_cmpint (integer_of (world, "SELECT count(*) FROM upload WHERE complete = 1"), ==, 1);
}

static gboolean
was_refused (Desk *desk)
{
  return hw_store_kept (desk->store, FILE_ID, NULL) == HW_KEPT_REFUSED;
}

/* A desktop that was changed sends what is no picture: it is told, and what it has stays. */
static void
test_refused (World *world, gconstpointer data)
{
  g_autoptr (GBytes) page = g_bytes_new_static ("<html><script/></html>", 22);
  g_autofree char *problem = NULL;

  connect_owner_and_leave (world);
  attach (&world->owner, page);
  desk_connect (&world->owner, world->server);
  wait_for (&world->owner, was_refused);
  hw_store_kept (world->owner.store, FILE_ID, &problem);
  g_assert_nonnull (strstr (problem, "JPEG, PNG"));
  g_assert_cmpuint (n_files (&world->owner), ==, 1);
  g_assert_cmpint (integer_of (world, "SELECT count(*) FROM upload"), ==, 0);
}

/* ---- Lost before it was sent ---- */

static gboolean
holds_nothing (Desk *desk)
{
  return hw_store_kept (desk->store, FILE_ID, NULL) == HW_KEPT_NOT && n_files (desk) == 0
         && hw_outbox_counts (desk->store).waiting == 0;
}

static gboolean
was_lost (Desk *desk)
{
  return hw_store_kept (desk->store, FILE_ID, NULL) == HW_KEPT_LOST;
}

static HwTestReply *
ask_as (World *world, HwRole role, const char *method, const char *path, const char *body)
{
  g_autofree char *token = hw_test_sign_in (world->server, role);

  return hw_test_call (world->server, method, path, token, NULL, body);
}

/* While her laptop is closed, the case goes to another. */
static void
give_away (World *world)
{
  g_autoptr (HwStore) store = NULL;
  HwOperation *away = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_CASE, CASE);

  hw_test_server_stop (world->server);
  store = hw_test_server_open_store (world->server);
  hw_operation_set_text (away, HW_FIELD_CASE_OWNER, "018f0000-0000-7000-8000-00000000cafe", 0);
  hw_test_commit (store, away, NULL);
  hw_store_close (store);
  hw_test_server_start (world->server, NULL);
}

static void
assert_content (World *world, HwRole role, guint status)
{
  g_autoptr (HwTestReply) reply
    = ask_as (world, role, "GET", "/v1/attachments/" FILE_ID "/content", NULL);

  g_assert_cmpuint (reply->status, ==, status);
  if (status == 200)
    g_assert_cmpmem (
      reply->body, reply->size, g_bytes_get_data (world->picture, NULL), g_bytes_get_size (world->picture));
}

static char *
only_set_aside (World *world)
{
  g_autoptr (HwTestReply) list = ask_as (world, HW_ROLE_SUPERVISOR, "GET", "/v1/quarantine", NULL);
  g_autoptr (GRegex) first = g_regex_new ("\\{\"items\":\\[\\{\"id\":\"([^\"]+)\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  g_assert_true (g_regex_match (first, list->body, 0, &match));
  return g_match_info_fetch (match, 1);
}

static void
decide (World *world, const char *body)
{
  g_autofree char *id = only_set_aside (world);
  g_autofree char *path = g_strconcat ("/v1/quarantine/", id, NULL);
  g_autoptr (HwTestReply) reply = ask_as (world, HW_ROLE_SUPERVISOR, "POST", path, body);

  if (reply->status != 200)
    g_test_message ("%s", reply->body);
  g_assert_cmpuint (reply->status, ==, 200);
}

/* Attached without a network to a case that was lost meanwhile: record and content wait for a supervisor, and neither
 * stays on the laptop. */
static void
test_handed_over_aside (World *world, gconstpointer data)
{
  connect_owner_and_leave (world);
  attach (&world->owner, world->picture);
  give_away (world);
  desk_connect (&world->owner, world->server);
  wait_for (&world->owner, holds_nothing);
  g_assert_cmpuint (hw_outbox_counts (world->owner.store).quarantined, ==, 1);
  g_assert_cmpint (integer_of (world, "SELECT count(*) FROM upload WHERE complete = 1"), ==, 1);
  assert_content (world, HW_ROLE_SUPERVISOR, 404);
  decide (world, "{\"decision\":\"apply\"}");
  assert_content (world, HW_ROLE_SUPERVISOR, 200);
  assert_content (world, HW_ROLE_CASEWORKER, 404);
}

static void
push_by_hand (World *world)
{
  g_autoptr (HwStore) store = NULL;
  g_autoptr (GPtrArray) waiting = hw_outbox_next (world->owner.store, 10, NULL);
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_PUSH, world->owner.actor);
  g_autoptr (GPtrArray) results = NULL;

  hw_test_server_stop (world->server);
  store = hw_test_server_open_store (world->server);
  for (guint i = 0; i < waiting->len; i++)
    hw_change_set_add (set, hw_operation_ref (g_ptr_array_index (waiting, i)));
  results = hw_store_commit (store, set, NULL);
  g_assert_cmpint (((HwResult *) g_ptr_array_index (results, 0))->status, ==, HW_RESULT_APPLIED);
  hw_store_close (store);
  hw_test_server_start (world->server, NULL);
}

/* Its record had arrived while the case was hers; the line broke before its content. */
static void
test_handed_over_late (World *world, gconstpointer data)
{
  connect_owner_and_leave (world);
  attach (&world->owner, world->picture);
  push_by_hand (world);
  give_away (world);
  desk_connect (&world->owner, world->server);
  wait_for (&world->owner, holds_nothing);
  assert_content (world, HW_ROLE_SUPERVISOR, 200);
  assert_content (world, HW_ROLE_CASEWORKER, 404);
}

static HwTestReply *
begin_as (World *world, HwRole role)
{
  g_autofree char *token = hw_test_sign_in (world->server, role);
  g_autofree char *name = g_base64_encode ((const guchar *) FILE_ID, strlen (FILE_ID));
  g_autofree char *headers
    = g_strdup_printf ("Tus-Resumable: 1.0.0\r\nUpload-Length: %zu\r\nUpload-Metadata: attachment %s\r\n"
                       "Content-Length: 0\r\n",
                       g_bytes_get_size (world->picture),
                       name);

  return hw_test_call (world->server, "POST", "/v1/uploads", token, headers, NULL);
}

/* Nobody else hands anything over in its place, and nothing is taken for what was discarded. */
static void
test_not_handed_over (World *world, gconstpointer data)
{
  g_autoptr (HwTestReply) other = NULL, late = NULL;
  g_autoptr (GPtrArray) lost = NULL;
  g_autofree char *problem = NULL;

  connect_owner_and_leave (world);
  attach (&world->owner, world->picture);
  push_by_hand (world);
  give_away (world);
  other = begin_as (world, HW_ROLE_FOCAL_POINT);
  g_assert_cmpuint (other->status, ==, 404);
  {
    HwOperation *gone = operation_on (HW_ACTION_DELETE, HW_TYPE_ID_ATTACHMENT, FILE_ID);
    g_autoptr (HwStore) store = NULL;

    hw_test_server_stop (world->server);
    store = hw_test_server_open_store (world->server);
    hw_test_commit (store, gone, NULL);
    hw_store_close (store);
    hw_test_server_start (world->server, NULL);
  }
  late = begin_as (world, HW_ROLE_CASEWORKER);
  g_assert_cmpuint (late->status, ==, 404);
  desk_connect (&world->owner, world->server);
  wait_for (&world->owner, was_lost);
  wait_for (&world->owner, shows_nothing_to_send);
  g_assert_cmpuint (n_files (&world->owner), ==, 0);
  lost = hw_store_lost_contents (world->owner.store, NULL);
  g_assert_cmpuint (lost->len, ==, 1);
  hw_store_kept (world->owner.store, FILE_ID, &problem);
  g_assert_nonnull (strstr (problem, "does not wait for it"));
  g_assert_true (hw_store_dismiss_lost (world->owner.store, FILE_ID, NULL));
  g_assert_cmpint (hw_store_kept (world->owner.store, FILE_ID, NULL), ==, HW_KEPT_NOT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/server/files/" path, World, NULL, set_up, function, tear_down)
  ADD ("attached-here-seen-there-gone-with-access", test_two_desktops);
  ADD ("kept-opens-without-a-network", test_kept_opens_offline);
  ADD ("goes-on-where-it-broke-off", test_goes_on);
  ADD ("refused-is-told-and-kept", test_refused);
  ADD ("lost-before-it-was-sent-waits-for-a-supervisor", test_handed_over_aside);
  ADD ("lost-after-its-record-was-sent-still-arrives", test_handed_over_late);
  ADD ("not-handed-over-is-told", test_not_handed_over);
#undef ADD
  return g_test_run ();
}
