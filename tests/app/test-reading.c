/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sections arranged for reading: whoever had a part in it stands apart, a reunion says what its gate wants, an unsafe
 * visit comes first, a task is ticked by a key, the audit tells codes and never names.
 */
#include <adwaita.h>

#include "app/audit/hw-audit-words.h"
#include "app/callforms/hw-move-bar.h"
#include "app/callforms/hw-told-dialog.h"
#include "app/cases/hw-family-section.h"
#include "app/cases/hw-home-rows.h"
#include "app/cases/hw-support-section.h"
#include "app/forms/hw-record-words.h"
#include "app/hw-desktop-references.h"
#include "app/tasks/hw-task-rows.h"
#include "app/tasks/hw-task-section.h"
#include "app/tasks/hw-tasks-place.h"
#include "app/widgets/hw-style.h"
#include "app/widgets/hw-text.h"
#include "hw-sample-case.h"
#include "hw-test-desktop.h"

#define AUNT HW_SAMPLE_ID ("21")
#define UNCLE HW_SAMPLE_ID ("22")
#define SEARCH HW_SAMPLE_ID ("23")
#define REUNION HW_SAMPLE_ID ("24")
#define VISIT HW_SAMPLE_ID ("25")
#define TASK HW_SAMPLE_ID ("26")
#define TODAY "2026-11-24"

typedef struct
{
  char *directory;
  HwDesktop *desktop;
  HwCaseFile *file; /* (owned) */
} Fixture;

static HwRecord *
add (HwCaseFile *file, HwTypeId type, const char *id, HwFieldId first, ...)
{
  g_autoptr (HwRecord) record = hw_record_new (type, id);
  HwFieldId field = first;
  va_list fields;

  hw_record_set_case (record, HW_SAMPLE_CASE_ID);
  hw_record_set_rev (record, 1);
  va_start (fields, first);
  while (field != HW_FIELD_NONE)
    {
      g_autoptr (HwValue) value = hw_value_new_text (va_arg (fields, const char *));

      hw_record_set (record, field, value);
      field = va_arg (fields, HwFieldId);
    }
  va_end (fields);
  hw_case_file_add (file, record);
  return hw_case_file_lookup (file, id);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desktop = hw_test_desktop_new (HW_ROLE_CASEWORKER, NULL, &fixture->directory);
  hw_sample_case_fill (fixture->desktop);
  /* What is told here is told by names. */
  hw_desktop_set_masks_names (fixture->desktop, FALSE);
  fixture->file = hw_case_file_new (HW_SAMPLE_CASE_ID, NULL);
  add (fixture->file, HW_TYPE_ID_FAMILY_MEMBER, AUNT, HW_FIELD_FAMILY_MEMBER_GIVEN_NAMES, "Béatrice & co",
       HW_FIELD_FAMILY_MEMBER_IMPLICATED, "no", HW_FIELD_FAMILY_MEMBER_SURVIVOR_WANTS_CONTACT, "yes",
       HW_FIELD_NONE);
  add (fixture->file, HW_TYPE_ID_FAMILY_MEMBER, UNCLE, HW_FIELD_FAMILY_MEMBER_GIVEN_NAMES, "Gaspard",
       HW_FIELD_FAMILY_MEMBER_IMPLICATED, "yes", HW_FIELD_NONE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->file);
  hw_test_desktop_free (fixture->desktop, fixture->directory);
}

typedef gboolean (*Wanted) (GtkWidget *widget, const char *text);

static GtkWidget *
find (GtkWidget *root, Wanted wanted, const char *text)
{
  if (wanted (root, text))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, wanted, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_group (GtkWidget *widget, const char *title)
{
  return ADW_IS_PREFERENCES_GROUP (widget)
         && g_strcmp0 (adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (widget)), title) == 0;
}

