/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names are offered, not enforced: she may say a hill, an old name, or a place nobody here knows.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/intake/hw-place-hints.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/hw-fold.h"
#include "schema/hw-place.h"

#define MAX_OFFERED 6

struct _HwPlaceHints
{
  AdwBin parent;

  HwFieldId field;
};

G_DEFINE_FINAL_TYPE (HwPlaceHints, hw_place_hints, ADW_TYPE_BIN)

static guint picked_signal;

static void
clicked_cb (HwPlaceHints *self, GtkButton *button)
{
  g_autofree char *name = g_strdup (g_object_get_data (G_OBJECT (button), "name"));

  g_signal_emit (self, picked_signal, 0, (guint)self->field, name);
}

static gboolean
begins_like (const char *name, const char *folded)
{
  g_autofree char *folded_name = hw_fold (name);

  return g_str_has_prefix (folded_name, folded) && !g_str_equal (folded_name, folded);
}

static void
add_name (GPtrArray *names, const char *name, const char *folded)
{
  if (names->len < MAX_OFFERED && begins_like (name, folded)
      && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, (gpointer)name);
}

static GPtrArray *
find_names (HwFieldId field, const char *folded)
{
  GPtrArray *names = g_ptr_array_new ();
  guint n_old, n_new;
  const HwProvince *old = hw_provinces_old (&n_old);
  const char *const *since = hw_provinces_new (&n_new);

  for (guint i = 0; i < n_old; i++)
    {
      if (field == HW_FIELD_PERSON_ORIGIN_PROVINCE)
        add_name (names, old[i].name, folded);
      for (guint c = 0; field == HW_FIELD_PERSON_ORIGIN_COMMUNE && old[i].communes[c] != NULL; c++)
        add_name (names, old[i].communes[c], folded);
    }
  for (guint i = 0; field == HW_FIELD_PERSON_ORIGIN_NEW_PROVINCE && i < n_new; i++)
    add_name (names, since[i], folded);
  return names;
}

static GtkWidget *
make_button (HwPlaceHints *self, const char *name)
{
  GtkWidget *button = gtk_button_new_with_label (name);
  const char *since = self->field == HW_FIELD_PERSON_ORIGIN_PROVINCE ? hw_province_new_of (name)
                      : self->field == HW_FIELD_PERSON_ORIGIN_COMMUNE
                        ? hw_province_new_of_commune (name)
                        : NULL;

  g_object_set_data (G_OBJECT (button), "name", (gpointer)name);
  if (since != NULL)
    {
      g_autofree char *tip = g_strdup_printf (_ ("In %s since 2025"), since);

      gtk_widget_set_tooltip_text (button, tip);
    }
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

void
hw_place_hints_offer (HwPlaceHints *self, HwFieldId field, const char *text)
{
  g_autofree char *folded = hw_fold (text != NULL ? text : "");
  g_autoptr (GPtrArray) names = NULL;
  GtkWidget *box;

  self->field = field;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (*folded == '\0'
      || (field != HW_FIELD_PERSON_ORIGIN_PROVINCE && field != HW_FIELD_PERSON_ORIGIN_COMMUNE
          && field != HW_FIELD_PERSON_ORIGIN_NEW_PROVINCE))
    return;
  names = find_names (field, folded);
  if (names->len == 0)
    return;
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  for (guint i = 0; i < names->len; i++)
    gtk_box_append (GTK_BOX (box), make_button (self, names->pdata[i]));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
hw_place_hints_class_init (HwPlaceHintsClass *klass)
{
  picked_signal = g_signal_new ("picked",
                                HW_TYPE_PLACE_HINTS,
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                2,
                                G_TYPE_UINT,
                                G_TYPE_STRING);
}

static void
hw_place_hints_init (HwPlaceHints *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
hw_place_hints_new (void)
{
  return g_object_new (HW_TYPE_PLACE_HINTS, NULL);
}
