/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row is made anew whenever its attachment changes. What a role may not do with it is absent from its menu.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/attachments/hw-attachment-row.h"

#include <glib/gi18n.h>

#include "app/attachments/hw-attachment-viewer.h"
#include "app/attachments/hw-attachment-words.h"
#include "app/attachments/hw-removal-dialog.h"
#include "app/attachments/hw-save-copy.h"
#include "app/forms/hw-reveal-button.h"
#include "app/hw-compat.h"
#include "app/widgets/hw-pill.h"
#include "domain/hw-content.h"
#include "store/hw-kept.h"

struct _HwAttachmentRow
{
  AdwActionRow parent;

  HwDesktop *desktop;   /* (owned) (nullable) after dispose */
  HwCaseFile *file;     /* (owned) (nullable) */
  HwRecord *attachment; /* (owned) (nullable) after dispose */
  HwKeptState state;
  HwRevealButton *reveal; /* (unowned) */
  char *request; /* (owned) (nullable) to share it with, once that is confirmed */
};

G_DEFINE_FINAL_TYPE (HwAttachmentRow, hw_attachment_row, ADW_TYPE_ACTION_ROW)

static gboolean
is_picture (HwAttachmentRow *self)
{
  return hw_content_is_picture (
    hw_record_get_text (self->attachment, HW_FIELD_ATTACHMENT_MEDIA_TYPE));
}

/* ---- What can be done ---- */

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwAttachmentRow) self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GError) error = NULL;

  if (hw_veil_lift_finish (HW_VEIL (source), result, &error) && root != NULL && self->attachment != NULL)
    gtk_window_present (GTK_WINDOW (hw_attachment_viewer_new (
      self->desktop, self->attachment, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL)));
  else if (error != NULL && self->desktop != NULL)
    hw_desktop_say (self->desktop, error->message);
}

/* A picture kept here is looked at without the server: the look is noted as any other reading. */
static void
view_cb (HwAttachmentRow *self)
{
  GPtrArray *readings;

  if (!hw_desktop_is_unlocked (self->desktop))
    return;
  if (!is_picture (self))
    {
      hw_save_copy (GTK_WIDGET (self), self->desktop, self->attachment);
      return;
    }
  readings = hw_readings_new ();
  hw_readings_add (readings, hw_record_id (self->attachment), HW_FIELD_ATTACHMENT_NAME);
  hw_veil_lift_async (hw_desktop_veil (self->desktop), readings, looked_cb, g_object_ref (self));
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  HwAttachmentRow *self = data;

  hw_save_copy (GTK_WIDGET (self), self->desktop, self->attachment);
}

static void
retry_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  HwAttachmentRow *self = data;
  g_autoptr (GError) error = NULL;

  if (hw_desktop_is_unlocked (self->desktop)
      && !hw_store_content_retry (
        hw_desktop_store (self->desktop), hw_record_id (self->attachment), &error))
    hw_desktop_say (self->desktop, error->message);
}

static void
details_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  HwAttachmentRow *self = data;

  g_signal_emit_by_name (self, "open-record", hw_record_id (self->attachment));
}

static void
commit_one (HwAttachmentRow *self, HwOperation *operation)
{
  g_autoptr (GPtrArray) operations
    = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_operation_unref);

  g_ptr_array_add (operations, operation);
  hw_desktop_commit_async (self->desktop, operations, FALSE, NULL, NULL);
}

/* The reason goes with the deletion, or neither does: it stays in the history when the file is gone. */
static void
remove_for (HwAttachmentRow *self, const char *reason)
{
  g_autoptr (GPtrArray) operations
    = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_operation_unref);
  HwOperation *because = hw_desktop_new_update (self->desktop, self->attachment);

  hw_operation_set_text (because,
                         HW_FIELD_ATTACHMENT_REMOVAL_REASON,
                         reason,
                         hw_record_field_rev (self->attachment, HW_FIELD_ATTACHMENT_REMOVAL_REASON));
  g_ptr_array_add (operations, because);
  g_ptr_array_add (operations, hw_desktop_new_delete (self->desktop, self->attachment));
  hw_desktop_commit_async (self->desktop, operations, FALSE, NULL, NULL);
}

