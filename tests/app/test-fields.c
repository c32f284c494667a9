/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwFieldRow, for every kind of field: shows, reads, refuses in words, commits once, never sets the
 * record itself, keeps what was typed, marks what came from elsewhere, and goes away.
 */
#include <adwaita.h>

#include "app/forms/hw-chooser.h"
#include "app/forms/hw-field-row.h"
#include "app/forms/hw-field-words.h"
#include "app/forms/hw-text-editor.h"
#include "app/widgets/hw-style.h"
#include "hw-fake-provider.h"

/* Tuesday 24 November 2026, 20:12 UTC: 22:12 in Bujumbura */
#define NOW_US (G_GINT64_CONSTANT (1795551120) * G_USEC_PER_SEC)

typedef struct
{
  HwFormContext *context;
  HwRecord *record;
  HwFieldRow *row;
  GtkWidget *window;
  guint commits;
  HwValue *value;
  guint64 base;
} Fixture;

static void
commit_cb (HwFieldRow *row, HwValue *value, guint64 base, Fixture *fixture)
{
  fixture->commits++;
  g_clear_pointer (&fixture->value, hw_value_unref);
  fixture->value = value ? hw_value_ref (value) : NULL;
  fixture->base = base;
}

static void
spin (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture *fixture, HwFieldId field)
{
  g_autoptr (HwClock) clock = hw_clock_new_fixed (NOW_US);
  g_autoptr (HwReferenceProvider) provider = hw_fake_provider_new ();
  GtkWidget *list = gtk_list_box_new ();

  *fixture = (Fixture){ 0 };
  fixture->context = hw_form_context_new (clock, "Africa/Bujumbura", provider);
  fixture->record
    = hw_record_new (hw_schema_field (field)->type, "0193a000-0000-7000-8000-0000000000aa");
  fixture->row = HW_FIELD_ROW (hw_field_row_new (hw_schema_field (field)));
  hw_field_row_set_context (fixture->row, fixture->context);
  hw_field_row_set_record (fixture->row, fixture->record);
  g_signal_connect (fixture->row, "commit", G_CALLBACK (commit_cb), fixture);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (fixture->row));
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), list);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  spin ();
}

static void
tear_down (Fixture *fixture)
{
  gpointer row = fixture->row;

  g_object_add_weak_pointer (G_OBJECT (fixture->row), &row);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  spin ();
  g_assert_null (row);
  g_assert_cmpuint (G_OBJECT (fixture->record)->ref_count, ==, 1);
  g_object_unref (fixture->record);
  g_object_unref (fixture->context);
  g_clear_pointer (&fixture->value, hw_value_unref);
}

static void
type_text (Fixture *fixture, const char *text)
{
  hw_text_editor_type (HW_TEXT_EDITOR (hw_field_row_get_editor (fixture->row)), text);
}

static GtkWidget *
find (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);
      if (found)
        return found;
    }
  return NULL;
}

static HwChooser *
chooser_of (Fixture *fixture)
{
  return HW_CHOOSER (find (GTK_WIDGET (hw_field_row_get_editor (fixture->row)), HW_TYPE_CHOOSER));
}

/* Types, leaves, and says in words what was committed. */
static void
assert_typed (HwFieldId field, const char *text, const char *words, const char *unit)
{
  Fixture fixture;
  g_autofree char *read = NULL;

  set_up (&fixture, field);
  type_text (&fixture, text);
  g_assert_true (hw_field_row_is_dirty (fixture.row));
  g_assert_cmpuint (fixture.commits, ==, 0);
  hw_field_row_leave (fixture.row);
  g_assert_cmpstr (hw_field_row_get_error (fixture.row), ==, NULL);
  g_assert_cmpuint (fixture.commits, ==, 1);
  g_assert_null (hw_record_get (fixture.record, field));
  read = hw_field_words_plain (hw_schema_field (field), fixture.value, fixture.context);
  g_assert_cmpstr (read, ==, words);
  if (unit)
    g_assert_cmpstr (hw_value_unit (fixture.value), ==, unit);
  hw_record_set (fixture.record, field, fixture.value);
  g_assert_false (hw_field_row_is_changed (fixture.row));
  hw_field_row_leave (fixture.row);
  g_assert_cmpuint (fixture.commits, ==, 1);
  tear_down (&fixture);
}

