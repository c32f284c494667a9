/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sample is one change set of the system: what stands in it was judged long ago, at the office.
 */
#include "hw-sample-case.h"

typedef struct
{
  HwFieldId field;
  const char *text; /* a local time as "at|zone", a set as "+a+b", a number as "#3" */
} Fact;

static HwValue *
make_value (HwFieldId field, const char *text)
{
  g_auto (GStrv) parts = NULL;

  if (hw_kind_is_set (hw_schema_field (field)->kind))
    {
      parts = g_strsplit (text + 1, "+", -1);
      return hw_value_new_set ((const char *const *)parts);
    }
  if (hw_schema_field (field)->kind == HW_KIND_BOOLEAN)
    return hw_value_new_boolean (g_str_equal (text, "#1"));
  if (*text == '#')
    return hw_value_new_integer (g_ascii_strtoll (text + 1, NULL, 10));
  parts = g_strsplit (text, "|", 2);
  return parts[1] != NULL ? hw_value_new_pair (parts[0], parts[1]) : hw_value_new_text (text);
}

static void
add (HwChangeSet *set, HwTypeId type, const char *id, const char *case_id, const Fact *facts)
{
  g_autofree char *operation_id = hw_uuid_v7 (HW_SAMPLE_NOW_US);
  HwOperation *operation = hw_operation_new (operation_id, HW_ACTION_CREATE, type, id, case_id);

  operation->at = hw_instant_format (HW_SAMPLE_NOW_US);
  for (guint i = 0; facts[i].field != HW_FIELD_NONE; i++)
    {
      g_autoptr (HwValue) value = make_value (facts[i].field, facts[i].text);

      hw_operation_set (operation, facts[i].field, value, 0);
    }
  hw_change_set_add (set, operation);
}

#define ADD(type, id, ...)                                                                         \
  add (set, type, id, HW_SAMPLE_CASE_ID, (const Fact[]){ __VA_ARGS__, { HW_FIELD_NONE, NULL } })
#define ADD_DIRECTORY(type, id, ...)                                                               \
  add (set, type, id, NULL, (const Fact[]){ __VA_ARGS__, { HW_FIELD_NONE, NULL } })

static void
fill_people (HwChangeSet *set)
{
  ADD_DIRECTORY (HW_TYPE_ID_OFFICE,
                 HW_SAMPLE_OFFICE_ID,
                 { HW_FIELD_OFFICE_NAME, "Bujumbura" },
                 { HW_FIELD_OFFICE_ZONE, "Africa/Bujumbura" });
  ADD_DIRECTORY (HW_TYPE_ID_ORGANISATION,
                 HW_SAMPLE_MISSION_ID,
                 { HW_FIELD_ORGANISATION_NAME, "Embassy of Burundi, Kuwait" },
                 { HW_FIELD_ORGANISATION_KIND, "diplomatic_mission" });
  ADD (HW_TYPE_ID_CASE,
       HW_SAMPLE_CASE_ID,
       { HW_FIELD_CASE_CODE, "HW-BI-26-0001" },
       { HW_FIELD_CASE_PSEUDONYM, "Aline N." },
       { HW_FIELD_CASE_STATUS, "active" },
       { HW_FIELD_CASE_OFFICE, HW_SAMPLE_OFFICE_ID },
       { HW_FIELD_CASE_OWNER, HW_SAMPLE_USER_ID },
       { HW_FIELD_CASE_LOCATION_COUNTRY, "KW" },
       { HW_FIELD_CASE_LOCATION_PLACE, "Hawalli" },
       { HW_FIELD_CASE_NATIONALITY, "BI" },
       { HW_FIELD_CASE_MISSION, HW_SAMPLE_MISSION_ID });
  ADD (HW_TYPE_ID_PERSON,
       HW_SAMPLE_ID ("10"),
       { HW_FIELD_PERSON_ROLE, "survivor" },
       { HW_FIELD_PERSON_GIVEN_NAMES, "Aline" },
       { HW_FIELD_PERSON_FAMILY_NAME, "Niyonkuru" },
       { HW_FIELD_PERSON_BIRTH_DATE, "2000-05-14|day" },
       { HW_FIELD_PERSON_FATHER_NAME, "Ndayisenga" });
  ADD (HW_TYPE_ID_SAFE_CONTACT,
       HW_SAMPLE_CONTACT_ID,
       { HW_FIELD_SAFE_CONTACT_CHANNEL, "phone" },
       { HW_FIELD_SAFE_CONTACT_VALUE, "+96550000001" },
       { HW_FIELD_SAFE_CONTACT_SAFE, "yes" },
       { HW_FIELD_SAFE_CONTACT_WINDOW_FROM, "23:00" },
       { HW_FIELD_SAFE_CONTACT_WINDOW_TO, "23:30" },
       { HW_FIELD_SAFE_CONTACT_WINDOW_ZONE, "Asia/Kuwait" },
       { HW_FIELD_SAFE_CONTACT_CODE_WORD, "isoko" });
}

