/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A transport that does nothing until the test says what comes back.
 */
#pragma once

#include "sync/hw-transport.h"

G_BEGIN_DECLS

#define SCRIPTED_TYPE_TRANSPORT (scripted_transport_get_type ())
G_DECLARE_FINAL_TYPE (ScriptedTransport, scripted_transport, SCRIPTED, TRANSPORT, GObject)

ScriptedTransport *scripted_transport_new (void);
/* Waits for the one request that runs and checks it: "GET /v1/changes". (transfer none), until answered */
const HwTransportRequest *scripted_transport_expect (ScriptedTransport *self, const char *request);
/* Waits likewise and tells whether it is this one, where two may come in either order. */
gboolean    scripted_transport_asks (ScriptedTransport *self, const char *request);
/* The desk's count of contacts is answered by itself. The next one is told that it is of an older copy. */
void        scripted_transport_say_older (ScriptedTransport *self);
guint       scripted_transport_told (ScriptedTransport *self); /* how often it was told a count */
gboolean    scripted_transport_is_asked (ScriptedTransport *self);
void        scripted_transport_answer (ScriptedTransport *self, guint status, const char *body);
void        scripted_transport_answer_full (ScriptedTransport *self, guint status, const char *body,
                                            const char *etag, guint retry_after);
gboolean    scripted_transport_has_older (ScriptedTransport *self);
/* To the page that was being fetched ahead when something else was asked. */
void        scripted_transport_answer_older (ScriptedTransport *self, const char *body);
void        scripted_transport_fail (ScriptedTransport *self);
gboolean    scripted_transport_listening (ScriptedTransport *self);

G_END_DECLS
