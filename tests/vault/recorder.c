/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/vault/recorder.h"

#include "tests/vault/vault-fixture.h"

#include <glib/gstdio.h>
#include <stdio.h>

#define SECTOR 512
#define N_FILES 3

static const char *const suffixes[N_FILES] = { "", "-wal", "-journal" };

typedef enum
{
  WRITE,
  TRUNCATE,
  SYNC,
  DELETE,
  ACKNOWLEDGE,
} StepKind;

typedef struct
{
  StepKind kind;
  guint file;
  gint64 at;
  GBytes *data; /* (owned) (nullable) */
} Step;

struct _Recorder
{
  sqlite3_vfs vfs;
  sqlite3_vfs *base;
  GArray *steps;
};

typedef struct
{
  sqlite3_file file;
  Recorder *recorder;
  guint which;
  sqlite3_file *real;
} RecordedFile;

#define REAL(file) (((RecordedFile *) (file))->real)
#define CALL(file, method, ...) REAL (file)->pMethods->method (REAL (file), ##__VA_ARGS__)

static void
note (Recorder *self, StepKind kind, guint file, gint64 at, const void *data, int size)
{
  Step step = { kind, file, at, data != NULL ? g_bytes_new (data, (gsize) size) : NULL };

  g_array_append_val (self->steps, step);
}

static void
note_file (sqlite3_file *file, StepKind kind, gint64 at, const void *data, int size)
{
  RecordedFile *self = (RecordedFile *) file;

  note (self->recorder, kind, self->which, at, data, size);
}

static int
file_close (sqlite3_file *file)
{
  return CALL (file, xClose);
}

static int
file_read (sqlite3_file *file, void *out, int size, sqlite3_int64 at)
{
  return CALL (file, xRead, out, size, at);
}

static int
file_write (sqlite3_file *file, const void *data, int size, sqlite3_int64 at)
{
  note_file (file, WRITE, at, data, size);
  return CALL (file, xWrite, data, size, at);
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  note_file (file, TRUNCATE, size, NULL, 0);
  return CALL (file, xTruncate, size);
}

/* The real disk need not be waited for: it is the simulated one that is cut. */
static int
file_sync (sqlite3_file *file, int flags)
{
  note_file (file, SYNC, 0, NULL, 0);
  return SQLITE_OK;
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return CALL (file, xFileSize, size);
}

static int
file_lock (sqlite3_file *file, int level)
{
  return CALL (file, xLock, level);
}

static int
file_unlock (sqlite3_file *file, int level)
{
  return CALL (file, xUnlock, level);
}

static int
file_check (sqlite3_file *file, int *result)
{
  return CALL (file, xCheckReservedLock, result);
}

static int
file_control (sqlite3_file *file, int operation, void *argument)
{
  return CALL (file, xFileControl, operation, argument);
}

static int
file_sector (sqlite3_file *file)
{
  return SECTOR;
}

static int
file_characteristics (sqlite3_file *file)
{
  return CALL (file, xDeviceCharacteristics);
}

static int
shm_map (sqlite3_file *file, int region, int size, int extend, void volatile **out)
{
  return CALL (file, xShmMap, region, size, extend, out);
}

static int
shm_lock (sqlite3_file *file, int at, int n, int flags)
{
  return CALL (file, xShmLock, at, n, flags);
}

static void
shm_barrier (sqlite3_file *file)
{
  CALL (file, xShmBarrier);
}

static int
shm_unmap (sqlite3_file *file, int and_delete)
{
  return CALL (file, xShmUnmap, and_delete);
}

static const sqlite3_io_methods methods
  = { 2,           file_close,  file_read,    file_write,           file_truncate, file_sync, file_size, file_lock, file_unlock,
      file_check,  file_control, file_sector, file_characteristics, shm_map,       shm_lock,  shm_barrier, shm_unmap };

static guint
which_file (const char *name)
{
  for (guint i = 1; i < N_FILES; i++)
    if (g_str_has_suffix (name, suffixes[i]))
      return i;
  return 0;
}

static int
vfs_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  Recorder *self = (Recorder *) vfs;
  RecordedFile *recorded = (RecordedFile *) file;
  int code;

  memset (recorded, 0, sizeof *recorded);
  recorded->recorder = self;
  recorded->which = which_file (name);
  recorded->real = (sqlite3_file *) (recorded + 1);
  code = self->base->xOpen (self->base, name, recorded->real, flags, out_flags);
  if (code == SQLITE_OK)
    recorded->file.pMethods = &methods;
  return code;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int sync)
{
  Recorder *self = (Recorder *) vfs;

  note (self, DELETE, which_file (name), 0, NULL, 0);
  return self->base->xDelete (self->base, name, sync);
}

static int
vfs_access (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  return ((Recorder *) vfs)->base->xAccess (((Recorder *) vfs)->base, name, flags, result);
}

static int
vfs_full_path (sqlite3_vfs *vfs, const char *name, int size, char *out)
{
  return ((Recorder *) vfs)->base->xFullPathname (((Recorder *) vfs)->base, name, size, out);
}

static int
vfs_sleep (sqlite3_vfs *vfs, int microseconds)
{
  return ((Recorder *) vfs)->base->xSleep (((Recorder *) vfs)->base, microseconds);
}

static int
vfs_time (sqlite3_vfs *vfs, double *now)
{
  return ((Recorder *) vfs)->base->xCurrentTime (((Recorder *) vfs)->base, now);
}

