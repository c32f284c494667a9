/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The account at this laptop. Signing in and unlocking end in the same place: a vault and its store open, an engine
 * running. Locking closes them and overwrites the keys; what was typed is in the store already, and what was not sent
 * stays queued.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/hw-desktop.h"

#include <glib/gi18n.h>

#include "store/hw-kept.h"

/* A wrong password is answered after this long, doubled each time up to the limit. */
#define WRONG_PASSWORD_DELAY_MS 250
#define WRONG_PASSWORD_DELAY_MAX_MS 4000
#define FALLBACK_ZONE "Africa/Bujumbura"

struct _HwDesktop
{
  GObject parent;

  HwProfile    *profile; /* (owned) */
  HwClock      *clock;   /* (owned) */
  HwVault      *vault;   /* (owned) (nullable) open as long as the store is */
  HwStore      *store;   /* (owned) (nullable) */
  HwSyncEngine *engine;  /* (owned) (nullable) */
  char         *zone;    /* (owned) (nullable) the office's, looked up once per unlock */
  guint         wrong_passwords;
};

G_DEFINE_FINAL_TYPE (HwDesktop, hw_desktop, G_TYPE_OBJECT)

enum
{
  SIGNAL_UNLOCKED,
  SIGNAL_LOCKED,
  SIGNAL_SAID,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* What a sign-in or an unlock carries from step to step. */
typedef struct
{
  char     *server;   /* (owned) (nullable) unlock */
  char     *username; /* (owned) (nullable) */
  char     *password; /* (owned) */
  HwSignIn *sign_in;  /* (owned) (nullable) */
  HwActor  *actor;    /* (owned) (nullable) unlock: whose the vault is */
  HwVault  *vault;    /* (owned) (nullable) once it is open */
} OpenData;

static void
open_data_free (OpenData *data)
{
  g_free (data->server);
  g_free (data->username);
  hw_vault_forget_text (data->password);
  g_clear_pointer (&data->sign_in, hw_sign_in_free);
  g_clear_pointer (&data->actor, hw_actor_free);
  g_clear_object (&data->vault);
  g_free (data);
}

static void
hw_desktop_dispose (GObject *object)
{
  HwDesktop *self = HW_DESKTOP (object);

  if (self->store != NULL)
    hw_desktop_lock (self);
  g_clear_object (&self->profile);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (hw_desktop_parent_class)->dispose (object);
}

static void
hw_desktop_class_init (HwDesktopClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hw_desktop_dispose;

  signals[SIGNAL_UNLOCKED]
      = g_signal_new ("unlocked", HW_TYPE_DESKTOP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LOCKED]
      = g_signal_new ("locked", HW_TYPE_DESKTOP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SAID] = g_signal_new ("said", HW_TYPE_DESKTOP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hw_desktop_init (HwDesktop *self)
{
}

HwDesktop *
hw_desktop_new (HwProfile *profile, HwClock *clock)
{
  HwDesktop *self = g_object_new (HW_TYPE_DESKTOP, NULL);

  self->profile = g_object_ref (profile);
  self->clock = g_object_ref (clock);
  return self;
}

HwProfile *
hw_desktop_profile (HwDesktop *self)
{
  return self->profile;
}

HwClock *
hw_desktop_clock (HwDesktop *self)
{
  return self->clock;
}

gboolean
hw_desktop_is_unlocked (HwDesktop *self)
{
  return self->store != NULL;
}

HwStore *
hw_desktop_store (HwDesktop *self)
{
  return self->store;
}

HwVault *
hw_desktop_vault (HwDesktop *self)
{
  return self->vault;
}

HwSyncEngine *
hw_desktop_engine (HwDesktop *self)
{
  return self->engine;
}

const HwActor *
hw_desktop_actor (HwDesktop *self)
{
  return hw_profile_actor (self->profile);
}

gboolean
hw_desktop_may_take_calls (HwDesktop *self)
{
  /* Whoever opens a case is at once its owner, or, at the helpline, the one who took the call. */
  return hw_access_may_create (hw_desktop_actor (self)->role, HW_RELATION_OWNER | HW_RELATION_INTAKE, HW_TYPE_ID_CASE);
}

/* ---- Opening ---- */

static const HwActor *
actor_of (const OpenData *data)
{
  return data->sign_in != NULL ? data->sign_in->actor : data->actor;
}

/* The server took the password, the vault does not: it was changed at the server meanwhile. */
static void
explain_other_passphrase (GError **error)
{
  if (!g_error_matches (*error, HW_VAULT_ERROR, HW_VAULT_ERROR_PASSPHRASE))
    return;
  g_clear_error (error);
  g_set_error_literal (error, HW_VAULT_ERROR, HW_VAULT_ERROR_PASSPHRASE,
                       _ ("The server knows this password, but what this laptop keeps of the account was locked with an "
                          "earlier one. Nothing was changed. Start Homeward again and unlock it with the earlier password."));
}

static gboolean
open_vault (HwDesktop *self, OpenData *data, GError **error)
{
  if (data->sign_in == NULL)
    data->vault = hw_profile_open_vault (self->profile, data->password, &data->actor, error);
  else
    {
      data->vault = hw_profile_make_vault (self->profile, data->server, data->sign_in->actor, data->password, error);
      if (data->vault == NULL && error != NULL)
        explain_other_passphrase (error);
    }
  return data->vault != NULL;
}

/* Its person is named before anything is read or written: the tables are made for this person, and a mission's file must
 * not even hold the names of the others. */
static void
open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  HwDesktop *self = source;
  OpenData *data = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HwStore) store = NULL;
  g_autofree char *database = NULL;

  if (open_vault (self, data, &error))
    {
      database = hw_profile_database (data->vault);
      store = hw_store_open_in_vault (data->vault, database, self->clock, &error);
    }
  if (store != NULL)
    {
      hw_store_set_actor (store, actor_of (data));
      if (!hw_store_prove_newest (store, &error) || !hw_store_sweep_contents (store, &error))
        g_clear_object (&store);
    }
  if (store == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&store), g_object_unref);
}

