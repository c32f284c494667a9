/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The columns of the case list. A row is text in GtkInscriptions (a jump through the list costs a quarter
 * of what labels cost) and a level bar; nothing here filters or sorts, the store does.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/cases/hw-case-columns.h"

#include <glib/gi18n.h>

#include "app/widgets/hw-text.h"
#include "schema/hw-iso.h"

#define SORTED_BY_KEY "hw-sorted-by"
/* Of what blocks, for who reads a part of it. */
#define PART_PX 268
#define COLUMNS_KEY "hw-columns"

typedef struct
{
  const char *title;
  HwCaseSort  sort;
  int         width; /* px; 0: takes what is left */
  int         from;  /* px: in a narrower list it makes room for the person and what has to be done */
  const char *css_class;
} Column;

static const Column columns[] = {
  { N_ ("Code"), HW_CASE_SORT_CODE, 126, 760, "dim-label" },
  { N_ ("Person"), HW_CASE_SORT_PSEUDONYM, 0, 0, "heading" },
  { N_ ("Stage"), HW_CASE_SORT_STAGE, 206, 0, NULL },
  { N_ ("Where, her time"), HW_CASE_SORT_COUNTRY, 142, 880, NULL },
  { N_ ("Next due"), HW_CASE_SORT_NEXT_DUE, 122, 0, NULL },
  { N_ ("What blocks"), HW_CASE_SORT_BLOCKED, 176, 640, NULL },
  { N_ ("Owner"), HW_CASE_SORT_OWNER, 92, 980, NULL },
  { N_ ("Updated"), HW_CASE_SORT_UPDATED, 100, 1080, "dim-label" },
};

/* Of what a role never reads nothing is known here: an empty column would say that nothing is there. A stage and what
 * blocks are made of the whole way to departure: who reads nothing of the journey would be told a wrong one. */
static gboolean
is_for (const Column *column, HwRole role)
{
  switch (column->sort)
    {
    case HW_CASE_SORT_PSEUDONYM:
      return hw_access_may_read (role, G_MAXUINT, hw_schema_field (HW_FIELD_CASE_PSEUDONYM));
    case HW_CASE_SORT_COUNTRY:
      return hw_access_may_read (role, G_MAXUINT, hw_schema_field (HW_FIELD_CASE_LOCATION_COUNTRY));
    case HW_CASE_SORT_OWNER:
      return hw_access_may_read (role, G_MAXUINT, hw_schema_field (HW_FIELD_CASE_OWNER));
    case HW_CASE_SORT_STAGE:
    case HW_CASE_SORT_BLOCKED:
      return hw_case_columns_tell_way (role);
    default:
      return TRUE;
    }
}

/* The country and her clock, never the address: a list is read over shoulders. */
static char *
where_text (HwDesktop *desktop, HwCaseRow *row)
{
  const char *country = hw_case_row_country (row);
  const char *zone = hw_case_row_zone (row);
  g_autofree char *city = zone != NULL ? hw_text_zone (zone) : NULL;
  g_autofree char *clock = NULL;

  if (country == NULL && zone == NULL)
    return g_strdup (_ ("Not known"));
  if (zone == NULL)
    return g_strdup (hw_country_name (country));
  clock = hw_wall_clock_of_instant (hw_clock_now (hw_desktop_clock (desktop)), zone);
  return g_strdup_printf ("%s · %s", city, clock + strlen ("2026-11-24T"));
}

static char *
updated_text (HwDesktop *desktop, HwCaseRow *row)
{
  gint64 updated_us;

  if (hw_case_row_updated_at (row) == NULL || !hw_instant_parse (hw_case_row_updated_at (row), &updated_us))
    return g_strdup ("");
  return hw_text_ago (updated_us, hw_clock_now (hw_desktop_clock (desktop)));
}

/* Once she is home nothing blocks a departure: what comes next stands there instead. */
static const char *
blocked_text (HwCaseRow *row)
{
  if (hw_case_row_blocked_by (row) != NULL)
    return hw_case_row_blocked_by (row);
  if (hw_case_row_stage (row) >= HW_STAGE_RECEPTION && hw_case_row_next_due_what (row) != NULL)
    return hw_case_row_next_due_what (row);
  return hw_case_row_stage (row) >= HW_STAGE_RECEPTION ? _ ("Nothing") : _ ("Ready");
}

