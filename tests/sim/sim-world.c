/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The simulator's world: an office, a mission, two cases, and two to four desktops.
 */
#include "sim.h"
#include "support/hw-test-folder.h"
#include "sync/hw-sync-engine-private.h"

#define NOW G_GINT64_CONSTANT (1795500000000000)
#define OFFICE "01890000-0000-7000-8000-000000000010"
#define MISSION "01890000-0000-7000-8000-000000000011"
#define OTHER_MISSION "01890000-0000-7000-8000-000000000012"
#define ALINE "01890000-0000-7000-8000-000000000021"
#define BEATRICE "01890000-0000-7000-8000-000000000022"
#define LIAISON "01890000-0000-7000-8000-000000000023"
#define MOVEMENT_OFFICER "01890000-0000-7000-8000-000000000024"
#define CASE_1 "01890000-0000-7000-8000-000000000031"
#define CASE_2 "01890000-0000-7000-8000-000000000032"

static const struct
{
  const char *id, *username;
  HwRole role;
  const char *office, *mission;
} accounts[] = {
  { ALINE, "aline", HW_ROLE_CASEWORKER, OFFICE, NULL },
  { LIAISON, "liaison", HW_ROLE_EMBASSY_LIAISON, NULL, MISSION },
  { ALINE, "aline", HW_ROLE_CASEWORKER, OFFICE, NULL }, /* her second laptop */
  { MOVEMENT_OFFICER, "movement", HW_ROLE_MOVEMENT, OFFICE, NULL },
  { BEATRICE, "beatrice", HW_ROLE_CASEWORKER, OFFICE, NULL },
};

char *
sim_uuid (SimWorld *world)
{
  return g_strdup_printf ("018f%04x-%04x-7%03x-8%03x-%08x%04x", sim_below (world, 0x10000),
                          sim_below (world, 0x10000), sim_below (world, 0x1000),
                          sim_below (world, 0x1000), g_rand_int (world->random),
                          sim_below (world, 0x10000));
}

gint
sim_below (SimWorld *world, gint n)
{
  return g_rand_int_range (world->random, 0, n);
}

void
sim_note (SimWorld *world, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (world->trace, format, arguments);
  va_end (arguments);
  g_string_append_c (world->trace, '\n');
}

/* pairs: field, text, field, text …, HW_FIELD_NONE */
static void
add_record (SimWorld *world, HwChangeSet *set, HwTypeId type, const char *id, const char *case_id, ...)
{
  g_autofree char *operation_id = sim_uuid (world);
  HwOperation *operation = hw_operation_new (operation_id, HW_ACTION_CREATE, type, id, case_id);
  va_list arguments;
  HwFieldId field;

  va_start (arguments, case_id);
  while ((field = (HwFieldId) va_arg (arguments, int)) != HW_FIELD_NONE)
    hw_operation_set_text (operation, field, va_arg (arguments, const char *), 0);
  va_end (arguments);
  operation->at = g_strdup ("2026-11-24T06:00:00Z");
  hw_change_set_add (set, operation);
}

