/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One way to show tasks within a case, whole in their section and short beside the overview.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/tasks/hw-task-section.h"

#include <glib/gi18n.h>

#include "app/cases/hw-reading-rows.h"
#include "app/tasks/hw-task-rows.h"

struct _HwTaskSection
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) (nullable) */
  guint most;         /* 0: all */
};

G_DEFINE_FINAL_TYPE (HwTaskSection, hw_task_section, ADW_TYPE_BIN)

enum
{
  OPEN_RECORD,
  ADD_RECORD,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
activated_cb (GtkWidget *row, HwTaskSection *self)
{
  g_signal_emit (self, signals[OPEN_RECORD], 0, hw_record_id (hw_task_row_task (row)));
}

static void
add_cb (GtkWidget *button, HwTaskSection *self)
{
  g_signal_emit (self, signals[ADD_RECORD], 0, (guint)hw_reading_add_type (button));
}

static GtkWidget *
make_row (HwTaskSection *self, HwRecord *task, guint relations)
{
  const HwActor *actor = hw_desktop_actor (self->desktop);
  guint own = hw_access_is_own (task, actor) ? HW_RELATION_AUTHOR : 0;
  gboolean may_write
    = !hw_access_is_self_review (task, actor)
      && hw_access_may_write (actor->role, relations | own, hw_schema_field (HW_FIELD_TASK_DONE_AT));
  GtkWidget *row = hw_task_row_new (self->desktop, task, NULL, may_write);

  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, 0);
  return row;
}

static GtkWidget *
make_done (HwTaskSection *self, GPtrArray *tasks, guint first, guint relations)
{
  GtkWidget *expander = adw_expander_row_new ();
  g_autofree char *title
    = g_strdup_printf (ngettext ("%u done", "%u done", tasks->len - first), tasks->len - first);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), title);
  for (guint i = first; i < tasks->len; i++)
    adw_expander_row_add_row (
      ADW_EXPANDER_ROW (expander), make_row (self, g_ptr_array_index (tasks, i), relations));
  return expander;
}

static void
add_button (HwTaskSection *self, GtkWidget *group)
{
  GtkWidget *button = hw_reading_add_button (HW_TYPE_ID_TASK);

  g_signal_connect_object (button, "clicked", G_CALLBACK (add_cb), self, 0);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), button);
}

static void
show_open (HwTaskSection *self, GtkWidget *group, GPtrArray *tasks, guint open, guint relations)
{
  guint shown = self->most > 0 ? MIN (open, self->most) : open;

  for (guint i = 0; i < shown; i++)
    adw_preferences_group_add (
      ADW_PREFERENCES_GROUP (group), make_row (self, g_ptr_array_index (tasks, i), relations));
  if (open == 0)
    adw_preferences_group_add (
      ADW_PREFERENCES_GROUP (group), hw_reading_nothing (_ ("No task is open.")));
  if (shown < open)
    {
      g_autofree char *more = g_strdup_printf (_ ("and %u more"), open - shown);

      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), more);
    }
}

static void
hw_task_section_dispose (GObject *object)
{
  HwTaskSection *self = HW_TASK_SECTION (object);

  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_task_section_parent_class)->dispose (object);
}

static void
hw_task_section_class_init (HwTaskSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_task_section_dispose;
  signals[OPEN_RECORD]
    = g_signal_new ("open-record", HW_TYPE_TASK_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ADD_RECORD]
    = g_signal_new ("add-record", HW_TYPE_TASK_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
hw_task_section_init (HwTaskSection *self)
{
}

GtkWidget *
hw_task_section_new (HwDesktop *desktop)
{
  HwTaskSection *self = g_object_new (HW_TYPE_TASK_SECTION, NULL);

  self->desktop = g_object_ref (desktop);
  return GTK_WIDGET (self);
}

void
hw_task_section_set_most (HwTaskSection *self, guint most)
{
  g_return_if_fail (HW_IS_TASK_SECTION (self));

  self->most = most;
}

void
hw_task_section_show (HwTaskSection *self, HwCaseFile *file, guint relations)
{
  HwRole role = hw_desktop_actor (self->desktop)->role;
  GPtrArray *all = hw_case_file_of_type (file, HW_TYPE_ID_TASK);
  g_autoptr (GPtrArray) tasks = g_ptr_array_new ();
  GtkWidget *group = hw_reading_group (_ (hw_schema_type (HW_TYPE_ID_TASK)->plural), NULL);
  guint open = 0;

  g_return_if_fail (HW_IS_TASK_SECTION (self));

  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (tasks, g_ptr_array_index (all, i));
  g_ptr_array_sort (tasks, hw_task_compare);
  while (open < tasks->len && !hw_task_is_done (g_ptr_array_index (tasks, open)))
    open++;
  show_open (self, group, tasks, open, relations);
  if (self->most == 0 && open < tasks->len)
    adw_preferences_group_add (
      ADW_PREFERENCES_GROUP (group), make_done (self, tasks, open, relations));
  if (hw_access_may_create (role, relations, HW_TYPE_ID_TASK))
    add_button (self, group);
  adw_bin_set_child (ADW_BIN (self), group);
}
