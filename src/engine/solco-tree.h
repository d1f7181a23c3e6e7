/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SolcoNodeKind:
 * @SOLCO_NODE_DIRECTORY: a folder
 * @SOLCO_NODE_FILE: a regular file
 * @SOLCO_NODE_SYMLINK: a symbolic link (Rock Ridge only; Joliet readers do not see it)
 * @SOLCO_NODE_SPECIAL: a device, pipe, socket or boot catalog that a foreign disc holds; never
 *   made from a source, only kept
 */
typedef enum
{
  SOLCO_NODE_DIRECTORY,
  SOLCO_NODE_FILE,
  SOLCO_NODE_SYMLINK,
  SOLCO_NODE_SPECIAL
} SolcoNodeKind;

/** SOLCO_TREE_NONE: no index */
#define SOLCO_TREE_NONE G_MAXUINT32

/**
 * SolcoTreeSource:
 * @directory: absolute path, in the file system's encoding, of the local folder that holds it
 * @name: its name in @directory
 * @device: st_dev of it: with @inode the identity of the content, so that hard links share one
 *   extent
 * @inode: st_ino of it
 *
 * The local file or folder that a node of a #SolcoTree is made from.
 */
typedef struct
{
  const char *directory;
  const char *name;
  guint64 device;
  guint64 inode;
} SolcoTreeSource;

/**
 * SolcoTreeNode:
 * @name: UTF-8 name; "" for the root
 * @source: (nullable): what it is made from; %NULL where the content comes from the disc and for
 *   folders and links that are made without one
 * @link_target: (nullable): where a symbolic link points
 * @size_bytes: bytes of content; 0 for folders; for links the length of the target
 * @mtime_s: time of last modification, seconds since 1970 (UTC)
 * @uid: owner
 * @gid: group
 * @parent: index of the folder that holds this; %SOLCO_TREE_NONE for the root
 * @first_child: index of the first child of a folder
 * @n_children: how many children stand from @first_child on
 * @disc_index: index of the same node in the tree that was read from the disc, for a node
 *   whose content is already there; %SOLCO_TREE_NONE for new ones
 * @start_block: first 2048-byte block of the content on the disc; 0 where unknown or empty
 * @session: 1-based session that holds the content, 0 where unknown or new; a folder, which every
 *   session writes anew, has that of the newest content in it
 * @mode: permission bits as in st_mode & 07777
 * @kind: a #SolcoNodeKind
 *
 * One row of a #SolcoTree. Strings belong to the tree. There may be millions, several times, so
 * that each is kept small: 72 bytes.
 */
typedef struct
{
  const char *name;
  const SolcoTreeSource *source;
  const char *link_target;
  guint64 size_bytes;
  gint64 mtime_s;
  guint32 uid;
  guint32 gid;
  guint32 parent;
  guint32 first_child;
  guint32 n_children;
  guint32 disc_index;
  guint32 start_block;
  guint16 session;
  guint16 mode : 12;
  guint16 kind : 4;
} SolcoTreeNode;

/**
 * SolcoTree:
 *
 * An immutable directory tree, one array in breadth-first order: node 0 is the root, the
 * children of a folder stand together, in ascending order of strcmp() of their names. It is what
 * reading a disc gives, and what a #SolcoPlan burns. Any thread may read it.
 */
typedef struct _SolcoTree SolcoTree;
typedef struct _SolcoTreeBuilder SolcoTreeBuilder;

#define SOLCO_TYPE_TREE (solco_tree_get_type ())
GType solco_tree_get_type (void);

SolcoTree *solco_tree_ref (SolcoTree *self);
void solco_tree_unref (SolcoTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoTree, solco_tree_unref)

const SolcoTreeNode *solco_tree_get_nodes (const SolcoTree *self, guint32 *n_nodes);
guint32 solco_tree_lookup (const SolcoTree *self, const char *path);
guint32 solco_tree_lookup_child (const SolcoTree *self, guint32 parent, const char *name);
gboolean solco_tree_path_equals (const SolcoTree *self, guint32 index, const char *path);
char *solco_tree_dup_path (const SolcoTree *self, guint32 index);
char *solco_tree_dup_source_path (const SolcoTree *self, guint32 index);

SolcoTreeBuilder *solco_tree_builder_new (const SolcoTreeNode *root);
guint32 solco_tree_builder_add (SolcoTreeBuilder *self, guint32 parent, const SolcoTreeNode *node);
guint32 solco_tree_builder_get_n_nodes (const SolcoTreeBuilder *self);
SolcoTree *solco_tree_builder_finish (SolcoTreeBuilder *self);
void solco_tree_builder_free (SolcoTreeBuilder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SolcoTreeBuilder, solco_tree_builder_free)

G_END_DECLS
