/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The synchronisation machine, row by row: what happened, and the request, state and waking it must lead
 * to. The clock is a number in each row; nothing here waits.
 */
#include "sync/hw-sync-machine.h"

#define NOW G_GINT64_CONSTANT (1795500000000000)
#define ANY -1
#define NEVER 0

typedef struct
{
  gdouble at; /* seconds since the start */
  HwSyncEvent event;
  HwSyncRequest request;
  HwSyncState state;
  gint wake_least; /* seconds from `at`; ANY, or NEVER */
  gint wake_most;
} Row;

typedef struct
{
  const char *path;
  const Row *rows;
  guint n_rows;
} Scenario;

#define STARTED                                                                                    \
  {                                                                                                \
    .kind = HW_SYNC_EVENT_STARTED, .has_token = TRUE                                               \
  }
#define STARTED_WITH_PASSWORD                                                                      \
  {                                                                                                \
    .kind = HW_SYNC_EVENT_STARTED, .has_token = TRUE, .has_credentials = TRUE                      \
  }
#define EVENT(name)                                                                                \
  {                                                                                                \
    .kind = HW_SYNC_EVENT_##name                                                                   \
  }
#define ANSWER(name)                                                                               \
  {                                                                                                \
    .kind = HW_SYNC_EVENT_ANSWER, .answer = HW_SYNC_ANSWER_##name                                  \
  }
#define ANSWER_AFTER(name, seconds)                                                                \
  {                                                                                                \
    .kind = HW_SYNC_EVENT_ANSWER, .answer = HW_SYNC_ANSWER_##name, .retry_after = seconds          \
  }
#define PUSHED(n, gone, kept)                                                                      \
  {                                                                                                \
    .kind = HW_SYNC_EVENT_ANSWER, .answer = HW_SYNC_ANSWER_OK, .sent = n, .acknowledged = gone,    \
    .held = kept                                                                                   \
  }
#define NOTHING_TO_PUSH PUSHED (0, 0, 0)
#define PULLED(n, rest)                                                                            \
  {                                                                                                \
    .kind = HW_SYNC_EVENT_ANSWER, .answer = HW_SYNC_ANSWER_OK, .items = n, .more = rest,           \
    .cursor = "c", .etag = "\"e\""                                                                 \
  }
#define SET_ASIDE                                                                                  \
  {                                                                                                \
    .kind = HW_SYNC_EVENT_ANSWER, .answer = HW_SYNC_ANSWER_REJECTED, .sent = 1, .set_aside = TRUE  \
  }

#define NONE HW_SYNC_REQUEST_NONE
#define PUSH HW_SYNC_REQUEST_PUSH
#define PULL HW_SYNC_REQUEST_PULL
#define FORGET HW_SYNC_REQUEST_FORGET
#define SIGN_IN HW_SYNC_REQUEST_SIGN_IN
#define NAMES HW_SYNC_REQUEST_NAMES
#define COPY HW_SYNC_REQUEST_COPY

#define IS_OFFLINE HW_SYNC_STATE_OFFLINE
#define IS_SYNCING HW_SYNC_STATE_SYNCING
#define IS_SYNCED HW_SYNC_STATE_SYNCED
#define IS_SIGN_IN HW_SYNC_STATE_SIGN_IN
#define IS_FAILED HW_SYNC_STATE_FAILED

/* From the start to rest: push, pull, the pull after the stream opened, which copy this is, names. */
#define TO_REST                                                                                    \
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },                                                      \
    { 0, NOTHING_TO_PUSH, PULL, IS_SYNCING, NEVER, 0 },                                            \
    { 0, PULLED (3, FALSE), PULL, IS_SYNCED, NEVER, 0 },                                           \
    { 0, ANSWER (NOT_MODIFIED), COPY, IS_SYNCED, NEVER, 0 },                                       \
    { 0, ANSWER (OK), NAMES, IS_SYNCED, NEVER, 0 },                                                \
  {                                                                                                \
    0, ANSWER (OK), NONE, IS_SYNCED, 240, 360                                                      \
  }

static const Row push_before_pull[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, PUSHED (500, 500, 0), PUSH, IS_SYNCING, NEVER, 0 },
  { 1, PUSHED (20, 20, 0), PUSH, IS_SYNCING, NEVER, 0 },
  { 1, NOTHING_TO_PUSH, PULL, IS_SYNCING, NEVER, 0 },
};

static const Row one_at_a_time[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, EVENT (HINT), NONE, IS_SYNCING, NEVER, 0 },
  { 0, EVENT (LOCAL_CHANGE), NONE, IS_SYNCING, NEVER, 0 },
  { 0, EVENT (SYNC_NOW), NONE, IS_SYNCING, NEVER, 0 },
  { 9, EVENT (TICK), NONE, IS_SYNCING, NEVER, 0 },
};

