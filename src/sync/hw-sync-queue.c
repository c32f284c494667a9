/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Picking and settling pushes (hw-sync-queue.h).
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "sync/hw-sync-queue.h"

#include <string.h>

#include "sync/hw-sync-codec.h"

/* With operations to step over, more of the queue is read than one push may carry. */
#define READ_WHEN_SKIPPING 10000

struct _HwSyncQueue
{
  HwStore *store;        /* (owned) */
  GHashTable *held;      /* (owned) (element-type utf8) waiting for a parent */
  GHashTable *set_aside; /* (owned) (element-type utf8) the server could not read them */
  GHashTable *lost;      /* (owned) (nullable) (element-type utf8) records whose creation was refused for good */
  guint limit;           /* operations per push; less while one at fault is looked for */
};

void
hw_sync_batch_free (HwSyncBatch *batch)
{
  if (batch == NULL)
    return;
  g_clear_pointer (&batch->operations, g_ptr_array_unref);
  g_clear_pointer (&batch->body, g_bytes_unref);
  g_free (batch);
}

/* ---- Picking ---- */

/* Where the unit that begins at `first` ends: a group stands together, anything else alone. */
static guint
unit_end (GPtrArray *pending, guint first)
{
  const char *group = ((HwOperation *) g_ptr_array_index (pending, first))->group;
  guint end = first + 1;

  while (group != NULL && end < pending->len
         && g_strcmp0 (((HwOperation *) g_ptr_array_index (pending, end))->group, group) == 0)
    end++;
  return end;
}

static gboolean
unit_is_blocked (GPtrArray *pending, guint first, guint end, GHashTable *skip, GHashTable *records)
{
  for (guint i = first; i < end; i++)
    {
      HwOperation *operation = g_ptr_array_index (pending, i);

      if (g_hash_table_contains (skip, operation->id)
          || g_hash_table_contains (records, operation->record))
        return TRUE;
    }
  return FALSE;
}

static gsize
encode_unit (GPtrArray *pending, guint first, guint end, GPtrArray *texts)
{
  gsize size = 0;

  for (guint i = first; i < end; i++)
    {
      char *text = hw_sync_operation_encode (g_ptr_array_index (pending, i));

      size += strlen (text) + 1;
      g_ptr_array_add (texts, text);
    }
  return size;
}

HwSyncBatch *
hw_sync_batch_pick (GPtrArray *pending, GHashTable *skip, guint max_operations, gsize max_bytes)
{
  g_autoptr (GHashTable) blocked_records = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HwSyncBatch) batch = g_new0 (HwSyncBatch, 1);
  gsize size = strlen ("{\"operations\":[]}");

  batch->operations = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_operation_unref);
  for (guint first = 0, end; first < pending->len; first = end)
    {
      guint before = texts->len;

      end = unit_end (pending, first);
      if (unit_is_blocked (pending, first, end, skip, blocked_records))
        {
          for (guint i = first; i < end; i++)
            g_hash_table_add (blocked_records,
                              ((HwOperation *) g_ptr_array_index (pending, i))->record);
          continue;
        }
      if (batch->n_units > 0 && before + (end - first) > max_operations)
        break;
      size += encode_unit (pending, first, end, texts);
      if (batch->n_units > 0 && size > max_bytes)
        {
          g_ptr_array_set_size (texts, (gint) before);
          break;
        }
      for (guint i = first; i < end; i++)
        g_ptr_array_add (batch->operations, hw_operation_ref (g_ptr_array_index (pending, i)));
      batch->n_units++;
    }
  if (batch->n_units == 0)
    return NULL;
  batch->body = hw_sync_operations_encode (texts);
  return g_steal_pointer (&batch);
}

/* ---- The queue ---- */

HwSyncQueue *
hw_sync_queue_new (HwStore *store)
{
  HwSyncQueue *queue = g_new0 (HwSyncQueue, 1);

  queue->store = g_object_ref (store);
  queue->held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  queue->set_aside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  queue->limit = HW_SYNC_PUSH_MAX_OPERATIONS;
  return queue;
}

void
hw_sync_queue_free (HwSyncQueue *queue)
{
  if (queue == NULL)
    return;
  g_clear_object (&queue->store);
  g_hash_table_unref (queue->held);
  g_hash_table_unref (queue->set_aside);
  g_clear_pointer (&queue->lost, g_hash_table_unref);
  g_free (queue);
}

static GHashTable *
skipped (HwSyncQueue *queue)
{
  GHashTable *skip = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, queue->held);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (skip, id);
  g_hash_table_iter_init (&iter, queue->set_aside);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (skip, id);
  return skip;
}

