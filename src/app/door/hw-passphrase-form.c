/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two lines and a sentence. What is wrong is said while it is typed, never only after the button was pressed.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/door/hw-passphrase-form.h"

#include <glib/gi18n.h>

#include "app/door/hw-passphrase-strength.h"

struct _HwPassphraseForm
{
  AdwBin parent;

  char *known; /* (owned) (nullable) */

  GtkWidget   *first_row;
  GtkWidget   *second_row;
  GtkLevelBar *level;
  GtkLabel    *words;
};

G_DEFINE_FINAL_TYPE (HwPassphraseForm, hw_passphrase_form, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const char *
text_of (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static HwStrength
strength (HwPassphraseForm *self)
{
  const char *const known[] = { self->known != NULL ? self->known : "homeward", NULL };

  return hw_passphrase_strength (text_of (self->first_row), known);
}

static gboolean
differs (HwPassphraseForm *self)
{
  return g_strcmp0 (text_of (self->first_row), text_of (self->second_row)) != 0;
}

/* The second line is behind the first while it is typed: that is not yet a difference. */
static gboolean
goes_wrong (HwPassphraseForm *self)
{
  return !g_str_has_prefix (text_of (self->first_row), text_of (self->second_row));
}

static void
changed_cb (HwPassphraseForm *self)
{
  HwStrength now = strength (self);
  gboolean wrong = goes_wrong (self);

  gtk_level_bar_set_value (self->level, MAX ((int) now - HW_STRENGTH_SHORT, 0));
  gtk_label_set_text (self->words, wrong ? _ ("The two lines differ.") : hw_strength_words (now));
  if (wrong)
    gtk_widget_add_css_class (self->second_row, "error");
  else
    gtk_widget_remove_css_class (self->second_row, "error");
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
first_activated_cb (HwPassphraseForm *self)
{
  gtk_widget_grab_focus (self->second_row);
}

static void
second_activated_cb (HwPassphraseForm *self)
{
  if (hw_passphrase_form_is_complete (self))
    g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
  else if (differs (self) && hw_strength_is_enough (strength (self)))
    gtk_label_set_text (self->words, _ ("The two lines differ."));
}

static gboolean
hw_passphrase_form_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (HW_PASSPHRASE_FORM (widget)->first_row);
}

static void
hw_passphrase_form_finalize (GObject *object)
{
  g_free (HW_PASSPHRASE_FORM (object)->known);

  G_OBJECT_CLASS (hw_passphrase_form_parent_class)->finalize (object);
}

static void
hw_passphrase_form_class_init (HwPassphraseFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hw_passphrase_form_finalize;
  widget_class->grab_focus = hw_passphrase_form_grab_focus;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", HW_TYPE_PASSPHRASE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", HW_TYPE_PASSPHRASE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/homeward/ui/hw-passphrase-form.ui");
  gtk_widget_class_bind_template_child (widget_class, HwPassphraseForm, first_row);
  gtk_widget_class_bind_template_child (widget_class, HwPassphraseForm, second_row);
  gtk_widget_class_bind_template_child (widget_class, HwPassphraseForm, level);
  gtk_widget_class_bind_template_child (widget_class, HwPassphraseForm, words);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, first_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, second_activated_cb);
}

static void
hw_passphrase_form_init (HwPassphraseForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  changed_cb (self);
}

gboolean
hw_passphrase_form_is_complete (HwPassphraseForm *self)
{
  return hw_strength_is_enough (strength (self)) && !differs (self);
}

const char *
hw_passphrase_form_text (HwPassphraseForm *self)
{
  return text_of (self->first_row);
}

void
hw_passphrase_form_set_known (HwPassphraseForm *self, const char *known)
{
  g_free (self->known);
  self->known = g_strdup (known);
}

void
hw_passphrase_form_clear (HwPassphraseForm *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->first_row), "");
  gtk_editable_set_text (GTK_EDITABLE (self->second_row), "");
}
