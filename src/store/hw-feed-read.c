/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading the feed. Every entry has one place, the later of the number under which the record changed
 * and the number since which the reader sees its root; within a number, entries are ordered by root and
 * record. A page is what lies between two places, so pages of any size join without gap or repetition, and
 * a place says nothing of who reads: the same cursor holds after every change of access.
 *
 * The case of a record never changes, so its place is found again from the record's id alone. A
 * record of a mission may move between requests; its pages are ordered by the record only.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-server-private.h"

#include <string.h>

typedef enum
{
  CANDIDATE_RECORD,
  CANDIDATE_LEFT,
  CANDIDATE_PURGE,
} CandidateKind;

/* What may become an entry; not yet read and not yet judged. */
typedef struct
{
  CandidateKind kind;
  guint64 seq;
  char *root;   /* (owned) "" in the directory */
  char *order;  /* (owned) root, or "" for a mission */
  char *record; /* (owned) */
  char *type;   /* (owned) (nullable) */
  char *field;  /* (owned) (nullable) of a conflict */
  char *author; /* (owned) (nullable) */
  guint relations, former;
  gboolean deleted;
} Candidate;

typedef struct
{
  HwStore *store;
  HwDb *db;
  const HwActor *actor;
  gboolean mission;
  guint64 seq; /* after this place … */
  char *order;
  char *record;
  guint64 upper; /* … up to this number */
  guint limit;
  GPtrArray *found; /* (element-type Candidate) */
} Reading;

#define RECORD_COLUMNS "f.record, f.type, f.field, f.author, f.deleted"

/* Parameters of each: 1 user, 2 seq, 3 order, 4 record, 5 upper, 6 limit, 7 mission. Columns: seq, root, order,
 * relations, former, then those of the record. */

/* Changed while the root was already visible. CROSS JOIN keeps the feed on the outside: a poll reads what is new,
 * not all that is visible. */
static const char cases_changed[]
  = "SELECT f.seq, v.root, f.case_id, v.relations, v.former, " RECORD_COLUMNS
    " FROM feed f CROSS JOIN visible v"
    " WHERE v.user = $1 AND v.root = f.case_id AND v.gone_seq = 0 AND v.since_seq <= f.seq"
    " AND (f.seq, f.case_id, f.record) > ($2, $3, $4) AND f.seq <= $5"
    " ORDER BY f.seq, f.case_id, f.record LIMIT $6";

/* The root entered, or is seen by another relation: all that it had before. */
static const char cases_entered[]
  = "SELECT v.since_seq, v.root, v.root, v.relations, v.former, " RECORD_COLUMNS
    " FROM visible v JOIN feed f ON f.case_id = v.root AND f.seq < v.since_seq"
    " WHERE v.user = $1 AND v.gone_seq = 0 AND (v.since_seq, v.root) >= ($2, $3)"
    " AND (v.since_seq, v.root, f.record) > ($2, $3, $4) AND v.since_seq <= $5"
    " ORDER BY v.since_seq, v.root, f.record LIMIT $6";

static const char roots_gone[]
  = "SELECT v.gone_seq, v.root, v.root, v.relations, 0, v.root, NULL, NULL, NULL, 0"
    " FROM visible v WHERE v.user = $1 AND v.gone_seq > 0"
    " AND (v.gone_seq, v.root, v.root) > ($2, $3, $4) AND v.gone_seq <= $5"
    " ORDER BY v.gone_seq, v.root LIMIT $6";

static const char directory_changed[]
  = "SELECT max(f.seq, a.since_seq) AS place, '', '', 0, 0, " RECORD_COLUMNS
    " FROM feed f JOIN account a ON a.id = $1"
    " WHERE f.case_id = '' AND (max(f.seq, a.since_seq), '', f.record) > ($2, $3, $4)"
    " AND max(f.seq, a.since_seq) <= $5 ORDER BY place, f.record LIMIT $6";

