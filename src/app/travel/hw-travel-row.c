/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The clock of the place comes first, since that is the one people there act by; the office's own
 * stands beneath it wherever the two differ.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/travel/hw-travel-row.h"

#include <glib/gi18n.h>

#include "app/widgets/hw-pill.h"
#include "app/widgets/hw-text.h"

#define MAX_BLOCKS 2

struct _HwTravelRow
{
  GtkListBoxRow parent;

  HwDesktop *desktop;   /* (owned) */
  HwTravelEntry *entry; /* (owned) */
  gboolean arrival;
  GtkWidget *hold; /* (unowned) (nullable) the pill that counts down */
};

G_DEFINE_FINAL_TYPE (HwTravelRow, hw_travel_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  ACKNOWLEDGE,
  CONFIRM,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static gint64
moment_of (HwTravelRow *self)
{
  const HwTravelFacts *facts = hw_travel_entry_facts (self->entry);

  return self->arrival ? facts->arrives_us : facts->departs_us;
}

static const char *
zone_of (HwTravelRow *self)
{
  const HwTravelFacts *facts = hw_travel_entry_facts (self->entry);

  return self->arrival ? facts->arrives_zone : facts->departs_zone;
}

static char *
time_of_day (gint64 us, const char *zone)
{
  g_autofree char *at = hw_wall_clock_of_instant (us, zone);

  return g_strdup (at + strlen ("2026-11-27T"));
}

static GtkWidget *
make_time (HwTravelRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *ours = hw_desktop_office_zone (self->desktop);
  g_autofree char *time = NULL;
  g_autofree char *place = NULL;

  gtk_widget_set_size_request (box, 112, -1);
  gtk_widget_set_valign (box, GTK_ALIGN_START);
  if (moment_of (self) == 0)
    {
      add_label (box, _ ("No time yet"), "dim-label");
      return box;
    }
  time = time_of_day (moment_of (self), zone_of (self));
  place = hw_text_zone (zone_of (self));
  gtk_widget_add_css_class (add_label (box, time, "title-4"), "numeric");
  gtk_widget_add_css_class (add_label (box, place, "caption"), "dim-label");
  if (g_strcmp0 (zone_of (self), ours) != 0)
    {
      g_autofree char *here = time_of_day (moment_of (self), ours);
      g_autofree char *here_place = hw_text_zone (ours);
      g_autofree char *words = g_strdup_printf (_ ("%s in %s"), here, here_place);

      gtk_widget_add_css_class (add_label (box, words, "caption"), "dim-label");
    }
  return box;
}

static void
add_fact (GtkWidget *box, const char *icon, const char *words, const char *css_class)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  if (css_class != NULL)
    gtk_widget_add_css_class (image, css_class);
  gtk_box_append (GTK_BOX (line), image);
  add_label (line, words, "caption");
  gtk_box_append (GTK_BOX (box), line);
}

static void
add_blocks (GtkWidget *box, const HwTravelFacts *facts)
{
  guint shown = MIN (facts->blocked->len, MAX_BLOCKS);

  for (guint i = 0; i < shown; i++)
    add_fact (box, "dialog-error-symbolic", facts->blocked->pdata[i], "error");
  if (facts->blocked->len > shown)
    {
      guint rest = facts->blocked->len - shown;
      g_autofree char *words
        = g_strdup_printf (ngettext ("and %u more", "and %u more", rest), rest);
      GtkWidget *label = add_label (box, words, "caption");

      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_set_margin_start (label, 22);
    }
  if (facts->warnings > 0)
    add_fact (box, "dialog-warning-symbolic", _ ("A connection needs a look"), "warning");
}

static const char *
name_words (HwTravelRow *self, const char *name, HwFieldId field)
{
  return hw_veil_covers (hw_desktop_veil (self->desktop), hw_schema_field (field)) ? HW_VEIL_MASK : name;
}

