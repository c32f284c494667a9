/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The engine over a scripted transport: what it asks, in which order, and what it shows meanwhile.
 */
#include <string.h>

#include "desk.h"
#include "fake-server.h"
#include "scripted-transport.h"
#include "store/hw-readings.h"
#include "sync/hw-sync-engine-private.h"
#include "sync/hw-sync-audit.h"

#define OP_1 "01890000-0000-7000-8000-000000000001"
#define OP_2 "01890000-0000-7000-8000-000000000002"
#define NAMES "[{\"id\":\"u2\",\"name\":\"Jeanne\",\"role\":\"medical\"}]"
#define SESSION                                                                                    \
  "{\"token\":\"second\",\"expires_at\":\"2026-12-01T00:00:00Z\",\"user\":{\"id\":\"%s\","         \
  "\"name\":\"Aline\",\"role\":\"caseworker\",\"office\":\"" DESK_OFFICE "\"}}"

static gboolean
body_contains (const HwTransportRequest *request, const char *text)
{
  gsize size;
  const char *bytes = g_bytes_get_data (request->body, &size);

  return g_strstr_len (bytes, (gssize) size, text) != NULL;
}

static void
answer_page (ScriptedTransport *transport, const char *cursor, gboolean more, const char *items)
{
  g_autofree char *page = desk_page (cursor, more, items);

  scripted_transport_answer_full (transport, 200, page, "\"tag\"", 0);
}

static void
answer_applied (ScriptedTransport *transport, const char *operation, const char *case_id)
{
  g_autofree char *put = desk_put (case_id, 1, "Farwaniya");
  g_autofree char *body = g_strdup_printf (
    "{\"results\":[{\"id\":\"%s\",\"status\":\"applied\",\"rev\":1,\"item\":%s}]}", operation, put);

  scripted_transport_answer (transport, 200, body);
}

static void
start (Desk *desk)
{
  hw_sync_engine_set_token (desk->engine, "first");
  hw_sync_engine_start (desk->engine);
}

/* From a first empty pull to rest. */
static void
come_to_rest (Desk *desk, ScriptedTransport *transport)
{
  start (desk);
  scripted_transport_expect (transport, "GET /v1/changes");
  answer_page (transport, "c1", FALSE, "");
  scripted_transport_expect (transport, "GET /v1/changes?cursor=c1");
  scripted_transport_answer (transport, 304, NULL);
  scripted_transport_expect (transport, "GET /v1/users/names");
  scripted_transport_answer (transport, 200, NAMES);
  desk_wait_state (desk, HW_SYNC_STATE_SYNCED);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}

static void
test_story (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  g_autofree char *put = desk_put (DESK_CASE_2, 3, "Hawally");
  const HwTransportRequest *request;
  g_autoptr (HwRecord) record = NULL;

  desk_open_case (desk, DESK_CASE_1, OP_1);
  fake_wait_until (hw_sync_engine_waiting (desk->engine) == 1);
  start (desk);
  request = scripted_transport_expect (transport, "POST /v1/operations");
  g_assert_cmpstr (request->token, ==, "first");
  g_assert_true (body_contains (request, OP_1));
  answer_applied (transport, OP_1, DESK_CASE_1);

  request = scripted_transport_expect (transport, "GET /v1/changes");
  g_assert_null (request->etag);
  g_assert_cmpuint (hw_sync_engine_waiting (desk->engine), ==, 0);
  g_assert_cmpint (hw_sync_engine_state (desk->engine), ==, HW_SYNC_STATE_SYNCING);
  answer_page (transport, "c/1+", TRUE, put);
  request = scripted_transport_expect (transport, "GET /v1/changes?cursor=c%2F1%2B");
  g_assert_null (request->etag);
  answer_page (transport, "c2", FALSE, "");

  /* The stream is open by now, and one pull more closes the gap before it. */
  request = scripted_transport_expect (transport, "GET /v1/changes?cursor=c2");
  g_assert_cmpstr (request->etag, ==, "\"tag\"");
  g_assert_true (scripted_transport_listening (transport));
  scripted_transport_answer (transport, 304, NULL);
  scripted_transport_expect (transport, "GET /v1/users/names");
  scripted_transport_answer (transport, 200, NAMES);
  fake_wait_until (g_str_equal (hw_sync_engine_user_name (desk->engine, "u2"), "Jeanne"));
  g_assert_cmpstr (hw_sync_engine_user_name (desk->engine, "system:u2"), ==, "Jeanne");
  g_assert_cmpstr (hw_sync_engine_user_name (desk->engine, DESK_USER), ==, "Aline");

  g_assert_cmpint (hw_sync_engine_state (desk->engine), ==, HW_SYNC_STATE_SYNCED);
  g_assert_cmpint (hw_sync_engine_last_synced (desk->engine), ==, DESK_NOW);
  g_assert_null (hw_sync_engine_message (desk->engine));
  record = desk_case (desk, DESK_CASE_2);
  g_assert_cmpstr (hw_record_get_text (record, HW_FIELD_CASE_LOCATION_PLACE), ==, "Hawally");
}

