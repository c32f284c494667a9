/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the machine-readable lines say, held against their own check digits and against what the
 * record says. A difference is said plainly and decides nothing by itself: which of the two is
 * wrong, only somebody with the document in hand can tell.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-mrz.h"

#include "base/hw-base.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
reading_free (gpointer data)
{
  HwMrzReading *reading = data;

  g_free (reading->value);
  g_free (reading->recorded);
  g_free (reading->words);
  g_free (reading);
}

static HwMrzReading *
add_reading (GPtrArray *readings, HwFieldId field, const char *label, const char *value)
{
  HwMrzReading *reading = g_new0 (HwMrzReading, 1);

  reading->field = field;
  reading->label = label;
  reading->value = g_strdup (value);
  g_ptr_array_add (readings, reading);
  return reading;
}

static void
settle (HwMrzReading *reading, HwMrzVerdict verdict, const char *words)
{
  reading->verdict = verdict;
  g_free (reading->words);
  reading->words = g_strdup (words);
}

static void
settle_differs (HwMrzReading *reading, const char *recorded)
{
  g_autofree char *words = g_strdup_printf (_ ("The record says %s"), recorded);

  settle (reading, HW_MRZ_DIFFERS, words);
  reading->recorded = g_strdup (recorded);
}

/* Numbers are copied with blanks and dashes; those are not part of them. */
static gboolean
same_code (const char *a, const char *b)
{
  g_autofree char *first = hw_fold (a);
  g_autofree char *second = hw_fold (b);
  g_auto (GStrv) first_parts = g_strsplit (first, " ", -1);
  g_auto (GStrv) second_parts = g_strsplit (second, " ", -1);
  g_autofree char *first_whole = g_strjoinv ("", first_parts);
  g_autofree char *second_whole = g_strjoinv ("", second_parts);

  return g_str_equal (first_whole, second_whole);
}

static void
hold_against (HwMrzReading *reading, gboolean right, const char *recorded, gboolean same)
{
  if (!right)
    settle (reading, HW_MRZ_WRONG, _ ("The check digit does not fit: read it again"));
  else if (recorded == NULL)
    settle (reading, HW_MRZ_RIGHT, _ ("The check digit fits"));
  else if (same)
    settle (reading, HW_MRZ_RIGHT, _ ("The check digit fits, and the record says the same"));
  else
    settle_differs (reading, recorded);
}

static void
read_number (GPtrArray *readings, const HwMrz *mrz, HwRecord *document)
{
  const char *recorded = hw_record_get_text (document, HW_FIELD_TRAVEL_DOCUMENT_NUMBER);
  HwMrzReading *reading
    = add_reading (readings, HW_FIELD_TRAVEL_DOCUMENT_NUMBER, _ ("Number"), mrz->number);

  hold_against (reading,
                mrz->right[HW_MRZ_DIGIT_NUMBER],
                recorded,
                recorded != NULL && same_code (recorded, mrz->number));
}

static void
read_expiry (GPtrArray *readings, const HwMrz *mrz, HwRecord *document)
{
  const char *recorded = hw_record_get_text (document, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON);
  HwMrzReading *reading
    = add_reading (readings, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON, _ ("Valid until"), mrz->expires_on);

  hold_against (reading,
                mrz->right[HW_MRZ_DIGIT_EXPIRY],
                recorded,
                g_strcmp0 (recorded, mrz->expires_on) == 0);
}

static const char *
of_holder (HwRecord *holder, HwFieldId of_person, HwFieldId of_request)
{
  if (holder == NULL)
    return NULL;
  return hw_record_get_text (
    holder, hw_record_type (holder) == HW_TYPE_ID_PERSON ? of_person : of_request);
}

/* A day that is only known to the month or year is compared as far as it is known. */
static gboolean
same_birth (const char *recorded, const char *precision, const char *read)
{
  gsize known = strlen ("2000-01-01");

  if (g_strcmp0 (precision, "month") == 0)
    known = strlen ("2000-01");
  else if (g_strcmp0 (precision, "day") != 0)
    known = strlen ("2000");
  return read != NULL && strncmp (recorded, read, MIN (known, strlen (recorded))) == 0;
}

