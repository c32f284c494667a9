/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tasks of all cases in one list, the most urgent first, whoever or whatever rule made them. The number at the
 * sidebar is what is due for this person today or before. A row leads to what the task is about.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/tasks/hw-tasks-place.h"

#include <glib/gi18n.h>

#include "app/hw-compat.h"
#include "app/tasks/hw-task-rows.h"
#include "base/hw-base.h"
#include "store/hw-case-list.h"

#define MOST_SHOWN 300

typedef enum
{
  VIEW_MINE,
  VIEW_OFFICE,
  VIEW_OVERDUE,
  VIEW_DONE,
} View;

struct _HwTasksPlace
{
  HwPlace parent;

  HwRecordList *tasks; /* (owned) (nullable) until attached */
  guint refreshing;    /* the source that shows them anew */

  GtkStack *stack;
  AdwStatusPage *nothing;
  GtkListBox *list;
  GtkToggleButton *mine_button;
  GtkToggleButton *office_button;
  GtkToggleButton *overdue_button;
  GtkToggleButton *done_button;
};

G_DEFINE_FINAL_TYPE (HwTasksPlace, hw_tasks_place, HW_TYPE_PLACE)

static HwDesktop *
desktop_of (HwTasksPlace *self)
{
  return hw_place_desktop (HW_PLACE (self));
}

static View
view_of (HwTasksPlace *self)
{
  if (gtk_toggle_button_get_active (self->office_button))
    return VIEW_OFFICE;
  if (gtk_toggle_button_get_active (self->overdue_button))
    return VIEW_OVERDUE;
  return gtk_toggle_button_get_active (self->done_button) ? VIEW_DONE : VIEW_MINE;
}

/* ---- Whose ---- */

/* (transfer full) (nullable): where the case is not held here. */
static HwRecord *
case_of (HwTasksPlace *self, HwRecord *task)
{
  return hw_record_case (task) != NULL
           ? hw_store_get_record (
             hw_desktop_store (desktop_of (self)), HW_TYPE_ID_CASE, hw_record_case (task), NULL)
           : NULL;
}

/* Given to me; or to nobody, in a case that is mine, or as a review that any supervisor makes of another's step. */
static gboolean
is_mine (HwTasksPlace *self, HwRecord *task)
{
  const HwActor *actor = hw_desktop_actor (desktop_of (self));
  const char *me = actor->user;
  g_autoptr (HwRecord) header = NULL;

  if (hw_record_get (task, HW_FIELD_TASK_ASSIGNEE) != NULL)
    return hw_task_is_for (task, me);
  if (hw_record_get (task, HW_FIELD_TASK_REVIEW_OF) != NULL)
    return actor->role == HW_ROLE_SUPERVISOR && hw_access_is_own (task, actor);
  header = case_of (self, task);
  return header != NULL && hw_record_is (header, HW_FIELD_CASE_OWNER, me);
}

static gboolean
is_in_view (HwTasksPlace *self, HwRecord *task, View view, const char *today)
{
  switch (view)
    {
      case VIEW_MINE:
        return !hw_task_is_done (task) && is_mine (self, task);
      case VIEW_OVERDUE:
        return hw_task_is_late (task, today);
      case VIEW_DONE:
        return hw_task_is_done (task);
      case VIEW_OFFICE:
      default:
        return !hw_task_is_done (task);
    }
}

/* What the role may at best; the case's own rules are asked when it is pressed. */
static gboolean
may_write (HwTasksPlace *self, HwRecord *task)
{
  const HwActor *actor = hw_desktop_actor (desktop_of (self));
  gboolean own = hw_access_is_own (task, actor);
  guint relations = own ? G_MAXUINT : G_MAXUINT & ~(guint)HW_RELATION_AUTHOR;

  return !hw_access_is_self_review (task, actor)
         && hw_access_may_write (actor->role, relations, hw_schema_field (HW_FIELD_TASK_DONE_AT));
}

