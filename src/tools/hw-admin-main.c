/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * homeward-admin: what is done beside the server, by whoever may read its files. Each command says what it
 * did in one line; a failure says what happened and that nothing was changed, and ends with status 1.
 * Passwords come on standard input only: never on a command line that others can list.
 */
#define G_LOG_DOMAIN "homeward-tools"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/hw-base.h"
#include "server/hw-password.h"
#include "store/hw-server-store.h"
#include "tools/hw-demo.h"
#include "tools/hw-plain.h"
#include "tools/hw-seed.h"

#define ADMIN_ERROR HW_STORE_ERROR

typedef struct
{
  char *database, *role, *office, *mission, *name, *country, *zone, *clock;
  gboolean accounts_only;
  char **words; /* (owned) the command */
} Options;

typedef gboolean (*CommandFunc) (HwStore *store, const Options *options, GError **error);

typedef struct
{
  const char *first, *second; /* second (nullable) */
  guint n_arguments;          /* after them */
  gboolean creates;           /* may make the database */
  CommandFunc run;
} Command;

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, ADMIN_ERROR, HW_STORE_ERROR_FAILED, message);
  return FALSE;
}

/* ---- Records ---- */

static gboolean
commit_one (HwStore *store, HwOperation *operation, const char *action, GError **error)
{
  g_autoptr (HwActor) actor = hw_actor_new ("system", "homeward-admin", HW_ROLE_ADMINISTRATOR, NULL, NULL, NULL);
  g_autoptr (HwChangeSet) set = hw_change_set_new (HW_ORIGIN_SYSTEM, actor);
  g_autoptr (GPtrArray) results = NULL;
  const HwResult *result;

  hw_change_set_add (set, operation);
  results = hw_store_commit (store, set, error);
  if (results == NULL)
    return FALSE;
  result = g_ptr_array_index (results, 0);
  if (result->status != HW_RESULT_REFUSED)
    return TRUE;
  g_set_error (error, ADMIN_ERROR, HW_STORE_ERROR_FAILED, "%s was refused: %s Nothing was changed.", action,
               hw_verdict_message (result->verdict));
  return FALSE;
}

/* An office or a mission, by its id or its name. (transfer full) its id */
static char *
find_directory (HwStore *store, HwTypeId type, HwFieldId name, const char *wanted, const char *what, GError **error)
{
  g_autoptr (HwCaseFile) directory = hw_store_directory (store);
  GPtrArray *records = hw_case_file_of_type (directory, type);
  g_autoptr (GString) known = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      HwRecord *record = g_ptr_array_index (records, i);
      const char *label = hw_record_get_text (record, name);

      if (g_str_equal (hw_record_id (record), wanted) || g_strcmp0 (label, wanted) == 0)
        return g_strdup (hw_record_id (record));
      if (type == HW_TYPE_ID_OFFICE || hw_record_is (record, HW_FIELD_ORGANISATION_KIND, "diplomatic_mission"))
        {
          g_autofree char *plain = hw_plain (label);

          g_string_append_printf (known, "\n  %s  %s", hw_record_id (record), plain);
        }
    }
  g_set_error (error, ADMIN_ERROR, HW_STORE_ERROR_FAILED, "There is no %s “%s”. Nothing was changed. Known are:%s", what,
               wanted, known->len > 0 ? known->str : " none");
  return NULL;
}

/* ---- Commands ---- */

static gboolean
command_init (HwStore *store, const Options *options, GError **error)
{
  if (!hw_seed_country_rules (store, NULL, error))
    return FALSE;
  g_print ("The database is ready: %s\n", options->database);
  return TRUE;
}

static gboolean
command_office_add (HwStore *store, const Options *options, GError **error)
{
  g_autofree char *id = hw_uuid_v7 (hw_clock_now (hw_store_clock (store)));
  g_autofree char *operation_id = hw_uuid_v7 (hw_clock_now (hw_store_clock (store)));
  HwOperation *operation;

  if (options->country == NULL || options->zone == NULL)
    return fail (error, "An office needs --country (BI) and --zone (Africa/Bujumbura). Nothing was changed.");
  operation = hw_operation_new (operation_id, HW_ACTION_CREATE, HW_TYPE_ID_OFFICE, id, NULL);
  hw_operation_set_text (operation, HW_FIELD_OFFICE_NAME, options->words[2], 0);
  hw_operation_set_text (operation, HW_FIELD_OFFICE_COUNTRY, options->country, 0);
  hw_operation_set_text (operation, HW_FIELD_OFFICE_ZONE, options->zone, 0);
  if (!commit_one (store, operation, "The office", error))
    return FALSE;
  g_print ("Office added: %s\n", id);
  return TRUE;
}

