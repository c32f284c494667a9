/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The chain is the office's and is not kept on laptops: it is asked for while this place is looked at, and where there
 * is no network the place says so. Looking is itself a line of the chain, so nothing is asked again by itself.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/audit/hw-audit-place.h"

#include <glib/gi18n.h>

#include "app/audit/hw-audit-words.h"
#include "app/hw-compat.h"
#include "base/hw-base.h"

struct _HwAuditPlace
{
  HwPlace parent;

  GCancellable *loading; /* (owned) (nullable) */
  GPtrArray *people;     /* (owned) (nullable) HwKnownUser, as the list of people shows them after "Everybody" */
  gint64 before;         /* where the next older page ends; 0: there is none */
  guint shown;

  GtkStack *stack;
  GtkSearchEntry *case_entry;
  GtkDropDown *person;
  GtkListBox *list;
  GtkButton *older_button;
  AdwStatusPage *message;
};

G_DEFINE_FINAL_TYPE (HwAuditPlace, hw_audit_place, HW_TYPE_PLACE)

gboolean
hw_audit_place_is_for (HwRole role)
{
  const HwAccessCell *cell = hw_schema_access (HW_CATEGORY_AUDIT, role);

  return cell != NULL && cell->right != HW_RIGHT_NONE;
}

static HwDesktop *
desktop_of (HwAuditPlace *self)
{
  return hw_place_desktop (HW_PLACE (self));
}

static void
say (HwAuditPlace *self, const char *icon, const char *title, const char *words)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_status_page_set_icon_name (self->message, icon);
  adw_status_page_set_title (self->message, title);
  adw_status_page_set_description (self->message, escaped);
  gtk_stack_set_visible_child_name (self->stack, "message");
}

/* ---- What is asked ---- */

/* A code as typed, or an id. FALSE: no case of this code is held here. */
static gboolean
wanted_case (HwAuditPlace *self, char **case_id)
{
  g_autofree char *typed = g_ascii_strup (gtk_editable_get_text (GTK_EDITABLE (self->case_entry)), -1);
  g_autofree char *lower = NULL;
  g_autoptr (GPtrArray) found = NULL;

  *case_id = NULL;
  g_strstrip (typed);
  lower = g_ascii_strdown (typed, -1);
  if (*typed == '\0')
    return TRUE;
  if (hw_uuid_valid (lower))
    {
      *case_id = g_steal_pointer (&lower);
      return TRUE;
    }
  found = hw_store_list (
    hw_desktop_store (desktop_of (self)), HW_TYPE_ID_CASE, HW_FIELD_CASE_CODE, typed, 1, NULL);
  if (found == NULL || found->len == 0)
    return FALSE;
  *case_id = g_strdup (hw_record_id (g_ptr_array_index (found, 0)));
  return TRUE;
}

static const char *
wanted_person (HwAuditPlace *self)
{
  guint chosen = gtk_drop_down_get_selected (self->person);

  if (self->people == NULL || chosen == 0 || chosen > self->people->len)
    return NULL;
  return ((HwKnownUser *)g_ptr_array_index (self->people, chosen - 1))->id;
}

/* ---- What is shown ---- */

static void
clear (HwAuditPlace *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  self->shown = 0;
  self->before = 0;
}

static GtkWidget *
make_row (HwAuditPlace *self, HwAuditLine *line)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = hw_audit_words_title (desktop_of (self), line);
  g_autofree char *subtitle = hw_audit_words_subtitle (desktop_of (self), line);
  HwMeaning meaning;
  const char *pill = hw_audit_words_pill (line, &meaning);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (row, "tabular");
  if (pill != NULL)
    {
      GtkWidget *word = hw_pill_new (pill, meaning);

      gtk_widget_set_valign (word, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), word);
    }
  return row;
}

static void
show_page (HwAuditPlace *self, HwAuditPage *page)
{
  g_autofree char *subtitle = NULL;

  for (guint i = 0; i < page->lines->len; i++)
    gtk_list_box_append (self->list, make_row (self, g_ptr_array_index (page->lines, i)));
  self->shown += page->lines->len;
  self->before = page->before;
  gtk_widget_set_visible (GTK_WIDGET (self->older_button), self->before > 0);
  subtitle = g_strdup_printf (ngettext ("the last %u line", "the last %u lines", self->shown), self->shown);
  hw_place_set_title (HW_PLACE (self), _ ("Audit"), subtitle);
  if (self->shown == 0)
    say (self, "object-select-symbolic", _ ("Nothing is written down"),
         _ ("Nobody has read or changed anything that this asks for."));
  else
    gtk_stack_set_visible_child_name (self->stack, "rows");
}

