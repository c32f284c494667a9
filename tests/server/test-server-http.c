/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server as a process over a socket: starting and ending, signing in, what is refused without a
 * session, hostile requests, slow clients.
 */
#include "tests/server/hw-test-server.h"

#include <string.h>

typedef struct
{
  HwTestServer *server;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = hw_test_server_new ();
  hw_test_server_start (fixture->server, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->server, hw_test_server_free);
}

static void
expect (Fixture *fixture,
        guint status,
        const char *method,
        const char *path,
        const char *token,
        const char *headers,
        const char *body)
{
  g_autoptr (HwTestReply) reply
    = hw_test_call (fixture->server, method, path, token, headers, body);

  g_test_message ("%s %s: %u, expected %u", method, path, reply->status, status);
  g_assert_cmpuint (reply->status, ==, status);
}

/* ---- Starting ---- */

static void
assert_refuses (const char *const *arguments, const char *word)
{
  g_autoptr (GPtrArray) line = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;

  g_ptr_array_add (line, (gpointer) hw_test_server_executable ());
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (line, (gpointer) arguments[i]);
  g_ptr_array_add (line, NULL);
  process = g_subprocess_newv ((const char *const *) line->pdata,
                               G_SUBPROCESS_FLAGS_STDERR_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE,
                               &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &said, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), !=, 0);
  g_test_message ("%s", said);
  g_assert_nonnull (strstr (said, word));
}

