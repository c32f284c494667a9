/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What follows by itself, and that it follows once.
 */
#include "fixture.h"

#include "domain/hw-document-check.h"
#include "domain/hw-facts-private.h"

#define OPERATION "018f0000-0000-7000-8000-00000000000a"
#define SECOND_OPERATION "018f0000-0000-7000-8000-00000000000b"
#define THIRD_OPERATION "018f0000-0000-7000-8000-00000000000c"

static HwOperation *
update_of (HwRecord *record, const char *id)
{
  return hw_operation_new (
    id, HW_ACTION_UPDATE, hw_record_type (record), hw_record_id (record), CASE);
}

/* "type:status" of each consequence, in order. */
static char *
describe (GPtrArray *found)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      HwOperation *operation = g_ptr_array_index (found, i);
      const HwTypeDef *def = hw_schema_type (operation->type);
      HwFieldChange *change = def->status_field != HW_FIELD_NONE
                                ? hw_operation_find (operation, def->status_field)
                                : NULL;

      g_string_append_printf (text,
                              "%s%s%s%s",
                              i > 0 ? " " : "",
                              def->name,
                              change != NULL ? ":" : "",
                              change != NULL ? hw_value_text (change->value) : "");
    }
  return g_string_free (text, FALSE);
}

static void
apply_all (Fixture *f, GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    {
      HwOperation *operation = g_ptr_array_index (found, i);
      HwRecord *held = hw_case_file_lookup (f->file, operation->record);
      g_autoptr (HwRecord) record
        = held != NULL ? g_object_ref (held) : hw_record_new (operation->type, operation->record);

      hw_operation_apply (operation, record);
      hw_record_stamp (record, NOW, "system:worker");
      hw_case_file_add (f->file, record);
    }
}

/* The consequences of `after` replacing what the file holds; applied; and none the second time. */
static GPtrArray *
follow_as (
  Fixture *f, HwRecord *before, HwRecord *after, const char *id, const char *expected)
{
  g_autoptr (HwOperation) operation = update_of (after, id);
  g_autoptr (GPtrArray) again = NULL;
  HwRecord *held = before != NULL ? g_object_ref (before) : NULL;
  GPtrArray *found = hw_consequences (f->file, before, after, operation, &f->context);
  g_autofree char *text = describe (found);
  g_autofree char *repeated = NULL;

  g_assert_cmpstr (text, ==, expected);
  if (before != NULL)
    g_assert_true (hw_case_file_lookup (f->file, hw_record_id (before)) == before);
  hw_case_file_add (f->file, after);
  apply_all (f, found);
  again = hw_consequences (f->file, before, after, operation, &f->context);
  repeated = describe (again);
  g_assert_cmpstr (repeated, ==, "");
  g_clear_object (&held);
  return found;
}

static GPtrArray *
follow (Fixture *f, HwRecord *before, HwRecord *after, const char *expected)
{
  return follow_as (f, before, after, OPERATION, expected);
}

static void
test_embassy_consent_withdrawn (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) after = hw_record_copy (f->consent);
  HwRecord *other = fixture_add (f, HW_TYPE_ID_EMBASSY_REQUEST);
  HwRecord *draft = fixture_add (f, HW_TYPE_ID_EMBASSY_REQUEST);
  g_autoptr (GPtrArray) found = NULL;
  HwFieldChange *text;

  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "acknowledged");
  put (other, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  put (other, HW_FIELD_EMBASSY_REQUEST_MISSION, OTHER_MISSION);
  put (draft, HW_FIELD_EMBASSY_REQUEST_STATUS, "draft");
  put (draft, HW_FIELD_EMBASSY_REQUEST_MISSION, MISSION);
  put (after, HW_FIELD_CONSENT_WITHDRAWN_AT, NOW);
  found = follow (f,
                  f->consent,
                  after,
                  "embassy_message embassy_request:withdrawn embassy_request:withdrawn "
                  "movement:cancelled");
  text = hw_operation_find (g_ptr_array_index (found, 0), HW_FIELD_EMBASSY_MESSAGE_TEXT);
  g_assert_cmpstr (
    hw_value_text (text->value), ==, "This request has been withdrawn by the office.");
  g_assert_cmpstr (hw_record_status (other), ==, "sent");
}

static void
test_consent_given_again_stands (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) after = hw_record_copy (f->consent);
  HwRecord *newer = fixture_add (f, HW_TYPE_ID_CONSENT);

  put (newer, HW_FIELD_CONSENT_PURPOSE, "embassy_contact");
  put (newer, HW_FIELD_CONSENT_RECIPIENT, MISSION);
  put (newer, HW_FIELD_CONSENT_FORM, "explicit_oral");
  put (newer, HW_FIELD_CONSENT_GRANTED_AT, "2026-11-23T10:00:00Z");
  put (after, HW_FIELD_CONSENT_WITHDRAWN_AT, "2026-11-20T10:00:00Z");
  g_ptr_array_unref (follow (f, f->consent, after, ""));
}

static void
test_travel_consent_withdrawn (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) after = hw_record_copy (f->travel_consent);
  HwRecord *task = fixture_add (f, HW_TYPE_ID_TASK), *other = fixture_add (f, HW_TYPE_ID_TASK);

  put (task, HW_FIELD_TASK_ABOUT, hw_record_id (f->first_leg));
  put (other, HW_FIELD_TASK_ABOUT, hw_record_id (f->request));
  put (after, HW_FIELD_CONSENT_WITHDRAWN_AT, NOW);
  g_ptr_array_unref (follow (f, f->travel_consent, after, "movement:cancelled task"));
  g_assert_nonnull (hw_record_get (task, HW_FIELD_TASK_DONE_AT));
  g_assert_null (hw_record_get (other, HW_FIELD_TASK_DONE_AT));
}

