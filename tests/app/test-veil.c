/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who looks over a shoulder reads no name. A case with a value in every field that says who or where somebody is, met
 * nowhere else, is shown on every page and list; none of the values may be found in any widget, seen or hidden. And what
 * is shown on request is noted before it is shown, and hides with the lock.
 */
#include <adwaita.h>
#include <string.h>

#include "app/attachments/hw-attachment-row.h"
#include "app/callforms/hw-form-for-record.h"
#include "app/cases/hw-case-overview.h"
#include "app/cases/hw-group-page.h"
#include "app/cases/hw-record-page.h"
#include "app/conflicts/hw-conflict-card.h"
#include "app/conflicts/hw-refusal-card.h"
#include "app/forms/hw-field-row.h"
#include "app/forms/hw-field-words.h"
#include "app/forms/hw-reveal-button.h"
#include "app/hw-desktop-references.h"
#include "app/people/hw-pair-grid.h"
#include "app/requests/hw-document-dialog.h"
#include "app/requests/hw-request-page.h"
#include "app/requests/hw-request-row.h"
#include "hw-sample-case.h"
#include "hw-test-desktop.h"

#define PERSON_ID HW_SAMPLE_ID ("10")
#define CANARY "zq"
#define NUMBER "+25779123456"
#define DAY "1987-03-09"

typedef struct
{
  char *directory;
  HwDesktop *desktop;
  HwCaseFile *file;
  gboolean done;
} Fixture;

static gboolean
is_of_a_case (const HwTypeDef *def)
{
  return def->root != HW_ROOT_NONE && (def->flags & HW_TYPE_SERVER_ONLY) == 0;
}

/* Of what the schema says is covered, and of nothing else. */
static HwValue *
canary (const HwFieldDef *field)
{
  g_autofree char *word = g_strconcat (CANARY, field->name, CANARY, NULL);
  const char *words[] = { word, NULL };

  switch (field->kind)
    {
      case HW_KIND_TEXT:
      case HW_KIND_LONG_TEXT:
        return hw_value_new_text (word);
      case HW_KIND_TEXT_SET:
        return hw_value_new_set (words);
      case HW_KIND_PHONE:
        return hw_value_new_text (NUMBER);
      case HW_KIND_DATE:
        return hw_value_new_text (DAY);
      case HW_KIND_HISTORY_DATE:
        return hw_value_new_pair (DAY, "day");
      default:
        return NULL;
    }
}

static gboolean
is_covered (const HwFieldDef *field)
{
  return (field->flags & (HW_FIELD_PERSONAL | HW_FIELD_SENSITIVE)) != 0;
}

static void
fill_type (HwChangeSet *set, HwCaseFile *file, const HwTypeDef *def)
{
  GPtrArray *there = hw_case_file_of_type (file, def->id);
  HwRecord *record = there->len > 0 ? g_ptr_array_index (there, 0) : NULL;
  g_autofree char *id = hw_uuid_v4 ();
  g_autofree char *operation_id = hw_uuid_v7 (HW_SAMPLE_NOW_US);
  HwOperation *operation
    = hw_operation_new (operation_id, record != NULL ? HW_ACTION_UPDATE : HW_ACTION_CREATE, def->id,
                        record != NULL ? hw_record_id (record) : id, HW_SAMPLE_CASE_ID);

  operation->at = hw_instant_format (HW_SAMPLE_NOW_US);
  for (guint i = 0; i < def->n_fields; i++)
    {
      const HwFieldDef *field = &def->fields[i];
      g_autoptr (HwValue) value = is_covered (field) ? canary (field) : NULL;

      if (value != NULL)
        hw_operation_set (operation, field->id, value, record != NULL ? hw_record_field_rev (record, field->id) : 0);
      else if (record == NULL && field->kind == HW_KIND_CHOICE && field->n_choices > 0)
        hw_operation_set_text (operation, field->id, field->choices[0].nick, 0);
      else if (record == NULL && (field->flags & HW_FIELD_REQUIRED) != 0 && field->kind == HW_KIND_TIMESTAMP)
        hw_operation_set_text (operation, field->id, "2026-11-24T10:00:00Z", 0);
    }
  if (def->id == HW_TYPE_ID_ATTACHMENT)
    hw_operation_set_text (operation, HW_FIELD_ATTACHMENT_MEDIA_TYPE, "image/png", 0);
  hw_change_set_add (set, operation);
}

