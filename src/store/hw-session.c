/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sessions. A token is 32 random bytes, told once and kept only as its BLAKE2b hash, so a copy of the
 * database opens nothing. A session ends after 30 days, after 12 hours without use, or the moment it is
 * revoked: the memory that answers each request is emptied under the same lock, and asks the database again
 * each second, in which homeward-admin may have revoked it. What is over stays known by its hash for a while: a laptop
 * that was lost must still be told so.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-server-private.h"

#include <sodium.h>
#include <string.h>

#define TOKEN_BYTES 32
#define HASH_BYTES 32
#define HASH_HEX (HASH_BYTES * 2 + 1)
#define ABSOLUTE_US (G_GINT64_CONSTANT (30) * 24 * G_TIME_SPAN_HOUR)
#define IDLE_US (G_GINT64_CONSTANT (12) * G_TIME_SPAN_HOUR)
/* How much of the idle time may pass before the use is written down: a crash loses at most this. */
#define WRITE_EVERY_US (10 * G_TIME_SPAN_MINUTE)
#define TOKEN_TEXT_MAX 64
#define READ_EVERY_US G_TIME_SPAN_SECOND
#define REMEMBER_US (G_GINT64_CONSTANT (400) * 24 * G_TIME_SPAN_HOUR)

struct _HwCachedSession
{
  HwSession *session; /* (owned) */
  gint64     written; /* last use that is on disk */
  gint64     read;    /* when it was last seen in the database, monotonic */
};

typedef struct
{
  const HwAccount *account;
  const char *hash, *device_id, *device_name;
  gint64 now;
} CreateWork;

static void
session_free (HwSession *session)
{
  hw_actor_free (session->actor);
  g_free (session);
}

void
hw_session_unref (HwSession *session)
{
  if (session != NULL && g_atomic_ref_count_dec (&session->refs))
    session_free (session);
}

void
hw_cached_session_free (HwCachedSession *cached)
{
  hw_session_unref (cached->session);
  g_free (cached);
}

static HwSession *
session_new (HwActor *actor, gint64 expires, gint64 idle_until)
{
  HwSession *session = g_new0 (HwSession, 1);

  g_atomic_ref_count_init (&session->refs);
  session->actor = actor;
  session->expires_us = expires;
  session->idle_until_us = idle_until;
  return session;
}

static void
hash_token (const char *token, char hex[HASH_HEX])
{
  guint8 hash[HASH_BYTES];

  crypto_generichash (hash, sizeof hash, (const guint8 *) token, strlen (token), NULL, 0);
  sodium_bin2hex (hex, HASH_HEX, hash, sizeof hash);
}

char *
hw_session_hash (const char *token)
{
  char *hex = g_malloc (HASH_HEX);

  hash_token (token, hex);
  return hex;
}

const HwSession *
hw_cached_session_get (const HwCachedSession *cached)
{
  return cached->session;
}

static gboolean
create_work (HwStore *store, gpointer data, GError **error)
{
  CreateWork *work = data;
  HwStatement *statement = hw_db_prepare (store->writer, "DELETE FROM session WHERE created <= $1");

  hw_statement_bind_integer (statement, 1, work->now - REMEMBER_US);
  if (!hw_statement_run (statement, error))
    return FALSE;
  statement = hw_db_prepare (store->writer,
                             "INSERT INTO session (hash, user, device, device_name, created, expires, last_used)"
                             " VALUES ($1, $2, $3, $4, $5, $6, $5)");
  hw_statement_bind_text (statement, 1, work->hash);
  hw_statement_bind_text (statement, 2, work->account->id);
  hw_statement_bind_text (statement, 3, work->device_id);
  hw_statement_bind_text (statement, 4, work->device_name);
  hw_statement_bind_integer (statement, 5, work->now);
  hw_statement_bind_integer (statement, 6, work->now + ABSOLUTE_US);
  return hw_statement_run (statement, error);
}

