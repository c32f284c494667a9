/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The history of a record, read only when somebody opens it: it costs a request, and what is not asked
 * for is not shown over a shoulder.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-history-list.h"

#include <glib/gi18n.h>

#include "app/forms/hw-field-words.h"
#include "app/forms/hw-reveal-button.h"
#include "app/hw-desktop-references.h"
#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-text.h"

#define MAX_SHOWN 60

struct _HwHistoryList
{
  AdwBin parent;

  HwDesktop    *desktop;     /* (owned) (nullable) */
  HwCaseFile   *file;        /* (owned) (nullable) */
  HwRecord     *record;      /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) */
  HwFieldId     field;       /* the only one shown; HW_FIELD_NONE: all */

  AdwExpanderRow *expander; /* (unowned) child */
  HwRevealButton *reveal;   /* (unowned) in the expander */
  GPtrArray      *entries;  /* (owned) (nullable) what is shown */
  GList          *rows;     /* (element-type GtkWidget) now in the expander */
};

G_DEFINE_FINAL_TYPE (HwHistoryList, hw_history_list, ADW_TYPE_BIN)

static void
clear_rows (HwHistoryList *self)
{
  for (GList *l = self->rows; l != NULL; l = l->next)
    adw_expander_row_remove (self->expander, l->data);
  g_clear_pointer (&self->rows, g_list_free);
}

static void
add_row (HwHistoryList *self, const char *title, const char *subtitle)
{
  GtkWidget *row = hw_rows_new (title, subtitle);

  adw_expander_row_add_row (self->expander, row);
  self->rows = g_list_prepend (self->rows, row);
}

static char *
who_words (HwHistoryList *self, HwHistoryEntry *entry)
{
  const char *by = hw_desktop_user_name (self->desktop, entry->by);

  if (entry->let_in_by == NULL)
    return g_strdup (by);
  /* Translators: who wrote a value, and the supervisor who let it in afterwards */
  return g_strdup_printf (
    _ ("%s, let in by %s"), by, hw_desktop_user_name (self->desktop, entry->let_in_by));
}

static void
add_entry (HwHistoryList *self, HwHistoryEntry *entry, HwFormContext *context, const char *today)
{
  const HwFieldDef *field = hw_schema_field (entry->field);
  g_autofree char *words = hw_reveal_button_words (self->reveal, field, entry->value, context);
  g_autofree char *title = g_strdup_printf ("%s: %s", _ (field->label), words != NULL ? words : _ ("not set"));
  g_autofree char *when = NULL;
  g_autofree char *who = who_words (self, entry);
  g_autofree char *subtitle = NULL;
  gint64 us;

  if (entry->at != NULL && hw_instant_parse (entry->at, &us))
    when = hw_text_moment (us, hw_desktop_office_zone (self->desktop), today);
  subtitle = g_strdup_printf ("%s · %s", when != NULL ? when : "", who);
  add_row (self, title, subtitle);
}

static gboolean
is_shown (HwHistoryList *self, HwHistoryEntry *entry)
{
  return self->field == HW_FIELD_NONE || entry->field == self->field;
}

static void
show_entries (HwHistoryList *self)
{
  g_autoptr (HwFormContext) context = NULL;
  g_autofree char *today = NULL;
  guint shown = 0;

  if (self->entries == NULL || !hw_desktop_is_unlocked (self->desktop))
    return;
  context = hw_desktop_form_context (self->desktop, self->file);
  today = hw_desktop_today (self->desktop);
  clear_rows (self);
  for (guint i = 0; i < self->entries->len && shown < MAX_SHOWN; i++)
    if (is_shown (self, g_ptr_array_index (self->entries, i)))
      {
        add_entry (self, g_ptr_array_index (self->entries, i), context, today);
        shown++;
      }
  if (shown == 0)
    add_row (self, self->field != HW_FIELD_NONE ? _ ("It never had another value") : _ ("Nothing is recorded yet"), NULL);
}

/* Each field once, however often it changed. */
static void
cover_entries (HwHistoryList *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  hw_reveal_button_set_veil (self->reveal, hw_desktop_veil (self->desktop));
  hw_reveal_button_clear (self->reveal);
  for (guint i = 0; i < self->entries->len; i++)
    {
      HwHistoryEntry *entry = g_ptr_array_index (self->entries, i);

      if (is_shown (self, entry) && entry->value != NULL
          && g_hash_table_add (seen, GUINT_TO_POINTER (entry->field)))
        hw_reveal_button_add_value (self->reveal, hw_record_id (self->record), entry->field, entry->value);
    }
}

