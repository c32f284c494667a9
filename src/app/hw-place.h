/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwPlace: one place of the sidebar (desktop.md, Windows). The window shows its title and subtitle, its
 * badge in the sidebar, and a back arrow while it is "entered", that is, shows a page one went into.
 */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

#define HW_TYPE_PLACE (hw_place_get_type ())
G_DECLARE_DERIVABLE_TYPE (HwPlace, hw_place, HW, PLACE, AdwBin)

struct _HwPlaceClass
{
  AdwBinClass parent;

  void (*attach) (HwPlace *place);                     /* the desktop is unlocked and set */
  void (*go_back) (HwPlace *place);                    /* leave the entered page */
  void (*find) (HwPlace *place);                       /* Ctrl+F */
  gboolean (*open) (HwPlace *place, const char *record); /* show this record, if it is shown here */
  void (*show) (HwPlace *place);                       /* make anew what is seen of it; see hw_place_changed() */
};

/* Properties: "label", "icon-name" (set by the template); "title", "subtitle", "entered", "badge" (0: none). */
HwDesktop  *hw_place_desktop (HwPlace *place); /* (nullable) until attached */
void        hw_place_attach (HwPlace *place, HwDesktop *desktop);
const char *hw_place_label (HwPlace *place);
const char *hw_place_icon_name (HwPlace *place);
const char *hw_place_title (HwPlace *place);
const char *hw_place_subtitle (HwPlace *place);
gboolean    hw_place_entered (HwPlace *place);
guint       hw_place_badge (HwPlace *place);
void        hw_place_set_title (HwPlace *place, const char *title, const char *subtitle);
void        hw_place_set_entered (HwPlace *place, gboolean entered);
void        hw_place_set_badge (HwPlace *place, guint badge);
void        hw_place_go_back (HwPlace *place);
void        hw_place_find (HwPlace *place);
gboolean    hw_place_open (HwPlace *place, const char *record);
/* What a place lists could not be read: these words stand in place of all of it, since an empty list would be an all-clear.
 * NULL: it could. What one went into stays as it is. */
void        hw_place_set_fault (HwPlace *place, const char *words);
/* The same by itself, from the property "error" of the list that it shows. */
void        hw_place_follow_faults (HwPlace *place, GListModel *list);
/* What it shows is no longer so: show() comes soon, once for any number of calls, or when somebody next looks. At
 * unlock a place only counts. */
void        hw_place_changed (HwPlace *place);

G_END_DECLS
