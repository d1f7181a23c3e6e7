/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "solco-tree.h"

G_BEGIN_DECLS

/**
 * SolcoNode:
 *
 * One file, folder or link of a #SolcoProject: a plain struct of about 80 bytes that belongs to
 * the project. Main thread only. A node stays valid as long as it is in the tree or in the undo
 * history; who has to hold one for longer than a turn of the main loop keeps a #SolcoRow, which
 * knows when its node is gone.
 */
typedef struct _SolcoNode SolcoNode;

/**
 * SolcoNodeOrigin: where an item stands
 * @SOLCO_ORIGIN_ON_DISC: the content is on the disc already (solco_node_get_session()); it may have
 *   been renamed or moved
 * @SOLCO_ORIGIN_NEW: will be written by the next session
 * @SOLCO_ORIGIN_REPLACES: new, and takes the place of an item of session solco_node_get_session()
 * @SOLCO_ORIGIN_REMOVED: on the disc, and absent from the next session; it, or a folder above it,
 *   was removed. Can be restored.
 */
typedef enum
{
  SOLCO_ORIGIN_ON_DISC,
  SOLCO_ORIGIN_NEW,
  SOLCO_ORIGIN_REPLACES,
  SOLCO_ORIGIN_REMOVED
} SolcoNodeOrigin;

/**
 * SolcoTotals:
 * @n_files: files and links that the next session will show
 * @n_folders: folders that it will show
 * @n_bytes: bytes of those files, each name counted
 * @n_new_files: files and links that are new, replacing ones included
 * @n_new_folders: folders that are new
 * @n_new_bytes: bytes of the new files, each name counted
 * @n_replaced: new items that take the place of one on the disc
 * @n_removed_files: files and links on the disc that the next session will not show any more and
 *   that nothing replaces
 * @n_removed_folders: likewise folders
 *
 * Sums over everything below a folder, without the folder itself. Kept up to date with every edit.
 */
typedef struct
{
  guint64 n_files;
  guint64 n_folders;
  guint64 n_bytes;
  guint64 n_new_files;
  guint64 n_new_folders;
  guint64 n_new_bytes;
  guint64 n_replaced;
  guint64 n_removed_files;
  guint64 n_removed_folders;
} SolcoTotals;

const char *solco_node_get_name (const SolcoNode *self);
/* NULL for the root. */
SolcoNode *solco_node_get_parent (const SolcoNode *self);
SolcoNodeKind solco_node_get_kind (const SolcoNode *self);
gboolean solco_node_is_folder (const SolcoNode *self);
/* Bytes of a file's content; of everything live below a folder; length of a link's target. */
guint64 solco_node_get_size_bytes (const SolcoNode *self);
/* Seconds since 1970. */
gint64 solco_node_get_mtime_s (const SolcoNode *self);
guint32 solco_node_get_mode (const SolcoNode *self);
SolcoNodeOrigin solco_node_get_origin (const SolcoNode *self);
/* Session of the content (on disc, removed) or of what is replaced; 0 for new ones. */
guint solco_node_get_session (const SolcoNode *self);
/* On disc, but under another name or in another folder than the disc has it. */
gboolean solco_node_is_renamed (const SolcoNode *self);
/* Whether solco_project_restore() would do something with it. */
gboolean solco_node_is_restorable (const SolcoNode *self);
/* NULL unless it is a symbolic link. */
const char *solco_node_get_link_target (const SolcoNode *self);
/* A folder's totals; {0} for others. */
const SolcoTotals *solco_node_get_totals (const SolcoNode *self);
/* Items directly in a folder, removed ones included. The order is that in which they came. */
guint solco_node_get_n_children (const SolcoNode *self);
SolcoNode *solco_node_get_child (const SolcoNode *self, guint position);
/* The one that has the name, removed ones included; NULL if there is none. */
SolcoNode *solco_node_lookup_child (const SolcoNode *self, const char *name);
/* TRUE for @self itself and for everything below @folder. */
gboolean solco_node_is_inside (const SolcoNode *self, const SolcoNode *folder);
/* The path on the disc, "/" for the root; g_free(). */
char *solco_node_dup_path (const SolcoNode *self);

G_END_DECLS
