/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every word the server writes into the chain has a sentence here; a word of a newer server stands as it is.
 */
#define G_LOG_DOMAIN "homeward-app"

#include "app/audit/hw-audit-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/widgets/hw-text.h"
#include "base/hw-base.h"

#define SHORT_ID 8

/* Translators: {who} is a person, {case} the code of a case. */
static const struct
{
  const char *action;
  const char *of_case; /* where a case is told */
  const char *alone;   /* where none is */
} sentences[] = {
  { "read", N_ ("{who} read {case}"), N_ ("{who} read several cases") },
  { "reveal", N_ ("{who} had something masked shown in {case}"), N_ ("{who} had something masked shown") },
  { "read-history", N_ ("{who} read a history in {case}"), N_ ("{who} read a history") },
  { "read-gates", N_ ("{who} asked what blocks {case}"), N_ ("{who} asked what blocks a case") },
  { "read-disclosures", N_ ("{who} read what was told of {case}"), N_ ("{who} read what was told to whom") },
  { "read-audit", N_ ("{who} looked at who read {case}"), N_ ("{who} looked at this list") },
  { "read-statistics", NULL, N_ ("{who} read the statistics") },
  { "create", N_ ("{who} added to {case}"), N_ ("{who} added to the directory") },
  { "update", N_ ("{who} changed {case}"), N_ ("{who} changed the directory") },
  { "delete", N_ ("{who} deleted in {case}"), N_ ("{who} deleted in the directory") },
  { "resolve", N_ ("{who} settled a conflict in {case}"), N_ ("{who} settled a conflict") },
  { "refuse", N_ ("{who} tried to change {case}"), N_ ("{who} tried to change something") },
  { "breach", N_ ("{who} wrote down what a gate had not let pass, in {case}"), NULL },
  { "quarantine", N_ ("{who} sent a change to {case} without having it"), N_ ("{who} sent a change to a case they no longer have") },
  { "read-quarantine", NULL, N_ ("{who} looked at what is set aside") },
  { "release", N_ ("{who} decided about a withheld change to {case}"), N_ ("{who} decided about a withheld change") },
  { "lookup", N_ ("{who} looked up a number and found {case}"), N_ ("{who} looked up a number") },
  { "blind", N_ ("{who} added to {case} without seeing it"), NULL },
  { "scope", N_ ("Who may see {case} changed, by {who}"), NULL },
  { "sign-in", NULL, N_ ("{who} signed in") },
  { "sign-in-failed", NULL, N_ ("Somebody failed to sign in") },
  { "sign-in-throttled", NULL, N_ ("Somebody tried to sign in too often") },
  { "older-copy", NULL, N_ ("{who} worked on an older copy of a laptop’s data that was put back, or on two copies of it") },
  { "sign-out", NULL, N_ ("{who} signed out") },
  { "read-content", N_ ("{who} opened a file of {case}"), N_ ("{who} opened a file") },
  { "upload", N_ ("{who} added a file to {case}"), NULL },
  { "account-added", NULL, N_ ("An account was added") },
  { "account-revoked", NULL, N_ ("An account was revoked") },
  { "device-revoked", NULL, N_ ("A laptop was revoked") },
  { "demo-loaded", NULL, N_ ("The demo was loaded") },
  { "demo-not-loaded", NULL, N_ ("Loading the demo broke off") },
};

static const struct
{
  const char *nick;
  const char *words;
} reasons[] = {
  { "role", N_ ("not allowed to this role") },
  { "move-not-allowed", N_ ("this step was not possible") },
  { "unreadable", N_ ("it could not be read") },
  { "not-found", N_ ("it is not there for them") },
  { "other-content", N_ ("other words in the place of what was sent before") },
  { "stale", N_ ("it had changed in the meantime") },
  { "self-approval", N_ ("nobody approves their own") },
};

char *
hw_audit_words_case (HwDesktop *desktop, const char *case_id)
{
  g_autoptr (HwRecord) record
    = hw_store_get_record (hw_desktop_store (desktop), HW_TYPE_ID_CASE, case_id, NULL);
  const char *code = record != NULL ? hw_record_get_text (record, HW_FIELD_CASE_CODE) : NULL;
  gsize length = strlen (case_id);

  if (code != NULL)
    return g_strdup (code);
  /* Translators: the last signs of an id */
  return g_strdup_printf (_ ("case …%s"), case_id + (length > SHORT_ID ? length - SHORT_ID : 0));
}

static const char *
who_words (HwDesktop *desktop, const char *user)
{
  if (user == NULL)
    return _ ("The system");
  if (g_strcmp0 (user, hw_desktop_actor (desktop)->user) == 0)
    return _ ("You");
  return hw_desktop_user_name (desktop, user);
}

