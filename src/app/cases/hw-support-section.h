/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwSupportSection: what follows her return, to read: visits with their days, plans, referrals and what became of
 * them.
 */
#pragma once

#include "app/hw-desktop.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HW_TYPE_SUPPORT_SECTION (hw_support_section_get_type ())
G_DECLARE_FINAL_TYPE (HwSupportSection, hw_support_section, HW, SUPPORT_SECTION, AdwBin)

/* Signals: "open-record" (const char *id), "add-record" (guint type). */
GtkWidget *hw_support_section_new (HwDesktop *desktop);
void       hw_support_section_show (HwSupportSection *self, HwCaseFile *file, guint relations);

G_END_DECLS
