/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Input methods and keyboards on the screen learn words to offer them again, in every program. Names must not be among them.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From now on, as long as the owner lives: whatever is typed into in any window of the program asks not to be learned. */
void hw_private_typing_follow (GObject *owner);

G_END_DECLS
