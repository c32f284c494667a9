/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A drag is known by its first movement past the toolkit's threshold; until then a press on marked words is a click like
 * any other.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/door/hw-drag-guard.h"

#include <glib/gi18n.h>

#define ARMED "hw-drag-armed"

static gboolean
is_on_marked_label (GtkLabel *label, double x, double y)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  const char *text = gtk_label_get_text (label);
  int from, to, left, top, index, trailing;

  if (!gtk_label_get_selection_bounds (label, &from, &to))
    return FALSE;
  gtk_label_get_layout_offsets (label, &left, &top);
  if (!pango_layout_xy_to_index (
        layout, (int)((x - left) * PANGO_SCALE), (int)((y - top) * PANGO_SCALE), &index, &trailing))
    return FALSE;
  index = (int)g_utf8_pointer_to_offset (text, text + index);
  return index >= from && index < to;
}

static gboolean
is_on_marked_line (GtkText *text, double x)
{
  graphene_rect_t at_from, at_to;
  int from, to;

  if (!gtk_editable_get_selection_bounds (GTK_EDITABLE (text), &from, &to))
    return FALSE;
  gtk_text_compute_cursor_extents (text, (gsize)from, &at_from, NULL);
  gtk_text_compute_cursor_extents (text, (gsize)to, &at_to, NULL);
  /* Either may be the left one: Arabic runs the other way. */
  return x >= MIN (at_from.origin.x, at_to.origin.x) && x <= MAX (at_from.origin.x, at_to.origin.x);
}

static gboolean
is_on_marked_text (GtkTextView *view, double x, double y)
{
  GtkTextIter from, to, at;
  int left, top;

  if (!gtk_text_buffer_get_selection_bounds (gtk_text_view_get_buffer (view), &from, &to))
    return FALSE;
  gtk_text_view_window_to_buffer_coords (view, GTK_TEXT_WINDOW_WIDGET, (int)x, (int)y, &left, &top);
  return gtk_text_view_get_iter_at_location (view, &at, left, top) && gtk_text_iter_in_range (&at, &from, &to);
}

gboolean
hw_drag_guard_is_on_marked (GtkWidget *widget, double x, double y)
{
  if (GTK_IS_LABEL (widget))
    return is_on_marked_label (GTK_LABEL (widget), x, y);
  if (GTK_IS_TEXT (widget))
    return is_on_marked_line (GTK_TEXT (widget), x);
  return GTK_IS_TEXT_VIEW (widget) && is_on_marked_text (GTK_TEXT_VIEW (widget), x, y);
}

static void
begin_cb (GtkGestureDrag *drag, double x, double y, HwDesktop *desktop)
{
  GtkWidget *window = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (drag));
  GtkWidget *widget = gtk_widget_pick (window, x, y, GTK_PICK_DEFAULT);
  double inner_x, inner_y;
  gboolean armed = FALSE;

  if (widget != NULL && !hw_leaving_is_told (desktop, HW_LEAVING_DRAG)
      && gtk_widget_translate_coordinates (window, widget, x, y, &inner_x, &inner_y))
    armed = hw_drag_guard_is_on_marked (widget, inner_x, inner_y);
  g_object_set_data (G_OBJECT (drag), ARMED, GINT_TO_POINTER (armed));
  if (!armed)
    gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
}

static void
update_cb (GtkGestureDrag *drag, double dx, double dy, HwDesktop *desktop)
{
  GtkWidget *window = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (drag));

  if (g_object_get_data (G_OBJECT (drag), ARMED) == NULL
      || !gtk_drag_check_threshold (window, 0, 0, (int)dx, (int)dy))
    return;
  g_object_set_data (G_OBJECT (drag), ARMED, NULL);
  /* Who claims a press ends what the words were about to do with it. */
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  hw_leaving_ask_async (window, desktop, HW_LEAVING_DRAG, _ ("Drag Words Out of Homeward?"), _ ("_Allow Dragging"),
                        NULL, NULL);
}

void
hw_drag_guard_watch (GtkWidget *window, HwDesktop *desktop)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (begin_cb), desktop, 0);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (update_cb), desktop, 0);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (drag));
}
