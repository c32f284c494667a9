/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The small parts of the server by themselves: throttle, passwords, addresses.
 */
#include "server/hw-listen.h"
#include "server/hw-password.h"
#include "server/hw-throttle.h"

#include <sodium.h>

#define SECOND G_USEC_PER_SEC
#define START (G_GINT64_CONSTANT (1795500000) * G_USEC_PER_SEC)

static void
fail_times (HwThrottle *throttle, guint times)
{
  for (guint i = 0; i < times; i++)
    hw_throttle_failed (throttle, "somebody", START);
}

static void
test_throttle_grows (void)
{
  HwThrottle *throttle = hw_throttle_new (5, 60);

  fail_times (throttle, 4);
  g_assert_cmpuint (hw_throttle_wait (throttle, "somebody", START), ==, 0);
  fail_times (throttle, 1);
  g_assert_cmpuint (hw_throttle_wait (throttle, "somebody", START), ==, 1);
  fail_times (throttle, 1);
  g_assert_cmpuint (hw_throttle_wait (throttle, "somebody", START), ==, 2);
  g_assert_cmpuint (hw_throttle_wait (throttle, "somebody else", START), ==, 0);
  hw_throttle_free (throttle);
}

/* However often somebody tries while they wait, the wait is noted once, and the next one again. */
static void
test_throttle_noted_once (void)
{
  HwThrottle *throttle = hw_throttle_new (2, 60);

  g_assert_false (hw_throttle_note (throttle, "somebody", START));
  fail_times (throttle, 2);
  g_assert_true (hw_throttle_note (throttle, "somebody", START));
  for (guint i = 0; i < 100; i++)
    g_assert_false (hw_throttle_note (throttle, "somebody", START));
  g_assert_false (hw_throttle_note (throttle, "somebody", START + 2 * SECOND));
  fail_times (throttle, 1);
  g_assert_true (hw_throttle_note (throttle, "somebody", START));
  hw_throttle_free (throttle);
}

static void
test_throttle_never_for_good (void)
{
  HwThrottle *throttle = hw_throttle_new (5, 60);

  fail_times (throttle, 100000);
  g_assert_cmpuint (hw_throttle_wait (throttle, "somebody", START), ==, 60);
  g_assert_cmpuint (hw_throttle_wait (throttle, "somebody", START + 61 * SECOND), ==, 0);
  hw_throttle_free (throttle);
}

static void
test_throttle_forgets (void)
{
  HwThrottle *throttle = hw_throttle_new (2, 60);

  fail_times (throttle, 8);
  hw_throttle_succeeded (throttle, "somebody", START);
  g_assert_cmpuint (hw_throttle_wait (throttle, "somebody", START), ==, 0);
  fail_times (throttle, 2);
  g_assert_cmpuint (hw_throttle_wait (throttle, "somebody", START), ==, 1);
  hw_throttle_undo (throttle, "somebody", START);
  g_assert_cmpuint (hw_throttle_wait (throttle, "somebody", START), ==, 0);
  hw_throttle_free (throttle);
}

static void
test_passwords (void)
{
  g_assert_null (hw_password_complaint ("homeward-demo-2026", "caseworker"));
  g_assert_null (hw_password_complaint ("four plain words here", "aline"));
  g_assert_nonnull (hw_password_complaint ("eleven char", "aline"));
  g_assert_nonnull (hw_password_complaint ("aaaaaaaaaaaaaaaa", "aline"));
  g_assert_nonnull (hw_password_complaint ("123456789012", "aline"));
  g_assert_nonnull (hw_password_complaint ("Password12345", "aline"));
  g_assert_nonnull (hw_password_complaint ("Caseworker-of-2026", "caseworker"));
  g_assert_nonnull (hw_password_complaint (NULL, "aline"));
}

static void
test_password_kept_as_argon2id (void)
{
  g_autofree char *hash = hw_password_hash ("four plain words here");

  g_assert_true (g_str_has_prefix (hash, "$argon2id$"));
  g_assert_true (hw_password_verify (hash, "four plain words here"));
  g_assert_false (hw_password_verify (hash, "four plain words her"));
}

static void
test_addresses (void)
{
  static const char *const bad[] = { "",
                                     "127.0.0.1",
                                     ":80",
                                     "127.0.0.1:",
                                     "127.0.0.1:65536",
                                     "example.org:80",
                                     "127.0.0.1:8o",
                                     "::1:80",
                                     "[::1]",
                                     "127.0.0.1:-1",
                                     "0127.0.0.1 :80" };
  g_autoptr (GInetSocketAddress) v4 = hw_listen_parse ("127.0.0.1:0", NULL);
  g_autoptr (GInetSocketAddress) v6 = hw_listen_parse ("[::1]:8080", NULL);
  g_autoptr (GInetSocketAddress) any = hw_listen_parse ("0.0.0.0:8080", NULL);

  g_assert_true (hw_listen_is_loopback (v4));
  g_assert_true (hw_listen_is_loopback (v6));
  g_assert_false (hw_listen_is_loopback (any));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (hw_listen_parse (bad[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/server/throttle/each-failure-doubles-the-wait", test_throttle_grows);
  g_test_add_func ("/server/throttle/a-wait-is-noted-once", test_throttle_noted_once);
  g_test_add_func ("/server/throttle/never-locks-out-for-good", test_throttle_never_for_good);
  g_test_add_func ("/server/throttle/success-forgets", test_throttle_forgets);
  g_test_add_func ("/server/password/refuses-the-guessable", test_passwords);
  g_test_add_func ("/server/password/kept-as-argon2id", test_password_kept_as_argon2id);
  g_test_add_func ("/server/listen/takes-numeric-addresses-only", test_addresses);
  return g_test_run ();
}
