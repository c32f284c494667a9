/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Children side by side at their natural width, as words are set in lines: for chips. Those that expand share
 * what is left of their line. */
#define HW_TYPE_WRAP_LAYOUT (hw_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (HwWrapLayout, hw_wrap_layout, HW, WRAP_LAYOUT, GtkLayoutManager)

GtkLayoutManager *hw_wrap_layout_new (gint spacing);
void              hw_wrap_layout_set_even (HwWrapLayout *layout, gboolean even); /* lines of as many children each */

G_END_DECLS
