/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tests' desktop (desk.h).
 */
#include "desk.h"

#include "fake-server.h"
#include "sync/hw-sync-engine-private.h"

static void
notified_cb (GObject *engine, GParamSpec *pspec, Desk *desk)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_object_get_property (engine, pspec->name, &value);
  g_string_append_printf (desk->notified, "%s%s", desk->notified->len > 0 ? " " : "", pspec->name);
  if (G_VALUE_HOLDS_UINT (&value))
    g_string_append_printf (desk->notified, "=%u", g_value_get_uint (&value));
}

Desk *
desk_new (HwTransport *transport)
{
  Desk *desk = g_new0 (Desk, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (HwActor) actor
    = hw_actor_new (DESK_USER, "Aline", HW_ROLE_CASEWORKER, DESK_OFFICE, NULL, DESK_DEVICE);

  desk->clock = hw_clock_new_fixed (DESK_NOW);
  desk->store = hw_store_open (":memory:", HW_STORE_DESKTOP, desk->clock, &error);
  g_assert_no_error (error);
  hw_store_set_actor (desk->store, actor);
  desk->engine = hw_sync_engine_new (desk->store, transport, desk->clock);
  desk->notified = g_string_new (NULL);
  g_signal_connect (desk->engine, "notify", G_CALLBACK (notified_cb), desk);
  return desk;
}

void
desk_free (Desk *desk)
{
  hw_sync_engine_stop (desk->engine);
  hw_worker_drain (hw_store_worker (desk->store));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (desk->engine);
  hw_store_close (desk->store);
  g_object_unref (desk->store);
  g_object_unref (desk->clock);
  g_string_free (desk->notified, TRUE);
  g_free (desk);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GPtrArray **results = data;
  g_autoptr (GError) error = NULL;

  *results = hw_store_commit_finish (HW_STORE (source), result, &error);
  g_assert_no_error (error);
}

/* Takes the operation. */
static void
commit (Desk *desk, HwOperation *operation)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_LOCAL, hw_store_actor (desk->store));
  g_autoptr (GPtrArray) results = NULL;

  operation->at = g_strdup ("2026-11-24T09:00:00+03:00");
  hw_change_set_add (set, operation);
  hw_store_commit_async (desk->store, set, NULL, committed_cb, &results);
  fake_wait_until (results != NULL);
  g_assert_cmpint (((HwResult *) g_ptr_array_index (results, 0))->status, ==, HW_RESULT_APPLIED);
}

void
desk_open_case (Desk *desk, const char *case_id, const char *operation_id)
{
  HwOperation *operation
    = hw_operation_new (operation_id, HW_ACTION_CREATE, HW_TYPE_ID_CASE, case_id, case_id);

  hw_operation_set_text (operation, HW_FIELD_CASE_STATUS, "active", 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_OWNER, DESK_USER, 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_LOCATION_PLACE, "Farwaniya", 0);
  commit (desk, operation);
}

void
desk_rename_place (Desk *desk, const char *case_id, const char *operation_id)
{
  HwOperation *operation
    = hw_operation_new (operation_id, HW_ACTION_UPDATE, HW_TYPE_ID_CASE, case_id, case_id);

  hw_operation_set_text (operation, HW_FIELD_CASE_LOCATION_PLACE, "Hawally", 0);
  commit (desk, operation);
}

char *
desk_notified (Desk *desk)
{
  char *notified = g_strdup (desk->notified->str);

  g_string_truncate (desk->notified, 0);
  return notified;
}

void
desk_wait_state (Desk *desk, HwSyncState state)
{
  fake_wait_until (hw_sync_engine_state (desk->engine) == state);
}

void
desk_advance (Desk *desk, gint seconds)
{
  hw_clock_advance (desk->clock, seconds * (gint64) G_USEC_PER_SEC);
  hw_sync_engine_tick (desk->engine);
}

HwRecord *
desk_case (Desk *desk, const char *case_id)
{
  return hw_store_get_record (desk->store, HW_TYPE_ID_CASE, case_id, NULL);
}

char *
desk_put (const char *case_id, guint rev, const char *place)
{
  return g_strdup_printf ("{\"op\":\"put\",\"type\":\"case\",\"id\":\"%s\",\"case\":\"%s\",\"rev\":%u,"
                          "\"created_at\":\"2026-11-24T06:00:00Z\",\"created_by\":\"" DESK_USER
                          "\",\"updated_at\":\"2026-11-24T06:00:00Z\",\"updated_by\":\"" DESK_USER
                          "\",\"fields\":{\"status\":\"active\",\"owner\":\"" DESK_USER
                          "\",\"location_place\":\"%s\"},\"field_revs\":{\"status\":1,\"owner\":1,"
                          "\"location_place\":%u}}",
                          case_id, case_id, rev, place, rev);
}

char *
desk_page (const char *cursor, gboolean more, const char *items)
{
  return g_strdup_printf ("{\"cursor\":\"%s\",\"more\":%s,\"items\":[%s]}", cursor,
                          more ? "true" : "false", items);
}
