/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One thread sleeps until a commit or the next second. It then asks for each stream whether its
 * session lives and whether the last change its person may see has moved. Streams are few and
 * bounded; nothing is queued but one hint, because a hint says the same however many changes it
 * stands for.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-event-hub.h"

#include <string.h>

#define MAX_STREAMS 500
#define MAX_PER_USER 8
#define TICK_US G_USEC_PER_SEC
#define NOTICE_EVERY 5 /* ticks */
#define HEARTBEAT_US (25 * G_USEC_PER_SEC)

struct _HwEventHub
{
  HwServerCore *core; /* (owned) */
  HwEventWake wake;
  GThread *thread; /* (owned) */

  GMutex mutex;
  GCond cond;
  guint64 commits;    /* under mutex */
  gboolean stopping;  /* under mutex */
  GPtrArray *streams; /* (owned) (element-type HwEventStream) under mutex */
};

struct _HwEventStream
{
  gatomicrefcount refs;
  HwEventHub *hub; /* (unowned) */
  char *token;     /* (owned) */
  HwActor *actor;  /* (owned) */
  guint64 head;    /* hub's thread only, once open */
  guint64 hints;
  gint64 written_us;

  GMutex mutex;
  GString *pending; /* (owned) under mutex */
  gboolean closed;  /* under mutex */
  gpointer waiting; /* (unowned) (nullable) under mutex */
};

static void
stream_unref (HwEventStream *stream)
{
  if (!g_atomic_ref_count_dec (&stream->refs))
    return;
  g_free (stream->token);
  hw_actor_free (stream->actor);
  g_string_free (stream->pending, TRUE);
  g_mutex_clear (&stream->mutex);
  g_free (stream);
}

static void
wake_locked (HwEventStream *stream)
{
  gpointer waiting = g_steal_pointer (&stream->waiting);

  if (waiting != NULL)
    stream->hub->wake (waiting);
}

static void
stream_write (HwEventStream *stream, const char *text)
{
  stream->written_us = hw_clock_now (hw_server_core_clock (stream->hub->core));
  g_mutex_lock (&stream->mutex);
  g_string_append (stream->pending, text);
  wake_locked (stream);
  g_mutex_unlock (&stream->mutex);
}

static void
stream_close (HwEventStream *stream)
{
  g_mutex_lock (&stream->mutex);
  stream->closed = TRUE;
  wake_locked (stream);
  g_mutex_unlock (&stream->mutex);
}

/* A reader that does not read is owed one hint, not a growing heap of them. */
static gboolean
owes (HwEventStream *stream)
{
  gboolean owing;

  g_mutex_lock (&stream->mutex);
  owing = stream->pending->len > 0;
  g_mutex_unlock (&stream->mutex);
  return owing;
}

/* A clock that was set back must not silence it. */
static gboolean
is_quiet (HwEventStream *stream)
{
  gint64 since_us = hw_clock_now (hw_server_core_clock (stream->hub->core)) - stream->written_us;

  return since_us >= HEARTBEAT_US || since_us < 0;
}

static void
serve_stream (HwEventHub *hub, HwEventStream *stream, gboolean tick)
{
  HwStore *store = hw_server_core_store (hub->core);
  guint64 head;

  if (tick)
    {
      HwSession *session = hw_store_lookup_session (store, stream->token);

      if (session == NULL)
        {
          stream_close (stream);
          return;
        }
      hw_session_unref (session);
    }
  head = hw_store_head_for (store, stream->actor);
  if (head != stream->head && !owes (stream))
    {
      /* Counts this stream's hints: the place in the feed is nobody's to know. */
      g_autofree char *text = g_strdup_printf (
        "event: hint\ndata: {\"seq\":%" G_GUINT64_FORMAT "}\n\n", ++stream->hints);

      stream->head = head;
      stream_write (stream, text);
    }
  else if (is_quiet (stream) && !owes (stream))
    stream_write (stream, ": still here\n\n");
}

/* (transfer full): the streams as they are now, each held, so that none is freed while it is
 * served. */
static GPtrArray *
hold_streams (HwEventHub *hub)
{
  GPtrArray *held = g_ptr_array_new_with_free_func ((GDestroyNotify) stream_unref);

  for (guint i = 0; i < hub->streams->len; i++)
    {
      HwEventStream *stream = g_ptr_array_index (hub->streams, i);

      g_atomic_ref_count_inc (&stream->refs);
      g_ptr_array_add (held, stream);
    }
  return held;
}

/* Who was changed or revoked from beside the server hears no commit of it. */
static void
notice_others (HwEventHub *hub)
{
  g_autoptr (GError) error = NULL;

  if (!hw_store_notice_others (hw_server_core_store (hub->core), &error))
    g_warning ("what was changed beside the server was not read: %s %d",
               g_quark_to_string (error->domain),
               error->code);
}

