/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The event stream's parser. Data lines are not kept: a hint says that something changed, never what.
 */
#define G_LOG_DOMAIN "homeward-sync"

#include "sync/hw-event-parser.h"

#include <string.h>

#define LINE_MAX_BYTES 4096

struct _HwEventParser
{
  GString *line;
  gboolean hint;     /* the event being read is a hint */
  gboolean has_data; /* an event without data is not dispatched */
  gboolean after_return; /* a line feed now belongs to the line end before it */
};

HwEventParser *
hw_event_parser_new (void)
{
  HwEventParser *parser = g_new0 (HwEventParser, 1);

  parser->line = g_string_new (NULL);
  return parser;
}

void
hw_event_parser_free (HwEventParser *parser)
{
  if (parser == NULL)
    return;
  g_string_free (parser->line, TRUE);
  g_free (parser);
}

static const char *
value_of (const char *line, const char *name)
{
  gsize length = strlen (name);

  if (strncmp (line, name, length) != 0 || (line[length] != ':' && line[length] != '\0'))
    return NULL;
  if (line[length] == '\0')
    return line + length;
  return line + length + (line[length + 1] == ' ' ? 2 : 1);
}

static void
end_line (HwEventParser *parser, guint *hints)
{
  const char *event = value_of (parser->line->str, "event");

  if (parser->line->len == 0)
    {
      *hints += parser->hint && parser->has_data ? 1 : 0;
      parser->hint = parser->has_data = FALSE;
    }
  else if (event != NULL)
    parser->hint = g_str_equal (event, "hint");
  else if (value_of (parser->line->str, "data") != NULL)
    parser->has_data = TRUE;
  g_string_truncate (parser->line, 0);
}

gboolean
hw_event_parser_feed (HwEventParser *parser, const char *bytes, gsize length, guint *hints)
{
  *hints = 0;
  for (gsize i = 0; i < length; i++)
    {
      gboolean second_half = bytes[i] == '\n' && parser->after_return;

      parser->after_return = bytes[i] == '\r';
      if (second_half)
        continue;
      if (bytes[i] == '\n' || bytes[i] == '\r')
        end_line (parser, hints);
      else if (bytes[i] == '\0' || parser->line->len >= LINE_MAX_BYTES)
        return FALSE;
      else
        g_string_append_c (parser->line, bytes[i]);
    }
  return TRUE;
}
