/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-source-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void
solco_source_folder_clear (SolcoSourceFolder *self)
{
  if (self->fd >= 0)
    close (self->fd);
  *self = (SolcoSourceFolder){ NULL, -1 };
}

/* From here on the file consists of zeros. */
static void
break_off (SolcoSourceFile *self, SolcoProblemKind kind, const char *reason)
{
  self->is_broken = TRUE;
  self->broken_kind = kind;
  g_free (self->broken_reason);
  self->broken_reason = g_strdup (reason);
}

/* Opens it in its folder, which mostly is the same as the last one's. */
static int
open_in_folder (const SolcoTreeSource *source, SolcoSourceFolder *folder)
{
  if (folder->path != source->directory)
    {
      solco_source_folder_clear (folder);
      folder->fd = open (source->directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
      if (folder->fd < 0)
        return -1;
      folder->path = source->directory;
    }
  return openat (folder->fd, source->name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

void
solco_source_file_open (SolcoSourceFile *self, const SolcoTree *tree, guint32 index,
                        SolcoSourceFolder *folder)
{
  const SolcoTreeNode *node = &solco_tree_get_nodes (tree, NULL)[index];
  int saved_errno;

  *self = (SolcoSourceFile){ .tree = tree, .index = index };
  self->fd = open_in_folder (node->source, folder);
  if (self->fd < 0)
    {
      saved_errno = errno;
      break_off (self,
                 saved_errno == ENOENT || saved_errno == ENOTDIR ? SOLCO_PROBLEM_SOURCE_VANISHED
                                                                 : SOLCO_PROBLEM_SOURCE_UNREADABLE,
                 g_strerror (saved_errno));
      return;
    }
  if (fstat (self->fd, &self->status) != 0)
    {
      saved_errno = errno;
      break_off (self, SOLCO_PROBLEM_SOURCE_UNREADABLE, g_strerror (saved_errno));
      return;
    }
  if (!S_ISREG (self->status.st_mode))
    {
      break_off (self, SOLCO_PROBLEM_SOURCE_VANISHED, "It is not a regular file any more");
      return;
    }
  if ((guint64) self->status.st_size > node->size_bytes)
    self->grown_bytes = self->status.st_size - node->size_bytes;
  else if ((guint64) self->status.st_size == node->size_bytes
           && self->status.st_mtime != node->mtime_s)
    self->has_changed = TRUE;
}

void
solco_source_file_read (SolcoSourceFile *self, guint64 position_bytes, guint8 *buffer,
                        gsize n_bytes)
{
  gsize got = 0;

  while (got < n_bytes && !self->is_broken)
    {
      gssize n = pread (self->fd, buffer + got, n_bytes - got, (off_t) (position_bytes + got));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          int saved_errno = errno;

          break_off (self, SOLCO_PROBLEM_SOURCE_UNREADABLE, g_strerror (saved_errno));
        }
      else if (n == 0)
        break_off (self, SOLCO_PROBLEM_SOURCE_SHRANK, NULL);
      else
        got += n;
    }
  if (got < n_bytes)
    {
      memset (buffer + got, 0, n_bytes - got);
      self->filled_bytes += n_bytes - got;
    }
}

/* A program that wrote into the file while it was read left a mixture on the disc. */
static gboolean
is_unchanged (const SolcoSourceFile *self)
{
  struct stat now;

  return fstat (self->fd, &now) != 0
         || (now.st_mtim.tv_sec == self->status.st_mtim.tv_sec
             && now.st_mtim.tv_nsec == self->status.st_mtim.tv_nsec
             && now.st_size == self->status.st_size);
}

void
solco_source_file_close (SolcoSourceFile *self, gboolean is_complete)
{
  if (!self->is_broken && is_complete && !is_unchanged (self))
    self->has_changed = TRUE;
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

static void
report (const SolcoSourceFile *self, SolcoTask *task, SolcoProblemKind kind, const char *detail,
        guint64 bytes)
{
  g_autofree char *path = solco_tree_dup_path (self->tree, self->index);

  solco_task_problem (task, kind, path, detail, bytes);
}

void
solco_source_file_report (const SolcoSourceFile *self, SolcoTask *task)
{
  if (self->grown_bytes > 0)
    report (self, task, SOLCO_PROBLEM_SOURCE_GREW, NULL, self->grown_bytes);
  if (self->has_changed)
    report (self, task, SOLCO_PROBLEM_SOURCE_CHANGED, NULL, 0);
  if (self->is_broken)
    report (self, task, self->broken_kind, self->broken_reason, self->filled_bytes);
}

void
solco_source_file_clear (SolcoSourceFile *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  g_clear_pointer (&self->broken_reason, g_free);
}
