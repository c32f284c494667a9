/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bridge between forms, which set nothing, and the one write path. A commit carries the
 * revision that was on screen, so that two edits that met become a conflict. A move also writes
 * down when it was made.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-wired-form.h"

#include <glib/gi18n.h>

#include "app/callforms/hw-call-form.h"
#include "app/callforms/hw-scratch.h"
#include "domain/hw-mrz.h"

struct _HwWiredForm
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) (nullable) after dispose */
  HwRecord *record;   /* (owned) (nullable) after dispose */
};

G_DEFINE_FINAL_TYPE (HwWiredForm, hw_wired_form, ADW_TYPE_BIN)

enum
{
  REFUSED,
  HISTORY_REQUESTED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* Moments that a move fixes; a gate judges them at that very time. */
static const struct
{
  HwTypeId type;
  const char *status;
  HwFieldId field;
} move_stamps[] = {
  { HW_TYPE_ID_EMBASSY_REQUEST, HW_EMBASSY_REQUEST_STATUS_SENT, HW_FIELD_EMBASSY_REQUEST_SENT_ON },
  { HW_TYPE_ID_MOVEMENT, HW_MOVEMENT_STATUS_TICKETED, HW_FIELD_MOVEMENT_TICKETED_AT },
  { HW_TYPE_ID_MOVEMENT, HW_MOVEMENT_STATUS_CHECKED_IN, HW_FIELD_MOVEMENT_CHECKED_IN_AT },
  { HW_TYPE_ID_MOVEMENT, HW_MOVEMENT_STATUS_DEPARTED, HW_FIELD_MOVEMENT_DEPARTED_AT },
  { HW_TYPE_ID_MOVEMENT, HW_MOVEMENT_STATUS_ARRIVED, HW_FIELD_MOVEMENT_ARRIVED_AT },
};

typedef struct
{
  HwWiredForm *self; /* (owned) */
  HwFieldId field;
} Pending;

static Pending *
pending_new (HwWiredForm *self, HwFieldId field)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->self = g_object_ref (self);
  pending->field = field;
  return pending;
}

static void
pending_free (Pending *pending)
{
  g_object_unref (pending->self);
  g_free (pending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pending, pending_free)

static void
tell_provisional (HwWiredForm *self, GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      HwResult *result = g_ptr_array_index (results, i);

      if (result->verdict != NULL && hw_verdict_outcome (result->verdict) == HW_OUTCOME_PROVISIONAL)
        {
          hw_desktop_say (self->desktop, _ ("Waiting for the office: do not buy, do not send yet"));
          return;
        }
    }
}

static void
tell_refusal (HwWiredForm *self, HwFieldId field, const char *message)
{
  GtkWidget *form = adw_bin_get_child (ADW_BIN (self));
  HwFieldRow *row = hw_scratch_find_row (form, field);

  if (row != NULL)
    hw_field_row_refuse (row, message);
  else if (!HW_IS_CALL_FORM (form) || !hw_call_form_refuse (HW_CALL_FORM (form), field, message))
    hw_desktop_say (self->desktop, message);
}

static void
field_refused (HwWiredForm *self, HwFieldId field, HwVerdict *verdict)
{
  tell_refusal (self, field, hw_verdict_message (verdict));
  if (hw_verdict_conditions (verdict)->len > 0)
    g_signal_emit (self, signals[REFUSED], 0, verdict);
}

static void
move_answered (HwWiredForm *self, HwVerdict *refusal)
{
  GtkWidget *form = adw_bin_get_child (ADW_BIN (self));

  if (HW_IS_CALL_FORM (form))
    hw_call_form_move_refused (HW_CALL_FORM (form), refusal != NULL);
  g_signal_emit (self, signals[REFUSED], 0, refusal);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Pending) pending = user_data;
  HwWiredForm *self = pending->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = hw_desktop_commit_finish (HW_DESKTOP (source), result, &error);
  HwVerdict *refusal = hw_desktop_first_refusal (results);

  if (self->desktop == NULL)
    return;
  if (results == NULL)
    {
      if (pending->field != HW_FIELD_NONE)
        tell_refusal (self, pending->field, error->message);
      return;
    }
  if (pending->field == HW_FIELD_NONE)
    move_answered (self, refusal);
  else if (refusal != NULL)
    field_refused (self, pending->field, refusal);
  tell_provisional (self, results);
}

static void
commit_operation (HwWiredForm *self, HwOperation *operation, HwFieldId field)
{
  g_autoptr (GPtrArray) operations
    = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);

  g_ptr_array_add (operations, operation);
  hw_desktop_commit_async (
    self->desktop, operations, TRUE, committed_cb, pending_new (self, field));
}