static void
test_notifies (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  g_autofree char *first = NULL, *second = NULL, *third = NULL;

  come_to_rest (desk, transport);
  first = desk_notified (desk);
  g_assert_cmpstr (first, ==, "state=1 last-synced state=2");
  /* A poll that brings nothing shows nothing but its time. */
  desk_advance (desk, 400);
  scripted_transport_expect (transport, "GET /v1/changes?cursor=c1");
  scripted_transport_answer (transport, 304, NULL);
  fake_wait_until (hw_sync_engine_last_synced (desk->engine) > DESK_NOW);
  second = desk_notified (desk);
  g_assert_cmpstr (second, ==, "last-synced");
  desk_advance (desk, 400);
  scripted_transport_expect (transport, "GET /v1/changes?cursor=c1");
  scripted_transport_fail (transport);
  desk_wait_state (desk, HW_SYNC_STATE_OFFLINE);
  third = desk_notified (desk);
  g_assert_cmpstr (third, ==, "state=0");
}

static void
test_refusal (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  g_autofree char *put = desk_put (DESK_CASE_2, 1, "Farwaniya");
  g_autofree char *body = g_strdup_printf (
    "{\"results\":[{\"id\":\"" OP_1 "\",\"status\":\"refused\",\"problem\":{\"type\":\"urn:homeward:"
    "problem:role\",\"title\":\"No\",\"status\":403}},{\"id\":\"" OP_2
    "\",\"status\":\"applied\",\"rev\":1,\"item\":%s}]}",
    put);
  g_autoptr (GPtrArray) refusals = NULL;

  desk_open_case (desk, DESK_CASE_1, OP_1);
  desk_open_case (desk, DESK_CASE_2, OP_2);
  start (desk);
  scripted_transport_expect (transport, "POST /v1/operations");
  scripted_transport_answer (transport, 200, body);
  scripted_transport_expect (transport, "GET /v1/changes");
  answer_page (transport, "c1", FALSE, "");
  scripted_transport_expect (transport, "GET /v1/changes?cursor=c1");
  g_assert_cmpuint (hw_sync_engine_waiting (desk->engine), ==, 0);
  g_assert_cmpuint (hw_sync_engine_refused (desk->engine), ==, 1);
  refusals = hw_outbox_refusals (desk->store, NULL);
  g_assert_cmpuint (refusals->len, ==, 1);
  scripted_transport_answer (transport, 304, NULL);
}

#define UNKNOWN_PARENT                                                                             \
  "\"status\":\"refused\",\"problem\":{\"type\":\"urn:homeward:problem:parent-unknown\"}"

/* It is kept and sent again after its parent, without a change to the queue meanwhile. */
static void
test_parent (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  g_autofree char *put = desk_put (DESK_CASE_1, 1, "Farwaniya");
  g_autofree char *body
    = g_strdup_printf ("{\"results\":[{\"id\":\"" OP_1 "\"," UNKNOWN_PARENT "},{\"id\":\"" OP_2
                       "\",\"status\":\"applied\",\"rev\":1,\"item\":%s}]}",
                       put);
  const HwTransportRequest *request;

  desk_open_case (desk, DESK_CASE_2, OP_1);
  desk_open_case (desk, DESK_CASE_1, OP_2);
  start (desk);
  scripted_transport_expect (transport, "POST /v1/operations");
  scripted_transport_answer (transport, 200, body);
  request = scripted_transport_expect (transport, "POST /v1/operations");
  g_assert_true (body_contains (request, OP_1) && !body_contains (request, OP_2));
  scripted_transport_answer (transport, 200, "{\"results\":[{\"id\":\"" OP_1 "\"," UNKNOWN_PARENT "}]}");
  scripted_transport_expect (transport, "GET /v1/changes");
  g_assert_cmpuint (hw_sync_engine_waiting (desk->engine), ==, 1);
  g_assert_cmpuint (hw_sync_engine_refused (desk->engine), ==, 0);
  answer_page (transport, "c1", FALSE, put);
  request = scripted_transport_expect (transport, "POST /v1/operations");
  g_assert_true (body_contains (request, OP_1) && !body_contains (request, OP_2));
  answer_applied (transport, OP_1, DESK_CASE_2);
  scripted_transport_expect (transport, "GET /v1/changes?cursor=c1");
  g_assert_cmpuint (hw_sync_engine_waiting (desk->engine), ==, 0);
}

