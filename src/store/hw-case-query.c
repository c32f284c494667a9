/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The SQL behind a case list: which cases, in which order. Every order has an index, so that a
 * hundred thousand cases cost one walk along it.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-case-list-private.h"

/* A search that matches more than this is not narrowed yet: sorting all of it would be felt. */
#define MAX_MATCHES "600"

HwCaseFilter *
hw_case_filter_copy (const HwCaseFilter *filter)
{
  HwCaseFilter *copy = g_memdup2 (filter, sizeof *filter);

  copy->search = g_strdup (filter->search);
  copy->country = g_strdup (filter->country);
  copy->mission = g_strdup (filter->mission);
  copy->owner = g_strdup (filter->owner);
  copy->urgency = g_strdup (filter->urgency);
  copy->due_by = g_strdup (filter->due_by);
  return copy;
}

void
hw_case_filter_free (HwCaseFilter *filter)
{
  if (filter == NULL)
    return;
  g_free (filter->search);
  g_free (filter->country);
  g_free (filter->mission);
  g_free (filter->owner);
  g_free (filter->urgency);
  g_free (filter->due_by);
  g_free (filter);
}

HwCaseQuery *
hw_case_query_new (const HwCaseFilter *filter)
{
  HwCaseQuery *query = g_new0 (HwCaseQuery, 1);

  query->filter = hw_case_filter_copy (filter);
  query->changed = g_ptr_array_new_with_free_func (g_free);
  query->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  query->rows = g_ptr_array_new_with_free_func (g_object_unref);
  query->countries = g_ptr_array_new_with_free_func (g_free);
  return query;
}

void
hw_case_query_free (HwCaseQuery *query)
{
  hw_case_filter_free (query->filter);
  g_ptr_array_unref (query->changed);
  g_array_unref (query->ids);
  g_ptr_array_unref (query->rows);
  g_ptr_array_unref (query->countries);
  g_free (query);
}

static const char *
sort_key (HwCaseSort sort)
{
  switch (sort)
    {
      case HW_CASE_SORT_PSEUDONYM:
        return "key_pseudonym";
      case HW_CASE_SORT_STAGE:
        return "stage";
      case HW_CASE_SORT_COUNTRY:
        return "key_country";
      case HW_CASE_SORT_NEXT_DUE:
        return "key_due";
      case HW_CASE_SORT_BLOCKED:
        return "key_blocked";
      case HW_CASE_SORT_OWNER:
        return "key_owner";
      case HW_CASE_SORT_UPDATED:
        return "key_updated";
      case HW_CASE_SORT_CODE:
      default:
        return "key_code";
    }
}

static void
append_stages (GString *sql, guint stages)
{
  const char *comma = "";

  if (stages == 0)
    return;
  g_string_append (sql, " AND stage IN (");
  for (guint stage = 0; stage < HW_N_STAGES; stage++)
    if ((stages & (1u << stage)) != 0)
      {
        g_string_append_printf (sql, "%s%u", comma, stage);
        comma = ", ";
      }
  g_string_append (sql, *comma != '\0' ? ")" : "-1)");
}

