/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A server's store on a real file, with an account per role, and short ways to write facts into it.
 */
#pragma once

#include "store/hw-server-store.h"

#define FIXTURE_NOW G_GINT64_CONSTANT (1795521600000000) /* 2026-11-24T12:00:00Z */

typedef struct
{
  char    *folder; /* (owned) */
  char    *path;   /* (owned) */
  HwClock *clock;  /* (owned) */
  HwStore *store;  /* (owned) */
  char    *office, *mission, *other_mission; /* (owned) ids */
} Fixture;

void     fixture_set_up (Fixture *fixture, gconstpointer data);
void     fixture_tear_down (Fixture *fixture, gconstpointer data);
void     fixture_reopen (Fixture *fixture);

/* The account of a role, made at need; its id is stable within a test. (transfer none) interned */
const char *fixture_user (Fixture *fixture, HwRole role);
HwActor    *fixture_actor (Fixture *fixture, HwRole role);
void        fixture_add_account (Fixture *fixture, const char *id, HwRole role, const char *office, const char *mission);

/* Facts. fields: pairs of HwFieldId and text, ended by HW_FIELD_NONE. (transfer none) interned id */
const char *fixture_create (Fixture *fixture, HwTypeId type, const char *case_id, ...);
const char *fixture_create_by (Fixture *fixture, HwRole role, HwTypeId type, const char *case_id, ...);
void        fixture_update (Fixture *fixture, HwTypeId type, const char *record, const char *case_id, ...);
void        fixture_delete (Fixture *fixture, HwTypeId type, const char *record, const char *case_id);
const char *fixture_case (Fixture *fixture, const char *owner); /* active, of the office; owner (nullable) */

/* The feed of a reader from *position to the head, in pages of limit: one word an entry, joined by spaces:
 * "put:person", "delete:note", "purge", "conflict:case". (transfer full); moves *position. */
char       *fixture_read (Fixture *fixture, HwActor *actor, HwFeedPosition *position, guint limit);
/* The same with the ids, for comparing. */
char       *fixture_read_ids (Fixture *fixture, HwActor *actor, HwFeedPosition *position, guint limit);
