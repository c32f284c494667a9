/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The specimens of ICAO Doc 9303, parts 4, 5 and 6, and invented documents of Burundi. Every
 * single digit that is misread must show.
 */
#include "fixture.h"

#include "domain/hw-mrz.h"

#include <string.h>

#define TD1                                                                                        \
  "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
#define TD1_LONG                                                                                   \
  "I<UTOD23145890<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<"
#define TD2 "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6"
#define TD3                                                                                        \
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
#define ALINE                                                                                      \
  "P<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<<<<<<<<<\nLP00123455BDI0009151F2702102<<<<<<<<<<<<<<08"
#define DIVINE                                                                                     \
  "P<BDINDUWIMANA<<DIVINE<<<<<<<<<<<<<<<<<<<<<<\nOP04567012BDI0903031F31010231102<33<<<<<<<84"
#define ALINE_TD2 "I<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<\nLP00123455BDI0009151F2702102<<<<<<<8"
#define CHANTAL                                                                                    \
  "I<BDI5310204412<<<<<<<<<<<<<<<\n9501212F2906302BDI<<<<<<<<<<<0\nHAKIZIMANA<<CHANTAL<<<<<<<<<<<"
#define JEAN                                                                                       \
  "I<BDIBI2026004<4177<<<<<<<<<<<\n9907043M3001019BDI<<<<<<<<<<<2\nBIGIRIMANA<<JEAN<MARIE<<<<<<<<"

static const struct
{
  const char *text;
  HwMrzFormat format;
  const char *issuer, *family, *given, *number, *birth, *expires;
} specimens[] = {
  { TD1, HW_MRZ_TD1, "UTO", "ERIKSSON", "ANNA MARIA", "D23145890", "1974-08-12", "2012-04-15" },
  { TD1_LONG, HW_MRZ_TD1, "UTO", "STEVENSON", "PETER JOHN", "D23145890734", "1934-07-12", "1995-07-12" },
  { TD2, HW_MRZ_TD2, "UTO", "ERIKSSON", "ANNA MARIA", "D23145890", "1974-08-12", "2012-04-15" },
  { TD3, HW_MRZ_TD3, "UTO", "ERIKSSON", "ANNA MARIA", "L898902C3", "1974-08-12", "2012-04-15" },
  { ALINE, HW_MRZ_TD3, "BDI", "NIYONKURU", "ALINE", "LP0012345", "2000-09-15", "2027-02-10" },
  { DIVINE, HW_MRZ_TD3, "BDI", "NDUWIMANA", "DIVINE", "OP0456701", "2009-03-03", "2031-01-02" },
  { ALINE_TD2, HW_MRZ_TD2, "BDI", "NIYONKURU", "ALINE", "LP0012345", "2000-09-15", "2027-02-10" },
  { CHANTAL, HW_MRZ_TD1, "BDI", "HAKIZIMANA", "CHANTAL", "531020441", "1995-01-21", "2029-06-30" },
  { JEAN, HW_MRZ_TD1, "BDI", "BIGIRIMANA", "JEAN MARIE", "BI2026004417", "1999-07-04", "2030-01-01" },
};

static HwMrz *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  HwMrz *mrz = hw_mrz_parse (text, TODAY, &error);

  g_assert_no_error (error);
  return mrz;
}

static void
test_specimens (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (specimens); i++)
    {
      g_autoptr (HwMrz) mrz = parse (specimens[i].text);

      g_assert_cmpint (mrz->format, ==, specimens[i].format);
      g_assert_cmpstr (mrz->issuer, ==, specimens[i].issuer);
      g_assert_cmpstr (mrz->nationality, ==, specimens[i].issuer);
      g_assert_cmpstr (mrz->family_name, ==, specimens[i].family);
      g_assert_cmpstr (mrz->given_names, ==, specimens[i].given);
      g_assert_cmpstr (mrz->number, ==, specimens[i].number);
      g_assert_cmpstr (mrz->birth_date, ==, specimens[i].birth);
      g_assert_cmpstr (mrz->expires_on, ==, specimens[i].expires);
      g_assert_cmpstr (mrz->lines, ==, specimens[i].text);
      g_assert_true (hw_mrz_is_right (mrz));
    }
}

/* The weights are such that one digit read for another always shows, in its own check or in the
 * last one: this is all that stands between a typing error and a closed counter. */
static void
test_every_misread_digit (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (specimens); i++)
    {
      gsize length = strlen (specimens[i].text);
      gsize first = specimens[i].format == HW_MRZ_TD1 ? 5 : strcspn (specimens[i].text, "\n");
      guint tried = 0;

      for (gsize at = first; at < length; at++)
        for (char digit = '0'; g_ascii_isdigit (specimens[i].text[at]) && digit <= '9'; digit++)
          {
            g_autofree char *changed = g_strdup (specimens[i].text);
            g_autoptr (HwMrz) mrz = NULL;

            if (changed[at] == digit)
              continue;
            changed[at] = digit;
            mrz = parse (changed);
            g_assert_false (hw_mrz_is_right (mrz));
            tried++;
          }
      g_assert_cmpuint (tried, >, 150);
    }
}

