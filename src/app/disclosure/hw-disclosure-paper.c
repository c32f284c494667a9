/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One Pango layout of the whole statement, cut into sheets between entries: what one organisation
 * was told stands on one sheet, unless it is longer than a sheet. Sizes are absolute, so that a
 * printer, a file and the screen break the lines alike.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/disclosure/hw-disclosure-paper.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>

#include "app/widgets/hw-text.h"

#define MARGIN 56.0
#define FOOTER 28.0
#define TEXT_SIZE 11.0
#define FOOTER_SIZE 8.5
#define QUIET "foreground='#5e5c64'"

struct _HwDisclosurePaper
{
  char *markup;         /* (owned) */
  char *footer;         /* (owned) code and day */
  PangoLayout *layout;  /* (owned) (nullable) until laid out */
  GArray *starts;       /* (element-type int) first line of each sheet */
  double width, height; /* of the sheet, in points */
};

/* attributes (nullable) of the whole line. */
static void
append_line (GString *markup, const char *attributes, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (attributes != NULL)
    g_string_append_printf (markup, "<span %s>%s</span>\n", attributes, escaped);
  else
    g_string_append_printf (markup, "%s\n", escaped);
}

static void
append_part (GString *markup, const HwDisclosedPart *part)
{
  g_autofree char *heading = g_markup_escape_text (part->heading, -1);
  g_autofree char *fields = g_markup_escape_text (part->fields, -1);

  /* Translators: a kind of record, then what was told of it */
  g_string_append_printf (markup, _ ("<b>%s:</b> %s"), heading, fields);
  g_string_append_c (markup, '\n');
}

/* An entry begins with an empty line: there a sheet may end. */
static void
append_entry (GString *markup, const HwDisclosureEntry *entry)
{
  g_autofree char *when = g_strdup_printf ("%s · %s", entry->when, entry->how);

  g_string_append_c (markup, '\n');
  append_line (markup, "weight='bold' size='115%'", entry->who);
  append_line (markup, QUIET, when);
  for (guint i = 0; i < entry->parts->len; i++)
    append_part (markup, g_ptr_array_index (entry->parts, i));
  append_line (markup, NULL, entry->consent);
  if (entry->withdrawn != NULL)
    append_line (markup, "weight='bold'", entry->withdrawn);
}

static char *
make_footer (HwCaseFile *file, HwFormContext *context)
{
  HwRecord *header = hw_case_file_case (file);
  const char *code = header != NULL ? hw_record_get_text (header, HW_FIELD_CASE_CODE) : NULL;
  g_autofree char *today = hw_form_context_today (context);
  g_autofree char *day = hw_text_day (today, NULL);

  return code != NULL ? g_strdup_printf ("%s · %s", code, day) : g_steal_pointer (&day);
}

HwDisclosurePaper *
hw_disclosure_paper_new (HwCaseFile *file, HwFormContext *context)
{
  HwDisclosurePaper *paper = g_new0 (HwDisclosurePaper, 1);
  g_autoptr (GPtrArray) entries = hw_disclosure_statement (file, context);
  GString *markup = g_string_new (NULL);

  append_line (markup, "weight='bold' size='170%'", _ ("What was told about you"));
  g_string_append_c (markup, '\n');
  append_line (markup,
               NULL,
               entries->len > 0 ? _ ("This is everything that was passed on to others about you: "
                                     "to whom, when, what, and on which "
                                     "consent of yours.")
                                : _ ("Nothing about you has been passed on to anybody."));
  append_line (markup,
               NULL,
               _ ("You may take a consent back at any time, without giving a reason: tell your "
                  "caseworker. What was "
                  "told before cannot be called back; nothing more is told after."));
  for (guint i = 0; i < entries->len; i++)
    append_entry (markup, g_ptr_array_index (entries, i));
  g_string_truncate (markup, markup->len - 1);
  paper->markup = g_string_free (markup, FALSE);
  paper->footer = make_footer (file, context);
  paper->starts = g_array_new (FALSE, FALSE, sizeof (int));
  return paper;
}

void
hw_disclosure_paper_free (HwDisclosurePaper *paper)
{
  if (paper == NULL)
    return;
  g_free (paper->markup);
  g_free (paper->footer);
  g_clear_object (&paper->layout);
  g_array_unref (paper->starts);
  g_free (paper);
}

/* Where the lines of a layout stand, in points. */
static void
line_range (PangoLayoutIter *iter, double *from, double *to)
{
  int top, bottom;

  pango_layout_iter_get_line_yrange (iter, &top, &bottom);
  *from = (double)top / PANGO_SCALE;
  *to = (double)bottom / PANGO_SCALE;
}