static void
fill_papers (HwChangeSet *set)
{
  ADD (HW_TYPE_ID_CONSENT,
       HW_SAMPLE_CONSENT_ID,
       { HW_FIELD_CONSENT_PURPOSE, "embassy_contact" },
       { HW_FIELD_CONSENT_RECIPIENT, HW_SAMPLE_MISSION_ID },
       { HW_FIELD_CONSENT_FORM, "explicit_oral" },
       { HW_FIELD_CONSENT_LANGUAGE, "run" },
       { HW_FIELD_CONSENT_INFORMED, "+purpose+use_of_data+how_to_withdraw" },
       { HW_FIELD_CONSENT_GRANTED_AT, "2026-11-08T18:20:00Z" });
  ADD (HW_TYPE_ID_RISK_ASSESSMENT,
       HW_SAMPLE_RISK_ID,
       { HW_FIELD_RISK_ASSESSMENT_TRAFFICKER_KNOWS_HOME, "suspected" },
       { HW_FIELD_RISK_ASSESSMENT_DEBT, "yes" },
       { HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "no" },
       { HW_FIELD_RISK_ASSESSMENT_ASYLUM, "none" },
       { HW_FIELD_RISK_ASSESSMENT_CONCLUSION, "safe_with_plan" },
       { HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON, "2026-11-10" });
  ADD (HW_TYPE_ID_RISK_FACTOR,
       HW_SAMPLE_ID ("11"),
       { HW_FIELD_RISK_FACTOR_ASSESSMENT, HW_SAMPLE_RISK_ID },
       { HW_FIELD_RISK_FACTOR_FACTOR, "The recruiter lives two hills away" },
       { HW_FIELD_RISK_FACTOR_POLARITY, "risk" },
       { HW_FIELD_RISK_FACTOR_SCORE, "#2" });
  ADD (HW_TYPE_ID_EMBASSY_REQUEST,
       HW_SAMPLE_REQUEST_ID,
       { HW_FIELD_EMBASSY_REQUEST_MISSION, HW_SAMPLE_MISSION_ID },
       { HW_FIELD_EMBASSY_REQUEST_REFERENCE, "LP-7Q4K2" },
       { HW_FIELD_EMBASSY_REQUEST_KIND, "document" },
       { HW_FIELD_EMBASSY_REQUEST_STATUS, "draft" },
       { HW_FIELD_EMBASSY_REQUEST_GIVEN_NAMES, "Aline" },
       { HW_FIELD_EMBASSY_REQUEST_FAMILY_NAME, "Niyonkuru" },
       { HW_FIELD_EMBASSY_REQUEST_NATIONALITY, "BI" });
  ADD (HW_TYPE_ID_TRAVEL_DOCUMENT,
       HW_SAMPLE_DOCUMENT_ID,
       { HW_FIELD_TRAVEL_DOCUMENT_KIND, "laissez_passer" },
       { HW_FIELD_TRAVEL_DOCUMENT_STATUS, "in_production" },
       { HW_FIELD_TRAVEL_DOCUMENT_REQUEST, HW_SAMPLE_REQUEST_ID });
}

static void
fill_journey (HwChangeSet *set)
{
  ADD (HW_TYPE_ID_MOVEMENT,
       HW_SAMPLE_MOVEMENT_ID,
       { HW_FIELD_MOVEMENT_MODE, "air" },
       { HW_FIELD_MOVEMENT_STATUS, "held" },
       { HW_FIELD_MOVEMENT_RECORD_LOCATOR, "X7KQ2P" },
       { HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, "2026-11-25T16:00:00Z" },
       { HW_FIELD_MOVEMENT_ESCORT, "none" },
       { HW_FIELD_MOVEMENT_BAGGAGE_PIECES, "#2" });
  ADD (HW_TYPE_ID_SEGMENT,
       HW_SAMPLE_LEG_ID,
       { HW_FIELD_SEGMENT_MOVEMENT, HW_SAMPLE_MOVEMENT_ID },
       { HW_FIELD_SEGMENT_POSITION, "#1" },
       { HW_FIELD_SEGMENT_NUMBER, "ET 621" },
       { HW_FIELD_SEGMENT_FROM, "KWI" },
       { HW_FIELD_SEGMENT_TO, "ADD" },
       { HW_FIELD_SEGMENT_STATUS, "confirmed" },
       { HW_FIELD_SEGMENT_DEPARTS_AT, "2026-11-27T01:15|Asia/Kuwait" },
       { HW_FIELD_SEGMENT_ARRIVES_AT, "2026-11-27T05:40|Africa/Addis_Ababa" });
  ADD (HW_TYPE_ID_SEGMENT,
       HW_SAMPLE_ID ("13"),
       { HW_FIELD_SEGMENT_MOVEMENT, HW_SAMPLE_MOVEMENT_ID },
       { HW_FIELD_SEGMENT_POSITION, "#2" },
       { HW_FIELD_SEGMENT_NUMBER, "ET 817" },
       { HW_FIELD_SEGMENT_FROM, "ADD" },
       { HW_FIELD_SEGMENT_TO, "BJM" },
       { HW_FIELD_SEGMENT_STATUS, "planned" },
       { HW_FIELD_SEGMENT_DEPARTS_AT, "2026-11-27T06:30|Africa/Addis_Ababa" },
       { HW_FIELD_SEGMENT_ARRIVES_AT, "2026-11-27T08:10|Africa/Bujumbura" });
}

void
hw_sample_case_fill (HwDesktop *desktop)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_SYSTEM, hw_desktop_actor (desktop));
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  fill_people (set);
  fill_papers (set);
  fill_journey (set);
  results = hw_store_commit (hw_desktop_store (desktop), set, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < results->len; i++)
    {
      HwResult *result = g_ptr_array_index (results, i);

      if (result->status == HW_RESULT_REFUSED)
        g_printerr ("%u: %s\n", i, hw_verdict_message (result->verdict));
    }
}
