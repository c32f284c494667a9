/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A window with every kind of field, a record's form, sections and the small widgets, over invented
 * data: for looking at them, light and dark. `gallery kinds|form|page [large]`. The record takes
 * every commit, as the store would.
 */
#include <adwaita.h>

#include "app/forms/hw-record-form.h"
#include "app/forms/hw-record-section.h"
#include "app/hw-compat.h"
#include "app/widgets/hw-block-row.h"
#include "app/widgets/hw-clock-label.h"
#include "app/widgets/hw-empty-state.h"
#include "app/widgets/hw-pill.h"
#include "app/widgets/hw-style.h"
#include "app/widgets/hw-track-strip.h"
#include "base/hw-base.h"
#include "hw-fake-provider.h"

/* Tuesday 24 November 2026, 20:12 UTC */
#define NOW_US (G_GINT64_CONSTANT (1795551120) * G_USEC_PER_SEC)

static HwFormContext *
make_context (void)
{
  g_autoptr (HwClock) clock = hw_clock_new_fixed (NOW_US);
  g_autoptr (HwReferenceProvider) provider = hw_fake_provider_new ();

  return hw_form_context_new (clock, "Africa/Bujumbura", provider);
}

static void
set_text (HwRecord *record, HwFieldId field, const char *text)
{
  g_autoptr (HwValue) value = hw_value_new_text (text);

  hw_record_set (record, field, value);
}

static void
set_pair (HwRecord *record, HwFieldId field, const char *text, const char *unit)
{
  g_autoptr (HwValue) value = hw_value_new_pair (text, unit);

  hw_record_set (record, field, value);
}

static void
set_set (HwRecord *record, HwFieldId field, const char *const *members)
{
  g_autoptr (HwValue) value = hw_value_new_set (members);

  hw_record_set (record, field, value);
}

static void
commit_cb (HwFieldRow *row, HwValue *value, guint64 base, gpointer data)
{
  hw_record_set (hw_field_row_get_record (row), hw_field_row_get_field (row)->id, value);
}

static void
form_commit_cb (HwRecordForm *form, guint field, HwValue *value, guint64 base, gpointer data)
{
  hw_record_set (hw_record_form_get_record (form), (HwFieldId)field, value);
}

static void
form_move_cb (HwRecordForm *form, const char *status, gpointer data)
{
  set_text (hw_record_form_get_record (form),
            hw_record_def (hw_record_form_get_record (form))->status_field,
            status);
}

static HwRecord *
make_case (void)
{
  HwRecord *record = hw_record_new (HW_TYPE_ID_CASE, "0193a000-0000-7000-8000-0000000000aa");

  set_text (record, HW_FIELD_CASE_CODE, "HW-BI-26-0001");
  set_text (record, HW_FIELD_CASE_PSEUDONYM, "Aline N.");
  set_text (record, HW_FIELD_CASE_STATUS, "active");
  set_text (record, HW_FIELD_CASE_URGENCY, "high");
  set_text (record, HW_FIELD_CASE_LOCATION_COUNTRY, "KW");
  set_text (record, HW_FIELD_CASE_LOCATION_PLACE, "Hawalli");
  set_text (record, HW_FIELD_CASE_OPENED_ON, "2026-11-05");
  set_text (record, HW_FIELD_CASE_OWNER, HW_FAKE_PERSON);
  set_text (record, HW_FIELD_CASE_MISSION, HW_FAKE_MISSION);
  return record;
}

static HwRecord *
make_person (void)
{
  HwRecord *record = hw_record_new (HW_TYPE_ID_PERSON, "0193a000-0000-7000-8000-0000000000ab");

  set_text (record, HW_FIELD_PERSON_GIVEN_NAMES, "Aline");
  set_text (record, HW_FIELD_PERSON_FAMILY_NAME, "Niyonzima");
  set_set (record, HW_FIELD_PERSON_ALIASES, (const char *const[]){ "Ally", "Mama Kevin", NULL });
  set_set (record, HW_FIELD_PERSON_CITIZENSHIP, (const char *const[]){ "BI", NULL });
  set_set (record, HW_FIELD_PERSON_LANGUAGES, (const char *const[]){ "run", "swa", "fra", NULL });
  set_pair (record, HW_FIELD_PERSON_BIRTH_DATE, "1999-11-01", "month");
  set_text (record, HW_FIELD_PERSON_GENDER, "feminine");
  return record;
}

