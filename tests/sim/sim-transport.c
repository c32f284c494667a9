/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The simulator's network: real requests and real replies, as bytes, and a fault for each.
 */
#include <string.h>

#include "sim.h"

struct _SimTransport
{
  GObject parent_instance;
  HwServerCore *core; /* (owned) */
  GPtrArray *waiting; /* (owned) Asked, the oldest first: a pull, and the page fetched ahead of it */
  guint page_limit;   /* items in a page; 0: as the server likes */
  SimAsked asked;     /* (nullable) */
  gpointer asked_data;
  gboolean listening;
};

typedef struct
{
  GTask *task;                 /* (owned) */
  HwTransportRequest *request; /* (owned) */
} Asked;

static void sim_interface_init (HwTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SimTransport,
                               sim_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HW_TYPE_TRANSPORT, sim_interface_init))

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_clear_object (&asked->task);
  g_clear_pointer (&asked->request, hw_transport_request_free);
  g_free (asked);
}

static void
cancelled_cb (GCancellable *cancellable, SimTransport *self)
{
  for (guint i = self->waiting->len; i > 0; i--)
    if (g_task_return_error_if_cancelled (((Asked *) g_ptr_array_index (self->waiting, i - 1))->task))
      g_ptr_array_remove_index (self->waiting, i - 1);
}

static void
send_async (HwTransport *transport,
            HwTransportRequest *request,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer data)
{
  SimTransport *self = SIM_TRANSPORT (transport);
  Asked *asked = g_new0 (Asked, 1);

  asked->task = g_task_new (self, cancellable, callback, data);
  asked->request = request;
  g_ptr_array_add (self->waiting, asked);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled_cb), self, 0);
  if (self->asked != NULL)
    self->asked (self->asked_data);
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

  g_clear_pointer (&self->waiting, g_ptr_array_unref);
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
  self->waiting = g_ptr_array_new_with_free_func (asked_free);
}

SimTransport *
sim_transport_new (HwServerCore *core, guint page_limit)
{
  SimTransport *self = g_object_new (SIM_TYPE_TRANSPORT, NULL);

  self->core = g_object_ref (core);
  self->page_limit = page_limit;
  return self;
}

void
sim_transport_on_asked (SimTransport *self, SimAsked asked, gpointer data)
{
  self->asked = asked;
  self->asked_data = data;
}

guint
sim_transport_waiting (SimTransport *self)
{
  return self->waiting->len;
}

gboolean
sim_transport_waits (SimTransport *self)
{
  return self->waiting->len > 0;
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
         GBytes *body,
         guint limit)
{
  const char *question = strchr (path, '?');
  g_autofree char *plain = question != NULL ? g_strndup (path, question - path) : g_strdup (path);
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autofree char *version = g_strdup_printf ("%u", hw_schema_version);
  g_autofree char *cursor = NULL;
  g_autofree char *limit_text = g_strdup_printf ("%u", limit);
  HwServerRequest request = { .method = method, .path = plain, .authorization = bearer,
                              .if_none_match = etag, .schema = version, .peer = "127.0.0.1" };

  if (question != NULL)
    {
      g_assert_true (g_str_has_prefix (question, "?cursor="));
      cursor = g_uri_unescape_string (question + strlen ("?cursor="), NULL);
      request.arguments[request.n_arguments++] = (HwServerArgument){ "cursor", cursor };
    }
  if (limit > 0 && g_str_equal (plain, "/v1/changes"))
    request.arguments[request.n_arguments++] = (HwServerArgument){ "limit", limit_text };
  if (body != NULL)
    {
      request.content_type = "application/json";
      request.body = g_bytes_get_data (body, &request.body_size);
    }
  return hw_server_core_handle (core, &request);
}

static HwServerResponse *
ask_for (SimTransport *self, HwTransportRequest *request)
{
  return sim_ask (self->core, request->method, request->path, request->token, request->etag,
                  request->body, self->page_limit);
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

/* Two that are on their way arrive in either order. */
void
sim_transport_deliver (SimTransport *self, SimFault fault, GRand *random)
{
  guint which = self->waiting->len > 1 ? (guint) g_rand_int_range (random, 0, (gint32) self->waiting->len) : 0;
  Asked *asked = g_ptr_array_steal_index (self->waiting, which);
  g_autoptr (HwServerResponse) response = NULL;

  if (fault == SIM_TWICE)
    {
      g_autoptr (HwServerResponse) first = ask_for (self, asked->request);

      g_assert_nonnull (first);
    }
  if (fault != SIM_DROP && fault != SIM_BUSY)
    response = ask_for (self, asked->request);
  if (fault == SIM_DROP || fault == SIM_CUT)
    g_task_return_new_error (asked->task, HW_SYNC_ERROR, HW_SYNC_ERROR_UNREACHABLE, "Cut");
  else
    g_task_return_pointer (asked->task, reply_of (response, fault, random),
                           (GDestroyNotify) hw_transport_reply_free);
  asked_free (asked);
}
