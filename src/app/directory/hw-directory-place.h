/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/hw-place.h"

G_BEGIN_DECLS

/* The directory: missions and what they ask for, organisations, the rules of countries. A mission
 * finds itself here and nothing else. */
#define HW_TYPE_DIRECTORY_PLACE (hw_directory_place_get_type ())
G_DECLARE_FINAL_TYPE (HwDirectoryPlace, hw_directory_place, HW, DIRECTORY_PLACE, HwPlace)

G_END_DECLS
