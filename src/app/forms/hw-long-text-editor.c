/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwLongTextEditor: a story has no fixed number of lines: the box grows with it, and the page
 * scrolls, so that there is never a second scroll bar inside the first. Tab leaves; Enter is a new
 * line.
 */
#include "app/forms/hw-long-text-editor.h"

struct _HwLongTextEditor
{
  HwFieldEditor parent;
  GtkTextView *view; /* (owned) child */
};

G_DEFINE_FINAL_TYPE (HwLongTextEditor, hw_long_text_editor, HW_TYPE_FIELD_EDITOR)

static char *
get_text (HwLongTextEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
changed_cb (HwLongTextEditor *self)
{
  hw_field_editor_edited (HW_FIELD_EDITOR (self));
}

static void
hw_long_text_editor_build (HwFieldEditor *editor, const HwFieldDef *field)
{
}

static void
hw_long_text_editor_show (HwFieldEditor *editor, HwValue *value)
{
  HwLongTextEditor *self = HW_LONG_TEXT_EDITOR (editor);
  const char *text = value ? hw_value_text (value) : "";
  g_autofree char *present = get_text (self);

  if (g_strcmp0 (present, text) != 0)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text, -1);
}

static gboolean
hw_long_text_editor_read (HwFieldEditor *editor, HwValue **value, char **problem)
{
  g_autofree char *text = g_strchomp (get_text (HW_LONG_TEXT_EDITOR (editor)));

  if (*text)
    *value = hw_value_new_text (text);
  return TRUE;
}

static void
hw_long_text_editor_set_names (HwFieldEditor *editor, const char *label, const char *description)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (HW_LONG_TEXT_EDITOR (editor)->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description ? description : "",
                                  -1);
}

static void
hw_long_text_editor_class_init (HwLongTextEditorClass *class)
{
  HwFieldEditorClass *editor_class = HW_FIELD_EDITOR_CLASS (class);

  editor_class->build = hw_long_text_editor_build;
  editor_class->show = hw_long_text_editor_show;
  editor_class->read = hw_long_text_editor_read;
  editor_class->set_names = hw_long_text_editor_set_names;
}

static void
hw_long_text_editor_init (HwLongTextEditor *self)
{
  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_top_margin (self->view, 3);
  gtk_text_view_set_bottom_margin (self->view, 3);
  gtk_widget_set_hexpand (GTK_WIDGET (self->view), TRUE);
  g_signal_connect_object (gtk_text_view_get_buffer (self->view),
                           "changed",
                           G_CALLBACK (changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->view), GTK_WIDGET (self));
}
