/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The contract as each role is told it. A mission's copy must not hold one word that tells what
 * the office does: it is read by people whom some survivors fear.
 */
#include <json-glib/json-glib.h>
#include <string.h>

#include "schema/hw-schema.h"

#define FORBIDDEN                                                                                  \
  "traffick|exploit|asylum|shelter|\\bcases?\\b|employer|recruit|perpetrator|\\brisk|pregnan|"     \
  "health|victim|survivor|surrog|whereabouts|consent|withdrawn_at|clinical|screening|htcds|prs_|"  \
  "vic_|placement|safe_contact|movement|fitness|\"office\"|held_by|scan|gate|category"

static JsonObject *
parse_object (const char *text, JsonNode **node)
{
  *node = json_from_string (text, NULL);
  g_assert_nonnull (*node);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (*node));
  return json_node_get_object (*node);
}

static void
assert_no_forbidden_word (const char *text)
{
  g_autoptr (GRegex) words = g_regex_new (FORBIDDEN, G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  if (g_regex_match (words, text, 0, &match))
    {
      g_autofree char *word = g_match_info_fetch (match, 0);
      gint at = 0;

      g_match_info_fetch_pos (match, 0, &at, NULL);
      g_test_message ("\"%s\" in …%.*s…", word, 120, text + MAX (0, at - 60));
      g_test_fail ();
    }
}

static void
test_mission_hears_nothing (void)
{
  g_autofree char *schema = hw_schema_to_json (HW_ROLE_EMBASSY_LIAISON);
  g_autofree char *contract = hw_openapi_to_json (HW_ROLE_EMBASSY_LIAISON);

  assert_no_forbidden_word (schema);
  assert_no_forbidden_word (contract);
}

static JsonObject *
find_type (JsonObject *schema, const char *name)
{
  JsonArray *types = json_object_get_array_member (schema, "types");

  for (guint i = 0; i < json_array_get_length (types); i++)
    {
      JsonObject *type = json_array_get_object_element (types, i);

      if (strcmp (json_object_get_string_member (type, "name"), name) == 0)
        return type;
    }
  return NULL;
}

static JsonObject *
find_field (JsonObject *type, const char *name)
{
  JsonArray *fields = json_object_get_array_member (type, "fields");

  for (guint i = 0; i < json_array_get_length (fields); i++)
    {
      JsonObject *field = json_array_get_object_element (fields, i);

      if (strcmp (json_object_get_string_member (field, "name"), name) == 0)
        return field;
    }
  return NULL;
}

static void
test_mission_gets_what_it_works_with (void)
{
  g_autofree char *text = hw_schema_to_json (HW_ROLE_EMBASSY_LIAISON);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *schema = parse_object (text, &node);
  JsonObject *document = find_type (schema, "travel_document");

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (schema, "types")), ==, 5);
  g_assert_nonnull (find_type (schema, "attachment"));
  g_assert_nonnull (find_type (schema, "embassy_message"));
  g_assert_nonnull (find_type (schema, "embassy_request"));
  g_assert_nonnull (find_type (schema, "organisation"));
  g_assert_nonnull (find_field (document, "mrz"));
  g_assert_null (find_field (document, "held_by"));
  g_assert_null (find_field (document, "scan"));
  g_assert_true (json_object_has_member (find_field (document, "kind"), "read_only"));
  g_assert_false (json_object_has_member (find_field (document, "number"), "read_only"));
  g_assert_null (find_field (find_type (schema, "organisation"), "kind"));
}

static void
test_roles_see_their_own (void)
{
  g_autofree char *analyst = hw_schema_to_json (HW_ROLE_ANALYST);
  g_autofree char *medical = hw_schema_to_json (HW_ROLE_MEDICAL);
  g_autofree char *caseworker = hw_schema_to_json (HW_ROLE_CASEWORKER);
  g_autoptr (JsonNode) analyst_node = NULL;
  g_autoptr (JsonNode) medical_node = NULL;
  g_autoptr (JsonNode) caseworker_node = NULL;
  JsonObject *schema = parse_object (analyst, &analyst_node);

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (schema, "types")), ==, 0);
  schema = parse_object (medical, &medical_node);
  g_assert_nonnull (find_type (schema, "clinical_note"));
  g_assert_null (find_type (schema, "perpetrator"));
  g_assert_null (find_field (find_type (schema, "person"), "birth_date"));
  schema = parse_object (caseworker, &caseworker_node);
  g_assert_null (find_type (schema, "clinical_note"));
  g_assert_nonnull (find_type (schema, "perpetrator"));
}

