/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The past of a record. A creation is one line; the value a field was created with gets its own
 * line when it is first overwritten, so that nothing typed is ever lost and nothing is kept twice.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"

#define CREATION "" /* stands for the field in the line of a creation */

typedef struct
{
  const char *record, *field, *by, *at, *device, *operation;
  const char *let_in_by; /* (nullable) the supervisor, where it was kept aside first */
  guint64 rev;
  HwValue *value; /* (nullable) */
  gboolean pending;
} Line;

static gboolean
insert (HwDb *db, const Line *line, GError **error)
{
  HwStatement *statement = hw_db_prepare (
    db,
    "INSERT INTO field_history (record, field, rev, value, by, at, device, operation, pending,"
    " let_in_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
  g_autofree char *value = hw_row_value_text (line->value);

  hw_statement_bind_text (statement, 1, line->record);
  hw_statement_bind_text (statement, 2, line->field);
  hw_statement_bind_integer (statement, 3, (gint64)line->rev);
  hw_statement_bind_text (statement, 4, value);
  hw_statement_bind_text (statement, 5, line->by);
  hw_statement_bind_text (statement, 6, line->at);
  hw_statement_bind_text (statement, 7, line->device);
  hw_statement_bind_text (statement, 8, line->operation);
  hw_statement_bind_integer (statement, 9, line->pending);
  hw_statement_bind_text (statement, 10, line->let_in_by);
  return hw_statement_run (statement, error);
}

static gboolean
has_lines (HwDb *db, const char *record, const char *field)
{
  HwStatement *statement
    = hw_db_prepare (db, "SELECT 1 FROM field_history WHERE record = $1 AND field = $2 LIMIT 1");
  gboolean found;

  hw_statement_bind_text (statement, 1, record);
  hw_statement_bind_text (statement, 2, field);
  found = hw_statement_step (statement, NULL);
  hw_statement_reset (statement);
  return found;
}

/* (transfer full) (nullable) */
static char *
creation_let_in_by (HwDb *db, const char *record)
{
  g_autoptr (GPtrArray) texts
    = hw_db_texts (db,
                   "SELECT let_in_by FROM field_history WHERE record = $1 AND field = ''"
                   " AND let_in_by IS NOT NULL",
                   record,
                   NULL);

  return texts != NULL && texts->len > 0 ? g_strdup (g_ptr_array_index (texts, 0)) : NULL;
}

/* A desktop has no line of a creation that came from the server; what the row says stands in for
 * it. */
static gboolean
note_first_value (HwDb *db, HwRecord *before, const HwFieldDef *field, GError **error)
{
  HwValue *value = hw_record_get (before, field->id);
  Line line = { .record = hw_record_id (before), .field = field->name };
  g_autofree char *let_in_by = NULL;

  if (value == NULL || has_lines (db, line.record, field->name))
    return TRUE;
  let_in_by = creation_let_in_by (db, line.record);
  line.let_in_by = let_in_by;
  line.rev = hw_record_field_rev (before, field->id);
  line.value = value;
  line.by = hw_record_created_by (before);
  line.at = hw_record_created_at (before);
  return insert (db, &line, error);
}

gboolean
hw_history_note (HwCommit *commit, HwStep *step, gboolean provisional, GError **error)
{
  const HwTypeDef *def = hw_record_def (step->after);
  Line line = { .record = hw_record_id (step->after),
                .by = hw_record_updated_by (step->after),
                .at = hw_record_updated_at (step->after),
                .rev = hw_record_rev (step->after),
                .operation = step->operation->id,
                .pending = provisional };

  line.device = commit->actor != NULL ? commit->actor->device : NULL;
  line.let_in_by = commit->let_in_by != NULL ? commit->let_in_by->user : NULL;
  if (step->before == NULL)
    {
      line.field = CREATION;
      return insert (commit->db, &line, error);
    }
  for (guint i = 0; i < def->n_fields; i++)
    {
      const HwFieldDef *field = &def->fields[i];
      HwValue *value = hw_record_get (step->after, field->id);

      if (hw_value_equal (hw_record_get (step->before, field->id), value))
        continue;
      if (!note_first_value (commit->db, step->before, field, error))
        return FALSE;
      line.field = field->name;
      line.value = value;
      if (!insert (commit->db, &line, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
hw_history_keep_old (HwDb *db, HwRecord *old, HwRecord *new_state, GError **error)
{
  const HwTypeDef *def = hw_record_def (old);

  for (guint i = 0; i < def->n_fields; i++)
    {
      const HwFieldDef *field = &def->fields[i];
      HwValue *value = hw_record_get (old, field->id);
      Line line = { .record = hw_record_id (old),
                    .field = field->name,
                    .value = value,
                    .rev = hw_record_field_rev (old, field->id),
                    .by = hw_record_updated_by (old),
                    .at = hw_record_updated_at (old) };

      if ((field->flags & HW_FIELD_HISTORY) != 0 && value != NULL
          && !hw_overlay_is_withheld (old, new_state, field->id)
          && !hw_value_equal (value, hw_record_get (new_state, field->id))
          && !insert (db, &line, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
hw_history_drop_pending (HwDb *db, const char *operation, GError **error)
{
  HwStatement *statement
    = hw_db_prepare (db, "DELETE FROM field_history WHERE operation = $1 AND pending = 1");

  hw_statement_bind_text (statement, 1, operation);
  return hw_statement_run (statement, error);
}

static HwHistoryEntry *
read_entry (HwTypeId type, HwStatement *statement)
{
  HwHistoryEntry *entry = g_new0 (HwHistoryEntry, 1);
  const HwFieldDef *field = hw_schema_field_by_name (type, hw_statement_text (statement, 0));

  if (field != NULL)
    {
      entry->field = field->id;
      entry->value = hw_row_value_parse (field, hw_statement_text (statement, 2));
    }
  entry->rev = (guint64)hw_statement_integer (statement, 1);
  entry->by = g_strdup (hw_statement_text (statement, 3));
  entry->at = g_strdup (hw_statement_text (statement, 4));
  entry->let_in_by = g_strdup (hw_statement_text (statement, 5));
  return entry;
}

static void
entry_free (gpointer data)
{
  HwHistoryEntry *entry = data;

  g_clear_pointer (&entry->value, hw_value_unref);
  g_free (entry->by);
  g_free (entry->at);
  g_free (entry->let_in_by);
  g_free (entry);
}

/* Fields never overwritten have no line yet: they are told from the record itself. */
static void
add_unwritten (HwDb *db, GPtrArray *entries, HwRecord *record)
{
  const HwTypeDef *def = hw_record_def (record);
  g_autofree char *let_in_by = creation_let_in_by (db, hw_record_id (record));

  for (guint i = 0; i < def->n_fields; i++)
    {
      HwFieldId field = def->fields[i].id;
      gboolean known = hw_record_get (record, field) == NULL;
      HwHistoryEntry *entry;

      for (guint n = 0; n < entries->len && !known; n++)
        known = ((HwHistoryEntry *)g_ptr_array_index (entries, n))->field == field;
      if (known)
        continue;
      entry = g_new0 (HwHistoryEntry, 1);
      entry->field = field;
      entry->value = hw_value_ref (hw_record_get (record, field));
      entry->rev = hw_record_field_rev (record, field);
      entry->by = g_strdup (hw_record_created_by (record));
      entry->at = g_strdup (hw_record_created_at (record));
      entry->let_in_by = g_strdup (let_in_by);
      g_ptr_array_add (entries, entry);
    }
}

GPtrArray *
hw_history_read (HwStore *store, HwDb *db, HwTypeId type, const char *id, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr (GError) local = NULL;
  g_autoptr (HwRecord) record = hw_row_read (store, db, type, id, &local);
  HwStatement *statement
    = hw_db_prepare (db,
                     "SELECT field, rev, value, by, at, let_in_by FROM field_history"
                     " WHERE record = $1 AND field <> '' ORDER BY pending DESC, rev DESC, n DESC");

  hw_statement_bind_text (statement, 1, id);
  while (local == NULL && hw_statement_step (statement, &local))
    g_ptr_array_add (entries, read_entry (type, statement));
  hw_statement_reset (statement);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (record != NULL)
    add_unwritten (db, entries, record);
  return g_steal_pointer (&entries);
}

/* A device is named by whoever signs in on it; a queue is of one account on one device. */
static gboolean
is_of_queue (HwDb *db,
             const char *record,
             const char *field,
             guint64 rev,
             const HwActor *actor,
             gboolean *found)
{
  HwStatement *statement = hw_db_prepare (
    db,
    "SELECT device, by FROM field_history WHERE record = $1 AND field = $2 AND rev = $3"
    " ORDER BY n DESC LIMIT 1");
  gboolean same = FALSE;

  hw_statement_bind_text (statement, 1, record);
  hw_statement_bind_text (statement, 2, field);
  hw_statement_bind_integer (statement, 3, (gint64)rev);
  *found = hw_statement_step (statement, NULL);
  if (*found)
    same = g_strcmp0 (hw_statement_text (statement, 0), actor->device) == 0
           && g_strcmp0 (hw_statement_text (statement, 1), actor->user) == 0;
  hw_statement_reset (statement);
  return same;
}

gboolean
hw_history_device_wrote (HwDb *db,
                         HwRecord *record,
                         const HwFieldDef *field,
                         const HwActor *actor)
{
  guint64 rev = hw_record_field_rev (record, field->id);
  gboolean found, same;

  if (actor->device == NULL || rev == 0)
    return FALSE;
  same = is_of_queue (db, hw_record_id (record), field->name, rev, actor, &found);
  if (!found)
    same = is_of_queue (db, hw_record_id (record), CREATION, rev, actor, &found);
  return same;
}

HwValue *
hw_history_value_at (HwDb *db, HwRecord *record, const HwFieldDef *field, guint64 rev)
{
  HwStatement *statement = hw_db_prepare (
    db,
    "SELECT value FROM field_history WHERE record = $1 AND field = $2 AND rev <= $3"
    " ORDER BY rev DESC, n DESC LIMIT 1");
  HwValue *value = NULL;

  if (rev == 0)
    return NULL;
  hw_statement_bind_text (statement, 1, hw_record_id (record));
  hw_statement_bind_text (statement, 2, field->name);
  hw_statement_bind_integer (statement, 3, (gint64)rev);
  if (hw_statement_step (statement, NULL))
    value = hw_row_value_parse (field, hw_statement_text (statement, 0));
  hw_statement_reset (statement);
  return value;
}
