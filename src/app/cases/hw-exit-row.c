/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sum is computed for today, with the days it is made of, so that whoever pays at a counter can
 * see whether the counter says the same.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-exit-row.h"

#include <glib/gi18n.h>

#include "app/widgets/hw-pill.h"
#include "app/widgets/hw-text.h"
#include "base/hw-base.h"
#include "domain/hw-rules.h"

/* An employer's last days to cancel are the ones in which somebody must speak with him. */
#define LAST_DAYS 3

struct _HwExitRow
{
  AdwActionRow parent;

  HwRecord *record;     /* (owned) (nullable) */
  const HwChoice *item; /* (nullable) */
  GtkWidget *moves;     /* (unowned) (nullable) the button of its menu */
};

G_DEFINE_FINAL_TYPE (HwExitRow, hw_exit_row, ADW_TYPE_ACTION_ROW)

enum
{
  OPEN,
  ADD,
  MOVE,
  CLOSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static char *
fine_words (HwExitEntry *entry)
{
  g_autofree char *rate = hw_text_money (entry->fine.per_day_minor, entry->fine.currency);
  g_autofree char *sum = hw_text_money (entry->fine.minor, entry->fine.currency);
  const char *format
    = entry->fine.capped
        ? ngettext ("%d day at %s: %s, the most there is",
                    "%d days at %s: %s, the most there is", entry->fine.days)
        : ngettext ("%d day at %s: %s", "%d days at %s: %s", entry->fine.days);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, entry->fine.days, rate, sum);
#pragma GCC diagnostic pop
}

static char *
cancel_words (const char *cancel_day, const char *today)
{
  g_autofree char *day = hw_text_day (cancel_day, today);
  gint left = hw_date_days_between (today, cancel_day);

  if (left < 0)
    return g_strdup_printf (_ ("The employer could cancel it until %s: that is over"), day);
  if (left == 0)
    return g_strdup (_ ("Today is the last day on which the employer may cancel it"));
  return g_strdup_printf (ngettext ("The employer may cancel it until %s: %d day is left",
                                    "The employer may cancel it until %s: %d days are left", left),
                          day,
                          left);
}

static char *
payer_words (HwRecord *record)
{
  const HwFieldDef *field = hw_schema_field (HW_FIELD_EXIT_CLEARANCE_PAYER);
  const char *nick = hw_record_get_text (record, HW_FIELD_EXIT_CLEARANCE_PAYER);
  const HwChoice *choice = nick != NULL ? hw_field_choice (field, nick) : NULL;

  /* Translators: "Payer: Employer" */
  return choice != NULL ? g_strdup_printf (_ ("Payer: %s"), _ (choice->label)) : NULL;
}

static char *
due_words (HwExitEntry *entry, const char *today)
{
  const char *due = hw_record_get_text (entry->record, HW_FIELD_EXIT_CLEARANCE_DUE_ON);
  g_autofree char *day = due != NULL && !entry->settled ? hw_text_due_short (due, today) : NULL;

  /* Translators: "Due Fri 27 Nov, in 3 days" */
  return day != NULL ? g_strdup_printf (_ ("Due %s"), day) : NULL;
}

static char *
subtitle_of (HwExitEntry *entry, const char *today)
{
  GString *words = g_string_new (NULL);
  HwValue *amount = hw_record_get (entry->record, HW_FIELD_EXIT_CLEARANCE_AMOUNT);
  g_autofree char *cancel
    = entry->cancel_day != NULL ? cancel_words (entry->cancel_day, today) : NULL;
  g_autofree char *payer = payer_words (entry->record);
  g_autofree char *due = due_words (entry, today);

  if (entry->has_fine && !entry->settled)
    {
      g_autofree char *fine = fine_words (entry);

      hw_text_add (words, fine);
    }
  else if (amount != NULL)
    {
      g_autofree char *sum = hw_text_money (hw_value_integer (amount), hw_value_unit (amount));

      hw_text_add (words, sum);
    }
  hw_text_add (words, cancel);
  hw_text_add (words, payer);
  hw_text_add (words, due);
  hw_text_add (words, hw_record_get_text (entry->record, HW_FIELD_EXIT_CLEARANCE_AUTHORITY));
  return g_string_free (words, FALSE);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[MOVE], 0, g_variant_get_string (parameter, NULL));
}

