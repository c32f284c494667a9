/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is shown is what is printed: the same sheets, drawn by the same code. Before the first of
 * them leaves for paper or a file, the person at the desktop is told once what that means: paper
 * has no lock.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/disclosure/hw-disclosure-window.h"

#include <glib/gi18n.h>

#include "app/disclosure/hw-disclosure-paper.h"
#include "app/disclosure/hw-disclosure-print.h"
#include "app/door/hw-leaving.h"
#include "app/hw-compat.h"
#include "app/hw-desktop-references.h"
#include "app/widgets/hw-print.h"
#include "app/widgets/hw-rows.h"

struct _HwDisclosureWindow
{
  AdwWindow parent;

  HwDesktop *desktop;          /* (owned) (nullable) after dispose */
  HwCaseFile *file;            /* (owned) (nullable) after dispose */
  HwFormContext *context;      /* (owned) (nullable) after dispose */
  gboolean to_file;            /* what waits for the answer to the warning */
  GtkPrintOperation *printing; /* (owned) (nullable) until it is done */

  AdwToastOverlay *toasts;
  GtkBox *sheets;
  GtkWidget *print_button;
};

G_DEFINE_FINAL_TYPE (HwDisclosureWindow, hw_disclosure_window, ADW_TYPE_WINDOW)

static void
say (HwDisclosureWindow *self, const char *words)
{
  adw_toast_overlay_add_toast (self->toasts, hw_rows_toast (words));
}

/* ---- Printing ---- */

static void
print_done_cb (GtkPrintOperation *operation,
               GtkPrintOperationResult result,
               HwDisclosureWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (hw_print_asked_for_preview (operation))
    say (self, _ ("The sheets in this window are what is printed. Nothing was printed yet."));
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      say (self, error != NULL ? error->message : _ ("The statement was not printed."));
    }
  if (self->printing == operation)
    g_clear_object (&self->printing);
}

static void
cancel_print (HwDisclosureWindow *self)
{
  if (self->printing != NULL)
    gtk_print_operation_cancel (self->printing);
  g_clear_object (&self->printing);
}

static void
print (HwDisclosureWindow *self)
{
  g_autoptr (GtkPrintOperation) operation
    = hw_disclosure_print_new (hw_disclosure_paper_new (self->file, self->context));

  cancel_print (self);
  g_set_object (&self->printing, operation);
  g_signal_connect_object (operation, "done", G_CALLBACK (print_done_cb), self, 0);
  gtk_print_operation_run (
    operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (self), NULL);
}

/* ---- Saving ---- */

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwDisclosureWindow) self = user_data;
  g_autoptr (GFile) file = hw_compat_file_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (HwDisclosurePaper) paper = NULL;
  g_autoptr (GError) error = NULL;

  if (file == NULL || self->file == NULL)
    return;
  if (path == NULL)
    {
      say (self, _ ("The statement was not saved. Choose a folder of this computer."));
      return;
    }
  paper = hw_disclosure_paper_new (self->file, self->context);
  if (hw_disclosure_paper_save (paper, path, &error))
    say (self, _ ("The statement was saved."));
  else
    say (self, error->message);
}

/* ---- The warning ---- */

static void
let_go (HwDisclosureWindow *self)
{
  if (self->file == NULL)
    return;
  if (self->to_file)
    hw_compat_save_file_async (GTK_WIDGET (self),
                               _ ("Save the Statement"),
                               _ ("statement.pdf"),
                               NULL,
                               chosen_cb,
                               g_object_ref (self));
  else
    print (self);
}

static void
warned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwDisclosureWindow) self = user_data;

  if (hw_leaving_ask_finish (HW_DESKTOP (source), result) && self->desktop != NULL)
    let_go (self);
}

static void
ask_once (HwDisclosureWindow *self, gboolean to_file)
{
  self->to_file = to_file;
  hw_leaving_ask_async (GTK_WIDGET (self), self->desktop, HW_LEAVING_PAPER,
                        to_file ? _ ("Save Without Protection?") : _ ("Print the Statement?"),
                        to_file ? _ ("_Save…") : _ ("_Print…"), warned_cb, g_object_ref (self));
}

