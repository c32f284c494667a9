/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwChoiceEditor: one of a list, "Not set" first, because a choice made by mistake must be taken
 * back as easily as it was made.
 */
#include "app/forms/hw-choice-editor.h"

#include "app/forms/hw-chooser.h"

struct _HwChoiceEditor
{
  HwFieldEditor parent;
  HwChooser *chooser; /* (owned) child */
};

G_DEFINE_FINAL_TYPE (HwChoiceEditor, hw_choice_editor, HW_TYPE_FIELD_EDITOR)

static void
chosen_cb (HwChoiceEditor *self)
{
  hw_field_editor_edited (HW_FIELD_EDITOR (self));
  hw_field_editor_done (HW_FIELD_EDITOR (self));
}

static void
hw_choice_editor_build (HwFieldEditor *editor, const HwFieldDef *field)
{
  HwChoiceEditor *self = HW_CHOICE_EDITOR (editor);

  self->chooser = HW_CHOOSER (hw_chooser_new (field->kind, field, FALSE));
  hw_chooser_set_clearable (self->chooser, (field->flags & HW_FIELD_REQUIRED) == 0);
  g_signal_connect_object (
    self->chooser, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->chooser), GTK_WIDGET (self));
}

static void
hw_choice_editor_context_changed (HwFieldEditor *editor)
{
  hw_chooser_set_context (HW_CHOICE_EDITOR (editor)->chooser,
                          hw_field_editor_get_context (editor),
                          hw_field_editor_get_record (editor));
}

static void
hw_choice_editor_show (HwFieldEditor *editor, HwValue *value)
{
  hw_chooser_set_selected (HW_CHOICE_EDITOR (editor)->chooser, hw_value_text (value));
}

static gboolean
hw_choice_editor_read (HwFieldEditor *editor, HwValue **value, char **problem)
{
  const char *id = hw_chooser_get_selected (HW_CHOICE_EDITOR (editor)->chooser);

  if (id)
    *value = hw_value_new_text (id);
  return TRUE;
}

static void
hw_choice_editor_set_names (HwFieldEditor *editor, const char *label, const char *description)
{
  hw_chooser_set_names (HW_CHOICE_EDITOR (editor)->chooser, label, description);
}

static void
hw_choice_editor_begin (HwFieldEditor *editor)
{
  hw_chooser_open (HW_CHOICE_EDITOR (editor)->chooser);
}

static void
hw_choice_editor_class_init (HwChoiceEditorClass *class)
{
  HwFieldEditorClass *editor_class = HW_FIELD_EDITOR_CLASS (class);

  editor_class->beside = TRUE;
  editor_class->build = hw_choice_editor_build;
  editor_class->context_changed = hw_choice_editor_context_changed;
  editor_class->show = hw_choice_editor_show;
  editor_class->read = hw_choice_editor_read;
  editor_class->set_names = hw_choice_editor_set_names;
  editor_class->begin = hw_choice_editor_begin;
}

static void
hw_choice_editor_init (HwChoiceEditor *self)
{
}
