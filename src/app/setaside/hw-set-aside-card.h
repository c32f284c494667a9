/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwSetAsideCard: one change that was kept aside, and a supervisor's decision. Signals "open" (case id); "decided" (what
 * came of it, in words) when the office has taken the decision.
 */
#pragma once

#include <adwaita.h>

#include "app/hw-desktop.h"
#include "sync/hw-sync-quarantine.h"

G_BEGIN_DECLS

#define HW_TYPE_SET_ASIDE_CARD (hw_set_aside_card_get_type ())
G_DECLARE_FINAL_TYPE (HwSetAsideCard, hw_set_aside_card, HW, SET_ASIDE_CARD, AdwBin)

GtkWidget *hw_set_aside_card_new (HwDesktop *desktop, const HwSetAside *entry); /* entry is copied */
/* Why the office did not take it; it can be tried again. */
void       hw_set_aside_card_tell (HwSetAsideCard *card, const char *heading, const char *words);

G_END_DECLS