static void
print_cb (HwDisclosureWindow *self)
{
  ask_once (self, FALSE);
}

static void
save_cb (HwDisclosureWindow *self)
{
  ask_once (self, TRUE);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  print_cb (HW_DISCLOSURE_WINDOW (widget));
}

/* ---- The sheets ---- */

/* Kept as what was drawn, not as pixels: sharp at any size. (transfer full) */
static GdkPaintable *
paint_sheet (HwDisclosurePaper *paper, guint page)
{
  const graphene_size_t size = GRAPHENE_SIZE_INIT (HW_DISCLOSURE_A4_WIDTH, HW_DISCLOSURE_A4_HEIGHT);
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, size.width, size.height);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_t *cairo;

  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 1, 1, 1, 1 }, &bounds);
  cairo = gtk_snapshot_append_cairo (snapshot, &bounds);
  hw_disclosure_paper_draw (paper, page, cairo);
  cairo_destroy (cairo);
  return gtk_snapshot_free_to_paintable (snapshot, &size);
}

static GtkWidget *
make_sheet (HwDisclosurePaper *paper, guint page, guint pages)
{
  g_autoptr (GdkPaintable) paintable = paint_sheet (paper, page);
  GtkWidget *sheet = gtk_picture_new_for_paintable (paintable);
  g_autofree char *words = g_strdup_printf (_ ("Page %u of %u of the statement"), page + 1, pages);

  gtk_widget_add_css_class (sheet, "hw-sheet");
  gtk_picture_set_alternative_text (GTK_PICTURE (sheet), words);
  return sheet;
}

static void
show_sheets (HwDisclosureWindow *self)
{
  g_autoptr (HwDisclosurePaper) paper = hw_disclosure_paper_new (self->file, self->context);
  guint pages = hw_disclosure_paper_lay_out_a4 (paper);

  for (guint i = 0; i < pages; i++)
    gtk_box_append (self->sheets, make_sheet (paper, i, pages));
}

/* What is still on its way to the printer does not go on without the window, and not behind a lock. */
static void
hw_disclosure_window_unrealize (GtkWidget *widget)
{
  cancel_print (HW_DISCLOSURE_WINDOW (widget));

  GTK_WIDGET_CLASS (hw_disclosure_window_parent_class)->unrealize (widget);
}

static void
hw_disclosure_window_dispose (GObject *object)
{
  HwDisclosureWindow *self = HW_DISCLOSURE_WINDOW (object);

  cancel_print (self);
  g_clear_object (&self->desktop);
  g_clear_object (&self->file);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (hw_disclosure_window_parent_class)->dispose (object);
}

static void
hw_disclosure_window_class_init (HwDisclosureWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_disclosure_window_dispose;
  widget_class->unrealize = hw_disclosure_window_unrealize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/homeward/ui/hw-disclosure-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HwDisclosureWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, HwDisclosureWindow, sheets);
  gtk_widget_class_bind_template_child (widget_class, HwDisclosureWindow, print_button);
  gtk_widget_class_bind_template_callback (widget_class, print_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_install_action (widget_class, "statement.print", NULL, print_action);
  gtk_widget_class_add_binding_action (
    widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "statement.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hw_disclosure_window_init (HwDisclosureWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_focus (GTK_WINDOW (self), self->print_button);
}

GtkWidget *
hw_disclosure_window_new (HwDesktop *desktop, HwCaseFile *file, GtkWindow *parent)
{
  HwDisclosureWindow *self
    = g_object_new (HW_TYPE_DISCLOSURE_WINDOW, "transient-for", parent, NULL);

  self->desktop = g_object_ref (desktop);
  self->file = g_object_ref (file);
  self->context = hw_desktop_form_context (desktop, file);
  show_sheets (self);
  return GTK_WIDGET (self);
}
