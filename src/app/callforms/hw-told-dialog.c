/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a mission said by phone is only as good as the note of it: without who said it and when, it is not written
 * down. Whether the mission has an account only the office knows; it refuses this where it has one.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-told-dialog.h"

#include <glib/gi18n.h>

#include "app/callforms/hw-scratch.h"
#include "app/hw-compat.h"
#include "app/hw-desktop-references.h"
#include "app/hw-refusal-box.h"

struct _HwToldDialog
{
  AdwWindow parent;

  HwDesktop *desktop; /* (owned) */
  HwRecord *request;  /* (owned) as stored */
  HwRecord *answer;   /* (owned) the request as it is being filled in */
  HwRecord *call;     /* (owned) the call as it is being filled in */
  HwRecord *given;    /* (owned) the call before anybody typed */
  char *status;       /* (owned) */
  gboolean saving;

  GtkWidget *write_button;
  HwRefusalBox *refusal_box;
  GtkWidget *group;
  AdwActionRow *answer_row;
  AdwEntryRow *who_row;
  GtkWidget *appointment_row;
};

G_DEFINE_FINAL_TYPE (HwToldDialog, hw_told_dialog, ADW_TYPE_WINDOW)

static void
set_saving (HwToldDialog *self, gboolean saving)
{
  self->saving = saving;
  gtk_widget_set_sensitive (self->write_button, !saving);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwToldDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = hw_desktop_commit_finish (HW_DESKTOP (source), result, &error);
  HwVerdict *refusal = hw_desktop_first_refusal (results);

  if (self->desktop == NULL || !hw_desktop_is_unlocked (self->desktop))
    return;
  set_saving (self, FALSE);
  if (results == NULL)
    hw_compat_tell (GTK_WIDGET (self), _ ("Not Saved"), error->message);
  else if (refusal == NULL)
    gtk_window_destroy (GTK_WINDOW (self));
  else if (!hw_scratch_refuse (self->group, refusal))
    hw_refusal_box_show (self->refusal_box, _ ("This cannot be written down"), refusal);
}

/* TRUE: somebody is named, or the row says that she must be. */
static gboolean
check_who (HwToldDialog *self, char **who)
{
  *who = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->who_row))));
  if (**who != '\0')
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->who_row), "error");
      return TRUE;
    }
  gtk_widget_add_css_class (GTK_WIDGET (self->who_row), "error");
  gtk_widget_grab_focus (GTK_WIDGET (self->who_row));
  return FALSE;
}

/* Who spoke comes before what was said: the two stand in one field, which no mission reads. */
static HwOperation *
new_call (HwToldDialog *self, const char *who)
{
  g_autoptr (HwRecord) call = hw_record_copy (self->call);
  const char *said = hw_record_get_text (call, HW_FIELD_CONTACT_LOG_SUMMARY);
  const HwChoice *choice
    = hw_field_choice (hw_schema_field (HW_FIELD_EMBASSY_REQUEST_STATUS), self->status);
  g_autofree char *words = NULL;
  g_autoptr (HwValue) summary = NULL;

  /* Translators: who spoke for a mission, the answer, what was said */
  words = g_strdup_printf (said != NULL ? _ ("%s said: %s. %s") : _ ("%s said: %s"), who,
                           choice != NULL ? _ (choice->label) : self->status, said);
  summary = hw_value_new_text (words);
  hw_record_set (call, HW_FIELD_CONTACT_LOG_SUMMARY, summary);
  return hw_scratch_create_operation (self->desktop, call);
}

static void
write_cb (HwToldDialog *self)
{
  g_autoptr (GPtrArray) operations = NULL;
  g_autofree char *who = NULL;
  HwOperation *operation;
  HwFieldRow *fault;

  if (self->saving)
    return;
  hw_refusal_box_show (self->refusal_box, NULL, NULL);
  fault = hw_scratch_first_fault (self->group);
  if (fault != NULL)
    hw_scratch_focus (fault);
  if (fault != NULL || !check_who (self, &who))
    return;
  set_saving (self, TRUE);
  operations = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);
  operation = hw_scratch_update_operation (self->desktop, self->request, self->answer);
  hw_operation_set_text (operation,
                         HW_FIELD_EMBASSY_REQUEST_STATUS,
                         self->status,
                         hw_record_field_rev (self->request, HW_FIELD_EMBASSY_REQUEST_STATUS));
  g_ptr_array_add (operations, operation);
  g_ptr_array_add (operations, new_call (self, who));
  hw_desktop_commit_async (self->desktop, operations, TRUE, committed_cb, g_object_ref (self));
}

