/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a case that arrives is of somebody already known. The server proposes, once for each pair; a
 * person who may write both cases decides. A link tells nothing to who may read one of them only.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-likeness-rows-private.h"

#include <glib/gi18n-lib.h>

#define MOST_PROPOSED 5

/* ---- Proposing ---- */

static HwOperation *
link_operation (HwCommit *commit, const char *case_id, const HwAlike *alike)
{
  g_autofree char *record = hw_case_link_id (case_id, alike->case_id);
  const char *root = hw_case_link_root (case_id, alike->case_id);
  g_autofree char *name = g_strconcat ("proposed:", commit->now, NULL);
  g_autofree char *id = hw_uuid_v5 (record, name);
  HwOperation *operation
    = hw_operation_new (id, HW_ACTION_CREATE, HW_TYPE_ID_CASE_LINK, record, root);
  HwValue *likeness = hw_value_new_integer (alike->likeness);
  HwValue *reasons = hw_value_new_set (alike->reasons);

  operation->at = g_strdup (commit->now);
  hw_operation_set_text (
    operation, HW_FIELD_CASE_LINK_OTHER, hw_case_link_other (case_id, alike->case_id), 0);
  hw_operation_set_text (
    operation, HW_FIELD_CASE_LINK_STATE, HW_CASE_LINK_STATE_POSSIBLE, 0);
  hw_operation_set (operation, HW_FIELD_CASE_LINK_LIKENESS, likeness, 0);
  hw_operation_set (operation, HW_FIELD_CASE_LINK_REASONS, reasons, 0);
  hw_value_unref (likeness);
  hw_value_unref (reasons);
  return operation;
}

/* A pair that was proposed once has its record: what was decided about it stands. */
static gboolean
propose_pair (HwCommit *commit, const char *case_id, const HwAlike *alike, GError **error)
{
  g_autoptr (HwOperation) operation = link_operation (commit, case_id, alike);
  HwStep step = { .operation = operation };
  g_autoptr (HwVerdict) verdict = NULL;
  gboolean done
    = hw_commit_system_operation (commit, "system", commit->now, &step, &verdict, error);

  if (done && verdict != NULL)
    g_warning ("Link %s was not written: reason %d", operation->record, hw_verdict_reason (verdict));
  if (done && step.changed)
    done = hw_step_write (commit, &step, FALSE, error)
           && hw_commit_server_written (commit, &step, error);
  hw_step_clear (&step);
  return done;
}

static gboolean
propose (HwCommit *commit, const char *case_id, HwTraits *traits, GError **error)
{
  g_autoptr (GPtrArray) found
    = hw_likeness_find (commit->store, commit->db, traits, case_id, HW_LIKENESS_ASKED, error);

  for (guint i = 0; found != NULL && i < MIN (found->len, MOST_PROPOSED); i++)
    if (!propose_pair (commit, case_id, g_ptr_array_index (found, i), error))
      return FALSE;
  return found != NULL;
}

static gboolean
follow_person (HwCommit *commit, const char *root, GError **error)
{
  gboolean proposes
    = commit->store->mode == HW_STORE_SERVER
      && (commit->origin == HW_ORIGIN_PUSH || commit->origin == HW_ORIGIN_BLIND);
  g_autoptr (GError) local = NULL;
  g_autoptr (HwCaseFile) file = hw_commit_case_file (commit, root, &local);
  g_autoptr (HwTraits) changed = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!hw_likeness_put (commit->db, root, file, &changed, error))
    return FALSE;
  return changed == NULL || !proposes || propose (commit, root, changed, error);
}

gboolean
hw_commit_follow_people (HwCommit *commit, GError **error)
{
  GHashTableIter iter;
  gpointer root;

  if (commit->store->rows[HW_TYPE_ID_CASE] == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, commit->people);
  while (g_hash_table_iter_next (&iter, &root, NULL))
    if (!follow_person (commit, root, error))
      return FALSE;
  return TRUE;
}

/* What tells of her, or holds a seat in her name. */
static gboolean
may_tell (HwTypeId type)
{
  switch (type)
    {
      case HW_TYPE_ID_EMBASSY_REQUEST:
      case HW_TYPE_ID_EMBASSY_MESSAGE:
      case HW_TYPE_ID_ATTACHMENT:
      case HW_TYPE_ID_TRAVEL_DOCUMENT:
      case HW_TYPE_ID_MOVEMENT:
        return TRUE;
      default:
        return FALSE;
    }
}

