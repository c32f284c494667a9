/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every byte of JSON from outside is read here before a parser sees it. The scanner is strict
 * (RFC 8259), has no recursion, and takes time in proportion to the input: keys of an object are
 * compared in pairs while they are few and sorted when they are many, so neither many keys nor keys
 * chosen to collide make it slow. It also refuses \u0000, which the parser behind it would take for
 * the end of the text: two different keys could then become one.
 */
#include "base/hw-json-guard.h"

#include <stdlib.h>
#include <string.h>

#define DEEPEST 64
#define FEW_KEYS 8

typedef struct
{
  const char *text; /* (unowned), unescaped, not terminated */
  gsize length;
} Key;

typedef struct
{
  gboolean is_object;
  guint first_key; /* where this object's keys begin in Scanner.keys */
} Frame;

typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END,
  EXPECT_KEY,
  EXPECT_KEY_OR_END,
  EXPECT_COMMA_OR_END,
} Expectation;

typedef struct
{
  const char *at;
  const char *end;
  const char *why; /* (nullable) static */
  guint max_depth;
  guint depth;
  Frame frames[DEEPEST];
  GArray *keys; /* (owned) (nullable) of Key: those of every open object */
  char
    *unescaped; /* (owned) (nullable) room for all keys with escapes: never longer than the input */
  gsize unescaped_used;
  gsize unescaped_size;
} Scanner;

static gboolean
refuse (Scanner *scanner, const char *why)
{
  scanner->why = why;
  return FALSE;
}

