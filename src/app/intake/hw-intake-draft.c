/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A draft keeps the ids of its records: saving a call twice, after a crash between the two steps,
 * makes one case and not two.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/intake/hw-intake-draft.h"

#include <glib/gi18n.h>

#define DRAFT_VERSION 1
#define HOME_COUNTRY "BI"

static const HwTypeId record_types[HW_INTAKE_N_RECORDS] = {
  HW_TYPE_ID_CASE,      HW_TYPE_ID_PERSON,      HW_TYPE_ID_SAFE_CONTACT,
  HW_TYPE_ID_PLACEMENT, HW_TYPE_ID_CONTACT_LOG, HW_TYPE_ID_NOTE,
};

static HwIntakeDraft *
draft_alloc (const char *key)
{
  HwIntakeDraft *draft = g_new0 (HwIntakeDraft, 1);

  draft->key = g_strdup (key);
  draft->typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return draft;
}

static void
set_text (HwRecord *record, HwFieldId field, const char *text)
{
  g_autoptr (HwValue) value = text != NULL ? hw_value_new_text (text) : NULL;

  if (value != NULL && hw_record_get (record, field) == NULL)
    hw_record_set (record, field, value);
}

HwIntakeDraft *
hw_intake_draft_new (HwDesktop *desktop)
{
  g_autofree char *id = hw_uuid_v4 ();
  g_autofree char *key = g_strconcat (HW_INTAKE_DRAFT_PREFIX, id, NULL);
  HwIntakeDraft *draft = draft_alloc (key);
  const char *case_id = NULL;

  draft->opened_us = hw_clock_now (hw_desktop_clock (desktop));
  for (guint i = 0; i < HW_INTAKE_N_RECORDS; i++)
    {
      draft->records[i] = hw_scratch_new (desktop, record_types[i], case_id);
      case_id = hw_record_id (draft->records[HW_INTAKE_CASE]);
    }
  set_text (draft->records[HW_INTAKE_CASE], HW_FIELD_CASE_NATIONALITY, HOME_COUNTRY);
  set_text (draft->records[HW_INTAKE_CONTACT],
            HW_FIELD_SAFE_CONTACT_CHANNEL,
            HW_SAFE_CONTACT_CHANNEL_PHONE);
  set_text (
    draft->records[HW_INTAKE_CALL], HW_FIELD_CONTACT_LOG_CALLER, HW_CONTACT_LOG_CALLER_SELF);
  return draft;
}

void
hw_intake_draft_free (HwIntakeDraft *draft)
{
  for (guint i = 0; i < HW_INTAKE_N_RECORDS; i++)
    g_clear_object (&draft->records[i]);
  g_hash_table_unref (draft->typed);
  g_free (draft->key);
  g_free (draft);
}

/* ---- To JSON ---- */

static char *
row_name (HwFieldRow *row)
{
  const HwFieldDef *field = hw_field_row_get_field (row);

  return g_strconcat (hw_schema_type (field->type)->name, ".", field->name, NULL);
}

/* What is in a line now: a value, if it can be read, else the letters themselves. */
static void
take_row (HwFieldRow *row, HwRecord **copies, GHashTable *typed)
{
  const HwFieldDef *field = hw_field_row_get_field (row);
  g_autoptr (HwValue) value = NULL;
  g_autofree char *problem = NULL;
  HwFieldEditor *editor = hw_field_row_get_editor (row);

  if (!hw_field_row_is_dirty (row))
    return;
  if (hw_field_editor_read (editor, &value, &problem)
      && (value == NULL || hw_value_check (field, value, NULL)))
    {
      for (guint i = 0; i < HW_INTAKE_N_RECORDS; i++)
        if (hw_record_type (copies[i]) == field->type)
          hw_record_set (copies[i], field->id, value);
    }
  else if (HW_IS_TEXT_EDITOR (editor))
    {
      GtkText *text = hw_text_editor_get_text (HW_TEXT_EDITOR (editor));

      g_hash_table_replace (
        typed, row_name (row), g_strdup (gtk_editable_get_text (GTK_EDITABLE (text))));
    }
}

static void
take_rows (GtkWidget *root, HwRecord **copies, GHashTable *typed)
{
  if (HW_IS_FIELD_ROW (root))
    {
      take_row (HW_FIELD_ROW (root), copies, typed);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    take_rows (child, copies, typed);
}

static void
add_record (JsonBuilder *builder, HwRecord *record)
{
  const HwTypeDef *def = hw_record_def (record);

  json_builder_set_member_name (builder, def->name);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, hw_record_id (record));
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

static char *
write_json (HwIntakeDraft *draft, HwRecord **records, GHashTable *typed)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *opened = hw_instant_format (draft->opened_us);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, DRAFT_VERSION);
  json_builder_set_member_name (builder, "opened_at");
  json_builder_add_string_value (builder, opened);
  json_builder_set_member_name (builder, "records");
  json_builder_begin_object (builder);
  for (guint i = 0; i < HW_INTAKE_N_RECORDS; i++)
    add_record (builder, records[i]);
  json_builder_end_object (builder);
  add_typed (builder, typed);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  return json_to_string (node, FALSE);
}

