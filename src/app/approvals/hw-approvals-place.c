/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The supervisor's answers: each open question with what is needed to decide it, and beneath them the
 * settings of the office. A card that is being written on stays when something else arrives.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/approvals/hw-approvals-place.h"

#include <glib/gi18n.h>

#include "app/approvals/hw-approval-card.h"
#include "app/approvals/hw-office-settings.h"

#define MOST 200

struct _HwApprovalsPlace
{
  HwPlace parent;

  GtkWidget *none;
  GtkBox *cards;
  HwOfficeSettings *settings;
  GPtrArray *pending; /* (owned) (element-type HwRecord) */
  GHashTable *shown;  /* (owned) id and revision → (unowned) card */
};

G_DEFINE_FINAL_TYPE (HwApprovalsPlace, hw_approvals_place, HW_TYPE_PLACE)

static void
open_cb (HwApprovalsPlace *self, const char *case_id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "s", case_id);
}

static gboolean
is_pending (HwRecord *asked)
{
  HwFieldId verdict = hw_record_type (asked) == HW_TYPE_ID_APPROVAL
                        ? HW_FIELD_APPROVAL_VERDICT
                        : HW_FIELD_OFFICE_CHANGE_VERDICT;

  return hw_record_get (asked, verdict) == NULL || hw_record_is (asked, verdict, "pending");
}

static void
add_pending (HwApprovalsPlace *self, HwTypeId type, GError **error)
{
  HwStore *store = hw_desktop_store (hw_place_desktop (HW_PLACE (self)));
  g_autoptr (GPtrArray) records = hw_store_list (store, type, HW_FIELD_NONE, NULL, MOST, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    if (is_pending (g_ptr_array_index (records, i)))
      g_ptr_array_add (self->pending, g_object_ref (g_ptr_array_index (records, i)));
}

/* Kept where it stands, so that a reason half written is not lost; new ones come at the top. */
static void
keep_or_make (HwApprovalsPlace *self, GHashTable *kept, HwRecord *asked)
{
  g_autofree char *key = g_strdup_printf (
    "%s %" G_GUINT64_FORMAT, hw_record_id (asked), hw_record_rev (asked));
  GtkWidget *card = g_hash_table_lookup (self->shown, key);

  if (card == NULL)
    {
      card = hw_approval_card_new (hw_place_desktop (HW_PLACE (self)), asked);
      g_signal_connect_object (card, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
      gtk_box_prepend (self->cards, card);
    }
  g_hash_table_remove (self->shown, key);
  g_hash_table_insert (kept, g_steal_pointer (&key), card);
}

static void
drop_answered (HwApprovalsPlace *self)
{
  GHashTableIter iter;
  gpointer card;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    gtk_box_remove (self->cards, card);
}

static void
tell_count (HwApprovalsPlace *self, guint n)
{
  g_autofree char *subtitle
    = n > 0 ? g_strdup_printf (g_dngettext (NULL, "%u to decide", "%u to decide", n), n)
            : g_strdup (_ ("nothing to decide"));

  gtk_widget_set_visible (self->none, n == 0);
  hw_place_set_title (HW_PLACE (self), _ ("Approvals"), subtitle);
  hw_place_set_badge (HW_PLACE (self), n);
}

static void
count (HwApprovalsPlace *self)
{
  g_autoptr (GError) error = NULL;

  if (!hw_desktop_is_unlocked (hw_place_desktop (HW_PLACE (self))))
    return;
  g_ptr_array_set_size (self->pending, 0);
  add_pending (self, HW_TYPE_ID_APPROVAL, &error);
  add_pending (self, HW_TYPE_ID_OFFICE_CHANGE, error == NULL ? &error : NULL);
  hw_place_set_fault (HW_PLACE (self), error != NULL ? error->message : NULL);
  tell_count (self, self->pending->len);
  hw_place_changed (HW_PLACE (self));
}

static void
hw_approvals_place_show (HwPlace *place)
{
  HwApprovalsPlace *self = HW_APPROVALS_PLACE (place);
  GHashTable *kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = self->pending->len; i > 0; i--)
    keep_or_make (self, kept, g_ptr_array_index (self->pending, i - 1));
  drop_answered (self);
  g_hash_table_unref (self->shown);
  self->shown = kept;
  hw_office_settings_show (self->settings, hw_place_desktop (place));
}

static void
changed_cb (HwApprovalsPlace *self, GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      HwStoreChange *change = g_ptr_array_index (changes, i);

      if (change->type == HW_TYPE_ID_APPROVAL || change->type == HW_TYPE_ID_OFFICE_CHANGE
          || change->type == HW_TYPE_ID_OFFICE)
        {
          count (self);
          return;
        }
    }
}

static void
hw_approvals_place_attach (HwPlace *place)
{
  HwStore *store = hw_desktop_store (hw_place_desktop (place));

  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), place, G_CONNECT_SWAPPED);
  count (HW_APPROVALS_PLACE (place));
}

static void
hw_approvals_place_dispose (GObject *object)
{
  HwApprovalsPlace *self = HW_APPROVALS_PLACE (object);

  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_hash_table_unref);

  G_OBJECT_CLASS (hw_approvals_place_parent_class)->dispose (object);
}

static void
hw_approvals_place_class_init (HwApprovalsPlaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_approvals_place_dispose;
  HW_PLACE_CLASS (klass)->attach = hw_approvals_place_attach;
  HW_PLACE_CLASS (klass)->show = hw_approvals_place_show;
  g_type_ensure (HW_TYPE_OFFICE_SETTINGS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/homeward/ui/hw-approvals-place.ui");
  gtk_widget_class_bind_template_child (widget_class, HwApprovalsPlace, none);
  gtk_widget_class_bind_template_child (widget_class, HwApprovalsPlace, cards);
  gtk_widget_class_bind_template_child (widget_class, HwApprovalsPlace, settings);
}

static void
hw_approvals_place_init (HwApprovalsPlace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->pending = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}
