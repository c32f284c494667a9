/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Remembered on this computer: off unless it is wished; used by a start of the program alone; closed by every lock, even
 * for a program that is started anew; gone with what it opened; and a computer without a keyring loses nothing.
 */
#include <gtk/gtk.h>
#include <libsecret/secret.h>

#include "app/hw-unlock-page.h"
#include "hw-sample-case.h"
#include "hw-test-desktop.h"
#include "support/hw-test-folder.h"
#include "support/hw-test-keyring.h"

typedef struct
{
  HwDesktop     *desktop;
  char          *directory;
  HwTestKeyring *keyring;
} Fixture;

typedef struct
{
  gboolean done, ok;
  GError  *error;
} Answer;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->keyring = hw_test_keyring_new (data == NULL);
  fixture->desktop = hw_test_desktop_new (HW_ROLE_CASEWORKER, NULL, &fixture->directory);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hw_desktop_lock (fixture->desktop);
  /* What is still on its way to the keyring holds the desktop. */
  while (G_OBJECT (fixture->desktop)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  hw_test_desktop_free (fixture->desktop, fixture->directory);
  hw_test_keyring_free (fixture->keyring);
  secret_service_disconnect ();
}

static void
remembered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->ok = hw_desktop_remember_finish (HW_DESKTOP (source), result, &answer->error);
  answer->done = TRUE;
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->ok = hw_desktop_unlock_finish (HW_DESKTOP (source), result, &answer->error);
  answer->done = TRUE;
}

static void
wait_for_answer (Answer *answer)
{
  while (!answer->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
remember (HwDesktop *desktop, gboolean wanted)
{
  Answer answer = { 0 };

  hw_desktop_remember_async (desktop, wanted, remembered_cb, &answer);
  wait_for_answer (&answer);
  g_assert_no_error (answer.error);
  g_assert_true (hw_desktop_is_remembered (desktop) == wanted);
}

static gboolean
has_secret (HwDesktop *desktop)
{
  g_autofree char *folder = hw_profile_vault_directory (hw_desktop_profile (desktop));

  return hw_vault_has_secret (folder);
}

/* The program is left and started again. */
static void
start_again (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwProfile) profile = NULL;
  g_autoptr (HwClock) clock = hw_clock_new_fixed (HW_SAMPLE_NOW_US);

  hw_desktop_close (fixture->desktop);
  g_object_unref (fixture->desktop);
  profile = hw_profile_open (fixture->directory, &error);
  g_assert_no_error (error);
  fixture->desktop = hw_desktop_new (profile, clock);
}

static gboolean
opens_remembered (Fixture *fixture, GError **error)
{
  Answer answer = { 0 };

  hw_desktop_unlock_remembered_async (fixture->desktop, NULL, unlocked_cb, &answer);
  wait_for_answer (&answer);
  if (answer.error != NULL)
    g_propagate_error (error, answer.error);
  g_assert_true (hw_desktop_is_unlocked (fixture->desktop) == answer.ok);
  return answer.ok;
}

static void
test_off (Fixture *fixture, gconstpointer data)
{
  g_assert_false (hw_desktop_is_remembered (fixture->desktop));
  g_assert_false (has_secret (fixture->desktop));
  start_again (fixture);
  g_assert_false (hw_desktop_may_open_remembered (fixture->desktop));
  hw_test_desktop_unlock (fixture->desktop);
  g_assert_cmpuint (hw_test_keyring_n_items (fixture->keyring), ==, 0);
  g_assert_cmpuint (hw_test_keyring_n_searches (fixture->keyring), ==, 0);
}

static void
test_start (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *told = NULL;

  remember (fixture->desktop, TRUE);
  told = hw_test_keyring_attribute (fixture->keyring, "vault");
  g_assert_true (g_str_equal (hw_profile_vault (hw_desktop_profile (fixture->desktop)), told));
  for (guint i = 0; i < 2; i++)
    {
      start_again (fixture);
      g_assert_true (hw_desktop_may_open_remembered (fixture->desktop));
      g_assert_true (opens_remembered (fixture, &error));
      g_assert_cmpstr (hw_desktop_actor (fixture->desktop)->name, ==, "Claire");
      g_assert_false (hw_desktop_may_open_remembered (fixture->desktop));
      g_assert_true (hw_desktop_is_remembered (fixture->desktop));
    }
}

static void
test_lock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  remember (fixture->desktop, TRUE);
  g_assert_true (has_secret (fixture->desktop));
  hw_desktop_lock (fixture->desktop);
  g_assert_false (hw_desktop_may_open_remembered (fixture->desktop));
  g_assert_false (has_secret (fixture->desktop));
  /* Killing it and starting it anew is no way round. */
  start_again (fixture);
  g_assert_false (hw_desktop_may_open_remembered (fixture->desktop));
  /* The passphrase opens, and what was wished holds again. */
  hw_test_desktop_unlock (fixture->desktop);
  while (!has_secret (fixture->desktop))
    g_main_context_iteration (NULL, TRUE);
  start_again (fixture);
  g_assert_true (opens_remembered (fixture, &error));
  g_assert_cmpuint (hw_test_keyring_n_items (fixture->keyring), ==, 1);
}

/* Locked before anybody opened it: then somebody is away. */
static void
test_locked_door (Fixture *fixture, gconstpointer data)
{
  remember (fixture->desktop, TRUE);
  start_again (fixture);
  hw_desktop_lock (fixture->desktop);
  g_assert_false (hw_desktop_may_open_remembered (fixture->desktop));
}

