/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* Opens the remembered account by its recovery code and gives it a new passphrase, or starts over. Signal "back" (). */
#define HW_TYPE_RECOVER_PAGE (hw_recover_page_get_type ())
G_DECLARE_FINAL_TYPE (HwRecoverPage, hw_recover_page, HW, RECOVER_PAGE, AdwBin)

void hw_recover_page_begin (HwRecoverPage *self, HwDesktop *desktop);
/* Empties every line. */
void hw_recover_page_clear (HwRecoverPage *self);

G_END_DECLS
