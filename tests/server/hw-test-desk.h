/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A real desktop store on a real file, fed by a server core in this process: what a laptop of this
 * person would hold, to be searched byte by byte.
 */
#pragma once

#include "server/hw-server-core.h"
#include "store/hw-outbox.h"

G_BEGIN_DECLS

#define HW_TEST_DESK_DEVICE "018f0000-0000-7000-8000-00000000bbbb"

typedef struct
{
  HwServerCore *core; /* (owned) */
  HwActor *actor;     /* (owned) */
  HwStore *store;     /* (owned) */
  char *folder;       /* (owned) */
  char *token;        /* (owned) (nullable) of its session */
} HwTestDesk;

/* The desktop has the server's clock. */
HwTestDesk *hw_test_desk_new (HwServerCore *core, HwRole role);
HwTestDesk *hw_test_desk_new_for (HwServerCore *core, const HwActor *actor); /* of an account of its own */
void hw_test_desk_free (HwTestDesk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwTestDesk, hw_test_desk_free)
/* Pulls to the end and stores it; all bodies one after another. (transfer full) */
char *hw_test_desk_pull (HwTestDesk *desk);
/* Sends what waits and takes in the answers; the answer's body. (transfer full) */
char *hw_test_desk_push (HwTestDesk *desk);
/* TRUE if any file of the desktop has these bytes in it. */
gboolean hw_test_desk_holds (HwTestDesk *desk, const char *bytes);
/* One request as this person; a session that ended is begun anew. */
HwServerResponse *hw_test_desk_ask (HwTestDesk *desk, const char *method, const char *path, GBytes *body);
char *hw_test_desk_body (HwServerResponse *response); /* (transfer full) */

G_END_DECLS