static gboolean
is_row (GtkWidget *widget, const char *title)
{
  return ADW_IS_PREFERENCES_ROW (widget)
         && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static gboolean
is_pill (GtkWidget *widget, const char *text)
{
  return HW_IS_PILL (widget) && g_strcmp0 (hw_pill_get_text (HW_PILL (widget)), text) == 0;
}

static gboolean
is_labelled (GtkWidget *widget, const char *text)
{
  return GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text) == 0;
}

static void
test_kept_away (Fixture *fixture, gconstpointer data)
{
  GtkWidget *section = g_object_ref_sink (hw_family_section_new (fixture->desktop));
  GtkWidget *away, *members;

  hw_family_section_show (HW_FAMILY_SECTION (section), fixture->file, HW_RELATION_OWNER);
  away = find (section, is_group, "Never Contact");
  members = find (section, is_group, "Family Members");
  g_assert_nonnull (away);
  g_assert_nonnull (find (away, is_row, "Gaspard"));
  g_assert_null (find (away, is_row, "Béatrice & co"));
  g_assert_nonnull (find (members, is_row, "Béatrice & co"));
  g_assert_null (find (members, is_row, "Gaspard"));
  g_object_unref (section);
}

/* Nobody doubts that she is of age: otherwise a reunion wants more. */
static void
add_adult (HwCaseFile *file)
{
  HwRecord *person = add (file, HW_TYPE_ID_PERSON, HW_SAMPLE_ID ("20"), HW_FIELD_PERSON_ROLE, "survivor", HW_FIELD_NONE);
  g_autoptr (HwValue) birth = hw_value_new_pair ("1998-05-02", "day");

  hw_record_set (person, HW_FIELD_PERSON_BIRTH_DATE, birth);
  add (file, HW_TYPE_ID_SCREENING, HW_SAMPLE_ID ("2f"), HW_FIELD_SCREENING_IS_MINOR, "no", HW_FIELD_NONE);
}

static void
test_reunion (Fixture *fixture, gconstpointer data)
{
  GtkWidget *section = g_object_ref_sink (hw_family_section_new (fixture->desktop));
  g_autoptr (HwValue) verified = hw_value_new_boolean (TRUE);

  add_adult (fixture->file);
  add (fixture->file, HW_TYPE_ID_REUNIFICATION, REUNION, HW_FIELD_REUNIFICATION_MEMBER, AUNT,
       HW_FIELD_REUNIFICATION_SURVIVOR_CHOICE, AUNT, HW_FIELD_REUNIFICATION_ASSESSMENT, "suitable",
       HW_FIELD_REUNIFICATION_STATUS, "assessed", HW_FIELD_NONE);
  hw_family_section_show (HW_FAMILY_SECTION (section), fixture->file, HW_RELATION_OWNER);
  g_assert_nonnull (find (section, is_labelled, "That they are family has not been verified"));
  g_assert_null (find (section, is_row, "It can be approved"));

  hw_record_set (hw_case_file_lookup (fixture->file, AUNT), HW_FIELD_FAMILY_MEMBER_KINSHIP_VERIFIED, verified);
  hw_family_section_show (HW_FAMILY_SECTION (section), fixture->file, HW_RELATION_OWNER);
  g_assert_null (find (section, is_labelled, "That they are family has not been verified"));
  g_assert_nonnull (find (section, is_row, "It can be approved"));
  g_object_unref (section);
}

static GtkWidget *
show_support (Fixture *fixture)
{
  GtkWidget *section = g_object_ref_sink (hw_support_section_new (fixture->desktop));

  hw_support_section_show (HW_SUPPORT_SECTION (section), fixture->file, HW_RELATION_OWNER);
  return section;
}

