/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The files of the vault's file system: a database, its write-ahead log, its rollback journal, each encrypted
 * page by page as SQLite writes them. Anything else, above all a temporary file, is refused. What does not
 * open is an error to whoever reads it, never bytes; the two exceptions are those that recovery after a crash
 * needs, and they give zeros.
 */
#define G_LOG_DOMAIN "homeward-vault"

#include "vault/hw-vault-private.h"

#define LOG_HEADER 32
#define FRAME (HW_VAULT_FRAME_HEADER + HW_VAULT_PAGE)
#define SECTOR 512
#define CHECK 4
#define NOWHERE (-1)
#define RESERVED_AT 20
#define PAGE_SIZE_AT 16

typedef enum
{
  DATABASE,
  LOG,
  JOURNAL,
} FileKind;

typedef struct
{
  sqlite3_file  base;
  HwVault      *vault; /* (owned) */
  FileKind      kind;
  guint8        name_tag[HW_VAULT_NAME_TAG];
  sqlite3_int64 size_at_open;
  sqlite3_int64 header_at; /* the frame header that was written last … */
  guint8        header[HW_VAULT_FRAME_HEADER]; /* … in plain */
  sqlite3_int64 check_at; /* where the journal page that was last read or written ends … */
  guint8        mask[CHECK]; /* … and what hides the sum behind it */
  guint8       *stored; /* (owned) one frame as on disk */
  guint8       *plain;  /* (owned) one page */
  sqlite3_file *real;   /* (unowned) behind this struct */
} VaultFile;

static VaultFile *
vault_file (sqlite3_file *file)
{
  return (VaultFile *) file;
}

static int
read_real (VaultFile *self, void *out, sqlite3_int64 size, sqlite3_int64 offset)
{
  return self->real->pMethods->xRead (self->real, out, (int) size, offset);
}

static int
write_real (VaultFile *self, const void *data, sqlite3_int64 size, sqlite3_int64 offset)
{
  return self->real->pMethods->xWrite (self->real, data, (int) size, offset);
}

static gboolean
all_zero (const guint8 *bytes, gsize size)
{
  return sodium_is_zero (bytes, size) == 1;
}

/* FALSE also when the vault was locked meanwhile. */
static gboolean
open_page (VaultFile *self, const HwPagePlace *place, const guint8 *stored, guint8 *plain)
{
  const HwVaultKeys *keys = hw_vault_hold_keys (self->vault);
  gboolean opened = keys != NULL && hw_page_open (keys, place, stored, plain);

  hw_vault_release_keys (self->vault);
  if (!opened)
    memset (plain, 0, HW_VAULT_PAGE);
  return opened;
}

static gboolean
seal_page (VaultFile *self, const HwPagePlace *place, const guint8 *plain, guint8 *stored)
{
  const HwVaultKeys *keys = hw_vault_hold_keys (self->vault);

  if (keys != NULL)
    hw_page_seal (keys, place, plain, stored);
  hw_vault_release_keys (self->vault);
  return keys != NULL;
}

static gboolean
turn_header (VaultFile *self, sqlite3_int64 offset, guint8 *header, gboolean seal)
{
  const HwVaultKeys *keys = hw_vault_hold_keys (self->vault);

  if (keys != NULL)
    (seal ? hw_frame_header_seal : hw_frame_header_open) (keys, offset, header);
  hw_vault_release_keys (self->vault);
  return keys != NULL;
}

/* ---- The database ---- */

static HwPagePlace
database_place (VaultFile *self, guint32 page)
{
  return (HwPagePlace){ .kind = HW_PAGE_DATABASE, .name_tag = self->name_tag, .page = page };
}

/* What SQLite asks of a file before it knows that a crash tore its first page: enough for recovery to begin. */
static int
torn_first_page (guint8 *plain)
{
  memset (plain, 0, HW_VAULT_PAGE);
  plain[PAGE_SIZE_AT] = HW_VAULT_PAGE >> 8;
  plain[PAGE_SIZE_AT + 1] = HW_VAULT_PAGE & 0xff;
  plain[RESERVED_AT] = HW_VAULT_RESERVED;
  return SQLITE_OK;
}

