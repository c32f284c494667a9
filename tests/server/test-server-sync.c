/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Push, pull, records as resources, gates and hints, over a real socket.
 */
#include "tests/server/hw-test-server.h"

#include <string.h>

#define CASE "018f2222-0000-7000-8000-000000000001"
#define REQUEST "7c1f8a52-1111-4aaa-8bbb-000000000001"

typedef struct
{
  HwTestServer *server;
  char *caseworker; /* tokens */
  char *liaison;
  guint n_operations;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = hw_test_server_new ();
  hw_test_server_start (fixture->server, NULL);
  fixture->caseworker = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
  fixture->liaison = hw_test_sign_in (fixture->server, HW_ROLE_EMBASSY_LIAISON);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->server, hw_test_server_free);
  g_free (fixture->caseworker);
  g_free (fixture->liaison);
}

/* One operation pushed; its result. `rest` is everything behind the id. (transfer full) */
static JsonObject *
push (Fixture *fixture, const char *token, const char *id, const char *rest)
{
  g_autofree char *body = g_strdup_printf ("{\"operations\":[{\"id\":\"%s\",%s}]}", id, rest);
  g_autoptr (HwTestReply) reply
    = hw_test_call (fixture->server, "POST", "/v1/operations", token, NULL, body);
  g_autoptr (JsonObject) json = NULL;

  g_test_message ("%s", reply->body);
  g_assert_cmpuint (reply->status, ==, 200);
  json = hw_test_json (reply);
  return json_object_ref (
    json_array_get_object_element (json_object_get_array_member (json, "results"), 0));
}

static void
expect_push (
  Fixture *fixture, const char *token, const char *status, const char *problem, const char *rest)
{
  g_autofree char *id = hw_uuid_v4 ();
  g_autoptr (JsonObject) result = push (fixture, token, id, rest);

  g_assert_cmpstr (json_object_get_string_member (result, "status"), ==, status);
  if (problem != NULL)
    {
      g_autofree char *type = g_strconcat ("urn:homeward:problem:", problem, NULL);

      g_assert_cmpstr (
        json_object_get_string_member (json_object_get_object_member (result, "problem"), "type"),
        ==,
        type);
    }
}

static void
open_case (Fixture *fixture)
{
  g_autofree char *owner = hw_test_user (HW_ROLE_CASEWORKER);
  g_autofree char *create
    = g_strdup_printf ("\"action\":\"create\",\"type\":\"case\",\"record\":\"" CASE
                       "\",\"case\":\"" CASE "\",\"set\":{\"pseudonym\":\"Aline "
                       "N.\",\"status\":\"active\",\"urgency\":\"high\",\"owner\":\"%s\","
                       "\"office\":\"" HW_TEST_OFFICE "\",\"location_country\":\"KW\"}",
                       owner);

  expect_push (fixture, fixture->caseworker, "applied", NULL, create);
}

static void
open_request (Fixture *fixture)
{
  expect_push (fixture,
               fixture->caseworker,
               "applied",
               NULL,
               "\"action\":\"create\",\"type\":\"embassy_request\",\"record\":\"" REQUEST
               "\",\"case\":\"" CASE "\",\"set\":{\"mission\":\"" HW_TEST_MISSION
               "\",\"kind\":\"document\",\"status\":\"draft\"}");
}

static void
meet_the_embassy_gate (Fixture *fixture)
{
  expect_push (fixture,
               fixture->caseworker,
               "applied",
               NULL,
               "\"action\":\"create\",\"type\":\"person\",\"record\":\"018f2222-0000-7000-8000-"
               "000000000002\",\"case\":\"" CASE
               "\",\"set\":{\"role\":\"survivor\",\"given_names\":\"Aline\",\"birth_date\":{"
               "\"date\":\"2000-05-01\","
               "\"precision\":\"day\"}}");
  expect_push (fixture,
               fixture->caseworker,
               "applied",
               NULL,
               "\"action\":\"create\",\"type\":\"screening\",\"record\":\"018f2222-0000-7000-8000-"
               "000000000005\",\"case\":\"" CASE "\",\"set\":{\"is_minor\":\"no\"}");
  expect_push (fixture,
               fixture->caseworker,
               "applied",
               NULL,
               "\"action\":\"create\",\"type\":\"consent\",\"record\":\"018f2222-0000-7000-8000-"
               "000000000003\",\"case\":\"" CASE "\",\"set\":{\"recipient\":\"" HW_TEST_MISSION
               "\",\"purpose\":\"embassy_contact\",\"form\":\"explicit_oral\","
               "\"granted_at\":\"2020-11-20T09:00:00+02:00\"}");
  expect_push (
    fixture,
    fixture->caseworker,
    "applied",
    NULL,
    "\"action\":\"create\",\"type\":\"risk_assessment\",\"record\":\"018f2222-0000-7000-8000-"
    "000000000004\",\"case\":"
    "\"" CASE
    "\",\"set\":{\"asylum\":\"none\",\"official_involved\":\"no\",\"conclusion\":\"safe\","
    "\"assessed_on\":\"2020-11-20\"}");
}

