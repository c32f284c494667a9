/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwCaseList: numbers of all matching cases in memory, rows a page at a time when a widget asks for
 * one. What changed is told exactly: a run of the query is compared with the last one, and a case
 * that kept its place is replaced there alone.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-case-list-private.h"

#define PAGE 64
#define KEPT_ROWS 4096

struct _HwCaseList
{
  GObject parent_instance;

  HwStore *store;       /* (owned) */
  HwCaseFilter *filter; /* (owned) */
  GArray *ids;          /* (owned) gint64 */
  GHashTable *rows;     /* (owned) gint64 → HwCaseRow */
  GQueue row_order;     /* gint64, oldest first */
  GHashTable *pages;    /* (owned) page numbers being read */
  GPtrArray *changed;   /* (owned) case ids since the last run began */
  GPtrArray *countries; /* (owned) */
  char *query_error;    /* (owned) (nullable) */
  char *rows_error;     /* (owned) (nullable) */
  guint total;
  guint generation; /* counts the changes of ids: pages of an older one are asked for anew */
  guint filter_turn;
  gboolean stale_totals;
  gboolean running;
  gboolean again;
};

static void hw_case_list_model_init (GListModelInterface *iface);
static void start_query (HwCaseList *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (HwCaseList,
                               hw_case_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, hw_case_list_model_init))