/* What belongs to a record that was refused is refused and shown with it, instead of waiting for ever. */
static void
test_lost_parent (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));

  desk_open_case (desk, DESK_CASE_1, OP_1);
  desk_rename_place (desk, DESK_CASE_1, OP_2);
  start (desk);
  scripted_transport_expect (transport, "POST /v1/operations");
  scripted_transport_answer (transport, 200,
                             "{\"results\":[{\"id\":\"" OP_1
                             "\",\"status\":\"quarantined\"},{\"id\":\"" OP_2 "\"," UNKNOWN_PARENT
                             "}]}");
  scripted_transport_expect (transport, "GET /v1/changes");
  g_assert_cmpuint (hw_sync_engine_waiting (desk->engine), ==, 0);
  g_assert_cmpuint (hw_sync_engine_refused (desk->engine), ==, 1);
}

static void
test_session_renewed (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  g_autofree char *session = g_strdup_printf (SESSION, DESK_USER);
  g_autofree char *kept = NULL;
  const HwTransportRequest *request;

  hw_sync_engine_set_credentials (desk->engine, "caseworker", "a long password");
  desk_open_case (desk, DESK_CASE_1, OP_1);
  start (desk);
  scripted_transport_expect (transport, "POST /v1/operations");
  scripted_transport_answer (transport, 401, NULL);
  request = scripted_transport_expect (transport, "POST /v1/sessions");
  g_assert_true (body_contains (request, "a long password"));
  g_assert_true (body_contains (request, DESK_DEVICE));
  scripted_transport_answer (transport, 201, session);
  request = scripted_transport_expect (transport, "POST /v1/operations");
  g_assert_cmpstr (request->token, ==, "second");
  kept = hw_store_get_setting (desk->store, "session.token");
  g_assert_cmpstr (kept, ==, "second");
  answer_applied (transport, OP_1, DESK_CASE_1);
  scripted_transport_expect (transport, "GET /v1/changes");
}

/* TRUE: what stands at this address is never written to the swap. */
static gboolean
is_locked_memory (gconstpointer address)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean within = FALSE;

  g_assert_true (g_file_get_contents ("/proc/self/smaps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      guint64 begin, end;
      char *rest;

      begin = g_ascii_strtoull (lines[i], &rest, 16);
      if (*rest == '-')
        {
          end = g_ascii_strtoull (rest + 1, NULL, 16);
          within = (guintptr) address >= begin && (guintptr) address < end;
        }
      else if (within && g_str_has_prefix (lines[i], "VmFlags:"))
        return strstr (lines[i], " lo") != NULL;
    }
  return FALSE;
}

/* It may be the passphrase too. */
static void
test_password_not_swapped (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));

  hw_sync_engine_set_credentials (desk->engine, "caseworker", "a long password");
  g_assert_cmpstr (desk->engine->password, ==, "a long password");
  g_assert_true (is_locked_memory (desk->engine->password));
  g_assert_false (is_locked_memory (desk->engine));
  start (desk);
  scripted_transport_expect (transport, "GET /v1/changes");
  hw_sync_engine_stop (desk->engine);
  g_assert_null (desk->engine->password);
}

static void
test_session_of_another (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  g_autofree char *session = g_strdup_printf (SESSION, "somebody-else");

  hw_sync_engine_set_credentials (desk->engine, "caseworker", "a long password");
  start (desk);
  scripted_transport_expect (transport, "GET /v1/changes");
  scripted_transport_answer (transport, 401, NULL);
  scripted_transport_expect (transport, "POST /v1/sessions");
  scripted_transport_answer (transport, 201, session);
  desk_wait_state (desk, HW_SYNC_STATE_SIGN_IN);
}

