/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* What a person may decide about the privacy of this laptop. */
#define HW_TYPE_PREFERENCES (hw_preferences_get_type ())
G_DECLARE_FINAL_TYPE (HwPreferences, hw_preferences, HW, PREFERENCES, AdwPreferencesWindow)

GtkWidget *hw_preferences_new (HwDesktop *desktop, GtkWindow *parent);

G_END_DECLS
