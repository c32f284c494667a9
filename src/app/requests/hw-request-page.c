/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One request, for the office and for the mission alike: what is asked and for whom, the moves that are
 * legal now, the documents issued on it, the messages. Arranged by hand: a liaison opens it for ten
 * minutes and must not search.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/requests/hw-request-page.h"

#include <glib/gi18n.h>

#include "app/attachments/hw-attachment-section.h"
#include "app/callforms/hw-move-bar.h"
#include "app/callforms/hw-told-dialog.h"
#include "app/forms/hw-field-row.h"
#include "app/forms/hw-field-words.h"
#include "app/hw-compat.h"
#include "app/hw-desktop-references.h"
#include "app/hw-refusal-box.h"
#include "app/requests/hw-document-dialog.h"
#include "app/requests/hw-message-thread.h"
#include "app/requests/hw-request-row.h"
#include "app/widgets/hw-pill.h"
#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-text.h"
#include "store/hw-case-list.h"

struct _HwRequestPage
{
  AdwBin parent;

  HwDesktop    *desktop;   /* (owned) (nullable) */
  HwRecord     *request;   /* (owned) (nullable) */
  HwRecordList *documents; /* (owned) (nullable) */
  HwRecordList *files;     /* (owned) (nullable) */

  GtkStack            *stack;
  GtkScrolledWindow   *scroller;
  GtkLabel            *reference_label;
  HwPill              *status_pill;
  GtkLabel            *facts_label;
  HwMoveBar           *move_bar;
  GtkLabel            *moves_hint;
  HwRefusalBox        *refusal_box;
  AdwPreferencesGroup *record_group;
  AdwPreferencesGroup *documents_group;
  AdwBin              *files_bin;
  HwMessageThread     *thread;
  GtkButton           *case_button;
  GPtrArray           *record_rows;   /* (owned) (element-type GtkWidget, unowned) now in record_group */
  GPtrArray           *document_rows; /* (owned) likewise */
};

G_DEFINE_FINAL_TYPE (HwRequestPage, hw_request_page, ADW_TYPE_BIN)

/* The facts a mission needs, in the order of its own forms. */
static const HwFieldId record_fields[] = {
  HW_FIELD_EMBASSY_REQUEST_GIVEN_NAMES,       HW_FIELD_EMBASSY_REQUEST_FAMILY_NAME,
  HW_FIELD_EMBASSY_REQUEST_BIRTH_DATE,        HW_FIELD_EMBASSY_REQUEST_BIRTH_PLACE,
  HW_FIELD_EMBASSY_REQUEST_NATIONALITY,       HW_FIELD_EMBASSY_REQUEST_FATHER_NAME,
  HW_FIELD_EMBASSY_REQUEST_MOTHER_NAME,       HW_FIELD_EMBASSY_REQUEST_PLANNED_TRAVEL_ON,
  HW_FIELD_EMBASSY_REQUEST_RESERVATION_REFERENCE, HW_FIELD_EMBASSY_REQUEST_APPOINTMENT_AT,
  HW_FIELD_EMBASSY_REQUEST_DECISION_NOTE,
};

static const HwMoveLabel move_labels[] = {
  { HW_EMBASSY_REQUEST_STATUS_DRAFT, N_ ("Back to Draft") },
  { HW_EMBASSY_REQUEST_STATUS_READY_TO_SEND, N_ ("Ready to Send") },
  { HW_EMBASSY_REQUEST_STATUS_SENT, N_ ("Send to the Mission") },
  { HW_EMBASSY_REQUEST_STATUS_ACKNOWLEDGED, N_ ("Acknowledge") },
  { HW_EMBASSY_REQUEST_STATUS_INFO_REQUESTED, N_ ("Ask for Information") },
  { HW_EMBASSY_REQUEST_STATUS_APPOINTMENT_SET, N_ ("Appointment Set") },
  { HW_EMBASSY_REQUEST_STATUS_INTERVIEWED, N_ ("Interviewed") },
  { HW_EMBASSY_REQUEST_STATUS_NATIONALITY_CHECKING, N_ ("Checking Nationality") },
  { HW_EMBASSY_REQUEST_STATUS_NATIONALITY_CONFIRMED, N_ ("Confirm Nationality") },
  { HW_EMBASSY_REQUEST_STATUS_APPROVED, N_ ("Approve") },
  { HW_EMBASSY_REQUEST_STATUS_REFUSED, N_ ("Refuse") },
  { HW_EMBASSY_REQUEST_STATUS_NATIONALITY_NOT_CONFIRMED, N_ ("Nationality Not Confirmed") },
  { HW_EMBASSY_REQUEST_STATUS_ESCALATED, N_ ("Escalate") },
  { HW_EMBASSY_REQUEST_STATUS_WITHDRAWN, N_ ("Withdraw") },
  { HW_EMBASSY_REQUEST_STATUS_CLOSED, N_ ("Close") },
};

