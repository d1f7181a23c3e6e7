/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-burst-source-private.h"

#include <stdlib.h>
#include <string.h>

#include "solco-libburn-private.h"
#include "solco-profile.h"

/* A quarter of the smallest ring, so that both sides have room. */
#define BURST_BYTES (1024 * 1024)
/* How long to wait for what a burst lacks: so fast are two threads that copy memory at the best, about
 * 1 GiB/s. Waking for less only takes time from the one that is waited for. */
#define BYTES_PER_US 1024
#define MIN_POLL_US 200
/* Slow sources: so long a burst may grow before what there is of it is taken. libburn looks whether it
 * was cancelled only between its blocks. */
#define PATIENCE_US (100 * 1000)

typedef struct
{
  struct burn_source *inner;
  SolcoGetRing get_ring;
  gpointer user_data;
  const guint8 *last_block;
  SolcoWriteback *writeback;
  gint64 left_bytes; /* of all that the source will give */
  gsize used_bytes;
  gsize position_bytes;
  guint8 data[BURST_BYTES];
} BurstSource;

/* How much to take next: a burst, or less where the source is slow or at its end. Never 0, since the
 * source itself has to tell of its end. */
static gsize
wait_for_burst (BurstSource *self)
{
  const gint64 start_us = g_get_monotonic_time ();

  if (self->get_ring == NULL)
    return BURST_BYTES;
  for (;;)
    {
      gsize waiting_bytes;
      gsize size_bytes;
      gboolean is_open = self->get_ring (self->user_data, &waiting_bytes, &size_bytes);
      gsize whole_bytes = waiting_bytes - waiting_bytes % SOLCO_BLOCK_BYTES;

      if (whole_bytes >= BURST_BYTES)
        return BURST_BYTES;
      if (!is_open
          || (whole_bytes > 0 && g_get_monotonic_time () - start_us > PATIENCE_US))
        return MAX (whole_bytes, SOLCO_BLOCK_BYTES);
      g_usleep (MAX ((BURST_BYTES - whole_bytes) / BYTES_PER_US, MIN_POLL_US));
    }
}

/* The source's last block, if it is among those that were just taken, gives way. */
static void
replace_last_block (BurstSource *self)
{
  self->left_bytes -= (gint64) self->used_bytes;
  if (self->last_block != NULL && self->left_bytes == 0 && self->used_bytes >= SOLCO_BLOCK_BYTES)
    memcpy (self->data + self->used_bytes - SOLCO_BLOCK_BYTES, self->last_block,
            SOLCO_BLOCK_BYTES);
}

static int
burst_source_read (struct burn_source *source, unsigned char *buffer, int size)
{
  BurstSource *self = source->data;
  int done = 0;

  while (done < size)
    {
      gsize part;

      if (self->position_bytes == self->used_bytes)
        {
          int n;

          if (self->writeback != NULL && self->used_bytes > 0)
            solco_writeback_add (self->writeback, self->used_bytes);
          self->used_bytes = 0;
          self->position_bytes = 0;
          n = self->inner->read_xt (self->inner, self->data, (int) wait_for_burst (self));
          if (n < 0)
            return n;
          if (n == 0)
            break;
          self->used_bytes = (gsize) n;
          replace_last_block (self);
        }
      part = MIN ((gsize) (size - done), self->used_bytes - self->position_bytes);
      memcpy (buffer + done, self->data + self->position_bytes, part);
      self->position_bytes += part;
      done += (int) part;
    }
  return done;
}

static off_t
burst_source_get_size (struct burn_source *source)
{
  BurstSource *self = source->data;

  return self->inner->get_size (self->inner);
}

static int
burst_source_set_size (struct burn_source *source, off_t size)
{
  BurstSource *self = source->data;

  return self->inner->set_size != NULL ? self->inner->set_size (self->inner, size) : 0;
}

static int
burst_source_cancel (struct burn_source *source)
{
  BurstSource *self = source->data;

  return self->inner->cancel (self->inner);
}

static void
burst_source_free_data (struct burn_source *source)
{
  BurstSource *self = source->data;

  burn_source_free (self->inner);
  g_free (self);
}

struct burn_source *
solco_burst_source_new (struct burn_source *inner, SolcoGetRing get_ring, gpointer user_data,
                        const guint8 *last_block, SolcoWriteback *writeback)
{
  /* libburn disposes of sources with free(). */
  struct burn_source *source = calloc (1, sizeof (struct burn_source));
  BurstSource *self = g_new (BurstSource, 1);

  g_assert (source != NULL);
  inner->refcount++;
  self->inner = inner;
  self->get_ring = get_ring;
  self->user_data = user_data;
  self->last_block = last_block;
  self->writeback = writeback;
  self->left_bytes = inner->get_size (inner);
  self->used_bytes = 0;
  self->position_bytes = 0;
  source->refcount = 1;
  source->version = 1;
  source->read_xt = burst_source_read;
  source->get_size = burst_source_get_size;
  source->set_size = burst_source_set_size;
  source->cancel = burst_source_cancel;
  source->free_data = burst_source_free_data;
  source->data = self;
  return source;
}
