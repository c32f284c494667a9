/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is missing can be written down with one click, as not checked yet: a list that shows what
 * nobody asked about is worth more than one that shows only what somebody remembered.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-exit-section.h"

#include <glib/gi18n.h>

#include "app/cases/hw-exit-row.h"
#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-text.h"
#include "schema/hw-iso.h"

struct _HwExitSection
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) (nullable) */
  HwCaseFile *file;   /* (owned) (nullable) */
  GPtrArray *rows;    /* (owned) (element-type GtkWidget, unowned) now in items_group */
  char *rule;         /* (owned) (nullable) id of the rule's record */
  guint relations;
  guint showing;      /* the source that shows what changed while a menu was open */
  gboolean waiting;   /* something did */

  AdwPreferencesGroup *items_group;
  GtkButton *missing_button;
  GtkButton *add_button;
  GtkWidget *sum_box;
  GtkLabel *sum_label;
  GtkLabel *rule_label;
  GtkButton *rule_button;
};

G_DEFINE_FINAL_TYPE (HwExitSection, hw_exit_section, ADW_TYPE_BIN)

enum
{
  OPEN_RECORD,
  ADD_RECORD,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static HwRole
role_of (HwExitSection *self)
{
  return hw_desktop_actor (self->desktop)->role;
}

static void
commit (HwExitSection *self, GPtrArray *operations)
{
  hw_desktop_commit_async (self->desktop, operations, FALSE, NULL, NULL);
}

static HwOperation *
make_item (HwExitSection *self, const HwChoice *item)
{
  HwOperation *operation = hw_desktop_new_create (
    self->desktop, HW_TYPE_ID_EXIT_CLEARANCE, hw_case_file_id (self->file));

  hw_operation_set_text (operation, HW_FIELD_EXIT_CLEARANCE_ITEM, item->nick, 0);
  hw_operation_set_text (
    operation, HW_FIELD_EXIT_CLEARANCE_STATUS, HW_EXIT_CLEARANCE_STATUS_NOT_CHECKED, 0);
  return operation;
}

/* only (nullable): all that are missing. */
static void
add_missing (HwExitSection *self, const HwChoice *only)
{
  g_autofree char *today = hw_desktop_today (self->desktop);
  g_autoptr (HwExitList) list = hw_exit_list_new (self->file, today);
  g_autoptr (GPtrArray) operations
    = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);

  for (guint i = 0; i < list->entries->len; i++)
    {
      HwExitEntry *entry = g_ptr_array_index (list->entries, i);

      if (entry->record == NULL && (only == NULL || only == entry->item))
        g_ptr_array_add (operations, make_item (self, entry->item));
    }
  if (operations->len > 0)
    commit (self, operations);
}

static void
missing_cb (HwExitSection *self)
{
  add_missing (self, NULL);
}

static void
add_cb (HwExitSection *self)
{
  g_signal_emit (self, signals[ADD_RECORD], 0);
}

static void
rule_cb (HwExitSection *self)
{
  if (self->rule != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "s", self->rule);
}

static void
row_open_cb (HwExitRow *row, HwExitSection *self)
{
  g_signal_emit (self, signals[OPEN_RECORD], 0, hw_exit_row_get_record (row));
}

static void
row_add_cb (HwExitRow *row, HwExitSection *self)
{
  add_missing (self, hw_exit_row_get_item (row));
}

/* Once paid, the fine grows no more: the sum of that day stays with it. */
static void
keep_sum (HwExitSection *self, HwOperation *operation, HwRecord *record)
{
  g_autofree char *today = hw_desktop_today (self->desktop);
  HwRecord *rule = hw_country_rule_of_case (self->file, today);
  const char *from = hw_record_get_text (record, HW_FIELD_EXIT_CLEARANCE_COUNTED_FROM);
  g_autoptr (HwValue) sum = NULL;
  HwCountryFine fine;

  if (hw_record_get (record, HW_FIELD_EXIT_CLEARANCE_AMOUNT) != NULL
      || !hw_record_is (
        record, HW_FIELD_EXIT_CLEARANCE_ITEM, HW_EXIT_CLEARANCE_ITEM_OVERSTAY_FINE)
      || !hw_country_rule_fine (rule, from, today, &fine))
    return;
  sum = hw_value_new_money (fine.minor, fine.currency);
  hw_operation_set (operation,
                    HW_FIELD_EXIT_CLEARANCE_AMOUNT,
                    sum,
                    hw_record_field_rev (record, HW_FIELD_EXIT_CLEARANCE_AMOUNT));
}

