/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Contents of attachments over a socket: tus as its specification has it, judged whole, read as the record is read.
 */
#include "tests/server/hw-test-server.h"

#include "domain/hw-content.h"
#include "support/hw-test-picture.h"

#include <string.h>

#define CASE "018f2222-0000-7000-8000-000000000001"
#define REQUEST "3b1f8a52-0000-4000-8000-000000000001"
#define FILE_ID "3b1f8a52-0000-4000-8000-000000000002"
#define SCAN_ID "3b1f8a52-0000-4000-8000-000000000003"
#define DRAWN "zqdrawnqz"
#define HIDDEN "zqhiddenqz"

typedef struct
{
  HwTestServer *server;
  GBytes *picture;
  char *caseworker, *supervisor, *liaison, *movement; /* tokens */
} Fixture;

static HwOperation *
create (HwTypeId type, const char *id)
{
  g_autofree char *operation = hw_uuid_v4 ();

  return hw_operation_new (operation, HW_ACTION_CREATE, type, id, CASE);
}

/* As its desktop would have written it. */
static HwOperation *
describe (const char *id, GBytes *bytes, const char *media_type)
{
  HwOperation *operation = create (HW_TYPE_ID_ATTACHMENT, id);
  g_autofree char *digest = hw_content_digest (bytes);
  g_autoptr (HwValue) size = hw_value_new_integer ((gint64) g_bytes_get_size (bytes));

  hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_NAME, "zqnameqz passport.jpg", 0);
  hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_MEDIA_TYPE, media_type, 0);
  hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_SHA256, digest, 0);
  hw_operation_set (operation, HW_FIELD_ATTACHMENT_SIZE, size, 0);
  return operation;
}

static void
fill (Fixture *fixture)
{
  g_autoptr (HwStore) store = hw_test_server_open_store (fixture->server);
  g_autofree char *owner = hw_test_user (HW_ROLE_CASEWORKER);
  HwOperation *record = create (HW_TYPE_ID_CASE, CASE);
  HwOperation *request = create (HW_TYPE_ID_EMBASSY_REQUEST, REQUEST);
  HwOperation *file = describe (FILE_ID, fixture->picture, HW_CONTENT_JPEG);

  hw_operation_set_text (record, HW_FIELD_CASE_OWNER, owner, 0);
  hw_operation_set_text (record, HW_FIELD_CASE_OFFICE, HW_TEST_OFFICE, 0);
  hw_operation_set_text (record, HW_FIELD_CASE_STATUS, "active", 0);
  hw_operation_set_text (request, HW_FIELD_EMBASSY_REQUEST_MISSION, HW_TEST_MISSION, 0);
  hw_operation_set_text (request, HW_FIELD_EMBASSY_REQUEST_REFERENCE, "LP-7Q4K2", 0);
  hw_operation_set_text (request, HW_FIELD_EMBASSY_REQUEST_STATUS, "sent", 0);
  hw_operation_set_text (request, HW_FIELD_EMBASSY_REQUEST_SENT_ON, "2026-11-20", 0);
  hw_operation_set_text (file, HW_FIELD_ATTACHMENT_CATEGORY, "custody", 0);
  hw_test_commit (store, record, request, file, NULL);
  hw_store_close (store);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = hw_test_server_new ();
  fixture->picture = hw_test_jpeg (640, 480, 6, DRAWN, HIDDEN);
  fill (fixture);
  hw_test_server_start (fixture->server, NULL);
  fixture->caseworker = hw_test_sign_in (fixture->server, HW_ROLE_CASEWORKER);
  fixture->supervisor = hw_test_sign_in (fixture->server, HW_ROLE_SUPERVISOR);
  fixture->movement = hw_test_sign_in (fixture->server, HW_ROLE_MOVEMENT);
  fixture->liaison = hw_test_sign_in (fixture->server, HW_ROLE_EMBASSY_LIAISON);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hw_test_server_free (fixture->server);
  g_bytes_unref (fixture->picture);
  g_free (fixture->caseworker);
  g_free (fixture->supervisor);
  g_free (fixture->movement);
  g_free (fixture->liaison);
}

