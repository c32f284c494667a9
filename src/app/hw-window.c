/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The main window: the door, and behind it the places of the sidebar. Which places exist follows from the
 * role: those it may not use are absent. Everything shown is made on unlock and destroyed on lock.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/hw-window.h"

#include <glib/gi18n.h>

#include "app/approvals/hw-approvals-place.h"
#include "app/audit/hw-audit-place.h"
#include "app/callforms/hw-record-offer.h"
#include "app/cases/hw-cases-place.h"
#include "app/conflicts/hw-conflicts-place.h"
#include "app/directory/hw-directory-place.h"
#include "app/door/hw-dull-page.h"
#include "app/door/hw-private-typing.h"
#include "app/door/hw-recover-page.h"
#include "app/door/hw-setup-page.h"
#include "app/door/hw-window-keys.h"
#include "app/forms/hw-field-row.h"
#include "app/hw-compat.h"
#include "app/hw-damage-banner.h"
#include "app/hw-copy-notice.h"
#include "app/people/hw-people-place.h"
#include "app/people/hw-queue-place.h"
#include "app/hw-place.h"
#include "app/hw-sync-indicator.h"
#include "app/hw-unlock-page.h"
#include "app/hw-window-guard.h"
#include "app/intake/hw-intake-window.h"
#include "app/preferences/hw-preferences.h"
#include "app/requests/hw-requests-place.h"
#include "app/setaside/hw-set-aside-place.h"
#include "app/tasks/hw-tasks-place.h"
#include "app/travel/hw-travel-place.h"
#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-width-bin.h"

/* Narrower than this, the sidebar folds. */
#define SIDEBAR_PX 880
/* The vault is shut behind the dull page once that was painted, or after this long where nothing is painted. */
#define HIDE_THEN_LOCK_MS 400

struct _HwWindow
{
  AdwApplicationWindow parent;

  HwDesktop *desktop;   /* (owned) */
  HwWindowGuard *guard; /* (owned) over all the other windows */
  GtkWindow *intake;    /* (unowned) (nullable) as long as it is open */
  guint header_idle;
  guint hide_timeout;

  GtkStack        *stack;
  HwUnlockPage    *unlock_page;
  HwSetupPage     *setup_page;
  HwRecoverPage   *recover_page;
  AdwFlap         *flap;
  GtkListBox      *sidebar;
  GtkStack        *places;
  AdwWindowTitle  *title;
  GtkButton       *back_button;
  GtkButton       *call_button;
  GtkToggleButton *sidebar_button;
  HwSyncIndicator *sync_indicator;
  AdwToastOverlay *toasts;
  HwCopyNotice    *copy_notice;
  HwBanner        *damage_banner;
};

G_DEFINE_FINAL_TYPE (HwWindow, hw_window, ADW_TYPE_APPLICATION_WINDOW)

static HwPlace *
current_place (HwWindow *self)
{
  GtkWidget *child = gtk_stack_get_visible_child (self->places);

  return child != NULL ? HW_PLACE (child) : NULL;
}

static void
update_header (HwWindow *self)
{
  HwPlace *place = current_place (self);
  const char *subtitle;

  if (place == NULL)
    return;
  subtitle = hw_place_subtitle (place);
  adw_window_title_set_title (self->title, hw_place_title (place));
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->back_button), hw_place_entered (place));
}

static gboolean
header_cb (gpointer user_data)
{
  HwWindow *self = user_data;

  self->header_idle = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->sidebar_button), adw_flap_get_folded (self->flap));
  update_header (self);
  return G_SOURCE_REMOVE;
}

/* A page learns in the middle of being laid out that it has become narrow. The header has its place by then, and is
 * changed before the next frame instead of being drawn without one in this. */
static void
queue_header (HwWindow *self)
{
  if (self->header_idle == 0)
    self->header_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, header_cb, self, NULL);
}

static void
width_changed_cb (HwWindow *self, int width)
{
  adw_flap_set_fold_policy (self->flap, width < SIDEBAR_PX ? ADW_FLAP_FOLD_POLICY_ALWAYS : ADW_FLAP_FOLD_POLICY_NEVER);
}