/* Zeros are a hole only behind what was there when the file was opened: there SQLite wrote a later page first. */
static int
read_page (VaultFile *self, guint32 page, gboolean only_header, guint8 *plain)
{
  sqlite3_int64 offset = (sqlite3_int64) (page - 1) * HW_VAULT_PAGE, size = 0;
  HwPagePlace place = database_place (self, page);
  int code = read_real (self, plain, HW_VAULT_PAGE, offset);

  if (code == SQLITE_IOERR_SHORT_READ)
    {
      self->real->pMethods->xFileSize (self->real, &size);
      if (size <= offset)
        return SQLITE_IOERR_SHORT_READ;
    }
  else if (code != SQLITE_OK)
    return code;
  else if (offset >= self->size_at_open && all_zero (plain, HW_VAULT_PAGE))
    return SQLITE_OK;
  if (open_page (self, &place, plain, plain))
    return SQLITE_OK;
  return only_header ? torn_first_page (plain) : SQLITE_IOERR_DATA;
}

static int
read_database (VaultFile *self, guint8 *out, int size, sqlite3_int64 offset)
{
  int answer = SQLITE_OK;

  while (size > 0)
    {
      guint32 page = (guint32) (offset / HW_VAULT_PAGE) + 1;
      int within = (int) (offset % HW_VAULT_PAGE);
      int part = MIN (size, HW_VAULT_PAGE - within);
      gboolean whole = part == HW_VAULT_PAGE;
      int code = read_page (self, page, page == 1 && !whole, whole ? out : self->plain);

      if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
        return code;
      if (code == SQLITE_IOERR_SHORT_READ)
        {
          memset (out, 0, (gsize) part);
          answer = code;
        }
      else if (!whole)
        memcpy (out, self->plain + within, (gsize) part);
      out += part;
      offset += part;
      size -= part;
    }
  return answer;
}

/* Without its reserved bytes a page would lose what stands there: refused before anything is written. */
static int
write_page (VaultFile *self, guint32 page, const guint8 *plain)
{
  HwPagePlace place = database_place (self, page);

  if (page == 1 && plain[RESERVED_AT] != HW_VAULT_RESERVED)
    return SQLITE_IOERR_WRITE;
  if (!seal_page (self, &place, plain, self->stored))
    return SQLITE_IOERR_AUTH;
  return write_real (self, self->stored, HW_VAULT_PAGE, (sqlite3_int64) (page - 1) * HW_VAULT_PAGE);
}

static int
write_database (VaultFile *self, const guint8 *data, int size, sqlite3_int64 offset)
{
  while (size > 0)
    {
      guint32 page = (guint32) (offset / HW_VAULT_PAGE) + 1;
      int within = (int) (offset % HW_VAULT_PAGE);
      int part = MIN (size, HW_VAULT_PAGE - within);
      const guint8 *whole = data;
      int code;

      if (part < HW_VAULT_PAGE)
        {
          code = read_page (self, page, FALSE, self->plain);
          if (code == SQLITE_IOERR_SHORT_READ)
            memset (self->plain, 0, HW_VAULT_PAGE);
          else if (code != SQLITE_OK)
            return code;
          memcpy (self->plain + within, data, (gsize) part);
          whole = self->plain;
        }
      code = write_page (self, page, whole);
      if (code != SQLITE_OK)
        return code;
      data += part;
      offset += part;
      size -= part;
    }
  return SQLITE_OK;
}

/* ---- The write-ahead log ---- */

static HwPagePlace
log_place (VaultFile *self, const guint8 *header, sqlite3_int64 offset)
{
  guint32 page;

  memcpy (&page, header, sizeof page);
  return (HwPagePlace){
    .kind = HW_PAGE_LOG, .name_tag = self->name_tag, .page = GUINT32_FROM_BE (page), .offset = offset
  };
}

/* A frame's header and page in plain. A frame that is cut short is zeros and SHORT_READ; one that does not
 * open is zeros, and an error unless recovery reads it: SQLite's own checksum then ends the log there. */
