/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Event streams without a network: a quiet stream shows that it lives, and there is an end to how many there are.
 */
#include "server/hw-event-hub.h"
#include "tests/server/hw-test-server.h"

#include <string.h>

#define ALL_STREAMS 500
#define OF_ONE_PERSON 8

typedef struct
{
  HwTestServer *server;
  HwClock *clock;
  HwStore *store;
  HwServerCore *core;
  HwEventHub *hub;
} World;

/* What a suspended reader waits on. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean woken;
} Reader;

static void
wake_cb (gpointer waiting)
{
  Reader *reader = waiting;

  g_mutex_lock (&reader->mutex);
  reader->woken = TRUE;
  g_cond_signal (&reader->cond);
  g_mutex_unlock (&reader->mutex);
}

static void
suspend_cb (gpointer waiting)
{
  ((Reader *) waiting)->woken = FALSE;
}

static void
set_up (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  world->server = hw_test_server_new ();
  world->clock = hw_clock_new_fixed (HW_TEST_NOW_US);
  world->store = hw_store_open (world->server->database, HW_STORE_SERVER, world->clock, &error);
  g_assert_no_error (error);
  world->core = hw_server_core_new (world->store, world->clock, &error);
  g_assert_no_error (error);
  world->hub = hw_event_hub_new (world->core, wake_cb);
}

static void
tear_down (World *world, gconstpointer data)
{
  hw_event_hub_free (world->hub);
  g_object_unref (world->core);
  hw_store_close (world->store);
  g_object_unref (world->store);
  g_object_unref (world->clock);
  hw_test_server_free (world->server);
}

static char *
open_session (World *world, const char *user)
{
  g_autoptr (HwAccount) account = hw_store_account (world->store, user, NULL);
  g_autoptr (GError) error = NULL;
  char *token = hw_store_create_session (world->store, account, "018f0000-0000-7000-8000-00000000bbbb", "desk", NULL, &error);

  g_assert_no_error (error);
  return token;
}

/* (transfer full) what is there now, "" when nothing is: then the reader is suspended. */
static char *
read_now (HwEventStream *stream, Reader *reader)
{
  char buffer[256];
  gsize size = sizeof buffer;

  if (hw_event_stream_read (stream, buffer, &size, suspend_cb, reader) != HW_EVENT_READ)
    return g_strdup ("");
  return g_strndup (buffer, size);
}

static void
wait_for (Reader *reader)
{
  g_mutex_lock (&reader->mutex);
  while (!reader->woken)
    g_cond_wait (&reader->cond, &reader->mutex);
  g_mutex_unlock (&reader->mutex);
}

static void
test_quiet_stream_shows_that_it_lives (World *world, gconstpointer data)
{
  g_autofree char *user = hw_test_user (HW_ROLE_CASEWORKER);
  g_autofree char *token = open_session (world, user);
  HwEventStream *stream = hw_event_stream_open (world->hub, token);
  Reader reader = { 0 };

  g_mutex_init (&reader.mutex);
  g_cond_init (&reader.cond);
  g_assert_nonnull (stream);
  for (guint beat = 0; beat < 3; beat++)
    {
      g_autofree char *before = read_now (stream, &reader);
      g_autofree char *nothing = NULL, *heard = NULL;

      g_assert_cmpstr (before, ==, beat == 0 ? "retry: 2000\n\n" : "");
      if (beat == 0)
        nothing = read_now (stream, &reader);
      g_assert_true (nothing == NULL || nothing[0] == '\0');
      hw_clock_advance (world->clock, 25 * G_TIME_SPAN_SECOND);
      wait_for (&reader);
      heard = read_now (stream, &reader);
      g_assert_cmpstr (heard, ==, ": still here\n\n");
    }
  hw_event_hub_stop (world->hub);
  hw_event_stream_free (stream);
  g_mutex_clear (&reader.mutex);
  g_cond_clear (&reader.cond);
}

