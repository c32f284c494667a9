/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Before anything is sent, the form says in words which facts the mission will hold. The list is
 * made from the record itself, so it cannot promise less than what goes out.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-request-form.h"

#include <glib/gi18n.h>

#include "app/callforms/hw-request-fill.h"
#include "app/requests/hw-request-page.h"

struct _HwRequestForm
{
  HwCallForm parent;

  AdwPreferencesGroup *record_group;
  GtkWidget *copy_button;
  AdwActionRow *sees_row;
  AdwActionRow *never_row;
  GtkWidget *answer_group;
};

G_DEFINE_FINAL_TYPE (HwRequestForm, hw_request_form, HW_TYPE_CALL_FORM)

static void
copy_cb (HwRequestForm *self)
{
  HwCallForm *form = HW_CALL_FORM (self);
  const HwFieldId *fields = hw_request_fill_fields ();

  hw_field_rows_leave (GTK_WIDGET (self));
  for (guint i = 0; fields[i] != HW_FIELD_NONE; i++)
    {
      g_autoptr (HwValue) value = hw_request_fill_value (hw_call_form_file (form), fields[i]);

      if (value != NULL
          && !hw_value_equal (value, hw_record_get (hw_call_form_record (form), fields[i])))
        hw_call_form_commit (form, fields[i], value);
    }
}

static char *
list_of_facts (HwRecord *record, guint *count)
{
  const HwTypeDef *def = hw_record_def (record);
  GString *words = g_string_new (NULL);

  *count = 0;
  for (guint i = 0; i < def->n_fields; i++)
    {
      const HwFieldDef *field = &def->fields[i];

      if (g_strcmp0 (field->section, "record") != 0 || hw_record_get (record, field->id) == NULL)
        continue;
      g_string_append_printf (words, "%s%s", *count > 0 ? _ (", ") : "", _ (field->label));
      *count += 1;
    }
  return g_string_free (words, FALSE);
}

static void
update (HwCallForm *form)
{
  HwRequestForm *self = HW_REQUEST_FORM (form);
  guint count;
  g_autofree char *facts = list_of_facts (hw_call_form_record (form), &count);
  g_autofree char *title = g_strdup_printf (
    g_dngettext (NULL, "The mission will see %u fact", "The mission will see %u facts", count),
    count);
  g_autofree char *detail = count > 0 ? g_strdup_printf (_ ("%s. And what you write to it."), facts)
                                      : g_strdup (_ ("Nothing is filled in yet."));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->sees_row), title);
  adw_action_row_set_subtitle (self->sees_row, detail);
}

static gboolean
may_fill (HwCallForm *form)
{
  return hw_call_form_file (form) != NULL
         && hw_case_file_survivor (hw_call_form_file (form)) != NULL
         && hw_call_form_may_write (form, HW_FIELD_EMBASSY_REQUEST_GIVEN_NAMES);
}

static void
set_up (HwCallForm *form)
{
  HwRequestForm *self = HW_REQUEST_FORM (form);
  gboolean liaison = hw_call_form_role (form) == HW_ROLE_EMBASSY_LIAISON;

  gtk_widget_set_visible (self->copy_button, may_fill (form));
  gtk_widget_set_visible (self->answer_group, hw_call_form_is_stored (form));
  gtk_widget_set_visible (
    gtk_widget_get_ancestor (GTK_WIDGET (self->sees_row), ADW_TYPE_PREFERENCES_GROUP), !liaison);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->never_row), _ ("It never sees"));
  adw_action_row_set_subtitle (
    self->never_row,
    _ ("Her case and its code, what happened to her, phone, whereabouts, shelter, health, "
       "risk, asylum, employer, recruiter, family, home, your notes, other requests."));
}

static void
hw_request_form_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HW_TYPE_REQUEST_FORM);

  G_OBJECT_CLASS (hw_request_form_parent_class)->dispose (object);
}

static void
hw_request_form_class_init (HwRequestFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_request_form_dispose;
  HW_CALL_FORM_CLASS (klass)->move_label = hw_request_move_label;
  HW_CALL_FORM_CLASS (klass)->set_up = set_up;
  HW_CALL_FORM_CLASS (klass)->update = update;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-request-form.ui");
  gtk_widget_class_bind_template_child (widget_class, HwRequestForm, record_group);
  gtk_widget_class_bind_template_child (widget_class, HwRequestForm, copy_button);
  gtk_widget_class_bind_template_child (widget_class, HwRequestForm, sees_row);
  gtk_widget_class_bind_template_child (widget_class, HwRequestForm, never_row);
  gtk_widget_class_bind_template_child (widget_class, HwRequestForm, answer_group);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
hw_request_form_init (HwRequestForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_request_form_new (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations)
{
  return hw_call_form_begin (
    g_object_new (HW_TYPE_REQUEST_FORM, NULL), desktop, file, record, relations);
}
