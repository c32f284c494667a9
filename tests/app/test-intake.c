/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The promises of the intake: no letter is lost, one call makes one case, and what a request needs
 * is made with it. Over a real store, never connected.
 */
#include <adwaita.h>

#include "app/callforms/hw-new-record.h"
#include "app/callforms/hw-scratch.h"
#include "app/forms/hw-text-editor.h"
#include "app/hw-window-guard.h"
#include "app/intake/hw-intake-window.h"
#include "hw-sample-case.h"
#include "hw-test-desktop.h"


typedef struct
{
  char *directory;
  HwDesktop *desktop;
  gboolean done;
  GPtrArray *results;
} Fixture;

static void
wait_until_done (Fixture *fixture)
{
  while (!fixture->done)
    g_main_context_iteration (NULL, TRUE);
  fixture->done = FALSE;
}

/* The office reaches every desktop with the directory, before the first call can be saved. */
static void
add_office (Fixture *fixture)
{
  g_autoptr (HwChangeSet) set
    = hw_change_set_new (HW_ORIGIN_SYSTEM, hw_desktop_actor (fixture->desktop));
  g_autofree char *id = hw_uuid_v7 (HW_SAMPLE_NOW_US);
  HwOperation *operation
    = hw_operation_new (id, HW_ACTION_CREATE, HW_TYPE_ID_OFFICE, HW_SAMPLE_OFFICE_ID, NULL);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  operation->at = hw_instant_format (HW_SAMPLE_NOW_US);
  hw_operation_set_text (operation, HW_FIELD_OFFICE_NAME, "Bujumbura", 0);
  hw_operation_set_text (operation, HW_FIELD_OFFICE_ZONE, "Africa/Bujumbura", 0);
  hw_change_set_add (set, operation);
  results = hw_store_commit (hw_desktop_store (fixture->desktop), set, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desktop = hw_test_desktop_new (HW_ROLE_CASEWORKER, NULL, &fixture->directory);
  add_office (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->results, g_ptr_array_unref);
  hw_test_desktop_free (fixture->desktop, fixture->directory);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->results, g_ptr_array_unref);
  fixture->results = hw_desktop_commit_finish (HW_DESKTOP (source), result, &error);
  g_assert_no_error (error);
  fixture->done = TRUE;
}

static void
commit (Fixture *fixture, GPtrArray *operations)
{
  hw_desktop_commit_async (fixture->desktop, operations, TRUE, committed_cb, fixture);
  wait_until_done (fixture);
}

static void
set_text (HwRecord *record, HwFieldId field, const char *text)
{
  g_autoptr (HwValue) value = hw_value_new_text (text);

  hw_record_set (record, field, value);
}

static void
type_in (GtkWidget *window, HwFieldId field, const char *text)
{
  HwFieldRow *row = hw_scratch_find_row (window, field);

  g_assert_nonnull (row);
  hw_text_editor_type (HW_TEXT_EDITOR (hw_field_row_get_editor (row)), text);
}

static HwIntakeDraft *
only_draft (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pairs = NULL;

  hw_worker_drain (hw_store_worker (hw_desktop_store (fixture->desktop)));
  pairs = hw_store_drafts (hw_desktop_store (fixture->desktop), HW_INTAKE_DRAFT_PREFIX, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pairs->len, ==, 2);
  return hw_intake_draft_from_json (pairs->pdata[0], pairs->pdata[1]);
}

/* Nobody left a field, and a date is half written: closing keeps both. */
static void
test_closing_keeps_every_letter (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = hw_intake_window_new (fixture->desktop, NULL);
  g_autoptr (HwIntakeDraft) draft = NULL;

  type_in (window, HW_FIELD_PERSON_GIVEN_NAMES, "Aline");
  type_in (window, HW_FIELD_PERSON_FAMILY_NAME, "Niy");
  type_in (window, HW_FIELD_PERSON_BIRTH_DATE, "14/");
  gtk_window_destroy (GTK_WINDOW (window));
  draft = only_draft (fixture);
  g_assert_nonnull (draft);
  g_assert_cmpstr (
    hw_record_get_text (draft->records[HW_INTAKE_PERSON], HW_FIELD_PERSON_GIVEN_NAMES),
    ==,
    "Aline");
  g_assert_cmpstr (
    hw_record_get_text (draft->records[HW_INTAKE_PERSON], HW_FIELD_PERSON_FAMILY_NAME), ==, "Niy");
  g_assert_cmpstr (
    hw_record_get_text (draft->records[HW_INTAKE_CASE], HW_FIELD_CASE_PSEUDONYM), ==, "Aline N.");
  g_assert_cmpstr (g_hash_table_lookup (draft->typed, "person.birth_date"), ==, "14/");
  g_assert_cmpint (draft->opened_us, ==, HW_SAMPLE_NOW_US);
}

