/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"
#include "store/hw-outbox.h"

G_BEGIN_DECLS

/* One change the office refused or set aside: what was typed, why, and the choice to let go of it. */
#define HW_TYPE_REFUSAL_CARD (hw_refusal_card_get_type ())
G_DECLARE_FINAL_TYPE (HwRefusalCard, hw_refusal_card, HW, REFUSAL_CARD, AdwBin)

GtkWidget *hw_refusal_card_new (HwDesktop *desktop, const HwRefusal *refusal);

G_END_DECLS