static const char requests_changed[]
  = "SELECT max(f.seq, v.since_seq) AS place, v.root, '', v.relations, v.former, " RECORD_COLUMNS
    " FROM visible v JOIN feed f ON f.request_id = v.root AND f.request_id <> ''"
    " WHERE v.user = $1 AND v.gone_seq = 0"
    " AND (max(f.seq, v.since_seq), '', f.record) > ($2, $3, $4) AND max(f.seq, v.since_seq) <= $5"
    " ORDER BY place, f.record LIMIT $6";

/* Taken from a request, unless it hangs on another one the reader sees. */
static const char requests_left[]
  = "SELECT l.seq, v.root, '', v.relations, v.former, l.record, l.type, NULL, l.author, 1"
    " FROM visible v JOIN feed_left l ON l.request_id = v.root JOIN feed f ON f.record = l.record"
    " WHERE v.user = $1 AND v.gone_seq = 0 AND (l.seq, '', l.record) > ($2, $3, $4) AND l.seq <= $5"
    " AND NOT EXISTS (SELECT 1 FROM visible o WHERE o.user = $1 AND o.root = f.request_id AND o.gone_seq = 0)"
    " ORDER BY l.seq, l.record LIMIT $6";

static const char requests_gone[]
  = "SELECT v.gone_seq, v.root, '', 0, 0, v.root, NULL, NULL, NULL, 0"
    " FROM visible v WHERE v.user = $1 AND v.gone_seq > 0"
    " AND (v.gone_seq, '', v.root) > ($2, $3, $4) AND v.gone_seq <= $5"
    " ORDER BY v.gone_seq, v.root LIMIT $6";

/* A mission reads its own entry in the directory and the conflicts about it. */
static const char own_mission[]
  = "SELECT max(f.seq, a.since_seq) AS place, '', '', 0, 0, " RECORD_COLUMNS
    " FROM account a JOIN feed f ON f.record = $7 WHERE a.id = $1"
    " AND (max(f.seq, a.since_seq), '', f.record) > ($2, $3, $4) AND max(f.seq, a.since_seq) <= $5 LIMIT $6";

static void
candidate_free (Candidate *self)
{
  g_free (self->root);
  g_free (self->order);
  g_free (self->record);
  g_free (self->type);
  g_free (self->field);
  g_free (self->author);
  g_free (self);
}

void
hw_feed_entry_free (HwFeedEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->id);
  g_free (entry->root);
  g_clear_object (&entry->record);
  g_clear_pointer (&entry->conflict, hw_conflict_free);
  g_free (entry);
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *one = *(const Candidate *const *) a;
  const Candidate *other = *(const Candidate *const *) b;
  int order;

  if (one->seq != other->seq)
    return one->seq < other->seq ? -1 : 1;
  order = strcmp (one->order, other->order);
  return order != 0 ? order : strcmp (one->record, other->record);
}

static Candidate *
candidate_new (HwStatement *statement, CandidateKind kind)
{
  Candidate *self = g_new0 (Candidate, 1);

  self->kind = kind;
  self->seq = (guint64) hw_statement_integer (statement, 0);
  self->root = g_strdup (hw_statement_text (statement, 1));
  self->order = g_strdup (hw_statement_text (statement, 2));
  self->relations = (guint) hw_statement_integer (statement, 3);
  self->former = (guint) hw_statement_integer (statement, 4);
  self->record = g_strdup (hw_statement_text (statement, 5));
  self->type = g_strdup (hw_statement_text (statement, 6));
  self->field = g_strdup (hw_statement_text (statement, 7));
  self->author = g_strdup (hw_statement_text (statement, 8));
  self->deleted = hw_statement_integer (statement, 9) != 0;
  return self;
}

