/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An accelerator of an action works in the window that has the action. Each other window of the program is given the
 * keys as it appears, before anything in it sees them.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/door/hw-window-keys.h"

static gboolean
activate_cb (GtkWidget *widget, GVariant *action, gpointer main_window)
{
  gtk_widget_activate_action (main_window, g_variant_get_string (action, NULL), NULL);
  return TRUE;
}

static void
add_key (GtkEventController *controller, GtkWindow *main_window, guint key, GdkModifierType modifiers, const char *action)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                                            gtk_callback_action_new (activate_cb, main_window, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_string (action));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

/* The main window is the last to go: what it is transient for it outlives. */
static void
appeared_cb (GListModel *windows, guint position, guint removed, guint added, GtkWindow *main_window)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkEventController *controller;

      if (window == GTK_WIDGET (main_window))
        continue;
      controller = gtk_shortcut_controller_new ();
      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
      add_key (controller, main_window, GDK_KEY_h, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.hide");
      gtk_widget_add_controller (window, controller);
    }
}

void
hw_window_keys_follow (GtkWindow *main_window)
{
  GListModel *windows = gtk_window_get_toplevels ();

  g_signal_connect_object (windows, "items-changed", G_CALLBACK (appeared_cb), main_window, 0);
}
