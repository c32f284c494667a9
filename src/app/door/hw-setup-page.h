/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* The first run on this laptop, after the server let somebody in: a passphrase, then the recovery code. Signals "done" ():
 * go on to the work; "back" (): nothing was made. */
#define HW_TYPE_SETUP_PAGE (hw_setup_page_get_type ())
G_DECLARE_FINAL_TYPE (HwSetupPage, hw_setup_page, HW, SETUP_PAGE, AdwBin)

void hw_setup_page_begin (HwSetupPage *self, HwDesktop *desktop);
/* Empties every line. */
void hw_setup_page_clear (HwSetupPage *self);

G_END_DECLS
