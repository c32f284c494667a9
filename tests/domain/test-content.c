/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What may be attached: by its bytes alone. Whatever is cut, changed or lies about its lengths is refused or taken
 * whole; and of what a camera hides in a picture nothing is left for a mission.
 */
#include "domain/hw-content.h"
#include "support/hw-test-picture.h"

#include <string.h>

#define DRAWN "zqdrawnqz"
#define HIDDEN "zqhiddenqz S 3.3822 E 29.3644"

static HwContentFault
check (GBytes *bytes, const char *expected_type)
{
  const char *media_type;
  HwContentFault fault = hw_content_check (bytes, &media_type);

  g_assert_cmpstr (media_type, ==, expected_type);
  return fault;
}

static HwContentFault
check_text (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  const char *media_type;

  return hw_content_check (bytes, &media_type);
}

static void
test_taken (void)
{
  g_autoptr (GBytes) png = hw_test_png (640, 480, DRAWN, HIDDEN);
  g_autoptr (GBytes) jpeg = hw_test_jpeg (640, 480, 6, DRAWN, HIDDEN);
  g_autoptr (GBytes) pdf = hw_test_pdf ("1 0 obj << /Type /Catalog >> endobj");
  guint width = 0, height = 0;

  g_assert_cmpint (check (png, HW_CONTENT_PNG), ==, HW_CONTENT_GOOD);
  g_assert_cmpint (check (jpeg, HW_CONTENT_JPEG), ==, HW_CONTENT_GOOD);
  g_assert_cmpint (check (pdf, HW_CONTENT_PDF), ==, HW_CONTENT_GOOD);
  g_assert_true (hw_content_picture_size (jpeg, &width, &height));
  g_assert_cmpuint (width, ==, 640);
  g_assert_cmpuint (height, ==, 480);
  g_assert_false (hw_content_picture_size (pdf, &width, &height));
  g_assert_cmpstr (hw_content_suffix (HW_CONTENT_JPEG), ==, ".jpg");
}

static void
test_not_taken (void)
{
  static const char *const others[] = {
    "<!DOCTYPE html><script>alert(1)</script>",
    "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "#!/bin/sh\nrm -rf ~\n",
    "MZ\x90 This program cannot be run in DOS mode",
    "PK\3\4 a document with macros",
    "GIF89a",
    "RIFF....WEBP",
    "II*\1 a picture of another kind",
    "\x89PNG",
    "%PD",
    "text",
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpint (check_text (others[i]), ==, HW_CONTENT_NOT_TAKEN);
  g_assert_cmpint (check_text (""), ==, HW_CONTENT_EMPTY);
  for (guint fault = HW_CONTENT_EMPTY; fault <= HW_CONTENT_TOO_MANY_PIXELS; fault++)
    g_assert_nonnull (strstr (hw_content_fault_words ((HwContentFault) fault), "Nothing was attached"));
}

static void
test_active_pdf (void)
{
  static const char *const parts[] = { "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>",
                                       "/S /Launch /F (calc.exe)",
                                       "/Type /EmbeddedFile",
                                       "/Subtype /RichMedia" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GBytes) pdf = hw_test_pdf (parts[i]);

      g_assert_cmpint (check (pdf, HW_CONTENT_PDF), ==, HW_CONTENT_ACTIVE);
    }
}

static void
test_bounded (void)
{
  g_autoptr (GBytes) wide = hw_test_png (100000, 100000, DRAWN, HIDDEN);
  g_autoptr (GBytes) most = hw_test_jpeg (8000, 8000, 1, DRAWN, HIDDEN);
  g_autoptr (GBytes) more = hw_test_jpeg (8000, 8001, 1, DRAWN, HIDDEN);
  g_autoptr (GBytes) none = hw_test_png (0, 480, DRAWN, HIDDEN);
  g_autofree char *long_text = g_strnfill (HW_CONTENT_MAX_BYTES, 'x');
  g_autoptr (GBytes) large = hw_test_png (2, 2, long_text, HIDDEN);

  g_assert_cmpint (check (wide, HW_CONTENT_PNG), ==, HW_CONTENT_TOO_MANY_PIXELS);
  g_assert_cmpint (check (most, HW_CONTENT_JPEG), ==, HW_CONTENT_GOOD);
  g_assert_cmpint (check (more, HW_CONTENT_JPEG), ==, HW_CONTENT_TOO_MANY_PIXELS);
  g_assert_cmpint (check (none, HW_CONTENT_PNG), ==, HW_CONTENT_DAMAGED);
  g_assert_cmpint (check (large, HW_CONTENT_PNG), ==, HW_CONTENT_TOO_LARGE);
}

