/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Number, dates and status go out as one operation: a document that is issued and has no number
 * must not exist, not even for a second. The record shown is a copy, so that nothing is written
 * before "Issue". What ends the window otherwise than by issuing or leaving, a lock or a power cut, leaves a draft, and
 * the window begins with it the next time.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/requests/hw-document-dialog.h"

#include <glib/gi18n.h>

#include "app/callforms/hw-mrz-panel.h"
#include "app/callforms/hw-record-draft.h"
#include "app/callforms/hw-scratch.h"
#include "app/hw-compat.h"
#include "app/hw-desktop-references.h"
#include "app/hw-refusal-box.h"
#include "app/intake/hw-draft-saver.h"

struct _HwDocumentDialog
{
  AdwWindow parent;

  HwDesktop *desktop; /* (owned) */
  HwRecord *document; /* (owned) as stored */
  HwRecord *scratch;  /* (owned) as it is being filled in */
  HwRecord *given;    /* (owned) the scratch before anybody typed */
  HwDraftSaver *saver; /* (owned) (nullable) once it ended */
  gboolean saving;

  GtkWidget *issue_button;
  HwRefusalBox *refusal_box;
  GtkWidget *group;
  HwFieldRow *mrz_row;
  HwMrzPanel *mrz_panel;
};

G_DEFINE_FINAL_TYPE (HwDocumentDialog, hw_document_dialog, ADW_TYPE_WINDOW)

/* Without these a document cannot be read at a counter. */
static const HwFieldId needed_fields[] = {
  HW_FIELD_TRAVEL_DOCUMENT_KIND,
  HW_FIELD_TRAVEL_DOCUMENT_NUMBER,
  HW_FIELD_TRAVEL_DOCUMENT_ISSUED_ON,
  HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON,
};

static void
set_saving (HwDocumentDialog *self, gboolean saving)
{
  self->saving = saving;
  gtk_widget_set_sensitive (self->issue_button, !saving);
}

static HwFieldRow *
first_missing (HwDocumentDialog *self)
{
  HwFieldRow *missing = hw_scratch_first_fault (self->group);

  for (guint i = G_N_ELEMENTS (needed_fields); missing == NULL && i > 0; i--)
    {
      HwFieldRow *row = hw_scratch_find_row (self->group, needed_fields[i - 1]);

      if (hw_record_get (self->scratch, needed_fields[i - 1]) == NULL)
        hw_field_row_refuse (row, _ ("Needed before the document can be issued."));
    }
  for (guint i = 0; missing == NULL && i < G_N_ELEMENTS (needed_fields); i++)
    if (hw_record_get (self->scratch, needed_fields[i]) == NULL)
      missing = hw_scratch_find_row (self->group, needed_fields[i]);
  return missing;
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwDocumentDialog) self = user_data;
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
    hw_refusal_box_show (self->refusal_box, _ ("This cannot be issued yet"), refusal);
}

static void
issue_cb (HwDocumentDialog *self)
{
  g_autoptr (GPtrArray) operations = NULL;
  HwFieldRow *missing;
  HwOperation *operation;

  if (self->saving)
    return;
  hw_refusal_box_show (self->refusal_box, NULL, NULL);
  missing = first_missing (self);
  if (missing != NULL)
    {
      hw_scratch_focus (missing);
      return;
    }
  set_saving (self, TRUE);
  operations = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);
  operation = hw_scratch_update_operation (self->desktop, self->document, self->scratch);
  hw_operation_set_text (operation,
                         HW_FIELD_TRAVEL_DOCUMENT_STATUS,
                         HW_TRAVEL_DOCUMENT_STATUS_ISSUED,
                         hw_record_field_rev (self->document, HW_FIELD_TRAVEL_DOCUMENT_STATUS));
  g_ptr_array_add (operations, operation);
  hw_desktop_commit_async (self->desktop, operations, TRUE, committed_cb, g_object_ref (self));
}

static gboolean
issue_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  issue_cb (HW_DOCUMENT_DIALOG (widget));
  return TRUE;
}

static gboolean
hw_document_dialog_close_request (GtkWindow *window)
{
  HwDocumentDialog *self = HW_DOCUMENT_DIALOG (window);

  return self->saving
         || hw_scratch_ask_to_leave (
           window, GTK_WIDGET (self->group), self->scratch, self->given, _ ("Leave without issuing?"));
}

/* The mission issues it itself, today: what is nearly always so stands there already. */
static void
propose (HwDocumentDialog *self)
{
  g_autofree char *today = hw_desktop_today (self->desktop);
  g_autofree char *mission
    = hw_desktop_record_name (self->desktop, hw_desktop_actor (self->desktop)->mission);
  g_autoptr (HwValue) day = hw_value_new_text (today);
  g_autoptr (HwValue) issuer = mission != NULL ? hw_value_new_text (mission) : NULL;

  if (hw_record_get (self->scratch, HW_FIELD_TRAVEL_DOCUMENT_ISSUED_ON) == NULL)
    hw_record_set (self->scratch, HW_FIELD_TRAVEL_DOCUMENT_ISSUED_ON, day);
  if (issuer != NULL && hw_record_get (self->scratch, HW_FIELD_TRAVEL_DOCUMENT_ISSUER) == NULL)
    hw_record_set (self->scratch, HW_FIELD_TRAVEL_DOCUMENT_ISSUER, issuer);
}

