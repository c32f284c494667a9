/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /v1/uploads: the bytes of an attachment, after its record, by tus 1.0 (core, creation, checksum). A part is at most
 * what any request may carry. Beginning the same upload again gives the one that was begun, with how far it came. The
 * whole is judged before it counts: it has the size and the checksum its record names, and is what it says it is.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "domain/hw-content.h"
#include "server/hw-problem.h"
#include "server/hw-server-private.h"

#include <string.h>

#define TUS_VERSION "1.0.0"
#define TUS_MEDIA_TYPE "application/offset+octet-stream"

static void
add_number (HwServerResponse *response, const char *name, guint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  hw_server_response_add_header (response, name, text);
}

static HwServerResponse *
tus_response (guint status)
{
  HwServerResponse *response = hw_server_response_new (status);

  hw_server_response_add_header (response, "Tus-Resumable", TUS_VERSION);
  return response;
}

HwServerResponse *
hw_server_options_uploads (HwServerCall *call)
{
  HwServerResponse *response = tus_response (204);

  hw_server_response_add_header (response, "Tus-Version", TUS_VERSION);
  hw_server_response_add_header (response, "Tus-Extension", "creation,checksum");
  hw_server_response_add_header (response, "Tus-Checksum-Algorithm", "sha256,sha1");
  add_number (response, "Tus-Max-Size", HW_CONTENT_MAX_BYTES);
  return response;
}

static HwServerResponse *
check_version (HwServerCall *call)
{
  HwServerResponse *response;

  if (g_strcmp0 (call->request->tus, TUS_VERSION) == 0)
    return NULL;
  response = hw_problem_new (HW_PROBLEM_TUS, NULL, NULL);
  hw_server_response_add_header (response, "Tus-Version", TUS_VERSION);
  return response;
}

static gboolean
read_number (const char *text, guint64 *number)
{
  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, number, NULL);
}

/* ---- Beginning ---- */

/* "attachment BASE64, …": the id of the record. (transfer full) (nullable) */
static char *
attachment_named (const char *metadata)
{
  g_auto (GStrv) pairs = g_strsplit (metadata != NULL ? metadata : "", ",", 8);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (g_strstrip (pairs[i]), " ", 2);
      g_autofree char *id = NULL;
      g_autofree guchar *decoded = NULL;
      gsize size;

      if (words[0] == NULL || words[1] == NULL || !g_str_equal (words[0], "attachment"))
        continue;
      decoded = g_base64_decode (words[1], &size);
      id = g_strndup ((const char *) decoded, size);
      return hw_uuid_valid (id) ? g_steal_pointer (&id) : NULL;
    }
  return NULL;
}

/* What they attached themselves they may hand over after they lost it, so that nothing of hers is lost with it: to its
 * record, or to what a supervisor has yet to let in. They are told nothing by it. */
static HwRecord *
find_handed_over (HwServerCall *call, const char *id, HwServerResponse **refusal)
{
  g_autoptr (GError) error = NULL;
  HwRecord *record = hw_store_attachment_of_author (call->store, call->actor, id, &error);

  if (record == NULL && error == NULL)
    return NULL;
  g_clear_pointer (refusal, hw_server_response_free);
  if (error != NULL)
    *refusal = hw_problem_new_failed (error);
  return record;
}

/* The attachment named, which the caller may see and may write; NULL and a response. */
static HwRecord *
find_writable (HwServerCall *call, const char *id, HwServerResponse **refusal)
{
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);
  guint relations;
  g_autoptr (HwRecord) record = hw_server_find_visible (call, projection, id, &relations, refusal);

  if (record == NULL)
    return NULL;
  if (hw_record_type (record) != HW_TYPE_ID_ATTACHMENT)
    *refusal = hw_problem_new (HW_PROBLEM_NOT_FOUND, NULL, NULL);
  else if (!hw_access_may_write (
             call->actor->role, relations, hw_schema_field (HW_FIELD_ATTACHMENT_SHA256)))
    *refusal = hw_problem_new (HW_PROBLEM_FORBIDDEN, NULL, NULL);
  else
    return g_steal_pointer (&record);
  return NULL;
}

static HwRecord *
find_attachment (HwServerCall *call, const char *id, HwServerResponse **refusal)
{
  HwRecord *record = find_writable (call, id, refusal);

  return record != NULL ? record : find_handed_over (call, id, refusal);
}

