/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * libisofs's five MD5 functions, made anew with OpenSSL's digest, which is more than twice as fast.
 * libisofs calls its own through the dynamic linker, so that those of an executable that exports
 * them take their place; where they do not, everything works as before, slower.
 *
 * The session's checksum covers every block that is written, in the thread that also reads the files.
 * So a context collects its data in pieces, and a thread of its own digests them beside the reading.
 */
#include "solco-md5-private.h"

#include <glib.h>
#include <openssl/evp.h>
#include <string.h>

#include "solco-libisofs-private.h"

/* One hand-over to the thread: large enough that the lock does not count. */
#define PIECE_BYTES (256 * 1024)
/* Pieces that may wait: then the writer waits too, and memory stays bounded. */
#define MAXIMUM_PIECES 8

typedef struct
{
  gsize n_bytes;
  guint8 data[PIECE_BYTES];
} Piece;

typedef struct
{
  EVP_MD_CTX *digest;
  /* What was not handed over yet; NULL before the first byte. */
  Piece *piece;
  /* From the first full piece on: */
  GThread *thread;
  GMutex lock;
  GCond changed;
  GQueue pieces;
  GQueue spare;
  gboolean is_working;
  gboolean is_ending;
} Context;

static int n_contexts;

guint
solco_md5_get_n_contexts (void)
{
  return (guint) g_atomic_int_get (&n_contexts);
}

static gpointer
digest_thread (gpointer data)
{
  Context *context = data;
  Piece *piece;

  g_mutex_lock (&context->lock);
  for (;;)
    {
      while ((piece = g_queue_pop_head (&context->pieces)) == NULL && !context->is_ending)
        g_cond_wait (&context->changed, &context->lock);
      if (piece == NULL)
        break;
      context->is_working = TRUE;
      g_mutex_unlock (&context->lock);
      (void) EVP_DigestUpdate (context->digest, piece->data, piece->n_bytes);
      g_mutex_lock (&context->lock);
      context->is_working = FALSE;
      g_queue_push_tail (&context->spare, piece);
      g_cond_broadcast (&context->changed);
    }
  g_mutex_unlock (&context->lock);
  return NULL;
}

/* Hands the full piece over, and takes an empty one. */
static void
hand_over (Context *context)
{
  if (context->thread == NULL)
    context->thread = g_thread_try_new ("solco-md5", digest_thread, context, NULL);
  if (context->thread == NULL)
    {
      (void) EVP_DigestUpdate (context->digest, context->piece->data, context->piece->n_bytes);
      context->piece->n_bytes = 0;
      return;
    }
  g_mutex_lock (&context->lock);
  while (g_queue_get_length (&context->pieces) >= MAXIMUM_PIECES)
    g_cond_wait (&context->changed, &context->lock);
  g_queue_push_tail (&context->pieces, context->piece);
  context->piece = g_queue_pop_head (&context->spare);
  g_cond_broadcast (&context->changed);
  g_mutex_unlock (&context->lock);
  if (context->piece == NULL)
    context->piece = g_new (Piece, 1);
  context->piece->n_bytes = 0;
}

/* Everything that was given is in the digest afterwards. */
static void
settle (Context *context)
{
  if (context->thread != NULL)
    {
      g_mutex_lock (&context->lock);
      while (!g_queue_is_empty (&context->pieces) || context->is_working)
        g_cond_wait (&context->changed, &context->lock);
      g_mutex_unlock (&context->lock);
    }
  if (context->piece != NULL && context->piece->n_bytes > 0)
    {
      (void) EVP_DigestUpdate (context->digest, context->piece->data, context->piece->n_bytes);
      context->piece->n_bytes = 0;
    }
}

static void
context_free (Context *context)
{
  if (context->thread != NULL)
    {
      g_mutex_lock (&context->lock);
      context->is_ending = TRUE;
      g_cond_broadcast (&context->changed);
      g_mutex_unlock (&context->lock);
      g_thread_join (context->thread);
    }
  g_queue_clear_full (&context->spare, g_free);
  g_free (context->piece);
  EVP_MD_CTX_free (context->digest);
  g_mutex_clear (&context->lock);
  g_cond_clear (&context->changed);
  g_free (context);
}

