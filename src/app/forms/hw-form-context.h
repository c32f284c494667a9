/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/hw-reference-provider.h"
#include "app/forms/hw-veil.h"
#include "base/hw-clock.h"

G_BEGIN_DECLS

/* What a form must know besides its record: what day it is, where the office is, whom fields may point to. */
#define HW_TYPE_FORM_CONTEXT (hw_form_context_get_type ())
G_DECLARE_FINAL_TYPE (HwFormContext, hw_form_context, HW, FORM_CONTEXT, GObject)

/* clock NULL: the system's; zone NULL: UTC; provider NULL: references show and offer nothing. */
HwFormContext       *hw_form_context_new (HwClock *clock, const char *zone, HwReferenceProvider *provider);
/* Under the desktop's veil instead of one of its own, which masks everything it can. */
HwFormContext       *hw_form_context_new_under (HwClock *clock, const char *zone, HwReferenceProvider *provider, HwVeil *veil);
HwVeil              *hw_form_context_get_veil (HwFormContext *context);
HwClock             *hw_form_context_get_clock (HwFormContext *context);
gint64               hw_form_context_now (HwFormContext *context);
char                *hw_form_context_today (HwFormContext *context); /* in the office's zone */
const char          *hw_form_context_get_zone (HwFormContext *context);
HwReferenceProvider *hw_form_context_get_provider (HwFormContext *context); /* (nullable) */

G_END_DECLS