/* What was typed while the queue was found empty is not forgotten. */
static const Row change_during_push[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, EVENT (LOCAL_CHANGE), NONE, IS_SYNCING, NEVER, 0 },
  { 0, NOTHING_TO_PUSH, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, NOTHING_TO_PUSH, PULL, IS_SYNCING, NEVER, 0 },
};

static const Row pages_follow_pages[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, NOTHING_TO_PUSH, PULL, IS_SYNCING, NEVER, 0 },
  { 0, PULLED (500, TRUE), PULL, IS_SYNCING, NEVER, 0 },
  { 0, PULLED (500, TRUE), PULL, IS_SYNCING, NEVER, 0 },
  { 0, PULLED (7, FALSE), PULL, IS_SYNCED, NEVER, 0 },
};

static const Row hint_pulls[] = {
  TO_REST,
  { 5, EVENT (HINT), PULL, IS_SYNCING, NEVER, 0 },
  { 5, EVENT (HINT), NONE, IS_SYNCING, NEVER, 0 },
  { 5, PULLED (1, FALSE), PULL, IS_SYNCING, NEVER, 0 },
  { 5, PULLED (0, FALSE), NONE, IS_SYNCED, 240, 360 },
};

static const Row change_pushes[] = {
  TO_REST,
  { 5, EVENT (LOCAL_CHANGE), PUSH, IS_SYNCING, NEVER, 0 },
  { 5, PUSHED (1, 1, 0), PUSH, IS_SYNCING, NEVER, 0 },
  { 5, NOTHING_TO_PUSH, PULL, IS_SYNCING, NEVER, 0 },
  { 5, PULLED (1, FALSE), NONE, IS_SYNCED, 240, 360 },
};

/* A poll shows nothing unless it brings something. */
static const Row polls_quietly[] = {
  TO_REST,
  { 100, EVENT (TICK), NONE, IS_SYNCED, 140, 260 },
  { 370, EVENT (TICK), PULL, IS_SYNCED, NEVER, 0 },
  { 370, ANSWER (NOT_MODIFIED), NONE, IS_SYNCED, 240, 360 },
};

static const Row without_stream_polls_each_minute[] = {
  TO_REST,
  { 1, EVENT (STREAM_CLOSED), NONE, IS_SYNCED, 48, 72 },
  { 40, EVENT (TICK), NONE, IS_SYNCED, 8, 34 },
  { 74, EVENT (TICK), PULL, IS_SYNCED, NEVER, 0 },
  { 74, ANSWER (NOT_MODIFIED), PULL, IS_SYNCED, NEVER, 0 },
  { 74, ANSWER (NOT_MODIFIED), NONE, IS_SYNCED, 240, 360 },
};

static const Row old_stream_is_reopened_soon[] = {
  TO_REST,
  { 200, EVENT (STREAM_CLOSED), NONE, IS_SYNCED, 2, 4 },
  { 204, EVENT (TICK), PULL, IS_SYNCED, NEVER, 0 },
};

static const Row unreachable_backs_off[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (UNREACHABLE), NONE, IS_OFFLINE, 1, 3 },
  { 0.5, EVENT (TICK), NONE, IS_OFFLINE, 0, 3 },
  { 3, EVENT (TICK), PUSH, IS_OFFLINE, NEVER, 0 },
  { 3, ANSWER (UNREACHABLE), NONE, IS_OFFLINE, 1, 9 },
  { 12, EVENT (TICK), PUSH, IS_OFFLINE, NEVER, 0 },
  { 12, NOTHING_TO_PUSH, PULL, IS_SYNCING, NEVER, 0 },
};

static const Row typing_offline_does_not_hammer[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (UNREACHABLE), NONE, IS_OFFLINE, 1, 3 },
  { 0.1, EVENT (LOCAL_CHANGE), NONE, IS_OFFLINE, ANY, 0 },
  { 0.2, EVENT (LOCAL_CHANGE), NONE, IS_OFFLINE, ANY, 0 },
};

static const Row network_up_resets[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (UNREACHABLE), NONE, IS_OFFLINE, 1, 3 },
  { 0.1, EVENT (NETWORK_UP), PUSH, IS_OFFLINE, NEVER, 0 },
};

static const Row retry_after_is_honoured[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER_AFTER (UNAVAILABLE, 120), NONE, IS_OFFLINE, 120, 120 },
  { 1, EVENT (NETWORK_UP), NONE, IS_OFFLINE, 119, 119 },
  { 2, EVENT (SYNC_NOW), NONE, IS_OFFLINE, 118, 118 },
  { 119, EVENT (TICK), NONE, IS_OFFLINE, 1, 1 },
  { 120, EVENT (TICK), PUSH, IS_OFFLINE, NEVER, 0 },
  { 120, ANSWER_AFTER (THROTTLED, 30), NONE, IS_OFFLINE, 30, 30 },
};

