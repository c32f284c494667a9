/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwSyncQueue: which of the queued operations go into the next push, and what its answer means for them.
 * Keeps order within a record, groups whole, and every operation that cannot be sent now out of the way
 * of the others: one that waits for its parent, or one that the server could not even read. Nothing here
 * takes an operation off the store's queue but the server's own answer. Used on the store's worker.
 */
#pragma once

#include "sync/hw-sync-engine.h"

G_BEGIN_DECLS

#define HW_SYNC_PUSH_MAX_OPERATIONS 500
/* Of a request's body; the server takes one MiB. */
#define HW_SYNC_PUSH_MAX_BYTES (1024 * 1024 - 1024)

typedef struct
{
  GPtrArray *operations; /* (element-type HwOperation) */
  GBytes    *body;
  guint      n_units;    /* groups and single operations in it */
} HwSyncBatch;
void         hw_sync_batch_free (HwSyncBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwSyncBatch, hw_sync_batch_free)
/* From pending, oldest first, without those in skip (utf8 ids) and without what comes after them on the
 * same record. NULL: nothing is left. The first unit is taken however large it is. */
HwSyncBatch *hw_sync_batch_pick (GPtrArray *pending, GHashTable *skip, guint max_operations, gsize max_bytes);

typedef struct _HwSyncQueue HwSyncQueue;
HwSyncQueue *hw_sync_queue_new (HwStore *store); /* store is referenced */
void         hw_sync_queue_free (HwSyncQueue *queue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwSyncQueue, hw_sync_queue_free)
/* *batch NULL with TRUE: nothing to send. release_held: those waiting for a parent are tried again;
 * release_all: and those set aside. */
gboolean     hw_sync_queue_take (HwSyncQueue *queue, gboolean release_held, gboolean release_all,
                                 HwSyncBatch **batch, GError **error);
/* HW_SYNC_ERROR_PROTOCOL: the answer is no answer to this batch. HW_STORE_ERROR: it could not be saved. */
gboolean     hw_sync_queue_settle (HwSyncQueue *queue, HwSyncBatch *batch, GBytes *answer,
                                   guint *acknowledged, guint *held, GError **error);
/* The server refused the request as a whole: half of it is tried next, until the one at fault is alone
 * and is set aside (TRUE). */
gboolean     hw_sync_queue_reject (HwSyncQueue *queue, HwSyncBatch *batch);

G_END_DECLS
