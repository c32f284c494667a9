/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The steps of one operation that the desktop and the server share: is it well-formed, which record
 * and which case does it mean, and writing what came of it.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"

#include <glib/gi18n-lib.h>

#define MAX_CONSEQUENCES 200

void
hw_step_clear (HwStep *step)
{
  g_clear_pointer (&step->root, g_free);
  g_clear_object (&step->file);
  g_clear_object (&step->before);
  g_clear_object (&step->after);
  g_clear_pointer (&step->conflicts, g_ptr_array_unref);
}

static HwVerdict *
invalid (HwFieldId field, const char *message)
{
  return hw_verdict_new_refused (HW_REASON_INVALID, field, message);
}

static HwVerdict *
check_members (const HwFieldDef *field, char **members)
{
  g_autoptr (HwValue) value = NULL;
  g_autoptr (GError) error = NULL;

  if (members == NULL || members[0] == NULL)
    return NULL;
  value = hw_value_new_set ((const char *const *)members);
  return hw_value_check (field, value, &error) ? NULL : invalid (field->id, error->message);
}

static HwVerdict *
check_change (HwOperation *operation, const HwFieldChange *change)
{
  const HwFieldDef *field;
  g_autoptr (GError) error = NULL;
  HwVerdict *verdict;

  if (change->field == HW_FIELD_NONE || change->field >= HW_N_FIELDS)
    return invalid (HW_FIELD_NONE, _ ("This change names an unknown field."));
  field = hw_schema_field (change->field);
  if (field->type != operation->type)
    return invalid (HW_FIELD_NONE, _ ("This change names a field of another kind of record."));
  if ((change->add != NULL || change->remove != NULL) && !hw_kind_is_set (field->kind))
    return invalid (field->id, _ ("Only lists can be added to."));
  if (change->value != NULL && !hw_value_check (field, change->value, &error))
    return invalid (field->id, error->message);
  verdict = check_members (field, change->add);
  return verdict != NULL ? verdict : check_members (field, change->remove);
}

HwVerdict *
hw_step_check_shape (HwOperation *operation)
{
  if (operation->type == HW_TYPE_ID_NONE || operation->type >= HW_N_TYPE_IDS)
    return invalid (HW_FIELD_NONE, _ ("This change is about an unknown kind of record."));
  if (!hw_uuid_valid (operation->id) || operation->record == NULL
      || !hw_uuid_valid (operation->record)
      || (operation->case_id != NULL && !hw_uuid_valid (operation->case_id)))
    return invalid (HW_FIELD_NONE, _ ("This change carries a malformed identifier."));
  for (guint i = 0; i < operation->changes->len; i++)
    {
      HwVerdict *verdict = check_change (operation, g_ptr_array_index (operation->changes, i));

      if (verdict != NULL)
        return verdict;
    }
  return NULL;
}

/* ---- Which record, which case ---- */

static gboolean
is_mission_store (HwStore *store)
{
  return store->rows[HW_TYPE_ID_CASE] == NULL;
}

HwVerdict *
hw_step_parent_unknown (void)
{
  return hw_verdict_new_refused (
    HW_REASON_PARENT_UNKNOWN,
    HW_FIELD_NONE,
    _ ("What this belongs to has not arrived yet. It is kept and sent again."));
}

/* What a mission makes names its request, not a case. */
static char *
root_by_request (HwCommit *commit, HwOperation *operation, GError **error)
{
  for (guint i = 0; i < operation->changes->len; i++)
    {
      HwFieldChange *change = g_ptr_array_index (operation->changes, i);
      const HwFieldDef *field = hw_schema_field (change->field);
      char *root = NULL;

      if (field->kind != HW_KIND_REFERENCE || field->target != HW_TYPE_ID_EMBASSY_REQUEST
          || change->value == NULL)
        continue;
      hw_row_locate (commit->store, commit->db, hw_value_text (change->value), &root, error);
      return root;
    }
  return NULL;
}

static char *
root_of_new (HwCommit *commit, HwOperation *operation, GError **error)
{
  if (operation->type == HW_TYPE_ID_CASE)
    return g_strdup (operation->record);
  if (operation->type == HW_TYPE_ID_EMBASSY_REQUEST && is_mission_store (commit->store))
    return g_strdup (operation->record);
  /* A mission knows no case: what it writes names a request, and the request knows where it belongs. */
  if (operation->case_id == NULL || hw_schema_type (operation->type)->root == HW_ROOT_REQUEST)
    {
      char *root = root_by_request (commit, operation, error);

      if (root != NULL || operation->case_id == NULL)
        return root;
    }
  return g_strdup (operation->case_id);
}

