/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwEventHub: who listens on /v1/events, and what each is told. A hint says that something this
 * person may see has changed, never what; a stream whose session ends is closed within a second.
 */
#pragma once

#include "server/hw-server-core.h"

G_BEGIN_DECLS

typedef struct _HwEventHub HwEventHub;
typedef struct _HwEventStream HwEventStream;

/* wake is called from the hub's thread with the stream locked when a waiting reader has something
 * to read. */
typedef void (*HwEventWake) (gpointer waiting);

HwEventHub *hw_event_hub_new (HwServerCore *core, HwEventWake wake);
/* Closes every stream and ends the thread; streams still held stay valid until they are freed. */
void hw_event_hub_stop (HwEventHub *hub);
void hw_event_hub_free (HwEventHub *hub); /* after stop, and after the last stream */

/* NULL when there are too many already, of this person or altogether, or the session has ended. */
HwEventStream *hw_event_stream_open (HwEventHub *hub, const char *token);
void hw_event_stream_free (HwEventStream *stream);

typedef enum
{
  HW_EVENT_READ,    /* *size bytes are in the buffer */
  HW_EVENT_WAITING, /* nothing yet: `waiting` is handed to wake once there is */
  HW_EVENT_CLOSED,
} HwEventRead;
/* suspend is called with the stream locked, before the answer is WAITING. */
HwEventRead hw_event_stream_read (
  HwEventStream *stream, char *buffer, gsize *size, HwEventWake suspend, gpointer waiting);

G_END_DECLS
