/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Kept aside: what somebody sent for a case that they no longer have. It is kept whole, with the case it is about, until
 * a supervisor of that case's office decides. What was sent as one is decided as one. Letting it in gives nobody a right:
 * it is judged by the role its author has today and by what they were to the case while they had it under that role.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"
#include "store/hw-server-private.h"

#include <glib/gi18n-lib.h>

/* HW_SCOPE_EVERYTHING, as SQL writes it: what was shown under another role. */
#define EVERYTHING "1073741823"
#define DECIDED_DAYS 400
G_STATIC_ASSERT (HW_SCOPE_EVERYTHING == 1073741823);

/* As long as the ledger remembers what was answered. */
static gboolean
drop_decided (HwStore *store, GError **error)
{
  g_autofree char *limit
    = hw_instant_format (hw_clock_now (store->clock) - DECIDED_DAYS * G_TIME_SPAN_DAY);

  return hw_db_run (store->writer,
                    "DELETE FROM quarantine WHERE state <> '" HW_QUARANTINE_WAITING
                    "' AND settled_at < $1",
                    limit,
                    NULL,
                    error);
}

gboolean
hw_quarantine_prepare (HwStore *store, GError **error)
{
  static const char *const added[] = { "settled_by", "settled_at", "reason" };
  HwDb *db = store->writer;

  for (guint i = 0; i < G_N_ELEMENTS (added); i++)
    if (!hw_ddl_add_column (db, "quarantine", added[i], "TEXT", NULL, error))
      return FALSE;
  return hw_ddl_add_column (
           db, "quarantine", "unit", "TEXT", "UPDATE quarantine SET unit = operation", error)
         && hw_ddl_add_column (db,
                               "visible",
                               "held",
                               "INTEGER NOT NULL DEFAULT 0",
                               "UPDATE visible SET held = former WHERE former < " EVERYTHING,
                               error)
         && hw_db_exec (db,
                        "CREATE INDEX IF NOT EXISTS quarantine_unit ON quarantine (unit);"
                        "CREATE INDEX IF NOT EXISTS quarantine_record ON quarantine (record);"
                        "CREATE INDEX IF NOT EXISTS quarantine_waiting ON quarantine (state, unit)"
                        " WHERE state = 'waiting';",
                        error)
         && drop_decided (store, error);
}

gboolean
hw_quarantine_forget_rights (HwStore *store, const char *user, GError **error)
{
  return hw_db_run (store->writer, "UPDATE visible SET held = 0 WHERE user = $1", user, NULL, error);
}

/* ---- Keeping ---- */

static char *
first_text (HwDb *db, const char *sql, const char *key, GError **error)
{
  g_autoptr (GPtrArray) texts = hw_db_texts (db, sql, key, error);

  return texts != NULL && texts->len > 0 ? g_strdup (g_ptr_array_index (texts, 0)) : NULL;
}

