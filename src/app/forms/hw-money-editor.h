/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/hw-text-editor.h"

G_BEGIN_DECLS

/* An amount and its currency. */
#define HW_TYPE_MONEY_EDITOR (hw_money_editor_get_type ())
G_DECLARE_FINAL_TYPE (HwMoneyEditor, hw_money_editor, HW, MONEY_EDITOR, HwTextEditor)

G_END_DECLS
