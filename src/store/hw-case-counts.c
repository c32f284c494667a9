/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How many cases have which value in a field of the case itself: of those one person may see, or of all for
 * a release, less those whose person took back her word that they may be counted.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-server-private.h"

static char *
sql_for (const HwFieldDef *field, gboolean release)
{
  if (release)
    return g_strdup_printf ("SELECT coalesce(c.f_%s, ''), count(*) FROM r_case c WHERE c.deleted = 0"
                            " AND NOT EXISTS (SELECT 1 FROM r_consent s WHERE s.case_id = c.id AND s.deleted = 0"
                            " AND s.f_purpose = 'anonymous_statistics' AND s.f_withdrawn_at IS NOT NULL)"
                            " GROUP BY 1 ORDER BY 2 DESC, 1",
                            field->name);
  return g_strdup_printf ("SELECT coalesce(c.f_%s, ''), count(*) FROM r_case c"
                          " JOIN visible v ON v.root = c.id AND v.user = $1 AND v.gone_seq = 0"
                          " WHERE c.deleted = 0 GROUP BY 1 ORDER BY 2 DESC, 1",
                          field->name);
}

GPtrArray *
hw_store_count_cases (HwStore *store, HwFieldId field, const char *user, GError **error)
{
  const HwFieldDef *def = hw_schema_field (field);
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sql = sql_for (def, user == NULL);
  g_autoptr (GError) local = NULL;
  HwStatement *statement;
  HwDb *db;

  g_return_val_if_fail (def->type == HW_TYPE_ID_CASE, NULL);

  db = hw_store_begin_read (store, error);
  if (db == NULL)
    return NULL;
  statement = hw_db_prepare (db, sql);
  if (user != NULL)
    hw_statement_bind_text (statement, 1, user);
  while (hw_statement_step (statement, &local))
    {
      HwCaseCount *count = g_new0 (HwCaseCount, 1);

      g_strlcpy (count->value, hw_statement_text (statement, 0), sizeof count->value);
      count->count = (guint) hw_statement_integer (statement, 1);
      g_ptr_array_add (counts, count);
    }
  hw_statement_reset (statement);
  hw_store_end_read (store, db);
  if (local == NULL)
    return g_steal_pointer (&counts);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
