/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A case in which every gate is open, on a clock that stands still at 2026-11-24 09:00 UTC. Each
 * test takes one thing away.
 */
#pragma once

#include "domain/hw-condition.h"
#include "domain/hw-item.h"
#include "domain/hw-rules.h"
#include "domain/hw-summary.h"

#define TODAY "2026-11-24"
#define NOW "2026-11-24T09:00:00Z"

#define OFFICE "00000000-0000-4000-8000-000000000101"
#define OTHER_OFFICE "00000000-0000-4000-8000-000000000102"
#define MISSION "00000000-0000-4000-8000-000000000201"
#define OTHER_MISSION "00000000-0000-4000-8000-000000000202"
#define CASE "00000000-0000-4000-8000-000000000001"

typedef struct
{
  HwCaseFile *directory;
  HwCaseFile *file;
  HwRulesContext context;
  HwRecord *office;
  HwRecord *rule; /* of Ethiopia */
  HwRecord *header;
  HwRecord *survivor;
  HwRecord *screening;
  HwRecord *consent; /* embassy_contact */
  HwRecord *travel_consent;
  HwRecord *risk;
  HwRecord *decision;           /* three days old */
  HwRecord *departure_decision; /* this morning */
  HwRecord *request;
  HwRecord *document;
  HwRecord *exit_item;
  HwRecord *fitness;
  HwRecord *movement;
  HwRecord *first_leg;
  HwRecord *second_leg;
  HwRecord *reception;
  HwRecord *member;
  HwRecord *reunion;
  HwRecord *closure;
  guint made;
} Fixture;

Fixture *fixture_new (void);
void fixture_free (Fixture *fixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

/* A record of the case made by "worker", added to the file; owned by the file. */
HwRecord *fixture_add (Fixture *fixture, HwTypeId type);
HwRecord *fixture_add_by (Fixture *fixture, HwTypeId type, const char *author);
HwRecord *fixture_approval (Fixture *fixture, const char *kind, HwRecord *subject);
HwRecord *fixture_dependant (Fixture *fixture);
/* Makes the survivor a child with everything the child gate asks for. */
typedef struct
{
  HwRecord *guardianship, *best_interests, *proxy, *assent;
} Child;
Child fixture_child (Fixture *fixture, HwRecord *person);

void put (HwRecord *record, HwFieldId field, const char *text);
void put_integer (HwRecord *record, HwFieldId field, gint64 number);
void put_set (HwRecord *record, HwFieldId field, const char *member, ...) G_GNUC_NULL_TERMINATED;
void put_pair (HwRecord *record, HwFieldId field, const char *text, const char *unit);
void clear (HwRecord *record, HwFieldId field);

gint64 instant (const char *rfc3339);
/* The codes of a verdict in order, joined by spaces. */
char *codes (HwVerdict *verdict);
void assert_gate (
  Fixture *fixture, HwGateId gate, HwRecord *subject, const char *target, const char *expected);