/* What a visit is called follows from its day, not from the word it was stored with. */
static void
test_visits (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *due, *status, *pill;
  } rows[] = {
    { "2027-11-24", "due", "Planned" },
    { "2026-11-24", "due", "Due now" },
    { "2026-10-01", "due", "Late" },
    { "2026-10-01", "unsafe_to_contact", "Unsafe to contact" },
    { "2026-10-01", "done", "Done" },
  };
  HwRecord *visit = add (fixture->file, HW_TYPE_ID_FOLLOW_UP, VISIT, HW_FIELD_NONE);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HwValue) due = hw_value_new_text (rows[i].due);
      g_autoptr (HwValue) status = hw_value_new_text (rows[i].status);
      GtkWidget *section;

      hw_record_set (visit, HW_FIELD_FOLLOW_UP_DUE_ON, due);
      hw_record_set (visit, HW_FIELD_FOLLOW_UP_STATUS, status);
      section = show_support (fixture);
      g_assert_nonnull (find (section, is_pill, rows[i].pill));
      g_object_unref (section);
    }
}

static const char *
title_of (GPtrArray *rows, guint i)
{
  return adw_preferences_row_get_title (g_ptr_array_index (rows, i));
}

static void
sink_rows (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    g_object_ref_sink (g_ptr_array_index (rows, i));
  g_ptr_array_set_free_func (rows, g_object_unref);
}

static void
test_at_home (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) nothing = hw_home_rows_new (fixture->desktop, fixture->file);
  g_autoptr (GPtrArray) rows = NULL;

  sink_rows (nothing);
  g_assert_cmpuint (nothing->len, ==, 1);
  g_assert_cmpstr (title_of (nothing, 0), ==, "Nothing is open");
  add (fixture->file, HW_TYPE_ID_FOLLOW_UP, VISIT, HW_FIELD_FOLLOW_UP_DUE_ON, "2027-02-24",
       HW_FIELD_FOLLOW_UP_STATUS, "due", HW_FIELD_NONE);
  add (fixture->file, HW_TYPE_ID_TRACING_REQUEST, SEARCH, HW_FIELD_TRACING_REQUEST_STATUS, "closed",
       HW_FIELD_NONE);
  add (fixture->file, HW_TYPE_ID_REUNIFICATION, REUNION, HW_FIELD_REUNIFICATION_MEMBER, AUNT,
       HW_FIELD_REUNIFICATION_STATUS, "planned", HW_FIELD_NONE);
  rows = hw_home_rows_new (fixture->desktop, fixture->file);
  sink_rows (rows);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (title_of (rows, 0), ==, "The next visit");
  g_assert_cmpstr (title_of (rows, 1), ==, "Reunion");
}

/* ---- Tasks ---- */

static void
test_task_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new ();

  g_ptr_array_add (tasks, add (fixture->file, HW_TYPE_ID_TASK, HW_SAMPLE_ID ("31"), HW_FIELD_TASK_TITLE, "done",
                               HW_FIELD_TASK_DONE_AT, "2026-11-20T08:00:00Z", HW_FIELD_NONE));
  g_ptr_array_add (tasks, add (fixture->file, HW_TYPE_ID_TASK, HW_SAMPLE_ID ("32"), HW_FIELD_TASK_TITLE, "some day",
                               HW_FIELD_NONE));
  g_ptr_array_add (tasks, add (fixture->file, HW_TYPE_ID_TASK, HW_SAMPLE_ID ("33"), HW_FIELD_TASK_TITLE, "soon",
                               HW_FIELD_TASK_DUE_ON, "2026-11-25", HW_FIELD_NONE));
  g_ptr_array_add (tasks, add (fixture->file, HW_TYPE_ID_TASK, HW_SAMPLE_ID ("34"), HW_FIELD_TASK_TITLE, "late",
                               HW_FIELD_TASK_DUE_ON, "2026-11-23", HW_FIELD_NONE));
  g_assert_true (hw_task_is_late (g_ptr_array_index (tasks, 3), TODAY));
  g_assert_false (hw_task_is_late (g_ptr_array_index (tasks, 2), TODAY));
  g_assert_false (hw_task_is_late (g_ptr_array_index (tasks, 1), TODAY));
  g_ptr_array_sort (tasks, hw_task_compare);
  for (guint i = 0; i < tasks->len; i++)
    {
      static const char *const order[] = { "late", "soon", "some day", "done" };

      g_assert_cmpstr (hw_record_get_text (g_ptr_array_index (tasks, i), HW_FIELD_TASK_TITLE), ==, order[i]);
    }
}