static HwRecord *
make_movement (void)
{
  HwRecord *record = hw_record_new (HW_TYPE_ID_MOVEMENT, "0193a000-0000-7000-8000-0000000000ac");
  g_autoptr (HwValue) cost = hw_value_new_money (280000, "KWD");
  g_autoptr (HwValue) pieces = hw_value_new_integer (2);
  g_autoptr (HwValue) yes = hw_value_new_integer (1);

  hw_record_set_rev (record, 3);
  set_text (record, HW_FIELD_MOVEMENT_STATUS, "held");
  set_text (record, HW_FIELD_MOVEMENT_MODE, "air");
  set_text (record, HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, "2026-11-25T16:00:00Z");
  set_text (record, HW_FIELD_MOVEMENT_RECORD_LOCATOR, "QX7K2P");
  hw_record_set (record, HW_FIELD_MOVEMENT_COST, cost);
  hw_record_set (record, HW_FIELD_MOVEMENT_BAGGAGE_PIECES, pieces);
  hw_record_set (record, HW_FIELD_MOVEMENT_EMERGENCY_NUMBER_GIVEN, yes);
  return record;
}

static GtkWidget *
make_column (void)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_valign (column, GTK_ALIGN_START);
  return column;
}

static HwFieldRow *
add_field (GtkWidget *group, HwRecord *record, HwFieldId field, HwFormContext *context)
{
  GtkWidget *row = hw_field_row_new (hw_schema_field (field));

  hw_field_row_set_context (HW_FIELD_ROW (row), context);
  hw_field_row_set_record (HW_FIELD_ROW (row), record);
  g_signal_connect (row, "commit", G_CALLBACK (commit_cb), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return HW_FIELD_ROW (row);
}

static GtkWidget *
add_group (GtkWidget *column, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (GTK_BOX (column), group);
  return group;
}

static GtkWidget *
make_kinds (HwFormContext *context)
{
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  GtkWidget *left = make_column (), *middle = make_column (), *right = make_column ();
  g_autoptr (HwRecord) file = make_case ();
  g_autoptr (HwRecord) person = make_person ();
  g_autoptr (HwRecord) movement = make_movement ();
  g_autoptr (HwRecord) contact
    = hw_record_new (HW_TYPE_ID_SAFE_CONTACT, "0193a000-0000-7000-8000-0000000000ad");
  g_autoptr (HwRecord) segment
    = hw_record_new (HW_TYPE_ID_SEGMENT, "0193a000-0000-7000-8000-0000000000ae");
  g_autoptr (HwRecord) log
    = hw_record_new (HW_TYPE_ID_CONTACT_LOG, "0193a000-0000-7000-8000-0000000000af");
  GtkWidget *group = add_group (left, "Words and choices");
  HwFieldRow *row;

  add_field (group, file, HW_FIELD_CASE_PSEUDONYM, context);
  add_field (group, file, HW_FIELD_CASE_HOLD_REASON, context);
  add_field (group, file, HW_FIELD_CASE_URGENCY, context);
  add_field (group, file, HW_FIELD_CASE_SOURCE, context);
  add_field (group, file, HW_FIELD_CASE_LOCATION_COUNTRY, context);
  add_field (group, file, HW_FIELD_CASE_OWNER, context);
  add_field (group, file, HW_FIELD_CASE_MISSION, context);
  add_field (group, file, HW_FIELD_CASE_LEGAL_HOLD, context);
  hw_field_row_set_editable (add_field (group, file, HW_FIELD_CASE_CODE, context), FALSE);

  group = add_group (middle, "Sets and days");
  add_field (group, person, HW_FIELD_PERSON_ALIASES, context);
  add_field (group, person, HW_FIELD_PERSON_CITIZENSHIP, context);
  add_field (group, person, HW_FIELD_PERSON_LANGUAGES, context);
  add_field (group, person, HW_FIELD_PERSON_BIRTH_DATE, context);
  add_field (group, file, HW_FIELD_CASE_OPENED_ON, context);
  row = add_field (group, file, HW_FIELD_CASE_REVIEW_ON, context);
  hw_field_editor_begin (hw_field_row_get_editor (row));
  gtk_editable_set_text (
    GTK_EDITABLE (gtk_widget_get_first_child (GTK_WIDGET (hw_field_row_get_editor (row)))),
    "soonish");
  hw_field_row_leave (row);
  row = add_field (group, person, HW_FIELD_PERSON_BIRTH_PLACE, context);
  gtk_editable_set_text (
    GTK_EDITABLE (gtk_widget_get_first_child (GTK_WIDGET (hw_field_row_get_editor (row)))),
    "Ngozi");
  set_text (person, HW_FIELD_PERSON_BIRTH_PLACE, "Gitega");

  group = add_group (right, "Times, money, numbers");
  set_pair (segment, HW_FIELD_SEGMENT_DEPARTS_AT, "2026-11-27T01:15", "Asia/Kuwait");
  set_text (contact, HW_FIELD_SAFE_CONTACT_VALUE, "+96550000000");
  set_text (contact, HW_FIELD_SAFE_CONTACT_WINDOW_FROM, "23:00");
  set_text (contact, HW_FIELD_SAFE_CONTACT_CODE_WORD, "isoko");
  set_text (log,
            HW_FIELD_CONTACT_LOG_SUMMARY,
            "She can speak after eleven at night. The madam keeps her passport in the bedroom; the "
            "driver helps.");
  add_field (group, segment, HW_FIELD_SEGMENT_DEPARTS_AT, context);
  add_field (group, movement, HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, context);
  add_field (group, movement, HW_FIELD_MOVEMENT_COST, context);
  add_field (group, movement, HW_FIELD_MOVEMENT_BAGGAGE_PIECES, context);
  add_field (group, contact, HW_FIELD_SAFE_CONTACT_VALUE, context);
  add_field (group, contact, HW_FIELD_SAFE_CONTACT_WINDOW_FROM, context);
  add_field (group, contact, HW_FIELD_SAFE_CONTACT_CODE_WORD, context);
  add_field (group, log, HW_FIELD_CONTACT_LOG_SUMMARY, context);

  gtk_box_append (GTK_BOX (columns), left);
  gtk_box_append (GTK_BOX (columns), middle);
  gtk_box_append (GTK_BOX (columns), right);
  gtk_box_set_homogeneous (GTK_BOX (columns), TRUE);
  return columns;
}

static GtkWidget *
make_form (HwFormContext *context)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *form = hw_record_form_new (context);
  g_autoptr (HwRecord) movement = make_movement ();

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  hw_record_form_set_rights (HW_RECORD_FORM (form), HW_ROLE_CASEWORKER, HW_RELATION_OWNER);
  hw_record_form_set_record (HW_RECORD_FORM (form), movement);
  g_signal_connect (form, "commit", G_CALLBACK (form_commit_cb), NULL);
  g_signal_connect (form, "move", G_CALLBACK (form_move_cb), NULL);
  adw_clamp_set_child (ADW_CLAMP (clamp), form);
  return clamp;
}

