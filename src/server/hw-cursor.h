/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwCursor: a place in the feed, sealed so that its holder can neither read nor change it, and
 * bound to the database's epoch, the person, the device and what it pages over.
 */
#pragma once

#include "store/hw-server-store.h"

G_BEGIN_DECLS

typedef struct
{
  guint8 bytes[32];
} HwCursorKey;

typedef enum
{
  HW_CURSOR_CHANGES,
  HW_CURSOR_RECORDS,
  HW_CURSOR_CASES,
  HW_CURSOR_LOOKUP, /* the handle of a case that its holder may add to and not see */
  HW_CURSOR_QUARANTINE,
} HwCursorUse;

typedef enum
{
  HW_CURSOR_GOOD,
  HW_CURSOR_FOREIGN,   /* garbled, or somebody else's */
  HW_CURSOR_OLD_EPOCH, /* from before a restore */
} HwCursorCheck;

typedef struct
{
  HwFeedPosition position;
  guint64 upper; /* the run's bound; 0 between runs */
} HwCursor;

/* Reads the database's key, making it the first time. */
gboolean hw_cursor_key_load (HwCursorKey *key, HwStore *store, GError **error);
char *hw_cursor_seal (const HwCursorKey *key,
                      const HwCursor *cursor,
                      HwCursorUse use,
                      HwStore *store,
                      const HwActor *actor); /* (transfer full) base64url */
HwCursorCheck hw_cursor_open (const HwCursorKey *key,
                              const char *text,
                              HwCursorUse use,
                              HwStore *store,
                              const HwActor *actor,
                              HwCursor *cursor);
/* An entity tag for "nothing this person may see has changed since head"; tells nothing of head.
 * (transfer full) */
char *hw_cursor_tag (const HwCursorKey *key, HwStore *store, const HwActor *actor, guint64 head);

G_END_DECLS