static void
test_refuses_bad_options (Fixture *fixture, gconstpointer data)
{
  g_autofree char *database = g_strconcat ("sqlite:", fixture->server->database, NULL);
  const char *const lines[][8] = {
    { NULL },
    { "--database", database, NULL },
    { "--database", "mysql:x", "--listen", "127.0.0.1:0", NULL },
    { "--database", database, "--listen", "nowhere", NULL },
    { "--database", database, "--listen", "0.0.0.0:0", NULL },
    { "--database", database, "--listen", "127.0.0.1:0", "--certificate", "x", NULL },
    { "--database", database, "--listen", "127.0.0.1:0", "--clock-file", "/nowhere", NULL },
    { "--database", database, "--listen", "127.0.0.1:0", "surplus", NULL },
    { "--database", database, "--listen", "127.0.0.1:0", "--frobnicate", NULL },
    { "--database", "sqlite:/nowhere/at/all.db", "--listen", "127.0.0.1:0", NULL },
  };
  const char *const words[]
    = { "--database", "--listen", "sqlite:FILE",   "address",    "--certificate",
        "--key",      "clock",    "word too many", "frobnicate", "homeward-server:" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    assert_refuses (lines[i], words[i]);
}

static void
test_clock_only_for_a_demo (Fixture *fixture, gconstpointer data)
{
  g_autofree char *database = g_strconcat ("sqlite:", fixture->server->database, NULL);
  g_autofree char *clock = g_build_filename (fixture->server->directory, "clock", NULL);
  const char *const with_clock[]
    = { "--database", database, "--listen", "127.0.0.1:0", "--clock-file", clock, NULL };

  hw_test_server_stop (fixture->server);
  g_assert_true (g_file_set_contents (clock, "2026-11-24T06:00:00Z", -1, NULL));
  assert_refuses (with_clock, "demo");
}

static void
test_demo_stays_on_loopback (Fixture *fixture, gconstpointer data)
{
  g_autofree char *database = g_strconcat ("sqlite:", fixture->server->database, NULL);
  g_autofree char *pem = g_build_filename (fixture->server->directory, "pem", NULL);
  const char *const wide[]
    = { "--database", database, "--listen", "0.0.0.0:0", "--certificate", pem, "--key", pem, NULL };
  HwStore *store;

  hw_test_server_stop (fixture->server);
  g_assert_true (g_file_set_contents (pem, "none", -1, NULL));
  store = hw_test_server_open_store (fixture->server);
  g_assert_true (hw_store_set_setting (store, "demo", "1", NULL));
  hw_store_close (store);
  g_object_unref (store);
  assert_refuses (wide, "demo");
}

static void
test_ends_on_signal (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
  g_autoptr (GSocketConnection) idle = hw_test_connect (fixture->server);
  g_autoptr (GSocketConnection) stream = hw_test_connect (fixture->server);
  g_autofree char *request = g_strdup_printf (
    "GET /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n", token);
  char buffer[16];

  g_assert_nonnull (idle);
  hw_test_write (stream, request);
  g_assert_cmpint (g_input_stream_read (
                     g_io_stream_get_input_stream (G_IO_STREAM (stream)), buffer, 16, NULL, NULL),
                   >,
                   0);
  hw_test_server_stop (fixture->server);
}

/* ---- Sessions ---- */

static char *
sign_in_body (const char *name, const char *password)
{
  return g_strdup_printf ("{\"username\":\"%s\",\"password\":\"%s\",\"device\":{\"id\":"
                          "\"018f0000-0000-7000-8000-00000000aaaa\",\"name\":\"desk\"}}",
                          name,
                          password);
}

static void
test_sign_in (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = hw_test_sign_in (fixture->server, HW_ROLE_EMBASSY_LIAISON);
  g_autoptr (HwTestReply) reply
    = hw_test_call (fixture->server, "GET", "/v1/sessions/current", token, NULL, NULL);
  g_autoptr (JsonObject) json = hw_test_json (reply);
  JsonObject *user = json_object_get_object_member (json, "user");

  g_assert_cmpuint (strlen (token), >=, 22);
  g_assert_cmpstr (json_object_get_string_member (user, "role"), ==, "embassy_liaison");
  g_assert_cmpstr (json_object_get_string_member (user, "mission"), ==, HW_TEST_MISSION);
  expect (fixture, 204, "DELETE", "/v1/sessions/current", token, NULL, NULL);
  expect (fixture, 401, "GET", "/v1/sessions/current", token, NULL, NULL);
}

static void
test_wrong_user_and_password_alike (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nobody = sign_in_body ("nobody", HW_TEST_PASSWORD);
  g_autofree char *wrong = sign_in_body ("caseworker", "not the right one");
  g_autoptr (HwTestReply) no_user
    = hw_test_call (fixture->server, "POST", "/v1/sessions", NULL, NULL, nobody);
  g_autoptr (HwTestReply) no_password
    = hw_test_call (fixture->server, "POST", "/v1/sessions", NULL, NULL, wrong);

  g_assert_cmpuint (no_user->status, ==, 401);
  g_assert_cmpuint (no_password->status, ==, 401);
  g_assert_cmpstr (no_user->body, ==, no_password->body);
}

static void
test_throttled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *wrong = sign_in_body ("caseworker", "not the right one");
  g_autofree char *known = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
  g_autofree char *again = NULL, *after = NULL;
  g_autoptr (HwTestReply) reply = NULL;

  g_assert_nonnull (known);
  for (guint i = 0; i < 5; i++)
    expect (fixture, 401, "POST", "/v1/sessions", NULL, NULL, wrong);
  reply = hw_test_call (fixture->server, "POST", "/v1/sessions", NULL, NULL, wrong);
  g_assert_cmpuint (reply->status, ==, 429);
  after = hw_test_header (reply, "Retry-After");
  g_assert_nonnull (after);
  g_assert_cmpint (atoi (after), >, 0);
  /* From her own desk the owner still gets in. */
  again = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
  g_assert_nonnull (again);
}

