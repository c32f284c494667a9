/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The case the tests start from.
 */
#include "fixture.h"

#include "base/hw-base.h"

#include <stdarg.h>

void
put (HwRecord *record, HwFieldId field, const char *text)
{
  g_autoptr (HwValue) value = hw_value_new_text (text);
  g_autoptr (GError) error = NULL;

  hw_value_check (hw_schema_field (field), value, &error);
  g_assert_no_error (error);
  hw_record_set (record, field, value);
}

void
put_integer (HwRecord *record, HwFieldId field, gint64 number)
{
  g_autoptr (HwValue) value = hw_schema_field (field)->kind == HW_KIND_BOOLEAN
                                ? hw_value_new_boolean (number != 0)
                                : hw_value_new_integer (number);

  hw_record_set (record, field, value);
}

void
put_set (HwRecord *record, HwFieldId field, const char *member, ...)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autoptr (HwValue) value = NULL;
  va_list rest;

  va_start (rest, member);
  for (const char *at = member; at != NULL; at = va_arg (rest, const char *))
    g_ptr_array_add (members, (gpointer)at);
  va_end (rest);
  g_ptr_array_add (members, NULL);
  value = hw_value_new_set ((const char *const *)members->pdata);
  hw_record_set (record, field, value);
}

void
put_pair (HwRecord *record, HwFieldId field, const char *text, const char *unit)
{
  g_autoptr (HwValue) value = hw_value_new_pair (text, unit);

  hw_record_set (record, field, value);
}

void
clear (HwRecord *record, HwFieldId field)
{
  hw_record_set (record, field, NULL);
}

gint64
instant (const char *rfc3339)
{
  gint64 us;

  g_assert_true (hw_instant_parse (rfc3339, &us));
  return us;
}

HwRecord *
fixture_add_by (Fixture *fixture, HwTypeId type, const char *author)
{
  g_autofree char *id = g_strdup_printf ("00000000-0000-4000-8000-%012u", 5000 + fixture->made);
  g_autofree char *at = g_strdup_printf ("2026-11-01T08:%02u:00Z", fixture->made % 60);
  g_autoptr (HwRecord) record = hw_record_new (type, id);

  fixture->made++;
  hw_record_set_case (record, CASE);
  hw_record_stamp (record, at, author);
  hw_case_file_add (fixture->file, record);
  return record;
}

HwRecord *
fixture_add (Fixture *fixture, HwTypeId type)
{
  return fixture_add_by (fixture, type, "worker");
}

static HwRecord *
add_directory (Fixture *fixture, HwTypeId type, const char *id)
{
  g_autoptr (HwRecord) record = hw_record_new (type, id);

  hw_case_file_add (fixture->directory, record);
  return record;
}

static void
make_directory (Fixture *fixture)
{
  fixture->directory = hw_case_file_new (NULL, NULL);
  fixture->office = add_directory (fixture, HW_TYPE_ID_OFFICE, OFFICE);
  put (fixture->office, HW_FIELD_OFFICE_NAME, "Bujumbura");
  put (fixture->office, HW_FIELD_OFFICE_ZONE, "Africa/Bujumbura");
  put (add_directory (fixture, HW_TYPE_ID_OFFICE, OTHER_OFFICE), HW_FIELD_OFFICE_NAME, "Ngozi");
  put (add_directory (fixture, HW_TYPE_ID_ORGANISATION, MISSION),
       HW_FIELD_ORGANISATION_NAME,
       "Mission in Kuwait");
  put (add_directory (fixture, HW_TYPE_ID_ORGANISATION, OTHER_MISSION),
       HW_FIELD_ORGANISATION_NAME,
       "Mission in Riyadh");
  fixture->rule
    = add_directory (fixture, HW_TYPE_ID_COUNTRY_RULE, "00000000-0000-4000-8000-000000000301");
  put (fixture->rule, HW_FIELD_COUNTRY_RULE_COUNTRY, "ET");
  put_set (
    fixture->rule, HW_FIELD_COUNTRY_RULE_ACCEPTED_DOCUMENTS, "passport", "laissez_passer", NULL);
}

