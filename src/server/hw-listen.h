/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "127.0.0.1:8080", "[::1]:0" → a listening socket.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Numeric addresses and "localhost" only: what a name resolves to is not for a configuration to
 * find out. (transfer full) */
GInetSocketAddress *hw_listen_parse (const char *text, GError **error);
gboolean hw_listen_is_loopback (GInetSocketAddress *address);
GSocket *hw_listen_open (GInetSocketAddress *address, GError **error);
/* "http://127.0.0.1:41234", the port as it was given out. (transfer full) */
char *hw_listen_url (GSocket *socket, gboolean tls, GError **error);

G_END_DECLS
