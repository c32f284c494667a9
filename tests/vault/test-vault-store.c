/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A desktop's store in its vault: a canary in every written field of every type, in a draft, a setting and the queue,
 * and none of them in any file, while it is open, after it is closed and after it was killed. The same search over the
 * same store without a vault finds them. And a part that is older than the rest is noticed.
 *
 * Built a second time with ciphers that do not encrypt (plain-ciphers.c), the same tests demand that the search finds
 * each of them.
 */
#include "store/hw-outbox.h"
#include "store/hw-profile.h"
#include "tests/vault/vault-fixture.h"

#include <signal.h>
#include <sys/wait.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define NOW_US G_GINT64_CONSTANT (1795521600000000) /* 2026-11-24T12:00:00Z */
#define USER "00000000-0000-4000-8000-0000000000aa"
#define OFFICE "00000000-0000-4000-8000-000000000101"
#define SERVER "https://office.example"
#define CANARY "canary"
#define CANARY_PHONE "+96597531"
#define CANARY_FILE "canary-file"
#define CANARY_SEALED "canary-sealed"

#ifdef HW_PLAIN_CIPHERS
#define ENCRYPTED FALSE
#define CANARIES "/vault/plain-twin/canaries-are-found"
#else
#define ENCRYPTED TRUE
#define CANARIES "/vault/store/canaries-are-nowhere"
#endif

typedef struct
{
  VaultFixture base;
  HwClock *clock; /* (owned) */
  HwActor *actor; /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  vault_fixture_set_up (&fixture->base, NULL);
  fixture->clock = hw_clock_new_fixed (NOW_US);
  fixture->actor = hw_actor_new (USER, "Claire", HW_ROLE_CASEWORKER, OFFICE, NULL, "device-1");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hw_actor_free (fixture->actor);
  g_object_unref (fixture->clock);
  vault_fixture_tear_down (&fixture->base, NULL);
}

static HwStore *
open_store (Fixture *fixture, HwVault *vault, const char *path)
{
  g_autoptr (GError) error = NULL;
  HwStore *store = vault != NULL ? hw_store_open_in_vault (vault, path, fixture->clock, &error)
                                 : hw_store_open (path, HW_STORE_DESKTOP, fixture->clock, &error);

  g_assert_no_error (error);
  hw_store_set_actor (store, fixture->actor);
  return store;
}

/* ---- Canaries in everything that is written ---- */

static HwValue *
canary_value (const HwFieldDef *field, guint n)
{
  g_autofree char *text = field->kind == HW_KIND_PHONE ? g_strdup_printf (CANARY_PHONE "%03u", n)
                                                       : g_strdup_printf (CANARY "%u of %s", n, field->name);
  const char *const set[] = { text, NULL };

  switch (field->kind)
    {
      case HW_KIND_TEXT:
      case HW_KIND_LONG_TEXT:
      case HW_KIND_PHONE:
        return hw_value_new_text (text);
      case HW_KIND_TEXT_SET:
        return hw_value_new_set (set);
      default:
        return NULL;
    }
}

static void
put_text (HwRecord *record, HwFieldId field, const char *text)
{
  g_autoptr (HwValue) value = hw_value_new_text (text);

  hw_record_set (record, field, value);
  hw_record_set_field_rev (record, field, 1);
}

/* A case that is hers, so that she may write in it. */
static void
own (HwRecord *record)
{
  put_text (record, HW_FIELD_CASE_OFFICE, OFFICE);
  put_text (record, HW_FIELD_CASE_OWNER, USER);
  put_text (record, HW_FIELD_CASE_STATUS, "active");
  put_text (record, HW_FIELD_CASE_URGENCY, "low");
}