static char *
fill (const char *sentence, const char *who, const char *what)
{
  GString *words = g_string_new (sentence);

  if (what != NULL)
    g_string_replace (words, "{case}", what, 0);
  g_string_replace (words, "{who}", who, 0);
  return g_string_free (words, FALSE);
}

char *
hw_audit_words_title (HwDesktop *desktop, HwAuditLine *line)
{
  const char *who = who_words (desktop, line->user);
  g_autofree char *what = line->case_id != NULL ? hw_audit_words_case (desktop, line->case_id) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      const char *sentence = what != NULL ? sentences[i].of_case : sentences[i].alone;

      if (g_strcmp0 (sentences[i].action, line->action) != 0 || sentence == NULL)
        continue;
      return fill (_ (sentence), who, what);
    }
  return g_strdup_printf ("%s: %s%s%s", who, line->action != NULL ? line->action : "", what != NULL ? " " : "",
                          what != NULL ? what : "");
}

/* (nullable) */
static const char *
word_of (const char *nick)
{
  for (guint gate = HW_GATE_NONE + 1; gate < HW_N_GATES; gate++)
    if (g_strcmp0 (hw_gate_nick ((HwGateId)gate)->nick, nick) == 0)
      return _ (hw_gate_nick ((HwGateId)gate)->label);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i].nick, nick) == 0)
      return _ (reasons[i].words);
  return NULL;
}

/* Of a refusal: "Ticket gate, Departure gate". The id of the operation before it says nothing to a person. (nullable) */
static char *
reason_of (HwAuditLine *line)
{
  const char *space = line->detail != NULL ? strchr (line->detail, ' ') : NULL;
  const char *why = space != NULL ? space + 1 : line->detail;
  g_auto (GStrv) nicks = g_strsplit (why != NULL ? why : "", ",", -1);
  GString *words = g_string_new (NULL);

  for (guint i = 0; nicks[i] != NULL; i++)
    {
      const char *word = word_of (nicks[i]);

      if (word != NULL)
        g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", word);
    }
  return g_string_free (words, words->len == 0);
}

static const char *
kind_of (HwDesktop *desktop, const char *id)
{
  g_autoptr (HwRecord) record
    = id != NULL ? hw_store_find_record (hw_desktop_store (desktop), id, NULL) : NULL;

  return record != NULL && hw_record_type (record) != HW_TYPE_ID_CASE ? _ (hw_record_def (record)->label)
                                                                      : NULL;
}

/* "Given names": what stood behind the mask. (nullable) of a later version. (transfer full) */
static char *
field_of (HwAuditLine *line)
{
  g_auto (GStrv) words = line->detail != NULL ? g_strsplit (line->detail, " ", 2) : NULL;
  g_auto (GStrv) parts = words != NULL && words[0] != NULL ? g_strsplit (words[0], ".", 2) : NULL;
  const HwTypeDef *type = parts != NULL && parts[0] != NULL ? hw_schema_type_by_name (parts[0]) : NULL;
  const HwFieldDef *field
    = type != NULL && parts[1] != NULL ? hw_schema_field_by_name (type->id, parts[1]) : NULL;

  return field != NULL ? g_strdup (_ (field->label)) : NULL;
}

/* What there is to say beside the moment and the kind of record. (transfer full) (nullable) */
static char *
detail_of (HwAuditLine *line)
{
  if (g_strcmp0 (line->action, "refuse") == 0 || g_strcmp0 (line->action, "breach") == 0)
    return reason_of (line);
  return g_strcmp0 (line->action, "reveal") == 0 ? field_of (line) : NULL;
}

char *
hw_audit_words_subtitle (HwDesktop *desktop, HwAuditLine *line)
{
  const char *zone = hw_desktop_office_zone (desktop);
  const char *kind = kind_of (desktop, line->record);
  g_autofree char *reason = detail_of (line);
  g_autofree char *today = hw_desktop_today (desktop);
  g_autofree char *when = NULL;
  gint64 us;

  when = hw_instant_parse (line->at, &us) ? hw_text_moment (us, zone, today) : g_strdup (line->at);
  return g_strconcat (when, kind != NULL ? " · " : "", kind != NULL ? kind : "", reason != NULL ? " · " : "",
                      reason != NULL ? reason : "", NULL);
}

const char *
hw_audit_words_pill (HwAuditLine *line, HwMeaning *meaning)
{
  *meaning = HW_MEANING_BAD;
  if (g_strcmp0 (line->action, "refuse") == 0 || g_strcmp0 (line->action, "sign-in-failed") == 0)
    return _ ("Refused");
  *meaning = HW_MEANING_WARNING;
  if (g_strcmp0 (line->action, "breach") == 0)
    return _ ("Past a gate");
  if (g_strcmp0 (line->action, "older-copy") == 0)
    return _ ("Security");
  return g_strcmp0 (line->action, "quarantine") == 0 ? _ ("Withheld") : NULL;
}
