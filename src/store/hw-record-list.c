/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwRecordList: the records of one type, newest first, followed live. For directories, requests,
 * tasks and the like, of which a desktop holds hundreds and not hundreds of thousands.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-case-list.h"

struct _HwRecordList
{
  GObject parent_instance;

  HwStore *store; /* (owned) */
  HwTypeId type;
  HwFieldId where;
  char *equals;        /* (owned) (nullable) */
  GPtrArray *records;  /* (owned) HwRecord */
  GHashTable *changed; /* (owned) ids since the last run began */
  char *error;         /* (owned) (nullable) */
  gboolean running;
  gboolean again;
};

static void hw_record_list_model_init (GListModelInterface *iface);
static void start_query (HwRecordList *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (HwRecordList,
                               hw_record_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, hw_record_list_model_init))

enum
{
  PROP_0,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_error (HwRecordList *self, const char *words)
{
  if (g_strcmp0 (self->error, words) == 0)
    return;
  g_free (self->error);
  self->error = g_strdup (words);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static GType
hw_record_list_get_item_type (GListModel *model)
{
  return HW_TYPE_RECORD;
}

static guint
hw_record_list_get_n_items (GListModel *model)
{
  return HW_RECORD_LIST (model)->records->len;
}

static gpointer
hw_record_list_get_item (GListModel *model, guint position)
{
  HwRecordList *self = HW_RECORD_LIST (model);

  return position < self->records->len ? g_object_ref (g_ptr_array_index (self->records, position))
                                       : NULL;
}

static void
hw_record_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = hw_record_list_get_item_type;
  iface->get_n_items = hw_record_list_get_n_items;
  iface->get_item = hw_record_list_get_item;
}

static gboolean
same_id (GPtrArray *a, guint i, GPtrArray *b, guint n)
{
  return g_str_equal (hw_record_id (g_ptr_array_index (a, i)),
                      hw_record_id (g_ptr_array_index (b, n)));
}

static gboolean
is_changed (GHashTable *changed, GPtrArray *records, guint i)
{
  return g_hash_table_contains (changed, hw_record_id (g_ptr_array_index (records, i)));
}

/* Same records at the same places: those that changed are replaced alone; otherwise what differs in
 * the middle is removed and added, and changed ones outside of it replaced. */
static void
take_records (HwRecordList *self, GPtrArray *fresh, GHashTable *changed)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->records);
  guint shorter = MIN (old->len, fresh->len);
  guint prefix = 0, suffix = 0, removed, added;

  while (prefix < shorter && same_id (old, prefix, fresh, prefix))
    prefix++;
  while (suffix < shorter - prefix
         && same_id (old, old->len - 1 - suffix, fresh, fresh->len - 1 - suffix))
    suffix++;
  removed = old->len - prefix - suffix;
  added = fresh->len - prefix - suffix;
  self->records = g_ptr_array_ref (fresh);
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), prefix, removed, added);
  for (guint i = 0; i < fresh->len; i++)
    if ((i < prefix || i >= prefix + added) && is_changed (changed, fresh, i))
      g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 1);
}

static void
query_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  HwRecordList *self = source;
  GError *error = NULL;
  GPtrArray *records
    = hw_store_list (self->store, self->type, self->where, self->equals, 0, &error);

  if (records != NULL)
    g_task_return_pointer (task, records, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
query_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HwRecordList *self = HW_RECORD_LIST (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = g_task_propagate_pointer (G_TASK (result), &error);

  self->running = FALSE;
  if (records != NULL)
    take_records (self, records, g_task_get_task_data (G_TASK (result)));
  if (records != NULL || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    set_error (self, error != NULL ? error->message : NULL);
  if (self->again)
    start_query (self);
}

static GHashTable *
new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
start_query (HwRecordList *self)
{
  g_autoptr (GTask) task = NULL;

  self->again = self->running;
  if (self->running)
    return;
  self->running = TRUE;
  task = g_task_new (self, NULL, query_cb, NULL);
  g_task_set_source_tag (task, start_query);
  g_task_set_task_data (task, g_steal_pointer (&self->changed), (GDestroyNotify)g_hash_table_unref);
  self->changed = new_set ();
  hw_worker_run (hw_store_worker (self->store), task, query_thread);
}

static void
store_changed_cb (HwStore *store, GPtrArray *changes, HwRecordList *self)
{
  gboolean concerned = FALSE;

  for (guint i = 0; i < changes->len; i++)
    {
      HwStoreChange *change = g_ptr_array_index (changes, i);

      if (change->type != self->type)
        continue;
      g_hash_table_add (self->changed, g_strdup (change->id));
      concerned = TRUE;
    }
  if (concerned)
    start_query (self);
}

static void
hw_record_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_ERROR)
    g_value_set_string (value, HW_RECORD_LIST (object)->error);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
hw_record_list_finalize (GObject *object)
{
  HwRecordList *self = HW_RECORD_LIST (object);

  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->changed, g_hash_table_unref);
  g_clear_object (&self->store);
  g_free (self->equals);
  g_free (self->error);
  G_OBJECT_CLASS (hw_record_list_parent_class)->finalize (object);
}

static void
hw_record_list_class_init (HwRecordListClass *class)
{
  G_OBJECT_CLASS (class)->get_property = hw_record_list_get_property;
  G_OBJECT_CLASS (class)->finalize = hw_record_list_finalize;
  properties[PROP_ERROR] = g_param_spec_string (
    "error", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (class), N_PROPS, properties);
}

static void
hw_record_list_init (HwRecordList *self)
{
  self->records = g_ptr_array_new_with_free_func (g_object_unref);
  self->changed = new_set ();
}

HwRecordList *
hw_record_list_new (HwStore *store, HwTypeId type, HwFieldId where, const char *equals)
{
  HwRecordList *self = g_object_new (HW_TYPE_RECORD_LIST, NULL);

  self->store = g_object_ref (store);
  self->type = type;
  self->where = where;
  self->equals = g_strdup (equals);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, 0);
  start_query (self);
  return self;
}
