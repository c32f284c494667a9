/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-fixture.h"
#include "support/hw-test-folder.h"

#include <stdarg.h>

static void
open_store (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->store = hw_store_open (fixture->path, HW_STORE_SERVER, fixture->clock, &error);
  g_assert_no_error (error);
}

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("homeward-store-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "server.db", NULL);
  fixture->clock = hw_clock_new_fixed (FIXTURE_NOW);
  open_store (fixture);
  fixture->office = g_strdup (fixture_create (fixture, HW_TYPE_ID_OFFICE, NULL, HW_FIELD_OFFICE_NAME, "Bujumbura",
                                              HW_FIELD_OFFICE_COUNTRY, "BI", HW_FIELD_OFFICE_ZONE, "Africa/Bujumbura",
                                              HW_FIELD_NONE));
  fixture->mission
    = g_strdup (fixture_create (fixture, HW_TYPE_ID_ORGANISATION, NULL, HW_FIELD_ORGANISATION_NAME, "Mission A",
                                HW_FIELD_ORGANISATION_KIND, "diplomatic_mission", HW_FIELD_NONE));
  fixture->other_mission
    = g_strdup (fixture_create (fixture, HW_TYPE_ID_ORGANISATION, NULL, HW_FIELD_ORGANISATION_NAME, "Mission B",
                                HW_FIELD_ORGANISATION_KIND, "diplomatic_mission", HW_FIELD_NONE));
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  hw_store_close (fixture->store);
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->clock);
  hw_test_folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->office);
  g_free (fixture->mission);
  g_free (fixture->other_mission);
}

void
fixture_reopen (Fixture *fixture)
{
  hw_store_close (fixture->store);
  g_clear_object (&fixture->store);
  open_store (fixture);
}

void
fixture_add_account (Fixture *fixture, const char *id, HwRole role, const char *office, const char *mission)
{
  HwAccount account = { .id = (char *) id, .username = (char *) id, .name = (char *) "Somebody", .role = role,
                        .office = (char *) office, .mission = (char *) mission, .password_hash = (char *) "none" };
  g_autoptr (GError) error = NULL;

  hw_store_put_account (fixture->store, &account, &error);
  g_assert_no_error (error);
}

const char *
fixture_user (Fixture *fixture, HwRole role)
{
  g_autofree char *made = hw_uuid_v5 ("0b6c5f0e-6f1d-4c6a-9d53-2f8f6f1a7c26", hw_role_nick (role)->nick);
  const char *id = g_intern_string (made);
  g_autoptr (HwAccount) known = hw_store_account (fixture->store, id, NULL);

  if (known == NULL)
    fixture_add_account (fixture, id, role, fixture->office,
                         role == HW_ROLE_EMBASSY_LIAISON ? fixture->mission : NULL);
  return id;
}

HwActor *
fixture_actor (Fixture *fixture, HwRole role)
{
  return hw_actor_new (fixture_user (fixture, role), "Somebody", role, fixture->office,
                       role == HW_ROLE_EMBASSY_LIAISON ? fixture->mission : NULL, NULL);
}

static void
set_fields (HwOperation *operation, va_list fields)
{
  for (;;)
    {
      HwFieldId field = (HwFieldId) va_arg (fields, int);
      const char *text;

      if (field == HW_FIELD_NONE)
        return;
      text = va_arg (fields, const char *);
      hw_operation_set_text (operation, field, text, 0);
    }
}

static void
commit_as (Fixture *fixture, HwActor *actor, HwOperation *operation)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_SYSTEM, actor);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  const HwResult *result;

  hw_change_set_add (set, operation);
  results = hw_store_commit (fixture->store, set, &error);
  g_assert_no_error (error);
  result = g_ptr_array_index (results, 0);
  if (result->verdict != NULL)
    g_test_message ("%s", hw_verdict_message (result->verdict));
  g_assert_cmpint (result->status, ==, HW_RESULT_APPLIED);
}

static HwOperation *
operation_new (HwAction action, HwTypeId type, const char *record, const char *case_id)
{
  g_autofree char *id = hw_uuid_v7 (FIXTURE_NOW);

  return hw_operation_new (id, action, type, record, case_id);
}

