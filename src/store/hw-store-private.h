/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files of the store share with each other and with nobody else.
 *
 * Threads. The writing connection is used by whoever holds the writer's lock (recursive). A commit
 * holds it from BEGIN to after COMMIT. Reading functions take an HwDb, so that a commit reads its
 * own uncommitted state through the writer and everybody else reads through hw_store_begin_read.
 */
#pragma once

#include "store/hw-outbox.h"
#include "store/hw-server-store.h"
#include "store/hw-store.h"

G_BEGIN_DECLS

typedef struct _HwServerPart
  HwServerPart; /* the server's own state: sessions, scope, feed, audit (hw-server-*.c) */
typedef struct _HwRowMaker HwRowMaker; /* the SQL of one record type (hw-row.c) */

struct _HwStore
{
  GObject parent_instance;

  HwStoreMode mode;
  char *location;        /* (owned) as given to hw_db_open */
  HwVault *vault;        /* (owned) (nullable) what the file is encrypted by */
  gboolean in_memory;    /* ":memory:": readers share the writer */
  HwClock *clock;        /* (owned) */
  HwWorker *worker;      /* (owned) */
  GMainContext *context; /* (owned) signals are emitted here */
  int lock_fd;           /* the desktop's lock file; -1: none */
  gboolean closed;

  GRecMutex writer_lock;
  HwDb *writer; /* (owned) under writer_lock */

  GMutex readers_lock;
  GPtrArray *readers; /* (owned) idle ones, under readers_lock */

  GThread *committing; /* atomic: the thread inside a commit, which reads through the writer */

  GMutex state_lock;
  HwActor *actor;            /* (owned) (nullable) under state_lock */
  gboolean actor_changed;    /* tables are not yet made for this actor; under state_lock */
  HwCaseFile *directory;     /* (owned) (nullable) shared, read-only; under state_lock */
  guint64 directory_version; /* counts what changed it; under state_lock */
  HwOutboxCounts counts;     /* under state_lock */
  GPtrArray *unsent;         /* (owned) HwStoreChange waiting to be emitted; under state_lock */
  guint emit_source;         /* under state_lock */
  gboolean outbox_moved;     /* under state_lock */
  gboolean damage_found;     /* under state_lock; to be told */
  int damaged;               /* atomic */

  /* Under writer_lock. */
  HwRowMaker *rows[HW_N_TYPE_IDS]; /* (owned) NULL: this store has no table of that type */
  gboolean tables_ready;
  GHashTable *case_cache;    /* (owned) case id → HwCaseFile as the writer sees it */
  GQueue case_order;         /* case ids, least recently used first */
  GPtrArray *held;           /* (owned) HwStoreChange of a pull run that is not complete */
  gboolean purged;           /* something may no longer be seen, and its traces are not yet overwritten */
  gboolean index_traces;     /* … in the search index too */
  HwCaseFile *own_directory; /* (owned) (nullable) as the running commit changed it */
  gboolean directory_dirty;  /* the running commit changed it */
  guint64 seq;               /* server: last number given, committed or not */

  HwServerPart *server; /* (owned) (nullable) SERVER mode only */
};

/* ---- Connections (hw-store.c) ---- */
HwDb *hw_store_lock_writer (HwStore *store); /* blocks; pair with unlock */
void hw_store_unlock_writer (HwStore *store);
/* A connection to read from: the server's pool, or the desktop's writer under its lock. Opens a
 * read transaction, so that several statements see one state; inside a commit of this thread it is
 * the writer itself. */
HwDb *hw_store_begin_read (HwStore *store, GError **error);
void hw_store_end_read (HwStore *store, HwDb *db);
gboolean hw_store_ready (HwStore *store, GError **error); /* the tables are there */
void hw_store_changes_note (GPtrArray *changes,
                            HwTypeId type,
                            const char *id,
                            const char *case_id,
                            gboolean created,
                            gboolean deleted);
void hw_store_change_free (HwStoreChange *change);
GPtrArray *hw_store_changes_new (void);
void hw_store_emit_changes (HwStore *store,
                            GPtrArray *changes); /* (transfer full) in the opener's main context */
void hw_store_emit_outbox (HwStore *store);
char *hw_store_now_text (HwStore *store); /* RFC 3339 UTC */

/* hw_db_begin was called and neither commit nor rollback since (hw-db.c). */
gboolean hw_db_in_transaction (HwDb *db);
const char *hw_db_location (HwDb *db);
gboolean hw_db_integer (HwDb *db,
                        const char *sql,
                        gint64 *value,
                        GError **error); /* first column of the first row */

/* ---- Tables (hw-ddl.c) ---- */
gboolean
hw_ddl_check_version (HwStore *store, GError **error); /* refuses what a newer Homeward made */
gboolean hw_ddl_ensure (HwStore *store, GError **error);
gboolean hw_ddl_add_column (
  HwDb *db, const char *table, const char *column, const char *type, const char *begin, GError **error);
