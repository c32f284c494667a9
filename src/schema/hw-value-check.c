/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether a value may stand in a field. Messages name the field by its label and say what would be
 * right; they never repeat the value, because errors end in logs and on other people's screens.
 */
#include "schema/hw-currency.h"
#include "schema/hw-iso.h"
#include "schema/hw-value-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/hw-base.h"

#define MAX_MEMBERS 200
#define MAX_MEMBER_BYTES 400

typedef gboolean (*CheckText) (const char *text);

static gboolean
refuse (const HwFieldDef *field, HwSchemaError code, const char *reason, GError **error)
{
  g_set_error (error, HW_SCHEMA_ERROR, code, "%s: %s", _ (field->label), reason);
  return FALSE;
}

gboolean
hw_value_refuse_shape (const HwFieldDef *field, GError **error)
{
  return refuse (field, HW_SCHEMA_ERROR_KIND, _ ("not the kind of value that belongs here"), error);
}

HwShape
hw_kind_shape (HwKind kind)
{
  switch (kind)
    {
      case HW_KIND_INTEGER:
      case HW_KIND_BOOLEAN:
        return HW_SHAPE_INTEGER;
      case HW_KIND_HISTORY_DATE:
      case HW_KIND_LOCAL_TIME:
        return HW_SHAPE_PAIR;
      case HW_KIND_MONEY:
        return HW_SHAPE_MONEY;
      default:
        return hw_kind_is_set (kind) ? HW_SHAPE_SET : HW_SHAPE_TEXT;
    }
}

gboolean
hw_precision_valid (const char *precision)
{
  static const char *const precisions[] = { "day", "month", "year", "estimated", NULL };

  return precision != NULL && g_strv_contains (precisions, precision);
}

/* Control characters have no place in a name; long texts may break lines. */
static gboolean
check_characters (const char *text, gboolean lines)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at++)
    if (((guchar)*at < 0x20 && !(lines && strchr ("\n\r\t", *at) != NULL)) || *at == 0x7f)
      return FALSE;
  return TRUE;
}

static gboolean
user_valid (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr ("-_.:@", *at) == NULL)
      return FALSE;
  return *text != '\0';
}

static gboolean
country_valid (const char *text)
{
  return hw_country_name (text) != NULL;
}

static gboolean
language_valid (const char *text)
{
  return hw_language_name (text) != NULL;
}

static gboolean
currency_valid (const char *text)
{
  return hw_currency_exponent (text) >= 0;
}

static gboolean
timestamp_valid (const char *text)
{
  gint64 us;

  return hw_instant_parse (text, &us);
}

/* What a single text of this kind must be, and how to say so. */
static CheckText
text_check (HwKind kind, const char **reason)
{
  switch (kind)
    {
      case HW_KIND_REFERENCE:
      case HW_KIND_REFERENCE_SET:
        *reason = _ ("not the id of a record");
        return hw_uuid_valid;
      case HW_KIND_DATE:
        *reason = _ ("must be a day, such as 2026-11-24");
        return hw_date_valid;
      case HW_KIND_TIMESTAMP:
        *reason = _ ("must be a time with its offset, such as 2026-11-24T09:00:00+03:00");
        return timestamp_valid;
      case HW_KIND_TIME_OF_DAY:
        *reason = _ ("must be a time of day, such as 23:00");
        return hw_time_of_day_valid;
      case HW_KIND_COUNTRY:
      case HW_KIND_COUNTRY_SET:
        *reason = _ ("must be a country, by its two letters");
        return country_valid;
      case HW_KIND_LANGUAGE:
      case HW_KIND_LANGUAGE_SET:
        *reason = _ ("must be a language, by its three letters");
        return language_valid;
      case HW_KIND_CURRENCY:
        *reason = _ ("must be a currency, by its three letters");
        return currency_valid;
      case HW_KIND_PHONE:
        *reason = _ ("must be a phone number with its country, such as +257…");
        return hw_phone_valid;
      case HW_KIND_ZONE:
        *reason = _ ("must be a time zone, such as Africa/Bujumbura");
        return hw_zone_valid;
      case HW_KIND_USER:
        *reason = _ ("must be the account of a colleague");
        return user_valid;
      default:
        return NULL;
    }
}