static void
badge_changed_cb (HwPlace *place, GParamSpec *pspec, GtkWidget *badge)
{
  g_autofree char *text = g_strdup_printf ("%u", hw_place_badge (place));

  gtk_label_set_text (GTK_LABEL (badge), text);
  gtk_widget_set_visible (badge, hw_place_badge (place) > 0);
}

static GtkWidget *
make_sidebar_row (HwPlace *place, guint number)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (hw_place_label (place));
  GtkWidget *badge = gtk_label_new (NULL);
  g_autofree char *tip = g_strdup_printf (_ ("%s (Alt+%u)"), hw_place_label (place), number);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (hw_place_icon_name (place)));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_add_css_class (badge, "numeric");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, hw_place_label (place), -1);
  g_object_set_data (G_OBJECT (row), "place", place);

  g_signal_connect_object (place, "notify::badge", G_CALLBACK (badge_changed_cb), badge, 0);
  badge_changed_cb (place, NULL, badge);
  return row;
}

static void
add_place (HwWindow *self, GType type)
{
  HwPlace *place = g_object_new (type, NULL);
  guint number = 1;

  while (gtk_list_box_get_row_at_index (self->sidebar, number - 1) != NULL)
    number++;
  gtk_stack_add_child (self->places, GTK_WIDGET (place));
  gtk_list_box_append (self->sidebar, make_sidebar_row (place, number));
  g_signal_connect_object (place, "notify::title", G_CALLBACK (queue_header), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (place, "notify::subtitle", G_CALLBACK (queue_header), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (place, "notify::entered", G_CALLBACK (queue_header), self, G_CONNECT_SWAPPED);
  hw_place_attach (place, self->desktop);
}

static void
clear_places (HwWindow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sidebar))) != NULL)
    gtk_list_box_remove (self->sidebar, child);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->places))) != NULL)
    gtk_stack_remove (self->places, child);
}

static void
show_place (HwWindow *self, guint index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->sidebar, index);

  if (row != NULL)
    gtk_list_box_select_row (self->sidebar, row);
}

static void
row_selected_cb (HwWindow *self, GtkListBoxRow *row)
{
  if (row == NULL)
    return;
  gtk_stack_set_visible_child (self->places, g_object_get_data (G_OBJECT (row), "place"));
  update_header (self);
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

static gboolean
role_may (HwWindow *self, HwTypeId type)
{
  return hw_access_may_see_type (hw_desktop_actor (self->desktop)->role, type);
}

/* The helpline and the others see neither who waits nor which cases are alike. */
static gboolean
carries_cases (HwWindow *self)
{
  HwRole role = hw_desktop_actor (self->desktop)->role;

  return role == HW_ROLE_CASEWORKER || role == HW_ROLE_SUPERVISOR;
}

static gboolean
shows (HwWindow *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) == 0;
}

/* From the door to the work. */
static void
enter (HwWindow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "main");
  if (hw_desktop_may_take_calls (self->desktop))
    hw_intake_window_offer_drafts (self->desktop, GTK_WINDOW (self));
  hw_record_offer_drafts (self->desktop, GTK_WINDOW (self));
}

static void
set_up_cb (HwWindow *self)
{
  if (hw_desktop_is_unlocked (self->desktop))
    enter (self);
}

/* What is typed at the door goes with whatever was open. */
static void
clear_door (HwWindow *self)
{
  hw_setup_page_clear (self->setup_page);
  hw_recover_page_clear (self->recover_page);
  hw_unlock_page_clear (self->unlock_page);
}

static void
choose_cb (HwWindow *self)
{
  if (shows (self, "hidden"))
    return;
  gtk_stack_set_visible_child_name (self->stack, "setup");
  hw_setup_page_begin (self->setup_page, self->desktop);
}

static void
forgotten_cb (HwWindow *self)
{
  gtk_stack_set_visible_child_name (self->stack, "recover");
  hw_recover_page_begin (self->recover_page, self->desktop);
}