gboolean
hw_sync_queue_take (HwSyncQueue *queue,
                    gboolean release_held,
                    gboolean release_all,
                    HwSyncBatch **batch,
                    GError **error)
{
  g_autoptr (GHashTable) skip = NULL;
  g_autoptr (GPtrArray) pending = NULL;
  gboolean skipping;

  *batch = NULL;
  if (release_held || release_all)
    g_hash_table_remove_all (queue->held);
  if (release_all)
    g_hash_table_remove_all (queue->set_aside);
  skip = skipped (queue);
  skipping = g_hash_table_size (skip) > 0;
  pending = hw_outbox_next (queue->store,
                            skipping ? READ_WHEN_SKIPPING : HW_SYNC_PUSH_MAX_OPERATIONS, error);
  if (pending == NULL)
    return FALSE;
  *batch = hw_sync_batch_pick (pending, skip, queue->limit, HW_SYNC_PUSH_MAX_BYTES);
  return TRUE;
}

/* ---- Settling ---- */

/* Creations refused before this start are among what is shown to the person. */
static void
load_lost (HwSyncQueue *queue)
{
  g_autoptr (GPtrArray) refusals = NULL;

  if (queue->lost != NULL)
    return;
  queue->lost = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  refusals = hw_outbox_refusals (queue->store, NULL);
  for (guint i = 0; refusals != NULL && i < refusals->len; i++)
    {
      HwOperation *operation = ((HwRefusal *) g_ptr_array_index (refusals, i))->operation;

      if (operation->action == HW_ACTION_CREATE)
        g_hash_table_add (queue->lost, g_strdup (operation->record));
    }
}

static gboolean
needs_lost (HwSyncQueue *queue, HwOperation *operation)
{
  gboolean needs = g_hash_table_contains (queue->lost, operation->record)
                   || (operation->case_id != NULL
                       && g_hash_table_contains (queue->lost, operation->case_id));

  for (guint i = 0; !needs && i < operation->changes->len; i++)
    {
      HwFieldChange *change = g_ptr_array_index (operation->changes, i);
      const char *text = hw_value_text (change->value);

      needs = text != NULL && g_hash_table_contains (queue->lost, text);
    }
  return needs;
}

/* An operation whose parent was itself refused would wait for ever, unseen: it is refused with it and
 * shown. TRUE when a parent came or was lost, so that what was held finds out. */
static gboolean
judge_waiting (HwSyncQueue *queue, HwSyncBatch *batch, GPtrArray *results)
{
  gboolean decided = FALSE;

  load_lost (queue);
  for (guint i = 0; i < results->len; i++)
    {
      HwOperation *operation = g_ptr_array_index (batch->operations, i);
      HwPushResult *result = g_ptr_array_index (results, i);

      result->retry = result->retry && !needs_lost (queue, operation);
      if (operation->action != HW_ACTION_CREATE || result->retry)
        continue;
      decided = TRUE;
      if (result->status == HW_RESULT_REFUSED || result->status == HW_RESULT_QUARANTINED)
        g_hash_table_add (queue->lost, g_strdup (operation->record));
    }
  return decided;
}

gboolean
hw_sync_queue_settle (HwSyncQueue *queue,
                      HwSyncBatch *batch,
                      GBytes *answer,
                      guint *acknowledged,
                      guint *held,
                      GError **error)
{
  g_autoptr (GPtrArray) results = hw_sync_results_decode (answer, batch->operations, error);
  gboolean created = FALSE;

  *acknowledged = *held = 0;
  if (results == NULL)
    return FALSE;
  if (judge_waiting (queue, batch, results))
    g_hash_table_remove_all (queue->held);
  if (!hw_outbox_settle (queue->store, results, error))
    return FALSE;
  /* From the end: what stood before a creation in this batch need not wait for the next one. */
  for (guint i = results->len; i-- > 0;)
    {
      HwOperation *operation = g_ptr_array_index (batch->operations, i);
      HwPushResult *result = g_ptr_array_index (results, i);

      created |= operation->action == HW_ACTION_CREATE && !result->retry;
      if (!result->retry)
        (*acknowledged)++;
      else if (!created)
        g_hash_table_add (queue->held, g_strdup (result->operation));
    }
  *held = g_hash_table_size (queue->held);
  queue->limit = MIN (queue->limit * 2, HW_SYNC_PUSH_MAX_OPERATIONS);
  return TRUE;
}

gboolean
hw_sync_queue_reject (HwSyncQueue *queue, HwSyncBatch *batch)
{
  if (batch->n_units > 1)
    {
      queue->limit = MAX (batch->operations->len / 2, 1);
      return FALSE;
    }
  for (guint i = 0; i < batch->operations->len; i++)
    {
      HwOperation *operation = g_ptr_array_index (batch->operations, i);

      g_message ("operation %s cannot be read by the server and is set aside", operation->id);
      g_hash_table_add (queue->set_aside, g_strdup (operation->id));
    }
  queue->limit = HW_SYNC_PUSH_MAX_OPERATIONS;
  return TRUE;
}
