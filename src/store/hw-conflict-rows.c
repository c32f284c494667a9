/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Edits that met: the value that stands, the one that was offered, and what both started from, kept
 * until a person has chosen.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"

#define COLUMNS                                                                                    \
  "id, record, case_id, type, field, base, current, offered, by, at, rev, open, settling"

void
hw_conflict_free (HwConflict *conflict)
{
  if (conflict == NULL)
    return;
  g_free (conflict->id);
  g_free (conflict->record);
  g_free (conflict->case_id);
  g_clear_pointer (&conflict->base, hw_value_unref);
  g_clear_pointer (&conflict->current, hw_value_unref);
  g_clear_pointer (&conflict->offered, hw_value_unref);
  g_free (conflict->by);
  g_free (conflict->at);
  g_free (conflict);
}

/* Its id follows from the operation, so that an operation sent twice opens it once. */
HwConflict *
hw_conflict_new (HwCommit *commit, HwOperation *operation, HwRecord *record, HwFieldId field)
{
  HwConflict *conflict = g_new0 (HwConflict, 1);
  const char *name = field != HW_FIELD_NONE ? hw_schema_field (field)->name : "";
  g_autofree char *key = g_strconcat ("conflict:", name, NULL);
  HwValue *current = field != HW_FIELD_NONE ? hw_record_get (record, field) : NULL;

  conflict->id = hw_uuid_v5 (operation->id, key);
  conflict->record = g_strdup (hw_record_id (record));
  conflict->case_id = g_strdup (hw_record_case (record));
  conflict->type = hw_record_type (record);
  conflict->field = field;
  conflict->current = current != NULL ? hw_value_ref (current) : NULL;
  conflict->rev
    = field != HW_FIELD_NONE ? hw_record_field_rev (record, field) : hw_record_rev (record);
  conflict->by = g_strdup (commit->actor != NULL ? commit->actor->user : NULL);
  conflict->at = g_strdup (commit->now);
  conflict->open = TRUE;
  return conflict;
}

gboolean
hw_conflict_write (HwDb *db, const HwConflict *conflict, GError **error)
{
  HwStatement *statement = hw_db_prepare (
    db,
    "INSERT INTO conflict (" COLUMNS ")"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, NULL)"
    " ON CONFLICT (id) DO UPDATE SET case_id = coalesce (excluded.case_id, conflict.case_id),"
    " base = excluded.base, current = excluded.current, offered = excluded.offered, rev = excluded.rev, open = excluded.open");
  g_autofree char *base = hw_row_value_text (conflict->base);
  g_autofree char *current = hw_row_value_text (conflict->current);
  g_autofree char *offered = hw_row_value_text (conflict->offered);
  const char *field
    = conflict->field != HW_FIELD_NONE ? hw_schema_field (conflict->field)->name : "";

  hw_statement_bind_text (statement, 1, conflict->id);
  hw_statement_bind_text (statement, 2, conflict->record);
  hw_statement_bind_text (statement, 3, conflict->case_id);
  hw_statement_bind_text (statement, 4, hw_schema_type (conflict->type)->name);
  hw_statement_bind_text (statement, 5, field);
  hw_statement_bind_text (statement, 6, base);
  hw_statement_bind_text (statement, 7, current);
  hw_statement_bind_text (statement, 8, offered);
  hw_statement_bind_text (statement, 9, conflict->by);
  hw_statement_bind_text (statement, 10, conflict->at);
  hw_statement_bind_integer (statement, 11, (gint64)conflict->rev);
  hw_statement_bind_integer (statement, 12, conflict->open);
  return hw_statement_run (statement, error);
}

gboolean
hw_conflict_settle (HwDb *db, const char *id, GError **error)
{
  HwStatement *statement = hw_db_prepare (db, "UPDATE conflict SET open = 0 WHERE id = $1");

  hw_statement_bind_text (statement, 1, id);
  return hw_statement_run (statement, error);
}

static HwConflict *
read_conflict (HwStatement *statement)
{
  HwConflict *conflict = g_new0 (HwConflict, 1);
  const HwTypeDef *type = hw_schema_type_by_name (hw_statement_text (statement, 3));
  const HwFieldDef *field = NULL;

  conflict->id = g_strdup (hw_statement_text (statement, 0));
  conflict->record = g_strdup (hw_statement_text (statement, 1));
  conflict->case_id = g_strdup (hw_statement_text (statement, 2));
  if (type != NULL)
    {
      conflict->type = type->id;
      field = hw_schema_field_by_name (type->id, hw_statement_text (statement, 4));
    }
  if (field != NULL)
    {
      conflict->field = field->id;
      conflict->base = hw_row_value_parse (field, hw_statement_text (statement, 5));
      conflict->current = hw_row_value_parse (field, hw_statement_text (statement, 6));
      conflict->offered = hw_row_value_parse (field, hw_statement_text (statement, 7));
    }
  conflict->by = g_strdup (hw_statement_text (statement, 8));
  conflict->at = g_strdup (hw_statement_text (statement, 9));
  conflict->rev = (guint64)hw_statement_integer (statement, 10);
  /* One that is being settled here is no longer asked about here. */
  conflict->open
    = hw_statement_integer (statement, 11) != 0 && hw_statement_is_null (statement, 12);
  return conflict;
}

HwConflict *
hw_conflict_read (HwStore *store, HwDb *db, const char *id, GError **error)
{
  HwStatement *statement = hw_db_prepare (db, "SELECT " COLUMNS " FROM conflict WHERE id = $1");
  HwConflict *conflict = NULL;

  hw_statement_bind_text (statement, 1, id);
  if (hw_statement_step (statement, error))
    conflict = read_conflict (statement);
  hw_statement_reset (statement);
  return conflict;
}

GPtrArray *
hw_conflict_read_all (HwStore *store, HwDb *db, gboolean open_only, GError **error)
{
  g_autoptr (GPtrArray) conflicts
    = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_conflict_free);
  HwStatement *statement = hw_db_prepare (
    db,
    open_only ? "SELECT " COLUMNS
                " FROM conflict WHERE open = 1 AND settling IS NULL ORDER BY at DESC, id"
              : "SELECT " COLUMNS " FROM conflict ORDER BY at DESC, id");
  g_autoptr (GError) local = NULL;

  while (hw_statement_step (statement, &local))
    g_ptr_array_add (conflicts, read_conflict (statement));
  hw_statement_reset (statement);
  if (local == NULL)
    return g_steal_pointer (&conflicts);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
