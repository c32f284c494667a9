/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The office queue over a real store, never connected: however many wait, each of them is shown.
 */
#include <adwaita.h>

#include "app/people/hw-queue-place.h"
#include "hw-sample-case.h"
#include "hw-test-desktop.h"

/* More than a page of the list of cases. */
#define MANY 90

typedef struct
{
  char *directory;
  HwDesktop *desktop;
  GtkWidget *place; /* (owned) (nullable) until it is opened */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desktop = hw_test_desktop_new (HW_ROLE_CASEWORKER, NULL, &fixture->directory);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->place);
  hw_test_desktop_free (fixture->desktop, fixture->directory);
}

static void
add_case (Fixture *fixture, const char *office)
{
  g_autoptr (HwChangeSet) set
    = hw_change_set_new (HW_ORIGIN_SYSTEM, hw_desktop_actor (fixture->desktop));
  g_autofree char *operation_id = hw_uuid_v7 (HW_SAMPLE_NOW_US);
  g_autofree char *id = hw_uuid_v7 (HW_SAMPLE_NOW_US);
  HwOperation *operation
    = hw_operation_new (operation_id, HW_ACTION_CREATE, HW_TYPE_ID_CASE, id, id);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  operation->at = hw_instant_format (HW_SAMPLE_NOW_US);
  hw_operation_set_text (operation, HW_FIELD_CASE_PSEUDONYM, "Caller", 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_STATUS, HW_CASE_STATUS_ACTIVE, 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_OFFICE, office, 0);
  hw_change_set_add (set, operation);
  results = hw_store_commit (hw_desktop_store (fixture->desktop), set, &error);
  g_assert_no_error (error);
  g_assert_null (hw_desktop_first_refusal (results));
}

static void
open_place (Fixture *fixture)
{
  fixture->place = g_object_ref_sink (g_object_new (HW_TYPE_QUEUE_PLACE, NULL));
  hw_place_attach (HW_PLACE (fixture->place), fixture->desktop);
}

static guint
count (GtkWidget *root, GType type)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (root), type) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count (child, type);
  return n;
}

static void
wait_for_rows (Fixture *fixture, guint n)
{
  while (count (fixture->place, ADW_TYPE_ACTION_ROW) != n)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_many_wait (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < MANY; i++)
    add_case (fixture, HW_SAMPLE_OFFICE_ID);
  open_place (fixture);
  wait_for_rows (fixture, MANY);
  g_assert_cmpuint (hw_place_badge (HW_PLACE (fixture->place)), ==, MANY);
  add_case (fixture, HW_SAMPLE_OFFICE_ID);
  wait_for_rows (fixture, MANY + 1);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/queue/many-wait-and-each-is-shown", test_many_wait);
  return g_test_run ();
}
