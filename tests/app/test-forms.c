/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwRecordForm and HwRecordSection, for every type of the schema and every role. A field added to
 * the schema appears in the form without a line of C: the rows are counted against the tables.
 */
#include <adwaita.h>

#include "app/forms/hw-record-form.h"
#include "app/forms/hw-record-section.h"
#include "app/widgets/hw-style.h"
#include "hw-fake-provider.h"

#define ID "0193a000-0000-7000-8000-0000000000aa"
#define ALL_RELATIONS 0xffffffffu

static HwFormContext *
make_context (void)
{
  g_autoptr (HwClock) clock = hw_clock_new_fixed (G_GINT64_CONSTANT (1795551120) * G_USEC_PER_SEC);
  g_autoptr (HwReferenceProvider) provider = hw_fake_provider_new ();

  return hw_form_context_new (clock, "Africa/Bujumbura", provider);
}

/* A value a field of that kind may have. */
static HwValue *
sample (const HwFieldDef *field)
{
  const char *nick = field->n_choices > 0 ? field->choices[0].nick : "x";

  switch (field->kind)
    {
      case HW_KIND_INTEGER:
        return hw_value_new_integer (field->minimum);
      case HW_KIND_BOOLEAN:
        return hw_value_new_integer (1);
      case HW_KIND_CHOICE:
        return hw_value_new_text (nick);
      case HW_KIND_CHOICE_SET:
      case HW_KIND_TEXT_SET:
        return hw_value_new_set ((const char *const[]){ nick, NULL });
      case HW_KIND_REFERENCE:
      case HW_KIND_USER:
        return hw_value_new_text (HW_FAKE_PERSON);
      case HW_KIND_REFERENCE_SET:
        return hw_value_new_set ((const char *const[]){ HW_FAKE_PERSON, NULL });
      case HW_KIND_DATE:
        return hw_value_new_text ("2026-11-27");
      case HW_KIND_HISTORY_DATE:
        return hw_value_new_pair ("1998-01-01", "year");
      case HW_KIND_TIMESTAMP:
        return hw_value_new_text ("2026-11-27T10:00:00Z");
      case HW_KIND_LOCAL_TIME:
        return hw_value_new_pair ("2026-11-27T01:15", "Asia/Kuwait");
      case HW_KIND_TIME_OF_DAY:
        return hw_value_new_text ("23:00");
      case HW_KIND_MONEY:
        return hw_value_new_money (280000, "KWD");
      case HW_KIND_COUNTRY:
        return hw_value_new_text ("KW");
      case HW_KIND_COUNTRY_SET:
        return hw_value_new_set ((const char *const[]){ "KW", "BI", NULL });
      case HW_KIND_LANGUAGE:
        return hw_value_new_text ("run");
      case HW_KIND_LANGUAGE_SET:
        return hw_value_new_set ((const char *const[]){ "run", NULL });
      case HW_KIND_CURRENCY:
        return hw_value_new_text ("KWD");
      case HW_KIND_PHONE:
        return hw_value_new_text ("+96550000000");
      case HW_KIND_ZONE:
        return hw_value_new_text ("Asia/Kuwait");
      case HW_KIND_TEXT:
      case HW_KIND_LONG_TEXT:
      default:
        return hw_value_new_text ("Words <b>& more</b>");
    }
}

static HwRecord *
make_record (const HwTypeDef *type, gboolean filled)
{
  HwRecord *record = hw_record_new (type->id, ID);

  for (guint i = 0; filled && i < type->n_fields; i++)
    {
      g_autoptr (HwValue) value = sample (&type->fields[i]);
      hw_record_set (record, type->fields[i].id, value);
    }
  hw_record_set_rev (record, filled ? 1 : 0);
  return record;
}

static guint
readable_fields (const HwTypeDef *type, HwRole role, guint relations)
{
  guint n = 0;

  for (guint i = 0; i < type->n_fields; i++)
    if (type->fields[i].id != type->status_field
        && hw_access_may_read (role, relations, &type->fields[i]))
      n++;
  return n;
}

static void
check_locks (HwRecordForm *form, const HwTypeDef *type, HwRole role)
{
  for (guint i = 0; i < type->n_fields; i++)
    {
      HwFieldRow *row = hw_record_form_get_row (form, type->fields[i].id);
      if (row && hw_field_row_get_editable (row))
        g_assert_true (hw_access_may_write (role, ALL_RELATIONS, &type->fields[i]));
    }
}

