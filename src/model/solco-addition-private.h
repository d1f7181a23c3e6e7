/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-addition.h"
#include "solco-row.h"

G_BEGIN_DECLS

typedef struct
{
  char *path;
  SolcoRow *folder; /* a row, since the folder may go while this waits */
  char *name;
  gboolean contents_of;
  SolcoScanOptions *options;
  GPtrArray *skip; /* NULL: no exceptions */
  GPtrArray *renamed;
  GPtrArray *new_names;
  GHashTable *holes; /* local folder → names (GPtrArray) in @skip that are in it */
} SolcoAdditionRequest;

typedef struct
{
  SolcoConflict shown;
  SolcoNode *node; /* in no folder, with what has arrived below it */
  SolcoRow *folder;
  SolcoRow *existing;
} SolcoPendingConflict;

struct _SolcoAddition
{
  GObject parent_instance;

  SolcoProject *project;
  SolcoScanOptions *options;
  SolcoConflictPolicy policy;
  GPtrArray *requests;
  GPtrArray *problems;
  GPtrArray *conflicts;
  GPtrArray *directories; /* SolcoNode of each directory number; NULL: its content is not wanted */
  GPtrArray *directory_paths; /* while folders are being merged */
  GTask *task;
  GCancellable *cancellable; /* cancelled by the user's, or by the project */
  GCancellable *outer;
  gulong outer_handler;
  gboolean is_aborted;
  guint64 n_files;
  guint64 n_folders;
  guint64 n_bytes;
};

/* Stops it for good: nothing more is added, conflicts that wait are given up. */
void solco_addition_abort (SolcoAddition *self);
/* Gives up what waits for a decision. */
void solco_addition_drop_conflicts (SolcoAddition *self);
/* Before and after the project merges folders: what arrives later goes to where they are then. */
void solco_addition_begin_merge (SolcoAddition *self);
void solco_addition_end_merge (SolcoAddition *self);
/* For the path that was added last: paths (char *) below it that are not wanted, and those that get
 * another name (see solco_scanner_except()). */
void solco_addition_except (SolcoAddition *self, GPtrArray *skip, GPtrArray *renamed,
                            GPtrArray *new_names);
/* Other options than those of the addition, for the path that was added last. */
void solco_addition_set_options (SolcoAddition *self, SolcoScanOptions *options);

/* One batch of the scanner. */
void solco_addition_lay_batch (SolcoAddition *self, const SolcoScanBatch *batch);
/* A conflict that has been decided; @policy is not ASK. */
void solco_addition_settle_pending (SolcoAddition *self, SolcoPendingConflict *conflict,
                                    SolcoConflictPolicy policy);

G_END_DECLS
