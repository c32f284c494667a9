/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Operations as JSON (sync.md, Push). Reading is strict, because what is misread here would be
 * written to somebody's case: an unknown member, a field named twice, or one both set and added to
 * refuses the operation with a pointer to the place.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-operation.h"

#include "base/hw-base.h"

#include <string.h>

#define GROUP_MAX_BYTES 64
#define SEEN_MAX 64

static const char *const action_nicks[] = { "create", "update", "delete", "resolve" };
static const char *const known_members[]
  = { "id",  "type", "record", "case",   "action", "group", "at", "base",
      "set", "add",  "remove", "choice", "value",  "seen",  NULL };

static gboolean
fail (char **pointer, GError **error, HwSchemaError code, const char *at, const char *message)
{
  if (pointer != NULL && *pointer == NULL)
    *pointer = g_strdup (at);
  g_set_error_literal (error, HW_SCHEMA_ERROR, code, message);
  return FALSE;
}

/* The member's text, NULL when it is absent or null; FALSE when it is anything but text. */
static gboolean
read_text (
  JsonObject *object, const char *member, const char **text, char **pointer, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autofree char *at = NULL;

  *text = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      *text = json_node_get_string (node);
      return TRUE;
    }
  at = g_strconcat ("/", member, NULL);
  return fail (pointer, error, HW_SCHEMA_ERROR_KIND, at, "Expected text here");
}

static gboolean
read_id (JsonObject *object,
         const char *member,
         gboolean required,
         const char **id,
         char **pointer,
         GError **error)
{
  g_autofree char *at = g_strconcat ("/", member, NULL);

  if (!read_text (object, member, id, pointer, error))
    return FALSE;
  if (*id == NULL)
    return !required || fail (pointer, error, HW_SCHEMA_ERROR_KIND, at, "An identifier is missing");
  return hw_uuid_valid (*id)
         || fail (pointer, error, HW_SCHEMA_ERROR_FORMAT, at, "This is not an identifier");
}

static gboolean
read_action (JsonObject *object, HwAction *action, char **pointer, GError **error)
{
  const char *nick;

  if (!read_text (object, "action", &nick, pointer, error))
    return FALSE;
  for (guint i = 0; nick != NULL && i < G_N_ELEMENTS (action_nicks); i++)
    if (g_str_equal (nick, action_nicks[i]))
      {
        *action = (HwAction)i;
        return TRUE;
      }
  return fail (pointer, error, HW_SCHEMA_ERROR_CHOICE, "/action", "Unknown action");
}

static gboolean
read_type (JsonObject *object, HwAction action, HwTypeId *type, char **pointer, GError **error)
{
  const HwTypeDef *def;
  const char *name;

  *type = HW_TYPE_ID_NONE;
  if (!read_text (object, "type", &name, pointer, error))
    return FALSE;
  if (name == NULL)
    return action == HW_ACTION_RESOLVE
           || fail (pointer, error, HW_SCHEMA_ERROR_UNKNOWN, "/type", "The record type is missing");
  def = hw_schema_type_by_name (name);
  if (def == NULL)
    return fail (pointer, error, HW_SCHEMA_ERROR_UNKNOWN, "/type", "Unknown record type");
  *type = def->id;
  return TRUE;
}

static gboolean
check_members (JsonObject *object, char **pointer, GError **error)
{
  JsonObjectIter iter;
  const char *member;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &member, NULL))
    if (!g_strv_contains (known_members, member))
      {
        g_autofree char *at = g_strconcat ("/", member, NULL);

        return fail (pointer, error, HW_SCHEMA_ERROR_UNKNOWN, at, "Unknown member");
      }
  return TRUE;
}

/* The object under `member`, NULL when absent. */
static gboolean
read_object (
  JsonObject *object, const char *member, JsonObject **found, char **pointer, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autofree char *at = NULL;

  *found = NULL;
  if (node == NULL)
    return TRUE;
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      *found = json_node_get_object (node);
      return TRUE;
    }
  at = g_strconcat ("/", member, NULL);
  return fail (pointer, error, HW_SCHEMA_ERROR_KIND, at, "Expected an object here");
}

static gboolean
read_set (HwOperation *operation, JsonObject *set, char **pointer, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, set);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      const HwFieldDef *field = hw_schema_field_by_name (operation->type, name);
      g_autofree char *at = g_strconcat ("/set/", name, NULL);
      g_autoptr (HwValue) value = NULL;

      if (field == NULL)
        return fail (pointer, error, HW_SCHEMA_ERROR_UNKNOWN, at, "Unknown field");
      if (!hw_value_from_json (field, node, &value, error))
        {
          if (pointer != NULL)
            *pointer = g_steal_pointer (&at);
          return FALSE;
        }
      hw_operation_set (operation, field->id, value, 0);
    }
  return TRUE;
}

