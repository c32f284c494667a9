/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows say what kind of record it is and of which case, by her pseudonym. Leaving them alone is an answer too: they are
 * offered again next time.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-record-offer.h"

#include <glib/gi18n.h>

#include "app/callforms/hw-record-dialog.h"
#include "app/callforms/hw-record-draft.h"
#include "app/hw-compat.h"
#include "app/requests/hw-document-dialog.h"

struct _HwRecordOffer
{
  AdwWindow parent;

  HwDesktop  *desktop; /* (owned) (nullable) */
  GtkListBox *list;    /* (unowned) */
};

G_DEFINE_FINAL_TYPE (HwRecordOffer, hw_record_offer, ADW_TYPE_WINDOW)

static HwRecordDraft *
draft_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "draft");
}

static void
remove_row (HwRecordOffer *self, GtkWidget *row)
{
  gtk_list_box_remove (self->list, row);
  if (gtk_widget_get_first_child (GTK_WIDGET (self->list)) == NULL)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
open_dialog (HwRecordOffer *self, GtkWidget *row, HwCaseFile *file)
{
  GtkWindow *main_window = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_window_present (GTK_WINDOW (hw_record_dialog_continue (self->desktop, file, draft_of (row), main_window)));
  remove_row (self, row);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) row = user_data;
  HwRecordOffer *self = HW_RECORD_OFFER (gtk_widget_get_root (row));
  g_autoptr (GError) error = NULL;
  g_autoptr (HwCaseFile) file = hw_store_load_case_finish (HW_STORE (source), result, &error);

  if (self == NULL || self->desktop == NULL || hw_desktop_store (self->desktop) != HW_STORE (source))
    return;
  if (file != NULL)
    open_dialog (self, row, file);
  else
    hw_compat_tell (GTK_WIDGET (self), _ ("This Case Cannot Be Opened"),
                    error != NULL ? error->message : _ ("You may no longer read it. What you wrote is kept here."));
}

static gboolean
is_issue (HwRecordDraft *draft)
{
  return g_str_has_prefix (draft->key, HW_ISSUE_DRAFT_PREFIX);
}

static void
continue_issue (HwRecordOffer *self, GtkWidget *row)
{
  GtkWindow *main_window = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autoptr (HwRecord) document = hw_store_get_record (
    hw_desktop_store (self->desktop), HW_TYPE_ID_TRAVEL_DOCUMENT, hw_record_id (draft_of (row)->record), NULL);

  if (document != NULL)
    gtk_window_present (GTK_WINDOW (hw_document_dialog_new (self->desktop, document, main_window)));
  remove_row (self, row);
}

static void
continue_cb (HwRecordOffer *self, GtkButton *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ACTION_ROW);
  HwStore *store = hw_desktop_store (self->desktop);
  const char *case_id = hw_record_case (draft_of (row)->record);

  if (is_issue (draft_of (row)))
    {
      continue_issue (self, row);
      return;
    }
  if (case_id == NULL)
    {
      g_autoptr (HwCaseFile) directory = hw_store_directory (store);

      open_dialog (self, row, directory);
      return;
    }
  hw_store_load_case_async (store, case_id, NULL, loaded_cb, g_object_ref (row));
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) row = user_data;
  HwRecordOffer *self = HW_RECORD_OFFER (source);

  if (!hw_compat_confirm_finish (result, NULL) || self->desktop == NULL || !hw_desktop_is_unlocked (self->desktop))
    return;
  hw_store_save_draft_async (hw_desktop_store (self->desktop), draft_of (row)->key, NULL, NULL, NULL);
  remove_row (self, row);
}

static void
discard_cb (HwRecordOffer *self, GtkButton *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ACTION_ROW);

  hw_compat_confirm_async (GTK_WIDGET (self), _ ("Discard the Draft?"),
                           _ ("It will be gone from this computer for good."), _ ("_Discard"), TRUE, NULL, discarded_cb,
                           g_object_ref (row));
}

