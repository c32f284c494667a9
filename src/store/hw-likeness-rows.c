/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where the likes of a person are filed: one row per case and key (hw-traits.c). Finding them reads a few
 * rows of the index, however many cases there are; a key that half the country shares gives the first
 * few hundred and no more.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-likeness-rows-private.h"

#include <string.h>

#define MOST_OF_A_KEY 400
#define SETTING_FILED "likeness-filed"
#define FILED_VERSION "1"

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
same_keys (GPtrArray *filed, char **keys)
{
  guint n = g_strv_length (keys);

  if (filed->len != n)
    return FALSE;
  qsort (keys, n, sizeof *keys, compare_keys);
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (g_ptr_array_index (filed, i), keys[i]))
      return FALSE;
  return TRUE;
}

gboolean
hw_likeness_put (
  HwDb *db, const char *case_id, HwCaseFile *file, HwTraits **changed, GError **error)
{
  gboolean there = file != NULL && hw_case_file_case (file) != NULL;
  g_autoptr (HwTraits) traits = there ? hw_traits_of_case (file) : NULL;
  g_auto (GStrv) keys = traits != NULL ? hw_likeness_keys (traits) : g_new0 (char *, 1);
  g_autoptr (GPtrArray) filed = hw_db_texts (
    db, "SELECT key FROM likeness WHERE case_id = $1 ORDER BY key", case_id, error);

  *changed = NULL;
  if (filed == NULL)
    return FALSE;
  if (same_keys (filed, keys))
    return TRUE;
  if (filed->len > 0
      && !hw_db_run (db, "DELETE FROM likeness WHERE case_id = $1", case_id, NULL, error))
    return FALSE;
  for (guint i = 0; keys[i] != NULL; i++)
    if (!hw_db_run (
          db, "INSERT INTO likeness (key, case_id) VALUES ($1, $2)", keys[i], case_id, error))
      return FALSE;
  *changed = g_steal_pointer (&traits);
  return TRUE;
}

static gboolean
count_cases (HwDb *db, const char *key, const char *except, GHashTable *counts, GError **error)
{
  HwStatement *statement = hw_db_prepare (
    db, "SELECT case_id FROM likeness WHERE key = $1 ORDER BY case_id DESC LIMIT $2");
  g_autoptr (GError) local = NULL;

  hw_statement_bind_text (statement, 1, key);
  hw_statement_bind_integer (statement, 2, MOST_OF_A_KEY);
  while (hw_statement_step (statement, &local))
    {
      const char *id = hw_statement_text (statement, 0);
      guint count;

      if (g_strcmp0 (id, except) == 0)
        continue;
      /* One name by itself says less than anything else. */
      count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, id)) + (key[0] == 'w' ? 1 : 4);
      g_hash_table_replace (counts, g_strdup (id), GUINT_TO_POINTER (count));
    }
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static int
by_count (gconstpointer a, gconstpointer b, gpointer data)
{
  const char *one = *(const char *const *)a, *other = *(const char *const *)b;
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (data, one));
  guint second = GPOINTER_TO_UINT (g_hash_table_lookup (data, other));

  if (first != second)
    return first > second ? -1 : 1;
  return strcmp (other, one);
}

GPtrArray *
hw_likeness_candidates (HwDb *db, char **keys, const char *except, guint limit, GError **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; keys[i] != NULL; i++)
    if (!count_cases (db, keys[i], except, counts, error))
      return NULL;
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, g_strdup (id));
  g_ptr_array_sort_with_data (ids, by_count, counts);
  if (ids->len > limit)
    g_ptr_array_set_size (ids, (gint)limit);
  return g_steal_pointer (&ids);
}

GPtrArray *
hw_likeness_cases_of (HwDb *db, const char *key, GError **error)
{
  char *keys[] = { (char *)key, NULL };

  return hw_likeness_candidates (db, keys, NULL, MOST_OF_A_KEY, error);
}

/* Only what is compared of a case, not all of it. */
static HwTraits *
read_traits (HwStore *store, HwDb *db, const char *case_id, GError **error)
{
  static const HwTypeId types[] = { HW_TYPE_ID_PERSON, HW_TYPE_ID_SAFE_CONTACT };
  g_autoptr (HwCaseFile) file = hw_case_file_new (case_id, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GPtrArray) records = hw_row_read_case (store, db, types[i], case_id, error);

      if (records == NULL)
        return NULL;
      for (guint n = 0; n < records->len; n++)
        if (!hw_record_deleted (g_ptr_array_index (records, n)))
          hw_case_file_add (file, g_ptr_array_index (records, n));
    }
  return hw_traits_of_case (file);
}

