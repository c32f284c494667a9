/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files to attach, made by hand: whole in their structure, with words where cameras and programs put them. The drawing
 * itself is not one that a decoder would take.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* hidden: in a text chunk before and one after the drawing; drawn: in the drawing's own bytes. (transfer full) */
GBytes *hw_test_png (guint width, guint height, const char *drawn, const char *hidden);
/* hidden: in Exif, in a comment, and behind the end; orientation 1 to 8, 0: says nothing. (transfer full) */
GBytes *hw_test_jpeg (guint width, guint height, guint orientation, const char *drawn, const char *hidden);
GBytes *hw_test_pdf (const char *text); /* (transfer full) */
gboolean hw_test_bytes_hold (GBytes *bytes, const char *text);

G_END_DECLS
