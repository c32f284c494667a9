/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What must hold once everything has healed: nothing waits, every desktop has what the server shows its
 * user and nothing else, and no edit is lost.
 */
#include "sim.h"
#include "sync/hw-sync-codec.h"

static char *
text_of (HwRecord *record)
{
  HwItem item = { .op = HW_ITEM_PUT, .type = hw_record_type (record),
                  .id = (char *) hw_record_id (record), .case_id = (char *) hw_record_case (record),
                  .rev = hw_record_rev (record), .record = record };
  GString *text = g_string_new (NULL);

  hw_item_append_json (&item, text);
  return g_string_free (text, FALSE);
}

static void
take_item (GHashTable *records, HwItem *item)
{
  if (item->op == HW_ITEM_PUT)
    g_hash_table_insert (records, g_strdup (item->id), text_of (item->record));
  else if (item->op == HW_ITEM_DELETE)
    g_hash_table_remove (records, item->id);
}

/* What a desktop that begins today would be given. */
static GHashTable *
projection_for (SimWorld *world, SimDesk *desk)
{
  GHashTable *records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *cursor = NULL;
  gboolean more = TRUE;

  while (more)
    {
      g_autofree char *escaped = cursor != NULL ? g_uri_escape_string (cursor, NULL, FALSE) : NULL;
      g_autofree char *path = escaped != NULL ? g_strconcat ("/v1/changes?cursor=", escaped, NULL)
                                              : g_strdup ("/v1/changes");
      g_autoptr (HwServerResponse) response
        = sim_ask (world->core, "GET", path, desk->token, NULL, NULL, 0);
      g_autoptr (GError) error = NULL;
      g_autoptr (HwSyncPage) page = NULL;

      g_assert_cmpuint (response->status, ==, 200);
      page = hw_sync_page_decode (response->body, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < page->items->len; i++)
        take_item (records, g_ptr_array_index (page->items, i));
      more = page->more;
      g_free (cursor);
      cursor = g_strdup (page->cursor);
    }
  return records;
}

static char *
check_equal (SimWorld *world, SimDesk *desk)
{
  g_autoptr (GHashTable) expected = projection_for (world, desk);
  GHashTableIter iter;
  gpointer id, text;

  for (guint type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type++)
    {
      g_autoptr (GPtrArray) records
        = hw_store_list (desk->store, (HwTypeId) type, HW_FIELD_NONE, NULL, 10000, NULL);

      for (guint i = 0; records != NULL && i < records->len; i++)
        {
          HwRecord *record = g_ptr_array_index (records, i);
          g_autofree char *here = text_of (record);
          const char *there = g_hash_table_lookup (expected, hw_record_id (record));

          if (there == NULL)
            return g_strdup_printf ("desk %u has what it may not have: %s", desk->number, here);
          if (!g_str_equal (here, there))
            return g_strdup_printf ("desk %u has\n %s\nnot\n %s", desk->number, here, there);
          g_hash_table_remove (expected, hw_record_id (record));
        }
    }
  g_hash_table_iter_init (&iter, expected);
  if (g_hash_table_iter_next (&iter, &id, &text))
    return g_strdup_printf ("desk %u lacks %s", desk->number, (char *) text);
  return NULL;
}

static char *
check_desk (SimWorld *world, SimDesk *desk)
{
  HwOutboxCounts counts = hw_outbox_counts (desk->store);

  if (counts.waiting > 0)
    return g_strdup_printf ("desk %u still waits for %u answers", desk->number, counts.waiting);
  if (hw_sync_engine_state (desk->engine) != HW_SYNC_STATE_SYNCED)
    return g_strdup_printf ("desk %u is in state %d", desk->number,
                            hw_sync_engine_state (desk->engine));
  return check_equal (world, desk);
}

static gboolean
was_refused (SimEdit *edit)
{
  g_autoptr (GPtrArray) refusals = hw_outbox_refusals (edit->desk->store, NULL);

  for (guint i = 0; refusals != NULL && i < refusals->len; i++)
    {
      HwRefusal *refusal = g_ptr_array_index (refusals, i);

      if (g_str_equal (refusal->operation->id, edit->operation))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_in_conflict (SimWorld *world, SimEdit *edit)
{
  g_autoptr (GPtrArray) conflicts = hw_store_conflicts (world->server, FALSE, NULL);

  for (guint i = 0; conflicts != NULL && i < conflicts->len; i++)
    {
      HwConflict *conflict = g_ptr_array_index (conflicts, i);

      if (g_str_equal (conflict->record, edit->record) && conflict->field == edit->field
          && hw_value_equal (conflict->offered, edit->value))
        return TRUE;
    }
  return FALSE;
}

/* The record is gone; or whether it goes is asked, was decided, or was not for them to say. */
static char *
check_deletion (SimWorld *world, SimEdit *edit)
{
  g_autoptr (HwRecord) record
    = hw_store_get_record (world->server, edit->type, edit->record, NULL);
  g_autoptr (GPtrArray) conflicts = hw_store_conflicts (world->server, FALSE, NULL);

  if (record == NULL || was_refused (edit))
    return NULL;
  for (guint i = 0; conflicts != NULL && i < conflicts->len; i++)
    {
      HwConflict *conflict = g_ptr_array_index (conflicts, i);

      if (g_str_equal (conflict->record, edit->record) && conflict->field == HW_FIELD_NONE)
        return NULL;
    }
  return g_strdup_printf ("a deletion of %s %s is lost: operation %s of desk %u",
                          hw_schema_type (edit->type)->name, edit->record, edit->operation, edit->desk->number);
}

static char *
check_edit (SimWorld *world, SimEdit *edit)
{
  g_autoptr (HwRecord) record
    = hw_store_get_record (world->server, edit->type, edit->record, NULL);
  g_autoptr (GPtrArray) history
    = hw_store_history (world->server, edit->type, edit->record, NULL);

  if (record != NULL && hw_value_equal (hw_record_get (record, edit->field), edit->value))
    return NULL;
  for (guint i = 0; history != NULL && i < history->len; i++)
    {
      HwHistoryEntry *entry = g_ptr_array_index (history, i);

      if (entry->field == edit->field && hw_value_equal (entry->value, edit->value))
        return NULL;
    }
  if (is_in_conflict (world, edit) || was_refused (edit))
    return NULL;
  return g_strdup_printf ("%s of %s %s is lost: operation %s of desk %u",
                          hw_schema_field (edit->field)->name, hw_schema_type (edit->type)->name,
                          edit->record, edit->operation, edit->desk->number);
}

char *
sim_check (SimWorld *world)
{
  char *fault = NULL;

  for (guint i = 0; fault == NULL && i < world->desks->len; i++)
    fault = check_desk (world, g_ptr_array_index (world->desks, i));
  for (guint i = 0; fault == NULL && i < world->edits->len; i++)
    {
      SimEdit *edit = g_ptr_array_index (world->edits, i);

      fault = edit->field == HW_FIELD_NONE ? check_deletion (world, edit) : check_edit (world, edit);
    }
  return fault;
}
