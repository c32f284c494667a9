/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of pairs; one of them entered shows both cases side by side. What was decided stays in the
 * list below, so that it can be looked at again and taken back.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/people/hw-people-place.h"

#include <glib/gi18n.h>

#include "app/hw-compat.h"
#include "app/people/hw-pair-page.h"
#include "app/people/hw-pair-words.h"
#include "app/widgets/hw-pill.h"
#include "app/widgets/hw-rows.h"
#include "store/hw-case-list.h"

struct _HwPeoplePlace
{
  HwPlace parent;

  HwRecordList *links; /* (owned) (nullable) */
  char *shown;         /* (owned) (nullable) id of the link that is entered */

  GtkStack *stack;
  GtkListBox *open_list;
  GtkListBox *decided_list;
  GtkWidget *open_title;
  GtkWidget *decided_title;
  HwPairPage *page;
};

G_DEFINE_FINAL_TYPE (HwPeoplePlace, hw_people_place, HW_TYPE_PLACE)

static gboolean
is_open (HwRecord *link)
{
  return g_strcmp0 (hw_record_status (link), HW_CASE_LINK_STATE_POSSIBLE) == 0;
}

static GtkWidget *
make_row (HwPeoplePlace *self, HwRecord *link)
{
  HwStore *store = hw_desktop_store (hw_place_desktop (HW_PLACE (self)));
  const HwFieldDef *field = hw_schema_field (HW_FIELD_CASE_LINK_STATE);
  const HwChoice *state = hw_field_choice (field, hw_record_status (link));
  g_autofree char *one = hw_pair_words_case (store, hw_record_case (link));
  g_autofree char *other
    = hw_pair_words_case (store, hw_record_get_text (link, HW_FIELD_CASE_LINK_OTHER));
  g_autofree char *title = g_strdup_printf (_ ("%s — %s"), one, other);
  g_autofree char *reasons
    = hw_pair_words_reasons (hw_record_get_set (link, HW_FIELD_CASE_LINK_REASONS), FALSE);
  GtkWidget *row = hw_rows_new (title, reasons);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  if (state != NULL && !is_open (link))
    {
      GtkWidget *pill = hw_pill_new (_ (state->label), HW_MEANING_NEUTRAL);

      gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), pill);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (hw_record_id (link)), g_free);
  return row;
}

static void
show_counts (HwPeoplePlace *self, guint n_open, guint n_decided)
{
  g_autofree char *subtitle
    = n_open > 0
        ? g_strdup_printf (g_dngettext (NULL, "%u pair to decide", "%u pairs to decide", n_open),
                           n_open)
        : g_strdup (_ ("nothing to decide"));

  gtk_widget_set_visible (self->open_title, n_open > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->open_list), n_open > 0);
  gtk_widget_set_visible (self->decided_title, n_decided > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->decided_list), n_decided > 0);
  hw_place_set_badge (HW_PLACE (self), n_open);
  hw_place_set_title (HW_PLACE (self), _ ("Same Person?"), subtitle);
  if (self->shown == NULL)
    gtk_stack_set_visible_child_name (self->stack, n_open + n_decided > 0 ? "list" : "empty");
}

static void
show_list (HwPeoplePlace *self)
{
  g_clear_pointer (&self->shown, g_free);
  hw_place_set_entered (HW_PLACE (self), FALSE);
  gtk_stack_set_visible_child_name (
    self->stack,
    g_list_model_get_n_items (G_LIST_MODEL (self->links)) > 0 ? "list" : "empty");
}

static void
count (HwPeoplePlace *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->links));
  guint n_open = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (HwRecord) link = g_list_model_get_item (G_LIST_MODEL (self->links), i);

      n_open += is_open (link) ? 1 : 0;
    }
  show_counts (self, n_open, n - n_open);
  hw_place_changed (HW_PLACE (self));
}

static void
hw_people_place_show (HwPlace *place)
{
  HwPeoplePlace *self = HW_PEOPLE_PLACE (place);

  hw_rows_clear_list (self->open_list);
  hw_rows_clear_list (self->decided_list);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->links)); i++)
    {
      g_autoptr (HwRecord) link = g_list_model_get_item (G_LIST_MODEL (self->links), i);

      gtk_list_box_append (is_open (link) ? self->open_list : self->decided_list, make_row (self, link));
    }
}

static void
store_changed_cb (HwPeoplePlace *self, GPtrArray *changes)
{
  if (self->shown == NULL)
    return;
  for (guint i = 0; i < changes->len; i++)
    {
      const HwStoreChange *change = g_ptr_array_index (changes, i);

      if (hw_pair_page_concerns (self->page, change->case_id))
        {
          if (!hw_pair_page_show (self->page, hw_place_desktop (HW_PLACE (self)), self->shown))
            show_list (self);
          return;
        }
    }
}

static gboolean
hw_people_place_open (HwPlace *place, const char *record)
{
  HwPeoplePlace *self = HW_PEOPLE_PLACE (place);

  if (!hw_pair_page_show (self->page, hw_place_desktop (place), record))
    return FALSE;
  g_free (self->shown);
  self->shown = g_strdup (record);
  gtk_stack_set_visible_child_name (self->stack, "pair");
  hw_place_set_entered (place, TRUE);
  return TRUE;
}

static void
row_activated_cb (HwPeoplePlace *self, GtkListBoxRow *row)
{
  hw_people_place_open (HW_PLACE (self), g_object_get_data (G_OBJECT (row), "id"));
}

static void
hw_people_place_go_back (HwPlace *place)
{
  show_list (HW_PEOPLE_PLACE (place));
}

static void
hw_people_place_attach (HwPlace *place)
{
  HwPeoplePlace *self = HW_PEOPLE_PLACE (place);
  HwStore *store = hw_desktop_store (hw_place_desktop (place));

  g_clear_object (&self->links);
  self->links = hw_record_list_new (store, HW_TYPE_ID_CASE_LINK, HW_FIELD_NONE, NULL);
  hw_place_follow_faults (place, G_LIST_MODEL (self->links));
  g_signal_connect_object (
    self->links, "items-changed", G_CALLBACK (count), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  count (self);
}

static void
hw_people_place_dispose (GObject *object)
{
  HwPeoplePlace *self = HW_PEOPLE_PLACE (object);

  g_clear_object (&self->links);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (hw_people_place_parent_class)->dispose (object);
}

static void
hw_people_place_class_init (HwPeoplePlaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_people_place_dispose;
  HW_PLACE_CLASS (klass)->attach = hw_people_place_attach;
  HW_PLACE_CLASS (klass)->show = hw_people_place_show;
  HW_PLACE_CLASS (klass)->go_back = hw_people_place_go_back;
  HW_PLACE_CLASS (klass)->open = hw_people_place_open;

  g_type_ensure (HW_TYPE_PAIR_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-people-place.ui");
  gtk_widget_class_bind_template_child (widget_class, HwPeoplePlace, stack);
  gtk_widget_class_bind_template_child (widget_class, HwPeoplePlace, open_list);
  gtk_widget_class_bind_template_child (widget_class, HwPeoplePlace, decided_list);
  gtk_widget_class_bind_template_child (widget_class, HwPeoplePlace, open_title);
  gtk_widget_class_bind_template_child (widget_class, HwPeoplePlace, decided_title);
  gtk_widget_class_bind_template_child (widget_class, HwPeoplePlace, page);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
hw_people_place_init (HwPeoplePlace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hw_compat_tell_hidden_pages (self->stack);
}
