/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The statement for the person concerned: all of the ledger in plain words, on pages, without a
 * display and without her name.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "app/disclosure/hw-disclosure-paper.h"
#include "base/hw-base.h"

#define CASE "00000000-0000-4000-8000-000000000001"
#define NOW G_GINT64_CONSTANT (1795521600000000) /* 2026-11-24T12:00:00Z */

typedef struct
{
  HwCaseFile *file;
  HwFormContext *context;
  HwRecord *consent;
} Fixture;

static HwRecord *
add (Fixture *fixture, HwTypeId type)
{
  g_autofree char *id = hw_uuid_v4 ();
  HwRecord *record = hw_record_new (type, type == HW_TYPE_ID_CASE ? CASE : id);

  hw_record_set_case (record, CASE);
  hw_case_file_add (fixture->file, record);
  g_object_unref (record);
  return record;
}

static void
put (HwRecord *record, HwFieldId field, const char *text)
{
  g_autoptr (HwValue) value = hw_value_new_text (text);

  hw_record_set (record, field, value);
}

static HwRecord *
add_entry (Fixture *fixture, const char *at, const char *const *names)
{
  HwRecord *entry = add (fixture, HW_TYPE_ID_DISCLOSURE);
  g_autoptr (HwValue) fields = hw_value_new_set (names);

  put (entry, HW_FIELD_DISCLOSURE_AT, at);
  put (entry, HW_FIELD_DISCLOSURE_METHOD, "Request in Homeward");
  hw_record_set (entry, HW_FIELD_DISCLOSURE_FIELDS, fields);
  return entry;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwClock) clock = hw_clock_new_fixed (NOW);

  fixture->file = hw_case_file_new (CASE, NULL);
  fixture->context = hw_form_context_new (clock, "Africa/Bujumbura", NULL);
  put (add (fixture, HW_TYPE_ID_CASE), HW_FIELD_CASE_CODE, "HW-BI-26-0001");
  put (add (fixture, HW_TYPE_ID_PERSON), HW_FIELD_PERSON_GIVEN_NAMES, "Aline");
  fixture->consent = add (fixture, HW_TYPE_ID_CONSENT);
  put (fixture->consent, HW_FIELD_CONSENT_PURPOSE, "embassy_contact");
  put (fixture->consent, HW_FIELD_CONSENT_GRANTED_AT, "2026-11-20T10:00:00Z");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->file);
  g_object_unref (fixture->context);
}

static void
test_plain_words (Fixture *fixture, gconstpointer data)
{
  static const char *const names[]
    = { "given_names", "birth_date", "travel_document.number", "of_later", NULL };
  HwRecord *entry = add_entry (fixture, "2026-11-23T10:00:00Z", names);
  g_autoptr (GPtrArray) entries = NULL;
  const HwDisclosureEntry *told;
  g_autofree char *parts = NULL;

  put (entry, HW_FIELD_DISCLOSURE_CONSENT, hw_record_id (fixture->consent));
  entries = hw_disclosure_statement (fixture->file, fixture->context);
  g_assert_cmpuint (entries->len, ==, 1);
  told = g_ptr_array_index (entries, 0);
  g_assert_cmpuint (told->parts->len, ==, 2);
  for (guint i = 0; i < told->parts->len; i++)
    {
      const HwDisclosedPart *part = g_ptr_array_index (told->parts, i);
      g_autofree char *before = parts;

      parts
        = g_strdup_printf ("%s[%s: %s]", before != NULL ? before : "", part->heading, part->fields);
    }
  g_assert_cmpstr (
    parts,
    ==,
    "[Request to the embassy: Given names, Date of birth, of_later][Travel document: Number]");
  g_assert_nonnull (strstr (told->consent, "Contact with the embassy"));
  g_assert_null (told->withdrawn);
}

