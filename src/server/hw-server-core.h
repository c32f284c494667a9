/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwServerCore: the whole server but for its sockets. Takes a request, gives a response; blocking
 * and thread-safe, so that any number of HTTP threads, or the simulator, may call it.
 */
#pragma once

#include "server/hw-server-message.h"
#include "store/hw-server-store.h"

G_BEGIN_DECLS

#define HW_TYPE_SERVER_CORE (hw_server_core_get_type ())
G_DECLARE_FINAL_TYPE (HwServerCore, hw_server_core, HW, SERVER_CORE, GObject)

/* store: opened in server mode; referenced, closed by the caller. NULL and *error when the
 * database's own secrets can neither be read nor made. */
HwServerCore *hw_server_core_new (HwStore *store, HwClock *clock, GError **error);
HwServerResponse *
hw_server_core_handle (HwServerCore *core, const HwServerRequest *request); /* never NULL */
HwStore *hw_server_core_store (HwServerCore *core);
HwClock *hw_server_core_clock (HwServerCore *core);

G_END_DECLS
