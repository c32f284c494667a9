/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Need to know, enforced where replies are made: role × relation → category → field, denied unless
 * allowed. A mission is told nothing beyond its own requests: no case, no owner, no author but "the
 * office", no status of a document that would say where it is.
 *
 * HW_TEST_NO_PROJECTION builds the same functions without their effect. It exists for one test
 * only, which proves that the search for forbidden words would find them; no program that is
 * installed has it.
 */
#define G_LOG_DOMAIN "homeward-server"

#include "server/hw-projection.h"

#include "base/hw-base.h"
#include "domain/hw-family.h"
#include "domain/hw-rules.h"
#include "server/hw-projection-private.h"

struct _HwProjection
{
  HwStore *store;          /* (unowned) */
  const HwActor *actor;    /* (unowned) */
  gboolean mission;        /* the reader is outside the office */
  GHashTable *own_authors; /* (owned) user id → whether it is of the reader's own mission */
};

#ifdef HW_TEST_NO_PROJECTION
#define PROJECTING FALSE
#else
#define PROJECTING TRUE
#endif

HwProjection *
hw_projection_new (HwStore *store, const HwActor *actor)
{
  HwProjection *projection = g_new0 (HwProjection, 1);

  projection->store = store;
  projection->actor = actor;
  projection->mission = PROJECTING && actor->role == HW_ROLE_EMBASSY_LIAISON;
  projection->own_authors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return projection;
}

HwStore *
hw_projection_store (HwProjection *projection)
{
  return projection->store;
}

void
hw_projection_free (HwProjection *projection)
{
  if (projection == NULL)
    return;
  g_hash_table_unref (projection->own_authors);
  g_free (projection);
}

/* The field by which a record hangs on a request, HW_FIELD_NONE when its type never does. */
static HwFieldId
request_field (const HwTypeDef *def)
{
  for (guint i = 0; i < def->n_fields; i++)
    if (def->fields[i].kind == HW_KIND_REFERENCE
        && def->fields[i].target == HW_TYPE_ID_EMBASSY_REQUEST)
      return def->fields[i].id;
  return HW_FIELD_NONE;
}

/* Where the reader's relation is looked up: the case, or for a mission the request. */
static const char *
root_of (HwProjection *projection, HwRecord *record)
{
  const HwTypeDef *def = hw_record_def (record);
  HwFieldId field;

  if (projection->actor->role != HW_ROLE_EMBASSY_LIAISON)
    return hw_record_type (record) == HW_TYPE_ID_CASE ? hw_record_id (record)
                                                      : hw_record_case (record);
  if (hw_record_type (record) == HW_TYPE_ID_EMBASSY_REQUEST)
    return hw_record_id (record);
  field = request_field (def);
  return field != HW_FIELD_NONE ? hw_record_get_text (record, field) : NULL;
}

guint
hw_projection_relations_within (HwProjection *projection, HwRecord *record, guint root_relations)
{
  guint relations = root_relations;

  if (!PROJECTING)
    return ~0u;
  if (hw_record_def (record)->root == HW_ROOT_NONE)
    {
      relations |= HW_RELATION_ANY;
      if (g_strcmp0 (projection->actor->mission, hw_record_id (record)) == 0)
        relations |= HW_RELATION_MISSION;
      return relations;
    }
  if (relations != 0 && hw_access_is_own (record, projection->actor))
    relations |= HW_RELATION_AUTHOR;
  return relations;
}

guint
hw_projection_relations (HwProjection *projection, HwRecord *record, GError **error)
{
  const char *root = root_of (projection, record);
  guint relations = 0;

  if (root != NULL && hw_record_def (record)->root != HW_ROOT_NONE)
    relations = hw_store_relations (projection->store, projection->actor, root, error);
  return hw_projection_relations_within (projection, record, relations);
}

gboolean
hw_projection_sees_type (HwProjection *projection, HwTypeId type)
{
  return !PROJECTING || hw_access_may_see_type (projection->actor->role, type);
}

/* minimal: whether a few fields suffice. */
static gboolean
reads_category (HwProjection *projection, HwCategory category, guint relations, gboolean minimal)
{
  const HwAccessCell *cell = hw_schema_access (category, projection->actor->role);

  if (!PROJECTING)
    return TRUE;
  for (; cell != NULL && cell->right != HW_RIGHT_NONE; cell++)
    if ((cell->relations & relations) != 0 && (minimal || cell->right != HW_RIGHT_MINIMAL))
      return TRUE;
  return FALSE;
}