static void
test_names_the_wrong_digit (void)
{
  static const struct
  {
    gsize at;
    HwMrzDigit digit;
  } places[] = { { 45, HW_MRZ_DIGIT_NUMBER }, { 58, HW_MRZ_DIGIT_BIRTH }, { 66, HW_MRZ_DIGIT_EXPIRY },
                 { 76, HW_MRZ_DIGIT_PERSONAL }, { 88, HW_MRZ_DIGIT_COMPOSITE } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *changed = g_strdup (TD3);
      g_autoptr (HwMrz) mrz = NULL;

      changed[places[i].at] = changed[places[i].at] == '9' ? '8' : changed[places[i].at] + 1;
      mrz = parse (changed);
      for (guint digit = 0; digit < HW_MRZ_DIGIT_COMPOSITE; digit++)
        g_assert_cmpint (mrz->right[digit], ==, digit != places[i].digit);
      g_assert_false (mrz->right[HW_MRZ_DIGIT_COMPOSITE]);
    }
}

/* As hands, letters and scanners send them. */
static void
test_shapes (void)
{
  static const char *const shapes[] = {
    "p<bdiniyonkuru<<aline<<<<<<<<<<<<<<<<<<<<<<<\nlp00123455bdi0009151f2702102<<<<<<<<<<<<<<08",
    "\r\n P<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<<<<<<<<<\r\nLP00123455BDI0009151F2702102<<<<<<<<<<<<<<08\r\n",
    "P<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<<<<<<<<<\rLP00123455BDI0009151F2702102<<<<<<<<<<<<<<08\r",
    "P<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<<<<<<<<<\n\n\nLP00123455 BDI 0009151 F 2702102 <<<<<<<<<<<<<<08",
    "P<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<<<<<<<<<LP00123455BDI0009151F2702102<<<<<<<<<<<<<<08",
  };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autoptr (HwMrz) mrz = parse (shapes[i]);

      g_assert_cmpstr (mrz->lines, ==, ALINE);
      g_assert_true (hw_mrz_is_right (mrz));
    }
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *text, *says;
  } bad[] = {
    { NULL, "longer" },
    { "", "0 lines" },
    { "P<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<<<<<<<<<", "1 line" },
    { "P<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<<<<<<<<\nLP00123455BDI0009151F2702102<<<<<<<<<<<<<<08",
      "Line 1 has 43 characters; 44" },
    { "P<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<<<<<<<<<\nLP00123455BDI0009151F2702102<<<<<<<<<<<<<08",
      "Line 2 has 43 characters; 44" },
    { "I<BDI5310204412<<<<<<<<<<<<<<<\n9501212F2906302BDI<<<<<<<<<<<\nHAKIZIMANA<<CHANTAL<<<<<<<<<<<",
      "Line 2 has 29 characters; 30" },
    { "P<BDINIYONKURU<<ÁLINE<<<<<<<<<<<<<<<<<<<<<<\nLP00123455BDI0009151F2702102<<<<<<<<<<<<<<08",
      "Line 1 has something" },
    { "V<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<<<<<<<<<\nLP00123455BDI0009151F2702102<<<<<<<<<<<<<<08",
      "visa" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (hw_mrz_parse (bad[i].text, TODAY, &error));
      g_assert_error (error, HW_SCHEMA_ERROR, HW_SCHEMA_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, bad[i].says));
    }
}

/* Some papers give no day of birth; the lines then have fillers, which the digit covers as well. */
static void
test_unknown_birth_day (void)
{
  g_autofree char *text = g_strdup (
    "P<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<<<<<<<<<\nLP00123455BDI00<<<<0F2702102<<<<<<<<<<<<<<02");
  g_autoptr (HwMrz) mrz = parse (text);

  g_assert_null (mrz->birth_date);
  g_assert_true (mrz->right[HW_MRZ_DIGIT_BIRTH]);
  g_assert_true (mrz->right[HW_MRZ_DIGIT_COMPOSITE]);
}

/* "R" right, "D" differs, "W" wrong, "-" read only: number, birth, expiry, name, issuer, whole. */
static char *
verdicts (const char *text, HwRecord *document, HwRecord *holder)
{
  g_autoptr (HwMrz) mrz = parse (text);
  g_autoptr (GPtrArray) readings = hw_mrz_readings (mrz, document, holder);
  GString *letters = g_string_new (NULL);

  for (guint i = 0; i < readings->len; i++)
    {
      HwMrzReading *reading = g_ptr_array_index (readings, i);

      g_assert_nonnull (reading->words);
      g_string_append_c (letters, "-RDW"[reading->verdict]);
    }
  return g_string_free (letters, FALSE);
}

