/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The call, in the order a frightened person tells it. The window owns its records and may set
 * them; the store sees a draft with every pause of the hand, and the case only when it is saved. No
 * key and no way of closing loses a letter.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/intake/hw-intake-window.h"

#include <glib/gi18n.h>

#include "app/hw-compat.h"
#include "app/hw-desktop-references.h"
#include "app/hw-refusal-box.h"
#include "app/intake/hw-draft-saver.h"
#include "app/intake/hw-intake-blind.h"
#include "app/intake/hw-intake-known.h"
#include "app/intake/hw-place-hints.h"
#include "app/widgets/hw-clock-label.h"
#include "schema/hw-iso.h"
#include "schema/hw-place.h"

struct _HwIntakeWindow
{
  AdwWindow parent;

  HwDesktop *desktop;   /* (owned) */
  HwIntakeDraft *draft; /* (owned) */
  HwDraftSaver *saver;  /* (owned) */
  gint64 shown_us;      /* monotonic, when this window began */
  guint tick;
  guint comparing; /* the source that compares, once the hand rests */
  gboolean pseudonym_own; /* she wrote the working name herself */
  gboolean saving;

  GtkScrolledWindow *scroller;
  GtkWidget *sections;
  HwRefusalBox *refusal_box;
  HwPlaceHints *place_hints;
  GtkLabel *call_clock;
  GtkLabel *call_began;
  HwClockLabel *her_clock;
  HwClockLabel *our_clock;
  HwIntakeKnown *known;
  HwIntakeBlind *blind;
  GtkImage *foot_icon;
  GtkLabel *foot;
  GtkWidget *save_button;
};

G_DEFINE_FINAL_TYPE (HwIntakeWindow, hw_intake_window, ADW_TYPE_WINDOW)

/* ---- What stands in a line now ---- */

static char *
line_text (HwIntakeWindow *self, HwFieldId field)
{
  HwFieldRow *row = hw_scratch_find_row (self->sections, field);
  HwFieldEditor *editor = hw_field_row_get_editor (row);

  if (!HW_IS_TEXT_EDITOR (editor))
    return g_strdup ("");
  /* What stands masked is not in its line. */
  if (hw_field_row_is_masked (row))
    return g_strdup (hw_record_get_text (hw_field_row_get_record (row), field));
  return g_strstrip (g_strdup (
    gtk_editable_get_text (GTK_EDITABLE (hw_text_editor_get_text (HW_TEXT_EDITOR (editor))))));
}

static HwRecord *
record_of (HwIntakeWindow *self, HwFieldId field)
{
  for (guint i = 0; i < HW_INTAKE_N_RECORDS; i++)
    if (hw_record_type (self->draft->records[i]) == hw_schema_field (field)->type)
      return self->draft->records[i];
  return NULL;
}

static void
propose_text (HwIntakeWindow *self, HwFieldId field, const char *text)
{
  g_autoptr (HwValue) value = text != NULL ? hw_value_new_text (text) : NULL;

  hw_scratch_propose (self->sections, record_of (self, field), field, value);
}

/* ---- What follows from an answer ---- */

static void
propose_pseudonym (HwIntakeWindow *self)
{
  g_autofree char *given = line_text (self, HW_FIELD_PERSON_GIVEN_NAMES);
  g_autofree char *family = line_text (self, HW_FIELD_PERSON_FAMILY_NAME);
  g_autofree char *name = NULL;

  if (self->pseudonym_own)
    return;
  name = hw_intake_draft_pseudonym (
    given, family, self->draft->opened_us, hw_desktop_office_zone (self->desktop));
  propose_text (self, HW_FIELD_CASE_PSEUDONYM, name);
}

