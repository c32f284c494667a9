/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_UNLOCK_PAGE (hw_unlock_page_get_type ())
G_DECLARE_FINAL_TYPE (HwUnlockPage, hw_unlock_page, HW, UNLOCK_PAGE, AdwBin)

/* Signals: "choose" () the server let somebody in who has no passphrase here yet; "forgotten" () she has lost it. */
void hw_unlock_page_set_desktop (HwUnlockPage *self, HwDesktop *desktop);
void hw_unlock_page_suggest (HwUnlockPage *self, const char *server, const char *username, gboolean demo);
void hw_unlock_page_reset (HwUnlockPage *self); /* empties the password, shows what is right for the profile, takes the focus */
void hw_unlock_page_clear (HwUnlockPage *self); /* empties the password only */
/* What a person must know before she goes on; NULL: nothing. */
void hw_unlock_page_tell (HwUnlockPage *self, const char *notice);

G_END_DECLS