static void
assert_refused (HwFieldId field, const char *text)
{
  Fixture fixture;
  GtkText *line;

  set_up (&fixture, field);
  type_text (&fixture, text);
  hw_field_row_leave (fixture.row);
  g_assert_nonnull (hw_field_row_get_error (fixture.row));
  g_assert_null (strstr (hw_field_row_get_error (fixture.row), text));
  g_assert_cmpuint (fixture.commits, ==, 0);
  g_assert_true (hw_field_row_is_dirty (fixture.row));
  line = hw_text_editor_get_text (HW_TEXT_EDITOR (hw_field_row_get_editor (fixture.row)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (line)), ==, text);
  type_text (&fixture, "");
  g_assert_null (hw_field_row_get_error (fixture.row));
  tear_down (&fixture);
}

/* What GTK 4.8 gives the content of to assistive technology: an editable with a text of its own, never a bare text. */
static void
test_read_out (void)
{
  static const HwFieldId fields[] = { HW_FIELD_CASE_LOCATION_PLACE, HW_FIELD_CASE_REVIEW_ON,
                                      HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, HW_FIELD_MOVEMENT_COST };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      Fixture fixture;
      GtkWidget *line;

      set_up (&fixture, fields[i]);
      line = find (GTK_WIDGET (hw_field_row_get_editor (fixture.row)), GTK_TYPE_EDITABLE);
      g_assert_nonnull (line);
      g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (line)), ==, GTK_ACCESSIBLE_ROLE_TEXT_BOX);
      g_assert_true (GTK_IS_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (line))));
      tear_down (&fixture);
    }
}

static void
test_typed (void)
{
  assert_typed (HW_FIELD_CASE_LOCATION_PLACE, "  Hawalli ", "Hawalli", NULL);
  assert_typed (HW_FIELD_MOVEMENT_BAGGAGE_PIECES, "2", "2", NULL);
  assert_typed (HW_FIELD_CASE_REVIEW_ON, "27/11", "Fri 27 Nov", NULL);
  assert_typed (HW_FIELD_CASE_REVIEW_ON, "tomorrow", "Wed 25 Nov", NULL);
  assert_typed (HW_FIELD_PERSON_BIRTH_DATE, "27/11/1998", "27 Nov 1998", "day");
  assert_typed (HW_FIELD_PERSON_BIRTH_DATE, "11/1998", "Nov 1998", "month");
  assert_typed (HW_FIELD_PERSON_BIRTH_DATE, "1998", "1998", "year");
  assert_typed (HW_FIELD_PERSON_BIRTH_DATE, "about 1998", "about 1998", "estimated");
  assert_typed (
    HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, "25/11 18:00", "Wed 25 Nov, 18:00 Bujumbura", NULL);
  assert_typed (HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, "23:30", "Tue 24 Nov, 23:30 Bujumbura", NULL);
  assert_typed (
    HW_FIELD_SEGMENT_DEPARTS_AT, "27/11 01:15", "Fri 27 Nov, 01:15 Bujumbura", "Africa/Bujumbura");
  assert_typed (HW_FIELD_SAFE_CONTACT_WINDOW_FROM, "2300", "23:00", NULL);
  assert_typed (HW_FIELD_MOVEMENT_COST, "280", "USD\u00a0280.00", "USD");
  assert_typed (HW_FIELD_FAMILY_MEMBER_PHONE, "00257 79 000 000", "+257 7900 0000", NULL);
}

static void
test_refused (void)
{
  assert_refused (HW_FIELD_MOVEMENT_BAGGAGE_PIECES, "two");
  assert_refused (HW_FIELD_MOVEMENT_BAGGAGE_PIECES, "-4");
  assert_refused (HW_FIELD_CASE_REVIEW_ON, "soonish");
  assert_refused (HW_FIELD_PERSON_BIRTH_DATE, "13/1998");
  assert_refused (HW_FIELD_MOVEMENT_HOLD_EXPIRES_AT, "later");
  assert_refused (HW_FIELD_SEGMENT_DEPARTS_AT, "27th");
  assert_refused (HW_FIELD_SAFE_CONTACT_WINDOW_FROM, "25:00");
  assert_refused (HW_FIELD_MOVEMENT_COST, "2.505");
  assert_refused (HW_FIELD_FAMILY_MEMBER_PHONE, "79 000 000");
}

