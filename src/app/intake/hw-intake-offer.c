/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwIntakeOffer: the unfinished calls found at unlock, one row each. Leaving them alone is an
 * answer too: they are offered again next time.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/intake/hw-intake-offer.h"

#include <glib/gi18n.h>

#include "app/hw-compat.h"
#include "app/intake/hw-intake-window.h"
#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-text.h"

struct _HwIntakeOffer
{
  AdwWindow parent;

  HwDesktop *desktop; /* (owned) */
  GtkListBox *list;   /* (unowned) */
};

G_DEFINE_FINAL_TYPE (HwIntakeOffer, hw_intake_offer, ADW_TYPE_WINDOW)

static HwIntakeDraft *
draft_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "draft");
}

static void
remove_row (HwIntakeOffer *self, GtkWidget *row)
{
  gtk_list_box_remove (self->list, row);
  if (gtk_widget_get_first_child (GTK_WIDGET (self->list)) == NULL)
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
continue_cb (HwIntakeOffer *self, GtkButton *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ACTION_ROW);
  HwIntakeDraft *draft = g_object_steal_data (G_OBJECT (row), "draft");
  GtkWindow *main_window = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_window_present (GTK_WINDOW (hw_intake_window_continue (self->desktop, draft, main_window)));
  remove_row (self, row);
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) row = user_data;
  HwIntakeOffer *self = HW_INTAKE_OFFER (source);

  if (!hw_compat_confirm_finish (result, NULL) || !hw_desktop_is_unlocked (self->desktop))
    return;
  hw_store_save_draft_async (
    hw_desktop_store (self->desktop), draft_of (row)->key, NULL, NULL, NULL);
  remove_row (self, row);
}

static void
discard_cb (HwIntakeOffer *self, GtkButton *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ACTION_ROW);

  hw_compat_confirm_async (
    GTK_WIDGET (self),
    _ ("Discard This Call?"),
    _ ("What was written down during it will be gone from this computer for good."),
    _ ("_Discard"),
    TRUE,
    NULL,
    discarded_cb,
    g_object_ref (row));
}

static char *
draft_detail (HwIntakeDraft *draft, const char *day, const char *today)
{
  const char *pseudonym
    = hw_record_get_text (draft->records[HW_INTAKE_CASE], HW_FIELD_CASE_PSEUDONYM);
  g_autofree char *when = hw_text_day (day, today);

  return pseudonym != NULL ? g_strdup_printf ("%s · %s", pseudonym, when) : g_strdup (when);
}

static void
add_button (
  HwIntakeOffer *self, GtkWidget *row, const char *label, const char *style, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (style != NULL)
    gtk_widget_add_css_class (button, style);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_draft (HwIntakeOffer *self, HwIntakeDraft *draft)
{
  const char *zone = hw_desktop_office_zone (self->desktop);
  g_autofree char *today = hw_desktop_today (self->desktop);
  g_autofree char *day = hw_date_of_instant (draft->opened_us, zone);
  g_autofree char *wall = hw_wall_clock_of_instant (draft->opened_us, zone);
  g_autofree char *title
    = g_strdup_printf (_ ("Unfinished call from %s"), wall + strlen ("2026-11-24T"));
  g_autofree char *detail = draft_detail (draft, day, today);
  gboolean first = gtk_widget_get_first_child (GTK_WIDGET (self->list)) == NULL;
  GtkWidget *row = hw_rows_new (title, detail);

  g_object_set_data_full (G_OBJECT (row), "draft", draft, (GDestroyNotify)hw_intake_draft_free);
  add_button (self, row, _ ("_Discard…"), "flat", G_CALLBACK (discard_cb));
  add_button (
    self, row, _ ("_Continue"), first ? "suggested-action" : NULL, G_CALLBACK (continue_cb));
  gtk_list_box_append (self->list, row);
}

static void
hw_intake_offer_dispose (GObject *object)
{
  HwIntakeOffer *self = HW_INTAKE_OFFER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), HW_TYPE_INTAKE_OFFER);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_intake_offer_parent_class)->dispose (object);
}

static void
hw_intake_offer_class_init (HwIntakeOfferClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_intake_offer_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-intake-offer.ui");
  gtk_widget_class_bind_template_child (widget_class, HwIntakeOffer, list);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hw_intake_offer_init (HwIntakeOffer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_intake_offer_new (HwDesktop *desktop, GPtrArray *drafts, GtkWindow *parent)
{
  HwIntakeOffer *self = g_object_new (HW_TYPE_INTAKE_OFFER, "transient-for", parent, NULL);

  self->desktop = g_object_ref (desktop);
  while (drafts->len > 0)
    add_draft (self, g_ptr_array_steal_index (drafts, 0));
  return GTK_WIDGET (self);
}

/* ---- Finding them ---- */

typedef struct
{
  HwDesktop *desktop; /* (owned) */
  GtkWindow *parent;  /* (owned) */
} Offer;

static void
offer_free (Offer *offer)
{
  g_object_unref (offer->desktop);
  g_object_unref (offer->parent);
  g_free (offer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Offer, offer_free)

/* A draft whose case is there already was saved just before the program ended: it is done with. */
static void
read_drafts_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  HwStore *store = source;
  GPtrArray *drafts = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_intake_draft_free);
  g_autoptr (GPtrArray) pairs = hw_store_drafts (store, HW_INTAKE_DRAFT_PREFIX, NULL);

  for (guint i = 0; pairs != NULL && i + 1 < pairs->len; i += 2)
    {
      g_autoptr (HwIntakeDraft) draft
        = hw_intake_draft_from_json (pairs->pdata[i], pairs->pdata[i + 1]);
      g_autoptr (HwRecord) saved = NULL;

      if (draft == NULL)
        {
          g_warning ("A draft of a call cannot be read and was left where it is");
          continue;
        }
      saved = hw_store_get_record (
        store, HW_TYPE_ID_CASE, hw_record_id (draft->records[HW_INTAKE_CASE]), NULL);
      if (saved == NULL)
        g_ptr_array_add (drafts, g_steal_pointer (&draft));
      else
        hw_store_save_draft_async (store, draft->key, NULL, NULL, NULL);
    }
  g_task_return_pointer (task, drafts, (GDestroyNotify)g_ptr_array_unref);
}

static void
drafts_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Offer) offer = user_data;
  g_autoptr (GPtrArray) drafts = g_task_propagate_pointer (G_TASK (result), NULL);

  if (drafts == NULL || drafts->len == 0 || hw_desktop_store (offer->desktop) != HW_STORE (source))
    return;
  gtk_window_present (GTK_WINDOW (hw_intake_offer_new (offer->desktop, drafts, offer->parent)));
}

void
hw_intake_window_offer_drafts (HwDesktop *desktop, GtkWindow *parent)
{
  HwStore *store = hw_desktop_store (desktop);
  Offer *offer = g_new0 (Offer, 1);
  g_autoptr (GTask) task = NULL;

  offer->desktop = g_object_ref (desktop);
  offer->parent = g_object_ref (parent);
  task = g_task_new (store, NULL, drafts_read_cb, offer);
  hw_worker_run (hw_store_worker (store), task, read_drafts_thread);
}
