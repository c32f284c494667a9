/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How often this copy of a desktop's data was in contact with the server (hw-outbox.h). The count is written down before
 * it is told, so that none is told twice: a folder that was copied and put back tells one that the
 * server has heard already.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-outbox.h"

#include "base/hw-uuid.h"

#define COPY_ID "copy.id"
#define COPY_COUNT "copy.count"
#define COPY_OLDER "copy.older"

static gboolean
set_count (HwStore *store, guint64 count, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, count);

  return hw_store_set_setting (store, COPY_COUNT, text, error);
}

char *
hw_store_count_contact (HwStore *store, guint64 *count, GError **error)
{
  g_autofree char *id = hw_store_get_setting (store, COPY_ID);
  g_autofree char *former = hw_store_get_setting (store, COPY_COUNT);

  if (id == NULL)
    {
      id = hw_uuid_v4 ();
      if (!hw_store_set_setting (store, COPY_ID, id, error))
        return NULL;
    }
  *count = (former != NULL ? g_ascii_strtoull (former, NULL, 10) : 0) + 1;
  return set_count (store, *count, error) ? g_steal_pointer (&id) : NULL;
}

/* Interrupted between the two, it is told to be older at the next contact again. */
gboolean
hw_store_begin_anew (HwStore *store, guint64 count, GError **error)
{
  return hw_store_set_setting (store, COPY_OLDER, "1", error) && hw_store_forget_server_state (store, error)
         && set_count (store, count, error);
}

gboolean
hw_store_was_older (HwStore *store)
{
  g_autofree char *told = hw_store_get_setting (store, COPY_OLDER);

  return told != NULL;
}

gboolean
hw_store_forget_was_older (HwStore *store, GError **error)
{
  return hw_store_set_setting (store, COPY_OLDER, NULL, error);
}