/* Without the mission she travels all the same on a ticket that she has: it is not given back, and what was
 * to be done for the journey stays to be done. */
static void
test_embassy_consent_and_the_journey (void)
{
  static const struct
  {
    const char *movement, *expected;
    gboolean ends;
  } rows[] = {
    { "draft", "task", TRUE },
    { "requested", "movement:cancelled task", TRUE },
    { "held", "movement:cancelled task", TRUE },
    { "confirmed", "movement:cancelled task", TRUE },
    { "ticketed", "", FALSE },
    { "checked_in", "", FALSE },
    { "departed", "", FALSE },
    { "in_transit", "", FALSE },
    { "rebooked", "", FALSE },
    { "arrived", "task", TRUE },
    { "missed", "task", TRUE },
    { "cancelled", "task", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      g_autoptr (HwRecord) after = hw_record_copy (f->consent);
      HwRecord *task = fixture_add (f, HW_TYPE_ID_TASK);

      put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "closed");
      put (f->movement, HW_FIELD_MOVEMENT_STATUS, rows[i].movement);
      put (task, HW_FIELD_TASK_ABOUT, hw_record_id (f->movement));
      put (after, HW_FIELD_CONSENT_WITHDRAWN_AT, NOW);
      g_ptr_array_unref (follow (f, f->consent, after, rows[i].expected));
      g_assert_true ((hw_record_get (task, HW_FIELD_TASK_DONE_AT) != NULL) == rows[i].ends);
    }
}

static HwRecord *
add_consent (Fixture *f, const char *purpose, const char *recipient)
{
  HwRecord *consent = fixture_add (f, HW_TYPE_ID_CONSENT);

  put (consent, HW_FIELD_CONSENT_PURPOSE, purpose);
  put (consent, HW_FIELD_CONSENT_FORM, "explicit_oral");
  put (consent, HW_FIELD_CONSENT_GRANTED_AT, "2026-11-10T10:00:00Z");
  if (recipient != NULL)
    put (consent, HW_FIELD_CONSENT_RECIPIENT, recipient);
  return consent;
}

static HwRecord *
add_referral (Fixture *f, const char *direction, const char *organisation, const char *status)
{
  HwRecord *referral = fixture_add (f, HW_TYPE_ID_REFERRAL);

  put (referral, HW_FIELD_REFERRAL_DIRECTION, direction);
  put (referral, HW_FIELD_REFERRAL_ORGANISATION, organisation);
  put (referral, HW_FIELD_REFERRAL_STATUS, status);
  return referral;
}

static HwRecord *
add_search (Fixture *f, const char *status)
{
  HwRecord *search = fixture_add (f, HW_TYPE_ID_TRACING_REQUEST);

  put (search, HW_FIELD_TRACING_REQUEST_SOUGHT, hw_record_id (f->member));
  put (search, HW_FIELD_TRACING_REQUEST_STATUS, status);
  return search;
}

/* Takes the consent back and asserts what follows. */
static GPtrArray *
withdraw (Fixture *f, HwRecord *consent, const char *expected)
{
  HwRecord *after = hw_record_copy (consent);

  put (after, HW_FIELD_CONSENT_WITHDRAWN_AT, NOW);
  return follow (f, consent, after, expected);
}

/* All missions, the seat, the plan, the referral, the search: being assisted is what they rest on. */
static void
test_assistance_withdrawn (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *consent = add_consent (f, "assistance", NULL);
  HwRecord *other = fixture_add (f, HW_TYPE_ID_EMBASSY_REQUEST);
  HwRecord *plan = fixture_add (f, HW_TYPE_ID_TASK);
  HwRecord *referral = add_referral (f, "out", OTHER_MISSION, "accepted");
  HwRecord *search = add_search (f, "open");

  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "acknowledged");
  put (other, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  put (other, HW_FIELD_EMBASSY_REQUEST_MISSION, OTHER_MISSION);
  put (plan, HW_FIELD_TASK_ABOUT, hw_record_id (f->movement));
  g_ptr_array_unref (withdraw (f,
                               consent,
                               "embassy_message embassy_request:withdrawn "
                               "embassy_message embassy_request:withdrawn movement:cancelled task "
                               "referral:revoked task tracing_request:closed"));
  g_assert_cmpstr (hw_record_status (f->request), ==, "withdrawn");
  g_assert_cmpstr (hw_record_status (other), ==, "withdrawn");
  g_assert_cmpstr (hw_record_status (f->movement), ==, "cancelled");
  g_assert_cmpstr (hw_record_status (referral), ==, "revoked");
  g_assert_cmpstr (hw_record_status (search), ==, "closed");
  g_assert_nonnull (hw_record_get (plan, HW_FIELD_TASK_DONE_AT));
}

/* Once a ticket is bought somebody calls the carrier; once she left there is nothing to give back. */
static void
test_assistance_and_the_ticket (void)
{
  static const struct
  {
    const char *movement, *expected;
  } rows[] = { { "held", "movement:cancelled" }, { "ticketed", "task" }, { "checked_in", "task" },
               { "rebooked", "task" },           { "departed", "" },     { "arrived", "" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();

      put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "closed");
      put (f->movement, HW_FIELD_MOVEMENT_STATUS, rows[i].movement);
      g_ptr_array_unref (withdraw (f, add_consent (f, "assistance", NULL), rows[i].expected));
    }
}

/* The gates and whoever reads by a consent hear of it as well: everything given before it is over, whatever its
 * purpose, and given anew it holds again. */