/* A note or a file is read by whoever may read what it is about. */
static gboolean
reads_named_category (HwProjection *projection, HwRecord *record, guint relations)
{
  HwFieldId field = HW_FIELD_NONE;
  const char *nick;

  if (hw_record_type (record) == HW_TYPE_ID_NOTE)
    field = HW_FIELD_NOTE_CATEGORY;
  else if (hw_record_type (record) == HW_TYPE_ID_ATTACHMENT && !projection->mission)
    field = HW_FIELD_ATTACHMENT_CATEGORY;
  nick = field != HW_FIELD_NONE ? hw_record_get_text (record, field) : NULL;
  if (nick == NULL)
    return TRUE;
  for (guint category = 0; category < HW_N_CATEGORIES; category++)
    if (g_str_equal (hw_category_nick ((HwCategory) category)->nick, nick))
      return reads_category (projection, (HwCategory) category, relations, FALSE)
             || (relations & HW_RELATION_AUTHOR) != 0;
  return FALSE;
}

gboolean
hw_projection_reads_field (HwProjection *projection,
                           HwRecord *record,
                           guint relations,
                           HwFieldId field)
{
  if (!PROJECTING)
    return TRUE;
  return hw_access_may_read (projection->actor->role, relations, hw_schema_field (field))
         && !hw_family_hides (projection->actor->role, record, field);
}

/* That two cases may be of one person is told to who may read both. */
static gboolean
reads_other_case (HwProjection *projection, HwRecord *record)
{
  const char *other;
  guint relations;

  if (hw_record_type (record) != HW_TYPE_ID_CASE_LINK)
    return TRUE;
  other = hw_record_get_text (record, HW_FIELD_CASE_LINK_OTHER);
  if (other == NULL)
    return FALSE;
  relations = hw_store_relations (projection->store, projection->actor, other, NULL);
  return hw_access_may_read (
    projection->actor->role, relations, hw_schema_field (HW_FIELD_CASE_LINK_OTHER));
}

/* A name and a birth date are not her photo, nor a scan of her papers: who is told a few fields of a record is shown no
 * file of it, unless it is one's own. */
static gboolean
reads_files_of (HwProjection *projection, HwRecord *owner, guint relations)
{
  const HwTypeDef *def = hw_record_def (owner);

  for (guint i = 0; i < def->n_fields; i++)
    if (reads_category (projection, def->fields[i].category, relations, FALSE))
      return TRUE;
  return FALSE;
}

/* Whoever may not read a record may not read what is attached to it either; what hangs on nothing and is of no category is
 * for who works on the whole case. A mission gets what was put on its request, whatever that belongs to in the office. */
static gboolean
reads_what_it_is_about (HwProjection *projection, HwRecord *record, guint relations)
{
  const gboolean own = (relations & HW_RELATION_AUTHOR) != 0;
  g_autoptr (HwRecord) owner = NULL;
  const char *about;
  guint owned;

  if (hw_record_type (record) != HW_TYPE_ID_ATTACHMENT || projection->mission)
    return TRUE;
  about = hw_record_get_text (record, HW_FIELD_ATTACHMENT_ABOUT);
  if (about == NULL)
    return own || hw_record_get (record, HW_FIELD_ATTACHMENT_CATEGORY) != NULL
           || reads_category (projection, HW_CATEGORY_CASE_HEADER, relations, FALSE);
  owner = hw_store_find_record (projection->store, about, NULL);
  if (owner == NULL || hw_record_type (owner) == HW_TYPE_ID_ATTACHMENT
      || g_strcmp0 (hw_record_case (owner), hw_record_case (record)) != 0)
    return FALSE;
  owned = hw_projection_relations_within (
    projection, owner, relations & ~(guint) (HW_RELATION_ANY | HW_RELATION_AUTHOR));
  return hw_projection_reads_record (projection, owner, owned)
         && (own || reads_files_of (projection, owner, owned));
}

gboolean
hw_projection_reads_record (HwProjection *projection, HwRecord *record, guint relations)
{
  const HwTypeDef *def = hw_record_def (record);

  if (!PROJECTING)
    return TRUE;
  if (!hw_projection_sees_type (projection, def->id)
      || !reads_named_category (projection, record, relations)
      || !reads_what_it_is_about (projection, record, relations)
      || !reads_other_case (projection, record))
    return FALSE;
  for (guint i = 0; i < def->n_fields; i++)
    if (hw_projection_reads_field (projection, record, relations, def->fields[i].id))
      return TRUE;
  return FALSE;
}

