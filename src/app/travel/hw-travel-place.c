/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both lists are the same journeys seen from their two ends. Words that count time are set again
 * each minute; what a journey is comes from the store.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/travel/hw-travel-place.h"

#include <glib/gi18n.h>

#include "app/hw-compat.h"
#include "app/travel/hw-arrivals-place.h"
#include "app/travel/hw-travel-row.h"
#include "app/widgets/hw-empty-state.h"

#define TICK_S 20

typedef struct
{
  HwTravelList *list; /* (owned) (nullable) until attached */
  guint tick;

  GtkStack *stack;
  GtkListBox *box;
  HwEmptyState *empty_state;
} HwTravelPlacePrivate;

G_DEFINE_TYPE_WITH_PRIVATE (HwTravelPlace, hw_travel_place, HW_TYPE_PLACE)

static HwTravelPlacePrivate *
priv_of (HwTravelPlace *self)
{
  return hw_travel_place_get_instance_private (self);
}

static gboolean
by_arrival (HwTravelPlace *self)
{
  return HW_TRAVEL_PLACE_GET_CLASS (self)->by_arrival;
}

static gboolean
asks_for_somebody (const HwTravelFacts *facts, gboolean arrival)
{
  if (arrival)
    return facts->handshake == HW_HANDSHAKE_ASKED;
  return facts->hold == HW_HOLD_ENDED || facts->hold == HW_HOLD_ENDS_SOON;
}

static void
loaded_cb (HwTravelPlace *self)
{
  HwTravelPlacePrivate *priv = priv_of (self);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (priv->list));
  guint urgent = 0;
  g_autofree char *subtitle = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HwTravelEntry) entry = g_list_model_get_item (G_LIST_MODEL (priv->list), i);

      urgent += asks_for_somebody (hw_travel_entry_facts (entry), by_arrival (self));
    }
  if (by_arrival (self))
    subtitle = g_strdup_printf (ngettext ("%u expected", "%u expected", n), n);
  else
    subtitle = g_strdup_printf (ngettext ("%u journey ahead", "%u journeys ahead", n), n);
  hw_place_set_title (HW_PLACE (self), hw_place_label (HW_PLACE (self)), subtitle);
  hw_place_set_badge (HW_PLACE (self), urgent);
  gtk_stack_set_visible_child_name (priv->stack, n > 0 ? "rows" : "empty");
  /* A row that was replaced alone keeps its heading. */
  gtk_list_box_invalidate_headers (priv->box);
}

static void
set_now (HwTravelPlace *self, HwTravelRow *row, HwFieldId field)
{
  HwDesktop *desktop = hw_place_desktop (HW_PLACE (self));
  g_autoptr (HwRecord) reception = hw_store_get_record (
    hw_desktop_store (desktop), HW_TYPE_ID_RECEPTION, hw_travel_row_facts (row)->reception, NULL);
  g_autofree char *now = hw_instant_format (hw_clock_now (hw_desktop_clock (desktop)));
  g_autoptr (HwValue) value = hw_value_new_text (now);

  if (reception != NULL)
    hw_desktop_set_field (desktop, reception, field, value);
}

static void
acknowledge_cb (HwTravelPlace *self, HwTravelRow *row)
{
  set_now (self, row, HW_FIELD_RECEPTION_ACKNOWLEDGED_AT);
}

static void
confirm_cb (HwTravelPlace *self, HwTravelRow *row)
{
  set_now (self, row, HW_FIELD_RECEPTION_CONFIRMED_AT);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  HwTravelPlace *self = data;
  GtkWidget *row = hw_travel_row_new (hw_place_desktop (HW_PLACE (self)), item, by_arrival (self));

  g_signal_connect_object (
    row, "acknowledge", G_CALLBACK (acknowledge_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "confirm", G_CALLBACK (confirm_cb), self, G_CONNECT_SWAPPED);
  return row;
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  g_autofree char *words = hw_travel_row_heading (HW_TRAVEL_ROW (row));
  g_autofree char *above = before != NULL ? hw_travel_row_heading (HW_TRAVEL_ROW (before)) : NULL;
  GtkWidget *label;

  gtk_list_box_row_set_header (row, NULL);
  if (g_strcmp0 (words, above) == 0)
    return;
  label = gtk_label_new (words);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "travel-day");
  gtk_list_box_row_set_header (row, label);
}

