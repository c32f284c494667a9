/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The figures of the first country rules are nobody's promise: each says in its note and its source
 * that the office must confirm it. They are written whole or not at all, through the one write path.
 */
#define G_LOG_DOMAIN "homeward-tools"

#include "tools/hw-seed.h"

#include "base/hw-base.h"
#include "tools/hw-demo-private.h"

#define RULES_FILE "country-rules.json"

static const char *
find_folder (const char *folder)
{
  if (folder != NULL)
    return folder;
  if (g_file_test (HW_REFERENCE_SOURCE_DIR, G_FILE_TEST_IS_DIR))
    return HW_REFERENCE_SOURCE_DIR;
  return HW_REFERENCE_INSTALLED_DIR;
}

static gboolean
add_field (HwOperation *operation, const char *name, JsonNode *node, GError **error)
{
  const HwFieldDef *field = hw_schema_field_by_name (operation->type, name);
  HwValue *value = NULL;

  if (field == NULL)
    {
      g_set_error (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED, "A country rule has no field “%s”.", name);
      return FALSE;
    }
  if (!hw_value_from_json (field, node, &value, error))
    return FALSE;
  hw_operation_set (operation, field->id, value, 0);
  g_clear_pointer (&value, hw_value_unref);
  return TRUE;
}

static HwOperation *
make_rule (HwStore *store, JsonObject *entry, GError **error)
{
  const char *key = json_object_get_string_member_with_default (entry, "key", NULL);
  JsonNode *set = json_object_get_member (entry, "set");
  g_autofree char *operation_id = hw_uuid_v7 (hw_clock_now (hw_store_clock (store)));
  g_autofree char *id = key != NULL ? hw_demo_id ("directory", key) : NULL;
  g_autoptr (HwOperation) operation = NULL;
  g_autoptr (GList) names = NULL;

  if (id == NULL || set == NULL || !JSON_NODE_HOLDS_OBJECT (set))
    {
      g_set_error (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED, "A record has no key or no fields.");
      return NULL;
    }
  operation = hw_operation_new (operation_id, HW_ACTION_CREATE, HW_TYPE_ID_COUNTRY_RULE, id, NULL);
  names = json_object_get_members (json_node_get_object (set));
  for (GList *link = names; link != NULL; link = link->next)
    if (!add_field (
          operation, link->data, json_object_get_member (json_node_get_object (set), link->data), error))
      return NULL;
  return g_steal_pointer (&operation);
}

gboolean
hw_seed_country_rules (HwStore *store, const char *folder, GError **error)
{
  g_autofree char *before = hw_store_get_setting (store, HW_SEED_SETTING);
  g_autoptr (HwActor) actor
    = hw_actor_new ("system", "homeward-admin", HW_ROLE_ADMINISTRATOR, NULL, NULL, NULL);
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_SYSTEM, actor);
  HwDemo seed = { .store = store, .scope = "country rules" };
  g_autoptr (JsonNode) records = NULL;

  if (before != NULL)
    return TRUE;
  records = hw_demo_read_file (find_folder (folder), RULES_FILE, "records", error);
  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (records)); i++)
    {
      HwOperation *operation = make_rule (
        store, json_array_get_object_element (json_node_get_array (records), i), error);

      if (operation == NULL)
        {
          g_prefix_error (error, RULES_FILE ": ");
          return FALSE;
        }
      hw_change_set_add (set, operation);
    }
  return hw_demo_commit (&seed, set, error)
         && hw_store_set_setting (store, HW_SEED_SETTING, "1", error);
}
