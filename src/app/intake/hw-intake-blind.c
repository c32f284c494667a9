/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The second call at night. The helpline gave her case away and no longer sees it; the office's server
 * knows the number and takes what she says now, and tells nothing of her. Whatever was typed goes along in
 * words, so that nothing of the call is lost. When it cannot be sent, the call stays a draft.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/intake/hw-intake-blind.h"

#include <glib/gi18n.h>

#include "app/forms/hw-field-words.h"
#include "app/hw-desktop-references.h"
#include "sync/hw-sync-blind.h"

#define ASK_DELAY_MS 700

struct _HwIntakeBlind
{
  GtkBox parent;

  HwDesktop *desktop;        /* (owned) (nullable) */
  HwIntakeDraft *draft;      /* (unowned) (nullable) */
  GCancellable *cancellable; /* (owned) of the question that is on its way */
  char *number;              /* (owned) (nullable) the one last asked for */
  char *handle;              /* (owned) (nullable) */
  guint ask_timeout;
  gboolean here; /* a case that can be seen has the number */

  GtkWidget *add_button;
  GtkLabel *problem;
  GtkWidget *withdraw_box;
};

G_DEFINE_FINAL_TYPE (HwIntakeBlind, hw_intake_blind, GTK_TYPE_BOX)

enum
{
  SIGNAL_PREPARE,
  SIGNAL_ADDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
show_problem (HwIntakeBlind *self, const char *words)
{
  gtk_label_set_text (self->problem, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
}

/* ---- Asking ---- */

static void
forget (HwIntakeBlind *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->ask_timeout, g_source_remove);
  g_clear_pointer (&self->handle, g_free);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* Without a network nothing is said: the call is taken as any other, and the server finds her later. */
static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwIntakeBlind) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HwLookup) lookup
    = hw_sync_engine_lookup_finish (HW_SYNC_ENGINE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->desktop == NULL)
    return;
  if (lookup == NULL)
    {
      /* Asked again when the line is touched again. */
      g_clear_pointer (&self->number, g_free);
      return;
    }
  if (!lookup->known)
    return;
  g_free (self->handle);
  self->handle = g_strdup (lookup->handle);
  show_problem (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), !self->here);
}

