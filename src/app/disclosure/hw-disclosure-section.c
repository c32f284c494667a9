/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A row for each time something was passed on, opened to what was told, and one button to the
 * statement for the person concerned. Rows are made anew only when the record itself changed, so
 * that an opened one stays open.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/disclosure/hw-disclosure-section.h"

#include <glib/gi18n.h>

#include "app/disclosure/hw-disclosure-statement.h"
#include "app/disclosure/hw-disclosure-window.h"
#include "app/hw-desktop-references.h"
#include "app/widgets/hw-pill.h"
#include "app/widgets/hw-rows.h"

struct _HwDisclosureSection
{
  AdwPreferencesGroup parent;

  HwDesktop *desktop; /* (owned) (nullable) after dispose */
  HwCaseFile *file;   /* (owned) (nullable) until shown */
  GPtrArray *entries; /* (owned) (nullable) what the rows say */
  GPtrArray *rows;    /* (owned) (element-type GtkWidget, unowned) */
};

G_DEFINE_FINAL_TYPE (HwDisclosureSection, hw_disclosure_section, ADW_TYPE_PREFERENCES_GROUP)

static void
statement_cb (HwDisclosureSection *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->file != NULL)
    gtk_window_present (GTK_WINDOW (hw_disclosure_window_new (
      self->desktop, self->file, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL)));
}

static GtkWidget *
make_row (const HwDisclosureEntry *entry)
{
  GtkWidget *row = adw_expander_row_new ();
  AdwExpanderRow *expander = ADW_EXPANDER_ROW (row);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", entry->when, entry->how);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), entry->who);
  adw_expander_row_set_subtitle (expander, subtitle);
  if (entry->withdrawn != NULL)
    {
      GtkWidget *pill = hw_pill_new (_ ("Consent taken back"), HW_MEANING_WARNING);

      gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
      adw_expander_row_add_action (expander, pill);
    }
  for (guint i = 0; i < entry->parts->len; i++)
    {
      const HwDisclosedPart *part = g_ptr_array_index (entry->parts, i);

      adw_expander_row_add_row (expander, hw_rows_new (part->heading, part->fields));
    }
  adw_expander_row_add_row (expander, hw_rows_new (_ ("Consent"), entry->consent));
  if (entry->withdrawn != NULL)
    adw_expander_row_add_row (expander, hw_rows_new (_ ("Taken back"), entry->withdrawn));
  return row;
}

static void
add_row (HwDisclosureSection *self, GtkWidget *row)
{
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
show_rows (HwDisclosureSection *self)
{
  hw_rows_clear_group (ADW_PREFERENCES_GROUP (self), self->rows);
  for (guint i = 0; i < self->entries->len; i++)
    add_row (self, make_row (g_ptr_array_index (self->entries, i)));
  if (self->entries->len == 0)
    add_row (self, hw_rows_new_nothing (_ ("Nothing has been shared with anybody.")));
}

static void
hw_disclosure_section_dispose (GObject *object)
{
  HwDisclosureSection *self = HW_DISCLOSURE_SECTION (object);

  g_clear_object (&self->desktop);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (hw_disclosure_section_parent_class)->dispose (object);
}

static void
hw_disclosure_section_finalize (GObject *object)
{
  HwDisclosureSection *self = HW_DISCLOSURE_SECTION (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (hw_disclosure_section_parent_class)->finalize (object);
}

static void
hw_disclosure_section_class_init (HwDisclosureSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_disclosure_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = hw_disclosure_section_finalize;
}

static void
hw_disclosure_section_init (HwDisclosureSection *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Statement…"));

  self->rows = g_ptr_array_new ();
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("What was told about her, to be printed for her"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (statement_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Disclosures"));
  adw_preferences_group_set_description (
    ADW_PREFERENCES_GROUP (self),
    _ ("Written by itself whenever something is passed on. Nobody can change it."));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), button);
}

gboolean
hw_disclosure_section_is_for (HwRole role)
{
  return hw_access_may_read (role, G_MAXUINT, hw_schema_field (HW_FIELD_DISCLOSURE_FIELDS));
}

GtkWidget *
hw_disclosure_section_new (HwDesktop *desktop)
{
  HwDisclosureSection *self = g_object_new (HW_TYPE_DISCLOSURE_SECTION, NULL);

  self->desktop = g_object_ref (desktop);
  return GTK_WIDGET (self);
}

void
hw_disclosure_section_show (HwDisclosureSection *self, HwCaseFile *file, guint relations)
{
  const HwActor *actor = hw_desktop_actor (self->desktop);
  g_autoptr (HwFormContext) context = hw_desktop_form_context (self->desktop, file);
  g_autoptr (GPtrArray) entries = NULL;
  gboolean readable;

  g_return_if_fail (HW_IS_DISCLOSURE_SECTION (self));

  readable
    = hw_access_may_read (actor->role, relations, hw_schema_field (HW_FIELD_DISCLOSURE_FIELDS));
  gtk_widget_set_visible (GTK_WIDGET (self), readable);
  g_clear_object (&self->file);
  if (readable)
    self->file = g_object_ref (file);
  entries
    = readable ? hw_disclosure_statement (file, context) : g_ptr_array_new_with_free_func (NULL);
  if (self->entries != NULL && hw_disclosure_statement_equal (self->entries, entries))
    return;
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = g_steal_pointer (&entries);
  show_rows (self);
}
