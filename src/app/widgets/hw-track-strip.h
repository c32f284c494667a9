/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "domain/hw-summary.h"

G_BEGIN_DECLS

/* The nine tracks as one card of cells, each as wide as its words. Signal "track-activated" (guint HwTrack). */
#define HW_TYPE_TRACK_STRIP (hw_track_strip_get_type ())
G_DECLARE_FINAL_TYPE (HwTrackStrip, hw_track_strip, HW, TRACK_STRIP, GtkWidget)

GtkWidget *hw_track_strip_new (void);
void       hw_track_strip_set_tracks (HwTrackStrip *strip, const HwTrackView *tracks); /* HW_N_TRACKS of them; copied */
void       hw_track_strip_set_summary (HwTrackStrip *strip, const HwSummary *summary);
/* What is not told to who looks is not there. */
void       hw_track_strip_set_told (HwTrackStrip *strip, HwTrack track, gboolean told);

G_END_DECLS