static gboolean
ask_cb (gpointer user_data)
{
  HwIntakeBlind *self = user_data;
  HwSyncEngine *engine = hw_desktop_engine (self->desktop);

  self->ask_timeout = 0;
  if (engine == NULL)
    return G_SOURCE_REMOVE;
  self->cancellable = g_cancellable_new ();
  hw_sync_engine_lookup_async (
    engine, self->number, self->cancellable, looked_up_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

void
hw_intake_blind_number (HwIntakeBlind *self, const char *text)
{
  g_autofree char *number = text != NULL ? hw_phone_normalise (text) : NULL;

  if (self->desktop == NULL || g_strcmp0 (self->number, number) == 0)
    return;
  forget (self);
  g_free (self->number);
  self->number = g_steal_pointer (&number);
  if (self->number != NULL)
    self->ask_timeout = g_timeout_add (ASK_DELAY_MS, ask_cb, self);
}

void
hw_intake_blind_set_here (HwIntakeBlind *self, gboolean here)
{
  self->here = here;
  gtk_widget_set_visible (GTK_WIDGET (self), self->handle != NULL && !here);
}

/* ---- Adding ---- */

/* What the case has no place for when it is added to blind, in words beneath what was said. */
static void
append_words (HwIntakeBlind *self, GString *words, HwRecord *record)
{
  const HwTypeDef *def = hw_record_def (record);
  g_autoptr (HwFormContext) context = hw_desktop_form_context (self->desktop, NULL);

  for (guint i = 0; i < def->n_fields; i++)
    {
      const HwFieldDef *field = &def->fields[i];
      HwValue *value = hw_record_get (record, field->id);
      g_autofree char *text = value != NULL ? hw_field_words_plain (field, value, context) : NULL;

      if (text == NULL || field->kind == HW_KIND_REFERENCE || field->kind == HW_KIND_USER)
        continue;
      g_string_append_printf (
        words, "%s%s: %s", words->len > 0 ? "\n" : "", _ (field->label), text);
    }
}

static HwRecord *
call_record (HwIntakeBlind *self)
{
  static const HwIntakeRecord others[]
    = { HW_INTAKE_PERSON, HW_INTAKE_PLACEMENT, HW_INTAKE_CASE, HW_INTAKE_NOTE };
  HwRecord *call = hw_record_copy (self->draft->records[HW_INTAKE_CALL]);
  const char *said = hw_record_get_text (call, HW_FIELD_CONTACT_LOG_SUMMARY);
  g_autoptr (GString) words = g_string_new (said);
  g_autofree char *at = hw_instant_format (self->draft->opened_us);
  g_autoptr (HwValue) moment = hw_value_new_text (at);
  g_autoptr (HwValue) direction = hw_value_new_text (HW_CONTACT_LOG_DIRECTION_IN);
  g_autoptr (HwValue) summary = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    append_words (self, words, self->draft->records[others[i]]);
  summary = words->len > 0 ? hw_value_new_text (words->str) : NULL;
  hw_record_set (call, HW_FIELD_CONTACT_LOG_SUMMARY, summary);
  hw_record_set (call, HW_FIELD_CONTACT_LOG_AT, moment);
  hw_record_set (call, HW_FIELD_CONTACT_LOG_DIRECTION, direction);
  return call;
}

/* Her number alone is in the case already. (transfer full) (nullable) */
static HwRecord *
contact_record (HwIntakeBlind *self)
{
  HwRecord *contact = self->draft->records[HW_INTAKE_CONTACT];
  const HwTypeDef *def = hw_record_def (contact);

  for (guint i = 0; i < def->n_fields; i++)
    if (def->fields[i].id != HW_FIELD_SAFE_CONTACT_CHANNEL
        && def->fields[i].id != HW_FIELD_SAFE_CONTACT_VALUE
        && def->fields[i].id != HW_FIELD_SAFE_CONTACT_WINDOW_ZONE
        && hw_record_get (contact, def->fields[i].id) != NULL)
      return hw_record_copy (contact);
  return NULL;
}

static GPtrArray *
withdrawn_purposes (HwIntakeBlind *self)
{
  GPtrArray *purposes = g_ptr_array_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (self->withdraw_box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (child)))
      g_ptr_array_add (purposes, g_object_get_data (G_OBJECT (child), "purpose"));
  g_ptr_array_add (purposes, NULL);
  return purposes;
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwIntakeBlind) self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->desktop == NULL)
    return;
  gtk_widget_set_sensitive (self->add_button, TRUE);
  if (!hw_sync_engine_add_blind_finish (HW_SYNC_ENGINE (source), result, &error))
    {
      show_problem (self, error->message);
      return;
    }
  hw_desktop_say (self->desktop, _ ("The call was added to her case. A colleague carries it."));
  g_signal_emit (self, signals[SIGNAL_ADDED], 0);
}

/* From what is said: sent twice, it is made once; changed in between, it is made again. */
static char *
addition_id (HwIntakeBlind *self, HwRecord *call, HwRecord *contact, GPtrArray *purposes)
{
  g_autoptr (GString) words = g_string_new (NULL);

  append_words (self, words, call);
  if (contact != NULL)
    append_words (self, words, contact);
  for (guint i = 0; purposes->pdata[i] != NULL; i++)
    g_string_append (words, purposes->pdata[i]);
  return hw_uuid_v5 (hw_record_id (self->draft->records[HW_INTAKE_CASE]), words->str);
}

