/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The vault is made as signing in makes it, and unlocked as a person unlocks it.
 */
#include "hw-test-desktop.h"

#include "hw-sample-case.h"
#include "support/hw-test-folder.h"

#define SERVER "http://127.0.0.1:9"

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  gboolean *done = data;
  g_autoptr (GError) error = NULL;

  hw_desktop_unlock_finish (HW_DESKTOP (source), result, &error);
  g_assert_no_error (error);
  *done = TRUE;
}

void
hw_test_desktop_unlock (HwDesktop *desktop)
{
  gboolean done = FALSE;

  hw_desktop_unlock_async (desktop, HW_TEST_DESKTOP_PASSPHRASE, NULL, unlocked_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

HwDesktop *
hw_test_desktop_new (HwRole role, const char *mission, char **directory)
{
  g_autoptr (HwProfile) profile = NULL;
  g_autoptr (HwVault) vault = NULL;
  g_autoptr (HwClock) clock = hw_clock_new_fixed (HW_SAMPLE_NOW_US);
  g_autoptr (HwActor) actor
    = hw_actor_new (HW_SAMPLE_USER_ID, "Claire", role, HW_SAMPLE_OFFICE_ID, mission, NULL);
  g_autoptr (GError) error = NULL;
  HwDesktop *desktop;

  *directory = g_dir_make_tmp ("homeward-test-XXXXXX", &error);
  g_assert_no_error (error);
  profile = hw_profile_open (*directory, &error);
  g_assert_no_error (error);
  vault = hw_profile_make_vault (profile, SERVER, "claire", actor, HW_TEST_DESKTOP_PASSPHRASE, &error);
  g_assert_no_error (error);
  hw_vault_lock (vault);
  hw_profile_vouch (profile, SERVER, "claire", actor);
  hw_profile_keep (profile, actor, &error);
  g_assert_no_error (error);
  desktop = hw_desktop_new (profile, clock);
  hw_test_desktop_unlock (desktop);
  return desktop;
}

void
hw_test_desktop_free (HwDesktop *desktop, char *directory)
{
  hw_desktop_lock (desktop);
  g_object_unref (desktop);
  hw_test_folder_remove (directory);
  g_free (directory);
}
