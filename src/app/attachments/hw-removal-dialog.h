/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asks whether a file is to be removed, and why: it goes for everybody.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* parent: any widget of the window. A window that goes away under it, and a lock, mean no. */
void  hw_removal_dialog_ask_async (GtkWidget *parent, HwDesktop *desktop, GAsyncReadyCallback callback, gpointer data);
/* The reason, never empty; NULL: it stays. (transfer full) */
char *hw_removal_dialog_finish (GAsyncResult *result);

G_END_DECLS
