/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The lines of a document while they are scanned, the rows of an exit list, the rows of the directory.
 */
#include <adwaita.h>

#include "app/callforms/hw-mrz-panel.h"
#include "app/cases/hw-exit-row.h"
#include "app/directory/hw-directory-row.h"
#include "app/widgets/hw-style.h"
#include "hw-fake-provider.h"

#include <string.h>

#define ID "0193a000-0000-7000-8000-0000000000aa"
#define TODAY "2026-11-24"
#define RIGHT                                                                                      \
  "P<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<<<<<<<<<\nLP00123455BDI0009151F2702102<<<<<<<<<<<<<<08\n"
#define WRONG                                                                                      \
  "P<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<<<<<<<<<\nLP00123458BDI0009151F2702102<<<<<<<<<<<<<<08\n"

static HwFormContext *
make_context (void)
{
  g_autoptr (HwClock) clock = hw_clock_new_fixed (G_GINT64_CONSTANT (1795551120) * G_USEC_PER_SEC);
  g_autoptr (HwReferenceProvider) provider = hw_fake_provider_new ();

  return hw_form_context_new (clock, "Africa/Bujumbura", provider);
}

/* Everything that labels under a widget say, a line each. */
static void
gather_words (GtkWidget *widget, GString *words)
{
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (words, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gather_words (child, words);
}

static void
assert_says (GtkWidget *widget, const char *wanted)
{
  g_autoptr (GString) words = g_string_new (NULL);

  gather_words (widget, words);
  g_test_message ("%s", words->str);
  g_assert_nonnull (strstr (words->str, wanted));
}

typedef struct
{
  GtkWidget *window, *row, *panel;
  HwRecord *document;
  GString *numbers; /* of the lines each time they could be read */
} Lines;

static void
read_cb (Lines *lines, HwMrz *mrz)
{
  g_string_append_printf (lines->numbers, "%s ", mrz->number);
}

static void
set_up (Lines *lines, gconstpointer data)
{
  g_autoptr (HwFormContext) context = make_context ();
  GtkWidget *group = adw_preferences_group_new ();

  lines->numbers = g_string_new (NULL);
  lines->document = hw_record_new (HW_TYPE_ID_TRAVEL_DOCUMENT, ID);
  lines->row = hw_field_row_new (hw_schema_field (HW_FIELD_TRAVEL_DOCUMENT_MRZ));
  lines->panel = g_object_new (HW_TYPE_MRZ_PANEL, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), lines->row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), lines->panel);
  hw_field_row_set_context (HW_FIELD_ROW (lines->row), context);
  hw_field_row_set_record (HW_FIELD_ROW (lines->row), lines->document);
  hw_mrz_panel_attach (
    HW_MRZ_PANEL (lines->panel), HW_FIELD_ROW (lines->row), lines->document, NULL, NULL);
  g_signal_connect_swapped (lines->panel, "read", G_CALLBACK (read_cb), lines);
  lines->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (lines->window), group);
}

static void
tear_down (Lines *lines, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (lines->window));
  g_clear_object (&lines->document);
  g_string_free (lines->numbers, TRUE);
}

/* As a keyboard-wedge scanner types: a character at a time, Return after each line. */
static void
scan (Lines *lines, const char *text)
{
  GtkWidget *editor = GTK_WIDGET (hw_field_row_get_editor (HW_FIELD_ROW (lines->row)));
  GtkTextView *view = GTK_TEXT_VIEW (gtk_widget_get_first_child (editor));

  for (const char *c = text; *c != '\0'; c++)
    gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (view), c, 1);
}

static void
test_scanned (Lines *lines, gconstpointer data)
{
  assert_says (lines->panel, "Type, paste or scan");
  scan (lines, RIGHT);
  /* Complete, and complete with its last Return: filled in the first time. */
  g_assert_cmpstr (lines->numbers->str, ==, "LP0012345 LP0012345 ");
  assert_says (lines->panel, "Every check digit fits");
  assert_says (lines->panel, "ALINE NIYONKURU");
  assert_says (lines->panel, "10 Feb 2027");
}