static HwItem *
item_of_type (HwTypeId type, const char *case_id, guint *n)
{
  const HwTypeDef *def = hw_schema_type (type);
  g_autofree char *id = type == HW_TYPE_ID_CASE ? g_strdup (case_id) : hw_uuid_v4 ();
  HwItem *item = g_new0 (HwItem, 1);

  item->op = HW_ITEM_PUT;
  item->type = type;
  item->id = g_strdup (id);
  item->case_id = def->root == HW_ROOT_NONE ? NULL : g_strdup (case_id);
  item->rev = 1;
  item->record = hw_record_new (type, id);
  hw_record_set_case (item->record, item->case_id);
  hw_record_set_rev (item->record, 1);
  hw_record_set_stamps (item->record, "2026-11-24T12:00:00Z", USER, "2026-11-24T12:00:00Z", USER);
  for (guint i = 0; i < def->n_fields; i++)
    {
      g_autoptr (HwValue) value = canary_value (&def->fields[i], *n + 1);

      if (value == NULL)
        continue;
      hw_record_set (item->record, def->fields[i].id, value);
      hw_record_set_field_rev (item->record, def->fields[i].id, 1);
      (*n)++;
    }
  if (type == HW_TYPE_ID_CASE)
    own (item->record);
  return item;
}

static void
keep_local_things (HwStore *store, const HwActor *actor, const char *case_id)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_LOCAL, actor);
  g_autofree char *id = hw_uuid_v7 (NOW_US);
  HwOperation *operation = hw_operation_new (id, HW_ACTION_UPDATE, HW_TYPE_ID_CASE, case_id, case_id);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  HwResult *result;

  operation->at = hw_instant_format (NOW_US);
  hw_operation_set_text (operation, HW_FIELD_CASE_LOCATION_PLACE, CANARY " in the queue", 1);
  hw_change_set_add (set, operation);
  results = hw_store_commit (store, set, &error);
  g_assert_no_error (error);
  result = g_ptr_array_index (results, 0);
  if (result->verdict != NULL)
    g_test_message ("%s", hw_verdict_message (result->verdict));
  g_assert_cmpint (result->status, ==, HW_RESULT_APPLIED);
  g_assert_true (hw_store_set_setting (store, "session.token", CANARY " of a setting", &error));
  hw_store_save_draft_async (store, "intake", "{\"text\": \"" CANARY " of a draft\"}", NULL, NULL);
  hw_worker_drain (hw_store_worker (store));
}

/* (transfer full) the case's id */
static char *
fill (HwStore *store, const HwActor *actor)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_item_free);
  g_autoptr (GError) error = NULL;
  char *case_id = hw_uuid_v4 ();
  guint n = 0;

  for (HwTypeId type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type++)
    if (hw_access_may_see_type (actor->role, type))
      g_ptr_array_add (items, item_of_type (type, case_id, &n));
  hw_store_apply_page (store, items, "cursor", TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, >, 60);
  keep_local_things (store, actor, case_id);
  return case_id;
}

/* A file and a small text beside the database. */
static void
keep_beside (HwVault *vault)
{
  g_autoptr (GInputStream) file = g_memory_input_stream_new_from_data (CANARY_FILE, -1, NULL);
  g_autoptr (GBytes) text = g_bytes_new_static (CANARY_SEALED, strlen (CANARY_SEALED));
  g_autoptr (GError) error = NULL;
  g_autofree char *id = hw_vault_add_attachment (vault, file, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (id);
  g_assert_true (hw_vault_seal (vault, "note", text, &error));
}

static void
look_for (const char *directory, const char *needle)
{
  g_autofree char *where = NULL;
  gboolean found = tree_holds (directory, needle, &where);

  g_test_message ("%s: %s", needle, found ? where : "nowhere");
  g_assert_cmpint (found, ==, !ENCRYPTED);
}

static void
look_for_canaries (const char *directory)
{
  look_for (directory, CANARY "1 of");
  look_for (directory, CANARY " in the queue");
  look_for (directory, CANARY " of a setting");
  look_for (directory, CANARY " of a draft");
  look_for (directory, CANARY_PHONE);
  look_for (directory, "r_case");
  if (ENCRYPTED)
    look_for (directory, CANARY);
}

static void
assert_kept (HwStore *store, const char *case_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwRecord) record = hw_store_get_record (store, HW_TYPE_ID_CASE, case_id, &error);
  g_autofree char *token = hw_store_get_setting (store, "session.token");

  g_assert_no_error (error);
  g_assert_nonnull (record);
  g_assert_true (g_str_has_prefix (hw_record_get_text (record, HW_FIELD_CASE_PSEUDONYM), CANARY));
  g_assert_cmpstr (token, ==, CANARY " of a setting");
}

