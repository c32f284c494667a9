/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The old passphrase, the new one twice. A failure leaves the old one good.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/preferences/hw-passphrase-dialog.h"

#include <glib/gi18n.h>

#include "app/door/hw-passphrase-form.h"

struct _HwPassphraseDialog
{
  AdwWindow parent;

  HwDesktop *desktop; /* (owned) (nullable) */
  gboolean   busy;

  GtkWidget        *old_row;
  HwPassphraseForm *form;
  GtkLabel         *error_label;
  GtkRevealer      *error_revealer;
  GtkWidget        *change_button;
};

G_DEFINE_FINAL_TYPE (HwPassphraseDialog, hw_passphrase_dialog, ADW_TYPE_WINDOW)

static const char *
old_passphrase (HwPassphraseDialog *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->old_row));
}

static void
update (HwPassphraseDialog *self)
{
  gtk_widget_set_sensitive (self->change_button, !self->busy && *old_passphrase (self) != '\0'
                                                   && hw_passphrase_form_is_complete (self->form));
}

static void
show_error (HwPassphraseDialog *self, const char *text)
{
  if (text != NULL)
    gtk_label_set_text (self->error_label, text);
  gtk_revealer_set_reveal_child (self->error_revealer, text != NULL);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwPassphraseDialog) self = user_data;
  HwDesktop *desktop = HW_DESKTOP (source);
  g_autoptr (GError) error = NULL;
  gboolean changed = hw_desktop_change_passphrase_finish (desktop, result, &error);

  if (changed)
    hw_desktop_say (desktop, _ ("The passphrase was changed. The recovery code stays as it is."));
  if (self->desktop == NULL)
    return;
  if (changed)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  self->busy = FALSE;
  update (self);
  show_error (self, error->message);
  gtk_widget_grab_focus (self->old_row);
}

static void
change_cb (HwPassphraseDialog *self)
{
  if (!gtk_widget_get_sensitive (self->change_button))
    return;
  self->busy = TRUE;
  show_error (self, NULL);
  update (self);
  hw_desktop_change_passphrase_async (self->desktop, old_passphrase (self), hw_passphrase_form_text (self->form),
                                      changed_cb, g_object_ref (self));
}

static void
old_activated_cb (HwPassphraseDialog *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

static void
hw_passphrase_dialog_dispose (GObject *object)
{
  HwPassphraseDialog *self = HW_PASSPHRASE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), HW_TYPE_PASSPHRASE_DIALOG);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_passphrase_dialog_parent_class)->dispose (object);
}

static void
hw_passphrase_dialog_class_init (HwPassphraseDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_passphrase_dialog_dispose;

  g_type_ensure (HW_TYPE_PASSPHRASE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-passphrase-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HwPassphraseDialog, old_row);
  gtk_widget_class_bind_template_child (widget_class, HwPassphraseDialog, form);
  gtk_widget_class_bind_template_child (widget_class, HwPassphraseDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, HwPassphraseDialog, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, HwPassphraseDialog, change_button);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, change_cb);
  gtk_widget_class_bind_template_callback (widget_class, old_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hw_passphrase_dialog_init (HwPassphraseDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

GtkWidget *
hw_passphrase_dialog_new (HwDesktop *desktop, GtkWindow *parent)
{
  HwPassphraseDialog *self = g_object_new (HW_TYPE_PASSPHRASE_DIALOG, "transient-for", parent, NULL);

  self->desktop = g_object_ref (desktop);
  hw_passphrase_form_set_known (self->form, hw_profile_username (hw_desktop_profile (desktop)));
  return GTK_WIDGET (self);
}
