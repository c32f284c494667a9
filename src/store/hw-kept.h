/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The contents of attachments on a desktop: files in its vault under names that say nothing, and for each a row that
 * says whose it is and whether the server has it. A file goes when its record does, whatever took that away (vault.md),
 * but not before the office has it.
 * Blocking: on the store's worker; what is read in a glance says so. Needs a store in a vault.
 */
#pragma once

#include "store/hw-store.h"

G_BEGIN_DECLS

typedef enum
{
  HW_KEPT_NOT,     /* only the server has it, or nobody yet */
  HW_KEPT_WAITING, /* attached here, not yet sent */
  HW_KEPT_REFUSED, /* the server will not take it: see the problem */
  HW_KEPT_SENT,    /* attached here, and the server has it */
  HW_KEPT_HANDING, /* attached here and not yet sent when its record was lost: held until the office has it */
  HW_KEPT_LOST,    /* it was to be handed over and could not be; the file is gone, the person not yet told */
  HW_KEPT_FETCHED, /* a copy of the server's, kept so that it opens without a network */
} HwKeptState;

/* Commits the operations of the set, one of which makes `record`, with its content: durable before the operations are. When
 * they are refused nothing of the content stays. (element-type HwResult) */
GPtrArray  *hw_store_attach (HwStore *store, HwChangeSet *set, const char *record, GBytes *bytes, GError **error);
void        hw_store_attach_async (HwStore *store, HwChangeSet *set, const char *record, GBytes *bytes,
                                   GAsyncReadyCallback callback, gpointer data);
GPtrArray  *hw_store_attach_finish (HwStore *store, GAsyncResult *result, GError **error);
/* A copy of what the server gave. */
gboolean    hw_store_keep_fetched (HwStore *store, const char *record, GBytes *bytes, GError **error);

/* Main thread too. problem (nullable) is set to what the server said of a REFUSED one. */
HwKeptState hw_store_kept (HwStore *store, const char *record, char **problem);
/* All of it or nothing: HW_VAULT_ERROR_MISSING where it is not kept. */
GBytes     *hw_store_kept_bytes (HwStore *store, const char *record, GError **error);

/* Those whose record the server has, oldest first. (element-type utf8) */
GPtrArray  *hw_store_contents_to_send (HwStore *store, GError **error);
gboolean    hw_store_content_sent (HwStore *store, const char *record, GError **error);
/* problem: words for the person. It is kept, and sent again only when asked; what was to be handed over is lost. */
gboolean    hw_store_content_refused (HwStore *store, const char *record, const char *problem, GError **error);
gboolean    hw_store_content_retry (HwStore *store, const char *record, GError **error);

/* Records whose content never came to the office, to be told with hw_store_kept()'s problem. (element-type utf8) */
GPtrArray  *hw_store_lost_contents (HwStore *store, GError **error);
gboolean    hw_store_dismiss_lost (HwStore *store, const char *record, GError **error);

/* Once after opening: what a crash left behind goes, rows without a record and files without a row. */
gboolean    hw_store_sweep_contents (HwStore *store, GError **error);

G_END_DECLS