/* What is hung behind the end may be cut off: the picture is whole without it. */
static void
assert_cut_is_refused (GBytes *whole, gsize behind)
{
  gsize size = g_bytes_get_size (whole);

  for (gsize length = 1; length < size; length++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, length);
      const char *media_type;
      HwContentFault fault = hw_content_check (cut, &media_type);

      if (length < size - behind)
        g_assert_cmpint (fault, !=, HW_CONTENT_GOOD);
      else
        g_assert_cmpint (fault, ==, HW_CONTENT_GOOD);
    }
}

static void
test_cut (void)
{
  g_autoptr (GBytes) png = hw_test_png (640, 480, DRAWN, HIDDEN);
  g_autoptr (GBytes) jpeg = hw_test_jpeg (640, 480, 6, DRAWN, HIDDEN);

  assert_cut_is_refused (png, strlen (HIDDEN));
  assert_cut_is_refused (jpeg, strlen (HIDDEN));
}

/* Bytes changed at random: whatever it says, it says it, and what it gives back is no larger. */
static void
test_changed (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261125);
  g_autoptr (GBytes) png = hw_test_png (640, 480, DRAWN, HIDDEN);
  g_autoptr (GBytes) jpeg = hw_test_jpeg (640, 480, 6, DRAWN, HIDDEN);
  GBytes *const sound[] = { png, jpeg };

  for (guint round = 0; round < 20000; round++)
    {
      gsize size;
      gconstpointer data = g_bytes_get_data (sound[round % 2], &size);
      guint8 *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) changed = NULL, clean = NULL;
      const char *media_type;

      for (guint i = 0; i < 1 + round % 5; i++)
        copy[g_rand_int_range (rand, 0, (gint32) size)] = (guint8) g_rand_int_range (rand, 0, 256);
      changed = g_bytes_new_take (copy, size);
      hw_content_check (changed, &media_type);
      clean = hw_content_without_metadata (changed);
      if (clean != NULL)
        g_assert_cmpuint (g_bytes_get_size (clean), <=, size + 64);
    }
}

static void
test_metadata (void)
{
  g_autoptr (GBytes) png = hw_test_png (640, 480, DRAWN, HIDDEN);
  g_autoptr (GBytes) jpeg = hw_test_jpeg (640, 480, 6, DRAWN, HIDDEN);
  g_autoptr (GBytes) pdf = hw_test_pdf ("/Author (" HIDDEN ")");
  g_autoptr (GBytes) clean_png = hw_content_without_metadata (png);
  g_autoptr (GBytes) clean_jpeg = hw_content_without_metadata (jpeg);
  g_autoptr (GBytes) again = hw_content_without_metadata (clean_jpeg);

  g_assert_true (hw_test_bytes_hold (png, HIDDEN) && hw_test_bytes_hold (jpeg, HIDDEN));
  g_assert_true (hw_test_bytes_hold (clean_png, DRAWN) && hw_test_bytes_hold (clean_jpeg, DRAWN));
  g_assert_false (hw_test_bytes_hold (clean_png, HIDDEN) || hw_test_bytes_hold (clean_jpeg, HIDDEN));
  g_assert_null (hw_content_without_metadata (pdf));
  /* Which way up it was held stays, and cleaning twice changes nothing. */
  g_assert_true (hw_test_bytes_hold (clean_jpeg, "Exif"));
  g_assert_true (g_bytes_equal (clean_jpeg, again));
}