static void
test_assistance_ends_every_consent (void)
{
  static const char *const purposes[]
    = { "interview",       "embassy_contact", "travel_booking",         "medical_share",
        "family_contact",  "reception_share", "reintegration_referral", "law_enforcement",
        "anonymous_statistics" };

  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      HwRecord *whole = add_consent (f, "assistance", NULL);
      HwRecord *given = add_consent (f, purposes[i], MISSION), *anew;
      const HwConsentQuestion asked = { .purpose = purposes[i],
                                        .recipient = MISSION,
                                        .person = f->survivor,
                                        .at_us = f->context.now_us,
                                        .day = TODAY };

      g_assert_nonnull (hw_facts_consent (f->file, &asked, NULL));
      g_assert_false (hw_facts_is_withdrawn (f->file, &asked));
      put (whole, HW_FIELD_CONSENT_WITHDRAWN_AT, "2026-11-23T10:00:00Z");
      g_assert_null (hw_facts_consent (f->file, &asked, NULL));
      g_assert_true (hw_facts_is_withdrawn (f->file, &asked));
      g_assert_null (hw_record_get (given, HW_FIELD_CONSENT_WITHDRAWN_AT));
      anew = add_consent (f, purposes[i], MISSION);
      put (anew, HW_FIELD_CONSENT_GRANTED_AT, "2026-11-24T08:00:00Z");
      g_assert_true (hw_facts_consent (f->file, &asked, NULL) == anew);
      g_assert_false (hw_facts_is_withdrawn (f->file, &asked));
    }
}

/* Another traveller's is another's. */
static void
test_assistance_is_of_one_person (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *whole = add_consent (f, "assistance", NULL);

  put (whole, HW_FIELD_CONSENT_PERSON, hw_record_id (fixture_dependant (f)));
  put (whole, HW_FIELD_CONSENT_WITHDRAWN_AT, "2026-11-23T10:00:00Z");
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "");
  clear (whole, HW_FIELD_CONSENT_PERSON);
  assert_gate (f, HW_GATE_EMBASSY, f->request, "sent", "consent-missing");
}

