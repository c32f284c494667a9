/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A scanner types two lines faster than anybody reads them, with Return after each: the lines are a
 * box of text, where Return is a new line and submits nothing. The verdict follows every key; what
 * is wrong may be saved all the same, and says what follows from that.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/callforms/hw-mrz-panel.h"

#include <glib/gi18n.h>

#include "app/callforms/hw-scratch.h"
#include "app/widgets/hw-text.h"
#include "base/hw-base.h"

struct _HwMrzPanel
{
  AdwPreferencesRow parent;

  HwFieldRow *lines;   /* (weak) (nullable) */
  HwRecord *document;  /* (owned) (nullable) */
  HwCaseFile *file;    /* (owned) (nullable) */
  HwRecord *request;   /* (owned) (nullable) */

  GtkImage *image; /* (unowned) children */
  GtkLabel *words;
  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE (HwMrzPanel, hw_mrz_panel, ADW_TYPE_PREFERENCES_ROW)

static guint read_signal;

static const struct
{
  const char *icon, *css, *spoken;
} looks[] = {
  [HW_MRZ_READ] = { "dialog-question-symbolic", "dim-label", N_ ("Read") },
  [HW_MRZ_RIGHT] = { "emblem-ok-symbolic", "success", N_ ("Right") },
  [HW_MRZ_DIFFERS] = { "dialog-warning-symbolic", "warning", N_ ("Differs") },
  [HW_MRZ_WRONG] = { "dialog-error-symbolic", "error", N_ ("Wrong") },
};

static void
clear_grid (HwMrzPanel *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
}

static GtkWidget *
make_cell (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

static char *
value_words (HwMrzReading *reading)
{
  if (hw_date_valid (reading->value))
    return hw_text_history_date (reading->value, "day");
  return g_strdup (reading->value != NULL ? reading->value : "");
}

/* Days are written as a person reads them, on both sides of the difference. */
static char *
sentence_of (HwMrzReading *reading)
{
  g_autofree char *day = NULL;

  if (reading->recorded == NULL || !hw_date_valid (reading->recorded))
    return g_strdup (reading->words);
  day = hw_text_history_date (reading->recorded, "day");
  return g_strdup_printf (_ ("The record says %s"), day);
}

static void
add_reading (HwMrzPanel *self, HwMrzReading *reading, gint row)
{
  GtkWidget *image = gtk_image_new_from_icon_name (looks[reading->verdict].icon);
  g_autofree char *value = value_words (reading);
  g_autofree char *sentence = sentence_of (reading);
  GtkWidget *words = make_cell (
    sentence, reading->verdict == HW_MRZ_RIGHT ? "dim-label" : looks[reading->verdict].css);

  gtk_widget_add_css_class (image, looks[reading->verdict].css);
  gtk_widget_set_valign (image, GTK_ALIGN_BASELINE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (image),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (looks[reading->verdict].spoken),
                                  -1);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_grid_attach (self->grid, image, 0, row, 1, 1);
  gtk_grid_attach (self->grid, make_cell (reading->label, "dim-label"), 1, row, 1, 1);
  gtk_grid_attach (self->grid, make_cell (value, "numeric"), 2, row, 1, 1);
  gtk_grid_attach (self->grid, words, 3, row, 1, 1);
}

static void
say (HwMrzPanel *self, const char *text, HwMrzVerdict verdict)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->image), looks[i].css);
  gtk_image_set_from_icon_name (self->image, looks[verdict].icon);
  gtk_widget_add_css_class (GTK_WIDGET (self->image), looks[verdict].css);
  gtk_label_set_text (self->words, text);
}

static void
say_worst (HwMrzPanel *self, HwMrzVerdict worst)
{
  static const char *const sentences[] = {
    [HW_MRZ_READ] = N_ ("Every check digit fits."),
    [HW_MRZ_RIGHT] = N_ ("Every check digit fits."),
    [HW_MRZ_DIFFERS] = N_ ("Every check digit fits, but the record says something else: compare both with the document."),
    [HW_MRZ_WRONG] = N_ ("A check digit does not fit. It can be saved so; no ticket is issued on it before it is put right."),
  };

  say (self, _ (sentences[worst]), worst == HW_MRZ_READ ? HW_MRZ_RIGHT : worst);
}

static void
show_readings (HwMrzPanel *self, const HwMrz *mrz)
{
  HwRecord *holder = self->request != NULL ? self->request
                     : self->file != NULL  ? hw_mrz_holder (mrz, self->file)
                                           : NULL;
  g_autoptr (GPtrArray) readings = hw_mrz_readings (mrz, self->document, holder);
  HwMrzVerdict worst = HW_MRZ_READ;

  for (guint i = 0; i < readings->len; i++)
    {
      HwMrzReading *reading = g_ptr_array_index (readings, i);

      /* The lines hold her name: what they say is shown with them. */
      if (!hw_field_row_is_masked (self->lines))
        add_reading (self, reading, (gint)i);
      worst = MAX (worst, reading->verdict);
    }
  say_worst (self, worst);
}