static void
break_pages (HwDisclosurePaper *paper)
{
  PangoLayoutIter *iter = pango_layout_get_iter (paper->layout);
  const double room = paper->height - 2 * MARGIN - FOOTER;
  double top = 0, entry_top = 0, from, to;
  int line = 0, entry = 0;

  g_array_set_size (paper->starts, 0);
  g_array_append_val (paper->starts, line);
  do
    {
      line_range (iter, &from, &to);
      if (pango_layout_iter_get_line_readonly (iter)->length == 0)
        {
          entry = line + 1;
          entry_top = to;
        }
      else if (to - top > room && from > top)
        {
          gboolean whole = entry_top > top && to - entry_top <= room;

          top = whole ? entry_top : from;
          g_array_append_val (paper->starts, *(whole ? &entry : &line));
        }
      line++;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

static void
set_size (PangoLayout *layout, double points)
{
  PangoFontDescription *font = pango_font_description_from_string ("Sans");

  pango_font_description_set_absolute_size (font, points * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
}

guint
hw_disclosure_paper_lay_out (HwDisclosurePaper *paper,
                             PangoLayout *layout,
                             double width,
                             double height)
{
  g_clear_object (&paper->layout);
  paper->layout = layout;
  paper->width = width;
  paper->height = height;
  set_size (layout, TEXT_SIZE);
  pango_layout_set_width (layout, (int)((width - 2 * MARGIN) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_spacing (layout, 4 * PANGO_SCALE);
  pango_layout_set_markup (layout, paper->markup, -1);
  break_pages (paper);
  return paper->starts->len;
}

guint
hw_disclosure_paper_lay_out_a4 (HwDisclosurePaper *paper)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoLayout *layout;
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  layout = pango_layout_new (context);
  cairo_font_options_destroy (options);
  g_object_unref (context);
  return hw_disclosure_paper_lay_out (
    paper, layout, HW_DISCLOSURE_A4_WIDTH, HW_DISCLOSURE_A4_HEIGHT);
}

static void
draw_footer (HwDisclosurePaper *paper, guint page, cairo_t *cairo)
{
  g_autofree char *number = g_strdup_printf (_ ("page %u of %u"), page + 1, paper->starts->len);
  g_autofree char *text = g_strdup_printf ("%s · %s", paper->footer, number);
  PangoLayout *footer = pango_layout_new (pango_layout_get_context (paper->layout));

  set_size (footer, FOOTER_SIZE);
  pango_layout_set_width (footer, pango_layout_get_width (paper->layout));
  pango_layout_set_text (footer, text, -1);
  cairo_set_source_rgb (cairo, 0.37, 0.36, 0.39);
  cairo_move_to (cairo, MARGIN, paper->height - MARGIN - FOOTER / 2);
  pango_cairo_show_layout (cairo, footer);
  g_object_unref (footer);
}

void
hw_disclosure_paper_draw (HwDisclosurePaper *paper, guint page, cairo_t *cairo)
{
  int first = g_array_index (paper->starts, int, page);
  int end = page + 1 < paper->starts->len ? g_array_index (paper->starts, int, page + 1) : G_MAXINT;
  PangoLayoutIter *iter = pango_layout_get_iter (paper->layout);
  double top = 0, from, to;
  int line = 0;

  cairo_save (cairo);
  cairo_set_source_rgb (cairo, 0, 0, 0);
  do
    {
      PangoRectangle logical;

      line_range (iter, &from, &to);
      if (line == first)
        top = from;
      if (line >= first && line < end)
        {
          pango_layout_iter_get_line_extents (iter, NULL, &logical);
          cairo_move_to (cairo,
                         MARGIN + (double)logical.x / PANGO_SCALE,
                         MARGIN + (double)pango_layout_iter_get_baseline (iter) / PANGO_SCALE
                           - top);
          pango_cairo_show_layout_line (cairo, pango_layout_iter_get_line_readonly (iter));
        }
      line++;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  draw_footer (paper, page, cairo);
  cairo_restore (cairo);
}

static cairo_status_t
gather_cb (void *closure, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (closure, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/* (transfer full) */
static GByteArray *
make_pdf (HwDisclosurePaper *paper)
{
  GByteArray *pdf = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
    gather_cb, pdf, HW_DISCLOSURE_A4_WIDTH, HW_DISCLOSURE_A4_HEIGHT);
  cairo_t *cairo = cairo_create (surface);
  guint pages = hw_disclosure_paper_lay_out_a4 (paper);

  for (guint i = 0; i < pages; i++)
    {
      hw_disclosure_paper_draw (paper, i, cairo);
      cairo_show_page (cairo);
    }
  cairo_destroy (cairo);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return pdf;
}

gboolean
hw_disclosure_paper_save (HwDisclosurePaper *paper, const char *path, GError **error)
{
  g_autoptr (GByteArray) pdf = make_pdf (paper);
  g_autoptr (GError) reason = NULL;

  /* For the eyes of who saved it: other people of this computer may not open it. */
  if (g_file_set_contents_full (path,
                                (const char *)pdf->data,
                                pdf->len,
                                G_FILE_SET_CONTENTS_CONSISTENT,
                                0600,
                                &reason))
    return TRUE;
  g_set_error (error,
               reason->domain,
               reason->code,
               _ ("The statement was not saved, and nothing else was changed. Choose another folder "
                  "and try again. (%s)"),
               reason->message);
  return FALSE;
}