static char *
cell_text (HwDesktop *desktop, HwCaseRow *row, HwCaseSort sort)
{
  g_autofree char *today = NULL;

  switch (sort)
    {
    case HW_CASE_SORT_CODE:
      return g_strdup (hw_case_row_code (row));
    case HW_CASE_SORT_PSEUDONYM:
      return g_strdup (hw_case_row_pseudonym (row) != NULL ? hw_case_row_pseudonym (row) : _ ("Name not yet given"));
    case HW_CASE_SORT_STAGE:
      return g_strdup (hw_stage_label (hw_case_row_stage (row)));
    case HW_CASE_SORT_COUNTRY:
      return where_text (desktop, row);
    case HW_CASE_SORT_NEXT_DUE:
      today = hw_desktop_today (desktop);
      return hw_case_row_next_due (row) != NULL ? hw_text_due (hw_case_row_next_due (row), today) : g_strdup ("");
    case HW_CASE_SORT_BLOCKED:
      return g_strdup (blocked_text (row));
    case HW_CASE_SORT_OWNER:
      return g_strdup (hw_case_row_owner (row) != NULL ? hw_desktop_user_name (desktop, hw_case_row_owner (row))
                                                       : _ ("nobody yet"));
    case HW_CASE_SORT_UPDATED:
    default:
      return updated_text (desktop, row);
    }
}

static GtkInscription *
cell_inscription (GtkWidget *cell)
{
  return GTK_INSCRIPTION (GTK_IS_INSCRIPTION (cell) ? cell : gtk_widget_get_last_child (cell));
}

static void
show_stage (GtkWidget *cell, HwCaseRow *row)
{
  GtkLevelBar *bar = GTK_LEVEL_BAR (gtk_widget_get_first_child (cell));

  gtk_level_bar_set_value (bar, (double) hw_case_row_stage (row) / HW_STAGE_CLOSED);
}

static void
show_blocked (GtkWidget *cell, HwCaseRow *row)
{
  GtkImage *image = GTK_IMAGE (gtk_widget_get_first_child (cell));
  gboolean blocked = hw_case_row_blocked_by (row) != NULL;

  gtk_image_set_from_icon_name (image, blocked ? "action-unavailable-symbolic" : "object-select-symbolic");
}

static void
show_due (GtkWidget *cell, HwDesktop *desktop, HwCaseRow *row)
{
  const char *due = hw_case_row_next_due (row);
  g_autofree char *today = hw_desktop_today (desktop);

  if (due != NULL && strcmp (due, today) < 0)
    gtk_widget_add_css_class (cell, "error");
  else
    gtk_widget_remove_css_class (cell, "error");
}

/* Shows the row now in the item, or nothing while it is still read from disk. */
static void
show_row (GtkListItem *item, HwCaseRow *row)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  const Column *column = g_object_get_data (G_OBJECT (cell), "column");
  HwDesktop *desktop = g_object_get_data (G_OBJECT (cell), "desktop");
  g_autofree char *text = NULL;

  if (!hw_case_row_is_loaded (row))
    {
      gtk_inscription_set_text (cell_inscription (cell), "");
      return;
    }
  text = cell_text (desktop, row, column->sort);
  gtk_inscription_set_text (cell_inscription (cell), text);
  if (column->sort == HW_CASE_SORT_STAGE)
    show_stage (cell, row);
  else if (column->sort == HW_CASE_SORT_BLOCKED)
    show_blocked (cell, row);
  else if (column->sort == HW_CASE_SORT_NEXT_DUE)
    show_due (cell, desktop, row);
}

static GtkWidget *
make_inscription (const char *css_class)
{
  GtkWidget *inscription = gtk_inscription_new (NULL);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (inscription), 8);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (inscription), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_set_hexpand (inscription, TRUE);
  gtk_widget_add_css_class (inscription, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (inscription, css_class);
  return inscription;
}

static GtkWidget *
make_level_bar (void)
{
  GtkWidget *bar = gtk_level_bar_new ();

  /* The theme's offsets colour low values green and high ones otherwise: progress has one colour here. */
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), GTK_LEVEL_BAR_OFFSET_FULL);
  gtk_widget_set_size_request (bar, 60, -1);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  return bar;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  const Column *column = g_object_get_data (G_OBJECT (factory), "column");
  GtkWidget *inscription = make_inscription (column->css_class);
  GtkWidget *cell = inscription;

  if (column->sort == HW_CASE_SORT_STAGE || column->sort == HW_CASE_SORT_BLOCKED)
    {
      cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
      gtk_box_append (GTK_BOX (cell), column->sort == HW_CASE_SORT_STAGE ? make_level_bar () : gtk_image_new ());
      gtk_box_append (GTK_BOX (cell), inscription);
    }
  g_object_set_data (G_OBJECT (cell), "column", (gpointer) column);
  g_object_set_data (G_OBJECT (cell), "desktop", user_data);
  gtk_list_item_set_child (item, cell);
}

static void
loaded_cb (HwCaseRow *row, GtkListItem *item)
{
  if (gtk_list_item_get_item (item) == (gpointer) row)
    show_row (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  HwCaseRow *row = gtk_list_item_get_item (item);

  if (!hw_case_row_is_loaded (row))
    g_signal_connect_object (row, "loaded", G_CALLBACK (loaded_cb), item, 0);
  show_row (item, row);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), loaded_cb, item);
}

