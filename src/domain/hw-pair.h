/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What it means to say that two cases are of one person, and to take it back: operations, all of one
 * group. Nothing is moved and nothing is deleted. The case set aside is marked a duplicate (closing it
 * is a move of its own, through its gate); in the one carried on, what was empty of the person is filled
 * in, and the other spelling of her name becomes a name she is known by. Requests at missions keep their
 * own copies. Undone, both cases are as they were, but for what was edited since.
 */
#pragma once

#include "domain/hw-case-file.h"
#include "domain/hw-operation.h"

G_BEGIN_DECLS

/* act: an identifier of this decision, from which the operations' are made. link: the record of the pair.
 * (transfer full) (element-type HwOperation), the link's first. */
GPtrArray *
hw_pair_merge (const char *act, HwRecord *link, HwCaseFile *kept, HwCaseFile *aside);
GPtrArray *hw_pair_undo (const char *act, HwRecord *link, HwCaseFile *kept, HwCaseFile *aside);

G_END_DECLS
