/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The ways in and out of one account: how strong a passphrase is said to be, the recovery code, a changed passphrase, what
 * locks it, and a wipe.
 */
#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>
#include <gtk/gtk.h>

#include "app/door/hw-clipboard-guard.h"
#include "app/door/hw-lock-watch.h"
#include "app/door/hw-private-typing.h"
#include "app/door/hw-passphrase-strength.h"
#include "hw-sample-case.h"
#include "hw-test-desktop.h"

#define NEW_PASSPHRASE "river lamp goat seven"

typedef struct
{
  HwDesktop *desktop;
  char      *directory;
} Fixture;

typedef struct
{
  gboolean done;
  GError  *error;
} Answer;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->desktop = hw_test_desktop_new (HW_ROLE_CASEWORKER, NULL, &fixture->directory);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  hw_test_desktop_free (fixture->desktop, fixture->directory);
}

static void
wait_for_answer (Answer *answer)
{
  while (!answer->done)
    g_main_context_iteration (NULL, TRUE);
  answer->done = FALSE;
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  hw_desktop_unlock_finish (HW_DESKTOP (source), result, &answer->error);
  answer->done = TRUE;
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  hw_desktop_change_passphrase_finish (HW_DESKTOP (source), result, &answer->error);
  answer->done = TRUE;
}

static void
opens_with (Fixture *fixture, const char *passphrase, gboolean expected)
{
  Answer answer = { 0 };

  hw_desktop_lock (fixture->desktop);
  hw_desktop_unlock_async (fixture->desktop, passphrase, NULL, unlocked_cb, &answer);
  wait_for_answer (&answer);
  if (expected)
    g_assert_no_error (answer.error);
  else
    g_assert_error (answer.error, HW_SYNC_ERROR, HW_SYNC_ERROR_CREDENTIALS);
  g_clear_error (&answer.error);
  g_assert_true (hw_desktop_is_unlocked (fixture->desktop) == expected);
}

/* ---- Strength ---- */

static void
test_strength (void)
{
  const char *const known[] = { "marie-claire.nshimirimana", NULL };

  g_assert_cmpint (hw_passphrase_strength ("", NULL), ==, HW_STRENGTH_NONE);
  g_assert_cmpint (hw_passphrase_strength ("x7$kQ!9z", NULL), ==, HW_STRENGTH_SHORT);
  g_assert_cmpint (hw_passphrase_strength ("aaaaaaaaaaaaaaaa", NULL), ==, HW_STRENGTH_WEAK);
  g_assert_cmpint (hw_passphrase_strength ("qwertyuiopasdf", NULL), ==, HW_STRENGTH_WEAK);
  g_assert_cmpint (hw_passphrase_strength ("password12345678", NULL), ==, HW_STRENGTH_WEAK);
  g_assert_cmpint (hw_passphrase_strength ("correct horse battery staple", NULL), ==, HW_STRENGTH_STRONG);
  g_assert_true (hw_strength_is_enough (hw_passphrase_strength ("marie-claire.nshimirimana", NULL)));
  g_assert_cmpint (hw_passphrase_strength ("marie-claire.nshimirimana", known), ==, HW_STRENGTH_WEAK);
}

static void
test_strength_of_length (void)
{
  g_autofree char *longest = g_strnfill (100000, 'a');

  g_assert_cmpint (hw_passphrase_strength (longest, NULL), ==, HW_STRENGTH_WEAK);
  g_assert_false (hw_strength_is_enough (HW_STRENGTH_SHORT));
  g_assert_true (hw_strength_is_enough (HW_STRENGTH_FAIR));
}

/* ---- The recovery code ---- */

static void
test_recovery (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  char *code = hw_desktop_renew_recovery_code (fixture->desktop, &error);
  Answer answer = { 0 };

  g_assert_no_error (error);
  g_assert_false (hw_desktop_has_recovery_code (fixture->desktop));
  g_assert_true (hw_desktop_confirm_recovery_code (fixture->desktop, &error));
  g_assert_true (hw_desktop_has_recovery_code (fixture->desktop));
  hw_desktop_lock (fixture->desktop);

  hw_desktop_recover_async (fixture->desktop, code, NEW_PASSPHRASE, unlocked_cb, &answer);
  wait_for_answer (&answer);
  g_assert_no_error (answer.error);
  g_assert_true (hw_desktop_is_unlocked (fixture->desktop));
  opens_with (fixture, HW_TEST_DESKTOP_PASSPHRASE, FALSE);
  opens_with (fixture, NEW_PASSPHRASE, TRUE);
  hw_vault_forget_text (code);
}