static int
vfs_error (sqlite3_vfs *vfs, int size, char *out)
{
  return ((Recorder *) vfs)->base->xGetLastError (((Recorder *) vfs)->base, size, out);
}

static void
clear_step (gpointer data)
{
  g_clear_pointer (&((Step *) data)->data, g_bytes_unref);
}

Recorder *
recorder_new (void)
{
  Recorder *self = g_new0 (Recorder, 1);

  sqlite3_initialize ();
  self->base = sqlite3_vfs_find (NULL);
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_set_clear_func (self->steps, clear_step);
  self->vfs.iVersion = 1;
  self->vfs.szOsFile = (int) sizeof (RecordedFile) + self->base->szOsFile;
  self->vfs.mxPathname = self->base->mxPathname;
  self->vfs.zName = "recorder";
  self->vfs.xOpen = vfs_open;
  self->vfs.xDelete = vfs_delete;
  self->vfs.xAccess = vfs_access;
  self->vfs.xFullPathname = vfs_full_path;
  self->vfs.xSleep = vfs_sleep;
  self->vfs.xCurrentTime = vfs_time;
  self->vfs.xGetLastError = vfs_error;
  sqlite3_vfs_register (&self->vfs, 0);
  return self;
}

void
recorder_free (Recorder *self)
{
  sqlite3_vfs_unregister (&self->vfs);
  g_array_unref (self->steps);
  g_free (self);
}

const char *
recorder_name (Recorder *self)
{
  return self->vfs.zName;
}

void
recorder_acknowledge (Recorder *self, gint64 n)
{
  note (self, ACKNOWLEDGE, 0, n, NULL, 0);
}

guint
recorder_length (Recorder *self)
{
  return self->steps->len;
}

/* ---- Replay ---- */

typedef struct
{
  GByteArray *bytes;  /* what is durable */
  GPtrArray *waiting; /* (element-type Step) not owned */
} Disk;

static void
put (GByteArray *bytes, gint64 at, const guint8 *data, gsize size)
{
  guint before = bytes->len;

  if (at + (gint64) size > before)
    {
      g_byte_array_set_size (bytes, (guint) at + (guint) size);
      memset (bytes->data + before, 0, bytes->len - before);
    }
  memcpy (bytes->data + at, data, size);
}

static void
apply (GByteArray *bytes, const Step *step)
{
  if (step->kind == WRITE)
    put (bytes, step->at, g_bytes_get_data (step->data, NULL), g_bytes_get_size (step->data));
  else if (step->at < bytes->len)
    g_byte_array_set_size (bytes, (guint) step->at);
}

/* Sector by sector, each there or not. */
static void
apply_torn (GByteArray *bytes, const Step *step, GRand *random)
{
  const guint8 *data = g_bytes_get_data (step->data, NULL);
  gint64 end = step->at + (gint64) g_bytes_get_size (step->data);

  for (gint64 at = step->at; at < end;)
    {
      gint64 next = MIN ((at / SECTOR + 1) * SECTOR, end);

      if (g_rand_boolean (random))
        put (bytes, at, data + (at - step->at), (gsize) (next - at));
      at = next;
    }
}

static void
lose (Disk *disk, GRand *random)
{
  double all = g_rand_double (random);

  for (guint i = 0; i < disk->waiting->len && all > 0.15; i++)
    {
      const Step *step = g_ptr_array_index (disk->waiting, i);
      double one = g_rand_double (random);

      if (all > 0.85 || one > 0.7)
        apply (disk->bytes, step);
      else if (one > 0.3 && step->kind == WRITE)
        apply_torn (disk->bytes, step, random);
    }
}

static void
flush (Disk *disk)
{
  for (guint i = 0; i < disk->waiting->len; i++)
    apply (disk->bytes, g_ptr_array_index (disk->waiting, i));
  g_ptr_array_set_size (disk->waiting, 0);
}

static void
play (Disk *disks, const Step *step)
{
  Disk *disk = &disks[step->file];

  switch (step->kind)
    {
      case WRITE:
      case TRUNCATE:
        g_ptr_array_add (disk->waiting, (gpointer) step);
        break;
      case SYNC:
        flush (disk);
        break;
      case DELETE:
        g_ptr_array_set_size (disk->waiting, 0);
        g_byte_array_set_size (disk->bytes, 0);
        break;
      case ACKNOWLEDGE:
      default:
        break;
    }
}

gint64
recorder_replay (Recorder *self, guint upto, gboolean whole, GRand *random, const char *path)
{
  Disk disks[N_FILES];
  gint64 acknowledged = 0;
  g_autofree char *index = g_strconcat (path, "-shm", NULL);

  for (guint i = 0; i < N_FILES; i++)
    disks[i] = (Disk){ g_byte_array_new (), g_ptr_array_new () };
  for (guint i = 0; i < upto; i++)
    {
      const Step *step = &g_array_index (self->steps, Step, i);

      play (disks, step);
      if (step->kind == ACKNOWLEDGE)
        acknowledged = step->at;
    }
  g_unlink (index);
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      if (whole)
        flush (&disks[i]);
      else
        lose (&disks[i], random);
      g_unlink (file);
      if (disks[i].bytes->len > 0)
        file_put (file, disks[i].bytes->data, disks[i].bytes->len);
      g_byte_array_unref (disks[i].bytes);
      g_ptr_array_unref (disks[i].waiting);
    }
  return acknowledged;
}
