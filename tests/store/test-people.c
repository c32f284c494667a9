/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One person, two cases: proposed by the server to who may read both, decided once, never twice. The
 * office queue, and a number that leads to one case or to none.
 */
#include "server-fixture.h"

#include <string.h>

#include "domain/hw-likeness.h"
#include "store/hw-likeness-rows-private.h"
#include "store/hw-lookup.h"

#define COLLEAGUE "018f0000-0000-7000-8000-00000000cafe"

static HwActor *
caseworker (Fixture *fixture)
{
  return hw_actor_new (fixture_user (fixture, HW_ROLE_CASEWORKER),
                       "Aisha",
                       HW_ROLE_CASEWORKER,
                       fixture->office,
                       NULL,
                       "a");
}

static HwActor *
colleague (Fixture *fixture)
{
  fixture_add_account (fixture, COLLEAGUE, HW_ROLE_CASEWORKER, fixture->office, NULL);
  return hw_actor_new (COLLEAGUE, "Beatrice", HW_ROLE_CASEWORKER, fixture->office, NULL, "b");
}

static HwOperation *
operation_on (HwAction action, HwTypeId type, const char *record, const char *case_id)
{
  g_autofree char *id = hw_uuid_v7 (FIXTURE_NOW);

  return hw_operation_new (id, action, type, record, case_id);
}

static HwResult *
push_as (Fixture *fixture, HwOrigin origin, HwActor *actor, HwOperation *operation)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (origin, actor);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  hw_change_set_add (set, operation);
  results = hw_store_commit (fixture->store, set, &error);
  g_assert_no_error (error);
  return g_ptr_array_steal_index (results, 0);
}

static void
expect (Fixture *fixture, HwActor *actor, HwOperation *operation, HwResultStatus status)
{
  HwResult *result = push_as (fixture, HW_ORIGIN_PUSH, actor, operation);

  if (result->verdict != NULL)
    g_test_message ("%s", hw_verdict_message (result->verdict));
  g_assert_cmpint (result->status, ==, status);
  hw_result_free (result);
}

static void
refused_with (Fixture *fixture, HwActor *actor, HwOperation *operation, HwReason reason)
{
  HwResult *result = push_as (fixture, HW_ORIGIN_PUSH, actor, operation);

  g_assert_cmpint (result->status, ==, HW_RESULT_REFUSED);
  g_assert_cmpint (hw_verdict_reason (result->verdict), ==, reason);
  hw_result_free (result);
}

/* Aline Ndayishimiye, in a case of this owner's. */
static const char *
known_woman (Fixture *fixture, const char *owner)
{
  const char *id = fixture_case (fixture, owner);
  const char *person = fixture_create (fixture,
                                       HW_TYPE_ID_PERSON,
                                       id,
                                       HW_FIELD_PERSON_ROLE,
                                       "survivor",
                                       HW_FIELD_PERSON_GIVEN_NAMES,
                                       "Aline",
                                       HW_FIELD_PERSON_FAMILY_NAME,
                                       "Ndayishimiye",
                                       HW_FIELD_NONE);

  g_assert_nonnull (person);
  fixture_create (fixture,
                  HW_TYPE_ID_SAFE_CONTACT,
                  id,
                  HW_FIELD_SAFE_CONTACT_VALUE,
                  "+96550001234",
                  HW_FIELD_NONE);
  return id;
}

/* The same number and a name that sounds like hers, in a case that a desktop sends. */
static const char *
arrives (Fixture *fixture, HwActor *actor, const char *owner, const char **person)
{
  const char *id = fixture_case (fixture, owner);
  g_autofree char *made = hw_uuid_v7 (FIXTURE_NOW);
  g_autofree char *contact_id = hw_uuid_v7 (FIXTURE_NOW);
  HwOperation *contact
    = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_SAFE_CONTACT, contact_id, id);
  HwOperation *create = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_PERSON, made, id);

  hw_operation_set_text (contact, HW_FIELD_SAFE_CONTACT_VALUE, "00965 5000 1234", 0);
  hw_operation_set_text (create, HW_FIELD_PERSON_ROLE, "survivor", 0);
  hw_operation_set_text (create, HW_FIELD_PERSON_GIVEN_NAMES, "Ndaishimie", 0);
  hw_operation_set_text (create, HW_FIELD_PERSON_FAMILY_NAME, "Alin", 0);
  expect (fixture, actor, contact, HW_RESULT_APPLIED);
  expect (fixture, actor, create, HW_RESULT_APPLIED);
  if (person != NULL)
    *person = g_intern_string (made);
  return id;
}

