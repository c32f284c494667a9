/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A record holds one value and one revision per field of its type, in the order of the schema
 * table. Setting a value equal to the present one changes nothing and emits nothing, so a widget
 * that listens to "changed::status" wakes only when the status is another one.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-record.h"

#include <string.h>

struct _HwRecord
{
  GObject parent_instance;

  const HwTypeDef *def;
  char *id;
  char *case_id; /* (nullable) */
  guint64 rev;
  gboolean deleted;
  char *created_at;    /* (nullable) */
  char *created_by;    /* (nullable) */
  char *updated_at;    /* (nullable) */
  char *updated_by;    /* (nullable) */
  HwValue **values;    /* (owned) def->n_fields, NULL where unset */
  guint64 *field_revs; /* (owned) (nullable) made when the first is noted */
};

G_DEFINE_FINAL_TYPE (HwRecord, hw_record, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const HwFieldDef *
field_of (HwRecord *record, HwFieldId field)
{
  const HwFieldDef *def;

  if (field == HW_FIELD_NONE || field >= HW_N_FIELDS)
    return NULL;
  def = hw_schema_field (field);
  return def->type == record->def->id ? def : NULL;
}

static HwValue *
none_if_empty (HwValue *value)
{
  if (value != NULL && hw_value_shape (value) == HW_SHAPE_SET && hw_value_set (value)[0] == NULL)
    return NULL;
  return value;
}

static void
hw_record_finalize (GObject *object)
{
  HwRecord *self = HW_RECORD (object);

  if (self->values != NULL)
    for (guint i = 0; i < self->def->n_fields; i++)
      g_clear_pointer (&self->values[i], hw_value_unref);
  g_free (self->values);
  g_free (self->field_revs);
  g_free (self->id);
  g_free (self->case_id);
  g_free (self->created_at);
  g_free (self->created_by);
  g_free (self->updated_at);
  g_free (self->updated_by);
  G_OBJECT_CLASS (hw_record_parent_class)->finalize (object);
}

static void
hw_record_class_init (HwRecordClass *class)
{
  G_OBJECT_CLASS (class)->finalize = hw_record_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   HW_TYPE_RECORD,
                                   G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED | G_SIGNAL_NO_RECURSE,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
hw_record_init (HwRecord *self)
{
}

HwRecord *
hw_record_new (HwTypeId type, const char *id)
{
  HwRecord *self;

  g_return_val_if_fail (type > HW_TYPE_ID_NONE && type < HW_N_TYPE_IDS, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  self = g_object_new (HW_TYPE_RECORD, NULL);
  self->def = hw_schema_type (type);
  self->id = g_strdup (id);
  self->values = g_new0 (HwValue *, self->def->n_fields);
  if (type == HW_TYPE_ID_CASE)
    self->case_id = g_strdup (id);
  return self;
}

HwRecord *
hw_record_copy (HwRecord *record)
{
  HwRecord *copy;

  g_return_val_if_fail (HW_IS_RECORD (record), NULL);

  copy = hw_record_new (record->def->id, record->id);
  hw_record_set_case (copy, record->case_id);
  hw_record_set_stamps (
    copy, record->created_at, record->created_by, record->updated_at, record->updated_by);
  copy->rev = record->rev;
  copy->deleted = record->deleted;
  for (guint i = 0; i < record->def->n_fields; i++)
    if (record->values[i] != NULL)
      copy->values[i] = hw_value_ref (record->values[i]);
  if (record->field_revs != NULL)
    copy->field_revs
      = g_memdup2 (record->field_revs, record->def->n_fields * sizeof *record->field_revs);
  return copy;
}

HwTypeId
hw_record_type (HwRecord *record)
{
  return record->def->id;
}

const HwTypeDef *
hw_record_def (HwRecord *record)
{
  return record->def;
}

const char *
hw_record_id (HwRecord *record)
{
  return record->id;
}

const char *
hw_record_case (HwRecord *record)
{
  return record->case_id;
}

void
hw_record_set_case (HwRecord *record, const char *case_id)
{
  char *copy = g_strdup (case_id);

  g_free (record->case_id);
  record->case_id = copy;
}

guint64
hw_record_rev (HwRecord *record)
{
  return record->rev;
}

void
hw_record_set_rev (HwRecord *record, guint64 rev)
{
  record->rev = rev;
}

gboolean
hw_record_deleted (HwRecord *record)
{
  return record->deleted;
}

void
hw_record_set_deleted (HwRecord *record, gboolean deleted)
{
  record->deleted = deleted;
}

const char *
hw_record_created_at (HwRecord *record)
{
  return record->created_at;
}

const char *
hw_record_created_by (HwRecord *record)
{
  return record->created_by;
}

const char *
hw_record_updated_at (HwRecord *record)
{
  return record->updated_at;
}

const char *
hw_record_updated_by (HwRecord *record)
{
  return record->updated_by;
}

static void
replace_text (char **place, const char *text)
{
  char *copy = g_strdup (text);

  g_free (*place);
  *place = copy;
}

void
hw_record_stamp (HwRecord *record, const char *at, const char *by)
{
  if (record->created_at == NULL)
    {
      replace_text (&record->created_at, at);
      replace_text (&record->created_by, by);
    }
  replace_text (&record->updated_at, at);
  replace_text (&record->updated_by, by);
}

void
hw_record_set_stamps (HwRecord *record,
                      const char *created_at,
                      const char *created_by,
                      const char *updated_at,
                      const char *updated_by)
{
  replace_text (&record->created_at, created_at);
  replace_text (&record->created_by, created_by);
  replace_text (&record->updated_at, updated_at);
  replace_text (&record->updated_by, updated_by);
}

HwValue *
hw_record_get (HwRecord *record, HwFieldId field)
{
  const HwFieldDef *def = field_of (record, field);

  g_return_val_if_fail (def != NULL, NULL);

  return record->values[def->index];
}

const char *
hw_record_get_text (HwRecord *record, HwFieldId field)
{
  HwValue *value = hw_record_get (record, field);

  return value != NULL ? hw_value_text (value) : NULL;
}

const char *
hw_record_get_unit (HwRecord *record, HwFieldId field)
{
  HwValue *value = hw_record_get (record, field);

  return value != NULL ? hw_value_unit (value) : NULL;
}

gint64
hw_record_get_integer (HwRecord *record, HwFieldId field)
{
  HwValue *value = hw_record_get (record, field);

  return value != NULL ? hw_value_integer (value) : 0;
}

gboolean
hw_record_get_boolean (HwRecord *record, HwFieldId field)
{
  return hw_record_get_integer (record, field) != 0;
}

const char *const *
hw_record_get_set (HwRecord *record, HwFieldId field)
{
  return hw_value_set (hw_record_get (record, field));
}

gboolean
hw_record_is (HwRecord *record, HwFieldId field, const char *text)
{
  const char *present = hw_record_get_text (record, field);

  return present != NULL && g_strcmp0 (present, text) == 0;
}

const char *
hw_record_status (HwRecord *record)
{
  if (record->def->status_field == HW_FIELD_NONE)
    return NULL;
  return hw_record_get_text (record, record->def->status_field);
}

gboolean
hw_record_set (HwRecord *record, HwFieldId field, HwValue *value)
{
  const HwFieldDef *def = field_of (record, field);
  HwValue *old;

  g_return_val_if_fail (def != NULL, FALSE);

  value = none_if_empty (value);
  old = record->values[def->index];
  if (old == value || hw_value_equal (old, value))
    return FALSE;
  record->values[def->index] = value != NULL ? hw_value_ref (value) : NULL;
  g_clear_pointer (&old, hw_value_unref);
  g_signal_emit (record, signals[CHANGED], g_quark_from_static_string (def->name));
  return TRUE;
}

guint64
hw_record_field_rev (HwRecord *record, HwFieldId field)
{
  const HwFieldDef *def = field_of (record, field);

  g_return_val_if_fail (def != NULL, 0);

  return record->field_revs != NULL ? record->field_revs[def->index] : 0;
}

void
hw_record_set_field_rev (HwRecord *record, HwFieldId field, guint64 rev)
{
  const HwFieldDef *def = field_of (record, field);

  g_return_if_fail (def != NULL);

  if (record->field_revs == NULL)
    record->field_revs = g_new0 (guint64, record->def->n_fields);
  record->field_revs[def->index] = rev;
}