char *
hw_store_create_session (HwStore *store, const HwAccount *account, const char *device_id, const char *device_name,
                         gint64 *expires_us, GError **error)
{
  guint8 bytes[TOKEN_BYTES];
  char token[TOKEN_TEXT_MAX], hash[HASH_HEX];
  CreateWork work = { account, hash, device_id, device_name, hw_clock_now (store->clock) };

  g_return_val_if_fail (account != NULL && !account->disabled, NULL);

  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2base64 (token, sizeof token, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  sodium_memzero (bytes, sizeof bytes);
  hash_token (token, hash);
  if (!hw_server_transaction (store, create_work, &work, error))
    return NULL;
  if (expires_us != NULL)
    *expires_us = work.now + ABSOLUTE_US;
  return g_strdup (token);
}

static HwActor *
actor_from_row (HwStatement *statement)
{
  HwRole role = hw_role_by_nick (hw_statement_text (statement, 2));

  if (role == HW_N_ROLES)
    return NULL;
  return hw_actor_new (hw_statement_text (statement, 0), hw_statement_text (statement, 1), role,
                       hw_statement_text (statement, 3), hw_statement_text (statement, 4),
                       hw_statement_text (statement, 5));
}

static HwCachedSession *
read_session (HwStore *store, const char *hash)
{
  g_autoptr (GError) error = NULL;
  HwDb *db = hw_store_begin_read (store, &error);
  HwCachedSession *cached = NULL;
  HwStatement *statement;

  if (db == NULL)
    {
      g_warning ("a session could not be looked up: %s", error->message);
      return NULL;
    }
  statement = hw_db_prepare (db, "SELECT a.id, a.name, a.role, a.office, a.mission, s.device, s.expires, s.last_used"
                                 " FROM session s JOIN account a ON a.id = s.user"
                                 " WHERE s.hash = $1 AND a.disabled = 0");
  hw_statement_bind_text (statement, 1, hash);
  if (hw_statement_step (statement, &error))
    {
      HwActor *actor = actor_from_row (statement);

      if (actor != NULL)
        {
          cached = g_new0 (HwCachedSession, 1);
          cached->written = hw_statement_integer (statement, 7);
          cached->read = g_get_monotonic_time ();
          cached->session = session_new (actor, hw_statement_integer (statement, 6), cached->written + IDLE_US);
        }
    }
  hw_statement_reset (statement);
  hw_store_end_read (store, db);
  if (error != NULL)
    g_warning ("a session could not be looked up: %s", error->message);
  return cached;
}

static void
write_use (HwStore *store, const char *hash, gint64 now)
{
  HwDb *db = hw_store_lock_writer (store);
  HwStatement *statement = hw_db_prepare (db, "UPDATE session SET last_used = $2 WHERE hash = $1");
  g_autoptr (GError) error = NULL;

  hw_statement_bind_text (statement, 1, hash);
  hw_statement_bind_integer (statement, 2, now);
  if (!hw_statement_run (statement, &error))
    g_warning ("the use of a session was not written down: %s", error->message);
  hw_store_unlock_writer (store);
}

/* Under sessions_lock. Takes the session's use into account; NULL when its time is over. */
static HwSession *
use_cached (HwStore *store, const char *hash, HwCachedSession *cached, gint64 now, gboolean *write)
{
  HwSession *session = cached->session;

  *write = FALSE;
  if (now >= session->expires_us || now >= session->idle_until_us)
    {
      g_hash_table_remove (store->server->sessions, hash);
      return NULL;
    }
  session->idle_until_us = now + IDLE_US;
  if (now - cached->written >= WRITE_EVERY_US)
    {
      cached->written = now;
      *write = TRUE;
    }
  g_atomic_ref_count_inc (&session->refs);
  return session;
}

/* Under sessions_lock: from memory, where it was seen in the database a second ago or less. (transfer none) (nullable) */
static HwCachedSession *
known_session (HwStore *store, const char *hash)
{
  GHashTable *sessions = store->server->sessions;
  HwCachedSession *cached = g_hash_table_lookup (sessions, hash);
  HwCachedSession *read;

  if (cached != NULL && g_get_monotonic_time () - cached->read < READ_EVERY_US)
    return cached;
  /* Read while the lock is held: a session that is being revoked cannot slip back in. */
  read = read_session (store, hash);
  if (read == NULL)
    g_hash_table_remove (sessions, hash);
  else if (cached == NULL)
    g_hash_table_insert (sessions, g_strdup (hash), read);
  else
    {
      cached->read = read->read;
      hw_cached_session_free (read);
      return cached;
    }
  return read;
}

HwSession *
hw_store_lookup_session (HwStore *store, const char *token)
{
  HwServerPart *part = store->server;
  gint64 now = hw_clock_now (store->clock);
  HwCachedSession *cached;
  HwSession *session = NULL;
  gboolean write = FALSE;
  char hash[HASH_HEX];

  g_return_val_if_fail (part != NULL, NULL);

  if (token == NULL || strlen (token) >= TOKEN_TEXT_MAX)
    return NULL;
  hash_token (token, hash);
  g_mutex_lock (&part->sessions_lock);
  cached = known_session (store, hash);
  if (cached != NULL)
    session = use_cached (store, hash, cached, now, &write);
  g_mutex_unlock (&part->sessions_lock);
  if (write)
    write_use (store, hash, now);
  return session;
}

static gboolean
end_work (HwStore *store, gpointer data, GError **error)
{
  const char *const *by = data; /* column, value */
  g_autofree char *sql = g_strdup_printf ("DELETE FROM session WHERE %s = $1", by[0]);
  HwStatement *statement = hw_db_prepare (store->writer, sql);

  hw_statement_bind_text (statement, 1, by[1]);
  return hw_statement_run (statement, error);
}

gboolean
hw_store_end_session (HwStore *store, const char *token, GError **error)
{
  char hash[HASH_HEX];
  const char *by[2] = { "hash", hash };

  g_return_val_if_fail (token != NULL, FALSE);

  hash_token (token, hash);
  if (!hw_server_transaction (store, end_work, by, error))
    return FALSE;
  g_mutex_lock (&store->server->sessions_lock);
  g_hash_table_remove (store->server->sessions, hash);
  g_mutex_unlock (&store->server->sessions_lock);
  return TRUE;
}

static gboolean
is_of_user (gpointer hash, gpointer value, gpointer user)
{
  HwCachedSession *cached = value;

  return g_str_equal (cached->session->actor->user, user);
}

gboolean
hw_store_end_sessions_of (HwStore *store, const char *user, GError **error)
{
  const char *by[2] = { "user", user };

  if (!hw_server_transaction (store, end_work, by, error))
    return FALSE;
  g_mutex_lock (&store->server->sessions_lock);
  g_hash_table_foreach_remove (store->server->sessions, is_of_user, (gpointer) user);
  g_mutex_unlock (&store->server->sessions_lock);
  return TRUE;
}