static Context *
context_new (void)
{
  Context *context = g_new0 (Context, 1);

  g_mutex_init (&context->lock);
  g_cond_init (&context->changed);
  g_queue_init (&context->pieces);
  g_queue_init (&context->spare);
  context->digest = EVP_MD_CTX_new ();
  g_atomic_int_inc (&n_contexts);
  return context;
}

/**
 * iso_md5_start:
 * @md5_context: (out): a context
 *
 * As in libisofs.h. Any thread.
 *
 * Returns: 1, or an error of libisofs
 */
int
iso_md5_start (void **md5_context)
{
  Context *context = context_new ();

  if (context->digest == NULL || EVP_DigestInit_ex (context->digest, EVP_md5 (), NULL) != 1)
    {
      context_free (context);
      *md5_context = NULL;
      return (int) ISO_OUT_OF_MEM;
    }
  *md5_context = context;
  return 1;
}

/**
 * iso_md5_compute:
 * @md5_context: a context
 * @data: bytes
 * @datalen: how many
 *
 * As in libisofs.h. One thread at a time for a context.
 *
 * Returns: 1, or an error of libisofs
 */
int
iso_md5_compute (void *md5_context, char *data, int datalen)
{
  Context *context = md5_context;
  gsize left = (gsize) MAX (0, datalen);

  if (context == NULL)
    return (int) ISO_NULL_POINTER;
  if (context->piece == NULL)
    {
      context->piece = g_new (Piece, 1);
      context->piece->n_bytes = 0;
    }
  while (left > 0)
    {
      gsize part = MIN (left, PIECE_BYTES - context->piece->n_bytes);

      memcpy (context->piece->data + context->piece->n_bytes, data, part);
      context->piece->n_bytes += part;
      data += part;
      left -= part;
      if (context->piece->n_bytes == PIECE_BYTES)
        hand_over (context);
    }
  return 1;
}

/**
 * iso_md5_clone:
 * @old_md5_context: a context
 * @new_md5_context: (out): a copy of what it is now
 *
 * As in libisofs.h. One thread at a time for a context.
 *
 * Returns: 1, or an error of libisofs
 */
int
iso_md5_clone (void *old_md5_context, void **new_md5_context)
{
  Context *old = old_md5_context;
  Context *context;

  if (old == NULL)
    return (int) ISO_NULL_POINTER;
  settle (old);
  context = context_new ();
  if (context->digest == NULL || EVP_MD_CTX_copy_ex (context->digest, old->digest) != 1)
    {
      context_free (context);
      *new_md5_context = NULL;
      return (int) ISO_OUT_OF_MEM;
    }
  *new_md5_context = context;
  return 1;
}

/**
 * iso_md5_end:
 * @md5_context: (inout): a context, %NULL afterwards
 * @result: (out): 16 bytes
 *
 * As in libisofs.h. One thread at a time for a context.
 *
 * Returns: 1, or an error of libisofs
 */
int
iso_md5_end (void **md5_context, char result[16])
{
  Context *context = *md5_context;
  guint8 digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  gboolean is_good;

  if (context == NULL)
    return (int) ISO_NULL_POINTER;
  settle (context);
  is_good = EVP_DigestFinal_ex (context->digest, digest, &length) == 1 && length == 16;
  if (is_good)
    memcpy (result, digest, 16);
  context_free (context);
  *md5_context = NULL;
  return is_good ? 1 : (int) ISO_OUT_OF_MEM;
}

/**
 * iso_md5_match:
 * @first_md5: 16 bytes
 * @second_md5: 16 bytes
 *
 * As in libisofs.h. Any thread.
 *
 * Returns: 1 where they are the same, 0 otherwise
 */
int
iso_md5_match (char first_md5[16], char second_md5[16])
{
  return memcmp (first_md5, second_md5, 16) == 0;
}
