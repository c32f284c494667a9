/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What stands masked, the ways to open, how it locks, how it is erased. Each is done in a dialog of its own; here stands how it is now.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/preferences/hw-preferences.h"

#include <glib/gi18n.h>

#include "app/door/hw-start-over.h"
#include "app/hw-compat.h"
#include "app/preferences/hw-passphrase-dialog.h"
#include "app/preferences/hw-recovery-dialog.h"

struct _HwPreferences
{
  AdwPreferencesWindow parent;

  HwDesktop *desktop; /* (owned) (nullable) */

  GtkSwitch *names_switch;
  AdwActionRow *recovery_row;
  GtkSwitch    *remember_switch;
  AdwActionRow *lock_row;
};

G_DEFINE_FINAL_TYPE (HwPreferences, hw_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static void
update (HwPreferences *self)
{
  guint minutes = self->desktop != NULL ? hw_desktop_lock_minutes (self->desktop) : 0;
  g_autofree char *locks
    = g_strdup_printf (g_dngettext (NULL, "After %u minute without a key or a click, when the session locks, and before "
                                          "the laptop sleeps. Your office decides how long.",
                                    "After %u minutes without a key or a click, when the session locks, and before the "
                                    "laptop sleeps. Your office decides how long.",
                                    minutes),
                       minutes);

  if (self->desktop == NULL)
    return;
  gtk_switch_set_active (self->names_switch, hw_veil_masks_names (hw_desktop_veil (self->desktop)));
  adw_action_row_set_subtitle (self->lock_row, locks);
  adw_action_row_set_subtitle (
    self->recovery_row,
    hw_desktop_has_recovery_code (self->desktop)
      ? _ ("You have one on paper. A new one makes it worthless.")
      : _ ("None yet: if the passphrase is forgotten, nobody can open what is here."));
}

/* The switch follows what is so, not what was wished. */
static void
show_remembered (HwPreferences *self)
{
  gboolean remembered = hw_desktop_is_remembered (self->desktop);

  gtk_switch_set_active (self->remember_switch, remembered);
  gtk_switch_set_state (self->remember_switch, remembered);
}

static void
remembered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwPreferences) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = hw_desktop_remember_finish (HW_DESKTOP (source), result, &error);

  if (self->desktop == NULL || !hw_desktop_is_unlocked (self->desktop))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->remember_switch), TRUE);
  show_remembered (self);
  if (!done)
    hw_compat_tell (GTK_WIDGET (self), _ ("Not Remembered"), error->message);
}

static gboolean
remember_cb (HwPreferences *self, gboolean wanted)
{
  if (self->desktop == NULL || wanted == hw_desktop_is_remembered (self->desktop))
    return FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->remember_switch), FALSE);
  hw_desktop_remember_async (self->desktop, wanted, remembered_cb, g_object_ref (self));
  return TRUE;
}

static void
show_dialog (HwPreferences *self, GtkWidget *dialog)
{
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
names_cb (HwPreferences *self)
{
  if (self->desktop != NULL)
    hw_desktop_set_masks_names (self->desktop, gtk_switch_get_active (self->names_switch));
}

static void
passphrase_cb (HwPreferences *self)
{
  show_dialog (self, hw_passphrase_dialog_new (self->desktop, GTK_WINDOW (self)));
}

static void
recovery_cb (HwPreferences *self)
{
  show_dialog (self, hw_recovery_dialog_new (self->desktop, GTK_WINDOW (self)));
}

static void
erase_cb (HwPreferences *self)
{
  hw_start_over_ask (GTK_WIDGET (self), self->desktop);
}

static void
hw_preferences_dispose (GObject *object)
{
  HwPreferences *self = HW_PREFERENCES (object);

  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_preferences_parent_class)->dispose (object);
}

static void
hw_preferences_class_init (HwPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_preferences_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, HwPreferences, names_switch);
  gtk_widget_class_bind_template_callback (widget_class, names_cb);
  gtk_widget_class_bind_template_child (widget_class, HwPreferences, recovery_row);
  gtk_widget_class_bind_template_child (widget_class, HwPreferences, remember_switch);
  gtk_widget_class_bind_template_child (widget_class, HwPreferences, lock_row);
  gtk_widget_class_bind_template_callback (widget_class, passphrase_cb);
  gtk_widget_class_bind_template_callback (widget_class, recovery_cb);
  gtk_widget_class_bind_template_callback (widget_class, remember_cb);
  gtk_widget_class_bind_template_callback (widget_class, erase_cb);
}

static void
hw_preferences_init (HwPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_preferences_new (HwDesktop *desktop, GtkWindow *parent)
{
  HwPreferences *self = g_object_new (HW_TYPE_PREFERENCES, "transient-for", parent, NULL);

  self->desktop = g_object_ref (desktop);
  update (self);
  show_remembered (self);
  return GTK_WIDGET (self);
}
