/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers go to the server only, which tells the helpline that there is a case and never which.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-lookup.h"

#include "store/hw-likeness-rows-private.h"

#define MOST_MERGES 8

static gboolean
is_open (HwRecord *header)
{
  static const char *const live[] = { HW_CASE_STATUS_ACTIVE, HW_CASE_STATUS_FOLLOW_UP, NULL };
  const char *status = hw_record_status (header);

  return !hw_record_deleted (header) && (status == NULL || g_strv_contains (live, status));
}

/* The other case that this one was merged into. NULL: none, or a fault. (transfer full) */
static char *
merged_into (HwStore *store, HwDb *db, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) links = hw_kin_links (store, db, case_id, error);

  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      HwRecord *link = g_ptr_array_index (links, i);
      const char *kept = hw_record_get_text (link, HW_FIELD_CASE_LINK_KEPT);

      if (!hw_record_deleted (link) && kept != NULL && !g_str_equal (kept, case_id)
          && g_strcmp0 (hw_record_status (link), HW_CASE_LINK_STATE_MERGED) == 0)
        return g_strdup (kept);
    }
  return NULL;
}

/* The case that is carried on, through merges of merged cases; the case itself when it was not
 * merged. Two people may have merged in a circle: the way is followed so far and no further. */
static char *
carried_on (HwStore *store, HwDb *db, const char *case_id, GError **error)
{
  g_autofree char *carried = g_strdup (case_id);
  g_autoptr (GError) local = NULL;

  for (guint n = 0; n < MOST_MERGES; n++)
    {
      char *next = merged_into (store, db, carried, &local);

      if (next == NULL)
        break;
      g_free (carried);
      carried = next;
    }
  if (local == NULL)
    return g_steal_pointer (&carried);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* FALSE on a fault only. */
static gboolean
take_case (HwStore *store, HwDb *db, const char *id, GPtrArray *found, GError **error)
{
  g_autofree char *carried = carried_on (store, db, id, error);
  g_autoptr (GError) local = NULL;
  g_autoptr (HwRecord) header = NULL;

  if (carried == NULL)
    return FALSE;
  header = hw_row_read (store, db, HW_TYPE_ID_CASE, carried, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (header != NULL && is_open (header)
      && !g_ptr_array_find_with_equal_func (found, carried, g_str_equal, NULL))
    g_ptr_array_add (found, g_steal_pointer (&carried));
  return TRUE;
}

char *
hw_store_case_of_phone (HwStore *store, const char *phone, GError **error)
{
  g_autofree char *key = hw_likeness_phone_key (phone);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) ids = NULL;
  HwDb *db = key != NULL ? hw_store_begin_read (store, error) : NULL;
  gboolean done;

  if (db == NULL)
    return NULL;
  ids = hw_likeness_cases_of (db, key, error);
  done = ids != NULL;
  for (guint i = 0; done && i < ids->len && found->len < 2; i++)
    done = take_case (store, db, g_ptr_array_index (ids, i), found, error);
  hw_store_end_read (store, db);
  return done && found->len == 1 ? g_strdup (g_ptr_array_index (found, 0)) : NULL;
}

static gboolean
stands (HwRecord *consent, HwCaseFile *file, const char *purpose)
{
  const char *person = hw_record_get_text (consent, HW_FIELD_CONSENT_PERSON);
  HwRecord *survivor = hw_case_file_survivor (file);

  return hw_record_is (consent, HW_FIELD_CONSENT_PURPOSE, purpose)
         && hw_record_get (consent, HW_FIELD_CONSENT_WITHDRAWN_AT) == NULL
         && (person == NULL || (survivor != NULL && g_str_equal (person, hw_record_id (survivor))));
}

GPtrArray *
hw_store_standing_consents (HwStore *store,
                            const char *case_id,
                            const char *purpose,
                            GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (HwCaseFile) file = hw_store_load_case (store, case_id, &local);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *consents
    = file != NULL ? hw_case_file_of_type (file, HW_TYPE_ID_CONSENT) : NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      g_ptr_array_unref (ids);
      return NULL;
    }
  for (guint i = 0; consents != NULL && i < consents->len; i++)
    if (stands (g_ptr_array_index (consents, i), file, purpose))
      g_ptr_array_add (ids, g_strdup (hw_record_id (g_ptr_array_index (consents, i))));
  return ids;
}
