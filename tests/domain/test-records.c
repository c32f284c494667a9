/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Records, case files and change sets: what the rest stands on.
 */
#include "fixture.h"

static void
count_cb (HwRecord *record, gpointer data)
{
  (*(guint *)data)++;
}

static void
test_notifies_only_on_change (void)
{
  g_autoptr (HwRecord) task
    = hw_record_new (HW_TYPE_ID_TASK, "00000000-0000-4000-8000-000000000009");
  guint any = 0, title = 0, due = 0;

  g_signal_connect (task, "changed", G_CALLBACK (count_cb), &any);
  g_signal_connect (task, "changed::title", G_CALLBACK (count_cb), &title);
  g_signal_connect (task, "changed::due_on", G_CALLBACK (count_cb), &due);
  put (task, HW_FIELD_TASK_TITLE, "Call");
  put (task, HW_FIELD_TASK_TITLE, "Call");
  clear (task, HW_FIELD_TASK_TITLE);
  clear (task, HW_FIELD_TASK_TITLE);
  g_assert_cmpuint (any, ==, 2);
  g_assert_cmpuint (title, ==, 2);
  g_assert_cmpuint (due, ==, 0);
}

static void
test_empty_set_is_unset (void)
{
  g_autoptr (HwRecord) person
    = hw_record_new (HW_TYPE_ID_PERSON, "00000000-0000-4000-8000-000000000009");
  g_autoptr (HwValue) empty = hw_value_new_set (NULL);

  g_assert_false (hw_record_set (person, HW_FIELD_PERSON_ALIASES, empty));
  g_assert_null (hw_record_get (person, HW_FIELD_PERSON_ALIASES));
  g_assert_null (hw_record_get_set (person, HW_FIELD_PERSON_ALIASES)[0]);
}

static void
test_copy_is_whole_and_apart (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) copy = NULL;

  hw_record_set_field_rev (f->movement, HW_FIELD_MOVEMENT_STATUS, 7);
  hw_record_set_rev (f->movement, 9);
  copy = hw_record_copy (f->movement);
  g_assert_cmpstr (hw_record_status (copy), ==, "held");
  g_assert_cmpuint (hw_record_rev (copy), ==, 9);
  g_assert_cmpuint (hw_record_field_rev (copy, HW_FIELD_MOVEMENT_STATUS), ==, 7);
  g_assert_cmpstr (hw_record_created_by (copy), ==, "worker");
  g_assert_cmpstr (hw_record_case (copy), ==, CASE);
  put (copy, HW_FIELD_MOVEMENT_STATUS, "cancelled");
  g_assert_cmpstr (hw_record_status (f->movement), ==, "held");
}

static HwRecord *
add_at (Fixture *f, const char *id, const char *at)
{
  g_autoptr (HwRecord) record = hw_record_new (HW_TYPE_ID_NOTE, id);

  hw_record_set_stamps (record, at, "worker", at, "worker");
  hw_case_file_add (f->file, record);
  return record;
}

static void
test_order_of_creation (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *last = add_at (f, "00000000-0000-4000-8000-00000000000a", "2026-11-24T09:00:01Z");
  HwRecord *fraction
    = add_at (f, "00000000-0000-4000-8000-00000000000b", "2026-11-24T09:00:00.500000Z");
  HwRecord *first = add_at (f, "00000000-0000-4000-8000-00000000000c", "2026-11-24T09:00:00Z");
  GPtrArray *notes = hw_case_file_of_type (f->file, HW_TYPE_ID_NOTE);

  g_assert_true (g_ptr_array_index (notes, 0) == first);
  g_assert_true (g_ptr_array_index (notes, 1) == fraction);
  g_assert_true (g_ptr_array_index (notes, 2) == last);
  g_assert_true (hw_case_file_latest (f->file, HW_TYPE_ID_NOTE) == last);
  g_assert_true (g_ptr_array_index (hw_case_file_records (f->file), 0) == f->header);
}

