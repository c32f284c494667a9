/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwPageTitle: the heading of a page, and where the keyboard begins on it. In the first field of a form a stray key
 * would replace what is written there.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HW_TYPE_PAGE_TITLE (hw_page_title_get_type ())
G_DECLARE_FINAL_TYPE (HwPageTitle, hw_page_title, HW, PAGE_TITLE, GtkWidget)

/* text: copied. Main thread. */
void        hw_page_title_set_text (HwPageTitle *self, const char *text);
const char *hw_page_title_get_text (HwPageTitle *self);

G_END_DECLS
