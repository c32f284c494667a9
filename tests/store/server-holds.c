/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A hold runs out by itself: at its minute, once, and of nobody else's journey.
 */
#include "server-fixture.h"

static const char *
add_movement (Fixture *fixture, const char *case_id, const char *status, const char *ends)
{
  return fixture_create (fixture,
                         HW_TYPE_ID_MOVEMENT,
                         case_id,
                         HW_FIELD_MOVEMENT_STATUS,
                         status,
                         HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT,
                         ends,
                         HW_FIELD_NONE);
}

static void
assert_status (Fixture *fixture, const char *movement, const char *expected)
{
  g_autoptr (HwRecord) record
    = hw_store_get_record (fixture->store, HW_TYPE_ID_MOVEMENT, movement, NULL);

  g_assert_cmpstr (hw_record_status (record), ==, expected);
}

static guint
count_tasks (Fixture *fixture, const char *about)
{
  g_autoptr (GPtrArray) tasks
    = hw_store_list (fixture->store, HW_TYPE_ID_TASK, HW_FIELD_TASK_ABOUT, about, 0, NULL);

  return tasks->len;
}

static void
end_holds (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (hw_store_end_holds (fixture->store, &error));
  g_assert_no_error (error);
}

static void
test_ends_at_its_minute (Fixture *fixture, gconstpointer data)
{
  const char *caseworker = fixture_user (fixture, HW_ROLE_CASEWORKER);
  const char *case_id = fixture_case (fixture, caseworker);
  const char *other = fixture_case (fixture, caseworker);
  const char *held = add_movement (fixture, case_id, "held", "2026-11-24T12:30:00Z");
  const char *confirmed = add_movement (fixture, other, "confirmed", "2026-11-24T13:00:00Z");
  const char *bought = add_movement (fixture, other, "ticketed", "2026-11-24T12:00:00Z");

  end_holds (fixture);
  assert_status (fixture, held, "held");
  hw_clock_advance (fixture->clock, 30 * G_TIME_SPAN_MINUTE);
  end_holds (fixture);
  end_holds (fixture);
  assert_status (fixture, held, "requested");
  assert_status (fixture, confirmed, "confirmed");
  assert_status (fixture, bought, "ticketed");
  g_assert_cmpuint (count_tasks (fixture, held), ==, 1);
  g_assert_cmpuint (count_tasks (fixture, confirmed), ==, 0);
  fixture_reopen (fixture);
  end_holds (fixture);
  g_assert_cmpuint (count_tasks (fixture, held), ==, 1);
}

/* Held again under a later end, it may run out again. */
static void
test_a_longer_hold_ends_again (Fixture *fixture, gconstpointer data)
{
  const char *case_id = fixture_case (fixture, fixture_user (fixture, HW_ROLE_CASEWORKER));
  const char *held = add_movement (fixture, case_id, "held", "2026-11-24T11:00:00Z");

  end_holds (fixture);
  fixture_update (fixture,
                  HW_TYPE_ID_MOVEMENT,
                  held,
                  case_id,
                  HW_FIELD_MOVEMENT_STATUS,
                  "held",
                  HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT,
                  "2026-11-25T11:00:00Z",
                  HW_FIELD_NONE);
  end_holds (fixture);
  assert_status (fixture, held, "held");
  hw_clock_advance (fixture->clock, G_TIME_SPAN_DAY);
  end_holds (fixture);
  assert_status (fixture, held, "requested");
  g_assert_cmpuint (count_tasks (fixture, held), ==, 2);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/holds/end-at-their-minute-once", test_ends_at_its_minute);
  ADD ("/holds/a-longer-one-ends-again", test_a_longer_hold_ends_again);
  return g_test_run ();
}
