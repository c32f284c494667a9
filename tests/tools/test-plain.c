/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What others wrote does not steer the terminal of who reads it: by itself, and as homeward-admin prints it.
 */
#include "base/hw-base.h"
#include "store/hw-server-store.h"
#include "support/hw-test-folder.h"
#include "tools/hw-plain.h"

#include <gio/gio.h>
#include <string.h>

#define NOW G_GINT64_CONSTANT (1795521600000000) /* 2026-11-24T12:00:00Z */
#define STEERING "\033[2J\033]0;x\007Laptop\n\tadmin\xe2\x80\xae" "kcabdaer\xc2\x9b" "31m\xff"

static void
test_each_kind (void)
{
  static const struct
  {
    const char *text, *plain;
  } rows[] = {
    { NULL, "" },
    { "", "" },
    { "Espérance’s laptop, 日本, 0x1b", "Espérance’s laptop, 日本, 0x1b" },
    { "\033[31m", "\\x1b[31m" },
    { "a\r\n\tb\b", "a\\x0d\\x0a\\x09b\\x08" },
    { "\x7f", "\\x7f" },
    { "\xc2\x9b" "2J", "\\x9b2J" },                      /* the same as ESC [ to a terminal */
    { "\xe2\x80\xae" "x\xe2\x81\xa6", "\\u202ex\\u2066" }, /* turned around */
    { "\xd8\x9c\xe2\x80\x8b\xef\xbb\xbf", "\\u061c\\u200b\\ufeff" },
    { "\xe2\x80\xa8\xe2\x80\xa9", "\\u2028\\u2029" },
    { "\xf3\xa0\x81\x81", "\\ue0041" },                  /* a tag that nobody sees */
    { "\xff\xc3", "\\xff\\xc3" },
    { "\\x1b", "\\\\x1b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *plain = hw_plain (rows[i].text);

      g_assert_cmpstr (plain, ==, rows[i].plain);
    }
}

static void
fill (const char *path)
{
  g_autoptr (HwClock) clock = hw_clock_new_fixed (NOW);
  g_autoptr (GError) error = NULL;
  g_autoptr (HwStore) store = hw_store_open (path, HW_STORE_SERVER, clock, &error);
  HwAccount account = { .id = (char *) "018f0000-0000-7000-8000-000000000001",
                        .username = (char *) "auditor",
                        .name = (char *) STEERING,
                        .role = HW_ROLE_AUDITOR,
                        .password_hash = (char *) "none" };
  g_autofree char *token = NULL;

  g_assert_no_error (error);
  g_assert_true (hw_store_put_account (store, &account, &error));
  token = hw_store_create_session (store, &account, "018f0000-0000-7000-8000-000000000002", STEERING, NULL, &error);
  g_assert_no_error (error);
  hw_store_close (store);
}

/* (transfer full) what it printed. */
static char *
ask (const char *database, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
    = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("HOMEWARD_ADMIN"), "--database", database, what,
                        "list", NULL);
  g_autoptr (GBytes) printed = NULL;
  gsize size;
  const char *text;

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate (process, NULL, NULL, &printed, NULL, &error));
  g_assert_true (g_subprocess_get_successful (process));
  text = g_bytes_get_data (printed, &size);
  return g_strndup (text, size);
}

static void
test_admin (void)
{
  static const char *const lists[] = { "user", "device" };
  g_autofree char *folder = g_dir_make_tmp ("homeward-tools-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "server.db", NULL);
  g_autofree char *database = g_strconcat ("sqlite:", path, NULL);

  fill (path);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *text = ask (database, lists[i]);
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

      g_assert_nonnull (strstr (text, "\\x1b[2J"));
      g_assert_nonnull (strstr (text, "Laptop\\x0a\\x09admin\\u202e"));
      g_assert_cmpuint (g_strv_length (lines), ==, 2);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      for (const char *c = text; *c != '\0'; c++)
        g_assert_true ((guchar) *c >= ' ' || *c == '\n' || *c == '\t');
    }
  hw_test_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plain/each-kind", test_each_kind);
  g_test_add_func ("/plain/lists-of-homeward-admin", test_admin);
  return g_test_run ();
}