static void
row_move_cb (HwExitRow *row, const char *status, HwExitSection *self)
{
  HwRecord *record = hw_exit_row_get_record (row);
  HwOperation *operation = hw_desktop_new_update (self->desktop, record);
  g_autoptr (GPtrArray) operations
    = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);

  hw_operation_set_text (operation,
                         HW_FIELD_EXIT_CLEARANCE_STATUS,
                         status,
                         hw_record_field_rev (record, HW_FIELD_EXIT_CLEARANCE_STATUS));
  if (g_str_equal (status, HW_EXIT_CLEARANCE_STATUS_PAID))
    keep_sum (self, operation, record);
  g_ptr_array_add (operations, operation);
  commit (self, operations);
}

static void show (HwExitSection *self);

static gboolean
has_open_menu (HwExitSection *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (hw_exit_row_is_open (self->rows->pdata[i]))
      return TRUE;
  return FALSE;
}

static gboolean
show_cb (gpointer data)
{
  HwExitSection *self = data;

  self->showing = 0;
  if (self->file != NULL && hw_desktop_is_unlocked (self->desktop))
    show (self);
  return G_SOURCE_REMOVE;
}

static void
row_closed_cb (HwExitSection *self)
{
  if (self->waiting && self->showing == 0)
    self->showing = g_idle_add (show_cb, self);
}

static void
show_rows (HwExitSection *self, HwExitList *list, const char *today, gboolean may_write)
{
  hw_rows_clear_group (self->items_group, self->rows);
  for (guint i = 0; i < list->entries->len; i++)
    {
      GtkWidget *row = hw_exit_row_new (list->entries->pdata[i], today, role_of (self), may_write);

      g_signal_connect_object (row, "open", G_CALLBACK (row_open_cb), self, 0);
      g_signal_connect_object (row, "add", G_CALLBACK (row_add_cb), self, 0);
      g_signal_connect_object (row, "move", G_CALLBACK (row_move_cb), self, 0);
      g_signal_connect_object (row, "closed", G_CALLBACK (row_closed_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->items_group, row);
      g_ptr_array_add (self->rows, row);
    }
  adw_preferences_group_set_description (
    self->items_group,
    list->entries->len == 0
      ? _ ("Nothing is written down. Until somebody has checked, she cannot be ticketed.")
      : NULL);
}

static void
show_sums (HwExitSection *self, HwExitList *list)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < list->sums->len; i++)
    {
      HwValue *sum = g_ptr_array_index (list->sums, i);
      g_autofree char *money = hw_text_money (hw_value_integer (sum), hw_value_unit (sum));

      g_string_append_printf (words, "%s%s", i > 0 ? " + " : "", money);
    }
  gtk_widget_set_visible (self->sum_box, words->len > 0);
  gtk_label_set_text (self->sum_label, words->str);
  g_string_free (words, TRUE);
}

/* "Kuwait: KD 2.000 a day, at most KD 600.000. In force since 1 Jan 2024." and where it is from. */
static char *
rule_words (HwRecord *rule)
{
  HwValue *rate = hw_record_get (rule, HW_FIELD_COUNTRY_RULE_FINE_PER_DAY);
  HwValue *cap = hw_record_get (rule, HW_FIELD_COUNTRY_RULE_CAP);
  const char *from = hw_record_get_text (rule, HW_FIELD_COUNTRY_RULE_VALID_FROM);
  const char *source = hw_record_get_text (rule, HW_FIELD_COUNTRY_RULE_SOURCE);
  GString *words
    = g_string_new (hw_country_name (hw_record_get_text (rule, HW_FIELD_COUNTRY_RULE_COUNTRY)));

  if (rate != NULL)
    {
      g_autofree char *money = hw_text_money (hw_value_integer (rate), hw_value_unit (rate));

      g_string_append_printf (words, _ (": %s a day"), money);
    }
  if (rate != NULL && cap != NULL)
    {
      g_autofree char *money = hw_text_money (hw_value_integer (cap), hw_value_unit (cap));

      g_string_append_printf (words, _ (", at most %s"), money);
    }
  g_string_append (words, ". ");
  if (from != NULL)
    {
      g_autofree char *day = hw_text_history_date (from, "day");

      g_string_append_printf (words, _ ("In force since %s. "), day);
    }
  if (source != NULL)
    g_string_append_printf (words, _ ("Source: %s."), source);
  return g_string_free (words, FALSE);
}

