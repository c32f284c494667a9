/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The application: command line, the one desktop it serves, keyboard shortcuts. NON_UNIQUE, because two
 * profiles may run side by side on one session; that one profile is not opened twice, its store sees to.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/hw-application.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "app/door/hw-clipboard-guard.h"
#include "app/door/hw-lock-watch.h"
#include "app/hw-window.h"
#include "app/widgets/hw-style.h"

struct _HwApplication
{
  AdwApplication parent;

  HwDesktop *desktop; /* (owned) (nullable) before startup */
  HwLockWatch *watch; /* (owned) (nullable) */
  HwClipboardGuard *guard; /* (owned) (nullable) */
  char      *profile_directory;
  char      *server;
  char      *username;
  char      *clock_file;
  gboolean   demo;
  gboolean   idle_stands; /* for tests on a made-up clock: nobody is ever away */
};

G_DEFINE_FINAL_TYPE (HwApplication, hw_application, ADW_TYPE_APPLICATION)

static char *
default_profile_directory (void)
{
  return g_build_filename (g_get_user_data_dir (), "homeward", NULL);
}

static gboolean
open_desktop (HwApplication *self, GError **error)
{
  g_autofree char *directory
      = self->profile_directory != NULL ? g_strdup (self->profile_directory) : default_profile_directory ();
  g_autoptr (HwClock) clock
      = self->clock_file != NULL ? hw_clock_new_file (self->clock_file) : hw_clock_new_system ();
  g_autoptr (HwClock) idle_clock = self->idle_stands ? hw_clock_new_fixed (0) : NULL;
  g_autoptr (HwProfile) profile = hw_profile_open (directory, error);

  if (profile == NULL)
    return FALSE;
  self->desktop = hw_desktop_new (profile, clock);
  self->watch = hw_lock_watch_new (self->desktop, idle_clock);
  self->guard = hw_clipboard_guard_new (self->desktop, gdk_display_get_default (), HW_CLIPBOARD_MS);
  return TRUE;
}

/* Nothing can be opened: that is said where a person looks, and she can only leave. */
static GtkWindow *
refuse (HwApplication *self, const char *why)
{
  GtkWidget *window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, "application", self, "title", "Homeward", "default-width",
                                    560, "default-height", 480, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *status = adw_status_page_new ();
  GtkWidget *quit = gtk_button_new_with_mnemonic (_ ("_Quit"));
  g_autofree char *words = g_markup_escape_text (why, -1);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Homeward Cannot Open"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status), words);
  gtk_widget_set_vexpand (status, TRUE);
  gtk_widget_set_halign (quit, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (quit, "pill");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (quit), "app.quit");
  adw_status_page_set_child (ADW_STATUS_PAGE (status), quit);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), status);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  return GTK_WINDOW (window);
}

/* Nobody's desktop can be started so that it stays open beside an empty chair: only one that a test shows another time. */
static int
hw_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  HwApplication *self = HW_APPLICATION (application);

  if (!self->idle_stands || self->clock_file != NULL)
    return -1;
  g_printerr ("%s\n", _ ("By the real clock Homeward always locks when nobody is there."));
  return EXIT_FAILURE;
}

static void
hw_application_activate (GApplication *application)
{
  HwApplication *self = HW_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autoptr (GError) error = NULL;

  if (window == NULL)
    {
      if (self->desktop == NULL && !open_desktop (self, &error))
        {
          gtk_window_present (refuse (self, error->message));
          return;
        }
      window = GTK_WINDOW (hw_window_new (GTK_APPLICATION (self), self->desktop));
      hw_window_suggest_account (HW_WINDOW (window), self->server, self->username, self->demo);
    }
  gtk_window_present (window);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkApplication *application = user_data;

  adw_show_about_window (gtk_application_get_active_window (application), "application-name", "Homeward",
                         "application-icon", "home-symbolic", "version", HW_VERSION, "license-type",
                         GTK_LICENSE_GPL_3_0, "comments",
                         _ ("Brings people home: return cases from the first call to the months after.\n\n"
                            "Uses the Human Trafficking Case Data Standard 2.0 of IOM (CC BY 4.0)."),
                         NULL);
}

static const GActionEntry app_actions[] = {
  { .name = "quit", .activate = quit_cb },
  { .name = "about", .activate = about_cb },
};

static void
set_accels (HwApplication *self, const char *action, const char *accel)
{
  const char *accels[] = { accel, NULL };

  gtk_application_set_accels_for_action (GTK_APPLICATION (self), action, accels);
}

static void
hw_application_startup (GApplication *application)
{
  HwApplication *self = HW_APPLICATION (application);

  G_APPLICATION_CLASS (hw_application_parent_class)->startup (application);

  hw_style_load (gdk_display_get_default ());
  /* The desktop's list of recent files would tell what was saved here, and when. */
  g_object_set (gtk_settings_get_default (), "gtk-recent-files-enabled", FALSE, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (self), app_actions, G_N_ELEMENTS (app_actions), self);
  set_accels (self, "app.quit", "<Control>q");
  set_accels (self, "win.intake", "<Control>n");
  set_accels (self, "win.find", "<Control>f");
  set_accels (self, "win.lock", "<Control>l");
  set_accels (self, "win.hide", "<Control><Shift>h");
  set_accels (self, "win.sync-now", "<Control>r");
  set_accels (self, "win.sidebar", "F9");
  set_accels (self, "win.back", "<Alt>Left");
  set_accels (self, "win.show-shortcuts", "<Control>question");
  for (guint i = 1; i <= 9; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.place(%u)", i);
      g_autofree char *accel = g_strdup_printf ("<Alt>%u", i);

      set_accels (self, action, accel);
    }
}

static void
hw_application_shutdown (GApplication *application)
{
  HwApplication *self = HW_APPLICATION (application);

  if (self->desktop != NULL)
    hw_desktop_close (self->desktop);
  g_clear_object (&self->watch);
  g_clear_object (&self->guard);
  G_APPLICATION_CLASS (hw_application_parent_class)->shutdown (application);
}

static void
hw_application_finalize (GObject *object)
{
  HwApplication *self = HW_APPLICATION (object);

  g_clear_object (&self->desktop);
  g_free (self->profile_directory);
  g_free (self->server);
  g_free (self->username);
  g_free (self->clock_file);

  G_OBJECT_CLASS (hw_application_parent_class)->finalize (object);
}

static void
hw_application_class_init (HwApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hw_application_finalize;
  application_class->activate = hw_application_activate;
  application_class->handle_local_options = hw_application_handle_local_options;
  application_class->startup = hw_application_startup;
  application_class->shutdown = hw_application_shutdown;
}

static void
hw_application_init (HwApplication *self)
{
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &self->profile_directory,
      _ ("Folder that holds this desktop's data; two profiles run side by side"), _ ("DIR") },
    { "server", 0, 0, G_OPTION_ARG_STRING, &self->server, _ ("Server to offer at the first sign-in"), _ ("URL") },
    { "user", 0, 0, G_OPTION_ARG_STRING, &self->username, _ ("User name to offer at the first sign-in"),
      _ ("NAME") },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &self->demo, _ ("Sign in by itself to a demo server on this computer"),
      NULL },
    { "idle-stands", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &self->idle_stands, NULL, NULL },
    { "clock-file", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, &self->clock_file, NULL, NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

HwApplication *
hw_application_new (void)
{
  return g_object_new (HW_TYPE_APPLICATION, "application-id", "org.homeward.Homeward", "flags",
                       G_APPLICATION_NON_UNIQUE, NULL);
}