static void
make_header (Fixture *fixture)
{
  g_autoptr (HwRecord) header = hw_record_new (HW_TYPE_ID_CASE, CASE);

  hw_record_stamp (header, "2026-11-01T07:00:00Z", "worker");
  hw_case_file_add (fixture->file, header);
  fixture->header = header;
  put (header, HW_FIELD_CASE_STATUS, "active");
  put (header, HW_FIELD_CASE_PSEUDONYM, "Aline");
  put (header, HW_FIELD_CASE_OWNER, "worker");
  put (header, HW_FIELD_CASE_OFFICE, OFFICE);
  put (header, HW_FIELD_CASE_MISSION, MISSION);
  put (header, HW_FIELD_CASE_LOCATION_COUNTRY, "KW");
  put (header, HW_FIELD_CASE_LOCATION_PLACE, "Hawalli");
  put (header, HW_FIELD_CASE_CLOSURE_REASON, "completed");
  put (header, HW_FIELD_CASE_REVIEW_ON, "2027-11-24");
}

static void
make_person (Fixture *fixture)
{
  fixture->survivor = fixture_add (fixture, HW_TYPE_ID_PERSON);
  put (fixture->survivor, HW_FIELD_PERSON_ROLE, "survivor");
  put_pair (fixture->survivor, HW_FIELD_PERSON_BIRTH_DATE, "2000-03-02", "day");
  fixture->screening = fixture_add (fixture, HW_TYPE_ID_SCREENING);
  put (fixture->screening, HW_FIELD_SCREENING_CONCLUSION, "actual");
  put (fixture->screening, HW_FIELD_SCREENING_IS_MINOR, "no");
  fixture->risk = fixture_add (fixture, HW_TYPE_ID_RISK_ASSESSMENT);
  put (fixture->risk, HW_FIELD_RISK_ASSESSMENT_CONCLUSION, "safe_with_plan");
  put (fixture->risk, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "none");
  put (fixture->risk, HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "no");
  put (fixture->risk, HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON, "2026-11-10");
}

static HwRecord *
make_consent (Fixture *fixture, const char *purpose)
{
  HwRecord *consent = fixture_add (fixture, HW_TYPE_ID_CONSENT);

  put (consent, HW_FIELD_CONSENT_PURPOSE, purpose);
  put (consent, HW_FIELD_CONSENT_FORM, "explicit_oral");
  put (consent, HW_FIELD_CONSENT_GRANTED_AT, "2026-11-10T10:00:00Z");
  return consent;
}

static HwRecord *
make_decision (Fixture *fixture, const char *at, const char *moment)
{
  HwRecord *decision = fixture_add (fixture, HW_TYPE_ID_DECISION);

  put (decision, HW_FIELD_DECISION_CHOICE, "return");
  put (decision, HW_FIELD_DECISION_CONFIRMED_AT, at);
  put (decision, HW_FIELD_DECISION_MOMENT, moment);
  return decision;
}

static void
make_wishes (Fixture *fixture)
{
  fixture->consent = make_consent (fixture, "embassy_contact");
  put (fixture->consent, HW_FIELD_CONSENT_RECIPIENT, MISSION);
  fixture->travel_consent = make_consent (fixture, "travel_booking");
  fixture->decision = make_decision (fixture, "2026-11-21T10:00:00Z", "ticketing");
  fixture->departure_decision = make_decision (fixture, "2026-11-24T06:00:00Z", "departure");
}

static void
make_papers (Fixture *fixture)
{
  fixture->request = fixture_add (fixture, HW_TYPE_ID_EMBASSY_REQUEST);
  put (fixture->request, HW_FIELD_EMBASSY_REQUEST_MISSION, MISSION);
  put (fixture->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "ready_to_send");
  put (fixture->request, HW_FIELD_EMBASSY_REQUEST_GIVEN_NAMES, "Aline");
  fixture->document = fixture_add (fixture, HW_TYPE_ID_TRAVEL_DOCUMENT);
  put (fixture->document, HW_FIELD_TRAVEL_DOCUMENT_KIND, "laissez_passer");
  put (fixture->document, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "verified");
  put (fixture->document, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON, "2026-11-25");
  put (fixture->document, HW_FIELD_TRAVEL_DOCUMENT_REQUEST, hw_record_id (fixture->request));
  fixture->exit_item = fixture_add (fixture, HW_TYPE_ID_EXIT_CLEARANCE);
  put (fixture->exit_item, HW_FIELD_EXIT_CLEARANCE_ITEM, "overstay_fine");
  put (fixture->exit_item, HW_FIELD_EXIT_CLEARANCE_STATUS, "paid");
  fixture->fitness = fixture_add (fixture, HW_TYPE_ID_FITNESS);
  put (fixture->fitness, HW_FIELD_FITNESS_OUTCOME, "fit");
  put (fixture->fitness, HW_FIELD_FITNESS_CERTIFIED_ON, "2026-11-20");
  put_integer (fixture->fitness, HW_FIELD_FITNESS_MAX_AGE_DAYS, 7);
}

