/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What leaves on paper leaves nothing on this computer: the toolkit's own preview is a readable file in the temporary folder,
 * which nobody removes. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Before the operation runs: "Preview" in the printer's dialog ends it without a file. */
void     hw_print_refuse_preview (GtkPrintOperation *operation);
/* Once it is done: "Preview" was pressed, and nothing came of it. */
gboolean hw_print_asked_for_preview (GtkPrintOperation *operation);

G_END_DECLS