static void
test_upright (void)
{
  g_autoptr (GBytes) upright = hw_test_jpeg (640, 480, 1, DRAWN, HIDDEN);
  g_autoptr (GBytes) silent = hw_test_jpeg (640, 480, 0, DRAWN, HIDDEN);
  g_autoptr (GBytes) clean = hw_content_without_metadata (upright);
  g_autoptr (GBytes) also = hw_content_without_metadata (silent);

  g_assert_false (hw_test_bytes_hold (clean, "Exif"));
  g_assert_true (g_bytes_equal (clean, also));
}

/* ---- What passes itself off as part of the picture ---- */

#define WORD "zqhiddenqz"

static void
add_bytes (GByteArray *out, const char *bytes, gsize size)
{
  g_byte_array_append (out, (const guint8 *) bytes, (guint) size);
}

static void
add_segment (GByteArray *out, guint8 mark, const char *data, gsize size)
{
  const guint8 head[] = { 0xff, mark, (guint8) ((size + 2) >> 8), (guint8) (size + 2) };

  g_byte_array_append (out, head, sizeof head);
  add_bytes (out, data, size);
}

/* What the file says before its frame, then a whole picture, then what it says between two scans and behind its end. */
static GBytes *
dressed_jpeg (GByteArray *before, GByteArray *between)
{
  g_autoptr (GBytes) plain = hw_test_jpeg (640, 480, 0, DRAWN, HIDDEN);
  GByteArray *out = g_byte_array_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (plain, &size);
  const guint8 *drawn = memmem (data, size, DRAWN, strlen (DRAWN));
  gsize scan_end = (gsize) (drawn - data) + strlen (DRAWN);

  g_byte_array_append (out, data, 2);
  g_byte_array_append (out, before->data, before->len);
  g_byte_array_append (out, data + 2, (guint) scan_end - 2);
  g_byte_array_append (out, between->data, between->len);
  g_byte_array_append (out, data + scan_end, (guint) (size - scan_end));
  return g_byte_array_free_to_bytes (out);
}

static void
test_look_alikes_of_jpeg (void)
{
  static const struct
  {
    guint8 mark;
    const char *data;
    gsize size;
  } hidden[] = {
    { 0xe0, WORD "1234", 14 },                         /* as long as a JFIF head */
    { 0xe0, "JFIF\0\1\1\0\0\1\0\1\1\1" WORD, 24 },   /* with a small picture */
    { 0xe0, "JFXX\0" WORD, 15 },
    { 0xe1, "http://ns.adobe.com/xap/1.0/" WORD, 38 },
    { 0xe2, "ICC_PROFILE" WORD, 21 },
    { 0xed, "Photoshop 3.0" WORD, 23 },
    { 0xee, WORD "12", 12 },                           /* as long as Adobe's word */
    { 0xee, "Adobe" WORD, 15 },
    { 0xef, WORD, 10 },
    { 0xfe, WORD, 10 },
    { 0xf0, WORD, 10 },                                /* for JPEG to use one day */
    { 0xf7, WORD, 10 },
    { 0x02, WORD, 10 },
    { 0xc8, WORD, 10 },
    { 0xdb, WORD, 10 },                                /* no table is like that */
    { 0xc4, WORD WORD, 20 },
    { 0xdd, "\0\0" WORD, 12 },
    { 0xc9, WORD, 10 },
  };
  g_autoptr (GByteArray) none = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    {
      g_autoptr (GByteArray) dress = g_byte_array_new ();
      g_autoptr (GBytes) first = NULL, second = NULL, clean_first = NULL, clean_second = NULL;

      add_segment (dress, hidden[i].mark, hidden[i].data, hidden[i].size);
      first = dressed_jpeg (dress, none);
      /* After a word that is no scan nothing loose is drawn either. */
      add_bytes (dress, WORD, strlen (WORD));
      second = dressed_jpeg (none, dress);
      clean_first = hw_content_without_metadata (first);
      clean_second = hw_content_without_metadata (second);
      g_test_message ("%x", hidden[i].mark);
      g_assert_true (hw_test_bytes_hold (clean_first, DRAWN) && hw_test_bytes_hold (clean_second, DRAWN));
      g_assert_false (hw_test_bytes_hold (clean_first, WORD) || hw_test_bytes_hold (clean_second, WORD));
    }
}

