/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Noting what changed, for the feed (hw-feed-read.c reads it). One row per record says under which
 * number it changed last; the row moves, so the feed never grows beyond the records. Beside it, in memory, the
 * last number that touched anything an account may see: a poll that brings nothing costs no query.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-server-private.h"

/* What the running commit wrote of one root. */
typedef struct
{
  gboolean types[HW_N_TYPE_IDS];
  GHashTable *referrers; /* (owned) (nullable) who made the referrals among it */
} HwTouched;

void
hw_touched_free (gpointer data)
{
  HwTouched *touched = data;

  g_clear_pointer (&touched->referrers, g_hash_table_unref);
  g_free (touched);
}

void
hw_feed_touch_user (HwStore *store, const char *user)
{
  g_hash_table_add (store->server->touched_users, g_strdup (user));
}

/* root: a case, a request, or a directory record */
static HwTouched *
touch_root (HwStore *store, const char *root, HwTypeId type)
{
  HwTouched *touched = g_hash_table_lookup (store->server->touched_roots, root);

  if (touched == NULL)
    {
      touched = g_new0 (HwTouched, 1);
      g_hash_table_insert (store->server->touched_roots, g_strdup (root), touched);
    }
  touched->types[type] = TRUE;
  return touched;
}

static void
touch_referral (HwTouched *touched, HwRecord *referral)
{
  if (hw_record_created_by (referral) == NULL)
    return;
  if (touched->referrers == NULL)
    touched->referrers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (touched->referrers, g_strdup (hw_record_created_by (referral)));
}

gboolean
hw_feed_touched_referral (HwStore *store, const char *case_id, const char *user)
{
  HwTouched *touched = g_hash_table_lookup (store->server->touched_roots, case_id);

  return touched != NULL && touched->referrers != NULL
         && g_hash_table_contains (touched->referrers, user);
}

/* ---- Writing ---- */

static const char *
request_of (HwRecord *record)
{
  const char *request = NULL;

  switch (hw_record_type (record))
    {
    case HW_TYPE_ID_EMBASSY_REQUEST:
      request = hw_record_id (record);
      break;
    case HW_TYPE_ID_EMBASSY_MESSAGE:
      request = hw_record_get_text (record, HW_FIELD_EMBASSY_MESSAGE_REQUEST);
      break;
    case HW_TYPE_ID_TRAVEL_DOCUMENT:
      request = hw_record_get_text (record, HW_FIELD_TRAVEL_DOCUMENT_REQUEST);
      break;
    case HW_TYPE_ID_ATTACHMENT:
      request = hw_record_get_text (record, HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST);
      break;
    default:
      break;
    }
  return request != NULL ? request : "";
}

