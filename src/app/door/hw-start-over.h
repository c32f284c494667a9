/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The question before a wipe by hand.
 */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* Says what will be gone and asks for a typed word; then wipes what this laptop keeps of the account. Open or locked. */
void hw_start_over_ask (GtkWidget *parent, HwDesktop *desktop);

G_END_DECLS