/* Its tables, a second scan and Adobe's word on the colours belong to the picture. */
static void
test_drawn_stays (void)
{
  g_autoptr (GByteArray) before = g_byte_array_new (), between = g_byte_array_new ();
  g_autofree char *table = g_strnfill (65, '\1');
  g_autoptr (GBytes) whole = NULL, clean = NULL;

  add_segment (before, 0xdb, table, 65);
  add_segment (before, 0xee, "Adobe\0d\0\0\0\0\2", 12);
  add_segment (between, 0xc4, "\1\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\5", 18);
  add_segment (between, 0xda, "\1\1\0\0\77\0", 6);
  add_bytes (between, "zqsecondqz", 10);
  whole = dressed_jpeg (before, between);
  clean = hw_content_without_metadata (whole);
  g_assert_true (hw_test_bytes_hold (clean, table));
  g_assert_true (hw_test_bytes_hold (clean, "zqsecondqz"));
  g_assert_true (hw_test_bytes_hold (clean, "Adobe"));
  g_assert_true (hw_test_bytes_hold (clean, "JFIF"));
}

static void
add_chunk (GByteArray *out, const char *name, const char *data, gsize size)
{
  const guint8 length[] = { 0, 0, (guint8) (size >> 8), (guint8) size };

  g_byte_array_append (out, length, sizeof length);
  add_bytes (out, name, 4);
  add_bytes (out, data, size);
  add_bytes (out, "\1\2\3\4", 4);
}

static void
test_look_alikes_of_png (void)
{
  static const char *const names[] = { "tEXt", "zTXt", "iTXt", "eXIf", "iCCP", "tIME", "pHYs", "XXXX", "sRGB",
                                       "gAMA", "IHDR", "PLTE", "IEND" };
  g_autoptr (GBytes) plain = hw_test_png (640, 480, DRAWN, HIDDEN);
  gsize size;
  const char *data = g_bytes_get_data (plain, &size);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GByteArray) out = g_byte_array_new ();
      g_autoptr (GBytes) whole = NULL, clean = NULL;

      add_bytes (out, data, 8 + 25);
      /* As long as a head: after the first one there is no other. */
      add_chunk (out, names[i], WORD "123", 13);
      add_bytes (out, data + 8 + 25, size - 8 - 25);
      whole = g_byte_array_free_to_bytes (g_steal_pointer (&out));
      clean = hw_content_without_metadata (whole);
      g_test_message ("%s", names[i]);
      g_assert_true (clean == NULL || !hw_test_bytes_hold (clean, WORD));
      g_assert_true ((clean == NULL) == (strcmp (names[i], "IEND") == 0));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/content/takes-pictures-and-pdf", test_taken);
  g_test_add_func ("/content/refuses-every-other-type", test_not_taken);
  g_test_add_func ("/content/refuses-a-pdf-that-runs-something", test_active_pdf);
  g_test_add_func ("/content/is-bounded", test_bounded);
  g_test_add_func ("/content/cut-anywhere-is-damaged", test_cut);
  g_test_add_func ("/content/changed-anywhere-does-no-harm", test_changed);
  g_test_add_func ("/content/metadata-is-taken-out", test_metadata);
  g_test_add_func ("/content/an-upright-picture-says-nothing-of-its-camera", test_upright);
  g_test_add_func ("/content/look-alikes-stay-in-the-office/jpeg", test_look_alikes_of_jpeg);
  g_test_add_func ("/content/look-alikes-stay-in-the-office/png", test_look_alikes_of_png);
  g_test_add_func ("/content/what-is-drawn-stays", test_drawn_stays);
  return g_test_run ();
}
