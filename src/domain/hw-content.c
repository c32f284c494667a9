/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every length in a file is a stranger's word: each is checked against what is left before it is believed, and no walk
 * through a file takes a step of nothing.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-content.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PNG_MAGIC "\x89PNG\r\n\x1a\n"
#define PNG_MAGIC_BYTES 8
#define PDF_MAGIC "%PDF-"
#define JPEG_MARK 0xff
#define JPEG_START 0xd8
#define JPEG_END 0xd9
#define JPEG_SCAN 0xda
#define JPEG_HUFFMAN 0xc4
#define JPEG_ARITHMETIC 0xcc
#define JPEG_QUANTIZATION 0xdb
#define JPEG_LINES 0xdc
#define JPEG_RESTART 0xdd
#define JPEG_APP0 0xe0
#define JPEG_APP1 0xe1
#define JPEG_APP14 0xee
#define JFIF_BYTES 14
#define ADOBE_BYTES 12
#define ORIENTATION_TAG 0x0112

typedef struct
{
  const guint8 *at;
  gsize left;
} Rest;

static guint
big_16 (const guint8 *at)
{
  return ((guint) at[0] << 8) | at[1];
}

static guint
big_32 (const guint8 *at)
{
  return ((guint) at[0] << 24) | ((guint) at[1] << 16) | big_16 (at + 2);
}

static Rest
rest_of (GBytes *bytes)
{
  Rest rest;

  rest.at = g_bytes_get_data (bytes, &rest.left);
  return rest;
}

static void
skip (Rest *rest, gsize size)
{
  rest->at += size;
  rest->left -= size;
}

static const char *
sniff (Rest rest)
{
  static const guint8 jpeg[] = { JPEG_MARK, JPEG_START, JPEG_MARK };

  if (rest.left > sizeof jpeg && memcmp (rest.at, jpeg, sizeof jpeg) == 0)
    return HW_CONTENT_JPEG;
  if (rest.left > PNG_MAGIC_BYTES && memcmp (rest.at, PNG_MAGIC, PNG_MAGIC_BYTES) == 0)
    return HW_CONTENT_PNG;
  if (rest.left > strlen (PDF_MAGIC) && memcmp (rest.at, PDF_MAGIC, strlen (PDF_MAGIC)) == 0)
    return HW_CONTENT_PDF;
  return NULL;
}

/* ---- JPEG ---- */

typedef struct
{
  guint8 mark;
  const guint8 *start; /* of the whole segment, with its mark */
  gsize size;          /* of the whole segment */
  const guint8 *data;
  gsize data_size;
} Segment;

/* The next segment before the picture itself; FALSE: there is none, or it is damaged. The scan is one too, and the last. */
static gboolean
next_segment (Rest *rest, Segment *segment)
{
  gsize length;

  while (rest->left > 4 && rest->at[0] == JPEG_MARK && rest->at[1] == JPEG_MARK)
    skip (rest, 1);
  if (rest->left < 4 || rest->at[0] != JPEG_MARK)
    return FALSE;
  length = big_16 (rest->at + 2);
  if (length < 2 || length + 2 > rest->left)
    return FALSE;
  *segment = (Segment){ .mark = rest->at[1],
                        .start = rest->at,
                        .size = length + 2,
                        .data = rest->at + 4,
                        .data_size = length - 2 };
  skip (rest, segment->size);
  return TRUE;
}

/* C0 to CF hold the size, but for three that are tables. */
static gboolean
is_frame (guint8 mark)
{
  return mark >= 0xc0 && mark <= 0xcf && mark != 0xc4 && mark != 0xc8 && mark != 0xcc;
}

static gboolean
jpeg_size (Rest rest, guint *width, guint *height)
{
  Segment segment;

  skip (&rest, 2);
  while (next_segment (&rest, &segment) && segment.mark != JPEG_SCAN)
    if (is_frame (segment.mark) && segment.data_size >= 5)
      {
        *height = big_16 (segment.data + 1);
        *width = big_16 (segment.data + 3);
        return *width > 0 && *height > 0;
      }
  return FALSE;
}

