/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A second case for one person splits her story. The search runs while the caller speaks and never
 * asks for attention: it fills a list at the side, and the call goes on.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/intake/hw-intake-known.h"

#include <glib/gi18n.h>

#include "app/people/hw-pair-words.h"
#include "app/widgets/hw-rows.h"
#include "schema/hw-iso.h"
#include "store/hw-case-list.h"

#define MAX_SHOWN 5
#define SHORTEST_SEARCH 2

struct _HwIntakeKnown
{
  GtkBox parent;

  HwCaseList *cases; /* (owned) (nullable) */
  char *text;        /* (owned) (nullable) */
  guint search_timeout;
  guint showing;             /* the source that shows anew what was found */
  HwDesktop *desktop;        /* (owned) (nullable) */
  GPtrArray *alike;          /* (owned) (nullable) HwAlike, the most alike first */
  GCancellable *cancellable; /* (owned) (nullable) of the comparison that is on its way */

  GtkListBox *list; /* (unowned) children */
  GtkLabel *hint;
};

G_DEFINE_FINAL_TYPE (HwIntakeKnown, hw_intake_known, GTK_TYPE_BOX)

static guint open_case_signal;
static guint compared_signal;

static char *
row_subtitle (HwCaseRow *row)
{
  const char *code = hw_case_row_code (row);
  const char *place = hw_case_row_place (row);
  const char *country
    = hw_case_row_country (row) != NULL ? hw_country_name (hw_case_row_country (row)) : NULL;
  GString *words = g_string_new (code != NULL ? code : _ ("No code yet"));

  g_string_append_printf (words, " · %s", hw_stage_label (hw_case_row_stage (row)));
  if (place != NULL)
    g_string_append_printf (words, " · %s", place);
  if (country != NULL)
    g_string_append_printf (words, place != NULL ? ", %s" : " · %s", country);
  return g_string_free (words, FALSE);
}

static GtkWidget *
make_case_row (const char *title, const char *subtitle, const char *case_id)
{
  GtkWidget *row = hw_rows_new (title, subtitle);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (case_id), g_free);
  return row;
}

static GtkWidget *
make_row (HwCaseRow *row)
{
  g_autofree char *subtitle = row_subtitle (row);
  const char *pseudonym = hw_case_row_pseudonym (row);

  return make_case_row (
    pseudonym != NULL ? pseudonym : _ ("No name yet"), subtitle, hw_case_row_id (row));
}

/* One that may be she: with what speaks for it. */
static GtkWidget *
make_alike_row (HwIntakeKnown *self, const HwAlike *alike)
{
  g_autofree char *name
    = hw_pair_words_case (hw_desktop_store (self->desktop), alike->case_id);
  g_autofree char *reasons = hw_pair_words_reasons ((const char *const *)alike->reasons, FALSE);

  return make_case_row (name, reasons, alike->case_id);
}

static gboolean
is_alike (HwIntakeKnown *self, const char *case_id)
{
  for (guint i = 0; self->alike != NULL && i < self->alike->len; i++)
    if (g_strcmp0 (((HwAlike *)g_ptr_array_index (self->alike, i))->case_id, case_id) == 0)
      return TRUE;
  return FALSE;
}

static void
show_hint (HwIntakeKnown *self, guint n_shown, guint n_found)
{
  g_autofree char *words = NULL;

  if (self->text == NULL && n_shown == 0)
    words = g_strdup (_ ("As you write a name or a number, cases that may be hers appear here."));
  else if (n_found > n_shown)
    words = g_strdup_printf (
      g_dngettext (NULL, "And %u more like it.", "And %u more like it.", n_found - n_shown),
      n_found - n_shown);
  else if (n_shown == 0)
    words = g_strdup (_ ("No case on this computer matches."));
  gtk_label_set_text (self->hint, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), words != NULL);
}

static void queue_show (HwIntakeKnown *self);

/* A row is waited for once, however often the list is shown meanwhile. */
static void
wait_for_row (HwIntakeKnown *self, HwCaseRow *row)
{
  g_signal_handlers_disconnect_by_func (row, queue_show, self);
  g_signal_connect_object (row, "loaded", G_CALLBACK (queue_show), self, G_CONNECT_SWAPPED);
}

static void
show_found (HwIntakeKnown *self)
{
  guint n_found = self->text != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->cases)) : 0;
  guint n_shown = 0;

  hw_rows_clear_list (self->list);
  for (guint i = 0; self->alike != NULL && i < MIN (self->alike->len, MAX_SHOWN); i++, n_shown++)
    gtk_list_box_append (self->list,
                         make_alike_row (self, g_ptr_array_index (self->alike, i)));
  for (guint i = 0; i < n_found && n_shown < MAX_SHOWN; i++)
    {
      g_autoptr (HwCaseRow) row = g_list_model_get_item (G_LIST_MODEL (self->cases), i);

      if (hw_case_row_is_loaded (row) && is_alike (self, hw_case_row_id (row)))
        continue;
      if (hw_case_row_is_loaded (row))
        gtk_list_box_append (self->list, make_row (row));
      else
        wait_for_row (self, row);
      n_shown++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list),
                          gtk_widget_get_first_child (GTK_WIDGET (self->list)) != NULL);
  show_hint (self, n_shown, n_found);
}

