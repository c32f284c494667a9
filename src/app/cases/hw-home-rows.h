/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What comes next once she is home, in place of what blocked her departure: visits, reunions, searches, referrals
 * that are not over.
 */
#pragma once

#include <adwaita.h>

#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* The most pressing first, at least one. A row that leads somewhere holds "record-id".
 * (transfer container) (element-type GtkWidget), floating */
GPtrArray *hw_home_rows_new (HwDesktop *desktop, HwCaseFile *file);

G_END_DECLS
