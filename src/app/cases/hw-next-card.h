/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* What is next in a case: open tasks, nearest first, each ticked off here. Signals:
 * "open-record" (const char *id), "add-record" (guint type). file (nullable). */
#define HW_TYPE_NEXT_CARD (hw_next_card_get_type ())
G_DECLARE_FINAL_TYPE (HwNextCard, hw_next_card, HW, NEXT_CARD, AdwBin)

GtkWidget *hw_next_card_new (void);
void       hw_next_card_show (HwNextCard *self, HwDesktop *desktop, HwCaseFile *file);

G_END_DECLS
