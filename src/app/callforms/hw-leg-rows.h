/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "domain/hw-record.h"

G_BEGIN_DECLS

/* The rows for the legs of a journey in travelling order, with a row between two where the change
 * is too short or leads to another airport. Each leg's row holds its record under the key "record"
 * and is activatable. legs: (element-type HwRecord), sorted in place. (transfer container)
 * (element-type GtkWidget), floating */
GPtrArray *hw_leg_rows_make (GPtrArray *legs, const char *today);
/* Minutes to change between two legs, in real time; FALSE where either moment is unknown. */
gboolean hw_leg_rows_minutes_between (HwRecord *before, HwRecord *after, gint64 *minutes);

G_END_DECLS
