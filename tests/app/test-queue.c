/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The office queue over a real store, never connected: however many wait, each of them is shown.
 */
#include <adwaita.h>

#include "app/people/hw-queue-place.h"
#include "hw-sample-case.h"
#include "hw-test-desktop.h"

/* More than a page of the list of cases. */
#define MANY 70

typedef struct
{
  char *directory;
  HwDesktop *desktop;
  GtkWidget *window;
  GtkWidget *place;
  gboolean said;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desktop = hw_test_desktop_new (HW_ROLE_CASEWORKER, NULL, &fixture->directory);
  fixture->window = gtk_window_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
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

/* As at unlock, behind another place; it is looked at when its window is presented. */
static void
attach_place (Fixture *fixture)
{
  fixture->place = g_object_new (HW_TYPE_QUEUE_PLACE, NULL);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->place);
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
  attach_place (fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_for_rows (fixture, MANY);
  g_assert_cmpuint (hw_place_badge (HW_PLACE (fixture->place)), ==, MANY);
  add_case (fixture, HW_SAMPLE_OFFICE_ID);
  wait_for_rows (fixture, MANY + 1);
}

/* Unlocking is quick: what nobody looks at is only counted. */
static void
test_only_counts_until_looked_at (Fixture *fixture, gconstpointer data)
{
  add_case (fixture, HW_SAMPLE_OFFICE_ID);
  attach_place (fixture);
  while (hw_place_badge (HW_PLACE (fixture->place)) != 1)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (count (fixture->place, ADW_TYPE_ACTION_ROW), ==, 0);
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_for_rows (fixture, 1);
}

static GtkWidget *
find_take (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), "Take") == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_take (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
said_cb (Fixture *fixture)
{
  fixture->said = TRUE;
}

/* Of another office: this account may not take it. */
static void
test_refused_can_be_tried_again (Fixture *fixture, gconstpointer data)
{
  GtkWidget *take;

  add_case (fixture, HW_SAMPLE_ID ("0b"));
  attach_place (fixture);
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_for_rows (fixture, 1);
  take = find_take (fixture->place);
  g_signal_connect_swapped (fixture->desktop, "said", G_CALLBACK (said_cb), fixture);
  g_signal_emit_by_name (take, "clicked");
  g_assert_false (gtk_widget_get_sensitive (take));
  while (!fixture->said || !gtk_widget_get_sensitive (take))
    g_main_context_iteration (NULL, TRUE);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/queue/many-wait-and-each-is-shown", test_many_wait);
  ADD ("/queue/only-counts-until-somebody-looks", test_only_counts_until_looked_at);
  ADD ("/queue/refused-can-be-tried-again", test_refused_can_be_tried_again);
  return g_test_run ();
}
