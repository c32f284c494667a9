/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the demo's files and writes what they say through the one write path, as facts with the
 * times and authors of the stories. Each file is written whole or not at all; every error names its file and record.
 */
#define G_LOG_DOMAIN "homeward-tools"

#include "tools/hw-demo-private.h"

#include <string.h>

#include "server/hw-password.h"
#include "store/hw-loading.h"
#include "tools/hw-seed.h"

#define OFFICE_ZONE "Africa/Bujumbura"
#define MAX_FILE_BYTES (1024 * 1024)
#define CLOSED_CASES 400

static const char *const case_numbers[] = { "0001", "0002", "0003", "0004", "0005", "0006", "0007",
                                            "0008", "0009", "0010", "0011", "0012", "0013", "0014" };

/* ---- Finding and reading files ---- */

static char *
find_folder (const char *folder)
{
  const char *given = folder != NULL ? folder : g_getenv ("HOMEWARD_DEMO_DIR");

  if (given != NULL)
    return g_strdup (given);
  if (g_file_test (HW_DEMO_SOURCE_DIR, G_FILE_TEST_IS_DIR))
    return g_strdup (HW_DEMO_SOURCE_DIR);
  return g_strdup (HW_DEMO_INSTALLED_DIR);
}

/* The array of that name in a file of the demo. */
JsonNode *
hw_demo_read_file (const char *folder, const char *name, const char *member, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  const char *why;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (!hw_json_guard (text, length, MAX_FILE_BYTES, HW_JSON_MAX_DEPTH, &why))
    {
      g_set_error (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED, "“%s” is not usable JSON: %s.", path, why);
      return NULL;
    }
  root = json_from_string (text, error);
  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root) || !json_object_has_member (json_node_get_object (root), member)
      || !JSON_NODE_HOLDS_ARRAY (json_object_get_member (json_node_get_object (root), member)))
    {
      g_set_error (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED, "“%s” has no list “%s”.", path, member);
      return NULL;
    }
  return json_node_copy (json_object_get_member (json_node_get_object (root), member));
}

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

/* ---- Writing ---- */

HwActor *
hw_demo_actor (const char *username)
{
  g_autofree char *id = hw_demo_id ("user", username);

  return hw_actor_new (id, username, HW_ROLE_ADMINISTRATOR, NULL, NULL, NULL);
}

HwOperation *
hw_demo_operation (HwDemo *demo, HwAction action, HwTypeId type, const char *record, const char *case_id, gint64 at_us)
{
  g_autofree char *key = g_strdup_printf ("operation/%u", demo->n++);
  g_autofree char *id = hw_demo_id (demo->scope, key);
  HwOperation *operation = hw_operation_new (id, action, type, record, case_id);

  g_free (operation->at);
  operation->at = hw_instant_format (at_us);
  return operation;
}

gboolean
hw_demo_commit (HwDemo *demo, HwChangeSet *set, GError **error)
{
  g_autoptr (GPtrArray) results = NULL;

  if (hw_change_set_operations (set)->len == 0)
    return TRUE;
  results = hw_store_commit (demo->store, set, error);
  if (results == NULL)
    return FALSE;
  for (guint i = 0; i < results->len; i++)
    {
      const HwResult *result = g_ptr_array_index (results, i);

      if (result->status != HW_RESULT_REFUSED && result->status != HW_RESULT_QUARANTINED)
        continue;
      g_set_error (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED, "A %s of %s was refused: %s",
                   hw_schema_type (result->type)->name, demo->scope,
                   result->verdict != NULL ? hw_verdict_message (result->verdict) : "no reason given");
      return FALSE;
    }
  return TRUE;
}

static gboolean
add_fields (HwDemo *demo, HwOperation *operation, JsonObject *set, GError **error)
{
  g_autoptr (GList) names = json_object_get_members (set);

  for (GList *link = names; link != NULL; link = link->next)
    {
      const HwFieldDef *field = hw_schema_field_by_name (operation->type, link->data);
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (HwValue) value = NULL;

      if (field == NULL)
        {
          g_set_error (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED, "A %s has no field “%s”.",
                       hw_schema_type (operation->type)->name, (const char *) link->data);
          return FALSE;
        }
      node = hw_demo_spell (demo, field, json_object_get_member (set, link->data), error);
      if (node == NULL || !hw_value_from_json (field, node, &value, error))
        return FALSE;
      hw_operation_set (operation, field->id, value, 0);
    }
  return TRUE;
}