static void
add_case (SimWorld *world, HwChangeSet *set, const char *id, const char *mission, const char *status)
{
  g_autofree char *person = sim_uuid (world), *request = sim_uuid (world), *task = sim_uuid (world);
  g_autofree char *movement = sim_uuid (world), *document = sim_uuid (world);

  add_record (world, set, HW_TYPE_ID_CASE, id, id, HW_FIELD_CASE_PSEUDONYM, "Rose",
              HW_FIELD_CASE_STATUS, "active", HW_FIELD_CASE_OWNER, ALINE, HW_FIELD_CASE_OFFICE,
              OFFICE, HW_FIELD_CASE_OPENED_ON, "2026-11-20", HW_FIELD_CASE_LOCATION_COUNTRY, "KW",
              HW_FIELD_NONE);
  add_record (world, set, HW_TYPE_ID_PERSON, person, id, HW_FIELD_PERSON_ROLE, "survivor",
              HW_FIELD_PERSON_GIVEN_NAMES, "Aline", HW_FIELD_PERSON_FAMILY_NAME, "N.",
              HW_FIELD_NONE);
  add_record (world, set, HW_TYPE_ID_TASK, task, id, HW_FIELD_TASK_TITLE, "Call back",
              HW_FIELD_NONE);
  add_record (world, set, HW_TYPE_ID_MOVEMENT, movement, id, HW_FIELD_MOVEMENT_STATUS, "draft",
              HW_FIELD_NONE);
  add_record (world, set, HW_TYPE_ID_EMBASSY_REQUEST, request, id, HW_FIELD_EMBASSY_REQUEST_MISSION,
              mission, HW_FIELD_EMBASSY_REQUEST_REFERENCE, "LP-7Q4K2",
              HW_FIELD_EMBASSY_REQUEST_STATUS, status, HW_FIELD_EMBASSY_REQUEST_SENT_ON, "2026-11-22",
              HW_FIELD_NONE);
  add_record (world, set, HW_TYPE_ID_TRAVEL_DOCUMENT, document, id, HW_FIELD_TRAVEL_DOCUMENT_REQUEST,
              request, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "applied", HW_FIELD_NONE);
}

static void
fill_server (SimWorld *world)
{
  g_autoptr (HwActor) actor
    = hw_actor_new ("system", "System", HW_ROLE_ADMINISTRATOR, NULL, NULL, NULL);
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_SYSTEM, actor);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  add_record (world, set, HW_TYPE_ID_OFFICE, OFFICE, NULL, HW_FIELD_OFFICE_NAME, "Bujumbura",
              HW_FIELD_OFFICE_COUNTRY, "BI", HW_FIELD_OFFICE_ZONE, "Africa/Bujumbura", HW_FIELD_NONE);
  add_record (world, set, HW_TYPE_ID_ORGANISATION, MISSION, NULL, HW_FIELD_ORGANISATION_NAME,
              "Embassy", HW_FIELD_NONE);
  add_record (world, set, HW_TYPE_ID_ORGANISATION, OTHER_MISSION, NULL, HW_FIELD_ORGANISATION_NAME,
              "Another", HW_FIELD_NONE);
  add_case (world, set, CASE_1, MISSION, "sent");
  add_case (world, set, CASE_2, OTHER_MISSION, "sent");
  results = hw_store_commit (world->server, set, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < results->len; i++)
    {
      HwResult *result = g_ptr_array_index (results, i);

      if (result->status != HW_RESULT_APPLIED)
        g_error ("operation %u: %s", i, hw_verdict_message (result->verdict));
    }
}

static void
add_accounts (SimWorld *world)
{
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      HwAccount account = { .id = (char *) accounts[i].id, .username = (char *) accounts[i].username,
                            .name = (char *) accounts[i].username, .role = accounts[i].role,
                            .office = (char *) accounts[i].office,
                            .mission = (char *) accounts[i].mission, .password_hash = (char *) "x" };
      g_autoptr (GError) error = NULL;

      hw_store_put_account (world->server, &account, &error);
      g_assert_no_error (error);
    }
}

/* A page is fetched ahead while another waits to be kept: some people type just then. */
static void
asked_cb (gpointer data)
{
  SimDesk *desk = data;
  SimWorld *world = desk->world;

  if (sim_transport_waiting (desk->transport) > 1)
    world->overtaken++;
  if (desk->engine->ahead == NULL)
    return;
  world->ahead++;
  if (!world->quiet && sim_below (world, 3) == 0)
    sim_edit (world, desk);
}