static HwRecord *
link_of (Fixture *fixture, const char *one, const char *other)
{
  g_autofree char *id = hw_case_link_id (one, other);

  return hw_store_get_record (fixture->store, HW_TYPE_ID_CASE_LINK, id, NULL);
}

static HwOperation *
decide (Fixture *fixture, const char *one, const char *other, const char *state, const char *kept)
{
  g_autofree char *id = hw_case_link_id (one, other);
  g_autoptr (HwRecord) link = link_of (fixture, one, other);
  HwOperation *operation = operation_on (
    HW_ACTION_UPDATE, HW_TYPE_ID_CASE_LINK, id, hw_case_link_root (one, other));

  hw_operation_set_text (operation,
                         HW_FIELD_CASE_LINK_STATE,
                         state,
                         link != NULL ? hw_record_field_rev (link, HW_FIELD_CASE_LINK_STATE) : 0);
  if (kept != NULL)
    hw_operation_set_text (operation, HW_FIELD_CASE_LINK_KEPT, kept, 0);
  return operation;
}

static void
test_proposed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = caseworker (fixture);
  const char *first = known_woman (fixture, actor->user);
  const char *second = arrives (fixture, actor, actor->user, NULL);
  g_autoptr (HwRecord) link = link_of (fixture, first, second);
  const char *const *reasons;

  g_assert_nonnull (link);
  g_assert_cmpstr (hw_record_status (link), ==, "possible");
  g_assert_cmpstr (hw_record_case (link), ==, second);
  g_assert_cmpstr (hw_record_get_text (link, HW_FIELD_CASE_LINK_OTHER), ==, first);
  g_assert_cmpint (hw_record_get_integer (link, HW_FIELD_CASE_LINK_LIKENESS), >=, 60);
  g_assert_cmpstr (hw_record_created_by (link), ==, "system");
  reasons = hw_record_get_set (link, HW_FIELD_CASE_LINK_REASONS);
  g_assert_true (g_strv_contains (reasons, "names_alike"));
  g_assert_true (g_strv_contains (reasons, "names_swapped"));
  g_assert_true (g_strv_contains (reasons, "same_phone"));
}

static void
test_others_not_proposed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = caseworker (fixture);
  const char *first = fixture_case (fixture, actor->user);
  const char *second = arrives (fixture, actor, actor->user, NULL);

  g_assert_null (link_of (fixture, first, second));
}

static void
test_dismissed_for_good (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = caseworker (fixture);
  const char *first = known_woman (fixture, actor->user), *person;
  const char *second = arrives (fixture, actor, actor->user, &person);
  g_autoptr (HwRecord) link = NULL;
  HwOperation *correction;

  expect (fixture, actor, decide (fixture, first, second, "dismissed", NULL), HW_RESULT_APPLIED);
  correction = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_PERSON, person, second);
  hw_operation_set_text (correction, HW_FIELD_PERSON_GIVEN_NAMES, "Ndayishimiye", 1);
  expect (fixture, actor, correction, HW_RESULT_APPLIED);
  link = link_of (fixture, first, second);
  g_assert_cmpstr (hw_record_status (link), ==, "dismissed");
}

static void
test_merge_and_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = caseworker (fixture);
  const char *first = known_woman (fixture, actor->user);
  const char *second = arrives (fixture, actor, actor->user, NULL);
  g_autoptr (HwRecord) link = NULL;

  refused_with (
    fixture, actor, decide (fixture, first, second, "merged", NULL), HW_REASON_INVALID);
  expect (fixture, actor, decide (fixture, first, second, "merged", first), HW_RESULT_APPLIED);
  expect (fixture, actor, decide (fixture, first, second, "possible", NULL), HW_RESULT_APPLIED);
  link = link_of (fixture, first, second);
  g_assert_cmpstr (hw_record_status (link), ==, "possible");
}

