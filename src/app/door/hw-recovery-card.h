/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* The recovery code, shown once: printed or saved, and proved by typing two of its groups. Signal "done" () when it was. */
#define HW_TYPE_RECOVERY_CARD (hw_recovery_card_get_type ())
G_DECLARE_FINAL_TYPE (HwRecoveryCard, hw_recovery_card, HW, RECOVERY_CARD, AdwBin)

/* Makes a new code for the open account and shows it. */
void hw_recovery_card_begin (HwRecoveryCard *self, HwDesktop *desktop);
/* Overwrites it and shows nothing. */
void hw_recovery_card_clear (HwRecoveryCard *self);

G_END_DECLS
