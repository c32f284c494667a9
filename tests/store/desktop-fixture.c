/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desktop-fixture.h"
#include "support/hw-test-folder.h"

#include <stdarg.h>

static void
open_store (Desktop *desktop)
{
  g_autoptr (GError) error = NULL;

  desktop->store = hw_store_open (desktop->path, HW_STORE_DESKTOP, desktop->clock, &error);
  g_assert_no_error (error);
  hw_store_set_actor (desktop->store, desktop->actor);
}

void
desktop_set_up (Desktop *desktop, gconstpointer data)
{
  desktop->folder = g_dir_make_tmp ("homeward-desktop-XXXXXX", NULL);
  desktop->path = g_build_filename (desktop->folder, "homeward.db", NULL);
  desktop->clock = hw_clock_new_fixed (DESKTOP_NOW);
  desktop->actor = hw_actor_new (
    DESKTOP_USER, "Caseworker", HW_ROLE_CASEWORKER, DESKTOP_OFFICE, NULL, "device-1");
  open_store (desktop);
  desktop_page (desktop,
                TRUE,
                desktop_put (HW_TYPE_ID_OFFICE,
                             DESKTOP_OFFICE,
                             NULL,
                             1,
                             HW_FIELD_OFFICE_NAME,
                             "Bujumbura",
                             HW_FIELD_OFFICE_COUNTRY,
                             "BI",
                             HW_FIELD_OFFICE_ZONE,
                             "Africa/Bujumbura",
                             HW_FIELD_NONE),
                desktop_put (HW_TYPE_ID_ORGANISATION,
                             DESKTOP_MISSION,
                             NULL,
                             1,
                             HW_FIELD_ORGANISATION_NAME,
                             "Mission A",
                             HW_FIELD_ORGANISATION_KIND,
                             "diplomatic_mission",
                             HW_FIELD_NONE),
                NULL);
  desktop_spin (desktop);
}

void
desktop_tear_down (Desktop *desktop, gconstpointer data)
{
  hw_store_close (desktop->store);
  g_assert_finalize_object (desktop->store);
  g_clear_object (&desktop->clock);
  hw_actor_free (desktop->actor);
  hw_test_folder_remove (desktop->folder);
  g_free (desktop->folder);
  g_free (desktop->path);
}

void
desktop_reopen (Desktop *desktop)
{
  hw_store_close (desktop->store);
  g_assert_finalize_object (desktop->store);
  open_store (desktop);
}

const char *
desktop_id (void)
{
  g_autofree char *id = hw_uuid_v7 (DESKTOP_NOW);

  return g_intern_string (id);
}

HwOperation *
desktop_operation (HwAction action, HwTypeId type, const char *record, const char *case_id)
{
  HwOperation *operation = hw_operation_new (desktop_id (), action, type, record, case_id);

  operation->at = g_strdup ("2026-11-24T14:00:00+02:00");
  return operation;
}

HwResult *
desktop_commit (Desktop *desktop, HwOperation *operation)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_LOCAL, desktop->actor);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  hw_change_set_add (set, operation);
  results = hw_store_commit (desktop->store, set, &error);
  g_assert_no_error (error);
  return g_ptr_array_steal_index (results, 0);
}

static const char *
accepted (Desktop *desktop, HwOperation *operation)
{
  const char *id = g_intern_string (operation->id);
  HwResult *result = desktop_commit (desktop, operation);

  if (result->verdict != NULL)
    g_test_message ("%s", hw_verdict_message (result->verdict));
  g_assert_cmpint (result->status, ==, HW_RESULT_APPLIED);
  hw_result_free (result);
  return id;
}

const char *
desktop_set (Desktop *desktop,
             HwTypeId type,
             const char *record,
             const char *case_id,
             HwFieldId field,
             const char *text)
{
  g_autoptr (HwRecord) present = hw_store_get_record (desktop->store, type, record, NULL);
  HwOperation *operation = desktop_operation (
    present != NULL ? HW_ACTION_UPDATE : HW_ACTION_CREATE, type, record, case_id);

  hw_operation_set_text (
    operation, field, text, present != NULL ? hw_record_field_rev (present, field) : 0);
  return accepted (desktop, operation);
}

