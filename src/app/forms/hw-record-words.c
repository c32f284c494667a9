/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lists are read over shoulders: a summary is made of short facts, never of stories or of what is covered. What a
 * covered title would have said is said by what kind of person or thing it is: "Mother ••••". Only a note, of which
 * nothing else is known, is told by how it begins.
 */
#include "app/forms/hw-record-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/forms/hw-candidates.h"
#include "app/forms/hw-field-words.h"
#include "app/widgets/hw-text.h"
#include "base/hw-base.h"
#include "domain/hw-family.h"
#include "domain/hw-travel.h"

#define MAX_FACTS 3
/* Letters of a note: two lines of a row. */
#define MAX_NOTE 140

static gboolean
is_shown (const HwFieldDef *field, HwFormContext *context)
{
  return !hw_veil_covers (hw_form_context_get_veil (context), field) && field->kind != HW_KIND_LONG_TEXT;
}

static gboolean
is_titled_behind (HwRecord *record, HwFormContext *context)
{
  HwFieldId title = hw_record_def (record)->title_field;

  return title != HW_FIELD_NONE && hw_record_get (record, title) != NULL
         && hw_veil_covers (hw_form_context_get_veil (context), hw_schema_field (title));
}

/* A day or a number says nothing without its name, nor does a yes; a word does. */
static gboolean
needs_name (const HwFieldDef *field)
{
  for (guint i = 0; i < field->n_choices; i++)
    if (g_str_equal (field->choices[i].nick, "yes"))
      return TRUE;
  return field->kind == HW_KIND_INTEGER;
}

/* A hold that has run its course, and "none", are no facts. */
static gboolean
is_over (const HwFieldDef *field, HwRecord *record, HwValue *value, HwFormContext *context)
{
  if (field->id == HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT)
    return hw_travel_hold (record, hw_form_context_now (context), NULL) == HW_HOLD_NONE;
  return field->kind == HW_KIND_CHOICE && g_strcmp0 (hw_value_text (value), "none") == 0;
}

/* The first word known of it, where it has no title that may be shown. */
static HwFieldId
first_word (HwRecord *record, HwFormContext *context, HwMayShow may_show, gpointer data)
{
  const HwTypeDef *type = hw_record_def (record);

  for (guint i = 0; i < type->n_fields; i++)
    {
      const HwFieldDef *field = &type->fields[i];
      HwValue *value = hw_record_get (record, field->id);

      if (value != NULL && (field->kind == HW_KIND_CHOICE || field->kind == HW_KIND_CHOICE_SET)
          && field->id != type->status_field && is_shown (field, context) && !needs_name (field)
          && (may_show == NULL || may_show (field, data)) && !is_over (field, record, value, context))
        return field->id;
    }
  return HW_FIELD_NONE;
}

/* "Mother ••••": what kind of person or thing it is. */
static char *
words_behind (HwRecord *record, HwFormContext *context, HwFieldId word)
{
  g_autofree char *words
    = word != HW_FIELD_NONE ? hw_field_words (hw_schema_field (word), hw_record_get (record, word), context) : NULL;

  return g_strconcat (words != NULL ? words : _ (hw_record_def (record)->label), " " HW_VEIL_MASK, NULL);
}

char *
hw_record_words_title (HwRecord *record, HwFormContext *context)
{
  const HwTypeDef *type = hw_record_def (record);
  char *words = NULL;

  if (is_titled_behind (record, context))
    return words_behind (record, context, first_word (record, context, NULL, NULL));
  if (type->title_field != HW_FIELD_NONE && is_shown (hw_schema_field (type->title_field), context))
    words = hw_field_words (
      hw_schema_field (type->title_field), hw_record_get (record, type->title_field), context);
  return words ? words : g_strdup (_ (type->label));
}

static char *
fact (const HwFieldDef *field, HwValue *value, HwFormContext *context)
{
  g_autofree char *words = hw_field_words (field, value, context);

  if (needs_name (field) && !g_str_has_suffix (_ (field->label), "?"))
    /* Translators: the name of a field and its value, "She wants contact: Yes" */
    return g_strdup_printf (_ ("%s: %s"), _ (field->label), words);
  if (needs_name (field))
    return g_strdup_printf ("%s %s", _ (field->label), words);
  switch (field->kind)
    {
      case HW_KIND_BOOLEAN:
        return hw_value_integer (value) ? g_strdup (_ (field->label)) : NULL;
      case HW_KIND_DATE:
      case HW_KIND_HISTORY_DATE:
      case HW_KIND_TIMESTAMP:
      case HW_KIND_LOCAL_TIME:
      case HW_KIND_TIME_OF_DAY:
        /* Translators: the name of a field and its value, "Valid until Fri 27 Nov" */
        return g_strdup_printf (_ ("%s %s"), _ (field->label), words);
      default:
        return g_steal_pointer (&words);
    }
}

/* besides: a field that was told already, or HW_FIELD_NONE. */
static char *
facts_words (HwRecord *record, HwFormContext *context, HwFieldId besides, HwMayShow may_show, gpointer data)
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
          || field->id == besides || !is_shown (field, context) || (may_show && !may_show (field, data))
          || is_over (field, record, value, context))
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
hw_record_words_subtitle (HwRecord *record, HwFormContext *context, HwMayShow may_show, gpointer data)
{
  HwFieldId word = is_titled_behind (record, context) ? first_word (record, context, may_show, data) : HW_FIELD_NONE;

  return facts_words (record, context, word, may_show, data);
}

