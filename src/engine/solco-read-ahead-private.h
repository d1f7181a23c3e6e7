/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-digests-private.h"
#include "solco-source-file-private.h"

G_BEGIN_DECLS

/*
 * SolcoReadAhead: reads the small files of a tree on threads of its own, a little before they are
 * wanted. Opening a small file takes longer than all else that is done with it, and libisofs does one
 * after the other in the thread that also makes the blocks.
 */
typedef struct _SolcoReadAhead SolcoReadAhead;

/* A file that was read whole. */
typedef struct
{
  SolcoSourceFile source;
  gboolean has_digest; /* where they are wanted, and could be had */
  guint8 digest[SOLCO_SHA256_BYTES];
  gsize n_bytes;
  const guint8 *data;
} SolcoSmallFile;

/* No thread is started before the first file is taken. @with_digests: the files' SHA-256 too. */
SolcoReadAhead *solco_read_ahead_new (SolcoTree *tree, gboolean with_digests);
void solco_read_ahead_free (SolcoReadAhead *self);

/* Whether the file is read whole. Larger ones are not: they are read faster than they can be taken. */
gboolean solco_read_ahead_is_small (SolcoReadAhead *self, guint32 index);
/* A small file, read before or now; valid until the next call. One thread at a time. */
const SolcoSmallFile *solco_read_ahead_take (SolcoReadAhead *self, guint32 index);

G_END_DECLS
