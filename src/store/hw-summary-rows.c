/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One row per case with all that the case list shows and sorts by, derived once when the case
 * changes and never when the list is drawn.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"

static gboolean
find_row (HwDb *db, const char *case_id, gint64 *n, GError **error)
{
  HwStatement *statement = hw_db_prepare (db, "SELECT n FROM case_summary WHERE case_id = $1");
  g_autoptr (GError) local = NULL;

  *n = 0;
  hw_statement_bind_text (statement, 1, case_id);
  if (hw_statement_step (statement, &local))
    *n = hw_statement_integer (statement, 0);
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
remove_row (HwDb *db, const char *case_id, GError **error)
{
  HwStatement *statement;
  gint64 n;

  if (!find_row (db, case_id, &n, error))
    return FALSE;
  if (n == 0)
    return TRUE;
  if (!hw_search_remove (db, n, error))
    return FALSE;
  statement = hw_db_prepare (db, "DELETE FROM case_summary WHERE n = $1");
  hw_statement_bind_integer (statement, 1, n);
  return hw_statement_run (statement, error);
}

static void
bind_key (HwStatement *statement, guint place, const char *text)
{
  g_autofree char *key = text != NULL ? hw_fold (text) : g_strdup ("");

  hw_statement_bind_text (statement, place, key);
}

/* "New" cases come after all that have a number, and blocked ones before the others. */
static void
bind_keys (HwStatement *statement, HwRecord *header, const HwSummary *summary)
{
  g_autofree char *blocked = summary->blocked_by != NULL ? hw_fold (summary->blocked_by) : NULL;
  g_autofree char *key_blocked = g_strconcat (blocked != NULL ? "0 " : "1", blocked, NULL);

  bind_key (statement, 16, hw_record_get_text (header, HW_FIELD_CASE_CODE));
  bind_key (statement, 17, hw_record_get_text (header, HW_FIELD_CASE_PSEUDONYM));
  bind_key (statement, 18, summary->location_country);
  hw_statement_bind_text (statement, 19, summary->next_due != NULL ? summary->next_due : "9999");
  hw_statement_bind_text (statement, 20, key_blocked);
  hw_statement_bind_text (statement,
                          21,
                          hw_record_get_text (header, HW_FIELD_CASE_OWNER) != NULL
                            ? hw_record_get_text (header, HW_FIELD_CASE_OWNER)
                            : "");
}

static const char *
last_change (HwCaseFile *file)
{
  GPtrArray *records = hw_case_file_records (file);
  const char *last = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      const char *at = hw_record_updated_at (g_ptr_array_index (records, i));

      if (at != NULL && (last == NULL || g_strcmp0 (at, last) > 0))
        last = at;
    }
  return last;
}

static gboolean
is_closed (HwRecord *header)
{
  return hw_record_is (header, HW_FIELD_CASE_STATUS, "closed")
         || hw_record_is (header, HW_FIELD_CASE_STATUS, "closed_referred");
}

static void
bind_row (HwStatement *statement, HwCaseFile *file, HwRecord *header, const HwSummary *summary)
{
  const char *updated = last_change (file);

  hw_statement_bind_text (statement, 1, hw_record_id (header));
  hw_statement_bind_integer (statement, 2, is_closed (header));
  hw_statement_bind_text (statement, 3, hw_record_get_text (header, HW_FIELD_CASE_CODE));
  hw_statement_bind_text (statement, 4, hw_record_get_text (header, HW_FIELD_CASE_PSEUDONYM));
  hw_statement_bind_text (statement, 5, hw_record_get_text (header, HW_FIELD_CASE_URGENCY));
  hw_statement_bind_integer (statement, 6, summary->stage);
  hw_statement_bind_text (statement, 7, summary->location_country);
  hw_statement_bind_text (statement, 8, summary->location_place);
  hw_statement_bind_text (statement, 9, summary->zone);
  hw_statement_bind_text (statement, 10, summary->next_due);
  hw_statement_bind_text (statement, 11, summary->next_due_what);
  hw_statement_bind_text (statement, 12, summary->blocked_by);
  hw_statement_bind_text (statement, 13, hw_record_get_text (header, HW_FIELD_CASE_OWNER));
  hw_statement_bind_text (statement, 14, hw_record_get_text (header, HW_FIELD_CASE_MISSION));
  hw_statement_bind_text (statement, 15, updated);
  bind_keys (statement, header, summary);
  hw_statement_bind_text (statement, 22, updated != NULL ? updated : "");
}