static HwRecord *
make_leg (Fixture *fixture,
          gint position,
          const char *from,
          const char *to,
          const char *departs,
          const char *departs_zone,
          const char *arrives,
          const char *arrives_zone)
{
  HwRecord *leg = fixture_add (fixture, HW_TYPE_ID_SEGMENT);

  put (leg, HW_FIELD_SEGMENT_MOVEMENT, hw_record_id (fixture->movement));
  put_integer (leg, HW_FIELD_SEGMENT_POSITION, position);
  put (leg, HW_FIELD_SEGMENT_FROM, from);
  put (leg, HW_FIELD_SEGMENT_TO, to);
  put_pair (leg, HW_FIELD_SEGMENT_DEPARTS_AT, departs, departs_zone);
  put_pair (leg, HW_FIELD_SEGMENT_ARRIVES_AT, arrives, arrives_zone);
  return leg;
}

static void
make_journey (Fixture *fixture)
{
  fixture->movement = fixture_add (fixture, HW_TYPE_ID_MOVEMENT);
  put (fixture->movement, HW_FIELD_MOVEMENT_MODE, "air");
  put (fixture->movement, HW_FIELD_MOVEMENT_STATUS, "held");
  put (fixture->movement, HW_FIELD_MOVEMENT_ESCORT, "none");
  put_integer (fixture->movement, HW_FIELD_MOVEMENT_EMERGENCY_NUMBER_GIVEN, 1);
  fixture->first_leg = make_leg (fixture,
                                 1,
                                 "KWI",
                                 "ADD",
                                 "2026-11-24T23:30",
                                 "Asia/Kuwait",
                                 "2026-11-25T03:40",
                                 "Africa/Addis_Ababa");
  fixture->second_leg = make_leg (fixture,
                                  2,
                                  "ADD",
                                  "BJM",
                                  "2026-11-25T09:00",
                                  "Africa/Addis_Ababa",
                                  "2026-11-25T10:30",
                                  "Africa/Bujumbura");
  fixture->reception = fixture_add (fixture, HW_TYPE_ID_RECEPTION);
  put (fixture->reception, HW_FIELD_RECEPTION_OFFICE, OTHER_OFFICE);
  put (fixture->reception, HW_FIELD_RECEPTION_CONTACT, "Jeanine");
  put (fixture->reception, HW_FIELD_RECEPTION_ACKNOWLEDGED_AT, "2026-11-22T10:00:00Z");
  put (fixture->reception, HW_FIELD_RECEPTION_CONFIRMED_AT, "2026-11-23T10:00:00Z");
}

static void
make_home (Fixture *fixture)
{
  fixture->member = fixture_add (fixture, HW_TYPE_ID_FAMILY_MEMBER);
  put (fixture->member, HW_FIELD_FAMILY_MEMBER_IMPLICATED, "no");
  put (fixture->member, HW_FIELD_FAMILY_MEMBER_SURVIVOR_WANTS_CONTACT, "yes");
  put_integer (fixture->member, HW_FIELD_FAMILY_MEMBER_KINSHIP_VERIFIED, 1);
  fixture->reunion = fixture_add (fixture, HW_TYPE_ID_REUNIFICATION);
  put (fixture->reunion, HW_FIELD_REUNIFICATION_MEMBER, hw_record_id (fixture->member));
  put (fixture->reunion, HW_FIELD_REUNIFICATION_SURVIVOR_CHOICE, hw_record_id (fixture->member));
  put (fixture->reunion, HW_FIELD_REUNIFICATION_ASSESSMENT, "suitable");
  put (fixture->reunion, HW_FIELD_REUNIFICATION_STATUS, "assessed");
  fixture->closure = fixture_approval (fixture, "closure", fixture->header);
}