static void
row_activated_cb (HwTravelPlace *self, GtkListBoxRow *row)
{
  const HwTravelFacts *facts = hw_travel_row_facts (HW_TRAVEL_ROW (row));
  const char *record
    = by_arrival (self) && facts->reception != NULL ? facts->reception : facts->movement;

  /* Its case first: the way back from the record leads there. */
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "s", facts->case_id);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "s", record);
}

static gboolean
tick_cb (gpointer data)
{
  HwTravelPlacePrivate *priv = priv_of (data);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (priv->box, i)) != NULL; i++)
    hw_travel_row_tick (HW_TRAVEL_ROW (row));
  gtk_list_box_invalidate_headers (priv->box);
  return G_SOURCE_CONTINUE;
}

static void
hw_travel_place_attach (HwPlace *place)
{
  HwTravelPlace *self = HW_TRAVEL_PLACE (place);
  HwTravelPlacePrivate *priv = priv_of (self);

  priv->list = hw_travel_list_new (hw_place_desktop (place), by_arrival (self));
  hw_place_follow_faults (place, G_LIST_MODEL (priv->list));
  gtk_list_box_bind_model (priv->box, G_LIST_MODEL (priv->list), make_row, self, NULL);
  gtk_list_box_set_header_func (priv->box, header_cb, NULL, NULL);
  g_signal_connect_object (priv->list, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  priv->tick = g_timeout_add_seconds (TICK_S, tick_cb, self);
  if (by_arrival (self))
    hw_empty_state_set (
      priv->empty_state,
      "go-home-symbolic",
      _ ("Nobody is expected"),
      _ ("Whoever is ticketed to your office appears here with her time of arrival."),
      NULL);
  else
    hw_empty_state_set (priv->empty_state,
                        "airplane-mode-symbolic",
                        _ ("No Journey Ahead"),
                        _ ("A journey begins on the page of a case, under Travel and fitness."),
                        NULL);
}

static void
hw_travel_place_find (HwPlace *place)
{
  gtk_widget_child_focus (GTK_WIDGET (priv_of (HW_TRAVEL_PLACE (place))->box), GTK_DIR_TAB_FORWARD);
}

static void
hw_travel_place_dispose (GObject *object)
{
  HwTravelPlacePrivate *priv = priv_of (HW_TRAVEL_PLACE (object));

  g_clear_handle_id (&priv->tick, g_source_remove);
  g_clear_object (&priv->list);

  G_OBJECT_CLASS (hw_travel_place_parent_class)->dispose (object);
}

static void
hw_travel_place_class_init (HwTravelPlaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_travel_place_dispose;
  HW_PLACE_CLASS (klass)->attach = hw_travel_place_attach;
  HW_PLACE_CLASS (klass)->find = hw_travel_place_find;
  g_type_ensure (HW_TYPE_EMPTY_STATE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-travel-place.ui");
  gtk_widget_class_bind_template_child_private (widget_class, HwTravelPlace, stack);
  gtk_widget_class_bind_template_child_private (widget_class, HwTravelPlace, box);
  gtk_widget_class_bind_template_child_private (widget_class, HwTravelPlace, empty_state);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
hw_travel_place_init (HwTravelPlace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hw_compat_tell_hidden_pages (priv_of (self)->stack);
}

GType
hw_travel_place_for_role (HwRole role)
{
  const HwFieldDef *journey = hw_schema_field (HW_FIELD_MOVEMENT_STATUS);
  const HwFieldDef *answer = hw_schema_field (HW_FIELD_RECEPTION_ACKNOWLEDGED_AT);

  if (!hw_access_may_read (role, G_MAXUINT, journey))
    return G_TYPE_INVALID;
  return hw_access_may_write (role, G_MAXUINT, answer)
             && !hw_access_may_write (role, G_MAXUINT, journey)
           ? HW_TYPE_ARRIVALS_PLACE
           : HW_TYPE_TRAVEL_PLACE;
}
