/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values as JSON on the wire and as text in a column. Decoding checks everything, for it may come
 * from anybody; reading a column checks only that it is whole. An empty text or set decodes to
 * unset, so that there is one way to say "nothing".
 */
#include "schema/hw-value-private.h"

#include <string.h>

#include "base/hw-json-guard.h"
#include "schema/hw-json-tree.h"

static const char *
node_string (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static gboolean
node_integer (JsonNode *node, gint64 *number)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *number = json_node_get_int (node);
  return TRUE;
}

/* The object's one text member and its unit; NULL unless these two are all it has. */
static HwValue *
decode_pair (JsonNode *node, const char *text_member, const char *unit_member)
{
  JsonObject *object;
  const char *text, *unit;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  object = json_node_get_object (node);
  text = node_string (json_object_get_member (object, text_member));
  unit = node_string (json_object_get_member (object, unit_member));
  if (json_object_get_size (object) != 2 || text == NULL || unit == NULL)
    return NULL;
  return hw_value_new_pair (text, unit);
}

static HwValue *
decode_money (JsonNode *node)
{
  JsonObject *object;
  const char *currency;
  gint64 minor;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  object = json_node_get_object (node);
  currency = node_string (json_object_get_member (object, "currency"));
  if (json_object_get_size (object) != 2 || currency == NULL
      || !node_integer (json_object_get_member (object, "minor"), &minor))
    return NULL;
  return hw_value_new_money (minor, currency);
}

static HwValue *
decode_set (JsonNode *node)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *member = node_string (json_array_get_element (array, i));

      if (member == NULL)
        return NULL;
      g_ptr_array_add (members, (gpointer)member);
    }
  g_ptr_array_add (members, NULL);
  return hw_value_new_set ((const char *const *)members->pdata);
}

/* Booleans are true and false; 0 and 1 are what a writer without the field's kind makes of them. */
static HwValue *
decode_boolean (JsonNode *node)
{
  gint64 number;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return hw_value_new_boolean (json_node_get_boolean (node));
  if (node_integer (node, &number) && (number == 0 || number == 1))
    return hw_value_new_boolean (number == 1);
  return NULL;
}

static HwValue *
decode_shape (HwKind kind, JsonNode *node)
{
  gint64 number;

  switch (hw_kind_shape (kind))
    {
      case HW_SHAPE_INTEGER:
        if (kind == HW_KIND_BOOLEAN)
          return decode_boolean (node);
        return node_integer (node, &number) ? hw_value_new_integer (number) : NULL;
      case HW_SHAPE_SET:
        return decode_set (node);
      case HW_SHAPE_PAIR:
        return kind == HW_KIND_LOCAL_TIME ? decode_pair (node, "at", "zone")
                                          : decode_pair (node, "date", "precision");
      case HW_SHAPE_MONEY:
        return decode_money (node);
      case HW_SHAPE_TEXT:
      default:
        return node_string (node) != NULL ? hw_value_new_text (node_string (node)) : NULL;
    }
}

static gboolean
is_empty (JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) == 0;
  return node_string (node) != NULL && *node_string (node) == '\0';
}

static gboolean
empty_fits (const HwFieldDef *field, JsonNode *node)
{
  HwShape shape = hw_kind_shape (field->kind);

  return JSON_NODE_HOLDS_NULL (node) || (JSON_NODE_HOLDS_ARRAY (node) && shape == HW_SHAPE_SET)
         || (JSON_NODE_HOLDS_VALUE (node) && shape == HW_SHAPE_TEXT);
}

gboolean
hw_value_from_json (const HwFieldDef *field, JsonNode *node, HwValue **value, GError **error)
{
  g_autoptr (HwValue) decoded = NULL;

  g_return_val_if_fail (field != NULL && node != NULL && value != NULL, FALSE);

  *value = NULL;
  if (is_empty (node))
    return empty_fits (field, node) || hw_value_refuse_shape (field, error);
  decoded = decode_shape (field->kind, node);
  if (decoded == NULL)
    return hw_value_refuse_shape (field, error);
  if (!hw_value_check (field, decoded, error))
    return FALSE;
  *value = g_steal_pointer (&decoded);
  return TRUE;
}

/* Nearly all values are texts, and need no node. */
gboolean
hw_value_read (const HwFieldDef *field, HwJsonReader *reader, HwValue **value, GError **error)
{
  g_autoptr (HwValue) decoded = NULL;
  g_autoptr (JsonNode) node = NULL;
  const char *text;

  *value = NULL;
  if (hw_json_reader_peek (reader) != '"' || hw_kind_shape (field->kind) != HW_SHAPE_TEXT)
    {
      node = hw_json_reader_node (reader);
      return node != NULL ? hw_value_from_json (field, node, value, error)
                          : hw_value_refuse_shape (field, error);
    }
  text = hw_json_reader_string (reader);
  if (text == NULL)
    return hw_value_refuse_shape (field, error);
  if (*text == '\0')
    return TRUE;
  decoded = hw_value_new_text (text);
  if (!hw_value_check (field, decoded, error))
    return FALSE;
  *value = g_steal_pointer (&decoded);
  return TRUE;
}