static void
take_entries (HwHistoryList *self, GPtrArray *entries)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = g_ptr_array_ref (entries);
  cover_entries (self);
  show_entries (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwHistoryList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = hw_sync_engine_history_finish (HW_SYNC_ENGINE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->record == NULL)
    return;
  /* Without the office, this desktop's own memory of the record has to do. */
  if (entries == NULL && hw_desktop_is_unlocked (self->desktop))
    entries = hw_store_history (hw_desktop_store (self->desktop), hw_record_type (self->record),
                                hw_record_id (self->record), NULL);
  if (entries != NULL && hw_desktop_is_unlocked (self->desktop))
    take_entries (self, entries);
}

static void
load (HwHistoryList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->record == NULL || !adw_expander_row_get_expanded (self->expander))
    return;
  self->cancellable = g_cancellable_new ();
  hw_sync_engine_history_async (hw_desktop_engine (self->desktop), hw_record_type (self->record),
                                hw_record_id (self->record), self->cancellable, loaded_cb, g_object_ref (self));
}

static void
show_scope (HwHistoryList *self)
{
  const HwFieldDef *field = self->field != HW_FIELD_NONE ? hw_schema_field (self->field) : NULL;
  g_autofree char *words = NULL;
  g_autofree char *escaped = NULL;

  if (field != NULL)
    words = g_strdup_printf (_ ("Only “%s”; closing and opening it again shows every field"), _ (field->label));
  escaped = g_markup_escape_text (words != NULL ? words : _ ("Every value, by whom and when"), -1);
  adw_expander_row_set_subtitle (self->expander, escaped);
}

static void
expanded_cb (HwHistoryList *self)
{
  if (!adw_expander_row_get_expanded (self->expander))
    self->field = HW_FIELD_NONE;
  show_scope (self);
  load (self);
}

static void
hw_history_list_dispose (GObject *object)
{
  HwHistoryList *self = HW_HISTORY_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->record);
  g_clear_object (&self->file);
  g_clear_object (&self->desktop);
  g_clear_pointer (&self->rows, g_list_free);
  g_clear_pointer (&self->entries, g_ptr_array_unref);

  G_OBJECT_CLASS (hw_history_list_parent_class)->dispose (object);
}

static void
hw_history_list_class_init (HwHistoryListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_history_list_dispose;
}

static void
hw_history_list_init (HwHistoryList *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->expander = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->expander), _ ("History"));
  show_scope (self);
  self->reveal = HW_REVEAL_BUTTON (hw_reveal_button_new (NULL));
  adw_expander_row_add_action (self->expander, GTK_WIDGET (self->reveal));
  g_signal_connect_object (self->reveal, "changed", G_CALLBACK (show_entries), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->expander, "notify::expanded", G_CALLBACK (expanded_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->expander));
  adw_bin_set_child (ADW_BIN (self), group);
}

void
hw_history_list_open (HwHistoryList *self, HwFieldId field)
{
  gboolean expanded = adw_expander_row_get_expanded (self->expander);

  self->field = field;
  if (expanded)
    expanded_cb (self);
  else
    adw_expander_row_set_expanded (self->expander, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self->expander), GTK_DIR_TAB_FORWARD);
}

GtkWidget *
hw_history_list_new (void)
{
  return g_object_new (HW_TYPE_HISTORY_LIST, NULL);
}

void
hw_history_list_clear (HwHistoryList *self)
{
  g_clear_object (&self->record);
  g_clear_object (&self->file);
  adw_expander_row_set_expanded (self->expander, FALSE);
  clear_rows (self);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  hw_reveal_button_clear (self->reveal);
  load (self);
}

void
hw_history_list_show (HwHistoryList *self, HwDesktop *desktop, HwCaseFile *file, HwRecord *record)
{
  if (self->record != NULL && !g_str_equal (hw_record_id (self->record), hw_record_id (record)))
    hw_history_list_clear (self);
  g_set_object (&self->desktop, desktop);
  g_set_object (&self->file, file);
  g_set_object (&self->record, record);
  load (self);
}
