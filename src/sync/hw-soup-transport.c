/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The transport in life: libsoup. One session for requests and one of its own for the event stream, which
 * would otherwise take one of the two connections a host gets. No cookies, no redirects, no password
 * prompts; plain http to loopback alone; an answer larger than any answer of ours is refused unread.
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "sync/hw-soup-transport-private.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "schema/hw-schema.h"
#include "sync/hw-event-parser.h"
#include "sync/hw-sync-engine.h"

#define REPLY_MAX_BYTES (64 * 1024 * 1024)
#define READ_BYTES (256 * 1024)
#define STREAM_READ_BYTES 4096
#define TIMEOUT_SECONDS 30
/* The server's heartbeat comes every 25 seconds. */
#define STREAM_TIMEOUT_SECONDS 60

struct _HwSoupTransport
{
  GObject parent_instance;

  GUri *server;         /* (owned) */
  gboolean loopback;
  gsize reply_max_bytes;
  SoupSession *session; /* (owned) */
  SoupSession *events;  /* (owned) */

  GCancellable *listening; /* (owned) (nullable) */
};

typedef struct
{
  SoupMessage *message; /* (owned) */
  GInputStream *stream; /* (owned) (nullable) */
  GByteArray *body;     /* (owned) */
} Exchange;

typedef struct
{
  HwSoupTransport *transport; /* (owned) */
  GCancellable *cancellable;  /* (owned) */
  SoupMessage *message;       /* (owned) */
  GInputStream *stream;       /* (owned) (nullable) */
  HwEventParser *parser;      /* (owned) */
} Listener;

static void transport_interface_init (HwTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HwSoupTransport,
                               hw_soup_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HW_TYPE_TRANSPORT, transport_interface_init))

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  g_clear_object (&exchange->message);
  g_clear_object (&exchange->stream);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_free (exchange);
}

static void
listener_free (Listener *listener)
{
  g_clear_object (&listener->message);
  g_clear_object (&listener->stream);
  g_clear_pointer (&listener->parser, hw_event_parser_free);
  g_clear_object (&listener->cancellable);
  g_clear_object (&listener->transport);
  g_free (listener);
}

/* What libsoup says is told in one of our few words: the callers act on those. */
static GError *
translate_error (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (error->domain == G_TLS_ERROR)
    return g_error_new (HW_SYNC_ERROR, HW_SYNC_ERROR_INSECURE,
                        _("The server could not prove who it is: %s"), error->message);
  return g_error_new (HW_SYNC_ERROR, HW_SYNC_ERROR_UNREACHABLE,
                      _("The server cannot be reached: %s"), error->message);
}

static SoupMessage *
make_message (HwSoupTransport *self, const char *method, const char *path, const char *token)
{
  g_autofree char *base = g_uri_to_string (self->server);
  g_autofree char *url = g_strconcat (base, path, NULL);
  g_autofree char *version = g_strdup_printf ("%u", hw_schema_version);
  SoupMessage *message = soup_message_new (method, url);
  SoupMessageHeaders *headers;

  if (message == NULL)
    return NULL;
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  /* Compressing costs both ends more than a loopback's copy does. */
  if (self->loopback)
    soup_message_disable_feature (message, SOUP_TYPE_CONTENT_DECODER);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "Homeward-Schema", version);
  if (token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (headers, "Authorization", bearer);
    }
  return message;
}

static HwTransportReply *
make_reply (Exchange *exchange)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);
  HwTransportReply *reply = g_new0 (HwTransportReply, 1);
  const char *retry_after = soup_message_headers_get_one (headers, "Retry-After");
  const char *offset = soup_message_headers_get_one (headers, "Upload-Offset");
  guint64 number;

  reply->status = soup_message_get_status (exchange->message);
  reply->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
  reply->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  reply->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  reply->upload_offset = -1;
  if (offset != NULL && g_ascii_string_to_unsigned (offset, 10, 0, G_MAXINT64, &number, NULL))
    reply->upload_offset = (gint64) number;
  if (retry_after != NULL && g_ascii_isdigit (*retry_after))
    reply->retry_after = (guint) MIN (g_ascii_strtoull (retry_after, NULL, 10), G_MAXUINT);
  reply->body = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body));
  return reply;
}

