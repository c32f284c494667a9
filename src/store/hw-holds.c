/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Holds that ran out. Nobody writes anything when that happens, so the server looks at the time;
 * the ids come from the hold itself, and looking again, or after a crash, finds nothing more to do.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-server-store.h"

#include "domain/hw-travel.h"

static gboolean
end_hold (HwStore *store, HwRecord *movement, GError **error)
{
  g_autoptr (HwCaseFile) file = hw_store_load_case (store, hw_record_case (movement), error);
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_SYSTEM, NULL);
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (GPtrArray) results = NULL;
  HwRecord *now;

  if (file == NULL)
    return *error == NULL;
  now = hw_case_file_lookup (file, hw_record_id (movement));
  if (now == NULL)
    return TRUE;
  operations = hw_travel_end_hold (file, now, hw_clock_now (hw_store_clock (store)));
  if (operations->len == 0)
    return TRUE;
  for (guint i = 0; i < operations->len; i++)
    hw_change_set_add (set, hw_operation_ref (g_ptr_array_index (operations, i)));
  results = hw_store_commit (store, set, error);
  return results != NULL;
}

gboolean
hw_store_end_holds (HwStore *store, GError **error)
{
  static const char *const held[] = { "held", "confirmed" };
  gint64 now_us = hw_clock_now (hw_store_clock (store));
  g_autoptr (GError) local = NULL;

  for (guint status = 0; status < G_N_ELEMENTS (held); status++)
    {
      g_autoptr (GPtrArray) movements = hw_store_list (
        store, HW_TYPE_ID_MOVEMENT, HW_FIELD_MOVEMENT_STATUS, held[status], 0, &local);

      for (guint i = 0; movements != NULL && i < movements->len; i++)
        if (hw_travel_hold (g_ptr_array_index (movements, i), now_us, NULL) == HW_HOLD_ENDED
            && !end_hold (store, g_ptr_array_index (movements, i), &local))
          break;
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return TRUE;
}
