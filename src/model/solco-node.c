/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-node-private.h"

#include <string.h>

/**
 * solco_node_get_name:
 * @self: a node
 *
 * Main thread.
 *
 * Returns: (transfer none): its name on the disc, UTF-8; "" for the root
 */
const char *
solco_node_get_name (const SolcoNode *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * solco_node_get_parent:
 * @self: a node
 *
 * Main thread.
 *
 * Returns: (transfer none) (nullable): the folder that holds it; %NULL for the root
 */
SolcoNode *
solco_node_get_parent (const SolcoNode *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->parent;
}

/**
 * solco_node_get_kind:
 * @self: a node
 *
 * Main thread.
 *
 * Returns: what it is
 */
SolcoNodeKind
solco_node_get_kind (const SolcoNode *self)
{
  g_return_val_if_fail (self != NULL, SOLCO_NODE_FILE);

  return self->kind;
}

/**
 * solco_node_is_folder:
 * @self: a node
 *
 * Main thread.
 *
 * Returns: whether it can have children
 */
gboolean
solco_node_is_folder (const SolcoNode *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->kind == SOLCO_NODE_DIRECTORY;
}

/**
 * solco_node_get_size_bytes:
 * @self: a node
 *
 * Main thread.
 *
 * Returns: bytes of a file, of all that a folder will show, of a link's target
 */
guint64
solco_node_get_size_bytes (const SolcoNode *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->kind == SOLCO_NODE_DIRECTORY)
    return self->folder->sums.totals.n_bytes;
  return self->size_bytes;
}

/**
 * solco_node_get_mtime_s:
 * @self: a node
 *
 * Main thread.
 *
 * Returns: time of last modification, seconds since 1970 (UTC)
 */
gint64
solco_node_get_mtime_s (const SolcoNode *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->mtime_s;
}

/**
 * solco_node_get_mode:
 * @self: a node
 *
 * Main thread.
 *
 * Returns: permission bits, st_mode & 07777
 */
guint32
solco_node_get_mode (const SolcoNode *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->attributes->mode;
}

static gboolean
is_removed (const SolcoNode *self)
{
  for (const SolcoNode *node = self; node != NULL; node = node->parent)
    {
      if (node->flags & SOLCO_NODE_REMOVED)
        return TRUE;
    }
  return FALSE;
}

/**
 * solco_node_get_origin:
 * @self: a node
 *
 * Main thread; O(depth).
 *
 * Returns: where it stands
 */
SolcoNodeOrigin
solco_node_get_origin (const SolcoNode *self)
{
  g_return_val_if_fail (self != NULL, SOLCO_ORIGIN_NEW);

  if (is_removed (self))
    return SOLCO_ORIGIN_REMOVED;
  if (solco_node_is_on_disc (self))
    return SOLCO_ORIGIN_ON_DISC;
  return self->replaced != NULL ? SOLCO_ORIGIN_REPLACES : SOLCO_ORIGIN_NEW;
}

/**
 * solco_node_get_session:
 * @self: a node
 *
 * Main thread.
 *
 * Returns: session of its content, or of what it replaces; 0 for new items and where it is unknown
 */
guint
solco_node_get_session (const SolcoNode *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (!solco_node_is_on_disc (self) && self->replaced != NULL)
    return self->replaced->session;
  return self->session;
}

/**
 * solco_node_is_renamed:
 * @self: a node
 *
 * Main thread.
 *
 * Returns: whether it is on the disc, but under another name or in another folder
 */
gboolean
solco_node_is_renamed (const SolcoNode *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return (self->flags & SOLCO_NODE_RENAMED) != 0;
}

/**
 * solco_node_is_restorable:
 * @self: a node
 *
 * Main thread; O(depth).
 *
 * Returns: whether it is removed, or new in the place of an item of the disc
 */
gboolean
solco_node_is_restorable (const SolcoNode *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return (self->replaced != NULL && !solco_node_is_on_disc (self)) || is_removed (self);
}

/**
 * solco_node_get_link_target:
 * @self: a node
 *
 * Main thread.
 *
 * Returns: (transfer none) (nullable): where a symbolic link points
 */
const char *
solco_node_get_link_target (const SolcoNode *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->kind == SOLCO_NODE_SYMLINK ? self->link_target : NULL;
}

/**
 * solco_node_get_totals:
 * @self: a node
 *
 * Main thread.
 *
 * Returns: (transfer none): a folder's sums as they are now
 */