/* One line of standard input, without its end. */
static char *
read_password (void)
{
  char line[HW_PASSWORD_MAX_BYTES + 2];
  gsize length;

  if (fgets (line, sizeof line, stdin) == NULL)
    return g_strdup ("");
  length = strcspn (line, "\r\n");
  line[length] = '\0';
  return g_strdup (line);
}

static gboolean
check_username (const char *name, GError **error)
{
  gsize length = strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789._-");

  if (length > 0 && length <= 64 && name[length] == '\0')
    return TRUE;
  return fail (error, "A user name is made of small letters, digits, “.”, “_” and “-”, at most 64. Nothing was changed.");
}

static gboolean
set_password (HwAccount *account, GError **error)
{
  g_autofree char *password = read_password ();
  const char *complaint = NULL;

  if (!g_utf8_validate (password, -1, NULL))
    return fail (error, "The password on standard input is not UTF-8 text. Nothing was changed.");
  complaint = hw_password_complaint (password, account->username);
  if (complaint != NULL)
    {
      g_set_error (error, ADMIN_ERROR, HW_STORE_ERROR_FAILED, "%s The account was not added.", complaint);
      return FALSE;
    }
  account->password_hash = hw_password_hash (password);
  memset (password, 0, strlen (password));
  return account->password_hash != NULL
         || fail (error, "There is not enough memory to protect a password. The account was not added.");
}

static gboolean
set_place (HwStore *store, const Options *options, HwAccount *account, GError **error)
{
  if (account->role == HW_ROLE_EMBASSY_LIAISON && options->mission == NULL)
    return fail (error, "An embassy liaison needs --mission. The account was not added.");
  if (account->role != HW_ROLE_EMBASSY_LIAISON && options->mission != NULL)
    return fail (error, "Only an embassy liaison has a --mission. The account was not added.");
  if (account->role != HW_ROLE_EMBASSY_LIAISON && options->office == NULL)
    return fail (error, "This role needs --office. The account was not added.");
  if (options->mission != NULL)
    account->mission = find_directory (store, HW_TYPE_ID_ORGANISATION, HW_FIELD_ORGANISATION_NAME, options->mission,
                                       "mission", error);
  if (options->mission != NULL && account->mission == NULL)
    return FALSE;
  if (options->office != NULL)
    account->office
      = find_directory (store, HW_TYPE_ID_OFFICE, HW_FIELD_OFFICE_NAME, options->office, "office", error);
  return options->office == NULL || account->office != NULL;
}

static gboolean
set_role (const Options *options, HwAccount *account, GError **error)
{
  g_autoptr (GString) roles = g_string_new (NULL);

  account->role = options->role != NULL ? hw_role_by_nick (options->role) : HW_N_ROLES;
  if (account->role != HW_N_ROLES)
    return TRUE;
  for (guint role = 0; role < HW_N_ROLES; role++)
    g_string_append_printf (roles, " %s", hw_role_nick ((HwRole) role)->nick);
  g_set_error (error, ADMIN_ERROR, HW_STORE_ERROR_FAILED, "--role must be one of:%s. The account was not added.",
               roles->str);
  return FALSE;
}