static void
add_cb (HwIntakeBlind *self)
{
  HwSyncEngine *engine = hw_desktop_engine (self->desktop);
  g_autoptr (HwRecord) call = NULL;
  g_autoptr (HwRecord) contact = NULL;
  g_autoptr (GPtrArray) purposes = withdrawn_purposes (self);
  g_autofree char *id = NULL;

  if (engine == NULL || self->handle == NULL)
    return;
  g_signal_emit (self, signals[SIGNAL_PREPARE], 0);
  call = call_record (self);
  contact = contact_record (self);
  id = addition_id (self, call, contact, purposes);
  show_problem (self, NULL);
  gtk_widget_set_sensitive (self->add_button, FALSE);
  hw_sync_engine_add_blind_async (engine,
                                  id,
                                  self->handle,
                                  call,
                                  contact,
                                  (const char *const *)purposes->pdata,
                                  NULL,
                                  added_cb,
                                  g_object_ref (self));
}

/* ---- The widget ---- */

void
hw_intake_blind_set (HwIntakeBlind *self, HwDesktop *desktop, HwIntakeDraft *draft)
{
  if (hw_desktop_actor (desktop)->role != HW_ROLE_HELPLINE)
    return;
  g_set_object (&self->desktop, desktop);
  self->draft = draft;
}

static void
hw_intake_blind_dispose (GObject *object)
{
  HwIntakeBlind *self = HW_INTAKE_BLIND (object);

  forget (self);
  g_clear_object (&self->desktop);
  g_clear_pointer (&self->number, g_free);

  G_OBJECT_CLASS (hw_intake_blind_parent_class)->dispose (object);
}

static void
hw_intake_blind_class_init (HwIntakeBlindClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hw_intake_blind_dispose;
  signals[SIGNAL_PREPARE] = g_signal_new (
    "prepare", HW_TYPE_INTAKE_BLIND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ADDED] = g_signal_new (
    "added", HW_TYPE_INTAKE_BLIND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_withdrawals (HwIntakeBlind *self)
{
  static const char *const purposes[]
    = { HW_CONSENT_PURPOSE_EMBASSY_CONTACT, HW_CONSENT_PURPOSE_TRAVEL_BOOKING,
        HW_CONSENT_PURPOSE_FAMILY_CONTACT, HW_CONSENT_PURPOSE_ASSISTANCE };
  const HwFieldDef *field = hw_schema_field (HW_FIELD_CONSENT_PURPOSE);
  GtkWidget *expander = gtk_expander_new_with_mnemonic (_ ("She takes a consent _back"));

  self->withdraw_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_margin_start (self->withdraw_box, 12);
  for (guint i = 0; i < G_N_ELEMENTS (purposes); i++)
    {
      GtkWidget *check
        = gtk_check_button_new_with_label (_ (hw_field_choice (field, purposes[i])->label));

      g_object_set_data (G_OBJECT (check), "purpose", (gpointer)purposes[i]);
      gtk_box_append (GTK_BOX (self->withdraw_box), check);
    }
  gtk_expander_set_child (GTK_EXPANDER (expander), self->withdraw_box);
  return expander;
}

static GtkWidget *
make_words (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
hw_intake_blind_init (HwIntakeBlind *self)
{
  GtkBox *box = GTK_BOX (self);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (box, 9);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->add_button = gtk_button_new_with_mnemonic (_ ("Add This Call to _Her Case"));
  gtk_widget_add_css_class (self->add_button, "suggested-action");
  g_signal_connect_object (
    self->add_button, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  self->problem = GTK_LABEL (make_words (NULL, "error"));
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_box_append (box, make_words (_ ("She Has a Case"), "heading"));
  gtk_box_append (
    box,
    make_words (_ ("A colleague carries the case with this number. You cannot see it; what you "
                   "write here can be added to it."),
                "dim-label"));
  gtk_box_append (box, make_withdrawals (self));
  gtk_box_append (box, self->add_button);
  gtk_box_append (box, GTK_WIDGET (self->problem));
}

GtkWidget *
hw_intake_blind_new (void)
{
  return g_object_new (HW_TYPE_INTAKE_BLIND, NULL);
}
