/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cases: every case this person may see, found as one types, and behind each row its page. The list is a
 * live query of the store; this file only says what is asked of it.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-cases-place.h"

#include <glib/gi18n.h>

#include "app/cases/hw-case-columns.h"
#include "app/cases/hw-case-page.h"
#include "app/hw-compat.h"
#include "app/widgets/hw-empty-state.h"
#include "app/widgets/hw-width-bin.h"
#include "app/widgets/hw-wrap-layout.h"
#include "schema/hw-iso.h"

#define SEARCH_DELAY_MS 30

/* GTK makes widgets for 200 rows as soon as there are that many, a third of a second for twenty that are seen. So
 * the view is given the first rows, and then some more with each frame. */
#define FIRST_ROWS 20
#define MORE_ROWS 16
#define MADE_AT_ONCE 208

struct _HwCasesPlace
{
  HwPlace parent;

  HwCaseList *list; /* (owned) (nullable) until attached */
  GtkSliceListModel *shown; /* (owned) (nullable) until attached: as much of it as the view has */
  guint       search_timeout;
  guint       stages;  /* bit per HwStage; 0: all */
  char       *country; /* (owned) (nullable) */

  GtkStack        *stack;
  GtkStack        *list_stack;
  GtkWidget       *filters;
  GtkWidget       *chips;
  GtkSearchEntry  *search_entry;
  GtkMenuButton   *stage_button;
  GtkBox          *stage_box;
  GtkMenuButton   *country_button;
  GtkBox          *country_box;
  GtkToggleButton *mine_button;
  GtkToggleButton *blocked_button;
  GtkToggleButton *due_button;
  GtkToggleButton *closed_button;
  GtkButton       *clear_button;
  GtkColumnView   *view;
  HwEmptyState    *empty_state;
  HwCasePage      *case_page; /* (nullable) until a case is opened */
};

G_DEFINE_FINAL_TYPE (HwCasesPlace, hw_cases_place, HW_TYPE_PLACE)

static gboolean
filtered (HwCasesPlace *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0' || self->stages != 0
         || self->country != NULL || gtk_toggle_button_get_active (self->mine_button)
         || gtk_toggle_button_get_active (self->blocked_button) || gtk_toggle_button_get_active (self->due_button)
         || gtk_toggle_button_get_active (self->closed_button);
}

static gboolean
reads (HwCasesPlace *self, HwFieldId field)
{
  return hw_access_may_read (hw_desktop_actor (hw_place_desktop (HW_PLACE (self)))->role, G_MAXUINT,
                             hw_schema_field (field));
}

/* Whoever reads the way and not whether a case is closed is done with it when she is home: without this, every journey
 * there ever was would stand among those that lie ahead. */
static gboolean
ends_with_arrival (HwCasesPlace *self)
{
  return !reads (self, HW_FIELD_CASE_STATUS)
         && hw_case_columns_tell_way (hw_desktop_actor (hw_place_desktop (HW_PLACE (self)))->role);
}

static void
show_list_title (HwCasesPlace *self)
{
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint total = hw_case_list_total (self->list);
  g_autofree char *subtitle = NULL;

  if (hw_place_entered (HW_PLACE (self)))
    return;
  if (ends_with_arrival (self))
    subtitle = g_strdup_printf (filtered (self) ? _ ("%u shown") : _ ("%u ahead"), shown);
  else
    subtitle = filtered (self) ? g_strdup_printf (_ ("%u open · %u shown"), total, shown)
                             : g_strdup_printf (_ ("%u open"), total);
  hw_place_set_title (HW_PLACE (self), _ ("Cases"), subtitle);
}

static void
show_list_or_reason (HwCasesPlace *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0;
  gboolean may_open = hw_desktop_may_take_calls (hw_place_desktop (HW_PLACE (self)));

  show_list_title (self);
  gtk_widget_set_visible (GTK_WIDGET (self->clear_button), filtered (self));
  if (!empty)
    {
      gtk_stack_set_visible_child_name (self->list_stack, "rows");
      return;
    }
  if (hw_case_list_busy (self->list))
    return;
  if (filtered (self))
    hw_empty_state_set (self->empty_state, "system-search-symbolic", _ ("No Case Matches"),
                        _ ("Search looks at names, codes, phones, places and notes of the cases you may see."),
                        _ ("_Show All Cases"));
  else
    hw_empty_state_set (self->empty_state, "call-start-symbolic", _ ("No Open Cases"),
                        may_open ? _ ("A case begins with a call. What you type is kept from the first letter.")
                                 : _ ("Cases appear here when they are shared with you."),
                        may_open ? _ ("_New Call") : NULL);
  gtk_stack_set_visible_child_name (self->list_stack, "empty");
}