/* A mission knows the statuses it can itself move from or to; the others say where the document is.
 */
static gboolean
is_missions_status (const HwTypeDef *def, const char *status)
{
  const guint bit = 1u << HW_ROLE_EMBASSY_LIAISON;

  for (guint i = 0; i < def->n_moves; i++)
    if ((def->moves[i].roles & bit) != 0
        && (g_strcmp0 (def->moves[i].from, status) == 0
            || g_strcmp0 (def->moves[i].to, status) == 0))
      return TRUE;
  return FALSE;
}

static gboolean
hides_value (HwProjection *projection, HwFieldId field, HwValue *value)
{
  return projection->mission && field == HW_FIELD_TRAVEL_DOCUMENT_STATUS && value != NULL
         && !is_missions_status (hw_schema_type (HW_TYPE_ID_TRAVEL_DOCUMENT),
                                 hw_value_text (value));
}

/* (transfer full) (nullable). After a mission has issued a document it stays "issued" to it; before
 * that, "applied": the last of its own statuses that was true. */
static HwValue *
value_for (HwProjection *projection, HwRecord *record, HwFieldId field)
{
  HwValue *value = hw_record_get (record, field);

  if (value == NULL)
    return NULL;
  if (hides_value (projection, field, value))
    return hw_value_new_text (hw_record_get (record, HW_FIELD_TRAVEL_DOCUMENT_ISSUED_ON) != NULL
                                  || hw_record_get (record, HW_FIELD_TRAVEL_DOCUMENT_NUMBER) != NULL
                                ? HW_TRAVEL_DOCUMENT_STATUS_ISSUED
                                : HW_TRAVEL_DOCUMENT_STATUS_APPLIED);
  /* What a file belongs to is told only where that is the request itself. */
  if (projection->mission && field == HW_FIELD_ATTACHMENT_ABOUT
      && g_strcmp0 (hw_value_text (value),
                    hw_record_get_text (record, HW_FIELD_ATTACHMENT_SHARED_WITH_REQUEST))
           != 0)
    return NULL;
  return hw_value_ref (value);
}

static gboolean
is_own_author (HwProjection *projection, const char *user)
{
  gpointer known;
  g_autoptr (HwAccount) account = NULL;
  gboolean own;

  if (g_hash_table_lookup_extended (projection->own_authors, user, NULL, &known))
    return GPOINTER_TO_INT (known);
  account = hw_store_account (projection->store, user, NULL);
  own = account != NULL && account->mission != NULL
        && g_strcmp0 (account->mission, projection->actor->mission) == 0;
  g_hash_table_insert (projection->own_authors, g_strdup (user), GINT_TO_POINTER (own));
  return own;
}

static const char *
author_for (HwProjection *projection, const char *user)
{
  if (!projection->mission || user == NULL || is_own_author (projection, user))
    return user;
  return HW_PROJECTION_THE_OFFICE;
}

/* What the office did is told to a mission by the hour: two requests of one case that change in the same
 * moment would otherwise be known by it. (transfer full) (nullable) */
static char *
moment_for (HwProjection *projection, const char *at, const char *by)
{
  gint64 us;

  if (!projection->mission || at == NULL || (by != NULL && is_own_author (projection, by))
      || !hw_instant_parse (at, &us))
    return g_strdup (at);
  return hw_instant_format (us - us % G_TIME_SPAN_HOUR);
}

/* The moment in a line that a rule wrote, such as the one of a withdrawal. */
static HwValue *
rule_moment_for (HwProjection *projection, HwRecord *record, HwFieldId field)
{
  const char *by = hw_record_created_by (record);
  g_autofree char *at = NULL;

  if (!projection->mission || field != HW_FIELD_EMBASSY_MESSAGE_AT || by == NULL
      || !g_str_has_prefix (by, "system:"))
    return NULL;
  at = moment_for (projection, hw_record_get_text (record, field), by);
  return at != NULL ? hw_value_new_text (at) : NULL;
}

