/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwHttpFront: libmicrohttpd in front of the server core. Turns bytes into requests and responses
 * into bytes, and holds all limits that belong to the network.
 */
#pragma once

#include "server/hw-server-core.h"

G_BEGIN_DECLS

typedef struct _HwHttpFront HwHttpFront;

/* socket: listening, kept open by the caller until stop. certificate and key (nullable): PEM text;
 * both or none. */
HwHttpFront *hw_http_front_start (
  HwServerCore *core, int socket, const char *certificate, const char *key, GError **error);
/* Answers what is under way, closes the event streams, and frees. */
void hw_http_front_stop (HwHttpFront *front);

G_END_DECLS
