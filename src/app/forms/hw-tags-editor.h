/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/hw-field-editor.h"

G_BEGIN_DECLS

/* A set of free words as chips. */
#define HW_TYPE_TAGS_EDITOR (hw_tags_editor_get_type ())
G_DECLARE_FINAL_TYPE (HwTagsEditor, hw_tags_editor, HW, TAGS_EDITOR, HwFieldEditor)

G_END_DECLS
