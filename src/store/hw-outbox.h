/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The desktop's queue, as the sync engine sees it (sync.md, Client). Blocking calls, made on the store's worker.
 */
#pragma once

#include "store/hw-store.h"

G_BEGIN_DECLS

typedef struct
{
  guint waiting;     /* not yet acknowledged */
  guint refused;     /* shown until the person has seen them */
  guint quarantined;
  guint files;       /* contents of attachments not yet sent */
} HwOutboxCounts;
HwOutboxCounts hw_outbox_counts (HwStore *store); /* any thread, cached */

/* The next operations to push, oldest first, groups whole. (element-type HwOperation) */
GPtrArray *hw_outbox_next (HwStore *store, guint max, GError **error);

/* The server's answers: each operation leaves the overlay together with the state the server sent, in one transaction. */
typedef struct
{
  char          *operation;
  HwResultStatus status; /* DUPLICATE is told apart by the server's first answer */
  HwItem        *item;    /* (nullable) the record as the server has it now */
  char          *problem; /* (nullable) JSON problem document of a refusal */
  gboolean       retry;   /* parent-unknown and the like: keep and send again */
} HwPushResult;
void     hw_push_result_free (HwPushResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwPushResult, hw_push_result_free)
gboolean hw_outbox_settle (HwStore *store, GPtrArray *results, GError **error);

/* Setting: microseconds since 1970 at which a run was last complete; written by hw_store_apply_page. */
#define HW_STORE_SETTING_LAST_SYNCED "sync.last"

/* A pull page: items and cursor in one transaction. When `complete` is FALSE the "changed" signal waits for the end of the run. */
gboolean hw_store_apply_page (HwStore *store, GPtrArray *items, const char *cursor, gboolean complete, GError **error);
char    *hw_store_cursor (HwStore *store); /* (nullable) */
/* 410: forget the server's state, keep the queue and the drafts; the next pull starts from nothing. */
gboolean hw_store_forget_server_state (HwStore *store, GError **error);

/* Counts one contact more with the server, written down before it may be told. count (out): of this copy of the data.
 * (transfer full) the copy's id, made once; NULL and an error when it could not be kept. */
char    *hw_store_count_contact (HwStore *store, guint64 *count, GError **error);
/* The server has heard more of this copy than it knows itself: an older folder was put back. Forgets the server's state, as above,
 * and counts on from where the server is; that it was so is kept until a person has read it. */
gboolean hw_store_begin_anew (HwStore *store, guint64 count, GError **error);
gboolean hw_store_was_older (HwStore *store);
gboolean hw_store_forget_was_older (HwStore *store, GError **error);

/* Refused or quarantined operations to show: what was typed, why it was refused. */
typedef struct
{
  HwOperation *operation;
  char        *problem; /* JSON problem document */
  gboolean     quarantined;
} HwRefusal;
void       hw_refusal_free (HwRefusal *refusal);
GPtrArray *hw_outbox_refusals (HwStore *store, GError **error);
gboolean   hw_outbox_dismiss (HwStore *store, const char *operation, GError **error);

G_END_DECLS
