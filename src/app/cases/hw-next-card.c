/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-next-card.h"

#include <glib/gi18n.h>

#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-text.h"

#define MAX_SHOWN 6

struct _HwNextCard
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HwNextCard, hw_next_card, ADW_TYPE_BIN)

static guint open_signal;

static int
compare_due (gconstpointer a, gconstpointer b)
{
  const char *due_a = hw_record_get_text (*(HwRecord *const *) a, HW_FIELD_TASK_DUE_ON);
  const char *due_b = hw_record_get_text (*(HwRecord *const *) b, HW_FIELD_TASK_DUE_ON);

  return g_strcmp0 (due_a != NULL ? due_a : "9999", due_b != NULL ? due_b : "9999");
}

static GPtrArray *
open_tasks (HwCaseFile *file)
{
  GPtrArray *tasks = hw_case_file_of_type (file, HW_TYPE_ID_TASK);
  GPtrArray *open = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < tasks->len; i++)
    if (hw_record_get (g_ptr_array_index (tasks, i), HW_FIELD_TASK_DONE_AT) == NULL)
      g_ptr_array_add (open, g_object_ref (g_ptr_array_index (tasks, i)));
  g_ptr_array_sort (open, compare_due);
  return open;
}

static void
done_cb (GtkCheckButton *check, HwNextCard *self)
{
  HwRecord *task = g_object_get_data (G_OBJECT (check), "task");
  g_autofree char *now = hw_instant_format (hw_clock_now (hw_desktop_clock (self->desktop)));
  g_autoptr (HwValue) value = hw_value_new_text (now);

  if (gtk_check_button_get_active (check))
    hw_desktop_set_field (self->desktop, task, HW_FIELD_TASK_DONE_AT, value);
}

static void
row_activated_cb (AdwActionRow *row, HwNextCard *self)
{
  g_signal_emit (self, open_signal, 0, hw_record_id (g_object_get_data (G_OBJECT (row), "task")));
}

static GtkWidget *
make_row (HwNextCard *self, HwRecord *task, const char *today)
{
  const char *title = hw_record_get_text (task, HW_FIELD_TASK_TITLE);
  const char *due_on = hw_record_get_text (task, HW_FIELD_TASK_DUE_ON);
  g_autofree char *due = due_on != NULL ? hw_text_due (due_on, today) : NULL;
  GtkWidget *row = hw_rows_new (title != NULL ? title : _ ("Task"), due);
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (check, _ ("Done"));
  g_object_set_data_full (G_OBJECT (check), "task", g_object_ref (task), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "task", g_object_ref (task), g_object_unref);
  g_signal_connect (check, "toggled", G_CALLBACK (done_cb), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect (row, "activated", G_CALLBACK (row_activated_cb), self);
  return row;
}

static void
hw_next_card_dispose (GObject *object)
{
  g_clear_object (&HW_NEXT_CARD (object)->desktop);

  G_OBJECT_CLASS (hw_next_card_parent_class)->dispose (object);
}

static void
hw_next_card_class_init (HwNextCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_next_card_dispose;
  open_signal = g_signal_new ("open-record", HW_TYPE_NEXT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                              1, G_TYPE_STRING);
}

static void
hw_next_card_init (HwNextCard *self)
{
}

GtkWidget *
hw_next_card_new (void)
{
  return g_object_new (HW_TYPE_NEXT_CARD, NULL);
}

void
hw_next_card_show (HwNextCard *self, HwDesktop *desktop, HwCaseFile *file)
{
  g_autoptr (GPtrArray) tasks = NULL;
  g_autofree char *today = NULL;
  AdwPreferencesGroup *group;

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_set_object (&self->desktop, desktop);
  if (file == NULL)
    return;
  tasks = open_tasks (file);
  today = hw_desktop_today (desktop);
  group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (group, _ ("Next"));
  for (guint i = 0; i < MIN (tasks->len, MAX_SHOWN); i++)
    adw_preferences_group_add (group, make_row (self, g_ptr_array_index (tasks, i), today));
  if (tasks->len == 0)
    adw_preferences_group_set_description (group, _ ("No open task."));
  else if (tasks->len > MAX_SHOWN)
    {
      g_autofree char *more = g_strdup_printf (_ ("and %u more"), tasks->len - MAX_SHOWN);

      hw_rows_set_description (group, more);
    }
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (group));
}