/* In each status: those that are out are revoked, and the organisation is told. */
static void
test_referral_consent_withdrawn (void)
{
  static const struct
  {
    const char *direction, *recipient, *status, *expected;
  } rows[] = {
    { "out", NULL, "sent", "referral:revoked task" },
    { "out", NULL, "acknowledged", "referral:revoked task" },
    { "out", NULL, "accepted", "referral:revoked task" },
    { "out", OTHER_MISSION, "sent", "referral:revoked task" },
    { "out", MISSION, "sent", "" },
    { "out", NULL, "rejected", "" },
    { "out", NULL, "done", "" },
    { "out", NULL, "revoked", "" },
    { "in", NULL, "accepted", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();

      add_referral (f, rows[i].direction, OTHER_MISSION, rows[i].status);
      g_ptr_array_unref (withdraw (
        f, add_consent (f, "reintegration_referral", rows[i].recipient), rows[i].expected));
    }
}

static void
test_family_consent_withdrawn (void)
{
  static const struct
  {
    const char *status;
    gboolean step;
    const char *expected;
  } rows[] = {
    { "open", FALSE, "tracing_request:closed" },
    { "open", TRUE, "task" },
    { "in_progress", FALSE, "task" },
    { "possible_match", TRUE, "task" },
    { "located", TRUE, "task" },
    { "verified", TRUE, "task" },
    { "contact_agreed", TRUE, "task" },
    { "contact_declined", TRUE, "" },
    { "not_found", TRUE, "" },
    { "deceased", TRUE, "" },
    { "closed", FALSE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      HwRecord *search = add_search (f, rows[i].status);
      HwRecord *step = fixture_add (f, HW_TYPE_ID_TRACING_ACTION);
      g_autoptr (GPtrArray) found = NULL;

      put (step,
           HW_FIELD_TRACING_ACTION_TRACING_REQUEST,
           rows[i].step ? hw_record_id (search) : hw_record_id (f->member));
      found = withdraw (f, add_consent (f, "family_contact", NULL), rows[i].expected);
      for (guint n = 0; g_str_equal (rows[i].expected, "task") && n < found->len; n++)
        {
          HwOperation *task = g_ptr_array_index (found, n);

          g_assert_cmpstr (
            hw_value_text (hw_operation_find (task, HW_FIELD_TASK_DUE_ON)->value), ==, TODAY);
          g_assert_cmpstr (
            hw_value_text (hw_operation_find (task, HW_FIELD_TASK_ASSIGNEE)->value), ==, "worker");
        }
    }
}

/* Whoever was sent to look for them has no errand left. */
static void
test_errands_of_a_search_end (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *search = add_search (f, "in_progress"), *task = fixture_add (f, HW_TYPE_ID_TASK);

  put (task, HW_FIELD_TASK_ABOUT, hw_record_id (search));
  g_ptr_array_unref (withdraw (f, add_consent (f, "family_contact", NULL), "task task"));
  g_assert_nonnull (hw_record_get (task, HW_FIELD_TASK_DONE_AT));
}

/* ---- Her risks ---- */

static HwRecord *
assess (const char *asylum, const char *conclusion)
{
  HwRecord *risk
    = hw_record_new (HW_TYPE_ID_RISK_ASSESSMENT, "00000000-0000-4000-8000-000000000778");

  if (asylum != NULL)
    put (risk, HW_FIELD_RISK_ASSESSMENT_ASYLUM, asylum);
  put (risk, HW_FIELD_RISK_ASSESSMENT_CONCLUSION, conclusion);
  put (risk, HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON, TODAY);
  return risk;
}

/* Whatever a mission has, whatever seat stands: somebody looks at it today. */
static void
test_worse_risk_is_looked_at (void)
{
  static const struct
  {
    const char *request, *movement, *asylum, *conclusion, *expected;
  } rows[] = {
    { "sent", "draft", "wishes", "safe", "task" },
    { "sent", "draft", "pending", "safe", "task" },
    { "sent", "draft", "recognised", "safe", "task" },
    { "sent", "draft", "unknown", "safe", "task" },
    { "sent", "draft", "none", "safe", "" },
    { "sent", "draft", NULL, "safe", "" },
    { "sent", "draft", "none", "not_safe", "task" },
    { "approved", "draft", "wishes", "safe", "task" },
    { "refused", "draft", "wishes", "safe", "task" },
    { "ready_to_send", "draft", "wishes", "safe", "" },
    { "draft", "requested", "wishes", "safe", "" },
    { "withdrawn", "cancelled", "wishes", "safe", "" },
    { "draft", "held", "wishes", "safe", "task" },
    { "draft", "confirmed", "wishes", "safe", "task" },
    { "draft", "ticketed", "wishes", "safe", "task" },
    { "draft", "checked_in", "wishes", "safe", "task" },
    { "draft", "rebooked", "wishes", "safe", "task" },
    { "draft", "held", "none", "safe_with_plan", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      g_autoptr (HwRecord) risk = assess (rows[i].asylum, rows[i].conclusion);
      g_autoptr (GPtrArray) found = NULL;
      HwOperation *task;

      put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, rows[i].request);
      put (f->movement, HW_FIELD_MOVEMENT_STATUS, rows[i].movement);
      found = follow (f, NULL, risk, rows[i].expected);
      if (found->len == 0)
        continue;
      task = g_ptr_array_index (found, 0);
      g_assert_cmpstr (
        hw_value_text (hw_operation_find (task, HW_FIELD_TASK_DUE_ON)->value), ==, TODAY);
      g_assert_cmpstr (
        hw_value_text (hw_operation_find (task, HW_FIELD_TASK_ASSIGNEE)->value), ==, "worker");
      g_assert_cmpstr (hw_value_text (hw_operation_find (task, HW_FIELD_TASK_ABOUT)->value),
                       ==,
                       hw_record_id (risk));
    }
}

/* It is the change that asks, not each word written beside it; and the task says nothing of what she wishes, since
 * it is read by who may not know. */
static void
test_risk_that_stays_asks_once (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) wishes = hw_record_copy (f->risk), later = NULL, back = NULL;
  g_autoptr (GPtrArray) found = NULL;
  const char *title;

  put (wishes, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "wishes");
  found = follow (f, f->risk, wishes, "task");
  title = hw_value_text (
    hw_operation_find (g_ptr_array_index (found, 0), HW_FIELD_TASK_TITLE)->value);
  g_assert_null (g_strstr_len (title, -1, "sylum"));
  g_assert_null (g_strstr_len (title, -1, "rotection"));
  later = hw_record_copy (wishes);
  put (later, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "pending");
  g_ptr_array_unref (follow_as (f, wishes, later, SECOND_OPERATION, ""));
  back = hw_record_copy (later);
  put (back, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "none");
  g_ptr_array_unref (follow_as (f, later, back, SECOND_OPERATION, ""));
}

static HwRecord *
decide (const char *choice)
{
  HwRecord *decision = hw_record_new (HW_TYPE_ID_DECISION, "00000000-0000-4000-8000-000000000777");

  put (decision, HW_FIELD_DECISION_CHOICE, choice);
  put (decision, HW_FIELD_DECISION_CONFIRMED_AT, NOW);
  return decision;
}

static void
test_decisions (void)
{
  static const struct
  {
    const char *choice, *request, *movement, *expected;
  } rows[] = {
    { "return", "sent", "held", "" },
    { "stay", "sent", "held", "embassy_message embassy_request:withdrawn movement:cancelled" },
    { "third_country", "draft", "confirmed", "embassy_request:withdrawn movement:cancelled" },
    { "stay", "closed", "ticketed", "task" },
    { "undecided", "sent", "held", "movement:cancelled" },
    { "stay", "withdrawn", "arrived", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      g_autoptr (HwRecord) decision = decide (rows[i].choice);

      put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, rows[i].request);
      put (f->movement, HW_FIELD_MOVEMENT_STATUS, rows[i].movement);
      g_ptr_array_unref (follow (f, NULL, decision, rows[i].expected));
    }
}

static void
test_older_decision_changes_nothing (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) decision = decide ("stay");

  put (decision, HW_FIELD_DECISION_CONFIRMED_AT, "2026-11-20T09:00:00Z");
  g_ptr_array_unref (follow (f, NULL, decision, ""));
}

static void
test_sending_writes_a_disclosure (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) after = hw_record_copy (f->request);
  g_autoptr (GPtrArray) found = NULL;
  HwOperation *disclosure;
  g_autofree char *fields = NULL;

  put (after, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  put (after, HW_FIELD_EMBASSY_REQUEST_NATIONALITY, "BI");
  found = follow (f, f->request, after, "disclosure embassy_request");
  disclosure = g_ptr_array_index (found, 0);
  fields = g_strjoinv (
    " ", (char **)hw_value_set (hw_operation_find (disclosure, HW_FIELD_DISCLOSURE_FIELDS)->value));
  g_assert_cmpstr (fields,
                   ==,
                   "given_names nationality travel_document.expires_on travel_document.kind "
                   "travel_document.status");
  g_assert_cmpstr (
    hw_value_text (hw_operation_find (disclosure, HW_FIELD_DISCLOSURE_CONSENT)->value),
    ==,
    hw_record_id (f->consent));
  g_assert_cmpstr (
    hw_value_text (hw_operation_find (disclosure, HW_FIELD_DISCLOSURE_RECIPIENT)->value),
    ==,
    MISSION);
  g_assert_cmpstr (hw_record_get_text (after, HW_FIELD_EMBASSY_REQUEST_SENT_ON), ==, TODAY);
}

