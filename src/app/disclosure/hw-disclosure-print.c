/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sheets are on screen before anybody prints, so a preview has nothing to add.
 */
#include "app/disclosure/hw-disclosure-print.h"

#include <glib/gi18n.h>

#include "app/widgets/hw-print.h"

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
  hw_print_refuse_preview (operation);
  return operation;
}