static void
test_every_form (void)
{
  g_autoptr (HwFormContext) context = make_context ();
  GtkWidget *form = g_object_ref_sink (hw_record_form_new (context));
  guint shown = 0;

  for (HwTypeId id = HW_TYPE_ID_NONE + 1; id < HW_N_TYPE_IDS; id++)
    {
      const HwTypeDef *type = hw_schema_type (id);
      for (guint filled = 0; filled < 2; filled++)
        {
          g_autoptr (HwRecord) record = make_record (type, filled);
          hw_record_form_set_record (HW_RECORD_FORM (form), record);
          for (HwRole role = 0; role < HW_N_ROLES; role++)
            {
              hw_record_form_set_rights (HW_RECORD_FORM (form), role, ALL_RELATIONS);
              g_assert_cmpuint (hw_record_form_get_n_rows (HW_RECORD_FORM (form)),
                                ==,
                                readable_fields (type, role, ALL_RELATIONS));
              check_locks (HW_RECORD_FORM (form), type, role);
              shown += hw_record_form_get_n_rows (HW_RECORD_FORM (form));
            }
          hw_record_form_set_record (HW_RECORD_FORM (form), NULL);
          g_assert_cmpuint (G_OBJECT (record)->ref_count, ==, 1);
        }
    }
  g_assert_cmpuint (shown, >, 1000);
  g_object_add_weak_pointer (G_OBJECT (form), (gpointer *)&form);
  g_object_unref (form);
  g_assert_null (form);
}

static void
test_stranger (void)
{
  g_autoptr (HwFormContext) context = make_context ();
  GtkWidget *form = g_object_ref_sink (hw_record_form_new (context));
  g_autoptr (HwRecord) record = make_record (hw_schema_type (HW_TYPE_ID_PERSON), TRUE);

  hw_record_form_set_record (HW_RECORD_FORM (form), record);
  hw_record_form_set_rights (HW_RECORD_FORM (form), HW_ROLE_CASEWORKER, 0);
  g_assert_cmpuint (hw_record_form_get_n_rows (HW_RECORD_FORM (form)), ==, 0);
  hw_record_form_set_rights (HW_RECORD_FORM (form), HW_ROLE_ANALYST, ALL_RELATIONS);
  g_assert_cmpuint (hw_record_form_get_n_rows (HW_RECORD_FORM (form)), ==, 0);
  g_object_unref (form);
}

static void
commit_cb (HwRecordForm *form, guint field, HwValue *value, guint64 base, guint *seen)
{
  *seen = field;
}

static void
move_cb (HwRecordForm *form, const char *status, char **seen)
{
  g_free (*seen);
  *seen = g_strdup (status);
}

static void
test_moves (void)
{
  g_autoptr (HwFormContext) context = make_context ();
  GtkWidget *form = g_object_ref_sink (hw_record_form_new (context));
  g_autoptr (HwRecord) record = hw_record_new (HW_TYPE_ID_MOVEMENT, ID);
  g_autoptr (HwValue) draft = hw_value_new_text ("draft");
  g_autoptr (HwValue) arrived = hw_value_new_text ("arrived");
  g_autoptr (GPtrArray) moves = NULL;
  g_autoptr (GPtrArray) later = NULL;
  g_autofree char *status = NULL;

  hw_record_set (record, HW_FIELD_MOVEMENT_STATUS, draft);
  hw_record_form_set_rights (HW_RECORD_FORM (form), HW_ROLE_CASEWORKER, HW_RELATION_OWNER);
  hw_record_form_set_record (HW_RECORD_FORM (form), record);
  moves = hw_record_form_list_moves (HW_RECORD_FORM (form));
  g_assert_cmpuint (moves->len, >, 0);
  g_signal_connect (form, "move", G_CALLBACK (move_cb), &status);
  gtk_widget_activate_action (form, "form.move", "s", "requested");
  g_assert_cmpstr (status, ==, "requested");
  g_assert_true (hw_record_is (record, HW_FIELD_MOVEMENT_STATUS, "draft"));
  hw_record_form_set_rights (HW_RECORD_FORM (form), HW_ROLE_SUPERVISOR, HW_RELATION_OFFICE);
  later = hw_record_form_list_moves (HW_RECORD_FORM (form));
  g_assert_cmpuint (later->len, ==, 0);
  hw_record_set (record, HW_FIELD_MOVEMENT_STATUS, arrived);
  g_object_unref (form);
}

