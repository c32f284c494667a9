/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signing in: one request, before any store is open. A wrong name and a wrong password are told in the same
 * words. The password is in memory no longer than its request.
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "sync/hw-sign-in-private.h"

#include <glib/gi18n-lib.h>

#include "sync/hw-sync-codec.h"
#include "sync/hw-sync-machine.h"

typedef struct
{
  HwTransport *transport; /* (owned) */
  char *server;           /* (owned) (nullable) */
  char *username;         /* (owned) */
  char *device_id;        /* (owned) */
  guint retry_after;
} SignInCall;

static void
sign_in_call_free (gpointer data)
{
  SignInCall *call = data;

  g_clear_object (&call->transport);
  g_free (call->server);
  g_free (call->username);
  g_free (call->device_id);
  g_free (call);
}

void
hw_sign_in_free (HwSignIn *sign_in)
{
  if (sign_in == NULL)
    return;
  g_free (sign_in->server);
  g_free (sign_in->username);
  g_free (sign_in->token);
  g_free (sign_in->expires_at);
  g_clear_pointer (&sign_in->actor, hw_actor_free);
  g_free (sign_in);
}

static GError *
error_of_status (guint status, GBytes *body)
{
  g_autofree char *type = hw_sync_problem_type (body);

  switch (hw_sync_answer_of_status (status, type))
    {
    case HW_SYNC_ANSWER_UNAUTHORIZED:
    case HW_SYNC_ANSWER_FORBIDDEN:
      return g_error_new_literal (HW_SYNC_ERROR, HW_SYNC_ERROR_CREDENTIALS,
                                  _("The name or the password is not right"));
    case HW_SYNC_ANSWER_THROTTLED:
      return g_error_new_literal (HW_SYNC_ERROR, HW_SYNC_ERROR_THROTTLED,
                                  _("Too many attempts. Wait a little and try again"));
    case HW_SYNC_ANSWER_SCHEMA:
      return g_error_new_literal (HW_SYNC_ERROR, HW_SYNC_ERROR_SCHEMA,
                                  _("The server and this program are of different versions. Update "
                                    "Homeward, or ask your administrator"));
    case HW_SYNC_ANSWER_UNAVAILABLE:
    case HW_SYNC_ANSWER_SERVER:
      return g_error_new_literal (HW_SYNC_ERROR, HW_SYNC_ERROR_SERVER,
                                  _("The server cannot answer now. Try again in a moment"));
    default:
      return g_error_new_literal (HW_SYNC_ERROR, HW_SYNC_ERROR_PROTOCOL,
                                  _("This does not answer like a Homeward server. Check its address"));
    }
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  SignInCall *call = g_task_get_task_data (task);
  g_autoptr (HwTransportReply) reply
    = hw_transport_send_finish (HW_TRANSPORT (source), result, &error);
  HwSignIn *sign_in;

  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  call->retry_after = reply->retry_after;
  if (reply->status != 200 && reply->status != 201)
    {
      g_task_return_error (task, error_of_status (reply->status, reply->body));
      return;
    }
  sign_in = hw_sync_sign_in_decode (reply->body, call->device_id, NULL);
  if (sign_in == NULL)
    {
      g_task_return_error (task, error_of_status (0, reply->body));
      return;
    }
  sign_in->server = g_strdup (call->server);
  sign_in->username = g_strdup (call->username);
  g_task_return_pointer (task, sign_in, (GDestroyNotify) hw_sign_in_free);
}

static void
send (GTask *task, const char *password, const char *code, const char *device_name)
{
  SignInCall *call = g_task_get_task_data (task);
  HwTransportRequest *request = hw_transport_request_new ("POST", "/v1/sessions");

  request->body
    = hw_sync_sign_in_encode (call->username, password, code, call->device_id, device_name);
  hw_transport_send_async (call->transport, request, g_task_get_cancellable (task), signed_in_cb,
                           g_object_ref (task));
}

static GTask *
new_task (const char *server,
          const char *username,
          const char *device_id,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  SignInCall *call = g_new0 (SignInCall, 1);

  call->server = g_strdup (server);
  call->username = g_strdup (username);
  call->device_id = g_strdup (device_id);
  g_task_set_task_data (task, call, sign_in_call_free);
  return task;
}

void
hw_sign_in_over_async (HwTransport *transport,
                       const char *username,
                       const char *password,
                       const char *code,
                       const char *device_id,
                       const char *device_name,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  g_autoptr (GTask) task = new_task (NULL, username, device_id, cancellable, callback, data);
  SignInCall *call = g_task_get_task_data (task);

  call->transport = g_object_ref (transport);
  send (task, password, code, device_name);
}

HwSignIn *
hw_sign_in_over_finish (GAsyncResult *result, guint *retry_after, GError **error)
{
  if (retry_after != NULL)
    *retry_after = ((SignInCall *) g_task_get_task_data (G_TASK (result)))->retry_after;
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
hw_sign_in_async (const char *server,
                  const char *username,
                  const char *password,
                  const char *code,
                  const char *device_id,
                  const char *device_name,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer data)
{
  g_autoptr (GTask) task = new_task (server, username, device_id, cancellable, callback, data);
  SignInCall *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  call->transport = hw_soup_transport_new (server, &error);
  if (call->transport == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    send (task, password, code, device_name);
}

HwSignIn *
hw_sign_in_finish (GAsyncResult *result, GError **error)
{
  return hw_sign_in_over_finish (result, NULL, error);
}
