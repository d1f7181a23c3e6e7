/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-digests-private.h"

#include <string.h>

struct _SolcoDigests
{
  gatomicrefcount ref_count;
  SolcoTree *tree;
  guint32 n_nodes;
  guint8 *digests;
  guint8 *is_known;
};

/* FIPS 180-4: the SHA-256 of nothing. */
static const guint8 empty_digest[SOLCO_SHA256_BYTES] = {
  0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
  0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
};

SolcoDigests *
solco_digests_new (SolcoTree *tree)
{
  SolcoDigests *self = g_new0 (SolcoDigests, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->tree = solco_tree_ref (tree);
  (void) solco_tree_get_nodes (tree, &self->n_nodes);
  self->digests = g_new (guint8, (gsize) self->n_nodes * SOLCO_SHA256_BYTES);
  self->is_known = g_new0 (guint8, self->n_nodes);
  return self;
}

SolcoDigests *
solco_digests_ref (SolcoDigests *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
solco_digests_unref (SolcoDigests *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  solco_tree_unref (self->tree);
  g_free (self->digests);
  g_free (self->is_known);
  g_free (self);
}

SolcoTree *
solco_digests_get_tree (SolcoDigests *self)
{
  return self->tree;
}

void
solco_digests_set (SolcoDigests *self, guint32 index, const guint8 *digest)
{
  g_assert (index < self->n_nodes);
  memcpy (self->digests + (gsize) index * SOLCO_SHA256_BYTES, digest, SOLCO_SHA256_BYTES);
  self->is_known[index] = TRUE;
}

const guint8 *
solco_digests_get (SolcoDigests *self, guint32 index)
{
  const SolcoTreeNode *node = &solco_tree_get_nodes (self->tree, NULL)[index];

  g_assert (index < self->n_nodes);
  if (self->is_known[index])
    return self->digests + (gsize) index * SOLCO_SHA256_BYTES;
  if (node->kind == SOLCO_NODE_FILE && node->size_bytes == 0)
    return empty_digest;
  return NULL;
}

static guint
hash_source (gconstpointer key)
{
  const SolcoTreeSource *source = ((const SolcoTreeNode *) key)->source;

  return (guint) (source->inode ^ source->inode >> 32 ^ source->device * 31);
}

static gboolean
equal_source (gconstpointer a, gconstpointer b)
{
  const SolcoTreeNode *x = a;
  const SolcoTreeNode *y = b;

  return x->source->inode == y->source->inode && x->source->device == y->source->device
         && x->size_bytes == y->size_bytes;
}

static gboolean
has_source (const SolcoTreeNode *node)
{
  return node->kind == SOLCO_NODE_FILE && node->source != NULL;
}

void
solco_digests_share_hard_links (SolcoDigests *self)
{
  const SolcoTreeNode *nodes = solco_tree_get_nodes (self->tree, NULL);
  g_autoptr (GHashTable) known = g_hash_table_new (hash_source, equal_source);
  gboolean is_missing = FALSE;

  for (guint32 i = 0; i < self->n_nodes && !is_missing; i++)
    is_missing = has_source (&nodes[i]) && solco_digests_get (self, i) == NULL;
  if (!is_missing)
    return;
  for (guint32 i = 0; i < self->n_nodes; i++)
    if (has_source (&nodes[i]) && self->is_known[i])
      g_hash_table_insert (known, (gpointer) &nodes[i], GUINT_TO_POINTER (i));
  for (guint32 i = 0; i < self->n_nodes; i++)
    {
      gpointer twin;

      if (has_source (&nodes[i]) && solco_digests_get (self, i) == NULL
          && g_hash_table_lookup_extended (known, &nodes[i], NULL, &twin))
        solco_digests_set (self, i,
                           self->digests + (gsize) GPOINTER_TO_UINT (twin) * SOLCO_SHA256_BYTES);
    }
}
