/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The preview is taken over and ended: it is drawn on nothing, and no file is made.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/widgets/hw-print.h"

static gboolean
end_preview_cb (gpointer preview)
{
  gtk_print_operation_preview_end_preview (preview);
  return G_SOURCE_REMOVE;
}

static void
preview_ready_cb (GtkPrintOperationPreview *preview)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, end_preview_cb, g_object_ref (preview), g_object_unref);
}

static gboolean
preview_cb (GtkPrintOperation *operation, GtkPrintOperationPreview *preview, GtkPrintContext *context, GtkWindow *parent)
{
  cairo_surface_t *nowhere = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cairo = cairo_create (nowhere);

  gtk_print_context_set_cairo_context (context, cairo, 72, 72);
  cairo_destroy (cairo);
  cairo_surface_destroy (nowhere);
  g_object_set_data (G_OBJECT (operation), "previewed", GINT_TO_POINTER (TRUE));
  g_signal_connect (preview, "ready", G_CALLBACK (preview_ready_cb), NULL);
  return TRUE;
}

void
hw_print_refuse_preview (GtkPrintOperation *operation)
{
  g_signal_connect (operation, "preview", G_CALLBACK (preview_cb), NULL);
}

gboolean
hw_print_asked_for_preview (GtkPrintOperation *operation)
{
  return g_object_get_data (G_OBJECT (operation), "previewed") != NULL;
}
