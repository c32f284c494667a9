/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What comes of an opening: nothing where it was locked or hidden in the middle of it, nothing where the profile's file was
 * changed behind Homeward's back, and nobody else's account is lost by it.
 */
#include <adwaita.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>

#include "app/door/hw-dull-page.h"
#include "app/hw-window.h"
#include "hw-sample-case.h"
#include "hw-test-desktop.h"
#include "store/hw-db.h"
#include "sync/fake-server.h"

#define SERVER "http://127.0.0.1:9"
#define DIVINE_ID HW_SAMPLE_ID ("0d")
#define DIVINE_PASSWORD "the password of Divine"
#define SESSION                                                                                                        \
  "{\"token\":\"t0ken\",\"expires_at\":\"2026-12-01T00:00:00Z\",\"user\":{\"id\":\"" DIVINE_ID                         \
  "\",\"name\":\"Divine\",\"role\":\"caseworker\",\"office\":\"" HW_SAMPLE_OFFICE_ID "\"}}"

typedef struct
{
  HwDesktop  *desktop; /* Claire's, locked */
  char       *directory;
  FakeServer *server; /* that nothing is kept of */
} Fixture;

typedef struct
{
  gboolean done;
  HwDoor   door;
  GError  *error;
} Answer;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desktop = hw_test_desktop_new (HW_ROLE_CASEWORKER, NULL, &fixture->directory);
  fixture->server = fake_server_new ();
  hw_desktop_lock (fixture->desktop);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hw_test_desktop_free (fixture->desktop, fixture->directory);
  fake_server_free (fixture->server);
}

/* Another start of the program on the same folder. */
static void
start_again (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HwProfile) profile = NULL;
  g_autoptr (HwClock) clock = hw_clock_new_fixed (HW_SAMPLE_NOW_US);

  hw_desktop_lock (fixture->desktop);
  g_object_unref (fixture->desktop);
  profile = hw_profile_open (fixture->directory, &error);
  g_assert_no_error (error);
  fixture->desktop = hw_desktop_new (profile, clock);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  hw_desktop_unlock_finish (HW_DESKTOP (source), result, &answer->error);
  answer->done = TRUE;
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->door = hw_desktop_sign_in_finish (HW_DESKTOP (source), result, &answer->error);
  answer->done = TRUE;
}

static void
wait_for (Answer *answer)
{
  while (!answer->done)
    g_main_context_iteration (NULL, TRUE);
}

/* (transfer full) (nullable) */
static GError *
unlock (HwDesktop *desktop, const char *passphrase)
{
  Answer answer = { 0 };

  hw_desktop_unlock_async (desktop, passphrase, NULL, opened_cb, &answer);
  wait_for (&answer);
  return answer.error;
}

static void
opens (HwDesktop *desktop, const char *passphrase)
{
  g_autoptr (GError) error = unlock (desktop, passphrase);

  g_assert_no_error (error);
  g_assert_true (hw_desktop_is_unlocked (desktop));
}

/* ---- The profile's file ---- */

static char *
profile_path (Fixture *fixture)
{
  return g_build_filename (fixture->directory, "profile.ini", NULL);
}

static void
edit_account (Fixture *fixture, const char *key, const char *text)
{
  g_autofree char *path = profile_path (fixture);
  g_autofree char *group = g_strconcat ("vault ", hw_profile_vault (hw_desktop_profile (fixture->desktop)), NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL));
  g_assert_true (g_key_file_has_key (file, group, key, NULL));
  g_key_file_set_string (file, group, key, text);
  g_assert_true (g_key_file_save_to_file (file, path, NULL));
}

/* Told plainly, with nothing open and nobody spoken to; after that it is as it was. */
static void
is_refused_then_put_back (Fixture *fixture, const char *altered)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *asked = NULL;

  start_again (fixture);
  error = unlock (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE);
  g_assert_error (error, HW_STORE_ERROR, HW_STORE_ERROR_ALTERED);
  g_assert_nonnull (strstr (error->message, altered));
  g_assert_nonnull (strstr (error->message, SERVER));
  g_assert_false (hw_desktop_is_unlocked (fixture->desktop));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  asked = fake_server_log (fixture->server);
  g_assert_cmpstr (asked, ==, "");

  start_again (fixture);
  g_assert_cmpstr (hw_profile_server (hw_desktop_profile (fixture->desktop)), ==, SERVER);
  g_assert_cmpstr (hw_profile_username (hw_desktop_profile (fixture->desktop)), ==, "claire");
  opens (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE);
}

