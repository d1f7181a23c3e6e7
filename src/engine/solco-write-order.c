/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-write-order-private.h"

#include <string.h>

/* A folder that is being walked through. */
typedef struct
{
  guint32 *children; /* sorted */
  guint32 n_children;
  guint32 position; /* of the next one */
} Level;

struct _SolcoWriteOrder
{
  SolcoTree *tree;
  const SolcoTreeNode *nodes;
  GArray *levels; /* of Level, from the root to where the walk is */
};

static void
level_clear (gpointer data)
{
  g_free (((Level *) data)->children);
}

/* Near to the d-characters that libisofs sorts. */
static int
to_d_character (char c)
{
  if (g_ascii_isalnum (c))
    return g_ascii_toupper (c);
  return c == '.' || c == '\0' ? c : '_';
}

static int
compare_nodes (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const SolcoTreeNode *nodes = user_data;
  const char *x = nodes[*(const guint32 *) a].name;
  const char *y = nodes[*(const guint32 *) b].name;

  while (*x != '\0' && to_d_character (*x) == to_d_character (*y))
    {
      x++;
      y++;
    }
  return to_d_character (*x) - to_d_character (*y);
}

static void
enter (SolcoWriteOrder *self, guint32 folder)
{
  const SolcoTreeNode *node = &self->nodes[folder];
  Level level = { g_new (guint32, node->n_children), node->n_children, 0 };

  for (guint32 i = 0; i < node->n_children; i++)
    level.children[i] = node->first_child + i;
  g_qsort_with_data (level.children, (int) level.n_children, sizeof (guint32), compare_nodes,
                     (gpointer) self->nodes);
  g_array_append_val (self->levels, level);
}

SolcoWriteOrder *
solco_write_order_new (SolcoTree *tree)
{
  SolcoWriteOrder *self = g_new0 (SolcoWriteOrder, 1);

  self->tree = solco_tree_ref (tree);
  self->nodes = solco_tree_get_nodes (tree, NULL);
  self->levels = g_array_new (FALSE, FALSE, sizeof (Level));
  g_array_set_clear_func (self->levels, level_clear);
  enter (self, 0);
  return self;
}

void
solco_write_order_free (SolcoWriteOrder *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->levels);
  solco_tree_unref (self->tree);
  g_free (self);
}

/* Enters all folders down to that of @index, and passes by @index itself. */
static void
enter_path (SolcoWriteOrder *self, guint32 index)
{
  guint32 parent = self->nodes[index].parent;
  Level *level;

  if (parent != 0)
    enter_path (self, parent);
  else
    enter (self, 0);
  level = &g_array_index (self->levels, Level, self->levels->len - 1);
  while (level->position < level->n_children && level->children[level->position] != index)
    level->position++;
  level->position++;
  if (self->nodes[index].kind == SOLCO_NODE_DIRECTORY)
    enter (self, index);
}

void
solco_write_order_seek (SolcoWriteOrder *self, guint32 index)
{
  g_array_set_size (self->levels, 0);
  enter_path (self, index);
}

guint32
solco_write_order_next (SolcoWriteOrder *self)
{
  while (self->levels->len > 0)
    {
      Level *level = &g_array_index (self->levels, Level, self->levels->len - 1);
      guint32 index;

      if (level->position >= level->n_children)
        {
          g_array_set_size (self->levels, self->levels->len - 1);
          continue;
        }
      index = level->children[level->position++];
      if (self->nodes[index].kind == SOLCO_NODE_DIRECTORY)
        enter (self, index);
      else if (self->nodes[index].kind == SOLCO_NODE_FILE)
        return index;
    }
  return SOLCO_TREE_NONE;
}