/* The request a feed row hangs on now; NULL when there is no row. */
static gboolean
read_request (HwDb *db, const char *record, char **request, GError **error)
{
  HwStatement *statement = hw_db_prepare (db, "SELECT request_id FROM feed WHERE record = $1");
  g_autoptr (GError) local = NULL;

  *request = NULL;
  hw_statement_bind_text (statement, 1, record);
  if (hw_statement_step (statement, &local))
    *request = g_strdup (hw_statement_text (statement, 0));
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
write_row (HwStore *store, const char *record, const char *type, const char *field, const char *case_id,
           const char *request, const char *author, guint64 seq, gboolean deleted, GError **error)
{
  HwStatement *statement
    = hw_db_prepare (store->writer,
                     "INSERT INTO feed (record, type, field, case_id, request_id, author, seq, deleted)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
                     " ON CONFLICT (record) DO UPDATE SET request_id = excluded.request_id,"
                     " author = coalesce(feed.author, excluded.author), seq = excluded.seq, deleted = excluded.deleted");

  hw_statement_bind_text (statement, 1, record);
  hw_statement_bind_text (statement, 2, type);
  hw_statement_bind_text (statement, 3, field);
  hw_statement_bind_text (statement, 4, case_id);
  hw_statement_bind_text (statement, 5, request);
  hw_statement_bind_text (statement, 6, author);
  hw_statement_bind_integer (statement, 7, (gint64) seq);
  hw_statement_bind_integer (statement, 8, deleted);
  return hw_statement_run (statement, error);
}

/* A document or an attachment was taken from a request: its mission has to drop it. */
static gboolean
note_left (HwStore *store, HwRecord *record, const char *request, guint64 seq, GError **error)
{
  HwStatement *statement
    = hw_db_prepare (store->writer, "INSERT INTO feed_left (request_id, record, type, author, seq) VALUES ($1, $2, $3, $4, $5)"
                                    " ON CONFLICT (request_id, record) DO UPDATE SET seq = excluded.seq");

  hw_statement_bind_text (statement, 1, request);
  hw_statement_bind_text (statement, 2, hw_record_id (record));
  hw_statement_bind_text (statement, 3, hw_record_def (record)->name);
  hw_statement_bind_text (statement, 4, hw_record_created_by (record));
  hw_statement_bind_integer (statement, 5, (gint64) seq);
  touch_root (store, request, hw_record_type (record));
  return hw_statement_run (statement, error);
}

gboolean
hw_feed_note (HwStore *store, HwRecord *record, guint64 seq, GError **error)
{
  const HwTypeDef *def = hw_record_def (record);
  const char *case_id = def->root != HW_ROOT_NONE ? hw_record_case (record) : NULL;
  const char *request = request_of (record);
  g_autofree char *before = NULL;
  HwTouched *touched;

  if (def->id == HW_TYPE_ID_CASE)
    case_id = hw_record_id (record);
  if (def->root == HW_ROOT_REQUEST && !read_request (store->writer, hw_record_id (record), &before, error))
    return FALSE;
  if (before != NULL && before[0] != '\0' && !g_str_equal (before, request)
      && !note_left (store, record, before, seq, error))
    return FALSE;

  touched = touch_root (store, case_id != NULL ? case_id : hw_record_id (record), def->id);
  if (def->id == HW_TYPE_ID_REFERRAL)
    touch_referral (touched, record);
  if (request[0] != '\0')
    touch_root (store, request, def->id);
  return write_row (store, hw_record_id (record), def->name, NULL, case_id != NULL ? case_id : "", request,
                    hw_record_created_by (record), seq, hw_record_deleted (record), error);
}

gboolean
hw_feed_note_conflict (HwStore *store, const HwConflict *conflict, guint64 seq, GError **error)
{
  const char *case_id = conflict->case_id != NULL ? conflict->case_id : "";
  g_autofree char *request = NULL;

  if (!read_request (store->writer, conflict->record, &request, error))
    return FALSE;
  touch_root (store, case_id[0] != '\0' ? case_id : conflict->record, conflict->type);
  if (request != NULL && request[0] != '\0')
    touch_root (store, request, conflict->type);
  return write_row (store, conflict->id, hw_schema_type (conflict->type)->name,
                    conflict->field != HW_FIELD_NONE ? hw_schema_field (conflict->field)->name : "",
                    case_id, request != NULL ? request : "", conflict->by, seq, FALSE, error);
}

/* ---- Heads ---- */

static void
raise_head (HwServerPart *part, const char *user, guint64 seq)
{
  guint64 *head;

  g_mutex_lock (&part->heads_lock);
  head = g_hash_table_lookup (part->heads, user);
  if (head == NULL)
    {
      head = g_new0 (guint64, 1);
      g_hash_table_insert (part->heads, g_strdup (user), head);
    }
  *head = MAX (*head, seq);
  g_mutex_unlock (&part->heads_lock);
}

static gboolean
reads_any (HwRole role, guint relations, const HwTouched *touched)
{
  for (guint type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type++)
    if (touched->types[type] && hw_scope_readable (role, relations, (HwTypeId) type))
      return TRUE;
  return FALSE;
}

static const HwAccount *
account_of (HwStore *store, const char *user)
{
  for (guint i = 0; i < store->server->accounts->len; i++)
    {
      const HwAccount *account = g_ptr_array_index (store->server->accounts, i);

      if (g_str_equal (account->id, user))
        return account;
    }
  return NULL;
}

/* A directory record: everybody who may read its type; a mission only its own. */
static void
settle_directory (HwStore *store, const char *record, const HwTouched *touched)
{
  for (guint i = 0; i < store->server->accounts->len; i++)
    {
      const HwAccount *account = g_ptr_array_index (store->server->accounts, i);
      gboolean mission = account->role == HW_ROLE_EMBASSY_LIAISON;

      if (account->role == HW_N_ROLES || (mission && g_strcmp0 (account->mission, record) != 0))
        continue;
      if (reads_any (account->role, mission ? HW_RELATION_MISSION : HW_RELATION_ANY, touched))
        hw_feed_touch_user (store, account->id);
    }
}

static void
settle_root (HwStore *store, const char *root, const HwTouched *touched)
{
  HwStatement *statement
    = hw_db_prepare (store->writer, "SELECT user, relations FROM visible WHERE root = $1 AND gone_seq = 0");

  if (touched->types[HW_TYPE_ID_ORGANISATION] || touched->types[HW_TYPE_ID_COUNTRY_RULE]
      || touched->types[HW_TYPE_ID_OFFICE])
    settle_directory (store, root, touched);
  hw_statement_bind_text (statement, 1, root);
  while (hw_statement_step (statement, NULL))
    {
      const HwAccount *account = account_of (store, hw_statement_text (statement, 0));
      guint relations = (guint) hw_statement_integer (statement, 1) | HW_RELATION_AUTHOR;

      if (account != NULL && account->role != HW_N_ROLES && reads_any (account->role, relations, touched))
        hw_feed_touch_user (store, account->id);
    }
  hw_statement_reset (statement);
}

void
hw_feed_settle_touched (HwStore *store)
{
  HwServerPart *part = store->server;
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, part->touched_roots);
  while (g_hash_table_iter_next (&iter, &key, &value))
    settle_root (store, key, value);
  g_hash_table_iter_init (&iter, part->touched_users);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    raise_head (part, key, store->seq);
  hw_feed_forget_touched (store);
}

