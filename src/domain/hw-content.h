/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What may be attached, judged by its bytes and alike on both sides: pictures (JPEG, PNG) and PDF, of a bounded
 * size. The name of a file and what somebody says of its type decide nothing. Pure functions; any thread.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define HW_CONTENT_MAX_BYTES (20 * 1024 * 1024)
#define HW_CONTENT_MAX_PIXELS (64 * 1000 * 1000)
#define HW_CONTENT_JPEG "image/jpeg"
#define HW_CONTENT_PNG "image/png"
#define HW_CONTENT_PDF "application/pdf"

typedef enum
{
  HW_CONTENT_GOOD,
  HW_CONTENT_EMPTY,
  HW_CONTENT_TOO_LARGE,
  HW_CONTENT_NOT_TAKEN,       /* another type than those above */
  HW_CONTENT_ACTIVE,          /* a PDF that would run something */
  HW_CONTENT_DAMAGED,         /* cut short, or not what its first bytes say */
  HW_CONTENT_TOO_MANY_PIXELS, /* would take more memory than a laptop has */
} HwContentFault;

/* *media_type (static) (nullable) is set to what it is, also when it is refused for another reason. */
HwContentFault hw_content_check (GBytes *bytes, const char **media_type);
/* A sentence: what it is, what was kept, what to do. (static), translated; "" for HW_CONTENT_GOOD. */
const char *hw_content_fault_words (HwContentFault fault);
gboolean hw_content_is_picture (const char *media_type);
/* Read from the header, nothing is decoded. FALSE: no picture that can be read. */
gboolean hw_content_picture_size (GBytes *bytes, guint *width, guint *height);
const char *hw_content_suffix (const char *media_type); /* ".jpg"; "" for what is not taken */
/* SHA-256, 64 hexadecimal digits. (transfer full) */
char *hw_content_digest (GBytes *bytes);
/* The picture as it is seen, without where, when and by what it was taken: all a mission gets (domain.md section 5). Of
 * what a camera says only which way up it was held stays. NULL: a PDF, whose hidden parts cannot be taken out, or damage.
 * (transfer full) (nullable) */
GBytes *hw_content_without_metadata (GBytes *bytes);

G_END_DECLS
