/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line for each thing that either case says of her. Names are compared as they sound, numbers as they
 * are dialled: "Ndaishimie" beside "Ndayishimiye" is a difference to look at, so both stand there in full,
 * once names are shown; whether they are the same is told before.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/people/hw-pair-grid.h"

#include <glib/gi18n.h>

#include "app/forms/hw-field-words.h"
#include "app/forms/hw-reveal-button.h"
#include "app/hw-desktop-references.h"
#include "app/people/hw-pair-words.h"

struct _HwPairGrid
{
  GtkWidget parent;

  GtkWidget *box;  /* (owned) */
  GtkWidget *grid; /* (unowned) in the box */
  HwRevealButton *reveal; /* (unowned) in the box: for both cases at once: they are to be compared */
  HwDesktop *desktop;     /* (owned) (nullable) */
  HwCaseFile *one, *other; /* (owned) (nullable) what is shown */
  int n_rows;
};

G_DEFINE_FINAL_TYPE (HwPairGrid, hw_pair_grid, GTK_TYPE_WIDGET)

static const HwFieldId case_fields[]
  = { HW_FIELD_CASE_STATUS,           HW_FIELD_CASE_OWNER,         HW_FIELD_CASE_OPENED_ON,
      HW_FIELD_CASE_LOCATION_COUNTRY, HW_FIELD_CASE_LOCATION_PLACE, HW_FIELD_CASE_NATIONALITY,
      HW_FIELD_CASE_CLOSURE_REASON };

