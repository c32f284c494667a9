/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list follows the store by itself, so that what a dialog adds is there when the dialog is
 * gone.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-child-list.h"

#include "app/callforms/hw-record-dialog.h"
#include "app/forms/hw-record-section.h"
#include "app/hw-desktop-references.h"
#include "store/hw-case-list.h"

struct _HwChildList
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) */
  HwCaseFile *file;   /* (owned) (nullable) */
  char *parent_id;
  HwFieldId link;
  HwRecordList *children;   /* (owned) */
  HwRecordSection *section; /* (unowned) */
};

G_DEFINE_FINAL_TYPE (HwChildList, hw_child_list, ADW_TYPE_BIN)

static void
children_changed_cb (HwChildList *self)
{
  g_autoptr (GPtrArray) oldest_first = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->children)); i > 0; i--)
    g_ptr_array_add (oldest_first, g_list_model_get_item (G_LIST_MODEL (self->children), i - 1));
  hw_record_section_set_records (self->section, oldest_first);
}

static void
open_cb (HwChildList *self, HwRecord *record)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "s", hw_record_id (record));
}

static void
add_cb (HwChildList *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autoptr (HwValue) value = hw_value_new_text (self->parent_id);
  GtkWidget *dialog
    = hw_record_dialog_new (self->desktop, self->file, hw_schema_field (self->link)->type, window);

  hw_record_dialog_preset (HW_RECORD_DIALOG (dialog), self->link, value);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
hw_child_list_finalize (GObject *object)
{
  HwChildList *self = HW_CHILD_LIST (object);

  g_clear_object (&self->children);
  g_clear_object (&self->file);
  g_clear_object (&self->desktop);
  g_free (self->parent_id);

  G_OBJECT_CLASS (hw_child_list_parent_class)->finalize (object);
}

static void
hw_child_list_class_init (HwChildListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hw_child_list_finalize;
}

static void
hw_child_list_init (HwChildList *self)
{
}

GtkWidget *
hw_child_list_new (
  HwDesktop *desktop, HwCaseFile *file, HwRecord *parent, HwFieldId link, guint relations)
{
  HwChildList *self = g_object_new (HW_TYPE_CHILD_LIST, NULL);
  HwTypeId type = hw_schema_field (link)->type;
  g_autoptr (HwFormContext) context = hw_desktop_form_context (desktop, file);

  self->desktop = g_object_ref (desktop);
  g_set_object (&self->file, file);
  self->parent_id = g_strdup (hw_record_id (parent));
  self->link = link;
  self->section = HW_RECORD_SECTION (hw_record_section_new (type, context));
  hw_record_section_set_rights (self->section, hw_desktop_actor (desktop)->role, relations);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->section));
  g_signal_connect_object (
    self->section, "open-record", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    self->section, "add-record", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  self->children = hw_record_list_new (hw_desktop_store (desktop), type, link, self->parent_id);
  g_signal_connect_object (
    self->children, "items-changed", G_CALLBACK (children_changed_cb), self, G_CONNECT_SWAPPED);
  children_changed_cb (self);
  return GTK_WIDGET (self);
}
