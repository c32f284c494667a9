/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is attached on a desktop, on real files: attached without a network, nowhere readable, gone with its record and
 * from the vault's folder, whatever took the record away and wherever the power went.
 */
#include "store/hw-kept.h"

#include "domain/hw-content.h"
#include "store/hw-outbox.h"
#include "store/hw-profile.h"
#include "support/hw-test-picture.h"
#include "tests/vault/vault-fixture.h"

#define NOW_US G_GINT64_CONSTANT (1795521600000000) /* 2026-11-24T12:00:00Z */
#define USER "00000000-0000-4000-8000-0000000000aa"
#define OFFICE "00000000-0000-4000-8000-000000000101"
#define CASE "00000000-0000-4000-8000-0000000000c1"
#define FILE_ID "3b1f8a52-0000-4000-8000-000000000002"
#define DRAWN "zqdrawnqz"
#define NAME "zqnameqz passport.jpg"

typedef struct
{
  VaultFixture base;
  HwClock *clock; /* (owned) */
  HwActor *actor; /* (owned) */
  HwStore *store; /* (owned) */
  GBytes *picture; /* (owned) */
  char *operation; /* (owned) id of the last one made here */
} Fixture;

static void
open_store (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = hw_profile_database (fixture->base.vault);

  fixture->store = hw_store_open_in_vault (fixture->base.vault, path, fixture->clock, &error);
  g_assert_no_error (error);
  hw_store_set_actor (fixture->store, fixture->actor);
  hw_store_sweep_contents (fixture->store, &error);
  g_assert_no_error (error);
}

static void
close_store (Fixture *fixture)
{
  hw_store_close (fixture->store);
  g_clear_object (&fixture->store);
}

static void
put_text (HwRecord *record, HwFieldId field, const char *text)
{
  g_autoptr (HwValue) value = hw_value_new_text (text);

  hw_record_set (record, field, value);
  hw_record_set_field_rev (record, field, 1);
}

static HwItem *
item (HwItemOp op, HwTypeId type, const char *id)
{
  HwItem *made = g_new0 (HwItem, 1);

  made->op = op;
  made->type = type;
  made->id = g_strdup (id);
  made->case_id = op == HW_ITEM_PURGE ? NULL : g_strdup (CASE);
  made->rev = 2;
  if (op != HW_ITEM_PUT)
    return made;
  made->record = hw_record_new (type, id);
  hw_record_set_case (made->record, CASE);
  hw_record_set_rev (made->record, 2);
  hw_record_set_stamps (made->record, "2026-11-24T12:00:00Z", USER, "2026-11-24T12:00:00Z", USER);
  return made;
}

static HwItem *
case_item (void)
{
  HwItem *made = item (HW_ITEM_PUT, HW_TYPE_ID_CASE, CASE);

  put_text (made->record, HW_FIELD_CASE_OWNER, USER);
  put_text (made->record, HW_FIELD_CASE_OFFICE, OFFICE);
  put_text (made->record, HW_FIELD_CASE_STATUS, "active");
  return made;
}

static void
receive (Fixture *fixture, HwItem *sent)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_item_free);
  g_autoptr (GError) error = NULL;

  if (sent != NULL)
    g_ptr_array_add (items, sent);
  hw_store_apply_page (fixture->store, items, "cursor", TRUE, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  vault_fixture_set_up (&fixture->base, NULL);
  fixture->clock = hw_clock_new_fixed (NOW_US);
  fixture->actor = hw_actor_new (USER, "Claire", HW_ROLE_CASEWORKER, OFFICE, NULL, "device-1");
  fixture->picture = hw_test_jpeg (640, 480, 6, DRAWN, "zqhiddenqz");
  open_store (fixture);
  receive (fixture, case_item ());
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_store (fixture);
  g_bytes_unref (fixture->picture);
  g_free (fixture->operation);
  hw_actor_free (fixture->actor);
  g_object_unref (fixture->clock);
  vault_fixture_tear_down (&fixture->base, NULL);
}