static char *
reception_words (HwTravelRow *self, const HwTravelFacts *facts)
{
  const char *contact = name_words (self, facts->contact, HW_FIELD_RECEPTION_CONTACT);
  const char *alternate = name_words (self, facts->alternate, HW_FIELD_RECEPTION_ALTERNATE);

  if (facts->contact == NULL)
    return g_strdup (_ ("Nobody named to meet her"));
  if (facts->alternate == NULL)
    return g_strdup_printf (_ ("Met by %s; nobody named in case"), contact);
  return g_strdup_printf (_ ("Met by %s; else %s"), contact, alternate);
}

static GtkWidget *
make_middle (HwTravelRow *self)
{
  const HwTravelFacts *facts = hw_travel_entry_facts (self->entry);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *way = *facts->numbers != '\0'
                           ? g_strdup_printf ("%s · %s", facts->route, facts->numbers)
                           : g_strdup (*facts->route != '\0' ? facts->route : _ ("No leg yet"));

  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), head);
  add_label (head, facts->name, "heading");
  if (facts->code != NULL)
    gtk_widget_add_css_class (add_label (head, facts->code, "caption"), "dim-label");
  add_label (box, way, "tabular");
  if (facts->group != NULL)
    add_fact (box, "system-users-symbolic", facts->group, "dim-label");
  if (self->arrival)
    {
      g_autofree char *words = reception_words (self, facts);

      add_fact (box, "avatar-default-symbolic", words, "dim-label");
      if (facts->place != NULL)
        add_fact (box, "mark-location-symbolic", facts->place, "dim-label");
    }
  else
    add_blocks (box, facts);
  return box;
}

static void
show_hold (HwTravelRow *self)
{
  const HwTravelFacts *facts = hw_travel_entry_facts (self->entry);
  gint64 left_us = facts->hold_ends_us - hw_clock_now (hw_desktop_clock (self->desktop));
  g_autofree char *span = hw_travel_duration (ABS (left_us) / G_TIME_SPAN_MINUTE);
  g_autofree char *words = left_us > 0 ? g_strdup_printf (_ ("Hold ends in %s"), span)
                                       : g_strdup_printf (_ ("Hold ended %s ago"), span);

  hw_pill_set (HW_PILL (self->hold),
               words,
               left_us <= 0                        ? HW_MEANING_BAD
               : left_us <= HW_TRAVEL_HOLD_SOON_US ? HW_MEANING_WARNING
                                                   : HW_MEANING_NEUTRAL);
}

static void
acknowledge_cb (HwTravelRow *self)
{
  g_signal_emit (self, signals[ACKNOWLEDGE], 0);
}

static void
confirm_cb (HwTravelRow *self)
{
  g_signal_emit (self, signals[CONFIRM], 0);
}

/* One step, the next: what lies further waits until it can be done. */
static void
add_step (HwTravelRow *self, GtkWidget *box)
{
  const HwTravelFacts *facts = hw_travel_entry_facts (self->entry);
  GtkWidget *button;

  if (facts->handshake == HW_HANDSHAKE_ASKED)
    {
      button = gtk_button_new_with_mnemonic (_ ("_Acknowledge"));
      gtk_widget_add_css_class (button, "suggested-action");
      g_signal_connect_object (
        button, "clicked", G_CALLBACK (acknowledge_cb), self, G_CONNECT_SWAPPED);
    }
  else if (facts->handshake == HW_HANDSHAKE_NAMED)
    {
      button = gtk_button_new_with_mnemonic (_ ("_Confirm"));
      g_signal_connect_object (button, "clicked", G_CALLBACK (confirm_cb), self, G_CONNECT_SWAPPED);
    }
  else if (facts->handshake == HW_HANDSHAKE_ACKNOWLEDGED)
    {
      button = gtk_button_new_with_mnemonic (_ ("_Name Contacts"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", facts->reception);
    }
  else
    return;
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), button);
}