/* Who may write one of the two only is told that there is nothing. */
static void
test_needs_both (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = caseworker (fixture);
  g_autoptr (HwActor) other = colleague (fixture);
  g_autoptr (HwActor) supervisor = fixture_actor (fixture, HW_ROLE_SUPERVISOR);
  const char *first = known_woman (fixture, other->user);
  const char *second = arrives (fixture, actor, actor->user, NULL);

  refused_with (
    fixture, actor, decide (fixture, first, second, "merged", first), HW_REASON_NOT_FOUND);
  refused_with (
    fixture, actor, decide (fixture, first, second, "dismissed", NULL), HW_REASON_NOT_FOUND);
  refused_with (
    fixture, supervisor, decide (fixture, first, second, "merged", NULL), HW_REASON_NOT_FOUND);
  expect (
    fixture, supervisor, decide (fixture, first, second, "dismissed", NULL), HW_RESULT_APPLIED);
}

static void
test_found_by_both (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = caseworker (fixture);
  const char *first = known_woman (fixture, actor->user);
  const char *second = arrives (fixture, actor, actor->user, NULL);
  HwOperation *found = decide (fixture, first, second, "merged", second);

  /* The desktop did not know yet that the server had proposed it. */
  found->action = HW_ACTION_CREATE;
  hw_operation_set_text (found, HW_FIELD_CASE_LINK_OTHER, first, 0);
  expect (fixture, actor, found, HW_RESULT_APPLIED);
}

static void
test_pair_must_be_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = caseworker (fixture);
  const char *first = fixture_case (fixture, actor->user);
  const char *second = fixture_case (fixture, actor->user);
  g_autofree char *forged_id = hw_uuid_v7 (FIXTURE_NOW);
  HwOperation *forged = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_CASE_LINK, forged_id, second);
  HwOperation *itself = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_CASE_LINK, forged_id, second);

  hw_operation_set_text (forged, HW_FIELD_CASE_LINK_OTHER, first, 0);
  hw_operation_set_text (forged, HW_FIELD_CASE_LINK_STATE, "possible", 0);
  hw_operation_set_text (itself, HW_FIELD_CASE_LINK_OTHER, second, 0);
  hw_operation_set_text (itself, HW_FIELD_CASE_LINK_STATE, "possible", 0);
  refused_with (fixture, actor, forged, HW_REASON_INVALID);
  refused_with (fixture, actor, itself, HW_REASON_INVALID);
}

/* ---- What is said in the other ---- */

/* Everything the embassy gate asks for, but for this answer. (transfer none) the assessment */
static const char *
ready (Fixture *fixture, const char *case_id, const char *asylum)
{
  fixture_create (fixture,
                  HW_TYPE_ID_CONSENT,
                  case_id,
                  HW_FIELD_CONSENT_PURPOSE,
                  "embassy_contact",
                  HW_FIELD_CONSENT_RECIPIENT,
                  fixture->mission,
                  HW_FIELD_CONSENT_FORM,
                  "explicit_oral",
                  HW_FIELD_CONSENT_GRANTED_AT,
                  "2026-11-20T10:00:00Z",
                  HW_FIELD_NONE);
  return fixture_create (fixture,
                         HW_TYPE_ID_RISK_ASSESSMENT,
                         case_id,
                         HW_FIELD_RISK_ASSESSMENT_CONCLUSION,
                         "safe",
                         HW_FIELD_RISK_ASSESSMENT_ASYLUM,
                         asylum,
                         HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED,
                         "no",
                         HW_FIELD_RISK_ASSESSMENT_ASSESSED_ON,
                         "2026-11-20",
                         HW_FIELD_NONE);
}

