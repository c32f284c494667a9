/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page begins with the question it is opened for: does this document carry her home? Lines that
 * are read fill what is still empty, and whether they come out is written down beside them.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-document-form.h"

#include <glib/gi18n.h>

#include "app/callforms/hw-mrz-panel.h"
#include "app/widgets/hw-rows.h"
#include "domain/hw-document-check.h"

struct _HwDocumentForm
{
  HwCallForm parent;

  GPtrArray *check_rows; /* (owned) (element-type GtkWidget, unowned) now in checks_group */
  guint showing;         /* the source that shows them anew */
  AdwPreferencesGroup *checks_group;
  HwFieldRow *mrz_row;
  HwMrzPanel *mrz_panel;
};

G_DEFINE_FINAL_TYPE (HwDocumentForm, hw_document_form, HW_TYPE_CALL_FORM)

static const HwMoveLabel move_labels[] = {
  { HW_TRAVEL_DOCUMENT_STATUS_NEEDED, N_ ("It Is Needed") },
  { HW_TRAVEL_DOCUMENT_STATUS_COLLECTING_EVIDENCE, N_ ("Collect Evidence") },
  { HW_TRAVEL_DOCUMENT_STATUS_APPLIED, N_ ("Applied For") },
  { HW_TRAVEL_DOCUMENT_STATUS_IN_PRODUCTION, N_ ("In Production") },
  { HW_TRAVEL_DOCUMENT_STATUS_ISSUED, N_ ("Issued") },
  { HW_TRAVEL_DOCUMENT_STATUS_RECEIVED, N_ ("Received") },
  { HW_TRAVEL_DOCUMENT_STATUS_VERIFIED, N_ ("Verified") },
  { HW_TRAVEL_DOCUMENT_STATUS_HANDED_OVER, N_ ("Handed Over to Her") },
  { HW_TRAVEL_DOCUMENT_STATUS_USED, N_ ("Used") },
  { HW_TRAVEL_DOCUMENT_STATUS_RETURNED, N_ ("Returned") },
  { HW_TRAVEL_DOCUMENT_STATUS_LOST, N_ ("Lost") },
  { HW_TRAVEL_DOCUMENT_STATUS_EXPIRED, N_ ("Expired") },
  { HW_TRAVEL_DOCUMENT_STATUS_CANCELLED, N_ ("Cancelled") },
  { HW_TRAVEL_DOCUMENT_STATUS_REFUSED, N_ ("Refused") },
};

static const char *
move_label (const char *status)
{
  return hw_move_label_find (move_labels, G_N_ELEMENTS (move_labels), status);
}

static const struct
{
  const char *icon, *css, *spoken;
} looks[] = {
  [HW_DOCUMENT_GOOD] = { "emblem-ok-symbolic", "success", N_ ("Good") },
  [HW_DOCUMENT_BAD] = { "dialog-error-symbolic", "error", N_ ("Not good") },
  [HW_DOCUMENT_UNKNOWN] = { "dialog-question-symbolic", "warning", N_ ("Not known") },
};

static GtkWidget *
make_check_row (HwDocumentCheck *check)
{
  GtkWidget *row = hw_rows_new (check->title, check->words);
  GtkWidget *image = gtk_image_new_from_icon_name (looks[check->state].icon);

  gtk_widget_add_css_class (image, looks[check->state].css);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (looks[check->state].spoken), -1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  return row;
}

static gboolean
may_still_travel (HwRecord *document)
{
  return !hw_document_is_over (document)
         && !hw_record_is (document,
                           HW_FIELD_TRAVEL_DOCUMENT_KIND,
                           HW_TRAVEL_DOCUMENT_KIND_BIRTH_CERTIFICATE);
}

static gboolean
show_checks (gpointer data)
{
  HwDocumentForm *self = data;
  HwCallForm *form = HW_CALL_FORM (self);
  HwRecord *document = hw_call_form_record (form);
  g_autofree char *today = hw_form_context_today (hw_call_form_context (form));
  g_autoptr (GPtrArray) checks = NULL;

  self->showing = 0;
  hw_rows_clear_group (self->checks_group, self->check_rows);
  if (hw_call_form_file (form) != NULL && may_still_travel (document))
    checks = hw_document_checks (hw_call_form_file (form), document, today);
  for (guint i = 0; checks != NULL && i < checks->len; i++)
    {
      GtkWidget *row = make_check_row (checks->pdata[i]);

      adw_preferences_group_add (self->checks_group, row);
      g_ptr_array_add (self->check_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->checks_group), self->check_rows->len > 0);
  return G_SOURCE_REMOVE;
}