enum
{
  PROP_0,
  PROP_BUSY,
  PROP_TOTAL,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* (owned) where it is kept; both may stand, and either is the list's. */
static void
set_error (HwCaseList *self, char **kept, const char *words)
{
  if (g_strcmp0 (*kept, words) == 0)
    return;
  g_free (*kept);
  *kept = g_strdup (words);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* ---- Rows ---- */

static void
forget_row (HwCaseList *self, gint64 n)
{
  g_hash_table_remove (self->rows, &n);
}

static void
keep_row (HwCaseList *self, HwCaseRow *row)
{
  gint64 n = hw_case_row_number (row);
  gint64 *key = g_memdup2 (&n, sizeof n);

  g_hash_table_replace (self->rows, key, g_object_ref (row));
  g_queue_push_tail (&self->row_order, g_memdup2 (&n, sizeof n));
  while (self->row_order.length > KEPT_ROWS)
    {
      g_autofree gint64 *oldest = g_queue_pop_head (&self->row_order);

      forget_row (self, *oldest);
    }
}

typedef struct
{
  guint page;
  GArray *ids;     /* (owned) */
  GPtrArray *rows; /* (owned) */
  guint read;      /* of them */
} PageJob;

static void
page_job_free (gpointer data)
{
  PageJob *job = data;

  g_array_unref (job->ids);
  g_ptr_array_unref (job->rows);
  g_free (job);
}

static void
read_page_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  HwCaseList *self = source;
  PageJob *job = data;
  GError *error = NULL;
  HwDb *db = hw_store_begin_read (self->store, &error);

  /* One that cannot be read keeps none of the others away. */
  for (guint i = 0; db != NULL && i < job->ids->len; i++)
    {
      g_autoptr (GError) unread = NULL;
      gint64 n = g_array_index (job->ids, gint64, i);
      HwCaseRow *row = hw_case_row_read (db, n, &unread);

      if (unread != NULL)
        row = hw_case_row_new_unreadable (n);
      if (row != NULL)
        g_ptr_array_add (job->rows, row);
      job->read += row != NULL && unread == NULL;
      if (unread != NULL && error == NULL)
        error = g_steal_pointer (&unread);
    }
  if (db != NULL)
    hw_store_end_read (self->store, db);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void read_page (HwCaseList *self, guint position);

static gboolean
job_has (PageJob *job, gint64 n)
{
  for (guint i = 0; i < job->ids->len; i++)
    if (g_array_index (job->ids, gint64, i) == n)
      return TRUE;
  return FALSE;
}

/* The list may have changed while the page was read: what has come into it since is read now. */
static void
read_latecomers (HwCaseList *self, PageJob *job)
{
  guint first = job->page * PAGE;

  for (guint i = first; i < MIN (first + PAGE, self->ids->len); i++)
    {
      gint64 n = g_array_index (self->ids, gint64, i);
      HwCaseRow *row = g_hash_table_lookup (self->rows, &n);

      if (row != NULL && !hw_case_row_is_loaded (row) && !job_has (job, n))
        {
          read_page (self, i);
          return;
        }
    }
}

static void
read_page_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HwCaseList *self = HW_CASE_LIST (source);
  PageJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean whole = g_task_propagate_boolean (G_TASK (result), &error);

  g_hash_table_remove (self->pages, GUINT_TO_POINTER (job->page));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    return;
  /* The store itself tells of damage, so that beside the rest it need not be told here. */
  if (!whole && (job->read == 0 || !g_error_matches (error, HW_STORE_ERROR, HW_STORE_ERROR_DAMAGED)))
    set_error (self, &self->rows_error, error->message);
  for (guint i = 0; i < job->rows->len; i++)
    {
      HwCaseRow *loaded = g_ptr_array_index (job->rows, i);
      gint64 n = hw_case_row_number (loaded);
      HwCaseRow *row = g_hash_table_lookup (self->rows, &n);

      if (row == NULL)
        keep_row (self, loaded);
      else
        hw_case_row_take (row, loaded);
    }
  if (whole)
    read_latecomers (self, job);
}

static void
read_page (HwCaseList *self, guint position)
{
  guint page = position / PAGE;
  g_autoptr (GTask) task = NULL;
  PageJob *job;

  if (!g_hash_table_add (self->pages, GUINT_TO_POINTER (page)))
    return;
  job = g_new0 (PageJob, 1);
  job->page = page;
  job->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  job->rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_array_append_vals (job->ids,
                       &g_array_index (self->ids, gint64, page * PAGE),
                       MIN (PAGE, self->ids->len - page * PAGE));
  task = g_task_new (self, NULL, read_page_cb, NULL);
  g_task_set_source_tag (task, read_page);
  g_task_set_task_data (task, job, page_job_free);
  g_task_set_priority (task, G_PRIORITY_HIGH);
  hw_worker_run (hw_store_worker (self->store), task, read_page_thread);
}

/* ---- GListModel ---- */

static GType
hw_case_list_get_item_type (GListModel *model)
{
  return HW_TYPE_CASE_ROW;
}

static guint
hw_case_list_get_n_items (GListModel *model)
{
  return HW_CASE_LIST (model)->ids->len;
}

static gpointer
hw_case_list_get_item (GListModel *model, guint position)
{
  HwCaseList *self = HW_CASE_LIST (model);
  HwCaseRow *row;
  gint64 n;

  if (position >= self->ids->len)
    return NULL;
  n = g_array_index (self->ids, gint64, position);
  row = g_hash_table_lookup (self->rows, &n);
  if (row != NULL)
    {
      if (!hw_case_row_is_loaded (row))
        read_page (self, position);
      return g_object_ref (row);
    }
  row = hw_case_row_new (n);
  keep_row (self, row);
  read_page (self, position);
  return row;
}

static void
hw_case_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = hw_case_list_get_item_type;
  iface->get_n_items = hw_case_list_get_n_items;
  iface->get_item = hw_case_list_get_item;
}

/* ---- Following the store ---- */

static void
find_difference (GArray *old, GArray *fresh, guint *prefix, guint *suffix)
{
  guint shorter = MIN (old->len, fresh->len);

  *prefix = *suffix = 0;
  while (*prefix < shorter
         && g_array_index (old, gint64, *prefix) == g_array_index (fresh, gint64, *prefix))
    (*prefix)++;
  while (*suffix < shorter - *prefix
         && g_array_index (old, gint64, old->len - 1 - *suffix)
              == g_array_index (fresh, gint64, fresh->len - 1 - *suffix))
    (*suffix)++;
}

