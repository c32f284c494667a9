/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who has a disclosure record on the page of a case: those who may read the whole of it, while they
 * may. The same case, with an entry in it, is put before every role, as if all of it had reached
 * that desktop.
 */
#include <adwaita.h>
#include <string.h>

#include "app/cases/hw-group-page.h"
#include "app/disclosure/hw-disclosure-print.h"
#include "app/disclosure/hw-disclosure-section.h"
#include "app/disclosure/hw-disclosure-window.h"
#include "app/hw-window-guard.h"
#include "app/widgets/hw-print.h"
#include "app/widgets/hw-style.h"
#include "hw-sample-case.h"
#include "hw-test-desktop.h"
#include "support/hw-test-folder.h"

#define ENTRY_ID HW_SAMPLE_ID ("31")

typedef struct
{
  char *directory;
  HwDesktop *desktop;
  HwCaseFile *file;
  GtkWidget *page; /* (owned) */
  gboolean done;
} Fixture;

static HwRecord *
add (Fixture *fixture, HwTypeId type, const char *id)
{
  HwRecord *record = hw_record_new (type, id);

  hw_record_set_case (record, HW_SAMPLE_CASE_ID);
  hw_case_file_add (fixture->file, record);
  g_object_unref (record);
  return record;
}

static void
put (HwRecord *record, HwFieldId field, const char *text)
{
  g_autoptr (HwValue) value = hw_value_new_text (text);

  hw_record_set (record, field, value);
}

/* Owned by the person at the desktop, of that person's office, with seats that are held. */
static void
fill (Fixture *fixture)
{
  static const char *const names[] = { "given_names", NULL };
  HwRecord *header = add (fixture, HW_TYPE_ID_CASE, HW_SAMPLE_CASE_ID);
  HwRecord *entry = add (fixture, HW_TYPE_ID_DISCLOSURE, ENTRY_ID);
  g_autoptr (HwValue) fields = hw_value_new_set (names);

  put (header, HW_FIELD_CASE_OFFICE, HW_SAMPLE_OFFICE_ID);
  put (header, HW_FIELD_CASE_OWNER, HW_SAMPLE_USER_ID);
  put (header, HW_FIELD_CASE_STATUS, "active");
  put (add (fixture, HW_TYPE_ID_MOVEMENT, HW_SAMPLE_MOVEMENT_ID), HW_FIELD_MOVEMENT_STATUS, "held");
  put (add (fixture, HW_TYPE_ID_CONSENT, HW_SAMPLE_CONSENT_ID),
       HW_FIELD_CONSENT_PURPOSE,
       "embassy_contact");
  put (entry, HW_FIELD_DISCLOSURE_AT, "2026-11-23T10:00:00Z");
  put (entry, HW_FIELD_DISCLOSURE_CONSENT, HW_SAMPLE_CONSENT_ID);
  put (entry, HW_FIELD_DISCLOSURE_METHOD, "Request in Homeward");
  hw_record_set (entry, HW_FIELD_DISCLOSURE_FIELDS, fields);
}

static void
sit_down (Fixture *fixture, HwRole role)
{
  fixture->desktop = hw_test_desktop_new (role, HW_SAMPLE_MISSION_ID, &fixture->directory);
  fixture->file = hw_case_file_new (HW_SAMPLE_CASE_ID, NULL);
  fill (fixture);
  fixture->page = g_object_ref_sink (hw_group_page_new ());
}

static void
get_up (Fixture *fixture)
{
  g_clear_object (&fixture->page);
  g_clear_object (&fixture->file);
  hw_test_desktop_free (g_steal_pointer (&fixture->desktop), g_steal_pointer (&fixture->directory));
}

static void
show (Fixture *fixture)
{
  hw_group_page_show (HW_GROUP_PAGE (fixture->page),
                      fixture->desktop,
                      fixture->file,
                      hw_case_group_of_type (HW_TYPE_ID_DISCLOSURE));
}

