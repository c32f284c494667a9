/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* A new recovery code for the open account. */
#define HW_TYPE_RECOVERY_DIALOG (hw_recovery_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HwRecoveryDialog, hw_recovery_dialog, HW, RECOVERY_DIALOG, AdwWindow)

GtkWidget *hw_recovery_dialog_new (HwDesktop *desktop, GtkWindow *parent);

G_END_DECLS