static int
read_frame (VaultFile *self, sqlite3_int64 offset, gboolean recovering, guint8 *header, guint8 *plain)
{
  HwPagePlace place;
  int code = read_real (self, self->stored, FRAME, offset);

  if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
    return code;
  memcpy (header, self->stored, HW_VAULT_FRAME_HEADER);
  memset (plain, 0, HW_VAULT_PAGE);
  if (!all_zero (header, HW_VAULT_FRAME_HEADER) && !turn_header (self, offset, header, FALSE))
    return SQLITE_IOERR_AUTH;
  if (code == SQLITE_IOERR_SHORT_READ)
    return code;
  place = log_place (self, header, offset);
  if (!open_page (self, &place, self->stored + HW_VAULT_FRAME_HEADER, plain) && !recovering)
    return SQLITE_IOERR_DATA;
  return SQLITE_OK;
}

static int
read_log (VaultFile *self, guint8 *out, int size, sqlite3_int64 offset)
{
  int answer = SQLITE_OK;
  gboolean recovering = size == FRAME;

  if (offset < LOG_HEADER)
    return offset + size <= LOG_HEADER ? read_real (self, out, size, offset) : SQLITE_IOERR_READ;
  while (size > 0)
    {
      sqlite3_int64 frame = offset - (offset - LOG_HEADER) % FRAME;
      int within = (int) (offset - frame);
      int part = MIN (size, FRAME - within);
      guint8 whole[HW_VAULT_FRAME_HEADER];
      int header = MAX (0, MIN (part, HW_VAULT_FRAME_HEADER - within));
      int code = read_frame (self, frame, recovering || part == header, whole, self->plain);

      if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
        return code;
      if (code != SQLITE_OK)
        answer = code;
      if (header > 0)
        memcpy (out, whole + within, (gsize) header);
      if (part > header)
        memcpy (out + header, self->plain + within + header - HW_VAULT_FRAME_HEADER, (gsize) (part - header));
      out += part;
      offset += part;
      size -= part;
    }
  return answer;
}

/* The plain header of a frame: as it was just written, or from the file. */
static int
frame_header (VaultFile *self, sqlite3_int64 frame, guint8 *header)
{
  int code;

  if (self->header_at == frame)
    {
      memcpy (header, self->header, HW_VAULT_FRAME_HEADER);
      return SQLITE_OK;
    }
  code = read_real (self, header, HW_VAULT_FRAME_HEADER, frame);
  if (code == SQLITE_IOERR_SHORT_READ)
    return SQLITE_OK;
  if (code != SQLITE_OK)
    return code;
  return turn_header (self, frame, header, FALSE) ? SQLITE_OK : SQLITE_IOERR_AUTH;
}

static int
write_frame_header (VaultFile *self, sqlite3_int64 frame, int within, const guint8 *data, int size)
{
  guint8 header[HW_VAULT_FRAME_HEADER];
  int code = size < HW_VAULT_FRAME_HEADER ? frame_header (self, frame, header) : SQLITE_OK;

  if (code != SQLITE_OK)
    return code;
  memcpy (header + within, data, (gsize) size);
  memcpy (self->header, header, sizeof header);
  self->header_at = frame;
  if (!turn_header (self, frame, header, TRUE))
    return SQLITE_IOERR_AUTH;
  return write_real (self, header, sizeof header, frame);
}

static int
write_frame_page (VaultFile *self, sqlite3_int64 frame, int within, const guint8 *data, int size)
{
  guint8 header[HW_VAULT_FRAME_HEADER];
  HwPagePlace place;
  const guint8 *whole = data;
  int code;

  if (size < HW_VAULT_PAGE)
    {
      code = read_frame (self, frame, TRUE, header, self->plain);
      if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
        return code;
      memcpy (self->plain + within, data, (gsize) size);
      whole = self->plain;
    }
  code = frame_header (self, frame, header);
  if (code != SQLITE_OK)
    return code;
  place = log_place (self, header, frame);
  if (!seal_page (self, &place, whole, self->stored))
    return SQLITE_IOERR_AUTH;
  return write_real (self, self->stored, HW_VAULT_PAGE, frame + HW_VAULT_FRAME_HEADER);
}