static void
assert_chosen (HwFieldId field, const char *id, const char *words)
{
  Fixture fixture;
  g_autofree char *read = NULL;

  set_up (&fixture, field);
  hw_field_editor_begin (hw_field_row_get_editor (fixture.row));
  spin ();
  hw_chooser_pick (chooser_of (&fixture), id);
  spin ();
  g_assert_cmpuint (fixture.commits, ==, 1);
  read = hw_field_words_plain (hw_schema_field (field), fixture.value, fixture.context);
  g_assert_cmpstr (read, ==, words);
  hw_record_set (fixture.record, field, fixture.value);
  hw_chooser_pick (chooser_of (&fixture), NULL);
  g_assert_cmpuint (fixture.commits, ==, 2);
  g_assert_null (fixture.value);
  tear_down (&fixture);
}

static void
test_chosen (void)
{
  assert_chosen (HW_FIELD_CASE_URGENCY, "high", "High");
  assert_chosen (HW_FIELD_CASE_LOCATION_COUNTRY, "KW", "Kuwait");
  assert_chosen (HW_FIELD_CONSENT_LANGUAGE, "run", "Kirundi");
  assert_chosen (HW_FIELD_CASE_MISSION, HW_FAKE_MISSION, "Embassy of Burundi, Kuwait");
  assert_chosen (HW_FIELD_CASE_OWNER, HW_FAKE_PERSON, "Béatrice K.");
  assert_chosen (HW_FIELD_SAFE_CONTACT_WINDOW_ZONE, "Asia/Kuwait", "Kuwait");
}

static void
test_set (void)
{
  Fixture fixture;
  GtkWidget *popover;

  set_up (&fixture, HW_FIELD_PERSON_CITIZENSHIP);
  hw_field_editor_begin (hw_field_row_get_editor (fixture.row));
  spin ();
  hw_chooser_pick (chooser_of (&fixture), "BI");
  hw_chooser_pick (chooser_of (&fixture), "RW");
  hw_chooser_pick (chooser_of (&fixture), "TZ");
  hw_chooser_pick (chooser_of (&fixture), "RW");
  g_assert_cmpuint (fixture.commits, ==, 0);
  popover = find (GTK_WIDGET (chooser_of (&fixture)), GTK_TYPE_POPOVER);
  gtk_popover_popdown (GTK_POPOVER (popover));
  spin ();
  g_assert_cmpuint (fixture.commits, ==, 1);
  g_assert_cmpuint (g_strv_length ((char **)hw_value_set (fixture.value)), ==, 2);
  g_assert_true (hw_value_set_contains (fixture.value, "BI"));
  g_assert_true (hw_value_set_contains (fixture.value, "TZ"));
  tear_down (&fixture);
}

static void
test_tags (void)
{
  Fixture fixture;
  GtkWidget *text;

  set_up (&fixture, HW_FIELD_PERSON_ALIASES);
  text = find (GTK_WIDGET (hw_field_row_get_editor (fixture.row)), GTK_TYPE_TEXT);
  gtk_editable_set_text (GTK_EDITABLE (text), "Ally, Mama Kevin");
  hw_field_row_leave (fixture.row);
  g_assert_cmpuint (fixture.commits, ==, 1);
  g_assert_true (hw_value_set_contains (fixture.value, "Ally"));
  g_assert_true (hw_value_set_contains (fixture.value, "Mama Kevin"));
  hw_record_set (fixture.record, HW_FIELD_PERSON_ALIASES, fixture.value);
  g_signal_emit_by_name (find (GTK_WIDGET (hw_field_row_get_editor (fixture.row)), GTK_TYPE_BUTTON),
                         "clicked");
  g_assert_cmpuint (fixture.commits, ==, 2);
  g_assert_cmpuint (g_strv_length ((char **)hw_value_set (fixture.value)), ==, 1);
  tear_down (&fixture);
}

static void
test_switch (void)
{
  Fixture fixture;
  GtkWidget *toggle;

  set_up (&fixture, HW_FIELD_CASE_LEGAL_HOLD);
  hw_field_row_leave (fixture.row);
  g_assert_cmpuint (fixture.commits, ==, 0);
  toggle = find (GTK_WIDGET (fixture.row), GTK_TYPE_SWITCH);
  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  g_assert_cmpuint (fixture.commits, ==, 1);
  g_assert_cmpint (hw_value_integer (fixture.value), ==, 1);
  hw_record_set (fixture.record, HW_FIELD_CASE_LEGAL_HOLD, fixture.value);
  g_assert_cmpuint (fixture.commits, ==, 1);
  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  g_assert_cmpint (hw_value_integer (fixture.value), ==, 0);
  tear_down (&fixture);
}

