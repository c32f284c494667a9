/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What colleagues sent for cases they no longer have, as the office shows it to a supervisor. It lives on the server alone:
 * nothing of it is kept here, and without a network there is none. Main thread.
 */
#pragma once

#include "sync/hw-sync-engine.h"

G_BEGIN_DECLS

typedef enum
{
  HW_SET_ASIDE_ACCESS_ENDED, /* also: a reason that only a newer server knows */
  HW_SET_ASIDE_REASSIGNED,
  HW_SET_ASIDE_ROLE_CHANGED,
  HW_SET_ASIDE_ACCOUNT_ENDED,
} HwSetAsideReason;

/* What was sent together, and is decided together. */
typedef struct
{
  char      *id;
  char      *case_id; /* (nullable) */
  char      *by, *at; /* user id; ISO instant */
  GPtrArray *operations; /* (owned) (element-type HwOperation) as far as this person may read them */
  gboolean   withheld;   /* there is more */
  HwSetAsideReason why;
} HwSetAside;
HwSetAside *hw_set_aside_copy (const HwSetAside *entry);
void        hw_set_aside_free (HwSetAside *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwSetAside, hw_set_aside_free)

typedef struct
{
  GPtrArray *entries; /* (owned) (element-type HwSetAside) oldest first */
  char      *cursor;  /* (owned) (nullable) where the next page begins */
  guint      waiting; /* where only that was asked */
} HwSetAsidePage;
void hw_set_aside_page_free (HwSetAsidePage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwSetAsidePage, hw_set_aside_page_free)

/* A page as the server sent it; NULL when it is not what the contract says. */
HwSetAsidePage *hw_set_aside_page_decode (GBytes *body, GError **error);

/* cursor (nullable). Errors: HW_SYNC_ERROR_UNREACHABLE, _CREDENTIALS, _SERVER, _PROTOCOL; all in words for a person. */
void            hw_sync_engine_set_aside_async (HwSyncEngine *engine, const char *cursor, GCancellable *cancellable,
                                                GAsyncReadyCallback callback, gpointer data);
/* Only how many wait: nothing is read by it. The same finish. */
void            hw_sync_engine_count_set_aside_async (HwSyncEngine *engine, GCancellable *cancellable,
                                                      GAsyncReadyCallback callback, gpointer data);
HwSetAsidePage *hw_sync_engine_set_aside_finish (HwSyncEngine *engine, GAsyncResult *result, GError **error);

/* reason (nullable) where it is let in. */
void     hw_sync_engine_decide_async (HwSyncEngine *engine, const char *id, gboolean let_in, const char *reason,
                                      GAsyncReadyCallback callback, gpointer data);
/* FALSE with *refusal: the office did not take it, and why, in words; it waits on. (transfer full). *met: it was let in
 * and met another change, so that both are in Conflicts now. */
gboolean hw_sync_engine_decide_finish (HwSyncEngine *engine, GAsyncResult *result, gboolean *met, char **refusal,
                                       GError **error);

G_END_DECLS
