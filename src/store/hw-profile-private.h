/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of HwProfile share, and what a vault says of whose it is and which server it belongs to, sealed in it.
 */
#pragma once

#include "store/hw-profile.h"

G_BEGIN_DECLS

struct _HwProfile
{
  GObject parent;

  char     *directory; /* (owned) */
  GKeyFile *file;      /* (owned) */
  char     *device_id; /* (owned) */
  gboolean  older;     /* the file is one that an earlier version wrote */
  char     *trouble;   /* (owned) (nullable) */
  HwActor  *actor;     /* (owned) (nullable) */

  /* Read by openings on their threads; written by the main thread alone, but for what a vault said. */
  GMutex            mutex;
  HwProfileAccount *chosen; /* (owned) (nullable) */
  HwProfileAccount *sealed; /* (owned) (nullable) what the vault said instead */
};

/* hw-profile.c */
HwProfileAccount *hw_profile_account_new (const char *vault, const char *server, const char *username);
void              hw_profile_account_free (HwProfileAccount *account);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwProfileAccount, hw_profile_account_free)
char             *hw_profile_account_directory (HwProfile *profile, const char *vault); /* (transfer full) */
HwProfileAccount *hw_profile_copy_chosen (HwProfile *profile); /* (transfer full) (nullable) any thread */
void              hw_profile_set_chosen (HwProfile *profile, HwProfileAccount *account); /* takes it; NULL: none */
void              hw_profile_write_account (HwProfile *profile, const HwProfileAccount *account);
gboolean          hw_profile_save (HwProfile *profile, GError **error);
gboolean          hw_profile_check_folder (const char *folder, GError **error);

/* hw-profile-seal.c */

typedef struct
{
  HwActor *actor;    /* (owned) */
  char    *server;   /* (owned) (nullable) sealed by an earlier version */
  char    *username; /* (owned) (nullable) likewise */
} HwProfileSeal;

gboolean       hw_profile_seal_write (HwVault *vault, const char *server, const char *username, const HwActor *actor, GError **error);
/* device: of this profile, for the actor. (transfer full) */
HwProfileSeal *hw_profile_seal_read (HwVault *vault, const char *device, GError **error);
void           hw_profile_seal_free (HwProfileSeal *seal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwProfileSeal, hw_profile_seal_free)

G_END_DECLS