const char *
hw_request_move_label (const char *status)
{
  return hw_move_label_find (move_labels, G_N_ELEMENTS (move_labels), status);
}

static gboolean
is_liaison (HwRequestPage *self)
{
  return hw_desktop_actor (self->desktop)->role == HW_ROLE_EMBASSY_LIAISON;
}

/* ---- Moves ---- */

static void
moved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwRequestPage) self = user_data;
  g_autoptr (GPtrArray) results = hw_desktop_commit_finish (HW_DESKTOP (source), result, NULL);
  HwVerdict *refusal = hw_desktop_first_refusal (results);

  if (self->desktop == NULL || self->request == NULL)
    return;
  hw_move_bar_set_refused (self->move_bar, refusal != NULL ? hw_record_status (self->request) : NULL);
  hw_refusal_box_show (self->refusal_box, _ ("This cannot be done yet"), refusal);
}

static void
told_cb (HwRequestPage *self, const char *status)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (
    GTK_WINDOW (hw_told_dialog_new (self->desktop, self->request, status, window)));
}

static void
move_cb (HwRequestPage *self, const char *status)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_operation_unref);
  HwOperation *operation = hw_desktop_new_update (self->desktop, self->request);

  hw_operation_set_text (operation, HW_FIELD_EMBASSY_REQUEST_STATUS, status,
                         hw_record_field_rev (self->request, HW_FIELD_EMBASSY_REQUEST_STATUS));
  if (g_str_equal (status, HW_EMBASSY_REQUEST_STATUS_SENT))
    {
      g_autofree char *today = hw_desktop_today (self->desktop);

      hw_operation_set_text (operation, HW_FIELD_EMBASSY_REQUEST_SENT_ON, today,
                             hw_record_field_rev (self->request, HW_FIELD_EMBASSY_REQUEST_SENT_ON));
    }
  g_ptr_array_add (operations, operation);
  hw_desktop_commit_async (self->desktop, operations, TRUE, moved_cb, g_object_ref (self));
}

static void
show_moves (HwRequestPage *self)
{
  HwRole role = hw_desktop_actor (self->desktop)->role;

  hw_move_bar_show (self->move_bar, self->request, role, TRUE, hw_request_move_label);
  gtk_widget_set_visible (GTK_WIDGET (self->moves_hint), !hw_move_bar_has_moves (self->move_bar));
}

/* ---- What is asked ---- */

static GtkWidget *
make_fact_row (HwRequestPage *self, HwFormContext *context, HwFieldId id)
{
  const HwFieldDef *field = hw_schema_field (id);
  HwValue *value = hw_record_get (self->request, id);
  g_autofree char *words = NULL;

  if (value == NULL)
    return NULL;
  if (hw_veil_covers (hw_desktop_veil (self->desktop), field))
    return hw_field_row_new_reading (self->request, id, value, context);
  words = hw_field_words (field, value, context);
  return hw_rows_new_fact (_ (field->label), words);
}

static void
show_record (HwRequestPage *self)
{
  g_autoptr (HwFormContext) context = hw_desktop_form_context (self->desktop, NULL);

  hw_rows_clear_group (self->record_group, self->record_rows);
  for (guint i = 0; i < G_N_ELEMENTS (record_fields); i++)
    {
      GtkWidget *row = make_fact_row (self, context, record_fields[i]);

      if (row == NULL)
        continue;
      adw_preferences_group_add (self->record_group, row);
      g_ptr_array_add (self->record_rows, row);
    }
}

/* ---- Documents ---- */

static void
issue_cb (GtkButton *button, HwRequestPage *self)
{
  HwRecord *document = g_object_get_data (G_OBJECT (button), "document");
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (GTK_WINDOW (hw_document_dialog_new (self->desktop, document, window)));
}

static char *
document_words (HwRecord *document, const char *today)
{
  const char *number = hw_record_get_text (document, HW_FIELD_TRAVEL_DOCUMENT_NUMBER);
  const char *expires = hw_record_get_text (document, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON);
  g_autofree char *until = expires != NULL ? hw_text_day (expires, today) : NULL;

  if (number != NULL && until != NULL)
    return g_strdup_printf (_ ("Number %s, valid until %s"), number, until);
  if (number != NULL)
    return g_strdup_printf (_ ("Number %s"), number);
  return g_strdup (_ ("No number yet"));
}

