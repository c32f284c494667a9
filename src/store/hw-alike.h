/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cases that may be of the same person, among those this store holds.
 */
#pragma once

#include "domain/hw-likeness.h"
#include "store/hw-store.h"

G_BEGIN_DECLS

typedef struct
{
  char *case_id;        /* (owned) */
  guint likeness;       /* of 100 */
  const char **reasons; /* (owned) static nicks of case_link.reasons, ends with NULL */
} HwAlike;
void hw_alike_free (HwAlike *alike);

/* On the store's worker. traits: (transfer full). except: (nullable) a case that is left out. Answers
 * from HW_LIKENESS_SHOWN on, the most alike first: (element-type HwAlike) (transfer full). */
void hw_store_find_alike_async (HwStore *store,
                                HwTraits *traits,
                                const char *except,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);
GPtrArray *hw_store_find_alike_finish (HwStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
