/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The state machine of synchronisation (hw-sync-machine.h). Three lines may each be waiting: the line to
 * the server as a whole, pushing, and pulling. Each has its own backoff, so that a server which cannot read
 * what this desktop sends still gives it what others wrote.
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "sync/hw-sync-machine.h"

#include <glib/gi18n-lib.h>

#define SECOND ((gint64) G_USEC_PER_SEC)
#define BACKOFF_FIRST (1 * SECOND)
#define BACKOFF_LONGEST (300 * SECOND)
#define RETRY_AFTER_LONGEST (3600 * SECOND)
#define POLL (60 * SECOND)
/* With the event stream open a poll is only a net under it. */
#define POLL_LISTENING (300 * SECOND)
#define STREAM_SHORT_LIVED (60 * SECOND)
#define STREAM_REOPEN (2 * SECOND)
#define SET_ASIDE_IN_A_ROW 3
/* What is put back meanwhile was copied at most this long before it is noticed. */
#define TELL_COPY (600 * SECOND)

typedef struct
{
  gint64 not_before;
  gint64 asked_until; /* the server's own word, which nothing shortens */
  gint64 delay;       /* the last one, 0 when all is well */
  HwSyncAnswer fault; /* what a person must know of; OK: nothing */
} Line;

struct _HwSyncMachine
{
  guint64 random;
  gint64 last_now;

  gboolean started;
  gboolean has_token;
  gboolean has_credentials;
  gboolean tried_sign_in; /* since the last answer that was not 401 */
  gboolean token_changed; /* while a request with the old one runs */
  gboolean offline;
  gboolean ever_synced;
  gboolean quiet; /* what is to be pulled was not asked for by anything but the clock */
  HwSyncRequest running;

  gboolean need_forget;
  gboolean need_sign_in;
  gboolean need_push;
  gboolean need_pull;
  gboolean need_names;
  gboolean release_held;
  gboolean release_all;
  guint held;
  guint set_aside_in_a_row;

  gboolean listening;
  gint64 listening_since;
  gint64 poll_at;
  gint64 copy_at; /* from then on this copy is told again; 0: at once */

  Line server;
  Line push;
  Line pull;

  char *cursor; /* (owned) (nullable) */
  char *etag;   /* (owned) (nullable) */
  char *ahead;  /* (owned) (nullable) where the page begins that is fetched while the last is kept */
};

/* xorshift64*: the seed is the only randomness there is. */
static guint64
draw (HwSyncMachine *machine, guint64 below)
{
  machine->random ^= machine->random >> 12;
  machine->random ^= machine->random << 25;
  machine->random ^= machine->random >> 27;
  return (machine->random * G_GUINT64_CONSTANT (2685821657736338717)) % below;
}

/* Decorrelated jitter: between the first delay and three times the last. */
static void
back_off (HwSyncMachine *machine, Line *line, guint retry_after, gint64 now)
{
  gint64 highest = MAX (line->delay, BACKOFF_FIRST) * 3;

  line->delay = BACKOFF_FIRST + (gint64) draw (machine, (guint64) (highest - BACKOFF_FIRST));
  line->delay = MIN (line->delay, BACKOFF_LONGEST);
  line->asked_until = now + MIN ((gint64) retry_after * SECOND, RETRY_AFTER_LONGEST);
  line->not_before = MAX (now + line->delay, line->asked_until);
}

static void
recover (Line *line)
{
  *line = (Line){ 0 };
}

/* A network that came back ends the waiting that was ours; not what the server asked for. */
static void
hurry (Line *line)
{
  line->not_before = line->asked_until;
  line->delay = 0;
}

static gint64
poll_time (HwSyncMachine *machine, gint64 now)
{
  gint64 interval = machine->listening ? POLL_LISTENING : POLL;

  return now + interval * 4 / 5 + (gint64) draw (machine, (guint64) (interval * 2 / 5));
}

static void
want_pull (HwSyncMachine *machine, gboolean quiet)
{
  machine->quiet = quiet && (machine->quiet || !machine->need_pull);
  machine->need_pull = TRUE;
}

static void
start (HwSyncMachine *machine, const HwSyncEvent *event)
{
  machine->started = TRUE;
  machine->has_token = event->has_token;
  machine->has_credentials = event->has_credentials;
  g_free (machine->cursor);
  machine->cursor = g_strdup (event->cursor);
  g_clear_pointer (&machine->etag, g_free);
  machine->need_push = machine->need_names = TRUE;
  machine->release_all = TRUE;
  want_pull (machine, FALSE);
}

