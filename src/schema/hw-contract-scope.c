/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a role may ever see, whatever its relation to a case: the outer bound of its contract.
 */
#include "schema/hw-schema-private.h"

static gboolean
lists (const HwFieldId *fields, HwFieldId field)
{
  for (; fields != NULL && *fields != HW_FIELD_NONE; fields++)
    if (*fields == field)
      return TRUE;
  return FALSE;
}

gboolean
hw_role_is_mission (HwRole role)
{
  return role < HW_N_ROLES && hw_schema_mission_roles[role];
}

gboolean
hw_role_ever_reads (HwRole role, const HwFieldDef *field)
{
  if (role >= HW_N_ROLES)
    return TRUE;
  for (const HwAccessCell *cell = hw_schema_access (field->category, role);
       cell->right != HW_RIGHT_NONE;
       cell++)
    if (cell->right != HW_RIGHT_MINIMAL || lists (cell->minimal, field->id))
      return TRUE;
  return FALSE;
}

gboolean
hw_role_ever_writes (HwRole role, const HwFieldDef *field)
{
  if (field->flags & HW_FIELD_SERVER_SET
      || hw_schema_type (field->type)->flags & HW_TYPE_SERVER_ONLY)
    return FALSE;
  if (role >= HW_N_ROLES)
    return TRUE;
  for (const HwAccessCell *cell = hw_schema_access (field->category, role);
       cell->right != HW_RIGHT_NONE;
       cell++)
    if (cell->right == HW_RIGHT_WRITE
        && (cell->writable == NULL || lists (cell->writable, field->id)))
      return TRUE;
  return FALSE;
}

gboolean
hw_role_ever_sees_type (HwRole role, const HwTypeDef *type)
{
  for (guint i = 0; i < type->n_fields; i++)
    if (hw_role_ever_reads (role, &type->fields[i]))
      return TRUE;
  return FALSE;
}
