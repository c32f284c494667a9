/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records as rows. The SQL of a type is made once from the schema; a row is trusted when read,
 * because everything was checked on its way in.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-store-private.h"

#include <string.h>

#define FIRST_FIELD 9 /* columns that every record has, before its fields */

struct _HwRowMaker
{
  const HwTypeDef *def;
  char *by_id;   /* (owned) SQL */
  char *by_case; /* (owned) */
  char *upsert;  /* (owned) */
  char *remove;  /* (owned) */
  char *select;  /* (owned) the columns and the table */
};

static char *
select_text (const HwTypeDef *def)
{
  GString *sql
    = g_string_new ("SELECT id, case_id, rev, created_at, created_by, updated_at, updated_by,"
                    " deleted, field_revs");

  for (guint i = 0; i < def->n_fields; i++)
    g_string_append_printf (sql, ", f_%s", def->fields[i].name);
  g_string_append_printf (sql, " FROM r_%s", def->name);
  return g_string_free (sql, FALSE);
}

static char *
upsert_text (const HwTypeDef *def)
{
  GString *sql = g_string_new (NULL);

  g_string_printf (
    sql,
    "INSERT INTO r_%s (id, case_id, rev, created_at, created_by, updated_at, updated_by,"
    " deleted, field_revs",
    def->name);
  for (guint i = 0; i < def->n_fields; i++)
    g_string_append_printf (sql, ", f_%s", def->fields[i].name);
  g_string_append (sql, ") VALUES ($1");
  for (guint i = 2; i <= FIRST_FIELD + def->n_fields; i++)
    g_string_append_printf (sql, ", $%u", i);
  g_string_append (
    sql,
    ") ON CONFLICT (id) DO UPDATE SET case_id = excluded.case_id, rev = excluded.rev,"
    " created_at = excluded.created_at, created_by = excluded.created_by,"
    " updated_at = excluded.updated_at, updated_by = excluded.updated_by,"
    " deleted = excluded.deleted, field_revs = excluded.field_revs");
  for (guint i = 0; i < def->n_fields; i++)
    g_string_append_printf (
      sql, ", f_%s = excluded.f_%s", def->fields[i].name, def->fields[i].name);
  return g_string_free (sql, FALSE);
}

HwRowMaker *
hw_row_maker_new (HwTypeId type)
{
  HwRowMaker *maker = g_new0 (HwRowMaker, 1);

  maker->def = hw_schema_type (type);
  maker->select = select_text (maker->def);
  maker->by_id = g_strconcat (maker->select, " WHERE id = $1", NULL);
  maker->by_case = g_strdup_printf ("%s WHERE %s = $1 AND deleted = 0 ORDER BY created_at, id",
                                    maker->select,
                                    type == HW_TYPE_ID_CASE ? "id" : "case_id");
  maker->upsert = upsert_text (maker->def);
  maker->remove = g_strdup_printf ("DELETE FROM r_%s WHERE id = $1", maker->def->name);
  return maker;
}

void
hw_row_maker_free (HwRowMaker *maker)
{
  g_free (maker->select);
  g_free (maker->by_id);
  g_free (maker->by_case);
  g_free (maker->upsert);
  g_free (maker->remove);
  g_free (maker);
}

/* "status=3 number=2", by name: a field added later, in whatever place, disturbs nothing. */
static char *
field_revs_text (HwRecord *record)
{
  const HwTypeDef *def = hw_record_def (record);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < def->n_fields; i++)
    {
      guint64 rev = hw_record_field_rev (record, def->fields[i].id);
      char digits[24];

      if (rev == 0)
        continue;
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, def->fields[i].name);
      g_snprintf (digits, sizeof digits, "=%" G_GUINT64_FORMAT, rev);
      g_string_append (text, digits);
    }
  return g_string_free (text, FALSE);
}

/* Names are written in the order of the table, so the search starts where the last one was found.
 */
static const HwFieldDef *
find_field (const HwTypeDef *def, const char *name, gsize length, guint *from)
{
  for (guint n = 0; n < def->n_fields; n++)
    {
      guint i = (*from + n) % def->n_fields;

      if (strncmp (def->fields[i].name, name, length) == 0 && def->fields[i].name[length] == '\0')
        {
          *from = i + 1;
          return &def->fields[i];
        }
    }
  return NULL;
}

