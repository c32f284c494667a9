/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwWindowGuard: what every window of the program obeys, whoever made it: a dialog of ours, a question, the toolkit's
 * choosers, one that is written years from now. Ctrl+L in it locks the desktop, a lock takes all of them away but
 * the main window, and none comes up over a locked desktop that was not made for the door. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_WINDOW_GUARD (hw_window_guard_get_type ())
G_DECLARE_FINAL_TYPE (HwWindowGuard, hw_window_guard, HW, WINDOW_GUARD, GObject)

/* main_window: (nullable) (unowned) the one that stays; it owns the guard, or outlives it. */
HwWindowGuard *hw_window_guard_new (HwDesktop *desktop, GtkWindow *main_window);
/* Says nothing of a case and may stand over the door: before it is shown. */
void           hw_window_guard_admit (GtkWindow *window);

G_END_DECLS