static GPtrArray *
attach_to (Fixture *fixture, const char *case_id)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_LOCAL, fixture->actor);
  g_autofree char *id = hw_uuid_v7 (NOW_US);
  g_autofree char *digest = hw_content_digest (fixture->picture);
  g_autoptr (GError) error = NULL;
  HwOperation *operation
    = hw_operation_new (id, HW_ACTION_CREATE, HW_TYPE_ID_ATTACHMENT, FILE_ID, case_id);
  GPtrArray *results;

  hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_NAME, NAME, 0);
  hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_MEDIA_TYPE, HW_CONTENT_JPEG, 0);
  hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_SHA256, digest, 0);
  hw_change_set_add (set, operation);
  g_free (fixture->operation);
  fixture->operation = g_steal_pointer (&id);
  results = hw_store_attach (fixture->store, set, FILE_ID, fixture->picture, &error);
  g_assert_no_error (error);
  return results;
}

static void
attach (Fixture *fixture)
{
  g_autoptr (GPtrArray) results = attach_to (fixture, CASE);

  g_assert_cmpint (((HwResult *) g_ptr_array_index (results, 0))->status, ==, HW_RESULT_APPLIED);
}

static void
answer (Fixture *fixture, HwResultStatus status)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_push_result_free);
  HwPushResult *result = g_new0 (HwPushResult, 1);
  g_autoptr (GError) error = NULL;

  result->operation = g_strdup (fixture->operation);
  result->status = status;
  if (status == HW_RESULT_APPLIED)
    result->item = item (HW_ITEM_PUT, HW_TYPE_ID_ATTACHMENT, FILE_ID);
  else
    result->problem = g_strdup ("{\"detail\":\"no\"}");
  g_ptr_array_add (results, result);
  hw_outbox_settle (fixture->store, results, &error);
  g_assert_no_error (error);
}

/* The files there are, by looking at the folder. */
static guint
n_files (Fixture *fixture)
{
  g_autofree char *path = vault_fixture_path (&fixture->base, "attachments");
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (folder != NULL && g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

static guint
n_to_send (Fixture *fixture)
{
  g_autoptr (GPtrArray) records = hw_store_contents_to_send (fixture->store, NULL);

  return records->len;
}

static void
assert_state (Fixture *fixture, HwKeptState state)
{
  g_assert_cmpint (hw_store_kept (fixture->store, FILE_ID, NULL), ==, state);
}

static void
assert_readable (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hw_store_kept_bytes (fixture->store, FILE_ID, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, fixture->picture));
}

/* ---- Attaching ---- */

static void
test_offline (Fixture *fixture, gconstpointer data)
{
  attach (fixture);
  assert_state (fixture, HW_KEPT_WAITING);
  g_assert_cmpuint (hw_outbox_counts (fixture->store).files, ==, 1);
  g_assert_cmpuint (n_to_send (fixture), ==, 0);
  close_store (fixture);
  open_store (fixture);
  assert_state (fixture, HW_KEPT_WAITING);
  assert_readable (fixture);
  answer (fixture, HW_RESULT_APPLIED);
  g_assert_cmpuint (n_to_send (fixture), ==, 1);
  g_assert_true (hw_store_content_sent (fixture->store, FILE_ID, NULL));
  assert_state (fixture, HW_KEPT_SENT);
  g_assert_cmpuint (n_to_send (fixture), ==, 0);
  g_assert_cmpuint (hw_outbox_counts (fixture->store).files, ==, 0);
  receive (fixture, NULL);
  assert_readable (fixture);
}

static void
test_nowhere_in_plain (Fixture *fixture, gconstpointer data)
{
  static const char *const canaries[] = { DRAWN, "zqnameqz", "zqhiddenqz", "JFIF", FILE_ID };

  attach (fixture);
  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (canaries); i++)
        {
          g_autofree char *where = NULL;

          if (tree_holds (fixture->base.directory, canaries[i], &where))
            g_error ("%s stands in %s", canaries[i], where);
        }
      if (round == 0)
        close_store (fixture);
    }
  open_store (fixture);
}

