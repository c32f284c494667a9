/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names that the server gives: a case's code and a request's reference. A code says where it was
 * opened and when, a reference nothing at all; neither holds a name or a destination.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"

#include <sodium.h>
#include <string.h>

/* Nothing that is mistaken for something else when read aloud or by hand: no 0 O 1 I L 5 S 8 B 2 Z
 * U V. */
static const char clear_letters[] = "34679ACDEFGHJKMNPQRTWXY";

#define REFERENCE_LENGTH 5

static char *
code_prefix (HwCommit *commit, HwRecord *record)
{
  g_autoptr (HwCaseFile) directory = hw_store_directory (commit->store);
  HwRecord *office
    = hw_case_file_lookup (directory, hw_record_get_text (record, HW_FIELD_CASE_OFFICE));
  const char *country = NULL;
  const char *opened = hw_record_get_text (record, HW_FIELD_CASE_OPENED_ON);

  if (office != NULL && hw_record_type (office) == HW_TYPE_ID_OFFICE)
    country = hw_record_get_text (office, HW_FIELD_OFFICE_COUNTRY);
  if (opened == NULL || strlen (opened) < 4)
    opened = commit->now;
  return g_strdup_printf ("HW-%s-%.2s", country != NULL ? country : "XX", opened + 2);
}

static gboolean
raise_counter (HwDb *db, const char *prefix, gint64 least, GError **error)
{
  HwStatement *statement = hw_db_prepare (
    db,
    "INSERT INTO code_counter (prefix, last) VALUES ($1, $2)"
    " ON CONFLICT (prefix) DO UPDATE SET last = CASE WHEN excluded.last > code_counter.last"
    " THEN excluded.last ELSE code_counter.last END");

  hw_statement_bind_text (statement, 1, prefix);
  hw_statement_bind_integer (statement, 2, least);
  return hw_statement_run (statement, error);
}

static gboolean
next_number (HwDb *db, const char *prefix, gint64 *number, GError **error)
{
  HwStatement *statement = hw_db_prepare (
    db,
    "INSERT INTO code_counter (prefix, last) VALUES ($1, 1)"
    " ON CONFLICT (prefix) DO UPDATE SET last = code_counter.last + 1 RETURNING last");
  g_autoptr (GError) local = NULL;

  hw_statement_bind_text (statement, 1, prefix);
  if (hw_statement_step (statement, &local))
    *number = hw_statement_integer (statement, 0);
  while (local == NULL && hw_statement_step (statement, &local))
    ;
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A code that was brought along (loading) keeps later ones above it. */
static gboolean
keep_code (HwCommit *commit, const char *code, GError **error)
{
  const char *dash = strrchr (code, '-');
  g_autofree char *prefix = dash != NULL ? g_strndup (code, (gsize)(dash - code)) : NULL;
  guint64 number;

  if (prefix == NULL || !g_ascii_string_to_unsigned (dash + 1, 10, 1, 999999, &number, NULL))
    return TRUE;
  return raise_counter (commit->db, prefix, (gint64)number, error);
}

static gboolean
name_case (HwCommit *commit, HwRecord *record, GError **error)
{
  g_autofree char *prefix = NULL;
  g_autofree char *code = NULL;
  g_autoptr (HwValue) value = NULL;
  gint64 number = 0;

  if (hw_record_get_text (record, HW_FIELD_CASE_CODE) != NULL)
    return keep_code (commit, hw_record_get_text (record, HW_FIELD_CASE_CODE), error);
  prefix = code_prefix (commit, record);
  if (!next_number (commit->db, prefix, &number, error))
    return FALSE;
  code = g_strdup_printf ("%s-%04" G_GINT64_FORMAT, prefix, number);
  value = hw_value_new_text (code);
  hw_record_set (record, HW_FIELD_CASE_CODE, value);
  return TRUE;
}

static const char *
reference_prefix (HwRecord *request)
{
  static const char *const prefixes[][2] = {
    { "nationality", "NA" }, { "document", "LP" }, { "visit", "VI" }, { "exit_support", "EX" }
  };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (hw_record_is (request, HW_FIELD_EMBASSY_REQUEST_KIND, prefixes[i][0]))
      return prefixes[i][1];
  return "RQ";
}

static gboolean
name_request (HwCommit *commit, HwRecord *record, GError **error)
{
  for (;;)
    {
      char letters[REFERENCE_LENGTH + 1] = { 0 };
      g_autofree char *reference = NULL;
      g_autoptr (GPtrArray) same = NULL;
      g_autoptr (HwValue) value = NULL;

      for (guint i = 0; i < REFERENCE_LENGTH; i++)
        letters[i] = clear_letters[randombytes_uniform (sizeof clear_letters - 1)];
      reference = g_strdup_printf ("%s-%s", reference_prefix (record), letters);
      same = hw_row_read_where (commit->store,
                                commit->db,
                                HW_TYPE_ID_EMBASSY_REQUEST,
                                HW_FIELD_EMBASSY_REQUEST_REFERENCE,
                                reference,
                                1,
                                error);
      if (same == NULL)
        return FALSE;
      if (same->len > 0)
        continue;
      value = hw_value_new_text (reference);
      hw_record_set (record, HW_FIELD_EMBASSY_REQUEST_REFERENCE, value);
      return TRUE;
    }
}

gboolean
hw_commit_name_on_server (HwCommit *commit, HwRecord *record, GError **error)
{
  if (hw_record_type (record) == HW_TYPE_ID_CASE)
    return name_case (commit, record, error);
  if (hw_record_type (record) == HW_TYPE_ID_EMBASSY_REQUEST
      && hw_record_get (record, HW_FIELD_EMBASSY_REQUEST_REFERENCE) == NULL)
    return name_request (commit, record, error);
  return TRUE;
}

guint64
hw_store_next_seq (HwStore *store)
{
  return ++store->seq;
}

/* Shown until the office has answered; made from the id, so that it is the same wherever it is
 * asked for. */
char *
hw_commit_provisional_code (const char *case_id)
{
  g_autofree char *end = g_ascii_strup (case_id + MAX (strlen (case_id), 4) - 4, -1);

  return g_strconcat ("new-", end, NULL);
}
