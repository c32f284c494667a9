/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Requests: for a mission, the desk it answers from; for the office, every request of the cases it works
 * on. Those that wait for this side stand first, then by the day the answer is due.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/requests/hw-requests-place.h"

#include <glib/gi18n.h>

#include "app/hw-compat.h"
#include "app/requests/hw-request-page.h"
#include "app/requests/hw-request-row.h"
#include "store/hw-case-list.h"

struct _HwRequestsPlace
{
  HwPlace parent;

  HwRecordList       *requests; /* (owned) (nullable) until first looked at */
  GtkSortListModel   *sorted;   /* (owned) */
  GtkFilterListModel *filtered; /* (owned) */
  guint               counting;
  char               *chosen;   /* (owned) (nullable) id, kept while the list changes under it */

  AdwLeaflet      *leaflet;
  GtkSearchEntry  *search_entry;
  GtkToggleButton *open_button;
  GtkStack        *list_stack;
  GtkListBox      *list;
  HwRequestPage   *page;
};

G_DEFINE_FINAL_TYPE (HwRequestsPlace, hw_requests_place, HW_TYPE_PLACE)

static const char *const over[] = { HW_EMBASSY_REQUEST_STATUS_CLOSED, HW_EMBASSY_REQUEST_STATUS_WITHDRAWN, NULL };

static gboolean
is_over (HwRecord *request)
{
  return hw_record_status (request) != NULL && g_strv_contains (over, hw_record_status (request));
}

static HwRole
role_of (HwRequestsPlace *self)
{
  return hw_desktop_actor (hw_place_desktop (HW_PLACE (self)))->role;
}

/* New for this side: the mission has not acknowledged, or has answered and the office has not gone on. */
static const char *const *
our_turn (HwRequestsPlace *self)
{
  static const char *const mission[]
      = { HW_EMBASSY_REQUEST_STATUS_SENT, HW_EMBASSY_REQUEST_STATUS_ESCALATED, NULL };
  static const char *const office[]
      = { HW_EMBASSY_REQUEST_STATUS_DRAFT,          HW_EMBASSY_REQUEST_STATUS_READY_TO_SEND,
          HW_EMBASSY_REQUEST_STATUS_INFO_REQUESTED, HW_EMBASSY_REQUEST_STATUS_REFUSED,
          HW_EMBASSY_REQUEST_STATUS_NATIONALITY_NOT_CONFIRMED, NULL };

  return role_of (self) == HW_ROLE_EMBASSY_LIAISON ? mission : office;
}

static gboolean
waits_for_us (HwRequestsPlace *self, HwRecord *request)
{
  const char *status = hw_record_status (request);

  return status != NULL && g_strv_contains (our_turn (self), status);
}

static int
rank (HwRequestsPlace *self, HwRecord *request)
{
  return is_over (request) ? 2 : waits_for_us (self, request) ? 0 : 1;
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  HwRequestsPlace *self = user_data;
  HwRecord *first = HW_RECORD ((gpointer) a);
  HwRecord *second = HW_RECORD ((gpointer) b);
  int by_turn = rank (self, first) - rank (self, second);
  const char *due_a = hw_record_get_text (first, HW_FIELD_EMBASSY_REQUEST_DUE_ON);
  const char *due_b = hw_record_get_text (second, HW_FIELD_EMBASSY_REQUEST_DUE_ON);

  if (by_turn != 0)
    return by_turn;
  return g_strcmp0 (due_a != NULL ? due_a : "9999", due_b != NULL ? due_b : "9999");
}

static gboolean
filter_cb (gpointer item, gpointer user_data)
{
  HwRequestsPlace *self = user_data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  g_autofree char *folded = NULL;
  g_autofree char *words = NULL;

  if (gtk_toggle_button_get_active (self->open_button) && is_over (item))
    return FALSE;
  if (*text == '\0')
    return TRUE;
  folded = hw_fold (text);
  words = hw_request_row_search_words (item);
  return strstr (words, folded) != NULL;
}