Fixture *
fixture_new (void)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->context = (HwRulesContext){ .now_us = instant (NOW), .on_server = TRUE };
  make_directory (fixture);
  fixture->file = hw_case_file_new (CASE, fixture->directory);
  make_header (fixture);
  make_person (fixture);
  make_wishes (fixture);
  make_papers (fixture);
  make_journey (fixture);
  make_home (fixture);
  return fixture;
}

void
fixture_free (Fixture *fixture)
{
  g_object_unref (fixture->file);
  g_object_unref (fixture->directory);
  g_free (fixture);
}

HwRecord *
fixture_approval (Fixture *fixture, const char *kind, HwRecord *subject)
{
  HwRecord *approval = fixture_add (fixture, HW_TYPE_ID_APPROVAL);

  put (approval, HW_FIELD_APPROVAL_KIND, kind);
  put (approval, HW_FIELD_APPROVAL_SUBJECT, hw_record_id (subject));
  put (approval, HW_FIELD_APPROVAL_ASKED_BY, "worker");
  put (approval, HW_FIELD_APPROVAL_DECIDED_BY, "chief");
  put (approval, HW_FIELD_APPROVAL_VERDICT, "approved");
  return approval;
}

HwRecord *
fixture_dependant (Fixture *fixture)
{
  HwRecord *person = fixture_add (fixture, HW_TYPE_ID_PERSON);

  put (person, HW_FIELD_PERSON_ROLE, "dependant");
  return person;
}

static HwRecord *
child_consent (Fixture *fixture, HwRecord *person, const char *form)
{
  HwRecord *consent = make_consent (fixture, "assistance");

  put (consent, HW_FIELD_CONSENT_FORM, form);
  put (consent, HW_FIELD_CONSENT_PERSON, hw_record_id (person));
  return consent;
}

Child
fixture_child (Fixture *fixture, HwRecord *person)
{
  Child child;

  child.guardianship = fixture_add (fixture, HW_TYPE_ID_GUARDIANSHIP);
  put (child.guardianship, HW_FIELD_GUARDIANSHIP_PERSON, hw_record_id (person));
  put (child.guardianship, HW_FIELD_GUARDIANSHIP_KIND, "appointed");
  put (child.guardianship, HW_FIELD_GUARDIANSHIP_SINCE, "2026-11-02");
  child.best_interests = fixture_add (fixture, HW_TYPE_ID_BEST_INTERESTS);
  put (child.best_interests, HW_FIELD_BEST_INTERESTS_PERSON, hw_record_id (person));
  put (child.best_interests, HW_FIELD_BEST_INTERESTS_CONCLUSION, "return");
  put (child.best_interests, HW_FIELD_BEST_INTERESTS_DECIDED_ON, "2026-11-12");
  put (child.best_interests, HW_FIELD_BEST_INTERESTS_REVIEW_ON, TODAY);
  child.proxy = child_consent (fixture, person, "proxy");
  child.assent = child_consent (fixture, person, "child_assent");
  return child;
}

char *
codes (HwVerdict *verdict)
{
  GString *text = g_string_new (NULL);
  GPtrArray *conditions = hw_verdict_conditions (verdict);

  for (guint i = 0; i < conditions->len; i++)
    g_string_append_printf (
      text, "%s%s", i > 0 ? " " : "", ((HwCondition *)g_ptr_array_index (conditions, i))->code);
  return g_string_free (text, FALSE);
}

void
assert_gate (
  Fixture *fixture, HwGateId gate, HwRecord *subject, const char *target, const char *expected)
{
  g_autoptr (HwVerdict) verdict
    = hw_gate_evaluate (gate, fixture->file, subject, target, &fixture->context);
  g_autofree char *found = codes (verdict);
  GPtrArray *conditions = hw_verdict_conditions (verdict);

  g_assert_cmpstr (found, ==, expected);
  g_assert_true (hw_verdict_open (verdict) == (*expected == '\0'));
  for (guint i = 0; i < conditions->len; i++)
    {
      HwCondition *condition = g_ptr_array_index (conditions, i);

      g_assert_true (hw_schema_field (condition->field)->type == condition->type);
      /* What an approval is about may be told to fewer than the approval. */
      g_assert_true (hw_schema_field (condition->field)->category == condition->category
                     || condition->field == HW_FIELD_APPROVAL_VERDICT);
      g_assert_cmpstr (condition->title, !=, NULL);
      if (condition->record != NULL)
        g_assert_nonnull (hw_case_file_lookup (fixture->file, condition->record));
    }
}
