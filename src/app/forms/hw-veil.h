/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwVeil: what stands masked on screen, because it says who or where somebody is. The schema's flags decide, never a
 * list of widgets: a "sensitive" field is always masked, a "personal" one as long as names are. A mask is lifted for one
 * place and some seconds, when the reading has been noted and not before; words in lists, titles, tooltips and for a
 * screen reader stay masked whatever was lifted elsewhere. One veil per desktop. Main thread.
 */
#pragma once

#include "store/hw-readings.h"

G_BEGIN_DECLS

#define HW_VEIL_MASK "••••"
/* How long something stays shown: long enough to dial a number. */
#define HW_VEIL_SECONDS 20

#define HW_TYPE_VEIL (hw_veil_get_type ())
G_DECLARE_FINAL_TYPE (HwVeil, hw_veil, HW, VEIL, GObject)

/* Property "masks-names" (gboolean, TRUE at first).
 * Signals:
 *   "closed" ()  hide at once whatever is shown
 *   "noted" ()   a reading is in the store, to be told to the server
 */
HwVeil  *hw_veil_new (void); /* without a store: nothing to note, as in a test */
void     hw_veil_open (HwVeil *veil, HwStore *store);
void     hw_veil_close (HwVeil *veil); /* nothing is lifted any more, until it is opened */
gboolean hw_veil_masks_names (HwVeil *veil);
void     hw_veil_set_masks_names (HwVeil *veil, gboolean masks);

/* What decides, everywhere. */
gboolean hw_veil_covers (HwVeil *veil, const HwFieldDef *field);

/* Notes what is about to be shown; show it only when finish says TRUE. readings: (transfer full) */
void     hw_veil_lift_async (HwVeil *veil, GPtrArray *readings, GAsyncReadyCallback callback, gpointer data);
gboolean hw_veil_lift_finish (HwVeil *veil, GAsyncResult *result, GError **error);

G_END_DECLS
