/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The audit chain. Each row's BLAKE2b covers the row before it and everything the row says, and the
 * last number and hash are kept apart, so a row that is changed, taken out, put elsewhere or cut off the end
 * is found. Rows hold ids and codes, never a record's values.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-server-private.h"

#include <sodium.h>
#include <string.h>

#define HASH_BYTES 32
#define HASH_HEX (HASH_BYTES * 2 + 1)

typedef struct
{
  gint64 n;
  char   hash[HASH_HEX];
} ChainEnd;

typedef struct
{
  const HwActor *actor;
  const char *action, *case_id, *record, *detail;
} AuditWork;

/* Length before content: no two rows are the same bytes. Absent and empty differ. */
static void
add_part (crypto_generichash_state *state, const char *text)
{
  g_autofree char *length = text != NULL ? g_strdup_printf ("%zu:", strlen (text)) : g_strdup ("-:");

  crypto_generichash_update (state, (const guint8 *) length, strlen (length));
  if (text != NULL)
    crypto_generichash_update (state, (const guint8 *) text, strlen (text));
}

/* parts: at, user, device, action, case, record, detail */
static void
link_hash (const char *previous, gint64 n, const char *const parts[7], char hex[HASH_HEX])
{
  crypto_generichash_state state;
  guint8 hash[HASH_BYTES];
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  crypto_generichash_init (&state, NULL, 0, HASH_BYTES);
  add_part (&state, previous);
  add_part (&state, number);
  for (guint i = 0; i < 7; i++)
    add_part (&state, parts[i]);
  crypto_generichash_final (&state, hash, HASH_BYTES);
  sodium_bin2hex (hex, HASH_HEX, hash, HASH_BYTES);
}

static gboolean
read_end (HwDb *db, ChainEnd *end, GError **error)
{
  HwStatement *statement = hw_db_prepare (db, "SELECT value FROM meta WHERE key = 'audit_head'");
  g_autoptr (GError) local = NULL;

  memset (end, 0, sizeof *end);
  if (hw_statement_step (statement, &local))
    {
      const char *text = hw_statement_text (statement, 0);
      const char *colon = text != NULL ? strchr (text, ':') : NULL;

      if (colon != NULL)
        {
          end->n = g_ascii_strtoll (text, NULL, 10);
          g_strlcpy (end->hash, colon + 1, sizeof end->hash);
        }
    }
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
write_end (HwDb *db, const ChainEnd *end, GError **error)
{
  HwStatement *statement = hw_db_prepare (db, "INSERT INTO meta (key, value) VALUES ('audit_head', $1)"
                                              " ON CONFLICT (key) DO UPDATE SET value = excluded.value");
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT ":%s", end->n, end->hash);

  hw_statement_bind_text (statement, 1, text);
  return hw_statement_run (statement, error);
}

