/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Candidates of every kind of choice. Search is by folded text, so that "cote" finds Côte d'Ivoire;
 * a name that begins with what was typed stands before one that merely holds it.
 */
#include "app/forms/hw-candidates.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/widgets/hw-text.h"
#include "base/hw-date.h"
#include "base/hw-fold.h"
#include "schema/hw-iso.h"

/* The corridors of this work: offered before anything is typed. */
static const char *const usual_countries[]
  = { "BI", "KW", "SA", "AE", "OM", "QA", "BH", "LB", "JO", "KE",
      "TZ", "UG", "RW", "CD", "ZM", "ET", "TR", "BE", "FR" };
static const char *const usual_languages[]
  = { "run", "swa", "fra", "eng", "ara", "kin", "lin", "lug", "amh", "hin" };
static const char *const usual_zones[] = {
  "Africa/Bujumbura",
  "Asia/Kuwait",
  "Asia/Riyadh",
  "Asia/Dubai",
  "Asia/Muscat",
  "Asia/Qatar",
  "Asia/Bahrain",
  "Asia/Beirut",
  "Asia/Amman",
  "Africa/Nairobi",
  "Africa/Kampala",
  "Africa/Kigali",
  "Africa/Lusaka",
  "Africa/Dar_es_Salaam",
  "Africa/Addis_Ababa",
  "Europe/Brussels",
  "UTC",
};
static const struct
{
  const char *code;
  const char *name;
} usual_currencies[] = {
  { "KWD", N_ ("Kuwaiti dinar") },    { "BIF", N_ ("Burundian franc") },
  { "USD", N_ ("US dollar") },        { "EUR", N_ ("Euro") },
  { "SAR", N_ ("Saudi riyal") },      { "AED", N_ ("UAE dirham") },
  { "OMR", N_ ("Omani rial") },       { "QAR", N_ ("Qatari riyal") },
  { "BHD", N_ ("Bahraini dinar") },   { "KES", N_ ("Kenyan shilling") },
  { "UGX", N_ ("Ugandan shilling") }, { "TZS", N_ ("Tanzanian shilling") },
  { "ZMW", N_ ("Zambian kwacha") },   { "RWF", N_ ("Rwandan franc") },
  { "CDF", N_ ("Congolese franc") },  { "ETB", N_ ("Ethiopian birr") },
  { "JOD", N_ ("Jordanian dinar") },  { "LBP", N_ ("Lebanese pound") },
  { "TRY", N_ ("Turkish lira") },     { "GBP", N_ ("Pound sterling") },
};

/* ISO 639 says "Rundi" and "Swahili (macrolanguage)"; nobody who speaks them does. */
static const char *
language_name (const char *code)
{
  const char *name;

  if (g_strcmp0 (code, "run") == 0)
    return _ ("Kirundi");
  if (g_strcmp0 (code, "swa") == 0)
    return _ ("Swahili");
  name = hw_language_name (code);
  return name ? g_dgettext ("iso_639-3", name) : code;
}

typedef struct
{
  char *needle; /* folded */
  guint limit;
  GPtrArray *first; /* begins with the needle, or usual */
  GPtrArray *rest;
} Search;

