/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwFamilySection: her family to read: who they are, who is kept away, each search with its steps as they
 * followed, each reunion with what is still wanted before it.
 */
#pragma once

#include "app/hw-desktop.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define HW_TYPE_FAMILY_SECTION (hw_family_section_get_type ())
G_DECLARE_FINAL_TYPE (HwFamilySection, hw_family_section, HW, FAMILY_SECTION, AdwBin)

/* Signals: "open-record" (const char *id), "add-record" (guint type). */
GtkWidget *hw_family_section_new (HwDesktop *desktop);
void       hw_family_section_show (HwFamilySection *self, HwCaseFile *file, guint relations);

G_END_DECLS
