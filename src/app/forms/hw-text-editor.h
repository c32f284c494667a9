/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/hw-field-editor.h"

G_BEGIN_DECLS

/* What is typed in one line: text, whole numbers, times of day, phone numbers. Subclasses read other things out
 * of the same line. While nobody types, the line shows the reading form ("Fri 27 Nov"); with the cursor in it, the
 * typing form ("27/11/2026"). */
#define HW_TYPE_TEXT_EDITOR (hw_text_editor_get_type ())
G_DECLARE_DERIVABLE_TYPE (HwTextEditor, hw_text_editor, HW, TEXT_EDITOR, HwFieldEditor)

struct _HwTextEditorClass
{
  HwFieldEditorClass parent_class;
  char *(*format) (HwTextEditor *editor, HwValue *value, gboolean typing); /* value is never NULL */
  /* text is stripped and not empty. */
  gboolean (*parse) (HwTextEditor *editor, const char *text, HwValue **value, char **problem);
};

GtkText    *hw_text_editor_get_text (HwTextEditor *editor);
HwValue    *hw_text_editor_get_shown (HwTextEditor *editor); /* (nullable) the value that was shown last */
gboolean    hw_text_editor_is_touched (HwTextEditor *editor);
/* As if a person had typed it. */
void        hw_text_editor_type (HwTextEditor *editor, const char *text);
/* An icon button at the end of the line, with a name for those who hear it. */
GtkWidget  *hw_text_editor_add_button (HwTextEditor *editor, const char *icon_name, const char *name);

G_END_DECLS
