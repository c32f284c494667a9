/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What people type: any field of any record they have, with a value of its kind, and new records. What
 * the rules refuse at once was never saved and is no edit; all else must survive.
 */
#include "sim.h"

static const HwTypeId edited[]
  = { HW_TYPE_ID_CASE,            HW_TYPE_ID_PERSON,          HW_TYPE_ID_TASK, HW_TYPE_ID_MOVEMENT,
      HW_TYPE_ID_EMBASSY_REQUEST, HW_TYPE_ID_TRAVEL_DOCUMENT, HW_TYPE_ID_NOTE,
      HW_TYPE_ID_EMBASSY_MESSAGE };

static const char *const words[]
  = { "Farwaniya", "called twice", "يمنى", "Nyamata", "she is well", "flight at dawn" };

static HwValue *
value_for (SimWorld *world, const HwFieldDef *field)
{
  g_autofree char *text = NULL;

  switch (field->kind)
    {
    case HW_KIND_TEXT:
    case HW_KIND_LONG_TEXT:
      text = g_strdup_printf ("%s %d", words[sim_below (world, G_N_ELEMENTS (words))],
                              sim_below (world, 1000));
      return hw_value_new_text (text);
    case HW_KIND_CHOICE:
      return hw_value_new_text (field->choices[sim_below (world, (gint) field->n_choices)].nick);
    case HW_KIND_BOOLEAN:
      return hw_value_new_integer (sim_below (world, 2));
    case HW_KIND_DATE:
      text = g_strdup_printf ("2026-12-%02d", 1 + sim_below (world, 28));
      return hw_value_new_text (text);
    case HW_KIND_COUNTRY:
      return hw_value_new_text (sim_below (world, 2) == 0 ? "KW" : "BI");
    default:
      return NULL;
    }
}

static SimEdit *
remember_one (SimWorld *world, SimDesk *desk, HwOperation *operation, HwFieldId field)
{
  SimEdit *edit = g_new0 (SimEdit, 1);

  edit->desk = desk;
  edit->operation = g_strdup (operation->id);
  edit->record = g_strdup (operation->record);
  edit->type = operation->type;
  edit->field = field;
  g_ptr_array_add (world->edits, edit);
  return edit;
}

static void
remember (SimWorld *world, SimDesk *desk, HwOperation *operation)
{
  if (operation->action == HW_ACTION_RESOLVE)
    world->settled++;
  if (operation->action == HW_ACTION_DELETE)
    {
      world->deletions++;
      remember_one (world, desk, operation, HW_FIELD_NONE);
    }
  for (guint i = 0; i < operation->changes->len; i++)
    {
      HwFieldChange *change = g_ptr_array_index (operation->changes, i);
      SimEdit *edit = remember_one (world, desk, operation, change->field);

      edit->value = change->value != NULL ? hw_value_ref (change->value) : NULL;
    }
}

static const char *const action_words[]
  = { [HW_ACTION_CREATE] = "create", [HW_ACTION_UPDATE] = "update", [HW_ACTION_DELETE] = "delete",
      [HW_ACTION_RESOLVE] = "settle" };

/* Takes the operations. */
static void
commit (SimWorld *world, SimDesk *desk, HwOperation *first, HwOperation *second)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_LOCAL, desk->actor);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  HwOperation *operations[] = { first, second };

  for (guint i = 0; i < 2 && operations[i] != NULL; i++)
    {
      operations[i]->at = g_strdup ("2026-11-24T09:00:00+03:00");
      hw_change_set_add (set, operations[i]);
    }
  results = hw_store_commit (desk->store, set, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < results->len; i++)
    {
      HwResult *result = g_ptr_array_index (results, i);

      sim_note (world, "desk %u: %s %s of %s %s: %d", desk->number, operations[i]->id,
                action_words[operations[i]->action],
                hw_schema_type (operations[i]->type)->name, operations[i]->record, result->status);
      if (result->status != HW_RESULT_REFUSED)
        remember (world, desk, operations[i]);
    }
}

static HwRecord *
any_record (SimWorld *world, SimDesk *desk, HwTypeId type)
{
  g_autoptr (GPtrArray) records
    = hw_store_list (desk->store, type, HW_FIELD_NONE, NULL, 100, NULL);

  if (records == NULL || records->len == 0)
    return NULL;
  return g_object_ref (g_ptr_array_index (records, sim_below (world, (gint) records->len)));
}

static void
update_something (SimWorld *world, SimDesk *desk)
{
  HwTypeId type = edited[sim_below (world, G_N_ELEMENTS (edited))];
  g_autoptr (HwRecord) record = any_record (world, desk, type);
  const HwTypeDef *def = hw_schema_type (type);
  g_autofree char *id = sim_uuid (world);
  HwOperation *operation;

  if (record == NULL)
    return;
  operation = hw_operation_new (id, HW_ACTION_UPDATE, type, hw_record_id (record),
                                hw_record_case (record));
  for (guint tries = 0; tries < 6 && operation->changes->len < 2; tries++)
    {
      const HwFieldDef *field = &def->fields[sim_below (world, (gint) def->n_fields)];
      g_autoptr (HwValue) value = value_for (world, field);

      if (value != NULL && hw_access_may_write (desk->actor->role, G_MAXUINT, field)
          && hw_operation_find (operation, field->id) == NULL)
        hw_operation_set (operation, field->id, value, hw_record_field_rev (record, field->id));
    }
  if (operation->changes->len > 0)
    commit (world, desk, operation, NULL);
  else
    hw_operation_unref (operation);
}

