/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What happens when the passphrase is forgotten is said before it is chosen. The vault is made when it is; the recovery
 * code after it can wait, and preferences keep asking for it.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/door/hw-setup-page.h"

#include "app/door/hw-passphrase-form.h"
#include "app/door/hw-recovery-card.h"
#include "app/hw-compat.h"

struct _HwSetupPage
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) (nullable) */
  gboolean   busy;

  GtkStack         *steps;
  HwPassphraseForm *form;
  GtkLabel         *error_label;
  GtkRevealer      *error_revealer;
  GtkWidget        *go_on_button;
  GtkWidget        *back_button;
  GtkSpinner       *spinner;
  HwRecoveryCard   *card;
};

G_DEFINE_FINAL_TYPE (HwSetupPage, hw_setup_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_DONE,
  SIGNAL_BACK,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
update (HwSetupPage *self)
{
  gtk_widget_set_sensitive (self->go_on_button, !self->busy && hw_passphrase_form_is_complete (self->form));
  gtk_widget_set_sensitive (self->back_button, !self->busy);
  gtk_spinner_set_spinning (self->spinner, self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->busy);
}

static void
show_error (HwSetupPage *self, const char *text)
{
  if (text != NULL)
    gtk_label_set_text (self->error_label, text);
  gtk_revealer_set_reveal_child (self->error_revealer, text != NULL);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwSetupPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean opened = hw_desktop_unlock_finish (HW_DESKTOP (source), result, &error);

  self->busy = FALSE;
  update (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!opened)
    {
      show_error (self, error->message);
      return;
    }
  hw_passphrase_form_clear (self->form);
  if (!hw_desktop_is_unlocked (self->desktop))
    return;
  hw_recovery_card_begin (self->card, self->desktop);
  gtk_stack_set_visible_child_name (self->steps, "code");
  gtk_widget_child_focus (GTK_WIDGET (self->card), GTK_DIR_TAB_FORWARD);
}

static void
go_on_cb (HwSetupPage *self)
{
  if (self->busy || !hw_passphrase_form_is_complete (self->form))
    return;
  self->busy = TRUE;
  show_error (self, NULL);
  update (self);
  hw_desktop_choose_passphrase_async (self->desktop, hw_passphrase_form_text (self->form), chosen_cb, g_object_ref (self));
}

static void
back_cb (HwSetupPage *self)
{
  hw_setup_page_clear (self);
  hw_desktop_forget_sign_in (self->desktop);
  g_signal_emit (self, signals[SIGNAL_BACK], 0);
}

static void
done_cb (HwSetupPage *self)
{
  hw_setup_page_clear (self);
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

static void
hw_setup_page_dispose (GObject *object)
{
  g_clear_object (&HW_SETUP_PAGE (object)->desktop);

  G_OBJECT_CLASS (hw_setup_page_parent_class)->dispose (object);
}

static void
hw_setup_page_class_init (HwSetupPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_setup_page_dispose;

  signals[SIGNAL_DONE]
    = g_signal_new ("done", HW_TYPE_SETUP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_BACK]
    = g_signal_new ("back", HW_TYPE_SETUP_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (HW_TYPE_PASSPHRASE_FORM);
  g_type_ensure (HW_TYPE_RECOVERY_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-setup-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HwSetupPage, steps);
  gtk_widget_class_bind_template_child (widget_class, HwSetupPage, form);
  gtk_widget_class_bind_template_child (widget_class, HwSetupPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, HwSetupPage, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, HwSetupPage, go_on_button);
  gtk_widget_class_bind_template_child (widget_class, HwSetupPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, HwSetupPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, HwSetupPage, card);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, go_on_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
}

static void
hw_setup_page_init (HwSetupPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hw_compat_tell_hidden_pages (self->steps);
  update (self);
}

void
hw_setup_page_begin (HwSetupPage *self, HwDesktop *desktop)
{
  g_set_object (&self->desktop, desktop);
  hw_setup_page_clear (self);
  hw_passphrase_form_set_known (self->form, hw_desktop_signed_in_name (desktop));
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

void
hw_setup_page_clear (HwSetupPage *self)
{
  hw_passphrase_form_clear (self->form);
  hw_recovery_card_clear (self->card);
  show_error (self, NULL);
  gtk_stack_set_visible_child_name (self->steps, "passphrase");
}