gboolean hw_ddl_wanted (HwStore *store, const HwActor *actor, HwTypeId type);

/* ---- Rows (hw-row.c) ---- */
HwRowMaker *hw_row_maker_new (HwTypeId type);
void hw_row_maker_free (HwRowMaker *maker);
HwRecord *hw_row_read (
  HwStore *store, HwDb *db, HwTypeId type, const char *id, GError **error); /* deleted ones too */
GPtrArray *
hw_row_read_case (HwStore *store, HwDb *db, HwTypeId type, const char *case_id, GError **error);
GPtrArray *hw_row_read_where (HwStore *store,
                              HwDb *db,
                              HwTypeId type,
                              HwFieldId where,
                              const char *equals,
                              guint limit,
                              GError **error);
gboolean hw_row_write (HwStore *store, HwDb *db, HwRecord *record, GError **error);
gboolean hw_row_update (HwStore *store,
                        HwDb *db,
                        HwRecord *before,
                        HwRecord *after,
                        GError **error); /* the row is as before says */
gboolean hw_row_remove (HwStore *store, HwDb *db, HwTypeId type, const char *id, GError **error);
/* What type and case an id belongs to; HW_TYPE_ID_NONE without error: nothing has it. */
HwTypeId hw_row_locate (HwStore *store, HwDb *db, const char *id, char **case_id, GError **error);
HwRecord *hw_row_find (HwStore *store, HwDb *db, const char *id, GError **error);
/* The key of the case file a record belongs to: its case; on a mission's desktop its request; NULL:
 * directory. (transfer full) */
char *hw_row_root (HwRecord *record);
/* One value as one text, of whatever shape (history, conflicts). Either may be NULL. */
char *hw_row_value_text (HwValue *value);
HwValue *hw_row_value_parse (const HwFieldDef *field, const char *text);

/* ---- Case files (hw-case-rows.c) ---- */
HwCaseFile *hw_case_file_read (HwStore *store,
                               HwDb *db,
                               const char *case_id,
                               GError **error); /* NULL without error: not there */
/* Adds the case's records of one type, with what they said before. */
gboolean hw_case_file_read_type (
  HwStore *store, HwDb *db, HwCaseFile *file, HwTypeId type, GError **error);
/* An empty one, with the directory as the writer sees it. */
HwCaseFile *hw_case_file_begin (HwStore *store, const char *case_id);
HwCaseFile *hw_directory_read (HwStore *store, HwDb *db, GError **error);

/* ---- Cases of the same person (hw-kin-rows.c) ---- */
/* The links that this case is one side of. (transfer full) (element-type HwRecord); NULL: a fault */
GPtrArray *hw_kin_links (HwStore *store, HwDb *db, const char *case_id, GError **error);
/* Gives the file what they say of her risks at this moment. */
gboolean hw_kin_read (HwStore *store, HwDb *db, HwCaseFile *file, GError **error);

/* ---- Conflicts (hw-conflict-rows.c) ---- */
HwConflict *
hw_conflict_read (HwStore *store, HwDb *db, const char *id, GError **error); /* (nullable) */

/* ---- Server: numbers ---- */
guint64 hw_store_next_seq (HwStore *store); /* inside a commit only */

/* ---- Hooks of the server's part ---- called under the writer's lock, SERVER mode only.
 * prepare: at open, inside a transaction: make the tables, load epoch and head, set store->seq to
 * the last number used. committed/rolled_back: after the transaction ended; committed wakes event
 * streams. */
gboolean hw_server_prepare (HwStore *store, GError **error);
void hw_server_finish (HwStore *store); /* at close */
void hw_server_committed (HwStore *store);
/* After a transaction began: reads anew what another program has written meanwhile. */
gboolean hw_server_notice (HwStore *store, GError **error);
void hw_server_rolled_back (HwStore *store);
/* One record changed (also deleted: hw_record_deleted). Called once per record written, with a
 * fresh seq. */
gboolean hw_feed_note (HwStore *store, HwRecord *record, guint64 seq, GError **error);
gboolean hw_feed_note_conflict (HwStore *store,
                                const HwConflict *conflict,
                                guint64 seq,
                                GError **error); /* opened or settled */
gboolean hw_audit_link (HwStore *store,
                        const HwActor *actor,
                        const char *action,
                        const char *case_id,
                        const char *record,
                        const char *detail,
                        GError **error);
/* Once per commit and case, after all its records are written, when one of a type that decides
 * access changed. May take further numbers from hw_store_next_seq. */
gboolean hw_scope_update (HwStore *store, HwCaseFile *file, guint64 seq, GError **error);

G_END_DECLS