static void
test_altered_server (Fixture *fixture, gconstpointer data)
{
  edit_account (fixture, "server", fake_server_url (fixture->server));
  is_refused_then_put_back (fixture, fake_server_url (fixture->server));
}

static void
test_altered_user (Fixture *fixture, gconstpointer data)
{
  edit_account (fixture, "username", "divine");
  is_refused_then_put_back (fixture, "divine");
}

/* As an earlier version left it: its server is in the folder's name alone, and the file knows one account. */
static void
make_older (Fixture *fixture, const char *server)
{
  g_autofree char *path = profile_path (fixture);
  g_autofree char *directory = hw_profile_vault_directory (hw_desktop_profile (fixture->desktop));
  g_autofree char *sealed = g_strdup_printf ("[account]\nuser=%s\nname=Claire\nrole=caseworker\noffice=%s\n", HW_SAMPLE_USER_ID,
                                             HW_SAMPLE_OFFICE_ID);
  g_autofree char *text = g_strdup_printf ("[device]\nid=%s\n[account]\nserver=%s\nusername=claire\nvault=%s\n",
                                           hw_profile_device_id (hw_desktop_profile (fixture->desktop)), server,
                                           hw_profile_vault (hw_desktop_profile (fixture->desktop)));
  g_autoptr (GBytes) plain = g_bytes_new (sealed, strlen (sealed));
  g_autoptr (GError) error = NULL;
  g_autoptr (HwVault) vault = hw_vault_open (directory, HW_TEST_DESKTOP_PASSPHRASE, &error);

  g_assert_no_error (error);
  g_assert_true (hw_vault_seal (vault, "account", plain, &error));
  hw_vault_lock (vault);
  g_assert_true (g_file_set_contents (path, text, -1, &error));
  start_again (fixture);
}

static void
test_older_is_sealed (Fixture *fixture, gconstpointer data)
{
  make_older (fixture, SERVER);
  opens (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE);
  edit_account (fixture, "server", fake_server_url (fixture->server));
  is_refused_then_put_back (fixture, fake_server_url (fixture->server));
}

static void
test_older_that_contradicts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  make_older (fixture, "https://other.example");
  error = unlock (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE);
  g_assert_error (error, HW_STORE_ERROR, HW_STORE_ERROR_ALTERED);
  g_assert_false (hw_desktop_is_unlocked (fixture->desktop));
  /* Nor at the second try: nothing was sealed by the first. */
  g_clear_error (&error);
  error = unlock (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE);
  g_assert_error (error, HW_STORE_ERROR, HW_STORE_ERROR_ALTERED);
}

/* ---- Locked and hidden meanwhile ---- */

/* TRUE: some store of the account is open. */
static gboolean
is_held (Fixture *fixture)
{
  g_autofree char *directory = hw_profile_vault_directory (hw_desktop_profile (fixture->desktop));
  g_autofree char *path = g_build_filename (directory, "homeward.db.lock", NULL);
  int fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  gboolean held = fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0;

  if (fd >= 0)
    close (fd);
  return held;
}

static void
is_given_up (Fixture *fixture, Answer *answer)
{
  wait_for (answer);
  g_assert_error (answer->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&answer->error);
  g_assert_false (hw_desktop_is_unlocked (fixture->desktop));
  g_assert_null (hw_desktop_vault (fixture->desktop));
  g_assert_false (is_held (fixture));
}

static void
test_locked_at_once (Fixture *fixture, gconstpointer data)
{
  Answer answer = { 0 };

  hw_desktop_unlock_async (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE, NULL, opened_cb, &answer);
  hw_desktop_lock (fixture->desktop);
  is_given_up (fixture, &answer);
  opens (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE);
}

/* When the thread has the store already and only the telling is missing, or nearly. */
static void
test_locked_when_nearly_open (Fixture *fixture, gconstpointer data)
{
  Answer answer = { 0 };

  hw_desktop_unlock_async (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE, NULL, opened_cb, &answer);
  while (!is_held (fixture))
    g_thread_yield ();
  hw_desktop_lock (fixture->desktop);
  is_given_up (fixture, &answer);
  opens (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE);
}

