/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Search over what this desktop holds: one document per case, folded before it is indexed and
 * before it is asked, so that accents, case and Arabic spelling make no difference. A phone number
 * is found by any end of it that is six digits or longer.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"

#include <string.h>

#include "schema/hw-place.h"

#define SHORTEST_PHONE_END 6
#define N_COLUMNS 5 /* name, code, phone, place, note */

static int
column_of (HwSearchUse use)
{
  switch (use)
    {
      case HW_SEARCH_NAME:
        return 0;
      case HW_SEARCH_CODE:
        return 1;
      case HW_SEARCH_PHONE:
        return 2;
      case HW_SEARCH_PLACE:
        return 3;
      case HW_SEARCH_NOTE:
        return 4;
      case HW_SEARCH_NONE:
      default:
        return -1;
    }
}

static void
append_word (GString *column, const char *text)
{
  if (column->len > 0)
    g_string_append_c (column, ' ');
  g_string_append (column, text);
}

static void
append_phone (GString *column, const char *phone)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *at = phone; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      g_string_append_c (digits, *at);
  if (digits->len > 0 && digits->len < SHORTEST_PHONE_END)
    append_word (column, digits->str);
  for (gsize from = 0; from + SHORTEST_PHONE_END <= digits->len; from++)
    append_word (column, digits->str + from);
}

static void
append_text (GString *column, HwSearchUse use, const char *text)
{
  g_autofree char *folded = NULL;

  if (text == NULL || *text == '\0')
    return;
  if (use == HW_SEARCH_PHONE)
    append_phone (column, text);
  folded = hw_fold (text);
  append_word (column, folded);
}

static void
append_record (GString **columns, HwRecord *record)
{
  const HwTypeDef *def = hw_record_def (record);

  for (guint i = 0; i < def->n_fields; i++)
    {
      HwValue *value = hw_record_get (record, def->fields[i].id);
      int column = column_of (def->fields[i].search);
      const char *const *members;

      if (column < 0 || value == NULL)
        continue;
      append_text (columns[column], def->fields[i].search, hw_value_text (value));
      members = hw_value_set (value);
      for (guint n = 0; members[n] != NULL; n++)
        append_text (columns[column], def->fields[i].search, members[n]);
    }
}

/* A search for the province of before 2025 finds who is filed under the one since, and the other way. */
static void
append_other_places (GString *column, HwRecord *record)
{
  g_autofree const char **names = NULL;

  if (hw_record_type (record) != HW_TYPE_ID_PERSON)
    return;
  names = hw_place_other_names (hw_record_get_text (record, HW_FIELD_PERSON_ORIGIN_PROVINCE),
                                hw_record_get_text (record, HW_FIELD_PERSON_ORIGIN_NEW_PROVINCE),
                                hw_record_get_text (record, HW_FIELD_PERSON_ORIGIN_COMMUNE));
  for (guint i = 0; names[i] != NULL; i++)
    append_text (column, HW_SEARCH_PLACE, names[i]);
}

