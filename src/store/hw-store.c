/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwStore: opening, closing, connections and signals. A desktop's file belongs to one Homeward at a
 * time: a lock beside it is held as long as the store is open, and goes with the process whatever
 * ends it.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/file.h>
#include <unistd.h>

#define SETTING_COUNTER "vault.counter"

G_DEFINE_FINAL_TYPE (HwStore, hw_store, G_TYPE_OBJECT)

enum
{
  CHANGED,
  OUTBOX_CHANGED,
  DAMAGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
drop_emission (HwStore *self)
{
  GSource *source = NULL;

  g_mutex_lock (&self->state_lock);
  if (self->emit_source != 0)
    source = g_main_context_find_source_by_id (self->context, self->emit_source);
  if (source != NULL)
    g_source_ref (source);
  self->emit_source = 0;
  g_mutex_unlock (&self->state_lock);
  if (source == NULL)
    return;
  /* May drop the last reference but the caller's. */
  g_source_destroy (source);
  g_source_unref (source);
}

static void
hw_store_dispose (GObject *object)
{
  hw_store_close (HW_STORE (object));
  G_OBJECT_CLASS (hw_store_parent_class)->dispose (object);
}

static void
hw_store_finalize (GObject *object)
{
  HwStore *self = HW_STORE (object);

  for (guint i = 0; i < HW_N_TYPE_IDS; i++)
    g_clear_pointer (&self->rows[i], hw_row_maker_free);
  g_ptr_array_unref (self->readers);
  g_ptr_array_unref (self->unsent);
  g_ptr_array_unref (self->held);
  g_hash_table_unref (self->case_cache);
  g_queue_clear_full (&self->case_order, g_free);
  g_clear_pointer (&self->actor, hw_actor_free);
  g_clear_object (&self->directory);
  g_clear_object (&self->own_directory);
  g_clear_object (&self->clock);
  g_clear_object (&self->vault);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_free (self->location);
  g_rec_mutex_clear (&self->writer_lock);
  g_mutex_clear (&self->readers_lock);
  g_mutex_clear (&self->state_lock);
  G_OBJECT_CLASS (hw_store_parent_class)->finalize (object);
}

static void
hw_store_class_init (HwStoreClass *class)
{
  G_OBJECT_CLASS (class)->dispose = hw_store_dispose;
  G_OBJECT_CLASS (class)->finalize = hw_store_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   HW_TYPE_STORE,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_PTR_ARRAY);
  signals[OUTBOX_CHANGED] = g_signal_new (
    "outbox-changed", HW_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DAMAGED]
    = g_signal_new ("damaged", HW_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hw_store_init (HwStore *self)
{
  self->lock_fd = -1;
  g_rec_mutex_init (&self->writer_lock);
  g_mutex_init (&self->readers_lock);
  g_mutex_init (&self->state_lock);
  g_queue_init (&self->case_order);
  self->readers = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_db_close);
  self->unsent = hw_store_changes_new ();
  self->held = hw_store_changes_new ();
  self->case_cache = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->context = g_main_context_ref_thread_default ();
}

/* ---- Opening ---- */

static gboolean
take_lock (HwStore *self, const char *location, GError **error)
{
  const char *file
    = g_str_has_prefix (location, "sqlite:") ? location + strlen ("sqlite:") : location;
  g_autofree char *path = g_strconcat (file, ".lock", NULL);

  self->lock_fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock_fd < 0)
    {
      g_set_error (error,
                   HW_STORE_ERROR,
                   errno == EROFS || errno == EACCES ? HW_STORE_ERROR_READ_ONLY
                                                     : HW_STORE_ERROR_OPEN,
                   _ ("The folder of the data cannot be written to: %s. Nothing was changed."),
                   g_strerror (errno));
      return FALSE;
    }
  if (flock (self->lock_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  close (self->lock_fd);
  self->lock_fd = -1;
  g_set_error_literal (error,
                       HW_STORE_ERROR,
                       HW_STORE_ERROR_LOCKED,
                       _ ("Another Homeward holds this data. Close it, then try again."));
  return FALSE;
}

/* An unknown desktop waits for its actor: a mission's gets fewer tables. */
static gboolean
open_tables (HwStore *self, GError **error)
{
  gint64 made = 0;

  if (self->mode == HW_STORE_SERVER)
    return hw_store_ready (self, error);
  if (!hw_db_integer (
        self->writer, "SELECT count(*) FROM sqlite_schema WHERE name = 'meta'", &made, error))
    return FALSE;
  return made == 0 || hw_ddl_check_version (self, error);
}

static HwDb *
open_connection (HwStore *self, HwDbFlags flags, GError **error)
{
  if (self->vault != NULL)
    return hw_db_open_in_vault (self->vault, self->location, flags, error);
  return hw_db_open (self->location, flags, error);
}

static HwStore *
open_store (
  HwVault *vault, const char *location, HwStoreMode mode, HwClock *clock, GError **error)
{
  g_autoptr (HwStore) self = g_object_new (HW_TYPE_STORE, NULL);

  self->vault = vault != NULL ? g_object_ref (vault) : NULL;
  self->mode = mode;
  self->location = g_strdup (location);
  self->in_memory = g_str_equal (location, ":memory:");
  self->clock = g_object_ref (clock);
  if (mode == HW_STORE_DESKTOP && !self->in_memory && !take_lock (self, location, error))
    return NULL;
  self->writer = open_connection (self, HW_DB_CREATE, error);
  if (self->writer == NULL || !open_tables (self, error))
    return NULL;
  self->worker = hw_worker_new ("store");
  return g_steal_pointer (&self);
}

HwStore *
hw_store_open (const char *location, HwStoreMode mode, HwClock *clock, GError **error)
{
  g_return_val_if_fail (location != NULL, NULL);
  g_return_val_if_fail (HW_IS_CLOCK (clock), NULL);

  return open_store (NULL, location, mode, clock, error);
}

HwStore *
hw_store_open_in_vault (HwVault *vault, const char *location, HwClock *clock, GError **error)
{
  g_return_val_if_fail (HW_IS_VAULT (vault) && location != NULL, NULL);
  g_return_val_if_fail (HW_IS_CLOCK (clock), NULL);

  return open_store (vault, location, HW_STORE_DESKTOP, clock, error);
}

/* The database counts first, so that after a crash between the two it is ahead by one, never behind. */
gboolean
hw_store_prove_newest (HwStore *store, GError **error)
{
  g_autofree char *text = hw_store_get_setting (store, SETTING_COUNTER);
  g_autofree char *next = NULL;
  guint64 held = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;
  guint64 expected = hw_vault_counter (store->vault);

  if (held != expected && held != expected + 1)
    {
      g_set_error_literal (
        error,
        HW_STORE_ERROR,
        HW_STORE_ERROR_DAMAGED,
        _ ("A part of this laptop’s data is older than the rest: a file was put back or lost. "
           "Nothing was opened and nothing changed. Put all files of one day back, or remove them "
           "and sign in anew to fetch the data again."));
      return FALSE;
    }
  next = g_strdup_printf ("%" G_GUINT64_FORMAT, expected + 1);
  return hw_store_set_setting (store, SETTING_COUNTER, next, error)
         && hw_vault_set_counter (store->vault, expected + 1, error);
}

static gboolean
take_actor_change (HwStore *self)
{
  gboolean changed;

  g_mutex_lock (&self->state_lock);
  changed = self->actor_changed && g_atomic_pointer_get (&self->committing) == NULL;
  if (changed)
    self->actor_changed = FALSE;
  g_mutex_unlock (&self->state_lock);
  return changed;
}

gboolean
hw_store_ready (HwStore *store, GError **error)
{
  gboolean ready;

  g_rec_mutex_lock (&store->writer_lock);
  ready = store->tables_ready && !take_actor_change (store);
  if (!ready && !store->closed && store->writer != NULL)
    {
      ready = hw_ddl_ensure (store, error);
      store->tables_ready = ready;
      if (ready && store->mode == HW_STORE_DESKTOP)
        hw_outbox_recount (store);
    }
  else if (!ready)
    g_set_error_literal (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED, _ ("The data is closed."));
  g_rec_mutex_unlock (&store->writer_lock);
  return ready;
}

void
hw_store_close (HwStore *store)
{
  if (store->worker != NULL)
    hw_worker_stop (store->worker);
  drop_emission (store);
  g_rec_mutex_lock (&store->writer_lock);
  if (!store->closed && store->server != NULL)
    hw_server_finish (store);
  store->closed = TRUE;
  store->tables_ready = FALSE;
  g_mutex_lock (&store->readers_lock);
  g_ptr_array_set_size (store->readers, 0);
  g_mutex_unlock (&store->readers_lock);
  g_clear_pointer (&store->writer, hw_db_close);
  g_rec_mutex_unlock (&store->writer_lock);
  if (store->lock_fd >= 0)
    close (store->lock_fd);
  store->lock_fd = -1;
}

HwClock *
hw_store_clock (HwStore *store)
{
  return store->clock;
}

HwWorker *
hw_store_worker (HwStore *store)
{
  return store->worker;
}

HwStoreMode
hw_store_mode (HwStore *store)
{
  return store->mode;
}

char *
hw_store_now_text (HwStore *store)
{
  return hw_instant_format (hw_clock_now (store->clock));
}

/* Another role may see other types: their tables are made before the next commit. */
void
hw_store_set_actor (HwStore *store, const HwActor *actor)
{
  HwActor *copy = actor != NULL ? hw_actor_copy (actor) : NULL;

  g_mutex_lock (&store->state_lock);
  store->actor_changed = TRUE;
  g_clear_pointer (&store->actor, hw_actor_free);
  store->actor = copy;
  g_mutex_unlock (&store->state_lock);
}

const HwActor *
hw_store_actor (HwStore *store)
{
  return store->actor;
}

/* ---- Connections ---- */

static void schedule_emission (HwStore *store);

HwDb *
hw_store_lock_writer (HwStore *store)
{
  g_rec_mutex_lock (&store->writer_lock);
  return store->writer;
}

/* Whoever read it may have taken no notice, and shows less than there is. */
static void
tell_damage (HwStore *store)
{
  if (store->writer == NULL || !hw_db_is_damaged (store->writer)
      || !g_atomic_int_compare_and_exchange (&store->damaged, FALSE, TRUE))
    return;
  g_mutex_lock (&store->state_lock);
  store->damage_found = TRUE;
  schedule_emission (store);
  g_mutex_unlock (&store->state_lock);
}

gboolean
hw_store_is_damaged (HwStore *store)
{
  return g_atomic_int_get (&store->damaged);
}

void
hw_store_unlock_writer (HwStore *store)
{
  tell_damage (store);
  g_rec_mutex_unlock (&store->writer_lock);
}

static gboolean
reads_through_writer (HwStore *store)
{
  return store->mode == HW_STORE_DESKTOP || store->in_memory
         || g_atomic_pointer_get (&store->committing) == g_thread_self ();
}

HwDb *
hw_store_acquire_reader (HwStore *store)
{
  HwDb *db = NULL;
  g_autoptr (GError) error = NULL;

  if (reads_through_writer (store))
    return hw_store_lock_writer (store);
  g_mutex_lock (&store->readers_lock);
  if (store->readers->len > 0)
    db = g_ptr_array_steal_index (store->readers, store->readers->len - 1);
  g_mutex_unlock (&store->readers_lock);
  if (db == NULL && !store->closed)
    db = open_connection (store, HW_DB_READ_ONLY, &error);
  if (error != NULL)
    g_warning ("No reading connection: %s", error->message);
  return db;
}

void
hw_store_release_reader (HwStore *store, HwDb *db)
{
  if (db == NULL)
    return;
  if (db == store->writer)
    {
      hw_store_unlock_writer (store);
      return;
    }
  g_mutex_lock (&store->readers_lock);
  if (store->closed)
    hw_db_close (db);
  else
    g_ptr_array_add (store->readers, db);
  g_mutex_unlock (&store->readers_lock);
}

HwDb *
hw_store_begin_read (HwStore *store, GError **error)
{
  HwDb *db;

  if (!hw_store_ready (store, error))
    return NULL;
  db = hw_store_acquire_reader (store);
  if (db == NULL)
    {
      g_set_error_literal (error,
                           HW_STORE_ERROR,
                           HW_STORE_ERROR_OPEN,
                           _ ("The data file cannot be opened for reading."));
      return NULL;
    }
  if (db != store->writer && !hw_db_begin (db, error))
    {
      hw_store_release_reader (store, db);
      return NULL;
    }
  return db;
}

void
hw_store_end_read (HwStore *store, HwDb *db)
{
  if (db != store->writer)
    hw_db_rollback (db);
  hw_store_release_reader (store, db);
}

/* ---- Signals ---- */

void
hw_store_change_free (HwStoreChange *change)
{
  g_free (change->id);
  g_free (change->case_id);
  g_free (change);
}

GPtrArray *
hw_store_changes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)hw_store_change_free);
}