static void
store_task (Fixture *fixture)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);
  HwOperation *operation = hw_desktop_new_create (fixture->desktop, HW_TYPE_ID_TASK, HW_SAMPLE_CASE_ID);

  hw_operation_set_text (operation, HW_FIELD_TASK_TITLE, "Call the shelter", 0);
  hw_operation_set_text (operation, HW_FIELD_TASK_DUE_ON, TODAY, 0);
  g_ptr_array_add (operations, operation);
  hw_desktop_commit_async (fixture->desktop, operations, FALSE, NULL, NULL);
}

static void
view (GtkWidget *place, const char *label)
{
  GtkWidget *word = find (place, is_labelled, label);

  g_assert_nonnull (word);
  gtk_toggle_button_set_active (
    GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (word, GTK_TYPE_TOGGLE_BUTTON)), TRUE);
}

static GtkWidget *
wait_for_row (GtkWidget *place, const char *title, gboolean there)
{
  while ((find (place, is_row, title) != NULL) != there)
    g_main_context_iteration (NULL, TRUE);
  return find (place, is_row, title);
}

/* Of a case that is mine and given to nobody: mine. Done, it leaves the list and can be opened again. */
static void
test_tasks_place (Fixture *fixture, gconstpointer data)
{
  GtkWidget *place = g_object_new (HW_TYPE_TASKS_PLACE, NULL);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *row;

  gtk_window_set_child (GTK_WINDOW (window), place);
  hw_place_attach (HW_PLACE (place), fixture->desktop);
  gtk_window_present (GTK_WINDOW (window));
  store_task (fixture);
  row = wait_for_row (place, "Call the shelter", TRUE);
  g_assert_cmpuint (hw_place_badge (HW_PLACE (place)), ==, 1);
  hw_task_toggle (fixture->desktop, hw_task_row_task (row));
  wait_for_row (place, "Call the shelter", FALSE);
  g_assert_cmpuint (hw_place_badge (HW_PLACE (place)), ==, 0);
  view (place, "Done");
  row = wait_for_row (place, "Call the shelter", TRUE);
  g_assert_true (hw_task_is_done (hw_task_row_task (row)));
  hw_task_toggle (fixture->desktop, hw_task_row_task (row));
  wait_for_row (place, "Call the shelter", FALSE);
  view (place, "The Office’s");
  row = wait_for_row (place, "Call the shelter", TRUE);
  g_assert_false (hw_task_is_done (hw_task_row_task (row)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_check (GtkWidget *widget, const char *text)
{
  return GTK_IS_CHECK_BUTTON (widget);
}

static gboolean
can_tick (GtkWidget *root, const char *title)
{
  GtkWidget *row = find (root, is_row, title);

  g_assert_nonnull (row);
  return gtk_widget_get_sensitive (find (row, is_check, NULL));
}

/* Whoever took the step sees that it is to be reviewed, and whose step it was, and leaves it to another. */
static void
test_own_step_is_reviewed_by_another (Fixture *fixture, gconstpointer data)
{
  GtkWidget *section = g_object_ref_sink (hw_task_section_new (fixture->desktop));

  add (fixture->file, HW_TYPE_ID_TASK, HW_SAMPLE_ID ("35"), HW_FIELD_TASK_TITLE, "Review mine",
       HW_FIELD_TASK_REVIEW_OF, HW_SAMPLE_USER_ID, HW_FIELD_NONE);
  add (fixture->file, HW_TYPE_ID_TASK, HW_SAMPLE_ID ("36"), HW_FIELD_TASK_TITLE, "Review another’s",
       HW_FIELD_TASK_REVIEW_OF, HW_SAMPLE_ID ("0b"), HW_FIELD_NONE);
  hw_task_section_show (HW_TASK_SECTION (section), fixture->file, HW_RELATION_OWNER);
  g_assert_false (can_tick (section, "Review mine"));
  g_assert_true (can_tick (section, "Review another’s"));
  g_object_unref (section);
}

/* ---- Referrals ---- */

/* What a focal point keeps of one that has ended: that it was theirs and how it ended, and nothing to add to. */
static void
test_ended_referral (Fixture *fixture, gconstpointer data)
{
  GtkWidget *section = g_object_ref_sink (hw_support_section_new (fixture->desktop));
  HwRecord *referral = add (fixture->file, HW_TYPE_ID_REFERRAL, HW_SAMPLE_ID ("37"), HW_FIELD_REFERRAL_STATUS,
                            "rejected", HW_FIELD_NONE);
  GtkWidget *group;

  hw_record_set_stamps (referral, "2026-11-20T08:00:00Z", HW_SAMPLE_USER_ID, NULL, NULL);
  hw_support_section_show (HW_SUPPORT_SECTION (section), fixture->file, HW_RELATION_ANY);
  group = find (section, is_group, "Referrals");
  g_assert_nonnull (find (group, is_row, "Your referral"));
  g_assert_nonnull (find (group, is_pill, "Rejected"));
  g_assert_null (adw_preferences_group_get_header_suffix (ADW_PREFERENCES_GROUP (group)));
  g_object_unref (section);
}

/* ---- Audit ---- */

static void
test_audit_words (Fixture *fixture, gconstpointer data)
{
  HwAuditLine read = { .n = 1, .at = (char *)"2026-11-24T08:00:00Z", .user = (char *)HW_SAMPLE_USER_ID,
                       .action = (char *)"read", .case_id = (char *)HW_SAMPLE_CASE_ID };
  HwAuditLine refused = { .n = 2, .at = (char *)"2026-11-24T08:00:00Z", .user = (char *)HW_SAMPLE_USER_ID,
                          .action = (char *)"refuse", .case_id = (char *)HW_SAMPLE_ID ("77"),
                          .detail = (char *)"0193a000-0000-7000-8000-000000000099 ticket" };
  g_autoptr (HwRecord) held
    = hw_store_get_record (hw_desktop_store (fixture->desktop), HW_TYPE_ID_CASE, HW_SAMPLE_CASE_ID, NULL);
  const char *pseudonym = hw_record_get_text (held, HW_FIELD_CASE_PSEUDONYM);
  g_autofree char *first = hw_audit_words_title (fixture->desktop, &read);
  g_autofree char *second = hw_audit_words_title (fixture->desktop, &refused);
  g_autofree char *why = hw_audit_words_subtitle (fixture->desktop, &refused);
  HwMeaning meaning;

  g_assert_nonnull (strstr (first, hw_record_get_text (held, HW_FIELD_CASE_CODE)));
  g_assert_nonnull (pseudonym);
  g_assert_null (strstr (first, pseudonym));
  g_assert_true (g_str_has_suffix (second, "tried to change case …00000077"));
  g_assert_nonnull (strstr (why, "Ticket gate"));
  g_assert_null (strstr (why, "0193a000"));
  g_assert_null (hw_audit_words_pill (&read, &meaning));
  g_assert_cmpstr (hw_audit_words_pill (&refused, &meaning), ==, "Refused");
}

/* ---- Moves ---- */

static GtkWidget *
show_bar (HwRecord *request, HwRole role)
{
  GtkWidget *bar = g_object_ref_sink (hw_move_bar_new ());

  hw_move_bar_show (HW_MOVE_BAR (bar), request, role, TRUE, NULL);
  return bar;
}

static gboolean
is_suggested (GtkWidget *widget, const char *label)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0
         && gtk_widget_has_css_class (widget, "suggested-action");
}

/* A question back is never what a mission is led to; a refused step is not suggested until something changed. */
static void
test_move_bar (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwRecord) request = hw_record_new (HW_TYPE_ID_EMBASSY_REQUEST, HW_SAMPLE_REQUEST_ID);
  g_autoptr (HwValue) draft = hw_value_new_text ("draft");
  g_autoptr (HwValue) acknowledged = hw_value_new_text ("acknowledged");
  g_autoptr (GPtrArray) told = NULL, own = NULL;
  GtkWidget *bar;

  hw_record_set (request, HW_FIELD_EMBASSY_REQUEST_STATUS, acknowledged);
  bar = show_bar (request, HW_ROLE_EMBASSY_LIAISON);
  g_assert_nonnull (find (bar, is_suggested, "Appointment set"));
  g_object_unref (bar);
  told = hw_workflow_told (request, HW_ROLE_CASEWORKER);
  own = hw_workflow_told (request, HW_ROLE_EMBASSY_LIAISON);
  g_assert_cmpuint (told->len, >, 0);
  g_assert_cmpuint (own->len, ==, 0);

  hw_record_set (request, HW_FIELD_EMBASSY_REQUEST_STATUS, draft);
  bar = show_bar (request, HW_ROLE_CASEWORKER);
  g_assert_nonnull (find (bar, is_suggested, "Ready to send"));
  hw_move_bar_set_refused (HW_MOVE_BAR (bar), "draft");
  g_assert_null (find (bar, is_suggested, "Ready to send"));
  hw_move_bar_set_refused (HW_MOVE_BAR (bar), NULL);
  g_assert_nonnull (find (bar, is_suggested, "Ready to send"));
  g_object_unref (bar);
}

static gboolean
is_entry (GtkWidget *widget, const char *title)
{
  return ADW_IS_ENTRY_ROW (widget) && is_row (widget, title);
}

static gboolean
is_button (GtkWidget *widget, const char *label)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static HwRecord *
stored_request (Fixture *fixture)
{
  return hw_store_get_record (
    hw_desktop_store (fixture->desktop), HW_TYPE_ID_EMBASSY_REQUEST, HW_SAMPLE_REQUEST_ID, NULL);
}

/* As the office has it by now. */
static void
make_sent (Fixture *fixture)
{
  g_autoptr (HwRecord) request = stored_request (fixture);
  g_autoptr (HwChangeSet) set
    = hw_change_set_new (HW_ORIGIN_SYSTEM, hw_desktop_actor (fixture->desktop));
  g_autofree char *id = hw_uuid_v7 (HW_SAMPLE_NOW_US);
  HwOperation *operation = hw_operation_new (
    id, HW_ACTION_UPDATE, HW_TYPE_ID_EMBASSY_REQUEST, HW_SAMPLE_REQUEST_ID, HW_SAMPLE_CASE_ID);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  operation->at = hw_instant_format (HW_SAMPLE_NOW_US);
  hw_operation_set_text (operation, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent",
                         hw_record_field_rev (request, HW_FIELD_EMBASSY_REQUEST_STATUS));
  hw_change_set_add (set, operation);
  results = hw_store_commit (hw_desktop_store (fixture->desktop), set, &error);
  g_assert_no_error (error);
}

/* Without who said it nothing is written; with it, the answer and the call are, together. */
static void
test_told (Fixture *fixture, gconstpointer data)
{
  HwStore *store = hw_desktop_store (fixture->desktop);
  g_autoptr (HwRecord) request = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (HwRecord) moved = NULL;
  GtkWidget *dialog, *who, *write;
  const char *summary;

  make_sent (fixture);
  request = stored_request (fixture);
  g_assert_cmpstr (hw_record_status (request), ==, "sent");
  dialog = hw_told_dialog_new (fixture->desktop, request, HW_EMBASSY_REQUEST_STATUS_ACKNOWLEDGED, NULL);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *)&dialog);
  who = find (dialog, is_entry, "Who spoke for the mission");
  write = find (dialog, is_button, "_Write Down");
  g_signal_emit_by_name (write, "clicked");
  g_assert_true (gtk_widget_has_css_class (who, "error"));
  gtk_editable_set_text (GTK_EDITABLE (who), " Mrs N. ");
  g_signal_emit_by_name (write, "clicked");
  while (dialog != NULL)
    g_main_context_iteration (NULL, TRUE);

  moved = stored_request (fixture);
  g_assert_cmpstr (hw_record_status (moved), ==, "acknowledged");
  calls = hw_store_list (store, HW_TYPE_ID_CONTACT_LOG, HW_FIELD_CONTACT_LOG_CALLER, "embassy", 10, NULL);
  g_assert_cmpuint (calls->len, ==, 1);
  summary = hw_record_get_text (g_ptr_array_index (calls, 0), HW_FIELD_CONTACT_LOG_SUMMARY);
  g_assert_cmpstr (summary, ==, "Mrs N. said: Acknowledged");
  g_assert_true (hw_record_is (
    g_ptr_array_index (calls, 0), HW_FIELD_CONTACT_LOG_ORGANISATION, HW_SAMPLE_MISSION_ID));
}

