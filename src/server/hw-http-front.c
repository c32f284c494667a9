/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading requests are answered on libmicrohttpd's own threads. Whatever writes or hashes a
 * password is handed to a small pool while its connection sleeps, so that neither a slow disk nor a
 * row of sign-ins keeps anybody else waiting. Nothing is logged here: a request line can name what
 * must not be written down.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-http-front.h"

#include "server/hw-event-hub.h"
#include "server/hw-http-exchange.h"
#include "server/hw-problem.h"

#define HTTP_THREADS 2
#define WRITING_THREADS 2
#define SIGN_IN_THREADS 2
#define MAX_CONNECTIONS 1000
#define MAX_WAITING_SIGN_INS 64
#define MAX_WAITING_WRITES 1000
#define CONNECTION_MEMORY (32 * 1024)
#define TIMEOUT_S 30
#define EVENT_BLOCK 512

struct _HwHttpFront
{
  HwServerCore *core;        /* (owned) */
  HwEventHub *hub;           /* (owned) */
  struct MHD_Daemon *daemon; /* (owned) */

  GMutex mutex;
  gboolean stopping;       /* under mutex: nothing is handed to the pools any more */
  GThreadPool *writing;    /* (owned) */
  GThreadPool *signing_in; /* (owned) */
};

/* ---- Event streams ---- */

static void
suspend_connection (gpointer waiting)
{
  MHD_suspend_connection (waiting);
}

static void
resume_connection (gpointer waiting)
{
  MHD_resume_connection (waiting);
}

typedef struct
{
  HwEventStream *stream;             /* (owned) */
  struct MHD_Connection *connection; /* (unowned) */
} EventReader;

static ssize_t
read_events (void *data, uint64_t position, char *buffer, size_t max)
{
  EventReader *reader = data;
  gsize size = max;

  switch (
    hw_event_stream_read (reader->stream, buffer, &size, suspend_connection, reader->connection))
    {
      case HW_EVENT_READ:
        return (ssize_t) size;
      case HW_EVENT_WAITING:
        return 0;
      case HW_EVENT_CLOSED:
      default:
        return MHD_CONTENT_READER_END_OF_STREAM;
    }
}

static void
free_events (void *data)
{
  EventReader *reader = data;

  hw_event_stream_free (reader->stream);
  g_free (reader);
}

static enum MHD_Result
send_stream (HwHttpFront *front, struct MHD_Connection *connection, HwServerResponse *response)
{
  HwEventStream *stream = hw_event_stream_open (front->hub, response->token);
  EventReader *reader;

  if (stream == NULL)
    {
      g_autoptr (HwServerResponse) refusal = hw_problem_new (HW_PROBLEM_THROTTLED, NULL, NULL);

      refusal->retry_after = 30;
      return hw_http_send (connection, refusal, FALSE);
    }
  reader = g_new0 (EventReader, 1);
  reader->stream = stream;
  reader->connection = connection;
  return hw_http_send_raw (connection,
                           MHD_create_response_from_callback (
                             MHD_SIZE_UNKNOWN, EVENT_BLOCK, read_events, reader, free_events),
                           response,
                           TRUE);
}

/* ---- Answering ---- */

static void
answer_in_pool (gpointer data, gpointer user_data)
{
  HwHttpExchange *exchange = data;
  HwHttpFront *front = user_data;

  exchange->response = hw_server_core_handle (front->core, &exchange->request);
  MHD_resume_connection (exchange->connection);
}

/* FALSE when the server ends or too many wait already. */
static gboolean
hand_over (HwHttpFront *front, HwHttpExchange *exchange)
{
  gboolean sign_in = g_str_equal (exchange->request.path, "/v1/sessions");
  gboolean handed = FALSE;

  g_mutex_lock (&front->mutex);
  if (!front->stopping)
    {
      GThreadPool *pool = sign_in ? front->signing_in : front->writing;

      if (g_thread_pool_unprocessed (pool) < (sign_in ? MAX_WAITING_SIGN_INS : MAX_WAITING_WRITES))
        {
          MHD_suspend_connection (exchange->connection);
          g_thread_pool_push (pool, exchange, NULL);
          handed = TRUE;
        }
    }
  g_mutex_unlock (&front->mutex);
  return handed;
}

static enum MHD_Result
answer (HwHttpFront *front, HwHttpExchange *exchange)
{
  /* A whole file is read, and for a mission cleaned: that may take as long as writing one. */
  gboolean reading = g_str_equal (exchange->request.method, "GET")
                     && !g_str_has_prefix (exchange->request.path, "/v1/attachments/");

  if (exchange->response == NULL && !reading)
    {
      if (hand_over (front, exchange))
        return MHD_YES;
      exchange->response = hw_problem_new (HW_PROBLEM_UNAVAILABLE, NULL, NULL);
    }
  if (exchange->response == NULL)
    exchange->response = hw_server_core_handle (front->core, &exchange->request);
  if (exchange->response->stream)
    return send_stream (front, exchange->connection, exchange->response);
  return hw_http_send (exchange->connection, exchange->response, FALSE);
}