static void
show_rule (HwExitSection *self, HwExitList *list)
{
  HwRecord *header = hw_case_file_case (self->file);
  const char *country
    = header != NULL ? hw_record_get_text (header, HW_FIELD_CASE_LOCATION_COUNTRY) : NULL;
  g_autofree char *words = NULL;

  g_free (self->rule);
  self->rule = list->rule != NULL ? g_strdup (hw_record_id (list->rule)) : NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->rule_button), list->rule != NULL);
  if (list->rule != NULL)
    words = rule_words (list->rule);
  else if (country != NULL && hw_country_name (country) != NULL)
    words = g_strdup_printf (
      _ ("The directory has no rule for %s: nothing says what to check, and no fine is computed."),
      hw_country_name (country));
  else
    words = g_strdup (_ ("Write down in which country she is: its rule says what to check."));
  gtk_label_set_text (self->rule_label, words);
}

/* Not while one of the menus is open: it would close under the hand. */
static void
show (HwExitSection *self)
{
  g_autofree char *today = hw_desktop_today (self->desktop);
  g_autoptr (HwExitList) list = hw_exit_list_new (self->file, today);
  gboolean may_create
    = hw_access_may_create (role_of (self), self->relations, HW_TYPE_ID_EXIT_CLEARANCE);
  gboolean may_write = hw_access_may_write (
    role_of (self), self->relations, hw_schema_field (HW_FIELD_EXIT_CLEARANCE_STATUS));
  g_autofree char *missing
    = g_strdup_printf (ngettext ("Add the _Missing One", "Add the %u _Missing", list->n_missing),
                       list->n_missing);

  self->waiting = has_open_menu (self);
  if (self->waiting)
    return;
  show_rows (self, list, today, may_create && may_write);
  show_sums (self, list);
  show_rule (self, list);
  gtk_button_set_label (self->missing_button, missing);
  gtk_widget_set_visible (GTK_WIDGET (self->missing_button), may_create && list->n_missing > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->add_button), may_create);
}

static void
hw_exit_section_dispose (GObject *object)
{
  HwExitSection *self = HW_EXIT_SECTION (object);

  g_clear_handle_id (&self->showing, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), HW_TYPE_EXIT_SECTION);
  g_clear_object (&self->desktop);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (hw_exit_section_parent_class)->dispose (object);
}

static void
hw_exit_section_finalize (GObject *object)
{
  g_ptr_array_unref (HW_EXIT_SECTION (object)->rows);
  g_free (HW_EXIT_SECTION (object)->rule);

  G_OBJECT_CLASS (hw_exit_section_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HwExitSection, items_group);
  gtk_widget_class_bind_template_child (widget_class, HwExitSection, missing_button);
  gtk_widget_class_bind_template_child (widget_class, HwExitSection, add_button);
  gtk_widget_class_bind_template_child (widget_class, HwExitSection, sum_box);
  gtk_widget_class_bind_template_child (widget_class, HwExitSection, sum_label);
  gtk_widget_class_bind_template_child (widget_class, HwExitSection, rule_label);
  gtk_widget_class_bind_template_child (widget_class, HwExitSection, rule_button);
  gtk_widget_class_bind_template_callback (widget_class, missing_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, rule_cb);
}

static void
hw_exit_section_class_init (HwExitSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_exit_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = hw_exit_section_finalize;
  signals[OPEN_RECORD]
    = g_signal_new ("open-record", HW_TYPE_EXIT_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, HW_TYPE_RECORD);
  signals[ADD_RECORD]
    = g_signal_new ("add-record", HW_TYPE_EXIT_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/org/homeward/ui/hw-exit-section.ui");
  bind_children (GTK_WIDGET_CLASS (klass));
}

static void
hw_exit_section_init (HwExitSection *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_exit_section_new (HwDesktop *desktop)
{
  HwExitSection *self = g_object_new (HW_TYPE_EXIT_SECTION, NULL);

  self->desktop = g_object_ref (desktop);
  return GTK_WIDGET (self);
}

void
hw_exit_section_show (HwExitSection *self, HwCaseFile *file, guint relations)
{
  g_set_object (&self->file, file);
  self->relations = relations;
  show (self);
}