static gboolean
has_covered (const HwTypeDef *def)
{
  for (guint i = 0; i < def->n_fields; i++)
    if (is_covered (&def->fields[i]) && def->fields[i].kind != HW_KIND_REFERENCE)
      return TRUE;
  return FALSE;
}

static void
read_case (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->file);
  fixture->file = hw_store_load_case (hw_desktop_store (fixture->desktop), HW_SAMPLE_CASE_ID, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwChangeSet) set = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  fixture->desktop = hw_test_desktop_new (GPOINTER_TO_INT (data), NULL, &fixture->directory);
  hw_sample_case_fill (fixture->desktop);
  read_case (fixture);
  set = hw_change_set_new (HW_ORIGIN_SYSTEM, hw_desktop_actor (fixture->desktop));
  for (guint type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type++)
    if (is_of_a_case (hw_schema_type (type)) && has_covered (hw_schema_type (type)))
      fill_type (set, fixture->file, hw_schema_type (type));
  results = hw_store_commit (hw_desktop_store (fixture->desktop), set, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < results->len; i++)
    {
      HwResult *result = g_ptr_array_index (results, i);

      if (result->status != HW_RESULT_APPLIED)
        g_test_message ("%s: %s", hw_schema_type (result->type)->name,
                        result->verdict != NULL ? hw_verdict_message (result->verdict) : "");
      g_assert_cmpint (result->status, ==, HW_RESULT_APPLIED);
    }
  read_case (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->file);
  hw_test_desktop_free (fixture->desktop, fixture->directory);
}

/* ---- Looking ---- */

static gboolean
tells (const char *text)
{
  return text != NULL
         && (strstr (text, CANARY) != NULL || strstr (text, "79 12 34 56") != NULL || strstr (text, "79123456") != NULL
             || strstr (text, "1987") != NULL);
}

/* What any widget under root holds that nobody asked to see; NULL: nothing. (transfer full) */
static char *
leak (GtkWidget *root)
{
  char *found = NULL;

  if (GTK_IS_LABEL (root) && tells (gtk_label_get_text (GTK_LABEL (root))))
    return g_strdup (gtk_label_get_text (GTK_LABEL (root)));
  if (GTK_IS_EDITABLE (root) && tells (gtk_editable_get_text (GTK_EDITABLE (root))))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (root)));
  if (GTK_IS_WINDOW (root) && tells (gtk_window_get_title (GTK_WINDOW (root))))
    return g_strdup (gtk_window_get_title (GTK_WINDOW (root)));
  if (tells (gtk_widget_get_tooltip_text (root)))
    return g_strdup (gtk_widget_get_tooltip_text (root));
  if (GTK_IS_TEXT_VIEW (root))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (root));
      g_autofree char *text = NULL;

      g_object_get (buffer, "text", &text, NULL);
      if (tells (text))
        return g_steal_pointer (&text);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = leak (child);
  return found;
}

/* Takes root. The values stand there when names are not masked, or the test would find nothing anywhere. */
static void
expect (GtkWidget *root, gboolean told, const char *where)
{
  g_autoptr (GtkWidget) owned = g_object_ref_sink (root);
  g_autofree char *found = leak (root);

  if ((found != NULL) != told)
    g_test_message ("%s: %s", where, found != NULL ? found : "nothing");
  g_assert_true ((found != NULL) == told);
  if (GTK_IS_WINDOW (root))
    gtk_window_destroy (GTK_WINDOW (root));
}

