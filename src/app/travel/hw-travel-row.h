/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/travel/hw-travel-list.h"
#include "app/widgets/hw-pill.h"

G_BEGIN_DECLS

/* One journey in a list: when, on both clocks; who and by which way; how its hold or its receiving
 * office stands; and what still blocks it. An arrival offers the next step of the handshake.
 * Signals: "acknowledge" (), "confirm" (). */
#define HW_TYPE_TRAVEL_ROW (hw_travel_row_get_type ())
G_DECLARE_FINAL_TYPE (HwTravelRow, hw_travel_row, HW, TRAVEL_ROW, GtkListBoxRow)

GtkWidget *hw_travel_row_new (HwDesktop *desktop, HwTravelEntry *entry, gboolean arrival);
const HwTravelFacts *hw_travel_row_facts (HwTravelRow *self);
/* How far the receiving office has come, for its pill. */
HwMeaning hw_travel_row_meaning (HwHandshake handshake);
void hw_travel_row_tick (HwTravelRow *self); /* a minute has passed */
/* The heading a row stands under; (transfer full). */
char *hw_travel_row_heading (HwTravelRow *self);

G_END_DECLS