static void
read_field_revs (HwRecord *record, const char *text)
{
  const HwTypeDef *def = hw_record_def (record);
  guint from = 0;

  while (text != NULL && *text != '\0')
    {
      const char *equals = strchr (text, '=');
      const HwFieldDef *field;
      char *end = NULL;

      if (equals == NULL)
        return;
      field = find_field (def, text, (gsize)(equals - text), &from);
      if (field != NULL)
        hw_record_set_field_rev (record, field->id, g_ascii_strtoull (equals + 1, &end, 10));
      text = strchr (equals, ' ');
      text = text != NULL ? text + 1 : NULL;
    }
}

static gboolean
is_integer (const HwFieldDef *field)
{
  return field->kind == HW_KIND_INTEGER || field->kind == HW_KIND_BOOLEAN;
}

static HwValue *
read_value (HwStatement *statement, guint column, const HwFieldDef *field)
{
  if (hw_statement_is_null (statement, column))
    return NULL;
  if (is_integer (field))
    return hw_value_new_integer (hw_statement_integer (statement, column));
  return hw_value_from_storage (field, hw_statement_text (statement, column));
}

static HwRecord *
read_row (HwStore *store, const HwTypeDef *def, HwStatement *statement)
{
  HwRecord *record = hw_record_new (def->id, hw_statement_text (statement, 0));

  /* A mission's desktop knows no cases: the column holds the request there. */
  if (def->root != HW_ROOT_NONE && store->rows[HW_TYPE_ID_CASE] != NULL)
    hw_record_set_case (record, hw_statement_text (statement, 1));
  hw_record_set_rev (record, (guint64)hw_statement_integer (statement, 2));
  hw_record_set_stamps (record,
                        hw_statement_text (statement, 3),
                        hw_statement_text (statement, 4),
                        hw_statement_text (statement, 5),
                        hw_statement_text (statement, 6));
  hw_record_set_deleted (record, hw_statement_integer (statement, 7) != 0);
  read_field_revs (record, hw_statement_text (statement, 8));
  for (guint i = 0; i < def->n_fields; i++)
    {
      g_autoptr (HwValue) value = read_value (statement, FIRST_FIELD + i, &def->fields[i]);

      if (value != NULL)
        hw_record_set (record, def->fields[i].id, value);
    }
  return record;
}

HwRecord *
hw_row_read (HwStore *store, HwDb *db, HwTypeId type, const char *id, GError **error)
{
  HwRowMaker *maker = store->rows[type];
  HwStatement *statement;
  HwRecord *record = NULL;

  if (maker == NULL)
    return NULL;
  statement = hw_db_prepare (db, maker->by_id);
  hw_statement_bind_text (statement, 1, id);
  if (hw_statement_step (statement, error))
    record = read_row (store, maker->def, statement);
  hw_statement_reset (statement);
  return record;
}

static GPtrArray *
read_all (HwStore *store, const HwTypeDef *def, HwStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local = NULL;

  while (hw_statement_step (statement, &local))
    g_ptr_array_add (records, read_row (store, def, statement));
  hw_statement_reset (statement);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&records);
}

GPtrArray *
hw_row_read_case (HwStore *store, HwDb *db, HwTypeId type, const char *case_id, GError **error)
{
  HwRowMaker *maker = store->rows[type];
  HwStatement *statement;

  if (maker == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);
  statement = hw_db_prepare (db, maker->by_case);
  hw_statement_bind_text (statement, 1, case_id);
  return read_all (store, maker->def, statement, error);
}

GPtrArray *
hw_row_read_where (HwStore *store,
                   HwDb *db,
                   HwTypeId type,
                   HwFieldId where,
                   const char *equals,
                   guint limit,
                   GError **error)
{
  HwRowMaker *maker = store->rows[type];
  g_autofree char *sql = NULL;
  g_autofree char *condition = NULL;
  HwStatement *statement;

  if (maker == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);
  if (where != HW_FIELD_NONE)
    condition = g_strdup_printf (" AND f_%s = $2", hw_schema_field (where)->name);
  sql = g_strdup_printf ("%s WHERE deleted = 0%s ORDER BY created_at DESC, id DESC LIMIT $1",
                         maker->select,
                         condition != NULL ? condition : "");
  statement = hw_db_prepare (db, sql);
  hw_statement_bind_integer (statement, 1, limit > 0 ? (gint64)limit : -1);
  if (where != HW_FIELD_NONE && is_integer (hw_schema_field (where)))
    hw_statement_bind_integer (statement, 2, g_ascii_strtoll (equals, NULL, 10));
  else if (where != HW_FIELD_NONE)
    hw_statement_bind_text (statement, 2, equals);
  return read_all (store, maker->def, statement, error);
}

