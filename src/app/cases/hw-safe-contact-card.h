/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "app/hw-desktop.h"

G_BEGIN_DECLS

/* Always in sight on a case page: is calling safe now, until when; the code word; what to say; what never to do. */
#define HW_TYPE_SAFE_CONTACT_CARD (hw_safe_contact_card_get_type ())
G_DECLARE_FINAL_TYPE (HwSafeContactCard, hw_safe_contact_card, HW, SAFE_CONTACT_CARD, AdwBin)

GtkWidget *hw_safe_contact_card_new (void);
void       hw_safe_contact_card_show (HwSafeContactCard *self, HwDesktop *desktop, HwCaseFile *file); /* NULLs: nothing */

/* Whether this contact may be called at now_us: TRUE inside its window. *minutes_left: to its end, or, outside,
 * to its next beginning; -1 where no window is known. */
gboolean   hw_safe_contact_callable (HwRecord *contact, gint64 now_us, gint *minutes_left);

G_END_DECLS
