/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* One pair of edits that met: both values, who, when, what it was before; keep one, or write a third. */
#define HW_TYPE_CONFLICT_CARD (hw_conflict_card_get_type ())
G_DECLARE_FINAL_TYPE (HwConflictCard, hw_conflict_card, HW, CONFLICT_CARD, AdwBin)

GtkWidget *hw_conflict_card_new (HwDesktop *desktop, const HwConflict *conflict);

G_END_DECLS
