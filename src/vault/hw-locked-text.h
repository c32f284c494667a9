/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A secret text, such as a password that is waited with, in memory that is never written to the swap and is overwritten when
 * it is freed. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* NULL where there is no text, or no such memory to be had: then it is not kept at all. (transfer full) (nullable) */
char *hw_locked_text_new (const char *text);
/* NULL is allowed. */
void  hw_locked_text_free (char *text);

G_END_DECLS
