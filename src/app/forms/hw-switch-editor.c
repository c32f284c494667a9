/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwSwitchEditor: unset reads as off, and stays unset until somebody moves the switch: an unset
 * value never opens a gate, and a look at a form must not set one.
 */
#include "app/forms/hw-switch-editor.h"

struct _HwSwitchEditor
{
  HwFieldEditor parent;
  GtkSwitch *toggle; /* (owned) child */
  gboolean moved;    /* by a person, or set before */
};

G_DEFINE_FINAL_TYPE (HwSwitchEditor, hw_switch_editor, HW_TYPE_FIELD_EDITOR)

static void
active_cb (HwSwitchEditor *self)
{
  self->moved = TRUE;
  hw_field_editor_edited (HW_FIELD_EDITOR (self));
  hw_field_editor_done (HW_FIELD_EDITOR (self));
}

static void
hw_switch_editor_build (HwFieldEditor *editor, const HwFieldDef *field)
{
}

static void
hw_switch_editor_show (HwFieldEditor *editor, HwValue *value)
{
  HwSwitchEditor *self = HW_SWITCH_EDITOR (editor);

  gtk_switch_set_active (self->toggle, hw_value_integer (value) != 0);
  self->moved = value != NULL;
}

static gboolean
hw_switch_editor_read (HwFieldEditor *editor, HwValue **value, char **problem)
{
  HwSwitchEditor *self = HW_SWITCH_EDITOR (editor);

  if (self->moved)
    *value = hw_value_new_integer (gtk_switch_get_active (self->toggle));
  return TRUE;
}

static void
hw_switch_editor_set_names (HwFieldEditor *editor, const char *label, const char *description)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (HW_SWITCH_EDITOR (editor)->toggle),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description ? description : "",
                                  -1);
}

static void
hw_switch_editor_begin (HwFieldEditor *editor)
{
  GtkSwitch *toggle = HW_SWITCH_EDITOR (editor)->toggle;

  gtk_switch_set_active (toggle, !gtk_switch_get_active (toggle));
}

static void
hw_switch_editor_class_init (HwSwitchEditorClass *class)
{
  HwFieldEditorClass *editor_class = HW_FIELD_EDITOR_CLASS (class);

  editor_class->beside = TRUE;
  editor_class->build = hw_switch_editor_build;
  editor_class->show = hw_switch_editor_show;
  editor_class->read = hw_switch_editor_read;
  editor_class->set_names = hw_switch_editor_set_names;
  editor_class->begin = hw_switch_editor_begin;
}

static void
hw_switch_editor_init (HwSwitchEditor *self)
{
  self->toggle = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->toggle), GTK_ALIGN_CENTER);
  g_signal_connect_object (
    self->toggle, "notify::active", G_CALLBACK (active_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->toggle), GTK_WIDGET (self));
}
