/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Server and desktops of the benchmarks (bench-office.h). Sessions are made in the database before the server starts:
 * no password is hashed.
 */
#include "tests/bench/bench-office.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/bench/bench-figures.h"
#include "support/hw-test-folder.h"

/* ---- The server ---- */

static char *
make_session (HwStore *store, const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwAccount) account = hw_store_account (store, user, &error);
  g_autofree char *device = hw_uuid_v4 ();
  gint64 expires;
  char *token = account != NULL ? hw_store_create_session (store, account, device, "bench", &expires, &error) : NULL;

  if (token == NULL)
    bench_fail ("session", error);
  return token;
}

static void
fill (BenchOffice *office, const char *database, guint n_cases)
{
  g_autoptr (HwClock) clock = hw_clock_new_system ();
  g_autoptr (GError) error = NULL;
  HwStore *store = hw_store_open (database, HW_STORE_SERVER, clock, &error);

  if (store == NULL || !bench_fill_server (store, office->data, n_cases, &error))
    bench_fail ("filling the server", error);
  office->worker_token = make_session (store, BENCH_USER);
  office->other_token = make_session (store, BENCH_SUPERVISOR);
  hw_store_close (store);
  g_object_unref (store);
}

GSubprocess *
bench_spawn_listener (const char *const *arguments, guint16 *port)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_newv (
    arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE, &error);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;

  if (process == NULL)
    bench_fail (arguments[0], error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  if (line == NULL || !g_str_has_prefix (line, "Listening on http://"))
    bench_fail (arguments[0], error);
  *port = (guint16) g_ascii_strtoull (strrchr (line, ':') + 1, NULL, 10);
  return process;
}

BenchOffice *
bench_office_new (const char *server, guint n_cases)
{
  BenchOffice *office = g_new0 (BenchOffice, 1);
  g_autofree char *database = NULL, *location = NULL;
  const char *arguments[] = { server, "--database", NULL, "--listen", "127.0.0.1:0", NULL };

  office->folder = g_dir_make_tmp ("homeward-bench-XXXXXX", NULL);
  office->data = bench_data_new (BENCH_SEED);
  database = g_build_filename (office->folder, "server.db", NULL);
  location = g_strconcat ("sqlite:", database, NULL);
  fill (office, database, n_cases);
  arguments[2] = location;
  office->process = bench_spawn_listener (arguments, &office->port);
  office->url = g_strdup_printf ("http://127.0.0.1:%u", office->port);
  return office;
}

GPid
bench_office_pid (BenchOffice *office)
{
  return (GPid) g_ascii_strtoll (g_subprocess_get_identifier (office->process), NULL, 10);
}

void
bench_office_free (BenchOffice *office)
{
  g_subprocess_send_signal (office->process, SIGTERM);
  g_subprocess_wait (office->process, NULL, NULL);
  g_object_unref (office->process);
  hw_test_folder_remove (office->folder);
  g_free (office->folder);
  g_free (office->worker_token);
  g_free (office->other_token);
  g_free (office->url);
  bench_data_free (office->data);
  g_free (office);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HwTransportReply **reply = data;
  g_autoptr (GError) error = NULL;

  *reply = hw_transport_send_finish (HW_TRANSPORT (source), result, &error);
  if (*reply == NULL)
    bench_fail ("request", error);
}

HwTransportReply *
bench_send (HwTransport *transport, const char *token, const char *method, const char *path, GBytes *body)
{
  HwTransportRequest *request = hw_transport_request_new (method, path);
  HwTransportReply *reply = NULL;

  request->token = g_strdup (token);
  request->body = body != NULL ? g_bytes_ref (body) : NULL;
  hw_transport_send_async (transport, request, NULL, sent_cb, &reply);
  while (reply == NULL)
    g_main_context_iteration (NULL, TRUE);
  return reply;
}

/* ---- A transport that never listens ---- */

#define BENCH_TYPE_DEAF (bench_deaf_get_type ())
G_DECLARE_FINAL_TYPE (BenchDeaf, bench_deaf, BENCH, DEAF, GObject)

struct _BenchDeaf
{
  GObject parent_instance;
  HwTransport *inner; /* (owned) */
};

