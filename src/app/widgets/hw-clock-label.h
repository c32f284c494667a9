/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/hw-clock.h"

G_BEGIN_DECLS

/* What time it is at a place, large, and whose place it is beneath: "23:12" over "Kuwait, hers". */
#define HW_TYPE_CLOCK_LABEL (hw_clock_label_get_type ())
G_DECLARE_FINAL_TYPE (HwClockLabel, hw_clock_label, HW, CLOCK_LABEL, GtkWidget)

GtkWidget  *hw_clock_label_new (HwClock *clock, const char *zone, const char *caption);
void        hw_clock_label_set_clock (HwClockLabel *label, HwClock *clock); /* for one made in a .ui */
/* caption (nullable): the zone's city. zone (nullable): hides the label. */
void        hw_clock_label_set_zone (HwClockLabel *label, const char *zone, const char *caption);
void        hw_clock_label_update (HwClockLabel *label); /* as each minute does */
const char *hw_clock_label_get_text (HwClockLabel *label); /* "23:12" */

G_END_DECLS
