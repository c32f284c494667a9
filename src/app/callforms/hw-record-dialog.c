/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The form stands over a scratch record; "Add" writes it down, all or nothing. Leaving keeps
 * nothing, and asks first when something was typed. What ends the window otherwise, a lock or a
 * power cut, leaves a draft in the store.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-record-dialog.h"

#include <glib/gi18n.h>

#include "app/callforms/hw-form-for-record.h"
#include "app/callforms/hw-new-record.h"
#include "app/callforms/hw-scratch.h"
#include "app/cases/hw-record-window.h"
#include "app/hw-compat.h"
#include "app/hw-refusal-box.h"
#include "app/intake/hw-draft-saver.h"
#include "app/widgets/hw-text.h"

struct _HwRecordDialog
{
  AdwWindow parent;

  HwDesktop *desktop; /* (owned) */
  HwCaseFile *file;   /* (owned) */
  HwRecord *scratch;  /* (owned) */
  HwRecord *given;    /* (owned) the scratch as it was before anybody typed */
  HwDraftSaver *saver; /* (owned) */
  gboolean saving;

  AdwWindowTitle *title;
  GtkWidget *add_button;
  GtkScrolledWindow *scroller;
  HwRefusalBox *refusal_box;
  AdwBin *form_bin;
};

G_DEFINE_FINAL_TYPE (HwRecordDialog, hw_record_dialog, ADW_TYPE_WINDOW)

static void
form_commit_cb (HwRecordDialog *self, guint field, HwValue *value, guint64 base)
{
  hw_record_set (self->scratch, field, value);
}

static void
set_saving (HwRecordDialog *self, gboolean saving)
{
  self->saving = saving;
  gtk_widget_set_sensitive (self->add_button, !saving);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwRecordDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = hw_desktop_commit_finish (HW_DESKTOP (source), result, &error);
  HwVerdict *refusal = hw_desktop_first_refusal (results);

  if (self->desktop == NULL || !hw_desktop_is_unlocked (self->desktop))
    return;
  set_saving (self, FALSE);
  if (results == NULL)
    {
      hw_compat_tell (GTK_WIDGET (self), _ ("Not Saved"), error->message);
      return;
    }
  if (refusal == NULL)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (hw_verdict_conditions (refusal)->len > 0
      || !hw_scratch_refuse (GTK_WIDGET (self->form_bin), refusal))
    {
      hw_refusal_box_show (self->refusal_box, _ ("This cannot be added yet"), refusal);
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
    }
}

static void
add_cb (HwRecordDialog *self)
{
  g_autoptr (GPtrArray) operations = NULL;
  HwFieldRow *fault;

  if (self->saving)
    return;
  hw_refusal_box_show (self->refusal_box, NULL, NULL);
  fault = hw_scratch_first_fault (GTK_WIDGET (self->form_bin));
  if (fault != NULL)
    {
      hw_scratch_focus (fault);
      return;
    }
  set_saving (self, TRUE);
  operations = hw_new_record_operations (self->desktop, self->scratch);
  hw_desktop_commit_async (self->desktop, operations, TRUE, committed_cb, g_object_ref (self));
}

static gboolean
add_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  add_cb (HW_RECORD_DIALOG (widget));
  return TRUE;
}

static gboolean
may_create (HwRecordDialog *self, HwTypeId type)
{
  const HwActor *actor = hw_desktop_actor (self->desktop);
  guint relations
    = hw_access_relations (self->file, NULL, actor, hw_clock_now (hw_desktop_clock (self->desktop)));

  return type != HW_TYPE_ID_NONE && hw_access_may_create (actor->role, relations, type);
}

/* What opens the gate opens over this window, so that what was typed here stays. */
static void
fix_cb (HwRecordDialog *self, HwCondition *condition)
{
  HwFieldRow *row = hw_scratch_find_row (GTK_WIDGET (self->form_bin), condition->field);
  gboolean is_own = g_strcmp0 (condition->record, hw_record_id (self->scratch)) == 0;
  GtkWidget *window = NULL;

  if (is_own && row != NULL)
    hw_scratch_focus (row);
  else if (condition->record != NULL && !is_own)
    window = hw_record_window_new (self->desktop, condition->record, GTK_WINDOW (self));
  else if (may_create (self, condition->type))
    window = hw_record_dialog_new (self->desktop, self->file, condition->type, GTK_WINDOW (self));
  if (window != NULL)
    gtk_window_present (GTK_WINDOW (window));
}

static gboolean
hw_record_dialog_close_request (GtkWindow *window)
{
  HwRecordDialog *self = HW_RECORD_DIALOG (window);

  return self->saving
         || hw_scratch_ask_to_leave (
           window, GTK_WIDGET (self->form_bin), self->scratch, self->given, _ ("Leave Without Adding It?"));
}