static void
test_whole_schema (void)
{
  g_autofree char *text = hw_schema_to_json (HW_N_ROLES);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *schema = parse_object (text, &node);
  JsonObject *movement = find_type (schema, "movement");

  g_assert_cmpint (json_object_get_int_member (schema, "version"), ==, hw_schema_version);
  for (guint id = 1; id < HW_N_FIELDS; id++)
    {
      const HwFieldDef *field = hw_schema_field ((HwFieldId)id);

      g_assert_nonnull (
        find_field (find_type (schema, hw_schema_type (field->type)->name), field->name));
    }
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (movement, "moves")),
                    ==,
                    hw_schema_type (HW_TYPE_ID_MOVEMENT)->n_moves);
}

/* Every $ref of a document points at something in it. */
static void
assert_references_hold (JsonNode *node, JsonObject *schemas)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        assert_references_hold (json_array_get_element (array, i), schemas);
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) names = json_object_get_members (json_node_get_object (node));

      for (GList *name = names; name != NULL; name = name->next)
        {
          JsonNode *member = json_object_get_member (json_node_get_object (node), name->data);

          if (strcmp (name->data, "$ref") == 0)
            g_assert_true (json_object_has_member (
              schemas, json_node_get_string (member) + strlen ("#/components/schemas/")));
          assert_references_hold (member, schemas);
        }
    }
}

static void
test_documents_are_whole (void)
{
  for (guint role = 0; role <= HW_N_ROLES; role++)
    {
      g_autofree char *text = hw_openapi_to_json ((HwRole)role);
      g_autoptr (JsonNode) node = NULL;
      JsonObject *document = parse_object (text, &node);
      JsonObject *components = json_object_get_object_member (document, "components");

      g_assert_cmpstr (json_object_get_string_member (document, "openapi"), ==, "3.1.0");
      assert_references_hold (node, json_object_get_object_member (components, "schemas"));
    }
}

static void
test_paths (void)
{
  g_autofree char *full = hw_openapi_to_json (HW_N_ROLES);
  g_autofree char *mission = hw_openapi_to_json (HW_ROLE_EMBASSY_LIAISON);
  g_autoptr (JsonNode) full_node = NULL;
  g_autoptr (JsonNode) mission_node = NULL;
  JsonObject *all = json_object_get_object_member (parse_object (full, &full_node), "paths");
  JsonObject *few = json_object_get_object_member (parse_object (mission, &mission_node), "paths");

  g_assert_true (json_object_has_member (all, "/v1/cases/{id}/gates"));
  g_assert_true (json_object_has_member (all, "/v1/changes"));
  g_assert_true (json_object_has_member (few, "/v1/changes"));
  g_assert_true (json_object_has_member (few, "/v1/operations"));
  g_assert_false (json_object_has_member (few, "/v1/cases"));
  g_assert_false (json_object_has_member (few, "/v1/lookups"));
  g_assert_false (json_object_has_member (few, "/v1/users"));
}

/* The file that is installed and what the server serves to nobody in particular are the same. */
static void
test_file_equals_program (void)
{
  const char *path = g_getenv ("HW_OPENAPI");
  g_autofree char *text = hw_openapi_to_json (HW_N_ROLES);
  g_autofree char *file = NULL;
  g_autoptr (JsonNode) ours = NULL;
  g_autoptr (JsonNode) theirs = NULL;

  g_assert_nonnull (path);
  g_assert_true (g_file_get_contents (path, &file, NULL, NULL));
  parse_object (text, &ours);
  parse_object (file, &theirs);
  g_assert_true (json_node_equal (ours, theirs));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contract/mission/hears-no-forbidden-word", test_mission_hears_nothing);
  g_test_add_func ("/contract/mission/gets-what-it-works-with",
                   test_mission_gets_what_it_works_with);
  g_test_add_func ("/contract/roles-see-their-own-types", test_roles_see_their_own);
  g_test_add_func ("/contract/schema-holds-every-field", test_whole_schema);
  g_test_add_func ("/contract/openapi/references-hold", test_documents_are_whole);
  g_test_add_func ("/contract/openapi/paths", test_paths);
  g_test_add_func ("/contract/openapi/file-equals-program", test_file_equals_program);
  return g_test_run ();
}
