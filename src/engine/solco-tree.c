/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-tree.h"

#include <string.h>

/* Sources are allocated so many at a time. */
#define SOURCES_IN_A_BLOCK 256

struct _SolcoTree
{
  gatomicrefcount ref_count;
  SolcoTreeNode *nodes;
  guint32 n_nodes;
  GStringChunk *strings;
  GPtrArray *sources; /* blocks */
};

struct _SolcoTreeBuilder
{
  GArray *nodes;
  GStringChunk *strings;
  GPtrArray *sources;
  guint32 n_sources;
  /* Siblings and neighbours mostly share their source folder, so that remembering the last one
   * stores each folder about once. */
  const char *last_source_directory;
};

G_DEFINE_BOXED_TYPE (SolcoTree, solco_tree, solco_tree_ref, solco_tree_unref)

/**
 * solco_tree_ref:
 * @self: a tree
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
SolcoTree *
solco_tree_ref (SolcoTree *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * solco_tree_unref:
 * @self: (transfer full): a tree
 *
 * Any thread.
 */
void
solco_tree_unref (SolcoTree *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->nodes);
  g_string_chunk_free (self->strings);
  g_ptr_array_unref (self->sources);
  g_free (self);
}

/**
 * solco_tree_get_nodes:
 * @self: a tree
 * @n_nodes: (out) (optional): how many there are, at least 1
 *
 * All nodes, breadth first; [0] is the root. Any thread.
 *
 * Returns: (transfer none) (array length=n_nodes): the nodes
 */
const SolcoTreeNode *
solco_tree_get_nodes (const SolcoTree *self, guint32 *n_nodes)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (n_nodes != NULL)
    *n_nodes = self->n_nodes;
  return self->nodes;
}

/**
 * solco_tree_lookup_child:
 * @self: a tree
 * @parent: index of a folder
 * @name: a name
 *
 * Any thread; O(log n).
 *
 * Returns: the child's index, or %SOLCO_TREE_NONE
 */
guint32
solco_tree_lookup_child (const SolcoTree *self, guint32 parent, const char *name)
{
  g_return_val_if_fail (self != NULL && parent < self->n_nodes, SOLCO_TREE_NONE);

  const SolcoTreeNode *folder = &self->nodes[parent];
  guint32 low = 0;
  guint32 high = folder->n_children;

  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;
      int order = strcmp (name, self->nodes[folder->first_child + middle].name);

      if (order == 0)
        return folder->first_child + middle;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return SOLCO_TREE_NONE;
}

/**
 * solco_tree_lookup:
 * @self: a tree
 * @path: a path on the disc; leading, trailing and doubled slashes do not count
 *
 * Any thread.
 *
 * Returns: the node's index, or %SOLCO_TREE_NONE
 */
guint32
solco_tree_lookup (const SolcoTree *self, const char *path)
{
  g_return_val_if_fail (self != NULL && path != NULL, SOLCO_TREE_NONE);

  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  guint32 index = 0;

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] == '\0')
        continue;
      index = solco_tree_lookup_child (self, index, parts[i]);
      if (index == SOLCO_TREE_NONE)
        return SOLCO_TREE_NONE;
    }
  return index;
}

/**
 * solco_tree_path_equals:
 * @self: a tree
 * @index: index of a node
 * @path: a path on the disc without slashes at its ends
 *
 * Any thread. Cheaper than a lookup for whoever can guess the node.
 *
 * Returns: whether @path is that of the node
 */
gboolean
solco_tree_path_equals (const SolcoTree *self, guint32 index, const char *path)
{
  g_return_val_if_fail (self != NULL && path != NULL && index < self->n_nodes, FALSE);

  gsize length = strlen (path);

  for (guint32 i = index; i != 0; i = self->nodes[i].parent)
    {
      gsize part = strlen (self->nodes[i].name);

      if (part > length || memcmp (path + length - part, self->nodes[i].name, part) != 0)
        return FALSE;
      length -= part;
      if (self->nodes[i].parent != 0 && (length == 0 || path[--length] != '/'))
        return FALSE;
    }
  return length == 0;
}

/**
 * solco_tree_dup_path:
 * @self: a tree
 * @index: index of a node
 *
 * Any thread.
 *
 * Returns: (transfer full): the path from the root, "/" for the root
 */
char *
solco_tree_dup_path (const SolcoTree *self, guint32 index)
{
  g_return_val_if_fail (self != NULL && index < self->n_nodes, NULL);

  gsize length = 0;
  for (guint32 i = index; i != 0; i = self->nodes[i].parent)
    length += strlen (self->nodes[i].name) + 1;
  if (length == 0)
    return g_strdup ("/");

  char *path = g_malloc (length + 1);
  path[length] = '\0';
  for (guint32 i = index; i != 0; i = self->nodes[i].parent)
    {
      gsize part = strlen (self->nodes[i].name);

      length -= part;
      memcpy (path + length, self->nodes[i].name, part);
      path[--length] = '/';
    }
  return path;
}

/**
 * solco_tree_dup_source_path:
 * @self: a tree
 * @index: index of a node
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable) (type filename): path of the local source, %NULL without one
 */
char *
solco_tree_dup_source_path (const SolcoTree *self, guint32 index)
{
  g_return_val_if_fail (self != NULL && index < self->n_nodes, NULL);

  const SolcoTreeNode *node = &self->nodes[index];

  if (node->source == NULL)
    return NULL;
  return g_build_filename (node->source->directory, node->source->name, NULL);
}

