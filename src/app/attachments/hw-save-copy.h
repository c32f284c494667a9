/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one way an attachment leaves Homeward on this computer: because the person said so, after one plain warning.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/hw-desktop.h"

G_BEGIN_DECLS

void hw_save_copy (GtkWidget *parent, HwDesktop *desktop, HwRecord *attachment);

G_END_DECLS
