/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "solco-digests-private.h"
#include "solco-drive-private.h"
#include "solco-iso-import-private.h"

G_BEGIN_DECLS

/*
 * The manifest of a session: a file in the format of `sha256sum` in the root, which names each file
 * that the session's tree shows, with relative paths. It is the last file that is written.
 */

/* Index of the manifest that Solco wrote into this tree, %SOLCO_TREE_NONE without
 * one. @digests: what it says, if the session that the tree is of wrote it: a program
 * that adds a session may have changed files and left an older manifest as it was. %NULL then.
 * FALSE where the disc cannot be read. */
gboolean solco_manifest_find (SolcoIsoImport *import, SolcoDrive *drive,
                              gint64 session_start_block, guint32 *index,
                              SolcoDigests **digests, GError **error);

/* The manifest's name in a tree, in which the usual one may stand for something else. */
char *solco_manifest_choose_name (SolcoTree *tree, guint32 own_index);

/* A line for each file with @is_listed, whose digest has to be known by the time it is made, and by
 * then only. */
guint64 solco_manifest_get_size_bytes (SolcoTree *tree, const guint8 *is_listed);
/* Appends the lines of the nodes from @index on, until @text has @wanted_bytes or a bit more, or all
 * are there. Returns the index to go on with; begin with 0. */
guint32 solco_manifest_append_lines (GString *text, SolcoDigests *digests,
                                     const guint8 *is_listed, guint32 index,
                                     gsize wanted_bytes);

/* Takes in a manifest; paths that the tree does not have are passed over. FALSE where the text is
 * none. */
gboolean solco_manifest_parse (const char *text, gsize length, SolcoDigests *digests);

G_END_DECLS