/* Members of a set are checked as the set itself would be. */
static gboolean
read_members (
  const HwFieldDef *field, JsonNode *node, char ***members, char **pointer, GError **error)
{
  g_autoptr (HwValue) value = NULL;

  if (!hw_kind_is_set (field->kind) || JSON_NODE_HOLDS_NULL (node))
    return fail (pointer, error, HW_SCHEMA_ERROR_KIND, *pointer, "This field is not a set");
  if (!hw_value_from_json (field, node, &value, error))
    return FALSE;
  *members = g_strdupv ((char **)hw_value_set (value));
  return TRUE;
}

static gboolean
read_part (HwOperation *operation,
           JsonObject *part,
           const char *part_name,
           GHashTable *set_fields,
           char **pointer,
           GError **error)
{
  gboolean is_add = g_str_equal (part_name, "add");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, part);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      const HwFieldDef *field = hw_schema_field_by_name (operation->type, name);
      g_autofree char *at = g_strdup_printf ("/%s/%s", part_name, name);
      g_auto (GStrv) members = NULL;
      HwFieldChange *change;

      if (field == NULL)
        return fail (pointer, error, HW_SCHEMA_ERROR_UNKNOWN, at, "Unknown field");
      if (g_hash_table_contains (set_fields, GUINT_TO_POINTER (field->id)))
        return fail (pointer, error, HW_SCHEMA_ERROR_SYNTAX, at, "The field is set as well");
      if (!read_members (field, node, &members, &at, error))
        {
          if (pointer != NULL)
            *pointer = g_steal_pointer (&at);
          return FALSE;
        }
      change = hw_operation_find (operation, field->id);
      for (guint i = 0; !is_add && change != NULL && members[i] != NULL; i++)
        if (g_strv_contains ((const char *const *)change->add, members[i]))
          return fail (pointer, error, HW_SCHEMA_ERROR_SYNTAX, at, "Added and removed at once");
      hw_operation_add_remove (operation,
                               field->id,
                               is_add ? (const char *const *)members
                                      : (change != NULL ? (const char *const *)change->add : NULL),
                               is_add ? NULL : (const char *const *)members,
                               0);
    }
  return TRUE;
}

static gboolean
read_revision (JsonNode *node, guint64 *revision)
{
  gint64 number;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  number = json_node_get_int (node);
  *revision = (guint64)number;
  return number >= 0;
}

static gboolean
read_base (HwOperation *operation, JsonObject *base, char **pointer, GError **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, base);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      const HwFieldDef *field = hw_schema_field_by_name (operation->type, name);
      HwFieldChange *change = field != NULL ? hw_operation_find (operation, field->id) : NULL;
      g_autofree char *at = g_strconcat ("/base/", name, NULL);

      if (field == NULL)
        return fail (pointer, error, HW_SCHEMA_ERROR_UNKNOWN, at, "Unknown field");
      if (change == NULL)
        return fail (pointer, error, HW_SCHEMA_ERROR_SYNTAX, at, "The field is not changed");
      if (!read_revision (node, &change->base))
        return fail (pointer, error, HW_SCHEMA_ERROR_KIND, at, "Expected a revision here");
    }
  return TRUE;
}

static gboolean
read_seen (HwOperation *operation, JsonNode *node, char **pointer, GError **error)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (pointer, error, HW_SCHEMA_ERROR_KIND, "/seen", "Expected revisions here");
  array = json_node_get_array (node);
  if (json_array_get_length (array) > SEEN_MAX)
    return fail (pointer, error, HW_SCHEMA_ERROR_TOO_LONG, "/seen", "Too many revisions");
  operation->seen = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      guint64 revision;

      if (!read_revision (json_array_get_element (array, i), &revision))
        return fail (pointer, error, HW_SCHEMA_ERROR_KIND, "/seen", "Expected revisions here");
      g_array_append_val (operation->seen, revision);
    }
  return TRUE;
}

/* Which field a conflict is about is known only to who holds the conflict, so the value is taken
 * by its shape; whoever settles it checks it against the field. */