#define MOVE(status)                                                                               \
  "\"action\":\"update\",\"type\":\"embassy_request\",\"record\":\"" REQUEST "\",\"case\":\"" CASE \
  "\",\"set\":{\"status\":\"" status "\"}"
/* As a mission's desktop writes it, which knows of no case. */
#define MISSION_MOVE(status)                                                                       \
  "\"action\":\"update\",\"type\":\"embassy_request\",\"record\":\"" REQUEST                       \
  "\",\"set\":{\"status\":\"" status "\"}"
/* With the revision of the status it saw: what is not possible from there is refused, not kept as a
 * conflict. */
#define FROM(base) ",\"base\":{\"status\":" base "}"

static void
send_request (Fixture *fixture)
{
  open_case (fixture);
  open_request (fixture);
  meet_the_embassy_gate (fixture);
  expect_push (fixture, fixture->caseworker, "applied", NULL, MOVE ("ready_to_send"));
  expect_push (fixture, fixture->caseworker, "applied", NULL, MOVE ("sent"));
}

/* ---- Push and pull ---- */

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = NULL, *first = NULL, *second = NULL, *paged = NULL;

  open_case (fixture);
  first = hw_test_pull (fixture->server, fixture->caseworker, 500, &cursor);
  g_assert_nonnull (strstr (first, "Aline N."));
  second = hw_test_pull (fixture->server, fixture->caseworker, 500, &cursor);
  g_assert_null (strstr (second, "Aline N."));
  expect_push (fixture,
               fixture->caseworker,
               "applied",
               NULL,
               "\"action\":\"update\",\"type\":\"case\",\"record\":\"" CASE "\",\"case\":\"" CASE
               "\",\"base\":{\"urgency\":1},\"set\":{\"urgency\":\"emergency\"}");
  paged = hw_test_pull (fixture->server, fixture->caseworker, 1, &cursor);
  g_assert_nonnull (strstr (paged, "\"emergency\""));
}

static void
test_nothing_new_is_304 (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwTestReply) page
    = hw_test_call (fixture->server, "GET", "/v1/changes", fixture->caseworker, NULL, NULL);
  g_autofree char *etag = hw_test_header (page, "ETag");
  g_autofree char *headers = g_strdup_printf ("If-None-Match: %s\r\n", etag);
  g_autoptr (JsonObject) json = hw_test_json (page);
  g_autofree char *path
    = g_strconcat ("/v1/changes?cursor=", json_object_get_string_member (json, "cursor"), NULL);
  g_autoptr (HwTestReply) quiet
    = hw_test_call (fixture->server, "GET", path, fixture->caseworker, headers, NULL);
  g_autoptr (HwTestReply) loud = NULL;

  g_assert_cmpuint (quiet->status, ==, 304);
  open_case (fixture);
  loud = hw_test_call (fixture->server, "GET", path, fixture->caseworker, headers, NULL);
  g_assert_cmpuint (loud->status, ==, 200);
  g_assert_nonnull (strstr (loud->body, "Aline N."));
}

