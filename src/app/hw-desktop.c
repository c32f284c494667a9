/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The account at this laptop: what everything on screen reads and writes through. How it is opened and closed is
 * hw-desktop-open.c.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/hw-desktop-private.h"

#include <glib/gi18n.h>

#define FALLBACK_ZONE "Africa/Bujumbura"
#define FALLBACK_LOCK_MINUTES 10
/* "shown" where she chose that; otherwise names are masked. */
#define SETTING_NAMES "veil.names"

G_DEFINE_FINAL_TYPE (HwDesktop, hw_desktop, G_TYPE_OBJECT)

enum
{
  SIGNAL_UNLOCKED,
  SIGNAL_LOCKING,
  SIGNAL_LOCKED,
  SIGNAL_SAID,
  SIGNAL_WIPED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
hw_desktop_dispose (GObject *object)
{
  HwDesktop *self = HW_DESKTOP (object);

  if (self->store != NULL)
    hw_desktop_lock (self);
  hw_desktop_forget_sign_in (self);
  g_clear_object (&self->veil);
  g_clear_object (&self->profile);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (hw_desktop_parent_class)->dispose (object);
}

static void
hw_desktop_finalize (GObject *object)
{
  g_mutex_clear (&HW_DESKTOP (object)->opening);

  G_OBJECT_CLASS (hw_desktop_parent_class)->finalize (object);
}

static void
hw_desktop_class_init (HwDesktopClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hw_desktop_dispose;
  object_class->finalize = hw_desktop_finalize;

  signals[SIGNAL_UNLOCKED]
      = g_signal_new ("unlocked", HW_TYPE_DESKTOP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LOCKING]
      = g_signal_new ("locking", HW_TYPE_DESKTOP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_LOCKED]
      = g_signal_new ("locked", HW_TYPE_DESKTOP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SAID] = g_signal_new ("said", HW_TYPE_DESKTOP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_WIPED] = g_signal_new ("wiped", HW_TYPE_DESKTOP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                        G_TYPE_STRING);
}

static void
noted_cb (HwDesktop *self)
{
  if (self->engine != NULL)
    hw_sync_engine_tell_readings (self->engine);
}

void
hw_desktop_emit_unlocked (HwDesktop *self)
{
  g_autofree char *names = hw_store_get_setting (self->store, SETTING_NAMES);

  hw_veil_open (self->veil, self->store);
  hw_veil_set_masks_names (self->veil, g_strcmp0 (names, "shown") != 0);
  g_signal_emit (self, signals[SIGNAL_UNLOCKED], 0);
}

void
hw_desktop_emit_locking (HwDesktop *self)
{
  g_signal_emit (self, signals[SIGNAL_LOCKING], 0);
}

void
hw_desktop_emit_locked (HwDesktop *self)
{
  g_signal_emit (self, signals[SIGNAL_LOCKED], 0);
}

void
hw_desktop_emit_wiped (HwDesktop *self, const char *text)
{
  g_signal_emit (self, signals[SIGNAL_WIPED], 0, text);
}

static void
hw_desktop_init (HwDesktop *self)
{
  self->veil = hw_veil_new ();
  hw_veil_close (self->veil);
  g_signal_connect_object (self->veil, "noted", G_CALLBACK (noted_cb), self, G_CONNECT_SWAPPED);
  g_mutex_init (&self->opening);
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

HwVeil *
hw_desktop_veil (HwDesktop *self)
{
  return self->veil;
}

void
hw_desktop_set_masks_names (HwDesktop *self, gboolean masks)
{
  g_autoptr (GError) error = NULL;

  if (self->store == NULL)
    return;
  if (hw_store_set_setting (self->store, SETTING_NAMES, masks ? NULL : "shown", &error))
    hw_veil_set_masks_names (self->veil, masks);
  else
    hw_desktop_say (self, error->message);
}

gboolean
hw_desktop_may_take_calls (HwDesktop *self)
{
  /* Whoever opens a case is at once its owner, or, at the helpline, the one who took the call. */
  return hw_access_may_create (hw_desktop_actor (self)->role, HW_RELATION_OWNER | HW_RELATION_INTAKE, HW_TYPE_ID_CASE);
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
hw_desktop_new_delete (HwDesktop *self, HwRecord *record)
{
  HwOperation *operation = hw_desktop_new_update (self, record);
  guint64 rev = hw_record_rev (record);

  operation->action = HW_ACTION_DELETE;
  if (rev == 0)
    return operation;
  operation->seen = g_array_new (FALSE, FALSE, sizeof rev);
  g_array_append_val (operation->seen, rev);
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
  /* What would be said of a case must not stand on the door. */
  if (self->store != NULL && text != NULL && *text != '\0')
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

/* The account's office in the directory. (transfer full) (nullable) */
static HwRecord *
own_office (HwDesktop *self)
{
  const HwActor *actor = hw_desktop_actor (self);
  g_autoptr (HwCaseFile) directory = NULL;
  HwRecord *office;

  if (self->store == NULL || actor == NULL || actor->office == NULL)
    return NULL;
  directory = hw_store_directory (self->store);
  office = directory != NULL ? hw_case_file_lookup (directory, actor->office) : NULL;
  return office != NULL ? g_object_ref (office) : NULL;
}

const char *
hw_desktop_office_zone (HwDesktop *self)
{
  if (self->zone == NULL)
    {
      g_autoptr (HwRecord) office = own_office (self);

      if (office != NULL)
        self->zone = g_strdup (hw_record_get_text (office, HW_FIELD_OFFICE_ZONE));
    }
  return self->zone != NULL ? self->zone : FALLBACK_ZONE;
}

guint
hw_desktop_lock_minutes (HwDesktop *self)
{
  g_autoptr (HwRecord) office = own_office (self);
  HwValue *minutes = office != NULL ? hw_record_get (office, HW_FIELD_OFFICE_LOCK_MINUTES) : NULL;

  return minutes != NULL ? (guint) MAX (hw_value_integer (minutes), 1) : FALLBACK_LOCK_MINUTES;
}

char *
hw_desktop_today (HwDesktop *self)
{
  return hw_date_of_instant (hw_clock_now (self->clock), hw_desktop_office_zone (self));
}