static void
country_chosen (HwIntakeWindow *self)
{
  const char *country
    = hw_record_get_text (self->draft->records[HW_INTAKE_CASE], HW_FIELD_CASE_LOCATION_COUNTRY);
  const char *zone = country != NULL ? hw_country_zone (country) : NULL;
  g_autofree char *caption
    = zone != NULL ? g_strdup_printf (_ ("%s, hers"), hw_country_name (country)) : NULL;

  hw_clock_label_set_zone (self->her_clock, zone, caption);
  if (zone != NULL
      && hw_record_get (self->draft->records[HW_INTAKE_CONTACT], HW_FIELD_SAFE_CONTACT_WINDOW_ZONE)
           == NULL)
    propose_text (self, HW_FIELD_SAFE_CONTACT_WINDOW_ZONE, zone);
}

static void
crisis_answered (HwIntakeWindow *self)
{
  if (hw_record_get_boolean (self->draft->records[HW_INTAKE_CALL], HW_FIELD_CONTACT_LOG_CRISIS)
      && hw_record_get (self->draft->records[HW_INTAKE_CASE], HW_FIELD_CASE_URGENCY) == NULL)
    propose_text (self, HW_FIELD_CASE_URGENCY, HW_CASE_URGENCY_EMERGENCY);
}

/* What is written of her now, the line under the hand included, beside the cases on this computer. */
static gboolean
compare_cb (gpointer user_data)
{
  HwIntakeWindow *self = user_data;
  static const HwFieldId typed[] = { HW_FIELD_PERSON_GIVEN_NAMES, HW_FIELD_PERSON_FAMILY_NAME };
  g_autoptr (HwRecord) person = hw_record_copy (self->draft->records[HW_INTAKE_PERSON]);
  g_autoptr (HwRecord) contact = hw_record_copy (self->draft->records[HW_INTAKE_CONTACT]);
  g_autofree char *number = line_text (self, HW_FIELD_SAFE_CONTACT_VALUE);
  g_autoptr (HwValue) value = *number != '\0' ? hw_value_new_text (number) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *text = line_text (self, typed[i]);
      g_autoptr (HwValue) name = *text != '\0' ? hw_value_new_text (text) : NULL;

      hw_record_set (person, typed[i], name);
    }
  hw_record_set (contact, HW_FIELD_SAFE_CONTACT_VALUE, value);
  self->comparing = 0;
  hw_intake_known_compare (self->known, hw_traits_of_records (person, contact));
  return G_SOURCE_REMOVE;
}

static void
compare (HwIntakeWindow *self)
{
  g_clear_handle_id (&self->comparing, g_source_remove);
  self->comparing = g_timeout_add (HW_INTAKE_KNOWN_DELAY_MS, compare_cb, self);
}

static void
search_names (HwIntakeWindow *self)
{
  g_autofree char *given = line_text (self, HW_FIELD_PERSON_GIVEN_NAMES);
  g_autofree char *family = line_text (self, HW_FIELD_PERSON_FAMILY_NAME);
  g_autofree char *both = g_strjoin (" ", given, family, NULL);

  hw_intake_known_search (self->known, both);
  compare (self);
}

static void
search_number (HwIntakeWindow *self)
{
  g_autofree char *number = line_text (self, HW_FIELD_SAFE_CONTACT_VALUE);

  hw_intake_known_search (self->known, number);
  hw_intake_blind_number (self->blind, number);
  compare (self);
}

static void
edited_cb (HwIntakeWindow *self, HwFieldEditor *editor)
{
  HwFieldId field = hw_field_editor_get_field (editor)->id;

  hw_draft_saver_change (self->saver);
  if (field == HW_FIELD_PERSON_GIVEN_NAMES || field == HW_FIELD_PERSON_FAMILY_NAME)
    {
      propose_pseudonym (self);
      search_names (self);
    }
  else if (field == HW_FIELD_SAFE_CONTACT_VALUE)
    {
      search_number (self);
    }
  else if (field == HW_FIELD_CASE_PSEUDONYM)
    {
      g_autofree char *written = line_text (self, field);

      self->pseudonym_own = *written != '\0';
    }
  else if (field == HW_FIELD_PERSON_ORIGIN_PROVINCE || field == HW_FIELD_PERSON_ORIGIN_COMMUNE
           || field == HW_FIELD_PERSON_ORIGIN_NEW_PROVINCE)
    {
      g_autofree char *place = line_text (self, field);

      hw_place_hints_offer (self->place_hints, field, place);
    }
}

