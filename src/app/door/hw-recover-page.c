/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The way in for who forgot the passphrase. Nothing is changed before the code has opened what is kept here.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/door/hw-recover-page.h"

#include "app/door/hw-passphrase-form.h"
#include "app/door/hw-start-over.h"

struct _HwRecoverPage
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) (nullable) */
  gboolean   busy;

  GtkWidget        *code_row;
  HwPassphraseForm *form;
  GtkLabel         *error_label;
  GtkRevealer      *error_revealer;
  GtkWidget        *open_button;
  GtkWidget        *back_button;
  GtkWidget        *start_over_button;
  GtkSpinner       *spinner;
};

G_DEFINE_FINAL_TYPE (HwRecoverPage, hw_recover_page, ADW_TYPE_BIN)

static guint back_signal;

static const char *
code (HwRecoverPage *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->code_row));
}

static void
update (HwRecoverPage *self)
{
  gboolean complete = *code (self) != '\0' && hw_passphrase_form_is_complete (self->form);

  gtk_widget_set_sensitive (self->open_button, !self->busy && complete);
  gtk_widget_set_sensitive (self->back_button, !self->busy);
  gtk_widget_set_sensitive (self->start_over_button, !self->busy);
  gtk_editable_set_editable (GTK_EDITABLE (self->code_row), !self->busy);
  gtk_spinner_set_spinning (self->spinner, self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->busy);
}

static void
show_error (HwRecoverPage *self, const char *text)
{
  if (text != NULL)
    gtk_label_set_text (self->error_label, text);
  gtk_revealer_set_reveal_child (self->error_revealer, text != NULL);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwRecoverPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean opened = hw_desktop_unlock_finish (HW_DESKTOP (source), result, &error);

  self->busy = FALSE;
  if (opened)
    {
      hw_recover_page_clear (self);
      return;
    }
  update (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  show_error (self, error->message);
  gtk_editable_select_region (GTK_EDITABLE (self->code_row), 0, -1);
  gtk_widget_grab_focus (self->code_row);
}

static void
open_cb (HwRecoverPage *self)
{
  if (!gtk_widget_get_sensitive (self->open_button))
    return;
  self->busy = TRUE;
  show_error (self, NULL);
  update (self);
  hw_desktop_recover_async (self->desktop, code (self), hw_passphrase_form_text (self->form), opened_cb,
                            g_object_ref (self));
}

static void
code_activated_cb (HwRecoverPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
}

static void
back_cb (HwRecoverPage *self)
{
  hw_recover_page_clear (self);
  g_signal_emit (self, back_signal, 0);
}

static void
start_over_cb (HwRecoverPage *self)
{
  hw_start_over_ask (GTK_WIDGET (self), self->desktop);
}

static void
hw_recover_page_dispose (GObject *object)
{
  g_clear_object (&HW_RECOVER_PAGE (object)->desktop);

  G_OBJECT_CLASS (hw_recover_page_parent_class)->dispose (object);
}

static void
hw_recover_page_class_init (HwRecoverPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_recover_page_dispose;

  back_signal = g_signal_new ("back", HW_TYPE_RECOVER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (HW_TYPE_PASSPHRASE_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-recover-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HwRecoverPage, code_row);
  gtk_widget_class_bind_template_child (widget_class, HwRecoverPage, form);
  gtk_widget_class_bind_template_child (widget_class, HwRecoverPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, HwRecoverPage, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, HwRecoverPage, open_button);
  gtk_widget_class_bind_template_child (widget_class, HwRecoverPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, HwRecoverPage, start_over_button);
  gtk_widget_class_bind_template_child (widget_class, HwRecoverPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, code_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_over_cb);
}

static void
hw_recover_page_init (HwRecoverPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

void
hw_recover_page_begin (HwRecoverPage *self, HwDesktop *desktop)
{
  g_set_object (&self->desktop, desktop);
  hw_recover_page_clear (self);
  hw_passphrase_form_set_known (self->form, hw_profile_username (hw_desktop_profile (desktop)));
  gtk_widget_grab_focus (self->code_row);
}

void
hw_recover_page_clear (HwRecoverPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->code_row), "");
  hw_passphrase_form_clear (self->form);
  show_error (self, NULL);
  update (self);
}