static GtkWidget *
make_document_row (HwRequestPage *self, HwRecord *document)
{
  const HwFieldDef *kind = hw_schema_field (HW_FIELD_TRAVEL_DOCUMENT_KIND);
  const HwFieldDef *status = hw_schema_field (HW_FIELD_TRAVEL_DOCUMENT_STATUS);
  const HwChoice *kind_choice = hw_field_choice (kind, hw_record_get_text (document, kind->id));
  const HwChoice *status_choice = hw_field_choice (status, hw_record_status (document));
  g_autofree char *today = hw_desktop_today (self->desktop);
  g_autofree char *words = document_words (document, today);
  GtkWidget *row = hw_rows_new (kind_choice != NULL ? _ (kind_choice->label) : _ ("Document"), words);

  if (status_choice != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), hw_pill_new (_ (status_choice->label),
                                                                  hw_meaning_of_choice (status, status_choice->nick)));
  if (is_liaison (self) && hw_document_dialog_may_issue (document, HW_ROLE_EMBASSY_LIAISON))
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Issue…"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_object_set_data_full (G_OBJECT (button), "document", g_object_ref (document), g_object_unref);
      g_signal_connect (button, "clicked", G_CALLBACK (issue_cb), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  return row;
}

static void
show_documents (HwRequestPage *self)
{
  guint n = self->documents != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->documents)) : 0;

  hw_rows_clear_group (self->documents_group, self->document_rows);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HwRecord) document = g_list_model_get_item (G_LIST_MODEL (self->documents), i);
      GtkWidget *row = make_document_row (self, document);

      adw_preferences_group_add (self->documents_group, row);
      g_ptr_array_add (self->document_rows, row);
    }
  adw_preferences_group_set_description (self->documents_group,
                                         n == 0 ? _ ("No document is asked for or issued on this request.") : NULL);
}

/* ---- Pictures ---- */

static void
show_files (HwRequestPage *self)
{
  if (self->request == NULL || !hw_desktop_is_unlocked (self->desktop))
    return;
  if (adw_bin_get_child (self->files_bin) == NULL)
    adw_bin_set_child (self->files_bin, hw_attachment_section_new (self->desktop));
  hw_attachment_section_show_request (HW_ATTACHMENT_SECTION (adw_bin_get_child (self->files_bin)), self->request);
}

/* ---- The page ---- */

static void
show_facts (HwRequestPage *self)
{
  const HwFieldDef *status = hw_schema_field (HW_FIELD_EMBASSY_REQUEST_STATUS);
  const HwFieldDef *kind = hw_schema_field (HW_FIELD_EMBASSY_REQUEST_KIND);
  const HwChoice *status_choice = hw_field_choice (status, hw_record_status (self->request));
  const HwChoice *kind_choice = hw_field_choice (kind, hw_record_get_text (self->request, kind->id));
  const char *reference = hw_record_get_text (self->request, HW_FIELD_EMBASSY_REQUEST_REFERENCE);
  const char *sent_on = hw_record_get_text (self->request, HW_FIELD_EMBASSY_REQUEST_SENT_ON);
  const char *due_on = hw_record_get_text (self->request, HW_FIELD_EMBASSY_REQUEST_DUE_ON);
  g_autofree char *today = hw_desktop_today (self->desktop);
  g_autofree char *mission = hw_desktop_record_name (self->desktop, hw_record_get_text (self->request, HW_FIELD_EMBASSY_REQUEST_MISSION));
  g_autoptr (GString) facts = g_string_new (kind_choice != NULL ? _ (kind_choice->label) : _ ("Request"));

  gtk_label_set_text (self->reference_label, reference != NULL ? reference : _ ("New request"));
  hw_pill_set (self->status_pill, status_choice != NULL ? _ (status_choice->label) : NULL,
               status_choice != NULL ? hw_meaning_of_choice (status, status_choice->nick) : HW_MEANING_NEUTRAL);
  if (mission != NULL)
    g_string_append_printf (facts, " · %s", mission);
  if (sent_on != NULL)
    {
      g_autofree char *day = hw_text_day (sent_on, today);

      g_string_append_printf (facts, _ (" · sent %s"), day);
    }
  if (due_on != NULL && hw_request_row_awaits_answer (self->request))
    {
      g_autofree char *due = hw_request_row_answer_words (due_on, today);

      g_string_append_printf (facts, " · %s", due);
    }
  if (hw_record_get_boolean (self->request, HW_FIELD_EMBASSY_REQUEST_TOLD_BY_PHONE))
    g_string_append (facts, _ (" · told by phone"));
  gtk_label_set_text (self->facts_label, facts->str);
}

