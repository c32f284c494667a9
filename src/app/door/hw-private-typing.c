/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The hint is set where the cursor comes, so that no form, no search and no dialog has to remember it.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/door/hw-private-typing.h"

static void
focus_changed_cb (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  if (GTK_IS_TEXT (focus))
    gtk_text_set_input_hints (GTK_TEXT (focus), gtk_text_get_input_hints (GTK_TEXT (focus)) | GTK_INPUT_HINT_PRIVATE);
  else if (GTK_IS_TEXT_VIEW (focus))
    gtk_text_view_set_input_hints (GTK_TEXT_VIEW (focus),
                                   gtk_text_view_get_input_hints (GTK_TEXT_VIEW (focus)) | GTK_INPUT_HINT_PRIVATE);
}

static void
appeared_cb (GListModel *windows, guint position, guint removed, guint added, GObject *owner)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      g_signal_connect_object (window, "notify::focus-widget", G_CALLBACK (focus_changed_cb), owner, 0);
      focus_changed_cb (window);
    }
}

void
hw_private_typing_follow (GObject *owner)
{
  GListModel *windows = gtk_window_get_toplevels ();

  g_signal_connect_object (windows, "items-changed", G_CALLBACK (appeared_cb), owner, 0);
  appeared_cb (windows, 0, 0, g_list_model_get_n_items (windows), owner);
}
