/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ciphers that do not encrypt, for test programs alone: a program that is built with this file has a vault whose pages,
 * sealed texts and attachments stand on the disk as they are. In such a program a search for canaries must find them,
 * or it is blind. No program that is installed is built with it, and nothing in those that are can be told to do this.
 *
 * These definitions stand before libsodium's. What was not written by them does not open, so that whatever
 * looks for damage still finds it.
 */
#include <sodium.h>
#include <string.h>

#define MARK 0xa5

static void
put_mark (unsigned char *at, size_t size)
{
  memset (at, MARK, size);
}

static int
check_mark (const unsigned char *at, size_t size)
{
  for (size_t i = 0; i < size; i++)
    if (at[i] != MARK)
      return -1;
  return 0;
}

/* ---- Pages ---- */

int
crypto_aead_xchacha20poly1305_ietf_encrypt_detached (unsigned char       *stored,
                                                     unsigned char       *tag,
                                                     unsigned long long  *tag_size,
                                                     const unsigned char *plain,
                                                     unsigned long long   size,
                                                     const unsigned char *binding,
                                                     unsigned long long   binding_size,
                                                     const unsigned char *unused,
                                                     const unsigned char *nonce,
                                                     const unsigned char *key)
{
  memmove (stored, plain, size);
  put_mark (tag, crypto_aead_xchacha20poly1305_ietf_ABYTES);
  if (tag_size != NULL)
    *tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
  return 0;
}

int
crypto_aead_xchacha20poly1305_ietf_decrypt_detached (unsigned char       *plain,
                                                     unsigned char       *unused,
                                                     const unsigned char *stored,
                                                     unsigned long long   size,
                                                     const unsigned char *tag,
                                                     const unsigned char *binding,
                                                     unsigned long long   binding_size,
                                                     const unsigned char *nonce,
                                                     const unsigned char *key)
{
  if (check_mark (tag, crypto_aead_xchacha20poly1305_ietf_ABYTES) != 0)
    return -1;
  memmove (plain, stored, size);
  return 0;
}

/* ---- Sealed texts, and the data key ---- */

int
crypto_aead_xchacha20poly1305_ietf_encrypt (unsigned char       *stored,
                                            unsigned long long  *stored_size,
                                            const unsigned char *plain,
                                            unsigned long long   size,
                                            const unsigned char *binding,
                                            unsigned long long   binding_size,
                                            const unsigned char *unused,
                                            const unsigned char *nonce,
                                            const unsigned char *key)
{
  memmove (stored, plain, size);
  put_mark (stored + size, crypto_aead_xchacha20poly1305_ietf_ABYTES);
  if (stored_size != NULL)
    *stored_size = size + crypto_aead_xchacha20poly1305_ietf_ABYTES;
  return 0;
}

int
crypto_aead_xchacha20poly1305_ietf_decrypt (unsigned char       *plain,
                                            unsigned long long  *plain_size,
                                            unsigned char       *unused,
                                            const unsigned char *stored,
                                            unsigned long long   stored_size,
                                            const unsigned char *binding,
                                            unsigned long long   binding_size,
                                            const unsigned char *nonce,
                                            const unsigned char *key)
{
  unsigned long long size = stored_size - crypto_aead_xchacha20poly1305_ietf_ABYTES;

  if (stored_size < crypto_aead_xchacha20poly1305_ietf_ABYTES
      || check_mark (stored + size, crypto_aead_xchacha20poly1305_ietf_ABYTES) != 0)
    return -1;
  memmove (plain, stored, size);
  if (plain_size != NULL)
    *plain_size = size;
  return 0;
}

/* ---- Attachments: the chunk's tag, the chunk, the mark ---- */

#define CHUNK_MARK (crypto_secretstream_xchacha20poly1305_ABYTES - 1U)

int
crypto_secretstream_xchacha20poly1305_push (crypto_secretstream_xchacha20poly1305_state *state,
                                            unsigned char                               *stored,
                                            unsigned long long                          *stored_size,
                                            const unsigned char                         *plain,
                                            unsigned long long                           size,
                                            const unsigned char                         *binding,
                                            unsigned long long                           binding_size,
                                            unsigned char                                tag)
{
  stored[0] = tag;
  memmove (stored + 1, plain, size);
  put_mark (stored + 1 + size, CHUNK_MARK);
  if (stored_size != NULL)
    *stored_size = size + crypto_secretstream_xchacha20poly1305_ABYTES;
  return 0;
}

int
crypto_secretstream_xchacha20poly1305_pull (crypto_secretstream_xchacha20poly1305_state *state,
                                            unsigned char                               *plain,
                                            unsigned long long                          *plain_size,
                                            unsigned char                               *tag,
                                            const unsigned char                         *stored,
                                            unsigned long long                           stored_size,
                                            const unsigned char                         *binding,
                                            unsigned long long                           binding_size)
{
  unsigned long long size = stored_size - crypto_secretstream_xchacha20poly1305_ABYTES;

  if (stored_size < crypto_secretstream_xchacha20poly1305_ABYTES
      || check_mark (stored + 1 + size, CHUNK_MARK) != 0)
    return -1;
  memmove (plain, stored + 1, size);
  if (tag != NULL)
    *tag = stored[0];
  if (plain_size != NULL)
    *plain_size = size;
  return 0;
}
