/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What can be seen of a hostile request is refused here: a doubled Host or length, a length beside
 * a transfer coding, headers and bodies beyond their limits, another HTTP than 1.1, arguments that
 * are no text. The limit on a body holds while it is read, and reading it may not take longer than
 * a minute.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-http-exchange.h"

#include <arpa/inet.h>
#include <string.h>

#define MAX_HEADER_BYTES (16 * 1024)
#define MAX_DROPPED_BYTES (4 * 1024 * 1024)
#define MAX_READING_US (60 * G_USEC_PER_SEC)

HwHttpExchange *
hw_http_exchange_new (struct MHD_Connection *connection, const char *url, const char *method)
{
  HwHttpExchange *exchange = g_new0 (HwHttpExchange, 1);

  exchange->connection = connection;
  exchange->request.path = url;
  exchange->request.method = method;
  exchange->started_us = g_get_monotonic_time ();
  return exchange;
}

void
hw_http_exchange_free (HwHttpExchange *exchange)
{
  if (exchange == NULL)
    return;
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_clear_pointer (&exchange->response, hw_server_response_free);
  g_free (exchange->peer);
  g_free (exchange);
}

typedef struct
{
  HwServerRequest *request;
  gsize bytes;
  guint hosts, lengths, codings;
  gboolean bad;
  guint64 length;
} Headers;

/* Read as they are; what is told twice counts as told last. */
static const struct
{
  const char *name;
  gsize offset; /* of its place in the request */
} plain_headers[] = {
  { "If-None-Match", G_STRUCT_OFFSET (HwServerRequest, if_none_match) },
  { "If-Match", G_STRUCT_OFFSET (HwServerRequest, if_match) },
  { "Content-Type", G_STRUCT_OFFSET (HwServerRequest, content_type) },
  { "Homeward-Schema", G_STRUCT_OFFSET (HwServerRequest, schema) },
  { "Idempotency-Key", G_STRUCT_OFFSET (HwServerRequest, idempotency_key) },
  { "Range", G_STRUCT_OFFSET (HwServerRequest, range) },
  { "Tus-Resumable", G_STRUCT_OFFSET (HwServerRequest, tus) },
  { "Upload-Length", G_STRUCT_OFFSET (HwServerRequest, upload_length) },
  { "Upload-Metadata", G_STRUCT_OFFSET (HwServerRequest, upload_metadata) },
  { "Upload-Offset", G_STRUCT_OFFSET (HwServerRequest, upload_offset) },
  { "Upload-Checksum", G_STRUCT_OFFSET (HwServerRequest, upload_checksum) },
};

static gboolean
note_plain (HwServerRequest *request, const char *name, const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain_headers); i++)
    if (g_ascii_strcasecmp (name, plain_headers[i].name) == 0)
      {
        G_STRUCT_MEMBER (const char *, request, plain_headers[i].offset) = value;
        return TRUE;
      }
  return FALSE;
}

static enum MHD_Result
note_header (void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
  Headers *headers = data;
  HwServerRequest *request = headers->request;

  headers->bytes += strlen (name) + (value != NULL ? strlen (value) : 0) + 4;
  if (value == NULL || note_plain (request, name, value))
    return MHD_YES;
  if (g_ascii_strcasecmp (name, "Authorization") == 0)
    {
      headers->bad = headers->bad || request->authorization != NULL;
      request->authorization = value;
    }
  else if (g_ascii_strcasecmp (name, "Host") == 0)
    headers->hosts++;
  else if (g_ascii_strcasecmp (name, "Content-Length") == 0)
    {
      headers->lengths++;
      headers->bad
        = headers->bad
          || !g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT64, &headers->length, NULL);
    }
  else if (g_ascii_strcasecmp (name, "Transfer-Encoding") == 0)
    {
      headers->codings++;
      headers->bad = headers->bad || g_ascii_strcasecmp (value, "chunked") != 0;
    }
  return MHD_YES;
}

static enum MHD_Result
note_argument (void *data,
               enum MHD_ValueKind kind,
               const char *name,
               size_t name_size,
               const char *value,
               size_t value_size)
{
  Headers *headers = data;
  HwServerRequest *request = headers->request;

  if (value == NULL || request->n_arguments == HW_SERVER_MAX_ARGUMENTS || strlen (name) != name_size
      || strlen (value) != value_size || !g_utf8_validate (name, -1, NULL)
      || !g_utf8_validate (value, -1, NULL) || hw_server_request_argument (request, name) != NULL)
    {
      headers->bad = TRUE;
      return MHD_NO;
    }
  request->arguments[request->n_arguments].name = name;
  request->arguments[request->n_arguments].value = value;
  request->n_arguments++;
  return MHD_YES;
}

