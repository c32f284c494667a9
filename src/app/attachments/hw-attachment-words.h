/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is said of an attachment: its name, what it is, how large, where it is. Main thread.
 */
#pragma once

#include "app/hw-desktop.h"
#include "store/hw-kept.h"

G_BEGIN_DECLS

/* What may be attached to the case itself, and who then reads it. */
typedef struct
{
  const char *label; /* msgid */
  HwCategory  category;
} HwAttachmentKind;
const HwAttachmentKind *hw_attachment_kinds (guint *count);
/* This person, to this case, reads what is of the category; so they may attach it. */
gboolean    hw_attachment_may_be (HwCategory category, HwRole role, guint relations);
/* Of what is attached to a record of this type. */
HwCategory  hw_attachment_category_of (HwTypeId type);

/* Its own name, or, for a mission, that of its request and its number: "LP-7Q4K2-1". (transfer full) */
char       *hw_attachment_name_plain (HwDesktop *desktop, HwRecord *attachment);
/* Likewise; behind the veil "Picture ••••". (transfer full) */
char       *hw_attachment_name (HwDesktop *desktop, HwRecord *attachment);
/* For a copy on the disk, with the suffix of its type. (transfer full) */
char       *hw_attachment_file_name (HwDesktop *desktop, HwRecord *attachment);
/* "Picture (JPEG), 1.2 MB, by Claire, today". (transfer full) */
char       *hw_attachment_facts (HwDesktop *desktop, HwRecord *attachment);
const char *hw_attachment_state_words (HwKeptState state); /* (static) translated */

G_END_DECLS
