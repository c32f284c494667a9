/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One record. The form stays while the record changes beneath it: what comes from the server is taken over
 * field by field, and a field being typed in is marked, not swapped. The record object shown is this page's own copy.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-record-page.h"

#include <glib/gi18n.h>

#include "app/approvals/hw-approval-ask.h"
#include "app/attachments/hw-attachment-section.h"
#include "app/callforms/hw-form-for-record.h"
#include "app/callforms/hw-scratch.h"
#include "app/cases/hw-history-list.h"
#include "app/hw-compat.h"
#include "app/hw-refusal-box.h"
#include "app/widgets/hw-page-title.h"
#include "app/widgets/hw-text.h"

struct _HwRecordPage
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) (nullable) */
  HwRecord  *record;  /* (owned) (nullable) */
  HwCaseFile *file;   /* (owned) (nullable) */
  HwGateId   refused; /* the gate of the last refusal */

  GtkScrolledWindow *scroller;
  HwPageTitle       *title;
  GtkButton         *delete_button;
  HwRefusalBox      *refusal_box;
  AdwBin            *form_bin;
  AdwBin            *files_bin;
  HwHistoryList     *history;
};

G_DEFINE_FINAL_TYPE (HwRecordPage, hw_record_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_FIX,
  SIGNAL_DELETED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* Where life is in danger and the gate allows it, a supervisor can be asked to pass over it. */
static void
offer_override (HwRecordPage *self, HwVerdict *verdict)
{
  HwRole role = hw_desktop_actor (self->desktop)->role;
  guint relations = hw_access_relations (self->file, NULL, hw_desktop_actor (self->desktop),
                                         hw_clock_now (hw_desktop_clock (self->desktop)));
  HwApprovalQuestion question;

  self->refused = hw_verdict_gate (verdict);
  if (hw_access_may_create (role, relations, HW_TYPE_ID_APPROVAL)
      && hw_approval_for_override (self->record, self->refused, &question))
    hw_refusal_box_offer (self->refusal_box, _ ("Her life is in danger and it cannot wait"),
                          _ ("A supervisor can let you pass this gate once"), _ ("_Ask for Override…"));
}

static void
ask_cb (HwRecordPage *self)
{
  HwApprovalQuestion question;

  if (self->record != NULL && hw_approval_for_override (self->record, self->refused, &question))
    hw_approval_ask (GTK_WIDGET (self), self->desktop, self->file, &question);
}

static void
refused_cb (HwRecordPage *self, HwVerdict *verdict)
{
  hw_refusal_box_show (self->refusal_box, _ ("This cannot be done yet"), verdict);
  if (verdict != NULL && self->record != NULL)
    offer_override (self, verdict);
  if (verdict != NULL)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
fix_cb (HwRecordPage *self, HwCondition *condition)
{
  g_signal_emit (self, signals[SIGNAL_FIX], 0, condition);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwRecordPage) self = user_data;
  g_autoptr (GPtrArray) results = hw_desktop_commit_finish (HW_DESKTOP (source), result, NULL);

  if (results != NULL && hw_desktop_first_refusal (results) == NULL)
    g_signal_emit (self, signals[SIGNAL_DELETED], 0);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwRecordPage) self = user_data;
  g_autoptr (GPtrArray) operations = NULL;

  if (!hw_compat_confirm_finish (result, NULL) || self->record == NULL)
    return;
  operations = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_operation_unref);
  g_ptr_array_add (operations, hw_desktop_new_delete (self->desktop, self->record));
  hw_desktop_commit_async (self->desktop, operations, FALSE, deleted_cb, g_object_ref (self));
}

static void
delete_cb (HwRecordPage *self)
{
  hw_compat_confirm_async (GTK_WIDGET (self), _ ("Delete This Record?"),
                           _ ("It disappears for everybody. Its history stays with the office."), _ ("_Delete"), TRUE, NULL,
                           confirmed_cb, g_object_ref (self));
}