char *
hw_intake_draft_to_json (HwIntakeDraft *draft, GtkWidget *root)
{
  HwRecord *copies[HW_INTAKE_N_RECORDS];
  g_autoptr (GHashTable) typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  char *json;

  for (guint i = 0; i < HW_INTAKE_N_RECORDS; i++)
    copies[i] = hw_record_copy (draft->records[i]);
  if (root != NULL)
    take_rows (root, copies, typed);
  json = write_json (draft, copies, typed);
  for (guint i = 0; i < HW_INTAKE_N_RECORDS; i++)
    g_object_unref (copies[i]);
  return json;
}

/* ---- From JSON ---- */

static JsonObject *
object_member (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
text_member (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/* A field that no longer exists, or no longer takes the value, is left out; the rest of the call is
 * kept. */
static HwRecord *
read_record (JsonObject *records, HwTypeId type)
{
  const HwTypeDef *def = hw_schema_type (type);
  JsonObject *object = object_member (records, def->name);
  JsonObject *set = object_member (object, "set");
  const char *id = text_member (object, "id");
  HwRecord *record;

  if (id == NULL)
    return NULL;
  record = hw_record_new (type, id);
  for (guint i = 0; set != NULL && i < def->n_fields; i++)
    {
      JsonNode *node = json_object_get_member (set, def->fields[i].name);
      g_autoptr (HwValue) value = NULL;

      if (node != NULL && hw_value_from_json (&def->fields[i], node, &value, NULL))
        hw_record_set (record, def->fields[i].id, value);
    }
  return record;
}

static gboolean
read_records (HwIntakeDraft *draft, JsonObject *root)
{
  JsonObject *records = object_member (root, "records");
  const char *case_id;

  for (guint i = 0; i < HW_INTAKE_N_RECORDS; i++)
    {
      draft->records[i] = read_record (records, record_types[i]);
      if (draft->records[i] == NULL)
        return FALSE;
    }
  case_id = hw_record_id (draft->records[HW_INTAKE_CASE]);
  for (guint i = 0; i < HW_INTAKE_N_RECORDS; i++)
    hw_record_set_case (draft->records[i], case_id);
  return TRUE;
}

static void
read_typed (HwIntakeDraft *draft, JsonObject *typed)
{
  g_autoptr (GList) names = typed != NULL ? json_object_get_members (typed) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    if (text_member (typed, l->data) != NULL)
      g_hash_table_replace (
        draft->typed, g_strdup (l->data), g_strdup (text_member (typed, l->data)));
}

HwIntakeDraft *
hw_intake_draft_from_json (const char *key, const char *json)
{
  g_autoptr (HwIntakeDraft) draft = draft_alloc (key);
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonObject *root
    = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *opened = text_member (root, "opened_at");

  if (opened == NULL || !hw_instant_parse (opened, &draft->opened_us)
      || !read_records (draft, root))
    return NULL;
  read_typed (draft, object_member (root, "typed"));
  return g_steal_pointer (&draft);
}

/* ---- On screen ---- */

static void
show_typed (GtkWidget *root, GHashTable *typed)
{
  if (HW_IS_FIELD_ROW (root))
    {
      g_autofree char *name = row_name (HW_FIELD_ROW (root));
      const char *text = g_hash_table_lookup (typed, name);
      HwFieldEditor *editor = hw_field_row_get_editor (HW_FIELD_ROW (root));

      if (text != NULL && HW_IS_TEXT_EDITOR (editor))
        hw_text_editor_type (HW_TEXT_EDITOR (editor), text);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    show_typed (child, typed);
}

void
hw_intake_draft_bind (HwIntakeDraft *draft, GtkWidget *root, HwFormContext *context)
{
  for (guint i = 0; i < HW_INTAKE_N_RECORDS; i++)
    hw_scratch_bind (root, draft->records[i], context);
  show_typed (root, draft->typed);
}

/* ---- What it becomes ---- */

char *
hw_intake_draft_pseudonym (const char *given_names,
                           const char *family_name,
                           gint64 opened_us,
                           const char *zone)
{
  g_auto (GStrv) names = g_strsplit (given_names != NULL ? given_names : "", " ", 2);
  g_autofree char *wall = NULL;

  if (names[0] != NULL && *names[0] != '\0')
    {
      gunichar initial = family_name != NULL && *family_name != '\0'
                           ? g_unichar_toupper (g_utf8_get_char (family_name))
                           : 0;
      char letter[7] = { 0 };

      if (initial == 0)
        return g_strdup (names[0]);
      g_unichar_to_utf8 (initial, letter);
      return g_strdup_printf ("%s %s.", names[0], letter);
    }
  wall = hw_wall_clock_of_instant (opened_us, zone);
  return g_strdup_printf (_ ("Caller %s"), wall + strlen ("2026-11-24T"));
}

static const char *
source_of_call (HwRecord *call, HwRole role)
{
  const char *caller = hw_record_get_text (call, HW_FIELD_CONTACT_LOG_CALLER);

  if (role == HW_ROLE_HELPLINE)
    return HW_CASE_SOURCE_HELPLINE;
  if (role == HW_ROLE_FOCAL_POINT)
    return HW_CASE_SOURCE_FOCAL_POINT;
  if (g_strcmp0 (caller, HW_CONTACT_LOG_CALLER_SELF) == 0)
    return HW_CASE_SOURCE_SELF;
  if (g_strcmp0 (caller, HW_CONTACT_LOG_CALLER_FAMILY) == 0)
    return HW_CASE_SOURCE_FAMILY;
  if (g_strcmp0 (caller, HW_CONTACT_LOG_CALLER_ORGANISATION) == 0)
    return HW_CASE_SOURCE_ORGANISATION;
  if (g_strcmp0 (caller, HW_CONTACT_LOG_CALLER_EMBASSY) == 0)
    return HW_CASE_SOURCE_EMBASSY;
  return HW_CASE_SOURCE_HELPLINE;
}

static void
complete_case (HwIntakeDraft *draft, HwDesktop *desktop)
{
  HwRecord *record = draft->records[HW_INTAKE_CASE];
  HwRecord *person = draft->records[HW_INTAKE_PERSON];
  const HwActor *actor = hw_desktop_actor (desktop);
  const char *zone = hw_desktop_office_zone (desktop);
  g_autofree char *day = hw_date_of_instant (draft->opened_us, zone);
  g_autofree char *pseudonym
    = hw_intake_draft_pseudonym (hw_record_get_text (person, HW_FIELD_PERSON_GIVEN_NAMES),
                                 hw_record_get_text (person, HW_FIELD_PERSON_FAMILY_NAME),
                                 draft->opened_us,
                                 zone);

  set_text (record, HW_FIELD_CASE_STATUS, HW_CASE_STATUS_ACTIVE);
  set_text (record, HW_FIELD_CASE_OPENED_ON, day);
  set_text (record, HW_FIELD_CASE_PSEUDONYM, pseudonym);
  set_text (record, HW_FIELD_CASE_OFFICE, actor->office);
  set_text (
    record, HW_FIELD_CASE_SOURCE, source_of_call (draft->records[HW_INTAKE_CALL], actor->role));
  if (actor->role == HW_ROLE_CASEWORKER)
    set_text (record, HW_FIELD_CASE_OWNER, actor->user);
}

static void
complete_person (HwIntakeDraft *draft)
{
  HwRecord *person = draft->records[HW_INTAKE_PERSON];
  const char *nationality
    = hw_record_get_text (draft->records[HW_INTAKE_CASE], HW_FIELD_CASE_NATIONALITY);

  set_text (person, HW_FIELD_PERSON_ROLE, HW_PERSON_ROLE_SURVIVOR);
  if (nationality != NULL && hw_record_get (person, HW_FIELD_PERSON_CITIZENSHIP) == NULL)
    {
      const char *members[] = { nationality, NULL };
      g_autoptr (HwValue) citizenship = hw_value_new_set (members);

      hw_record_set (person, HW_FIELD_PERSON_CITIZENSHIP, citizenship);
    }
}

static void
complete_call (HwIntakeDraft *draft)
{
  HwRecord *call = draft->records[HW_INTAKE_CALL];
  const char *channel
    = hw_record_get_text (draft->records[HW_INTAKE_CONTACT], HW_FIELD_SAFE_CONTACT_CHANNEL);
  g_autofree char *at = hw_instant_format (draft->opened_us);

  set_text (call, HW_FIELD_CONTACT_LOG_AT, at);
  set_text (call, HW_FIELD_CONTACT_LOG_DIRECTION, HW_CONTACT_LOG_DIRECTION_IN);
  set_text (call, HW_FIELD_CONTACT_LOG_CHANNEL, channel);
}

/* A channel alone, which stands there from the start, is no way to reach anybody. */
static gboolean
is_meant (HwIntakeDraft *draft, HwIntakeRecord which)
{
  HwRecord *record = draft->records[which];
  const HwTypeDef *def = hw_record_def (record);

  if (which != HW_INTAKE_CONTACT)
    return !hw_scratch_is_empty (record);
  for (guint i = 0; i < def->n_fields; i++)
    if (def->fields[i].id != HW_FIELD_SAFE_CONTACT_CHANNEL
        && def->fields[i].id != HW_FIELD_SAFE_CONTACT_WINDOW_ZONE
        && hw_record_get (record, def->fields[i].id) != NULL)
      return TRUE;
  return FALSE;
}

GPtrArray *
hw_intake_draft_operations (HwIntakeDraft *draft, HwDesktop *desktop)
{
  GPtrArray *operations = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);

  complete_case (draft, desktop);
  complete_person (draft);
  complete_call (draft);
  for (guint i = 0; i < HW_INTAKE_N_RECORDS; i++)
    if (is_meant (draft, i))
      g_ptr_array_add (operations, hw_scratch_create_operation (desktop, draft->records[i]));
  return operations;
}
