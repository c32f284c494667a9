/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file that was attached here, was never sent, and could not be handed over after its case was lost. There is nothing
 * to decide; but nobody shall believe that the office has it.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/conflicts/hw-lost-file-card.h"

#include <glib/gi18n.h>

#include "app/widgets/hw-rows.h"
#include "store/hw-kept.h"

struct _HwLostFileCard
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) */
  char      *record;  /* (owned) id */
};

G_DEFINE_FINAL_TYPE (HwLostFileCard, hw_lost_file_card, ADW_TYPE_BIN)

static void
dismiss_cb (HwLostFileCard *self)
{
  g_autoptr (GError) error = NULL;

  if (hw_desktop_is_unlocked (self->desktop)
      && !hw_store_dismiss_lost (hw_desktop_store (self->desktop), self->record, &error))
    hw_desktop_say (self->desktop, error->message);
}

static void
hw_lost_file_card_finalize (GObject *object)
{
  HwLostFileCard *self = HW_LOST_FILE_CARD (object);

  g_clear_object (&self->desktop);
  g_free (self->record);

  G_OBJECT_CLASS (hw_lost_file_card_parent_class)->finalize (object);
}

static void
hw_lost_file_card_class_init (HwLostFileCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hw_lost_file_card_finalize;
}

static void
hw_lost_file_card_init (HwLostFileCard *self)
{
}

static void
fill (HwLostFileCard *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *dismiss = gtk_button_new_with_mnemonic (_ ("_Let Go"));
  g_autofree char *problem = NULL;

  hw_store_kept (hw_desktop_store (self->desktop), self->record, &problem);
  hw_rows_set_title (group, _ ("A file that the office never got"));
  hw_rows_set_description (group,
                           _ ("You attached it without a connection, and before it was sent its record was lost to you. It "
                              "could not be handed over and is not kept here. Whoever gave it to you may still have it."));
  gtk_widget_set_valign (dismiss, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (dismiss, "clicked", G_CALLBACK (dismiss_cb), self);
  adw_preferences_group_set_header_suffix (group, dismiss);
  adw_preferences_group_add (
    group, hw_rows_new_fact (_ ("Why"), problem != NULL ? problem : _ ("The office gave no reason.")));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (group));
}

GtkWidget *
hw_lost_file_card_new (HwDesktop *desktop, const char *record)
{
  HwLostFileCard *self = g_object_new (HW_TYPE_LOST_FILE_CARD, NULL);

  self->desktop = g_object_ref (desktop);
  self->record = g_strdup (record);
  fill (self);
  return GTK_WIDGET (self);
}
