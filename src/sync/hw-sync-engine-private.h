/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the engine's files share, and what its tests reach for.
 */
#pragma once

#include "sync/hw-sync-codec.h"
#include "sync/hw-sync-machine.h"
#include "sync/hw-sync-queue.h"

G_BEGIN_DECLS

typedef struct _HwSyncStep HwSyncStep;
typedef struct _HwSyncSending HwSyncSending;
typedef struct _HwSyncTelling HwSyncTelling;

struct _HwSyncEngine
{
  GObject parent_instance;

  HwStore *store;                   /* (owned) */
  HwTransport *transport;           /* (owned) */
  HwClock *clock;                   /* (owned) */
  HwSyncMachine *machine;           /* (owned) */
  HwSyncQueue *queue;               /* (owned) used on the worker alone */
  GNetworkMonitor *network_monitor; /* (unowned) */

  GCancellable *run;  /* (owned) (nullable) of this start; NULL while stopped */
  char *token;        /* (owned) (nullable) */
  char *username;     /* (owned) (nullable) */
  char *password;     /* (owned) (nullable) in locked memory */
  guint64 count_anew; /* where this copy counts on once the server's state is forgotten; 0: it is not an older one */
  HwSyncStep *ahead;  /* (unowned) (nullable) the pull whose page is fetched before it is begun */
  HwSyncSending *sending; /* (unowned) (nullable) the content on its way; owns itself */
  guint sending_pause;    /* timer: one could not be sent, and is tried again when it ends */
  guint sending_failures; /* in a row */
  HwSyncTelling *telling; /* (unowned) (nullable) the readings on their way; owns itself */
  guint telling_pause;    /* timer: they could not be told, and are tried again when it ends */
  gboolean readings_wait;  /* some may be kept here */
  gboolean readings_added; /* since it was last looked */
  guint wake_source;
  gboolean listening;

  HwSyncState state;
  guint waiting;
  guint refused;
  guint files;
  gint64 last_synced;
  char *message; /* (owned) (nullable) */

  GHashTable *names;        /* (owned) user id to name */
  GHashTable *names_missed; /* (owned) ids already asked for in vain */
};

/* One request of the machine's on its way through worker, transport and worker again. */
struct _HwSyncStep
{
  HwSyncEngine *engine; /* (owned) */
  GCancellable *run;    /* (owned) */
  HwSyncRequest request;
  gboolean release_held;
  gboolean release_all;
  char *cursor; /* (owned) (nullable) */
  char *etag;   /* (owned) (nullable) */
  char *text;   /* (owned) (nullable) what is to be kept as a setting */
  HwSyncBatch *batch;      /* (owned) (nullable) */
  HwTransportReply *reply; /* (owned) (nullable) */
  HwSyncPage *page;        /* (owned) (nullable) */
  char *copy;              /* (owned) (nullable) id of this copy of the data */
  guint64 count;           /* told of it; then the server's */
  gboolean early;          /* fetched ahead: its end is for nobody until the machine begins it */
  GError *error;           /* (owned) (nullable) how fetching ahead ended */
  HwSyncEvent answer;
};

/* Obeys the machine's order to begin a request. */
void hw_sync_step_begin (HwSyncEngine *engine, const HwSyncOrders *orders);
/* And to fetch a page ahead of its pull, or to forget that one. */
void hw_sync_step_fetch_ahead (HwSyncEngine *engine, const HwSyncOrders *orders);
void hw_sync_step_drop_ahead (HwSyncEngine *engine);

/* Contents of attachments (hw-sync-sending.c). look: begin with the next one, if there is one and all else is sent.
 * hurry: what failed may be tried again now. */
void hw_sync_sending_look (HwSyncEngine *engine);
void hw_sync_sending_hurry (HwSyncEngine *engine);
void hw_sync_sending_stop (HwSyncEngine *engine);

/* What was read behind a mask (hw-sync-readings.c). look: tell some, if there are any and all else is sent. */
void hw_sync_readings_look (HwSyncEngine *engine);
void hw_sync_readings_stop (HwSyncEngine *engine);

/* The server said that nothing may be kept here: emits "revoked". */
void hw_sync_engine_tell_revoked (HwSyncEngine *engine);
/* This copy is older than one the server has heard of: emits "older-copy". */
void hw_sync_engine_tell_older (HwSyncEngine *engine);
/* Tells the machine and obeys it. */
void hw_sync_engine_tell (HwSyncEngine *engine, const HwSyncEvent *event);
/* Before the start: jitter from this seed, so that a run replays. */
void hw_sync_engine_set_seed (HwSyncEngine *engine, guint64 seed);
/* What the timer does. */
void hw_sync_engine_tick (HwSyncEngine *engine);
/* Names as the server sent them; FALSE when they cannot be read. */
gboolean hw_sync_engine_take_names (HwSyncEngine *engine, GBytes *body);

void hw_sync_free_secret (char *secret);

#define HW_SYNC_SETTING_TOKEN "session.token"
#define HW_SYNC_SETTING_NAMES "users.names"

G_END_DECLS
