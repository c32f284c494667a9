/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The contents of attachments, beside the operations: sent by themselves once their record is with the server, part by
 * part, going on where the line broke; fetched when somebody wants to see one. Main thread.
 */
#pragma once

#include "store/hw-kept.h"
#include "sync/hw-sync-engine.h"

G_BEGIN_DECLS

/* From this laptop where it is kept, else from the server; checked against the checksum its record names, and kept for the
 * next time. (transfer full) */
void    hw_sync_engine_content_async (HwSyncEngine *engine, const char *record, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data);
GBytes *hw_sync_engine_content_finish (HwSyncEngine *engine, GAsyncResult *result, GError **error);

G_END_DECLS
