/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row says what one looks the directory up for: how long a mission takes and what it costs, what
 * a shelter offers and where, what a country fines and since when.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/directory/hw-directory-row.h"

#include <glib/gi18n.h>

#include "app/widgets/hw-pill.h"
#include "app/widgets/hw-text.h"
#include "base/hw-base.h"
#include "schema/hw-iso.h"

struct _HwDirectoryRow
{
  AdwActionRow parent;

  HwRecord *record; /* (owned) */
};

G_DEFINE_FINAL_TYPE (HwDirectoryRow, hw_directory_row, ADW_TYPE_ACTION_ROW)

static void
add_money (GString *words, HwValue *money, const char *format)
{
  g_autofree char *sum
    = money != NULL ? hw_text_money (hw_value_integer (money), hw_value_unit (money)) : NULL;
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  g_autofree char *fact = NULL;

  if (sum == NULL)
    return;
  fact = g_strjoinv (sum, parts);
  hw_text_add (words, fact);
}

static const char *
country_of (HwRecord *record, HwFieldId field)
{
  return hw_country_name (hw_record_get_text (record, field));
}

static char *
names_of_countries (const char *const *codes)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; codes[i] != NULL; i++)
    if (hw_country_name (codes[i]) != NULL)
      g_strv_builder_add (builder, hw_country_name (codes[i]));
  names = g_strv_builder_end (builder);
  return g_strjoinv (", ", names);
}

static char *
mission_words (HwRecord *record)
{
  GString *words = g_string_new (NULL);
  g_autofree char *covers
    = names_of_countries (hw_record_get_set (record, HW_FIELD_ORGANISATION_COVERS));
  g_autofree char *answers
    = *covers != '\0' ? g_strdup_printf (_ ("Answers for %s"), covers) : NULL;

  hw_text_add (words, answers);
  if (hw_record_get (record, HW_FIELD_ORGANISATION_USUAL_DAYS) != NULL)
    {
      gint days = (gint)hw_record_get_integer (record, HW_FIELD_ORGANISATION_USUAL_DAYS);
      g_autofree char *takes
        = g_strdup_printf (ngettext ("usually %d day", "usually %d days", days), days);

      hw_text_add (words, takes);
    }
  add_money (words, hw_record_get (record, HW_FIELD_ORGANISATION_FEE), _ ("fee %s"));
  hw_text_add (words, hw_record_get_text (record, HW_FIELD_ORGANISATION_HOURS));
  return g_string_free (words, FALSE);
}

static char *
organisation_words (HwRecord *record)
{
  const HwFieldDef *field = hw_schema_field (HW_FIELD_ORGANISATION_KIND);
  const char *nick = hw_record_get_text (record, HW_FIELD_ORGANISATION_KIND);
  const HwChoice *kind = nick != NULL ? hw_field_choice (field, nick) : NULL;
  g_autofree char *services = g_strjoinv (
    ", ", (char **)hw_record_get_set (record, HW_FIELD_ORGANISATION_SERVICES));
  GString *words = g_string_new (NULL);

  hw_text_add (words, kind != NULL ? _ (kind->label) : NULL);
  hw_text_add (words, country_of (record, HW_FIELD_ORGANISATION_COUNTRY));
  hw_text_add (words, hw_record_get_text (record, HW_FIELD_ORGANISATION_PROVINCE));
  hw_text_add (words, hw_record_get_text (record, HW_FIELD_ORGANISATION_COMMUNE));
  hw_text_add (words, services);
  return g_string_free (words, FALSE);
}

