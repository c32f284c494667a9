/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Are two cases of one person? Pure functions over what is written of her; nothing is decided here,
 * a person decides. Any thread.
 */
#pragma once

#include "domain/hw-case-file.h"

G_BEGIN_DECLS

/* From here on the office is asked; from SHOWN on it is worth a look while the call goes on. */
#define HW_LIKENESS_ASKED 60
#define HW_LIKENESS_SHOWN 35

/* What one case says of its survivor, ready to be compared. */
typedef struct _HwTraits HwTraits;
/* Takes the survivor (never those who travel with her), and every number she can be reached at. NULL
 * when the case says nothing that could be compared. */
HwTraits *hw_traits_of_case (HwCaseFile *file); /* (transfer full) (nullable) */
/* The same of records that are not a case yet. person, contact: (nullable) */
HwTraits *hw_traits_of_records (HwRecord *person, HwRecord *contact); /* (transfer full) (nullable) */
void hw_traits_free (HwTraits *traits);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwTraits, hw_traits_free)

/* 0 to 100, and why: nicks of case_link.reasons, those for and those against, ends with NULL.
 * *reasons: (out) (transfer container) (nullable). */
guint hw_likeness (const HwTraits *one, const HwTraits *other, const char ***reasons);

/* Under which keys a case is filed so that its likes are found without reading all: pairs of names, a
 * name with a year of birth, a number, a number of identity, both parents. (transfer full) */
char **hw_likeness_keys (const HwTraits *traits);
/* Where to look for the likes of these traits: those keys, the years beside hers, and each name by
 * itself when so little is known that there is nothing else. (transfer full) */
char **hw_likeness_search_keys (const HwTraits *traits);
/* The key of a phone number as it was given; NULL: it is none. (transfer full) */
char *hw_likeness_phone_key (const char *phone);

/* The id of the record that links two cases, the same whoever asks and in whichever order, and the case
 * it hangs on: the later one. */
char *hw_case_link_id (const char *one_case, const char *other_case); /* (transfer full) */
const char *hw_case_link_root (const char *one_case, const char *other_case);
const char *hw_case_link_other (const char *one_case, const char *other_case);

G_END_DECLS
