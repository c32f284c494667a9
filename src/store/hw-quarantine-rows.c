/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is kept aside, as the supervisor of an office asks for it: only what concerns cases of that office and no other,
 * the oldest first, since what came later may build on it.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"
#include "store/hw-server-private.h"

void
hw_quarantined_free (HwQuarantined *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->id);
  g_free (entry->case_id);
  g_free (entry->by);
  g_free (entry->device);
  g_free (entry->at);
  g_free (entry->state);
  g_clear_pointer (&entry->operations, g_ptr_array_unref);
  g_free (entry);
}

/* Parameters: 1 the supervisor, 2 after or the id, 3 limit, 4 the relation. An entry is theirs where each case in it is. */
#define OF_OFFICE                                                                                  \
  " q.unit = q.operation AND NOT EXISTS (SELECT 1 FROM quarantine m WHERE m.unit = q.unit"         \
  " AND m.case_id IN (SELECT id FROM r_case)"                                                      \
  " AND NOT EXISTS (SELECT 1 FROM visible v WHERE v.user = $1 AND v.root = m.case_id"              \
  " AND v.gone_seq = 0 AND (v.relations & $4) <> 0))"                                              \
  " AND EXISTS (SELECT 1 FROM quarantine m JOIN visible v ON v.root = m.case_id WHERE m.unit = q.unit" \
  " AND v.user = $1 AND v.gone_seq = 0 AND (v.relations & $4) <> 0)"
#define COLUMNS "SELECT q.rowid, q.unit FROM quarantine q WHERE"

static const char waiting_sql[]
  = COLUMNS " q.rowid > $2 AND q.state = '" HW_QUARANTINE_WAITING "' AND" OF_OFFICE
            " ORDER BY q.rowid LIMIT $3";
static const char count_sql[]
  = "SELECT count(*) FROM quarantine q WHERE q.rowid > $2 AND $3 > 0 AND q.state = '" HW_QUARANTINE_WAITING
    "' AND" OF_OFFICE;
static const char one_sql[] = COLUMNS " q.unit = $2 AND $3 > 0 AND" OF_OFFICE;

static gboolean
read_members (HwDb *db, HwQuarantined *entry, GError **error)
{
  HwStatement *statement
    = hw_db_prepare (db,
                     "SELECT json, case_id, by, device, at, state FROM quarantine WHERE unit = $1"
                     " ORDER BY rowid");
  g_autoptr (GError) local = NULL;

  entry->operations = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);
  hw_statement_bind_text (statement, 1, entry->id);
  while (local == NULL && hw_statement_step (statement, &local))
    {
      HwOperation *operation = hw_operation_from_text (hw_statement_text (statement, 0), &local);

      if (operation != NULL)
        g_ptr_array_add (entry->operations, operation);
      if (entry->case_id == NULL)
        entry->case_id = g_strdup (hw_statement_text (statement, 1));
      if (entry->by != NULL)
        continue;
      entry->by = g_strdup (hw_statement_text (statement, 2));
      entry->device = g_strdup (hw_statement_text (statement, 3));
      entry->at = g_strdup (hw_statement_text (statement, 4));
      entry->state = g_strdup (hw_statement_text (statement, 5));
    }
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* ---- Why it was kept aside, as it looks now ---- */

static gboolean
has_rights_left (HwDb *db, const HwQuarantined *entry)
{
  HwStatement *statement = hw_db_prepare (
    db, "SELECT 1 FROM visible WHERE user = $1 AND held | relations <> 0"
        " AND (root = $2 OR root IN (SELECT id FROM r_embassy_request WHERE case_id = $2))");
  gboolean any;

  hw_statement_bind_text (statement, 1, entry->by);
  hw_statement_bind_text (statement, 2, entry->case_id);
  any = hw_statement_step (statement, NULL);
  hw_statement_reset (statement);
  return any;
}

/* Whether the first column of the one row there is, if there is one, holds the text. */
static gboolean
says (HwDb *db, const char *sql, const char *id, const char *text)
{
  g_autoptr (GPtrArray) texts = id != NULL ? hw_db_texts (db, sql, id, NULL) : NULL;

  return texts != NULL && texts->len > 0 && g_strcmp0 (g_ptr_array_index (texts, 0), text) == 0;
}

static HwQuarantineReason
reason_of (HwDb *db, const HwQuarantined *entry)
{
  if (says (db, "SELECT disabled FROM account WHERE id = $1", entry->by, "1"))
    return HW_QUARANTINE_ACCOUNT_ENDED;
  if (!has_rights_left (db, entry))
    return HW_QUARANTINE_ROLE_CHANGED;
  if (!says (db, "SELECT role FROM account WHERE id = $1", entry->by, "caseworker"))
    return HW_QUARANTINE_ACCESS_ENDED;
  return says (db, "SELECT f_owner IS NULL FROM r_case WHERE id = $1", entry->case_id, "0")
             && !says (db, "SELECT f_owner FROM r_case WHERE id = $1", entry->case_id, entry->by)
           ? HW_QUARANTINE_REASSIGNED
           : HW_QUARANTINE_ACCESS_ENDED;
}

