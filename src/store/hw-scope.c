/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who may see which case. One row per account and root (a case; for a mission, one of its requests)
 * says by which relations and since which number, written in the transaction that changed it. A row
 * whose root is lost stays and says when, so that the feed can tell a desktop to purge it.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-server-private.h"

/* A request leaves the office when it is sent, and then stays with its mission whatever becomes of it. One that ended
 * may never have been sent; the date tells. */
static const char *const unsent[] = { "draft", "ready_to_send", NULL };
static const char *const ends[] = { "withdrawn", "closed", NULL };

/* What a relation to a case is judged from; the rest of a case need not be read for it. */
static const HwTypeId deciding_types[]
  = { HW_TYPE_ID_CASE, HW_TYPE_ID_CASE_ACCESS, HW_TYPE_ID_TASK, HW_TYPE_ID_REFERRAL, HW_TYPE_ID_MOVEMENT,
      HW_TYPE_ID_SEGMENT, HW_TYPE_ID_TICKET, HW_TYPE_ID_RECEPTION, HW_TYPE_ID_EMBASSY_REQUEST,
      HW_TYPE_ID_PERSON, HW_TYPE_ID_CONSENT };

typedef struct
{
  guint relations, former;
  gboolean live, known;
} Row;

/* ---- What a role may read at all ---- */

gboolean
hw_scope_readable (HwRole role, guint relations, HwTypeId type)
{
  const HwTypeDef *def = hw_schema_type (type);

  for (guint i = 0; i < def->n_fields; i++)
    if (hw_access_may_read (role, relations, &def->fields[i]))
      return TRUE;
  return FALSE;
}

/* The relations that any cell of this role asks for. What the role has no use for is not kept, or its
 * coming and going would send whole cases again for nothing. */
static guint
relations_that_count (HwRole role)
{
  guint relations = 0;

  for (guint category = 0; category < HW_N_CATEGORIES; category++)
    {
      const HwAccessCell *cell = hw_schema_access ((HwCategory) category, role);

      for (; cell != NULL && cell->right != HW_RIGHT_NONE; cell++)
        relations |= cell->relations;
    }
  return relations & ~(guint) (HW_RELATION_ANY | HW_RELATION_AUTHOR);
}

guint
hw_scope_effective (HwRole role, guint relations)
{
  guint kept = relations & relations_that_count (role);

  /* The auditor's dates need no relation to a case. */
  if (kept == 0)
    kept = HW_RELATION_ANY;
  for (guint type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type++)
    if (hw_schema_type ((HwTypeId) type)->root != HW_ROOT_NONE
        && hw_scope_readable (role, kept, (HwTypeId) type))
      return kept;
  return 0;
}

/* ---- Rows ---- */

