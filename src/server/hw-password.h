/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Passwords: which are good enough, and how they are kept. Used by the server and by
 * homeward-admin.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HW_PASSWORD_MIN_CHARACTERS 12
#define HW_PASSWORD_MAX_BYTES 1024

/* NULL when it is good enough; otherwise one sentence that says what to do. (static) */
const char *hw_password_complaint (const char *password, const char *username);
/* Argon2id with libsodium's interactive limits: about 0.1 s and 64 MiB. (transfer full); NULL when
 * memory is short. */
char *hw_password_hash (const char *password);
gboolean hw_password_verify (const char *hash, const char *password);

G_END_DECLS
