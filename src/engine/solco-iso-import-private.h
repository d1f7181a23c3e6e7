/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-libisofs-private.h"

#include "solco-medium-reader-private.h"
#include "solco-tree.h"

G_BEGIN_DECLS

/* A run of blocks that a file lies in. */
typedef struct
{
  gint64 block;
  guint64 size_bytes;
} SolcoExtent;

/*
 * SolcoIsoImport: the tree of one session, as libisofs read it. Engine's thread only.
 */
typedef struct
{
  IsoImage *image;
  SolcoTree *tree;
  /* libisofs's node of each row of the tree; a reference is held. */
  IsoNode **nodes;
  guint32 n_nodes;
} SolcoIsoImport;

/* @session: number of the session whose tree is wanted. @load_md5: with the MD5 of each file, to
 * be kept when a session is added. */
SolcoIsoImport *solco_iso_import_new (SolcoDrive *drive, const SolcoMedium *medium,
                                      guint session, gboolean load_md5, GError **error);
void solco_iso_import_free (SolcoIsoImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoIsoImport, solco_iso_import_free)

/* The extents of a file in order, empty for other nodes and for empty files. */
GArray *solco_iso_import_dup_extents (SolcoIsoImport *self, guint32 index, GError **error);
/* The MD5 that is recorded for a file; FALSE where there is none. */
gboolean solco_iso_import_get_md5 (SolcoIsoImport *self, guint32 index, guint8 md5[16]);

G_END_DECLS