static gboolean
read_by_shape (JsonNode *node, HwValue **value)
{
  static const HwKind kinds[]
    = { HW_KIND_LONG_TEXT,    HW_KIND_INTEGER,    HW_KIND_BOOLEAN, HW_KIND_TEXT_SET,
        HW_KIND_HISTORY_DATE, HW_KIND_LOCAL_TIME, HW_KIND_MONEY };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      HwFieldDef any = { .label = "",
                         .name = "",
                         .kind = kinds[i],
                         .max_length = G_MAXUINT,
                         .minimum = G_MININT64,
                         .maximum = G_MAXINT64 };

      if (hw_value_from_json (&any, node, value, NULL))
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_resolution (HwOperation *operation, JsonObject *object, char **pointer, GError **error)
{
  JsonNode *value = json_object_get_member (object, "value");
  JsonNode *seen = json_object_get_member (object, "seen");
  const char *choice;
  gboolean by_value;

  if (!read_text (object, "choice", &choice, pointer, error))
    return FALSE;
  by_value = g_strcmp0 (choice, "value") == 0;
  if (!by_value && g_strcmp0 (choice, "current") != 0 && g_strcmp0 (choice, "offered") != 0)
    return fail (pointer, error, HW_SCHEMA_ERROR_CHOICE, "/choice", "Unknown choice");
  if (by_value != (value != NULL))
    return fail (
      pointer, error, HW_SCHEMA_ERROR_SYNTAX, "/value", "A value belongs to the choice of a value");
  operation->choice = g_strdup (choice);
  if (by_value && !read_by_shape (value, &operation->resolution))
    return fail (pointer, error, HW_SCHEMA_ERROR_KIND, "/value", "This is not a field's value");
  return seen == NULL || read_seen (operation, seen, pointer, error);
}

static gboolean
read_changes (HwOperation *operation, JsonObject *object, char **pointer, GError **error)
{
  g_autoptr (GHashTable) set_fields = g_hash_table_new (NULL, NULL);
  JsonObject *set, *add, *remove, *base;

  if (!read_object (object, "set", &set, pointer, error)
      || !read_object (object, "add", &add, pointer, error)
      || !read_object (object, "remove", &remove, pointer, error)
      || !read_object (object, "base", &base, pointer, error))
    return FALSE;
  if (set != NULL && !read_set (operation, set, pointer, error))
    return FALSE;
  for (guint i = 0; i < operation->changes->len; i++)
    {
      HwFieldChange *change = g_ptr_array_index (operation->changes, i);

      g_hash_table_add (set_fields, GUINT_TO_POINTER (change->field));
    }
  if (add != NULL && !read_part (operation, add, "add", set_fields, pointer, error))
    return FALSE;
  if (remove != NULL && !read_part (operation, remove, "remove", set_fields, pointer, error))
    return FALSE;
  return base == NULL || read_base (operation, base, pointer, error);
}

/* Which members make sense depends on the action. */
static gboolean
check_action_members (HwAction action, JsonObject *object, char **pointer, GError **error)
{
  static const char *const changing[] = { "set", "add", "remove", "base", NULL };
  static const char *const settling[] = { "choice", "value", NULL };
  gboolean changes = action == HW_ACTION_CREATE || action == HW_ACTION_UPDATE;
  const char *const *forbidden = changes ? settling : changing;

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; forbidden[i] != NULL; i++)
        if (json_object_has_member (object, forbidden[i]))
          {
            g_autofree char *at = g_strconcat ("/", forbidden[i], NULL);

            return fail (
              pointer, error, HW_SCHEMA_ERROR_SYNTAX, at, "This does not belong to the action");
          }
      if (action != HW_ACTION_DELETE)
        break;
      forbidden = settling;
    }
  if (changes && json_object_has_member (object, "seen"))
    return fail (
      pointer, error, HW_SCHEMA_ERROR_SYNTAX, "/seen", "This does not belong to the action");
  return TRUE;
}

static gboolean
read_envelope (HwOperation *operation, JsonObject *object, char **pointer, GError **error)
{
  const char *group, *at;
  gint64 instant;

  if (!read_text (object, "group", &group, pointer, error)
      || !read_text (object, "at", &at, pointer, error))
    return FALSE;
  if (group != NULL && (*group == '\0' || strlen (group) > GROUP_MAX_BYTES))
    return fail (pointer, error, HW_SCHEMA_ERROR_TOO_LONG, "/group", "This is not a group");
  if (at != NULL && !hw_instant_parse (at, &instant))
    return fail (pointer, error, HW_SCHEMA_ERROR_FORMAT, "/at", "This is not a moment");
  operation->group = g_strdup (group);
  operation->at = g_strdup (at);
  return TRUE;
}

