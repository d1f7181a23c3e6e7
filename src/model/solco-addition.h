/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-project.h"
#include "solco-scanner.h"

G_BEGIN_DECLS

/**
 * SolcoConflict:
 * @path: path on the disc that both want
 * @source_path: (type filename): local path of the item that waits; NULL for a made folder
 * @kind: of the item that waits
 * @size_bytes: its size (a folder's: what has been found so far)
 * @mtime_s: its time of modification
 * @existing: the item that has the name; look at it with the functions of #SolcoNode
 *
 * An item whose name is taken. Valid until it is resolved.
 */
typedef struct
{
  char *path;
  char *source_path;
  SolcoNodeKind kind;
  guint64 size_bytes;
  gint64 mtime_s;
  SolcoNode *existing;
} SolcoConflict;

/**
 * SolcoAddition:
 *
 * One user's action of adding: paths that were dropped or chosen, walked by a #SolcoScanner and
 * laid into the project batch by batch, as one undoable step. Main thread only. Used once.
 *
 * Properties, with "notify": "n-files", "n-folders", "n-bytes" (guint64): taken so far;
 * "n-problems", "n-conflicts" (guint).
 *
 * With %SOLCO_CONFLICT_ASK, items whose names are taken are set aside with all that is below them;
 * everything else goes on. solco_addition_resolve() can be called at any time, also after the
 * run has finished; what nobody resolves is not added. Resolved items belong to the same undoable
 * step as long as no other edit came in between.
 */
#define SOLCO_TYPE_ADDITION (solco_addition_get_type ())
G_DECLARE_FINAL_TYPE (SolcoAddition, solco_addition, SOLCO, ADDITION, GObject)

SolcoAddition *solco_addition_new (SolcoProject *project, SolcoScanOptions *options,
                                   SolcoConflictPolicy policy);
/* @path: a local file or folder. @folder: where it goes. @name: (nullable): under which name. */
void solco_addition_add_path (SolcoAddition *self, const char *path, SolcoNode *folder,
                              const char *name);
/* The content of the local folder @path goes into @folder. */
void solco_addition_add_contents (SolcoAddition *self, const char *path, SolcoNode *folder);

void solco_addition_run_async (SolcoAddition *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
/* FALSE: cancelled (what had arrived stays, and is one step that can be undone), or the project
 * was closed. A path that does not exist is no error but a problem. */
gboolean solco_addition_run_finish (SolcoAddition *self, GAsyncResult *result, GError **error);

guint64 solco_addition_get_n_files (SolcoAddition *self);
guint64 solco_addition_get_n_folders (SolcoAddition *self);
guint64 solco_addition_get_n_bytes (SolcoAddition *self);
/* (element-type SolcoProblem): all that was left out or given another name so far. */
GPtrArray *solco_addition_get_problems (SolcoAddition *self);

/* Conflicts that wait, in the order in which they were met. */
guint solco_addition_get_n_conflicts (SolcoAddition *self);
const SolcoConflict *solco_addition_get_conflict (SolcoAddition *self, guint index);
/* @policy: not ASK. @apply_to_all: to all that wait, and to all that come later. */
void solco_addition_resolve (SolcoAddition *self, guint index, SolcoConflictPolicy policy,
                             gboolean apply_to_all);

G_END_DECLS