static void
test_former_code (Fixture *fixture, gconstpointer data)
{
  char *former = hw_desktop_renew_recovery_code (fixture->desktop, NULL);
  Answer answer = { 0 };

  hw_vault_forget_text (hw_desktop_renew_recovery_code (fixture->desktop, NULL));
  hw_desktop_lock (fixture->desktop);
  hw_desktop_recover_async (fixture->desktop, former, NEW_PASSPHRASE, unlocked_cb, &answer);
  wait_for_answer (&answer);
  g_assert_error (answer.error, HW_SYNC_ERROR, HW_SYNC_ERROR_CREDENTIALS);
  g_clear_error (&answer.error);
  g_assert_false (hw_desktop_is_unlocked (fixture->desktop));
  opens_with (fixture, NEW_PASSPHRASE, FALSE);
  opens_with (fixture, HW_TEST_DESKTOP_PASSPHRASE, TRUE);
  hw_vault_forget_text (former);
}

/* ---- Another passphrase ---- */

static void
test_change (Fixture *fixture, gconstpointer data)
{
  Answer answer = { 0 };

  hw_desktop_change_passphrase_async (fixture->desktop, "not the old one", NEW_PASSPHRASE, changed_cb, &answer);
  wait_for_answer (&answer);
  g_assert_error (answer.error, HW_VAULT_ERROR, HW_VAULT_ERROR_PASSPHRASE);
  g_clear_error (&answer.error);
  opens_with (fixture, HW_TEST_DESKTOP_PASSPHRASE, TRUE);

  hw_desktop_change_passphrase_async (fixture->desktop, HW_TEST_DESKTOP_PASSPHRASE, NEW_PASSPHRASE, changed_cb, &answer);
  wait_for_answer (&answer);
  g_assert_no_error (answer.error);
  opens_with (fixture, HW_TEST_DESKTOP_PASSPHRASE, FALSE);
  opens_with (fixture, NEW_PASSPHRASE, TRUE);
}

/* ---- Locking by itself ---- */

static void
test_idle (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwClock) clock = hw_clock_new_fixed (0);
  g_autoptr (HwLockWatch) watch = hw_lock_watch_new (fixture->desktop, clock);
  gint64 limit_us = hw_desktop_lock_minutes (fixture->desktop) * G_TIME_SPAN_MINUTE;

  g_assert_cmpint (limit_us, >, 0);
  hw_clock_set (clock, limit_us - 1);
  hw_lock_watch_check (watch);
  g_assert_true (hw_desktop_is_unlocked (fixture->desktop));
  hw_lock_watch_touch (watch);
  hw_clock_set (clock, 2 * limit_us - 2);
  hw_lock_watch_check (watch);
  g_assert_true (hw_desktop_is_unlocked (fixture->desktop));
  hw_clock_set (clock, 2 * limit_us - 1);
  hw_lock_watch_check (watch);
  g_assert_false (hw_desktop_is_unlocked (fixture->desktop));
}

/* Asleep all night, and the timer with it: the first movement of the mouse is too late. */
static void
test_idle_asleep (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwClock) clock = hw_clock_new_fixed (0);
  g_autoptr (HwLockWatch) watch = hw_lock_watch_new (fixture->desktop, clock);

  hw_clock_set (clock, 9 * G_TIME_SPAN_HOUR);
  hw_lock_watch_touch (watch);
  g_assert_false (hw_desktop_is_unlocked (fixture->desktop));
  hw_test_desktop_unlock (fixture->desktop);
  hw_lock_watch_touch (watch);
  g_assert_true (hw_desktop_is_unlocked (fixture->desktop));
}

static void
test_idle_clock_set_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwClock) clock = hw_clock_new_fixed (G_TIME_SPAN_DAY);
  g_autoptr (HwLockWatch) watch = hw_lock_watch_new (fixture->desktop, clock);

  hw_clock_set (clock, 0);
  hw_lock_watch_check (watch);
  g_assert_false (hw_desktop_is_unlocked (fixture->desktop));
}

/* ---- A bus on which this test stands for logind and the screen saver ---- */

