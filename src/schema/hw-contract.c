/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The OpenAPI document for one role: the generated pieces, less the types and fields the role may
 * never see. A mission's document is made of its own pieces and names nothing behind a request.
 */
#include "schema/hw-schema-private.h"

static void
append_comma (GString *out, gboolean *first)
{
  if (!*first)
    g_string_append_c (out, ',');
  *first = FALSE;
}

static void
append_paths (GString *out, gboolean mission)
{
  gboolean first = TRUE;

  for (const HwContractPath *path = hw_contract_paths; path->path != NULL; path++)
    {
      const char *item = mission ? path->mission : path->json;

      if (item == NULL)
        continue;
      append_comma (out, &first);
      g_string_append_printf (out, "\"%s\":%s", path->path, item);
    }
}

static void
append_type (GString *out, const HwTypeDef *type, HwRole role)
{
  const HwContractType *pieces = &hw_contract_types[type->id];
  gboolean first = TRUE;

  g_string_append (out, hw_role_is_mission (role) ? pieces->mission : pieces->head);
  for (guint i = 0; i < type->n_fields; i++)
    if (hw_role_ever_reads (role, &type->fields[i]))
      {
        append_comma (out, &first);
        g_string_append (out, hw_contract_fields[type->fields[i].id]);
      }
  g_string_append (out, hw_contract_type_tail);
}

/* "Record" is any of the types; JSON Schema allows no empty oneOf. */
static void
append_types (GString *out, HwRole role)
{
  g_autoptr (GString) any = g_string_new (NULL);
  gboolean first = TRUE;

  for (guint id = HW_TYPE_ID_NONE + 1; id < HW_N_TYPE_IDS; id++)
    {
      const HwTypeDef *type = hw_schema_type ((HwTypeId)id);

      if (!hw_role_ever_sees_type (role, type))
        continue;
      g_string_append_c (out, ',');
      append_type (out, type, role);
      append_comma (any, &first);
      g_string_append_printf (
        any, "{\"$ref\":\"#/components/schemas/%s\"}", hw_contract_types[id].name);
    }
  if (first)
    g_string_append (out, ",\"Record\":{\"not\":{}}");
  else
    g_string_append_printf (out, ",\"Record\":{\"oneOf\":[%s]}", any->str);
}

char *
hw_openapi_to_json (HwRole role)
{
  gboolean mission = hw_role_is_mission (role);
  const char *const *component = mission ? hw_contract_mission_components : hw_contract_components;
  GString *out = g_string_new (hw_contract_head);
  gboolean first = TRUE;

  append_paths (out, mission);
  g_string_append (out, hw_contract_components_head);
  for (; *component != NULL; component++)
    {
      append_comma (out, &first);
      g_string_append (out, *component);
    }
  append_types (out, role);
  g_string_append (out, "}}}");
  return g_string_free (out, FALSE);
}