static void
test_titles (void)
{
  g_autofree char *title = hw_text_title ("Call or contact");
  g_autofree char *request = hw_text_title ("Request to the embassy");

  g_assert_cmpstr (title, ==, "Call or Contact");
  g_assert_cmpstr (request, ==, "Request to the Embassy");
}

/* Nobody shall have to open ten notes to find one: it is told by how it begins, who wrote it, and when. */
static void
test_note (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwFormContext) context = hw_desktop_form_context (fixture->desktop, fixture->file);
  HwRecord *note = add (fixture->file, HW_TYPE_ID_NOTE, HW_SAMPLE_ID ("27"), HW_FIELD_NOTE_TEXT,
                        "She has a cough.\nThe clinic opens at eight.", HW_FIELD_NOTE_CATEGORY, "contact", HW_FIELD_NONE);
  g_autofree char *subtitle = NULL;
  g_autofree char *title = NULL;

  hw_record_set_stamps (note, "2026-11-23T20:12:00Z", HW_SAMPLE_USER_ID, "2026-11-23T20:12:00Z", HW_SAMPLE_USER_ID);
  title = hw_record_words_row (note, context, NULL, NULL, &subtitle);
  g_assert_cmpstr (title, ==, "She has a cough.");
  g_assert_cmpstr (subtitle, ==, "Contact · you · Mon 23 Nov");
}

