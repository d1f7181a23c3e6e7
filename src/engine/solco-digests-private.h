/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-tree.h"

G_BEGIN_DECLS

/** Bytes of a SHA-256 digest */
#define SOLCO_SHA256_BYTES 32

/*
 * SolcoDigests: a SHA-256 for the files of one tree, by index. One writer at a time; readers after
 * that.
 */
typedef struct _SolcoDigests SolcoDigests;

SolcoDigests *solco_digests_new (SolcoTree *tree);
SolcoDigests *solco_digests_ref (SolcoDigests *self);
void solco_digests_unref (SolcoDigests *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoDigests, solco_digests_unref)

SolcoTree *solco_digests_get_tree (SolcoDigests *self);
void solco_digests_set (SolcoDigests *self, guint32 index, const guint8 *digest);
/* NULL where none is known. An empty file's is always known. */
const guint8 *solco_digests_get (SolcoDigests *self, guint32 index);
/* Gives files without a digest that of another with the same device and inode: libisofs writes and
 * reads such files once. */
void solco_digests_share_hard_links (SolcoDigests *self);

G_END_DECLS