gboolean
hw_commit_know_her_first (HwCommit *commit, HwStep *step, GError **error)
{
  if (commit->store->mode != HW_STORE_SERVER || step->root == NULL
      || !may_tell (step->operation->type)
      || !g_hash_table_contains (commit->people, step->root))
    return TRUE;
  return follow_person (commit, step->root, error)
         && hw_kin_read (commit->store, commit->db, step->file, error);
}

/* ---- Deciding ---- */

static gboolean
touches_merge (HwStep *step)
{
  const char *before = step->before != NULL ? hw_record_status (step->before) : NULL;
  const char *after = hw_record_status (step->after);

  return g_strcmp0 (before, HW_CASE_LINK_STATE_MERGED) == 0
         || g_strcmp0 (after, HW_CASE_LINK_STATE_MERGED) == 0;
}

static gboolean
may_decide (HwCommit *commit, HwCaseFile *file, gboolean merge)
{
  guint relations
    = hw_access_relations (file, NULL, commit->actor, commit->rules.now_us);
  HwFieldId field = merge ? HW_FIELD_CASE_CLOSURE_REASON : HW_FIELD_CASE_LINK_STATE;

  return hw_access_may_write (commit->actor->role, relations, hw_schema_field (field));
}

static HwVerdict *
malformed (HwFieldId field)
{
  return hw_verdict_new_refused (
    HW_REASON_INVALID, field, _ ("This names no pair of cases."));
}

static HwVerdict *
check_names (HwStep *step, const char *other)
{
  const char *kept = hw_record_get_text (step->after, HW_FIELD_CASE_LINK_KEPT);
  g_autofree char *id = NULL;

  if (!hw_uuid_valid (other) || g_str_equal (other, step->root)
      || !g_str_equal (hw_case_link_root (step->root, other), step->root))
    return malformed (HW_FIELD_CASE_LINK_OTHER);
  id = hw_case_link_id (step->root, other);
  if (!g_str_equal (id, hw_record_id (step->after)))
    return malformed (HW_FIELD_CASE_LINK_OTHER);
  if (g_strcmp0 (hw_record_status (step->after), HW_CASE_LINK_STATE_MERGED) == 0
      && g_strcmp0 (kept, other) != 0 && g_strcmp0 (kept, step->root) != 0)
    return hw_verdict_new_refused (HW_REASON_INVALID,
                                   HW_FIELD_CASE_LINK_KEPT,
                                   _ ("Say which of the two cases is carried on."));
  return NULL;
}

/* To who may not write both, the other case does not exist. */
HwVerdict *
hw_commit_check_link (HwCommit *commit, HwStep *step)
{
  const char *other;
  g_autoptr (HwCaseFile) file = NULL;
  gboolean merge;

  if (hw_record_type (step->after) != HW_TYPE_ID_CASE_LINK)
    return NULL;
  other = hw_record_get_text (step->after, HW_FIELD_CASE_LINK_OTHER);
  if (other == NULL)
    return malformed (HW_FIELD_CASE_LINK_OTHER);
  file = hw_uuid_valid (other) ? hw_commit_case_file (commit, other, NULL) : NULL;
  merge = touches_merge (step);
  if (file == NULL || hw_case_file_case (file) == NULL || !may_decide (commit, file, merge)
      || !may_decide (commit, step->file, merge))
    return hw_verdict_new_refused (
      HW_REASON_NOT_FOUND, HW_FIELD_NONE, _ ("There is no such record."));
  return check_names (step, other);
}

/* ---- Following access ---- */

gboolean
hw_commit_renew_links (HwCommit *commit, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) links = hw_row_read_where (commit->store,
                                                   commit->db,
                                                   HW_TYPE_ID_CASE_LINK,
                                                   HW_FIELD_CASE_LINK_OTHER,
                                                   case_id,
                                                   G_MAXUINT16,
                                                   error);

  for (guint i = 0; links != NULL && i < links->len; i++)
    if (!hw_feed_note (commit->store,
                       g_ptr_array_index (links, i),
                       hw_store_next_seq (commit->store),
                       error))
      return FALSE;
  return links != NULL;
}
