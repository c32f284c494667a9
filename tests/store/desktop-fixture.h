/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A desktop's store on a real file, with a caseworker at it, and the server played by hand.
 */
#pragma once

#include "store/hw-case-list.h"
#include "store/hw-outbox.h"

#define DESKTOP_NOW G_GINT64_CONSTANT (1795521600000000) /* 2026-11-24T12:00:00Z */
#define DESKTOP_USER "00000000-0000-4000-8000-0000000000aa"
#define DESKTOP_OFFICE "00000000-0000-4000-8000-000000000101"
#define DESKTOP_MISSION "00000000-0000-4000-8000-000000000201"

typedef struct
{
  char *folder;   /* (owned) */
  char *path;     /* (owned) */
  HwClock *clock; /* (owned) */
  HwStore *store; /* (owned) */
  HwActor *actor; /* (owned) */
} Desktop;

void desktop_set_up (Desktop *desktop, gconstpointer data);
void desktop_tear_down (Desktop *desktop, gconstpointer data);
void desktop_reopen (Desktop *desktop);

/* (transfer none) interned */
const char *desktop_id (void);
HwOperation *
desktop_operation (HwAction action, HwTypeId type, const char *record, const char *case_id);
/* Commits one operation as the person at the desktop. (transfer full) */
HwResult *desktop_commit (Desktop *desktop, HwOperation *operation);
/* A local edit that must be accepted; answers the operation's id. (transfer none) interned */
const char *desktop_set (Desktop *desktop,
                         HwTypeId type,
                         const char *record,
                         const char *case_id,
                         HwFieldId field,
                         const char *text);
/* A case made here; its first operation's id in *operation. (transfer none) interned */
const char *desktop_new_case (Desktop *desktop, const char *pseudonym, const char **operation);

/* What the server sends. fields: pairs of HwFieldId and text, ended by HW_FIELD_NONE. */
HwItem *desktop_put (HwTypeId type, const char *id, const char *case_id, guint64 rev, ...);
HwItem *desktop_purge (const char *case_id);
void desktop_page (Desktop *desktop,
                   gboolean complete,
                   ...) G_GNUC_NULL_TERMINATED; /* of HwItem (transfer full) */
void desktop_answer (Desktop *desktop,
                     const char *operation,
                     HwResultStatus status,
                     HwItem *item,
                     const char *problem);
/* An owned case from the server. (transfer none) interned */
const char *desktop_server_case (Desktop *desktop, const char *code, const char *pseudonym);

/* The text of a field in the local view; "" when unset, "(gone)" when there is no such record.
 * (transfer full) */
char *desktop_text (Desktop *desktop, HwTypeId type, const char *record, HwFieldId field);
void desktop_spin (Desktop *desktop); /* until the worker is idle and all signals are out */
