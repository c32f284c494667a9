/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Items of a sync page. Writing appends text directly, because the server makes pages of hundreds;
 * reading is lenient about what a newer server adds and strict about everything else.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-item.h"

#include "base/hw-base.h"

static const char *const op_nicks[] = { "put", "delete", "purge", "conflict" };

void
hw_item_free (HwItem *item)
{
  if (item == NULL)
    return;
  g_free (item->id);
  g_free (item->case_id);
  g_clear_object (&item->record);
  g_free (item->conflict_record);
  g_clear_pointer (&item->base, hw_value_unref);
  g_clear_pointer (&item->current, hw_value_unref);
  g_clear_pointer (&item->offered, hw_value_unref);
  g_free (item->by);
  g_free (item->at);
  g_free (item->state);
  g_free (item);
}

static void
append_text (GString *out, const char *member, const char *text)
{
  g_autoptr (HwValue) value = NULL;

  if (text == NULL)
    return;
  value = hw_value_new_text (text);
  g_string_append_printf (out, ",\"%s\":", member);
  hw_value_append_json (value, out);
}

static void
append_value (GString *out, const char *member, HwFieldId field, HwValue *value)
{
  g_string_append_printf (out, ",\"%s\":", member);
  if (value != NULL)
    hw_field_append_json (hw_schema_field (field), value, out);
  else
    g_string_append (out, "null");
}

static void
append_record (GString *out, HwRecord *record)
{
  const HwTypeDef *def = hw_record_def (record);
  gboolean first = TRUE;

  append_text (out, "created_at", hw_record_created_at (record));
  append_text (out, "created_by", hw_record_created_by (record));
  append_text (out, "updated_at", hw_record_updated_at (record));
  append_text (out, "updated_by", hw_record_updated_by (record));
  g_string_append (out, ",\"fields\":{");
  for (guint i = 0; i < def->n_fields; i++)
    {
      HwValue *value = hw_record_get (record, def->fields[i].id);

      if (value == NULL)
        continue;
      g_string_append_printf (out, "%s\"%s\":", first ? "" : ",", def->fields[i].name);
      hw_field_append_json (&def->fields[i], value, out);
      first = FALSE;
    }
  g_string_append (out, "},\"field_revs\":{");
  first = TRUE;
  for (guint i = 0; i < def->n_fields; i++)
    {
      guint64 rev = hw_record_field_rev (record, def->fields[i].id);

      if (rev == 0)
        continue;
      g_string_append_printf (
        out, "%s\"%s\":%" G_GUINT64_FORMAT, first ? "" : ",", def->fields[i].name, rev);
      first = FALSE;
    }
  g_string_append_c (out, '}');
}

static void
append_conflict (GString *out, const HwItem *item)
{
  append_text (out, "record", item->conflict_record);
  append_text (out, "field", hw_schema_field (item->field)->name);
  append_value (out, "base", item->field, item->base);
  append_value (out, "current", item->field, item->current);
  append_value (out, "offered", item->field, item->offered);
  append_text (out, "by", item->by);
  append_text (out, "at", item->at);
  append_text (out, "state", item->state);
}

/* A purge names what is to be forgotten by its kind: the case, or for a mission the request. */
static const char *
purge_member (HwTypeId type)
{
  return type == HW_TYPE_ID_EMBASSY_REQUEST ? "request" : "case";
}

void
hw_item_append_json (const HwItem *item, GString *out)
{
  g_string_append_printf (out, "{\"op\":\"%s\"", op_nicks[item->op]);
  if (item->op == HW_ITEM_PURGE)
    append_text (out, purge_member (item->type), item->id);
  else
    {
      append_text (out, "type", hw_schema_type (item->type)->name);
      append_text (out, "id", item->id);
      append_text (out, "case", item->case_id);
    }
  g_string_append_printf (out, ",\"rev\":%" G_GUINT64_FORMAT, item->rev);
  if (item->op == HW_ITEM_PUT)
    append_record (out, item->record);
  if (item->op == HW_ITEM_CONFLICT)
    append_conflict (out, item);
  g_string_append_c (out, '}');
}

static gboolean
fail (GError **error, HwSchemaError code, const char *message)
{
  g_set_error_literal (error, HW_SCHEMA_ERROR, code, message);
  return FALSE;
}

static gboolean
read_text (JsonObject *object, const char *member, const char **text, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  *text = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return fail (error, HW_SCHEMA_ERROR_KIND, "An item holds something else where text belongs");
  *text = json_node_get_string (node);
  return TRUE;
}

static gboolean
read_id (JsonObject *object, const char *member, gboolean required, char **id, GError **error)
{
  const char *text;

  if (!read_text (object, member, &text, error))
    return FALSE;
  if (text == NULL)
    return !required || fail (error, HW_SCHEMA_ERROR_KIND, "An item lacks an identifier");
  if (!hw_uuid_valid (text))
    return fail (error, HW_SCHEMA_ERROR_FORMAT, "An item's identifier is malformed");
  *id = g_strdup (text);
  return TRUE;
}

static gboolean
read_rev (JsonNode *node, guint64 *rev, GError **error)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < 0)
    return fail (error, HW_SCHEMA_ERROR_KIND, "An item's revision is malformed");
  *rev = (guint64)json_node_get_int (node);
  return TRUE;
}

static gboolean
read_op (JsonObject *object, HwItemOp *op, GError **error)
{
  const char *nick;

  if (!read_text (object, "op", &nick, error))
    return FALSE;
  for (guint i = 0; nick != NULL && i < G_N_ELEMENTS (op_nicks); i++)
    if (g_str_equal (nick, op_nicks[i]))
      {
        *op = (HwItemOp)i;
        return TRUE;
      }
  return fail (error, HW_SCHEMA_ERROR_UNKNOWN, "An item does something unknown");
}

