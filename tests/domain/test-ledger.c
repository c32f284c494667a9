/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The disclosure ledger: every share leaves an entry that names what, to whom, on which consent; and what is no
 * share leaves none.
 */
#include "fixture.h"

#include <string.h>

#define OPERATION "018f0000-0000-7000-8000-00000000000a"
#define ORGANISATION "00000000-0000-4000-8000-000000000301"

/* The entries that replacing `before` makes, as "recipient or office: fields on consent", joined by "; ". */
static char *
entries (Fixture *f, HwRecord *before, HwRecord *after)
{
  g_autoptr (HwOperation) operation = hw_operation_new (
    OPERATION, HW_ACTION_UPDATE, hw_record_type (after), hw_record_id (after), CASE);
  g_autoptr (GPtrArray) found
    = hw_consequences (f->file, before, after, operation, &f->context);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      HwOperation *made = g_ptr_array_index (found, i);
      HwFieldChange *who, *fields, *consent, *basis;
      g_autofree char *names = NULL;

      if (made->type != HW_TYPE_ID_DISCLOSURE)
        continue;
      who = hw_operation_find (made, HW_FIELD_DISCLOSURE_RECIPIENT);
      if (who == NULL)
        who = hw_operation_find (made, HW_FIELD_DISCLOSURE_OFFICE);
      fields = hw_operation_find (made, HW_FIELD_DISCLOSURE_FIELDS);
      consent = hw_operation_find (made, HW_FIELD_DISCLOSURE_CONSENT);
      basis = hw_operation_find (made, HW_FIELD_DISCLOSURE_BASIS);
      g_assert_true ((consent != NULL) == (basis != NULL));
      g_assert_nonnull (hw_operation_find (made, HW_FIELD_DISCLOSURE_AT));
      g_assert_nonnull (hw_operation_find (made, HW_FIELD_DISCLOSURE_ABOUT));
      names = g_strjoinv (" ", (char **) hw_value_set (fields->value));
      g_string_append_printf (text, "%s%s: %s%s", text->len > 0 ? "; " : "", hw_value_text (who->value), names,
                              consent != NULL ? " on consent" : "");
    }
  return g_string_free (text, FALSE);
}

static void
assert_entries (Fixture *f, HwRecord *before, HwRecord *after, const char *expected)
{
  g_autofree char *text = entries (f, before, after);

  g_assert_cmpstr (text, ==, expected);
}

static HwRecord *
new_record (HwTypeId type)
{
  HwRecord *record = hw_record_new (type, "00000000-0000-4000-8000-000000000777");

  hw_record_set_case (record, CASE);
  hw_record_set_stamps (record, NOW, "worker", NOW, "worker");
  return record;
}

static void
test_messages (void)
{
  static const struct
  {
    const char *status, *from, *author, *expected;
  } rows[] = {
    { "sent", "caseworker", "worker", MISSION ": embassy_message.text on consent" },
    { "draft", "caseworker", "worker", "" },
    { "sent", "embassy", "liaison", "" },
    { "sent", "caseworker", "system:worker", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      g_autoptr (HwRecord) message = new_record (HW_TYPE_ID_EMBASSY_MESSAGE);

      put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, rows[i].status);
      put (message, HW_FIELD_EMBASSY_MESSAGE_REQUEST, hw_record_id (f->request));
      put (message, HW_FIELD_EMBASSY_MESSAGE_FROM, rows[i].from);
      put (message, HW_FIELD_EMBASSY_MESSAGE_TEXT, "She has been to the consulate");
      hw_record_set_stamps (message, NOW, rows[i].author, NOW, rows[i].author);
      assert_entries (f, NULL, message, rows[i].expected);
    }
}

/* A file already kept in the case is told when it is put on the request, and not again when renamed. */
static void
test_file_joins_a_request (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *file = fixture_add (f, HW_TYPE_ID_ATTACHMENT);
  g_autoptr (HwRecord) shared = NULL, renamed = NULL;

  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  put (file, HW_FIELD_ATTACHMENT_NAME, "birth certificate.pdf");
  put (file, HW_FIELD_ATTACHMENT_MEDIA_TYPE, "application/pdf");
  shared = hw_record_copy (file);
  put (shared, HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST, hw_record_id (f->request));
  assert_entries (f, file, shared, MISSION ": attachment.media_type on consent");
  hw_case_file_add (f->file, shared);
  renamed = hw_record_copy (shared);
  put (renamed, HW_FIELD_ATTACHMENT_NAME, "other.pdf");
  assert_entries (f, shared, renamed, "");
}

static gboolean
find_user (const char *user, HwRole *role, gpointer people)
{
  *role = g_str_equal (user, "liaison") ? HW_ROLE_EMBASSY_LIAISON : HW_ROLE_CASEWORKER;
  return TRUE;
}