static HwOperation *
request_for (Fixture *fixture, const char *case_id, const char *status)
{
  g_autofree char *id = hw_uuid_v4 ();
  HwOperation *operation
    = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_EMBASSY_REQUEST, id, case_id);

  hw_operation_set_text (operation, HW_FIELD_EMBASSY_REQUEST_MISSION, fixture->mission, 0);
  hw_operation_set_text (operation, HW_FIELD_EMBASSY_REQUEST_STATUS, status, 0);
  return operation;
}

/* The code that keeps a request of this case from being ready, as it is read (gates of a case) and as it is judged
 * (a push); NULL: none. */
static void
assert_kept_by (Fixture *fixture, HwActor *actor, const char *case_id, const char *code)
{
  g_autoptr (HwCaseFile) file = hw_store_load_case (fixture->store, case_id, NULL);
  const HwRulesContext context = { .now_us = FIXTURE_NOW, .on_server = TRUE };
  HwOperation *draft = request_for (fixture, case_id, "draft"), *ready_to_send;
  g_autofree char *request = g_strdup (draft->record);
  g_autoptr (HwRecord) record = NULL;
  g_autoptr (HwVerdict) read = NULL;
  HwResult *result;

  expect (fixture, actor, draft, HW_RESULT_APPLIED);
  record = hw_store_get_record (fixture->store, HW_TYPE_ID_EMBASSY_REQUEST, request, NULL);
  read = hw_gate_evaluate (HW_GATE_EMBASSY, file, record, "ready_to_send", &context);
  g_assert_true (hw_verdict_open (read) == (code == NULL));
  g_assert_true (code == NULL || hw_verdict_has (read, code));
  ready_to_send = operation_on (
    HW_ACTION_UPDATE, HW_TYPE_ID_EMBASSY_REQUEST, hw_record_id (record), case_id);
  hw_operation_set_text (ready_to_send, HW_FIELD_EMBASSY_REQUEST_STATUS, "ready_to_send", 1);
  result = push_as (fixture, HW_ORIGIN_PUSH, actor, ready_to_send);
  g_assert_cmpint (
    result->status, ==, code != NULL ? HW_RESULT_REFUSED : HW_RESULT_APPLIED);
  g_assert_true (code == NULL || hw_verdict_has (result->verdict, code));
  hw_result_free (result);
}

/* Whichever case is looked at, whatever is decided, and taken back: each time as it is then, though both case files
 * are at hand from before. */
static void
test_asylum_follows_the_person (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = caseworker (fixture);
  const char *first = known_woman (fixture, actor->user);
  const char *second = arrives (fixture, actor, actor->user, NULL);
  const char *risk = ready (fixture, first, "none");

  ready (fixture, second, "none");
  assert_kept_by (fixture, actor, second, NULL);
  fixture_update (fixture,
                  HW_TYPE_ID_RISK_ASSESSMENT,
                  risk,
                  first,
                  HW_FIELD_RISK_ASSESSMENT_ASYLUM,
                  "wishes",
                  HW_FIELD_NONE);
  assert_kept_by (fixture, actor, second, "duplicate-undecided");
  fixture_update (fixture,
                  HW_TYPE_ID_RISK_ASSESSMENT,
                  risk,
                  first,
                  HW_FIELD_RISK_ASSESSMENT_ASYLUM,
                  "none",
                  HW_FIELD_NONE);
  assert_kept_by (fixture, actor, second, "duplicate-undecided");
  assert_kept_by (fixture, actor, first, "asylum-review-missing");
  expect (fixture, actor, decide (fixture, first, second, "dismissed", NULL), HW_RESULT_APPLIED);
  assert_kept_by (fixture, actor, second, NULL);
  expect (fixture, actor, decide (fixture, first, second, "possible", NULL), HW_RESULT_APPLIED);
  assert_kept_by (fixture, actor, second, "duplicate-undecided");
  expect (fixture, actor, decide (fixture, first, second, "merged", second), HW_RESULT_APPLIED);
  assert_kept_by (fixture, actor, second, "asylum-review-missing");
  assert_kept_by (fixture, actor, first, "asylum-review-missing");
  expect (fixture, actor, decide (fixture, first, second, "possible", NULL), HW_RESULT_APPLIED);
  assert_kept_by (fixture, actor, second, "duplicate-undecided");
  fixture_reopen (fixture);
  assert_kept_by (fixture, actor, second, "duplicate-undecided");
}

