/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file goes only with a reason: afterwards there is nothing to look at, and somebody may ask.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/attachments/hw-removal-dialog.h"

#include <glib/gi18n.h>

#include "app/hw-compat.h"

#define REMOVE "remove"

static char *
typed_reason (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static void
reason_changed_cb (GtkTextBuffer *buffer, AdwMessageDialog *dialog)
{
  g_autofree char *reason = typed_reason (buffer);

  adw_message_dialog_set_response_enabled (dialog, REMOVE, *reason != '\0');
}

static GtkWidget *
make_reason (AdwMessageDialog *dialog)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *frame = gtk_frame_new (NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 6);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Why it is removed"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 72);
  gtk_frame_set_child (GTK_FRAME (frame), scroller);
  g_object_set_data (G_OBJECT (dialog), "buffer", buffer);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (reason_changed_cb), dialog, 0);
  return frame;
}

/* Answers once: the response, or the window that went away under it. */
static void
response_cb (AdwMessageDialog *dialog, const char *response)
{
  g_autoptr (GTask) task = g_object_steal_data (G_OBJECT (dialog), "task");
  g_autofree char *reason = NULL;

  if (task == NULL)
    return;
  if (g_str_equal (response, REMOVE))
    reason = typed_reason (g_object_get_data (G_OBJECT (dialog), "buffer"));
  g_task_return_pointer (
    task, reason != NULL && *reason != '\0' ? g_steal_pointer (&reason) : NULL, g_free);
}

static void
gone_cb (AdwMessageDialog *dialog)
{
  response_cb (dialog, "cancel");
}

void
hw_removal_dialog_ask_async (GtkWidget *parent,
                             HwDesktop *desktop,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  AdwMessageDialog *dialog = hw_compat_message_new (
    parent,
    _ ("Remove This File?"),
    _ ("It disappears for everybody, and from every laptop that kept it. The office’s server "
       "destroys it a month later; that it was there, and why it went, stays in the history. Write why."));

  g_object_set_data (G_OBJECT (dialog), "task", g_task_new (NULL, NULL, callback, data));
  adw_message_dialog_set_extra_child (dialog, make_reason (dialog));
  adw_message_dialog_add_responses (
    dialog, "cancel", _ ("_Cancel"), REMOVE, _ ("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (dialog, REMOVE, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (dialog, REMOVE, FALSE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), NULL);
  g_signal_connect (dialog, "unrealize", G_CALLBACK (gone_cb), NULL);
  g_signal_connect_object (
    desktop, "locked", G_CALLBACK (gtk_window_close), dialog, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

char *
hw_removal_dialog_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
