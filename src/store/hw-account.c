/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Accounts of the server. They are kept in memory as well, under the writer's lock, because every
 * commit asks of each of them what it may now see. Writing one judges its whole scope again in the
 * same transaction: there is no moment at which an account can read by its old rights.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-server-private.h"

#include <glib/gi18n-lib.h>

#define COLUMNS "id, username, name, role, office, mission, password_hash, disabled"

void
hw_account_free (HwAccount *account)
{
  if (account == NULL)
    return;
  g_free (account->id);
  g_free (account->username);
  g_free (account->name);
  g_free (account->office);
  g_free (account->mission);
  g_free (account->password_hash);
  g_free (account);
}

static HwAccount *
account_copy (const HwAccount *account)
{
  HwAccount *copy = g_new0 (HwAccount, 1);

  copy->id = g_strdup (account->id);
  copy->username = g_strdup (account->username);
  copy->name = g_strdup (account->name);
  copy->role = account->role;
  copy->office = g_strdup (account->office);
  copy->mission = g_strdup (account->mission);
  copy->password_hash = g_strdup (account->password_hash);
  copy->disabled = account->disabled;
  return copy;
}

static HwAccount *
account_from_row (HwStatement *statement)
{
  HwAccount *account = g_new0 (HwAccount, 1);

  account->id = g_strdup (hw_statement_text (statement, 0));
  account->username = g_strdup (hw_statement_text (statement, 1));
  account->name = g_strdup (hw_statement_text (statement, 2));
  account->role = hw_role_by_nick (hw_statement_text (statement, 3));
  account->office = g_strdup (hw_statement_text (statement, 4));
  account->mission = g_strdup (hw_statement_text (statement, 5));
  account->password_hash = g_strdup (hw_statement_text (statement, 6));
  /* A role that this version does not know can do nothing. */
  account->disabled = hw_statement_integer (statement, 7) != 0 || account->role == HW_N_ROLES;
  return account;
}

/* (element-type HwAccount) what the statement answers, in its order. */
static GPtrArray *
read_accounts (HwStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_account_free);
  g_autoptr (GError) local = NULL;

  while (hw_statement_step (statement, &local))
    g_ptr_array_add (accounts, account_from_row (statement));
  hw_statement_reset (statement);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  return g_steal_pointer (&accounts);
}

gboolean
hw_account_load_all (HwStore *store, GError **error)
{
  GPtrArray *accounts
    = read_accounts (hw_db_prepare (store->writer, "SELECT " COLUMNS " FROM account ORDER BY username"), error);

  if (accounts == NULL)
    return FALSE;
  g_ptr_array_unref (store->server->accounts);
  store->server->accounts = accounts;
  return TRUE;
}

static HwAccount *
read_one (HwStore *store, const char *sql, const char *key, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  g_autoptr (GPtrArray) found = NULL;
  HwStatement *statement;

  if (db == NULL)
    return NULL;
  statement = hw_db_prepare (db, sql);
  hw_statement_bind_text (statement, 1, key);
  found = read_accounts (statement, error);
  hw_store_end_read (store, db);
  return found != NULL && found->len > 0 ? g_ptr_array_steal_index (found, 0) : NULL;
}

HwAccount *
hw_store_account_by_name (HwStore *store, const char *username, GError **error)
{
  return read_one (store, "SELECT " COLUMNS " FROM account WHERE username = $1", username, error);
}

HwAccount *
hw_store_account (HwStore *store, const char *id, GError **error)
{
  return read_one (store, "SELECT " COLUMNS " FROM account WHERE id = $1", id, error);
}

GPtrArray *
hw_store_accounts (HwStore *store, GError **error)
{
  HwDb *db = hw_store_begin_read (store, error);
  GPtrArray *accounts;

  if (db == NULL)
    return NULL;
  accounts = read_accounts (hw_db_prepare (db, "SELECT " COLUMNS " FROM account ORDER BY username"), error);
  hw_store_end_read (store, db);
  return accounts;
}

static const HwAccount *
known_account (HwStore *store, const char *id)
{
  for (guint i = 0; i < store->server->accounts->len; i++)
    {
      const HwAccount *account = g_ptr_array_index (store->server->accounts, i);

      if (g_str_equal (account->id, id))
        return account;
    }
  return NULL;
}

/* ---- What the rules ask ---- */

static gboolean
find_user (const char *user, HwRole *role, gpointer people)
{
  const HwAccount *account = known_account (people, user);

  if (account == NULL || account->disabled)
    return FALSE;
  *role = account->role;
  return TRUE;
}