static void
removal_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwAttachmentRow) self = user_data;
  g_autofree char *reason = hw_removal_dialog_finish (result);

  if (reason != NULL && self->attachment != NULL && hw_desktop_is_unlocked (self->desktop))
    remove_for (self, reason);
}

static void
remove_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  HwAttachmentRow *self = data;

  hw_removal_dialog_ask_async (
    GTK_WIDGET (self), self->desktop, removal_answered_cb, g_object_ref (self));
}

static void
set_request (HwAttachmentRow *self, const char *request)
{
  HwOperation *operation = hw_desktop_new_update (self->desktop, self->attachment);

  hw_operation_set_text (
    operation,
    HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST,
    request,
    hw_record_field_rev (self->attachment, HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST));
  commit_one (self, operation);
}

static void
sharing_confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwAttachmentRow) self = user_data;

  if (hw_compat_confirm_finish (result, NULL) && self->attachment != NULL)
    set_request (self, self->request);
}

static void
share_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  HwAttachmentRow *self = data;

  g_free (self->request);
  self->request = g_variant_dup_string (parameter, NULL);
  hw_compat_confirm_async (
    GTK_WIDGET (self),
    _ ("Share With the Mission?"),
    _ ("The mission sees this picture from now on, under a name that says nothing and without what a camera wrote into "
       "it. What was seen cannot be unseen. It is written in the record of disclosures."),
    _ ("_Share"),
    FALSE,
    NULL,
    sharing_confirmed_cb,
    g_object_ref (self));
}

static void
take_back_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  set_request (data, NULL);
}

static const GActionEntry actions[] = {
  { .name = "save", .activate = save_cb },       { .name = "retry", .activate = retry_cb },
  { .name = "details", .activate = details_cb }, { .name = "remove", .activate = remove_cb },
  { .name = "share", .activate = share_cb, .parameter_type = "s" },
  { .name = "take-back", .activate = take_back_cb },
};

/* ---- The menu ---- */

/* What is over is not added to, and what was not sent is nobody's yet. */
static gboolean
is_open (HwRecord *request)
{
  static const char *const over[] = { HW_EMBASSY_REQUEST_STATUS_WITHDRAWN, HW_EMBASSY_REQUEST_STATUS_CLOSED, NULL };
  const char *status = hw_record_status (request);

  return status != NULL && !g_strv_contains (over, status);
}

static void
append_requests (HwAttachmentRow *self, GMenu *menu)
{
  GPtrArray *requests = hw_case_file_of_type (self->file, HW_TYPE_ID_EMBASSY_REQUEST);

  if (hw_record_get (self->attachment, HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST) != NULL)
    {
      g_menu_append (menu, _ ("_Take Back From the Mission"), "file.take-back");
      return;
    }
  for (guint i = 0; is_picture (self) && i < requests->len; i++)
    {
      HwRecord *request = g_ptr_array_index (requests, i);
      const char *reference = hw_record_get_text (request, HW_FIELD_EMBASSY_REQUEST_REFERENCE);
      g_autofree char *label = NULL;
      g_autoptr (GMenuItem) item = NULL;

      if (reference == NULL || !is_open (request))
        continue;
      /* Translators: %s is the reference of a request, such as LP-7Q4K2 */
      label = g_strdup_printf (_ ("Share With the Mission (%s)…"), reference);
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "file.share", "s", hw_record_id (request));
      g_menu_append_item (menu, item);
    }
}

static GMenuModel *
make_menu (HwAttachmentRow *self, guint relations)
{
  HwRole role = hw_desktop_actor (self->desktop)->role;
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("_Save a Copy…"), "file.save");
  if (self->state == HW_KEPT_REFUSED)
    g_menu_append (menu, _ ("_Try Again"), "file.retry");
  if (self->file == NULL)
    return G_MENU_MODEL (menu);
  g_menu_append (menu, _ ("_Details"), "file.details");
  if (hw_access_may_write (
        role, relations, hw_schema_field (HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST)))
    append_requests (self, menu);
  if (hw_access_may_create (role, relations, HW_TYPE_ID_ATTACHMENT))
    g_menu_append (menu, _ ("_Remove…"), "file.remove");
  return G_MENU_MODEL (menu);
}

