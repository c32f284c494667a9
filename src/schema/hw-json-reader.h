/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads JSON value by value, without making a tree of it first. Only for bytes that hw_json_guard has
 * found strict: the reader trusts their grammar, but never goes past their end. What it does not find as
 * promised it answers with NULL or FALSE.
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *at;  /* the next value; may be set back to where one began */
  const char *end;
  GString    *text; /* (owned) the string read last */
} HwJsonReader;

/* The bytes must outlive the reader. */
void        hw_json_reader_init (HwJsonReader *reader, const char *bytes, gsize length);
void        hw_json_reader_clear (HwJsonReader *reader);
/* The first sign of the next value: '{', '[', '"', 't', 'f', 'n', '-' or a digit; '\0' at the end. */
char        hw_json_reader_peek (HwJsonReader *reader);
/* Takes this sign if it is next. */
gboolean    hw_json_reader_take (HwJsonReader *reader, char sign);
/* (nullable) valid until the next call. */
const char *hw_json_reader_string (HwJsonReader *reader);
/* A whole number of 64 bits. */
gboolean    hw_json_reader_integer (HwJsonReader *reader, gint64 *number);
/* (transfer full) (nullable): any value as a tree. */
JsonNode   *hw_json_reader_node (HwJsonReader *reader);
gboolean    hw_json_reader_skip (HwJsonReader *reader);
/* The name of the next member and its colon; NULL behind the last one or at a fault. Valid until the next call. */
const char *hw_json_reader_member (HwJsonReader *reader);
/* Reads over an object and tells where the values of these members begin (NULL: not there). */
gboolean    hw_json_reader_find (HwJsonReader *reader, const char *const *names, guint n, const char **places);

G_END_DECLS
