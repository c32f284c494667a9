/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwTaskSection: the tasks of one case: what is open, by its day, and beneath it, folded, what is done.
 */
#pragma once

#include <adwaita.h>

#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_TASK_SECTION (hw_task_section_get_type ())
G_DECLARE_FINAL_TYPE (HwTaskSection, hw_task_section, HW, TASK_SECTION, AdwBin)

/* Signals: "open-record" (const char *id), "add-record" (guint type). */
GtkWidget *hw_task_section_new (HwDesktop *desktop);
void       hw_task_section_show (HwTaskSection *self, HwCaseFile *file, guint relations);
/* So many open ones at most, and none that are done: beside the case. 0: all of both. */
void       hw_task_section_set_most (HwTaskSection *self, guint most);

G_END_DECLS
