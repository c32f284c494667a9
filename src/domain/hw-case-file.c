/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A case file is an index over records that somebody else loaded: by id, and by type in order of
 * creation. It never reads, writes or asks a clock, so a rule that is handed one sees the same
 * case on the desktop, on the server and in a test.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-case-file.h"

#include <string.h>

typedef struct
{
  HwFieldId field;
  char *record;   /* (owned) (nullable) */
  HwValue *value; /* (owned) (nullable) */
} PastValue;

struct _HwCaseFile
{
  GObject parent_instance;

  char *case_id;                     /* (owned) (nullable) for a directory */
  HwCaseFile *directory;             /* (owned) (nullable) */
  GHashTable *by_id;                 /* (owned) id owned by the record → HwRecord */
  GPtrArray *by_type[HW_N_TYPE_IDS]; /* (owned) each (nullable) until asked for */
  GPtrArray *all;                    /* (owned) the case first */
  GArray *past;                      /* (owned) of PastValue */
  GArray *offered;                   /* (owned) of PastValue, of open conflicts */
  GHashTable *writers;               /* (owned) set of "record user" */
  GPtrArray *merged;                 /* (owned) of HwCaseFile */
  GPtrArray *undecided;              /* (owned) of HwCaseFile */
  gboolean complete;
};

G_DEFINE_FINAL_TYPE (HwCaseFile, hw_case_file, G_TYPE_OBJECT)

static void
past_value_clear (gpointer data)
{
  PastValue *past = data;

  g_free (past->record);
  g_clear_pointer (&past->value, hw_value_unref);
}

/* Timestamps are UTC and may or may not carry a fraction: without the Z the shorter is the earlier.
 */
static int
compare_instants (const char *a, const char *b)
{
  gsize a_length, b_length;
  int order;

  if (a == NULL || b == NULL)
    return (a == NULL) - (b == NULL);
  a_length = strcspn (a, "Z");
  b_length = strcspn (b, "Z");
  order = memcmp (a, b, MIN (a_length, b_length));
  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

static int
compare_creation (HwRecord *a, HwRecord *b)
{
  int order = compare_instants (hw_record_created_at (a), hw_record_created_at (b));

  return order != 0 ? order : strcmp (hw_record_id (a), hw_record_id (b));
}

static void
hw_case_file_finalize (GObject *object)
{
  HwCaseFile *self = HW_CASE_FILE (object);

  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->writers, g_hash_table_unref);
  for (guint i = 0; i < HW_N_TYPE_IDS; i++)
    g_clear_pointer (&self->by_type[i], g_ptr_array_unref);
  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_clear_pointer (&self->past, g_array_unref);
  g_clear_pointer (&self->offered, g_array_unref);
  g_clear_pointer (&self->merged, g_ptr_array_unref);
  g_clear_pointer (&self->undecided, g_ptr_array_unref);
  g_clear_object (&self->directory);
  g_free (self->case_id);
  G_OBJECT_CLASS (hw_case_file_parent_class)->finalize (object);
}

static void
hw_case_file_class_init (HwCaseFileClass *class)
{
  G_OBJECT_CLASS (class)->finalize = hw_case_file_finalize;
}

static void
hw_case_file_init (HwCaseFile *self)
{
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->all = g_ptr_array_new_with_free_func (g_object_unref);
  self->past = g_array_new (FALSE, FALSE, sizeof (PastValue));
  g_array_set_clear_func (self->past, past_value_clear);
  self->offered = g_array_new (FALSE, FALSE, sizeof (PastValue));
  g_array_set_clear_func (self->offered, past_value_clear);
  self->writers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->merged = g_ptr_array_new_with_free_func (g_object_unref);
  self->undecided = g_ptr_array_new_with_free_func (g_object_unref);
  self->complete = TRUE;
}

HwCaseFile *
hw_case_file_new (const char *case_id, HwCaseFile *directory)
{
  HwCaseFile *self = g_object_new (HW_TYPE_CASE_FILE, NULL);

  self->case_id = g_strdup (case_id);
  self->directory = directory != NULL ? g_object_ref (directory) : NULL;
  return self;
}

const char *
hw_case_file_id (HwCaseFile *file)
{
  return file->case_id;
}

GPtrArray *
hw_case_file_of_type (HwCaseFile *file, HwTypeId type)
{
  g_return_val_if_fail (type < HW_N_TYPE_IDS, file->all);

  if (file->by_type[type] == NULL)
    file->by_type[type] = g_ptr_array_new ();
  return file->by_type[type];
}

static void
insert_by_creation (GPtrArray *records, HwRecord *record)
{
  guint at = records->len;

  while (at > 0 && compare_creation (g_ptr_array_index (records, at - 1), record) > 0)
    at--;
  g_ptr_array_insert (records, (gint)at, record);
}

void
hw_case_file_add (HwCaseFile *file, HwRecord *record)
{
  g_return_if_fail (HW_IS_CASE_FILE (file));
  g_return_if_fail (HW_IS_RECORD (record));

  g_object_ref (record);
  hw_case_file_remove (file, hw_record_id (record));
  if (hw_record_deleted (record))
    {
      g_object_unref (record);
      return;
    }
  g_hash_table_replace (file->by_id, (gpointer)hw_record_id (record), record);
  insert_by_creation (hw_case_file_of_type (file, hw_record_type (record)), record);
  if (hw_record_type (record) == HW_TYPE_ID_CASE)
    g_ptr_array_insert (file->all, 0, record);
  else
    g_ptr_array_add (file->all, record);
}