#define assert_verdicts(text, document, holder, expected)                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found = verdicts (text, document, holder);                                    \
    g_assert_cmpstr (found, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static void
test_readings (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *document = fixture_add (f, HW_TYPE_ID_TRAVEL_DOCUMENT);
  HwRecord *person = fixture_add (f, HW_TYPE_ID_PERSON);

  assert_verdicts (ALINE, document, NULL, "RRR--R");
  put (document, HW_FIELD_TRAVEL_DOCUMENT_NUMBER, "LP 0012345");
  put (document, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON, "2027-02-10");
  put (document, HW_FIELD_TRAVEL_DOCUMENT_ISSUER, "Embassy of Burundi, Kuwait");
  put (person, HW_FIELD_PERSON_GIVEN_NAMES, "Aliné");
  put (person, HW_FIELD_PERSON_FAMILY_NAME, "Niyonkuru");
  put_pair (person, HW_FIELD_PERSON_BIRTH_DATE, "2000-09-15", "day");
  assert_verdicts (ALINE, document, person, "RRRRRR");
  put (document, HW_FIELD_TRAVEL_DOCUMENT_NUMBER, "LP0012354");
  put (document, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON, "2028-02-10");
  put (document, HW_FIELD_TRAVEL_DOCUMENT_ISSUER, "Embassy of Rwanda");
  put (person, HW_FIELD_PERSON_FAMILY_NAME, "Hakizimana");
  put_pair (person, HW_FIELD_PERSON_BIRTH_DATE, "2001-01-01", "day");
  assert_verdicts (ALINE, document, person, "DDDDDR");
  put_pair (person, HW_FIELD_PERSON_BIRTH_DATE, "2000-01-01", "year");
  assert_verdicts (ALINE, document, person, "DRDDDR");
}

static void
test_request_as_holder (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *document = fixture_add (f, HW_TYPE_ID_TRAVEL_DOCUMENT);
  HwRecord *request = fixture_add (f, HW_TYPE_ID_EMBASSY_REQUEST);

  put (request, HW_FIELD_EMBASSY_REQUEST_FAMILY_NAME, "Niyonkuru");
  put_pair (request, HW_FIELD_EMBASSY_REQUEST_BIRTH_DATE, "2000-09-16", "day");
  assert_verdicts (ALINE, document, request, "RDRR-R");
}

static void
test_objection (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  HwRecord *document = fixture_add (f, HW_TYPE_ID_TRAVEL_DOCUMENT);

#define assert_objects(part)                                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *words = hw_mrz_objection (document, TODAY);                                   \
    g_assert_true (part == NULL ? words == NULL : words != NULL && strstr (words, part ? part : "")); \
  }                                                                                                \
  G_STMT_END

  assert_objects (NULL);
  put (document, HW_FIELD_TRAVEL_DOCUMENT_MRZ, ALINE);
  assert_objects (NULL);
  put (document, HW_FIELD_TRAVEL_DOCUMENT_NUMBER, "LP0012354");
  assert_objects ("Number: the lines say LP0012345. The record says LP0012354");
  clear (document, HW_FIELD_TRAVEL_DOCUMENT_NUMBER);
  put (document, HW_FIELD_TRAVEL_DOCUMENT_MRZ, "LP0012345");
  assert_objects ("cannot be read");
#undef assert_objects
}

static void
test_values (void)
{
  g_autoptr (HwMrz) mrz = parse (ALINE);
  g_autoptr (HwValue) number = hw_mrz_value (mrz, HW_FIELD_TRAVEL_DOCUMENT_NUMBER);
  g_autoptr (HwValue) expires = hw_mrz_value (mrz, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON);
  g_autoptr (HwValue) issuer = hw_mrz_value (mrz, HW_FIELD_TRAVEL_DOCUMENT_ISSUER);
  g_autoptr (HwMrz) wrong = parse (
    "P<BDINIYONKURU<<ALINE<<<<<<<<<<<<<<<<<<<<<<<\nLP00123458BDI0009151F2702109<<<<<<<<<<<<<<02");

  g_assert_cmpstr (hw_value_text (number), ==, "LP0012345");
  g_assert_cmpstr (hw_value_text (expires), ==, "2027-02-10");
  g_assert_cmpstr (hw_value_text (issuer), ==, "Burundi");
  g_assert_null (hw_mrz_value (mrz, HW_FIELD_TRAVEL_DOCUMENT_KIND));
  g_assert_null (hw_mrz_value (wrong, HW_FIELD_TRAVEL_DOCUMENT_NUMBER));
  g_assert_null (hw_mrz_value (wrong, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mrz/specimens-of-the-standard-and-of-burundi", test_specimens);
  g_test_add_func ("/mrz/every-misread-digit-shows", test_every_misread_digit);
  g_test_add_func ("/mrz/says-which-digit-is-wrong", test_names_the_wrong_digit);
  g_test_add_func ("/mrz/typed-pasted-scanned-in-one-stretch", test_shapes);
  g_test_add_func ("/mrz/refusals-say-which-line-is-how-long", test_refusals);
  g_test_add_func ("/mrz/unknown-day-of-birth", test_unknown_birth_day);
  g_test_add_func ("/mrz/readings/held-against-record-and-person", test_readings);
  g_test_add_func ("/mrz/readings/held-against-the-request", test_request_as_holder);
  g_test_add_func ("/mrz/objection", test_objection);
  g_test_add_func ("/mrz/fills-only-what-came-out", test_values);
  return g_test_run ();
}
