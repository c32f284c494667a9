/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Giving a consent takes many words, taking it back takes one click: no reason is asked and no
 * question stands in the way. What follows from it, the rules do.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-consent-form.h"

#include <glib/gi18n.h>

#include "app/forms/hw-field-words.h"
#include "app/widgets/hw-rows.h"

struct _HwConsentForm
{
  HwCallForm parent;

  GPtrArray *checks; /* (owned) (element-type GtkCheckButton, unowned), as the schema orders them */
  gboolean showing;
  AdwPreferencesGroup *what_group;
  AdwPreferencesGroup *informed_group;
  GtkWidget *withdraw_group;
  AdwActionRow *withdraw_row;
  GtkWidget *withdraw_button;
};

G_DEFINE_FINAL_TYPE (HwConsentForm, hw_consent_form, HW_TYPE_CALL_FORM)

static const HwFieldDef *
informed_field (void)
{
  return hw_schema_field (HW_FIELD_CONSENT_INFORMED);
}

static void
checked_cb (HwConsentForm *self)
{
  const HwFieldDef *field = informed_field ();
  g_autoptr (GStrvBuilder) builder = NULL;
  g_autoptr (HwValue) value = NULL;
  g_auto (GStrv) told = NULL;

  if (self->showing)
    return;
  builder = g_strv_builder_new ();
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
      g_strv_builder_add (builder, field->choices[i].nick);
  told = g_strv_builder_end (builder);
  if (told[0] != NULL)
    value = hw_value_new_set ((const char *const *)told);
  hw_call_form_commit (HW_CALL_FORM (self), field->id, value);
}

static void
add_check (HwConsentForm *self, const HwChoice *choice)
{
  GtkWidget *row = hw_rows_new (_ (choice->label), NULL);
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (choice->label), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_widget_set_sensitive (
    check, hw_call_form_may_write (HW_CALL_FORM (self), HW_FIELD_CONSENT_INFORMED));
  g_signal_connect_object (check, "toggled", G_CALLBACK (checked_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->checks, check);
  adw_preferences_group_add (self->informed_group, row);
}

static void
withdraw_cb (HwConsentForm *self)
{
  HwCallForm *form = HW_CALL_FORM (self);
  g_autofree char *now = hw_instant_format (hw_form_context_now (hw_call_form_context (form)));
  g_autoptr (HwValue) value = hw_value_new_text (now);

  hw_call_form_commit (form, HW_FIELD_CONSENT_WITHDRAWN_AT, value);
}

static void
update_checks (HwConsentForm *self)
{
  const HwFieldDef *field = informed_field ();
  HwValue *told = hw_record_get (hw_call_form_record (HW_CALL_FORM (self)), field->id);
  g_autofree char *words = NULL;
  guint n_told = 0;

  self->showing = TRUE;
  for (guint i = 0; i < self->checks->len; i++)
    {
      gboolean active = hw_value_set_contains (told, field->choices[i].nick);

      gtk_check_button_set_active (g_ptr_array_index (self->checks, i), active);
      n_told += active ? 1 : 0;
    }
  self->showing = FALSE;
  words = g_strdup_printf (_ ("%u of %u, in a language she speaks"), n_told, self->checks->len);
  hw_rows_set_description (self->informed_group, words);
  gtk_widget_remove_css_class (GTK_WIDGET (self->informed_group), "refused");
}

/* The boxes show what is stored, never what somebody wished: consent is judged by them. */
static gboolean
refused (HwCallForm *form, HwFieldId field, const char *message)
{
  HwConsentForm *self = HW_CONSENT_FORM (form);

  if (field != HW_FIELD_CONSENT_INFORMED)
    return FALSE;
  update_checks (self);
  hw_rows_set_description (self->informed_group, message);
  gtk_widget_add_css_class (GTK_WIDGET (self->informed_group), "refused");
  return TRUE;
}

static void
update_withdrawal (HwConsentForm *self)
{
  HwCallForm *form = HW_CALL_FORM (self);
  const HwFieldDef *field = hw_schema_field (HW_FIELD_CONSENT_WITHDRAWN_AT);
  HwValue *withdrawn = hw_record_get (hw_call_form_record (form), field->id);
  g_autofree char *when = hw_field_words (field, withdrawn, hw_call_form_context (form));

  gtk_widget_set_visible (self->withdraw_group, hw_call_form_is_stored (form));
  gtk_widget_set_visible (self->withdraw_button,
                          withdrawn == NULL && hw_call_form_may_write (form, field->id));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->withdraw_row),
                                 withdrawn != NULL ? _ ("Withdrawn")
                                                   : _ ("She may take it back at any moment"));
  adw_action_row_set_subtitle (
    self->withdraw_row,
    withdrawn != NULL
      ? when
      : _ ("No reason is asked. Sharing stops at once and open requests are withdrawn."));
}

static void
update (HwCallForm *form)
{
  HwConsentForm *self = HW_CONSENT_FORM (form);
  HwRecord *record = hw_call_form_record (form);
  gboolean names_nobody
    = hw_record_is (record, HW_FIELD_CONSENT_PURPOSE, HW_CONSENT_PURPOSE_EMBASSY_CONTACT)
      && hw_record_get (record, HW_FIELD_CONSENT_RECIPIENT) == NULL;

  adw_preferences_group_set_description (
    self->what_group,
    names_nobody ? _ ("Name the mission: consent to one embassy is not consent to another.")
                 : NULL);
  update_checks (self);
  update_withdrawal (self);
}

static void
set_up (HwCallForm *form)
{
  for (guint i = 0; i < informed_field ()->n_choices; i++)
    add_check (HW_CONSENT_FORM (form), &informed_field ()->choices[i]);
}

static void
hw_consent_form_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HW_TYPE_CONSENT_FORM);

  G_OBJECT_CLASS (hw_consent_form_parent_class)->dispose (object);
}

static void
hw_consent_form_finalize (GObject *object)
{
  g_ptr_array_unref (HW_CONSENT_FORM (object)->checks);

  G_OBJECT_CLASS (hw_consent_form_parent_class)->finalize (object);
}

static void
hw_consent_form_class_init (HwConsentFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_consent_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = hw_consent_form_finalize;
  HW_CALL_FORM_CLASS (klass)->set_up = set_up;
  HW_CALL_FORM_CLASS (klass)->update = update;
  HW_CALL_FORM_CLASS (klass)->refused = refused;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-consent-form.ui");
  gtk_widget_class_bind_template_child (widget_class, HwConsentForm, what_group);
  gtk_widget_class_bind_template_child (widget_class, HwConsentForm, informed_group);
  gtk_widget_class_bind_template_child (widget_class, HwConsentForm, withdraw_group);
  gtk_widget_class_bind_template_child (widget_class, HwConsentForm, withdraw_row);
  gtk_widget_class_bind_template_child (widget_class, HwConsentForm, withdraw_button);
  gtk_widget_class_bind_template_callback (widget_class, withdraw_cb);
}

static void
hw_consent_form_init (HwConsentForm *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_consent_form_new (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations)
{
  return hw_call_form_begin (
    g_object_new (HW_TYPE_CONSENT_FORM, NULL), desktop, file, record, relations);
}