static gboolean
insert (HwDb *db, gint64 n, GString **columns, GError **error)
{
  static const char *const texts[] = {
    "INSERT INTO search_text (n, name, code, phone, place, note) VALUES ($1, $2, $3, $4, $5, $6)",
    "INSERT INTO search (rowid, name, code, phone, place, note) VALUES ($1, $2, $3, $4, $5, $6)"
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      HwStatement *statement = hw_db_prepare (db, texts[i]);

      hw_statement_bind_integer (statement, 1, n);
      for (guint column = 0; column < N_COLUMNS; column++)
        hw_statement_bind_text (statement, 2 + column, columns[column]->str);
      if (!hw_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/* An index with outside content forgets a document only if it is told its text again. The text is read first
 * and never taken by INSERT … SELECT: for that SQLite opens a savepoint of its own, at which the index writes
 * out all it has gathered, a small segment for each case. */
static gboolean
forget_words (HwDb *db, gint64 n, GError **error)
{
  HwStatement *stored
    = hw_db_prepare (db, "SELECT name, code, phone, place, note FROM search_text WHERE n = $1");
  HwStatement *removal
    = hw_db_prepare (db,
                     "INSERT INTO search (search, rowid, name, code, phone, place, note)"
                     " VALUES ('delete', $1, $2, $3, $4, $5, $6)");
  g_autoptr (GError) local = NULL;
  gboolean done = TRUE;

  hw_statement_bind_integer (stored, 1, n);
  if (hw_statement_step (stored, &local))
    {
      hw_statement_bind_integer (removal, 1, n);
      for (guint i = 0; i < N_COLUMNS; i++)
        hw_statement_bind_text (removal, 2 + i, hw_statement_text (stored, i));
      done = hw_statement_run (removal, error);
    }
  hw_statement_reset (stored);
  if (local == NULL)
    return done;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
hw_search_remove (HwDb *db, gint64 n, GError **error)
{
  HwStatement *statement;

  if (!forget_words (db, n, error))
    return FALSE;
  statement = hw_db_prepare (db, "DELETE FROM search_text WHERE n = $1");
  hw_statement_bind_integer (statement, 1, n);
  return hw_statement_run (statement, error);
}

static gboolean
is_same (HwDb *db, gint64 n, GString **columns, gboolean *known)
{
  HwStatement *statement
    = hw_db_prepare (db, "SELECT name, code, phone, place, note FROM search_text WHERE n = $1");
  gboolean same;

  hw_statement_bind_integer (statement, 1, n);
  *known = same = hw_statement_step (statement, NULL);
  for (guint i = 0; same && i < N_COLUMNS; i++)
    same = g_strcmp0 (hw_statement_text (statement, i), columns[i]->str) == 0;
  hw_statement_reset (statement);
  return same;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (hw_record_id (*(HwRecord *const *) a), hw_record_id (*(HwRecord *const *) b));
}

/* In one order however the records came, so that the same words make the same text. */
static GPtrArray *
records_by_id (HwCaseFile *file)
{
  GPtrArray *records = hw_case_file_records (file);
  GPtrArray *sorted = g_ptr_array_sized_new (records->len);

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (records, i));
  g_ptr_array_sort (sorted, compare_ids);
  return sorted;
}

gboolean
hw_search_put (HwDb *db, gint64 n, HwCaseFile *file, GError **error)
{
  GString *columns[N_COLUMNS];
  g_autoptr (GPtrArray) records = records_by_id (file);
  g_autofree char *provisional = hw_commit_provisional_code (hw_case_file_id (file));
  gboolean known, done = TRUE;

  for (guint i = 0; i < N_COLUMNS; i++)
    columns[i] = g_string_new (NULL);
  for (guint i = 0; i < records->len; i++)
    append_record (columns, g_ptr_array_index (records, i));
  append_text (columns[1], HW_SEARCH_CODE, provisional);
  for (guint i = 0; i < records->len; i++)
    append_other_places (columns[3], g_ptr_array_index (records, i));
  if (!is_same (db, n, columns, &known))
    done = (!known || hw_search_remove (db, n, error)) && insert (db, n, columns, error);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_string_free (columns[i], TRUE);
  return done;
}

/* Deleted words stay in older segments of the index until these are merged. */
gboolean
hw_search_clean (HwDb *db, GError **error)
{
  return hw_db_exec (db, "INSERT INTO search (search) VALUES ('optimize')", error);
}

static char *
digits_only (const char *typed)
{
  GString *digits = g_string_new (NULL);

  for (const char *at = typed; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      g_string_append_c (digits, *at);
    else if (strchr (" +-()./", *at) == NULL)
      {
        g_string_free (digits, TRUE);
        return NULL;
      }
  return g_string_free (digits, FALSE);
}

static const char *
without_zeros (const char *digits)
{
  while (*digits == '0')
    digits++;
  return digits;
}

/* "5000 12" is the end of a number as well as two words. */
char *
hw_search_expression (const char *typed)
{
  g_autofree char *words = typed != NULL ? hw_fold_query (typed) : NULL;
  g_autofree char *digits = typed != NULL ? digits_only (typed) : NULL;

  if (words == NULL || digits == NULL || strlen (without_zeros (digits)) < 3)
    return g_steal_pointer (&words);
  return g_strdup_printf ("(%s) OR \"%s\"* OR \"%s\"*", words, digits, without_zeros (digits));
}
