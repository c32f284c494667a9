/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What somebody who looks over a shoulder sees after Ctrl+Shift+H: a calendar, with nothing in it. */
#define HW_TYPE_DULL_PAGE (hw_dull_page_get_type ())
G_DECLARE_FINAL_TYPE (HwDullPage, hw_dull_page, HW, DULL_PAGE, AdwBin)

const char *hw_dull_page_title (void); /* for the window; (static), translated */

G_END_DECLS
