/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What somebody does at a place is not undone by what arrives meanwhile: a choice stays chosen, an answer is given once,
 * an open menu stays open. Over a real store, never connected.
 */
#include <adwaita.h>

#include "app/approvals/hw-approval-card.h"
#include "app/cases/hw-exit-row.h"
#include "app/cases/hw-exit-section.h"
#include "app/people/hw-pair-page.h"
#include "hw-sample-case.h"
#include "hw-test-desktop.h"

#define OTHER_USER_ID HW_SAMPLE_ID ("41")
#define LINK_ID HW_SAMPLE_ID ("42")
#define OTHER_CASE_ID HW_SAMPLE_ID ("43")
#define APPROVAL_ID HW_SAMPLE_ID ("44")
#define EXIT_ID HW_SAMPLE_ID ("45")

typedef struct
{
  char *directory;
  HwDesktop *desktop;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desktop = hw_test_desktop_new (GPOINTER_TO_INT (data), NULL, &fixture->directory);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hw_test_desktop_free (fixture->desktop, fixture->directory);
}

typedef struct
{
  HwFieldId field;
  const char *text;
} Fact;

/* As a colleague wrote it, and the office sent it. */
static void
add (Fixture *fixture, HwTypeId type, const char *id, const char *case_id, const Fact *facts)
{
  g_autoptr (HwActor) colleague = hw_actor_new (
    OTHER_USER_ID, "Jeanine", HW_ROLE_CASEWORKER, HW_SAMPLE_OFFICE_ID, NULL, NULL);
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_SYSTEM, colleague);
  g_autofree char *operation_id = hw_uuid_v7 (HW_SAMPLE_NOW_US);
  HwOperation *operation = hw_operation_new (operation_id, HW_ACTION_CREATE, type, id, case_id);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  operation->at = hw_instant_format (HW_SAMPLE_NOW_US);
  for (; facts->field != HW_FIELD_NONE; facts++)
    hw_operation_set_text (operation, facts->field, facts->text, 0);
  hw_change_set_add (set, operation);
  results = hw_store_commit (hw_desktop_store (fixture->desktop), set, &error);
  g_assert_no_error (error);
  g_assert_null (hw_desktop_first_refusal (results));
}

#define ADD(type, id, case_id, ...)                                                                \
  add (fixture, type, id, case_id, (const Fact[]){ __VA_ARGS__, { HW_FIELD_NONE, NULL } })

static void
add_case (Fixture *fixture, const char *id, const char *name)
{
  ADD (HW_TYPE_ID_CASE,
       id,
       id,
       { HW_FIELD_CASE_PSEUDONYM, name },
       { HW_FIELD_CASE_STATUS, HW_CASE_STATUS_ACTIVE },
       { HW_FIELD_CASE_OFFICE, HW_SAMPLE_OFFICE_ID },
       { HW_FIELD_CASE_OWNER, HW_SAMPLE_USER_ID });
}

/* The nth of its kind. (nullable) */
static GtkWidget *
find (GtkWidget *root, GType type, guint *n)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && (*n)-- == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, n);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
nth (GtkWidget *root, GType type, guint n)
{
  GtkWidget *found = find (root, type, &n);

  g_assert_nonnull (found);
  return found;
}

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *button = nth (root, GTK_TYPE_BUTTON, i);

      if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0)
        return button;
    }
}

/* The wrong case carried on would be the wrong person's papers. */
static void
test_choice_stays (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = g_object_ref_sink (g_object_new (HW_TYPE_PAIR_PAGE, NULL));
  GtkCheckButton *first, *second, *chosen;

  add_case (fixture, HW_SAMPLE_CASE_ID, "Aline N.");
  add_case (fixture, OTHER_CASE_ID, "Aline Niyonkuru");
  ADD (HW_TYPE_ID_CASE_LINK,
       LINK_ID,
       OTHER_CASE_ID,
       { HW_FIELD_CASE_LINK_OTHER, HW_SAMPLE_CASE_ID },
       { HW_FIELD_CASE_LINK_STATE, HW_CASE_LINK_STATE_POSSIBLE });
  g_assert_true (hw_pair_page_show (HW_PAIR_PAGE (page), fixture->desktop, LINK_ID));
  first = GTK_CHECK_BUTTON (nth (page, GTK_TYPE_CHECK_BUTTON, 0));
  second = GTK_CHECK_BUTTON (nth (page, GTK_TYPE_CHECK_BUTTON, 1));
  chosen = gtk_check_button_get_active (first) ? second : first;
  gtk_check_button_set_active (chosen, TRUE);
  g_assert_true (hw_pair_page_show (HW_PAIR_PAGE (page), fixture->desktop, LINK_ID));
  g_assert_true (gtk_check_button_get_active (chosen));
  g_object_unref (page);
}

