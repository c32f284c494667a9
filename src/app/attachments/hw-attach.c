/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From a file of the computer to an attachment. The file is read once, on a thread of its own; what is judged is what
 * is kept. The original stays where it is, in plain, and the person is told so.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/attachments/hw-attach.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/attachments/hw-attachment-words.h"
#include "app/attachments/hw-kind-dialog.h"
#include "app/hw-compat.h"
#include "domain/hw-content.h"
#include "store/hw-kept.h"

typedef struct
{
  GtkWidget *parent;   /* (owned) */
  HwDesktop *desktop;  /* (owned) */
  HwCaseFile *file;    /* (owned) */
  HwRecord *about;     /* (owned) (nullable) */
  GFile *source;       /* (owned) (nullable) until chosen */
  HwCategory category;
  char *name;          /* (owned) (nullable) */
  GBytes *bytes;       /* (owned) (nullable) */
  const char *media_type;
  HwContentFault fault;
  char *record;        /* (owned) (nullable) id of the attachment */
} Attaching;

static Attaching *
attaching_new (GtkWidget *parent, HwDesktop *desktop, HwCaseFile *file, HwRecord *about)
{
  Attaching *self = g_new0 (Attaching, 1);

  self->parent = g_object_ref (parent);
  self->desktop = g_object_ref (desktop);
  self->file = g_object_ref (file);
  self->about = about != NULL ? g_object_ref (about) : NULL;
  return self;
}

static void
attaching_free (Attaching *self)
{
  g_clear_object (&self->parent);
  g_clear_object (&self->desktop);
  g_clear_object (&self->file);
  g_clear_object (&self->about);
  g_clear_object (&self->source);
  g_free (self->name);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->record);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attaching, attaching_free)

static void
tell (Attaching *self, const char *words)
{
  hw_compat_tell (self->parent, _ ("Not Attached"), words);
}

/* ---- The record ---- */

/* A document says which of its attachments is its scan, a consent which is its proof. */
static HwFieldId
naming_field (HwRecord *about)
{
  switch (hw_record_type (about))
    {
      case HW_TYPE_ID_TRAVEL_DOCUMENT:
        return HW_FIELD_TRAVEL_DOCUMENT_SCAN;
      case HW_TYPE_ID_CONSENT:
        return HW_FIELD_CONSENT_EVIDENCE;
      case HW_TYPE_ID_GUARDIANSHIP:
        return HW_FIELD_GUARDIANSHIP_EVIDENCE;
      default:
        return HW_FIELD_NONE;
    }
}

/* Where it names none yet. Whether it may is the rules' to say, quietly: the file is attached either way. */
static void
name_it (Attaching *self)
{
  HwFieldId field = self->about != NULL ? naming_field (self->about) : HW_FIELD_NONE;
  g_autoptr (GPtrArray) operations = NULL;
  HwOperation *operation;

  if (field == HW_FIELD_NONE || hw_record_get (self->about, field) != NULL)
    return;
  operations = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_operation_unref);
  operation = hw_desktop_new_update (self->desktop, self->about);
  hw_operation_set_text (
    operation, field, self->record, hw_record_field_rev (self->about, field));
  g_ptr_array_add (operations, operation);
  hw_desktop_commit_async (self->desktop, operations, TRUE, NULL, NULL);
}

static void
attached_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Attaching) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = hw_store_attach_finish (HW_STORE (source), result, &error);
  HwVerdict *refusal = results != NULL ? hw_desktop_first_refusal (results) : NULL;

  if (results == NULL)
    tell (self, error->message);
  else if (refusal != NULL)
    tell (self, hw_verdict_message (refusal));
  else
    {
      hw_desktop_say (self->desktop,
                      _ ("Attached. The original is still in its folder, in plain: delete it there "
                         "if nobody needs it."));
      name_it (self);
    }
}

static HwOperation *
describe (Attaching *self)
{
  HwOperation *operation = hw_desktop_new_create (
    self->desktop, HW_TYPE_ID_ATTACHMENT, hw_case_file_id (self->file));
  g_autofree char *digest = hw_content_digest (self->bytes);
  g_autoptr (HwValue) size = hw_value_new_integer ((gint64) g_bytes_get_size (self->bytes));

  hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_NAME, self->name, 0);
  hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_MEDIA_TYPE, self->media_type, 0);
  hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_SHA256, digest, 0);
  hw_operation_set (operation, HW_FIELD_ATTACHMENT_SIZE, size, 0);
  hw_operation_set_text (
    operation, HW_FIELD_ATTACHMENT_CATEGORY, hw_category_nick (self->category)->nick, 0);
  if (self->about != NULL)
    hw_operation_set_text (
      operation, HW_FIELD_ATTACHMENT_ABOUT, hw_record_id (self->about), 0);
  return operation;
}

