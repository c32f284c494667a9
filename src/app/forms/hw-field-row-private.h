/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the two files of HwFieldRow share: its look (hw-field-row.c) and its edit (hw-field-row-edit.c).
 */
#pragma once

#include "app/forms/hw-field-row.h"

G_BEGIN_DECLS

struct _HwFieldRow
{
  AdwPreferencesRow parent;
  const HwFieldDef *field; /* set once, by property or by new */
  HwFormContext *context;  /* (owned) */
  HwRecord *record;        /* (owned) (nullable) */
  GSignalGroup *watch;     /* (owned) of record */
  GSignalGroup *veil_watch; /* (owned) of the context's veil */
  HwFieldEditor *editor;   /* (unowned) */

  HwValue *pending;  /* (owned) (nullable) committed, not yet in the record */
  gboolean waiting;  /* pending is meaningful: NULL is a value too */
  HwValue *previous; /* (owned) (nullable) before the last commit */
  gboolean undoable;
  HwValue *seen;     /* (owned) (nullable) the record's value on screen */
  guint64 base;      /* its revision */
  gboolean editable;
  gboolean dirty;
  gboolean focused;
  gboolean changed;
  gboolean revealed;
  gboolean own; /* a record she is making: what she wrote stays readable */
  guint mask_timeout;

  GtkWidget *below;        /* (unowned) template children from here */
  GtkWidget *beside;
  GtkLabel *title;
  GtkLabel *value;
  GtkLabel *help;
  GtkWidget *history;
  GtkWidget *reveal;
  GtkRevealer *error_revealer;
  GtkLabel *error;
  GtkRevealer *changed_revealer;
  GtkLabel *changed_words;
  GtkWidget *take_theirs;
  GtkWidget *keep_mine;
};

/* The look */
void     hw_field_row_update_look (HwFieldRow *row);
void     hw_field_row_update_names (HwFieldRow *row);
void     hw_field_row_set_css (HwFieldRow *row, const char *css_class, gboolean on);
void     hw_field_row_set_empty (HwFieldRow *row, gboolean empty);

/* The edit */
HwValue *hw_field_row_value (HwFieldRow *row); /* (nullable) what the record says */
char    *hw_field_row_words (HwFieldRow *row, HwValue *value, const char *otherwise);
void     hw_field_row_set_flag (HwFieldRow *row, gboolean *flag, gboolean value, const char *property);
void     hw_field_row_load (HwFieldRow *row); /* shows the record's value and forgets what was typed */
void     hw_field_row_fill_editor (HwFieldRow *row); /* with what it may hold now */
void     hw_field_row_clear_changed (HwFieldRow *row);
void     hw_field_row_mask_changed (HwFieldRow *row);
void     hw_field_row_set_error (HwFieldRow *row, const char *message); /* (nullable) */
void     hw_field_row_record_changed (HwFieldRow *row);
void     hw_field_row_edited (HwFieldRow *row);

G_END_DECLS
