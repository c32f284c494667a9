/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "domain/hw-verdict.h"

G_BEGIN_DECLS

/* Why something was refused, condition by condition, each with the way to what fixes it.
 * Hidden while there is nothing to say. Signals "fix" (const HwCondition *), "ask" () of the offer. */
#define HW_TYPE_REFUSAL_BOX (hw_refusal_box_get_type ())
G_DECLARE_FINAL_TYPE (HwRefusalBox, hw_refusal_box, HW, REFUSAL_BOX, AdwBin)

GtkWidget *hw_refusal_box_new (void);
void       hw_refusal_box_show (HwRefusalBox *self, const char *heading, HwVerdict *verdict); /* NULL verdict hides it */

/* Beneath the conditions, one way that is left: asking somebody. Goes with the next show. */
void       hw_refusal_box_offer (HwRefusalBox *self, const char *title, const char *subtitle, const char *button);

G_END_DECLS
