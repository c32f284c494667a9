/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The office's chain of who did what, looked back on page by page. It lives on the server alone: nothing of it is
 * kept here, and without a network there is none. Main thread.
 */
#pragma once

#include "sync/hw-sync-engine.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 n;
  char  *at;                       /* ISO instant */
  char  *user, *action;            /* (nullable) who, and in the server's word what */
  char  *case_id, *record, *detail; /* (nullable) ids and codes, never values */
} HwAuditLine;

typedef struct
{
  GPtrArray *lines;  /* (owned) (element-type HwAuditLine) newest first */
  gint64     before; /* where the page before this one ends; 0: this is the first of all */
} HwAuditPage;
void hw_audit_page_free (HwAuditPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwAuditPage, hw_audit_page_free)

/* A page as the server sent it; NULL when it is not what the contract says. */
HwAuditPage *hw_audit_page_decode (GBytes *body, GError **error);

/* case_id, user (nullable): of this case, by this account. before: 0 for the newest page.
 * Errors: HW_SYNC_ERROR_UNREACHABLE, _CREDENTIALS, _SERVER, _PROTOCOL; all in words for a person. */
void         hw_sync_engine_audit_async (HwSyncEngine *engine, const char *case_id, const char *user, gint64 before,
                                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
HwAuditPage *hw_sync_engine_audit_finish (HwSyncEngine *engine, GAsyncResult *result, GError **error);

G_END_DECLS