static void
read_birth (GPtrArray *readings, const HwMrz *mrz, HwRecord *holder)
{
  const char *recorded
    = of_holder (holder, HW_FIELD_PERSON_BIRTH_DATE, HW_FIELD_EMBASSY_REQUEST_BIRTH_DATE);
  HwMrzReading *reading = add_reading (readings, HW_FIELD_NONE, _ ("Date of birth"), mrz->birth_date);
  gboolean is_person = holder != NULL && hw_record_type (holder) == HW_TYPE_ID_PERSON;
  HwFieldId field
    = is_person ? HW_FIELD_PERSON_BIRTH_DATE : HW_FIELD_EMBASSY_REQUEST_BIRTH_DATE;
  const char *precision = holder != NULL ? hw_record_get_unit (holder, field) : NULL;

  hold_against (reading,
                mrz->right[HW_MRZ_DIGIT_BIRTH],
                recorded,
                recorded != NULL && same_birth (recorded, precision, mrz->birth_date));
}

/* Every word of the shorter name begins a word of the other: the lines cut long names off. */
static gboolean
same_name (const char *recorded, const char *read)
{
  g_autofree char *first = hw_fold (recorded);
  g_autofree char *second = hw_fold (read);
  g_auto (GStrv) wanted = g_strsplit (first, " ", -1);
  g_auto (GStrv) found = g_strsplit (second, " ", -1);
  guint n_wanted = g_strv_length (wanted), n_found = g_strv_length (found), n_same = 0;

  for (guint i = 0; i < n_wanted; i++)
    for (guint j = 0; j < n_found; j++)
      if (*found[j] != '\0'
          && (g_str_has_prefix (wanted[i], found[j]) || g_str_has_prefix (found[j], wanted[i])))
        {
          n_same++;
          break;
        }
  return n_same > 0 && n_same >= MIN (n_wanted, n_found);
}

HwRecord *
hw_mrz_holder (const HwMrz *mrz, HwCaseFile *file)
{
  GPtrArray *persons = hw_case_file_of_type (file, HW_TYPE_ID_PERSON);

  for (guint i = 0; i < persons->len; i++)
    {
      HwRecord *person = g_ptr_array_index (persons, i);
      const char *given = hw_record_get_text (person, HW_FIELD_PERSON_GIVEN_NAMES);
      const char *family = hw_record_get_text (person, HW_FIELD_PERSON_FAMILY_NAME);

      if (given != NULL && family != NULL && same_name (given, mrz->given_names)
          && same_name (family, mrz->family_name))
        return person;
    }
  return hw_case_file_survivor (file);
}

static void
read_name (GPtrArray *readings, const HwMrz *mrz, HwRecord *holder)
{
  const char *given
    = of_holder (holder, HW_FIELD_PERSON_GIVEN_NAMES, HW_FIELD_EMBASSY_REQUEST_GIVEN_NAMES);
  const char *family
    = of_holder (holder, HW_FIELD_PERSON_FAMILY_NAME, HW_FIELD_EMBASSY_REQUEST_FAMILY_NAME);
  g_autofree char *read = g_strdup_printf ("%s %s", mrz->given_names, mrz->family_name);
  g_autofree char *recorded = g_strdup_printf ("%s %s", given ? given : "", family ? family : "");
  HwMrzReading *reading;
  gboolean same;

  g_strstrip (read);
  g_strstrip (recorded);
  reading = add_reading (readings, HW_FIELD_NONE, _ ("Name"), read);
  same = (given == NULL || same_name (given, mrz->given_names))
         && (family == NULL || same_name (family, mrz->family_name));
  if (*recorded == '\0')
    settle (reading, HW_MRZ_READ, _ ("Names have no check digit: compare it with her own words"));
  else if (same)
    settle (reading, HW_MRZ_RIGHT, _ ("The record says the same"));
  else
    settle_differs (reading, recorded);
}