static void
show_text (HwMrzPanel *self, const char *text, gboolean typed)
{
  HwFormContext *context = hw_field_editor_get_context (hw_field_row_get_editor (self->lines));
  g_autofree char *today = hw_form_context_today (context);
  g_autoptr (GError) error = NULL;
  g_autoptr (HwMrz) mrz = NULL;

  clear_grid (self);
  if (text == NULL)
    {
      say (self, _ ("Type, paste or scan the lines at the foot of the document."), HW_MRZ_READ);
      return;
    }
  mrz = hw_mrz_parse (text, today, &error);
  if (mrz == NULL)
    {
      say (self, error->message, HW_MRZ_READ);
      return;
    }
  /* What follows from the lines is filled in first, so that it is not called a difference. */
  if (typed)
    g_signal_emit (self, read_signal, 0, mrz);
  clear_grid (self);
  show_readings (self, mrz);
}

static void
edited_cb (HwMrzPanel *self)
{
  g_autoptr (HwValue) value = NULL;
  g_autofree char *problem = NULL;

  if (self->lines != NULL
      && hw_field_editor_read (hw_field_row_get_editor (self->lines), &value, &problem))
    show_text (self, hw_value_text (value), TRUE);
}

static void
record_changed_cb (HwMrzPanel *self)
{
  g_autoptr (HwValue) value = NULL;
  g_autofree char *problem = NULL;

  if (self->lines == NULL)
    return;
  if (!hw_field_row_is_dirty (self->lines))
    show_text (self, hw_record_get_text (self->document, HW_FIELD_TRAVEL_DOCUMENT_MRZ), FALSE);
  else if (hw_field_editor_read (hw_field_row_get_editor (self->lines), &value, &problem))
    show_text (self, hw_value_text (value), FALSE);
}

static void
hw_mrz_panel_dispose (GObject *object)
{
  HwMrzPanel *self = HW_MRZ_PANEL (object);

  g_clear_weak_pointer (&self->lines);
  g_clear_object (&self->document);
  g_clear_object (&self->file);
  g_clear_object (&self->request);

  G_OBJECT_CLASS (hw_mrz_panel_parent_class)->dispose (object);
}

static void
hw_mrz_panel_class_init (HwMrzPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_mrz_panel_dispose;
  read_signal = g_signal_new ("read",
                              HW_TYPE_MRZ_PANEL,
                              G_SIGNAL_RUN_LAST,
                              0,
                              NULL,
                              NULL,
                              NULL,
                              G_TYPE_NONE,
                              1,
                              G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-mrz-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, HwMrzPanel, image);
  gtk_widget_class_bind_template_child (widget_class, HwMrzPanel, words);
  gtk_widget_class_bind_template_child (widget_class, HwMrzPanel, grid);
}

static void
hw_mrz_panel_init (HwMrzPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
hw_mrz_panel_attach (
  HwMrzPanel *self, HwFieldRow *lines, HwRecord *document, HwCaseFile *file, HwRecord *request)
{
  HwFieldEditor *editor = hw_field_row_get_editor (lines);
  GtkWidget *view = gtk_widget_get_first_child (GTK_WIDGET (editor));

  g_return_if_fail (self->document == NULL);
  g_set_weak_pointer (&self->lines, lines);
  self->document = g_object_ref (document);
  g_set_object (&self->file, file);
  g_set_object (&self->request, request);
  if (GTK_IS_TEXT_VIEW (view))
    {
      gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
      gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_CHAR);
      gtk_text_view_set_input_hints (GTK_TEXT_VIEW (view),
                                     GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_UPPERCASE_CHARS);
    }
  gtk_widget_add_css_class (GTK_WIDGET (lines), "hw-machine-read");
  g_signal_connect_object (editor, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    document, "changed", G_CALLBACK (record_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    lines, "notify::revealed", G_CALLBACK (record_changed_cb), self, G_CONNECT_SWAPPED);
  record_changed_cb (self);
}

void
hw_mrz_panel_fill (GtkWidget *root, HwRecord *document, HwMrz *mrz, HwMrzFill fill, gpointer data)
{
  static const HwFieldId fields[] = { HW_FIELD_TRAVEL_DOCUMENT_NUMBER,
                                      HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON,
                                      HW_FIELD_TRAVEL_DOCUMENT_ISSUER };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      HwFieldRow *row = hw_scratch_find_row (root, fields[i]);
      g_autoptr (HwValue) value = hw_mrz_value (mrz, fields[i]);

      if (value != NULL && row != NULL && !hw_field_row_is_dirty (row)
          && hw_record_get (document, fields[i]) == NULL)
        fill (fields[i], value, data);
    }
}