/* Counted by the store: the badge is seen from everywhere, the list only here. */
static void
update_badge (HwRequestsPlace *self)
{
  HwStore *store = hw_desktop_store (hw_place_desktop (HW_PLACE (self)));
  const HwFieldDef *status = hw_schema_field (HW_FIELD_EMBASSY_REQUEST_STATUS);
  g_autoptr (GPtrArray) open = g_ptr_array_new ();
  g_autofree char *subtitle = NULL;
  guint waiting;

  if (store == NULL)
    return;
  for (guint i = 0; i < status->n_choices; i++)
    if (!g_strv_contains (over, status->choices[i].nick))
      g_ptr_array_add (open, (gpointer) status->choices[i].nick);
  g_ptr_array_add (open, NULL);
  waiting = hw_store_count (store, status->id, our_turn (self));
  subtitle = g_strdup_printf (_ ("%u open · %u waiting for you"),
                              hw_store_count (store, status->id, (const char *const *) open->pdata), waiting);
  hw_place_set_badge (HW_PLACE (self), waiting);
  hw_place_set_title (HW_PLACE (self), _ ("Requests"), subtitle);
}

static gboolean
count_cb (gpointer user_data)
{
  HwRequestsPlace *self = user_data;

  self->counting = 0;
  update_badge (self);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (HwRequestsPlace *self, GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    if (((HwStoreChange *) g_ptr_array_index (changes, i))->type == HW_TYPE_ID_EMBASSY_REQUEST)
      {
        if (self->counting == 0)
          self->counting = g_idle_add (count_cb, self);
        return;
      }
}

static void
show_chosen (HwRequestsPlace *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->requests));

  for (guint i = 0; self->chosen != NULL && i < n; i++)
    {
      g_autoptr (HwRecord) request = g_list_model_get_item (G_LIST_MODEL (self->requests), i);

      if (g_str_equal (hw_record_id (request), self->chosen))
        {
          hw_request_page_show (self->page, hw_place_desktop (HW_PLACE (self)), request);
          return;
        }
    }
  hw_request_page_show (self->page, hw_place_desktop (HW_PLACE (self)), NULL);
}

static void
select_chosen_row (HwRequestsPlace *self)
{
  GtkListBoxRow *row;

  for (guint i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_strcmp0 (hw_record_id (hw_request_row_get_request (HW_REQUEST_ROW (row))), self->chosen) == 0)
      {
        gtk_list_box_select_row (self->list, row);
        return;
      }
}

/* A mission comes for ten minutes to answer: what waits longest for it lies open already. */
static void
choose_first (HwRequestsPlace *self)
{
  g_autoptr (HwRecord) first = g_list_model_get_item (G_LIST_MODEL (self->filtered), 0);

  if (self->chosen == NULL && first != NULL && role_of (self) == HW_ROLE_EMBASSY_LIAISON)
    self->chosen = g_strdup (hw_record_id (first));
}

static void
requests_changed_cb (HwRequestsPlace *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) == 0;

  gtk_stack_set_visible_child_name (self->list_stack, empty ? "empty" : "rows");
  choose_first (self);
  select_chosen_row (self);
  show_chosen (self);
}

static void
filter_changed_cb (HwRequestsPlace *self)
{
  if (self->filtered == NULL)
    return;
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->filtered), GTK_FILTER_CHANGE_DIFFERENT);
}

static GtkWidget *
create_row_cb (gpointer item, gpointer user_data)
{
  HwRequestsPlace *self = user_data;

  return hw_request_row_new (hw_place_desktop (HW_PLACE (self)), item);
}

static void
row_activated_cb (HwRequestsPlace *self, GtkListBoxRow *row)
{
  HwRecord *request = hw_request_row_get_request (HW_REQUEST_ROW (row));

  g_free (self->chosen);
  self->chosen = g_strdup (hw_record_id (request));
  show_chosen (self);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->page));
}

