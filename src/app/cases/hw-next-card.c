/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Beside the case stands what is to be done next in it, and the way to write down one thing more.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-next-card.h"

#include "app/tasks/hw-task-section.h"

#define MAX_SHOWN 6

struct _HwNextCard
{
  AdwBin parent;

  HwTaskSection *section; /* (unowned) (nullable) child, of the case that is shown */
};

G_DEFINE_FINAL_TYPE (HwNextCard, hw_next_card, ADW_TYPE_BIN)

enum
{
  OPEN_RECORD,
  ADD_RECORD,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
open_record_cb (HwNextCard *self, const char *id)
{
  g_signal_emit (self, signals[OPEN_RECORD], 0, id);
}

static void
add_record_cb (HwNextCard *self, guint type)
{
  g_signal_emit (self, signals[ADD_RECORD], 0, type);
}

static void
hw_next_card_class_init (HwNextCardClass *klass)
{
  signals[OPEN_RECORD] = g_signal_new ("open-record", HW_TYPE_NEXT_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ADD_RECORD] = g_signal_new ("add-record", HW_TYPE_NEXT_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
hw_next_card_init (HwNextCard *self)
{
}

GtkWidget *
hw_next_card_new (void)
{
  return g_object_new (HW_TYPE_NEXT_CARD, NULL);
}

void
hw_next_card_show (HwNextCard *self, HwDesktop *desktop, HwCaseFile *file)
{
  const HwActor *actor = hw_desktop_actor (desktop);
  gint64 now_us = hw_clock_now (hw_desktop_clock (desktop));
  gboolean visible = file != NULL && hw_access_may_see_type (actor->role, HW_TYPE_ID_TASK);

  adw_bin_set_child (ADW_BIN (self), NULL);
  self->section = NULL;
  gtk_widget_set_visible (GTK_WIDGET (self), visible);
  if (!visible)
    return;
  self->section = HW_TASK_SECTION (hw_task_section_new (desktop));
  hw_task_section_set_most (self->section, MAX_SHOWN);
  g_signal_connect_object (
    self->section, "open-record", G_CALLBACK (open_record_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    self->section, "add-record", G_CALLBACK (add_record_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->section));
  hw_task_section_show (self->section, file, hw_access_relations (file, NULL, actor, now_us));
}
