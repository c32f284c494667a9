/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwSetEditor: what is in the set stands as words; the popover marks. The set is read when the
 * popover closes, so that five marks are one change in the history and not five.
 */
#include "app/forms/hw-set-editor.h"

#include <glib/gi18n.h>

#include "app/forms/hw-chooser.h"
#include "app/forms/hw-field-words.h"

struct _HwSetEditor
{
  HwFieldEditor parent;
  GtkLabel *summary;  /* (owned) child */
  HwChooser *chooser; /* (owned) child */
};

G_DEFINE_FINAL_TYPE (HwSetEditor, hw_set_editor, HW_TYPE_FIELD_EDITOR)

static HwValue *
make_value (HwSetEditor *self)
{
  const char *const *members = hw_chooser_get_members (self->chooser);

  return members[0] ? hw_value_new_set (members) : NULL;
}

static void
update_summary (HwSetEditor *self)
{
  HwFieldEditor *editor = HW_FIELD_EDITOR (self);
  g_autoptr (HwValue) value = make_value (self);
  g_autofree char *words = hw_field_words_plain (
    hw_field_editor_get_field (editor), value, hw_field_editor_get_context (editor));

  gtk_label_set_text (self->summary, words ? words : _ ("None chosen"));
  hw_chooser_set_words (self->chooser, gtk_label_get_text (self->summary));
  if (words)
    gtk_widget_remove_css_class (GTK_WIDGET (self->summary), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->summary), "dim-label");
}

static void
toggled_cb (HwSetEditor *self)
{
  update_summary (self);
  hw_field_editor_edited (HW_FIELD_EDITOR (self));
}

static void
closed_cb (HwSetEditor *self)
{
  hw_field_editor_done (HW_FIELD_EDITOR (self));
}

static void
hw_set_editor_build (HwFieldEditor *editor, const HwFieldDef *field)
{
  HwSetEditor *self = HW_SET_EDITOR (editor);

  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->summary, TRUE);
  gtk_label_set_wrap_mode (self->summary, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->summary, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->summary), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->summary), GTK_WIDGET (self));
  self->chooser = HW_CHOOSER (hw_chooser_new (field->kind, field, TRUE));
  g_signal_connect_object (
    self->chooser, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    self->chooser, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->chooser), GTK_WIDGET (self));
}

static void
hw_set_editor_context_changed (HwFieldEditor *editor)
{
  HwSetEditor *self = HW_SET_EDITOR (editor);

  hw_chooser_set_context (
    self->chooser, hw_field_editor_get_context (editor), hw_field_editor_get_record (editor));
  update_summary (self);
}

static void
hw_set_editor_show (HwFieldEditor *editor, HwValue *value)
{
  hw_chooser_set_members (HW_SET_EDITOR (editor)->chooser, hw_value_set (value));
  update_summary (HW_SET_EDITOR (editor));
}

static gboolean
hw_set_editor_read (HwFieldEditor *editor, HwValue **value, char **problem)
{
  *value = make_value (HW_SET_EDITOR (editor));
  return TRUE;
}

static void
hw_set_editor_set_names (HwFieldEditor *editor, const char *label, const char *description)
{
  hw_chooser_set_names (HW_SET_EDITOR (editor)->chooser, label, description);
}

static void
hw_set_editor_begin (HwFieldEditor *editor)
{
  hw_chooser_open (HW_SET_EDITOR (editor)->chooser);
}

static void
hw_set_editor_class_init (HwSetEditorClass *class)
{
  HwFieldEditorClass *editor_class = HW_FIELD_EDITOR_CLASS (class);

  editor_class->build = hw_set_editor_build;
  editor_class->context_changed = hw_set_editor_context_changed;
  editor_class->show = hw_set_editor_show;
  editor_class->read = hw_set_editor_read;
  editor_class->set_names = hw_set_editor_set_names;
  editor_class->begin = hw_set_editor_begin;
}

static void
hw_set_editor_init (HwSetEditor *self)
{
}
