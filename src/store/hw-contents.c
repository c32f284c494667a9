/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was attached, on the server: in the database, so that a backup holds it and any of the server's processes can
 * give it. It arrives in parts, each durable before it is acknowledged. A content belongs to one attachment by the
 * checksum its record names: nobody finds it, or learns that it is there, by the checksum alone.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-server-private.h"

#define COLUMNS "id, attachment, sha256, media_type, size, received, complete"
#define BEGUN_DAYS 7
#define DELETED_DAYS 30

void
hw_upload_free (HwUpload *upload)
{
  if (upload == NULL)
    return;
  g_free (upload->id);
  g_free (upload->attachment);
  g_free (upload->sha256);
  g_free (upload->media_type);
  g_free (upload);
}

/* The statement's first row, if it has one; ends it. */
static HwUpload *
read_upload (HwStatement *statement, GError **error)
{
  HwUpload *upload = NULL;

  if (hw_statement_step (statement, error))
    {
      upload = g_new0 (HwUpload, 1);
      upload->id = g_strdup (hw_statement_text (statement, 0));
      upload->attachment = g_strdup (hw_statement_text (statement, 1));
      upload->sha256 = g_strdup (hw_statement_text (statement, 2));
      upload->media_type = g_strdup (hw_statement_text (statement, 3));
      upload->size = (guint64)hw_statement_integer (statement, 4);
      upload->received = (guint64)hw_statement_integer (statement, 5);
      upload->complete = hw_statement_integer (statement, 6) != 0;
    }
  hw_statement_reset (statement);
  return upload;
}

static const char *
text_of (HwRecord *attachment, HwFieldId field)
{
  const char *text = hw_record_get_text (attachment, field);

  return text != NULL ? text : "";
}

static HwUpload *
find_complete (HwDb *db, HwRecord *attachment, GError **error)
{
  HwStatement *statement = hw_db_prepare (
    db, "SELECT " COLUMNS " FROM upload WHERE attachment = $1 AND sha256 = $2 AND complete = 1");

  hw_statement_bind_text (statement, 1, hw_record_id (attachment));
  hw_statement_bind_text (statement, 2, text_of (attachment, HW_FIELD_ATTACHMENT_SHA256));
  return read_upload (statement, error);
}

static HwUpload *
find_begun (HwDb *db, const char *user, HwRecord *attachment, GError **error)
{
  HwStatement *statement = hw_db_prepare (
    db,
    "SELECT " COLUMNS " FROM upload WHERE attachment = $1 AND sha256 = $2 AND user = $3 AND size = $4"
    " AND complete = 0");

  hw_statement_bind_text (statement, 1, hw_record_id (attachment));
  hw_statement_bind_text (statement, 2, text_of (attachment, HW_FIELD_ATTACHMENT_SHA256));
  hw_statement_bind_text (statement, 3, user);
  hw_statement_bind_integer (
    statement, 4, hw_value_integer (hw_record_get (attachment, HW_FIELD_ATTACHMENT_SIZE)));
  return read_upload (statement, error);
}

/* ---- Beginning ---- */

typedef struct
{
  const HwActor *actor;
  HwRecord *attachment;
  HwUpload *upload; /* (owned) (nullable) the outcome */
} Beginning;

static gboolean
has_room (HwDb *db, const char *user)
{
  HwStatement *statement
    = hw_db_prepare (db, "SELECT count(*) FROM upload WHERE user = $1 AND complete = 0");
  gboolean room;

  hw_statement_bind_text (statement, 1, user);
  room = hw_statement_step (statement, NULL) && hw_statement_integer (statement, 0) < HW_UPLOADS_AT_ONCE;
  hw_statement_reset (statement);
  return room;
}

static gboolean
insert_upload (HwStore *store, Beginning *beginning, GError **error)
{
  HwRecord *attachment = beginning->attachment;
  g_autofree char *id = hw_uuid_v4 ();
  g_autofree char *now = hw_store_now_text (store);
  HwStatement *statement = hw_db_prepare (
    store->writer,
    "INSERT INTO upload (" COLUMNS ", user, at) VALUES ($1, $2, $3, $4, $5, 0, 0, $6, $7)");

  hw_statement_bind_text (statement, 1, id);
  hw_statement_bind_text (statement, 2, hw_record_id (attachment));
  hw_statement_bind_text (statement, 3, text_of (attachment, HW_FIELD_ATTACHMENT_SHA256));
  hw_statement_bind_text (statement, 4, text_of (attachment, HW_FIELD_ATTACHMENT_MEDIA_TYPE));
  hw_statement_bind_integer (
    statement, 5, hw_value_integer (hw_record_get (attachment, HW_FIELD_ATTACHMENT_SIZE)));
  hw_statement_bind_text (statement, 6, beginning->actor->user);
  hw_statement_bind_text (statement, 7, now);
  if (!hw_statement_run (statement, error))
    return FALSE;
  statement = hw_db_prepare (store->writer, "SELECT " COLUMNS " FROM upload WHERE id = $1");
  hw_statement_bind_text (statement, 1, id);
  beginning->upload = read_upload (statement, error);
  return beginning->upload != NULL;
}

