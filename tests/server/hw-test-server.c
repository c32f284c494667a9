/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The fixture of the server's tests. One password hash serves all accounts, made with the smallest
 * cost, because it is not the hash that is tested.
 */
#include "tests/server/hw-test-server.h"
#include "support/hw-test-folder.h"

#include <signal.h>
#include <sodium.h>
#include <stdarg.h>
#include <string.h>

char *
hw_test_user (HwRole role)
{
  return g_strdup_printf ("018f0000-0000-7000-8000-0000000001%02x", (guint) role);
}

HwActor *
hw_test_actor (HwRole role)
{
  g_autofree char *user = hw_test_user (role);
  gboolean liaison = role == HW_ROLE_EMBASSY_LIAISON;

  return hw_actor_new (
    user, hw_role_nick (role)->label, role, HW_TEST_OFFICE, liaison ? HW_TEST_MISSION : NULL, NULL);
}

static void
assert_applied (GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      HwResult *result = g_ptr_array_index (results, i);

      if (result->verdict != NULL)
        g_test_message ("%s: %s", result->record, hw_verdict_message (result->verdict));
      g_assert_cmpint (result->status, ==, HW_RESULT_APPLIED);
    }
}

void
hw_test_commit (HwStore *store, HwOperation *first, ...)
{
  g_autoptr (HwActor) actor = hw_test_actor (HW_ROLE_CASEWORKER);
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_SYSTEM, actor);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  HwOperation *operation;
  va_list list;

  va_start (list, first);
  for (operation = first; operation != NULL; operation = va_arg (list, HwOperation *))
    hw_change_set_add (set, operation);
  va_end (list);
  results = hw_store_commit (store, set, &error);
  g_assert_no_error (error);
  assert_applied (results);
}

static HwOperation *
organisation (const char *id, const char *name, const char *covers)
{
  g_autofree char *operation_id = hw_uuid_v4 ();
  const char *const countries[] = { covers, NULL };
  g_autoptr (HwValue) covered = hw_value_new_set (countries);
  HwOperation *operation
    = hw_operation_new (operation_id, HW_ACTION_CREATE, HW_TYPE_ID_ORGANISATION, id, NULL);

  hw_operation_set_text (operation, HW_FIELD_ORGANISATION_NAME, name, 0);
  hw_operation_set_text (operation, HW_FIELD_ORGANISATION_KIND, "diplomatic_mission", 0);
  hw_operation_set_text (operation, HW_FIELD_ORGANISATION_COUNTRY, "BI", 0);
  hw_operation_set (operation, HW_FIELD_ORGANISATION_COVERS, covered, 0);
  return operation;
}

static HwOperation *
office (void)
{
  g_autofree char *operation_id = hw_uuid_v4 ();
  HwOperation *operation
    = hw_operation_new (operation_id, HW_ACTION_CREATE, HW_TYPE_ID_OFFICE, HW_TEST_OFFICE, NULL);

  hw_operation_set_text (operation, HW_FIELD_OFFICE_NAME, "Bujumbura", 0);
  hw_operation_set_text (operation, HW_FIELD_OFFICE_COUNTRY, "BI", 0);
  hw_operation_set_text (operation, HW_FIELD_OFFICE_ZONE, "Africa/Bujumbura", 0);
  return operation;
}

static void
put_accounts (HwStore *store)
{
  char hash[crypto_pwhash_STRBYTES];

  g_assert_cmpint (crypto_pwhash_str (hash,
                                      HW_TEST_PASSWORD,
                                      strlen (HW_TEST_PASSWORD),
                                      crypto_pwhash_OPSLIMIT_MIN,
                                      crypto_pwhash_MEMLIMIT_MIN),
                   ==,
                   0);
  for (guint role = 0; role < HW_N_ROLES; role++)
    {
      g_autofree char *id = hw_test_user ((HwRole) role);
      HwAccount account = { .id = id,
                            .username = (char *) hw_role_nick ((HwRole) role)->nick,
                            .name = (char *) hw_role_nick ((HwRole) role)->label,
                            .role = (HwRole) role,
                            .office = (char *) HW_TEST_OFFICE,
                            .password_hash = hash };
      g_autoptr (GError) error = NULL;

      if (role == HW_ROLE_EMBASSY_LIAISON)
        account.mission = (char *) HW_TEST_MISSION;
      hw_store_put_account (store, &account, &error);
      g_assert_no_error (error);
    }
}