void
hw_alike_free (HwAlike *alike)
{
  g_free (alike->case_id);
  g_free (alike->reasons);
  g_free (alike);
}

static int
compare_alike (gconstpointer a, gconstpointer b)
{
  const HwAlike *one = *(const HwAlike *const *)a, *other = *(const HwAlike *const *)b;

  if (one->likeness != other->likeness)
    return one->likeness > other->likeness ? -1 : 1;
  return strcmp (other->case_id, one->case_id);
}

GPtrArray *
hw_likeness_find (HwStore *store,
                  HwDb *db,
                  const HwTraits *traits,
                  const char *except,
                  guint least,
                  GError **error)
{
  g_auto (GStrv) keys = hw_likeness_search_keys (traits);
  g_autoptr (GPtrArray) ids
    = hw_likeness_candidates (db, keys, except, HW_LIKENESS_MOST_COMPARED, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_alike_free);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (HwTraits) other = read_traits (store, db, g_ptr_array_index (ids, i), &local);
      g_autofree const char **reasons = NULL;
      guint likeness;

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (other == NULL)
        continue;
      likeness = hw_likeness (traits, other, &reasons);
      if (likeness >= least)
        {
          HwAlike *alike = g_new0 (HwAlike, 1);

          alike->case_id = g_strdup (g_ptr_array_index (ids, i));
          alike->likeness = likeness;
          alike->reasons = g_steal_pointer (&reasons);
          g_ptr_array_add (found, alike);
        }
    }
  g_ptr_array_sort (found, compare_alike);
  return ids != NULL ? g_steal_pointer (&found) : NULL;
}

/* ---- A file from before ---- */

static gboolean
file_one (HwStore *store, const char *case_id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (HwTraits) traits = read_traits (store, store->writer, case_id, &local);
  g_auto (GStrv) keys = traits != NULL ? hw_likeness_keys (traits) : g_new0 (char *, 1);

  for (guint i = 0; local == NULL && keys[i] != NULL; i++)
    hw_db_run (store->writer,
               "INSERT OR IGNORE INTO likeness (key, case_id) VALUES ($1, $2)",
               keys[i],
               case_id,
               &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
file_all (HwStore *store, GError **error)
{
  g_autoptr (GPtrArray) ids
    = hw_db_texts (store->writer, "SELECT id FROM r_case WHERE deleted = 0", NULL, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!file_one (store, g_ptr_array_index (ids, i), error))
      return FALSE;
  return ids != NULL
         && hw_db_run (store->writer,
                       "INSERT INTO setting (key, value) VALUES ($1, $2)"
                       " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                       SETTING_FILED,
                       FILED_VERSION,
                       error);
}

gboolean
hw_likeness_prepare (HwStore *store, GError **error)
{
  HwStatement *statement;
  gboolean filed;

  if (store->rows[HW_TYPE_ID_CASE] == NULL)
    return TRUE;
  statement = hw_db_prepare (store->writer, "SELECT 1 FROM setting WHERE key = $1 AND value = $2");
  hw_statement_bind_text (statement, 1, SETTING_FILED);
  hw_statement_bind_text (statement, 2, FILED_VERSION);
  filed = hw_statement_step (statement, NULL);
  hw_statement_reset (statement);
  if (filed)
    return TRUE;
  if (!hw_db_begin (store->writer, error))
    return FALSE;
  if (file_all (store, error) && hw_db_commit (store->writer, error))
    return TRUE;
  hw_db_rollback (store->writer);
  return FALSE;
}

/* ---- While a call goes on ---- */

typedef struct
{
  HwTraits *traits; /* (owned) */
  char *except;     /* (owned) (nullable) */
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  hw_traits_free (search->traits);
  g_free (search->except);
  g_free (search);
}

static void
search_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  HwStore *store = source;
  Search *search = data;
  GError *error = NULL;
  HwDb *db = hw_store_begin_read (store, &error);
  GPtrArray *found = NULL;

  if (db != NULL)
    {
      found
        = hw_likeness_find (store, db, search->traits, search->except, HW_LIKENESS_SHOWN, &error);
      hw_store_end_read (store, db);
    }
  if (found != NULL)
    g_task_return_pointer (task, found, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
hw_store_find_alike_async (HwStore *store,
                           HwTraits *traits,
                           const char *except,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, data);
  Search *search = g_new0 (Search, 1);

  search->traits = traits;
  search->except = g_strdup (except);
  g_task_set_source_tag (task, hw_store_find_alike_async);
  g_task_set_task_data (task, search, search_free);
  hw_worker_run (store->worker, task, search_thread);
}

GPtrArray *
hw_store_find_alike_finish (HwStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