static gboolean
begin_upload (HwStore *store, gpointer data, GError **error)
{
  Beginning *beginning = data;
  g_autoptr (GError) local = NULL;

  beginning->upload = find_complete (store->writer, beginning->attachment, &local);
  if (beginning->upload == NULL && local == NULL)
    beginning->upload
      = find_begun (store->writer, beginning->actor->user, beginning->attachment, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (beginning->upload != NULL || !has_room (store->writer, beginning->actor->user))
    return TRUE;
  return insert_upload (store, beginning, error);
}

HwUpload *
hw_store_begin_upload (HwStore *store, const HwActor *actor, HwRecord *attachment, GError **error)
{
  Beginning beginning = { .actor = actor, .attachment = attachment };

  if (hw_server_transaction (store, begin_upload, &beginning, error))
    return beginning.upload;
  g_clear_pointer (&beginning.upload, hw_upload_free);
  return NULL;
}

HwUpload *
hw_store_upload (HwStore *store, const HwActor *actor, const char *id, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  HwStatement *statement;
  HwUpload *upload;

  if (db == NULL)
    return NULL;
  statement = hw_db_prepare (db, "SELECT " COLUMNS " FROM upload WHERE id = $1 AND user = $2");
  hw_statement_bind_text (statement, 1, id);
  hw_statement_bind_text (statement, 2, actor->user);
  upload = read_upload (statement, error);
  hw_store_end_read (store, db);
  return upload;
}

/* ---- Going on ---- */

typedef struct
{
  HwUpload *upload;
  guint64 offset;
  GBytes *bytes;
  gboolean taken;
} Part;

/* Asked again under the lock: the same part may have been sent twice at once. */
static gboolean
move_on (HwStore *store, Part *part, GError **error)
{
  HwStatement *statement = hw_db_prepare (
    store->writer,
    "UPDATE upload SET received = received + $3, at = $4 WHERE id = $1 AND received = $2"
    " AND received + $3 <= size AND complete = 0");
  g_autofree char *now = hw_store_now_text (store);

  hw_statement_bind_text (statement, 1, part->upload->id);
  hw_statement_bind_integer (statement, 2, (gint64)part->offset);
  hw_statement_bind_integer (statement, 3, (gint64)g_bytes_get_size (part->bytes));
  hw_statement_bind_text (statement, 4, now);
  if (!hw_statement_run (statement, error))
    return FALSE;
  part->taken = hw_db_changes (store->writer) == 1;
  return TRUE;
}

static gboolean
keep_part (HwStore *store, gpointer data, GError **error)
{
  Part *part = data;
  HwStatement *statement;
  gconstpointer bytes;
  gsize size;

  if (!move_on (store, part, error))
    return FALSE;
  if (!part->taken)
    return TRUE;
  bytes = g_bytes_get_data (part->bytes, &size);
  statement = hw_db_prepare (
    store->writer, "INSERT INTO upload_part (upload, position, bytes) VALUES ($1, $2, $3)");
  hw_statement_bind_text (statement, 1, part->upload->id);
  hw_statement_bind_integer (statement, 2, (gint64)part->offset);
  hw_statement_bind_blob (statement, 3, bytes, size);
  return hw_statement_run (statement, error);
}

gboolean
hw_store_continue_upload (
  HwStore *store, HwUpload *upload, guint64 offset, GBytes *bytes, gboolean *taken, GError **error)
{
  Part part = { .upload = upload, .offset = offset, .bytes = bytes };

  *taken = FALSE;
  if (g_bytes_get_size (bytes) == 0)
    {
      *taken = offset == upload->received;
      return TRUE;
    }
  if (!hw_server_transaction (store, keep_part, &part, error))
    return FALSE;
  *taken = part.taken;
  if (part.taken)
    upload->received = offset + g_bytes_get_size (bytes);
  return TRUE;
}

GBytes *
hw_store_upload_bytes (HwStore *store, const HwUpload *upload, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  HwDb *db = hw_store_begin_read (store, error);
  g_autoptr (GError) local = NULL;
  HwStatement *statement;

  if (db == NULL)
    return NULL;
  statement
    = hw_db_prepare (db, "SELECT bytes FROM upload_part WHERE upload = $1 ORDER BY position");
  hw_statement_bind_text (statement, 1, upload->id);
  while (hw_statement_step (statement, &local))
    {
      gsize size;
      const guint8 *bytes = hw_statement_blob (statement, 0, &size);

      g_byte_array_append (all, bytes, (guint)size);
    }
  hw_statement_reset (statement);
  hw_store_end_read (store, db);
  if (local == NULL)
    return g_byte_array_free_to_bytes (g_steal_pointer (&all));
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* ---- Ending ---- */

typedef struct
{
  const HwActor *actor;
  const HwUpload *upload;
  HwRecord *attachment;
} Ending;

static gboolean
run_with_id (HwDb *db, const char *sql, const char *id, GError **error)
{
  HwStatement *statement = hw_db_prepare (db, sql);

  hw_statement_bind_text (statement, 1, id);
  return hw_statement_run (statement, error);
}

static gboolean
complete_upload (HwStore *store, gpointer data, GError **error)
{
  Ending *ending = data;

  return run_with_id (
           store->writer, "UPDATE upload SET complete = 1 WHERE id = $1", ending->upload->id, error)
         && hw_audit_link (store,
                           ending->actor,
                           "upload",
                           hw_record_case (ending->attachment),
                           hw_record_id (ending->attachment),
                           ending->upload->id,
                           error);
}

gboolean
hw_store_complete_upload (HwStore *store,
                          const HwActor *actor,
                          const HwUpload *upload,
                          HwRecord *attachment,
                          GError **error)
{
  Ending ending = { .actor = actor, .upload = upload, .attachment = attachment };

  return hw_server_transaction (store, complete_upload, &ending, error);
}

static gboolean
drop_upload (HwStore *store, gpointer data, GError **error)
{
  const HwUpload *upload = data;

  return run_with_id (
           store->writer, "DELETE FROM upload_part WHERE upload = $1", upload->id, error)
         && run_with_id (store->writer, "DELETE FROM upload WHERE id = $1", upload->id, error);
}

gboolean
hw_store_drop_upload (HwStore *store, const HwUpload *upload, GError **error)
{
  return hw_server_transaction (store, drop_upload, (gpointer)upload, error);
}

HwUpload *
hw_store_content (HwStore *store, HwRecord *attachment, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  HwUpload *upload;

  if (db == NULL)
    return NULL;
  upload = find_complete (db, attachment, error);
  hw_store_end_read (store, db);
  return upload;
}

/* ---- In time ---- */

static const char outdated[]
  = "(SELECT u.id FROM upload u LEFT JOIN r_attachment a ON a.id = u.attachment"
    " WHERE (u.complete = 0 AND u.at < $1) OR (a.deleted = 1 AND a.updated_at < $2)"
    " OR (a.id IS NULL AND u.at < $2 AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.record = u.attachment"
    " AND q.state = 'waiting')))";

static gboolean
drop_where (HwStore *store, const char *what, gint64 now_us, GError **error)
{
  g_autofree char *sql = g_strconcat (what, " IN ", outdated, NULL);
  g_autofree char *begun = hw_instant_format (now_us - BEGUN_DAYS * G_TIME_SPAN_DAY);
  g_autofree char *deleted = hw_instant_format (now_us - DELETED_DAYS * G_TIME_SPAN_DAY);
  HwStatement *statement = hw_db_prepare (store->writer, sql);

  hw_statement_bind_text (statement, 1, begun);
  hw_statement_bind_text (statement, 2, deleted);
  return hw_statement_run (statement, error);
}

static gboolean
drop_old (HwStore *store, gpointer data, GError **error)
{
  const gint64 *now_us = data;

  return drop_where (store, "DELETE FROM upload_part WHERE upload", *now_us, error)
         && drop_where (store, "DELETE FROM upload WHERE id", *now_us, error);
}

gboolean
hw_store_drop_old_contents (HwStore *store, GError **error)
{
  gint64 now_us = hw_clock_now (store->clock);

  return hw_server_transaction (store, drop_old, &now_us, error);
}