/* What a camera says of how it was held; 0: nothing. Only the first directory is looked at, as everybody does. */
static guint
orientation_of (const Segment *segment)
{
  const guint8 *tiff = segment->data + 6;
  gsize size = segment->data_size >= 6 ? segment->data_size - 6 : 0;
  gboolean little;
  gsize directory;
  guint n;

  if (size < 14 || memcmp (segment->data, "Exif\0\0", 6) != 0)
    return 0;
  little = tiff[0] == 'I';
#define SHORT(p) (little ? (guint) ((p)[0] | ((p)[1] << 8)) : big_16 (p))
#define LONG(p) (little ? SHORT (p) | (SHORT ((p) + 2) << 16) : big_32 (p))
  directory = LONG (tiff + 4);
  if (directory > size - 2)
    return 0;
  n = SHORT (tiff + directory);
  for (guint i = 0; i < n && directory + 2 + 12 * ((gsize) i + 1) <= size; i++)
    {
      const guint8 *entry = tiff + directory + 2 + 12 * (gsize) i;

      if (SHORT (entry) == ORIENTATION_TAG)
        return SHORT (entry + 8) <= 8 ? SHORT (entry + 8) : 0;
    }
#undef SHORT
#undef LONG
  return 0;
}

static void
append_orientation (GByteArray *out, guint orientation)
{
  const guint8 exif[] = { JPEG_MARK, JPEG_APP1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
                          0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (guint8) orientation, 0, 0, 0, 0, 0, 0 };

  g_byte_array_append (out, exif, sizeof exif);
}

/* ---- What is drawn ---- */

/* Each table: its number, then 64 values of one byte or two. */
static gboolean
is_quantization (const Segment *segment)
{
  Rest rest = { segment->data, segment->data_size };

  while (rest.left > 0)
    {
      gsize size = 1 + ((rest.at[0] >> 4) != 0 ? 128 : 64);

      if ((rest.at[0] >> 4) > 1 || (rest.at[0] & 15) > 3 || size > rest.left)
        return FALSE;
      skip (&rest, size);
    }
  return TRUE;
}

/* Each table: its number, how many codes there are of each length, and those. */
static gboolean
is_huffman (const Segment *segment)
{
  Rest rest = { segment->data, segment->data_size };

  while (rest.left > 0)
    {
      gsize size = 17;

      if (rest.left < size || (rest.at[0] >> 4) > 1 || (rest.at[0] & 15) > 3)
        return FALSE;
      for (guint i = 1; i <= 16; i++)
        size += rest.at[i];
      if (size > 17 + 256 || size > rest.left)
        return FALSE;
      skip (&rest, size);
    }
  return TRUE;
}

/* What a picture cannot be drawn without, and no longer than it says. Everything else that stands in a file, whatever it
 * calls itself, stays in the office. */
static gboolean
is_drawn (const Segment *segment)
{
  const guint8 *data = segment->data;
  const gsize size = segment->data_size;

  if (is_frame (segment->mark))
    return size >= 6 && size == 6 + 3 * (gsize) data[5];
  switch (segment->mark)
    {
      case JPEG_SCAN:
        return size >= 1 && size == 4 + 2 * (gsize) data[0];
      case JPEG_QUANTIZATION:
        return is_quantization (segment);
      case JPEG_HUFFMAN:
        return is_huffman (segment);
      case JPEG_ARITHMETIC:
        return size % 2 == 0 && size <= 2 * 32;
      case JPEG_LINES:
      case JPEG_RESTART:
        return size == 2;
      default:
        return FALSE;
    }
}

/* Of what programs write beside the picture two words say how it is drawn: that it is JFIF, and Adobe's on its colours. Both
 * are written anew, for each has room for more. */
static void
append_drawing_words (GByteArray *out, const Segment *segment)
{
  static const guint8 jfif[]
    = { JPEG_MARK, JPEG_APP0, 0, 2 + JFIF_BYTES, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0 };
  const guint8 adobe[] = { JPEG_MARK, JPEG_APP14, 0, 2 + ADOBE_BYTES, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0,
                           segment->data_size == ADOBE_BYTES ? segment->data[ADOBE_BYTES - 1] : 0 };

  if (segment->mark == JPEG_APP0 && segment->data_size >= JFIF_BYTES && memcmp (segment->data, "JFIF", 5) == 0)
    g_byte_array_append (out, jfif, sizeof jfif);
  else if (segment->mark == JPEG_APP14 && segment->data_size == ADOBE_BYTES
           && memcmp (segment->data, "Adobe", 5) == 0 && segment->data[ADOBE_BYTES - 1] <= 2)
    g_byte_array_append (out, adobe, sizeof adobe);
}

static void
append_segment (GByteArray *out, const Segment *segment)
{
  const guint8 head[] = { JPEG_MARK, segment->mark };

  if (!is_drawn (segment))
    {
      append_drawing_words (out, segment);
      return;
    }
  g_byte_array_append (out, head, sizeof head);
  g_byte_array_append (out, segment->start + 2, (guint) segment->size - 2);
}

/* Up to its end mark: what is hung behind that, as telephones do, is no picture. Within a scan FF is followed by 00 or
 * by a restart mark; between scans there are segments again, and whatever lies loose between those is drawn by nobody. */