static void
test_canaries (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = hw_profile_database (fixture->base.vault);
  g_autofree char *case_id = NULL;
  HwStore *store = open_store (fixture, fixture->base.vault, path);

  case_id = fill (store, fixture->actor);
  keep_beside (fixture->base.vault);
  look_for_canaries (fixture->base.directory);
  look_for (fixture->base.directory, CANARY_FILE);
  look_for (fixture->base.directory, CANARY_SEALED);
  hw_store_close (store);
  g_object_unref (store);
  look_for_canaries (fixture->base.directory);
  store = open_store (fixture, vault_fixture_reopen (&fixture->base), path);
  assert_kept (store, case_id);
  hw_store_close (store);
  g_object_unref (store);
}

/* The search can find: everything is there in a store without a vault. */
static void
test_search_is_not_blind (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = vault_fixture_path (&fixture->base, "plain.db");
  g_autofree char *case_id = NULL;
  HwStore *store = open_store (fixture, NULL, path);
  static const char *const needles[] = { CANARY "1 of", CANARY_PHONE, CANARY " in the queue", CANARY " of a setting",
                                         CANARY " of a draft", "r_case" };

  case_id = fill (store, fixture->actor);
  for (guint i = 0; i < G_N_ELEMENTS (needles); i++)
    {
      g_test_message ("%s", needles[i]);
      g_assert_true (tree_holds (fixture->base.directory, needles[i], NULL));
    }
  hw_store_close (store);
  g_object_unref (store);
}

/* Killed with everything in the log. The store's worker is a thread, so the child makes its own. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = hw_profile_database (fixture->base.vault);
  char case_id[37] = "";
  HwStore *store;
  int channel[2];
  pid_t child;

  g_assert_cmpint (pipe (channel), ==, 0);
  child = fork ();
  if (child == 0)
    {
      g_autofree char *id = NULL;

      store = open_store (fixture, fixture->base.vault, path);
      id = fill (store, fixture->actor);
      if (write (channel[1], id, 36) == 36)
        pause ();
      _exit (1);
    }
  g_assert_cmpint (read (channel[0], case_id, 36), ==, 36);
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  look_for_canaries (fixture->base.directory);
  store = open_store (fixture, fixture->base.vault, path);
  assert_kept (store, case_id);
  hw_store_close (store);
  g_object_unref (store);
}

#if !defined(HW_PLAIN_CIPHERS)

/* ---- Old parts ---- */

static gboolean
use_once (Fixture *fixture, GError **error)
{
  g_autofree char *path = hw_profile_database (vault_fixture_reopen (&fixture->base));
  HwStore *store = open_store (fixture, fixture->base.vault, path);
  gboolean newest = hw_store_prove_newest (store, error);

  hw_store_close (store);
  g_object_unref (store);
  return newest;
}

static void
test_rolled_back (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = hw_profile_database (fixture->base.vault);
  g_autofree char *keys = hw_key_file_path (fixture->base.directory);
  g_autoptr (GBytes) old_data = NULL, old_keys = NULL, new_data = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (use_once (fixture, &error));
      if (i == 0)
        {
          old_data = file_bytes (path);
          old_keys = file_bytes (keys);
        }
    }
  new_data = file_bytes (path);
  file_put (path, g_bytes_get_data (old_data, NULL), g_bytes_get_size (old_data));
  g_assert_false (use_once (fixture, &error));
  g_assert_error (error, HW_STORE_ERROR, HW_STORE_ERROR_DAMAGED);
  g_clear_error (&error);
  file_put (path, g_bytes_get_data (new_data, NULL), g_bytes_get_size (new_data));
  g_assert_true (use_once (fixture, &error));
  file_put (keys, g_bytes_get_data (old_keys, NULL), g_bytes_get_size (old_keys));
  g_assert_false (use_once (fixture, &error));
  g_assert_error (error, HW_STORE_ERROR, HW_STORE_ERROR_DAMAGED);
}

/* A page that does not open is told in words a person can act on. */
static void
test_damage_is_told (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = hw_profile_database (fixture->base.vault);
  g_autoptr (GBytes) good = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *bad = NULL;
  gsize size;

  g_assert_true (use_once (fixture, &error));
  good = file_bytes (path);
  size = g_bytes_get_size (good);
  bad = g_memdup2 (g_bytes_get_data (good, NULL), size);
  bad[300] ^= 1;
  file_put (path, bad, size);
  g_assert_null (hw_store_open_in_vault (fixture->base.vault, path, fixture->clock, &error));
  g_assert_error (error, HW_STORE_ERROR, HW_STORE_ERROR_DAMAGED);
}

