/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Windows over windows: what is asked is answered once, and no window outlives what it stands over in a way that ends
 * the program.
 */
#include <adwaita.h>

#include "app/hw-compat.h"

typedef struct
{
  GtkWindow *window; /* (nullable) once it is gone */
  AdwMessageDialog *question;
  gboolean answered, answer;
} Asking;

/* (nullable) (transfer none) */
static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* (transfer full): held like the pointer that rests on it holds it. */
static AdwMessageDialog *
hold_question (void)
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
  Asking *asking = data;

  asking->answered = TRUE;
  asking->answer = hw_compat_confirm_finish (result, NULL);
  if (asking->question != NULL)
    {
      g_assert_null (g_signal_get_invocation_hint (asking->question));
      g_assert_false (gtk_widget_get_realized (GTK_WIDGET (asking->question)));
    }
  if (asking->answer)
    gtk_window_destroy (asking->window);
}

static void
begin (Asking *asking)
{
  asking->window = GTK_WINDOW (gtk_window_new ());
  g_object_add_weak_pointer (G_OBJECT (asking->window), (gpointer *)&asking->window);
  gtk_window_present (asking->window);
  hw_compat_confirm_async (
    GTK_WIDGET (asking->window), "Leave?", "", "_Leave", TRUE, NULL, answered_cb, asking);
  asking->question = hold_question ();
  g_assert_nonnull (asking->question);
}

static void
wait_for_answer (Asking *asking)
{
  while (!asking->answered)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The window goes with the answer, and the question, which the pointer still held, after it. */
static void
test_answer_may_destroy_the_window (void)
{
  Asking asking = { 0 };

  begin (&asking);
  g_signal_emit_by_name (find_button (GTK_WIDGET (asking.question), "_Leave"), "clicked");
  wait_for_answer (&asking);
  g_assert_true (asking.answer);
  g_assert_null (asking.window);
  g_object_unref (asking.question);
}

static void
test_window_takes_its_question_along (void)
{
  Asking asking = { 0 };

  begin (&asking);
  gtk_window_destroy (asking.window);
  wait_for_answer (&asking);
  g_assert_false (asking.answer);
  g_assert_null (asking.window);
  g_object_unref (asking.question);
  g_assert_null (hold_question ());
}

static void
test_closing_means_no (void)
{
  Asking asking = { 0 };

  begin (&asking);
  gtk_window_close (GTK_WINDOW (asking.question));
  wait_for_answer (&asking);
  g_assert_false (asking.answer);
  g_object_unref (asking.question);
  gtk_window_destroy (asking.window);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/question/answer-may-destroy-the-window", test_answer_may_destroy_the_window);
  g_test_add_func ("/question/window-takes-its-question-along", test_window_takes_its_question_along);
  g_test_add_func ("/question/closing-means-no", test_closing_means_no);
  return g_test_run ();
}
