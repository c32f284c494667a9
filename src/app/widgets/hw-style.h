/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Loads style.css for the display; once per program is enough, twice does no harm. */
void hw_style_load (GdkDisplay *display);

G_END_DECLS
