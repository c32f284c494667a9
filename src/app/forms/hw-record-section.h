/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwRecordSection: the records of one type in a case, newest first, each in words.
 * Signals "open-record" (HwRecord *record) and "add-record" ().
 */
#pragma once

#include <adwaita.h>

#include "app/forms/hw-form-context.h"
#include "domain/hw-case-file.h"
#include "domain/hw-rules.h"

G_BEGIN_DECLS

#define HW_TYPE_RECORD_SECTION (hw_record_section_get_type ())
G_DECLARE_FINAL_TYPE (HwRecordSection, hw_record_section, HW, RECORD_SECTION, AdwPreferencesGroup)

GtkWidget *hw_record_section_new (HwTypeId type, HwFormContext *context);
/* Only what they may read is summed up; the add button is there where they may create one. */
void       hw_record_section_set_rights (HwRecordSection *section, HwRole role, guint relations);
/* Call again after the case file's list of records changed; a change of a record shows by itself. */
void       hw_record_section_set_file (HwRecordSection *section, HwCaseFile *file);
void       hw_record_section_set_records (HwRecordSection *section, GPtrArray *records); /* (element-type HwRecord), copied; oldest first */
HwTypeId   hw_record_section_get_record_type (HwRecordSection *section);
guint      hw_record_section_get_n_records (HwRecordSection *section);

G_END_DECLS
