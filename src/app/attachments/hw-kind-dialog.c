/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A list to choose one line of, each with the roles that will read the file.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/attachments/hw-kind-dialog.h"

#include <glib/gi18n.h>

#include "app/attachments/hw-attachment-words.h"
#include "app/hw-compat.h"

#define LIST_WIDTH 420
#define LIST_HEIGHT 420

static char *
readers_of (HwCategory category)
{
  g_autoptr (GString) roles = g_string_new (NULL);

  for (guint role = 0; role < HW_N_ROLES; role++)
    {
      g_autofree char *label = g_utf8_strdown (_ (hw_role_nick ((HwRole) role)->label), -1);

      if (role == HW_ROLE_EMBASSY_LIAISON
          || !hw_attachment_may_be (category, (HwRole) role, G_MAXUINT)
          || !hw_attachment_may_be (HW_CATEGORY_ATTACHMENT, (HwRole) role, G_MAXUINT))
        continue;
      g_string_append_printf (roles, "%s%s", roles->len > 0 ? ", " : "", label);
    }
  /* Translators: a list of roles follows */
  return g_strdup_printf (_ ("Read by: %s"), roles->str);
}

static void
toggled_cb (GtkCheckButton *check, AdwMessageDialog *dialog)
{
  gboolean any = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dialog), "chosen")) != 0;

  if (gtk_check_button_get_active (check))
    {
      g_object_set_data (
        G_OBJECT (dialog), "chosen", g_object_get_data (G_OBJECT (check), "category"));
      any = TRUE;
    }
  adw_message_dialog_set_response_enabled (dialog, "attach", any);
}

static GtkWidget *
make_row (AdwMessageDialog *dialog, const HwAttachmentKind *kind, GtkWidget **first)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *readers = readers_of (kind->category);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (kind->label));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), readers);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  if (*first != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (*first));
  else
    *first = check;
  g_object_set_data (G_OBJECT (check), "category", GINT_TO_POINTER (kind->category + 1));
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), dialog);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  return row;
}

static GtkWidget *
make_list (AdwMessageDialog *dialog, HwDesktop *desktop, HwCaseFile *file)
{
  const HwActor *actor = hw_desktop_actor (desktop);
  guint relations
    = hw_access_relations (file, NULL, actor, hw_clock_now (hw_desktop_clock (desktop)));
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *first = NULL;
  const HwAttachmentKind *kinds;
  guint n;

  kinds = hw_attachment_kinds (&n);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  /* Room for its shadow, which would be cut off. */
  gtk_widget_set_margin_top (list, 3);
  gtk_widget_set_margin_bottom (list, 3);
  gtk_widget_set_margin_start (list, 3);
  gtk_widget_set_margin_end (list, 3);
  gtk_widget_set_size_request (list, LIST_WIDTH, -1);
  for (guint i = 0; i < n; i++)
    if (hw_attachment_may_be (kinds[i].category, actor->role, relations))
      gtk_list_box_append (GTK_LIST_BOX (list), make_row (dialog, &kinds[i], &first));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_policy (
    GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  return scroller;
}

static void
response_cb (AdwMessageDialog *dialog, const char *response)
{
  GTask *task = g_object_steal_data (G_OBJECT (dialog), "task");
  int chosen = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dialog), "chosen"));

  if (task == NULL)
    return;
  g_task_return_int (task, g_str_equal (response, "attach") ? chosen : 0);
  g_object_unref (task);
}

/* The window it stood over went away: nothing is to be attached. */
static void
gone_cb (AdwMessageDialog *dialog)
{
  response_cb (dialog, "cancel");
}

void
hw_kind_dialog_ask_async (GtkWidget *parent,
                          HwDesktop *desktop,
                          HwCaseFile *file,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  AdwMessageDialog *dialog = hw_compat_message_new (
    parent, _ ("What Does It Show?"), _ ("On this hangs who will see it."));

  g_object_set_data (G_OBJECT (dialog), "task", g_task_new (NULL, NULL, callback, data));
  adw_message_dialog_set_extra_child (dialog, make_list (dialog, desktop, file));
  adw_message_dialog_add_responses (
    dialog, "cancel", _ ("_Cancel"), "attach", _ ("_Attach"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "attach", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (dialog, "attach", FALSE);
  adw_message_dialog_set_default_response (dialog, "attach");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), NULL);
  g_signal_connect (dialog, "unrealize", G_CALLBACK (gone_cb), NULL);
  g_signal_connect_object (
    desktop, "locked", G_CALLBACK (gtk_window_close), dialog, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
hw_kind_dialog_finish (GAsyncResult *result, HwCategory *category)
{
  gssize chosen = g_task_propagate_int (G_TASK (result), NULL);

  if (chosen <= 0)
    return FALSE;
  *category = (HwCategory) (chosen - 1);
  return TRUE;
}
