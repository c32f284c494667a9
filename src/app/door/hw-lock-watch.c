/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keys and clicks are seen by a controller at the head of each window. logind is asked to wait with sleeping until the
 * vault is shut. A session that locks is told of by logind, in a signal and in a property, and by the screen savers; which of them a
 * desktop uses differs. Where there is no logind and no screen saver, the idle time alone decides.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/door/hw-lock-watch.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <time.h>
#include <unistd.h>

#define CHECK_SECONDS 5
#define LOGIND "org.freedesktop.login1"
#define LOGIND_PATH "/org/freedesktop/login1"
#define LOGIND_MANAGER LOGIND ".Manager"

struct _HwLockWatch
{
  GObject parent;

  HwDesktop *desktop; /* (owned) (nullable) */
  HwClock   *clock;   /* (owned) (nullable) */
  gint64     touched_us;
  guint      timer;

  GCancellable    *cancellable; /* (owned) */
  GDBusConnection *system;      /* (owned) (nullable) */
  GDBusConnection *session;     /* (owned) (nullable) */
  int              inhibitor;   /* the wish to delay sleep; -1: none */
  GArray          *heard;       /* (owned) (element-type Heard) */
};

G_DEFINE_FINAL_TYPE (HwLockWatch, hw_lock_watch, G_TYPE_OBJECT)

typedef struct
{
  GDBusConnection *connection; /* (unowned) the watch's own */
  guint            id;
} Heard;

/* Counts on while the computer sleeps, and cannot be set back. */
static gint64
computer_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_BOOTTIME, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gint64
now_us (HwLockWatch *self)
{
  return self->clock != NULL ? hw_clock_now (self->clock) : computer_us ();
}

static void
begin (HwLockWatch *self)
{
  self->touched_us = now_us (self);
}

void
hw_lock_watch_check (HwLockWatch *self)
{
  gint64 idle_us = now_us (self) - self->touched_us;

  if (!hw_desktop_is_unlocked (self->desktop))
    return;
  /* A clock that was set back counts as over, or it could keep the vault open for ever. */
  if (idle_us < 0 || idle_us >= (gint64) hw_desktop_lock_minutes (self->desktop) * G_TIME_SPAN_MINUTE)
    hw_desktop_lock (self->desktop);
}

/* The timer stands still while the computer sleeps: who moves the mouse after a night is not somebody who was there. */
void
hw_lock_watch_touch (HwLockWatch *self)
{
  hw_lock_watch_check (self);
  begin (self);
}

static gboolean
check_cb (gpointer user_data)
{
  hw_lock_watch_check (user_data);
  return G_SOURCE_CONTINUE;
}

/* ---- Keys and clicks ---- */

static gboolean
event_cb (GtkEventController *controller, GdkEvent *event, HwLockWatch *self)
{
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
    case GDK_BUTTON_PRESS:
    case GDK_MOTION_NOTIFY:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
      hw_lock_watch_touch (self);
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
windows_changed_cb (GListModel *windows, guint position, guint removed, guint added, HwLockWatch *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkEventController *controller = gtk_event_controller_legacy_new ();

      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
      g_signal_connect_object (controller, "event", G_CALLBACK (event_cb), self, 0);
      gtk_widget_add_controller (window, controller);
    }
}

/* ---- Sleep, and the lock of the session ---- */

static void
inhibited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwLockWatch) self = user_data;
  g_autoptr (GUnixFDList) list = NULL;
  g_autoptr (GVariant) answer
    = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), &list, result, NULL);

  if (answer == NULL || self->desktop == NULL || list == NULL || g_unix_fd_list_get_length (list) == 0 || self->inhibitor >= 0)
    return;
  self->inhibitor = g_unix_fd_list_get (list, 0, NULL);
}

/* Sleep waits, for some seconds at most, until the descriptor is closed. */
static void
inhibit (HwLockWatch *self)
{
  g_dbus_connection_call_with_unix_fd_list (
    self->system, LOGIND, LOGIND_PATH, LOGIND_MANAGER, "Inhibit",
    g_variant_new ("(ssss)", "sleep", "Homeward", _ ("Locks what it keeps"), "delay"), G_VARIANT_TYPE ("(h)"),
    G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, self->cancellable, inhibited_cb, g_object_ref (self));
}

static void
release (HwLockWatch *self)
{
  if (self->inhibitor >= 0)
    close (self->inhibitor);
  self->inhibitor = -1;
}

static void
sleep_cb (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *signal,
          GVariant *parameters, gpointer user_data)
{
  HwLockWatch *self = user_data;
  gboolean begins;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &begins);
  if (!begins)
    {
      inhibit (self);
      return;
    }
  hw_desktop_lock (self->desktop);
  release (self);
}

static void
session_lock_cb (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                 const char *signal, GVariant *parameters, gpointer user_data)
{
  hw_desktop_lock (HW_LOCK_WATCH (user_data)->desktop);
}

static void
saver_cb (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *signal,
          GVariant *parameters, gpointer user_data)
{
  gboolean active = FALSE;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    g_variant_get (parameters, "(b)", &active);
  if (active)
    hw_desktop_lock (HW_LOCK_WATCH (user_data)->desktop);
}

static void
listen (HwLockWatch *self, GDBusConnection *connection, const char *sender, const char *interface, const char *signal,
        const char *path, GDBusSignalCallback callback)
{
  Heard heard = { connection, 0 };

  heard.id = g_dbus_connection_signal_subscribe (connection, sender, interface, signal, path, NULL,
                                                 G_DBUS_SIGNAL_FLAGS_NONE, callback, self, NULL);
  g_array_append_val (self->heard, heard);
}

