/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A reader of JSON that hw_json_guard has already found to be strict: valid UTF-8, whole values, no
 * duplicate members, bounded depth. JsonParser's scanner takes most of the time of a first pull; this
 * builds the same tree from the same bytes. It still never reads past the end: should guard and reader
 * ever disagree, the answer is refused.
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "sync/hw-json-tree.h"

#include <errno.h>
#include <string.h>

#include "base/hw-json-guard.h"

typedef struct
{
  const char *at;
  const char *end;
  GString *text; /* the string being read */
} Reader;

static void
skip_space (Reader *reader)
{
  while (reader->at < reader->end
         && (*reader->at == ' ' || *reader->at == '\n' || *reader->at == '\r' || *reader->at == '\t'))
    reader->at++;
}

static gboolean
take (Reader *reader, char expected)
{
  skip_space (reader);
  if (reader->at >= reader->end || *reader->at != expected)
    return FALSE;
  reader->at++;
  return TRUE;
}

static gboolean
read_hex (Reader *reader, gunichar *unit)
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
read_unicode (Reader *reader)
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
read_escape (Reader *reader)
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
read_string (Reader *reader)
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

static JsonNode *
read_number (Reader *reader)
{
  char digits[64];
  gsize length = 0;
  gboolean whole = TRUE;
  gint64 number;

  while (reader->at < reader->end && strchr ("+-.0123456789eE", *reader->at) != NULL
         && *reader->at != '\0')
    {
      if (length + 1 >= sizeof digits)
        return NULL;
      whole = whole && strchr (".eE", *reader->at) == NULL;
      digits[length++] = *reader->at++;
    }
  digits[length] = '\0';
  if (length == 0)
    return NULL;
  errno = 0;
  number = whole ? g_ascii_strtoll (digits, NULL, 10) : 0;
  if (whole && errno == 0)
    return json_node_init_int (json_node_alloc (), number);
  return json_node_init_double (json_node_alloc (), g_ascii_strtod (digits, NULL));
}

static gboolean
take_word (Reader *reader, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (reader->end - reader->at) < length || memcmp (reader->at, word, length) != 0)
    return FALSE;
  reader->at += length;
  return TRUE;
}

static JsonNode *read_value (Reader *reader, guint depth);

static JsonNode *
read_object (Reader *reader, guint depth)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (take (reader, '}'))
    return json_node_init_object (json_node_alloc (), object);
  do
    {
      g_autofree char *name = NULL;
      JsonNode *value;

      if (!take (reader, '"') || !read_string (reader))
        return NULL;
      name = g_strndup (reader->text->str, reader->text->len);
      value = take (reader, ':') ? read_value (reader, depth + 1) : NULL;
      if (value == NULL)
        return NULL;
      json_object_set_member (object, name, value);
    }
  while (take (reader, ','));
  return take (reader, '}') ? json_node_init_object (json_node_alloc (), object) : NULL;
}

static JsonNode *
read_array (Reader *reader, guint depth)
{
  g_autoptr (JsonArray) array = json_array_new ();

  if (take (reader, ']'))
    return json_node_init_array (json_node_alloc (), array);
  do
    {
      JsonNode *value = read_value (reader, depth + 1);

      if (value == NULL)
        return NULL;
      json_array_add_element (array, value);
    }
  while (take (reader, ','));
  return take (reader, ']') ? json_node_init_array (json_node_alloc (), array) : NULL;
}

static JsonNode *
read_value (Reader *reader, guint depth)
{
  skip_space (reader);
  if (reader->at >= reader->end || depth > HW_JSON_MAX_DEPTH)
    return NULL;
  if (take (reader, '"'))
    return read_string (reader) ? json_node_init_string (json_node_alloc (), reader->text->str)
                                : NULL;
  if (take (reader, '{'))
    return read_object (reader, depth);
  if (take (reader, '['))
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
hw_json_tree_parse (const char *bytes, gsize length, gsize max_bytes, const char **why)
{
  Reader reader = { .at = bytes, .end = bytes + length };
  JsonNode *node;

  *why = "it is no strict JSON";
  if (bytes == NULL || !hw_json_guard (bytes, length, max_bytes, HW_JSON_MAX_DEPTH, why))
    return NULL;
  reader.text = g_string_sized_new (256);
  node = read_value (&reader, 0);
  skip_space (&reader);
  if (node != NULL && reader.at != reader.end)
    g_clear_pointer (&node, json_node_unref);
  g_string_free (reader.text, TRUE);
  return node;
}
