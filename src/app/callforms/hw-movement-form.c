/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A journey on one page, in the order it is arranged: legs, booking, tickets, help, and what
 * happened.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-movement-form.h"

#include <glib/gi18n.h>

#include "app/callforms/hw-child-list.h"
#include "app/callforms/hw-leg-rows.h"
#include "app/callforms/hw-record-dialog.h"
#include "app/widgets/hw-text.h"
#include "store/hw-case-list.h"

struct _HwMovementForm
{
  HwCallForm parent;

  HwRecordList *legs; /* (owned) (nullable) until stored */
  GPtrArray *rows;    /* (owned) (element-type GtkWidget, unowned) now in legs_group */
  AdwPreferencesGroup *legs_group;
  GtkWidget *add_leg;
  AdwPreferencesGroup *booking_group;
  AdwBin *tickets_bin;
  GtkWidget *happened_group;
};

G_DEFINE_FINAL_TYPE (HwMovementForm, hw_movement_form, HW_TYPE_CALL_FORM)

static const struct
{
  const char *status;
  const char *label;
} move_labels[] = {
  { HW_MOVEMENT_STATUS_DRAFT, N_ ("Back to Draft") },
  { HW_MOVEMENT_STATUS_REQUESTED, N_ ("Request Seats") },
  { HW_MOVEMENT_STATUS_HELD, N_ ("Seat Is Held") },
  { HW_MOVEMENT_STATUS_CONFIRMED, N_ ("Confirm") },
  { HW_MOVEMENT_STATUS_TICKETED, N_ ("Issue Tickets") },
  { HW_MOVEMENT_STATUS_CHECKED_IN, N_ ("Check In") },
  { HW_MOVEMENT_STATUS_DEPARTED, N_ ("She Departed") },
  { HW_MOVEMENT_STATUS_IN_TRANSIT, N_ ("She Is in Transit") },
  { HW_MOVEMENT_STATUS_ARRIVED, N_ ("She Arrived") },
  { HW_MOVEMENT_STATUS_MISSED, N_ ("Missed") },
  { HW_MOVEMENT_STATUS_REBOOKED, N_ ("Rebook") },
  { HW_MOVEMENT_STATUS_CANCELLED, N_ ("Cancel the Journey") },
  { HW_MOVEMENT_STATUS_NO_SHOW, N_ ("She Did Not Come") },
  { HW_MOVEMENT_STATUS_DENIED_BOARDING, N_ ("Denied Boarding") },
};

static const char *
move_label (const char *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (move_labels); i++)
    if (g_str_equal (move_labels[i].status, status))
      return _ (move_labels[i].label);
  return status;
}

static void
leg_activated_cb (AdwActionRow *row, HwMovementForm *self)
{
  HwRecord *leg = g_object_get_data (G_OBJECT (row), "record");

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "s", hw_record_id (leg));
}

static void
show_legs (HwMovementForm *self)
{
  g_autofree char *today = hw_form_context_today (hw_call_form_context (HW_CALL_FORM (self)));
  g_autoptr (GPtrArray) legs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->legs_group, self->rows->pdata[i]);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->legs)); i++)
    g_ptr_array_add (legs, g_list_model_get_item (G_LIST_MODEL (self->legs), i));
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = hw_leg_rows_make (legs, today);
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = self->rows->pdata[i];

      adw_preferences_group_add (self->legs_group, row);
      if (g_object_get_data (G_OBJECT (row), "record") != NULL)
        g_signal_connect_object (row, "activated", G_CALLBACK (leg_activated_cb), self, 0);
    }
  adw_preferences_group_set_description (
    self->legs_group, legs->len == 0 ? _ ("No leg yet: add the first, from where she is.") : NULL);
}

