/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What each laptop's copies of an account told of themselves (hw-server-store.h). A count that was told already, or the copy
 * that another has followed since, is of an older folder that was put back. It is raised above what was told before, so
 * that a desktop which is stopped before it has begun anew is told again.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-server-private.h"

/* Of one account on one laptop: each is a vault that was made anew. */
#define KEPT_COPIES 16

typedef struct
{
  const HwActor *actor;
  const char    *copy;
  guint64        told;
  guint64        highest;
  gboolean       older;
} Telling;

/* n: its place among the copies of this laptop, 0 when it is not known; newest: the last of them. */
static gboolean
look_up (HwStore *store, Telling *telling, gint64 *n, gint64 *newest, GError **error)
{
  HwStatement *statement = hw_db_prepare (
    store->writer, "SELECT n, count, copy = $3 FROM copy_count WHERE user = $1 AND device = $2 ORDER BY n DESC");
  g_autoptr (GError) local = NULL;

  hw_statement_bind_text (statement, 1, telling->actor->user);
  hw_statement_bind_text (statement, 2, telling->actor->device);
  hw_statement_bind_text (statement, 3, telling->copy);
  *n = *newest = 0;
  while (hw_statement_step (statement, &local))
    {
      *newest = MAX (*newest, hw_statement_integer (statement, 0));
      if (!hw_statement_integer (statement, 2))
        continue;
      *n = hw_statement_integer (statement, 0);
      telling->highest = (guint64) hw_statement_integer (statement, 1);
    }
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* As the newest one. */
static gboolean
write_down (HwStore *store, Telling *telling, gint64 newest, GError **error)
{
  HwStatement *statement
    = hw_db_prepare (store->writer, "INSERT INTO copy_count (user, device, copy, n, count) VALUES ($1, $2, $3, $4, $5)"
                                    " ON CONFLICT (user, device, copy) DO UPDATE SET n = excluded.n, count = excluded.count");

  hw_statement_bind_text (statement, 1, telling->actor->user);
  hw_statement_bind_text (statement, 2, telling->actor->device);
  hw_statement_bind_text (statement, 3, telling->copy);
  hw_statement_bind_integer (statement, 4, newest);
  hw_statement_bind_integer (statement, 5, (gint64) telling->highest);
  if (!hw_statement_run (statement, error))
    return FALSE;
  statement = hw_db_prepare (store->writer, "DELETE FROM copy_count WHERE user = $1 AND device = $2 AND n <= $3");
  hw_statement_bind_text (statement, 1, telling->actor->user);
  hw_statement_bind_text (statement, 2, telling->actor->device);
  hw_statement_bind_integer (statement, 3, newest - KEPT_COPIES);
  return hw_statement_run (statement, error);
}

static gboolean
tell_work (HwStore *store, gpointer data, GError **error)
{
  Telling *telling = data;
  g_autofree char *detail = NULL;
  gint64 n, newest;

  if (!look_up (store, telling, &n, &newest, error))
    return FALSE;
  telling->older = n != 0 && (n < newest || telling->told <= telling->highest);
  if (!telling->older)
    {
      telling->highest = telling->told;
      return write_down (store, telling, n != 0 ? n : newest + 1, error);
    }
  detail = g_strdup_printf ("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT, telling->told, telling->highest);
  telling->highest = MAX (telling->highest, telling->told) + 1;
  return write_down (store, telling, n < newest ? newest + 1 : n, error)
         && hw_audit_link (store, telling->actor, "older-copy", NULL, NULL, detail, error);
}

gboolean
hw_store_tell_count (HwStore *store, const HwActor *actor, const char *copy, guint64 count, guint64 *highest, gboolean *older,
                     GError **error)
{
  Telling telling = { .actor = actor, .copy = copy, .told = count };

  g_return_val_if_fail (actor != NULL && actor->device != NULL && copy != NULL, FALSE);

  if (!hw_server_transaction (store, tell_work, &telling, error))
    return FALSE;
  *highest = telling.highest;
  *older = telling.older;
  return TRUE;
}