static const char logind_xml[]
  = "<node><interface name='org.freedesktop.login1.Manager'>"
    "<method name='Inhibit'><arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='h' direction='out'/></method>"
    "<method name='GetSessionByPID'><arg type='u' direction='in'/><arg type='o' direction='out'/></method>"
    "<method name='GetUser'><arg type='u' direction='in'/><arg type='o' direction='out'/></method>"
    "</interface>"
    "<interface name='org.freedesktop.login1.User'><property name='Display' type='(so)' access='read'/></interface></node>";

#define OURS "/org/freedesktop/login1/session/ours"
#define OUR_USER "/org/freedesktop/login1/user/_1000"

typedef struct
{
  GDBusConnection *connection;
  guint            inhibitors; /* asked for */
  guint            sessions;   /* asked for */
  guint            displays;   /* asked for */
  gboolean         in_none;    /* this process belongs to no session */
} Logind;

static void
logind_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *method,
             GVariant *parameters, GDBusMethodInvocation *invocation, gpointer data)
{
  Logind *logind = data;
  g_autoptr (GUnixFDList) list = NULL;
  int fd;

  if (g_str_equal (method, "GetSessionByPID"))
    {
      logind->sessions++;
      if (logind->in_none)
        g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.login1.NoSessionForPID", "No session");
      else
        g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", OURS));
      return;
    }
  if (g_str_equal (method, "GetUser"))
    {
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", OUR_USER));
      return;
    }
  logind->inhibitors++;
  fd = g_open ("/dev/null", O_RDONLY | O_CLOEXEC, 0);
  list = g_unix_fd_list_new_from_array (&fd, 1);
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0), list);
}

static GVariant *
display_cb (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *property,
            GError **error, gpointer data)
{
  ((Logind *) data)->displays++;
  return g_variant_new ("(so)", "ours", OURS);
}