static void
test_replace_and_delete (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) copy = hw_record_copy (f->movement);
  g_autofree char *id = g_strdup (hw_record_id (copy));
  guint before = hw_case_file_records (f->file)->len;

  hw_case_file_add (f->file, copy);
  hw_case_file_add (f->file, copy);
  g_assert_cmpuint (hw_case_file_records (f->file)->len, ==, before);
  g_assert_true (hw_case_file_lookup (f->file, id) == copy);
  hw_record_set_deleted (copy, TRUE);
  hw_case_file_add (f->file, copy);
  g_assert_null (hw_case_file_lookup (f->file, id));
  g_assert_cmpuint (hw_case_file_records (f->file)->len, ==, before - 1);
  g_assert_true (hw_case_file_lookup (f->file, OFFICE) == f->office);
  g_assert_true (hw_case_file_office (f->file) == f->office);
}

static void
test_past_values (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwValue) wishes = hw_value_new_text ("wishes");
  g_autoptr (GPtrArray) past = NULL;

  hw_case_file_note_past (f->file, HW_FIELD_RISK_ASSESSMENT_ASYLUM, NULL, wishes);
  past = hw_case_file_past (f->file, HW_FIELD_RISK_ASSESSMENT_ASYLUM);
  g_assert_cmpuint (past->len, ==, 2);
  g_assert_cmpstr (hw_value_text (g_ptr_array_index (past, 0)), ==, "wishes");
  g_assert_cmpstr (hw_value_text (g_ptr_array_index (past, 1)), ==, "none");
}

static void
test_apply_operation (void)
{
  g_autoptr (HwRecord) person
    = hw_record_new (HW_TYPE_ID_PERSON, "00000000-0000-4000-8000-000000000009");
  g_autoptr (HwOperation) operation
    = hw_operation_new ("x", HW_ACTION_UPDATE, HW_TYPE_ID_PERSON, "y", NULL);
  g_autofree char *aliases = NULL;

  put_set (person, HW_FIELD_PERSON_ALIASES, "a", "b", NULL);
  put (person, HW_FIELD_PERSON_GIVEN_NAMES, "Aline");
  hw_operation_set_text (operation, HW_FIELD_PERSON_FAMILY_NAME, "N.", 0);
  hw_operation_set_text (operation, HW_FIELD_PERSON_GIVEN_NAMES, "", 0);
  hw_operation_add_remove (operation,
                           HW_FIELD_PERSON_ALIASES,
                           (const char *const[]){ "c", NULL },
                           (const char *const[]){ "a", NULL },
                           0);
  hw_operation_apply (operation, person);
  aliases = g_strjoinv (" ", (char **)hw_record_get_set (person, HW_FIELD_PERSON_ALIASES));
  g_assert_cmpstr (aliases, ==, "b c");
  g_assert_cmpstr (hw_record_get_text (person, HW_FIELD_PERSON_FAMILY_NAME), ==, "N.");
  g_assert_null (hw_record_get (person, HW_FIELD_PERSON_GIVEN_NAMES));
}

static void
test_change_set (void)
{
  g_autoptr (HwActor) actor = hw_actor_new ("u", "U", HW_ROLE_CASEWORKER, OFFICE, NULL, "d");
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_LOCAL, actor);

  hw_change_set_add (set, hw_operation_new ("x", HW_ACTION_DELETE, HW_TYPE_ID_TASK, "y", NULL));
  g_assert_cmpint (hw_change_set_origin (set), ==, HW_ORIGIN_LOCAL);
  g_assert_cmpstr (hw_change_set_actor (set)->device, ==, "d");
  g_assert_cmpuint (hw_change_set_operations (set)->len, ==, 1);
  g_assert_true (hw_actor_system_for (actor) == g_intern_string ("system:u"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/record/notifies-only-on-change", test_notifies_only_on_change);
  g_test_add_func ("/record/an-empty-set-is-unset", test_empty_set_is_unset);
  g_test_add_func ("/record/a-copy-is-whole-and-apart", test_copy_is_whole_and_apart);
  g_test_add_func ("/case-file/order-of-creation", test_order_of_creation);
  g_test_add_func ("/case-file/replaces-and-deletes", test_replace_and_delete);
  g_test_add_func ("/case-file/past-values", test_past_values);
  g_test_add_func ("/operation/applies", test_apply_operation);
  g_test_add_func ("/change-set/holds-its-operations", test_change_set);
  return g_test_run ();
}
