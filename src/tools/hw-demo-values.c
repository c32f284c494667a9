/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The short forms of the demo's files (data/demo/README) spelt out: days and moments counted from
 * today, references by key, the number of a case.
 */
#define G_LOG_DOMAIN "homeward-tools"

#include "tools/hw-demo-private.h"

#include <string.h>

/* Never changes: the ids of the demo follow from it. */
#define DEMO_NAMESPACE "0b6c5f0e-6f1d-4c6a-9d53-2f8f6f1a7c26"
#define OFFICE_PREFIX "HW-BI"

char *
hw_demo_id (const char *scope, const char *key)
{
  g_autofree char *name = g_strconcat (scope, "/", key, NULL);

  return hw_uuid_v5 (DEMO_NAMESPACE, name);
}

static void
set_malformed (GError **error, const char *text)
{
  g_set_error (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED, "“%s” is not understood in the demo’s files.", text);
}

/* One signed term, "-26y": the day moved by it. */
static char *
add_term (const char *day, gint64 number, char unit)
{
  if (unit == 'y')
    return hw_date_add_months (day, (gint) number * 12);
  if (unit == 'm')
    return hw_date_add_months (day, (gint) number);
  return hw_date_add_days (day, (gint) number);
}

/* Reads terms until a T or the end; *rest is what follows. */
static char *
parse_terms (HwDemo *demo, const char *text, const char **rest)
{
  g_autofree char *day = g_strdup (demo->today);
  const char *at = text + 1;

  if (*at != '+' && *at != '-')
    return NULL;
  while (*at == '+' || *at == '-')
    {
      char *end;
      gint64 number = g_ascii_strtoll (at, &end, 10);
      char unit = *end == 'y' || *end == 'm' || *end == 'd' ? *end : '\0';
      char *moved;

      if (end == at || number < -40000 || number > 40000)
        return NULL;
      moved = add_term (day, number, unit);
      g_free (day);
      day = moved;
      at = unit != '\0' ? end + 1 : end;
    }
  *rest = at;
  return g_steal_pointer (&day);
}

char *
hw_demo_day (HwDemo *demo, const char *text, GError **error)
{
  const char *rest = NULL;
  char *day = text[0] == '@' ? parse_terms (demo, text, &rest) : NULL;

  if (day != NULL && *rest == '\0')
    return day;
  g_free (day);
  set_malformed (error, text);
  return NULL;
}

gboolean
hw_demo_moment (HwDemo *demo, const char *text, gint64 *us, char **zone, GError **error)
{
  const char *rest = NULL;
  g_autofree char *day = text[0] == '@' ? parse_terms (demo, text, &rest) : NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *clock = NULL;

  if (day == NULL || *rest != 'T')
    {
      set_malformed (error, text);
      return FALSE;
    }
  parts = g_strsplit (rest + 1, " ", 2);
  clock = g_strconcat (day, "T", parts[0], NULL);
  if (parts[1] == NULL || !hw_wall_clock_to_instant (clock, parts[1], us))
    {
      set_malformed (error, text);
      return FALSE;
    }
  if (zone != NULL)
    *zone = g_strdup (parts[1]);
  return TRUE;
}

char *
hw_demo_reference (HwDemo *demo, const char *text)
{
  if (g_str_has_prefix (text, "$dir:"))
    return hw_demo_id ("directory", text + 5);
  if (g_str_has_prefix (text, "$user:"))
    return hw_demo_id ("user", text + 6);
  return hw_demo_id (demo->scope, text + 1);
}

static JsonNode *
node_of (char *text)
{
  JsonNode *node = json_node_alloc ();

  json_node_init_string (node, text);
  g_free (text);
  return node;
}

static JsonNode *
spell_moment (HwDemo *demo, const HwFieldDef *field, const char *text, GError **error)
{
  g_autofree char *zone = NULL;
  gint64 us;
  JsonObject *pair;
  JsonNode *node;
  g_autofree char *at = NULL;

  if (!hw_demo_moment (demo, text, &us, &zone, error))
    return NULL;
  if (field->kind != HW_KIND_LOCAL_TIME)
    return node_of (hw_instant_format (us));
  at = hw_wall_clock_of_instant (us, zone);
  pair = json_object_new ();
  json_object_set_string_member (pair, "at", at);
  json_object_set_string_member (pair, "zone", zone);
  node = json_node_alloc ();
  json_node_init_object (node, pair);
  json_object_unref (pair);
  return node;
}

static JsonNode *
spell_text (HwDemo *demo, const HwFieldDef *field, const char *text, GError **error)
{
  char *day;

  if (text[0] == '$')
    return node_of (hw_demo_reference (demo, text));
  if (field->id == HW_FIELD_CASE_CODE && g_str_equal (text, "#"))
    return node_of (g_strdup_printf (OFFICE_PREFIX "-%.2s-%s", demo->today + 2, demo->scope));
  if (text[0] != '@')
    return node_of (g_strdup (text));
  if (strchr (text, 'T') != NULL)
    return spell_moment (demo, field, text, error);
  day = hw_demo_day (demo, text, error);
  return day != NULL ? node_of (day) : NULL;
}

static JsonNode *
spell_array (HwDemo *demo, const HwFieldDef *field, JsonArray *array, GError **error)
{
  g_autoptr (JsonArray) spelt = json_array_new ();
  JsonNode *node;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = hw_demo_spell (demo, field, json_array_get_element (array, i), error);

      if (element == NULL)
        return NULL;
      json_array_add_element (spelt, element);
    }
  node = json_node_alloc ();
  json_node_init_array (node, spelt);
  return node;
}

static JsonNode *
spell_object (HwDemo *demo, const HwFieldDef *field, JsonObject *object, GError **error)
{
  g_autoptr (JsonObject) spelt = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (object);
  JsonNode *node;

  for (GList *link = names; link != NULL; link = link->next)
    {
      JsonNode *member = hw_demo_spell (demo, field, json_object_get_member (object, link->data), error);

      if (member == NULL)
        return NULL;
      json_object_set_member (spelt, link->data, member);
    }
  node = json_node_alloc ();
  json_node_init_object (node, spelt);
  return node;
}

JsonNode *
hw_demo_spell (HwDemo *demo, const HwFieldDef *field, JsonNode *node, GError **error)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return spell_array (demo, field, json_node_get_array (node), error);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return spell_object (demo, field, json_node_get_object (node), error);
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return spell_text (demo, field, json_node_get_string (node), error);
  return json_node_copy (node);
}
