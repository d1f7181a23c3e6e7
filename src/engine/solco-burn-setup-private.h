/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-iso-writer-private.h"
#include "solco-operation-private.h"

G_BEGIN_DECLS

/*
 * SolcoBurnSetup: everything that stands before the first byte is written: the drive is open, the
 * disc is the right one, its tree is merged with the plan, and the session has its exact size.
 * Measuring and burning both come this way, so that they never disagree.
 */
typedef struct
{
  SolcoTask *task;
  const SolcoPlan *plan;
  SolcoDrive *drive;
  SolcoMedium *medium;
  /* Sessions that are there have to go first; the user agreed. */
  gboolean erase_first;
  /* The disc has no head that could be read; it is written anew first. */
  gboolean mend_first;
  SolcoIsoImport *import;
  SolcoDigests *old_digests;
  guint32 old_manifest;
  SolcoIsoLayout layout;
  guint8 *old_head;
  SolcoIsoWriter *writer;
  gint64 image_blocks;
  SolcoCapacity capacity;
} SolcoBurnSetup;

SolcoBurnSetup *solco_burn_setup_new (SolcoTask *task, const SolcoPlan *plan,
                                      SolcoDriveAccess access, GError **error);
void solco_burn_setup_free (SolcoBurnSetup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoBurnSetup, solco_burn_setup_free)

/* Frees what was needed to make the session: the writer and the import. */
void solco_burn_setup_forget_writer (SolcoBurnSetup *self);

/* Checks that what the file system of an image file has left is enough. */
gboolean solco_burn_check_free_space (SolcoDrive *drive, gint64 end_block, GError **error);

G_END_DECLS