/* While the keyring was opening it: what it has opens nothing after that. */
static void
test_locked_meanwhile (Fixture *fixture, gconstpointer data)
{
  Answer answer = { 0 };

  remember (fixture->desktop, TRUE);
  start_again (fixture);
  hw_desktop_unlock_remembered_async (fixture->desktop, NULL, unlocked_cb, &answer);
  hw_desktop_lock (fixture->desktop);
  wait_for_answer (&answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&answer.error);
  g_assert_false (hw_desktop_is_unlocked (fixture->desktop));
  g_assert_false (has_secret (fixture->desktop));
  hw_test_desktop_unlock (fixture->desktop);
}

static void
test_forget (Fixture *fixture, gconstpointer data)
{
  remember (fixture->desktop, TRUE);
  remember (fixture->desktop, FALSE);
  g_assert_cmpuint (hw_test_keyring_n_items (fixture->keyring), ==, 0);
  g_assert_false (has_secret (fixture->desktop));
  start_again (fixture);
  g_assert_false (hw_desktop_may_open_remembered (fixture->desktop));
  hw_test_desktop_unlock (fixture->desktop);
}

static void
test_wipe (Fixture *fixture, gconstpointer data)
{
  remember (fixture->desktop, TRUE);
  g_assert_true (hw_desktop_wipe (fixture->desktop, "because", NULL));
  while (hw_test_keyring_n_items (fixture->keyring) != 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (hw_desktop_may_open_remembered (fixture->desktop));
}

/* Started over at the door, by somebody who forgot the passphrase. */
static void
test_wipe_at_the_door (Fixture *fixture, gconstpointer data)
{
  remember (fixture->desktop, TRUE);
  start_again (fixture);
  g_assert_true (hw_desktop_wipe (fixture->desktop, "because", NULL));
  while (hw_test_keyring_n_items (fixture->keyring) != 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_accounts_apart (Fixture *fixture, gconstpointer data)
{
  char *other_directory;
  HwDesktop *other = hw_test_desktop_new (HW_ROLE_CASEWORKER, NULL, &other_directory);

  remember (fixture->desktop, TRUE);
  remember (other, TRUE);
  g_assert_cmpuint (hw_test_keyring_n_items (fixture->keyring), ==, 2);
  remember (other, FALSE);
  g_assert_cmpuint (hw_test_keyring_n_items (fixture->keyring), ==, 1);
  start_again (fixture);
  g_assert_true (opens_remembered (fixture, NULL));
  hw_test_desktop_free (other, other_directory);
}

static void
test_spoilt (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  remember (fixture->desktop, TRUE);
  start_again (fixture);
  hw_test_keyring_spoil (fixture->keyring);
  g_assert_false (opens_remembered (fixture, &error));
  g_assert_error (error, HW_VAULT_ERROR, HW_VAULT_ERROR_PASSPHRASE);
  hw_test_desktop_unlock (fixture->desktop);
}

/* ---- No keyring ---- */

static void
test_none (Fixture *fixture, gconstpointer data)
{
  Answer answer = { 0 };

  hw_desktop_remember_async (fixture->desktop, TRUE, remembered_cb, &answer);
  wait_for_answer (&answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_true (g_str_has_prefix (answer.error->message, "This computer has no keyring that answers."));
  g_clear_error (&answer.error);
  g_assert_false (hw_desktop_is_remembered (fixture->desktop));
  g_assert_false (has_secret (fixture->desktop));
  hw_desktop_lock (fixture->desktop);
  hw_test_desktop_unlock (fixture->desktop);
}

/* ---- At the door ---- */

static HwUnlockPage *
show_door (Fixture *fixture, GtkWidget **window)
{
  HwUnlockPage *page = g_object_new (HW_TYPE_UNLOCK_PAGE, NULL);

  *window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (*window), GTK_WIDGET (page));
  gtk_window_present (GTK_WINDOW (*window));
  hw_unlock_page_set_desktop (page, fixture->desktop);
  hw_unlock_page_suggest (page, NULL, NULL, FALSE);
  return page;
}

static void
test_door_opens (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;

  remember (fixture->desktop, TRUE);
  start_again (fixture);
  show_door (fixture, &window);
  while (!hw_desktop_is_unlocked (fixture->desktop))
    g_main_context_iteration (NULL, TRUE);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
shows (GtkWidget *root, const char *words)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (shows (child, words))
      return TRUE;
  return FALSE;
}

/* The keyring went away since: the door says so and takes the passphrase. */
static void
test_door_says_why (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;

  remember (fixture->desktop, TRUE);
  start_again (fixture);
  hw_test_keyring_free (fixture->keyring);
  secret_service_disconnect ();
  fixture->keyring = hw_test_keyring_new (FALSE);
  show_door (fixture, &window);
  while (!shows (window, "no keyring that answers"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (hw_desktop_is_unlocked (fixture->desktop));
  hw_test_desktop_unlock (fixture->desktop);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/remember/off-unless-wished", test_off);
  ADD ("/remember/a-start-of-the-program-may-use-it", test_start);
  ADD ("/remember/a-lock-asks-for-the-passphrase-even-after-a-start", test_lock);
  ADD ("/remember/a-lock-at-the-door-asks-too", test_locked_door);
  ADD ("/remember/a-lock-while-it-opens-asks-too", test_locked_meanwhile);
  ADD ("/remember/taken-back", test_forget);
  ADD ("/remember/gone-with-a-wipe", test_wipe);
  ADD ("/remember/gone-with-starting-over", test_wipe_at_the_door);
  ADD ("/remember/accounts-are-apart", test_accounts_apart);
  ADD ("/remember/a-wrong-secret-opens-nothing", test_spoilt);
  ADD ("/remember/door/opens-by-itself", test_door_opens);
  ADD ("/remember/door/says-why-it-does-not", test_door_says_why);
  g_test_add ("/remember/no-keyring-is-said-and-breaks-nothing", Fixture, GINT_TO_POINTER (1), set_up, test_none, tear_down);
  return g_test_run ();
}