static gboolean
show_cb (gpointer data)
{
  HwIntakeKnown *self = data;

  self->showing = 0;
  if (hw_desktop_is_unlocked (self->desktop))
    show_found (self);
  return G_SOURCE_REMOVE;
}

/* A page of rows arrives row by row: they are shown together. */
static void
queue_show (HwIntakeKnown *self)
{
  if (self->showing == 0)
    self->showing = g_idle_add (show_cb, self);
}

static gboolean
has_number (HwIntakeKnown *self)
{
  for (guint i = 0; i < self->alike->len; i++)
    if (g_strv_contains (
          ((HwAlike *)g_ptr_array_index (self->alike, i))->reasons, "same_phone"))
      return TRUE;
  return FALSE;
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwIntakeKnown) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found
    = hw_store_find_alike_finish (HW_STORE (source), result, &error);

  if (self->desktop == NULL || found == NULL || !hw_desktop_is_unlocked (self->desktop))
    return;
  g_clear_pointer (&self->alike, g_ptr_array_unref);
  self->alike = g_steal_pointer (&found);
  g_signal_emit (self, compared_signal, 0, has_number (self));
  show_found (self);
}

void
hw_intake_known_compare (HwIntakeKnown *self, HwTraits *traits)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->desktop == NULL || traits == NULL)
    {
      hw_traits_free (traits);
      g_clear_pointer (&self->alike, g_ptr_array_unref);
      g_signal_emit (self, compared_signal, 0, FALSE);
      if (self->cases != NULL)
        show_found (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  hw_store_find_alike_async (hw_desktop_store (self->desktop),
                             traits,
                             NULL,
                             self->cancellable,
                             compared_cb,
                             g_object_ref (self));
}

/* The same cases may match as before: then nothing changes in the list, and only this tells that it
 * is done. */
static void
busy_cb (HwIntakeKnown *self)
{
  if (!hw_case_list_busy (self->cases))
    show_found (self);
}

static gboolean
search_cb (gpointer user_data)
{
  HwIntakeKnown *self = user_data;
  HwCaseFilter filter = { 0 };

  self->search_timeout = 0;
  filter.search = self->text;
  filter.closed = TRUE;
  filter.sort = HW_CASE_SORT_UPDATED;
  filter.descending = TRUE;
  hw_case_list_set_filter (self->cases, &filter);
  return G_SOURCE_REMOVE;
}

void
hw_intake_known_search (HwIntakeKnown *self, const char *text)
{
  g_autofree char *wanted = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  if (wanted != NULL && g_utf8_strlen (wanted, -1) < SHORTEST_SEARCH)
    g_clear_pointer (&wanted, g_free);
  if (self->cases == NULL || g_strcmp0 (self->text, wanted) == 0)
    return;
  g_free (self->text);
  self->text = g_steal_pointer (&wanted);
  g_clear_handle_id (&self->search_timeout, g_source_remove);
  if (self->text != NULL)
    self->search_timeout = g_timeout_add (HW_INTAKE_KNOWN_DELAY_MS, search_cb, self);
  else
    show_found (self);
}

void
hw_intake_known_set_desktop (HwIntakeKnown *self, HwDesktop *desktop)
{
  g_set_object (&self->desktop, desktop);
  self->cases = hw_case_list_new (hw_desktop_store (desktop));
  g_signal_connect_object (
    self->cases, "items-changed", G_CALLBACK (queue_show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    self->cases, "notify::busy", G_CALLBACK (busy_cb), self, G_CONNECT_SWAPPED);
  show_found (self);
}

static void
activated_cb (HwIntakeKnown *self, GtkListBoxRow *row)
{
  g_signal_emit (self, open_case_signal, 0, g_object_get_data (G_OBJECT (row), "id"));
}

static void
hw_intake_known_dispose (GObject *object)
{
  HwIntakeKnown *self = HW_INTAKE_KNOWN (object);

  g_clear_handle_id (&self->search_timeout, g_source_remove);
  g_clear_handle_id (&self->showing, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->alike, g_ptr_array_unref);
  g_clear_object (&self->desktop);
  g_clear_object (&self->cases);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (hw_intake_known_parent_class)->dispose (object);
}

static void
hw_intake_known_class_init (HwIntakeKnownClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_intake_known_dispose;
  compared_signal = g_signal_new ("compared",
                                  HW_TYPE_INTAKE_KNOWN,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_BOOLEAN);
  open_case_signal = g_signal_new ("open-case",
                                   HW_TYPE_INTAKE_KNOWN,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_STRING);
}

static void
hw_intake_known_init (HwIntakeKnown *self)
{
  GtkWidget *heading = gtk_label_new_with_mnemonic (_ ("_Perhaps Already Known"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  g_signal_connect_object (
    self->list, "row-activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_label_set_mnemonic_widget (GTK_LABEL (heading), GTK_WIDGET (self->list));
  self->hint = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->hint, TRUE);
  gtk_label_set_xalign (self->hint, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->hint), "dim-label");
  gtk_box_append (GTK_BOX (self), heading);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->hint));
}

GtkWidget *
hw_intake_known_new (void)
{
  return g_object_new (HW_TYPE_INTAKE_KNOWN, NULL);
}
