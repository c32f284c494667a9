/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwValue. A value is one allocation-counted block that never changes after it is made, so any
 * number of threads may hold and read it. Sets are sorted and free of duplicates from birth:
 * two equal sets are equal byte for byte.
 */
#include "schema/hw-value-private.h"

#include <string.h>

struct _HwValue
{
  gatomicrefcount refs;
  HwShape shape;
  gboolean boolean; /* says how to write the number; never makes two values differ */
  gint64 number;
  char *text; /* (owned) (nullable) */
  char *unit; /* (owned) (nullable) */
  GStrv set;  /* (owned) (nullable) */
};

G_DEFINE_BOXED_TYPE (HwValue, hw_value, hw_value_ref, hw_value_unref)

static HwValue *
value_new (HwShape shape)
{
  HwValue *value = g_new0 (HwValue, 1);

  g_atomic_ref_count_init (&value->refs);
  value->shape = shape;
  return value;
}

HwValue *
hw_value_ref (HwValue *value)
{
  g_return_val_if_fail (value != NULL, NULL);
  g_atomic_ref_count_inc (&value->refs);
  return value;
}

void
hw_value_unref (HwValue *value)
{
  g_return_if_fail (value != NULL);
  if (!g_atomic_ref_count_dec (&value->refs))
    return;
  g_free (value->text);
  g_free (value->unit);
  g_strfreev (value->set);
  g_free (value);
}

HwValue *
hw_value_new_text (const char *text)
{
  HwValue *value;

  g_return_val_if_fail (text != NULL, NULL);
  value = value_new (HW_SHAPE_TEXT);
  value->text = g_strdup (text);
  return value;
}

HwValue *
hw_value_new_integer (gint64 number)
{
  HwValue *value = value_new (HW_SHAPE_INTEGER);

  value->number = number;
  return value;
}

HwValue *
hw_value_new_boolean (gboolean truth)
{
  HwValue *value = hw_value_new_integer (truth ? 1 : 0);

  value->boolean = TRUE;
  return value;
}

gboolean
hw_value_is_boolean (const HwValue *value)
{
  return value != NULL && value->boolean;
}

static int
compare_members (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

HwValue *
hw_value_new_set (const char *const *members)
{
  HwValue *value = value_new (HW_SHAPE_SET);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (gsize i = 0; members != NULL && members[i] != NULL; i++)
    g_ptr_array_add (sorted, (gpointer)members[i]);
  g_ptr_array_sort (sorted, compare_members);
  for (guint i = 0; i < sorted->len; i++)
    if (i == 0 || strcmp (sorted->pdata[i - 1], sorted->pdata[i]) != 0)
      g_ptr_array_add (kept, g_strdup (sorted->pdata[i]));
  g_ptr_array_add (kept, NULL);
  value->set = (GStrv)g_ptr_array_steal (kept, NULL);
  return value;
}

HwValue *
hw_value_new_pair (const char *text, const char *unit)
{
  HwValue *value;

  g_return_val_if_fail (text != NULL && unit != NULL, NULL);
  value = value_new (HW_SHAPE_PAIR);
  value->text = g_strdup (text);
  value->unit = g_strdup (unit);
  return value;
}

HwValue *
hw_value_new_money (gint64 minor, const char *currency)
{
  HwValue *value;

  g_return_val_if_fail (currency != NULL, NULL);
  value = value_new (HW_SHAPE_MONEY);
  value->number = minor;
  value->unit = g_strdup (currency);
  return value;
}

HwShape
hw_value_shape (const HwValue *value)
{
  g_return_val_if_fail (value != NULL, HW_SHAPE_TEXT);
  return value->shape;
}

const char *
hw_value_text (const HwValue *value)
{
  return value != NULL ? value->text : NULL;
}

const char *
hw_value_unit (const HwValue *value)
{
  return value != NULL ? value->unit : NULL;
}

gint64
hw_value_integer (const HwValue *value)
{
  return value != NULL ? value->number : 0;
}

const char *const *
hw_value_set (const HwValue *value)
{
  static const char *const empty[] = { NULL };

  return value != NULL && value->set != NULL ? (const char *const *)value->set : empty;
}

gboolean
hw_value_set_contains (const HwValue *value, const char *member)
{
  return member != NULL && g_strv_contains (hw_value_set (value), member);
}

gboolean
hw_value_equal (const HwValue *a, const HwValue *b)
{
  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL || a->shape != b->shape)
    return FALSE;
  return a->number == b->number && g_strcmp0 (a->text, b->text) == 0
         && g_strcmp0 (a->unit, b->unit) == 0 && g_strv_equal (hw_value_set (a), hw_value_set (b));
}
