/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RFC 9457 problem documents: every refusal the server gives. They carry codes, pointers and ids,
 * never a record's values.
 */
#pragma once

#include "domain/hw-operation.h"
#include "domain/hw-verdict.h"
#include "server/hw-server-message.h"

G_BEGIN_DECLS

typedef enum
{
  HW_PROBLEM_MALFORMED,
  HW_PROBLEM_DECIDED, /* somebody decided otherwise first */
  HW_PROBLEM_NO_SESSION,
  HW_PROBLEM_CREDENTIALS,
  HW_PROBLEM_REVOKED, /* destroy what is kept: this token was an account's, or a laptop's, that was revoked */
  HW_PROBLEM_FORBIDDEN,
  HW_PROBLEM_NOT_FOUND,
  HW_PROBLEM_METHOD,
  HW_PROBLEM_SCHEMA,
  HW_PROBLEM_CURSOR_GONE,
  HW_PROBLEM_EPOCH_CHANGED,
  HW_PROBLEM_STALE,
  HW_PROBLEM_PRECONDITION_REQUIRED,
  HW_PROBLEM_TOO_LARGE,
  HW_PROBLEM_MEDIA_TYPE,
  HW_PROBLEM_INVALID,
  HW_PROBLEM_THROTTLED,
  HW_PROBLEM_HEADERS_TOO_LARGE,
  HW_PROBLEM_TIMEOUT,
  HW_PROBLEM_VERSION,
  HW_PROBLEM_UNAVAILABLE,
  HW_PROBLEM_GROUP_REFUSED,
  HW_PROBLEM_CONTENT_THERE,
  HW_PROBLEM_CONTENT_MISSING,
  HW_PROBLEM_CONTENT_REFUSED,
  HW_PROBLEM_CONTENT_HIDDEN,
  HW_PROBLEM_OFFSET,
  HW_PROBLEM_CHECKSUM,
  HW_PROBLEM_TUS,
  HW_PROBLEM_RANGE,
} HwProblem;

/* detail (nullable): one sentence more; pointer (nullable): where in the body. */
HwServerResponse *hw_problem_new (HwProblem problem, const char *detail, const char *pointer);
/* Says 503, and logs the error's domain and code: its text may name what must stay here. */
HwServerResponse *hw_problem_new_failed (const GError *error);
void hw_problem_append (GString *out, HwProblem problem, const char *detail, const char *pointer);

/* A refusal of the rules, already projected. operation (nullable): to point into its `set`. */
guint hw_problem_verdict_status (HwVerdict *verdict);
void hw_problem_append_verdict (GString *out, HwVerdict *verdict, HwOperation *operation);
void hw_problem_append_conditions (GString *out, HwVerdict *verdict, HwFieldId pointed);

/* `"name":"text"`, escaped; the leading comma is the caller's. */
void hw_problem_append_string (GString *out, const char *text);
void hw_problem_append_member (GString *out, const char *name, const char *text);

G_END_DECLS
