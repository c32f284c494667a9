/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Windows over windows: what is asked is answered once, no window outlives what it stands over in a way that ends the
 * program, and none stays open over a locked desktop.
 */
#include <adwaita.h>

#include "app/hw-compat.h"
#include "app/hw-window-guard.h"
#include "app/hw-window.h"
#include "app/door/hw-recovery-card.h"
#include "hw-test-desktop.h"
#include "support/hw-test-folder.h"

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

/* ---- Locking ---- */

typedef struct
{
  char *directory;
  HwDesktop *desktop;
  GtkWindow *main_window;
  HwWindowGuard *guard;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desktop = hw_test_desktop_new (HW_ROLE_CASEWORKER, NULL, &fixture->directory);
  fixture->main_window = GTK_WINDOW (gtk_window_new ());
  fixture->guard = hw_window_guard_new (fixture->desktop, fixture->main_window);
  gtk_window_present (fixture->main_window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->guard);
  gtk_window_destroy (fixture->main_window);
  hw_test_desktop_free (fixture->desktop, fixture->directory);
}

static guint
count_shown (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      n += gtk_widget_get_visible (window);
    }
  return n;
}

static GtkWidget *
open_over (GtkWindow *parent)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean *chosen = data;

  g_assert_null (hw_compat_file_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *chosen = TRUE;
}

static void
test_lock_takes_every_window_along (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = open_over (fixture->main_window);
  Asking asking = { 0 };
  gboolean chosen = FALSE, chosen_over_dialog = FALSE;

  hw_compat_confirm_async (dialog, "Leave?", "", "_Leave", TRUE, NULL, answered_cb, &asking);
  hw_compat_save_file_async (
    GTK_WIDGET (fixture->main_window), "Save", "statement.pdf", NULL, chosen_cb, &chosen);
  hw_compat_save_file_async (dialog, "Save", "statement.pdf", NULL, chosen_cb, &chosen_over_dialog);
  hw_compat_tell (GTK_WIDGET (fixture->main_window), "Not saved", "");
  g_assert_cmpuint (count_shown (), ==, 6);
  hw_desktop_lock (fixture->desktop);
  g_assert_cmpuint (count_shown (), ==, 1);
  while (!asking.answered || !chosen || !chosen_over_dialog)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (asking.answer);
}

/* ---- Printing ---- */

#define OLDER_COPY \
  "An older copy of what this laptop keeps was put back. What the office has is fetched anew; what was written here since " \
  "that copy and not yet sent is gone. If nobody put it back on purpose, tell your administrator."
#define NO_PREVIEW \
  "There is no preview: it would leave the code in a file on this computer. Nothing was printed yet."

static gboolean
shows (GtkWidget *root, const char *words)
{
  if (GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_text (GTK_LABEL (root)), words))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, words))
      return TRUE;
  return FALSE;
}

static GtkWindow *
find_toplevel (const char *type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_str_equal (G_OBJECT_TYPE_NAME (window), type) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static guint
count_files (void)
{
  g_autoptr (GDir) files = g_dir_open (g_get_tmp_dir (), 0, NULL);
  guint n = 0;

  while (g_dir_read_name (files) != NULL)
    n++;
  return n;
}

/* A recovery code on screen, and the printer's dialog over it. (transfer none) */
static GtkWindow *
begin_printing (Fixture *fixture, HwRecoveryCard **card)
{
  GtkWindow *printer;

  *card = g_object_new (HW_TYPE_RECOVERY_CARD, NULL);
  gtk_window_set_child (fixture->main_window, GTK_WIDGET (*card));
  hw_recovery_card_begin (*card, fixture->desktop);
  gtk_widget_activate (find_button (GTK_WIDGET (*card), "_Print…"));
  while ((printer = find_toplevel ("GtkPrintUnixDialog")) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return printer;
}

static void
test_lock_ends_printing (Fixture *fixture, gconstpointer data)
{
  HwRecoveryCard *card;
  GtkWindow *printer = begin_printing (fixture, &card);
  guint before = count_files ();

  g_object_add_weak_pointer (G_OBJECT (printer), (gpointer *) &printer);
  hw_desktop_lock (fixture->desktop);
  g_assert_cmpuint (count_shown (), ==, 1);
  while (printer != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_files (), ==, before);
}

static void
test_preview_leaves_no_file (Fixture *fixture, gconstpointer data)
{
  HwRecoveryCard *card;
  GtkWindow *printer = begin_printing (fixture, &card);
  guint before = count_files ();

  g_object_add_weak_pointer (G_OBJECT (printer), (gpointer *) &printer);
  gtk_widget_activate (find_button (GTK_WIDGET (printer), "Pre_view"));
  while (printer != NULL)
    g_main_context_iteration (NULL, TRUE);
  while (!shows (GTK_WIDGET (card), NO_PREVIEW))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (count_files (), ==, before);
  g_assert_true (hw_desktop_is_unlocked (fixture->desktop));
}

/* An answer from the store or the server that comes after the lock. */
static void
test_nothing_is_asked_over_the_lock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkWidget) gone = g_object_ref_sink (gtk_label_new ("A row that went with the lock"));
  Asking asking = { 0 };
  gboolean chosen = FALSE;

  hw_desktop_lock (fixture->desktop);
  g_assert_cmpuint (count_shown (), ==, 1);
  hw_compat_confirm_async (
    GTK_WIDGET (fixture->main_window), "Leave?", "", "_Leave", TRUE, NULL, answered_cb, &asking);
  g_assert_cmpuint (count_shown (), ==, 1);
  hw_compat_tell (GTK_WIDGET (fixture->main_window), "Not saved", "");
  hw_compat_tell (gone, "Not saved", "");
  hw_compat_save_file_async (gone, "Save", "statement.pdf", NULL, chosen_cb, &chosen);
  open_over (fixture->main_window);
  g_assert_cmpuint (count_shown (), ==, 1);
  while (!asking.answered || !chosen)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (asking.answer);
  /* What is of the door stays, and afterwards everything is as before. */
  hw_compat_tell_at_the_door ("Not erased entirely", "");
  g_assert_cmpuint (count_shown (), ==, 2);
  hw_test_desktop_unlock (fixture->desktop);
  gtk_window_destroy (GTK_WINDOW (open_over (fixture->main_window)));
  open_over (fixture->main_window);
  g_assert_cmpuint (count_shown (), ==, 3);
  hw_desktop_lock (fixture->desktop);
  g_assert_cmpuint (count_shown (), ==, 1);
}

