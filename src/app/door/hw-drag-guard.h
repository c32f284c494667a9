/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words that are marked can be dragged into any other window; the toolkit does that by itself. The guard stands before it
 * in a window: the first drag does not begin, and the person is told what it would do (HW_LEAVING_DRAG). Once she was,
 * it lets them through. Main thread.
 */
#pragma once

#include "app/door/hw-leaving.h"

G_BEGIN_DECLS

void     hw_drag_guard_watch (GtkWidget *window, HwDesktop *desktop);
/* Whether a press at x, y of the widget is on words of it that are marked, which a drag would take along. */
gboolean hw_drag_guard_is_on_marked (GtkWidget *widget, double x, double y);

G_END_DECLS
