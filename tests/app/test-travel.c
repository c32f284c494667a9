/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Travel and Arrivals over a real store, never connected: which journeys are listed, in which
 * order, what a reader is told of them, and that one click acknowledges.
 */
#include <adwaita.h>

#include "app/travel/hw-travel-list.h"
#include "app/travel/hw-travel-place.h"
#include "hw-sample-case.h"
#include "hw-test-desktop.h"


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
  const char *unit; /* (nullable) */
} Fact;

/* (transfer full): its id */
static char *
add (Fixture *fixture, HwTypeId type, const char *case_id, const Fact *facts)
{
  g_autoptr (HwChangeSet) set
    = hw_change_set_new (HW_ORIGIN_SYSTEM, hw_desktop_actor (fixture->desktop));
  g_autofree char *operation_id = hw_uuid_v7 (HW_SAMPLE_NOW_US);
  char *id = hw_uuid_v7 (HW_SAMPLE_NOW_US);
  HwOperation *operation = hw_operation_new (
    operation_id, HW_ACTION_CREATE, type, id, type == HW_TYPE_ID_CASE ? id : case_id);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  operation->at = hw_instant_format (HW_SAMPLE_NOW_US);
  for (; facts->field != HW_FIELD_NONE; facts++)
    {
      g_autoptr (HwValue) value = facts->unit != NULL ? hw_value_new_pair (facts->text, facts->unit)
                                                      : hw_value_new_text (facts->text);

      hw_operation_set (operation, facts->field, value, 0);
    }
  hw_change_set_add (set, operation);
  results = hw_store_commit (hw_desktop_store (fixture->desktop), set, &error);
  g_assert_no_error (error);
  return id;
}

#define ADD(type, case_id, ...)                                                                    \
  add (fixture, type, case_id, (const Fact[]){ __VA_ARGS__, { HW_FIELD_NONE, NULL, NULL } })

/* A case with one leg home that leaves on this day at 01:15 in Kuwait; neither role is told its
 * office. (transfer full): the movement */
static char *
add_journey (Fixture *fixture, const char *name, const char *status, const char *day)
{
  g_autofree char *leaves = g_strconcat (day, "T01:15", NULL);
  g_autofree char *lands = g_strconcat (day, "T09:05", NULL);
  g_autofree char *case_id = ADD (
    HW_TYPE_ID_CASE, NULL, { HW_FIELD_CASE_PSEUDONYM, name }, { HW_FIELD_CASE_STATUS, "active" });
  char *movement = ADD (HW_TYPE_ID_MOVEMENT,
                        case_id,
                        { HW_FIELD_MOVEMENT_STATUS, status },
                        { HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, "2026-11-25T10:12:00Z" });
  g_autofree char *leg G_GNUC_UNUSED = ADD (HW_TYPE_ID_SEGMENT,
                              case_id,
                              { HW_FIELD_SEGMENT_MOVEMENT, movement },
                              { HW_FIELD_SEGMENT_FROM, "KWI" },
                              { HW_FIELD_SEGMENT_TO, "BJM" },
                              { HW_FIELD_SEGMENT_DEPARTS_AT, leaves, "Asia/Kuwait" },
                              { HW_FIELD_SEGMENT_ARRIVES_AT, lands, "Africa/Bujumbura" });
  g_autofree char *reception G_GNUC_UNUSED = ADD (HW_TYPE_ID_RECEPTION,
                                    case_id,
                                    { HW_FIELD_RECEPTION_OFFICE, HW_SAMPLE_OFFICE_ID },
                                    { HW_FIELD_RECEPTION_CONTACT, "Jeanine" });

  return movement;
}

static void
loaded_cb (gboolean *loaded)
{
  *loaded = TRUE;
}

static void
wait_loaded (HwTravelList *list)
{
  gboolean loaded = hw_travel_list_is_loaded (list);

  g_signal_connect_swapped (list, "loaded", G_CALLBACK (loaded_cb), &loaded);
  while (!loaded)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (list, &loaded);
}

static char *
names (HwTravelList *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (HwTravelEntry) entry = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", hw_travel_entry_facts (entry)->name);
    }
  return g_string_free (text, FALSE);
}

