/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ledger: what was answered to which operation. An operation takes effect at most once, and a
 * replayed one gets the first answer; what may still succeed (its parent was unknown) is entered
 * so that it is audited once, and judged anew each time. Other words under the id of what was sent before are refused
 * and on record, whatever was answered. What a supervisor lets in later does not change what its sender was told.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"

#include <glib/gi18n-lib.h>

static void
digest_text (GChecksum *sum, const char *text)
{
  if (text != NULL)
    g_checksum_update (sum, (const guchar *)text, -1);
  g_checksum_update (sum, (const guchar *)"\x1f", 1);
}

static void
digest_members (GChecksum *sum, char **members)
{
  for (guint i = 0; members != NULL && members[i] != NULL; i++)
    digest_text (sum, members[i]);
  digest_text (sum, members != NULL ? "set" : "none");
}

static void
digest_value (GChecksum *sum, HwValue *value)
{
  g_autofree char *text = hw_row_value_text (value);

  digest_text (sum, text != NULL ? "value" : "null");
  digest_text (sum, text);
}

static void
digest_change (GChecksum *sum, const HwFieldChange *change)
{
  g_autofree char *base = g_strdup_printf ("%" G_GUINT64_FORMAT, change->base);

  digest_text (sum, hw_schema_field (change->field)->name);
  digest_text (sum, base);
  digest_value (sum, change->value);
  digest_members (sum, change->add);
  digest_members (sum, change->remove);
}

char *
hw_operation_digest (HwOperation *operation)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *head
    = g_strdup_printf ("%d %s", operation->action, hw_schema_type (operation->type)->name);

  digest_text (sum, head);
  digest_text (sum, operation->record);
  digest_text (sum, operation->case_id);
  digest_text (sum, operation->group);
  digest_text (sum, operation->at);
  digest_text (sum, operation->choice);
  digest_value (sum, operation->resolution);
  for (guint i = 0; i < operation->changes->len; i++)
    digest_change (sum, g_ptr_array_index (operation->changes, i));
  for (guint i = 0; operation->seen != NULL && i < operation->seen->len; i++)
    {
      g_autofree char *seen
        = g_strdup_printf ("%" G_GUINT64_FORMAT, g_array_index (operation->seen, guint64, i));

      digest_text (sum, seen);
    }
  return g_strdup (g_checksum_get_string (sum));
}

/* An answer is given again to whom it was given. */
static char *
digest_for (HwCommit *commit, HwOperation *operation)
{
  g_autofree char *digest = hw_operation_digest (operation);
  g_autofree char *whose
    = g_strconcat (digest, " ", commit->actor != NULL ? commit->actor->user : "", NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, whose, -1);
}

static void
read_first_answer (HwStatement *statement, HwResult *result)
{
  const char *conflicts = hw_statement_text (statement, 4);

  result->status = HW_RESULT_DUPLICATE;
  result->first = (HwResultStatus)hw_statement_integer (statement, 1);
  result->rev = (guint64)hw_statement_integer (statement, 2);
  result->verdict = hw_verdict_from_text (hw_statement_text (statement, 3));
  if (conflicts != NULL)
    {
      g_auto (GStrv) ids = g_strsplit (conflicts, " ", -1);

      result->conflicts = g_ptr_array_new_with_free_func (g_free);
      for (guint i = 0; ids[i] != NULL; i++)
        g_ptr_array_add (result->conflicts, g_strdup (ids[i]));
    }
}

