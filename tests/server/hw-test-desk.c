/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The desktop over a core (hw-test-desk.h): the real codec, store and files, without a network.
 */
#include "tests/server/hw-test-desk.h"

#include <string.h>

#include "sync/hw-sync-codec.h"
#include "tests/server/hw-test-server.h"
#include "support/hw-test-folder.h"

HwTestDesk *
hw_test_desk_new (HwServerCore *core, HwRole role)
{
  g_autoptr (HwActor) actor = hw_test_actor (role);

  return hw_test_desk_new_for (core, actor);
}

HwTestDesk *
hw_test_desk_new_for (HwServerCore *core, const HwActor *actor)
{
  HwTestDesk *desk = g_new0 (HwTestDesk, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;

  desk->core = g_object_ref (core);
  desk->actor = hw_actor_copy (actor);
  desk->folder = g_dir_make_tmp ("homeward-desk-XXXXXX", &error);
  g_assert_no_error (error);
  file = g_build_filename (desk->folder, "desk.db", NULL);
  desk->store = hw_store_open (file, HW_STORE_DESKTOP, hw_server_core_clock (core), &error);
  g_assert_no_error (error);
  hw_store_set_actor (desk->store, desk->actor);
  return desk;
}

void
hw_test_desk_free (HwTestDesk *desk)
{
  hw_store_close (desk->store);
  g_object_unref (desk->store);
  g_object_unref (desk->core);
  hw_actor_free (desk->actor);
  hw_test_folder_remove (desk->folder);
  g_free (desk->folder);
  g_free (desk->token);
  g_free (desk);
}

/* "?name=value&other=value" at the end of the path; the pieces stay in path. */
static void
split_arguments (HwServerRequest *request, char *path)
{
  char *next = strchr (path, '?');

  request->path = path;
  while (next != NULL)
    {
      char *name = next + 1;
      char *equals = strchr (name, '=');

      *next = '\0';
      if (equals == NULL)
        break;
      next = strchr (equals, '&');
      *equals = '\0';
      if (next != NULL)
        *next = '\0';
      request->arguments[request->n_arguments++] = (HwServerArgument){ name, equals + 1 };
    }
}

static void
sign_in (HwTestDesk *desk)
{
  HwStore *store = hw_server_core_store (desk->core);
  HwSession *session = desk->token != NULL ? hw_store_lookup_session (store, desk->token) : NULL;
  g_autoptr (HwAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  if (session != NULL)
    {
      hw_session_unref (session);
      return;
    }
  account = hw_store_account (store, desk->actor->user, NULL);
  g_free (desk->token);
  desk->token = hw_store_create_session (store, account, HW_TEST_DESK_DEVICE, "desk", NULL, &error);
  g_assert_no_error (error);
}

HwServerResponse *
hw_test_desk_ask (HwTestDesk *desk, const char *method, const char *path, GBytes *body)
{
  g_autofree char *bearer = NULL, *schema = NULL, *own_path = g_strdup (path);
  HwServerRequest request = { .method = method, .peer = "127.0.0.1" };

  sign_in (desk);
  bearer = g_strconcat ("Bearer ", desk->token, NULL);
  schema = g_strdup_printf ("%u", hw_schema_version);
  request.authorization = bearer;
  request.schema = schema;
  split_arguments (&request, own_path);
  if (body != NULL)
    {
      request.content_type = "application/json";
      request.body = g_bytes_get_data (body, &request.body_size);
    }
  return hw_server_core_handle (desk->core, &request);
}

char *
hw_test_desk_body (HwServerResponse *response)
{
  if (response->body == NULL)
    return g_strdup ("");
  return g_strndup (g_bytes_get_data (response->body, NULL), g_bytes_get_size (response->body));
}

char *
hw_test_desk_pull (HwTestDesk *desk)
{
  GString *heard = g_string_new (NULL);
  gboolean more = TRUE;

  while (more)
    {
      g_autofree char *cursor = hw_store_cursor (desk->store);
      g_autofree char *path
        = cursor != NULL ? g_strconcat ("/v1/changes?cursor=", cursor, NULL) : g_strdup ("/v1/changes");
      g_autoptr (HwServerResponse) response = hw_test_desk_ask (desk, "GET", path, NULL);
      g_autofree char *body = hw_test_desk_body (response);
      g_autoptr (GError) error = NULL;
      g_autoptr (HwSyncPage) page = NULL;

      g_assert_cmpuint (response->status, ==, 200);
      page = hw_sync_page_decode (response->body, &error);
      g_assert_no_error (error);
      g_string_append (heard, body);
      more = page->more;
      hw_store_apply_page (desk->store, page->items, page->cursor, !more, &error);
      g_assert_no_error (error);
    }
  return g_string_free (heard, FALSE);
}

char *
hw_test_desk_push (HwTestDesk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) operations = hw_outbox_next (desk->store, 100, &error);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HwServerResponse) response = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GBytes) body = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (operations->len, >, 0);
  for (guint i = 0; i < operations->len; i++)
    g_ptr_array_add (texts, hw_sync_operation_encode (g_ptr_array_index (operations, i)));
  body = hw_sync_operations_encode (texts);
  response = hw_test_desk_ask (desk, "POST", "/v1/operations", body);
  g_assert_cmpuint (response->status, ==, 200);
  results = hw_sync_results_decode (response->body, operations, &error);
  g_assert_no_error (error);
  hw_outbox_settle (desk->store, results, &error);
  g_assert_no_error (error);
  return hw_test_desk_body (response);
}

gboolean
hw_test_desk_holds (HwTestDesk *desk, const char *bytes)
{
  g_autoptr (GDir) folder = g_dir_open (desk->folder, 0, NULL);
  gboolean found = FALSE;
  const char *name;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (desk->folder, name, NULL);
      g_autofree char *text = NULL;
      gsize length;

      if (g_file_get_contents (path, &text, &length, NULL)
          && memmem (text, length, bytes, strlen (bytes)) != NULL)
        found = TRUE;
    }
  return found;
}