/* A case between them does not hide one from the other. */
static void
test_asylum_follows_over_a_third (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = caseworker (fixture);
  const char *first = known_woman (fixture, actor->user);
  const char *second = arrives (fixture, actor, actor->user, NULL);
  const char *third = arrives (fixture, actor, actor->user, NULL);

  ready (fixture, first, "pending");
  ready (fixture, second, "none");
  ready (fixture, third, "none");
  expect (fixture, actor, decide (fixture, first, third, "dismissed", NULL), HW_RESULT_APPLIED);
  assert_kept_by (fixture, actor, third, NULL);
  expect (fixture, actor, decide (fixture, first, second, "merged", second), HW_RESULT_APPLIED);
  assert_kept_by (fixture, actor, third, "duplicate-undecided");
  expect (fixture, actor, decide (fixture, second, third, "merged", third), HW_RESULT_APPLIED);
  assert_kept_by (fixture, actor, third, "asylum-review-missing");
  expect (fixture, actor, decide (fixture, second, third, "dismissed", NULL), HW_RESULT_REFUSED);
  expect (fixture, actor, decide (fixture, second, third, "possible", NULL), HW_RESULT_APPLIED);
  assert_kept_by (fixture, actor, third, "duplicate-undecided");
  expect (fixture, actor, decide (fixture, second, third, "dismissed", NULL), HW_RESULT_APPLIED);
  assert_kept_by (fixture, actor, third, NULL);
}

/* An answer that lost a merge was said as well. */
static void
test_offered_answer_counts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = caseworker (fixture);
  g_autoptr (HwActor) stale = hw_actor_new (
    actor->user, "Aisha", HW_ROLE_CASEWORKER, fixture->office, NULL, "another laptop");
  const char *first = known_woman (fixture, actor->user);
  const char *second = arrives (fixture, actor, actor->user, NULL);
  const char *risk = ready (fixture, first, "none");
  HwOperation *offered = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_RISK_ASSESSMENT, risk, first);

  ready (fixture, second, "none");
  assert_kept_by (fixture, actor, second, NULL);
  hw_operation_set_text (offered, HW_FIELD_RISK_ASSESSMENT_ASYLUM, "wishes", 0);
  expect (fixture, stale, offered, HW_RESULT_CONFLICT);
  assert_kept_by (fixture, actor, second, "duplicate-undecided");
}

/* A laptop sends the whole night at once: who she is, what she said, and the request. */
static void
test_all_in_one_push (Fixture *fixture, gconstpointer data)
{
  static const char *const answers[] = { "none", "wishes" };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (HwActor) actor = caseworker (fixture);
      g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_PUSH, actor);
      g_autoptr (GPtrArray) results = NULL;
      g_autofree char *made = hw_uuid_v7 (FIXTURE_NOW), *contact_id = hw_uuid_v7 (FIXTURE_NOW);
      const char *first = known_woman (fixture, actor->user);
      const char *second = fixture_case (fixture, actor->user);
      HwOperation *contact
        = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_SAFE_CONTACT, contact_id, second);
      HwOperation *person = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_PERSON, made, second);
      HwOperation *draft = request_for (fixture, second, "draft"), *move;

      ready (fixture, first, answers[i]);
      ready (fixture, second, "none");
      hw_operation_set_text (person, HW_FIELD_PERSON_ROLE, "survivor", 0);
      hw_operation_set_text (person, HW_FIELD_PERSON_GIVEN_NAMES, "Aline", 0);
      hw_operation_set_text (person, HW_FIELD_PERSON_FAMILY_NAME, "Ndayishimiye", 0);
      hw_operation_set_text (contact, HW_FIELD_SAFE_CONTACT_VALUE, "00965 5000 1234", 0);
      hw_change_set_add (set, person);
      hw_change_set_add (set, contact);
      hw_change_set_add (set, draft);
      move = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_EMBASSY_REQUEST, draft->record, second);
      hw_operation_set_text (move, HW_FIELD_EMBASSY_REQUEST_STATUS, "ready_to_send", 1);
      hw_change_set_add (set, move);
      results = hw_store_commit (fixture->store, set, NULL);
      g_assert_cmpint (((HwResult *)results->pdata[2])->status, ==, HW_RESULT_APPLIED);
      g_assert_cmpint (((HwResult *)results->pdata[3])->status,
                       ==,
                       i == 0 ? HW_RESULT_APPLIED : HW_RESULT_REFUSED);
    }
}

