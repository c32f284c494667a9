/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a colleague wrote for a case they no longer have: which case, who, when, why it was kept aside, and each value
 * beside what stands there now. It is let in as theirs, or discarded with a reason.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/setaside/hw-set-aside-card.h"

#include <glib/gi18n.h>

#include "app/audit/hw-audit-words.h"
#include "app/forms/hw-field-row.h"
#include "app/forms/hw-field-words.h"
#include "app/forms/hw-record-words.h"
#include "app/hw-compat.h"
#include "app/hw-desktop-references.h"
#include "app/widgets/hw-rows.h"
#include "app/widgets/hw-text.h"

struct _HwSetAsideCard
{
  AdwBin parent;

  HwDesktop *desktop; /* (owned) */
  HwSetAside *entry;  /* (owned) */
  AdwPreferencesGroup *group;
  AdwActionRow *told;                /* (nullable) why it was not taken */
  AdwEntryRow *reason;               /* (nullable) for whoever may not decide */
  GtkWidget *let_in, *discard;       /* (nullable) */
  gboolean deciding, letting_in;
};

G_DEFINE_FINAL_TYPE (HwSetAsideCard, hw_set_aside_card, ADW_TYPE_BIN)

static guint open_signal, decided_signal;

/* ---- Deciding ---- */

static char *
typed_reason (HwSetAsideCard *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason))));
}

static void
update_buttons (HwSetAsideCard *self)
{
  g_autofree char *reason = typed_reason (self);

  if (self->let_in != NULL)
    gtk_widget_set_sensitive (self->let_in, !self->deciding);
  gtk_widget_set_sensitive (self->discard, !self->deciding && *reason != '\0');
}

/* It was judged as its author's, and the words are said to them. */
static void
tell_refusal (HwSetAsideCard *self, const char *refusal)
{
  g_autofree char *words = g_strdup_printf (_ ("What the office answers its author: %s"), refusal);

  if (self->letting_in)
    hw_set_aside_card_tell (self, _ ("It was not let in, and waits on"), words);
  else
    hw_set_aside_card_tell (self, _ ("It was not discarded"), refusal);
}

static const char *
decided_words (gboolean let_in, gboolean met)
{
  if (!let_in)
    return _ ("Discarded");
  return met ? _ ("Let in: it met another change, and both wait in Conflicts") : _ ("Let in: it is in the case now");
}

static void
decided_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwSetAsideCard) self = user_data;
  g_autofree char *refusal = NULL;
  g_autoptr (GError) error = NULL;
  gboolean met = FALSE;
  gboolean done
    = hw_sync_engine_decide_finish (HW_SYNC_ENGINE (source), result, &met, &refusal, &error);

  self->deciding = FALSE;
  if (adw_bin_get_child (ADW_BIN (self)) == NULL || !hw_desktop_is_unlocked (self->desktop))
    return;
  update_buttons (self);
  if (done)
    g_signal_emit (self, decided_signal, 0, decided_words (self->letting_in, met));
  else if (refusal != NULL)
    tell_refusal (self, refusal);
  else if (g_error_matches (error, HW_SYNC_ERROR, HW_SYNC_ERROR_UNREACHABLE))
    hw_set_aside_card_tell (
      self, _ ("Nothing was decided"), _ ("The office cannot be reached. Try again while you are connected."));
  else
    hw_set_aside_card_tell (self, _ ("Nothing was decided"), error->message);
}

static void
decide (HwSetAsideCard *self, gboolean let_in)
{
  g_autofree char *reason = typed_reason (self);

  if (!hw_desktop_is_unlocked (self->desktop) || self->deciding)
    return;
  self->deciding = TRUE;
  self->letting_in = let_in;
  update_buttons (self);
  hw_sync_engine_decide_async (hw_desktop_engine (self->desktop), self->entry->id, let_in,
                               *reason != '\0' ? reason : NULL, decided_cb, g_object_ref (self));
}

static void
let_in_cb (HwSetAsideCard *self)
{
  decide (self, TRUE);
}

static void
discard_confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwSetAsideCard) self = user_data;

  if (hw_compat_confirm_finish (result, NULL) && adw_bin_get_child (ADW_BIN (self)) != NULL)
    decide (self, FALSE);
}

static void
discard_cb (HwSetAsideCard *self)
{
  hw_compat_confirm_async (GTK_WIDGET (self),
                           _ ("Discard This Change?"),
                           _ ("It does not come into the case. Whoever wrote it is not told. That you discarded it, and "
                              "why, is kept at the office."),
                           _ ("_Discard"),
                           TRUE,
                           NULL,
                           discard_confirmed_cb,
                           g_object_ref (self));
}

static void
open_cb (HwSetAsideCard *self)
{
  g_signal_emit (self, open_signal, 0, self->entry->case_id);
}

/* ---- What it says ---- */

static GtkWidget *
add_row (HwSetAsideCard *self, const char *title, const char *subtitle, const char *icon)
{
  GtkWidget *row = hw_rows_new (title, subtitle);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (icon != NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon));
  adw_preferences_group_add (self->group, row);
  return row;
}

