/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/hw-desktop.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The disclosure record of a case, to be read and handed over as a statement. Nothing in it can be changed. */
#define HW_TYPE_DISCLOSURE_SECTION (hw_disclosure_section_get_type ())
G_DECLARE_FINAL_TYPE (HwDisclosureSection, hw_disclosure_section, HW, DISCLOSURE_SECTION, AdwPreferencesGroup)

/* Whether a role reads the whole record, under some relation. Who reads a part of it has no statement. */
gboolean   hw_disclosure_section_is_for (HwRole role);
GtkWidget *hw_disclosure_section_new (HwDesktop *desktop);
/* relations: of whoever reads to this case, from hw_access_relations. Who may not read the whole record sees none of it:
 * a part of it would be an untrue statement. */
void       hw_disclosure_section_show (HwDisclosureSection *self, HwCaseFile *file, guint relations);

G_END_DECLS
