/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The transport interface, what it carries, and the error domain of the folder.
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "sync/hw-transport.h"

#include "sync/hw-sync-engine.h"

G_DEFINE_INTERFACE (HwTransport, hw_transport, G_TYPE_OBJECT)

G_DEFINE_QUARK (hw-sync-error-quark, hw_sync_error)

static void
hw_transport_default_init (HwTransportInterface *iface)
{
  g_signal_new ("hint", HW_TYPE_TRANSPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("stream-closed", HW_TYPE_TRANSPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

HwTransportRequest *
hw_transport_request_new (const char *method, const char *path)
{
  HwTransportRequest *request = g_new0 (HwTransportRequest, 1);

  request->method = g_strdup (method);
  request->path = g_strdup (path);
  return request;
}

void
hw_transport_request_add_header (HwTransportRequest *request, const char *name, const char *value)
{
  if (request->headers == NULL)
    request->headers = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (request->headers, g_strdup (name));
  g_ptr_array_add (request->headers, g_strdup (value));
}

/* The token opens every case this account may see: it does not stay behind in freed memory. */
static void
free_secret (char *secret)
{
  for (volatile char *at = secret; at != NULL && *at != '\0'; at++)
    *at = '\0';
  g_free (secret);
}

void
hw_transport_request_free (HwTransportRequest *request)
{
  if (request == NULL)
    return;
  g_free (request->method);
  g_free (request->path);
  free_secret (request->token);
  g_free (request->etag);
  g_free (request->content_type);
  g_clear_pointer (&request->headers, g_ptr_array_unref);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_free (request);
}

void
hw_transport_reply_free (HwTransportReply *reply)
{
  if (reply == NULL)
    return;
  g_free (reply->etag);
  g_free (reply->content_type);
  g_free (reply->location);
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_free (reply);
}

void
hw_transport_send_async (HwTransport *transport,
                         HwTransportRequest *request,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  g_return_if_fail (HW_IS_TRANSPORT (transport));
  g_return_if_fail (request != NULL);

  HW_TRANSPORT_GET_IFACE (transport)->send_async (transport, request, cancellable, callback, data);
}

HwTransportReply *
hw_transport_send_finish (HwTransport *transport, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (HW_IS_TRANSPORT (transport), NULL);

  return HW_TRANSPORT_GET_IFACE (transport)->send_finish (transport, result, error);
}

void
hw_transport_listen (HwTransport *transport, const char *token)
{
  g_return_if_fail (HW_IS_TRANSPORT (transport));

  HW_TRANSPORT_GET_IFACE (transport)->listen (transport, token);
}

void
hw_transport_unlisten (HwTransport *transport)
{
  g_return_if_fail (HW_IS_TRANSPORT (transport));

  HW_TRANSPORT_GET_IFACE (transport)->unlisten (transport);
}
