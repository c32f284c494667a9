/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwExitSection: the exit clearance of a case as a list to work through: what is to pay today, what
 * the country's rule asks for, what of it is missing.
 * Signals "open-record" (HwRecord *record) and "add-record" ().
 */
#pragma once

#include <adwaita.h>

#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_EXIT_SECTION (hw_exit_section_get_type ())
G_DECLARE_FINAL_TYPE (HwExitSection, hw_exit_section, HW, EXIT_SECTION, AdwBin)

GtkWidget *hw_exit_section_new (HwDesktop *desktop);
/* Call again whenever the case or the directory changed. */
void hw_exit_section_show (HwExitSection *section, HwCaseFile *file, guint relations);

G_END_DECLS