static void
test_journeys_by_departure (Fixture *fixture, gconstpointer data)
{
  g_autofree char *later = add_journey (fixture, "Later", "held", "2026-11-28");
  g_autofree char *sooner G_GNUC_UNUSED = add_journey (fixture, "Sooner", "ticketed", "2026-11-26");
  g_autofree char *over G_GNUC_UNUSED = add_journey (fixture, "Over", "arrived", "2026-11-20");
  g_autofree char *cancelled G_GNUC_UNUSED = add_journey (fixture, "Cancelled", "cancelled", "2026-11-27");
  g_autoptr (HwTravelList) list = hw_travel_list_new (fixture->desktop, FALSE);
  g_autoptr (HwTravelEntry) entry = NULL;
  g_autofree char *text = NULL;
  const HwTravelFacts *facts;

  wait_loaded (list);
  text = names (list);
  g_assert_cmpstr (text, ==, "Sooner Later");
  entry = g_list_model_get_item (G_LIST_MODEL (list), 1);
  facts = hw_travel_entry_facts (entry);
  g_assert_cmpstr (facts->movement, ==, later);
  g_assert_cmpstr (facts->route, ==, "KWI → BJM");
  g_assert_cmpint (facts->hold, ==, HW_HOLD_ENDS_SOON);
  g_assert_cmpint (facts->hold_ends_us - HW_SAMPLE_NOW_US, ==, 14 * G_TIME_SPAN_HOUR);
  g_assert_cmpstr (facts->contact, ==, "Jeanine");
}

/* The movement officer reads no risk and no acknowledgement: neither is told as missing. */
static void
test_only_what_the_reader_reads (Fixture *fixture, gconstpointer data)
{
  g_autofree char *movement G_GNUC_UNUSED = add_journey (fixture, "Aline N.", "held", "2026-11-28");
  g_autoptr (HwTravelList) list = hw_travel_list_new (fixture->desktop, FALSE);
  g_autoptr (HwTravelEntry) entry = NULL;
  const HwTravelFacts *facts;

  wait_loaded (list);
  entry = g_list_model_get_item (G_LIST_MODEL (list), 0);
  facts = hw_travel_entry_facts (entry);
  g_assert_false (facts->handshake_known);
  g_assert_cmpuint (facts->blocked->len, >, 0);
  for (guint i = 0; i < facts->blocked->len; i++)
    {
      g_assert_null (strstr (facts->blocked->pdata[i], "risk"));
      g_assert_null (strstr (facts->blocked->pdata[i], "receiving office"));
    }
}

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
wait_button (GtkWidget *root, const char *label)
{
  GtkWidget *button;

  while ((button = find_button (root, label)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return button;
}

static void
test_one_click_acknowledges (Fixture *fixture, gconstpointer data)
{
  g_autofree char *movement G_GNUC_UNUSED = add_journey (fixture, "Aline N.", "ticketed", "2026-11-28");
  HwPlace *place
    = g_object_ref_sink (g_object_new (hw_travel_place_for_role (HW_ROLE_RECEPTION), NULL));
  g_autoptr (GPtrArray) receptions = NULL;

  g_assert_cmpstr (hw_place_label (place), ==, "Arrivals");
  hw_place_attach (place, fixture->desktop);
  g_signal_emit_by_name (wait_button (GTK_WIDGET (place), "_Acknowledge"), "clicked");
  /* Acknowledged, she has a contact and no alternate: that is the next step. */
  g_assert_nonnull (wait_button (GTK_WIDGET (place), "_Name Contacts"));
  g_assert_cmpuint (hw_place_badge (place), ==, 0);
  receptions = hw_store_list (
    hw_desktop_store (fixture->desktop), HW_TYPE_ID_RECEPTION, HW_FIELD_NONE, NULL, 0, NULL);
  g_assert_cmpstr (hw_record_get_text (receptions->pdata[0], HW_FIELD_RECEPTION_ACKNOWLEDGED_AT),
                   ==,
                   "2026-11-24T20:12:00Z");
  g_object_unref (place);
}

static void
test_places_of_each_role (void)
{
  static const char *const expected[HW_N_ROLES] = {
    [HW_ROLE_CASEWORKER] = "HwTravelPlace",
    [HW_ROLE_SUPERVISOR] = "HwTravelPlace",
    [HW_ROLE_MOVEMENT] = "HwTravelPlace",
    [HW_ROLE_RECEPTION] = "HwArrivalsPlace",
  };

  for (guint role = 0; role < HW_N_ROLES; role++)
    {
      GType type = hw_travel_place_for_role (role);

      g_assert_cmpstr (type != G_TYPE_INVALID ? g_type_name (type) : NULL, ==, expected[role]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/travel/journeys-by-departure",
              Fixture,
              GINT_TO_POINTER (HW_ROLE_MOVEMENT),
              set_up,
              test_journeys_by_departure,
              tear_down);
  g_test_add ("/travel/only-what-the-reader-reads",
              Fixture,
              GINT_TO_POINTER (HW_ROLE_MOVEMENT),
              set_up,
              test_only_what_the_reader_reads,
              tear_down);
  g_test_add ("/arrivals/one-click-acknowledges",
              Fixture,
              GINT_TO_POINTER (HW_ROLE_RECEPTION),
              set_up,
              test_one_click_acknowledges,
              tear_down);
  g_test_add_func ("/travel/the-place-of-each-role", test_places_of_each_role);
  return g_test_run ();
}
