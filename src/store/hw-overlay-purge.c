/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Forgetting on a desktop: one case that may no longer be seen, or all of the server's state when
 * it has to be fetched anew. What was typed here and not yet taken by the server survives both.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"

static const char forget_sent[] = "DELETE FROM outbox WHERE case_id = $1"
                                  " AND state IN ('consequence', 'answered', 'acknowledged')";

/* ---- Losing sight ---- */

static gboolean
purge_record (HwCommit *commit, const char *id, const char *root, GError **error)
{
  HwTypeId type = hw_row_locate (commit->store, commit->db, id, NULL, error);

  if (type == HW_TYPE_ID_NONE)
    return TRUE;
  hw_store_changes_note (commit->changes, type, id, root, FALSE, TRUE);
  return (type != HW_TYPE_ID_ATTACHMENT || hw_kept_hand_over (commit, id, error))
         && hw_db_run (commit->db, "DELETE FROM field_history WHERE record = $1", id, NULL, error)
         && hw_db_run (commit->db, "DELETE FROM conflict WHERE record = $1", id, NULL, error)
         && hw_row_remove (commit->store, commit->db, type, id, error);
}

/* A link to a case that may not be read says that it is there. A mission has neither. */
static const char *
ids_of_case (HwCommit *commit)
{
  if (commit->store->rows[HW_TYPE_ID_CASE_LINK] == NULL)
    return "SELECT id FROM record_ids WHERE case_id = $1";
  return "SELECT id FROM record_ids WHERE case_id = $1"
         " UNION SELECT id FROM r_case_link WHERE f_other = $1";
}

/* What still waits is sent, so that a supervisor gets it; nothing else of the case stays. */
gboolean
hw_overlay_purge (HwCommit *commit, const char *root, GError **error)
{
  static const char *const rest[] = { "DELETE FROM conflict WHERE case_id = $1",
                                      "DELETE FROM shadow WHERE case_id = $1",
                                      forget_sent,
                                      "DELETE FROM draft WHERE instr(key, $1) > 0" };
  g_autoptr (GPtrArray) ids
    = hw_db_texts (commit->db, ids_of_case (commit), root, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!purge_record (commit, g_ptr_array_index (ids, i), root, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (rest); i++)
    if (!hw_db_run (commit->db, rest[i], root, NULL, error))
      return FALSE;
  g_hash_table_add (commit->touched, g_strdup (root));
  g_hash_table_add (commit->people, g_strdup (root));
  hw_commit_forget_case (commit, root);
  commit->store->purged = TRUE;
  commit->store->index_traces = TRUE;
  commit->outbox_moved = TRUE;
  return TRUE;
}

/* ---- Seeing less ---- */

static gboolean
forget_field (HwCommit *commit, HwRecord *old, const HwFieldDef *field, GError **error)
{
  commit->store->purged = TRUE;
  commit->store->index_traces |= field->search != HW_SEARCH_NONE;
  return hw_db_run (commit->db,
                    "DELETE FROM field_history WHERE record = $1 AND field = $2 AND pending = 0",
                    hw_record_id (old),
                    field->name,
                    error)
         && hw_db_run (commit->db,
                       "DELETE FROM conflict WHERE record = $1 AND field = $2",
                       hw_record_id (old),
                       field->name,
                       error);
}

/* A field that was never written has no revision; one that had a value and has no revision now is
 * withheld. */
gboolean
hw_overlay_is_withheld (HwRecord *old, HwRecord *base, HwFieldId field)
{
  return hw_record_get (old, field) != NULL && hw_record_field_rev (old, field) != 0
         && (base == NULL || hw_record_field_rev (base, field) == 0);
}

gboolean
hw_overlay_forget_withheld (HwCommit *commit, HwRecord *old, HwRecord *base, GError **error)
{
  const HwTypeDef *def = hw_record_def (old);
  gboolean less = FALSE;

  for (guint i = 0; i < def->n_fields; i++)
    if (hw_overlay_is_withheld (old, base, def->fields[i].id))
      {
        less = TRUE;
        if (!forget_field (commit, old, &def->fields[i], error))
          return FALSE;
      }
  if (less
      && !hw_db_run (commit->db,
                     "DELETE FROM outbox WHERE record = $1 AND state = 'acknowledged'",
                     hw_record_id (old),
                     NULL,
                     error))
    return FALSE;
  return base != NULL
         || hw_db_run (commit->db,
                       "DELETE FROM field_history WHERE record = $1 AND pending = 0",
                       hw_record_id (old),
                       NULL,
                       error);
}

/* ---- Starting from nothing ---- */

static gboolean
empty_tables (HwCommit *commit, GError **error)
{
  for (guint type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type++)
    {
      g_autofree char *sql = NULL;

      if (commit->store->rows[type] == NULL)
        continue;
      sql = g_strdup_printf ("DELETE FROM r_%s", hw_schema_type ((HwTypeId)type)->name);
      if (!hw_db_exec (commit->db, sql, error))
        return FALSE;
    }
  return hw_db_exec (
    commit->db,
    "DELETE FROM record_ids; DELETE FROM field_history WHERE pending = 0;"
    "DELETE FROM conflict WHERE settling IS NULL; DELETE FROM shadow;"
    "DELETE FROM case_summary; DELETE FROM likeness; INSERT INTO search (search) VALUES ('delete-all'); DELETE FROM "
    "search_text;"
    "UPDATE kept_content SET state = 'handing' WHERE state = 'waiting';"
    "UPDATE kept_content SET state = 'waiting' WHERE state = 'sent';"
    "UPDATE outbox SET state = 'waiting' WHERE parent IS NULL AND state IN ('answered', "
    "'acknowledged');"
    "UPDATE outbox SET state = 'consequence' WHERE parent IS NOT NULL AND state = 'answered';",
    error);
}

static gboolean
note_all_gone (HwCommit *commit, GError **error)
{
  HwStatement *statement = hw_db_prepare (commit->db, "SELECT id, type, case_id FROM record_ids");
  g_autoptr (GError) local = NULL;

  while (hw_statement_step (statement, &local))
    {
      const HwTypeDef *def = hw_schema_type_by_name (hw_statement_text (statement, 1));

      if (def != NULL)
        hw_store_changes_note (commit->changes,
                               def->id,
                               hw_statement_text (statement, 0),
                               hw_statement_text (statement, 2),
                               FALSE,
                               TRUE);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
hw_overlay_forget (HwCommit *commit, GError **error)
{
  g_autoptr (GPtrArray) records = NULL;

  if (!note_all_gone (commit, error) || !empty_tables (commit, error))
    return FALSE;
  commit->store->directory_dirty = TRUE;
  g_hash_table_remove_all (commit->store->case_cache);
  g_queue_clear_full (&commit->store->case_order, g_free);
  if (!hw_db_run (
        commit->db,
        "INSERT INTO shadow (id, case_id, json) SELECT record, max(case_id), NULL FROM outbox"
        " WHERE state IN " HW_OUTBOX_OVERLAY " GROUP BY record",
        NULL,
        NULL,
        error))
    return FALSE;
  records = hw_db_texts (commit->db, "SELECT id FROM shadow", NULL, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    if (!hw_overlay_rebuild (commit, g_ptr_array_index (records, i), error))
      return FALSE;
  return records != NULL;
}