static void
deaf_send_async (HwTransport *transport,
                 HwTransportRequest *request,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer data)
{
  hw_transport_send_async (BENCH_DEAF (transport)->inner, request, cancellable, callback, data);
}

static HwTransportReply *
deaf_send_finish (HwTransport *transport, GAsyncResult *result, GError **error)
{
  return hw_transport_send_finish (BENCH_DEAF (transport)->inner, result, error);
}

static void
deaf_listen (HwTransport *transport, const char *token)
{
}

static void
deaf_unlisten (HwTransport *transport)
{
}

static void
transport_interface_init (HwTransportInterface *iface)
{
  iface->send_async = deaf_send_async;
  iface->send_finish = deaf_send_finish;
  iface->listen = deaf_listen;
  iface->unlisten = deaf_unlisten;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BenchDeaf,
                               bench_deaf,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HW_TYPE_TRANSPORT, transport_interface_init))

static void
bench_deaf_dispose (GObject *object)
{
  g_clear_object (&BENCH_DEAF (object)->inner);
  G_OBJECT_CLASS (bench_deaf_parent_class)->dispose (object);
}

static void
bench_deaf_class_init (BenchDeafClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bench_deaf_dispose;
}

static void
bench_deaf_init (BenchDeaf *self)
{
}

static HwTransport *
make_transport (BenchOffice *office, gboolean listening)
{
  g_autoptr (GError) error = NULL;
  HwTransport *inner = hw_soup_transport_new (office->url, &error);
  BenchDeaf *deaf;

  if (inner == NULL)
    bench_fail ("transport", error);
  if (listening)
    return inner;
  deaf = g_object_new (BENCH_TYPE_DEAF, NULL);
  deaf->inner = inner;
  return HW_TRANSPORT (deaf);
}

/* ---- Desktops ---- */

static void
changed_cb (HwStore *store, GPtrArray *changes, BenchDesk *desk)
{
  desk->changes++;
}

static void
hint_cb (HwTransport *transport, BenchDesk *desk)
{
  desk->hinted_at = bench_now_ms ();
}

BenchDesk *
bench_desk_new (BenchOffice *office, const char *name, const char *token, HwActor *actor, gboolean listening)
{
  BenchDesk *desk = g_new0 (BenchDesk, 1);
  g_autoptr (HwClock) clock = hw_clock_new_system ();
  g_autoptr (GError) error = NULL;

  desk->path = g_strdup_printf ("%s/%s.db", office->folder, name);
  desk->store = hw_store_open (desk->path, HW_STORE_DESKTOP, clock, &error);
  if (desk->store == NULL)
    bench_fail (desk->path, error);
  desk->actor = actor;
  hw_store_set_actor (desk->store, actor);
  g_signal_connect (desk->store, "changed", G_CALLBACK (changed_cb), desk);
  desk->transport = make_transport (office, listening);
  g_signal_connect (desk->transport, "hint", G_CALLBACK (hint_cb), desk);
  desk->engine = hw_sync_engine_new (desk->store, desk->transport, clock);
  hw_sync_engine_set_token (desk->engine, token);
  return desk;
}

void
bench_desk_sync (BenchDesk *desk)
{
  while (hw_sync_engine_state (desk->engine) != HW_SYNC_STATE_SYNCED || hw_sync_engine_waiting (desk->engine) > 0)
    {
      HwSyncState state = hw_sync_engine_state (desk->engine);

      if (state == HW_SYNC_STATE_SIGN_IN || state == HW_SYNC_STATE_FAILED)
        {
          g_printerr ("%s\n", hw_sync_engine_message (desk->engine));
          bench_fail ("sync", NULL);
        }
      g_main_context_iteration (NULL, TRUE);
    }
}

void
bench_desk_free (BenchDesk *desk)
{
  hw_sync_engine_stop (desk->engine);
  hw_worker_drain (hw_store_worker (desk->store));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_signal_handlers_disconnect_by_data (desk->store, desk);
  g_signal_handlers_disconnect_by_data (desk->transport, desk);
  g_object_unref (desk->engine);
  g_object_unref (desk->transport);
  hw_store_close (desk->store);
  g_object_unref (desk->store);
  hw_actor_free (desk->actor);
  g_free (desk->path);
  g_free (desk);
}