/* A mission's records carry no case: they hang on their request instead. */
char *
hw_row_root (HwRecord *record)
{
  const HwTypeDef *def = hw_record_def (record);

  if (hw_record_case (record) != NULL || def->root == HW_ROOT_NONE)
    return g_strdup (hw_record_case (record));
  if (def->id == HW_TYPE_ID_EMBASSY_REQUEST)
    return g_strdup (hw_record_id (record));
  for (guint i = 0; i < def->n_fields; i++)
    if (def->fields[i].kind == HW_KIND_REFERENCE
        && def->fields[i].target == HW_TYPE_ID_EMBASSY_REQUEST
        && hw_record_get_text (record, def->fields[i].id) != NULL)
      return g_strdup (hw_record_get_text (record, def->fields[i].id));
  return NULL;
}

static gboolean
note_id (HwDb *db, HwRecord *record, const char *root, GError **error)
{
  HwStatement *statement
    = hw_db_prepare (db,
                     "INSERT INTO record_ids (id, type, case_id) VALUES ($1, $2, $3)"
                     " ON CONFLICT (id) DO UPDATE SET case_id = excluded.case_id"
                     " WHERE record_ids.case_id IS NOT excluded.case_id");

  hw_statement_bind_text (statement, 1, hw_record_id (record));
  hw_statement_bind_text (statement, 2, hw_record_def (record)->name);
  hw_statement_bind_text (statement, 3, root);
  return hw_statement_run (statement, error);
}

static void
bind_value (HwStatement *statement, guint n, HwValue *value)
{
  g_autofree char *text = NULL;

  if (value == NULL)
    return;
  if (hw_value_shape (value) == HW_SHAPE_INTEGER)
    {
      hw_statement_bind_integer (statement, n, hw_value_integer (value));
      return;
    }
  if (hw_value_shape (value) == HW_SHAPE_TEXT)
    {
      hw_statement_bind_text (statement, n, hw_value_text (value));
      return;
    }
  text = hw_value_to_storage (value);
  hw_statement_bind_text (statement, n, text);
}

char *
hw_row_value_text (HwValue *value)
{
  if (value == NULL)
    return NULL;
  if (hw_value_shape (value) == HW_SHAPE_INTEGER)
    return g_strdup_printf ("%" G_GINT64_FORMAT, hw_value_integer (value));
  return hw_value_to_storage (value);
}

HwValue *
hw_row_value_parse (const HwFieldDef *field, const char *text)
{
  if (text == NULL)
    return NULL;
  if (is_integer (field))
    return hw_value_new_integer (g_ascii_strtoll (text, NULL, 10));
  return hw_value_from_storage (field, text);
}

gboolean
hw_row_write (HwStore *store, HwDb *db, HwRecord *record, GError **error)
{
  HwRowMaker *maker = store->rows[hw_record_type (record)];
  g_autofree char *root = hw_row_root (record);
  g_autofree char *revs = field_revs_text (record);
  HwStatement *statement;

  if (maker == NULL)
    return TRUE;
  statement = hw_db_prepare (db, maker->upsert);
  hw_statement_bind_text (statement, 1, hw_record_id (record));
  hw_statement_bind_text (statement, 2, root);
  hw_statement_bind_integer (statement, 3, (gint64)hw_record_rev (record));
  hw_statement_bind_text (statement, 4, hw_record_created_at (record));
  hw_statement_bind_text (statement, 5, hw_record_created_by (record));
  hw_statement_bind_text (statement, 6, hw_record_updated_at (record));
  hw_statement_bind_text (statement, 7, hw_record_updated_by (record));
  hw_statement_bind_integer (statement, 8, hw_record_deleted (record));
  hw_statement_bind_text (statement, 9, revs);
  for (guint i = 0; i < maker->def->n_fields; i++)
    bind_value (statement, FIRST_FIELD + 1 + i, hw_record_get (record, maker->def->fields[i].id));
  return hw_statement_run (statement, error) && note_id (db, record, root, error);
}

