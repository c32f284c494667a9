/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The load generator (bench-load.h). It reads of an answer what it must: status, length, end.
 */
#include "tests/bench/bench-load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/bench/bench-figures.h"

#define BUFFER_BYTES (256 * 1024)
#define WAIT_MS 100

typedef struct
{
  int fd;
  gsize filled;
  char *buffer;
} Client;

typedef struct
{
  const char *request;
  gsize request_size;
  guint status;
  int poll;
  Client *clients;
  guint n_clients;
  BenchLoad *load;
} Load;

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", what, g_strerror (errno));
  return FALSE;
}

static gboolean
ask (Load *load, Client *client)
{
  return send (client->fd, load->request, load->request_size, MSG_NOSIGNAL) == (gssize) load->request_size;
}

static gboolean
connect_client (Load *load, Client *client, guint16 port, GError **error)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = client };
  int yes = 1;

  client->buffer = g_malloc (BUFFER_BYTES + 1);
  client->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (client->fd < 0 || connect (client->fd, (struct sockaddr *) &address, sizeof address) != 0)
    return fail (error, "connect");
  setsockopt (client->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (epoll_ctl (load->poll, EPOLL_CTL_ADD, client->fd, &event) != 0 || !ask (load, client))
    return fail (error, "first request");
  return TRUE;
}

/* Bytes of the answer in the buffer's beginning, 0 while its head is not complete. */
static gsize
answer_size (const char *buffer)
{
  const char *end = strstr (buffer, "\r\n\r\n");
  const char *length;

  if (end == NULL)
    return 0;
  length = strcasestr (buffer, "\r\ncontent-length:");
  return (gsize) (end + 4 - buffer)
         + (length != NULL && length < end ? strtoul (length + strlen ("\r\ncontent-length:"), NULL, 10) : 0);
}

static gboolean
take_answer (Load *load, Client *client)
{
  gssize got = recv (client->fd, client->buffer + client->filled, BUFFER_BYTES - client->filled, 0);
  gsize size;

  if (got <= 0)
    return FALSE;
  client->filled += (gsize) got;
  client->buffer[client->filled] = '\0';
  size = answer_size (client->buffer);
  if (size == 0 || client->filled < size)
    return client->filled < BUFFER_BYTES;
  load->load->answers++;
  if (strtoul (client->buffer + strlen ("HTTP/1.1 "), NULL, 10) != load->status)
    load->load->others++;
  client->filled = 0;
  return ask (load, client);
}

static gboolean
turn (Load *load, GError **error)
{
  struct epoll_event events[64];
  int n = epoll_wait (load->poll, events, G_N_ELEMENTS (events), WAIT_MS);

  for (int i = 0; i < n; i++)
    if (!take_answer (load, events[i].data.ptr))
      {
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "the server hung up");
        return FALSE;
      }
  return TRUE;
}

gboolean
bench_load_run (guint16 port,
                const char *request,
                guint status,
                guint connections,
                double seconds,
                BenchLoad *result,
                GError **error)
{
  Load load = { .request = request, .request_size = strlen (request), .status = status, .load = result };
  gboolean going = TRUE;
  double began, now;

  *result = (BenchLoad){ 0 };
  load.poll = epoll_create1 (EPOLL_CLOEXEC);
  load.clients = g_new0 (Client, connections);
  began = now = bench_now_ms ();
  while (going && load.n_clients < connections)
    going = connect_client (&load, &load.clients[load.n_clients++], port, error);
  while (going && now - began < seconds * 1000)
    {
      going = turn (&load, error);
      now = bench_now_ms ();
    }
  result->per_second = (double) result->answers / ((now - began) / 1000);
  for (guint i = 0; i < load.n_clients; i++)
    {
      close (load.clients[i].fd);
      g_free (load.clients[i].buffer);
    }
  g_free (load.clients);
  close (load.poll);
  return going;
}