static void
refresh (HwRequestPage *self)
{
  if (self->request == NULL)
    return;
  show_facts (self);
  show_moves (self);
  show_record (self);
  show_documents (self);
  show_files (self);
  gtk_widget_set_visible (GTK_WIDGET (self->case_button), hw_record_case (self->request) != NULL && !is_liaison (self));
}

static void
open_case_cb (HwRequestPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "s", hw_record_case (self->request));
}

static void
fix_cb (HwRequestPage *self, HwCondition *condition)
{
  open_case_cb (self);
}

static void
hw_request_page_dispose (GObject *object)
{
  HwRequestPage *self = HW_REQUEST_PAGE (object);

  g_clear_object (&self->documents);
  g_clear_object (&self->files);
  g_clear_object (&self->request);
  g_clear_object (&self->desktop);
  g_clear_pointer (&self->record_rows, g_ptr_array_unref);
  g_clear_pointer (&self->document_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (hw_request_page_parent_class)->dispose (object);
}

static void
hw_request_page_class_init (HwRequestPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_request_page_dispose;

  g_type_ensure (HW_TYPE_MOVE_BAR);
  g_type_ensure (HW_TYPE_PILL);
  g_type_ensure (HW_TYPE_REFUSAL_BOX);
  g_type_ensure (HW_TYPE_MESSAGE_THREAD);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-request-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HwRequestPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HwRequestPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, HwRequestPage, reference_label);
  gtk_widget_class_bind_template_child (widget_class, HwRequestPage, status_pill);
  gtk_widget_class_bind_template_child (widget_class, HwRequestPage, facts_label);
  gtk_widget_class_bind_template_child (widget_class, HwRequestPage, move_bar);
  gtk_widget_class_bind_template_child (widget_class, HwRequestPage, moves_hint);
  gtk_widget_class_bind_template_child (widget_class, HwRequestPage, refusal_box);
  gtk_widget_class_bind_template_child (widget_class, HwRequestPage, record_group);
  gtk_widget_class_bind_template_child (widget_class, HwRequestPage, documents_group);
  gtk_widget_class_bind_template_child (widget_class, HwRequestPage, files_bin);
  gtk_widget_class_bind_template_child (widget_class, HwRequestPage, thread);
  gtk_widget_class_bind_template_child (widget_class, HwRequestPage, case_button);
  gtk_widget_class_bind_template_callback (widget_class, move_cb);
  gtk_widget_class_bind_template_callback (widget_class, told_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_case_cb);
  gtk_widget_class_bind_template_callback (widget_class, fix_cb);
}

static void
hw_request_page_init (HwRequestPage *self)
{
  self->record_rows = g_ptr_array_new ();
  self->document_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  hw_move_bar_hide_status (self->move_bar);
  hw_compat_tell_hidden_pages (self->stack);
}

GtkWidget *
hw_request_page_new (void)
{
  return g_object_new (HW_TYPE_REQUEST_PAGE, NULL);
}

void
hw_request_page_show (HwRequestPage *self, HwDesktop *desktop, HwRecord *request)
{
  gboolean same = self->request != NULL && request != NULL
                  && g_str_equal (hw_record_id (self->request), hw_record_id (request));

  g_set_object (&self->desktop, desktop);
  g_set_object (&self->request, request);
  if (!same)
    {
      g_clear_object (&self->documents);
      g_clear_object (&self->files);
      hw_refusal_box_show (self->refusal_box, NULL, NULL);
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
    }
  if (!same && request != NULL)
    {
      self->documents = hw_record_list_new (hw_desktop_store (desktop), HW_TYPE_ID_TRAVEL_DOCUMENT,
                                            HW_FIELD_TRAVEL_DOCUMENT_REQUEST, hw_record_id (request));
      g_signal_connect_object (self->documents, "items-changed", G_CALLBACK (show_documents), self, G_CONNECT_SWAPPED);
      self->files = hw_record_list_new (hw_desktop_store (desktop), HW_TYPE_ID_ATTACHMENT,
                                        HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST, hw_record_id (request));
      g_signal_connect_object (self->files, "items-changed", G_CALLBACK (show_files), self, G_CONNECT_SWAPPED);
    }
  hw_message_thread_show (self->thread, desktop, request);
  gtk_stack_set_visible_child_name (self->stack, request != NULL ? "request" : "none");
  refresh (self);
}
