/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A task is done at a moment, so ticking writes the moment and unticking takes it away; the history keeps both.
 * Who may only read a task sees whether it is done and cannot press anything.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/tasks/hw-task-rows.h"

#include <glib/gi18n.h>

#include "app/cases/hw-reading-rows.h"
#include "app/widgets/hw-text.h"
#include "base/hw-base.h"

#define SYSTEM "system:"

gboolean
hw_task_is_done (HwRecord *task)
{
  return hw_record_get (task, HW_FIELD_TASK_DONE_AT) != NULL;
}

gboolean
hw_task_is_late (HwRecord *task, const char *today)
{
  const char *due = hw_record_get_text (task, HW_FIELD_TASK_DUE_ON);

  return !hw_task_is_done (task) && due != NULL && hw_date_days_between (due, today) > 0;
}

gboolean
hw_task_is_for (HwRecord *task, const char *user)
{
  return hw_record_is (task, HW_FIELD_TASK_ASSIGNEE, user);
}

/* What has no day comes after what has one. */
static const char *
due_or_last (HwRecord *task)
{
  const char *due = hw_record_get_text (task, HW_FIELD_TASK_DUE_ON);

  return due != NULL ? due : "9999-12-31";
}

int
hw_task_compare (gconstpointer a, gconstpointer b)
{
  HwRecord *one = *(HwRecord *const *)a;
  HwRecord *other = *(HwRecord *const *)b;
  int order = (int)hw_task_is_done (one) - (int)hw_task_is_done (other);

  if (order == 0 && hw_task_is_done (one))
    order = g_strcmp0 (hw_record_get_text (other, HW_FIELD_TASK_DONE_AT),
                       hw_record_get_text (one, HW_FIELD_TASK_DONE_AT));
  if (order == 0)
    order = g_strcmp0 (due_or_last (one), due_or_last (other));
  return order != 0 ? order : g_strcmp0 (hw_record_id (one), hw_record_id (other));
}

void
hw_task_toggle (HwDesktop *desktop, HwRecord *task)
{
  g_autofree char *now = hw_instant_format (hw_clock_now (hw_desktop_clock (desktop)));
  g_autoptr (HwValue) done = hw_task_is_done (task) ? NULL : hw_value_new_text (now);

  hw_desktop_set_field (desktop, task, HW_FIELD_TASK_DONE_AT, done);
}

/* ---- Words ---- */

static void
append_moment (GString *words, HwDesktop *desktop, HwRecord *task, const char *today)
{
  const char *done = hw_record_get_text (task, HW_FIELD_TASK_DONE_AT);
  const char *due = hw_record_get_text (task, HW_FIELD_TASK_DUE_ON);
  g_autofree char *when = NULL;
  g_autofree char *told = NULL;
  gint64 us;

  if (done != NULL && hw_instant_parse (done, &us))
    {
      when = hw_text_moment (us, hw_desktop_office_zone (desktop), today);
      /* Translators: a moment, "Tue 24 Nov, 15:00 Bujumbura" */
      told = g_strdup_printf (_ ("Done %s"), when);
    }
  else if (due != NULL)
    {
      when = hw_text_day (due, today);
      /* Translators: a day, "Tue 24 Nov" */
      told = g_strdup_printf (_ ("Due %s"), when);
    }
  hw_reading_append (words, told);
}

static char *
subtitle_of (HwDesktop *desktop, HwRecord *task, const char *whose, const char *today)
{
  const char *assignee = hw_record_get_text (task, HW_FIELD_TASK_ASSIGNEE);
  const char *author = hw_record_created_by (task);
  const char *reviewed = hw_record_get_text (task, HW_FIELD_TASK_REVIEW_OF);
  GString *words = g_string_new (NULL);

  hw_reading_append (words, whose);
  append_moment (words, desktop, task, today);
  if (assignee != NULL && g_str_equal (assignee, hw_desktop_actor (desktop)->user))
    hw_reading_append (words, _ ("for you"));
  else if (assignee != NULL)
    {
      g_autofree char *told = g_strdup_printf (_ ("for %s"), hw_desktop_user_name (desktop, assignee));

      hw_reading_append (words, told);
    }
  if (reviewed != NULL)
    {
      /* Translators: a task to review what this person did: "a step of Thierry" */
      g_autofree char *told = g_strdup_printf (_ ("a step of %s"), hw_desktop_user_name (desktop, reviewed));

      hw_reading_append (words, told);
    }
  if (author != NULL && g_str_has_prefix (author, SYSTEM))
    hw_reading_append (words, _ ("made by a rule"));
  return g_string_free (words, FALSE);
}

/* ---- The row ---- */

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, GtkWidget *row)
{
  const GdkModifierType held = GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK | GDK_SUPER_MASK;

  if ((key != GDK_KEY_space && key != GDK_KEY_KP_Space) || (state & held) != 0)
    return FALSE;
  hw_task_toggle (g_object_get_data (G_OBJECT (row), "desktop"), hw_task_row_task (row));
  return TRUE;
}

static void
toggled_cb (GtkCheckButton *check, GtkWidget *row)
{
  HwRecord *task = hw_task_row_task (row);

  if (gtk_check_button_get_active (check) != hw_task_is_done (task))
    hw_task_toggle (g_object_get_data (G_OBJECT (row), "desktop"), task);
}

static void
add_check (GtkWidget *row, HwRecord *task, gboolean may_write)
{
  GtkWidget *check = gtk_check_button_new ();
  const char *words = hw_task_is_done (task) ? _ ("Open Again (Space)") : _ ("Done (Space)");
  GtkEventController *keys;

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), hw_task_is_done (task));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (check, may_write);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Done"), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  if (!may_write)
    return;
  gtk_widget_set_tooltip_text (check, words);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), row, 0);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), row, 0);
  gtk_widget_add_controller (row, keys);
}

static const char *
pill_of (HwRecord *task, const char *today, HwMeaning *meaning)
{
  const char *due = hw_record_get_text (task, HW_FIELD_TASK_DUE_ON);

  *meaning = HW_MEANING_BAD;
  if (hw_task_is_late (task, today))
    return _ ("Overdue");
  *meaning = HW_MEANING_WARNING;
  return !hw_task_is_done (task) && g_strcmp0 (due, today) == 0 ? _ ("Today") : NULL;
}

GtkWidget *
hw_task_row_new (HwDesktop *desktop, HwRecord *task, const char *whose, gboolean may_write)
{
  const char *title = hw_record_get_text (task, HW_FIELD_TASK_TITLE);
  g_autofree char *today = hw_desktop_today (desktop);
  g_autofree char *words = subtitle_of (desktop, task, whose, today);
  HwMeaning meaning;
  const char *pill = pill_of (task, today, &meaning);
  GtkWidget *row
    = hw_reading_row (title != NULL ? _ (title) : _ ("Task"), words, pill, meaning, task);

  g_object_set_data_full (G_OBJECT (row), "desktop", g_object_ref (desktop), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "task", g_object_ref (task), g_object_unref);
  if (hw_task_is_done (task))
    gtk_widget_add_css_class (row, "hw-over");
  add_check (row, task, may_write);
  return row;
}

HwRecord *
hw_task_row_task (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "task");
}
