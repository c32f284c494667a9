/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* The windows of the supervisor's office, and the way to ask for other ones. */
#define HW_TYPE_OFFICE_SETTINGS (hw_office_settings_get_type ())
G_DECLARE_FINAL_TYPE (HwOfficeSettings, hw_office_settings, HW, OFFICE_SETTINGS, AdwBin)

/* Takes over what the store says; what is being typed stays. */
void hw_office_settings_show (HwOfficeSettings *self, HwDesktop *desktop);

G_END_DECLS
