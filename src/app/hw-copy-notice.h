/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwCopyNotice: across the top of the window: what this laptop keeps was put back from an older copy. It stays until somebody
 * has read it, over locks and starts.
 */
#pragma once

#include <adwaita.h>

#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_COPY_NOTICE (hw_copy_notice_get_type ())
G_DECLARE_FINAL_TYPE (HwCopyNotice, hw_copy_notice, HW, COPY_NOTICE, AdwBin)

/* Of the open desktop; NULL while it is locked. */
void hw_copy_notice_set_desktop (HwCopyNotice *notice, HwDesktop *desktop);

G_END_DECLS
