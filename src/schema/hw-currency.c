/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Minor units of ISO 4217. A wrong exponent turns 280 dinars into 28 or 2,800, so the table is
 * written out rather than guessed: every currency is listed, and those without two digits apart.
 */
#include "schema/hw-currency.h"

#include <string.h>

typedef struct
{
  int exponent;
  const char *codes; /* each three letters and a space */
} CurrencyGroup;

static const CurrencyGroup groups[] = {
  { 0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF " },
  { 3, "BHD IQD JOD KWD LYD OMR TND " },
  { 4, "CLF UYW " },
  { 2,
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP "
    "BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR "
    "FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IRR JMD KES KGS KHR "
    "KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR "
    "MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK "
    "SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN "
    "UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG ZWL " },
};

int
hw_currency_exponent (const char *currency)
{
  if (currency == NULL || strlen (currency) != 3 || strchr (currency, ' ') != NULL)
    return -1;
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const char *code = groups[i].codes; *code != '\0'; code += 4)
      if (strncmp (code, currency, 3) == 0)
        return groups[i].exponent;
  return -1;
}