static void
stop (HwSyncMachine *machine)
{
  guint64 random = machine->random;

  g_free (machine->cursor);
  g_free (machine->etag);
  g_free (machine->ahead);
  *machine = (HwSyncMachine){ .random = random };
}

static void
sync_now (HwSyncMachine *machine)
{
  hurry (&machine->server);
  hurry (&machine->push);
  hurry (&machine->pull);
  machine->need_push = TRUE;
  machine->release_all = TRUE;
  want_pull (machine, FALSE);
}

static void
signed_in (HwSyncMachine *machine)
{
  machine->token_changed = machine->running != HW_SYNC_REQUEST_NONE;
  machine->has_token = TRUE;
  machine->need_sign_in = machine->tried_sign_in = FALSE;
  machine->listening = FALSE;
  machine->copy_at = 0;
  recover (&machine->server);
  recover (&machine->push);
  recover (&machine->pull);
  machine->need_push = TRUE;
  want_pull (machine, FALSE);
}

/* A stream that ended soon after it began is not worth opening again before the next poll. */
static void
stream_closed (HwSyncMachine *machine, gint64 now)
{
  gboolean short_lived = now - machine->listening_since < STREAM_SHORT_LIVED;

  if (!machine->listening)
    return;
  machine->listening = FALSE;
  machine->poll_at = short_lived ? poll_time (machine, now)
                                 : now + STREAM_REOPEN + (gint64) draw (machine, (guint64) STREAM_REOPEN);
}

static void
session_refused (HwSyncMachine *machine)
{
  machine->listening = FALSE;
  if (machine->has_credentials && !machine->tried_sign_in)
    machine->need_sign_in = machine->tried_sign_in = TRUE;
  else
    machine->has_token = FALSE;
}

static void
lose_server (HwSyncMachine *machine, const HwSyncEvent *event, gint64 now)
{
  machine->offline = TRUE;
  machine->copy_at = 0;
  back_off (machine, &machine->server, event->retry_after, now);
}

static void
fail (HwSyncMachine *machine, Line *line, const HwSyncEvent *event, gint64 now)
{
  back_off (machine, line, event->retry_after, now);
  line->fault = event->answer;
}

static void
rejected (HwSyncMachine *machine, const HwSyncEvent *event, gint64 now)
{
  machine->need_push = TRUE;
  if (!event->set_aside)
    return;
  machine->push.fault = event->answer;
  machine->set_aside_in_a_row++;
  if (machine->set_aside_in_a_row >= SET_ASIDE_IN_A_ROW)
    fail (machine, &machine->push, event, now);
}

static void
pushed (HwSyncMachine *machine, const HwSyncEvent *event, gint64 now)
{
  if (event->answer == HW_SYNC_ANSWER_REJECTED)
    {
      rejected (machine, event, now);
      return;
    }
  if (event->answer != HW_SYNC_ANSWER_OK)
    {
      machine->need_push = TRUE;
      fail (machine, &machine->push, event, now);
      return;
    }
  /* What was set aside keeps its message until somebody asks for all of it to be sent again. */
  if (machine->push.fault != HW_SYNC_ANSWER_REJECTED)
    recover (&machine->push);
  machine->need_push |= event->sent > 0;
  if (event->sent > 0)
    machine->held = event->held;
  if (event->acknowledged == 0)
    return;
  machine->set_aside_in_a_row = 0;
  want_pull (machine, FALSE);
}

static gboolean
pulled (HwSyncMachine *machine, const HwSyncEvent *event, gint64 now)
{
  if (event->answer != HW_SYNC_ANSWER_OK && event->answer != HW_SYNC_ANSWER_NOT_MODIFIED)
    {
      want_pull (machine, FALSE);
      fail (machine, &machine->pull, event, now);
      return FALSE;
    }
  recover (&machine->pull);
  if (event->answer == HW_SYNC_ANSWER_OK)
    {
      char *cursor = g_strdup (event->cursor), *etag = event->more ? NULL : g_strdup (event->etag);

      g_free (machine->cursor);
      g_free (machine->etag);
      machine->cursor = cursor;
      machine->etag = etag;
    }
  if (event->answer == HW_SYNC_ANSWER_OK && event->items > 0 && machine->held > 0)
    machine->release_held = machine->need_push = TRUE;
  if (event->answer == HW_SYNC_ANSWER_OK && event->more)
    {
      want_pull (machine, machine->quiet);
      return FALSE;
    }
  if (!machine->listening)
    {
      /* What changes between this answer and the stream's beginning is fetched by one pull more. */
      machine->listening = TRUE;
      machine->listening_since = now;
      want_pull (machine, TRUE);
    }
  machine->poll_at = poll_time (machine, now);
  machine->ever_synced = TRUE;
  return TRUE;
}