/* A place is hidden from who looks over a shoulder, so a stay is called by its kind; and an unasked "No" by its name. */
static void
test_called_by_what_is_known (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwFormContext) context = hw_desktop_form_context (fixture->desktop, fixture->file);
  HwRecord *stay = add (fixture->file, HW_TYPE_ID_PLACEMENT, HW_SAMPLE_ID ("28"), HW_FIELD_PLACEMENT_PLACE, "Rue 4",
                        HW_FIELD_PLACEMENT_KIND, "shelter", HW_FIELD_PLACEMENT_SINCE, "2026-11-06", HW_FIELD_NONE);
  HwRecord *risk = add (fixture->file, HW_TYPE_ID_RISK_ASSESSMENT, HW_SAMPLE_ID ("29"),
                        HW_FIELD_RISK_ASSESSMENT_CONCLUSION, "safe", HW_FIELD_RISK_ASSESSMENT_OFFICIAL_INVOLVED, "no",
                        HW_FIELD_NONE);
  g_autofree char *where = NULL;
  g_autofree char *facts = NULL;
  g_autofree char *kind = hw_record_words_row (stay, context, NULL, NULL, &where);
  g_autofree char *conclusion = hw_record_words_row (risk, context, NULL, NULL, &facts);

  g_assert_true (g_str_has_prefix (kind, "Shelter"));
  g_assert_null (strstr (kind, "Rue 4"));
  g_assert_cmpstr (where, ==, "Since Fri 6 Nov");
  g_assert_cmpstr (facts, ==, "Is an official involved? No");
}

