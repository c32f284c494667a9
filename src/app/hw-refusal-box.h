/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "domain/hw-verdict.h"

G_BEGIN_DECLS

/* Why something was refused, condition by condition, each with the way to what fixes it.
 * Hidden while there is nothing to say. Signal "fix" (const HwCondition *). */
#define HW_TYPE_REFUSAL_BOX (hw_refusal_box_get_type ())
G_DECLARE_FINAL_TYPE (HwRefusalBox, hw_refusal_box, HW, REFUSAL_BOX, AdwBin)

GtkWidget *hw_refusal_box_new (void);
void       hw_refusal_box_show (HwRefusalBox *self, const char *heading, HwVerdict *verdict); /* NULL verdict hides it */

G_END_DECLS
