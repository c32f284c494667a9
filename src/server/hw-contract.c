/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the server says about itself: alive, its contract and schema as this role may see them, and
 * the names behind user ids.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-problem.h"
#include "server/hw-server-private.h"

HwServerResponse *
hw_server_get_health (HwServerCall *call)
{
  GString *json = g_string_new (NULL);

  g_string_append_printf (json,
                          "{\"status\":\"ok\",\"schema\":%u,\"schema_min\":%u}",
                          hw_schema_version,
                          (guint) HW_SCHEMA_VERSION_MIN);
  return hw_server_response_new_json (200, json);
}

static HwServerResponse *
give_contract (HwServerCall *call, gboolean openapi)
{
  HwServerResponse *response = hw_server_response_new (200);

  response->content_type = "application/json";
  response->body = hw_server_core_contract (call->core, call->actor->role, openapi);
  return response;
}

HwServerResponse *
hw_server_get_openapi (HwServerCall *call)
{
  return give_contract (call, TRUE);
}

HwServerResponse *
hw_server_get_schema (HwServerCall *call)
{
  return give_contract (call, FALSE);
}

HwServerResponse *
hw_server_get_user_names (HwServerCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = hw_store_accounts (call->store, &error);
  g_autoptr (HwProjection) projection = hw_projection_new (call->store, call->actor);
  GString *json;

  if (accounts == NULL)
    return hw_problem_new_failed (error);
  json = g_string_new ("[");
  for (guint i = 0; i < accounts->len; i++)
    {
      const HwAccount *account = g_ptr_array_index (accounts, i);

      if (!hw_projection_sees_account (projection, account))
        continue;
      g_string_append (json, json->len > 1 ? ",{" : "{");
      hw_problem_append_member (json, "id", account->id);
      g_string_append_c (json, ',');
      hw_problem_append_member (json, "name", account->name);
      g_string_append_c (json, ',');
      hw_problem_append_member (json, "role", hw_role_nick (account->role)->nick);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
  return hw_server_response_new_json (200, json);
}

HwServerResponse *
hw_server_get_events (HwServerCall *call)
{
  HwServerResponse *response = hw_server_response_new (200);

  response->content_type = "text/event-stream";
  response->stream = TRUE;
  response->token = g_strdup (call->token);
  return response;
}
