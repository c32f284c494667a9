/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Memory that is given back is overwritten first, in the desktop alone. A name on a label, a page of the database, the
 * text of an answer: each was copied by some library and freed by it, and would stand in the heap until something else
 * needs the place. After a lock everything was freed, so nothing of it is left to be read.
 *
 * These definitions stand before the C library's for every library of the process. Left out where a sanitizer brings
 * its own.
 */
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define OTHER_ALLOCATOR 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OTHER_ALLOCATOR 1
#endif

#if defined(__GLIBC__) && !defined(OTHER_ALLOCATOR)

/* The C library's own, under the names it keeps for those who stand before it. */
extern void  __libc_free (void *memory);
extern void *__libc_realloc (void *memory, size_t size);

void
free (void *memory)
{
  if (memory != NULL)
    explicit_bzero (memory, malloc_usable_size (memory));
  __libc_free (memory);
}

/* What is cut off is overwritten, and what must move leaves no copy behind. */
void *
realloc (void *memory, size_t size)
{
  size_t usable;
  void *moved;

  if (memory == NULL)
    return malloc (size);
  if (size == 0)
    {
      free (memory);
      return NULL;
    }
  usable = malloc_usable_size (memory);
  if (size <= usable)
    {
      explicit_bzero ((char *) memory + size, usable - size);
      return __libc_realloc (memory, size);
    }
  moved = malloc (size);
  if (moved == NULL)
    return NULL;
  memcpy (moved, memory, usable);
  free (memory);
  return moved;
}

#endif
