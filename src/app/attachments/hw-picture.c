/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The loader is named by what the bytes are, never by what a file is called, so that no other loader of the computer
 * ever sees them.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/attachments/hw-picture.h"

#include <glib/gi18n.h>

#include "domain/hw-content.h"

static void
size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  int longest = MAX (width, height);

  if (longest > HW_PICTURE_LONGEST)
    gdk_pixbuf_loader_set_size (
      loader,
      MAX (1, (int) ((gint64) width * HW_PICTURE_LONGEST / longest)),
      MAX (1, (int) ((gint64) height * HW_PICTURE_LONGEST / longest)));
}

static GdkPixbuf *
decode (GBytes *bytes, const char *media_type, GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type (media_type, error);
  gboolean written;

  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), NULL);
  written = gdk_pixbuf_loader_write_bytes (loader, bytes, error);
  /* It is closed in any case; only the first error counts. */
  if (!gdk_pixbuf_loader_close (loader, written ? error : NULL) || !written)
    return NULL;
  return gdk_pixbuf_apply_embedded_orientation (gdk_pixbuf_loader_get_pixbuf (loader));
}

static void
decode_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const char *media_type;
  HwContentFault fault = hw_content_check (data, &media_type);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (fault == HW_CONTENT_GOOD && hw_content_is_picture (media_type))
    pixbuf = decode (data, media_type, &error);
  if (pixbuf != NULL)
    g_task_return_pointer (task, gdk_texture_new_for_pixbuf (pixbuf), g_object_unref);
  else
    g_task_return_new_error (
      task,
      G_IO_ERROR,
      G_IO_ERROR_INVALID_DATA,
      "%s",
      _ ("This picture cannot be shown: it is damaged. It is kept as it is; save a copy to look at "
         "it elsewhere."));
}

void
hw_picture_decode_async (
  GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, decode_thread);
}

GdkTexture *
hw_picture_decode_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