static gboolean
read_type (JsonObject *object, HwTypeId *type, GError **error)
{
  const HwTypeDef *def;
  const char *name;

  if (!read_text (object, "type", &name, error))
    return FALSE;
  def = name != NULL ? hw_schema_type_by_name (name) : NULL;
  if (def == NULL)
    return fail (error, HW_SCHEMA_ERROR_UNKNOWN, "An item is of an unknown type");
  *type = def->id;
  return TRUE;
}

static gboolean
read_purge (HwItem *item, JsonObject *object, GError **error)
{
  gboolean request = json_object_has_member (object, "request");

  if (request == json_object_has_member (object, "case"))
    return fail (error, HW_SCHEMA_ERROR_SYNTAX, "A purge names one case or one request");
  item->type = request ? HW_TYPE_ID_EMBASSY_REQUEST : HW_TYPE_ID_CASE;
  return read_id (object, purge_member (item->type), TRUE, &item->id, error);
}

static gboolean
read_field (HwItem *item, const char *name, JsonNode *node, GError **error)
{
  const HwFieldDef *field = hw_schema_field_by_name (item->type, name);
  g_autoptr (HwValue) value = NULL;

  if (field == NULL)
    return TRUE;
  if (!hw_value_from_json (field, node, &value, error))
    return FALSE;
  hw_record_set (item->record, field->id, value);
  return TRUE;
}

static gboolean
read_field_rev (HwItem *item, const char *name, JsonNode *node, GError **error)
{
  const HwFieldDef *field = hw_schema_field_by_name (item->type, name);
  guint64 rev;

  if (field == NULL)
    return TRUE;
  if (!read_rev (node, &rev, error))
    return FALSE;
  hw_record_set_field_rev (item->record, field->id, rev);
  return TRUE;
}

typedef gboolean (*ReadMember) (HwItem *item, const char *name, JsonNode *node, GError **error);

static gboolean
read_members (HwItem *item, JsonObject *object, const char *member, ReadMember read, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return fail (error, HW_SCHEMA_ERROR_KIND, "An item's fields are not an object");
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!read (item, name, value, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_put (HwItem *item, JsonObject *object, GError **error)
{
  const char *created_at, *created_by, *updated_at, *updated_by;

  if (!read_text (object, "created_at", &created_at, error)
      || !read_text (object, "created_by", &created_by, error)
      || !read_text (object, "updated_at", &updated_at, error)
      || !read_text (object, "updated_by", &updated_by, error))
    return FALSE;
  item->record = hw_record_new (item->type, item->id);
  if (item->case_id != NULL || item->type != HW_TYPE_ID_CASE)
    hw_record_set_case (item->record, item->case_id);
  hw_record_set_rev (item->record, item->rev);
  hw_record_set_stamps (item->record, created_at, created_by, updated_at, updated_by);
  return read_members (item, object, "fields", read_field, error)
         && (!json_object_has_member (object, "field_revs")
             || read_members (item, object, "field_revs", read_field_rev, error));
}

static gboolean
read_value (
  JsonObject *object, const char *member, const HwFieldDef *field, HwValue **value, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  return node == NULL || hw_value_from_json (field, node, value, error);
}

static gboolean
read_conflict (HwItem *item, JsonObject *object, GError **error)
{
  const char *name, *by, *at, *state;
  const HwFieldDef *field;

  if (!read_id (object, "record", TRUE, &item->conflict_record, error)
      || !read_text (object, "field", &name, error) || !read_text (object, "by", &by, error)
      || !read_text (object, "at", &at, error) || !read_text (object, "state", &state, error))
    return FALSE;
  field = name != NULL ? hw_schema_field_by_name (item->type, name) : NULL;
  if (field == NULL)
    return fail (error, HW_SCHEMA_ERROR_UNKNOWN, "A conflict is about an unknown field");
  if (g_strcmp0 (state, "open") != 0 && g_strcmp0 (state, "settled") != 0)
    return fail (error, HW_SCHEMA_ERROR_CHOICE, "A conflict is neither open nor settled");
  item->field = field->id;
  item->by = g_strdup (by);
  item->at = g_strdup (at);
  item->state = g_strdup (state);
  return read_value (object, "base", field, &item->base, error)
         && read_value (object, "current", field, &item->current, error)
         && read_value (object, "offered", field, &item->offered, error);
}

static gboolean
read_item (HwItem *item, JsonObject *object, GError **error)
{
  if (!read_op (object, &item->op, error)
      || !read_rev (json_object_get_member (object, "rev"), &item->rev, error))
    return FALSE;
  if (item->op == HW_ITEM_PURGE)
    return read_purge (item, object, error);
  if (!read_type (object, &item->type, error) || !read_id (object, "id", TRUE, &item->id, error)
      || !read_id (object, "case", FALSE, &item->case_id, error))
    return FALSE;
  if (item->op == HW_ITEM_PUT)
    return read_put (item, object, error);
  if (item->op == HW_ITEM_CONFLICT)
    return read_conflict (item, object, error);
  return TRUE;
}

HwItem *
hw_item_from_json (JsonNode *node, GError **error)
{
  g_autoptr (HwItem) item = g_new0 (HwItem, 1);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      fail (error, HW_SCHEMA_ERROR_KIND, "An item is an object");
      return NULL;
    }
  return read_item (item, json_node_get_object (node), error) ? g_steal_pointer (&item) : NULL;
}