static gboolean
append_scans (Rest rest, GByteArray *out)
{
  static const guint8 end[] = { JPEG_MARK, JPEG_END };
  gboolean in_scan = TRUE;

  while (rest.left >= 2)
    {
      const guint8 *mark = memchr (rest.at, JPEG_MARK, rest.left - 1);
      gsize before = mark != NULL ? (gsize) (mark - rest.at) : rest.left;
      Segment segment;

      if (in_scan)
        g_byte_array_append (out, rest.at, (guint) before);
      skip (&rest, before);
      if (mark == NULL)
        return FALSE;
      if (rest.at[1] == JPEG_END)
        {
          g_byte_array_append (out, end, sizeof end);
          return TRUE;
        }
      if (rest.at[1] == 0 || (rest.at[1] >= 0xd0 && rest.at[1] <= 0xd7))
        {
          if (in_scan)
            g_byte_array_append (out, rest.at, 2);
          skip (&rest, 2);
        }
      else if (!next_segment (&rest, &segment))
        return FALSE;
      else
        {
          in_scan = segment.mark == JPEG_SCAN && is_drawn (&segment);
          append_segment (out, &segment);
        }
    }
  return FALSE;
}

static gboolean
strip_jpeg (Rest rest, GByteArray *out)
{
  Segment segment = { 0 };
  guint orientation = 0;

  g_byte_array_append (out, rest.at, 2);
  skip (&rest, 2);
  while (segment.mark != JPEG_SCAN)
    {
      if (!next_segment (&rest, &segment))
        return FALSE;
      if (segment.mark == JPEG_APP1 && orientation == 0)
        {
          orientation = orientation_of (&segment);
          if (orientation > 1)
            append_orientation (out, orientation);
        }
      append_segment (out, &segment);
    }
  return is_drawn (&segment) && append_scans (rest, out);
}

/* ---- PNG ---- */

/* Length, name, data, sum. FALSE: the end, or damage. */
static gboolean
next_chunk (Rest *rest, Segment *chunk)
{
  gsize length;

  if (rest->left < 12)
    return FALSE;
  length = big_32 (rest->at);
  if (length > rest->left - 12)
    return FALSE;
  *chunk = (Segment){ .start = rest->at, .size = length + 12, .data = rest->at + 8, .data_size = length };
  skip (rest, chunk->size);
  return TRUE;
}

static gboolean
is_named (const Segment *chunk, const char *name)
{
  return memcmp (chunk->start + 4, name, 4) == 0;
}

static gboolean
png_size (Rest rest, guint *width, guint *height)
{
  Segment chunk;

  skip (&rest, PNG_MAGIC_BYTES);
  if (!next_chunk (&rest, &chunk) || !is_named (&chunk, "IHDR") || chunk.data_size < 8)
    return FALSE;
  *width = big_32 (chunk.data);
  *height = big_32 (chunk.data + 4);
  return *width > 0 && *height > 0;
}

/* A palette is drawn from in pictures of that kind alone. */
static gboolean
is_drawn_from (const Segment *chunk, const guint8 *head)
{
  const guint8 with_palette = 3;

  return !is_named (chunk, "PLTE") || (head != NULL && head[9] == with_palette && chunk->data_size % 3 == 0);
}

/* Only what a picture is drawn from, each of the length it has and, but for the points themselves, once. */
static gboolean
strip_png (Rest rest, GByteArray *out)
{
  static const struct
  {
    const char *name;
    gsize least, most;
  } drawn[] = { { "IHDR", 13, 13 }, { "PLTE", 3, 768 }, { "tRNS", 1, 256 }, { "gAMA", 4, 4 }, { "cHRM", 32, 32 },
                { "sRGB", 1, 1 },   { "IEND", 0, 0 },   { "IDAT", 0, G_MAXUINT32 } };
  gboolean written[G_N_ELEMENTS (drawn)] = { FALSE };
  const guint8 *head = NULL;
  Segment chunk;

  g_byte_array_append (out, rest.at, PNG_MAGIC_BYTES);
  skip (&rest, PNG_MAGIC_BYTES);
  while (next_chunk (&rest, &chunk))
    {
      for (guint i = 0; i < G_N_ELEMENTS (drawn); i++)
        if (is_named (&chunk, drawn[i].name) && chunk.data_size >= drawn[i].least
            && chunk.data_size <= drawn[i].most && (!written[i] || is_named (&chunk, "IDAT"))
            && is_drawn_from (&chunk, head))
          {
            if (is_named (&chunk, "IHDR"))
              head = chunk.data;
            written[i] = TRUE;
            g_byte_array_append (out, chunk.start, (guint) chunk.size);
          }
      if (is_named (&chunk, "IEND"))
        return written[0] && chunk.data_size == 0;
    }
  return FALSE;
}

