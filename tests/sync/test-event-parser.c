/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Server-sent events: what counts as a hint, however the bytes are cut.
 */
#include "sync/hw-event-parser.h"

#include <string.h>

typedef struct
{
  const char *stream;
  guint hints;
} Row;

static const Row rows[] = {
  { "event: hint\ndata: {\"seq\":1}\n\n", 1 },
  { "event:hint\ndata:{\"seq\":1}\n\n", 1 },
  { "event: hint\r\ndata: {\"seq\":1}\r\n\r\n", 1 },
  { "event: hint\rdata: {\"seq\":1}\r\r", 1 },
  { "data: {\"seq\":1}\nevent: hint\n\n", 1 },
  { "event: hint\ndata: 1\n\nevent: hint\ndata: 2\n\n", 2 },
  { ": still here\n\nevent: hint\ndata: 1\n\n", 1 },
  { "retry: 3000\nid: 7\nevent: hint\ndata: 1\n\n", 1 },
  { "event: hint\ndata: 1\n", 0 },       /* not complete */
  { "event: hint\n\n", 0 },              /* no data */
  { "data: 1\n\n", 0 },                  /* another event */
  { "event: hints\ndata: 1\n\n", 0 },
  { "event: hint\nevent: other\ndata: 1\n\n", 0 },
  { "events: hint\ndata: 1\n\n", 0 },
  { "\n\n\n\n", 0 },
  { "", 0 },
};

static guint
feed_in_pieces (const char *stream, gsize piece)
{
  g_autoptr (HwEventParser) parser = hw_event_parser_new ();
  gsize length = strlen (stream);
  guint total = 0, hints;

  for (gsize at = 0; at < length; at += piece)
    {
      g_assert_true (hw_event_parser_feed (parser, stream + at, MIN (piece, length - at), &hints));
      total += hints;
    }
  return total;
}

static void
test_hints (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize piece = 1; piece < 40; piece++)
      g_assert_cmpuint (feed_in_pieces (rows[i].stream, piece), ==, rows[i].hints);
}

static void
test_refuses (void)
{
  g_autoptr (HwEventParser) parser = hw_event_parser_new ();
  g_autoptr (HwEventParser) other = hw_event_parser_new ();
  g_autofree char *endless = g_strnfill (100000, 'x');
  guint hints;

  g_assert_false (hw_event_parser_feed (parser, endless, 100000, &hints));
  g_assert_false (hw_event_parser_feed (other, "event\0: hint", 12, &hints));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/events/counts-hints-however-they-are-cut", test_hints);
  g_test_add_func ("/events/refuses-what-is-no-event-stream", test_refuses);
  return g_test_run ();
}