static gboolean
may_delete (HwRecordPage *self, guint relations)
{
  const HwTypeDef *def = hw_record_def (self->record);

  return (def->flags & (HW_TYPE_NEVER_DELETED | HW_TYPE_APPEND_ONLY | HW_TYPE_SERVER_ONLY)) == 0
         && def->id != HW_TYPE_ID_CASE
         && hw_access_may_create (hw_desktop_actor (self->desktop)->role, relations, def->id);
}

/* Takes over what the store now says, so that the form sees each field change. */
static void
take_over (HwRecord *shown, HwRecord *now)
{
  const HwTypeDef *def = hw_record_def (shown);

  for (guint i = 0; i < def->n_fields; i++)
    {
      HwFieldId field = def->fields[i].id;

      hw_record_set_field_rev (shown, field, hw_record_field_rev (now, field));
      hw_record_set (shown, field, hw_record_get (now, field));
    }
  hw_record_set_rev (shown, hw_record_rev (now));
  hw_record_set_stamps (shown, hw_record_created_at (now), hw_record_created_by (now), hw_record_updated_at (now),
                        hw_record_updated_by (now));
}

static gboolean
wrote (const char *user, GPtrArray *history, HwFieldId field, HwValue *value)
{
  for (guint i = 0; history != NULL && i < history->len; i++)
    {
      HwHistoryEntry *entry = g_ptr_array_index (history, i);

      if (entry->field == field)
        return hw_value_equal (entry->value, value) && g_strcmp0 (entry->by, user) == 0;
    }
  return FALSE;
}

/* A move writes down when it was made, and what follows from it more: what this person did is not told her
 * as somebody else's doing. What the office alone sets, it set for whoever wrote last. */
static void
accept_own (HwRecordPage *self)
{
  const HwTypeDef *def = hw_record_def (self->record);
  const char *user = hw_desktop_actor (self->desktop)->user;
  gboolean last_was_own = g_strcmp0 (hw_record_updated_by (self->record), user) == 0;
  g_autoptr (GPtrArray) history = NULL;

  for (guint i = 0; i < def->n_fields; i++)
    {
      const HwFieldDef *field = &def->fields[i];
      HwFieldRow *row = hw_scratch_find_row (GTK_WIDGET (self->form_bin), field->id);

      if (row == NULL || !hw_field_row_is_changed (row) || hw_field_row_is_dirty (row))
        continue;
      if (history == NULL)
        history = hw_store_history (hw_desktop_store (self->desktop), def->id, hw_record_id (self->record), NULL);
      if (wrote (user, history, field->id, hw_record_get (self->record, field->id))
          || (last_was_own && (field->flags & HW_FIELD_SERVER_SET) != 0))
        hw_field_row_take_theirs (row);
    }
}

static void
history_cb (HwRecordPage *self, guint field)
{
  hw_history_list_open (self->history, field);
}