static void
show_failure (HwAuditPlace *self, GError *error)
{
  hw_place_set_title (HW_PLACE (self), _ ("Audit"), NULL);
  if (g_error_matches (error, HW_SYNC_ERROR, HW_SYNC_ERROR_UNREACHABLE))
    say (self, "network-offline-symbolic", _ ("Not connected to the office"),
         _ ("Who read what is kept at the office alone and never on this laptop. It can be seen while you are connected."));
  else
    say (self, "dialog-warning-symbolic", _ ("This cannot be shown"), error->message);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwAuditPlace) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HwAuditPage) page = hw_sync_engine_audit_finish (HW_SYNC_ENGINE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->loading == NULL
      || !hw_desktop_is_unlocked (desktop_of (self)))
    return;
  g_clear_object (&self->loading);
  gtk_widget_set_sensitive (GTK_WIDGET (self->older_button), TRUE);
  if (page != NULL)
    show_page (self, page);
  else
    show_failure (self, error);
}

static void
stop (HwAuditPlace *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static void
ask (HwAuditPlace *self, gint64 before)
{
  g_autofree char *case_id = NULL;

  stop (self);
  if (!wanted_case (self, &case_id))
    {
      say (self, "system-search-symbolic", _ ("No case of this code"),
           _ ("Type the whole code, HW-BI-26-0001, of a case that this desktop holds, or the id of a case."));
      return;
    }
  self->loading = g_cancellable_new ();
  hw_sync_engine_audit_async (hw_desktop_engine (desktop_of (self)), case_id, wanted_person (self), before,
                              self->loading, loaded_cb, g_object_ref (self));
}

static void
reload_cb (HwAuditPlace *self)
{
  if (desktop_of (self) == NULL || !hw_desktop_is_unlocked (desktop_of (self))
      || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  clear (self);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  ask (self, 0);
}

static void
older_cb (HwAuditPlace *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->older_button), FALSE);
  ask (self, self->before);
}

/* ---- The place ---- */

static void
show_people (HwAuditPlace *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  g_clear_pointer (&self->people, g_ptr_array_unref);
  self->people = hw_sync_engine_users (hw_desktop_engine (desktop_of (self)));
  gtk_string_list_append (names, _ ("Everybody"));
  for (guint i = 0; i < self->people->len; i++)
    gtk_string_list_append (names, ((HwKnownUser *)g_ptr_array_index (self->people, i))->name);
  gtk_drop_down_set_model (self->person, G_LIST_MODEL (names));
  g_object_unref (names);
}

static void
hw_audit_place_map (GtkWidget *widget)
{
  HwAuditPlace *self = HW_AUDIT_PLACE (widget);

  GTK_WIDGET_CLASS (hw_audit_place_parent_class)->map (widget);
  if (self->people == NULL)
    show_people (self);
  reload_cb (self);
}

static void
hw_audit_place_unmap (GtkWidget *widget)
{
  stop (HW_AUDIT_PLACE (widget));
  GTK_WIDGET_CLASS (hw_audit_place_parent_class)->unmap (widget);
}

static void
hw_audit_place_find (HwPlace *place)
{
  gtk_widget_grab_focus (GTK_WIDGET (HW_AUDIT_PLACE (place)->case_entry));
}

/* An administrator sees accounts and sign-in, and no case. */
static void
hw_audit_place_attach (HwPlace *place)
{
  HwAuditPlace *self = HW_AUDIT_PLACE (place);

  gtk_widget_set_visible (GTK_WIDGET (self->case_entry),
                          hw_desktop_actor (hw_place_desktop (place))->role != HW_ROLE_ADMINISTRATOR);
}

static void
hw_audit_place_dispose (GObject *object)
{
  HwAuditPlace *self = HW_AUDIT_PLACE (object);

  stop (self);
  g_clear_pointer (&self->people, g_ptr_array_unref);

  G_OBJECT_CLASS (hw_audit_place_parent_class)->dispose (object);
}

static void
hw_audit_place_class_init (HwAuditPlaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_audit_place_dispose;
  widget_class->map = hw_audit_place_map;
  widget_class->unmap = hw_audit_place_unmap;
  HW_PLACE_CLASS (klass)->attach = hw_audit_place_attach;
  HW_PLACE_CLASS (klass)->find = hw_audit_place_find;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-audit-place.ui");
  gtk_widget_class_bind_template_child (widget_class, HwAuditPlace, stack);
  gtk_widget_class_bind_template_child (widget_class, HwAuditPlace, case_entry);
  gtk_widget_class_bind_template_child (widget_class, HwAuditPlace, person);
  gtk_widget_class_bind_template_child (widget_class, HwAuditPlace, list);
  gtk_widget_class_bind_template_child (widget_class, HwAuditPlace, older_button);
  gtk_widget_class_bind_template_child (widget_class, HwAuditPlace, message);
  gtk_widget_class_bind_template_callback (widget_class, reload_cb);
  gtk_widget_class_bind_template_callback (widget_class, older_cb);
}

static void
hw_audit_place_init (HwAuditPlace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hw_compat_tell_hidden_pages (self->stack);
  gtk_search_entry_set_key_capture_widget (self->case_entry, NULL);
}
