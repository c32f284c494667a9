/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/hw-field-editor.h"

G_BEGIN_DECLS

/* Several lines that grow with what is written. */
#define HW_TYPE_LONG_TEXT_EDITOR (hw_long_text_editor_get_type ())
G_DECLARE_FINAL_TYPE (HwLongTextEditor, hw_long_text_editor, HW, LONG_TEXT_EDITOR, HwFieldEditor)

G_END_DECLS
