/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The generated tables as src/schema sees them. Everybody else goes through hw-schema.h.
 */
#pragma once

#include "schema/hw-schema.h"

G_BEGIN_DECLS

extern const HwTypeDef hw_schema_types[HW_N_TYPE_IDS];   /* by id, which is also by name */
extern const HwFieldDef hw_schema_fields[HW_N_FIELDS];   /* by id; a type's stand together */
extern const guint16 hw_schema_field_order[HW_N_FIELDS]; /* each type's ids by name */
extern const HwAccessCell *const hw_schema_cells[HW_N_CATEGORIES][HW_N_ROLES];
extern const HwNick hw_schema_role_nicks[HW_N_ROLES];
extern const HwNick hw_schema_category_nicks[HW_N_CATEGORIES];
extern const HwNick hw_schema_gate_nicks[HW_N_GATES];

extern const gboolean hw_schema_mission_roles[HW_N_ROLES]; /* people of a mission */

/* What the generator made of the contract: JSON text in pieces, put together per role. */
typedef struct
{
  const char *path;    /* "/v1/records/{id}" */
  const char *json;    /* its Path Item Object */
  const char *mission; /* (nullable) the item as a mission is told it; NULL: not told */
} HwContractPath;

typedef struct
{
  const char *name;    /* "TravelDocument" */
  const char *head;    /* its schema up to the members of "fields" */
  const char *mission; /* the same without what a mission is not told */
} HwContractType;

extern const char hw_contract_head[];
extern const char hw_contract_components_head[];
extern const char hw_contract_type_tail[];
extern const HwContractPath hw_contract_paths[];           /* ends with path NULL */
extern const char *const hw_contract_components[];         /* "\"Name\":{…}", ends with NULL */
extern const char *const hw_contract_mission_components[]; /* ends with NULL */
extern const HwContractType hw_contract_types[HW_N_TYPE_IDS];
extern const char *const hw_contract_fields[HW_N_FIELDS]; /* "\"name\":{…}" */

/* Whether the role may see the field under any relation at all; HW_N_ROLES sees everything. */
gboolean hw_role_ever_reads (HwRole role, const HwFieldDef *field);
gboolean hw_role_ever_writes (HwRole role, const HwFieldDef *field);
gboolean hw_role_ever_sees_type (HwRole role, const HwTypeDef *type);
gboolean hw_role_is_mission (HwRole role);

G_END_DECLS
