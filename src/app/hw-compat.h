/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What libadwaita 1.2 and GTK 4.8 lack, in one file: the rest of the desktop asks for a question, a
 * banner or a file and need not know which release answers.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A message over the window of parent (nullable), not shown yet. It goes with that window, even by a lock. (transfer none) */
AdwMessageDialog *hw_compat_message_new (GtkWidget *parent, const char *heading, const char *body);
/* A question with two answers. Escape, closing and a window that goes away under it mean no. The callback comes when the
 * question is gone, and may destroy that window. parent (nullable). */
void     hw_compat_confirm_async (GtkWidget *parent, const char *heading, const char *body, const char *confirm_label,
                                  gboolean destructive, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean hw_compat_confirm_finish (GAsyncResult *result, GError **error);
/* Something to read, with one button. */
void     hw_compat_tell (GtkWidget *parent, const char *heading, const char *body);
/* Likewise, and while locked: nothing of a case. */
void     hw_compat_tell_at_the_door (const char *heading, const char *body);

/* Files: pattern (nullable) such as "*.csv" or "*.jpg;*.png" with its label. Result NULL with G_IO_ERROR_CANCELLED when dismissed. */
void   hw_compat_open_file_async (GtkWidget *parent, const char *title, const char *pattern_label, const char *pattern,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
void   hw_compat_save_file_async (GtkWidget *parent, const char *title, const char *suggested_name,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
/* A chooser over this window goes, and gives nothing, also where another program shows it. */
void   hw_compat_abandon_chooser (GtkWindow *window);
GFile *hw_compat_file_finish (GAsyncResult *result, GError **error); /* (transfer full) (nullable) */

/* Tells assistive technology which page of a stack is shown: before GTK 4.10 hidden pages are read out like the shown one. */
void hw_compat_tell_hidden_pages (GtkStack *stack);

/* A line of words across a page's top. Signal "action" when its button is pressed. */
#define HW_TYPE_BANNER (hw_banner_get_type ())
G_DECLARE_FINAL_TYPE (HwBanner, hw_banner, HW, BANNER, GtkWidget)
GtkWidget *hw_banner_new (void);
void       hw_banner_show (HwBanner *banner, const char *words, const char *button); /* button (nullable); words NULL hides it */
gboolean   hw_banner_get_shown (HwBanner *banner);

G_END_DECLS