static char *
rule_words (HwRecord *record)
{
  guint n_items = g_strv_length ((char **)hw_record_get_set (record, HW_FIELD_COUNTRY_RULE_ITEMS));
  const char *from = hw_record_get_text (record, HW_FIELD_COUNTRY_RULE_VALID_FROM);
  GString *words = g_string_new (NULL);

  add_money (words, hw_record_get (record, HW_FIELD_COUNTRY_RULE_FINE_PER_DAY), _ ("%s a day"));
  add_money (words, hw_record_get (record, HW_FIELD_COUNTRY_RULE_CAP), _ ("at most %s"));
  if (n_items > 0)
    {
      g_autofree char *items
        = g_strdup_printf (ngettext ("%u thing to check", "%u things to check", n_items), n_items);

      hw_text_add (words, items);
    }
  if (from != NULL)
    {
      g_autofree char *day = hw_text_history_date (from, "day");
      g_autofree char *since
        = g_strdup_printf (words->len > 0 ? _ ("since %s") : _ ("Since %s"), day);

      hw_text_add (words, since);
    }
  hw_text_add (words, hw_record_get_text (record, HW_FIELD_COUNTRY_RULE_SOURCE));
  return g_string_free (words, FALSE);
}

static gboolean
is_mission (HwRecord *record)
{
  return hw_record_is (
    record, HW_FIELD_ORGANISATION_KIND, HW_ORGANISATION_KIND_DIPLOMATIC_MISSION);
}

char *
hw_directory_row_title (HwRecord *record)
{
  const char *title = hw_record_type (record) == HW_TYPE_ID_COUNTRY_RULE
                        ? country_of (record, HW_FIELD_COUNTRY_RULE_COUNTRY)
                        : hw_record_get_text (record, HW_FIELD_ORGANISATION_NAME);

  return g_strdup (title != NULL ? title : _ ("Without a name"));
}

char *
hw_directory_row_search_words (HwRecord *record)
{
  const HwTypeDef *def = hw_record_def (record);
  g_autofree char *title = hw_directory_row_title (record);
  g_autofree char *summary = hw_record_type (record) == HW_TYPE_ID_COUNTRY_RULE
                               ? rule_words (record)
                               : organisation_words (record);
  g_autoptr (GString) words = g_string_new (title);

  g_string_append_printf (words, " %s", summary);
  if (hw_record_type (record) == HW_TYPE_ID_ORGANISATION)
    {
      g_autofree char *covers
        = names_of_countries (hw_record_get_set (record, HW_FIELD_ORGANISATION_COVERS));

      g_string_append_printf (words, " %s", covers);
    }
  for (guint i = 0; i < def->n_fields; i++)
    {
      const char *const *members = hw_record_get_set (record, def->fields[i].id);

      for (guint j = 0; def->fields[i].kind == HW_KIND_TEXT_SET && members[j] != NULL; j++)
        g_string_append_printf (words, " %s", members[j]);
    }
  return hw_fold (words->str);
}

static void
show (HwDirectoryRow *self, const char *today)
{
  gboolean is_rule = hw_record_type (self->record) == HW_TYPE_ID_COUNTRY_RULE;
  const char *from
    = is_rule ? hw_record_get_text (self->record, HW_FIELD_COUNTRY_RULE_VALID_FROM) : NULL;
  g_autofree char *title = hw_directory_row_title (self->record);
  g_autofree char *subtitle = is_rule                    ? rule_words (self->record)
                              : is_mission (self->record) ? mission_words (self->record)
                                                          : organisation_words (self->record);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  if (from != NULL && hw_date_days_between (today, from) > 0)
    adw_action_row_add_suffix (ADW_ACTION_ROW (self),
                               hw_pill_new (_ ("Not in force yet"), HW_MEANING_WARNING));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
}

static void
hw_directory_row_dispose (GObject *object)
{
  g_clear_object (&HW_DIRECTORY_ROW (object)->record);

  G_OBJECT_CLASS (hw_directory_row_parent_class)->dispose (object);
}

static void
hw_directory_row_class_init (HwDirectoryRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_directory_row_dispose;
}

static void
hw_directory_row_init (HwDirectoryRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
}

GtkWidget *
hw_directory_row_new (HwRecord *record, const char *today)
{
  HwDirectoryRow *self = g_object_new (HW_TYPE_DIRECTORY_ROW, NULL);

  self->record = g_object_ref (record);
  show (self, today);
  return GTK_WIDGET (self);
}

HwRecord *
hw_directory_row_get_record (HwDirectoryRow *self)
{
  return self->record;
}