/* The case it would have changed, as the records say it; the sender's word where there is none. (nullable) */
static gboolean
find_root (HwCommit *commit, HwOperation *operation, char **root, GError **error)
{
  HwStep step = { .operation = operation };
  g_autoptr (HwVerdict) verdict = NULL;
  g_autoptr (GError) local = NULL;

  if (operation->action == HW_ACTION_RESOLVE)
    *root = first_text (
      commit->db, "SELECT case_id FROM conflict WHERE id = $1", operation->record, &local);
  else if (hw_step_locate (commit, &step, &verdict, &local))
    *root = g_strdup (step.root);
  if (local == NULL && *root == NULL)
    *root = first_text (commit->db,
                        "SELECT case_id FROM quarantine WHERE record = $1 AND case_id IS NOT NULL",
                        operation->record,
                        &local);
  hw_step_clear (&step);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
hw_quarantine_keep (HwCommit *commit, HwOperation *operation, GError **error)
{
  HwStatement *statement;
  g_autoptr (JsonNode) node = hw_operation_to_json (operation);
  g_autofree char *json = json_to_string (node, FALSE);
  g_autofree char *root = NULL;

  if (!find_root (commit, operation, &root, error))
    return FALSE;
  statement = hw_db_prepare (
    commit->db,
    "INSERT INTO quarantine (operation, json, case_id, record, by, device, at, state, unit)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, '" HW_QUARANTINE_WAITING "', $8)"
    " ON CONFLICT (operation) DO NOTHING");
  hw_statement_bind_text (statement, 1, operation->id);
  hw_statement_bind_text (statement, 2, json);
  hw_statement_bind_text (statement, 3, root);
  hw_statement_bind_text (statement, 4, operation->record);
  hw_statement_bind_text (statement, 5, commit->actor->user);
  hw_statement_bind_text (statement, 6, commit->actor->device);
  hw_statement_bind_text (statement, 7, commit->now);
  hw_statement_bind_text (statement, 8, commit->unit);
  return hw_statement_run (statement, error)
         && hw_audit_link (commit->store,
                           commit->actor,
                           "quarantine",
                           root,
                           operation->record,
                           operation->id,
                           error);
}

gboolean
hw_quarantine_holds (HwCommit *commit, HwOperation *operation)
{
  HwStatement *statement = hw_db_prepare (
    commit->db, "SELECT 1 FROM quarantine WHERE record IN ($1, $2) AND by = $3 LIMIT 1");
  gboolean holds;

  hw_statement_bind_text (statement, 1, operation->record);
  hw_statement_bind_text (statement, 2, operation->case_id);
  hw_statement_bind_text (statement, 3, commit->actor->user);
  holds = hw_statement_step (statement, NULL);
  hw_statement_reset (statement);
  return holds;
}

/* ---- Deciding ---- */

gboolean
hw_quarantine_waits (HwCommit *commit, const char *operation)
{
  g_autofree char *state = first_text (
    commit->db, "SELECT state FROM quarantine WHERE operation = $1", operation, NULL);

  return g_strcmp0 (state, HW_QUARANTINE_WAITING) == 0;
}

gboolean
hw_quarantine_release (
  HwCommit *commit, HwOperation *operation, const char *state, GError **error)
{
  HwStatement *statement
    = hw_db_prepare (commit->db,
                     "UPDATE quarantine SET state = $2, settled_by = $3, settled_at = $4, reason = $5"
                     " WHERE operation = $1");
  g_autofree char *root = first_text (
    commit->db, "SELECT case_id FROM quarantine WHERE operation = $1", operation->id, NULL);
  g_autofree char *detail = g_strconcat (operation->id, " ", state, NULL);

  hw_statement_bind_text (statement, 1, operation->id);
  hw_statement_bind_text (statement, 2, state);
  hw_statement_bind_text (statement, 3, commit->let_in_by->user);
  hw_statement_bind_text (statement, 4, commit->now);
  hw_statement_bind_text (statement, 5, commit->reason);
  return hw_statement_run (statement, error)
         && hw_audit_link (commit->store,
                           commit->let_in_by,
                           "release",
                           root,
                           operation->record,
                           detail,
                           error);
}

guint
hw_quarantine_held_relations (HwCommit *commit, HwStep *step)
{
  HwStatement *statement = hw_db_prepare (
    commit->db, "SELECT held | relations FROM visible WHERE user = $1 AND root IN ($2, $3)");
  guint relations = 0;

  hw_statement_bind_text (statement, 1, commit->actor->user);
  hw_statement_bind_text (statement, 2, step->root);
  hw_statement_bind_text (
    statement, 3, hw_commit_request_of (step->before != NULL ? step->before : step->after));
  while (hw_statement_step (statement, NULL))
    relations |= (guint)hw_statement_integer (statement, 0);
  hw_statement_reset (statement);
  return relations;
}

HwVerdict *
hw_quarantine_no_right (void)
{
  return hw_verdict_new_refused (
    HW_REASON_ROLE,
    HW_FIELD_NONE,
    _ ("Whoever wrote this has no role any more by which they could have written it."));
}

typedef struct
{
  HwStore *store;
  const HwActor *supervisor;
  const HwQuarantined *entry;
  const char *reason;
} Discarding;

static gboolean
discard_all (HwStore *store, gpointer data, GError **error)
{
  Discarding *discarding = data;
  g_autofree char *now = hw_store_now_text (store);
  HwCommit commit = { .store = store,
                      .db = store->writer,
                      .let_in_by = discarding->supervisor,
                      .reason = discarding->reason,
                      .now = now };
  GPtrArray *operations = discarding->entry->operations;

  for (guint i = 0; i < operations->len; i++)
    {
      HwOperation *operation = g_ptr_array_index (operations, i);

      if (hw_quarantine_waits (&commit, operation->id)
          && !hw_quarantine_release (&commit, operation, HW_QUARANTINE_DISCARDED, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
hw_store_discard_quarantined (HwStore *store,
                              const HwActor *supervisor,
                              const HwQuarantined *entry,
                              const char *reason,
                              GError **error)
{
  Discarding discarding
    = { .store = store, .supervisor = supervisor, .entry = entry, .reason = reason };

  return hw_server_transaction (store, discard_all, &discarding, error);
}

GPtrArray *
hw_store_let_in (HwStore *store,
                 const HwActor *supervisor,
                 const HwQuarantined *entry,
                 const char *reason,
                 GError **error)
{
  g_autoptr (HwAccount) account = hw_store_account (store, entry->by, error);
  g_autoptr (HwActor) author = NULL;
  g_autoptr (HwChangeSet) set = NULL;

  if (account == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (
          error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED, "The account of its author is gone");
      return NULL;
    }
  author = hw_actor_new (
    account->id, account->name, account->role, account->office, account->mission, entry->device);
  set = hw_change_set_new (HW_ORIGIN_PUSH, author);
  hw_change_set_let_in (set, supervisor, reason);
  for (guint i = 0; i < entry->operations->len; i++)
    hw_change_set_add (set, hw_operation_ref (g_ptr_array_index (entry->operations, i)));
  return hw_store_commit (store, set, error);
}