static void
show_door (HwWindow *self)
{
  gtk_window_set_title (GTK_WINDOW (self), "Homeward");
  gtk_stack_set_visible_child_name (self->stack, "unlock");
  hw_unlock_page_reset (self->unlock_page);
}

static void
add_places (HwWindow *self)
{
  clear_places (self);
  if (role_may (self, HW_TYPE_ID_CASE))
    add_place (self, HW_TYPE_CASES_PLACE);
  if (hw_access_may_read (hw_desktop_actor (self->desktop)->role, G_MAXUINT,
                          hw_schema_field (HW_FIELD_EMBASSY_REQUEST_REFERENCE)))
    add_place (self, HW_TYPE_REQUESTS_PLACE);
  if (hw_travel_place_for_role (hw_desktop_actor (self->desktop)->role) != G_TYPE_INVALID)
    add_place (self, hw_travel_place_for_role (hw_desktop_actor (self->desktop)->role));
  if (role_may (self, HW_TYPE_ID_TASK))
    add_place (self, HW_TYPE_TASKS_PLACE);
  if (carries_cases (self))
    {
      add_place (self, HW_TYPE_QUEUE_PLACE);
      add_place (self, HW_TYPE_PEOPLE_PLACE);
    }
  if (role_may (self, HW_TYPE_ID_ORGANISATION))
    add_place (self, HW_TYPE_DIRECTORY_PLACE);
  if (hw_desktop_actor (self->desktop)->role == HW_ROLE_SUPERVISOR)
    add_place (self, HW_TYPE_APPROVALS_PLACE);
  if (hw_audit_place_is_for (hw_desktop_actor (self->desktop)->role))
    add_place (self, HW_TYPE_AUDIT_PLACE);
  add_place (self, HW_TYPE_CONFLICTS_PLACE);
  if (hw_desktop_actor (self->desktop)->role == HW_ROLE_SUPERVISOR)
    add_place (self, HW_TYPE_SET_ASIDE_PLACE);
}

static void
unlocked_cb (HwWindow *self)
{
  /* Whoever takes a call has its case: as the helpline's intake, in the office's queue, or as her own. */
  gboolean intake = hw_desktop_may_take_calls (self->desktop);

  hw_unlock_page_tell (self->unlock_page, NULL);
  add_places (self);
  hw_damage_banner_follow (self->damage_banner, hw_desktop_store (self->desktop));
  hw_sync_indicator_set_desktop (self->sync_indicator, self->desktop);
  hw_copy_notice_set_desktop (self->copy_notice, self->desktop);
  gtk_widget_set_visible (GTK_WIDGET (self->call_button), intake);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.intake", intake);
  show_place (self, 0);
  /* On the first run the recovery code comes before the work. */
  if (!shows (self, "setup"))
    enter (self);
}

/* Everything on screen is made anew, so that no place has to remember which of its words are names. */
static void
masking_changed_cb (HwWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->sidebar);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : 0;

  if (!hw_desktop_is_unlocked (self->desktop) || current_place (self) == NULL)
    return;
  hw_field_rows_leave (GTK_WIDGET (self));
  add_places (self);
  show_place (self, (guint) MAX (index, 0));
}

static void
locked_cb (HwWindow *self)
{
  hw_sync_indicator_set_desktop (self->sync_indicator, NULL);
  hw_copy_notice_set_desktop (self->copy_notice, NULL);
  clear_places (self);
  adw_window_title_set_title (self->title, "Homeward");
  adw_window_title_set_subtitle (self->title, "");
  clear_door (self);
  if (!shows (self, "hidden"))
    show_door (self);
}

/* What stands in a line and was not left yet is saved as leaving it would. */
static void
locking_cb (HwWindow *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i - 1);

      hw_field_rows_leave (window);
    }
}

static void
wiped_cb (HwWindow *self, const char *reason)
{
  hw_unlock_page_tell (self->unlock_page, reason);
  if (!shows (self, "hidden"))
    show_door (self);
}

