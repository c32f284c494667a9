/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwPairPage: two cases side by side, field by field, and the decision about them.
 */
#pragma once

#include <adwaita.h>

#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_PAIR_PAGE (hw_pair_page_get_type ())
G_DECLARE_FINAL_TYPE (HwPairPage, hw_pair_page, HW, PAIR_PAGE, AdwBin)

/* FALSE when there is no such link here, or one of its cases is not held. */
gboolean hw_pair_page_show (HwPairPage *page, HwDesktop *desktop, const char *link);
/* TRUE when what is shown is of this case. case_id (nullable) */
gboolean hw_pair_page_concerns (HwPairPage *page, const char *case_id);

G_END_DECLS
