/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* What a new record of a case starts with: its first status for this role, today or now where that
 * is what is meant, the parent it must point to, and for a request the facts from her file. */
void hw_new_record_prepare (HwDesktop *desktop, HwCaseFile *file, HwRecord *scratch);
/* Everything that is made together with it. (transfer full) (element-type HwOperation) */
GPtrArray *hw_new_record_operations (HwDesktop *desktop, HwRecord *scratch);

G_END_DECLS