/* ---- tus ---- */

static HwTestReply *
begin (Fixture *fixture, const char *token, const char *id, gsize length)
{
  g_autofree char *name = g_base64_encode ((const guchar *) id, strlen (id));
  g_autofree char *headers = g_strdup_printf ("Tus-Resumable: 1.0.0\r\nUpload-Length: %zu\r\n"
                                              "Upload-Metadata: attachment %s\r\nContent-Length: 0\r\n",
                                              length,
                                              name);

  return hw_test_call (fixture->server, "POST", "/v1/uploads", token, headers, NULL);
}

static HwTestReply *
continue_with (Fixture *fixture, const char *token, const char *path, gsize offset, GBytes *part, const char *more)
{
  g_autofree char *headers
    = g_strdup_printf ("Tus-Resumable: 1.0.0\r\nUpload-Offset: %zu\r\n"
                       "Content-Type: application/offset+octet-stream\r\n%s",
                       offset,
                       more != NULL ? more : "");

  return hw_test_call_bytes (fixture->server, "PATCH", path, token, headers, part);
}

static void
assert_offset (HwTestReply *reply, guint status, const char *offset)
{
  g_autofree char *said = hw_test_header (reply, "Upload-Offset");

  g_assert_cmpuint (reply->status, ==, status);
  g_assert_cmpstr (said, ==, offset);
}

static char *
begin_well (Fixture *fixture, const char *id, GBytes *bytes, const char *offset)
{
  g_autoptr (HwTestReply) reply
    = begin (fixture, fixture->caseworker, id, g_bytes_get_size (bytes));

  assert_offset (reply, 201, offset);
  return hw_test_header (reply, "Location");
}

static void
send_whole (Fixture *fixture, const char *id, GBytes *bytes)
{
  g_autofree char *path = begin_well (fixture, id, bytes, "0");
  g_autoptr (HwTestReply) reply
    = continue_with (fixture, fixture->caseworker, path, 0, bytes, NULL);

  g_assert_cmpuint (reply->status, ==, 204);
}

static HwTestReply *
fetch (Fixture *fixture, const char *token, const char *headers)
{
  return hw_test_call (
    fixture->server, "GET", "/v1/attachments/" FILE_ID "/content", token, headers, NULL);
}

static gboolean
is_whole (HwTestReply *reply, GBytes *bytes)
{
  return reply->size == g_bytes_get_size (bytes)
         && memcmp (reply->body, g_bytes_get_data (bytes, NULL), reply->size) == 0;
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwTestReply) before = fetch (fixture, fixture->caseworker, NULL);
  g_autoptr (HwTestReply) after = NULL, twice = NULL;
  g_autofree char *type = NULL, *store = NULL;

  g_assert_cmpuint (before->status, ==, 404);
  g_assert_nonnull (strstr (before->body, "content-missing"));
  send_whole (fixture, FILE_ID, fixture->picture);
  after = fetch (fixture, fixture->caseworker, NULL);
  g_assert_cmpuint (after->status, ==, 200);
  g_assert_true (is_whole (after, fixture->picture));
  type = hw_test_header (after, "Content-Type");
  store = hw_test_header (after, "Cache-Control");
  g_assert_cmpstr (type, ==, "application/octet-stream");
  g_assert_cmpstr (store, ==, "no-store");
  twice = begin (fixture, fixture->caseworker, FILE_ID, g_bytes_get_size (fixture->picture));
  g_assert_cmpuint (twice->status, ==, 409);
  g_assert_nonnull (strstr (twice->body, "content-there"));
}

