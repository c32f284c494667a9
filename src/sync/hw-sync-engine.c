/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The engine (hw-sync-engine.h): tells the state machine what happened, obeys it, and shows what it says.
 * Nothing is decided here.
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "sync/hw-sync-engine-private.h"
#include "vault/hw-locked-text.h"

#include <string.h>

/* Longer waits are made of several: the wall clock may move meanwhile. */
#define LONGEST_SLEEP_MS (10 * 60 * 1000)

G_DEFINE_FINAL_TYPE (HwSyncEngine, hw_sync_engine, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_WAITING,
  PROP_REFUSED,
  PROP_FILES,
  PROP_LAST_SYNCED,
  PROP_MESSAGE,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

void
hw_sync_free_secret (char *secret)
{
  for (volatile char *at = secret; at != NULL && *at != '\0'; at++)
    *at = '\0';
  g_free (secret);
}

static void
clear_secret (char **secret)
{
  hw_sync_free_secret (g_steal_pointer (secret));
}

/* ---- Showing ---- */

static void
set_uint (HwSyncEngine *self, guint *place, guint value, guint property)
{
  if (*place == value)
    return;
  *place = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_last_synced (HwSyncEngine *self, gint64 now)
{
  if (self->last_synced == now)
    return;
  self->last_synced = now;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_SYNCED]);
}