HwOperation *
hw_operation_from_json (JsonNode *node, char **pointer, GError **error)
{
  g_autoptr (HwOperation) operation = NULL;
  g_autofree char *ignored = NULL;
  JsonObject *object;
  const char *id, *record, *case_id;
  HwAction action;
  HwTypeId type;

  if (pointer == NULL)
    pointer = &ignored;
  *pointer = NULL;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      fail (pointer, error, HW_SCHEMA_ERROR_KIND, "", "An operation is an object");
      return NULL;
    }
  object = json_node_get_object (node);
  if (!check_members (object, pointer, error) || !read_action (object, &action, pointer, error)
      || !read_type (object, action, &type, pointer, error)
      || !read_id (object, "id", TRUE, &id, pointer, error)
      || !read_id (object, "record", TRUE, &record, pointer, error)
      || !read_id (object, "case", FALSE, &case_id, pointer, error)
      || !check_action_members (action, object, pointer, error))
    return NULL;

  operation = hw_operation_new (id, action, type, record, case_id);
  if (!read_envelope (operation, object, pointer, error))
    return NULL;
  if (action == HW_ACTION_RESOLVE)
    return read_resolution (operation, object, pointer, error) ? g_steal_pointer (&operation)
                                                               : NULL;
  if (action == HW_ACTION_DELETE)
    return !json_object_has_member (object, "seen")
               || read_seen (operation, json_object_get_member (object, "seen"), pointer, error)
             ? g_steal_pointer (&operation)
             : NULL;
  return read_changes (operation, object, pointer, error) ? g_steal_pointer (&operation) : NULL;
}

static JsonNode *
members_to_json (char **members)
{
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; members[i] != NULL; i++)
    json_array_add_string_element (array, members[i]);
  json_node_take_array (node, array);
  return node;
}

static void
take_object (JsonObject *object, const char *member, JsonObject *part)
{
  if (json_object_get_size (part) > 0)
    json_object_set_object_member (object, member, part);
  else
    json_object_unref (part);
}

static void
write_changes (HwOperation *operation, JsonObject *object)
{
  JsonObject *set = json_object_new (), *add = json_object_new ();
  JsonObject *remove = json_object_new (), *base = json_object_new ();

  for (guint i = 0; i < operation->changes->len; i++)
    {
      HwFieldChange *change = g_ptr_array_index (operation->changes, i);
      const char *name = hw_schema_field (change->field)->name;

      if (change->add != NULL)
        json_object_set_member (add, name, members_to_json (change->add));
      if (change->remove != NULL)
        json_object_set_member (remove, name, members_to_json (change->remove));
      if (change->add == NULL && change->remove == NULL)
        json_object_set_member (set,
                                name,
                                change->value != NULL ? hw_value_to_json (change->value)
                                                      : json_node_new (JSON_NODE_NULL));
      if (change->base != 0)
        json_object_set_int_member (base, name, (gint64)change->base);
    }
  take_object (object, "base", base);
  take_object (object, "set", set);
  take_object (object, "add", add);
  take_object (object, "remove", remove);
}

static void
write_seen (HwOperation *operation, JsonObject *object)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < operation->seen->len; i++)
    json_array_add_int_element (array, (gint64)g_array_index (operation->seen, guint64, i));
  json_object_set_array_member (object, "seen", array);
}

static void
write_resolution (HwOperation *operation, JsonObject *object)
{
  json_object_set_string_member (object, "choice", operation->choice);
  if (g_strcmp0 (operation->choice, "value") == 0)
    json_object_set_member (object,
                            "value",
                            operation->resolution != NULL ? hw_value_to_json (operation->resolution)
                                                          : json_node_new (JSON_NODE_NULL));
}

static void
set_text (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
}

JsonNode *
hw_operation_to_json (HwOperation *operation)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  set_text (object, "id", operation->id);
  if (operation->type != HW_TYPE_ID_NONE)
    set_text (object, "type", hw_schema_type (operation->type)->name);
  set_text (object, "record", operation->record);
  set_text (object, "case", operation->case_id);
  set_text (object, "action", action_nicks[operation->action]);
  set_text (object, "group", operation->group);
  if (operation->action == HW_ACTION_RESOLVE)
    write_resolution (operation, object);
  else
    write_changes (operation, object);
  if (operation->seen != NULL)
    write_seen (operation, object);
  set_text (object, "at", operation->at);
  json_node_take_object (node, object);
  return node;
}
