/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sections of the case page, checked against the schema: a record type that belongs to a case and
 * stands in no section could be filled by sync and never be seen.
 */
#include "app/cases/hw-case-groups.h"

#define CASE "00000000-0000-4000-8000-000000000001"

static guint
times_grouped (HwTypeId type)
{
  guint n, times = 0;
  const HwCaseGroup *groups = hw_case_groups (&n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; groups[i].types[j] != HW_TYPE_ID_NONE; j++)
      times += groups[i].types[j] == type ? 1 : 0;
  return times;
}

static void
test_every_type_once (void)
{
  for (HwTypeId type = HW_TYPE_ID_NONE + 1; type < HW_N_TYPE_IDS; type++)
    {
      gboolean directory = hw_schema_type (type)->root == HW_ROOT_NONE;

      g_test_message ("%s", hw_schema_type (type)->name);
      g_assert_cmpuint (times_grouped (type), ==, directory ? 0 : 1);
    }
}

static void
test_every_track_leads (void)
{
  for (HwTrack track = 0; track < HW_N_TRACKS; track++)
    g_assert_cmpuint (hw_case_group_of_track (track)->track, ==, track);
}

static void
test_absent_for_a_mission (void)
{
  const HwCaseGroup *what_happened = hw_case_group_of_type (HW_TYPE_ID_SCREENING);

  g_autoptr (HwCaseFile) file = hw_case_file_new (CASE, NULL);

  g_assert_false (hw_case_group_visible (what_happened, file, HW_ROLE_EMBASSY_LIAISON, G_MAXUINT));
  g_assert_false (hw_case_group_visible (what_happened, file, HW_ROLE_MOVEMENT, G_MAXUINT));
  g_assert_true (hw_case_group_visible (what_happened, file, HW_ROLE_CASEWORKER, HW_RELATION_OWNER));
}

/* A receiving office hears of her contacts once she has arrived; before, not even that there are none. A movement officer
 * reads no risk: what it says of her safety is not "not assessed". */
static void
test_silent_before_arrival (void)
{
  const HwCaseGroup *contact = hw_case_group_of_type (HW_TYPE_ID_SAFE_CONTACT);
  g_autoptr (HwCaseFile) file = hw_case_file_new (CASE, NULL);
  g_autoptr (HwRecord) held = hw_record_new (HW_TYPE_ID_SAFE_CONTACT, "00000000-0000-4000-8000-000000000002");

  g_assert_false (hw_case_group_visible (contact, file, HW_ROLE_RECEPTION, HW_RELATION_ARRIVAL));
  g_assert_true (hw_case_group_visible (contact, file, HW_ROLE_RECEPTION, HW_RELATION_ARRIVED));
  hw_case_file_add (file, held);
  g_assert_true (hw_case_group_visible (contact, file, HW_ROLE_RECEPTION, HW_RELATION_ARRIVAL));
  g_assert_false (hw_case_track_told (HW_TRACK_SAFETY, HW_ROLE_MOVEMENT, HW_RELATION_MOVEMENT));
  g_assert_true (hw_case_track_told (HW_TRACK_TRAVEL, HW_ROLE_MOVEMENT, HW_RELATION_MOVEMENT));
  for (HwTrack track = 0; track < HW_N_TRACKS; track++)
    g_assert_true (hw_case_track_told (track, HW_ROLE_CASEWORKER, HW_RELATION_OWNER));
}

/* An officer of reception reads consents and hears nothing of what was disclosed to whom. */
static void
test_label (void)
{
  const HwCaseGroup *consents = hw_case_group_of_type (HW_TYPE_ID_CONSENT);
  g_autoptr (HwCaseFile) file = hw_case_file_new (CASE, NULL);

  g_assert_cmpstr (hw_case_group_label (consents, file, HW_ROLE_RECEPTION, HW_RELATION_ARRIVAL), ==, "Consents");
  g_assert_cmpstr (hw_case_group_label (consents, file, HW_ROLE_CASEWORKER, HW_RELATION_OWNER), ==,
                   "Consents and disclosures");
}

static void
test_words (void)
{
  g_autoptr (HwCaseFile) file = hw_case_file_new ("00000000-0000-4000-8000-000000000001", NULL);
  const HwCaseGroup *group = hw_case_group_of_type (HW_TYPE_ID_CONSENT);
  g_autofree char *nothing = hw_case_group_words (group, file);
  g_autofree char *two = NULL;
  g_autoptr (HwRecord) first = hw_record_new (HW_TYPE_ID_CONSENT, "00000000-0000-4000-8000-000000000002");
  g_autoptr (HwRecord) second = hw_record_new (HW_TYPE_ID_CONSENT, "00000000-0000-4000-8000-000000000003");

  g_assert_cmpstr (nothing, ==, "Nothing yet");
  hw_case_file_add (file, first);
  hw_case_file_add (file, second);
  two = hw_case_group_words (group, file);
  g_assert_cmpstr (two, ==, "2 consents");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/case-groups/named-after-what-is-told", test_label);
  g_test_add_func ("/case-groups/what-is-not-told-is-not-there", test_silent_before_arrival);
  g_test_add_func ("/case-page/sections/hold-every-type-once", test_every_type_once);
  g_test_add_func ("/case-page/sections/every-track-leads-to-one", test_every_track_leads);
  g_test_add_func ("/case-page/sections/absent-for-roles-that-see-nothing-in-them", test_absent_for_a_mission);
  g_test_add_func ("/case-page/sections/say-what-they-hold", test_words);
  return g_test_run ();
}
