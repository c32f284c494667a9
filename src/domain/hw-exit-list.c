/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An overstay grows by the day: what a form says of it is the sum as somebody last heard it; what
 * the list says is today's, by the rule, and where no rule is known, the sum that was heard.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-exit-list.h"

#include "base/hw-base.h"
#include "domain/hw-facts-private.h"

gboolean
hw_exit_is_settled (HwRecord *item)
{
  static const char *const settled[] = { HW_EXIT_CLEARANCE_STATUS_CLEARED,
                                         HW_EXIT_CLEARANCE_STATUS_WAIVED,
                                         HW_EXIT_CLEARANCE_STATUS_PAID,
                                         HW_EXIT_CLEARANCE_STATUS_NOT_NEEDED,
                                         NULL };

  return hw_facts_status_in (item, settled);
}

static void
entry_free (gpointer data)
{
  HwExitEntry *entry = data;

  g_clear_object (&entry->record);
  g_clear_pointer (&entry->due, hw_value_unref);
  g_free (entry->cancel_day);
  g_free (entry);
}

static void
judge_overstay (HwExitEntry *entry, HwRecord *rule, const char *day)
{
  const char *from = hw_record_get_text (entry->record, HW_FIELD_EXIT_CLEARANCE_COUNTED_FROM);

  entry->has_fine = hw_country_rule_fine (rule, from, day, &entry->fine);
  if (entry->has_fine && !entry->settled)
    entry->due = hw_value_new_money (entry->fine.minor, entry->fine.currency);
}

static void
judge (HwExitEntry *entry, HwRecord *rule, const char *day)
{
  HwValue *amount = hw_record_get (entry->record, HW_FIELD_EXIT_CLEARANCE_AMOUNT);

  entry->settled = hw_exit_is_settled (entry->record);
  if (hw_record_is (
        entry->record, HW_FIELD_EXIT_CLEARANCE_ITEM, HW_EXIT_CLEARANCE_ITEM_OVERSTAY_FINE))
    judge_overstay (entry, rule, day);
  if (entry->due == NULL && amount != NULL && !entry->settled)
    entry->due = hw_value_ref (amount);
  if (!entry->settled
      && hw_record_is (
        entry->record, HW_FIELD_EXIT_CLEARANCE_ITEM, HW_EXIT_CLEARANCE_ITEM_ABSCONDING_REPORT))
    entry->cancel_day = hw_country_rule_cancel_day (
      rule, hw_record_get_text (entry->record, HW_FIELD_EXIT_CLEARANCE_REPORTED_ON));
}

static HwExitEntry *
add_entry (HwExitList *list, const HwChoice *item, HwRecord *record, gboolean asked)
{
  HwExitEntry *entry = g_new0 (HwExitEntry, 1);

  entry->item = item;
  entry->asked = asked;
  g_set_object (&entry->record, record);
  g_ptr_array_add (list->entries, entry);
  if (record == NULL)
    list->n_missing++;
  return entry;
}

/* Money of different currencies is never added up. */
static void
add_sum (HwExitList *list, HwValue *due)
{
  for (guint i = 0; i < list->sums->len; i++)
    {
      HwValue *sum = g_ptr_array_index (list->sums, i);

      if (g_strcmp0 (hw_value_unit (sum), hw_value_unit (due)) != 0
          || hw_value_integer (due) > G_MAXINT64 - hw_value_integer (sum))
        continue;
      list->sums->pdata[i] = hw_value_new_money (
        hw_value_integer (sum) + hw_value_integer (due), hw_value_unit (due));
      hw_value_unref (sum);
      return;
    }
  g_ptr_array_add (list->sums, hw_value_ref (due));
}

static void
add_records (HwExitList *list, GPtrArray *records, const HwChoice *item, gboolean asked)
{
  guint before = list->entries->len;

  for (guint i = 0; i < records->len; i++)
    {
      HwRecord *record = g_ptr_array_index (records, i);
      const char *nick = hw_record_get_text (record, HW_FIELD_EXIT_CLEARANCE_ITEM);

      if (g_strcmp0 (nick, item != NULL ? item->nick : NULL) == 0)
        add_entry (list, item, record, asked);
    }
  if (asked && list->entries->len == before)
    add_entry (list, item, NULL, TRUE);
}

static void
add_all (HwExitList *list, GPtrArray *records)
{
  const HwFieldDef *field = hw_schema_field (HW_FIELD_EXIT_CLEARANCE_ITEM);
  HwValue *asked
    = list->rule != NULL ? hw_record_get (list->rule, HW_FIELD_COUNTRY_RULE_ITEMS) : NULL;

  for (guint i = 0; i < field->n_choices; i++)
    if (hw_value_set_contains (asked, field->choices[i].nick))
      add_records (list, records, &field->choices[i], TRUE);
  for (guint i = 0; i < field->n_choices; i++)
    if (!hw_value_set_contains (asked, field->choices[i].nick))
      add_records (list, records, &field->choices[i], FALSE);
  add_records (list, records, NULL, FALSE);
}

HwExitList *
hw_exit_list_new (HwCaseFile *file, const char *day)
{
  HwExitList *list = g_new0 (HwExitList, 1);

  list->entries = g_ptr_array_new_with_free_func (entry_free);
  list->sums = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_value_unref);
  g_set_object (&list->rule, hw_country_rule_of_case (file, day));
  add_all (list, hw_case_file_of_type (file, HW_TYPE_ID_EXIT_CLEARANCE));
  for (guint i = 0; i < list->entries->len; i++)
    {
      HwExitEntry *entry = g_ptr_array_index (list->entries, i);

      if (entry->record == NULL)
        continue;
      judge (entry, list->rule, day);
      list->n_open += entry->settled ? 0 : 1;
      if (entry->due != NULL)
        add_sum (list, entry->due);
    }
  return list;
}

void
hw_exit_list_free (HwExitList *list)
{
  g_clear_object (&list->rule);
  g_ptr_array_unref (list->entries);
  g_ptr_array_unref (list->sums);
  g_free (list);
}