static void
folded_cb (HwRequestsPlace *self)
{
  gboolean on_page = adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->page);

  hw_place_set_entered (HW_PLACE (self), adw_leaflet_get_folded (self->leaflet) && on_page);
}

static void
hw_requests_place_go_back (HwPlace *place)
{
  adw_leaflet_navigate (HW_REQUESTS_PLACE (place)->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
hw_requests_place_find (HwPlace *place)
{
  HwRequestsPlace *self = HW_REQUESTS_PLACE (place);

  hw_requests_place_go_back (place);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/* The list is made when it is first looked at: an office has thousands of requests, and a row for each. */
static void
make_list (HwRequestsPlace *self)
{
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, self, NULL));
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));

  self->requests = hw_record_list_new (hw_desktop_store (hw_place_desktop (HW_PLACE (self))), HW_TYPE_ID_EMBASSY_REQUEST,
                                       HW_FIELD_NONE, NULL);
  hw_place_follow_faults (HW_PLACE (self), G_LIST_MODEL (self->requests));
  self->sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->requests)), sorter);
  self->filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->sorted)), filter);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->filtered), create_row_cb, self, NULL);
  g_signal_connect_object (self->filtered, "items-changed", G_CALLBACK (requests_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  requests_changed_cb (self);
}

static gboolean
hw_requests_place_open (HwPlace *place, const char *record)
{
  HwRequestsPlace *self = HW_REQUESTS_PLACE (place);
  g_autoptr (HwRecord) found
      = hw_store_get_record (hw_desktop_store (hw_place_desktop (place)), HW_TYPE_ID_EMBASSY_REQUEST, record, NULL);

  if (found == NULL)
    return FALSE;
  if (self->requests == NULL)
    make_list (self);
  g_free (self->chosen);
  self->chosen = g_strdup (record);
  select_chosen_row (self);
  show_chosen (self);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->page));
  return TRUE;
}

static void
hw_requests_place_map (GtkWidget *widget)
{
  HwRequestsPlace *self = HW_REQUESTS_PLACE (widget);

  if (self->requests == NULL && hw_place_desktop (HW_PLACE (self)) != NULL)
    make_list (self);
  GTK_WIDGET_CLASS (hw_requests_place_parent_class)->map (widget);
}

static void
hw_requests_place_attach (HwPlace *place)
{
  HwRequestsPlace *self = HW_REQUESTS_PLACE (place);

  g_signal_connect_object (hw_desktop_store (hw_place_desktop (place)), "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_badge (self);
}

static void
hw_requests_place_dispose (GObject *object)
{
  HwRequestsPlace *self = HW_REQUESTS_PLACE (object);

  g_clear_handle_id (&self->counting, g_source_remove);
  g_clear_object (&self->filtered);
  g_clear_object (&self->sorted);
  g_clear_object (&self->requests);
  g_clear_pointer (&self->chosen, g_free);

  G_OBJECT_CLASS (hw_requests_place_parent_class)->dispose (object);
}

static void
hw_requests_place_class_init (HwRequestsPlaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  HwPlaceClass *place_class = HW_PLACE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_requests_place_dispose;
  widget_class->map = hw_requests_place_map;
  place_class->attach = hw_requests_place_attach;
  place_class->go_back = hw_requests_place_go_back;
  place_class->find = hw_requests_place_find;
  place_class->open = hw_requests_place_open;

  g_type_ensure (HW_TYPE_REQUEST_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-requests-place.ui");
  gtk_widget_class_bind_template_child (widget_class, HwRequestsPlace, leaflet);
  gtk_widget_class_bind_template_child (widget_class, HwRequestsPlace, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HwRequestsPlace, open_button);
  gtk_widget_class_bind_template_child (widget_class, HwRequestsPlace, list_stack);
  gtk_widget_class_bind_template_child (widget_class, HwRequestsPlace, list);
  gtk_widget_class_bind_template_child (widget_class, HwRequestsPlace, page);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
}

static void
hw_requests_place_init (HwRequestsPlace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hw_compat_tell_hidden_pages (self->list_stack);
}
