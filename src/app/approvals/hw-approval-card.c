/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One question to a supervisor: what is asked, by whom and why, what her record says of it now, and
 * what still stands against it. An answer carries a reason and the name of who gives it; whoever
 * asked sees the card without the answers, because somebody else must give them.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/approvals/hw-approval-card.h"

#include <glib/gi18n.h>

#include "app/forms/hw-field-row.h"
#include "app/forms/hw-field-words.h"
#include "app/hw-desktop-references.h"
#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-text.h"
#include "domain/hw-rules.h"

#define OVERRIDE_HOURS 24
#define MAX_FACTS 8

struct _HwApprovalCard
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) */
  HwRecord *asked;    /* (owned) */
  AdwPreferencesGroup *group;
  AdwActionRow *asked_row;
  AdwEntryRow *reason; /* (nullable) for whoever may not answer */
  GtkWidget *buttons;  /* (nullable) */
  gboolean answering;
};

G_DEFINE_FINAL_TYPE (HwApprovalCard, hw_approval_card, ADW_TYPE_BIN)

static guint open_signal;

static gboolean
is_office_change (HwApprovalCard *self)
{
  return hw_record_type (self->asked) == HW_TYPE_ID_OFFICE_CHANGE;
}

static HwFieldId
field_of (HwApprovalCard *self, HwFieldId approval, HwFieldId office)
{
  return is_office_change (self) ? office : approval;
}

/* Once, and with a reason. */
static void
update_buttons (HwApprovalCard *self)
{
  g_autofree char *reason
    = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason))));

  gtk_widget_set_sensitive (self->buttons, !self->answering && *reason != '\0');
}

/* Answered, the card goes; refused, it can be tried again. */
static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwApprovalCard) self = user_data;
  g_autoptr (GPtrArray) results = hw_desktop_commit_finish (HW_DESKTOP (source), result, NULL);

  if (results != NULL && hw_desktop_first_refusal (results) == NULL)
    return;
  self->answering = FALSE;
  if (adw_bin_get_child (ADW_BIN (self)) != NULL)
    update_buttons (self);
}

static void
answer (HwApprovalCard *self, const char *verdict)
{
  g_autoptr (GPtrArray) operations
    = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref);
  HwOperation *operation = hw_desktop_new_update (self->desktop, self->asked);
  HwFieldId decided
    = field_of (self, HW_FIELD_APPROVAL_DECIDED_BY, HW_FIELD_OFFICE_CHANGE_DECIDED_BY);
  HwFieldId answered = field_of (self, HW_FIELD_APPROVAL_VERDICT, HW_FIELD_OFFICE_CHANGE_VERDICT);
  HwFieldId why
    = field_of (self, HW_FIELD_APPROVAL_ANSWER_REASON, HW_FIELD_OFFICE_CHANGE_ANSWER_REASON);
  g_autofree char *reason
    = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason))));

  hw_operation_set_text (
    operation, answered, verdict, hw_record_field_rev (self->asked, answered));
  hw_operation_set_text (operation, decided, hw_desktop_actor (self->desktop)->user, 0);
  hw_operation_set_text (operation, why, reason, 0);
  if (hw_record_is (self->asked, HW_FIELD_APPROVAL_KIND, "override")
      && g_str_equal (verdict, "approved"))
    {
      g_autofree char *until = hw_instant_format (hw_clock_now (hw_desktop_clock (self->desktop))
                                                  + OVERRIDE_HOURS * G_TIME_SPAN_HOUR);

      hw_operation_set_text (operation, HW_FIELD_APPROVAL_EXPIRES_AT, until, 0);
    }
  g_ptr_array_add (operations, operation);
  self->answering = TRUE;
  update_buttons (self);
  hw_desktop_commit_async (self->desktop, operations, FALSE, answered_cb, g_object_ref (self));
}

static void
approve_cb (HwApprovalCard *self)
{
  answer (self, "approved");
}

static void
decline_cb (HwApprovalCard *self)
{
  answer (self, "declined");
}

static void
open_cb (HwApprovalCard *self)
{
  g_signal_emit (self, open_signal, 0, hw_record_case (self->asked));
}

