/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What somebody writes in a dialog outlives a lock, inside the vault, and goes when it was added or left.
 */
#include <gtk/gtk.h>

#include "app/callforms/hw-record-dialog.h"
#include "app/callforms/hw-record-offer.h"
#include "app/forms/hw-text-editor.h"
#include "app/hw-window-guard.h"
#include "app/requests/hw-document-dialog.h"
#include "hw-sample-case.h"
#include "hw-test-desktop.h"

typedef struct
{
  HwDesktop  *desktop;
  char       *directory;
  HwCaseFile *file;
  HwWindowGuard *guard;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desktop = hw_test_desktop_new (HW_ROLE_CASEWORKER, NULL, &fixture->directory);
  fixture->guard = hw_window_guard_new (fixture->desktop, NULL);
  hw_sample_case_fill (fixture->desktop);
  fixture->file = hw_store_load_case (hw_desktop_store (fixture->desktop), HW_SAMPLE_CASE_ID, NULL);
  g_assert_nonnull (fixture->file);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->guard);
  g_clear_object (&fixture->file);
  hw_test_desktop_free (fixture->desktop, fixture->directory);
}

static GtkWidget *
open_dialog (Fixture *fixture)
{
  GtkWidget *dialog = hw_record_dialog_new (fixture->desktop, fixture->file, HW_TYPE_ID_SAFE_CONTACT, NULL);

  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

static HwFieldRow *
row_of (GtkWidget *dialog, HwFieldId field)
{
  HwFieldRow *row = hw_scratch_find_row (dialog, field);

  g_assert_nonnull (row);
  return row;
}

static void
type (GtkWidget *dialog, HwFieldId field, const char *text)
{
  hw_text_editor_type (HW_TEXT_EDITOR (hw_field_row_get_editor (row_of (dialog, field))), text);
}

static const char *
typed (GtkWidget *dialog, HwFieldId field)
{
  HwTextEditor *editor = HW_TEXT_EDITOR (hw_field_row_get_editor (row_of (dialog, field)));

  return gtk_editable_get_text (GTK_EDITABLE (hw_text_editor_get_text (editor)));
}

/* key, json, key, json … */
static GPtrArray *
drafts (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *pairs = hw_store_drafts (hw_desktop_store (fixture->desktop), HW_RECORD_DRAFT_PREFIX, &error);

  g_assert_no_error (error);
  return pairs;
}

static void
lock_and_unlock (Fixture *fixture)
{
  hw_desktop_lock (fixture->desktop);
  hw_test_desktop_unlock (fixture->desktop);
}

static void
test_lock_keeps (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = open_dialog (fixture);
  g_autofree char *id = g_strdup (hw_record_id (hw_record_dialog_get_record (HW_RECORD_DIALOG (dialog))));
  g_autoptr (GPtrArray) pairs = NULL;
  g_autoptr (HwRecordDraft) draft = NULL;

  type (dialog, HW_FIELD_SAFE_CONTACT_VALUE, "+96550000001");
  lock_and_unlock (fixture);

  pairs = drafts (fixture);
  g_assert_cmpuint (pairs->len, ==, 2);
  draft = hw_record_draft_from_json (pairs->pdata[0], pairs->pdata[1]);
  g_assert_nonnull (draft);
  g_assert_cmpstr (hw_record_id (draft->record), ==, id);
  g_assert_cmpstr (hw_record_case (draft->record), ==, hw_case_file_id (fixture->file));

  dialog = hw_record_dialog_continue (fixture->desktop, fixture->file, draft, NULL);
  g_assert_cmpstr (hw_record_id (hw_record_dialog_get_record (HW_RECORD_DIALOG (dialog))), ==, id);
  g_assert_cmpstr (typed (dialog, HW_FIELD_SAFE_CONTACT_VALUE), ==, "+96550000001");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_untouched_leaves_none (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) pairs = NULL;

  open_dialog (fixture);
  lock_and_unlock (fixture);
  pairs = drafts (fixture);
  g_assert_cmpuint (pairs->len, ==, 0);
}

static void
test_left_leaves_none (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = open_dialog (fixture);
  g_autoptr (GPtrArray) pairs = NULL;

  type (dialog, HW_FIELD_SAFE_CONTACT_VALUE, "+96550000001");
  gtk_window_destroy (GTK_WINDOW (dialog));
  lock_and_unlock (fixture);
  pairs = drafts (fixture);
  g_assert_cmpuint (pairs->len, ==, 0);
}

/* ---- A document that is about to be issued ---- */

static void
set_up_mission (Fixture *fixture, gconstpointer data)
{
  fixture->desktop = hw_test_desktop_new (HW_ROLE_EMBASSY_LIAISON, HW_SAMPLE_MISSION_ID, &fixture->directory);
  fixture->guard = hw_window_guard_new (fixture->desktop, NULL);
}

static void
add_request (HwChangeSet *set)
{
  g_autofree char *operation_id = hw_uuid_v7 (HW_SAMPLE_NOW_US);
  HwOperation *operation
    = hw_operation_new (operation_id, HW_ACTION_CREATE, HW_TYPE_ID_EMBASSY_REQUEST, HW_SAMPLE_REQUEST_ID, NULL);

  operation->at = hw_instant_format (HW_SAMPLE_NOW_US);
  hw_operation_set_text (operation, HW_FIELD_EMBASSY_REQUEST_MISSION, HW_SAMPLE_MISSION_ID, 0);
  hw_operation_set_text (operation, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent", 0);
  hw_change_set_add (set, operation);
}

static void
make_document (Fixture *fixture, HwAction action, const char *status)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_SYSTEM, hw_desktop_actor (fixture->desktop));
  g_autofree char *operation_id = hw_uuid_v7 (HW_SAMPLE_NOW_US);
  HwOperation *operation
    = hw_operation_new (operation_id, action, HW_TYPE_ID_TRAVEL_DOCUMENT, HW_SAMPLE_DOCUMENT_ID, NULL);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  if (action == HW_ACTION_CREATE)
    add_request (set);
  operation->at = hw_instant_format (HW_SAMPLE_NOW_US);
  hw_operation_set_text (operation, HW_FIELD_TRAVEL_DOCUMENT_KIND, "laissez_passer", 0);
  hw_operation_set_text (operation, HW_FIELD_TRAVEL_DOCUMENT_REQUEST, HW_SAMPLE_REQUEST_ID, 0);
  hw_operation_set_text (operation, HW_FIELD_TRAVEL_DOCUMENT_STATUS, status, 0);
  hw_change_set_add (set, operation);
  results = hw_store_commit (hw_desktop_store (fixture->desktop), set, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < results->len; i++)
    {
      HwVerdict *verdict = ((HwResult *)g_ptr_array_index (results, i))->verdict;

      if (verdict != NULL)
        g_test_message ("%s", hw_verdict_message (verdict));
      g_assert_cmpint (((HwResult *)g_ptr_array_index (results, i))->status, ==, HW_RESULT_APPLIED);
    }
}

