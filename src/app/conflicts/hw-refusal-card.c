/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A change made here that the office would not take. It is kept, word for word, until the person who
 * typed it has seen why and lets it go.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/conflicts/hw-refusal-card.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "app/forms/hw-field-row.h"
#include "app/forms/hw-field-words.h"
#include "app/hw-desktop-references.h"
#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-text.h"

struct _HwRefusalCard
{
  AdwBin parent;

  HwDesktop *desktop;   /* (owned) */
  char      *operation; /* (owned) id */
};

G_DEFINE_FINAL_TYPE (HwRefusalCard, hw_refusal_card, ADW_TYPE_BIN)

/* The problem document's own sentence: its detail, else its title. */
static char *
reason_words (const char *problem)
{
  g_autoptr (JsonNode) node = problem != NULL ? json_from_string (problem, NULL) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *words = NULL;

  if (object != NULL)
    words = json_object_get_string_member_with_default (object, "detail", NULL);
  if (words == NULL && object != NULL)
    words = json_object_get_string_member_with_default (object, "title", NULL);
  return g_strdup (words != NULL ? words : _ ("The office gave no reason."));
}

static void
dismiss_cb (HwRefusalCard *self)
{
  g_autoptr (GError) error = NULL;

  if (hw_desktop_is_unlocked (self->desktop)
      && !hw_outbox_dismiss (hw_desktop_store (self->desktop), self->operation, &error))
    hw_desktop_say (self->desktop, error->message);
}

static void
hw_refusal_card_finalize (GObject *object)
{
  HwRefusalCard *self = HW_REFUSAL_CARD (object);

  g_clear_object (&self->desktop);
  g_free (self->operation);

  G_OBJECT_CLASS (hw_refusal_card_parent_class)->finalize (object);
}

static void
hw_refusal_card_class_init (HwRefusalCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hw_refusal_card_finalize;
}

static void
hw_refusal_card_init (HwRefusalCard *self)
{
}

static void
fill (HwRefusalCard *self, const HwRefusal *refusal)
{
  HwOperation *operation = refusal->operation;
  g_autoptr (HwFormContext) context = hw_desktop_form_context (self->desktop, NULL);
  g_autofree char *reason = reason_words (refusal->problem);
  g_autofree char *title = NULL;
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *dismiss = gtk_button_new_with_mnemonic (_ ("_Let Go"));
  g_autoptr (HwRecord) subject
    = operation->type != HW_TYPE_ID_NONE ? hw_record_new (operation->type, operation->record) : NULL;

  title = operation->type != HW_TYPE_ID_NONE ? hw_text_title (hw_schema_type (operation->type)->label) : g_strdup (_ ("Change"));
  hw_rows_set_title (group, title);
  adw_preferences_group_set_description (group, refusal->quarantined
                                                    ? _ ("Set aside for a supervisor: the case is no longer shared with you.")
                                                    : _ ("Refused by the office. What you typed is kept here."));
  gtk_widget_set_valign (dismiss, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (dismiss, "clicked", G_CALLBACK (dismiss_cb), self);
  adw_preferences_group_set_header_suffix (group, dismiss);
  adw_preferences_group_add (group, hw_rows_new_fact (_ ("Why"), reason));
  for (guint i = 0; i < operation->changes->len; i++)
    {
      HwFieldChange *change = g_ptr_array_index (operation->changes, i);
      const HwFieldDef *field = hw_schema_field (change->field);
      g_autofree char *words = hw_field_words (field, change->value, context);

      if (subject != NULL && change->value != NULL && hw_veil_covers (hw_desktop_veil (self->desktop), field))
        adw_preferences_group_add (
          group, hw_field_row_new_reading (subject, change->field, change->value, context));
      else
        adw_preferences_group_add (group, hw_rows_new_fact (_ (field->label), words != NULL ? words : _ ("not set")));
    }
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (group));
}

GtkWidget *
hw_refusal_card_new (HwDesktop *desktop, const HwRefusal *refusal)
{
  HwRefusalCard *self = g_object_new (HW_TYPE_REFUSAL_CARD, NULL);

  self->desktop = g_object_ref (desktop);
  self->operation = g_strdup (refusal->operation->id);
  fill (self, refusal);
  return GTK_WIDGET (self);
}