static void
test_long_text (void)
{
  Fixture fixture;
  GtkWidget *view;

  set_up (&fixture, HW_FIELD_CONTACT_LOG_SUMMARY);
  view = find (GTK_WIDGET (fixture.row), GTK_TYPE_TEXT_VIEW);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "One\nTwo\n", -1);
  hw_field_row_leave (fixture.row);
  g_assert_cmpstr (hw_value_text (fixture.value), ==, "One\nTwo");
  tear_down (&fixture);
}

static void
test_parts (void)
{
  Fixture fixture;
  g_autoptr (HwValue) cost = hw_value_new_money (280000, "KWD");
  g_autoptr (HwValue) departs = hw_value_new_pair ("2026-11-27T01:15", "Asia/Kuwait");

  set_up (&fixture, HW_FIELD_MOVEMENT_COST);
  hw_record_set (fixture.record, HW_FIELD_MOVEMENT_COST, cost);
  hw_chooser_pick (chooser_of (&fixture), "USD");
  g_assert_nonnull (hw_field_row_get_error (fixture.row));
  hw_chooser_pick (chooser_of (&fixture), "OMR");
  g_assert_cmpuint (fixture.commits, ==, 1);
  g_assert_cmpint (hw_value_integer (fixture.value), ==, 280000);
  g_assert_cmpstr (hw_value_unit (fixture.value), ==, "OMR");
  tear_down (&fixture);

  set_up (&fixture, HW_FIELD_SEGMENT_DEPARTS_AT);
  hw_record_set (fixture.record, HW_FIELD_SEGMENT_DEPARTS_AT, departs);
  hw_chooser_pick (chooser_of (&fixture), "Asia/Dubai");
  g_assert_cmpstr (hw_value_text (fixture.value), ==, "2026-11-27T01:15");
  g_assert_cmpstr (hw_value_unit (fixture.value), ==, "Asia/Dubai");
  tear_down (&fixture);
}

static void
set_record_text (Fixture *fixture, HwFieldId field, const char *text, guint64 rev)
{
  g_autoptr (HwValue) value = text ? hw_value_new_text (text) : NULL;

  hw_record_set_field_rev (fixture->record, field, rev);
  hw_record_set (fixture->record, field, value);
}

static const char *
line_text (Fixture *fixture)
{
  return gtk_editable_get_text (GTK_EDITABLE (
    hw_text_editor_get_text (HW_TEXT_EDITOR (hw_field_row_get_editor (fixture->row)))));
}

static void
test_changed_while_typing (void)
{
  Fixture fixture;

  set_up (&fixture, HW_FIELD_CASE_LOCATION_PLACE);
  set_record_text (&fixture, HW_FIELD_CASE_LOCATION_PLACE, "Hawalli", 3);
  type_text (&fixture, "Salmiya");
  set_record_text (&fixture, HW_FIELD_CASE_LOCATION_PLACE, "Jahra", 4);
  g_assert_true (hw_field_row_is_changed (fixture.row));
  g_assert_cmpstr (line_text (&fixture), ==, "Salmiya");
  hw_field_row_leave (fixture.row);
  g_assert_cmpuint (fixture.commits, ==, 1);
  g_assert_cmpuint (fixture.base, ==, 3);

  set_record_text (&fixture, HW_FIELD_CASE_LOCATION_PLACE, "Salmiya", 5);
  type_text (&fixture, "Farwaniya");
  set_record_text (&fixture, HW_FIELD_CASE_LOCATION_PLACE, "Fahaheel", 6);
  hw_field_row_keep_mine (fixture.row);
  g_assert_cmpuint (fixture.commits, ==, 2);
  g_assert_cmpuint (fixture.base, ==, 6);
  g_assert_false (hw_field_row_is_changed (fixture.row));

  set_record_text (&fixture, HW_FIELD_CASE_LOCATION_PLACE, "Farwaniya", 7);
  type_text (&fixture, "Mangaf");
  set_record_text (&fixture, HW_FIELD_CASE_LOCATION_PLACE, "Ahmadi", 8);
  hw_field_row_take_theirs (fixture.row);
  g_assert_cmpstr (line_text (&fixture), ==, "Ahmadi");
  g_assert_cmpuint (fixture.commits, ==, 2);
  tear_down (&fixture);
}