HwMeaning
hw_travel_row_meaning (HwHandshake handshake)
{
  if (handshake == HW_HANDSHAKE_CONFIRMED)
    return HW_MEANING_GOOD;
  return handshake >= HW_HANDSHAKE_ACKNOWLEDGED ? HW_MEANING_NEUTRAL : HW_MEANING_WARNING;
}

static GtkWidget *
make_end (HwTravelRow *self)
{
  const HwTravelFacts *facts = hw_travel_entry_facts (self->entry);
  const HwFieldDef *field = hw_schema_field (HW_FIELD_MOVEMENT_STATUS);
  const HwChoice *choice = facts->status != NULL ? hw_field_choice (field, facts->status) : NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *pills = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_valign (box, GTK_ALIGN_START);
  gtk_widget_set_halign (pills, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), pills);
  if (self->arrival)
    gtk_box_append (GTK_BOX (pills),
                    hw_pill_new (hw_handshake_label (facts->handshake),
                                 hw_travel_row_meaning (facts->handshake)));
  if (choice != NULL)
    gtk_box_append (GTK_BOX (pills),
                    hw_pill_new (_ (choice->label), hw_meaning_of_choice (field, choice->nick)));
  if (!self->arrival && facts->hold != HW_HOLD_NONE)
    {
      self->hold = hw_pill_new (NULL, HW_MEANING_NEUTRAL);
      gtk_widget_set_halign (self->hold, GTK_ALIGN_END);
      gtk_box_append (GTK_BOX (box), self->hold);
      show_hold (self);
    }
  if (self->arrival)
    add_step (self, box);
  return box;
}

static void
hw_travel_row_dispose (GObject *object)
{
  HwTravelRow *self = HW_TRAVEL_ROW (object);

  g_clear_object (&self->entry);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_travel_row_parent_class)->dispose (object);
}

static void
hw_travel_row_class_init (HwTravelRowClass *klass)
{
  static const char *const names[N_SIGNALS] = { "acknowledge", "confirm" };

  G_OBJECT_CLASS (klass)->dispose = hw_travel_row_dispose;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (
      names[i], HW_TYPE_TRAVEL_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hw_travel_row_init (HwTravelRow *self)
{
}

GtkWidget *
hw_travel_row_new (HwDesktop *desktop, HwTravelEntry *entry, gboolean arrival)
{
  HwTravelRow *self = g_object_new (HW_TYPE_TRAVEL_ROW, NULL);
  const HwTravelFacts *facts = hw_travel_entry_facts (entry);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *name = NULL;
  g_autofree char *heading = NULL;

  self->desktop = g_object_ref (desktop);
  self->entry = g_object_ref (entry);
  self->arrival = arrival;
  gtk_widget_add_css_class (GTK_WIDGET (self), "hw-travel");
  gtk_box_append (GTK_BOX (box), make_time (self));
  gtk_box_append (GTK_BOX (box), make_middle (self));
  gtk_box_append (GTK_BOX (box), make_end (self));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  heading = hw_travel_row_heading (self);
  name = g_strdup_printf ("%s, %s, %s", facts->name, facts->route, heading);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

const HwTravelFacts *
hw_travel_row_facts (HwTravelRow *self)
{
  return hw_travel_entry_facts (self->entry);
}

void
hw_travel_row_tick (HwTravelRow *self)
{
  if (self->hold != NULL)
    show_hold (self);
}

char *
hw_travel_row_heading (HwTravelRow *self)
{
  static const char *const under_way[] = { "departed", "in_transit", NULL };
  const HwTravelFacts *facts = hw_travel_entry_facts (self->entry);
  gint64 us = moment_of (self);
  g_autofree char *day = us != 0 ? hw_date_of_instant (us, zone_of (self)) : NULL;
  g_autofree char *today
    = hw_date_of_instant (hw_clock_now (hw_desktop_clock (self->desktop)), zone_of (self));

  if (!self->arrival && facts->status != NULL && g_strv_contains (under_way, facts->status))
    return g_strdup (_ ("Under way"));
  return day != NULL ? hw_text_due_short (day, today) : g_strdup (_ ("No date yet"));
}
