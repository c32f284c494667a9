/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reading form of every kind of value: rows that may not be written, the two sides of a change
 * made elsewhere, history and summaries all say the same words for the same value.
 */
#include "app/forms/hw-field-words.h"

#include <glib/gi18n.h>

#include "app/forms/hw-candidates.h"
#include "app/widgets/hw-text.h"
#include "base/hw-base.h"

/* A disclosure holds the names of the fields that were told: a person reads what stands on the form. */
static char *
words_of_member (const HwFieldDef *field, const char *member, HwFormContext *context)
{
  const HwFieldDef *told = NULL;

  if (field->id == HW_FIELD_DISCLOSURE_FIELDS)
    told = hw_schema_field_by_name (HW_TYPE_ID_EMBASSY_REQUEST, member);
  return told != NULL ? g_strdup (_ (told->label)) : hw_candidates_label (field->kind, field, context, member);
}

static char *
words_of_set (const HwFieldDef *field, HwValue *value, HwFormContext *context)
{
  const char *const *members = hw_value_set (value);
  GString *words = g_string_new (NULL);

  for (guint i = 0; members[i]; i++)
    {
      g_autofree char *label = words_of_member (field, members[i], context);

      if (i > 0)
        g_string_append (words, _ (", "));
      g_string_append (words, label);
    }
  return g_string_free (words, words->len == 0);
}

static char *
words_of_moment (const char *text, HwFormContext *context, const char *today)
{
  gint64 us;

  if (!hw_instant_parse (text, &us))
    return g_strdup (text);
  return hw_text_moment (us, hw_form_context_get_zone (context), today);
}

char *
hw_field_words (const HwFieldDef *field, HwValue *value, HwFormContext *context)
{
  if (value != NULL && hw_veil_covers (hw_form_context_get_veil (context), field))
    return g_strdup (HW_VEIL_MASK);
  return hw_field_words_plain (field, value, context);
}

char *
hw_field_words_plain (const HwFieldDef *field, HwValue *value, HwFormContext *context)
{
  g_autofree char *today = NULL;

  if (value == NULL)
    return NULL;
  if (hw_kind_is_set (field->kind))
    return words_of_set (field, value, context);
  today = hw_form_context_today (context);
  switch (field->kind)
    {
      case HW_KIND_INTEGER:
        return g_strdup_printf ("%" G_GINT64_FORMAT, hw_value_integer (value));
      case HW_KIND_BOOLEAN:
        return g_strdup (hw_value_integer (value) ? _ ("Yes") : _ ("No"));
      case HW_KIND_DATE:
        return hw_text_day (hw_value_text (value), today);
      case HW_KIND_HISTORY_DATE:
        return hw_text_history_date (hw_value_text (value), hw_value_unit (value));
      case HW_KIND_TIMESTAMP:
        return words_of_moment (hw_value_text (value), context, today);
      case HW_KIND_LOCAL_TIME:
        return hw_text_wall_clock (hw_value_text (value), hw_value_unit (value), today);
      case HW_KIND_MONEY:
        return hw_text_money (hw_value_integer (value), hw_value_unit (value));
      case HW_KIND_PHONE:
        return hw_phone_display (hw_value_text (value));
      default:
        return hw_candidates_label (field->kind, field, context, hw_value_text (value));
    }
}
