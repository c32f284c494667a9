/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwPairNotice: across the top of a case: there is another that may be, or is, of the same person. A press
 * shows both side by side ("win.compare").
 */
#pragma once

#include <adwaita.h>

#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_PAIR_NOTICE (hw_pair_notice_get_type ())
G_DECLARE_FINAL_TYPE (HwPairNotice, hw_pair_notice, HW, PAIR_NOTICE, AdwBin)

void hw_pair_notice_show (HwPairNotice *notice, HwDesktop *desktop, HwCaseFile *file); /* file (nullable): hides it */

G_END_DECLS