#define FEW_FIELDS 4

static guint
changed_fields (HwRecord *before, HwRecord *after, guint *changed)
{
  const HwTypeDef *def = hw_record_def (after);
  guint n = 0;

  for (guint i = 0; i < def->n_fields; i++)
    if (!hw_value_equal (hw_record_get (before, def->fields[i].id),
                         hw_record_get (after, def->fields[i].id)))
      {
        if (n < FEW_FIELDS)
          changed[n] = i;
        n++;
      }
  return n;
}

/* Most edits change one field: the other columns, and the indexes on them, are left alone. */
gboolean
hw_row_update (HwStore *store, HwDb *db, HwRecord *before, HwRecord *after, GError **error)
{
  HwRowMaker *maker = store->rows[hw_record_type (after)];
  guint changed[FEW_FIELDS];
  guint n = changed_fields (before, after, changed);
  g_autoptr (GString) sql = NULL;
  g_autofree char *revs = NULL;
  HwStatement *statement;

  if (maker == NULL || n > FEW_FIELDS)
    return hw_row_write (store, db, after, error);
  sql = g_string_new ("UPDATE r_");
  g_string_append (sql, maker->def->name);
  g_string_append (sql,
                   " SET rev = $2, created_at = $3, created_by = $4, updated_at = $5, updated_by = "
                   "$6, deleted = $7, field_revs = $8");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (
      sql, ", f_%s = $%u", maker->def->fields[changed[i]].name, FIRST_FIELD + i);
  g_string_append (sql, " WHERE id = $1");
  revs = field_revs_text (after);
  statement = hw_db_prepare (db, sql->str);
  hw_statement_bind_text (statement, 1, hw_record_id (after));
  hw_statement_bind_integer (statement, 2, (gint64)hw_record_rev (after));
  hw_statement_bind_text (statement, 3, hw_record_created_at (after));
  hw_statement_bind_text (statement, 4, hw_record_created_by (after));
  hw_statement_bind_text (statement, 5, hw_record_updated_at (after));
  hw_statement_bind_text (statement, 6, hw_record_updated_by (after));
  hw_statement_bind_integer (statement, 7, hw_record_deleted (after));
  hw_statement_bind_text (statement, 8, revs);
  for (guint i = 0; i < n; i++)
    bind_value (
      statement, FIRST_FIELD + i, hw_record_get (after, maker->def->fields[changed[i]].id));
  return hw_statement_run (statement, error);
}

gboolean
hw_row_remove (HwStore *store, HwDb *db, HwTypeId type, const char *id, GError **error)
{
  HwStatement *statement;

  if (store->rows[type] != NULL)
    {
      statement = hw_db_prepare (db, store->rows[type]->remove);
      hw_statement_bind_text (statement, 1, id);
      if (!hw_statement_run (statement, error))
        return FALSE;
    }
  statement = hw_db_prepare (db, "DELETE FROM record_ids WHERE id = $1");
  hw_statement_bind_text (statement, 1, id);
  return hw_statement_run (statement, error);
}

HwTypeId
hw_row_locate (HwStore *store, HwDb *db, const char *id, char **case_id, GError **error)
{
  HwStatement *statement = hw_db_prepare (db, "SELECT type, case_id FROM record_ids WHERE id = $1");
  const HwTypeDef *def = NULL;

  if (case_id != NULL)
    *case_id = NULL;
  hw_statement_bind_text (statement, 1, id);
  if (hw_statement_step (statement, error))
    {
      def = hw_schema_type_by_name (hw_statement_text (statement, 0));
      if (case_id != NULL)
        *case_id = g_strdup (hw_statement_text (statement, 1));
    }
  hw_statement_reset (statement);
  return def != NULL ? def->id : HW_TYPE_ID_NONE;
}

HwRecord *
hw_row_find (HwStore *store, HwDb *db, const char *id, GError **error)
{
  HwTypeId type = hw_row_locate (store, db, id, NULL, error);

  return type != HW_TYPE_ID_NONE ? hw_row_read (store, db, type, id, error) : NULL;
}