static void
skip_white_space (Scanner *scanner)
{
  const char *p = scanner->at;

  while (p < scanner->end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
    p++;
  scanner->at = p;
}

static gboolean
take_hex4 (Scanner *scanner, gunichar *value)
{
  *value = 0;
  if (scanner->end - scanner->at < 4)
    return refuse (scanner, "unfinished escape");
  for (guint i = 0; i < 4; i++)
    {
      gint digit = g_ascii_xdigit_value (*scanner->at++);

      if (digit < 0)
        return refuse (scanner, "escape without four hexadecimal digits");
      *value = *value << 4 | (gunichar)digit;
    }
  return TRUE;
}

/* After "\u": one code point, from one escape or from a pair of surrogates. */
static gboolean
take_unicode_escape (Scanner *scanner, gunichar *value)
{
  gunichar low;

  if (!take_hex4 (scanner, value))
    return FALSE;
  if (*value == 0)
    return refuse (scanner, "NUL in a string");
  if (*value < 0xD800 || *value > 0xDFFF)
    return TRUE;
  if (*value > 0xDBFF || scanner->end - scanner->at < 6 || scanner->at[0] != '\\'
      || scanner->at[1] != 'u')
    return refuse (scanner, "half of a surrogate pair");
  scanner->at += 2;
  if (!take_hex4 (scanner, &low))
    return FALSE;
  if (low < 0xDC00 || low > 0xDFFF)
    return refuse (scanner, "half of a surrogate pair");
  *value = 0x10000 + ((*value - 0xD800) << 10) + (low - 0xDC00);
  return TRUE;
}

/* After the backslash. */
static gboolean
take_escape (Scanner *scanner, gunichar *value)
{
  static const char names[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *name;

  if (scanner->at >= scanner->end)
    return refuse (scanner, "unfinished string");
  if (*scanner->at == 'u')
    {
      scanner->at++;
      return take_unicode_escape (scanner, value);
    }
  name = *scanner->at ? strchr (names, *scanner->at) : NULL;
  if (!name)
    return refuse (scanner, "unknown escape");
  scanner->at++;
  *value = (guchar)meanings[name - names];
  return TRUE;
}

/* The first byte that is a quote, a backslash, a control character, or the end. */
static const char *
skip_plain (const char *p, const char *end)
{
  while (p < end && (guchar)*p >= 0x20 && *p != '"' && *p != '\\')
    p++;
  return p;
}

/* From behind the opening quote to behind the closing one. */
static gboolean
take_string (Scanner *scanner, gboolean *escaped)
{
  gunichar ignored;

  *escaped = FALSE;
  for (;;)
    {
      scanner->at = skip_plain (scanner->at, scanner->end);
      if (scanner->at >= scanner->end)
        return refuse (scanner, "unfinished string");
      if (*scanner->at == '"')
        break;
      if (*scanner->at != '\\')
        return refuse (scanner, "control character in a string");
      scanner->at++;
      *escaped = TRUE;
      if (!take_escape (scanner, &ignored))
        return FALSE;
    }
  scanner->at++;
  return TRUE;
}

/* The key between two pointers, already found well formed, written out without its escapes. */
static Key
unescape_key (Scanner *scanner, const char *start, const char *end)
{
  Scanner key_scanner = { .at = start, .end = end };
  char *out;
  Key key;

  if (!scanner->unescaped)
    scanner->unescaped = g_malloc (scanner->unescaped_size);
  out = scanner->unescaped + scanner->unescaped_used;
  key.text = out;
  while (key_scanner.at < end)
    {
      gunichar value;

      if (*key_scanner.at != '\\')
        {
          *out++ = *key_scanner.at++;
          continue;
        }
      key_scanner.at++;
      if (take_escape (&key_scanner, &value))
        out += g_unichar_to_utf8 (value, out);
    }
  key.length = (gsize)(out - key.text);
  scanner->unescaped_used += key.length;
  return key;
}

/* Takes the key and its colon. */
static gboolean
take_key (Scanner *scanner)
{
  const char *start = scanner->at + 1;
  gboolean escaped;
  Key key;

  if (*scanner->at != '"')
    return refuse (scanner, "member without a quoted name");
  scanner->at++;
  if (!take_string (scanner, &escaped))
    return FALSE;
  if (escaped)
    key = unescape_key (scanner, start, scanner->at - 1);
  else
    key = (Key){ start, (gsize)(scanner->at - 1 - start) };
  if (!scanner->keys)
    scanner->keys = g_array_new (FALSE, FALSE, sizeof (Key));
  g_array_append_val (scanner->keys, key);
  skip_white_space (scanner);
  if (scanner->at >= scanner->end || *scanner->at != ':')
    return refuse (scanner, "member without a colon");
  scanner->at++;
  return TRUE;
}

static int
compare_keys (const void *a, const void *b)
{
  const Key *first = a;
  const Key *second = b;

  if (first->length != second->length)
    return first->length < second->length ? -1 : 1;
  return memcmp (first->text, second->text, first->length);
}

static gboolean
keys_differ (Key *keys, guint count)
{
  if (count > FEW_KEYS)
    {
      qsort (keys, count, sizeof *keys, compare_keys);
      for (guint i = 1; i < count; i++)
        {
          if (compare_keys (&keys[i - 1], &keys[i]) == 0)
            return FALSE;
        }
      return TRUE;
    }
  for (guint i = 1; i < count; i++)
    {
      for (guint j = 0; j < i; j++)
        {
          if (compare_keys (&keys[i], &keys[j]) == 0)
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
open_frame (Scanner *scanner, gboolean is_object)
{
  if (scanner->depth >= scanner->max_depth)
    return refuse (scanner, "nested too deeply");
  scanner->frames[scanner->depth++]
    = (Frame){ is_object, is_object && scanner->keys ? scanner->keys->len : 0 };
  scanner->at++;
  return TRUE;
}

static gboolean
close_frame (Scanner *scanner)
{
  Frame *frame = &scanner->frames[scanner->depth - 1];

  if (*scanner->at != (frame->is_object ? '}' : ']'))
    return refuse (scanner, "neither a comma nor the matching bracket");
  if (frame->is_object && scanner->keys && scanner->keys->len > frame->first_key)
    {
      Key *keys = &g_array_index (scanner->keys, Key, frame->first_key);

      if (!keys_differ (keys, scanner->keys->len - frame->first_key))
        return refuse (scanner, "member given twice");
      g_array_set_size (scanner->keys, frame->first_key);
    }
  scanner->depth--;
  scanner->at++;
  return TRUE;
}

static gboolean
take_digits (Scanner *scanner)
{
  const char *start = scanner->at;

  while (scanner->at < scanner->end && g_ascii_isdigit (*scanner->at))
    scanner->at++;
  return scanner->at > start || refuse (scanner, "number without digits");
}

static gboolean
take_one_of (Scanner *scanner, const char *wanted)
{
  if (scanner->at >= scanner->end || *scanner->at == '\0' || !strchr (wanted, *scanner->at))
    return FALSE;
  scanner->at++;
  return TRUE;
}

static gboolean
take_number (Scanner *scanner)
{
  take_one_of (scanner, "-");
  if (take_one_of (scanner, "0"))
    {
      if (scanner->at < scanner->end && g_ascii_isdigit (*scanner->at))
        return refuse (scanner, "number with a leading zero");
    }
  else if (!take_digits (scanner))
    return FALSE;
  if (take_one_of (scanner, ".") && !take_digits (scanner))
    return FALSE;
  if (take_one_of (scanner, "eE"))
    {
      take_one_of (scanner, "+-");
      return take_digits (scanner);
    }
  return TRUE;
}

static gboolean
take_word (Scanner *scanner, const char *word)
{
  gsize length = strlen (word);

  if ((gsize)(scanner->end - scanner->at) < length || memcmp (scanner->at, word, length) != 0)
    return refuse (scanner, "not a JSON value");
  scanner->at += length;
  return TRUE;
}

static gboolean
take_value (Scanner *scanner, Expectation *next)
{
  gboolean escaped;

  *next = EXPECT_COMMA_OR_END;
  switch (*scanner->at)
    {
      case '{':
        *next = EXPECT_KEY_OR_END;
        return open_frame (scanner, TRUE);
      case '[':
        *next = EXPECT_VALUE_OR_END;
        return open_frame (scanner, FALSE);
      case '"':
        scanner->at++;
        return take_string (scanner, &escaped);
      case 't':
        return take_word (scanner, "true");
      case 'f':
        return take_word (scanner, "false");
      case 'n':
        return take_word (scanner, "null");
      case '-':
      case '0' ... '9':
        return take_number (scanner);
      default:
        return refuse (scanner, "not a JSON value");
    }
}

static gboolean
take_comma_or_end (Scanner *scanner, Expectation *next)
{
  *next = EXPECT_COMMA_OR_END;
  if (*scanner->at != ',')
    return close_frame (scanner);
  scanner->at++;
  *next = scanner->frames[scanner->depth - 1].is_object ? EXPECT_KEY : EXPECT_VALUE;
  return TRUE;
}

/* One step from what may stand here to what may stand next. */
static gboolean
step (Scanner *scanner, Expectation *next)
{
  Expectation now = *next;
  gboolean may_end = now == EXPECT_VALUE_OR_END || now == EXPECT_KEY_OR_END;

  if (now == EXPECT_COMMA_OR_END || (may_end && (*scanner->at == ']' || *scanner->at == '}')))
    return take_comma_or_end (scanner, next);
  if (now == EXPECT_VALUE || now == EXPECT_VALUE_OR_END)
    return take_value (scanner, next);
  *next = EXPECT_VALUE;
  return take_key (scanner);
}

static gboolean
scan (Scanner *scanner)
{
  Expectation next = EXPECT_VALUE;

  do
    {
      skip_white_space (scanner);
      if (scanner->at >= scanner->end)
        return refuse (scanner, "unfinished");
      if (!step (scanner, &next))
        return FALSE;
    }
  while (scanner->depth > 0);
  skip_white_space (scanner);
  return scanner->at == scanner->end || refuse (scanner, "more than one value");
}

gboolean
hw_json_guard (const char *bytes, gsize length, gsize max_bytes, guint max_depth, const char **why)
{
  Scanner scanner
    = { .at = bytes, .max_depth = MIN (max_depth, DEEPEST), .unescaped_size = length };
  gboolean good;

  if (!bytes || length == 0)
    good = refuse (&scanner, "empty");
  else if (length > max_bytes)
    good = refuse (&scanner, "too large");
  else if (!g_utf8_validate_len (bytes, length, NULL))
    good = refuse (&scanner, "not UTF-8");
  else
    {
      scanner.end = bytes + length;
      good = scan (&scanner);
    }
  g_clear_pointer (&scanner.keys, g_array_unref);
  g_free (scanner.unescaped);
  if (why)
    *why = scanner.why;
  return good;
}