static gboolean
read_row (HwStore *store, const char *user, const char *root, Row *row, GError **error)
{
  HwStatement *statement = hw_db_prepare (store->writer, "SELECT relations, former, gone_seq FROM visible"
                                                         " WHERE user = $1 AND root = $2");
  g_autoptr (GError) local = NULL;

  *row = (Row) { 0 };
  hw_statement_bind_text (statement, 1, user);
  hw_statement_bind_text (statement, 2, root);
  if (hw_statement_step (statement, &local))
    {
      row->known = TRUE;
      row->relations = (guint) hw_statement_integer (statement, 0);
      row->former = (guint) hw_statement_integer (statement, 1);
      row->live = hw_statement_integer (statement, 2) == 0;
    }
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
write_row (HwStore *store, const char *user, const char *root, const Row *row, guint64 seq, GError **error)
{
  HwStatement *statement
    = hw_db_prepare (store->writer,
                     "INSERT INTO visible (user, root, relations, former, since_seq, gone_seq) VALUES ($1, $2, $3, $4, $5, $6)"
                     " ON CONFLICT (user, root) DO UPDATE SET held = visible.held | visible.relations,"
                     " relations = excluded.relations, former = excluded.former,"
                     " since_seq = CASE WHEN excluded.gone_seq = 0 THEN excluded.since_seq ELSE visible.since_seq END,"
                     " gone_seq = excluded.gone_seq");

  hw_statement_bind_text (statement, 1, user);
  hw_statement_bind_text (statement, 2, root);
  hw_statement_bind_integer (statement, 3, row->relations);
  hw_statement_bind_integer (statement, 4, row->former);
  hw_statement_bind_integer (statement, 5, (gint64) seq);
  hw_statement_bind_integer (statement, 6, row->live ? 0 : (gint64) seq);
  return hw_statement_run (statement, error);
}

/* What is left after an ended referral gives no access: the root is gone, and the feed tells the last of it. */
static gboolean
is_live (guint relations)
{
  return (relations & ~(guint) HW_RELATION_REFERRED) != 0;
}

static gboolean
stays_gone (HwStore *store, const char *user, const char *root, const Row *row, guint relations)
{
  if (row->live || is_live (relations) || row->relations != relations)
    return FALSE;
  return relations == 0 || !hw_feed_touched_referral (store, root, user);
}

/* Enter, leave or another projection; nothing is written when nothing changed. everything: what was
 * shown under another role has to go where it may no longer be read. */
static gboolean
move_root (HwStore *store, const char *user, const char *root, guint relations, gboolean everything, guint64 seq,
           GError **error)
{
  Row row;

  if (!read_row (store, user, root, &row, error))
    return FALSE;
  if (stays_gone (store, user, root, &row, relations))
    return TRUE;
  if (row.live && row.relations == relations && !everything)
    return TRUE;
  row.former |= everything && row.known ? HW_SCOPE_EVERYTHING : row.relations;
  row.relations = relations;
  row.live = is_live (relations);
  hw_feed_touch_user (store, user);
  return write_row (store, user, root, &row, seq, error);
}

/* ---- Judging ---- */

static gboolean
was_sent (HwRecord *request)
{
  const char *status = hw_record_status (request);

  if (hw_record_get (request, HW_FIELD_EMBASSY_REQUEST_SENT_ON) != NULL)
    return TRUE;
  if (status == NULL || g_strv_contains (unsent, status))
    return FALSE;
  return !g_strv_contains (ends, status);
}

static HwActor *
actor_of (const HwAccount *account)
{
  return hw_actor_new (account->id, account->name, account->role, account->office, account->mission, NULL);
}

static guint
judge_request (HwStore *store, HwCaseFile *file, HwRecord *request, const HwAccount *account, gboolean *failed,
               GError **error)
{
  g_autoptr (HwActor) actor = NULL;
  Row row;

  if (account->disabled || account->mission == NULL
      || !hw_record_is (request, HW_FIELD_EMBASSY_REQUEST_MISSION, account->mission))
    return 0;
  if (!read_row (store, account->id, hw_record_id (request), &row, error))
    {
      *failed = TRUE;
      return 0;
    }
  if (!row.live && !was_sent (request))
    return 0;
  actor = actor_of (account);
  return hw_scope_effective (account->role, HW_RELATION_MISSION
                                              | hw_access_relations (file, request, actor, hw_clock_now (store->clock)));
}

/* A request that is no longer in the case file was deleted: its mission loses it. */
static gboolean
drop_deleted_requests (HwStore *store, HwCaseFile *file, const HwAccount *account, guint64 seq, GError **error)
{
  HwStatement *statement
    = hw_db_prepare (store->writer, "SELECT v.root FROM feed f JOIN visible v ON v.root = f.record AND v.user = $2"
                                    " WHERE f.case_id = $1 AND f.request_id = f.record AND v.gone_seq = 0");
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local = NULL;

  hw_statement_bind_text (statement, 1, hw_case_file_id (file));
  hw_statement_bind_text (statement, 2, account->id);
  while (hw_statement_step (statement, &local))
    g_ptr_array_add (roots, g_strdup (hw_statement_text (statement, 0)));
  hw_statement_reset (statement);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; i < roots->len; i++)
    {
      const char *root = g_ptr_array_index (roots, i);

      if (hw_case_file_lookup (file, root) == NULL && !move_root (store, account->id, root, 0, FALSE, seq, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
judge_mission (HwStore *store, HwCaseFile *file, const HwAccount *account, gboolean everything, guint64 seq,
               GError **error)
{
  GPtrArray *requests = hw_case_file_of_type (file, HW_TYPE_ID_EMBASSY_REQUEST);

  for (guint i = 0; i < requests->len; i++)
    {
      HwRecord *request = g_ptr_array_index (requests, i);
      gboolean failed = FALSE;
      guint relations = judge_request (store, file, request, account, &failed, error);

      if (failed || !move_root (store, account->id, hw_record_id (request), relations, everything, seq, error))
        return FALSE;
    }
  return drop_deleted_requests (store, file, account, seq, error);
}

static gboolean
judge_case (HwStore *store, HwCaseFile *file, const HwAccount *account, gboolean everything, guint64 seq, GError **error)
{
  g_autoptr (HwActor) actor = actor_of (account);
  guint relations = 0;

  if (!account->disabled && hw_case_file_case (file) != NULL)
    relations = hw_scope_effective (account->role,
                                    hw_access_relations (file, NULL, actor, hw_clock_now (store->clock)));
  if (relations == 0 && !account->disabled && hw_case_file_case (file) != NULL
      && hw_scope_readable (account->role, HW_RELATION_REFERRED, HW_TYPE_ID_REFERRAL)
      && hw_access_has_ended_referral (file, account->id))
    relations = HW_RELATION_REFERRED;
  return move_root (store, account->id, hw_case_file_id (file), relations, everything, seq, error);
}

static gboolean
judge_account (HwStore *store, HwCaseFile *file, const HwAccount *account, gboolean everything, guint64 seq,
               GError **error)
{
  if (account->role == HW_N_ROLES)
    return TRUE;
  if (account->role == HW_ROLE_EMBASSY_LIAISON)
    return judge_mission (store, file, account, everything, seq, error);
  return judge_case (store, file, account, everything, seq, error);
}

gboolean
hw_scope_update (HwStore *store, HwCaseFile *file, guint64 seq, GError **error)
{
  GPtrArray *accounts = store->server->accounts;

  for (guint i = 0; i < accounts->len; i++)
    if (!judge_account (store, file, g_ptr_array_index (accounts, i), FALSE, seq, error))
      return FALSE;
  return TRUE;
}

/* ---- One account over all cases, all accounts over some cases ---- */

static HwCaseFile *
read_deciding (HwStore *store, const char *case_id, HwCaseFile *directory, GError **error)
{
  g_autoptr (HwCaseFile) file = hw_case_file_new (case_id, directory);

  for (guint i = 0; i < G_N_ELEMENTS (deciding_types); i++)
    {
      g_autoptr (GPtrArray) records
        = hw_row_read_case (store, store->writer, deciding_types[i], case_id, error);

      if (records == NULL)
        return NULL;
      for (guint n = 0; n < records->len; n++)
        hw_case_file_add (file, g_ptr_array_index (records, n));
    }
  return g_steal_pointer (&file);
}

gboolean
hw_scope_update_account (HwStore *store, const HwAccount *account, gboolean everything, GError **error)
{
  guint64 seq = hw_store_next_seq (store);
  g_autoptr (HwCaseFile) directory = hw_store_directory (store);
  g_autoptr (GPtrArray) cases = hw_db_texts (
    store->writer, "SELECT id FROM r_case WHERE deleted = 0 ORDER BY id", NULL, error);

  if (cases == NULL)
    return FALSE;
  for (guint i = 0; i < cases->len; i++)
    {
      g_autoptr (HwCaseFile) file
        = read_deciding (store, g_ptr_array_index (cases, i), directory, error);

      if (file == NULL || !judge_account (store, file, account, everything, seq, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
rejudge_work (HwStore *store, gpointer data, GError **error)
{
  guint64 seq = hw_store_next_seq (store);
  g_autoptr (HwCaseFile) directory = hw_store_directory (store);
  g_autoptr (GPtrArray) cases
    = hw_db_texts (store->writer,
                "SELECT case_id FROM r_movement WHERE deleted = 0 AND f_status NOT IN ('draft', 'cancelled')"
                " UNION SELECT case_id FROM r_case_access WHERE deleted = 0 AND f_until IS NOT NULL",
                NULL, error);

  if (cases == NULL)
    return FALSE;
  for (guint i = 0; i < cases->len; i++)
    {
      g_autoptr (HwCaseFile) file
        = read_deciding (store, g_ptr_array_index (cases, i), directory, error);

      if (file == NULL || !hw_scope_update (store, file, seq, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
hw_store_rejudge_scope (HwStore *store, GError **error)
{
  return hw_server_transaction (store, rejudge_work, NULL, error);
}

GPtrArray *
hw_store_scope_zones (HwStore *store, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  GPtrArray *zones;

  if (db == NULL)
    return NULL;
  zones = hw_db_texts (db,
                       "SELECT f_zone FROM r_office WHERE deleted = 0 AND f_zone IS NOT NULL"
                       " UNION SELECT json_extract (s.f_departs_at, '$.zone') FROM r_segment s"
                       " JOIN r_movement m ON m.id = s.f_movement WHERE s.deleted = 0 AND m.deleted = 0"
                       " AND m.f_status NOT IN ('draft', 'cancelled', 'arrived')"
                       " AND json_extract (s.f_departs_at, '$.zone') IS NOT NULL",
                       NULL,
                       error);
  hw_store_end_read (store, db);
  return zones;
}

/* ---- Asking ---- */

guint
hw_store_relations (HwStore *store, const HwActor *actor, const char *root, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  g_autoptr (GError) local = NULL;
  HwStatement *statement;
  guint relations = 0;

  if (db == NULL)
    return 0;
  statement = hw_db_prepare (db, "SELECT relations FROM visible WHERE user = $1 AND root = $2 AND gone_seq = 0");
  hw_statement_bind_text (statement, 1, actor->user);
  hw_statement_bind_text (statement, 2, root);
  if (hw_statement_step (statement, &local))
    relations = (guint) hw_statement_integer (statement, 0);
  hw_statement_reset (statement);
  hw_store_end_read (store, db);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return relations;
}

GPtrArray *
hw_store_visible_cases (HwStore *store, const HwActor *actor, const char *after, guint limit, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local = NULL;
  HwStatement *statement;

  if (db == NULL)
    return NULL;
  statement = hw_db_prepare (db, "SELECT root FROM visible WHERE user = $1 AND gone_seq = 0 AND root > $2"
                                 " ORDER BY root LIMIT $3");
  hw_statement_bind_text (statement, 1, actor->user);
  hw_statement_bind_text (statement, 2, after != NULL ? after : "");
  hw_statement_bind_integer (statement, 3, limit);
  while (hw_statement_step (statement, &local))
    g_ptr_array_add (ids, g_strdup (hw_statement_text (statement, 0)));
  hw_statement_reset (statement);
  hw_store_end_read (store, db);
  if (local == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
