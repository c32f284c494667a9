/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Requests and responses as plain data.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-server-message.h"

const char *
hw_server_request_argument (const HwServerRequest *request, const char *name)
{
  for (guint i = 0; i < request->n_arguments; i++)
    if (g_str_equal (request->arguments[i].name, name))
      return request->arguments[i].value;
  return NULL;
}

HwServerResponse *
hw_server_response_new (guint status)
{
  HwServerResponse *response = g_new0 (HwServerResponse, 1);

  response->status = status;
  return response;
}

HwServerResponse *
hw_server_response_new_json (guint status, GString *json)
{
  HwServerResponse *response = hw_server_response_new (status);

  response->content_type = "application/json";
  response->body = g_string_free_to_bytes (json);
  return response;
}

void
hw_server_response_add_header (HwServerResponse *response, const char *name, const char *value)
{
  if (response->headers == NULL)
    response->headers = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (response->headers, g_strdup (name));
  g_ptr_array_add (response->headers, g_strdup (value));
}

void
hw_server_response_free (HwServerResponse *response)
{
  if (response == NULL)
    return;
  g_free (response->etag);
  g_free (response->allow);
  g_free (response->location);
  g_free (response->token);
  g_clear_pointer (&response->headers, g_ptr_array_unref);
  g_clear_pointer (&response->body, g_bytes_unref);
  g_free (response);
}
