/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The table of routes. Denied by default: without a session everything is 401, whether it exists or
 * not, except the two rows that say otherwise. What a mission may not know of does not exist for
 * it.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-problem.h"
#include "server/hw-server-private.h"

#include <string.h>

typedef enum
{
  ROUTE_PUBLIC = 1 << 0, /* no session needed */
  ROUTE_OFFICE = 1 << 1, /* not there for a mission */
  ROUTE_WRITES = 1 << 2, /* whatever is refused here is in the audit */
} RouteFlags;

typedef struct
{
  const char *method;
  const char *pattern; /* "{id}" stands for one identifier */
  HwServerHandler handle;
  RouteFlags flags;
} Route;

static const Route routes[] = {
  { "GET", "/v1/changes", hw_server_get_changes, 0 },
  { "POST", "/v1/operations", hw_server_post_operations, ROUTE_WRITES },
  { "GET", "/v1/events", hw_server_get_events, 0 },
  { "GET", "/v1/health", hw_server_get_health, ROUTE_PUBLIC },
  { "POST", "/v1/sessions", hw_server_post_session, ROUTE_PUBLIC },
  { "GET", "/v1/sessions/current", hw_server_get_session, 0 },
  { "DELETE", "/v1/sessions/current", hw_server_delete_session, 0 },
  { "POST", "/v1/sessions/current/copy", hw_server_post_copy, 0 },
  { "GET", "/v1/openapi.json", hw_server_get_openapi, 0 },
  { "GET", "/v1/schema", hw_server_get_schema, 0 },
  { "GET", "/v1/users/names", hw_server_get_user_names, 0 },
  { "GET", "/v1/cases", hw_server_get_cases, ROUTE_OFFICE },
  { "GET", "/v1/cases/{id}", hw_server_get_case, ROUTE_OFFICE },
  { "GET", "/v1/cases/{id}/gates", hw_server_get_gates, ROUTE_OFFICE },
  { "GET", "/v1/cases/{id}/disclosures", hw_server_get_disclosures, ROUTE_OFFICE },
  { "GET", "/v1/statistics", hw_server_get_statistics, ROUTE_OFFICE },
  { "GET", "/v1/audit", hw_server_get_audit, ROUTE_OFFICE },
  { "GET", "/v1/audit/head", hw_server_get_audit_head, ROUTE_OFFICE },
  { "GET", "/v1/quarantine", hw_server_get_quarantine, ROUTE_OFFICE },
  { "POST", "/v1/quarantine/{id}", hw_server_post_quarantine, ROUTE_OFFICE | ROUTE_WRITES },
  { "GET", "/v1/records", hw_server_list_records, 0 },
  { "POST", "/v1/records", hw_server_post_record, ROUTE_WRITES },
  { "GET", "/v1/records/{id}", hw_server_get_record, 0 },
  { "PATCH", "/v1/records/{id}", hw_server_patch_record, ROUTE_WRITES },
  { "DELETE", "/v1/records/{id}", hw_server_delete_record, ROUTE_WRITES },
  { "GET", "/v1/records/{id}/history", hw_server_get_history, 0 },
  { "POST", "/v1/readings", hw_server_post_readings, 0 },
  { "POST", "/v1/lookups", hw_server_post_lookup, ROUTE_OFFICE },
  { "POST", "/v1/lookups/append", hw_server_post_lookup_append, ROUTE_OFFICE | ROUTE_WRITES },
  { "POST", "/v1/conflicts/{id}/resolution", hw_server_post_resolution, ROUTE_WRITES },
  { "OPTIONS", "/v1/uploads", hw_server_options_uploads, ROUTE_OFFICE },
  { "POST", "/v1/uploads", hw_server_post_upload, ROUTE_OFFICE },
  { "HEAD", "/v1/uploads/{id}", hw_server_head_upload, ROUTE_OFFICE },
  { "PATCH", "/v1/uploads/{id}", hw_server_patch_upload, ROUTE_OFFICE },
  { "GET", "/v1/attachments/{id}/content", hw_server_get_content, 0 },
};

