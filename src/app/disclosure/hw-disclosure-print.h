/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwDisclosurePrint: the statement on its way to a printer. Nothing of it stays on this computer: the toolkit's own
 * preview, which is a readable file in the temporary folder, is not made.
 */
#pragma once

#include <gtk/gtk.h>

#include "app/disclosure/hw-disclosure-paper.h"

G_BEGIN_DECLS

/* Not run yet. paper: (transfer full). (transfer full) */
GtkPrintOperation *hw_disclosure_print_new (HwDisclosurePaper *paper);

G_END_DECLS
