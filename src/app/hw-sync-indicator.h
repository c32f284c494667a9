/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_SYNC_INDICATOR (hw_sync_indicator_get_type ())
G_DECLARE_FINAL_TYPE (HwSyncIndicator, hw_sync_indicator, HW, SYNC_INDICATOR, AdwBin)

void hw_sync_indicator_set_desktop (HwSyncIndicator *self, HwDesktop *desktop); /* NULL: locked */

G_END_DECLS
