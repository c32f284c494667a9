/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loading the demo: its accounts, its directory, the ten stories and the closed cases of other years.
 */
#pragma once

#include "store/hw-server-store.h"

G_BEGIN_DECLS

#define HW_DEMO_SETTING "demo" /* "accounts" or "cases"; unset in a database that is for real */
#define HW_DEMO_PASSWORD "homeward-demo-2026"

typedef enum
{
  HW_DEMO_ALL           = 0,
  HW_DEMO_ACCOUNTS_ONLY = 1 << 0, /* accounts and directory, no cases */
  HW_DEMO_NO_CLOSED     = 1 << 1, /* the ten stories alone */
} HwDemoFlags;

/* folder (nullable): where the data files are; NULL asks HOMEWARD_DEMO_DIR, then the build tree, then where it is
 * installed. Refuses a database that already holds cases or accounts of its own. */
gboolean hw_demo_load (HwStore *store, const char *folder, HwDemoFlags flags, GError **error);

/* The id of a record of the demo: scope is a case number, "directory" or "user". (transfer full) */
char    *hw_demo_id (const char *scope, const char *key);

G_END_DECLS