static void
add_leg_cb (HwMovementForm *self)
{
  HwCallForm *form = HW_CALL_FORM (self);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *dialog = hw_record_dialog_new (
    hw_call_form_desktop (form), hw_call_form_file (form), HW_TYPE_ID_SEGMENT, window);
  g_autoptr (HwValue) movement = hw_value_new_text (hw_record_id (hw_call_form_record (form)));
  g_autoptr (HwValue) position
    = hw_value_new_integer (g_list_model_get_n_items (G_LIST_MODEL (self->legs)) + 1);

  hw_record_dialog_preset (HW_RECORD_DIALOG (dialog), HW_FIELD_SEGMENT_MOVEMENT, movement);
  hw_record_dialog_preset (HW_RECORD_DIALOG (dialog), HW_FIELD_SEGMENT_POSITION, position);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
update (HwCallForm *form)
{
  HwMovementForm *self = HW_MOVEMENT_FORM (form);
  HwFormContext *context = hw_call_form_context (form);
  const char *expires
    = hw_record_get_text (hw_call_form_record (form), HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT);
  g_autofree char *today = hw_form_context_today (context);
  g_autofree char *moment = NULL;
  g_autofree char *words = NULL;
  gint64 expires_us;

  if (expires != NULL && hw_instant_parse (expires, &expires_us)
      && hw_record_is (
        hw_call_form_record (form), HW_FIELD_MOVEMENT_STATUS, HW_MOVEMENT_STATUS_HELD))
    {
      moment = hw_text_moment (expires_us, hw_form_context_get_zone (context), today);
      words = expires_us > hw_form_context_now (context)
                ? g_strdup_printf (_ ("The seat is held until %s."), moment)
                : g_strdup_printf (_ ("The hold ended %s: ask the carrier again."), moment);
    }
  adw_preferences_group_set_description (self->booking_group, words);
}

static void
set_up (HwCallForm *form)
{
  HwMovementForm *self = HW_MOVEMENT_FORM (form);
  gboolean stored = hw_call_form_is_stored (form);

  gtk_widget_set_visible (GTK_WIDGET (self->legs_group), stored);
  gtk_widget_set_visible (GTK_WIDGET (self->tickets_bin), stored);
  gtk_widget_set_visible (self->happened_group, stored);
  if (!stored)
    return;
  gtk_widget_set_visible (self->add_leg,
                          hw_access_may_create (hw_call_form_role (form),
                                                hw_call_form_relations (form),
                                                HW_TYPE_ID_SEGMENT));
  self->legs = hw_record_list_new (hw_desktop_store (hw_call_form_desktop (form)),
                                   HW_TYPE_ID_SEGMENT,
                                   HW_FIELD_SEGMENT_MOVEMENT,
                                   hw_record_id (hw_call_form_record (form)));
  g_signal_connect_object (
    self->legs, "items-changed", G_CALLBACK (show_legs), self, G_CONNECT_SWAPPED);
  show_legs (self);
  adw_bin_set_child (self->tickets_bin,
                     hw_child_list_new (hw_call_form_desktop (form),
                                        hw_call_form_file (form),
                                        hw_call_form_record (form),
                                        HW_FIELD_TICKET_MOVEMENT,
                                        hw_call_form_relations (form)));
}

static void
hw_movement_form_dispose (GObject *object)
{
  HwMovementForm *self = HW_MOVEMENT_FORM (object);

  g_clear_object (&self->legs);
  gtk_widget_dispose_template (GTK_WIDGET (self), HW_TYPE_MOVEMENT_FORM);

  G_OBJECT_CLASS (hw_movement_form_parent_class)->dispose (object);
}

static void
hw_movement_form_finalize (GObject *object)
{
  g_ptr_array_unref (HW_MOVEMENT_FORM (object)->rows);

  G_OBJECT_CLASS (hw_movement_form_parent_class)->finalize (object);
}

static void
hw_movement_form_class_init (HwMovementFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_movement_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = hw_movement_form_finalize;
  HW_CALL_FORM_CLASS (klass)->move_label = move_label;
  HW_CALL_FORM_CLASS (klass)->set_up = set_up;
  HW_CALL_FORM_CLASS (klass)->update = update;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/homeward/ui/hw-movement-form.ui");
  gtk_widget_class_bind_template_child (widget_class, HwMovementForm, legs_group);
  gtk_widget_class_bind_template_child (widget_class, HwMovementForm, add_leg);
  gtk_widget_class_bind_template_child (widget_class, HwMovementForm, booking_group);
  gtk_widget_class_bind_template_child (widget_class, HwMovementForm, tickets_bin);
  gtk_widget_class_bind_template_child (widget_class, HwMovementForm, happened_group);
  gtk_widget_class_bind_template_callback (widget_class, add_leg_cb);
}

static void
hw_movement_form_init (HwMovementForm *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_movement_form_new (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations)
{
  return hw_call_form_begin (
    g_object_new (HW_TYPE_MOVEMENT_FORM, NULL), desktop, file, record, relations);
}
