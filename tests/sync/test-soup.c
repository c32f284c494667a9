/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The libsoup transport against real servers in this process: good ones, dead ones, and ones that lie.
 */
#include "fake-server.h"
#include "sync/hw-soup-transport-private.h"
#include "sync/hw-sync-engine.h"

#include <string.h>

typedef struct
{
  HwTransportReply *reply;
  GError *error;
  gboolean done;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->reply, hw_transport_reply_free);
  g_clear_error (&outcome->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->reply = hw_transport_send_finish (HW_TRANSPORT (source), result, &outcome->error);
  outcome->done = TRUE;
}

static void
ask (HwTransport *transport, HwTransportRequest *request, Outcome *outcome)
{
  hw_transport_send_async (transport, request, NULL, sent_cb, outcome);
  fake_wait_until (outcome->done);
}

static HwTransport *
connect_to (const char *url)
{
  g_autoptr (GError) error = NULL;
  HwTransport *transport = hw_soup_transport_new (url, &error);

  g_assert_no_error (error);
  hw_soup_transport_set_limits (HW_SOUP_TRANSPORT (transport), 1, 100000);
  return transport;
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *url;
    gint code; /* -1: good */
  } rows[] = {
    { "https://office.example.org", -1 },
    { "https://office.example.org:8443/homeward/", -1 },
    { "http://127.0.0.1:8000", -1 },
    { "http://127.8.9.1", -1 },
    { "http://[::1]:8000", -1 },
    { "http://localhost:8000", -1 },
    { "http://office.example.org", HW_SYNC_ERROR_INSECURE },
    { "http://192.168.1.5:8000", HW_SYNC_ERROR_INSECURE },
    { "http://localhost.example.org", HW_SYNC_ERROR_INSECURE },
    { "http://127.0.0.1.example.org", HW_SYNC_ERROR_INSECURE },
    { "ftp://127.0.0.1", HW_SYNC_ERROR_UNREACHABLE },
    { "office", HW_SYNC_ERROR_UNREACHABLE },
    { "", HW_SYNC_ERROR_UNREACHABLE },
    { "http://", HW_SYNC_ERROR_UNREACHABLE },
    { "http://[::1", HW_SYNC_ERROR_UNREACHABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (HwTransport) transport = hw_soup_transport_new (rows[i].url, &error);

      g_assert_cmpint (transport != NULL, ==, rows[i].code < 0);
      if (transport == NULL)
        g_assert_error (error, HW_SYNC_ERROR, rows[i].code);
    }
}

