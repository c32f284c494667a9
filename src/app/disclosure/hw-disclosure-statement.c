/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From ledger entries to sentences. What was told is gathered by the kind of record it stands in,
 * in the words of the forms; a name that this version does not know is shown as it was written,
 * never left out.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/disclosure/hw-disclosure-statement.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/forms/hw-field-words.h"
#include "app/widgets/hw-text.h"
#include "base/hw-base.h"

/* The domain writes how something was told untranslated, so that both sides write the same. */
static const char *const ways[]
  = { N_ ("Request in Homeward"), N_ ("Receiving office in Homeward"), N_ ("Referral"), NULL };

static void
part_free (gpointer data)
{
  HwDisclosedPart *part = data;

  g_free (part->heading);
  g_free (part->fields);
  g_free (part);
}

static void
entry_free (gpointer data)
{
  HwDisclosureEntry *entry = data;

  g_free (entry->who);
  g_free (entry->when);
  g_free (entry->how);
  g_ptr_array_unref (entry->parts);
  g_free (entry->consent);
  g_free (entry->withdrawn);
  g_free (entry);
}

/* With the year, always: a paper is read long after. (transfer full) (nullable) */
static char *
moment (HwRecord *record, HwFieldId field, HwFormContext *context)
{
  const char *text = hw_record_get_text (record, field);
  gint64 us;

  if (text == NULL)
    return NULL;
  return hw_instant_parse (text, &us)
           ? hw_text_moment (us, hw_form_context_get_zone (context), NULL)
           : g_strdup (text);
}

/* (transfer full) (nullable) */
static char *
words (HwRecord *record, HwFieldId field, HwFormContext *context)
{
  return hw_field_words (hw_schema_field (field), hw_record_get (record, field), context);
}

static char *
who_was_told (HwRecord *entry, HwFormContext *context)
{
  char *who = words (entry, HW_FIELD_DISCLOSURE_RECIPIENT, context);

  if (who == NULL)
    who = words (entry, HW_FIELD_DISCLOSURE_OFFICE, context);
  return who != NULL ? who : g_strdup (_ ("Not named"));
}

/* One name of the ledger: "given_names" of the request, or "travel_document.number". */
typedef struct
{
  const HwTypeDef *type;   /* (nullable) of a later version */
  const HwFieldDef *field; /* (nullable) of a later version */
  const char *name;
} ToldName;

static ToldName
told_name (const char *name)
{
  const char *dot = strchr (name, '.');
  g_autofree char *type_name
    = dot != NULL ? g_strndup (name, (gsize)(dot - name)) : g_strdup ("embassy_request");
  ToldName told = { .type = hw_schema_type_by_name (type_name), .name = name };

  if (told.type != NULL)
    told.field = hw_schema_field_by_name (told.type->id, dot != NULL ? dot + 1 : name);
  return told;
}

/* The request first, then in the order of the forms; what this version does not know, last. */
static guint
place_of (const ToldName *told)
{
  if (told->type == NULL)
    return G_MAXUINT;
  return told->type->id == HW_TYPE_ID_EMBASSY_REQUEST ? 0 : told->type->id;
}

static int
compare_told (gconstpointer a, gconstpointer b)
{
  const ToldName *one = a, *other = b;
  guint one_place = place_of (one), other_place = place_of (other);
  guint one_field = one->field != NULL ? one->field->id : G_MAXUINT;
  guint other_field = other->field != NULL ? other->field->id : G_MAXUINT;

  if (one_place != other_place)
    return one_place < other_place ? -1 : 1;
  if (one_field != other_field)
    return one_field < other_field ? -1 : 1;
  return strcmp (one->name, other->name);
}

static void
add_told (GPtrArray *parts, const ToldName *told)
{
  const char *heading = told->type != NULL ? _ (told->type->label) : _ ("Other");
  const char *label = told->field != NULL ? _ (told->field->label) : told->name;
  HwDisclosedPart *part = parts->len > 0 ? g_ptr_array_index (parts, parts->len - 1) : NULL;
  g_autofree char *before = NULL;

  if (part == NULL || !g_str_equal (part->heading, heading))
    {
      part = g_new0 (HwDisclosedPart, 1);
      part->heading = g_strdup (heading);
      g_ptr_array_add (parts, part);
    }
  before = part->fields;
  part->fields = before != NULL ? g_strconcat (before, _ (", "), label, NULL) : g_strdup (label);
}