/* The second press of a double click meets a button that takes none; a refusal gives it back. */
static void
test_answer_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwRecord) asked = NULL;
  g_autoptr (HwRecord) answered = NULL;
  GtkWidget *card, *approve;

  add_case (fixture, HW_SAMPLE_CASE_ID, "Aline N.");
  ADD (HW_TYPE_ID_APPROVAL,
       APPROVAL_ID,
       HW_SAMPLE_CASE_ID,
       { HW_FIELD_APPROVAL_KIND, "closure" },
       { HW_FIELD_APPROVAL_SUBJECT, HW_SAMPLE_CASE_ID },
       { HW_FIELD_APPROVAL_REASON, "She is home" },
       { HW_FIELD_APPROVAL_ASKED_BY, OTHER_USER_ID });
  asked = hw_store_get_record (
    hw_desktop_store (fixture->desktop), HW_TYPE_ID_APPROVAL, APPROVAL_ID, NULL);
  card = g_object_ref_sink (hw_approval_card_new (fixture->desktop, asked));
  approve = find_button (card, "_Approve");
  g_assert_false (gtk_widget_is_sensitive (approve));
  gtk_editable_set_text (GTK_EDITABLE (nth (card, ADW_TYPE_ENTRY_ROW, 0)), "Seen the file");
  g_assert_true (gtk_widget_is_sensitive (approve));
  g_signal_emit_by_name (approve, "clicked");
  g_assert_false (gtk_widget_is_sensitive (approve));
  hw_worker_drain (hw_store_worker (hw_desktop_store (fixture->desktop)));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  answered = hw_store_get_record (
    hw_desktop_store (fixture->desktop), HW_TYPE_ID_APPROVAL, APPROVAL_ID, NULL);
  g_assert_cmpint (gtk_widget_is_sensitive (approve),
                   ==,
                   !hw_record_is (answered, HW_FIELD_APPROVAL_VERDICT, "approved"));
  g_object_unref (card);
}

static HwCaseFile *
make_file (const char *status)
{
  HwCaseFile *file = hw_case_file_new (HW_SAMPLE_CASE_ID, NULL);
  g_autoptr (HwRecord) header = hw_record_new (HW_TYPE_ID_CASE, HW_SAMPLE_CASE_ID);
  g_autoptr (HwRecord) item = hw_record_new (HW_TYPE_ID_EXIT_CLEARANCE, EXIT_ID);
  g_autoptr (HwValue) what = hw_value_new_text (HW_EXIT_CLEARANCE_ITEM_OVERSTAY_FINE);
  g_autoptr (HwValue) how = hw_value_new_text (status);

  hw_record_set_case (header, HW_SAMPLE_CASE_ID);
  hw_record_set_case (item, HW_SAMPLE_CASE_ID);
  hw_record_set (item, HW_FIELD_EXIT_CLEARANCE_ITEM, what);
  hw_record_set (item, HW_FIELD_EXIT_CLEARANCE_STATUS, how);
  hw_case_file_add (file, header);
  hw_case_file_add (file, item);
  return file;
}

/* What changed is shown when the menu has closed. */
static void
test_menu_stays_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwCaseFile) before = make_file (HW_EXIT_CLEARANCE_STATUS_NOT_CHECKED);
  g_autoptr (HwCaseFile) after = make_file (HW_EXIT_CLEARANCE_STATUS_PAYMENT_DUE);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *section = hw_exit_section_new (fixture->desktop);
  GtkWidget *row, *popover;

  gtk_window_set_child (GTK_WINDOW (window), section);
  gtk_window_present (GTK_WINDOW (window));
  hw_exit_section_show (HW_EXIT_SECTION (section), before, HW_RELATION_OWNER);
  row = nth (section, HW_TYPE_EXIT_ROW, 0);
  popover = nth (row, GTK_TYPE_POPOVER, 0);
  gtk_popover_set_autohide (GTK_POPOVER (popover), FALSE);
  gtk_popover_popup (GTK_POPOVER (popover));
  g_assert_true (hw_exit_row_is_open (HW_EXIT_ROW (row)));
  hw_exit_section_show (HW_EXIT_SECTION (section), after, HW_RELATION_OWNER);
  g_assert_true (nth (section, HW_TYPE_EXIT_ROW, 0) == row);
  g_assert_true (hw_exit_row_is_open (HW_EXIT_ROW (row)));
  gtk_popover_popdown (GTK_POPOVER (popover));
  while (!hw_record_is (hw_exit_row_get_record (HW_EXIT_ROW (nth (section, HW_TYPE_EXIT_ROW, 0))),
                        HW_FIELD_EXIT_CLEARANCE_STATUS,
                        HW_EXIT_CLEARANCE_STATUS_PAYMENT_DUE))
    g_main_context_iteration (NULL, TRUE);
  gtk_window_destroy (GTK_WINDOW (window));
}

#define TEST(path, role, func)                                                                     \
  g_test_add (path, Fixture, GINT_TO_POINTER (role), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  TEST ("/people/choice-stays-when-something-arrives", HW_ROLE_CASEWORKER, test_choice_stays);
  TEST ("/approvals/answer-is-given-once", HW_ROLE_SUPERVISOR, test_answer_once);
  TEST ("/exit/open-menu-stays-open", HW_ROLE_CASEWORKER, test_menu_stays_open);
  return g_test_run ();
}
