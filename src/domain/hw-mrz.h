/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwMrz: the machine-readable lines at the foot of a travel document, as ICAO Doc 9303 describes
 * them: parts 5 (TD1, three lines of 30), 6 (TD2, two of 36) and 4 (TD3, two of 44); check digits
 * of part 3, section 4.9 (weights 7, 3, 1). Plain data and pure functions; any thread.
 */
#pragma once

#include "domain/hw-case-file.h"

G_BEGIN_DECLS

typedef enum
{
  HW_MRZ_TD1,
  HW_MRZ_TD2,
  HW_MRZ_TD3,
} HwMrzFormat;

typedef enum
{
  HW_MRZ_DIGIT_NUMBER,
  HW_MRZ_DIGIT_BIRTH,
  HW_MRZ_DIGIT_EXPIRY,
  HW_MRZ_DIGIT_PERSONAL, /* TD3 alone has one */
  HW_MRZ_DIGIT_COMPOSITE,
  HW_MRZ_N_DIGITS,
} HwMrzDigit;

typedef struct
{
  HwMrzFormat format;
  char *lines;       /* as they are kept: upper case, one newline between them */
  char *code;        /* "P", "PO", "I" … */
  char *issuer;      /* "BDI"; without fillers, as all below */
  char *nationality;
  char *family_name; /* words with one space between them */
  char *given_names;
  char *number;
  char *birth_date; /* (nullable) "1974-08-12"; NULL where the lines give no whole day */
  char *expires_on; /* (nullable) */
  char *personal;   /* optional data of TD3 */
  gboolean right[HW_MRZ_N_DIGITS]; /* the digit is there and is the one that comes out */
} HwMrz;

/* Reads what was typed, pasted or scanned: small letters, blanks, CR, LF or CR and LF between the
 * lines, or none at all. today decides the century of a birth (never in the future) and of an
 * expiry (within fifty years). NULL with an HW_SCHEMA_ERROR when these are not such lines; the
 * message is for a person and says which line is how long. A wrong check digit is no error. */
HwMrz *hw_mrz_parse (const char *text, const char *today, GError **error);
void hw_mrz_free (HwMrz *mrz);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwMrz, hw_mrz_free)

gboolean hw_mrz_is_right (const HwMrz *mrz); /* every check digit */
int hw_mrz_check_digit (const char *characters, gsize length); /* 0 to 9; −1 at a strange character */
/* "Burundi", or the code where the standard's own codes name no country. Never NULL. */
const char *hw_mrz_country (const char *code);

typedef enum
{
  HW_MRZ_READ,   /* read; nothing to hold it against */
  HW_MRZ_RIGHT,  /* its check digit comes out, or it agrees */
  HW_MRZ_DIFFERS, /* the record says something else */
  HW_MRZ_WRONG,  /* its check digit does not come out: misread, mistyped, or not genuine */
} HwMrzVerdict;

typedef struct
{
  HwFieldId field;      /* of the travel document; HW_FIELD_NONE for the rest */
  HwMrzVerdict verdict;
  const char *label;    /* translated */
  char *value;          /* (owned) (nullable) as read */
  char *recorded;       /* (owned) (nullable) what the record says, where that differs */
  char *words;          /* (owned) one sentence, translated */
} HwMrzReading;

/* One verdict for each thing the lines say, in reading order: number, birth, expiry, name, issuer,
 * the whole. holder (nullable): the person, or the request to the mission, whose name and birth
 * they are held against. (element-type HwMrzReading) (transfer full) */
GPtrArray *hw_mrz_readings (const HwMrz *mrz, HwRecord *document, HwRecord *holder);

/* Of the people of a case the one whose name the lines give; the survivor where none fits. A document
 * carries no person, because its mission must not learn who else travels. (nullable) */
HwRecord *hw_mrz_holder (const HwMrz *mrz, HwCaseFile *file);

/* What this says for a field of the document: number, expires_on, issuer; (transfer full) (nullable)
 * for other fields, and for what did not come out right. */
HwValue *hw_mrz_value (const HwMrz *mrz, HwFieldId field);

/* NULL when the lines of the document, if it has any, come out right and agree with its number and
 * date; otherwise one sentence that says what does not. (transfer full) */
char *hw_mrz_objection (HwRecord *document, const char *today);

G_END_DECLS
