/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For what is written without being judged: that it names nothing but what it may.
 */
#pragma once

#include "domain/hw-rules.h"

G_BEGIN_DECLS

/* Every record that the operation names is of this case or of the directory, and of the right kind; NULL: so it
 * is. (transfer full) */
HwVerdict *hw_rules_check_references (HwCaseFile *file,
                                      HwRecord *after,
                                      HwOperation *operation,
                                      const HwRulesContext *context);

G_END_DECLS
