/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A reading takes the movements' ids, then the case files a handful at a time, each handful a run
 * of its own on the worker. What changes meanwhile is read once more at the end.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/travel/hw-travel-list.h"

#define HANDFUL 8
#define SETTLE_MS 150

struct _HwTravelEntry
{
  GObject parent;

  HwTravelFacts *facts; /* (owned) */
};

G_DEFINE_FINAL_TYPE (HwTravelEntry, hw_travel_entry, G_TYPE_OBJECT)

static void
hw_travel_entry_finalize (GObject *object)
{
  hw_travel_facts_free (HW_TRAVEL_ENTRY (object)->facts);

  G_OBJECT_CLASS (hw_travel_entry_parent_class)->finalize (object);
}

static void
hw_travel_entry_class_init (HwTravelEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hw_travel_entry_finalize;
}

static void
hw_travel_entry_init (HwTravelEntry *self)
{
}

const HwTravelFacts *
hw_travel_entry_facts (HwTravelEntry *entry)
{
  return entry->facts;
}

struct _HwTravelList
{
  GObject parent;

  HwStore *store; /* (owned) */
  HwClock *clock; /* (owned) */
  HwActor *actor; /* (owned) */
  gboolean by_arrival;
  GPtrArray *entries; /* (owned) (element-type HwTravelEntry) */
  GHashTable *cases;  /* (owned) (nullable) until read: ids of the cases that have a journey */
  guint settling;
  gboolean reading;
  gboolean again;
  gboolean loaded;
  char *error; /* (owned) (nullable) */
};

/* One reading, handed from run to run. */
typedef struct
{
  GPtrArray *movements; /* (owned) (element-type HwRecord); NULL until the first run */
  guint next;
  GPtrArray *entries; /* (owned) */
} Reading;

static void hw_travel_list_model_init (GListModelInterface *iface);
static void run_handful (HwTravelList *self, Reading *reading);

G_DEFINE_FINAL_TYPE_WITH_CODE (HwTravelList,
                               hw_travel_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, hw_travel_list_model_init))

static guint loaded_signal;

enum
{
  PROP_ERROR = 1
};
static GParamSpec *error_property;

static GType
hw_travel_list_get_item_type (GListModel *model)
{
  return HW_TYPE_TRAVEL_ENTRY;
}

static guint
hw_travel_list_get_n_items (GListModel *model)
{
  return HW_TRAVEL_LIST (model)->entries->len;
}

static gpointer
hw_travel_list_get_item (GListModel *model, guint position)
{
  HwTravelList *self = HW_TRAVEL_LIST (model);

  return position < self->entries->len ? g_object_ref (self->entries->pdata[position]) : NULL;
}

static void
hw_travel_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = hw_travel_list_get_item_type;
  iface->get_n_items = hw_travel_list_get_n_items;
  iface->get_item = hw_travel_list_get_item;
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->movements, g_ptr_array_unref);
  g_ptr_array_unref (reading->entries);
  g_free (reading);
}

static gint64
moment_of (const HwTravelFacts *facts, gboolean by_arrival)
{
  gint64 us = by_arrival ? facts->arrives_us : facts->departs_us;

  return us != 0 ? us : G_MAXINT64;
}

static gint
compare_entries (gconstpointer a, gconstpointer b, gpointer data)
{
  const HwTravelFacts *one = (*(HwTravelEntry *const *)a)->facts;
  const HwTravelFacts *other = (*(HwTravelEntry *const *)b)->facts;
  gint64 first = moment_of (one, GPOINTER_TO_INT (data));
  gint64 second = moment_of (other, GPOINTER_TO_INT (data));

  if (first != second)
    return first < second ? -1 : 1;
  return g_strcmp0 (one->movement, other->movement);
}

static void
read_one (HwTravelList *self, Reading *reading, HwRecord *movement)
{
  g_autoptr (HwCaseFile) file = hw_store_load_case (self->store, hw_record_case (movement), NULL);
  HwRecord *held = file != NULL ? hw_case_file_lookup (file, hw_record_id (movement)) : NULL;
  HwRulesContext context = { .now_us = hw_clock_now (self->clock) };
  HwTravelEntry *entry;
  guint relations;

  if (held == NULL || !hw_travel_is_ahead (file, held))
    return;
  if (self->by_arrival && hw_case_file_latest (file, HW_TYPE_ID_RECEPTION) == NULL)
    return;
  relations = hw_access_relations (file, NULL, self->actor, context.now_us);
  entry = g_object_new (HW_TYPE_TRAVEL_ENTRY, NULL);
  entry->facts = hw_travel_facts_new (file, held, self->actor->role, relations, &context);
  g_ptr_array_add (reading->entries, entry);
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  HwTravelList *self = source;
  Reading *reading = data;
  GError *error = NULL;

  if (reading->movements == NULL)
    reading->movements
      = hw_store_list (self->store, HW_TYPE_ID_MOVEMENT, HW_FIELD_NONE, NULL, 0, &error);
  if (reading->movements == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint n = 0; n < HANDFUL && reading->next < reading->movements->len; reading->next++)
    {
      HwRecord *movement = g_ptr_array_index (reading->movements, reading->next);

      /* Most of an office's journeys are over: they cost nothing. */
      if (hw_record_is (movement, HW_FIELD_MOVEMENT_STATUS, "arrived")
          || hw_record_is (movement, HW_FIELD_MOVEMENT_STATUS, "cancelled"))
        continue;
      read_one (self, reading, movement);
      n++;
    }
  g_task_return_boolean (task, TRUE);
}