/* The province of before 2025 and the one since are proposed from each other and from the commune, where
 * one follows from the other; what she wrote herself stays. */
static void
propose_provinces (HwIntakeWindow *self)
{
  HwRecord *person = self->draft->records[HW_INTAKE_PERSON];
  const char *old_name = hw_record_get_text (person, HW_FIELD_PERSON_ORIGIN_PROVINCE);
  const char *new_name = hw_record_get_text (person, HW_FIELD_PERSON_ORIGIN_NEW_PROVINCE);
  const char *commune = hw_record_get_text (person, HW_FIELD_PERSON_ORIGIN_COMMUNE);
  g_autofree char *old_proposed = hw_place_old_province (old_name, commune);
  g_autofree char *new_proposed = hw_place_new_province (old_name, new_name, commune);

  if (old_name == NULL && old_proposed != NULL)
    propose_text (self, HW_FIELD_PERSON_ORIGIN_PROVINCE, old_proposed);
  if (new_name == NULL && new_proposed != NULL)
    propose_text (self, HW_FIELD_PERSON_ORIGIN_NEW_PROVINCE, new_proposed);
}

/* "+965 5000 0001" and "00965…" are one number: kept as one, so that the next call finds it. */
static void
number_written (HwIntakeWindow *self, const char *number)
{
  g_autofree char *normal = number != NULL ? hw_phone_normalise (number) : NULL;

  if (normal != NULL && !g_str_equal (normal, number))
    propose_text (self, HW_FIELD_SAFE_CONTACT_VALUE, normal);
}

/* The record has the value already: hw_scratch_bind() came first. */
static void
committed_row_cb (HwIntakeWindow *self, HwValue *value, guint64 base, HwFieldRow *row)
{
  HwFieldId field = hw_field_row_get_field (row)->id;

  hw_draft_saver_change (self->saver);
  if (field == HW_FIELD_SAFE_CONTACT_VALUE)
    number_written (self, hw_value_text (value));
  hw_field_row_open (row);
  if (field == HW_FIELD_CASE_LOCATION_COUNTRY)
    country_chosen (self);
  else if (field == HW_FIELD_CONTACT_LOG_CRISIS)
    crisis_answered (self);
  else if (field == HW_FIELD_PERSON_ORIGIN_COMMUNE || field == HW_FIELD_PERSON_ORIGIN_PROVINCE)
    propose_provinces (self);
  if (hw_field_row_get_field (row)->type == HW_TYPE_ID_PERSON)
    compare (self);
}

static void
place_picked_cb (HwIntakeWindow *self, guint field, const char *name)
{
  HwFieldRow *row = hw_scratch_find_row (self->sections, field);

  hw_text_editor_type (HW_TEXT_EDITOR (hw_field_row_get_editor (row)), name);
  hw_field_row_leave (row);
  hw_place_hints_offer (self->place_hints, HW_FIELD_NONE, NULL);
  gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
}