/* Who tries again at once is not told that another Homeward holds the data. */
static void
test_opened_again_meanwhile (Fixture *fixture, gconstpointer data)
{
  Answer answer = { 0 };

  hw_desktop_unlock_async (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE, NULL, opened_cb, &answer);
  hw_desktop_lock (fixture->desktop);
  opens (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE);
  wait_for (&answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&answer.error);
  g_assert_true (hw_desktop_is_unlocked (fixture->desktop));
}

static void
test_wrong_passphrase_meanwhile (Fixture *fixture, gconstpointer data)
{
  Answer answer = { 0 };

  hw_desktop_unlock_async (fixture->desktop, "not hers at all", NULL, opened_cb, &answer);
  hw_desktop_lock (fixture->desktop);
  is_given_up (fixture, &answer);
}

static gboolean
looks_dull (GtkWidget *window)
{
  GtkStack *stack = GTK_STACK (gtk_widget_get_template_child (window, HW_TYPE_WINDOW, "stack"));

  return g_str_equal (gtk_stack_get_visible_child_name (stack), "hidden")
         && g_str_equal (gtk_window_get_title (GTK_WINDOW (window)), hw_dull_page_title ());
}

static void
test_hidden_meanwhile (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (hw_window_new (NULL, fixture->desktop));
  Answer answer = { 0 };

  gtk_window_present (GTK_WINDOW (window));
  hw_desktop_unlock_async (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE, NULL, opened_cb, &answer);
  gtk_widget_activate_action (window, "win.hide", NULL);
  is_given_up (fixture, &answer);
  g_assert_true (looks_dull (window));
  /* Nor does the next step of a first run come up, nor anything else that keys ask for. */
  g_signal_emit_by_name (gtk_widget_get_template_child (window, HW_TYPE_WINDOW, "unlock_page"), "choose");
  gtk_widget_activate_action (window, "win.show-shortcuts", NULL);
  gtk_widget_activate_action (window, "win.preferences", NULL);
  g_assert_true (looks_dull (window));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_window_get_toplevels ()), ==, 1);
  gtk_widget_activate_action (window, "win.hide", NULL);
  g_assert_false (looks_dull (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* ---- Signing in ---- */

static void
let_divine_in (Fixture *fixture)
{
  fake_server_add (fixture->server, "/v1/sessions", (FakeReply) { .status = 201, .body = SESSION });
}

static void
sign_in (Fixture *fixture, Answer *answer)
{
  hw_desktop_sign_in_async (fixture->desktop, fake_server_url (fixture->server), "divine", DIVINE_PASSWORD, NULL, NULL,
                            signed_in_cb, answer);
}

static void
test_locked_while_signing_in (Fixture *fixture, gconstpointer data)
{
  Answer answer = { 0 };

  let_divine_in (fixture);
  sign_in (fixture, &answer);
  hw_desktop_lock (fixture->desktop);
  is_given_up (fixture, &answer);
  g_assert_cmpint (answer.door, ==, HW_DOOR_CLOSED);
  g_assert_null (hw_desktop_signed_in_name (fixture->desktop));
  opens (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE);
}

static void
again_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  hw_desktop_sign_in_again_finish (HW_DESKTOP (source), result, &answer->error);
  answer->done = TRUE;
}

/* What one opening asked for is not given to the next. */
static void
test_opened_anew_while_signing_in_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = NULL;
  Answer answer = { 0 };

  opens (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE);
  hw_desktop_sign_in_again_async (fixture->desktop, "her password", again_cb, &answer);
  hw_desktop_lock (fixture->desktop);
  opens (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE);
  wait_for (&answer);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&answer.error);
  token = hw_store_get_setting (hw_desktop_store (fixture->desktop), "session.token");
  g_assert_null (token);
}

/* ---- Several accounts ---- */

