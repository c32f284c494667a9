/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The application: command line, the one desktop it serves, keyboard shortcuts. NON_UNIQUE, because two
 * profiles may run side by side on one session; that one profile is not opened twice, its store sees to.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/hw-application.h"

#include <glib/gi18n.h>

#include "app/hw-window.h"
#include "app/widgets/hw-style.h"

struct _HwApplication
{
  AdwApplication parent;

  HwDesktop *desktop; /* (owned) (nullable) before startup */
  char      *profile_directory;
  char      *server;
  char      *username;
  char      *clock_file;
  gboolean   demo;
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
  g_autoptr (HwProfile) profile = hw_profile_open (directory, error);

  if (profile == NULL)
    return FALSE;
  self->desktop = hw_desktop_new (profile, clock);
  return TRUE;
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
          g_printerr ("homeward: %s\n", error->message);
          g_application_quit (application);
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
    hw_desktop_lock (self->desktop);
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
