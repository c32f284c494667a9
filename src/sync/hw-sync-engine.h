/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwSyncEngine: keeps one desktop's store and the office's server equal. Owns the state machine
 * (hw-sync-machine.h: no I/O, no clock, no randomness), a transport (hw-transport.h: libsoup in life, a
 * scripted one in tests) and the timers. Main thread; all SQL on the store's worker.
 */
#pragma once

#include "store/hw-outbox.h"
#include "sync/hw-transport.h"

G_BEGIN_DECLS

#define HW_SYNC_ERROR (hw_sync_error_quark ())
GQuark hw_sync_error_quark (void);
typedef enum
{
  HW_SYNC_ERROR_UNREACHABLE, /* no network, no server: a normal state, not a fault */
  HW_SYNC_ERROR_CREDENTIALS, /* wrong user or password; same text for both */
  HW_SYNC_ERROR_THROTTLED,
  HW_SYNC_ERROR_PROTOCOL,    /* the answer is not what the contract says: refused, nothing taken from it */
  HW_SYNC_ERROR_SCHEMA,      /* server too old or too new */
  HW_SYNC_ERROR_SERVER,      /* 5xx */
  HW_SYNC_ERROR_INSECURE,    /* plain http to anything but loopback */
} HwSyncError;

typedef enum
{
  HW_SYNC_STATE_OFFLINE,      /* not reachable; trying again by itself */
  HW_SYNC_STATE_SYNCING,
  HW_SYNC_STATE_SYNCED,
  HW_SYNC_STATE_SIGN_IN,      /* the session ended: the password is needed */
  HW_SYNC_STATE_FAILED,       /* something a person must know: see "message" */
} HwSyncState;

/* What a sign-in gave. */
typedef struct
{
  char    *server; /* base URL */
  char    *username;
  char    *token;
  char    *expires_at;
  HwActor *actor;
} HwSignIn;
void hw_sign_in_free (HwSignIn *sign_in);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwSignIn, hw_sign_in_free)

/* POST /v1/sessions; before any store is open. device: a stable id kept in the profile. */
void      hw_sign_in_async (const char *server, const char *username, const char *password, const char *code,
                            const char *device_id, const char *device_name, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);
HwSignIn *hw_sign_in_finish (GAsyncResult *result, GError **error);

#define HW_TYPE_SYNC_ENGINE (hw_sync_engine_get_type ())
G_DECLARE_FINAL_TYPE (HwSyncEngine, hw_sync_engine, HW, SYNC_ENGINE, GObject)

/* Properties (notify only on change): "state" (HwSyncState), "waiting" (uint: changes not yet acknowledged),
 * "refused" (uint), "files" (uint: contents of attachments not yet sent), "last-synced" (int64 µs, 0 never), "message" (string, nullable: what a person must know, in words). */
/* Signal "older-copy" (): what is kept here was put back from an older copy; it is being fetched anew (hw_store_was_older). */
/* Signal "revoked" (): the server wants everything that is kept of this account here destroyed. */
HwSyncEngine *hw_sync_engine_new (HwStore *store, HwTransport *transport, HwClock *clock);
void          hw_sync_engine_set_token (HwSyncEngine *engine, const char *token);
/* For the one sign-in after a 401; kept in memory that is never swapped, wiped on stop. Where there is no such memory it is not kept,
 * and has to be asked for. */
void          hw_sync_engine_set_credentials (HwSyncEngine *engine, const char *username, const char *password);
void          hw_sync_engine_start (HwSyncEngine *engine);
void          hw_sync_engine_stop (HwSyncEngine *engine); /* cancels what runs; nothing is lost */
void          hw_sync_engine_sync_now (HwSyncEngine *engine);
HwSyncState   hw_sync_engine_state (HwSyncEngine *engine);
guint         hw_sync_engine_waiting (HwSyncEngine *engine);
guint         hw_sync_engine_refused (HwSyncEngine *engine);
guint         hw_sync_engine_files (HwSyncEngine *engine);
/* Something behind a mask was read here, and is noted in the store: the server is told when all else is sent. */
void          hw_sync_engine_tell_readings (HwSyncEngine *engine);
gint64        hw_sync_engine_last_synced (HwSyncEngine *engine);
const char   *hw_sync_engine_message (HwSyncEngine *engine); /* (nullable) */

/* A record's history from the server: (element-type HwHistoryEntry). */
void       hw_sync_engine_history_async (HwSyncEngine *engine, HwTypeId type, const char *record, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GPtrArray *hw_sync_engine_history_finish (HwSyncEngine *engine, GAsyncResult *result, GError **error);

/* Names behind user ids: GET /v1/users/names, cached in the store's settings; answers the id itself when unknown. */
const char *hw_sync_engine_user_name (HwSyncEngine *engine, const char *user_id);
typedef struct
{
  char *id;
  char *name;
} HwKnownUser;
/* Everybody the server named, by name: (transfer full) (element-type HwKnownUser), a free function set. */
GPtrArray  *hw_sync_engine_users (HwSyncEngine *engine);

G_END_DECLS