/* One entry per record, whatever happened to it within the commit. */
void
hw_store_changes_note (GPtrArray *changes,
                       HwTypeId type,
                       const char *id,
                       const char *case_id,
                       gboolean created,
                       gboolean deleted)
{
  HwStoreChange *change;
  guint from = changes->len > 8 ? changes->len - 8 : 0;

  for (guint i = changes->len; i > from; i--)
    {
      change = g_ptr_array_index (changes, i - 1);
      if (g_str_equal (change->id, id))
        {
          change->deleted = deleted;
          return;
        }
    }
  change = g_new0 (HwStoreChange, 1);
  change->type = type;
  change->id = g_strdup (id);
  change->case_id = g_strdup (case_id);
  change->created = created;
  change->deleted = deleted;
  g_ptr_array_add (changes, change);
}

static gboolean
emit_cb (gpointer data)
{
  HwStore *self = data;
  g_autoptr (GPtrArray) changes = NULL;
  gboolean outbox, damage;

  g_mutex_lock (&self->state_lock);
  changes = g_steal_pointer (&self->unsent);
  self->unsent = hw_store_changes_new ();
  outbox = self->outbox_moved;
  self->outbox_moved = FALSE;
  damage = self->damage_found;
  self->damage_found = FALSE;
  self->emit_source = 0;
  g_mutex_unlock (&self->state_lock);

  if (changes->len > 0)
    g_signal_emit (self, signals[CHANGED], 0, changes);
  if (outbox)
    g_signal_emit (self, signals[OUTBOX_CHANGED], 0);
  if (damage)
    g_signal_emit (self, signals[DAMAGED], 0);
  return G_SOURCE_REMOVE;
}

/* The source holds a reference, so that a store dropped meanwhile is dropped after it. */
static void
schedule_emission (HwStore *store)
{
  g_autoptr (GSource) source = NULL;

  if (store->emit_source != 0)
    return;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, emit_cb, g_object_ref (store), g_object_unref);
  store->emit_source = g_source_attach (source, store->context);
}

void
hw_store_emit_changes (HwStore *store, GPtrArray *changes)
{
  g_autoptr (GPtrArray) owned = changes;

  if (owned->len == 0 || store->mode == HW_STORE_SERVER)
    return;
  g_mutex_lock (&store->state_lock);
  g_ptr_array_extend_and_steal (store->unsent, g_steal_pointer (&owned));
  schedule_emission (store);
  g_mutex_unlock (&store->state_lock);
}

void
hw_store_emit_outbox (HwStore *store)
{
  g_mutex_lock (&store->state_lock);
  store->outbox_moved = TRUE;
  schedule_emission (store);
  g_mutex_unlock (&store->state_lock);
}