/* The line breaks, the server ends and begins anew: what was acknowledged is not sent again. */
static void
test_resumed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) first = g_bytes_new_from_bytes (fixture->picture, 0, 40);
  g_autoptr (GBytes) rest
    = g_bytes_new_from_bytes (fixture->picture, 40, g_bytes_get_size (fixture->picture) - 40);
  g_autofree char *path = begin_well (fixture, FILE_ID, fixture->picture, "0");
  g_autoptr (HwTestReply) begun = continue_with (fixture, fixture->caseworker, path, 0, first, NULL);
  g_autoptr (HwTestReply) again = NULL, ended = NULL, whole = NULL, asked = NULL, early = NULL;
  g_autofree char *same = NULL;

  assert_offset (begun, 204, "40");
  early = fetch (fixture, fixture->caseworker, NULL);
  g_assert_cmpuint (early->status, ==, 404);
  hw_test_server_stop (fixture->server);
  hw_test_server_start (fixture->server, NULL);
  asked = hw_test_call (
    fixture->server, "HEAD", path, fixture->caseworker, "Tus-Resumable: 1.0.0\r\n", NULL);
  assert_offset (asked, 200, "40");
  same = begin_well (fixture, FILE_ID, fixture->picture, "40");
  g_assert_cmpstr (same, ==, path);
  again = continue_with (fixture, fixture->caseworker, path, 0, first, NULL);
  g_assert_cmpuint (again->status, ==, 409);
  g_assert_nonnull (strstr (again->body, "problem:offset"));
  ended = continue_with (fixture, fixture->caseworker, path, 40, rest, NULL);
  g_assert_cmpuint (ended->status, ==, 204);
  whole = fetch (fixture, fixture->caseworker, NULL);
  g_assert_true (is_whole (whole, fixture->picture));
}

static void
test_protocol (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = begin_well (fixture, FILE_ID, fixture->picture, "0");
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (fixture->picture, 0, 10);
  g_autoptr (HwTestReply) wrong = continue_with (
    fixture, fixture->caseworker, path, 0, part, "Upload-Checksum: sha256 AAAA\r\n");
  g_autoptr (HwTestReply) unknown
    = continue_with (fixture, fixture->caseworker, path, 0, part, "Upload-Checksum: crc32 AAAA\r\n");
  g_autoptr (HwTestReply) bare
    = hw_test_call_bytes (fixture->server, "PATCH", path, fixture->caseworker, NULL, part);
  g_autoptr (HwTestReply) typed = hw_test_call_bytes (fixture->server,
                                                      "PATCH",
                                                      path,
                                                      fixture->caseworker,
                                                      "Tus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n",
                                                      part);
  g_autoptr (HwTestReply) options
    = hw_test_call (fixture->server, "OPTIONS", "/v1/uploads", fixture->caseworker, NULL, NULL);
  g_autofree char *extension = hw_test_header (options, "Tus-Extension");
  g_autofree char *largest = hw_test_header (options, "Tus-Max-Size");

  g_assert_cmpuint (wrong->status, ==, 460);
  g_assert_cmpuint (unknown->status, ==, 400);
  g_assert_cmpuint (bare->status, ==, 412);
  g_assert_cmpuint (typed->status, ==, 415);
  g_assert_cmpstr (extension, ==, "creation,checksum");
  g_assert_cmpstr (largest, ==, "20971520");
}

/* ---- Refused ---- */

static void
add_described (Fixture *fixture, const char *id, GBytes *bytes, const char *media_type)
{
  g_autoptr (HwStore) store = NULL;

  hw_test_server_stop (fixture->server);
  store = hw_test_server_open_store (fixture->server);
  hw_test_commit (store, describe (id, bytes, media_type), NULL);
  hw_store_close (store);
  hw_test_server_start (fixture->server, NULL);
}

