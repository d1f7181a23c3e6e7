/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the tree to what the user did: whole sources with their exceptions, and single items. */
#include "solco-project-data.h"

#include <string.h>

typedef struct
{
  SolcoProject *project;
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

static void collect_folder (Collector *self, const SolcoNode *folder, const char *path,
                            SolcoProjectItem *const *sources, const char *const *relatives,
                            guint n_sources);

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

/* Everything that stands in a folder which was staged from @covering (NULL: from nowhere, or as a
 * part of the disc), under @relative there. */
static void
enter (Collector *self, const SolcoNode *folder, const char *path, SolcoProjectItem *covering,
       const char *covered_directory, const char *relative)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  g_autoptr (GPtrArray) relatives = g_ptr_array_new ();

  for (const SolcoHome *home = folder->folder->homes; home != NULL; home = home->next)
    {
      gboolean is_covered = covering != NULL && home->directory == covered_directory;
      SolcoProjectItem *item
          = is_covered ? covering : add_source (self, path, home, TRUE);
      const char *below = is_covered ? relative : "";

      add_holes (item, home, below);
      g_ptr_array_add (sources, item);
      g_ptr_array_add (relatives, (gpointer) below);
      if (is_covered)
        covered_directory = NULL;
    }
  collect_folder (self, folder, path, (SolcoProjectItem *const *) sources->pdata,
                  (const char *const *) relatives->pdata, sources->len);
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

static void
collect_new (Collector *self, const SolcoNode *node, const char *path,
             SolcoProjectItem *const *sources, const char *const *relatives, guint n_sources)
{
  const SolcoHome *home = node->parent->folder->homes;
  const char *source_name = solco_node_get_source_name (node);

  /* It is where its source has it. */
  for (guint i = 0; i < n_sources; i++, home = home->next)
    {
      g_autofree char *relative = NULL;

      if (home->directory != node->source_directory)
        continue;
      relative = join (relatives[i], source_name);
      if (strcmp (source_name, node->name) != 0)
        {
          g_ptr_array_add (sources[i]->renamed, g_strdup (relative));
          g_ptr_array_add (sources[i]->new_names, g_strdup (node->name));
        }
      if (node->kind == SOLCO_NODE_DIRECTORY)
        {
          g_autofree char *directory = join (home->directory, source_name);

          enter (self, node, path, sources[i],
                 solco_node_store_intern (self->project->store, directory), relative);
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

static void
collect_folder (Collector *self, const SolcoNode *folder, const char *path,
                SolcoProjectItem *const *sources, const char *const *relatives, guint n_sources)
{
  GHashTable *outer = self->files;
  g_autoptr (GHashTable) files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->files = files;
  for (guint i = 0; i < folder->folder->n_children; i++)
    {
      const SolcoNode *child = folder->folder->children[i];
      g_autofree char *child_path = NULL;

      if (child->flags & SOLCO_NODE_REMOVED)
        continue;
      if (solco_node_is_on_disc (child) && child->kind != SOLCO_NODE_DIRECTORY)
        continue;
      child_path = join (path, child->name);
      if (solco_node_is_on_disc (child))
        enter (self, child, child_path, NULL, NULL, "");
      else
        collect_new (self, child, child_path, sources, relatives, n_sources);
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
  Collector collector = { .project = project,
                          .data = data,
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