static const Row one_sign_in_on_401[] = {
  { 0, STARTED_WITH_PASSWORD, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (UNAUTHORIZED), SIGN_IN, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (OK), PUSH, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (UNAUTHORIZED), NONE, IS_SIGN_IN, NEVER, 0 },
  { 9, EVENT (LOCAL_CHANGE), NONE, IS_SIGN_IN, NEVER, 0 },
  { 9, EVENT (SIGNED_IN), PUSH, IS_SYNCING, NEVER, 0 },
};

static const Row a_later_401_signs_in_again[] = {
  { 0, STARTED_WITH_PASSWORD, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (UNAUTHORIZED), SIGN_IN, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (OK), PUSH, IS_SYNCING, NEVER, 0 },
  { 0, NOTHING_TO_PUSH, PULL, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (UNAUTHORIZED), SIGN_IN, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (OK), PULL, IS_SYNCING, NEVER, 0 },
};

static const Row without_password_asks[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (UNAUTHORIZED), NONE, IS_SIGN_IN, NEVER, 0 },
  { 100, EVENT (TICK), NONE, IS_SIGN_IN, NEVER, 0 },
};

static const Row refused_password_asks[] = {
  { 0, STARTED_WITH_PASSWORD, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (UNAUTHORIZED), SIGN_IN, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (UNAUTHORIZED), NONE, IS_SIGN_IN, NEVER, 0 },
};

static const Row sign_in_is_tried_again_when_unreachable[] = {
  { 0, STARTED_WITH_PASSWORD, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (UNAUTHORIZED), SIGN_IN, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (UNREACHABLE), NONE, IS_OFFLINE, 1, 3 },
  { 4, EVENT (TICK), SIGN_IN, IS_OFFLINE, NEVER, 0 },
  { 4, ANSWER (OK), PUSH, IS_OFFLINE, NEVER, 0 },
};

/* A 401 to a request that still carried the session before this one. */
static const Row stale_401_is_ignored[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, EVENT (SIGNED_IN), NONE, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (UNAUTHORIZED), PUSH, IS_SYNCING, NEVER, 0 },
};

static const Row no_session_at_all[] = {
  { 0, { .kind = HW_SYNC_EVENT_STARTED }, NONE, IS_SIGN_IN, NEVER, 0 },
  { 1, EVENT (LOCAL_CHANGE), NONE, IS_SIGN_IN, NEVER, 0 },
  { 2, EVENT (SIGNED_IN), PUSH, IS_SYNCING, NEVER, 0 },
};

static const Row gone_forgets_and_pushes_first[] = {
  TO_REST,
  { 5, EVENT (HINT), PULL, IS_SYNCING, NEVER, 0 },
  { 5, ANSWER (GONE), FORGET, IS_SYNCING, NEVER, 0 },
  { 5, ANSWER (OK), PULL, IS_SYNCING, NEVER, 0 },
};

static const Row gone_while_disk_is_full[] = {
  TO_REST,
  { 5, EVENT (HINT), PULL, IS_SYNCING, NEVER, 0 },
  { 5, ANSWER (GONE), FORGET, IS_SYNCING, NEVER, 0 },
  { 5, ANSWER (STORE), NONE, IS_FAILED, 1, 3 },
  { 9, EVENT (TICK), FORGET, IS_FAILED, NEVER, 0 },
  { 9, ANSWER (OK), PULL, IS_FAILED, NEVER, 0 },
  { 9, PULLED (5, FALSE), NONE, IS_SYNCED, ANY, 0 },
};

/* An older copy begins from nothing, sends what waits, and is told to the server again no sooner than any other. */
static const Row older_copy_begins_anew[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, NOTHING_TO_PUSH, PULL, IS_SYNCING, NEVER, 0 },
  { 0, PULLED (3, FALSE), PULL, IS_SYNCED, NEVER, 0 },
  { 0, ANSWER (NOT_MODIFIED), COPY, IS_SYNCED, NEVER, 0 },
  { 0, ANSWER (GONE), FORGET, IS_SYNCED, NEVER, 0 },
  { 0, ANSWER (OK), PULL, IS_SYNCING, NEVER, 0 },
  { 0, PULLED (9, FALSE), NAMES, IS_SYNCED, NEVER, 0 },
  { 0, ANSWER (OK), NONE, IS_SYNCED, 240, 360 },
};

