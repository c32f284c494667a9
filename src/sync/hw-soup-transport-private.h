/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Limits of the libsoup transport, smaller ones for tests.
 */
#pragma once

#include "sync/hw-transport.h"

G_BEGIN_DECLS

void hw_soup_transport_set_limits (HwSoupTransport *self, guint timeout_seconds, gsize reply_max_bytes);

G_END_DECLS
