/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-node-private.h"

#include <string.h>

#define NODES_PER_SLAB 1024
#define STRING_BLOCK_BYTES (64 * 1024)
/* Tables grow shard by shard, so that no single insertion has to move a million entries. */
#define N_EXTENT_SHARDS 256
#define EXTENT_BLOCK_BYTES 2048

struct _SolcoNodeStore
{
  GPtrArray *slabs;      /* of SolcoNode[NODES_PER_SLAB] */
  guint n_used_in_last;
  SolcoNode *free_nodes; /* linked through parent */
  GStringChunk *strings;
  gsize string_bytes;
  GPtrArray *taken; /* of GStringChunk */
  GHashTable *interned;
  GHashTable *attributes;
};

static guint
attributes_hash (gconstpointer key)
{
  const SolcoAttributes *a = key;

  return ((guint) a->device * 31 + a->mode) * 31 * 31 + a->uid * 31 + a->gid;
}

static gboolean
attributes_equal (gconstpointer a_key, gconstpointer b_key)
{
  const SolcoAttributes *a = a_key;
  const SolcoAttributes *b = b_key;

  return a->device == b->device && a->mode == b->mode && a->uid == b->uid && a->gid == b->gid;
}

SolcoNodeStore *
solco_node_store_new (void)
{
  SolcoNodeStore *self = g_new0 (SolcoNodeStore, 1);

  self->slabs = g_ptr_array_new_with_free_func (g_free);
  self->n_used_in_last = NODES_PER_SLAB;
  self->strings = g_string_chunk_new (STRING_BLOCK_BYTES);
  self->taken = g_ptr_array_new_with_free_func ((GDestroyNotify) g_string_chunk_free);
  self->interned = g_hash_table_new (g_str_hash, g_str_equal);
  self->attributes = g_hash_table_new_full (attributes_hash, attributes_equal, g_free, NULL);
  return self;
}

static void
clear_node (SolcoNode *node)
{
  if (node->kind != SOLCO_NODE_DIRECTORY || node->folder == NULL)
    return;
  while (node->folder->homes != NULL)
    solco_folder_remove_home (node, node->folder->homes);
  g_clear_pointer (&node->folder->by_name, g_hash_table_unref);
  g_free (node->folder->children);
  g_clear_pointer (&node->folder, g_free);
}

static void
clear_node_func (gpointer node, gpointer user_data)
{
  clear_node (node);
}

void
solco_node_store_free (SolcoNodeStore *self)
{
  solco_node_store_foreach (self, clear_node_func, NULL);
  g_ptr_array_unref (self->slabs);
  g_string_chunk_free (self->strings);
  g_ptr_array_unref (self->taken);
  g_hash_table_unref (self->interned);
  g_hash_table_unref (self->attributes);
  g_free (self);
}

SolcoNode *
solco_node_store_new_node (SolcoNodeStore *self, SolcoNodeKind kind)
{
  SolcoNode *node = self->free_nodes;

  if (node != NULL)
    {
      self->free_nodes = node->parent;
      memset (node, 0, sizeof *node);
    }
  else
    {
      if (self->n_used_in_last == NODES_PER_SLAB)
        {
          g_ptr_array_add (self->slabs, g_new0 (SolcoNode, NODES_PER_SLAB));
          self->n_used_in_last = 0;
        }
      node = (SolcoNode *) g_ptr_array_index (self->slabs, self->slabs->len - 1)
             + self->n_used_in_last++;
    }
  node->kind = kind;
  node->disc_index = SOLCO_TREE_NONE;
  if (kind == SOLCO_NODE_DIRECTORY)
    node->folder = g_new0 (SolcoFolder, 1);
  return node;
}

void
solco_node_store_free_node (SolcoNodeStore *self, SolcoNode *node)
{
  clear_node (node);
  node->flags = SOLCO_NODE_FREE;
  node->parent = self->free_nodes;
  self->free_nodes = node;
}

void
solco_node_store_foreach (SolcoNodeStore *self, GFunc func, gpointer user_data)
{
  for (guint i = 0; i < self->slabs->len; i++)
    {
      SolcoNode *nodes = g_ptr_array_index (self->slabs, i);
      guint n = i + 1 == self->slabs->len ? self->n_used_in_last : NODES_PER_SLAB;

      for (guint j = 0; j < n; j++)
        {
          if (!(nodes[j].flags & SOLCO_NODE_FREE))
            func (&nodes[j], user_data);
        }
    }
}

const char *
solco_node_store_add_string (SolcoNodeStore *self, const char *string)
{
  gsize bytes = strlen (string);

  self->string_bytes += bytes + 1;
  return g_string_chunk_insert_len (self->strings, string, bytes);
}