static void
watch_rows (HwIntakeWindow *self, GtkWidget *root)
{
  if (HW_IS_FIELD_ROW (root))
    {
      g_signal_connect_object (hw_field_row_get_editor (HW_FIELD_ROW (root)),
                               "edited",
                               G_CALLBACK (edited_cb),
                               self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (
        root, "commit", G_CALLBACK (committed_row_cb), self, G_CONNECT_SWAPPED);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    watch_rows (self, child);
}

/* ---- The clock and the line at the foot ---- */

static void
show_foot (HwIntakeWindow *self)
{
  g_autofree char *words = hw_draft_saver_words (self->saver);
  gboolean failed = hw_draft_saver_failed (self->saver);

  gtk_label_set_text (self->foot, words);
  gtk_image_set_from_icon_name (self->foot_icon,
                                failed ? "dialog-error-symbolic" : "drive-harddisk-symbolic");
  if (failed)
    gtk_widget_add_css_class (GTK_WIDGET (self->foot), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->foot), "error");
}

static void
show_call_clock (HwIntakeWindow *self)
{
  int seconds = (int)((g_get_monotonic_time () - self->shown_us) / G_USEC_PER_SEC);
  g_autofree char *words
    = seconds < 3600
        ? g_strdup_printf ("%02d:%02d", seconds / 60, seconds % 60)
        : g_strdup_printf ("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);

  gtk_label_set_text (self->call_clock, words);
}

static gboolean
tick_cb (gpointer user_data)
{
  show_call_clock (user_data);
  show_foot (user_data);
  return G_SOURCE_CONTINUE;
}

/* ---- Saving the case ---- */

static void
set_saving (HwIntakeWindow *self, gboolean saving)
{
  self->saving = saving;
  gtk_widget_set_sensitive (self->save_button, !saving);
}

static void
finish (HwIntakeWindow *self)
{
  GtkWindow *main_window = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autofree char *case_id = g_strdup (hw_record_id (self->draft->records[HW_INTAKE_CASE]));

  hw_draft_saver_discard (self->saver);
  if (main_window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (main_window), "win.open", "s", case_id);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HwIntakeWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = hw_desktop_commit_finish (HW_DESKTOP (source), result, &error);
  HwVerdict *refusal = hw_desktop_first_refusal (results);

  if (self->desktop == NULL || !hw_desktop_is_unlocked (self->desktop))
    return;
  set_saving (self, FALSE);
  if (results == NULL)
    hw_compat_tell (GTK_WIDGET (self),
                    _ ("The case is not saved yet; the call is kept as a draft"),
                    error->message);
  else if (refusal == NULL)
    finish (self);
  else if (!hw_scratch_refuse (self->sections, refusal))
    {
      hw_refusal_box_show (
        self->refusal_box, _ ("This cannot be saved as a case yet; the draft is kept"), refusal);
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
    }
}

static void
save_cb (HwIntakeWindow *self)
{
  g_autoptr (GPtrArray) operations = NULL;
  HwFieldRow *fault;

  if (self->saving)
    return;
  hw_refusal_box_show (self->refusal_box, NULL, NULL);
  fault = hw_scratch_first_fault (self->sections);
  if (fault != NULL)
    {
      hw_scratch_focus (fault);
      return;
    }
  set_saving (self, TRUE);
  operations = hw_intake_draft_operations (self->draft, self->desktop);
  hw_desktop_commit_async (self->desktop, operations, TRUE, committed_cb, g_object_ref (self));
}

static gboolean
save_shortcut_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  save_cb (HW_INTAKE_WINDOW (widget));
  return TRUE;
}

/* ---- The window ---- */

static void
open_case_cb (HwIntakeWindow *self, const char *id)
{
  GtkWindow *main_window = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (main_window == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (main_window), "win.open", "s", id);
  gtk_window_present (main_window);
}

/* Her case is on this computer: then there is nothing to do blind. */
static void
compared_cb (HwIntakeWindow *self, gboolean here)
{
  hw_intake_blind_set_here (self->blind, here);
}

/* What still stands in a line goes into its record. */
static void
prepare_blind_cb (HwIntakeWindow *self)
{
  hw_scratch_first_fault (self->sections);
}

static void
added_blind_cb (HwIntakeWindow *self)
{
  hw_draft_saver_discard (self->saver);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Alt and a section's letter: into its first field. */
static gboolean
section_mnemonic_cb (GtkWidget *section, gboolean cycling, HwIntakeWindow *self)
{
  gtk_widget_child_focus (section, GTK_DIR_TAB_FORWARD);
  return TRUE;
}

/* A field row takes back what is typed on Escape. Here nothing is ever taken back by a slip of the
 * hand. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));

  return focus == NULL || gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) == NULL;
}

static gboolean
hw_intake_window_close_request (GtkWindow *window)
{
  HwIntakeWindow *self = HW_INTAKE_WINDOW (window);

  if (hw_draft_saver_is_touched (self->saver) && !self->saving)
    hw_desktop_say (
      self->desktop,
      _ ("The unfinished call is kept on this computer; it is offered when you next unlock."));
  return GTK_WINDOW_CLASS (hw_intake_window_parent_class)->close_request (window);
}

/* The rows still stand: the last letters go to disk with the rest. Now, and not when the last who holds the window lets
 * go: by then the store may be closed. */
static void
end_draft (HwIntakeWindow *self)
{
  if (self->saver == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->saver, self);
  hw_draft_saver_end (self->saver);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->comparing, g_source_remove);
}

static void
hw_intake_window_unrealize (GtkWidget *widget)
{
  end_draft (HW_INTAKE_WINDOW (widget));

  GTK_WIDGET_CLASS (hw_intake_window_parent_class)->unrealize (widget);
}

static void
hw_intake_window_dispose (GObject *object)
{
  HwIntakeWindow *self = HW_INTAKE_WINDOW (object);

  end_draft (self);
  g_clear_object (&self->saver);
  gtk_widget_dispose_template (GTK_WIDGET (self), HW_TYPE_INTAKE_WINDOW);
  g_clear_pointer (&self->draft, hw_intake_draft_free);
  g_clear_object (&self->desktop);

  G_OBJECT_CLASS (hw_intake_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HwIntakeWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, HwIntakeWindow, sections);
  gtk_widget_class_bind_template_child (widget_class, HwIntakeWindow, refusal_box);
  gtk_widget_class_bind_template_child (widget_class, HwIntakeWindow, place_hints);
  gtk_widget_class_bind_template_child (widget_class, HwIntakeWindow, call_clock);
  gtk_widget_class_bind_template_child (widget_class, HwIntakeWindow, call_began);
  gtk_widget_class_bind_template_child (widget_class, HwIntakeWindow, her_clock);
  gtk_widget_class_bind_template_child (widget_class, HwIntakeWindow, our_clock);
  gtk_widget_class_bind_template_child (widget_class, HwIntakeWindow, known);
  gtk_widget_class_bind_template_child (widget_class, HwIntakeWindow, blind);
  gtk_widget_class_bind_template_child (widget_class, HwIntakeWindow, foot_icon);
  gtk_widget_class_bind_template_child (widget_class, HwIntakeWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, HwIntakeWindow, save_button);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_case_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, compared_cb);
  gtk_widget_class_bind_template_callback (widget_class, prepare_blind_cb);
  gtk_widget_class_bind_template_callback (widget_class, added_blind_cb);
  gtk_widget_class_bind_template_callback (widget_class, section_mnemonic_cb);
}

