/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwStore: all that one desktop, or the server, keeps; and hw_store_commit, the only way anything
 * changes. A store owns its worker thread, one writing connection and, on the server, a pool of reading ones.
 *
 * Modes. DESKTOP: local edits are judged, applied to the local view and queued in the outbox; facts from
 * the server replace the server state, and pending operations are laid over it again. SERVER: operations
 * are judged with the server's word, merged by field, numbered, put in the ledger, the history, the audit
 * chain and the feed, and the access rows follow.
 *
 * Revisions. `rev` of a record counts that record's changes, 1, 2, 3 …; a field's rev is the record's rev
 * that last wrote it. The server's `seq`, which orders everything, never leaves it except inside a cursor.
 */
#pragma once

#include "base/hw-base.h"
#include "domain/hw-item.h"
#include "domain/hw-rules.h"
#include "domain/hw-summary.h"
#include "store/hw-db.h"

G_BEGIN_DECLS

typedef enum
{
  HW_STORE_DESKTOP,
  HW_STORE_SERVER,
} HwStoreMode;

#define HW_TYPE_STORE (hw_store_get_type ())
G_DECLARE_FINAL_TYPE (HwStore, hw_store, HW, STORE, GObject)

/* Signals, emitted in the main context of the thread that opened the store:
 *   "changed" (GPtrArray *changes)  after each commit that is to be shown: HwStoreChange entries, one per record touched
 *   "outbox-changed" ()             the number of waiting, refused or quarantined operations changed
 *   "damaged" ()                    once: part of what is kept could not be read; what was shown since may lack it
 */
typedef struct
{
  HwTypeId type;
  char    *id;
  char    *case_id; /* (nullable) */
  gboolean created, deleted;
} HwStoreChange;

/* Opens, creating and migrating as needed (additive migrations from `since`). Blocking: call from a worker or a tool.
 * clock is referenced. */
HwStore  *hw_store_open (const char *location, HwStoreMode mode, HwClock *clock, GError **error);
/* A desktop's, encrypted: location is a file in the vault's folder. The vault is referenced until the store is dropped. */
HwStore  *hw_store_open_in_vault (HwVault *vault, const char *location, HwClock *clock, GError **error);
/* Compares how often database and key file were used, then counts both on: HW_STORE_ERROR_DAMAGED when one of them is
 * older than the other. Once after opening in a vault and naming the actor. */
gboolean  hw_store_prove_newest (HwStore *store, GError **error);
gboolean  hw_store_is_damaged (HwStore *store); /* any thread; see the signal */
void      hw_store_close (HwStore *store); /* drains the worker, closes connections; idempotent */
HwClock  *hw_store_clock (HwStore *store);
HwWorker *hw_store_worker (HwStore *store);
HwStoreMode hw_store_mode (HwStore *store);

/* Desktop: who is at this desktop; judged as this actor. A mission's desktop creates tables for its own types alone:
 * given before the first commit. */
void           hw_store_set_actor (HwStore *store, const HwActor *actor);
const HwActor *hw_store_actor (HwStore *store);

/* ---- The one write path ---- */

typedef enum
{
  HW_RESULT_APPLIED,
  HW_RESULT_MERGED,
  HW_RESULT_CONFLICT,   /* something was kept as an open conflict; the rest was applied */
  HW_RESULT_REFUSED,
  HW_RESULT_QUARANTINED,
  HW_RESULT_DUPLICATE,  /* `status_first` holds the first answer */
} HwResultStatus;

typedef struct
{
  char          *operation;
  HwResultStatus status;
  HwResultStatus first;    /* DUPLICATE: what was answered then */
  char          *record;
  HwTypeId       type;
  guint64        rev;      /* of the record afterwards */
  HwVerdict     *verdict;  /* (nullable) REFUSED, and PROVISIONAL on a desktop */
  HwRecord      *state;    /* (nullable) the record afterwards, unprojected: project before it leaves the server */
  GPtrArray     *conflicts;/* (nullable) (element-type utf8) ids of conflicts opened */
} HwResult;
void hw_result_free (HwResult *result);

/* Blocking; runs in the calling thread under the writer's lock (the server's threads, tools, tests, the worker).
 * Returns (element-type HwResult), one per operation in order; NULL and *error only when program or disk failed:
 * then nothing of the set was written. An operation with a group stands or falls with its group. */
GPtrArray *hw_store_commit (HwStore *store, HwChangeSet *set, GError **error);
/* The desktop's way: on the worker. */
void       hw_store_commit_async (HwStore *store, HwChangeSet *set, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GPtrArray *hw_store_commit_finish (HwStore *store, GAsyncResult *result, GError **error);

/* ---- Reading ---- (blocking variants may be called from the worker, tools, tests and server threads) */

HwRecord   *hw_store_get_record (HwStore *store, HwTypeId type, const char *id, GError **error); /* NULL without error: not there */
HwRecord   *hw_store_find_record (HwStore *store, const char *id, GError **error);               /* any type */
HwCaseFile *hw_store_load_case (HwStore *store, const char *case_id, GError **error);           /* NULL without error: not there */
void        hw_store_load_case_async (HwStore *store, const char *case_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
HwCaseFile *hw_store_load_case_finish (HwStore *store, GAsyncResult *result, GError **error);
/* The directory (organisations, country rules, offices) as a case file without a case; shared, replaced on change. (transfer full) */
HwCaseFile *hw_store_directory (HwStore *store);
/* Records of a type, newest first: where (nullable) is a field equal to text. */
GPtrArray  *hw_store_list (HwStore *store, HwTypeId type, HwFieldId where, const char *equals, guint limit, GError **error);

/* How many records of the field's type have one of these values in it; 0 on failure. A few milliseconds at most: main thread too. */
guint       hw_store_count (HwStore *store, HwFieldId field, const char *const *values);

/* Newest first. */
typedef struct
{
  HwFieldId field;
  HwValue  *value; /* (nullable) */
  guint64   rev;
  char     *by;
  char     *at;
  char     *let_in_by; /* (nullable) the supervisor who let it in after its author had lost the case */
} HwHistoryEntry;
GPtrArray *hw_store_history (HwStore *store, HwTypeId type, const char *record, GError **error);

/* Conflicts: edits that met. */
typedef struct
{
  char     *id, *record, *case_id;
  HwTypeId  type;
  HwFieldId field;
  HwValue  *base, *current, *offered;
  char     *by, *at;
  guint64   rev;
  gboolean  open;
} HwConflict;
void       hw_conflict_free (HwConflict *conflict);
HwConflict *hw_store_find_conflict (HwStore *store, const char *id, GError **error); /* NULL without error: not there */
GPtrArray *hw_store_conflicts (HwStore *store, gboolean open_only, GError **error);

/* ---- Small things kept beside the records (never synced) ---- */
char    *hw_store_get_setting (HwStore *store, const char *key); /* (transfer full) (nullable) */
gboolean hw_store_set_setting (HwStore *store, const char *key, const char *value, GError **error); /* NULL deletes */
/* Unsent typing, such as an intake in progress; on the worker, durable when the callback runs. */
void     hw_store_save_draft_async (HwStore *store, const char *key, const char *json, GAsyncReadyCallback callback, gpointer data); /* NULL json deletes */
gboolean hw_store_save_draft_finish (HwStore *store, GAsyncResult *result, GError **error);
GPtrArray *hw_store_drafts (HwStore *store, const char *prefix, GError **error); /* pairs: key, json, key, json … (utf8) */

G_END_DECLS
