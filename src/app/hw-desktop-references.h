/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/hw-form-context.h"
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* What fields may point to on this desktop: the directory, people of the office, records of the case in hand. */
#define HW_TYPE_DESKTOP_REFERENCES (hw_desktop_references_get_type ())
G_DECLARE_FINAL_TYPE (HwDesktopReferences, hw_desktop_references, HW, DESKTOP_REFERENCES, GObject)

/* file (nullable): the case in hand. */
HwReferenceProvider *hw_desktop_references_new (HwDesktop *desktop, HwCaseFile *file);
/* Everything a form needs on this desktop. (transfer full) */
HwFormContext       *hw_desktop_form_context (HwDesktop *desktop, HwCaseFile *file);

G_END_DECLS