static void
test_request (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (HwTransport) transport = connect_to (fake_server_url (server));
  HwTransportRequest *request = hw_transport_request_new ("POST", "/v1/operations");
  g_auto (Outcome) outcome = { 0 };

  fake_server_add (server, "/v1/operations",
                   (FakeReply){ .status = 200, .body = "{}", .etag = "\"7\"", .retry_after = "3" });
  request->token = g_strdup ("secret");
  request->etag = g_strdup ("\"6\"");
  request->body = g_bytes_new_static ("{\"a\":1}", 7);
  ask (transport, request, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (outcome.reply->status, ==, 200);
  g_assert_cmpstr (outcome.reply->etag, ==, "\"7\"");
  g_assert_cmpstr (outcome.reply->content_type, ==, "application/json");
  g_assert_cmpuint (outcome.reply->retry_after, ==, 3);
  g_assert_cmpmem (g_bytes_get_data (outcome.reply->body, NULL),
                   g_bytes_get_size (outcome.reply->body), "{}", 2);
  g_assert_cmpstr (fake_server_header (server, "Authorization"), ==, "Bearer secret");
  g_assert_cmpstr (fake_server_header (server, "If-None-Match"), ==, "\"6\"");
  g_assert_cmpstr (fake_server_header (server, "Content-Type"), ==, "application/json");
  g_assert_nonnull (fake_server_header (server, "Homeward-Schema"));
  g_assert_null (fake_server_header (server, "Cookie"));
}

static void
test_statuses (void)
{
  static const guint statuses[] = { 201, 304, 401, 409, 410, 429, 500, 503 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (FakeServer) server = fake_server_new ();
      g_autoptr (HwTransport) transport = connect_to (fake_server_url (server));
      g_auto (Outcome) outcome = { 0 };

      fake_server_add (server, "/x", (FakeReply){ .status = statuses[i] });
      ask (transport, hw_transport_request_new ("GET", "/x"), &outcome);
      g_assert_no_error (outcome.error);
      g_assert_cmpuint (outcome.reply->status, ==, statuses[i]);
      g_assert_nonnull (outcome.reply->body);
    }
}

static void
test_redirect (void)
{
  g_autoptr (FakeServer) other = fake_server_new ();
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (HwTransport) transport = connect_to (fake_server_url (server));
  HwTransportRequest *request = hw_transport_request_new ("GET", "/x");
  g_autofree char *log = NULL;
  g_auto (Outcome) outcome = { 0 };

  fake_server_add (server, "/x", (FakeReply){ .status = 302, .location = fake_server_url (other) });
  request->token = g_strdup ("secret");
  ask (transport, request, &outcome);
  g_assert_cmpuint (outcome.reply->status, ==, 302);
  log = fake_server_log (other);
  g_assert_cmpstr (log, ==, "");
}

static void
test_too_large (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (HwTransport) transport = connect_to (fake_server_url (server));
  g_auto (Outcome) outcome = { 0 };

  fake_server_add (server, "/x", (FakeReply){ .status = 200, .body = "{}", .padding = 200000 });
  ask (transport, hw_transport_request_new ("GET", "/x"), &outcome);
  g_assert_error (outcome.error, HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL);
}

static void
test_silent (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (HwTransport) transport = connect_to (fake_server_url (server));
  g_auto (Outcome) outcome = { 0 };

  fake_server_add (server, "/x", (FakeReply){ .never = TRUE });
  ask (transport, hw_transport_request_new ("GET", "/x"), &outcome);
  g_assert_error (outcome.error, HW_SYNC_ERROR, HW_SYNC_ERROR_UNREACHABLE);
}

static void
test_dead (void)
{
  FakeServer *server = fake_server_new ();
  g_autoptr (HwTransport) transport = connect_to (fake_server_url (server));
  g_auto (Outcome) outcome = { 0 };

  fake_server_free (server);
  ask (transport, hw_transport_request_new ("GET", "/x"), &outcome);
  g_assert_error (outcome.error, HW_SYNC_ERROR, HW_SYNC_ERROR_UNREACHABLE);
}

static void
test_broken (void)
{
  static const char *const answers[] = {
    "",
    "HTTP/1.1 200",
    "SSH-2.0-OpenSSH_9.2\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"cursor\":",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"cur",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *url = NULL;
      g_autoptr (GSocketService) service = fake_raw_server_new (answers[i], &url);
      g_autoptr (HwTransport) transport = connect_to (url);
      g_auto (Outcome) outcome = { 0 };

      ask (transport, hw_transport_request_new ("GET", "/x"), &outcome);
      g_assert_error (outcome.error, HW_SYNC_ERROR, HW_SYNC_ERROR_UNREACHABLE);
      g_socket_service_stop (service);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (HwTransport) transport = connect_to (fake_server_url (server));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Outcome) outcome = { 0 };

  fake_server_add (server, "/x", (FakeReply){ .never = TRUE });
  hw_transport_send_async (transport, hw_transport_request_new ("GET", "/x"), cancellable, sent_cb,
                           &outcome);
  g_cancellable_cancel (cancellable);
  fake_wait_until (outcome.done);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* ---- The event stream ---- */

static void
count_cb (HwTransport *transport, guint *count)
{
  (*count)++;
}

static void
test_stream (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (HwTransport) transport = connect_to (fake_server_url (server));
  guint hints = 0, closed = 0;

  fake_server_add (server, "/v1/events",
                   (FakeReply){ .status = 200, .type = "text/event-stream",
                                .body = ": hello\n\nevent: hint\ndata: {\"seq\":4}\n\n" });
  g_signal_connect (transport, "hint", G_CALLBACK (count_cb), &hints);
  g_signal_connect (transport, "stream-closed", G_CALLBACK (count_cb), &closed);
  hw_transport_listen (transport, "secret");
  fake_wait_until (closed > 0);
  g_assert_cmpuint (hints, ==, 1);
  g_assert_cmpuint (closed, ==, 1);
  g_assert_cmpstr (fake_server_header (server, "Authorization"), ==, "Bearer secret");
  g_assert_cmpstr (fake_server_header (server, "Accept"), ==, "text/event-stream");
}

static void
test_no_stream (void)
{
  static const FakeReply replies[] = {
    { .status = 401 },
    { .status = 503 },
    { .status = 200, .body = "event: hint\ndata: 1\n\n", .type = "text/html" },
    { .never = TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr (FakeServer) server = fake_server_new ();
      g_autoptr (HwTransport) transport = connect_to (fake_server_url (server));
      guint hints = 0, closed = 0;

      fake_server_add (server, "/v1/events", replies[i]);
      g_signal_connect (transport, "hint", G_CALLBACK (count_cb), &hints);
      g_signal_connect (transport, "stream-closed", G_CALLBACK (count_cb), &closed);
      hw_transport_listen (transport, "secret");
      fake_wait_until (closed > 0);
      g_assert_cmpuint (hints, ==, 0);
    }
}

static void
test_unlisten (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  g_autoptr (HwTransport) transport = connect_to (fake_server_url (server));
  g_auto (Outcome) outcome = { 0 };
  guint closed = 0;

  fake_server_add (server, "/v1/events", (FakeReply){ .never = TRUE });
  fake_server_add (server, "/x", (FakeReply){ .status = 200 });
  g_signal_connect (transport, "stream-closed", G_CALLBACK (count_cb), &closed);
  hw_transport_listen (transport, "secret");
  hw_transport_unlisten (transport);
  ask (transport, hw_transport_request_new ("GET", "/x"), &outcome);
  g_assert_cmpuint (closed, ==, 0);
}

/* ---- Signing in ---- */

typedef struct
{
  HwSignIn *sign_in;
  GError *error;
  gboolean done;
} SignedIn;

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SignedIn *signed_in = data;

  signed_in->sign_in = hw_sign_in_finish (result, &signed_in->error);
  signed_in->done = TRUE;
}

static void
sign_in (const char *url, SignedIn *signed_in)
{
  hw_sign_in_async (url, "caseworker", "a long password", NULL,
                    "01890000-0000-7000-8000-00000000000d", "laptop", NULL, signed_in_cb, signed_in);
  fake_wait_until (signed_in->done);
}

static void
test_sign_in (void)
{
  g_autoptr (FakeServer) server = fake_server_new ();
  SignedIn signed_in = { 0 };

  fake_server_add (server, "/v1/sessions",
                   (FakeReply){ .status = 201,
                                .body = "{\"token\":\"t\",\"expires_at\":\"2026-12-01T00:00:00Z\","
                                        "\"user\":{\"id\":\"u1\",\"name\":\"N\",\"role\":"
                                        "\"caseworker\",\"office\":\"o1\"}}" });
  sign_in (fake_server_url (server), &signed_in);
  g_assert_no_error (signed_in.error);
  g_assert_cmpstr (signed_in.sign_in->token, ==, "t");
  g_assert_cmpstr (signed_in.sign_in->username, ==, "caseworker");
  g_assert_cmpstr (signed_in.sign_in->server, ==, fake_server_url (server));
  g_assert_cmpstr (signed_in.sign_in->actor->office, ==, "o1");
  hw_sign_in_free (signed_in.sign_in);
}

static void
test_sign_in_refused (void)
{
  static const struct
  {
    FakeReply reply;
    HwSyncError code;
  } rows[] = {
    { { .status = 401 }, HW_SYNC_ERROR_CREDENTIALS },
    { { .status = 403 }, HW_SYNC_ERROR_CREDENTIALS },
    { { .status = 429, .retry_after = "9" }, HW_SYNC_ERROR_THROTTLED },
    { { .status = 500 }, HW_SYNC_ERROR_SERVER },
    { { .status = 503 }, HW_SYNC_ERROR_SERVER },
    { { .status = 409, .body = "{\"type\":\"urn:homeward:problem:schema-unsupported\"}" },
      HW_SYNC_ERROR_SCHEMA },
    { { .status = 404 }, HW_SYNC_ERROR_PROTOCOL },
    { { .status = 200, .body = "<html>Welcome</html>", .type = "text/html" },
      HW_SYNC_ERROR_PROTOCOL },
    { { .status = 201, .body = "{\"token\":\"t\"}" }, HW_SYNC_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FakeServer) server = fake_server_new ();
      SignedIn signed_in = { 0 };

      fake_server_add (server, "/v1/sessions", rows[i].reply);
      sign_in (fake_server_url (server), &signed_in);
      g_assert_null (signed_in.sign_in);
      g_assert_error (signed_in.error, HW_SYNC_ERROR, (gint) rows[i].code);
      /* What a person typed is in no message. */
      g_assert_null (strstr (signed_in.error->message, "caseworker"));
      g_assert_null (strstr (signed_in.error->message, "a long password"));
      g_clear_error (&signed_in.error);
    }
}

static void
test_sign_in_insecure (void)
{
  SignedIn signed_in = { 0 };

  sign_in ("http://office.example.org", &signed_in);
  g_assert_error (signed_in.error, HW_SYNC_ERROR, HW_SYNC_ERROR_INSECURE);
  g_clear_error (&signed_in.error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/soup/speaks-plainly-to-loopback-alone", test_addresses);
  g_test_add_func ("/soup/sends-token-tag-and-schema", test_request);
  g_test_add_func ("/soup/reports-every-status", test_statuses);
  g_test_add_func ("/soup/follows-no-redirect", test_redirect);
  g_test_add_func ("/soup/refuses-an-answer-without-end", test_too_large);
  g_test_add_func ("/soup/gives-up-on-a-silent-server", test_silent);
  g_test_add_func ("/soup/knows-a-dead-server", test_dead);
  g_test_add_func ("/soup/takes-nothing-from-a-broken-answer", test_broken);
  g_test_add_func ("/soup/can-be-cancelled", test_cancelled);
  g_test_add_func ("/soup/stream/tells-hints-and-its-end", test_stream);
  g_test_add_func ("/soup/stream/tells-when-there-is-none", test_no_stream);
  g_test_add_func ("/soup/stream/is-silent-once-let-go", test_unlisten);
  g_test_add_func ("/soup/sign-in/gives-a-session", test_sign_in);
  g_test_add_func ("/soup/sign-in/says-why-not", test_sign_in_refused);
  g_test_add_func ("/soup/sign-in/sends-no-password-in-the-clear", test_sign_in_insecure);
  return g_test_run ();
}
