/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/hw-desktop.h"
#include "store/hw-case-list.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Adds the columns of the case list that this role can read to a column view; clicking a header sorts by it. */
void       hw_case_columns_add (GtkColumnView *view, HwDesktop *desktop);
/* Whether the stage and what blocks are told to a role: who reads nothing of the way would be told wrong ones. */
gboolean   hw_case_columns_tell_way (HwRole role);
/* What the headers ask for now. */
HwCaseSort hw_case_columns_sort (GtkColumnView *view, gboolean *descending);
/* Hides what one can do without in a view of this width, in px. */
void       hw_case_columns_fit (GtkColumnView *view, int width);

G_END_DECLS
