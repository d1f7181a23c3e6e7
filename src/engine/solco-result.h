/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "solco-capacity.h"
#include "solco-medium.h"
#include "solco-problem.h"
#include "solco-tree.h"

G_BEGIN_DECLS

/**
 * SolcoResult:
 * @medium: (nullable): the disc as it was read after (erase, burn, …) or during the work
 * @tree: (nullable): tree of the session that was asked for, or of the newest one
 * @session: number of the session that @tree shows, or that was written
 * @capacity: measure, burn: what the session needs and leaves
 * @image_blocks: measure, burn: exact size of the session's file system
 * @written_blocks: burn: blocks that went to the disc
 * @n_files: files that were written, extracted or verified
 * @n_bytes: their bytes
 * @is_verified: the data was read back and is what was written
 * @is_simulated: nothing was written
 * @problems: (element-type SolcoProblem): in the order in which they were found
 *
 * What came of a request. Belongs to the job; filled by the engine's thread and handed over when
 * the job ends. A failed job can have one too, with the disc's state after the failure.
 */
typedef struct
{
  SolcoMedium *medium;
  SolcoTree *tree;
  guint session;
  SolcoCapacity capacity;
  gint64 image_blocks;
  gint64 written_blocks;
  guint64 n_files;
  guint64 n_bytes;
  gboolean is_verified;
  gboolean is_simulated;
  GPtrArray *problems;
} SolcoResult;

SolcoResult *solco_result_new (void);
void solco_result_free (SolcoResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoResult, solco_result_free)

/* Whether any problem is serious: "completed with problems". */
gboolean solco_result_has_serious_problems (const SolcoResult *self);

G_END_DECLS
