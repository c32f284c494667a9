/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What leaves the program leaves its lock behind. Whoever lets something of a case go, onto paper, into a file, into
 * another program, is told so once for each of these ways; that she was told is remembered in her vault. Main thread.
 */
#pragma once

#include "app/hw-desktop.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  HW_LEAVING_PAPER, /* printed, or saved to be */
  HW_LEAVING_COPY,  /* a file in plain */
  HW_LEAVING_DRAG,  /* words dragged into another window */
} HwLeaving;

gboolean hw_leaving_is_told (HwDesktop *desktop, HwLeaving way); /* FALSE while locked */
/* Asks the first time; afterwards answers yes. heading: the question; go_on: the label of the button that does it. */
void     hw_leaving_ask_async (GtkWidget *parent, HwDesktop *desktop, HwLeaving way, const char *heading,
                               const char *go_on, GAsyncReadyCallback callback, gpointer data);
gboolean hw_leaving_ask_finish (HwDesktop *desktop, GAsyncResult *result); /* FALSE: it stays, and while locked */

G_END_DECLS
