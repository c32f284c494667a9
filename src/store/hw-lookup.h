/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the helpline may do for a caller whose case is with a colleague by now: add to it without seeing
 * it. Server only; blocking; any server thread. Source: domain.md section 5.
 */
#pragma once

#include "store/hw-server-store.h"

G_BEGIN_DECLS

/* The one open case that this number belongs to, or the case it was merged into; NULL without error: none,
 * or more than one, as with the telephone of a shelter. phone: as it was given. (transfer full) */
char *hw_store_case_of_phone (HwStore *store, const char *phone, GError **error);

/* Ids of the consents of the survivor for this purpose that stand: (element-type utf8) (transfer full). */
GPtrArray *hw_store_standing_consents (HwStore *store,
                                       const char *case_id,
                                       const char *purpose,
                                       GError **error);

G_END_DECLS
