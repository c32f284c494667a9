/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* The messages of one request, oldest first, and a line to write the next. */
#define HW_TYPE_MESSAGE_THREAD (hw_message_thread_get_type ())
G_DECLARE_FINAL_TYPE (HwMessageThread, hw_message_thread, HW, MESSAGE_THREAD, AdwBin)

GtkWidget *hw_message_thread_new (void);
void       hw_message_thread_show (HwMessageThread *self, HwDesktop *desktop, HwRecord *request);
void       hw_message_thread_focus (HwMessageThread *self);

G_END_DECLS
