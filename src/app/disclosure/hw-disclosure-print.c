/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sheets are on screen before anybody prints, so a preview has nothing to add: it is taken over and ended.
 */
#include "app/disclosure/hw-disclosure-print.h"

#include <glib/gi18n.h>

static void
begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, HwDisclosurePaper *paper)
{
  guint pages = hw_disclosure_paper_lay_out (paper,
                                             gtk_print_context_create_pango_layout (context),
                                             gtk_print_context_get_width (context),
                                             gtk_print_context_get_height (context));

  gtk_print_operation_set_n_pages (operation, (int)pages);
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext *context,
              int page,
              HwDisclosurePaper *paper)
{
  hw_disclosure_paper_draw (paper, (guint)page, gtk_print_context_get_cairo_context (context));
}

static gboolean
end_preview_cb (gpointer preview)
{
  gtk_print_operation_preview_end_preview (preview);
  return G_SOURCE_REMOVE;
}

static void
preview_ready_cb (GtkPrintOperationPreview *preview)
{
  g_idle_add_full (
    G_PRIORITY_DEFAULT_IDLE, end_preview_cb, g_object_ref (preview), g_object_unref);
}

static gboolean
preview_cb (GtkPrintOperation *operation,
            GtkPrintOperationPreview *preview,
            GtkPrintContext *context,
            GtkWindow *parent)
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

GtkPrintOperation *
hw_disclosure_print_new (HwDisclosurePaper *paper)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();

  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_job_name (operation, _ ("Statement"));
  g_object_set_data_full (
    G_OBJECT (operation), "paper", paper, (GDestroyNotify)hw_disclosure_paper_free);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), paper);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), paper);
  g_signal_connect (operation, "preview", G_CALLBACK (preview_cb), NULL);
  return operation;
}

gboolean
hw_disclosure_print_asked_for_preview (GtkPrintOperation *operation)
{
  return g_object_get_data (G_OBJECT (operation), "previewed") != NULL;
}