/* The store is open: remember whose it is, start to sync. */
static gboolean
begin_session (HwDesktop *self, HwStore *store, OpenData *data, GError **error)
{
  g_autoptr (HwTransport) transport = NULL;
  g_autofree char *token = NULL;

  if (data->sign_in == NULL)
    hw_profile_set_actor (self->profile, data->actor);
  else if (!hw_profile_remember (self->profile, data->server, data->username, data->sign_in->actor, error))
    return FALSE;
  transport = hw_soup_transport_new (hw_profile_server (self->profile), error);
  if (transport == NULL)
    return FALSE;
  hw_store_set_actor (store, hw_desktop_actor (self));
  if (data->sign_in != NULL && !hw_store_set_setting (store, "session.token", data->sign_in->token, error))
    return FALSE;

  self->vault = g_steal_pointer (&data->vault);
  self->store = g_object_ref (store);
  token = hw_store_get_setting (self->store, "session.token");
  self->engine = hw_sync_engine_new (self->store, transport, self->clock);
  hw_sync_engine_set_token (self->engine, token);
  hw_sync_engine_set_credentials (self->engine, hw_profile_username (self->profile), data->password);
  self->wrong_passwords = 0;
  g_signal_emit (self, signals[SIGNAL_UNLOCKED], 0);
  hw_sync_engine_start (self->engine);
  return TRUE;
}

static gboolean
answer_wrong_password_cb (gpointer user_data)
{
  GTask *task = user_data;

  g_task_return_new_error (task, HW_SYNC_ERROR, HW_SYNC_ERROR_CREDENTIALS,
                           _ ("That is not the password of this account. Nothing was changed; try again."));
  return G_SOURCE_REMOVE;
}

