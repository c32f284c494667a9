/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/hw-text-editor.h"

G_BEGIN_DECLS

/* A day, typed or from a calendar; with a precision for days long past. */
#define HW_TYPE_DATE_EDITOR (hw_date_editor_get_type ())
G_DECLARE_FINAL_TYPE (HwDateEditor, hw_date_editor, HW, DATE_EDITOR, HwTextEditor)

G_END_DECLS
