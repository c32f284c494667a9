/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two people changed one field without knowing of each other. Nothing was dropped: the office's record
 * holds one value, this card the other, and a person decides.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/conflicts/hw-conflict-card.h"

#include <glib/gi18n.h>

#include "app/forms/hw-field-row.h"
#include "app/forms/hw-field-words.h"
#include "app/forms/hw-record-words.h"
#include "app/forms/hw-reveal-button.h"
#include "app/hw-desktop-references.h"
#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-text.h"

struct _HwConflictCard
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) */
  HwRecord  *scratch; /* (owned) holds the third value while it is written */
  char      *id;      /* (owned) conflict */
  char      *case_id; /* (owned) (nullable) */
  HwTypeId   type;
  HwFieldId  field;
  guint64    rev;

  HwRevealButton *reveal; /* (unowned) (nullable) for all the values at once: they are to be compared */
};

G_DEFINE_FINAL_TYPE (HwConflictCard, hw_conflict_card, ADW_TYPE_BIN)

static void
resolve (HwConflictCard *self, const char *choice, HwValue *value)
{
  g_autoptr (GPtrArray) operations = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_operation_unref);
  HwOperation *operation = hw_desktop_new_resolve (self->desktop, self->type, self->id, self->case_id);

  operation->choice = g_strdup (choice);
  operation->resolution = value != NULL ? hw_value_ref (value) : NULL;
  operation->seen = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_array_append_val (operation->seen, self->rev);
  g_ptr_array_add (operations, operation);
  hw_desktop_commit_async (self->desktop, operations, FALSE, NULL, NULL);
}

static void
keep_cb (GtkButton *button, HwConflictCard *self)
{
  resolve (self, g_object_get_data (G_OBJECT (button), "choice"), NULL);
}

static void
write_third_cb (HwFieldRow *row, HwValue *value, guint64 base, HwConflictCard *self)
{
  resolve (self, "value", value);
}

static void
show_value (HwConflictCard *self, GtkWidget *row)
{
  g_autoptr (HwFormContext) context = hw_desktop_form_context (self->desktop, NULL);
  HwValue *value = g_object_get_data (G_OBJECT (row), "value");
  g_autofree char *words = hw_reveal_button_words (self->reveal, hw_schema_field (self->field), value, context);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words != NULL ? words : _ ("Nothing"));
}

static void
reveal_changed_cb (HwRevealButton *button, GtkWidget *row)
{
  GtkWidget *card = gtk_widget_get_ancestor (row, HW_TYPE_CONFLICT_CARD);

  if (card != NULL)
    show_value (HW_CONFLICT_CARD (card), row);
}

static GtkWidget *
make_value_row (HwConflictCard *self, const char *caption, HwValue *value, const char *choice, const char *button_label)
{
  GtkWidget *row = hw_rows_new ("", caption);

  if (value != NULL)
    g_object_set_data_full (G_OBJECT (row), "value", hw_value_ref (value), (GDestroyNotify) hw_value_unref);
  hw_reveal_button_add_value (self->reveal, hw_record_id (self->scratch), self->field, value);
  g_signal_connect_object (self->reveal, "changed", G_CALLBACK (reveal_changed_cb), row, 0);
  show_value (self, row);
  if (choice != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (button_label);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_object_set_data (G_OBJECT (button), "choice", (gpointer) choice);
      g_signal_connect (button, "clicked", G_CALLBACK (keep_cb), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  return row;
}

static GtkWidget *
make_third_row (HwConflictCard *self)
{
  g_autoptr (HwFormContext) context = hw_desktop_form_context (self->desktop, NULL);
  GtkWidget *expander = adw_expander_row_new ();
  GtkWidget *row = hw_field_row_new (hw_schema_field (self->field));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _ ("Write another value"));
  hw_field_row_set_context (HW_FIELD_ROW (row), context);
  hw_field_row_set_record (HW_FIELD_ROW (row), self->scratch);
  g_signal_connect (row, "commit", G_CALLBACK (write_third_cb), self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
  return expander;
}

static char *
heading_words (HwConflictCard *self)
{
  g_autoptr (HwRecord) root = NULL;
  const char *code = NULL;

  if (self->case_id != NULL)
    root = hw_store_get_record (hw_desktop_store (self->desktop), HW_TYPE_ID_CASE, self->case_id, NULL);
  if (root != NULL)
    code = hw_record_get_text (root, HW_FIELD_CASE_CODE);
  return g_strdup_printf ("%s · %s%s%s",
                          self->field != HW_FIELD_NONE ? _ (hw_schema_field (self->field)->label)
                                                       : _ ("Deleted and changed"),
                          _ (hw_schema_type (self->type)->label),
                          code != NULL ? " · " : "", code != NULL ? code : "");
}

static char *
offered_words (HwConflictCard *self, const HwConflict *conflict)
{
  g_autofree char *today = hw_desktop_today (self->desktop);
  g_autofree char *when = NULL;
  gint64 us;

  if (conflict->at != NULL && hw_instant_parse (conflict->at, &us))
    when = hw_text_moment (us, hw_desktop_office_zone (self->desktop), today);
  return g_strdup_printf (_ ("Offered by %s, %s"), hw_desktop_user_name (self->desktop, conflict->by), when != NULL ? when : "");
}

/* ---- Deleted and changed ---- */

/* As the rules will judge it: whoever may delete it, and a supervisor of the office. */
static gboolean
may_settle (HwConflictCard *self)
{
  const HwActor *actor = hw_desktop_actor (self->desktop);
  g_autoptr (HwCaseFile) file
    = self->case_id != NULL ? hw_store_load_case (hw_desktop_store (self->desktop), self->case_id, NULL) : NULL;
  guint relations;

  if (file == NULL)
    return FALSE;
  relations = hw_access_relations (file, NULL, actor, hw_clock_now (hw_desktop_clock (self->desktop)));
  return hw_access_may_create (actor->role, relations, self->type)
         || (actor->role == HW_ROLE_SUPERVISOR && (relations & HW_RELATION_OFFICE) != 0);
}

static GtkWidget *
make_choice_button (HwConflictCard *self, const char *label, const char *choice, const char *css_class)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, css_class);
  g_object_set_data (G_OBJECT (button), "choice", (gpointer) choice);
  g_signal_connect (button, "clicked", G_CALLBACK (keep_cb), self);
  return button;
}