void
hw_feed_forget_touched (HwStore *store)
{
  g_hash_table_remove_all (store->server->touched_roots);
  g_hash_table_remove_all (store->server->touched_users);
}

static const char mission_head[]
  = "SELECT max(coalesce((SELECT since_seq FROM account WHERE id = $1), 0),"
    " coalesce((SELECT max(max(since_seq, gone_seq)) FROM visible WHERE user = $1), 0),"
    " coalesce((SELECT max(f.seq) FROM visible v JOIN feed f ON f.request_id = v.root AND f.request_id <> ''"
    "   WHERE v.user = $1 AND v.gone_seq = 0), 0),"
    " coalesce((SELECT max(l.seq) FROM visible v JOIN feed_left l ON l.request_id = v.root"
    "   WHERE v.user = $1 AND v.gone_seq = 0), 0),"
    " coalesce((SELECT seq FROM feed WHERE record = $2), 0))";

/* A mission's head may not move because of other work, not even by a restart. */
static guint64
read_mission_head (HwStore *store, const HwActor *actor)
{
  HwDb *db = hw_store_begin_read (store, NULL);
  guint64 head = 0;
  HwStatement *statement;

  if (db == NULL)
    return store->server->opened;
  statement = hw_db_prepare (db, mission_head);
  hw_statement_bind_text (statement, 1, actor->user);
  hw_statement_bind_text (statement, 2, actor->mission);
  if (hw_statement_step (statement, NULL))
    head = (guint64) hw_statement_integer (statement, 0);
  hw_statement_reset (statement);
  hw_store_end_read (store, db);
  return head;
}

void
hw_feed_raise_all (HwStore *store)
{
  HwServerPart *part = store->server;

  part->opened = store->seq;
  for (guint i = 0; i < part->accounts->len; i++)
    {
      const HwAccount *account = g_ptr_array_index (part->accounts, i);
      HwActor actor = { .user = account->id, .mission = account->mission };
      gboolean mission = account->role == HW_ROLE_EMBASSY_LIAISON;

      raise_head (part, account->id, mission ? read_mission_head (store, &actor) : store->seq);
    }
}

guint64
hw_store_head_for (HwStore *store, const HwActor *actor)
{
  HwServerPart *part = store->server;
  guint64 *known, head = 0;

  g_return_val_if_fail (part != NULL, 0);

  g_mutex_lock (&part->heads_lock);
  known = g_hash_table_lookup (part->heads, actor->user);
  if (known != NULL)
    head = *known;
  g_mutex_unlock (&part->heads_lock);
  if (known != NULL)
    return head;

  head = actor->role == HW_ROLE_EMBASSY_LIAISON ? read_mission_head (store, actor) : part->opened;
  raise_head (part, actor->user, head);
  g_mutex_lock (&part->heads_lock);
  head = *(guint64 *) g_hash_table_lookup (part->heads, actor->user);
  g_mutex_unlock (&part->heads_lock);
  return head;
}