static void
test_withdrawal_stands_against_it (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "given_names", NULL };
  HwRecord *first = add_entry (fixture, "2026-11-23T10:00:00Z", names);
  g_autoptr (GPtrArray) entries = NULL;

  put (first, HW_FIELD_DISCLOSURE_CONSENT, hw_record_id (fixture->consent));
  add_entry (fixture, "2026-11-22T10:00:00Z", names);
  put (fixture->consent, HW_FIELD_CONSENT_WITHDRAWN_AT, "2026-11-24T09:00:00Z");
  entries = hw_disclosure_statement (fixture->file, fixture->context);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_null (((HwDisclosureEntry *)g_ptr_array_index (entries, 0))->withdrawn);
  g_assert_cmpstr (((HwDisclosureEntry *)g_ptr_array_index (entries, 0))->consent,
                   ==,
                   "No consent was on record.");
  g_assert_nonnull (((HwDisclosureEntry *)g_ptr_array_index (entries, 1))->withdrawn);
}

/* Kept by who saved it, and by nobody else of that computer. */
static void
save (Fixture *fixture)
{
  g_autoptr (HwDisclosurePaper) paper = hw_disclosure_paper_new (fixture->file, fixture->context);
  g_autofree char *directory = g_dir_make_tmp ("homeward-statement-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "statement.pdf", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_assert_true (hw_disclosure_paper_save (paper, path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &bytes, NULL, &error));
  g_assert_true (g_str_has_prefix (bytes, "%PDF"));
  g_unlink (path);
  g_rmdir (directory);
}

/* (transfer full) all that stands on the paper */
static char *
text_of (Fixture *fixture)
{
  g_autoptr (HwDisclosurePaper) paper = hw_disclosure_paper_new (fixture->file, fixture->context);
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoLayout *layout = pango_layout_new (context);
  char *text;

  hw_disclosure_paper_lay_out (paper, g_object_ref (layout), 595, 842);
  text = g_strdup (pango_layout_get_text (layout));
  g_object_unref (layout);
  g_object_unref (context);
  return text;
}

static void
test_no_name (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "given_names", NULL };
  HwRecord *entry = add_entry (fixture, "2026-11-23T10:00:00Z", names);
  g_autofree char *text = NULL;
  g_autofree char *withdrawn = NULL;

  put (entry, HW_FIELD_DISCLOSURE_CONSENT, hw_record_id (fixture->consent));
  text = text_of (fixture);
  g_assert_null (strstr (text, "Aline"));
  g_assert_nonnull (strstr (text, "Mon 23 Nov 2026, 12:00"));
  g_assert_nonnull (strstr (text, "Given names"));
  g_assert_nonnull (strstr (text, "Contact with the embassy"));
  g_assert_null (strstr (text, "taken back Tue 24 Nov 2026"));
  put (fixture->consent, HW_FIELD_CONSENT_WITHDRAWN_AT, "2026-11-24T09:00:00Z");
  withdrawn = text_of (fixture);
  g_assert_nonnull (strstr (withdrawn, "taken back Tue 24 Nov 2026, 11:00"));
}

static guint
pages_of (Fixture *fixture)
{
  g_autoptr (HwDisclosurePaper) paper = hw_disclosure_paper_new (fixture->file, fixture->context);

  return hw_disclosure_paper_lay_out_a4 (paper);
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "given_names", "birth_date", NULL };

  save (fixture);
  g_assert_cmpuint (pages_of (fixture), ==, 1);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *at = g_strdup_printf ("2026-10-%02uT10:00:00Z", 1 + i % 28);

      add_entry (fixture, at, names);
    }
  g_assert_cmpuint (pages_of (fixture), >, 2);
  save (fixture);
}

static void
test_says_what_to_do_when_it_cannot_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (HwDisclosurePaper) paper = hw_disclosure_paper_new (fixture->file, fixture->context);
  g_autoptr (GError) error = NULL;

  g_assert_false (hw_disclosure_paper_save (paper, "/nowhere/at/all.pdf", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, "Choose another folder"));
}

#define TEST(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/disclosure/statement/in-plain-words", test_plain_words);
  TEST ("/disclosure/statement/withdrawal-stands-against-it", test_withdrawal_stands_against_it);
  TEST ("/disclosure/paper/holds-no-name", test_no_name);
  TEST ("/disclosure/paper/as-many-pages-as-it-takes", test_pages);
  TEST ("/disclosure/paper/says-what-to-do-when-it-cannot-write",
        test_says_what_to_do_when_it_cannot_write);
  return g_test_run ();
}