/* Not now: this may be the cursor on its way out of a field and into one of these rows. */
static void
update (HwCallForm *form)
{
  HwDocumentForm *self = HW_DOCUMENT_FORM (form);

  if (self->showing == 0)
    self->showing = g_idle_add (show_checks, self);
}

static void
fill_cb (HwFieldId field, HwValue *value, gpointer data)
{
  if (hw_call_form_may_write (data, field))
    hw_call_form_commit (data, field, value);
}

static void
read_cb (HwDocumentForm *self, HwMrz *mrz)
{
  hw_mrz_panel_fill (
    GTK_WIDGET (self), hw_call_form_record (HW_CALL_FORM (self)), mrz, fill_cb, self);
}

/* Typed from the document in hand, fitting in every digit and saying what the record says, the lines
 * are checked; with a wrong digit they are kept, and known not to be. */
static void
lines_committed_cb (HwDocumentForm *self, HwValue *value)
{
  HwCallForm *form = HW_CALL_FORM (self);
  g_autofree char *today = hw_form_context_today (hw_call_form_context (form));
  g_autoptr (HwRecord) after = hw_record_copy (hw_call_form_record (form));
  g_autoptr (HwValue) checked = NULL;
  g_autofree char *objection = NULL;

  if (!hw_call_form_may_write (form, HW_FIELD_TRAVEL_DOCUMENT_MRZ_VERIFIED))
    return;
  hw_record_set (after, HW_FIELD_TRAVEL_DOCUMENT_MRZ, value);
  objection = hw_mrz_objection (after, today);
  if (value != NULL)
    checked = hw_value_new_boolean (objection == NULL);
  if (!hw_value_equal (checked, hw_record_get (after, HW_FIELD_TRAVEL_DOCUMENT_MRZ_VERIFIED)))
    hw_call_form_commit (form, HW_FIELD_TRAVEL_DOCUMENT_MRZ_VERIFIED, checked);
}

static void
set_up (HwCallForm *form)
{
  HwDocumentForm *self = HW_DOCUMENT_FORM (form);

  hw_mrz_panel_attach (
    self->mrz_panel, self->mrz_row, hw_call_form_record (form), hw_call_form_file (form), NULL);
  if (hw_call_form_may_write (form, HW_FIELD_TRAVEL_DOCUMENT_MRZ))
    g_signal_connect_object (
      self->mrz_panel, "read", G_CALLBACK (read_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    self->mrz_row, "commit", G_CALLBACK (lines_committed_cb), self, G_CONNECT_SWAPPED);
}

static void
hw_document_form_dispose (GObject *object)
{
  g_clear_handle_id (&HW_DOCUMENT_FORM (object)->showing, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), HW_TYPE_DOCUMENT_FORM);

  G_OBJECT_CLASS (hw_document_form_parent_class)->dispose (object);
}

static void
hw_document_form_finalize (GObject *object)
{
  g_ptr_array_unref (HW_DOCUMENT_FORM (object)->check_rows);

  G_OBJECT_CLASS (hw_document_form_parent_class)->finalize (object);
}

static void
hw_document_form_class_init (HwDocumentFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_document_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = hw_document_form_finalize;
  HW_CALL_FORM_CLASS (klass)->move_label = move_label;
  HW_CALL_FORM_CLASS (klass)->set_up = set_up;
  HW_CALL_FORM_CLASS (klass)->update = update;
  g_type_ensure (HW_TYPE_MRZ_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-document-form.ui");
  gtk_widget_class_bind_template_child (widget_class, HwDocumentForm, checks_group);
  gtk_widget_class_bind_template_child (widget_class, HwDocumentForm, mrz_row);
  gtk_widget_class_bind_template_child (widget_class, HwDocumentForm, mrz_panel);
}

static void
hw_document_form_init (HwDocumentForm *self)
{
  self->check_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_document_form_new (HwDesktop *desktop, HwCaseFile *file, HwRecord *record, guint relations)
{
  return hw_call_form_begin (
    g_object_new (HW_TYPE_DOCUMENT_FORM, NULL), desktop, file, record, relations);
}