static void
test_refusal_makes_a_task (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) after = NULL;
  g_autoptr (GPtrArray) found = NULL;
  HwOperation *task;

  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "acknowledged");
  after = hw_record_copy (f->request);
  put (after, HW_FIELD_EMBASSY_REQUEST_STATUS, "nationality_not_confirmed");
  found = follow (f, f->request, after, "task");
  task = g_ptr_array_index (found, 0);
  g_assert_cmpstr (
    hw_value_text (hw_operation_find (task, HW_FIELD_TASK_ASSIGNEE)->value), ==, "worker");
  g_assert_cmpstr (
    hw_value_text (hw_operation_find (task, HW_FIELD_TASK_DUE_ON)->value), ==, "2026-11-27");
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

static void
assert_visits (Fixture *f, const char *expected)
{
  GPtrArray *visits = hw_case_file_of_type (f->file, HW_TYPE_ID_FOLLOW_UP);
  g_autoptr (GPtrArray) days = g_ptr_array_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < visits->len; i++)
    g_ptr_array_add (
      days,
      (gpointer)hw_record_get_text (g_ptr_array_index (visits, i), HW_FIELD_FOLLOW_UP_DUE_ON));
  g_ptr_array_sort (days, compare_days);
  g_ptr_array_add (days, NULL);
  text = g_strjoinv (" ", (char **)days->pdata);
  g_assert_cmpstr (text, ==, expected);
}

static void
arrive (Fixture *f, const char *at, const char *expected)
{
  g_autoptr (HwRecord) after = NULL;

  put (f->movement, HW_FIELD_MOVEMENT_STATUS, "in_transit");
  after = hw_record_copy (f->movement);
  put (f->reception, HW_FIELD_RECEPTION_OFFICE, OFFICE);
  put (after, HW_FIELD_MOVEMENT_STATUS, "arrived");
  put (after, HW_FIELD_MOVEMENT_ARRIVED_AT, at);
  g_ptr_array_unref (follow (f, f->movement, after, expected));
}

static void
test_arrival_plans_visits (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  arrive (f, "2026-11-24T08:35:00Z", "follow_up:due follow_up:due follow_up:due follow_up:due");
  assert_visits (f, "2026-12-24 2027-02-24 2027-05-24 2027-11-24");
  g_assert_cmpstr (hw_record_status (f->header), ==, "active");
}

static void
move (Fixture *f, const char *status, const char *arrived_at, const char *id, const char *expected)
{
  HwRecord *before = hw_case_file_latest (f->file, HW_TYPE_ID_MOVEMENT);
  g_autoptr (HwRecord) after = hw_record_copy (before);

  put (after, HW_FIELD_MOVEMENT_STATUS, status);
  put (after, HW_FIELD_MOVEMENT_ARRIVED_AT, arrived_at);
  g_ptr_array_unref (follow_as (f, before, after, id, expected));
}

/* The same four visits move with the day, whether the arrival is taken back first or only its time is mended;
 * what somebody wrote in stays where it was put. */
static void
test_arrival_corrected (void)
{
  static const char *const ways[] = { "taken back", "mended" };

  for (guint way = 0; way < G_N_ELEMENTS (ways); way++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      GPtrArray *visits;

      arrive (f, "2026-11-24T08:35:00Z", "follow_up:due follow_up:due follow_up:due follow_up:due");
      visits = hw_case_file_of_type (f->file, HW_TYPE_ID_FOLLOW_UP);
      for (guint i = 0; i < visits->len; i++)
        {
          HwRecord *visit = g_ptr_array_index (visits, i);

          if (hw_record_is (visit, HW_FIELD_FOLLOW_UP_DUE_ON, "2027-02-24"))
            hw_record_stamp (visit, NOW, "worker");
          if (hw_record_is (visit, HW_FIELD_FOLLOW_UP_DUE_ON, "2027-05-24"))
            put (visit, HW_FIELD_FOLLOW_UP_STATUS, "scheduled");
        }
      if (way == 0)
        move (f, "in_transit", "2026-11-24T08:35:00Z", SECOND_OPERATION, "");
      move (f, "arrived", "2026-11-22T08:35:00Z", THIRD_OPERATION, "follow_up follow_up");
      assert_visits (f, "2026-12-22 2027-02-24 2027-05-24 2027-11-22");
      move (f, "arrived", "2026-11-22T09:35:00Z", SECOND_OPERATION, "");
      g_assert_cmpuint (visits->len, ==, 4);
    }
}

/* A second journey of the same case has visits of its own. */
static void
test_another_journey_has_its_own_visits (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) after = NULL;
  HwRecord *second;

  arrive (f, "2026-11-24T08:35:00Z", "follow_up:due follow_up:due follow_up:due follow_up:due");
  second = fixture_add (f, HW_TYPE_ID_MOVEMENT);
  put (second, HW_FIELD_MOVEMENT_STATUS, "in_transit");
  after = hw_record_copy (second);
  put (after, HW_FIELD_MOVEMENT_STATUS, "arrived");
  put (after, HW_FIELD_MOVEMENT_ARRIVED_AT, "2026-11-20T08:35:00Z");
  f->context.now_us = instant ("2026-11-20T12:00:00Z");
  g_ptr_array_unref (follow_as (
    f, second, after, SECOND_OPERATION, "follow_up:due follow_up:due follow_up:due follow_up:due"));
}

