/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "domain/hw-rules.h"

G_BEGIN_DECLS

/* Where a record stands, the step that usually comes next as a button, and every other legal move
 * in a menu. Signals: "move" (const char *status); "told" (const char *status): a step of somebody who has no
 * account, heard by phone. */
#define HW_TYPE_MOVE_BAR (hw_move_bar_get_type ())
G_DECLARE_FINAL_TYPE (HwMoveBar, hw_move_bar, HW, MOVE_BAR, GtkBox)

/* What a move is called on a button; (static), translated. */
typedef const char *(*HwMoveLabelFunc) (const char *status);

typedef struct
{
  const char *status, *label; /* label: not yet translated */
} HwMoveLabel;
/* Looks a status up in such a table; the status itself where it is not in it. */
const char *hw_move_label_find (const HwMoveLabel *labels, guint n, const char *status);

GtkWidget *hw_move_bar_new (void);
/* label (nullable): the status's own label. may_move: FALSE shows the status alone. */
void hw_move_bar_show (
  HwMoveBar *self, HwRecord *record, HwRole role, gboolean may_move, HwMoveLabelFunc label);
/* The move was refused while it stood there: the button stays, but is not suggested. NULL: it was not. */
void     hw_move_bar_set_refused (HwMoveBar *self, const char *status);
gboolean hw_move_bar_has_moves (HwMoveBar *self);
/* Before it is shown, where the page shows the status itself. */
void     hw_move_bar_hide_status (HwMoveBar *self);

G_END_DECLS
