/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-digests-private.h"
#include "solco-iso-import-private.h"

G_BEGIN_DECLS

/*
 * Copying files out of a session: folders first, then files in the order in which they lie on the
 * disc, then links, and at last the times of the folders. Engine's thread.
 */
typedef struct
{
  SolcoDrive *drive;
  SolcoIsoImport *import;
  /* (nullable): SHA-256 of the files, to check what is read. */
  SolcoDigests *digests;
  /* (nullable): paths on the disc; %NULL for all. */
  const char *const *paths;
  const char *directory;
  gboolean overwrite;
} SolcoExtract;

gboolean solco_extract_run (const SolcoExtract *extract, GError **error);

/* One file into @path, through a file of another name that takes its place when it is complete.
 * @digest: receives the SHA-256. Errors: READ_FAILED for the disc, NO_SPACE or DESTINATION for the
 * file, NAME_EXISTS. */
gboolean solco_extract_file (const SolcoExtract *extract, guint32 index, const char *path,
                             guint8 *digest, GError **error);

G_END_DECLS
