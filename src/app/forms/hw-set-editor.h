/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/hw-field-editor.h"

G_BEGIN_DECLS

/* Several of a list, as a line of words and a popover of check marks. Done when the popover closes. */
#define HW_TYPE_SET_EDITOR (hw_set_editor_get_type ())
G_DECLARE_FINAL_TYPE (HwSetEditor, hw_set_editor, HW, SET_EDITOR, HwFieldEditor)

G_END_DECLS