static void
test_second_account (Fixture *fixture, gconstpointer data)
{
  HwProfile *profile = hw_desktop_profile (fixture->desktop);
  g_autofree char *claire = g_strdup (hw_profile_vault (profile));
  g_autoptr (GPtrArray) accounts = NULL;
  Answer answer = { 0 };

  let_divine_in (fixture);
  sign_in (fixture, &answer);
  wait_for (&answer);
  g_assert_no_error (answer.error);
  g_assert_cmpint (answer.door, ==, HW_DOOR_CHOOSE);
  /* She thinks better of it: the door is Claire's as before. */
  hw_desktop_forget_sign_in (fixture->desktop);
  g_assert_cmpstr (hw_profile_vault (profile), ==, claire);
  opens (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE);
  hw_desktop_lock (fixture->desktop);

  answer = (Answer) { 0 };
  sign_in (fixture, &answer);
  wait_for (&answer);
  answer.done = FALSE;
  hw_desktop_choose_passphrase_async (fixture->desktop, "words of Divine alone", opened_cb, &answer);
  wait_for (&answer);
  g_assert_no_error (answer.error);
  g_assert_cmpstr (hw_desktop_actor (fixture->desktop)->user, ==, DIVINE_ID);

  start_again (fixture);
  profile = hw_desktop_profile (fixture->desktop);
  g_assert_cmpstr (hw_profile_username (profile), ==, "divine");
  accounts = hw_profile_accounts (profile);
  g_assert_cmpuint (accounts->len, ==, 2);
  hw_profile_choose (profile, claire);
  opens (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE);
  g_assert_cmpstr (hw_desktop_actor (fixture->desktop)->user, ==, HW_SAMPLE_USER_ID);
  /* Hers is erased: the other's door stays. */
  g_assert_true (hw_desktop_wipe (fixture->desktop, "because", NULL));
  g_assert_cmpstr (hw_profile_username (profile), ==, "divine");
  opens (fixture->desktop, "words of Divine alone");
}

/* Her data is here and has words of its own: before they are typed, the door is still Claire's. */
static void
test_second_account_before_its_passphrase (Fixture *fixture, gconstpointer data)
{
  Answer answer = { 0 };

  let_divine_in (fixture);
  sign_in (fixture, &answer);
  wait_for (&answer);
  answer.done = FALSE;
  hw_desktop_choose_passphrase_async (fixture->desktop, "words of Divine alone", opened_cb, &answer);
  wait_for (&answer);
  hw_desktop_lock (fixture->desktop);
  hw_profile_choose (hw_desktop_profile (fixture->desktop), NULL);
  g_assert_cmpstr (hw_profile_username (hw_desktop_profile (fixture->desktop)), ==, "divine");
  sign_in (fixture, &answer);
  answer.done = FALSE;
  wait_for (&answer);
  g_assert_cmpint (answer.door, ==, HW_DOOR_PASSPHRASE);
  opens (fixture->desktop, "words of Divine alone");
  g_assert_cmpstr (hw_profile_server (hw_desktop_profile (fixture->desktop)), ==, fake_server_url (fixture->server));
}

/* What cannot be opened bars itself, and is told of. */
static void
test_broken_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *broken = g_build_filename (fixture->directory, "accounts", "0f", NULL);
  g_autofree char *database = g_build_filename (broken, "homeward.db", NULL);

  g_assert_cmpint (g_mkdir (broken, 0700), ==, 0);
  g_assert_true (g_file_set_contents (database, "whose key is gone", -1, NULL));
  start_again (fixture);
  g_assert_nonnull (strstr (hw_profile_trouble (hw_desktop_profile (fixture->desktop)), broken));
  opens (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/openings/altered-server-is-told-nothing", test_altered_server);
  ADD ("/openings/altered-user-is-refused", test_altered_user);
  ADD ("/openings/older-account-is-sealed-when-it-opens", test_older_is_sealed);
  ADD ("/openings/older-account-of-another-folder-is-refused", test_older_that_contradicts);
  ADD ("/openings/locked-at-once-stays-locked", test_locked_at_once);
  ADD ("/openings/locked-when-nearly-open-stays-locked", test_locked_when_nearly_open);
  ADD ("/openings/another-may-begin-before-it-is-over", test_opened_again_meanwhile);
  ADD ("/openings/wrong-passphrase-is-not-told-after-a-lock", test_wrong_passphrase_meanwhile);
  ADD ("/openings/hidden-stays-hidden", test_hidden_meanwhile);
  ADD ("/openings/sign-in-is-given-up-by-a-lock", test_locked_while_signing_in);
  ADD ("/openings/signing-in-again-is-for-its-own-opening", test_opened_anew_while_signing_in_again);
  ADD ("/openings/second-account-leaves-the-first-its-door", test_second_account);
  ADD ("/openings/second-account-needs-its-own-passphrase", test_second_account_before_its_passphrase);
  ADD ("/openings/broken-folder-bars-itself-alone", test_broken_folder);
  return g_test_run ();
}
