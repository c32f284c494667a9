/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "schema/hw-value.h"

G_BEGIN_DECLS

HwShape hw_kind_shape (HwKind kind);
gboolean hw_precision_valid (const char *precision);
gboolean hw_value_is_boolean (const HwValue *value); /* made by hw_value_new_boolean */
/* Sets HW_SCHEMA_ERROR_KIND for the field; returns FALSE. */
gboolean hw_value_refuse_shape (const HwFieldDef *field, GError **error);
void hw_json_append_string (GString *out, const char *text);

G_END_DECLS
