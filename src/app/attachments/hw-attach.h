/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Attaching a file: chosen or dropped, read, judged, encrypted into the vault, told to the office with the next sync.
 * Main thread. Whatever cannot be taken is said, and nothing else happens.
 */
#pragma once

#include <adwaita.h>

#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* parent: what asks. about (nullable): the record it belongs to; without one the person is asked what it shows. */
void hw_attach_choose (GtkWidget *parent, HwDesktop *desktop, HwCaseFile *file, HwRecord *about);
void hw_attach_file (GtkWidget *parent, HwDesktop *desktop, HwCaseFile *file, HwRecord *about, GFile *source);

G_END_DECLS