static GtkWidget *
form_of (Fixture *fixture, HwRecord *record)
{
  guint relations = hw_access_relations (
    fixture->file, NULL, hw_desktop_actor (fixture->desktop), HW_SAMPLE_NOW_US);

  return hw_form_for_record (fixture->desktop, fixture->file, record, relations);
}

static GtkWidget *
overview_of (Fixture *fixture)
{
  GtkWidget *overview = g_object_new (HW_TYPE_CASE_OVERVIEW, NULL);

  hw_case_overview_show (HW_CASE_OVERVIEW (overview), fixture->desktop, fixture->file);
  return overview;
}

static GtkWidget *
group_of (Fixture *fixture, const HwCaseGroup *group)
{
  GtkWidget *page = hw_group_page_new ();

  hw_group_page_show (HW_GROUP_PAGE (page), fixture->desktop, fixture->file, group);
  return page;
}

static GtkWidget *
conflict_of (Fixture *fixture, HwFieldId field, HwValue *value)
{
  HwConflict conflict = { .id = HW_SAMPLE_ID ("31"), .record = PERSON_ID, .case_id = HW_SAMPLE_CASE_ID,
                          .type = HW_TYPE_ID_PERSON, .field = field, .base = value, .current = value,
                          .offered = value, .by = HW_SAMPLE_USER_ID, .open = TRUE };

  return hw_conflict_card_new (fixture->desktop, &conflict);
}

static GtkWidget *
refusal_of (Fixture *fixture, HwFieldId field, HwValue *value)
{
  g_autoptr (HwOperation) operation
    = hw_operation_new (HW_SAMPLE_ID ("32"), HW_ACTION_UPDATE, HW_TYPE_ID_PERSON, PERSON_ID, HW_SAMPLE_CASE_ID);
  HwRefusal refusal = { .operation = operation };

  hw_operation_set (operation, field, value, 0);
  return hw_refusal_card_new (fixture->desktop, &refusal);
}

static GtkWidget *
pair_of (Fixture *fixture)
{
  GtkWidget *grid = g_object_new (HW_TYPE_PAIR_GRID, NULL);

  hw_pair_grid_show (HW_PAIR_GRID (grid), fixture->desktop, fixture->file, fixture->file);
  return grid;
}

/* ---- The promises ---- */

static void
test_every_page (Fixture *fixture, gconstpointer data)
{
  HwRecord *request = hw_case_file_lookup (fixture->file, HW_SAMPLE_REQUEST_ID);
  HwRecord *survivor = hw_case_file_survivor (fixture->file);
  HwValue *name = hw_record_get (survivor, HW_FIELD_PERSON_FAMILY_NAME);
  GPtrArray *records = hw_case_file_records (fixture->file);
  guint n_groups;
  const HwCaseGroup *groups = hw_case_groups (&n_groups);

  for (guint told = 0; told < 2; told++)
    {
      GtkWidget *page = hw_request_page_new ();

      hw_desktop_set_masks_names (fixture->desktop, told == 0);
      hw_request_page_show (HW_REQUEST_PAGE (page), fixture->desktop, request);
      expect (page, told, "request");
      expect (hw_request_row_new (fixture->desktop, request), told, "request in a list");
      expect (overview_of (fixture), told, "overview");
      expect (conflict_of (fixture, HW_FIELD_PERSON_FAMILY_NAME, name), told, "conflict");
      expect (refusal_of (fixture, HW_FIELD_PERSON_FAMILY_NAME, name), told, "refusal");
      expect (pair_of (fixture), told, "pair");
      expect (form_of (fixture, survivor), told, "person");
    }
  hw_desktop_set_masks_names (fixture->desktop, TRUE);
  for (guint i = 0; i < n_groups; i++)
    expect (group_of (fixture, &groups[i]), FALSE, groups[i].label);
  for (guint i = 0; i < records->len; i++)
    expect (form_of (fixture, g_ptr_array_index (records, i)), FALSE,
            hw_record_def (g_ptr_array_index (records, i))->name);
}