static GPtrArray *
what_was_told (HwRecord *entry)
{
  const char *const *names = hw_value_set (hw_record_get (entry, HW_FIELD_DISCLOSURE_FIELDS));
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (ToldName));
  GPtrArray *parts = g_ptr_array_new_with_free_func (part_free);

  for (guint i = 0; names[i] != NULL; i++)
    {
      ToldName one = told_name (names[i]);

      g_array_append_val (told, one);
    }
  g_array_sort (told, compare_told);
  for (guint i = 0; i < told->len; i++)
    add_told (parts, &g_array_index (told, ToldName, i));
  return parts;
}

static char *
how_it_was_told (HwRecord *entry)
{
  const char *method = hw_record_get_text (entry, HW_FIELD_DISCLOSURE_METHOD);

  if (method == NULL)
    return g_strdup (_ ("Not written down"));
  return g_strdup (g_strv_contains (ways, method) ? _ (method) : method);
}

static char *
on_which_consent (HwRecord *entry, HwRecord *consent, HwFormContext *context)
{
  g_autofree char *basis = words (entry, HW_FIELD_DISCLOSURE_BASIS, context);
  g_autofree char *purpose = NULL, *given = NULL;

  if (consent == NULL)
    return basis != NULL && !hw_record_is (entry, HW_FIELD_DISCLOSURE_BASIS, "consent")
             ? g_steal_pointer (&basis)
             : g_strdup (_ ("No consent was on record."));
  purpose = words (consent, HW_FIELD_CONSENT_PURPOSE, context);
  given = moment (consent, HW_FIELD_CONSENT_GRANTED_AT, context);
  if (given == NULL)
    return g_strdup_printf (_ ("On the consent “%s”."), purpose != NULL ? purpose : "");
  /* Translators: first a purpose such as Contact with the embassy, then a day and time */
  return g_strdup_printf (
    _ ("On the consent “%s”, given %s."), purpose != NULL ? purpose : "", given);
}

static char *
withdrawn_since (HwRecord *consent, HwFormContext *context)
{
  g_autofree char *when
    = consent != NULL ? moment (consent, HW_FIELD_CONSENT_WITHDRAWN_AT, context) : NULL;

  if (when == NULL)
    return NULL;
  return g_strdup_printf (_ ("This consent was taken back %s. Nothing more is told on it."), when);
}

static HwDisclosureEntry *
entry_new (HwCaseFile *file, HwRecord *record, HwFormContext *context)
{
  HwDisclosureEntry *entry = g_new0 (HwDisclosureEntry, 1);
  HwRecord *consent
    = hw_case_file_lookup (file, hw_record_get_text (record, HW_FIELD_DISCLOSURE_CONSENT));

  entry->who = who_was_told (record, context);
  entry->when = moment (record, HW_FIELD_DISCLOSURE_AT, context);
  if (entry->when == NULL)
    entry->when = g_strdup (_ ("Not written down"));
  entry->how = how_it_was_told (record);
  entry->parts = what_was_told (record);
  entry->consent = on_which_consent (record, consent, context);
  entry->withdrawn = withdrawn_since (consent, context);
  return entry;
}

static int
compare_moments (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (hw_record_get_text (*(HwRecord *const *)a, HW_FIELD_DISCLOSURE_AT),
                    hw_record_get_text (*(HwRecord *const *)b, HW_FIELD_DISCLOSURE_AT));
}

GPtrArray *
hw_disclosure_statement (HwCaseFile *file, HwFormContext *context)
{
  GPtrArray *records = hw_case_file_of_type (file, HW_TYPE_ID_DISCLOSURE);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (records, i));
  g_ptr_array_sort (sorted, compare_moments);
  for (guint i = 0; i < sorted->len; i++)
    g_ptr_array_add (entries, entry_new (file, g_ptr_array_index (sorted, i), context));
  return entries;
}

static gboolean
same_parts (GPtrArray *one, GPtrArray *other)
{
  gboolean same = one->len == other->len;

  for (guint i = 0; same && i < one->len; i++)
    {
      const HwDisclosedPart *a = g_ptr_array_index (one, i), *b = g_ptr_array_index (other, i);

      same = g_str_equal (a->heading, b->heading) && g_str_equal (a->fields, b->fields);
    }
  return same;
}

gboolean
hw_disclosure_statement_equal (GPtrArray *one, GPtrArray *other)
{
  gboolean same = one->len == other->len;

  for (guint i = 0; same && i < one->len; i++)
    {
      const HwDisclosureEntry *a = g_ptr_array_index (one, i), *b = g_ptr_array_index (other, i);

      same = g_str_equal (a->who, b->who) && g_str_equal (a->when, b->when)
             && g_str_equal (a->how, b->how) && same_parts (a->parts, b->parts)
             && g_str_equal (a->consent, b->consent) && g_strcmp0 (a->withdrawn, b->withdrawn) == 0;
    }
  return same;
}