static char *
whose_words (HwRecord *header)
{
  const char *code = header != NULL ? hw_record_get_text (header, HW_FIELD_CASE_CODE) : NULL;
  const char *name = header != NULL ? hw_record_get_text (header, HW_FIELD_CASE_PSEUDONYM) : NULL;

  if (name == NULL || code == NULL)
    return g_strdup (name != NULL ? name : code);
  return g_strdup_printf ("%s (%s)", name, code);
}

/* ---- The list ---- */

static void
add_row (HwTasksPlace *self, HwRecord *task)
{
  g_autoptr (HwRecord) header = case_of (self, task);
  g_autofree char *whose = whose_words (header);
  GtkWidget *row = hw_task_row_new (desktop_of (self), task, whose, may_write (self, task));

  gtk_list_box_append (self->list, row);
}

static GPtrArray *
tasks_in_view (HwTasksPlace *self, View view, const char *today)
{
  GPtrArray *tasks = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->tasks));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HwRecord) task = g_list_model_get_item (G_LIST_MODEL (self->tasks), i);

      if (is_in_view (self, task, view, today))
        g_ptr_array_add (tasks, g_steal_pointer (&task));
    }
  g_ptr_array_sort (tasks, hw_task_compare);
  return tasks;
}

static void
tell_counts (HwTasksPlace *self, const char *today)
{
  g_autoptr (GPtrArray) mine = tasks_in_view (self, VIEW_MINE, today);
  g_autofree char *subtitle = NULL;
  guint due = 0;

  for (guint i = 0; i < mine->len; i++)
    {
      const char *day = hw_record_get_text (g_ptr_array_index (mine, i), HW_FIELD_TASK_DUE_ON);

      due += day != NULL && hw_date_days_between (day, today) >= 0 ? 1 : 0;
    }
  subtitle = mine->len > 0
               ? g_strdup_printf (g_dngettext (NULL, "%u of yours", "%u of yours", mine->len), mine->len)
               : g_strdup (_ ("none of yours"));
  hw_place_set_badge (HW_PLACE (self), due);
  hw_place_set_title (HW_PLACE (self), _ ("Tasks"), subtitle);
}

static const struct
{
  const char *title, *description;
} empty_words[] = {
  [VIEW_MINE] = { N_ ("Nothing Waits for You"),
                  N_ ("Tasks that somebody gives you, and those that a rule makes in your cases, stand here.") },
  [VIEW_OFFICE] = { N_ ("No Open Task"), N_ ("A task is added in its case, under Tasks, notes and papers.") },
  [VIEW_OVERDUE] = { N_ ("Nothing Is Overdue"), N_ ("Open tasks whose day has passed stand here.") },
  [VIEW_DONE] = { N_ ("Nothing Is Done Yet"), N_ ("What is done stays here and can be opened again.") },
};

static int
focused_row (HwTasksPlace *self)
{
  GtkWidget *focus = gtk_widget_get_root (GTK_WIDGET (self)) != NULL
                       ? gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)))
                       : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  return row != NULL && gtk_widget_is_ancestor (row, GTK_WIDGET (self->list))
           ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row))
           : -1;
}

/* Whoever ticks one with a key goes on with the next. */
static void
focus_row (HwTasksPlace *self, int index, guint rows)
{
  GtkListBoxRow *row
    = index >= 0 && rows > 0
        ? gtk_list_box_get_row_at_index (self->list, MIN (index, (int)rows - 1))
        : NULL;

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
show_rows (HwTasksPlace *self, const char *today)
{
  View view = view_of (self);
  g_autoptr (GPtrArray) tasks = tasks_in_view (self, view, today);
  guint shown = MIN (tasks->len, MOST_SHOWN);
  int focused = focused_row (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < shown; i++)
    add_row (self, g_ptr_array_index (tasks, i));
  adw_status_page_set_title (self->nothing, _ (empty_words[view].title));
  adw_status_page_set_description (self->nothing, _ (empty_words[view].description));
  gtk_stack_set_visible_child_name (self->stack, shown > 0 ? "rows" : "empty");
  focus_row (self, focused, shown);
}

/* While nobody looks it only counts. */
static void
refresh (HwTasksPlace *self)
{
  g_autofree char *today = hw_desktop_today (desktop_of (self));

  tell_counts (self, today);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_rows (self, today);
}

static gboolean
refresh_cb (gpointer user_data)
{
  HwTasksPlace *self = user_data;

  self->refreshing = 0;
  if (hw_desktop_is_unlocked (desktop_of (self)))
    refresh (self);
  return G_SOURCE_REMOVE;
}

/* Several changes of one page of the server are shown once. */
static void
queue_refresh (HwTasksPlace *self)
{
  if (self->refreshing == 0)
    self->refreshing = g_idle_add (refresh_cb, self);
}

static void
view_toggled_cb (HwTasksPlace *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button) && self->tasks != NULL)
    refresh (self);
}

