/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Case files from rows: all records of one case with the directory around it, and the past values
 * that gates ask for. Only the tables that hold something of the case are read.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-store-private.h"

static const HwTypeId directory_types[]
  = { HW_TYPE_ID_ORGANISATION, HW_TYPE_ID_COUNTRY_RULE, HW_TYPE_ID_OFFICE,
      HW_TYPE_ID_OFFICE_CHANGE };

/* A value that lost a merge was said as well: an open question about it closes no lock. */
static gboolean
add_past (HwDb *db, HwCaseFile *file, HwRecord *record, const HwFieldDef *field, GError **error)
{
  HwStatement *statement = hw_db_prepare (
    db,
    "SELECT value FROM field_history WHERE record = $1 AND field = $2"
    " UNION ALL SELECT offered FROM conflict WHERE record = $1 AND field = $2");
  g_autoptr (GError) local = NULL;

  hw_statement_bind_text (statement, 1, hw_record_id (record));
  hw_statement_bind_text (statement, 2, field->name);
  while (hw_statement_step (statement, &local))
    {
      g_autoptr (HwValue) value = hw_row_value_parse (field, hw_statement_text (statement, 0));

      if (value != NULL)
        hw_case_file_note_past (file, field->id, hw_record_id (record), value);
    }
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
add_writers (HwDb *db, HwCaseFile *file, HwRecord *record, GError **error)
{
  HwStatement *statement
    = hw_db_prepare (db, "SELECT DISTINCT by FROM field_history WHERE record = $1");
  g_autoptr (GError) local = NULL;

  hw_statement_bind_text (statement, 1, hw_record_id (record));
  while (hw_statement_step (statement, &local))
    hw_case_file_note_writer (file, hw_record_id (record), hw_statement_text (statement, 0));
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Nobody has decided yet which of two values it is: the gates know of both. */
static gboolean
add_offered (HwDb *db, HwCaseFile *file, GError **error)
{
  HwStatement *statement = hw_db_prepare (
    db,
    "SELECT type, field, record, offered FROM conflict"
    " WHERE case_id = $1 AND open = 1 AND field <> '' AND offered IS NOT NULL ORDER BY at, id");
  g_autoptr (GError) local = NULL;

  hw_statement_bind_text (statement, 1, hw_case_file_id (file));
  while (hw_statement_step (statement, &local))
    {
      const HwTypeDef *type = hw_schema_type_by_name (hw_statement_text (statement, 0));
      const HwFieldDef *field
        = type != NULL ? hw_schema_field_by_name (type->id, hw_statement_text (statement, 1))
                       : NULL;
      g_autoptr (HwValue) value
        = field != NULL ? hw_row_value_parse (field, hw_statement_text (statement, 3)) : NULL;

      if (value != NULL)
        hw_case_file_note_offered (file, field->id, hw_statement_text (statement, 2), value);
    }
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
hw_case_file_read_type (
  HwStore *store, HwDb *db, HwCaseFile *file, HwTypeId type, GError **error)
{
  g_autoptr (GPtrArray) records = hw_row_read_case (store, db, type, hw_case_file_id (file), error);
  const HwTypeDef *def = hw_schema_type (type);

  if (records == NULL)
    return FALSE;
  for (guint n = 0; n < records->len; n++)
    {
      HwRecord *record = g_ptr_array_index (records, n);

      hw_case_file_add (file, record);
      for (guint i = 0; i < def->n_fields; i++)
        if ((def->fields[i].flags & HW_FIELD_HISTORY) != 0
            && (!add_past (db, file, record, &def->fields[i], error)
                || !add_writers (db, file, record, error)))
          return FALSE;
    }
  return TRUE;
}

static gboolean
types_of_case (HwDb *db, const char *case_id, gboolean *present, gboolean *any, GError **error)
{
  HwStatement *statement
    = hw_db_prepare (db, "SELECT DISTINCT type FROM record_ids WHERE case_id = $1");
  g_autoptr (GError) local = NULL;

  *any = FALSE;
  hw_statement_bind_text (statement, 1, case_id);
  while (hw_statement_step (statement, &local))
    {
      const HwTypeDef *def = hw_schema_type_by_name (hw_statement_text (statement, 0));

      if (def != NULL)
        present[def->id] = *any = TRUE;
    }
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Who sees whole cases judges finally; anybody else's desktop may lack what would close a gate. */
static gboolean
holds_whole_cases (HwStore *store)
{
  gboolean whole;

  g_mutex_lock (&store->state_lock);
  whole = store->mode == HW_STORE_SERVER || store->actor == NULL
          || store->actor->role == HW_ROLE_CASEWORKER || store->actor->role == HW_ROLE_SUPERVISOR;
  g_mutex_unlock (&store->state_lock);
  return whole;
}

HwCaseFile *
hw_case_file_begin (HwStore *store, const char *case_id)
{
  g_autoptr (HwCaseFile) directory = hw_store_directory (store);
  HwCaseFile *file = hw_case_file_new (case_id, directory);

  hw_case_file_set_complete (file, holds_whole_cases (store));
  return file;
}

HwCaseFile *
hw_case_file_read (HwStore *store, HwDb *db, const char *case_id, GError **error)
{
  gboolean present[HW_N_TYPE_IDS] = { FALSE };
  gboolean any;
  g_autoptr (HwCaseFile) file = NULL;

  if (!types_of_case (db, case_id, present, &any, error) || !any)
    return NULL;
  file = hw_case_file_begin (store, case_id);
  for (guint type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type++)
    if (present[type] && !hw_case_file_read_type (store, db, file, (HwTypeId)type, error))
      return NULL;
  return add_offered (db, file, error) && hw_kin_read (store, db, file, error)
           ? g_steal_pointer (&file)
           : NULL;
}

/* Shared between threads: what is made on first use is made here. */
HwCaseFile *
hw_directory_read (HwStore *store, HwDb *db, GError **error)
{
  g_autoptr (HwCaseFile) file = hw_case_file_new (NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (directory_types); i++)
    {
      g_autoptr (GPtrArray) records
        = hw_row_read_where (store, db, directory_types[i], HW_FIELD_NONE, NULL, 0, error);

      if (records == NULL)
        return NULL;
      for (guint n = records->len; n > 0; n--)
        hw_case_file_add (file, g_ptr_array_index (records, n - 1));
    }
  for (guint type = 0; type < HW_N_TYPE_IDS; type++)
    hw_case_file_of_type (file, (HwTypeId)type);
  return g_steal_pointer (&file);
}
