/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The office queue. Taking a case is one change of one field; of two who take it at once the office gives
 * it to the first and tells the second, whose change waits in Conflicts until she has read why.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/people/hw-queue-place.h"

#include <glib/gi18n.h>

#include "app/hw-compat.h"
#include "app/widgets/hw-pill.h"
#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-text.h"
#include "schema/hw-iso.h"
#include "store/hw-case-list.h"

#define MOST_SHOWN 200

struct _HwQueuePlace
{
  HwPlace parent;

  HwCaseList *cases; /* (owned) (nullable) */

  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (HwQueuePlace, hw_queue_place, HW_TYPE_PLACE)

static char *
place_words (HwCaseRow *row)
{
  const char *place = hw_case_row_place (row);
  const char *country
    = hw_case_row_country (row) != NULL ? hw_country_name (hw_case_row_country (row)) : NULL;

  if (place != NULL && country != NULL)
    return g_strdup_printf ("%s, %s", place, country);
  if (place == NULL && country == NULL)
    return g_strdup (_ ("Where she is, is not known yet"));
  return g_strdup (place != NULL ? place : country);
}

static char *
row_subtitle (HwQueuePlace *self, HwCaseRow *row)
{
  HwClock *clock = hw_desktop_clock (hw_place_desktop (HW_PLACE (self)));
  const char *code = hw_case_row_code (row);
  g_autofree char *place = place_words (row);
  g_autofree char *ago = NULL;
  gint64 updated_us;

  if (hw_case_row_updated_at (row) != NULL
      && hw_instant_parse (hw_case_row_updated_at (row), &updated_us))
    ago = hw_text_ago (updated_us, hw_clock_now (clock));
  return g_strdup_printf ("%s · %s%s%s",
                          code != NULL ? code : _ ("No code yet"),
                          place,
                          ago != NULL ? " · " : "",
                          ago != NULL ? ago : "");
}

/* ---- Taking ---- */

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) button = user_data;
  HwDesktop *desktop = HW_DESKTOP (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = hw_desktop_commit_finish (desktop, result, &error);

  if (results != NULL && hw_desktop_first_refusal (results) == NULL)
    hw_desktop_say (desktop, _ ("The case is yours now."));
  else
    gtk_widget_set_sensitive (button, TRUE);
}

static void
take_cb (HwQueuePlace *self, GtkButton *button)
{
  HwDesktop *desktop = hw_place_desktop (HW_PLACE (self));
  const char *id = g_object_get_data (G_OBJECT (button), "id");
  g_autoptr (HwRecord) record
    = hw_store_get_record (hw_desktop_store (desktop), HW_TYPE_ID_CASE, id, NULL);
  g_autoptr (GPtrArray) operations
    = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);
  HwOperation *operation;

  if (record == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  operation = hw_desktop_new_update (desktop, record);
  hw_operation_set_text (operation,
                         HW_FIELD_CASE_OWNER,
                         hw_desktop_actor (desktop)->user,
                         hw_record_field_rev (record, HW_FIELD_CASE_OWNER));
  g_ptr_array_add (operations, operation);
  hw_desktop_commit_async (desktop, operations, FALSE, taken_cb, g_object_ref (button));
}

static GtkWidget *
make_take_button (HwQueuePlace *self, HwCaseRow *row)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Take"));
  g_autofree char *name
    = g_strdup_printf (_ ("Take %s"),
                       hw_case_row_pseudonym (row) != NULL ? hw_case_row_pseudonym (row)
                                                           : _ ("this case"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (hw_case_row_id (row)), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (take_cb), self, G_CONNECT_SWAPPED);
  return button;
}

/* ---- The list ---- */

