/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Throttling without lock-out. From a device that has signed in to the account before, only that
 * device's own failures count, so an outsider who keeps guessing cannot keep the owner out. From
 * any other, an attempt counts for its address, for the account as tried from this address, and for
 * the account from anywhere. No wait is longer than a minute.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-auth.h"

#include "server/hw-password.h"
#include "server/hw-throttle.h"

#include <string.h>

#define MAX_HASHING 2
#define MAX_KNOWN_DEVICES 10000
#define ADDRESS_TRIES 20
#define PAIR_TRIES 5
#define ACCOUNT_TRIES 50
#define MAX_WAIT_S 60

struct _HwAuth
{
  HwStore *store; /* (unowned) */
  HwClock *clock; /* (owned) */
  char *dummy;    /* (owned) the hash that is tried when there is no such account */

  GMutex mutex;
  GCond cond;
  guint hashing;
  HwThrottle *by_address;
  HwThrottle *by_pair;
  HwThrottle *by_account;
  GHashTable *known_devices; /* (owned) "account device" */
};

HwAuth *
hw_auth_new (HwStore *store, HwClock *clock)
{
  HwAuth *auth = g_new0 (HwAuth, 1);

  auth->store = store;
  auth->clock = g_object_ref (clock);
  auth->dummy = hw_password_hash ("no account has this password");
  g_mutex_init (&auth->mutex);
  g_cond_init (&auth->cond);
  auth->by_address = hw_throttle_new (ADDRESS_TRIES, MAX_WAIT_S);
  auth->by_pair = hw_throttle_new (PAIR_TRIES, MAX_WAIT_S);
  auth->by_account = hw_throttle_new (ACCOUNT_TRIES, MAX_WAIT_S);
  auth->known_devices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return auth;
}

void
hw_auth_free (HwAuth *auth)
{
  if (auth == NULL)
    return;
  g_free (auth->dummy);
  hw_throttle_free (auth->by_address);
  hw_throttle_free (auth->by_pair);
  hw_throttle_free (auth->by_account);
  g_hash_table_unref (auth->known_devices);
  g_mutex_clear (&auth->mutex);
  g_cond_clear (&auth->cond);
  g_object_unref (auth->clock);
  g_free (auth);
}

typedef struct
{
  const char *address; /* (unowned) */
  char *account;       /* (owned) as typed, folded */
  char *pair;          /* (owned) */
  char *device;        /* (owned) */
} Attempt;

static void
attempt_clear (Attempt *attempt)
{
  g_free (attempt->account);
  g_free (attempt->pair);
  g_free (attempt->device);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Attempt, attempt_clear)

static gboolean
is_known (HwAuth *auth, Attempt *attempt)
{
  return g_hash_table_contains (auth->known_devices, attempt->device);
}

static guint
wait_for (HwAuth *auth, Attempt *attempt, gint64 now_us)
{
  guint wait_s;

  if (is_known (auth, attempt))
    return hw_throttle_wait (auth->by_pair, attempt->device, now_us);
  wait_s = hw_throttle_wait (auth->by_pair, attempt->pair, now_us);
  wait_s = MAX (wait_s, hw_throttle_wait (auth->by_address, attempt->address, now_us));
  return MAX (wait_s, hw_throttle_wait (auth->by_account, attempt->account, now_us));
}

/* Each wait is on record once: who keeps trying while it lasts does not fill the chain. */
static gboolean
note_wait (HwAuth *auth, Attempt *attempt, gint64 now_us)
{
  gboolean first;

  if (is_known (auth, attempt))
    return hw_throttle_note (auth->by_pair, attempt->device, now_us);
  first = hw_throttle_note (auth->by_pair, attempt->pair, now_us);
  first |= hw_throttle_note (auth->by_address, attempt->address, now_us);
  first |= hw_throttle_note (auth->by_account, attempt->account, now_us);
  return first;
}

static void
count_failure (HwAuth *auth, Attempt *attempt, gint64 now_us)
{
  if (is_known (auth, attempt))
    {
      hw_throttle_failed (auth->by_pair, attempt->device, now_us);
      return;
    }
  hw_throttle_failed (auth->by_pair, attempt->pair, now_us);
  hw_throttle_failed (auth->by_address, attempt->address, now_us);
  hw_throttle_failed (auth->by_account, attempt->account, now_us);
}

static void
count_success (HwAuth *auth, Attempt *attempt, gint64 now_us)
{
  if (is_known (auth, attempt))
    {
      hw_throttle_succeeded (auth->by_pair, attempt->device, now_us);
      return;
    }
  hw_throttle_succeeded (auth->by_pair, attempt->pair, now_us);
  hw_throttle_undo (auth->by_address, attempt->address, now_us);
  hw_throttle_undo (auth->by_account, attempt->account, now_us);
  if (g_hash_table_size (auth->known_devices) < MAX_KNOWN_DEVICES)
    g_hash_table_add (auth->known_devices, g_strdup (attempt->device));
}

/* Verifies outside the lock, with at most two at once. */
static gboolean
verify (HwAuth *auth, const char *hash, const char *password)
{
  gboolean right;

  g_mutex_lock (&auth->mutex);
  while (auth->hashing >= MAX_HASHING)
    g_cond_wait (&auth->cond, &auth->mutex);
  auth->hashing++;
  g_mutex_unlock (&auth->mutex);
  right = hw_password_verify (hash, password);
  g_mutex_lock (&auth->mutex);
  auth->hashing--;
  g_cond_signal (&auth->cond);
  g_mutex_unlock (&auth->mutex);
  return right;
}

static HwAuthResult
check_password (
  HwAuth *auth, const char *username, const char *password, HwAccount **account, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (HwAccount) found = hw_store_account_by_name (auth->store, username, &local);
  gboolean usable = found != NULL && !found->disabled && found->password_hash != NULL;
  const char *hash = usable ? found->password_hash : auth->dummy;
  gboolean right;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return HW_AUTH_FAILED;
    }
  right = hash != NULL && verify (auth, hash, password);
  if (!usable || !right)
    return HW_AUTH_WRONG;
  *account = g_steal_pointer (&found);
  return HW_AUTH_GOOD;
}

HwAuthResult
hw_auth_check (HwAuth *auth,
               const char *username,
               const char *password,
               const char *device,
               const char *peer,
               HwAccount **account,
               guint *wait_s,
               GError **error)
{
  g_auto (Attempt) attempt = { .address = peer != NULL ? peer : "-" };
  gint64 now_us = hw_clock_now (auth->clock);
  gboolean first = FALSE;
  HwAuthResult result;

  attempt.account = g_utf8_strdown (username, -1);
  attempt.pair = g_strconcat (attempt.account, " ", attempt.address, NULL);
  attempt.device = g_strconcat (attempt.account, " device ", device, NULL);
  g_mutex_lock (&auth->mutex);
  *wait_s = wait_for (auth, &attempt, now_us);
  /* Counted before it is tried, so that many at once are not all free. */
  if (*wait_s == 0)
    count_failure (auth, &attempt, now_us);
  else
    first = note_wait (auth, &attempt, now_us);
  g_mutex_unlock (&auth->mutex);
  if (*wait_s > 0)
    return first ? HW_AUTH_THROTTLED_FIRST : HW_AUTH_THROTTLED;

  result = check_password (auth, username, password, account, error);
  if (result == HW_AUTH_GOOD)
    {
      g_mutex_lock (&auth->mutex);
      count_success (auth, &attempt, now_us);
      g_mutex_unlock (&auth->mutex);
    }
  return result;
}