static void
test_cursor_is_bound (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwTestReply) page
    = hw_test_call (fixture->server, "GET", "/v1/changes", fixture->caseworker, NULL, NULL);
  g_autoptr (JsonObject) json = hw_test_json (page);
  g_autofree char *path
    = g_strconcat ("/v1/changes?cursor=", json_object_get_string_member (json, "cursor"), NULL);
  g_autofree char *changed = g_strdup (path);
  g_autoptr (HwTestReply) mine
    = hw_test_call (fixture->server, "GET", path, fixture->caseworker, NULL, NULL);
  g_autoptr (HwTestReply) carried
    = hw_test_call (fixture->server, "GET", path, fixture->liaison, NULL, NULL);
  g_autoptr (HwTestReply) altered = NULL;

  changed[strlen (changed) - 5] = changed[strlen (changed) - 5] == 'A' ? 'B' : 'A';
  altered = hw_test_call (fixture->server, "GET", changed, fixture->caseworker, NULL, NULL);
  g_assert_cmpuint (mine->status, ==, 200);
  g_assert_cmpuint (carried->status, ==, 410);
  g_assert_cmpuint (altered->status, ==, 410);
  g_assert_nonnull (strstr (altered->body, "cursor-gone"));
}

static void
test_same_operation_twice (Fixture *fixture, gconstpointer data)
{
  static const char note[]
    = "\"action\":\"create\",\"type\":\"note\",\"record\":\"018f2222-0000-7000-8000-00000000000a\","
      "\"case\":\"" CASE "\",\"set\":{\"text\":\"called again\"}";
  g_autofree char *id = hw_uuid_v4 ();
  g_autoptr (JsonObject) first = NULL, second = NULL, third = NULL;

  open_case (fixture);
  first = push (fixture, fixture->caseworker, id, note);
  second = push (fixture, fixture->caseworker, id, note);
  third = push (fixture,
                fixture->caseworker,
                id,
                "\"action\":\"create\",\"type\":\"note\",\"record\":\"018f2222-0000-7000-8000-"
                "00000000000b\",\"case\":\"" CASE "\",\"set\":{\"text\":\"another\"}");
  g_assert_cmpstr (json_object_get_string_member (first, "status"), ==, "applied");
  g_assert_cmpstr (json_object_get_string_member (second, "status"), ==, "duplicate");
  g_assert_cmpstr (json_object_get_string_member (second, "first"), ==, "applied");
  g_assert_cmpint (
    json_object_get_int_member (second, "rev"), ==, json_object_get_int_member (first, "rev"));
  g_assert_cmpstr (json_object_get_string_member (third, "status"), ==, "refused");
}

static void
test_bad_operation_holds_up_nobody (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bad = hw_uuid_v4 (), *good = hw_uuid_v4 (), *body = NULL;
  g_autoptr (HwTestReply) reply = NULL;
  g_autoptr (JsonObject) json = NULL;
  JsonArray *results;

  open_case (fixture);
  body = g_strdup_printf (
    "{\"operations\":[{\"id\":\"%s\",\"action\":\"update\",\"type\":\"case\",\"record\":\"" CASE
    "\",\"set\":{\"urgency\":\"frantic\"}},{\"id\":\"%s\",\"action\":\"create\",\"type\":\"note\","
    "\"record\":\"018f2222-0000-7000-8000-00000000000c\",\"case\":\"" CASE
    "\",\"set\":{\"text\":\"kept\"}}]}",
    bad,
    good);
  reply = hw_test_call (fixture->server, "POST", "/v1/operations", fixture->caseworker, NULL, body);
  json = hw_test_json (reply);
  results = json_object_get_array_member (json, "results");
  g_assert_cmpstr (
    json_object_get_string_member (json_array_get_object_element (results, 0), "status"),
    ==,
    "refused");
  g_assert_nonnull (strstr (reply->body, "/set/urgency"));
  g_assert_null (strstr (reply->body, "frantic"));
  g_assert_cmpstr (
    json_object_get_string_member (json_array_get_object_element (results, 1), "status"),
    ==,
    "applied");
}

static void
test_group_stands_or_falls (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bad = hw_uuid_v4 (), *good = hw_uuid_v4 (), *body = NULL;
  g_autoptr (HwTestReply) reply = NULL;

  open_case (fixture);
  body = g_strdup_printf (
    "{\"operations\":[{\"id\":\"%s\",\"group\":\"g\",\"action\":\"create\",\"type\":\"note\","
    "\"record\":\"018f2222-0000-7000-8000-00000000000d\",\"case\":\"" CASE
    "\",\"set\":{\"text\":\"together\"}},{\"id\":\"%s\",\"group\":\"g\",\"action\":\"update\","
    "\"type\":\"case\",\"record\":\"" CASE "\",\"set\":{\"urgency\":\"frantic\"}}]}",
    good,
    bad);
  reply = hw_test_call (fixture->server, "POST", "/v1/operations", fixture->caseworker, NULL, body);
  g_assert_null (strstr (reply->body, "applied"));
  g_assert_nonnull (strstr (reply->body, "group-refused"));
}

