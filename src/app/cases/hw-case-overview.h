/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/cases/hw-case-groups.h"
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* A case at a glance. Signals: "open-record" (const char *id), "open-group" (const HwCaseGroup *), "fix" (const HwCondition *). */
#define HW_TYPE_CASE_OVERVIEW (hw_case_overview_get_type ())
G_DECLARE_FINAL_TYPE (HwCaseOverview, hw_case_overview, HW, CASE_OVERVIEW, AdwBin)

void hw_case_overview_show (HwCaseOverview *self, HwDesktop *desktop, HwCaseFile *file); /* NULL file: nothing */

G_END_DECLS
