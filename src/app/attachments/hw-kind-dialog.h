/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What does a file show that is attached to a case as a whole? On the answer hangs who will see it. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "app/hw-desktop.h"

G_BEGIN_DECLS

void     hw_kind_dialog_ask_async (GtkWidget *parent, HwDesktop *desktop, HwCaseFile *file, GAsyncReadyCallback callback, gpointer data);
/* FALSE: not answered, nothing is to be attached. */
gboolean hw_kind_dialog_finish (GAsyncResult *result, HwCategory *category);

G_END_DECLS
