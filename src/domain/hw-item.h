/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwItem: one item of a sync page or of a push result (sync.md, Pull). Made by the server from a
 * record and a projection; read by the desktop. JSON both ways.
 */
#pragma once

#include "domain/hw-record.h"

G_BEGIN_DECLS

typedef enum
{
  HW_ITEM_PUT,
  HW_ITEM_DELETE,
  HW_ITEM_PURGE,    /* of a case or request: id; type says which (case, embassy_request) */
  HW_ITEM_CONFLICT,
} HwItemOp;

typedef struct
{
  HwItemOp  op;
  HwTypeId  type;
  char     *id;
  char     *case_id; /* (nullable) never for a mission */
  guint64   rev;
  HwRecord *record;  /* put: the whole projection; fields it lacks must be dropped */
  /* conflict only */
  char     *conflict_record;
  HwFieldId field;
  HwValue  *base, *current, *offered;
  char     *by, *at, *state; /* state: "open" | "settled" */
} HwItem;

void    hw_item_free (HwItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwItem, hw_item_free)
/* Unknown fields of a newer server are ignored; anything else malformed is HW_SCHEMA_ERROR. */
HwItem *hw_item_read (HwJsonReader *reader, GError **error);
HwItem *hw_item_from_text (const char *json, GError **error);
void    hw_item_append_json (const HwItem *item, GString *out);

G_END_DECLS
