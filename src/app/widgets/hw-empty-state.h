/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HW_TYPE_EMPTY_STATE (hw_empty_state_get_type ())
G_DECLARE_FINAL_TYPE (HwEmptyState, hw_empty_state, HW, EMPTY_STATE, GtkWidget)

/* icon_name and button (nullable). Signal "action" when the button is pressed. */
GtkWidget *hw_empty_state_new (const char *icon_name, const char *title, const char *description, const char *button);
void       hw_empty_state_set (HwEmptyState *state, const char *icon_name, const char *title, const char *description,
                               const char *button);

G_END_DECLS