static int
write_log (VaultFile *self, const guint8 *data, int size, sqlite3_int64 offset)
{
  if (offset < LOG_HEADER)
    return offset + size <= LOG_HEADER ? write_real (self, data, size, offset) : SQLITE_IOERR_WRITE;
  while (size > 0)
    {
      sqlite3_int64 frame = offset - (offset - LOG_HEADER) % FRAME;
      int within = (int) (offset - frame);
      gboolean in_header = within < HW_VAULT_FRAME_HEADER;
      int part = MIN (size, in_header ? HW_VAULT_FRAME_HEADER - within : FRAME - within);
      int code = in_header ? write_frame_header (self, frame, within, data, part)
                           : write_frame_page (self, frame, within - HW_VAULT_FRAME_HEADER, data, part);

      if (code != SQLITE_OK)
        return code;
      data += part;
      offset += part;
      size -= part;
    }
  return SQLITE_OK;
}

/* ---- The rollback journal ---- SQLite reads and writes: headers, a page's number, the page, its check sum. */

static void
keep_mask (VaultFile *self, const guint8 *stored, sqlite3_int64 offset)
{
  const HwVaultKeys *keys = hw_vault_hold_keys (self->vault);

  self->check_at = NOWHERE;
  if (keys != NULL)
    {
      hw_journal_check_mask (keys, stored, offset, self->mask);
      self->check_at = offset + HW_VAULT_PAGE;
    }
  hw_vault_release_keys (self->vault);
}

static int
read_journal (VaultFile *self, guint8 *out, int size, sqlite3_int64 offset)
{
  HwPagePlace place = { .kind = HW_PAGE_JOURNAL, .name_tag = self->name_tag, .offset = offset };
  int code = read_real (self, out, size, offset);

  if (code != SQLITE_OK)
    return code;
  if (size == HW_VAULT_PAGE)
    {
      keep_mask (self, out, offset);
      return open_page (self, &place, out, out) ? SQLITE_OK : SQLITE_IOERR_DATA;
    }
  for (int i = 0; offset == self->check_at && size == CHECK && i < CHECK; i++)
    out[i] ^= self->mask[i];
  return SQLITE_OK;
}

static int
write_journal (VaultFile *self, const guint8 *data, int size, sqlite3_int64 offset)
{
  HwPagePlace place = { .kind = HW_PAGE_JOURNAL, .name_tag = self->name_tag, .offset = offset };
  guint8 masked[CHECK];

  if (size == HW_VAULT_PAGE)
    {
      if (!seal_page (self, &place, data, self->stored))
        return SQLITE_IOERR_AUTH;
      keep_mask (self, self->stored, offset);
      return write_real (self, self->stored, HW_VAULT_PAGE, offset);
    }
  if (offset != self->check_at || size != CHECK)
    return write_real (self, data, size, offset);
  for (int i = 0; i < CHECK; i++)
    masked[i] = data[i] ^ self->mask[i];
  return write_real (self, masked, CHECK, offset);
}

/* ---- SQLite's methods ---- */

static int
file_close (sqlite3_file *file)
{
  VaultFile *self = vault_file (file);
  int code = self->real->pMethods != NULL ? self->real->pMethods->xClose (self->real) : SQLITE_OK;

  sodium_memzero (self->plain, HW_VAULT_PAGE);
  g_free (self->plain);
  g_free (self->stored);
  g_clear_object (&self->vault);
  return code;
}

static int
file_read (sqlite3_file *file, void *out, int size, sqlite3_int64 offset)
{
  static int (*const readers[]) (VaultFile *, guint8 *, int, sqlite3_int64) = {
    [DATABASE] = read_database,
    [LOG] = read_log,
    [JOURNAL] = read_journal,
  };

  return readers[vault_file (file)->kind](vault_file (file), out, size, offset);
}

static int
file_write (sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
  static int (*const writers[]) (VaultFile *, const guint8 *, int, sqlite3_int64) = {
    [DATABASE] = write_database,
    [LOG] = write_log,
    [JOURNAL] = write_journal,
  };

  return writers[vault_file (file)->kind](vault_file (file), data, size, offset);
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  VaultFile *self = vault_file (file);

  self->header_at = self->check_at = NOWHERE;
  self->size_at_open = MIN (self->size_at_open, size);
  return self->real->pMethods->xTruncate (self->real, size);
}

static int
file_sync (sqlite3_file *file, int flags)
{
  return vault_file (file)->real->pMethods->xSync (vault_file (file)->real, flags);
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return vault_file (file)->real->pMethods->xFileSize (vault_file (file)->real, size);
}

static int
file_lock (sqlite3_file *file, int level)
{
  return vault_file (file)->real->pMethods->xLock (vault_file (file)->real, level);
}