static void
test_months_of_the_office_and_clamping (void)
{
  g_autoptr (Fixture) f = fixture_new ();

  put_set (f->office, HW_FIELD_OFFICE_FOLLOWUP_MONTHS, "1", "12", "3", NULL);
  f->context.now_us = instant ("2027-03-31T12:00:00Z");
  arrive (f, "2027-03-31T10:00:00Z", "follow_up:due follow_up:due follow_up:due");
  assert_visits (f, "2027-04-30 2027-06-30 2028-03-31");
}

static void
test_same_ids_on_both_sides (void)
{
  g_autoptr (Fixture) desktop = fixture_new (), server = fixture_new ();
  g_autoptr (HwRecord) decision = decide ("stay");
  g_autoptr (HwOperation) operation = update_of (decision, OPERATION);
  g_autoptr (GPtrArray) here = NULL, there = NULL;

  put (desktop->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  put (server->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  server->context.now_us += G_TIME_SPAN_HOUR;
  here = hw_consequences (desktop->file, NULL, decision, operation, &desktop->context);
  there = hw_consequences (server->file, NULL, decision, operation, &server->context);
  g_assert_cmpuint (here->len, ==, 3);
  g_assert_cmpuint (here->len, ==, there->len);
  for (guint i = 0; i < here->len; i++)
    {
      g_assert_cmpstr (((HwOperation *)g_ptr_array_index (here, i))->record,
                       ==,
                       ((HwOperation *)g_ptr_array_index (there, i))->record);
      g_assert_cmpstr (((HwOperation *)g_ptr_array_index (here, i))->id,
                       ==,
                       ((HwOperation *)g_ptr_array_index (there, i))->id);
    }
}

#define REVIEWED "018f0000-0000-7000-8000-0000000000b"

/* The n-th of what follows is a review of mover's step, given to assignee (nullable). */
static void
assert_review (Fixture *f, HwRecord *before, HwRecord *after, const char *id, const char *follows, guint n,
               const char *mover, const char *assignee)
{
  g_autoptr (GPtrArray) found = follow_as (f, before, after, id, follows);
  HwOperation *task = g_ptr_array_index (found, n);
  HwFieldChange *given = hw_operation_find (task, HW_FIELD_TASK_ASSIGNEE);

  g_assert_cmpstr (hw_value_text (hw_operation_find (task, HW_FIELD_TASK_REVIEW_OF)->value), ==, mover);
  g_assert_cmpstr (given != NULL ? hw_value_text (given->value) : NULL, ==, assignee);
}

static void
test_breach_and_override (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) after = hw_record_copy (f->movement);
  g_autoptr (HwRecord) ticketed = hw_record_copy (f->movement);
  g_autoptr (HwRecord) held = g_object_ref (f->movement);
  HwRecord *approval = fixture_approval (f, "override", f->movement);

  put (f->reception, HW_FIELD_RECEPTION_OFFICE, OFFICE);
  hw_case_file_remove (f->file, hw_record_id (f->fitness));
  put (after, HW_FIELD_MOVEMENT_STATUS, "departed");
  /* Who made the step is answerable for it, the owner too: the review waits for a supervisor. */
  hw_record_stamp (after, NOW, "worker");
  assert_review (f, held, after, REVIEWED "1", "task", 0, "worker", NULL);
  hw_case_file_add (f->file, held);
  hw_record_stamp (after, NOW, "officer");
  assert_review (f, held, after, REVIEWED "2", "task", 0, "officer", "worker");
  hw_case_file_add (f->file, held);
  hw_record_stamp (after, NOW, "system:officer");
  assert_review (f, held, after, REVIEWED "3", "task", 0, "officer", "worker");
  hw_case_file_add (f->file, held);

  put (approval, HW_FIELD_APPROVAL_GATE, "ticket");
  put (approval, HW_FIELD_APPROVAL_TARGET_STATUS, "ticketed");
  put (approval, HW_FIELD_APPROVAL_BASIS, "vital_interest");
  put (approval, HW_FIELD_APPROVAL_REASON, "Danger");
  put (approval, HW_FIELD_APPROVAL_EXPIRES_AT, "2026-11-25T09:00:00Z");
  put (ticketed, HW_FIELD_MOVEMENT_STATUS, "ticketed");
  hw_record_stamp (ticketed, NOW, "worker");
  assert_review (f, f->movement, ticketed, OPERATION, "approval task", 1, "worker",
                 hw_record_get_text (approval, HW_FIELD_APPROVAL_DECIDED_BY));
  g_assert_cmpstr (hw_record_get_text (approval, HW_FIELD_APPROVAL_USED_BY), ==, OPERATION);
}

/* The windows were judged by a day that lies back: somebody looks at it. */
static void
test_late_word_is_reviewed (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) late = hw_record_copy (f->movement);
  g_autoptr (HwRecord) held = g_object_ref (f->movement);
  g_autoptr (HwRecord) prompt = hw_record_copy (f->movement);

  put (f->reception, HW_FIELD_RECEPTION_OFFICE, OFFICE);
  put (late, HW_FIELD_MOVEMENT_STATUS, "ticketed");
  put (late, HW_FIELD_MOVEMENT_TICKETED_AT, "2026-11-23T08:00:00Z");
  put (prompt, HW_FIELD_MOVEMENT_STATUS, "ticketed");
  put (prompt, HW_FIELD_MOVEMENT_TICKETED_AT, "2026-11-24T08:00:00Z");
  g_ptr_array_unref (follow (f, held, prompt, ""));
  hw_case_file_add (f->file, held);
  g_ptr_array_unref (follow (f, held, late, "task"));
}

/* What is added to a request that its mission has is written down as told. */
static void
test_telling_more_writes_a_disclosure (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) after = NULL;

  put (f->request, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent");
  after = hw_record_copy (f->request);
  put (after, HW_FIELD_EMBASSY_REQUEST_BIRTH_PLACE, "Kirundo");
  g_ptr_array_unref (follow (f, f->request, after, "disclosure"));
}

