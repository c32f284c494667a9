/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A new passphrase, typed twice, with its strength in words. Signals "changed" () and "activated" (): Return in the last
 * line of a form that is complete. */
#define HW_TYPE_PASSPHRASE_FORM (hw_passphrase_form_get_type ())
G_DECLARE_FINAL_TYPE (HwPassphraseForm, hw_passphrase_form, HW, PASSPHRASE_FORM, AdwBin)

/* Strong enough, and twice the same. */
gboolean    hw_passphrase_form_is_complete (HwPassphraseForm *self);
const char *hw_passphrase_form_text (HwPassphraseForm *self);
/* What would be tried first. known: (nullable) */
void        hw_passphrase_form_set_known (HwPassphraseForm *self, const char *known);
void        hw_passphrase_form_clear (HwPassphraseForm *self);

G_END_DECLS
