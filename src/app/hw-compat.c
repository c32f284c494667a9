/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Bridges to what newer releases have: alert dialogs, file dialogs, banners. Questions answer no
 * unless the person says yes; nothing here blocks.
 */
#include "app/hw-compat.h"

#include <glib/gi18n.h>

#include "app/hw-window-guard.h"

static GtkWindow *
window_of (GtkWidget *widget)
{
  GtkRoot *root = widget ? gtk_widget_get_root (widget) : NULL;

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
forget_parent_cb (GtkWindow *window)
{
  gtk_window_set_transient_for (window, NULL);
}

/* A destroyed window lives on as long as anybody holds it, and the pointer that rested on it does. Until then GTK keeps
 * a parent that has gone with it: so the tie between the two is cut as soon as one of them goes. */
AdwMessageDialog *
hw_compat_message_new (GtkWidget *parent, const char *heading, const char *body)
{
  GtkWindow *window = window_of (parent);
  GtkWidget *dialog = adw_message_dialog_new (window, heading, body);

  g_signal_connect_after (dialog, "unrealize", G_CALLBACK (forget_parent_cb), NULL);
  if (window != NULL)
    g_signal_connect_object (
      window, "unrealize", G_CALLBACK (gtk_window_destroy), dialog, G_CONNECT_SWAPPED);
  return ADW_MESSAGE_DIALOG (dialog);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, GTask *task)
{
  g_task_set_task_data (task, GINT_TO_POINTER (g_str_equal (response, "confirm")), NULL);
}

static gboolean
answer_cb (gpointer data)
{
  GTask *task = data;

  g_task_return_boolean (task, GPOINTER_TO_INT (g_task_get_task_data (task)));
  return G_SOURCE_REMOVE;
}

/* Not from within the question's own signals, of which "response" may be still to come: whoever asked may destroy the
 * window it stands over. */
static void
gone_cb (GtkWidget *dialog, GTask *task)
{
  g_signal_handlers_disconnect_by_func (dialog, gone_cb, task);
  g_idle_add_full (G_PRIORITY_DEFAULT, answer_cb, task, g_object_unref);
}

void
hw_compat_confirm_async (GtkWidget *parent,
                         const char *heading,
                         const char *body,
                         const char *confirm_label,
                         gboolean destructive,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  GTask *task = g_task_new (parent, cancellable, callback, data);
  AdwMessageDialog *dialog = hw_compat_message_new (parent, heading, body);

  g_task_set_source_tag (task, hw_compat_confirm_async);
  adw_message_dialog_add_responses (
    dialog, "cancel", _ ("_Cancel"), "confirm", confirm_label, NULL);
  adw_message_dialog_set_response_appearance (
    dialog, "confirm", destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, destructive ? "cancel" : "confirm");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), task, 0);
  g_signal_connect (dialog, "unrealize", G_CALLBACK (gone_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
hw_compat_confirm_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static AdwMessageDialog *
telling_new (GtkWidget *parent, const char *heading, const char *body)
{
  AdwMessageDialog *dialog = hw_compat_message_new (parent, heading, body);

  adw_message_dialog_add_response (dialog, "close", _ ("_Close"));
  adw_message_dialog_set_default_response (dialog, "close");
  adw_message_dialog_set_close_response (dialog, "close");
  return dialog;
}

void
hw_compat_tell (GtkWidget *parent, const char *heading, const char *body)
{
  gtk_window_present (GTK_WINDOW (telling_new (parent, heading, body)));
}

void
hw_compat_tell_at_the_door (const char *heading, const char *body)
{
  GtkWindow *dialog = GTK_WINDOW (telling_new (NULL, heading, body));

  hw_window_guard_admit (dialog);
  gtk_window_present (dialog);
}

#define CHOOSER "hw-chooser" /* of a window: the GtkNativeDialog over it; it is modal, so there is one */

/* The chooser belongs to the task: a native dialog is not kept alive by being shown. */
static void
file_response_cb (GtkNativeDialog *dialog, gint response)
{
  GTask *task = g_object_steal_data (G_OBJECT (dialog), "task");

  if (task == NULL)
    return;
  if (gtk_native_dialog_get_transient_for (dialog) != NULL)
    g_object_set_data (G_OBJECT (gtk_native_dialog_get_transient_for (dialog)), CHOOSER, NULL);
  if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (
      task, gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)), g_object_unref);
  else
    g_task_return_new_error (
      task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _ ("No file was chosen"));
  g_object_unref (task);
}

/* The window went away under it: what is chosen now would go nowhere. */
static void
abandon_chooser (GtkNativeDialog *dialog)
{
  gtk_native_dialog_hide (dialog);
  file_response_cb (dialog, GTK_RESPONSE_CANCEL);
}