/* ---- Reading ---- */

static GPtrArray *
read_all (HwDb *db, HwStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) entries
    = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_quarantined_free);
  g_autoptr (GError) local = NULL;

  while (hw_statement_step (statement, &local))
    {
      HwQuarantined *entry = g_new0 (HwQuarantined, 1);

      entry->n = hw_statement_integer (statement, 0);
      entry->id = g_strdup (hw_statement_text (statement, 1));
      g_ptr_array_add (entries, entry);
    }
  hw_statement_reset (statement);
  for (guint i = 0; local == NULL && i < entries->len; i++)
    {
      HwQuarantined *entry = g_ptr_array_index (entries, i);

      if (read_members (db, entry, &local))
        entry->why = reason_of (db, entry);
    }
  if (local == NULL)
    return g_steal_pointer (&entries);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

GPtrArray *
hw_store_quarantine (
  HwStore *store, const HwActor *supervisor, gint64 after, guint limit, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  GPtrArray *entries;
  HwStatement *statement;

  if (db == NULL)
    return NULL;
  statement = hw_db_prepare (db, waiting_sql);
  hw_statement_bind_text (statement, 1, supervisor->user);
  hw_statement_bind_integer (statement, 2, after);
  hw_statement_bind_integer (statement, 3, limit);
  hw_statement_bind_integer (statement, 4, HW_RELATION_OFFICE);
  entries = read_all (db, statement, error);
  hw_store_end_read (store, db);
  return entries;
}

gboolean
hw_store_count_quarantine (HwStore *store, const HwActor *supervisor, guint *waiting, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  g_autoptr (GError) local = NULL;
  HwStatement *statement;

  *waiting = 0;
  if (db == NULL)
    return FALSE;
  statement = hw_db_prepare (db, count_sql);
  hw_statement_bind_text (statement, 1, supervisor->user);
  hw_statement_bind_integer (statement, 2, 0);
  hw_statement_bind_integer (statement, 3, 1);
  hw_statement_bind_integer (statement, 4, HW_RELATION_OFFICE);
  if (hw_statement_step (statement, &local))
    *waiting = (guint)hw_statement_integer (statement, 0);
  hw_statement_reset (statement);
  hw_store_end_read (store, db);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

HwQuarantined *
hw_store_quarantined (HwStore *store, const HwActor *supervisor, const char *id, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  g_autoptr (GPtrArray) entries = NULL;
  HwStatement *statement;

  if (db == NULL)
    return NULL;
  statement = hw_db_prepare (db, one_sql);
  hw_statement_bind_text (statement, 1, supervisor->user);
  hw_statement_bind_text (statement, 2, id);
  hw_statement_bind_integer (statement, 3, 1);
  hw_statement_bind_integer (statement, 4, HW_RELATION_OFFICE);
  entries = read_all (db, statement, error);
  hw_store_end_read (store, db);
  return entries != NULL && entries->len > 0 ? g_ptr_array_steal_index (entries, 0) : NULL;
}

/* ---- What is attached ---- */

static HwRecord *
waiting_attachment (HwDb *db, const HwActor *actor, const char *id, GError **error)
{
  HwStatement *statement
    = hw_db_prepare (db,
                     "SELECT json, case_id FROM quarantine WHERE record = $1 AND by = $2"
                     " AND state = '" HW_QUARANTINE_WAITING "' ORDER BY rowid LIMIT 1");
  g_autoptr (GError) local = NULL;
  g_autoptr (HwOperation) operation = NULL;
  HwRecord *record = NULL;

  hw_statement_bind_text (statement, 1, id);
  hw_statement_bind_text (statement, 2, actor->user);
  if (hw_statement_step (statement, &local))
    operation = hw_operation_from_text (hw_statement_text (statement, 0), &local);
  if (operation != NULL && operation->action == HW_ACTION_CREATE
      && operation->type == HW_TYPE_ID_ATTACHMENT)
    {
      record = hw_record_new (HW_TYPE_ID_ATTACHMENT, id);
      hw_record_set_case (record, hw_statement_text (statement, 1));
      hw_operation_apply (operation, record);
    }
  hw_statement_reset (statement);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return record;
}

HwRecord *
hw_store_attachment_of_author (HwStore *store, const HwActor *actor, const char *id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (HwRecord) record
    = hw_store_get_record (store, HW_TYPE_ID_ATTACHMENT, id, &local);
  HwRecord *waiting;
  HwDb *db;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (record != NULL)
    return !hw_record_deleted (record) && g_strcmp0 (hw_record_created_by (record), actor->user) == 0
             ? g_steal_pointer (&record)
             : NULL;
  db = hw_store_begin_read (store, error);
  if (db == NULL)
    return NULL;
  waiting = waiting_attachment (db, actor, id, error);
  hw_store_end_read (store, db);
  return waiting;
}
