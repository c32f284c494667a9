/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reader (hw-json-reader.h). Most of the time of a first pull would go into building a tree and
 * taking it apart again; here a page is read straight from its bytes, and only what needs a tree gets one.
 */
#define G_LOG_DOMAIN "homeward-schema"

#include "schema/hw-json-reader.h"

#include <errno.h>
#include <string.h>

#include "base/hw-json-guard.h"

static void
skip_space (HwJsonReader *reader)
{
  while (reader->at < reader->end
         && (*reader->at == ' ' || *reader->at == '\n' || *reader->at == '\r' || *reader->at == '\t'))
    reader->at++;
}

void
hw_json_reader_init (HwJsonReader *reader, const char *bytes, gsize length)
{
  reader->at = bytes;
  reader->end = bytes + length;
  reader->text = g_string_sized_new (256);
}

void
hw_json_reader_clear (HwJsonReader *reader)
{
  g_string_free (reader->text, TRUE);
  reader->text = NULL;
}

char
hw_json_reader_peek (HwJsonReader *reader)
{
  skip_space (reader);
  return reader->at < reader->end ? *reader->at : '\0';
}

gboolean
hw_json_reader_take (HwJsonReader *reader, char sign)
{
  skip_space (reader);
  if (reader->at >= reader->end || *reader->at != sign)
    return FALSE;
  reader->at++;
  return TRUE;
}

static gboolean
read_hex (HwJsonReader *reader, gunichar *unit)
{
  *unit = 0;
  if (reader->end - reader->at < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    {
      gint digit = g_ascii_xdigit_value (*reader->at++);

      if (digit < 0)
        return FALSE;
      *unit = (*unit << 4) | (gunichar) digit;
    }
  return TRUE;
}

/* After "\u": one unit or a pair of surrogates. NUL cannot be in a C string and is refused. */
static gboolean
read_unicode (HwJsonReader *reader)
{
  gunichar first, second;

  if (!read_hex (reader, &first) || first == 0)
    return FALSE;
  if (first >= 0xdc00 && first <= 0xdfff)
    return FALSE;
  if (first >= 0xd800 && first <= 0xdbff)
    {
      if (reader->end - reader->at < 2 || reader->at[0] != '\\' || reader->at[1] != 'u')
        return FALSE;
      reader->at += 2;
      if (!read_hex (reader, &second) || second < 0xdc00 || second > 0xdfff)
        return FALSE;
      first = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
    }
  g_string_append_unichar (reader->text, first);
  return TRUE;
}

static gboolean
read_escape (HwJsonReader *reader)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *letter;

  if (reader->at >= reader->end)
    return FALSE;
  if (*reader->at == 'u')
    {
      reader->at++;
      return read_unicode (reader);
    }
  letter = *reader->at != '\0' ? strchr (letters, *reader->at) : NULL;
  if (letter == NULL)
    return FALSE;
  g_string_append_c (reader->text, meanings[letter - letters]);
  reader->at++;
  return TRUE;
}

/* The string whose opening quote was just taken; valid until the next one is read. */
static gboolean
read_string (HwJsonReader *reader)
{
  g_string_truncate (reader->text, 0);
  while (reader->at < reader->end)
    {
      const char *start = reader->at;

      while (reader->at < reader->end && *reader->at != '"' && *reader->at != '\\')
        reader->at++;
      g_string_append_len (reader->text, start, reader->at - start);
      if (reader->at >= reader->end)
        return FALSE;
      if (*reader->at++ == '"')
        return TRUE;
      if (!read_escape (reader))
        return FALSE;
    }
  return FALSE;
}

const char *
hw_json_reader_string (HwJsonReader *reader)
{
  if (!hw_json_reader_take (reader, '"') || !read_string (reader))
    return NULL;
  return reader->text->str;
}

/* The signs of a number, to `digits`; whole: it has neither fraction nor exponent. */
static gboolean
read_digits (HwJsonReader *reader, char digits[64], gboolean *whole)
{
  gsize length = 0;

  *whole = TRUE;
  skip_space (reader);
  while (reader->at < reader->end && *reader->at != '\0'
         && strchr ("+-.0123456789eE", *reader->at) != NULL)
    {
      if (length + 1 >= 64)
        return FALSE;
      *whole = *whole && strchr (".eE", *reader->at) == NULL;
      digits[length++] = *reader->at++;
    }
  digits[length] = '\0';
  return length > 0;
}

gboolean
hw_json_reader_integer (HwJsonReader *reader, gint64 *number)
{
  char digits[64];
  gboolean whole;

  if (!read_digits (reader, digits, &whole) || !whole)
    return FALSE;
  errno = 0;
  *number = g_ascii_strtoll (digits, NULL, 10);
  return errno == 0;
}

static JsonNode *
read_number (HwJsonReader *reader)
{
  char digits[64];
  gboolean whole;
  gint64 number;

  if (!read_digits (reader, digits, &whole))
    return NULL;
  errno = 0;
  number = whole ? g_ascii_strtoll (digits, NULL, 10) : 0;
  if (whole && errno == 0)
    return json_node_init_int (json_node_alloc (), number);
  return json_node_init_double (json_node_alloc (), g_ascii_strtod (digits, NULL));
}

