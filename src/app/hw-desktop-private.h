/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the two files of HwDesktop share.
 */
#pragma once

#include "app/hw-desktop.h"

G_BEGIN_DECLS

struct _HwDesktop
{
  GObject parent;

  HwProfile    *profile; /* (owned) */
  HwClock      *clock;   /* (owned) */
  HwVault      *vault;   /* (owned) (nullable) open as long as the store is */
  HwStore      *store;   /* (owned) (nullable) */
  HwSyncEngine *engine;  /* (owned) (nullable) */
  char         *zone;    /* (owned) (nullable) the office's, looked up once per unlock */
  guint         wrong_passphrases;
  gboolean      locking; /* what is being saved must not begin it again */
  /* The server let somebody in whose data here is not open yet. */
  HwSignIn *sign_in;          /* (owned) (nullable) */
  char     *sign_in_username; /* (owned) (nullable) */
  char     *sign_in_password; /* (owned) (nullable) overwritten when dropped */
};

/* hw-desktop.c */
void hw_desktop_emit_unlocked (HwDesktop *self);
void hw_desktop_emit_locking (HwDesktop *self);
void hw_desktop_emit_locked (HwDesktop *self);
void hw_desktop_emit_wiped (HwDesktop *self, const char *text);

G_END_DECLS