static void
own_name (GDBusConnection *connection, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
    connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
    g_variant_new ("(su)", name, 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

static void
signal_and_wait (GDBusConnection *connection, const char *path, const char *interface, const char *signal, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (connection, NULL, path, interface, signal, parameters, &error);
  g_assert_no_error (error);
  g_dbus_connection_flush_sync (connection, NULL, NULL);
}

static gboolean
turn_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Turns the main loop until the desktop is locked or some seconds are over. */
static gboolean
locks (HwDesktop *desktop, gint64 patience_us)
{
  guint timer = g_timeout_add (20, turn_cb, NULL);
  gint64 end = g_get_monotonic_time () + patience_us;

  while (hw_desktop_is_unlocked (desktop) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timer);
  return !hw_desktop_is_unlocked (desktop);
}

#define SOON_US (20 * G_TIME_SPAN_SECOND)
#define NEVER_US (300 * G_TIME_SPAN_MILLISECOND)

/* A bus of one's own on which logind and the screen savers are this test. */
static void
stand_in (Logind *logind)
{
  static const GDBusInterfaceVTable table = { .method_call = logind_call };
  static const GDBusInterfaceVTable user_table = { .get_property = display_cb };
  static const char *const savers[] = { "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver", "org.xfce.ScreenSaver" };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (logind_xml, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);

  g_assert_no_error (error);
  logind->connection = g_dbus_connection_new_for_address_sync (
    address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  own_name (logind->connection, "org.freedesktop.login1");
  for (guint i = 0; i < G_N_ELEMENTS (savers); i++)
    own_name (logind->connection, savers[i]);
  g_dbus_connection_register_object (logind->connection, "/org/freedesktop/login1", node->interfaces[0], &table, logind, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (logind->connection, OUR_USER, node->interfaces[1], &user_table, logind, NULL, &error);
  g_assert_no_error (error);
}

static void
tell_locked_hint (Logind *logind, const char *session, gboolean locked)
{
  GVariantBuilder changed;

  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&changed, "{sv}", "LockedHint", g_variant_new_boolean (locked));
  signal_and_wait (logind->connection, session, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                   g_variant_new ("(sa{sv}as)", "org.freedesktop.login1.Session", &changed, NULL));
}

static void
locks_with_the_session (Fixture *fixture, Logind *logind)
{
  signal_and_wait (logind->connection, "/org/freedesktop/login1/session/other", "org.freedesktop.login1.Session", "Lock", NULL);
  tell_locked_hint (logind, "/org/freedesktop/login1/session/other", TRUE);
  tell_locked_hint (logind, OURS, FALSE);
  g_assert_false (locks (fixture->desktop, NEVER_US));
  signal_and_wait (logind->connection, OURS, "org.freedesktop.login1.Session", "Lock", NULL);
  g_assert_true (locks (fixture->desktop, SOON_US));
  hw_test_desktop_unlock (fixture->desktop);
  tell_locked_hint (logind, OURS, TRUE);
  g_assert_true (locks (fixture->desktop, SOON_US));
  hw_test_desktop_unlock (fixture->desktop);
}

static void
locks_with_saver (Fixture *fixture, Logind *logind, const char *path, const char *saver)
{
  signal_and_wait (logind->connection, path, saver, "ActiveChanged", g_variant_new ("(b)", FALSE));
  g_assert_false (locks (fixture->desktop, NEVER_US));
  signal_and_wait (logind->connection, path, saver, "ActiveChanged", g_variant_new ("(b)", TRUE));
  g_assert_true (locks (fixture->desktop, SOON_US));
  hw_test_desktop_unlock (fixture->desktop);
}

static void
test_buses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwLockWatch) watch = NULL;
  Logind logind = { 0 };

  stand_in (&logind);
  watch = hw_lock_watch_new (fixture->desktop, NULL);
  while (logind.inhibitors < 1 || logind.sessions < 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (locks (fixture->desktop, NEVER_US));

  signal_and_wait (logind.connection, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", g_variant_new ("(b)", TRUE));
  g_assert_true (locks (fixture->desktop, SOON_US));
  hw_test_desktop_unlock (fixture->desktop);
  signal_and_wait (logind.connection, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", g_variant_new ("(b)", FALSE));
  while (logind.inhibitors < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (hw_desktop_is_unlocked (fixture->desktop));

  locks_with_the_session (fixture, &logind);
  locks_with_saver (fixture, &logind, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver");
  locks_with_saver (fixture, &logind, "/org/cinnamon/ScreenSaver", "org.cinnamon.ScreenSaver");
  locks_with_saver (fixture, &logind, "/org/mate/ScreenSaver", "org.mate.ScreenSaver");
  locks_with_saver (fixture, &logind, "/org/xfce/ScreenSaver", "org.xfce.ScreenSaver");
  g_dbus_connection_close_sync (logind.connection, NULL, NULL);
  g_object_unref (logind.connection);
}

/* As a user's service manager starts it: the session that the person sees is asked for instead. */
static void
test_session_of_none (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwLockWatch) watch = NULL;
  Logind logind = { .in_none = TRUE };

  stand_in (&logind);
  watch = hw_lock_watch_new (fixture->desktop, NULL);
  while (logind.displays < 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (locks (fixture->desktop, NEVER_US));
  locks_with_the_session (fixture, &logind);
  g_dbus_connection_close_sync (logind.connection, NULL, NULL);
  g_object_unref (logind.connection);
}

/* ---- What is typed ---- */

static void
test_typing_is_not_learned (Fixture *fixture, gconstpointer data)
{
  GtkWidget *owner = g_object_ref_sink (gtk_label_new (NULL));
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *search = gtk_search_entry_new ();
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *text;

  hw_private_typing_follow (G_OBJECT (owner));
  gtk_box_append (GTK_BOX (box), search);
  gtk_box_append (GTK_BOX (box), view);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (search)));
  gtk_widget_grab_focus (text);
  g_assert_true (gtk_text_get_input_hints (GTK_TEXT (text)) & GTK_INPUT_HINT_PRIVATE);
  gtk_widget_grab_focus (view);
  g_assert_true (gtk_text_view_get_input_hints (GTK_TEXT_VIEW (view)) & GTK_INPUT_HINT_PRIVATE);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (owner);
}

/* ---- The clipboard ---- */

static gboolean
holds (GdkClipboard *clipboard)
{
  return gdk_clipboard_get_content (clipboard) != NULL;
}

static void
test_clipboard_minute (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gdk_display_get_clipboard (gdk_display_get_default ());
  g_autoptr (HwClipboardGuard) guard = hw_clipboard_guard_new (fixture->desktop, gdk_display_get_default (), 50);

  gdk_clipboard_set_text (clipboard, "+965 5000 0001");
  g_assert_true (holds (clipboard));
  while (holds (clipboard))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (hw_desktop_is_unlocked (fixture->desktop));
}

static void
test_clipboard_lock (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gdk_display_get_clipboard (gdk_display_get_default ());
  GdkClipboard *selection = gdk_display_get_primary_clipboard (gdk_display_get_default ());
  g_autoptr (HwClipboardGuard) guard = hw_clipboard_guard_new (fixture->desktop, gdk_display_get_default (), HW_CLIPBOARD_MS);

  gdk_clipboard_set_text (clipboard, "+965 5000 0001");
  gdk_clipboard_set_text (selection, "Aline");
  hw_desktop_lock (fixture->desktop);
  g_assert_false (holds (clipboard));
  g_assert_false (holds (selection));
}

/* ---- A wipe ---- */

static void
wiped_cb (HwDesktop *desktop, const char *reason, char **told)
{
  *told = g_strdup (reason);
}

static void
test_wipe (Fixture *fixture, gconstpointer data)
{
  g_autofree char *vault = hw_profile_vault_directory (hw_desktop_profile (fixture->desktop));
  g_autofree char *told = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (fixture->desktop, "wiped", G_CALLBACK (wiped_cb), &told);
  g_assert_true (g_file_test (vault, G_FILE_TEST_IS_DIR));
  g_assert_true (hw_desktop_wipe (fixture->desktop, "because", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (told, ==, "because");
  g_assert_false (hw_desktop_is_unlocked (fixture->desktop));
  g_assert_false (g_file_test (vault, G_FILE_TEST_EXISTS));
  g_assert_false (hw_profile_has_account (hw_desktop_profile (fixture->desktop)));
}

static void
test_wipe_while_locked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *vault = hw_profile_vault_directory (hw_desktop_profile (fixture->desktop));

  hw_desktop_lock (fixture->desktop);
  g_assert_true (hw_desktop_wipe (fixture->desktop, "because", NULL));
  g_assert_false (g_file_test (vault, G_FILE_TEST_EXISTS));
}

/* The power went after the key file was set aside: the next start finishes, and offers to sign in. */
static void
test_interrupted_wipe (Fixture *fixture, gconstpointer data)
{
  g_autofree char *vault = hw_profile_vault_directory (hw_desktop_profile (fixture->desktop));
  g_autofree char *key = g_build_filename (vault, "vault.key", NULL);
  g_autofree char *marker = g_build_filename (vault, "vault.wiping", NULL);
  g_autoptr (HwProfile) next = NULL;
  g_autoptr (GError) error = NULL;

  hw_desktop_lock (fixture->desktop);
  g_assert_cmpint (g_rename (key, marker), ==, 0);
  next = hw_profile_open (fixture->directory, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (vault, G_FILE_TEST_EXISTS));
  g_assert_false (hw_profile_has_account (next));
}

int
main (int argc, char **argv)
{
  /* The test's own bus stands for the system's: logind is a stand-in on it. */
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_getenv ("DBUS_SESSION_BUS_ADDRESS"), TRUE);
  gtk_init ();
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  g_test_add_func ("/door/strength/in-words-as-it-would-hold", test_strength);
  g_test_add_func ("/door/strength/length-alone-is-none", test_strength_of_length);
  ADD ("/door/recovery/code-opens-and-gives-a-new-passphrase", test_recovery);
  ADD ("/door/recovery/former-code-opens-nothing", test_former_code);
  ADD ("/door/passphrase/changed-by-who-knows-the-old-one", test_change);
  ADD ("/door/lock/after-the-office's-minutes", test_idle);
  ADD ("/door/lock/by-the-first-movement-after-sleep", test_idle_asleep);
  ADD ("/door/lock/when-the-clock-is-set-back", test_idle_clock_set_back);
  ADD ("/door/lock/with-the-session-its-screen-saver-and-before-sleep", test_buses);
  ADD ("/door/lock/with-the-session-a-person-sees", test_session_of_none);
  ADD ("/door/typing/is-not-learned", test_typing_is_not_learned);
  ADD ("/door/clipboard/taken-back-after-its-time", test_clipboard_minute);
  ADD ("/door/clipboard/taken-back-by-a-lock", test_clipboard_lock);
  ADD ("/door/wipe/leaves-nothing-and-says-why", test_wipe);
  ADD ("/door/wipe/while-locked", test_wipe_while_locked);
  ADD ("/door/wipe/interrupted-goes-on-at-the-next-start", test_interrupted_wipe);
  return g_test_run ();
}
