/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From which local folders the content of a folder came, and what of these is not there. */
#include "solco-node-private.h"

#include <string.h>

SolcoHome *
solco_folder_find_home (const SolcoNode *folder, const char *directory)
{
  for (SolcoHome *home = folder->folder->homes; home != NULL; home = home->next)
    {
      if (home->directory == directory)
        return home;
    }
  return NULL;
}

SolcoHome *
solco_folder_add_home (SolcoNode *folder, const char *directory, SolcoScanOptions *options)
{
  SolcoHome *home = g_new0 (SolcoHome, 1);
  SolcoHome **end = &folder->folder->homes;

  home->directory = directory;
  home->options = solco_scan_options_ref (options);
  while (*end != NULL)
    end = &(*end)->next;
  *end = home;
  return home;
}

void
solco_folder_remove_home (SolcoNode *folder, SolcoHome *home)
{
  SolcoHome **link = &folder->folder->homes;

  while (*link != home)
    link = &(*link)->next;
  *link = home->next;
  solco_scan_options_unref (home->options);
  g_clear_pointer (&home->holes, g_hash_table_unref);
  g_free (home);
}

static SolcoHome *
find_own_home (SolcoNode *folder, const SolcoNode *node)
{
  return node->source_directory != NULL ? solco_folder_find_home (folder, node->source_directory)
                                        : NULL;
}

void
solco_folder_close_hole (SolcoNode *folder, const SolcoNode *node)
{
  SolcoHome *home = find_own_home (folder, node);

  if (home != NULL && home->holes != NULL)
    g_hash_table_remove (home->holes, solco_node_get_source_name (node));
}

/* What is in a folder under another name than its source has, as paths of the sources. */
static GHashTable *
get_renamed_sources (const SolcoNode *folder)
{
  GHashTable *sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < folder->folder->n_children; i++)
    {
      const SolcoNode *child = folder->folder->children[i];

      if (!(child->flags & SOLCO_NODE_MARKED) && (child->flags & SOLCO_NODE_HAS_SOURCE_NAME))
        g_hash_table_add (sources, g_build_filename (child->source_directory,
                                                     solco_node_get_source_name (child), NULL));
    }
  return sources;
}

/* Whether something in the folder comes from that source. */
static gboolean
has_source (const SolcoNode *folder, GHashTable *renamed, const char *directory, const char *name)
{
  const SolcoNode *other = solco_node_lookup_child (folder, name);
  g_autofree char *source = NULL;

  if (other != NULL && !(other->flags & SOLCO_NODE_MARKED) && other->source_directory == directory
      && !(other->flags & SOLCO_NODE_HAS_SOURCE_NAME))
    return TRUE;
  if (g_hash_table_size (renamed) == 0)
    return FALSE;
  source = g_build_filename (directory, name, NULL);
  return g_hash_table_contains (renamed, source);
}

static void
open_hole (SolcoNode *folder, GHashTable *renamed, SolcoHome *home, const char *name)
{
  if (has_source (folder, renamed, home->directory, name))
    return;
  if (home->holes == NULL)
    home->holes = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_add (home->holes, (gpointer) name);
}

void
solco_folder_open_holes (SolcoNode *folder, SolcoNode *const *nodes, guint n_nodes)
{
  g_autoptr (GHashTable) renamed = NULL;

  if (folder->folder->homes == NULL)
    return;
  renamed = get_renamed_sources (folder);
  for (guint i = 0; i < n_nodes; i++)
    {
      SolcoHome *home = find_own_home (folder, nodes[i]);

      if (home != NULL)
        open_hole (folder, renamed, home, solco_node_get_source_name (nodes[i]));
    }
}

void
solco_folder_copy_holes (SolcoNode *folder, SolcoHome *home, const SolcoHome *from)
{
  g_autoptr (GHashTable) renamed = NULL;
  GHashTableIter iter;
  gpointer name;

  if (from->holes == NULL)
    return;
  renamed = get_renamed_sources (folder);
  g_hash_table_iter_init (&iter, from->holes);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    open_hole (folder, renamed, home, name);
}