/* The record it was about, as it is now; quarantined ones tell nothing. */
static gboolean
add_state (HwCommit *commit, HwResult *result, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (result->first != HW_RESULT_QUARANTINED)
    result->state = hw_row_find (commit->store, commit->db, result->record, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
waits_for_parent (HwVerdict *verdict)
{
  return verdict != NULL && hw_verdict_reason (verdict) == HW_REASON_PARENT_UNKNOWN;
}

static gboolean
is_to_be_judged_again (HwStatement *statement)
{
  g_autoptr (HwVerdict) verdict = hw_verdict_from_text (hw_statement_text (statement, 3));

  return waits_for_parent (verdict);
}

static gboolean audit_refusal (
  HwCommit *commit, HwOperation *operation, HwResult *result, const char *why, GError **error);

/* Somebody tries to put other words behind an answer, or in the place of what waits. */
static gboolean
refuse_other_content (HwCommit *commit, HwOperation *operation, HwResult *result, GError **error)
{
  result->status = HW_RESULT_REFUSED;
  result->verdict = hw_verdict_new_refused (
    HW_REASON_INVALID, HW_FIELD_NONE, _ ("This change was sent before with other content."));
  return audit_refusal (commit, operation, result, "other-content", error);
}

static gboolean
answer_again (HwCommit *commit, HwStatement *statement, HwResult *result, GError **error)
{
  read_first_answer (statement, result);
  g_free (result->record);
  result->record = g_strdup (hw_statement_text (statement, 5));
  hw_statement_reset (statement);
  return add_state (commit, result, error);
}

static gboolean
look_up (
  HwCommit *commit, HwOperation *operation, HwResult *result, gboolean *known, GError **error)
{
  HwStatement *statement = hw_db_prepare (
    commit->db,
    "SELECT hash, status, rev, verdict, conflicts, record FROM ledger WHERE operation = $1");
  g_autoptr (GError) local = NULL;
  g_autofree char *digest = NULL;
  gboolean same;

  hw_statement_bind_text (statement, 1, operation->id);
  *known = hw_statement_step (statement, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  digest = digest_for (commit, operation);
  same = *known && g_strcmp0 (digest, hw_statement_text (statement, 0)) == 0;
  if (same && is_to_be_judged_again (statement))
    *known = FALSE;
  if (*known && same)
    return answer_again (commit, statement, result, error);
  hw_statement_reset (statement);
  return !*known || refuse_other_content (commit, operation, result, error);
}

/* Decided meanwhile: whoever decides second changes nothing. */
static gboolean
is_decided (HwCommit *commit, HwOperation *operation, HwResult *result)
{
  if (hw_quarantine_waits (commit, operation->id))
    return FALSE;
  result->status = HW_RESULT_DUPLICATE;
  result->first = HW_RESULT_QUARANTINED;
  return TRUE;
}

gboolean
hw_commit_server_known (
  HwCommit *commit, HwOperation *operation, HwResult *result, gboolean *known, GError **error)
{
  *known = FALSE;
  if (commit->origin != HW_ORIGIN_PUSH || operation->type == HW_TYPE_ID_NONE
      || operation->type >= HW_N_TYPE_IDS)
    return TRUE;
  if (commit->let_in_by == NULL)
    return look_up (commit, operation, result, known, error);
  *known = is_decided (commit, operation, result);
  return TRUE;
}

static char *
join_ids (GPtrArray *ids)
{
  GString *text;

  if (ids == NULL || ids->len == 0)
    return NULL;
  text = g_string_new (g_ptr_array_index (ids, 0));
  for (guint i = 1; i < ids->len; i++)
    g_string_append_printf (text, " %s", (const char *)g_ptr_array_index (ids, i));
  return g_string_free (text, FALSE);
}

static gboolean
enter (HwCommit *commit, HwOperation *operation, HwResult *result, GError **error)
{
  HwStatement *statement = hw_db_prepare (
    commit->db,
    "INSERT INTO ledger (operation, device, hash, status, "
    "type, record, rev, verdict, conflicts, at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (operation) DO UPDATE SET"
    " device = excluded.device, hash = excluded.hash, status = excluded.status,"
    " type = excluded.type, record = excluded.record, rev = excluded.rev,"
    " verdict = excluded.verdict, conflicts = excluded.conflicts, at = excluded.at");
  g_autofree char *digest = digest_for (commit, operation);
  g_autofree char *verdict = result->verdict != NULL ? hw_verdict_to_text (result->verdict) : NULL;
  g_autofree char *conflicts = join_ids (result->conflicts);

  hw_statement_bind_text (statement, 1, operation->id);
  hw_statement_bind_text (statement, 2, commit->actor != NULL ? commit->actor->device : NULL);
  hw_statement_bind_text (statement, 3, digest);
  hw_statement_bind_integer (statement, 4, result->status);
  hw_statement_bind_text (statement, 5, hw_schema_type (operation->type)->name);
  hw_statement_bind_text (statement, 6, result->record);
  hw_statement_bind_integer (statement, 7, (gint64)result->rev);
  hw_statement_bind_text (statement, 8, verdict);
  hw_statement_bind_text (statement, 9, conflicts);
  hw_statement_bind_text (statement, 10, commit->now);
  return hw_statement_run (statement, error);
}

/* What was not made lies in no case; it was meant for the one it named, if there is such a one. */
static char *
root_meant (HwCommit *commit, HwOperation *operation, HwResult *result)
{
  const char *const named[] = { result->record, operation->record, operation->case_id };
  char *root = NULL;

  for (guint i = 0; root == NULL && i < G_N_ELEMENTS (named); i++)
    if (named[i] != NULL)
      hw_row_locate (commit->store, commit->db, named[i], &root, NULL);
  return root;
}

/* Whoever tried what was not allowed is on record, with every gate that stood in the way. */
static gboolean
audit_refusal (
  HwCommit *commit, HwOperation *operation, HwResult *result, const char *why, GError **error)
{
  g_autofree char *root = root_meant (commit, operation, result);
  g_autofree char *detail = g_strconcat (operation->id, " ", why, NULL);

  return hw_audit_link (commit->store,
                        hw_commit_answerable (commit),
                        "refuse",
                        root,
                        result->record != NULL ? result->record : operation->record,
                        detail,
                        error);
}

static char *
why_refused (HwVerdict *verdict)
{
  return verdict != NULL ? hw_verdict_to_code (verdict) : g_strdup ("refused");
}

/* A desktop sends what waits for its parent again and again. */
static gboolean
is_entered (HwCommit *commit, HwOperation *operation)
{
  HwStatement *statement
    = hw_db_prepare (commit->db, "SELECT 1 FROM ledger WHERE operation = $1");
  gboolean entered;

  hw_statement_bind_text (statement, 1, operation->id);
  entered = hw_statement_step (statement, NULL);
  hw_statement_reset (statement);
  return entered;
}

gboolean
hw_commit_server_note (HwCommit *commit, HwOperation *operation, HwResult *result, GError **error)
{
  const gboolean told = commit->origin == HW_ORIGIN_PUSH || commit->origin == HW_ORIGIN_BLIND;
  const gboolean refused = result->status == HW_RESULT_REFUSED;
  g_autofree char *why = refused ? why_refused (result->verdict) : NULL;

  if (!told || commit->actor == NULL || !hw_uuid_valid (operation->id) || operation->record == NULL)
    return TRUE;
  if (refused && commit->let_in_by == NULL && waits_for_parent (result->verdict)
      && is_entered (commit, operation))
    return TRUE;
  if (refused && !audit_refusal (commit, operation, result, why, error))
    return FALSE;
  /* Settling names a conflict, and no type: it is judged anew each time it comes. */
  if (commit->origin != HW_ORIGIN_PUSH || operation->type == HW_TYPE_ID_NONE
      || operation->type >= HW_N_TYPE_IDS)
    return TRUE;
  if (commit->let_in_by != NULL)
    return refused || hw_quarantine_release (commit, operation, HW_QUARANTINE_APPLIED, error);
  if (result->status == HW_RESULT_QUARANTINED && !hw_quarantine_keep (commit, operation, error))
    return FALSE;
  return enter (commit, operation, result, error);
}