static void
test_locking_keeps_every_letter (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwWindowGuard) guard G_GNUC_UNUSED = hw_window_guard_new (fixture->desktop, NULL);
  g_autoptr (HwIntakeDraft) draft = NULL;

  type_in (hw_intake_window_new (fixture->desktop, NULL), HW_FIELD_SAFE_CONTACT_VALUE, "+965 5000");
  hw_desktop_lock (fixture->desktop);
  hw_test_desktop_unlock (fixture->desktop);
  draft = only_draft (fixture);
  g_assert_nonnull (draft);
  g_assert_cmpstr (
    hw_record_get_text (draft->records[HW_INTAKE_CONTACT], HW_FIELD_SAFE_CONTACT_VALUE),
    ==,
    "+965 5000");
}

/* Whoever still holds the window, as the pointer that rests on it does, holds up nothing. */
static void
test_locking_waits_for_nobody (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwWindowGuard) guard G_GNUC_UNUSED = hw_window_guard_new (fixture->desktop, NULL);
  GtkWidget *window = g_object_ref (hw_intake_window_new (fixture->desktop, NULL));
  g_autoptr (HwIntakeDraft) draft = NULL;

  gtk_window_present (GTK_WINDOW (window));
  type_in (window, HW_FIELD_SAFE_CONTACT_VALUE, "+965 5000");
  hw_desktop_lock (fixture->desktop);
  g_object_unref (window);
  hw_test_desktop_unlock (fixture->desktop);
  draft = only_draft (fixture);
  g_assert_cmpstr (
    hw_record_get_text (draft->records[HW_INTAKE_CONTACT], HW_FIELD_SAFE_CONTACT_VALUE),
    ==,
    "+965 5000");
}

/* Opened and closed without a letter: there is nothing to offer at the next unlock. */
static void
test_an_empty_call_leaves_nothing (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = hw_intake_window_new (fixture->desktop, NULL);
  g_autoptr (GPtrArray) pairs = NULL;

  gtk_window_destroy (GTK_WINDOW (window));
  hw_worker_drain (hw_store_worker (hw_desktop_store (fixture->desktop)));
  pairs = hw_store_drafts (hw_desktop_store (fixture->desktop), HW_INTAKE_DRAFT_PREFIX, NULL);
  g_assert_cmpuint (pairs->len, ==, 0);
}

static void
test_a_draft_reads_back_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwIntakeDraft) draft = hw_intake_draft_new (fixture->desktop);
  g_autoptr (HwIntakeDraft) again = NULL;
  g_autoptr (HwValue) yes = hw_value_new_boolean (TRUE);
  g_autoptr (HwValue) year = hw_value_new_pair ("2000-01-01", "year");
  g_autofree char *json = NULL;
  g_autofree char *json_again = NULL;

  hw_record_set (draft->records[HW_INTAKE_CALL], HW_FIELD_CONTACT_LOG_CRISIS, yes);
  hw_record_set (draft->records[HW_INTAKE_PERSON], HW_FIELD_PERSON_BIRTH_DATE, year);
  json = hw_intake_draft_to_json (draft, NULL);
  again = hw_intake_draft_from_json (draft->key, json);
  g_assert_nonnull (again);
  json_again = hw_intake_draft_to_json (again, NULL);
  g_assert_cmpstr (json, ==, json_again);
  g_assert_null (hw_intake_draft_from_json (draft->key, "{\"version\":1}"));
}