/* What is new is written from its first line on; the keyboard would begin at Cancel. */
static void
hw_record_dialog_map (GtkWidget *widget)
{
  HwRecordDialog *self = HW_RECORD_DIALOG (widget);

  GTK_WIDGET_CLASS (hw_record_dialog_parent_class)->map (widget);
  gtk_widget_child_focus (GTK_WIDGET (self->form_bin), GTK_DIR_TAB_FORWARD);
}

static void
hw_record_dialog_dispose (GObject *object)
{
  HwRecordDialog *self = HW_RECORD_DIALOG (object);

  /* Left or added: a lock has ended the saver before. */
  if (self->saver != NULL)
    hw_draft_saver_discard (self->saver);
  g_clear_object (&self->saver);
  gtk_widget_dispose_template (GTK_WIDGET (self), HW_TYPE_RECORD_DIALOG);
  g_clear_object (&self->scratch);
  g_clear_object (&self->given);
  g_clear_object (&self->file);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_record_dialog_parent_class)->dispose (object);
}

static void
hw_record_dialog_class_init (HwRecordDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_record_dialog_dispose;
  widget_class->map = hw_record_dialog_map;
  GTK_WINDOW_CLASS (klass)->close_request = hw_record_dialog_close_request;

  g_type_ensure (HW_TYPE_REFUSAL_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/homeward/ui/hw-record-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HwRecordDialog, title);
  gtk_widget_class_bind_template_child (widget_class, HwRecordDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, HwRecordDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, HwRecordDialog, refusal_box);
  gtk_widget_class_bind_template_child (widget_class, HwRecordDialog, form_bin);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, fix_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (
    widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, add_shortcut_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, add_shortcut_cb, NULL);
}

static void
hw_record_dialog_init (HwRecordDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
draft_json (gpointer data)
{
  HwRecordDialog *self = data;

  return hw_record_draft_to_json (self->scratch, GTK_WIDGET (self->form_bin));
}

static void
typed_cb (HwRecordDialog *self)
{
  if (self->saver != NULL)
    hw_draft_saver_change (self->saver);
}

/* The window goes with the lock; the draft stays. */
static void
locking_cb (HwRecordDialog *self)
{
  if (self->saver != NULL)
    hw_draft_saver_end (self->saver);
  g_clear_object (&self->saver);
}

/* Takes scratch. */
static HwRecordDialog *
dialog_over (HwDesktop *desktop, HwCaseFile *file, HwRecord *scratch, GtkWindow *parent)
{
  HwRecordDialog *self = g_object_new (HW_TYPE_RECORD_DIALOG, "transient-for", parent, NULL);
  gint64 now_us = hw_clock_now (hw_desktop_clock (desktop));
  guint relations = hw_access_relations (file, NULL, hw_desktop_actor (desktop), now_us);
  g_autofree char *title = hw_text_title (hw_record_def (scratch)->label);
  g_autofree char *key = hw_record_draft_key (scratch);
  GtkWidget *form;

  self->desktop = g_object_ref (desktop);
  self->file = g_object_ref (file);
  self->scratch = scratch;
  hw_new_record_prepare (desktop, file, self->scratch);
  self->given = hw_record_copy (self->scratch);
  self->saver = hw_draft_saver_new (hw_desktop_store (desktop), key, draft_json, self);
  adw_window_title_set_title (self->title, title);
  form = hw_form_for_scratch (desktop, file, self->scratch, relations);
  g_signal_connect_object (form, "commit", G_CALLBACK (form_commit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desktop, "locking", G_CALLBACK (locking_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->form_bin, form);
  hw_scratch_own (form);
  hw_record_draft_watch (form, G_CALLBACK (typed_cb), self);
  return self;
}

GtkWidget *
hw_record_dialog_new (HwDesktop *desktop, HwCaseFile *file, HwTypeId type, GtkWindow *parent)
{
  return GTK_WIDGET (
    dialog_over (desktop, file, hw_scratch_new (desktop, type, hw_case_file_id (file)), parent));
}

GtkWidget *
hw_record_dialog_continue (HwDesktop *desktop, HwCaseFile *file, HwRecordDraft *draft, GtkWindow *parent)
{
  HwRecord *scratch = hw_record_new (hw_record_type (draft->record), hw_record_id (draft->record));
  HwRecordDialog *self;

  hw_record_set_case (scratch, hw_record_case (draft->record));
  self = dialog_over (desktop, file, scratch, parent);
  hw_record_draft_show (draft, self->scratch, GTK_WIDGET (self->form_bin));
  return GTK_WIDGET (self);
}

void
hw_record_dialog_preset (HwRecordDialog *self, HwFieldId field, HwValue *value)
{
  hw_scratch_propose (GTK_WIDGET (self->form_bin), self->scratch, field, value);
  hw_record_set (self->given, field, value);
}

HwRecord *
hw_record_dialog_get_record (HwRecordDialog *self)
{
  return self->scratch;
}
