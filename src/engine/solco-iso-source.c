/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-iso-source-private.h"

#include <string.h>

/* One command to the drive brings this much; directory trees are read nearly in order. */
#define CHUNK_BLOCKS 32
#define N_CHUNKS 64

typedef struct
{
  gint64 start_block; /* −1: empty */
  guint n_blocks;
  guint8 data[CHUNK_BLOCKS * SOLCO_BLOCK_BYTES];
} Chunk;

typedef struct
{
  SolcoDrive *drive;
  const SolcoMedium *medium;
  Chunk *chunks; /* NULL until a block is wanted */
  GError *error;
} SourceData;

static int
source_open (IsoDataSource *source)
{
  return ISO_SUCCESS;
}

static int
source_close (IsoDataSource *source)
{
  return ISO_SUCCESS;
}

static void
source_free_data (IsoDataSource *source)
{
  SourceData *self = source->data;

  g_free (self->chunks);
  g_clear_error (&self->error);
  g_free (self);
}

/* The piece that @block lies in, cut to its session: the gaps between sessions of a CD, and what
 * lies behind the last one, cannot be read. Returns: whether it lies in one. */
static gboolean
get_range (SourceData *self, gint64 block, gint64 *start, guint *n_blocks)
{
  gint64 first = block / CHUNK_BLOCKS * CHUNK_BLOCKS;
  gint64 end = first + CHUNK_BLOCKS;

  for (guint i = 0; i < self->medium->sessions->len; i++)
    {
      const SolcoSession *session
          = &g_array_index (self->medium->sessions, SolcoSession, i);
      gint64 session_end = session->start_block + session->size_blocks;

      if (block >= session->start_block && block < session_end)
        {
          *start = MAX (first, session->start_block);
          *n_blocks = (guint) (MIN (end, session_end) - *start);
          return TRUE;
        }
    }
  *start = block;
  *n_blocks = 1;
  return FALSE;
}

static void
take_error (SourceData *self, GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
}

static Chunk *
get_chunk (SourceData *self, uint32_t lba)
{
  if (self->chunks == NULL)
    {
      self->chunks = g_new (Chunk, N_CHUNKS);
      for (guint i = 0; i < N_CHUNKS; i++)
        self->chunks[i].start_block = -1;
    }
  return &self->chunks[lba / CHUNK_BLOCKS % N_CHUNKS];
}

static int
source_read_block (IsoDataSource *source, uint32_t lba, uint8_t *buffer)
{
  SourceData *self = source->data;
  SolcoTask *task = solco_drive_get_task (self->drive);
  Chunk *chunk = get_chunk (self, lba);
  GError *error = NULL;
  gint64 start;
  guint n_blocks;
  gboolean is_in_session;

  if (chunk->start_block >= 0 && lba >= chunk->start_block
      && lba < chunk->start_block + chunk->n_blocks)
    {
      memcpy (buffer, chunk->data + (lba - chunk->start_block) * SOLCO_BLOCK_BYTES,
              SOLCO_BLOCK_BYTES);
      return ISO_SUCCESS;
    }
  if (!solco_task_check_cancelled (task, &error))
    {
      take_error (self, error);
      return ISO_CANCELED;
    }

  is_in_session = get_range (self, lba, &start, &n_blocks);
  chunk->start_block = -1;
  if (solco_drive_read (self->drive, start, n_blocks, chunk->data, NULL))
    {
      chunk->start_block = start;
      chunk->n_blocks = n_blocks;
      solco_task_add_done_bytes (task, (guint64) n_blocks * SOLCO_BLOCK_BYTES);
      memcpy (buffer, chunk->data + (lba - start) * SOLCO_BLOCK_BYTES, SOLCO_BLOCK_BYTES);
      return ISO_SUCCESS;
    }
  /* One bad block does not spoil its neighbours. */
  if (solco_drive_read (self->drive, lba, 1, buffer, &error))
    {
      solco_task_add_done_bytes (task, SOLCO_BLOCK_BYTES);
      return ISO_SUCCESS;
    }
  /* libisofs looks for MD5 tags in the 32 blocks behind the descriptors, also where the session and
   * the medium end before. */
  if (!is_in_session && !solco_task_is_cancelled (task))
    {
      g_error_free (error);
      memset (buffer, 0, SOLCO_BLOCK_BYTES);
      return ISO_SUCCESS;
    }
  take_error (self, error);
  return ISO_DATA_SOURCE_FAILURE;
}

IsoDataSource *
solco_iso_source_new (SolcoDrive *drive, const SolcoMedium *medium)
{
  SourceData *self = g_new0 (SourceData, 1);
  /* libisofs disposes of sources with free(). */
  IsoDataSource *source = calloc (1, sizeof (IsoDataSource));

  g_assert (source != NULL);
  self->drive = drive;
  self->medium = medium;
  source->refcount = 1;
  source->open = source_open;
  source->close = source_close;
  source->read_block = source_read_block;
  source->free_data = source_free_data;
  source->data = self;
  return source;
}

void
solco_iso_source_forget_blocks (IsoDataSource *source)
{
  SourceData *self = source->data;

  g_clear_pointer (&self->chunks, g_free);
}

GError *
solco_iso_source_take_error (IsoDataSource *source)
{
  SourceData *self = source->data;

  return g_steal_pointer (&self->error);
}