static gint
position_of (HwCaseList *self, gint64 n)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == n)
      return (gint)i;
  return -1;
}

/* Rows of the middle part were told as removed and added: a view may hold a row made for them that
 * is not read yet, which is filled. The others are replaced where they stand. */
static void
replace_rows (HwCaseList *self, GPtrArray *rows, guint from, guint to)
{
  for (guint i = 0; i < rows->len; i++)
    {
      HwCaseRow *row = g_ptr_array_index (rows, i);
      gint64 n = hw_case_row_number (row);
      gint position = position_of (self, n);
      HwCaseRow *held = g_hash_table_lookup (self->rows, &n);
      gboolean told = position >= 0 && (guint)position >= from && (guint)position < to;

      if (told && held != NULL)
        hw_case_row_take (held, row);
      if (told)
        continue;
      forget_row (self, n);
      if (position < 0)
        continue;
      if (held != NULL)
        keep_row (self, row);
      g_list_model_items_changed (G_LIST_MODEL (self), (guint)position, 1, 1);
    }
}

static void
take_ids (HwCaseList *self, HwCaseQuery *query)
{
  guint prefix, suffix, removed, added;

  find_difference (self->ids, query->ids, &prefix, &suffix);
  removed = self->ids->len - prefix - suffix;
  added = query->ids->len - prefix - suffix;
  g_array_unref (self->ids);
  self->ids = g_array_ref (query->ids);
  for (guint i = 0; i < query->rows->len; i++)
    forget_row (self, hw_case_row_number (g_ptr_array_index (query->rows, i)));
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), prefix, removed, added);
  replace_rows (self, query->rows, prefix, prefix + added);
}