void
hw_json_append_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_c (out, '\\');
      if ((guchar)*at < 0x20)
        g_string_append_printf (out, "\\u%04x", (guint)*at);
      else
        g_string_append_c (out, *at);
    }
  g_string_append_c (out, '"');
}

static void
append_member (GString *out, const char *name, const char *text)
{
  g_string_append_printf (out, "\"%s\":", name);
  hw_json_append_string (out, text);
}

static void
append_pair (const HwValue *value, GString *out)
{
  gboolean history = hw_precision_valid (hw_value_unit (value));

  g_string_append_c (out, '{');
  append_member (out, history ? "date" : "at", hw_value_text (value));
  g_string_append_c (out, ',');
  append_member (out, history ? "precision" : "zone", hw_value_unit (value));
  g_string_append_c (out, '}');
}

static void
append_set (const HwValue *value, GString *out)
{
  const char *const *members = hw_value_set (value);

  g_string_append_c (out, '[');
  for (guint i = 0; members[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      hw_json_append_string (out, members[i]);
    }
  g_string_append_c (out, ']');
}

void
hw_value_append_json (const HwValue *value, GString *out)
{
  g_return_if_fail (out != NULL);

  if (value == NULL)
    {
      g_string_append (out, "null");
      return;
    }
  switch (hw_value_shape (value))
    {
      case HW_SHAPE_INTEGER:
        if (hw_value_is_boolean (value))
          g_string_append (out, hw_value_integer (value) ? "true" : "false");
        else
          g_string_append_printf (out, "%" G_GINT64_FORMAT, hw_value_integer (value));
        break;
      case HW_SHAPE_SET:
        append_set (value, out);
        break;
      case HW_SHAPE_PAIR:
        append_pair (value, out);
        break;
      case HW_SHAPE_MONEY:
        g_string_append_printf (out, "{\"minor\":%" G_GINT64_FORMAT ",", hw_value_integer (value));
        append_member (out, "currency", hw_value_unit (value));
        g_string_append_c (out, '}');
        break;
      case HW_SHAPE_TEXT:
      default:
        hw_json_append_string (out, hw_value_text (value));
        break;
    }
}

void
hw_field_append_json (const HwFieldDef *field, const HwValue *value, GString *out)
{
  g_return_if_fail (field != NULL && out != NULL);

  if (field->kind == HW_KIND_BOOLEAN && value != NULL)
    g_string_append (out, hw_value_integer (value) ? "true" : "false");
  else
    hw_value_append_json (value, out);
}

JsonNode *
hw_value_to_json (const HwValue *value)
{
  g_autoptr (GString) text = g_string_new (NULL);
  HwJsonReader reader;
  JsonNode *node;

  if (value != NULL && hw_value_shape (value) == HW_SHAPE_TEXT)
    return json_node_init_string (json_node_alloc (), hw_value_text (value));
  hw_value_append_json (value, text);
  hw_json_reader_init (&reader, text->str, text->len);
  node = hw_json_reader_node (&reader);
  hw_json_reader_clear (&reader);
  return node;
}

char *
hw_value_to_storage (const HwValue *value)
{
  GString *text;

  g_return_val_if_fail (value != NULL, NULL);
  if (hw_value_shape (value) == HW_SHAPE_TEXT)
    return g_strdup (hw_value_text (value));
  text = g_string_new (NULL);
  hw_value_append_json (value, text);
  return g_string_free (text, FALSE);
}

HwValue *
hw_value_from_storage (const HwFieldDef *field, const char *text)
{
  g_autoptr (JsonNode) node = NULL;
  const char *why = NULL;
  gint64 number;

  g_return_val_if_fail (field != NULL, NULL);
  if (text == NULL)
    return NULL;
  switch (hw_kind_shape (field->kind))
    {
      case HW_SHAPE_TEXT:
        return *text != '\0' ? hw_value_new_text (text) : NULL;
      case HW_SHAPE_INTEGER:
        if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
          return NULL;
        return field->kind == HW_KIND_BOOLEAN ? hw_value_new_boolean (number != 0)
                                              : hw_value_new_integer (number);
      default:
        node = hw_json_tree_parse (text, strlen (text), HW_JSON_MAX_BYTES, &why);
        return node != NULL ? decode_shape (field->kind, node) : NULL;
    }
}
