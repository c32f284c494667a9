/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The servers of the tests (fake-server.h).
 */
#include "fake-server.h"

#include <libsoup/soup.h>
#include <string.h>

struct _FakeServer
{
  SoupServer *server;
  char *url;
  GHashTable *replies; /* path → GQueue of FakeReply */
  GString *log;
  GHashTable *headers; /* of the last request */
  GPtrArray *paused;
};

static void
free_replies (gpointer data)
{
  g_queue_free_full (data, g_free);
}

static void
note_header (const char *name, const char *value, gpointer data)
{
  g_hash_table_insert (data, g_ascii_strdown (name, -1), g_strdup (value));
}

static void
give (SoupServerMessage *message, const FakeReply *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, reply->status, NULL);
  if (reply->retry_after != NULL)
    soup_message_headers_replace (headers, "Retry-After", reply->retry_after);
  if (reply->etag != NULL)
    soup_message_headers_replace (headers, "ETag", reply->etag);
  if (reply->location != NULL)
    soup_message_headers_replace (headers, "Location", reply->location);
  if (reply->body != NULL)
    {
      g_autofree char *padding = g_strnfill (reply->padding, ' ');
      char *text = g_strconcat (reply->body, padding, NULL);

      soup_server_message_set_response (message,
                                        reply->type != NULL ? reply->type : "application/json",
                                        SOUP_MEMORY_TAKE, text, strlen (text));
    }
}

static void
handler (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  FakeServer *server = data;
  GQueue *replies = g_hash_table_lookup (server->replies, path);
  FakeReply *reply = replies != NULL ? g_queue_peek_head (replies) : NULL;
  static const FakeReply missing = { .status = 404 };

  g_string_append_printf (server->log, "%s%s %s", server->log->len > 0 ? ", " : "",
                          soup_server_message_get_method (message), path);
  g_hash_table_remove_all (server->headers);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), note_header,
                                server->headers);
  if (reply != NULL && reply->never)
    {
      g_ptr_array_add (server->paused, g_object_ref (message));
      soup_server_message_pause (message);
      return;
    }
  give (message, reply != NULL ? reply : &missing);
  if (replies != NULL && g_queue_get_length (replies) > 1)
    g_free (g_queue_pop_head (replies));
}

FakeServer *
fake_server_new (void)
{
  FakeServer *server = g_new0 (FakeServer, 1);
  GSList *uris;

  server->server = soup_server_new (NULL, NULL);
  server->replies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_replies);
  server->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  server->log = g_string_new (NULL);
  server->paused = g_ptr_array_new_with_free_func (g_object_unref);
  soup_server_add_handler (server->server, NULL, handler, server, NULL);
  g_assert_true (soup_server_listen_local (server->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (server->server);
  server->url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return server;
}

void
fake_server_free (FakeServer *server)
{
  if (server == NULL)
    return;
  soup_server_disconnect (server->server);
  g_ptr_array_unref (server->paused);
  g_object_unref (server->server);
  g_hash_table_unref (server->replies);
  g_hash_table_unref (server->headers);
  g_string_free (server->log, TRUE);
  g_free (server->url);
  g_free (server);
}

const char *
fake_server_url (FakeServer *server)
{
  return server->url;
}

void
fake_server_add (FakeServer *server, const char *path, FakeReply reply)
{
  GQueue *replies = g_hash_table_lookup (server->replies, path);

  if (replies == NULL)
    {
      replies = g_queue_new ();
      g_hash_table_insert (server->replies, g_strdup (path), replies);
    }
  g_queue_push_tail (replies, g_memdup2 (&reply, sizeof reply));
}

char *
fake_server_log (FakeServer *server)
{
  char *log = g_strdup (server->log->str);

  g_string_truncate (server->log, 0);
  return log;
}

const char *
fake_server_header (FakeServer *server, const char *name)
{
  g_autofree char *key = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (server->headers, key);
}

static gboolean
raw_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  char request[4096];

  /* On a thread of its own, so blocking is fine. */
  g_input_stream_read (in, request, sizeof request, NULL, NULL);
  g_output_stream_write_all (out, data, strlen (data), NULL, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

GSocketService *
fake_raw_server_new (const char *bytes, char **url)
{
  GSocketService *service = g_threaded_socket_service_new (4);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (service), any,
                                                G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                                &bound, NULL));
  g_signal_connect_data (service, "run", G_CALLBACK (raw_cb), g_strdup (bytes),
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  g_socket_service_start (service);
  *url = g_strdup_printf ("http://127.0.0.1:%u",
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  return service;
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Wakes at least every 50 ms, so that a condition which never comes true is noticed. */
void
fake_iterate (void)
{
  guint source = g_timeout_add (50, tick_cb, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}