static GtkWidget *
make_moves (HwRecord *record, HwRole role, const char *title)
{
  const HwFieldDef *field = hw_schema_field (HW_FIELD_EXIT_CLEARANCE_STATUS);
  g_autoptr (GPtrArray) moves = hw_workflow_moves (record, role);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *name = g_strdup_printf (_ ("How it stands: %s"), title);
  GtkWidget *button;

  for (guint i = 0; i < moves->len; i++)
    {
      const HwMoveDef *move = g_ptr_array_index (moves, i);
      const HwChoice *choice = hw_field_choice (field, move->to);
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (choice->label), NULL);

      g_menu_item_set_action_and_target (item, "exitrow.move", "s", move->to);
      g_menu_append_item (menu, item);
    }
  if (moves->len == 0)
    return NULL;
  button = gtk_menu_button_new ();
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("How it stands now"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static void
add_cb (HwExitRow *self)
{
  g_signal_emit (self, signals[ADD], 0);
}

static void
fill_missing (HwExitRow *self, const char *title, gboolean may_write)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Add"));
  g_autofree char *name = g_strdup_printf (_ ("Add: %s"), title);

  adw_action_row_set_subtitle (
    ADW_ACTION_ROW (self), _ ("The country asks for it, and nobody has written it down"));
  gtk_widget_add_css_class (GTK_WIDGET (self), "hw-missing");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (button, may_write);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
}

static gboolean
is_pressing (HwExitEntry *entry, const char *today)
{
  gint left
    = entry->cancel_day != NULL ? hw_date_days_between (today, entry->cancel_day) : G_MAXINT;

  return left >= 0 && left <= LAST_DAYS;
}

static void
closed_cb (HwExitRow *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
fill_record (
  HwExitRow *self, HwExitEntry *entry, const char *today, HwRole role, gboolean may_write)
{
  const HwFieldDef *field = hw_schema_field (HW_FIELD_EXIT_CLEARANCE_STATUS);
  const char *status = hw_record_status (entry->record);
  const HwChoice *choice = status != NULL ? hw_field_choice (field, status) : NULL;
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self));
  GtkWidget *moves = may_write ? make_moves (entry->record, role, title) : NULL;
  g_autofree char *subtitle = subtitle_of (entry, today);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  if (is_pressing (entry, today))
    {
      GtkWidget *image = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (image, "warning");
      gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("The days to cancel it are running out"), -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (self), image);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (self),
                             hw_pill_new (choice != NULL ? _ (choice->label) : NULL,
                                          hw_meaning_of_choice (field, status)));
  if (moves != NULL)
    {
      adw_action_row_add_suffix (ADW_ACTION_ROW (self), moves);
      g_signal_connect_object (gtk_menu_button_get_popover (GTK_MENU_BUTTON (moves)), "closed",
                               G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
    }
  self->moves = moves;
  adw_action_row_add_suffix (ADW_ACTION_ROW (self),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
}

static void
hw_exit_row_activate (AdwActionRow *row)
{
  if (HW_EXIT_ROW (row)->record != NULL)
    g_signal_emit (row, signals[OPEN], 0);
}

static void
hw_exit_row_dispose (GObject *object)
{
  g_clear_object (&HW_EXIT_ROW (object)->record);

  G_OBJECT_CLASS (hw_exit_row_parent_class)->dispose (object);
}

static guint
add_signal (const char *name, GType type)
{
  return g_signal_new (name, HW_TYPE_EXIT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       type != G_TYPE_NONE ? 1 : 0, type);
}

static void
hw_exit_row_class_init (HwExitRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_exit_row_dispose;
  ADW_ACTION_ROW_CLASS (klass)->activate = hw_exit_row_activate;
  signals[OPEN] = add_signal ("open", G_TYPE_NONE);
  signals[ADD] = add_signal ("add", G_TYPE_NONE);
  signals[MOVE] = add_signal ("move", G_TYPE_STRING);
  signals[CLOSED] = add_signal ("closed", G_TYPE_NONE);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "exitrow.move", "s", move_action);
}

static void
hw_exit_row_init (HwExitRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
}

GtkWidget *
hw_exit_row_new (HwExitEntry *entry, const char *today, HwRole role, gboolean may_write)
{
  HwExitRow *self = g_object_new (HW_TYPE_EXIT_ROW, NULL);
  const char *title = entry->item != NULL ? _ (entry->item->label) : _ ("Not said what it is");

  g_set_object (&self->record, entry->record);
  self->item = entry->item;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  if (entry->record == NULL)
    fill_missing (self, title, may_write);
  else
    fill_record (self, entry, today, role, may_write);
  return GTK_WIDGET (self);
}

HwRecord *
hw_exit_row_get_record (HwExitRow *self)
{
  return self->record;
}

const HwChoice *
hw_exit_row_get_item (HwExitRow *self)
{
  return self->item;
}

gboolean
hw_exit_row_is_open (HwExitRow *self)
{
  return self->moves != NULL
         && gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->moves))));
}