static void
answer_wrong_password (HwDesktop *self, GTask *task)
{
  guint delay_ms = MIN (WRONG_PASSWORD_DELAY_MS << MIN (self->wrong_passwords, 8), WRONG_PASSWORD_DELAY_MAX_MS);

  self->wrong_passwords++;
  g_timeout_add_full (G_PRIORITY_DEFAULT, delay_ms, answer_wrong_password_cb, g_object_ref (task), g_object_unref);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HwDesktop *self = HW_DESKTOP (source);
  OpenData *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (HwStore) store = g_task_propagate_pointer (G_TASK (result), &error);

  if (store != NULL && begin_session (self, store, data, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (store != NULL)
    hw_store_close (store);
  if (data->vault != NULL)
    hw_vault_lock (data->vault);
  if (data->sign_in == NULL && g_error_matches (error, HW_VAULT_ERROR, HW_VAULT_ERROR_PASSPHRASE))
    answer_wrong_password (self, task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
open_account (HwDesktop *self, GTask *task)
{
  g_autoptr (GTask) opening = g_task_new (self, g_task_get_cancellable (task), opened_cb, g_object_ref (task));

  g_task_set_task_data (opening, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (opening, open_thread);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HwDesktop *self = g_task_get_source_object (task);
  OpenData *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  data->sign_in = hw_sign_in_finish (result, &error);
  if (data->sign_in == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    open_account (self, task);
}

void
hw_desktop_sign_in_async (HwDesktop          *self,
                          const char         *server,
                          const char         *username,
                          const char         *password,
                          const char         *code,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  OpenData *data = g_new0 (OpenData, 1);

  data->server = g_strdup (server);
  data->username = g_strdup (username);
  data->password = g_strdup (password);
  g_task_set_task_data (task, data, (GDestroyNotify) open_data_free);
  hw_sign_in_async (server, username, password, code, hw_profile_device_id (self->profile), g_get_host_name (),
                    cancellable, signed_in_cb, task);
}

gboolean
hw_desktop_sign_in_finish (HwDesktop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
hw_desktop_unlock_async (HwDesktop          *self,
                         const char         *password,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  OpenData *data = g_new0 (OpenData, 1);

  data->password = g_strdup (password);
  g_task_set_task_data (task, data, (GDestroyNotify) open_data_free);
  open_account (self, task);
}

gboolean
hw_desktop_unlock_finish (HwDesktop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
hw_desktop_lock (HwDesktop *self)
{
  g_autoptr (HwStore) store = g_steal_pointer (&self->store);
  g_autoptr (HwVault) vault = g_steal_pointer (&self->vault);
  g_autoptr (HwSyncEngine) engine = g_steal_pointer (&self->engine);

  if (store == NULL)
    return;
  g_clear_pointer (&self->zone, g_free);
  hw_sync_engine_stop (engine);
  g_signal_emit (self, signals[SIGNAL_LOCKED], 0);
  hw_store_close (store);
  hw_vault_lock (vault);
}

gboolean
hw_desktop_wipe (HwDesktop *self, GError **error)
{
  g_autofree char *directory = self->vault != NULL ? g_strdup (hw_vault_directory (self->vault)) : NULL;

  g_return_val_if_fail (directory != NULL, FALSE);

  hw_desktop_lock (self);
  return hw_vault_wipe (directory, error) && hw_profile_forget (self->profile, error);
}

/* ---- Writing ---- */

static void
stamp_operation (HwDesktop *self, HwOperation *operation)
{
  operation->at = hw_instant_format (hw_clock_now (self->clock));
}

/* A mission has no case to name: what it writes names its request, and the server knows where that belongs. */
static const char *
named_case (HwDesktop *self, const char *case_id)
{
  return hw_desktop_actor (self)->role == HW_ROLE_EMBASSY_LIAISON ? NULL : case_id;
}

HwOperation *
hw_desktop_new_create (HwDesktop *self, HwTypeId type, const char *case_id)
{
  gint64 now_us = hw_clock_now (self->clock);
  g_autofree char *id = hw_uuid_v7 (now_us);
  gboolean random = (hw_schema_type (type)->flags & HW_TYPE_RANDOM_IDS) != 0;
  g_autofree char *record = random ? hw_uuid_v4 () : hw_uuid_v7 (now_us);
  HwOperation *operation;

  if (type == HW_TYPE_ID_CASE)
    case_id = record;
  operation = hw_operation_new (id, HW_ACTION_CREATE, type, record, named_case (self, case_id));
  stamp_operation (self, operation);
  return operation;
}

HwOperation *
hw_desktop_new_update (HwDesktop *self, HwRecord *record)
{
  g_autofree char *id = hw_uuid_v7 (hw_clock_now (self->clock));
  HwOperation *operation = hw_operation_new (id, HW_ACTION_UPDATE, hw_record_type (record), hw_record_id (record),
                                             named_case (self, hw_record_case (record)));

  stamp_operation (self, operation);
  return operation;
}

HwOperation *
hw_desktop_new_resolve (HwDesktop *self, HwTypeId type, const char *conflict, const char *case_id)
{
  g_autofree char *id = hw_uuid_v7 (hw_clock_now (self->clock));
  HwOperation *operation = hw_operation_new (id, HW_ACTION_RESOLVE, type, conflict, named_case (self, case_id));

  stamp_operation (self, operation);
  return operation;
}

HwVerdict *
hw_desktop_first_refusal (GPtrArray *results)
{
  for (guint i = 0; results != NULL && i < results->len; i++)
    {
      HwResult *result = g_ptr_array_index (results, i);

      if (result->status == HW_RESULT_REFUSED)
        return result->verdict;
    }
  return NULL;
}

static HwVerdict *
first_provisional (GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      HwResult *result = g_ptr_array_index (results, i);

      if (result->verdict != NULL && hw_verdict_outcome (result->verdict) == HW_OUTCOME_PROVISIONAL)
        return result->verdict;
    }
  return NULL;
}

static void
tell_outcome (HwDesktop *self, GPtrArray *results)
{
  HwVerdict *refusal = hw_desktop_first_refusal (results);

  if (refusal != NULL)
    hw_desktop_say (self, hw_verdict_message (refusal));
  else if (first_provisional (results) != NULL)
    hw_desktop_say (self, _ ("Waiting for the office: do not buy, do not send yet"));
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  HwDesktop *self = g_task_get_source_object (task);
  gboolean quiet = GPOINTER_TO_INT (g_task_get_task_data (task));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = hw_store_commit_finish (HW_STORE (source), result, &error);

  if (results == NULL)
    {
      hw_desktop_say (self, error->message);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (!quiet)
    tell_outcome (self, results);
  g_task_return_pointer (task, g_steal_pointer (&results), (GDestroyNotify) g_ptr_array_unref);
}

void
hw_desktop_commit_async (HwDesktop          *self,
                         GPtrArray          *operations,
                         gboolean            quiet,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (HwChangeSet) set = NULL;
  g_autofree char *group = NULL;

  g_task_set_task_data (task, GINT_TO_POINTER (quiet), NULL);
  if (self->store == NULL)
    {
      g_task_return_new_error (task, HW_STORE_ERROR, HW_STORE_ERROR_OPEN,
                               _ ("Homeward is locked: this change was not saved."));
      g_object_unref (task);
      return;
    }
  if (operations->len > 1)
    group = hw_uuid_v7 (hw_clock_now (self->clock));
  set = hw_change_set_new (HW_ORIGIN_LOCAL, hw_desktop_actor (self));
  for (guint i = 0; i < operations->len; i++)
    {
      HwOperation *operation = g_ptr_array_index (operations, i);

      if (group != NULL && operation->group == NULL)
        operation->group = g_strdup (group);
      hw_change_set_add (set, hw_operation_ref (operation));
    }
  hw_store_commit_async (self->store, set, NULL, committed_cb, task);
}

GPtrArray *
hw_desktop_commit_finish (HwDesktop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
hw_desktop_set_field (HwDesktop *self, HwRecord *record, HwFieldId field, HwValue *value)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_operation_unref);
  HwOperation *operation = hw_desktop_new_update (self, record);

  hw_operation_set (operation, field, value, hw_record_field_rev (record, field));
  g_ptr_array_add (operations, operation);
  hw_desktop_commit_async (self, operations, FALSE, NULL, NULL);
}

void
hw_desktop_say (HwDesktop *self, const char *text)
{
  if (text != NULL && *text != '\0')
    g_signal_emit (self, signals[SIGNAL_SAID], 0, text);
}

/* ---- Words ---- */

const char *
hw_desktop_user_name (HwDesktop *self, const char *user_id)
{
  const HwActor *actor = hw_desktop_actor (self);
  const char *name;

  if (user_id == NULL)
    return "";
  if (actor != NULL && g_str_equal (user_id, actor->user))
    return _ ("you");
  name = self->engine != NULL ? hw_sync_engine_user_name (self->engine, user_id) : user_id;
  /* The engine answers the id where it knows no name: an id tells a person nothing. */
  return g_strcmp0 (name, user_id) != 0 ? name : _ ("a colleague");
}

char *
hw_desktop_record_name (HwDesktop *self, const char *record_id)
{
  g_autoptr (HwCaseFile) directory = NULL;
  HwRecord *record;

  if (self->store == NULL || record_id == NULL)
    return NULL;
  directory = hw_store_directory (self->store);
  record = directory != NULL ? hw_case_file_lookup (directory, record_id) : NULL;
  if (record == NULL)
    return NULL;
  return g_strdup (hw_record_get_text (record, hw_record_def (record)->title_field));
}

const char *
hw_desktop_office_zone (HwDesktop *self)
{
  const HwActor *actor = hw_desktop_actor (self);

  if (self->zone == NULL && self->store != NULL && actor != NULL && actor->office != NULL)
    {
      g_autoptr (HwCaseFile) directory = hw_store_directory (self->store);
      HwRecord *office = directory != NULL ? hw_case_file_lookup (directory, actor->office) : NULL;

      if (office != NULL)
        self->zone = g_strdup (hw_record_get_text (office, HW_FIELD_OFFICE_ZONE));
    }
  return self->zone != NULL ? self->zone : FALLBACK_ZONE;
}

char *
hw_desktop_today (HwDesktop *self)
{
  return hw_date_of_instant (hw_clock_now (self->clock), hw_desktop_office_zone (self));
}
