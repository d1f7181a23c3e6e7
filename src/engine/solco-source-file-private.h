/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/stat.h>

#include "solco-task-private.h"
#include "solco-tree.h"

G_BEGIN_DECLS

/*
 * SolcoSourceFile: a local file while it is read for the disc. It always gives as many bytes as the
 * plan says: a source that vanished, shrank or cannot be read is filled up with zeros, and what
 * happened to it becomes a problem of the task. One thread at a time.
 */
typedef struct
{
  const SolcoTree *tree;
  guint32 index;
  int fd;
  struct stat status; /* when it was opened */
  gboolean is_broken; /* zeros from here on */
  SolcoProblemKind broken_kind;
  char *broken_reason;
  guint64 filled_bytes;
  guint64 grown_bytes;
  gboolean has_changed;
} SolcoSourceFile;

/* The folder that the last file was opened in, so that the next one's path need not be walked from the
 * root again. Starts with { NULL, -1 }. */
typedef struct
{
  const char *path; /* the tree's */
  int fd;
} SolcoSourceFolder;

void solco_source_folder_clear (SolcoSourceFolder *self);

void solco_source_file_open (SolcoSourceFile *self, const SolcoTree *tree, guint32 index,
                             SolcoSourceFolder *folder);
/* Puts the bytes from @position_bytes on into @buffer, which lie in what the plan says. */
void solco_source_file_read (SolcoSourceFile *self, guint64 position_bytes, guint8 *buffer,
                             gsize n_bytes);
/* @is_complete: all of it was read, so that a change meanwhile counts. */
void solco_source_file_close (SolcoSourceFile *self, gboolean is_complete);
/* Tells the task what happened to it. */
void solco_source_file_report (const SolcoSourceFile *self, SolcoTask *task);
void solco_source_file_clear (SolcoSourceFile *self);

G_END_DECLS