static GtkWidget *
make_cell (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_size_request (label, 120, -1);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_mark (gboolean both, gboolean same)
{
  GtkWidget *label = gtk_label_new (!both ? "" : same ? "=" : "≠");

  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_label_set_width_chars (GTK_LABEL (label), 2);
  gtk_widget_add_css_class (label, same ? "dim-label" : "heading");
  if (both)
    {
      gtk_widget_set_tooltip_text (label, same ? _ ("The same") : _ ("Differs"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (label),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      same ? _ ("The same") : _ ("Differs"),
                                      -1);
    }
  return label;
}

/* Nothing is said of what neither case has. */
static void
add_line (HwPairGrid *self, const char *label, const char *one, const char *other, gboolean same)
{
  gboolean both = one != NULL && other != NULL;
  GtkGrid *grid = GTK_GRID (self->grid);
  int row = self->n_rows++;
  const char *css_class = both && !same ? "heading" : NULL;

  gtk_grid_attach (grid, make_cell (label, "dim-label"), 0, row, 1, 1);
  gtk_grid_attach (grid, make_cell (one != NULL ? one : "—", css_class), 1, row, 1, 1);
  gtk_grid_attach (grid, make_mark (both, same), 2, row, 1, 1);
  gtk_grid_attach (grid, make_cell (other != NULL ? other : "—", css_class), 3, row, 1, 1);
}

static gboolean
says_the_same (const char *one, const char *other)
{
  g_autofree char *folded_one = hw_fold (one);
  g_autofree char *folded_other = hw_fold (other);

  return one != NULL && other != NULL && g_str_equal (folded_one, folded_other);
}

/* Whether two things are the same is told even of what is covered. */
static void
add_covered (HwPairGrid *self, HwFieldId id, const char *label, const char *one, const char *other)
{
  gboolean masked = hw_veil_covers (hw_desktop_veil (self->desktop), hw_schema_field (id))
                    && !hw_reveal_button_is_open (self->reveal);

  add_line (self,
            label,
            masked && one != NULL ? HW_VEIL_MASK : one,
            masked && other != NULL ? HW_VEIL_MASK : other,
            says_the_same (one, other));
}

static void
add_field (HwPairGrid *self,
           HwFieldId id,
           HwRecord *one,
           HwFormContext *one_context,
           HwRecord *other,
           HwFormContext *other_context)
{
  const HwFieldDef *field = hw_schema_field (id);
  HwValue *first = one != NULL ? hw_record_get (one, id) : NULL;
  HwValue *second = other != NULL ? hw_record_get (other, id) : NULL;
  g_autofree char *first_words
    = first != NULL ? hw_field_words_plain (field, first, one_context) : NULL;
  g_autofree char *second_words
    = second != NULL ? hw_field_words_plain (field, second, other_context) : NULL;

  if (first_words != NULL || second_words != NULL)
    add_covered (self, id, _ (field->label), first_words, second_words);
}

/* The numbers and addresses she can be reached at, in lines. (transfer full) (nullable) */
static char *
contacts_words (HwCaseFile *file)
{
  GPtrArray *contacts = hw_case_file_of_type (file, HW_TYPE_ID_SAFE_CONTACT);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < contacts->len; i++)
    {
      const char *value
        = hw_record_get_text (g_ptr_array_index (contacts, i), HW_FIELD_SAFE_CONTACT_VALUE);
      g_autofree char *number = value != NULL ? hw_phone_normalise (value) : NULL;
      g_autofree char *shown = number != NULL ? hw_phone_display (number) : g_strdup (value);

      if (shown != NULL)
        g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", shown);
    }
  return g_string_free (words, words->len == 0);
}

static char *
calls_words (HwCaseFile *file)
{
  guint n = hw_case_file_of_type (file, HW_TYPE_ID_CONTACT_LOG)->len;

  return n > 0 ? g_strdup_printf ("%u", n) : NULL;
}

static void
add_person (HwPairGrid *self,
            HwRecord *one,
            HwFormContext *one_context,
            HwRecord *other,
            HwFormContext *other_context)
{
  const HwTypeDef *def = hw_schema_type (HW_TYPE_ID_PERSON);

  for (guint i = 0; i < def->n_fields; i++)
    if (def->fields[i].id != HW_FIELD_PERSON_ROLE && def->fields[i].id != HW_FIELD_PERSON_PHOTO)
      add_field (self, def->fields[i].id, one, one_context, other, other_context);
}

/* A press opens the case. */
static GtkWidget *
make_heading (HwDesktop *desktop, HwCaseFile *file)
{
  g_autofree char *words
    = hw_pair_words_case (hw_desktop_store (desktop), hw_case_file_id (file));
  GtkWidget *label = gtk_label_new (words);
  GtkWidget *button = gtk_button_new ();

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_set_tooltip_text (button, _ ("Open this case"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open");
  gtk_actionable_set_action_target (
    GTK_ACTIONABLE (button), "s", hw_case_file_id (file));
  return button;
}

static void
clear (HwPairGrid *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  self->n_rows = 0;
}

static void
fill (HwPairGrid *self)
{
  g_autoptr (HwFormContext) one_context = hw_desktop_form_context (self->desktop, self->one);
  g_autoptr (HwFormContext) other_context = hw_desktop_form_context (self->desktop, self->other);
  g_autofree char *one_contacts = contacts_words (self->one);
  g_autofree char *other_contacts = contacts_words (self->other);
  g_autofree char *one_calls = calls_words (self->one);
  g_autofree char *other_calls = calls_words (self->other);

  clear (self);
  gtk_grid_attach (GTK_GRID (self->grid), make_heading (self->desktop, self->one), 1, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), make_heading (self->desktop, self->other), 3, 0, 1, 1);
  self->n_rows = 1;
  add_person (self,
              hw_case_file_survivor (self->one),
              one_context,
              hw_case_file_survivor (self->other),
              other_context);
  if (one_contacts != NULL || other_contacts != NULL)
    add_covered (self, HW_FIELD_SAFE_CONTACT_VALUE, _ ("Reached at"), one_contacts, other_contacts);
  for (guint i = 0; i < G_N_ELEMENTS (case_fields); i++)
    add_field (self,
               case_fields[i],
               hw_case_file_case (self->one),
               one_context,
               hw_case_file_case (self->other),
               other_context);
  if (one_calls != NULL || other_calls != NULL)
    add_line (
      self, _ ("Calls and contacts"), one_calls, other_calls, says_the_same (one_calls, other_calls));
}

static void
cover_case (HwPairGrid *self, HwCaseFile *file)
{
  GPtrArray *contacts = hw_case_file_of_type (file, HW_TYPE_ID_SAFE_CONTACT);
  HwRecord *survivor = hw_case_file_survivor (file);
  const HwTypeDef *def = hw_schema_type (HW_TYPE_ID_PERSON);

  for (guint i = 0; i < def->n_fields; i++)
    if (def->fields[i].id != HW_FIELD_PERSON_PHOTO)
      hw_reveal_button_add (self->reveal, survivor, def->fields[i].id);
  for (guint i = 0; i < contacts->len; i++)
    hw_reveal_button_add (self->reveal, g_ptr_array_index (contacts, i), HW_FIELD_SAFE_CONTACT_VALUE);
}

static void
reveal_changed_cb (HwPairGrid *self)
{
  if (self->one != NULL && hw_desktop_is_unlocked (self->desktop))
    fill (self);
}

void
hw_pair_grid_show (HwPairGrid *self, HwDesktop *desktop, HwCaseFile *one, HwCaseFile *other)
{
  /* Covered before they are there: closing the button shows nothing anew. */
  g_clear_object (&self->one);
  g_set_object (&self->desktop, desktop);
  hw_reveal_button_set_veil (self->reveal, hw_desktop_veil (desktop));
  hw_reveal_button_clear (self->reveal);
  cover_case (self, one);
  cover_case (self, other);
  g_set_object (&self->one, one);
  g_set_object (&self->other, other);
  fill (self);
}

static void
hw_pair_grid_dispose (GObject *object)
{
  HwPairGrid *self = HW_PAIR_GRID (object);

  g_clear_object (&self->one);
  g_clear_object (&self->other);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_pair_grid_parent_class)->dispose (object);
}

static void
hw_pair_grid_class_init (HwPairGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_pair_grid_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "pairgrid");
}

static void
hw_pair_grid_init (HwPairGrid *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 9);
  self->reveal = HW_REVEAL_BUTTON (hw_reveal_button_new (NULL));
  gtk_widget_set_halign (GTK_WIDGET (self->reveal), GTK_ALIGN_START);
  hw_reveal_button_set_words (self->reveal, _ ("Show Names"), _ ("Hide Names"));
  g_signal_connect_object (
    self->reveal, "changed", G_CALLBACK (reveal_changed_cb), self, G_CONNECT_SWAPPED);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->reveal));
  gtk_box_append (GTK_BOX (self->box), self->grid);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}