static void
row_activated_cb (HwTasksPlace *self, GtkListBoxRow *row)
{
  HwRecord *task = hw_task_row_task (GTK_WIDGET (row));
  const char *about = hw_record_get_text (task, HW_FIELD_TASK_ABOUT);
  g_autoptr (HwRecord) subject
    = about != NULL ? hw_store_find_record (hw_desktop_store (desktop_of (self)), about, NULL) : NULL;

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "s",
                              subject != NULL ? about : hw_record_id (task));
}

/* ---- The widget ---- */

static void
case_changed_cb (HwTasksPlace *self, GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    if (((HwStoreChange *)g_ptr_array_index (changes, i))->type == HW_TYPE_ID_CASE)
      {
        queue_refresh (self);
        return;
      }
}

static void
hw_tasks_place_attach (HwPlace *place)
{
  HwTasksPlace *self = HW_TASKS_PLACE (place);
  HwStore *store = hw_desktop_store (hw_place_desktop (place));

  /* A supervisor has few tasks of her own, and answers for everybody's. */
  if (hw_desktop_actor (hw_place_desktop (place))->role == HW_ROLE_SUPERVISOR)
    gtk_toggle_button_set_active (self->office_button, TRUE);
  g_clear_object (&self->tasks);
  self->tasks = hw_record_list_new (store, HW_TYPE_ID_TASK, HW_FIELD_NONE, NULL);
  hw_place_follow_faults (place, G_LIST_MODEL (self->tasks));
  g_signal_connect_object (
    self->tasks, "items-changed", G_CALLBACK (queue_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (case_changed_cb), self, G_CONNECT_SWAPPED);
  refresh (self);
}

/* Days go by and names arrive while one is elsewhere. */
static void
hw_tasks_place_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hw_tasks_place_parent_class)->map (widget);
  if (HW_TASKS_PLACE (widget)->tasks != NULL)
    queue_refresh (HW_TASKS_PLACE (widget));
}

static void
hw_tasks_place_dispose (GObject *object)
{
  HwTasksPlace *self = HW_TASKS_PLACE (object);

  g_clear_handle_id (&self->refreshing, g_source_remove);
  g_clear_object (&self->tasks);

  G_OBJECT_CLASS (hw_tasks_place_parent_class)->dispose (object);
}

static void
hw_tasks_place_class_init (HwTasksPlaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_tasks_place_dispose;
  widget_class->map = hw_tasks_place_map;
  HW_PLACE_CLASS (klass)->attach = hw_tasks_place_attach;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-tasks-place.ui");
  gtk_widget_class_bind_template_child (widget_class, HwTasksPlace, stack);
  gtk_widget_class_bind_template_child (widget_class, HwTasksPlace, nothing);
  gtk_widget_class_bind_template_child (widget_class, HwTasksPlace, list);
  gtk_widget_class_bind_template_child (widget_class, HwTasksPlace, mine_button);
  gtk_widget_class_bind_template_child (widget_class, HwTasksPlace, office_button);
  gtk_widget_class_bind_template_child (widget_class, HwTasksPlace, overdue_button);
  gtk_widget_class_bind_template_child (widget_class, HwTasksPlace, done_button);
  gtk_widget_class_bind_template_callback (widget_class, view_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
hw_tasks_place_init (HwTasksPlace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hw_compat_tell_hidden_pages (self->stack);
}
