/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwCasePage: one case. Three depths: the overview (what blocks departure, tracks, sections), one section
 * with its records, one record with its form and history. Signal "titled" (const char *code).
 */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_CASE_PAGE (hw_case_page_get_type ())
G_DECLARE_FINAL_TYPE (HwCasePage, hw_case_page, HW, CASE_PAGE, AdwBin)

void     hw_case_page_show (HwCasePage *self, HwDesktop *desktop, const char *case_id);
/* Opens a record of the case that is shown, as soon as the case is read. Going back leads to where she was. */
void     hw_case_page_open_record (HwCasePage *self, const char *id);
const char *hw_case_page_case (HwCasePage *self); /* (nullable) id */
void     hw_case_page_clear (HwCasePage *self);   /* forgets what it shows */
gboolean hw_case_page_go_back (HwCasePage *self); /* FALSE: the overview was shown already */

G_END_DECLS
