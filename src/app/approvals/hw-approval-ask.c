/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One question with a written reason. Nothing is asked before the reason is there: who decides has
 * only these words beside the record.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/approvals/hw-approval-ask.h"

#include <glib/gi18n.h>

#include "app/hw-compat.h"
#include "app/widgets/hw-text.h"

typedef struct
{
  HwDesktop *desktop;          /* (owned) */
  HwRecord *subject;           /* (owned) */
  char *case_id;               /* (owned) */
  HwApprovalQuestion question; /* its subject is the one above */
  GtkTextBuffer *reason;       /* (unowned) of the dialog */
} Asking;

static void
asking_free (gpointer data, GClosure *closure)
{
  Asking *asking = data;

  g_object_unref (asking->desktop);
  g_object_unref (asking->subject);
  g_free (asking->case_id);
  g_free (asking);
}

static char *
typed_reason (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static void
reason_changed_cb (GtkTextBuffer *buffer, AdwMessageDialog *dialog)
{
  g_autofree char *reason = typed_reason (buffer);

  adw_message_dialog_set_response_enabled (dialog, "ask", *reason != '\0');
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  HwDesktop *desktop = HW_DESKTOP (source);
  g_autoptr (GPtrArray) results = hw_desktop_commit_finish (desktop, result, NULL);

  if (results != NULL && hw_desktop_first_refusal (results) == NULL)
    hw_desktop_say (desktop, _ ("A supervisor is asked."));
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Asking *asking)
{
  g_autoptr (GPtrArray) operations = NULL;
  g_autofree char *reason = typed_reason (asking->reason);
  HwOperation *operation;

  if (!g_str_equal (response, "ask") || !hw_desktop_is_unlocked (asking->desktop))
    return;
  operations = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);
  operation = hw_desktop_new_create (asking->desktop, HW_TYPE_ID_APPROVAL, asking->case_id);
  hw_approval_fill (
    operation, &asking->question, hw_desktop_actor (asking->desktop)->user, reason);
  g_ptr_array_add (operations, operation);
  hw_desktop_commit_async (asking->desktop, operations, FALSE, asked_cb, NULL);
}

static GtkWidget *
make_reason (AdwMessageDialog *dialog, GtkTextBuffer **buffer)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *frame = gtk_frame_new (NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 6);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Reason"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 96);
  gtk_frame_set_child (GTK_FRAME (frame), scroller);
  *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_signal_connect_object (*buffer, "changed", G_CALLBACK (reason_changed_cb), dialog, 0);
  return frame;
}

static char *
body_words (const HwApprovalQuestion *question)
{
  const HwFieldDef *field = hw_schema_field (hw_record_def (question->subject)->status_field);
  const HwChoice *choice;

  if (question->gate == HW_GATE_NONE)
    return g_strdup (_ ("Write why. Whoever decides reads this beside the record, and it is kept."));
  choice = hw_field_choice (field, question->target);
  return g_strdup_printf (_ ("Only to save life, for one move to “%s” by you, once. It is reviewed "
                             "within 72 hours. Write why."),
                          choice != NULL ? _ (choice->label) : question->target);
}

static char *
kind_words (const char *nick)
{
  const HwChoice *kind = hw_field_choice (hw_schema_field (HW_FIELD_APPROVAL_KIND), nick);

  return kind != NULL ? hw_text_title (kind->label) : g_strdup ("");
}

void
hw_approval_ask (GtkWidget *parent,
                 HwDesktop *desktop,
                 HwCaseFile *file,
                 const HwApprovalQuestion *question)
{
  g_autofree char *kind = NULL;
  g_autofree char *body = body_words (question);
  Asking *asking = g_new0 (Asking, 1);
  AdwMessageDialog *dialog = hw_compat_message_new (parent, _ ("Ask for Approval"), NULL);

  asking->desktop = g_object_ref (desktop);
  asking->subject = hw_record_copy (question->subject);
  asking->case_id = g_strdup (hw_case_file_id (file));
  asking->question = *question;
  asking->question.subject = asking->subject;
  kind = kind_words (question->kind);
  /* Translators: what approval is asked for, "Ask for Approval: Override of a Gate" */
  adw_message_dialog_format_heading (dialog, _ ("Ask for Approval: %s"), kind);
  adw_message_dialog_set_body (dialog, body);
  adw_message_dialog_set_extra_child (dialog, make_reason (dialog, &asking->reason));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "ask", _ ("_Ask"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "ask", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "ask", FALSE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), asking, asking_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