static void
test_changed_while_looking (void)
{
  Fixture fixture;

  set_up (&fixture, HW_FIELD_CASE_LOCATION_PLACE);
  set_record_text (&fixture, HW_FIELD_CASE_LOCATION_PLACE, "Jahra", 4);
  g_assert_cmpstr (line_text (&fixture), ==, "Jahra");
  g_assert_true (hw_field_row_is_changed (fixture.row));
  g_assert_false (hw_field_row_is_dirty (fixture.row));
  tear_down (&fixture);
}

static void
test_undo (void)
{
  Fixture fixture;

  set_up (&fixture, HW_FIELD_CASE_LOCATION_PLACE);
  g_assert_false (hw_field_row_undo (fixture.row));
  set_record_text (&fixture, HW_FIELD_CASE_LOCATION_PLACE, "Hawalli", 3);
  type_text (&fixture, "Salmiya");
  hw_field_row_leave (fixture.row);
  set_record_text (&fixture, HW_FIELD_CASE_LOCATION_PLACE, "Salmiya", 4);
  g_assert_true (hw_field_row_undo (fixture.row));
  g_assert_cmpuint (fixture.commits, ==, 2);
  g_assert_cmpstr (hw_value_text (fixture.value), ==, "Hawalli");
  tear_down (&fixture);
}

static void
test_refuse (void)
{
  Fixture fixture;

  set_up (&fixture, HW_FIELD_CASE_LOCATION_PLACE);
  type_text (&fixture, "Salmiya");
  hw_field_row_leave (fixture.row);
  hw_field_row_refuse (fixture.row, "Only the owner may write this.");
  g_assert_cmpstr (hw_field_row_get_error (fixture.row), ==, "Only the owner may write this.");
  g_assert_cmpstr (line_text (&fixture), ==, "Salmiya");
  g_assert_true (hw_field_row_is_dirty (fixture.row));
  tear_down (&fixture);
}

static void
test_other_record (void)
{
  Fixture fixture;
  g_autoptr (HwRecord) other
    = hw_record_new (HW_TYPE_ID_CASE, "0193a000-0000-7000-8000-0000000000bb");

  set_up (&fixture, HW_FIELD_CASE_LOCATION_PLACE);
  type_text (&fixture, "Salmiya");
  hw_field_row_set_record (fixture.row, other);
  g_assert_cmpuint (fixture.commits, ==, 1);
  g_assert_cmpstr (line_text (&fixture), ==, "");
  hw_field_row_set_record (fixture.row, NULL);
  tear_down (&fixture);
}

static void
test_sensitive (void)
{
  Fixture fixture;

  set_up (&fixture, HW_FIELD_SAFE_CONTACT_CODE_WORD);
  g_assert_false (hw_field_row_is_masked (fixture.row));
  set_record_text (&fixture, HW_FIELD_SAFE_CONTACT_CODE_WORD, "isoko", 1);
  g_assert_true (hw_field_row_is_masked (fixture.row));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (hw_field_row_get_editor (fixture.row))));
  g_assert_cmpstr (line_text (&fixture), ==, "");
  hw_field_row_reveal (fixture.row);
  while (hw_field_row_is_masked (fixture.row))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (line_text (&fixture), ==, "isoko");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (hw_field_row_get_editor (fixture.row))));
  hw_field_row_mask (fixture.row);
  g_assert_true (hw_field_row_is_masked (fixture.row));
  tear_down (&fixture);
}

static void
test_read_only (void)
{
  Fixture fixture;

  set_up (&fixture, HW_FIELD_CASE_LOCATION_PLACE);
  set_record_text (&fixture, HW_FIELD_CASE_LOCATION_PLACE, "Hawalli", 1);
  hw_field_row_set_editable (fixture.row, FALSE);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (hw_field_row_get_editor (fixture.row))));
  type_text (&fixture, "Salmiya");
  hw_field_row_leave (fixture.row);
  g_assert_cmpuint (fixture.commits, ==, 0);
  g_assert_false (hw_field_row_undo (fixture.row));
  tear_down (&fixture);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_notifies (void)
{
  Fixture fixture;
  guint dirty = 0, error = 0, changed = 0;

  set_up (&fixture, HW_FIELD_CASE_REVIEW_ON);
  g_signal_connect_swapped (fixture.row, "notify::dirty", G_CALLBACK (count_cb), &dirty);
  g_signal_connect_swapped (fixture.row, "notify::error", G_CALLBACK (count_cb), &error);
  g_signal_connect_swapped (fixture.row, "notify::changed", G_CALLBACK (count_cb), &changed);
  type_text (&fixture, "s");
  type_text (&fixture, "so");
  g_assert_cmpuint (dirty, ==, 1);
  hw_field_row_leave (fixture.row);
  hw_field_row_leave (fixture.row);
  g_assert_cmpuint (error, ==, 1);
  type_text (&fixture, "tomorrow");
  g_assert_cmpuint (error, ==, 2);
  hw_field_row_leave (fixture.row);
  g_assert_cmpuint (dirty, ==, 2);
  g_assert_cmpuint (changed, ==, 0);
  tear_down (&fixture);
}