static void
test_refused_here (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) results = attach_to (fixture, "00000000-0000-4000-8000-00000000dead");

  g_assert_cmpint (((HwResult *) g_ptr_array_index (results, 0))->status, !=, HW_RESULT_APPLIED);
  g_assert_cmpuint (n_files (fixture), ==, 0);
  assert_state (fixture, HW_KEPT_NOT);
}

static void
test_refused_content (Fixture *fixture, gconstpointer data)
{
  g_autofree char *problem = NULL;

  attach (fixture);
  answer (fixture, HW_RESULT_APPLIED);
  g_assert_true (hw_store_content_refused (fixture->store, FILE_ID, "too large", NULL));
  g_assert_cmpint (hw_store_kept (fixture->store, FILE_ID, &problem), ==, HW_KEPT_REFUSED);
  g_assert_cmpstr (problem, ==, "too large");
  g_assert_cmpuint (n_to_send (fixture), ==, 0);
  assert_readable (fixture);
  g_assert_true (hw_store_content_retry (fixture->store, FILE_ID, NULL));
  g_assert_cmpuint (n_to_send (fixture), ==, 1);
}

/* ---- Going ---- */

static void
test_purge (Fixture *fixture, gconstpointer data)
{
  attach (fixture);
  answer (fixture, HW_RESULT_APPLIED);
  g_assert_true (hw_store_content_sent (fixture->store, FILE_ID, NULL));
  g_assert_cmpuint (n_files (fixture), ==, 1);
  receive (fixture, item (HW_ITEM_PURGE, HW_TYPE_ID_CASE, CASE));
  g_assert_cmpuint (n_files (fixture), ==, 0);
  assert_state (fixture, HW_KEPT_NOT);
}

/* What is nowhere else yet stays in the vault until it was handed over. */
static void
test_purge_before_sending (Fixture *fixture, gconstpointer data)
{
  attach (fixture);
  answer (fixture, HW_RESULT_APPLIED);
  receive (fixture, item (HW_ITEM_PURGE, HW_TYPE_ID_CASE, CASE));
  g_assert_cmpuint (n_files (fixture), ==, 1);
}

static void
test_deleted_elsewhere (Fixture *fixture, gconstpointer data)
{
  attach (fixture);
  answer (fixture, HW_RESULT_APPLIED);
  g_assert_true (hw_store_content_sent (fixture->store, FILE_ID, NULL));
  receive (fixture, item (HW_ITEM_DELETE, HW_TYPE_ID_ATTACHMENT, FILE_ID));
  g_assert_cmpuint (n_files (fixture), ==, 0);
  g_assert_cmpuint (hw_outbox_counts (fixture->store).files, ==, 0);
}

/* Deleted here and not yet told: it may still be refused. Then it is told, and goes. */
static void
test_deleted_here (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_LOCAL, fixture->actor);
  g_autoptr (GPtrArray) results = NULL;
  g_autofree char *id = hw_uuid_v7 (NOW_US + 1);

  attach (fixture);
  answer (fixture, HW_RESULT_APPLIED);
  hw_change_set_add (set, hw_operation_new (id, HW_ACTION_DELETE, HW_TYPE_ID_ATTACHMENT, FILE_ID, CASE));
  results = hw_store_commit (fixture->store, set, NULL);
  g_assert_cmpint (((HwResult *) g_ptr_array_index (results, 0))->status, ==, HW_RESULT_APPLIED);
  g_assert_cmpuint (n_to_send (fixture), ==, 0);
  receive (fixture, NULL);
  g_assert_cmpuint (n_files (fixture), ==, 1);
  receive (fixture, item (HW_ITEM_DELETE, HW_TYPE_ID_ATTACHMENT, FILE_ID));
  g_free (fixture->operation);
  fixture->operation = g_steal_pointer (&id);
  {
    g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_push_result_free);
    HwPushResult *result = g_new0 (HwPushResult, 1);

    result->operation = g_strdup (fixture->operation);
    result->status = HW_RESULT_APPLIED;
    result->item = item (HW_ITEM_DELETE, HW_TYPE_ID_ATTACHMENT, FILE_ID);
    g_ptr_array_add (answers, result);
    g_assert_true (hw_outbox_settle (fixture->store, answers, NULL));
  }
  receive (fixture, NULL);
  g_assert_cmpuint (n_files (fixture), ==, 0);
}

