/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page of the database that does not open any more. In a list of tasks nothing looks like nothing to do, so what cannot be
 * read is said where the list would stand; and over all the rest, that it may not be all.
 */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "app/approvals/hw-approvals-place.h"
#include "app/cases/hw-cases-place.h"
#include "app/conflicts/hw-conflicts-place.h"
#include "app/directory/hw-directory-place.h"
#include "app/hw-compat.h"
#include "app/hw-window.h"
#include "app/people/hw-people-place.h"
#include "app/people/hw-queue-place.h"
#include "app/requests/hw-requests-place.h"
#include "app/tasks/hw-tasks-place.h"
#include "app/travel/hw-travel-place.h"
#include "hw-sample-case.h"
#include "hw-test-desktop.h"
#include "store/hw-db.h"

#define PAGE_BYTES 4096
#define PATIENCE_US (20 * G_TIME_SPAN_SECOND)

typedef struct
{
  char      *directory;
  HwDesktop *desktop;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desktop = hw_test_desktop_new (HW_ROLE_SUPERVISOR, NULL, &fixture->directory);
  hw_sample_case_fill (fixture->desktop);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hw_test_desktop_free (fixture->desktop, fixture->directory);
}

/* The first page of a table and of each of its indexes, as SQLite numbers them. */
static GArray *
first_pages (HwVault *vault, const char *database, const char *table)
{
  g_autofree char *sql
    = g_strdup_printf ("SELECT rootpage FROM sqlite_schema WHERE tbl_name = '%s' AND rootpage > 1", table);
  GArray *pages = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (HwDb) db = hw_db_open_in_vault (vault, database, HW_DB_READ_WRITE, &error);
  HwStatement *statement;

  g_assert_no_error (error);
  statement = hw_db_prepare (db, sql);
  while (hw_statement_step (statement, &error))
    {
      gint64 page = hw_statement_integer (statement, 0);

      g_array_append_val (pages, page);
    }
  g_assert_no_error (error);
  hw_statement_reset (statement);
  g_assert_cmpuint (pages->len, >, 0);
  return pages;
}

static void
flip_a_bit_in_each (const char *path, GArray *pages)
{
  char *bytes;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (guint i = 0; i < pages->len; i++)
    {
      gint64 page = g_array_index (pages, gint64, i);

      g_assert_cmpuint (size, >=, page * PAGE_BYTES);
      bytes[(page - 1) * PAGE_BYTES + 700] ^= 4;
    }
  g_assert_true (g_file_set_contents (path, bytes, size, NULL));
  g_free (bytes);
}

/* While it is closed, as a bad sector or a hand would. */
static void
damage (Fixture *fixture, const char *table)
{
  g_autofree char *directory = hw_profile_vault_directory (hw_desktop_profile (fixture->desktop));
  g_autofree char *database = g_build_filename (directory, "homeward.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) pages = NULL;
  HwVault *vault;

  hw_desktop_lock (fixture->desktop);
  vault = hw_vault_open (directory, HW_TEST_DESKTOP_PASSPHRASE, &error);
  g_assert_no_error (error);
  pages = first_pages (vault, database, table);
  hw_vault_lock (vault);
  g_object_unref (vault);
  flip_a_bit_in_each (database, pages);
  hw_test_desktop_unlock (fixture->desktop);
}

/* (nullable) (transfer none) */
static AdwStatusPage *
shown_fault (GtkWidget *root)
{
  if (ADW_IS_STATUS_PAGE (root) && gtk_widget_get_mapped (root)
      && g_str_equal (adw_status_page_get_title (ADW_STATUS_PAGE (root)), "This Cannot Be Read"))
    return ADW_STATUS_PAGE (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      AdwStatusPage *found = shown_fault (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
turn_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static AdwStatusPage *
wait_for_fault (GtkWidget *root)
{
  guint timer = g_timeout_add (20, turn_cb, NULL);
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (shown_fault (root) == NULL && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  return shown_fault (root);
}

/* What happened, what was kept, what to do: and no all-clear beside it. */
static void
says_so (Fixture *fixture, GType type, const char *table)
{
  GtkWidget *window = gtk_window_new ();
  HwPlace *place = g_object_new (type, NULL);
  AdwStatusPage *fault;

  damage (fixture, table);
  hw_place_attach (place, fixture->desktop);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (place));
  gtk_window_present (GTK_WINDOW (window));
  fault = wait_for_fault (window);
  g_assert_nonnull (fault);
  g_assert_nonnull (strstr (adw_status_page_get_description (fault), "damaged"));
  g_assert_nonnull (strstr (adw_status_page_get_description (fault), "Nothing was changed"));
  g_assert_nonnull (strstr (adw_status_page_get_description (fault), "sign in anew"));
  g_assert_null (hw_place_subtitle (place));
  g_assert_true (hw_store_is_damaged (hw_desktop_store (fixture->desktop)));
  gtk_window_destroy (GTK_WINDOW (window));
}

#define PLACE(name, type, table)                                                                                       \
  static void test_##name (Fixture *fixture, gconstpointer data) { says_so (fixture, type, table); }

PLACE (tasks, HW_TYPE_TASKS_PLACE, "r_task")
PLACE (cases, HW_TYPE_CASES_PLACE, "case_summary")
PLACE (queue, HW_TYPE_QUEUE_PLACE, "case_summary")
PLACE (travel, hw_travel_place_for_role (HW_ROLE_CASEWORKER), "r_movement")
PLACE (requests, HW_TYPE_REQUESTS_PLACE, "r_embassy_request")
PLACE (people, HW_TYPE_PEOPLE_PLACE, "r_case_link")
PLACE (directory, HW_TYPE_DIRECTORY_PLACE, "r_organisation")
PLACE (approvals, HW_TYPE_APPROVALS_PLACE, "r_approval")
PLACE (conflicts, HW_TYPE_CONFLICTS_PLACE, "conflict")

/* Whoever reads it, and whatever is made of that. */
static void
test_over_everything (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (hw_window_new (NULL, fixture->desktop));
  HwBanner *banner = HW_BANNER (gtk_widget_get_template_child (window, HW_TYPE_WINDOW, "damage_banner"));
  gint64 end;

  gtk_window_present (GTK_WINDOW (window));
  g_assert_false (hw_banner_get_shown (banner));
  damage (fixture, "r_contact_log");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_false (hw_banner_get_shown (banner));
  g_assert_null (hw_store_list (hw_desktop_store (fixture->desktop), HW_TYPE_ID_CONTACT_LOG, HW_FIELD_NONE, NULL, 0, NULL));
  end = g_get_monotonic_time () + PATIENCE_US;
  while (!hw_banner_get_shown (banner) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (hw_banner_get_shown (banner));
  hw_desktop_lock (fixture->desktop);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/damage/is-said-where-tasks-stand", test_tasks);
  ADD ("/damage/is-said-where-cases-stand", test_cases);
  ADD ("/damage/is-said-where-the-queue-stands", test_queue);
  ADD ("/damage/is-said-where-journeys-stand", test_travel);
  ADD ("/damage/is-said-where-requests-stand", test_requests);
  ADD ("/damage/is-said-where-alike-cases-stand", test_people);
  ADD ("/damage/is-said-where-the-directory-stands", test_directory);
  ADD ("/damage/is-said-where-approvals-stand", test_approvals);
  ADD ("/damage/is-said-where-conflicts-stand", test_conflicts);
  ADD ("/damage/is-said-over-everything-else", test_over_everything);
  return g_test_run ();
}