static gboolean
check_text (const HwFieldDef *field, const char *text, guint max_bytes, GError **error)
{
  const char *reason = NULL;
  CheckText check = text_check (field->kind, &reason);
  gboolean lines = field->kind == HW_KIND_LONG_TEXT;

  if (*text == '\0')
    return refuse (field, HW_SCHEMA_ERROR_FORMAT, _ ("is empty; leave it out instead"), error);
  if (strlen (text) > max_bytes)
    return refuse (field, HW_SCHEMA_ERROR_TOO_LONG, _ ("is too long"), error);
  if (!check_characters (text, lines))
    return refuse (field, HW_SCHEMA_ERROR_FORMAT, _ ("holds signs that are not text"), error);
  if (field->n_choices > 0 && hw_field_choice (field, text) == NULL)
    return refuse (field, HW_SCHEMA_ERROR_CHOICE, _ ("is none of the possible answers"), error);
  if (check != NULL && !check (text))
    return refuse (field, HW_SCHEMA_ERROR_FORMAT, reason, error);
  return TRUE;
}

static gboolean
check_set (const HwFieldDef *field, const HwValue *value, GError **error)
{
  const char *const *members = hw_value_set (value);
  gsize bytes = 0;

  for (guint i = 0; members[i] != NULL; i++)
    {
      bytes += strlen (members[i]);
      if (i >= MAX_MEMBERS || bytes > field->max_length)
        return refuse (field, HW_SCHEMA_ERROR_TOO_LONG, _ ("has too many entries"), error);
      if (!check_text (field, members[i], MAX_MEMBER_BYTES, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_integer (const HwFieldDef *field, gint64 number, GError **error)
{
  if (field->kind == HW_KIND_BOOLEAN && (number < 0 || number > 1))
    return refuse (field, HW_SCHEMA_ERROR_FORMAT, _ ("must be yes or no"), error);
  if (number < field->minimum || number > field->maximum)
    return refuse (
      field, HW_SCHEMA_ERROR_FORMAT, _ ("is a number outside the possible range"), error);
  return TRUE;
}

static gboolean
check_pair (const HwFieldDef *field, const HwValue *value, GError **error)
{
  const char *text = hw_value_text (value);
  const char *unit = hw_value_unit (value);

  if (field->kind == HW_KIND_HISTORY_DATE)
    return (hw_date_valid (text) && hw_precision_valid (unit))
           || refuse (field, HW_SCHEMA_ERROR_FORMAT, _ ("must be a day and how sure it is"), error);
  return (hw_wall_clock_valid (text) && hw_zone_valid (unit))
         || refuse (field,
                    HW_SCHEMA_ERROR_FORMAT,
                    _ ("must be a time such as 2026-11-27T01:15 and its time zone"),
                    error);
}

static gboolean
check_money (const HwFieldDef *field, const HwValue *value, GError **error)
{
  gint64 minor = hw_value_integer (value);

  if (!currency_valid (hw_value_unit (value)))
    return refuse (
      field, HW_SCHEMA_ERROR_FORMAT, _ ("must name its currency by three letters"), error);
  if (minor < 0 || minor > field->maximum)
    return refuse (
      field, HW_SCHEMA_ERROR_FORMAT, _ ("is an amount outside the possible range"), error);
  return TRUE;
}

gboolean
hw_value_check (const HwFieldDef *field, const HwValue *value, GError **error)
{
  g_return_val_if_fail (field != NULL, FALSE);

  if (value == NULL)
    return TRUE;
  if (hw_value_shape (value) != hw_kind_shape (field->kind))
    return hw_value_refuse_shape (field, error);
  switch (hw_value_shape (value))
    {
      case HW_SHAPE_INTEGER:
        return check_integer (field, hw_value_integer (value), error);
      case HW_SHAPE_SET:
        return check_set (field, value, error);
      case HW_SHAPE_PAIR:
        return check_pair (field, value, error);
      case HW_SHAPE_MONEY:
        return check_money (field, value, error);
      case HW_SHAPE_TEXT:
      default:
        return check_text (field, hw_value_text (value), field->max_length, error);
    }
}
