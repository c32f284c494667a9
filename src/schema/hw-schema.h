/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The schema tables: every record type, field, value, status move, category and role, generated
 * from data/schema/ (*.entity.xml, access.xml). Nothing in C repeats a field list: SQL, JSON,
 * forms, access, the OpenAPI document and the data dictionary all read these tables.
 *
 * Generated ids (hw-schema-ids.h):
 *   HwTypeId     HW_TYPE_ID_TRAVEL_DOCUMENT            (HW_TYPE_ID_NONE = 0, HW_N_TYPE_IDS)
 *   HwFieldId    HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON   (HW_FIELD_NONE = 0, HW_N_FIELDS)
 *   HwCategory   HW_CATEGORY_IDENTITY                  (HW_N_CATEGORIES)
 *   HwRole       HW_ROLE_CASEWORKER                    (HW_N_ROLES), nicks as in domain.md section 5
 *   HwGateId     HW_GATE_NONE, HW_GATE_EMBASSY, _CHILD, _TICKET, _DEPARTURE, _REUNIFICATION, _CLOSURE
 *   choice nicks as string macros:  HW_TRAVEL_DOCUMENT_STATUS_ISSUED = "issued"
 * All tables are constant and may be read from any thread.
 */
#pragma once

#include <glib.h>
#include "hw-schema-ids.h"

G_BEGIN_DECLS

#define HW_SCHEMA_ERROR (hw_schema_error_quark ())
GQuark hw_schema_error_quark (void);
typedef enum
{
  HW_SCHEMA_ERROR_KIND,    /* wrong JSON type or shape */
  HW_SCHEMA_ERROR_CHOICE,  /* not one of the field's values */
  HW_SCHEMA_ERROR_FORMAT,  /* a date that is none, a phone that is not E.164, an unknown zone … */
  HW_SCHEMA_ERROR_TOO_LONG,
  HW_SCHEMA_ERROR_UNKNOWN, /* unknown type or field */
  HW_SCHEMA_ERROR_SYNTAX,  /* not JSON, too deep, duplicate member, too large */
} HwSchemaError;

typedef enum
{
  HW_KIND_TEXT,
  HW_KIND_LONG_TEXT,
  HW_KIND_INTEGER,
  HW_KIND_BOOLEAN,
  HW_KIND_CHOICE,
  HW_KIND_CHOICE_SET,
  HW_KIND_TEXT_SET,
  HW_KIND_REFERENCE,
  HW_KIND_REFERENCE_SET,
  HW_KIND_DATE,         /* "2026-11-24" */
  HW_KIND_HISTORY_DATE, /* {date, precision} */
  HW_KIND_TIMESTAMP,    /* an instant, RFC 3339 with offset; compared as instants */
  HW_KIND_LOCAL_TIME,   /* {at, zone}: wall clock at a place */
  HW_KIND_TIME_OF_DAY,  /* "23:00" */
  HW_KIND_MONEY,
  HW_KIND_COUNTRY,      /* ISO 3166-1 alpha-2, upper case */
  HW_KIND_COUNTRY_SET,
  HW_KIND_LANGUAGE,     /* ISO 639-3 */
  HW_KIND_LANGUAGE_SET,
  HW_KIND_CURRENCY,     /* ISO 4217; inside money mostly */
  HW_KIND_PHONE,        /* E.164, "+96550000000" */
  HW_KIND_ZONE,         /* IANA zone */
  HW_KIND_USER,         /* id of a user account */
} HwKind;

/* sync.md, Push: how two edits of one field meet. */
typedef enum
{
  HW_MERGE_ASK,
  HW_MERGE_SET,
  HW_MERGE_APPEND, /* the record's fields are immutable once set */
  HW_MERGE_LAST,
  HW_MERGE_MOVE,   /* statuses: the table and the gates decide */
} HwMergePolicy;

