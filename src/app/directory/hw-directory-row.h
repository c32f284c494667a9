/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwDirectoryRow: an organisation or a country rule in the list of the directory.
 */
#pragma once

#include <adwaita.h>

#include "domain/hw-record.h"

G_BEGIN_DECLS

#define HW_TYPE_DIRECTORY_ROW (hw_directory_row_get_type ())
G_DECLARE_FINAL_TYPE (HwDirectoryRow, hw_directory_row, HW, DIRECTORY_ROW, AdwActionRow)

GtkWidget *hw_directory_row_new (HwRecord *record, const char *today);
HwRecord *hw_directory_row_get_record (HwDirectoryRow *row);

/* What a row is sorted and headed by. (transfer full) */
char *hw_directory_row_title (HwRecord *record);
/* Folded: name, country, place, services, what is asked for. (transfer full) */
char *hw_directory_row_search_words (HwRecord *record);

G_END_DECLS
