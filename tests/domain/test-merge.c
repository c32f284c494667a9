/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The truth table of a merge: every policy against base, revision and device.
 */
#include "fixture.h"

typedef struct
{
  HwFieldId field;
  const char *current;
  guint64 current_rev;
  gboolean same_device;
  const char *offered;
  guint64 base;
  HwMerged expected;
  const char *result;
} Row;

#define ASK HW_FIELD_CASE_PSEUDONYM
#define APPEND HW_FIELD_NOTE_TEXT
#define MOVE HW_FIELD_MOVEMENT_STATUS

static const Row rows[] = {
  { ASK, "a", 5, FALSE, "b", 5, HW_MERGED_APPLIED, "b" },
  { ASK, "a", 5, FALSE, "a", 3, HW_MERGED_UNCHANGED, "a" },
  { ASK, "a", 5, FALSE, "b", 3, HW_MERGED_CONFLICT, "a" },
  { ASK, "a", 5, FALSE, "b", 0, HW_MERGED_CONFLICT, "a" },
  { ASK, "a", 5, TRUE, "b", 3, HW_MERGED_APPLIED, "b" },
  { ASK, NULL, 0, FALSE, "b", 0, HW_MERGED_APPLIED, "b" },
  { ASK, NULL, 5, FALSE, "b", 3, HW_MERGED_CONFLICT, NULL },
  { ASK, "a", 5, FALSE, NULL, 5, HW_MERGED_APPLIED, NULL },
  { ASK, "a", 5, FALSE, NULL, 3, HW_MERGED_CONFLICT, "a" },
  { ASK, NULL, 5, FALSE, NULL, 3, HW_MERGED_UNCHANGED, NULL },
  { APPEND, NULL, 0, FALSE, "b", 0, HW_MERGED_APPLIED, "b" },
  { APPEND, "a", 5, FALSE, "b", 5, HW_MERGED_REFUSED, "a" },
  { APPEND, "a", 5, TRUE, "b", 3, HW_MERGED_REFUSED, "a" },
  { APPEND, "a", 5, FALSE, "a", 3, HW_MERGED_UNCHANGED, "a" },
  { MOVE, "held", 5, FALSE, "confirmed", 5, HW_MERGED_APPLIED, "confirmed" },
  { MOVE, "held", 5, FALSE, "confirmed", 3, HW_MERGED_APPLIED, "confirmed" },
  { MOVE, "arrived", 5, FALSE, "held", 3, HW_MERGED_CONFLICT, "arrived" },
  { MOVE, "cancelled", 5, FALSE, "arrived", 3, HW_MERGED_APPLIED, "arrived" },
  { MOVE, "held", 5, FALSE, "held", 3, HW_MERGED_UNCHANGED, "held" },
  { MOVE, "held", 5, FALSE, NULL, 3, HW_MERGED_CONFLICT, "held" },
};

static HwValue *
value_or_null (const char *text)
{
  return text != NULL ? hw_value_new_text (text) : NULL;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (HwValue) current = value_or_null (row->current);
  g_autoptr (HwValue) offered = value_or_null (row->offered);
  g_autoptr (HwValue) result = NULL;
  HwFieldChange change = { .field = row->field, .value = offered, .base = row->base };
  HwMerged merged = hw_merge_field (
    hw_schema_field (row->field), current, row->current_rev, row->same_device, &change, &result);

  g_assert_cmpint (merged, ==, row->expected);
  g_assert_cmpstr (hw_value_text (result), ==, row->result);
}

/* `last` exists for cosmetic fields; the schema may have none, so the policy is tried by itself. */
static void
test_last (void)
{
  HwFieldDef field = *hw_schema_field (ASK);
  g_autoptr (HwValue) current = hw_value_new_text ("a"), offered = hw_value_new_text ("b");
  g_autoptr (HwValue) result = NULL;
  HwFieldChange change = { .value = offered, .base = 3 };

  field.merge = HW_MERGE_LAST;
  g_assert_cmpint (
    hw_merge_field (&field, current, 5, FALSE, &change, &result), ==, HW_MERGED_MERGED);
  g_assert_cmpstr (hw_value_text (result), ==, "b");
}

static void
assert_set (HwValue *current, HwFieldChange *change, HwMerged expected, const char *members)
{
  g_autoptr (HwValue) result = NULL;
  g_autofree char *found = NULL;
  HwMerged merged = hw_merge_field (
    hw_schema_field (HW_FIELD_PERSON_ALIASES), current, 5, FALSE, change, &result);

  found = g_strjoinv (" ", (char **)hw_value_set (result));
  g_assert_cmpint (merged, ==, expected);
  g_assert_cmpstr (found, ==, members);
}

static void
test_sets (void)
{
  g_autoptr (HwValue) current = hw_value_new_set ((const char *const[]){ "a", "b", NULL });
  g_autoptr (HwValue) whole = hw_value_new_set ((const char *const[]){ "c", NULL });
  const char *c[] = { "c", NULL }, *b[] = { "b", NULL };
  HwFieldChange add = { .add = (char **)c, .base = 3 };
  HwFieldChange add_known = { .add = (char **)b, .base = 3 };
  HwFieldChange both = { .add = (char **)c, .remove = (char **)b, .base = 3 };
  HwFieldChange stale = { .value = whole, .base = 3 };
  HwFieldChange fresh = { .value = whole, .base = 5 };

  g_assert_cmpint (hw_schema_field (HW_FIELD_PERSON_ALIASES)->merge, ==, HW_MERGE_SET);
  assert_set (current, &add, HW_MERGED_MERGED, "a b c");
  assert_set (current, &add_known, HW_MERGED_UNCHANGED, "a b");
  assert_set (current, &both, HW_MERGED_MERGED, "a c");
  assert_set (current, &stale, HW_MERGED_MERGED, "a b c");
  assert_set (current, &fresh, HW_MERGED_APPLIED, "c");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/merge/row-%02u", i);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/merge/last-takes-the-later", test_last);
  g_test_add_func ("/merge/sets-join", test_sets);
  return g_test_run ();
}
