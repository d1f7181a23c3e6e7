/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "solco-problem.h"
#include "solco-tree.h"

G_BEGIN_DECLS

/** SolcoSymlinkPolicy: what becomes of symbolic links */
typedef enum
{
  SOLCO_SYMLINKS_KEEP,
  SOLCO_SYMLINKS_FOLLOW,
  SOLCO_SYMLINKS_SKIP
} SolcoSymlinkPolicy;

/**
 * SolcoScanOptions:
 * @skip_hidden: leave out names that start with a dot (below the paths that were asked for; those
 *   themselves are always taken)
 * @symlinks: see #SolcoSymlinkPolicy; links among the paths that were asked for obey it too
 * @fix_names: take an item whose name cannot stand on a disc under the proposed name, instead of
 *   leaving it out; it is reported either way
 * @excludes: (nullable) (array zero-terminated=1): glob patterns (`*`, `?`), matched against the
 *   name and against the path relative to what was asked for
 *
 * Immutable after creation. Any thread.
 */
typedef struct
{
  gatomicrefcount ref_count;
  gboolean skip_hidden;
  SolcoSymlinkPolicy symlinks;
  gboolean fix_names;
  char **excludes;
} SolcoScanOptions;

SolcoScanOptions *solco_scan_options_new (gboolean skip_hidden, SolcoSymlinkPolicy symlinks,
                                          gboolean fix_names, const char *const *excludes);
SolcoScanOptions *solco_scan_options_ref (SolcoScanOptions *self);
void solco_scan_options_unref (SolcoScanOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoScanOptions, solco_scan_options_unref)

/**
 * SolcoScanEntry:
 * @name: valid name that it gets on the disc
 * @source_name: (nullable): the name that the source has, if it is another one
 * @link_target: (nullable): of a symbolic link
 * @size_bytes: st_size
 * @mtime_s: st_mtime
 * @device: st_dev
 * @inode: st_ino
 * @mode: st_mode & 07777
 * @uid: st_uid
 * @gid: st_gid
 * @directory: for a folder: the number under which its content will arrive; 0 for others
 * @request: number of the path in the order of solco_scanner_add_path() calls, from 0 on
 * @kind: %SOLCO_NODE_DIRECTORY, %SOLCO_NODE_FILE or %SOLCO_NODE_SYMLINK
 *
 * One found item. Strings belong to the batch.
 */
typedef struct
{
  const char *name;
  const char *source_name;
  const char *link_target;
  guint64 size_bytes;
  gint64 mtime_s;
  guint64 device;
  guint64 inode;
  guint32 mode;
  guint32 uid;
  guint32 gid;
  guint32 directory;
  guint32 request;
  guint8 kind;
} SolcoScanEntry;

/**
 * SolcoScanBatch:
 * @directory: number of the folder whose content this is; 0 for the paths that were asked for
 * @source_directory: (type filename): absolute path of the folder that holds all the entries
 * @is_last: no more batches come for this folder
 * @entries: at most about 1 000, in ascending order of strcmp() over all batches of a folder
 * @n_entries: how many
 */
typedef struct
{
  guint32 directory;
  const char *source_directory;
  gboolean is_last;
  const SolcoScanEntry *entries;
  guint n_entries;
} SolcoScanBatch;

/**
 * SolcoScanner:
 *
 * Walks local files and folders on a thread of its own and hands them over in the main context
 * of solco_scanner_run_async() in batches: a folder always arrives before its content. At most a
 * few batches wait at any time (the walk pauses until they are taken), and one dispatch works for
 * a few milliseconds only, at a priority below that of drawing.
 *
 * Nothing is left out silently: whatever is not taken is a #SolcoProblem. Used once.
 */
#define SOLCO_TYPE_SCANNER (solco_scanner_get_type ())
G_DECLARE_FINAL_TYPE (SolcoScanner, solco_scanner, SOLCO, SCANNER, GObject)

/* Called in the main context; @batch is valid during the call. */
typedef void (*SolcoScanFunc) (const SolcoScanBatch *batch, gpointer user_data);
/* Something that was left out; @problem is valid during the call. */
typedef void (*SolcoScanProblemFunc) (const SolcoProblem *problem, gpointer user_data);

SolcoScanner *solco_scanner_new (void);
/* @name: (nullable): the name that it gets on the disc, NULL for its own. @contents_of: the content
 * of the folder @path arrives, instead of the folder: with directory number 0 and @request.
 * @skip: (nullable): paths relative to @path that are left out without a report. */
void solco_scanner_add_path (SolcoScanner *self, const char *path, const char *name,
                             gboolean contents_of, SolcoScanOptions *options,
                             const char *const *skip);
/* Exceptions below the path that was added last, as many as there may be. @skip: (element-type
 * filename): paths relative to it that are left out without a report. @renamed: (element-type
 * filename): paths relative to it that get the valid name of the same position in @new_names. */
void solco_scanner_except (SolcoScanner *self, GPtrArray *skip, GPtrArray *renamed,
                           GPtrArray *new_names);
void solco_scanner_run_async (SolcoScanner *self, SolcoScanFunc batch_func,
                              SolcoScanProblemFunc problem_func, gpointer user_data,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer callback_data);
/* FALSE when cancelled (%G_IO_ERROR_CANCELLED). */
gboolean solco_scanner_run_finish (SolcoScanner *self, GAsyncResult *result, GError **error);

G_END_DECLS
