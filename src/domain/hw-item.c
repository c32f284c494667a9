/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Items of a sync page. Writing appends text directly, because the server makes pages of hundreds;
 * reading is lenient about what a newer server adds and strict about everything else.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-item.h"

#include "base/hw-base.h"
#include "base/hw-json-guard.h"

#include <string.h>

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
  if (item->field != HW_FIELD_NONE)
    {
      append_text (out, "field", hw_schema_field (item->field)->name);
      append_value (out, "base", item->field, item->base);
      append_value (out, "current", item->field, item->current);
      append_value (out, "offered", item->field, item->offered);
    }
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

/* ---- Reading ---- */

/* Members in the order they are written in. */
typedef enum
{
  OP,
  CASE,
  REQUEST,
  TYPE,
  ID,
  REV,
  CREATED_AT,
  CREATED_BY,
  UPDATED_AT,
  UPDATED_BY,
  FIELDS,
  FIELD_REVS,
  RECORD,
  FIELD,
  BASE,
  CURRENT,
  OFFERED,
  BY,
  AT,
  STATE,
  N_MEMBERS
} Member;

static const char *const member_names[N_MEMBERS]
  = { "op",         "case",       "request",    "type",   "id",         "rev",    "created_at",
      "created_by", "updated_at", "updated_by", "fields", "field_revs", "record", "field",
      "base",       "current",    "offered",    "by",     "at",         "state" };

/* An item being read: where each member begins is found first, for they may come in any order. */
typedef struct
{
  HwItem *item;
  HwJsonReader *reader;
  const char *places[N_MEMBERS];
} Reading;

static gboolean
go_to (Reading *reading, Member member)
{
  if (reading->places[member] == NULL)
    return FALSE;
  reading->reader->at = reading->places[member];
  return TRUE;
}

/* *text (nullable): absent or null. Valid until the next member is read. */
static gboolean
read_text (Reading *reading, Member member, const char **text, GError **error)
{
  *text = NULL;
  if (!go_to (reading, member) || hw_json_reader_peek (reading->reader) == 'n')
    return TRUE;
  *text = hw_json_reader_string (reading->reader);
  return *text != NULL
         || fail (error, HW_SCHEMA_ERROR_KIND, "An item holds something else where text belongs");
}

static gboolean
read_copy (Reading *reading, Member member, char **copy, GError **error)
{
  const char *text;

  if (!read_text (reading, member, &text, error))
    return FALSE;
  *copy = g_strdup (text);
  return TRUE;
}

static gboolean
read_id (Reading *reading, Member member, gboolean required, char **id, GError **error)
{
  const char *text;

  if (!read_text (reading, member, &text, error))
    return FALSE;
  if (text == NULL)
    return !required || fail (error, HW_SCHEMA_ERROR_KIND, "An item lacks an identifier");
  if (!hw_uuid_valid (text))
    return fail (error, HW_SCHEMA_ERROR_FORMAT, "An item's identifier is malformed");
  *id = g_strdup (text);
  return TRUE;
}

static gboolean
read_rev (HwJsonReader *reader, guint64 *rev, GError **error)
{
  gint64 number;

  if (!hw_json_reader_integer (reader, &number) || number < 0)
    return fail (error, HW_SCHEMA_ERROR_KIND, "An item's revision is malformed");
  *rev = (guint64)number;
  return TRUE;
}

static gboolean
read_op (Reading *reading, GError **error)
{
  const char *nick;

  if (!read_text (reading, OP, &nick, error))
    return FALSE;
  for (guint i = 0; nick != NULL && i < G_N_ELEMENTS (op_nicks); i++)
    if (g_str_equal (nick, op_nicks[i]))
      {
        reading->item->op = (HwItemOp)i;
        return TRUE;
      }
  return fail (error, HW_SCHEMA_ERROR_UNKNOWN, "An item does something unknown");
}

static gboolean
read_type (Reading *reading, GError **error)
{
  const HwTypeDef *def;
  const char *name;

  if (!read_text (reading, TYPE, &name, error))
    return FALSE;
  def = name != NULL ? hw_schema_type_by_name (name) : NULL;
  if (def == NULL)
    return fail (error, HW_SCHEMA_ERROR_UNKNOWN, "An item is of an unknown type");
  reading->item->type = def->id;
  return TRUE;
}

static gboolean
read_purge (Reading *reading, GError **error)
{
  gboolean request = reading->places[REQUEST] != NULL;

  if (request == (reading->places[CASE] != NULL))
    return fail (error, HW_SCHEMA_ERROR_SYNTAX, "A purge names one case or one request");
  reading->item->type = request ? HW_TYPE_ID_EMBASSY_REQUEST : HW_TYPE_ID_CASE;
  return read_id (reading, request ? REQUEST : CASE, TRUE, &reading->item->id, error);
}

/* field (nullable): a newer server's, which is passed over. */
typedef gboolean (*ReadMember) (HwItem *item,
                                const HwFieldDef *field,
                                HwJsonReader *reader,
                                GError **error);

static gboolean
read_field (HwItem *item, const HwFieldDef *field, HwJsonReader *reader, GError **error)
{
  g_autoptr (HwValue) value = NULL;

  if (!hw_value_read (field, reader, &value, error))
    return FALSE;
  hw_record_set (item->record, field->id, value);
  return TRUE;
}

