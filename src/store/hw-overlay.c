/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The local view of a desktop: the server's last state of a record with everything pending laid
 * over it, in order. The tables hold the view; `shadow` holds the server's state of those records,
 * and only those, that something is pending for. Revisions in the view are the server's: an edit
 * made on top of a pending one still says which state of the server its writer knew.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"

#include "schema/hw-json-tree.h"

#include <string.h>

char *
hw_operation_to_text (HwOperation *operation)
{
  g_autoptr (JsonNode) node = hw_operation_to_json (operation);

  return json_to_string (node, FALSE);
}

HwOperation *
hw_operation_from_text (const char *json, GError **error)
{
  const char *why = NULL;
  g_autoptr (JsonNode) node
    = hw_json_tree_parse (json, strlen (json), G_MAXSIZE, &why);
  g_autofree char *pointer = NULL;

  if (node != NULL)
    return hw_operation_from_json (node, &pointer, error);
  g_set_error (error, HW_SCHEMA_ERROR, HW_SCHEMA_ERROR_SYNTAX, "A queued change is damaged: %s", why);
  return NULL;
}

static char *
record_to_text (HwRecord *record)
{
  HwItem item = { .op = HW_ITEM_PUT,
                  .type = hw_record_type (record),
                  .id = (char *)hw_record_id (record),
                  .case_id = (char *)hw_record_case (record),
                  .rev = hw_record_rev (record),
                  .record = record };
  GString *text;

  if (hw_record_deleted (record))
    return NULL;
  text = g_string_new (NULL);
  hw_item_append_json (&item, text);
  return g_string_free (text, FALSE);
}

static HwRecord *
record_from_text (const char *json, GError **error)
{
  g_autoptr (HwItem) item = hw_item_from_text (json, error);

  return item != NULL ? g_steal_pointer (&item->record) : NULL;
}

gboolean
hw_overlay_keep_base (
  HwCommit *commit, const char *record, const char *root, HwRecord *base, GError **error)
{
  HwStatement *statement = hw_db_prepare (
    commit->db,
    "INSERT INTO shadow (id, case_id, json) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING");
  g_autofree char *json = base != NULL ? record_to_text (base) : NULL;

  hw_statement_bind_text (statement, 1, record);
  hw_statement_bind_text (statement, 2, root);
  hw_statement_bind_text (statement, 3, json);
  return hw_statement_run (statement, error);
}

