/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One person deletes what another has changed meanwhile: the change survives, everybody of the office who may read the
 * record is asked and nobody else, and whoever decides, decides for all.
 */
#include "tests/server/hw-test-case.h"
#include "tests/server/hw-test-desk.h"

#include <string.h>

#define TASK "018f3333-0000-7000-8000-0000000000aa"
#define SHARED "3b1f8a52-3333-4aaa-8bbb-0000000000aa"

typedef struct
{
  HwTestServer *server;
  HwClock *clock;
  HwStore *store;
  HwServerCore *core;
  HwTestCase *test_case;
  HwTestDesk *caseworker, *supervisor;
} World;

static HwOperation *
operation_on (HwAction action, HwTypeId type, const char *id)
{
  g_autofree char *operation = hw_uuid_v4 ();

  return hw_operation_new (operation, action, type, id, HW_TEST_CASE);
}

static void
rename_task (World *world, HwAction action, const char *title)
{
  HwOperation *operation = operation_on (action, HW_TYPE_ID_TASK, TASK);

  hw_operation_set_text (operation, HW_FIELD_TASK_TITLE, title, 1);
  hw_test_commit (world->store, operation, NULL);
}

static void
pull (HwTestDesk *desk)
{
  g_autofree char *heard = hw_test_desk_pull (desk);

  g_assert_nonnull (heard);
}

static void
set_up (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  world->server = hw_test_server_new ();
  world->clock = hw_clock_new_fixed (HW_TEST_NOW_US);
  world->store = hw_store_open (world->server->database, HW_STORE_SERVER, world->clock, &error);
  g_assert_no_error (error);
  world->core = hw_server_core_new (world->store, world->clock, &error);
  g_assert_no_error (error);
  world->test_case = hw_test_case_fill (world->store);
  rename_task (world, HW_ACTION_CREATE, "Call her sister");
  world->caseworker = hw_test_desk_new (world->core, HW_ROLE_CASEWORKER);
  world->supervisor = hw_test_desk_new (world->core, HW_ROLE_SUPERVISOR);
  pull (world->caseworker);
  pull (world->supervisor);
}

static void
tear_down (World *world, gconstpointer data)
{
  hw_test_desk_free (world->caseworker);
  hw_test_desk_free (world->supervisor);
  g_object_unref (world->core);
  hw_store_close (world->store);
  g_object_unref (world->store);
  g_object_unref (world->clock);
  hw_test_case_free (world->test_case);
  hw_test_server_free (world->server);
}

/* As hw_desktop_new_delete makes it: with the revision that was seen. */
static void
delete_as_seen (HwTestDesk *desk, HwTypeId type, const char *id)
{
  g_autoptr (HwRecord) record = hw_store_find_record (desk->store, id, NULL);
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_LOCAL, desk->actor);
  HwOperation *operation = operation_on (HW_ACTION_DELETE, type, id);
  g_autoptr (GPtrArray) results = NULL;
  guint64 rev = hw_record_rev (record);

  operation->seen = g_array_new (FALSE, FALSE, sizeof rev);
  g_array_append_val (operation->seen, rev);
  hw_change_set_add (set, operation);
  results = hw_store_commit (desk->store, set, NULL);
  g_assert_cmpint (((HwResult *) g_ptr_array_index (results, 0))->status, ==, HW_RESULT_APPLIED);
}

/* The task was renamed while the caseworker, who had not heard of it, deleted it. */
static void
meet (World *world)
{
  g_autofree char *answer = NULL;

  rename_task (world, HW_ACTION_UPDATE, "Call her sister before six");
  delete_as_seen (world->caseworker, HW_TYPE_ID_TASK, TASK);
  answer = hw_test_desk_push (world->caseworker);
  g_assert_nonnull (strstr (answer, "\"conflict\""));
  pull (world->caseworker);
  pull (world->supervisor);
}

static guint
n_open (HwTestDesk *desk)
{
  g_autoptr (GPtrArray) conflicts = hw_store_conflicts (desk->store, TRUE, NULL);

  return conflicts->len;
}

static char *
title_on (HwTestDesk *desk)
{
  g_autoptr (HwRecord) record = hw_store_find_record (desk->store, TASK, NULL);

  return g_strdup (record != NULL ? hw_record_get_text (record, HW_FIELD_TASK_TITLE) : "(gone)");
}

static HwResultStatus
settle (HwTestDesk *desk, const char *choice)
{
  g_autoptr (GPtrArray) conflicts = hw_store_conflicts (desk->store, TRUE, NULL);
  HwConflict *conflict = g_ptr_array_index (conflicts, 0);
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_LOCAL, desk->actor);
  g_autofree char *id = hw_uuid_v4 ();
  HwOperation *operation
    = hw_operation_new (id, HW_ACTION_RESOLVE, conflict->type, conflict->id, conflict->case_id);
  g_autoptr (GPtrArray) results = NULL;

  g_assert_cmpint (conflict->field, ==, HW_FIELD_NONE);
  operation->choice = g_strdup (choice);
  operation->seen = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_array_append_val (operation->seen, conflict->rev);
  hw_change_set_add (set, operation);
  results = hw_store_commit (desk->store, set, NULL);
  return ((HwResult *) g_ptr_array_index (results, 0))->status;
}

