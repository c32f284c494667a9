/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was taken over is written in the link, field by field, so that undoing knows it without guessing.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-pair.h"

#include <string.h>

#include "base/hw-base.h"

#define NAME_PREFIX "known as "

static HwOperation *
change (const char *act, const char *what, HwRecord *record)
{
  g_autofree char *id = hw_uuid_v5 (act, what);
  HwOperation *operation = hw_operation_new (
    id, HW_ACTION_UPDATE, hw_record_type (record), hw_record_id (record), hw_record_case (record));

  operation->group = g_strdup (act);
  return operation;
}

static void
set_text (HwOperation *operation, HwRecord *record, HwFieldId field, const char *text)
{
  g_autoptr (HwValue) value = text != NULL ? hw_value_new_text (text) : NULL;

  if (!hw_value_equal (hw_record_get (record, field), value))
    hw_operation_set (operation, field, value, hw_record_field_rev (record, field));
}

static void
keep_if_any (GPtrArray *operations, HwOperation *operation)
{
  if (operation->changes->len > 0)
    g_ptr_array_add (operations, operation);
  else
    hw_operation_unref (operation);
}

/* Her photo and her role in the case belong to the case they are in. */
static gboolean
is_taken_over (const HwFieldDef *field)
{
  return field->id != HW_FIELD_PERSON_ROLE && field->id != HW_FIELD_PERSON_PHOTO
         && field->id != HW_FIELD_PERSON_ALIASES;
}

static char *
full_name (HwRecord *person)
{
  const char *given = hw_record_get_text (person, HW_FIELD_PERSON_GIVEN_NAMES);
  const char *family = hw_record_get_text (person, HW_FIELD_PERSON_FAMILY_NAME);

  return g_strstrip (
    g_strdup_printf ("%s %s", given != NULL ? given : "", family != NULL ? family : ""));
}

/* (nullable) the name the other case gives her, where it is another than this one's. */
static char *
other_name (HwRecord *kept, HwRecord *aside)
{
  g_autofree char *own = full_name (kept);
  g_autofree char *other = full_name (aside);
  const char *const *aliases = hw_record_get_set (kept, HW_FIELD_PERSON_ALIASES);

  if (*other == '\0' || *own == '\0' || g_str_equal (own, other)
      || (aliases != NULL && g_strv_contains (aliases, other)))
    return NULL;
  return g_steal_pointer (&other);
}

static void
take_name (HwOperation *operation, HwRecord *kept, HwRecord *aside, GPtrArray *taken)
{
  g_autofree char *name = other_name (kept, aside);
  const char *members[] = { name, NULL };

  if (name == NULL)
    return;
  hw_operation_add_remove (operation,
                           HW_FIELD_PERSON_ALIASES,
                           members,
                           NULL,
                           hw_record_field_rev (kept, HW_FIELD_PERSON_ALIASES));
  g_ptr_array_add (taken, g_strconcat (NAME_PREFIX, name, NULL));
}

static HwOperation *
fill_person (const char *act, HwRecord *kept, HwRecord *aside, GPtrArray *taken)
{
  const HwTypeDef *def = hw_schema_type (HW_TYPE_ID_PERSON);
  HwOperation *operation = change (act, "person", kept);

  take_name (operation, kept, aside, taken);
  for (guint i = 0; i < def->n_fields; i++)
    {
      const HwFieldDef *field = &def->fields[i];
      HwValue *value = hw_record_get (aside, field->id);

      if (!is_taken_over (field) || value == NULL || hw_record_get (kept, field->id) != NULL)
        continue;
      hw_operation_set (
        operation, field->id, value, hw_record_field_rev (kept, field->id));
      g_ptr_array_add (taken, g_strdup (field->name));
    }
  return operation;
}