/* ---- PDF ---- */

/* What is compressed is not seen here; nothing in Homeward runs it either. */
static gboolean
pdf_is_active (Rest rest)
{
  static const char *const words[] = { "/JavaScript", "/Launch", "/EmbeddedFile", "/RichMedia" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (memmem (rest.at, rest.left, words[i], strlen (words[i])) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
pdf_ends (Rest rest)
{
  gsize tail = MIN (rest.left, 2048);

  return memmem (rest.at + rest.left - tail, tail, "%%EOF", 5) != NULL;
}

/* ---- Public ---- */

gboolean
hw_content_is_picture (const char *media_type)
{
  return g_strcmp0 (media_type, HW_CONTENT_JPEG) == 0 || g_strcmp0 (media_type, HW_CONTENT_PNG) == 0;
}

gboolean
hw_content_picture_size (GBytes *bytes, guint *width, guint *height)
{
  Rest rest = rest_of (bytes);
  const char *media_type = sniff (rest);

  if (g_strcmp0 (media_type, HW_CONTENT_JPEG) == 0)
    return jpeg_size (rest, width, height);
  return g_strcmp0 (media_type, HW_CONTENT_PNG) == 0 && png_size (rest, width, height);
}

static HwContentFault
check_picture (GBytes *bytes)
{
  g_autoptr (GBytes) whole = NULL;
  guint width, height;

  if (!hw_content_picture_size (bytes, &width, &height))
    return HW_CONTENT_DAMAGED;
  if ((guint64) width * height > HW_CONTENT_MAX_PIXELS)
    return HW_CONTENT_TOO_MANY_PIXELS;
  whole = hw_content_without_metadata (bytes);
  return whole != NULL ? HW_CONTENT_GOOD : HW_CONTENT_DAMAGED;
}

HwContentFault
hw_content_check (GBytes *bytes, const char **media_type)
{
  Rest rest = rest_of (bytes);

  *media_type = sniff (rest);
  if (rest.left == 0)
    return HW_CONTENT_EMPTY;
  if (rest.left > HW_CONTENT_MAX_BYTES)
    return HW_CONTENT_TOO_LARGE;
  if (*media_type == NULL)
    return HW_CONTENT_NOT_TAKEN;
  if (hw_content_is_picture (*media_type))
    return check_picture (bytes);
  if (pdf_is_active (rest))
    return HW_CONTENT_ACTIVE;
  return pdf_ends (rest) ? HW_CONTENT_GOOD : HW_CONTENT_DAMAGED;
}

const char *
hw_content_fault_words (HwContentFault fault)
{
  switch (fault)
    {
      case HW_CONTENT_EMPTY:
        return _ ("This file is empty. Nothing was attached.");
      case HW_CONTENT_TOO_LARGE:
        return _ ("This file is larger than 20 MB. Nothing was attached. Take a smaller picture, or scan at a lower "
                  "resolution.");
      case HW_CONTENT_NOT_TAKEN:
        return _ ("Only pictures (JPEG, PNG) and PDF files can be attached. Nothing was attached.");
      case HW_CONTENT_ACTIVE:
        return _ ("This PDF holds a program or another file, which can do harm. Nothing was attached. Print it to a new "
                  "PDF, or take a picture of it.");
      case HW_CONTENT_DAMAGED:
        return _ ("This file is damaged or not complete. Nothing was attached. Copy it again from where it came from.");
      case HW_CONTENT_TOO_MANY_PIXELS:
        return _ ("This picture has more than 64 million points. Nothing was attached. Save it smaller.");
      case HW_CONTENT_GOOD:
      default:
        return "";
    }
}

const char *
hw_content_suffix (const char *media_type)
{
  if (g_strcmp0 (media_type, HW_CONTENT_JPEG) == 0)
    return ".jpg";
  if (g_strcmp0 (media_type, HW_CONTENT_PNG) == 0)
    return ".png";
  return g_strcmp0 (media_type, HW_CONTENT_PDF) == 0 ? ".pdf" : "";
}

char *
hw_content_digest (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

GBytes *
hw_content_without_metadata (GBytes *bytes)
{
  Rest rest = rest_of (bytes);
  const char *media_type = sniff (rest);
  g_autoptr (GByteArray) out = NULL;
  gboolean done;

  if (!hw_content_is_picture (media_type))
    return NULL;
  out = g_byte_array_sized_new ((guint) MIN (rest.left, HW_CONTENT_MAX_BYTES) + 64);
  done = g_str_equal (media_type, HW_CONTENT_JPEG) ? strip_jpeg (rest, out) : strip_png (rest, out);
  return done ? g_byte_array_free_to_bytes (g_steal_pointer (&out)) : NULL;
}