static HwRecord *
project_record (HwProjection *projection, HwRecord *record, guint relations)
{
  const HwTypeDef *def = hw_record_def (record);
  HwRecord *told = hw_record_new (def->id, hw_record_id (record));
  g_autofree char *created
    = moment_for (projection, hw_record_created_at (record), hw_record_created_by (record));
  g_autofree char *updated
    = moment_for (projection, hw_record_updated_at (record), hw_record_updated_by (record));

  hw_record_set_rev (told, hw_record_rev (record));
  hw_record_set_stamps (told,
                        created,
                        author_for (projection, hw_record_created_by (record)),
                        updated,
                        author_for (projection, hw_record_updated_by (record)));
  for (guint i = 0; i < def->n_fields; i++)
    {
      HwFieldId field = def->fields[i].id;
      g_autoptr (HwValue) value = NULL;

      if (!hw_projection_reads_field (projection, record, relations, field))
        continue;
      value = rule_moment_for (projection, record, field);
      if (value == NULL)
        value = value_for (projection, record, field);
      hw_record_set (told, field, value);
      hw_record_set_field_rev (told, field, hw_record_field_rev (record, field));
    }
  return told;
}

static char *
case_for (HwProjection *projection, const char *case_id)
{
  return projection->mission ? NULL : g_strdup (case_id);
}

HwItem *
hw_projection_put (HwProjection *projection, HwRecord *record, guint relations)
{
  HwItem *item;

  if (!hw_projection_reads_record (projection, record, relations))
    return NULL;
  item = g_new0 (HwItem, 1);
  item->op = HW_ITEM_PUT;
  item->type = hw_record_type (record);
  item->id = g_strdup (hw_record_id (record));
  item->case_id = case_for (projection, hw_record_case (record));
  item->record = project_record (projection, record, relations);
  if (PROJECTING && (relations & ~(guint) HW_RELATION_AUTHOR) == HW_RELATION_REFERRED)
    hw_projection_tell_last (projection->store, record, item->record);
  item->rev = hw_record_rev (item->record);
  return item;
}

/* Whether anything of the type can be read under these relations. */
static gboolean
reads_type (HwProjection *projection, HwTypeId type, guint relations)
{
  const HwTypeDef *def = hw_schema_type (type);

  if (!PROJECTING)
    return TRUE;
  for (guint i = 0; hw_projection_sees_type (projection, type) && i < def->n_fields; i++)
    if (hw_access_may_read (projection->actor->role, relations, &def->fields[i]))
      return TRUE;
  return FALSE;
}

/* The revision at which a mission first had the record: when its request was sent, or when the
 * record was put on it. What was written before is nobody's answer to it. G_MAXUINT64: never. */
static guint64
shared_since (HwProjection *projection, HwRecord *record)
{
  static const char *const own[] = { HW_EMBASSY_REQUEST_STATUS_DRAFT,
                                     HW_EMBASSY_REQUEST_STATUS_READY_TO_SEND,
                                     HW_EMBASSY_REQUEST_STATUS_WITHDRAWN,
                                     HW_EMBASSY_REQUEST_STATUS_CLOSED,
                                     NULL };
  const HwTypeId type = hw_record_type (record);
  g_autoptr (GPtrArray) entries = NULL;
  HwFieldId field = request_field (hw_record_def (record));
  guint64 since = G_MAXUINT64;

  if (hw_record_def (record)->root == HW_ROOT_NONE)
    return 0;
  if (type != HW_TYPE_ID_EMBASSY_REQUEST)
    return field != HW_FIELD_NONE ? hw_record_field_rev (record, field) : G_MAXUINT64;
  entries = hw_store_history (projection->store, type, hw_record_id (record), NULL);
  for (guint i = 0, n = entries != NULL ? entries->len : 0; i < n; i++)
    {
      HwHistoryEntry *entry = g_ptr_array_index (entries, i);

      if (entry->field == HW_FIELD_EMBASSY_REQUEST_STATUS && entry->value != NULL
          && !g_strv_contains (own, hw_value_text (entry->value)))
        since = MIN (since, entry->rev);
    }
  return since;
}

/* Whether more than its field says if a conflict of this type may be read. */
static gboolean
hangs_on_record (HwTypeId type)
{
  return type == HW_TYPE_ID_NOTE || type == HW_TYPE_ID_ATTACHMENT || type == HW_TYPE_ID_CASE_LINK
         || type == HW_TYPE_ID_FAMILY_MEMBER;
}