static void
test_session_ended (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  const HwTransportRequest *request;

  desk_open_case (desk, DESK_CASE_1, OP_1);
  start (desk);
  scripted_transport_expect (transport, "POST /v1/operations");
  scripted_transport_answer (transport, 401, NULL);
  desk_wait_state (desk, HW_SYNC_STATE_SIGN_IN);
  g_assert_nonnull (hw_sync_engine_message (desk->engine));
  g_assert_cmpuint (hw_sync_engine_waiting (desk->engine), ==, 1);
  g_assert_false (scripted_transport_is_asked (transport));
  hw_sync_engine_set_token (desk->engine, "third");
  request = scripted_transport_expect (transport, "POST /v1/operations");
  g_assert_cmpstr (request->token, ==, "third");
  answer_applied (transport, OP_1, DESK_CASE_1);
  scripted_transport_expect (transport, "GET /v1/changes");
}

static void
test_gone (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  g_autofree char *cursor = NULL;
  g_autoptr (HwRecord) record = NULL;

  come_to_rest (desk, transport);
  desk_open_case (desk, DESK_CASE_1, OP_1);
  scripted_transport_expect (transport, "POST /v1/operations");
  scripted_transport_fail (transport);
  desk_wait_state (desk, HW_SYNC_STATE_OFFLINE);
  desk_advance (desk, 10);
  scripted_transport_expect (transport, "POST /v1/operations");
  scripted_transport_answer (transport, 410, NULL);
  scripted_transport_expect (transport, "POST /v1/operations");
  cursor = hw_store_cursor (desk->store);
  g_assert_null (cursor);
  record = desk_case (desk, DESK_CASE_1);
  g_assert_nonnull (record);
  g_assert_cmpuint (hw_sync_engine_waiting (desk->engine), ==, 1);
  answer_applied (transport, OP_1, DESK_CASE_1);
  scripted_transport_expect (transport, "GET /v1/changes");
}

static void
older_cb (HwSyncEngine *engine, guint *n)
{
  (*n)++;
}

/* What waited is sent, the rest is fetched anew, and that it was so is kept until somebody has read it. */
static void
test_older_copy (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  g_autofree char *cursor = NULL, *id = NULL;
  guint64 next;
  guint n = 0;

  come_to_rest (desk, transport);
  g_assert_cmpuint (scripted_transport_told (transport), ==, 1);
  g_assert_false (hw_store_was_older (desk->store));
  desk_open_case (desk, DESK_CASE_1, OP_1);
  scripted_transport_expect (transport, "POST /v1/operations");
  scripted_transport_fail (transport);
  desk_wait_state (desk, HW_SYNC_STATE_OFFLINE);

  g_signal_connect (desk->engine, "older-copy", G_CALLBACK (older_cb), &n);
  scripted_transport_say_older (transport);
  desk_advance (desk, 10);
  scripted_transport_expect (transport, "POST /v1/operations");
  answer_applied (transport, OP_1, DESK_CASE_1);
  scripted_transport_expect (transport, "GET /v1/changes?cursor=c1");
  scripted_transport_answer (transport, 304, NULL);
  /* Acknowledged ones too: the office answers what it has as it did before. */
  scripted_transport_expect (transport, "POST /v1/operations");
  answer_applied (transport, OP_1, DESK_CASE_1);
  scripted_transport_expect (transport, "GET /v1/changes");
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (scripted_transport_told (transport), ==, 2);
  cursor = hw_store_cursor (desk->store);
  g_assert_null (cursor);
  g_assert_true (hw_store_was_older (desk->store));
  answer_page (transport, "c9", FALSE, "");
  desk_wait_state (desk, HW_SYNC_STATE_SYNCED);

  /* It counts on from where the server is. */
  id = hw_store_count_contact (desk->store, &next, NULL);
  g_assert_nonnull (id);
  g_assert_cmpuint (next, >, 10);
  g_assert_true (hw_store_forget_was_older (desk->store, NULL));
  g_assert_false (hw_store_was_older (desk->store));
}