static void
fill_cb (HwFieldId field, HwValue *value, gpointer data)
{
  HwDocumentDialog *self = data;

  hw_scratch_propose (self->group, self->scratch, field, value);
}

static void
read_cb (HwDocumentDialog *self, HwMrz *mrz)
{
  hw_mrz_panel_fill (self->group, self->scratch, mrz, fill_cb, self);
}

static void
show_lines (HwDocumentDialog *self)
{
  const char *request = hw_record_get_text (self->document, HW_FIELD_TRAVEL_DOCUMENT_REQUEST);
  g_autoptr (HwRecord) asked
    = request != NULL ? hw_store_get_record (hw_desktop_store (self->desktop),
                                             HW_TYPE_ID_EMBASSY_REQUEST,
                                             request,
                                             NULL)
                      : NULL;

  hw_mrz_panel_attach (self->mrz_panel, self->mrz_row, self->scratch, NULL, asked);
  g_signal_connect_object (self->mrz_panel, "read", G_CALLBACK (read_cb), self, G_CONNECT_SWAPPED);
}

static void
hw_document_dialog_dispose (GObject *object)
{
  HwDocumentDialog *self = HW_DOCUMENT_DIALOG (object);

  /* Left or issued: a lock has ended the saver before. */
  if (self->saver != NULL)
    hw_draft_saver_discard (self->saver);
  g_clear_object (&self->saver);
  gtk_widget_dispose_template (GTK_WIDGET (self), HW_TYPE_DOCUMENT_DIALOG);
  g_clear_object (&self->document);
  g_clear_object (&self->scratch);
  g_clear_object (&self->given);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_document_dialog_parent_class)->dispose (object);
}

static void
hw_document_dialog_class_init (HwDocumentDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_document_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = hw_document_dialog_close_request;

  g_type_ensure (HW_TYPE_FIELD_ROW);
  g_type_ensure (HW_TYPE_MRZ_PANEL);
  g_type_ensure (HW_TYPE_REFUSAL_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/homeward/ui/hw-document-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HwDocumentDialog, issue_button);
  gtk_widget_class_bind_template_child (widget_class, HwDocumentDialog, refusal_box);
  gtk_widget_class_bind_template_child (widget_class, HwDocumentDialog, group);
  gtk_widget_class_bind_template_child (widget_class, HwDocumentDialog, mrz_row);
  gtk_widget_class_bind_template_child (widget_class, HwDocumentDialog, mrz_panel);
  gtk_widget_class_bind_template_callback (widget_class, issue_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (
    widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, issue_shortcut_cb, NULL);
}

static void
hw_document_dialog_init (HwDocumentDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- The draft ---- */

static char *
draft_json (gpointer data)
{
  HwDocumentDialog *self = data;

  return hw_record_draft_to_json (self->scratch, self->group);
}

static void
typed_cb (HwDocumentDialog *self)
{
  if (self->saver != NULL)
    hw_draft_saver_change (self->saver);
}

/* The window goes with the lock; the draft stays. */
static void
locking_cb (HwDocumentDialog *self)
{
  if (self->saver != NULL)
    hw_draft_saver_end (self->saver);
  g_clear_object (&self->saver);
}

static void
show_draft (HwDocumentDialog *self, const char *key)
{
  g_autoptr (GPtrArray) pairs = hw_store_drafts (hw_desktop_store (self->desktop), key, NULL);
  g_autoptr (HwRecordDraft) draft
    = pairs != NULL && pairs->len > 1 ? hw_record_draft_from_json (pairs->pdata[0], pairs->pdata[1]) : NULL;

  if (draft != NULL && hw_record_type (draft->record) == HW_TYPE_ID_TRAVEL_DOCUMENT)
    hw_record_draft_show (draft, self->scratch, self->group);
}

static void
keep_draft (HwDocumentDialog *self)
{
  g_autofree char *key = g_strconcat (HW_ISSUE_DRAFT_PREFIX, hw_record_id (self->document), NULL);

  self->saver = hw_draft_saver_new (hw_desktop_store (self->desktop), key, draft_json, self);
  g_signal_connect_object (self->desktop, "locking", G_CALLBACK (locking_cb), self, G_CONNECT_SWAPPED);
  show_draft (self, key);
  hw_record_draft_watch (self->group, G_CALLBACK (typed_cb), self);
}

gboolean
hw_document_dialog_may_issue (HwRecord *document, HwRole role)
{
  g_autoptr (GPtrArray) moves = hw_workflow_moves (document, role);

  for (guint i = 0; i < moves->len; i++)
    if (g_str_equal (((const HwMoveDef *)g_ptr_array_index (moves, i))->to, HW_TRAVEL_DOCUMENT_STATUS_ISSUED))
      return TRUE;
  return FALSE;
}

GtkWidget *
hw_document_dialog_new (HwDesktop *desktop, HwRecord *document, GtkWindow *parent)
{
  HwDocumentDialog *self = g_object_new (HW_TYPE_DOCUMENT_DIALOG, "transient-for", parent, NULL);
  g_autoptr (HwFormContext) context = hw_desktop_form_context (desktop, NULL);

  self->desktop = g_object_ref (desktop);
  self->document = hw_record_copy (document);
  self->scratch = hw_record_copy (document);
  propose (self);
  self->given = hw_record_copy (self->scratch);
  hw_scratch_bind (self->group, self->scratch, context);
  show_lines (self);
  keep_draft (self);
  return GTK_WIDGET (self);
}
