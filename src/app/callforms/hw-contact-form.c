/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sentence at the top is made anew every few seconds: a window that has just closed must not
 * look open.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-contact-form.h"

#include <glib/gi18n.h>

#include "app/cases/hw-safe-contact-card.h"
#include "app/widgets/hw-text.h"

#define REFRESH_S 15

struct _HwContactForm
{
  HwCallForm parent;

  guint refresh;
  AdwActionRow *now_row;
  GtkImage *now_icon;
};

G_DEFINE_FINAL_TYPE (HwContactForm, hw_contact_form, HW_TYPE_CALL_FORM)

static void
show_sentence (HwContactForm *self, const char *icon, const char *title, const char *detail)
{
  gtk_image_set_from_icon_name (self->now_icon, icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->now_row), title);
  adw_action_row_set_subtitle (self->now_row, detail);
}

static void
update (HwCallForm *form)
{
  HwContactForm *self = HW_CONTACT_FORM (form);
  HwRecord *record = hw_call_form_record (form);
  const char *zone = hw_record_get_text (record, HW_FIELD_SAFE_CONTACT_WINDOW_ZONE);
  g_autofree char *place = zone != NULL ? hw_text_zone (zone) : NULL;
  g_autofree char *title = NULL;
  gint minutes_left;
  gboolean callable = hw_safe_contact_callable (
    record, hw_form_context_now (hw_call_form_context (form)), &minutes_left);

  if (hw_record_is (record, HW_FIELD_SAFE_CONTACT_SAFE, HW_SAFE_CONTACT_SAFE_NO))
    {
      show_sentence (self,
                     "action-unavailable-symbolic",
                     _ ("Do not call"),
                     _ ("This way of reaching her is not safe."));
    }
  else if (callable)
    {
      title = g_strdup_printf (_ ("Safe to call now until %s %s"),
                               hw_record_get_text (record, HW_FIELD_SAFE_CONTACT_WINDOW_TO),
                               place);
      show_sentence (self, "call-start-symbolic", title, _ ("Say the code word first."));
    }
  else if (minutes_left >= 0)
    {
      title = g_strdup_printf (_ ("Do not call before %s %s"),
                               hw_record_get_text (record, HW_FIELD_SAFE_CONTACT_WINDOW_FROM),
                               place);
      show_sentence (self,
                     "action-unavailable-symbolic",
                     title,
                     _ ("Outside these hours somebody else may answer."));
    }
  else
    {
      show_sentence (
        self,
        "dialog-question-symbolic",
        _ ("Not known when calling is safe"),
        _ ("Needed: whether it is safe, the hours, and the time zone of these hours."));
    }
}

static gboolean
refresh_cb (gpointer user_data)
{
  update (HW_CALL_FORM (user_data));
  return G_SOURCE_CONTINUE;
}

static void
set_up (HwCallForm *form)
{
  HW_CONTACT_FORM (form)->refresh = g_timeout_add_seconds (REFRESH_S, refresh_cb, form);
}

static void
hw_contact_form_dispose (GObject *object)
{
  HwContactForm *self = HW_CONTACT_FORM (object);

  g_clear_handle_id (&self->refresh, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), HW_TYPE_CONTACT_FORM);

  G_OBJECT_CLASS (hw_contact_form_parent_class)->dispose (object);
}

static void
hw_contact_form_class_init (HwContactFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_contact_form_dispose;
  HW_CALL_FORM_CLASS (klass)->set_up = set_up;
  HW_CALL_FORM_CLASS (klass)->update = update;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-contact-form.ui");
  gtk_widget_class_bind_template_child (widget_class, HwContactForm, now_row);
  gtk_widget_class_bind_template_child (widget_class, HwContactForm, now_icon);
}

static void
hw_contact_form_init (HwContactForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_contact_form_new (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations)
{
  return hw_call_form_begin (
    g_object_new (HW_TYPE_CONTACT_FORM, NULL), desktop, file, record, relations);
}
