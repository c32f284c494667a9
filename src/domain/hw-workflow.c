/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a role may do next with a record, read from the status table. Gates are asked later, when
 * the move is tried; so is whether the mission has an account and answers itself.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-rules.h"

static GPtrArray *
moves_from (HwRecord *record, guint role, gboolean told)
{
  const HwTypeDef *def = hw_record_def (record);
  const char *status = hw_record_status (record);
  GPtrArray *moves = g_ptr_array_new ();

  for (guint i = 0; i < def->n_moves; i++)
    {
      const HwMoveDef *move = &def->moves[i];

      guint roles = told ? move->told & ~move->roles : move->roles;

      if (g_strcmp0 (move->from, status) == 0 && (roles & (1u << role)) != 0)
        g_ptr_array_add (moves, (gpointer)move);
    }
  return moves;
}

GPtrArray *
hw_workflow_moves (HwRecord *record, HwRole role)
{
  return moves_from (record, role, FALSE);
}

GPtrArray *
hw_workflow_told (HwRecord *record, HwRole role)
{
  return moves_from (record, role, TRUE);
}