static void
add_change (HwSetAsideCard *self, HwRecord *before, HwRecord *after, HwFieldId id, HwFormContext *context)
{
  const HwFieldDef *field = hw_schema_field (id);
  HwValue *now = before != NULL ? hw_record_get (before, id) : NULL;
  g_autofree char *words = hw_field_words (field, hw_record_get (after, id), context);
  g_autofree char *present = now != NULL ? hw_field_words (field, now, context) : NULL;
  g_autofree char *subtitle = NULL;

  /* Shown when asked for, as on the record's own page. */
  if (hw_veil_covers (hw_form_context_get_veil (context), field) && hw_record_get (after, id) != NULL)
    {
      adw_preferences_group_add (
        self->group, hw_field_row_new_reading (after, id, hw_record_get (after, id), context));
      return;
    }
  if (present != NULL)
    /* Translators: the name of a field, and the value it has now */
    subtitle = g_strdup_printf (_ ("%s · now: %s"), _ (field->label), present);
  else
    subtitle = g_strdup (_ (field->label));
  add_row (self, words != NULL ? words : _ ("Nothing"), subtitle, NULL);
}

static char *
head_words (HwOperation *operation, HwRecord *before, HwFormContext *context)
{
  const char *label = _ (hw_schema_type (operation->type)->label);
  g_autofree char *title = before != NULL ? hw_record_words_title (before, context) : NULL;

  switch (operation->action)
    {
    case HW_ACTION_CREATE:
      /* Translators: %s is a kind of record, such as Note */
      return g_strdup_printf (_ ("%s, newly written"), label);
    case HW_ACTION_DELETE:
      return g_strdup_printf (_ ("%s, to be deleted"), title != NULL ? title : label);
    case HW_ACTION_RESOLVE:
      return g_strdup (_ ("A conflict, decided"));
    case HW_ACTION_UPDATE:
    default:
      return title != NULL && g_strcmp0 (title, label) != 0 ? g_strdup_printf ("%s · %s", label, title)
                                                             : g_strdup (label);
    }
}

static const char *
choice_words (HwOperation *operation)
{
  if (g_strcmp0 (operation->choice, "current") == 0)
    return _ ("What stood there was to stay");
  return g_strcmp0 (operation->choice, "offered") == 0 ? _ ("What was offered was to stand")
                                                       : _ ("Another value was written");
}

/* As a desktop that has the case would show it. */
static void
add_operation (HwSetAsideCard *self, HwOperation *operation, HwFormContext *context)
{
  g_autoptr (HwRecord) before
    = hw_store_find_record (hw_desktop_store (self->desktop), operation->record, NULL);
  g_autoptr (HwRecord) after = NULL;
  g_autofree char *head = NULL;

  if (before != NULL && hw_record_type (before) != operation->type)
    g_clear_object (&before);
  head = head_words (operation, before, context);
  add_row (self, head, operation->action == HW_ACTION_RESOLVE ? choice_words (operation) : NULL,
           operation->action == HW_ACTION_DELETE ? "user-trash-symbolic" : "document-edit-symbolic");
  if (operation->action == HW_ACTION_DELETE || operation->action == HW_ACTION_RESOLVE)
    return;
  after = before != NULL ? hw_record_copy (before) : hw_record_new (operation->type, operation->record);
  hw_operation_apply (operation, after);
  for (guint i = 0; i < operation->changes->len; i++)
    {
      HwFieldId field = ((HwFieldChange *) g_ptr_array_index (operation->changes, i))->field;

      /* A checksum says nothing to a person. */
      if (field != HW_FIELD_ATTACHMENT_SHA256)
        add_change (self, before, after, field, context);
    }
}

static const char *
why_words (const HwSetAside *entry)
{
  switch (entry->why)
    {
    case HW_SET_ASIDE_REASSIGNED:
      return _ ("The case has gone to another caseworker since.");
    case HW_SET_ASIDE_ROLE_CHANGED:
      return _ ("They work in another role since, so it cannot be let in as theirs. What still holds, write yourself.");
    case HW_SET_ASIDE_ACCOUNT_ENDED:
      return _ ("They do not work here any more.");
    case HW_SET_ASIDE_ACCESS_ENDED:
    default:
      return _ ("Their share in the case has ended since.");
    }
}

/* Names come from the office, and may come after the list. */
static void
tell_who (HwSetAsideCard *self)
{
  g_autofree char *today = NULL, *when = NULL, *words = NULL;
  gint64 us;

  if (!hw_desktop_is_unlocked (self->desktop))
    return;
  today = hw_desktop_today (self->desktop);
  if (hw_instant_parse (self->entry->at, &us))
    when = hw_text_moment (us, hw_desktop_office_zone (self->desktop), today);
  words = g_strdup_printf (_ ("Written by %s, set aside %s. %s"),
                           hw_desktop_user_name (self->desktop, self->entry->by),
                           when != NULL ? when : self->entry->at,
                           why_words (self->entry));
  hw_rows_set_description (self->group, words);
}

