/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A journey on one page, in the order it is arranged: what to see to, legs on both clocks, booking,
 * who travels along, who receives her, tickets, help, and what happened. The hold counts down while
 * one looks at it.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-movement-form.h"

#include <glib/gi18n.h>

#include "app/callforms/hw-child-list.h"
#include "app/callforms/hw-leg-rows.h"
#include "app/callforms/hw-record-dialog.h"
#include "app/travel/hw-travel-row.h"
#include "app/widgets/hw-pill.h"
#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-text.h"
#include "domain/hw-travel.h"
#include "store/hw-case-list.h"

#define TICK_S 20

struct _HwMovementForm
{
  HwCallForm parent;

  HwRecordList *legs;       /* (owned) (nullable) until stored */
  HwRecordList *companions; /* (owned) (nullable) journeys of the same group */
  char *group;              /* (owned) (nullable) whose companions are listed */
  HwCaseFile *now;          /* (owned) (nullable) the case as the store last told it */
  GCancellable *loading;    /* (owned) */
  GPtrArray *rows;          /* (owned) (element-type GtkWidget, unowned) now in legs_group */
  GPtrArray *dropped_rows;  /* (owned) the same of dropped_group */
  GPtrArray *notice_rows;   /* (owned) the same of notices_group */
  char *noticed;            /* (owned) (nullable) the words of those that are shown */
  GPtrArray *company_rows;  /* (owned) the same of company_group */
  guint tick;

  AdwPreferencesGroup *notices_group;
  AdwPreferencesGroup *legs_group;
  GtkWidget *add_leg;
  AdwPreferencesGroup *dropped_group;
  AdwPreferencesGroup *company_group;
  AdwPreferencesGroup *reception_group;
  AdwActionRow *reception_row;
  HwPill *handshake_pill;
  AdwPreferencesGroup *booking_group;
  AdwBin *tickets_bin;
  GtkWidget *hold_row;
  GtkWidget *happened_group;
};

G_DEFINE_FINAL_TYPE (HwMovementForm, hw_movement_form, HW_TYPE_CALL_FORM)

static const HwMoveLabel move_labels[] = {
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
  return hw_move_label_find (move_labels, G_N_ELEMENTS (move_labels), status);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, HwMovementForm *self)
{
  HwRecord *record = g_object_get_data (G_OBJECT (row), "record");

  if (record != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "s", hw_record_id (record));
}

static GPtrArray *
new_rows (void)
{
  return g_ptr_array_new ();
}

/* The list inside a group says which row was activated, however it was made. */
static void
add_row (HwMovementForm *self, AdwPreferencesGroup *group, GPtrArray *rows, GtkWidget *row)
{
  GtkWidget *list;

  adw_preferences_group_add (group, row);
  g_ptr_array_add (rows, row);
  list = gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX);
  g_signal_handlers_disconnect_by_func (list, row_activated_cb, self);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_activated_cb), self, 0);
}

/* (transfer full) (element-type HwRecord) */
static GPtrArray *
held_records (HwRecordList *list)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; list != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    g_ptr_array_add (records, g_list_model_get_item (G_LIST_MODEL (list), i));
  return records;
}

static GtkWidget *
make_notice_row (const HwTravelNotice *notice)
{
  GtkWidget *row = hw_rows_new (notice->title, notice->detail);
  GtkWidget *image = gtk_image_new_from_icon_name (notice->urgent ? "dialog-warning-symbolic"
                                                                  : "dialog-information-symbolic");

  gtk_widget_add_css_class (image, notice->urgent ? "warning" : "dim-label");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  return row;
}

static guint
count_escorts (HwMovementForm *self)
{
  g_autoptr (GPtrArray) others = held_records (self->companions);
  const char *own = hw_record_id (hw_call_form_record (HW_CALL_FORM (self)));
  guint escorts = 0;

  for (guint i = 0; i < others->len; i++)
    if (!g_str_equal (hw_record_id (others->pdata[i]), own)
        && hw_record_get_boolean (others->pdata[i], HW_FIELD_MOVEMENT_ESCORT_BOOKED))
      escorts++;
  return escorts;
}

/* (transfer full) */
static char *
notice_words (GPtrArray *notices)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; notices != NULL && i < notices->len; i++)
    {
      const HwTravelNotice *notice = notices->pdata[i];

      g_string_append_printf (words,
                              "%d\t%s\t%s\n",
                              notice->urgent,
                              notice->title,
                              notice->detail != NULL ? notice->detail : "");
    }
  return g_string_free (words, FALSE);
}