/* ---- The queue ---- */

static HwOperation *
claim (HwActor *actor, const char *case_id, guint64 base)
{
  HwOperation *operation = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_CASE, case_id, case_id);

  hw_operation_set_text (operation, HW_FIELD_CASE_OWNER, actor->user, base);
  return operation;
}

static void
test_two_claim (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) first = caseworker (fixture);
  g_autoptr (HwActor) second = colleague (fixture);
  const char *id = fixture_case (fixture, NULL);
  g_autoptr (HwRecord) record = NULL;
  HwResult *result;

  expect (fixture, first, claim (first, id, 0), HW_RESULT_APPLIED);
  result = push_as (fixture, HW_ORIGIN_PUSH, second, claim (second, id, 0));
  g_assert_cmpint (result->status, ==, HW_RESULT_REFUSED);
  g_assert_cmpint (hw_verdict_field (result->verdict), ==, HW_FIELD_CASE_OWNER);
  g_assert_nonnull (strstr (hw_verdict_message (result->verdict), "colleague"));
  hw_result_free (result);
  record = hw_store_get_record (fixture->store, HW_TYPE_ID_CASE, id, NULL);
  g_assert_cmpstr (hw_record_get_text (record, HW_FIELD_CASE_OWNER), ==, first->user);
  g_assert_cmpuint (hw_store_relations (fixture->store, second, id, NULL), ==, 0);
}

static void
test_helpline_hands_over (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) helpline = fixture_actor (fixture, HW_ROLE_HELPLINE);
  g_autoptr (HwActor) actor = caseworker (fixture);
  HwFeedPosition position = { 0 };
  const char *id = fixture_create_by (fixture,
                                      HW_ROLE_HELPLINE,
                                      HW_TYPE_ID_CASE,
                                      NULL,
                                      HW_FIELD_CASE_PSEUDONYM,
                                      "Caller 23:10",
                                      HW_FIELD_CASE_STATUS,
                                      "active",
                                      HW_FIELD_CASE_OFFICE,
                                      fixture->office,
                                      HW_FIELD_NONE);
  g_autofree char *before = fixture_read (fixture, helpline, &position, 50);
  g_autofree char *after = NULL;

  g_assert_nonnull (strstr (before, "put:case"));
  expect (fixture, actor, claim (actor, id, 0), HW_RESULT_APPLIED);
  after = fixture_read (fixture, helpline, &position, 50);
  g_assert_cmpstr (after, ==, "purge");
}

/* ---- A number ---- */