static void
settle_and_send (HwTestDesk *desk, const char *choice)
{
  g_autofree char *answer = NULL;

  g_assert_cmpint (settle (desk, choice), ==, HW_RESULT_APPLIED);
  answer = hw_test_desk_push (desk);
  g_assert_nonnull (strstr (answer, "\"applied\""));
}

static void
assert_everywhere (World *world, const char *title)
{
  HwTestDesk *const desks[] = { world->caseworker, world->supervisor };

  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    {
      g_autofree char *shown = NULL;

      pull (desks[i]);
      shown = title_on (desks[i]);
      g_assert_cmpstr (shown, ==, title);
      g_assert_cmpuint (n_open (desks[i]), ==, 0);
    }
}

static void
test_both_are_asked (World *world, gconstpointer data)
{
  g_autofree char *kept = NULL;

  meet (world);
  kept = title_on (world->caseworker);
  g_assert_cmpstr (kept, ==, "Call her sister before six");
  g_assert_cmpuint (n_open (world->caseworker), ==, 1);
  g_assert_cmpuint (n_open (world->supervisor), ==, 1);
}

static void
test_supervisor_deletes (World *world, gconstpointer data)
{
  meet (world);
  settle_and_send (world->supervisor, "offered");
  assert_everywhere (world, "(gone)");
}

static void
test_supervisor_keeps (World *world, gconstpointer data)
{
  meet (world);
  settle_and_send (world->supervisor, "current");
  assert_everywhere (world, "Call her sister before six");
}

static void
test_caseworker_deletes (World *world, gconstpointer data)
{
  meet (world);
  settle_and_send (world->caseworker, "offered");
  assert_everywhere (world, "(gone)");
}

/* What she changed herself and had not yet sent, she has seen. */
static void
test_own_edit_is_no_conflict (World *world, gconstpointer data)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_LOCAL, world->caseworker->actor);
  HwOperation *operation = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_TASK, TASK);
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *answer = NULL;

  hw_operation_set_text (operation, HW_FIELD_TASK_TITLE, "Call her brother", 1);
  hw_change_set_add (set, operation);
  results = hw_store_commit (world->caseworker->store, set, NULL);
  g_assert_cmpint (((HwResult *) g_ptr_array_index (results, 0))->status, ==, HW_RESULT_APPLIED);
  delete_as_seen (world->caseworker, HW_TYPE_ID_TASK, TASK);
  answer = hw_test_desk_push (world->caseworker);
  g_assert_null (strstr (answer, "\"conflict\""));
  assert_everywhere (world, "(gone)");
}

/* Nobody else hears of it; the mission not even where the record is on its request. */
static void
test_nobody_else (World *world, gconstpointer data)
{
  g_autoptr (GPtrArray) conflicts = NULL;

  meet (world);
  conflicts = hw_store_conflicts (world->caseworker->store, TRUE, NULL);
  for (guint role = 0; role < HW_N_ROLES; role++)
    {
      g_autoptr (HwTestDesk) desk = hw_test_desk_new (world->core, (HwRole) role);
      g_autofree char *heard = hw_test_desk_pull (desk);
      gboolean told
        = strstr (heard, ((HwConflict *) g_ptr_array_index (conflicts, 0))->id) != NULL;

      g_assert_true (told == (role == HW_ROLE_CASEWORKER || role == HW_ROLE_SUPERVISOR));
    }
}

static void
test_not_a_missions (World *world, gconstpointer data)
{
  HwOperation *shared = operation_on (HW_ACTION_CREATE, HW_TYPE_ID_ATTACHMENT, SHARED);
  HwOperation *renamed = operation_on (HW_ACTION_UPDATE, HW_TYPE_ID_ATTACHMENT, SHARED);
  g_autoptr (HwTestDesk) mission = hw_test_desk_new (world->core, HW_ROLE_EMBASSY_LIAISON);
  g_autofree char *heard = NULL, *answer = NULL;

  hw_operation_set_text (shared, HW_FIELD_ATTACHMENT_NAME, "passport", 0);
  hw_operation_set_text (shared, HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST, HW_TEST_REQUEST, 0);
  hw_test_commit (world->store, shared, NULL);
  pull (world->caseworker);
  hw_operation_set_text (renamed, HW_FIELD_ATTACHMENT_NAME, "her passport", 1);
  hw_test_commit (world->store, renamed, NULL);
  delete_as_seen (world->caseworker, HW_TYPE_ID_ATTACHMENT, SHARED);
  answer = hw_test_desk_push (world->caseworker);
  g_assert_nonnull (strstr (answer, "\"conflict\""));
  pull (world->caseworker);
  g_assert_cmpuint (n_open (world->caseworker), ==, 1);
  heard = hw_test_desk_pull (mission);
  g_assert_nonnull (strstr (heard, SHARED));
  g_assert_null (strstr (heard, "\"op\":\"conflict\""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/server/deletions/" path, World, NULL, set_up, function, tear_down)
  ADD ("the-change-survives-and-both-are-asked", test_both_are_asked);
  ADD ("a-supervisor-may-delete", test_supervisor_deletes);
  ADD ("a-supervisor-may-keep", test_supervisor_keeps);
  ADD ("the-caseworker-may-delete", test_caseworker_deletes);
  ADD ("ones-own-edit-is-no-conflict", test_own_edit_is_no_conflict);
  ADD ("nobody-else-hears-of-it", test_nobody_else);
  ADD ("a-mission-hears-nothing", test_not_a_missions);
#undef ADD
  return g_test_run ();
}