const SolcoTotals *
solco_node_get_totals (const SolcoNode *self)
{
  static const SolcoTotals nothing;

  g_return_val_if_fail (self != NULL, &nothing);

  return self->kind == SOLCO_NODE_DIRECTORY ? &self->folder->sums.totals : &nothing;
}

/**
 * solco_node_get_n_children:
 * @self: a node
 *
 * Main thread.
 *
 * Returns: items directly in a folder, removed ones included; 0 for others
 */
guint
solco_node_get_n_children (const SolcoNode *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->kind == SOLCO_NODE_DIRECTORY ? self->folder->n_children : 0;
}

/**
 * solco_node_get_child:
 * @self: a folder
 * @position: less than solco_node_get_n_children()
 *
 * Main thread.
 *
 * Returns: (transfer none): the child
 */
SolcoNode *
solco_node_get_child (const SolcoNode *self, guint position)
{
  g_return_val_if_fail (position < solco_node_get_n_children (self), NULL);

  return self->folder->children[position];
}

static guint
name_hash (gconstpointer key)
{
  return g_str_hash (((const SolcoNode *) key)->name);
}

static gboolean
name_equal (gconstpointer a, gconstpointer b)
{
  return strcmp (((const SolcoNode *) a)->name, ((const SolcoNode *) b)->name) == 0;
}

/**
 * solco_node_lookup_child:
 * @self: a folder
 * @name: a name
 *
 * Main thread; O(1).
 *
 * Returns: (transfer none) (nullable): the child that has the name, removed ones included
 */
SolcoNode *
solco_node_lookup_child (const SolcoNode *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  if (self->kind != SOLCO_NODE_DIRECTORY)
    return NULL;

  const SolcoFolder *folder = self->folder;

  if (folder->by_name != NULL)
    {
      SolcoNode key = { .name = name };

      return g_hash_table_lookup (folder->by_name, &key);
    }
  for (guint i = 0; i < folder->n_children; i++)
    {
      if (strcmp (folder->children[i]->name, name) == 0)
        return folder->children[i];
    }
  return NULL;
}

/**
 * solco_node_is_inside:
 * @self: a node
 * @folder: another one
 *
 * Main thread; O(depth).
 *
 * Returns: whether @self is @folder or somewhere below it
 */
gboolean
solco_node_is_inside (const SolcoNode *self, const SolcoNode *folder)
{
  g_return_val_if_fail (self != NULL && folder != NULL, FALSE);

  for (const SolcoNode *node = self; node != NULL; node = node->parent)
    {
      if (node == folder)
        return TRUE;
    }
  return FALSE;
}

/**
 * solco_node_dup_path:
 * @self: a node
 *
 * Main thread.
 *
 * Returns: (transfer full): its path on the disc, "/" for the root
 */
char *
solco_node_dup_path (const SolcoNode *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  gsize length = 0;

  for (const SolcoNode *node = self; node->parent != NULL; node = node->parent)
    length += strlen (node->name) + 1;
  if (length == 0)
    return g_strdup ("/");

  char *path = g_malloc (length + 1);

  path[length] = '\0';
  for (const SolcoNode *node = self; node->parent != NULL; node = node->parent)
    {
      gsize part = strlen (node->name);

      length -= part;
      memcpy (path + length, node->name, part);
      path[--length] = '/';
    }
  return path;
}

gboolean
solco_node_is_live (const SolcoNode *self, const SolcoNode *root)
{
  const SolcoNode *node = self;

  for (; node != NULL && node != root; node = node->parent)
    {
      if (node->flags & SOLCO_NODE_REMOVED)
        return FALSE;
    }
  return node != NULL;
}

#define N_SUMS (sizeof (SolcoSums) / sizeof (guint64))

void
solco_sums_add (SolcoSums *to, const SolcoSums *sums)
{
  guint64 *a = (guint64 *) to;
  const guint64 *b = (const guint64 *) sums;

  for (gsize i = 0; i < N_SUMS; i++)
    a[i] += b[i];
}

void
solco_sums_subtract (SolcoSums *from, const SolcoSums *sums)
{
  guint64 *a = (guint64 *) from;
  const guint64 *b = (const guint64 *) sums;

  for (gsize i = 0; i < N_SUMS; i++)
    a[i] -= b[i];
}