static GtkWidget *
make_head (HwFormContext *context)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new ("Aline N.");
  GtkWidget *clock
    = hw_clock_label_new (hw_form_context_get_clock (context), "Asia/Kuwait", "Kuwait, hers");

  gtk_widget_add_css_class (name, "title-1");
  gtk_box_append (GTK_BOX (head), name);
  gtk_box_append (GTK_BOX (head), hw_pill_new ("Urgency: high", HW_MEANING_WARNING));
  gtk_box_append (GTK_BOX (head), hw_pill_new ("Approved", HW_MEANING_GOOD));
  gtk_box_append (GTK_BOX (head), hw_pill_new ("Refused", HW_MEANING_BAD));
  gtk_box_append (GTK_BOX (head), hw_pill_new ("Sent", HW_MEANING_NEUTRAL));
  gtk_widget_set_hexpand (clock, TRUE);
  gtk_widget_set_halign (clock, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (head), clock);
  clock = hw_clock_label_new (
    hw_form_context_get_clock (context), "Africa/Bujumbura", "Bujumbura, ours");
  gtk_widget_add_css_class (clock, "ours");
  gtk_box_append (GTK_BOX (head), clock);
  return head;
}

static GtkWidget *
make_blocks (void)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *first
    = hw_block_row_new ("No verified travel document",
                        "Laissez-passer is in production at the mission since 12 November",
                        "Message the mission");

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), "What Blocks Departure");
  hw_block_row_set_suggested (HW_BLOCK_ROW (first), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), first);
  adw_preferences_group_add (
    ADW_PREFERENCES_GROUP (group),
    hw_block_row_new ("Her decision must be confirmed again",
                      "Last confirmed 9 days ago; seven are allowed before ticketing",
                      "Confirm with her"));
  return group;
}