const char *
desktop_new_case (Desktop *desktop, const char *pseudonym, const char **made)
{
  const char *id = desktop_id ();
  HwOperation *operation = desktop_operation (HW_ACTION_CREATE, HW_TYPE_ID_CASE, id, id);
  const char *name;

  hw_operation_set_text (operation, HW_FIELD_CASE_PSEUDONYM, pseudonym, 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_OFFICE, DESKTOP_OFFICE, 0);
  hw_operation_set_text (operation, HW_FIELD_CASE_OWNER, DESKTOP_USER, 0);
  name = accepted (desktop, operation);
  if (made != NULL)
    *made = name;
  return id;
}

HwItem *
desktop_put (HwTypeId type, const char *id, const char *case_id, guint64 rev, ...)
{
  HwItem *item = g_new0 (HwItem, 1);
  va_list fields;

  item->op = HW_ITEM_PUT;
  item->type = type;
  item->id = g_strdup (id);
  item->case_id = g_strdup (case_id);
  item->rev = rev;
  item->record = hw_record_new (type, id);
  hw_record_set_case (item->record, case_id);
  hw_record_set_rev (item->record, rev);
  hw_record_set_stamps (
    item->record, "2026-11-20T08:00:00Z", DESKTOP_USER, "2026-11-20T08:00:00Z", DESKTOP_USER);
  va_start (fields, rev);
  for (;;)
    {
      HwFieldId field = (HwFieldId)va_arg (fields, int);
      g_autoptr (HwValue) value = NULL;

      if (field == HW_FIELD_NONE)
        break;
      value = hw_value_new_text (va_arg (fields, const char *));
      hw_record_set (item->record, field, value);
      hw_record_set_field_rev (item->record, field, rev);
    }
  va_end (fields);
  return item;
}

HwItem *
desktop_purge (const char *case_id)
{
  HwItem *item = g_new0 (HwItem, 1);

  item->op = HW_ITEM_PURGE;
  item->type = HW_TYPE_ID_CASE;
  item->id = g_strdup (case_id);
  return item;
}

void
desktop_page (Desktop *desktop, gboolean complete, ...)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_item_free);
  g_autoptr (GError) error = NULL;
  HwItem *item;
  va_list all;

  va_start (all, complete);
  while ((item = va_arg (all, HwItem *)) != NULL)
    g_ptr_array_add (items, item);
  va_end (all);
  hw_store_apply_page (desktop->store, items, "cursor", complete, &error);
  g_assert_no_error (error);
}

void
desktop_answer (
  Desktop *desktop, const char *operation, HwResultStatus status, HwItem *item, const char *problem)
{
  g_autoptr (GPtrArray) results
    = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_push_result_free);
  HwPushResult *result = g_new0 (HwPushResult, 1);
  g_autoptr (GError) error = NULL;

  result->operation = g_strdup (operation);
  result->status = status;
  result->item = item;
  result->problem = g_strdup (problem);
  g_ptr_array_add (results, result);
  hw_outbox_settle (desktop->store, results, &error);
  g_assert_no_error (error);
}

const char *
desktop_server_case (Desktop *desktop, const char *code, const char *pseudonym)
{
  const char *id = desktop_id ();

  desktop_page (desktop,
                TRUE,
                desktop_put (HW_TYPE_ID_CASE,
                             id,
                             id,
                             1,
                             HW_FIELD_CASE_CODE,
                             code,
                             HW_FIELD_CASE_PSEUDONYM,
                             pseudonym,
                             HW_FIELD_CASE_OFFICE,
                             DESKTOP_OFFICE,
                             HW_FIELD_CASE_OWNER,
                             DESKTOP_USER,
                             HW_FIELD_CASE_STATUS,
                             "active",
                             HW_FIELD_CASE_URGENCY,
                             "low",
                             HW_FIELD_NONE),
                NULL);
  return id;
}

char *
desktop_text (Desktop *desktop, HwTypeId type, const char *id, HwFieldId field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwRecord) record = hw_store_get_record (desktop->store, type, id, &error);

  g_assert_no_error (error);
  if (record == NULL)
    return g_strdup ("(gone)");
  return g_strdup (hw_record_get_text (record, field) != NULL ? hw_record_get_text (record, field)
                                                              : "");
}

/* An answer may ask the worker for more: three rounds are more than any list takes. */
void
desktop_spin (Desktop *desktop)
{
  for (guint round = 0; round < 4; round++)
    {
      hw_worker_drain (hw_store_worker (desktop->store));
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}
