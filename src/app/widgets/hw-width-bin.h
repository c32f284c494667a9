/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Holds one child and tells how wide it is, so that a page can arrange itself: libadwaita 1.2 has no breakpoints.
 * Signal "width-changed" (int px), after the allocation, once per change. Properties "child", and "narrowest" (int px):
 * how narrow the child can be once it has arranged itself, however wide it asks to be as it stands; 0: as it asks. */
#define HW_TYPE_WIDTH_BIN (hw_width_bin_get_type ())
G_DECLARE_FINAL_TYPE (HwWidthBin, hw_width_bin, HW, WIDTH_BIN, GtkWidget)

void hw_width_bin_set_child (HwWidthBin *self, GtkWidget *child); /* (nullable) */

G_END_DECLS