static gboolean
holds (GPtrArray *candidates, const char *id)
{
  for (guint i = 0; i < candidates->len; i++)
    if (g_str_equal (((HwCandidate *)candidates->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

static gboolean
finds (const char *text, const char *needle, gboolean *begins)
{
  g_autofree char *folded = text ? hw_fold (text) : NULL;
  const char *at = folded ? strstr (folded, needle) : NULL;

  *begins = at && at == folded;
  return at != NULL;
}

static void
offer (Search *search, const char *id, const char *label, const char *detail, gboolean usual)
{
  gboolean ahead = usual;
  gboolean detail_begins;

  if (search->needle && !finds (label, search->needle, &ahead)
      && !finds (detail, search->needle, &detail_begins))
    return;
  if (!holds (search->first, id) && !holds (search->rest, id))
    g_ptr_array_add (ahead ? search->first : search->rest, hw_candidate_new (id, label, detail));
}

static gint
compare_labels (gconstpointer a, gconstpointer b)
{
  const HwCandidate *left = *(const HwCandidate *const *)a;
  const HwCandidate *right = *(const HwCandidate *const *)b;

  return g_utf8_collate (left->label, right->label);
}

static GPtrArray *
finish (Search *search, gboolean sort)
{
  GPtrArray *result = search->first;

  if (sort)
    g_ptr_array_sort (search->rest, compare_labels);
  if (sort && search->needle)
    g_ptr_array_sort (search->first, compare_labels);
  g_ptr_array_extend_and_steal (result, search->rest);
  if (result->len > search->limit)
    g_ptr_array_set_size (result, (gint)search->limit);
  g_free (search->needle);
  return result;
}

static void
list_countries (Search *search)
{
  guint n;
  const HwIsoName *names = hw_countries (&n);

  for (guint i = 0; i < G_N_ELEMENTS (usual_countries) && search->needle == NULL; i++)
    offer (search,
           usual_countries[i],
           g_dgettext ("iso_3166-1", hw_country_name (usual_countries[i])),
           NULL,
           TRUE);
  for (guint i = 0; i < n; i++)
    offer (search, names[i].code, g_dgettext ("iso_3166-1", names[i].name), NULL, FALSE);
}

static void
list_languages (Search *search)
{
  guint n;
  const HwIsoName *names = hw_languages (&n);

  for (guint i = 0; i < G_N_ELEMENTS (usual_languages); i++)
    offer (search, usual_languages[i], language_name (usual_languages[i]), NULL, TRUE);
  for (guint i = 0; i < n && search->needle; i++)
    offer (search, names[i].code, language_name (names[i].code), NULL, FALSE);
}

static void
list_zones (Search *search, const char *text)
{
  guint n;
  const HwIsoName *countries = hw_countries (&n);

  for (guint i = 0; i < G_N_ELEMENTS (usual_zones); i++)
    {
      g_autofree char *city = hw_text_zone (usual_zones[i]);
      offer (search, usual_zones[i], city, usual_zones[i], TRUE);
    }
  for (guint i = 0; i < n; i++)
    if (countries[i].zone)
      {
        g_autofree char *city = hw_text_zone (countries[i].zone);
        offer (
          search, countries[i].zone, city, g_dgettext ("iso_3166-1", countries[i].name), FALSE);
      }
  /* Any zone there is, for the one who knows its name. */
  if (text && strchr (text, '/') && hw_zone_valid (text))
    offer (search, text, text, NULL, TRUE);
}

static void
list_currencies (Search *search)
{
  for (guint i = 0; i < G_N_ELEMENTS (usual_currencies); i++)
    offer (search,
           usual_currencies[i].code,
           usual_currencies[i].code,
           _ (usual_currencies[i].name),
           TRUE);
}

static void
list_choices (Search *search, const HwFieldDef *field)
{
  for (guint i = 0; i < field->n_choices; i++)
    offer (search, field->choices[i].nick, _ (field->choices[i].label), NULL, TRUE);
}

GPtrArray *
hw_candidates_list (HwKind kind,
                    const HwFieldDef *field,
                    HwFormContext *context,
                    HwRecord *record,
                    const char *text,
                    guint limit)
{
  HwReferenceProvider *provider = hw_form_context_get_provider (context);
  Search search = { text && *text ? hw_fold (text) : NULL, limit, NULL, NULL };

  if (kind == HW_KIND_REFERENCE || kind == HW_KIND_REFERENCE_SET || kind == HW_KIND_USER)
    {
      g_free (search.needle);
      return provider
               ? hw_reference_provider_list (provider, field, record, text ? text : "", limit)
               : g_ptr_array_new_with_free_func ((GDestroyNotify)hw_candidate_free);
    }
  if (search.needle && *search.needle == '\0')
    g_clear_pointer (&search.needle, g_free);
  search.first = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_candidate_free);
  search.rest = g_ptr_array_new_with_free_func ((GDestroyNotify)hw_candidate_free);
  if (kind == HW_KIND_COUNTRY || kind == HW_KIND_COUNTRY_SET)
    list_countries (&search);
  else if (kind == HW_KIND_LANGUAGE || kind == HW_KIND_LANGUAGE_SET)
    list_languages (&search);
  else if (kind == HW_KIND_ZONE)
    list_zones (&search, text);
  else if (kind == HW_KIND_CURRENCY)
    list_currencies (&search);
  else
    list_choices (&search, field);
  return finish (&search, kind != HW_KIND_CHOICE && kind != HW_KIND_CHOICE_SET);
}

static char *
label_of_reference (const HwFieldDef *field, HwFormContext *context, const char *id)
{
  HwReferenceProvider *provider = hw_form_context_get_provider (context);
  char *label = provider ? hw_reference_provider_label (provider, field, id) : NULL;

  return label ? label : g_strdup (_ ("Not on this computer"));
}

char *
hw_candidates_label (HwKind kind, const HwFieldDef *field, HwFormContext *context, const char *id)
{
  const HwChoice *choice;
  const char *name;

  switch (kind)
    {
      case HW_KIND_COUNTRY:
      case HW_KIND_COUNTRY_SET:
        name = hw_country_name (id);
        return g_strdup (name ? g_dgettext ("iso_3166-1", name) : id);
      case HW_KIND_LANGUAGE:
      case HW_KIND_LANGUAGE_SET:
        return g_strdup (language_name (id));
      case HW_KIND_ZONE:
        return hw_text_zone (id);
      case HW_KIND_REFERENCE:
      case HW_KIND_REFERENCE_SET:
      case HW_KIND_USER:
        return label_of_reference (field, context, id);
      case HW_KIND_CHOICE:
      case HW_KIND_CHOICE_SET:
        choice = hw_field_choice (field, id);
        return g_strdup (choice ? _ (choice->label) : id);
      default:
        return g_strdup (id);
    }
}

gboolean
hw_candidates_many (HwKind kind, const HwFieldDef *field)
{
  return (kind != HW_KIND_CHOICE && kind != HW_KIND_CHOICE_SET) || field->n_choices > 12;
}
