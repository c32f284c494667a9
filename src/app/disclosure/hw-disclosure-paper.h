/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwDisclosurePaper: the statement laid out on pages, for a printer, a file and the screen before either. It names the
 * case by its code and never the person: who finds the paper learns no name from it.
 */
#pragma once

#include <pango/pangocairo.h>

#include "app/disclosure/hw-disclosure-statement.h"

G_BEGIN_DECLS

/* A sheet, in points. */
#define HW_DISCLOSURE_A4_WIDTH 595.28
#define HW_DISCLOSURE_A4_HEIGHT 841.89

typedef struct _HwDisclosurePaper HwDisclosurePaper;

HwDisclosurePaper *hw_disclosure_paper_new (HwCaseFile *file, HwFormContext *context);
void               hw_disclosure_paper_free (HwDisclosurePaper *paper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwDisclosurePaper, hw_disclosure_paper_free)

/* Breaks the text into sheets of this size, in points and with their margins; takes the layout. Answers how many. */
guint    hw_disclosure_paper_lay_out (HwDisclosurePaper *paper, PangoLayout *layout, double width, double height);
/* The same on A4, by the fonts of this computer; needs no display. */
guint    hw_disclosure_paper_lay_out_a4 (HwDisclosurePaper *paper);
/* Draws one sheet at the origin of the context, a point to a unit. After it was laid out. */
void     hw_disclosure_paper_draw (HwDisclosurePaper *paper, guint page, cairo_t *cairo);
/* The whole statement as a PDF on A4; lays it out anew. The error is a sentence for a person. */
gboolean hw_disclosure_paper_save (HwDisclosurePaper *paper, const char *path, GError **error);

G_END_DECLS
