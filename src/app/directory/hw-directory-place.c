/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One list at a time, and behind a row its page. What may be changed follows from the matrix: a
 * supervisor everything, an administrator organisations, a mission its own requirements, fee and
 * hours; whoever only reads sees text.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/directory/hw-directory-place.h"

#include <glib/gi18n.h>

#include "app/callforms/hw-record-dialog.h"
#include "app/cases/hw-record-page.h"
#include "app/directory/hw-directory-row.h"
#include "app/hw-compat.h"
#include "store/hw-case-list.h"

struct _HwDirectoryPlace
{
  HwPlace parent;

  HwRecordList *organisations; /* (owned) (nullable) until first looked at */
  HwRecordList *rules;         /* (owned) (nullable) */
  GtkFlattenListModel *all;    /* (owned) */
  GtkFilterListModel *filtered; /* (owned) */
  char *shown;                 /* (owned) (nullable) id of the record on the page */
  guint reloading;
  guint focusing;

  GtkStack *stack;
  GtkToggleButton *missions_button;
  GtkToggleButton *organisations_button;
  GtkToggleButton *rules_button;
  GtkSearchEntry *search_entry;
  GtkButton *add_button;
  GtkStack *list_stack;
  GtkListBox *list;
  HwRecordPage *page;
};

G_DEFINE_FINAL_TYPE (HwDirectoryPlace, hw_directory_place, HW_TYPE_PLACE)

static HwDesktop *
desktop_of (HwDirectoryPlace *self)
{
  return hw_place_desktop (HW_PLACE (self));
}

static HwRole
role_of (HwDirectoryPlace *self)
{
  return hw_desktop_actor (desktop_of (self))->role;
}

static gboolean
is_mission_desk (HwDirectoryPlace *self)
{
  return hw_desktop_actor (desktop_of (self))->mission != NULL;
}

static HwTypeId
chosen_type (HwDirectoryPlace *self)
{
  return gtk_toggle_button_get_active (self->rules_button) ? HW_TYPE_ID_COUNTRY_RULE
                                                           : HW_TYPE_ID_ORGANISATION;
}

static gboolean
is_in_list (HwDirectoryPlace *self, HwRecord *record)
{
  gboolean is_mission;

  if (hw_record_type (record) != chosen_type (self))
    return FALSE;
  if (hw_record_type (record) == HW_TYPE_ID_COUNTRY_RULE)
    return TRUE;
  is_mission = hw_record_is (
    record, HW_FIELD_ORGANISATION_KIND, HW_ORGANISATION_KIND_DIPLOMATIC_MISSION);
  return is_mission == gtk_toggle_button_get_active (self->missions_button);
}

static gboolean
filter_cb (gpointer item, gpointer user_data)
{
  HwDirectoryPlace *self = user_data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  g_autofree char *wanted = NULL;
  g_autofree char *words = NULL;

  if (!is_in_list (self, item))
    return FALSE;
  if (*text == '\0')
    return TRUE;
  wanted = hw_fold (text);
  words = hw_directory_row_search_words (item);
  return strstr (words, wanted) != NULL;
}

/* By name; the rules of one country with the newest first. */
static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  HwRecord *first = HW_RECORD ((gpointer)a);
  HwRecord *second = HW_RECORD ((gpointer)b);
  g_autofree char *first_title = hw_directory_row_title (first);
  g_autofree char *second_title = hw_directory_row_title (second);
  int order = g_utf8_collate (first_title, second_title);

  if (order != 0 || hw_record_type (first) != HW_TYPE_ID_COUNTRY_RULE)
    return order;
  return g_strcmp0 (hw_record_get_text (second, HW_FIELD_COUNTRY_RULE_VALID_FROM),
                    hw_record_get_text (first, HW_FIELD_COUNTRY_RULE_VALID_FROM));
}

static GtkWidget *
create_row_cb (gpointer item, gpointer user_data)
{
  g_autofree char *today = hw_desktop_today (desktop_of (user_data));

  return hw_directory_row_new (item, today);
}

static void
list_changed_cb (HwDirectoryPlace *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) == 0;

  gtk_stack_set_visible_child_name (self->list_stack, empty ? "empty" : "rows");
}

static gboolean
may_add (HwDirectoryPlace *self)
{
  return hw_access_may_create (role_of (self), HW_RELATION_ANY, chosen_type (self));
}