/* What the office writes on a document afterwards is read by the mission as what it wrote at first. */
static void
test_later_words_on_a_document (void)
{
  static const struct
  {
    const char *status;
    HwFieldId field;
    const char *value, *author, *expected;
  } rows[] = {
    { "sent", HW_FIELD_TRAVEL_DOCUMENT_NUMBER, "LP0012345", "worker",
      MISSION ": travel_document.number on consent" },
    { "sent", HW_FIELD_TRAVEL_DOCUMENT_NUMBER, "LP0012345", "liaison", "" },
    { "sent", HW_FIELD_TRAVEL_DOCUMENT_HELD_BY, "employer", "worker", "" },
    { "sent", HW_FIELD_TRAVEL_DOCUMENT_STATUS, "received", "worker", "" },
    { "draft", HW_FIELD_TRAVEL_DOCUMENT_NUMBER, "LP0012345", "worker", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      g_autoptr (HwRecord) before = NULL, after = NULL;

      f->context.find_user = find_user;
      put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, rows[i].status);
      clear (f->request, HW_FIELD_EMBASSY_REQUEST_SENT_ON);
      put (f->document, HW_FIELD_TRAVEL_DOCUMENT_REQUEST, hw_record_id (f->request));
      put (f->document, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "issued");
      before = hw_record_copy (f->document);
      after = hw_record_copy (f->document);
      put (after, rows[i].field, rows[i].value);
      hw_record_stamp (after, NOW, rows[i].author);
      assert_entries (f, before, after, rows[i].expected);
    }
}

static void
test_consent_for_another_mission_is_not_claimed (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) after = hw_record_copy (f->request);
  g_autofree char *text = NULL;

  put (f->consent, HW_FIELD_CONSENT_RECIPIENT, OTHER_MISSION);
  put (after, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  text = entries (f, f->request, after);
  g_assert_true (g_str_has_prefix (text, MISSION ": given_names"));
  g_assert_null (strstr (text, "on consent"));
}

static void
test_receiving_office (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) ticketed = hw_record_copy (f->movement), arrived = NULL;
  HwRecord *contact = fixture_add (f, HW_TYPE_ID_SAFE_CONTACT);
  g_autofree char *first = NULL, *second = NULL;

  put (contact, HW_FIELD_SAFE_CONTACT_VALUE, "+96550000001");
  put (f->survivor, HW_FIELD_PERSON_GIVEN_NAMES, "Aline");
  put (f->reception, HW_FIELD_RECEPTION_OFFICE, OTHER_OFFICE);
  put (ticketed, HW_FIELD_MOVEMENT_STATUS, "ticketed");
  first = entries (f, f->movement, ticketed);
  g_assert_true (g_str_has_prefix (first, OTHER_OFFICE ": "));
  g_assert_nonnull (strstr (first, "person.given_names"));
  g_assert_null (strstr (first, "safe_contact"));
  g_assert_null (strstr (first, "risk_assessment.asylum"));

  hw_case_file_add (f->file, ticketed);
  arrived = hw_record_copy (ticketed);
  put (arrived, HW_FIELD_MOVEMENT_STATUS, "arrived");
  second = entries (f, ticketed, arrived);
  g_assert_nonnull (strstr (second, "safe_contact.value"));
  g_assert_null (strstr (second, "person.given_names"));
}

static void
test_no_entry_where_nothing_is_told (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) ticketed = hw_record_copy (f->movement);
  HwRecord *consent;

  put (ticketed, HW_FIELD_MOVEMENT_STATUS, "ticketed");
  put (f->reception, HW_FIELD_RECEPTION_OFFICE, OFFICE);
  assert_entries (f, f->movement, ticketed, "");
  put (f->reception, HW_FIELD_RECEPTION_OFFICE, OTHER_OFFICE);
  consent = fixture_add (f, HW_TYPE_ID_CONSENT);
  put (consent, HW_FIELD_CONSENT_PURPOSE, "reception_share");
  put (consent, HW_FIELD_CONSENT_FORM, "explicit_oral");
  put (consent, HW_FIELD_CONSENT_GRANTED_AT, "2026-11-20T10:00:00Z");
  put (consent, HW_FIELD_CONSENT_WITHDRAWN_AT, "2026-11-21T10:00:00Z");
  assert_entries (f, f->movement, ticketed, "");
}

static void
test_referrals (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) referral = new_record (HW_TYPE_ID_REFERRAL);
  HwRecord *consent = fixture_add (f, HW_TYPE_ID_CONSENT);

  put (referral, HW_FIELD_REFERRAL_DIRECTION, "out");
  put (referral, HW_FIELD_REFERRAL_ORGANISATION, ORGANISATION);
  put (referral, HW_FIELD_REFERRAL_DETAILS, "A course in sewing");
  put (referral, HW_FIELD_REFERRAL_STATUS, "sent");
  assert_entries (f, NULL, referral, ORGANISATION ": referral.details");
  put (consent, HW_FIELD_CONSENT_PURPOSE, "reintegration_referral");
  put (consent, HW_FIELD_CONSENT_FORM, "explicit_oral");
  put (consent, HW_FIELD_CONSENT_GRANTED_AT, "2026-11-20T10:00:00Z");
  assert_entries (f, NULL, referral, ORGANISATION ": referral.details on consent");
  put (referral, HW_FIELD_REFERRAL_DIRECTION, "in");
  assert_entries (f, NULL, referral, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger/messages-to-a-mission", test_messages);
  g_test_add_func ("/ledger/a-file-that-joins-a-request", test_file_joins_a_request);
  g_test_add_func ("/ledger/later-words-on-a-document", test_later_words_on_a_document);
  g_test_add_func ("/ledger/consent-for-another-mission-is-not-claimed",
                   test_consent_for_another_mission_is_not_claimed);
  g_test_add_func ("/ledger/receiving-office-from-ticket-and-arrival", test_receiving_office);
  g_test_add_func ("/ledger/no-entry-where-nothing-is-told", test_no_entry_where_nothing_is_told);
  g_test_add_func ("/ledger/referrals-out", test_referrals);
  return g_test_run ();
}
