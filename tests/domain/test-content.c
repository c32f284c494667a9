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
  return g_test_run ();
}
