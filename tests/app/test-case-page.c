/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The promises of a case's page over a real store: every record is within reach and the way back leads to
 * where one was, what one did oneself is not told as somebody else's, a refusal leaves what is stored on screen.
 */
#include <adwaita.h>

#include "app/callforms/hw-consent-form.h"
#include "app/callforms/hw-scratch.h"
#include "app/callforms/hw-wired-form.h"
#include "app/cases/hw-case-overview.h"
#include "app/cases/hw-cases-place.h"
#include "app/cases/hw-record-page.h"
#include "app/cases/hw-record-window.h"
#include "app/widgets/hw-page-title.h"
#include "app/widgets/hw-style.h"
#include "hw-sample-case.h"
#include "hw-test-desktop.h"

#define COLLEAGUE_ID HW_SAMPLE_ID ("0b")

typedef struct
{
  char *directory;
  HwDesktop *desktop;
  HwPlace *place; /* (owned) */
  gboolean done;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desktop = hw_test_desktop_new (HW_ROLE_CASEWORKER, NULL, &fixture->directory);
  hw_sample_case_fill (fixture->desktop);
  fixture->place = g_object_ref_sink (g_object_new (HW_TYPE_CASES_PLACE, NULL));
  hw_place_attach (fixture->place, fixture->desktop);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->place);
  hw_test_desktop_free (fixture->desktop, fixture->directory);
}

static GtkWidget *
find (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The record whose page is shown, NULL at any other depth of the case. */
static const char *
shown_record (GtkWidget *root)
{
  GtkWidget *page = find (root, HW_TYPE_RECORD_PAGE);

  return page != NULL ? hw_record_page_record (HW_RECORD_PAGE (page)) : NULL;
}

static void
wait_for_record (GtkWidget *root, const char *id)
{
  while (g_strcmp0 (shown_record (root), id) != 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = GTK_WIDGET (fixture->place);

  g_assert_true (hw_place_open (fixture->place, HW_SAMPLE_MOVEMENT_ID));
  wait_for_record (root, HW_SAMPLE_MOVEMENT_ID);
  g_assert_true (hw_place_entered (fixture->place));

  g_assert_true (hw_place_open (fixture->place, HW_SAMPLE_LEG_ID));
  g_assert_cmpstr (shown_record (root), ==, HW_SAMPLE_LEG_ID);
  hw_place_go_back (fixture->place);
  g_assert_cmpstr (shown_record (root), ==, HW_SAMPLE_MOVEMENT_ID);
  hw_place_go_back (fixture->place);
  g_assert_null (shown_record (root));
  g_assert_true (hw_place_entered (fixture->place));
  hw_place_go_back (fixture->place);
  g_assert_false (hw_place_entered (fixture->place));

  g_assert_false (hw_place_open (fixture->place, HW_SAMPLE_REQUEST_ID));
  g_assert_false (hw_place_open (fixture->place, HW_SAMPLE_OFFICE_ID));
  g_assert_false (hw_place_open (fixture->place, HW_SAMPLE_ID ("ff")));
}

static HwFieldRow *
row_of (Fixture *fixture, HwFieldId field)
{
  return hw_scratch_find_row (find (GTK_WIDGET (fixture->place), HW_TYPE_RECORD_PAGE), field);
}

static void
change_elsewhere (Fixture *fixture, HwTypeId type, const char *id, HwFieldId field, HwValue *value)
{
  g_autoptr (HwActor) colleague
    = hw_actor_new (COLLEAGUE_ID, "Eric", HW_ROLE_MOVEMENT, HW_SAMPLE_OFFICE_ID, NULL, NULL);
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_SYSTEM, colleague);
  g_autofree char *operation_id = hw_uuid_v7 (HW_SAMPLE_NOW_US);
  HwOperation *operation = hw_operation_new (operation_id, HW_ACTION_UPDATE, type, id, HW_SAMPLE_CASE_ID);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  operation->at = hw_instant_format (HW_SAMPLE_NOW_US);
  hw_operation_set (operation, field, value, hw_record_field_rev (hw_field_row_get_record (row_of (fixture, field)), field));
  hw_change_set_add (set, operation);
  results = hw_store_commit (hw_desktop_store (fixture->desktop), set, &error);
  g_assert_no_error (error);
}

static void
test_own_move (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwValue) pieces = hw_value_new_integer (3);
  GtkWidget *form;
  HwRecord *record;

  hw_place_open (fixture->place, HW_SAMPLE_MOVEMENT_ID);
  wait_for_record (GTK_WIDGET (fixture->place), HW_SAMPLE_MOVEMENT_ID);
  record = hw_field_row_get_record (row_of (fixture, HW_FIELD_MOVEMENT_DEPARTED_AT));
  g_assert_null (hw_record_get (record, HW_FIELD_MOVEMENT_DEPARTED_AT));
  form = hw_wired_form_get_form (HW_WIRED_FORM (find (GTK_WIDGET (fixture->place), HW_TYPE_WIRED_FORM)));
  g_signal_emit_by_name (form, "move", HW_MOVEMENT_STATUS_DEPARTED);
  while (hw_record_get (record, HW_FIELD_MOVEMENT_DEPARTED_AT) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (hw_field_row_is_changed (row_of (fixture, HW_FIELD_MOVEMENT_DEPARTED_AT)));

  change_elsewhere (fixture, HW_TYPE_ID_MOVEMENT, HW_SAMPLE_MOVEMENT_ID, HW_FIELD_MOVEMENT_BAGGAGE_PIECES, pieces);
  while (hw_record_get_integer (record, HW_FIELD_MOVEMENT_BAGGAGE_PIECES) != 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (hw_field_row_is_changed (row_of (fixture, HW_FIELD_MOVEMENT_BAGGAGE_PIECES)));
}

static guint
n_checked (GtkWidget *root)
{
  guint n = GTK_IS_CHECK_BUTTON (root) && gtk_check_button_get_active (GTK_CHECK_BUTTON (root)) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += n_checked (child);
  return n;
}

static GtkWidget *
find_unchecked (GtkWidget *root)
{
  if (GTK_IS_CHECK_BUTTON (root) && !gtk_check_button_get_active (GTK_CHECK_BUTTON (root)))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_unchecked (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
says (GtkWidget *root, const char *words)
{
  if (GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_text (GTK_LABEL (root)), words))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}

/* A label on screen. */
static gboolean
shows (GtkWidget *root, const char *words)
{
  if (GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_text (GTK_LABEL (root)), words) && gtk_widget_is_drawable (root))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, words))
      return TRUE;
  return FALSE;
}