void
hw_case_file_remove (HwCaseFile *file, const char *record_id)
{
  HwRecord *record;

  g_return_if_fail (HW_IS_CASE_FILE (file));
  g_return_if_fail (record_id != NULL);

  record = g_hash_table_lookup (file->by_id, record_id);
  if (record == NULL)
    return;
  g_hash_table_remove (file->by_id, record_id);
  g_ptr_array_remove (hw_case_file_of_type (file, hw_record_type (record)), record);
  g_ptr_array_remove (file->all, record);
}

HwRecord *
hw_case_file_lookup (HwCaseFile *file, const char *record_id)
{
  HwRecord *record;

  if (record_id == NULL)
    return NULL;
  record = g_hash_table_lookup (file->by_id, record_id);
  if (record == NULL && file->directory != NULL)
    record = hw_case_file_lookup (file->directory, record_id);
  return record;
}

HwRecord *
hw_case_file_case (HwCaseFile *file)
{
  GPtrArray *cases = hw_case_file_of_type (file, HW_TYPE_ID_CASE);

  return cases->len > 0 ? g_ptr_array_index (cases, 0) : NULL;
}

HwRecord *
hw_case_file_survivor (HwCaseFile *file)
{
  GPtrArray *persons = hw_case_file_of_type (file, HW_TYPE_ID_PERSON);

  for (guint i = 0; i < persons->len; i++)
    if (hw_record_is (g_ptr_array_index (persons, i), HW_FIELD_PERSON_ROLE, "survivor"))
      return g_ptr_array_index (persons, i);
  return NULL;
}

HwRecord *
hw_case_file_latest (HwCaseFile *file, HwTypeId type)
{
  GPtrArray *records = hw_case_file_of_type (file, type);

  return records->len > 0 ? g_ptr_array_index (records, records->len - 1) : NULL;
}

GPtrArray *
hw_case_file_records (HwCaseFile *file)
{
  return file->all;
}

HwCaseFile *
hw_case_file_directory (HwCaseFile *file)
{
  return file->directory;
}

HwRecord *
hw_case_file_office (HwCaseFile *file)
{
  HwRecord *record = hw_case_file_case (file);
  HwRecord *office;

  if (record == NULL)
    return NULL;
  office = hw_case_file_lookup (file, hw_record_get_text (record, HW_FIELD_CASE_OFFICE));
  return office != NULL && hw_record_type (office) == HW_TYPE_ID_OFFICE ? office : NULL;
}

void
hw_case_file_note_past (HwCaseFile *file, HwFieldId field, const char *record_id, HwValue *value)
{
  PastValue past = { field, g_strdup (record_id), value != NULL ? hw_value_ref (value) : NULL };

  g_array_append_val (file->past, past);
}

void
hw_case_file_note_offered (HwCaseFile *file,
                           HwFieldId field,
                           const char *record_id,
                           HwValue *value)
{
  PastValue offered = { field, g_strdup (record_id), hw_value_ref (value) };

  g_array_append_val (file->offered, offered);
}

GPtrArray *
hw_case_file_offered (HwCaseFile *file, HwFieldId field, const char *record_id)
{
  GPtrArray *values = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_value_unref);

  for (guint i = 0; i < file->offered->len; i++)
    {
      PastValue *offered = &g_array_index (file->offered, PastValue, i);

      if (offered->field == field && g_strcmp0 (offered->record, record_id) == 0)
        g_ptr_array_add (values, hw_value_ref (offered->value));
    }
  return values;
}

void
hw_case_file_note_writer (HwCaseFile *file, const char *record_id, const char *user)
{
  if (user != NULL)
    g_hash_table_add (file->writers, g_strconcat (record_id, " ", user, NULL));
}

gboolean
hw_case_file_wrote (HwCaseFile *file, const char *record_id, const char *user)
{
  g_autofree char *key = g_strconcat (record_id, " ", user, NULL);

  return user != NULL && g_hash_table_contains (file->writers, key);
}

GPtrArray *
hw_case_file_past (HwCaseFile *file, HwFieldId field)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_value_unref);
  GPtrArray *records = hw_case_file_of_type (file, hw_schema_field (field)->type);

  for (guint i = 0; i < file->past->len; i++)
    {
      PastValue *past = &g_array_index (file->past, PastValue, i);

      if (past->field == field && past->value != NULL)
        g_ptr_array_add (values, hw_value_ref (past->value));
    }
  for (guint i = 0; i < records->len; i++)
    {
      HwValue *value = hw_record_get (g_ptr_array_index (records, i), field);

      if (value != NULL)
        g_ptr_array_add (values, hw_value_ref (value));
    }
  return g_steal_pointer (&values);
}

void
hw_case_file_add_kin (HwCaseFile *file, HwCaseFile *kin, gboolean decided)
{
  g_return_if_fail (file != kin);

  g_ptr_array_add (decided ? file->merged : file->undecided, g_object_ref (kin));
}

void
hw_case_file_clear_kin (HwCaseFile *file)
{
  g_ptr_array_set_size (file->merged, 0);
  g_ptr_array_set_size (file->undecided, 0);
}

GPtrArray *
hw_case_file_kin (HwCaseFile *file, gboolean decided)
{
  return decided ? file->merged : file->undecided;
}

void
hw_case_file_set_complete (HwCaseFile *file, gboolean complete)
{
  file->complete = complete;
}

gboolean
hw_case_file_complete (HwCaseFile *file)
{
  return file->complete;
}