/* What waits to be pushed goes before the next page: then fetching it now would be in vain. */
static void
page_came (HwSyncMachine *machine, const HwSyncEvent *event)
{
  if (machine->running != HW_SYNC_REQUEST_PULL || !event->more || machine->need_push
      || machine->token_changed || machine->ahead != NULL)
    return;
  machine->ahead = g_strdup (event->cursor);
}

static void
forgotten (HwSyncMachine *machine, const HwSyncEvent *event, gint64 now)
{
  if (event->answer != HW_SYNC_ANSWER_OK)
    {
      fail (machine, &machine->pull, event, now);
      return;
    }
  machine->need_forget = FALSE;
  g_clear_pointer (&machine->cursor, g_free);
  g_clear_pointer (&machine->etag, g_free);
  want_pull (machine, FALSE);
}

static void
sign_in_answered (HwSyncMachine *machine, const HwSyncEvent *event, gint64 now)
{
  switch (event->answer)
    {
    case HW_SYNC_ANSWER_OK:
      machine->need_sign_in = FALSE;
      machine->has_token = TRUE;
      break;
    case HW_SYNC_ANSWER_UNREACHABLE:
    case HW_SYNC_ANSWER_UNAVAILABLE:
    case HW_SYNC_ANSWER_THROTTLED:
    case HW_SYNC_ANSWER_SERVER:
    case HW_SYNC_ANSWER_INSECURE:
      lose_server (machine, event, now);
      break;
    default:
      machine->need_sign_in = machine->has_token = machine->has_credentials = FALSE;
      break;
    }
}

/* TRUE when the answer says the same whatever was asked; then it is asked again. */
static gboolean
answered_for_all (HwSyncMachine *machine, HwSyncRequest request, const HwSyncEvent *event, gint64 now)
{
  switch (event->answer)
    {
    case HW_SYNC_ANSWER_UNREACHABLE:
    case HW_SYNC_ANSWER_UNAVAILABLE:
    case HW_SYNC_ANSWER_THROTTLED:
      lose_server (machine, event, now);
      break;
    case HW_SYNC_ANSWER_UNAUTHORIZED:
      /* The refused session may be the one before this. */
      if (!machine->token_changed)
        session_refused (machine);
      break;
    case HW_SYNC_ANSWER_GONE:
      machine->need_forget = TRUE;
      break;
    default:
      return FALSE;
    }
  if (request == HW_SYNC_REQUEST_PUSH)
    machine->need_push = TRUE;
  if (request == HW_SYNC_REQUEST_PULL)
    want_pull (machine, machine->quiet);
  return TRUE;
}

/* TRUE when everything is fetched as of now. */
static gboolean
answered (HwSyncMachine *machine, const HwSyncEvent *event, gint64 now)
{
  HwSyncRequest request = machine->running;
  gboolean synced = FALSE;

  machine->running = HW_SYNC_REQUEST_NONE;
  if (request == HW_SYNC_REQUEST_SIGN_IN)
    sign_in_answered (machine, event, now);
  else if (request == HW_SYNC_REQUEST_FORGET)
    forgotten (machine, event, now);
  else if (!answered_for_all (machine, request, event, now))
    {
      machine->offline = machine->tried_sign_in = FALSE;
      recover (&machine->server);
      if (request == HW_SYNC_REQUEST_PUSH)
        pushed (machine, event, now);
      else if (request == HW_SYNC_REQUEST_PULL)
        synced = pulled (machine, event, now);
    }
  machine->token_changed = FALSE;
  return synced;
}

