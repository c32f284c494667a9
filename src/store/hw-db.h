/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwDb: one connection to a database. Every database of Homeward, on the desktop and on the server,
 * is opened by hw_db_open or hw_db_open_in_vault and nowhere else; PostgreSQL comes in behind it.
 * A connection belongs to one thread at a time. SQL text uses $1, $2 … and is the dialect both engines share.
 */
#pragma once

#include "vault/hw-vault.h"

G_BEGIN_DECLS

#define HW_STORE_ERROR (hw_store_error_quark ())
GQuark hw_store_error_quark (void);
typedef enum
{
  HW_STORE_ERROR_OPEN,    /* not there, not a database, wrong permissions */
  HW_STORE_ERROR_LOCKED,  /* another Homeward holds it */
  HW_STORE_ERROR_FULL,    /* disk full: what was committed stays, this change was not saved */
  HW_STORE_ERROR_READ_ONLY,
  HW_STORE_ERROR_DAMAGED,
  HW_STORE_ERROR_ALTERED, /* an open file says something else than the vault: nothing may be sent anywhere */
  HW_STORE_ERROR_NEWER,   /* made by a newer Homeward */
  HW_STORE_ERROR_FAILED,
} HwStoreError;

typedef enum
{
  HW_DB_READ_WRITE = 0,
  HW_DB_READ_ONLY  = 1 << 0,
  HW_DB_CREATE     = 1 << 1,
} HwDbFlags;

typedef struct _HwDb        HwDb;
typedef struct _HwStatement HwStatement;

/* location: a file name, "sqlite:FILE", or ":memory:" in tests. */
HwDb       *hw_db_open (const char *location, HwDbFlags flags, GError **error);
/* The same, encrypted: location is a file of the vault's folder. The vault is referenced until the connection is closed. */
HwDb       *hw_db_open_in_vault (HwVault *vault, const char *location, HwDbFlags flags, GError **error);
void        hw_db_close (HwDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HwDb, hw_db_close)

gboolean    hw_db_exec (HwDb *db, const char *sql, GError **error); /* one or more statements without parameters */
gboolean    hw_db_begin (HwDb *db, GError **error);                 /* BEGIN IMMEDIATE on a writer, BEGIN on a reader */
gboolean    hw_db_commit (HwDb *db, GError **error);                /* returns after the data is durable */
void        hw_db_rollback (HwDb *db);
gboolean    hw_db_savepoint (HwDb *db, const char *name, GError **error);
gboolean    hw_db_release (HwDb *db, const char *name, GError **error);
void        hw_db_rollback_to (HwDb *db, const char *name);
gint64      hw_db_changes (HwDb *db);
gboolean    hw_db_is_damaged (HwDb *db); /* a statement failed with HW_STORE_ERROR_DAMAGED since it was opened */

/* Prepared statements are cached by their text; (transfer none), reset and unbound. Errors are kept
 * and reported by step, so binding never fails by itself. */
HwStatement *hw_db_prepare (HwDb *db, const char *sql);
void         hw_statement_bind_text (HwStatement *statement, guint n, const char *text);  /* NULL binds null; copied */
void         hw_statement_bind_integer (HwStatement *statement, guint n, gint64 value);
void         hw_statement_bind_blob (HwStatement *statement, guint n, gconstpointer data, gsize size);
void         hw_statement_bind_null (HwStatement *statement, guint n);
/* TRUE: a row is there. FALSE: done, or *error is set. */
gboolean     hw_statement_step (HwStatement *statement, GError **error);
/* Runs to the end and resets; for INSERT, UPDATE, DELETE. */
gboolean     hw_statement_run (HwStatement *statement, GError **error);
void         hw_statement_reset (HwStatement *statement);
const char  *hw_statement_text (HwStatement *statement, guint column); /* from 0; valid until the next step */
gint64       hw_statement_integer (HwStatement *statement, guint column);
gconstpointer hw_statement_blob (HwStatement *statement, guint column, gsize *size);
gboolean     hw_statement_is_null (HwStatement *statement, guint column);

/* A statement with at most two texts in it ($1, $2; NULL: not in it), run to its end. */
gboolean   hw_db_run (HwDb *db, const char *sql, const char *first, const char *second, GError **error);
/* The first column of each row. (transfer full) (element-type utf8) */
GPtrArray *hw_db_texts (HwDb *db, const char *sql, const char *first, GError **error);

G_END_DECLS
