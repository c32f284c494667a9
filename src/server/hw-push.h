/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How a client's operations go through the one write path and what is told of the outcome. The push
 * endpoint and every writing route use these and nothing else.
 */
#pragma once

#include "server/hw-server-private.h"

G_BEGIN_DECLS

/* An operation as the caller may write one; what its role can never see does not exist for it.
 * NULL, a JSON pointer and an error that names no value. (transfer full) */
HwOperation *hw_push_read (HwServerCall *call, JsonNode *node, char **pointer, GError **error);
/* operations: (element-type HwOperation). One HwResult per operation; NULL and *error when the
 * store failed. (transfer full) */
GPtrArray *hw_push_commit (HwServerCall *call, GPtrArray *operations, GError **error);
/* The result as one element of /v1/operations' answer. */
void hw_push_append_result (HwServerCall *call,
                            HwProjection *projection,
                            HwOperation *operation,
                            HwResult *result,
                            GString *out);
/* The result as the answer of a resource route: the record, or the refusal. */
HwServerResponse *hw_push_respond (HwServerCall *call, HwOperation *operation, guint good_status);

G_END_DECLS
