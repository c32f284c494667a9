/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A travel document that can no longer be used: lost, cancelled, or past its last day. The ticket
 * gate closes by itself, since it reads the documents anew; what follows here is that somebody is
 * asked for another one, today where a ticket was bought already, and that this ends when it is
 * found or another one is there. Its mission is told nothing: where a document is, is hers.
 */
#define G_LOG_DOMAIN "homeward-domain"

#include "domain/hw-effects-private.h"

#include "base/hw-base.h"
#include "domain/hw-document-check.h"

#include <glib/gi18n-lib.h>

#define TASK_LOST N_ ("Her travel document is lost: report it and ask for another one")
#define TASK_NO_LONGER_VALID N_ ("Her travel document is no longer valid: ask for another one")
#define ASK_DAYS 3

static const char *const own_titles[] = { TASK_LOST, TASK_NO_LONGER_VALID, NULL };

static gboolean
is_for_travel (HwRecord *document)
{
  return !hw_record_is (document, HW_FIELD_TRAVEL_DOCUMENT_KIND, "birth_certificate");
}

/* As many good ones as there are travellers, without the one that is lost. */
static gboolean
has_enough_others (HwEffects *effects)
{
  GPtrArray *documents = hw_case_file_of_type (effects->file, HW_TYPE_ID_TRAVEL_DOCUMENT);
  g_autoptr (GPtrArray) travellers = hw_facts_travellers (effects->file);
  g_autofree char *today = hw_date_of_instant (effects->context->now_us, effects->zone);
  guint good = 0;

  for (guint i = 0; i < documents->len; i++)
    {
      HwRecord *document = g_ptr_array_index (documents, i);

      good += g_strcmp0 (hw_record_id (document), hw_record_id (effects->after)) != 0
              && is_for_travel (document) && hw_document_is_verified (document)
              && hw_document_is_valid_on (document, today);
    }
  return good >= travellers->len;
}

static gboolean
still_travels (HwEffects *effects, HwRecord *movement)
{
  return !hw_facts_case_closed (hw_case_file_case (effects->file))
         && (movement == NULL || g_strcmp0 (hw_record_status (movement), "arrived") != 0)
         && hw_effect_still_returns (effects);
}

/* A ticket that was bought on it makes it urgent. */
static void
ask_for_another (HwEffects *effects, gboolean lost)
{
  static const char *const bought[]
    = { "ticketed", "checked_in", "departed", "in_transit", "rebooked", NULL };
  HwRecord *movement = hw_facts_active_movement (effects->file);
  gboolean urgent = movement != NULL && hw_facts_status_in (movement, bought);

  if (!is_for_travel (effects->after) || !still_travels (effects, movement)
      || (!lost && has_enough_others (effects)))
    return;
  hw_effect_add_task (effects,
                      "document",
                      0,
                      lost ? TASK_LOST : TASK_NO_LONGER_VALID,
                      hw_effect_owner (effects),
                      effects->after,
                      urgent ? 0 : ASK_DAYS);
}

/* about (nullable): all documents. */
static void
finish_tasks (HwEffects *effects, HwRecord *about)
{
  GPtrArray *tasks = hw_case_file_of_type (effects->file, HW_TYPE_ID_TASK);

  for (guint i = 0; i < tasks->len; i++)
    {
      HwRecord *task = g_ptr_array_index (tasks, i);
      const char *title = hw_record_get_text (task, HW_FIELD_TASK_TITLE);

      if (title != NULL && g_strv_contains (own_titles, title)
          && (about == NULL || hw_record_is (task, HW_FIELD_TASK_ABOUT, hw_record_id (about))))
        hw_effect_finish_task (effects, task);
    }
}

void
hw_effects_of_document (HwEffects *effects)
{
  static const char *const no_longer_valid[] = { "expired", "cancelled", NULL };

  if (hw_effect_reached (effects, "lost"))
    {
      hw_effect_set_text (
        effects, effects->after, HW_FIELD_TRAVEL_DOCUMENT_HELD_BY, "lost");
      ask_for_another (effects, TRUE);
    }
  else if (hw_effect_reached_any (effects, no_longer_valid))
    ask_for_another (effects, FALSE);
  else if (hw_effect_reached (effects, "received"))
    {
      if (hw_record_is (effects->after, HW_FIELD_TRAVEL_DOCUMENT_HELD_BY, "lost"))
        hw_effect_set_text (effects, effects->after, HW_FIELD_TRAVEL_DOCUMENT_HELD_BY, NULL);
      finish_tasks (effects, effects->after);
    }
  else if (hw_effect_reached (effects, "verified") && is_for_travel (effects->after))
    finish_tasks (effects, NULL);
}

/* The last day passes and nobody writes anything: the day itself gives the ids. */
GPtrArray *
hw_document_end (HwCaseFile *file, HwRecord *document, gint64 now_us)
{
  static const char *const in_hand[] = { "issued", "received", "verified", "handed_over", NULL };
  const char *ends = hw_record_get_text (document, HW_FIELD_TRAVEL_DOCUMENT_EXPIRES_ON);
  g_autofree char *name = g_strdup_printf ("document-ended:%s", ends != NULL ? ends : "");
  g_autofree char *seed = hw_uuid_v5 (hw_record_id (document), name);
  g_autofree char *today = hw_date_of_instant (now_us, hw_facts_zone (file));
  const HwRulesContext context = { .now_us = now_us };
  HwEffects effects
    = { .file = file,
        .after = document,
        .seed = seed,
        .context = &context,
        .zone = hw_facts_zone (file),
        .found = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_operation_unref) };

  if (ends == NULL || !hw_facts_status_in (document, in_hand)
      || hw_document_is_valid_on (document, today))
    return effects.found;
  hw_effect_set_text (&effects, document, HW_FIELD_TRAVEL_DOCUMENT_STATUS, "expired");
  ask_for_another (&effects, FALSE);
  return effects.found;
}