/* ---- The row ---- */

static HwMeaning
meaning_of (HwKeptState state)
{
  if (state == HW_KEPT_REFUSED)
    return HW_MEANING_BAD;
  return state == HW_KEPT_WAITING ? HW_MEANING_WARNING : HW_MEANING_NEUTRAL;
}

static void
show_name (HwAttachmentRow *self)
{
  g_autofree char *name = hw_reveal_button_is_open (self->reveal)
                            ? hw_attachment_name_plain (self->desktop, self->attachment)
                            : hw_attachment_name (self->desktop, self->attachment);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
}

static void
reveal_changed_cb (HwAttachmentRow *self)
{
  if (self->attachment != NULL)
    show_name (self);
}

static void
show_words (HwAttachmentRow *self, const char *problem)
{
  g_autofree char *facts = hw_attachment_facts (self->desktop, self->attachment);
  g_autoptr (GString) subtitle = g_string_new (facts);

  if (hw_record_get (self->attachment, HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST) != NULL
      && self->file != NULL)
    g_string_append (subtitle, _ (" · shared with the mission"));
  if (problem != NULL)
    g_string_append_printf (subtitle, "\n%s", problem);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle->str);
}

static void
add_suffixes (HwAttachmentRow *self, guint relations)
{
  g_autoptr (GMenuModel) model = make_menu (self, relations);
  GtkWidget *pill = hw_pill_new (hw_attachment_state_words (self->state), meaning_of (self->state));
  GtkWidget *menu = gtk_menu_button_new ();

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (menu), model);
  gtk_widget_set_tooltip_text (menu, _ ("More About This File"));
  gtk_widget_set_valign (menu, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (menu, "flat");
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  self->reveal = HW_REVEAL_BUTTON (hw_reveal_button_new (hw_desktop_veil (self->desktop)));
  hw_reveal_button_add (self->reveal, self->attachment, HW_FIELD_ATTACHMENT_NAME);
  g_signal_connect_object (
    self->reveal, "changed", G_CALLBACK (reveal_changed_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->reveal));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), pill);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), menu);
}

static void
hw_attachment_row_dispose (GObject *object)
{
  HwAttachmentRow *self = HW_ATTACHMENT_ROW (object);

  g_clear_object (&self->attachment);
  g_clear_object (&self->file);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_attachment_row_parent_class)->dispose (object);
}

static void
hw_attachment_row_finalize (GObject *object)
{
  g_free (HW_ATTACHMENT_ROW (object)->request);

  G_OBJECT_CLASS (hw_attachment_row_parent_class)->finalize (object);
}

static void
hw_attachment_row_class_init (HwAttachmentRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_attachment_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = hw_attachment_row_finalize;
  g_signal_new ("open-record", HW_TYPE_ATTACHMENT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRING);
}

static void
hw_attachment_row_init (HwAttachmentRow *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "file", G_ACTION_GROUP (group));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  g_signal_connect (self, "activated", G_CALLBACK (view_cb), NULL);
}

GtkWidget *
hw_attachment_row_new (
  HwDesktop *desktop, HwCaseFile *file, HwRecord *attachment, guint relations)
{
  HwAttachmentRow *self = g_object_new (HW_TYPE_ATTACHMENT_ROW, NULL);
  g_autofree char *problem = NULL;

  self->desktop = g_object_ref (desktop);
  self->file = file != NULL ? g_object_ref (file) : NULL;
  self->attachment = g_object_ref (attachment);
  self->state
    = hw_store_kept (hw_desktop_store (desktop), hw_record_id (attachment), &problem);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self),
                             gtk_image_new_from_icon_name (
                               is_picture (self) ? "image-x-generic-symbolic" : "x-office-document-symbolic"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  show_words (self, problem);
  add_suffixes (self, relations);
  show_name (self);
  return GTK_WIDGET (self);
}