static guint
wanted_stages (HwCasesPlace *self)
{
  if (self->stages != 0 || !ends_with_arrival (self) || gtk_toggle_button_get_active (self->closed_button))
    return self->stages;
  return (1u << HW_STAGE_RECEPTION) - 1;
}

static void
apply_filter (HwCasesPlace *self)
{
  HwDesktop *desktop = hw_place_desktop (HW_PLACE (self));
  g_autofree char *today = hw_desktop_today (desktop);
  g_autofree char *week = hw_date_add_days (today, 7);
  HwCaseFilter filter = {
    .search = (char *) gtk_editable_get_text (GTK_EDITABLE (self->search_entry)),
    .stages = wanted_stages (self),
    .country = self->country,
    .owner = gtk_toggle_button_get_active (self->mine_button) ? hw_desktop_actor (desktop)->user : NULL,
    .blocked = gtk_toggle_button_get_active (self->blocked_button),
    .due_by = gtk_toggle_button_get_active (self->due_button) ? week : NULL,
    .closed = gtk_toggle_button_get_active (self->closed_button),
  };

  filter.sort = hw_case_columns_sort (self->view, &filter.descending);
  hw_case_list_set_filter (self->list, &filter);
  show_list_or_reason (self);
}

static gboolean
search_timeout_cb (gpointer user_data)
{
  HwCasesPlace *self = user_data;

  self->search_timeout = 0;
  apply_filter (self);
  return G_SOURCE_REMOVE;
}

static void
search_changed_cb (HwCasesPlace *self)
{
  if (self->list == NULL || self->search_timeout != 0)
    return;
  self->search_timeout = g_timeout_add (SEARCH_DELAY_MS, search_timeout_cb, self);
}

static void
filter_changed_cb (HwCasesPlace *self)
{
  if (self->list != NULL)
    apply_filter (self);
}

/* ---- Filter chips ---- */

static void
stage_toggled_cb (GtkCheckButton *check, HwCasesPlace *self)
{
  guint bit = 1u << GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (check), "stage"));

  self->stages = gtk_check_button_get_active (check) ? self->stages | bit : self->stages & ~bit;
  if (self->stages != 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->stage_button), "filtering");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->stage_button), "filtering");
  filter_changed_cb (self);
}

static void
fill_stages (HwCasesPlace *self)
{
  for (guint i = 0; i < HW_N_STAGES; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (hw_stage_label (i));

      g_object_set_data (G_OBJECT (check), "stage", GUINT_TO_POINTER (i));
      g_signal_connect (check, "toggled", G_CALLBACK (stage_toggled_cb), self);
      gtk_box_append (self->stage_box, check);
    }
}

static void
set_country (HwCasesPlace *self, const char *country)
{
  g_free (self->country);
  self->country = g_strdup (country);
  gtk_menu_button_set_label (self->country_button, country != NULL ? hw_country_name (country) : _ ("Country"));
  if (country != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->country_button), "filtering");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->country_button), "filtering");
}

static void
country_clicked_cb (GtkButton *button, HwCasesPlace *self)
{
  set_country (self, g_object_get_data (G_OBJECT (button), "country"));
  gtk_menu_button_popdown (self->country_button);
  filter_changed_cb (self);
}

static void
add_country (HwCasesPlace *self, const char *country)
{
  GtkWidget *button = gtk_button_new_with_label (country != NULL ? hw_country_name (country) : _ ("All countries"));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "country", g_strdup (country), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (country_clicked_cb), self);
  gtk_box_append (self->country_box, button);
}

static void
fill_countries (HwCasesPlace *self)
{
  GPtrArray *countries = hw_case_list_countries (self->list);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->country_box))) != NULL)
    gtk_box_remove (self->country_box, child);
  add_country (self, NULL);
  for (guint i = 0; i < countries->len; i++)
    add_country (self, g_ptr_array_index (countries, i));
}