static int
file_unlock (sqlite3_file *file, int level)
{
  return vault_file (file)->real->pMethods->xUnlock (vault_file (file)->real, level);
}

static int
file_check_lock (sqlite3_file *file, int *result)
{
  return vault_file (file)->real->pMethods->xCheckReservedLock (vault_file (file)->real, result);
}

/* No mapping, whatever is asked for: a mapped page would be read past us. */
static int
file_control (sqlite3_file *file, int operation, void *argument)
{
  if (operation == SQLITE_FCNTL_MMAP_SIZE)
    {
      *(sqlite3_int64 *) argument = 0;
      return SQLITE_OK;
    }
  return vault_file (file)->real->pMethods->xFileControl (vault_file (file)->real, operation, argument);
}

static int
file_sector (sqlite3_file *file)
{
  return SECTOR;
}

/* A page is written with its nonce and tag: nothing smaller is atomic, nothing is written in batches. */
static int
file_characteristics (sqlite3_file *file)
{
  const int atomic = SQLITE_IOCAP_ATOMIC | SQLITE_IOCAP_ATOMIC512 | SQLITE_IOCAP_ATOMIC1K | SQLITE_IOCAP_ATOMIC2K
                     | SQLITE_IOCAP_ATOMIC4K | SQLITE_IOCAP_ATOMIC8K | SQLITE_IOCAP_ATOMIC16K | SQLITE_IOCAP_ATOMIC32K
                     | SQLITE_IOCAP_ATOMIC64K | SQLITE_IOCAP_BATCH_ATOMIC;

  return (vault_file (file)->real->pMethods->xDeviceCharacteristics (vault_file (file)->real) & ~atomic)
         | SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int
shm_map (sqlite3_file *file, int region, int size, int extend, void volatile **out)
{
  return vault_file (file)->real->pMethods->xShmMap (vault_file (file)->real, region, size, extend, out);
}

static int
shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return vault_file (file)->real->pMethods->xShmLock (vault_file (file)->real, offset, n, flags);
}

static void
shm_barrier (sqlite3_file *file)
{
  vault_file (file)->real->pMethods->xShmBarrier (vault_file (file)->real);
}

static int
shm_unmap (sqlite3_file *file, int and_delete)
{
  return vault_file (file)->real->pMethods->xShmUnmap (vault_file (file)->real, and_delete);
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector,
  .xDeviceCharacteristics = file_characteristics,
  .xShmMap = shm_map,
  .xShmLock = shm_lock,
  .xShmBarrier = shm_barrier,
  .xShmUnmap = shm_unmap,
};

/* ---- Opening ---- */

/* A log and a journal carry their database's name. */
static void
take_name (VaultFile *self, const char *name)
{
  static const char *const suffixes[] = { [DATABASE] = "", [LOG] = "-wal", [JOURNAL] = "-journal" };
  g_autofree char *base = g_path_get_basename (name);

  if (g_str_has_suffix (base, suffixes[self->kind]))
    base[strlen (base) - strlen (suffixes[self->kind])] = '\0';
  hw_page_name_tag (base, self->name_tag);
}

int
hw_vault_file_size (sqlite3_vfs *base)
{
  return (int) sizeof (VaultFile) + base->szOsFile;
}

int
hw_vault_file_open (
  HwVault *vault, sqlite3_vfs *base, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  VaultFile *self = vault_file (file);
  int code;

  memset (self, 0, sizeof *self);
  if (name == NULL || (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) == 0)
    return SQLITE_CANTOPEN;
  self->real = (sqlite3_file *) (self + 1);
  self->kind = (flags & SQLITE_OPEN_MAIN_DB) != 0 ? DATABASE : (flags & SQLITE_OPEN_WAL) != 0 ? LOG : JOURNAL;
  code = base->xOpen (base, name, self->real, flags, out_flags);
  if (code != SQLITE_OK)
    return code;
  take_name (self, name);
  self->header_at = self->check_at = NOWHERE;
  self->real->pMethods->xFileSize (self->real, &self->size_at_open);
  self->stored = g_malloc (FRAME);
  self->plain = g_malloc (HW_VAULT_PAGE);
  self->vault = g_object_ref (vault);
  self->base.pMethods = &methods;
  return SQLITE_OK;
}