static void
test_garbage (void)
{
  static const char *const answers[]
    = { "", "<html></html>", "{\"cursor\":\"c9\",\"more\":false,\"items\":[{}]}",
        "{\"cursor\":\"c1\",\"more\":true,\"items\":[]}" };
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));

  come_to_rest (desk, transport);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *cursor = NULL;

      desk_advance (desk, 400);
      scripted_transport_expect (transport, "GET /v1/changes?cursor=c1");
      scripted_transport_answer (transport, 200, answers[i]);
      desk_wait_state (desk, HW_SYNC_STATE_FAILED);
      g_assert_nonnull (hw_sync_engine_message (desk->engine));
      cursor = hw_store_cursor (desk->store);
      g_assert_cmpstr (cursor, ==, "c1");
      desk_advance (desk, 400);
      scripted_transport_expect (transport, "GET /v1/changes?cursor=c1");
      scripted_transport_answer (transport, 304, NULL);
      desk_wait_state (desk, HW_SYNC_STATE_SYNCED);
      g_assert_null (hw_sync_engine_message (desk->engine));
    }
}

static void
test_garbled_push (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));

  desk_open_case (desk, DESK_CASE_1, OP_1);
  start (desk);
  scripted_transport_expect (transport, "POST /v1/operations");
  scripted_transport_answer (transport, 200, "{\"results\":[]}");
  scripted_transport_expect (transport, "GET /v1/changes");
  g_assert_cmpint (hw_sync_engine_state (desk->engine), ==, HW_SYNC_STATE_FAILED);
  g_assert_cmpuint (hw_sync_engine_waiting (desk->engine), ==, 1);
}

static void
test_unreadable_operation (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  const HwTransportRequest *request;

  desk_open_case (desk, DESK_CASE_1, OP_1);
  desk_open_case (desk, DESK_CASE_2, OP_2);
  start (desk);
  scripted_transport_expect (transport, "POST /v1/operations");
  scripted_transport_answer (transport, 422, NULL);
  request = scripted_transport_expect (transport, "POST /v1/operations");
  g_assert_true (body_contains (request, OP_1) && !body_contains (request, OP_2));
  scripted_transport_answer (transport, 422, NULL);
  request = scripted_transport_expect (transport, "POST /v1/operations");
  g_assert_true (body_contains (request, OP_2) && !body_contains (request, OP_1));
  answer_applied (transport, OP_2, DESK_CASE_2);
  scripted_transport_expect (transport, "GET /v1/changes");
  g_assert_cmpint (hw_sync_engine_state (desk->engine), ==, HW_SYNC_STATE_FAILED);
  g_assert_cmpuint (hw_sync_engine_waiting (desk->engine), ==, 1);
}

static void
test_retry_after (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));

  start (desk);
  scripted_transport_expect (transport, "GET /v1/changes");
  scripted_transport_answer_full (transport, 503, NULL, NULL, 60);
  desk_wait_state (desk, HW_SYNC_STATE_OFFLINE);
  hw_sync_engine_sync_now (desk->engine);
  desk_advance (desk, 59);
  g_assert_false (scripted_transport_is_asked (transport));
  desk_advance (desk, 1);
  scripted_transport_expect (transport, "GET /v1/changes");
}

static void
test_stop_loses_nothing (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  const HwTransportRequest *request;

  desk_open_case (desk, DESK_CASE_1, OP_1);
  start (desk);
  scripted_transport_expect (transport, "POST /v1/operations");
  hw_sync_engine_stop (desk->engine);
  g_assert_false (scripted_transport_is_asked (transport));
  g_assert_false (scripted_transport_listening (transport));
  g_assert_cmpint (hw_sync_engine_state (desk->engine), ==, HW_SYNC_STATE_OFFLINE);
  start (desk);
  request = scripted_transport_expect (transport, "POST /v1/operations");
  g_assert_true (body_contains (request, OP_1));
}

static void
test_hint_and_typing (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));

  come_to_rest (desk, transport);
  g_signal_emit_by_name (transport, "hint");
  scripted_transport_expect (transport, "GET /v1/changes?cursor=c1");
  answer_page (transport, "c2", FALSE, "");
  desk_wait_state (desk, HW_SYNC_STATE_SYNCED);
  desk_open_case (desk, DESK_CASE_1, OP_1);
  scripted_transport_expect (transport, "POST /v1/operations");
  answer_applied (transport, OP_1, DESK_CASE_1);
  scripted_transport_expect (transport, "GET /v1/changes?cursor=c2");
  scripted_transport_answer (transport, 304, NULL);
  desk_wait_state (desk, HW_SYNC_STATE_SYNCED);
  g_signal_emit_by_name (transport, "stream-closed");
  desk_advance (desk, 80);
  scripted_transport_expect (transport, "GET /v1/changes?cursor=c2");
  scripted_transport_answer (transport, 304, NULL);
  scripted_transport_expect (transport, "GET /v1/changes?cursor=c2");
  g_assert_true (scripted_transport_listening (transport));
}

