/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwTestKeyring: stands for the keyring of a session (the Secret Service) on the bus that the test runs on. Main thread; it
 * answers while the main loop turns.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HwTestKeyring HwTestKeyring;

/* answers: FALSE: its name is taken, and every call is refused. */
HwTestKeyring *hw_test_keyring_new (gboolean answers);
void           hw_test_keyring_free (HwTestKeyring *keyring);
guint          hw_test_keyring_n_items (HwTestKeyring *keyring);
guint          hw_test_keyring_n_searches (HwTestKeyring *keyring);
/* The value of an attribute of the only item. (transfer full) */
char          *hw_test_keyring_attribute (HwTestKeyring *keyring, const char *name);
/* The secret of the only item becomes another. */
void           hw_test_keyring_spoil (HwTestKeyring *keyring);

G_END_DECLS
