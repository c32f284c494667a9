/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows made for reading look alike wherever they stand, and open their record with a click or Enter.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-reading-rows.h"

#include <glib/gi18n.h>

#include "app/widgets/hw-text.h"

GtkWidget *
hw_reading_group (const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *told = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), told);
  return group;
}

GtkWidget *
hw_reading_row (const char *title,
                const char *subtitle,
                const char *pill,
                HwMeaning meaning,
                HwRecord *record)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL && *subtitle != '\0')
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (pill != NULL)
    {
      GtkWidget *word = hw_pill_new (pill, meaning);

      gtk_widget_set_valign (word, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), word);
    }
  if (record == NULL)
    return row;
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "record-id", g_strdup (hw_record_id (record)), g_free);
  return row;
}

void
hw_reading_row_set_icon (GtkWidget *row, const char *icon, const char *css_class)
{
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  if (css_class != NULL)
    gtk_widget_add_css_class (image, css_class);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
}

GtkWidget *
hw_reading_nothing (const char *sentence)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *label = gtk_label_new (sentence);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (row, "hw-nothing");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

GtkWidget *
hw_reading_add_button (HwTypeId type)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");
  g_autofree char *name = hw_text_add_kind (hw_schema_type (type)->label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "type-id", GUINT_TO_POINTER (type));
  return button;
}

HwTypeId
hw_reading_add_type (GtkWidget *button)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "type-id"));
}

void
hw_reading_append (GString *words, const char *fact)
{
  if (fact == NULL || *fact == '\0')
    return;
  if (words->len > 0)
    g_string_append (words, " · ");
  g_string_append (words, fact);
}

const char *
hw_reading_choice (HwRecord *record, HwFieldId field)
{
  const char *nick = hw_record_get_text (record, field);
  const HwChoice *choice = nick != NULL ? hw_field_choice (hw_schema_field (field), nick) : NULL;

  return choice != NULL ? _ (choice->label) : NULL;
}

void
hw_reading_append_field (GString *words, HwRecord *record, HwFieldId field, HwVeil *veil)
{
  if (!hw_veil_covers (veil, hw_schema_field (field)))
    hw_reading_append (words, hw_record_get_text (record, field));
}

char *
hw_reading_relative_name (HwRecord *member, HwVeil *veil)
{
  const char *given = hw_record_get_text (member, HW_FIELD_FAMILY_MEMBER_GIVEN_NAMES);
  const char *family = hw_record_get_text (member, HW_FIELD_FAMILY_MEMBER_FAMILY_NAME);
  const char *relation = hw_reading_choice (member, HW_FIELD_FAMILY_MEMBER_RELATION);

  if ((given != NULL || family != NULL)
      && hw_veil_covers (veil, hw_schema_field (HW_FIELD_FAMILY_MEMBER_GIVEN_NAMES)))
    return g_strconcat (relation != NULL ? relation : _ ("A relative"), " " HW_VEIL_MASK, NULL);
  if (given != NULL && family != NULL)
    return g_strdup_printf ("%s %s", given, family);
  if (given != NULL || family != NULL)
    return g_strdup (given != NULL ? given : family);
  return g_strdup (relation != NULL ? relation : _ ("A relative without a name"));
}