gboolean
hw_audit_link (HwStore *store, const HwActor *actor, const char *action, const char *case_id, const char *record,
               const char *detail, GError **error)
{
  g_autofree char *at = hw_store_now_text (store);
  const char *parts[7] = { at, actor != NULL ? actor->user : NULL, actor != NULL ? actor->device : NULL,
                           action, case_id, record, detail };
  HwStatement *statement;
  ChainEnd end;
  char hash[HASH_HEX];

  if (!read_end (store->writer, &end, error))
    return FALSE;
  end.n++;
  link_hash (end.hash, end.n, parts, hash);
  g_strlcpy (end.hash, hash, sizeof end.hash);

  statement = hw_db_prepare (store->writer,
                             "INSERT INTO audit (n, at, user, device, action, case_id, record, detail, hash)"
                             " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
  hw_statement_bind_integer (statement, 1, end.n);
  for (guint i = 0; i < 7; i++)
    hw_statement_bind_text (statement, 2 + i, parts[i]);
  hw_statement_bind_text (statement, 9, hash);
  return hw_statement_run (statement, error) && write_end (store->writer, &end, error);
}

static gboolean
audit_work (HwStore *store, gpointer data, GError **error)
{
  AuditWork *work = data;

  return hw_audit_link (store, work->actor, work->action, work->case_id, work->record, work->detail, error);
}

gboolean
hw_store_audit (HwStore *store, const HwActor *actor, const char *action, const char *case_id, const char *record,
                const char *detail, GError **error)
{
  AuditWork work = { actor, action, case_id, record, detail };

  return hw_server_transaction (store, audit_work, &work, error);
}

typedef struct
{
  const HwActor *actor;
  GPtrArray *details;
} UnreadWork;

static gboolean
unread_work (HwStore *store, gpointer data, GError **error)
{
  UnreadWork *work = data;

  for (guint i = 0; i < work->details->len; i++)
    if (!hw_audit_link (
          store, work->actor, "refuse", NULL, NULL, g_ptr_array_index (work->details, i), error))
      return FALSE;
  return TRUE;
}

gboolean
hw_store_audit_unread (HwStore *store, const HwActor *actor, GPtrArray *details, GError **error)
{
  UnreadWork work = { actor, details };

  return details->len == 0 || hw_server_transaction (store, unread_work, &work, error);
}

/* Walks the chain; *broken_at is the number of the first row that is not what was written, 0 when all are. */
static void
walk_chain (HwDb *db, const ChainEnd *head, gint64 *broken_at, GError **error)
{
  HwStatement *statement = hw_db_prepare (db, "SELECT n, at, user, device, action, case_id, record, detail, hash"
                                              " FROM audit ORDER BY n");
  g_autoptr (GError) local = NULL;
  ChainEnd at = { 0 };

  *broken_at = 0;
  while (*broken_at == 0 && hw_statement_step (statement, &local))
    {
      const char *parts[7];
      char hash[HASH_HEX];

      for (guint i = 0; i < 7; i++)
        parts[i] = hw_statement_text (statement, 1 + i);
      at.n++;
      link_hash (at.hash, at.n, parts, hash);
      if (hw_statement_integer (statement, 0) != at.n
          || g_strcmp0 (hw_statement_text (statement, 8), hash) != 0)
        *broken_at = at.n;
      g_strlcpy (at.hash, hash, sizeof at.hash);
    }
  hw_statement_reset (statement);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (*broken_at == 0 && (at.n != head->n || strcmp (at.hash, head->hash) != 0))
    *broken_at = MIN (at.n, head->n) + 1;
}

gboolean
hw_store_audit_verify (HwStore *store, gint64 *broken_at, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  g_autoptr (GError) local = NULL;
  gint64 broken = 0;
  ChainEnd head;

  if (broken_at != NULL)
    *broken_at = 0;
  if (db == NULL)
    return FALSE;
  if (read_end (db, &head, &local))
    walk_chain (db, &head, &broken, &local);
  hw_store_end_read (store, db);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (broken_at != NULL)
    *broken_at = broken;
  return broken == 0;
}

/* ---- Reading ---- */

void
hw_audit_entry_free (HwAuditEntry *entry)
{
  g_free (entry->at);
  g_free (entry->user);
  g_free (entry->device);
  g_free (entry->action);
  g_free (entry->case_id);
  g_free (entry->record);
  g_free (entry->detail);
  g_free (entry);
}

/* Parameters: 1 after, 2 limit, 3 case, 4 user, 5 relations, 6 before, 7 by. */
#define AUDIT_COLUMNS "SELECT a.n, a.at, a.user, a.device, a.action, a.case_id, a.record, a.detail FROM audit a"
#define AUDIT_WITHIN " a.n > $1 AND a.n < $6 AND ($7 IS NULL OR a.user = $7)"
#define AUDIT_OLDEST " ORDER BY a.n LIMIT $2"
#define AUDIT_NEWEST " ORDER BY a.n DESC LIMIT $2"

#define AUDIT_ALL AUDIT_COLUMNS " WHERE" AUDIT_WITHIN
#define AUDIT_SECURITY \
  AUDIT_COLUMNS " WHERE" AUDIT_WITHIN " AND a.case_id IS NULL AND (a.action GLOB 'sign-*'" \
                " OR a.action GLOB 'account-*' OR a.action GLOB 'device-*' OR a.action GLOB 'session-*')"
#define AUDIT_CASE \
  AUDIT_COLUMNS " WHERE" AUDIT_WITHIN " AND (a.case_id = $3 OR (a.case_id IS NULL AND instr (a.detail, $3) > 0))"
#define AUDIT_VISIBLE \
  AUDIT_COLUMNS " WHERE" AUDIT_WITHIN " AND EXISTS (SELECT 1 FROM visible v WHERE v.user = $4 AND v.root = a.case_id" \
                " AND v.gone_seq = 0 AND (v.relations & $5) <> 0)"

enum
{
  AUDIT_OF_ALL,
  AUDIT_OF_SECURITY,
  AUDIT_OF_CASE,
  AUDIT_OF_VISIBLE,
};

static const char *const audit_sql[][2] = {
  [AUDIT_OF_ALL] = { AUDIT_ALL AUDIT_OLDEST, AUDIT_ALL AUDIT_NEWEST },
  [AUDIT_OF_SECURITY] = { AUDIT_SECURITY AUDIT_OLDEST, AUDIT_SECURITY AUDIT_NEWEST },
  [AUDIT_OF_CASE] = { AUDIT_CASE AUDIT_OLDEST, AUDIT_CASE AUDIT_NEWEST },
  [AUDIT_OF_VISIBLE] = { AUDIT_VISIBLE AUDIT_OLDEST, AUDIT_VISIBLE AUDIT_NEWEST },
};

static HwAuditEntry *
read_entry (HwStatement *statement)
{
  HwAuditEntry *entry = g_new0 (HwAuditEntry, 1);

  entry->n = hw_statement_integer (statement, 0);
  entry->at = g_strdup (hw_statement_text (statement, 1));
  entry->user = g_strdup (hw_statement_text (statement, 2));
  entry->device = g_strdup (hw_statement_text (statement, 3));
  entry->action = g_strdup (hw_statement_text (statement, 4));
  entry->case_id = g_strdup (hw_statement_text (statement, 5));
  entry->record = g_strdup (hw_statement_text (statement, 6));
  entry->detail = g_strdup (hw_statement_text (statement, 7));
  return entry;
}

static HwStatement *
prepare_question (HwDb *db, const HwAuditQuestion *question)
{
  guint kind = question->relations != 0 ? AUDIT_OF_VISIBLE : AUDIT_OF_ALL;
  HwStatement *statement;

  if (question->security)
    kind = AUDIT_OF_SECURITY;
  else if (question->case_id != NULL)
    kind = AUDIT_OF_CASE;
  statement = hw_db_prepare (db, audit_sql[kind][question->newest ? 1 : 0]);
  hw_statement_bind_integer (statement, 1, question->after);
  hw_statement_bind_integer (statement, 2, question->limit);
  if (kind == AUDIT_OF_CASE)
    hw_statement_bind_text (statement, 3, question->case_id);
  if (kind == AUDIT_OF_VISIBLE)
    {
      hw_statement_bind_text (statement, 4, question->user);
      hw_statement_bind_integer (statement, 5, question->relations);
    }
  hw_statement_bind_integer (statement, 6, question->before > 0 ? question->before : G_MAXINT64);
  hw_statement_bind_text (statement, 7, question->by);
  return statement;
}

GPtrArray *
hw_store_audit_read (HwStore *store, const HwAuditQuestion *question, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_audit_entry_free);
  HwDb *db = hw_store_begin_read (store, error);
  g_autoptr (GError) local = NULL;
  HwStatement *statement;

  if (db == NULL)
    return NULL;
  statement = prepare_question (db, question);
  while (hw_statement_step (statement, &local))
    g_ptr_array_add (entries, read_entry (statement));
  hw_statement_reset (statement);
  hw_store_end_read (store, db);
  if (local == NULL)
    return g_steal_pointer (&entries);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

char *
hw_store_audit_head (HwStore *store, gint64 *n, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  g_autoptr (GError) local = NULL;
  ChainEnd end;

  if (db == NULL)
    return NULL;
  if (!read_end (db, &end, &local))
    {
      hw_store_end_read (store, db);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  hw_store_end_read (store, db);
  *n = end.n;
  return g_strdup (end.hash);
}
