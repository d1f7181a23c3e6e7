/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-digests-private.h"
#include "solco-iso-import-private.h"

G_BEGIN_DECLS

/*
 * SolcoChecksumRun: reads files of a disc in the order in which they lie there, each block once,
 * and takes their SHA-256. Engine's thread.
 */
typedef struct
{
  guint32 index;
  gint64 block;
} SolcoChecksumFile;

/* The function is told each file's digest, or NULL and the reason where a block cannot be read. */
typedef gboolean (*SolcoChecksumFunc) (guint32 index, const guint8 *digest, const GError *reason,
                                       gpointer user_data);

/* @wanted: by index. FALSE when cancelled, or when the function returns FALSE. */
gboolean solco_checksum_files (SolcoIsoImport *import, SolcoDrive *drive, const guint8 *wanted,
                               SolcoChecksumFunc func, gpointer user_data, GError **error);
guint64 solco_checksum_get_total_bytes (SolcoIsoImport *import, const guint8 *wanted);

G_END_DECLS