static void
test_half_scanned (Lines *lines, gconstpointer data)
{
  scan (lines, "P<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<<<<<<<<<\nLP0012");
  g_assert_cmpstr (lines->numbers->str, ==, "");
  assert_says (lines->panel, "Line 2 has 6 characters; 44 are printed");
}

static void
test_wrong_digit (Lines *lines, gconstpointer data)
{
  scan (lines, WRONG);
  assert_says (lines->panel, "It can be saved so; no ticket is issued on it");
  assert_says (lines->panel, "The check digit does not fit: read it again");
}

static void
test_difference (Lines *lines, gconstpointer data)
{
  g_autoptr (HwValue) other = hw_value_new_text ("LP0012354");

  hw_record_set (lines->document, HW_FIELD_TRAVEL_DOCUMENT_NUMBER, other);
  scan (lines, RIGHT);
  assert_says (lines->panel, "The record says LP0012354");
}

static void
test_stored (Lines *lines, gconstpointer data)
{
  g_autoptr (HwValue) stored = hw_value_new_text (RIGHT);

  hw_record_set (lines->document, HW_FIELD_TRAVEL_DOCUMENT_MRZ, stored);
  assert_says (lines->panel, "Every check digit fits");
  /* What was stored long ago fills nothing in. */
  g_assert_cmpstr (lines->numbers->str, ==, "");
}

/* ---- Exit ---- */

static void
put (HwRecord *record, HwFieldId field, const char *text)
{
  g_autoptr (HwValue) value = hw_value_new_text (text);

  hw_record_set (record, field, value);
}

static HwExitList *
make_list (const char *item, HwFieldId date_field, const char *date)
{
  g_autoptr (HwCaseFile) directory = hw_case_file_new (NULL, NULL);
  g_autoptr (HwCaseFile) file = hw_case_file_new (ID, directory);
  g_autoptr (HwRecord) header = hw_record_new (HW_TYPE_ID_CASE, ID);
  g_autoptr (HwRecord) rule = hw_record_new (HW_TYPE_ID_COUNTRY_RULE, "rule");
  g_autoptr (HwRecord) record = hw_record_new (HW_TYPE_ID_EXIT_CLEARANCE, "item");
  g_autoptr (HwValue) rate = hw_value_new_money (2000, "KWD");
  g_autoptr (HwValue) days = hw_value_new_integer (15);
  g_autoptr (HwValue) items = hw_value_new_set ((const char *const[]){ item, "travel_ban", NULL });

  put (rule, HW_FIELD_COUNTRY_RULE_COUNTRY, "KW");
  hw_record_set (rule, HW_FIELD_COUNTRY_RULE_FINE_PER_DAY, rate);
  hw_record_set (rule, HW_FIELD_COUNTRY_RULE_CANCEL_DAYS, days);
  hw_record_set (rule, HW_FIELD_COUNTRY_RULE_ITEMS, items);
  put (header, HW_FIELD_CASE_LOCATION_COUNTRY, "KW");
  put (record, HW_FIELD_EXIT_CLEARANCE_ITEM, item);
  put (record, HW_FIELD_EXIT_CLEARANCE_STATUS, HW_EXIT_CLEARANCE_STATUS_PENDING);
  put (record, date_field, date);
  hw_case_file_add (directory, rule);
  hw_case_file_add (file, header);
  hw_case_file_add (file, record);
  return hw_exit_list_new (file, TODAY);
}

static void
test_exit_fine (void)
{
  g_autoptr (HwExitList) list
    = make_list ("overstay_fine", HW_FIELD_EXIT_CLEARANCE_COUNTED_FROM, "2026-07-07");
  g_autoptr (GtkWidget) row = g_object_ref_sink (
    hw_exit_row_new (list->entries->pdata[0], TODAY, HW_ROLE_CASEWORKER, TRUE));
  g_autoptr (GtkWidget) missing = g_object_ref_sink (
    hw_exit_row_new (list->entries->pdata[1], TODAY, HW_ROLE_CASEWORKER, TRUE));

  assert_says (row, "140 days at KD\u00a02.000: KD\u00a0280.000");
  assert_says (row, "Pending");
  assert_says (missing, "nobody has written it down");
  g_assert_null (hw_exit_row_get_record (HW_EXIT_ROW (missing)));
}

