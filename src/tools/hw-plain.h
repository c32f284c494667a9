/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text that somebody else wrote, as it may stand on an administrator's terminal.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* text (nullable), any bytes. What steers a terminal, or changes the order or the place of what stands around it (control
 * characters, tabs and line ends, bidirectional and other invisible ones, bytes that are no UTF-8), is written out as
 * \x1b or \u202e; the rest stays. A backslash is doubled, so that nobody can write one out themselves. (transfer full) */
char *hw_plain (const char *text);

G_END_DECLS