/* Looked at every few seconds, because they count hours: the rows stay while the words do. */
static void
show_notices (HwMovementForm *self)
{
  HwCallForm *form = HW_CALL_FORM (self);
  HwRulesContext context = { .now_us = hw_form_context_now (hw_call_form_context (form)) };
  g_autoptr (GPtrArray) notices = NULL;
  g_autofree char *words = NULL;

  if (self->now != NULL && hw_call_form_may_write (form, HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT))
    notices
      = hw_travel_notices (self->now, hw_call_form_record (form), count_escorts (self), &context);
  words = notice_words (notices);
  if (g_strcmp0 (words, self->noticed) == 0)
    return;
  g_free (self->noticed);
  self->noticed = g_steal_pointer (&words);
  hw_rows_clear_group (self->notices_group, self->notice_rows);
  for (guint i = 0; notices != NULL && i < notices->len; i++)
    add_row (self, self->notices_group, self->notice_rows, make_notice_row (notices->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->notices_group), self->notice_rows->len > 0);
}

static void
show_handshake (HwMovementForm *self)
{
  HwCallForm *form = HW_CALL_FORM (self);
  HwRecord *reception
    = self->now != NULL ? hw_case_file_latest (self->now, HW_TYPE_ID_RECEPTION) : NULL;
  const char *contact
    = reception != NULL ? hw_record_get_text (reception, HW_FIELD_RECEPTION_CONTACT) : NULL;
  const char *place
    = reception != NULL ? hw_record_get_text (reception, HW_FIELD_RECEPTION_PLACE) : NULL;
  HwHandshake handshake = hw_travel_handshake (reception);
  gboolean known = reception == NULL
                   || hw_access_may_read (hw_call_form_role (form),
                                          hw_call_form_relations (form),
                                          hw_schema_field (HW_FIELD_RECEPTION_ACKNOWLEDGED_AT));

  if (contact != NULL && hw_veil_covers (hw_desktop_veil (hw_call_form_desktop (form)), hw_schema_field (HW_FIELD_RECEPTION_CONTACT)))
    contact = HW_VEIL_MASK;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reception_row),
                                 contact != NULL ? contact : _ ("Nobody is named yet"));
  adw_action_row_set_subtitle (self->reception_row, place != NULL ? place : "");
  hw_pill_set (self->handshake_pill,
               known ? hw_handshake_label (handshake) : NULL,
               hw_travel_row_meaning (handshake));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->reception_row), reception != NULL);
  g_object_set_data_full (G_OBJECT (self->reception_row),
                          "record",
                          reception != NULL ? g_object_ref (reception) : NULL,
                          g_object_unref);
}

static void
reception_activated_cb (HwMovementForm *self, AdwActionRow *row)
{
  HwRecord *reception = g_object_get_data (G_OBJECT (row), "record");

  if (reception != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "s", hw_record_id (reception));
}