/* A visit in a year asks nothing of anybody; the legs she has left on are told as her journey says. */
static void
test_as_it_is_now (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwFormContext) context = hw_desktop_form_context (fixture->desktop, fixture->file);
  HwRecord *visit = add (fixture->file, HW_TYPE_ID_FOLLOW_UP, VISIT, HW_FIELD_FOLLOW_UP_DUE_ON, "2027-11-24",
                         HW_FIELD_FOLLOW_UP_STATUS, "due", HW_FIELD_NONE);
  HwRecord *journey = add (fixture->file, HW_TYPE_ID_MOVEMENT, HW_SAMPLE_ID ("2a"), HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT,
                           "2026-11-26T15:00:00Z", HW_FIELD_MOVEMENT_STATUS, "ticketed", HW_FIELD_NONE);
  HwRecord *leg = add (fixture->file, HW_TYPE_ID_SEGMENT, HW_SAMPLE_ID ("2b"), HW_FIELD_SEGMENT_MOVEMENT,
                       HW_SAMPLE_ID ("2a"), HW_FIELD_SEGMENT_STATUS, "planned", HW_FIELD_NONE);
  g_autoptr (HwValue) arrived = hw_value_new_text (HW_MOVEMENT_STATUS_ARRIVED);
  g_autofree char *planned = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *held = NULL;
  HwMeaning meaning;

  planned = hw_record_words_now (visit, fixture->file, context, &meaning);
  g_assert_cmpstr (planned, ==, "Planned");
  g_assert_cmpint (meaning, ==, HW_MEANING_NEUTRAL);
  held = hw_record_words_subtitle (journey, context, NULL, NULL);
  g_assert_cmpstr (held, ==, "");
  before = hw_record_words_now (leg, fixture->file, context, &meaning);
  g_assert_cmpstr (before, ==, "Planned");
  hw_record_set (journey, HW_FIELD_MOVEMENT_STATUS, arrived);
  after = hw_record_words_now (leg, fixture->file, context, &meaning);
  g_assert_cmpstr (after, ==, "Travelled");
}