/* Of what is visible. */
static GtkWidget *
find (GtkWidget *root, GType type)
{
  if (!gtk_widget_get_visible (root))
    return NULL;
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

/* In a label of any part of the page, hidden or not. */
static gboolean
holds_words (GtkWidget *root, const char *words)
{
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (holds_words (child, words))
      return TRUE;
  return FALSE;
}

static void
test_every_role (void)
{
  for (HwRole role = 0; role < HW_N_ROLES; role++)
    g_assert_cmpint (hw_disclosure_section_is_for (role),
                     ==,
                     role == HW_ROLE_CASEWORKER || role == HW_ROLE_SUPERVISOR);
}

/* The movement officer and the receiving office read consents, and so have the page. */
static void
test_absent (gconstpointer data)
{
  Fixture fixture = { 0 };

  sit_down (&fixture, (HwRole)GPOINTER_TO_UINT (data));
  show (&fixture);
  g_assert_true (holds_words (fixture.page, "Consents"));
  g_assert_null (find (fixture.page, HW_TYPE_DISCLOSURE_SECTION));
  g_assert_false (holds_words (fixture.page, "Disclosures"));
  g_assert_false (holds_words (fixture.page, "Request in Homeward"));
  get_up (&fixture);
}

static void
assert_opened_stays_open (Fixture *fixture)
{
  GtkWidget *row = find (fixture->page, ADW_TYPE_EXPANDER_ROW);

  g_assert_nonnull (row);
  g_assert_true (holds_words (row, "Given names"));
  show (fixture);
  g_assert_true (find (fixture->page, ADW_TYPE_EXPANDER_ROW) == row);
}

static void
assert_withdrawal_is_shown (Fixture *fixture)
{
  g_assert_false (holds_words (fixture->page, "Consent taken back"));
  put (hw_case_file_lookup (fixture->file, HW_SAMPLE_CONSENT_ID),
       HW_FIELD_CONSENT_WITHDRAWN_AT,
       "2026-11-24T09:00:00Z");
  show (fixture);
  g_assert_true (holds_words (fixture->page, "Consent taken back"));
}

static void
assert_gone_with_the_relation (Fixture *fixture)
{
  put (hw_case_file_case (fixture->file), HW_FIELD_CASE_OWNER, HW_SAMPLE_ID ("0b"));
  show (fixture);
  g_assert_null (find (fixture->page, HW_TYPE_DISCLOSURE_SECTION));
  g_assert_false (holds_words (fixture->page, "Request in Homeward"));
}

static void
assert_statement_goes_with_the_lock (Fixture *fixture)
{
  g_autoptr (HwWindowGuard) guard G_GNUC_UNUSED = hw_window_guard_new (fixture->desktop, NULL);
  GtkWidget *window = hw_disclosure_window_new (fixture->desktop, fixture->file, NULL);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_nonnull (find (window, GTK_TYPE_PICTURE));
  hw_desktop_lock (fixture->desktop);
  while (window != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* One sitting for all of it: unlocking a vault is slow by design. */
static void
test_caseworker (void)
{
  Fixture fixture = { 0 };

  sit_down (&fixture, HW_ROLE_CASEWORKER);
  show (&fixture);
  g_assert_nonnull (find (fixture.page, HW_TYPE_DISCLOSURE_SECTION));
  assert_opened_stays_open (&fixture);
  assert_withdrawal_is_shown (&fixture);
  assert_gone_with_the_relation (&fixture);
  assert_statement_goes_with_the_lock (&fixture);
  get_up (&fixture);
}

static void
printed_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gboolean *done)
{
  *done = TRUE;
}

static guint
count_files (const char *directory)
{
  g_autoptr (GDir) files = g_dir_open (directory, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (files) != NULL)
    n++;
  return n;
}

/* The toolkit's own preview is a PDF in the temporary folder, which anybody may read and nobody removes. */
static void
test_no_preview_on_disk (void)
{
  g_autoptr (HwCaseFile) file = hw_case_file_new (HW_SAMPLE_CASE_ID, NULL);
  g_autoptr (HwFormContext) context = hw_form_context_new (NULL, NULL, NULL);
  g_autoptr (GtkPrintOperation) operation = NULL;
  gboolean done = FALSE;
  guint before = count_files (g_get_tmp_dir ());

  operation = hw_disclosure_print_new (hw_disclosure_paper_new (file, context));
  g_signal_connect (operation, "done", G_CALLBACK (printed_cb), &done);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PREVIEW, NULL, NULL);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (hw_print_asked_for_preview (operation));
  g_assert_cmpuint (count_files (g_get_tmp_dir ()), ==, before);
}

int
main (int argc, char **argv)
{
  char directory[] = "/tmp/homeward-test-XXXXXX";
  int failed;

  /* A temporary folder of its own, in which every file is of this program. */
  g_assert_nonnull (g_mkdtemp (directory));
  g_setenv ("TMPDIR", directory, TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  hw_style_load (gdk_display_get_default ());
  g_test_add_func ("/disclosure/section/only-for-roles-that-read-all-of-it", test_every_role);
  g_test_add_data_func ("/disclosure/section/absent-for-movement",
                        GUINT_TO_POINTER (HW_ROLE_MOVEMENT), test_absent);
  g_test_add_data_func ("/disclosure/section/absent-for-reception",
                        GUINT_TO_POINTER (HW_ROLE_RECEPTION), test_absent);
  g_test_add_func ("/disclosure/section/for-the-caseworker-while-it-is-hers", test_caseworker);
  g_test_add_func ("/disclosure/print/preview-leaves-no-file", test_no_preview_on_disk);
  failed = g_test_run ();
  hw_test_folder_remove (directory);
  return failed;
}