/* (transfer full) the first line, as far as a row goes. */
static char *
beginning (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\n"));

  g_strstrip (line);
  if (g_utf8_strlen (line, -1) > MAX_NOTE)
    {
      g_autofree char *cut = g_utf8_substring (line, 0, MAX_NOTE);

      return g_strdup_printf ("%s…", g_strchomp (cut));
    }
  return g_steal_pointer (&line);
}

static char *
note_words (HwRecord *note, HwFormContext *context, HwMayShow may_show, gpointer data)
{
  const HwFieldDef *about = hw_schema_field (HW_FIELD_NOTE_CATEGORY);
  const char *by = hw_record_created_by (note);
  g_autofree char *today = hw_form_context_today (context);
  g_autofree char *category = may_show == NULL || may_show (about, data)
                                ? hw_field_words (about, hw_record_get (note, about->id), context)
                                : NULL;
  g_autofree char *author
    = by != NULL ? hw_candidates_label (HW_KIND_USER, hw_schema_field (HW_FIELD_CASE_OWNER), context, by) : NULL;
  GString *words = g_string_new (category);
  gint64 us;

  hw_text_add (words, author);
  if (hw_record_created_at (note) != NULL && hw_instant_parse (hw_record_created_at (note), &us))
    {
      g_autofree char *date = hw_date_of_instant (us, hw_form_context_get_zone (context));
      g_autofree char *day = hw_text_day (date, today);

      hw_text_add (words, day);
    }
  return g_string_free (words, FALSE);
}

char *
hw_record_words_row (HwRecord *record, HwFormContext *context, HwMayShow may_show, gpointer data, char **subtitle)
{
  const HwTypeDef *type = hw_record_def (record);
  const HwFieldDef *title = type->title_field != HW_FIELD_NONE ? hw_schema_field (type->title_field) : NULL;
  gboolean told = title != NULL && hw_record_get (record, title->id) != NULL
                  && (may_show == NULL || may_show (title, data));
  HwFieldId word;

  if (told && type->id == HW_TYPE_ID_NOTE)
    {
      *subtitle = note_words (record, context, may_show, data);
      return beginning (hw_record_get_text (record, title->id));
    }
  word = told && is_shown (title, context) ? HW_FIELD_NONE : first_word (record, context, may_show, data);
  *subtitle = facts_words (record, context, word, may_show, data);
  if (told && is_titled_behind (record, context))
    return words_behind (record, context, word);
  if (word != HW_FIELD_NONE)
    return hw_field_words (hw_schema_field (word), hw_record_get (record, word), context);
  return told ? hw_record_words_title (record, context) : g_strdup (_ (type->label));
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

static char *
as_written (HwRecord *record, HwMeaning *meaning)
{
  const HwTypeDef *type = hw_record_def (record);

  *meaning = type->status_field != HW_FIELD_NONE
               ? hw_meaning_of_choice (hw_schema_field (type->status_field), hw_record_status (record))
               : HW_MEANING_NEUTRAL;
  return hw_record_words_status (record);
}

char *
hw_record_words_visit (HwRecord *visit, const char *today, HwMeaning *meaning)
{
  *meaning = HW_MEANING_NEUTRAL;
  switch (hw_visit_state (visit, today))
    {
      case HW_VISIT_LATE:
        *meaning = HW_MEANING_BAD;
        return g_strdup (_ ("Late"));
      case HW_VISIT_DUE:
        *meaning = HW_MEANING_WARNING;
        return g_strdup (_ ("Due now"));
      case HW_VISIT_COMING:
        return g_strdup (_ ("Planned"));
      case HW_VISIT_UNSAFE:
        *meaning = HW_MEANING_BAD;
        return hw_record_words_status (visit);
      case HW_VISIT_OVER:
      default:
        return as_written (visit, meaning);
    }
}

char *
hw_record_words_leg (HwRecord *leg, HwRecord *journey, gint64 now_us, HwMeaning *meaning)
{
  switch (hw_travel_leg_state (leg, journey, now_us))
    {
      case HW_LEG_TRAVELLED:
        *meaning = HW_MEANING_GOOD;
        return g_strdup (_ ("Travelled"));
      case HW_LEG_ON_THE_WAY:
        *meaning = HW_MEANING_NEUTRAL;
        return g_strdup (_ ("On the way"));
      case HW_LEG_AS_WRITTEN:
      default:
        return as_written (leg, meaning);
    }
}

char *
hw_record_words_now (HwRecord *record, HwCaseFile *file, HwFormContext *context, HwMeaning *meaning)
{
  g_autofree char *today = NULL;

  if (hw_record_type (record) == HW_TYPE_ID_SEGMENT && file != NULL)
    return hw_record_words_leg (
      record, hw_case_file_lookup (file, hw_record_get_text (record, HW_FIELD_SEGMENT_MOVEMENT)),
      hw_form_context_now (context), meaning);
  if (hw_record_type (record) != HW_TYPE_ID_FOLLOW_UP)
    return as_written (record, meaning);
  today = hw_form_context_today (context);
  return hw_record_words_visit (record, today, meaning);
}
