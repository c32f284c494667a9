/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What ends by itself: holds at their minute, documents with their last day. Nobody writes anything
 * when that happens, so the server looks at the time; the ids come from what ended, and looking
 * again, or after a crash, finds nothing more to do.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-server-store.h"

#include "base/hw-base.h"
#include "domain/hw-document-check.h"
#include "domain/hw-travel.h"

typedef struct
{
  HwTypeId type;
  const char *statuses[5]; /* those in which it can end, ended by NULL */
  gboolean (*may_be_over) (HwRecord *record, gint64 now_us); /* asked before its case is read */
  GPtrArray *(*end) (HwCaseFile *file, HwRecord *record, gint64 now_us);
} Ending;

static gboolean
end_one (HwStore *store, const Ending *ending, HwRecord *record, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (HwCaseFile) file = hw_store_load_case (store, hw_record_case (record), &local);
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_SYSTEM, NULL);
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (GPtrArray) results = NULL;
  HwRecord *now = file != NULL ? hw_case_file_lookup (file, hw_record_id (record)) : NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (now == NULL)
    return TRUE;
  operations = ending->end (file, now, hw_clock_now (hw_store_clock (store)));
  if (operations->len == 0)
    return TRUE;
  for (guint i = 0; i < operations->len; i++)
    hw_change_set_add (set, hw_operation_ref (g_ptr_array_index (operations, i)));
  results = hw_store_commit (store, set, error);
  return results != NULL;
}

static gboolean
end_all (HwStore *store, const Ending *ending, GError **error)
{
  HwFieldId field = hw_schema_type (ending->type)->status_field;
  gint64 now_us = hw_clock_now (hw_store_clock (store));

  for (guint status = 0; ending->statuses[status] != NULL; status++)
    {
      g_autoptr (GPtrArray) records
        = hw_store_list (store, ending->type, field, ending->statuses[status], 0, error);

      if (records == NULL)
        return FALSE;
      for (guint i = 0; i < records->len; i++)
        if (ending->may_be_over (g_ptr_array_index (records, i), now_us)
            && !end_one (store, ending, g_ptr_array_index (records, i), error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
hold_is_over (HwRecord *movement, gint64 now_us)
{
  return hw_travel_hold (movement, now_us, NULL) == HW_HOLD_ENDED;
}

gboolean
hw_store_end_holds (HwStore *store, GError **error)
{
  static const Ending hold = { .type = HW_TYPE_ID_MOVEMENT,
                               .statuses = { "held", "confirmed", NULL },
                               .may_be_over = hold_is_over,
                               .end = hw_travel_end_hold };

  return end_all (store, &hold, error);
}

/* In the zone where the day is over first; the office's own is looked at with its case. */
static gboolean
document_may_be_over (HwRecord *document, gint64 now_us)
{
  g_autofree char *day = hw_date_of_instant (now_us + 14 * G_TIME_SPAN_HOUR, NULL);

  return hw_record_get (document, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON) != NULL
         && !hw_document_is_valid_on (document, day);
}

gboolean
hw_store_end_documents (HwStore *store, GError **error)
{
  static const Ending document
    = { .type = HW_TYPE_ID_TRAVEL_DOCUMENT,
        .statuses = { "issued", "received", "verified", "handed_over", NULL },
        .may_be_over = document_may_be_over,
        .end = hw_document_end };

  return end_all (store, &document, error);
}