/* What the records of a file have in common as they are read. */
typedef struct
{
  HwDemo *demo;
  char *case_id;       /* (owned) (nullable) */
  char *by;            /* (owned) author of the last record */
  gint64 at_us;        /* time of the last record */
  GHashTable *types;   /* (owned) record id → HwTypeId */
  HwChangeSet *set;    /* (owned) (nullable) */
} Story;

static void
story_clear (Story *story)
{
  g_free (story->case_id);
  g_free (story->by);
  g_clear_object (&story->set);
  g_hash_table_unref (story->types);
}

/* A new author begins a new change set. */
static gboolean
follow_author (Story *story, const char *by, GError **error)
{
  g_autoptr (HwActor) actor = NULL;

  if (by == NULL || g_strcmp0 (by, story->by) == 0)
    return story->set != NULL || by != NULL;
  if (story->set != NULL && !hw_demo_commit (story->demo, story->set, error))
    return FALSE;
  g_clear_object (&story->set);
  actor = hw_demo_actor (by);
  story->set = hw_change_set_new (HW_ORIGIN_SYSTEM, actor);
  g_free (story->by);
  story->by = g_strdup (by);
  return TRUE;
}

static HwOperation *
begin_operation (Story *story, JsonObject *entry, GError **error)
{
  const char *type_name = text_member (entry, "type");
  const char *key = text_member (entry, type_name != NULL ? "key" : "update");
  const HwTypeDef *def = type_name != NULL ? hw_schema_type_by_name (type_name) : NULL;
  g_autofree char *id = key != NULL ? hw_demo_id (story->demo->scope, key) : NULL;
  HwTypeId type = HW_TYPE_ID_NONE;

  if (id != NULL)
    type = def != NULL ? def->id : (HwTypeId) GPOINTER_TO_UINT (g_hash_table_lookup (story->types, id));
  if (type == HW_TYPE_ID_NONE || story->set == NULL)
    {
      g_set_error (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED, "Record “%s” has no known type or no author.",
                   key != NULL ? key : "?");
      return NULL;
    }
  g_hash_table_insert (story->types, g_strdup (id), GUINT_TO_POINTER (type));
  return hw_demo_operation (story->demo, def != NULL ? HW_ACTION_CREATE : HW_ACTION_UPDATE, type, id, story->case_id,
                            story->at_us);
}

static gboolean
add_entry (Story *story, JsonObject *entry, GError **error)
{
  const char *at = text_member (entry, "at");
  g_autoptr (HwOperation) operation = NULL;
  JsonNode *set = json_object_get_member (entry, "set");

  if (at != NULL && !hw_demo_moment (story->demo, at, &story->at_us, NULL, error))
    return FALSE;
  if (!follow_author (story, text_member (entry, "by"), error) && error != NULL && *error != NULL)
    return FALSE;
  operation = begin_operation (story, entry, error);
  if (operation == NULL)
    return FALSE;
  if (set != NULL && JSON_NODE_HOLDS_OBJECT (set)
      && !add_fields (story->demo, operation, json_node_get_object (set), error))
    {
      g_prefix_error (error, "Record “%s”: ", text_member (entry, "key"));
      return FALSE;
    }
  hw_change_set_add (story->set, g_steal_pointer (&operation));
  return TRUE;
}

static gboolean
load_file (HwDemo *demo, const char *folder, const char *name, const char *case_key, GError **error)
{
  g_autoptr (JsonNode) records = hw_demo_read_file (folder, name, "records", error);
  Story story = { .demo = demo };
  gboolean done = records != NULL;

  if (!done)
    return FALSE;
  demo->n = 0;
  story.case_id = case_key != NULL ? hw_demo_id (demo->scope, case_key) : NULL;
  story.types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; done && i < json_array_get_length (json_node_get_array (records)); i++)
    {
      JsonNode *entry = json_array_get_element (json_node_get_array (records), i);

      done = JSON_NODE_HOLDS_OBJECT (entry) && add_entry (&story, json_node_get_object (entry), error);
    }
  if (done && story.set != NULL)
    done = hw_demo_commit (demo, story.set, error);
  story_clear (&story);
  if (!done)
    g_prefix_error (error, "%s: ", name);
  return done;
}

/* ---- Accounts ---- */