static gboolean
mission_signs_in (const char *mission, gpointer people)
{
  HwStore *store = people;

  for (guint i = 0; i < store->server->accounts->len; i++)
    {
      const HwAccount *account = g_ptr_array_index (store->server->accounts, i);

      if (!account->disabled && account->role == HW_ROLE_EMBASSY_LIAISON
          && g_strcmp0 (account->mission, mission) == 0)
        return TRUE;
    }
  return FALSE;
}

void
hw_account_answer_rules (HwStore *store, HwRulesContext *context)
{
  context->find_user = find_user;
  context->mission_signs_in = mission_signs_in;
  context->people = store;
}

static gboolean
write_row (HwStore *store, const HwAccount *account, guint64 since, GError **error)
{
  HwStatement *statement
    = hw_db_prepare (store->writer,
                     "INSERT INTO account (" COLUMNS ", since_seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
                     " ON CONFLICT (id) DO UPDATE SET username = excluded.username, name = excluded.name,"
                     " role = excluded.role, office = excluded.office, mission = excluded.mission,"
                     " password_hash = excluded.password_hash, disabled = excluded.disabled,"
                     " since_seq = max(account.since_seq, excluded.since_seq)");

  hw_statement_bind_text (statement, 1, account->id);
  hw_statement_bind_text (statement, 2, account->username);
  hw_statement_bind_text (statement, 3, account->name != NULL ? account->name : account->username);
  hw_statement_bind_text (statement, 4, hw_role_nick (account->role)->nick);
  hw_statement_bind_text (statement, 5, account->office);
  hw_statement_bind_text (statement, 6, account->mission);
  hw_statement_bind_text (statement, 7, account->password_hash);
  hw_statement_bind_integer (statement, 8, account->disabled);
  hw_statement_bind_integer (statement, 9, (gint64) since);
  return hw_statement_run (statement, error);
}

static gboolean
put_work (HwStore *store, gpointer data, GError **error)
{
  const HwAccount *account = data;
  const HwAccount *before = known_account (store, account->id);
  gboolean other_view = before == NULL || before->role != account->role
                        || g_strcmp0 (before->office, account->office) != 0
                        || g_strcmp0 (before->mission, account->mission) != 0
                        || before->disabled != account->disabled;
  gboolean other_role = before != NULL && other_view && before->disabled == account->disabled;

  if (!write_row (store, account, other_view ? hw_store_next_seq (store) : 0, error))
    return FALSE;
  if (!other_view)
    return TRUE;
  hw_feed_touch_user (store, account->id);
  if (!hw_scope_update_account (store, account, other_role, error))
    return FALSE;
  return before == NULL || before->role == account->role
         || hw_quarantine_forget_rights (store, account->id, error);
}

static gboolean
must_sign_in_again (const HwAccount *before, const HwAccount *account)
{
  return before->role != account->role || account->disabled
         || g_strcmp0 (before->office, account->office) != 0
         || g_strcmp0 (before->mission, account->mission) != 0
         || g_strcmp0 (before->password_hash, account->password_hash) != 0;
}

/* What a mission may know and what an office knows never meet in one account, so none is turned into the other. */
static gboolean
check_role (const HwAccount *before, const HwAccount *account, GError **error)
{
  gboolean mission = account->role == HW_ROLE_EMBASSY_LIAISON;

  if (mission && account->mission == NULL)
    g_set_error_literal (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED,
                         _("An embassy liaison needs a mission. The account was not saved; name the mission and try again."));
  else if (before != NULL && mission != (before->role == HW_ROLE_EMBASSY_LIAISON))
    g_set_error_literal (error, HW_STORE_ERROR, HW_STORE_ERROR_FAILED,
                         _("An account cannot change between the office and a mission. Nothing was changed; make a new account."));
  else
    return TRUE;
  return FALSE;
}

gboolean
hw_store_put_account (HwStore *store, const HwAccount *account, GError **error)
{
  g_autoptr (HwAccount) copy = NULL;
  const HwAccount *before;
  gboolean ends, done;

  g_return_val_if_fail (account != NULL && account->id != NULL && account->username != NULL, FALSE);

  if (!hw_store_ready (store, error))
    return FALSE;
  hw_store_lock_writer (store);
  before = known_account (store, account->id);
  ends = before != NULL && must_sign_in_again (before, account);
  copy = account_copy (account);
  done = check_role (before, copy, error) && hw_server_transaction (store, put_work, copy, error)
         && hw_account_load_all (store, error);
  hw_store_unlock_writer (store);
  return done && (!ends || hw_store_end_sessions_of (store, account->id, error));
}
