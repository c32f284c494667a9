/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Decoding a picture that was attached: by the loaders GTK itself needs, within bounds, on a thread of its own.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The longest side kept: a picture of more points is made smaller while it is read. */
#define HW_PICTURE_LONGEST 4096

void        hw_picture_decode_async (GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GdkTexture *hw_picture_decode_finish (GAsyncResult *result, GError **error); /* (transfer full), the way up it was held */

G_END_DECLS