/* ---- Gates and moves ---- */

static void
test_gate_embassy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwTestReply) patched = NULL;
  g_autoptr (HwTestReply) gates = NULL;

  open_case (fixture);
  open_request (fixture);
  expect_push (fixture, fixture->caseworker, "refused", "gate-embassy", MOVE ("ready_to_send"));
  patched = hw_test_call (fixture->server,
                          "PATCH",
                          "/v1/records/" REQUEST,
                          fixture->caseworker,
                          "If-Match: \"1\"\r\n",
                          "{\"status\":\"ready_to_send\"}");
  g_assert_cmpuint (patched->status, ==, 409);
  g_assert_nonnull (strstr (patched->body, "urn:homeward:problem:gate-embassy"));
  g_assert_nonnull (strstr (patched->body, "consent"));
  gates = hw_test_call (
    fixture->server, "GET", "/v1/cases/" CASE "/gates", fixture->caseworker, NULL, NULL);
  g_assert_cmpuint (gates->status, ==, 200);
  g_assert_nonnull (strstr (gates->body, "\"gate\":\"embassy\""));
  meet_the_embassy_gate (fixture);
  expect_push (fixture, fixture->caseworker, "applied", NULL, MOVE ("ready_to_send"));
  expect_push (fixture, fixture->caseworker, "applied", NULL, MOVE ("sent"));
}

static void
test_illegal_move (Fixture *fixture, gconstpointer data)
{
  send_request (fixture);
  expect_push (
    fixture, fixture->liaison, "refused", "move-not-allowed", MISSION_MOVE ("draft") FROM ("3"));
  expect_push (fixture, fixture->liaison, "applied", NULL, MISSION_MOVE ("acknowledged"));
  expect_push (
    fixture, fixture->caseworker, "refused", "move-not-allowed", MOVE ("approved") FROM ("5"));
}

static void
test_liaison_sees_only_when_sent (Fixture *fixture, gconstpointer data)
{
  g_autofree char *cursor = NULL, *before = NULL, *after = NULL;
  g_autoptr (HwTestReply) cases = NULL;

  open_case (fixture);
  open_request (fixture);
  before = hw_test_pull (fixture->server, fixture->liaison, 500, &cursor);
  g_assert_null (strstr (before, REQUEST));
  meet_the_embassy_gate (fixture);
  expect_push (fixture, fixture->caseworker, "applied", NULL, MOVE ("ready_to_send"));
  expect_push (fixture, fixture->caseworker, "applied", NULL, MOVE ("sent"));
  after = hw_test_pull (fixture->server, fixture->liaison, 500, &cursor);
  g_assert_nonnull (strstr (after, REQUEST));
  g_assert_nonnull (strstr (after, "the office"));
  g_assert_null (strstr (after, CASE));
  cases = hw_test_call (fixture->server, "GET", "/v1/cases/" CASE, fixture->liaison, NULL, NULL);
  g_assert_cmpuint (cases->status, ==, 404);
}

#define REQUEST_FIELD(base, field, value)                                                          \
  "\"action\":\"update\",\"type\":\"embassy_request\",\"record\":\"" REQUEST                         \
  "\",\"base\":{\"" field "\":" base "},\"set\":{\"" field "\":\"" value "\"}"