static gboolean
read_field_rev (HwItem *item, const HwFieldDef *field, HwJsonReader *reader, GError **error)
{
  guint64 rev;

  if (!read_rev (reader, &rev, error))
    return FALSE;
  hw_record_set_field_rev (item->record, field->id, rev);
  return TRUE;
}

static gboolean
read_members (Reading *reading, Member member, ReadMember read, GError **error)
{
  HwJsonReader *reader = reading->reader;
  HwItem *item = reading->item;
  const char *name;

  if (!go_to (reading, member) || !hw_json_reader_take (reader, '{'))
    return fail (error, HW_SCHEMA_ERROR_KIND, "An item's fields are not an object");
  while ((name = hw_json_reader_member (reader)) != NULL)
    {
      const HwFieldDef *field = hw_schema_field_by_name (item->type, name);

      if (field != NULL ? !read (item, field, reader, error) : !hw_json_reader_skip (reader))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_put (Reading *reading, GError **error)
{
  HwItem *item = reading->item;
  g_autofree char *created_at = NULL, *created_by = NULL, *updated_at = NULL, *updated_by = NULL;

  if (!read_copy (reading, CREATED_AT, &created_at, error)
      || !read_copy (reading, CREATED_BY, &created_by, error)
      || !read_copy (reading, UPDATED_AT, &updated_at, error)
      || !read_copy (reading, UPDATED_BY, &updated_by, error))
    return FALSE;
  item->record = hw_record_new (item->type, item->id);
  if (item->case_id != NULL || item->type != HW_TYPE_ID_CASE)
    hw_record_set_case (item->record, item->case_id);
  hw_record_set_rev (item->record, item->rev);
  hw_record_set_stamps (item->record, created_at, created_by, updated_at, updated_by);
  return read_members (reading, FIELDS, read_field, error)
         && (reading->places[FIELD_REVS] == NULL
             || read_members (reading, FIELD_REVS, read_field_rev, error));
}

static gboolean
read_value (
  Reading *reading, Member member, const HwFieldDef *field, HwValue **value, GError **error)
{
  return !go_to (reading, member) || hw_value_read (field, reading->reader, value, error);
}

static gboolean
read_conflict (Reading *reading, GError **error)
{
  HwItem *item = reading->item;
  g_autofree char *name = NULL;
  const HwFieldDef *field;

  if (!read_id (reading, RECORD, TRUE, &item->conflict_record, error)
      || !read_copy (reading, FIELD, &name, error) || !read_copy (reading, BY, &item->by, error)
      || !read_copy (reading, AT, &item->at, error)
      || !read_copy (reading, STATE, &item->state, error))
    return FALSE;
  field = name != NULL ? hw_schema_field_by_name (item->type, name) : NULL;
  if (name != NULL && field == NULL)
    return fail (error, HW_SCHEMA_ERROR_UNKNOWN, "A conflict is about an unknown field");
  if (g_strcmp0 (item->state, "open") != 0 && g_strcmp0 (item->state, "settled") != 0)
    return fail (error, HW_SCHEMA_ERROR_CHOICE, "A conflict is neither open nor settled");
  /* Without a field it is about the whole record: one deleted what another changed. */
  if (field == NULL)
    return TRUE;
  item->field = field->id;
  return read_value (reading, BASE, field, &item->base, error)
         && read_value (reading, CURRENT, field, &item->current, error)
         && read_value (reading, OFFERED, field, &item->offered, error);
}

static gboolean
read_item (Reading *reading, GError **error)
{
  HwItem *item = reading->item;

  if (!read_op (reading, error))
    return FALSE;
  if (!go_to (reading, REV))
    return fail (error, HW_SCHEMA_ERROR_KIND, "An item's revision is malformed");
  if (!read_rev (reading->reader, &item->rev, error))
    return FALSE;
  if (item->op == HW_ITEM_PURGE)
    return read_purge (reading, error);
  if (!read_type (reading, error) || !read_id (reading, ID, TRUE, &item->id, error)
      || !read_id (reading, CASE, FALSE, &item->case_id, error))
    return FALSE;
  if (item->op == HW_ITEM_PUT)
    return read_put (reading, error);
  if (item->op == HW_ITEM_CONFLICT)
    return read_conflict (reading, error);
  return TRUE;
}

HwItem *
hw_item_read (HwJsonReader *reader, GError **error)
{
  g_autoptr (HwItem) item = g_new0 (HwItem, 1);
  Reading reading = { .item = item, .reader = reader };
  const char *end;

  if (!hw_json_reader_find (reader, member_names, N_MEMBERS, reading.places))
    {
      fail (error, HW_SCHEMA_ERROR_KIND, "An item is an object");
      return NULL;
    }
  end = reader->at;
  if (!read_item (&reading, error))
    return NULL;
  reader->at = end;
  return g_steal_pointer (&item);
}

HwItem *
hw_item_from_text (const char *json, GError **error)
{
  gsize length = strlen (json);
  HwJsonReader reader;
  HwItem *item;

  if (!hw_json_guard (json, length, G_MAXSIZE, HW_JSON_MAX_DEPTH, NULL))
    {
      fail (error, HW_SCHEMA_ERROR_SYNTAX, "An item is no strict JSON");
      return NULL;
    }
  hw_json_reader_init (&reader, json, length);
  item = hw_item_read (&reader, error);
  hw_json_reader_clear (&reader);
  return item;
}
