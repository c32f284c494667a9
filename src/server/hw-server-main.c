/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * homeward-server: options, the store, the core and the HTTP front, in this order, and back again
 * at the end. Refuses what would be unsafe rather than warn of it: off loopback only with a
 * certificate, a demo database never, another clock only for a demo.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-http-front.h"
#include "server/hw-listen.h"
#include "server/hw-midnight.h"

#include <glib-unix.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define WANTED_FILES 4096

typedef struct
{
  char *database;
  char *listen;
  char *certificate;
  char *key;
  char *clock_file;
} Options;

typedef struct
{
  HwClock *clock;
  HwStore *store;
  GInetSocketAddress *address;
  GSocket *socket;
  char *certificate; /* PEM text */
  char *key;
} Server;

static void
options_clear (Options *options)
{
  g_free (options->database);
  g_free (options->listen);
  g_free (options->certificate);
  g_free (options->key);
  g_free (options->clock_file);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
server_clear (Server *server)
{
  if (server->store != NULL)
    hw_store_close (server->store);
  g_clear_object (&server->store);
  g_clear_object (&server->clock);
  g_clear_object (&server->address);
  g_clear_object (&server->socket);
  g_free (server->certificate);
  if (server->key != NULL)
    sodium_memzero (server->key, strlen (server->key));
  g_free (server->key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Server, server_clear)

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
  return FALSE;
}

static gboolean
parse (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "database",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options->database,
      "The database, sqlite:FILE",
      "DATABASE" },
    { "listen",
      0,
      0,
      G_OPTION_ARG_STRING,
      &options->listen,
      "Where to listen; port 0 takes a free one",
      "ADDRESS:PORT" },
    { "certificate",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options->certificate,
      "TLS certificate in PEM form",
      "FILE" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &options->key, "Its key in PEM form", "FILE" },
    { "clock-file",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options->clock_file,
      "Take the time from a file (demo only)",
      "FILE" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("— the shared server of Homeward");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1)
    return fail (error, "There is a word too many on the command line.");
  if (options->database == NULL)
    return fail (error, "Say which database: --database sqlite:FILE");
  if (!g_str_has_prefix (options->database, "sqlite:")
      || options->database[strlen ("sqlite:")] == '\0')
    return fail (error, "The database is written sqlite:FILE.");
  if (options->listen == NULL)
    return fail (error, "Say where to listen: --listen 127.0.0.1:PORT");
  if ((options->certificate == NULL) != (options->key == NULL))
    return fail (
      error,
      "A certificate and its key belong together: give both --certificate and --key, or neither.");
  return TRUE;
}

static gboolean
check_address (Server *server, const Options *options, GError **error)
{
  server->address = hw_listen_parse (options->listen, error);
  if (server->address == NULL)
    return FALSE;
  if (!hw_listen_is_loopback (server->address) && options->certificate == NULL)
    return fail (
      error,
      "Names and whereabouts never cross a network unencrypted: to listen beyond this machine "
      "give --certificate and --key, or listen on 127.0.0.1 behind a proxy that has them.");
  return options->certificate == NULL
         || (g_file_get_contents (options->certificate, &server->certificate, NULL, error)
             && g_file_get_contents (options->key, &server->key, NULL, error));
}

static gboolean
open_store (Server *server, const Options *options, GError **error)
{
  g_autofree char *demo = NULL;
  gboolean is_demo;

  if (options->clock_file != NULL && !g_file_test (options->clock_file, G_FILE_TEST_EXISTS))
    return fail (error, "There is no such clock file.");
  server->clock = options->clock_file != NULL ? hw_clock_new_file (options->clock_file)
                                              : hw_clock_new_system ();
  server->store = hw_store_open (options->database, HW_STORE_SERVER, server->clock, error);
  if (server->store == NULL)
    return FALSE;
  demo = hw_store_get_setting (server->store, "demo");
  is_demo = demo != NULL;
  if (options->clock_file != NULL && !is_demo)
    return fail (
      error,
      "Only a demo database follows a clock file: in earnest, deadlines follow the real time.");
  if (is_demo && !hw_listen_is_loopback (server->address))
    return fail (error,
                 "This is a demo database, with passwords that everybody knows: it is served on "
                 "127.0.0.1 only.");
  return TRUE;
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

/* Each connection takes a file; the usual limit of 1,024 leaves too few. */
static void
raise_file_limit (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= WANTED_FILES)
    return;
  limit.rlim_cur = MIN (limit.rlim_max, WANTED_FILES);
  setrlimit (RLIMIT_NOFILE, &limit);
}

static gboolean
serve (Server *server, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (HwServerCore) core = hw_server_core_new (server->store, server->clock, error);
  g_autofree char *url = NULL;
  HwHttpFront *front;
  HwMidnight *midnight;

  if (core == NULL)
    return FALSE;
  server->socket = hw_listen_open (server->address, error);
  if (server->socket == NULL)
    {
      g_prefix_error (error, "The server cannot listen there: ");
      return FALSE;
    }
  url = hw_listen_url (server->socket, server->certificate != NULL, error);
  if (url == NULL)
    return FALSE;
  front = hw_http_front_start (
    core, g_socket_get_fd (server->socket), server->certificate, server->key, error);
  if (front == NULL)
    return FALSE;
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_unix_signal_add (SIGINT, quit_cb, loop);
  midnight = hw_midnight_start (server->store, server->clock);
  g_print ("Listening on %s\n", url);
  fflush (stdout);
  g_main_loop_run (loop);
  hw_midnight_stop (midnight);
  hw_http_front_stop (front);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  g_auto (Server) server = { 0 };
  g_autoptr (GError) error = NULL;

  signal (SIGPIPE, SIG_IGN);
  umask (0077);
  if (sodium_init () < 0)
    {
      g_printerr ("homeward-server: the machine's source of randomness does not work\n");
      return EXIT_FAILURE;
    }
  raise_file_limit ();
  if (parse (&options, &argc, &argv, &error) && check_address (&server, &options, &error)
      && open_store (&server, &options, &error) && serve (&server, &error))
    return EXIT_SUCCESS;
  g_printerr ("homeward-server: %s\n", error->message);
  return g_error_matches (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE)
             || error->domain == G_OPTION_ERROR
           ? 2
           : EXIT_FAILURE;
}