/* What was written while the request was the office's own is no part of what was sent. */
static void
test_liaison_hears_nothing_from_before (Fixture *fixture, gconstpointer data)
{
  const char *worker = fixture->caseworker;
  g_autoptr (HwTestReply) reply = NULL;
  g_autofree char *cursor = NULL, *told = NULL;

  open_case (fixture);
  open_request (fixture);
  expect_push (fixture, worker, "applied", NULL, REQUEST_FIELD ("0", "decision_note", "secret-a"));
  g_free (fixture->caseworker);
  worker = fixture->caseworker = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
  expect_push (fixture, worker, "applied", NULL, REQUEST_FIELD ("2", "decision_note", "secret-b"));
  expect_push (fixture, worker, "applied", NULL, REQUEST_FIELD ("3", "decision_note", "harmless"));
  meet_the_embassy_gate (fixture);
  expect_push (fixture, worker, "applied", NULL, MOVE ("ready_to_send"));
  expect_push (fixture, worker, "applied", NULL, MOVE ("sent"));
  reply = hw_test_call (
    fixture->server, "GET", "/v1/records/" REQUEST "/history", fixture->liaison, NULL, NULL);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_nonnull (strstr (reply->body, "\"sent\""));
  g_assert_null (strstr (reply->body, "secret"));
  g_assert_null (strstr (reply->body, "ready_to_send"));
  told = hw_test_pull (fixture->server, fixture->liaison, 500, &cursor);
  g_assert_null (strstr (told, "secret"));
  g_assert_nonnull (strstr (told, "harmless"));
}

/* Otherwise the answer would tell whether the guessed case is the right one. */
static void
test_liaison_names_no_case (Fixture *fixture, gconstpointer data)
{
  static const char *const guesses[] = { CASE, "018f2222-0000-7000-8000-0000000000ff" };

  open_case (fixture);
  open_request (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (guesses); i++)
    {
      g_autofree char *rest = g_strdup_printf (
        "\"action\":\"create\",\"type\":\"embassy_message\",\"record\":"
        "\"7c1f8a52-1111-4aaa-8bbb-0000000000aa\",\"case\":\"%s\",\"set\":{\"request\":"
        "\"" REQUEST "\",\"text\":\"x\",\"from\":\"embassy\"}",
        guesses[i]);

      expect_push (fixture, fixture->liaison, "refused", "invalid", rest);
    }
}

/* ---- Records ---- */

static void
expect (Fixture *fixture, guint status, const char *method, const char *headers, const char *body)
{
  g_autoptr (HwTestReply) reply = hw_test_call (
    fixture->server, method, "/v1/records/" CASE, fixture->caseworker, headers, body);

  g_test_message ("%s: %s", method, reply->body);
  g_assert_cmpuint (reply->status, ==, status);
}

static void
test_patch_needs_the_revision (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwTestReply) reply = NULL;
  g_autofree char *etag = NULL, *fresh = NULL, *unchanged = NULL;

  open_case (fixture);
  reply
    = hw_test_call (fixture->server, "GET", "/v1/records/" CASE, fixture->caseworker, NULL, NULL);
  etag = hw_test_header (reply, "ETag");
  fresh = g_strdup_printf ("If-Match: %s\r\n", etag);
  unchanged = g_strdup_printf ("If-None-Match: %s\r\n", etag);
  expect (fixture, 304, "GET", unchanged, NULL);
  expect (fixture, 428, "PATCH", NULL, "{\"urgency\":\"low\"}");
  expect (fixture, 412, "PATCH", "If-Match: \"77\"\r\n", "{\"urgency\":\"low\"}");
  expect (fixture, 422, "PATCH", fresh, "{\"urgency\":\"frantic\"}");
  expect (fixture, 422, "PATCH", fresh, "{\"unheard_of\":\"x\"}");
  expect (fixture, 200, "PATCH", fresh, "{\"urgency\":\"low\",\"location_country\":null}");
  expect (fixture, 412, "PATCH", fresh, "{\"urgency\":\"low\"}");
}

static void
test_post_once_per_key (Fixture *fixture, gconstpointer data)
{
  static const char body[]
    = "{\"type\":\"task\",\"case\":\"" CASE "\",\"fields\":{\"title\":\"by post\"}}";
  g_autoptr (HwTestReply) first = NULL, second = NULL, deleted = NULL, list = NULL;
  g_autofree char *location = NULL, *again = NULL;

  open_case (fixture);
  first = hw_test_call (
    fixture->server, "POST", "/v1/records", fixture->caseworker, "Idempotency-Key: one\r\n", body);
  second = hw_test_call (
    fixture->server, "POST", "/v1/records", fixture->caseworker, "Idempotency-Key: one\r\n", body);
  g_test_message ("%s", first->body);
  g_assert_cmpuint (first->status, ==, 201);
  g_assert_cmpuint (second->status, ==, 201);
  location = hw_test_header (first, "Location");
  again = hw_test_header (second, "Location");
  g_assert_cmpstr (location, ==, again);
  list = hw_test_call (
    fixture->server, "GET", "/v1/records?type=task&case=" CASE, fixture->caseworker, NULL, NULL);
  g_assert_nonnull (strstr (list->body, "by post"));
  g_assert_null (strstr (strstr (list->body, "by post") + 1, "by post"));
  deleted = hw_test_call (fixture->server, "DELETE", location, fixture->caseworker, NULL, NULL);
  g_assert_cmpuint (deleted->status, ==, 204);
}