static gboolean
take_word (HwJsonReader *reader, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (reader->end - reader->at) < length || memcmp (reader->at, word, length) != 0)
    return FALSE;
  reader->at += length;
  return TRUE;
}

static JsonNode *read_value (HwJsonReader *reader, guint depth);

static JsonNode *
read_object (HwJsonReader *reader, guint depth)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (hw_json_reader_take (reader, '}'))
    return json_node_init_object (json_node_alloc (), object);
  do
    {
      g_autofree char *name = NULL;
      JsonNode *value;

      if (!hw_json_reader_take (reader, '"') || !read_string (reader))
        return NULL;
      name = g_strndup (reader->text->str, reader->text->len);
      value = hw_json_reader_take (reader, ':') ? read_value (reader, depth + 1) : NULL;
      if (value == NULL)
        return NULL;
      json_object_set_member (object, name, value);
    }
  while (hw_json_reader_take (reader, ','));
  return hw_json_reader_take (reader, '}') ? json_node_init_object (json_node_alloc (), object) : NULL;
}

static JsonNode *
read_array (HwJsonReader *reader, guint depth)
{
  g_autoptr (JsonArray) array = json_array_new ();

  if (hw_json_reader_take (reader, ']'))
    return json_node_init_array (json_node_alloc (), array);
  do
    {
      JsonNode *value = read_value (reader, depth + 1);

      if (value == NULL)
        return NULL;
      json_array_add_element (array, value);
    }
  while (hw_json_reader_take (reader, ','));
  return hw_json_reader_take (reader, ']') ? json_node_init_array (json_node_alloc (), array) : NULL;
}

static JsonNode *
read_value (HwJsonReader *reader, guint depth)
{
  skip_space (reader);
  if (reader->at >= reader->end || depth > HW_JSON_MAX_DEPTH)
    return NULL;
  if (hw_json_reader_take (reader, '"'))
    return read_string (reader) ? json_node_init_string (json_node_alloc (), reader->text->str)
                                : NULL;
  if (hw_json_reader_take (reader, '{'))
    return read_object (reader, depth);
  if (hw_json_reader_take (reader, '['))
    return read_array (reader, depth);
  if (take_word (reader, "true"))
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (take_word (reader, "false"))
    return json_node_init_boolean (json_node_alloc (), FALSE);
  if (take_word (reader, "null"))
    return json_node_init_null (json_node_alloc ());
  return read_number (reader);
}

JsonNode *
hw_json_reader_node (HwJsonReader *reader)
{
  return read_value (reader, 0);
}

/* ---- Stepping over ---- */

static gboolean
skip_string (HwJsonReader *reader)
{
  while (reader->at < reader->end && *reader->at != '"')
    reader->at += *reader->at == '\\' ? 2 : 1;
  if (reader->at >= reader->end)
    return FALSE;
  reader->at++;
  return TRUE;
}

/* From behind an opening bracket to behind its closing one. */
static gboolean
skip_nested (HwJsonReader *reader)
{
  guint depth = 1;

  while (depth > 0 && reader->at < reader->end)
    {
      char sign = *reader->at++;

      if (sign == '"' && !skip_string (reader))
        return FALSE;
      if (sign == '{' || sign == '[')
        depth++;
      if (sign == '}' || sign == ']')
        depth--;
    }
  return depth == 0;
}

gboolean
hw_json_reader_skip (HwJsonReader *reader)
{
  const char *start;

  if (hw_json_reader_take (reader, '"'))
    return skip_string (reader);
  if (hw_json_reader_take (reader, '{') || hw_json_reader_take (reader, '['))
    return skip_nested (reader);
  start = reader->at;
  while (reader->at < reader->end && *reader->at != '\0'
         && strchr (",]} \n\r\t", *reader->at) == NULL)
    reader->at++;
  return reader->at > start;
}

const char *
hw_json_reader_member (HwJsonReader *reader)
{
  if (hw_json_reader_take (reader, '}'))
    return NULL;
  hw_json_reader_take (reader, ',');
  if (hw_json_reader_string (reader) == NULL || !hw_json_reader_take (reader, ':'))
    return NULL;
  return reader->text->str;
}

gboolean
hw_json_reader_find (HwJsonReader *reader, const char *const *names, guint n, const char **places)
{
  const char *name;
  guint next = 0;

  for (guint i = 0; i < n; i++)
    places[i] = NULL;
  if (!hw_json_reader_take (reader, '{'))
    return FALSE;
  while ((name = hw_json_reader_member (reader)) != NULL)
    {
      /* They mostly come in one order: the search begins behind the last one found. */
      for (guint i = 0; i < n; i++)
        if (g_str_equal (names[(next + i) % n], name))
          {
            next = (next + i) % n;
            places[next++] = reader->at;
            break;
          }
      if (!hw_json_reader_skip (reader))
        return FALSE;
    }
  return reader->at[-1] == '}';
}