/* A conflict in a note, a file or a relative hangs on that; and a mission settles only what it may write. */
static gboolean
conflict_is_there (HwProjection *projection, HwConflict *conflict, guint relations)
{
  const HwFieldDef *field = hw_schema_field (conflict->field);
  g_autoptr (HwRecord) record = NULL;

  if (!PROJECTING)
    return TRUE;
  if (projection->mission && !hw_access_may_write (projection->actor->role, relations, field))
    return FALSE;
  if (!projection->mission && !hangs_on_record (conflict->type))
    return TRUE;
  record = hw_store_find_record (projection->store, conflict->record, NULL);
  if (record == NULL)
    return FALSE;
  if (projection->mission)
    return conflict->rev >= shared_since (projection, record);
  return !hw_family_hides (projection->actor->role, record, conflict->field)
         && hw_projection_reads_record (
           projection, record, hw_projection_relations_within (projection, record, relations));
}

static HwItem *
conflict_item (HwProjection *projection, HwConflict *conflict)
{
  HwItem *item = g_new0 (HwItem, 1);

  item->op = HW_ITEM_CONFLICT;
  item->type = conflict->type;
  item->id = g_strdup (conflict->id);
  item->case_id = case_for (projection, conflict->case_id);
  item->rev = conflict->rev;
  item->conflict_record = g_strdup (conflict->record);
  item->field = conflict->field;
  item->base = conflict->base != NULL ? hw_value_ref (conflict->base) : NULL;
  item->current = conflict->current != NULL ? hw_value_ref (conflict->current) : NULL;
  item->offered = conflict->offered != NULL ? hw_value_ref (conflict->offered) : NULL;
  item->by = g_strdup (author_for (projection, conflict->by));
  item->at = moment_for (projection, conflict->at, conflict->by);
  item->state = g_strdup (conflict->open ? "open" : "settled");
  return item;
}

/* Once the record is gone, that the question is settled: to who was asked. A note or a file may have been kept back from
 * others whom its type is told to. */
static gboolean
heard_of_it (HwProjection *projection, HwTypeId type, guint relations)
{
  HwRole role = projection->actor->role;

  if (hangs_on_record (type))
    return role == HW_ROLE_SUPERVISOR || hw_access_may_create (role, relations, type);
  return reads_type (projection, type, relations);
}

/* One deleted what another changed: told to who reads the record in the office, and without a value. */
static gboolean
reads_deletion (HwProjection *projection, HwConflict *conflict, guint relations)
{
  g_autoptr (HwRecord) record = NULL;

  if (!PROJECTING)
    return TRUE;
  if (projection->mission)
    return FALSE;
  record = hw_store_find_record (projection->store, conflict->record, NULL);
  if (record == NULL)
    return !conflict->open && heard_of_it (projection, conflict->type, relations);
  return hw_projection_reads_record (
    projection, record, hw_projection_relations_within (projection, record, relations));
}

static HwItem *
project_conflict (HwProjection *projection, HwConflict *conflict, guint relations)
{
  gboolean deletion = conflict->field == HW_FIELD_NONE;

  if (deletion && !reads_deletion (projection, conflict, relations))
    return NULL;
  if (!deletion && PROJECTING
      && !hw_access_may_read (
        projection->actor->role, relations, hw_schema_field (conflict->field)))
    return NULL;
  if (deletion)
    return conflict_item (projection, conflict);
  if (!conflict_is_there (projection, conflict, relations))
    return NULL;
  if (hides_value (projection, conflict->field, conflict->current)
      || hides_value (projection, conflict->field, conflict->offered)
      || hides_value (projection, conflict->field, conflict->base))
    return NULL;
  return conflict_item (projection, conflict);
}

static HwItem *
project_removal (HwProjection *projection, HwFeedEntry *entry)
{
  HwItem *item;
  gboolean purge = entry->op == HW_ITEM_PURGE;

  if (projection->mission && purge && entry->type != HW_TYPE_ID_EMBASSY_REQUEST)
    return NULL;
  /* The feed takes back what an earlier relation showed; to a mission nothing but its own types was. */
  if (!purge && projection->mission && !reads_type (projection, entry->type, entry->relations))
    return NULL;
  item = g_new0 (HwItem, 1);
  item->op = entry->op;
  item->type = entry->type;
  item->id = g_strdup (entry->id);
  item->case_id
    = purge || hw_schema_type (entry->type)->root == HW_ROOT_NONE
        ? NULL
        : case_for (projection,
                    entry->record != NULL ? hw_record_case (entry->record) : entry->root);
  item->rev = entry->record != NULL ? hw_record_rev (entry->record) : 0;
  return item;
}

