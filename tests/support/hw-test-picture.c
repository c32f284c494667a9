/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures by hand (hw-test-picture.h).
 */
#include "support/hw-test-picture.h"

#include <string.h>

static void
put_16 (GByteArray *out, guint number)
{
  const guint8 bytes[] = { (guint8) (number >> 8), (guint8) number };

  g_byte_array_append (out, bytes, sizeof bytes);
}

static void
put_32 (GByteArray *out, guint number)
{
  put_16 (out, number >> 16);
  put_16 (out, number & 0xffff);
}

static void
put_text (GByteArray *out, const char *text)
{
  g_byte_array_append (out, (const guint8 *) text, (guint) strlen (text));
}

/* ---- PNG ---- */

static void
put_chunk (GByteArray *out, const char *name, const guint8 *data, gsize size)
{
  put_32 (out, (guint) size);
  put_text (out, name);
  g_byte_array_append (out, data, (guint) size);
  put_32 (out, 0x12345678);
}

static void
put_text_chunk (GByteArray *out, const char *name, const char *text)
{
  put_chunk (out, name, (const guint8 *) text, strlen (text));
}

GBytes *
hw_test_png (guint width, guint height, const char *drawn, const char *hidden)
{
  static const guint8 magic[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GByteArray) head = g_byte_array_new ();
  static const guint8 kind[] = { 8, 2, 0, 0, 0 };

  g_byte_array_append (out, magic, sizeof magic);
  put_32 (head, width);
  put_32 (head, height);
  g_byte_array_append (head, kind, sizeof kind);
  put_chunk (out, "IHDR", head->data, head->len);
  put_text_chunk (out, "tEXt", hidden);
  put_text_chunk (out, "IDAT", drawn);
  put_text_chunk (out, "eXIf", hidden);
  put_chunk (out, "IEND", (const guint8 *) "", 0);
  put_text (out, hidden);
  return g_byte_array_free_to_bytes (out);
}

/* ---- JPEG ---- */

static void
put_segment (GByteArray *out, guint8 mark, const guint8 *data, gsize size)
{
  const guint8 start[] = { 0xff, mark };

  g_byte_array_append (out, start, sizeof start);
  put_16 (out, (guint) size + 2);
  g_byte_array_append (out, data, (guint) size);
}

static void
put_exif (GByteArray *out, guint orientation, const char *hidden)
{
  g_autoptr (GByteArray) exif = g_byte_array_new ();

  g_byte_array_append (exif, (const guint8 *) "Exif\0\0MM\0*\0\0\0\10", 14);
  put_16 (exif, orientation > 0 ? 1 : 0);
  if (orientation > 0)
    {
      put_16 (exif, 0x0112);
      put_16 (exif, 3);
      put_32 (exif, 1);
      put_16 (exif, orientation);
      put_16 (exif, 0);
    }
  put_32 (exif, 0);
  put_text (exif, hidden);
  put_segment (out, 0xe1, exif->data, exif->len);
}

GBytes *
hw_test_jpeg (guint width, guint height, guint orientation, const char *drawn, const char *hidden)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  static const guint8 start[] = { 0xff, 0xd8 }, end[] = { 0xff, 0xd9 };
  static const guint8 precision[] = { 8 }, component[] = { 1, 1, 0x11, 0 };
  static const guint8 scan[] = { 1, 1, 0, 0, 63, 0 };

  g_byte_array_append (out, start, sizeof start);
  put_segment (out, 0xe0, (const guint8 *) "JFIF\0\1\1\0\0\1\0\1\0\0", 14);
  put_exif (out, orientation, hidden);
  put_segment (out, 0xfe, (const guint8 *) hidden, strlen (hidden));
  g_byte_array_append (frame, precision, sizeof precision);
  put_16 (frame, height);
  put_16 (frame, width);
  g_byte_array_append (frame, component, sizeof component);
  put_segment (out, 0xc0, frame->data, frame->len);
  put_segment (out, 0xda, scan, sizeof scan);
  put_text (out, drawn);
  g_byte_array_append (out, end, sizeof end);
  put_text (out, hidden);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
hw_test_pdf (const char *text)
{
  char *pdf = g_strdup_printf ("%%PDF-1.4\n%s\n%%%%EOF\n", text);

  return g_bytes_new_take (pdf, strlen (pdf));
}

gboolean
hw_test_bytes_hold (GBytes *bytes, const char *text)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return memmem (data, size, text, strlen (text)) != NULL;
}