static GtkWidget *
make_page (HwFormContext *context)
{
  static const HwTrackView tracks[HW_N_TRACKS] = {
    { HW_TRACK_DONE, (char *)"With plan" },   { HW_TRACK_DONE, (char *)"4 of 4" },
    { HW_TRACK_DONE, (char *)"Approved" },    { HW_TRACK_WAITING, (char *)"In production" },
    { HW_TRACK_BLOCKED, (char *)"1 to pay" }, { HW_TRACK_WAITING, (char *)"Held" },
    { HW_TRACK_DONE, (char *)"Expected" },    { HW_TRACK_WAITING, (char *)"Located" },
    { HW_TRACK_NOT_YET, (char *)"Not yet" },
  };
  GtkWidget *column = make_column ();
  GtkWidget *strip = hw_track_strip_new ();
  GtkWidget *section = hw_record_section_new (HW_TYPE_ID_MOVEMENT, context);
  GtkWidget *empty = hw_record_section_new (HW_TYPE_ID_TRAVEL_DOCUMENT, context);
  GtkWidget *lists = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (records, make_movement ());
  g_ptr_array_add (records, make_movement ());
  set_text (records->pdata[1], HW_FIELD_MOVEMENT_STATUS, "cancelled");
  hw_record_section_set_rights (HW_RECORD_SECTION (section), HW_ROLE_CASEWORKER, HW_RELATION_OWNER);
  hw_record_section_set_rights (HW_RECORD_SECTION (empty), HW_ROLE_CASEWORKER, HW_RELATION_OWNER);
  hw_record_section_set_records (HW_RECORD_SECTION (section), records);
  hw_track_strip_set_tracks (HW_TRACK_STRIP (strip), tracks);
  gtk_box_append (GTK_BOX (column), make_head (context));
  gtk_box_append (GTK_BOX (column), make_blocks ());
  gtk_box_append (GTK_BOX (column), strip);
  gtk_widget_set_hexpand (section, TRUE);
  gtk_widget_set_hexpand (empty, TRUE);
  gtk_box_append (GTK_BOX (lists), section);
  gtk_box_append (GTK_BOX (lists), empty);
  gtk_box_set_homogeneous (GTK_BOX (lists), TRUE);
  gtk_box_append (GTK_BOX (column), lists);
  gtk_box_append (GTK_BOX (column),
                  hw_empty_state_new ("x-office-calendar-symbolic",
                                      "Nothing is due today",
                                      "Follow-ups and holds that need you will stand here.",
                                      "Open the cases"));
  return column;
}

int
main (int argc, char **argv)
{
  const char *page = argc > 1 ? argv[1] : "kinds";
  g_autoptr (HwFormContext) context = NULL;
  GtkWidget *window, *box, *scrolled, *banner, *content;

  adw_init ();
  hw_style_load (gdk_display_get_default ());
  if (argc > 2 && g_str_equal (argv[2], "large"))
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 192 * 1024, NULL);
  context = make_context ();
  content = g_str_equal (page, "form")   ? make_form (context)
            : g_str_equal (page, "page") ? make_page (context)
                                         : make_kinds (context);
  gtk_widget_set_margin_start (content, 24);
  gtk_widget_set_margin_end (content, 24);
  gtk_widget_set_margin_top (content, 18);
  gtk_widget_set_margin_bottom (content, 24);
  scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (
    GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), content);
  gtk_widget_set_vexpand (scrolled, TRUE);
  banner = hw_banner_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), banner);
  gtk_box_append (GTK_BOX (box), scrolled);
  if (g_str_equal (page, "page"))
    hw_banner_show (
      HW_BANNER (banner), "Waiting for the office: do not buy, do not send yet.", "Why");
  window = adw_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "Forms");
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  gtk_window_maximize (GTK_WINDOW (window));
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
