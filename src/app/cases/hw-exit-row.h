/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwExitRow: one thing that stands between her and the border: how it stands, what it costs today,
 * what may be done about it next.
 * Signals "open" (), "add" (), "move" (const char *status), "closed" (): its menu is.
 */
#pragma once

#include <adwaita.h>

#include "domain/hw-exit-list.h"

G_BEGIN_DECLS

#define HW_TYPE_EXIT_ROW (hw_exit_row_get_type ())
G_DECLARE_FINAL_TYPE (HwExitRow, hw_exit_row, HW, EXIT_ROW, AdwActionRow)

/* may_write: offers the moves of the role. The entry is read now and not kept. */
GtkWidget *hw_exit_row_new (HwExitEntry *entry, const char *today, HwRole role, gboolean may_write);
HwRecord *hw_exit_row_get_record (HwExitRow *row); /* (nullable): nobody has written it down */
const HwChoice *hw_exit_row_get_item (HwExitRow *row);
gboolean hw_exit_row_is_open (HwExitRow *row); /* its menu is */

G_END_DECLS