static void
test_sign_in_malformed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *good = sign_in_body ("caseworker", HW_TEST_PASSWORD);

  expect (fixture, 400, "POST", "/v1/sessions", NULL, NULL, "not json");
  expect (fixture, 400, "POST", "/v1/sessions", NULL, NULL, "[]");
  expect (fixture, 422, "POST", "/v1/sessions", NULL, NULL, "{}");
  expect (
    fixture,
    422,
    "POST",
    "/v1/sessions",
    NULL,
    NULL,
    "{\"username\":\"caseworker\",\"password\":\"x\",\"device\":{\"id\":\"x\",\"name\":\"x\"}}");
  expect (fixture,
          422,
          "POST",
          "/v1/sessions",
          NULL,
          NULL,
          "{\"username\":7,\"password\":\"x\",\"device\":{\"id\":\"x\",\"name\":\"x\"}}");
  expect (fixture,
          422,
          "POST",
          "/v1/sessions",
          NULL,
          NULL,
          "{\"username\":\"caseworker\",\"role\":\"administrator\"}");
  expect (fixture,
          400,
          "POST",
          "/v1/sessions",
          NULL,
          NULL,
          "{\"username\":\"caseworker\",\"username\":\"x\",\"password\":\"x\"}");
  expect (fixture, 415, "POST", "/v1/sessions", NULL, "Content-Type: text/plain\r\n", NULL);
  expect (fixture, 201, "POST", "/v1/sessions", NULL, NULL, good);
}

/* ---- Routes ---- */

#define ANY_ID "018f0000-0000-7000-8000-000000000000"

static const char *const routes[][2] = {
  { "GET", "/v1/openapi.json" },
  { "GET", "/v1/schema" },
  { "GET", "/v1/sessions/current" },
  { "DELETE", "/v1/sessions/current" },
  { "GET", "/v1/changes" },
  { "POST", "/v1/operations" },
  { "GET", "/v1/events" },
  { "GET", "/v1/cases" },
  { "GET", "/v1/cases/" ANY_ID },
  { "GET", "/v1/cases/" ANY_ID "/gates" },
  { "GET", "/v1/records?type=case" },
  { "POST", "/v1/records" },
  { "GET", "/v1/records/" ANY_ID },
  { "PATCH", "/v1/records/" ANY_ID },
  { "DELETE", "/v1/records/" ANY_ID },
  { "GET", "/v1/records/" ANY_ID "/history" },
  { "POST", "/v1/conflicts/" ANY_ID "/resolution" },
  { "GET", "/v1/users/names" },
  { "GET", "/v1/nothing" },
  { "GET", "/" },
  { "PUT", "/v1/health" },
  { "GET", "/v1/sessions" },
};

static void
test_nothing_without_session (Fixture *fixture, gconstpointer data)
{
  expect (fixture, 200, "GET", "/v1/health", NULL, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      gboolean has_body = g_str_equal (routes[i][0], "POST") || g_str_equal (routes[i][0], "PATCH");

      expect (fixture, 401, routes[i][0], routes[i][1], NULL, NULL, has_body ? "{}" : NULL);
      expect (
        fixture, 401, routes[i][0], routes[i][1], "bm90IGEgdG9rZW4", NULL, has_body ? "{}" : NULL);
    }
}

static void
test_unknown_path_and_method (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
  g_autoptr (HwTestReply) reply
    = hw_test_call (fixture->server, "PUT", "/v1/records/" ANY_ID, token, NULL, "{}");
  g_autofree char *allow = hw_test_header (reply, "Allow");

  g_assert_cmpuint (reply->status, ==, 405);
  g_assert_cmpstr (allow, ==, "GET, PATCH, DELETE");
  expect (fixture, 404, "GET", "/v1/nothing", token, NULL, NULL);
  expect (fixture, 404, "GET", "/v1/records/not-an-id", token, NULL, NULL);
  expect (fixture, 404, "GET", "/v1/records/" ANY_ID, token, NULL, NULL);
  expect (fixture, 404, "GET", "/v1/cases/" ANY_ID, token, NULL, NULL);
}