static void
test_focus_leaves (void)
{
  Fixture fixture;
  GtkWidget *list, *row = adw_action_row_new (), *button = gtk_button_new ();

  set_up (&fixture, HW_FIELD_CASE_LOCATION_PLACE);
  list = gtk_widget_get_ancestor (GTK_WIDGET (fixture.row), GTK_TYPE_LIST_BOX);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  hw_field_editor_begin (hw_field_row_get_editor (fixture.row));
  type_text (&fixture, "Salmiya");
  g_assert_cmpuint (fixture.commits, ==, 0);
  gtk_widget_grab_focus (button);
  spin ();
  g_assert_cmpuint (fixture.commits, ==, 1);
  tear_down (&fixture);
}

static void
test_closing_leaves (void)
{
  Fixture fixture;

  set_up (&fixture, HW_FIELD_CASE_LOCATION_PLACE);
  type_text (&fixture, "Salmiya");
  gtk_widget_set_visible (GTK_WIDGET (fixture.row), FALSE);
  g_assert_cmpuint (fixture.commits, ==, 1);
  tear_down (&fixture);
}

static void
test_from_ui (void)
{
  static const char ui[]
    = "<interface><object class='GtkListBox' id='list'><child><object class='HwFieldRow'>"
      "<property "
      "name='field-name'>travel_document.expires_on</property></object></child></object></"
      "interface>";
  g_autoptr (GtkBuilder) builder = NULL;
  g_autoptr (HwFormContext) context = hw_form_context_new (NULL, NULL, NULL);
  g_autoptr (HwRecord) record
    = hw_record_new (HW_TYPE_ID_TRAVEL_DOCUMENT, "0193a000-0000-7000-8000-0000000000cc");
  GtkWidget *list, *row;

  g_type_ensure (HW_TYPE_FIELD_ROW);
  builder = gtk_builder_new_from_string (ui, -1);
  list = GTK_WIDGET (gtk_builder_get_object (builder, "list"));
  hw_field_rows_bind (list, record, context);
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  g_assert_cmpint (
    hw_field_row_get_field (HW_FIELD_ROW (row))->id, ==, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON);
  g_assert_true (hw_field_row_get_record (HW_FIELD_ROW (row)) == record);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  hw_style_load (gdk_display_get_default ());
  g_test_add_func ("/app/field/what-is-typed-is-committed-once", test_typed);
  g_test_add_func ("/app/field/what-stands-in-it-is-read-out", test_read_out);
  g_test_add_func ("/app/field/what-cannot-be-read-is-kept-and-said", test_refused);
  g_test_add_func ("/app/field/choice-can-be-taken-back", test_chosen);
  g_test_add_func ("/app/field/set-is-one-change", test_set);
  g_test_add_func ("/app/field/tags-keep-what-was-not-confirmed", test_tags);
  g_test_add_func ("/app/field/switch-stays-unset-until-moved", test_switch);
  g_test_add_func ("/app/field/long-text", test_long_text);
  g_test_add_func ("/app/field/currency-and-zone-are-part-of-the-value", test_parts);
  g_test_add_func ("/app/field/nothing-is-swapped-under-the-cursor", test_changed_while_typing);
  g_test_add_func ("/app/field/change-from-elsewhere-is-marked", test_changed_while_looking);
  g_test_add_func ("/app/field/undo-commits-what-was-before", test_undo);
  g_test_add_func ("/app/field/refusal-keeps-what-was-typed", test_refuse);
  g_test_add_func ("/app/field/another-record-saves-first", test_other_record);
  g_test_add_func ("/app/field/sensitive-is-masked", test_sensitive);
  g_test_add_func ("/app/field/read-only-is-text", test_read_only);
  g_test_add_func ("/app/field/notifies-on-change-only", test_notifies);
  g_test_add_func ("/app/field/leaving-saves", test_focus_leaves);
  g_test_add_func ("/app/field/closing-saves", test_closing_leaves);
  g_test_add_func ("/app/field/named-in-a-ui-file", test_from_ui);
  return g_test_run ();
}
