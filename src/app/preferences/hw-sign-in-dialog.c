/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The password goes to the server and into the engine's memory, nowhere else.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/preferences/hw-sign-in-dialog.h"

struct _HwSignInDialog
{
  AdwWindow parent;

  HwDesktop *desktop; /* (owned) (nullable) */
  gboolean   busy;

  GtkWidget   *password_row;
  GtkLabel    *error_label;
  GtkRevealer *error_revealer;
  GtkWidget   *sign_in_button;
};

G_DEFINE_FINAL_TYPE (HwSignInDialog, hw_sign_in_dialog, ADW_TYPE_WINDOW)

static const char *
password (HwSignInDialog *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->password_row));
}

static void
update (HwSignInDialog *self)
{
  gtk_widget_set_sensitive (self->sign_in_button, !self->busy && *password (self) != '\0');
}

static void
show_error (HwSignInDialog *self, const char *text)
{
  if (text != NULL)
    gtk_label_set_text (self->error_label, text);
  gtk_revealer_set_reveal_child (self->error_revealer, text != NULL);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwSignInDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean signed_in = hw_desktop_sign_in_again_finish (HW_DESKTOP (source), result, &error);

  if (self->desktop == NULL)
    return;
  if (signed_in)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  self->busy = FALSE;
  update (self);
  show_error (self, error->message);
  gtk_widget_grab_focus (self->password_row);
}

static void
sign_in_cb (HwSignInDialog *self)
{
  if (!gtk_widget_get_sensitive (self->sign_in_button))
    return;
  self->busy = TRUE;
  show_error (self, NULL);
  update (self);
  hw_desktop_sign_in_again_async (self->desktop, password (self), signed_in_cb, g_object_ref (self));
}

static void
hw_sign_in_dialog_dispose (GObject *object)
{
  HwSignInDialog *self = HW_SIGN_IN_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), HW_TYPE_SIGN_IN_DIALOG);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_sign_in_dialog_parent_class)->dispose (object);
}

static void
hw_sign_in_dialog_class_init (HwSignInDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_sign_in_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-sign-in-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HwSignInDialog, password_row);
  gtk_widget_class_bind_template_child (widget_class, HwSignInDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, HwSignInDialog, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, HwSignInDialog, sign_in_button);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hw_sign_in_dialog_init (HwSignInDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_sign_in_dialog_new (HwDesktop *desktop, GtkWindow *parent)
{
  HwSignInDialog *self = g_object_new (HW_TYPE_SIGN_IN_DIALOG, "transient-for", parent, NULL);

  self->desktop = g_object_ref (desktop);
  return GTK_WIDGET (self);
}