static void read_body (GTask *task);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
    = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  HwSoupTransport *self = g_task_get_source_object (task);
  Exchange *exchange = g_task_get_task_data (task);

  if (bytes == NULL)
    g_task_return_error (task, translate_error (error));
  else if (g_bytes_get_size (bytes) == 0)
    g_task_return_pointer (task, make_reply (exchange), (GDestroyNotify) hw_transport_reply_free);
  else if (exchange->body->len + g_bytes_get_size (bytes) > self->reply_max_bytes)
    g_task_return_new_error (task, HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL,
                             "%s", _("The server's answer is too large"));
  else
    {
      gsize size;
      const guint8 *start = g_bytes_get_data (bytes, &size);

      g_byte_array_append (exchange->body, start, (guint) size);
      read_body (g_steal_pointer (&task));
    }
}

static void
read_body (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (exchange->stream, READ_BYTES, g_task_get_priority (task),
                                   g_task_get_cancellable (task), read_cb, task);
}

static void
send_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Exchange *exchange = g_task_get_task_data (task);

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->stream == NULL)
    g_task_return_error (task, translate_error (error));
  else
    read_body (g_steal_pointer (&task));
}

static void
add_headers (SoupMessage *message, const HwTransportRequest *request)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (request->etag != NULL)
    soup_message_headers_replace (headers, "If-None-Match", request->etag);
  for (guint i = 0; request->headers != NULL && i + 1 < request->headers->len; i += 2)
    soup_message_headers_replace (headers, g_ptr_array_index (request->headers, i),
                                  g_ptr_array_index (request->headers, i + 1));
}

static void
send_async (HwTransport *transport,
            HwTransportRequest *request,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer data)
{
  HwSoupTransport *self = HW_SOUP_TRANSPORT (transport);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Exchange *exchange = g_new0 (Exchange, 1);

  g_task_set_source_tag (task, send_async);
  g_task_set_task_data (task, exchange, exchange_free);
  exchange->body = g_byte_array_new ();
  exchange->message = make_message (self, request->method, request->path, request->token);
  if (exchange->message == NULL)
    g_task_return_new_error (task, HW_SYNC_ERROR, HW_SYNC_ERROR_UNREACHABLE,
                             "%s", _("The server's address is malformed"));
  else
    {
      add_headers (exchange->message, request);
      if (request->body != NULL)
        soup_message_set_request_body_from_bytes (
          exchange->message,
          request->content_type != NULL ? request->content_type : "application/json",
          request->body);
      soup_session_send_async (self->session, exchange->message, G_PRIORITY_DEFAULT, cancellable,
                               send_cb, g_steal_pointer (&task));
    }
  hw_transport_request_free (request);
}

static HwTransportReply *
send_finish (HwTransport *transport, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, transport), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A stream that was let go of on purpose says nothing; any other end is told once. */
static void
end_listening (Listener *listener)
{
  HwSoupTransport *self = listener->transport;

  if (self->listening == listener->cancellable)
    {
      g_clear_object (&self->listening);
      g_signal_emit_by_name (self, "stream-closed");
    }
  listener_free (listener);
}

static void read_events (Listener *listener);

static void
events_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Listener *listener = data;
  g_autoptr (GBytes) bytes
    = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  guint hints = 0;

  if (bytes == NULL || g_bytes_get_size (bytes) == 0
      || !hw_event_parser_feed (listener->parser, g_bytes_get_data (bytes, NULL),
                                g_bytes_get_size (bytes), &hints))
    {
      end_listening (listener);
      return;
    }
  if (hints > 0 && !g_cancellable_is_cancelled (listener->cancellable))
    g_signal_emit_by_name (listener->transport, "hint");
  read_events (listener);
}

static void
read_events (Listener *listener)
{
  g_input_stream_read_bytes_async (listener->stream, STREAM_READ_BYTES, G_PRIORITY_DEFAULT,
                                   listener->cancellable, events_cb, listener);
}

static void
listen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Listener *listener = data;
  SoupMessageHeaders *headers = soup_message_get_response_headers (listener->message);
  const char *type;

  listener->stream = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  type = soup_message_headers_get_content_type (headers, NULL);
  if (listener->stream == NULL || soup_message_get_status (listener->message) != SOUP_STATUS_OK
      || g_strcmp0 (type, "text/event-stream") != 0)
    end_listening (listener);
  else
    read_events (listener);
}

