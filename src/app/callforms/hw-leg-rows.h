/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "domain/hw-travel.h"

G_BEGIN_DECLS

/* The rows for the legs of a journey, with a row between each two that says how the change is. Each
 * leg's row holds its record under the key "record" and is activatable. legs: (element-type
 * HwRecord) in the order travelled; journey: theirs; ours: the zone beside the local times; today: the day at the
 * office. (transfer container) (element-type GtkWidget), floating */
GPtrArray *hw_leg_rows_make (
  GPtrArray *legs, HwRecord *journey, gint64 now_us, const char *ours, const char *today);
/* One leg that was missed or cancelled, dimmed. (transfer floating) */
GtkWidget *hw_leg_rows_make_dropped (HwRecord *leg, const char *ours, const char *today);
/* "2 legs, 9 h 20 min in all"; (transfer full) (nullable): no leg */
char *hw_leg_rows_total (GPtrArray *legs);

G_END_DECLS