HwStore *
hw_test_server_open_store (HwTestServer *server)
{
  g_autoptr (HwClock) clock = hw_clock_new_system ();
  g_autoptr (GError) error = NULL;
  HwStore *store = hw_store_open (server->database, HW_STORE_SERVER, clock, &error);

  g_assert_no_error (error);
  return store;
}

HwTestServer *
hw_test_server_new (void)
{
  HwTestServer *server = g_new0 (HwTestServer, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (HwStore) store = NULL;

  g_assert_cmpint (sodium_init (), >=, 0);
  server->directory = g_dir_make_tmp ("homeward-server-XXXXXX", &error);
  g_assert_no_error (error);
  server->database = g_build_filename (server->directory, "server.db", NULL);
  store = hw_test_server_open_store (server);
  put_accounts (store);
  hw_test_commit (store,
                  office (),
                  organisation (HW_TEST_MISSION, "Mission for Kuwait", "KW"),
                  organisation (HW_TEST_OTHER_MISSION, "Mission for Zambia", "ZM"),
                  NULL);
  hw_store_close (store);
  return server;
}

const char *
hw_test_server_executable (void)
{
  const char *executable = g_getenv ("HOMEWARD_SERVER");

  g_assert_nonnull (executable);
  return executable;
}

void
hw_test_server_start (HwTestServer *server, const char *executable)
{
  g_autoptr (GSubprocessLauncher) launcher
    = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *database = g_strconcat ("sqlite:", server->database, NULL);
  g_autofree char *log = g_build_filename (server->directory, "stderr.log", NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  g_subprocess_launcher_set_stderr_file_path (launcher, log);
  server->process
    = g_subprocess_launcher_spawn (launcher,
                                   &error,
                                   executable != NULL ? executable : hw_test_server_executable (),
                                   "--database",
                                   database,
                                   "--listen",
                                   "127.0.0.1:0",
                                   NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "Listening on http://127.0.0.1:"));
  server->port = (guint16) g_ascii_strtoull (strrchr (line, ':') + 1, NULL, 10);
  g_assert_cmpuint (server->port, !=, 0);
}

void
hw_test_server_stop (HwTestServer *server)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (server->process, SIGTERM);
  g_subprocess_wait (server->process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (server->process));
  g_assert_cmpint (g_subprocess_get_exit_status (server->process), ==, 0);
  g_clear_object (&server->process);
}

void
hw_test_server_free (HwTestServer *server)
{
  if (server->process != NULL)
    hw_test_server_stop (server);
  hw_test_folder_remove (server->directory);
  g_free (server->directory);
  g_free (server->database);
  g_free (server);
}

/* ---- HTTP ---- */

void
hw_test_reply_free (HwTestReply *reply)
{
  g_free (reply->head);
  g_free (reply->body);
  g_free (reply);
}

GSocketConnection *
hw_test_connect (HwTestServer *server)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_timeout (client, 30);
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", server->port, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

static void
write_bytes (GSocketConnection *connection, gconstpointer bytes, gsize size)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  /* The server may have refused already and closed: what it answered is read all the same. */
  g_output_stream_write_all (output, bytes, size, NULL, NULL, NULL);
}

void
hw_test_write (GSocketConnection *connection, const char *bytes)
{
  write_bytes (connection, bytes, strlen (bytes));
}

