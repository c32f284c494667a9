/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwPill: one word in a rounded field. It always carries its word, so that nobody needs the colour
 * to read it; an empty word hides the pill, so that lists need no special case.
 */
#include "app/widgets/hw-pill.h"

struct _HwPill
{
  GtkWidget parent;
  GtkLabel *label; /* (owned) child */
  HwMeaning meaning;
};

enum
{
  PROP_TEXT = 1,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (HwPill, hw_pill, GTK_TYPE_WIDGET)

static const char *const good_nicks[] = {
  "approved",       "arrived",  "cleared",  "confirmed",
  "contact_agreed", "done",     "fit",      "granted",
  "handed_over",    "issued",   "located",  "nationality_confirmed",
  "not_needed",     "paid",     "received", "safe",
  "used",           "verified", "waived",   "accepted",
  "flown",          "boarded",  NULL,
};
static const char *const warning_nicks[] = {
  "appointment_set", "escalated", "high", "hold", "info_requested",
  "medium",          "payment_due", "pending",   "possible_match", "rebooked", "safe_with_plan",
  "asked",           NULL,
};
static const char *const bad_nicks[] = {
  "broken_down",
  "cancelled",
  "contact_declined",
  "deceased",
  "declined",
  "denied_boarding",
  "emergency",
  "expired",
  "lost",
  "missed",
  "nationality_not_confirmed",
  "no_show",
  "not_found",
  "not_safe",
  "refused",
  "rejected",
  "revoked",
  "unfit",
  "unreachable",
  "unsafe_to_contact",
  "withdrawn",
  NULL,
};

HwMeaning
hw_meaning_of_choice (const HwFieldDef *field, const char *nick)
{
  if (field == NULL || nick == NULL)
    return HW_MEANING_NEUTRAL;
  /* A wait of ordinary urgency asks nothing; nor does a visit that is due in a year. */
  if (g_str_equal (field->name, "urgency") && g_str_equal (nick, "medium"))
    return HW_MEANING_NEUTRAL;
  if (g_strv_contains (good_nicks, nick))
    return HW_MEANING_GOOD;
  if (g_strv_contains (warning_nicks, nick))
    return HW_MEANING_WARNING;
  if (g_strv_contains (bad_nicks, nick))
    return HW_MEANING_BAD;
  return HW_MEANING_NEUTRAL;
}

static void
hw_pill_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TEXT)
    g_value_set_string (value, hw_pill_get_text (HW_PILL (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hw_pill_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HwPill *self = HW_PILL (object);

  if (id == PROP_TEXT)
    hw_pill_set (self, g_value_get_string (value), self->meaning);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hw_pill_dispose (GObject *object)
{
  HwPill *self = HW_PILL (object);

  g_clear_pointer ((GtkWidget **)&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (hw_pill_parent_class)->dispose (object);
}

static void
hw_pill_class_init (HwPillClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->dispose = hw_pill_dispose;
  object_class->get_property = hw_pill_get_property;
  object_class->set_property = hw_pill_set_property;
  properties[PROP_TEXT] = g_param_spec_string (
    "text", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pill");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hw_pill_init (HwPill *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
hw_pill_set (HwPill *self, const char *text, HwMeaning meaning)
{
  static const char *const classes[] = { NULL, "success", "warning", "error" };

  g_return_if_fail (HW_IS_PILL (self));
  if (self->meaning != HW_MEANING_NEUTRAL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), classes[self->meaning]);
  self->meaning = meaning;
  if (meaning != HW_MEANING_NEUTRAL)
    gtk_widget_add_css_class (GTK_WIDGET (self), classes[meaning]);
  if (g_strcmp0 (gtk_label_get_text (self->label), text ? text : "") == 0)
    return;
  gtk_label_set_text (self->label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text && *text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

const char *
hw_pill_get_text (HwPill *self)
{
  g_return_val_if_fail (HW_IS_PILL (self), NULL);
  return gtk_label_get_text (self->label);
}

HwMeaning
hw_pill_get_meaning (HwPill *self)
{
  g_return_val_if_fail (HW_IS_PILL (self), HW_MEANING_NEUTRAL);
  return self->meaning;
}

GtkWidget *
hw_pill_new (const char *text, HwMeaning meaning)
{
  HwPill *self = g_object_new (HW_TYPE_PILL, NULL);

  hw_pill_set (self, text, meaning);
  return GTK_WIDGET (self);
}
