/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwTransport: how requests reach the server. The engine knows nothing of libsoup; the simulator drops,
 * doubles, reorders and cuts here.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char   *method;
  char   *path;     /* "/v1/changes?cursor=…" */
  char   *token;    /* (nullable) */
  char   *etag;     /* (nullable) sent as If-None-Match */
  GBytes *body;     /* (nullable) */
  char   *content_type; /* (nullable) of the body: JSON */
  GPtrArray *headers;   /* (owned) (nullable) further names and values in turn */
} HwTransportRequest;
HwTransportRequest *hw_transport_request_new (const char *method, const char *path);
void                hw_transport_request_add_header (HwTransportRequest *request, const char *name, const char *value);
void                hw_transport_request_free (HwTransportRequest *request);

typedef struct
{
  guint   status;
  char   *etag;         /* (nullable) */
  guint   retry_after;  /* seconds; 0: not said */
  char   *content_type; /* (nullable) */
  char   *location;     /* (nullable) */
  gint64  upload_offset; /* -1: not said */
  GBytes *body;         /* never NULL */
} HwTransportReply;
void hw_transport_reply_free (HwTransportReply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwTransportReply, hw_transport_reply_free)

#define HW_TYPE_TRANSPORT (hw_transport_get_type ())
G_DECLARE_INTERFACE (HwTransport, hw_transport, HW, TRANSPORT, GObject)
struct _HwTransportInterface
{
  GTypeInterface parent;
  void (*send_async) (HwTransport *transport, HwTransportRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
  HwTransportReply *(*send_finish) (HwTransport *transport, GAsyncResult *result, GError **error);
  /* Opens the event stream; emits "hint" per event and "stream-closed" when it ends. */
  void (*listen) (HwTransport *transport, const char *token);
  void (*unlisten) (HwTransport *transport);
};
/* request: (transfer full). Errors are HW_SYNC_ERROR_UNREACHABLE, or G_IO_ERROR_CANCELLED. */
void              hw_transport_send_async (HwTransport *transport, HwTransportRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
HwTransportReply *hw_transport_send_finish (HwTransport *transport, GAsyncResult *result, GError **error);
void              hw_transport_listen (HwTransport *transport, const char *token);
void              hw_transport_unlisten (HwTransport *transport);

#define HW_TYPE_SOUP_TRANSPORT (hw_soup_transport_get_type ())
G_DECLARE_FINAL_TYPE (HwSoupTransport, hw_soup_transport, HW, SOUP_TRANSPORT, GObject)
/* server: base URL; plain http only to loopback, otherwise NULL and HW_SYNC_ERROR_INSECURE. */
HwTransport *hw_soup_transport_new (const char *server, GError **error);

G_END_DECLS
