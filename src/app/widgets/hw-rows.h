/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwRows: rows, headings and toasts that show words as they are. The toolkit takes many of them for markup: with an
 * ampersand in them it shows nothing and writes the words to the log, where the words of a person must never be.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* An AdwActionRow. subtitle (nullable) */
GtkWidget *hw_rows_new (const char *title, const char *subtitle);
/* A fact to read: its name above it, as in a form. */
GtkWidget *hw_rows_new_fact (const char *name, const char *words);
/* A row that nothing can be done with: what would stand here. */
GtkWidget *hw_rows_new_nothing (const char *sentence);

void hw_rows_set_title (AdwPreferencesGroup *group, const char *title);
void hw_rows_set_description (AdwPreferencesGroup *group, const char *words); /* words (nullable) */
AdwToast *hw_rows_toast (const char *words);                                  /* (transfer full) */

void hw_rows_clear_list (GtkListBox *list);
/* rows: (element-type GtkWidget, unowned) those that were added to the group; empty afterwards. */
void hw_rows_clear_group (AdwPreferencesGroup *group, GPtrArray *rows);

G_END_DECLS