static void
test_headers_of_every_reply (Fixture *fixture, gconstpointer data)
{
  static const char *const paths[] = { "/v1/health", "/v1/changes", "/nothing" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (HwTestReply) reply
        = hw_test_call (fixture->server, "GET", paths[i], NULL, NULL, NULL);
      g_autofree char *cache = hw_test_header (reply, "Cache-Control");
      g_autofree char *sniff = hw_test_header (reply, "X-Content-Type-Options");

      g_assert_cmpstr (cache, ==, "no-store");
      g_assert_cmpstr (sniff, ==, "nosniff");
    }
}

static void
test_contract_by_role (Fixture *fixture, gconstpointer data)
{
  g_autofree char *liaison = hw_test_sign_in (fixture->server, HW_ROLE_EMBASSY_LIAISON);
  g_autofree char *caseworker = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
  g_autoptr (HwTestReply) narrow
    = hw_test_call (fixture->server, "GET", "/v1/schema", liaison, NULL, NULL);
  g_autoptr (HwTestReply) wide
    = hw_test_call (fixture->server, "GET", "/v1/schema", caseworker, NULL, NULL);

  g_assert_nonnull (strstr (narrow->body, "embassy_request"));
  g_assert_null (strstr (narrow->body, "risk_assessment"));
  g_assert_nonnull (strstr (wide->body, "risk_assessment"));
}

static void
test_user_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *liaison = hw_test_sign_in (fixture->server, HW_ROLE_EMBASSY_LIAISON);
  g_autofree char *caseworker = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
  g_autoptr (HwTestReply) narrow
    = hw_test_call (fixture->server, "GET", "/v1/users/names", liaison, NULL, NULL);
  g_autoptr (HwTestReply) wide
    = hw_test_call (fixture->server, "GET", "/v1/users/names", caseworker, NULL, NULL);

  g_assert_null (strstr (narrow->body, "caseworker"));
  g_assert_nonnull (strstr (narrow->body, "embassy_liaison"));
  g_assert_nonnull (strstr (wide->body, "supervisor"));
}

/* ---- Hostile ---- */

static char *
deep (guint depth)
{
  GString *text = g_string_new ("{\"operations\":");

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  return g_string_free (text, FALSE);
}

static void
test_hostile_json (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
  g_autofree char *bottomless = deep (100000);

  expect (fixture, 400, "POST", "/v1/operations", token, NULL, bottomless);
  expect (
    fixture, 400, "POST", "/v1/operations", token, NULL, "{\"operations\":[],\"operations\":[]}");
  expect (fixture, 400, "POST", "/v1/operations", token, NULL, "{\"operations\":[] /* */}");
  expect (fixture, 400, "POST", "/v1/operations", token, NULL, "");
  expect (fixture, 400, "POST", "/v1/operations", token, NULL, "\xff\xfe");
  expect (fixture, 422, "POST", "/v1/operations", token, NULL, "{}");
  expect (fixture, 422, "POST", "/v1/operations", token, NULL, "{\"operations\":[]}");
  expect (fixture, 422, "POST", "/v1/operations", token, NULL, "{\"operations\":{}}");
  expect (fixture, 422, "POST", "/v1/operations", token, NULL, "{\"operations\":[7]}");
  expect (fixture, 422, "POST", "/v1/operations", token, NULL, "{\"operations\":[{\"id\":\"x\"}]}");
  expect (fixture,
          422,
          "POST",
          "/v1/operations",
          token,
          NULL,
          "{\"operations\":[{\"id\":\"" ANY_ID "\"},{\"id\":\"" ANY_ID "\"}]}");
  expect (fixture,
          409,
          "POST",
          "/v1/operations",
          token,
          "Homeward-Schema: 9999\r\n",
          "{\"operations\":[{\"id\":\"" ANY_ID "\"}]}");
  expect (fixture, 200, "GET", "/v1/health", NULL, NULL, NULL);
}

