/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The folder a test made for itself goes with it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Removes a folder with all it holds, or one file; what is not there is no fault. */
void hw_test_folder_remove (const char *path);

G_END_DECLS
