/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lists are read over shoulders: a summary is made of short facts, never of sensitive fields or
 * stories.
 */
#include "app/forms/hw-record-words.h"

#include <glib/gi18n.h>

#include "app/forms/hw-field-words.h"

#define MAX_FACTS 3

static gboolean
is_shown (const HwFieldDef *field)
{
  return (field->flags & HW_FIELD_SENSITIVE) == 0 && field->kind != HW_KIND_LONG_TEXT;
}

char *
hw_record_words_title (HwRecord *record, HwFormContext *context)
{
  const HwTypeDef *type = hw_record_def (record);
  char *words = NULL;

  if (type->title_field != HW_FIELD_NONE && is_shown (hw_schema_field (type->title_field)))
    words = hw_field_words (
      hw_schema_field (type->title_field), hw_record_get (record, type->title_field), context);
  return words ? words : g_strdup (_ (type->label));
}

/* A day or a number says nothing without its name; a word does. */
static char *
fact (const HwFieldDef *field, HwValue *value, HwFormContext *context)
{
  g_autofree char *words = hw_field_words (field, value, context);

  switch (field->kind)
    {
      case HW_KIND_BOOLEAN:
        return hw_value_integer (value) ? g_strdup (_ (field->label)) : NULL;
      case HW_KIND_DATE:
      case HW_KIND_HISTORY_DATE:
      case HW_KIND_TIMESTAMP:
      case HW_KIND_LOCAL_TIME:
      case HW_KIND_INTEGER:
      case HW_KIND_TIME_OF_DAY:
        /* Translators: the name of a field and its value, "Valid until Fri 27 Nov" */
        return g_strdup_printf (_ ("%s %s"), _ (field->label), words);
      default:
        return g_steal_pointer (&words);
    }
}

char *
hw_record_words_subtitle (HwRecord *record,
                          HwFormContext *context,
                          gboolean (*may_show) (const HwFieldDef *field, gpointer data),
                          gpointer data)
{
  const HwTypeDef *type = hw_record_def (record);
  GString *line = g_string_new (NULL);
  guint facts = 0;

  for (guint i = 0; i < type->n_fields && facts < MAX_FACTS; i++)
    {
      const HwFieldDef *field = &type->fields[i];
      HwValue *value = hw_record_get (record, field->id);
      g_autofree char *words = NULL;

      if (value == NULL || field->id == type->title_field || field->id == type->status_field
          || !is_shown (field) || (may_show && !may_show (field, data)))
        continue;
      words = fact (field, value, context);
      if (words == NULL)
        continue;
      if (facts++ > 0)
        g_string_append (line, " · ");
      g_string_append (line, words);
    }
  return g_string_free (line, FALSE);
}

char *
hw_record_words_status (HwRecord *record)
{
  const HwTypeDef *type = hw_record_def (record);
  const char *status = hw_record_status (record);
  const HwChoice *choice = NULL;

  if (type->status_field != HW_FIELD_NONE && status)
    choice = hw_field_choice (hw_schema_field (type->status_field), status);
  return g_strdup (choice ? _ (choice->label) : "");
}