static AdwActionRow *
add_row (HwApprovalCard *self, const char *title, const char *subtitle, const char *icon)
{
  GtkWidget *row = hw_rows_new (title, subtitle);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (icon != NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
  adw_preferences_group_add (self->group, row);
  return ADW_ACTION_ROW (row);
}

/* What the record says that the question is about: the facts needed to decide, and no others. */
static void
add_facts (HwApprovalCard *self, HwCaseFile *file, HwRecord *subject)
{
  g_autoptr (HwFormContext) context = hw_desktop_form_context (self->desktop, file);
  const HwTypeDef *def = hw_record_def (subject);
  guint shown = 0;

  for (guint i = 0; i < def->n_fields && shown < MAX_FACTS; i++)
    {
      HwValue *value = hw_record_get (subject, def->fields[i].id);
      g_autofree char *words
        = value != NULL ? hw_field_words (&def->fields[i], value, context) : NULL;

      if (words == NULL || (def->id == HW_TYPE_ID_CASE && g_strcmp0 (def->fields[i].section, "closing") != 0))
        continue;
      if (hw_veil_covers (hw_form_context_get_veil (context), &def->fields[i]))
        adw_preferences_group_add (
          self->group, hw_field_row_new_reading (subject, def->fields[i].id, value, context));
      else
        adw_preferences_group_add (self->group, hw_rows_new_fact (_ (def->fields[i].label), words));
      shown++;
    }
}

/* What an override would pass over, and what still stands against a closing. */
static void
add_conditions (HwApprovalCard *self, HwCaseFile *file, HwRecord *subject, HwGateId gate, const char *target)
{
  const HwRulesContext context = { .now_us = hw_clock_now (hw_desktop_clock (self->desktop)) };
  g_autoptr (HwVerdict) verdict = hw_gate_evaluate (gate, file, subject, target, &context);
  GPtrArray *conditions = hw_verdict_conditions (verdict);

  for (guint i = 0; i < conditions->len; i++)
    {
      HwCondition *condition = g_ptr_array_index (conditions, i);

      if (condition->type != HW_TYPE_ID_APPROVAL)
        add_row (self, condition->title, condition->detail, "dialog-warning-symbolic");
    }
}

static HwGateId
gate_of (HwRecord *asked)
{
  const char *nick = hw_record_get_text (asked, HW_FIELD_APPROVAL_GATE);

  for (guint gate = HW_GATE_NONE + 1; gate < HW_N_GATES; gate++)
    if (g_strcmp0 (hw_gate_nick ((HwGateId)gate)->nick, nick) == 0)
      return (HwGateId)gate;
  return hw_record_is (asked, HW_FIELD_APPROVAL_KIND, "closure") ? HW_GATE_CLOSURE : HW_GATE_NONE;
}

static void
add_case (HwApprovalCard *self, HwCaseFile *file)
{
  HwRecord *subject
    = hw_case_file_lookup (file, hw_record_get_text (self->asked, HW_FIELD_APPROVAL_SUBJECT));
  const char *target = hw_record_get_text (self->asked, HW_FIELD_APPROVAL_TARGET_STATUS);
  HwGateId gate = gate_of (self->asked);

  if (subject == NULL)
    return;
  add_facts (self, file, subject);
  if (gate != HW_GATE_NONE)
    add_conditions (self, file, subject, gate, target != NULL ? target : "closed");
}

static void
add_settings (HwApprovalCard *self)
{
  const HwTypeDef *def = hw_record_def (self->asked);
  g_autoptr (HwFormContext) context = hw_desktop_form_context (self->desktop, NULL);

  for (guint i = 0; i < def->n_fields; i++)
    {
      HwValue *value = hw_record_get (self->asked, def->fields[i].id);
      g_autofree char *words = NULL;

      if (value == NULL || !g_str_equal (def->fields[i].section, "question")
          || def->fields[i].kind == HW_KIND_USER
          || def->fields[i].id == HW_FIELD_OFFICE_CHANGE_REASON)
        continue;
      words = hw_field_words (&def->fields[i], value, context);
      adw_preferences_group_add (self->group, hw_rows_new_fact (_ (def->fields[i].label), words));
    }
}

static void
set_heading (HwApprovalCard *self, HwCaseFile *file)
{
  HwRecord *header = file != NULL ? hw_case_file_case (file) : NULL;
  const char *kind = hw_record_get_text (self->asked, HW_FIELD_APPROVAL_KIND);
  const HwChoice *choice
    = kind != NULL ? hw_field_choice (hw_schema_field (HW_FIELD_APPROVAL_KIND), kind) : NULL;
  const char *what = is_office_change (self) ? _ ("Office settings")
                     : choice != NULL        ? _ (choice->label)
                                             : "";
  const char *name = header != NULL ? hw_record_get_text (header, HW_FIELD_CASE_PSEUDONYM) : NULL;
  const char *code = header != NULL ? hw_record_get_text (header, HW_FIELD_CASE_CODE) : NULL;
  g_autofree char *title = g_strdup_printf (
    "%s%s%s%s%s", what, code != NULL ? " · " : "", code != NULL ? code : "",
    name != NULL ? " · " : "", name != NULL ? name : "");

  hw_rows_set_title (self->group, title);
}

/* Names come from the office, and may come after the question. */
static void
tell_who (HwApprovalCard *self)
{
  const char *by = hw_record_get_text (
    self->asked, field_of (self, HW_FIELD_APPROVAL_ASKED_BY, HW_FIELD_OFFICE_CHANGE_ASKED_BY));
  const char *at = hw_record_created_at (self->asked);
  g_autofree char *today = NULL;
  g_autofree char *when = NULL, *asked = NULL;
  gint64 us;

  if (!hw_desktop_is_unlocked (self->desktop))
    return;
  today = hw_desktop_today (self->desktop);
  if (at != NULL && hw_instant_parse (at, &us))
    when = hw_text_moment (us, hw_desktop_office_zone (self->desktop), today);
  if (by == NULL)
    by = hw_record_created_by (self->asked);
  asked = g_strdup_printf (
    _ ("Asked by %s, %s"), hw_desktop_user_name (self->desktop, by), when != NULL ? when : "");
  adw_action_row_set_subtitle (self->asked_row, asked);
}

static void
add_question (HwApprovalCard *self)
{
  const char *reason = hw_record_get_text (
    self->asked, field_of (self, HW_FIELD_APPROVAL_REASON, HW_FIELD_OFFICE_CHANGE_REASON));

  self->asked_row = add_row (self, reason != NULL ? reason : _ ("No reason was written"), "", NULL);
  tell_who (self);
  g_signal_connect_object (hw_desktop_engine (self->desktop),
                           "notify::last-synced",
                           G_CALLBACK (tell_who),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
add_answers (HwApprovalCard *self)
{
  GtkWidget *decline = gtk_button_new_with_mnemonic (_ ("_Decline"));
  GtkWidget *approve = gtk_button_new_with_mnemonic (_ ("_Approve"));

  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->reason = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reason), _ ("Reason for your answer"));
  gtk_widget_add_css_class (approve, "suggested-action");
  gtk_box_append (GTK_BOX (self->buttons), decline);
  gtk_box_append (GTK_BOX (self->buttons), approve);
  gtk_widget_set_valign (self->buttons, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (decline, "clicked", G_CALLBACK (decline_cb), self);
  g_signal_connect_swapped (approve, "clicked", G_CALLBACK (approve_cb), self);
  g_signal_connect_object (
    self->reason, "changed", G_CALLBACK (update_buttons), self, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (self->reason, self->buttons);
  update_buttons (self);
  adw_preferences_group_add (self->group, GTK_WIDGET (self->reason));
}

static gboolean
is_own (HwApprovalCard *self)
{
  const char *user = hw_desktop_actor (self->desktop)->user;

  return g_strcmp0 (hw_record_created_by (self->asked), user) == 0
         || hw_record_is (
           self->asked,
           field_of (self, HW_FIELD_APPROVAL_ASKED_BY, HW_FIELD_OFFICE_CHANGE_ASKED_BY),
           user);
}

static void
fill (HwApprovalCard *self)
{
  const char *case_id = hw_record_case (self->asked);
  g_autoptr (HwCaseFile) file
    = case_id != NULL ? hw_store_load_case (hw_desktop_store (self->desktop), case_id, NULL) : NULL;
  GtkWidget *open;

  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  set_heading (self, file);
  if (file != NULL)
    {
      open = gtk_button_new_with_mnemonic (_ ("_Open Case"));
      gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (open, "flat");
      g_signal_connect_swapped (open, "clicked", G_CALLBACK (open_cb), self);
      adw_preferences_group_set_header_suffix (self->group, open);
    }
  add_question (self);
  if (file != NULL)
    add_case (self, file);
  if (is_office_change (self))
    add_settings (self);
  if (is_own (self))
    add_row (self, _ ("Somebody else must decide what you ask for"), NULL, "changes-prevent-symbolic");
  else
    add_answers (self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
}

static void
hw_approval_card_finalize (GObject *object)
{
  HwApprovalCard *self = HW_APPROVAL_CARD (object);

  g_clear_object (&self->desktop);
  g_clear_object (&self->asked);

  G_OBJECT_CLASS (hw_approval_card_parent_class)->finalize (object);
}

static void
hw_approval_card_class_init (HwApprovalCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hw_approval_card_finalize;
  open_signal = g_signal_new (
    "open", HW_TYPE_APPROVAL_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hw_approval_card_init (HwApprovalCard *self)
{
}

GtkWidget *
hw_approval_card_new (HwDesktop *desktop, HwRecord *asked)
{
  HwApprovalCard *self = g_object_new (HW_TYPE_APPROVAL_CARD, NULL);

  self->desktop = g_object_ref (desktop);
  self->asked = g_object_ref (asked);
  fill (self);
  return GTK_WIDGET (self);
}
