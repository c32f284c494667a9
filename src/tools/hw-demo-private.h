/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tools/hw-demo.h"

G_BEGIN_DECLS

/* One loading: what the short forms of the files are counted from. */
typedef struct
{
  HwStore    *store; /* (unowned) */
  const char *today; /* (unowned) day at the office, "2026-11-24" */
  const char *scope; /* (unowned) case number or "directory" */
  guint       n;     /* operations so far */
} HwDemo;

/* "@-26y-40": (transfer full) a day, or NULL and *error. */
char     *hw_demo_day (HwDemo *demo, const char *text, GError **error);
/* "@-1T23:12 Asia/Kuwait": microseconds and (out) (transfer full) zone. */
gboolean  hw_demo_moment (HwDemo *demo, const char *text, gint64 *us, char **zone, GError **error);
/* The node with every short form spelt out, as the field wants it. (transfer full) */
JsonNode *hw_demo_spell (HwDemo *demo, const HwFieldDef *field, JsonNode *node, GError **error);
char     *hw_demo_reference (HwDemo *demo, const char *text); /* "$key" */

/* The list of that name in a JSON file of a folder. (transfer full) */
JsonNode *hw_demo_read_file (const char *folder, const char *name, const char *member, GError **error);

/* A change set of one author; *set is replaced when the author changes. */
gboolean  hw_demo_commit (HwDemo *demo, HwChangeSet *set, GError **error);
HwOperation *hw_demo_operation (HwDemo *demo, HwAction action, HwTypeId type, const char *record, const char *case_id, gint64 at_us);
HwActor  *hw_demo_actor (const char *username);

gboolean  hw_demo_load_closed (HwDemo *demo, guint count, GError **error);

G_END_DECLS