static void
test_exit_deadline (void)
{
  static const struct
  {
    const char *reported, *says;
  } rows[] = { { "2026-11-12", "until Fri 27 Nov: 3 days are left" },
               { "2026-11-10", "until Wed 25 Nov: 1 day is left" },
               { "2026-11-09", "Today is the last day" },
               { "2026-11-08", "until Mon 23 Nov: that is over" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HwExitList) list = make_list (
        "absconding_report", HW_FIELD_EXIT_CLEARANCE_REPORTED_ON, rows[i].reported);
      g_autoptr (GtkWidget) row = g_object_ref_sink (
        hw_exit_row_new (list->entries->pdata[0], TODAY, HW_ROLE_SUPERVISOR, FALSE));

      assert_says (row, rows[i].says);
    }
}

/* ---- Directory ---- */

static void
test_directory_rows (void)
{
  g_autoptr (HwRecord) rule = hw_record_new (HW_TYPE_ID_COUNTRY_RULE, "rule");
  g_autoptr (HwRecord) mission = hw_record_new (HW_TYPE_ID_ORGANISATION, "mission");
  g_autoptr (HwValue) covers = hw_value_new_set ((const char *const[]){ "KW", "QA", NULL });
  g_autoptr (HwValue) days = hw_value_new_integer (12);
  g_autoptr (HwValue) asks = hw_value_new_set ((const char *const[]){ "Two photographs", NULL });
  g_autoptr (GtkWidget) rule_row = NULL;
  g_autoptr (GtkWidget) mission_row = NULL;
  g_autofree char *words = NULL;

  put (rule, HW_FIELD_COUNTRY_RULE_COUNTRY, "KW");
  put (rule, HW_FIELD_COUNTRY_RULE_VALID_FROM, "2027-01-01");
  put (mission, HW_FIELD_ORGANISATION_NAME, "Embassy of Burundi");
  put (mission, HW_FIELD_ORGANISATION_KIND, HW_ORGANISATION_KIND_DIPLOMATIC_MISSION);
  hw_record_set (mission, HW_FIELD_ORGANISATION_COVERS, covers);
  hw_record_set (mission, HW_FIELD_ORGANISATION_USUAL_DAYS, days);
  hw_record_set (mission, HW_FIELD_ORGANISATION_REQUIREMENTS, asks);
  rule_row = g_object_ref_sink (hw_directory_row_new (rule, TODAY));
  mission_row = g_object_ref_sink (hw_directory_row_new (mission, TODAY));
  assert_says (rule_row, "Kuwait");
  assert_says (rule_row, "Not in force yet");
  assert_says (mission_row, "Answers for Kuwait, Qatar · usually 12 days");
  words = hw_directory_row_search_words (rule);
  g_assert_nonnull (strstr (words, "kuwait"));
  g_free (words);
  words = hw_directory_row_search_words (mission);
  g_assert_nonnull (strstr (words, "qatar"));
  g_assert_nonnull (strstr (words, "photographs"));
}

#define LINES_TEST(path, function) g_test_add (path, Lines, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  hw_style_load (gdk_display_get_default ());
  LINES_TEST ("/app/lines/filled-by-a-scanner", test_scanned);
  LINES_TEST ("/app/lines/half-a-line-says-what-is-missing", test_half_scanned);
  LINES_TEST ("/app/lines/wrong-digit-may-be-saved-and-says-what-follows", test_wrong_digit);
  LINES_TEST ("/app/lines/difference-is-said", test_difference);
  LINES_TEST ("/app/lines/stored-ones-are-shown-and-fill-nothing", test_stored);
  g_test_add_func ("/app/exit/fine-of-today-and-what-is-missing", test_exit_fine);
  g_test_add_func ("/app/exit/last-day-to-cancel", test_exit_deadline);
  g_test_add_func ("/app/directory/rows-say-what-one-looks-for", test_directory_rows);
  return g_test_run ();
}