/* n: the number of the row, under which the case is searched. */
static gboolean
write_row (HwCommit *commit, HwCaseFile *file, HwRecord *header, gint64 *n, GError **error)
{
  g_autoptr (HwSummary) summary = hw_summary_new (file, &commit->rules);
  HwStatement *statement = hw_db_prepare (
    commit->db,
    "INSERT INTO case_summary (case_id, closed, code, pseudonym, urgency, stage, country, place, "
    "zone,"
    " next_due, next_due_what, blocked_by, owner, mission, updated_at, key_code, key_pseudonym,"
    " key_country, key_due, key_blocked, key_owner, key_updated)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, "
    "$19, $20, $21, $22)"
    " ON CONFLICT (case_id) DO UPDATE SET closed = excluded.closed, code = excluded.code,"
    " pseudonym = excluded.pseudonym, urgency = excluded.urgency, stage = excluded.stage,"
    " country = excluded.country, place = excluded.place, zone = excluded.zone,"
    " next_due = excluded.next_due, next_due_what = excluded.next_due_what,"
    " blocked_by = excluded.blocked_by, owner = excluded.owner, mission = excluded.mission,"
    " updated_at = excluded.updated_at, key_code = excluded.key_code,"
    " key_pseudonym = excluded.key_pseudonym, key_country = excluded.key_country,"
    " key_due = excluded.key_due, key_blocked = excluded.key_blocked,"
    " key_owner = excluded.key_owner, key_updated = excluded.key_updated RETURNING n");
  g_autoptr (GError) local = NULL;

  bind_row (statement, file, header, summary);
  if (hw_statement_step (statement, &local))
    *n = hw_statement_integer (statement, 0);
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What is to be searched, once the rows of all are written. */
typedef struct
{
  gint64 n;
  HwCaseFile *file; /* (owned) */
} Document;

static void
document_clear (gpointer data)
{
  g_clear_object (&((Document *)data)->file);
}

/* A case without its header is not listed: its records came before it, or it is only partly seen.
 */
static gboolean
refresh_row (HwCommit *commit, const char *case_id, GArray *documents, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (HwCaseFile) file = hw_commit_case_file (commit, case_id, &local);
  HwRecord *header = file != NULL ? hw_case_file_case (file) : NULL;
  Document document = { 0, file };

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (header == NULL)
    return remove_row (commit->db, case_id, error);
  if (!write_row (commit, file, header, &document.n, error))
    return FALSE;
  g_array_append_val (documents, document);
  g_steal_pointer (&file);
  return TRUE;
}

/* The rows first and the words after them: where a statement may have to be taken back alone, SQLite
 * has the index write out what it has gathered, which between two cases would be a segment for each. */
gboolean
hw_summary_refresh (HwCommit *commit, GError **error)
{
  g_autoptr (GArray) documents = g_array_new (FALSE, FALSE, sizeof (Document));
  GHashTableIter iter;
  gpointer root;

  g_array_set_clear_func (documents, document_clear);
  g_hash_table_iter_init (&iter, commit->touched);
  while (g_hash_table_iter_next (&iter, &root, NULL))
    if (!refresh_row (commit, root, documents, error))
      return FALSE;
  for (guint i = 0; i < documents->len; i++)
    {
      const Document *document = &g_array_index (documents, Document, i);

      if (!hw_search_put (commit->db, document->n, document->file, error))
        return FALSE;
    }
  return TRUE;
}
