/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Filling a new database with an invented past.
 */
#pragma once

#include "store/hw-server-store.h"

G_BEGIN_DECLS

/* Between the two nothing that is committed is entered in the audit, for nobody did it: what was loaded is told by one entry,
 * action, written at the end. Where anybody has ever signed in, all is entered as ever. The chain is whole before, between
 * and after. FALSE: the database failed. No other thread may commit meanwhile. */
gboolean hw_store_begin_loading (HwStore *store, GError **error);
gboolean hw_store_end_loading (HwStore *store, const char *action, GError **error);

G_END_DECLS