static gboolean
handle (HwSyncMachine *machine, const HwSyncEvent *event, gint64 now)
{
  switch (event->kind)
    {
    case HW_SYNC_EVENT_STARTED:
      if (!machine->started)
        start (machine, event);
      break;
    case HW_SYNC_EVENT_STOPPED:
      stop (machine);
      break;
    case HW_SYNC_EVENT_LOCAL_CHANGE:
      machine->need_push = TRUE;
      break;
    case HW_SYNC_EVENT_HINT:
      want_pull (machine, FALSE);
      break;
    case HW_SYNC_EVENT_STREAM_CLOSED:
      stream_closed (machine, now);
      break;
    case HW_SYNC_EVENT_NETWORK_UP:
      hurry (&machine->server);
      if (machine->offline)
        want_pull (machine, FALSE);
      break;
    case HW_SYNC_EVENT_SYNC_NOW:
      sync_now (machine);
      break;
    case HW_SYNC_EVENT_SIGNED_IN:
      signed_in (machine);
      break;
    case HW_SYNC_EVENT_CREDENTIALS:
      machine->has_credentials = TRUE;
      break;
    case HW_SYNC_EVENT_NAMES_WANTED:
      machine->need_names |= machine->running != HW_SYNC_REQUEST_NAMES;
      break;
    case HW_SYNC_EVENT_PAGE:
      page_came (machine, event);
      break;
    case HW_SYNC_EVENT_ANSWER:
      return machine->running != HW_SYNC_REQUEST_NONE && answered (machine, event, now);
    case HW_SYNC_EVENT_TICK:
    default:
      break;
    }
  return FALSE;
}

static HwSyncRequest
choose (HwSyncMachine *machine, gint64 now)
{
  if (!machine->started || machine->running != HW_SYNC_REQUEST_NONE
      || now < machine->server.not_before)
    return HW_SYNC_REQUEST_NONE;
  if (machine->need_sign_in)
    return HW_SYNC_REQUEST_SIGN_IN;
  if (!machine->has_token)
    return HW_SYNC_REQUEST_NONE;
  if (machine->need_forget && now >= machine->pull.not_before)
    return HW_SYNC_REQUEST_FORGET;
  if (machine->need_push && now >= machine->push.not_before)
    return HW_SYNC_REQUEST_PUSH;
  if (machine->poll_at != 0 && now >= machine->poll_at)
    want_pull (machine, TRUE);
  if (machine->need_pull && !machine->need_forget && now >= machine->pull.not_before)
    return HW_SYNC_REQUEST_PULL;
  if (machine->ever_synced && now >= machine->copy_at && !machine->need_forget)
    return HW_SYNC_REQUEST_COPY;
  if (machine->need_names && machine->ever_synced)
    return HW_SYNC_REQUEST_NAMES;
  return HW_SYNC_REQUEST_NONE;
}

static void
begin (HwSyncMachine *machine, HwSyncRequest request, gint64 now, HwSyncOrders *orders)
{
  machine->running = orders->request = request;
  if (request == HW_SYNC_REQUEST_PUSH)
    {
      machine->need_push = FALSE;
      orders->release_held = machine->release_held || machine->release_all;
      orders->release_all = machine->release_all;
      if (machine->release_all)
        machine->push.fault = HW_SYNC_ANSWER_OK;
      machine->release_held = machine->release_all = FALSE;
    }
  if (request == HW_SYNC_REQUEST_PULL)
    {
      machine->need_pull = FALSE;
      orders->cursor = machine->cursor;
      orders->etag = machine->etag;
    }
  /* A server that cannot count stops nothing; one that says "older" is asked no sooner. */
  if (request == HW_SYNC_REQUEST_COPY)
    machine->copy_at = now + TELL_COPY;
  /* Names are a convenience: asked for once, whatever comes back. */
  if (request == HW_SYNC_REQUEST_NAMES)
    machine->need_names = FALSE;
}

static gint64
earlier (gint64 a, gint64 b)
{
  return a == 0 ? b : (b == 0 ? a : MIN (a, b));
}

static gint64
wake_time (HwSyncMachine *machine)
{
  gboolean asks = machine->has_token || machine->need_sign_in;
  gboolean pulls = machine->need_pull || machine->need_forget;
  gint64 wake_at = pulls ? machine->pull.not_before : machine->poll_at;

  if (!machine->started || machine->running != HW_SYNC_REQUEST_NONE || !asks)
    return 0;
  if (machine->need_push)
    wake_at = earlier (wake_at, machine->push.not_before);
  return MAX (wake_at, machine->server.not_before);
}