static const char *
create (Fixture *fixture, HwActor *actor, HwTypeId type, const char *case_id, va_list fields)
{
  g_autofree char *made = hw_uuid_v7 (FIXTURE_NOW);
  const char *id = g_intern_string (made);
  HwOperation *operation
    = operation_new (HW_ACTION_CREATE, type, id, type == HW_TYPE_ID_CASE ? id : case_id);

  set_fields (operation, fields);
  commit_as (fixture, actor, operation);
  return id;
}

const char *
fixture_create (Fixture *fixture, HwTypeId type, const char *case_id, ...)
{
  g_autoptr (HwActor) actor = hw_actor_new ("system", "Fixture", HW_ROLE_ADMINISTRATOR, NULL, NULL, NULL);
  const char *id;
  va_list fields;

  va_start (fields, case_id);
  id = create (fixture, actor, type, case_id, fields);
  va_end (fields);
  return id;
}

const char *
fixture_create_by (Fixture *fixture, HwRole role, HwTypeId type, const char *case_id, ...)
{
  g_autoptr (HwActor) actor = fixture_actor (fixture, role);
  const char *id;
  va_list fields;

  va_start (fields, case_id);
  id = create (fixture, actor, type, case_id, fields);
  va_end (fields);
  return id;
}

void
fixture_update (Fixture *fixture, HwTypeId type, const char *record, const char *case_id, ...)
{
  g_autoptr (HwActor) actor = hw_actor_new ("system", "Fixture", HW_ROLE_ADMINISTRATOR, NULL, NULL, NULL);
  HwOperation *operation = operation_new (HW_ACTION_UPDATE, type, record, case_id);
  va_list fields;

  va_start (fields, case_id);
  set_fields (operation, fields);
  va_end (fields);
  commit_as (fixture, actor, operation);
}

void
fixture_delete (Fixture *fixture, HwTypeId type, const char *record, const char *case_id)
{
  g_autoptr (HwActor) actor = hw_actor_new ("system", "Fixture", HW_ROLE_ADMINISTRATOR, NULL, NULL, NULL);

  commit_as (fixture, actor, operation_new (HW_ACTION_DELETE, type, record, case_id));
}

const char *
fixture_case (Fixture *fixture, const char *owner)
{
  const char *id = fixture_create (fixture, HW_TYPE_ID_CASE, NULL, HW_FIELD_CASE_PSEUDONYM, "Aline N.",
                                   HW_FIELD_CASE_STATUS, "active", HW_FIELD_CASE_OFFICE, fixture->office,
                                   HW_FIELD_NONE);

  if (owner != NULL)
    fixture_update (fixture, HW_TYPE_ID_CASE, id, id, HW_FIELD_CASE_OWNER, owner, HW_FIELD_NONE);
  return id;
}

static void
describe (GString *out, const HwFeedEntry *entry, gboolean ids)
{
  static const char *const words[] = { "put", "delete", "purge", "conflict" };

  g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", words[entry->op]);
  if (entry->op != HW_ITEM_PURGE)
    g_string_append_printf (out, ":%s", hw_schema_type (entry->type)->name);
  if (ids)
    g_string_append_printf (out, ":%s", entry->id);
  g_assert_true ((entry->op == HW_ITEM_PUT) == (entry->record != NULL));
}

static char *
read_feed (Fixture *fixture, HwActor *actor, HwFeedPosition *position, guint limit, gboolean ids)
{
  guint64 upper = hw_store_head (fixture->store);
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) page
        = hw_store_read_feed (fixture->store, actor, position, upper, limit, &more, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (page->len, <=, limit);
      for (guint i = 0; i < page->len; i++)
        describe (out, g_ptr_array_index (page, i), ids);
    }
  g_assert_cmpuint (position->seq, ==, upper);
  return g_strdup (out->str);
}

char *
fixture_read (Fixture *fixture, HwActor *actor, HwFeedPosition *position, guint limit)
{
  return read_feed (fixture, actor, position, limit, FALSE);
}

char *
fixture_read_ids (Fixture *fixture, HwActor *actor, HwFeedPosition *position, guint limit)
{
  return read_feed (fixture, actor, position, limit, TRUE);
}