static void
refilter_cb (HwDirectoryPlace *self)
{
  if (desktop_of (self) == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->add_button), may_add (self));
  if (self->filtered != NULL)
    gtk_filter_changed (
      gtk_filter_list_model_get_filter (self->filtered), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
add_cb (HwDirectoryPlace *self)
{
  g_autoptr (HwCaseFile) directory = hw_store_directory (hw_desktop_store (desktop_of (self)));
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *dialog
    = hw_record_dialog_new (desktop_of (self), directory, chosen_type (self), window);

  if (gtk_toggle_button_get_active (self->missions_button))
    {
      g_autoptr (HwValue) kind = hw_value_new_text (HW_ORGANISATION_KIND_DIPLOMATIC_MISSION);

      hw_record_dialog_preset (HW_RECORD_DIALOG (dialog), HW_FIELD_ORGANISATION_KIND, kind);
    }
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- The page of one ---- */

static void
leave_page (HwDirectoryPlace *self)
{
  g_clear_pointer (&self->shown, g_free);
  hw_record_page_clear (self->page);
  gtk_stack_set_visible_child_name (self->stack, "list");
  hw_place_set_entered (HW_PLACE (self), FALSE);
  hw_place_set_title (HW_PLACE (self), _ ("Directory"), NULL);
}

static gboolean
show_page (HwDirectoryPlace *self, const char *id)
{
  g_autoptr (HwCaseFile) directory = hw_store_directory (hw_desktop_store (desktop_of (self)));
  HwRecord *record = hw_case_file_lookup (directory, id);
  g_autofree char *title = NULL;

  if (record == NULL
      || (hw_record_type (record) != HW_TYPE_ID_ORGANISATION
          && hw_record_type (record) != HW_TYPE_ID_COUNTRY_RULE))
    return FALSE;
  if (self->shown != id)
    {
      g_free (self->shown);
      self->shown = g_strdup (id);
    }
  title = hw_directory_row_title (record);
  gtk_stack_set_visible_child_name (self->stack, "page");
  hw_record_page_show (self->page, desktop_of (self), directory, self->shown);
  hw_place_set_entered (HW_PLACE (self), !is_mission_desk (self));
  hw_place_set_title (HW_PLACE (self), title, _ ("Directory"));
  return TRUE;
}

static void
row_activated_cb (HwDirectoryPlace *self, GtkListBoxRow *row)
{
  HwRecord *record = hw_directory_row_get_record (HW_DIRECTORY_ROW (row));

  show_page (self, hw_record_id (record));
}

static gboolean
reload_cb (gpointer user_data)
{
  HwDirectoryPlace *self = user_data;

  self->reloading = 0;
  if (self->shown != NULL && hw_desktop_store (desktop_of (self)) != NULL
      && !show_page (self, self->shown))
    leave_page (self);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (HwDirectoryPlace *self, GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      HwTypeId type = ((HwStoreChange *)g_ptr_array_index (changes, i))->type;

      if (type != HW_TYPE_ID_ORGANISATION && type != HW_TYPE_ID_COUNTRY_RULE)
        continue;
      if (self->reloading == 0)
        self->reloading = g_idle_add (reload_cb, self);
      return;
    }
}

/* ---- The place ---- */

static void
make_list (HwDirectoryPlace *self)
{
  HwStore *store = hw_desktop_store (desktop_of (self));
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, NULL, NULL));
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));
  GListStore *lists = g_list_store_new (G_TYPE_LIST_MODEL);
  GtkSortListModel *sorted;

  self->organisations = hw_record_list_new (store, HW_TYPE_ID_ORGANISATION, HW_FIELD_NONE, NULL);
  g_list_store_append (lists, self->organisations);
  hw_place_follow_faults (HW_PLACE (self), G_LIST_MODEL (self->organisations));
  if (hw_access_may_see_type (role_of (self), HW_TYPE_ID_COUNTRY_RULE))
    {
      self->rules = hw_record_list_new (store, HW_TYPE_ID_COUNTRY_RULE, HW_FIELD_NONE, NULL);
      g_list_store_append (lists, self->rules);
      hw_place_follow_faults (HW_PLACE (self), G_LIST_MODEL (self->rules));
    }
  self->all = gtk_flatten_list_model_new (G_LIST_MODEL (lists));
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->all)), sorter);
  self->filtered = gtk_filter_list_model_new (G_LIST_MODEL (sorted), filter);
  gtk_list_box_bind_model (
    self->list, G_LIST_MODEL (self->filtered), create_row_cb, self, NULL);
  g_signal_connect_object (
    self->filtered, "items-changed", G_CALLBACK (list_changed_cb), self, G_CONNECT_SWAPPED);
  list_changed_cb (self);
  refilter_cb (self);
}