/* Sets travel as what was added and taken away, so that two people may both add. */
static void
set_members (
  HwOperation *operation, HwRecord *record, HwFieldId field, HwValue *value, guint64 base)
{
  g_autoptr (GStrvBuilder) added = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) removed = g_strv_builder_new ();
  g_auto (GStrv) add = NULL;
  g_auto (GStrv) remove = NULL;
  const char *const *before = hw_record_get_set (record, field);
  const char *const *after = hw_value_set (value);

  for (guint i = 0; after[i] != NULL; i++)
    if (!g_strv_contains (before, after[i]))
      g_strv_builder_add (added, after[i]);
  for (guint i = 0; before[i] != NULL; i++)
    if (!g_strv_contains (after, before[i]))
      g_strv_builder_add (removed, before[i]);
  add = g_strv_builder_end (added);
  remove = g_strv_builder_end (removed);
  hw_operation_add_remove (
    operation, field, (const char *const *)add, (const char *const *)remove, base);
}

static void
commit_cb (HwWiredForm *self, guint field, HwValue *value, guint64 base)
{
  HwOperation *operation = hw_desktop_new_update (self->desktop, self->record);

  if (hw_kind_is_set (hw_schema_field (field)->kind))
    set_members (operation, self->record, field, value, base);
  else
    hw_operation_set (operation, field, value, base);
  commit_operation (self, operation, field);
}

static void
stamp_move (HwWiredForm *self, HwOperation *operation, const char *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (move_stamps); i++)
    {
      HwFieldId field = move_stamps[i].field;
      g_autofree char *when = NULL;

      if (move_stamps[i].type != hw_record_type (self->record)
          || !g_str_equal (move_stamps[i].status, status)
          || hw_record_get (self->record, field) != NULL)
        continue;
      when = hw_schema_field (field)->kind == HW_KIND_DATE
               ? hw_desktop_today (self->desktop)
               : hw_instant_format (hw_clock_now (hw_desktop_clock (self->desktop)));
      hw_operation_set_text (operation, field, when, hw_record_field_rev (self->record, field));
    }
}

/* Whoever says "verified" had the document in hand: its lines are then checked too, if they come out
 * and say the same as the record. */
static void
stamp_lines (HwWiredForm *self, HwOperation *operation, const char *status)
{
  g_autofree char *today = hw_desktop_today (self->desktop);
  g_autofree char *objection = NULL;
  g_autoptr (HwValue) checked = hw_value_new_boolean (TRUE);

  if (hw_record_type (self->record) != HW_TYPE_ID_TRAVEL_DOCUMENT
      || !g_str_equal (status, HW_TRAVEL_DOCUMENT_STATUS_VERIFIED)
      || hw_record_get (self->record, HW_FIELD_TRAVEL_DOCUMENT_MRZ) == NULL
      || hw_record_get_boolean (self->record, HW_FIELD_TRAVEL_DOCUMENT_MRZ_VERIFIED))
    return;
  objection = hw_mrz_objection (self->record, today);
  if (objection == NULL)
    hw_operation_set (
      operation,
      HW_FIELD_TRAVEL_DOCUMENT_MRZ_VERIFIED,
      checked,
      hw_record_field_rev (self->record, HW_FIELD_TRAVEL_DOCUMENT_MRZ_VERIFIED));
}

static void
move_cb (HwWiredForm *self, const char *status)
{
  HwFieldId field = hw_record_def (self->record)->status_field;
  HwOperation *operation = hw_desktop_new_update (self->desktop, self->record);

  hw_operation_set_text (operation, field, status, hw_record_field_rev (self->record, field));
  stamp_move (self, operation, status);
  stamp_lines (self, operation, status);
  commit_operation (self, operation, HW_FIELD_NONE);
}

static void
history_cb (HwWiredForm *self, guint field)
{
  g_signal_emit (self, signals[HISTORY_REQUESTED], 0, field);
}

/* What is typed when the page goes away is saved like anything left by Tab. */
static void
unmap_cb (HwWiredForm *self)
{
  if (self->desktop != NULL && hw_desktop_is_unlocked (self->desktop))
    hw_field_rows_leave (GTK_WIDGET (self));
}

static void
hw_wired_form_dispose (GObject *object)
{
  HwWiredForm *self = HW_WIRED_FORM (object);

  g_clear_object (&self->record);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_wired_form_parent_class)->dispose (object);
}

static void
hw_wired_form_class_init (HwWiredFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_wired_form_dispose;
  signals[REFUSED] = g_signal_new (
    "refused", HW_TYPE_WIRED_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, HW_TYPE_VERDICT);
  signals[HISTORY_REQUESTED] = g_signal_new (
    "history-requested", HW_TYPE_WIRED_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
hw_wired_form_init (HwWiredForm *self)
{
}

GtkWidget *
hw_wired_form_new (HwDesktop *desktop, HwRecord *record, GtkWidget *form)
{
  HwWiredForm *self = g_object_new (HW_TYPE_WIRED_FORM, NULL);

  self->desktop = g_object_ref (desktop);
  self->record = g_object_ref (record);
  adw_bin_set_child (ADW_BIN (self), form);
  g_signal_connect_object (form, "commit", G_CALLBACK (commit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "move", G_CALLBACK (move_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "history-requested", G_CALLBACK (history_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "unmap", G_CALLBACK (unmap_cb), NULL);
  return GTK_WIDGET (self);
}

GtkWidget *
hw_wired_form_get_form (HwWiredForm *self)
{
  return adw_bin_get_child (ADW_BIN (self));
}