static gboolean
load_account (HwDemo *demo, JsonObject *entry, const char *password_hash, GError **error)
{
  g_autoptr (HwAccount) account = g_new0 (HwAccount, 1);
  const char *role = text_member (entry, "role");
  const char *office = text_member (entry, "office");
  const char *mission = text_member (entry, "mission");

  account->username = g_strdup (text_member (entry, "username"));
  account->name = g_strdup (text_member (entry, "name"));
  account->role = role != NULL ? hw_role_by_nick (role) : HW_N_ROLES;
  if (account->username == NULL || account->role == HW_N_ROLES)
    {
      g_set_error_literal (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED, "An account has no name or no known role.");
      return FALSE;
    }
  account->id = hw_demo_id ("user", account->username);
  account->office = office != NULL ? hw_demo_reference (demo, office) : NULL;
  account->mission = mission != NULL ? hw_demo_reference (demo, mission) : NULL;
  account->password_hash = g_strdup (password_hash);
  return hw_store_put_account (demo->store, account, error);
}

static gboolean
load_accounts (HwDemo *demo, const char *folder, GError **error)
{
  g_autoptr (JsonNode) accounts = hw_demo_read_file (folder, "accounts.json", "accounts", error);
  /* One password for all, hashed once: the hash is meant to be slow. */
  g_autofree char *hash = accounts != NULL ? hw_password_hash (HW_DEMO_PASSWORD) : NULL;
  gboolean done = accounts != NULL && hash != NULL;

  if (accounts != NULL && hash == NULL)
    g_set_error_literal (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED,
                         "There is not enough memory to protect a password. Close other programs and try again.");
  for (guint i = 0; done && i < json_array_get_length (json_node_get_array (accounts)); i++)
    done = load_account (demo, json_array_get_object_element (json_node_get_array (accounts), i), hash, error);
  if (!done)
    g_prefix_error (error, "accounts.json: ");
  return done;
}

/* ---- The whole ---- */

static gboolean
check_empty (HwStore *store, GError **error)
{
  g_autofree char *before = hw_store_get_setting (store, HW_DEMO_SETTING);
  g_autoptr (GPtrArray) accounts = NULL;

  if (g_strcmp0 (before, "cases") == 0)
    {
      g_set_error_literal (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED,
                           "The demo is already in this database. Nothing was loaded.");
      return FALSE;
    }
  accounts = hw_store_accounts (store, error);
  if (accounts == NULL)
    return FALSE;
  if (before == NULL && accounts->len > 0)
    {
      g_set_error_literal (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED,
                           "This database has accounts of its own. Nothing was loaded: give the demo a database of its own.");
      return FALSE;
    }
  return TRUE;
}

static gboolean
load_cases (HwDemo *demo, const char *folder, HwDemoFlags flags, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (case_numbers); i++)
    {
      g_autofree char *name = g_strdup_printf ("case-%s.json", case_numbers[i]);

      demo->scope = case_numbers[i];
      if (!load_file (demo, folder, name, "case", error))
        return FALSE;
    }
  return (flags & HW_DEMO_NO_CLOSED) != 0 || hw_demo_load_closed (demo, CLOSED_CASES, error);
}

static gboolean
load_all (HwStore *store, const char *folder, HwDemoFlags flags, GError **error)
{
  g_autofree char *today = hw_date_of_instant (hw_clock_now (hw_store_clock (store)), OFFICE_ZONE);
  g_autofree char *found = find_folder (folder);
  gboolean accounts_only = (flags & HW_DEMO_ACCOUNTS_ONLY) != 0;
  HwDemo demo = { .store = store, .today = today, .scope = "directory" };

  /* Marked first: a loading that breaks off leaves a database that is still known to be a demo. */
  if (!hw_store_set_setting (store, HW_DEMO_SETTING, "accounts", error)
      || !hw_seed_country_rules (store, NULL, error) || !load_file (&demo, found, "directory.json", NULL, error) || !load_accounts (&demo, found, error))
    return FALSE;
  if (accounts_only)
    return TRUE;
  return load_cases (&demo, found, flags, error)
         && hw_store_set_setting (store, HW_DEMO_SETTING, "cases", error);
}

gboolean
hw_demo_load (HwStore *store, const char *folder, HwDemoFlags flags, GError **error)
{
  if (!check_empty (store, error) || !hw_store_begin_loading (store, error))
    return FALSE;
  if (load_all (store, folder, flags, error))
    return hw_store_end_loading (store, "demo-loaded", error);
  hw_store_end_loading (store, "demo-not-loaded", NULL);
  return FALSE;
}
