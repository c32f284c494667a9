/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HwCaseRow: one line of the case list, as it was when it was read. One that is not read yet
 * answers nothing and says "loaded" once, when it is filled.
 */
#define G_LOG_DOMAIN "homeward-store"

#include "store/hw-case-list-private.h"

#include <glib/gi18n-lib.h>

struct _HwCaseRow
{
  GObject parent_instance;

  gint64 n; /* of its summary */
  gboolean loaded;
  HwStage stage;
  char *id;
  char *code;
  char *pseudonym;
  char *urgency;
  char *country;
  char *place;
  char *zone;
  char *next_due;
  char *next_due_what;
  char *blocked_by;
  char *owner;
  char *updated_at;
};

G_DEFINE_FINAL_TYPE (HwCaseRow, hw_case_row, G_TYPE_OBJECT)

enum
{
  LOADED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
hw_case_row_finalize (GObject *object)
{
  HwCaseRow *self = HW_CASE_ROW (object);

  g_free (self->id);
  g_free (self->code);
  g_free (self->pseudonym);
  g_free (self->urgency);
  g_free (self->country);
  g_free (self->place);
  g_free (self->zone);
  g_free (self->next_due);
  g_free (self->next_due_what);
  g_free (self->blocked_by);
  g_free (self->owner);
  g_free (self->updated_at);
  G_OBJECT_CLASS (hw_case_row_parent_class)->finalize (object);
}

static void
hw_case_row_class_init (HwCaseRowClass *class)
{
  G_OBJECT_CLASS (class)->finalize = hw_case_row_finalize;

  signals[LOADED] = g_signal_new (
    "loaded", HW_TYPE_CASE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hw_case_row_init (HwCaseRow *self)
{
}

HwCaseRow *
hw_case_row_new (gint64 n)
{
  HwCaseRow *self = g_object_new (HW_TYPE_CASE_ROW, NULL);

  self->n = n;
  return self;
}

static char *
text (HwStatement *statement, guint column)
{
  return g_strdup (hw_statement_text (statement, column));
}

HwCaseRow *
hw_case_row_new_unreadable (gint64 n)
{
  HwCaseRow *self = hw_case_row_new (n);

  self->loaded = TRUE;
  self->id = g_strdup ("");
  self->pseudonym = g_strdup (_ ("Cannot be read"));
  return self;
}

HwCaseRow *
hw_case_row_read (HwDb *db, gint64 n, GError **error)
{
  HwStatement *statement
    = hw_db_prepare (db,
                     "SELECT case_id, code, pseudonym, urgency, stage, country, place, zone, "
                     "next_due, next_due_what,"
                     " blocked_by, owner, updated_at FROM case_summary WHERE n = $1");
  HwCaseRow *self = NULL;

  hw_statement_bind_integer (statement, 1, n);
  if (hw_statement_step (statement, error))
    {
      self = hw_case_row_new (n);
      self->loaded = TRUE;
      self->id = text (statement, 0);
      self->code = text (statement, 1);
      self->pseudonym = text (statement, 2);
      self->urgency = text (statement, 3);
      self->stage = (HwStage)hw_statement_integer (statement, 4);
      self->country = text (statement, 5);
      self->place = text (statement, 6);
      self->zone = text (statement, 7);
      self->next_due = text (statement, 8);
      self->next_due_what = text (statement, 9);
      self->blocked_by = text (statement, 10);
      self->owner = text (statement, 11);
      self->updated_at = text (statement, 12);
    }
  hw_statement_reset (statement);
  return self;
}

gint64
hw_case_row_number (HwCaseRow *row)
{
  return row->n;
}

void
hw_case_row_take (HwCaseRow *row, HwCaseRow *loaded)
{
  if (row->loaded)
    return;
  row->stage = loaded->stage;
  row->id = g_strdup (loaded->id);
  row->code = g_strdup (loaded->code);
  row->pseudonym = g_strdup (loaded->pseudonym);
  row->urgency = g_strdup (loaded->urgency);
  row->country = g_strdup (loaded->country);
  row->place = g_strdup (loaded->place);
  row->zone = g_strdup (loaded->zone);
  row->next_due = g_strdup (loaded->next_due);
  row->next_due_what = g_strdup (loaded->next_due_what);
  row->blocked_by = g_strdup (loaded->blocked_by);
  row->owner = g_strdup (loaded->owner);
  row->updated_at = g_strdup (loaded->updated_at);
  row->loaded = TRUE;
  g_signal_emit (row, signals[LOADED], 0);
}

gboolean
hw_case_row_is_loaded (HwCaseRow *row)
{
  return row->loaded;
}

const char *
hw_case_row_id (HwCaseRow *row)
{
  return row->id;
}

const char *
hw_case_row_code (HwCaseRow *row)
{
  return row->code;
}

const char *
hw_case_row_pseudonym (HwCaseRow *row)
{
  return row->pseudonym;
}

const char *
hw_case_row_urgency (HwCaseRow *row)
{
  return row->urgency;
}

HwStage
hw_case_row_stage (HwCaseRow *row)
{
  return row->stage;
}

const char *
hw_case_row_country (HwCaseRow *row)
{
  return row->country;
}

const char *
hw_case_row_place (HwCaseRow *row)
{
  return row->place;
}

const char *
hw_case_row_zone (HwCaseRow *row)
{
  return row->zone;
}

const char *
hw_case_row_next_due (HwCaseRow *row)
{
  return row->next_due;
}

const char *
hw_case_row_next_due_what (HwCaseRow *row)
{
  return row->next_due_what;
}

const char *
hw_case_row_blocked_by (HwCaseRow *row)
{
  return row->blocked_by;
}

const char *
hw_case_row_owner (HwCaseRow *row)
{
  return row->owner;
}

const char *
hw_case_row_updated_at (HwCaseRow *row)
{
  return row->updated_at;
}
