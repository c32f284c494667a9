/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * /v1/sessions: sign in, who am I, sign out; and how often a laptop's copy of the data was in contact.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-problem.h"
#include "server/hw-server-private.h"

#include <string.h>

#define NAME_MAX_BYTES 200
#define PASSWORD_MAX_BYTES 1024
#define COUNT_MAX (G_GINT64_CONSTANT (1) << 52) /* whole in every JSON reader */

typedef struct
{
  const char *username;
  const char *password;
  const char *device_id;
  const char *device_name;
} SignIn;

static gboolean
read_text (JsonObject *object, const char *member, gsize max_bytes, const char **text)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  *text = json_node_get_string (node);
  return **text != '\0' && strlen (*text) <= max_bytes;
}

static gboolean
has_only (JsonObject *object, const char *const *known)
{
  JsonObjectIter iter;
  const char *member;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &member, NULL))
    if (!g_strv_contains (known, member))
      return FALSE;
  return TRUE;
}

/* NULL when it could be read; otherwise where it could not. (static) */
static const char *
read_sign_in (JsonObject *object, SignIn *sign_in)
{
  static const char *const members[] = { "username", "password", "code", "device", NULL };
  static const char *const device_members[] = { "id", "name", NULL };
  JsonNode *node = json_object_get_member (object, "device");
  JsonObject *device;

  if (!has_only (object, members))
    return "";
  if (!read_text (object, "username", NAME_MAX_BYTES, &sign_in->username))
    return "/username";
  if (!read_text (object, "password", PASSWORD_MAX_BYTES, &sign_in->password))
    return "/password";
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return "/device";
  device = json_node_get_object (node);
  if (!has_only (device, device_members))
    return "/device";
  if (!read_text (device, "id", NAME_MAX_BYTES, &sign_in->device_id)
      || !hw_uuid_valid (sign_in->device_id))
    return "/device/id";
  return read_text (device, "name", NAME_MAX_BYTES, &sign_in->device_name) ? NULL : "/device/name";
}

static void
append_user (GString *json, const HwActor *actor)
{
  g_string_append (json, "\"user\":{");
  hw_problem_append_member (json, "id", actor->user);
  g_string_append_c (json, ',');
  hw_problem_append_member (json, "name", actor->name);
  g_string_append_c (json, ',');
  hw_problem_append_member (json, "role", hw_role_nick (actor->role)->nick);
  g_string_append_c (json, ',');
  hw_problem_append_member (json, "office", actor->office);
  if (actor->mission != NULL)
    {
      g_string_append_c (json, ',');
      hw_problem_append_member (json, "mission", actor->mission);
    }
  g_string_append_c (json, '}');
}

static void
append_expiry (GString *json, gint64 expires_us)
{
  g_autofree char *text = hw_instant_format (expires_us);

  hw_problem_append_member (json, "expires_at", text);
  g_string_append_c (json, ',');
}

static HwServerResponse *
open_session (HwServerCall *call, const HwAccount *account, const SignIn *sign_in)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwActor) actor = hw_actor_new (account->id,
                                            account->name,
                                            account->role,
                                            account->office,
                                            account->mission,
                                            sign_in->device_id);
  gint64 expires_us = 0;
  g_autofree char *token = hw_store_create_session (
    call->store, account, sign_in->device_id, sign_in->device_name, &expires_us, &error);
  GString *json;

  if (token == NULL || !hw_store_audit (call->store, actor, "sign-in", NULL, NULL, NULL, &error))
    return hw_problem_new_failed (error);
  json = g_string_new ("{");
  hw_problem_append_member (json, "token", token);
  g_string_append_c (json, ',');
  append_expiry (json, expires_us);
  append_user (json, actor);
  g_string_append_c (json, '}');
  return hw_server_response_new_json (201, json);
}

/* Who tried to come in and could not. The name typed may be a password: only an account's id is
 * kept, and the device that was named. */
static gboolean
audit_failure (HwServerCall *call, const SignIn *sign_in, const char *action, GError **error)
{
  g_autoptr (HwAccount) account
    = hw_store_account_by_name (call->store, sign_in->username, NULL);
  const char *id = account != NULL ? account->id : NULL;

  return hw_store_audit (call->store, NULL, action, NULL, id, sign_in->device_id, error);
}

