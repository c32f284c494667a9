/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwChildList: the records that point to another one, live, as a section with an add button: the
 * factors of an assessment, the tickets of a journey.
 */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_CHILD_LIST (hw_child_list_get_type ())
G_DECLARE_FINAL_TYPE (HwChildList, hw_child_list, HW, CHILD_LIST, AdwBin)

/* link: the reference field of the children, which names their type too. */
GtkWidget *hw_child_list_new (
  HwDesktop *desktop, HwCaseFile *file, HwRecord *parent, HwFieldId link, guint relations);

G_END_DECLS
