/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One row per case with all that the case list shows and sorts by, derived once when the case
 * changes and never when the list is drawn. Only columns that changed are written: each column
 * that is set, changed or not, has its indexes written as well.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"

/* The columns beside the case's id, in the order in which take_texts() fills them. */
static const char *const columns[]
  = { "closed",   "code",          "pseudonym",  "urgency",      "stage",       "country",
      "place",    "zone",          "next_due",   "next_due_what", "blocked_by", "owner",
      "mission",  "updated_at",    "key_code",   "key_pseudonym", "key_country", "key_due",
      "key_owner", "key_blocked",  "key_updated" };

enum
{
  N_COLUMNS = G_N_ELEMENTS (columns)
};

static char *
key_of (const char *text)
{
  return text != NULL ? hw_fold (text) : g_strdup ("");
}

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

/* Blocked cases come before the others. */
static char *
key_of_blocked (const HwSummary *summary)
{
  g_autofree char *blocked = summary->blocked_by != NULL ? hw_fold (summary->blocked_by) : NULL;

  return g_strconcat (blocked != NULL ? "0 " : "1", blocked, NULL);
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

/* texts: N_COLUMNS, (transfer full), NULL: null. The table gives numbers back their type. */
static void
take_texts (HwCaseFile *file, HwRecord *header, const HwSummary *summary, char **texts)
{
  const char *updated = last_change (file);
  const char *owner = hw_record_get_text (header, HW_FIELD_CASE_OWNER);
  char *all[N_COLUMNS] = {
    g_strdup (summary->stage == HW_STAGE_CLOSED ? "1" : "0"),
    g_strdup (hw_record_get_text (header, HW_FIELD_CASE_CODE)),
    g_strdup (hw_record_get_text (header, HW_FIELD_CASE_PSEUDONYM)),
    g_strdup (hw_record_get_text (header, HW_FIELD_CASE_URGENCY)),
    g_strdup_printf ("%d", (int) summary->stage),
    g_strdup (summary->location_country),
    g_strdup (summary->location_place),
    g_strdup (summary->zone),
    g_strdup (summary->next_due),
    g_strdup (summary->next_due_what),
    g_strdup (summary->blocked_by),
    g_strdup (owner),
    g_strdup (hw_record_get_text (header, HW_FIELD_CASE_MISSION)),
    g_strdup (updated),
    key_of (hw_record_get_text (header, HW_FIELD_CASE_CODE)),
    key_of (hw_record_get_text (header, HW_FIELD_CASE_PSEUDONYM)),
    key_of (summary->location_country),
    g_strdup (summary->next_due != NULL ? summary->next_due : "9999"),
    g_strdup (owner != NULL ? owner : ""),
    key_of_blocked (summary),
    g_strdup (updated != NULL ? updated : ""),
  };

  memcpy (texts, all, sizeof all);
}

/* The row as it stands. n: 0 if there is none yet. texts: N_COLUMNS, (transfer full). */
static gboolean
read_row (HwDb *db, const char *case_id, gint64 *n, char **texts, GError **error)
{
  g_autofree char *names = g_strjoinv (", ", (char **) columns);
  g_autofree char *sql
    = g_strdup_printf ("SELECT n, %s FROM case_summary WHERE case_id = $1", names);
  HwStatement *statement = hw_db_prepare (db, sql);
  g_autoptr (GError) local = NULL;

  *n = 0;
  hw_statement_bind_text (statement, 1, case_id);
  if (hw_statement_step (statement, &local))
    {
      *n = hw_statement_integer (statement, 0);
      for (guint i = 0; i < N_COLUMNS; i++)
        texts[i] = g_strdup (hw_statement_text (statement, i + 1));
    }
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
insert_row (HwDb *db, const char *case_id, char **texts, gint64 *n, GError **error)
{
  g_autofree char *names = g_strjoinv (", ", (char **) columns);
  GString *sql = g_string_new (NULL);
  g_autofree char *text = NULL;
  HwStatement *statement;
  g_autoptr (GError) local = NULL;

  g_string_printf (sql, "INSERT INTO case_summary (case_id, %s) VALUES ($1", names);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_string_append_printf (sql, ", $%u", i + 2);
  g_string_append (sql, ") RETURNING n");
  text = g_string_free (sql, FALSE);
  statement = hw_db_prepare (db, text);
  hw_statement_bind_text (statement, 1, case_id);
  for (guint i = 0; i < N_COLUMNS; i++)
    hw_statement_bind_text (statement, i + 2, texts[i]);
  if (hw_statement_step (statement, &local))
    *n = hw_statement_integer (statement, 0);
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
update_row (HwDb *db, gint64 n, char **before, char **texts, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("UPDATE case_summary SET ");
  HwStatement *statement;
  guint n_set = 0;

  for (guint i = 0; i < N_COLUMNS; i++)
    if (g_strcmp0 (before[i], texts[i]) != 0)
      g_string_append_printf (sql, "%s%s = $%u", n_set++ > 0 ? ", " : "", columns[i], i + 2);
  if (n_set == 0)
    return TRUE;
  g_string_append (sql, " WHERE n = $1");
  statement = hw_db_prepare (db, sql->str);
  hw_statement_bind_integer (statement, 1, n);
  for (guint i = 0; i < N_COLUMNS; i++)
    if (g_strcmp0 (before[i], texts[i]) != 0)
      hw_statement_bind_text (statement, i + 2, texts[i]);
  return hw_statement_run (statement, error);
}

static void
clear_texts (char **texts)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (texts[i]);
}

/* Who is at this desktop, unless they read whole cases: then nothing is kept from the row. (transfer full) (nullable) */
static HwActor *
partial_reader (HwStore *store)
{
  HwActor *reader = NULL;

  g_mutex_lock (&store->state_lock);
  if (store->actor != NULL && store->actor->role != HW_ROLE_CASEWORKER
      && store->actor->role != HW_ROLE_SUPERVISOR)
    reader = hw_actor_copy (store->actor);
  g_mutex_unlock (&store->state_lock);
  return reader;
}

/* n: the number of the row, under which the case is searched. */
static gboolean
write_row (HwCommit *commit, HwCaseFile *file, HwRecord *header, gint64 *n, GError **error)
{
  g_autoptr (HwActor) reader = partial_reader (commit->store);
  g_autoptr (HwSummary) summary = hw_summary_new_for (file, reader, &commit->rules);
  const char *case_id = hw_record_id (header);
  char *before[N_COLUMNS] = { NULL }, *texts[N_COLUMNS] = { NULL };
  gboolean done = read_row (commit->db, case_id, n, before, error);

  take_texts (file, header, summary, texts);
  if (done)
    done = *n == 0 ? insert_row (commit->db, case_id, texts, n, error)
                   : update_row (commit->db, *n, before, texts, error);
  clear_texts (before);
  clear_texts (texts);
  return done;
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