gboolean
hw_http_exchange_check (HwHttpExchange *exchange, const char *version, HwProblem *problem)
{
  Headers headers = { .request = &exchange->request };

  MHD_get_connection_values (exchange->connection, MHD_HEADER_KIND, note_header, &headers);
  MHD_get_connection_values_n (
    exchange->connection, MHD_GET_ARGUMENT_KIND, note_argument, &headers);
  if (!g_str_equal (version, "HTTP/1.1"))
    *problem = HW_PROBLEM_VERSION;
  else if (headers.bytes > MAX_HEADER_BYTES)
    *problem = HW_PROBLEM_HEADERS_TOO_LARGE;
  else if (headers.bad || headers.hosts != 1 || headers.lengths > 1 || headers.codings > 1
           || (headers.lengths > 0 && headers.codings > 0)
           || !g_utf8_validate (exchange->request.path, -1, NULL))
    *problem = HW_PROBLEM_MALFORMED;
  else if (headers.length > HW_SERVER_MAX_BODY)
    *problem = HW_PROBLEM_TOO_LARGE;
  else
    return TRUE;
  return FALSE;
}

gboolean
hw_http_exchange_take (HwHttpExchange *exchange, const char *bytes, gsize size)
{
  if (g_get_monotonic_time () - exchange->started_us > MAX_READING_US)
    return FALSE;
  if (exchange->body == NULL)
    exchange->body = g_byte_array_new ();
  if (exchange->too_large || exchange->body->len + size > HW_SERVER_MAX_BODY)
    {
      exchange->too_large = TRUE;
      exchange->dropped += size;
      g_byte_array_set_size (exchange->body, 0);
      return exchange->dropped <= MAX_DROPPED_BYTES;
    }
  g_byte_array_append (exchange->body, (const guint8 *) bytes, (guint) size);
  return TRUE;
}

static char *
peer_of (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info
    = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  char text[INET6_ADDRSTRLEN] = "";

  if (info == NULL || info->client_addr == NULL)
    return NULL;
  if (info->client_addr->sa_family == AF_INET)
    inet_ntop (
      AF_INET, &((const struct sockaddr_in *) info->client_addr)->sin_addr, text, sizeof text);
  else if (info->client_addr->sa_family == AF_INET6)
    inet_ntop (
      AF_INET6, &((const struct sockaddr_in6 *) info->client_addr)->sin6_addr, text, sizeof text);
  return text[0] != '\0' ? g_strdup (text) : NULL;
}

void
hw_http_exchange_finish (HwHttpExchange *exchange)
{
  if (exchange->response != NULL || g_str_equal (exchange->request.method, "GET"))
    return;
  if (exchange->body != NULL)
    {
      exchange->request.body = (const char *) exchange->body->data;
      exchange->request.body_size = exchange->body->len;
    }
  exchange->peer = peer_of (exchange->connection);
  exchange->request.peer = exchange->peer;
}

static void
free_bytes (void *data)
{
  g_bytes_unref (data);
}

static struct MHD_Response *
raw_response (HwServerResponse *response)
{
  gconstpointer bytes;
  gsize size;

  if (response->body == NULL)
    return MHD_create_response_from_buffer (0, NULL, MHD_RESPMEM_PERSISTENT);
  bytes = g_bytes_get_data (response->body, &size);
  return MHD_create_response_from_buffer_with_free_callback_cls (
    size, (void *) bytes, free_bytes, g_bytes_ref (response->body));
}

static void
add_header (struct MHD_Response *raw, const char *name, const char *value)
{
  if (value != NULL)
    MHD_add_response_header (raw, name, value);
}

enum MHD_Result
hw_http_send_raw (struct MHD_Connection *connection,
                  struct MHD_Response *raw,
                  HwServerResponse *response,
                  gboolean close)
{
  enum MHD_Result result;
  char seconds[16];

  if (raw == NULL)
    return MHD_NO;
  add_header (raw, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  add_header (raw, "X-Content-Type-Options", "nosniff");
  add_header (raw, MHD_HTTP_HEADER_CONTENT_TYPE, response->content_type);
  add_header (raw, MHD_HTTP_HEADER_ETAG, response->etag);
  add_header (raw, MHD_HTTP_HEADER_ALLOW, response->allow);
  add_header (raw, MHD_HTTP_HEADER_LOCATION, response->location);
  for (guint i = 0; response->headers != NULL && i + 1 < response->headers->len; i += 2)
    add_header (
      raw, g_ptr_array_index (response->headers, i), g_ptr_array_index (response->headers, i + 1));
  if (response->status == MHD_HTTP_UNAUTHORIZED)
    add_header (raw, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer");
  if (response->retry_after > 0)
    {
      g_snprintf (seconds, sizeof seconds, "%u", response->retry_after);
      add_header (raw, MHD_HTTP_HEADER_RETRY_AFTER, seconds);
    }
  if (close)
    add_header (raw, MHD_HTTP_HEADER_CONNECTION, "close");
  result = MHD_queue_response (connection, response->status, raw);
  MHD_destroy_response (raw);
  return result;
}

enum MHD_Result
hw_http_send (struct MHD_Connection *connection, HwServerResponse *response, gboolean close)
{
  return hw_http_send_raw (connection, raw_response (response), response, close);
}