static gboolean
same_countries (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!g_str_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

static void
take_totals (HwCaseList *self, HwCaseQuery *query)
{
  gboolean same = self->total == query->total && same_countries (self->countries, query->countries);

  if (same || !query->with_totals)
    return;
  self->total = query->total;
  g_ptr_array_unref (self->countries);
  self->countries = g_ptr_array_ref (query->countries);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
}

static void
note_changed (HwCaseList *self, const char *case_id)
{
  for (guint i = 0; i < self->changed->len; i++)
    if (g_str_equal (g_ptr_array_index (self->changed, i), case_id))
      return;
  g_ptr_array_add (self->changed, g_strdup (case_id));
}

static void
keep_asking (HwCaseList *self, HwCaseQuery *query)
{
  for (guint i = 0; i < query->changed->len; i++)
    note_changed (self, g_ptr_array_index (query->changed, i));
  self->stale_totals |= query->with_totals;
}

static void
query_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  HwCaseList *self = source;
  GError *error = NULL;

  if (hw_case_query_run (data, self->store, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
query_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HwCaseList *self = HW_CASE_LIST (source);
  HwCaseQuery *query = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  self->running = FALSE;
  if (done || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    set_error (self, &self->query_error, error != NULL ? error->message : NULL);
  /* A filter set meanwhile makes this answer one to a question nobody asks any more. */
  if (done && query->generation == self->filter_turn)
    {
      take_ids (self, query);
      take_totals (self, query);
    }
  else if (done)
    keep_asking (self, query);
  if (self->again)
    start_query (self);
  else
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
start_query (HwCaseList *self)
{
  g_autoptr (GTask) task = NULL;
  HwCaseQuery *query;

  if (self->running)
    {
      self->again = TRUE;
      return;
    }
  query = hw_case_query_new (self->filter);
  query->generation = self->filter_turn;
  query->with_totals = self->stale_totals;
  self->stale_totals = FALSE;
  g_ptr_array_unref (query->changed);
  query->changed = g_steal_pointer (&self->changed);
  self->changed = g_ptr_array_new_with_free_func (g_free);
  task = g_task_new (self, NULL, query_cb, NULL);
  g_task_set_source_tag (task, start_query);
  g_task_set_task_data (task, query, (GDestroyNotify)hw_case_query_free);
  if (!self->again)
    {
      self->running = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
    }
  self->running = TRUE;
  self->again = FALSE;
  hw_worker_run (hw_store_worker (self->store), task, query_thread);
}

/* After a first pull everything is new: naming ten thousand cases one by one would help nobody. */
static void
store_changed_cb (HwStore *store, GPtrArray *changes, HwCaseList *self)
{
  g_autoptr (GHashTable) cases = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < changes->len; i++)
    {
      HwStoreChange *change = g_ptr_array_index (changes, i);

      if (change->case_id != NULL)
        g_hash_table_add (cases, change->case_id);
    }
  if (g_hash_table_size (cases) == 0)
    return;
  self->stale_totals = TRUE;
  if (g_hash_table_size (cases) > KEPT_ROWS)
    {
      guint n = self->ids->len;

      g_hash_table_remove_all (self->rows);
      g_array_set_size (self->ids, 0);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
    }
  else
    {
      g_hash_table_iter_init (&iter, cases);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        note_changed (self, id);
    }
  start_query (self);
}

/* ---- Object ---- */

static void
hw_case_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  HwCaseList *self = HW_CASE_LIST (object);

  switch (id)
    {
      case PROP_BUSY:
        g_value_set_boolean (value, self->running);
        break;
      case PROP_TOTAL:
        g_value_set_uint (value, self->total);
        break;
      case PROP_ERROR:
        g_value_set_string (value, self->query_error != NULL ? self->query_error : self->rows_error);
        break;
      default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
hw_case_list_finalize (GObject *object)
{
  HwCaseList *self = HW_CASE_LIST (object);

  g_queue_clear_full (&self->row_order, g_free);
  g_hash_table_unref (self->rows);
  g_hash_table_unref (self->pages);
  g_array_unref (self->ids);
  g_ptr_array_unref (self->changed);
  g_ptr_array_unref (self->countries);
  hw_case_filter_free (self->filter);
  g_clear_object (&self->store);
  g_free (self->query_error);
  g_free (self->rows_error);
  G_OBJECT_CLASS (hw_case_list_parent_class)->finalize (object);
}

static void
hw_case_list_class_init (HwCaseListClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = hw_case_list_get_property;
  object_class->finalize = hw_case_list_finalize;
  properties[PROP_BUSY] = g_param_spec_boolean (
    "busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_TOTAL]
    = g_param_spec_uint ("total",
                         NULL,
                         NULL,
                         0,
                         G_MAXUINT,
                         0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_ERROR] = g_param_spec_string (
    "error", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hw_case_list_init (HwCaseList *self)
{
  static const HwCaseFilter none = { 0 };

  self->filter = hw_case_filter_copy (&none);
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->pages = g_hash_table_new (NULL, NULL);
  self->changed = g_ptr_array_new_with_free_func (g_free);
  self->countries = g_ptr_array_new_with_free_func (g_free);
  g_queue_init (&self->row_order);
}

HwCaseList *
hw_case_list_new (HwStore *store)
{
  HwCaseList *self = g_object_new (HW_TYPE_CASE_LIST, NULL);

  self->store = g_object_ref (store);
  self->stale_totals = TRUE;
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, 0);
  start_query (self);
  return self;
}

void
hw_case_list_set_filter (HwCaseList *list, const HwCaseFilter *filter)
{
  g_return_if_fail (HW_IS_CASE_LIST (list));
  g_return_if_fail (filter != NULL);

  hw_case_filter_free (list->filter);
  list->filter = hw_case_filter_copy (filter);
  list->filter_turn++;
  start_query (list);
}

guint
hw_case_list_total (HwCaseList *list)
{
  return list->total;
}

gboolean
hw_case_list_busy (HwCaseList *list)
{
  return list->running;
}

GPtrArray *
hw_case_list_countries (HwCaseList *list)
{
  return list->countries;
}
