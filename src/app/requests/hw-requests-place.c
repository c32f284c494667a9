/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Requests: for a mission, the desk it answers from; for the office, every request of the cases it works
 * on. Those that wait for this side stand first, then by the day the answer is due.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/requests/hw-requests-place.h"

#include <glib/gi18n.h>

#include "app/requests/hw-request-page.h"
#include "app/requests/hw-request-row.h"
#include "store/hw-case-list.h"

struct _HwRequestsPlace
{
  HwPlace parent;

  HwRecordList       *requests; /* (owned) (nullable) until attached */
  GtkSortListModel   *sorted;   /* (owned) */
  GtkFilterListModel *filtered; /* (owned) */
  char               *chosen;   /* (owned) (nullable) id, kept while the list changes under it */

  AdwLeaflet      *leaflet;
  GtkSearchEntry  *search_entry;
  GtkToggleButton *open_button;
  GtkStack        *list_stack;
  GtkListBox      *list;
  HwRequestPage   *page;
};

G_DEFINE_FINAL_TYPE (HwRequestsPlace, hw_requests_place, HW_TYPE_PLACE)

static gboolean
is_over (HwRecord *request)
{
  return hw_record_is (request, HW_FIELD_EMBASSY_REQUEST_STATUS, HW_EMBASSY_REQUEST_STATUS_CLOSED)
         || hw_record_is (request, HW_FIELD_EMBASSY_REQUEST_STATUS, HW_EMBASSY_REQUEST_STATUS_WITHDRAWN);
}

static HwRole
role_of (HwRequestsPlace *self)
{
  return hw_desktop_actor (hw_place_desktop (HW_PLACE (self)))->role;
}

/* New for this side: the mission has not acknowledged, or has answered and the office has not gone on. */
static gboolean
waits_for_us (HwRequestsPlace *self, HwRecord *request)
{
  static const char *const mission_turn[] = { HW_EMBASSY_REQUEST_STATUS_SENT, HW_EMBASSY_REQUEST_STATUS_ESCALATED, NULL };
  static const char *const office_turn[]
      = { HW_EMBASSY_REQUEST_STATUS_DRAFT,    HW_EMBASSY_REQUEST_STATUS_READY_TO_SEND,
          HW_EMBASSY_REQUEST_STATUS_INFO_REQUESTED, HW_EMBASSY_REQUEST_STATUS_REFUSED,
          HW_EMBASSY_REQUEST_STATUS_NATIONALITY_NOT_CONFIRMED, NULL };
  const char *status = hw_record_status (request);

  return status != NULL
         && g_strv_contains (role_of (self) == HW_ROLE_EMBASSY_LIAISON ? mission_turn : office_turn, status);
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

static void
update_badge (HwRequestsPlace *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->requests));
  guint waiting = 0, open = 0;
  g_autofree char *subtitle = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HwRecord) request = g_list_model_get_item (G_LIST_MODEL (self->requests), i);

      open += is_over (request) ? 0 : 1;
      waiting += waits_for_us (self, request) ? 1 : 0;
    }
  subtitle = g_strdup_printf (_ ("%u open · %u waiting for you"), open, waiting);
  hw_place_set_badge (HW_PLACE (self), waiting);
  hw_place_set_title (HW_PLACE (self), _ ("Requests"), subtitle);
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

static void
requests_changed_cb (HwRequestsPlace *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) == 0;

  update_badge (self);
  gtk_stack_set_visible_child_name (self->list_stack, empty ? "empty" : "rows");
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

static gboolean
hw_requests_place_open (HwPlace *place, const char *record)
{
  HwRequestsPlace *self = HW_REQUESTS_PLACE (place);
  g_autoptr (HwRecord) found
      = hw_store_get_record (hw_desktop_store (hw_place_desktop (place)), HW_TYPE_ID_EMBASSY_REQUEST, record, NULL);

  if (found == NULL)
    return FALSE;
  g_free (self->chosen);
  self->chosen = g_strdup (record);
  select_chosen_row (self);
  show_chosen (self);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->page));
  return TRUE;
}

static void
hw_requests_place_attach (HwPlace *place)
{
  HwRequestsPlace *self = HW_REQUESTS_PLACE (place);
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cb, self, NULL));
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));

  self->requests = hw_record_list_new (hw_desktop_store (hw_place_desktop (place)), HW_TYPE_ID_EMBASSY_REQUEST,
                                       HW_FIELD_NONE, NULL);
  self->sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->requests)), sorter);
  self->filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->sorted)), filter);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->filtered), create_row_cb, self, NULL);
  g_signal_connect_object (self->filtered, "items-changed", G_CALLBACK (requests_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  requests_changed_cb (self);
}

static void
hw_requests_place_dispose (GObject *object)
{
  HwRequestsPlace *self = HW_REQUESTS_PLACE (object);

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
}
