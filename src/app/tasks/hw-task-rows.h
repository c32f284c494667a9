/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One task as a row, wherever it stands: what, by when, for whom, and a box to tick. Space ticks it, Enter
 * opens it. Main thread.
 */
#pragma once

#include <adwaita.h>

#include "app/hw-desktop.h"

G_BEGIN_DECLS

gboolean hw_task_is_done (HwRecord *task);
gboolean hw_task_is_late (HwRecord *task, const char *today); /* open, and its day has passed; today: ISO date */
gboolean hw_task_is_for (HwRecord *task, const char *user);   /* named, not only able to do it */
/* Open before done; open ones by their day, done ones the last first. For g_ptr_array_sort. */
int      hw_task_compare (gconstpointer a, gconstpointer b);
/* Done now, or open again. A refusal is said. */
void     hw_task_toggle (HwDesktop *desktop, HwRecord *task);
/* whose (nullable): of which case, where rows of several stand together. The row keeps the task as "task". (transfer floating) */
GtkWidget *hw_task_row_new (HwDesktop *desktop, HwRecord *task, const char *whose, gboolean may_write);
HwRecord  *hw_task_row_task (GtkWidget *row); /* (transfer none) */

G_END_DECLS