/* As the key does it, once it has reached the window. */
static gboolean
press_ctrl_l (GtkWidget *window)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (window);
  g_autoptr (GtkShortcutTrigger) keys = gtk_keyval_trigger_new (GDK_KEY_l, GDK_CONTROL_MASK);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller)
                        && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), keys))
            return gtk_shortcut_action_activate (
              gtk_shortcut_get_action (shortcut), 0, window, NULL);
        }
    }
  return FALSE;
}

static void
test_ctrl_l_locks_in_any_window (Fixture *fixture, gconstpointer data)
{
  GtkWidget *question;

  g_assert_true (press_ctrl_l (open_over (fixture->main_window)));
  g_assert_false (hw_desktop_is_unlocked (fixture->desktop));
  g_assert_cmpuint (count_shown (), ==, 1);
  hw_test_desktop_unlock (fixture->desktop);
  hw_compat_tell (GTK_WIDGET (fixture->main_window), "Not saved", "");
  question = GTK_WIDGET (hold_question ());
  g_assert_true (press_ctrl_l (question));
  g_object_unref (question);
  g_assert_false (hw_desktop_is_unlocked (fixture->desktop));
  g_assert_cmpuint (count_shown (), ==, 1);
  /* Nothing to lock: the key is left to whom it belongs. */
  g_assert_false (press_ctrl_l (GTK_WIDGET (fixture->main_window)));
}

/* What is said may hold a name, and a name an ampersand: it is shown, and nothing of it goes to the log. */
static void
test_window_says_words_as_they_are (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (hw_window_new (NULL, fixture->desktop));

  gtk_window_present (GTK_WINDOW (window));
  hw_desktop_say (fixture->desktop, "“Rani & <Sons>” was refused");
  g_assert_true (shows (window, "“Rani & <Sons>” was refused"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* It stays over a lock, until somebody has read it. */
static void
test_older_copy_is_told (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;

  g_clear_object (&fixture->guard); /* the window that is locked has its own */
  g_assert_true (hw_store_begin_anew (hw_desktop_store (fixture->desktop), 5, NULL));
  hw_desktop_lock (fixture->desktop);
  window = GTK_WIDGET (hw_window_new (NULL, fixture->desktop));
  gtk_window_present (GTK_WINDOW (window));
  hw_test_desktop_unlock (fixture->desktop);
  g_assert_true (shows (window, OLDER_COPY));
  gtk_widget_activate (find_button (window, "Understood"));
  while (hw_store_was_older (hw_desktop_store (fixture->desktop)))
    g_main_context_iteration (NULL, TRUE);
  gtk_window_destroy (GTK_WINDOW (window));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  char directory[] = "/tmp/homeward-test-XXXXXX";
  int failed;

  /* A temporary folder of its own, in which every file is of this program. */
  g_assert_nonnull (g_mkdtemp (directory));
  g_setenv ("TMPDIR", directory, TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/question/answer-may-destroy-the-window", test_answer_may_destroy_the_window);
  g_test_add_func ("/question/window-takes-its-question-along", test_window_takes_its_question_along);
  g_test_add_func ("/question/closing-means-no", test_closing_means_no);
  ADD ("/lock/takes-every-window-along", test_lock_takes_every_window_along);
  ADD ("/lock/ends-printing-and-leaves-no-file", test_lock_ends_printing);
  ADD ("/print/preview-of-a-recovery-code-leaves-no-file", test_preview_leaves_no_file);
  ADD ("/lock/nothing-is-asked-over-it", test_nothing_is_asked_over_the_lock);
  ADD ("/lock/ctrl-l-locks-in-any-window", test_ctrl_l_locks_in_any_window);
  ADD ("/window/an-older-copy-is-told-until-it-is-read", test_older_copy_is_told);
  ADD ("/window/says-words-as-they-are", test_window_says_words_as_they_are);
  failed = g_test_run ();
  hw_test_folder_remove (directory);
  return failed;
}