static void
test_quiet_changes (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwRecord) document = hw_record_copy (f->document);

  put (document, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "handed_over");
  g_ptr_array_unref (follow (f, f->document, document, ""));
}

/* What the one consequence of a change of her origin writes: "old/new". */
static void
assert_origin (HwRecord *before, HwRecord *after, const char *expected)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (HwOperation) operation = update_of (after, OPERATION);
  g_autoptr (GPtrArray) found = hw_consequences (f->file, before, after, operation, &f->context);
  g_autofree char *words = g_strdup ("");

  g_assert_cmpuint (found->len, <=, 1);
  if (found->len == 1)
    {
      HwOperation *effect = g_ptr_array_index (found, 0);
      HwFieldChange *old = hw_operation_find (effect, HW_FIELD_PERSON_ORIGIN_PROVINCE);
      HwFieldChange *new = hw_operation_find (effect, HW_FIELD_PERSON_ORIGIN_NEW_PROVINCE);

      g_free (words);
      words = g_strdup_printf ("%s/%s",
                               old != NULL ? hw_value_text (old->value) : "",
                               new != NULL ? hw_value_text (new->value) : "");
    }
  g_assert_cmpstr (words, ==, expected);
}

static HwRecord *
from (const char *old_name, const char *new_name, const char *commune)
{
  HwRecord *person = hw_record_new (HW_TYPE_ID_PERSON, "00000000-0000-4000-8000-0000000000e1");

  hw_record_set_case (person, CASE);
  if (old_name != NULL)
    put (person, HW_FIELD_PERSON_ORIGIN_PROVINCE, old_name);
  if (new_name != NULL)
    put (person, HW_FIELD_PERSON_ORIGIN_NEW_PROVINCE, new_name);
  if (commune != NULL)
    put (person, HW_FIELD_PERSON_ORIGIN_COMMUNE, commune);
  return person;
}

static void
test_provinces_follow (void)
{
  g_autoptr (HwRecord) nothing = from (NULL, NULL, NULL);
  g_autoptr (HwRecord) ngozi = from ("Ngozi", NULL, NULL);
  g_autoptr (HwRecord) ngozi_both = from ("Ngozi", "Butanyerera", NULL);
  g_autoptr (HwRecord) makamba = from ("Makamba", "Butanyerera", NULL);
  g_autoptr (HwRecord) commune = from (NULL, NULL, "Muhuta");
  g_autoptr (HwRecord) own_word = from ("Rumonge", "Gitega", NULL);
  g_autoptr (HwRecord) cleared = from ("Ngozi", NULL, NULL);
  g_autoptr (HwRecord) elsewhere = from ("Nairobi", NULL, NULL);

  assert_origin (nothing, ngozi, "/Butanyerera");
  assert_origin (NULL, ngozi, "/Butanyerera");
  assert_origin (ngozi_both, makamba, "/Burunga");
  assert_origin (nothing, commune, "Rumonge/Bujumbura");
  assert_origin (nothing, own_word, "");
  assert_origin (ngozi_both, cleared, "");
  assert_origin (nothing, elsewhere, "");
}

/* What a condition of the ticket gate says of her documents. */
static gboolean
lacks_document (Fixture *f)
{
  g_autoptr (HwVerdict) verdict
    = hw_gate_evaluate (HW_GATE_TICKET, f->file, f->movement, "ticketed", &f->context);

  return hw_verdict_has (verdict, HW_CODE_DOCUMENT_MISSING);
}

static char *
due_of (GPtrArray *found, guint n)
{
  HwFieldChange *due = hw_operation_find (g_ptr_array_index (found, n), HW_FIELD_TASK_DUE_ON);

  return g_strdup (hw_value_text (due->value));
}

/* Lost: it is written where it is, the gate is closed again, and somebody must get another; at once where
 * a ticket was bought on it. Found: all of that is over. */
static void
test_document_lost_and_found (void)
{
  static const struct
  {
    const char *movement, *due;
  } rows[] = { { "held", "2026-11-27" }, { "ticketed", TODAY }, { "checked_in", TODAY } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      g_autoptr (HwRecord) lost = hw_record_copy (f->document), found = NULL;
      g_autoptr (GPtrArray) first = NULL, second = NULL;
      g_autofree char *due = NULL;
      HwRecord *now;

      put (f->movement, HW_FIELD_MOVEMENT_STATUS, rows[i].movement);
      g_assert_false (lacks_document (f));
      put (lost, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "lost");
      first = follow (f, f->document, lost, "travel_document task");
      due = due_of (first, 1);
      g_assert_cmpstr (due, ==, rows[i].due);
      g_assert_true (lacks_document (f));
      now = hw_case_file_lookup (f->file, hw_record_id (lost));
      g_assert_true (hw_record_is (now, HW_FIELD_TRAVEL_DOCUMENT_HELD_BY, "lost"));
      found = hw_record_copy (now);
      put (found, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "received");
      second = follow_as (f, now, found, SECOND_OPERATION, "travel_document task");
      now = hw_case_file_lookup (f->file, hw_record_id (lost));
      g_assert_null (hw_record_get (now, HW_FIELD_TRAVEL_DOCUMENT_HELD_BY));
      g_assert_nonnull (hw_operation_find (g_ptr_array_index (second, 1), HW_FIELD_TASK_DONE_AT));
    }
}

static void
test_another_document_ends_the_search (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *another = fixture_add (f, HW_TYPE_ID_TRAVEL_DOCUMENT);
  g_autoptr (HwRecord) expired = hw_record_copy (f->document), verified = NULL;

  put (expired, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "expired");
  put (another, HW_FIELD_TRAVEL_DOCUMENT_KIND, "laissez_passer");
  put (another, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "received");
  put (another, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON, "2026-12-24");
  g_ptr_array_unref (follow (f, f->document, expired, "task"));
  verified = hw_record_copy (another);
  put (verified, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "verified");
  g_ptr_array_unref (follow_as (f, another, verified, SECOND_OPERATION, "task"));
}