/* What a server answers to it that is none of this stops nothing. */
static const Row a_server_that_cannot_count_stops_nothing[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, NOTHING_TO_PUSH, PULL, IS_SYNCING, NEVER, 0 },
  { 0, PULLED (3, FALSE), PULL, IS_SYNCED, NEVER, 0 },
  { 0, ANSWER (NOT_MODIFIED), COPY, IS_SYNCED, NEVER, 0 },
  { 0, ANSWER (UNKNOWN), NAMES, IS_SYNCED, NEVER, 0 },
  { 0, ANSWER (OK), NONE, IS_SYNCED, 240, 360 },
  { 500, EVENT (TICK), PULL, IS_SYNCED, NEVER, 0 },
  { 500, ANSWER (NOT_MODIFIED), NONE, IS_SYNCED, 240, 360 },
  { 900, EVENT (TICK), PULL, IS_SYNCED, NEVER, 0 },
  { 900, ANSWER (NOT_MODIFIED), COPY, IS_SYNCED, NEVER, 0 },
};

/* A network that was away may have been away because another copy of the folder was used. */
static const Row told_again_after_the_network[] = {
  TO_REST,
  { 5, EVENT (HINT), PULL, IS_SYNCING, NEVER, 0 },
  { 5, ANSWER (UNREACHABLE), NONE, IS_OFFLINE, 1, 3 },
  { 9, EVENT (TICK), PULL, IS_OFFLINE, NEVER, 0 },
  { 9, ANSWER (NOT_MODIFIED), COPY, IS_SYNCED, NEVER, 0 },
};

static const Row schema_does_not_stop_reading[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (SCHEMA), PULL, IS_FAILED, NEVER, 0 },
  { 0, PULLED (9, FALSE), PULL, IS_FAILED, NEVER, 0 },
  { 0, ANSWER (NOT_MODIFIED), COPY, IS_FAILED, NEVER, 0 },
  { 0, ANSWER (OK), NAMES, IS_FAILED, NEVER, 0 },
  { 0, ANSWER (OK), NONE, IS_FAILED, 1, 3 },
  { 3, EVENT (TICK), PUSH, IS_FAILED, NEVER, 0 },
  { 3, NOTHING_TO_PUSH, NONE, IS_SYNCED, ANY, 0 },
};

static const Row one_refused_request_does_not_stop_the_rest[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, { .kind = HW_SYNC_EVENT_ANSWER, .answer = HW_SYNC_ANSWER_REJECTED, .sent = 2 },
    PUSH, IS_SYNCING, NEVER, 0 },
  { 0, SET_ASIDE, PUSH, IS_FAILED, NEVER, 0 },
  { 0, PUSHED (1, 1, 0), PUSH, IS_FAILED, NEVER, 0 },
  { 0, NOTHING_TO_PUSH, PULL, IS_FAILED, NEVER, 0 },
};

static const Row a_server_that_refuses_everything_is_left_alone[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, SET_ASIDE, PUSH, IS_FAILED, NEVER, 0 },
  { 0, SET_ASIDE, PUSH, IS_FAILED, NEVER, 0 },
  { 0, SET_ASIDE, PULL, IS_FAILED, NEVER, 0 },
};

static const Row held_waits_for_its_parent[] = {
  TO_REST,
  { 5, EVENT (LOCAL_CHANGE), PUSH, IS_SYNCING, NEVER, 0 },
  { 5, PUSHED (1, 0, 1), PUSH, IS_SYNCING, NEVER, 0 },
  { 5, NOTHING_TO_PUSH, NONE, IS_SYNCED, 230, 360 },
  { 6, EVENT (HINT), PULL, IS_SYNCING, NEVER, 0 },
  { 6, PULLED (1, FALSE), PUSH, IS_SYNCING, NEVER, 0 },
  { 6, PUSHED (1, 1, 0), PUSH, IS_SYNCING, NEVER, 0 },
};

static const Row garbage_fails_in_words_and_tries_again[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, NOTHING_TO_PUSH, PULL, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (PROTOCOL), NONE, IS_FAILED, 1, 3 },
  { 3, EVENT (TICK), PULL, IS_FAILED, NEVER, 0 },
  { 3, PULLED (1, FALSE), PULL, IS_SYNCED, NEVER, 0 },
};

static const Row unknown_status_loses_nothing[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, ANSWER (UNKNOWN), PULL, IS_FAILED, NEVER, 0 },
  { 0, ANSWER (NOT_MODIFIED), PULL, IS_FAILED, NEVER, 0 },
  { 0, ANSWER (NOT_MODIFIED), COPY, IS_FAILED, NEVER, 0 },
  { 0, ANSWER (OK), NAMES, IS_FAILED, NEVER, 0 },
  { 0, ANSWER (UNKNOWN), NONE, IS_FAILED, 1, 3 },
  { 4, EVENT (TICK), PUSH, IS_FAILED, NEVER, 0 },
};