static void
commit (Attaching *self)
{
  g_autoptr (HwChangeSet) set = NULL;
  HwOperation *operation;

  if (!hw_desktop_is_unlocked (self->desktop))
    {
      attaching_free (self);
      return;
    }
  set = hw_change_set_new (HW_ORIGIN_LOCAL, hw_desktop_actor (self->desktop));
  operation = describe (self);
  self->record = g_strdup (operation->record);
  hw_change_set_add (set, operation);
  hw_store_attach_async (
    hw_desktop_store (self->desktop), set, self->record, self->bytes, attached_cb, self);
}

/* ---- What it shows ---- */

static void
kind_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Attaching *self = user_data;

  if (hw_kind_dialog_finish (result, &self->category))
    commit (self);
  else
    attaching_free (self);
}

static void
ask_kind (Attaching *self)
{
  if (self->about != NULL)
    {
      self->category = hw_attachment_category_of (hw_record_type (self->about));
      commit (self);
      return;
    }
  hw_kind_dialog_ask_async (self->parent, self->desktop, self->file, kind_cb, self);
}

/* ---- Reading ---- */

/* Cut to what the record holds, between characters. */
static char *
display_name (GFileInfo *info)
{
  const HwFieldDef *field = hw_schema_field (HW_FIELD_ATTACHMENT_NAME);
  gsize longest = field->max_length > 0 ? field->max_length : 200;
  const char *name = g_file_info_get_display_name (info);

  if (strlen (name) <= longest)
    return g_strdup (name);
  return g_strndup (name, (gsize) (g_utf8_find_prev_char (name, name + longest) - name));
}

/* Size first: what is far too large is not read at all. */
static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Attaching *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (self->source,
                                                  G_FILE_ATTRIBUTE_STANDARD_TYPE
                                                  "," G_FILE_ATTRIBUTE_STANDARD_SIZE
                                                  "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME,
                                                  G_FILE_QUERY_INFO_NONE,
                                                  cancellable,
                                                  &error);

  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    self->fault = HW_CONTENT_NOT_TAKEN;
  else if (info != NULL && g_file_info_get_size (info) > HW_CONTENT_MAX_BYTES)
    self->fault = HW_CONTENT_TOO_LARGE;
  else if (info != NULL)
    {
      self->bytes = g_file_load_bytes (self->source, cancellable, NULL, &error);
      if (self->bytes != NULL)
        self->fault = hw_content_check (self->bytes, &self->media_type);
    }
  if (info != NULL)
    self->name = display_name (info);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Attaching *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_autofree char *words = g_strdup_printf (
        _ ("The file could not be read: %s. Nothing was attached."), error->message);

      tell (self, words);
      attaching_free (self);
    }
  else if (self->fault != HW_CONTENT_GOOD)
    {
      tell (self, hw_content_fault_words (self->fault));
      attaching_free (self);
    }
  else
    ask_kind (self);
}

static void
read_source (Attaching *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, read_cb, self);

  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, read_thread);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Attaching *self = user_data;

  self->source = hw_compat_file_finish (result, NULL);
  if (self->source != NULL)
    read_source (self);
  else
    attaching_free (self);
}

void
hw_attach_choose (GtkWidget *parent, HwDesktop *desktop, HwCaseFile *file, HwRecord *about)
{
  hw_compat_open_file_async (parent,
                             _ ("Attach a File"),
                             _ ("Pictures and PDF"),
                             "*.jpg;*.jpeg;*.png;*.pdf;*.JPG;*.JPEG;*.PNG;*.PDF",
                             NULL,
                             chosen_cb,
                             attaching_new (parent, desktop, file, about));
}

void
hw_attach_file (
  GtkWidget *parent, HwDesktop *desktop, HwCaseFile *file, HwRecord *about, GFile *source)
{
  Attaching *self = attaching_new (parent, desktop, file, about);

  self->source = g_object_ref (source);
  read_source (self);
}
