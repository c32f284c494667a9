/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* One thing that is asked, what is known of it, and the two answers. Signal "open" (const char *case). */
#define HW_TYPE_APPROVAL_CARD (hw_approval_card_get_type ())
G_DECLARE_FINAL_TYPE (HwApprovalCard, hw_approval_card, HW, APPROVAL_CARD, AdwBin)

/* asked: an approval, or a change of office settings. */
GtkWidget *hw_approval_card_new (HwDesktop *desktop, HwRecord *asked);

G_END_DECLS