static void
said_cb (HwWindow *self, const char *text)
{
  AdwToast *toast = hw_rows_toast (text);

  adw_toast_set_timeout (toast, 8);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* ---- Actions ---- */

static void
place_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_place (HW_WINDOW (widget), (guint) g_variant_get_int32 (parameter) - 1);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HwWindow *self = HW_WINDOW (widget);
  const char *record = g_variant_get_string (parameter, NULL);
  GtkListBoxRow *row;

  for (guint i = 0; (row = gtk_list_box_get_row_at_index (self->sidebar, i)) != NULL; i++)
    if (hw_place_open (g_object_get_data (G_OBJECT (row), "place"), record))
      {
        show_place (self, i);
        return;
      }
}

/* Two cases beside each other. */
static void
compare_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HwWindow *self = HW_WINDOW (widget);
  GtkListBoxRow *row;

  for (guint i = 0; (row = gtk_list_box_get_row_at_index (self->sidebar, i)) != NULL; i++)
    {
      HwPlace *place = g_object_get_data (G_OBJECT (row), "place");

      if (HW_IS_PEOPLE_PLACE (place) && hw_place_open (place, g_variant_get_string (parameter, NULL)))
        {
          show_place (self, i);
          return;
        }
    }
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HwPlace *place = current_place (HW_WINDOW (widget));

  if (place != NULL && hw_place_entered (place))
    hw_place_go_back (place);
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HwPlace *place = current_place (HW_WINDOW (widget));

  if (place != NULL)
    hw_place_find (place);
}

static void
lock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  hw_desktop_lock (HW_WINDOW (widget)->desktop);
}

static gboolean
lock_behind_cb (gpointer user_data)
{
  HwWindow *self = user_data;

  self->hide_timeout = 0;
  hw_desktop_lock (self->desktop);
  return G_SOURCE_REMOVE;
}

static void
painted_cb (GdkFrameClock *clock, HwWindow *self)
{
  g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
  if (self->hide_timeout == 0)
    return;
  g_clear_handle_id (&self->hide_timeout, g_source_remove);
  self->hide_timeout = g_idle_add (lock_behind_cb, self);
}

static void
lock_once_painted (HwWindow *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (self->hide_timeout != 0)
    return;
  self->hide_timeout = g_timeout_add (HIDE_THEN_LOCK_MS, lock_behind_cb, self);
  if (clock != NULL)
    g_signal_connect_object (clock, "after-paint", G_CALLBACK (painted_cb), self, 0);
}

static void
hide_other_windows (HwWindow *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i - 1);

      if (window != GTK_WIDGET (self))
        gtk_widget_set_visible (window, FALSE);
    }
}

/* First nothing can be seen, then nothing is there; and what was just being opened does not come up after it. The same keys
 * lead to the door, which wants the passphrase. */
static void
hide_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HwWindow *self = HW_WINDOW (widget);

  if (shows (self, "hidden"))
    {
      show_door (self);
      return;
    }
  hw_desktop_give_up_opening (self->desktop);
  gtk_stack_set_visible_child_name (self->stack, "hidden");
  clear_door (self);
  gtk_window_set_title (GTK_WINDOW (self), hw_dull_page_title ());
  hide_other_windows (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  lock_once_painted (self);
}

static void
preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HwWindow *self = HW_WINDOW (widget);

  if (hw_desktop_is_unlocked (self->desktop) && shows (self, "main"))
    gtk_window_present (GTK_WINDOW (hw_preferences_new (self->desktop, GTK_WINDOW (self))));
}

static void
sync_now_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HwWindow *self = HW_WINDOW (widget);

  if (hw_desktop_engine (self->desktop) != NULL)
    hw_sync_engine_sync_now (hw_desktop_engine (self->desktop));
}

static void
sidebar_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HwWindow *self = HW_WINDOW (widget);

  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
}

/* Destroyed is gone, even while somebody still holds it. */
static void
intake_gone_cb (HwWindow *self)
{
  self->intake = NULL;
}

