/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-burst-source-private.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "solco-libburn-private.h"
#include "solco-profile.h"

/* Of libburn: it asks for a block at a time. */
#define BLOCK SOLCO_BLOCK_BYTES

/* A source of numbered blocks, and what its ring claims to hold. */
typedef struct
{
  gint64 size_bytes;
  gint64 position_bytes;
  gint64 error_at_bytes; /* −1: never */
  gsize waiting_bytes;
  guint n_reads;
  guint n_questions;
  gboolean is_free;
} Inner;

static guint8
get_byte (gint64 position)
{
  return (guint8) (position / BLOCK * 7 + position % 251);
}

static int
inner_read (struct burn_source *source, unsigned char *buffer, int size)
{
  Inner *self = source->data;
  int n = (int) MIN (size, self->size_bytes - self->position_bytes);

  self->n_reads++;
  if (self->error_at_bytes >= 0 && self->position_bytes + n > self->error_at_bytes)
    return -1;
  for (int i = 0; i < n; i++)
    buffer[i] = get_byte (self->position_bytes + i);
  self->position_bytes += n;
  return n;
}

static off_t
inner_get_size (struct burn_source *source)
{
  return ((Inner *) source->data)->size_bytes;
}

static int
inner_cancel (struct burn_source *source)
{
  return 1;
}

static void
inner_free (struct burn_source *source)
{
  ((Inner *) source->data)->is_free = TRUE;
}

static struct burn_source *
make_inner (Inner *self)
{
  struct burn_source *source = calloc (1, sizeof *source);

  g_assert_nonnull (source);
  source->refcount = 1;
  source->version = 1;
  source->read_xt = inner_read;
  source->get_size = inner_get_size;
  source->cancel = inner_cancel;
  source->free_data = inner_free;
  source->data = self;
  return source;
}

/* A ring that never has more than it was told, and is open to the source's end. */
static gboolean
get_ring (gpointer user_data, gsize *waiting_bytes, gsize *size_bytes)
{
  Inner *self = user_data;

  self->n_questions++;
  *size_bytes = 4 * 1024 * 1024;
  *waiting_bytes = (gsize) MIN ((gint64) self->waiting_bytes,
                                self->size_bytes - self->position_bytes);
  return *waiting_bytes > 0;
}

/* Reads all of it, block by block, as libburn does. */
static gint64
drain (struct burn_source *source, const guint8 *last_block, gint64 size_bytes, int *end)
{
  guint8 block[BLOCK];
  gint64 total = 0;

  while ((*end = source->read_xt (source, block, BLOCK)) > 0)
    {
      for (int i = 0; i < *end; i++)
        {
          gint64 position = total + i;
          guint8 expected = last_block != NULL && position >= size_bytes - BLOCK
                                ? last_block[position - (size_bytes - BLOCK)]
                                : get_byte (position);

          g_assert_cmpuint (block[i], ==, expected);
        }
      total += *end;
    }
  return total;
}

static void
assert_gives (gint64 size_bytes, const guint8 *last_block, gsize waiting_bytes, guint max_reads)
{
  Inner inner = { .size_bytes = size_bytes, .error_at_bytes = -1,
                  .waiting_bytes = waiting_bytes };
  struct burn_source *inner_source = make_inner (&inner);
  struct burn_source *source
      = solco_burst_source_new (inner_source, waiting_bytes > 0 ? get_ring : NULL, &inner,
                                last_block, NULL);
  int end;

  burn_source_free (inner_source);
  g_assert_false (inner.is_free);
  g_assert_cmpint (source->get_size (source), ==, size_bytes);
  g_assert_cmpint (drain (source, last_block, size_bytes, &end), ==, size_bytes);
  g_assert_cmpint (end, ==, 0);
  g_assert_cmpuint (inner.n_reads, <=, max_reads);
  burn_source_free (source);
  g_assert_true (inner.is_free);
}

static void
test_bursts (void)
{
  /* Each read costs a switch between threads: 10 MiB take ten and one that finds the end. */
  assert_gives (10 * 1024 * 1024, NULL, 4 * 1024 * 1024, 11);
  assert_gives (10 * 1024 * 1024, NULL, 0, 11);
  assert_gives (0, NULL, 0, 1);
  /* A file that is no whole number of blocks tells of its end twice. */
  assert_gives (3 * 1024 * 1024 + 77, NULL, 0, 6);
}

/* A source that is slower than the drive is not waited for longer than a tenth of a second. */
static void
test_slow (void)
{
  assert_gives (5 * BLOCK, NULL, BLOCK, 6);
}

static void
test_last_block (void)
{
  guint8 last_block[BLOCK];

  memset (last_block, 0xa5, sizeof last_block);
  assert_gives (10 * 1024 * 1024, last_block, 4 * 1024 * 1024, 11);
  assert_gives (1024 * 1024 + BLOCK, last_block, 4 * 1024 * 1024, 3);
  assert_gives (BLOCK, last_block, 0, 2);
}

static void
test_error (void)
{
  Inner inner = { .size_bytes = 4 * 1024 * 1024, .error_at_bytes = 2 * 1024 * 1024 };
  struct burn_source *inner_source = make_inner (&inner);
  struct burn_source *source = solco_burst_source_new (inner_source, NULL, NULL, NULL, NULL);
  int end;

  burn_source_free (inner_source);
  g_assert_cmpint (drain (source, NULL, inner.size_bytes, &end), ==, 2 * 1024 * 1024);
  g_assert_cmpint (end, ==, -1);
  burn_source_free (source);
}

/* More than may be ahead of the disk: it goes on all the same, and says that the disk was well. */
static void
test_writeback (void)
{
  g_autofree char *path = NULL;
  g_autofree guint8 *data = g_malloc0 (1024 * 1024);
  int fd = g_file_open_tmp ("solco-XXXXXX", &path, NULL);
  SolcoWriteback *writeback;

  g_assert_cmpint (fd, >=, 0);
  writeback = solco_writeback_new (fd, 0);
  g_assert_nonnull (writeback);
  for (guint i = 0; i < 300; i++)
    {
      g_assert_cmpint (pwrite (fd, data, 1024 * 1024, (off_t) i * 1024 * 1024), ==, 1024 * 1024);
      solco_writeback_add (writeback, 1024 * 1024);
    }
  g_assert_cmpint (solco_writeback_free (writeback), ==, 0);
  g_assert_cmpint (close (fd), ==, 0);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* What cannot be synced is written all the same. */
static void
test_writeback_pipe (void)
{
  int fds[2];
  SolcoWriteback *writeback;

  g_assert_cmpint (pipe (fds), ==, 0);
  writeback = solco_writeback_new (fds[1], 0);
  g_assert_nonnull (writeback);
  for (guint i = 0; i < 1000; i++)
    solco_writeback_add (writeback, 1024 * 1024);
  g_assert_cmpint (solco_writeback_free (writeback), ==, 0);
  g_assert_cmpint (close (fds[0]), ==, 0);
  g_assert_cmpint (close (fds[1]), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/burst-source/bursts", test_bursts);
  g_test_add_func ("/engine/burst-source/slow", test_slow);
  g_test_add_func ("/engine/burst-source/last-block", test_last_block);
  g_test_add_func ("/engine/burst-source/error", test_error);
  g_test_add_func ("/engine/burst-source/writeback", test_writeback);
  g_test_add_func ("/engine/burst-source/writeback-pipe", test_writeback_pipe);
  return g_test_run ();
}