static void
test_refused_check (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwCaseFile) file = hw_store_load_case (hw_desktop_store (fixture->desktop), HW_SAMPLE_CASE_ID, NULL);
  HwRecord *consent = hw_case_file_lookup (file, HW_SAMPLE_CONSENT_ID);
  guint relations = hw_access_relations (file, NULL, hw_desktop_actor (fixture->desktop), HW_SAMPLE_NOW_US);
  g_autoptr (GtkWidget) form
    = g_object_ref_sink (hw_consent_form_new (fixture->desktop, file, consent, relations));
  guint stored = n_checked (form);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_unchecked (form)), TRUE);
  g_assert_cmpuint (n_checked (form), ==, stored + 1);
  g_assert_true (hw_call_form_refuse (HW_CALL_FORM (form), HW_FIELD_CONSENT_INFORMED, "Not now."));
  g_assert_cmpuint (n_checked (form), ==, stored);
  g_assert_true (says (form, "Not now."));
  g_assert_false (hw_call_form_refuse (HW_CALL_FORM (form), HW_FIELD_CONSENT_WITHDRAWN_AT, "Not now."));
}

static void
test_history (Fixture *fixture, gconstpointer data)
{
  AdwExpanderRow *history;

  hw_place_open (fixture->place, HW_SAMPLE_MOVEMENT_ID);
  wait_for_record (GTK_WIDGET (fixture->place), HW_SAMPLE_MOVEMENT_ID);
  history = ADW_EXPANDER_ROW (
    find (find (GTK_WIDGET (fixture->place), g_type_from_name ("HwHistoryList")), ADW_TYPE_EXPANDER_ROW));
  g_assert_false (adw_expander_row_get_expanded (history));
  g_signal_emit_by_name (row_of (fixture, HW_FIELD_MOVEMENT_RECORD_LOCATOR), "history-requested");
  g_assert_true (adw_expander_row_get_expanded (history));
  g_assert_nonnull (strstr (adw_expander_row_get_subtitle (history),
                            hw_schema_field (HW_FIELD_MOVEMENT_RECORD_LOCATOR)->label));
  adw_expander_row_set_expanded (history, FALSE);
  g_assert_null (strstr (adw_expander_row_get_subtitle (history),
                         hw_schema_field (HW_FIELD_MOVEMENT_RECORD_LOCATOR)->label));
}