static gpointer
run_hub (gpointer data)
{
  HwEventHub *hub = data;
  gint64 next_tick_us = g_get_monotonic_time () + TICK_US;
  guint64 served = 0;
  guint ticks = 0;

  g_mutex_lock (&hub->mutex);
  while (!hub->stopping)
    {
      gboolean timed_out = FALSE, tick;
      g_autoptr (GPtrArray) held = NULL;

      while (!hub->stopping && hub->commits == served && !timed_out)
        timed_out = !g_cond_wait_until (&hub->cond, &hub->mutex, next_tick_us);
      if (hub->stopping)
        break;
      served = hub->commits;
      tick = g_get_monotonic_time () >= next_tick_us;
      if (tick)
        next_tick_us = g_get_monotonic_time () + TICK_US;
      held = hold_streams (hub);
      g_mutex_unlock (&hub->mutex);
      if (tick && ++ticks % NOTICE_EVERY == 0)
        notice_others (hub);
      for (guint i = 0; i < held->len; i++)
        serve_stream (hub, g_ptr_array_index (held, i), tick);
      g_mutex_lock (&hub->mutex);
    }
  g_mutex_unlock (&hub->mutex);
  return NULL;
}

static void
committed_cb (guint64 seq, gpointer data)
{
  HwEventHub *hub = data;

  g_mutex_lock (&hub->mutex);
  hub->commits++;
  g_cond_signal (&hub->cond);
  g_mutex_unlock (&hub->mutex);
}

HwEventHub *
hw_event_hub_new (HwServerCore *core, HwEventWake wake)
{
  HwEventHub *hub = g_new0 (HwEventHub, 1);

  hub->core = g_object_ref (core);
  hub->wake = wake;
  g_mutex_init (&hub->mutex);
  g_cond_init (&hub->cond);
  hub->streams = g_ptr_array_new ();
  hub->thread = g_thread_new ("homeward-events", run_hub, hub);
  hw_store_set_commit_notify (hw_server_core_store (core), committed_cb, hub);
  return hub;
}

void
hw_event_hub_stop (HwEventHub *hub)
{
  g_autoptr (GPtrArray) held = NULL;

  hw_store_set_commit_notify (hw_server_core_store (hub->core), NULL, NULL);
  g_mutex_lock (&hub->mutex);
  hub->stopping = TRUE;
  g_cond_signal (&hub->cond);
  held = hold_streams (hub);
  g_mutex_unlock (&hub->mutex);
  g_clear_pointer (&hub->thread, g_thread_join);
  for (guint i = 0; i < held->len; i++)
    stream_close (g_ptr_array_index (held, i));
}

void
hw_event_hub_free (HwEventHub *hub)
{
  if (hub == NULL)
    return;
  g_ptr_array_unref (hub->streams);
  g_mutex_clear (&hub->mutex);
  g_cond_clear (&hub->cond);
  g_object_unref (hub->core);
  g_free (hub);
}

/* Called with the hub locked. */
static gboolean
has_room (HwEventHub *hub, const char *user)
{
  guint of_user = 0;

  for (guint i = 0; i < hub->streams->len; i++)
    if (g_str_equal (((HwEventStream *) g_ptr_array_index (hub->streams, i))->actor->user, user))
      of_user++;
  return !hub->stopping && hub->streams->len < MAX_STREAMS && of_user < MAX_PER_USER;
}

HwEventStream *
hw_event_stream_open (HwEventHub *hub, const char *token)
{
  HwStore *store = hw_server_core_store (hub->core);
  HwSession *session = hw_store_lookup_session (store, token);
  HwEventStream *stream;
  gboolean room;

  if (session == NULL)
    return NULL;
  stream = g_new0 (HwEventStream, 1);
  g_atomic_ref_count_init (&stream->refs);
  stream->hub = hub;
  stream->token = g_strdup (token);
  stream->actor = hw_actor_copy (session->actor);
  stream->head = hw_store_head_for (store, stream->actor);
  stream->written_us = hw_clock_now (hw_server_core_clock (hub->core));
  g_mutex_init (&stream->mutex);
  stream->pending = g_string_new ("retry: 2000\n\n");
  hw_session_unref (session);

  g_mutex_lock (&hub->mutex);
  room = has_room (hub, stream->actor->user);
  if (room)
    g_ptr_array_add (hub->streams, stream);
  g_mutex_unlock (&hub->mutex);
  if (!room)
    g_clear_pointer (&stream, stream_unref);
  return stream;
}

void
hw_event_stream_free (HwEventStream *stream)
{
  g_mutex_lock (&stream->hub->mutex);
  g_ptr_array_remove_fast (stream->hub->streams, stream);
  g_mutex_unlock (&stream->hub->mutex);
  g_mutex_lock (&stream->mutex);
  stream->waiting = NULL;
  g_mutex_unlock (&stream->mutex);
  stream_unref (stream);
}

HwEventRead
hw_event_stream_read (
  HwEventStream *stream, char *buffer, gsize *size, HwEventWake suspend, gpointer waiting)
{
  HwEventRead answer = HW_EVENT_READ;

  g_mutex_lock (&stream->mutex);
  if (stream->pending->len > 0)
    {
      *size = MIN (*size, stream->pending->len);
      memcpy (buffer, stream->pending->str, *size);
      g_string_erase (stream->pending, 0, (gssize) *size);
    }
  else if (stream->closed)
    answer = HW_EVENT_CLOSED;
  else
    {
      stream->waiting = waiting;
      suspend (waiting);
      answer = HW_EVENT_WAITING;
    }
  g_mutex_unlock (&stream->mutex);
  return answer;
}
