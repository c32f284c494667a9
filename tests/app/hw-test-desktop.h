/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One person at an unlocked desktop of her own, never connected, over a real store in a real vault.
 */
#pragma once

#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TEST_DESKTOP_PASSPHRASE "a-password-of-tests"

/* HW_SAMPLE_USER_ID of HW_SAMPLE_OFFICE_ID at HW_SAMPLE_NOW_US. mission: (nullable).
 * directory: (out) (transfer full) her profile, for hw_test_desktop_free. (transfer full) */
HwDesktop *hw_test_desktop_new (HwRole role, const char *mission, char **directory);

/* After hw_desktop_lock. */
void hw_test_desktop_unlock (HwDesktop *desktop);

/* Locks and removes everything. directory: (transfer full) */
void hw_test_desktop_free (HwDesktop *desktop, char *directory);

G_END_DECLS
