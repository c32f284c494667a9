/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of HwDesktop share.
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
  HwVeil       *veil;    /* (owned) closed while locked */
  char         *zone;    /* (owned) (nullable) the office's, looked up once per unlock */
  guint         wrong_passphrases;
  int           turn; /* of opening; a lock begins the next. Atomic: openings read it on their threads */
  GMutex        opening; /* one store at a time */
  gboolean      locking; /* what is being saved must not begin it again */
  gboolean      was_open; /* or was told to lock: the keyring does not open it any more */
  /* The server let somebody in whose data here is not open yet. */
  HwSignIn *sign_in;          /* (owned) (nullable) */
  char     *sign_in_username; /* (owned) (nullable) known before it let her in */
  char     *sign_in_password; /* (owned) (nullable) overwritten when dropped */
};

/* hw-desktop.c */
void hw_desktop_emit_unlocked (HwDesktop *self);
void hw_desktop_emit_locking (HwDesktop *self);
void hw_desktop_emit_locked (HwDesktop *self);
void hw_desktop_emit_wiped (HwDesktop *self, const char *text);

/* hw-desktop-remember.c */
void     hw_desktop_remember_again (HwDesktop *self); /* opened by the passphrase: a new secret, where it is wished */
void     hw_desktop_ask_again (HwDesktop *self);      /* before a lock: the keyring's secret opens nothing from now on */
void     hw_desktop_forget_remembered (const char *vault_directory);
/* Blocks; not on the main thread. vault, actor: (out) (transfer full). */
gboolean hw_desktop_open_remembered_vault (HwDesktop *self, GCancellable *cancellable, HwVault **vault, HwActor **actor,
                                           GError **error);

G_END_DECLS