static enum MHD_Result
refuse (struct MHD_Connection *connection, HwProblem problem)
{
  g_autoptr (HwServerResponse) response = hw_problem_new (problem, NULL, NULL);

  return hw_http_send (connection, response, TRUE);
}

static enum MHD_Result
handle_cb (void *data,
           struct MHD_Connection *connection,
           const char *url,
           const char *method,
           const char *version,
           const char *upload,
           size_t *upload_size,
           void **state)
{
  HwHttpFront *front = data;
  HwHttpExchange *exchange = *state;
  HwProblem problem;

  if (exchange == NULL)
    {
      exchange = hw_http_exchange_new (connection, url, method);
      *state = exchange;
      if (!hw_http_exchange_check (exchange, version, &problem))
        return refuse (connection, problem);
      return MHD_YES;
    }
  if (*upload_size > 0)
    {
      gboolean taken = hw_http_exchange_take (exchange, upload, *upload_size);

      *upload_size = 0;
      return taken ? MHD_YES : MHD_NO;
    }
  if (exchange->too_large)
    return refuse (connection, HW_PROBLEM_TOO_LARGE);
  hw_http_exchange_finish (exchange);
  return answer (front, exchange);
}

static void
completed_cb (void *data,
              struct MHD_Connection *connection,
              void **state,
              enum MHD_RequestTerminationCode code)
{
  g_clear_pointer ((HwHttpExchange **) state, hw_http_exchange_free);
}

/* ---- Start and stop ---- */

static struct MHD_Daemon *
start_daemon (HwHttpFront *front, int socket, const char *certificate, const char *key)
{
  unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
  struct MHD_OptionItem tls[] = {
    { MHD_OPTION_HTTPS_MEM_CERT, 0, (void *) certificate },
    { MHD_OPTION_HTTPS_MEM_KEY, 0, (void *) key },
    { MHD_OPTION_END, 0, NULL },
  };
  struct MHD_OptionItem none[] = { { MHD_OPTION_END, 0, NULL } };

  if (certificate != NULL)
    flags |= MHD_USE_TLS;
  return MHD_start_daemon (flags,
                           0,
                           NULL,
                           NULL,
                           handle_cb,
                           front,
                           MHD_OPTION_LISTEN_SOCKET,
                           socket,
                           MHD_OPTION_THREAD_POOL_SIZE,
                           (unsigned int) HTTP_THREADS,
                           MHD_OPTION_CONNECTION_LIMIT,
                           (unsigned int) MAX_CONNECTIONS,
                           MHD_OPTION_CONNECTION_TIMEOUT,
                           (unsigned int) TIMEOUT_S,
                           MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                           (size_t) CONNECTION_MEMORY,
                           MHD_OPTION_STRICT_FOR_CLIENT,
                           1,
                           MHD_OPTION_NOTIFY_COMPLETED,
                           completed_cb,
                           NULL,
                           MHD_OPTION_ARRAY,
                           certificate != NULL ? tls : none,
                           MHD_OPTION_END);
}

static void
front_free (HwHttpFront *front)
{
  g_clear_pointer (&front->hub, hw_event_hub_free);
  g_mutex_clear (&front->mutex);
  g_object_unref (front->core);
  g_free (front);
}

static void
end_pools (HwHttpFront *front)
{
  g_mutex_lock (&front->mutex);
  front->stopping = TRUE;
  g_mutex_unlock (&front->mutex);
  g_thread_pool_free (front->signing_in, FALSE, TRUE);
  g_thread_pool_free (front->writing, FALSE, TRUE);
}

HwHttpFront *
hw_http_front_start (
  HwServerCore *core, int socket, const char *certificate, const char *key, GError **error)
{
  HwHttpFront *front = g_new0 (HwHttpFront, 1);

  front->core = g_object_ref (core);
  g_mutex_init (&front->mutex);
  front->writing = g_thread_pool_new (answer_in_pool, front, WRITING_THREADS, TRUE, NULL);
  front->signing_in = g_thread_pool_new (answer_in_pool, front, SIGN_IN_THREADS, TRUE, NULL);
  front->hub = hw_event_hub_new (core, resume_connection);
  front->daemon = start_daemon (front, socket, certificate, key);
  if (front->daemon != NULL)
    return front;
  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_FAILED,
               "%s",
               certificate != NULL
                 ? "The HTTP server did not start: check that the certificate and the key belong "
                   "together and are in PEM form."
                 : "The HTTP server did not start.");
  hw_event_hub_stop (front->hub);
  end_pools (front);
  front_free (front);
  return NULL;
}

void
hw_http_front_stop (HwHttpFront *front)
{
  MHD_quiesce_daemon (front->daemon);
  end_pools (front);
  hw_event_hub_stop (front->hub);
  MHD_stop_daemon (front->daemon);
  front_free (front);
}