static GtkWidget *
make_row (HwQueuePlace *self, HwCaseRow *row)
{
  const HwFieldDef *field = hw_schema_field (HW_FIELD_CASE_URGENCY);
  const HwChoice *urgency = hw_field_choice (field, hw_case_row_urgency (row));
  const char *pseudonym = hw_case_row_pseudonym (row);
  g_autofree char *subtitle = row_subtitle (self, row);
  GtkWidget *widget = hw_rows_new (pseudonym != NULL ? pseudonym : _ ("No name yet"), subtitle);

  if (urgency != NULL)
    {
      GtkWidget *pill
        = hw_pill_new (_ (urgency->label), hw_meaning_of_choice (field, urgency->nick));

      gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (widget), pill);
    }
  if (hw_desktop_actor (hw_place_desktop (HW_PLACE (self)))->role == HW_ROLE_CASEWORKER)
    adw_action_row_add_suffix (ADW_ACTION_ROW (widget), make_take_button (self, row));
  adw_action_row_add_suffix (ADW_ACTION_ROW (widget),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (widget), TRUE);
  g_object_set_data_full (G_OBJECT (widget), "id", g_strdup (hw_case_row_id (row)), g_free);
  return widget;
}

/* A row is waited for once, however often the list is shown meanwhile. */
static void
wait_for_row (HwQueuePlace *self, HwCaseRow *row)
{
  g_signal_handlers_disconnect_by_func (row, hw_place_changed, self);
  g_signal_connect_object (row, "loaded", G_CALLBACK (hw_place_changed), self, G_CONNECT_SWAPPED);
}

static void
hw_queue_place_show (HwPlace *place)
{
  HwQueuePlace *self = HW_QUEUE_PLACE (place);
  guint n = MIN (g_list_model_get_n_items (G_LIST_MODEL (self->cases)), MOST_SHOWN);

  hw_rows_clear_list (self->list);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HwCaseRow) row = g_list_model_get_item (G_LIST_MODEL (self->cases), i);

      if (hw_case_row_is_loaded (row))
        gtk_list_box_append (self->list, make_row (self, row));
      else
        wait_for_row (self, row);
    }
}

static void
count (HwQueuePlace *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->cases));
  g_autofree char *subtitle
    = n > 0 ? g_strdup_printf (g_dngettext (NULL, "%u waits", "%u wait", n), n)
            : g_strdup (_ ("nobody waits"));

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "rows" : "empty");
  hw_place_set_badge (HW_PLACE (self), n);
  hw_place_set_title (HW_PLACE (self), _ ("Queue"), subtitle);
  hw_place_changed (HW_PLACE (self));
}

static void
row_activated_cb (HwQueuePlace *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (
    GTK_WIDGET (self), "win.open", "s", g_object_get_data (G_OBJECT (row), "id"));
}

static void
hw_queue_place_attach (HwPlace *place)
{
  HwQueuePlace *self = HW_QUEUE_PLACE (place);
  HwCaseFilter filter = { .owner = (char *)"", .sort = HW_CASE_SORT_UPDATED };

  g_clear_object (&self->cases);
  self->cases = hw_case_list_new (hw_desktop_store (hw_place_desktop (place)));
  hw_place_follow_faults (place, G_LIST_MODEL (self->cases));
  g_signal_connect_object (
    self->cases, "items-changed", G_CALLBACK (count), self, G_CONNECT_SWAPPED);
  hw_case_list_set_filter (self->cases, &filter);
  count (self);
}

static void
hw_queue_place_dispose (GObject *object)
{
  g_clear_object (&HW_QUEUE_PLACE (object)->cases);

  G_OBJECT_CLASS (hw_queue_place_parent_class)->dispose (object);
}

static void
hw_queue_place_class_init (HwQueuePlaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_queue_place_dispose;
  HW_PLACE_CLASS (klass)->attach = hw_queue_place_attach;
  HW_PLACE_CLASS (klass)->show = hw_queue_place_show;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-queue-place.ui");
  gtk_widget_class_bind_template_child (widget_class, HwQueuePlace, stack);
  gtk_widget_class_bind_template_child (widget_class, HwQueuePlace, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
hw_queue_place_init (HwQueuePlace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hw_compat_tell_hidden_pages (self->stack);
}