static const Row stopped_is_silent[] = {
  { 0, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
  { 0, EVENT (STOPPED), NONE, IS_OFFLINE, NEVER, 0 },
  { 0, ANSWER (OK), NONE, IS_OFFLINE, NEVER, 0 },
  { 9, EVENT (HINT), NONE, IS_OFFLINE, NEVER, 0 },
  { 9, STARTED, PUSH, IS_SYNCING, NEVER, 0 },
};

static const Row clock_set_back_by_years[] = {
  TO_REST,
  { -1e8, EVENT (TICK), NONE, IS_SYNCED, 0, 60 },
  { -1e8 + 61, EVENT (TICK), PULL, IS_SYNCED, NEVER, 0 },
  { -1e8 + 61, ANSWER (UNREACHABLE), NONE, IS_OFFLINE, 1, 3 },
  { -2e8, EVENT (TICK), NONE, IS_OFFLINE, 0, 300 },
};

static const Row clock_set_forward_by_years[] = {
  TO_REST,
  { 1e8, EVENT (TICK), PULL, IS_SYNCED, NEVER, 0 },
  { 1e8, ANSWER (NOT_MODIFIED), COPY, IS_SYNCED, NEVER, 0 },
  { 1e8, ANSWER (OK), NONE, IS_SYNCED, 240, 360 },
};

#define SCENARIO(path, rows)                                                                       \
  {                                                                                                \
    "/machine/" path, rows, G_N_ELEMENTS (rows)                                                    \
  }
static const Scenario scenarios[] = {
  SCENARIO ("pushes-before-it-pulls", push_before_pull),
  SCENARIO ("asks-one-thing-at-a-time", one_at_a_time),
  SCENARIO ("keeps-a-change-made-during-a-push", change_during_push),
  SCENARIO ("fetches-page-after-page", pages_follow_pages),
  SCENARIO ("pulls-on-a-hint", hint_pulls),
  SCENARIO ("pushes-a-change", change_pushes),
  SCENARIO ("polls-without-a-show", polls_quietly),
  SCENARIO ("polls-each-minute-without-a-stream", without_stream_polls_each_minute),
  SCENARIO ("opens-a-stream-again", old_stream_is_reopened_soon),
  SCENARIO ("backs-off-when-unreachable", unreachable_backs_off),
  SCENARIO ("does-not-hammer-while-offline", typing_offline_does_not_hammer),
  SCENARIO ("hurries-when-the-network-is-back", network_up_resets),
  SCENARIO ("honours-retry-after", retry_after_is_honoured),
  SCENARIO ("signs-in-once-on-401", one_sign_in_on_401),
  SCENARIO ("signs-in-again-after-a-good-answer", a_later_401_signs_in_again),
  SCENARIO ("asks-for-the-password-it-lacks", without_password_asks),
  SCENARIO ("asks-when-the-password-is-refused", refused_password_asks),
  SCENARIO ("tries-the-sign-in-again", sign_in_is_tried_again_when_unreachable),
  SCENARIO ("ignores-a-401-to-the-old-session", stale_401_is_ignored),
  SCENARIO ("waits-for-a-session", no_session_at_all),
  SCENARIO ("forgets-on-410-and-pulls-from-nothing", gone_forgets_and_pushes_first),
  SCENARIO ("begins-anew-from-an-older-copy", older_copy_begins_anew),
  SCENARIO ("goes-on-with-a-server-that-cannot-count", a_server_that_cannot_count_stops_nothing),
  SCENARIO ("tells-its-copy-again-after-the-network", told_again_after_the_network),
  SCENARIO ("forgets-later-when-the-disk-is-full", gone_while_disk_is_full),
  SCENARIO ("reads-on-when-the-schema-differs", schema_does_not_stop_reading),
  SCENARIO ("steps-over-what-the-server-cannot-read", one_refused_request_does_not_stop_the_rest),
  SCENARIO ("leaves-a-refusing-server-alone", a_server_that_refuses_everything_is_left_alone),
  SCENARIO ("sends-a-child-after-its-parent", held_waits_for_its_parent),
  SCENARIO ("fails-in-words-on-garbage", garbage_fails_in_words_and_tries_again),
  SCENARIO ("loses-nothing-on-an-unknown-status", unknown_status_loses_nothing),
  SCENARIO ("says-nothing-once-stopped", stopped_is_silent),
  SCENARIO ("survives-a-clock-set-back", clock_set_back_by_years),
  SCENARIO ("survives-a-clock-set-forward", clock_set_forward_by_years),
};

static void
check_wake (const Row *row, const HwSyncOrders *orders, gint64 now, guint n)
{
  gdouble seconds = (gdouble) (orders->wake_at - now) / G_USEC_PER_SEC;

  if (row->wake_least == ANY)
    return;
  if (row->wake_least == NEVER && row->wake_most == 0)
    {
      if (orders->wake_at != 0)
        g_error ("row %u: woken after %.1f s, not never", n, seconds);
      return;
    }
  if (orders->wake_at == 0 || seconds < row->wake_least || seconds > row->wake_most + 0.001)
    g_error ("row %u: woken after %.1f s, not %d to %d", n, seconds, row->wake_least,
             row->wake_most);
}

static void
test_scenario (gconstpointer data)
{
  const Scenario *scenario = data;

  /* The rows hold whatever the jitter is. */
  for (guint64 seed = 0; seed < 50; seed++)
    {
      g_autoptr (HwSyncMachine) machine = hw_sync_machine_new (seed * 7919);

      for (guint i = 0; i < scenario->n_rows; i++)
        {
          const Row *row = &scenario->rows[i];
          gint64 now = NOW + (gint64) (row->at * G_USEC_PER_SEC);
          HwSyncOrders orders = hw_sync_machine_step (machine, &row->event, now);

          if (orders.request != row->request || orders.state != row->state)
            g_error ("row %u: request %d state %d, not %d and %d", i, orders.request, orders.state,
                     row->request, row->state);
          g_assert_cmpint (orders.message != NULL, ==,
                           orders.state == HW_SYNC_STATE_FAILED
                             || orders.state == HW_SYNC_STATE_SIGN_IN);
          check_wake (row, &orders, now, i);
        }
    }
}

static HwSyncOrders
step (HwSyncMachine *machine, gint64 now, HwSyncEvent event)
{
  return hw_sync_machine_step (machine, &event, now);
}

static void
test_backoff_bounds (void)
{
  g_autoptr (HwSyncMachine) machine = hw_sync_machine_new (42);
  gint64 now = NOW, longest = 0;
  HwSyncOrders orders = step (machine, now, (HwSyncEvent) STARTED);

  for (guint i = 0; i < 200; i++)
    {
      gint64 wait;

      g_assert_cmpint (orders.request, ==, PUSH);
      orders = step (machine, now, (HwSyncEvent) ANSWER (UNREACHABLE));
      wait = orders.wake_at - now;
      g_assert_cmpint (wait, >=, G_USEC_PER_SEC);
      g_assert_cmpint (wait, <=, 300 * (gint64) G_USEC_PER_SEC);
      longest = MAX (longest, wait);
      now = orders.wake_at;
      orders = step (machine, now, (HwSyncEvent) EVENT (TICK));
    }
  g_assert_cmpint (longest, >, 250 * (gint64) G_USEC_PER_SEC);
}

static void
test_replays (void)
{
  g_autoptr (HwSyncMachine) one = hw_sync_machine_new (7);
  g_autoptr (HwSyncMachine) same = hw_sync_machine_new (7);
  g_autoptr (HwSyncMachine) other = hw_sync_machine_new (8);
  HwSyncOrders a, b, c;

  step (one, NOW, (HwSyncEvent) STARTED);
  step (same, NOW, (HwSyncEvent) STARTED);
  step (other, NOW, (HwSyncEvent) STARTED);
  a = step (one, NOW, (HwSyncEvent) ANSWER (UNREACHABLE));
  b = step (same, NOW, (HwSyncEvent) ANSWER (UNREACHABLE));
  c = step (other, NOW, (HwSyncEvent) ANSWER (UNREACHABLE));
  g_assert_cmpint (a.wake_at, ==, b.wake_at);
  g_assert_cmpint (a.wake_at, !=, c.wake_at);
}

static void
test_cursor (void)
{
  g_autoptr (HwSyncMachine) machine = hw_sync_machine_new (1);
  HwSyncEvent started
    = { .kind = HW_SYNC_EVENT_STARTED, .has_token = TRUE, .cursor = "from-last-week" };
  HwSyncEvent page = PULLED (2, TRUE);
  HwSyncOrders orders;

  step (machine, NOW, started);
  orders = step (machine, NOW, (HwSyncEvent) NOTHING_TO_PUSH);
  g_assert_cmpstr (orders.cursor, ==, "from-last-week");
  g_assert_null (orders.etag);
  /* In the middle of a run the tag of a page says nothing about the whole. */
  orders = step (machine, NOW, page);
  g_assert_cmpstr (orders.cursor, ==, "c");
  g_assert_null (orders.etag);
  page.more = FALSE;
  orders = step (machine, NOW, page);
  g_assert_true (orders.synced);
  g_assert_true (orders.listen);
  g_assert_cmpstr (orders.etag, ==, "\"e\"");
  step (machine, NOW, (HwSyncEvent) ANSWER (GONE));
  orders = step (machine, NOW, (HwSyncEvent) ANSWER (OK));
  g_assert_cmpint (orders.request, ==, PULL);
  g_assert_null (orders.cursor);
  g_assert_null (orders.etag);
}

static void
test_release (void)
{
  g_autoptr (HwSyncMachine) machine = hw_sync_machine_new (1);
  HwSyncOrders orders = step (machine, NOW, (HwSyncEvent) STARTED);

  g_assert_true (orders.release_all);
  orders = step (machine, NOW, (HwSyncEvent) PUSHED (2, 0, 2));
  g_assert_cmpint (orders.request, ==, PUSH);
  g_assert_false (orders.release_held);
  orders = step (machine, NOW, (HwSyncEvent) NOTHING_TO_PUSH);
  orders = step (machine, NOW, (HwSyncEvent) PULLED (1, FALSE));
  g_assert_cmpint (orders.request, ==, PUSH);
  g_assert_true (orders.release_held);
  g_assert_false (orders.release_all);
}

/* Whatever the server answers to whatever was asked, the machine comes to rest or waits: it never asks
 * more than a few times without a second passing. */
static void
test_bounded (void)
{
  for (guint64 seed = 1; seed < 300; seed++)
    {
      g_autoptr (HwSyncMachine) machine = hw_sync_machine_new (seed);
      g_autoptr (GRand) random = g_rand_new_with_seed ((guint32) seed);
      HwSyncAnswer answer = (HwSyncAnswer) (seed % HW_SYNC_N_ANSWERS);
      HwSyncOrders orders = step (machine, NOW, (HwSyncEvent) STARTED_WITH_PASSWORD);
      guint asked = 0;

      while (orders.request != NONE)
        {
          gboolean same = g_rand_boolean (random);
          HwSyncEvent event
            = { .kind = HW_SYNC_EVENT_ANSWER,
                .answer = same ? answer : (HwSyncAnswer) g_rand_int_range (random, 2, HW_SYNC_N_ANSWERS),
                .set_aside = TRUE };

          g_assert_cmpuint (++asked, <, 40);
          orders = step (machine, NOW, event);
        }
      g_assert_true (orders.wake_at > NOW || orders.state == IS_SIGN_IN);
    }
}

static void
test_statuses (void)
{
  static const struct
  {
    guint status;
    const char *type;
    HwSyncAnswer answer;
  } rows[] = {
    { 200, NULL, HW_SYNC_ANSWER_OK },
    { 304, NULL, HW_SYNC_ANSWER_NOT_MODIFIED },
    { 400, NULL, HW_SYNC_ANSWER_REJECTED },
    { 401, NULL, HW_SYNC_ANSWER_UNAUTHORIZED },
    { 403, NULL, HW_SYNC_ANSWER_FORBIDDEN },
    { 404, NULL, HW_SYNC_ANSWER_UNKNOWN },
    { 409, "urn:homeward:problem:schema-unsupported", HW_SYNC_ANSWER_SCHEMA },
    { 409, "urn:homeward:problem:gate-embassy", HW_SYNC_ANSWER_UNKNOWN },
    { 409, NULL, HW_SYNC_ANSWER_UNKNOWN },
    { 410, NULL, HW_SYNC_ANSWER_GONE },
    { 413, NULL, HW_SYNC_ANSWER_REJECTED },
    { 422, NULL, HW_SYNC_ANSWER_REJECTED },
    { 429, NULL, HW_SYNC_ANSWER_THROTTLED },
    { 500, NULL, HW_SYNC_ANSWER_SERVER },
    { 502, NULL, HW_SYNC_ANSWER_UNAVAILABLE },
    { 503, NULL, HW_SYNC_ANSWER_UNAVAILABLE },
    { 302, NULL, HW_SYNC_ANSWER_UNKNOWN },
    { 418, NULL, HW_SYNC_ANSWER_UNKNOWN },
    { 0, NULL, HW_SYNC_ANSWER_UNKNOWN },
    { 999, NULL, HW_SYNC_ANSWER_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (hw_sync_answer_of_status (rows[i].status, rows[i].type), ==, rows[i].answer);
}

/* ---- A page ahead ---- */

static HwSyncOrders
tell (HwSyncMachine *machine, HwSyncEvent event)
{
  return hw_sync_machine_step (machine, &event, NOW);
}

/* To the first pull, which brought a page that ends at `cursor`. */
static HwSyncMachine *
machine_with_page (const char *cursor, gboolean more, HwSyncOrders *orders)
{
  HwSyncMachine *machine = hw_sync_machine_new (7);
  HwSyncOrders first;

  tell (machine, (HwSyncEvent) STARTED);
  first = tell (machine, (HwSyncEvent) NOTHING_TO_PUSH);
  g_assert_cmpint (first.request, ==, PULL);
  g_assert_null (first.ahead);
  *orders = tell (machine, (HwSyncEvent){ .kind = HW_SYNC_EVENT_PAGE, .cursor = cursor, .more = more });
  g_assert_cmpint (orders->request, ==, NONE);
  return machine;
}

static void
test_ahead (void)
{
  HwSyncOrders orders;
  g_autoptr (HwSyncMachine) machine = machine_with_page ("c", TRUE, &orders);
  g_autoptr (HwSyncMachine) last = NULL;

  g_assert_cmpstr (orders.ahead, ==, "c");
  /* What only passes by changes nothing. */
  orders = tell (machine, (HwSyncEvent) EVENT (HINT));
  g_assert_true (orders.ahead == NULL && !orders.use_ahead && !orders.drop_ahead);
  orders = tell (machine, (HwSyncEvent) PULLED (9, TRUE));
  g_assert_cmpint (orders.request, ==, PULL);
  g_assert_cmpstr (orders.cursor, ==, "c");
  g_assert_true (orders.use_ahead && !orders.drop_ahead);
  /* It is used once. */
  orders = tell (machine, (HwSyncEvent) PULLED (9, TRUE));
  g_assert_cmpint (orders.request, ==, PULL);
  g_assert_true (!orders.use_ahead && !orders.drop_ahead);

  last = machine_with_page ("c", FALSE, &orders);
  g_assert_null (orders.ahead);
}

static void
test_ahead_dropped (void)
{
  static const struct
  {
    const char *what;
    HwSyncEvent meanwhile; /* TICK: nothing */
    HwSyncEvent answer;
    HwSyncRequest then;
  } rows[] = {
    { "typing goes first", EVENT (LOCAL_CHANGE), PULLED (9, TRUE), PUSH },
    { "the page was not kept", EVENT (TICK), ANSWER (STORE), NONE },
    { "the server is lost", EVENT (TICK), ANSWER (UNREACHABLE), NONE },
    { "the cursor is void", EVENT (TICK), ANSWER (GONE), FORGET },
    { "the run is complete", EVENT (TICK), PULLED (9, FALSE), PULL },
    { "another session", EVENT (SIGNED_IN), PULLED (9, TRUE), PUSH },
    { "stopped", EVENT (STOPPED), PULLED (9, TRUE), NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      /* The run that is complete says so under another cursor than the page fetched ahead. */
      const char *cursor = rows[i].answer.more || rows[i].answer.answer != HW_SYNC_ANSWER_OK ? "c" : "b";
      HwSyncOrders orders;
      g_autoptr (HwSyncMachine) machine = machine_with_page (cursor, TRUE, &orders);
      gboolean dropped;

      g_assert_cmpstr (orders.ahead, ==, cursor);
      orders = tell (machine, rows[i].meanwhile);
      dropped = orders.drop_ahead;
      orders = tell (machine, rows[i].answer);
      g_test_message ("%s", rows[i].what);
      g_assert_cmpint (orders.request, ==, rows[i].then);
      g_assert_false (orders.use_ahead);
      g_assert_true (dropped != orders.drop_ahead);
    }
}

/* What is to be pushed goes first, so the page would be fetched in vain. */
static void
test_ahead_not_before_push (void)
{
  g_autoptr (HwSyncMachine) machine = hw_sync_machine_new (7);
  HwSyncOrders orders;

  tell (machine, (HwSyncEvent) STARTED);
  tell (machine, (HwSyncEvent) NOTHING_TO_PUSH);
  tell (machine, (HwSyncEvent) EVENT (LOCAL_CHANGE));
  orders = tell (machine, (HwSyncEvent){ .kind = HW_SYNC_EVENT_PAGE, .cursor = "c", .more = TRUE });
  g_assert_null (orders.ahead);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    g_test_add_data_func (scenarios[i].path, &scenarios[i], test_scenario);
  g_test_add_func ("/machine/backs-off-between-a-second-and-five-minutes", test_backoff_bounds);
  g_test_add_func ("/machine/replays-from-its-seed", test_replays);
  g_test_add_func ("/machine/pulls-from-where-it-was", test_cursor);
  g_test_add_func ("/machine/releases-what-waited-for-a-parent", test_release);
  g_test_add_func ("/machine/never-hammers", test_bounded);
  g_test_add_func ("/machine/knows-every-status", test_statuses);
  g_test_add_func ("/machine/fetches-a-page-while-one-is-kept", test_ahead);
  g_test_add_func ("/machine/uses-that-page-for-the-very-next-pull-alone", test_ahead_dropped);
  g_test_add_func ("/machine/fetches-nothing-ahead-of-a-push", test_ahead_not_before_push);
  return g_test_run ();
}
