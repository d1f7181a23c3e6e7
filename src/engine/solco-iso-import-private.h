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

/* What is done with libisofs's checksums. A disc with a bad tag is still worth reading, but not
 * worth building on: libisofs takes the tree of Joliet where that with Rock Ridge is damaged, and
 * a further session would make the loss of owners, permissions and links final. */
typedef enum
{
  SOLCO_IMPORT_PLAIN,
  /* With the MD5 of each file, where the session recorded them. */
  SOLCO_IMPORT_LOAD_MD5,
  /* That as well, and %SOLCO_ERROR_DISC_UNREADABLE where descriptors or tree do not match their
   * tags. Sessions without tags cannot be checked. */
  SOLCO_IMPORT_CHECK_MD5
} SolcoImportMode;

/* @session: number of the session whose tree is wanted. @expected: (nullable): the tree that it
 * showed before; %SOLCO_ERROR_WRONG_DISC if it is not the same. */
SolcoIsoImport *solco_iso_import_new (SolcoDrive *drive, const SolcoMedium *medium,
                                      guint session, SolcoImportMode mode, SolcoTree *expected,
                                      GError **error);
void solco_iso_import_free (SolcoIsoImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoIsoImport, solco_iso_import_free)

/* The extents of a file in order, empty for other nodes and for empty files. */
GArray *solco_iso_import_dup_extents (SolcoIsoImport *self, guint32 index, GError **error);
/* The MD5 that is recorded for a file; FALSE where there is none. */
gboolean solco_iso_import_get_md5 (SolcoIsoImport *self, guint32 index, guint8 md5[16]);

G_END_DECLS
