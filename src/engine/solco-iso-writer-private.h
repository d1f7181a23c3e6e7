/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-digests-private.h"
#include "solco-iso-import-private.h"
#include "solco-plan.h"

G_BEGIN_DECLS

struct burn_source;

/*
 * SolcoIsoWriter: makes the file system of one session out of a plan. It starts libisofs's writer
 * thread; the blocks come out of the burn source. Engine's thread only.
 */
typedef struct _SolcoIsoWriter SolcoIsoWriter;

/* How the file system is to lie on the medium. */
typedef struct
{
  gint64 start_block;
  /* Emulated sessions: the head that makes the newest one visible is made too. */
  gboolean with_head;
  /* What the first SOLCO_HEAD_BYTES of the medium hold now; NULL: nothing. */
  const guint8 *old_head;
  /* The medium that an image file stands for, which the session remembers. */
  SolcoImageKind image_kind;
  guint64 image_size_bytes;
} SolcoIsoLayout;

/* @import: (nullable): the tree that is on the disc, which is changed by this. @old_digests:
 * (nullable) (transfer full): of @import's tree. @old_manifest: the manifest in that tree, which
 * gives way. */
SolcoIsoWriter *solco_iso_writer_new (const SolcoPlan *plan, SolcoIsoImport *import,
                                      SolcoDigests *old_digests, guint32 old_manifest,
                                      const SolcoIsoLayout *layout, SolcoTask *task,
                                      GError **error);
/* Ends the writer thread. */
void solco_iso_writer_free (SolcoIsoWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoIsoWriter, solco_iso_writer_free)

gint64 solco_iso_writer_get_image_blocks (SolcoIsoWriter *self);
/* Owned by the writer; libburn takes references of its own. */
struct burn_source *solco_iso_writer_get_source (SolcoIsoWriter *self);
/* SOLCO_HEAD_BYTES; only with @with_head. */
const guint8 *solco_iso_writer_get_head (SolcoIsoWriter *self);
/* What has to take the place of the source's last block: the end mark. NULL: nothing. */
const guint8 *solco_iso_writer_get_last_block (SolcoIsoWriter *self);
/* Of the plan's tree, complete after the writing; NULL without a manifest. */
SolcoDigests *solco_iso_writer_get_digests (SolcoIsoWriter *self);
/* What waits in the ring between libisofs and libburn; FALSE where nothing more will come into it. Any
 * thread. */
gboolean solco_iso_writer_get_ring (SolcoIsoWriter *self, gsize *waiting_bytes, gsize *size_bytes);
guint64 solco_iso_writer_get_n_files (SolcoIsoWriter *self);
guint64 solco_iso_writer_get_n_bytes (SolcoIsoWriter *self);
/* Name of the manifest in the root, NULL without one. */
const char *solco_iso_writer_get_manifest_name (SolcoIsoWriter *self);

G_END_DECLS
