/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the tree to what the user did: whole sources with their exceptions, and single items. */
#include "solco-project-data.h"

#include <string.h>

typedef struct
{
  SolcoProjectData *data;
  SolcoScanOptions *keep_links;
  SolcoScanOptions *follow_links;
  /* Single items of the folder that is being looked at, by their local folder and kind. */
  GHashTable *files;
} Collector;

static char *
join (const char *directory, const char *name)
{
  if (directory[0] == '\0')
    return g_strdup (name);
  return g_strconcat (directory, directory[strlen (directory) - 1] == '/' ? "" : "/", name, NULL);
}

/* The items that bring the homes of a folder, in their order, and where below them it is. */
typedef struct
{
  SolcoProjectItem *const *items;
  const char *const *relatives;
  guint n_items;
} Sources;

static void collect_folder (Collector *self, const SolcoNode *folder, const char *path,
                            const Sources *sources);

static SolcoProjectItem *
add_source (Collector *self, const char *path, const SolcoHome *home, gboolean contents)
{
  SolcoProjectItem *item
      = solco_project_item_new (SOLCO_PROJECT_ITEM_SOURCE, path, home->directory);

  item->contents = contents;
  item->options = solco_scan_options_ref (home->options);
  g_ptr_array_add (self->data->items, item);
  return item;
}

static void
add_holes (SolcoProjectItem *item, const SolcoHome *home, const char *relative)
{
  g_autoptr (GList) holes = home->holes != NULL ? g_hash_table_get_keys (home->holes) : NULL;

  holes = g_list_sort (holes, (GCompareFunc) strcmp);
  for (GList *l = holes; l != NULL; l = l->next)
    g_ptr_array_add (item->names, join (relative, l->data));
}

static gboolean
is_from (const SolcoNode *node, const char *source_directory, const char *source_name)
{
  return node->source_directory != NULL && strcmp (node->source_directory, source_directory) == 0
         && strcmp (solco_node_get_source_name (node), source_name) == 0;
}

/* Everything that stands in a folder. @covering: (nullable): the item that brings @covered, one of
 * its homes, as what is @relative to it. Other homes were merged into it: what is above them
 * leaves them out, so they are items of their own. */
static void
enter (Collector *self, const SolcoNode *folder, const char *path, SolcoProjectItem *covering,
       const char *covered, const char *relative)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GPtrArray) relatives = g_ptr_array_new ();
  Sources sources;

  for (const SolcoHome *home = folder->folder->homes; home != NULL; home = home->next)
    {
      gboolean is_covered = covering != NULL && strcmp (home->directory, covered) == 0;
      SolcoProjectItem *item = covering;

      if (!is_covered)
        item = add_source (self, path, home, TRUE);
      add_holes (item, home, is_covered ? relative : "");
      g_ptr_array_add (items, item);
      g_ptr_array_add (relatives, (gpointer) (is_covered ? relative : ""));
    }
  sources.items = (SolcoProjectItem *const *) items->pdata;
  sources.relatives = (const char *const *) relatives->pdata;
  sources.n_items = items->len;
  collect_folder (self, folder, path, &sources);
}

static void
add_single (Collector *self, const SolcoNode *node, const char *path)
{
  gboolean is_link = node->kind == SOLCO_NODE_SYMLINK;
  g_autofree char *key = g_strdup_printf ("%c%s", is_link ? 'l' : 'f', node->source_directory);
  SolcoProjectItem *item = g_hash_table_lookup (self->files, key);

  if (item == NULL)
    {
      item = solco_project_item_new (SOLCO_PROJECT_ITEM_FILES, path, node->source_directory);
      item->options = solco_scan_options_ref (is_link ? self->keep_links : self->follow_links);
      g_ptr_array_add (self->data->items, item);
      g_hash_table_insert (self->files, g_steal_pointer (&key), item);
    }
  g_ptr_array_add (item->names, g_strdup (solco_node_get_source_name (node)));
  g_ptr_array_add (item->new_names, g_strdup (node->name));
}

/* The same source can be in a folder twice, under two names: only one of them is what its home
 * brings. */
static gboolean
is_brought (Collector *self, const SolcoNode *node, const char *source_name)
{
  const SolcoNode *other;
  g_autofree char *key = NULL;

  if (strcmp (source_name, node->name) == 0)
    return TRUE;
  other = solco_node_lookup_child (node->parent, source_name);
  if (other != NULL && is_from (other, node->source_directory, source_name))
    return FALSE;
  key = g_strdup_printf ("r%s/%s", node->source_directory, source_name);
  return g_hash_table_insert (self->files, g_steal_pointer (&key), NULL);
}

