/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a focal point keeps of a case whose referral has ended is as old as its end: neither a revision nor a
 * moment tells that the case went on.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-projection-private.h"

/* (transfer none) (nullable) how the referral came to its last status. */
static HwHistoryEntry *
last_move (GPtrArray *history, guint64 rev)
{
  for (guint i = 0; history != NULL && i < history->len; i++)
    {
      HwHistoryEntry *entry = g_ptr_array_index (history, i);

      if (entry->field == HW_FIELD_REFERRAL_STATUS && entry->rev == rev)
        return entry;
    }
  return NULL;
}

void
hw_projection_tell_last (HwStore *store, HwRecord *record, HwRecord *told)
{
  const HwTypeDef *def = hw_record_def (told);
  g_autoptr (GPtrArray) history = NULL;
  HwHistoryEntry *move = NULL;
  guint64 rev = 0;

  for (guint i = 0; i < def->n_fields; i++)
    rev = MAX (rev, hw_record_field_rev (told, def->fields[i].id));
  hw_record_set_rev (told, rev);
  hw_record_set_stamps (told, NULL, NULL, NULL, NULL);
  if (def->id != HW_TYPE_ID_REFERRAL)
    return;
  history = hw_store_history (store, def->id, hw_record_id (record), NULL);
  move = last_move (history, rev);
  hw_record_set_stamps (told,
                        hw_record_created_at (record),
                        hw_record_created_by (record),
                        move != NULL ? move->at : hw_record_created_at (record),
                        move != NULL ? move->by : hw_record_created_by (record));
}