/* Opens what desk->path holds, and begins to synchronise. */
static void
start_desk (SimWorld *world, SimDesk *desk)
{
  g_autoptr (GError) error = NULL;

  desk->starts++;
  desk->store = hw_store_open (desk->path, HW_STORE_DESKTOP, desk->clock, &error);
  g_assert_no_error (error);
  hw_store_set_actor (desk->store, desk->actor);
  desk->transport = sim_transport_new (world->core, world->page_limit);
  desk->engine = hw_sync_engine_new (desk->store, HW_TRANSPORT (desk->transport), desk->clock);
  sim_transport_on_asked (desk->transport, asked_cb, desk);
  hw_sync_engine_set_seed (desk->engine, g_rand_int (world->random));
  hw_sync_engine_set_token (desk->engine, desk->token);
  hw_sync_engine_start (desk->engine);
}

static void
stop_desk (SimDesk *desk)
{
  sim_transport_on_asked (desk->transport, NULL, NULL);
  g_clear_object (&desk->engine);
  hw_store_close (desk->store);
  g_clear_object (&desk->store);
  g_clear_object (&desk->transport);
}

static char *
path_of (SimWorld *world, SimDesk *desk)
{
  g_autofree char *name = g_strdup_printf ("%u-%u.db", desk->number, desk->starts);

  return world->folder != NULL ? g_build_filename (world->folder, name, NULL) : g_strdup (":memory:");
}