static void
history_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GPtrArray **entries = data;

  *entries = hw_sync_engine_history_finish (HW_SYNC_ENGINE (source), result, NULL);
}

static void
test_history (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  g_autoptr (GPtrArray) entries = NULL;

  come_to_rest (desk, transport);
  hw_sync_engine_history_async (desk->engine, HW_TYPE_ID_CASE, DESK_CASE_1, NULL, history_cb,
                                &entries);
  scripted_transport_expect (transport, "GET /v1/records/" DESK_CASE_1 "/history");
  scripted_transport_answer (
    transport, 200,
    "{\"entries\":[{\"field\":\"urgency\",\"rev\":2,\"value\":\"high\",\"by\":\"u2\",\"at\":null}]}");
  fake_wait_until (entries != NULL);
  g_assert_cmpuint (entries->len, ==, 1);
}

typedef struct
{
  HwAuditPage *page;
  GError *error;
} Looked;

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Looked *looked = data;

  looked->page = hw_sync_engine_audit_finish (HW_SYNC_ENGINE (source), result, &looked->error);
}

static void
test_audit (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  Looked answered = { NULL }, forbidden = { NULL };

  come_to_rest (desk, transport);
  hw_sync_engine_audit_async (desk->engine, DESK_CASE_1, "u&1", 40, NULL, looked_cb, &answered);
  scripted_transport_expect (transport, "GET /v1/audit?order=newest&limit=50&case=" DESK_CASE_1
                                        "&user=u%261&before=40");
  scripted_transport_answer (transport, 200, "{\"items\":[],\"more\":false}");
  fake_wait_until (answered.page != NULL);
  g_assert_cmpuint (answered.page->lines->len, ==, 0);
  g_assert_cmpint (answered.page->before, ==, 0);
  hw_audit_page_free (answered.page);

  hw_sync_engine_audit_async (desk->engine, NULL, NULL, 0, NULL, looked_cb, &forbidden);
  scripted_transport_expect (transport, "GET /v1/audit?order=newest&limit=50");
  scripted_transport_answer (transport, 404, "{}");
  fake_wait_until (forbidden.error != NULL);
  g_assert_error (forbidden.error, HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL);
  g_error_free (forbidden.error);
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  hw_store_note_readings_finish (HW_STORE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
note (Desk *desk, HwFieldId field)
{
  GPtrArray *readings = hw_readings_new ();
  gboolean done = FALSE;

  hw_readings_add (readings, DESK_CASE_1, field);
  hw_store_note_readings_async (desk->store, readings, noted_cb, &done);
  fake_wait_until (done);
  hw_sync_engine_tell_readings (desk->engine);
}

/* One request at a time, and nothing says which of these two is the first. */
static void
answer_names_and_reading (ScriptedTransport *transport, const char *field)
{
  for (guint i = 0; i < 2; i++)
    {
      if (scripted_transport_asks (transport, "GET /v1/users/names"))
        {
          scripted_transport_answer (transport, 200, NAMES);
          continue;
        }
      g_assert_true (body_contains (scripted_transport_expect (transport, "POST /v1/readings"), field));
      g_assert_true (body_contains (scripted_transport_expect (transport, "POST /v1/readings"),
                                    "\"record\":\"" DESK_CASE_1 "\""));
      scripted_transport_answer (transport, 204, NULL);
    }
}

static guint
n_noted (Desk *desk)
{
  g_autoptr (GPtrArray) readings = hw_store_readings_to_send (desk->store, 10, NULL);

  return readings->len;
}

/* What was read without a network is told when there is one, and kept until it has been. */
static void
test_readings (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));

  note (desk, HW_FIELD_CASE_PSEUDONYM);
  g_assert_cmpuint (n_noted (desk), ==, 1);
  start (desk);
  scripted_transport_expect (transport, "GET /v1/changes");
  answer_page (transport, "c1", FALSE, "");
  scripted_transport_expect (transport, "GET /v1/changes?cursor=c1");
  scripted_transport_answer (transport, 304, NULL);
  answer_names_and_reading (transport, "\"field\":\"case.pseudonym\"");
  fake_wait_until (n_noted (desk) == 0);

  note (desk, HW_FIELD_CASE_LOCATION_PLACE);
  scripted_transport_expect (transport, "POST /v1/readings");
  scripted_transport_answer (transport, 503, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (n_noted (desk), ==, 1);
  hw_sync_engine_stop (desk->engine);
  start (desk);
  for (guint i = 0; i < 2; i++)
    {
      scripted_transport_expect (transport, "GET /v1/changes?cursor=c1");
      scripted_transport_answer (transport, 304, NULL);
    }
  answer_names_and_reading (transport, "case.location_place");
  fake_wait_until (n_noted (desk) == 0);
}

/* ---- Over real sockets ---- */

static void
test_real_server (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (HwTransport) transport = hw_soup_transport_new (fake_server_url (server), NULL);
  g_autoptr (Desk) desk = desk_new (transport);
  g_autofree char *put = desk_put (DESK_CASE_2, 1, "Hawally");
  g_autofree char *page = desk_page ("c1", FALSE, put);
  g_autoptr (HwRecord) record = NULL;

  fake_server_add (server, "/v1/changes", (FakeReply){ .status = 200, .body = page, .etag = "\"1\"" });
  fake_server_add (server, "/v1/changes", (FakeReply){ .status = 304 });
  fake_server_add (server, "/v1/events", (FakeReply){ .never = TRUE });
  fake_server_add (server, "/v1/users/names", (FakeReply){ .status = 200, .body = NAMES });
  start (desk);
  desk_wait_state (desk, HW_SYNC_STATE_SYNCED);
  record = desk_case (desk, DESK_CASE_2);
  g_assert_nonnull (record);
}

static void
test_lying_servers (void)
{
  static const struct
  {
    const char *bytes;
    HwSyncState state;
  } rows[] = {
    { "", HW_SYNC_STATE_OFFLINE },
    { "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"results\":[", HW_SYNC_STATE_OFFLINE },
    { "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull", HW_SYNC_STATE_FAILED },
    { "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n",
      HW_SYNC_STATE_FAILED },
    { "HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", HW_SYNC_STATE_FAILED },
    { "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n", HW_SYNC_STATE_SIGN_IN },
    { "HTTP/1.1 503 Later\r\nRetry-After: 9\r\nContent-Length: 0\r\n\r\n", HW_SYNC_STATE_OFFLINE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *url = NULL;
      g_autoptr (GSocketService) service = fake_raw_server_new (rows[i].bytes, &url);
      g_autoptr (HwTransport) transport = hw_soup_transport_new (url, NULL);
      g_autoptr (Desk) desk = desk_new (transport);

      desk_open_case (desk, DESK_CASE_1, OP_1);
      start (desk);
      fake_wait_until (hw_sync_engine_state (desk->engine) == HW_SYNC_STATE_SYNCING);
      desk_wait_state (desk, rows[i].state);
      g_assert_cmpuint (hw_sync_engine_waiting (desk->engine), ==, 1);
      hw_sync_engine_stop (desk->engine);
      g_socket_service_stop (service);
    }
}

/* ---- A page ahead ---- */

/* A first page is here and the next one is being fetched. */
static void
come_to_a_page_ahead (Desk *desk, ScriptedTransport *transport)
{
  g_autofree char *put = desk_put (DESK_CASE_1, 1, "Farwaniya");

  start (desk);
  scripted_transport_expect (transport, "GET /v1/changes");
  answer_page (transport, "c1", TRUE, put);
  scripted_transport_expect (transport, "GET /v1/changes?cursor=c1");
}

static void
test_ahead_used (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  g_autofree char *put = desk_put (DESK_CASE_2, 1, "Hawally");
  g_autoptr (HwRecord) first = NULL;
  g_autoptr (HwRecord) second = NULL;

  come_to_a_page_ahead (desk, transport);
  answer_page (transport, "c2", FALSE, put);
  scripted_transport_expect (transport, "GET /v1/changes?cursor=c2");
  first = desk_case (desk, DESK_CASE_1);
  second = desk_case (desk, DESK_CASE_2);
  g_assert_nonnull (first);
  g_assert_nonnull (second);
}

/* Typed while the first page was being kept: pushed before anything more is taken in. */
static void
test_ahead_dropped (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  g_autofree char *put = desk_put (DESK_CASE_2, 1, "Hawally");
  g_autofree char *stale = desk_page ("c9", FALSE, put);
  g_autoptr (HwRecord) never = NULL;

  come_to_a_page_ahead (desk, transport);
  hw_sync_engine_tell (desk->engine, &(HwSyncEvent){ .kind = HW_SYNC_EVENT_LOCAL_CHANGE });
  fake_wait_until (desk->engine->ahead == NULL);
  while (!scripted_transport_has_older (transport))
    g_main_context_iteration (NULL, TRUE);
  scripted_transport_answer_older (transport, stale);
  scripted_transport_expect (transport, "GET /v1/changes?cursor=c1");
  answer_page (transport, "c2", FALSE, "");
  scripted_transport_expect (transport, "GET /v1/changes?cursor=c2");
  never = desk_case (desk, DESK_CASE_2);
  g_assert_null (never);
}

static void
test_ahead_failed (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));
  g_autofree char *cursor = NULL;

  come_to_a_page_ahead (desk, transport);
  scripted_transport_fail (transport);
  desk_wait_state (desk, HW_SYNC_STATE_OFFLINE);
  cursor = hw_store_cursor (desk->store);
  g_assert_cmpstr (cursor, ==, "c1");
  desk_advance (desk, 10);
  scripted_transport_expect (transport, "GET /v1/changes?cursor=c1");
  answer_page (transport, "c2", FALSE, "");
}