static char *
new_person (World *world, guint n)
{
  g_autofree char *id = g_strdup_printf ("018f5555-0000-7000-8000-%012x", n);
  HwAccount account = { .id = id, .username = id, .name = (char *) "Somebody", .role = HW_ROLE_CASEWORKER,
                        .office = (char *) HW_TEST_OFFICE, .password_hash = (char *) "none" };
  g_autoptr (GError) error = NULL;

  hw_store_put_account (world->store, &account, &error);
  g_assert_no_error (error);
  return open_session (world, id);
}

static void
test_there_is_an_end_to_them (World *world, gconstpointer data)
{
  g_autoptr (GPtrArray) streams = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_event_stream_free);
  g_autofree char *late = NULL;
  HwEventStream *one_more;

  for (guint person = 0; streams->len < ALL_STREAMS; person++)
    {
      g_autofree char *token = new_person (world, person);
      HwEventStream *stream = NULL;

      for (guint i = 0; i < OF_ONE_PERSON && streams->len < ALL_STREAMS; i++)
        {
          stream = hw_event_stream_open (world->hub, token);
          g_assert_nonnull (stream);
          g_ptr_array_add (streams, stream);
        }
      if (streams->len < ALL_STREAMS)
        g_assert_null (hw_event_stream_open (world->hub, token));
    }
  late = new_person (world, 1000);
  g_assert_null (hw_event_stream_open (world->hub, late));
  /* Who leaves makes room. */
  g_ptr_array_remove_index (streams, 0);
  one_more = hw_event_stream_open (world->hub, late);
  g_assert_nonnull (one_more);
  g_ptr_array_add (streams, one_more);
  hw_event_hub_stop (world->hub);
  g_ptr_array_set_size (streams, 0);
}

/* homeward-admin revokes one and adds to the directory: the one stream ends, the other is told to look. */
static void
test_hears_what_is_done_beside (World *world, gconstpointer data)
{
  g_autofree char *worker = hw_test_user (HW_ROLE_CASEWORKER), *chief = hw_test_user (HW_ROLE_SUPERVISOR);
  g_autofree char *lost = open_session (world, worker), *kept = open_session (world, chief);
  HwEventStream *ending = hw_event_stream_open (world->hub, lost), *going = hw_event_stream_open (world->hub, kept);
  Reader end = { 0 }, hint = { 0 };
  g_autoptr (HwStore) beside = NULL;
  g_autofree char *heard = NULL;
  char buffer[256];
  gsize size = sizeof buffer;
  HwOperation *added;
  guint n;

  while ((heard = read_now (ending, &end))[0] != '\0')
    g_free (heard);
  g_free (heard);
  while ((heard = read_now (going, &hint))[0] != '\0')
    g_free (heard);
  g_clear_pointer (&heard, g_free);
  beside = hw_store_open (world->server->database, HW_STORE_SERVER, world->clock, NULL);
  g_assert_true (hw_store_revoke_account (beside, worker, &n, NULL));
  added = hw_operation_new ("018f4444-0000-7000-8000-000000000001", HW_ACTION_CREATE, HW_TYPE_ID_ORGANISATION,
                            "018f4444-0000-7000-8000-000000000002", NULL);
  hw_operation_set_text (added, HW_FIELD_ORGANISATION_NAME, "Shelter", 0);
  hw_test_commit (beside, added, NULL);
  hw_store_close (beside);
  wait_for (&end);
  g_assert_cmpint (hw_event_stream_read (ending, buffer, &size, suspend_cb, &end), ==, HW_EVENT_CLOSED);
  wait_for (&hint);
  heard = read_now (going, &hint);
  g_assert_true (g_str_has_prefix (heard, "event: hint"));
  hw_event_hub_stop (world->hub);
  hw_event_stream_free (ending);
  hw_event_stream_free (going);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/server/events/a-quiet-stream-shows-that-it-lives", World, NULL, set_up,
              test_quiet_stream_shows_that_it_lives, tear_down);
  g_test_add ("/server/events/there-is-an-end-to-them", World, NULL, set_up, test_there_is_an_end_to_them, tear_down);
  g_test_add ("/server/events/hears-what-is-done-beside", World, NULL, set_up, test_hears_what_is_done_beside, tear_down);
  return g_test_run ();
}