static void
show_form (HwRecordPage *self, HwCaseFile *file)
{
  /* A record of the directory hangs on no case: a mission's right to it comes from itself. */
  HwRecord *of_directory = hw_record_def (self->record)->root == HW_ROOT_NONE ? self->record : NULL;
  guint relations = hw_access_relations (file, of_directory, hw_desktop_actor (self->desktop),
                                         hw_clock_now (hw_desktop_clock (self->desktop)));
  g_autofree char *title = NULL;
  GtkWidget *form;

  if (hw_access_is_own (self->record, hw_desktop_actor (self->desktop)))
    relations |= HW_RELATION_AUTHOR;
  form = hw_form_for_record (self->desktop, file, self->record, relations);

  g_signal_connect_object (form, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "history-requested", G_CALLBACK (history_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->form_bin, form);
  gtk_widget_set_visible (GTK_WIDGET (self->delete_button), may_delete (self, relations));
  title = hw_text_title (hw_record_def (self->record)->label);
  hw_page_title_set_text (self->title, title);
  gtk_widget_grab_focus (GTK_WIDGET (self->title));
  hw_refusal_box_show (self->refusal_box, NULL, NULL);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/* What is attached to this record, where records of its type have something attached. */
static void
show_files (HwRecordPage *self)
{
  HwTypeId type = hw_record_type (self->record);
  guint relations = hw_access_relations (self->file, NULL, hw_desktop_actor (self->desktop),
                                         hw_clock_now (hw_desktop_clock (self->desktop)));
  gboolean here = hw_attachment_section_belongs_to (type)
                  && hw_access_may_see_type (hw_desktop_actor (self->desktop)->role, HW_TYPE_ID_ATTACHMENT);

  gtk_widget_set_visible (GTK_WIDGET (self->files_bin), here);
  if (!here)
    return;
  if (adw_bin_get_child (self->files_bin) == NULL)
    adw_bin_set_child (self->files_bin, hw_attachment_section_new (self->desktop));
  hw_attachment_section_show (HW_ATTACHMENT_SECTION (adw_bin_get_child (self->files_bin)), self->file, self->record,
                              relations);
}

static void
hw_record_page_dispose (GObject *object)
{
  HwRecordPage *self = HW_RECORD_PAGE (object);

  g_clear_object (&self->record);
  g_clear_object (&self->file);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_record_page_parent_class)->dispose (object);
}

static void
hw_record_page_class_init (HwRecordPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_record_page_dispose;
  signals[SIGNAL_FIX] = g_signal_new ("fix", HW_TYPE_RECORD_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                      1, G_TYPE_POINTER);
  signals[SIGNAL_DELETED]
      = g_signal_new ("deleted", HW_TYPE_RECORD_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (HW_TYPE_PAGE_TITLE);
  g_type_ensure (HW_TYPE_REFUSAL_BOX);
  g_type_ensure (HW_TYPE_HISTORY_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-record-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HwRecordPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, HwRecordPage, title);
  gtk_widget_class_bind_template_child (widget_class, HwRecordPage, delete_button);
  gtk_widget_class_bind_template_child (widget_class, HwRecordPage, refusal_box);
  gtk_widget_class_bind_template_child (widget_class, HwRecordPage, form_bin);
  gtk_widget_class_bind_template_child (widget_class, HwRecordPage, files_bin);
  gtk_widget_class_bind_template_child (widget_class, HwRecordPage, history);
  gtk_widget_class_bind_template_callback (widget_class, fix_cb);
  gtk_widget_class_bind_template_callback (widget_class, ask_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_cb);
}

static void
hw_record_page_init (HwRecordPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_record_page_new (void)
{
  return g_object_new (HW_TYPE_RECORD_PAGE, NULL);
}

void
hw_record_page_show (HwRecordPage *self, HwDesktop *desktop, HwCaseFile *file, const char *id)
{
  HwRecord *now = hw_case_file_lookup (file, id);

  g_set_object (&self->desktop, desktop);
  g_set_object (&self->file, file);
  if (now == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_DELETED], 0);
      return;
    }
  if (self->record != NULL && g_str_equal (hw_record_id (self->record), id))
    {
      take_over (self->record, now);
      accept_own (self);
    }
  else
    {
      g_clear_object (&self->record);
      self->record = hw_record_copy (now);
      show_form (self, file);
    }
  show_files (self);
  hw_history_list_show (self->history, desktop, file, self->record);
}

const char *
hw_record_page_record (HwRecordPage *self)
{
  return self->record != NULL ? hw_record_id (self->record) : NULL;
}

void
hw_record_page_clear (HwRecordPage *self)
{
  adw_bin_set_child (self->form_bin, NULL);
  adw_bin_set_child (self->files_bin, NULL);
  hw_refusal_box_show (self->refusal_box, NULL, NULL);
  hw_history_list_clear (self->history);
  g_clear_object (&self->record);
  g_clear_object (&self->file);
}

void
hw_record_page_focus (HwRecordPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->title));
}