/* The password of a throttled attempt is not looked at. Of each wait the first attempt is on record. */
static HwServerResponse *
throttled (HwServerCall *call, const SignIn *sign_in, gboolean first, guint wait_s)
{
  g_autoptr (GError) error = NULL;
  HwServerResponse *response;

  if (first && !audit_failure (call, sign_in, "sign-in-throttled", &error))
    return hw_problem_new_failed (error);
  response = hw_problem_new (HW_PROBLEM_THROTTLED, NULL, NULL);
  response->retry_after = wait_s;
  return response;
}

static HwServerResponse *
not_let_in (HwServerCall *call, const SignIn *sign_in)
{
  g_autoptr (GError) error = NULL;

  if (!audit_failure (call, sign_in, "sign-in-failed", &error))
    return hw_problem_new_failed (error);
  return hw_problem_new (HW_PROBLEM_CREDENTIALS, NULL, NULL);
}

HwServerResponse *
hw_server_post_session (HwServerCall *call)
{
  HwServerResponse *refusal;
  g_autoptr (JsonNode) body = hw_server_call_body (call, &refusal);
  g_autoptr (HwAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  SignIn sign_in = { 0 };
  const char *pointer;
  guint wait_s = 0;

  if (body == NULL)
    return refusal;
  pointer = read_sign_in (json_node_get_object (body), &sign_in);
  if (pointer != NULL)
    return hw_problem_new (HW_PROBLEM_INVALID, NULL, pointer);
  switch (hw_auth_check (hw_server_core_auth (call->core),
                         sign_in.username,
                         sign_in.password,
                         sign_in.device_id,
                         call->request->peer,
                         &account,
                         &wait_s,
                         &error))
    {
      case HW_AUTH_GOOD:
        return open_session (call, account, &sign_in);
      case HW_AUTH_THROTTLED:
        return throttled (call, &sign_in, FALSE, wait_s);
      case HW_AUTH_THROTTLED_FIRST:
        return throttled (call, &sign_in, TRUE, wait_s);
      case HW_AUTH_WRONG:
        return not_let_in (call, &sign_in);
      case HW_AUTH_FAILED:
      default:
        return hw_problem_new_failed (error);
    }
}

HwServerResponse *
hw_server_get_session (HwServerCall *call)
{
  GString *json = g_string_new ("{");

  append_expiry (json, call->session->expires_us);
  hw_problem_append_member (json, "device", call->actor->device);
  g_string_append_c (json, ',');
  append_user (json, call->actor);
  g_string_append_c (json, '}');
  return hw_server_response_new_json (200, json);
}

HwServerResponse *
hw_server_delete_session (HwServerCall *call)
{
  g_autoptr (GError) error = NULL;

  if (!hw_store_end_session (call->store, call->token, &error)
      || !hw_server_call_audit (call, "sign-out", NULL, NULL, NULL, &error))
    return hw_problem_new_failed (error);
  return hw_server_response_new (204);
}

/* ---- Which copy ---- */

/* NULL when it could be read; otherwise where it could not. (static) */
static const char *
read_copy (JsonObject *object, const char **id, gint64 *count)
{
  static const char *const members[] = { "id", "count", NULL };
  JsonNode *node = json_object_get_member (object, "count");

  if (!has_only (object, members))
    return "";
  if (!read_text (object, "id", NAME_MAX_BYTES, id) || !hw_uuid_valid (*id))
    return "/id";
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return "/count";
  *count = json_node_get_int (node);
  return *count > 0 && *count <= COUNT_MAX ? NULL : "/count";
}

HwServerResponse *
hw_server_post_copy (HwServerCall *call)
{
  HwServerResponse *refusal;
  g_autoptr (JsonNode) body = hw_server_call_body (call, &refusal);
  g_autoptr (GError) error = NULL;
  const char *id, *pointer;
  guint64 highest;
  gint64 count;
  gboolean older;
  GString *json;

  if (body == NULL)
    return refusal;
  pointer = read_copy (json_node_get_object (body), &id, &count);
  if (pointer != NULL)
    return hw_problem_new (HW_PROBLEM_INVALID, NULL, pointer);
  if (!hw_store_tell_count (call->store, call->actor, id, (guint64) count, &highest, &older, &error))
    return hw_problem_new_failed (error);
  json = g_string_new (NULL);
  g_string_printf (json, "{\"count\":%" G_GUINT64_FORMAT ",\"older\":%s}", highest, older ? "true" : "false");
  return hw_server_response_new_json (200, json);
}
