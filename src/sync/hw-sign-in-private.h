/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signing in over a transport that is already there.
 */
#pragma once

#include "sync/hw-sync-engine.h"

G_BEGIN_DECLS

void      hw_sign_in_over_async (HwTransport *transport, const char *username, const char *password,
                                 const char *code, const char *device_id, const char *device_name,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
/* retry_after: (out) (optional) seconds the server asked to wait. */
HwSignIn *hw_sign_in_over_finish (GAsyncResult *result, guint *retry_after, GError **error);

G_END_DECLS