static gboolean
same_entry (HwTravelEntry *a, HwTravelEntry *b)
{
  return g_str_equal (a->facts->movement, b->facts->movement);
}

static void
take_cases (HwTravelList *self, GPtrArray *movements)
{
  if (self->cases == NULL)
    self->cases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_remove_all (self->cases);
  for (guint i = 0; i < movements->len; i++)
    if (hw_record_case (movements->pdata[i]) != NULL)
      g_hash_table_add (self->cases, g_strdup (hw_record_case (movements->pdata[i])));
}

static void
take_entries (HwTravelList *self, GPtrArray *fresh)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->entries);
  gboolean same = old->len == fresh->len;

  g_ptr_array_sort_with_data (fresh, compare_entries, GINT_TO_POINTER (self->by_arrival));
  self->entries = g_ptr_array_ref (fresh);
  for (guint i = 0; same && i < fresh->len; i++)
    same = same_entry (old->pdata[i], fresh->pdata[i]);
  self->loaded = TRUE;
  if (!same)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, old->len, fresh->len);
  for (guint i = 0; same && i < fresh->len; i++)
    g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 1);
  g_signal_emit (self, loaded_signal, 0);
}

static void
set_error (HwTravelList *self, const char *words)
{
  if (g_strcmp0 (self->error, words) == 0)
    return;
  g_free (self->error);
  self->error = g_strdup (words);
  g_object_notify_by_pspec (G_OBJECT (self), error_property);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HwTravelList *self = HW_TRAVEL_LIST (source);
  Reading *reading = data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
        set_error (self, error->message);
    }
  else if (reading->next < reading->movements->len)
    {
      run_handful (self, reading);
      return;
    }
  else
    {
      set_error (self, NULL);
      take_cases (self, reading->movements);
      take_entries (self, reading->entries);
    }
  reading_free (reading);
  self->reading = FALSE;
  if (self->again)
    {
      self->again = FALSE;
      self->reading = TRUE;
      reading = g_new0 (Reading, 1);
      reading->entries = g_ptr_array_new_with_free_func (g_object_unref);
      run_handful (self, reading);
    }
}

static void
run_handful (HwTravelList *self, Reading *reading)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, read_cb, reading);

  g_task_set_task_data (task, reading, NULL);
  hw_worker_run (hw_store_worker (self->store), task, read_thread);
}

static gboolean
settled_cb (gpointer data)
{
  HwTravelList *self = data;
  Reading *reading;

  self->settling = 0;
  if (self->reading)
    {
      self->again = TRUE;
      return G_SOURCE_REMOVE;
    }
  self->reading = TRUE;
  reading = g_new0 (Reading, 1);
  reading->entries = g_ptr_array_new_with_free_func (g_object_unref);
  run_handful (self, reading);
  return G_SOURCE_REMOVE;
}

/* A journey, something of a case that has one, or of the directory, which says what a country asks. */
static gboolean
concerns (HwTravelList *self, const HwStoreChange *change)
{
  return self->cases == NULL || change->case_id == NULL || change->type == HW_TYPE_ID_MOVEMENT
         || g_hash_table_contains (self->cases, change->case_id);
}

/* A first sync brings hundreds of changes: they are read together. */
static void
changed_cb (HwTravelList *self, GPtrArray *changes)
{
  for (guint i = 0; self->settling == 0 && i < changes->len; i++)
    if (concerns (self, g_ptr_array_index (changes, i)))
      self->settling = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
hw_travel_list_dispose (GObject *object)
{
  HwTravelList *self = HW_TRAVEL_LIST (object);

  g_clear_handle_id (&self->settling, g_source_remove);

  G_OBJECT_CLASS (hw_travel_list_parent_class)->dispose (object);
}

static void
hw_travel_list_finalize (GObject *object)
{
  HwTravelList *self = HW_TRAVEL_LIST (object);

  g_ptr_array_unref (self->entries);
  g_clear_pointer (&self->cases, g_hash_table_unref);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  hw_actor_free (self->actor);
  g_free (self->error);

  G_OBJECT_CLASS (hw_travel_list_parent_class)->finalize (object);
}

static void
hw_travel_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_ERROR)
    g_value_set_string (value, HW_TRAVEL_LIST (object)->error);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
hw_travel_list_class_init (HwTravelListClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = hw_travel_list_get_property;
  G_OBJECT_CLASS (klass)->dispose = hw_travel_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = hw_travel_list_finalize;
  loaded_signal = g_signal_new (
    "loaded", HW_TYPE_TRAVEL_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  error_property = g_param_spec_string (
    "error", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_ERROR, error_property);
}

static void
hw_travel_list_init (HwTravelList *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
}

HwTravelList *
hw_travel_list_new (HwDesktop *desktop, gboolean by_arrival)
{
  HwTravelList *self = g_object_new (HW_TYPE_TRAVEL_LIST, NULL);

  self->store = g_object_ref (hw_desktop_store (desktop));
  self->clock = g_object_ref (hw_desktop_clock (desktop));
  self->actor = hw_actor_copy (hw_desktop_actor (desktop));
  self->by_arrival = by_arrival;
  g_signal_connect_object (
    self->store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  settled_cb (self);
  return self;
}

gboolean
hw_travel_list_is_loaded (HwTravelList *self)
{
  return self->loaded;
}
