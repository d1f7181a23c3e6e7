/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-digests-private.h"
#include "solco-iso-import-private.h"
#include "solco-plan.h"

G_BEGIN_DECLS

/* What is verified. */
typedef struct
{
  SolcoDrive *drive;
  SolcoIsoImport *import;
  /* The blocks of the sessions that count, in order; files that lie elsewhere are passed over. */
  const SolcoSession *sessions;
  guint n_sessions;
  /* (nullable): SHA-256 of the files of @import's tree, and the file that they are from. */
  SolcoDigests *digests;
  guint32 manifest;
} SolcoVerify;

/* QUICK: the checksums of descriptors and tree, and a sample of files. FULL: every block, once and
 * in order. Problems name the files. VERIFY_FAILED where anything differs or cannot be read; what
 * no checksum covers is read, but the result is not "verified" then. */
gboolean solco_verify_run (const SolcoVerify *verify, SolcoVerifyMode mode, GError **error);

/* Compares the files of @originals that have a source with those of the same path on the disc. */
gboolean solco_verify_originals (const SolcoVerify *verify, SolcoTree *originals,
                                 GError **error);

/* One pass over the blocks of a session that checks libisofs's MD5 tags and takes the digests of
 * files. */
typedef struct _SolcoVerifyPass SolcoVerifyPass;

typedef struct
{
  gboolean has_session_tag; /* and it matches */
  gboolean has_tree_tag;
  guint n_bad_tags;
  guint64 n_unreadable_blocks;
} SolcoVerifyTags;

/* Told of each file that was read in full; @digest is SHA-256, or the MD5 that the file system
 * records where only that is known (@is_md5). NULL: blocks at @bad_block cannot be read. */
typedef void (*SolcoVerifyFileFunc) (guint32 index, const guint8 *digest, gboolean is_md5,
                                     gint64 bad_block, gpointer user_data);

/* @wanted: by index, the files to look at. Those that lie in one run of this session are looked at and
 * struck from it. With @stop_at_tree only up to the tree's tag. */
gboolean solco_verify_pass_run (const SolcoVerify *verify, const SolcoSession *session,
                                guint8 *wanted, gboolean stop_at_tree,
                                SolcoVerifyTags *tags, SolcoVerifyFileFunc func,
                                gpointer user_data, GError **error);

G_END_DECLS
