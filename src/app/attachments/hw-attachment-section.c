/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows are made anew with every look: where a file is, here or at the office, is not part of its record.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/attachments/hw-attachment-section.h"

#include <glib/gi18n.h>

#include "app/attachments/hw-attach.h"
#include "app/attachments/hw-attachment-row.h"

struct _HwAttachmentSection
{
  AdwPreferencesGroup parent;

  HwDesktop *desktop; /* (owned) (nullable) after dispose */
  HwCaseFile *file;   /* (owned) (nullable) until shown, or of a request */
  HwRecord *about;    /* (owned) (nullable) */
  GPtrArray *rows;    /* (owned) (element-type GtkWidget, unowned) */
  GtkWidget *button;
  GtkDropTarget *drop; /* (unowned) */
};

G_DEFINE_FINAL_TYPE (HwAttachmentSection, hw_attachment_section, ADW_TYPE_PREFERENCES_GROUP)

static guint open_record_signal;

static void
add_cb (HwAttachmentSection *self)
{
  if (self->file != NULL)
    hw_attach_choose (GTK_WIDGET (self), self->desktop, self->file, self->about);
}

/* One at a time: for each the person may have to say what it shows. */
static gboolean
dropped_cb (HwAttachmentSection *self, const GValue *value)
{
  GSList *files = g_value_get_boxed (value);

  if (files == NULL || self->file == NULL)
    return FALSE;
  for (GSList *l = files; l != NULL; l = l->next)
    hw_attach_file (GTK_WIDGET (self), self->desktop, self->file, self->about, l->data);
  return TRUE;
}

static void
open_record_cb (HwAttachmentSection *self, const char *id)
{
  g_signal_emit (self, open_record_signal, 0, id);
}

/* ---- Rows ---- */

static void
add_row (HwAttachmentSection *self, GtkWidget *row)
{
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static GtkWidget *
make_empty (gboolean addable)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *label = gtk_label_new (
    addable ? _ ("Nothing is attached. Add a scan or a photo, or drop it here: it is encrypted on "
                 "this laptop and sent to the office.")
            : _ ("Nothing is attached."));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (row, "hw-nothing");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static void
clear_rows (HwAttachmentSection *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (
      ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_attachment (HwAttachmentSection *self, HwRecord *attachment, guint relations)
{
  GtkWidget *row = hw_attachment_row_new (self->desktop, self->file, attachment, relations);

  g_signal_connect_object (
    row, "open-record", G_CALLBACK (open_record_cb), self, G_CONNECT_SWAPPED);
  add_row (self, row);
}

static void
set_addable (HwAttachmentSection *self, gboolean addable)
{
  gtk_widget_set_visible (self->button, addable);
  gtk_drop_target_set_actions (self->drop, addable ? GDK_ACTION_COPY : 0);
}

static void
hw_attachment_section_dispose (GObject *object)
{
  HwAttachmentSection *self = HW_ATTACHMENT_SECTION (object);

  g_clear_object (&self->file);
  g_clear_object (&self->about);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_attachment_section_parent_class)->dispose (object);
}

static void
hw_attachment_section_finalize (GObject *object)
{
  g_ptr_array_unref (HW_ATTACHMENT_SECTION (object)->rows);

  G_OBJECT_CLASS (hw_attachment_section_parent_class)->finalize (object);
}

static void
hw_attachment_section_class_init (HwAttachmentSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_attachment_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = hw_attachment_section_finalize;
  open_record_signal = g_signal_new ("open-record", HW_TYPE_ATTACHMENT_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hw_attachment_section_init (HwAttachmentSection *self)
{
  self->rows = g_ptr_array_new ();
  self->button = gtk_button_new_with_mnemonic (_ ("_Attach a File…"));
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  g_signal_connect_object (
    self->button, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  self->drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect_object (self->drop, "drop", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->drop));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Attachments"));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->button);
}

gboolean
hw_attachment_section_belongs_to (HwTypeId type)
{
  switch (type)
    {
      case HW_TYPE_ID_PERSON:
      case HW_TYPE_ID_CONSENT:
      case HW_TYPE_ID_GUARDIANSHIP:
      case HW_TYPE_ID_BEST_INTERESTS:
      case HW_TYPE_ID_TRAVEL_DOCUMENT:
      case HW_TYPE_ID_EXIT_CLEARANCE:
      case HW_TYPE_ID_FITNESS:
      case HW_TYPE_ID_TICKET:
      case HW_TYPE_ID_NOTE:
        return TRUE;
      default:
        return FALSE;
    }
}

GtkWidget *
hw_attachment_section_new (HwDesktop *desktop)
{
  HwAttachmentSection *self = g_object_new (HW_TYPE_ATTACHMENT_SECTION, NULL);

  self->desktop = g_object_ref (desktop);
  return GTK_WIDGET (self);
}

void
hw_attachment_section_show (
  HwAttachmentSection *self, HwCaseFile *file, HwRecord *about, guint relations)
{
  HwRole role = hw_desktop_actor (self->desktop)->role;
  gboolean addable = hw_access_may_create (role, relations, HW_TYPE_ID_ATTACHMENT);
  GPtrArray *attachments = hw_case_file_of_type (file, HW_TYPE_ID_ATTACHMENT);

  g_return_if_fail (HW_IS_ATTACHMENT_SECTION (self));

  g_set_object (&self->file, file);
  g_set_object (&self->about, about);
  set_addable (self, addable);
  clear_rows (self);
  for (guint i = attachments->len; i > 0; i--)
    {
      HwRecord *attachment = g_ptr_array_index (attachments, i - 1);

      if (about == NULL || hw_record_is (attachment, HW_FIELD_ATTACHMENT_ABOUT, hw_record_id (about)))
        add_attachment (self, attachment, relations);
    }
  if (self->rows->len == 0)
    add_row (self, make_empty (addable));
}

void
hw_attachment_section_show_request (HwAttachmentSection *self, HwRecord *request)
{
  g_autoptr (GPtrArray) attachments
    = hw_store_list (hw_desktop_store (self->desktop),
                     HW_TYPE_ID_ATTACHMENT,
                     HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST,
                     hw_record_id (request),
                     0,
                     NULL);

  g_return_if_fail (HW_IS_ATTACHMENT_SECTION (self));

  g_clear_object (&self->file);
  set_addable (self, FALSE);
  clear_rows (self);
  for (guint i = 0; attachments != NULL && i < attachments->len; i++)
    add_attachment (self, g_ptr_array_index (attachments, i), 0);
  if (self->rows->len == 0)
    add_row (self, make_empty (FALSE));
}
