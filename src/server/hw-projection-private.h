/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the projection share.
 */
#pragma once

#include "server/hw-projection.h"

G_BEGIN_DECLS

/* Takes from told, which is record cut to what is left after an ended referral, the revision and the moments of whatever it
 * does not show. */
void hw_projection_tell_last (HwStore *store, HwRecord *record, HwRecord *told);

G_END_DECLS