static GtkWidget *
make_record_row (HwConflictCard *self, const HwConflict *conflict)
{
  g_autoptr (HwFormContext) context = hw_desktop_form_context (self->desktop, NULL);
  g_autoptr (HwRecord) record = hw_store_find_record (hw_desktop_store (self->desktop), conflict->record, NULL);
  g_autofree char *title
    = record != NULL ? hw_record_words_title (record, context) : g_strdup (_ (hw_schema_type (self->type)->label));
  g_autofree char *asked = offered_words (self, conflict);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), asked);
  if (may_settle (self))
    {
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 make_choice_button (self, _ ("_Keep It"), "current", "suggested-action"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 make_choice_button (self, _ ("_Delete It"), "offered", "destructive-action"));
    }
  return row;
}

static void
fill_deletion (HwConflictCard *self, const HwConflict *conflict)
{
  g_autofree char *heading = heading_words (self);
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, heading);
  adw_preferences_group_set_description (
    group,
    may_settle (self) ? _ ("One person deleted this while another changed it. Nothing was lost: the change was kept. "
                           "Decide whether it stays.")
                      : _ ("One person deleted this while another changed it. Nothing was lost: the change was kept. The "
                           "caseworker or a supervisor decides whether it stays."));
  adw_preferences_group_add (group, make_record_row (self, conflict));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (group));
}

static void
hw_conflict_card_finalize (GObject *object)
{
  HwConflictCard *self = HW_CONFLICT_CARD (object);

  g_clear_object (&self->desktop);
  g_clear_object (&self->scratch);
  g_free (self->id);
  g_free (self->case_id);

  G_OBJECT_CLASS (hw_conflict_card_parent_class)->finalize (object);
}

static void
hw_conflict_card_class_init (HwConflictCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hw_conflict_card_finalize;
}

static void
hw_conflict_card_init (HwConflictCard *self)
{
}

static void
fill (HwConflictCard *self, const HwConflict *conflict)
{
  g_autofree char *heading = heading_words (self);
  g_autofree char *offered = offered_words (self, conflict);
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  hw_rows_set_title (group, heading);
  self->reveal = HW_REVEAL_BUTTON (hw_reveal_button_new (hw_desktop_veil (self->desktop)));
  adw_preferences_group_set_header_suffix (group, GTK_WIDGET (self->reveal));
  adw_preferences_group_add (group, make_value_row (self, _ ("In the record now"), conflict->current, "current", _ ("Keep This")));
  adw_preferences_group_add (group, make_value_row (self, offered, conflict->offered, "offered", _ ("Use This")));
  adw_preferences_group_add (group, make_value_row (self, _ ("What stood here before either"), conflict->base, NULL, NULL));
  if (hw_schema_field (self->field)->merge != HW_MERGE_MOVE)
    adw_preferences_group_add (group, make_third_row (self));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (group));
}

GtkWidget *
hw_conflict_card_new (HwDesktop *desktop, const HwConflict *conflict)
{
  HwConflictCard *self = g_object_new (HW_TYPE_CONFLICT_CARD, NULL);

  self->desktop = g_object_ref (desktop);
  self->id = g_strdup (conflict->id);
  self->case_id = g_strdup (conflict->case_id);
  self->type = conflict->type;
  self->field = conflict->field;
  self->rev = conflict->rev;
  self->scratch = hw_record_new (conflict->type, conflict->record);
  if (conflict->field == HW_FIELD_NONE)
    {
      fill_deletion (self, conflict);
      return GTK_WIDGET (self);
    }
  hw_record_set (self->scratch, conflict->field, conflict->current);
  fill (self, conflict);
  return GTK_WIDGET (self);
}
