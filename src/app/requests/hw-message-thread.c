/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The conversation between the office and a mission about one request. A message is immutable once
 * written; what is typed and not yet sent stays in the line when the request is looked at again.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/requests/hw-message-thread.h"

#include <glib/gi18n.h>

#include "app/widgets/hw-text.h"
#include "store/hw-case-list.h"

#define MESSAGE_MAX_CHARS 4000

struct _HwMessageThread
{
  AdwBin parent;

  HwDesktop    *desktop;  /* (owned) (nullable) */
  HwRecord     *request;  /* (owned) (nullable) */
  HwRecordList *messages; /* (owned) (nullable) newest first */
  GHashTable   *unsent;   /* (owned) request id → text */

  GtkListBox *list;
  GtkLabel   *empty_label;
  GtkEntry   *entry;
  GtkButton  *send_button;
};

G_DEFINE_FINAL_TYPE (HwMessageThread, hw_message_thread, ADW_TYPE_BIN)

static gboolean
from_embassy (HwRecord *message)
{
  return hw_record_is (message, HW_FIELD_EMBASSY_MESSAGE_FROM, HW_EMBASSY_MESSAGE_FROM_EMBASSY);
}

static char *
when_words (HwMessageThread *self, HwRecord *message)
{
  const char *at = hw_record_get_text (message, HW_FIELD_EMBASSY_MESSAGE_AT);
  g_autofree char *today = hw_desktop_today (self->desktop);
  gint64 us;

  if (at == NULL || !hw_instant_parse (at, &us))
    return g_strdup ("");
  return hw_text_moment (us, hw_desktop_office_zone (self->desktop), today);
}

static GtkWidget *
make_row (HwMessageThread *self, HwRecord *message)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *text = gtk_label_new (hw_record_get_text (message, HW_FIELD_EMBASSY_MESSAGE_TEXT));
  g_autofree char *when = when_words (self, message);
  g_autofree char *who
      = g_strdup_printf ("%s · %s", from_embassy (message) ? _ ("The mission") : _ ("The office"), when);
  GtkWidget *caption = gtk_label_new (who);

  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 80);
  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_widget_add_css_class (box, "message");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
refresh (HwMessageThread *self)
{
  guint n = self->messages != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->messages)) : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = n; i > 0; i--)
    {
      g_autoptr (HwRecord) message = g_list_model_get_item (G_LIST_MODEL (self->messages), i - 1);

      gtk_list_box_append (self->list, make_row (self, message));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->empty_label), n == 0);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwMessageThread) self = user_data;
  g_autoptr (GPtrArray) results = hw_desktop_commit_finish (HW_DESKTOP (source), result, NULL);

  gtk_editable_set_editable (GTK_EDITABLE (self->entry), TRUE);
  if (results != NULL && hw_desktop_first_refusal (results) == NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
send_cb (HwMessageThread *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_operation_unref);
  gboolean embassy = hw_desktop_actor (self->desktop)->role == HW_ROLE_EMBASSY_LIAISON;
  HwOperation *operation;

  if (*text == '\0' || self->request == NULL || !gtk_editable_get_editable (GTK_EDITABLE (self->entry)))
    return;
  operation = hw_desktop_new_create (self->desktop, HW_TYPE_ID_EMBASSY_MESSAGE, hw_record_case (self->request));
  hw_operation_set_text (operation, HW_FIELD_EMBASSY_MESSAGE_REQUEST, hw_record_id (self->request), 0);
  hw_operation_set_text (operation, HW_FIELD_EMBASSY_MESSAGE_FROM,
                         embassy ? HW_EMBASSY_MESSAGE_FROM_EMBASSY : HW_EMBASSY_MESSAGE_FROM_CASEWORKER, 0);
  hw_operation_set_text (operation, HW_FIELD_EMBASSY_MESSAGE_TEXT, text, 0);
  hw_operation_set_text (operation, HW_FIELD_EMBASSY_MESSAGE_AT, operation->at, 0);
  g_ptr_array_add (operations, operation);
  gtk_editable_set_editable (GTK_EDITABLE (self->entry), FALSE);
  hw_desktop_commit_async (self->desktop, operations, FALSE, sent_cb, g_object_ref (self));
}

static void
changed_cb (HwMessageThread *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  gtk_widget_set_sensitive (GTK_WIDGET (self->send_button), *text != '\0');
  if (self->request != NULL)
    g_hash_table_replace (self->unsent, g_strdup (hw_record_id (self->request)), g_strdup (text));
}

static void
hw_message_thread_dispose (GObject *object)
{
  HwMessageThread *self = HW_MESSAGE_THREAD (object);

  g_clear_object (&self->messages);
  g_clear_object (&self->request);
  g_clear_object (&self->desktop);
  g_clear_pointer (&self->unsent, g_hash_table_unref);

  G_OBJECT_CLASS (hw_message_thread_parent_class)->dispose (object);
}

static void
hw_message_thread_class_init (HwMessageThreadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_message_thread_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-message-thread.ui");
  gtk_widget_class_bind_template_child (widget_class, HwMessageThread, list);
  gtk_widget_class_bind_template_child (widget_class, HwMessageThread, empty_label);
  gtk_widget_class_bind_template_child (widget_class, HwMessageThread, entry);
  gtk_widget_class_bind_template_child (widget_class, HwMessageThread, send_button);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
hw_message_thread_init (HwMessageThread *self)
{
  self->unsent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (self->entry, MESSAGE_MAX_CHARS);
}

GtkWidget *
hw_message_thread_new (void)
{
  return g_object_new (HW_TYPE_MESSAGE_THREAD, NULL);
}

void
hw_message_thread_show (HwMessageThread *self, HwDesktop *desktop, HwRecord *request)
{
  const char *unsent;

  if (self->request != NULL && request != NULL
      && g_str_equal (hw_record_id (self->request), hw_record_id (request)))
    {
      g_set_object (&self->request, request);
      return;
    }
  g_clear_object (&self->request);
  g_clear_object (&self->messages);
  g_set_object (&self->desktop, desktop);
  if (request != NULL)
    {
      unsent = g_hash_table_lookup (self->unsent, hw_record_id (request));
      gtk_editable_set_text (GTK_EDITABLE (self->entry), unsent != NULL ? unsent : "");
      self->messages = hw_record_list_new (hw_desktop_store (desktop), HW_TYPE_ID_EMBASSY_MESSAGE,
                                           HW_FIELD_EMBASSY_MESSAGE_REQUEST, hw_record_id (request));
      g_signal_connect_object (self->messages, "items-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
    }
  self->request = request != NULL ? g_object_ref (request) : NULL;
  refresh (self);
}

void
hw_message_thread_focus (HwMessageThread *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