gboolean
hw_overlay_queue (HwCommit *commit,
                  HwOperation *operation,
                  const char *root,
                  const char *state,
                  const char *parent,
                  GError **error)
{
  HwStatement *statement
    = hw_db_prepare (commit->db,
                     "INSERT INTO outbox (id, record, type, case_id, grp, json, state, parent, at)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
  g_autofree char *json = hw_operation_to_text (operation);

  hw_statement_bind_text (statement, 1, operation->id);
  hw_statement_bind_text (statement, 2, operation->record);
  hw_statement_bind_text (statement, 3, hw_schema_type (operation->type)->name);
  hw_statement_bind_text (statement, 4, root);
  hw_statement_bind_text (statement, 5, operation->group);
  hw_statement_bind_text (statement, 6, json);
  hw_statement_bind_text (statement, 7, state);
  hw_statement_bind_text (statement, 8, parent);
  hw_statement_bind_text (statement, 9, commit->now);
  commit->outbox_moved = TRUE;
  commit->looked_for_pending = FALSE;
  return hw_statement_run (statement, error);
}

/* ---- Rebuilding ---- */

typedef struct
{
  HwOperation *operation;
  char *at;
  gboolean consequence;
} Pending;

static void
pending_free (gpointer data)
{
  Pending *pending = data;

  g_clear_pointer (&pending->operation, hw_operation_unref);
  g_free (pending->at);
  g_free (pending);
}

static GPtrArray *
read_pending (HwDb *db, const char *record, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (pending_free);
  HwStatement *statement = hw_db_prepare (
    db,
    "SELECT json, at, parent FROM outbox WHERE record = $1 AND state IN " HW_OUTBOX_OVERLAY
    " ORDER BY n");
  g_autoptr (GError) local = NULL;

  hw_statement_bind_text (statement, 1, record);
  while (hw_statement_step (statement, &local))
    {
      Pending *pending = g_new0 (Pending, 1);

      g_ptr_array_add (all, pending);
      pending->operation = hw_operation_from_text (hw_statement_text (statement, 0), &local);
      pending->at = g_strdup (hw_statement_text (statement, 1));
      pending->consequence = !hw_statement_is_null (statement, 2);
      if (pending->operation == NULL)
        break;
    }
  hw_statement_reset (statement);
  if (local == NULL)
    return g_steal_pointer (&all);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gboolean
read_shadow (
  HwDb *db, const char *record, gboolean *there, HwRecord **base, char **root, GError **error)
{
  HwStatement *statement = hw_db_prepare (db, "SELECT json, case_id FROM shadow WHERE id = $1");
  g_autoptr (GError) local = NULL;
  g_autofree char *json = NULL;

  hw_statement_bind_text (statement, 1, record);
  *there = hw_statement_step (statement, &local);
  *base = NULL;
  if (*there)
    {
      json = g_strdup (hw_statement_text (statement, 0));
      *root = g_strdup (hw_statement_text (statement, 1));
    }
  hw_statement_reset (statement);
  if (json != NULL)
    *base = record_from_text (json, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static HwRecord *
new_record (HwCommit *commit, HwOperation *operation, const char *root)
{
  HwRecord *record = hw_record_new (operation->type, operation->record);

  if (hw_schema_type (operation->type)->root != HW_ROOT_NONE
      && commit->store->rows[HW_TYPE_ID_CASE] != NULL)
    hw_record_set_case (record, root);
  return record;
}

static const char *
author_of (HwCommit *commit, const Pending *pending)
{
  const HwActor *actor = commit->store->actor;

  if (actor == NULL)
    return NULL;
  return pending->consequence ? hw_actor_system_for (actor) : actor->user;
}

static HwRecord *
lay_over (HwCommit *commit, HwRecord *base, GPtrArray *pending, const char *root)
{
  HwRecord *view = base != NULL ? hw_record_copy (base) : NULL;

  for (guint i = 0; i < pending->len; i++)
    {
      Pending *one = g_ptr_array_index (pending, i);

      if (view == NULL && one->operation->action == HW_ACTION_CREATE)
        view = new_record (commit, one->operation, root);
      else if (view == NULL || one->operation->action == HW_ACTION_CREATE)
        continue;
      hw_operation_apply (one->operation, view);
      hw_record_stamp (view, one->at, author_of (commit, one));
    }
  if (view != NULL && hw_record_type (view) == HW_TYPE_ID_CASE
      && hw_record_get (view, HW_FIELD_CASE_CODE) == NULL)
    {
      g_autofree char *code = hw_commit_provisional_code (hw_record_id (view));
      g_autoptr (HwValue) value = hw_value_new_text (code);

      hw_record_set (view, HW_FIELD_CASE_CODE, value);
    }
  return view;
}

static gboolean
show_nothing (HwCommit *commit, const char *record, GError **error)
{
  HwStore *store = commit->store;
  g_autofree char *root = NULL;
  g_autoptr (GError) local = NULL;
  HwTypeId type = hw_row_locate (store, commit->db, record, &root, &local);
  g_autoptr (HwRecord) gone = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (type == HW_TYPE_ID_NONE)
    return TRUE;
  gone = hw_record_new (type, record);
  if (store->rows[HW_TYPE_ID_CASE] != NULL)
    hw_record_set_case (gone, root);
  hw_record_set_deleted (gone, TRUE);
  hw_commit_touch (commit, gone, root, FALSE);
  if (root != NULL)
    hw_commit_forget_case (commit, root);
  return hw_row_remove (store, commit->db, type, record, error);
}

static gboolean
show (HwCommit *commit, const char *id, HwRecord *view, gboolean created, GError **error)
{
  g_autofree char *root = NULL;

  if (view == NULL)
    return show_nothing (commit, id, error);
  root = hw_row_root (view);
  if (root != NULL && created && commit->store->rows[HW_TYPE_ID_CASE] != NULL)
    hw_commit_first_met (commit, root);
  if (!hw_row_write (commit->store, commit->db, view, error))
    return FALSE;
  hw_commit_touch (commit, view, root, created);
  if (root != NULL)
    hw_commit_follow (commit, view, root, created);
  return TRUE;
}

gboolean
hw_overlay_rebuild (HwCommit *commit, const char *record, GError **error)
{
  g_autoptr (HwRecord) base = NULL;
  g_autoptr (HwRecord) view = NULL;
  g_autoptr (GPtrArray) pending = NULL;
  g_autofree char *root = NULL;
  gboolean there;

  if (!read_shadow (commit->db, record, &there, &base, &root, error))
    return FALSE;
  if (!there)
    return TRUE;
  pending = read_pending (commit->db, record, error);
  if (pending == NULL)
    return FALSE;
  view = lay_over (commit, base, pending, root);
  if (pending->len == 0
      && !hw_db_run (commit->db, "DELETE FROM shadow WHERE id = $1", record, NULL, error))
    return FALSE;
  return show (commit, record, view, FALSE, error);
}

/* ---- The server's state ---- */

/* On most desktops at most times: then no record need be asked for by itself. */
gboolean
hw_overlay_is_empty (HwCommit *commit)
{
  HwStatement *statement;

  if (commit->looked_for_pending)
    return commit->nothing_pending;
  statement = hw_db_prepare (commit->db,
                             "SELECT NOT EXISTS (SELECT 1 FROM shadow) AND NOT EXISTS"
                             " (SELECT 1 FROM outbox WHERE state IN " HW_OUTBOX_OVERLAY ")");
  commit->looked_for_pending = hw_statement_step (statement, NULL);
  commit->nothing_pending
    = commit->looked_for_pending && hw_statement_integer (statement, 0) != 0;
  hw_statement_reset (statement);
  return commit->nothing_pending;
}

static gboolean
is_pending (HwDb *db, const char *record)
{
  HwStatement *statement = hw_db_prepare (
    db,
    "SELECT EXISTS (SELECT 1 FROM shadow WHERE id = $1)"
    " OR EXISTS (SELECT 1 FROM outbox WHERE record = $1 AND state IN " HW_OUTBOX_OVERLAY ")");
  gboolean pending = FALSE;

  hw_statement_bind_text (statement, 1, record);
  if (hw_statement_step (statement, NULL))
    pending = hw_statement_integer (statement, 0) != 0;
  hw_statement_reset (statement);
  return pending;
}

static gboolean
put_shadow (HwCommit *commit, const char *record, const char *root, HwRecord *base, GError **error)
{
  HwStatement *statement = hw_db_prepare (
    commit->db,
    "INSERT INTO shadow (id, case_id, json) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE"
    " SET json = excluded.json, case_id = coalesce(excluded.case_id, shadow.case_id)");
  g_autofree char *json = base != NULL ? record_to_text (base) : NULL;

  hw_statement_bind_text (statement, 1, record);
  hw_statement_bind_text (statement, 2, root);
  hw_statement_bind_text (statement, 3, json);
  return hw_statement_run (statement, error);
}

static gboolean
read_base (HwCommit *commit,
           const char *record,
           HwRecord *next,
           gboolean pending,
           HwRecord **base,
           GError **error)
{
  g_autofree char *root = NULL;
  g_autoptr (GError) local = NULL;
  gboolean there = FALSE;

  *base = NULL;
  if (pending)
    return read_shadow (commit->db, record, &there, base, &root, error);
  *base = next != NULL
            ? hw_row_read (commit->store, commit->db, hw_record_type (next), record, &local)
            : hw_row_find (commit->store, commit->db, record, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
hw_overlay_set_base (HwCommit *commit, const char *record, HwRecord *base, GError **error)
{
  gboolean pending = !hw_overlay_is_empty (commit) && is_pending (commit->db, record);
  g_autoptr (HwRecord) old = NULL;
  g_autofree char *root = base != NULL ? hw_row_root (base) : NULL;

  if (!read_base (commit, record, base, pending, &old, error)
      || (base == NULL && !hw_kept_hand_over (commit, record, error)))
    return FALSE;
  /* A page and an answer may cross: the later state stays. */
  if (old != NULL && base != NULL && hw_record_rev (base) < hw_record_rev (old))
    return !pending || hw_overlay_rebuild (commit, record, error);
  if (old != NULL
      && (!hw_overlay_forget_withheld (commit, old, base, error)
          || (base != NULL && !hw_history_keep_old (commit->db, old, base, error))))
    return FALSE;
  if (pending)
    return put_shadow (commit, record, root, base, error)
           && hw_overlay_rebuild (commit, record, error);
  return show (commit, record, base, old == NULL, error);
}