static GtkListItemFactory *
make_factory (const Column *column, HwDesktop *desktop)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_object_set_data (G_OBJECT (factory), "column", (gpointer) column);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), desktop);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}

/* GTK 4.8 does not tell by which column a view is sorted. Each header's sorter, when it is asked to compare,
 * notes its column on the view; the view's own sorter asks the first one, and turns the answer round when
 * it is descending. */
typedef struct
{
  GtkColumnView *view; /* (unowned) owns the column, which owns the sorter */
  const Column  *column;
} Header;

static int
note_column_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  Header *header = user_data;

  g_object_set_data (G_OBJECT (header->view), SORTED_BY_KEY, (gpointer) header->column);
  return GTK_ORDERING_SMALLER;
}

static GtkSorter *
make_header_sorter (GtkColumnView *view, const Column *column)
{
  Header *header = g_new (Header, 1);

  header->view = view;
  header->column = column;
  return GTK_SORTER (gtk_custom_sorter_new (note_column_cb, header, g_free));
}

/* Whoever reads a part of a case is told to ask for the rest, which takes the room of what is not told. */
static int
width_of (const Column *column, HwRole role)
{
  gboolean part = !hw_access_may_read (role, G_MAXUINT, hw_schema_field (HW_FIELD_CASE_OWNER));

  return column->sort == HW_CASE_SORT_BLOCKED && part ? PART_PX : column->width;
}

void
hw_case_columns_add (GtkColumnView *view, HwDesktop *desktop)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  HwRole role = hw_desktop_actor (desktop)->role;
  /* The column of names takes what is left; where there is none, the first does. */
  gboolean named = hw_access_may_read (role, G_MAXUINT, hw_schema_field (HW_FIELD_CASE_PSEUDONYM));

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const Column *definition = &columns[i];
      gboolean takes_rest = definition->width == 0 || (all->len == 0 && !named);

      if (!is_for (definition, role))
        continue;
      g_autoptr (GtkColumnViewColumn) column
          = gtk_column_view_column_new (_ (definition->title), make_factory (definition, desktop));
      g_autoptr (GtkSorter) sorter = make_header_sorter (view, definition);

      g_object_set_data (G_OBJECT (column), "from", GINT_TO_POINTER (takes_rest ? 0 : definition->from));
      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_column_set_resizable (column, TRUE);
      if (takes_rest)
        gtk_column_view_column_set_expand (column, TRUE);
      else
        gtk_column_view_column_set_fixed_width (column, width_of (definition, role));
      gtk_column_view_append_column (view, column);
      g_ptr_array_add (all, g_steal_pointer (&column));
    }
  g_object_set_data_full (G_OBJECT (view), COLUMNS_KEY, all, (GDestroyNotify) g_ptr_array_unref);
}

gboolean
hw_case_columns_tell_way (HwRole role)
{
  return hw_access_may_read (role, G_MAXUINT, hw_schema_field (HW_FIELD_MOVEMENT_STATUS))
         || hw_access_may_read (role, G_MAXUINT, hw_schema_field (HW_FIELD_CASE_STATUS));
}

HwCaseSort
hw_case_columns_sort (GtkColumnView *view, gboolean *descending)
{
  g_autoptr (GObject) one = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) other = g_object_new (G_TYPE_OBJECT, NULL);
  const Column *column;
  GtkOrdering order;

  g_object_set_data (G_OBJECT (view), SORTED_BY_KEY, NULL);
  order = gtk_sorter_compare (gtk_column_view_get_sorter (view), one, other);
  column = g_object_get_data (G_OBJECT (view), SORTED_BY_KEY);
  *descending = order == GTK_ORDERING_LARGER;
  return column != NULL ? column->sort : HW_CASE_SORT_NEXT_DUE;
}

/* Columns are taken out, not hidden: GTK 4.8 goes on reserving the room of a hidden one. */
void
hw_case_columns_fit (GtkColumnView *view, int width)
{
  GListModel *shown = gtk_column_view_get_columns (view);
  GPtrArray *all = g_object_get_data (G_OBJECT (view), COLUMNS_KEY);
  guint position = 0;

  for (guint i = 0; i < all->len; i++)
    {
      GtkColumnViewColumn *column = g_ptr_array_index (all, i);
      g_autoptr (GObject) there = g_list_model_get_item (shown, position);
      gboolean is_shown = there == (GObject *) column;
      gboolean wanted = width >= GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "from"));

      if (wanted && !is_shown)
        gtk_column_view_insert_column (view, position, column);
      else if (!wanted && is_shown)
        gtk_column_view_remove_column (view, column);
      position += wanted ? 1 : 0;
    }
}