static void
test_lies (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) page = g_bytes_new_static ("<html><script>steal()</script></html>", 37);
  g_autofree char *path = NULL;
  g_autoptr (HwTestReply) sent = NULL, other = NULL, longer = NULL;
  g_autoptr (GBytes) changed = NULL;
  guint8 *copy;
  gsize size;

  add_described (fixture, SCAN_ID, page, HW_CONTENT_PNG);
  path = begin_well (fixture, SCAN_ID, page, "0");
  sent = continue_with (fixture, fixture->caseworker, path, 0, page, NULL);
  g_assert_cmpuint (sent->status, ==, 422);
  g_assert_nonnull (strstr (sent->body, "content-refused"));
  g_clear_pointer (&path, g_free);

  copy = g_memdup2 (g_bytes_get_data (fixture->picture, &size), g_bytes_get_size (fixture->picture));
  copy[size - 1] ^= 1;
  changed = g_bytes_new_take (copy, size);
  path = begin_well (fixture, FILE_ID, changed, "0");
  other = continue_with (fixture, fixture->caseworker, path, 0, changed, NULL);
  g_assert_cmpuint (other->status, ==, 422);
  longer = begin (fixture, fixture->caseworker, FILE_ID, size + 1);
  g_assert_cmpuint (longer->status, ==, 422);
  /* Nothing of it stands in the way of the right one. */
  send_whole (fixture, FILE_ID, fixture->picture);
}

static void
test_not_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) page = g_bytes_new_static ("<html/>", 7);
  g_autoptr (HwTestReply) typed = NULL, large = NULL, unknown = NULL, anybody = NULL;

  add_described (fixture, SCAN_ID, page, "text/html");
  typed = begin (fixture, fixture->caseworker, SCAN_ID, 7);
  g_assert_cmpuint (typed->status, ==, 415);
  large = begin (fixture, fixture->caseworker, FILE_ID, HW_CONTENT_MAX_BYTES + 1);
  g_assert_cmpuint (large->status, ==, 413);
  unknown = begin (fixture, fixture->caseworker, "3b1f8a52-0000-4000-8000-00000000dead", 7);
  g_assert_cmpuint (unknown->status, ==, 404);
  anybody = begin (fixture, NULL, FILE_ID, 7);
  g_assert_cmpuint (anybody->status, ==, 401);
}

/* ---- Who ---- */

static void
test_who_may (Fixture *fixture, gconstpointer data)
{
  gsize size = g_bytes_get_size (fixture->picture);
  g_autofree char *path = begin_well (fixture, FILE_ID, fixture->picture, "0");
  g_autoptr (HwTestReply) reads = begin (fixture, fixture->supervisor, FILE_ID, size);
  g_autoptr (HwTestReply) none = begin (fixture, fixture->movement, FILE_ID, size);
  g_autoptr (HwTestReply) mission = begin (fixture, fixture->liaison, FILE_ID, size);
  g_autoptr (HwTestReply) theirs
    = continue_with (fixture, fixture->supervisor, path, 0, fixture->picture, NULL);
  g_autoptr (HwTestReply) read = NULL, unrelated = NULL, unshared = NULL, anybody = NULL;

  g_assert_cmpuint (reads->status, ==, 403);
  g_assert_cmpuint (none->status, ==, 404);
  g_assert_cmpuint (mission->status, ==, 404);
  g_assert_cmpuint (theirs->status, ==, 404);
  send_whole (fixture, FILE_ID, fixture->picture);
  read = fetch (fixture, fixture->supervisor, NULL);
  unrelated = fetch (fixture, fixture->movement, NULL);
  unshared = fetch (fixture, fixture->liaison, NULL);
  anybody = fetch (fixture, NULL, NULL);
  g_assert_true (is_whole (read, fixture->picture));
  g_assert_cmpuint (unrelated->status, ==, 404);
  g_assert_cmpuint (unshared->status, ==, 404);
  g_assert_cmpuint (anybody->status, ==, 401);
}