/* Nobody is sent for a paper that is not needed. */
static void
test_document_not_needed (void)
{
  static const char *const why[] = { "spare", "home", "stays", "closed", "certificate" };

  for (guint i = 0; i < G_N_ELEMENTS (why); i++)
    {
      g_autoptr (Fixture) f = fixture_new ();
      HwRecord *spare = fixture_add (f, HW_TYPE_ID_TRAVEL_DOCUMENT);
      g_autoptr (HwRecord) expired = NULL;

      if (g_str_equal (why[i], "spare"))
        {
          put (spare, HW_FIELD_TRAVEL_DOCUMENT_KIND, "passport");
          put (spare, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "verified");
          put (spare, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON, "2030-01-01");
        }
      else if (g_str_equal (why[i], "home"))
        put (f->movement, HW_FIELD_MOVEMENT_STATUS, "arrived");
      else if (g_str_equal (why[i], "stays"))
        put (f->departure_decision, HW_FIELD_DECISION_CHOICE, "stay");
      else if (g_str_equal (why[i], "closed"))
        put (f->header, HW_FIELD_CASE_STATUS, "closed");
      else
        put (f->document, HW_FIELD_TRAVEL_DOCUMENT_KIND, "birth_certificate");
      expired = hw_record_copy (f->document);
      put (expired, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "expired");
      g_ptr_array_unref (follow (f, f->document, expired, ""));
    }
}

/* Its last day passes: once, and not before it is over at the office. */
static void
test_document_runs_out (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GPtrArray) running = NULL, ended = NULL, again = NULL;
  g_autofree char *text = NULL;

  running = hw_document_end (f->file, f->document, instant ("2026-11-25T20:00:00Z"));
  g_assert_cmpuint (running->len, ==, 0);
  ended = hw_document_end (f->file, f->document, instant ("2026-11-25T22:30:00Z"));
  text = describe (ended);
  g_assert_cmpstr (text, ==, "travel_document:expired task");
  apply_all (f, ended);
  again = hw_document_end (f->file, f->document, instant ("2026-11-26T20:00:00Z"));
  g_assert_cmpuint (again->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/consequence/consent/ends-the-missions-requests",
                   test_embassy_consent_withdrawn);
  g_test_add_func ("/consequence/consent/given-again-stands", test_consent_given_again_stands);
  g_test_add_func ("/consequence/consent/releases-holds", test_travel_consent_withdrawn);
  g_test_add_func ("/consequence/consent/embassy-and-the-journey",
                   test_embassy_consent_and_the_journey);
  g_test_add_func ("/consequence/consent/assistance-stops-all", test_assistance_withdrawn);
  g_test_add_func ("/consequence/consent/assistance-and-the-ticket",
                   test_assistance_and_the_ticket);
  g_test_add_func ("/consequence/consent/assistance-ends-every-consent",
                   test_assistance_ends_every_consent);
  g_test_add_func ("/consequence/consent/assistance-is-of-one-person",
                   test_assistance_is_of_one_person);
  g_test_add_func ("/consequence/consent/referrals-are-revoked", test_referral_consent_withdrawn);
  g_test_add_func ("/consequence/consent/searches-stop", test_family_consent_withdrawn);
  g_test_add_func ("/consequence/consent/errands-of-a-search-end", test_errands_of_a_search_end);
  g_test_add_func ("/consequence/risk/worse-is-looked-at", test_worse_risk_is_looked_at);
  g_test_add_func ("/consequence/risk/asks-once", test_risk_that_stays_asks_once);
  g_test_add_func ("/consequence/decision/each-choice", test_decisions);
  g_test_add_func ("/consequence/decision/an-older-one-changes-nothing",
                   test_older_decision_changes_nothing);
  g_test_add_func ("/consequence/request/sending-writes-a-disclosure",
                   test_sending_writes_a_disclosure);
  g_test_add_func ("/consequence/request/refusal-makes-a-task", test_refusal_makes_a_task);
  g_test_add_func ("/consequence/arrival/plans-visits", test_arrival_plans_visits);
  g_test_add_func ("/consequence/arrival/months-of-the-office",
                   test_months_of_the_office_and_clamping);
  g_test_add_func ("/consequence/arrival/corrected", test_arrival_corrected);
  g_test_add_func ("/consequence/arrival/another-journey",
                   test_another_journey_has_its_own_visits);
  g_test_add_func ("/consequence/same-ids-on-both-sides", test_same_ids_on_both_sides);
  g_test_add_func ("/consequence/gate/breach-and-override", test_breach_and_override);
  g_test_add_func ("/consequence/gate/a-late-word-is-reviewed", test_late_word_is_reviewed);
  g_test_add_func ("/consequence/request/telling-more-writes-a-disclosure",
                   test_telling_more_writes_a_disclosure);
  g_test_add_func ("/consequence/origin/one-province-follows-from-the-other",
                   test_provinces_follow);
  g_test_add_func ("/consequence/document/lost-and-found", test_document_lost_and_found);
  g_test_add_func ("/consequence/document/another-one-ends-the-search",
                   test_another_document_ends_the_search);
  g_test_add_func ("/consequence/document/not-needed", test_document_not_needed);
  g_test_add_func ("/consequence/document/its-last-day-passes", test_document_runs_out);
  g_test_add_func ("/consequence/quiet-changes-cause-nothing", test_quiet_changes);
  return g_test_run ();
}
