/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/hw-field-editor.h"

G_BEGIN_DECLS

/* Yes or no. */
#define HW_TYPE_SWITCH_EDITOR (hw_switch_editor_get_type ())
G_DECLARE_FINAL_TYPE (HwSwitchEditor, hw_switch_editor, HW, SWITCH_EDITOR, HwFieldEditor)

G_END_DECLS
