/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "domain/hw-case-file.h"

G_BEGIN_DECLS

/* The minimal record of a request, out of the survivor's file. (transfer full) (nullable) the value
 * that this field of an embassy_request would have; NULL where the file knows none. */
HwValue *hw_request_fill_value (HwCaseFile *file, HwFieldId field);
/* The fields that are copied; ends with HW_FIELD_NONE. */
const HwFieldId *hw_request_fill_fields (void);

G_END_DECLS
