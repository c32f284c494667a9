/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/hw-form-context.h"

G_BEGIN_DECLS

/* A field's value as a person reads it: "Fri 27 Nov", "KD 280.000", "Kuwait, Oman". (transfer full); NULL when unset. */
/* Where it is covered (hw_veil_covers), a mask stands for it: this is what everything on screen says. */
char *hw_field_words (const HwFieldDef *field, HwValue *value, HwFormContext *context);
/* Whatever is covered: for a place whose mask a person lifted, for her own lines, for paper. */
char *hw_field_words_plain (const HwFieldDef *field, HwValue *value, HwFormContext *context);

G_END_DECLS
