/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/forms/hw-form-context.h"

G_BEGIN_DECLS

/* The part of a field row that is different for each kind: shows a value, lets a person change it, reads
 * it back. Saving, errors and marks are the row's.
 * Signals: "edited" () something differs from what was shown; "done" () Enter, or a choice was made. */
#define HW_TYPE_FIELD_EDITOR (hw_field_editor_get_type ())
G_DECLARE_DERIVABLE_TYPE (HwFieldEditor, hw_field_editor, HW, FIELD_EDITOR, GtkWidget)

struct _HwFieldEditorClass
{
  GtkWidgetClass parent_class;
  gboolean beside; /* stands at the end of the row, not under its label */

  /* Makes the children; field and context are known. */
  void (*build) (HwFieldEditor *editor, const HwFieldDef *field);
  void (*show) (HwFieldEditor *editor, HwValue *value); /* NULL: unset */
  /* FALSE: *problem says in words why this cannot be read; NULL *value is unset. */
  gboolean (*read) (HwFieldEditor *editor, HwValue **value, char **problem);
  void (*set_names) (HwFieldEditor *editor, const char *label, const char *description);
  void (*begin) (HwFieldEditor *editor); /* the row was clicked: focus, open or toggle */
  void (*context_changed) (HwFieldEditor *editor); /* context or record */
};

HwFieldEditor    *hw_field_editor_new (const HwFieldDef *field, HwFormContext *context); /* the one for its kind; floating */
gboolean          hw_field_editor_is_beside (HwFieldEditor *editor);
const HwFieldDef *hw_field_editor_get_field (HwFieldEditor *editor);
HwFormContext    *hw_field_editor_get_context (HwFieldEditor *editor);
HwRecord         *hw_field_editor_get_record (HwFieldEditor *editor); /* (nullable) */
void              hw_field_editor_set_context (HwFieldEditor *editor, HwFormContext *context, HwRecord *record);

void              hw_field_editor_show (HwFieldEditor *editor, HwValue *value);
gboolean          hw_field_editor_read (HwFieldEditor *editor, HwValue **value, char **problem);
void              hw_field_editor_set_names (HwFieldEditor *editor, const char *label, const char *description);
void              hw_field_editor_begin (HwFieldEditor *editor);

/* For the editors themselves. */
void              hw_field_editor_edited (HwFieldEditor *editor); /* nothing while a value is being shown */
void              hw_field_editor_done (HwFieldEditor *editor);

G_END_DECLS
