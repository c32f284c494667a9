/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The schema as JSON for one role: what GET /v1/schema answers. It holds the types, fields and
 * moves that the role may ever see; a mission is told neither gates nor categories nor names of
 * other standards, for each of these would tell it what the office is about.
 */
#include "schema/hw-schema-private.h"

#include <json-glib/json-glib.h>
#include <string.h>

static const char *const kind_names[] = {
  "text",         "long_text",   "integer",       "boolean", "choice",       "choice_set",
  "text_set",     "reference",   "reference_set", "date",    "history_date", "timestamp",
  "local_time",   "time_of_day", "money",         "country", "country_set",  "language",
  "language_set", "currency",    "phone",         "zone",    "user",
};
static const char *const merge_names[] = { "ask", "set", "append", "last", "move" };
static const char *const root_names[] = { "case", "request", "none" };

static void
add_string (JsonBuilder *builder, const char *name, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_integer (JsonBuilder *builder, const char *name, gint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

static void
add_true (JsonBuilder *builder, const char *name, gboolean truth)
{
  if (!truth)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, TRUE);
}

static void
add_choices (JsonBuilder *builder, const HwFieldDef *field, gboolean mission)
{
  if (field->n_choices == 0)
    return;
  json_builder_set_member_name (builder, "choices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < field->n_choices; i++)
    {
      json_builder_begin_object (builder);
      add_string (builder, "nick", field->choices[i].nick);
      add_string (builder, "label", field->choices[i].label);
      add_string (builder, "htcds", mission ? NULL : field->choices[i].htcds);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_field (JsonBuilder *builder, const HwFieldDef *field, HwRole role)
{
  gboolean mission = hw_role_is_mission (role);
  const HwTypeDef *target = hw_schema_type (field->target);

  json_builder_begin_object (builder);
  add_string (builder, "name", field->name);
  add_string (builder, "kind", kind_names[field->kind]);
  add_string (builder, "label", field->label);
  add_string (builder, "help", field->help);
  add_string (builder, "section", field->section);
  add_string (builder, "merge", merge_names[field->merge]);
  if (target != NULL && hw_role_ever_sees_type (role, target))
    add_string (builder, "target", target->name);
  if (!mission)
    {
      add_string (builder, "category", hw_category_nick (field->category)->nick);
      add_string (builder, "htcds", field->htcds);
    }
  if (field->max_length > 0)
    add_integer (builder, "max_length", field->max_length);
  if (field->kind == HW_KIND_INTEGER)
    {
      add_integer (builder, "minimum", field->minimum);
      add_integer (builder, "maximum", field->maximum);
    }
  add_integer (builder, "since", field->since);
  add_true (builder, "required", (field->flags & HW_FIELD_REQUIRED) != 0);
  add_true (builder, "read_only", !hw_role_ever_writes (role, field));
  add_choices (builder, field, mission);
  json_builder_end_object (builder);
}

static gboolean
section_seen (const HwTypeDef *type, const char *section, HwRole role)
{
  for (guint i = 0; i < type->n_fields; i++)
    if (strcmp (type->fields[i].section, section) == 0
        && hw_role_ever_reads (role, &type->fields[i]))
      return TRUE;
  return FALSE;
}

static void
add_sections (JsonBuilder *builder, const HwTypeDef *type, HwRole role)
{
  json_builder_set_member_name (builder, "sections");
  json_builder_begin_array (builder);
  for (guint i = 0; i < type->n_sections; i++)
    {
      if (!section_seen (type, type->sections[i].nick, role))
        continue;
      json_builder_begin_object (builder);
      add_string (builder, "nick", type->sections[i].nick);
      add_string (builder, "label", type->sections[i].label);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_gates (JsonBuilder *builder, const HwMoveDef *move)
{
  json_builder_set_member_name (builder, "gates");
  json_builder_begin_array (builder);
  for (guint gate = HW_GATE_NONE + 1; gate < HW_N_GATES; gate++)
    if (move->gates & (1u << gate))
      json_builder_add_string_value (builder, hw_gate_nick ((HwGateId)gate)->nick);
  json_builder_end_array (builder);
}

static void
add_moves (JsonBuilder *builder, const HwTypeDef *type, HwRole role)
{
  json_builder_set_member_name (builder, "moves");
  json_builder_begin_array (builder);
  for (guint i = 0; i < type->n_moves; i++)
    {
      const HwMoveDef *move = &type->moves[i];

      if (role < HW_N_ROLES && (move->roles & (1u << role)) == 0)
        continue;
      json_builder_begin_object (builder);
      add_string (builder, "from", move->from);
      add_string (builder, "to", move->to);
      if (move->gates != 0 && !hw_role_is_mission (role))
        add_gates (builder, move);
      add_true (builder, "observation", move->observation);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_name_of (JsonBuilder *builder, const char *member, HwFieldId id, HwRole role)
{
  const HwFieldDef *field = hw_schema_field (id);

  if (field != NULL && hw_role_ever_reads (role, field))
    add_string (builder, member, field->name);
}

static void
add_type (JsonBuilder *builder, const HwTypeDef *type, HwRole role)
{
  json_builder_begin_object (builder);
  add_string (builder, "name", type->name);
  add_string (builder, "label", type->label);
  add_string (builder, "plural", type->plural);
  if (!hw_role_is_mission (role))
    add_string (builder, "root", root_names[type->root]);
  add_integer (builder, "since", type->since);
  add_true (builder, "append_only", (type->flags & HW_TYPE_APPEND_ONLY) != 0);
  add_true (builder, "random_ids", (type->flags & HW_TYPE_RANDOM_IDS) != 0);
  add_name_of (builder, "title", type->title_field, role);
  add_name_of (builder, "status", type->status_field, role);
  add_sections (builder, type, role);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < type->n_fields; i++)
    if (hw_role_ever_reads (role, &type->fields[i]))
      add_field (builder, &type->fields[i], role);
  json_builder_end_array (builder);
  if (type->n_moves > 0)
    add_moves (builder, type, role);
  json_builder_end_object (builder);
}

char *
hw_schema_to_json (HwRole role)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_integer (builder, "version", hw_schema_version);
  json_builder_set_member_name (builder, "types");
  json_builder_begin_array (builder);
  for (guint id = HW_TYPE_ID_NONE + 1; id < HW_N_TYPE_IDS; id++)
    if (hw_role_ever_sees_type (role, hw_schema_type ((HwTypeId)id)))
      add_type (builder, hw_schema_type ((HwTypeId)id), role);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}
