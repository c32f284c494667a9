/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks things up in the generated tables. Every answer points into constant data: it is valid for
 * ever and from any thread, and nothing here allocates.
 */
#include "schema/hw-schema-private.h"

#include <string.h>

G_DEFINE_QUARK (hw - schema - error - quark, hw_schema_error)

const HwTypeDef *
hw_schema_type (HwTypeId id)
{
  g_return_val_if_fail (id < HW_N_TYPE_IDS, NULL);
  return id == HW_TYPE_ID_NONE ? NULL : &hw_schema_types[id];
}

const HwTypeDef *
hw_schema_type_by_name (const char *name)
{
  guint low = HW_TYPE_ID_NONE + 1, high = HW_N_TYPE_IDS;

  if (name == NULL)
    return NULL;
  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = strcmp (name, hw_schema_types[middle].name);

      if (order == 0)
        return &hw_schema_types[middle];
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

const HwFieldDef *
hw_schema_field (HwFieldId id)
{
  g_return_val_if_fail (id < HW_N_FIELDS, NULL);
  return id == HW_FIELD_NONE ? NULL : &hw_schema_fields[id];
}

const HwFieldDef *
hw_schema_field_by_name (HwTypeId type, const char *name)
{
  const HwTypeDef *def = hw_schema_type (type);
  guint low, high;

  if (def == NULL || name == NULL)
    return NULL;
  low = def->fields[0].id;
  high = low + def->n_fields;
  while (low < high)
    {
      guint middle = (low + high) / 2;
      const HwFieldDef *field = &hw_schema_fields[hw_schema_field_order[middle]];
      int order = strcmp (name, field->name);

      if (order == 0)
        return field;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

const HwChoice *
hw_field_choice (const HwFieldDef *field, const char *nick)
{
  g_return_val_if_fail (field != NULL, NULL);

  for (guint i = 0; nick != NULL && i < field->n_choices; i++)
    if (strcmp (field->choices[i].nick, nick) == 0)
      return &field->choices[i];
  return NULL;
}

const HwMoveDef *
hw_schema_move (HwTypeId type, const char *from, const char *to)
{
  const HwTypeDef *def = hw_schema_type (type);

  for (guint i = 0; def != NULL && to != NULL && i < def->n_moves; i++)
    if (g_strcmp0 (def->moves[i].from, from) == 0 && strcmp (def->moves[i].to, to) == 0)
      return &def->moves[i];
  return NULL;
}

gboolean
hw_kind_is_set (HwKind kind)
{
  return kind == HW_KIND_CHOICE_SET || kind == HW_KIND_TEXT_SET || kind == HW_KIND_REFERENCE_SET
         || kind == HW_KIND_COUNTRY_SET || kind == HW_KIND_LANGUAGE_SET;
}

const HwNick *
hw_role_nick (HwRole role)
{
  g_return_val_if_fail (role < HW_N_ROLES, NULL);
  return &hw_schema_role_nicks[role];
}

HwRole
hw_role_by_nick (const char *nick)
{
  for (guint i = 0; nick != NULL && i < HW_N_ROLES; i++)
    if (strcmp (hw_schema_role_nicks[i].nick, nick) == 0)
      return (HwRole)i;
  return HW_N_ROLES;
}

const HwNick *
hw_category_nick (HwCategory category)
{
  g_return_val_if_fail (category < HW_N_CATEGORIES, NULL);
  return &hw_schema_category_nicks[category];
}

const HwNick *
hw_gate_nick (HwGateId gate)
{
  g_return_val_if_fail (gate < HW_N_GATES, NULL);
  return &hw_schema_gate_nicks[gate];
}

const HwAccessCell *
hw_schema_access (HwCategory category, HwRole role)
{
  static const HwAccessCell nothing = { HW_RIGHT_NONE, 0, NULL, NULL };

  g_return_val_if_fail (category < HW_N_CATEGORIES, &nothing);
  g_return_val_if_fail (role < HW_N_ROLES, &nothing);
  return hw_schema_cells[category][role] ? hw_schema_cells[category][role] : &nothing;
}
