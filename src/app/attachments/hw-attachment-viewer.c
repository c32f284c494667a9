/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Its window has a title that says nothing; what the picture is called stands inside. The picture is let go of with the
 * window.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/attachments/hw-attachment-viewer.h"

#include <glib/gi18n.h>

#include "app/attachments/hw-attachment-words.h"
#include "app/attachments/hw-picture.h"
#include "app/hw-compat.h"
#include "sync/hw-sync-content.h"

struct _HwAttachmentViewer
{
  AdwWindow parent;

  HwDesktop *desktop;    /* (owned) (nullable) after dispose */
  HwRecord *attachment;  /* (owned) (nullable) after dispose */
  GCancellable *loading; /* (owned) */

  GtkStack *stack;
  AdwWindowTitle *title;
  GtkPicture *picture;
  GtkScrolledWindow *scroller;
  GtkToggleButton *size_button;
  GtkLabel *problem_label;
  GtkButton *again_button;
};

G_DEFINE_FINAL_TYPE (HwAttachmentViewer, hw_attachment_viewer, ADW_TYPE_WINDOW)

static void
show_problem (HwAttachmentViewer *self, const char *words)
{
  gtk_label_set_text (self->problem_label, words);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

static void
size_toggled_cb (HwAttachmentViewer *self)
{
  gboolean own_size = gtk_toggle_button_get_active (self->size_button);
  GdkPaintable *paintable = gtk_picture_get_paintable (self->picture);
  int width = own_size && paintable != NULL ? gdk_paintable_get_intrinsic_width (paintable) : -1;
  int height = own_size && paintable != NULL ? gdk_paintable_get_intrinsic_height (paintable) : -1;

  gtk_widget_set_size_request (GTK_WIDGET (self->picture), width, height);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwAttachmentViewer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = hw_picture_decode_finish (result, &error);

  if (g_cancellable_is_cancelled (self->loading))
    return;
  if (texture == NULL)
    {
      show_problem (self, error->message);
      return;
    }
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_sensitive (GTK_WIDGET (self->size_button), TRUE);
  gtk_stack_set_visible_child_name (self->stack, "picture");
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwAttachmentViewer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
    = hw_sync_engine_content_finish (HW_SYNC_ENGINE (source), result, &error);

  if (g_cancellable_is_cancelled (self->loading))
    return;
  if (bytes != NULL)
    hw_picture_decode_async (bytes, self->loading, decoded_cb, g_object_ref (self));
  else
    {
      g_autofree char *words = g_error_matches (error, HW_SYNC_ERROR, HW_SYNC_ERROR_UNREACHABLE)
                                 ? g_strdup (_ ("This picture is at the office, and the server cannot be reached "
                                                "now. Look again when there is a network."))
                                 : g_strdup (error->message);

      show_problem (self, words);
    }
}

static void
load (HwAttachmentViewer *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  if (hw_desktop_engine (self->desktop) != NULL)
    hw_sync_engine_content_async (hw_desktop_engine (self->desktop),
                                  hw_record_id (self->attachment),
                                  self->loading,
                                  fetched_cb,
                                  g_object_ref (self));
}

static void
hw_attachment_viewer_dispose (GObject *object)
{
  HwAttachmentViewer *self = HW_ATTACHMENT_VIEWER (object);

  g_cancellable_cancel (self->loading);
  if (self->picture != NULL)
    gtk_picture_set_paintable (self->picture, NULL);
  g_clear_object (&self->attachment);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_attachment_viewer_parent_class)->dispose (object);
}

static void
hw_attachment_viewer_finalize (GObject *object)
{
  g_object_unref (HW_ATTACHMENT_VIEWER (object)->loading);

  G_OBJECT_CLASS (hw_attachment_viewer_parent_class)->finalize (object);
}

static void
hw_attachment_viewer_class_init (HwAttachmentViewerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_attachment_viewer_dispose;
  G_OBJECT_CLASS (klass)->finalize = hw_attachment_viewer_finalize;

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/homeward/ui/hw-attachment-viewer.ui");
  gtk_widget_class_bind_template_child (widget_class, HwAttachmentViewer, stack);
  gtk_widget_class_bind_template_child (widget_class, HwAttachmentViewer, title);
  gtk_widget_class_bind_template_child (widget_class, HwAttachmentViewer, picture);
  gtk_widget_class_bind_template_child (widget_class, HwAttachmentViewer, scroller);
  gtk_widget_class_bind_template_child (widget_class, HwAttachmentViewer, size_button);
  gtk_widget_class_bind_template_child (widget_class, HwAttachmentViewer, problem_label);
  gtk_widget_class_bind_template_child (widget_class, HwAttachmentViewer, again_button);
  gtk_widget_class_bind_template_callback (widget_class, size_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, load);
}

static void
hw_attachment_viewer_init (HwAttachmentViewer *self)
{
  self->loading = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  hw_compat_tell_hidden_pages (self->stack);
}

GtkWidget *
hw_attachment_viewer_new (HwDesktop *desktop, HwRecord *attachment, GtkWindow *parent)
{
  HwAttachmentViewer *self = g_object_new (HW_TYPE_ATTACHMENT_VIEWER, "transient-for", parent, NULL);
  g_autofree char *name = hw_attachment_name (desktop, attachment);
  g_autofree char *facts = hw_attachment_facts (desktop, attachment);

  self->desktop = g_object_ref (desktop);
  self->attachment = g_object_ref (attachment);
  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (self->title, facts);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (
    desktop, "locked", G_CALLBACK (gtk_window_destroy), self, G_CONNECT_SWAPPED);
  load (self);
  return GTK_WIDGET (self);
}
