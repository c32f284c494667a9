/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Settings of the office that gates are judged by. What is typed here changes nothing: it asks, with
 * a reason, and another supervisor agrees.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/approvals/hw-office-settings.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#define N_SETTINGS 4

static const struct
{
  HwFieldId now;
  HwFieldId asked;
  gint fallback; /* what holds while nothing is set */
} settings[N_SETTINGS] = {
  { HW_FIELD_OFFICE_DECISION_DAYS, HW_FIELD_OFFICE_CHANGE_DECISION_DAYS, 7 },
  { HW_FIELD_OFFICE_RISK_DAYS, HW_FIELD_OFFICE_CHANGE_RISK_DAYS, 30 },
  { HW_FIELD_OFFICE_LOCK_MINUTES, HW_FIELD_OFFICE_CHANGE_LOCK_MINUTES, 10 },
  { HW_FIELD_OFFICE_FOLLOWUP_MONTHS, HW_FIELD_OFFICE_CHANGE_FOLLOWUP_MONTHS, 0 },
};

struct _HwOfficeSettings
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) (nullable) */
  HwRecord *office;   /* (owned) (nullable) */
  AdwEntryRow *rows[N_SETTINGS];
  AdwEntryRow *reason;
  GtkWidget *ask;
};

G_DEFINE_FINAL_TYPE (HwOfficeSettings, hw_office_settings, ADW_TYPE_BIN)

static int
compare_months (gconstpointer a, gconstpointer b)
{
  return atoi (*(const char *const *)a) - atoi (*(const char *const *)b);
}

/* "1, 3, 6, 12": a set is kept in the order of its letters, the months are numbers. */
static char *
words_of (HwOfficeSettings *self, guint i)
{
  HwValue *value = hw_record_get (self->office, settings[i].now);

  if (settings[i].now != HW_FIELD_OFFICE_FOLLOWUP_MONTHS)
    return g_strdup_printf ("%d",
                            value != NULL
                              ? (gint)hw_record_get_integer (self->office, settings[i].now)
                              : settings[i].fallback);
  if (value == NULL)
    return g_strdup ("1, 3, 6, 12");
  {
    g_autoptr (GPtrArray) months = g_ptr_array_new ();
    const char *const *set = hw_value_set (value);

    for (guint n = 0; set[n] != NULL; n++)
      g_ptr_array_add (months, (gpointer)set[n]);
    g_ptr_array_sort (months, compare_months);
    g_ptr_array_add (months, NULL);
    return g_strjoinv (", ", (char **)months->pdata);
  }
}

/* NULL when these are no months between 1 and 120. */
static HwValue *
months_of (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, ", ", -1);
  g_autoptr (GPtrArray) months = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    {
      guint64 month;

      if (*words[i] == '\0')
        continue;
      if (!g_ascii_string_to_unsigned (words[i], 10, 1, 120, &month, NULL))
        return NULL;
      g_ptr_array_add (months, words[i]);
    }
  if (months->len == 0)
    return NULL;
  g_ptr_array_add (months, NULL);
  return hw_value_new_set ((const char *const *)months->pdata);
}

/* NULL when what is typed cannot be taken. */
static HwValue *
typed_value (HwOfficeSettings *self, guint i)
{
  const HwFieldDef *field = hw_schema_field (settings[i].asked);
  g_autofree char *text
    = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->rows[i]))));
  gint64 number;

  if (settings[i].now == HW_FIELD_OFFICE_FOLLOWUP_MONTHS)
    return months_of (text);
  if (!g_ascii_string_to_signed (text, 10, field->minimum, field->maximum, &number, NULL))
    return NULL;
  return hw_value_new_integer (number);
}

static gboolean
is_other (HwOfficeSettings *self, guint i)
{
  g_autofree char *now = words_of (self, i);

  return g_strcmp0 (now, gtk_editable_get_text (GTK_EDITABLE (self->rows[i]))) != 0;
}

static void
typed_cb (HwOfficeSettings *self)
{
  g_autofree char *reason
    = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason))));
  gboolean any = FALSE, good = TRUE;

  for (guint i = 0; self->office != NULL && i < N_SETTINGS; i++)
    {
      g_autoptr (HwValue) value = typed_value (self, i);

      any |= is_other (self, i);
      good &= value != NULL;
      if (value != NULL)
        gtk_widget_remove_css_class (GTK_WIDGET (self->rows[i]), "error");
      else
        gtk_widget_add_css_class (GTK_WIDGET (self->rows[i]), "error");
    }
  gtk_widget_set_sensitive (self->ask, any && good && *reason != '\0');
}

