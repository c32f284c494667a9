/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwTagsEditor: free words as chips. Enter or a comma makes a chip of what is typed, and so does
 * leaving the field: a name typed and not confirmed is still a name she told us. Backspace takes
 * the last chip.
 */
#include "app/forms/hw-tags-editor.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/widgets/hw-wrap-layout.h"

struct _HwTagsEditor
{
  HwFieldEditor parent;
  GtkEntry *text;     /* (owned) child, always the last; chips before it */
  GPtrArray *members; /* (owned) (element-type utf8), NULL-terminated */
};

G_DEFINE_FINAL_TYPE (HwTagsEditor, hw_tags_editor, HW_TYPE_FIELD_EDITOR)

static void rebuild (HwTagsEditor *self);

static void
remove_member (HwTagsEditor *self, const char *member)
{
  for (guint i = 0; i + 1 < self->members->len; i++)
    if (g_str_equal (self->members->pdata[i], member))
      {
        g_ptr_array_remove_index (self->members, i);
        return;
      }
}

static gboolean
add_member (HwTagsEditor *self, const char *typed)
{
  g_autofree char *member = g_strstrip (g_strdup (typed));

  if (*member == '\0' || g_strv_contains ((const char *const *)self->members->pdata, member))
    return FALSE;
  g_ptr_array_insert (self->members, (gint)self->members->len - 1, g_steal_pointer (&member));
  return TRUE;
}

static void
changed_now (HwTagsEditor *self)
{
  rebuild (self);
  hw_field_editor_edited (HW_FIELD_EDITOR (self));
  hw_field_editor_done (HW_FIELD_EDITOR (self));
}

static void
remove_cb (GtkButton *button, HwTagsEditor *self)
{
  remove_member (self, g_object_get_data (G_OBJECT (button), "member"));
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  changed_now (self);
}

static void
activate_cb (HwTagsEditor *self)
{
  gboolean added = add_member (self, gtk_editable_get_text (GTK_EDITABLE (self->text)));

  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  if (added)
    changed_now (self);
}

static void
typed_cb (HwTagsEditor *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->text));
  const char *comma = strchr (text, ',');

  hw_field_editor_edited (HW_FIELD_EDITOR (self));
  if (comma)
    {
      g_autofree char *word = g_strndup (text, (gsize)(comma - text));
      g_autofree char *rest = g_strdup (comma + 1);
      if (add_member (self, word))
        rebuild (self);
      gtk_editable_set_text (GTK_EDITABLE (self->text), rest);
    }
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        HwTagsEditor *self)
{
  if (keyval != GDK_KEY_BackSpace || self->members->len < 2
      || *gtk_editable_get_text (GTK_EDITABLE (self->text)))
    return GDK_EVENT_PROPAGATE;
  g_ptr_array_remove_index (self->members, self->members->len - 2);
  changed_now (self);
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_chip (HwTagsEditor *self, const char *member)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *label = gtk_label_new (member);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Remove %s"), member);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "member", g_strdup (member), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, 0);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), button);
  gtk_widget_set_halign (chip, GTK_ALIGN_START);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  return chip;
}

/* The entry stays where it is, so that the cursor does. */
static void
rebuild (HwTagsEditor *self)
{
  GtkWidget *entry = GTK_WIDGET (self->text);
  GtkWidget *first;

  while ((first = gtk_widget_get_first_child (GTK_WIDGET (self))) != entry)
    gtk_widget_unparent (first);
  for (guint i = 0; i + 1 < self->members->len; i++)
    gtk_widget_insert_before (make_chip (self, self->members->pdata[i]), GTK_WIDGET (self), entry);
}

static void
hw_tags_editor_build (HwFieldEditor *editor, const HwFieldDef *field)
{
}

static void
hw_tags_editor_show (HwFieldEditor *editor, HwValue *value)
{
  HwTagsEditor *self = HW_TAGS_EDITOR (editor);
  const char *const *members = hw_value_set (value);

  g_ptr_array_set_size (self->members, 0);
  for (guint i = 0; members[i]; i++)
    g_ptr_array_add (self->members, g_strdup (members[i]));
  g_ptr_array_add (self->members, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  rebuild (self);
}

static gboolean
hw_tags_editor_read (HwFieldEditor *editor, HwValue **value, char **problem)
{
  HwTagsEditor *self = HW_TAGS_EDITOR (editor);
  const char *pending = gtk_editable_get_text (GTK_EDITABLE (self->text));
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  g_autofree char *word = g_strstrip (g_strdup (pending));

  for (guint i = 0; i + 1 < self->members->len; i++)
    g_ptr_array_add (members, self->members->pdata[i]);
  if (*word)
    g_ptr_array_add (members, word);
  g_ptr_array_add (members, NULL);
  if (members->len > 1)
    *value = hw_value_new_set ((const char *const *)members->pdata);
  return TRUE;
}

static void
hw_tags_editor_set_names (HwFieldEditor *editor, const char *label, const char *description)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (HW_TAGS_EDITOR (editor)->text),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description ? description : "",
                                  -1);
}

static void
hw_tags_editor_begin (HwFieldEditor *editor)
{
  gtk_widget_grab_focus (GTK_WIDGET (HW_TAGS_EDITOR (editor)->text));
}

static void
hw_tags_editor_finalize (GObject *object)
{
  g_ptr_array_unref (HW_TAGS_EDITOR (object)->members);
  G_OBJECT_CLASS (hw_tags_editor_parent_class)->finalize (object);
}

static void
hw_tags_editor_class_init (HwTagsEditorClass *class)
{
  HwFieldEditorClass *editor_class = HW_FIELD_EDITOR_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = hw_tags_editor_finalize;
  editor_class->build = hw_tags_editor_build;
  editor_class->show = hw_tags_editor_show;
  editor_class->read = hw_tags_editor_read;
  editor_class->set_names = hw_tags_editor_set_names;
  editor_class->begin = hw_tags_editor_begin;
}

static void
hw_tags_editor_init (HwTagsEditor *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_set_layout_manager (GTK_WIDGET (self), hw_wrap_layout_new (6));
  self->members = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->members, NULL);
  self->text = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->text, _ ("Add…"));
  gtk_entry_set_has_frame (self->text, FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->text), 12);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->text), keys);
  g_signal_connect_object (
    self->text, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->text), GTK_WIDGET (self));
}