static void
stop_listening (HwLockWatch *self)
{
  for (guint i = 0; i < self->heard->len; i++)
    {
      const Heard *heard = &g_array_index (self->heard, Heard, i);

      g_dbus_connection_signal_unsubscribe (heard->connection, heard->id);
    }
  g_array_set_size (self->heard, 0);
}

static void
session_changed_cb (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                    const char *signal, GVariant *parameters, gpointer user_data)
{
  g_autoptr (GVariant) changed = NULL;
  gboolean locked = FALSE;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  changed = g_variant_get_child_value (parameters, 1);
  if (g_variant_lookup (changed, "LockedHint", "b", &locked) && locked)
    hw_desktop_lock (HW_LOCK_WATCH (user_data)->desktop);
}

static void
follow_session (HwLockWatch *self, const char *path)
{
  listen (self, self->system, LOGIND, LOGIND ".Session", "Lock", path, session_lock_cb);
  listen (self, self->system, LOGIND, "org.freedesktop.DBus.Properties", "PropertiesChanged", path, session_changed_cb);
}

static void
display_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwLockWatch) self = user_data;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (GVariant) display = NULL;
  const char *path;

  if (answer == NULL || self->system == NULL)
    return;
  g_variant_get (answer, "(v)", &display);
  if (!g_variant_is_of_type (display, G_VARIANT_TYPE ("(so)")))
    return;
  g_variant_get (display, "(s&o)", NULL, &path);
  follow_session (self, path);
}

static void
user_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwLockWatch) self = user_data;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  const char *path;

  if (answer == NULL || self->system == NULL)
    return;
  g_variant_get (answer, "(&o)", &path);
  g_dbus_connection_call (self->system, LOGIND, path, "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", LOGIND ".User", "Display"), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, display_found_cb, g_object_ref (self));
}

/* Which of the sessions of this computer is ours. What a user's service manager starts, as GNOME has it start everything,
 * belongs to none: then it is the one that the person sees. */
static void
session_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwLockWatch) self = user_data;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  const char *path;

  if (self->system == NULL)
    return;
  if (answer == NULL)
    {
      g_dbus_connection_call (self->system, LOGIND, LOGIND_PATH, LOGIND_MANAGER, "GetUser",
                              g_variant_new ("(u)", (guint32) getuid ()), G_VARIANT_TYPE ("(o)"),
                              G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, user_found_cb, g_object_ref (self));
      return;
    }
  g_variant_get (answer, "(&o)", &path);
  follow_session (self, path);
}

static void
system_bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwLockWatch) self = user_data;
  GDBusConnection *connection = g_bus_get_finish (result, NULL);

  if (connection == NULL || self->desktop == NULL)
    {
      g_clear_object (&connection);
      return;
    }
  self->system = connection;
  listen (self, connection, LOGIND, LOGIND_MANAGER, "PrepareForSleep", LOGIND_PATH, sleep_cb);
  g_dbus_connection_call (connection, LOGIND, LOGIND_PATH, LOGIND_MANAGER, "GetSessionByPID",
                          g_variant_new ("(u)", (guint32) getpid ()), G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, session_found_cb, g_object_ref (self));
  inhibit (self);
}

static void
session_bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  static const char *const savers[] = { "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver",
                                        "org.mate.ScreenSaver", "org.xfce.ScreenSaver" };
  g_autoptr (HwLockWatch) self = user_data;
  GDBusConnection *connection = g_bus_get_finish (result, NULL);

  if (connection == NULL || self->desktop == NULL)
    {
      g_clear_object (&connection);
      return;
    }
  self->session = connection;
  for (guint i = 0; i < G_N_ELEMENTS (savers); i++)
    listen (self, connection, savers[i], savers[i], "ActiveChanged", NULL, saver_cb);
}

static void
hw_lock_watch_dispose (GObject *object)
{
  HwLockWatch *self = HW_LOCK_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  release (self);
  stop_listening (self);
  g_clear_object (&self->system);
  g_clear_object (&self->session);
  g_clear_object (&self->desktop);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (hw_lock_watch_parent_class)->dispose (object);
}

static void
hw_lock_watch_finalize (GObject *object)
{
  g_object_unref (HW_LOCK_WATCH (object)->cancellable);
  g_array_unref (HW_LOCK_WATCH (object)->heard);

  G_OBJECT_CLASS (hw_lock_watch_parent_class)->finalize (object);
}

static void
hw_lock_watch_class_init (HwLockWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_lock_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = hw_lock_watch_finalize;
}

static void
hw_lock_watch_init (HwLockWatch *self)
{
  self->inhibitor = -1;
  self->cancellable = g_cancellable_new ();
  self->heard = g_array_new (FALSE, FALSE, sizeof (Heard));
}

HwLockWatch *
hw_lock_watch_new (HwDesktop *desktop, HwClock *clock)
{
  HwLockWatch *self = g_object_new (HW_TYPE_LOCK_WATCH, NULL);
  GListModel *windows = gtk_window_get_toplevels ();

  self->desktop = g_object_ref (desktop);
  self->clock = clock != NULL ? g_object_ref (clock) : NULL;
  begin (self);
  g_signal_connect_object (desktop, "unlocked", G_CALLBACK (begin), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (windows, "items-changed", G_CALLBACK (windows_changed_cb), self, 0);
  windows_changed_cb (windows, 0, 0, g_list_model_get_n_items (windows), self);
  self->timer = g_timeout_add_seconds (CHECK_SECONDS, check_cb, self);
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, system_bus_cb, g_object_ref (self));
  g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, session_bus_cb, g_object_ref (self));
  return self;
}