static gboolean
find_file (HwCommit *commit, HwStep *step, GError **error)
{
  HwOperation *operation = step->operation;
  g_autoptr (GError) local = NULL;

  if (hw_schema_type (operation->type)->root == HW_ROOT_NONE)
    {
      step->file = hw_store_directory (commit->store);
      return TRUE;
    }
  if (step->root == NULL)
    return TRUE;
  step->file = hw_commit_case_file (commit, step->root, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (step->file == NULL && g_str_equal (step->root, operation->record))
    {
      g_autoptr (HwCaseFile) directory = hw_store_directory (commit->store);

      step->file = hw_case_file_new (step->root, directory);
    }
  return TRUE;
}

static gboolean
find_before (HwCommit *commit, HwStep *step, GError **error)
{
  HwRecord *record = hw_case_file_lookup (step->file, step->operation->record);
  g_autoptr (GError) local = NULL;

  if (step->stored_type == HW_TYPE_ID_NONE)
    return TRUE;
  step->before = record != NULL
                   ? g_object_ref (record)
                   : hw_row_read (
                     commit->store, commit->db, step->stored_type, step->operation->record, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
make_after (HwCommit *commit, HwStep *step)
{
  HwOperation *operation = step->operation;

  if (step->before != NULL)
    {
      step->after = hw_record_copy (step->before);
      return;
    }
  step->after = hw_record_new (operation->type, operation->record);
  if (hw_schema_type (operation->type)->root != HW_ROOT_NONE && !is_mission_store (commit->store))
    hw_record_set_case (step->after, step->root);
}

gboolean
hw_step_locate (HwCommit *commit, HwStep *step, HwVerdict **verdict, GError **error)
{
  HwOperation *operation = step->operation;
  g_autoptr (GError) local = NULL;

  step->stored_type
    = hw_row_locate (commit->store, commit->db, operation->record, &step->root, &local);
  if (local == NULL && step->stored_type == HW_TYPE_ID_NONE
      && operation->action == HW_ACTION_CREATE)
    step->root = root_of_new (commit, operation, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (step->stored_type != HW_TYPE_ID_NONE && step->stored_type != operation->type
      && operation->action == HW_ACTION_CREATE)
    {
      *verdict = invalid (HW_FIELD_NONE, _ ("This identifier belongs to another kind of record."));
      return TRUE;
    }
  /* Whether there is a record of another kind is nobody's to learn from a guess. */
  if (step->stored_type != operation->type && operation->action != HW_ACTION_CREATE)
    {
      *verdict = hw_step_parent_unknown ();
      return TRUE;
    }
  if (!find_file (commit, step, error))
    return FALSE;
  if (step->file == NULL)
    {
      *verdict = hw_step_parent_unknown ();
      return TRUE;
    }
  if (!find_before (commit, step, error))
    return FALSE;
  make_after (commit, step);
  return TRUE;
}

/* Whoever may delete the record decides, and a supervisor of the office, who is asked in the place of its owner. */
HwVerdict *
hw_step_check_settling (HwCommit *commit, HwStep *step, HwOperation *edit)
{
  HwActor judge = *commit->actor;
  guint relations = step->relations;

  if (judge.role == HW_ROLE_SUPERVISOR && (relations & HW_RELATION_OFFICE) != 0)
    {
      judge.role = HW_ROLE_CASEWORKER;
      relations |= HW_RELATION_OWNER;
    }
  if (!hw_access_may_create (judge.role, relations, edit->type))
    return hw_verdict_new_refused (
      HW_REASON_ROLE, HW_FIELD_NONE, _ ("The caseworker or a supervisor decides this."));
  return hw_rules_check (
    step->file, step->before, step->after, edit, &judge, relations, &commit->rules, NULL);
}

void
hw_step_stamp (HwCommit *commit, HwStep *step, const char *by)
{
  hw_record_stamp (step->after, commit->now, by);
}

/* ---- Writing ---- */

static void
bump_revisions (HwStep *step)
{
  const HwTypeDef *def = hw_record_def (step->after);
  guint64 rev = step->before != NULL ? hw_record_rev (step->before) + 1 : 1;

  hw_record_set_rev (step->after, rev);
  for (guint i = 0; i < def->n_fields; i++)
    {
      HwFieldId field = def->fields[i].id;
      HwValue *old = step->before != NULL ? hw_record_get (step->before, field) : NULL;

      if (!hw_value_equal (old, hw_record_get (step->after, field)))
        hw_record_set_field_rev (step->after, field, rev);
    }
}

static void
note_past (HwStep *step)
{
  const HwTypeDef *def = hw_record_def (step->after);

  for (guint i = 0; step->before != NULL && i < def->n_fields; i++)
    {
      const HwFieldDef *field = &def->fields[i];
      HwValue *old = hw_record_get (step->before, field->id);

      if ((field->flags & HW_FIELD_HISTORY) != 0)
        hw_case_file_note_writer (
          step->file, hw_record_id (step->after), hw_record_updated_by (step->after));
      if ((field->flags & HW_FIELD_HISTORY) != 0 && old != NULL
          && !hw_value_equal (old, hw_record_get (step->after, field->id)))
        hw_case_file_note_past (step->file, field->id, hw_record_id (step->after), old);
    }
}

static void
follow_in_memory (HwCommit *commit, HwStep *step)
{
  if (hw_record_def (step->after)->root == HW_ROOT_NONE)
    return;
  note_past (step);
  if (hw_record_deleted (step->after))
    hw_case_file_remove (step->file, hw_record_id (step->after));
  else
    hw_case_file_add (step->file, step->after);
  hw_commit_remember_case (commit, step->root, step->file);
}

/* A mission's request may become known by a field: then its place in the index moves too. */
static gboolean
write_row (HwCommit *commit, HwStep *step, GError **error)
{
  if (step->before == NULL || is_mission_store (commit->store))
    return hw_row_write (commit->store, commit->db, step->after, error);
  return hw_row_update (commit->store, commit->db, step->before, step->after, error);
}

gboolean
hw_step_write (HwCommit *commit, HwStep *step, gboolean provisional, GError **error)
{
  if (!provisional)
    bump_revisions (step);
  if (!hw_history_note (commit, step, provisional, error) || !write_row (commit, step, error))
    return FALSE;
  hw_commit_touch (commit, step->after, step->root, step->before == NULL);
  follow_in_memory (commit, step);
  return TRUE;
}

/* The rules are pure and terminate; the limit keeps a mistake in them from filling the disk. */
GPtrArray *
hw_step_consequences (HwCommit *commit, HwStep *step)
{
  GPtrArray *operations
    = hw_consequences (step->file, step->before, step->after, step->operation, &commit->rules);

  commit->consequences += operations->len;
  if (commit->consequences > MAX_CONSEQUENCES)
    {
      g_warning ("Operation %s has more than %d consequences; the rest is left out",
                 step->operation->id,
                 MAX_CONSEQUENCES);
      g_ptr_array_set_size (operations, 0);
    }
  return operations;
}

static gboolean
differs (HwStep *step)
{
  const HwTypeDef *def = hw_record_def (step->after);

  if (step->before == NULL || hw_record_deleted (step->before) != hw_record_deleted (step->after))
    return TRUE;
  for (guint i = 0; i < def->n_fields; i++)
    if (!hw_value_equal (hw_record_get (step->before, def->fields[i].id),
                         hw_record_get (step->after, def->fields[i].id)))
      return TRUE;
  return FALSE;
}

/* A fact: checked for shape, not judged. Made twice (its id is derived), it is made once. */
gboolean
hw_commit_system_operation (HwCommit *commit,
                            const char *by,
                            const char *at,
                            HwStep *step,
                            HwVerdict **verdict,
                            GError **error)
{
  *verdict = hw_step_check_shape (step->operation);
  if (*verdict != NULL)
    return TRUE;
  if (!hw_step_locate (commit, step, verdict, error))
    return FALSE;
  if (*verdict != NULL)
    return TRUE;
  if (step->before != NULL && step->operation->action == HW_ACTION_CREATE)
    return TRUE;
  hw_operation_apply (step->operation, step->after);
  step->changed = differs (step);
  if (!step->changed)
    return TRUE;
  if (commit->store->mode == HW_STORE_SERVER && step->before == NULL
      && !hw_commit_name_on_server (commit, step->after, error))
    return FALSE;
  hw_record_stamp (step->after, at, by);
  return TRUE;
}