static gboolean
write_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  write_cb (HW_TOLD_DIALOG (widget));
  return TRUE;
}

static gboolean
hw_told_dialog_close_request (GtkWindow *window)
{
  HwToldDialog *self = HW_TOLD_DIALOG (window);

  return self->saving
         || hw_scratch_ask_to_leave (
           window, self->group, self->call, self->given, _ ("Leave without writing it down?"));
}

static void
set_text (HwRecord *record, HwFieldId field, const char *text)
{
  g_autoptr (HwValue) value = text != NULL ? hw_value_new_text (text) : NULL;

  hw_record_set (record, field, value);
}

static HwRecord *
make_call (HwDesktop *desktop, HwRecord *request)
{
  HwRecord *call = hw_scratch_new (desktop, HW_TYPE_ID_CONTACT_LOG, hw_record_case (request));
  g_autofree char *now = hw_instant_format (hw_clock_now (hw_desktop_clock (desktop)));

  set_text (call, HW_FIELD_CONTACT_LOG_AT, now);
  set_text (call, HW_FIELD_CONTACT_LOG_DIRECTION, HW_CONTACT_LOG_DIRECTION_IN);
  set_text (call, HW_FIELD_CONTACT_LOG_CHANNEL, HW_SAFE_CONTACT_CHANNEL_PHONE);
  set_text (call, HW_FIELD_CONTACT_LOG_CALLER, HW_CONTACT_LOG_CALLER_EMBASSY);
  set_text (call, HW_FIELD_CONTACT_LOG_ORGANISATION,
            hw_record_get_text (request, HW_FIELD_EMBASSY_REQUEST_MISSION));
  return call;
}

static void
show_answer (HwToldDialog *self)
{
  const HwChoice *choice
    = hw_field_choice (hw_schema_field (HW_FIELD_EMBASSY_REQUEST_STATUS), self->status);
  g_autofree char *mission = hw_desktop_record_name (
    self->desktop, hw_record_get_text (self->request, HW_FIELD_EMBASSY_REQUEST_MISSION));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->answer_row),
                                 choice != NULL ? _ (choice->label) : self->status);
  adw_action_row_set_subtitle (self->answer_row, mission != NULL ? mission : "");
  gtk_widget_set_visible (
    self->appointment_row,
    g_str_equal (self->status, HW_EMBASSY_REQUEST_STATUS_APPOINTMENT_SET));
}

static void
hw_told_dialog_dispose (GObject *object)
{
  HwToldDialog *self = HW_TOLD_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), HW_TYPE_TOLD_DIALOG);
  g_clear_object (&self->request);
  g_clear_object (&self->answer);
  g_clear_object (&self->call);
  g_clear_object (&self->given);
  g_clear_object (&self->desktop);
  g_clear_pointer (&self->status, g_free);

  G_OBJECT_CLASS (hw_told_dialog_parent_class)->dispose (object);
}

static void
hw_told_dialog_class_init (HwToldDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_told_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = hw_told_dialog_close_request;

  g_type_ensure (HW_TYPE_FIELD_ROW);
  g_type_ensure (HW_TYPE_REFUSAL_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-told-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HwToldDialog, write_button);
  gtk_widget_class_bind_template_child (widget_class, HwToldDialog, refusal_box);
  gtk_widget_class_bind_template_child (widget_class, HwToldDialog, group);
  gtk_widget_class_bind_template_child (widget_class, HwToldDialog, answer_row);
  gtk_widget_class_bind_template_child (widget_class, HwToldDialog, who_row);
  gtk_widget_class_bind_template_child (widget_class, HwToldDialog, appointment_row);
  gtk_widget_class_bind_template_callback (widget_class, write_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (
    widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, write_shortcut_cb, NULL);
}

static void
hw_told_dialog_init (HwToldDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_told_dialog_new (HwDesktop *desktop, HwRecord *request, const char *status, GtkWindow *parent)
{
  HwToldDialog *self = g_object_new (HW_TYPE_TOLD_DIALOG, "transient-for", parent, NULL);
  g_autoptr (HwFormContext) context = hw_desktop_form_context (desktop, NULL);

  self->desktop = g_object_ref (desktop);
  self->request = hw_record_copy (request);
  self->answer = hw_record_copy (request);
  self->status = g_strdup (status);
  self->call = make_call (desktop, request);
  self->given = hw_record_copy (self->call);
  hw_scratch_bind (self->group, self->call, context);
  hw_scratch_bind (self->appointment_row, self->answer, context);
  show_answer (self);
  return GTK_WIDGET (self);
}