static void
reset (HwOfficeSettings *self)
{
  for (guint i = 0; i < N_SETTINGS; i++)
    {
      g_autofree char *words = words_of (self, i);

      gtk_editable_set_text (GTK_EDITABLE (self->rows[i]), words);
    }
  gtk_editable_set_text (GTK_EDITABLE (self->reason), "");
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (HwOfficeSettings) self = data;
  g_autoptr (GPtrArray) results
    = hw_desktop_commit_finish (HW_DESKTOP (source), result, NULL);

  if (results == NULL || hw_desktop_first_refusal (results) != NULL)
    return;
  hw_desktop_say (HW_DESKTOP (source), _ ("Another supervisor is asked. Until then nothing changes."));
  if (self->office != NULL)
    reset (self);
}

static void
ask_cb (HwOfficeSettings *self)
{
  g_autoptr (GPtrArray) operations
    = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);
  HwOperation *operation = hw_desktop_new_create (self->desktop, HW_TYPE_ID_OFFICE_CHANGE, NULL);
  g_autofree char *reason
    = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason))));

  hw_operation_set_text (
    operation, HW_FIELD_OFFICE_CHANGE_OFFICE, hw_record_id (self->office), 0);
  for (guint i = 0; i < N_SETTINGS; i++)
    {
      g_autoptr (HwValue) value = typed_value (self, i);

      if (is_other (self, i) && value != NULL)
        hw_operation_set (operation, settings[i].asked, value, 0);
    }
  hw_operation_set_text (
    operation, HW_FIELD_OFFICE_CHANGE_ASKED_BY, hw_desktop_actor (self->desktop)->user, 0);
  hw_operation_set_text (operation, HW_FIELD_OFFICE_CHANGE_REASON, reason, 0);
  g_ptr_array_add (operations, operation);
  hw_desktop_commit_async (self->desktop, operations, FALSE, asked_cb, g_object_ref (self));
}

static AdwEntryRow *
add_entry (HwOfficeSettings *self, AdwPreferencesGroup *group, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_object (row, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  return ADW_ENTRY_ROW (row);
}

static void
hw_office_settings_dispose (GObject *object)
{
  HwOfficeSettings *self = HW_OFFICE_SETTINGS (object);

  g_clear_object (&self->office);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_office_settings_parent_class)->dispose (object);
}

static void
hw_office_settings_class_init (HwOfficeSettingsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_office_settings_dispose;
}

static void
hw_office_settings_init (HwOfficeSettings *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, _ ("Settings of the Office"));
  adw_preferences_group_set_description (
    group, _ ("Gates are judged by these. Two supervisors change them together: one asks, another agrees."));
  self->ask = gtk_button_new_with_mnemonic (_ ("As_k"));
  gtk_widget_set_valign (self->ask, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (self->ask, FALSE);
  g_signal_connect_swapped (self->ask, "clicked", G_CALLBACK (ask_cb), self);
  for (guint i = 0; i < N_SETTINGS; i++)
    self->rows[i] = add_entry (self, group, _ (hw_schema_field (settings[i].now)->label));
  self->reason = add_entry (self, group, _ ("Why it should change"));
  adw_entry_row_add_suffix (self->reason, self->ask);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (group));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
hw_office_settings_show (HwOfficeSettings *self, HwDesktop *desktop)
{
  const char *id = hw_desktop_actor (desktop)->office;
  HwRecord *office = id != NULL ? hw_store_get_record (
                       hw_desktop_store (desktop), HW_TYPE_ID_OFFICE, id, NULL)
                                : NULL;
  gboolean same = office != NULL && self->office != NULL
                   && hw_record_rev (office) == hw_record_rev (self->office);

  g_set_object (&self->desktop, desktop);
  gtk_widget_set_visible (GTK_WIDGET (self), office != NULL);
  if (same)
    {
      g_object_unref (office);
      return;
    }
  g_clear_object (&self->office);
  self->office = office;
  if (office != NULL)
    reset (self);
}