/* The issuer of a record is free text ("Embassy of Burundi, Kuwait"): it agrees if it names the
 * country. */
static void
read_issuer (GPtrArray *readings, const HwMrz *mrz, HwRecord *document)
{
  const char *recorded = hw_record_get_text (document, HW_FIELD_TRAVEL_DOCUMENT_ISSUER);
  const char *country = hw_mrz_country (mrz->issuer);
  HwMrzReading *reading
    = add_reading (readings, HW_FIELD_TRAVEL_DOCUMENT_ISSUER, _ ("Issued by"), country);
  g_autofree char *wanted = hw_fold (country);
  g_autofree char *found = hw_fold (recorded != NULL ? recorded : "");

  if (recorded == NULL)
    settle (reading, HW_MRZ_READ, _ ("Has no check digit"));
  else if (strstr (found, wanted) != NULL || same_code (recorded, mrz->issuer))
    settle (reading, HW_MRZ_RIGHT, _ ("The record says the same"));
  else
    settle_differs (reading, recorded);
}

static void
read_whole (GPtrArray *readings, const HwMrz *mrz)
{
  HwMrzReading *reading = add_reading (readings, HW_FIELD_NONE, _ ("The lines as a whole"), NULL);

  if (!mrz->right[HW_MRZ_DIGIT_COMPOSITE])
    settle (reading, HW_MRZ_WRONG, _ ("The last check digit does not fit: read them again"));
  else if (!mrz->right[HW_MRZ_DIGIT_PERSONAL])
    settle (reading, HW_MRZ_WRONG, _ ("The check digit of the personal number does not fit"));
  else
    settle (reading, HW_MRZ_RIGHT, _ ("The last check digit fits"));
}

GPtrArray *
hw_mrz_readings (const HwMrz *mrz, HwRecord *document, HwRecord *holder)
{
  GPtrArray *readings = g_ptr_array_new_with_free_func (reading_free);

  read_number (readings, mrz, document);
  read_birth (readings, mrz, holder);
  read_expiry (readings, mrz, document);
  read_name (readings, mrz, holder);
  read_issuer (readings, mrz, document);
  read_whole (readings, mrz);
  return readings;
}

HwValue *
hw_mrz_value (const HwMrz *mrz, HwFieldId field)
{
  switch (field)
    {
      case HW_FIELD_TRAVEL_DOCUMENT_NUMBER:
        return mrz->right[HW_MRZ_DIGIT_NUMBER] ? hw_value_new_text (mrz->number) : NULL;
      case HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON:
        return mrz->right[HW_MRZ_DIGIT_EXPIRY] ? hw_value_new_text (mrz->expires_on) : NULL;
      case HW_FIELD_TRAVEL_DOCUMENT_ISSUER:
        return *mrz->issuer != '\0' ? hw_value_new_text (hw_mrz_country (mrz->issuer)) : NULL;
      default:
        return NULL;
    }
}

char *
hw_mrz_objection (HwRecord *document, const char *today)
{
  const char *lines = hw_record_get_text (document, HW_FIELD_TRAVEL_DOCUMENT_MRZ);
  g_autoptr (HwMrz) mrz = NULL;
  g_autoptr (GPtrArray) readings = NULL;

  if (lines == NULL)
    return NULL;
  mrz = hw_mrz_parse (lines, today, NULL);
  if (mrz == NULL)
    return g_strdup (_ ("The lines cannot be read: type them again from the document"));
  readings = hw_mrz_readings (mrz, document, NULL);
  for (guint i = 0; i < readings->len; i++)
    {
      HwMrzReading *reading = g_ptr_array_index (readings, i);

      if (reading->verdict == HW_MRZ_WRONG)
        return g_strdup_printf (_ ("%s: %s"), reading->label, reading->words);
      if (reading->verdict == HW_MRZ_DIFFERS && reading->field != HW_FIELD_TRAVEL_DOCUMENT_ISSUER)
        return g_strdup_printf (_ ("%s: the lines say %s. %s"),
                                reading->label, reading->value, reading->words);
    }
  return NULL;
}