static void
intake_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  HwWindow *self = HW_WINDOW (widget);

  if (!hw_desktop_is_unlocked (self->desktop) || !shows (self, "main"))
    return;
  if (self->intake == NULL)
    {
      self->intake = GTK_WINDOW (hw_intake_window_new (self->desktop, GTK_WINDOW (self)));
      g_signal_connect_object (self->intake, "unrealize", G_CALLBACK (intake_gone_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_window_present (self->intake);
}

/* Made when it is asked for: a hundred labels nobody reads before the first frame. */
static void
shortcuts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWindow *window;

  if (!shows (HW_WINDOW (widget), "main"))
    return;
  builder = gtk_builder_new_from_resource ("/org/homeward/ui/hw-shortcuts.ui");
  window = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));
  gtk_window_set_title (window, _ ("Shortcuts"));
  gtk_window_set_transient_for (window, GTK_WINDOW (widget));
  hw_window_guard_admit (window);
  gtk_window_present (window);
}

static void
hw_window_dispose (GObject *object)
{
  HwWindow *self = HW_WINDOW (object);

  g_clear_handle_id (&self->header_idle, g_source_remove);
  g_clear_handle_id (&self->hide_timeout, g_source_remove);
  g_clear_object (&self->guard);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HwWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, unlock_page);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, setup_page);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, recover_page);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, places);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, title);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, call_button);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, sync_indicator);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, copy_notice);
  gtk_widget_class_bind_template_child (widget_class, HwWindow, damage_banner);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, queue_header);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, forgotten_cb);
  gtk_widget_class_bind_template_callback (widget_class, set_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_door);
  gtk_widget_class_bind_template_callback (widget_class, width_changed_cb);
}

static void
hw_window_class_init (HwWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_window_dispose;

  g_type_ensure (HW_TYPE_UNLOCK_PAGE);
  g_type_ensure (HW_TYPE_SETUP_PAGE);
  g_type_ensure (HW_TYPE_RECOVER_PAGE);
  g_type_ensure (HW_TYPE_DULL_PAGE);
  g_type_ensure (HW_TYPE_COPY_NOTICE);
  g_type_ensure (HW_TYPE_BANNER);
  g_type_ensure (HW_TYPE_SYNC_INDICATOR);
  g_type_ensure (HW_TYPE_WIDTH_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-window.ui");
  bind_children (widget_class);

  gtk_widget_class_install_action (widget_class, "win.place", "i", place_action);
  gtk_widget_class_install_action (widget_class, "win.open", "s", open_action);
  gtk_widget_class_install_action (widget_class, "win.compare", "s", compare_action);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "win.lock", NULL, lock_action);
  gtk_widget_class_install_action (widget_class, "win.hide", NULL, hide_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "win.sync-now", NULL, sync_now_action);
  gtk_widget_class_install_action (widget_class, "win.sidebar", NULL, sidebar_action);
  gtk_widget_class_install_action (widget_class, "win.intake", NULL, intake_action);
  gtk_widget_class_install_action (widget_class, "win.show-shortcuts", NULL, shortcuts_action);
}

static void
hw_window_init (HwWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hw_compat_tell_hidden_pages (self->stack);
  hw_compat_tell_hidden_pages (self->places);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.intake", FALSE);
}

HwWindow *
hw_window_new (GtkApplication *application, HwDesktop *desktop)
{
  HwWindow *self = g_object_new (HW_TYPE_WINDOW, "application", application, NULL);

  self->desktop = g_object_ref (desktop);
  self->guard = hw_window_guard_new (desktop, GTK_WINDOW (self));
  g_signal_connect_object (desktop, "unlocked", G_CALLBACK (unlocked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "locked", G_CALLBACK (locked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "locking", G_CALLBACK (locking_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "wiped", G_CALLBACK (wiped_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "said", G_CALLBACK (said_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hw_desktop_veil (desktop), "notify::masks-names", G_CALLBACK (masking_changed_cb), self,
                           G_CONNECT_SWAPPED);
  hw_unlock_page_set_desktop (self->unlock_page, desktop);
  hw_window_keys_follow (GTK_WINDOW (self));
  hw_private_typing_follow (G_OBJECT (self));
  return self;
}

void
hw_window_suggest_account (HwWindow *self, const char *server, const char *username, gboolean demo)
{
  hw_unlock_page_suggest (self->unlock_page, server, username, demo);
}
