/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A verdict as text, for the ledger: the first answer can be given again, word for word.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-commit-private.h"

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

static void
add_field (JsonBuilder *builder, HwFieldId id)
{
  if (id == HW_FIELD_NONE)
    return;
  add_text (builder, "of", hw_schema_type (hw_schema_field (id)->type)->name);
  add_text (builder, "field", hw_schema_field (id)->name);
}

static void
add_condition (JsonBuilder *builder, const HwCondition *condition)
{
  json_builder_begin_object (builder);
  add_text (builder, "code", condition->code);
  add_text (builder, "category", hw_category_nick (condition->category)->nick);
  if (condition->type != HW_TYPE_ID_NONE)
    add_text (builder, "type", hw_schema_type (condition->type)->name);
  add_field (builder, condition->field);
  add_text (builder, "record", condition->record);
  add_text (builder, "title", condition->title);
  add_text (builder, "detail", condition->detail);
  json_builder_end_object (builder);
}

char *
hw_verdict_to_text (HwVerdict *verdict)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  GPtrArray *conditions = hw_verdict_conditions (verdict);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "reason");
  json_builder_add_int_value (builder, hw_verdict_reason (verdict));
  if (hw_verdict_gate (verdict) != HW_GATE_NONE)
    add_text (builder, "gate", hw_gate_nick (hw_verdict_gate (verdict))->nick);
  add_field (builder, hw_verdict_field (verdict));
  add_text (builder, "message", hw_verdict_message (verdict));
  json_builder_set_member_name (builder, "conditions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < conditions->len; i++)
    add_condition (builder, g_ptr_array_index (conditions, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* Every gate that stood in the way, in the order of the gates. */
char *
hw_verdict_to_code (HwVerdict *verdict)
{
  HwReason reason = hw_verdict_reason (verdict);
  GString *code = g_string_new (reason != HW_REASON_GATE ? hw_reason_nick (reason) : NULL);

  for (guint gate = HW_GATE_NONE + 1; gate < HW_N_GATES; gate++)
    if ((hw_verdict_gates (verdict) & (1u << gate)) != 0)
      g_string_append_printf (
        code, "%s%s", code->len > 0 ? "," : "", hw_gate_nick ((HwGateId)gate)->nick);
  return g_string_free (code, FALSE);
}

static HwFieldId
read_field (JsonObject *object)
{
  const char *of = json_object_get_string_member_with_default (object, "of", NULL);
  const char *name = json_object_get_string_member_with_default (object, "field", NULL);
  const HwTypeDef *type = of != NULL ? hw_schema_type_by_name (of) : NULL;
  const HwFieldDef *field
    = type != NULL && name != NULL ? hw_schema_field_by_name (type->id, name) : NULL;

  return field != NULL ? field->id : HW_FIELD_NONE;
}

static HwGateId
gate_by_nick (const char *nick)
{
  for (guint gate = HW_GATE_NONE + 1; nick != NULL && gate < HW_N_GATES; gate++)
    if (g_str_equal (hw_gate_nick ((HwGateId)gate)->nick, nick))
      return (HwGateId)gate;
  return HW_GATE_NONE;
}

static HwCategory
category_by_nick (const char *nick)
{
  for (guint category = 0; nick != NULL && category < HW_N_CATEGORIES; category++)
    if (g_str_equal (hw_category_nick ((HwCategory)category)->nick, nick))
      return (HwCategory)category;
  return (HwCategory)0;
}

static void
read_condition (HwVerdict *verdict, JsonObject *object)
{
  const char *type_name = json_object_get_string_member_with_default (object, "type", NULL);
  const HwTypeDef *type = type_name != NULL ? hw_schema_type_by_name (type_name) : NULL;

  hw_verdict_add_condition (
    verdict,
    g_intern_string (json_object_get_string_member_with_default (object, "code", "")),
    category_by_nick (json_object_get_string_member_with_default (object, "category", NULL)),
    type != NULL ? type->id : HW_TYPE_ID_NONE,
    read_field (object),
    json_object_get_string_member_with_default (object, "record", NULL),
    json_object_get_string_member_with_default (object, "title", NULL),
    json_object_get_string_member_with_default (object, "detail", NULL));
}

HwVerdict *
hw_verdict_from_text (const char *text)
{
  g_autoptr (JsonNode) root = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonObject *object;
  JsonArray *conditions;
  HwGateId gate;
  HwVerdict *verdict;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  object = json_node_get_object (root);
  gate = gate_by_nick (json_object_get_string_member_with_default (object, "gate", NULL));
  if (gate == HW_GATE_NONE)
    return hw_verdict_new_refused (
      (HwReason)json_object_get_int_member_with_default (object, "reason", HW_REASON_INVALID),
      read_field (object),
      json_object_get_string_member_with_default (object, "message", NULL));
  verdict = hw_verdict_new_gate (gate);
  conditions = json_object_get_array_member (object, "conditions");
  for (guint i = 0; conditions != NULL && i < json_array_get_length (conditions); i++)
    read_condition (verdict, json_array_get_object_element (conditions, i));
  return verdict;
}
