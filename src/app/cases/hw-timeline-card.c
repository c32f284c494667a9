/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The last things that changed in a case: each record once, by its latest change, in words that say
 * what it is and where it stands. The full history of a record is on its own page.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-timeline-card.h"

#include <glib/gi18n.h>

#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-text.h"

#define MAX_SHOWN 8

struct _HwTimelineCard
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (HwTimelineCard, hw_timeline_card, ADW_TYPE_BIN)

static guint open_signal;

static gint64
updated_us (HwRecord *record)
{
  gint64 us = 0;

  if (hw_record_updated_at (record) == NULL || !hw_instant_parse (hw_record_updated_at (record), &us))
    return 0;
  return us;
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  gint64 first = updated_us (*(HwRecord *const *) a);
  gint64 second = updated_us (*(HwRecord *const *) b);

  return first < second ? 1 : first > second ? -1 : 0;
}

static char *
title_words (HwRecord *record)
{
  const HwTypeDef *def = hw_record_def (record);
  const char *status = hw_record_status (record);
  const HwChoice *choice
      = status != NULL ? hw_field_choice (hw_schema_field (def->status_field), status) : NULL;

  return choice != NULL ? g_strdup_printf ("%s: %s", _ (def->label), _ (choice->label)) : g_strdup (_ (def->label));
}

static char *
author_words (HwTimelineCard *self, HwRecord *record)
{
  const char *by = hw_record_updated_by (record);

  if (by == NULL)
    return g_strdup ("");
  if (g_str_has_prefix (by, "system:"))
    return g_strdup_printf (_ (" · by the system for %s"), hw_desktop_user_name (self->desktop, by + strlen ("system:")));
  return g_strdup_printf (_ (" · by %s"), hw_desktop_user_name (self->desktop, by));
}

static void
activated_cb (AdwActionRow *row, HwTimelineCard *self)
{
  g_signal_emit (self, open_signal, 0, g_object_get_data (G_OBJECT (row), "record"));
}

static GtkWidget *
make_row (HwTimelineCard *self, HwRecord *record, const char *today)
{
  g_autofree char *title = title_words (record);
  g_autofree char *when = hw_text_moment (updated_us (record), hw_desktop_office_zone (self->desktop), today);
  g_autofree char *author = author_words (self, record);
  g_autofree char *subtitle = g_strconcat (when, author, NULL);
  GtkWidget *row = hw_rows_new (title, subtitle);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "record", g_strdup (hw_record_id (record)), g_free);
  g_signal_connect (row, "activated", G_CALLBACK (activated_cb), self);
  return row;
}

static void
hw_timeline_card_dispose (GObject *object)
{
  g_clear_object (&HW_TIMELINE_CARD (object)->desktop);

  G_OBJECT_CLASS (hw_timeline_card_parent_class)->dispose (object);
}

static void
hw_timeline_card_class_init (HwTimelineCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_timeline_card_dispose;
  open_signal = g_signal_new ("open-record", HW_TYPE_TIMELINE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hw_timeline_card_init (HwTimelineCard *self)
{
}

GtkWidget *
hw_timeline_card_new (void)
{
  return g_object_new (HW_TYPE_TIMELINE_CARD, NULL);
}

void
hw_timeline_card_show (HwTimelineCard *self, HwDesktop *desktop, HwCaseFile *file)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *today = NULL;
  AdwPreferencesGroup *group;
  GPtrArray *all;

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_set_object (&self->desktop, desktop);
  if (file == NULL)
    return;
  today = hw_desktop_today (desktop);
  all = hw_case_file_records (file);
  /* What is told without its time (the code of a case whose referral has ended) has no place here. */
  for (guint i = 0; i < all->len; i++)
    if (hw_record_updated_at (g_ptr_array_index (all, i)) != NULL)
      g_ptr_array_add (records, g_object_ref (g_ptr_array_index (all, i)));
  g_ptr_array_sort (records, compare_newest);

  group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (group, _ ("Timeline"));
  for (guint i = 0; i < MIN (records->len, MAX_SHOWN); i++)
    adw_preferences_group_add (group, make_row (self, g_ptr_array_index (records, i), today));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (group));
}