/* Whether it may be put there has tests of its own. */
static void
share (Fixture *fixture, const char *id, const char *request)
{
  g_autofree char *operation_id = hw_uuid_v4 ();
  HwOperation *operation
    = hw_operation_new (operation_id, HW_ACTION_UPDATE, HW_TYPE_ID_ATTACHMENT, id, CASE);
  g_autoptr (HwStore) store = NULL;

  hw_test_server_stop (fixture->server);
  store = hw_test_server_open_store (fixture->server);
  hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST, request, 0);
  hw_test_commit (store, operation, NULL);
  hw_store_close (store);
  hw_test_server_start (fixture->server, NULL);
}

static void
test_mission (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwTestReply) shared = NULL, taken_back = NULL, hidden = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) pdf = hw_test_pdf ("/Author (" HIDDEN ")");

  send_whole (fixture, FILE_ID, fixture->picture);
  share (fixture, FILE_ID, REQUEST);
  shared = fetch (fixture, fixture->liaison, NULL);
  g_assert_cmpuint (shared->status, ==, 200);
  bytes = g_bytes_new (shared->body, shared->size);
  g_assert_true (hw_test_bytes_hold (bytes, DRAWN));
  g_assert_false (hw_test_bytes_hold (bytes, HIDDEN));
  name = hw_test_header (shared, "Content-Disposition");
  g_assert_cmpstr (name, ==, "attachment; filename=\"LP-7Q4K2-1.jpg\"");
  g_assert_null (strstr (shared->head, "zqname"));
  share (fixture, FILE_ID, NULL);
  taken_back = fetch (fixture, fixture->liaison, NULL);
  g_assert_cmpuint (taken_back->status, ==, 404);

  add_described (fixture, SCAN_ID, pdf, HW_CONTENT_PDF);
  send_whole (fixture, SCAN_ID, pdf);
  share (fixture, SCAN_ID, REQUEST);
  hidden = hw_test_call (
    fixture->server, "GET", "/v1/attachments/" SCAN_ID "/content", fixture->liaison, NULL, NULL);
  g_assert_cmpuint (hidden->status, ==, 403);
  g_assert_null (strstr (hidden->body, HIDDEN));
}

static void
test_deleted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwTestReply) deleted = NULL, after = NULL;

  send_whole (fixture, FILE_ID, fixture->picture);
  deleted = hw_test_call (
    fixture->server, "DELETE", "/v1/records/" FILE_ID, fixture->caseworker, "Content-Length: 0\r\n", NULL);
  g_assert_cmpuint (deleted->status, ==, 204);
  after = fetch (fixture, fixture->caseworker, NULL);
  g_assert_cmpuint (after->status, ==, 404);
  g_assert_null (strstr (after->body, "content"));
}

/* ---- Reading ---- */

static void
test_range (Fixture *fixture, gconstpointer data)
{
  const char *whole = g_bytes_get_data (fixture->picture, NULL);
  gsize size = g_bytes_get_size (fixture->picture);
  g_autofree char *expected = g_strdup_printf ("bytes 10-19/%zu", size);
  g_autofree char *range = NULL;
  g_autoptr (HwTestReply) part = NULL, end = NULL, beyond = NULL, odd = NULL;

  send_whole (fixture, FILE_ID, fixture->picture);
  part = fetch (fixture, fixture->caseworker, "Range: bytes=10-19\r\n");
  range = hw_test_header (part, "Content-Range");
  g_assert_cmpuint (part->status, ==, 206);
  g_assert_cmpstr (range, ==, expected);
  g_assert_cmpmem (part->body, part->size, whole + 10, 10);
  end = fetch (fixture, fixture->caseworker, "Range: bytes=-5\r\n");
  g_assert_cmpuint (end->status, ==, 206);
  g_assert_cmpmem (end->body, end->size, whole + size - 5, 5);
  beyond = fetch (fixture, fixture->caseworker, "Range: bytes=1000000-\r\n");
  g_assert_cmpuint (beyond->status, ==, 416);
  odd = fetch (fixture, fixture->caseworker, "Range: bytes=1-2,4-5\r\n");
  g_assert_cmpuint (odd->status, ==, 200);
}