static gboolean
command_user_add (HwStore *store, const Options *options, GError **error)
{
  g_autoptr (HwAccount) account = g_new0 (HwAccount, 1);
  g_autoptr (HwAccount) known = NULL;
  g_autoptr (GError) local = NULL;

  account->username = g_strdup (options->words[2]);
  account->name = g_strdup (options->name != NULL ? options->name : options->words[2]);
  if (!check_username (account->username, error) || !set_role (options, account, error)
      || !set_place (store, options, account, error))
    return FALSE;
  known = hw_store_account_by_name (store, account->username, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (known != NULL)
    return fail (error, "There is already an account of that name. Nothing was changed.");
  if (!set_password (account, error))
    return FALSE;
  account->id = hw_uuid_v7 (hw_clock_now (hw_store_clock (store)));
  if (!hw_store_put_account (store, account, error)
      || !hw_store_audit (store, NULL, "account-added", NULL, account->id, hw_role_nick (account->role)->nick, error))
    return FALSE;
  g_print ("Account added: %s (%s)\n", account->username, hw_role_nick (account->role)->label);
  return TRUE;
}

static gboolean
command_user_list (HwStore *store, const Options *options, GError **error)
{
  g_autoptr (GPtrArray) accounts = hw_store_accounts (store, error);

  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    {
      const HwAccount *account = g_ptr_array_index (accounts, i);
      g_autofree char *username = hw_plain (account->username), *name = hw_plain (account->name);

      g_print ("%s\t%s\t%s%s\n", username,
               account->role < HW_N_ROLES ? hw_role_nick (account->role)->nick : "unknown", name,
               account->disabled ? "\tdisabled" : "");
    }
  return accounts != NULL;
}

static gboolean
command_user_revoke (HwStore *store, const Options *options, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (HwAccount) account = hw_store_account_by_name (store, options->words[2], &local);
  guint n = 0;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (account == NULL)
    return fail (error, "There is no account of that name. Nothing was changed.");
  if (!hw_store_revoke_account (store, account->id, &n, error)
      || !hw_store_audit (store, NULL, "account-revoked", NULL, account->id, NULL, error))
    return FALSE;
  g_print ("Account revoked: %s. It cannot sign in; each laptop that was signed in (%u) erases what it keeps when it next "
           "reaches the server.\n",
           account->username, n);
  return TRUE;
}

static gboolean
command_device_list (HwStore *store, const Options *options, GError **error)
{
  g_autoptr (GPtrArray) devices = hw_store_devices (store, error);

  for (guint i = 0; devices != NULL && i < devices->len; i++)
    {
      const HwStoreDevice *device = g_ptr_array_index (devices, i);
      g_autofree char *used = hw_instant_format (device->last_used_us);
      g_autofree char *id = hw_plain (device->id), *username = hw_plain (device->username);
      g_autofree char *name = hw_plain (device->name);

      g_print ("%s\t%s\t%s\tlast used %s\n", id, username, name, used);
    }
  return devices != NULL;
}

static gboolean
command_device_revoke (HwStore *store, const Options *options, GError **error)
{
  guint n = 0;

  if (!hw_store_revoke_device (store, options->words[2], &n, error))
    return FALSE;
  if (n == 0)
    return fail (error, "No session of that laptop is known: see “device list”. Nothing was changed.");
  if (!hw_store_audit (store, NULL, "device-revoked", NULL, NULL, options->words[2], error))
    return FALSE;
  g_print ("Laptop revoked. It erases what it keeps when it next reaches the server; the account may sign in on another.\n");
  return TRUE;
}

static gboolean
command_demo_load (HwStore *store, const Options *options, GError **error)
{
  if (!hw_demo_load (store, NULL, options->accounts_only ? HW_DEMO_ACCOUNTS_ONLY : HW_DEMO_ALL, error))
    return FALSE;
  g_print ("The demo is loaded%s. Accounts are named after their roles; the password of each is %s.\n",
           options->accounts_only ? ", without cases" : "", HW_DEMO_PASSWORD);
  return TRUE;
}

static gboolean
command_audit_verify (HwStore *store, const Options *options, GError **error)
{
  g_autoptr (GError) local = NULL;
  gint64 broken_at = 0;

  if (hw_store_audit_verify (store, &broken_at, &local))
    {
      g_print ("The audit chain is whole.\n");
      return TRUE;
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, ADMIN_ERROR, HW_STORE_ERROR_DAMAGED,
                 "The audit chain is broken at entry %" G_GINT64_FORMAT
                 ": it was changed, moved or removed after it was written. Keep this file and a copy of the backup before it.",
                 broken_at);
  return FALSE;
}

static const Command commands[] = {
  { "init", NULL, 0, TRUE, command_init },
  { "office", "add", 1, FALSE, command_office_add },
  { "user", "add", 1, FALSE, command_user_add },
  { "user", "list", 0, FALSE, command_user_list },
  { "user", "revoke", 1, FALSE, command_user_revoke },
  { "device", "list", 0, FALSE, command_device_list },
  { "device", "revoke", 1, FALSE, command_device_revoke },
  { "demo", "load", 0, TRUE, command_demo_load },
  { "audit", "verify", 0, FALSE, command_audit_verify },
};

static const char summary[]
  = "Commands:\n"
    "  init                  make the database\n"
    "  office add NAME       --country BI --zone Africa/Bujumbura\n"
    "  user add NAME         --role ROLE --office OFFICE [--mission ORGANISATION]; the password on standard input\n"
    "  user list             the accounts\n"
    "  user revoke NAME      it signs in no more, and its laptops erase what they keep at next contact\n"
    "  device list           the laptops that were signed in, last used first\n"
    "  device revoke ID      a laptop that was lost erases what it keeps at next contact; the account stays\n"
    "  demo load             the demo: ten invented cases, accounts, directory [--accounts-only]\n"
    "  audit verify          check that the audit chain is whole";

static const Command *
find_command (char **words)
{
  guint n = words != NULL ? g_strv_length (words) : 0;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const Command *command = &commands[i];
      guint own = command->second != NULL ? 2 : 1;

      if (n == own + command->n_arguments && g_str_equal (words[0], command->first)
          && (command->second == NULL || g_str_equal (words[1], command->second)))
        return command;
    }
  return NULL;
}