static void
collect_new (Collector *self, const SolcoNode *node, const char *path, const Sources *sources)
{
  const SolcoHome *home = node->parent->folder->homes;
  const char *source_name = solco_node_get_source_name (node);

  /* It is where its source has it. */
  for (guint i = 0; i < sources->n_items; i++, home = home->next)
    {
      g_autofree char *relative = NULL;

      if (home->directory != node->source_directory || !is_brought (self, node, source_name))
        continue;
      relative = join (sources->relatives[i], source_name);
      if (strcmp (source_name, node->name) != 0)
        {
          g_ptr_array_add (sources->items[i]->renamed, g_strdup (relative));
          g_ptr_array_add (sources->items[i]->new_names, g_strdup (node->name));
        }
      if (node->kind == SOLCO_NODE_DIRECTORY)
        {
          g_autofree char *directory = join (home->directory, source_name);

          enter (self, node, path, sources->items[i], directory, relative);
        }
      return;
    }

  if (node->kind != SOLCO_NODE_DIRECTORY)
    {
      g_autofree char *above = g_path_get_dirname (path);

      add_single (self, node, above);
      return;
    }
  if (node->source_directory != NULL && node->folder->homes != NULL)
    {
      const SolcoHome *own = node->folder->homes;

      enter (self, node, path, add_source (self, path, own, FALSE), own->directory, "");
      return;
    }

  SolcoProjectItem *item = solco_project_item_new (SOLCO_PROJECT_ITEM_FOLDER, path, NULL);

  item->mode = node->attributes->mode;
  item->mtime_s = node->mtime_s;
  g_ptr_array_add (self->data->items, item);
  enter (self, node, path, NULL, NULL, "");
}

/* A new folder that is removed, and only kept for what of the disc is in it. */
static void
leave_out (const SolcoNode *node, const Sources *sources)
{
  const SolcoHome *home = node->parent->folder->homes;

  for (guint i = 0; i < sources->n_items; i++, home = home->next)
    {
      if (home->directory == node->source_directory)
        g_ptr_array_add (sources->items[i]->names,
                         join (sources->relatives[i], solco_node_get_source_name (node)));
    }
}

/* A file that its home brings under its own name, as nearly all do: nothing is written down. */
static gboolean
is_plain (const SolcoNode *node, const Sources *sources)
{
  const SolcoHome *home = node->parent->folder->homes;

  if (node->kind == SOLCO_NODE_DIRECTORY || solco_node_is_on_disc (node)
      || (node->flags & (SOLCO_NODE_REMOVED | SOLCO_NODE_HAS_SOURCE_NAME)) != 0)
    return FALSE;
  for (guint i = 0; i < sources->n_items; i++, home = home->next)
    {
      if (home->directory == node->source_directory)
        return TRUE;
    }
  return FALSE;
}

static void
collect_folder (Collector *self, const SolcoNode *folder, const char *path, const Sources *sources)
{
  GHashTable *outer = self->files;
  g_autoptr (GHashTable) files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->files = files;
  for (guint i = 0; i < folder->folder->n_children; i++)
    {
      const SolcoNode *child = folder->folder->children[i];
      g_autofree char *child_path = NULL;

      if (is_plain (child, sources))
        continue;
      if (child->flags & SOLCO_NODE_REMOVED)
        {
          leave_out (child, sources);
          continue;
        }
      if (solco_node_is_on_disc (child) && child->kind != SOLCO_NODE_DIRECTORY)
        continue;
      child_path = join (path, child->name);
      if (solco_node_is_on_disc (child))
        enter (self, child, child_path, NULL, NULL, "");
      else
        collect_new (self, child, child_path, sources);
    }
  self->files = outer;
}

SolcoProjectData *
solco_project_data_collect (SolcoProject *project)
{
  g_autoptr (SolcoScanOptions) keep_links
      = solco_scan_options_new (FALSE, SOLCO_SYMLINKS_KEEP, TRUE, NULL);
  g_autoptr (SolcoScanOptions) follow_links
      = solco_scan_options_new (FALSE, SOLCO_SYMLINKS_FOLLOW, TRUE, NULL);
  SolcoProjectData *data = solco_project_data_new ();
  Collector collector = { .data = data,
                          .keep_links = keep_links,
                          .follow_links = follow_links };

  data->label = g_strdup (project->label);
  data->options = project->options;
  if (project->disc->identity != NULL)
    data->identity = solco_disc_identity_copy (project->disc->identity);
  data->disc_label = g_strdup (project->disc->label);
  g_ptr_array_unref (data->edits);
  data->edits = solco_project_collect_disc_edits (project);
  enter (&collector, project->root, "/", NULL, NULL, "");
  return data;
}