/* What the record says of its file must be something we take. */
static HwServerResponse *
check_description (HwServerCall *call, HwRecord *attachment)
{
  const char *media_type = hw_record_get_text (attachment, HW_FIELD_ATTACHMENT_MEDIA_TYPE);
  const char *sha256 = hw_record_get_text (attachment, HW_FIELD_ATTACHMENT_SHA256);
  gint64 size = hw_value_integer (hw_record_get (attachment, HW_FIELD_ATTACHMENT_SIZE));
  guint64 length;

  if (!read_number (call->request->upload_length, &length))
    return hw_problem_new (HW_PROBLEM_MALFORMED, "Upload-Length is missing or no number", NULL);
  if (size > HW_CONTENT_MAX_BYTES || length > HW_CONTENT_MAX_BYTES)
    return hw_problem_new (
      HW_PROBLEM_TOO_LARGE, hw_content_fault_words (HW_CONTENT_TOO_LARGE), NULL);
  if (*hw_content_suffix (media_type) == '\0')
    return hw_problem_new (
      HW_PROBLEM_MEDIA_TYPE, hw_content_fault_words (HW_CONTENT_NOT_TAKEN), NULL);
  if (sha256 == NULL || strlen (sha256) != 64 || length == 0 || length != (guint64) size)
    return hw_problem_new (
      HW_PROBLEM_CONTENT_REFUSED, "The record names another size, or no checksum", NULL);
  return NULL;
}

HwServerResponse *
hw_server_post_upload (HwServerCall *call)
{
  HwServerResponse *response = check_version (call);
  g_autofree char *id = attachment_named (call->request->upload_metadata);
  g_autoptr (HwRecord) attachment = NULL;
  g_autoptr (HwUpload) upload = NULL;
  g_autoptr (GError) error = NULL;

  if (response != NULL)
    return response;
  if (id == NULL)
    return hw_problem_new (
      HW_PROBLEM_MALFORMED, "Upload-Metadata does not name the attachment", NULL);
  attachment = find_attachment (call, id, &response);
  if (attachment == NULL || (response = check_description (call, attachment)) != NULL)
    return response;
  upload = hw_store_begin_upload (call->store, call->actor, attachment, &error);
  if (error != NULL)
    return hw_problem_new_failed (error);
  if (upload == NULL)
    {
      response = hw_problem_new (
        HW_PROBLEM_THROTTLED, "Too many uploads were begun and not finished", NULL);
      response->retry_after = 60;
      return response;
    }
  if (upload->complete)
    return hw_problem_new (HW_PROBLEM_CONTENT_THERE, NULL, NULL);
  response = tus_response (201);
  response->location = g_strconcat ("/v1/uploads/", upload->id, NULL);
  add_number (response, "Upload-Offset", upload->received);
  return response;
}

/* ---- Going on ---- */

/* The upload of the path, and its attachment as the caller may see it now; NULL and a response. */
static HwUpload *
find_upload (HwServerCall *call, HwRecord **attachment, HwServerResponse **refusal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwUpload) upload = hw_store_upload (call->store, call->actor, call->id, &error);

  if (error != NULL)
    *refusal = hw_problem_new_failed (error);
  else if (upload == NULL)
    *refusal = hw_problem_new (HW_PROBLEM_NOT_FOUND, NULL, NULL);
  else
    *attachment = find_attachment (call, upload->attachment, refusal);
  return *refusal == NULL ? g_steal_pointer (&upload) : NULL;
}

HwServerResponse *
hw_server_head_upload (HwServerCall *call)
{
  HwServerResponse *response = check_version (call);
  g_autoptr (HwRecord) attachment = NULL;
  g_autoptr (HwUpload) upload = NULL;

  if (response == NULL)
    upload = find_upload (call, &attachment, &response);
  if (upload == NULL)
    return response;
  response = tus_response (200);
  add_number (response, "Upload-Offset", upload->received);
  add_number (response, "Upload-Length", upload->size);
  return response;
}

