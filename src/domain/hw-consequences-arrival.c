/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The visits that follow an arrival. They belong to the journey, not to the word that it ended: an
 * arrival written twice, or corrected, moves them and makes no others.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-effects-private.h"

#include "base/hw-base.h"

#define FOLLOW_UP_WINDOW_DAYS 14
#define MOST_MONTHS 120

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

/* A set is sorted as text ("1", "12", "3"); the months are numbers. */
static GArray *
follow_up_months (HwCaseFile *file)
{
  static const int usual[] = { 1, 3, 6, 12 };
  HwRecord *office = hw_case_file_office (file);
  GArray *months = g_array_new (FALSE, FALSE, sizeof (int));
  const char *const *set = hw_value_set (
    office != NULL ? hw_record_get (office, HW_FIELD_OFFICE_FOLLOWUP_MONTHS) : NULL);

  for (guint i = 0; set[i] != NULL; i++)
    {
      int month = (int)g_ascii_strtoll (set[i], NULL, 10);

      if (month > 0 && month <= MOST_MONTHS)
        g_array_append_val (months, month);
    }
  if (months->len == 0)
    g_array_append_vals (months, usual, G_N_ELEMENTS (usual));
  g_array_sort (months, compare_numbers);
  return months;
}

static gboolean
is_planned (HwCaseFile *file, const char *day)
{
  GPtrArray *visits = hw_case_file_of_type (file, HW_TYPE_ID_FOLLOW_UP);

  for (guint i = 0; i < visits->len; i++)
    if (hw_record_is (g_ptr_array_index (visits, i), HW_FIELD_FOLLOW_UP_DUE_ON, day))
      return TRUE;
  return FALSE;
}

/* Nobody has written in it since this rule did. */
static gboolean
is_untouched (HwRecord *visit)
{
  const char *by = hw_record_updated_by (visit);

  return by != NULL && g_str_has_prefix (by, "system:")
         && hw_record_is (visit, HW_FIELD_FOLLOW_UP_STATUS, HW_FOLLOW_UP_STATUS_DUE);
}

static void
add_visit (HwEffects *effects, const char *id, const char *due)
{
  g_autoptr (HwValue) window = hw_value_new_integer (FOLLOW_UP_WINDOW_DAYS);
  HwOperation *operation = hw_effect_on (effects, HW_ACTION_CREATE, HW_TYPE_ID_FOLLOW_UP, id);

  hw_operation_set_text (operation, HW_FIELD_FOLLOW_UP_DUE_ON, due, 0);
  hw_operation_set (operation, HW_FIELD_FOLLOW_UP_WINDOW_DAYS, window, 0);
  hw_operation_set_text (operation, HW_FIELD_FOLLOW_UP_STATUS, HW_FOLLOW_UP_STATUS_DUE, 0);
}

static void
plan_visit (HwEffects *effects, const char *arrived, int month)
{
  g_autofree char *due = hw_date_add_months (arrived, month);
  g_autofree char *name = g_strdup_printf ("follow-up:%d", month);
  g_autofree char *id = hw_uuid_v5 (hw_record_id (effects->after), name);
  HwRecord *visit = hw_case_file_lookup (effects->file, id);

  if (visit == NULL)
    {
      if (!is_planned (effects->file, due))
        add_visit (effects, id, due);
    }
  else if (is_untouched (visit))
    {
      hw_effect_set_text (effects, visit, HW_FIELD_FOLLOW_UP_DUE_ON, due);
    }
}

void
hw_effects_of_arrival (HwEffects *effects)
{
  HwRecord *movement = effects->after;
  gint64 us = effects->context->now_us;
  g_autoptr (GArray) months = NULL;
  g_autofree char *arrived = NULL;

  if (g_strcmp0 (hw_record_status (movement), HW_MOVEMENT_STATUS_ARRIVED) != 0
      || (!hw_effect_reached (effects, HW_MOVEMENT_STATUS_ARRIVED)
          && hw_value_equal (hw_record_get (effects->before, HW_FIELD_MOVEMENT_ARRIVED_AT),
                             hw_record_get (movement, HW_FIELD_MOVEMENT_ARRIVED_AT))))
    return;
  hw_facts_instant (movement, HW_FIELD_MOVEMENT_ARRIVED_AT, &us);
  arrived = hw_date_of_instant (us, effects->zone);
  months = follow_up_months (effects->file);
  for (guint i = 0; i < months->len; i++)
    plan_visit (effects, arrived, g_array_index (months, int, i));
}