static HwOperation *
mark_merged (const char *act, HwRecord *link, HwCaseFile *kept, HwRecord *header, GPtrArray *taken)
{
  HwOperation *operation = change (act, "link", link);
  g_autoptr (HwValue) fields = NULL;

  g_ptr_array_add (taken, NULL);
  fields = taken->len > 1 ? hw_value_new_set ((const char *const *)taken->pdata) : NULL;
  set_text (operation, link, HW_FIELD_CASE_LINK_STATE, HW_CASE_LINK_STATE_MERGED);
  set_text (operation, link, HW_FIELD_CASE_LINK_KEPT, hw_case_file_id (kept));
  set_text (operation,
            link,
            HW_FIELD_CASE_LINK_FORMER_REASON,
            hw_record_get_text (header, HW_FIELD_CASE_CLOSURE_REASON));
  if (!hw_value_equal (hw_record_get (link, HW_FIELD_CASE_LINK_TAKEN), fields))
    hw_operation_set (operation,
                      HW_FIELD_CASE_LINK_TAKEN,
                      fields,
                      hw_record_field_rev (link, HW_FIELD_CASE_LINK_TAKEN));
  return operation;
}

GPtrArray *
hw_pair_merge (const char *act, HwRecord *link, HwCaseFile *kept, HwCaseFile *aside)
{
  GPtrArray *operations = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);
  g_autoptr (GPtrArray) taken = g_ptr_array_new_with_free_func (g_free);
  HwRecord *her = hw_case_file_survivor (kept), *other = hw_case_file_survivor (aside);
  HwRecord *header = hw_case_file_case (aside);
  HwOperation *person
    = her != NULL && other != NULL ? fill_person (act, her, other, taken) : NULL;
  HwOperation *duplicate = change (act, "case", header);

  g_ptr_array_add (operations, mark_merged (act, link, kept, header, taken));
  set_text (
    duplicate, header, HW_FIELD_CASE_CLOSURE_REASON, HW_CASE_CLOSURE_REASON_DUPLICATE);
  keep_if_any (operations, duplicate);
  if (person != NULL)
    keep_if_any (operations, person);
  return operations;
}

/* What was changed since it was taken over is somebody's word by now, and stays. */
static void
give_back (HwOperation *operation, HwRecord *kept, HwRecord *aside, const char *what)
{
  const HwFieldDef *field = hw_schema_field_by_name (HW_TYPE_ID_PERSON, what);

  if (g_str_has_prefix (what, NAME_PREFIX))
    {
      const char *members[] = { what + strlen (NAME_PREFIX), NULL };

      hw_operation_add_remove (operation,
                               HW_FIELD_PERSON_ALIASES,
                               NULL,
                               members,
                               hw_record_field_rev (kept, HW_FIELD_PERSON_ALIASES));
    }
  else if (field != NULL
           && hw_value_equal (hw_record_get (kept, field->id), hw_record_get (aside, field->id)))
    {
      hw_operation_set (operation, field->id, NULL, hw_record_field_rev (kept, field->id));
    }
}

GPtrArray *
hw_pair_undo (const char *act, HwRecord *link, HwCaseFile *kept, HwCaseFile *aside)
{
  GPtrArray *operations = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);
  HwRecord *her = hw_case_file_survivor (kept), *other = hw_case_file_survivor (aside);
  HwRecord *header = hw_case_file_case (aside);
  const char *const *taken = hw_record_get_set (link, HW_FIELD_CASE_LINK_TAKEN);
  HwOperation *undo = change (act, "link", link);
  HwOperation *duplicate = change (act, "case", header);
  HwOperation *person = her != NULL ? change (act, "person", her) : NULL;

  set_text (undo, link, HW_FIELD_CASE_LINK_STATE, HW_CASE_LINK_STATE_POSSIBLE);
  g_ptr_array_add (operations, undo);
  if (hw_record_is (header, HW_FIELD_CASE_CLOSURE_REASON, HW_CASE_CLOSURE_REASON_DUPLICATE))
    set_text (duplicate,
              header,
              HW_FIELD_CASE_CLOSURE_REASON,
              hw_record_get_text (link, HW_FIELD_CASE_LINK_FORMER_REASON));
  keep_if_any (operations, duplicate);
  for (guint i = 0; person != NULL && other != NULL && taken != NULL && taken[i] != NULL; i++)
    give_back (person, her, other, taken[i]);
  if (person != NULL)
    keep_if_any (operations, person);
  return operations;
}
