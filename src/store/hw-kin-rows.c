/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Other cases of the same person, for the gates: those merged with this one, over as many merges as there are,
 * and those that are proposed for any of them and undecided. Each is read anew whenever its case is judged, since
 * what is written there changes what is allowed here.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"

GPtrArray *
hw_kin_links (HwStore *store, HwDb *db, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) links
    = hw_row_read_case (store, db, HW_TYPE_ID_CASE_LINK, case_id, error);
  g_autoptr (GPtrArray) others = NULL;

  if (links == NULL)
    return NULL;
  others = hw_row_read_where (
    store, db, HW_TYPE_ID_CASE_LINK, HW_FIELD_CASE_LINK_OTHER, case_id, G_MAXUINT16, error);
  if (others == NULL)
    return NULL;
  g_ptr_array_extend (links, others, (GCopyFunc)g_object_ref, NULL);
  return g_steal_pointer (&links);
}

static gboolean
is_among (GPtrArray *ids, const char *id)
{
  return g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL);
}

/* undecided: (nullable) where such links lead is not asked. */
static void
note_other (HwRecord *link, const char *case_id, GPtrArray *merged, GPtrArray *undecided)
{
  const char *state = hw_record_status (link);
  const char *other = hw_record_case (link);
  GPtrArray *ids = g_strcmp0 (state, HW_CASE_LINK_STATE_MERGED) == 0     ? merged
                   : g_strcmp0 (state, HW_CASE_LINK_STATE_POSSIBLE) == 0 ? undecided
                                                                         : NULL;

  if (g_strcmp0 (other, case_id) == 0)
    other = hw_record_get_text (link, HW_FIELD_CASE_LINK_OTHER);
  if (ids != NULL && other != NULL && !hw_record_deleted (link) && !is_among (ids, other))
    g_ptr_array_add (ids, g_strdup (other));
}

/* Ids of both kinds; merged begins with the case itself. One that is merged with an undecided one is undecided as
 * well. */
static gboolean
find_kin (
  HwStore *store, HwDb *db, const char *case_id, GPtrArray *merged, GPtrArray *undecided, GError **error)
{
  g_ptr_array_add (merged, g_strdup (case_id));
  for (guint i = 0; i < merged->len; i++)
    {
      const char *id = g_ptr_array_index (merged, i);
      g_autoptr (GPtrArray) links = hw_kin_links (store, db, id, error);

      if (links == NULL)
        return FALSE;
      for (guint n = 0; n < links->len; n++)
        note_other (g_ptr_array_index (links, n), id, merged, undecided);
    }
  for (guint i = 0; i < undecided->len; i++)
    {
      const char *id = g_ptr_array_index (undecided, i);
      g_autoptr (GPtrArray) links = hw_kin_links (store, db, id, error);

      if (links == NULL)
        return FALSE;
      for (guint n = 0; n < links->len; n++)
        note_other (g_ptr_array_index (links, n), id, undecided, NULL);
    }
  return TRUE;
}

/* Nothing of them but what they say of her risks. */
static gboolean
add_kin (
  HwStore *store, HwDb *db, HwCaseFile *file, const char *id, gboolean decided, GError **error)
{
  g_autoptr (HwCaseFile) kin = hw_case_file_new (id, NULL);

  if (!hw_case_file_read_type (store, db, kin, HW_TYPE_ID_RISK_ASSESSMENT, error))
    return FALSE;
  hw_case_file_add_kin (file, kin, decided);
  return TRUE;
}

gboolean
hw_kin_read (HwStore *store, HwDb *db, HwCaseFile *file, GError **error)
{
  g_autoptr (GPtrArray) merged = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) undecided = g_ptr_array_new_with_free_func (g_free);

  hw_case_file_clear_kin (file);
  if (store->rows[HW_TYPE_ID_CASE_LINK] == NULL || hw_case_file_id (file) == NULL)
    return TRUE;
  if (!find_kin (store, db, hw_case_file_id (file), merged, undecided, error))
    return FALSE;
  for (guint i = 1; i < merged->len; i++)
    if (!add_kin (store, db, file, g_ptr_array_index (merged, i), TRUE, error))
      return FALSE;
  for (guint i = 0; i < undecided->len; i++)
    if (!is_among (merged, g_ptr_array_index (undecided, i))
        && !add_kin (store, db, file, g_ptr_array_index (undecided, i), FALSE, error))
      return FALSE;
  return TRUE;
}

static gboolean
touch_kin (HwCommit *commit, const char *root, GHashTable *also, GError **error)
{
  g_autoptr (GPtrArray) merged = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) undecided = g_ptr_array_new_with_free_func (g_free);

  if (!find_kin (commit->store, commit->db, root, merged, undecided, error))
    return FALSE;
  for (guint i = 1; i < merged->len; i++)
    g_hash_table_add (also, g_strdup (g_ptr_array_index (merged, i)));
  for (guint i = 0; i < undecided->len; i++)
    g_hash_table_add (also, g_strdup (g_ptr_array_index (undecided, i)));
  return TRUE;
}

/* What blocks one is read in the list; it may be said in another. */
gboolean
hw_kin_touch (HwCommit *commit, GError **error)
{
  g_autoptr (GHashTable) also = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer root;

  if (commit->store->rows[HW_TYPE_ID_CASE_LINK] == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, commit->touched);
  while (g_hash_table_iter_next (&iter, &root, NULL))
    if (!touch_kin (commit, root, also, error))
      return FALSE;
  g_hash_table_iter_init (&iter, also);
  while (g_hash_table_iter_next (&iter, &root, NULL))
    g_hash_table_add (commit->touched, g_strdup (root));
  return TRUE;
}
