/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* Asks for the password when the server ended the session of an account whose passphrase is another. */
#define HW_TYPE_SIGN_IN_DIALOG (hw_sign_in_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HwSignInDialog, hw_sign_in_dialog, HW, SIGN_IN_DIALOG, AdwWindow)

GtkWidget *hw_sign_in_dialog_new (HwDesktop *desktop, GtkWindow *parent);

G_END_DECLS