static void
add_button (HwRecordOffer *self, GtkWidget *row, const char *label, const char *style, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (style != NULL)
    gtk_widget_add_css_class (button, style);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* Takes draft. */
static void
add_draft (HwRecordOffer *self, HwRecordDraft *draft)
{
  const char *case_id = hw_record_case (draft->record);
  g_autoptr (HwRecord) found
    = case_id != NULL ? hw_store_get_record (hw_desktop_store (self->desktop), HW_TYPE_ID_CASE, case_id, NULL) : NULL;
  const char *whose = found != NULL ? hw_record_get_text (found, HW_FIELD_CASE_PSEUDONYM) : NULL;
  gboolean first = gtk_widget_get_first_child (GTK_WIDGET (self->list)) == NULL;
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (hw_record_def (draft->record)->label));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), whose != NULL ? whose : "");
  g_object_set_data_full (G_OBJECT (row), "draft", draft, (GDestroyNotify) hw_record_draft_free);
  add_button (self, row, _ ("_Discard…"), "flat", G_CALLBACK (discard_cb));
  add_button (self, row, _ ("_Continue"), first ? "suggested-action" : NULL, G_CALLBACK (continue_cb));
  gtk_list_box_append (self->list, row);
}

static void
hw_record_offer_dispose (GObject *object)
{
  HwRecordOffer *self = HW_RECORD_OFFER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), HW_TYPE_RECORD_OFFER);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_record_offer_parent_class)->dispose (object);
}

static void
hw_record_offer_class_init (HwRecordOfferClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_record_offer_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-record-offer.ui");
  gtk_widget_class_bind_template_child (widget_class, HwRecordOffer, list);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hw_record_offer_init (HwRecordOffer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- Finding them ---- */

/* Of a new record whose record is there already: it was added just before the program ended. Of a document to be
 * issued: it was taken away from here, or issued meanwhile. */
static gboolean
is_over (HwStore *store, HwRecordDraft *draft)
{
  g_autoptr (HwRecord) there
    = hw_store_get_record (store, hw_record_type (draft->record), hw_record_id (draft->record), NULL);

  if (!is_issue (draft))
    return there != NULL;
  return there == NULL || !hw_document_dialog_may_issue (there, hw_store_actor (store)->role);
}

static void
take_drafts (HwStore *store, const char *prefix, GPtrArray *drafts)
{
  g_autoptr (GPtrArray) pairs = hw_store_drafts (store, prefix, NULL);

  for (guint i = 0; pairs != NULL && i + 1 < pairs->len; i += 2)
    {
      g_autoptr (HwRecordDraft) draft = hw_record_draft_from_json (pairs->pdata[i], pairs->pdata[i + 1]);

      if (draft == NULL)
        g_warning ("A draft of a record cannot be read and was left where it is");
      else if (is_over (store, draft))
        hw_store_save_draft_async (store, draft->key, NULL, NULL, NULL);
      else
        g_ptr_array_add (drafts, g_steal_pointer (&draft));
    }
}

static GPtrArray *
read_drafts (HwStore *store)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_record_draft_free);

  take_drafts (store, HW_RECORD_DRAFT_PREFIX, drafts);
  take_drafts (store, HW_ISSUE_DRAFT_PREFIX, drafts);
  return drafts;
}

void
hw_record_offer_drafts (HwDesktop *desktop, GtkWindow *parent)
{
  g_autoptr (GPtrArray) drafts = read_drafts (hw_desktop_store (desktop));
  HwRecordOffer *self;

  if (drafts->len == 0)
    return;
  self = g_object_new (HW_TYPE_RECORD_OFFER, "transient-for", parent, NULL);
  self->desktop = g_object_ref (desktop);
  while (drafts->len > 0)
    add_draft (self, g_ptr_array_steal_index (drafts, 0));
  gtk_window_present (GTK_WINDOW (self));
}
