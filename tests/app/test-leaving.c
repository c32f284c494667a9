/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What leaves the program is warned of once: for each way, until the answer is yes, and remembered behind the lock. And
 * marked words cannot be dragged away before that.
 */
#include <adwaita.h>

#include "app/door/hw-drag-guard.h"
#include "app/door/hw-leaving.h"
#include "hw-test-desktop.h"

typedef struct
{
  char *directory;
  HwDesktop *desktop;
  GtkWidget *window; /* (unowned) */
  gboolean answered, answer;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desktop = hw_test_desktop_new (HW_ROLE_CASEWORKER, NULL, &fixture->directory);
  fixture->window = gtk_window_new ();
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  hw_test_desktop_free (fixture->desktop, fixture->directory);
}

/* (nullable) (transfer full) */
static AdwMessageDialog *
question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return ADW_MESSAGE_DIALOG (g_steal_pointer (&window));
    }
  return NULL;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  fixture->answered = TRUE;
  fixture->answer = hw_leaving_ask_finish (HW_DESKTOP (source), result);
}

/* response (nullable): no question is to come. */
static gboolean
ask (Fixture *fixture, HwLeaving way, const char *response)
{
  g_autoptr (AdwMessageDialog) asked = NULL;

  fixture->answered = FALSE;
  hw_leaving_ask_async (fixture->window, fixture->desktop, way, "Go On?", "_Go On", answered_cb, fixture);
  asked = question ();
  g_assert_true ((asked != NULL) == (response != NULL));
  if (asked != NULL)
    {
      adw_message_dialog_response (asked, response);
      gtk_window_destroy (GTK_WINDOW (asked));
      g_clear_object (&asked);
    }
  while (!fixture->answered)
    g_main_context_iteration (NULL, TRUE);
  return fixture->answer;
}

static void
test_once (Fixture *fixture, gconstpointer data)
{
  g_assert_false (hw_leaving_is_told (fixture->desktop, HW_LEAVING_COPY));
  g_assert_false (ask (fixture, HW_LEAVING_COPY, "cancel"));
  g_assert_true (ask (fixture, HW_LEAVING_COPY, "confirm"));
  g_assert_true (ask (fixture, HW_LEAVING_COPY, NULL));
  hw_desktop_lock (fixture->desktop);
  g_assert_false (ask (fixture, HW_LEAVING_COPY, NULL));
  hw_test_desktop_unlock (fixture->desktop);
  g_assert_true (ask (fixture, HW_LEAVING_COPY, NULL));
  /* Each way has its own. */
  g_assert_true (ask (fixture, HW_LEAVING_PAPER, "confirm"));
  g_assert_false (hw_leaving_is_told (fixture->desktop, HW_LEAVING_DRAG));
}

/* ---- Dragging ---- */

static void
wait_until_drawn (GtkWidget *widget)
{
  while (gtk_widget_get_width (widget) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_marked_words (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new ("Aline Niyonkuru");
  GtkWidget *text = gtk_text_new ();
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start, end;

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_editable_set_text (GTK_EDITABLE (text), "Aline Niyonkuru");
  gtk_text_buffer_set_text (buffer, "Aline Niyonkuru", -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), view);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  wait_until_drawn (label);

  gtk_label_select_region (GTK_LABEL (label), 0, 0);
  gtk_editable_select_region (GTK_EDITABLE (text), 0, 0);
  g_assert_false (hw_drag_guard_is_on_marked (label, 3, 5));
  g_assert_false (hw_drag_guard_is_on_marked (text, 3, 5));
  g_assert_false (hw_drag_guard_is_on_marked (view, 3, 5));
  /* One at a time: on this display only one thing is marked. */
  gtk_label_select_region (GTK_LABEL (label), 0, 5);
  g_assert_true (hw_drag_guard_is_on_marked (label, 3, 5));
  g_assert_false (hw_drag_guard_is_on_marked (label, gtk_widget_get_width (label) - 2, 5));
  gtk_editable_select_region (GTK_EDITABLE (text), 0, 5);
  g_assert_true (hw_drag_guard_is_on_marked (text, 3, 5));
  g_assert_false (hw_drag_guard_is_on_marked (text, gtk_widget_get_width (text) - 2, 5));
  gtk_text_buffer_get_iter_at_offset (buffer, &start, 0);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, 5);
  gtk_text_buffer_select_range (buffer, &start, &end);
  g_assert_true (hw_drag_guard_is_on_marked (view, 3, 5));
  g_assert_false (hw_drag_guard_is_on_marked (view, gtk_widget_get_width (view) - 2, 5));
  g_assert_false (hw_drag_guard_is_on_marked (box, 3, 5));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/leaving/is-warned-of-once", test_once);
  ADD ("/leaving/marked-words-are-known", test_marked_words);
  return g_test_run ();
}
