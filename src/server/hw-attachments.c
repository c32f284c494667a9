/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /v1/attachments/{id}/content: read by whoever may read the record, and each time on record. A mission gets a picture
 * without what a camera hides in it, under a name that says nothing; what cannot be cleaned so does not leave the office.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "domain/hw-content.h"
#include "server/hw-problem.h"
#include "server/hw-server-private.h"

#include <string.h>

/* "bytes=from-to", "bytes=from-" or "bytes=-last". Anything else is as if nothing was asked. FALSE: there is no such part. */
static gboolean
read_range (const char *text, gsize size, gsize *from, gsize *length, gboolean *partial)
{
  g_auto (GStrv) ends = NULL;
  guint64 first = 0, last = size - 1;
  gboolean has_first, has_last;

  *from = 0;
  *length = size;
  *partial = FALSE;
  if (text == NULL || !g_str_has_prefix (text, "bytes=") || strchr (text, ',') != NULL)
    return TRUE;
  ends = g_strsplit (text + strlen ("bytes="), "-", 2);
  if (g_strv_length (ends) != 2)
    return TRUE;
  has_first = g_ascii_string_to_unsigned (ends[0], 10, 0, G_MAXINT64, &first, NULL);
  has_last = g_ascii_string_to_unsigned (ends[1], 10, 0, G_MAXINT64, &last, NULL);
  if ((!has_first && *ends[0] != '\0') || (!has_last && *ends[1] != '\0') || (!has_first && !has_last))
    return TRUE;
  if (!has_first)
    {
      first = last < size ? size - last : 0;
      last = last > 0 ? size - 1 : 0;
    }
  if (!has_last || last >= size)
    last = size - 1;
  if (first >= size || first > last)
    return FALSE;
  *partial = TRUE;
  *from = (gsize) first;
  *length = (gsize) (last - first) + 1;
  return TRUE;
}

/* "LP-7Q4K2-1.jpg": of its request and its number on it. (transfer full) */
static char *
neutral_name (HwServerCall *call, HwRecord *attachment)
{
  const char *request = hw_record_get_text (attachment, HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST);
  g_autoptr (HwRecord) shared = request != NULL ? hw_store_find_record (call->store, request, NULL) : NULL;
  const char *reference
    = shared != NULL ? hw_record_get_text (shared, HW_FIELD_EMBASSY_REQUEST_REFERENCE) : NULL;
  g_autoptr (GPtrArray) files = hw_store_list (
    call->store, HW_TYPE_ID_ATTACHMENT, HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST, request, 0, NULL);
  guint number = 1;

  for (guint i = 0; files != NULL && i < files->len; i++)
    number += strcmp (hw_record_id (g_ptr_array_index (files, i)), hw_record_id (attachment)) < 0;
  return g_strdup_printf (
    "%s-%u%s",
    reference != NULL ? reference : "file",
    number,
    hw_content_suffix (hw_record_get_text (attachment, HW_FIELD_ATTACHMENT_MEDIA_TYPE)));
}

static HwServerResponse *
give (HwServerCall *call, HwRecord *attachment, GBytes *bytes)
{
  gboolean mission = call->actor->role == HW_ROLE_EMBASSY_LIAISON;
  HwServerResponse *response;
  gsize from, length;
  gboolean partial;

  if (!read_range (call->request->range, g_bytes_get_size (bytes), &from, &length, &partial))
    return hw_problem_new (HW_PROBLEM_RANGE, NULL, NULL);
  response = hw_server_response_new (partial ? 206 : 200);
  response->content_type = "application/octet-stream";
  response->body = g_bytes_new_from_bytes (bytes, from, length);
  hw_server_response_add_header (response, "Accept-Ranges", "bytes");
  if (partial)
    {
      g_autofree char *range = g_strdup_printf ("bytes %" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT "/%" G_GSIZE_FORMAT,
                                                from,
                                                from + length - 1,
                                                g_bytes_get_size (bytes));

      hw_server_response_add_header (response, "Content-Range", range);
    }
  if (mission)
    {
      g_autofree char *name = neutral_name (call, attachment);
      g_autofree char *disposition = g_strdup_printf ("attachment; filename=\"%s\"", name);

      hw_server_response_add_header (response, "Content-Disposition", disposition);
    }
  return response;
}

/* The content of the record, whole, as this person may have it; NULL and a response. */
static GBytes *
content_for (HwServerCall *call, HwRecord *attachment, HwServerResponse **refusal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwUpload) upload = hw_store_content (call->store, attachment, &error);
  g_autoptr (GBytes) bytes = NULL;
  GBytes *clean;

  if (upload == NULL && error == NULL)
    *refusal = hw_problem_new (HW_PROBLEM_CONTENT_MISSING, NULL, NULL);
  if (upload != NULL)
    bytes = hw_store_upload_bytes (call->store, upload, &error);
  if (error != NULL)
    *refusal = hw_problem_new_failed (error);
  if (bytes == NULL || call->actor->role != HW_ROLE_EMBASSY_LIAISON)
    return g_steal_pointer (&bytes);
  clean = hw_content_without_metadata (bytes);
  if (clean == NULL)
    *refusal = hw_problem_new (HW_PROBLEM_CONTENT_HIDDEN, NULL, NULL);
  return clean;
}

HwServerResponse *
hw_server_get_content (HwServerCall *call)
{
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);
  HwServerResponse *response = NULL;
  guint relations;
  g_autoptr (HwRecord) attachment
    = hw_server_find_visible (call, projection, call->id, &relations, &response);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (attachment == NULL)
    return response;
  if (hw_record_type (attachment) != HW_TYPE_ID_ATTACHMENT)
    return hw_problem_new (HW_PROBLEM_NOT_FOUND, NULL, NULL);
  bytes = content_for (call, attachment, &response);
  if (bytes == NULL)
    return response;
  if (!hw_server_call_audit (
        call, "read-content", hw_record_case (attachment), hw_record_id (attachment), NULL, &error))
    return hw_problem_new_failed (error);
  return give (call, attachment, bytes);
}
