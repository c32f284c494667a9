/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The foot of the sidebar: who is signed in, when this desktop and the office were last equal, how many
 * changes wait here, what failed. Always visible and always true; offline is a normal state.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/hw-sync-indicator.h"

#include <glib/gi18n.h>

#include "app/preferences/hw-sign-in-dialog.h"

#define REFRESH_S 15

struct _HwSyncIndicator
{
  AdwBin parent;

  HwDesktop   *desktop; /* (owned) (nullable) */
  GSignalGroup *engine_signals; /* (owned) */
  guint        refresh; /* the words "2 min ago" grow old by themselves */

  GtkLabel *account_label;
  GtkLabel *state_label;
  GtkLabel *waiting_label;
  GtkLabel *problem_label;
  GtkWidget *sign_in_button;
};

G_DEFINE_FINAL_TYPE (HwSyncIndicator, hw_sync_indicator, ADW_TYPE_BIN)

static char *
ago (gint64 then_us, gint64 now_us)
{
  gint64 minutes = (now_us - then_us) / (60 * G_USEC_PER_SEC);

  if (minutes < 1)
    return g_strdup (_ ("Synced just now"));
  if (minutes < 60)
    return g_strdup_printf (_ ("Synced %d min ago"), (int) minutes);
  if (minutes < 48 * 60)
    return g_strdup_printf (g_dngettext (NULL, "Synced %d hour ago", "Synced %d hours ago", minutes / 60),
                            (int) (minutes / 60));
  return g_strdup_printf (_ ("Synced %d days ago"), (int) (minutes / (24 * 60)));
}

static char *
state_words (HwSyncIndicator *self, HwSyncEngine *engine)
{
  gint64 last = hw_sync_engine_last_synced (engine);
  g_autofree char *synced
      = last > 0 ? ago (last, hw_clock_now (hw_desktop_clock (self->desktop))) : g_strdup (_ ("Not synced yet"));

  switch (hw_sync_engine_state (engine))
    {
    case HW_SYNC_STATE_SYNCING:
      return g_strdup (_ ("Syncing…"));
    case HW_SYNC_STATE_OFFLINE:
      return g_strdup_printf (_ ("Offline · %s"), synced);
    case HW_SYNC_STATE_SIGN_IN:
      return g_strdup (_ ("The server ended the session"));
    case HW_SYNC_STATE_SYNCED:
    case HW_SYNC_STATE_FAILED:
    default:
      return g_steal_pointer (&synced);
    }
}

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static char *
account_words (HwDesktop *desktop)
{
  const HwActor *actor = hw_desktop_actor (desktop);
  g_autofree char *office = hw_desktop_record_name (desktop, actor->mission != NULL ? actor->mission : actor->office);
  const char *role = _ (hw_role_nick (actor->role)->label);

  return office != NULL ? g_strdup_printf ("%s · %s", role, office) : g_strdup (role);
}

static void
update (HwSyncIndicator *self)
{
  HwSyncEngine *engine = self->desktop != NULL ? hw_desktop_engine (self->desktop) : NULL;
  g_autofree char *account = NULL;
  g_autofree char *state = NULL;
  g_autofree char *waiting = NULL;
  g_autofree char *problem = NULL;
  guint n;

  if (engine == NULL)
    return;
  account = account_words (self->desktop);
  gtk_label_set_text (self->account_label, account);
  state = state_words (self, engine);
  show_text (self->state_label, state);
  n = hw_sync_engine_waiting (engine);
  if (n > 0)
    waiting = g_strdup_printf (g_dngettext (NULL, "%u change waiting here", "%u changes waiting here", n), n);
  else if ((n = hw_sync_engine_files (engine)) > 0)
    waiting = g_strdup_printf (g_dngettext (NULL, "%u file waiting to be sent", "%u files waiting to be sent", n), n);
  show_text (self->waiting_label, waiting);
  n = hw_sync_engine_refused (engine);
  if (hw_sync_engine_message (engine) != NULL)
    problem = g_strdup (hw_sync_engine_message (engine));
  else if (n > 0)
    problem = g_strdup_printf (g_dngettext (NULL, "%u change was refused: see Conflicts", "%u changes were refused: see Conflicts", n), n);
  show_text (self->problem_label, problem);
  gtk_widget_set_visible (self->sign_in_button, hw_sync_engine_state (engine) == HW_SYNC_STATE_SIGN_IN);
}

static void
sign_in_cb (HwSyncIndicator *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->desktop != NULL && hw_desktop_is_unlocked (self->desktop))
    gtk_window_present (GTK_WINDOW (hw_sign_in_dialog_new (self->desktop, GTK_WINDOW (root))));
}

static gboolean
refresh_cb (gpointer user_data)
{
  update (user_data);
  return G_SOURCE_CONTINUE;
}

static void
hw_sync_indicator_dispose (GObject *object)
{
  HwSyncIndicator *self = HW_SYNC_INDICATOR (object);

  g_clear_handle_id (&self->refresh, g_source_remove);
  g_clear_object (&self->engine_signals);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_sync_indicator_parent_class)->dispose (object);
}

static void
hw_sync_indicator_class_init (HwSyncIndicatorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_sync_indicator_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-sync-indicator.ui");
  gtk_widget_class_bind_template_child (widget_class, HwSyncIndicator, account_label);
  gtk_widget_class_bind_template_child (widget_class, HwSyncIndicator, state_label);
  gtk_widget_class_bind_template_child (widget_class, HwSyncIndicator, waiting_label);
  gtk_widget_class_bind_template_child (widget_class, HwSyncIndicator, problem_label);
  gtk_widget_class_bind_template_child (widget_class, HwSyncIndicator, sign_in_button);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
}

static void
hw_sync_indicator_init (HwSyncIndicator *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->engine_signals = g_signal_group_new (HW_TYPE_SYNC_ENGINE);
  g_signal_group_connect_swapped (self->engine_signals, "notify", G_CALLBACK (update), self);
}

/* Nothing of the account stays in a label. */
static void
forget (HwSyncIndicator *self)
{
  gtk_label_set_text (self->account_label, "");
  show_text (self->state_label, NULL);
  show_text (self->waiting_label, NULL);
  show_text (self->problem_label, NULL);
  gtk_widget_set_visible (self->sign_in_button, FALSE);
}

void
hw_sync_indicator_set_desktop (HwSyncIndicator *self, HwDesktop *desktop)
{
  g_clear_handle_id (&self->refresh, g_source_remove);
  g_set_object (&self->desktop, desktop);
  g_signal_group_set_target (self->engine_signals, desktop != NULL ? hw_desktop_engine (desktop) : NULL);
  if (desktop == NULL)
    {
      forget (self);
      return;
    }
  update (self);
  self->refresh = g_timeout_add_seconds (REFRESH_S, refresh_cb, self);
}
