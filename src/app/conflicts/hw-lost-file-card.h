/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* One of hw_store_lost_contents(). */
#define HW_TYPE_LOST_FILE_CARD (hw_lost_file_card_get_type ())
G_DECLARE_FINAL_TYPE (HwLostFileCard, hw_lost_file_card, HW, LOST_FILE_CARD, AdwBin)

GtkWidget *hw_lost_file_card_new (HwDesktop *desktop, const char *record);

G_END_DECLS
