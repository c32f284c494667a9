/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwCaseFile: all records of one case as one role may see them, plus the directory around it.
 * Everything the rules judge (gates, moves, stage, consequences) is a pure function of a case file,
 * a moment and the office's settings.
 */
#pragma once

#include "domain/hw-record.h"

G_BEGIN_DECLS

#define HW_TYPE_CASE_FILE (hw_case_file_get_type ())
G_DECLARE_FINAL_TYPE (HwCaseFile, hw_case_file, HW, CASE_FILE, GObject)

/* directory: organisations, country rules, offices; (nullable), shared between case files. */
HwCaseFile *hw_case_file_new (const char *case_id, HwCaseFile *directory);
const char *hw_case_file_id (HwCaseFile *file);

/* Takes a reference; a record of the same id is replaced. Deleted records are kept out. */
void        hw_case_file_add (HwCaseFile *file, HwRecord *record);
void        hw_case_file_remove (HwCaseFile *file, const char *record_id);
HwRecord   *hw_case_file_lookup (HwCaseFile *file, const char *record_id); /* also finds directory records; (nullable) */
HwRecord   *hw_case_file_case (HwCaseFile *file);                          /* the case record; (nullable) */
HwRecord   *hw_case_file_survivor (HwCaseFile *file);                      /* person with role survivor; (nullable) */
/* Records of a type in order of creation; (element-type HwRecord) (transfer none), never NULL. */
GPtrArray  *hw_case_file_of_type (HwCaseFile *file, HwTypeId type);
HwRecord   *hw_case_file_latest (HwCaseFile *file, HwTypeId type); /* last created; (nullable) */
GPtrArray  *hw_case_file_records (HwCaseFile *file);               /* all, case first */
HwCaseFile *hw_case_file_directory (HwCaseFile *file);             /* (nullable) */
HwRecord   *hw_case_file_office (HwCaseFile *file);                /* the case's office record; (nullable) */

/* Past values of fields flagged HW_FIELD_HISTORY, loaded by the store from the field history. */
void        hw_case_file_note_past (HwCaseFile *file, HwFieldId field, const char *record_id, HwValue *value);
/* Who ever wrote in a record whose past is kept, beside its first and last author. */
void        hw_case_file_note_writer (HwCaseFile *file, const char *record_id, const char *user);
gboolean    hw_case_file_wrote (HwCaseFile *file, const char *record_id, const char *user);
/* (element-type HwValue) (transfer full) every value the field ever had in this case, the current ones included. */
GPtrArray  *hw_case_file_past (HwCaseFile *file, HwFieldId field);

/* What an open conflict offers instead of the present value: said, and nobody has decided. */
void        hw_case_file_note_offered (HwCaseFile *file, HwFieldId field, const char *record_id, HwValue *value);
/* (element-type HwValue) (transfer full) offered for this field of this record, oldest first. */
GPtrArray  *hw_case_file_offered (HwCaseFile *file, HwFieldId field, const char *record_id);

/* Other cases: decided to be of the same person (merged), or possibly so, and nobody has decided. In them is what they
 * say of her risks, with its past, and nothing else. The file takes a reference. */
void        hw_case_file_add_kin (HwCaseFile *file, HwCaseFile *kin, gboolean decided);
void        hw_case_file_clear_kin (HwCaseFile *file);
GPtrArray  *hw_case_file_kin (HwCaseFile *file, gboolean decided); /* (element-type HwCaseFile) (transfer none) */

/* FALSE where the holder may lack records (a scoped desktop): verdicts are then provisional where they would open. */
void        hw_case_file_set_complete (HwCaseFile *file, gboolean complete);
gboolean    hw_case_file_complete (HwCaseFile *file);

G_END_DECLS