typedef enum
{
  HW_SEARCH_NONE,
  HW_SEARCH_NAME,
  HW_SEARCH_CODE,
  HW_SEARCH_PHONE,
  HW_SEARCH_PLACE,
  HW_SEARCH_NOTE,
} HwSearchUse;

typedef enum
{
  HW_FIELD_REQUIRED   = 1 << 0, /* a create without it is refused */
  HW_FIELD_SERVER_SET = 1 << 1, /* clients may not write it (case code, reference …) */
  HW_FIELD_HISTORY    = 1 << 2, /* gates look at its past values (risk_assessment.asylum) */
  HW_FIELD_SENSITIVE  = 1 << 3, /* masked on screen until asked for */
  HW_FIELD_INDEXED    = 1 << 4, /* looked up by value (references, phones) */
  HW_FIELD_PERSONAL   = 1 << 5, /* who or where somebody is: masked on screen as long as names are */
} HwFieldFlags;

typedef struct
{
  const char *nick;
  const char *label; /* msgid */
  const char *htcds; /* (nullable) HTCDS 2.0 value */
} HwChoice;

typedef struct
{
  HwFieldId        id;
  HwTypeId         type;
  guint            index; /* position within its type, from 0 */
  const char      *name;  /* snake_case, column and JSON member */
  HwKind           kind;
  const HwChoice  *choices; /* (nullable) */
  guint            n_choices;
  HwTypeId         target; /* references: HW_TYPE_ID_NONE when it may be any type */
  const char      *label;  /* msgid */
  const char      *help;   /* (nullable) msgid */
  const char      *section;/* nick of the form section it stands in */
  HwCategory       category;
  HwMergePolicy    merge;
  HwSearchUse      search;
  const char      *htcds; /* (nullable) HTCDS 2.0 field name */
  guint            since; /* schema version that added it */
  guint            max_length; /* bytes of UTF-8 */
  HwFieldFlags     flags;
  gint64           minimum; /* integers: the range a form offers and a check allows */
  gint64           maximum;
  guint            holders; /* people: bit per HwRole an account may have to be named here */
} HwFieldDef;

typedef struct
{
  const char *from; /* NULL: creation */
  const char *to;
  guint       roles; /* bit per HwRole: roles & (1u << HW_ROLE_CASEWORKER); 0: only the system */
  guint       gates; /* bit per HwGateId: gates & (1u << HW_GATE_CHILD); 0 where no gate guards it */
  gboolean    observation; /* a fact of the world: always accepted, a closed gate raises a breach */
  guint       told; /* bit per HwRole that writes it down when those who move it have no account */
} HwMoveDef;

typedef struct
{
  const char *nick;
  const char *label; /* msgid */
} HwSectionDef;

typedef enum
{
  HW_ROOT_CASE,
  HW_ROOT_REQUEST, /* what a mission shares */
  HW_ROOT_NONE,    /* directory */
} HwRoot;

typedef enum
{
  HW_TYPE_NEVER_DELETED = 1 << 0, /* corrected, never deleted */
  HW_TYPE_APPEND_ONLY   = 1 << 1, /* no update after creation (decision, disclosure, log entries) */
  HW_TYPE_RANDOM_IDS    = 1 << 2, /* UUIDv4 */
  HW_TYPE_SERVER_ONLY   = 1 << 3, /* written by the system: clients may not create */
} HwTypeFlags;

typedef struct
{
  HwTypeId            id;
  const char         *name;   /* snake_case, table and JSON type */
  const char         *label;  /* msgid, "Travel document" */
  const char         *plural; /* msgid */
  HwRoot              root;
  HwTypeFlags         flags;
  guint               since;
  const HwFieldDef   *fields; /* n_fields, in form order */
  guint               n_fields;
  const HwSectionDef *sections;
  guint               n_sections;
  HwFieldId           status_field; /* HW_FIELD_NONE when the type has no status */
  const HwMoveDef    *moves;
  guint               n_moves;
  HwFieldId           title_field; /* what a row of it is called in a list */
} HwTypeDef;

