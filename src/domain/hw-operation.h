/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwOperation: one field operation as it is queued, pushed and judged (sync.md, Push).
 * HwActor: who does it. HwChangeSet: operations committed together through the one write path.
 */
#pragma once

#include "domain/hw-record.h"

G_BEGIN_DECLS

typedef enum
{
  HW_ACTION_CREATE,
  HW_ACTION_UPDATE,
  HW_ACTION_DELETE,
  HW_ACTION_RESOLVE, /* record is the conflict's id; choice, value, seen below */
} HwAction;

/* One field of an operation. value NULL with no add/remove means: clear the field. */
typedef struct
{
  HwFieldId field;
  HwValue  *value;  /* (owned) (nullable) */
  char    **add;    /* (owned) (nullable) sets only */
  char    **remove; /* (owned) (nullable) sets only */
  guint64   base;   /* rev of the field the writer saw; 0: none */
} HwFieldChange;

typedef struct
{
  char      *id; /* UUIDv7, made by the client */
  HwAction   action;
  HwTypeId   type;
  char      *record;
  char      *case_id;    /* (nullable) */
  char      *group;      /* (nullable) all or none */
  char      *at;         /* RFC 3339 with offset: the client's word, never used for order */
  GPtrArray *changes;    /* (element-type HwFieldChange) */
  char      *choice;     /* resolve: "current" | "offered" | "value" */
  HwValue   *resolution; /* resolve with "value" */
  GArray    *seen;       /* resolve: guint64 revs the person saw; (nullable) */
  gatomicrefcount refs;
} HwOperation;

#define HW_TYPE_OPERATION (hw_operation_get_type ())
GType        hw_operation_get_type (void);
HwOperation *hw_operation_new (const char *id, HwAction action, HwTypeId type, const char *record, const char *case_id);
HwOperation *hw_operation_ref (HwOperation *operation);
void         hw_operation_unref (HwOperation *operation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwOperation, hw_operation_unref)
void         hw_operation_set (HwOperation *operation, HwFieldId field, HwValue *value, guint64 base);
void         hw_operation_set_text (HwOperation *operation, HwFieldId field, const char *text, guint64 base);
void         hw_operation_add_remove (HwOperation *operation, HwFieldId field, const char *const *add,
                                      const char *const *remove, guint64 base);
HwFieldChange *hw_operation_find (HwOperation *operation, HwFieldId field); /* (nullable) (transfer none) */
/* The value the record's field would have after this change, given its present one. (transfer full) (nullable) */
HwValue     *hw_field_change_result (const HwFieldChange *change, HwValue *current);
/* Applies every change to the record, without judgement (overlay, facts, tests). */
void         hw_operation_apply (HwOperation *operation, HwRecord *record);

JsonNode    *hw_operation_to_json (HwOperation *operation);
/* Unknown members, unknown fields, duplicate or contradictory ones: HW_SCHEMA_ERROR with a JSON pointer
 * ("/set/status") in *pointer. */
HwOperation *hw_operation_from_json (JsonNode *node, char **pointer, GError **error);

/* Who acts. All strings (owned). */
typedef struct
{
  char  *user;
  char  *name; /* display name */
  HwRole role;
  char  *office;  /* (nullable) organisation-wide roles have none */
  char  *mission; /* (nullable) embassy_liaison: organisation id */
  char  *device;  /* (nullable) */
} HwActor;

#define HW_TYPE_ACTOR (hw_actor_get_type ())
GType    hw_actor_get_type (void);
HwActor *hw_actor_new (const char *user, const char *name, HwRole role, const char *office, const char *mission, const char *device);
HwActor *hw_actor_copy (const HwActor *actor);
void     hw_actor_free (HwActor *actor);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwActor, hw_actor_free)
const char *hw_actor_system_for (const HwActor *actor); /* user id written as author of consequences: "system:USERID" interned */

typedef enum
{
  HW_ORIGIN_LOCAL,  /* a person at this desktop: judged, queued in the outbox */
  HW_ORIGIN_PUSH,   /* the server judges a client's operation */
  HW_ORIGIN_REMOTE, /* facts from the server: checked for shape, not judged */
  HW_ORIGIN_BLIND,  /* added through a handle, the right judged by whoever gave it: checked for shape, followed by its consequences */
  HW_ORIGIN_SYSTEM, /* consequences, jobs, demo loading: checked for shape, not judged, never queued */
} HwOrigin;

#define HW_TYPE_CHANGE_SET (hw_change_set_get_type ())
G_DECLARE_FINAL_TYPE (HwChangeSet, hw_change_set, HW, CHANGE_SET, GObject)
HwChangeSet   *hw_change_set_new (HwOrigin origin, const HwActor *actor);
HwOrigin       hw_change_set_origin (HwChangeSet *set);
const HwActor *hw_change_set_actor (HwChangeSet *set);
/* What was kept aside is let in: written and judged as its author's, the actor, and answered for by the supervisor who
 * decided it. reason (nullable): in that person's words. */
void           hw_change_set_let_in (HwChangeSet *set, const HwActor *supervisor, const char *reason);
const HwActor *hw_change_set_let_in_by (HwChangeSet *set); /* (nullable) */
const char    *hw_change_set_reason (HwChangeSet *set);    /* (nullable) */
void           hw_change_set_add (HwChangeSet *set, HwOperation *operation); /* (transfer full) */
GPtrArray     *hw_change_set_operations (HwChangeSet *set);                  /* (element-type HwOperation) (transfer none) */

G_END_DECLS