/* ---- The profile ---- */

static HwVault *
make (HwProfile *profile, const char *server, const HwActor *actor, const char *passphrase)
{
  g_autoptr (GError) error = NULL;
  HwVault *vault = hw_profile_make_vault (profile, server, "claire", actor, passphrase, &error);

  g_assert_no_error (error);
  return vault;
}

static void
test_accounts_apart (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_strconcat (fixture->base.directory, "-profile", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HwProfile) profile = hw_profile_open (folder, &error);
  g_autoptr (HwActor) other = hw_actor_new (OFFICE, "Divine", HW_ROLE_CASEWORKER, OFFICE, NULL, "device-1");
  g_autoptr (HwActor) opened = NULL;
  g_autoptr (HwVault) first = make (profile, SERVER, fixture->actor, "first words");
  g_autoptr (HwVault) second = make (profile, SERVER, other, "second words");
  g_autoptr (HwVault) elsewhere = make (profile, "https://other.example", fixture->actor, "first words");
  g_autoptr (HwVault) again = NULL;

  g_assert_cmpstr (hw_vault_directory (first), !=, hw_vault_directory (second));
  g_assert_cmpstr (hw_vault_directory (first), !=, hw_vault_directory (elsewhere));
  g_assert_null (hw_profile_make_vault (profile, SERVER, "claire", fixture->actor, "second words", &error));
  g_assert_error (error, HW_VAULT_ERROR, HW_VAULT_ERROR_PASSPHRASE);
  g_clear_error (&error);
  g_assert_false (hw_profile_has_account (profile));
  hw_profile_vouch (profile, SERVER, "claire", fixture->actor);
  g_assert_true (hw_profile_keep (profile, fixture->actor, &error));
  g_assert_true (hw_profile_has_account (profile));
  g_assert_null (hw_profile_open_vault (profile, "second words", &opened, &error));
  g_assert_error (error, HW_VAULT_ERROR, HW_VAULT_ERROR_PASSPHRASE);
  g_clear_error (&error);
  again = hw_profile_open_vault (profile, "first words", &opened, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (opened->user, ==, USER);
  g_assert_cmpstr (opened->name, ==, "Claire");
  g_assert_cmpint (opened->role, ==, HW_ROLE_CASEWORKER);
  /* Whose they are is not on the disk, not even the names of the folders. */
  g_assert_false (tree_holds (folder, "Claire", NULL));
  g_assert_false (tree_holds (folder, USER, NULL));
  g_assert_false (tree_holds (folder, "caseworker", NULL));
}

/* What an earlier version left, and a wipe that was interrupted. */
static void
test_profile_start (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_strconcat (fixture->base.directory, "-profile", NULL);
  g_autofree char *account = g_build_filename (folder, "accounts", USER, NULL);
  g_autofree char *database = g_build_filename (account, "homeward.db", NULL);
  g_autofree char *marker = g_build_filename (account, "vault.wiping", NULL);
  g_autoptr (HwProfile) profile = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (account, 0700), ==, 0);
  file_put (database, (const guint8 *) "SQLite format 3", 16);
  profile = hw_profile_open (folder, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (hw_profile_trouble (profile), "cannot be opened"));
  g_clear_object (&profile);
  file_put (marker, (const guint8 *) "", 0);
  profile = hw_profile_open (folder, &error);
  g_assert_no_error (error);
  g_assert_null (hw_profile_trouble (profile));
  g_assert_false (g_file_test (account, G_FILE_TEST_EXISTS));
}

#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD (CANARIES, test_canaries);
  ADD ("/vault/store/the-search-is-not-blind", test_search_is_not_blind);
  ADD (CANARIES "-after-a-kill", test_killed);
#if !defined(HW_PLAIN_CIPHERS)
  ADD ("/vault/store/a-part-put-back-is-noticed", test_rolled_back);
  ADD ("/vault/store/damage-is-told", test_damage_is_told);
  ADD ("/vault/profile/accounts-are-apart", test_accounts_apart);
  ADD ("/vault/profile/what-earlier-runs-left", test_profile_start);
#endif
  return g_test_run ();
}
