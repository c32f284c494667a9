/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* What was being written in dialogs when the desktop was locked or ended, one row each. */
#define HW_TYPE_RECORD_OFFER (hw_record_offer_get_type ())
G_DECLARE_FINAL_TYPE (HwRecordOffer, hw_record_offer, HW, RECORD_OFFER, AdwWindow)

/* After an unlock: looks for drafts, and shows the window where there is one. */
void hw_record_offer_drafts (HwDesktop *desktop, GtkWindow *parent);

G_END_DECLS
