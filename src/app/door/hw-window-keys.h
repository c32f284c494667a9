/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Hiding must work wherever the cursor is: in a dialog, a chooser, a question, the print dialog.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From now on Ctrl+Shift+H in any other window does what it does in this one. */
void hw_window_keys_follow (GtkWindow *main_window);

G_END_DECLS