static void
assert_case_of (Fixture *fixture, const char *phone, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = hw_store_case_of_phone (fixture->store, phone, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_number (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = caseworker (fixture);
  const char *first = known_woman (fixture, actor->user), *second;

  assert_case_of (fixture, "+965 5000 1234", first);
  assert_case_of (fixture, "0096550001234", first);
  assert_case_of (fixture, "+96550009999", NULL);
  assert_case_of (fixture, "50001234", NULL);
  assert_case_of (fixture, NULL, NULL);

  second = arrives (fixture, actor, actor->user, NULL);
  assert_case_of (fixture, "+96550001234", NULL);
  expect (fixture, actor, decide (fixture, first, second, "merged", second), HW_RESULT_APPLIED);
  assert_case_of (fixture, "+96550001234", second);
  fixture_update (
    fixture, HW_TYPE_ID_CASE, second, second, HW_FIELD_CASE_STATUS, "closed", HW_FIELD_NONE);
  assert_case_of (fixture, "+96550001234", NULL);
}

static void
add_merge (Fixture *fixture, const char *aside, const char *kept)
{
  fixture_create (fixture,
                  HW_TYPE_ID_CASE_LINK,
                  aside,
                  HW_FIELD_CASE_LINK_OTHER,
                  kept,
                  HW_FIELD_CASE_LINK_STATE,
                  "merged",
                  HW_FIELD_CASE_LINK_KEPT,
                  kept,
                  HW_FIELD_NONE);
}

/* A case that was merged into one that was merged in its turn: the call reaches the last. */
static void
test_number_after_merges (Fixture *fixture, gconstpointer data)
{
  const char *owner = fixture_user (fixture, HW_ROLE_CASEWORKER);
  const char *first = known_woman (fixture, owner);
  const char *second = fixture_case (fixture, owner);
  const char *third = fixture_case (fixture, owner);

  add_merge (fixture, first, second);
  assert_case_of (fixture, "+96550001234", second);
  add_merge (fixture, second, third);
  assert_case_of (fixture, "+96550001234", third);
  fixture_update (
    fixture, HW_TYPE_ID_CASE, second, second, HW_FIELD_CASE_STATUS, "closed", HW_FIELD_NONE);
  assert_case_of (fixture, "+96550001234", third);
  /* In a circle: one of them, and it ends. */
  add_merge (fixture, third, first);
  assert_case_of (fixture, "+96550001234", third);
}

static void
test_file_from_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) actor = caseworker (fixture);
  const char *first = known_woman (fixture, actor->user);
  HwDb *db = hw_store_lock_writer (fixture->store);
  g_autoptr (GError) error = NULL;

  hw_db_exec (db, "DELETE FROM likeness; DELETE FROM setting WHERE key = 'likeness-filed'", &error);
  g_assert_no_error (error);
  hw_store_unlock_writer (fixture->store);
  assert_case_of (fixture, "+96550001234", NULL);
  fixture_reopen (fixture);
  assert_case_of (fixture, "+96550001234", first);
}

static void
test_withdrawn_blind (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwActor) helpline = fixture_actor (fixture, HW_ROLE_HELPLINE);
  g_autoptr (GPtrArray) standing = NULL;
  g_autoptr (GPtrArray) after = NULL;
  const char *id = fixture_case (fixture, fixture_user (fixture, HW_ROLE_CASEWORKER));
  const char *consent = fixture_create (fixture,
                                        HW_TYPE_ID_CONSENT,
                                        id,
                                        HW_FIELD_CONSENT_PURPOSE,
                                        "embassy_contact",
                                        HW_FIELD_CONSENT_RECIPIENT,
                                        fixture->mission,
                                        HW_FIELD_CONSENT_GRANTED_AT,
                                        "2026-11-20T09:00:00Z",
                                        HW_FIELD_NONE);
  const char *request = fixture_create (fixture,
                                        HW_TYPE_ID_EMBASSY_REQUEST,
                                        id,
                                        HW_FIELD_EMBASSY_REQUEST_MISSION,
                                        fixture->mission,
                                        HW_FIELD_EMBASSY_REQUEST_STATUS,
                                        "sent",
                                        HW_FIELD_EMBASSY_REQUEST_SENT_ON,
                                        "2026-11-21",
                                        HW_FIELD_NONE);
  HwOperation *withdrawal = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_CONSENT, consent, id);
  g_autoptr (HwRecord) record = NULL;

  standing = hw_store_standing_consents (fixture->store, id, "embassy_contact", NULL);
  g_assert_cmpuint (standing->len, ==, 1);
  hw_operation_set_text (
    withdrawal, HW_FIELD_CONSENT_WITHDRAWN_AT, "2026-11-24T12:00:00Z", 0);
  hw_result_free (push_as (fixture, HW_ORIGIN_BLIND, helpline, withdrawal));
  after = hw_store_standing_consents (fixture->store, id, "embassy_contact", NULL);
  g_assert_cmpuint (after->len, ==, 0);
  record = hw_store_get_record (fixture->store, HW_TYPE_ID_EMBASSY_REQUEST, request, NULL);
  g_assert_cmpstr (hw_record_status (record), ==, "withdrawn");
}

