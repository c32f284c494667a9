/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A SQLite file system that writes down everything it is asked to do to the disk, and can give the files as a power
 * cut would have left them: what was synced is there; of the rest each write is there, or not, or torn by sectors.
 */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _Recorder Recorder;

Recorder   *recorder_new (void);
void        recorder_free (Recorder *recorder);
const char *recorder_name (Recorder *recorder); /* of the file system */
/* Notes that transaction n was answered for. */
void        recorder_acknowledge (Recorder *recorder, gint64 n);
guint       recorder_length (Recorder *recorder);

/* Puts the files, as they stand after the first `upto` steps, under path. whole: nothing is lost but what
 * comes later; otherwise what was not synced is at the mercy of random. Returns the last transaction
 * that was answered for. */
gint64      recorder_replay (Recorder *recorder, guint upto, gboolean whole, GRand *random, const char *path);

G_END_DECLS
