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
#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-text.h"
#include "domain/hw-mission-list.h"

struct _HwRequestForm
{
  HwCallForm parent;

  GtkWidget *copy_button;
  AdwActionRow *sees_row;
  AdwActionRow *never_row;
  GtkWidget *answer_group;
  AdwPreferencesGroup *asks_group;
  GPtrArray *asks_rows; /* (owned) (element-type GtkWidget, unowned) now in asks_group */
  guint showing;        /* the source that shows them anew */
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

static const struct
{
  const char *icon, *css, *spoken;
} looks[] = {
  [HW_MISSION_HAVE] = { "emblem-ok-symbolic", "success", N_ ("There") },
  [HW_MISSION_LACK] = { "dialog-warning-symbolic", "warning", N_ ("Missing") },
  [HW_MISSION_UNKNOWN] = { "dialog-question-symbolic", "dim-label", N_ ("Not known") },
};

static GtkWidget *
make_asks_row (HwMissionEntry *entry)
{
  GtkWidget *row = hw_rows_new (entry->requirement, entry->words);
  GtkWidget *image = gtk_image_new_from_icon_name (looks[entry->state].icon);

  gtk_widget_add_css_class (image, looks[entry->state].css);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (looks[entry->state].spoken), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  return row;
}

/* "Usually 12 days. Fee KWD 10.000." (transfer full) (nullable) */
static char *
mission_words (HwCallForm *form)
{
  const char *mission
    = hw_record_get_text (hw_call_form_record (form), HW_FIELD_EMBASSY_REQUEST_MISSION);
  HwRecord *profile
    = mission != NULL ? hw_case_file_lookup (hw_call_form_file (form), mission) : NULL;
  HwValue *fee = profile != NULL ? hw_record_get (profile, HW_FIELD_ORGANISATION_FEE) : NULL;
  gint days
    = profile != NULL ? (gint)hw_record_get_integer (profile, HW_FIELD_ORGANISATION_USUAL_DAYS) : 0;
  GString *words = g_string_new (NULL);

  if (days > 0)
    g_string_append_printf (
      words, ngettext ("Usually takes %d day. ", "Usually takes %d days. ", days), days);
  if (fee != NULL)
    {
      g_autofree char *money = hw_text_money (hw_value_integer (fee), hw_value_unit (fee));

      g_string_append_printf (words, _ ("Its fee is %s."), money);
    }
  return g_string_free (words, FALSE);
}

/* By the mission's own profile in the directory. A mission itself has no use for it. */
static gboolean
show_asks (gpointer user_data)
{
  HwRequestForm *self = user_data;
  HwCallForm *form = HW_CALL_FORM (self);
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *words = NULL;

  self->showing = 0;
  hw_rows_clear_group (self->asks_group, self->asks_rows);
  if (hw_call_form_file (form) != NULL && hw_call_form_role (form) != HW_ROLE_EMBASSY_LIAISON)
    entries = hw_mission_list_new (hw_call_form_file (form), hw_call_form_record (form));
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      GtkWidget *row = make_asks_row (entries->pdata[i]);

      adw_preferences_group_add (self->asks_group, row);
      g_ptr_array_add (self->asks_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->asks_group), self->asks_rows->len > 0);
  if (self->asks_rows->len > 0)
    {
      words = mission_words (form);
      hw_rows_set_description (self->asks_group, words);
    }
  return G_SOURCE_REMOVE;
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
  /* Not now: this may be the cursor on its way out of a field and into one of these rows. */
  if (self->showing == 0)
    self->showing = g_idle_add (show_asks, self);
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
  g_clear_handle_id (&HW_REQUEST_FORM (object)->showing, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), HW_TYPE_REQUEST_FORM);

  G_OBJECT_CLASS (hw_request_form_parent_class)->dispose (object);
}

static void
hw_request_form_finalize (GObject *object)
{
  g_ptr_array_unref (HW_REQUEST_FORM (object)->asks_rows);

  G_OBJECT_CLASS (hw_request_form_parent_class)->finalize (object);
}

static void
hw_request_form_class_init (HwRequestFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_request_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = hw_request_form_finalize;
  HW_CALL_FORM_CLASS (klass)->move_label = hw_request_move_label;
  HW_CALL_FORM_CLASS (klass)->set_up = set_up;
  HW_CALL_FORM_CLASS (klass)->update = update;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-request-form.ui");
  gtk_widget_class_bind_template_child (widget_class, HwRequestForm, copy_button);
  gtk_widget_class_bind_template_child (widget_class, HwRequestForm, sees_row);
  gtk_widget_class_bind_template_child (widget_class, HwRequestForm, never_row);
  gtk_widget_class_bind_template_child (widget_class, HwRequestForm, answer_group);
  gtk_widget_class_bind_template_child (widget_class, HwRequestForm, asks_group);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
hw_request_form_init (HwRequestForm *self)
{
  self->asks_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_request_form_new (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations)
{
  return hw_call_form_begin (
    g_object_new (HW_TYPE_REQUEST_FORM, NULL), desktop, file, record, relations);
}