static void
test_one_call_makes_one_case (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwIntakeDraft) draft = hw_intake_draft_new (fixture->desktop);
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (HwCaseFile) file = NULL;
  g_autoptr (GError) error = NULL;
  HwVerdict *refusal;

  set_text (draft->records[HW_INTAKE_PERSON], HW_FIELD_PERSON_GIVEN_NAMES, "Aline");
  set_text (draft->records[HW_INTAKE_CONTACT], HW_FIELD_SAFE_CONTACT_VALUE, "+96550000001");
  operations = hw_intake_draft_operations (draft, fixture->desktop);
  g_assert_cmpuint (operations->len, ==, 4); /* no placement, no note: nothing was said of them */
  commit (fixture, operations);
  refusal = hw_desktop_first_refusal (fixture->results);
  g_assert_cmpstr (refusal != NULL ? hw_verdict_message (refusal) : NULL, ==, NULL);
  file = hw_store_load_case (
    hw_desktop_store (fixture->desktop), hw_record_id (draft->records[HW_INTAKE_CASE]), &error);
  g_assert_no_error (error);
  g_assert_nonnull (file);
  g_assert_true (hw_record_is (hw_case_file_case (file), HW_FIELD_CASE_OWNER, HW_SAMPLE_USER_ID));
  g_assert_true (
    hw_record_is (hw_case_file_case (file), HW_FIELD_CASE_STATUS, HW_CASE_STATUS_ACTIVE));
  g_assert_true (hw_record_is (hw_case_file_case (file), HW_FIELD_CASE_OPENED_ON, "2026-11-24"));
  g_assert_true (hw_record_is (hw_case_file_case (file), HW_FIELD_CASE_PSEUDONYM, "Aline"));
  g_assert_nonnull (hw_case_file_survivor (file));
  g_assert_cmpuint (hw_case_file_of_type (file, HW_TYPE_ID_CONTACT_LOG)->len, ==, 1);
}

static void
test_a_nameless_caller_has_a_name_to_say (void)
{
  g_autofree char *nameless = hw_intake_draft_pseudonym ("", NULL, HW_SAMPLE_NOW_US, "Africa/Bujumbura");
  g_autofree char *accented
    = hw_intake_draft_pseudonym ("Espérance Marie", "élise", HW_SAMPLE_NOW_US, "Africa/Bujumbura");

  g_assert_cmpstr (nameless, ==, "Caller 22:12");
  g_assert_cmpstr (accented, ==, "Espérance É.");
}

static void
test_a_document_request_makes_the_document (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwRecord) request
    = hw_scratch_new (fixture->desktop, HW_TYPE_ID_EMBASSY_REQUEST, HW_SAMPLE_OFFICE_ID);
  g_autoptr (GPtrArray) alone = hw_new_record_operations (fixture->desktop, request);
  g_autoptr (GPtrArray) both = NULL;
  HwOperation *document;

  g_assert_cmpuint (alone->len, ==, 1);
  set_text (request, HW_FIELD_EMBASSY_REQUEST_KIND, HW_EMBASSY_REQUEST_KIND_DOCUMENT);
  both = hw_new_record_operations (fixture->desktop, request);
  g_assert_cmpuint (both->len, ==, 2);
  document = both->pdata[1];
  g_assert_cmpint (document->type, ==, HW_TYPE_ID_TRAVEL_DOCUMENT);
  g_assert_cmpstr (
    hw_value_text (hw_operation_find (document, HW_FIELD_TRAVEL_DOCUMENT_REQUEST)->value),
    ==,
    hw_record_id (request));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/intake/closing-keeps-every-letter", test_closing_keeps_every_letter);
  ADD ("/intake/locking-keeps-every-letter", test_locking_keeps_every_letter);
  ADD ("/intake/locking-waits-for-nobody-who-holds-the-window", test_locking_waits_for_nobody);
  ADD ("/intake/an-empty-call-leaves-nothing", test_an_empty_call_leaves_nothing);
  ADD ("/intake/a-draft-reads-back-whole", test_a_draft_reads_back_whole);
  ADD ("/intake/one-call-makes-one-case", test_one_call_makes_one_case);
  ADD ("/callforms/a-document-request-makes-the-document",
       test_a_document_request_makes_the_document);
  g_test_add_func ("/intake/a-nameless-caller-has-a-name-to-say",
                   test_a_nameless_caller_has_a_name_to_say);
  return g_test_run ();
}