/* The window gives a place that is come to the focus after it was mapped, and to its first field. */
static gboolean
focus_page_cb (gpointer user_data)
{
  HwDirectoryPlace *self = user_data;

  self->focusing = 0;
  if (self->shown != NULL)
    hw_record_page_focus (self->page);
  return G_SOURCE_REMOVE;
}

/* A mission has one page here: its own. */
static void
hw_directory_place_map (GtkWidget *widget)
{
  HwDirectoryPlace *self = HW_DIRECTORY_PLACE (widget);

  if (self->organisations == NULL && desktop_of (self) != NULL)
    make_list (self);
  if (desktop_of (self) != NULL && is_mission_desk (self) && self->shown == NULL)
    show_page (self, hw_desktop_actor (desktop_of (self))->mission);
  GTK_WIDGET_CLASS (hw_directory_place_parent_class)->map (widget);
  if (self->shown != NULL && self->focusing == 0)
    self->focusing = g_idle_add (focus_page_cb, self);
}

static void
hw_directory_place_attach (HwPlace *place)
{
  HwDirectoryPlace *self = HW_DIRECTORY_PLACE (place);

  g_signal_connect_object (hw_desktop_store (hw_place_desktop (place)),
                           "changed",
                           G_CALLBACK (store_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self->rules_button),
                          hw_access_may_see_type (role_of (self), HW_TYPE_ID_COUNTRY_RULE));
  gtk_widget_set_visible (GTK_WIDGET (self->organisations_button), !is_mission_desk (self));
  hw_place_set_title (place, _ ("Directory"), NULL);
  refilter_cb (self);
}

static void
hw_directory_place_go_back (HwPlace *place)
{
  leave_page (HW_DIRECTORY_PLACE (place));
}

static void
hw_directory_place_find (HwPlace *place)
{
  HwDirectoryPlace *self = HW_DIRECTORY_PLACE (place);

  if (is_mission_desk (self))
    return;
  leave_page (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static gboolean
hw_directory_place_open (HwPlace *place, const char *record)
{
  return show_page (HW_DIRECTORY_PLACE (place), record);
}

static void
hw_directory_place_dispose (GObject *object)
{
  HwDirectoryPlace *self = HW_DIRECTORY_PLACE (object);

  g_clear_handle_id (&self->reloading, g_source_remove);
  g_clear_handle_id (&self->focusing, g_source_remove);
  g_clear_object (&self->filtered);
  g_clear_object (&self->all);
  g_clear_object (&self->organisations);
  g_clear_object (&self->rules);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (hw_directory_place_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HwDirectoryPlace, stack);
  gtk_widget_class_bind_template_child (widget_class, HwDirectoryPlace, missions_button);
  gtk_widget_class_bind_template_child (widget_class, HwDirectoryPlace, organisations_button);
  gtk_widget_class_bind_template_child (widget_class, HwDirectoryPlace, rules_button);
  gtk_widget_class_bind_template_child (widget_class, HwDirectoryPlace, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HwDirectoryPlace, add_button);
  gtk_widget_class_bind_template_child (widget_class, HwDirectoryPlace, list_stack);
  gtk_widget_class_bind_template_child (widget_class, HwDirectoryPlace, list);
  gtk_widget_class_bind_template_child (widget_class, HwDirectoryPlace, page);
  gtk_widget_class_bind_template_callback (widget_class, refilter_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_page);
}

static void
hw_directory_place_class_init (HwDirectoryPlaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  HwPlaceClass *place_class = HW_PLACE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_directory_place_dispose;
  widget_class->map = hw_directory_place_map;
  place_class->attach = hw_directory_place_attach;
  place_class->go_back = hw_directory_place_go_back;
  place_class->find = hw_directory_place_find;
  place_class->open = hw_directory_place_open;

  g_type_ensure (HW_TYPE_RECORD_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/homeward/ui/hw-directory-place.ui");
  bind_children (widget_class);
}

static void
hw_directory_place_init (HwDirectoryPlace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hw_compat_tell_hidden_pages (self->stack);
  hw_compat_tell_hidden_pages (self->list_stack);
}