/* Who travels along: journeys of other cases that this account may see. */
static GtkWidget *
make_companion_row (HwMovementForm *self, HwRecord *movement)
{
  HwStore *store = hw_desktop_store (hw_call_form_desktop (HW_CALL_FORM (self)));
  g_autoptr (HwRecord) header
    = hw_store_get_record (store, HW_TYPE_ID_CASE, hw_record_case (movement), NULL);
  const HwFieldDef *status = hw_schema_field (HW_FIELD_MOVEMENT_STATUS);
  const HwFieldDef *escorts = hw_schema_field (HW_FIELD_MOVEMENT_ESCORT);
  const HwChoice *choice = hw_field_choice (status, hw_record_status (movement));
  const HwChoice *escort
    = hw_field_choice (escorts, hw_record_get_text (movement, HW_FIELD_MOVEMENT_ESCORT));
  const char *name = header != NULL ? hw_record_get_text (header, HW_FIELD_CASE_PSEUDONYM) : NULL;
  g_autofree char *words = NULL;
  GtkWidget *row;

  if (escort != NULL && !g_str_equal (escort->nick, "none"))
    words = g_strdup_printf (hw_record_get_boolean (movement, HW_FIELD_MOVEMENT_ESCORT_BOOKED)
                               ? _ ("Escort: %s, seat booked")
                               : _ ("Escort: %s, no seat yet"),
                             _ (escort->label));
  row = hw_rows_new (name != NULL ? name : _ ("Another case"), words != NULL ? words : _ ("No escort"));
  if (choice != NULL)
    adw_action_row_add_suffix (
      ADW_ACTION_ROW (row),
      hw_pill_new (_ (choice->label), hw_meaning_of_choice (status, choice->nick)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "record", g_object_ref (movement), g_object_unref);
  return row;
}

static void
show_company (HwMovementForm *self)
{
  g_autoptr (GPtrArray) others = held_records (self->companions);
  const char *own = hw_record_id (hw_call_form_record (HW_CALL_FORM (self)));

  hw_rows_clear_group (self->company_group, self->company_rows);
  for (guint i = 0; i < others->len; i++)
    if (!g_str_equal (hw_record_id (others->pdata[i]), own))
      add_row (
        self, self->company_group, self->company_rows, make_companion_row (self, others->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->company_group), self->company_rows->len > 0);
  show_notices (self);
}

static void
follow_group (HwMovementForm *self)
{
  HwCallForm *form = HW_CALL_FORM (self);
  const char *group = hw_record_get_text (hw_call_form_record (form), HW_FIELD_MOVEMENT_GROUP);

  if (!hw_call_form_is_stored (form) || g_strcmp0 (group, self->group) == 0)
    return;
  g_free (self->group);
  self->group = g_strdup (group);
  if (self->companions != NULL)
    g_signal_handlers_disconnect_by_func (self->companions, show_company, self);
  g_clear_object (&self->companions);
  if (group != NULL)
    {
      self->companions = hw_record_list_new (hw_desktop_store (hw_call_form_desktop (form)),
                                             HW_TYPE_ID_MOVEMENT,
                                             HW_FIELD_MOVEMENT_GROUP,
                                             group);
      g_signal_connect_object (
        self->companions, "items-changed", G_CALLBACK (show_company), self, G_CONNECT_SWAPPED);
    }
  show_company (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (HwMovementForm) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HwCaseFile) file = hw_store_load_case_finish (HW_STORE (source), result, &error);

  if (file == NULL || gtk_widget_in_destruction (GTK_WIDGET (self)) || self->loading == NULL)
    return;
  g_set_object (&self->now, file);
  show_handshake (self);
  show_notices (self);
}

static void
load (HwMovementForm *self)
{
  HwCallForm *form = HW_CALL_FORM (self);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  hw_store_load_case_async (hw_desktop_store (hw_call_form_desktop (form)),
                            hw_record_case (hw_call_form_record (form)),
                            self->loading,
                            loaded_cb,
                            g_object_ref (self));
}

static void
store_changed_cb (HwMovementForm *self, GPtrArray *changes)
{
  const char *case_id = hw_record_case (hw_call_form_record (HW_CALL_FORM (self)));

  for (guint i = 0; i < changes->len; i++)
    if (g_strcmp0 (((HwStoreChange *)changes->pdata[i])->case_id, case_id) == 0)
      {
        load (self);
        return;
      }
}

static void
show_legs (HwMovementForm *self)
{
  HwCallForm *form = HW_CALL_FORM (self);
  g_autofree char *today = hw_form_context_today (hw_call_form_context (form));
  const char *ours = hw_desktop_office_zone (hw_call_form_desktop (form));
  g_autoptr (GPtrArray) held = held_records (self->legs);
  g_autoptr (GPtrArray) dropped = NULL;
  g_autoptr (GPtrArray) legs
    = hw_travel_legs (held, hw_record_id (hw_call_form_record (form)), &dropped);
  g_autoptr (GPtrArray) rows = hw_leg_rows_make (
    legs, hw_call_form_record (form), hw_form_context_now (hw_call_form_context (form)), ours, today);
  g_autofree char *total = hw_leg_rows_total (legs);

  hw_rows_clear_group (self->legs_group, self->rows);
  hw_rows_clear_group (self->dropped_group, self->dropped_rows);
  for (guint i = 0; i < rows->len; i++)
    add_row (self, self->legs_group, self->rows, rows->pdata[i]);
  for (guint i = 0; i < dropped->len; i++)
    add_row (self,
             self->dropped_group,
             self->dropped_rows,
             hw_leg_rows_make_dropped (dropped->pdata[i], ours, today));
  gtk_widget_set_visible (GTK_WIDGET (self->dropped_group), dropped->len > 0);
  hw_rows_set_description (
    self->legs_group, total != NULL ? total : _ ("No leg yet: add the first, from where she is."));
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

/* A hold is over once there is a ticket. */
static gboolean
holds_no_more (HwCallForm *form)
{
  static const char *const before[]
    = { HW_MOVEMENT_STATUS_DRAFT,     HW_MOVEMENT_STATUS_REQUESTED, HW_MOVEMENT_STATUS_HELD,
        HW_MOVEMENT_STATUS_CONFIRMED, HW_MOVEMENT_STATUS_REBOOKED,  NULL };
  const char *status = hw_record_status (hw_call_form_record (form));

  return status != NULL && !g_strv_contains (before, status);
}

static void
show_hold (HwMovementForm *self)
{
  HwCallForm *form = HW_CALL_FORM (self);
  HwFormContext *context = hw_call_form_context (form);
  gint64 now_us = hw_form_context_now (context), left_us = 0;
  HwHoldState hold = hw_travel_hold (hw_call_form_record (form), now_us, &left_us);
  g_autofree char *today = hw_form_context_today (context);
  g_autofree char *moment
    = hw_text_moment (now_us + left_us, hw_form_context_get_zone (context), today);
  g_autofree char *left = hw_travel_duration (ABS (left_us) / G_TIME_SPAN_MINUTE);
  g_autofree char *words = NULL;

  if (hold == HW_HOLD_ENDED)
    words = g_strdup_printf (_ ("The hold ended %s: ask the carrier again."), moment);
  else if (hold != HW_HOLD_NONE)
    words = g_strdup_printf (_ ("The seat is held until %s; %s left."), moment, left);
  hw_rows_set_description (self->booking_group, words);
  gtk_widget_set_visible (
    self->hold_row, !holds_no_more (form)
                      && hw_access_may_read (hw_call_form_role (form),
                                             hw_call_form_relations (form),
                                             hw_schema_field (HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT)));
}

static gboolean
tick_cb (gpointer data)
{
  show_hold (data);
  show_notices (data);
  return G_SOURCE_CONTINUE;
}

static void
update (HwCallForm *form)
{
  HwMovementForm *self = HW_MOVEMENT_FORM (form);

  show_hold (self);
  follow_group (self);
  show_notices (self);
  if (self->legs != NULL)
    show_legs (self);
}

static void
set_up (HwCallForm *form)
{
  HwMovementForm *self = HW_MOVEMENT_FORM (form);
  gboolean stored = hw_call_form_is_stored (form);

  gtk_widget_set_visible (GTK_WIDGET (self->legs_group), stored);
  gtk_widget_set_visible (GTK_WIDGET (self->tickets_bin), stored);
  gtk_widget_set_visible (self->happened_group, stored);
  gtk_widget_set_visible (GTK_WIDGET (self->reception_group), stored);
  if (!stored)
    return;
  g_signal_connect_object (hw_desktop_store (hw_call_form_desktop (form)),
                           "changed",
                           G_CALLBACK (store_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  self->tick = g_timeout_add_seconds (TICK_S, tick_cb, self);
  load (self);
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

  g_clear_handle_id (&self->tick, g_source_remove);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->now);
  g_clear_object (&self->companions);
  g_clear_object (&self->legs);
  gtk_widget_dispose_template (GTK_WIDGET (self), HW_TYPE_MOVEMENT_FORM);

  G_OBJECT_CLASS (hw_movement_form_parent_class)->dispose (object);
}

static void
hw_movement_form_finalize (GObject *object)
{
  HwMovementForm *self = HW_MOVEMENT_FORM (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->dropped_rows);
  g_ptr_array_unref (self->notice_rows);
  g_ptr_array_unref (self->company_rows);
  g_free (self->group);
  g_free (self->noticed);

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
  g_type_ensure (HW_TYPE_PILL);
  gtk_widget_class_bind_template_child (widget_class, HwMovementForm, notices_group);
  gtk_widget_class_bind_template_child (widget_class, HwMovementForm, legs_group);
  gtk_widget_class_bind_template_child (widget_class, HwMovementForm, dropped_group);
  gtk_widget_class_bind_template_child (widget_class, HwMovementForm, company_group);
  gtk_widget_class_bind_template_child (widget_class, HwMovementForm, reception_group);
  gtk_widget_class_bind_template_child (widget_class, HwMovementForm, reception_row);
  gtk_widget_class_bind_template_child (widget_class, HwMovementForm, handshake_pill);
  gtk_widget_class_bind_template_child (widget_class, HwMovementForm, add_leg);
  gtk_widget_class_bind_template_child (widget_class, HwMovementForm, booking_group);
  gtk_widget_class_bind_template_child (widget_class, HwMovementForm, tickets_bin);
  gtk_widget_class_bind_template_child (widget_class, HwMovementForm, hold_row);
  gtk_widget_class_bind_template_child (widget_class, HwMovementForm, happened_group);
  gtk_widget_class_bind_template_callback (widget_class, add_leg_cb);
  gtk_widget_class_bind_template_callback (widget_class, reception_activated_cb);
}

static void
hw_movement_form_init (HwMovementForm *self)
{
  self->rows = new_rows ();
  self->dropped_rows = new_rows ();
  self->notice_rows = new_rows ();
  self->company_rows = new_rows ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_movement_form_new (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations)
{
  return hw_call_form_begin (
    g_object_new (HW_TYPE_MOVEMENT_FORM, NULL), desktop, file, record, relations);
}
