/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-writeback-private.h"

#include <errno.h>
#include <fcntl.h>

/* What the disk is given at a time: much more than a seek costs, on a slow one a second. */
#define PIECE_BYTES (8 * 1024 * 1024)
/* Pieces that the disk may have at the same time, so that it never waits for the next. */
#define PIECES_IN_FLIGHT 4
/* So much more than the disk has may be written: no hitch of a fast disk reaches the writer, and a
 * slow one still has it a moment after the writer's end. */
#define MAXIMUM_AHEAD_BYTES (256 * 1024 * 1024)

struct _SolcoWriteback
{
  int fd;
  GThread *thread;
  GMutex lock;
  GCond changed;
  gint64 written_bytes; /* end of what was written */
  gint64 safe_bytes;    /* end of what the disk has */
  gboolean is_ending;
  gboolean is_useless; /* this file cannot do it, or the disk failed */
  int saved_errno;
};

/* @flags of sync_file_range(2). Returns: whether it makes sense to go on. */
static gboolean
sync_piece (SolcoWriteback *self, gint64 piece_bytes, unsigned int flags)
{
  int saved_errno;

  if (sync_file_range (self->fd, piece_bytes, PIECE_BYTES, flags) == 0)
    return TRUE;
  saved_errno = errno;
  g_mutex_lock (&self->lock);
  self->is_useless = TRUE;
  /* Others mean that there is no such thing here: pipes, some network file systems. */
  if (saved_errno == EIO || saved_errno == ENOSPC || saved_errno == EDQUOT)
    self->saved_errno = saved_errno;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  return FALSE;
}

static gpointer
writeback_thread (gpointer data)
{
  SolcoWriteback *self = data;
  gint64 begun_bytes = self->safe_bytes;
  gint64 safe_bytes = self->safe_bytes;

  g_mutex_lock (&self->lock);
  while (!self->is_ending && !self->is_useless)
    {
      if (self->written_bytes - begun_bytes < PIECE_BYTES)
        {
          g_cond_wait (&self->changed, &self->lock);
          continue;
        }
      g_mutex_unlock (&self->lock);
      if (sync_piece (self, begun_bytes, SYNC_FILE_RANGE_WRITE))
        begun_bytes += PIECE_BYTES;
      if (begun_bytes - safe_bytes > PIECES_IN_FLIGHT * PIECE_BYTES
          && sync_piece (self, safe_bytes,
                         SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE
                             | SYNC_FILE_RANGE_WAIT_AFTER))
        safe_bytes += PIECE_BYTES;
      g_mutex_lock (&self->lock);
      self->safe_bytes = safe_bytes;
      g_cond_broadcast (&self->changed);
    }
  g_mutex_unlock (&self->lock);
  return NULL;
}

SolcoWriteback *
solco_writeback_new (int fd, gint64 start_bytes)
{
  SolcoWriteback *self = g_new0 (SolcoWriteback, 1);

  self->fd = fd;
  self->written_bytes = start_bytes;
  self->safe_bytes = start_bytes;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->thread = g_thread_try_new ("solco-writeback", writeback_thread, self, NULL);
  if (self->thread == NULL)
    (void) solco_writeback_free (g_steal_pointer (&self));
  return self;
}

void
solco_writeback_add (SolcoWriteback *self, gsize n_bytes)
{
  g_mutex_lock (&self->lock);
  self->written_bytes += (gint64) n_bytes;
  g_cond_broadcast (&self->changed);
  while (!self->is_useless && self->written_bytes - self->safe_bytes > MAXIMUM_AHEAD_BYTES)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
}

int
solco_writeback_free (SolcoWriteback *self)
{
  int saved_errno;

  if (self == NULL)
    return 0;
  if (self->thread != NULL)
    {
      g_mutex_lock (&self->lock);
      self->is_ending = TRUE;
      g_cond_broadcast (&self->changed);
      g_mutex_unlock (&self->lock);
      g_thread_join (self->thread);
    }
  saved_errno = self->saved_errno;
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
  return saved_errno;
}
