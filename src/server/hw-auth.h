/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwAuth: sign-in. Wrong name and wrong password cost the same time and give the same answer;
 * attempts are throttled per account and per address; at most two hashes run at once, so memory
 * stays bounded. Thread-safe.
 */
#pragma once

#include "store/hw-server-store.h"

G_BEGIN_DECLS

typedef struct _HwAuth HwAuth;

typedef enum
{
  HW_AUTH_GOOD,
  HW_AUTH_WRONG,
  HW_AUTH_THROTTLED,
  HW_AUTH_THROTTLED_FIRST, /* the same; nobody was told so yet in this wait */
  HW_AUTH_FAILED, /* *error */
} HwAuthResult;

HwAuth *hw_auth_new (HwStore *store, HwClock *clock);
void hw_auth_free (HwAuth *auth);
/* account: (out) only when GOOD. wait_s: (out) only when THROTTLED or THROTTLED_FIRST. peer (nullable). */
HwAuthResult hw_auth_check (HwAuth *auth,
                            const char *username,
                            const char *password,
                            const char *device,
                            const char *peer,
                            HwAccount **account,
                            guint *wait_s,
                            GError **error);

G_END_DECLS
