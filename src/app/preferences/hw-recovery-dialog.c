/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A window around the recovery card; it closes when the code was proved.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/preferences/hw-recovery-dialog.h"

#include "app/door/hw-recovery-card.h"

struct _HwRecoveryDialog
{
  AdwWindow parent;

  HwRecoveryCard *card;
};

G_DEFINE_FINAL_TYPE (HwRecoveryDialog, hw_recovery_dialog, ADW_TYPE_WINDOW)

static void
done_cb (HwRecoveryDialog *self)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
hw_recovery_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HW_TYPE_RECOVERY_DIALOG);

  G_OBJECT_CLASS (hw_recovery_dialog_parent_class)->dispose (object);
}

static void
hw_recovery_dialog_class_init (HwRecoveryDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_recovery_dialog_dispose;

  g_type_ensure (HW_TYPE_RECOVERY_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-recovery-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HwRecoveryDialog, card);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hw_recovery_dialog_init (HwRecoveryDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_recovery_dialog_new (HwDesktop *desktop, GtkWindow *parent)
{
  HwRecoveryDialog *self = g_object_new (HW_TYPE_RECOVERY_DIALOG, "transient-for", parent, NULL);

  hw_recovery_card_begin (self->card, desktop);
  return GTK_WIDGET (self);
}
