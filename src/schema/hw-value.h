/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwValue: one immutable value of one field. Values cross threads freely, so nothing in one ever
 * changes after it is made. "Unset" is NULL everywhere, never an empty value.
 */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

#include "schema/hw-json-reader.h"
#include "schema/hw-schema.h"

G_BEGIN_DECLS

#define HW_TYPE_VALUE (hw_value_get_type ())
typedef struct _HwValue HwValue;

/* How a value is held; the field's kind decides which shape it has. */
typedef enum
{
  HW_SHAPE_TEXT,    /* text, long_text, choice, reference, date, timestamp, time_of_day, country, language, phone, zone */
  HW_SHAPE_INTEGER, /* integer, boolean (0 or 1) */
  HW_SHAPE_SET,     /* every *_set kind: strings, sorted, without duplicates */
  HW_SHAPE_PAIR,    /* history_date {date, precision}, local_time {at, zone} */
  HW_SHAPE_MONEY,   /* {minor, currency} */
} HwShape;

GType    hw_value_get_type (void);
HwValue *hw_value_ref (HwValue *value);
void     hw_value_unref (HwValue *value);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwValue, hw_value_unref)

HwValue *hw_value_new_text (const char *text);
HwValue *hw_value_new_integer (gint64 number);
HwValue *hw_value_new_boolean (gboolean truth); /* an INTEGER that writes itself as true or false */
HwValue *hw_value_new_set (const char *const *members);
/* history_date: text = ISO date, unit = "day" | "month" | "year" | "estimated".
 * local_time: text = "2026-11-27T01:15" (no offset), unit = IANA zone. */
HwValue *hw_value_new_pair (const char *text, const char *unit);
HwValue *hw_value_new_money (gint64 minor, const char *currency);

HwShape            hw_value_shape (const HwValue *value);
const char        *hw_value_text (const HwValue *value);    /* TEXT and PAIR; NULL for other shapes and for NULL */
const char        *hw_value_unit (const HwValue *value);    /* precision, zone or currency */
gint64             hw_value_integer (const HwValue *value); /* INTEGER; MONEY: minor units; 0 for NULL */
const char *const *hw_value_set (const HwValue *value);     /* never NULL; empty for NULL and other shapes */
gboolean           hw_value_set_contains (const HwValue *value, const char *member);
gboolean           hw_value_equal (const HwValue *a, const HwValue *b); /* either may be NULL */

/* Checks a value against its field: kind, choices, length, format. On failure sets a
 * HW_SCHEMA_ERROR whose message names the field's label, never the value. */
gboolean hw_value_check (const HwFieldDef *field, const HwValue *value, GError **error);

/* JSON as on the wire (sync.md). A JSON null decodes to *value = NULL and TRUE. Decoding checks. */
gboolean  hw_value_from_json (const HwFieldDef *field, JsonNode *node, HwValue **value, GError **error);
/* The same, of the value the reader is at. */
gboolean  hw_value_read (const HwFieldDef *field, HwJsonReader *reader, HwValue **value, GError **error);
JsonNode *hw_value_to_json (const HwValue *value);
/* Appends the value's JSON text; the fast way for pages of many records. */
void      hw_value_append_json (const HwValue *value, GString *out);
/* The same, but a boolean field is true or false however its value was made: use this on the wire. */
void      hw_field_append_json (const HwFieldDef *field, const HwValue *value, GString *out);

/* One column per field: shapes other than INTEGER are stored as text (sets and composites as JSON).
 * from_storage trusts the column, which was checked on its way in; returns NULL if it is damaged. */
char    *hw_value_to_storage (const HwValue *value); /* (transfer full), not for INTEGER */
HwValue *hw_value_from_storage (const HwFieldDef *field, const char *text);

G_END_DECLS