static void
test_commit (void)
{
  g_autoptr (HwFormContext) context = make_context ();
  GtkWidget *form = g_object_ref_sink (hw_record_form_new (context));
  g_autoptr (HwRecord) record = hw_record_new (HW_TYPE_ID_CASE, ID);
  guint seen = HW_FIELD_NONE;
  HwFieldRow *row;

  hw_record_form_set_rights (HW_RECORD_FORM (form), HW_ROLE_CASEWORKER, HW_RELATION_OWNER);
  hw_record_form_set_record (HW_RECORD_FORM (form), record);
  g_signal_connect (form, "commit", G_CALLBACK (commit_cb), &seen);
  row = hw_record_form_get_row (HW_RECORD_FORM (form), HW_FIELD_CASE_LOCATION_PLACE);
  gtk_editable_set_text (
    GTK_EDITABLE (gtk_widget_get_first_child (GTK_WIDGET (hw_field_row_get_editor (row)))),
    "Jahra");
  hw_record_form_leave (HW_RECORD_FORM (form));
  g_assert_cmpuint (seen, ==, HW_FIELD_CASE_LOCATION_PLACE);
  g_assert_null (hw_record_form_get_row (HW_RECORD_FORM (form), HW_FIELD_CASE_STATUS));
  g_assert_false (
    hw_field_row_get_editable (hw_record_form_get_row (HW_RECORD_FORM (form), HW_FIELD_CASE_CODE)));
  hw_record_form_set_hidden (HW_RECORD_FORM (form),
                             (const HwFieldId[]){ HW_FIELD_CASE_LOCATION_PLACE, HW_FIELD_NONE });
  g_assert_null (hw_record_form_get_row (HW_RECORD_FORM (form), HW_FIELD_CASE_LOCATION_PLACE));
  g_object_unref (form);
}

static void
test_every_section (void)
{
  g_autoptr (HwFormContext) context = make_context ();

  for (HwTypeId id = HW_TYPE_ID_NONE + 1; id < HW_N_TYPE_IDS; id++)
    {
      g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
      GtkWidget *section = g_object_ref_sink (hw_record_section_new (id, context));
      g_ptr_array_add (records, make_record (hw_schema_type (id), TRUE));
      g_ptr_array_add (records, make_record (hw_schema_type (id), FALSE));
      for (HwRole role = 0; role < HW_N_ROLES; role++)
        hw_record_section_set_rights (HW_RECORD_SECTION (section), role, ALL_RELATIONS);
      hw_record_section_set_records (HW_RECORD_SECTION (section), records);
      g_assert_cmpuint (hw_record_section_get_n_records (HW_RECORD_SECTION (section)), ==, 2);
      hw_record_section_set_records (HW_RECORD_SECTION (section), NULL);
      g_object_add_weak_pointer (G_OBJECT (section), (gpointer *)&section);
      g_object_unref (section);
      g_assert_null (section);
    }
}

static GtkWidget *
find_row (GtkWidget *root)
{
  if (ADW_IS_ACTION_ROW (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child);
      if (found)
        return found;
    }
  return NULL;
}

static void
open_cb (HwRecordSection *section, HwRecord *record, HwRecord **seen)
{
  *seen = record;
}

static void
test_section_opens (void)
{
  g_autoptr (HwFormContext) context = make_context ();
  g_autoptr (HwCaseFile) file = hw_case_file_new (ID, NULL);
  g_autoptr (HwRecord) record
    = hw_record_new (HW_TYPE_ID_TRAVEL_DOCUMENT, "0193a000-0000-7000-8000-0000000000dd");
  GtkWidget *section
    = g_object_ref_sink (hw_record_section_new (HW_TYPE_ID_TRAVEL_DOCUMENT, context));
  g_autoptr (HwValue) kind = hw_value_new_text ("laissez_passer");
  g_autoptr (HwValue) until = hw_value_new_text ("2026-12-24");
  HwRecord *seen = NULL;
  GtkWidget *row;

  hw_case_file_add (file, record);
  hw_record_section_set_file (HW_RECORD_SECTION (section), file);
  row = find_row (section);
  g_assert_cmpstr (
    adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "Travel document");
  hw_record_set (record, HW_FIELD_TRAVEL_DOCUMENT_KIND, kind);
  hw_record_set (record, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON, until);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "Laissez-passer");
  g_assert_cmpstr (
    adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "Valid until Thu 24 Dec");
  g_signal_connect (section, "open-record", G_CALLBACK (open_cb), &seen);
  g_signal_emit_by_name (row, "activated");
  g_assert_true (seen == record);
  g_object_unref (section);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  hw_style_load (gdk_display_get_default ());
  g_test_add_func ("/app/form/has-every-field-the-role-may-read", test_every_form);
  g_test_add_func ("/app/form/shows-a-stranger-nothing", test_stranger);
  g_test_add_func ("/app/form/offers-the-moves-that-are-legal-now", test_moves);
  g_test_add_func ("/app/form/asks-and-never-sets", test_commit);
  g_test_add_func ("/app/section/of-every-type", test_every_section);
  g_test_add_func ("/app/section/sums-up-and-opens", test_section_opens);
  return g_test_run ();
}