static gboolean
parse_options (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "database", 0, 0, G_OPTION_ARG_STRING, &options->database, "The server's database", "sqlite:FILE" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options->role, "Role of the new account", "ROLE" },
    { "office", 0, 0, G_OPTION_ARG_STRING, &options->office, "Its office, by name or id", "OFFICE" },
    { "mission", 0, 0, G_OPTION_ARG_STRING, &options->mission, "Its mission, by name or id", "ORGANISATION" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options->name, "Name that others see", "TEXT" },
    { "country", 0, 0, G_OPTION_ARG_STRING, &options->country, "Country of the new office", "XX" },
    { "zone", 0, 0, G_OPTION_ARG_STRING, &options->zone, "Time zone of the new office", "ZONE" },
    { "accounts-only", 0, 0, G_OPTION_ARG_NONE, &options->accounts_only, "Load the demo without its cases", NULL },
    { "clock-file", 0, 0, G_OPTION_ARG_FILENAME, &options->clock, "Take the time from this file (demo and tests)", "FILE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->words, NULL, "COMMAND" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, summary);
  return g_option_context_parse (context, argc, argv, error);
}

static void
options_clear (Options *options)
{
  g_free (options->database);
  g_free (options->role);
  g_free (options->office);
  g_free (options->mission);
  g_free (options->name);
  g_free (options->country);
  g_free (options->zone);
  g_free (options->clock);
  g_strfreev (options->words);
}

/* A mistyped file name must not leave an empty database behind. */
static gboolean
check_exists (const Command *command, const char *database, GError **error)
{
  const char *path = g_str_has_prefix (database, "sqlite:") ? database + strlen ("sqlite:") : database;

  if (command->creates || g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, ADMIN_ERROR, HW_STORE_ERROR_OPEN, "There is no database “%s”. Nothing was done; “init” makes one.", path);
  return FALSE;
}

static gboolean
run (const Options *options, GError **error)
{
  const Command *command = find_command (options->words);
  g_autoptr (HwClock) clock = NULL;
  g_autoptr (HwStore) store = NULL;
  gboolean done;

  if (command == NULL)
    return fail (error, "Say what to do; --help lists the commands.");
  if (options->database == NULL)
    return fail (error, "Say which database: --database sqlite:FILE.");
  if (!check_exists (command, options->database, error))
    return FALSE;
  clock = options->clock != NULL ? hw_clock_new_file (options->clock) : hw_clock_new_system ();
  store = hw_store_open (options->database, HW_STORE_SERVER, clock, error);
  if (store == NULL)
    return FALSE;
  done = command->run (store, options, error);
  hw_store_close (store);
  return done;
}

int
main (int argc, char **argv)
{
  Options options = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean done;

  setlocale (LC_ALL, "");
  done = parse_options (&options, &argc, &argv, &error) && run (&options, &error);
  options_clear (&options);
  if (!done)
    g_printerr ("homeward-admin: %s\n", error->message);
  return done ? 0 : 1;
}
