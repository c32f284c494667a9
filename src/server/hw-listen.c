/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The listening socket is our own because libmicrohttpd's default backlog drops connections when a
 * whole office comes back after a power cut.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-listen.h"

#include <string.h>

#define BACKLOG 1024

static gboolean
refuse (GError **error, const char *text)
{
  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_INVALID_ARGUMENT,
               "“%s” is not an address to listen on: write for example 127.0.0.1:8080, or "
               "127.0.0.1:0 for any free port.",
               text);
  return FALSE;
}

/* Splits at the last colon and takes off the brackets of an IPv6 address. */
static gboolean
split (const char *text, char **host, guint *port)
{
  const char *colon = strrchr (text, ':');
  guint64 number;
  gsize length;

  if (colon == NULL || colon == text
      || !g_ascii_string_to_unsigned (colon + 1, 10, 0, 65535, &number, NULL))
    return FALSE;
  length = (gsize) (colon - text);
  if (text[0] == '[' && text[length - 1] == ']' && length > 2)
    *host = g_strndup (text + 1, length - 2);
  else if (memchr (text, ':', length) != NULL)
    return FALSE;
  else
    *host = g_strndup (text, length);
  *port = (guint) number;
  return TRUE;
}

GInetSocketAddress *
hw_listen_parse (const char *text, GError **error)
{
  g_autofree char *host = NULL;
  GSocketAddress *address;
  guint port;

  if (!split (text, &host, &port))
    {
      refuse (error, text);
      return NULL;
    }
  address = g_inet_socket_address_new_from_string (
    g_str_equal (host, "localhost") ? "127.0.0.1" : host, port);
  if (address == NULL)
    refuse (error, text);
  return address != NULL ? G_INET_SOCKET_ADDRESS (address) : NULL;
}

gboolean
hw_listen_is_loopback (GInetSocketAddress *address)
{
  return g_inet_address_get_is_loopback (g_inet_socket_address_get_address (address));
}

GSocket *
hw_listen_open (GInetSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) socket
    = g_socket_new (g_socket_address_get_family (G_SOCKET_ADDRESS (address)),
                    G_SOCKET_TYPE_STREAM,
                    G_SOCKET_PROTOCOL_TCP,
                    error);

  if (socket == NULL)
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, G_SOCKET_ADDRESS (address), TRUE, error)
      || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

char *
hw_listen_url (GSocket *socket, gboolean tls, GError **error)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, error);
  g_autofree char *host = NULL;
  gboolean v6;

  if (address == NULL)
    return NULL;
  host = g_inet_address_to_string (
    g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
  v6 = g_socket_address_get_family (address) == G_SOCKET_FAMILY_IPV6;
  return g_strdup_printf ("http%s://%s%s%s:%u",
                          tls ? "s" : "",
                          v6 ? "[" : "",
                          host,
                          v6 ? "]" : "",
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
}