HwItem *
hw_projection_entry (HwProjection *projection, HwFeedEntry *entry)
{
  switch (entry->op)
    {
      case HW_ITEM_PUT:
        if (entry->record == NULL)
          return NULL;
        return hw_projection_put (
          projection,
          entry->record,
          hw_projection_relations_within (projection, entry->record, entry->relations));
      case HW_ITEM_CONFLICT:
        return entry->conflict != NULL
                 ? project_conflict (projection, entry->conflict, entry->relations)
                 : NULL;
      case HW_ITEM_DELETE:
      case HW_ITEM_PURGE:
        return project_removal (projection, entry);
      default:
        return NULL;
    }
}

static void
append_text (GString *out, const char *member, const char *text)
{
  g_autoptr (HwValue) value = text != NULL ? hw_value_new_text (text) : NULL;

  g_string_append_printf (out, ",\"%s\":", member);
  if (value != NULL)
    hw_value_append_json (value, out);
  else
    g_string_append (out, "null");
}

guint64
hw_projection_history_since (HwProjection *projection, HwRecord *record)
{
  return projection->mission ? shared_since (projection, record) : 0;
}

gboolean
hw_projection_append_history (
  HwProjection *projection, HwRecord *record, guint relations, HwHistoryEntry *entry, GString *out)
{
  g_autoptr (HwValue) moment = NULL;
  g_autofree char *at = moment_for (projection, entry->at, entry->by);
  gboolean elsewhere;

  if (!hw_projection_reads_field (projection, record, relations, entry->field)
      || hides_value (projection, entry->field, entry->value))
    return FALSE;
  elsewhere = projection->mission && entry->field == HW_FIELD_ATTACHMENT_ABOUT;
  if (elsewhere)
    return FALSE;
  g_string_append_printf (out,
                          "{\"field\":\"%s\",\"rev\":%" G_GUINT64_FORMAT ",\"value\":",
                          hw_schema_field (entry->field)->name,
                          entry->rev);
  if (entry->value != NULL)
    moment = rule_moment_for (projection, record, entry->field);
  if (entry->value != NULL)
    hw_field_append_json (
      hw_schema_field (entry->field), moment != NULL ? moment : entry->value, out);
  else
    g_string_append (out, "null");
  append_text (out, "by", author_for (projection, entry->by));
  append_text (out, "at", at);
  if (entry->let_in_by != NULL && !projection->mission)
    append_text (out, "let_in_by", entry->let_in_by);
  g_string_append_c (out, '}');
  return TRUE;
}

HwVerdict *
hw_projection_verdict (HwProjection *projection, HwVerdict *verdict, guint relations)
{
  HwReason reason = hw_verdict_reason (verdict);

  if (!PROJECTING)
    return hw_verdict_ref (verdict);
  /* Missing, malformed and not permitted say nothing of a case, and a mission must be able to put
   * them right. */
  if (projection->mission && (reason == HW_REASON_NOT_FOUND || reason == HW_REASON_INVALID))
    {
      HwFieldId field = hw_verdict_field (verdict);
      gboolean readable = field != HW_FIELD_NONE
                          && hw_access_may_read (
                            projection->actor->role, HW_RELATION_MISSION, hw_schema_field (field));

      return hw_verdict_new_refused (
        reason, readable ? field : HW_FIELD_NONE, readable ? hw_verdict_message (verdict) : NULL);
    }
  return hw_verdict_project (verdict, projection->actor->role, relations);
}

gboolean
hw_projection_reads_verdicts (HwProjection *projection, guint relations)
{
  return reads_category (projection, HW_CATEGORY_VERDICT, relations, TRUE);
}

gboolean
hw_projection_reads_ledger (HwProjection *projection, guint relations)
{
  return reads_category (projection, HW_CATEGORY_DISCLOSURE, relations, FALSE);
}

gboolean
hw_projection_sees_account (HwProjection *projection, const HwAccount *account)
{
  const HwActor *actor = projection->actor;

  if (!PROJECTING || g_strcmp0 (account->id, actor->user) == 0)
    return TRUE;
  if (projection->mission)
    return actor->mission != NULL && g_strcmp0 (account->mission, actor->mission) == 0;
  /* An office must see who at a mission wrote to it; a mission sees nobody of the office. */
  return actor->office != NULL && (account->mission != NULL || g_strcmp0 (account->office, actor->office) == 0);
}
