/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_INTAKE_OFFER (hw_intake_offer_get_type ())
G_DECLARE_FINAL_TYPE (HwIntakeOffer, hw_intake_offer, HW, INTAKE_OFFER, AdwWindow)

/* drafts: (element-type HwIntakeDraft); what it holds is taken. */
GtkWidget *hw_intake_offer_new (HwDesktop *desktop, GPtrArray *drafts, GtkWindow *parent);

G_END_DECLS