static void
unlisten (HwTransport *transport)
{
  HwSoupTransport *self = HW_SOUP_TRANSPORT (transport);
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->listening);

  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

static void
listen_to (HwTransport *transport, const char *token)
{
  HwSoupTransport *self = HW_SOUP_TRANSPORT (transport);
  SoupMessage *message = make_message (self, "GET", "/v1/events", token);
  Listener *listener;

  unlisten (transport);
  if (message == NULL)
    {
      g_signal_emit_by_name (self, "stream-closed");
      return;
    }
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept",
                                "text/event-stream");
  self->listening = g_cancellable_new ();
  listener = g_new0 (Listener, 1);
  listener->transport = g_object_ref (self);
  listener->cancellable = g_object_ref (self->listening);
  listener->message = message;
  listener->parser = hw_event_parser_new ();
  soup_session_send_async (self->events, message, G_PRIORITY_DEFAULT, listener->cancellable,
                           listen_cb, listener);
}

static void
transport_interface_init (HwTransportInterface *iface)
{
  iface->send_async = send_async;
  iface->send_finish = send_finish;
  iface->listen = listen_to;
  iface->unlisten = unlisten;
}

static void
hw_soup_transport_dispose (GObject *object)
{
  HwSoupTransport *self = HW_SOUP_TRANSPORT (object);

  unlisten (HW_TRANSPORT (self));
  g_clear_object (&self->session);
  g_clear_object (&self->events);
  G_OBJECT_CLASS (hw_soup_transport_parent_class)->dispose (object);
}

static void
hw_soup_transport_finalize (GObject *object)
{
  HwSoupTransport *self = HW_SOUP_TRANSPORT (object);

  g_clear_pointer (&self->server, g_uri_unref);
  G_OBJECT_CLASS (hw_soup_transport_parent_class)->finalize (object);
}

static void
hw_soup_transport_class_init (HwSoupTransportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hw_soup_transport_dispose;
  object_class->finalize = hw_soup_transport_finalize;
}

static SoupSession *
make_session (guint timeout_seconds)
{
  SoupSession *session
    = soup_session_new_with_options ("timeout", timeout_seconds, "user-agent", "Homeward", NULL);

  /* A 401 is the engine's to answer. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  return session;
}

static void
hw_soup_transport_init (HwSoupTransport *self)
{
  self->reply_max_bytes = REPLY_MAX_BYTES;
  self->session = make_session (TIMEOUT_SECONDS);
  self->events = make_session (STREAM_TIMEOUT_SECONDS);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

/* The base without what does not belong into one: user, query, a slash at the end. */
static GUri *
base_of (GUri *uri)
{
  g_autofree char *path = g_strdup (g_uri_get_path (uri));
  gsize length = strlen (path);

  while (length > 0 && path[length - 1] == '/')
    path[--length] = '\0';
  return g_uri_build (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                      g_uri_get_port (uri), path, NULL, NULL);
}

HwTransport *
hw_soup_transport_new (const char *server, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  HwSoupTransport *self;
  gboolean https;

  g_return_val_if_fail (server != NULL, NULL);
  uri = g_uri_parse (server, G_URI_FLAGS_NONE, NULL);
  https = uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https");
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || (!https && !g_str_equal (g_uri_get_scheme (uri), "http")))
    {
      g_set_error_literal (error, HW_SYNC_ERROR, HW_SYNC_ERROR_UNREACHABLE,
                           _("This is not the address of a server"));
      return NULL;
    }
  if (!https && !is_loopback (g_uri_get_host (uri)))
    {
      g_set_error_literal (error, HW_SYNC_ERROR, HW_SYNC_ERROR_INSECURE,
                           _("The address must begin with https: what is sent would be readable "
                             "on the way"));
      return NULL;
    }
  self = g_object_new (HW_TYPE_SOUP_TRANSPORT, NULL);
  self->server = base_of (uri);
  self->loopback = is_loopback (g_uri_get_host (uri));
  return HW_TRANSPORT (self);
}

void
hw_soup_transport_set_limits (HwSoupTransport *self, guint timeout_seconds, gsize reply_max_bytes)
{
  g_return_if_fail (HW_IS_SOUP_TRANSPORT (self));

  soup_session_set_timeout (self->session, timeout_seconds);
  soup_session_set_timeout (self->events, timeout_seconds);
  self->reply_max_bytes = reply_max_bytes;
}