static void
hw_intake_window_class_init (HwIntakeWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_intake_window_dispose;
  widget_class->unrealize = hw_intake_window_unrealize;
  GTK_WINDOW_CLASS (klass)->close_request = hw_intake_window_close_request;

  g_type_ensure (HW_TYPE_FIELD_ROW);
  g_type_ensure (HW_TYPE_REFUSAL_BOX);
  g_type_ensure (HW_TYPE_PLACE_HINTS);
  g_type_ensure (HW_TYPE_CLOCK_LABEL);
  g_type_ensure (HW_TYPE_INTAKE_KNOWN);
  g_type_ensure (HW_TYPE_INTAKE_BLIND);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/homeward/ui/hw-intake-window.ui");
  bind_children (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, save_shortcut_cb, NULL);
  gtk_widget_class_add_binding (
    widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, save_shortcut_cb, NULL);
  gtk_widget_class_add_binding (
    widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, save_shortcut_cb, NULL);
}

static void
hw_intake_window_init (HwIntakeWindow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                      gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static char *
draft_json (gpointer data)
{
  HwIntakeWindow *self = data;

  return hw_intake_draft_to_json (self->draft, self->sections);
}

static void
show_draft (HwIntakeWindow *self)
{
  g_autoptr (HwFormContext) context = hw_desktop_form_context (self->desktop, NULL);
  HwRecord *record = self->draft->records[HW_INTAKE_CASE];
  HwRecord *person = self->draft->records[HW_INTAKE_PERSON];
  const char *zone = hw_desktop_office_zone (self->desktop);
  g_autofree char *proposal
    = hw_intake_draft_pseudonym (hw_record_get_text (person, HW_FIELD_PERSON_GIVEN_NAMES),
                                 hw_record_get_text (person, HW_FIELD_PERSON_FAMILY_NAME),
                                 self->draft->opened_us,
                                 zone);
  const char *pseudonym = hw_record_get_text (record, HW_FIELD_CASE_PSEUDONYM);

  self->pseudonym_own = pseudonym != NULL && !g_str_equal (pseudonym, proposal);
  hw_intake_draft_bind (self->draft, self->sections, context);
  propose_pseudonym (self);
  watch_rows (self, self->sections);
  country_chosen (self);
}

static void
show_clocks (HwIntakeWindow *self)
{
  HwClock *clock = hw_desktop_clock (self->desktop);
  const char *zone = hw_desktop_office_zone (self->desktop);
  g_autofree char *wall = hw_wall_clock_of_instant (self->draft->opened_us, zone);
  g_autofree char *began = g_strdup_printf (_ ("Call began %s"), wall + strlen ("2026-11-24T"));
  const char *slash = strrchr (zone, '/');
  g_autofree char *ours = g_strdup_printf (_ ("%s, ours"), slash != NULL ? slash + 1 : zone);

  hw_clock_label_set_clock (self->her_clock, clock);
  hw_clock_label_set_clock (self->our_clock, clock);
  hw_clock_label_set_zone (self->her_clock, NULL, NULL);
  hw_clock_label_set_zone (self->our_clock, zone, ours);
  gtk_label_set_text (self->call_began, began);
}

/* Her number first: the line may break in the next second. */
static void
begin_at_number_cb (HwIntakeWindow *self)
{
  HwFieldRow *row = hw_scratch_find_row (self->sections, HW_FIELD_SAFE_CONTACT_VALUE);

  gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
}

GtkWidget *
hw_intake_window_continue (HwDesktop *desktop, HwIntakeDraft *draft, GtkWindow *parent)
{
  HwIntakeWindow *self = g_object_new (HW_TYPE_INTAKE_WINDOW, "transient-for", parent, NULL);

  self->desktop = g_object_ref (desktop);
  self->draft = draft;
  self->shown_us = g_get_monotonic_time ();
  self->saver = hw_draft_saver_new (hw_desktop_store (desktop), draft->key, draft_json, self);
  hw_intake_known_set_desktop (self->known, desktop);
  hw_intake_blind_set (self->blind, desktop, draft);
  show_clocks (self);
  show_draft (self);
  g_signal_connect_object (
    self->saver, "state-changed", G_CALLBACK (show_foot), self, G_CONNECT_SWAPPED);
  self->tick = g_timeout_add_seconds (1, tick_cb, self);
  tick_cb (self);
  g_signal_connect_after (self, "map", G_CALLBACK (begin_at_number_cb), NULL);
  return GTK_WIDGET (self);
}

GtkWidget *
hw_intake_window_new (HwDesktop *desktop, GtkWindow *parent)
{
  return hw_intake_window_continue (desktop, hw_intake_draft_new (desktop), parent);
}