static void
test_history (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwTestReply) reply = NULL;
  g_autoptr (JsonObject) json = NULL;

  open_case (fixture);
  expect_push (fixture,
               fixture->caseworker,
               "applied",
               NULL,
               "\"action\":\"update\",\"type\":\"case\",\"record\":\"" CASE "\",\"case\":\"" CASE
               "\",\"base\":{\"urgency\":1},\"set\":{\"urgency\":\"emergency\"}");
  reply = hw_test_call (
    fixture->server, "GET", "/v1/records/" CASE "/history", fixture->caseworker, NULL, NULL);
  json = hw_test_json (reply);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json, "entries")), >=, 2);
  g_assert_nonnull (strstr (reply->body, "\"high\""));
  g_assert_nonnull (strstr (reply->body, "\"emergency\""));
}

static char *
sign_in_elsewhere (Fixture *fixture)
{
  g_autoptr (HwTestReply) reply = hw_test_call (
    fixture->server,
    "POST",
    "/v1/sessions",
    NULL,
    NULL,
    "{\"username\":\"caseworker\",\"password\":\"" HW_TEST_PASSWORD "\",\"device\":{\"id\":"
    "\"018f0000-0000-7000-8000-0000000003ff\",\"name\":\"other desk\"}}");
  g_autoptr (JsonObject) json = hw_test_json (reply);

  return g_strdup (json_object_get_string_member (json, "token"));
}

static void
test_conflict_is_kept_and_settled (Fixture *fixture, gconstpointer data)
{
#define URGENCY(value)                                                                             \
  "\"action\":\"update\",\"type\":\"case\",\"record\":\"" CASE "\",\"case\":\"" CASE               \
  "\",\"base\":{\"urgency\":1},\"set\":{\"urgency\":\"" value "\"}"
  g_autofree char *elsewhere = sign_in_elsewhere (fixture);
  g_autofree char *id = hw_uuid_v4 (), *path = NULL, *pages = NULL;
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (HwTestReply) settled = NULL, record = NULL;
  const char *conflict;

  open_case (fixture);
  expect_push (fixture, fixture->caseworker, "applied", NULL, URGENCY ("emergency"));
  result = push (fixture, elsewhere, id, URGENCY ("low"));
  g_assert_cmpstr (json_object_get_string_member (result, "status"), ==, "conflict");
  conflict = json_array_get_string_element (json_object_get_array_member (result, "conflicts"), 0);
  pages = hw_test_pull (fixture->server, fixture->caseworker, 500, NULL);
  g_assert_nonnull (strstr (pages, conflict));
  path = g_strdup_printf ("/v1/conflicts/%s/resolution", conflict);
  settled = hw_test_call (
    fixture->server, "POST", path, fixture->caseworker, NULL, "{\"choice\":\"offered\"}");
  g_test_message ("%s", settled->body);
  g_assert_cmpuint (settled->status, ==, 200);
  record
    = hw_test_call (fixture->server, "GET", "/v1/records/" CASE, fixture->caseworker, NULL, NULL);
  g_assert_nonnull (strstr (record->body, "\"urgency\":\"low\""));
}

/* ---- Events ---- */

static GSocketConnection *
listen_as (Fixture *fixture, const char *token)
{
  GSocketConnection *stream = hw_test_connect (fixture->server);
  g_autofree char *request = g_strdup_printf (
    "GET /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n", token);

  hw_test_write (stream, request);
  return stream;
}

/* Reads until the text has come, or the stream has ended. */
static gboolean
hear (GSocketConnection *stream, const char *text)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  char buffer[512];
  gssize size;

  while (text == NULL || strstr (heard->str, text) == NULL)
    {
      size = g_input_stream_read (
        g_io_stream_get_input_stream (G_IO_STREAM (stream)), buffer, sizeof buffer, NULL, NULL);
      if (size <= 0)
        return FALSE;
      g_string_append_len (heard, buffer, size);
    }
  return TRUE;
}