/* A call whose organisation is this record. (transfer full) */
static HwResult *
add_blind (Fixture *fixture, const char *case_id, const char *organisation)
{
  g_autoptr (HwActor) helpline = fixture_actor (fixture, HW_ROLE_HELPLINE);
  g_autofree char *id = hw_uuid_v7 (FIXTURE_NOW);
  HwOperation *call = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_CONTACT_LOG, id, case_id);

  hw_operation_set_text (call, HW_FIELD_CONTACT_LOG_AT, "2026-11-24T12:00:00Z", 0);
  if (organisation != NULL)
    hw_operation_set_text (call, HW_FIELD_CONTACT_LOG_ORGANISATION, organisation, 0);
  return push_as (fixture, HW_ORIGIN_BLIND, helpline, call);
}

/* Who adds blind cannot tie a case to another one's records, nor find out by trying whether there are any. */
static void
test_blind_names_nothing_else (Fixture *fixture, gconstpointer data)
{
  const char *owner = fixture_user (fixture, HW_ROLE_CASEWORKER);
  const char *first = known_woman (fixture, owner);
  const char *other = fixture_case (fixture, owner);
  const char *theirs = fixture_create (
    fixture, HW_TYPE_ID_NOTE, other, HW_FIELD_NOTE_TEXT, "Elsewhere", HW_FIELD_NONE);
  const struct
  {
    const char *organisation;
    HwResultStatus status;
  } rows[] = { { NULL, HW_RESULT_APPLIED },
               { fixture->mission, HW_RESULT_APPLIED },
               { theirs, HW_RESULT_REFUSED },
               { other, HW_RESULT_REFUSED },
               { "018f0000-0000-7000-8000-00000000beef", HW_RESULT_REFUSED } };
  g_autoptr (HwCaseFile) file = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      HwResult *result = add_blind (fixture, first, rows[i].organisation);

      g_assert_cmpint (result->status, ==, rows[i].status);
      hw_result_free (result);
    }
  file = hw_store_load_case (fixture->store, first, NULL);
  g_assert_cmpuint (hw_case_file_of_type (file, HW_TYPE_ID_CONTACT_LOG)->len, ==, 2);
}

#define ADD(path, function) \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/people/the-same-person-is-proposed", test_proposed);
  ADD ("/people/others-are-not", test_others_not_proposed);
  ADD ("/people/a-dismissed-pair-stays-dismissed", test_dismissed_for_good);
  ADD ("/people/merged-and-undone", test_merge_and_undo);
  ADD ("/people/deciding-needs-both-cases", test_needs_both);
  ADD ("/people/found-by-desktop-and-server", test_found_by_both);
  ADD ("/people/a-link-names-a-pair", test_pair_must_be_one);
  ADD ("/people/asylum-follows-the-person", test_asylum_follows_the_person);
  ADD ("/people/asylum-follows-over-a-third-case", test_asylum_follows_over_a_third);
  ADD ("/people/an-answer-offered-elsewhere-counts", test_offered_answer_counts);
  ADD ("/people/all-in-one-push", test_all_in_one_push);
  ADD ("/people/two-claim-one-wins-the-other-is-told", test_two_claim);
  ADD ("/people/the-helpline-hands-over-and-loses-it", test_helpline_hands_over);
  ADD ("/people/a-number-leads-to-one-open-case-or-none", test_number);
  ADD ("/people/a-number-leads-past-merged-cases", test_number_after_merges);
  ADD ("/people/a-file-from-before-gets-its-index", test_file_from_before);
  ADD ("/people/a-consent-withdrawn-blind-has-its-consequences", test_withdrawn_blind);
  ADD ("/people/blind-additions-name-nothing-else", test_blind_names_nothing_else);
  return g_test_run ();
}
