/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"
#include "domain/hw-approval.h"

G_BEGIN_DECLS

/* Asks for the reason, and then a supervisor for the approval. parent: any widget of the window. */
void hw_approval_ask (GtkWidget *parent, HwDesktop *desktop, HwCaseFile *file, const HwApprovalQuestion *question);

G_END_DECLS