/* A stray key on a page just come to must not replace what stands in its first field. */
static void
test_focus (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = adw_window_new ();

  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (fixture->place));
  gtk_window_present (GTK_WINDOW (window));
  hw_place_open (fixture->place, HW_SAMPLE_MOVEMENT_ID);
  wait_for_record (GTK_WIDGET (fixture->place), HW_SAMPLE_MOVEMENT_ID);
  g_assert_true (HW_IS_PAGE_TITLE (gtk_window_get_focus (GTK_WINDOW (window))));
  hw_place_open (fixture->place, HW_SAMPLE_LEG_ID);
  g_assert_true (HW_IS_PAGE_TITLE (gtk_window_get_focus (GTK_WINDOW (window))));
  g_assert_cmpstr (hw_page_title_get_text (HW_PAGE_TITLE (gtk_window_get_focus (GTK_WINDOW (window)))), ==,
                   "Leg of the Journey");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Each role sees its part of a case, and no word about the rest: an officer of reception hears of no contact before she
 * has arrived, one of movement neither whose case it is nor how safe she is. */
static void
test_part (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    HwRole role;
    gboolean way, safety, contact;
  } rows[] = {
    { HW_ROLE_CASEWORKER, TRUE, TRUE, TRUE },    { HW_ROLE_SUPERVISOR, TRUE, TRUE, TRUE },
    { HW_ROLE_MOVEMENT, TRUE, FALSE, TRUE },     { HW_ROLE_RECEPTION, TRUE, FALSE, FALSE },
    { HW_ROLE_FOCAL_POINT, FALSE, FALSE, FALSE }, { HW_ROLE_MEDICAL, FALSE, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *directory = NULL;
      HwDesktop *desktop = hw_test_desktop_new (rows[i].role, NULL, &directory);
      GtkWidget *window = adw_window_new ();
      GtkWidget *overview = g_object_new (HW_TYPE_CASE_OVERVIEW, NULL);
      g_autoptr (HwCaseFile) file = NULL;

      hw_sample_case_fill (desktop);
      file = hw_store_load_case (hw_desktop_store (desktop), HW_SAMPLE_CASE_ID, NULL);
      adw_window_set_content (ADW_WINDOW (window), overview);
      gtk_window_present (GTK_WINDOW (window));
      hw_case_overview_show (HW_CASE_OVERVIEW (overview), desktop, file);
      g_assert_cmpint (shows (overview, "What Blocks Departure"), ==, rows[i].way);
      g_assert_cmpint (shows (overview, "Safety"), ==, rows[i].safety);
      g_assert_false (shows (overview, "No safe contact yet") && !rows[i].contact);
      g_assert_false (shows (overview, "Not assessed") && !rows[i].safety);
      gtk_window_destroy (GTK_WINDOW (window));
      hw_test_desktop_free (desktop, g_steal_pointer (&directory));
    }
}

static void
test_window (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = hw_record_window_new (fixture->desktop, HW_SAMPLE_CONSENT_ID, NULL);

  g_assert_nonnull (window);
  wait_for_record (window, HW_SAMPLE_CONSENT_ID);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  gtk_window_destroy (GTK_WINDOW (window));
  while (window != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (hw_record_window_new (fixture->desktop, HW_SAMPLE_OFFICE_ID, NULL));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  hw_style_load (gdk_display_get_default ());
  ADD ("/case-page/open/leads-to-any-record-of-a-case-and-back", test_open);
  ADD ("/case-page/focus/begins-at-the-title", test_focus);
  ADD ("/case-page/overview/each-role-sees-its-part-and-no-word-of-the-rest", test_part);
  ADD ("/case-page/window/shows-a-record-over-what-is-being-typed", test_window);
  ADD ("/case-page/own-move/is-not-told-as-somebody-elses", test_own_move);
  ADD ("/case-page/history/of-a-field-opens-from-a-form-of-a-call", test_history);
  ADD ("/callforms/consent/a-refused-check-goes-back-and-says-why", test_refused_check);
  return g_test_run ();
}