static void
add_decisions (HwSetAsideCard *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->reason = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reason), _ ("Reason, if you discard it"));
  self->discard = gtk_button_new_with_mnemonic (_ ("_Discard…"));
  gtk_box_append (GTK_BOX (buttons), self->discard);
  g_signal_connect_swapped (self->discard, "clicked", G_CALLBACK (discard_cb), self);
  if (self->entry->why != HW_SET_ASIDE_ROLE_CHANGED)
    {
      self->let_in = gtk_button_new_with_mnemonic (_ ("_Let In"));
      gtk_widget_add_css_class (self->let_in, "suggested-action");
      gtk_box_append (GTK_BOX (buttons), self->let_in);
      g_signal_connect_swapped (self->let_in, "clicked", G_CALLBACK (let_in_cb), self);
    }
  gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->reason, "changed", G_CALLBACK (update_buttons), self, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (self->reason, buttons);
  adw_preferences_group_add (self->group, GTK_WIDGET (self->reason));
  update_buttons (self);
}

static void
set_heading (HwSetAsideCard *self)
{
  g_autofree char *code = NULL;
  g_autoptr (HwRecord) header = NULL;
  const char *pseudonym;
  g_autofree char *title = NULL;
  GtkWidget *open;

  if (self->entry->case_id == NULL)
    {
      hw_rows_set_title (self->group, _ ("A case that is not here"));
      return;
    }
  code = hw_audit_words_case (self->desktop, self->entry->case_id);
  header = hw_store_get_record (
    hw_desktop_store (self->desktop), HW_TYPE_ID_CASE, self->entry->case_id, NULL);
  pseudonym = header != NULL ? hw_record_get_text (header, HW_FIELD_CASE_PSEUDONYM) : NULL;
  title = g_strconcat (code, pseudonym != NULL ? " · " : NULL, pseudonym, NULL);
  hw_rows_set_title (self->group, title);
  if (header == NULL)
    return;
  open = gtk_button_new_with_mnemonic (_ ("_Open Case"));
  gtk_widget_set_valign (open, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (open, "flat");
  g_signal_connect_swapped (open, "clicked", G_CALLBACK (open_cb), self);
  adw_preferences_group_set_header_suffix (self->group, open);
}

static void
fill (HwSetAsideCard *self)
{
  HwSetAside *entry = self->entry;
  g_autoptr (HwCaseFile) file
    = entry->case_id != NULL ? hw_store_load_case (hw_desktop_store (self->desktop), entry->case_id, NULL) : NULL;
  g_autoptr (HwFormContext) context = hw_desktop_form_context (self->desktop, file);

  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  set_heading (self);
  tell_who (self);
  g_signal_connect_object (hw_desktop_engine (self->desktop), "notify::last-synced", G_CALLBACK (tell_who), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < entry->operations->len; i++)
    add_operation (self, g_ptr_array_index (entry->operations, i), context);
  if (entry->withheld)
    add_row (self,
             entry->operations->len > 0 ? _ ("There is more that you may not read")
                                        : _ ("A change that you may not read"),
             _ ("It is let in, or discarded, unread"),
             "changes-prevent-symbolic");
  if (g_strcmp0 (entry->by, hw_desktop_actor (self->desktop)->user) == 0)
    add_row (self, _ ("You wrote this yourself: another supervisor decides"), NULL, "changes-prevent-symbolic");
  else
    add_decisions (self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
}

void
hw_set_aside_card_tell (HwSetAsideCard *self, const char *heading, const char *words)
{
  if (self->told != NULL)
    adw_preferences_group_remove (self->group, GTK_WIDGET (self->told));
  self->told = ADW_ACTION_ROW (add_row (self, heading, words, "dialog-warning-symbolic"));
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self->told), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

/* ---- The widget ---- */

static void
hw_set_aside_card_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  G_OBJECT_CLASS (hw_set_aside_card_parent_class)->dispose (object);
}

static void
hw_set_aside_card_finalize (GObject *object)
{
  HwSetAsideCard *self = HW_SET_ASIDE_CARD (object);

  g_clear_object (&self->desktop);
  g_clear_pointer (&self->entry, hw_set_aside_free);

  G_OBJECT_CLASS (hw_set_aside_card_parent_class)->finalize (object);
}

static void
hw_set_aside_card_class_init (HwSetAsideCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_set_aside_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = hw_set_aside_card_finalize;
  open_signal = g_signal_new (
    "open", HW_TYPE_SET_ASIDE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  decided_signal = g_signal_new (
    "decided", HW_TYPE_SET_ASIDE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hw_set_aside_card_init (HwSetAsideCard *self)
{
}

GtkWidget *
hw_set_aside_card_new (HwDesktop *desktop, const HwSetAside *entry)
{
  HwSetAsideCard *self = g_object_new (HW_TYPE_SET_ASIDE_CARD, NULL);

  self->desktop = g_object_ref (desktop);
  self->entry = hw_set_aside_copy (entry);
  fill (self);
  return GTK_WIDGET (self);
}
