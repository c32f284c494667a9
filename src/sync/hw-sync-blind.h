/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The helpline's second call: a number is asked for, and what is said is added to a case that stays
 * unseen. Main thread; errors are HW_SYNC_ERROR.
 */
#pragma once

#include "sync/hw-sync-engine.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean known; /* one open case has this number */
  char *handle;   /* (owned) for hw_sync_engine_add_blind_async, half an hour long */
} HwLookup;
void hw_lookup_free (HwLookup *lookup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwLookup, hw_lookup_free)

void hw_sync_engine_lookup_async (HwSyncEngine *engine,
                                  const char *phone,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
HwLookup *hw_sync_engine_lookup_finish (HwSyncEngine *engine, GAsyncResult *result, GError **error);

/* id: the addition's own; sent twice, it is made once. call, contact, withdraw: (nullable); withdraw
 * holds purposes of consents and ends with NULL. */
void hw_sync_engine_add_blind_async (HwSyncEngine *engine,
                                     const char *id,
                                     const char *handle,
                                     HwRecord *call,
                                     HwRecord *contact,
                                     const char *const *withdraw,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
gboolean
hw_sync_engine_add_blind_finish (HwSyncEngine *engine, GAsyncResult *result, GError **error);

G_END_DECLS
