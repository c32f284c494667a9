/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One desktop for the tests: a store in memory, a clock that stands still, an engine, and what its
 * properties told.
 */
#pragma once

#include "sync/hw-sync-engine.h"

G_BEGIN_DECLS

#define DESK_USER "01890000-0000-7000-8000-0000000000a1"
#define DESK_OFFICE "01890000-0000-7000-8000-0000000000a2"
#define DESK_DEVICE "01890000-0000-7000-8000-0000000000a3"
#define DESK_CASE_1 "01890000-0000-7000-8000-0000000000c1"
#define DESK_CASE_2 "01890000-0000-7000-8000-0000000000c2"
#define DESK_NOW G_GINT64_CONSTANT (1795500000000000)

typedef struct
{
  HwClock      *clock;
  HwStore      *store;
  HwSyncEngine *engine;
  GString      *notified; /* "state=1 waiting=2 …" */
} Desk;

Desk *desk_new (HwTransport *transport);
void  desk_free (Desk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)
/* Creates a case here; its operation has this id. */
void  desk_open_case (Desk *desk, const char *case_id, const char *operation);
void  desk_rename_place (Desk *desk, const char *case_id, const char *operation);
/* What the properties said since the last call. (transfer full) */
char *desk_notified (Desk *desk);
void  desk_wait_state (Desk *desk, HwSyncState state);
void  desk_advance (Desk *desk, gint seconds); /* and tells the engine */
HwRecord *desk_case (Desk *desk, const char *case_id); /* (transfer full) (nullable) */

/* Parts of what a server says. */
char *desk_put (const char *case_id, guint rev, const char *place); /* (transfer full) */
char *desk_page (const char *cursor, gboolean more, const char *items);

G_END_DECLS