static guint
count (const char *text, const char *word)
{
  guint n = 0;

  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    n++;
  return n;
}

static void
test_on_record (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwTestReply) one = NULL, two = NULL, refused = NULL, audit = NULL;

  send_whole (fixture, FILE_ID, fixture->picture);
  one = fetch (fixture, fixture->caseworker, NULL);
  two = fetch (fixture, fixture->supervisor, NULL);
  refused = fetch (fixture, fixture->movement, NULL);
  audit = hw_test_call (
    fixture->server, "GET", "/v1/audit?case=" CASE, fixture->supervisor, NULL, NULL);
  g_assert_cmpuint (count (audit->body, "\"upload\""), ==, 1);
  g_assert_cmpuint (count (audit->body, "\"read-content\""), ==, 2);
  g_assert_null (strstr (audit->body, "zqname"));
}

/* ---- In time ---- */

static void
test_old_ones_go (void)
{
  g_autoptr (HwTestServer) server = hw_test_server_new ();
  g_autoptr (HwClock) clock = hw_clock_new_fixed (HW_TEST_NOW_US);
  g_autoptr (GError) error = NULL;
  g_autoptr (HwStore) store = hw_store_open (server->database, HW_STORE_SERVER, clock, &error);
  g_autoptr (GBytes) picture = hw_test_png (2, 2, DRAWN, HIDDEN);
  g_autoptr (HwActor) actor = hw_test_actor (HW_ROLE_CASEWORKER);
  g_autoptr (HwRecord) record = NULL;
  g_autoptr (HwUpload) upload = NULL, left = NULL, kept = NULL, gone = NULL;
  HwOperation *deletion = hw_operation_new (
    "018f2222-0000-7000-8000-00000000d001", HW_ACTION_DELETE, HW_TYPE_ID_ATTACHMENT, FILE_ID, CASE);
  gboolean taken;

  hw_test_commit (store, create (HW_TYPE_ID_CASE, CASE), describe (FILE_ID, picture, HW_CONTENT_PNG), NULL);
  record = hw_store_find_record (store, FILE_ID, NULL);
  upload = hw_store_begin_upload (store, actor, record, &error);
  g_assert_true (hw_store_continue_upload (store, upload, 0, picture, &taken, &error) && taken);
  g_assert_true (hw_store_complete_upload (store, actor, upload, record, &error));
  hw_clock_advance (clock, 40 * G_TIME_SPAN_DAY);
  g_assert_true (hw_store_drop_old_contents (store, &error));
  kept = hw_store_content (store, record, &error);
  g_assert_nonnull (kept);
  hw_test_commit (store, deletion, NULL);
  hw_clock_advance (clock, 29 * G_TIME_SPAN_DAY);
  g_assert_true (hw_store_drop_old_contents (store, &error));
  left = hw_store_content (store, record, &error);
  g_assert_nonnull (left);
  hw_clock_advance (clock, 2 * G_TIME_SPAN_DAY);
  g_assert_true (hw_store_drop_old_contents (store, &error));
  gone = hw_store_content (store, record, &error);
  g_assert_no_error (error);
  g_assert_null (gone);
  hw_store_close (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/server/attachments/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("come-back-whole", test_round_trip);
  ADD ("go-on-where-the-line-broke", test_resumed);
  ADD ("speak-tus", test_protocol);
  ADD ("are-what-their-record-says", test_lies);
  ADD ("of-other-types-are-refused", test_not_taken);
  ADD ("are-read-as-their-record-is", test_who_may);
  ADD ("reach-a-mission-clean-and-nameless", test_mission);
  ADD ("go-with-their-record", test_deleted);
  ADD ("are-read-in-parts", test_range);
  ADD ("are-on-record", test_on_record);
#undef ADD
  g_test_add_func ("/server/attachments/old-ones-go", test_old_ones_go);
  return g_test_run ();
}