static char *
query_text (const HwCaseFilter *filter, const char *search)
{
  const char *direction = filter->descending ? " DESC" : "";
  /* The index of words first: what it finds is looked up, never the other way round. */
  GString *sql = g_string_new (
    search != NULL
      ? "SELECT n FROM (SELECT rowid AS found FROM search WHERE search MATCH $1 LIMIT " MAX_MATCHES
        ")"
        " CROSS JOIN case_summary ON n = found WHERE 1 = 1"
      : "SELECT n FROM case_summary WHERE 1 = 1");

  /* The plus keeps SQLite on the index of the order asked for: by the one of closed cases it would look up and
   * sort every open case. With a country that index is the better one. */
  if (!filter->closed)
    g_string_append (sql, filter->country != NULL ? " AND closed = 0" : " AND +closed = 0");
  append_stages (sql, filter->stages);
  if (filter->country != NULL)
    g_string_append (sql, " AND country = $2");
  if (filter->mission != NULL)
    g_string_append (sql, " AND mission = $3");
  if (filter->owner != NULL)
    g_string_append (sql, *filter->owner != '\0' ? " AND owner = $4" : " AND key_owner = ''");
  if (filter->urgency != NULL)
    g_string_append (sql, " AND urgency = $5");
  if (filter->due_by != NULL)
    g_string_append (sql, " AND key_due <= $6");
  if (filter->blocked)
    g_string_append (sql, " AND blocked_by IS NOT NULL");
  g_string_append_printf (
    sql, " ORDER BY %s%s, closed%s, n%s", sort_key (filter->sort), direction, direction, direction);
  return g_string_free (sql, FALSE);
}

static void
bind_if (HwStatement *statement, guint n, const char *text)
{
  if (text != NULL)
    hw_statement_bind_text (statement, n, text);
}

static gboolean
finish (HwStatement *statement, GError *local, GError **error)
{
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
read_ids (HwCaseQuery *query, HwDb *db, GError **error)
{
  HwCaseFilter *filter = query->filter;
  gboolean searching = filter->search != NULL && *filter->search != '\0';
  g_autofree char *search = searching ? hw_search_expression (filter->search) : NULL;
  g_autofree char *sql = query_text (filter, search);
  HwStatement *statement;
  GError *local = NULL;

  /* Only signs were typed: nothing can match them. */
  if (searching && search == NULL)
    return TRUE;
  statement = hw_db_prepare (db, sql);
  bind_if (statement, 1, search);
  bind_if (statement, 2, filter->country);
  bind_if (statement, 3, filter->mission);
  bind_if (statement, 4, filter->owner != NULL && *filter->owner != '\0' ? filter->owner : NULL);
  bind_if (statement, 5, filter->urgency);
  bind_if (statement, 6, filter->due_by);
  while (hw_statement_step (statement, &local))
    {
      gint64 n = hw_statement_integer (statement, 0);

      g_array_append_val (query->ids, n);
    }
  return finish (statement, local, error);
}

static gboolean
read_changed (HwCaseQuery *query, HwDb *db, GError **error)
{
  for (guint i = 0; i < query->changed->len; i++)
    {
      HwStatement *statement = hw_db_prepare (db, "SELECT n FROM case_summary WHERE case_id = $1");
      HwCaseRow *row = NULL;
      GError *local = NULL;
      gint64 n = 0;

      hw_statement_bind_text (statement, 1, g_ptr_array_index (query->changed, i));
      if (hw_statement_step (statement, &local))
        n = hw_statement_integer (statement, 0);
      if (!finish (statement, local, error))
        return FALSE;
      if (n != 0)
        row = hw_case_row_read (db, n, error);
      if (row != NULL)
        g_ptr_array_add (query->rows, row);
    }
  return TRUE;
}

static gboolean
read_totals (HwCaseQuery *query, HwDb *db, GError **error)
{
  HwStatement *statement = hw_db_prepare (db,
                                          "SELECT country, count(*) FROM case_summary WHERE closed "
                                          "= 0 GROUP BY country ORDER BY country");
  GError *local = NULL;

  while (hw_statement_step (statement, &local))
    {
      if (!hw_statement_is_null (statement, 0))
        g_ptr_array_add (query->countries, g_strdup (hw_statement_text (statement, 0)));
      query->total += (guint)hw_statement_integer (statement, 1);
    }
  return finish (statement, local, error);
}

gboolean
hw_case_query_run (HwCaseQuery *query, HwStore *store, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  gboolean done;

  if (db == NULL)
    return FALSE;
  done = read_ids (query, db, error) && read_changed (query, db, error)
         && (!query->with_totals || read_totals (query, db, error));
  hw_store_end_read (store, db);
  return done;
}
