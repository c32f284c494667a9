/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/hw-compat.h"
#include "store/hw-store.h"

G_BEGIN_DECLS

/* From now on the banner says when part of what this store holds could not be read; its button leads to where all can be
 * fetched anew. Each store that is opened is followed by itself. */
void hw_damage_banner_follow (HwBanner *banner, HwStore *store);

G_END_DECLS
