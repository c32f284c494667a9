/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is kept away from her, how a visit stands on a day, and when nobody may call.
 */
#include <glib.h>

#include "domain/hw-family.h"

#define CASE "018f1111-2222-7333-8444-555566667777"

static void
set (HwRecord *record, HwFieldId field, const char *text)
{
  g_autoptr (HwValue) value = hw_value_new_text (text);

  hw_record_set (record, field, value);
}

static HwRecord *
add (HwCaseFile *file, HwTypeId type, const char *id, HwFieldId field, const char *text, const char *at)
{
  g_autoptr (HwRecord) record = hw_record_new (type, id);

  hw_record_set_stamps (record, at, "somebody", at, "somebody");
  set (record, field, text);
  hw_case_file_add (file, record);
  return hw_case_file_lookup (file, id);
}

static void
test_kept_away (void)
{
  static const struct
  {
    const char *implicated; /* (nullable) */
    gboolean away;
  } rows[] = { { NULL, FALSE }, { "no", FALSE }, { "suspected", TRUE }, { "yes", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HwRecord) member = hw_record_new (HW_TYPE_ID_FAMILY_MEMBER, "m");

      if (rows[i].implicated != NULL)
        set (member, HW_FIELD_FAMILY_MEMBER_IMPLICATED, rows[i].implicated);
      g_assert_true (hw_family_kept_away (member) == rows[i].away);
      for (guint role = 0; role < HW_N_ROLES; role++)
        {
          gboolean trusted = role == HW_ROLE_CASEWORKER || role == HW_ROLE_SUPERVISOR;

          g_assert_true (hw_family_hides ((HwRole)role, member, HW_FIELD_FAMILY_MEMBER_PHONE)
                         == (rows[i].away && !trusted));
          g_assert_true (hw_family_hides ((HwRole)role, member, HW_FIELD_FAMILY_MEMBER_PLACE)
                         == (rows[i].away && !trusted));
          g_assert_false (hw_family_hides ((HwRole)role, member, HW_FIELD_FAMILY_MEMBER_IMPLICATED));
        }
    }
}

/* Due on the 24th, three days either way. */
static void
test_visit_on_a_day (void)
{
  static const struct
  {
    const char *status;
    const char *today;
    HwVisitState state;
  } rows[] = {
    { "due", "2026-11-20", HW_VISIT_COMING },  { "due", "2026-11-21", HW_VISIT_DUE },
    { "due", "2026-11-27", HW_VISIT_DUE },     { "due", "2026-11-28", HW_VISIT_LATE },
    { "scheduled", "2026-11-28", HW_VISIT_LATE }, { "done", "2026-11-28", HW_VISIT_OVER },
    { "waived", "2026-11-24", HW_VISIT_OVER }, { "unsafe_to_contact", "2026-11-01", HW_VISIT_UNSAFE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (HwRecord) visit = hw_record_new (HW_TYPE_ID_FOLLOW_UP, "v");
      g_autoptr (HwValue) window = hw_value_new_integer (3);

      set (visit, HW_FIELD_FOLLOW_UP_DUE_ON, "2026-11-24");
      hw_record_set (visit, HW_FIELD_FOLLOW_UP_WINDOW_DAYS, window);
      set (visit, HW_FIELD_FOLLOW_UP_STATUS, rows[i].status);
      g_assert_cmpint (hw_visit_state (visit, rows[i].today), ==, rows[i].state);
    }
}

static void
test_nobody_calls (void)
{
  g_autoptr (HwCaseFile) file = hw_case_file_new (CASE, NULL);
  HwRecord *contact, *unsafe;

  contact = add (file, HW_TYPE_ID_SAFE_CONTACT, "c1", HW_FIELD_SAFE_CONTACT_SAFE, "yes", "2026-11-01T09:00:00Z");
  g_assert_nonnull (contact);
  g_assert_null (hw_visit_unsafe (file));
  unsafe = add (file, HW_TYPE_ID_FOLLOW_UP, "v1", HW_FIELD_FOLLOW_UP_STATUS, "unsafe_to_contact",
                "2026-11-10T09:00:00Z");
  g_assert_true (hw_visit_unsafe (file) == unsafe);
  add (file, HW_TYPE_ID_FOLLOW_UP, "v2", HW_FIELD_FOLLOW_UP_STATUS, "due", "2026-11-11T09:00:00Z");
  add (file, HW_TYPE_ID_SAFE_CONTACT, "c2", HW_FIELD_SAFE_CONTACT_SAFE, "unknown", "2026-11-12T09:00:00Z");
  g_assert_true (hw_visit_unsafe (file) == unsafe);
  add (file, HW_TYPE_ID_SAFE_CONTACT, "c3", HW_FIELD_SAFE_CONTACT_SAFE, "yes", "2026-11-13T09:00:00Z");
  g_assert_null (hw_visit_unsafe (file));
  add (file, HW_TYPE_ID_FOLLOW_UP, "v3", HW_FIELD_FOLLOW_UP_STATUS, "unsafe_to_contact", "2026-11-14T09:00:00Z");
  g_assert_nonnull (hw_visit_unsafe (file));
  add (file, HW_TYPE_ID_FOLLOW_UP, "v4", HW_FIELD_FOLLOW_UP_STATUS, "done", "2026-11-15T09:00:00Z");
  g_assert_null (hw_visit_unsafe (file));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/family/whoever-had-a-part-is-kept-away", test_kept_away);
  g_test_add_func ("/visit/due-within-its-days-and-late-after", test_visit_on_a_day);
  g_test_add_func ("/visit/after-an-unsafe-one-nobody-calls", test_nobody_calls);
  return g_test_run ();
}