/* Where every field has words, those of a covered one are a mask. */
static void
test_words (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwFormContext) context = hw_desktop_form_context (fixture->desktop, fixture->file);
  GPtrArray *records = hw_case_file_records (fixture->file);
  guint masked = 0;

  for (guint i = 0; i < records->len; i++)
    {
      HwRecord *record = g_ptr_array_index (records, i);
      const HwTypeDef *def = hw_record_def (record);

      for (guint f = 0; f < def->n_fields; f++)
        {
          g_autofree char *words
            = hw_field_words (&def->fields[f], hw_record_get (record, def->fields[f].id), context);

          if (words == NULL || !is_covered (&def->fields[f]))
            continue;
          g_assert_cmpstr (words, ==, HW_VEIL_MASK);
          masked++;
        }
    }
  g_assert_cmpuint (masked, >, 25);
}

/* ---- Showing ---- */

static HwFieldRow *
row_in (GtkWidget *root, HwFieldId field)
{
  if (HW_IS_FIELD_ROW (root))
    return hw_field_row_get_field (HW_FIELD_ROW (root))->id == field ? HW_FIELD_ROW (root) : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      HwFieldRow *row = row_in (child, field);

      if (row != NULL)
        return row;
    }
  return NULL;
}

static GtkWidget *
find (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GPtrArray *
noted (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *readings = hw_store_readings_to_send (hw_desktop_store (fixture->desktop), 100, &error);

  g_assert_no_error (error);
  return readings;
}

static void
test_row (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *form = form_of (fixture, hw_case_file_survivor (fixture->file));
  HwFieldRow *row = row_in (form, HW_FIELD_PERSON_FAMILY_NAME);
  g_autoptr (GPtrArray) before = noted (fixture);
  g_autoptr (GPtrArray) after = NULL;
  HwReading *reading;
  g_autofree char *found = NULL;

  gtk_window_set_child (GTK_WINDOW (window), form);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (hw_field_row_is_masked (row));
  g_assert_cmpuint (before->len, ==, 0);
  hw_field_row_reveal (row);
  /* Not before it is noted. */
  g_assert_true (hw_field_row_is_masked (row));
  while (hw_field_row_is_masked (row))
    g_main_context_iteration (NULL, TRUE);
  after = noted (fixture);
  g_assert_cmpuint (after->len, ==, 1);
  reading = g_ptr_array_index (after, 0);
  g_assert_cmpstr (reading->record, ==, PERSON_ID);
  g_assert_cmpstr (reading->field, ==, "person.family_name");
  g_assert_cmpstr (reading->at, ==, "2026-11-24T20:12:00Z");
  /* The one, and none beside it. */
  g_assert_true (hw_field_row_is_masked (row_in (form, HW_FIELD_PERSON_GIVEN_NAMES)));
  found = leak (GTK_WIDGET (row));
  g_assert_cmpstr (found, ==, "zqfamily_namezq");
  hw_desktop_lock (fixture->desktop);
  g_assert_true (hw_field_row_is_masked (row));
  g_assert_null (leak (GTK_WIDGET (row)));
  gtk_window_destroy (GTK_WINDOW (window));
  hw_test_desktop_unlock (fixture->desktop);
}

static void
test_heading (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *overview = overview_of (fixture);
  HwRevealButton *button = HW_REVEAL_BUTTON (find (overview, HW_TYPE_REVEAL_BUTTON));
  g_autoptr (GPtrArray) readings = NULL;
  g_autofree char *shown = NULL;

  gtk_window_set_child (GTK_WINDOW (window), overview);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_emit_by_name (button, "clicked");
  while (!hw_reveal_button_is_open (button))
    g_main_context_iteration (NULL, TRUE);
  shown = leak (overview);
  g_assert_cmpstr (shown, ==, "zqgiven_nameszq zqfamily_namezq");
  readings = noted (fixture);
  g_assert_cmpuint (readings->len, ==, 2);
  /* Reading the case anew takes nothing away. */
  hw_case_overview_show (HW_CASE_OVERVIEW (overview), fixture->desktop, fixture->file);
  g_assert_true (hw_reveal_button_is_open (button));
  hw_veil_close (hw_desktop_veil (fixture->desktop));
  g_assert_false (hw_reveal_button_is_open (button));
  g_assert_null (leak (overview));
  /* Behind the lock nothing opens. */
  g_signal_emit_by_name (button, "clicked");
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_false (hw_reveal_button_is_open (button));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A case beside another: all that is covered, at once, each noted. */
static void
test_pair (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *grid = pair_of (fixture);
  HwRevealButton *button = HW_REVEAL_BUTTON (find (grid, HW_TYPE_REVEAL_BUTTON));
  g_autoptr (GPtrArray) readings = NULL;
  g_autofree char *shown = NULL;

  gtk_window_set_child (GTK_WINDOW (window), grid);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_emit_by_name (button, "clicked");
  while (!hw_reveal_button_is_open (button))
    g_main_context_iteration (NULL, TRUE);
  shown = leak (grid);
  g_assert_nonnull (shown);
  readings = noted (fixture);
  g_assert_cmpuint (readings->len, >, 10);
  g_signal_emit_by_name (button, "clicked");
  g_assert_null (leak (grid));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What she writes herself she may read over, and nobody notes it. */
static void
test_own_line (Fixture *fixture, gconstpointer data)
{
  GtkWidget *form = g_object_ref_sink (form_of (fixture, hw_case_file_survivor (fixture->file)));
  HwFieldRow *row = row_in (form, HW_FIELD_PERSON_MOTHER_NAME);
  g_autoptr (HwValue) none = NULL;
  g_autoptr (GPtrArray) readings = NULL;

  hw_field_row_open (row);
  g_assert_false (hw_field_row_is_masked (row));
  hw_field_row_mask (row);
  g_assert_true (hw_field_row_is_masked (row));
  readings = noted (fixture);
  g_assert_cmpuint (readings->len, ==, 0);
  g_object_unref (form);
}

static void
test_setting (Fixture *fixture, gconstpointer data)
{
  HwVeil *veil = hw_desktop_veil (fixture->desktop);

  g_assert_true (hw_veil_masks_names (veil));
  hw_desktop_set_masks_names (fixture->desktop, FALSE);
  g_assert_false (hw_veil_covers (veil, hw_schema_field (HW_FIELD_PERSON_GIVEN_NAMES)));
  g_assert_true (hw_veil_covers (veil, hw_schema_field (HW_FIELD_PERSON_ID_NUMBER)));
  g_assert_false (hw_veil_covers (veil, hw_schema_field (HW_FIELD_CASE_PSEUDONYM)));
  hw_desktop_lock (fixture->desktop);
  hw_test_desktop_unlock (fixture->desktop);
  g_assert_false (hw_veil_masks_names (veil));
  hw_desktop_set_masks_names (fixture->desktop, TRUE);
  g_assert_true (hw_veil_covers (veil, hw_schema_field (HW_FIELD_PERSON_GIVEN_NAMES)));
}

#define ADD(path, func)                                                                                                 \
  g_test_add (path, Fixture, GINT_TO_POINTER (HW_ROLE_CASEWORKER), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/veil/no-page-tells-a-name", test_every_page);
  ADD ("/veil/words-are-a-mask", test_words);
  ADD ("/veil/shows-what-was-noted-until-the-lock", test_row);
  ADD ("/veil/heading-shows-the-name-on-request", test_heading);
  ADD ("/veil/two-cases-are-shown-together", test_pair);
  ADD ("/veil/own-lines-stay-readable", test_own_line);
  ADD ("/veil/the-choice-is-remembered", test_setting);
  return g_test_run ();
}