static GtkWidget *
open_issue (Fixture *fixture)
{
  g_autoptr (HwRecord) document = hw_store_get_record (
    hw_desktop_store (fixture->desktop), HW_TYPE_ID_TRAVEL_DOCUMENT, HW_SAMPLE_DOCUMENT_ID, NULL);
  GtkWidget *dialog;

  g_assert_nonnull (document);
  dialog = hw_document_dialog_new (fixture->desktop, document, NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

static guint
n_issues (Fixture *fixture)
{
  g_autoptr (GPtrArray) pairs
    = hw_store_drafts (hw_desktop_store (fixture->desktop), HW_ISSUE_DRAFT_PREFIX, NULL);

  return pairs->len / 2;
}

static guint
n_windows (void)
{
  return g_list_model_get_n_items (gtk_window_get_toplevels ());
}

static void
take_window_away (void)
{
  g_autoptr (GtkWindow) window = g_list_model_get_item (gtk_window_get_toplevels (), 0);

  gtk_window_destroy (window);
}

static void
test_issue_outlives_lock (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog;

  make_document (fixture, HW_ACTION_CREATE, "in_production");
  dialog = open_issue (fixture);
  type (dialog, HW_FIELD_TRAVEL_DOCUMENT_NUMBER, "LP 0045");
  type (dialog, HW_FIELD_TRAVEL_DOCUMENT_ISSUER, "Embassy");
  lock_and_unlock (fixture);
  g_assert_cmpuint (n_issues (fixture), ==, 1);

  /* Offered, like any other that was being written. */
  hw_record_offer_drafts (fixture->desktop, NULL);
  g_assert_cmpuint (n_windows (), ==, 1);
  take_window_away ();
  dialog = open_issue (fixture);
  g_assert_cmpstr (typed (dialog, HW_FIELD_TRAVEL_DOCUMENT_NUMBER), ==, "LP 0045");
  g_assert_cmpstr (typed (dialog, HW_FIELD_TRAVEL_DOCUMENT_ISSUER), ==, "Embassy");
  /* Left on purpose: gone. */
  gtk_window_destroy (GTK_WINDOW (dialog));
  lock_and_unlock (fixture);
  g_assert_cmpuint (n_issues (fixture), ==, 0);
}

/* Issued meanwhile, by a colleague at the same mission: nothing is offered. */
static void
test_issue_that_is_over (Fixture *fixture, gconstpointer data)
{
  make_document (fixture, HW_ACTION_CREATE, "in_production");
  type (open_issue (fixture), HW_FIELD_TRAVEL_DOCUMENT_NUMBER, "LP 0045");
  lock_and_unlock (fixture);
  make_document (fixture, HW_ACTION_UPDATE, "issued");
  hw_record_offer_drafts (fixture->desktop, NULL);
  g_assert_cmpuint (n_windows (), ==, 0);
  lock_and_unlock (fixture);
  g_assert_cmpuint (n_issues (fixture), ==, 0);
}

static void
test_damaged (void)
{
  g_assert_null (hw_record_draft_from_json ("record:x", "not json"));
  g_assert_null (hw_record_draft_from_json ("record:x", "[]"));
  g_assert_null (hw_record_draft_from_json ("record:x", "{\"type\":\"nothing\",\"id\":\"x\"}"));
  g_assert_null (hw_record_draft_from_json ("record:x", "{\"type\":\"safe_contact\"}"));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/drafts/record/a-lock-keeps-what-is-typed", test_lock_keeps);
  ADD ("/drafts/record/untouched-leaves-none", test_untouched_leaves_none);
  ADD ("/drafts/record/left-on-purpose-leaves-none", test_left_leaves_none);
  g_test_add ("/drafts/issue/a-lock-keeps-what-is-typed", Fixture, NULL, set_up_mission, test_issue_outlives_lock, tear_down);
  g_test_add ("/drafts/issue/over-is-not-offered", Fixture, NULL, set_up_mission, test_issue_that_is_over, tear_down);
  g_test_add_func ("/drafts/record/damaged-is-none", test_damaged);
  return g_test_run ();
}