static void
test_ahead_stopped (void)
{
  g_autoptr (ScriptedTransport) transport = scripted_transport_new ();
  g_autoptr (Desk) desk = desk_new (HW_TRANSPORT (transport));

  come_to_a_page_ahead (desk, transport);
  hw_sync_engine_stop (desk->engine);
  g_assert_null (desk->engine->ahead);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/pushes-pulls-listens-and-shows-it", test_story);
  g_test_add_func ("/engine/notifies-only-on-change", test_notifies);
  g_test_add_func ("/engine/one-refusal-stops-nothing-else", test_refusal);
  g_test_add_func ("/engine/sends-a-child-again-after-its-parent", test_parent);
  g_test_add_func ("/engine/shows-a-child-refused-with-its-parent", test_lost_parent);
  g_test_add_func ("/engine/renews-the-session-by-itself", test_session_renewed);
  g_test_add_func ("/engine/keeps-the-password-out-of-the-swap", test_password_not_swapped);
  g_test_add_func ("/engine/refuses-the-session-of-another-person", test_session_of_another);
  g_test_add_func ("/engine/asks-for-the-password-and-keeps-the-queue", test_session_ended);
  g_test_add_func ("/engine/forgets-on-410-and-keeps-the-queue", test_gone);
  g_test_add_func ("/engine/begins-anew-from-an-older-copy", test_older_copy);
  g_test_add_func ("/engine/takes-nothing-from-garbage", test_garbage);
  g_test_add_func ("/engine/keeps-what-a-garbled-answer-was-about", test_garbled_push);
  g_test_add_func ("/engine/sets-aside-what-the-server-cannot-read", test_unreadable_operation);
  g_test_add_func ("/engine/waits-as-long-as-it-is-told", test_retry_after);
  g_test_add_func ("/engine/loses-nothing-when-stopped", test_stop_loses_nothing);
  g_test_add_func ("/engine/follows-hints-and-typing", test_hint_and_typing);
  g_test_add_func ("/engine/fetches-a-history", test_history);
  g_test_add_func ("/engine/looks-back-on-the-chain", test_audit);
  g_test_add_func ("/engine/tells-what-was-read-behind-a-mask", test_readings);
  g_test_add_func ("/engine/fetches-the-next-page-while-one-is-kept", test_ahead_used);
  g_test_add_func ("/engine/forgets-a-page-fetched-before-something-was-typed", test_ahead_dropped);
  g_test_add_func ("/engine/loses-no-page-when-the-next-one-fails", test_ahead_failed);
  g_test_add_func ("/engine/stops-in-the-middle-of-a-page-ahead", test_ahead_stopped);
  g_test_add_func ("/engine/works-over-a-real-socket", test_real_server);
  g_test_add_func ("/engine/loses-nothing-to-a-lying-server", test_lying_servers);
  return g_test_run ();
}
