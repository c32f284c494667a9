/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The simulator's network: real requests and real replies, as bytes, and a fault for each.
 */
#include <string.h>

#include "sim.h"

struct _SimTransport
{
  GObject parent_instance;
  HwServerCore *core;          /* (owned) */
  GTask *task;                 /* (owned) (nullable) */
  HwTransportRequest *request; /* (owned) (nullable) */
  gboolean listening;
};

static void sim_interface_init (HwTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SimTransport,
                               sim_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HW_TYPE_TRANSPORT, sim_interface_init))

static void
clear (SimTransport *self)
{
  g_clear_object (&self->task);
  g_clear_pointer (&self->request, hw_transport_request_free);
}

static void
cancelled_cb (GCancellable *cancellable, SimTransport *self)
{
  if (self->task != NULL && g_task_return_error_if_cancelled (self->task))
    clear (self);
}

static void
send_async (HwTransport *transport,
            HwTransportRequest *request,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer data)
{
  SimTransport *self = SIM_TRANSPORT (transport);

  g_assert_null (self->task);
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
  SIM_TRANSPORT (transport)->listening = TRUE;
}

static void
unlisten (HwTransport *transport)
{
  SIM_TRANSPORT (transport)->listening = FALSE;
}

static void
sim_interface_init (HwTransportInterface *iface)
{
  iface->send_async = send_async;
  iface->send_finish = send_finish;
  iface->listen = listen_to;
  iface->unlisten = unlisten;
}

static void
sim_transport_finalize (GObject *object)
{
  SimTransport *self = SIM_TRANSPORT (object);

  clear (self);
  g_clear_object (&self->core);
  G_OBJECT_CLASS (sim_transport_parent_class)->finalize (object);
}

static void
sim_transport_class_init (SimTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sim_transport_finalize;
}

static void
sim_transport_init (SimTransport *self)
{
}

SimTransport *
sim_transport_new (HwServerCore *core)
{
  SimTransport *self = g_object_new (SIM_TYPE_TRANSPORT, NULL);

  self->core = g_object_ref (core);
  return self;
}

gboolean
sim_transport_waits (SimTransport *self)
{
  return self->task != NULL;
}

gboolean
sim_transport_listens (SimTransport *self)
{
  return self->listening;
}

HwServerResponse *
sim_ask (HwServerCore *core,
         const char *method,
         const char *path,
         const char *token,
         const char *etag,
         GBytes *body)
{
  const char *question = strchr (path, '?');
  g_autofree char *plain = question != NULL ? g_strndup (path, question - path) : g_strdup (path);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autofree char *version = g_strdup_printf ("%u", hw_schema_version);
  g_autofree char *cursor = NULL;
  HwServerRequest request = { .method = method, .path = plain, .authorization = bearer,
                              .if_none_match = etag, .schema = version, .peer = "127.0.0.1" };

  if (question != NULL)
    {
      g_assert_true (g_str_has_prefix (question, "?cursor="));
      cursor = g_uri_unescape_string (question + strlen ("?cursor="), NULL);
      request.arguments[request.n_arguments++] = (HwServerArgument){ "cursor", cursor };
    }
  if (body != NULL)
    {
      request.content_type = "application/json";
      request.body = g_bytes_get_data (body, &request.body_size);
    }
  return hw_server_core_handle (core, &request);
}

static HwServerResponse *
ask_for (SimTransport *self)
{
  return sim_ask (self->core, self->request->method, self->request->path, self->request->token,
                  self->request->etag, self->request->body);
}

static HwTransportReply *
reply_of (HwServerResponse *response, SimFault fault, GRand *random)
{
  HwTransportReply *reply = g_new0 (HwTransportReply, 1);
  gsize size = 0;

  reply->status = fault == SIM_BUSY ? 503 : (response != NULL ? response->status : 0);
  reply->etag = response != NULL ? g_strdup (response->etag) : NULL;
  reply->retry_after = fault == SIM_BUSY ? 5 : (response != NULL ? response->retry_after : 0);
  if (response == NULL || response->body == NULL)
    {
      reply->body = g_bytes_new (NULL, 0);
      return reply;
    }
  size = g_bytes_get_size (response->body);
  if (fault == SIM_TRUNCATE && size > 0)
    size = (gsize) g_rand_int_range (random, 0, (gint32) size);
  reply->body = g_bytes_new_from_bytes (response->body, 0, size);
  return reply;
}

void
sim_transport_deliver (SimTransport *self, SimFault fault, GRand *random)
{
  g_autoptr (HwServerResponse) response = NULL;
  g_autoptr (GTask) task = NULL;

  if (fault == SIM_TWICE)
    {
      g_autoptr (HwServerResponse) first = ask_for (self);

      g_assert_nonnull (first);
    }
  if (fault != SIM_DROP && fault != SIM_BUSY)
    response = ask_for (self);
  task = g_steal_pointer (&self->task);
  clear (self);
  if (fault == SIM_DROP || fault == SIM_CUT)
    g_task_return_new_error (task, HW_SYNC_ERROR, HW_SYNC_ERROR_UNREACHABLE, "Cut");
  else
    g_task_return_pointer (task, reply_of (response, fault, random),
                           (GDestroyNotify) hw_transport_reply_free);
}