static void
run_chooser (GtkFileChooserNative *native,
             GtkWidget *parent,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer data)
{
  GTask *task = g_task_new (parent, cancellable, callback, data);

  g_task_set_task_data (task, native, g_object_unref);
  g_object_set_data (G_OBJECT (native), "task", task);
  /* Whoever asked is off the screen, with the window it was in: so is the question. */
  if (parent != NULL && window_of (parent) == NULL)
    {
      file_response_cb (GTK_NATIVE_DIALOG (native), GTK_RESPONSE_CANCEL);
      return;
    }
  g_signal_connect (native, "response", G_CALLBACK (file_response_cb), NULL);
  if (window_of (parent) != NULL)
    {
      g_signal_connect_object (window_of (parent), "unrealize", G_CALLBACK (abandon_chooser), native, G_CONNECT_SWAPPED);
      g_object_set_data (G_OBJECT (window_of (parent)), CHOOSER, native);
    }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

void
hw_compat_open_file_async (GtkWidget *parent,
                           const char *title,
                           const char *pattern_label,
                           const char *pattern,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  GtkFileChooserNative *native = gtk_file_chooser_native_new (
    title, window_of (parent), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));

  if (pattern)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
      g_auto (GStrv) patterns = g_strsplit (pattern, ";", -1);

      gtk_file_filter_set_name (filter, pattern_label);
      for (guint i = 0; patterns[i] != NULL; i++)
        gtk_file_filter_add_pattern (filter, patterns[i]);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (native), filter);
    }
  run_chooser (native, parent, cancellable, callback, data);
}

void
hw_compat_save_file_async (GtkWidget *parent,
                           const char *title,
                           const char *suggested_name,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  GtkFileChooserNative *native = gtk_file_chooser_native_new (
    title, window_of (parent), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), suggested_name);
  run_chooser (native, parent, cancellable, callback, data);
}

void
hw_compat_abandon_chooser (GtkWindow *window)
{
  GtkNativeDialog *chooser = g_object_get_data (G_OBJECT (window), CHOOSER);

  if (chooser != NULL)
    abandon_chooser (chooser);
}

GFile *
hw_compat_file_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
update_hidden_pages (GtkStack *stack)
{
  GtkWidget *shown = gtk_stack_get_visible_child (stack);

  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    gtk_accessible_update_state (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_STATE_HIDDEN, page != shown, -1);
}

void
hw_compat_tell_hidden_pages (GtkStack *stack)
{
  GtkSelectionModel *pages = gtk_stack_get_pages (stack);

  /* The stack forgets its list of pages as soon as nobody holds it. */
  g_object_set_data_full (G_OBJECT (stack), "hw-pages", pages, g_object_unref);
  g_signal_connect_object (pages, "items-changed", G_CALLBACK (update_hidden_pages), stack, G_CONNECT_SWAPPED);
  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (update_hidden_pages), NULL);
  update_hidden_pages (stack);
}

struct _HwBanner
{
  GtkWidget parent;
  GtkWidget *revealer; /* (owned) child */
  GtkLabel *words;     /* (unowned) */
  GtkButton *button;   /* (unowned) */
};

G_DEFINE_FINAL_TYPE (HwBanner, hw_banner, GTK_TYPE_WIDGET)

static void
banner_clicked_cb (HwBanner *self)
{
  g_signal_emit_by_name (self, "action");
}

static void
hw_banner_dispose (GObject *object)
{
  g_clear_pointer (&HW_BANNER (object)->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (hw_banner_parent_class)->dispose (object);
}

static void
hw_banner_class_init (HwBannerClass *class)
{
  G_OBJECT_CLASS (class)->dispose = hw_banner_dispose;
  g_signal_new ("action", HW_TYPE_BANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (class), "hwbanner");
}

static void
hw_banner_init (HwBanner *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->words = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->words, TRUE);
  gtk_label_set_xalign (self->words, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->words), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "heading");
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  g_signal_connect_object (
    self->button, "clicked", G_CALLBACK (banner_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (box, "content");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->button));
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), box);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
}

void
hw_banner_show (HwBanner *self, const char *words, const char *button)
{
  g_return_if_fail (HW_IS_BANNER (self));
  if (words)
    {
      gtk_label_set_text (self->words, words);
      gtk_button_set_label (self->button, button ? button : "");
      gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
    }
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), words != NULL);
}

gboolean
hw_banner_get_shown (HwBanner *self)
{
  g_return_val_if_fail (HW_IS_BANNER (self), FALSE);
  return gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer));
}

GtkWidget *
hw_banner_new (void)
{
  return g_object_new (HW_TYPE_BANNER, NULL);
}
