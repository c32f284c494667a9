/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The scripted transport (scripted-transport.h). Two requests at once are a fault of the engine, but for a
 * page fetched ahead: the one before it is then the older, and waits.
 */
#include "scripted-transport.h"

#include "fake-server.h"
#include "sync/hw-sync-engine.h"

#include <string.h>

struct _ScriptedTransport
{
  GObject parent_instance;
  GTask *task;                 /* (owned) (nullable) the request made last */
  HwTransportRequest *request; /* (owned) (nullable) */
  GTask *older;                /* (owned) (nullable) a page fetched ahead and no longer wanted */
  gboolean listening;
  guint64 count; /* of the desk's copy, by what it told */
  guint n_told;
  gboolean says_older; /* of it, once */
};

static void scripted_interface_init (HwTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ScriptedTransport,
                               scripted_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HW_TYPE_TRANSPORT, scripted_interface_init))

static void
drop_cancelled (ScriptedTransport *self)
{
  if (self->older != NULL && g_task_return_error_if_cancelled (self->older))
    g_clear_object (&self->older);
  if (self->task == NULL || !g_task_return_error_if_cancelled (self->task))
    return;
  g_clear_object (&self->task);
  g_clear_pointer (&self->request, hw_transport_request_free);
}

static void
cancelled_cb (GCancellable *cancellable, ScriptedTransport *self)
{
  drop_cancelled (self);
}

/* Told between the other requests, so that no test need script it. */
static void
answer_copy (ScriptedTransport *self, HwTransportRequest *request, GTask *task)
{
  HwTransportReply *reply = g_new0 (HwTransportReply, 1);
  g_autofree char *sent = g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body));
  guint64 told = g_ascii_strtoull (strstr (sent, "\"count\":") + strlen ("\"count\":"), NULL, 10);
  char *body;

  g_assert_cmpuint (told, >, self->count);
  self->n_told++;
  self->count = self->says_older ? told + 10 : told;
  body = g_strdup_printf ("{\"count\":%" G_GUINT64_FORMAT ",\"older\":%s}", self->count, self->says_older ? "true" : "false");
  self->says_older = FALSE;
  reply->status = 200;
  reply->upload_offset = -1;
  reply->body = g_bytes_new_take (body, strlen (body));
  g_task_return_pointer (task, reply, (GDestroyNotify) hw_transport_reply_free);
  g_object_unref (task);
  hw_transport_request_free (request);
}

static void
send_async (HwTransport *transport,
            HwTransportRequest *request,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer data)
{
  ScriptedTransport *self = SCRIPTED_TRANSPORT (transport);

  if (g_str_equal (request->path, "/v1/sessions/current/copy"))
    {
      answer_copy (self, request, g_task_new (self, cancellable, callback, data));
      return;
    }
  if (self->task != NULL)
    {
      g_assert_null (self->older);
      g_assert_true (g_str_has_prefix (self->request->path, "/v1/changes?"));
      self->older = g_steal_pointer (&self->task);
      g_clear_pointer (&self->request, hw_transport_request_free);
    }
  self->task = g_task_new (self, cancellable, callback, data);
  self->request = request;
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self, 0);
}

static HwTransportReply *
send_finish (HwTransport *transport, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
listen_to (HwTransport *transport, const char *token)
{
  g_assert_nonnull (token);
  SCRIPTED_TRANSPORT (transport)->listening = TRUE;
}

static void
unlisten (HwTransport *transport)
{
  SCRIPTED_TRANSPORT (transport)->listening = FALSE;
}

static void
scripted_interface_init (HwTransportInterface *iface)
{
  iface->send_async = send_async;
  iface->send_finish = send_finish;
  iface->listen = listen_to;
  iface->unlisten = unlisten;
}

static void
scripted_transport_finalize (GObject *object)
{
  ScriptedTransport *self = SCRIPTED_TRANSPORT (object);

  g_assert_null (self->task);
  g_assert_null (self->older);
  g_clear_pointer (&self->request, hw_transport_request_free);
  G_OBJECT_CLASS (scripted_transport_parent_class)->finalize (object);
}

static void
scripted_transport_class_init (ScriptedTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = scripted_transport_finalize;
}

static void
scripted_transport_init (ScriptedTransport *self)
{
}

ScriptedTransport *
scripted_transport_new (void)
{
  return g_object_new (SCRIPTED_TYPE_TRANSPORT, NULL);
}

const HwTransportRequest *
scripted_transport_expect (ScriptedTransport *self, const char *request)
{
  g_autofree char *asked = NULL;

  fake_wait_until (self->task != NULL);
  asked = g_strdup_printf ("%s %s", self->request->method, self->request->path);
  g_assert_cmpstr (asked, ==, request);
  return self->request;
}

gboolean
scripted_transport_asks (ScriptedTransport *self, const char *request)
{
  g_autofree char *asked = NULL;

  fake_wait_until (self->task != NULL);
  asked = g_strdup_printf ("%s %s", self->request->method, self->request->path);
  return g_str_equal (asked, request);
}

void
scripted_transport_say_older (ScriptedTransport *self)
{
  self->says_older = TRUE;
}

guint
scripted_transport_told (ScriptedTransport *self)
{
  return self->n_told;
}

gboolean
scripted_transport_is_asked (ScriptedTransport *self)
{
  return self->task != NULL;
}

void
scripted_transport_answer_full (ScriptedTransport *self,
                                guint status,
                                const char *body,
                                const char *etag,
                                guint retry_after)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  HwTransportReply *reply = g_new0 (HwTransportReply, 1);

  g_assert_nonnull (task);
  g_clear_pointer (&self->request, hw_transport_request_free);
  reply->status = status;
  reply->etag = g_strdup (etag);
  reply->retry_after = retry_after;
  reply->body = body != NULL ? g_bytes_new (body, strlen (body)) : g_bytes_new (NULL, 0);
  g_task_return_pointer (task, reply, (GDestroyNotify) hw_transport_reply_free);
}

void
scripted_transport_answer (ScriptedTransport *self, guint status, const char *body)
{
  scripted_transport_answer_full (self, status, body, NULL, 0);
}

void
scripted_transport_fail (ScriptedTransport *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  g_clear_pointer (&self->request, hw_transport_request_free);
  g_task_return_new_error (task, HW_SYNC_ERROR, HW_SYNC_ERROR_UNREACHABLE, "No server");
}

gboolean
scripted_transport_has_older (ScriptedTransport *self)
{
  return self->older != NULL;
}

void
scripted_transport_answer_older (ScriptedTransport *self, const char *body)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->older);
  HwTransportReply *reply = g_new0 (HwTransportReply, 1);

  g_assert_nonnull (task);
  reply->status = 200;
  reply->body = g_bytes_new (body, strlen (body));
  g_task_return_pointer (task, reply, (GDestroyNotify) hw_transport_reply_free);
}

gboolean
scripted_transport_listening (ScriptedTransport *self)
{
  return self->listening;
}
