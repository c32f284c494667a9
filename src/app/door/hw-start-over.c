/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A wipe cannot be taken back, so one click too many must not do it: the button waits for a word.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/door/hw-start-over.h"

#include <glib/gi18n.h>

#include "app/hw-compat.h"
#include "app/hw-window-guard.h"

static char *
consequences (HwDesktop *desktop)
{
  const char *name = hw_profile_username (hw_desktop_profile (desktop));
  g_autofree char *unsent = NULL;
  guint waiting;

  if (!hw_desktop_is_unlocked (desktop))
    unsent = g_strdup (_ ("What was written here and not yet sent to the server is lost; how much that is cannot be known "
                          "while it is locked."));
  else if ((waiting = hw_sync_engine_waiting (hw_desktop_engine (desktop))) > 0)
    unsent = g_strdup_printf (g_dngettext (NULL, "%u change was not yet sent to the server and is lost: sync first if you can.",
                                           "%u changes were not yet sent to the server and are lost: sync first if you can.",
                                           waiting),
                              waiting);
  else if ((waiting = hw_sync_engine_files (hw_desktop_engine (desktop))) > 0)
    unsent = g_strdup_printf (g_dngettext (NULL, "%u file was not yet sent to the server and is lost: sync first if you can.",
                                           "%u files were not yet sent to the server and are lost: sync first if you can.",
                                           waiting),
                              waiting);
  else
    unsent = g_strdup (_ ("Everything written here was sent to the server; calls that were not saved are lost."));
  return g_strdup_printf (_ ("All that this laptop keeps of the account “%s” is destroyed for good. What the server has stays "
                             "there and comes back when you sign in.\n\n%s"),
                          name, unsent);
}

static void
typed_cb (GtkEditable *entry, GParamSpec *pspec, AdwMessageDialog *dialog)
{
  g_autofree char *typed = g_utf8_casefold (gtk_editable_get_text (entry), -1);
  /* Translators: the word that is typed to confirm that everything is erased */
  g_autofree char *word = g_utf8_casefold (_ ("erase"), -1);

  adw_message_dialog_set_response_enabled (dialog, "erase", g_str_equal (g_strstrip (typed), word));
}

/* After the dialog has closed itself: everything on screen goes. */
static gboolean
wipe_cb (gpointer user_data)
{
  HwDesktop *desktop = user_data;
  g_autoptr (GError) error = NULL;

  if (!hw_desktop_wipe (desktop, _ ("What this laptop kept was erased, as you asked."), &error))
    hw_compat_tell_at_the_door (_ ("Not Erased Entirely"), error->message);
  return G_SOURCE_REMOVE;
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, HwDesktop *desktop)
{
  if (g_str_equal (response, "erase"))
    g_idle_add_full (G_PRIORITY_HIGH, wipe_cb, g_object_ref (desktop), g_object_unref);
}

void
hw_start_over_ask (GtkWidget *parent, HwDesktop *desktop)
{
  g_autofree char *body = consequences (desktop);
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *dialog
    = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Erase What This Laptop Keeps?"), body);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_entry_row_new ();
  g_autofree char *title = g_strdup_printf (_ ("To go on, type “%s”"), _ ("erase"));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), group);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "erase", _ ("_Erase"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "erase", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "erase", FALSE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (row, "notify::text", G_CALLBACK (typed_cb), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), desktop, 0);
  hw_window_guard_admit (GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}
