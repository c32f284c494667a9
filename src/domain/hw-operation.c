/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwOperation: the intent to change one record, field by field. Each change carries the revision
 * its writer saw, which is what lets two offline edits meet without losing either.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-operation.h"

G_DEFINE_BOXED_TYPE (HwOperation, hw_operation, hw_operation_ref, hw_operation_unref)

static void
field_change_free (gpointer data)
{
  HwFieldChange *change = data;

  g_clear_pointer (&change->value, hw_value_unref);
  g_strfreev (change->add);
  g_strfreev (change->remove);
  g_free (change);
}

HwOperation *
hw_operation_new (
  const char *id, HwAction action, HwTypeId type, const char *record, const char *case_id)
{
  HwOperation *operation = g_new0 (HwOperation, 1);

  operation->id = g_strdup (id);
  operation->action = action;
  operation->type = type;
  operation->record = g_strdup (record);
  operation->case_id = g_strdup (case_id);
  operation->changes = g_ptr_array_new_with_free_func (field_change_free);
  g_atomic_ref_count_init (&operation->refs);
  return operation;
}

HwOperation *
hw_operation_ref (HwOperation *operation)
{
  g_atomic_ref_count_inc (&operation->refs);
  return operation;
}

void
hw_operation_unref (HwOperation *operation)
{
  if (operation == NULL || !g_atomic_ref_count_dec (&operation->refs))
    return;
  g_free (operation->id);
  g_free (operation->record);
  g_free (operation->case_id);
  g_free (operation->group);
  g_free (operation->at);
  g_free (operation->choice);
  g_ptr_array_unref (operation->changes);
  g_clear_pointer (&operation->resolution, hw_value_unref);
  g_clear_pointer (&operation->seen, g_array_unref);
  g_free (operation);
}

HwFieldChange *
hw_operation_find (HwOperation *operation, HwFieldId field)
{
  for (guint i = 0; i < operation->changes->len; i++)
    {
      HwFieldChange *change = g_ptr_array_index (operation->changes, i);

      if (change->field == field)
        return change;
    }
  return NULL;
}

static HwFieldChange *
find_or_add (HwOperation *operation, HwFieldId field)
{
  HwFieldChange *change = hw_operation_find (operation, field);

  if (change != NULL)
    return change;
  change = g_new0 (HwFieldChange, 1);
  change->field = field;
  g_ptr_array_add (operation->changes, change);
  return change;
}

void
hw_operation_set (HwOperation *operation, HwFieldId field, HwValue *value, guint64 base)
{
  HwFieldChange *change = find_or_add (operation, field);
  HwValue *held = value != NULL ? hw_value_ref (value) : NULL;

  g_clear_pointer (&change->value, hw_value_unref);
  g_clear_pointer (&change->add, g_strfreev);
  g_clear_pointer (&change->remove, g_strfreev);
  change->value = held;
  change->base = base;
}

void
hw_operation_set_text (HwOperation *operation, HwFieldId field, const char *text, guint64 base)
{
  g_autoptr (HwValue) value = text != NULL && *text != '\0' ? hw_value_new_text (text) : NULL;

  hw_operation_set (operation, field, value, base);
}

void
hw_operation_add_remove (HwOperation *operation,
                         HwFieldId field,
                         const char *const *add,
                         const char *const *remove,
                         guint64 base)
{
  HwFieldChange *change = find_or_add (operation, field);
  char **added = g_strdupv ((char **)add);
  char **removed = g_strdupv ((char **)remove);

  g_clear_pointer (&change->value, hw_value_unref);
  g_strfreev (change->add);
  g_strfreev (change->remove);
  /* A change without either would read "clear the field". */
  change->add = added != NULL || removed != NULL ? added : g_new0 (char *, 1);
  change->remove = removed;
  change->base = base;
}

static gboolean
strv_has (char **members, const char *member)
{
  return members != NULL && g_strv_contains ((const char *const *)members, member);
}

HwValue *
hw_field_change_result (const HwFieldChange *change, HwValue *current)
{
  g_autoptr (GPtrArray) members = NULL;
  const char *const *present;

  if (change->add == NULL && change->remove == NULL)
    return change->value != NULL ? hw_value_ref (change->value) : NULL;

  members = g_ptr_array_new ();
  present = hw_value_set (current);
  for (guint i = 0; present[i] != NULL; i++)
    if (!strv_has (change->remove, present[i]))
      g_ptr_array_add (members, (gpointer)present[i]);
  for (guint i = 0; change->add != NULL && change->add[i] != NULL; i++)
    if (!strv_has (change->remove, change->add[i]))
      g_ptr_array_add (members, change->add[i]);
  if (members->len == 0)
    return NULL;
  g_ptr_array_add (members, NULL);
  return hw_value_new_set ((const char *const *)members->pdata);
}

void
hw_operation_apply (HwOperation *operation, HwRecord *record)
{
  if (operation->action == HW_ACTION_DELETE)
    hw_record_set_deleted (record, TRUE);
  for (guint i = 0; i < operation->changes->len; i++)
    {
      HwFieldChange *change = g_ptr_array_index (operation->changes, i);
      g_autoptr (HwValue) value
        = hw_field_change_result (change, hw_record_get (record, change->field));

      hw_record_set (record, change->field, value);
    }
}