static void
clear_filters (HwCasesPlace *self)
{
  for (GtkWidget *check = gtk_widget_get_first_child (GTK_WIDGET (self->stage_box)); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  set_country (self, NULL);
  gtk_toggle_button_set_active (self->mine_button, FALSE);
  gtk_toggle_button_set_active (self->blocked_button, FALSE);
  gtk_toggle_button_set_active (self->due_button, FALSE);
  gtk_toggle_button_set_active (self->closed_button, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  filter_changed_cb (self);
}

static void
empty_action_cb (HwCasesPlace *self)
{
  if (filtered (self))
    clear_filters (self);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.intake", NULL);
}

/* ---- The case page ---- */

static void
case_titled_cb (HwCasesPlace *self, const char *code)
{
  if (hw_place_entered (HW_PLACE (self)))
    hw_place_set_title (HW_PLACE (self), code, NULL);
}

static void
show_case (HwCasesPlace *self, const char *case_id)
{
  if (self->case_page == NULL)
    {
      self->case_page = g_object_new (HW_TYPE_CASE_PAGE, NULL);
      g_signal_connect_object (self->case_page, "titled", G_CALLBACK (case_titled_cb), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->case_page), "case");
    }
  hw_case_page_show (self->case_page, hw_place_desktop (HW_PLACE (self)), case_id);
  gtk_stack_set_visible_child_name (self->stack, "case");
  hw_place_set_entered (HW_PLACE (self), TRUE);
}

static void
row_activated_cb (HwCasesPlace *self, guint position)
{
  g_autoptr (HwCaseRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (row != NULL && hw_case_row_is_loaded (row) && *hw_case_row_id (row) != '\0')
    show_case (self, hw_case_row_id (row));
}

static void
hw_cases_place_go_back (HwPlace *place)
{
  HwCasesPlace *self = HW_CASES_PLACE (place);

  if (self->case_page == NULL || hw_case_page_go_back (self->case_page))
    return;
  hw_place_set_entered (place, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "list");
  hw_case_page_clear (self->case_page);
  show_list_title (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
hw_cases_place_find (HwPlace *place)
{
  HwCasesPlace *self = HW_CASES_PLACE (place);

  while (hw_place_entered (place))
    hw_cases_place_go_back (place);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/* A case, or any record in one; a request has a place of its own. */
static gboolean
hw_cases_place_open (HwPlace *place, const char *record)
{
  HwCasesPlace *self = HW_CASES_PLACE (place);
  g_autoptr (HwRecord) found = hw_store_find_record (hw_desktop_store (hw_place_desktop (place)), record, NULL);
  gboolean is_case = found != NULL && hw_record_type (found) == HW_TYPE_ID_CASE;
  const char *case_id = is_case ? record : found != NULL ? hw_record_case (found) : NULL;

  if (case_id == NULL || hw_record_type (found) == HW_TYPE_ID_EMBASSY_REQUEST)
    return FALSE;
  if (is_case || !hw_place_entered (place) || g_strcmp0 (hw_case_page_case (self->case_page), case_id) != 0)
    show_case (self, case_id);
  if (!is_case)
    hw_case_page_open_record (self->case_page, record);
  return TRUE;
}

static gboolean
more_rows_cb (GtkWidget *view, GdkFrameClock *clock, gpointer user_data)
{
  HwCasesPlace *self = user_data;
  guint size = gtk_slice_list_model_get_size (self->shown) + MORE_ROWS;

  gtk_slice_list_model_set_size (self->shown, size < MADE_AT_ONCE ? size : G_MAXUINT);
  return size < MADE_AT_ONCE ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
first_rows_cb (HwCasesPlace *self)
{
  g_signal_handlers_disconnect_by_func (self->list, first_rows_cb, self);
  gtk_widget_add_tick_callback (GTK_WIDGET (self->view), more_rows_cb, self, NULL);
}

/* There is nothing to choose from among what is not told. */
static void
show_filters (HwCasesPlace *self)
{
  gboolean way = hw_case_columns_tell_way (hw_desktop_actor (hw_place_desktop (HW_PLACE (self)))->role);

  gtk_widget_set_visible (GTK_WIDGET (self->mine_button), reads (self, HW_FIELD_CASE_OWNER));
  gtk_widget_set_visible (GTK_WIDGET (self->country_button), reads (self, HW_FIELD_CASE_LOCATION_COUNTRY));
  gtk_widget_set_visible (GTK_WIDGET (self->stage_button), way);
  gtk_widget_set_visible (GTK_WIDGET (self->blocked_button), way);
  gtk_widget_set_visible (GTK_WIDGET (self->closed_button), way);
  if (ends_with_arrival (self))
    gtk_button_set_label (GTK_BUTTON (self->closed_button), _ ("Arrived Too"));
}

static void
hw_cases_place_attach (HwPlace *place)
{
  HwCasesPlace *self = HW_CASES_PLACE (place);
  HwDesktop *desktop = hw_place_desktop (place);
  GtkSelectionModel *selection;

  show_filters (self);
  self->list = hw_case_list_new (hw_desktop_store (desktop));
  hw_place_follow_faults (place, G_LIST_MODEL (self->list));
  hw_case_columns_add (self->view, desktop);
  self->shown = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (self->list)), 0, FIRST_ROWS);
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->shown))));
  gtk_column_view_set_model (self->view, selection);
  g_object_unref (selection);

  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (show_list_or_reason), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (first_rows_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::busy", G_CALLBACK (show_list_or_reason), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::total", G_CALLBACK (show_list_or_reason), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::total", G_CALLBACK (fill_countries), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  fill_countries (self);
  apply_filter (self);
}

static void
width_changed_cb (HwCasesPlace *self, int width)
{
  hw_case_columns_fit (self->view, width);
}

static void
hw_cases_place_dispose (GObject *object)
{
  HwCasesPlace *self = HW_CASES_PLACE (object);

  g_clear_handle_id (&self->search_timeout, g_source_remove);
  g_clear_object (&self->shown);
  g_clear_object (&self->list);
  g_clear_pointer (&self->country, g_free);

  G_OBJECT_CLASS (hw_cases_place_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HwCasesPlace, stack);
  gtk_widget_class_bind_template_child (widget_class, HwCasesPlace, list_stack);
  gtk_widget_class_bind_template_child (widget_class, HwCasesPlace, filters);
  gtk_widget_class_bind_template_child (widget_class, HwCasesPlace, chips);
  gtk_widget_class_bind_template_child (widget_class, HwCasesPlace, search_entry);
  gtk_widget_class_bind_template_child (widget_class, HwCasesPlace, stage_button);
  gtk_widget_class_bind_template_child (widget_class, HwCasesPlace, stage_box);
  gtk_widget_class_bind_template_child (widget_class, HwCasesPlace, country_button);
  gtk_widget_class_bind_template_child (widget_class, HwCasesPlace, country_box);
  gtk_widget_class_bind_template_child (widget_class, HwCasesPlace, mine_button);
  gtk_widget_class_bind_template_child (widget_class, HwCasesPlace, blocked_button);
  gtk_widget_class_bind_template_child (widget_class, HwCasesPlace, due_button);
  gtk_widget_class_bind_template_child (widget_class, HwCasesPlace, closed_button);
  gtk_widget_class_bind_template_child (widget_class, HwCasesPlace, clear_button);
  gtk_widget_class_bind_template_child (widget_class, HwCasesPlace, view);
  gtk_widget_class_bind_template_child (widget_class, HwCasesPlace, empty_state);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_filters);
  gtk_widget_class_bind_template_callback (widget_class, empty_action_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, width_changed_cb);
}

static void
hw_cases_place_class_init (HwCasesPlaceClass *klass)
{
  HwPlaceClass *place_class = HW_PLACE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_cases_place_dispose;
  place_class->attach = hw_cases_place_attach;
  place_class->go_back = hw_cases_place_go_back;
  place_class->find = hw_cases_place_find;
  place_class->open = hw_cases_place_open;

  g_type_ensure (HW_TYPE_EMPTY_STATE);
  g_type_ensure (HW_TYPE_WIDTH_BIN);
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/org/homeward/ui/hw-cases-place.ui");
  bind_children (GTK_WIDGET_CLASS (klass));
}

static void
hw_cases_place_init (HwCasesPlace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (self->filters, hw_wrap_layout_new (6));
  gtk_widget_set_layout_manager (self->chips, hw_wrap_layout_new (6));
  hw_compat_tell_hidden_pages (self->stack);
  hw_compat_tell_hidden_pages (self->list_stack);
  fill_stages (self);
}