static HwSyncState
state (HwSyncMachine *machine)
{
  gboolean pushing = machine->need_push || machine->running == HW_SYNC_REQUEST_PUSH;
  gboolean pulling = (machine->need_pull || machine->running == HW_SYNC_REQUEST_PULL)
                     && !machine->quiet;

  if (!machine->started)
    return HW_SYNC_STATE_OFFLINE;
  if (!machine->has_token && !machine->need_sign_in)
    return HW_SYNC_STATE_SIGN_IN;
  if (machine->push.fault != HW_SYNC_ANSWER_OK || machine->pull.fault != HW_SYNC_ANSWER_OK)
    return HW_SYNC_STATE_FAILED;
  if (machine->offline)
    return HW_SYNC_STATE_OFFLINE;
  if (!machine->ever_synced || pushing || pulling)
    return HW_SYNC_STATE_SYNCING;
  return HW_SYNC_STATE_SYNCED;
}

static const char *
message (HwSyncMachine *machine, HwSyncState shown)
{
  if (shown == HW_SYNC_STATE_SIGN_IN)
    return _("Your session has ended. Sign in again to go on exchanging changes; what you typed is "
             "kept on this computer.");
  if (shown == HW_SYNC_STATE_FAILED)
    return hw_sync_answer_text (machine->push.fault != HW_SYNC_ANSWER_OK ? machine->push.fault
                                                                         : machine->pull.fault);
  return NULL;
}

/* A clock set back must not make this desktop wait for years. */
static void
notice_clock (HwSyncMachine *machine, gint64 now)
{
  if (now < machine->last_now)
    {
      machine->server.not_before = MIN (machine->server.not_before, now + BACKOFF_LONGEST);
      machine->push.not_before = MIN (machine->push.not_before, now + BACKOFF_LONGEST);
      machine->pull.not_before = MIN (machine->pull.not_before, now + BACKOFF_LONGEST);
      machine->poll_at = MIN (machine->poll_at, now + POLL);
      machine->listening_since = MIN (machine->listening_since, now);
      machine->copy_at = MIN (machine->copy_at, now + TELL_COPY);
    }
  machine->last_now = now;
}

/* had: one was being fetched before this event. The page is good for the very next request and for nothing
 * else: whatever else is asked, or cannot be asked now, may change what the server would say. */
static void
order_ahead (HwSyncMachine *machine, gboolean had, HwSyncOrders *orders)
{
  if (machine->ahead == NULL)
    {
      orders->drop_ahead = had;
      return;
    }
  if (!had)
    {
      orders->ahead = machine->ahead;
      return;
    }
  if (orders->request == HW_SYNC_REQUEST_NONE && machine->running == HW_SYNC_REQUEST_PULL
      && !machine->token_changed)
    return;
  orders->use_ahead = orders->request == HW_SYNC_REQUEST_PULL && !machine->token_changed
                      && g_strcmp0 (machine->ahead, machine->cursor) == 0;
  orders->drop_ahead = !orders->use_ahead;
  g_clear_pointer (&machine->ahead, g_free);
}

HwSyncMachine *
hw_sync_machine_new (guint64 seed)
{
  HwSyncMachine *machine = g_new0 (HwSyncMachine, 1);

  /* Zero is the one state xorshift never leaves. */
  machine->random = seed != 0 ? seed : 1;
  return machine;
}

void
hw_sync_machine_free (HwSyncMachine *machine)
{
  if (machine == NULL)
    return;
  g_free (machine->cursor);
  g_free (machine->etag);
  g_free (machine->ahead);
  g_free (machine);
}

HwSyncOrders
hw_sync_machine_step (HwSyncMachine *machine, const HwSyncEvent *event, gint64 now)
{
  HwSyncOrders orders = { 0 };
  gboolean had_ahead = machine->ahead != NULL;
  HwSyncRequest request;

  notice_clock (machine, now);
  orders.synced = handle (machine, event, now);
  request = choose (machine, now);
  if (request != HW_SYNC_REQUEST_NONE)
    begin (machine, request, now, &orders);
  order_ahead (machine, had_ahead, &orders);
  orders.wake_at = wake_time (machine);
  orders.listen = machine->listening && machine->has_token;
  orders.state = state (machine);
  orders.message = message (machine, orders.state);
  return orders;
}