void
solco_sums_make_removed (SolcoSums *sums)
{
  SolcoSums removed = { 0 };

  removed.totals.n_removed_files
      = sums->totals.n_removed_files + sums->n_disc_files + sums->n_covered_files;
  removed.totals.n_removed_folders
      = sums->totals.n_removed_folders + sums->n_disc_folders + sums->n_covered_folders;
  *sums = removed;
}

/* The node with what is below it, as if it were not removed, without what it replaces. */
static void
get_own_sums (const SolcoNode *self, SolcoSums *sums)
{
  gboolean on_disc = solco_node_is_on_disc (self);

  if (self->kind == SOLCO_NODE_DIRECTORY)
    {
      *sums = self->folder->sums;
      sums->totals.n_folders++;
      if (on_disc)
        sums->n_disc_folders++;
      else
        sums->totals.n_new_folders++;
    }
  else
    {
      guint64 bytes = self->kind == SOLCO_NODE_FILE ? self->size_bytes : 0;

      memset (sums, 0, sizeof *sums);
      sums->totals.n_files = 1;
      sums->totals.n_bytes = bytes;
      sums->n_symlinks = self->kind == SOLCO_NODE_SYMLINK ? 1 : 0;
      if (on_disc)
        {
          sums->n_disc_files = 1;
        }
      else
        {
          sums->totals.n_new_files = 1;
          sums->totals.n_new_bytes = bytes;
        }
    }
  if (self->flags & SOLCO_NODE_RENAMED)
    sums->n_renamed++;
}

void
solco_node_get_contribution (const SolcoNode *self, SolcoSums *sums)
{
  get_own_sums (self, sums);
  for (const SolcoNode *covered = self->replaced; covered != NULL; covered = covered->replaced)
    {
      SolcoSums below;

      get_own_sums (covered, &below);
      solco_sums_make_removed (&below);
      if (covered->flags & SOLCO_NODE_REMOVED)
        {
          sums->totals.n_removed_files += below.totals.n_removed_files;
          sums->totals.n_removed_folders += below.totals.n_removed_folders;
        }
      else
        {
          sums->totals.n_replaced++;
          sums->n_covered_files += below.totals.n_removed_files;
          sums->n_covered_folders += below.totals.n_removed_folders;
        }
    }
  if (self->flags & SOLCO_NODE_REMOVED)
    solco_sums_make_removed (sums);
}

static void
make_table (SolcoFolder *folder)
{
  folder->by_name = g_hash_table_new (name_hash, name_equal);
  for (guint i = 0; i < folder->n_children; i++)
    g_hash_table_add (folder->by_name, folder->children[i]);
}

void
solco_folder_append (SolcoNode *folder_node, SolcoNode *const *nodes, guint n_nodes)
{
  SolcoFolder *folder = folder_node->folder;

  if (folder->n_children + n_nodes > folder->n_allocated)
    {
      /* Half as much again: a million children are moved about three times in all. */
      guint wanted = MAX (folder->n_children + n_nodes, folder->n_allocated + folder->n_allocated / 2);

      folder->n_allocated = MAX (wanted, 4);
      folder->children = g_renew (SolcoNode *, folder->children, folder->n_allocated);
    }
  memcpy (folder->children + folder->n_children, nodes, n_nodes * sizeof *nodes);
  folder->n_children += n_nodes;
  for (guint i = 0; i < n_nodes; i++)
    {
      nodes[i]->parent = folder_node;
      if (folder->by_name != NULL)
        g_hash_table_add (folder->by_name, nodes[i]);
    }
  if (folder->by_name == NULL && folder->n_children >= SOLCO_FOLDER_TABLE_THRESHOLD)
    make_table (folder);
}

void
solco_folder_splice_out (SolcoNode *folder_node, guint position, guint n_children)
{
  SolcoFolder *folder = folder_node->folder;

  memmove (folder->children + position, folder->children + position + n_children,
           (folder->n_children - position - n_children) * sizeof *folder->children);
  folder->n_children -= n_children;
  if (folder->n_children == 0)
    {
      g_clear_pointer (&folder->children, g_free);
      folder->n_allocated = 0;
    }
}

void
solco_folder_forget_name (SolcoNode *folder, SolcoNode *child)
{
  if (folder->folder->by_name != NULL)
    g_hash_table_remove (folder->folder->by_name, child);
}

void
solco_folder_learn_name (SolcoNode *folder, SolcoNode *child)
{
  if (folder->folder->by_name != NULL)
    g_hash_table_add (folder->folder->by_name, child);
}
