/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A mission gets a copy, made once and on purpose, and never a view into the file: what is
 * corrected there later does not reach it by itself.
 */
#include "app/callforms/hw-request-fill.h"

static const struct
{
  HwFieldId request;
  HwFieldId person;
} copies[] = {
  { HW_FIELD_EMBASSY_REQUEST_GIVEN_NAMES, HW_FIELD_PERSON_GIVEN_NAMES },
  { HW_FIELD_EMBASSY_REQUEST_FAMILY_NAME, HW_FIELD_PERSON_FAMILY_NAME },
  { HW_FIELD_EMBASSY_REQUEST_BIRTH_DATE, HW_FIELD_PERSON_BIRTH_DATE },
  { HW_FIELD_EMBASSY_REQUEST_BIRTH_PLACE, HW_FIELD_PERSON_BIRTH_PLACE },
  { HW_FIELD_EMBASSY_REQUEST_FATHER_NAME, HW_FIELD_PERSON_FATHER_NAME },
  { HW_FIELD_EMBASSY_REQUEST_MOTHER_NAME, HW_FIELD_PERSON_MOTHER_NAME },
};

static const HwFieldId fields[] = {
  HW_FIELD_EMBASSY_REQUEST_GIVEN_NAMES, HW_FIELD_EMBASSY_REQUEST_FAMILY_NAME,
  HW_FIELD_EMBASSY_REQUEST_BIRTH_DATE,  HW_FIELD_EMBASSY_REQUEST_BIRTH_PLACE,
  HW_FIELD_EMBASSY_REQUEST_NATIONALITY, HW_FIELD_EMBASSY_REQUEST_FATHER_NAME,
  HW_FIELD_EMBASSY_REQUEST_MOTHER_NAME, HW_FIELD_NONE,
};

const HwFieldId *
hw_request_fill_fields (void)
{
  return fields;
}

static HwValue *
nationality (HwCaseFile *file)
{
  HwRecord *record = hw_case_file_case (file);
  HwRecord *survivor = hw_case_file_survivor (file);
  HwValue *value = record != NULL ? hw_record_get (record, HW_FIELD_CASE_NATIONALITY) : NULL;
  const char *const *citizenship;

  if (value != NULL)
    return hw_value_ref (value);
  if (survivor == NULL)
    return NULL;
  citizenship = hw_record_get_set (survivor, HW_FIELD_PERSON_CITIZENSHIP);
  return citizenship[0] != NULL && citizenship[1] == NULL ? hw_value_new_text (citizenship[0])
                                                          : NULL;
}

HwValue *
hw_request_fill_value (HwCaseFile *file, HwFieldId field)
{
  HwRecord *survivor = hw_case_file_survivor (file);
  HwValue *value;

  if (field == HW_FIELD_EMBASSY_REQUEST_NATIONALITY)
    return nationality (file);
  for (guint i = 0; survivor != NULL && i < G_N_ELEMENTS (copies); i++)
    if (copies[i].request == field)
      {
        value = hw_record_get (survivor, copies[i].person);
        return value != NULL ? hw_value_ref (value) : NULL;
      }
  return NULL;
}
