/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* Changes the passphrase of the open account; asks for the old one, since the laptop may have been left open. */
#define HW_TYPE_PASSPHRASE_DIALOG (hw_passphrase_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HwPassphraseDialog, hw_passphrase_dialog, HW, PASSPHRASE_DIALOG, AdwWindow)

GtkWidget *hw_passphrase_dialog_new (HwDesktop *desktop, GtkWindow *parent);

G_END_DECLS