static void
show (HwSyncEngine *self, HwSyncState state, const char *message)
{
  gboolean state_changed = self->state != state;
  gboolean message_changed = g_strcmp0 (self->message, message) != 0;

  self->state = state;
  if (message_changed)
    {
      g_free (self->message);
      self->message = g_strdup (message);
    }
  if (state_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  if (message_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}

static void
count (HwSyncEngine *self)
{
  HwOutboxCounts counts = hw_outbox_counts (self->store);

  set_uint (self, &self->waiting, counts.waiting, PROP_WAITING);
  set_uint (self, &self->refused, counts.refused, PROP_REFUSED);
  set_uint (self, &self->files, counts.files, PROP_FILES);
}

/* ---- Obeying ---- */

static gboolean
wake_cb (gpointer data)
{
  HwSyncEngine *self = data;

  self->wake_source = 0;
  hw_sync_engine_tick (self);
  return G_SOURCE_REMOVE;
}

static void
set_timer (HwSyncEngine *self, gint64 wake_at, gint64 now)
{
  gint64 wait_ms;

  g_clear_handle_id (&self->wake_source, g_source_remove);
  if (wake_at == 0)
    return;
  wait_ms = CLAMP ((wake_at - now) / 1000 + 1, 1, LONGEST_SLEEP_MS);
  self->wake_source = g_timeout_add ((guint) wait_ms, wake_cb, self);
}

static void
set_listening (HwSyncEngine *self, gboolean listen)
{
  if (self->listening == listen)
    return;
  self->listening = listen;
  if (listen)
    hw_transport_listen (self->transport, self->token);
  else
    hw_transport_unlisten (self->transport);
}

void
hw_sync_engine_tell (HwSyncEngine *self, const HwSyncEvent *event)
{
  gint64 now = hw_clock_now (self->clock);
  HwSyncOrders orders = hw_sync_machine_step (self->machine, event, now);

  /* Whoever is told may let go of the engine. */
  g_object_ref (self);
  if (event->kind == HW_SYNC_EVENT_ANSWER)
    count (self);
  set_timer (self, orders.wake_at, now);
  if (orders.drop_ahead)
    hw_sync_step_drop_ahead (self);
  if (orders.ahead != NULL)
    hw_sync_step_fetch_ahead (self, &orders);
  if (orders.request != HW_SYNC_REQUEST_NONE)
    hw_sync_step_begin (self, &orders);
  if (orders.state == HW_SYNC_STATE_SIGN_IN)
    clear_secret (&self->token);
  set_listening (self, orders.listen);
  if (orders.synced)
    set_last_synced (self, now);
  show (self, orders.state, orders.message);
  hw_sync_sending_look (self);
  hw_sync_readings_look (self);
  g_object_unref (self);
}

static void
tell (HwSyncEngine *self, HwSyncEventKind kind)
{
  hw_sync_engine_tell (self, &(HwSyncEvent){ .kind = kind });
}

void
hw_sync_engine_set_seed (HwSyncEngine *self, guint64 seed)
{
  g_return_if_fail (self->run == NULL);

  hw_sync_machine_free (self->machine);
  self->machine = hw_sync_machine_new (seed);
}

void
hw_sync_engine_tick (HwSyncEngine *self)
{
  tell (self, HW_SYNC_EVENT_TICK);
}

/* ---- What happens around it ---- */

static void
hint_cb (HwTransport *transport, HwSyncEngine *self)
{
  if (self->listening)
    tell (self, HW_SYNC_EVENT_HINT);
}

static void
stream_closed_cb (HwTransport *transport, HwSyncEngine *self)
{
  if (!self->listening)
    return;
  self->listening = FALSE;
  tell (self, HW_SYNC_EVENT_STREAM_CLOSED);
}

static void
outbox_changed_cb (HwStore *store, HwSyncEngine *self)
{
  count (self);
  if (self->run != NULL && self->waiting > 0)
    tell (self, HW_SYNC_EVENT_LOCAL_CHANGE);
  else
    hw_sync_sending_look (self);
}

static void
network_changed_cb (GNetworkMonitor *monitor, gboolean available, HwSyncEngine *self)
{
  if (available)
    hw_sync_sending_hurry (self);
  if (self->run != NULL && available)
    tell (self, HW_SYNC_EVENT_NETWORK_UP);
}

/* ---- Starting ---- */

typedef struct
{
  char *cursor;
  char *token;
  char *names;
  char *last;
} Remembered;

static void
remembered_free (gpointer data)
{
  Remembered *remembered = data;

  g_free (remembered->cursor);
  hw_sync_free_secret (remembered->token);
  g_free (remembered->names);
  g_free (remembered->last);
  g_free (remembered);
}

static void
remember (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  HwStore *store = ((HwSyncEngine *) source)->store;
  Remembered *remembered = g_new0 (Remembered, 1);

  remembered->cursor = hw_store_cursor (store);
  remembered->token = hw_store_get_setting (store, HW_SYNC_SETTING_TOKEN);
  remembered->names = hw_store_get_setting (store, HW_SYNC_SETTING_NAMES);
  remembered->last = hw_store_get_setting (store, HW_STORE_SETTING_LAST_SYNCED);
  g_task_return_pointer (task, remembered, remembered_free);
}

static void
remembered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HwSyncEngine *self = HW_SYNC_ENGINE (source);
  GCancellable *run = g_task_get_task_data (G_TASK (result));
  Remembered *remembered = g_task_propagate_pointer (G_TASK (result), NULL);
  HwSyncEvent event = { .kind = HW_SYNC_EVENT_STARTED };

  if (remembered != NULL && self->run == run)
    {
      if (self->token == NULL)
        self->token = g_steal_pointer (&remembered->token);
      if (remembered->names != NULL && g_hash_table_size (self->names) == 0)
        {
          g_autoptr (GBytes) names
            = g_bytes_new_static (remembered->names, strlen (remembered->names));

          hw_sync_engine_take_names (self, names);
        }
      if (remembered->last != NULL && self->last_synced == 0)
        set_last_synced (self, g_ascii_strtoll (remembered->last, NULL, 10));
      event.has_token = self->token != NULL;
      event.has_credentials = self->password != NULL;
      event.cursor = remembered->cursor;
      hw_sync_engine_tell (self, &event);
    }
  g_clear_pointer (&remembered, remembered_free);
}

void
hw_sync_engine_start (HwSyncEngine *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (HW_IS_SYNC_ENGINE (self));
  if (self->run != NULL)
    return;
  self->run = g_cancellable_new ();
  count (self);
  task = g_task_new (self, NULL, remembered_cb, NULL);
  g_task_set_task_data (task, g_object_ref (self->run), g_object_unref);
  hw_worker_run (hw_store_worker (self->store), task, remember);
}

/* The password may be the passphrase of the vault as well. */
static void
drop_credentials (HwSyncEngine *self)
{
  clear_secret (&self->username);
  g_clear_pointer (&self->password, hw_locked_text_free);
}

void
hw_sync_engine_stop (HwSyncEngine *self)
{
  g_autoptr (GCancellable) run = NULL;

  g_return_if_fail (HW_IS_SYNC_ENGINE (self));
  drop_credentials (self);
  run = g_steal_pointer (&self->run);
  if (run == NULL)
    return;
  hw_sync_sending_stop (self);
  hw_sync_readings_stop (self);
  tell (self, HW_SYNC_EVENT_STOPPED);
  g_cancellable_cancel (run);
}

void
hw_sync_engine_sync_now (HwSyncEngine *self)
{
  g_return_if_fail (HW_IS_SYNC_ENGINE (self));

  hw_sync_sending_hurry (self);
  if (self->run != NULL)
    tell (self, HW_SYNC_EVENT_SYNC_NOW);
}

void
hw_sync_engine_set_token (HwSyncEngine *self, const char *token)
{
  g_return_if_fail (HW_IS_SYNC_ENGINE (self));

  if (token == self->token)
    return;
  clear_secret (&self->token);
  self->token = g_strdup (token);
  if (self->run != NULL && token != NULL)
    tell (self, HW_SYNC_EVENT_SIGNED_IN);
}

void
hw_sync_engine_set_credentials (HwSyncEngine *self, const char *username, const char *password)
{
  g_return_if_fail (HW_IS_SYNC_ENGINE (self));

  drop_credentials (self);
  self->username = g_strdup (username);
  self->password = hw_locked_text_new (password);
  if (self->run != NULL && self->password != NULL)
    tell (self, HW_SYNC_EVENT_CREDENTIALS);
}

/* ---- The object ---- */

static void
hw_sync_engine_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HwSyncEngine *self = HW_SYNC_ENGINE (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_WAITING:
      g_value_set_uint (value, self->waiting);
      break;
    case PROP_REFUSED:
      g_value_set_uint (value, self->refused);
      break;
    case PROP_FILES:
      g_value_set_uint (value, self->files);
      break;
    case PROP_LAST_SYNCED:
      g_value_set_int64 (value, self->last_synced);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hw_sync_engine_dispose (GObject *object)
{
  HwSyncEngine *self = HW_SYNC_ENGINE (object);

  g_clear_handle_id (&self->wake_source, g_source_remove);
  hw_sync_sending_stop (self);
  hw_sync_readings_stop (self);
  if (self->run != NULL)
    g_cancellable_cancel (self->run);
  g_clear_object (&self->run);
  if (self->listening)
    hw_transport_unlisten (self->transport);
  self->listening = FALSE;
  G_OBJECT_CLASS (hw_sync_engine_parent_class)->dispose (object);
}

static void
hw_sync_engine_finalize (GObject *object)
{
  HwSyncEngine *self = HW_SYNC_ENGINE (object);

  clear_secret (&self->token);
  drop_credentials (self);
  g_clear_pointer (&self->queue, hw_sync_queue_free);
  g_clear_pointer (&self->machine, hw_sync_machine_free);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_clear_pointer (&self->names_missed, g_hash_table_unref);
  g_clear_object (&self->transport);
  g_clear_object (&self->clock);
  g_clear_object (&self->store);
  g_free (self->message);
  G_OBJECT_CLASS (hw_sync_engine_parent_class)->finalize (object);
}

static guint revoked_signal, older_copy_signal;

static void
hw_sync_engine_class_init (HwSyncEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = hw_sync_engine_get_property;
  object_class->dispose = hw_sync_engine_dispose;
  object_class->finalize = hw_sync_engine_finalize;

  properties[PROP_STATE]
    = g_param_spec_uint ("state", NULL, NULL, 0, HW_SYNC_STATE_FAILED, 0, flags);
  properties[PROP_WAITING] = g_param_spec_uint ("waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_REFUSED] = g_param_spec_uint ("refused", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_FILES] = g_param_spec_uint ("files", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LAST_SYNCED]
    = g_param_spec_int64 ("last-synced", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  older_copy_signal
    = g_signal_new ("older-copy", HW_TYPE_SYNC_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  revoked_signal
    = g_signal_new ("revoked", HW_TYPE_SYNC_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void
hw_sync_engine_tell_older (HwSyncEngine *self)
{
  if (self->run != NULL)
    g_signal_emit (self, older_copy_signal, 0);
}

void
hw_sync_engine_tell_revoked (HwSyncEngine *self)
{
  if (self->run != NULL)
    g_signal_emit (self, revoked_signal, 0);
}

static void
hw_sync_engine_init (HwSyncEngine *self)
{
  self->machine = hw_sync_machine_new (((guint64) g_random_int () << 32) | g_random_int ());
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->names_missed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

HwSyncEngine *
hw_sync_engine_new (HwStore *store, HwTransport *transport, HwClock *clock)
{
  HwSyncEngine *self;

  g_return_val_if_fail (HW_IS_STORE (store), NULL);
  g_return_val_if_fail (HW_IS_TRANSPORT (transport), NULL);

  self = g_object_new (HW_TYPE_SYNC_ENGINE, NULL);
  self->store = g_object_ref (store);
  self->transport = g_object_ref (transport);
  self->clock = g_object_ref (clock);
  self->queue = hw_sync_queue_new (store);
  self->readings_wait = TRUE;
  self->network_monitor = g_network_monitor_get_default ();
  g_signal_connect_object (transport, "hint", G_CALLBACK (hint_cb), self, 0);
  g_signal_connect_object (transport, "stream-closed", G_CALLBACK (stream_closed_cb), self, 0);
  g_signal_connect_object (store, "outbox-changed", G_CALLBACK (outbox_changed_cb), self, 0);
  g_signal_connect_object (self->network_monitor, "network-changed",
                           G_CALLBACK (network_changed_cb), self, 0);
  count (self);
  return self;
}

HwSyncState
hw_sync_engine_state (HwSyncEngine *self)
{
  g_return_val_if_fail (HW_IS_SYNC_ENGINE (self), HW_SYNC_STATE_OFFLINE);

  return self->state;
}

guint
hw_sync_engine_waiting (HwSyncEngine *self)
{
  g_return_val_if_fail (HW_IS_SYNC_ENGINE (self), 0);

  return self->waiting;
}

guint
hw_sync_engine_refused (HwSyncEngine *self)
{
  g_return_val_if_fail (HW_IS_SYNC_ENGINE (self), 0);

  return self->refused;
}

guint
hw_sync_engine_files (HwSyncEngine *self)
{
  g_return_val_if_fail (HW_IS_SYNC_ENGINE (self), 0);

  return self->files;
}

gint64
hw_sync_engine_last_synced (HwSyncEngine *self)
{
  g_return_val_if_fail (HW_IS_SYNC_ENGINE (self), 0);

  return self->last_synced;
}

const char *
hw_sync_engine_message (HwSyncEngine *self)
{
  g_return_val_if_fail (HW_IS_SYNC_ENGINE (self), NULL);

  return self->message;
}