/* @name: the node's, which belongs to the builder already. */
static const SolcoTreeSource *
copy_source (SolcoTreeBuilder *self, const SolcoTreeSource *source, const char *name)
{
  SolcoTreeSource *block;
  SolcoTreeSource *copy;

  if (self->n_sources % SOURCES_IN_A_BLOCK == 0)
    g_ptr_array_add (self->sources, g_new (SolcoTreeSource, SOURCES_IN_A_BLOCK));
  block = g_ptr_array_index (self->sources, self->sources->len - 1);
  copy = &block[self->n_sources++ % SOURCES_IN_A_BLOCK];
  *copy = *source;
  if (self->last_source_directory == NULL
      || strcmp (self->last_source_directory, source->directory) != 0)
    self->last_source_directory = g_string_chunk_insert (self->strings, source->directory);
  copy->directory = self->last_source_directory;
  copy->name = strcmp (source->name, name) == 0
                   ? name
                   : g_string_chunk_insert (self->strings, source->name);
  return copy;
}

/* Copies @node with its strings into the builder. */
static void
append_node (SolcoTreeBuilder *self, const SolcoTreeNode *node, guint32 parent)
{
  SolcoTreeNode copy = *node;

  copy.name = g_string_chunk_insert (self->strings, node->name);
  if (node->source != NULL)
    copy.source = copy_source (self, node->source, copy.name);
  if (node->link_target != NULL)
    copy.link_target = g_string_chunk_insert (self->strings, node->link_target);
  copy.parent = parent;
  copy.first_child = 0;
  copy.n_children = 0;
  g_array_append_val (self->nodes, copy);
}

/**
 * solco_tree_builder_new:
 * @root: attributes of the root folder; its name, parent and children do not count
 *
 * Any thread, one at a time.
 *
 * Returns: (transfer full): a builder
 */
SolcoTreeBuilder *
solco_tree_builder_new (const SolcoTreeNode *root)
{
  g_return_val_if_fail (root != NULL, NULL);

  SolcoTreeBuilder *self = g_new0 (SolcoTreeBuilder, 1);
  SolcoTreeNode copy = *root;

  self->nodes = g_array_new (FALSE, FALSE, sizeof (SolcoTreeNode));
  self->strings = g_string_chunk_new (64 * 1024);
  self->sources = g_ptr_array_new_with_free_func (g_free);
  copy.name = "";
  copy.kind = SOLCO_NODE_DIRECTORY;
  append_node (self, &copy, SOLCO_TREE_NONE);
  return self;
}

/**
 * solco_tree_builder_add:
 * @self: a builder
 * @parent: index of the folder that gets the node: that of the call before, or a later one
 * @node: attributes; strings are copied; parent and children do not count
 *
 * Adds one node. The order of calls is the order of the tree: folder after folder in order of
 * their indexes, siblings in strictly ascending order of strcmp().
 *
 * Returns: the new node's index
 */
guint32
solco_tree_builder_add (SolcoTreeBuilder *self, guint32 parent, const SolcoTreeNode *node)
{
  g_return_val_if_fail (self != NULL && node != NULL, SOLCO_TREE_NONE);
  g_return_val_if_fail (parent < self->nodes->len, SOLCO_TREE_NONE);
  g_return_val_if_fail (self->nodes->len < SOLCO_TREE_NONE, SOLCO_TREE_NONE);

  const SolcoTreeNode *last = &g_array_index (self->nodes, SolcoTreeNode, self->nodes->len - 1);
  guint32 index = self->nodes->len;

  if (index > 1)
    {
      g_return_val_if_fail (last->parent <= parent, SOLCO_TREE_NONE);
      g_return_val_if_fail (last->parent < parent || strcmp (last->name, node->name) < 0,
                            SOLCO_TREE_NONE);
    }

  append_node (self, node, parent);

  SolcoTreeNode *folder = &g_array_index (self->nodes, SolcoTreeNode, parent);
  if (folder->n_children++ == 0)
    folder->first_child = index;
  return index;
}

/**
 * solco_tree_builder_get_n_nodes:
 * @self: a builder
 *
 * Returns: how many nodes there are by now, which is the index of the next one
 */
guint32
solco_tree_builder_get_n_nodes (const SolcoTreeBuilder *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->nodes->len;
}

/**
 * solco_tree_builder_finish:
 * @self: (transfer full): a builder
 *
 * Ends the tree, and gives each folder the newest session that something in it is from.
 *
 * Returns: (transfer full): the tree
 */
SolcoTree *
solco_tree_builder_finish (SolcoTreeBuilder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  SolcoTree *tree = g_new0 (SolcoTree, 1);

  g_atomic_ref_count_init (&tree->ref_count);
  tree->n_nodes = self->nodes->len;
  tree->nodes = (SolcoTreeNode *) (void *) g_array_free (g_steal_pointer (&self->nodes), FALSE);
  tree->strings = g_steal_pointer (&self->strings);
  tree->sources = g_steal_pointer (&self->sources);
  for (guint32 i = tree->n_nodes - 1; i > 0; i--)
    {
      SolcoTreeNode *folder = &tree->nodes[tree->nodes[i].parent];

      folder->session = MAX (folder->session, tree->nodes[i].session);
    }
  solco_tree_builder_free (self);
  return tree;
}

/**
 * solco_tree_builder_free:
 * @self: (transfer full): a builder that is not wanted any more
 */
void
solco_tree_builder_free (SolcoTreeBuilder *self)
{
  g_return_if_fail (self != NULL);

  if (self->nodes != NULL)
    g_array_unref (self->nodes);
  if (self->strings != NULL)
    g_string_chunk_free (self->strings);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_free (self);
}