/* "sha256 BASE64" of this part; NULL: as it should be. */
static HwServerResponse *
check_checksum (HwServerCall *call)
{
  const char *given = call->request->upload_checksum;
  g_auto (GStrv) words = NULL;
  g_autofree guchar *wanted = NULL;
  g_autoptr (GChecksum) sum = NULL;
  guint8 digest[64];
  gsize wanted_size, size = sizeof digest;

  if (given == NULL)
    return NULL;
  words = g_strsplit (given, " ", 2);
  if (g_strcmp0 (words[0], "sha256") == 0)
    sum = g_checksum_new (G_CHECKSUM_SHA256);
  else if (g_strcmp0 (words[0], "sha1") == 0)
    sum = g_checksum_new (G_CHECKSUM_SHA1);
  if (sum == NULL || words[1] == NULL)
    return hw_problem_new (HW_PROBLEM_MALFORMED, "This checksum is not known here", NULL);
  wanted = g_base64_decode (words[1], &wanted_size);
  g_checksum_update (
    sum, (const guchar *) call->request->body, (gssize) call->request->body_size);
  g_checksum_get_digest (sum, digest, &size);
  if (size == wanted_size && memcmp (digest, wanted, size) == 0)
    return NULL;
  return hw_problem_new (HW_PROBLEM_CHECKSUM, NULL, NULL);
}

static HwServerResponse *
check_part (HwServerCall *call, HwUpload *upload, guint64 *offset)
{
  const HwServerRequest *request = call->request;

  if (g_strcmp0 (request->content_type, TUS_MEDIA_TYPE) != 0)
    return hw_problem_new (HW_PROBLEM_MEDIA_TYPE, "Parts are " TUS_MEDIA_TYPE, NULL);
  if (!read_number (request->upload_offset, offset))
    return hw_problem_new (HW_PROBLEM_MALFORMED, "Upload-Offset is missing or no number", NULL);
  if (*offset != upload->received)
    return hw_problem_new (HW_PROBLEM_OFFSET, NULL, NULL);
  if (request->body_size > upload->size - upload->received)
    return hw_problem_new (HW_PROBLEM_TOO_LARGE, "This is more than was announced", NULL);
  return check_checksum (call);
}

/* What the whole is, against what its record says of it. */
static const char *
fault_of (const HwUpload *upload, GBytes *bytes)
{
  g_autofree char *digest = hw_content_digest (bytes);
  const char *media_type;
  HwContentFault fault = hw_content_check (bytes, &media_type);

  if (!g_str_equal (digest, upload->sha256))
    return "The file is not the one its record names";
  if (fault != HW_CONTENT_GOOD)
    return hw_content_fault_words (fault);
  return g_strcmp0 (media_type, upload->media_type) == 0
           ? NULL
           : "The file is of another type than its record says";
}

static HwServerResponse *
finish_upload (HwServerCall *call, const HwUpload *upload, HwRecord *attachment)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hw_store_upload_bytes (call->store, upload, &error);
  const char *fault = bytes != NULL ? fault_of (upload, bytes) : NULL;
  gboolean done = bytes != NULL;

  if (done && fault != NULL)
    done = hw_store_drop_upload (call->store, upload, &error);
  else if (done)
    done = hw_store_complete_upload (call->store, call->actor, upload, attachment, &error);
  if (!done)
    return hw_problem_new_failed (error);
  return fault != NULL ? hw_problem_new (HW_PROBLEM_CONTENT_REFUSED, fault, NULL) : NULL;
}

/* Nothing is judged twice: the last part is answered only when the whole counts. A last part whose answer was lost is
 * followed by an empty one at its end. */
HwServerResponse *
hw_server_patch_upload (HwServerCall *call)
{
  HwServerResponse *response = check_version (call);
  g_autoptr (HwRecord) attachment = NULL;
  g_autoptr (HwUpload) upload = NULL;
  g_autoptr (GBytes) part = NULL;
  g_autoptr (GError) error = NULL;
  gboolean taken;
  guint64 offset;

  if (response == NULL)
    upload = find_upload (call, &attachment, &response);
  if (upload == NULL || (response = check_part (call, upload, &offset)) != NULL)
    return response;
  part = g_bytes_new (call->request->body, call->request->body_size);
  if (!hw_store_continue_upload (call->store, upload, offset, part, &taken, &error))
    return hw_problem_new_failed (error);
  if (!taken)
    return hw_problem_new (HW_PROBLEM_OFFSET, NULL, NULL);
  if (upload->received == upload->size && !upload->complete)
    response = finish_upload (call, upload, attachment);
  if (response != NULL)
    return response;
  response = tus_response (204);
  add_number (response, "Upload-Offset", upload->received);
  return response;
}
