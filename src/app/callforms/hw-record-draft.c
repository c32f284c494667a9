/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A draft keeps the id of its record: adding it twice, after a crash between the two steps, makes one record and not two.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-record-draft.h"

#include "app/forms/hw-text-editor.h"

#define DRAFT_VERSION 1

static HwRecordDraft *
draft_alloc (const char *key)
{
  HwRecordDraft *draft = g_new0 (HwRecordDraft, 1);

  draft->key = g_strdup (key);
  draft->typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return draft;
}

void
hw_record_draft_free (HwRecordDraft *draft)
{
  g_clear_object (&draft->record);
  g_hash_table_unref (draft->typed);
  g_free (draft->key);
  g_free (draft);
}

char *
hw_record_draft_key (HwRecord *scratch)
{
  return g_strconcat (HW_RECORD_DRAFT_PREFIX, hw_record_id (scratch), NULL);
}

/* ---- To JSON ---- */

static const char *
typed_text (HwFieldEditor *editor)
{
  return gtk_editable_get_text (GTK_EDITABLE (hw_text_editor_get_text (HW_TEXT_EDITOR (editor))));
}

/* What is in a line now: a value, if it can be read, else the letters themselves. */
static void
take_row (HwFieldRow *row, HwRecord *copy, GHashTable *typed)
{
  const HwFieldDef *field = hw_field_row_get_field (row);
  HwFieldEditor *editor = hw_field_row_get_editor (row);
  g_autoptr (HwValue) value = NULL;
  g_autofree char *problem = NULL;

  if (!hw_field_row_is_dirty (row) || field->type != hw_record_type (copy))
    return;
  if (hw_field_editor_read (editor, &value, &problem) && (value == NULL || hw_value_check (field, value, NULL)))
    hw_record_set (copy, field->id, value);
  else if (HW_IS_TEXT_EDITOR (editor))
    g_hash_table_replace (typed, g_strdup (field->name), g_strdup (typed_text (editor)));
}

static void
take_rows (GtkWidget *root, HwRecord *copy, GHashTable *typed)
{
  if (HW_IS_FIELD_ROW (root))
    {
      take_row (HW_FIELD_ROW (root), copy, typed);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    take_rows (child, copy, typed);
}

static void
add_values (JsonBuilder *builder, HwRecord *record)
{
  const HwTypeDef *def = hw_record_def (record);

  json_builder_set_member_name (builder, "set");
  json_builder_begin_object (builder);
  for (guint i = 0; i < def->n_fields; i++)
    {
      HwValue *value = hw_record_get (record, def->fields[i].id);

      if (value == NULL)
        continue;
      json_builder_set_member_name (builder, def->fields[i].name);
      if (def->fields[i].kind == HW_KIND_BOOLEAN)
        json_builder_add_boolean_value (builder, hw_value_integer (value) != 0);
      else
        json_builder_add_value (builder, hw_value_to_json (value));
    }
  json_builder_end_object (builder);
}

static void
add_typed (JsonBuilder *builder, GHashTable *typed)
{
  GHashTableIter iter;
  gpointer name, text;

  json_builder_set_member_name (builder, "typed");
  json_builder_begin_object (builder);
  g_hash_table_iter_init (&iter, typed);
  while (g_hash_table_iter_next (&iter, &name, &text))
    {
      json_builder_set_member_name (builder, name);
      json_builder_add_string_value (builder, text);
    }
  json_builder_end_object (builder);
}

char *
hw_record_draft_to_json (HwRecord *scratch, GtkWidget *root)
{
  g_autoptr (HwRecord) copy = hw_record_copy (scratch);
  g_autoptr (GHashTable) typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  take_rows (root, copy, typed);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, DRAFT_VERSION);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, hw_record_def (copy)->name);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, hw_record_id (copy));
  if (hw_record_case (copy) != NULL)
    {
      json_builder_set_member_name (builder, "case");
      json_builder_add_string_value (builder, hw_record_case (copy));
    }
  add_values (builder, copy);
  add_typed (builder, typed);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  return json_to_string (node, FALSE);
}

/* ---- From JSON ---- */

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static JsonObject *
object_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* A field that no longer exists, or no longer takes the value, is left out; the rest is kept. */
static void
read_values (HwRecord *record, JsonObject *set)
{
  const HwTypeDef *def = hw_record_def (record);

  for (guint i = 0; set != NULL && i < def->n_fields; i++)
    {
      JsonNode *node = json_object_get_member (set, def->fields[i].name);
      g_autoptr (HwValue) value = NULL;

      if (node != NULL && hw_value_from_json (&def->fields[i], node, &value, NULL))
        hw_record_set (record, def->fields[i].id, value);
    }
}

static void
read_typed (HwRecordDraft *draft, JsonObject *typed)
{
  g_autoptr (GList) names = typed != NULL ? json_object_get_members (typed) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    if (text_member (typed, l->data) != NULL)
      g_hash_table_replace (draft->typed, g_strdup (l->data), g_strdup (text_member (typed, l->data)));
}

HwRecordDraft *
hw_record_draft_from_json (const char *key, const char *json)
{
  g_autoptr (HwRecordDraft) draft = draft_alloc (key);
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonObject *root = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *name = root != NULL ? text_member (root, "type") : NULL;
  const char *id = root != NULL ? text_member (root, "id") : NULL;
  const HwTypeDef *type = name != NULL ? hw_schema_type_by_name (name) : NULL;

  if (type == NULL || id == NULL)
    return NULL;
  draft->record = hw_record_new (type->id, id);
  hw_record_set_case (draft->record, text_member (root, "case"));
  read_values (draft->record, object_member (root, "set"));
  read_typed (draft, object_member (root, "typed"));
  return g_steal_pointer (&draft);
}

/* ---- On screen ---- */

static void
show_typed (GtkWidget *root, HwRecordDraft *draft)
{
  if (HW_IS_FIELD_ROW (root))
    {
      const HwFieldDef *field = hw_field_row_get_field (HW_FIELD_ROW (root));
      const char *text = g_hash_table_lookup (draft->typed, field->name);
      HwFieldEditor *editor = hw_field_row_get_editor (HW_FIELD_ROW (root));

      if (text != NULL && field->type == hw_record_type (draft->record) && HW_IS_TEXT_EDITOR (editor))
        hw_text_editor_type (HW_TEXT_EDITOR (editor), text);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    show_typed (child, draft);
}

void
hw_record_draft_show (HwRecordDraft *draft, HwRecord *scratch, GtkWidget *root)
{
  const HwTypeDef *def = hw_record_def (scratch);

  for (guint i = 0; i < def->n_fields; i++)
    {
      HwFieldId field = def->fields[i].id;
      HwValue *value = hw_record_get (draft->record, field);

      HwFieldRow *row;

      if (hw_value_equal (value, hw_record_get (scratch, field)))
        continue;
      hw_scratch_propose (root, scratch, field, value);
      row = hw_scratch_find_row (root, field);
      if (row != NULL)
        hw_field_row_open (row); /* she wrote it herself */
    }
  show_typed (root, draft);
}

void
hw_record_draft_watch (GtkWidget *root, GCallback changed, gpointer object)
{
  if (HW_IS_FIELD_ROW (root))
    {
      HwFieldEditor *editor = hw_field_row_get_editor (HW_FIELD_ROW (root));

      g_signal_connect_object (editor, "edited", changed, object, G_CONNECT_SWAPPED);
      g_signal_connect_object (root, "commit", changed, object, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    hw_record_draft_watch (child, changed, object);
}