static void
copy_if_there (const char *from, const char *to, const char *suffix)
{
  g_autofree char *source_path = g_strconcat (from, suffix, NULL);
  g_autofree char *copy_path = g_strconcat (to, suffix, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (source_path);
  g_autoptr (GFile) copy = g_file_new_for_path (copy_path);
  g_autoptr (GError) error = NULL;

  if (!g_file_test (source_path, G_FILE_TEST_EXISTS))
    return;
  g_file_copy (source, copy, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
sim_restart (SimWorld *world, SimDesk *desk)
{
  gboolean crash = sim_below (world, 2) == 0;

  if (world->folder == NULL)
    return;
  sim_note (world, "desk %u %s and starts anew", desk->number, crash ? "loses its power" : "ends");
  if (crash)
    {
      g_autofree char *before = g_steal_pointer (&desk->path);

      /* The database and its log as they lie, with the program still holding them. */
      desk->path = path_of (world, desk);
      copy_if_there (before, desk->path, "");
      copy_if_there (before, desk->path, "-wal");
    }
  hw_sync_engine_stop (desk->engine);
  sim_settle (world);
  stop_desk (desk);
  start_desk (world, desk);
  *(crash ? &world->crashes : &world->restarts) += 1;
}

static void
add_desk (SimWorld *world, guint number)
{
  SimDesk *desk = g_new0 (SimDesk, 1);
  g_autoptr (HwAccount) account = hw_store_account (world->server, accounts[number].id, NULL);
  g_autofree char *device = sim_uuid (world);
  g_autoptr (GError) error = NULL;
  gint years = sim_below (world, 3) == 0 ? sim_below (world, 41) - 20 : 0;

  desk->world = world;
  desk->number = number;
  desk->actor = hw_actor_new (account->id, account->name, account->role, account->office,
                              account->mission, device);
  desk->token = hw_store_create_session (world->server, account, device, "laptop", NULL, &error);
  g_assert_no_error (error);
  desk->clock = hw_clock_new_fixed (NOW + years * (gint64) 365 * 86400 * G_USEC_PER_SEC);
  desk->path = path_of (world, desk);
  start_desk (world, desk);
  g_ptr_array_add (world->desks, desk);
}

static void
desk_free (gpointer data)
{
  SimDesk *desk = data;

  stop_desk (desk);
  g_clear_object (&desk->clock);
  g_free (desk->path);
  hw_actor_free (desk->actor);
  g_free (desk->token);
  g_free (desk);
}

static void
edit_free (gpointer data)
{
  SimEdit *edit = data;

  g_free (edit->operation);
  g_free (edit->record);
  g_clear_pointer (&edit->value, hw_value_unref);
  g_free (edit);
}

/* In memory, where there is such a place: thousands of commits need not reach a disk to be read again. */
static char *
new_folder (void)
{
  g_autofree char *name = g_build_filename (
    g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir (), "homeward-sim-XXXXXX", NULL);

  if (g_mkdtemp (name) == NULL)
    g_error ("no folder for the simulator");
  return g_steal_pointer (&name);
}

SimWorld *
sim_world_new (guint32 seed)
{
  SimWorld *world = g_new0 (SimWorld, 1);
  g_autoptr (GError) error = NULL;
  guint n_desks;

  world->seed = seed;
  world->page_limit = seed % 5 == 0 ? 0 : 1 + seed % 5;
  world->folder = seed % 3 == 0 ? new_folder () : NULL;
  world->random = g_rand_new_with_seed (seed);
  world->trace = g_string_new (NULL);
  world->desks = g_ptr_array_new_with_free_func (desk_free);
  world->edits = g_ptr_array_new_with_free_func (edit_free);
  world->clock = hw_clock_new_fixed (NOW);
  world->server = hw_store_open (":memory:", HW_STORE_SERVER, world->clock, &error);
  g_assert_no_error (error);
  fill_server (world);
  add_accounts (world);
  world->core = hw_server_core_new (world->server, world->clock, &error);
  g_assert_no_error (error);
  n_desks = (guint) (2 + sim_below (world, 4));
  for (guint i = 0; i < n_desks; i++)
    add_desk (world, i);
  sim_settle (world);
  return world;
}

void
sim_world_free (SimWorld *world)
{
  for (guint i = 0; i < world->desks->len; i++)
    hw_sync_engine_stop (((SimDesk *) g_ptr_array_index (world->desks, i))->engine);
  sim_settle (world);
  g_ptr_array_unref (world->edits);
  g_ptr_array_unref (world->desks);
  g_object_unref (world->core);
  hw_store_close (world->server);
  g_object_unref (world->server);
  g_object_unref (world->clock);
  g_rand_free (world->random);
  g_string_free (world->trace, TRUE);
  if (world->folder != NULL)
    hw_test_folder_remove (world->folder);
  g_free (world->folder);
  g_free (world);
}

void
sim_settle (SimWorld *world)
{
  gboolean progress = TRUE;

  while (progress)
    {
      for (guint i = 0; i < world->desks->len; i++)
        {
          SimDesk *desk = g_ptr_array_index (world->desks, i);

          hw_worker_drain (hw_store_worker (desk->store));
        }
      for (progress = FALSE; g_main_context_iteration (NULL, FALSE);)
        progress = TRUE;
    }
}

void
sim_advance (SimWorld *world, gint seconds)
{
  hw_clock_advance (world->clock, seconds * (gint64) G_USEC_PER_SEC);
  for (guint i = 0; i < world->desks->len; i++)
    {
      SimDesk *desk = g_ptr_array_index (world->desks, i);

      hw_clock_advance (desk->clock, seconds * (gint64) G_USEC_PER_SEC);
      hw_sync_engine_tick (desk->engine);
    }
  sim_settle (world);
}

void
sim_reassign (SimWorld *world)
{
  g_autoptr (HwActor) actor
    = hw_actor_new ("system", "System", HW_ROLE_ADMINISTRATOR, NULL, NULL, NULL);
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_SYSTEM, actor);
  const char *id = sim_below (world, 2) == 0 ? CASE_1 : CASE_2;
  g_autoptr (HwRecord) record = hw_store_get_record (world->server, HW_TYPE_ID_CASE, id, NULL);
  g_autofree char *operation_id = sim_uuid (world);
  HwOperation *operation = hw_operation_new (operation_id, HW_ACTION_UPDATE, HW_TYPE_ID_CASE, id, id);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  const char *owner = sim_below (world, 2) == 0 ? ALINE : BEATRICE;

  sim_note (world, "case %s goes to %s", id, owner);
  hw_operation_set_text (operation, HW_FIELD_CASE_OWNER, owner,
                         hw_record_field_rev (record, HW_FIELD_CASE_OWNER));
  operation->at = g_strdup ("2026-11-24T06:00:00Z");
  hw_change_set_add (set, operation);
  results = hw_store_commit (world->server, set, &error);
  g_assert_no_error (error);
}