static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
  g_autofree char *padding = g_strnfill (1024 * 1024 + 1, ' ');
  g_autoptr (GString) many = g_string_new ("{\"operations\":[");
  g_autoptr (GString) chunked = g_string_new (NULL);
  g_autoptr (HwTestReply) reply = NULL;
  g_autofree char *headers = g_strnfill (20000, 'x');
  g_autofree char *long_header = g_strdup_printf ("X-Long: %s\r\n", headers);

  expect (fixture, 413, "POST", "/v1/operations", token, NULL, padding);
  g_string_append_printf (
    chunked,
    "POST /v1/operations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nConnection: close\r\n"
    "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n%zx\r\n%s\r\n0\r\n\r\n",
    token,
    strlen (padding),
    padding);
  reply = hw_test_raw (fixture->server, chunked->str);
  g_assert_cmpuint (reply->status, ==, 413);
  for (guint i = 0; i < 501; i++)
    g_string_append (many, i == 0 ? "{}" : ",{}");
  g_string_append (many, "]}");
  expect (fixture, 413, "POST", "/v1/operations", token, NULL, many->str);
  expect (fixture, 431, "GET", "/v1/health", NULL, long_header, NULL);
  expect (fixture, 200, "GET", "/v1/health", NULL, NULL, NULL);
}

static void
test_smuggling_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const requests[] = {
    "GET /v1/health HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
    "GET /v1/health HTTP/1.1\r\nConnection: close\r\n\r\n",
    "POST /v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: "
    "3\r\nConnection: close\r\n\r\n{} ",
    "POST /v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: "
    "chunked\r\n\r\n0\r\n\r\n",
    "POST /v1/sessions HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\nConnection: "
    "close\r\n\r\n{}",
    "GET /v1/health HTTP/1.0\r\nHost: a\r\n\r\n",
    "GET /v1/changes?cursor=a&cursor=b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "GET /v1/changes?cursor=a%00b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autoptr (HwTestReply) reply = hw_test_raw (fixture->server, requests[i]);

      g_test_message ("%u: %u", i, reply->status);
      /* Refused with a status, or the connection closed without an answer. */
      g_assert_true (reply->status == 0 || reply->status == 400 || reply->status == 501
                     || reply->status == 505);
    }
}

static void
test_slow_clients_block_nobody (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) slow = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 before;

  for (guint i = 0; i < 50; i++)
    {
      GSocketConnection *connection = hw_test_connect (fixture->server);

      hw_test_write (connection,
                     "POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n"
                     "Content-Type: application/json\r\n\r\n{\"user");
      g_ptr_array_add (slow, connection);
    }
  before = g_get_monotonic_time ();
  expect (fixture, 200, "GET", "/v1/health", NULL, NULL, NULL);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 5 * G_USEC_PER_SEC);
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
  add ("/server/start/refuses-bad-options", test_refuses_bad_options);
  add ("/server/start/clock-file-only-for-a-demo", test_clock_only_for_a_demo);
  add ("/server/start/demo-stays-on-loopback", test_demo_stays_on_loopback);
  add ("/server/start/ends-cleanly-on-sigterm", test_ends_on_signal);
  add ("/server/session/signs-in-and-out", test_sign_in);
  add ("/server/session/wrong-user-and-wrong-password-look-the-same",
       test_wrong_user_and_password_alike);
  add ("/server/session/throttles-guessing-but-not-the-owner", test_throttled);
  add ("/server/session/refuses-malformed", test_sign_in_malformed);
  add ("/server/route/nothing-without-session", test_nothing_without_session);
  add ("/server/route/unknown-path-and-method", test_unknown_path_and_method);
  add ("/server/route/every-reply-is-uncacheable", test_headers_of_every_reply);
  add ("/server/route/contract-is-cut-to-the-role", test_contract_by_role);
  add ("/server/route/user-names-are-cut-to-the-office-or-mission", test_user_names);
  add ("/server/hostile/json", test_hostile_json);
  add ("/server/hostile/too-large", test_too_large);
  add ("/server/hostile/smuggling", test_smuggling_refused);
  add ("/server/hostile/slow-clients-block-nobody", test_slow_clients_block_nobody);
  return g_test_run ();
}