const char *
solco_node_store_add_names (SolcoNodeStore *self, const char *name, const char *source_name)
{
  if (source_name == NULL)
    return solco_node_store_add_string (self, name);

  gsize name_bytes = strlen (name) + 1;
  gsize source_bytes = strlen (source_name);
  g_autofree char *both = g_malloc (name_bytes + source_bytes);

  memcpy (both, name, name_bytes);
  memcpy (both + name_bytes, source_name, source_bytes);
  self->string_bytes += name_bytes + source_bytes + 1;
  return g_string_chunk_insert_len (self->strings, both, name_bytes + source_bytes);
}

const char *
solco_node_store_intern (SolcoNodeStore *self, const char *string)
{
  const char *known = g_hash_table_lookup (self->interned, string);

  if (known == NULL)
    {
      known = solco_node_store_add_string (self, string);
      g_hash_table_add (self->interned, (gpointer) known);
    }
  return known;
}

const SolcoAttributes *
solco_node_store_intern_attributes (SolcoNodeStore *self, const SolcoAttributes *attributes)
{
  const SolcoAttributes *known = g_hash_table_lookup (self->attributes, attributes);

  if (known == NULL)
    {
      known = g_memdup2 (attributes, sizeof *attributes);
      g_hash_table_add (self->attributes, (gpointer) known);
    }
  return known;
}

void
solco_node_store_take_strings (SolcoNodeStore *self, GStringChunk *chunk)
{
  g_ptr_array_add (self->taken, chunk);
}

gsize
solco_node_store_get_bytes (const SolcoNodeStore *self)
{
  return self->slabs->len * NODES_PER_SLAB * sizeof (SolcoNode) + self->string_bytes;
}

/* The identity of a content is hashed to 64 bits: for a million files the odds of one collision
 * are 1 : 10^7, and it would make an estimate a few blocks short. */
struct _SolcoExtents
{
  GHashTable *shards[N_EXTENT_SHARDS];
  gint64 blocks;
  guint64 n_repeated;
};

/* Spreads every bit over all: two rounds of multiplication by an odd constant (2^64 divided by the
 * golden ratio). */
static guint64
mix (guint64 value)
{
  for (int i = 0; i < 2; i++)
    value = (value ^ (value >> 32)) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return value ^ (value >> 29);
}

static guint64
extent_key (const SolcoNode *file)
{
  return mix (mix (mix (file->inode) + file->attributes->device) + file->size_bytes);
}

static gint64
file_blocks (const SolcoNode *file)
{
  return (gint64) ((file->size_bytes + EXTENT_BLOCK_BYTES - 1) / EXTENT_BLOCK_BYTES);
}

SolcoExtents *
solco_extents_new (void)
{
  SolcoExtents *self = g_new0 (SolcoExtents, 1);

  G_STATIC_ASSERT (sizeof (gpointer) >= sizeof (guint64));
  for (guint i = 0; i < N_EXTENT_SHARDS; i++)
    self->shards[i] = g_hash_table_new (NULL, NULL);
  return self;
}

void
solco_extents_free (SolcoExtents *self)
{
  for (guint i = 0; i < N_EXTENT_SHARDS; i++)
    g_hash_table_unref (self->shards[i]);
  g_free (self);
}

void
solco_extents_add (SolcoExtents *self, const SolcoNode *file)
{
  if (file->size_bytes == 0)
    return;

  guint64 key = extent_key (file);
  GHashTable *shard = self->shards[key >> 56];
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (shard, (gpointer) key));

  if (count == 0)
    self->blocks += file_blocks (file);
  else
    self->n_repeated++;
  g_hash_table_insert (shard, (gpointer) key, GUINT_TO_POINTER (count + 1));
}

void
solco_extents_remove (SolcoExtents *self, const SolcoNode *file)
{
  if (file->size_bytes == 0)
    return;

  guint64 key = extent_key (file);
  GHashTable *shard = self->shards[key >> 56];
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (shard, (gpointer) key));

  g_return_if_fail (count > 0);
  if (count > 1)
    {
      self->n_repeated--;
      g_hash_table_insert (shard, (gpointer) key, GUINT_TO_POINTER (count - 1));
      return;
    }
  self->blocks -= file_blocks (file);
  g_hash_table_remove (shard, (gpointer) key);
}

gint64
solco_extents_get_blocks (const SolcoExtents *self)
{
  return self->blocks;
}

guint64
solco_extents_get_n_repeated (const SolcoExtents *self)
{
  return self->n_repeated;
}
