/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who is named in a record: somebody with an account, of a role that can hold what is given to them.
 * A desktop does not know the accounts; the server does, and its word is final.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-rules-private.h"

#include <glib/gi18n-lib.h>

static HwVerdict *
check_holder (const HwRulesQuestion *question, const HwFieldDef *field)
{
  const char *user = hw_record_get_text (question->after, field->id);
  const HwRulesContext *context = question->context;
  HwRole role;

  if (user == NULL
      || (question->before != NULL
          && g_strcmp0 (hw_record_get_text (question->before, field->id), user) == 0))
    return NULL;
  if (!context->find_user (user, &role, context->people))
    return hw_verdict_new_refused (
      HW_REASON_INVALID, field->id, _ ("Nobody who can sign in is named here."));
  if ((field->holders & (1u << role)) == 0)
    return hw_verdict_new_refused (
      HW_REASON_INVALID, field->id, _ ("Somebody of this role cannot be named here."));
  return NULL;
}

HwVerdict *
hw_rules_check_people (const HwRulesQuestion *question)
{
  if (question->after == NULL || question->context->find_user == NULL)
    return NULL;
  for (guint i = 0; i < question->operation->changes->len; i++)
    {
      HwFieldChange *change = g_ptr_array_index (question->operation->changes, i);
      const HwFieldDef *field = hw_schema_field (change->field);
      HwVerdict *verdict
        = field->kind == HW_KIND_USER ? check_holder (question, field) : NULL;

      if (verdict != NULL)
        return verdict;
    }
  return NULL;
}