typedef struct
{
  const char *nick;
  const char *label;
} HwNick;

#define HW_SCHEMA_VERSION_MIN 1
extern const guint hw_schema_version;

const HwTypeDef  *hw_schema_type (HwTypeId id);             /* never NULL for a valid id other than NONE */
const HwTypeDef  *hw_schema_type_by_name (const char *name);/* (nullable) */
const HwFieldDef *hw_schema_field (HwFieldId id);
const HwFieldDef *hw_schema_field_by_name (HwTypeId type, const char *name); /* (nullable) */
const HwChoice   *hw_field_choice (const HwFieldDef *field, const char *nick); /* (nullable) */
const HwMoveDef  *hw_schema_move (HwTypeId type, const char *from, const char *to); /* (nullable) */
gboolean          hw_kind_is_set (HwKind kind);

const HwNick *hw_role_nick (HwRole role);
HwRole        hw_role_by_nick (const char *nick); /* HW_N_ROLES when unknown */
const HwNick *hw_category_nick (HwCategory category);
const HwNick *hw_gate_nick (HwGateId gate); /* nick "embassy" … as in urn:homeward:problem:gate-embassy */

/* Section 5 of domain.md as generated from access.xml: one cell per (category, role). */
typedef enum
{
  HW_RIGHT_NONE,
  HW_RIGHT_MINIMAL, /* only the fields the cell lists */
  HW_RIGHT_READ,
  HW_RIGHT_WRITE,
} HwRight;

/* What a person is to a case; computed by the server (and by domain/hw-access from the records). */
typedef enum
{
  HW_RELATION_OWNER      = 1 << 0,  /* case.owner */
  HW_RELATION_QUEUE      = 1 << 1,  /* unassigned intake of the office: any caseworker may claim */
  HW_RELATION_ACCESS     = 1 << 2,  /* a live case_access */
  HW_RELATION_OFFICE     = 1 << 3,  /* the case's office is theirs */
  HW_RELATION_MISSION    = 1 << 4,  /* the request is of their mission */
  HW_RELATION_MOVEMENT   = 1 << 5,  /* movement officer, office's case with a movement in draft or later */
  HW_RELATION_TRAVEL_DAY = 1 << 6,  /* from the day before travel to arrival */
  HW_RELATION_ARRIVAL    = 1 << 7,  /* receiving office, from the ticket on */
  HW_RELATION_ARRIVED    = 1 << 8,  /* receiving office, after arrival */
  HW_RELATION_REFERRAL   = 1 << 9,  /* own referral */
  HW_RELATION_TASK       = 1 << 10, /* an open task of theirs */
  HW_RELATION_MEDICAL    = 1 << 11, /* case_access for care or medical */
  HW_RELATION_INTAKE     = 1 << 12, /* own intake not yet handed over */
  HW_RELATION_AUTHOR     = 1 << 13, /* wrote this very record, or is the assignee of this task */
  HW_RELATION_ANY        = 1 << 14, /* no relation needed (directory) */
  HW_RELATION_REFERRED   = 1 << 15, /* own referral that has ended: of what is left of the case to them */
} HwRelation;

typedef struct
{
  HwRight          right;
  guint            relations; /* any of these suffices; 0: nobody */
  const HwFieldId *minimal;   /* for MINIMAL: ends with HW_FIELD_NONE */
  const HwFieldId *writable;  /* (nullable) WRITE limited to these fields (embassy: number, dates …) */
} HwAccessCell;

/* A role may hold several cells for one category (own intake W, open office R); ends when right is NONE. */
const HwAccessCell *hw_schema_access (HwCategory category, HwRole role);

/* The contracts made from the tables. (transfer full) JSON text. A role other than HW_N_ROLES
 * gets only the types and fields it may ever see. */
char *hw_schema_to_json (HwRole role);
char *hw_openapi_to_json (HwRole role);

G_END_DECLS
