/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/hw-text-editor.h"

G_BEGIN_DECLS

/* A day and a time, in the office's zone or in one of its own. */
#define HW_TYPE_MOMENT_EDITOR (hw_moment_editor_get_type ())
G_DECLARE_FINAL_TYPE (HwMomentEditor, hw_moment_editor, HW, MOMENT_EDITOR, HwTextEditor)

G_END_DECLS
