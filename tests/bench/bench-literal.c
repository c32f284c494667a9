/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The floor of the polls: libmicrohttpd with the server's own settings and a literal for every answer.
 * Prints "Listening on PORT"; ends with its standard input.
 */
#include <gio/gio.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <unistd.h>

static enum MHD_Result
answer (void *data,
        struct MHD_Connection *connection,
        const char *url,
        const char *method,
        const char *version,
        const char *upload,
        size_t *upload_size,
        void **context)
{
  /* An answer before the request's end would close the connection. */
  if (*context == NULL)
    {
      *context = data;
      return MHD_YES;
    }
  return MHD_queue_response (connection, MHD_HTTP_OK, data);
}

int
main (void)
{
  static char literal[] = "{\"cursor\":\"\",\"more\":false,\"items\":[]}";
  struct MHD_Response *response
    = MHD_create_response_from_buffer (sizeof literal - 1, literal, MHD_RESPMEM_PERSISTENT);
  struct MHD_Daemon *daemon = MHD_start_daemon (MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer,
                                                response, MHD_OPTION_THREAD_POOL_SIZE, 2u,
                                                MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u, MHD_OPTION_END);
  const union MHD_DaemonInfo *port;
  char byte;

  if (daemon == NULL)
    return EXIT_FAILURE;
  port = MHD_get_daemon_info (daemon, MHD_DAEMON_INFO_BIND_PORT);
  g_print ("Listening on http://127.0.0.1:%u\n", port->port);
  while (read (STDIN_FILENO, &byte, 1) > 0)
    continue;
  MHD_stop_daemon (daemon);
  MHD_destroy_response (response);
  return EXIT_SUCCESS;
}