#define TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  hw_style_load (gdk_display_get_default ());
  TEST ("/reading/family/who-had-a-part-in-it-stands-apart", test_kept_away);
  TEST ("/reading/family/a-reunion-says-what-its-gate-wants", test_reunion);
  TEST ("/reading/support/a-visit-is-called-by-its-day", test_visits);
  TEST ("/reading/home/what-comes-next", test_at_home);
  TEST ("/reading/tasks/the-most-urgent-first", test_task_order);
  TEST ("/reading/tasks/done-and-opened-again", test_tasks_place);
  TEST ("/reading/tasks/own-step-is-reviewed-by-another", test_own_step_is_reviewed_by_another);
  TEST ("/reading/referrals/ended-is-still-ones-own", test_ended_referral);
  TEST ("/reading/audit/codes-and-never-names", test_audit_words);
  TEST ("/reading/moves/suggests-the-next-step-until-refused", test_move_bar);
  TEST ("/reading/moves/told-by-phone-with-who-and-when", test_told);
  TEST ("/reading/note/told-by-how-it-begins", test_note);
  TEST ("/reading/rows/called-by-what-is-known", test_called_by_what_is_known);
  TEST ("/reading/rows/what-it-is-now", test_as_it_is_now);
  g_test_add_func ("/reading/titles/header-capitals", test_titles);
  return g_test_run ();
}
