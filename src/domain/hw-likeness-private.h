/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is compared of a person.
 */
#pragma once

#include "domain/hw-likeness.h"

G_BEGIN_DECLS

/* One word of a name, beside how it sounds. */
typedef struct
{
  char *word;     /* (owned) folded */
  char *skeleton; /* (owned) */
} HwNameWord;

struct _HwTraits
{
  GPtrArray *given;   /* (owned) HwNameWord */
  GPtrArray *family;  /* (owned) */
  GPtrArray *aliases; /* (owned) */
  GPtrArray *phones;  /* (owned) utf8, E.164 */
  char *birth_date;   /* (owned) (nullable) */
  gboolean birth_is_exact;
  char *papers_birth_date; /* (owned) (nullable) */
  char *father, *mother;   /* (owned) (nullable) */
  char *id_number;         /* (owned) (nullable) folded, no spaces */
  char *gender;            /* (owned) (nullable) */
  char *province, *new_province, *commune; /* (owned) (nullable) */
};

G_END_DECLS