/* TRUE when the path is of the pattern; *id is set when it holds one. */
static gboolean
path_matches (const char *pattern, const char *path, char **id)
{
  const char *slot = strstr (pattern, "{id}");
  gsize before, length;

  if (slot == NULL)
    return g_str_equal (pattern, path);
  before = (gsize) (slot - pattern);
  if (strncmp (pattern, path, before) != 0)
    return FALSE;
  length = strcspn (path + before, "/");
  if (!g_str_equal (slot + strlen ("{id}"), path + before + length))
    return FALSE;
  g_free (*id);
  *id = g_strndup (path + before, length);
  return hw_uuid_valid (*id);
}

static const char *
bearer_token (const char *authorization)
{
  if (authorization == NULL || g_ascii_strncasecmp (authorization, "Bearer ", 7) != 0)
    return NULL;
  return authorization[7] != '\0' ? authorization + 7 : NULL;
}

static gboolean
find_session (HwServerCall *call)
{
  call->token = bearer_token (call->request->authorization);
  if (call->token == NULL)
    return FALSE;
  call->session = hw_store_lookup_session (call->store, call->token);
  if (call->session == NULL)
    return FALSE;
  call->actor = call->session->actor;
  return TRUE;
}

static gboolean
is_there_for (const Route *route, const HwActor *actor)
{
  return (route->flags & ROUTE_OFFICE) == 0 || actor == NULL
         || actor->role != HW_ROLE_EMBASSY_LIAISON;
}

/* As if there were nothing; but that somebody looked for it is on record. */
static HwServerResponse *
refuse_absent (HwServerCall *call, const Route *sought)
{
  g_autoptr (GError) error = NULL;

  if (sought != NULL && !hw_server_call_audit (call, "refuse", NULL, NULL, sought->pattern, &error))
    return hw_problem_new_failed (error);
  return hw_problem_new (HW_PROBLEM_NOT_FOUND, NULL, NULL);
}

static HwServerResponse *
refuse_method (GString *allow)
{
  HwServerResponse *response = hw_problem_new (HW_PROBLEM_METHOD, NULL, NULL);

  response->allow = g_strdup (allow->str);
  return response;
}

/* Only who held the token of a revoked session learns more than that there is none. */
static HwServerResponse *
refuse_session (HwServerCall *call)
{
  gboolean revoked = call->token != NULL && hw_store_token_revoked (call->store, call->token);

  return hw_problem_new (revoked ? HW_PROBLEM_REVOKED : HW_PROBLEM_NO_SESSION, NULL, NULL);
}

/* Why it was refused before the rules saw it; never what it said. */
static const char *
refusal_word (guint status)
{
  switch (status)
    {
      case 403:
        return "role";
      case 404:
        return "not-found";
      case 409:
      case 412:
      case 428:
        return "stale";
      default:
        return "unreadable";
    }
}

/* A write that never came before the rules: it could not be read, or is about what is not there for this person. */
static HwServerResponse *
with_refusal_on_record (HwServerCall *call, const Route *route, HwServerResponse *response)
{
  g_autoptr (HwRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  if ((route->flags & ROUTE_WRITES) == 0 || call->judged || response->status < 400
      || response->status >= 500)
    return response;
  if (call->id != NULL)
    record = hw_store_find_record (call->store, call->id, NULL);
  if (hw_server_call_audit (call,
                            "refuse",
                            record != NULL ? hw_record_case (record) : NULL,
                            record != NULL ? hw_record_id (record) : NULL,
                            refusal_word (response->status),
                            &error))
    return response;
  hw_server_response_free (response);
  return hw_problem_new_failed (error);
}

HwServerResponse *
hw_router_route (HwServerCall *call)
{
  g_autoptr (GString) allow = g_string_new (NULL);
  const HwServerRequest *request = call->request;
  gboolean signed_in = find_session (call);
  const Route *sought = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      const Route *route = &routes[i];

      if (!path_matches (route->pattern, request->path, &call->id))
        continue;
      if (!is_there_for (route, call->actor))
        {
          sought = route;
          continue;
        }
      if (!g_str_equal (route->method, request->method))
        {
          g_string_append_printf (allow, "%s%s", allow->len > 0 ? ", " : "", route->method);
          continue;
        }
      if (!signed_in && (route->flags & ROUTE_PUBLIC) == 0)
        return refuse_session (call);
      return with_refusal_on_record (call, route, route->handle (call));
    }
  if (!signed_in)
    return refuse_session (call);
  return allow->len > 0 ? refuse_method (allow) : refuse_absent (call, sought);
}