static void
test_hint_after_commit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketConnection) stream = listen_as (fixture, fixture->caseworker);
  gint64 before;

  g_assert_true (hear (stream, "retry:"));
  before = g_get_monotonic_time ();
  open_case (fixture);
  g_assert_true (hear (stream, "event: hint\ndata: {\"seq\":1}"));
  g_test_message ("hint after %" G_GINT64_FORMAT " us", g_get_monotonic_time () - before);
}

static void
test_no_hint_of_others_work (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketConnection) stream = listen_as (fixture, fixture->liaison);

  g_assert_true (hear (stream, "retry:"));
  open_case (fixture);
  open_request (fixture);
  meet_the_embassy_gate (fixture);
  expect_push (fixture, fixture->caseworker, "applied", NULL, MOVE ("ready_to_send"));
  expect_push (fixture, fixture->caseworker, "applied", NULL, MOVE ("sent"));
  /* The first hint ever is the one for the sending: had there been others, its number would be
   * higher. */
  g_assert_true (hear (stream, "{\"seq\":1}"));
  expect_push (fixture,
               fixture->caseworker,
               "applied",
               NULL,
               "\"action\":\"update\",\"type\":\"case\",\"record\":\"" CASE "\",\"case\":\"" CASE
               "\",\"base\":{\"urgency\":1},\"set\":{\"urgency\":\"low\"}");
  expect_push (fixture, fixture->liaison, "applied", NULL, MISSION_MOVE ("acknowledged"));
  g_assert_true (hear (stream, "{\"seq\":2}"));
}

static void
test_stream_ends_with_session (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketConnection) stream = listen_as (fixture, fixture->caseworker);
  g_autoptr (HwTestReply) reply = NULL;
  gint64 before;

  g_assert_true (hear (stream, "retry:"));
  reply = hw_test_call (
    fixture->server, "DELETE", "/v1/sessions/current", fixture->caseworker, NULL, NULL);
  g_assert_cmpuint (reply->status, ==, 204);
  before = g_get_monotonic_time ();
  g_assert_false (hear (stream, NULL));
  g_assert_cmpint (g_get_monotonic_time () - before, <, 5 * G_USEC_PER_SEC);
}

static void
test_streams_are_bounded (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) streams = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 8; i++)
    {
      g_ptr_array_add (streams, listen_as (fixture, fixture->caseworker));
      g_assert_true (hear (g_ptr_array_index (streams, i), "200 OK"));
    }
  g_ptr_array_add (streams, listen_as (fixture, fixture->caseworker));
  g_assert_true (hear (g_ptr_array_index (streams, 8), "429"));
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/server/sync/what-is-pushed-is-pulled", test_round_trip);
  add ("/server/sync/nothing-new-is-304", test_nothing_new_is_304);
  add ("/server/sync/cursor-is-bound-to-its-holder", test_cursor_is_bound);
  add ("/server/sync/same-operation-twice-takes-effect-once", test_same_operation_twice);
  add ("/server/sync/bad-operation-holds-up-nobody", test_bad_operation_holds_up_nobody);
  add ("/server/sync/group-stands-or-falls", test_group_stands_or_falls);
  add ("/server/gate/embassy-refuses-without-consent", test_gate_embassy);
  add ("/server/move/illegal-is-refused", test_illegal_move);
  add ("/server/mission/sees-a-request-only-when-sent", test_liaison_sees_only_when_sent);
  add ("/server/mission/hears-nothing-from-before-the-sending",
       test_liaison_hears_nothing_from_before);
  add ("/server/mission/names-no-case", test_liaison_names_no_case);
  add ("/server/record/patch-needs-the-revision", test_patch_needs_the_revision);
  add ("/server/record/post-takes-effect-once-per-key", test_post_once_per_key);
  add ("/server/record/history", test_history);
  add ("/server/conflict/is-kept-and-settled", test_conflict_is_kept_and_settled);
  add ("/server/events/hint-after-commit", test_hint_after_commit);
  add ("/server/events/no-hint-of-others-work", test_no_hint_of_others_work);
  add ("/server/events/stream-ends-with-the-session", test_stream_ends_with_session);
  add ("/server/events/bounded-per-person", test_streams_are_bounded);
  return g_test_run ();
}
