/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What goes over the wire, as structures. Every answer is hostile until it has been read here: size, depth
 * and duplicate members first, then the shape; what fails is HW_SYNC_ERROR_PROTOCOL and nothing of it is
 * used. Pure functions; any thread. Pages are read on the store's worker.
 */
#pragma once

#include "sync/hw-sync-engine.h"

G_BEGIN_DECLS

#define HW_SYNC_PAGE_MAX_BYTES (32 * 1024 * 1024)

typedef struct
{
  char      *cursor;
  gboolean   more;
  GPtrArray *items; /* (element-type HwItem) */
} HwSyncPage;
void        hw_sync_page_free (HwSyncPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwSyncPage, hw_sync_page_free)
HwSyncPage *hw_sync_page_decode (GBytes *body, GError **error);

/* One operation as JSON text. */
char       *hw_sync_operation_encode (HwOperation *operation);
/* A request body from such texts, in order. */
GBytes     *hw_sync_operations_encode (GPtrArray *texts);
/* (element-type HwPushResult) one per operation sent, in order; an answer to anything else is refused.
 * A duplicate is told as the first answer was. */
GPtrArray  *hw_sync_results_decode (GBytes *body, GPtrArray *operations, GError **error);

/* The problem document's type, NULL when the body is none. */
char       *hw_sync_problem_type (GBytes *body);
/* Its detail, else its title: a sentence for a person. NULL when the body is none. */
char       *hw_sync_problem_words (GBytes *body);
/* What the server knows of this copy; FALSE when it cannot be read. */
gboolean    hw_sync_copy_decode (GBytes *body, guint64 *count, gboolean *older);
/* (element-type utf8 utf8) user id to display name. */
GHashTable *hw_sync_names_decode (GBytes *body, GError **error);
/* (element-type HwHistoryEntry) newest first; fields of a newer server are left out. */
GPtrArray  *hw_sync_history_decode (GBytes *body, HwTypeId type, GError **error);
GBytes     *hw_sync_sign_in_encode (const char *username, const char *password, const char *code,
                                    const char *device_id, const char *device_name);
/* The server and username of the result are left for the caller to fill in. */
HwSignIn   *hw_sync_sign_in_decode (GBytes *body, const char *device_id, GError **error);

G_END_DECLS
