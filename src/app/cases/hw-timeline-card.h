/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* What changed last in a case, newest first. Signal "open-record" (const char *id). */
#define HW_TYPE_TIMELINE_CARD (hw_timeline_card_get_type ())
G_DECLARE_FINAL_TYPE (HwTimelineCard, hw_timeline_card, HW, TIMELINE_CARD, AdwBin)

GtkWidget *hw_timeline_card_new (void);
void       hw_timeline_card_show (HwTimelineCard *self, HwDesktop *desktop, HwCaseFile *file);

G_END_DECLS
