/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwPairGrid: the fields of two cases beside each other. What differs is marked by a sign and in bold,
 * what is the same by a sign; what only one of them has, by neither.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_PAIR_GRID (hw_pair_grid_get_type ())
G_DECLARE_FINAL_TYPE (HwPairGrid, hw_pair_grid, HW, PAIR_GRID, GtkWidget)

void hw_pair_grid_show (HwPairGrid *grid, HwDesktop *desktop, HwCaseFile *one, HwCaseFile *other);

G_END_DECLS
