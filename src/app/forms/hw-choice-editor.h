/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/hw-field-editor.h"

G_BEGIN_DECLS

/* One of a list: own values, a country, a language, a zone, a person, a record. */
#define HW_TYPE_CHOICE_EDITOR (hw_choice_editor_get_type ())
G_DECLARE_FINAL_TYPE (HwChoiceEditor, hw_choice_editor, HW, CHOICE_EDITOR, HwFieldEditor)

G_END_DECLS