static gboolean
gather (Reading *reading, const char *sql, CandidateKind kind, GError **error)
{
  HwStatement *statement = hw_db_prepare (reading->db, sql);
  g_autoptr (GError) local = NULL;

  hw_statement_bind_text (statement, 1, reading->actor->user);
  hw_statement_bind_integer (statement, 2, (gint64) reading->seq);
  hw_statement_bind_text (statement, 3, reading->order);
  hw_statement_bind_text (statement, 4, reading->record);
  hw_statement_bind_integer (statement, 5, (gint64) reading->upper);
  hw_statement_bind_integer (statement, 6, (gint64) reading->limit + 1);
  if (sql == own_mission)
    hw_statement_bind_text (statement, 7, reading->actor->mission);
  while (hw_statement_step (statement, &local))
    g_ptr_array_add (reading->found, candidate_new (statement, kind));
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The only search that passes over what is not the reader's. What is found already may fill the page: then
 * nothing beyond its last number can be in it, and the feed is passed over once in a run, not once a page. */
static gboolean
gather_changed (Reading *reading, GError **error)
{
  guint64 upper = reading->upper;
  gboolean done;

  if (reading->found->len > reading->limit)
    {
      g_ptr_array_sort (reading->found, compare_candidates);
      reading->upper = ((const Candidate *) g_ptr_array_index (reading->found, reading->limit))->seq;
    }
  done = gather (reading, cases_changed, CANDIDATE_RECORD, error);
  reading->upper = upper;
  return done;
}

static gboolean
gather_all (Reading *reading, GError **error)
{
  if (reading->mission)
    return gather (reading, requests_changed, CANDIDATE_RECORD, error)
           && gather (reading, requests_left, CANDIDATE_LEFT, error)
           && gather (reading, requests_gone, CANDIDATE_PURGE, error)
           && gather (reading, own_mission, CANDIDATE_RECORD, error);
  return gather (reading, cases_entered, CANDIDATE_RECORD, error)
         && gather (reading, roots_gone, CANDIDATE_PURGE, error)
         && gather (reading, directory_changed, CANDIDATE_RECORD, error)
         && gather_changed (reading, error);
}

/* ---- From candidate to entry ---- */

static guint
relations_to (const Reading *reading, const Candidate *candidate)
{
  guint relations = candidate->relations;

  if (candidate->root[0] == '\0')
    relations |= reading->mission ? HW_RELATION_MISSION : HW_RELATION_ANY;
  if (g_strcmp0 (candidate->author, reading->actor->user) == 0)
    relations |= HW_RELATION_AUTHOR;
  return relations;
}

static HwFeedEntry *
entry_new (const Candidate *candidate, HwItemOp op, HwTypeId type, guint relations)
{
  HwFeedEntry *entry = g_new0 (HwFeedEntry, 1);

  entry->op = op;
  entry->type = type;
  entry->id = g_strdup (candidate->record);
  entry->root = candidate->root[0] != '\0' ? g_strdup (candidate->root) : NULL;
  entry->relations = relations;
  return entry;
}

/* That one person deleted what another changed is for the office: a mission's right hangs on fields. */
static gboolean
reads_conflict (const Reading *reading, const Candidate *candidate, const HwTypeDef *def, guint relations)
{
  const HwFieldDef *field = hw_schema_field_by_name (def->id, candidate->field);

  if (candidate->field[0] == '\0')
    return !reading->mission && hw_scope_readable (reading->actor->role, relations, def->id);
  return field != NULL && hw_access_may_read (reading->actor->role, relations, field);
}

static HwFeedEntry *
conflict_entry (const Reading *reading, const Candidate *candidate, const HwTypeDef *def, GError **error)
{
  guint relations = relations_to (reading, candidate) & ~(guint) HW_RELATION_AUTHOR;
  HwFeedEntry *entry;

  if (!reads_conflict (reading, candidate, def, relations))
    return NULL;
  entry = entry_new (candidate, HW_ITEM_CONFLICT, def->id, relations);
  entry->conflict = hw_conflict_read (reading->store, reading->db, candidate->record, error);
  if (entry->conflict == NULL)
    g_clear_pointer (&entry, hw_feed_entry_free);
  return entry;
}

/* Whether this reader was once given this task. */
static gboolean
was_given (const Reading *reading, const char *task, GError **error)
{
  HwStatement *statement = hw_db_prepare (
    reading->db,
    "SELECT 1 FROM field_history WHERE record = $1 AND field = 'assignee' AND value = $2 LIMIT 1");
  gboolean found;

  hw_statement_bind_text (statement, 1, task);
  hw_statement_bind_text (statement, 2, reading->actor->user);
  found = hw_statement_step (statement, error);
  hw_statement_reset (statement);
  return found;
}

/* To whom only their own tasks are told, one they were given is their own, and one that was given to another after
 * them is taken back. Of the rest they learn nothing. */
static HwFeedEntry *
task_entry (const Reading *reading, const Candidate *candidate, guint relations, GError **error)
{
  g_autoptr (HwRecord) task
    = hw_row_read (reading->store, reading->db, HW_TYPE_ID_TASK, candidate->record, error);
  HwFeedEntry *entry;

  if (task == NULL)
    return NULL;
  if (!hw_access_is_own (task, reading->actor) || hw_record_deleted (task))
    return was_given (reading, candidate->record, error)
             ? entry_new (candidate, HW_ITEM_DELETE, HW_TYPE_ID_TASK, relations)
             : NULL;
  entry = entry_new (candidate, HW_ITEM_PUT, HW_TYPE_ID_TASK, relations | HW_RELATION_AUTHOR);
  entry->record = g_steal_pointer (&task);
  return entry;
}

static HwFeedEntry *
record_entry (const Reading *reading, const Candidate *candidate, GError **error)
{
  const HwTypeDef *def = hw_schema_type_by_name (candidate->type);
  guint relations = relations_to (reading, candidate);
  HwRole role = reading->actor->role;
  HwFeedEntry *entry;
  gboolean readable;

  if (def == NULL)
    return NULL;
  if (candidate->field != NULL)
    return conflict_entry (reading, candidate, def, error);
  readable = hw_scope_readable (role, relations, def->id);
  if (!readable && def->id == HW_TYPE_ID_TASK && candidate->root[0] != '\0'
      && hw_scope_readable (role, relations | HW_RELATION_AUTHOR, HW_TYPE_ID_TASK))
    return task_entry (reading, candidate, relations, error);
  if (!readable && candidate->former != HW_SCOPE_EVERYTHING
      && !hw_scope_readable (role, relations | candidate->former, def->id))
    return NULL;
  if (!readable || candidate->deleted || candidate->kind == CANDIDATE_LEFT)
    return entry_new (candidate, HW_ITEM_DELETE, def->id, relations);

  entry = entry_new (candidate, HW_ITEM_PUT, def->id, relations);
  entry->record = hw_row_read (reading->store, reading->db, def->id, candidate->record, error);
  if (entry->record == NULL)
    g_clear_pointer (&entry, hw_feed_entry_free);
  else if (hw_record_deleted (entry->record))
    {
      entry->op = HW_ITEM_DELETE;
      g_clear_object (&entry->record);
    }
  return entry;
}

/* ---- What is left of a case that was referred by the reader ---- */

static gboolean
add_last (const Reading *reading, const Candidate *candidate, HwTypeId type, const char *id, GPtrArray *entries,
          GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (HwRecord) record = hw_row_read (reading->store, reading->db, type, id, &local);
  HwFeedEntry *entry;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (record == NULL || hw_record_deleted (record)
      || (type == HW_TYPE_ID_REFERRAL && !hw_access_is_ended_referral (record, reading->actor->user)))
    return TRUE;
  entry = entry_new (candidate, HW_ITEM_PUT, type, HW_RELATION_REFERRED);
  g_free (entry->id);
  entry->id = g_strdup (id);
  entry->record = g_steal_pointer (&record);
  g_ptr_array_add (entries, entry);
  return TRUE;
}

/* After the purge of a case, at the same place: its header and the reader's own ended referrals. They are told with the
 * purge or not at all, so that nothing of what the case became later reaches who no longer has it. */
static gboolean
add_what_is_left (const Reading *reading, const Candidate *candidate, GPtrArray *entries, GError **error)
{
  g_autoptr (GPtrArray) referrals = NULL;

  if ((candidate->relations & HW_RELATION_REFERRED) == 0
      || !hw_scope_readable (reading->actor->role, HW_RELATION_REFERRED, HW_TYPE_ID_REFERRAL))
    return TRUE;
  referrals = hw_db_texts (reading->db, "SELECT id FROM r_referral WHERE case_id = $1 AND deleted = 0 ORDER BY id",
                           candidate->root, error);
  if (referrals == NULL
      || !add_last (reading, candidate, HW_TYPE_ID_CASE, candidate->root, entries, error))
    return FALSE;
  for (guint i = 0; i < referrals->len; i++)
    if (!add_last (reading, candidate, HW_TYPE_ID_REFERRAL, g_ptr_array_index (referrals, i), entries, error))
      return FALSE;
  return TRUE;
}

/* NULL without error: nothing of it is for this reader. */
static HwFeedEntry *
make_entry (const Reading *reading, const Candidate *candidate, GError **error)
{
  if (candidate->kind == CANDIDATE_PURGE)
    return entry_new (candidate, HW_ITEM_PURGE,
                      reading->mission ? HW_TYPE_ID_EMBASSY_REQUEST : HW_TYPE_ID_CASE, 0);
  return record_entry (reading, candidate, error);
}

/* ---- The page ---- */

/* The order key of the place where the last page ended. */
static gboolean
find_place (Reading *reading, const HwFeedPosition *position, GError **error)
{
  HwStatement *statement;
  g_autoptr (GError) local = NULL;

  g_free (reading->order);
  g_free (reading->record);
  reading->order = g_strdup ("");
  reading->record = g_strdup (position->record);
  reading->seq = position->seq;
  if (position->record[0] == '\0')
    {
      /* All of that number was read: nothing has an empty record, so the next number begins here. */
      reading->seq = position->seq + 1;
      return TRUE;
    }
  if (reading->mission)
    return TRUE;
  statement = hw_db_prepare (reading->db, "SELECT case_id FROM feed WHERE record = $1");
  hw_statement_bind_text (statement, 1, position->record);
  if (hw_statement_step (statement, &local))
    {
      g_free (reading->order);
      reading->order = g_strdup (hw_statement_text (statement, 0));
    }
  hw_statement_reset (statement);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Reads one stretch of candidates. Moves *position past all it judged. */
static gboolean
read_stretch (Reading *reading, HwFeedPosition *position, GPtrArray *entries, gboolean *more, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) candidate_free);
  guint taken;

  reading->found = found;
  if (!find_place (reading, position, error) || !gather_all (reading, error))
    return FALSE;
  g_ptr_array_sort (found, compare_candidates);
  taken = MIN (found->len, reading->limit);
  *more = found->len > taken;
  for (guint i = 0; i < taken; i++)
    {
      const Candidate *candidate = g_ptr_array_index (found, i);
      g_autoptr (GError) local = NULL;
      HwFeedEntry *entry = make_entry (reading, candidate, &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (entry != NULL)
        g_ptr_array_add (entries, entry);
      if (candidate->kind == CANDIDATE_PURGE && !reading->mission
          && !add_what_is_left (reading, candidate, entries, error))
        return FALSE;
      position->seq = candidate->seq;
      g_strlcpy (position->record, candidate->record, sizeof position->record);
    }
  return TRUE;
}

GPtrArray *
hw_store_read_feed (HwStore *store, const HwActor *actor, HwFeedPosition *position, guint64 upper, guint limit,
                    gboolean *more, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) hw_feed_entry_free);
  Reading reading = { .store = store, .actor = actor, .mission = actor->role == HW_ROLE_EMBASSY_LIAISON, .upper = upper };
  gboolean going = TRUE, done = TRUE;

  g_return_val_if_fail (limit > 0, NULL);

  reading.db = hw_store_begin_read (store, error);
  if (reading.db == NULL)
    return NULL;
  while (done && going && entries->len < limit)
    {
      reading.limit = limit - entries->len;
      done = read_stretch (&reading, position, entries, &going, error);
    }
  hw_store_end_read (store, reading.db);
  g_free (reading.order);
  g_free (reading.record);
  if (!done)
    return NULL;
  if (!going)
    *position = (HwFeedPosition) { .seq = MAX (position->seq, upper) };
  if (more != NULL)
    *more = going;
  return g_steal_pointer (&entries);
}