/* What several people write at once, each in a hurry: without it two hardly ever meet in one field. */
static void
update_the_same (SimWorld *world, SimDesk *desk)
{
  static const HwFieldId fields[] = { HW_FIELD_PERSON_FAMILY_NAME, HW_FIELD_PERSON_BIRTH_PLACE };
  g_autoptr (HwRecord) person = any_record (world, desk, HW_TYPE_ID_PERSON);
  HwFieldId field = fields[sim_below (world, G_N_ELEMENTS (fields))];
  g_autoptr (HwValue) value = value_for (world, hw_schema_field (field));
  g_autofree char *id = sim_uuid (world);
  HwOperation *operation;

  if (person == NULL || !hw_access_may_write (desk->actor->role, G_MAXUINT, hw_schema_field (field)))
    return;
  operation = hw_operation_new (
    id, HW_ACTION_UPDATE, HW_TYPE_ID_PERSON, hw_record_id (person), hw_record_case (person));
  hw_operation_set (operation, field, value, hw_record_field_rev (person, field));
  commit (world, desk, operation, NULL);
}

static HwOperation *
new_record (SimWorld *world, HwTypeId type, HwFieldId field, const char *case_id)
{
  g_autofree char *id = sim_uuid (world), *record = sim_uuid (world);
  g_autoptr (HwValue) value = value_for (world, hw_schema_field (field));
  HwOperation *operation = hw_operation_new (id, HW_ACTION_CREATE, type, record, case_id);

  hw_operation_set (operation, field, value, 0);
  return operation;
}

static void
create_something (SimWorld *world, SimDesk *desk)
{
  gboolean mission = desk->actor->role == HW_ROLE_EMBASSY_LIAISON;
  g_autoptr (HwRecord) parent
    = any_record (world, desk, mission ? HW_TYPE_ID_EMBASSY_REQUEST : HW_TYPE_ID_CASE);
  HwOperation *first, *second = NULL;

  if (parent == NULL)
    return;
  if (mission)
    {
      first = new_record (world, HW_TYPE_ID_EMBASSY_MESSAGE, HW_FIELD_EMBASSY_MESSAGE_TEXT, NULL);
      hw_operation_set_text (first, HW_FIELD_EMBASSY_MESSAGE_REQUEST, hw_record_id (parent), 0);
      commit (world, desk, first, NULL);
      return;
    }
  first = new_record (world, HW_TYPE_ID_TASK, HW_FIELD_TASK_TITLE, hw_record_id (parent));
  if (sim_below (world, 2) == 0)
    {
      g_autofree char *group = sim_uuid (world);

      second = new_record (world, HW_TYPE_ID_NOTE, HW_FIELD_NOTE_TEXT, hw_record_id (parent));
      first->group = g_strdup (group);
      second->group = g_strdup (group);
    }
  commit (world, desk, first, second);
}

/* One that was seen, and its revision is said; or one's own that the server has not met yet. */
static void
delete_something (SimWorld *world, SimDesk *desk)
{
  static const HwTypeId deleted[] = { HW_TYPE_ID_TASK, HW_TYPE_ID_NOTE, HW_TYPE_ID_TRAVEL_DOCUMENT };
  HwTypeId type = deleted[sim_below (world, G_N_ELEMENTS (deleted))];
  g_autoptr (HwRecord) record = any_record (world, desk, type);
  g_autofree char *id = sim_uuid (world);
  HwOperation *operation;
  guint64 rev;

  if (record == NULL)
    return;
  rev = hw_record_rev (record);
  operation = hw_operation_new (id, HW_ACTION_DELETE, type, hw_record_id (record), hw_record_case (record));
  if (rev != 0)
    {
      operation->seen = g_array_new (FALSE, FALSE, sizeof rev);
      g_array_append_val (operation->seen, rev);
    }
  commit (world, desk, operation, NULL);
}

/* Somebody decides what two have written: for the one, the other, or a third word; for a deletion or against it. */
void
sim_decide (SimWorld *world, SimDesk *desk)
{
  static const char *const choices[] = { "current", "offered", "value" };
  g_autoptr (GPtrArray) conflicts = hw_store_conflicts (desk->store, TRUE, NULL);
  HwOperation *operation;
  HwConflict *conflict;
  g_autofree char *id = NULL;

  if (conflicts == NULL || conflicts->len == 0)
    return;
  id = sim_uuid (world);
  conflict = g_ptr_array_index (conflicts, sim_below (world, (gint) conflicts->len));
  operation = hw_operation_new (id, HW_ACTION_RESOLVE, conflict->type, conflict->id, conflict->case_id);
  if (conflict->field != HW_FIELD_NONE)
    operation->resolution = value_for (world, hw_schema_field (conflict->field));
  operation->choice = g_strdup (choices[sim_below (world, operation->resolution != NULL ? 3 : 2)]);
  if (!g_str_equal (operation->choice, "value"))
    g_clear_pointer (&operation->resolution, hw_value_unref);
  operation->seen = g_array_new (FALSE, FALSE, sizeof conflict->rev);
  g_array_append_val (operation->seen, conflict->rev);
  commit (world, desk, operation, NULL);
}

void
sim_edit (SimWorld *world, SimDesk *desk)
{
  switch (sim_below (world, 12))
    {
    case 0:
      delete_something (world, desk);
      break;
    case 1:
    case 2:
      sim_decide (world, desk);
      break;
    case 3:
    case 4:
    case 5:
      create_something (world, desk);
      break;
    case 6:
    case 7:
    case 8:
      update_the_same (world, desk);
      break;
    default:
      update_something (world, desk);
      break;
    }
}