static GByteArray *
read_all (GSocketConnection *connection)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GByteArray *bytes = g_byte_array_new ();
  guint8 buffer[65536];
  gssize size;

  while ((size = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_byte_array_append (bytes, buffer, (guint) size);
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  return bytes;
}

static HwTestReply *
exchange (HwTestServer *server, gconstpointer bytes, gsize size)
{
  g_autoptr (GSocketConnection) connection = hw_test_connect (server);
  g_autoptr (GByteArray) answer = NULL;
  HwTestReply *reply = g_new0 (HwTestReply, 1);
  const char *body;

  write_bytes (connection, bytes, size);
  answer = read_all (connection);
  body = strstr ((const char *) answer->data, "\r\n\r\n");
  if (body == NULL)
    {
      reply->head = g_strndup ((const char *) answer->data, answer->len);
      reply->body = g_strdup ("");
      return reply;
    }
  reply->status
    = (guint) g_ascii_strtoull ((const char *) answer->data + strlen ("HTTP/1.1 "), NULL, 10);
  reply->head
    = g_strndup ((const char *) answer->data, (gsize) (body + 2 - (const char *) answer->data));
  reply->size = answer->len - 1 - (gsize) (body + 4 - (const char *) answer->data);
  reply->body = g_memdup2 (body + 4, reply->size + 1);
  return reply;
}

HwTestReply *
hw_test_raw (HwTestServer *server, const char *bytes)
{
  return exchange (server, bytes, strlen (bytes));
}

HwTestReply *
hw_test_call_bytes (HwTestServer *server,
                    const char *method,
                    const char *path,
                    const char *token,
                    const char *headers,
                    GBytes *body)
{
  g_autoptr (GString) request = g_string_new (NULL);

  g_string_append_printf (
    request, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", method, path);
  if (token != NULL)
    g_string_append_printf (request, "Authorization: Bearer %s\r\n", token);
  if (headers != NULL)
    g_string_append (request, headers);
  if (body != NULL)
    g_string_append_printf (request, "Content-Length: %zu\r\n", g_bytes_get_size (body));
  g_string_append (request, "\r\n");
  if (body != NULL)
    g_string_append_len (
      request, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body));
  return exchange (server, request->str, request->len);
}

HwTestReply *
hw_test_call (HwTestServer *server,
              const char *method,
              const char *path,
              const char *token,
              const char *headers,
              const char *body)
{
  g_autoptr (GString) request = g_string_new (NULL);

  g_string_append_printf (
    request, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", method, path);
  if (token != NULL)
    g_string_append_printf (request, "Authorization: Bearer %s\r\n", token);
  if (headers != NULL)
    g_string_append (request, headers);
  if (body != NULL)
    g_string_append_printf (
      request, "Content-Type: application/json\r\nContent-Length: %zu\r\n", strlen (body));
  g_string_append (request, "\r\n");
  if (body != NULL)
    g_string_append (request, body);
  return hw_test_raw (server, request->str);
}

char *
hw_test_header (HwTestReply *reply, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (reply->head, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], name, strlen (name)) == 0 && lines[i][strlen (name)] == ':')
      return g_strdup (g_strstrip (lines[i] + strlen (name) + 1));
  return NULL;
}

JsonObject *
hw_test_json (HwTestReply *reply)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, reply->body, (gssize) reply->size, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

char *
hw_test_sign_in (HwTestServer *server, HwRole role)
{
  g_autofree char *body = g_strdup_printf (
    "{\"username\":\"%s\",\"password\":\"" HW_TEST_PASSWORD "\",\"device\":{\"id\":"
    "\"018f0000-0000-7000-8000-0000000002%02x\",\"name\":\"desk\"}}",
    hw_role_nick (role)->nick,
    (guint) role);
  g_autoptr (HwTestReply) reply = hw_test_call (server, "POST", "/v1/sessions", NULL, NULL, body);
  g_autoptr (JsonObject) json = NULL;

  g_assert_cmpuint (reply->status, ==, 201);
  json = hw_test_json (reply);
  return g_strdup (json_object_get_string_member (json, "token"));
}

char *
hw_test_pull (HwTestServer *server, const char *token, guint limit, char **cursor)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *at = g_strdup (cursor != NULL && *cursor != NULL ? *cursor : "");
  gboolean more = TRUE;

  while (more)
    {
      g_autofree char *path = g_strdup_printf ("/v1/changes?limit=%u&cursor=%s", limit, at);
      g_autoptr (HwTestReply) reply = hw_test_call (server, "GET", path, token, NULL, NULL);
      g_autoptr (JsonObject) json = NULL;

      g_assert_cmpuint (reply->status, ==, 200);
      json = hw_test_json (reply);
      more = json_object_get_boolean_member (json, "more");
      g_free (at);
      at = g_strdup (json_object_get_string_member (json, "cursor"));
      g_string_append (all, reply->head);
      g_string_append (all, reply->body);
    }
  if (cursor != NULL)
    {
      g_free (*cursor);
      *cursor = g_steal_pointer (&at);
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}