/* The record was refused: the file waits with it until the person lets go of both. */
static void
test_refused_record (Fixture *fixture, gconstpointer data)
{
  attach (fixture);
  answer (fixture, HW_RESULT_REFUSED);
  receive (fixture, NULL);
  g_assert_cmpuint (n_files (fixture), ==, 1);
  g_assert_cmpuint (n_to_send (fixture), ==, 0);
  g_assert_true (hw_outbox_dismiss (fixture->store, fixture->operation, NULL));
  g_assert_cmpuint (n_files (fixture), ==, 0);
}

static void
test_fetched (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  receive (fixture, item (HW_ITEM_PUT, HW_TYPE_ID_ATTACHMENT, FILE_ID));
  assert_state (fixture, HW_KEPT_NOT);
  g_assert_null (hw_store_kept_bytes (fixture->store, FILE_ID, &error));
  g_assert_error (error, HW_VAULT_ERROR, HW_VAULT_ERROR_MISSING);
  g_assert_true (hw_store_keep_fetched (fixture->store, FILE_ID, fixture->picture, NULL));
  assert_state (fixture, HW_KEPT_FETCHED);
  assert_readable (fixture);
  receive (fixture, item (HW_ITEM_PURGE, HW_TYPE_ID_CASE, CASE));
  g_assert_cmpuint (n_files (fixture), ==, 0);
  /* What arrives after that is not kept. */
  g_assert_true (hw_store_keep_fetched (fixture->store, FILE_ID, fixture->picture, NULL));
  g_assert_cmpuint (n_files (fixture), ==, 0);
}

/* ---- Accidents ---- */

static void
test_leftovers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = NULL, *half = NULL;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (fixture->picture);
  g_autofree char *stray = NULL;

  attach (fixture);
  stray = hw_vault_add_attachment (fixture->base.vault, stream, NULL, NULL);
  folder = vault_fixture_path (&fixture->base, "attachments");
  half = g_strconcat (folder, "/00112233445566778899aabbccddeeff.part", NULL);
  file_put (half, (const guint8 *) "x", 1);
  g_assert_cmpuint (n_files (fixture), ==, 3);
  close_store (fixture);
  open_store (fixture);
  g_assert_cmpuint (n_files (fixture), ==, 1);
  assert_readable (fixture);
}

/* A server put back to yesterday gets today's files again. */
static void
test_restored_server (Fixture *fixture, gconstpointer data)
{
  attach (fixture);
  answer (fixture, HW_RESULT_APPLIED);
  g_assert_true (hw_store_content_sent (fixture->store, FILE_ID, NULL));
  g_assert_true (hw_store_forget_server_state (fixture->store, NULL));
  assert_state (fixture, HW_KEPT_WAITING);
  g_assert_cmpuint (n_to_send (fixture), ==, 0);
  receive (fixture, case_item ());
  answer (fixture, HW_RESULT_APPLIED);
  g_assert_cmpuint (n_to_send (fixture), ==, 1);
  assert_readable (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/vault/kept/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("attached-without-a-network", test_offline);
  ADD ("nowhere-in-plain", test_nowhere_in_plain);
  ADD ("refused-here-leaves-nothing", test_refused_here);
  ADD ("refused-there-is-kept", test_refused_content);
  ADD ("goes-with-lost-access", test_purge);
  ADD ("stays-until-it-was-handed-over", test_purge_before_sending);
  ADD ("goes-when-deleted-elsewhere", test_deleted_elsewhere);
  ADD ("goes-when-a-deletion-counts", test_deleted_here);
  ADD ("goes-with-a-refusal-let-go", test_refused_record);
  ADD ("fetched-is-kept-and-goes", test_fetched);
  ADD ("leftovers-are-swept", test_leftovers);
  ADD ("a-restored-server-gets-it-again", test_restored_server);
#undef ADD
  return g_test_run ();
}
