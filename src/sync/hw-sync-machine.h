/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwSyncMachine: what to do next, as a function of what happened. It does no I/O, asks no clock and draws
 * its jitter from the seed it was given, so a run replays exactly. Whoever owns it tells it each event
 * and obeys the orders it answers with: at most one request, a time to be woken, what to show.
 *
 * What it holds to: push before pull; one request at a time, but for the next page, which may be fetched while
 * the last is being kept and is used only if nothing else was asked meanwhile; backoff with decorrelated jitter from one
 * second to five minutes, never sooner than the server asked; one sign-in after a refused session; a
 * fault of pushing never stops pulling, and no answer whatever makes it forget what is queued.
 */
#pragma once

#include "sync/hw-sync-engine.h"

G_BEGIN_DECLS

typedef enum
{
  HW_SYNC_EVENT_STARTED,       /* cursor, has_token, has_credentials */
  HW_SYNC_EVENT_STOPPED,
  HW_SYNC_EVENT_TICK,          /* the time asked for has come */
  HW_SYNC_EVENT_LOCAL_CHANGE,  /* something was queued */
  HW_SYNC_EVENT_HINT,          /* the server has something new */
  HW_SYNC_EVENT_STREAM_CLOSED,
  HW_SYNC_EVENT_NETWORK_UP,
  HW_SYNC_EVENT_SYNC_NOW,      /* a person asked */
  HW_SYNC_EVENT_SIGNED_IN,     /* a session is there */
  HW_SYNC_EVENT_CREDENTIALS,   /* user and password are at hand */
  HW_SYNC_EVENT_NAMES_WANTED,  /* a user without a name was met */
  HW_SYNC_EVENT_PAGE,          /* the pull that runs brought a page, not yet kept: cursor, more */
  HW_SYNC_EVENT_ANSWER,        /* to the request that runs */
} HwSyncEventKind;

typedef enum
{
  HW_SYNC_REQUEST_NONE,
  HW_SYNC_REQUEST_PUSH,
  HW_SYNC_REQUEST_PULL,
  HW_SYNC_REQUEST_FORGET,  /* the server's state, keeping the queue; nothing is sent */
  HW_SYNC_REQUEST_SIGN_IN,
  HW_SYNC_REQUEST_NAMES,
  HW_SYNC_REQUEST_COPY,    /* how often this copy of the data was in contact; GONE: it is an older one */
} HwSyncRequest;

typedef enum
{
  HW_SYNC_ANSWER_OK,
  HW_SYNC_ANSWER_NOT_MODIFIED,
  HW_SYNC_ANSWER_UNREACHABLE,
  HW_SYNC_ANSWER_INSECURE,     /* the certificate is not to be trusted */
  HW_SYNC_ANSWER_UNAVAILABLE,  /* 502, 503, 504 */
  HW_SYNC_ANSWER_THROTTLED,    /* 429 */
  HW_SYNC_ANSWER_UNAUTHORIZED, /* 401 */
  HW_SYNC_ANSWER_FORBIDDEN,    /* 403 */
  HW_SYNC_ANSWER_GONE,         /* 410 cursor-gone or epoch-changed */
  HW_SYNC_ANSWER_SCHEMA,       /* 409 schema-unsupported */
  HW_SYNC_ANSWER_REJECTED,     /* the request as a whole: 400, 413, 415, 422 */
  HW_SYNC_ANSWER_PROTOCOL,     /* not what the contract says */
  HW_SYNC_ANSWER_SERVER,       /* other 5xx */
  HW_SYNC_ANSWER_STORE,        /* this computer could not save it */
  HW_SYNC_ANSWER_UNKNOWN,      /* any other status */
  HW_SYNC_N_ANSWERS,
} HwSyncAnswer;

typedef struct
{
  HwSyncEventKind kind;
  /* STARTED */
  gboolean        has_token;
  gboolean        has_credentials;
  /* STARTED, PAGE and a pull's ANSWER */
  const char     *cursor; /* (nullable) where the next pull begins */
  /* ANSWER */
  HwSyncAnswer    answer;
  guint           retry_after;  /* seconds */
  guint           sent;         /* push: operations in the request; 0: nothing was left to send */
  guint           acknowledged; /* push: operations that left the queue */
  guint           held;         /* push: operations now waiting for their parent */
  gboolean        set_aside;    /* push: one that the server cannot read was put aside */
  gboolean        more;         /* PAGE and a pull's ANSWER */
  const char     *etag;         /* pull (nullable) */
  guint           items;        /* pull */
} HwSyncEvent;

typedef struct
{
  HwSyncRequest request;      /* begin this; its ANSWER must follow */
  gboolean      release_held; /* push: send those that waited for their parent again */
  gboolean      release_all;  /* push: and those set aside */
  const char   *cursor;       /* pull (nullable): from nothing */
  const char   *etag;         /* pull (nullable) */
  const char   *ahead;        /* (nullable) fetch the page from this cursor too, for the next pull */
  gboolean      use_ahead;    /* pull: by the page that was fetched ahead */
  gboolean      drop_ahead;   /* what was fetched ahead is not used */
  gint64        wake_at;      /* microseconds; 0: never */
  gboolean      listen;       /* the event stream should be open */
  gboolean      synced;       /* all is fetched as of now */
  HwSyncState   state;
  const char   *message;      /* (nullable) (static), translated */
} HwSyncOrders;

typedef struct _HwSyncMachine HwSyncMachine;

HwSyncMachine *hw_sync_machine_new (guint64 seed);
void           hw_sync_machine_free (HwSyncMachine *machine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwSyncMachine, hw_sync_machine_free)
/* now: microseconds since 1970 UTC. The orders' strings are valid until the next step. */
HwSyncOrders   hw_sync_machine_step (HwSyncMachine *machine, const HwSyncEvent *event, gint64 now);

/* What a status and the problem's type (nullable) mean. */
HwSyncAnswer   hw_sync_answer_of_status (guint status, const char *problem_type);
/* A fault in words. (static), translated */
const char    *hw_sync_answer_text (HwSyncAnswer answer);

G_END_DECLS
